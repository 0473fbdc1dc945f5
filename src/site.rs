//! The pages of a site, their addresses, and how they reach one another.
//!
//! Made from a snapshot, so only what is visible has an address. Links are resolved here, once; no
//! output format works out an address by itself.

pub mod anchors;
pub mod banner;
pub mod changes;
pub mod feed_items;
mod feeds;
pub mod identity;
mod item_facts;
pub mod known_entries;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt::Write as _;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use crate::address::Form;
use crate::locale::{Locale, LocaleError};
use crate::markdown::{Resolve, Target};
use crate::model::entry::Withdrawn;
use crate::model::maintenance::MaintenanceType;
use crate::model::{GivenStatus, Head, Instant, Kind, Occurrence, Zone};
use crate::panics;
use crate::text::{nfc, percent_encode, typed_path};
use crate::timeline::Snapshot;
use crate::uptime::{self, Day};
use crate::vocabulary::{Level, MaintenanceKind, PhaseMode, Severity};

use anchors::AnchorState;
pub use feeds::Subject;

/// What a page is about. Indexes are into the lists of the snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    /// The status.
    Home,
    /// All months.
    History,
    /// One month.
    Month(i32, u32),
    /// A component.
    Component(usize),
    /// All questions.
    Faq,
    /// The questions of a category (an index into the site's list).
    Category(usize),
    /// Every channel.
    Subscribe,
    /// How to show the state elsewhere.
    Embed,
    /// The state to be shown in a frame elsewhere.
    Banner,
    /// An incident.
    Incident(usize),
    /// A maintenance; of a series, one occurrence.
    Maintenance(usize),
    /// A series of maintenance, as a whole.
    Series(usize),
    /// A notice.
    Notice(usize),
    /// A free page.
    Page(usize),
    /// What is shown where nothing is.
    NotFound,
}

/// A page in a language.
#[derive(Clone, Debug)]
pub struct Page {
    /// What it is about.
    pub route: Route,
    /// Index of its language.
    pub locale: usize,
    /// Its address from the root: empty, or ending in `/`, or as site.yaml wants it the name of its file.
    pub path: String,
    /// Whether its words are in its language, and not only fallen back to the first.
    pub translated: bool,
}

/// A line of history.
#[derive(Clone, Debug)]
pub struct Event {
    /// The page of the entry.
    pub route: Route,
    /// When it began.
    pub at: Instant,
    /// The last second of which it says that something went on.
    pub until: Instant,
    /// The first day that it touches.
    pub day: NaiveDate,
    /// The days on which it went on, from the first to the last of each stretch. Empty where that is `day` alone.
    stretches: Vec<(NaiveDate, NaiveDate)>,
}

impl Event {
    /// Something that is over when it begins.
    #[must_use]
    pub fn of_a_moment(route: Route, at: Instant, zone: Zone) -> Event {
        Event { route, at, until: at, day: zone.day(at), stretches: Vec::new() }
    }

    /// Something that began at `at` and went on in these stretches, each without its last second.
    fn of_stretches(route: Route, at: Instant, found: &[(Instant, Instant)], zone: Zone) -> Event {
        let mut event = Event::of_a_moment(route, at, zone);
        for (from, to) in found.iter().filter(|(from, to)| from < to) {
            let last = Instant(to.0 - 1);
            event.until = event.until.max(last);
            event.stretches.push((zone.day(*from), zone.day(last)));
        }
        event.day = event.stretches.iter().fold(event.day, |day, (first, _)| day.min(*first));
        let day = event.day;
        event.stretches.retain(|stretch| *stretch != (day, day));
        event
    }

    /// Whether it went on, or is dated, on a day.
    #[must_use]
    pub fn touches(&self, day: NaiveDate) -> bool {
        day == self.day || self.stretches.iter().any(|(first, last)| (*first..=*last).contains(&day))
    }

    /// The months that it touches, each once, as year and month.
    fn months(&self) -> BTreeSet<(i32, u32)> {
        let name = |day: &NaiveDate| (day.year(), day.month());
        let mut months = BTreeSet::from([name(&self.day)]);
        for (first, last) in &self.stretches {
            let (mut month, last) = (name(first), name(last));
            while month <= last {
                months.insert(month);
                month = if month.1 == 12 { (month.0 + 1, 1) } else { (month.0, month.1 + 1) };
            }
        }
        months
    }
}

