//! Diagnostics as workflow commands of GitHub Actions, which GitHub shows beside the changed lines of a pull
//! request.
//!
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>

use std::fmt::Write as _;

use super::log_words::log_words;
use super::texts::{Texts, region};
use super::{Diagnostic, Severity};

/// One line. `prefix` is the path from the root of the repository to the root of the site: empty, or `status/`.
#[must_use]
pub fn github(diagnostic: &Diagnostic, texts: &Texts, prefix: &str) -> String {
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let (start, end) = region(diagnostic, texts);
    let file = property(&format!("{prefix}{}", diagnostic.place.file));
    let mut out = format!("::{level} file={file},line={},endLine={}", start.line, end.line);
    // Columns are valid only if the range is on one line.
    if start.line == end.line {
        let _ = write!(out, ",col={},endColumn={}", start.column, end.column);
    }
    let (message, help) = log_words(diagnostic, texts);
    let mut said = message.into_owned();
    if let Some(help) = &help {
        said.push_str("\nhelp: ");
        said.push_str(help);
    }
    let _ = write!(out, ",title={}::{}", property(diagnostic.code), data(&said));
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
