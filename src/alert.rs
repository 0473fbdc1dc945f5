//! Alerts: the webhooks of monitoring programs as one common shape, and what the rules of site.yaml make of it.
//!
//! Pure functions from JSON to values. Each file reads the bodies of one sender, as its maker documents them;
//! docs/alerts.md names the sources. Knows no disk, no clock and no entry.

mod alertmanager;
mod body;
mod cloudevents;
mod datadog;
mod grafana;
mod group;
mod mapping;
mod opsgenie;
mod pagerduty;
mod raw;
mod sentry;
mod shape;
#[cfg(test)]
mod tests;

use serde_json::Value;

use crate::digest::Digest;
use crate::limits::{ALERT_FINGERPRINTS, ALERT_TITLE_CHARACTERS};
use crate::text;
use body::Body;

pub use mapping::{Mapped, implied, map};
pub use raw::lines;
pub use shape::{Alert, Misread, Reading, State};

/// A program whose webhooks are read.
#[derive(Debug)]
pub struct Source {
    /// Its name on the command line and in fingerprints.
    pub word: &'static str,
    /// Its name for people. A title that nobody has written yet begins with it.
    pub name: &'static str,
    read: fn(Body<'_>) -> Reading,
}

pub static SOURCES: [Source; 7] = [
    Source { word: "alertmanager", name: "Alertmanager", read: alertmanager::read },
    Source { word: "grafana", name: "Grafana", read: grafana::read },
    Source { word: "pagerduty", name: "PagerDuty", read: pagerduty::read },
    Source { word: "opsgenie", name: "Opsgenie", read: opsgenie::read },
    Source { word: "datadog", name: "Datadog", read: datadog::read },
    Source { word: "sentry", name: "Sentry", read: sentry::read },
    Source { word: "cloudevents", name: "CloudEvents", read: cloudevents::read },
];

impl Source {
    #[must_use]
    pub fn named(word: &str) -> Option<&'static Source> {
        SOURCES.iter().find(|source| source.word == word)
    }

    /// Reads a body. Rules may also match the sender (`from`) and the title of the alert.
    ///
    /// # Errors
    /// The body is not what the sender documents.
    pub fn read(&self, body: &Value) -> Reading {
        let alert = (self.read)(Body(body))?;
        Ok(alert.map(|mut alert| {
            for labels in &mut alert.labels {
                body::label(labels, "from", Some(self.word.to_owned()));
                body::label(labels, "title", Some(alert.title.clone()).filter(|title| !title.is_empty()));
            }
            alert
        }))
    }

    /// The fingerprints of an alert as an entry stores them: `pagerduty-` and a digest, which says nothing to readers.
    #[must_use]
    pub fn keys(&self, alert: &Alert) -> Vec<String> {
        let mut keys: Vec<String> = Vec::new();
        for fingerprint in alert.fingerprints.iter().take(ALERT_FINGERPRINTS) {
            let key = format!("{}-{}", self.word, Digest::of(fingerprint.as_str()));
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }

    /// A title for the draft. Nobody has written it yet, and `check` says so ([`is_unwritten`]).
    #[must_use]
    pub fn title(&self, alert: &Alert) -> String {
        let own = text::one_line(&alert.title, ALERT_TITLE_CHARACTERS);
        format!("{}: {}", self.name, if own.is_empty() { "alert" } else { &own })
    }
}

/// Whether a title is one that [`Source::title`] makes.
#[must_use]
pub fn is_unwritten(title: &str) -> bool {
    SOURCES.iter().any(|source| title.strip_prefix(source.name).is_some_and(|rest| rest.starts_with(": ")))
}

/// The digest of a body, whatever the order of its keys and its layout.
#[must_use]
pub fn digest(body: &Value) -> String {
    Digest::of(body.to_string().as_str()).to_string()
}