/// A month and its events.
#[derive(Clone, Debug)]
pub struct Month {
    /// Year and month.
    pub name: (i32, u32),
    /// Those that touch it, latest start first: indexes of the list of events.
    pub events: Vec<usize>,
}

/// A site at an instant: everything that output formats need.
#[derive(Debug)]
pub struct Site<'m> {
    /// What is true now.
    pub now: Snapshot<'m>,
    /// In the order of site.yaml.
    pub locales: Vec<Locale>,
    /// Every page, in a fixed order.
    pub pages: Vec<Page>,
    /// Incidents, maintenance and notices, latest start first.
    pub events: Vec<Event>,
    /// Months with events, latest first.
    pub months: Vec<Month>,
    /// Uptime of each component.
    pub uptime: Vec<Vec<Day>>,
    files: HashMap<Arc<str>, Route>,
    questions: HashMap<Arc<str>, (usize, String)>,
    paths: HashMap<String, Route>,
    /// Where nothing stands yet: addresses of what nobody may see.
    hidden: HashSet<String>,
    feeds: feeds::Feeds<'m>,
}

impl<'m> Site<'m> {
    /// The pages of a snapshot.
    ///
    /// # Errors
    /// Where a language cannot be made ready.
    pub fn new(now: Snapshot<'m>) -> Result<Site<'m>, LocaleError> {
        panics::seam("site", "");
        let (tags, theme) = (&now.model.config.locales, &now.model.theme);
        let load = |(index, tag): (usize, &String)| Locale::load(tag, index, theme);
        let locales: Vec<Locale> = tags.iter().enumerate().map(load).collect::<Result<_, _>>()?;
        let uptime = uptime(&now);
        let mut site = Site {
            now,
            locales,
            pages: Vec::new(),
            events: Vec::new(),
            months: Vec::new(),
            uptime,
            files: HashMap::new(),
            questions: HashMap::new(),
            paths: HashMap::new(),
            hidden: HashSet::new(),
            feeds: feeds::Feeds::default(),
        };
        site.collect_events();
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

    fn collect_events(&mut self) {
        let zone = self.now.zone();
        // The second that has just begun is a part of today.
        let end = Instant(self.now.effective.0 + 1);
        let mut events = Vec::new();
        for (at, now) in self.now.incidents.iter().enumerate() {
            let stretches = now.stretches(end);
            events.push(Event::of_stretches(Route::Incident(at), now.incident.started, &stretches, zone));
        }
        for (at, now) in self.now.maintenance.iter().enumerate() {
            events.push(Event::of_stretches(
                Route::Maintenance(at),
                now.plan.start,
                &now.stretches(end),
                zone,
            ));
        }
        for (at, entry) in self.now.notices.iter().enumerate() {
            events.extend(entry.published.map(|said| Event::of_a_moment(Route::Notice(at), said, zone)));
        }
        // The lists are sorted already; a stable sort keeps kind and slug as they are.
        events.sort_by_key(|e| std::cmp::Reverse(e.at));
        let mut months: BTreeMap<(i32, u32), Vec<usize>> = BTreeMap::new();
        for (at, event) in events.iter().enumerate() {
            for name in event.months() {
                months.entry(name).or_default().push(at);
            }
        }
        self.months = months.into_iter().rev().map(|(name, events)| Month { name, events }).collect();
        self.events = events;
    }

    fn routes(&self) -> Vec<Route> {
        let mut routes =
            vec![Route::Home, Route::History, Route::Faq, Route::Subscribe, Route::Embed, Route::Banner];
        routes.extend(self.months.iter().rev().map(|m| Route::Month(m.name.0, m.name.1)));
        routes.extend((0..self.now.components.len()).map(Route::Component));
        routes.extend((0..self.now.model.config.categories.len()).map(Route::Category));
        routes.extend((0..self.now.incidents.len()).map(Route::Incident));
        routes.extend((0..self.now.maintenance.len()).map(Route::Maintenance));
        routes.extend((0..self.now.series.len()).map(Route::Series));
        routes.extend((0..self.now.notices.len()).map(Route::Notice));
        routes.extend((0..self.now.pages.len()).map(Route::Page));
        routes
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

    fn hidden_addresses(&self) -> HashSet<String> {
        let tags = &self.now.model.config.locales;
        let mut found = HashSet::new();
        let shown: HashSet<&str> = self.now.heads().map(|head| &*head.file).collect();
        for head in self.now.model.heads().filter(|head| !shown.contains(&*head.file)) {
            if head.kind != Kind::Question {
                let path = entry_path(head);
                found.extend(tags[1..].iter().map(|tag| format!("{tag}/{path}")));
                found.insert(path);
            }
            found.extend(head.aliases.iter().map(|(alias, _)| format!("{}/", alias.trim_matches('/'))));
        }
        found
    }

    /// Whether nobody may see yet what stands at a path, or in the folder of a page.
    fn is_hidden(&self, folder: &str, path: &str) -> bool {
        self.hidden.contains(folder) || self.hidden.contains(&format!("{}/", path.trim_end_matches('/')))
    }

    /// Whether a file that is no page stands at a path: one that is copied, one that every site has,
    /// or an old address.
    fn stands(&self, path: &str) -> bool {
        const EVERYWHERE: [&str; 14] = [
            "feed.xml",
            "feed.atom",
            "feed.json",
            "history.rss",
            "history.atom",
            "calendar.ics",
            "schedule.json",
            "badge.svg",
            "banner.js",
            "banner.json",
            "sitemap.xml",
            "robots.txt",
            "manifest.json",
            "404.html",
        ];
        let old = |head: &Head| {
            head.aliases.iter().any(|(alias, _)| alias.trim_matches('/') == path.trim_end_matches('/'))
        };
        let name = path.rsplit('/').next().unwrap_or(path);
        EVERYWHERE.contains(&name)
            || path.starts_with("api/v2/")
            || self.now.model.assets.iter().any(|a| a == path)
            || self.now.heads().any(old)
    }

    /// The entry that a page is about.
    #[must_use]
    pub fn head(&self, route: Route) -> Option<&'m Head> {
        Some(match route {
            Route::Incident(at) => &self.now.incidents[at].incident.head,
            Route::Maintenance(at) => &self.now.maintenance[at].maintenance.head,
            Route::Series(at) => &self.now.series[at].maintenance.head,
            Route::Notice(at) => &self.now.notices[at].notice.head,
            Route::Page(at) => &self.now.pages[at].head,
            _ => return None,
        })
    }

    /// The components that an entry touches, each with what is said of it.
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

    /// Which occurrence of a series a page is about; `None` where it is about a whole entry.
    #[must_use]
    pub fn occurrence(&self, route: Route) -> Option<Occurrence> {
        match route {
            Route::Maintenance(at) => self.now.maintenance[at].occurrence,
            _ => None,
        }
    }

    /// The series that an occurrence belongs to.
    #[must_use]
    pub fn series_of(&self, route: Route) -> Option<Route> {
        let Route::Maintenance(at) = route else { return None };
        let entry = self.now.maintenance[at].occurrence.and(Some(self.now.maintenance[at].maintenance))?;
        let series = self.now.series.iter().position(|s| std::ptr::eq(s.maintenance, entry));
        series.map(Route::Series)
    }

    /// What an entry is called in a language, and the language that this is in; of an occurrence, with its day. Once
    /// it was withdrawn, only that: every title that is published is asked of here, or of [`Site::short_title`].
    #[must_use]
    pub fn title(&self, route: Route, locale: usize) -> Option<(usize, String)> {
        let (found, title) = self.short_title(route, locale)?;
        let occurrence = self.occurrence(route).filter(|_| self.is_withdrawn(route).is_none());
        let Some(occurrence) = occurrence else { return Some((found, title)) };
        let language = &self.locales[found];
        let day = language.day(occurrence.day);
        Some((found, language.format("occurrence-title", &[("title", &title), ("day", &day)])))
    }

    /// The same without the day of an occurrence, where that stands beside it.
    #[must_use]
    pub fn short_title(&self, route: Route, locale: usize) -> Option<(usize, String)> {
        let head = self.head(route)?;
        panics::seam("render", &head.file);
        if self.is_withdrawn(route).is_some() {
            return Some((locale, self.locales[locale].t("withdrawn-title").to_owned()));
        }
        let (found, title) = head.title.get(locale);
        panics::seam("title", title);
        Some((found, title.clone()))
    }

    fn is_translated(&self, route: Route, locale: usize) -> bool {
        self.head(route).is_none_or(|head| head.is_in(locale))
    }

    /// The address of a page from the root of the site, not yet percent-encoded.
    #[must_use]
    pub fn path(&self, route: Route, locale: usize) -> String {
        let (form, folder) = (self.now.model.config.addresses.now, self.folder_of(route, locale));
        in_form(form, route, &folder)
    }

    /// The other address of a page, where there is one that leads on.
    #[must_use]
    pub fn old_path(&self, route: Route, locale: usize) -> Option<String> {
        let old = self.now.model.config.addresses.old()?;
        let is_same = matches!(route, Route::Home | Route::NotFound);
        (!is_same).then(|| in_form(old, route, &self.folder_of(route, locale)))
    }

    /// The address of the site's first page, whole.
    #[must_use]
    pub fn home(&self) -> String {
        self.absolute(&self.path(Route::Home, 0))
    }

    /// The folder of a page from the root of the site, whatever form addresses have: what stands beside the page is in
    /// it, and the page is known by it. Empty, or ending in `/`; `404.html` is the exception.
    #[must_use]
    pub fn folder_of(&self, route: Route, locale: usize) -> String {
        let config = &self.now.model.config;
        let mut path = if locale == 0 { String::new() } else { format!("{}/", config.locales[locale]) };
        match route {
            Route::Home => {}
            Route::History => path.push_str("history/"),
            Route::Month(year, month) => drop(write!(path, "history/{year}/{month:02}/")),
            Route::Component(at) => drop(write!(path, "components/{}/", config.components.all[at].id)),
            Route::Faq => path.push_str("faq/"),
            Route::Category(at) => drop(write!(path, "faq/{}/", config.categories[at].id)),
            Route::Subscribe => path.push_str("subscribe/"),
            Route::Embed => path.push_str("embed/"),
            Route::Banner => path.push_str("embed/banner/"),
            Route::NotFound => path.push_str("404.html"),
            Route::Incident(_)
            | Route::Maintenance(_)
            | Route::Series(_)
            | Route::Notice(_)
            | Route::Page(_) => {
                if let Some(head) = self.head(route) {
                    path.push_str(&entry_path(head));
                }
                if let Some(occurrence) = self.occurrence(route) {
                    let _ = write!(path, "{}/", occurrence.day);
                }
            }
        }
        path
    }

    /// Why an entry was withdrawn, if it was.
    #[must_use]
    pub fn is_withdrawn(&self, route: Route) -> Option<&'m Withdrawn> {
        self.head(route)?.withdrawn.as_ref().filter(|w| w.at <= self.now.effective)
    }

    /// What the site calls a severity.
    #[must_use]
    pub fn severity_name(&self, severity: Severity, locale: usize) -> String {
        let own = self.now.model.config.severity(severity).and_then(|w| w.name.as_ref());
        let key = match severity {
            Severity::Minor => "severity-minor",
            Severity::Moderate => "severity-moderate",
            Severity::Critical => "severity-critical",
        };
        own.map_or_else(|| self.locales[locale].t(key).to_owned(), |name| name.get(locale).1.clone())
    }

    /// What the site calls a kind of maintenance.
    #[must_use]
    pub fn kind_name(&self, kind: MaintenanceType, locale: usize) -> String {
        let key = match kind {
            MaintenanceType::Own(at) => return self.now.model.config.kinds[at].name.get(locale).1.clone(),
            MaintenanceType::BuiltIn(MaintenanceKind::Regular) => "kind-regular",
            MaintenanceType::BuiltIn(MaintenanceKind::Update) => "kind-update",
            MaintenanceType::BuiltIn(MaintenanceKind::Server) => "kind-server",
            MaintenanceType::BuiltIn(MaintenanceKind::Emergency) => "kind-emergency",
        };
        self.locales[locale].t(key).to_owned()
    }

    /// The languages that a page exists in, in order.
    #[must_use]
    pub fn translations(&self, route: Route) -> Vec<usize> {
        (0..self.locales.len()).filter(|locale| self.is_translated(route, *locale)).collect()
    }

    /// Events that touch a month, latest start first.
    #[must_use]
    pub fn month(&self, month: &Month) -> Vec<&Event> {
        let begun = |event: &Event| (event.day.year(), event.day.month()) == month.name;
        self.not_piled_up(month.events.iter().map(|at| &self.events[*at]), begun)
    }

    /// Events that began on a day, and those that only went on then, each latest start first.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> (Vec<&Event>, Vec<&Event>) {
        let touching = self.events.iter().filter(|event| event.touches(day));
        let begun = |event: &Event| event.day == day;
        self.not_piled_up(touching, begun).into_iter().partition(|event| begun(event))
    }

