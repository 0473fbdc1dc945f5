//! Text in several languages, and text that must never be published.

use super::person::Person;
use crate::markdown::Fragment;
use crate::text;

/// A value for each locale of the site. The first locale always has one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Localized<T> {
    first: T,
    others: Vec<Option<T>>,
    /// Whether the value was written once for all languages (a name such as `API`).
    shared: bool,
}

/// Plain text in several languages.
pub type Text = Localized<String>;
/// Rendered Markdown in several languages.
pub type Rich = Localized<Fragment>;

impl<T> Localized<T> {
    /// A value that exists in the first locale only.
    pub fn first(value: T) -> Localized<T> {
        Localized { first: value, others: Vec::new(), shared: false }
    }

    /// A value that was written once, for every locale.
    pub fn shared(value: T) -> Localized<T> {
        Localized { first: value, others: Vec::new(), shared: true }
    }

    /// Adds or replaces the value of a locale (an index into the site's list).
    pub fn set(&mut self, locale: usize, value: T) {
        if locale == 0 {
            self.first = value;
            return;
        }
        while self.others.len() < locale {
            self.others.push(None);
        }
        self.others[locale - 1] = Some(value);
    }

    /// The value to show for a locale, and the locale that it comes from.
    #[must_use]
    pub fn get(&self, locale: usize) -> (usize, &T) {
        match locale.checked_sub(1).and_then(|at| self.others.get(at)) {
            Some(Some(value)) => (locale, value),
            _ if self.shared => (locale, &self.first),
            _ => (0, &self.first),
        }
    }

    /// Whether the locale has a value of its own.
    #[must_use]
    pub fn has(&self, locale: usize) -> bool {
        self.get(locale).0 == locale
    }

    pub fn each(&self) -> impl Iterator<Item = (usize, &T)> {
        let others = self.others.iter().enumerate().filter_map(|(n, value)| Some((n + 1, value.as_ref()?)));
        std::iter::once((0, &self.first)).chain(others)
    }

    pub fn all(&self) -> impl Iterator<Item = &T> {
        std::iter::once(&self.first).chain(self.others.iter().flatten())
    }

    /// Applies `change` to each value; `None` if it fails for one of them.
    pub fn try_map<U>(&self, change: impl Fn(&T) -> Option<U>) -> Option<Localized<U>> {
        // Every value is tried, so that one run reports all faults.
        let first = change(&self.first);
        let others: Vec<Option<Option<U>>> = self.others.iter().map(|v| v.as_ref().map(&change)).collect();
        let others: Option<Vec<Option<U>>> =
            others.into_iter().map(|value| value.map_or(Some(None), |value| value.map(Some))).collect();
        Some(Localized { first: first?, others: others?, shared: self.shared })
    }

    pub fn map<U>(&self, change: impl Fn(&T) -> U) -> Localized<U> {
        Localized {
            first: change(&self.first),
            others: self.others.iter().map(|v| v.as_ref().map(&change)).collect(),
            shared: self.shared,
        }
    }
}

impl Text {
    /// Two texts as one name, `Bitcoin Trading`, in every locale that either has. `locales` are those of the site:
    /// each language joins the two in its own way.
    #[must_use]
    pub fn joined(&self, other: &Text, locales: &[String]) -> Text {
        let name = |locale: usize| {
            let between = locales.get(locale).map_or(" ", |tag| between(tag));
            format!("{}{between}{}", self.get(locale).1, other.get(locale).1)
        };
        let is_shared = self.shared && other.shared;
        // Languages may join names in different ways, even if the names were written once.
        let several = is_shared && locales.iter().any(|tag| between(tag) != between(&locales[0]));
        let count = if several { locales.len() - 1 } else { self.others.len().max(other.others.len()) };
        let mut both = Localized { first: name(0), others: Vec::new(), shared: is_shared && !several };
        for locale in 1..=count {
            both.set(locale, name(locale));
        }
        both
    }
}

