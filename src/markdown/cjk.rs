//! Makes emphasis work beside Chinese, Japanese and Korean characters.
//!
//! `CommonMark` uses the blanks and the punctuation around `**` to decide whether it opens or closes. Languages
//! without blanks have none there, so `**「重要」**です` would be published with its asterisks. The amendments of
//! <https://github.com/tats-u/markdown-cjk-friendly> fix the rule. `pulldown-cmark` has them as an option that is
//! not in any published version yet. Until then the parser reads a copy of the text, with a letter beside each
//! mark that may open or close by the amendments. The letters are removed from the events again, and positions are
//! counted without them. When `pulldown-cmark` has the option, `Readable` can be removed.

use std::borrow::Cow;
use std::ops::Range;

use super::characters::{is_cjk, is_hangul, is_ideographic_selector, is_selector};

/// Characters that stand for a letter or a punctuation mark beside a delimiter run. If a text contains one of
/// them, the next pair is used.
const PAIRS: [(char, char); 4] =
    [('\u{e0f0}', '\u{2e4e}'), ('\u{e0f1}', '\u{2e4f}'), ('\u{e0f2}', '\u{2e42}'), ('\u{e0f3}', '\u{2e3c}')];
/// The length of each of them in bytes.
const WIDTH: usize = 3;

/// A text in the form that the parser reads.
#[derive(Debug)]
pub(super) struct Readable<'t> {
    text: Cow<'t, str>,
    /// The positions of inserted characters in the copy, sorted.
    put: Vec<usize>,
    pair: (char, char),
}

impl<'t> Readable<'t> {
    /// Creates the copy. It is the text itself if no mark of emphasis is beside CJK.
    pub(super) fn of(text: &'t str) -> Readable<'t> {
        let plain = Readable { text: Cow::Borrowed(text), put: Vec::new(), pair: PAIRS[0] };
        if text.is_ascii() || !text.bytes().any(|b| matches!(b, b'*' | b'~')) {
            return plain;
        }
        let runs = runs_beside_cjk(text);
        if runs.is_empty() {
            return plain;
        }
        match PAIRS.into_iter().find(|(letter, mark)| !text.contains([*letter, *mark])) {
            Some(pair) => with_letters(text, &runs, pair),
            None => plain,
        }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn is_changed(&self) -> bool {
        !self.put.is_empty()
    }

    /// The bytes in the original text.
    pub(super) fn place(&self, range: Range<usize>) -> Range<usize> {
        if self.put.is_empty() {
            return range;
        }
        let written = |at: usize| {
            let before = self.put.partition_point(|put| *put < at);
            match before.checked_sub(1).map(|last| self.put[last]) {
                // A position inside an inserted character maps to where it was inserted.
                Some(put) if at < put + WIDTH => put - (before - 1) * WIDTH,
                _ => at - before * WIDTH,
            }
        };
        written(range.start)..written(range.end)
    }

    /// The words without inserted characters; `None` if they contain none.
    pub(super) fn taken_out(&self, words: &str) -> Option<String> {
        let (letter, mark) = self.pair;
        (self.is_changed() && words.contains([letter, mark])).then(|| words.replace([letter, mark], ""))
    }
}

/// A run of `*` or `~~`, and whether a letter must be inserted before and after it.
struct Run {
    range: Range<usize>,
    before: Side,
    after: Side,
}

/// The characters to insert at one side of a run.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Nothing,
    Letter,
    /// A letter for this run, and a punctuation mark for the run that follows directly, so that the latter still
    /// has punctuation beside it.
    LetterAndMark,
}

/// The insertion for a neighbour. A neighbour that already counts as a letter needs none.
fn side(neighbour: char) -> Side {
    match neighbour {
        // A table cell ends here, which the parser handles itself.
        '|' => Side::Nothing,
        '*' | '_' | '~' => Side::LetterAndMark,
        c if c.is_alphanumeric() => Side::Nothing,
        _ => Side::Letter,
    }
}

/// The runs that open and close by the amendments: one neighbour is CJK, and neither is a blank.
fn runs_beside_cjk(text: &str) -> Vec<Run> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let mark = bytes[at];
        match mark {
            b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => at += 2,
            b'*' | b'~' => {
                let length = bytes[at..].iter().take_while(|b| **b == mark).count();
                let range = at..at + length;
                at = range.end;
                if mark == b'*' || length == 2 {
                    found.extend(beside_cjk(text, range));
                }
            }
            _ => at += 1,
        }
    }
    found
}