    /// Events that began, and those that only went on. Of a series that was never closed all times go on for ever: of
    /// those only the newest is kept.
    #[must_use]
    pub fn not_piled_up<'e>(
        &self,
        events: impl Iterator<Item = &'e Event>,
        has_begun: impl Fn(&Event) -> bool,
    ) -> Vec<&'e Event> {
        let mut series: Vec<Route> = Vec::new();
        let keep = |event: &&Event| match self.series_of(event.route) {
            Some(_) if has_begun(event) => true,
            Some(known) if series.contains(&known) => false,
            other => {
                series.extend(other);
                true
            }
        };
        events.filter(keep).collect()
    }

    /// The absolute address of a path from the root.
    #[must_use]
    pub fn absolute(&self, path: &str) -> String {
        self.now.model.config.url.absolute(path)
    }
}

fn in_form(form: Form, route: Route, folder: &str) -> String {
    if route == Route::Home { form.home(folder) } else { form.page(folder) }
}

/// The message that names a level.
#[must_use]
pub fn level_key(level: Level) -> &'static str {
    match level {
        Level::Info => "level-info",
        Level::Warning => "level-warning",
        Level::Clarification => "level-clarification",
    }
}

/// The message that names what still works.
#[must_use]
pub fn mode_key(mode: PhaseMode) -> &'static str {
    match mode {
        PhaseMode::Halted => "mode-halted",
        PhaseMode::CancelOnly => "mode-cancel_only",
        PhaseMode::PostOnly => "mode-post_only",
        PhaseMode::Limited => "mode-limited",
    }
}

