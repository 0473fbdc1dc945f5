//! `noroshi draft`: makes a draft from an alert, and notes in it what became of the alert. It publishes nothing.

mod create;
mod known;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::builder::PossibleValuesParser;
use serde_json::Value;

use super::Outcome;
use super::console;
use super::editor::{self, Editor};
use super::error::Error;
use crate::alert::{self, Alert, Misread, SOURCES, Source, State};
use crate::edit::alerts::{self, Record};
use crate::file;
use crate::limits::{ALERT_BYTES, ALERT_LINE_BYTES};
use crate::message::{Message, did_you_mean, message};
use crate::model::Instant;
use crate::os::{self, Shown as _};
use known::Known;

/// Make a draft from an alert
///
/// Reads the body of one webhook, as JSON. For a new alert, writes an incident with `draft: true`;
/// `alerts` in site.yaml says which components it affects. For a known alert, notes below
/// `internal` of its entry what became of it. Never publishes anything and never changes public
/// text: a person writes the text and removes `draft: true`.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Args {
    /// The program that sent the alert
    #[arg(long, value_name = "SOURCE", value_parser = PossibleValuesParser::new(SOURCES.iter().map(|source| source.word)))]
    from: String,
    /// The file with the body of the webhook; `-` reads it from stdin
    #[arg(value_name = "FILE", default_value = "-")]
    file: PathBuf,
    /// Use this instant instead of now
    #[arg(long, value_name = "TIME")]
    as_of: Option<String>,
    /// The output format
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// The path of the entry on stdout, and what to do next on stderr
    Human,
    /// One JSON object
    Json,
}

/// An alert, and what an entry stores of it.
struct Incoming {
    source: &'static Source,
    alert: Alert,
    keys: Vec<String>,
    raw: Vec<String>,
    body: String,
}

impl Incoming {
    /// When the alert reached its state, if the sender says so.
    fn at(&self) -> Option<Instant> {
        match self.alert.state {
            State::Firing => self.alert.started,
            State::Ended => self.alert.ended,
        }
    }

    /// `raw` is stored once for each entry.
    fn record(&self, now: Instant, raw: Vec<String>) -> Record {
        let at = self.at().unwrap_or(now).iso();
        Record {
            keys: self.keys.clone(),
            state: known::word(self.alert.state).to_owned(),
            at,
            body: self.body.clone(),
            raw,
        }
    }
}

/// What a run did.
enum Done {
    Created {
        name: Arc<str>,
        slug: String,
        is_matched: bool,
    },
    Noted {
        name: Arc<str>,
        slug: String,
        is_draft: bool,
        state: State,
        at: String,
    },
    Unchanged {
        name: Arc<str>,
        slug: String,
        is_draft: bool,
    },
    /// Why nothing was to be done.
    Nothing(Message),
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    let source = Source::named(&args.from).ok_or_else(|| editor::missing(&["--from"]))?;
    let body = body(&args.file)?;
    let done = match source.read(&body).map_err(|misread| refuse(source, &body, &misread))? {
        None => Done::Nothing(message!(
            "cli-draft-other-webhook",
            "this webhook neither begins nor ends an alert; nothing was written"
        )),
        Some(alert) => {
            let (keys, raw) = (source.keys(&alert), alert_lines(&alert, &body));
            let incoming = Incoming { source, alert, keys, raw, body: alert::digest(&body) };
            // Two runs at once would make two drafts: one waits until the other has written. A site without site.yaml
            // is an error below.
            let _turn = os::wait_for_turn(&root.join("content/site.yaml")).ok();
            draft(&Editor::open(root)?, &incoming, args.as_of.as_deref())?
        }
    };
    match args.format {
        Format::Human => human(root, &done)?,
        Format::Json => console::data(&format!("{}\n", json(&done)))?,
    }
    Ok(Outcome::Done)
}

/// Where people see the alert stands first.
fn alert_lines(alert: &Alert, body: &Value) -> Vec<String> {
    let link =
        alert.link.iter().map(|link| format!("link: {link}")).filter(|line| line.len() <= ALERT_LINE_BYTES);
    link.chain(alert::lines(body)).collect()
}

fn draft(editor: &Editor<'_>, incoming: &Incoming, as_of: Option<&str>) -> Result<Done, Error> {
    let now = editor.now(as_of)?;
    let Some(known) = known::find(editor, &incoming.keys, &incoming.body, now) else {
        return match incoming.alert.state {
            State::Firing => create::create(editor, incoming, now),
            State::Ended => Ok(Done::Nothing(message!(
                "cli-draft-ended-unknown",
                "this alert has ended, and no entry has it; nothing was written"
            ))),
        };
    };
    if known.is_another_time(incoming) {
        return create::create(editor, incoming, now);
    }
    note(editor, &known, incoming, now)
}

