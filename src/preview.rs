//! A site in memory, served to a browser on this machine.
//!
//! Knows addresses, content types and how to tell a browser about changes. Does not know the disk,
//! the clock or what a page means: the caller provides finished files and receives the reader's
//! requests.
//!
//! Why: docs/decisions/preview.md.

mod access;
mod connections;
mod server;
mod toolbar;

use std::collections::BTreeMap;

pub use server::{ServedSite, Server};
pub use toolbar::Bar;

#[derive(Debug, Default)]
pub struct Content {
    /// Every file of the site, by its path from the root.
    pub files: BTreeMap<String, Vec<u8>>,
    pub bar: Bar,
    /// The errors of the content as text in the language of the preview, shown over each page.
    pub faults: Option<String>,
}

/// A step in time that the reader asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Previous,
    Next,
    /// To the present, following the clock.
    Now,
}

impl Step {
    /// Parses the name in an address.
    pub fn named(name: &str) -> Option<Step> {
        match name {
            "previous" => Some(Step::Previous),
            "next" => Some(Step::Next),
            "now" => Some(Step::Now),
            _ => None,
        }
    }
}
