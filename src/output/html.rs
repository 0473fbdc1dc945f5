//! Renders pages as HTML.
//!
//! This file has the frame of every page and shared helpers; each family of pages has its own file. Templates are
//! checked at compile time. Times are absolute local times in `time` elements, so a page never goes out of date.
//!
//! Why: docs/decisions/pages.md.

mod api;
mod embed;
mod entry;
mod home;
mod inputs;
mod lists;
mod markup;
mod parts;
mod report;
mod subscribe;
mod windows;

use std::cell::RefCell;
use std::sync::Arc;

use askama::Template;
use chrono::NaiveDate;

use super::{Planned, content_type, icons};
use crate::address::{self, Form};
use crate::digest::Digest;
use crate::locale::{Locale, Plain};
use crate::model::window::Window;
use crate::model::{Head, Instant, Precision, Rich, Stated, Text, Zone};
use crate::publish::Rank;
use crate::site::changes::WINDOW_SEPARATOR;
use crate::site::item_status::ItemStatus;
use crate::site::{Linker, Page, Route, Site, Words};
use crate::text::shorten;
use crate::theme::Slot;
use crate::timeline::MaintenanceNow;
use crate::vocabulary::{ComponentStatus, Severity, Status};
use markup::{Html, html};

pub(super) fn plan<'a>(site: &'a Site<'a>) -> Vec<Planned<'a>> {
    let frames = Frames::of(site);
    (site.pages.iter())
        .map(|page| {
            let (chrome, shared) = frames.find(page);
            let file = address::file_of(&page.path);
            let rank = match page.route {
                Route::Home => Rank::Home,
                Route::Incident(_) | Route::Maintenance(_) | Route::Notice(_) | Route::Page(_) => Rank::Leaf,
                _ => Rank::List,
            };
            let planned = Planned::new(file, rank, move || render(site, page, &chrome));
            match page.route {
                Route::Incident(_) | Route::Maintenance(_) | Route::Series(_) | Route::Notice(_) => {
                    planned.made_from(move || inputs::digest(&Scope::bare(site, page), shared))
                }
                _ => planned,
            }
        })
        .collect()
}

fn render<'s>(site: &'s Site<'s>, page: &'s Page, chrome: &Arc<Chrome>) -> String {
    let scope = Scope::new(site, page, chrome);
    if let Some(withdrawn) = site.is_withdrawn(page.route) {
        return whole(&entry::withdrawn(&scope, withdrawn));
    }
    match page.route {
        Route::Home => whole(&home::view(&scope)),
        Route::History => whole(&lists::history(&scope)),
        Route::Month(year, month) => whole(&lists::month(&scope, year, month)),
        Route::Reports => whole(&report::list(&scope)),
        Route::Report(year, month) => whole(&report::month(&scope, year, month)),
        Route::Component(at) => whole(&lists::component(&scope, at)),
        Route::Faq => whole(&lists::faq(&scope)),
        Route::Category(at) => whole(&lists::category(&scope, at)),
        Route::Subscribe => whole(&subscribe::subscribe(&scope)),
        Route::Api => whole(&api::page(&scope)),
        Route::Embed => whole(&embed::embed(&scope)),
        Route::Banner => whole(&embed::banner(&scope)),
        Route::Incident(at) => whole(&entry::incident(&scope, &site.now.incidents[at])),
        Route::Maintenance(at) => whole(&entry::maintenance(&scope, &site.now.maintenance[at])),
        Route::Series(at) => whole(&entry::series(&scope, &site.now.series[at])),
        Route::Notice(at) => whole(&entry::notice(&scope, &site.now.notices[at])),
        Route::Page(at) => whole(&lists::page(&scope, site.now.pages[at])),
        Route::NotFound => whole(&lists::not_found(&scope)),
    }
}

