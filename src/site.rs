//! The pages of a site, their addresses, and how they link to one another.
//!
//! A site is made from a snapshot, so only visible content has an address. Links are resolved here, once; output
//! formats never compute an address.

mod addresses;
pub mod anchors;
pub mod banner;
pub mod changes;
mod event;
pub mod feed_items;
mod feeds;
mod for_programs;
pub mod identity;
mod item_facts;
pub mod item_status;
mod item_text;
pub mod known_entries;
mod linked_file;
mod links;
mod names;
mod route;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use chrono::Datelike as _;

use crate::locale::{Locale, LocaleError};
use crate::model::entry::Withdrawn;
use crate::model::{EntryRef, GivenStatus, Head, Occurrence};
use crate::panics;
use crate::timeline::Snapshot;
use crate::uptime::{self, Day, Span};

pub use addresses::entry_path;
pub use event::{Event, Month};
pub use feeds::Subject;
pub use for_programs::Names;
pub use item_text::ItemText;
pub use linked_file::{file_key, linked_file, original_file};
pub use links::{Linker, Words};
pub use route::{Page, Route};

/// A site at an instant, with everything that output formats need.
#[derive(Debug)]
pub struct Site<'m> {
    pub now: Snapshot<'m>,
    /// Its languages, in the order of site.yaml.
    pub locales: Vec<Locale>,
    /// Every page, in a fixed order.
    pub pages: Vec<Page>,
    /// Incidents, maintenance and notices, latest start first.
    pub events: Vec<Event>,
    /// Months with events, latest first.
    pub months: Vec<Month>,
    /// The uptime of each component, day by day.
    pub uptime: Vec<Vec<Day>>,
    /// The periods in which each component was not operational, once somebody asks.
    spans: OnceLock<Vec<Vec<Span>>>,
    files: HashMap<Arc<str>, Route>,
    questions: HashMap<Arc<str>, (usize, String)>,
    paths: HashMap<String, Route>,
    /// Addresses of content that is not visible yet. No page exists there.
    hidden: HashSet<String>,
    feeds: feeds::Feeds<'m>,
}

impl<'m> Site<'m> {
    /// Builds the pages of a snapshot.
    ///
    /// # Errors
    /// If the messages of a language cannot be loaded.
    pub fn new(now: Snapshot<'m>) -> Result<Site<'m>, LocaleError> {
        panics::seam("site", "");
        let (tags, theme) = (&now.model.config.locales, &now.model.theme);
        let load = |(index, tag): (usize, &String)| Locale::load(tag, index, theme);
        let locales: Vec<Locale> = tags.iter().enumerate().map(load).collect::<Result<_, _>>()?;
        let uptime = uptime(&now);
        let (events, months) = event::collect(&now);
        let mut site = Site {
            now,
            locales,
            pages: Vec::new(),
            events,
            months,
            uptime,
            spans: OnceLock::new(),
            files: HashMap::new(),
            questions: HashMap::new(),
            paths: HashMap::new(),
            hidden: HashSet::new(),
            feeds: feeds::Feeds::default(),
        };
        let routes = site.routes();
        for (locale, _) in site.locales.iter().enumerate() {
            for route in &routes {
                let translated = site.is_translated(*route, locale);
                let path = site.path(*route, locale);
                site.paths.insert(site.folder_of(*route, locale), *route);
                site.pages.push(Page { route: *route, locale, path, translated });
            }
        }
        site.pages.push(Page {
            route: Route::NotFound,
            locale: 0,
            path: "404.html".into(),
            translated: true,
        });
        site.index_files();
        site.hidden = site.hidden_addresses();
        site.feeds = feeds::Feeds::of(&site);
        Ok(site)
    }

    fn routes(&self) -> Vec<Route> {
        let mut routes = vec![
            Route::Home,
            Route::History,
            Route::Faq,
            Route::Subscribe,
            Route::Api,
            Route::Embed,
            Route::Banner,
        ];
        routes.extend(self.months.iter().rev().map(|m| Route::Month(m.name.0, m.name.1)));
        if self.now.model.config.has_public_report {
            routes.push(Route::Reports);
            routes.extend(
                self.report_months().into_iter().rev().map(|(year, month)| Route::Report(year, month)),
            );
        }
        routes.extend((0..self.now.components.len()).map(Route::Component));
        routes.extend((0..self.now.model.config.categories.len()).map(Route::Category));
        routes.extend((0..self.now.incidents.len()).map(Route::Incident));
        routes.extend((0..self.now.maintenance.len()).map(Route::Maintenance));
        routes.extend((0..self.now.series.len()).map(Route::Series));
        routes.extend((0..self.now.notices.len()).map(Route::Notice));
        routes.extend((0..self.now.pages.len()).map(Route::Page));
        routes
    }

    /// The periods in which each component was not operational.
    #[must_use]
    pub fn spans(&self) -> &[Vec<Span>] {
        self.spans.get_or_init(|| self.now.spans())
    }

    /// The months that have a public report, latest first: those with events, up to the current one.
    #[must_use]
    pub fn report_months(&self) -> Vec<(i32, u32)> {
        let now = (self.now.today.year(), self.now.today.month());
        let is_public = self.now.model.config.has_public_report;
        self.months.iter().map(|month| month.name).filter(|name| is_public && *name <= now).collect()
    }

    fn index_files(&mut self) {
        let mut files = HashMap::new();
        for page in self.pages.iter().filter(|p| p.locale == 0) {
            if let Some(head) = self.head(page.route).filter(|_| self.occurrence(page.route).is_none()) {
                files.insert(file_key(&head.file), page.route);
            }
        }
        self.files = files;
        let questions = self.now.questions.iter();
        self.questions =
            questions.map(|q| (file_key(&q.head.file), (q.category, q.head.slug.clone()))).collect();
    }

    #[must_use]
    pub fn head(&self, route: Route) -> Option<&'m Head> {
        self.entry(route).map(EntryRef::head)
    }

