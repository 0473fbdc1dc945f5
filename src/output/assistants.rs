//! Markdown for assistants: the home page and the entries that are open, as `index.md` beside their pages, and
//! `llms.txt`, which names them.
//!
//! They are made from the words that pages and feeds publish, never from source files, so they cannot hold anything that
//! those do not. For the state at another time they lead to `/api/now.json`.

use std::fmt::Write as _;

use super::Planned;
use crate::address::MARKDOWN;
use crate::model::{Head, Rich, Text};
use crate::publish::Rank;
use crate::site::changes::{self, WINDOW_SEPARATOR, state_key};
use crate::site::feed_items;
use crate::site::{Linker, Route, Site, Words};
use crate::vocabulary::Section;

pub(super) fn plan<'a>(site: &'a Site<'a>) -> Vec<Planned<'a>> {
    let mut files = vec![Planned::new("llms.txt", Rank::List, move || llms(site))];
    for locale in 0..site.locales.len() {
        files.push(Planned::new(path(site, Route::Home, locale), Rank::List, move || home(site, locale)));
        for route in open(site).into_iter().filter(|route| is_in(site, *route, locale)) {
            files.push(Planned::new(path(site, route, locale), Rank::Leaf, move || {
                entry(site, route, locale)
            }));
        }
    }
    files
}

/// The entries that are open: active incidents, maintenance that is not over, current notices.
fn open(site: &Site<'_>) -> Vec<Route> {
    let now = &site.now;
    let incidents = (0..now.incidents.len()).filter(|at| now.incidents[*at].is_active()).map(Route::Incident);
    let works = (0..now.maintenance.len()).rev();
    let works = works.filter(|at| now.maintenance[*at].is_running() || now.maintenance[*at].is_ahead());
    let notices = (0..now.notices.len()).filter(|at| now.notices[*at].current && !now.notices[*at].withdrawn);
    incidents.chain(works.map(Route::Maintenance)).chain(notices.map(Route::Notice)).collect()
}

fn is_in(site: &Site<'_>, route: Route, locale: usize) -> bool {
    site.translations(route).contains(&locale)
}

/// The path of the Markdown of a page, beside its other files.
fn path(site: &Site<'_>, route: Route, locale: usize) -> String {
    format!("{}{MARKDOWN}", site.folder_of(route, locale))
}

/// Where the Markdown of an entry is, in this language or in the first.
fn address(site: &Site<'_>, route: Route, locale: usize) -> String {
    let locale = if is_in(site, route, locale) { locale } else { 0 };
    site.absolute(&path(site, route, locale))
}

fn home(site: &Site<'_>, locale: usize) -> String {
    let (now, language) = (&site.now, &site.locales[locale]);
    let mut out = Sheet::titled(now.model.config.title.get(locale).1);
    out.paragraph(&format!("**{}**", escaped(language.t(state_key(now.status)))));
    // Times of the clock alone would look more exact than a plan is, so the windows below say what comes.
    out.paragraph(&format!("[{}]({})", escaped(language.t("api-now")), site.absolute("api/now.json")));
    let routes = open(site);
    let of = |wanted: fn(&Route) -> bool| routes.iter().copied().filter(wanted).collect::<Vec<_>>();
    let incidents = of(|route| matches!(route, Route::Incident(_)));
    let works = of(|route| matches!(route, Route::Maintenance(_)));
    let notices = of(|route| matches!(route, Route::Notice(_)));
    if incidents.is_empty() && works.is_empty() {
        out.paragraph(language.t("home-quiet"));
    }
    for (key, routes) in
        [("home-incidents", incidents), ("home-maintenance", works), ("home-notices", notices)]
    {
        if !routes.is_empty() {
            out.heading(2, language.t(key));
            out.list(routes.into_iter().map(|route| line(site, route, locale)));
        }
    }
    out.heading(2, language.t("home-components"));
    let components = &now.model.config.components.all;
    let shown = (0..components.len()).filter(|at| site.is_there(*at));
    out.list(shown.map(|at| {
        let name = components[at].name.get(locale).1;
        let does = language.t(now.components[at].message());
        escaped(&format!("{name}{}{does}", language.t("colon")))
    }));
    out.text
}

/// An entry on one line: its title as a link, what it is, and when it takes place.
fn line(site: &Site<'_>, route: Route, locale: usize) -> String {
    let language = &site.locales[locale];
    let title = site.title(route, locale).map(|(_, title)| title).unwrap_or_default();
    let mut facts = Vec::new();
    match route {
        Route::Incident(at) => {
            let now = &site.now.incidents[at];
            facts.push(site.severity_name(now.severity, locale));
            facts.push(language.t(&format!("update-{}", now.state.word())).to_owned());
        }
        Route::Maintenance(at) => {
            let now = &site.now.maintenance[at];
            facts.push(site.kind_name(now.maintenance.kind, locale));
            facts.push(windows(site, at, locale));
        }
        _ => {}
    }
    let link = format!("[{}]({})", escaped(&title), address(site, route, locale));
    let facts = escaped(&facts.join(language.t("list-separator")));
    if facts.is_empty() { link } else { format!("{link} ({facts})") }
}

