//! The texts of an entry that an update replaces beside what it adds: title, scope, fields, sections.

use crate::cli::console;
use crate::cli::editor::{self, Editor};
use crate::cli::error::Error;
use crate::cli::request::UpdateRequest;
use crate::cli::typed;
use crate::document::Document;
use crate::edit::front_text::{self, NewText};
use crate::edit::{Raw, prose, sections};
use crate::history::silent_edit;
use crate::message::{Message, message};
use crate::model::{Instant, Level, Model};
use crate::source::FoundFile;
use crate::timeline::visible_since;
use crate::vocabulary::Section;

/// The changes that the options ask for.
pub(super) struct Changes {
    front: Vec<FrontChange>,
    sections: Vec<(Section, String)>,
    /// Whether a draft is published.
    publishes: bool,
}

struct FrontChange {
    option: &'static str,
    path: Vec<String>,
    /// `None` for the first locale of the site.
    locale: Option<String>,
    text: String,
}

/// A text that was replaced.
struct Replacement {
    /// As messages call it: `title`, `fields.funds`, `Workaround`.
    name: String,
    before: String,
    after: String,
    /// Whether readers must be told that it was another.
    needs_correction: bool,
}

/// A file with its changes, and what they replaced.
pub(super) struct Changed {
    pub(super) file: Raw,
    replaced: Vec<Replacement>,
}

impl Changes {
    pub(super) fn of(editor: &Editor<'_>, request: &UpdateRequest) -> Result<Changes, Error> {
        let mut front = Vec::new();
        for (option, key, typed) in (request.title.iter().map(|typed| ("--title", "title", typed)))
            .chain(request.scope.iter().map(|typed| ("--scope", "scope", typed)))
        {
            let (locale, text) = in_locale(editor, option, typed)?;
            front.push(FrontChange { option, path: vec![key.to_owned()], locale, text });
        }
        for typed in &request.field {
            let (key, value) = editor::pair("--field", typed)?;
            let path = vec!["fields".to_owned(), typed::key(key)?];
            let (locale, text) = in_locale(editor, "--field", &value)?;
            front.push(FrontChange { option: "--field", path, locale, text });
        }
        let mut sections = Vec::new();
        for (option, section, typed) in [
            ("--workaround", Section::Workaround, &request.workaround),
            ("--actions", Section::Actions, &request.actions),
            ("--compensation", Section::Compensation, &request.compensation),
        ] {
            let Some(typed) = typed else { continue };
            let words = prose::sound(typed).map_err(|refusal| editor::refuse(&refusal))?;
            if words.is_empty() {
                let message = message!("cli-update-text-empty", "the text of {option} is empty", option);
                let help = message!("cli-update-text-empty-help", "write the new text");
                return Err(Error::usage(message, help));
            }
            sections.push((section, words));
        }
        Ok(Changes { front, sections, publishes: request.publish })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.front.is_empty() && self.sections.is_empty() && !self.publishes
    }

    /// Makes the changes in the text of an entry. A translation holds texts in its own locale only.
    pub(super) fn apply(
        &self,
        editor: &Editor<'_>,
        entry: &FoundFile,
        file: Raw,
        locale: &str,
    ) -> Result<Changed, Error> {
        let is_translation = locale != editor.first();
        let mut done = Changed { file, replaced: Vec::new() };
        for change in &self.front {
            if is_translation && change.locale.is_some() {
                let message = message!(
                    "cli-update-two-locales",
                    "{option} names a locale, and `--locale` names one too",
                    option = change.option
                );
                let help = message!("cli-update-two-locales-help", "write only the text");
                return Err(Error::usage(message, help));
            }
            if !is_translation && let Some(locale) = &change.locale {
                change.stands_here(editor, entry, locale)?;
            }
            change.apply(editor, entry, &mut done)?;
        }
        for (section, words) in &self.sections {
            let place = (locale, editor.frame());
            let replaced = sections::set(&entry.name, &done.file, place, *section, words)
                .map_err(|refusal| editor::refuse(&refusal))?;
            done.file = replaced.file;
            // A section may grow without a correction.
            let plain = |text: &str| text.split_whitespace().collect::<String>();
            let needs_correction = !plain(words).starts_with(&plain(&replaced.before));
            let (name, after) = (section.title(), words.clone());
            done.replaced.push(Replacement { name, before: replaced.before, after, needs_correction });
        }
        if self.publishes {
            let published = front_text::remove(&entry.name, &done.file, editor.frame(), "draft")
                .map_err(|refusal| editor::refuse(&refusal))?;
            done.file = published.ok_or_else(|| {
                let message = message!("cli-update-no-draft", "the entry is no draft");
                Error::usage(message, message!("cli-update-no-draft-help", "leave `--publish` out"))
            })?;
        }
        Ok(done)
    }

    /// The translations whose text is older than the one that the command writes in the first locale.
    pub(super) fn stale(&self, editor: &Editor<'_>, entry: &FoundFile, document: &Document) -> Vec<Message> {
        let slug = editor.slug(entry).0;
        let mut found = Vec::new();
        for locale in editor.config().locales.iter().skip(1) {
            let file = editor.translation(entry, locale);
            let translated = file.path.symlink_metadata().ok().and_then(|_| editor.document(&file).ok());
            let there = translated.as_ref().map(|(_, document)| document);
            let command = format!("noroshi update {slug} --locale {locale}");
            let of_front =
                |change| self.stale_front(change, editor.first(), locale, (document, there), &command);
            let front = self.front.iter().filter_map(of_front);
            let sections = self.sections.iter().filter_map(|(section, _)| {
                let known = there?.body.sections.iter().find(|known| known.section == *section)?;
                let way = Message::same(format!("`{command} --{} TEXT`", section.word()));
                (!known.words.is_empty()).then(|| (section.title(), way))
            });
            let say = |(name, way): (String, Message)| {
                message!(
                    "cli-update-stale",
                    "`{name}` in `{locale}` is still the old text: {way}",
                    name,
                    locale,
                    way
                )
            };
            found.extend(front.chain(sections).map(say));
        }
        found
    }

