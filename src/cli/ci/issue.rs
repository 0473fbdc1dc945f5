//! `noroshi ci issue`: an issue made with a form becomes an entry, and a comment below it an update.
//!
//! The texts come from the network, so they reach `noroshi new` and `noroshi update` as arguments and as standard
//! input, never through a shell. What these two refuse is not written. A text that arrives twice is written once.

mod answer;
mod book;
mod program;
mod request;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use super::host;
use crate::atomic::{Batch, Overwrite};
use crate::cli::editor::{self, Editor, disk};
use crate::cli::error::Error;
use crate::cli::{Outcome, console};
use crate::diagnostic::Severity;
use crate::digest::Digest;
use crate::document::body;
use crate::file;
use crate::issues::comment;
use crate::issues::event::{Account, Comment, Event, Other};
use crate::issues::form::{self, Filled};
use crate::kind::EntryKind;
use crate::limits::ISSUE_EVENT_BYTES;
use crate::load;
use crate::message::{Language, Message, message};
use crate::os::{self, Shown as _};
use crate::vocabulary::{Section, Status};
use answer::{Answer, Way};
use book::{Found, Note};
use program::Ran;

/// Write an entry or an update from an issue
///
/// Reads the event of a workflow: an issue that a form of `noroshi init --issue-forms` made becomes an entry, and a
/// comment below it an update, if `issues` in site.yaml lists the person. Writes into the work folder:
/// `answer.md`, what to tell the person, and `commit.txt`, a message for the commit, if a file was changed. Exits
/// with 1 if the text was refused; then no file was changed.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The file with the JSON of the event [default: what `GITHUB_EVENT_PATH` names]
    #[arg(long, value_name = "FILE")]
    event: Option<PathBuf>,
    /// The folder for the answer and the message of the commit
    #[arg(long, value_name = "DIR")]
    work: PathBuf,
    /// Say in the answer that a review comes before publication
    #[arg(long)]
    review: bool,
}

/// What became of an event.
enum Done {
    /// It is no text for readers.
    Nothing(Message),
    /// It was written before.
    Known,
    Written {
        name: Arc<str>,
        answer: Answer,
    },
    Refused(Answer),
}

pub(in crate::cli) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    let work = Work(&args.work);
    work.clear()?;
    let path = args.event.clone().or_else(host::event).ok_or_else(|| editor::missing(&["--event"]))?;
    let event = match Event::read(&json(&path)?) {
        Ok(event) => event,
        Err(Other::Nothing(why)) => return Ok(ignored(&why)),
        Err(Other::Misread(key)) => {
            let message = message!(
                "cli-ci-issue-no-event",
                "this is not the event of an issue: it has no `{key}`",
                key
            );
            return Err(Error::content(message, event_help()));
        }
    };
    let config =
        load::configuration(root).map_err(|error| Error::environment(error.message(), Message::default()))?;
    let Some(config) = config else {
        let message = message!("cli-ci-issue-errors", "site.yaml has errors, so nobody may write");
        let help = message!("cli-ci-issue-errors-help", "run `noroshi check` to see them");
        return Err(Error::content(message, help));
    };
    // Both: a person who is not listed may have written what a listed one has changed.
    let may_write = |account: &Account| config.issues.may_write(&account.login, account.id);
    if !may_write(&event.sender) || !may_write(&event.author) {
        let why = message!("cli-ci-issue-not-listed", "`issues` in site.yaml does not list this person");
        return Ok(ignored(&why));
    }
    // Two runs at once would make two entries: one waits until the other has written.
    let _turn = os::wait_for_turn(&root.join("content/site.yaml")).ok();
    let editor = Editor::open(root)?;
    let done = match &event.comment {
        None => issue(&editor, &event),
        Some(comment) => self::comment(&editor, &event, comment),
    }?;
    let tell = |answer: &Answer| {
        let stale = are_forms_stale(root, &editor);
        work.put("answer.md", &answer.text(language(&editor), way(&editor, args.review), stale))
    };
    match done {
        Done::Nothing(why) => Ok(ignored(&why)),
        Done::Known => Ok(ignored(&message!("cli-ci-issue-known", "this text was written before"))),
        Done::Refused(answer) => {
            tell(&answer)?;
            console::say(message!("cli-ci-issue-refused", "nothing was written; answer.md says why"));
            Ok(Outcome::Content)
        }
        Done::Written { name, answer } => {
            tell(&answer)?;
            work.put("commit.txt", &commit_message(&event, &name))?;
            console::print(&root.join(&*name).shown())?;
            Ok(Outcome::Done)
        }
    }
}

