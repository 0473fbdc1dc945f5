//! Builds a site from a list of files: site.yaml, the entries in parallel, and the rules over the whole site.

use std::sync::Arc;

use rayon::prelude::*;

use super::Loaded;
use super::entry::{ReadEntry, TextReader, read_group};
use super::groups::{Group, any_locale, group};
use super::host_rules::read_host_rules;
use super::site_yaml::read_config;
use super::theme::Themes;
use crate::bisect;
use crate::check::forbidden;
use crate::diagnostic::Diagnostic;
use crate::message::message;
use crate::model::config::Url;
use crate::model::{Config, Model};
use crate::panics::contain;
use crate::source::{Asset, Listing, ReadError};

/// The number of entries that a thread reads before it shares its work again. A longer turn would keep the other
/// threads waiting at the end.
const LONGEST_TURN: usize = 4;

type Rules<'r> = dyn Fn(&Model, &[Asset]) -> Vec<Diagnostic> + 'r;

/// Reads each listed file with `read`, and runs `rules` over the whole site.
pub(super) fn assemble(
    listing: Listing,
    base_url: Option<&Url>,
    themes: &dyn Themes,
    (read, rules): (&TextReader<'_>, &Rules<'_>),
    progress: &(dyn Fn() + Sync),
) -> Result<Loaded, ReadError> {
    let mut loaded = Loaded::empty(listing.assets);
    loaded.diagnostics.extend(listing.diagnostics);
    let site = match &listing.config {
        Some(found) => read_config(found, read(found)?, base_url, themes, &mut loaded)?,
        None => None,
    };
    let (config, theme) = site.map(|site| (site.config, site.theme)).unzip();
    let host_rules = read_host_rules(&listing.host_rules, read, config.as_ref(), &mut loaded)?;
    let words = config.as_ref().map(forbidden::Rules::of);
    let known = config.as_ref().zip(words.as_ref());
    // Without site.yaml the entries are still read, so that one run reports their faults, too.
    let any = any_locale();
    let locales = config.as_ref().map_or(&any, |c| &c.locales);
    let groups: Vec<Group> = group(listing.entries, locales).into_values().collect();
    let read_groups: Vec<Result<ReadEntry, ReadError>> = (groups.par_iter().with_max_len(LONGEST_TURN))
        .map(|group| read_group(group, locales, known, read, progress))
        .collect();
    let mut entries = Vec::with_capacity(groups.len());
    let mut unread = Vec::new();
    for (group, result) in groups.iter().zip(read_groups) {
        let read = result?;
        if read.entry.is_none() {
            unread.extend(group.iter().map(|file| Arc::clone(&file.name)));
        }
        entries.extend(read.entry);
        loaded.diagnostics.extend(read.found);
        for (name, text) in read.texts {
            loaded.texts.insert(name, text);
        }
    }
    if let (Some(config), Some(theme)) = (config, theme) {
        let assets = loaded.assets.iter().map(|a| a.address.clone()).collect();
        let mut model = Model::new(config, theme, entries, assets);
        model.host_rules = host_rules;
        model.unread = unread;
        loaded.diagnostics.extend(run_rules(&mut model, &loaded.assets, rules));
        loaded.model = Some(model);
    }
    loaded.diagnostics.bound();
    Ok(loaded)
}

/// The diagnostics of rules over the whole site. If a rule panics, the entries that cause it are removed from the
/// model, each with an error.
pub(super) fn run_rules(model: &mut Model, assets: &[Asset], rules: &Rules<'_>) -> Vec<Diagnostic> {
    let step = message!("load-step-check", "checking it with the others");
    let ask = |model: &Model| contain(step.clone(), || rules(model, assets));
    let panicked = match ask(model) {
        Ok(found) => return found,
        Err(panicked) => panicked,
    };
    let guilty = bisect::guilty(model, &|model| ask(model).err());
    if guilty.is_empty() {
        return vec![bisect::diagnostic(&Config::file(), &panicked)];
    }
    let mut found = ask(model).unwrap_or_default();
    found.extend(guilty.iter().map(|(file, panicked)| bisect::diagnostic(file, panicked)));
    found
}
