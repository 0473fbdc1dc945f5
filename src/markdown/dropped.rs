//! Finds words that Markdown would silently drop: unused link definitions, cells beyond the columns of a table,
//! and titles of links.
//!
//! The parser gives the position of all text that it shows. The text at all other positions is examined, and words
//! there that are not markup are lost.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};

use super::fold_label;

/// Words that would not be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    pub range: Range<usize>,
    pub kind: LostKind,
}

/// The meaning of lost words in Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LostKind {
    /// A link definition that no text uses.
    Definition,
    /// Cells beyond the columns of the table.
    Cell,
    /// The title of a link or an image.
    Title,
    /// The words after the opening fence of a code block.
    Fence,
    Other,
}

/// A link definition, as the parser found it.
pub(super) struct Definition {
    pub(super) label: String,
    pub(super) range: Range<usize>,
    pub(super) has_title: bool,
}

/// Reads the events of a text, and collects words that no event shows.
pub(super) struct Finder<'t> {
    text: &'t str,
    /// The position up to which the text was shown or examined.
    at: usize,
    /// Words that no event shows, and whether they are in a table.
    gaps: Vec<(Range<usize>, bool)>,
    found: Vec<Lost>,
    /// The open links, each with whether it has its own title.
    links: Vec<bool>,
    tables: usize,
    used: HashSet<String>,
}

impl<'t> Finder<'t> {
    pub(super) fn new(text: &'t str) -> Finder<'t> {
        let (gaps, found, links) = (Vec::new(), Vec::new(), Vec::new());
        Finder { text, at: 0, gaps, found, links, tables: 0, used: HashSet::new() }
    }

    pub(super) fn event(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(end) => self.end(*end, range),
            _ => {
                self.skip_to(range.start);
                self.at = self.at.max(range.end);
            }
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        self.skip_to(range.start);
        match tag {
            Tag::Link { link_type, title, id, .. } | Tag::Image { link_type, title, id, .. } => {
                let is_inline = *link_type == LinkType::Inline;
                self.links.push(is_inline && has_words(title));
                if matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut) {
                    self.used.insert(fold_label(id));
                }
            }
            Tag::Item => {
                let item = &self.text[self.at.min(range.end)..range.end];
                let digits = item.trim_start_matches([' ', '\t', '>']);
                let rest = digits.trim_start_matches(|c: char| c.is_ascii_digit());
                // This is a bullet, or a number with its punctuation.
                if rest.starts_with(['-', '*', '+'])
                    || (rest.len() < digits.len() && rest.starts_with(['.', ')']))
                {
                    self.at += item.len() - rest.len() + 1;
                }
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                let block = &self.text[range.clone()];
                let line = block.find('\n').unwrap_or(block.len());
                if info.chars().any(|c| !c.is_ascii() && c.is_alphanumeric()) {
                    self.lose(range.start..range.start + line, LostKind::Fence);
                }
                self.at = self.at.max(range.start + line);
            }
            Tag::FootnoteDefinition(_) => {
                let label = self.text[range.clone()].find("]:").map_or(0, |n| n + 2);
                self.at = self.at.max(range.start + label);
            }
            Tag::Table(_) => self.tables += 1,
            _ => {}
        }
    }

    fn end(&mut self, end: TagEnd, range: &Range<usize>) {
        match end {
            TagEnd::Link | TagEnd::Image => {
                if self.links.pop() == Some(true) {
                    self.lose(range.clone(), LostKind::Title);
                }
                self.at = self.at.max(range.end);
            }
            TagEnd::CodeBlock | TagEnd::HtmlBlock => self.at = self.at.max(range.end),
            TagEnd::TableHead | TagEnd::TableRow => self.skip_to(range.end),
            TagEnd::Table => {
                self.skip_to(range.end);
                self.tables = self.tables.saturating_sub(1);
            }
            _ => {}
        }
    }