/// When the text becomes public. An error in an entry holds up no other entry.
fn way(editor: &Editor<'_>, is_reviewed: bool) -> Way {
    let entries = editor.files().iter().filter(|file| file.kind.is_some());
    let entries: Vec<&str> = entries.map(|file| &*file.name).collect();
    let errors = editor.before.sorted().into_iter().filter(|found| found.severity == Severity::Error);
    let is_blocked = errors.into_iter().any(|found| !entries.contains(&&*found.place.file));
    match (is_blocked, is_reviewed) {
        (true, _) => Way::Blocked,
        (false, true) => Way::Review,
        (false, false) => Way::AtOnce,
    }
}

fn ignored(why: &Message) -> Outcome {
    console::say(message!("cli-ci-issue-ignored", "{why}; nothing was written", why));
    Outcome::Done
}

/// The language of answers, which is that of the site: those who write below an issue are its team.
fn language(editor: &Editor<'_>) -> Language {
    Language::find(editor.first()).unwrap_or(Language::ENGLISH)
}

/// An error and its help, as a command says them.
fn said(message: &Message, help: &Message) -> Message {
    Message::lines(vec![
        message!("cli-error", "error: {message}", message),
        message!("cli-help", "help: {help}", help),
    ])
}

fn event_help() -> Message {
    message!("cli-ci-issue-event-help", "pass the file that `GITHUB_EVENT_PATH` names")
}

/// The message of the commit. It holds a number, a login and a path, and nothing that a person typed.
fn commit_message(event: &Event, name: &str) -> String {
    let comment =
        event.comment.as_ref().map_or_else(String::new, |comment| format!(", comment {}", comment.id));
    format!("Issue #{}{comment}: {name}\n\nWritten by {}.\n", event.number, event.author.login)
}

fn json(path: &Path) -> Result<Value, Error> {
    let bytes = file::read(path, ISSUE_EVENT_BYTES).map_err(|error| {
        let message = message!(
            "cli-ci-issue-event-unreadable",
            "cannot read {path}: {error}",
            path = path.shown(),
            error
        );
        let help =
            message!("cli-ci-issue-event-unreadable-help", "name the file with the event of the workflow");
        Error::environment(message, help)
    })?;
    serde_json::from_slice(&bytes).map_err(|error| {
        let message = message!(
            "cli-ci-issue-event-misread",
            "the event is not JSON: line {line}, column {column}",
            line = error.line(),
            column = error.column()
        );
        Error::content(message, event_help())
    })
}

/// Whether the forms are those of an older site.yaml. Forms that a person changed are left alone.
fn are_forms_stale(root: &Path, editor: &Editor<'_>) -> bool {
    form::files(editor.config()).iter().any(|(path, text)| {
        let there = file::read_text(&root.join(path), ISSUE_EVENT_BYTES);
        there.is_ok_and(|there| form::is_unchanged(&there) && there.replace("\r\n", "\n") != *text)
    })
}

/// The work folder.
struct Work<'a>(&'a Path);