/// Adds to the entry what is new about its alert. Only `internal` changes, which is never published.
fn note(editor: &Editor<'_>, known: &Known<'_>, incoming: &Incoming, now: Instant) -> Result<Done, Error> {
    let (name, is_draft) = (Arc::clone(&known.file.name), known.is_draft);
    let slug = editor.slug(known.file).0.to_owned();
    if !known.is_news(incoming) {
        return Ok(Done::Unchanged { name, slug, is_draft });
    }
    let record = incoming.record(now, Vec::new());
    let after = alerts::add(&name, &known.raw, editor.frame(), alerts::ALERTS, &record)
        .map_err(|r| editor::refuse(&r))?;
    editor::replace(&known.file.path, known.raw.bytes(), after.bytes())?;
    Ok(Done::Noted { name, slug, is_draft, state: incoming.alert.state, at: record.at })
}

/// Reads the body from a file or from stdin.
fn body(path: &Path) -> Result<Value, Error> {
    let bytes = if path == Path::new("-") {
        editor::stdin(ALERT_BYTES)?
    } else {
        file::read(path, ALERT_BYTES).map_err(|error| {
            let path = path.shown();
            let message = message!("cli-draft-unread", "cannot read {path}: {error}", path, error);
            let help = message!(
                "cli-draft-unread-help",
                "name the file with the body of one webhook, or `-` for stdin"
            );
            Error::environment(message, help)
        })?
    };
    if bytes.len() as u64 > ALERT_BYTES {
        let message =
            message!("cli-draft-large", "the body is larger than {most} MiB", most = ALERT_BYTES >> 20);
        let help = message!("cli-draft-large-help", "let the sender put fewer alerts into one webhook");
        return Err(Error::content(message, help));
    }
    // The error of the parser names a place and never quotes the body, which is private.
    serde_json::from_slice(&bytes).map_err(|error| {
        let message = message!(
            "cli-draft-not-json",
            "the body is not JSON: line {line}, column {column}",
            line = error.line(),
            column = error.column()
        );
        Error::content(
            message,
            message!("cli-draft-not-json-help", "pass the body of the webhook as it came"),
        )
    })
}

fn refuse(source: &Source, body: &Value, Misread(reason): &Misread) -> Error {
    let other = SOURCES.iter().find(|other| other.read(body).is_ok());
    let near = other.map(|other| format!("--from {}", other.word));
    let help = did_you_mean(near.as_deref(), || {
        message!("cli-draft-misread-help", "docs/alerts.md says what each program must send")
    });
    let message = message!(
        "cli-draft-misread",
        "this is not a webhook of {sender}: {reason}",
        sender = source.name,
        reason
    );
    Error::content(message, help)
}

fn human(root: &Path, done: &Done) -> Result<(), Error> {
    let path = |name: &str| console::print(&root.join(name).shown());
    match done {
        Done::Created { name, slug, is_matched } => {
            path(name)?;
            console::say(message!("cli-draft-created", "this is a new draft; nothing is published"));
            if !is_matched {
                console::say(message!(
                    "cli-draft-unmatched",
                    "no rule of `alerts` in site.yaml matches this alert, so the draft has no components: write `affects` and `severity` yourself"
                ));
            }
            console::say(message!(
                "cli-draft-created-next",
                "next: check title, `severity` and `affects`; run `noroshi update {slug} investigating -m TEXT`, with `--publish` to publish it",
                slug
            ));
        }
        Done::Noted { name, slug, is_draft, state, at } => {
            path(name)?;
            console::say(match state {
                State::Ended => message!(
                    "cli-draft-noted-ended",
                    "noted below `internal`: the alert ended at {at}; nothing public has changed",
                    at
                ),
                State::Firing => message!(
                    "cli-draft-noted-firing",
                    "noted below `internal`: the alert fires, since {at}; nothing public has changed",
                    at
                ),
            });
            console::say(match (state, is_draft) {
                (State::Ended, true) => message!(
                    "cli-draft-ended-next",
                    "next: delete the draft if users noticed nothing, or publish it"
                ),
                (State::Ended, false) => message!(
                    "cli-draft-ended-public-next",
                    "next: once users can work again, run `noroshi update {slug} resolved --ended TIME -m TEXT`",
                    slug
                ),
                (State::Firing, _) => {
                    message!("cli-draft-firing-next", "next: check whether `affects` still holds")
                }
            });
        }
        Done::Unchanged { name, .. } => {
            path(name)?;
            console::say(message!(
                "cli-draft-unchanged",
                "this entry has the alert already; nothing was written"
            ));
        }
        Done::Nothing(why) => console::say(why.clone()),
    }
    Ok(())
}

fn json(done: &Done) -> Value {
    match done {
        Done::Created { name, slug, is_matched } => serde_json::json!({
            "result": "created", "file": &**name, "entry": slug, "draft": true, "matched": is_matched,
        }),
        Done::Noted { name, slug, is_draft, state, at } => serde_json::json!({
            "result": "noted", "file": &**name, "entry": slug, "draft": is_draft, "state": known::word(*state), "at": at,
        }),
        Done::Unchanged { name, slug, is_draft } => serde_json::json!({
            "result": "unchanged", "file": &**name, "entry": slug, "draft": is_draft,
        }),
        Done::Nothing(_) => serde_json::json!({"result": "nothing"}),
    }
}
