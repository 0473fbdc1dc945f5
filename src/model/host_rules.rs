//! The team's own rules for its host: `content/host/_headers` and `content/host/_redirects`.

use crate::diagnostic::Place;
use crate::hosts::pattern;

#[derive(Clone, Debug, Default)]
pub struct HostRules {
    /// The rules of `_headers`, in order.
    pub headers: Vec<OwnHeaders>,
    /// The rules of `_redirects`, in order.
    pub redirects: Vec<OwnRedirect>,
}

/// Headers for the addresses that a pattern covers.
#[derive(Clone, Debug)]
pub struct OwnHeaders {
    /// The pattern as written, from the root of the host.
    pub pattern: String,
    pub place: Place,
    pub headers: Vec<OwnHeader>,
}

#[derive(Clone, Debug)]
pub struct OwnHeader {
    pub name: String,
    pub value: String,
    pub place: Place,
}

#[derive(Clone, Debug)]
pub struct OwnRedirect {
    /// The old address as written, from the root of the host. It may have a `*` at its end, and `:name`.
    pub from: String,
    pub to: String,
    /// 301 or 302.
    pub status: u16,
    pub place: Place,
}

impl OwnRedirect {
    /// Whether it has a `*` or a `:name`.
    #[must_use]
    pub fn is_dynamic(&self) -> bool {
        pattern::is_dynamic(&self.from)
    }

    /// Its line in `_redirects`.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{} {} {}\n", pattern::encoded(&self.from), pattern::encoded(&self.to), self.status)
    }
}
