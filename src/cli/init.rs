//! `noroshi init`

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Outcome;
use super::report::{fail, print, say};

/// Begin a new site from a small example
///
/// Writes site.yaml, one entry of each kind and skeletons for new entries; with `--ci` also a workflow that
/// publishes the site. Where the site is there already, `--ci` writes the workflow and nothing else. Refuses
/// to write over anything that exists.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder to begin in [default: the root]
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Whose workflow publishes the site; the folder must be the root of its repository
    #[arg(long, value_enum, value_name = "HOST", default_value = "none")]
    ci: Ci,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Ci {
    /// .github/workflows/status.yml: GitHub Actions, to GitHub Pages
    Github,
    /// .gitlab-ci.yml: GitLab CI, to GitLab Pages
    Gitlab,
    /// No workflow
    None,
}

impl Ci {
    /// Where the workflow goes, and what is in it.
    fn workflow(self) -> Option<(&'static str, &'static str)> {
        match self {
            Ci::Github => Some((".github/workflows/status.yml", include_str!("starter/ci-github.yml"))),
            Ci::Gitlab => Some((".gitlab-ci.yml", include_str!("starter/ci-gitlab.yml"))),
            Ci::None => None,
        }
    }
}

/// The file that makes a folder a site.
const SITE: &str = "content/site.yaml";

/// Stands in a workflow where the version of the program goes: a site is built by the version that began
/// it, until its owner writes another one.
const VERSION: &str = "@VERSION@";

/// Where each file goes, and what is in it.
const STARTER: [(&str, &str); 10] = [
    (".gitignore", include_str!("starter/gitignore")),
    (SITE, include_str!("starter/site.yaml")),
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
    let workflow = args.ci.workflow();
    let is_there = workflow.is_some() && dir.join(SITE).is_file();
    let begun: &[_] = if is_there { &[] } else { &STARTER };
    let files: Vec<(&str, &str)> = begun.iter().copied().chain(workflow).collect();
    if let Some((taken, _)) = files.iter().find(|(name, _)| dir.join(name).symlink_metadata().is_ok()) {
        let message = format!("`{}` exists already", dir.join(taken).display());
        let way = if is_there { "move it away first" } else { "choose an empty folder" };
        return fail(Outcome::Environment, &message, &format!("{way}; nothing was written"));
    }
    for (name, text) in files {
        if let Err(error) = write(&dir.join(name), &text.replace(VERSION, env!("CARGO_PKG_VERSION"))) {
            let message = format!("cannot write {}: {error}", dir.join(name).display());
            return fail(Outcome::Environment, &message, "look at the rights of the folder and at the disk");
        }
        print(&dir.join(name).display().to_string());
    }
    if !is_there {
        let place = if dir == Path::new(".") { String::new() } else { format!(" --root {}", dir.display()) };
        say(&format!("next: noroshi build{place}, then open {}", dir.join("public/index.html").display()));
    }
    if let Some((name, _)) = workflow {
        say(&format!("next: what is to be set up once stands at the top of {}", dir.join(name).display()));
    }
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
