//! Builds a site in memory and checks everything that it produces.

use std::collections::HashMap;

use noroshi::internals::diagnostic::{self, Severity};
use noroshi::internals::leak_scan::Search;
use noroshi::internals::load::{self, Bytes, Loaded, SiteSource};
use noroshi::internals::message::Language;
use noroshi::internals::model::{Instant, Model};
use noroshi::internals::pack::{self, CHANNELS};
use noroshi::internals::render;
use noroshi::internals::report::{self, Period, Report};
use noroshi::internals::site::{Route, Site};
use noroshi::internals::source::{self, PathKind};
use noroshi::internals::text;
use noroshi::internals::timeline::{self, Snapshot};

use super::parts::Part;

/// A site.yaml that fits the entries of the demo and of the fixtures.
pub const CONFIG: &str = "\
title: {ja: 取引所の状況, en: Exchange status}
description: {ja: 障害と保守, en: Incidents and maintenance}
url: https://status.example.com/
timezone: Asia/Tokyo
locales: [ja, en]
components:
  - {id: assets, name: Assets, rows: [{id: btc, name: BTC}, {id: eth, name: ETH}, {id: xrp, name: XRP}, \
     {id: jpy, name: JPY}], columns: [{id: trade, name: 売買}, {id: deposit, name: 入金}, {id: withdraw, name: 出金}]}
  - {id: clients, name: Clients, components: [{id: web, name: Web}, {id: app, name: App}, {id: charts, name: Charts}]}
  - {id: account, name: Account, components: [{id: login, name: Login}, {id: identity, name: Identity}]}
  - {id: api, name: API, since: 2026-01-05}
  - {id: support, name: {ja: 窓口, en: Support}, only_when_affected: true}
kinds: [{id: bank, name: Bank}]
fields:
  - {id: funds, name: 資産, on: [incident], first_screen: true, values: [{id: none, name: なし}, {id: affected, name: あり}]}
  - {id: cause, name: 原因, on: [incident]}
faq: {categories: [{id: general, name: General}, {id: assets, name: Assets}, {id: trading, name: Trading}, \
  {id: transfers, name: Transfers}, {id: status, name: Status}]}
policy: {notice_before: {regular: 3d}, forbid: [社外秘]}
";

/// An entry of every kind.
pub const ENTRIES: [(&str, &str); 5] = [
    (
        "content/incidents/down.md",
        "---\ntitle: API が使えません\nseverity: critical\naffects: [api]\nstarted: 2026-11-20 10:15\n\
         internal: {reporter: zorblax}\n---\n調べています。\n\n## 調査中 2026-11-20 10:20\n次回更新: 11:00\n\n続報です。\n\n\
         ## FAQ\n### 資産は？\n安全です。\n",
    ),
    (
        "content/maintenance/weekly.md",
        "---\ntitle: Weekly\nkind: regular\naffects: [api]\nwindow: {start: 2026-11-03 02:00, end: 2026-11-03 05:00}\n\
         recurrence: {rule: 毎週火曜, except: [2026-11-24]}\n---\nWork.\n",
    ),
    ("content/notices/news.md", "---\ntitle: News\npublish_at: 2026-11-19 09:00\n---\nWords.\n"),
    ("content/faq/how.md", "---\ntitle: How?\ncategory: general\nsurface: [incident]\n---\nSo.\n"),
    ("content/pages/about.md", "---\ntitle: About\nnav: true\n---\n[News](../notices/news.md)\n"),
];

/// 2026-11-20 12:00 in Tokyo, and a day on which most entries are over.
const INSTANTS: [Instant; 2] = [Instant(1_795_143_600), Instant(1_830_000_000)];

/// The maximum number of entries of a site that is rendered completely: a daily series of many
/// years would only be slow.
const MOST_PAGES: usize = 60;

/// Reads a site, shows its diagnostics, and renders it if there are no errors. Returns the number
/// of files.
pub fn look(files: &[Part]) -> usize {
    look_at(files, &INSTANTS)
}

/// Like [`look`], at the first instant only.
pub fn look_once(files: &[Part]) -> usize {
    look_at(files, &INSTANTS[..1])
}

fn look_at(files: &[Part], instants: &[Instant]) -> usize {
    let loaded = read(files);
    shown(&loaded);
    let model = loaded.model.filter(|_| !loaded.diagnostics.has_errors());
    model.map_or(0, |model| instants.iter().map(|as_of| rendered(&model, *as_of)).sum())
}