/// A complete page, followed by the icons that it uses.
fn whole(template: &impl Template) -> String {
    let mut out = Html::of(template).into_string();
    let body = out.len();
    for (name, shape) in icons::ALL {
        if out.contains(&format!("\"#i-{name}\"")) {
            out.push_str("<symbol id=\"i-");
            out.push_str(name);
            out.push_str("\" viewBox=\"0 0 16 16\"><path d=\"");
            out.push_str(shape);
            out.push_str("\"/></symbol>");
        }
    }
    if out.len() > body {
        out.insert_str(body, "<div hidden><svg>");
        out.push_str("</svg></div>\n");
    }
    out.push_str("</body>\n</html>\n");
    out
}

/// A page being written, with its language and its links.
struct Scope<'s> {
    site: &'s Site<'s>,
    page: &'s Page,
    linker: Linker<'s>,
    locale: &'s Locale,
    around: Arc<Chrome>,
    last_day: RefCell<Option<(NaiveDate, String)>>,
}

struct Anchor {
    label: String,
    href: String,
    current: bool,
    /// The language of the label, if it differs from the page's.
    lang: Option<String>,
}

/// The parts of the frame that differ from page to page.
#[derive(Default)]
struct Layout {
    title: String,
    description: String,
    canonical: Option<String>,
    alternates: Vec<(String, String)>,
    languages: Vec<Anchor>,
    noindex: bool,
    /// The title for link previews, including the state.
    share: String,
    /// The picture for link previews, if the team has one.
    picture: Option<String>,
    site_name: String,
    /// Its Open Graph type.
    form: &'static str,
    untranslated: Option<String>,
    /// Attributes of `<body>` that the script reads.
    body: Html,
    chrome: Arc<Chrome>,
    /// The messages that templates write.
    messages: Plain,
}

impl Layout {
    fn t<'a>(&'a self, key: &'a str) -> &'a str {
        self.messages.t(key)
    }

    /// Where feeds, the calendar and the Markdown of the site are. Every page names the first of them.
    fn discovery(&self) -> Html {
        let files = ["feed.atom", "feed.json", "calendar.ics", address::MARKDOWN];
        let home = &self.chrome.files;
        let link = |file| {
            let kind = content_type(file).split(';').next().unwrap_or_default();
            html!(
                "<link rel=\"alternate\" type=\"{}\" title=\"{}\" href=\"{}\">\n",
                kind,
                self.site_name,
                format!("{home}{file}")
            )
        };
        Html::join(files.map(link), "")
    }
}

/// The part of the frame that all pages of one language at one depth share. It is rendered once.
#[derive(Default, Hash)]
struct Chrome {
    lang: String,
    dir: &'static str,
    /// The address of the folder of the language, which holds its feeds.
    files: String,
    /// The site's zone, by its IANA name.
    zone: &'static str,
    /// Whether the content security policy must allow fonts.
    has_fonts: bool,
    /// The value of `color-scheme`.
    scheme: &'static str,
    /// The theme's slots at the end of `<head>` and after the header.
    head: Html,
    top: Html,
    /// The links to stylesheet, script, feed and icon.
    links: Html,
    home: String,
    logo: Option<String>,
    brand: Html,
    nav: Html,
    footer: Html,
}

#[derive(Template)]
#[template(path = "links.html")]
struct LinksView {
    style: String,
    script: String,
    feed: String,
    feed_title: String,
    /// The data that says the state (RFC 8631).
    status: String,
    favicon: Option<String>,
}

#[derive(Template)]
#[template(path = "nav.html")]
struct NavView {
    label: String,
    class: &'static str,
    links: Vec<Anchor>,
}

#[derive(Template)]
#[template(path = "footer.html")]
struct FooterView {
    publisher: Vec<Html>,
    zone_note: String,
    zone_button: Html,
    nav: Html,
    /// The theme's slot at the end.
    slot: Html,
}

/// The chrome of every language and depth, made before pages are rendered in parallel.
struct Frames<'a> {
    site: &'a Site<'a>,
    made: Vec<Frame>,
}

