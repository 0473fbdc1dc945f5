//! Lists the visible entries with what the next build needs to recognise each: its id, the folder of its page,
//! whether it is open, and a sketch of its public text.
//!
//! Only entries that are visible in the snapshot are listed and sketched, because the list is published.

use std::collections::BTreeMap;

use super::entry_path;
use crate::digest::Digest;
use crate::kind::EntryKind;
use crate::model::entry::{Question, Update};
use crate::model::{Head, Rich};
use crate::text::{Sketch, escape};
use crate::timeline::Snapshot;

/// A visible entry, as the next build remembers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownEntry {
    pub kind: EntryKind,
    /// Its identity in feeds.
    pub id: String,
    /// The folder of its page in the first language, without a leading slash.
    pub page: String,
    /// Whether it is open: an active incident, announced maintenance, a series that continues, or a pinned
    /// notice in force.
    pub is_open: bool,
    /// A sketch of its public text, for comparison.
    pub sketch: Sketch,
}

/// The key of an entry in the list: `incident/2026-11-20-yen`.
#[must_use]
pub fn key(kind: EntryKind, id: &str) -> String {
    format!("{}/{id}", kind.word())
}

/// All visible entries by key. A series is one entry, however many occurrences are visible.
#[must_use]
pub fn of(now: &Snapshot<'_>) -> BTreeMap<String, KnownEntry> {
    let mut all = BTreeMap::new();
    let mut list = |head: &Head, is_open: bool, parts: PublicText<'_>| {
        let sketch = parts.sketch(head);
        let (kind, id, page) = (head.kind, head.id.clone(), entry_path(head));
        all.insert(key(kind, &id), KnownEntry { kind, id, page, is_open, sketch });
    };
    for at in &now.incidents {
        let entry = at.incident;
        let mut parts = PublicText::new(at.withdrawn, &entry.summary);
        parts.updates(at.updates);
        parts.sections([&entry.workaround, &entry.actions, &entry.compensation]);
        parts.rich.extend(entry.postmortem.as_ref().filter(|_| at.postmortem).map(|(_, words)| words));
        parts.faq(&entry.faq);
        list(&entry.head, at.is_active(), parts);
    }
    for at in now.maintenance.iter().filter(|at| at.occurrence.is_none()) {
        let entry = at.maintenance;
        let mut parts = PublicText::new(at.withdrawn, &entry.summary);
        parts.updates(at.updates.iter().copied());
        parts.sections([&entry.workaround, &entry.actions, &entry.compensation]);
        parts.rich.extend(entry.evaluation.as_ref().filter(|_| at.evaluation).map(|(_, words)| words));
        parts.faq(&entry.faq);
        list(&entry.head, (at.is_running() || at.is_ahead()) && !at.withdrawn, parts);
    }
    for at in &now.series {
        let entry = at.maintenance;
        let mut parts = PublicText::new(at.withdrawn, &entry.summary);
        parts.updates(entry.updates.iter().filter(|update| update.at <= now.effective));
        parts.sections([&entry.workaround, &entry.actions, &entry.compensation]);
        parts.faq(&entry.faq);
        let goes_on = entry.recurrence.as_ref().is_some_and(|series| series.last_possible() > now.effective);
        list(&entry.head, goes_on && !at.withdrawn, parts);
    }
    for at in &now.notices {
        let mut parts = PublicText::new(at.withdrawn, &at.notice.summary);
        parts.updates(at.updates);
        parts.sections([&at.notice.actions]);
        parts.faq(&at.notice.faq);
        list(&at.notice.head, at.notice.pinned && at.current && !at.withdrawn, parts);
    }
    for question in &now.questions {
        list(&question.head, false, PublicText::new(false, &question.answer));
    }
    for page in &now.pages {
        list(&page.head, false, PublicText::new(false, &page.words));
    }
    all
}

/// The public text of an entry, in order. For a withdrawn entry, only title and reason are public.
struct PublicText<'m> {
    is_withdrawn: bool,
    rich: Vec<&'m Rich>,
}

impl<'m> PublicText<'m> {
    fn new(is_withdrawn: bool, first: &'m Rich) -> PublicText<'m> {
        PublicText { is_withdrawn, rich: vec![first] }
    }

    fn updates<C: 'm>(&mut self, updates: impl IntoIterator<Item = &'m Update<C>>) {
        self.rich.extend(updates.into_iter().map(|update| &update.words));
    }

    fn sections<const N: usize>(&mut self, sections: [&'m Option<Rich>; N]) {
        self.rich.extend(sections.into_iter().flatten());
    }

    fn faq(&mut self, questions: &'m [Question]) {
        self.rich.extend(questions.iter().map(|question| &question.answer));
    }

    /// The sketch, computed once for each state of an entry, however often the site is built from it.
    fn sketch(&self, head: &Head) -> Sketch {
        let state = Digest::of(&(self.is_withdrawn, self.rich.len()));
        let make = || {
            let reason = head.withdrawn.as_ref().map(|withdrawn| withdrawn.reason.get(0).1);
            let title = head.title.get(0).1.as_str();
            if self.is_withdrawn {
                return Sketch::of([Some(title), reason.map(String::as_str)].into_iter().flatten());
            }
            // Sketches in older manifests are of escaped text.
            let runs = self.rich.iter().flat_map(|rich| rich.get(0).1.runs()).map(escape);
            Sketch::of(std::iter::once(title.to_owned()).chain(runs))
        };
        let (known, sketch) = head.sketch.get_or_init(|| (state, make()));
        if *known == state { sketch.clone() } else { make() }
    }
}
