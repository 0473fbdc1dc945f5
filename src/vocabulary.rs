//! The words of the format, in every built-in language.
//!
//! Writers may say `investigating` or `調査中`, `next_update` or `次回更新`; compared after NFKC and case
//! folding, with `_`, `-` and blanks alike. Canonical words stand here; those of a language stand among its
//! messages, as `word-…`, and what pages show is understood, too.
//!
//! Why: docs/decisions/languages.md.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use serde::{Serialize, Serializer};

use crate::languages::{self, Language};
use crate::text;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident($key:literal, $shown:literal) { $($(#[$vdoc:meta])* $variant:ident: $canonical:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The canonical word, as in front matter, feeds and APIs.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $canonical,)* }
            }

            /// The value that a word stands for.
            #[must_use]
            pub fn from_word(word: &str) -> Option<$name> {
                Self::words().find(word, |_| true)
            }

            /// The value among `allowed` that a word stands for: some words mean one thing in an
            /// incident and another in a maintenance.
            #[must_use]
            pub fn from_word_among(word: &str, allowed: &[$name]) -> Option<$name> {
                Self::words().find(word, |value| allowed.contains(&value))
            }

            /// The same, where a theme has words of its own. Those that are built in go first: nothing
            /// takes one away.
            #[must_use]
            pub fn said(word: &str, allowed: &[$name], more: &Aliases) -> Option<$name> {
                let added = || $name::from_word_among(more.find($key, word)?, allowed);
                $name::from_word_among(word, allowed).or_else(added)
            }

            /// The known word that `word` was most likely meant to be.
            #[must_use]
            pub fn nearest(word: &str) -> Option<&'static str> {
                text::nearest(word, Self::words().all.iter().map(|known| known.text))
            }

            /// The word for writers of a language; the canonical one where it has none.
            #[must_use]
            pub fn word_in(self, tag: &str) -> &'static str {
                words_in(tag, $key, self.word()).next().unwrap_or(self.word())
            }

            /// Whether it is said with this word in a language.
            #[must_use]
            pub fn is_word_in(self, word: &str, tag: &str) -> bool {
                let shown = words_in(tag, $shown, self.word()).filter(|_| !$shown.is_empty());
                let word = compared(word);
                words_in(tag, $key, self.word()).chain(shown).any(|known| compared(known) == word)
            }

            /// Every word that is built in: canonical ones first, then language by language.
            pub fn known() -> impl Iterator<Item = &'static str> {
                Self::words().all.iter().map(|known| known.text)
            }

            fn words() -> &'static Words<$name> {
                static WORDS: OnceLock<Words<$name>> = OnceLock::new();
                WORDS.get_or_init(|| Words::of($key, $shown, $name::ALL, $name::word))
            }
        }
    };
}

/// Words that a theme adds to those that are built in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aliases {
    /// By kind and what is compared: the canonical word.
    known: BTreeMap<(String, String), String>,
}

impl Aliases {
    /// A further word for the canonical one of a kind, which is named as in messages: `status`.
    pub fn add(&mut self, kind: &str, canonical: &str, word: &str) {
        self.known.insert((format!("word-{kind}-"), compared(word)), canonical.to_owned());
    }

    /// The words that were added of a kind, folded.
    pub fn of<'a>(&'a self, kind: &str) -> impl Iterator<Item = &'a str> {
        let key = format!("word-{kind}-");
        self.known.keys().filter(move |(known, _)| *known == key).map(|(_, word)| word.as_str())
    }

    fn find(&self, key: &str, word: &str) -> Option<&str> {
        if self.known.is_empty() {
            return None;
        }
        self.known.get(&(key.to_owned(), compared(word))).map(String::as_str)
    }
}

/// The words of a message of a built-in language, which is named by its beginning and a canonical word.
fn words_in(tag: &str, key: &str, canonical: &str) -> impl Iterator<Item = &'static str> + use<> {
    let name = format!("{key}{canonical} = ");
    let messages = languages::find(tag).map_or("", |language| language.messages);
    let list = messages.lines().find_map(|line| line.strip_prefix(&*name));
    list.into_iter().flat_map(|list| list.split(',')).map(str::trim)
}