fn beside_cjk(text: &str, range: Range<usize>) -> Option<Run> {
    let before = text[..range.start].chars().next_back()?;
    let after = text[range.end..].chars().next()?;
    if before.is_whitespace() || after.is_whitespace() {
        return None;
    }
    let joined = is_cjk(after) || is_cjk_end(&text[..range.start], before);
    if !joined || begins_a_line(&text[..range.start]) {
        return None;
    }
    Some(Run { range, before: side(before), after: side(after) })
}

/// Whether the words end in a CJK character, with or without a variation selector.
fn is_cjk_end(words: &str, last: char) -> bool {
    if is_cjk(last) || is_ideographic_selector(last) {
        return true;
    }
    if !is_selector(last) {
        return false;
    }
    let base = words.chars().rev().nth(1);
    // Quotation marks with this selector are full-width.
    let wide_quote =
        last == '\u{fe01}' && matches!(base, Some('\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}'));
    wide_quote || base.is_some_and(is_cjk)
}

/// Whether the line has only quotation marks (`>`) before this point.
fn begins_a_line(before: &str) -> bool {
    before.ends_with('>')
        && !matches!(before.bytes().rev().find(|b| !matches!(b, b'>' | b' ' | b'\t')), Some(b) if b != b'\n')
}

fn with_letters(text: &str, runs: &[Run], pair: (char, char)) -> Readable<'static> {
    let (letter, mark) = pair;
    let mut copy = String::with_capacity(text.len() + runs.len() * 2 * WIDTH);
    let mut put = Vec::new();
    let mut from = 0;
    let mut add = |copy: &mut String, c: char| {
        put.push(copy.len());
        copy.push(c);
    };
    for run in runs {
        copy.push_str(&text[from..run.range.start]);
        if run.before == Side::LetterAndMark {
            add(&mut copy, mark);
        }
        if run.before != Side::Nothing {
            add(&mut copy, letter);
        }
        copy.push_str(&text[run.range.clone()]);
        if run.after != Side::Nothing {
            add(&mut copy, letter);
        }
        if run.after == Side::LetterAndMark {
            add(&mut copy, mark);
        }
        from = run.range.end;
    }
    copy.push_str(&text[from..]);
    Readable { text: Cow::Owned(copy), put, pair }
}

