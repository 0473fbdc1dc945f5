//! noroshi (狼煙, a signal fire) turns Markdown entries into a public status site.
//!
//! Data walks one way through the rooms of this library:
//!
//! ```text
//! disk ─► source ─► document ─► model ─► timeline(as of) ─► site ─► output ─► publish ─► disk
//! ```
//!
//! `load` and `render` are the two places that work in parallel; `cli` is the only room that reads the
//! clock, the terminal and the environment. ARCHITECTURE.md is the map, and
//! docs/decisions/ says why.

#![forbid(unsafe_code)]
#![cfg_attr(not(test), warn(clippy::pedantic))]
// Content and disks are never a reason to panic: an error is a value with its place. Only `cli` talks to people.
#![cfg_attr(
    not(test),
    warn(
        clippy::dbg_macro,
        clippy::exit,
        clippy::expect_used,
        clippy::panic,
        clippy::print_stderr,
        clippy::print_stdout,
        clippy::todo,
        clippy::unimplemented,
        clippy::unreachable,
        clippy::unwrap_used
    )
)]

pub mod address;
pub mod atomic;
pub mod bisect;
pub mod cache;
pub mod check;
pub mod cli;
pub mod cms;
pub mod diagnostic;
pub mod digest;
pub mod document;
pub mod edit;
pub mod entry_lookup;
pub mod file;
pub mod file_watcher;
pub mod history;
pub mod import;
pub mod languages;
pub mod leak_scan;
pub mod limits;
pub mod load;
pub mod locale;
pub mod markdown;
pub mod model;
pub mod output;
pub mod pack;
pub mod panics;
pub mod preview;
pub mod publish;
pub mod render;
pub mod report;
pub mod schema;
pub mod site;
pub mod source;
pub mod text;
pub mod theme;
pub mod timeline;
pub mod uptime;
pub mod url;
pub mod vocabulary;

#[cfg(test)]
mod tests;
