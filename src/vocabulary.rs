//! The words of the format, in every built-in language.
//!
//! Authors may write `investigating` or `調査中`, `next_update` or `次回更新`. noroshi compares words after NFKC
//! and case folding, and treats `_`, `-` and blanks as equal. This file holds the canonical words. The words of
//! each language are messages of that language, named `word-…`. The parser also accepts the words that pages show.
//!
//! Why: docs/decisions/languages.md.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use serde::{Serialize, Serializer};

use crate::languages::{self, Language};
use crate::message::Message;
use crate::text;

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident($key:literal, $shown:literal) { $($(#[$vdoc:meta])* $variant:ident: $canonical:literal;)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The canonical word, as used in front matter, feeds and APIs.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $canonical,)* }
            }

            /// The message with which pages show this value, if they do: `update-resolved`.
            #[must_use]
            pub fn message(self) -> &'static str {
                match self { $($name::$variant => concat!($shown, $canonical),)* }
            }

            #[must_use]
            pub fn from_word(word: &str) -> Option<$name> {
                Self::words().find(word, |_| true)
            }

            /// The value among `allowed` that this word stands for. Some words have one meaning in an incident and
            /// another in a maintenance.
            #[must_use]
            pub fn from_word_among(word: &str, allowed: &[$name]) -> Option<$name> {
                Self::words().find(word, |value| allowed.contains(&value))
            }

            /// Like [`Self::from_word_among`], with the words that a theme adds. Built-in words win: a theme
            /// cannot redefine one.
            #[must_use]
            pub fn from_word_or_alias(word: &str, allowed: &[$name], more: &Aliases) -> Option<$name> {
                let added = || $name::from_word_among(more.find($key, word)?, allowed);
                $name::from_word_among(word, allowed).or_else(added)
            }

            /// Whether a text that begins with these letters, and then with none, may be a word for one of these
            /// values. It is quicker than to compare whole words, and never false for the beginning of one.
            #[must_use]
            pub fn may_begin_with(letters: &str, more: &Aliases) -> bool {
                Self::words().may_begin_with(letters) || more.may_begin_with($key, letters)
            }

            /// The known word nearest to a misspelt `word`.
            #[must_use]
            pub fn nearest(word: &str) -> Option<&'static str> {
                text::nearest(word, Self::words().all.iter().map(|known| known.text))
            }

            /// The word for authors in this language, or the canonical word if the language has none.
            #[must_use]
            pub fn word_in(self, tag: &str) -> &'static str {
                words_in(tag, $key, self.word()).next().unwrap_or(self.word())
            }

            /// The word as people type it, in the language of the messages: `` `resolved` ``, 「`復旧`」.
            #[must_use]
            pub fn told(self) -> Message {
                Message::by_language(format!("`{}`", self.word()), |tag| format!("`{}`", self.word_in(tag)))
            }

            #[must_use]
            pub fn is_word_in(self, word: &str, tag: &str) -> bool {
                let shown = words_in(tag, $shown, self.word()).filter(|_| !$shown.is_empty());
                let word = compared(word);
                words_in(tag, $key, self.word()).chain(shown).any(|known| compared(known) == word)
            }

            /// Every built-in word: the canonical ones first, then each language in turn.
            pub fn known() -> impl Iterator<Item = &'static str> {
                Self::words().all.iter().map(|known| known.text)
            }

            fn words() -> &'static Words<$name> {
                static WORDS: OnceLock<Words<$name>> = OnceLock::new();
                WORDS.get_or_init(|| Words::of($key, $shown, $name::ALL, $name::word))
            }
        }
    )*};
}

/// The words that a theme adds to the built-in ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aliases {
    /// The canonical word, by kind and folded word.
    known: BTreeMap<(String, String), String>,
}

impl Aliases {
    /// Adds a word for a canonical word of a kind. The kind is named as in the messages: `status`.
    pub fn add(&mut self, kind: &str, canonical: &str, word: &str) {
        self.known.insert((format!("word-{kind}-"), compared(word)), canonical.to_owned());
    }

