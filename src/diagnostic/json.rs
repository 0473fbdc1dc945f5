//! A diagnostic as a line of JSON, for programs.

use serde::Serialize;

use super::log_words::log_words;
use super::texts::{Texts, region};
use super::{Diagnostic, Severity};
use crate::message::Language;

#[derive(Serialize)]
struct JsonLine<'a> {
    code: &'a str,
    severity: Severity,
    message: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    help: Option<&'a str>,
}

/// One JSON object, without the line end. Message and help are in the language of the reader; programs read the code. A diagnostic for a whole file has the position 1:1.
#[must_use]
pub fn json(diagnostic: &Diagnostic, texts: &Texts, language: Language) -> String {
    let (start, end) = region(diagnostic, texts);
    let (message, help) = log_words(diagnostic, texts, language);
    let line = JsonLine {
        code: diagnostic.code,
        severity: diagnostic.severity,
        message: &message,
        file: &diagnostic.place.file,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        help: help.as_deref(),
    };
    serde_json::to_string(&line).unwrap_or_default()
}
