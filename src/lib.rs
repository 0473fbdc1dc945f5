//! noroshi (狼煙, a signal fire) turns Markdown entries into a public status site: incidents, maintenance, notices
//! and questions become static pages, feeds, calendars, an API and drafts for mail and posts.
//!
//! ```text
//! noroshi init status && cd status     # a site from a small example
//! noroshi serve                        # a preview that follows each save
//! noroshi build                        # the site, in public/
//! ```
//!
//! The interface is the program `noroshi` and the files that it reads and writes: `noroshi --help`, README.md and the
//! documents in `docs/`. This library is what the program is made of. It has one public function, [`run`], which is
//! the whole program; its modules may change in any version.
//!
//! Contributors: `cargo doc --document-private-items` shows the modules. Data passes through them in one direction,
//! and ARCHITECTURE.md is the map:
//!
//! ```text
//! disk ─► source ─► document ─► model ─► timeline(as of) ─► site ─► output ─► publish ─► disk
//! ```

#![forbid(unsafe_code)]
// Only `run` is public. What `internals` opens has comments where they say more than a name.
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

mod address;
mod alert;
#[cfg(feature = "announce")]
mod announce;
mod atomic;
mod bisect;
mod cache;
mod check;
mod cli;
mod cms;
#[cfg(feature = "deploy")]
mod deploy;
mod diagnostic;
mod digest;
mod document;
mod edit;
mod entry_lookup;
mod fetch;
mod file;
mod file_watcher;
mod history;
mod hosts;
mod import;
mod issues;
mod kind;
mod languages;
mod leak_scan;
mod limits;
mod load;
mod locale;
mod markdown;
mod message;
mod model;
mod os;
mod output;
mod pack;
mod panics;
#[cfg(feature = "serve")]
mod preview;
mod publish;
#[cfg(feature = "deploy")]
mod purge;
mod render;
mod report;
mod schema;
mod servers;
mod site;
mod source;
#[cfg(feature = "deploy")]
mod standard_webhooks;
mod text;
mod theme;
mod timeline;
mod uptime;
mod url;
mod verify;
mod vocabulary;

pub use cli::run;

/// The modules that tests, benches, examples and fuzz targets call. Not an interface: anything here may change.
#[doc(hidden)]
pub mod internals {
    macro_rules! open {
        ($($module:ident)*) => { $(pub mod $module { pub use crate::$module::*; })* };
    }
    open! { alert diagnostic digest document leak_scan limits load message model output publish render site source text timeline vocabulary }
    #[cfg(feature = "deploy")]
    open! { purge }
    pub mod history {
        pub use crate::history::silent_edit;
    }
    pub mod import {
        pub use crate::import::{
            Environment, Imported, Settings, better_stack, cachet, cstate, feed, instatus, openstatus,
            statuspage, upptime,
        };
    }
    pub mod pack {
        pub use crate::pack::{CHANNELS, check};
    }
    pub mod report {
        pub use crate::report::{Period, Report, csv, json};
    }
}

#[cfg(test)]
mod tests;
