//! A diagnostic for people: the line that it is about, underlined. No private value is shown.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::log_words::log_words;
use super::texts::Texts;
use super::{Diagnostic, Severity, mask};
use crate::text;

/// The one code that points at words which must not be read in a log.
pub(super) const LOOKS_PRIVATE: &str = "policy/looks-private";

/// The compiler's look: message, place, the line underlined, help. Nothing in it moves a terminal.
#[must_use]
pub fn human(diagnostic: &Diagnostic, texts: &Texts, colour: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let (message, help) = log_words(diagnostic, texts);
    // Words and names of others move no terminal.
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
        group = group.element(Level::HELP.message(&**help));
    }
    renderer.render(&[group])
}

struct Excerpt {
    text: String,
    line: usize,
    range: Range<usize>,
}

/// The lines that a diagnostic touches (three at most), so that the renderer sees no more.
fn excerpt(diagnostic: &Diagnostic, texts: &Texts) -> Option<Excerpt> {
    let lines = texts.files.get(&diagnostic.place.file)?;
    let text = &*lines.text;
    let range = diagnostic.place.range.clone()?;
    let (start, end) = (lines.floor(range.start), lines.floor(range.end.max(range.start)));
    let (line, from) = lines.line(start);
    let last = lines.line(end).0.min(line + 2);
    let to = text[from..].match_indices('\n').nth(last - line).map_or(text.len(), |(n, _)| from + n);
    // A line of a megabyte helps nobody.
    let from = if start - from > 300 { lines.floor(start - 60) } else { from };
    let to = to.min(lines.floor(start + 300)).max(start);
    let mut hidden: Vec<(Range<usize>, Cow<'_, str>)> =
        lines.private().iter().map(|range| (range.clone(), Cow::from(mask::HIDDEN))).collect();
    hidden.extend(word_to_hide(diagnostic, &text[start..end]).map(|shown| (start..end, Cow::from(shown))));
    let (text, range) = shown(text, from..to, start..end.min(to).max(start), &hidden);
    // Escapes are longer than what they stand for; what is underlined stays the same.
    let [before, marked, after] =
        [0..range.start, range.clone(), range.end..text.len()].map(|part| text::visible_lines(&text[part]));
    let range = before.len()..before.len() + marked.len();
    Some(Excerpt { text: before + &marked + &after, line: line + 1, range })
}

/// What is shown in the place of a word that looks private, where that is what the diagnostic points at.
fn word_to_hide(diagnostic: &Diagnostic, word: &str) -> Option<String> {
    let shown = mask::beginning(word);
    (diagnostic.code == LOOKS_PRIVATE && diagnostic.message.contains(&shown)).then_some(shown)
}

/// A piece of a text with other words in the place of some, and where a part of it stands then.
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