/// The address of an entry in the first language.
#[must_use]
pub fn entry_path(head: &Head) -> String {
    match head.kind {
        Kind::Page => format!("{}/", head.slug),
        kind => format!("{}/{}/", kind.folder(), head.slug),
    }
}

/// The file that an entry's link names, relative to the root: `../faq/a.md` from `content/incidents/b.md`. Composed
/// (NFC), as [`file_key`] is.
#[must_use]
pub fn linked_file(from: &str, written: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in written.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(nfc(&parts.join("/")).into_owned())
}

/// The name of a file in the form in which links name it: macOS and archives may store it decomposed.
#[must_use]
pub fn file_key(name: &Arc<str>) -> Arc<str> {
    match nfc(name) {
        std::borrow::Cow::Borrowed(_) => Arc::clone(name),
        std::borrow::Cow::Owned(composed) => composed.into(),
    }
}

/// The file of the original, where `file` is a translation.
#[must_use]
pub fn original<'f>(file: &'f str, locales: &[String]) -> std::borrow::Cow<'f, str> {
    for locale in locales {
        if let Some(stem) = file.strip_suffix(&format!(".{locale}.md")) {
            return format!("{stem}.md").into();
        }
    }
    file.into()
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

/// Where addresses are written from.
#[derive(Clone, Debug)]
pub struct Linker<'s> {
    site: &'s Site<'s>,
    locale: usize,
    base: String,
}

