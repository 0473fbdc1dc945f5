//! `/embed/`: the banner for other products, as a script and as data.
//!
//! The script contains the data of every language, so that it works at once and wherever the site's scripts are
//! allowed. Afterwards it regularly fetches the data of its own language.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Planned, icons, json};
use crate::model::Instant;
use crate::publish::Rank;
use crate::site::banner::{self, BannerItem, Tone};
use crate::site::{Route, Site, Subject};

const SCRIPT: &str = include_str!("../../themes/default/assets/banner.js");
/// The place of the data in the script.
const HOLE: &str = "/*DATA*/ null /*DATA*/";

#[derive(Serialize)]
struct Banner {
    version: u8,
    title: String,
    url: String,
    json: String,
    lang: String,
    dir: &'static str,
    effective: String,
    status: &'static str,
    words: BTreeMap<&'static str, String>,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    id: String,
    kind: &'static str,
    entry: String,
    occurrence: Option<String>,
    title: String,
    message: String,
    tone: &'static str,
    /// The affected components, and every row, column and group that contains one.
    components: Vec<String>,
    /// The period in words.
    when: Option<String>,
    start: Option<String>,
    end: Option<String>,
    updated_at: Option<String>,
    url: String,
    until: Option<String>,
    states: Vec<Phase>,
}

#[derive(Serialize)]
struct Phase {
    at: Option<String>,
    until: Option<String>,
    state: &'static str,
    label: String,
}

pub(super) fn plan<'a>(site: &'a Site<'a>) -> Vec<Planned<'a>> {
    let mut files: Vec<Planned<'a>> = (0..site.locales.len())
        .map(|locale| Planned::new(path(site, locale), Rank::List, move || json::line(&banner(site, locale))))
        .collect();
    files.push(Planned::new("embed/banner.js", Rank::List, move || script(site)));
    files
}

fn path(site: &Site<'_>, locale: usize) -> String {
    format!("{}embed/banner.json", site.folder(Subject::Site, locale))
}

#[derive(Serialize)]
struct All<'a> {
    locales: Vec<&'a str>,
    #[serde(flatten)]
    banners: BTreeMap<&'a str, Banner>,
}

fn script(site: &Site<'_>) -> String {
    let banners = site.locales.iter().map(|locale| (locale.tag.as_str(), banner(site, locale.index)));
    let all =
        All { locales: site.locales.iter().map(|l| l.tag.as_str()).collect(), banners: banners.collect() };
    SCRIPT.replacen(HOLE, json::line(&all).trim_end(), 1)
}

fn banner(site: &Site<'_>, locale: usize) -> Banner {
    let language = &site.locales[locale];
    let config = &site.now.model.config;
    let title = config.title.get(locale).1.clone();
    let words = BTreeMap::from([
        ("region", title.clone()),
        ("close", language.t("banner-close").to_owned()),
        ("more", language.format("banner-more", &[("n", "{n}")])),
    ]);
    Banner {
        version: 1,
        title,
        url: site.absolute(&site.path(Route::Home, locale)),
        json: site.absolute(&path(site, locale)),
        lang: language.tag.clone(),
        dir: language.direction,
        effective: site.now.effective.iso(),
        status: site.now.status.word(),
        words,
        items: site.banner_items().iter().map(|banner_item| item(site, banner_item, locale)).collect(),
    }
}

fn item(site: &Site<'_>, item: &BannerItem, locale: usize) -> Item {
    let language = &site.locales[locale];
    let head = site.head(item.route);
    let (title, message) = site.banner_item_words(item, locale);
    let state = |phase: &banner::Phase| Phase {
        at: phase.at.map(Instant::iso),
        until: phase.until.map(Instant::iso),
        state: phase.state,
        label: language.t(phase.label).to_owned(),
    };
    Item {
        id: item.id.clone(),
        kind: head.map_or("", |head| head.kind.word()),
        entry: head.map(|head| head.id.clone()).unwrap_or_default(),
        occurrence: site.occurrence(item.route).map(|o| o.day.to_string()),
        title,
        message,
        tone: match item.tone {
            Tone::Status(status) => icons::name(status),
            Tone::Info => "info",
        },
        components: site.banner_item_components(item).into_iter().map(str::to_owned).collect(),
        when: item.window.map(|window| language.window(window, site.now.zone())),
        start: item.start.map(Instant::iso),
        end: item.end.map(Instant::iso),
        updated_at: item.updated.map(Instant::iso),
        url: site.absolute(&site.path(item.route, locale)),
        until: item.until.map(Instant::iso),
        states: item.states.iter().map(state).collect(),
    }
}