fn windows(site: &Site<'_>, at: usize, locale: usize) -> String {
    let (now, language) = (&site.now.maintenance[at], &site.locales[locale]);
    if now.awaits_new_time {
        return language.t("pack-window-open").to_owned();
    }
    let words: Vec<String> =
        now.plans().into_iter().map(|plan| language.window(plan, site.now.zone())).collect();
    words.join(WINDOW_SEPARATOR)
}

fn entry(site: &Site<'_>, route: Route, locale: usize) -> String {
    let language = &site.locales[locale];
    let linker = Linker::absolute(site, locale);
    let title = site.title(route, locale).map(|(_, title)| title).unwrap_or_default();
    let mut out = Sheet::titled(&title);
    let Some(head) = site.head(route) else { return out.text };
    let mut facts: Vec<(&str, String)> = Vec::new();
    let (now, config) = (&site.now, &site.now.model.config);
    let names = |names: &[Text]| -> String {
        let all: Vec<&str> = names.iter().map(|name| name.get(locale).1.as_str()).collect();
        all.join(language.t("list-separator"))
    };
    let plain = |words: Option<&Rich>| words.map(|words| words.get(locale).1.plain()).unwrap_or_default();
    let (summary, sections) = match route {
        Route::Incident(at) => {
            let now = &now.incidents[at];
            facts.push(("fact-state", language.t(&format!("update-{}", now.state.word())).to_owned()));
            facts.push(("fact-severity", site.severity_name(now.severity, locale)));
            facts.push(("fact-started", changes::moment(site, locale, now.started)));
            facts.push(("fact-scope", plain(now.scope())));
            facts.push(("fact-affects", names(&now.touched.names)));
            facts.push(("fact-mode", changes::modes(site, locale, &now.modes).unwrap_or_default()));
            let entry = now.incident;
            (&entry.summary, [&entry.workaround, &entry.actions, &entry.compensation])
        }
        Route::Maintenance(at) => {
            let work = &now.maintenance[at];
            facts.push(("fact-window", windows(site, at, locale)));
            facts.push(("fact-scope", plain(work.scope())));
            facts.push(("fact-affects", names(&work.touched.names)));
            let entry = work.maintenance;
            (&entry.summary, [&entry.workaround, &entry.actions, &entry.compensation])
        }
        Route::Notice(at) => {
            let notice = now.notices[at].notice;
            facts.push(("fact-affects", names(&notice.affects.names)));
            (&notice.summary, [&None, &notice.actions, &None])
        }
        _ => return out.text,
    };
    facts.retain(|(_, value)| !value.is_empty());
    out.list(facts.iter().map(|(key, value)| {
        format!("{}{}{}", escaped(language.t(key)), language.t("colon"), escaped(value))
    }));
    out.words(&linker, head, summary, locale);
    for item in feed_items::of(site, route) {
        let label = language.numbered(item.report, language.t(item.label.message()));
        let time = changes::moment(site, locale, item.stated());
        out.heading(2, &format!("{label} {time}"));
        out.html(&site.item_text(&item, locale, &linker).html);
    }
    let names = [Section::Workaround, Section::Actions, Section::Compensation];
    for (section, words) in names.into_iter().zip(sections) {
        if let Some(words) = words {
            out.heading(2, language.t(section.message()));
            out.words(&linker, head, words, locale);
        }
    }
    let page = site.absolute(&site.path(route, locale));
    out.paragraph(&format!("[{}]({page})", escaped(config.title.get(locale).1)));
    out.text
}

/// The list that assistants look for (llmstxt.org): what the site is, and where its Markdown and data are.
fn llms(site: &Site<'_>) -> String {
    let config = &site.now.model.config;
    let mut out = Sheet::titled(config.title.get(0).1);
    if let Some(description) = &config.description {
        out.paragraph(&format!("> {}", escaped(description.get(0).1)));
    }
    let link = |label: &str, path: &str| format!("[{}]({})", escaped(label), site.absolute(path));
    out.heading(2, "Markdown");
    let homes = site
        .locales
        .iter()
        .map(|language| link(language.t("language-name"), &path(site, Route::Home, language.index)));
    out.list(homes);
    let routes = open(site);
    if !routes.is_empty() {
        out.heading(2, site.locales[0].t("home-notices"));
        out.list(routes.into_iter().map(|route| line(site, route, 0)));
    }
    out.heading(2, "JSON");
    let files = ["api/now.json", "api/schedule.json", "api/v2/summary.json", "feed.json"];
    out.list(files.map(|file| link(file, file)).into_iter());
    out.text
}

