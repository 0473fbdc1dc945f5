//! Diagnostics: the message, the position and the help, rendered for people and for programs.
//!
//! A diagnostic points into a file of the site by byte range. Lines and columns are computed only when it is
//! shown.

pub mod codes;
mod github;
mod human;
mod json;
mod list;
mod log_words;
pub mod mask;
mod sarif;
#[cfg(test)]
mod tests;
mod texts;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use crate::message::{Message, message};

pub use github::github;
pub use human::human;
pub use json::json;
pub use list::Diagnostics;
pub use sarif::sarif;
pub use texts::{Texts, position};

/// The severity of a diagnostic: an error stops the build, a warning does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Error,
    Warning,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The path relative to the root of the site, with `/`.
    pub file: Arc<str>,
    /// The bytes in the text as read (LF line ends, no BOM); `None` means the whole file.
    pub range: Option<Range<usize>>,
}

impl Place {
    #[must_use]
    pub fn whole(file: &Arc<str>) -> Place {
        Place { file: Arc::clone(file), range: None }
    }

    #[must_use]
    pub fn at(file: &Arc<str>, range: Range<usize>) -> Place {
        Place { file: Arc::clone(file), range: Some(range) }
    }
}

/// An edit that fixes a fault, if only one fix is right: it replaces some bytes with other text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The bytes to replace, in the text of the diagnostic's file as read.
    pub range: Range<usize>,
    /// The new text, with LF line ends.
    pub text: String,
}

#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The code in kebab case, with its family: `incident/unknown-component`.
    pub code: &'static str,
    pub severity: Severity,
    /// The message: one sentence without a full stop.
    pub message: Message,
    pub place: Place,
    pub help: Option<Message>,
    /// The other file, if the fault is a conflict of two files. It is behind one thin pointer, because diagnostics
    /// are passed by value.
    pub other: Option<Arc<String>>,
    /// The fix as an edit. It is set only if no other fix could be meant, because `check --fix` does not ask.
    pub fix: Option<Box<Fix>>,
    /// The word that the message hides, for code that acts on it. It is never shown.
    pub word: Option<Box<str>>,
}

impl Diagnostic {
    #[must_use]
    pub fn error(code: &'static str, place: Place, message: impl Into<Message>) -> Diagnostic {
        let (help, other, fix) = (None, None, None);
        let message = message.into();
        Diagnostic { code, severity: Severity::Error, message, place, help, other, fix, word: None }
    }

    #[must_use]
    pub fn warning(code: &'static str, place: Place, message: impl Into<Message>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, place, message) }
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<Message>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    #[must_use]
    pub fn other(mut self, file: &str) -> Diagnostic {
        self.other = Some(Arc::new(file.to_owned()));
        self
    }

    #[must_use]
    pub fn maybe_help(mut self, help: Option<Message>) -> Diagnostic {
        self.help = help.or(self.help);
        self
    }

    #[must_use]
    pub fn fix(mut self, range: Range<usize>, text: impl Into<String>) -> Diagnostic {
        self.fix = Some(Box::new(Fix { range, text: text.into() }));
        self
    }

    /// Adds the word that the message hides.
    #[must_use]
    pub fn about(mut self, word: &str) -> Diagnostic {
        self.word = Some(word.into());
        self
    }

    #[must_use]
    pub fn maybe_fix(mut self, fix: Option<Fix>) -> Diagnostic {
        self.fix = fix.map(Box::new).or(self.fix);
        self
    }

    /// Turns an error into a warning.
    #[must_use]
    pub fn softened(mut self) -> Diagnostic {
        self.severity = Severity::Warning;
        self
    }
}

impl Severity {
    /// The name for people; programs read the word of [`Display`](fmt::Display).
    #[must_use]
    pub fn name(self) -> Message {
        match self {
            Severity::Error => message!("diagnostic-error", "error"),
            Severity::Warning => message!("diagnostic-warning", "warning"),
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        })
    }
}
