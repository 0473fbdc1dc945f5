//! The note that a publishing run leaves for scheduled runs: what it published, and until when that is true.
//!
//! It stands in the cache of the repository and nowhere on the site: `next` may be the time of an entry that is
//! still secret.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::host;
use crate::file;
use crate::limits::NOTE_BYTES;
use crate::message::{Message, message};
use crate::model::Instant;
use crate::panics::Panicked;
use crate::publish::Entry;

/// The form of the note. Another version of `noroshi` may write another one.
const FORM: u8 = 3;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::cli) struct Note {
    form: u8,
    /// The commit that was built.
    commit: String,
    /// The SHA-256 of the source of the program.
    program: String,
    /// The SHA-256 of the published manifest.
    manifest: String,
    /// The instant that the site was built for, in seconds since 1970.
    as_of: i64,
    /// The next change by the clock after it.
    next: NextChange,
}

/// When the clock changes a published site next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum NextChange {
    /// At this instant, in seconds since 1970.
    At(i64),
    Never,
    /// The search for it failed, so the site may change at any time.
    Unknown,
}

impl NextChange {
    pub(super) fn of(found: &Result<Option<Instant>, Panicked>) -> NextChange {
        match found {
            Ok(Some(next)) => NextChange::At(next.0),
            Ok(None) => NextChange::Never,
            Err(_) => NextChange::Unknown,
        }
    }
}

/// What a run knows without building.
pub(in crate::cli) struct Known {
    pub(in crate::cli) commit: Option<String>,
    /// The SHA-256 of the manifest that is online.
    pub(in crate::cli) published: Option<String>,
}

impl Note {
    pub(super) fn new(commit: String, manifest: &str, as_of: Instant, next: NextChange) -> Note {
        Note { form: FORM, commit, program: program(), manifest: manifest.to_owned(), as_of: as_of.0, next }
    }

    /// Reads a note; `None` if there is none, or it is not a note of this version.
    pub(in crate::cli) fn read(path: &Path) -> Option<Note> {
        let note: Note = serde_json::from_slice(&file::read(path, NOTE_BYTES).ok()?).ok()?;
        (note.form == FORM).then_some(note)
    }

    /// The instant of the publication, if the note is about this commit, this program and the site that is online.
    ///
    /// # Errors
    /// The reason why the note does not count.
    pub(in crate::cli) fn as_of(&self, known: &Known) -> Result<Instant, Message> {
        let is_online = known.published.as_ref() == Some(&self.manifest);
        Err(match () {
            () if known.commit.as_ref() != Some(&self.commit) => {
                message!("cli-ci-note-commit", "another commit was published")
            }
            () if self.program != program() => {
                message!("cli-ci-note-program", "another program has published")
            }
            () if known.published.is_none() => {
                message!("cli-ci-note-no-manifest", "the published manifest cannot be read")
            }
            () if !is_online => {
                message!("cli-ci-note-site", "another site is online than the one that was built last")
            }
            () => return Ok(Instant(self.as_of)),
        })
    }

    /// Why a run must build now; `None` if the site is still true.
    pub(super) fn is_due(note: Option<&Note>, known: &Known, now: Instant) -> Option<Message> {
        let Some(note) = note else {
            return Some(message!("cli-ci-due-no-note", "no run has left a note"));
        };
        match note.as_of(known) {
            Err(reason) => Some(reason),
            // A clock that was set back makes the note doubtful.
            Ok(as_of) if now < as_of => {
                Some(message!("cli-ci-due-future", "the last publication is in the future"))
            }
            Ok(_) => match note.next {
                NextChange::At(next) if next <= now.0 => {
                    Some(message!("cli-ci-due-clock", "the clock has changed the site"))
                }
                NextChange::Unknown => Some(message!(
                    "cli-ci-due-unknown",
                    "the last run could not find out when the clock changes the site"
                )),
                NextChange::At(_) | NextChange::Never => None,
            },
        }
    }
}

fn program() -> String {
    Entry::of(host::program().as_bytes()).sha256
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note() -> Note {
        Note::new("c0ffee".into(), "aa", Instant(1_000), NextChange::At(2_000))
    }

    fn known() -> Known {
        Known { commit: Some("c0ffee".into()), published: Some("aa".into()) }
    }

    fn due(note: &Note, known: &Known, now: i64) -> bool {
        Note::is_due(Some(note), known, Instant(now)).is_some()
    }

    #[test]
    fn a_run_builds_from_the_second_on_at_which_the_site_changes() {
        assert!(!due(&note(), &known(), 1_000));
        assert!(!due(&note(), &known(), 1_999));
        assert!(due(&note(), &known(), 2_000));
        assert!(due(&note(), &known(), 999), "the clock was set back");
    }

    #[test]
    fn a_run_builds_if_the_next_change_is_unknown_and_not_if_there_is_none() {
        let failed = Panicked { step: "looking for its next change".into(), location: None };
        for (found, is_due) in [(Ok(None), false), (Err(failed), true), (Ok(Some(Instant(2_000))), false)] {
            let note = Note { next: NextChange::of(&found), ..note() };
            assert_eq!(due(&note, &known(), 1_500), is_due, "{found:?}");
            let read: Note =
                serde_json::from_str(&serde_json::to_string(&note).expect("JSON")).expect("a note");
            assert_eq!(read, note);
        }
        assert!(!due(&Note { next: NextChange::Never, ..note() }, &known(), i64::MAX));
    }

    #[test]
    fn a_note_counts_only_for_its_commit_its_program_and_its_site() {
        for other in [
            Note { commit: "beef".into(), ..note() },
            Note { program: "x".into(), ..note() },
            Note { manifest: "bb".into(), ..note() },
        ] {
            assert!(due(&other, &known(), 1_500), "{other:?}");
        }
        for other in [Known { commit: None, ..known() }, Known { published: None, ..known() }] {
            assert!(due(&note(), &other, 1_500));
        }
        assert!(Note::is_due(None, &known(), Instant(1_500)).is_some());
    }

    #[test]
    fn half_a_note_or_one_of_another_form_is_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("note");
        let whole = serde_json::to_string(&note()).expect("JSON");
        std::fs::write(&path, &whole).expect("a file");
        assert_eq!(Note::read(&path), Some(note()));
        for end in 0..whole.len() {
            std::fs::write(&path, &whole[..end]).expect("a file");
            assert_eq!(Note::read(&path), None, "{end} bytes");
        }
        for (from, to) in [
            ("\"form\":3", "\"form\":2"),
            ("{\"at\":2000}", "\"soon\""),
            ("{\"at\":2000}", "null"),
            ("\"at\":2000", "\"at\":2000.5"),
            ("\"next\":", "\"nest\":"),
            ("}}", "},\"more\":1}"),
        ] {
            std::fs::write(&path, whole.replacen(from, to, 1)).expect("a file");
            assert_eq!(Note::read(&path), None, "{to}");
        }
    }
}
