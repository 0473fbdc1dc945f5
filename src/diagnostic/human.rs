//! A diagnostic for people: the affected line, underlined. Private values are hidden.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::log_words::log_words;
use super::texts::Texts;
use super::{Diagnostic, Severity, mask};
use crate::message::{Language, Message, message};
use crate::text;

/// The one code that points at words which must not appear in a log.
pub(super) const LOOKS_PRIVATE: &str = "policy/looks-private";

/// A diagnostic in the style of a compiler: message, position, underlined line, help. It contains no terminal
/// control characters from the content.
#[must_use]
pub fn human(diagnostic: &Diagnostic, texts: &Texts, colour: bool, language: Language) -> String {
    let severity = diagnostic.severity.name();
    let (severity, help_name) = (severity.text(language), help_name());
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR.with_name(&*severity),
        Severity::Warning => Level::WARNING.with_name(&*severity),
    };
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let (message, help) = log_words(diagnostic, texts, language);
    // Text and names from the content must not control the terminal.
    let (message, file) = (text::visible(&message), text::visible(&diagnostic.place.file));
    let help = help.as_deref().map(text::visible);
    let title = level.primary_title(&*message).id(diagnostic.code);
    let excerpt = excerpt(diagnostic, texts);
    let mut group = match &excerpt {
        Some(e) => title.element(
            Snippet::source(e.text.as_str())
                .line_start(e.line)
                .path(&*file)
                .annotation(AnnotationKind::Primary.span(e.range.clone())),
        ),
        None => title.element(annotate_snippets::Origin::path(&*file)),
    };
    if let Some(help) = &help {
        group = group.element(Level::HELP.with_name(help_name.text(language)).message(&**help));
    }
    renderer.render(&[group])
}

fn help_name() -> Message {
    message!("diagnostic-help", "help")
}

struct Excerpt {
    text: String,
    line: usize,
    range: Range<usize>,
}

/// The lines that a diagnostic covers (at most three), so that the renderer does not process more.
fn excerpt(diagnostic: &Diagnostic, texts: &Texts) -> Option<Excerpt> {
    let lines = texts.files.get(&diagnostic.place.file)?;
    let text = &*lines.text;
    let range = diagnostic.place.range.clone()?;
    let (start, end) = (lines.floor(range.start), lines.floor(range.end.max(range.start)));
    let (line, from) = lines.line(start);
    let last = lines.line(end).0.min(line + 2);
    let to = text[from..].match_indices('\n').nth(last - line).map_or(text.len(), |(n, _)| from + n);
    // A very long line is cut around the range.
    let from = if start - from > 300 { lines.floor(start - 60) } else { from };
    let to = to.min(lines.floor(start + 300)).max(start);
    let mut hidden: Vec<(Range<usize>, Cow<'_, str>)> =
        lines.private().iter().map(|range| (range.clone(), Cow::from(mask::HIDDEN))).collect();
    hidden.extend(word_to_hide(diagnostic, &text[start..end]).map(|shown| (start..end, Cow::from(shown))));
    let (text, range) = shown(text, from..to, start..end.min(to).max(start), &hidden);
    // Escapes are longer than the characters they replace, so the underlined range is computed again.
    let [before, marked, after] =
        [0..range.start, range.clone(), range.end..text.len()].map(|part| text::visible_lines(&text[part]));
    let range = before.len()..before.len() + marked.len();
    Some(Excerpt { text: before + &marked + &after, line: line + 1, range })
}

/// The replacement for a word that looks private, if the diagnostic points at it.
fn word_to_hide(diagnostic: &Diagnostic, word: &str) -> Option<String> {
    let shown = mask::beginning(word);
    (diagnostic.code == LOOKS_PRIVATE && diagnostic.message.english().contains(&shown)).then_some(shown)
}

/// A part of a text with some words replaced, and the new position of a range in it.
fn shown(
    text: &str,
    piece: Range<usize>,
    part: Range<usize>,
    hidden: &[(Range<usize>, Cow<'_, str>)],
) -> (String, Range<usize>) {
    let mut out = String::with_capacity(piece.len());
    let mut last = piece.start;
    let (mut start, mut end) = (None, None);
    for (range, words) in
        hidden.iter().filter(|(range, _)| range.start < piece.end && range.end > piece.start)
    {
        let from = range.start.max(last);
        out.push_str(&text[last..from]);
        let to = range.end.min(piece.end).max(from);
        let at = out.len();
        out.push_str(words);
        let place = |place: usize, inside: usize| {
            if place < from { Some(at - (from - place)) } else { (place < to).then_some(inside) }
        };
        start = start.or_else(|| place(part.start, at));
        end = end.or_else(|| place(part.end, out.len()).or((part.end == to).then_some(out.len())));
        last = to;
    }
    let (until, base) = (piece.end.max(last), out.len());
    out.push_str(&text[last..until]);
    let place = |place: usize| base + place.max(last) - last;
    let start = start.unwrap_or_else(|| place(part.start));
    let end = end.unwrap_or_else(|| place(part.end)).max(start);
    (out, start..end)
}
