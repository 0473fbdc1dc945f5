//! Chinese, Japanese and Korean text: which characters belong to it, and a text in which marks of emphasis beside
//! them count.
//!
//! `CommonMark` decides by the blanks and the punctuation around `**` whether it opens or closes. Languages without
//! blanks have none there: `**「重要」**です` would be published as asterisks. The amendments of
//! <https://github.com/tats-u/markdown-cjk-friendly> mend the rule. `pulldown-cmark` has them as an option that no
//! published version holds yet. Until then the parser reads a copy of the text with a letter put beside each mark
//! that the amendments let open or close; the letters are taken out of the events again, and places are counted
//! without them. Once `pulldown-cmark` has the option, `Readable` can go.

use std::borrow::Cow;
use std::ops::Range;

use super::characters::{is_cjk, is_hangul, is_ideographic_selector, is_selector};

/// Characters that stand for a letter or a punctuation mark beside a delimiter run. A text that holds one of them
/// takes the next pair.
const PAIRS: [(char, char); 4] =
    [('\u{e0f0}', '\u{2e4e}'), ('\u{e0f1}', '\u{2e4f}'), ('\u{e0f2}', '\u{2e42}'), ('\u{e0f3}', '\u{2e3c}')];
/// Bytes of each of them.
const WIDTH: usize = 3;

/// A text as the parser reads it.
#[derive(Debug)]
pub(super) struct Readable<'t> {
    text: Cow<'t, str>,
    /// Where in the copy a character was put in, in order.
    put: Vec<usize>,
    pair: (char, char),
}

impl<'t> Readable<'t> {
    /// The text itself where no mark of emphasis stands beside CJK.
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

    /// What is parsed.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether it differs from what was written.
    pub(super) fn is_changed(&self) -> bool {
        !self.put.is_empty()
    }

    /// Bytes of the text as written.
    pub(super) fn place(&self, range: Range<usize>) -> Range<usize> {
        if self.put.is_empty() {
            return range;
        }
        let written = |at: usize| {
            let before = self.put.partition_point(|put| *put < at);
            match before.checked_sub(1).map(|last| self.put[last]) {
                // Within such a character: where it was put.
                Some(put) if at < put + WIDTH => put - (before - 1) * WIDTH,
                _ => at - before * WIDTH,
            }
        };
        written(range.start)..written(range.end)
    }

    /// Words without what was put into them; `None` where they hold none of it.
    pub(super) fn taken_out(&self, words: &str) -> Option<String> {
        let (letter, mark) = self.pair;
        (self.is_changed() && words.contains([letter, mark])).then(|| words.replace([letter, mark], ""))
    }
}

/// A run of `*` or `~~`, and whether a letter must be put before and behind it.
struct Run {
    range: Range<usize>,
    before: Side,
    after: Side,
}

/// What is put at one side of a run.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Nothing,
    Letter,
    /// A letter and, for the other run that follows at once, a punctuation mark: it must see what it saw.
    LetterAndMark,
}

/// What to put beside a run for a neighbour: nothing where it counts as a letter already.
fn side(neighbour: char) -> Side {
    match neighbour {
        // Tables end cells there, and the parser knows that by itself.
        '|' => Side::Nothing,
        '*' | '_' | '~' => Side::LetterAndMark,
        c if c.is_alphanumeric() => Side::Nothing,
        _ => Side::Letter,
    }
}

/// Runs that open and close by the amendments: one neighbour is CJK and none is a blank.
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

/// Whether words end in a CJK character, perhaps with a variation selector.
fn is_cjk_end(words: &str, last: char) -> bool {
    if is_cjk(last) || is_ideographic_selector(last) {
        return true;
    }
    if !is_selector(last) {
        return false;
    }
    let base = words.chars().rev().nth(1);
    // Quotation marks with this selector have their full-width form.
    let wide_quote =
        last == '\u{fe01}' && matches!(base, Some('\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}'));
    wide_quote || base.is_some_and(is_cjk)
}

/// Whether nothing but marks of a quotation stands before on the line.
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

/// Whether a line break between two characters is no blank: one is CJK, the other is too or is a mark that Chinese
/// writes as wide, and neither is Hangul, which is written with blanks (CSS Text, "Segment Break Transformation
/// Rules").
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

    fn html(text: &str) -> String {
        let rendered = render(text, 0..text.len(), &outline(text), 2, "s", &mut Anchors::default());
        rendered.fragment.html(&Everything)
    }

    /// The same text as another parser of CommonMark reads it.
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

    /// Whether each `~~` stands beside CJK or a blank and beside no `*`: elsewhere our parser opens more of them than
    /// GitHub, and the other parser reads `*` as if no `~~` stood beside it.
    fn is_comparable(text: &str) -> bool {
        !["~~~", "~*", "*~"].iter().any(|marks| text.contains(marks))
            && text.match_indices("~~").all(|(at, _)| {
                let near = [text[..at].chars().next_back(), text[at + 2..].chars().next()];
                near.iter().any(|c| c.is_none_or(|c| c.is_whitespace() || is_cjk(c)))
            })
    }

    fn pieces() -> impl Strategy<Value = String> {
        let pieces = [
            "日",
            "本",
            "「",
            "」",
            "（",
            "）",
            "。",
            "、",
            "：",
            "a",
            "b",
            " ",
            "(",
            ")",
            ".",
            "%",
            "1",
            "*",
            "**",
            "***",
            "**",
            "~~",
            "~~",
            "한",
            "글",
            "葛\u{e0100}",
            "羽\u{fe00}",
            "“",
            "”",
            "😀",
            "é",
            "!",
        ];
        prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..16)
            .prop_map(|pieces| format!("x{}", pieces.concat()))
    }

    /// The HTML with line breaks as written: another parser keeps them between CJK characters.
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
