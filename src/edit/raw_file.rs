//! The bytes of a file beside its text as read, so that an edit of the text is an edit of the file.
//!
//! A byte order mark, line ends of any form and characters that the reader replaces stay the same
//! outside edits.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::source;
use crate::text;

/// A replacement for a byte range of the text as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub range: Range<usize>,
    /// The new text, with LF line ends.
    pub text: String,
}

#[derive(Clone, Debug)]
pub struct Raw {
    written: String,
    text: Arc<str>,
}

impl Raw {
    /// Decodes the bytes of a file.
    pub fn of(name: &Arc<str>, bytes: Vec<u8>) -> Result<Raw, Diagnostic> {
        let text = source::text_of(name, &bytes)?;
        // `text_of` has checked that the bytes are UTF-8.
        let written = String::from_utf8(bytes).unwrap_or_default();
        Ok(Raw { written, text })
    }

    /// The text as read: no byte order mark, LF line ends.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The bytes on disk.
    pub fn bytes(&self) -> &[u8] {
        self.written.as_bytes()
    }

    /// The most frequent line end.
    pub fn line_end(&self) -> &'static str {
        let count = |end: &str| self.written.matches(end).count();
        let both = count("\r\n");
        let (feeds, returns) = (count("\n") - both, count("\r") - both);
        match (both, feeds, returns) {
            (0, 0, 0) => "\n",
            (both, feeds, returns) if both >= feeds && both >= returns => "\r\n",
            (_, feeds, returns) if feeds >= returns => "\n",
            _ => "\r",
        }
    }

    /// The file with these edits. No two of them may touch.
    pub fn with(&self, edits: &[Edit]) -> Raw {
        let mut edits: Vec<&Edit> = edits.iter().collect();
        edits.sort_by_key(|edit| edit.range.start);
        let end = self.line_end();
        let mut written = String::with_capacity(self.written.len() + 256);
        let mut from = 0;
        for edit in edits {
            let (start, until) = (self.at(edit.range.start), self.at(edit.range.end));
            written.push_str(&self.written[from..start]);
            let mut new = edit.text.replace('\n', end);
            // A `\r` before a new `\n` would join it to one line end where the text needs two.
            if written.ends_with('\r') && new.starts_with('\n') {
                new.insert(0, '\r');
            }
            if new.ends_with('\r') && self.written[until..].starts_with('\n') {
                new.push('\n');
            }
            written.push_str(&new);
            from = until;
        }
        written.push_str(&self.written[from..]);
        let text = source::plain(&written);
        Raw { written, text }
    }

    /// The offset in the file for an offset in the text.
    fn at(&self, offset: usize) -> usize {
        let mut raw = if self.written.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let mut read = 0;
        let mut rest = self.written[raw..].chars().peekable();
        while read < offset {
            let Some(c) = rest.next() else { break };
            raw += c.len_utf8();
            if c == '\r' && rest.next_if_eq(&'\n').is_some() {
                raw += 1;
            }
            read += if text::is_xml_char(c) { c.len_utf8() } else { '\u{fffd}'.len_utf8() };
        }
        raw
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tests::text_of;

    fn raw(text: &str) -> Raw {
        Raw::of(&"a.md".into(), text.as_bytes().to_vec()).expect("a text")
    }

    #[test]
    fn a_file_keeps_its_form() {
        let file = raw("\u{feff}a\r\nb\r\n");
        assert_eq!(&**file.text(), "a\nb\n");
        let more = file.with(&[Edit { range: 2..3, text: "c\nd".into() }]);
        assert_eq!(more.bytes(), "\u{feff}a\r\nc\r\nd\r\n".as_bytes());
        assert_eq!(raw("a\rb\r").line_end(), "\r");
        assert_eq!(raw("a\nb\r\n").line_end(), "\r\n");
        assert_eq!(raw("a").line_end(), "\n");
    }

    fn pieces() -> impl Strategy<Value = String> {
        text_of("\r\n \n \r a 遅延 ␣ \u{1} \u{feff} \u{fffe} # 👩‍🚒", 14)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// An edit of the text makes the same edit in the file, and nothing else changes in either.
        #[test]
        fn what_nobody_edits_stays(before in pieces(), after in pieces(), new in "[a#\n]{0,6}") {
            let file = raw(&format!("{before}{after}"));
            let at = raw(&before).text().len();
            // A cut inside a CRLF would split one line end.
            prop_assume!(!(before.ends_with('\r') && after.starts_with('\n')));
            prop_assume!(!(before.is_empty() && after.starts_with('\u{feff}')));
            let more = file.with(&[Edit { range: at..at, text: new.clone() }]);
            let (text, wanted) = (more.text().to_string(), format!("{}{new}{}", &file.text()[..at], &file.text()[at..]));
            prop_assert_eq!(text, wanted);
            prop_assert!(more.bytes().starts_with(before.as_bytes()) && more.bytes().ends_with(after.as_bytes()));
        }
    }
}