    /// Examines the text before a byte that was not shown.
    fn skip_to(&mut self, to: usize) {
        if to <= self.at {
            return;
        }
        if has_words(&self.text[self.at..to]) {
            self.gaps.push((self.at..to, self.tables > 0));
        }
        self.at = to;
    }

    fn lose(&mut self, range: Range<usize>, kind: LostKind) {
        let slice = &self.text[range.clone()];
        let start = range.start + (slice.len() - slice.trim_start().len());
        self.found.push(Lost { range: start..start + slice.trim().len(), kind });
    }

    /// All lost words, in the order of the text.
    pub(super) fn finish(mut self, mut definitions: Vec<Definition>) -> Vec<Lost> {
        self.skip_to(self.text.len());
        definitions.retain(|definition| self.used.contains(&definition.label));
        definitions.sort_by_key(|definition| definition.range.start);
        for definition in &definitions {
            if definition.has_title {
                self.lose(definition.range.clone(), LostKind::Title);
            }
        }
        let mut next = 0;
        for (gap, in_table) in std::mem::take(&mut self.gaps) {
            let mut from = gap.start;
            while let Some(used) = definitions.get(next).filter(|d| d.range.start < gap.end) {
                self.examine(from..used.range.start.max(from), in_table);
                from = from.max(used.range.end);
                next += 1;
            }
            self.examine(from..gap.end.max(from), in_table);
        }
        self.found.sort_by_key(|lost| lost.range.start);
        self.found
    }

    /// Separates the definitions in a part that no event shows.
    fn examine(&mut self, part: Range<usize>, in_table: bool) {
        if in_table {
            if has_words(&self.text[part.clone()]) {
                self.lose(part, LostKind::Cell);
            }
            return;
        }
        let mut from = part.start;
        let mut begun: Option<(usize, LostKind)> = None;
        for line in self.text[part.clone()].split_inclusive('\n') {
            let words = line.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
            if begun.is_none() || words.starts_with('[') {
                self.close(begun, from);
                let kind = if words.starts_with('[') { LostKind::Definition } else { LostKind::Other };
                begun = Some((from + line.len() - words.len(), kind));
            }
            from += line.len();
        }
        self.close(begun, from);
    }

    fn close(&mut self, begun: Option<(usize, LostKind)>, end: usize) {
        if let Some((start, kind)) = begun
            && start < end
            && has_words(&self.text[start..end])
        {
            self.lose(start..end, kind);
        }
    }
}