struct Frame {
    /// Language and depth.
    key: (usize, usize),
    chrome: Arc<Chrome>,
    /// The digest of what all pages with this chrome share.
    shared: Digest,
}

impl<'a> Frames<'a> {
    fn of(site: &'a Site<'a>) -> Frames<'a> {
        let mut frames = Frames { site, made: Vec::new() };
        let config = inputs::of_config(site);
        for page in &site.pages {
            let key = Frames::key(page);
            if !frames.made.iter().any(|frame| frame.key == key) {
                let chrome = Arc::new(Scope::bare(site, page).chrome(None));
                let shared = Digest::of(&(config, key, &chrome));
                frames.made.push(Frame { key, chrome, shared });
            }
        }
        frames
    }

    /// Pages of one language at one depth have the same relative links; the 404 page links from the root.
    fn key(page: &Page) -> (usize, usize) {
        let depth = if page.route == Route::NotFound { usize::MAX } else { page.path.matches('/').count() };
        (page.locale, depth)
    }

    fn find(&self, page: &'a Page) -> (Arc<Chrome>, Digest) {
        let key = Frames::key(page);
        let in_nav = match page.route {
            Route::History | Route::Faq | Route::Subscribe => true,
            Route::Page(at) => self.site.now.pages[at].nav,
            _ => false,
        };
        if let Some(frame) = self.made.iter().find(|frame| frame.key == key).filter(|_| !in_nav) {
            return (Arc::clone(&frame.chrome), frame.shared);
        }
        // The navigation marks its link to the current page.
        let chrome = Arc::new(Scope::bare(self.site, page).chrome(Some(page.route)));
        let shared = Digest::of(&chrome);
        (chrome, shared)
    }
}

impl<'s> Scope<'s> {
    fn new(site: &'s Site<'s>, page: &'s Page, chrome: &Arc<Chrome>) -> Scope<'s> {
        Scope { around: Arc::clone(chrome), ..Scope::bare(site, page) }
    }

    /// A scope without the frame.
    fn bare(site: &'s Site<'s>, page: &'s Page) -> Scope<'s> {
        let linker = Linker::relative(site, page);
        Scope {
            site,
            page,
            linker,
            locale: &site.locales[page.locale],
            around: Arc::default(),
            last_day: RefCell::default(),
        }
    }

    fn t(&self, key: &'s str) -> String {
        self.locale.t(key).to_owned()
    }

    fn zone(&self) -> Zone {
        self.site.now.zone()
    }

    /// Plain text in the page's language, or in the first language if there is no translation.
    fn plain<'t>(&self, text: &'t Text) -> &'t str {
        text.get(self.page.locale).1
    }

    /// Text, with a `lang` attribute if it is in another language than the page.
    fn text(&self, text: &Text) -> Html {
        let (locale, words) = text.get(self.page.locale);
        self.marked(locale, words)
    }

    /// Text in a known language, with a `lang` attribute if that differs from the page's.
    fn marked(&self, locale: usize, words: &str) -> Html {
        self.in_language(locale, Html::text(words))
    }

    /// A part of a line, with a `lang` attribute if its language differs from the page's.
    fn in_language(&self, locale: usize, words: Html) -> Html {
        match self.foreign(locale) {
            None => words,
            Some(tag) => html!("<span lang=\"{}\">{}</span>", tag, words),
        }
    }

    /// The tag of a language, if it differs from the page's.
    fn foreign(&self, locale: usize) -> Option<String> {
        (locale != self.page.locale).then(|| self.site.locales[locale].tag.clone())
    }

    /// An entry's text on its own page.
    fn own(&self, head: &Head, words: &Rich) -> Html {
        self.words(words, Words::own(&self.linker, head))
    }

    /// An entry's text on another page.
    fn borrowed(&self, head: &Head, route: Route, words: &Rich) -> Html {
        self.words(words, Words::elsewhere(&self.linker, head, self.linker.page(route)))
    }

