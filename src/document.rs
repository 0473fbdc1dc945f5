//! Turns text into raw documents: the front matter as a tree, the body split into updates and sections.
//!
//! This module knows the syntax of a file and the position of each part. It does not know what the parts mean: it
//! has no components, zones or pages. It reports all faults, not only the first.

pub mod body;
pub(crate) mod markdown_lint;
pub mod moment;
pub mod yaml;
mod yaml_faults;
mod yaml_lint;
mod yaml_slips;

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place};
use crate::kind::EntryKind;
use crate::limits::FRONT_MATTER_BYTES;
use crate::message::{Message, message, one_of};
use crate::source::FoundFile;
use crate::text;
use crate::vocabulary::Aliases;
use body::Body;
use yaml::Yaml;

/// The file of one entry, split but not interpreted.
#[derive(Debug)]
pub struct Document {
    /// The path, relative to the root.
    pub file: Arc<str>,
    pub kind: EntryKind,
    /// The file name without suffixes, in NFC.
    pub slug: String,
    /// The locale suffix of a translation: `en` in `slug.en.md`.
    pub locale: Option<String>,
    pub front: Yaml,
    pub body: Body,
}

/// Parses one file. `more` holds the words that a theme adds. Returns `None` if the file cannot be read further;
/// `found` then says why.
#[must_use]
pub fn parse(
    source: &FoundFile,
    text: &Arc<str>,
    locales: &[String],
    more: &Aliases,
    found: &mut Vec<Diagnostic>,
) -> Option<Document> {
    let (file, kind) = (&source.name, source.kind?);
    conflict_markers(file, text, found);
    let name = name(source, locales, found);
    let (front, start) = match front_matter(text) {
        Ok(parts) => parts,
        Err(fault) => {
            let mut diagnostic = Diagnostic::error(fault.code, Place::at(file, fault.range), fault.message);
            diagnostic.help = Some(fault.help);
            found.push(diagnostic);
            return None;
        }
    };
    let front = Yaml::parse(file, text, front, found);
    let body = body::parse(file, text, start, kind, (locales, more), found);
    let (slug, locale) = name?;
    Some(Document { file: Arc::clone(file), kind, slug, locale, front, body })
}

/// Parses `site.yaml`.
#[must_use]
pub fn parse_config(file: &Arc<str>, text: &Arc<str>, found: &mut Vec<Diagnostic>) -> Yaml {
    let before = found.len();
    conflict_markers(file, text, found);
    // With both sides of a conflict, everything else that could be said of the file follows from the markers.
    if found.len() > before {
        Yaml::unread(file, text)
    } else {
        Yaml::parse(file, text, 0..text.len(), found)
    }
}

/// The slug and the locale suffix of a file.
fn name(
    source: &FoundFile,
    locales: &[String],
    found: &mut Vec<Diagnostic>,
) -> Option<(String, Option<String>)> {
    let stem = text::nfc(&source.stem).into_owned();
    let (slug, locale) = match stem.rsplit_once('.') {
        Some((slug, suffix)) if locales.iter().any(|l| l.eq_ignore_ascii_case(suffix)) => {
            let locale = locales.iter().find(|l| l.eq_ignore_ascii_case(suffix)).cloned();
            (slug.to_owned(), locale)
        }
        Some((slug, suffix)) if looks_like_locale(suffix) && is_slug(slug) => {
            let message =
                message!("document-unknown-locale", "`{suffix}` is not one of the site's locales", suffix);
            let help = message!(
                "document-unknown-locale-help",
                "use {known}, or add the locale to `locales` in site.yaml",
                known = one_of(locales)
            );
            found.push(
                Diagnostic::error("translation/unknown-locale", Place::whole(&source.name), message)
                    .help(help),
            );
            return None;
        }
        _ => (stem, None),
    };
    if is_slug(&slug) {
        return Some((slug, locale));
    }
    let suggestion = text::slugify(&slug);
    let suffix = locale.map_or(String::new(), |l| format!(".{l}"));
    let message = message!(
        "document-bad-slug",
        "`{slug}` cannot be an address: use letters, digits, `-` and `_`, and at most 200 bytes",
        slug
    );
    let help = if suggestion.is_empty() {
        message!(
            "document-bad-slug-help",
            "name the file after what happened, for example `2026-11-20-slow-orders.md`"
        )
    } else {
        let name = format!("{suggestion}{suffix}.md");
        message!("document-bad-slug-rename", "rename the file to `{name}`", name)
    };
    found.push(Diagnostic::error("source/bad-slug", Place::whole(&source.name), message).help(help));
    None
}

fn is_slug(slug: &str) -> bool {
    !slug.is_empty() && slug.len() <= 200 && slug.chars().all(text::is_slug_char)
}

fn looks_like_locale(suffix: &str) -> bool {
    let language = suffix.split('-').next().unwrap_or("");
    (2..=3).contains(&language.len()) && suffix.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-')
}

struct Fault {
    code: &'static str,
    range: Range<usize>,
    message: Message,
    help: Message,
}