/// A word in a language; canonical ones are in none.
struct Word<T> {
    value: T,
    text: &'static str,
    tag: Option<&'static str>,
}

/// The words of a type.
struct Words<T> {
    /// Canonical ones first, then language by language.
    all: Vec<Word<T>>,
    /// By what is compared.
    known: HashMap<String, Vec<T>>,
}

impl<T: Copy + PartialEq> Words<T> {
    /// `key` and `shown` begin the names of the messages that hold words for writers, and those that pages
    /// show: `word-status-resolved`, `update-resolved`.
    fn of(key: &str, shown: &str, values: &[T], canonical: fn(T) -> &'static str) -> Words<T> {
        let mut words = Words { all: Vec::new(), known: HashMap::new() };
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
                // What writers say goes before what pages show.
                if let Some(value) = value.filter(|_| !words.known.contains_key(&compared(text))) {
                    words.add(value, text, Some(*tag));
                }
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

    fn find(&self, word: &str, is_allowed: impl Fn(T) -> bool) -> Option<T> {
        self.known.get(&compared(word))?.iter().copied().find(|value| is_allowed(*value))
    }
}

/// A word without what tells no words apart: case, width, the form of an apostrophe, and what joins its
/// parts. In lower case, the dot of a Turkish İ is left over as a mark of its own.
fn compared(word: &str) -> String {
    text::fold(word).replace(['_', '-'], " ").replace('’', "'").replace('\u{307}', "")
}

words! {
    /// What an update says of its entry.
    Status("word-status-", "update-") {
        /// Somebody looks into it.
        Investigating: "investigating";
        /// The cause is known.
        Identified: "identified";
        /// Mended, and watched.
        Monitoring: "monitoring";
        /// Over.
        Resolved: "resolved";
        /// Announced.
        Scheduled: "scheduled";
        /// Will be at another time.
        Postponed: "postponed";
        /// Work has begun.
        InProgress: "in_progress";
        /// Work is done and being confirmed.
        Verifying: "verifying";
        /// All is well again.
        Completed: "completed";
        /// Will not take place.
        Cancelled: "cancelled";
        /// News that keeps the state.
        Update: "update";
        /// Says what was wrong and what is right.
        Correction: "correction";
    }
}

impl Status {
    /// Whether it says what state an entry is in; `update` and `correction` keep the one before.
    #[must_use]
    pub fn sets_state(self) -> bool {
        !matches!(self, Status::Update | Status::Correction)
    }
}

words! {
    /// A section of an entry that is no update.
    Section("word-section-", "section-") {
        /// What helps meanwhile.
        Workaround: "workaround";
        /// What users should do.
        Actions: "actions";
        /// Questions and answers.
        Faq: "faq";
        /// What users get back.
        Compensation: "compensation";
        /// What was learnt from an incident.
        Postmortem: "postmortem";
        /// What was learnt from a maintenance.
        Evaluation: "evaluation";
    }
}

words! {
    /// The key of a fact line under an update heading.
    FactKey("word-fact-", "") {
        /// Components and their statuses.
        Affects: "affects";
        /// How grave the incident is.
        Severity: "severity";
        /// When the next update is promised.
        NextUpdate: "next_update";
        /// When it is hoped to be over.
        ExpectedRecovery: "expected_recovery";
        /// When the impact ended.
        Ended: "ended";
        /// When a maintenance begins.
        Start: "start";
        /// When a maintenance ends.
        End: "end";
        /// The occurrence of a series that an update belongs to.
        Occurrence: "occurrence";
        /// The parts of a window, stated anew.
        Phases: "phases";
    }
}

impl Serialize for Status {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl FactKey {
    /// The word for one of `allowed` that `word` was most likely meant to be, in English or in one of these
    /// languages: in any other, words that are meant as words would be near something.
    ///
    /// Short words without an alphabet are left out: one sign of 対象 makes it 対策.
    #[must_use]
    pub fn nearest_among(word: &str, allowed: &[FactKey], tags: &[String]) -> Option<&'static str> {
        let spoken = |tag: &&str| *tag == "en" || tags.iter().any(|t| t == tag);
        let known = Self::words().all.iter().filter(|known| allowed.contains(&known.value));
        let known = known.filter(|known| known.tag.as_ref().is_none_or(spoken)).map(|known| known.text);
        text::nearest(word, known.filter(|w| w.is_ascii() || w.chars().count() > 3))
    }
}

words! {
    /// How grave an incident is.
    Severity("word-severity-", "severity-") {
        /// Something is limited; trading and assets are not touched.
        Minor: "minor";
        /// Some functions have stopped.
        Moderate: "moderate";
        /// Everything has stopped, or assets are at risk.
        Critical: "critical";
    }
}

words! {
    /// How a component is, best to worst.
    ComponentStatus("word-component-", "status-") {
        /// As it should be.
        Operational: "operational";
        /// Slow or incomplete.
        Degraded: "degraded_performance";
        /// Stopped on purpose.
        Maintenance: "under_maintenance";
        /// Stopped for some.
        Partial: "partial_outage";
        /// Stopped for all.
        Major: "major_outage";
    }
}

words! {
    /// The kinds of maintenance that every site has.
    MaintenanceKind("word-kind-", "kind-") {
        /// Weekly or monthly.
        Regular: "regular";
        /// A new version of the system.
        Update: "update";
        /// Machines are added or exchanged.
        Server: "server";
        /// Could not be announced ahead.
        Emergency: "emergency";
    }
}

words! {
    /// What still works in a phase of a maintenance.
    PhaseMode("word-mode-", "mode-") {
        /// Nothing.
        Halted: "halted";
        /// Orders can be cancelled.
        CancelOnly: "cancel_only";
        /// Only orders that add to the book.
        PostOnly: "post_only";
        /// Some things.
        Limited: "limited";
    }
}

words! {
    /// What the clock may declare without a human.
    Auto("word-auto-", "") {
        /// That a maintenance has begun.
        Start: "start";
        /// That it has begun and that it is over.
        Both: "both";
        /// Nothing.
        None: "none";
    }
}

words! {
    /// What a notice is.
    Level("word-level-", "level-") {
        /// News.
        Info: "info";
        /// Beware.
        Warning: "warning";
        /// Answers a rumour.
        Clarification: "clarification";
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

    /// Words that stand for several values, where only one of `together` can be meant at a time.
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
        let news = [S::Update, S::Correction];
        let incident = [&news[..], &[S::Investigating, S::Identified, S::Monitoring, S::Resolved]].concat();
        let work = [S::Scheduled, S::Postponed, S::InProgress, S::Verifying, S::Completed, S::Cancelled];
        let maintenance = [&news[..], &work].concat();
        assert_eq!(doubtful(S::words(), &[&incident, &maintenance]), none);
        let incident = [F::Affects, F::Severity, F::NextUpdate, F::ExpectedRecovery, F::Ended];
        let maintenance = [F::Start, F::End, F::Affects, F::NextUpdate, F::Occurrence];
        assert_eq!(doubtful(F::words(), &[&incident, &maintenance]), none);
        assert_eq!(doubtful(Section::words(), &[Section::ALL]), none);
        assert_eq!(doubtful(Severity::words(), &[Severity::ALL]), none);
        assert_eq!(doubtful(ComponentStatus::words(), &[ComponentStatus::ALL]), none);
        assert_eq!(doubtful(MaintenanceKind::words(), &[MaintenanceKind::ALL]), none);
        assert_eq!(doubtful(PhaseMode::words(), &[PhaseMode::ALL]), none);
        assert_eq!(doubtful(Level::words(), &[Level::ALL]), none);
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