fn has_words(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fragment::Everything;
    use super::super::{Anchors, outline, render};
    use super::*;
    use crate::tests::word;

    fn lost(text: &str) -> Vec<(&str, LostKind)> {
        outline(text).lost.into_iter().map(|lost| (&text[lost.range], lost.kind)).collect()
    }

    #[test]
    fn definitions_that_no_text_uses_are_lost() {
        assert_eq!(
            lost("[重要]: 本日12時から。\n\nA [b].\n\n[b]: /b\n[b]: /c\n\n> [d]: /d\n"),
            [
                ("[重要]: 本日12時から。", LostKind::Definition),
                ("[b]: /c", LostKind::Definition),
                ("[d]: /d", LostKind::Definition)
            ]
        );
        assert_eq!(
            lost("[a]:\n語\n\"語\"\n[c]: d"),
            [("[a]:\n語\n\"語\"", LostKind::Definition), ("[c]: d", LostKind::Definition)]
        );
        for text in [
            "A [b], [c][b], [B][].\n\n[b]: /b",
            "[a]: b c",
            "10. a\n11. b\n\n12) c\n",
            "`[a]: b`",
            "    [a]: b",
        ] {
            assert_eq!(lost(text), [], "{text}");
        }
    }

    #[test]
    fn cells_titles_and_words_of_a_fence_are_lost() {
        assert_eq!(lost("| a |\n| - |\n| 1 | 2 |\n| 3 |\n")[0].1, LostKind::Cell);
        assert_eq!(lost("[a](/b \"c\")"), [("[a](/b \"c\")", LostKind::Title)]);
        assert_eq!(lost("[a]\n\n[a]: /b 'c'")[0].1, LostKind::Title);
        assert_eq!(lost("```語\na\n```\n"), [("```語", LostKind::Fence)]);
        assert_eq!(lost("```rust\na\n```\n\n~~~ sh {1}\nb\n~~~\n"), []);
    }

    /// Pieces of Markdown; `%` is replaced by a word.
    const PIECES: &str = "\
        %␣ %。 「%」 （%） [%] [%]:␣%\n \n\n[%]:␣%\n\n [%]:␣<%>␣'%'\n [a]:␣/a␣'%'\n\n [a]:␣/b\n\n [a] \
        [%][a] [%](/a) [%](/a␣\"%\") [%](<%>) [%](% [%](/a␣%) [^1] [^2]␣ \n\n[^1]:␣%\n\n [^1]:␣%␣[^2]\n \
        [^2]:␣%\n\n␣␣␣␣%\n\n <%> <b>%</b> <b␣%> <!--␣c␣--> <?%?> <div>\n%\n</div>\n\n **%** **「%」** \
        ~~%~~ *%* _%_ `%` ``%`␣ \n \n \n\n \n\n -␣%\n 1.␣%\n >␣%\n >␣ ␣␣ ␣␣␣␣ |␣%␣|␣%␣|\n |␣-␣|␣-␣|\n \
        \n\n|␣%␣|\n|␣-␣|\n|␣%␣|␣%␣|\n | ```\n%\n```\n ```%\n ~~~\n ![%](/a.png) ![%␣[%](/a)](/a.png) \
        &amp;% &%; \\% \\[%]:␣%\n https://a.example/%␣ ［%］（https://a.example/%） \n\n###␣%\n\n \
        %\n---\n";

    fn text() -> impl Strategy<Value = String> {
        prop::collection::vec((word(PIECES), any::<bool>()), 1..14).prop_map(|pieces| {
            let mut number = 0;
            let mut text = String::new();
            for (piece, is_latin) in pieces {
                for (nth, part) in piece.split('%').enumerate() {
                    if nth > 0 {
                        number += 1;
                        text.push_str(&if is_latin {
                            format!("q{number}z")
                        } else {
                            format!("語{number}尾")
                        });
                    }
                    text.push_str(part);
                }
            }
            text
        })
    }

    fn words(text: &str) -> Vec<(usize, &str)> {
        let mut found = Vec::new();
        for (at, _) in text.match_indices(['q', '語']) {
            let end = text[at..].find(['z', '尾']).map(|n| at + n);
            if let Some(end) = end {
                let last = text[end..].chars().next().map_or(0, char::len_utf8);
                found.push((at, &text[at..end + last]));
            }
        }
        found
    }

    proptest! {
        #[test]
        fn no_word_vanishes(text in text()) {
            let outline = outline(&text);
            let rendered = render(&text, 0..text.len(), &outline, 2, "s", &mut Anchors::default());
            let reported: Vec<Range<usize>> = (outline.lost.iter().map(|lost| lost.range.clone()))
                .chain(rendered.faults.iter().map(|fault| fault.range.clone()))
                .chain(rendered.unused.iter().cloned())
                .chain(rendered.links.iter().map(|(_, range)| range.clone()))
                .chain(outline.slips.iter().map(|slip| slip.range.clone()))
                .collect();
            let html = rendered.fragment.html(&Everything);
            let lines = rendered.fragment.lines(&Everything);
            for (at, word) in words(&text) {
                // An ASCII word after an opening fence is the name of a language.
                let line = text[..at].rsplit('\n').next().unwrap_or_default();
                let is_language = word.is_ascii() && (line.contains("```") || line.contains("~~~"));
                if is_language || reported.iter().any(|range| range.contains(&at)) {
                    continue;
                }
                prop_assert!(html.contains(word), "{word} of {text:?} is not in {html}");
                prop_assert!(lines.contains(word), "{word} of {text:?} is not in {lines}");
            }
        }
    }
}
