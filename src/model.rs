//! The validated domain model: what a site consists of and what its team has published.
//!
//! Raw documents become facts here, or diagnostics. This module does not know the disk, HTML or the current time.

pub mod advice;
pub mod alerts;
pub mod announce;
pub mod any;
pub mod channels;
pub mod component;
pub mod component_list;
pub mod config;
pub mod deploy;
pub mod duties;
pub mod entry;
pub mod host_rules;
pub mod incident;
pub mod issues;
pub mod maintenance;
pub mod notice;
pub mod outages;
pub mod page;
pub mod person;
pub mod phases;
pub mod pieces;
pub mod policy;
pub mod published;
pub mod question;
pub mod read;
pub mod recurrence;
pub mod stated;
pub mod text;
pub mod time;
pub mod window;

#[cfg(test)]
mod tests;

#[cfg(test)]
pub use read::asked;

pub use crate::vocabulary::MaintenanceKind;
pub use any::{Entry, EntryRef};
pub use component::{Affects, Components, GivenStatus, Group, Target};
pub use config::{Config, Link};
pub use entry::{Head, Question as EntryQuestion, Update};
pub use host_rules::HostRules;
pub use incident::Incident;
pub use maintenance::{Maintenance, MaintenanceType};
pub use notice::Notice;
pub use page::Page;
pub use policy::{Level, Policy};
pub use question::Question;
pub use recurrence::{Occurrence, Recurrence};
pub use stated::{Bound, Half, Precision, Stamp, Stated};
pub use text::{Localized, Rich, Secret, Text};
pub use time::{Instant, Zone};

use std::sync::Arc;

use crate::theme::Theme;

/// The validated content of a site.
#[derive(Debug)]
pub struct Model {
    pub config: Config,
    pub theme: Theme,
    /// The incidents, sorted by slug.
    pub incidents: Vec<Incident>,
    /// The maintenance, sorted by slug.
    pub maintenance: Vec<Maintenance>,
    /// The notices, sorted by slug.
    pub notices: Vec<Notice>,
    /// The questions, sorted by category and order.
    pub questions: Vec<Question>,
    /// The pages, sorted by order.
    pub pages: Vec<Page>,
    /// The addresses of copied files, sorted.
    pub assets: Vec<String>,
    /// The team's own rules for its host.
    pub host_rules: HostRules,
    /// The files of entries that have errors and are not in the model. What refers to them is not judged.
    pub unread: Vec<Arc<str>>,
}

impl Model {
    /// The order of the result does not depend on the order of the files.
    #[must_use]
    pub fn new(config: Config, theme: Theme, entries: Vec<Entry>, assets: Vec<String>) -> Model {
        let mut model = Model {
            theme: theme.with_days(config.uptime_days),
            config,
            incidents: Vec::new(),
            maintenance: Vec::new(),
            notices: Vec::new(),
            questions: Vec::new(),
            pages: Vec::new(),
            assets,
            host_rules: HostRules::default(),
            unread: Vec::new(),
        };
        model.put_entries(entries);
        model
    }

    /// The order of the result does not depend on the order of the files.
    pub fn put_entries(&mut self, entries: Vec<Entry>) {
        for entry in entries {
            match entry {
                Entry::Incident(e) => self.incidents.push(*e),
                Entry::Maintenance(e) => self.maintenance.push(*e),
                Entry::Notice(e) => self.notices.push(*e),
                Entry::Question(e) => self.questions.push(*e),
                Entry::Page(e) => self.pages.push(*e),
            }
        }
        self.incidents.sort_by(|a, b| a.head.slug.cmp(&b.head.slug));
        self.maintenance.sort_by(|a, b| a.head.slug.cmp(&b.head.slug));
        self.notices.sort_by(|a, b| a.head.slug.cmp(&b.head.slug));
        self.questions
            .sort_by(|a, b| (a.category, a.order, &a.head.slug).cmp(&(b.category, b.order, &b.head.slug)));
        self.pages.sort_by(|a, b| (a.order, &a.head.slug).cmp(&(b.order, &b.head.slug)));
    }

    /// Takes all entries out, in the order of [`Model::entries`].
    pub fn take_entries(&mut self) -> Vec<Entry> {
        let mut all = Vec::new();
        all.extend(self.incidents.drain(..).map(|e| Entry::Incident(Box::new(e))));
        all.extend(self.maintenance.drain(..).map(|e| Entry::Maintenance(Box::new(e))));
        all.extend(self.notices.drain(..).map(|e| Entry::Notice(Box::new(e))));
        all.extend(self.questions.drain(..).map(|e| Entry::Question(Box::new(e))));
        all.extend(self.pages.drain(..).map(|e| Entry::Page(Box::new(e))));
        all
    }

    pub fn remove(&mut self, file: &str) -> Option<Entry> {
        fn without<T>(list: &mut Vec<T>, file: &str, head: impl Fn(&T) -> &Head) -> Option<Box<T>> {
            let at = list.iter().position(|e| *head(e).file == *file)?;
            Some(Box::new(list.remove(at)))
        }
        (without(&mut self.incidents, file, |e| &e.head).map(Entry::Incident))
            .or_else(|| without(&mut self.maintenance, file, |e| &e.head).map(Entry::Maintenance))
            .or_else(|| without(&mut self.notices, file, |e| &e.head).map(Entry::Notice))
            .or_else(|| without(&mut self.questions, file, |e| &e.head).map(Entry::Question))
            .or_else(|| without(&mut self.pages, file, |e| &e.head).map(Entry::Page))
    }

    /// Inserts an entry at its sorted position.
    pub fn insert(&mut self, entry: Entry) {
        fn place<T, K: Ord>(list: &mut Vec<T>, entry: T, key: impl Fn(&T) -> K) {
            let new = key(&entry);
            let at = list.partition_point(|e| key(e) < new);
            list.insert(at, entry);
        }
        match entry {
            Entry::Incident(e) => place(&mut self.incidents, *e, |e| e.head.slug.clone()),
            Entry::Maintenance(e) => place(&mut self.maintenance, *e, |e| e.head.slug.clone()),
            Entry::Notice(e) => place(&mut self.notices, *e, |e| e.head.slug.clone()),
            Entry::Question(e) => {
                place(&mut self.questions, *e, |e| (e.category, e.order, e.head.slug.clone()));
            }
            Entry::Page(e) => place(&mut self.pages, *e, |e| (e.order, e.head.slug.clone())),
        }
    }

    /// Every entry, in a fixed order.
    pub fn entries(&self) -> impl Iterator<Item = EntryRef<'_>> {
        (self.incidents.iter().map(EntryRef::Incident))
            .chain(self.maintenance.iter().map(EntryRef::Maintenance))
            .chain(self.notices.iter().map(EntryRef::Notice))
            .chain(self.questions.iter().map(EntryRef::Question))
            .chain(self.pages.iter().map(EntryRef::Page))
    }

    /// The heads of all entries, in the order of [`Model::entries`].
    pub fn heads(&self) -> impl Iterator<Item = &Head> {
        self.entries().map(EntryRef::head)
    }
}