/// Whether a line break between two characters is not a blank. One must be CJK. The other must be CJK, too, or a
/// mark that Chinese writes as wide. Neither may be Hangul, which is written with blanks (CSS Text, "Segment Break
/// Transformation Rules").
pub(super) fn joins(before: char, after: char) -> bool {
    let is_wide = |c: char| (is_cjk(c) && !is_hangul(c)) || matches!(c, '‘' | '’' | '“' | '”' | '—' | '…');
    is_wide(before) && is_wide(after) && (is_cjk(before) || is_cjk(after))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fragment::Everything;
    use super::super::{Anchors, outline, render};
    use super::*;
    use crate::tests::text_of;

    fn html(text: &str) -> String {
        let rendered = render(text, 0..text.len(), &outline(text), 2, "s", &mut Anchors::default());
        rendered.fragment.html(&Everything)
    }

    /// The same text, rendered by another CommonMark parser.
    fn others(text: &str) -> String {
        let mut options = comrak::Options::default();
        options.extension.strikethrough = true;
        options.extension.cjk_friendly_emphasis = true;
        comrak::markdown_to_html(text, &options)
    }

    #[test]
    fn emphasis_beside_cjk_punctuation_is_emphasis() {
        for (text, shown) in [
            ("**「重要」**です", "<strong>「重要」</strong>です"),
            ("注文は**100%**です", "注文は<strong>100%</strong>です"),
            ("~~（旧）~~です", "<del>（旧）</del>です"),
            ("です**（注）**。", "です<strong>（注）</strong>。"),
            (
                "サービス名**「取引」**と**（入金）**は",
                "サービス名<strong>「取引」</strong>と<strong>（入金）</strong>は",
            ),
            ("**안녕(hello)**하세요", "<strong>안녕(hello)</strong>하세요"),
            ("葛\u{e0100}**(a)a**a", "葛\u{e0100}<strong>(a)a</strong>a"),
            ("~~“\u{fe01}a”\u{fe01}~~a", "<del>“\u{fe01}a”\u{fe01}</del>a"),
            ("字**`code`**字", "字<strong><code>code</code></strong>字"),
            ("字**[a](/b)**字", "字<strong><a href=\"/b\">a</a></strong>字"),
            ("字**_(a)_**字", "字<strong><em>(a)</em></strong>字"),
            ("字\\**（a）*", "字*<em>（a）</em>"),
            ("`字**「a」**字`", "<code>字**「a」**字</code>"),
            ("> **「a」**字", "<blockquote>\n<p><strong>「a」</strong>字"),
        ] {
            let found = html(text);
            assert!(found.contains(shown), "{text}: {found}");
        }
    }

    #[test]
    fn places_are_those_of_the_text_as_written() {
        let text = "字**「[a](x.md)」**字 [b](y.md)";
        let rendered = render(text, 0..text.len(), &outline(text), 2, "s", &mut Anchors::default());
        let places: Vec<&str> = rendered.links.iter().map(|(_, range)| &text[range.clone()]).collect();
        assert_eq!(places, ["x.md", "y.md"]);
    }

    #[test]
    fn a_line_break_between_cjk_characters_is_no_blank() {
        assert_eq!(html("注文を\n受ける。\nAPI は\n正常"), "<p>注文を受ける。\nAPI は正常</p>\n");
        assert_eq!(
            html("**「注文」**を\n**「再開」**"),
            "<p><strong>「注文」</strong>を<strong>「再開」</strong></p>\n"
        );
        assert_eq!(html("已经\n“恢复”\n正常"), "<p>已经“恢复”正常</p>\n");
        assert_eq!(html("주문을\n“받고”"), "<p>주문을\n“받고”</p>\n");
    }

    /// Whether each `~~` is beside CJK or a blank, and not beside `*`. Elsewhere our parser opens more of them
    /// than GitHub, and the other parser reads `*` as if no `~~` were beside it.
    fn is_comparable(text: &str) -> bool {
        !["~~~", "~*", "*~"].iter().any(|marks| text.contains(marks))
            && text.match_indices("~~").all(|(at, _)| {
                let near = [text[..at].chars().next_back(), text[at + 2..].chars().next()];
                near.iter().any(|c| c.is_none_or(|c| c.is_whitespace() || is_cjk(c)))
            })
    }

    fn pieces() -> impl Strategy<Value = String> {
        let pieces = "\
            日 本 「 」 （ ） 。 、 ： a b ( ) . % 1 * ** *** ** ~~ ~~ 한 글 葛\u{e0100} 羽\u{fe00} “ ” 😀 \
            é ! ␣";
        text_of(pieces, 16).prop_map(|text| format!("x{text}"))
    }

    /// The HTML without line breaks, because the other parser keeps them between CJK characters.
    fn shape(html: &str) -> String {
        html.replace('\n', "")
    }

    proptest! {
        #[test]
        fn emphasis_is_where_another_parser_has_it(text in pieces()) {
            if !is_comparable(&text) {
                return Ok(());
            }
            prop_assert_eq!(shape(&html(&text)), shape(&others(&text)), "{:?}", text);
        }

        #[test]
        fn text_without_cjk_is_parsed_as_it_is(text in "[ -~\n\u{a0}-\u{17f}]{0,80}") {
            let readable = Readable::of(&text);
            prop_assert!(!readable.is_changed());
            prop_assert_eq!(readable.text(), text.as_str());
        }

        #[test]
        fn every_place_of_the_copy_is_one_of_the_text(text in pieces()) {
            let readable = Readable::of(&text);
            prop_assert_eq!(readable.place(0..readable.text().len()), 0..text.len());
            for (at, c) in readable.text().char_indices() {
                let place = readable.place(at..at + c.len_utf8());
                let written = &text[place];
                prop_assert!(written.is_empty() || written.starts_with(c));
            }
        }
    }
}