/// The range of the YAML, and the byte where the body begins.
fn front_matter(text: &str) -> Result<(Range<usize>, usize), Fault> {
    let first = text.lines().next().unwrap_or("");
    if first != "---" {
        let near =
            text::nfkc(first.trim()).chars().all(|c| matches!(c, '-' | '—' | '–' | '―')) && !first.is_empty();
        return Err(Fault {
            code: "front-matter/missing",
            range: 0..first.len(),
            message: if near {
                message!("document-front-matter-near", "the first line is not exactly `---`")
            } else {
                message!("document-front-matter-missing", "the file does not begin with front matter")
            },
            help: message!(
                "document-front-matter-help",
                "write a line `---`, then `title: …` and the other keys, then a line `---`"
            ),
        });
    }
    let mut at = 4.min(text.len());
    let mut nearly: Option<Range<usize>> = None;
    while at < text.len() {
        let end = text[at..].find('\n').map_or(text.len(), |n| at + n);
        let line = &text[at..end];
        if line == "---" && at <= FRONT_MATTER_BYTES {
            return Ok((4..at, (end + 1).min(text.len())));
        }
        if nearly.is_none() && line.trim().len() >= 3 && text::nfkc(line.trim()).chars().all(|c| c == '-') {
            nearly = Some(at..end);
        }
        if at > FRONT_MATTER_BYTES {
            return Err(Fault {
                code: "front-matter/too-large",
                range: 0..3,
                message: message!(
                    "document-front-matter-too-large",
                    "front matter is longer than {most} bytes",
                    most = FRONT_MATTER_BYTES
                ),
                help: message!(
                    "document-front-matter-too-large-help",
                    "end it with a line `---`, and write the text of the entry below that line"
                ),
            });
        }
        at = end + 1;
    }
    let help = match &nearly {
        Some(range) => message!(
            "document-front-matter-almost-ends",
            "this line almost ends it: write `---` instead of `{line}`",
            line = text[range.clone()]
        ),
        None => message!("document-front-matter-end", "end it with a line that is exactly `---`"),
    };
    Err(Fault {
        code: "front-matter/unclosed",
        range: nearly.unwrap_or(0..3),
        message: message!(
            "document-front-matter-unclosed",
            "the front matter that begins on line 1 never ends"
        ),
        help,
    })
}

/// The help that is a line or a text to write.
fn write_it(text: &str) -> Message {
    message!("document-write", "write `{text}`", text)
}

fn conflict_markers(file: &Arc<str>, text: &str, found: &mut Vec<Diagnostic>) {
    let is_edge = |line: &str| ["<<<<<<< ", ">>>>>>> "].iter().any(|mark| line.starts_with(mark));
    // A line of `=` alone may underline a heading, so it counts only if an outer marker exists.
    if !text.lines().any(is_edge) {
        return;
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let marker = is_edge(line) || line.trim_end() == "=======";
        if marker {
            let place = Place::at(file, start..start + line.trim_end().len());
            let message = message!("document-conflict", "this line marks an unresolved merge conflict");
            let help =
                message!("document-conflict-help", "keep one of the two texts and delete the marker lines");
            found.push(Diagnostic::error("source/conflict-marker", place, message).help(help));
        }
        start += line.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(stem: &str, text: &str) -> Vec<&'static str> {
        let source = FoundFile {
            path: "x".into(),
            name: "content/incidents/x.md".into(),
            kind: Some(EntryKind::Incident),
            stem: stem.into(),
            stamp: None,
        };
        let mut found = Vec::new();
        let _ = parse(&source, &text.into(), &["ja".into(), "en".into()], &Aliases::default(), &mut found);
        found.into_iter().map(|d| d.code).collect()
    }

    #[test]
    fn front_matter_faults_have_codes_of_their_own() {
        assert_eq!(codes("a", "words\n"), ["front-matter/missing"]);
        assert_eq!(codes("a", ""), ["front-matter/missing"]);
        assert_eq!(codes("a", "---\ntitle: a\n"), ["front-matter/unclosed"]);
        assert_eq!(codes("a", &format!("---\n{}---\n", "a: b\n".repeat(20_000))), ["front-matter/too-large"]);
        let long = format!("---\na: {}\n---\n", "b".repeat(70_000));
        assert_eq!(codes("a", &long), ["front-matter/too-large"]);
        assert_eq!(codes("a", "---\ntitle: a\n---\nx\n\n---\n\ny\n"), Vec::<&str>::new());
    }

    #[test]
    fn names_are_slugs_with_a_locale() {
        assert_eq!(codes("..", "---\n---\n"), ["source/bad-slug"]);
        assert_eq!(codes("a b", "---\n---\n"), ["source/bad-slug"]);
        assert_eq!(codes("a.fr", "---\n---\n"), ["translation/unknown-locale"]);
        assert_eq!(codes("遅延.en", "---\n---\n"), Vec::<&str>::new());
    }

    #[test]
    fn conflict_markers_are_named() {
        let text = "---\ntitle: a\n---\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n";
        assert_eq!(codes("a", text).iter().filter(|c| **c == "source/conflict-marker").count(), 3);
    }
}
