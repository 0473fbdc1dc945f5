//! The page with every way to subscribe, with addresses to copy.

use askama::Template;

use super::markup::{Html, html};
use super::{Anchor, Layout, Scope};
use crate::address::METRICS;
use crate::locale::Locale;
use crate::model::announce::{Mode, Platform};
use crate::site::{Route, Subject};

#[derive(Template)]
#[template(path = "subscribe.html")]
pub(super) struct Subscribe {
    l: Layout,
    title: String,
    intro: String,
    channels: Vec<Channel>,
    components: Vec<Component>,
    official: Vec<Anchor>,
}

/// One way to subscribe.
struct Channel {
    id: &'static str,
    label: String,
    text: String,
    rows: Vec<Row>,
    more: Option<(String, String)>,
}

/// A subject of a channel, with its addresses.
struct Row {
    label: Option<Html>,
    addresses: Vec<Address>,
}

struct Address {
    label: String,
    href: String,
    /// The absolute address, to be copied.
    whole: String,
}

struct Component {
    id: String,
    name: String,
    lang: Option<String>,
    addresses: Vec<Address>,
}

pub(super) fn subscribe(scope: &Scope<'_>) -> Subscribe {
    let site = scope.site;
    let title = scope.t("subscribe-title");
    let intro = scope.t("subscribe-intro");
    let config = &site.now.model.config;
    let shown = (0..site.now.components.len()).filter(|at| site.is_there(*at));
    Subscribe {
        l: scope.layout(&title, &intro),
        title,
        intro,
        channels: mail(scope)
            .into_iter()
            .chain(social(scope))
            .chain([feeds(scope), calendar(scope), programs(scope), elsewhere(scope)])
            .collect(),
        components: shown.map(|at| component(scope, at)).collect(),
        official: config.official.iter().filter_map(|l| scope.outside(l)).collect(),
    }
}

/// The name of a language in that language.
fn own_name(locale: &Locale) -> Html {
    html!("<bdi lang=\"{}\" dir=\"{}\">{}</bdi>", locale.tag, locale.direction, locale.t("language-name"))
}

fn address(scope: &Scope<'_>, label: &str, path: &str) -> Address {
    Address { label: label.to_owned(), href: scope.linker.path(path), whole: scope.site.absolute(path) }
}

/// The same feed in each format.
fn formats(scope: &Scope<'_>, folder: &str) -> Vec<Address> {
    let formats = [("RSS", "feed.xml"), ("Atom", "feed.atom"), ("JSON Feed", "feed.json")];
    formats.iter().map(|(label, file)| address(scope, label, &format!("{folder}{file}"))).collect()
}

fn feeds(scope: &Scope<'_>) -> Channel {
    let (site, here) = (scope.site, scope.page.locale);
    let row = |key, subject| Row {
        label: Some(Html::text(scope.locale.t(key))),
        addresses: formats(scope, &site.folder(subject, here)),
    };
    let mut rows = vec![
        row("subscribe-all", Subject::Site),
        row("subscribe-incidents", Subject::Incidents),
        row("subscribe-maintenance", Subject::Maintenance),
    ];
    rows.extend(site.locales.iter().filter(|locale| locale.index != here).map(|locale| Row {
        label: Some(scope.say("subscribe-language", &[("language", &own_name(locale))])),
        addresses: formats(scope, &site.folder(Subject::Site, locale.index)),
    }));
    Channel {
        id: "rss",
        label: scope.t("subscribe-rss"),
        text: scope.t("subscribe-rss-text"),
        rows,
        more: None,
    }
}

/// The lists that people can join, each with its languages and components.
fn mail(scope: &Scope<'_>) -> Option<Channel> {
    let config = &scope.site.now.model.config;
    let rows: Vec<Row> = (config.announce.channels.iter())
        .filter(|channel| channel.mode != Mode::Off)
        .filter_map(|channel| match &channel.to {
            Platform::Mail(settings) => Some((&channel.filter, &settings.lists)),
            _ => None,
        })
        .flat_map(|(filter, lists)| lists.iter().map(move |list| (filter, list)))
        .filter_map(|(filter, list)| {
            let href = list.join.clone()?;
            let locales = if list.locales.is_empty() { &filter.locales } else { &list.locales };
            let components = if list.components.is_empty() { &filter.components } else { &list.components };
            let languages = locales.iter().map(|at| own_name(&scope.site.locales[*at]));
            let parts = components.iter().map(|at| {
                let (found, name) = config.components.all[*at].name.get(scope.page.locale);
                match scope.foreign(found) {
                    Some(lang) => html!("<span lang=\"{}\">{}</span>", lang, name),
                    None => Html::text(name),
                }
            });
            let label: Vec<Html> = languages.chain(parts).collect();
            let whole = href.strip_prefix("mailto:").unwrap_or(&href).to_owned();
            let join = Address { label: scope.t("subscribe-mail-join"), href, whole };
            let label = Some(label).filter(|label| !label.is_empty()).map(|label| Html::join(label, " · "));
            Some(Row { label, addresses: vec![join] })
        })
        .collect();
    (!rows.is_empty()).then(|| Channel {
        id: "mail",
        label: scope.t("subscribe-mail"),
        text: scope.t("subscribe-mail-text"),
        rows,
        more: None,
    })
}