impl<'s> Linker<'s> {
    /// From a page: relative, so that any path prefix and any file server will do.
    #[must_use]
    pub fn relative(site: &'s Site<'s>, page: &Page) -> Linker<'s> {
        if page.route == Route::NotFound {
            // Shown at any depth, so its links begin at the root of the host.
            return Linker { site, locale: page.locale, base: site.now.model.config.url.path.clone() };
        }
        Linker { site, locale: page.locale, base: "../".repeat(page.path.matches('/').count()) }
    }

    /// From outside: absolute.
    #[must_use]
    pub fn absolute(site: &'s Site<'s>, locale: usize) -> Linker<'s> {
        let url = &site.now.model.config.url;
        Linker { site, locale, base: format!("{}{}", url.origin, url.path) }
    }

    /// The address of a path from the root.
    #[must_use]
    pub fn path(&self, path: &str) -> String {
        if self.base.is_empty() && path.is_empty() {
            return "./".into();
        }
        format!("{}{}", self.base, percent_encode(path))
    }

    /// The address of a page in this language.
    #[must_use]
    pub fn page(&self, route: Route) -> String {
        self.path(&self.site.path(route, self.locale))
    }

    /// The address of a page in another language.
    #[must_use]
    pub fn page_in(&self, route: Route, locale: usize) -> String {
        self.path(&self.site.path(route, locale))
    }

    /// An address as a team writes it in site.yaml: those from the root are the site's own.
    #[must_use]
    pub fn written(&self, url: &str) -> Option<String> {
        match url.strip_prefix('/') {
            Some(path) => self.site_path(path),
            None => Some(url.to_owned()),
        }
    }

    /// Where the links of an entry lead from here: to nowhere, as long as nobody may see what stands there.
    #[must_use]
    pub fn links(&self, head: &Head) -> Vec<Option<String>> {
        let resolve = Words::own(self, head);
        head.links.iter().map(|(target, _)| resolve.address(target)).collect()
    }

    /// A path from the root as written, in this language where the page exists in it; `None` where
    /// nobody may see yet what stands there.
    fn site_path(&self, written: &str) -> Option<String> {
        let cut = written.find(['?', '#']).unwrap_or(written.len());
        let (path, rest) = written.split_at(cut);
        let typed = typed_path(path);
        let plain = typed.strip_suffix("index.html").unwrap_or(&typed);
        let folder = self.site.now.model.config.addresses.folder(&typed);
        let with_slash = format!("{folder}/");
        let key = if folder.is_empty() { "" } else { with_slash.as_str() };
        let rest = encode_rest(rest);
        match self.site.paths.get(key) {
            Some(route) => self.site_page(*route, &rest),
            // Only a fault in a translation comes here, and its words are shown without the link.
            None if self.site.is_hidden(key, &typed) || !self.site.stands(plain) => None,
            None => Some(format!("{}{rest}", self.path(plain))),
        }
    }

    /// A page with the query and the fragment of a link that names it by its address. What is no place of an entry
    /// may be one of the page's own.
    fn site_page(&self, route: Route, rest: &str) -> Option<String> {
        let id = rest.strip_prefix('#').map(typed_path);
        match id.map(|id| self.site.spot(route, &id, self.site.now.effective)) {
            Some(AnchorState::Hidden) => None,
            Some(AnchorState::Withdrawn) => Some(self.page(route)),
            Some(AnchorState::On(other)) => Some(format!("{}{rest}", self.page(other))),
            Some(AnchorState::Here | AnchorState::Nowhere) | None => {
                Some(format!("{}{rest}", self.page(route)))
            }
        }
    }

    fn file(&self, from: &Head, written: &str, id: Option<&str>, until: Instant) -> Option<String> {
        let file = linked_file(&from.file, written)?;
        let place = id.map_or(String::new(), |id| format!("#{}", encode_rest(id)));
        if let Some(asset) = file.strip_prefix("content/static/") {
            return Some(format!("{}{place}", self.path(asset)));
        }
        let file = original(&file, &self.site.now.model.config.locales);
        if let Some((category, slug)) = self.site.questions.get(&*file) {
            return Some(format!("{}#{}", self.page(Route::Category(*category)), percent_encode(slug)));
        }
        let route = *self.site.files.get(&*file)?;
        match id.map(|id| self.site.spot(route, id, until)) {
            Some(AnchorState::Hidden | AnchorState::Nowhere) => None,
            Some(AnchorState::Withdrawn) => Some(self.page(route)),
            Some(AnchorState::On(other)) => Some(format!("{}{place}", self.page(other))),
            Some(AnchorState::Here) | None => Some(format!("{}{place}", self.page(route))),
        }
    }
}

