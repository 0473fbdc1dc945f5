//! Imports status sites of other programs: their content as Markdown, and a report of everything
//! uncertain.
//!
//! Only reads its source, never the clock, and writes nothing: it returns complete files. Every
//! source becomes the same plain entries first (`entry`, `site`). `settle` turns those into files,
//! assigns addresses, and checks the result against the rules of the format.
//!
//! Why: docs/decisions/import.md.

mod answers;
mod better_stack;
mod cachet;
mod catalogue;
mod conversion;
mod cstate;
mod entry;
mod feed;
mod instatus;
mod json;
mod openstatus;
pub mod prose;
mod record;
mod report;
mod session;
mod site;
mod slugs;
mod statuspage;
mod times;
mod upptime;

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use crate::model::{Instant, Zone};

pub use better_stack::better_stack;
pub use cachet::cachet;
pub use cstate::cstate;
pub use feed::feed;
pub use instatus::instatus;
pub use openstatus::openstatus;
pub use report::Report;
pub use statuspage::statuspage;
pub use upptime::upptime;

/// The settings that the source does not contain.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The zone of times without one, and of the new site.
    pub zone: Option<Zone>,
    pub locale: Option<String>,
    /// The folder that keeps what was fetched, for the next run.
    pub keep: Option<PathBuf>,
    pub environment: Environment,
    /// The time of the import. Older updates are not announced.
    pub now: Instant,
}

/// The variables that an import reads: tokens, and the addresses of APIs.
pub const VARIABLES: [&str; 7] = [
    "BETTERSTACK_API_URL",
    "BETTERSTACK_TOKEN",
    "CACHET_TOKEN",
    "GITHUB_API_URL",
    "GITHUB_TOKEN",
    "INSTATUS_API_URL",
    "INSTATUS_TOKEN",
];

/// Their values. They cannot be displayed: some are secret.
#[derive(Clone, Default)]
pub struct Environment(BTreeMap<String, String>);

impl Environment {
    /// Of variables with values, those that are not empty.
    pub fn new(values: impl IntoIterator<Item = (String, String)>) -> Environment {
        let trimmed = values.into_iter().map(|(name, value)| (name, value.trim().to_owned()));
        Environment(trimmed.filter(|(_, value)| !value.is_empty()).collect())
    }

    fn get(&self, name: &str) -> Option<&str> {
        debug_assert!(VARIABLES.contains(&name), "`{name}` is asked for, and never read");
        self.0.get(name).map(String::as_str)
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Environment(…)")
    }
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
