//! `noroshi schema`, and the line by which a file names its schema.

use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;

use super::Outcome;
use super::console;
use super::editor::put;
use super::error::Error;
use crate::atomic::Overwrite;
use crate::kind::EntryKind;
use crate::load;
use crate::message::{Message, message};
use crate::model::Config;
use crate::schema::{self, Kind};

/// Print a JSON Schema, for editors and for receivers of webhooks
///
/// The schema describes the front matter of a kind of entry, of a translation, or site.yaml (draft
/// 2020-12). If the root is a site, the schema suggests its components, kinds, fields,
/// categories and locales, but accepts other values too. `--out` writes all schemas into a folder:
/// files created by `init` and `new` look for them in `schemas` at the root. Run this again after
/// you change site.yaml. `webhook` describes what a webhook of `announce` gets; it is not part of
/// `--out`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The kind of file
    #[arg(
        value_name = "KIND",
        required_unless_present = "out",
        conflicts_with = "out",
        value_parser = PossibleValuesParser::new(Kind::all().map(Kind::word).chain([schema::WEBHOOK]))
    )]
    kind: Option<String>,
    /// Write the schema of each kind into this folder, such as `incident.json`
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// The folder in which files of a site look for their schemas.
const FOLDER: &str = "schemas";
/// The comment by which editors find the schema of a file.
const MARK: &str = "# yaml-language-server: $schema=";

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    if args.kind.as_deref() == Some(schema::WEBHOOK) {
        console::data(&pretty(&schema::of_webhook()))?;
        return Ok(Outcome::Done);
    }
    let config =
        load::configuration(root).map_err(|error| Error::environment(error.message(), Message::default()))?;
    if config.is_none() && root.join("content/site.yaml").exists() {
        console::say(message!(
            "cli-schema-errors",
            "warning: site.yaml has errors, so the schema leaves out the site's own values; run `noroshi check` to see the errors"
        ));
    }
    if let Some(kind) = args.kind.as_deref().and_then(Kind::from_word) {
        console::data(&text(kind, config.as_ref()))?;
        return Ok(Outcome::Done);
    }
    let Some(out) = &args.out else { return Ok(Outcome::Usage) };
    // They are generated, so old ones are overwritten.
    put(Overwrite::File, &all(out, config.as_ref()))?;
    Ok(Outcome::Done)
}

fn all(out: &Path, config: Option<&Config>) -> Vec<(PathBuf, String)> {
    let file = |kind: Kind| (out.join(format!("{}.json", kind.word())), text(kind, config));
    Kind::all().map(file).collect()
}

fn text(kind: Kind, config: Option<&Config>) -> String {
    pretty(&schema::of(kind, config))
}

fn pretty(schema: &serde_json::Value) -> String {
    serde_json::to_string_pretty(schema).unwrap_or_default() + "\n"
}

/// The names of the editor files that a new site gets beside its content.
pub(super) fn begun() -> Vec<String> {
    let schemas = Kind::all().map(|kind| format!("{FOLDER}/{}.json", kind.word()));
    schemas.chain([SETTINGS.0.to_owned()]).collect()
}

/// The VS Code settings, which name the schema of site.yaml as the line in that file does.
const SETTINGS: (&str, &str) = (
    ".vscode/settings.json",
    "{\n  \"yaml.schemas\": {\n    \"./schemas/site.json\": \"content/site.yaml\"\n  }\n}\n",
);

/// Writes the files of [`begun`], once the site exists.
pub(super) fn begin(dir: &Path) -> Result<(), Error> {
    let config = load::configuration(dir).ok().flatten();
    let mut files = all(&dir.join(FOLDER), config.as_ref());
    files.push((dir.join(SETTINGS.0), SETTINGS.1.to_owned()));
    put(Overwrite::Nothing, &files)
}

/// Adds the line that names the schema to a file of a site (`content/templates/incident.md`).
///
/// Returns the text unchanged if it has the line, or if the file has no schema. In an entry it
/// becomes the first line of the front matter.
pub(super) fn with_schema_line(name: &str, text: &str) -> String {
    let Some(kind) = kind_of(name).filter(|_| !text.contains(MARK)) else { return text.to_owned() };
    let up = "../".repeat(name.matches('/').count());
    let line = format!("{MARK}{up}{FOLDER}/{}.json\n", kind.word());
    match text.strip_prefix("---\n") {
        Some(rest) => format!("---\n{line}{rest}"),
        None if kind == Kind::Site => format!("{line}{text}"),
        None => text.to_owned(),
    }
}

/// The kind of a file, from its path below the root. The name of a template starts with its kind.
fn kind_of(name: &str) -> Option<Kind> {
    let inside = name.strip_prefix("content/")?;
    if inside == "site.yaml" {
        return Some(Kind::Site);
    }
    let (folder, file) = inside.split_once('/')?;
    let is_template = folder == "templates";
    let file = file.rsplit('/').next().unwrap_or(file);
    if is_template {
        return Kind::all().find(|kind| file.starts_with(kind.word()));
    }
    EntryKind::of_folder(folder).map(Kind::Entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_names_its_schema_from_where_it_lies() {
        let entry = "---\ntitle: a\n---\nb\n";
        let line = |name: &str| {
            let text = with_schema_line(name, entry);
            text.lines().nth(1).unwrap_or_default().to_owned()
        };
        for (name, path) in [
            ("content/templates/incident.md", "../../schemas/incident.json"),
            ("content/templates/maintenance-server.ja.md", "../../schemas/maintenance.json"),
            ("content/incidents/a.md", "../../schemas/incident.json"),
            ("content/faq/2026/a.md", "../../../schemas/faq.json"),
        ] {
            assert_eq!(line(name), format!("{MARK}{path}"));
        }
        assert_eq!(line("content/README.md"), "title: a");
        let once = with_schema_line("content/pages/a.md", entry);
        assert_eq!(with_schema_line("content/pages/a.md", &once), once);
        let site = with_schema_line("content/site.yaml", "title: a\n");
        assert_eq!(site, format!("{MARK}../schemas/site.json\ntitle: a\n"));
    }
}
