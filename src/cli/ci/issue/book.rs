//! What an entry remembers of its issue: which texts made it, so that a text that comes twice is written once, and
//! what the file was like afterwards, so that only a file that nobody has changed is written again.
//!
//! The records stand below `internal`. They hold digests, so no published text can contain one.

use std::sync::Arc;

use crate::cli::editor::{self, Editor};
use crate::digest::Digest;
use crate::edit::alerts::{self, ISSUES, Record};
use crate::edit::{self, Edit, Raw, Refusal};
use crate::issues::event::Event;
use crate::message::{Message, message};
use crate::source::FoundFile;

/// The record of an issue itself, of the update that a comment made, and of the section that one made.
const OPENED: &str = "opened";
const UPDATE: &str = "update";
const SECTION: &str = "section";

/// A text of a person, as its record names it.
pub(super) struct Note {
    issue: String,
    text: String,
    state: &'static str,
    body: String,
}

/// The name of an issue in the file. Its number alone could stand in a published text.
fn issue_key(number: u64) -> String {
    Digest::of(&format!("issue {number}")).to_string()
}

impl Note {
    pub(super) fn of_issue(event: &Event, body: Digest) -> Note {
        let text = Digest::of(&format!("issue {} itself", event.number)).to_string();
        Note { issue: issue_key(event.number), text, state: OPENED, body: body.to_string() }
    }

    pub(super) fn of_comment(event: &Event, id: u64, body: Digest) -> Note {
        let text = Digest::of(&format!("issue {} comment {id}", event.number)).to_string();
        Note { issue: issue_key(event.number), text, state: UPDATE, body: body.to_string() }
    }

    pub(super) fn made(self, is_update: bool) -> Note {
        Note { state: if is_update { UPDATE } else { SECTION }, ..self }
    }

    fn record(&self, at: &str, rest: String) -> Record {
        Record {
            keys: vec![self.issue.clone(), self.text.clone()],
            state: self.state.to_owned(),
            at: at.to_owned(),
            body: self.body.clone(),
            raw: vec![rest],
        }
    }
}

/// The entry of an issue.
pub(super) struct Found<'e> {
    pub(super) file: &'e FoundFile,
    pub(super) raw: Raw,
    records: Vec<Record>,
}

/// The entry that an issue made, whatever its file is called now.
///
/// # Errors
/// What to tell the person: the entry cannot be read, or somebody has copied it.
pub(super) fn find<'e>(editor: &'e Editor<'_>, number: u64) -> Result<Option<Found<'e>>, Message> {
    let key = issue_key(number);
    let mut found: Option<Found<'e>> = None;
    for file in editor.files().iter().filter(|file| file.kind.is_some() && !editor.slug(file).1) {
        // A file that cannot be read is an error of `check`, and must not hold up others.
        let Ok(raw) = editor::read(file) else { continue };
        if !raw.text().contains(&key) {
            continue;
        }
        let Some(document) = edit::split(&file.name, raw.text(), editor.frame()) else {
            return Err(super::said(
                &message!(
                    "cli-ci-issue-unread",
                    "cannot read `{file}`, the entry of this issue",
                    file = file.name
                ),
                &message!("cli-ci-issue-unread-help", "correct what `noroshi check` reports there"),
            ));
        };
        let records = alerts::records(&document.front.root, ISSUES);
        if !records.iter().any(|record| record.keys.contains(&key)) {
            continue;
        }
        if let Some(other) = &found {
            return Err(super::said(
                &message!(
                    "cli-ci-issue-two-entries",
                    "`{one}` and `{other}` both come from this issue",
                    one = other.file.name,
                    other = file.name
                ),
                &message!("cli-ci-issue-two-entries-help", "remove `issues` below `internal` from the copy"),
            ));
        }
        found = Some(Found { file, raw, records });
    }
    Ok(found)
}

