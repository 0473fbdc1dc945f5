//! The site that is verified, and how it is asked.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::address::MANIFEST;
use crate::fetch::{self, Answer, Certificate, Client, FetchError};
use crate::limits::{QUOTED_BYTES, STATIC_FILE_BYTES, VERIFY_FAILURES};
use crate::model::Instant;
use crate::text;

/// Sends requests to one site.
pub trait Web: Sync {
    /// # Errors
    /// No answer came.
    fn ask(&self, address: &str, headers: &[(&str, &str)]) -> Result<Answer, FetchError>;

    /// What browsers say about the certificate now and later.
    ///
    /// # Errors
    /// The host cannot be reached without a proxy.
    fn certificate(&self, now: Instant, later: Instant) -> Result<Certificate, FetchError>;
}

/// The network.
pub struct Online {
    base: String,
    client: Client,
}

impl Online {
    /// # Errors
    /// The address is not allowed.
    pub fn new(base: &str, limits: fetch::Limits) -> Result<Online, FetchError> {
        Ok(Online { base: base.to_owned(), client: Client::new(base, limits)? })
    }
}

impl Web for Online {
    fn ask(&self, address: &str, headers: &[(&str, &str)]) -> Result<Answer, FetchError> {
        self.client.ask(address, headers)
    }

    fn certificate(&self, now: Instant, later: Instant) -> Result<Certificate, FetchError> {
        fetch::certificate(&self.base, now.0, later.0)
    }
}

pub struct Options<'a> {
    pub at: Instant,
    /// How many files to fetch besides those that are always fetched; `None` for all.
    pub sample: Option<usize>,
    /// The seconds for which something may be old.
    pub grace: i64,
    /// The seconds for which the certificate must still be accepted.
    pub certificate_seconds: i64,
    /// Whether the time for the whole run is over.
    pub is_over: &'a (dyn Fn() -> bool + Sync),
    /// Called after each file.
    pub step: &'a (dyn Fn() + Sync),
}

impl fmt::Debug for Options<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options").field("at", &self.at).field("sample", &self.sample).finish_non_exhaustive()
    }
}

/// How a request says which encodings its sender can read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Encoding {
    /// The bytes as they were published.
    Plain,
    Compressed,
}

pub(super) struct Target<'a> {
    /// The address of the site, with a slash at its end.
    pub(super) base: &'a str,
    pub(super) web: &'a dyn Web,
    pub(super) options: &'a Options<'a>,
    failures: AtomicUsize,
}

impl<'a> Target<'a> {
    pub(super) fn new(base: &'a str, web: &'a dyn Web, options: &'a Options<'a>) -> Target<'a> {
        Target { base, web, options, failures: AtomicUsize::new(0) }
    }

    /// The address of a path.
    pub(super) fn address(&self, path: &str) -> String {
        format!("{}{}", self.base, text::percent_encode(path))
    }

    pub(super) fn manifest(&self) -> String {
        self.address(MANIFEST)
    }

    /// The same address, which no cache on the way has seen.
    pub(super) fn past_caches(&self, address: &str) -> String {
        format!("{address}?{}", self.options.at.0)
    }

    /// Asks twice if no answer comes, because a kept connection may have been closed. Files that a deployment stored
    /// compressed arrive so whatever is asked for, and are decoded here.
    pub(super) fn ask(&self, address: &str, encoding: Encoding) -> Result<Answer, FetchError> {
        let accepted = match encoding {
            Encoding::Plain => "identity",
            Encoding::Compressed => "gzip, br",
        };
        let ask = || self.web.ask(address, &[("Accept-Encoding", accepted)]);
        let mut answer = ask().or_else(|_| ask());
        if let Ok(answer) = &mut answer
            && encoding == Encoding::Plain
            && answer.header("Content-Encoding").is_some_and(|encoding| encoding.eq_ignore_ascii_case("gzip"))
            && let Some(plain) = fetch::unzipped(&answer.body, STATIC_FILE_BYTES)
        {
            answer.body = plain;
        }
        if answer.as_ref().map_or(true, |answer| answer.status >= 500 || answer.status == 429) {
            self.failures.fetch_add(1, Ordering::Relaxed);
        }
        answer
    }

    /// Whether so many requests failed that asking for more would only burden the host.
    pub(super) fn is_failing(&self) -> bool {
        self.failures.load(Ordering::Relaxed) >= VERIFY_FAILURES
    }
}

/// A value of a header for a message.
pub(super) fn quoted(value: &str) -> String {
    let end = (0..=QUOTED_BYTES.min(value.len())).rev().find(|end| value.is_char_boundary(*end));
    let (shown, rest) = value.split_at(end.unwrap_or_default());
    format!("`{}{}`", text::visible(shown), if rest.is_empty() { "" } else { "…" })
}