    /// The folded words that were added for this kind.
    pub fn of<'a>(&'a self, kind: &str) -> impl Iterator<Item = &'a str> {
        let key = format!("word-{kind}-");
        self.known.keys().filter(move |(known, _)| *known == key).map(|(_, word)| word.as_str())
    }

    /// The folded words that were added for this word of a kind.
    pub fn words_for<'a>(
        &'a self,
        kind: &str,
        canonical: &'a str,
    ) -> impl Iterator<Item = &'a str> + use<'a> {
        let key = format!("word-{kind}-");
        let of = move |((known, _), of): &(&(String, String), &String)| *known == key && *of == canonical;
        self.known.iter().filter(of).map(|((_, word), _)| word.as_str())
    }

    fn may_begin_with(&self, key: &str, letters: &str) -> bool {
        let mut words = self.known.keys().filter(|(known, _)| known == key).map(|(_, word)| word);
        words.any(|word| begin_alike(word, &compared(letters)))
    }

    fn find(&self, key: &str, word: &str) -> Option<&str> {
        if self.known.is_empty() {
            return None;
        }
        self.known.get(&(key.to_owned(), compared(word))).map(String::as_str)
    }
}

/// The words in one message of a built-in language. The message is named by a prefix and a canonical word.
fn words_in(tag: &str, key: &str, canonical: &str) -> impl Iterator<Item = &'static str> + use<> {
    let name = format!("{key}{canonical} = ");
    let messages = languages::find(tag).map_or("", |language| language.messages);
    let list = messages.lines().find_map(|line| line.strip_prefix(&*name));
    list.into_iter().flat_map(|list| list.split(',')).map(str::trim)
}

/// A word and the language it belongs to; canonical words have no language.
struct Word<T> {
    value: T,
    text: &'static str,
    tag: Option<&'static str>,
}

struct Words<T> {
    /// The canonical words first, then each language in turn.
    all: Vec<Word<T>>,
    /// The values of each word, by its form for comparison.
    known: HashMap<String, Vec<T>>,
    /// The words in their form for comparison, by their first letter.
    beginnings: HashMap<char, Vec<String>>,
}

impl<T: Copy + PartialEq> Words<T> {
    /// Collects the words. `key` and `shown` are the prefixes of the messages that hold words for authors, and
    /// words that pages show: `word-status-resolved`, `update-resolved`.
    fn of(key: &str, shown: &str, values: &[T], canonical: fn(T) -> &'static str) -> Words<T> {
        let mut words = Words { all: Vec::new(), known: HashMap::new(), beginnings: HashMap::new() };
        for value in values {
            words.add(*value, canonical(*value), None);
        }
        for Language { tag, messages } in languages::ALL {
            let lines = || messages.lines().filter_map(|line| line.split_once(" = "));
            let value = |name: &str| values.iter().copied().find(|value| canonical(*value) == name);
            for (name, list) in lines() {
                if let Some(value) = name.strip_prefix(key).and_then(value) {
                    list.split(',').for_each(|text| words.add(value, text.trim(), Some(*tag)));
                }
            }
            for (name, text) in lines() {
                let value = name.strip_prefix(shown).filter(|_| !shown.is_empty()).and_then(value);
                // Words for authors take precedence over words that pages show.
                if let Some(value) = value.filter(|_| !words.known.contains_key(&compared(text))) {
                    words.add(value, text, Some(*tag));
                }
            }
        }
        for word in words.known.keys() {
            if let Some(first) = word.chars().next() {
                words.beginnings.entry(first).or_default().push(word.clone());
            }
        }
        words
    }

    fn add(&mut self, value: T, text: &'static str, tag: Option<&'static str>) {
        let values = self.known.entry(compared(text)).or_default();
        if !values.contains(&value) {
            values.push(value);
            self.all.push(Word { value, text, tag });
        }
    }

    fn may_begin_with(&self, letters: &str) -> bool {
        let letters = compared(letters);
        let Some(first) = letters.chars().next() else { return true };
        self.beginnings.get(&first).is_some_and(|words| words.iter().any(|word| begin_alike(word, &letters)))
    }

    fn find(&self, word: &str, is_allowed: impl Fn(T) -> bool) -> Option<T> {
        self.known.get(&compared(word))?.iter().copied().find(|value| is_allowed(*value))
    }
}

