//! The text of a diagnostic in a form that is safe for logs.

use std::borrow::Cow;
use std::ops::Range;

use super::texts::Texts;
use super::{Diagnostic, mask};
use crate::message::{Language, message};

/// Message and help for a log as one text.
pub(super) fn log_text(diagnostic: &Diagnostic, texts: &Texts, language: Language) -> String {
    let (message, help) = log_words(diagnostic, texts, language);
    let Some(help) = help else { return message.into_owned() };
    let help = message!("diagnostic-help-line", "help: {help}", help);
    format!("{message}\n{}", help.text(language))
}

/// Message and help for a log, without the private values of the lines they are about.
pub(super) fn log_words<'d>(
    diagnostic: &'d Diagnostic,
    texts: &Texts,
    language: Language,
) -> (Cow<'d, str>, Option<Cow<'d, str>>) {
    let message = diagnostic.message.text(language);
    let help = diagnostic.help.as_ref().map(|help| help.text(language));
    let (Some(lines), Some(range)) = (texts.files.get(&diagnostic.place.file), &diagnostic.place.range)
    else {
        return (message, help);
    };
    let private = lines.private();
    let (first, last) = (lines.line(range.start).0, lines.line(range.end).0);
    let is_in = |value: &Range<usize>| (first..=last).contains(&lines.line(value.start).0);
    if !private.iter().any(is_in) {
        return (message, help);
    }
    let hidden = |words: Cow<'d, str>| Cow::from(mask::message(&words, &lines.text, private).into_owned());
    (hidden(message), help.map(hidden))
}
