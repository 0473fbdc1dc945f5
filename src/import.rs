//! Status pages of other programs → our Markdown, and an honest list of what was not certain.
//!
//! Reads its source and nothing else, never the clock, and writes nothing: files are handed back whole.
//! Every source becomes the same plain entries first (`entry`, `site`); one place turns those into files,
//! gives addresses, and holds the result against the rules of the format (`settle`).
//!
//! Why: docs/decisions/import.md.

mod cstate;
mod entry;
mod fetch;
pub mod prose;
mod report;
mod site;
mod slugs;
mod statuspage;
mod times;

use std::fmt;
use std::path::PathBuf;

use crate::model::{Instant, Zone};

pub use cstate::cstate;
pub use report::Report;
pub use statuspage::statuspage;

/// What the source cannot say.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The zone of times without one, and of the new site.
    pub zone: Option<Zone>,
    /// The language of the new site.
    pub locale: Option<String>,
    /// The moment of the import: older news is no news.
    pub now: Instant,
}

/// A site that was brought over.
#[derive(Debug)]
pub struct Imported {
    /// Path from the root of the new site, and text.
    pub files: Vec<(String, String)>,
    /// Files that are copied as they are, and where to.
    pub copies: Vec<(PathBuf, String)>,
    /// Incidents and maintenance of the source.
    pub found: usize,
    /// Entries that were made of them.
    pub made: usize,
    /// What was not certain.
    pub report: Report,
}

/// Why nothing could be brought over.
#[derive(Debug)]
pub struct ImportError {
    /// What is wrong.
    pub message: String,
    /// The way out.
    pub help: String,
    /// Whether disk or network failed, and not the usage.
    pub environment: bool,
}

impl ImportError {
    fn usage(message: impl Into<String>, help: impl Into<String>) -> ImportError {
        ImportError { message: message.into(), help: help.into(), environment: false }
    }

    fn environment(message: impl Into<String>, help: impl Into<String>) -> ImportError {
        ImportError { message: message.into(), help: help.into(), environment: true }
    }
}

/// A single file at an address, as it is; `None` where there is none.
///
/// # Errors
/// Where it cannot be read, or may not be asked for.
pub fn file_at(address: &str) -> Result<Option<Vec<u8>>, ImportError> {
    fetch::Client::new(address, fetch::Limits::default())?.get(address)
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ImportError {}