/// The separator of a row and a column in one name.
fn between(tag: &str) -> &'static str {
    match tag.split('-').next() {
        Some("ja") => "の",
        Some("zh") => "",
        _ => " ",
    }
}

/// A value that must never be published.
///
/// It cannot be displayed: it has no `Display`, no `Serialize`, and a `Debug` that hides it. Only two places read
/// it: the leak scan before publishing, and the internal note, which is never published. All other code may only
/// compare it with text that it already knows.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    #[must_use]
    pub fn new(value: String) -> Secret {
        Secret(value)
    }

    /// Whether both have the same text after folding.
    #[must_use]
    pub fn is_alike(&self, other: &Secret) -> bool {
        text::fold(&self.0) == text::fold(&other.0)
    }

    /// Whether it is a word for no. Such an answer does not meet a requirement.
    #[must_use]
    pub fn is_no(&self) -> bool {
        matches!(text::fold(&self.0).as_str(), "no" | "false" | "off" | "いいえ" | "未" | "未実施")
    }

    /// Whether it has this text after folding.
    #[must_use]
    pub fn says(&self, words: &str) -> bool {
        text::fold(&self.0) == text::fold(words)
    }

    /// Whether it names this person.
    #[must_use]
    pub fn is_person(&self, person: &Person) -> bool {
        Person::parse(&self.0).is_some_and(|named| person.is(&named))
    }

    /// The value, for the leak scan only.
    pub(crate) fn needle(&self) -> &str {
        &self.0
    }

    /// The value, for the internal note (`src/pack/internal.rs`) only.
    pub(crate) fn in_confidence(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_locale_falls_back_and_says_so() {
        let mut text = Text::first("遅延".into());
        assert_eq!(text.get(1), (0, &"遅延".into()));
        text.set(1, "Delay".into());
        assert_eq!(text.get(1), (1, &"Delay".into()));
        assert_eq!(Text::shared("API".into()).get(1), (1, &"API".into()));
    }

    #[test]
    fn each_language_joins_row_and_column_in_its_own_way() {
        let locales = ["ja", "en", "zh-Hans"].map(str::to_owned);
        let mut row = Text::first("イーサリアム（ETH）".into());
        row.set(1, "Ether (ETH)".into());
        row.set(2, "以太币".into());
        let mut column = Text::first("送付".into());
        column.set(1, "Withdrawals".into());
        column.set(2, "提币".into());
        let both = row.joined(&column, &locales);
        let names: Vec<&str> = (0..3).map(|locale| both.get(locale).1.as_str()).collect();
        assert_eq!(names, ["イーサリアム（ETH）の送付", "Ether (ETH) Withdrawals", "以太币提币"]);
    }

    #[test]
    fn names_written_once_are_joined_anew_in_each_language() {
        let locales = ["en", "ja"].map(str::to_owned);
        let both = Text::shared("BTC".into()).joined(&Text::shared("API".into()), &locales);
        assert_eq!((both.get(0).1.as_str(), both.get(1)), ("BTC API", (1, &"BTCのAPI".to_owned())));
        let alike = Text::shared("BTC".into()).joined(&Text::shared("API".into()), &locales[..1]);
        assert_eq!(alike, Text::shared("BTC API".into()));
    }

    #[test]
    fn a_value_that_cannot_be_changed_leaves_none() {
        let mut text = Text::first("1".into());
        text.set(1, "2".into());
        let numbers = text.try_map(|word| word.parse::<u8>().ok()).expect("numbers");
        assert_eq!((numbers.get(0), numbers.get(1)), ((0, &1), (1, &2)));
        text.set(1, "two".into());
        assert_eq!(text.try_map(|word| word.parse::<u8>().ok()), None);
    }

    #[test]
    fn secrets_do_not_show_in_debug_output() {
        assert_eq!(format!("{:?}", Secret::new("taro".into())), "Secret(…)");
    }
}