    fn words(&self, words: &Rich, resolve: Words<'_>) -> Html {
        let (locale, fragment) = words.get(self.page.locale);
        if fragment.is_empty() {
            return Html::default();
        }
        let words = Html::markdown(fragment, &Words { spoken: Some(locale), ..resolve });
        match self.foreign(locale) {
            None => words,
            // On a page without a translation, one note at the top says so.
            Some(tag) if !self.page.translated => html!("<div lang=\"{}\">{}</div>", tag, words),
            Some(tag) => html!(
                "<p class=\"small\">{}</p>\n<div lang=\"{}\">{}</div>",
                self.t("untranslated-part"),
                tag,
                words
            ),
        }
    }

    /// A line of Markdown.
    fn line(&self, head: &Head, words: &Rich) -> Html {
        let (locale, fragment) = words.get(self.page.locale);
        self.in_language(locale, Html::markdown(fragment, &Words::own(&self.linker, head)))
    }

    fn stamp(at: Instant, words: &str) -> Html {
        html!("<time datetime=\"{}\">{}</time>", at.iso(), words)
    }

    fn day_of(day: NaiveDate, words: &str) -> Html {
        html!("<time datetime=\"{}\">{}</time>", day.to_string(), words)
    }

    /// A time relative to now, which the script fills in. It comes last on its line and reserves its space, so
    /// that nothing moves when the script runs.
    fn ago(at: Instant) -> Html {
        html!(" <time class=\"ago\" data-ago datetime=\"{}\"></time>", at.iso())
    }

    /// The time until a promise, where it has a time of day.
    fn until(due: Stated) -> Html {
        match due.precision {
            Precision::Exact | Precision::About => Scope::ago(due.at),
            _ => Html::default(),
        }
    }

    /// A time with its date, as it was stated: `2026年11月20日 10:15`.
    fn moment(&self, time: impl Into<Stated>) -> Html {
        let time = time.into();
        match time.precision {
            Precision::Exact => self.exact(time.at),
            Precision::About => self.say("time-about", &[("time", &self.exact(time.at))]),
            Precision::Half(day, half) => {
                html!("{} {}", Scope::day_of(day, &self.locale.date(day)), self.locale.t(half.message()))
            }
            Precision::Day(day) => Scope::day_of(day, &self.locale.date(day)),
            Precision::Unknown => Html::text(self.locale.t("time-unknown")),
            Precision::Undecided => Html::text(self.locale.t("window-undecided")),
        }
    }

    /// A time with its date and its zone.
    fn local(&self, time: impl Into<Stated>) -> Html {
        let time = time.into();
        let words = self.moment(time);
        match time.precision {
            Precision::Exact => html!("{} {}", words, self.zone().abbreviation(time.at)),
            Precision::About => {
                let zone = Html::text(&self.zone().abbreviation(time.at));
                self.say("time-about-zoned", &[("time", &self.exact(time.at)), ("zone", &zone)])
            }
            _ => words,
        }
    }

    fn exact(&self, at: Instant) -> Html {
        let (day, clock) = (self.zone().day(at), Locale::clock(at, self.zone()));
        // Most times of an entry fall on one day, and formatting a date is expensive.
        let mut last = self.last_day.borrow_mut();
        if last.as_ref().is_none_or(|(known, _)| *known != day) {
            *last = Some((day, self.locale.date(day)));
        }
        let date = last.as_ref().map_or("", |(_, words)| words);
        Scope::stamp(at, &format!("{date} {clock}"))
    }