impl Work<'_> {
    /// Removes what an earlier run left, so that nobody takes it for the result of this one.
    fn clear(&self) -> Result<(), Error> {
        std::fs::create_dir_all(self.0).map_err(|error| {
            let message = message!(
                "cli-ci-work-uncreated",
                "cannot create `{path}`: {error}",
                path = self.0.shown(),
                error
            );
            Error::environment(message, message!("cli-ci-work-help", "check the path of `--work`"))
        })?;
        for name in ["answer.md", "commit.txt"] {
            let path = self.0.join(name);
            if path.symlink_metadata().is_ok() {
                remove(&path)?;
            }
        }
        Ok(())
    }

    fn put(&self, name: &str, text: &str) -> Result<(), Error> {
        let mut batch = Batch::new(Overwrite::File);
        let added = batch.add(&self.0.join(name), text.as_bytes());
        added.and_then(|()| batch.commit()).map_err(|error| disk(error.message()))
    }
}

// An issue.

fn issue(editor: &Editor<'_>, event: &Event) -> Result<Done, Error> {
    let filled = form::read(&event.body, editor.config());
    let found = match book::find(editor, event.number) {
        Ok(found) => found,
        Err(said) => return Ok(Done::Refused(Answer::Refused { said, is_comment: false })),
    };
    let note = Note::of_issue(event, Digest::of(&(&event.title, &event.body)));
    let Some(found) = found else {
        return match filled {
            Some(filled) => create(editor, event, &filled, &note),
            None => {
                Ok(Done::Nothing(message!("cli-ci-issue-no-form", "this issue did not come from a form")))
            }
        };
    };
    if !found.is_news(&note, event) {
        return Ok(Done::Known);
    }
    let slug = editor.slug(found.file).0.to_owned();
    match filled {
        Some(filled) if found.may_rewrite(&note) && found.file.kind == Some(filled.kind) => {
            rewrite(editor, &filled, event, &found, &slug, &note)
        }
        _ => Ok(Done::Refused(Answer::Stays { name: found.file.name.to_string() })),
    }
}

fn create(editor: &Editor<'_>, event: &Event, filled: &Filled, note: &Note) -> Result<Done, Error> {
    let ran =
        program::run(editor.root, request::new(editor, event, filled, event.time(), None), language(editor))?;
    let Some(name) = created(editor, &ran) else {
        return Ok(Done::Refused(Answer::Refused { said: ran.said, is_comment: false }));
    };
    if let Err(refusal) = book::note(editor, &name, note, event) {
        let path = editor.root.join(&*name);
        remove(&path)?;
        return Ok(Done::Refused(Answer::Refused { said: refusal.message, is_comment: false }));
    }
    let has_updates = !body::statuses(filled.kind).is_empty();
    let answer = Answer::Created { name: name.to_string(), said: ran.said, has_updates };
    Ok(Done::Written { name, answer })
}

/// The path of the file that `noroshi new` has written, from the root.
fn created(editor: &Editor<'_>, ran: &Ran) -> Option<Arc<str>> {
    let path = ran.printed.lines().next().filter(|_| ran.has_written)?;
    let name = Path::new(path).strip_prefix(editor.root).unwrap_or(Path::new(path));
    Some(os::with_slashes(name.to_str()?).trim_start_matches("./").into())
}

/// Writes the entry again, from the changed form, under its old address and with its old time.
fn rewrite(
    editor: &Editor<'_>,
    filled: &Filled,
    event: &Event,
    found: &Found<'_>,
    slug: &str,
    note: &Note,
) -> Result<Done, Error> {
    let path = &found.file.path;
    let back = || restore(path, found.raw.bytes());
    remove(path)?;
    let request = request::new(editor, event, filled, found.time(note), Some(slug));
    let ran = match program::run(editor.root, request, language(editor)) {
        Ok(ran) => ran,
        Err(error) => return back().and(Err(error)),
    };
    let written = created(editor, &ran).filter(|name| *name == found.file.name);
    if written.is_none() {
        back()?;
        return Ok(Done::Refused(Answer::Refused { said: ran.said, is_comment: false }));
    }
    if let Err(refusal) = book::again(editor, found, note, event) {
        back()?;
        return Ok(Done::Refused(Answer::Refused { said: refusal.message, is_comment: false }));
    }
    let name = Arc::clone(&found.file.name);
    Ok(Done::Written { answer: Answer::Corrected { name: name.to_string(), said: ran.said }, name })
}

