//! A site in memory, served to a browser on this machine.
//!
//! Knows addresses, types and how to tell a browser that something changed. Never the disk, the clock or
//! what a page means: whoever calls hands over finished files and is told what the reader asks for.
//!
//! Why: docs/decisions/preview.md.

mod access;
mod connections;
mod server;
mod toolbar;

use std::collections::BTreeMap;

pub use server::{ServedSite, Server};
pub use toolbar::Bar;

/// What the browser shows.
#[derive(Debug, Default)]
pub struct Content {
    /// Every file of the site, by its path from the root.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Stands at the foot of each page.
    pub bar: Bar,
    /// Stands over each page: what is wrong with the content, for people.
    pub faults: Option<String>,
}

/// Where a reader wants to go in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the change before this one.
    Previous,
    /// To the next change.
    Next,
    /// To the present, and along with it.
    Now,
}

impl Step {
    /// As addresses name it.
    #[must_use]
    pub fn named(name: &str) -> Option<Step> {
        match name {
            "previous" => Some(Step::Previous),
            "next" => Some(Step::Next),
            "now" => Some(Step::Now),
            _ => None,
        }
    }
}