    /// A time of day such as `10:15`, with the date if it differs from that of `near`.
    fn near(&self, time: impl Into<Stated>, near: Instant) -> Html {
        let (time, zone) = (time.into(), self.zone());
        let clock = || {
            let clock = Locale::clock(time.at, zone);
            if zone.day(time.at) == zone.day(near) {
                return Scope::stamp(time.at, &clock);
            }
            Scope::stamp(time.at, &format!("{} {clock}", self.locale.day(zone.day(time.at))))
        };
        match time.precision {
            Precision::Exact => clock(),
            Precision::About => self.say("time-about", &[("time", &clock())]),
            Precision::Half(day, half) if day == zone.day(near) => Html::text(self.locale.t(half.message())),
            Precision::Half(day, half) => {
                html!("{} {}", Scope::day_of(day, &self.locale.day(day)), self.locale.t(half.message()))
            }
            Precision::Day(day) => Scope::day_of(day, &self.locale.day(day)),
            Precision::Unknown => Html::text(self.locale.t("time-unknown")),
            Precision::Undecided => Html::text(self.locale.t("window-undecided")),
        }
    }

    fn zoned(&self, time: &Html, at: Instant) -> Html {
        let zone = html!(" {}</time>", self.zone().abbreviation(at));
        time.replace("</time>", &zone)
    }

    /// A message whose variables are HTML.
    fn say(&self, key: &str, values: &[(&str, &Html)]) -> Html {
        // The message itself is text, so it is escaped first. Only the values contain markup.
        const OPEN: char = '\u{e000}';
        let marks: Vec<String> = (0..values.len()).map(|n| format!("{OPEN}{n}{OPEN}")).collect();
        let names: Vec<(&str, &str)> =
            values.iter().zip(&marks).map(|((name, _), mark)| (*name, mark.as_str())).collect();
        let words = Html::text(&self.locale.format(key, &names));
        values.iter().zip(&marks).fold(words, |words, ((_, value), mark)| words.replace(mark, value))
    }

    fn layout(&self, title: &str, description: &str) -> Layout {
        let (site, config) = (self.site, &self.site.now.model.config);
        let name = self.plain(&config.title);
        let full = if matches!(self.page.route, Route::Home | Route::Banner) {
            name.to_owned()
        } else {
            format!("{title} – {name}")
        };
        let found = self.page.route != Route::NotFound;
        let languages = site.translations(self.page.route);
        let canonical = if self.page.translated { self.page.locale } else { 0 };
        let mut alternates = Vec::new();
        if found && languages.len() > 1 {
            let address = |locale| site.absolute(&site.path(self.page.route, locale));
            alternates = languages.iter().map(|l| (site.locales[*l].tag.clone(), address(*l))).collect();
            alternates.push(("x-default".into(), address(0)));
        }
        let pictures = ["share.png", "share.jpg"];
        let picture = pictures.iter().find(|name| site.now.model.assets.iter().any(|a| a == *name));
        Layout {
            share: full.clone(),
            picture: picture.map(|name| site.absolute(name)),
            site_name: name.to_owned(),
            form: if self.site.head(self.page.route).is_some() { "article" } else { "website" },
            title: full,
            description: if description.is_empty() { name.to_owned() } else { shorten(description, 160) },
            canonical: found.then(|| site.absolute(&site.path(self.page.route, canonical))),
            alternates,
            languages: self.languages(),
            noindex: !found || !self.page.translated || self.page.route == Route::Banner,
            untranslated: (!self.page.translated).then(|| self.t("untranslated")),
            body: Html::default(),
            chrome: Arc::clone(&self.around),
            messages: self.locale.plain.clone(),
        }
    }

    /// A title with its state: `[復旧] 注文処理の遅延`.
    fn with_state(&self, state: &str, title: &str) -> String {
        self.locale.format("pack-banner", &[("state", state), ("title", title)])
    }

