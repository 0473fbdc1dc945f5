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

use std::fmt;
use std::path::PathBuf;

use crate::fetch::FetchError;
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

#[derive(Debug)]
pub struct ImportError {
    pub message: String,
    pub help: String,
    /// Whether disk or network failed, rather than the usage.
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

impl From<FetchError> for ImportError {
    fn from(error: FetchError) -> ImportError {
        ImportError { message: error.message, help: error.help, environment: error.environment }
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ImportError {}
