//! The texts of an entry that are approved one by one: each update, each section, and what stands above them, in
//! each language.
//!
//! Two versions of a text are the same if readers see the same words and facts.

use std::collections::BTreeMap;

use crate::digest::Digest;
use crate::markdown::Fragment;
use crate::model::published::{self, Part, Words};
use crate::model::{EntryRef, Instant, Update};
use crate::vocabulary::{Section, Status};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    /// The title, the summary and the facts in front matter.
    Entry,
    Update {
        at: Instant,
        status: Status,
        ordinal: usize,
    },
    Section(Section),
    /// The reason of a withdrawal, which replaces all other text.
    Withdrawal,
}

/// What a text says, and the time from which readers see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    /// Each text with its part, or a fact by the digest of its value.
    words: Vec<(Part, String)>,
    facts: Option<Digest>,
    pub(super) from: Instant,
}

impl Said {
    /// Whether readers see the same.
    pub(super) fn is_same(&self, other: &Said) -> bool {
        self.words == other.words && self.facts == other.facts
    }
}

/// Every text, by its language.
pub(super) type Units = BTreeMap<(Unit, usize), Said>;

/// The texts of an entry that readers see by `as_of` or will see later, for a site with this number of languages.
pub(super) fn of(item: EntryRef<'_>, locales: usize) -> Units {
    let mut units = Units::new();
    let from = item.visible_from().unwrap_or(Instant(i64::MIN));
    let updates = updates(item);
    published::entry(item, &mut |piece| {
        let unit = match piece.part {
            Part::Title | Part::Summary | Part::Scope | Part::Advice | Part::Recovery | Part::Field(_) => {
                Unit::Entry
            }
            Part::Reason => Unit::Withdrawal,
            Part::Update(number) | Part::UpdateRecovery(number) | Part::UpdateScope(number) => {
                match updates.get(number) {
                    Some((unit, _)) => *unit,
                    None => return,
                }
            }
            Part::Section(section) => Unit::Section(section),
            Part::Question(_) | Part::Answer(_) => Unit::Section(Section::Faq),
            // Addresses are no words.
            Part::Slug | Part::Id | Part::ApiId | Part::Alias => return,
        };
        let since = piece.since.map_or(from, |since| since.max(from));
        let mut put = |locale: usize, words: String| {
            let said = units.entry((unit, locale)).or_insert_with(|| Said {
                words: Vec::new(),
                facts: None,
                from: since,
            });
            said.words.push((piece.part, words));
        };
        for locale in 0..locales {
            match piece.words {
                Words::Text(text) if text.has(locale) => put(locale, text.get(locale).1.clone()),
                Words::Rich(rich) if rich.has(locale) => put(locale, Fragment::plain(rich.get(locale).1)),
                Words::Name(_) | Words::Text(_) | Words::Rich(_) => {}
            }
        }
    });
    for said in units.values_mut() {
        for (_, words) in &mut said.words {
            words.retain(|c| !c.is_whitespace());
        }
    }
    for (unit, facts) in updates.into_iter().chain([(Unit::Entry, facts(item))]) {
        if let Some(said) = units.get_mut(&(unit, 0)) {
            said.facts = Some(facts);
        }
    }
    // A withdrawal hides everything else.
    if item.head().withdrawn.is_some() {
        units.retain(|(unit, _), _| *unit == Unit::Withdrawal);
    }
    units
}

fn updates(item: EntryRef<'_>) -> Vec<(Unit, Digest)> {
    fn all<C: std::hash::Hash>(updates: &[Update<C>]) -> Vec<(Unit, Digest)> {
        let unit = |update: &Update<C>| {
            let unit = Unit::Update { at: update.at, status: update.status, ordinal: update.ordinal };
            (unit, Digest::of(&update.change))
        };
        updates.iter().map(unit).collect()
    }
    match item {
        EntryRef::Incident(entry) => all(&entry.updates),
        EntryRef::Maintenance(entry) => all(&entry.updates),
        EntryRef::Notice(entry) => all(&entry.updates),
        EntryRef::Question(_) | EntryRef::Page(_) => Vec::new(),
    }
}

/// The facts of an entry that readers take as words of it.
fn facts(item: EntryRef<'_>) -> Digest {
    match item {
        EntryRef::Incident(entry) => {
            let begun = (&entry.started, &entry.outages);
            let times = (begun, &entry.detected, &entry.next_update, &entry.expected_recovery);
            Digest::of(&(&entry.severity, &entry.affects.given, times, &entry.fields))
        }
        EntryRef::Maintenance(entry) => {
            let plan = (&entry.kind, &entry.window, &entry.phases, &entry.recurrence);
            Digest::of(&(plan, &entry.affects.given, &entry.fields))
        }
        EntryRef::Notice(entry) => {
            Digest::of(&(&entry.level, &entry.expires_at, &entry.affects.given, &entry.fields))
        }
        EntryRef::Question(_) | EntryRef::Page(_) => Digest::of(&()),
    }
}
