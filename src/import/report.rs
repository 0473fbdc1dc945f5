//! The report of an import: one row per uncertain decision, with its place in the source.

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{self, Diagnostic, Diagnostics, Place, Texts};
use crate::message::{Language, Message, message};

#[derive(Debug, Default)]
pub struct Report {
    rows: Diagnostics,
    texts: Texts,
}

/// A text of the source, with a name for rows.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    /// The path relative to the source.
    pub(super) file: Arc<str>,
    pub(super) text: Arc<str>,
}

/// A place in the source, for rows.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) origin: Origin,
    pub(super) range: Option<Range<usize>>,
}

impl Origin {
    pub(super) fn new(file: &str, text: &str) -> Origin {
        Origin { file: file.into(), text: text.into() }
    }

    pub(super) fn at(&self, range: Option<Range<usize>>) -> Spot {
        Spot { origin: self.clone(), range }
    }

    /// The first line that starts with a key (`key:`, `key =`, `"key":`), for rows about its value.
    pub(super) fn key(&self, key: &str) -> Option<Range<usize>> {
        let mut at = 0;
        for line in self.text.split_inclusive('\n') {
            let bare = line.trim().trim_start_matches(['"', '\'', '-', '{', ' ']);
            let rest = bare.strip_prefix(key).map(|rest| rest.trim_start_matches(['"', '\'']).trim_start());
            if rest.is_some_and(|rest| rest.starts_with([':', '='])) {
                let start = at + (line.len() - line.trim_start().len());
                return Some(start..start + line.trim().len());
            }
            at += line.len();
        }
        None
    }
}

impl Report {
    /// Adds a row: the text of the source, and the uncertain result.
    pub(super) fn add(
        &mut self,
        origin: &Origin,
        range: Option<Range<usize>>,
        code: &'static str,
        message: impl Into<Message>,
        made: impl Into<Message>,
    ) {
        if !self.texts.contains(&origin.file) {
            self.texts.insert(Arc::clone(&origin.file), Arc::clone(&origin.text));
        }
        let place = Place { file: Arc::clone(&origin.file), range };
        self.rows.push(Diagnostic::warning(code, place, message).help(made));
    }

    /// Adds an error of the format in an imported file. A correct import has none.
    pub(super) fn fault(&mut self, fault: Diagnostic, text: Option<&Arc<str>>) {
        if let Some(text) = text.filter(|_| !self.texts.contains(&fault.place.file)) {
            self.texts.insert(Arc::clone(&fault.place.file), Arc::clone(text));
        }
        self.rows.push(fault);
    }

    /// Whether an imported file has an error.
    pub fn has_errors(&self) -> bool {
        self.rows.has_errors()
    }

    pub fn len(&self) -> usize {
        self.rows.sorted().len()
    }

    /// The rows as diagnostics, one JSON object per row.
    pub fn json(&self, language: Language) -> impl Iterator<Item = String> {
        self.rows.sorted().into_iter().map(move |row| diagnostic::json(row, &self.texts, language))
    }

    /// The rows in the form of compiler messages: file, line, column.
    pub fn lines(&self, language: Language) -> impl Iterator<Item = String> {
        self.rows.sorted().into_iter().map(move |row| {
            let (line, column) = diagnostic::position(row, &self.texts);
            let text = match &row.help {
                Some(made) => message!("import-row", "{found}; {made}", found = row.message, made),
                None => row.message.clone(),
            };
            format!("{}:{line}:{column}: {}", row.place.file, text.text(language))
        })
    }

    /// The report as a Markdown page, after a text about the import.
    pub fn markdown(&self, about: &Message, language: Language) -> String {
        let title = message!("import-report", "Import report");
        let mut out = format!("# {}\n\n{}\n", title.text(language), about.text(language));
        let rows = self.rows.sorted();
        if rows.is_empty() {
            let none = message!("import-report-empty", "No decision was uncertain.");
            let _ = writeln!(out, "\n{}", none.text(language));
            return out;
        }
        let columns = message!("import-report-columns", "| line | in the source | what noroshi did | kind |");
        let cell = |text: &str| text.replace('|', "\\|").split_whitespace().collect::<Vec<_>>().join(" ");
        let mut file = "";
        for row in rows {
            if *row.place.file != *file {
                file = &row.place.file;
                let _ = writeln!(out, "\n## {}\n", cell(file));
                let _ = writeln!(out, "{}\n| --- | --- | --- | --- |", columns.text(language));
            }
            let (line, _) = diagnostic::position(row, &self.texts);
            let found = cell(&row.message.text(language));
            let made = row.help.as_ref().map_or_else(String::new, |made| cell(&made.text(language)));
            let _ = writeln!(out, "| {line} | {found} | {made} | `{}` |", row.code);
        }
        out
    }
}

pub(super) fn left_out() -> Message {
    message!("import-left-out", "left out")
}

pub(super) fn imported_as(word: &str) -> Message {
    message!("import-imported-as", "imported as `{word}`", word)
}

pub(super) fn called(name: &str) -> Message {
    message!("import-called", "called `{name}`", name)
}

pub(super) fn as_comment() -> Message {
    message!("import-as-comment", "kept as a comment in the front matter")
}

pub(super) fn end_unknown() -> Message {
    message!("import-end-unknown", "set the end to `unknown`")
}

/// The parser refuses a text, with the code of its diagnostic.
pub(super) fn not_allowed(code: &str) -> Message {
    message!("import-not-allowed", "the format does not allow this text ({code})", code)
}

pub(super) fn as_code_block() -> Message {
    message!("import-as-code-block", "put unchanged into a code block: rewrite it as text")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_in_the_order_of_the_source_with_their_lines() {
        let origin = Origin::new("content/issues/a.md", "---\ntitle: a\nseverity: Down\n---\n");
        let mut report = Report::default();
        let key = origin.key("severity");
        report.add(&origin, key, "import/severity", "`Down` | down", "imported as `critical`");
        report.add(&origin, origin.key("title"), "import/title", "x", "y");
        let lines: Vec<String> = report.lines(Language::ENGLISH).collect();
        assert_eq!(lines[1], "content/issues/a.md:3:1: `Down` | down; imported as `critical`");
        let page = report.markdown(&"Two rows.".into(), Language::ENGLISH);
        assert!(page.contains("## content/issues/a.md"), "{page}");
        assert!(
            page.contains("| 3 | `Down` \\| down | imported as `critical` | `import/severity` |"),
            "{page}"
        );
        assert_eq!(Origin::new("a", "  \"date\": 1\n").key("date"), Some(2..11));
    }
}
