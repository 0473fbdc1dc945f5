//! `noroshi check --fix --timezone-was ZONE`: entries keep the zone that their times were written
//! in.

use std::path::Path;

use super::console::{self, Progress};
use super::editor;
use super::error::Error;
use super::site;
use super::typed;
use crate::edit::{Edit, diff};
use crate::message::{Message, count, message};
use crate::source::FoundFile;

/// Writes `timezone: ZONE` into every entry whose times would change with the zone of the site.
pub(super) fn run(root: &Path, was: &str) -> Result<(), Error> {
    let zone = typed::zone(was)?;
    let loaded = site::load(root, None, &Progress::new())?;
    let Some(model) = &loaded.model else { return Ok(()) };
    let moving = model.heads().filter(|head| head.is_local && model.config.zone != zone);
    let mut written = 0;
    for head in moving {
        let Some(found) = FoundFile::named(&head.file) else { continue };
        let path = root.join(&*head.file);
        let before = editor::read(&FoundFile { path: path.clone(), ..found })?;
        // Front matter starts at the first line of an entry's file.
        let Some(at) = before.text().find('\n').map(|end| end + 1) else { continue };
        let after = before.with(&[Edit { range: at..at, text: format!("timezone: {}\n", zone.name()) }]);
        let lines = diff::unified(&head.file, before.text(), after.text());
        console::say_lines(Message::same(lines.trim_end()));
        editor::replace(&path, before.bytes(), after.bytes())?;
        written += 1;
    }
    console::say(message!(
        "cli-rezone-written",
        "wrote `timezone: {zone}` into {entries}",
        zone = zone.name(),
        entries = count(written, "entry", "entries")
    ));
    Ok(())
}
