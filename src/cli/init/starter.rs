//! The files of a new site: a preset in the languages of the site.
//!
//! An example in the main language holds the facts; the others become its translations.

use super::choices::Choices;
use super::preset::{Example, Preset, TITLE, TRANSLATED, words};
use super::trading;
use crate::cli::editor::TEMPLATES;
use crate::cli::{schema, site};
use crate::edit::templates;
use crate::edit::yaml_scalar::scalar;

/// The file that makes a folder a site.
pub(super) const SITE: &str = "content/site.yaml";
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
    files.extend(own_templates(choices.preset, &choices.locales));
    for (name, text) in &mut files {
        *text = schema::with_schema_line(name, text);
    }
    files
}

/// Whether there are examples in every language of the site.
pub(super) fn is_translated(locales: &[&str]) -> bool {
    locales.iter().all(|locale| TRANSLATED.contains(locale))
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
fn own_templates(preset: Preset, locales: &[&str]) -> Vec<(String, String)> {
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
        let text = if preset == Preset::Exchange { trading::template(text) } else { text.to_owned() };
        Some((format!("{TEMPLATES}/{name}.md"), text))
    };
    templates::BUILT_IN.into_iter().filter_map(file).collect()
}

#[cfg(test)]
mod tests;
