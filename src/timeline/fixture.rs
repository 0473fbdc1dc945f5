//! Builds sites in memory for tests, through the same parser that reads files.

pub(crate) mod random;

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Severity};
use crate::document;
use crate::model::read::{self, Files};
use crate::model::{Config, Instant, Model};
use crate::source::FoundFile;
use crate::theme::Theme;

pub(crate) const SITE: &str = "\
title: {ja: 状況, en: Status}
url: https://status.example.com/
timezone: Asia/Tokyo
locales: [ja, en]
components:
  - {id: api, name: API}
  - {id: web, name: Web}
faq: {categories: [{id: general, name: General}]}
";

/// The site of [`SITE`] with these files; their names are relative to `content/`.
pub(crate) fn model(files: &[(&str, &str)]) -> Model {
    site(SITE, files)
}

/// A site with its own site.yaml. Panics if the input has an error.
pub(crate) fn site(config: &str, files: &[(&str, &str)]) -> Model {
    let (model, found) = read(config, files);
    // Random sites can put an end before a start. What is built from them must still be consistent.
    let tolerated = ["incident/end-before-start", "maintenance/end-before-start"];
    let grave = |d: &&Diagnostic| d.severity == Severity::Error && !tolerated.contains(&d.code);
    let errors: Vec<_> = found.iter().filter(grave).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    model
}

/// The codes of the diagnostics that such a site gives when each entry is checked by itself.
pub(crate) fn codes(config: &str, files: &[(&str, &str)]) -> Vec<&'static str> {
    read(config, files).1.iter().map(|found| found.code).collect()
}

fn read(config: &str, files: &[(&str, &str)]) -> (Model, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let yaml = document::parse_config(&Config::file(), &Arc::from(config), &mut found);
    let (config, faults) = read::config(&yaml, None, &read::Known::default());
    found.extend(faults);
    let config = config.unwrap_or_else(|| panic!("{found:?}"));
    let parse = |name: &str, text: &str, found: &mut Vec<_>| {
        let source = FoundFile::named(&format!("content/{name}")).expect("the name of an entry");
        document::parse(&source, &Arc::from(text), &config.locales, &config.words, found)
            .unwrap_or_else(|| panic!("{found:?}"))
    };
    let mut entries = Vec::new();
    let suffixes: Vec<String> = config.locales.iter().skip(1).map(|tag| format!(".{tag}.md")).collect();
    let is_translation = |name: &str| suffixes.iter().any(|suffix| name.ends_with(suffix));
    for (name, text) in files.iter().filter(|(name, _)| !is_translation(name)) {
        let primary = parse(name, text, &mut found);
        let mut translations = Vec::new();
        for (at, suffix) in suffixes.iter().enumerate() {
            let other = name.replace(".md", suffix);
            let file = files.iter().find(|(name, _)| *name == other);
            translations.extend(file.map(|(name, text)| (at + 1, parse(name, text, &mut found))));
        }
        let (entry, faults) = read::entry(&Files { primary, translations }, &config);
        found.extend(faults);
        entries.extend(entry);
    }
    (Model::new(config, Theme::default(), entries, Vec::new()), found)
}

/// An instant from text such as `20 10:15`: a day and time in November 2026 in Tokyo.
pub(crate) fn at(day_and_time: &str) -> Instant {
    crate::model::Zone::named("Asia/Tokyo")
        .expect("a zone")
        .read(&format!("2026-11-{day_and_time}"))
        .expect("a time")
}
