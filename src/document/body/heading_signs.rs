//! Reports lines of a report that look like headings and are none: `＃＃ 原因`, `##原因`.

use super::lines::trimmed;
use super::parser::Parser;
use crate::diagnostic::{Diagnostic, Fix};
use crate::document::write_it;
use crate::message::message;

impl Parser<'_> {
    /// Reports the lines below a postmortem or an evaluation that begin with signs which make no heading. A pasted
    /// document has its outline from them.
    pub(super) fn heading_signs(&mut self) {
        for range in self.narratives.clone() {
            let mut start = range.start;
            for line in self.text[range].split_inclusive('\n') {
                let at = start;
                start += line.len();
                let Some(heading) = meant(line).filter(|_| !self.outline.is_deliberate(at)) else { continue };
                let words = trimmed(self.text, &(at..start));
                let place = self.place(words.clone());
                // It may also read like an update.
                if self.found.iter().any(|known| known.place.range == place.range) {
                    continue;
                }
                let message =
                    message!("document-heading-signs", "these signs make no heading, so readers see them");
                let fix = Fix { range: self.absolute(&words), text: heading.clone() };
                let help = write_it(&heading);
                let found = Diagnostic::warning("markdown/heading-signs", place, message).help(help);
                self.found.push(found.maybe_fix(Some(fix)));
            }
        }
    }
}

/// The heading that a line was meant to be. A single sign before a word is a hashtag.
fn meant(line: &str) -> Option<String> {
    let line = line.trim_end();
    let blanks = line.len() - line.trim_start_matches(' ').len();
    let rest = line[blanks..].trim_start_matches(['#', '＃', '♯']);
    let signs = &line[blanks..line.len() - rest.len()];
    let count = signs.chars().count();
    let words = rest.trim_start();
    let is_apart = words.len() < rest.len();
    let is_heading = signs.is_ascii() && rest.starts_with([' ', '\t']);
    let is_meant = (1..=6).contains(&count) && (count > 1 || is_apart) && blanks < 4;
    (is_meant && !is_heading && words.contains(char::is_alphanumeric))
        .then(|| format!("{} {words}", "#".repeat(count)))
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn signs_without_a_blank_or_in_full_width_are_meant_as_a_heading() {
        for (line, heading) in [
            ("＃＃ 原因\n", "## 原因"),
            ("＃＃　原因\r\n", "## 原因"),
            ("##原因", "## 原因"),
            ("＃　原因", "# 原因"),
            ("#＃ Cause", "## Cause"),
            ("###　原因", "### 原因"),
        ] {
            assert_eq!(meant(line).as_deref(), Some(heading), "{line}");
        }
        for line in [
            "## 原因",
            "#注文",
            "＃注文",
            "＃1",
            "##",
            "＃＃ ！",
            "    ＃＃ 原因",
            "原因 ＃＃",
            "#######原因",
            "",
        ] {
            assert_eq!(meant(line), None, "{line}");
        }
    }
}
