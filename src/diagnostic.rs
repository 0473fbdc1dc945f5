//! What is wrong, where, and the way out; rendered for people and for programs.
//!
//! A diagnostic points into a file of the site by byte range. Lines and columns are worked out only
//! when it is shown.

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

pub use github::github;
pub use human::human;
pub use json::json;
pub use list::Diagnostics;
pub use sarif::sarif;
pub use texts::{Texts, position};

/// How grave it is: an error stops the build, a warning does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is published.
    Error,
    /// Published, but somebody should look.
    Warning,
}

/// A place in a file: the path relative to the root, and a byte range of its normalised text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// Relative to the root of the site, with `/`.
    pub file: Arc<str>,
    /// Bytes of the text as read (line ends are LF, no BOM); `None` is the file as a whole.
    pub range: Option<Range<usize>>,
}

impl Place {
    /// The file as a whole.
    #[must_use]
    pub fn whole(file: &Arc<str>) -> Place {
        Place { file: Arc::clone(file), range: None }
    }

    /// A byte range of a file.
    #[must_use]
    pub fn at(file: &Arc<str>, range: Range<usize>) -> Place {
        Place { file: Arc::clone(file), range: Some(range) }
    }
}

/// An edit that mends a fault, where there is one right answer: other text in the place of some bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// Bytes of the text as read, in the file of the diagnostic.
    pub range: Range<usize>,
    /// What stands there afterwards, with LF line ends.
    pub text: String,
}

/// One thing that is wrong.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Kebab-case by family: `incident/unknown-component`.
    pub code: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// What was found, in one sentence without a full stop.
    pub message: String,
    /// Where.
    pub place: Place,
    /// The way out.
    pub help: Option<String>,
    /// The other file that it is about, where two do not go together. Behind one thin pointer: faults are handed
    /// around by value.
    pub other: Option<Arc<String>>,
    /// The way out as an edit. Only where no second way could be meant: `check --fix` asks nobody.
    pub fix: Option<Box<Fix>>,
    /// The word that the message hides, for who acts on it; never shown.
    pub word: Option<Box<str>>,
}

impl Diagnostic {
    /// An error at a place.
    #[must_use]
    pub fn error(code: &'static str, place: Place, message: impl Into<String>) -> Diagnostic {
        let (help, other, fix) = (None, None, None);
        let message = message.into();
        Diagnostic { code, severity: Severity::Error, message, place, help, other, fix, word: None }
    }

    /// A warning at a place.
    #[must_use]
    pub fn warning(code: &'static str, place: Place, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, place, message) }
    }

    /// With a way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// With the other file that it is about.
    #[must_use]
    pub fn other(mut self, file: &str) -> Diagnostic {
        self.other = Some(Arc::new(file.to_owned()));
        self
    }

    /// With a way out, if there is one.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Diagnostic {
        self.help = help.or(self.help);
        self
    }

    /// With an edit that mends it.
    #[must_use]
    pub fn fix(mut self, range: Range<usize>, text: impl Into<String>) -> Diagnostic {
        self.fix = Some(Box::new(Fix { range, text: text.into() }));
        self
    }

    /// With the word that the message hides.
    #[must_use]
    pub fn about(mut self, word: &str) -> Diagnostic {
        self.word = Some(word.into());
        self
    }

    /// With an edit that mends it, if there is one.
    #[must_use]
    pub fn maybe_fix(mut self, fix: Option<Fix>) -> Diagnostic {
        self.fix = fix.map(Box::new).or(self.fix);
        self
    }

    /// The same, as a warning.
    #[must_use]
    pub fn softened(mut self) -> Diagnostic {
        self.severity = Severity::Warning;
        self
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
