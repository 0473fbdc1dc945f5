//! Which feeds there are and what stands in each: the same items, said in the same words, in every format.

use std::sync::OnceLock;

use super::news::{self, News, Told};
use super::{Linker, Route, Site};
use crate::model::Kind;

/// What a feed, or a calendar, is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// Everything.
    Site,
    /// Incidents.
    Incidents,
    /// Maintenance.
    Maintenance,
    /// What touches a component.
    Component(usize),
}

/// An item, and what it says in each language once somebody has asked: many feeds say it.
#[derive(Debug)]
struct Item<'m> {
    news: News<'m>,
    told: Vec<OnceLock<Told>>,
}

/// The items of every feed, each item once.
#[derive(Debug, Default)]
pub(super) struct Feeds<'m> {
    items: Vec<Item<'m>>,
    /// Indexes of items, newest first.
    chosen: Vec<(Subject, Vec<usize>)>,
    /// What was said lately, in feeds or not, newest first.
    recent: Vec<News<'m>>,
}

impl<'m> Feeds<'m> {
    /// The newest items of each subject, in one walk over all that was said.
    pub(super) fn of(site: &Site<'m>) -> Feeds<'m> {
        let most = site.now.model.config.feed_items;
        let subjects: Vec<Subject> = subjects(site).collect();
        // Components come last, in their order.
        let fixed = subjects.len() - site.now.components.len();
        let mut feeds = Feeds {
            items: Vec::new(),
            chosen: subjects.into_iter().map(|subject| (subject, Vec::new())).collect(),
            recent: Vec::new(),
        };
        let lately = site.now.effective.0 - news::RECENT;
        for news in news::all(site) {
            if news.at.0 >= lately {
                feeds.recent.push(news.clone());
            }
            let at = feeds.items.len();
            let kinds = (0..fixed).filter(|n| is_about(feeds.chosen[*n].0, news.head.kind));
            let touched = site.touched(news.route).iter().map(|(component, _)| fixed + component);
            let wanting: Vec<usize> =
                kinds.chain(touched).filter(|n| feeds.chosen[*n].1.len() < most).collect();
            if wanting.is_empty() {
                continue;
            }
            wanting.into_iter().for_each(|n| feeds.chosen[n].1.push(at));
            let told = site.locales.iter().map(|_| OnceLock::new()).collect();
            feeds.items.push(Item { news, told });
        }
        feeds
    }

    fn indexes(&self, subject: Subject) -> &[usize] {
        self.chosen.iter().find(|(known, _)| *known == subject).map_or(&[], |(_, items)| items)
    }
}

fn is_about(subject: Subject, kind: Kind) -> bool {
    match subject {
        Subject::Site => true,
        Subject::Incidents => kind == Kind::Incident,
        Subject::Maintenance => kind == Kind::Maintenance,
        Subject::Component(_) => false,
    }
}

/// Every subject, components last.
fn subjects(site: &Site<'_>) -> impl Iterator<Item = Subject> + use<> {
    let components = (0..site.now.components.len()).map(Subject::Component);
    [Subject::Site, Subject::Incidents, Subject::Maintenance].into_iter().chain(components)
}

impl<'m> Site<'m> {
    /// What there are feeds about.
    pub fn subjects(&self) -> impl Iterator<Item = Subject> + use<> {
        subjects(self)
    }

    /// What was said in the last year, newest first.
    #[must_use]
    pub fn recent_news(&self) -> &[News<'m>] {
        &self.feeds.recent
    }

    /// The items of a feed, newest first.
    pub fn feed(&self, subject: Subject) -> impl Iterator<Item = &News<'m>> {
        self.feeds.indexes(subject).iter().map(|at| &self.feeds.items[*at].news)
    }

    /// The same in a language.
    pub fn feed_in(&self, subject: Subject, locale: usize) -> impl Iterator<Item = (&News<'m>, &Told)> {
        self.feeds.indexes(subject).iter().map(move |at| {
            let item = &self.feeds.items[*at];
            let told = item.told[locale]
                .get_or_init(|| self.told(&item.news, locale, &Linker::absolute(self, locale)));
            (&item.news, told)
        })
    }

    /// The feeds that carry an item, by their subjects.
    pub fn subjects_of(&self, news: &News<'_>) -> impl Iterator<Item = Subject> {
        let at = self.feeds.items.iter().position(|item| item.news.is_same(news));
        let carries = move |items: &[usize]| at.is_some_and(|at| items.contains(&at));
        self.feeds.chosen.iter().filter(move |(_, items)| carries(items)).map(|(subject, _)| *subject)
    }

    /// The folder of what is about a subject: empty, or ending in `/`.
    #[must_use]
    pub fn folder(&self, subject: Subject, locale: usize) -> String {
        let home = self.path(Route::Home, locale);
        match subject {
            Subject::Site => home,
            Subject::Incidents => format!("{home}{}/", Kind::Incident.folder()),
            Subject::Maintenance => format!("{home}{}/", Kind::Maintenance.folder()),
            Subject::Component(at) => self.path(Route::Component(at), locale),
        }
    }

    /// The page that a subject is read on.
    #[must_use]
    pub fn page_of(&self, subject: Subject) -> Route {
        match subject {
            Subject::Site => Route::Home,
            Subject::Incidents | Subject::Maintenance => Route::History,
            Subject::Component(at) => Route::Component(at),
        }
    }

    /// What a feed about a subject is called.
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
