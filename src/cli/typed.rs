//! Converts words that the user typed into values of the site. An unknown word is refused with the
//! nearest known one.

use std::time::Duration;

use super::editor::Editor;
use super::error::Error;
use crate::document::body;
use crate::edit::update::Part;
use crate::kind::EntryKind;
use crate::languages;
use crate::message::{Language, Reason, message, one_of};
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
    let known: Vec<&str> =
        statuses.iter().map(|s| s.word()).chain(sections.iter().map(|s| s.word())).collect();
    let message = format!("`{word}` is not a status or section of a {}", kind.word());
    let message = message.replace("a incident", "an incident");
    if known.is_empty() {
        return Err(Error::usage(message, "it has no updates: edit its file"));
    }
    Err(Error::usage(message, near_or_one_of(text::nearest(word, known.iter().copied()), &known)))
}

/// A status of this kind of entry.
pub(super) fn status(editor: &Editor<'_>, kind: EntryKind, word: &str) -> Result<Status, Error> {
    let statuses = body::statuses(kind);
    Status::from_word_or_alias(word, statuses, editor.frame().1).ok_or_else(|| {
        let known: Vec<&str> = statuses.iter().map(|status| status.word()).collect();
        unknown(word, "status", &known)
    })
}

pub(super) fn severity(editor: &Editor<'_>, word: &str) -> Result<Severity, Error> {
    Severity::from_word_or_alias(word, Severity::ALL, editor.frame().1).ok_or_else(|| {
        let known: Vec<&str> = Severity::ALL.iter().map(|s| s.word()).collect();
        Error::usage(format!("unknown severity `{word}`"), near_or_one_of(Severity::nearest(word), &known))
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
            let message = format!("`{id}={status}` sets a status where only components can be named");
            Err(Error::usage(message, format!("write `{id}`")))
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
    Err(Error::usage(format!("cannot find the component `{typed}`"), components.help(typed)))
}

pub(super) fn component_status(editor: &Editor<'_>, word: &str) -> Result<ComponentStatus, Error> {
    ComponentStatus::from_word_or_alias(word, ComponentStatus::ALL, editor.frame().1).ok_or_else(|| {
        let known: Vec<&str> = ComponentStatus::ALL.iter().map(|s| s.word()).collect();
        let help = near_or_one_of(ComponentStatus::nearest(word), &known);
        Error::usage(format!("unknown component status `{word}`"), help)
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
    Err(unknown(word, "maintenance kind", &known))
}

pub(super) fn level(word: &str) -> Result<Level, Error> {
    let known: Vec<&str> = Level::ALL.iter().map(|l| l.word()).collect();
    Level::from_word(word).ok_or_else(|| unknown(word, "notice level", &known))
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
    Err(unknown(word, "category", &ids))
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
    Err(Error::usage(format!("`{word}` cannot be a key"), "use only letters, digits, `_`, `-` and `.`"))
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
    let help = match known().find(is_city).or_else(|| text::nearest(word, known())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write an IANA name, such as `Asia/Tokyo` or `UTC`".to_owned(),
    };
    Err(Error::usage(format!("unknown time zone `{word}`"), help))
}

/// A built-in language by its tag, in any case.
pub(super) fn language(word: &str) -> Result<&'static str, Error> {
    let known = languages::tags();
    if let Some(tag) = known.iter().find(|tag| tag.eq_ignore_ascii_case(word)) {
        return Ok(tag);
    }
    let language = word.split(['-', '_']).next().unwrap_or(word);
    let near = [word, language].into_iter().find_map(|word| text::nearest(word, known.iter().copied()));
    let message = format!("noroshi does not have the language `{word}`");
    Err(Error::usage(message, near_or_one_of(near, &known)))
}

pub(super) fn unknown(word: &str, what: &str, known: &[&str]) -> Error {
    let help = near_or_one_of(text::nearest(word, known.iter().copied()), known);
    Error::usage(format!("unknown {what} `{word}`"), help)
}

/// The help for an unknown word: the nearest known one, or else all of them.
fn near_or_one_of(near: Option<&str>, known: &[&str]) -> String {
    match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write {}", text::some_of(known, "site.yaml and docs/format.md have all")),
    }
}