impl Found<'_> {
    fn last_of(&self, note: &Note) -> Option<&Record> {
        self.records.iter().rfind(|record| record.keys.contains(&note.text))
    }

    /// Whether this text was written before, in this or in another form.
    pub(super) fn knows(&self, note: &Note) -> bool {
        self.last_of(note).is_some()
    }

    /// Whether a text has changed since it was written. Events are repeated, and may come late.
    pub(super) fn is_news(&self, note: &Note, event: &Event) -> bool {
        self.last_of(note).is_none_or(|last| {
            event.is_edit && last.body != note.body && event.updated.as_str() > last.at.as_str()
        })
    }

    /// Whether nobody has changed the file since this text was written into it.
    pub(super) fn may_rewrite(&self, note: &Note) -> bool {
        let Some(last) = self.records.last() else { return false };
        let is_it = last.keys.contains(&note.text) && last.state == note.state;
        is_it && last.raw.first().is_some_and(|rest| *rest == rest_of(self.raw.text()))
    }

    /// The time for which a text was first written.
    pub(super) fn time(&self, note: &Note) -> &str {
        let first = self.records.iter().find(|record| record.keys.contains(&note.text));
        first.map_or("", |record| record.at.as_str())
    }

    /// The file without its last update.
    pub(super) fn without_last_update(&self, editor: &Editor<'_>) -> Option<Raw> {
        let text = self.raw.text();
        let document = edit::split(&self.file.name, text, editor.frame())?;
        let last = document.body.updates.iter().max_by_key(|update| update.range.start)?;
        let start = text.get(..last.heading.start)?.rfind('\n').map_or(0, |at| at + 1);
        Some(self.raw.with(&[Edit { range: start..last.range.end, text: String::new() }]))
    }
}

/// Notes in a file that has just been written which text made it so.
pub(super) fn note(editor: &Editor<'_>, name: &Arc<str>, note: &Note, event: &Event) -> Result<(), Refusal> {
    write(editor, name, &[], note, event)
}

/// The same for an entry that was written again: its earlier notes are kept.
pub(super) fn again(
    editor: &Editor<'_>,
    found: &Found<'_>,
    note: &Note,
    event: &Event,
) -> Result<(), Refusal> {
    write(editor, &found.file.name, &found.records, note, event)
}

fn write(
    editor: &Editor<'_>,
    name: &Arc<str>,
    earlier: &[Record],
    note: &Note,
    event: &Event,
) -> Result<(), Refusal> {
    let unread = || Refusal {
        message: message!("cli-ci-issue-unnoted", "cannot note the issue in `{name}`", name),
        help: message!("cli-ci-issue-unnoted-help", "run `noroshi check`"),
    };
    let file = FoundFile { path: editor.root.join(&**name), ..FoundFile::named(name).ok_or_else(unread)? };
    let raw = editor::read(&file).map_err(|_| unread())?;
    let record = note.record(event.time(), rest_of(raw.text()));
    let mut after = raw.clone();
    for record in earlier.iter().chain([&record]) {
        after = alerts::add(name, &after, editor.frame(), ISSUES, record)?;
    }
    editor::replace(&file.path, raw.bytes(), after.bytes()).map_err(|_| unread())
}

/// The digest of a file without these records. A file in which they stand in another form than ours has another one.
fn rest_of(text: &str) -> String {
    let (mut rest, mut inside, mut is_front) = (String::with_capacity(text.len()), None, true);
    for (number, line) in text.lines().enumerate() {
        let indent = line.len() - line.trim_start_matches(' ').len();
        is_front &= number == 0 || line != "---";
        if !is_front {
            inside = None;
        } else if inside.is_some_and(|outer| indent > outer) {
            continue;
        } else {
            inside = Some(indent).filter(|indent| *indent > 0 && line.trim() == "issues:");
            if inside.is_some() || line.trim_end() == "internal:" {
                continue;
            }
        }
        rest.push_str(line);
        rest.push('\n');
    }
    Digest::of(&rest).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Aliases;

    #[test]
    fn records_do_not_count_and_every_other_byte_does() {
        let name: Arc<str> = "content/incidents/a.md".into();
        let record = |body: &str| Record {
            keys: vec!["a".into(), "b".into()],
            state: OPENED.into(),
            at: "2026-11-20T01:20:00Z".into(),
            body: body.into(),
            raw: vec!["c".into()],
        };
        for front in
            ["title: a\n", "title: a\ninternal:\n  author: b\nid: c\n", "internal:\n  x:\n    issues: [a]\n"]
        {
            let before =
                Raw::of(&name, format!("---\n{front}---\n\nWords.\n  issues:\n    more\n").into_bytes())
                    .expect("a file");
            let mut after = before.clone();
            for body in ["1", "2"] {
                let frame = (&["en".to_owned()][..], &Aliases::default());
                after = alerts::add(&name, &after, frame, ISSUES, &record(body)).expect("room");
            }
            assert_eq!(rest_of(before.text()), rest_of(after.text()), "{}", after.text());
            for (from, to) in [("Words", "words"), ("    more", "    less"), ("---\n\n", "---\n")] {
                let changed = after.text().replacen(from, to, 1);
                assert_ne!(changed, **after.text(), "{from}");
                assert_ne!(rest_of(&changed), rest_of(after.text()), "{from}");
            }
        }
    }
}
