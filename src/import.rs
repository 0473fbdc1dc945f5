//! Imports status sites of other programs: their content as Markdown, and a report of everything
//! uncertain.
//!
//! Only reads its source, never the clock, and writes nothing: it returns complete files. Every
//! source becomes the same plain entries first (`entry`, `site`). `settle` turns those into files,
//! assigns addresses, and checks the result against the rules of the format.
//!
//! Why: docs/decisions/import.md.

mod cstate;
mod entry;
pub mod prose;
mod report;
mod site;
mod slugs;
mod statuspage;
mod times;

use std::path::PathBuf;

use crate::model::{Instant, Zone};

pub use cstate::cstate;
pub use report::Report;
pub use statuspage::statuspage;

/// The settings that the source does not contain.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The zone of times without one, and of the new site.
    pub zone: Option<Zone>,
    pub locale: Option<String>,
    /// The time of the import. Older updates are not announced.
    pub now: Instant,
}

#[derive(Debug)]
pub struct Imported {
    /// The files: path from the root of the new site, and text.
    pub files: Vec<(String, String)>,
    /// Files to copy unchanged, with their target paths.
    pub copies: Vec<(PathBuf, String)>,
    /// The number of incidents and maintenance in the source.
    pub found: usize,
    pub made: usize,
    pub report: Report,
}
