//! The languages that are built in: of each, its messages and the words that writers may use.
//!
//! A new one is a file of `themes/default/messages/` and a line here.

pub struct Language {
    /// BCP 47: `ja`, `pt-BR`.
    pub tag: &'static str,
    /// A Fluent file of the default theme.
    pub messages: &'static str,
}

macro_rules! languages {
    ($($tag:literal),* $(,)?) => {
        [$(Language { tag: $tag, messages: include_str!(concat!("../themes/default/messages/", $tag, ".ftl")) },)*]
    };
}

/// Every one; the first is what others are measured by.
pub const ALL: &[Language] = &languages![
    "en", "ja", "ar", "de", "es", "fr", "it", "ko", "nl", "pl", "pt-BR", "ru", "tr", "vi", "zh-Hans",
    "zh-Hant",
];

#[must_use]
pub fn tags() -> Vec<&'static str> {
    ALL.iter().map(|language| language.tag).collect()
}

#[must_use]
pub fn is_built_in(tag: &str) -> bool {
    find(tag).is_some()
}

#[must_use]
pub fn find(tag: &str) -> Option<&'static Language> {
    ALL.iter().find(|language| language.tag == tag)
}