fn remove(path: &Path) -> Result<(), Error> {
    std::fs::remove_file(path).map_err(|error| {
        disk(message!("cli-ci-issue-unremoved", "cannot remove {path}: {error}", path = path.shown(), error))
    })
}

/// Puts the bytes back that a file had before.
fn restore(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let mut batch = Batch::new(Overwrite::File);
    batch.add(path, bytes).and_then(|()| batch.commit()).map_err(|error| disk(error.message()))
}

// A comment.

fn comment(editor: &Editor<'_>, event: &Event, comment: &Comment) -> Result<Done, Error> {
    if answer::is_answer(&comment.body) {
        return Ok(Done::Nothing(message!("cli-ci-issue-own-answer", "this is an answer of noroshi")));
    }
    let is_talk = comment::is_talk(&comment.body);
    let found = match book::find(editor, event.number) {
        Ok(found) => found,
        Err(_) if is_talk => None,
        Err(said) => return Ok(Done::Refused(Answer::Refused { said, is_comment: true })),
    };
    let Some(found) = found else {
        let is_form = form::read(&event.body, editor.config()).is_some();
        return Ok(if is_form && !is_talk {
            Done::Refused(Answer::NoEntry)
        } else {
            Done::Nothing(message!("cli-ci-issue-no-entry", "no entry comes from this issue"))
        });
    };
    let note = Note::of_comment(event, comment.id, Digest::of(&comment.body));
    let is_known = found.knows(&note);
    if is_known && !found.is_news(&note, event) {
        return Ok(Done::Known);
    }
    if is_talk && !is_known {
        return Ok(Done::Nothing(message!("cli-ci-issue-talk", "this comment is for colleagues")));
    }
    let kind = found.file.kind.unwrap_or(EntryKind::Page);
    let more = editor.frame().1;
    let is_word = |word: &str| {
        Status::from_word_or_alias(word, body::statuses(kind), more).is_some()
            || Section::from_word_or_alias(word, body::sections(kind), more).is_some()
    };
    let typed = Some(comment).filter(|_| !is_talk).and_then(|one| {
        comment::read(&one.body, more, is_word, |key, value| request::other(editor, kind, key, value))
    });
    if is_known && (typed.is_none() || !found.may_rewrite(&note)) {
        return Ok(Done::Refused(Answer::Stays { name: found.file.name.to_string() }));
    }
    let Some(typed) = typed else {
        return Ok(Done::Refused(Answer::NoStatus { kind }));
    };
    let time = if is_known { found.time(&note) } else { event.time() };
    let request = match request::update(editor, &found.file.name, kind, &typed, time) {
        Ok(request) => request,
        Err(said) => return Ok(Done::Refused(Answer::Refused { said, is_comment: true })),
    };
    let back = || restore(&found.file.path, found.raw.bytes());
    if is_known {
        let Some(without) = found.without_last_update(editor) else {
            return Ok(Done::Refused(Answer::Stays { name: found.file.name.to_string() }));
        };
        editor::replace(&found.file.path, found.raw.bytes(), without.bytes())?;
    }
    let ran = match program::run(editor.root, request, language(editor)) {
        Ok(ran) => ran,
        Err(error) => return back().and(Err(error)),
    };
    if !ran.has_written {
        back()?;
        return Ok(Done::Refused(Answer::Refused { said: ran.said, is_comment: true }));
    }
    let is_update = Status::from_word_or_alias(&typed.word, body::statuses(kind), more).is_some();
    // What is not in the update itself cannot be taken back with it.
    let note = note.made(is_update && typed.others.is_empty());
    if let Err(refusal) = book::note(editor, &found.file.name, &note, event) {
        back()?;
        return Ok(Done::Refused(Answer::Refused { said: refusal.message, is_comment: true }));
    }
    let (name, said) = (found.file.name.to_string(), ran.said);
    let answer = if is_known { Answer::Corrected { name, said } } else { Answer::Updated { name, said } };
    Ok(Done::Written { name: Arc::clone(&found.file.name), answer })
}