fn read(files: &[Part]) -> Loaded {
    let mut names: Vec<&str> = files.iter().map(|part| part.name.as_str()).collect();
    names.sort_unstable();
    let texts: HashMap<&str, Bytes> =
        files.iter().map(|part| (part.name.as_str(), part.bytes.as_slice().into())).collect();
    let listing = source::list_named(names.iter().map(|name| (*name, PathKind::File)), &[]);
    let bytes = |names: &[&str]| names.iter().map(|name| texts.get(name).cloned()).collect();
    load::elsewhere(listing, &SiteSource { names: &names, files: &texts, bytes: &bytes, is_partial: false })
}

/// Shows every diagnostic in every format.
fn shown(loaded: &Loaded) {
    let found = loaded.diagnostics.sorted();
    for one in &found {
        let _ = diagnostic::human(one, &loaded.texts, false, Language::ENGLISH);
        let line = diagnostic::json(one, &loaded.texts, Language::ENGLISH);
        assert!(serde_json::from_str::<serde_json::Value>(&line).is_ok(), "{line}");
        let _ = diagnostic::github(one, &loaded.texts, "", Language::ENGLISH);
        assert!(!one.message.is_empty(), "{one:?}");
        let is_helped =
            one.severity != Severity::Error || one.help.as_ref().is_some_and(|help| !help.is_empty());
        assert!(is_helped, "{one:?}");
    }
    let _ = diagnostic::sarif(&found, &loaded.texts, "", Language::ENGLISH);
}

/// Renders everything that a site shows at an instant. Returns the number of files.
fn rendered(model: &Model, as_of: Instant) -> usize {
    let (before, next) = timeline::changes(model, as_of);
    assert!(before <= as_of && next.is_none_or(|next| next > as_of), "{before:?} {as_of:?} {next:?}");
    let _ = timeline::upcoming(model, as_of);
    let site = Site::new(Snapshot::at(model, as_of)).unwrap_or_else(|error| panic!("{error}"));
    if routes(&site).count() > MOST_PAGES {
        return 0;
    }
    let search = Search::new(&site).unwrap_or_else(|error| panic!("{error:?}"));
    let done = render::each(&site, &[], |file| {
        holds(&file.path, &file.bytes);
        let _ = search.inspect(&file.path, &file.bytes);
        Ok::<_, Never>(())
    });
    let files = done.unwrap_or_else(|error| panic!("{error:?}")).len();
    let locales: Vec<usize> = (0..model.config.locales.len()).collect();
    for route in routes(&site) {
        for locale in &locales {
            for channel in CHANNELS {
                let _ = channel.write(&site, route, *locale);
            }
        }
        let _ = pack::check::check(&site, route, &CHANNELS, &locales);
    }
    if let Ok(period) = Period::read("2026-01-01", "2026-12-31", model.config.zone, as_of) {
        let record = Report::of(&site, period, as_of, 0);
        let _ = report::json(&record);
        let _ = report::csv(&record);
    }
    files
}

/// Every visible entry.
fn routes(site: &Site<'_>) -> impl Iterator<Item = Route> {
    let now = &site.now;
    (0..now.incidents.len())
        .map(Route::Incident)
        .chain((0..now.maintenance.len()).map(Route::Maintenance))
        .chain((0..now.series.len()).map(Route::Series))
        .chain((0..now.notices.len()).map(Route::Notice))
}

/// The error type of a step that never fails.
#[derive(Debug)]
enum Never {}

/// Checks that hold for every file, whatever the input.
fn holds(path: &str, bytes: &[u8]) {
    // Fonts, images and scripts of a theme are published unchanged.
    if path.starts_with("assets/") {
        return;
    }
    let Ok(written) = str::from_utf8(bytes) else { panic!("{path} is not UTF-8") };
    if path.ends_with(".json") {
        assert!(serde_json::from_str::<serde_json::Value>(written).is_ok(), "{path}: {written}");
    }
    let is_markup = [".html", ".xml", ".atom", ".rss", ".svg"].iter().any(|end| path.ends_with(end));
    assert!(!is_markup || written.chars().all(text::is_xml_char), "{path} has a control character");
    assert!(!written.contains("zorblax"), "{path} tells what is internal");
    if path.ends_with(".ics") {
        assert!(written.split("\r\n").all(|line| line.len() <= 75), "{path} has a long line");
    }
}

/// The errors of a site without rendering it: code and help of each.
pub fn errors(files: &[Part]) -> Vec<(String, String)> {
    let loaded = read(files);
    shown(&loaded);
    let errors = loaded.diagnostics.sorted().into_iter().filter(|one| one.severity == Severity::Error);
    errors
        .map(|one| {
            (
                one.code.to_owned(),
                one.help.as_ref().map_or_else(String::new, |help| help.english().to_owned()),
            )
        })
        .collect()
}
