//! Turns documents into the domain model: values with positions, entries, site.yaml. The reader reports every
//! fault and goes on.

mod advice;
mod alerts;
mod announce;
mod approve;
mod channels;
mod codes;
mod component;
pub mod config;
mod deploy;
mod duties;
mod entry;
mod host_rules;
mod incident;
mod issues;
mod maintenance;
mod notice;
mod nouns;
mod outages;
mod page;
mod phases;
mod policy;
mod question;
mod reach;
mod recurrence;
mod report;
mod series;
mod value;
mod windows;

use super::any::Entry;
use super::config::Config;
use crate::diagnostic::Diagnostic;
use crate::kind::EntryKind;
use entry::EntryReader;
use value::{ReadContext, Reader};

pub use config::{Known, config, theme_of};
pub use entry::Files;
pub use host_rules::host_file;
#[cfg(test)]
pub use value::asked;
pub use value::{UNKNOWN, is_unknown};

/// The site that a text of site.yaml describes, and every fault of that text.
#[cfg(test)]
pub fn site_of(text: &str) -> (Option<Config>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let yaml = crate::document::parse_config(&Config::file(), &text.into(), &mut found);
    let (config, more) = config(&yaml, None, &Known::default());
    found.extend(more);
    (config, found)
}

/// The site that a text without faults describes.
#[cfg(test)]
pub fn sound_site_of(text: &str) -> Config {
    let (config, found) = site_of(text);
    assert!(found.is_empty(), "{found:?}");
    config.expect("a site")
}

/// The entry is `None` if it could not be built; the diagnostics say why.
#[must_use]
pub fn entry(files: &Files, config: &Config) -> (Option<Entry>, Vec<Diagnostic>) {
    let first = Reader::new(&files.primary.front, ReadContext::of(config));
    let own_zone = first.root().get("timezone").and_then(|value| value.zone());
    let reader =
        first.with_context(ReadContext { zone: own_zone.unwrap_or(config.zone), ..ReadContext::of(config) });
    let entry_reader = EntryReader { files, config, reader: &reader, own_zone };
    let root = reader.root();
    let mut entry = match files.primary.kind {
        EntryKind::Incident => incident::read(&entry_reader, &root).map(|e| Entry::Incident(Box::new(e))),
        EntryKind::Maintenance => {
            maintenance::read(&entry_reader, &root).map(|e| Entry::Maintenance(Box::new(e)))
        }
        EntryKind::Notice => notice::read(&entry_reader, &root).map(|e| Entry::Notice(Box::new(e))),
        EntryKind::Question => question::read(&entry_reader, &root).map(|e| Entry::Question(Box::new(e))),
        EntryKind::Page => page::read(&entry_reader, &root).map(|e| Entry::Page(Box::new(e))),
    };
    if files.primary.front.sound {
        root.finish();
    }
    if let Some(entry) = &mut entry {
        // A recurrence rule follows the clocks of a zone, whatever offset its window has.
        let is_series = matches!(entry, Entry::Maintenance(entry) if entry.recurrence.is_some());
        let head = entry.head_mut();
        head.links.extend(reader.take_links());
        head.is_local = own_zone.is_none() && (is_series || reader.is_local());
    }
    (entry, reader.finish())
}
