//! Converts words that the user typed into values of the site. An unknown word is refused with the
//! nearest known one.

use std::time::Duration;

use super::editor::Editor;
use super::error::Error;
use crate::document::body;
use crate::edit::update::Part;
use crate::kind::EntryKind;
use crate::languages;
use crate::message::{Language, Message, Reason, did_you_mean, message, one_of, some_words};
use crate::model::config::Choice;
use crate::model::{Zone, time};
use crate::source::FoundFile;
use crate::text;
use crate::vocabulary::{ComponentStatus, Level, MaintenanceKind, Section, Severity, Status};

/// Parses a length of time for clap.
pub(super) fn duration(written: &str) -> Result<Duration, Reason> {
    let seconds = time::duration(written).and_then(|seconds| u64::try_from(seconds).ok());
    seconds
        .map(Duration::from_secs)
        .ok_or_else(|| Reason(message!("cli-typed-duration", "write for example `30m`, `5h 30m` or `1d`")))
}

/// Parses a language of messages for clap.
pub(super) fn message_language(written: &str) -> Result<Language, Reason> {
    let known: Vec<&str> = Language::tags().collect();
    Language::find(written)
        .ok_or_else(|| Reason(message!("cli-typed-language", "write {known}", known = one_of(&known))))
}

/// The status or dated section that a word means in this kind of entry.
pub(super) fn part(editor: &Editor<'_>, entry: &FoundFile, word: &str) -> Result<Part, Error> {
    let (kind, more) = (Editor::kind(entry), editor.frame().1);
    let statuses = body::statuses(kind);
    if let Some(status) = Status::from_word_or_alias(word, statuses, more) {
        return Ok(Part::Update(status));
    }
    let sections = body::sections(kind);
    if let Some(section) = Section::from_word_or_alias(word, sections, more) {
        return Ok(Part::Section(section));
    }
    let told = statuses.iter().map(|status| status.told());
    let told: Vec<Message> = told.chain(sections.iter().map(|section| section.told())).collect();
    let kind = a_kind(kind);
    let message = message!("cli-typed-part", "`{word}` is not a status or section of {kind}", word, kind);
    if told.is_empty() {
        let help = message!("cli-typed-part-help", "it has no updates: edit its file");
        return Err(Error::usage(message, help));
    }
    let words = statuses.iter().map(|s| s.word()).chain(sections.iter().map(|s| s.word()));
    Err(Error::usage(message, near_or_some_words(text::nearest(word, words), told)))
}

/// A status of this kind of entry.
pub(super) fn status(editor: &Editor<'_>, kind: EntryKind, word: &str) -> Result<Status, Error> {
    let statuses = body::statuses(kind);
    Status::from_word_or_alias(word, statuses, editor.frame().1).ok_or_else(|| {
        let near = text::nearest(word, statuses.iter().map(|status| status.word()));
        let help = near_or_some_words(near, statuses.iter().map(|status| status.told()).collect());
        let what = message!("cli-typed-noun-status", "status");
        Error::usage(message!("cli-typed-unknown", "unknown {what} `{word}`", what, word), help)
    })
}

pub(super) fn severity(editor: &Editor<'_>, word: &str) -> Result<Severity, Error> {
    Severity::from_word_or_alias(word, Severity::ALL, editor.frame().1).ok_or_else(|| {
        let known = Severity::ALL.iter().map(|severity| severity.told()).collect();
        let help = near_or_some_words(Severity::nearest(word), known);
        Error::usage(message!("cli-typed-severity", "unknown severity `{word}`", word), help)
    })
}

/// The components of a list, such as `api, web` or 対象：売買・出金, each with the word for its status.
pub(super) fn components<'t>(
    editor: &Editor<'_>,
    typed: &'t str,
) -> Result<Vec<(String, Option<&'t str>)>, Error> {
    let known = &editor.config().components;
    known.listed(typed).into_iter().map(|part| Ok((component(editor, part.name)?, part.status))).collect()
}

/// The components of a list without statuses.
pub(super) fn component_ids(editor: &Editor<'_>, typed: &str) -> Result<Vec<String>, Error> {
    let one = |(id, status): (String, Option<&str>)| match status {
        None => Ok(id),
        Some(status) => {
            let message = message!(
                "cli-typed-component-only",
                "`{id}={status}` sets a status where only components can be named",
                id,
                status
            );
            Err(Error::usage(message, message!("cli-typed-component-only-help", "write `{id}`", id)))
        }
    };
    components(editor, typed)?.into_iter().map(one).collect()
}

/// A component of the site, as the user named it. A name that would read as several is written as its id.
fn component(editor: &Editor<'_>, typed: &str) -> Result<String, Error> {
    let components = &editor.config().components;
    if let Some(id) = components.id_of(typed) {
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | '-' | '_' | 'ー');
        return Ok(if typed.chars().all(is_plain) { typed } else { id }.to_owned());
    }
    let message = message!("cli-typed-component", "cannot find the component `{typed}`", typed);
    Err(Error::usage(message, components.help(typed)))
}

pub(super) fn component_status(editor: &Editor<'_>, word: &str) -> Result<ComponentStatus, Error> {
    ComponentStatus::from_word_or_alias(word, ComponentStatus::ALL, editor.frame().1).ok_or_else(|| {
        let known = ComponentStatus::ALL.iter().map(|status| status.told()).collect();
        let help = near_or_some_words(ComponentStatus::nearest(word), known);
        Error::usage(message!("cli-typed-component-status", "unknown component status `{word}`", word), help)
    })
}

