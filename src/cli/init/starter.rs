//! The files of a new site: a preset in the languages of the site.
//!
//! `site.yaml` of a preset holds its words as `{ja: …, en: …}`, and each example is one file per
//! language. An example in the main language holds the facts; the others become its translations.

use super::choices::Choices;
use crate::cli::editor::TEMPLATES;
use crate::cli::{schema, site};
use crate::edit::templates;
use crate::edit::yaml_scalar::scalar;

/// The file that makes a folder a site.
pub(super) const SITE: &str = "content/site.yaml";
/// The languages of the examples and the templates.
const TRANSLATED: [&str; 2] = ["en", "ja"];
/// The title of a site that the user gives none.
const TITLE: &str = "{ja: サンプル 稼働状況, en: Example Status}";

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
type Example = (&'static str, [&'static str; 2]);

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
    fn parts(self) -> (&'static str, &'static [Example]) {
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

/// The path and the text of each file of a new site, which uses this theme. Every file names its
/// schema.
pub(super) fn files(choices: &Choices, theme: Option<&str>) -> Vec<(String, String)> {
    let (configuration, examples) = choices.preset.parts();
    let mut files = vec![
        (".gitignore".to_owned(), include_str!("../starter/gitignore").to_owned()),
        (SITE.to_owned(), site_yaml(configuration, choices, theme)),
    ];
    if is_translated(&choices.locales) {
        files.extend(examples.iter().flat_map(|example| entry(example, &choices.locales)));
    }
    files.extend(own_templates(&choices.locales));
    for (name, text) in &mut files {
        *text = schema::with_schema_line(name, text);
    }
    files
}

/// Whether there are examples in every language of the site.
pub(super) fn is_translated(locales: &[&str]) -> bool {
    locales.iter().all(|locale| TRANSLATED.contains(locale))
}

/// The title of a site that the user gives none, in the first of these languages.
pub(super) fn default_title(locales: &[&str]) -> String {
    words(TITLE, locales.get(..1).unwrap_or_default())
}

fn site_yaml(text: &str, choices: &Choices, theme: Option<&str>) -> String {
    let locales = &choices.locales;
    let mut out: String = text.split_inclusive('\n').map(|line| words(line, locales)).collect();
    out = out.replace("@TODAY@", &choices.zone.day(site::now()).to_string());
    out = out.replace("@ZONE@", choices.zone.name());
    out = out.replace("@LOCALES@", &format!("[{}]", locales.join(", ")));
    if let Some(theme) = theme {
        out = out.replacen("\nlocales:", &format!("\ntheme: {theme}\nlocales:"), 1);
    }
    let title = choices.title.as_ref().map_or_else(|| words(TITLE, locales), |title| scalar(title));
    // The title is last, because it may hold any text, even the marks above.
    out.replacen("@TITLE@", &title, 1)
}

/// A line with each `{ja: …, en: …}` replaced by YAML in the languages of the site. A comment has the
/// main language only, and a list gets an item for each language. Other languages get the English words,
/// for the team to translate.
fn words(line: &str, locales: &[&str]) -> String {
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

/// The original of an example and its translations.
fn entry(&(path, texts): &Example, locales: &[&str]) -> Vec<(String, String)> {
    let file = |(at, locale): (usize, &&str)| {
        let language = TRANSLATED.iter().position(|known| known == locale)?;
        let text = texts.get(language)?;
        Some(if at == 0 {
            (format!("content/{path}"), (*text).to_owned())
        } else {
            (format!("content/{}.{locale}.md", path.trim_end_matches(".md")), translation(text))
        })
    };
    locales.iter().enumerate().filter_map(file).collect()
}

/// An example without its facts, which only the original holds.
fn translation(text: &str) -> String {
    let Some((front, body)) = templates::split(text) else { return text.to_owned() };
    let is_words = |line: &&str| line.starts_with("title:") || line.starts_with("scope:");
    let front: String = front.split_inclusive('\n').filter(is_words).collect();
    let mut is_below_heading = false;
    let mut is_kept = |line: &&str| {
        let is_fact = is_below_heading && line.contains([':', '：']);
        is_below_heading = line.starts_with("## ") || is_fact;
        !is_fact
    };
    let body: String = body.split_inclusive('\n').filter(|line| is_kept(line)).collect();
    format!("---\n{front}---\n{body}")
}

/// The templates for new entries. Those in the main language have plain names, so that `new` and
/// `--template` find them; the others name their language.
fn own_templates(locales: &[&str]) -> Vec<(String, String)> {
    let main = locales.first().filter(|first| TRANSLATED.contains(*first)).unwrap_or(&"en");
    let file = |(name, text): templates::Template| {
        let (stem, language) = name.rsplit_once('.').unwrap_or((name, "en"));
        let name = if language == *main {
            stem.to_owned()
        } else if locales.contains(&language) {
            format!("{stem}.{language}")
        } else {
            return None;
        };
        Some((format!("{TEMPLATES}/{name}.md"), text.to_owned()))
    };
    templates::BUILT_IN.into_iter().filter_map(file).collect()
}

#[cfg(test)]
mod tests;
