//! Diagnostics as workflow commands of GitHub Actions, which GitHub shows beside the changed lines of a pull
//! request.
//!
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>

use std::fmt::Write as _;

use super::Diagnostic;
use super::log_words::log_text;
use super::texts::{Texts, region};
use crate::message::Language;

/// One line. `prefix` is the path from the root of the repository to the root of the site: empty, or `status/`.
#[must_use]
pub fn github(diagnostic: &Diagnostic, texts: &Texts, prefix: &str, language: Language) -> String {
    let (start, end) = region(diagnostic, texts);
    let file = property(&format!("{prefix}{}", diagnostic.place.file));
    let mut out = format!("::{} file={file},line={},endLine={}", diagnostic.severity, start.line, end.line);
    // Columns are valid only if the range is on one line.
    if start.line == end.line {
        let _ = write!(out, ",col={},endColumn={}", start.column, end.column);
    }
    let _ =
        write!(out, ",title={}::{}", property(diagnostic.code), data(&log_text(diagnostic, texts, language)));
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
