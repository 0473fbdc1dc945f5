//! The presets: components and examples of one trade, in each language.
//!
//! `site.yaml` of a preset holds its words as `{ja: …, en: …}`, and each example is one file per
//! language.

use crate::edit::yaml_scalar::scalar;

/// The languages of the examples and the templates.
pub(super) const TRANSLATED: [&str; 2] = ["en", "ja"];
/// The title of a site that the user gives none.
pub(super) const TITLE: &str = "{ja: サンプル 稼働状況, en: Example Status}";

/// The components and examples of one trade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Preset {
    /// A shop: website, API, orders
    Plain,
    /// A crypto-asset exchange: a table of assets and functions, apps, API
    Exchange,
    /// Software as a service: web app, API, webhooks, background jobs
    Saas,
}

/// An example entry: its path below `content/`, and its text in each language of [`TRANSLATED`].
pub(super) type Example = (&'static str, [&'static str; 2]);

macro_rules! examples {
    ($($folder:literal: $path:literal),* $(,)?) => {
        &[$((
            $path,
            [
                include_str!(concat!("../starter/", $folder, "/en/", $path)),
                include_str!(concat!("../starter/", $folder, "/ja/", $path)),
            ],
        )),*]
    };
}

impl Preset {
    /// The text of site.yaml, and the example entries.
    pub(super) fn parts(self) -> (&'static str, &'static [Example]) {
        match self {
            Preset::Plain => (
                include_str!("../starter/plain/site.yaml"),
                examples![
                    "plain": "incidents/2026-01-15-slow-orders.md",
                    "plain": "maintenance/2026-02-03-database.md",
                    "shared": "notices/new-status-page.md",
                    "shared": "faq/how-to-follow.md",
                    "shared": "pages/severity.md",
                ],
            ),
            Preset::Exchange => (
                include_str!("../starter/exchange/site.yaml"),
                examples![
                    "exchange": "incidents/2026-01-15-btc-withdrawal-delay.md",
                    "exchange": "maintenance/2026-02-03-matching-engine.md",
                    "shared": "notices/new-status-page.md",
                    "exchange": "faq/assets-safe.md",
                    "shared": "faq/how-to-follow.md",
                    "exchange": "pages/severity.md",
                ],
            ),
            Preset::Saas => (
                include_str!("../starter/saas/site.yaml"),
                examples![
                    "saas": "incidents/2026-01-15-webhook-delay.md",
                    "saas": "maintenance/2026-02-03-database.md",
                    "shared": "notices/new-status-page.md",
                    "shared": "faq/how-to-follow.md",
                    "shared": "pages/severity.md",
                ],
            ),
        }
    }
}

/// The title of a site that the user gives none, in the first of these languages.
pub(super) fn default_title(locales: &[&str]) -> String {
    words(TITLE, locales.get(..1).unwrap_or_default())
}

/// A line with each `{ja: …, en: …}` replaced by YAML in the languages of the site. A comment has the
/// main language only, and a list gets an item for each language. Other languages get the English words,
/// for the team to translate.
pub(super) fn words(line: &str, locales: &[&str]) -> String {
    let parts = line.split_once("{ja: ").and_then(|(before, rest)| {
        let (japanese, rest) = rest.split_once(", en: ")?;
        let (english, rest) = rest.split_once('}')?;
        Some((before, japanese, english, rest))
    });
    let Some((before, japanese, english, rest)) = parts else { return line.to_owned() };
    let of = |locale: &&str| if *locale == "ja" { japanese } else { english };
    let main = locales.first().map_or(english, of);
    let is_same = locales.iter().all(|locale| of(locale) == main);
    let chosen = if before.contains("# ") {
        main.to_owned()
    } else if is_same {
        scalar(main)
    } else if before.ends_with('[') {
        [scalar(main), scalar(if main == english { japanese } else { english })].join(", ")
    } else {
        let pairs: Vec<String> =
            locales.iter().map(|locale| format!("{locale}: {}", scalar(of(locale)))).collect();
        format!("{{{}}}", pairs.join(", "))
    };
    format!("{before}{chosen}{}", words(rest, locales))
}