/// The form of a word for comparison: it ignores case, width, the shape of an apostrophe, and the separator of its
/// parts. Lower-casing a Turkish İ leaves its dot behind as a combining mark, which is removed, too.
fn compared(word: &str) -> String {
    text::fold(word).replace(['_', '-'], " ").replace('’', "'").replace('\u{307}', "")
}

/// Whether a run of letters begins with a word, or the word with the run as a word of its own.
fn begin_alike(word: &str, run: &str) -> bool {
    let rest = word.strip_prefix(run);
    run.starts_with(word) || rest.is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
}

words! {
    /// The status that an update gives its entry.
    Status("word-status-", "update-") {
        Investigating: "investigating";
        /// The team knows the cause.
        Identified: "identified";
        /// A fix is in place, and the team is watching it.
        Monitoring: "monitoring";
        /// The incident is over.
        Resolved: "resolved";
        /// The maintenance has been announced.
        Scheduled: "scheduled";
        Postponed: "postponed";
        InProgress: "in_progress";
        /// The work is done and is being verified.
        Verifying: "verifying";
        /// The maintenance is over.
        Completed: "completed";
        Cancelled: "cancelled";
        /// An update that keeps the current state.
        Update: "update";
        /// A correction: it says what was wrong and what is right.
        Correction: "correction";
    }

    /// A section of an entry that is not an update.
    Section("word-section-", "section-") {
        /// A workaround for users while the entry is open.
        Workaround: "workaround";
        /// Actions that users should take.
        Actions: "actions";
        Faq: "faq";
        Compensation: "compensation";
        /// The postmortem of an incident.
        Postmortem: "postmortem";
        /// The evaluation of a maintenance.
        Evaluation: "evaluation";
    }

    /// The key of a fact line below an update heading.
    FactKey("word-fact-", "") {
        /// The affected components and their statuses.
        Affects: "affects";
        Severity: "severity";
        /// The time of the next promised update.
        NextUpdate: "next_update";
        ExpectedRecovery: "expected_recovery";
        /// The start of the impact, in a correction.
        Started: "started";
        /// The end of the impact.
        Ended: "ended";
        /// Every span of the impact.
        Outages: "outages";
        /// The start of a maintenance.
        Start: "start";
        /// The end of a maintenance.
        End: "end";
        /// The occurrence of a series that the update belongs to.
        Occurrence: "occurrence";
        /// The phases of a window, restated.
        Phases: "phases";
        /// Who or what is affected, in words.
        Scope: "scope";
        /// What still works during an incident.
        Mode: "mode";
        /// Which report the update is: 第2報.
        Number: "number";
    }

    /// The words that say which report an update is. `#` or a variable stands for its number.
    ReportWord("word-numbered-", "numbered-") {
        Numbered: "report";
        Last: "final";
    }

    /// The severity of an incident.
    Severity("word-severity-", "severity-") {
        /// Some functions are limited. Trading and assets are not affected.
        Minor: "minor";
        /// Some functions have stopped.
        Moderate: "moderate";
        /// Everything has stopped, or assets are at risk.
        Critical: "critical";
    }

    /// The status of a component, from best to worst.
    ComponentStatus("word-component-", "status-") {
        Operational: "operational";
        /// Slow, or partly unavailable.
        Degraded: "degraded_performance";
        /// Stopped for maintenance.
        Maintenance: "under_maintenance";
        /// Unavailable for some users.
        Partial: "partial_outage";
        /// Unavailable for all users.
        Major: "major_outage";
    }

    /// The built-in kinds of maintenance.
    MaintenanceKind("word-kind-", "kind-") {
        /// Weekly or monthly maintenance.
        Regular: "regular";
        /// A new version of the system.
        Update: "update";
        /// Added or replaced servers.
        Server: "server";
        /// Maintenance that could not be announced in advance.
        Emergency: "emergency";
    }

    /// What still works during a phase of a maintenance.
    PhaseMode("word-mode-", "mode-") {
        Halted: "halted";
        /// Users can only cancel orders.
        CancelOnly: "cancel_only";
        /// Users can only place orders that add to the book.
        PostOnly: "post_only";
        Limited: "limited";
    }

    /// What customers do with a component. Programs find deposits, withdrawals and trading by it.
    Function("word-function-", "") {
        Deposit: "deposit";
        Withdraw: "withdraw";
        Trade: "trade";
    }

    /// The changes of state that noroshi declares by the clock, without a human.
    Auto("word-auto-", "") {
        /// Every span of the impact.
        Outages: "outages";
        /// The start of a maintenance.
        Start: "start";
        /// The start and the end of a maintenance.
        Both: "both";
        None: "none";
    }

    /// The level of a notice.
    Level("word-level-", "level-") {
        Info: "info";
        Warning: "warning";
        /// A clarification that answers a rumour.
        Clarification: "clarification";
    }
}

