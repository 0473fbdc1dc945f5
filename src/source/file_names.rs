//! Classifies file names: an entry, a leftover of another program, or an entry with another extension.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place};
use crate::message::message;
use crate::text;

/// The extension of entries.
const ENTRY: &str = ".md";
/// Extensions of plain text and Markdown that editors choose on their own. Matching ignores case.
const TEXT_ENDINGS: [&str; 12] = [
    ".markdown",
    ".md",
    ".mdown",
    ".mdtext",
    ".mdtxt",
    ".mdwn",
    ".mdx",
    ".mkd",
    ".mkdn",
    ".mkdown",
    ".text",
    ".txt",
];
/// Extensions of copies that editors and git keep beside a file. Matching ignores case.
const COPY_ENDINGS: [&str; 8] = [".bak", ".backup", ".old", ".orig", ".rej", ".save", ".swp", ".tmp"];
/// Extensions of files that cannot contain the text of an entry. Matching ignores case.
const PICTURES: [&str; 15] = [
    ".avif", ".bmp", ".gif", ".heic", ".ico", ".jpeg", ".jpg", ".mov", ".mp3", ".mp4", ".pdf", ".png",
    ".svg", ".tiff", ".webp",
];

/// Whether an operating system puts such files into any folder.
pub(super) fn is_left_by_system(name: &str) -> bool {
    matches!(name, ".DS_Store" | "Thumbs.db" | "ehthumbs.db" | "desktop.ini" | "Desktop.ini" | "Icon\r")
}

/// Whether an editor or an operating system left this file; it is not content.
pub(super) fn is_litter(name: &str) -> bool {
    let is_backup = name.ends_with('~') || (name.starts_with('#') && name.ends_with('#'));
    name.starts_with('.') || is_backup || is_left_by_system(name)
}

/// Reports files in entry folders that are not entries. `entries` are the names of all entries.
pub(super) fn strays(strays: &[Arc<str>], entries: &[&str]) -> Vec<Diagnostic> {
    let is_entry = |name: &str| entries.iter().any(|entry| text::is_same_name(entry, name));
    let is_copy = |name: &Arc<str>| {
        let of = COPY_ENDINGS.iter().find_map(|ending| without(name, ending));
        of.is_some_and(|of| is_entry(of) || is_entry(&format!("{of}{ENTRY}")))
    };
    strays.iter().filter(|name| !is_copy(name)).map(|name| stray(name, &is_entry)).collect()
}

fn stray(name: &Arc<str>, is_entry: &dyn Fn(&str) -> bool) -> Diagnostic {
    let place = Place::whole(name);
    let file = name.rsplit('/').next().unwrap_or(name);
    if PICTURES.iter().any(|ending| without(file, ending).is_some()) {
        let message = message!(
            "source-ignored-file",
            "noroshi does not publish this file: only `.md` files are entries"
        );
        return Diagnostic::warning("source/ignored-file", place, message)
            .help(message!("source-ignored-file-help", "to publish it, move it to `content/static/`"));
    }
    let message = message!(
        "source-not-an-entry",
        "`{file}` is not published: entries are files whose names end in `.md`",
        file
    );
    let help = match as_entry(file) {
        Some(wanted) if is_entry(&beside(name, &wanted)) => message!(
            "source-not-an-entry-move",
            "move its text into `{wanted}` in the same folder, and delete it",
            wanted
        ),
        Some(wanted) => message!(
            "source-not-an-entry-rename",
            "rename it to `{wanted}`; if it is not an entry, move it out of `content/`",
            wanted
        ),
        None => message!(
            "source-not-an-entry-write",
            "write it as Markdown in a file that ends in `.md`, or move it out of `content/`; to publish it unchanged, move it to `content/static/`"
        ),
    };
    Diagnostic::error("source/not-an-entry", place, message).help(help)
}

/// The name of another file in the same folder.
fn beside(name: &str, file: &str) -> String {
    match name.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{file}"),
        None => file.to_owned(),
    }
}

