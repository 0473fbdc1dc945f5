//! What Unix and Windows do differently. No other file asks which system it runs on, apart from tests.
//!
//! `unix.rs` and `windows.rs` define the same names. What both have in common is here.

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

use std::borrow::Cow;
use std::path::{MAIN_SEPARATOR_STR, Path};

#[cfg(unix)]
pub use unix::{
    LockFile, Stamp, cannot_sync, device, flush, is_in_use, keep_owner, mode, modified, open, rename,
    set_mode, stands_in, stopped, sync_everything, sync_file_system, wait_for_turn, write_back,
};
#[cfg(windows)]
pub use windows::{
    LockFile, Stamp, cannot_sync, device, flush, is_in_use, keep_owner, mode, modified, open, rename,
    set_mode, stands_in, stopped, sync_everything, sync_file_system, wait_for_turn, write_back,
};

/// Whether the system refuses some names of files, or takes them for devices, drives or streams.
pub const REFUSES_NAMES: bool = cfg!(windows);

/// The text editor that is there if the user names none.
pub const TEXT_EDITOR: &str = if cfg!(windows) { "notepad" } else { "vi" };

/// The program that opens an address in the browser.
#[cfg(feature = "serve")]
pub const BROWSER: &str = match () {
    () if cfg!(windows) => "explorer",
    () if cfg!(target_os = "macos") => "open",
    () => "xdg-open",
};

/// A path in messages.
pub trait Shown {
    /// The path with `/` on every system. Messages then look the same everywhere, and Windows
    /// accepts such a path.
    fn shown(&self) -> String;
}

impl Shown for Path {
    fn shown(&self) -> String {
        let mut path = self.display().to_string();
        if cfg!(windows) {
            // `canonicalize` adds these prefixes, the first one before the name of a server.
            path = match (path.strip_prefix(r"\\?\UNC\"), path.strip_prefix(r"\\?\")) {
                (Some(server), _) => format!(r"\\{server}"),
                (None, Some(short)) => short.to_owned(),
                (None, None) => path,
            };
        }
        with_slashes(&path).into_owned()
    }
}

/// A path with `/` between its parts, from one that a user typed or that the system gave.
#[must_use]
pub fn with_slashes(path: &str) -> Cow<'_, str> {
    if MAIN_SEPARATOR_STR != "/" && path.contains(MAIN_SEPARATOR_STR) {
        return Cow::Owned(path.replace(MAIN_SEPARATOR_STR, "/"));
    }
    Cow::Borrowed(path)
}

#[cfg(test)]
mod tests;