/// Where people follow what `noroshi announce` posts.
fn social(scope: &Scope<'_>) -> Option<Channel> {
    let config = &scope.site.now.model.config;
    let addresses: Vec<Address> = (config.announce.channels.iter())
        .filter(|channel| channel.mode != Mode::Off)
        .filter_map(|channel| {
            let href = channel.page.clone()?;
            let label = channel.to.name()?.to_owned();
            Some(Address { label, whole: href.clone(), href })
        })
        .collect();
    (!addresses.is_empty()).then(|| Channel {
        id: "social",
        label: scope.t("subscribe-social"),
        text: scope.t("subscribe-social-text"),
        rows: vec![Row { label: None, addresses }],
        more: None,
    })
}

/// The `webcal:` address for calendar programs, with its own label.
fn webcal(scope: &Scope<'_>, folder: &str) -> Vec<Address> {
    let path = format!("{folder}calendar.ics");
    let whole = scope.site.absolute(&path);
    let rest = whole.split_once("://").map_or(whole.as_str(), |(_, rest)| rest);
    let href = format!("webcal://{rest}");
    vec![Address { label: scope.t("subscribe-calendar-add"), href, whole }]
}

fn calendar(scope: &Scope<'_>) -> Channel {
    let folder = scope.site.folder(Subject::Site, scope.page.locale);
    Channel {
        id: "calendar",
        label: scope.t("subscribe-calendar"),
        text: scope.t("subscribe-calendar-text"),
        rows: vec![Row { label: None, addresses: webcal(scope, &folder) }],
        more: None,
    }
}

fn programs(scope: &Scope<'_>) -> Channel {
    let folder = scope.site.folder(Subject::Site, scope.page.locale);
    let row = |key, path: &str| Row {
        label: Some(Html::text(scope.locale.t(key))),
        addresses: vec![address(scope, "JSON", path)],
    };
    Channel {
        id: "api",
        label: scope.t("subscribe-api"),
        text: scope.t("subscribe-api-text"),
        rows: vec![
            row("api-now", "api/now.json"),
            row("subscribe-api-schedule", "api/schedule.json"),
            row("subscribe-api-components", "api/components.json"),
            row("component-uptime", "api/uptime.json"),
            row("subscribe-api-summary", &format!("{folder}api/v2/summary.json")),
            row("subscribe-api-incidents", &format!("{folder}api/v2/incidents.json")),
            row("subscribe-api-maintenance", &format!("{folder}api/v2/scheduled-maintenances.json")),
            Row {
                label: Some(Html::text("Prometheus")),
                addresses: vec![address(scope, "OpenMetrics", METRICS)],
            },
        ],
        more: Some((scope.linker.page(Route::Api), scope.t("api-title"))),
    }
}

fn elsewhere(scope: &Scope<'_>) -> Channel {
    let folder = scope.site.folder(Subject::Site, scope.page.locale);
    Channel {
        id: "embed",
        label: scope.t("subscribe-embed"),
        text: scope.t("subscribe-embed-text"),
        rows: vec![Row {
            label: None,
            addresses: vec![address(scope, &scope.t("embed-badge"), &format!("{folder}badge.svg"))],
        }],
        more: Some((scope.linker.page(Route::Embed), scope.t("embed-title"))),
    }
}

fn component(scope: &Scope<'_>, at: usize) -> Component {
    let component = &scope.site.now.model.config.components.all[at];
    let folder = scope.site.folder(Subject::Component(at), scope.page.locale);
    let (found, name) = component.name.get(scope.page.locale);
    let mut addresses = formats(scope, &folder);
    addresses.extend(webcal(scope, &folder));
    addresses.push(address(scope, &scope.t("embed-badge"), &format!("{folder}badge.svg")));
    Component { id: component.id.clone(), name: name.clone(), lang: scope.foreign(found), addresses }
}