    /// The components that an entry affects, each with the status that the entry gives it.
    #[must_use]
    pub fn touched(&self, route: Route) -> &[(usize, GivenStatus)] {
        match route {
            Route::Incident(at) => &self.now.incidents[at].touched.given,
            Route::Maintenance(at) => &self.now.maintenance[at].touched.given,
            Route::Series(at) => &self.now.series[at].maintenance.affects.given,
            Route::Notice(at) => &self.now.notices[at].notice.affects.given,
            _ => &[],
        }
    }

    /// The occurrence that a page is about; `None` if the page is about a whole entry.
    #[must_use]
    pub fn occurrence(&self, route: Route) -> Option<Occurrence> {
        match route {
            Route::Maintenance(at) => self.now.maintenance[at].occurrence,
            _ => None,
        }
    }

    #[must_use]
    pub fn series_of(&self, route: Route) -> Option<Route> {
        let Route::Maintenance(at) = route else { return None };
        let entry = self.now.maintenance[at].occurrence.and(Some(self.now.maintenance[at].maintenance))?;
        let series = self.now.series.iter().position(|s| std::ptr::eq(s.maintenance, entry));
        series.map(Route::Series)
    }

    /// The withdrawal of an entry, if it was withdrawn.
    #[must_use]
    pub fn is_withdrawn(&self, route: Route) -> Option<&'m Withdrawn> {
        self.head(route)?.withdrawn.as_ref().filter(|w| w.at <= self.now.effective)
    }

    fn is_translated(&self, route: Route, locale: usize) -> bool {
        self.head(route).is_none_or(|head| head.is_in(locale))
    }

    /// The languages in which a page exists, in order.
    #[must_use]
    pub fn translations(&self, route: Route) -> Vec<usize> {
        (0..self.locales.len()).filter(|locale| self.is_translated(route, *locale)).collect()
    }
}

fn uptime(now: &Snapshot<'_>) -> Vec<Vec<Day>> {
    let config = &now.model.config;
    let spans = now.spans();
    (spans.iter().zip(&config.components.all))
        .map(|(spans, component)| {
            uptime::days(spans, now.zone(), now.effective, config.uptime_days, now.since(component))
        })
        .collect()
}
