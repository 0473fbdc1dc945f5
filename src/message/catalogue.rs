//! The languages of messages other than English, a Fluent file each.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use super::Value;

type Bundle = FluentBundle<FluentResource>;

/// Every catalogue with its language. For a new language, translate `ja.ftl` into a file beside it, and add a line.
pub(super) const CATALOGUES: [(&str, &str); 1] = [("ja", include_str!("ja.ftl"))];

/// A catalogue is read when its first message is shown.
static BUNDLES: [LazyLock<Bundle>; CATALOGUES.len()] = [LazyLock::new(|| bundle(0))];

/// A language of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Language(Option<usize>);

impl Language {
    pub const ENGLISH: Language = Language(None);

    /// The language of a tag or of the name of a locale: `ja`, `ja-JP`, `ja_JP.UTF-8`. `None` if no message is in it.
    #[must_use]
    pub fn find(name: &str) -> Option<Language> {
        let language = name.split(['-', '_', '.', '@']).next()?.to_ascii_lowercase();
        if language == "en" {
            return Some(Language::ENGLISH);
        }
        CATALOGUES.iter().position(|(tag, _)| *tag == language).map(|at| Language(Some(at)))
    }

    /// Every tag, English first.
    pub fn tags() -> impl Iterator<Item = &'static str> {
        std::iter::once("en").chain(CATALOGUES.iter().map(|(tag, _)| *tag))
    }

    #[must_use]
    pub fn tag(self) -> &'static str {
        self.0.and_then(|at| CATALOGUES.get(at)).map_or("en", |(tag, _)| tag)
    }

    fn bundle(self) -> Option<&'static Bundle> {
        self.0.and_then(|at| BUNDLES.get(at)).map(|bundle| &**bundle)
    }

    /// The text of an id; `None` if the catalogue lacks it, as English does always.
    pub(super) fn format(self, id: &str, values: &[(&'static str, Value)]) -> Option<String> {
        let bundle = self.bundle()?;
        let pattern = bundle.get_message(id)?.value()?;
        let mut arguments = FluentArgs::new();
        for (name, value) in values {
            arguments.set(
                *name,
                match value {
                    Value::Text(text) => FluentValue::from(text.as_str()),
                    Value::Number(number) | Value::Count { number, .. } => FluentValue::from(*number),
                    Value::Message(message) => FluentValue::from(message.text(self)),
                },
            );
        }
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned();
        // A text with a hole would mislead; the English one is whole.
        errors.is_empty().then_some(text)
    }
}

/// A text without values, such as a help of an option: `None` if the language is English or lacks it.
#[must_use]
pub fn plain(language: Language, id: &str) -> Option<String> {
    language.format(id, &[])
}

fn bundle(at: usize) -> Bundle {
    let (tag, source) = CATALOGUES[at];
    let mut bundle = FluentBundle::new_concurrent(tag.parse().into_iter().collect());
    // Messages go to terminals and logs, which do not know the marks around foreign text.
    bundle.set_use_isolating(false);
    // Tests hold the files sound. What cannot be read is in English.
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(part, _)| part);
    bundle.add_resource_overriding(resource);
    bundle
}
