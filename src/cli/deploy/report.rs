//! What a deployment did, in words or as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::Failure;
use crate::cli::Format;
use crate::cli::console::{self, Unwritten};
use crate::deploy::{Outcome, Report};
use crate::purge::Purged;
use crate::text;

/// A result of one target.
pub(in crate::cli) struct Line<'a> {
    pub(super) target: &'a str,
    /// The store, for people: `s3://bucket`.
    pub(super) store: &'a str,
    pub(super) report: &'a Report,
    pub(super) requests: u64,
    /// What the CDN was told.
    pub(super) purged: &'a Purged,
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

    /// In words. Writing to a string cannot fail.
    pub(super) fn words(&self) -> String {
        let Report { outcome, sent, removed, unchanged, bytes, mended, is_lock_certain, is_recovery, .. } =
            self.report;
        let name = format!("{}: {}", self.target, self.store);
        if *outcome == Outcome::Unchanged {
            return format!(
                "{name} is up to date: {}{}",
                text::count(*unchanged, "file", "files"),
                purged_words(self.purged)
            );
        }
        let verb = if *outcome == Outcome::Planned { "would be" } else { "is" };
        let mut line = format!(
            "{name} {verb} deployed: {} sent ({} kB), {} removed, {unchanged} unchanged",
            text::count(sent.len(), "file", "files"),
            bytes.div_ceil(1000),
            removed.len(),
        );
        if !mended.is_empty() {
            let _ = write!(line, "; {} of them lost or changed by others", mended.len());
        }
        if *is_recovery {
            line.push_str("; an interrupted deployment is finished");
        }
        line.push_str(&purged_words(self.purged));
        if *outcome == Outcome::Deployed {
            // A folder is asked for nothing.
            if self.requests > 0 {
                let _ = write!(line, "; {} requests", self.requests);
            }
            let _ = write!(line, "; {:.1} s", self.seconds);
            if !is_lock_certain {
                line.push_str("; this store cannot keep two deployments apart for certain");
            }
        }
        let signed = sent.iter().map(|path| ('+', path)).chain(removed.iter().map(|path| ('-', path)));
        for (sign, path) in signed.filter(|_| *outcome == Outcome::Planned) {
            let _ = write!(
                line,
                "
  {sign} {path}"
            );
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
            "purged": self.purged.addresses,
            "purged_wildcards": self.purged.wildcards,
            "requests": self.requests,
            "recovered": is_recovery,
            "lock_is_certain": is_lock_certain,
        })
    }
}

/// What the CDN was told, as the end of a sentence; empty if that was nothing. A wildcard also purges what did not
/// change, so it is named.
fn purged_words(purged: &Purged) -> String {
    let Purged { addresses, wildcards, .. } = purged;
    if *addresses == 0 {
        return String::new();
    }
    let with = match wildcards.len() {
        0 => "",
        1 => " with the wildcard ",
        _ => " with the wildcards ",
    };
    format!("; {} purged{with}{}", text::count(*addresses, "address", "addresses"), wildcards.join(" and "))
}

/// Prints why a target was not deployed.
///
/// # Errors
/// stdout does not take it.
pub(super) fn failure(target: &str, failure: &Failure, format: Format) -> Result<(), Unwritten> {
    let Failure { message, is_deployed, .. } = failure;
    let help = &help_of(failure);
    console::say(format!("error: {target}: {message}"));
    if !help.is_empty() {
        console::say(format!("help: {help}"));
    }
    if format == Format::Human {
        return Ok(());
    }
    let value = json!({
        "target": target, "outcome": "failed", "deployed": is_deployed, "message": message.english(), "help": help,
    });
    console::data(&format!("{value}\n"))
}

/// What to do about a failure. After a deployment, the next one only tells the CDN.
fn help_of(Failure { help, is_deployed, .. }: &Failure) -> String {
    let again = if *is_deployed { "deploy again: that sends no file twice, and tells the CDN" } else { "" };
    let steps = [help.english(), again].into_iter().filter(|step| !step.is_empty());
    steps.collect::<Vec<_>>().join("; then ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_after_a_failed_purge_says_how_to_tell_the_cdn() {
        let failure = || Failure::new("no".to_owned(), "check the token");
        assert_eq!(help_of(&failure()), "check the token");
        let again = "check the token; then deploy again: that sends no file twice, and tells the CDN";
        assert_eq!(help_of(&failure().of_purge()), again);
    }

    #[test]
    fn a_wildcard_is_named_because_it_also_purges_what_did_not_change() {
        let purged = |addresses: usize, wildcards: &[&str]| Purged {
            requests: 1,
            addresses,
            wildcards: wildcards.iter().map(|path| (*path).to_owned()).collect(),
        };
        for (purged, wanted) in [
            (Purged::default(), ""),
            (purged(1, &[]), "; 1 address purged"),
            (purged(9000, &["/*"]), "; 9000 addresses purged with the wildcard /*"),
            (purged(9, &["/s/*", "/t/*"]), "; 9 addresses purged with the wildcards /s/* and /t/*"),
        ] {
            assert_eq!(purged_words(&purged), wanted);
        }
    }
}