/// A query or fragment as it may stand in an address: what is encoded already stays.
fn encode_rest(rest: &str) -> String {
    let mut out = String::with_capacity(rest.len());
    for c in rest.chars() {
        match c {
            '!'..='~' if !matches!(c, '"' | '<' | '>' | '`') => out.push(c),
            _ => out.push_str(&percent_encode(c.encode_utf8(&mut [0; 4]))),
        }
    }
    out
}

/// Resolves the links of an entry's words for the page that shows them.
#[derive(Debug)]
pub struct Words<'s> {
    /// Where they are shown.
    pub linker: &'s Linker<'s>,
    /// Whose words they are.
    pub head: &'s Head,
    /// The page of the entry, where the words are shown elsewhere.
    pub elsewhere: Option<String>,
    /// Tells identifiers of several entries on one page apart.
    pub prefix: String,
    /// What was said later has no place yet. An item of a feed never changes, so its links do not either.
    pub until: Instant,
}

impl<'s> Words<'s> {
    /// On the entry's own page.
    #[must_use]
    pub fn own(linker: &'s Linker<'s>, head: &'s Head) -> Words<'s> {
        Words { linker, head, elsewhere: None, prefix: String::new(), until: linker.site.now.effective }
    }

    /// On another page; `home` is the address of the entry's own page from there.
    #[must_use]
    pub fn elsewhere(linker: &'s Linker<'s>, head: &'s Head, home: String) -> Words<'s> {
        let prefix = format!("{}-{}-", head.kind.word(), head.slug);
        Words { elsewhere: Some(home), prefix, ..Words::own(linker, head) }
    }

    /// The same, as it was said at an instant.
    #[must_use]
    pub fn said(self, until: Instant) -> Words<'s> {
        Words { until, ..self }
    }

    /// A place of the entry itself; nothing where nobody may see it yet.
    fn here(&self, id: &str) -> Option<String> {
        let place = format!("#{}", encode_rest(id));
        let here = || Some(self.elsewhere.as_ref().map_or(format!("#{id}"), |home| format!("{home}{place}")));
        // Questions have no page of their own.
        let Some(route) = self.linker.site.files.get(&file_key(&self.head.file)) else { return here() };
        match self.linker.site.spot(*route, id, self.until) {
            AnchorState::Here => here(),
            AnchorState::On(other) => Some(format!("{}{place}", self.linker.page(other))),
            AnchorState::Withdrawn | AnchorState::Hidden | AnchorState::Nowhere => None,
        }
    }
}

impl Resolve for Words<'_> {
    fn address(&self, target: &Target) -> Option<String> {
        match target {
            Target::Here(id) => self.here(id),
            Target::Site(path) => self.linker.site_path(path.trim_start_matches('/')),
            Target::File(path, id) => self.linker.file(self.head, path, id.as_deref(), self.until),
        }
    }

