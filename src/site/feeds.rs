//! Decides which feeds exist and which items each contains. Every format has the same items with the same text.

use std::sync::OnceLock;

use super::feed_items::{self, FeedItem};
use super::{ItemText, Linker, Route, Site};
use crate::kind::EntryKind;
use crate::model::Instant;

/// The subject of a feed or a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// All entries.
    Site,
    Incidents,
    Maintenance,
    /// The entries that affect a component.
    Component(usize),
}

/// An item with its text in each language. The text is made on first use, because many feeds contain it.
#[derive(Debug)]
struct Item<'m> {
    item: FeedItem<'m>,
    texts: Vec<OnceLock<ItemText>>,
}

/// The items of every feed, each item stored once.
#[derive(Debug, Default)]
pub(super) struct Feeds<'m> {
    items: Vec<Item<'m>>,
    /// For each subject, the indexes of its items, newest first.
    chosen: Vec<(Subject, Vec<usize>)>,
    /// The items of the last year, newest first, whether or not a feed contains them.
    recent: Vec<FeedItem<'m>>,
}

impl<'m> Feeds<'m> {
    /// Selects the newest items of each subject. Items older than a year are most of a long history, so they
    /// are examined only for subjects that the last year does not fill.
    pub(super) fn of(site: &Site<'m>) -> Feeds<'m> {
        let mut feeds = Feeds {
            items: Vec::new(),
            chosen: site.subjects().map(|subject| (subject, Vec::new())).collect(),
            recent: Vec::new(),
        };
        let lately = Instant(site.now.effective.0 - feed_items::RECENT);
        let is_recent = |route| feed_items::is_recent(site, route, lately);
        let (mut recent, mut older): (Vec<_>, Vec<_>) =
            feed_items::of_those(site, is_recent).into_iter().partition(|n| n.at >= lately);
        feed_items::sort(&mut recent);
        for item in &recent {
            feeds.choose(site, item);
        }
        let wanting =
            |route| site.head(route).is_some_and(|head| !feeds.wanting(site, route, head.kind).is_empty());
        older.retain(|item| wanting(item.route));
        older.extend(feed_items::of_those(site, |route| !is_recent(route) && wanting(route)));
        feed_items::sort(&mut older);
        for item in &older {
            feeds.choose(site, item);
        }
        feeds.recent = recent;
        feeds
    }

    /// Adds an item to the feeds that it belongs to and that are not full.
    fn choose(&mut self, site: &Site<'m>, item: &FeedItem<'m>) {
        let wanting = self.wanting(site, item.route, item.head.kind);
        if wanting.is_empty() {
            return;
        }
        let at = self.items.len();
        for n in wanting {
            self.chosen[n].1.push(at);
        }
        let texts = site.locales.iter().map(|_| OnceLock::new()).collect();
        self.items.push(Item { item: item.clone(), texts });
    }

    fn wanting(&self, site: &Site<'m>, route: Route, kind: EntryKind) -> Vec<usize> {
        let most = site.now.model.config.feed_items;
        // Components come last, in their order.
        let fixed = self.chosen.len() - site.now.components.len();
        let kinds = (0..fixed).filter(|n| is_about(self.chosen[*n].0, kind));
        let touched = site.touched(route).iter().map(|(component, _)| fixed + component);
        kinds.chain(touched).filter(|n| self.chosen[*n].1.len() < most).collect()
    }

    fn indexes(&self, subject: Subject) -> &[usize] {
        self.chosen.iter().find(|(known, _)| *known == subject).map_or(&[], |(_, items)| items)
    }
}

fn is_about(subject: Subject, kind: EntryKind) -> bool {
    match subject {
        Subject::Site => true,
        Subject::Incidents => kind == EntryKind::Incident,
        Subject::Maintenance => kind == EntryKind::Maintenance,
        Subject::Component(_) => false,
    }
}

impl<'m> Site<'m> {
    /// Every subject, components last.
    pub fn subjects(&self) -> impl Iterator<Item = Subject> + use<> {
        let components = (0..self.now.components.len()).map(Subject::Component);
        [Subject::Site, Subject::Incidents, Subject::Maintenance].into_iter().chain(components)
    }

    /// The items of the last year, newest first.
    #[must_use]
    pub fn recent_items(&self) -> &[FeedItem<'m>] {
        &self.feeds.recent
    }

    /// The items of a feed, newest first.
    pub fn feed(&self, subject: Subject) -> impl Iterator<Item = &FeedItem<'m>> {
        self.feeds.indexes(subject).iter().map(|at| &self.feeds.items[*at].item)
    }

    pub fn feed_in(
        &self,
        subject: Subject,
        locale: usize,
    ) -> impl Iterator<Item = (&FeedItem<'m>, &ItemText)> {
        self.feeds.indexes(subject).iter().map(move |at| {
            let listed = &self.feeds.items[*at];
            let text = listed.texts[locale]
                .get_or_init(|| self.item_text(&listed.item, locale, &Linker::absolute(self, locale)));
            (&listed.item, text)
        })
    }

    /// The subjects of the feeds that contain an item.
    pub fn subjects_of(&self, item: &FeedItem<'_>) -> impl Iterator<Item = Subject> {
        let at = self.feeds.items.iter().position(|known| known.item.is_same(item));
        let carries = move |items: &[usize]| at.is_some_and(|at| items.contains(&at));
        self.feeds.chosen.iter().filter(move |(_, items)| carries(items)).map(|(subject, _)| *subject)
    }

    /// The address of every feed that contains an item.
    #[must_use]
    pub fn feeds_of(&self, item: &FeedItem<'_>) -> Vec<String> {
        let subjects: Vec<Subject> = self.subjects_of(item).collect();
        let locales = 0..self.locales.len();
        let folders =
            locales.flat_map(|locale| subjects.iter().map(move |subject| self.folder(*subject, locale)));
        let files = ["feed.xml", "feed.atom", "feed.json"];
        folders.flat_map(|folder| files.map(|file| self.absolute(&format!("{folder}{file}")))).collect()
    }

    /// The folder of a subject's files: empty, or ending in `/`.
    #[must_use]
    pub fn folder(&self, subject: Subject, locale: usize) -> String {
        let home = self.folder_of(Route::Home, locale);
        match subject {
            Subject::Site => home,
            Subject::Incidents => format!("{home}{}/", EntryKind::Incident.address_folder()),
            Subject::Maintenance => format!("{home}{}/", EntryKind::Maintenance.address_folder()),
            Subject::Component(at) => self.folder_of(Route::Component(at), locale),
        }
    }

    #[must_use]
    pub fn page_of(&self, subject: Subject) -> Route {
        match subject {
            Subject::Site => Route::Home,
            Subject::Incidents | Subject::Maintenance => Route::History,
            Subject::Component(at) => Route::Component(at),
        }
    }

    /// The name of a subject's feed.
    #[must_use]
    pub fn name_of(&self, subject: Subject, locale: usize) -> String {
        let config = &self.now.model.config;
        let (language, title) = (&self.locales[locale], config.title.get(locale).1);
        match subject {
            Subject::Site => title.clone(),
            Subject::Incidents => language.format("feed-incidents", &[("title", title)]),
            Subject::Maintenance => language.format("feed-maintenance", &[("title", title)]),
            Subject::Component(at) => {
                let name = config.components.all[at].name.get(locale).1;
                language.format("feed-component", &[("name", name), ("title", title)])
            }
        }
    }
}
