//! What a deployment did, in words or as JSON.

use serde_json::{Value, json};

use crate::cli::Format;
use crate::cli::console::{self, Unwritten};
use crate::deploy::{Outcome, Report};
use crate::text;

/// A result of one target.
pub(in crate::cli) struct Line<'a> {
    pub(super) target: &'a str,
    /// The store, for people: `s3://bucket`.
    pub(super) store: &'a str,
    pub(super) report: &'a Report,
    pub(super) requests: u64,
    /// Addresses that the CDN was told.
    pub(super) purged: usize,
    pub(super) seconds: f64,
}

impl Line<'_> {
    /// # Errors
    /// stdout does not take it.
    pub(super) fn print(&self, format: Format) -> Result<(), Unwritten> {
        match format {
            Format::Human => console::print(&self.words()),
            Format::Json => console::data(&format!("{}\n", self.json())),
        }
    }

    pub(super) fn words(&self) -> String {
        let Report { outcome, sent, removed, unchanged, bytes, mended, is_lock_certain, is_recovery, .. } =
            self.report;
        let name = format!("{}: {}", self.target, self.store);
        if *outcome == Outcome::Unchanged {
            return format!("{name} is up to date: {}", text::count(*unchanged, "file", "files"));
        }
        let verb = if *outcome == Outcome::Planned { "would be" } else { "is" };
        let mut line = format!(
            "{name} {verb} deployed: {} sent ({} kB), {} removed, {unchanged} unchanged",
            text::count(sent.len(), "file", "files"),
            bytes.div_ceil(1000),
            removed.len(),
        );
        if !mended.is_empty() {
            line.push_str(&format!("; {} of them lost or changed by others", mended.len()));
        }
        if *is_recovery {
            line.push_str("; an interrupted deployment is finished");
        }
        if self.purged > 0 {
            line.push_str(&format!("; {} purged", text::count(self.purged, "address", "addresses")));
        }
        if *outcome == Outcome::Deployed {
            line.push_str(&format!("; {} requests, {:.1} s", self.requests, self.seconds));
            if !is_lock_certain {
                line.push_str("; this store cannot keep two deployments apart for certain");
            }
        }
        for (sign, paths) in [('+', sent), ('-', removed)] {
            if *outcome == Outcome::Planned {
                paths.iter().for_each(|path| line.push_str(&format!("\n  {sign} {path}")));
            }
        }
        line
    }

    fn json(&self) -> Value {
        let Report { outcome, sent, removed, unchanged, bytes, mended, is_lock_certain, is_recovery, .. } =
            self.report;
        json!({
            "target": self.target,
            "store": self.store,
            "outcome": match outcome {
                Outcome::Deployed => "deployed",
                Outcome::Unchanged => "unchanged",
                Outcome::Planned => "planned",
            },
            "sent": sent,
            "removed": removed,
            "mended": mended,
            "unchanged": unchanged,
            "bytes": bytes,
            "purged": self.purged,
            "requests": self.requests,
            "recovered": is_recovery,
            "lock_is_certain": is_lock_certain,
        })
    }
}

/// Prints why a target was not deployed.
///
/// # Errors
/// stdout does not take it.
pub(super) fn failure(target: &str, message: &str, help: &str, format: Format) -> Result<(), Unwritten> {
    console::say(&format!("error: {target}: {message}"));
    if !help.is_empty() {
        console::say(&format!("help: {help}"));
    }
    if format == Format::Human {
        return Ok(());
    }
    let value = json!({"target": target, "outcome": "failed", "message": message, "help": help});
    console::data(&format!("{value}\n"))
}
