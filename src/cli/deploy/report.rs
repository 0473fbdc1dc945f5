//! What a deployment did, in words or as JSON.

use serde_json::{Value, json};

use super::Failure;
use crate::cli::Format;
use crate::cli::console::{self, Unwritten};
use crate::deploy::{Outcome, Report};
use crate::message::{Message, count, message};
use crate::purge::Purged;

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
            Format::Human => console::print(&self.words().text(console::language())),
            Format::Json => console::data(&format!("{}\n", self.json())),
        }
    }

    /// In words.
    pub(super) fn words(&self) -> Message {
        let Report { outcome, sent, removed, mended, is_lock_certain, is_recovery, .. } = self.report;
        let mut line = vec![self.beginning()];
        if *outcome == Outcome::Unchanged {
            line.push(purged_words(self.purged));
            return Message::concat(line);
        }
        if !mended.is_empty() {
            line.push(message!(
                "cli-deploy-mended",
                "; {files} of them lost or changed by others",
                files = mended.len()
            ));
        }
        if *is_recovery {
            line.push(message!("cli-deploy-recovered", "; an interrupted deployment is finished"));
        }
        line.push(purged_words(self.purged));
        if *outcome == Outcome::Deployed {
            // A folder is asked for nothing.
            if self.requests > 0 {
                let requests = self.requests;
                line.push(message!("cli-deploy-requests", "; {requests} requests", requests));
            }
            let seconds = format!("{:.1}", self.seconds);
            line.push(message!("cli-deploy-seconds", "; {seconds} s", seconds));
            if !is_lock_certain {
                line.push(message!(
                    "cli-deploy-uncertain-lock",
                    "; this store cannot keep two deployments apart for certain"
                ));
            }
        }
        let signed = sent.iter().map(|path| ('+', path)).chain(removed.iter().map(|path| ('-', path)));
        let signed = signed.filter(|_| *outcome == Outcome::Planned);
        let paths = signed.map(|(sign, path)| Message::same(format!("  {sign} {path}")));
        Message::lines(std::iter::once(Message::concat(line)).chain(paths).collect())
    }

    /// What was or would be sent and removed.
    fn beginning(&self) -> Message {
        let Report { outcome, sent, removed, unchanged, bytes, .. } = self.report;
        let (target, store) = (self.target, self.store);
        let (files, kilobytes, removed) =
            (count(sent.len(), "file", "files"), bytes.div_ceil(1000), removed.len());
        match outcome {
            Outcome::Unchanged => message!(
                "cli-deploy-unchanged",
                "{target}: {store} is up to date: {files}",
                target,
                store,
                files = count(*unchanged, "file", "files")
            ),
            Outcome::Planned => message!(
                "cli-deploy-planned",
                "{target}: {store} would be deployed: {files} sent ({kilobytes} kB), {removed} removed, {unchanged} unchanged",
                target,
                store,
                files,
                kilobytes,
                removed,
                unchanged
            ),
            Outcome::Deployed => message!(
                "cli-deploy-deployed",
                "{target}: {store} is deployed: {files} sent ({kilobytes} kB), {removed} removed, {unchanged} unchanged",
                target,
                store,
                files,
                kilobytes,
                removed,
                unchanged
            ),
        }
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
fn purged_words(purged: &Purged) -> Message {
    let Purged { addresses, wildcards, .. } = purged;
    if *addresses == 0 {
        return Message::default();
    }
    let addresses = count(*addresses, "address", "addresses");
    match &wildcards[..] {
        [] => message!("cli-deploy-purged", "; {addresses} purged", addresses),
        [wildcard] => message!(
            "cli-deploy-purged-wildcard",
            "; {addresses} purged with the wildcard {wildcard}",
            addresses,
            wildcard
        ),
        all => {
            let all = all.iter().map(Message::same).collect();
            let wildcards = Message::joined(all, message!("cli-deploy-and", " and "));
            message!(
                "cli-deploy-purged-wildcards",
                "; {addresses} purged with the wildcards {wildcards}",
                addresses,
                wildcards
            )
        }
    }
}

/// Prints why a target was not deployed.
///
/// # Errors
/// stdout does not take it.
pub(super) fn failure(target: &str, failure: &Failure, format: Format) -> Result<(), Unwritten> {
    let Failure { message, is_deployed, .. } = failure;
    let help = help_of(failure);
    console::say(message!("cli-deploy-error", "error: {target}: {message}", target, message));
    if !help.is_empty() {
        console::say(message!("cli-deploy-help", "help: {help}", help));
    }
    if format == Format::Human {
        return Ok(());
    }
    let [message, help] = [message, &help].map(|words| words.text(console::language()));
    let value = json!({
        "target": target, "outcome": "failed", "deployed": is_deployed, "message": message, "help": help,
    });
    console::data(&format!("{value}\n"))
}

/// What to do about a failure. After a deployment, the next one only tells the CDN.
fn help_of(Failure { help, is_deployed, .. }: &Failure) -> Message {
    if !is_deployed {
        return help.clone();
    }
    let again =
        message!("cli-deploy-purge-again", "deploy again: that sends no file twice, and tells the CDN");
    if help.is_empty() {
        return again;
    }
    message!("cli-deploy-then", "{help}; then {again}", help, again)
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
