//! The arguments of `noroshi new` and `noroshi update` for a filled form and a comment.

use super::program::Request;
use crate::cli::editor::Editor;
use crate::document::body;
use crate::document::moment::{self, YearHint};
use crate::issues::comment::Typed;
use crate::issues::event::Event;
use crate::issues::form::{self, Filled, Key};
use crate::kind::EntryKind;
use crate::message::{Message, message};
use crate::text;
use crate::vocabulary::{FactKey, Status};

/// The arguments for a new entry. With a slug, they write an entry again.
pub(super) fn new(
    editor: &Editor<'_>,
    event: &Event,
    filled: &Filled,
    time: &str,
    slug: Option<&str>,
) -> Request {
    let mut arguments = vec!["new".to_owned(), format!("--as-of={time}")];
    let mut add = |name: &str, value: Option<&str>| {
        arguments.extend(value.map(|value| format!("--{name}={value}")));
    };
    add("severity", filled.get(Key::Severity));
    add("affects", filled.get(Key::Affects));
    add("status", filled.get(Key::Status));
    add("at", filled.get(Key::Started).or(filled.get(Key::Start)));
    add("end", filled.get(Key::End).or(filled.get(Key::Expires)));
    add("next", filled.get(Key::Next));
    add("recovery", filled.get(Key::Recovery));
    add("scope", filled.get(Key::Scope));
    add("kind", filled.get(Key::Kind).or(filled.get(Key::Level)).or(filled.get(Key::Category)));
    add("slug", slug);
    filled.fields(editor.config()).iter().for_each(|field| add("field", Some(field)));
    let words = filled.get(Key::Words).unwrap_or_default().to_owned();
    if !words.is_empty() {
        arguments.extend(["-m", "-"].map(str::to_owned));
    }
    // What follows is no option, however it begins.
    let title = event.title.trim().to_owned();
    arguments.extend(["--".to_owned(), filled.kind.command().to_owned(), title]);
    Request { arguments, words }
}

/// The option for a line of a comment that is no fact of an update: the scope, or a field of the site.
pub(super) fn other(editor: &Editor<'_>, kind: EntryKind, key: &str, value: &str) -> Option<String> {
    let has_scope = matches!(kind, EntryKind::Incident | EntryKind::Maintenance);
    if has_scope && ["scope", "影響範囲", "影響の範囲"].contains(&text::fold(key).as_str()) {
        return Some(format!("--scope={value}"));
    }
    form::field_of(kind, key, value, editor.config()).map(|field| format!("--field={field}"))
}

/// The arguments for an update, or the reason why there are none.
pub(super) fn update(
    editor: &Editor<'_>,
    name: &str,
    kind: EntryKind,
    typed: &Typed,
    time: &str,
) -> Result<Request, Message> {
    let mut arguments = vec!["update".to_owned(), format!("--as-of={time}")];
    let status = Status::from_word_or_alias(&typed.word, body::statuses(kind), editor.frame().1);
    if let Some(at) = &typed.time {
        let is_sure = moment::read(at, YearHint::Nothing).is_some_and(|reading| reading.sure().is_some());
        // An update has an exact time, and the end of an impact need not have one.
        let option = if status == Some(Status::Resolved) && !is_sure { "ended" } else { "at" };
        arguments.push(format!("--{option}={at}"));
    }
    for (key, value) in &typed.facts {
        let option = match key {
            FactKey::Affects => "set",
            FactKey::Severity => "severity",
            FactKey::NextUpdate => "next",
            FactKey::ExpectedRecovery => "recovery",
            // 終了 is the end of a maintenance, and of an impact.
            FactKey::Ended | FactKey::End if kind == EntryKind::Maintenance => "end",
            FactKey::Ended | FactKey::End => "ended",
            FactKey::Start => "start",
            FactKey::Started => "started",
            FactKey::Outages => "outage",
            FactKey::Scope => "scope",
            FactKey::Occurrence => "occurrence",
            FactKey::Phases | FactKey::Number | FactKey::Mode => {
                let key = key.word();
                return Err(super::said(
                    &message!("cli-ci-issue-fact", "a comment cannot change `{key}`", key),
                    &message!("cli-ci-issue-fact-help", "change `{key}` in the file", key),
                ));
            }
        };
        arguments.push(format!("--{option}={value}"));
    }
    arguments.extend(typed.others.iter().cloned());
    if !typed.words.is_empty() {
        arguments.extend(["-m", "-"].map(str::to_owned));
    }
    arguments.extend(["--".to_owned(), name.to_owned(), typed.word.clone()]);
    Ok(Request { arguments, words: typed.words.clone() })
}
