//! `noroshi init`

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Outcome;
use super::report::{fail, print, say};

/// Begin a new site from a small example
///
/// Writes site.yaml, one entry of each kind and skeletons for new entries. Refuses to write over
/// anything that exists.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder to begin in [default: the root]
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
}

/// Where each file goes, and what is in it.
const STARTER: [(&str, &str); 10] = [
    (".gitignore", include_str!("starter/gitignore")),
    ("content/site.yaml", include_str!("starter/site.yaml")),
    ("content/incidents/2026-01-15-slow-orders.md", include_str!("starter/incident.md")),
    ("content/maintenance/2026-02-03-database.md", include_str!("starter/maintenance.md")),
    ("content/notices/new-status-page.md", include_str!("starter/notice.md")),
    ("content/faq/how-to-follow.md", include_str!("starter/question.md")),
    ("content/pages/severity.md", include_str!("starter/page.md")),
    ("content/templates/incident.md", include_str!("starter/template-incident.md")),
    ("content/templates/maintenance.md", include_str!("starter/template-maintenance.md")),
    ("content/templates/notice.md", include_str!("starter/template-notice.md")),
];

pub(super) fn run(root: &Path, args: &Args) -> Outcome {
    let dir = args.dir.clone().map_or_else(|| root.to_path_buf(), |dir| root.join(dir));
    if let Some((taken, _)) = STARTER.iter().find(|(name, _)| dir.join(name).symlink_metadata().is_ok()) {
        let message = format!("`{}` exists already", dir.join(taken).display());
        return fail(Outcome::Environment, &message, "choose an empty folder; nothing was written");
    }
    for (name, text) in STARTER {
        if let Err(error) = write(&dir.join(name), text) {
            let message = format!("cannot write {}: {error}", dir.join(name).display());
            return fail(Outcome::Environment, &message, "look at the rights of the folder and at the disk");
        }
        print(&dir.join(name).display().to_string());
    }
    let place = if dir == Path::new(".") { String::new() } else { format!(" --root {}", dir.display()) };
    say(&format!("next: noroshi build{place}, then open {}", dir.join("public/index.html").display()));
    Outcome::Done
}

/// Writes a file that must not exist yet.
fn write(path: &Path, text: &str) -> io::Result<()> {
    use std::io::Write as _;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}