/// A maintenance kind, as front matter writes it.
pub(super) fn kind(editor: &Editor<'_>, word: &str) -> Result<String, Error> {
    if let Some(kind) = MaintenanceKind::from_word_or_alias(word, MaintenanceKind::ALL, editor.frame().1) {
        return Ok(kind.word().to_owned());
    }
    let own = &editor.config().kinds;
    if let Some(kind) = chosen(own, word) {
        return Ok(kind.id.clone());
    }
    let known: Vec<&str> =
        MaintenanceKind::ALL.iter().map(|k| k.word()).chain(own.iter().map(|k| k.id.as_str())).collect();
    Err(unknown(word, &message!("cli-typed-noun-kind", "maintenance kind"), &known))
}

pub(super) fn level(word: &str) -> Result<Level, Error> {
    let known: Vec<&str> = Level::ALL.iter().map(|l| l.word()).collect();
    let what = || message!("cli-typed-noun-level", "notice level");
    Level::from_word(word).ok_or_else(|| unknown(word, &what(), &known))
}

/// The category that the user named, or the only category of the site.
pub(super) fn category(editor: &Editor<'_>, word: Option<&str>) -> Result<Option<String>, Error> {
    let known = &editor.config().categories;
    let Some(word) = word else {
        return Ok(known.first().filter(|_| known.len() == 1).map(|only| only.id.clone()));
    };
    if let Some(category) = chosen(known, word) {
        return Ok(Some(category.id.clone()));
    }
    let ids: Vec<&str> = known.iter().map(|c| c.id.as_str()).collect();
    Err(unknown(word, &message!("cli-typed-noun-category", "category"), &ids))
}

/// One of the site's own choices, by its id or by its name in any language.
fn chosen<'c>(choices: &'c [Choice], word: &str) -> Option<&'c Choice> {
    let folded = text::fold(word);
    choices.iter().find(|one| one.id == folded || one.name.all().any(|name| text::fold(name) == folded))
}

/// A key of front matter, as a user typed it.
pub(super) fn key(word: String) -> Result<String, Error> {
    if word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.')) {
        return Ok(word);
    }
    let message = message!("cli-typed-key", "`{word}` cannot be a key", word);
    let help = message!("cli-typed-key-help", "use only letters, digits, `_`, `-` and `.`");
    Err(Error::usage(message, help))
}

/// A time zone by its IANA name. The help names the zone of a city.
pub(super) fn zone(word: &str) -> Result<Zone, Error> {
    if let Some(zone) = Zone::named(word) {
        return Ok(zone);
    }
    // Not `EST` for `JST`: old abbreviations are near each other and hours apart.
    let known = || Zone::names().filter(|name| name.contains('/'));
    let city = text::fold(word);
    let is_city = |name: &&str| name.rsplit('/').next().is_some_and(|last| text::fold(last) == city);
    let near = known().find(is_city).or_else(|| text::nearest(word, known()));
    let help = did_you_mean(near, || {
        message!("cli-typed-zone-help", "write an IANA name, such as `Asia/Tokyo` or `UTC`")
    });
    Err(Error::usage(message!("cli-typed-zone", "unknown time zone `{word}`", word), help))
}

/// A built-in language by its tag, in any case.
pub(super) fn language(word: &str) -> Result<&'static str, Error> {
    let known = languages::tags();
    if let Some(tag) = known.iter().find(|tag| tag.eq_ignore_ascii_case(word)) {
        return Ok(tag);
    }
    let language = word.split(['-', '_']).next().unwrap_or(word);
    let near = [word, language].into_iter().find_map(|word| text::nearest(word, known.iter().copied()));
    let message = message!("cli-typed-no-language", "noroshi does not have the language `{word}`", word);
    Err(Error::usage(message, near_or_one_of(near, &known)))
}

/// The error for a word that is none of the known ones. `what` names what it should be.
pub(super) fn unknown(word: &str, what: &Message, known: &[&str]) -> Error {
    let help = near_or_one_of(text::nearest(word, known.iter().copied()), known);
    Error::usage(message!("cli-typed-unknown", "unknown {what} `{word}`", what, word), help)
}

/// A kind of entries, as messages name one of them.
pub(super) fn a_kind(kind: EntryKind) -> Message {
    match kind {
        EntryKind::Incident => message!("cli-typed-an-incident", "an incident"),
        EntryKind::Maintenance => message!("cli-typed-a-maintenance", "a maintenance"),
        EntryKind::Notice => message!("cli-typed-a-notice", "a notice"),
        EntryKind::Question => message!("cli-typed-a-question", "a question"),
        EntryKind::Page => message!("cli-typed-a-page", "a page"),
    }
}

/// The help for an unknown word: the nearest known one, or else all of them.
fn near_or_one_of(near: Option<&str>, known: &[&str]) -> Message {
    near_or_some_words(near, known.iter().map(|word| Message::same(format!("`{word}`"))).collect())
}

/// The same for words that differ by language.
fn near_or_some_words(near: Option<&str>, known: Vec<Message>) -> Message {
    did_you_mean(near, || {
        let see = message!("cli-typed-see", "site.yaml and docs/format.md have all");
        message!("cli-typed-write", "write {words}", words = some_words(known, &see))
    })
}