impl ReportWord {
    /// Every built-in form of this word.
    pub fn texts(self) -> impl Iterator<Item = &'static str> {
        Self::words().all.iter().filter(move |known| known.value == self).map(|known| known.text)
    }
}

impl Status {
    /// Whether this status changes the state of the entry. `update` and `correction` keep the previous one.
    #[must_use]
    pub fn sets_state(self) -> bool {
        !matches!(self, Status::Update | Status::Correction)
    }
}

impl Section {
    /// Whether it is a report of what happened: a document that may have headings and a time of its own.
    #[must_use]
    pub fn is_report(self) -> bool {
        matches!(self, Section::Postmortem | Section::Evaluation)
    }

    /// The section among `allowed` whose word is misspelt as `word`, in English or in the languages of `tags`.
    ///
    /// Only one character may differ in a script without an alphabet, and short words are skipped: 影響について is
    /// not 補償について.
    #[must_use]
    pub fn misspelt_among(word: &str, allowed: &[Section], tags: &[String]) -> Option<Section> {
        let spoken = |tag: &&str| *tag == "en" || tags.iter().any(|t| t == tag);
        let known = Self::words().all.iter().filter(|known| allowed.contains(&known.value));
        let known = known.filter(|known| known.tag.as_ref().is_none_or(spoken)).map(|known| known.text);
        let is_close = |(distance, known): &(usize, &str)| {
            known.is_ascii() || *distance == 1 && known.chars().count() > 4
        };
        let near = text::near(word, known).into_iter().filter(is_close).min_by_key(|(distance, _)| *distance);
        near.and_then(|(_, known)| Section::from_word_among(known, allowed))
    }

    /// The title that help texts suggest: `Workaround`, `FAQ`.
    #[must_use]
    pub fn title(self) -> String {
        if self == Section::Faq {
            return "FAQ".into();
        }
        let mut letters = self.word().chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }
}

impl Serialize for Status {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl FactKey {
    /// The word for one of `allowed` that is nearest to a misspelt `word`, in English or in the languages of
    /// `tags`. Searching every language would find a near match for ordinary words.
    ///
    /// Short words in scripts without an alphabet are skipped: one character turns 対象 into 対策.
    #[must_use]
    pub fn nearest_among(word: &str, allowed: &[FactKey], tags: &[String]) -> Option<&'static str> {
        let spoken = |tag: &&str| *tag == "en" || tags.iter().any(|t| t == tag);
        let known = Self::words().all.iter().filter(|known| allowed.contains(&known.value));
        let known = known.filter(|known| known.tag.as_ref().is_none_or(spoken)).map(|known| known.text);
        text::nearest(word, known.filter(|w| w.is_ascii() || w.chars().count() > 3))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_in_both_languages_and_in_any_width() {
        assert_eq!(Status::from_word("Investigating"), Some(Status::Investigating));
        assert_eq!(Status::from_word("in progress"), Some(Status::InProgress));
        assert_eq!(Status::from_word("ＲＥＳＯＬＶＥＤ"), Some(Status::Resolved));
        assert_eq!(FactKey::from_word("次回更新"), Some(FactKey::NextUpdate));
        assert_eq!(Severity::from_word("重大"), Some(Severity::Critical));
        assert_eq!(Status::from_word("resovled"), None);
        assert_eq!(Status::nearest("resovled"), Some("resolved"));
    }

