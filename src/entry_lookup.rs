//! Finds the entry that a command-line argument refers to, in the same way for all commands.
//!
//! An argument may be the file or address of an entry, its slug, its id, a part of its slug, or a part of its title
//! in any language. noroshi tries these in that order and stops at the first that matches, so that a full name never matches less than a part of
//! one. Callers decide whether the entry may be shown.

use crate::kind::EntryKind;
use crate::model::Head;
use crate::text;

/// The shortest part of a slug or title that is accepted. A single letter is probably a mistake.
const SHORTEST: usize = 2;
/// The largest number of similar names in a help text.
const OFFERED: usize = 3;

#[derive(Clone, Debug)]
pub struct Named<'e> {
    /// The file of the original, relative to the root: `content/incidents/a.md`.
    pub file: &'e str,
    pub slug: &'e str,
    /// The id, if the file could be read.
    pub id: Option<&'e str>,
    /// The titles in all languages, if the file could be read.
    pub titles: Vec<&'e str>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LookupError {
    /// No entry has the name. The values are similar names.
    Unknown(Vec<String>),
    /// Several entries have the name. The values are unambiguous names.
    Several(Vec<String>),
    /// Several slugs or titles contain the name. The values are unambiguous names.
    Parts(Vec<String>),
}

impl<'e> Named<'e> {
    #[must_use]
    pub fn of(head: &'e Head) -> Named<'e> {
        Named { file: &head.file, slug: &head.slug, id: Some(&head.id), titles: titles(head) }
    }

    /// The folder in `content/` that contains it: `incidents`.
    fn folder(&self) -> &'e str {
        self.file.split('/').nth(1).unwrap_or_default()
    }

    /// The short name: `incidents/slow`.
    fn short(&self) -> String {
        format!("{}/{}", self.folder(), self.slug)
    }

    /// Whether a word before a slug is its kind, as in `incidents/slow` or `incident/slow`.
    fn is_of(&self, word: &str) -> bool {
        word == self.folder() || EntryKind::from_word(word).is_some_and(|kind| kind.folder() == self.folder())
    }
}