    fn prefix(&self) -> &str {
        &self.prefix
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_from_where_they_are_linked() {
        let file = linked_file("content/incidents/2026-11/a.md", "../../faq/b.md");
        assert_eq!(file.as_deref(), Some("content/faq/b.md"));
        assert_eq!(linked_file("a.md", "../../x.md"), None);
        assert_eq!(
            linked_file("content/か\u{3099}/a.md", "か\u{3099}.md").as_deref(),
            Some("content/が/が.md")
        );
        assert_eq!(original("content/faq/b.en.md", &["ja".into(), "en".into()]), "content/faq/b.md");
    }

    #[test]
    fn links_to_what_nobody_may_see_are_no_links() {
        use crate::timeline::fixture::{at, model};
        let text = "---\ntitle: p\n---\n[a](/incidents/later/) [b](/old/) [c](../incidents/later.md) [d](/en/incidents/later/#x)\n\
            [e](/faq/?q=あ#い) [f](../faq/q.md)\n";
        let later = "---\ntitle: t\nseverity: minor\naffects: []\nstarted: 2026-11-20 10:00\npublish_at: 2026-11-21 00:00\naliases: [/old/]\n---\n";
        let question = "---\ntitle: q\ncategory: general\npublish_at: 2026-11-21 00:00\n---\nx\n";
        let files = [("pages/p.md", text), ("incidents/later.md", later), ("faq/q.md", question)];
        let model = model(&files);
        let links = |time: &str| {
            let site = Site::new(Snapshot::at(&model, at(time))).expect("built-in locales");
            let page = site.pages.iter().find(|p| p.path == "p/").expect("the page");
            let linker = Linker::relative(&site, page);
            let words = &site.now.pages[0].words;
            words.get(0).1.html(&Words::own(&linker, &site.now.pages[0].head)).matches("<a ").count()
        };
        assert_eq!((links("20 12:00"), links("21 00:00")), (1, 6));
    }
}