/// The name that a file would have as an entry: `a.md` for `a.MD`, `a.md.txt` and `a.markdown`.
fn as_entry(file: &str) -> Option<String> {
    // Input methods may write the extension as `．ｍｄ`.
    let plain = text::nfkc(file);
    let mut stem = plain.trim().trim_end_matches(['.', ' ']);
    let mut is_text = !stem.contains('.');
    let endings = TEXT_ENDINGS.iter().chain(&COPY_ENDINGS);
    while let Some(shorter) = endings.clone().find_map(|ending| without(stem, ending)) {
        stem = shorter.trim_end();
        is_text = true;
    }
    (is_text && !stem.is_empty()).then(|| format!("{stem}{ENTRY}"))
}

/// The name without an extension in any case; `None` if it has another one.
fn without<'n>(name: &'n str, ending: &str) -> Option<&'n str> {
    let at = name.len().checked_sub(ending.len())?;
    name.get(at..)?.eq_ignore_ascii_case(ending).then(|| &name[..at])
}

/// Removes and reports each file whose name equals another one in NFC. `name` returns the name relative to the
/// root of the site.
pub(super) fn settle_twins<T>(
    files: &mut Vec<T>,
    name: impl Fn(&T) -> &Arc<str>,
    found: &mut Vec<Diagnostic>,
) {
    if files.iter().all(|file| name(file).is_ascii()) {
        return;
    }
    let mut first: BTreeMap<String, Arc<str>> = BTreeMap::new();
    files.retain(|file| {
        let this = name(file);
        let key = text::nfc(this).into_owned();
        let Some(other) = first.get(&key) else {
            first.insert(key, Arc::clone(this));
            return true;
        };
        found.push(twin(this, other));
        false
    });
}

fn twin(this: &Arc<str>, other: &str) -> Diagnostic {
    // Both names look the same on a screen, so combining marks are escaped.
    let spelled = |name: &str| -> String {
        let shown = |c: char| if text::is_mark(c) { c.escape_unicode().to_string() } else { c.to_string() };
        name.chars().map(shown).collect()
    };
    let message = message!(
        "source-same-name",
        "two files have this name, and differ only in how the accents are stored: `{one}` and `{two}`",
        one = spelled(other),
        two = spelled(this)
    );
    Diagnostic::error("source/same-name", Place::whole(this), message)
        .help(message!(
            "source-same-name-help",
            "keep one of the two: on a Mac and in addresses, both names are the same"
        ))
        .other(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_under_another_ending_is_given_its_right_name() {
        for (file, wanted) in [
            ("a.MD", "a.md"),
            ("a.md.txt", "a.md"),
            ("a.en.Markdown", "a.en.md"),
            ("a．ｍｄ", "a.md"),
            ("a.md ", "a.md"),
            ("a.md.", "a.md"),
            ("2026-11-20 slow", "2026-11-20 slow.md"),
            ("a.md.bak", "a.md"),
        ] {
            assert_eq!(as_entry(file).as_deref(), Some(wanted), "{file}");
        }
        for file in ["a.html", "a.docx", ".md", "a.csv"] {
            assert_eq!(as_entry(file), None, "{file}");
        }
    }

    fn reported(files: &[&str], entries: &[&str]) -> Vec<(&'static str, String)> {
        let files: Vec<Arc<str>> = files.iter().map(|file| Arc::from(*file)).collect();
        let reported = strays(&files, entries).into_iter();
        reported.map(|found| (found.code, found.help.unwrap_or_default().into())).collect()
    }

    #[test]
    fn a_copy_is_nobodys_content_as_long_as_the_entry_stands_beside_it() {
        let copy = ["content/incidents/a.md.orig"];
        assert_eq!(reported(&copy, &["content/incidents/a.md"]), []);
        assert_eq!(reported(&["content/incidents/a.bak"], &["content/incidents/a.md"]), []);
        assert_eq!(reported(&copy, &["content/incidents/b.md"])[0].0, "source/not-an-entry");
        assert_eq!(reported(&["content/faq/a.png"], &[])[0].0, "source/ignored-file");
        let beside = reported(&["content/faq/a.txt"], &["content/faq/a.md"]);
        assert!(beside[0].1.starts_with("move its text into `a.md`"), "{beside:?}");
    }
}
