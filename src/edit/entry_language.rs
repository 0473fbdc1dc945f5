//! The language of a file's structure, so that additions use the same one.

use crate::document::Document;
use crate::languages;
use crate::vocabulary::{ComponentStatus, FactKey, Section, Severity, Status};

/// A language for headings and fact lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryLanguage(Option<&'static str>);

impl EntryLanguage {
    pub const CANONICAL: EntryLanguage = EntryLanguage(None);

    /// The built-in language with this tag, or the canonical words.
    pub fn named(tag: &str) -> EntryLanguage {
        EntryLanguage(languages::find(tag).map(|language| language.tag).filter(|tag| *tag != "en"))
    }

    /// The language of the last update heading of a file, most likely `locale`.
    pub fn of(document: &Document, locale: &str) -> EntryLanguage {
        let Some(update) = document.body.updates.last() else { return EntryLanguage::CANONICAL };
        let word = update.word.as_str();
        let says = |tag: &&str| update.status.is_word_in(word, tag);
        if Status::from_word(word).is_some()
            && word.is_ascii()
            && word.eq_ignore_ascii_case(update.status.word())
        {
            return EntryLanguage::CANONICAL;
        }
        let spoken = std::iter::once(locale).chain(languages::tags());
        spoken.into_iter().find(says).map_or(EntryLanguage::CANONICAL, EntryLanguage::named)
    }

    pub fn heading(self, status: Status, time: &str) -> String {
        format!("## {} {time}", self.0.map_or(status.word(), |tag| status.word_in(tag)))
    }

    pub fn section(self, section: Section) -> String {
        match (self.0, section) {
            (Some(tag), _) => format!("## {}", section.word_in(tag)),
            (None, Section::Faq) => "## FAQ".to_owned(),
            (None, section) => {
                let (first, rest) = section.word().split_at(1);
                format!("## {}{rest}", first.to_uppercase())
            }
        }
    }

    pub fn fact(self, key: FactKey, value: &str) -> String {
        let colon = if self.is_wide() { "：" } else { ": " };
        format!("{}{colon}{value}", self.0.map_or(key.word(), |tag| key.word_in(tag)))
    }

    /// What stands between components.
    pub fn comma(self) -> &'static str {
        if self.is_wide() { "、" } else { ", " }
    }

    /// Whether its signs are as wide as its letters.
    fn is_wide(self) -> bool {
        self.0.is_some_and(|tag| tag == "ja" || tag.starts_with("zh"))
    }

    pub fn component(self, status: ComponentStatus) -> &'static str {
        self.0.map_or(status.word(), |tag| status.word_in(tag))
    }

    pub fn severity(self, severity: Severity) -> &'static str {
        self.0.map_or(severity.word(), |tag| severity.word_in(tag))
    }

    /// The word for what is not decided.
    pub fn undecided(self) -> &'static str {
        if self.0 == Some("ja") { "未定" } else { "undecided" }
    }

    /// The word for an unknown end.
    pub fn unknown(self) -> &'static str {
        if self.0 == Some("ja") { "未定" } else { "unknown" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Aliases;

    fn of(body: &str, locale: &str) -> EntryLanguage {
        let text = format!("---\ntitle: a\n---\n{body}").into();
        let locales = ["ja".to_owned(), "en".to_owned()];
        let document = super::super::split("content/incidents/a.md", &text, (&locales, &Aliases::default()));
        EntryLanguage::of(&document.expect("a file"), locale)
    }

    #[test]
    fn the_last_heading_says_the_language() {
        assert_eq!(of("## 調査中 2026-11-20 10:20\n", "ja"), EntryLanguage(Some("ja")));
        assert_eq!(
            of("## 調査中 2026-11-20 10:20\n## monitoring 2026-11-20 10:30\n", "ja"),
            EntryLanguage::CANONICAL
        );
        assert_eq!(of("## Resolved 2026-11-20 10:20\n", "en"), EntryLanguage::CANONICAL);
        assert_eq!(of("## Behoben 2026-11-20 10:20\n", "ja"), EntryLanguage(Some("de")));
        assert_eq!(of("words\n", "ja"), EntryLanguage::CANONICAL);
    }

    #[test]
    fn lines_are_read_back_in_every_language() {
        for tag in languages::tags() {
            let language = EntryLanguage::named(tag);
            let heading = language.heading(Status::Resolved, "2026-11-20 12:40");
            let fact = language.fact(FactKey::NextUpdate, "2026-11-20 13:00");
            let section = language.section(Section::Postmortem);
            let text =
                format!("---\ntitle: a\n---\n{heading}\n{fact}\n\nx\n\n{section} 2026-11-21 10:00\n\ny\n")
                    .into();
            let locales = [tag.to_owned()];
            let document =
                super::super::split("content/incidents/a.md", &text, (&locales, &Aliases::default()))
                    .expect("a file");
            let [update] = &document.body.updates[..] else { panic!("{text}") };
            assert_eq!((update.status, update.facts.len()), (Status::Resolved, 1), "{text}");
            assert_eq!(document.body.sections[0].section, Section::Postmortem, "{text}");
        }
        assert_eq!(EntryLanguage::named("ja").fact(FactKey::NextUpdate, "11:30"), "次回のお知らせ：11:30");
        assert_eq!(EntryLanguage::CANONICAL.section(Section::Faq), "## FAQ");
    }
}
