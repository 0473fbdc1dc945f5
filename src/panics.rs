//! Turns a panic into a value: the step that failed, and the location in the source.
//!
//! A panic is a fault of noroshi or of a crate that it uses, and must not stop the rest of a site. The payload of
//! a panic may quote the text of an entry, so it is never kept or shown.
//!
//! Why: docs/decisions/panics.md.

use std::cell::RefCell;
use std::fmt;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};

use crate::message::{Message, message};

thread_local! {
    /// The location of the last panic in this thread, until [`contain`] takes it.
    static LAST: RefCell<Option<String>> = const { RefCell::new(None) };
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panicked {
    /// The step, as a phrase after `while`: `reading it`.
    pub step: Message,
    /// The source line of the panic, if [`keep_quiet`] was called before.
    pub location: Option<String>,
}

impl fmt::Display for Panicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message().english())
    }
}

impl std::error::Error for Panicked {}

impl Panicked {
    #[must_use]
    pub fn message(&self) -> Message {
        let step = &self.step;
        if let Some(location) = &self.location {
            message!("panics-failed-at", "noroshi failed while {step} (at {location})", step, location)
        } else {
            message!("panics-failed", "noroshi failed while {step}", step)
        }
    }
}

/// Runs a step. A panic ends only this step.
///
/// The step may leave its data half changed. Pass only data that is discarded after a panic, or that stays valid.
///
/// # Errors
/// Fails if the step panicked.
pub fn contain<T>(step: impl Into<Message>, work: impl FnOnce() -> T) -> Result<T, Panicked> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
        // Dropping a payload may panic again, and no code needs it.
        std::mem::forget(payload);
        let location = LAST.with(|last| last.borrow_mut().take());
        Panicked { step: step.into(), location }
    })
}

/// Stops panics from printing a message. The location of each is kept for [`contain`].
pub fn keep_quiet() {
    panic::set_hook(Box::new(|info: &PanicHookInfo<'_>| {
        let location =
            info.location().map(|at| format!("{}:{}:{}", short(at.file()), at.line(), at.column()));
        // A thread that is ending can no longer store it.
        let _ = LAST.try_with(|last| *last.borrow_mut() = location);
    }));
}

/// A source file without the folders of the machine that compiled it: the path from the crate name on.
fn short(file: &str) -> &str {
    let after = |mark: &str| {
        let (_, rest) = file.split_once(mark)?;
        rest.split_once('/').map(|(_, rest)| rest)
    };
    after("/registry/src/").or_else(|| after("/rustc/")).unwrap_or(file)
}

/// A seam at which a test can make a step panic for one file. It is compiled away if assertions are off.
pub fn seam(step: &str, file: &str) {
    debug_assert!(!seams::is_armed(step, file), "a test asked for this panic");
}

#[cfg(debug_assertions)]
pub use seams::arm;

mod seams {
    //! The seams that tests have armed.

    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::{PoisonError, RwLock};

    static IS_ANY: AtomicBool = AtomicBool::new(false);
    static ARMED: RwLock<Vec<(String, String)>> = RwLock::new(Vec::new());

    /// Makes a step panic for a file from now on, in this process.
    #[cfg(debug_assertions)]
    pub fn arm(step: &str, file: &str) {
        ARMED.write().unwrap_or_else(PoisonError::into_inner).push((step.to_owned(), file.to_owned()));
        IS_ANY.store(true, Ordering::Release);
    }

    pub(super) fn is_armed(step: &str, file: &str) -> bool {
        IS_ANY.load(Ordering::Acquire)
            && (ARMED.read().unwrap_or_else(PoisonError::into_inner).iter())
                .any(|(known, of)| known == step && of == file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_ends_its_step_and_keeps_its_words_to_itself() {
        assert_eq!(contain("adding", || 1 + 1), Ok(2));
        let failed = contain("reading it", || panic!("the reporter is 青木")).expect_err("a panic");
        assert!(failed.to_string().starts_with("noroshi failed while reading it"), "{failed}");
        assert!(!failed.to_string().contains("青木"), "{failed}");
    }

    #[test]
    fn the_place_of_a_panic_names_no_folder_of_the_machine_that_compiled_it() {
        let crates = "/home/a/.cargo/registry/src/index-19/rrule-0.14.0/src/parser/regex.rs";
        assert_eq!(short(crates), "rrule-0.14.0/src/parser/regex.rs");
        assert_eq!(short("/rustc/4a4ef493/library/core/src/str/mod.rs"), "library/core/src/str/mod.rs");
        assert_eq!(short("src/load.rs"), "src/load.rs");
    }

    #[test]
    fn an_armed_seam_panics_for_its_file_alone() {
        arm("read", "content/pages/armed.md");
        assert!(contain("reading it", || seam("read", "content/pages/armed.md")).is_err());
        assert!(contain("reading it", || seam("read", "content/pages/other.md")).is_ok());
        assert!(contain("reading it", || seam("check", "content/pages/armed.md")).is_ok());
    }
}