    fn chrome(&self, current: Option<Route>) -> Chrome {
        let (site, config) = (self.site, &self.site.now.model.config);
        let favicon =
            ["favicon.svg", "favicon.ico"].iter().find(|f| site.now.model.assets.iter().any(|a| a == *f));
        let zone = self.zone_name();
        let theme = &site.now.model.theme;
        let links = LinksView {
            style: self.linker.path(&theme.style.path),
            script: self.linker.path(&theme.script.path),
            feed: self.linker.path(&format!("{}feed.xml", site.folder_of(Route::Home, self.page.locale))),
            feed_title: self.plain(&config.title).to_owned(),
            status: self.linker.path("api/now.json"),
            favicon: favicon.map(|f| self.linker.path(f)),
        };
        let footer = FooterView {
            publisher: config.publisher.iter().chain(&config.registration).map(|t| self.text(t)).collect(),
            zone_note: self.locale.format("zone-note", &[("zone", &zone)]),
            zone_button: self.say("zone-button", &[("zone", &html!("<span></span>"))]),
            nav: Html::of(&NavView { label: self.t("footer-label"), class: "links", links: self.footer() }),
            slot: self.slot(Slot::Footer),
        };
        Chrome {
            lang: self.locale.tag.clone(),
            dir: self.locale.direction,
            files: self.linker.path(&site.folder_of(Route::Home, self.page.locale)),
            zone: self.zone().name(),
            has_fonts: theme.has_fonts,
            scheme: theme.scheme(),
            head: self.slot(Slot::Head),
            top: self.slot(Slot::Top),
            links: Html::of(&links),
            home: self.linker.page(Route::Home),
            logo: config.logo.as_ref().map(|l| self.linker.path(l)),
            brand: self.text(&config.title),
            nav: Html::of(&NavView { label: self.t("nav-label"), class: "", links: self.nav(current) }),
            footer: Html::of(&footer),
        }
    }