    /// The name of a text that a locale has in its old form, here or in its own file, and how to change it.
    fn stale_front(
        &self,
        change: &FrontChange,
        first: &str,
        locale: &str,
        (here, there): (&Document, Option<&Document>),
        command: &str,
    ) -> Option<(String, Message)> {
        let path = change.keys();
        let is_given =
            |other: &FrontChange| other.path == change.path && other.locale.as_deref() == Some(locale);
        if change.locale.is_some() || self.front.iter().any(is_given) {
            return None;
        }
        let texts = |document: &Document| front_text::texts(&document.front.root, &path, first);
        let (option, field) = (change.option, change.field());
        let way = if there.is_some_and(|there| !texts(there).is_empty()) {
            Message::same(format!("`{command} {option} \"{field}TEXT\"`"))
        } else if texts(here).iter().any(|(of, _)| of.as_deref() == Some(locale)) {
            message!(
                "cli-update-stale-here",
                "give it with `{option} \"{field}{locale}=TEXT\"`",
                option,
                field,
                locale
            )
        } else {
            return None;
        };
        Some((path.join("."), way))
    }
}

impl FrontChange {
    fn keys(&self) -> Vec<&str> {
        self.path.iter().map(String::as_str).collect()
    }

    /// `funds=` for `--field`; empty for other options.
    fn field(&self) -> String {
        if self.option == "--field" { format!("{}=", self.path[1]) } else { String::new() }
    }

    /// Refuses a text in another locale that stands in the file of its translation.
    fn stands_here(&self, editor: &Editor<'_>, entry: &FoundFile, locale: &str) -> Result<(), Error> {
        let file = editor.translation(entry, locale);
        if file.path.symlink_metadata().is_err() {
            return Ok(());
        }
        let message = message!(
            "cli-update-stands-there",
            "the texts in `{locale}` are in `{name}`",
            locale,
            name = file.name
        );
        let help = message!(
            "cli-update-stands-there-help",
            "nothing was written; write it with `noroshi update {slug} --locale {locale} {option} \"{field}{text}\"`",
            slug = editor.slug(entry).0,
            locale,
            option = self.option,
            field = self.field(),
            text = self.text
        );
        Err(Error::usage(message, help))
    }

    fn apply(&self, editor: &Editor<'_>, entry: &FoundFile, done: &mut Changed) -> Result<(), Error> {
        let frame = editor.frame();
        let before = crate::edit::split(&entry.name, done.file.text(), frame);
        let old =
            before.map(|document| front_text::texts(&document.front.root, &self.keys(), editor.first()));
        let old = old.into_iter().flatten().find(|(locale, _)| *locale == self.locale).map(|(_, text)| text);
        let keys = self.keys();
        let new = NewText { path: &keys, locale: self.locale.as_deref(), text: &self.text };
        done.file = front_text::set(&entry.name, &done.file, frame, &new)
            .map_err(|refusal| editor::refuse(&refusal))?;
        let before = old.unwrap_or_default();
        let locale = self.locale.as_ref().map_or(String::new(), |locale| format!(" ({locale})"));
        done.replaced.push(Replacement {
            name: format!("{}{locale}", self.path.join(".")),
            // Scope and fields change to stay true; a title is what readers know the entry by.
            needs_correction: self.option == "--title" && !before.is_empty() && before != self.text,
            after: self.text.clone(),
            before,
        });
        Ok(())
    }
}

impl Changed {
    /// Shows each text that was replaced, and the new one.
    pub(super) fn show(&self) {
        for text in &self.replaced {
            for (sign, words) in [('-', &text.before), ('+', &text.after)] {
                for line in words.lines() {
                    console::say(Message::same(format!("{sign} {}: {line}", text.name)));
                }
            }
        }
    }

    /// The replaced texts that readers have seen, if `check` would ask for a correction.
    pub(super) fn uncorrected(&self, model: &Model, entry: &FoundFile, now: Instant) -> Vec<&str> {
        let head = model.heads().find(|head| head.file == entry.name).filter(|head| !head.draft);
        let since = head.and_then(|head| visible_since(model, head, None));
        let is_seen = since.is_some_and(|since| since.0 + silent_edit::GRACE <= now.0);
        if !is_seen || model.config.policy.level(silent_edit::CODE) == Level::Off {
            return Vec::new();
        }
        self.replaced.iter().filter(|text| text.needs_correction).map(|text| text.name.as_str()).collect()
    }
}

/// Parses `TEXT` or `LOCALE=TEXT`, where LOCALE is a locale of the site; `None` is the first one.
pub(super) fn in_locale(
    editor: &Editor<'_>,
    option: &str,
    typed: &str,
) -> Result<(Option<String>, String), Error> {
    let locales = &editor.config().locales;
    let split = typed.split_once(['=', '＝']).and_then(|(word, text)| {
        let at = locales.iter().position(|locale| locale.eq_ignore_ascii_case(word.trim()))?;
        Some((at, text))
    });
    let (at, text) = split.unwrap_or((0, typed));
    Ok((locales.get(at).filter(|_| at > 0).cloned(), editor::one_line(option, text)?))
}
