//! The text of a diagnostic in a form that is safe for logs.

use std::borrow::Cow;
use std::ops::Range;

use super::texts::Texts;
use super::{Diagnostic, mask};

/// Message and help for a log as one text.
pub(super) fn log_text(diagnostic: &Diagnostic, texts: &Texts) -> String {
    let (message, help) = log_words(diagnostic, texts);
    help.map_or_else(|| message.to_string(), |help| format!("{message}\nhelp: {help}"))
}

/// Message and help for a log, without the private values of the lines they are about.
pub(super) fn log_words<'d>(
    diagnostic: &'d Diagnostic,
    texts: &Texts,
) -> (Cow<'d, str>, Option<Cow<'d, str>>) {
    let plain = (Cow::from(&diagnostic.message), diagnostic.help.as_deref().map(Cow::from));
    let (Some(lines), Some(range)) = (texts.files.get(&diagnostic.place.file), &diagnostic.place.range)
    else {
        return plain;
    };
    let private = lines.private();
    let (first, last) = (lines.line(range.start).0, lines.line(range.end).0);
    let is_in = |value: &Range<usize>| (first..=last).contains(&lines.line(value.start).0);
    if !private.iter().any(is_in) {
        return plain;
    }
    let hidden = |words: &'d str| mask::message(words, &lines.text, private);
    (hidden(&diagnostic.message), diagnostic.help.as_deref().map(hidden))
}