    fn slot(&self, slot: Slot) -> Html {
        const ROOT: &str = "\u{e001}";
        let (model, root) = (self.site.now.model, self.linker.path(""));
        if model.config.addresses.now == Form::Folders {
            return Html::checked(model.theme.slot(slot, &self.locale.tag, &root));
        }
        // A slot links to pages by their folders, whatever the form of addresses.
        let html = model.theme.slot(slot, &self.locale.tag, ROOT);
        let mut parts = html.split(ROOT);
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (path, rest) = part.split_at(part.find(['"', '\'', '<', '>', ' ']).unwrap_or(part.len()));
            let address = self.linker.written(&format!("/{path}"));
            out.push_str(&address.unwrap_or_else(|| format!("{root}{path}")));
            out.push_str(rest);
        }
        Html::checked(out)
    }

    /// The zone's abbreviation at the site's instant, such as `JST`, or both names if clocks change during the
    /// year.
    fn zone_name(&self) -> String {
        let zone = self.zone();
        let year = chrono::Datelike::year(&self.site.now.today);
        let at = |month| {
            let day = chrono::NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(self.site.now.today);
            zone.abbreviation(zone.day_from(day))
        };
        let (winter, summer) = (at(1), at(7));
        if winter == summer { winter } else { format!("{winter}/{summer}") }
    }

    fn nav(&self, current: Option<Route>) -> Vec<Anchor> {
        let site = self.site;
        // The header must not depend on time: otherwise an update would rewrite ten thousand pages.
        let links =
            [("nav-history", Route::History), ("nav-faq", Route::Faq), ("nav-subscribe", Route::Subscribe)];
        let mut nav: Vec<Anchor> =
            links.into_iter().map(|(key, route)| self.anchor(self.t(key), route, current, None)).collect();
        let pages = site.now.pages.iter().enumerate();
        let shown = |at| site.is_withdrawn(Route::Page(at)).is_none();
        for (at, page) in pages.filter(|(at, p)| p.nav && shown(*at)) {
            let (locale, label) = page.head.title.get(self.page.locale);
            nav.push(self.anchor(label.clone(), Route::Page(at), current, self.foreign(locale)));
        }
        nav.extend(site.now.model.config.nav.iter().filter_map(|l| self.outside(l)));
        nav
    }

    fn anchor(&self, label: String, route: Route, current: Option<Route>, lang: Option<String>) -> Anchor {
        Anchor { label, href: self.linker.page(route), current: current == Some(route), lang }
    }

    /// A link from site.yaml; `None` if its target is not visible yet.
    fn outside(&self, link: &crate::model::Link) -> Option<Anchor> {
        let (locale, label) = link.label.get(self.page.locale);
        let href = self.linker.written(&link.url)?;
        Some(Anchor { label: label.clone(), href, current: false, lang: self.foreign(locale) })
    }

    fn languages(&self) -> Vec<Anchor> {
        let others = self.site.locales.iter().filter(|l| l.index != self.page.locale);
        let route = if self.page.route == Route::NotFound { Route::Home } else { self.page.route };
        others
            .map(|locale| Anchor {
                label: locale.t("language-name").to_owned(),
                href: self.linker.page_in(route, locale.index),
                current: false,
                lang: Some(locale.tag.clone()),
            })
            .collect()
    }

    fn footer(&self) -> Vec<Anchor> {
        let config = &self.site.now.model.config;
        let feed =
            self.linker.path(&format!("{}feed.xml", self.site.folder_of(Route::Home, self.page.locale)));
        let mut links = vec![Anchor { label: self.t("footer-rss"), href: feed, current: false, lang: None }];
        if config.has_public_report {
            links.push(self.anchor(self.t("report-public"), Route::Reports, None, None));
        }
        links.extend(config.footer.iter().chain(&config.contact).filter_map(|l| self.outside(l)));
        links
    }

    fn status_name(&self, status: ComponentStatus) -> String {
        self.t(status.message())
    }

    fn update_name(&self, status: Status) -> String {
        self.t(ItemStatus::from(status).message())
    }

    /// Names joined as `a、b、c`, each with a `lang` attribute if it is in another language.
    fn names(&self, names: &[Text]) -> Html {
        Html::join(names.iter().map(|name| self.text(name)), self.locale.t("list-separator"))
    }

    /// The title of an entry for lists, and its language if it differs from the page's.
    fn title(&self, route: Route) -> (String, Option<String>) {
        let Some((locale, title)) = self.site.short_title(route, self.page.locale) else {
            return (String::new(), None);
        };
        (title, self.foreign(locale))
    }

    fn window_words(&self, window: Window) -> String {
        self.locale.window(window, self.zone())
    }

    /// The windows of a maintenance in words, without those that do not take place.
    fn windows_words(&self, now: &MaintenanceNow<'_>) -> String {
        let words: Vec<String> = now.plans().into_iter().map(|plan| self.window_words(plan)).collect();
        words.join(WINDOW_SEPARATOR)
    }

    /// A window in words, with both instants as attributes for the script.
    fn window(&self, window: Window) -> Html {
        Scope::span_of(window, &self.window_words(window))
    }

    fn span_of(window: Window, words: &str) -> Html {
        // The script shows the times of day in the reader's zone, and whole days have none.
        if !window.has_clocks() {
            return Html::text(words);
        }
        let end = window.end.map(Instant::iso).unwrap_or_default();
        html!("<span data-window=\"{}/{}\">{}</span>", window.start.iso(), end, words)
    }
}

/// The attributes of an element that the browser's clock shows from one instant to another. With `hidden`, it
/// is not shown at first.
fn shown(at: Option<Instant>, until: Option<Instant>, hidden: bool) -> Html {
    let mut out = Html::default();
    for (name, at) in [("at", at), ("until", until)] {
        if let Some(at) = at {
            out.push(&html!(" data-{}=\"{}\"", name, at.iso()));
        }
    }
    if hidden {
        out.push(&" hidden");
    }
    out
}

/// The CSS class of a status. Its icon has the same name.
fn class(status: ComponentStatus) -> &'static str {
    icons::name(status)
}

fn severity_class(severity: Severity) -> &'static str {
    class(crate::timeline::implied(severity))
}
