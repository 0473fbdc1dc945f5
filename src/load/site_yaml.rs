//! Reads site.yaml and its theme, before all entries.

use std::sync::Arc;

use super::Loaded;
use super::theme::{Stamps, Themes, load_theme};
use crate::bisect;
use crate::check::forbidden;
use crate::diagnostic::Diagnostic;
use crate::document;
use crate::message::message;
use crate::model::Config;
use crate::model::config::Url;
use crate::model::read::{self, Known};
use crate::panics::{self, contain};
use crate::source::{self, FoundFile, ReadError};
use crate::theme::Theme;

/// The part of a site that is known before its entries.
pub(super) struct SiteHead {
    pub(super) config: Config,
    pub(super) theme: Theme,
    pub(super) stamps: Stamps,
}

/// Reads site.yaml and its theme, which determines the available languages.
pub(super) fn read_config(
    found: &FoundFile,
    text: Result<Arc<str>, Diagnostic>,
    base_url: Option<&Url>,
    themes: &dyn Themes,
    loaded: &mut Loaded,
) -> Result<Option<SiteHead>, ReadError> {
    let text = match text {
        Ok(text) => text,
        Err(diagnostic) => {
            loaded.diagnostics.push(diagnostic);
            return Ok(None);
        }
    };
    let read = || read_text(found, &text, base_url, themes, loaded);
    let step = message!("load-step-site", "reading it and the theme that it names");
    let begun = contain(step, read);
    loaded.texts.insert(Arc::clone(&found.name), Arc::clone(&text));
    begun.unwrap_or_else(|panicked| {
        loaded.diagnostics.push(bisect::diagnostic(&found.name, &panicked));
        Ok(None)
    })
}

/// Like [`read_config`], from the text of site.yaml.
fn read_text(
    found: &FoundFile,
    text: &Arc<str>,
    base_url: Option<&Url>,
    themes: &dyn Themes,
    loaded: &mut Loaded,
) -> Result<Option<SiteHead>, ReadError> {
    panics::seam("read", &found.name);
    let mut faults = Vec::new();
    let yaml = document::parse_config(&found.name, text, &mut faults);
    let dressed = load_theme(themes, read::theme_of(&yaml), &mut faults, &mut loaded.texts)?;
    let known =
        Known { themes: dressed.known, locales: dressed.theme.locales(), words: dressed.theme.words() };
    let (config, more) = read::config(&yaml, base_url, &known);
    loaded.diagnostics.extend(faults.into_iter().chain(more));
    if let Some(config) = &config {
        let rules = forbidden::Rules::of(config);
        loaded.diagnostics.extend(forbidden::site(&rules, config, text));
        // These theme files are published word for word.
        let themes = loaded.texts.all().filter(|(name, _)| {
            name.starts_with(source::THEMES) && (name.contains("/messages/") || name.contains("/slots/"))
        });
        let forbidden_words: Vec<_> =
            themes.flat_map(|(name, text)| forbidden::file(&rules, config, name, text)).collect();
        loaded.diagnostics.extend(forbidden_words);
    }
    Ok(config.map(|config| SiteHead { config, theme: dressed.theme, stamps: dressed.stamps }))
}
