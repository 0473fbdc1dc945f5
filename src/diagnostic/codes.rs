//! The reference of all codes: what each means and what to do. `docs/codes.md`, the page for people, is the table.
//!
//! A code is stable: reports, scripts and links use it. The message for one position is written where the fault is
//! found, never here.

use std::sync::LazyLock;

use super::Severity;

/// Families are headings of the second level, codes of the third. The text of a code is its severity, its meaning
/// and, in a paragraph of its own, the way out.
const PAGE: &str = include_str!("../../docs/codes.md");

/// Codes with the same prefix.
#[derive(Debug)]
pub struct Family {
    /// The prefix before the `/`.
    pub name: &'static str,
    /// The subject, in one sentence.
    pub about: &'static str,
    /// The codes, sorted, each once.
    pub rows: Vec<Row>,
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
pub static FAMILIES: LazyLock<Vec<Family>> =
    LazyLock::new(|| PAGE.split("\n## ").skip(1).map(Family::read).collect());

/// Every row, sorted by code.
pub fn all() -> impl Iterator<Item = &'static Row> {
    FAMILIES.iter().flat_map(|family| &family.rows)
}

#[must_use]
pub fn find(code: &str) -> Option<&'static Row> {
    all().find(|row| row.code == code)
}

impl Family {
    fn read(section: &'static str) -> Family {
        let mut parts = section.split("\n### ");
        let (name, about) = parts.next().and_then(titled).unwrap_or_default();
        Family { name, about, rows: parts.filter_map(Row::read).collect() }
    }
}

impl Row {
    /// `None` if a part of the row is missing, which a test excludes.
    fn read(section: &'static str) -> Option<Row> {
        let (code, text) = titled(section)?;
        let (severity, text) = text.split_once(". ")?;
        let (means, way_out) = text.split_once("\n\n")?;
        let severity = if severity == "Error" { Severity::Error } else { Severity::Warning };
        Some(Row { code, severity, means, way_out })
    }

    /// The anchor of its paragraph in `docs/codes.md`: the part of a link after the `#`.
    #[must_use]
    pub fn anchor(&self) -> String {
        self.code.replace('/', "")
    }
}

/// The heading of a section, and the text below it.
fn titled(section: &str) -> Option<(&str, &str)> {
    section.trim_end().split_once("\n\n")
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    #[test]
    fn the_page_of_codes_holds_rows_and_nothing_else() {
        let mut page = String::new();
        for family in FAMILIES.iter() {
            write!(page, "\n## {}\n\n{}\n", family.name, family.about).unwrap();
            for Row { code, severity, means, way_out } in &family.rows {
                let severity = if *severity == Severity::Error { "Error" } else { "Warning" };
                write!(page, "\n### {code}\n\n{severity}. {means}\n\n{way_out}\n").unwrap();
            }
        }
        assert_eq!(PAGE.split_once("\n## ").map(|(_, rows)| format!("\n## {rows}")), Some(page));
    }

    #[test]
    fn each_code_is_kebab_case_once_and_in_its_family() {
        assert!(FAMILIES.is_sorted_by(|a, b| a.name < b.name));
        let kebab = |word: &str| {
            let sound = |part: &str| {
                !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            };
            word.split('-').all(sound)
        };
        for family in FAMILIES.iter() {
            assert!(kebab(family.name) && !family.rows.is_empty(), "{}", family.name);
            assert!(family.rows.is_sorted_by(|a, b| a.code < b.code), "{}: sorted, each once", family.name);
            for row in &family.rows {
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