/// Finds an entry, as an index of `entries`. `names` are alternative forms of one name, such as a path relative to
/// the current folder and to the root.
///
/// # Errors
/// Fails if no entry, or more than one, matches.
pub fn find(entries: &[Named<'_>], names: &[String], locales: &[String]) -> Result<usize, LookupError> {
    let names: Vec<Name> = names.iter().map(|name| Name::read(name, locales)).collect();
    let ways: [(Way, bool); 5] = [
        (Name::is_file_or_address, false),
        (Name::is_slug, false),
        (Name::is_id, false),
        (Name::is_part, true),
        (Name::is_in_title, true),
    ];
    for (way, is_part) in ways {
        let is_meant = |entry: &Named<'_>| names.iter().any(|name| way(name, entry, locales));
        let found: Vec<usize> = (0..entries.len()).filter(|at| is_meant(&entries[*at])).collect();
        match found[..] {
            [] => {}
            [only] => return Ok(only),
            _ if is_part => return Err(LookupError::Parts(distinct_names(entries, &found))),
            _ => return Err(LookupError::Several(distinct_names(entries, &found))),
        }
    }
    Err(LookupError::Unknown(names.first().map(|name| name.near(entries)).unwrap_or_default()))
}

/// The titles of an entry in all languages.
#[must_use]
pub fn titles(head: &Head) -> Vec<&str> {
    head.title.all().map(String::as_str).collect()
}

/// Unambiguous names of entries: kind and slug, or the file if these are equal.
fn distinct_names(entries: &[Named<'_>], found: &[usize]) -> Vec<String> {
    let short: Vec<String> = found.iter().map(|at| entries[*at].short()).collect();
    let is_alone = |name: &String| short.iter().filter(|other| *other == name).count() == 1;
    let name = |(at, short): (&usize, &String)| {
        if is_alone(short) { short.clone() } else { entries[*at].file.to_owned() }
    };
    found.iter().zip(&short).map(name).collect()
}

/// A test whether a name refers to an entry in one way.
type Way = fn(&Name, &Named<'_>, &[String]) -> bool;

/// A name as typed.
struct Name {
    /// The name in NFC, without optional parts at both ends of a path.
    whole: String,
    /// The name without extension and locale.
    base: String,
    /// Whether it is a file name, which is never a part of another name.
    is_file: bool,
    /// The folded part after the last `/`, and the part before it.
    last: String,
    before: Option<String>,
    /// All of it, folded: a `/` or a `.` in a title separates nothing.
    title: String,
}

impl Name {
    fn read(typed: &str, locales: &[String]) -> Name {
        let whole = text::nfc(typed.trim().trim_start_matches("./").trim_matches('/')).into_owned();
        let base = base(&whole, locales).to_owned();
        let (before, last) = match base.rsplit_once('/') {
            Some((before, last)) => (Some(before.to_owned()), text::fold(last)),
            None => (None, text::fold(&base)),
        };
        let is_file = whole.strip_suffix(".md").is_some() || whole.starts_with("content/");
        let title = text::fold(&whole);
        Name { whole, base, is_file, last, before, title }
    }

    /// Whether it is `content/incidents/a.md`, `incidents/a`, `/incidents/a/`, `/en/incidents/a.html` or
    /// `incident/a`.
    fn is_file_or_address(&self, entry: &Named<'_>, locales: &[String]) -> bool {
        let file = text::nfc(base(entry.file, locales)).into_owned();
        if self.base == file || file.strip_prefix("content/") == Some(&self.base) {
            return true;
        }
        let (before, slug) = (self.before.as_deref(), text::fold(entry.slug));
        let address = self.last.strip_suffix(".html").unwrap_or(&self.last);
        let in_locale = |before: &str| locales.iter().any(|l| before.split('/').next() == Some(l.as_str()));
        let kind = match before {
            Some(before) if in_locale(before) => before.split_once('/').map(|(_, kind)| kind),
            before => before,
        };
        kind.is_some_and(|kind| entry.is_of(kind)) && (self.last == slug || address == slug)
    }

    fn is_slug(&self, entry: &Named<'_>, _: &[String]) -> bool {
        self.before.is_none() && self.last == text::fold(entry.slug)
    }

    fn is_id(&self, entry: &Named<'_>, _: &[String]) -> bool {
        entry.id.is_some_and(|id| text::nfc(id) == self.whole)
    }

    fn is_part(&self, entry: &Named<'_>, _: &[String]) -> bool {
        !self.is_file
            && self.last.chars().count() >= SHORTEST
            && self.before.as_ref().is_none_or(|kind| entry.is_of(kind))
            && text::fold(entry.slug).contains(&self.last)
    }

    fn is_in_title(&self, entry: &Named<'_>, _: &[String]) -> bool {
        !self.is_file
            && self.title.chars().count() >= SHORTEST
            && entry.titles.iter().any(|title| text::fold(title).contains(&self.title))
    }

    /// The slugs that are similar to a mistyped name, the nearest first. People often leave out the day at the
    /// beginning of a slug.
    fn near(&self, entries: &[Named<'_>]) -> Vec<String> {
        let mut found: Vec<(usize, &str)> = Vec::new();
        for entry in entries {
            let ways = [Some(entry.slug), without_day(entry.slug)];
            let nearest = text::near(&self.last, ways.into_iter().flatten()).into_iter().map(|(far, _)| far);
            found.extend(nearest.min().map(|far| (far, entry.slug)));
        }
        found.sort_unstable();
        found.dedup();
        found.truncate(OFFERED);
        found.into_iter().map(|(_, slug)| slug.to_owned()).collect()
    }
}

/// The slug without its day: `orders-are-slow` for `2026-11-20-orders-are-slow`.
fn without_day(slug: &str) -> Option<&str> {
    let (day, rest) = (slug.get(..10)?, slug.get(10..)?.strip_prefix('-')?);
    let is_day = day.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    is_day.then_some(rest)
}

/// A name or path without `.md` and locale, so that a translation refers to its original.
#[must_use]
pub fn base<'n>(name: &'n str, locales: &[String]) -> &'n str {
    let name = name.strip_suffix(".md").unwrap_or(name);
    match name.rsplit_once('.') {
        Some((stem, suffix)) if locales.iter().any(|locale| locale.eq_ignore_ascii_case(suffix)) => stem,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRIES: [Named<'_>; 6] = [
        Named {
            file: "content/incidents/2026/2026-11-20-orders-fail.md",
            slug: "2026-11-20-orders-fail",
            id: None,
            titles: Vec::new(),
        },
        Named {
            file: "content/incidents/2026-11-21-orders-slow.md",
            slug: "2026-11-21-orders-slow",
            id: Some("old"),
            titles: Vec::new(),
        },
        Named { file: "content/maintenance/db.md", slug: "db", id: Some("db"), titles: Vec::new() },
        Named { file: "content/notices/db.md", slug: "db", id: Some("db"), titles: Vec::new() },
        Named {
            file: "content/pages/遅延が.md", slug: "遅延が", id: Some("遅延が"), titles: Vec::new()
        },
        Named { file: "content/faq/old.md", slug: "old", id: Some("old"), titles: Vec::new() },
    ];

    #[test]
    fn an_entry_is_found_by_a_part_of_its_title_unless_a_slug_has_it() {
        let entry = |slug, titles: &[&'static str]| Named {
            file: "content/incidents/a.md",
            slug,
            id: None,
            titles: titles.to_vec(),
        };
        let entries = [
            entry("a-1", &["注文が通りにくい状態", "Orders are slow (API/web)"]),
            entry("a-2", &["ログインできない状態"]),
            entry("orders", &["出金の遅れ"]),
        ];
        let found = |typed: &str| find(&entries, &[typed.to_owned()], &["ja".to_owned()]);
        for (typed, at) in
            [("注文", 0), ("ﾛｸﾞｲﾝ", 1), ("orders are", 0), ("api/web", 0), ("orders", 2), ("出金の遅れ", 2)]
        {
            assert_eq!(found(typed), Ok(at), "{typed}");
        }
        assert!(matches!(found("状態"), Err(LookupError::Parts(names)) if names.len() == 2));
        assert!(matches!(found("注"), Err(LookupError::Unknown(_))));
    }

    fn found(typed: &str) -> Result<usize, LookupError> {
        find(&ENTRIES, &[typed.to_owned()], &["ja".to_owned(), "en".to_owned()])
    }

    #[test]
    fn an_entry_is_found_by_its_file_address_slug_id_or_a_part_of_its_slug() {
        for (at, names) in [
            (
                0,
                &[
                    "content/incidents/2026/2026-11-20-orders-fail.md",
                    "./incidents/2026/2026-11-20-orders-fail.en.md",
                    "incidents/2026-11-20-orders-fail",
                    "incident/2026-11-20-orders-fail",
                    "/incidents/2026-11-20-orders-fail/",
                    "/en/incidents/2026-11-20-orders-fail.html",
                    "2026-11-20-ORDERS-fail",
                    "orders-fail",
                    "incidents/fail",
                    "11-20",
                ][..],
            ),
            (1, &["slow", "2026-11-21-orders-slow.md"]),
            (2, &["maintenance/db", "content/maintenance/db.md"]),
            (3, &["notice/db"]),
            (4, &["遅延", "遅延か\u{3099}", "pages/遅延が.ja.md"]),
            (5, &["old", "faq/old", "question/old"]),
        ] {
            for name in names {
                assert_eq!(found(name), Ok(at), "{name}");
            }
        }
    }

    #[test]
    fn a_name_of_several_entries_lists_what_to_write_instead() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(found("db"), Err(LookupError::Several(names(&["maintenance/db", "notices/db"]))));
        let both = names(&["incidents/2026-11-20-orders-fail", "incidents/2026-11-21-orders-slow"]);
        assert_eq!(found("orders"), Err(LookupError::Parts(both)));
        let twice = [
            Named { file: "content/incidents/a/x.md", slug: "x", id: None, titles: Vec::new() },
            Named { file: "content/incidents/b/x.md", slug: "x", id: None, titles: Vec::new() },
        ];
        let files = names(&["content/incidents/a/x.md", "content/incidents/b/x.md"]);
        assert_eq!(find(&twice, &["x".to_owned()], &[]), Err(LookupError::Several(files)));
    }

    #[test]
    fn a_name_of_no_entry_offers_those_that_are_near() {
        let near = |typed: &str| match found(typed) {
            Err(LookupError::Unknown(near)) => near,
            other => panic!("{other:?}"),
        };
        assert_eq!(near("orders-fial"), ["2026-11-20-orders-fail"]);
        assert_eq!(near("2026-11-21-order-slow").first().map(String::as_str), Some("2026-11-21-orders-slow"));
        assert_eq!(near("zzzzzz"), Vec::<String>::new());
        assert_eq!(near("incidents/d"), ["db"], "one letter is no part");
        assert_eq!(
            near("content/incidents/orders-slow.md").len(),
            1,
            "a file that is gone is no part of another"
        );
        assert_eq!(near(""), Vec::<String>::new());
    }
}
