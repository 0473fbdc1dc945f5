//! The reference of all codes: what each means and what to do. `docs/codes.md` is generated from it.
//!
//! A code is stable: reports, scripts and links use it. The message for one position is written where the fault is
//! found, never here.

mod entries;
mod host;
mod site;
mod syntax;
mod theme;

use std::fmt::Write as _;

use super::Severity;

/// Codes with the same prefix.
#[derive(Debug)]
pub struct Family {
    /// The prefix before the `/`.
    pub name: &'static str,
    /// The subject, in one sentence.
    pub about: &'static str,
    /// The codes, sorted, each once.
    pub rows: &'static [Row],
}

#[derive(Debug)]
pub struct Row {
    pub code: &'static str,
    /// The severity, unless a rule softens it.
    pub severity: Severity,
    /// The meaning, in one sentence.
    pub means: &'static str,
    pub way_out: &'static str,
}

/// All families, sorted. The codes of import reports (`import/…`) are not included: they are about the files of
/// another program, and only an import reports them.
pub const FAMILIES: [Family; 26] = [
    syntax::BODY,
    entries::ENTRY,
    syntax::FAQ,
    entries::FEED,
    syntax::FRONT_MATTER,
    site::HISTORY,
    host::HOST,
    entries::INCIDENT,
    site::INTERNAL,
    entries::LINK,
    entries::MAINTENANCE,
    syntax::MARKDOWN,
    entries::NOTICE,
    site::POLICY,
    site::PRIVACY,
    site::PUBLISH,
    entries::QUESTION,
    site::SITE,
    site::SOURCE,
    site::STATIC,
    syntax::TEXT,
    theme::THEME,
    syntax::TIME,
    entries::TRANSLATION,
    syntax::UPDATE,
    syntax::YAML,
];

/// Every row, sorted by code.
pub fn all() -> impl Iterator<Item = &'static Row> {
    FAMILIES.iter().flat_map(|family| family.rows)
}

#[must_use]
pub fn find(code: &str) -> Option<&'static Row> {
    all().find(|row| row.code == code)
}

impl Row {
    /// The anchor of its paragraph in `docs/codes.md`: the part of a link after the `#`.
    #[must_use]
    pub fn anchor(&self) -> String {
        self.code.replace('/', "")
    }
}

/// The text of `docs/codes.md`.
#[must_use]
pub fn document() -> String {
    let mut out = String::from(
        "# Codes\n\n\
         <!-- Written from src/diagnostic/codes/: cargo run --example codes > docs/codes.md -->\n\n\
         `noroshi` reports each error and warning with a code, a place and a fix. An error stops the build, \
         and `noroshi` publishes nothing; a warning does not. An error only in a translation is a warning, \
         whatever this page says. To run the checks, see [format.md](format.md#what-is-wrong-and-where).\n",
    );
    for family in &FAMILIES {
        let _ = write!(out, "\n## {}\n\n{}\n", family.name, family.about);
        for row in family.rows {
            let severity = match row.severity {
                Severity::Error => "Error",
                Severity::Warning => "Warning",
            };
            let _ = write!(out, "\n### {}\n\n{severity}. {}\n\n{}\n", row.code, row.means, row.way_out);
        }
    }
    out
}

const fn error(code: &'static str, means: &'static str, way_out: &'static str) -> Row {
    Row { code, severity: Severity::Error, means, way_out }
}

const fn warning(code: &'static str, means: &'static str, way_out: &'static str) -> Row {
    Row { code, severity: Severity::Warning, means, way_out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_is_kebab_case_once_and_in_its_family() {
        assert!(FAMILIES.is_sorted_by(|a, b| a.name < b.name));
        let kebab = |word: &str| {
            let sound = |part: &str| {
                !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            };
            word.split('-').all(sound)
        };
        for family in &FAMILIES {
            assert!(kebab(family.name) && !family.rows.is_empty(), "{}", family.name);
            assert!(family.rows.is_sorted_by(|a, b| a.code < b.code), "{}: sorted, each once", family.name);
            for row in family.rows {
                let own = row.code.split_once('/').filter(|(name, _)| *name == family.name);
                assert!(own.is_some_and(|(_, rest)| kebab(rest)), "{}", row.code);
            }
        }
    }

    #[test]
    fn each_code_says_what_it_means_and_the_way_out_in_sentences() {
        let sentence =
            |text: &str| text.ends_with('.') && text.starts_with(|c: char| c.is_uppercase() || c == '`');
        for row in all() {
            assert!(sentence(row.means) && sentence(row.way_out), "{}", row.code);
            assert_eq!(row.means.matches(". ").count(), 0, "{}: one sentence", row.code);
        }
        assert!(FAMILIES.iter().all(|family| sentence(family.about)));
    }

    #[test]
    fn a_code_is_found() {
        let row = find("incident/unknown-component").expect("a row");
        assert_eq!((row.severity, row.anchor()), (Severity::Error, "incidentunknown-component".to_owned()));
        assert!(find("incident/unknown").is_none());
    }
}