/// A document in Markdown. Its blocks have a blank line between them.
struct Sheet {
    text: String,
}

impl Sheet {
    fn titled(title: &str) -> Sheet {
        Sheet { text: format!("# {}\n", escaped(title)) }
    }

    fn heading(&mut self, level: usize, words: &str) {
        let _ = write!(self.text, "\n{} {}\n", "#".repeat(level), escaped(words));
    }

    /// A paragraph that is Markdown already.
    fn paragraph(&mut self, words: &str) {
        let _ = write!(self.text, "\n{words}\n");
    }

    /// A list of lines that are Markdown already.
    fn list(&mut self, lines: impl Iterator<Item = String>) {
        for (number, line) in lines.enumerate() {
            let _ = writeln!(self.text, "{}- {line}", if number == 0 { "\n" } else { "" });
        }
    }

    fn words(&mut self, linker: &Linker<'_>, head: &Head, words: &Rich, locale: usize) {
        self.html(&words.get(locale).1.html(&Words::own(linker, head)));
    }

    /// Published HTML as Markdown. Its headings become those below an update.
    fn html(&mut self, html: &str) {
        let text = htmd::convert(html).unwrap_or_default();
        if !text.trim().is_empty() {
            self.paragraph(text.trim());
        }
    }
}

/// Plain text that Markdown would not read as signs, on one line.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' => out.extend(['\\', c]),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::markdown;
    use crate::timeline::Snapshot;
    use crate::timeline::fixture::{SITE, at, site};

    proptest! {
        #[test]
        fn any_text_is_read_back_as_it_is(text in "[ -~日本é]{1,60}") {
            let text = text.trim();
            let read = markdown::inline(&escaped(text)).fragment.plain();
            prop_assert_eq!(read.split_whitespace().collect::<Vec<_>>(), text.split_whitespace().collect::<Vec<_>>());
        }
    }

    fn files(files: &[(&str, &str)], now: &str) -> Vec<(String, String)> {
        let model = site(SITE, files);
        let site = Site::new(Snapshot::at(&model, at(now))).expect("built-in locales");
        plan(&site)
            .iter()
            .map(|file| (file.path.clone(), String::from_utf8(file.render()).expect("UTF-8")))
            .collect()
    }

    const INCIDENT: &str = "---\ntitle: Slow [api]\nseverity: moderate\naffects: [api]\nstarted: 2026-11-20 10:15\ninternal: {note: secret-note}\n---\nIt is *slow*.\n\n## investigating 2026-11-20 10:20\n\nWe look at [the graph](https://graph.example/).\n\n## resolved 2026-11-20 12:00\n\nDone.\n\n## Actions\n\n1. Wait.\n2. Ask.\n";

    #[test]
    fn open_entries_have_their_published_words_and_closed_ones_no_file() {
        let open = files(&[("incidents/a.md", INCIDENT)], "20 11:00");
        let names: Vec<&str> = open.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(names, ["llms.txt", "index.md", "incidents/a/index.md", "en/index.md"]);
        let text = &open[2].1;
        for wanted in [
            "# Slow \\[api\\]\n",
            "It is *slow*.",
            "[the graph](https://graph.example/)",
            "Wait.",
            "https://status.example.com/incidents/a/",
        ] {
            assert!(text.contains(wanted), "{wanted} is not in {text}");
        }
        assert!(!text.contains("secret-note") && !text.contains("Done."), "{text}");
        assert!(
            open[1].1.contains("[Slow \\[api\\]](https://status.example.com/incidents/a/index.md)"),
            "{}",
            open[1].1
        );
        assert_eq!(files(&[("incidents/a.md", INCIDENT)], "20 12:00").len(), 3);
    }

    #[test]
    fn the_home_page_says_what_is_planned_and_where_the_state_of_another_time_is() {
        let work = "---\ntitle: Work\nkind: regular\naffects: [web]\nauto: both\npublish_at: 2026-11-18 12:00\nwindow: {start: 2026-11-22 02:00, end: 2026-11-22 05:00}\n---\nx\n";
        let home = &files(&[("maintenance/m.md", work)], "19 12:00")[1].1;
        assert!(home.contains("2026年11月22日(日) 02:00–05:00 JST"), "{home}");
        assert!(home.contains("(https://status.example.com/api/now.json)"), "{home}");
    }
}