    #[test]
    fn every_word_is_recognised_by_its_first_letters_and_prose_is_not() {
        let none = Aliases::default();
        let letters = |text: &str| {
            let text = text::nfkc(text);
            text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_owned()
        };
        for word in Status::known() {
            assert!(Status::may_begin_with(&letters(word), &none), "{word}");
            // In capitals, a Turkish dotless i is read as any other.
            let capitals = word.to_uppercase();
            let is_known = Status::from_word(&capitals).is_some();
            assert!(!is_known || Status::may_begin_with(&letters(&capitals), &none), "{capitals}");
        }
        for prose in ["We", "The", "All", "Service", "障害", "お客様"] {
            assert!(!Status::may_begin_with(prose, &none), "{prose}");
        }
    }

    /// The words that stand for more than one value of a group in `together`.
    fn doubtful<T: Copy + PartialEq + std::fmt::Debug>(words: &Words<T>, together: &[&[T]]) -> Vec<String> {
        let mut found: Vec<String> = (words.known.iter())
            .filter(|(_, values)| {
                together.iter().any(|group| values.iter().filter(|value| group.contains(value)).count() > 1)
            })
            .map(|(word, values)| format!("{word}: {values:?}"))
            .collect();
        found.sort();
        found
    }

    #[test]
    fn no_word_of_any_language_stands_for_two_things() {
        use FactKey as F;
        use Status as S;
        let none: Vec<String> = Vec::new();
        let shared = [S::Update, S::Correction];
        let incident = [&shared[..], &[S::Investigating, S::Identified, S::Monitoring, S::Resolved]].concat();
        let work = [S::Scheduled, S::Postponed, S::InProgress, S::Verifying, S::Completed, S::Cancelled];
        let maintenance = [&shared[..], &work].concat();
        assert_eq!(doubtful(S::words(), &[&incident, &maintenance]), none);
        let incident =
            [F::Affects, F::Severity, F::NextUpdate, F::ExpectedRecovery, F::Started, F::Ended, F::Outages];
        let maintenance = [F::Start, F::End, F::Affects, F::NextUpdate, F::Occurrence];
        assert_eq!(doubtful(F::words(), &[&incident, &maintenance]), none);
        assert_eq!(doubtful(Section::words(), &[Section::ALL]), none);
        assert_eq!(doubtful(Severity::words(), &[Severity::ALL]), none);
        assert_eq!(doubtful(ComponentStatus::words(), &[ComponentStatus::ALL]), none);
        assert_eq!(doubtful(MaintenanceKind::words(), &[MaintenanceKind::ALL]), none);
        assert_eq!(doubtful(PhaseMode::words(), &[PhaseMode::ALL]), none);
        assert_eq!(doubtful(Level::words(), &[Level::ALL]), none);
        assert_eq!(doubtful(Function::words(), &[Function::ALL]), none);
    }

    #[test]
    fn what_pages_show_is_understood() {
        for language in languages::ALL {
            let shown = |key: &str| {
                let line = language.messages.lines().find_map(|l| l.strip_prefix(key)?.strip_prefix(" = "));
                line.unwrap_or_else(|| panic!("{key} in {}", language.tag))
            };
            for status in Status::ALL {
                let key = format!("update-{}", status.word());
                assert_eq!(
                    Status::from_word_among(shown(&key), &[*status]),
                    Some(*status),
                    "{}",
                    language.tag
                );
            }
            for severity in Severity::ALL {
                let key = format!("severity-{}", severity.word());
                assert_eq!(Severity::from_word(shown(&key)), Some(*severity), "{}", language.tag);
            }
        }
    }

    #[test]
    fn a_word_can_be_said_in_every_language() {
        for language in languages::ALL {
            for status in Status::ALL {
                let word = status.word_in(language.tag);
                assert_eq!(Status::from_word_among(word, &[*status]), Some(*status), "{}", language.tag);
                let own = word == status.word() || status.is_word_in(word, language.tag);
                assert!(own, "{word} in {}", language.tag);
            }
        }
        assert_eq!(Status::Resolved.word_in("ja"), "復旧");
        assert_eq!(FactKey::NextUpdate.word_in("ja"), "次回のお知らせ");
        assert_eq!(Status::Resolved.word_in("tlh"), "resolved");
        assert!(!Status::Resolved.is_word_in("resolved", "ja"));
    }

    #[test]
    fn statuses_are_ordered_from_best_to_worst() {
        assert!(ComponentStatus::Operational < ComponentStatus::Degraded);
        assert!(ComponentStatus::Maintenance < ComponentStatus::Partial);
    }
}
