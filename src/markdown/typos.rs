//! Finds links that are mistyped, by hand or by an input method: `［text］（https://…）`, `[text] (https://…)`, a
//! blank in an address.

use std::ops::Range;

use crate::url;

/// Text that was meant as a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    pub range: Range<usize>,
    /// The link in correct Markdown.
    pub link: String,
}

/// The brackets that people type around the text of a link.
const WORDS: [(char, char); 3] = [('[', ']'), ('［', '］'), ('【', '】')];
/// The brackets that people type around its address.
const ADDRESS: [(char, char); 2] = [('(', ')'), ('（', '）')];

/// The longest address that is recognised, in characters.
const LONGEST_ADDRESS: usize = 2_000;

/// Finds mistyped links in the parts of a text that are shown as written. The parts are sorted.
pub(super) fn find(text: &str, shown: &[Range<usize>]) -> Vec<Slip> {
    let mut found = Vec::new();
    for part in shown {
        let words = &text[part.clone()];
        let mut open: Vec<(usize, bool)> = Vec::new();
        let mut until = 0;
        for (at, c) in words.char_indices() {
            let Some((side, is_label)) = bracket(c) else { continue };
            if at < until || text[..part.start + at].ends_with('\\') {
                continue;
            }
            if side == Side::Open {
                open.push((at, is_label));
            } else if let Some(nth) = open.iter().rposition(|(_, other)| *other == is_label) {
                let start = open[nth].0;
                open.truncate(nth);
                if let Some((length, link)) = slip(&words[start..], at - start) {
                    until = start + length;
                    found.push(Slip { range: part.start + start..part.start + until, link });
                }
            }
        }
    }
    found
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Open,
    Close,
}

/// The side of a bracket, and whether its pair goes around text rather than an address.
fn bracket(c: char) -> Option<(Side, bool)> {
    Some(match c {
        '[' | '［' | '【' => (Side::Open, true),
        ']' | '］' | '】' => (Side::Close, true),
        '(' | '（' => (Side::Open, false),
        ')' | '）' => (Side::Close, false),
        _ => return None,
    })
}

/// Interprets a bracket at the beginning of the words, its end, and a second pair after it. Returns the length and
/// the intended link.
fn slip(words: &str, close: usize) -> Option<(usize, String)> {
    let open = words.chars().next()?;
    let label = words[open.len_utf8()..close].trim();
    let closed = close + words[close..].chars().next()?.len_utf8();
    let gap = words[closed..].len() - words[closed..].trim_start_matches([' ', '\u{3000}']).len();
    let second = words[closed + gap..].chars().next()?;
    let is_words = WORDS.iter().any(|(o, _)| *o == open);
    // In `(text)[https://…]` the brackets are in the wrong order.
    let pairs: &[(char, char)] = if is_words { &ADDRESS } else { &WORDS[..2] };
    if !pairs.iter().any(|(o, _)| *o == second) || label.is_empty() || (!is_words && gap > 0) {
        return None;
    }
    let inner = closed + gap + second.len_utf8();
    let (length, last) = ending(&words[inner..], pairs, second)?;
    let address = words[inner..inner + length].trim().trim_matches(['<', '>']);
    let exact = open == '[' && words[close..].starts_with("](");
    is_address(address, exact).then(|| {
        let address =
            if address.starts_with("www.") { format!("http://{address}") } else { address.to_owned() };
        let blanks = address.replace('\u{3000}', " ");
        (inner + length + last, format!("[{label}]({})", url::encoded(&blanks)))
    })
}

/// The end of the second pair of brackets: the number of bytes before the closing bracket, and its own length.
fn ending(inner: &str, pairs: &[(char, char)], open: char) -> Option<(usize, usize)> {
    let mut depth = 0_usize;
    for (at, c) in inner.char_indices().take(LONGEST_ADDRESS) {
        if c == open {
            depth += 1;
        } else if pairs.iter().any(|(_, close)| *close == c) {
            if depth == 0 {
                return Some((at, c.len_utf8()));
            }
            depth -= 1;
        }
    }
    None
}

/// Whether the words can only be an address. If the brackets were those of a link, a path counts, too.
fn is_address(words: &str, exact: bool) -> bool {
    let lower = words.get(..8).unwrap_or(words).to_ascii_lowercase();
    let has_scheme = ["https://", "http://", "mailto:", "tel:", "www."].iter().any(|s| lower.starts_with(s));
    let is_path = ["/", "./", "../"].iter().any(|s| words.starts_with(s)) && words.len() > 1;
    has_scheme || (is_path && (exact || words.bytes().all(|b| b.is_ascii_graphic())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_reported_with_the_link_that_was_meant() {
        for (words, link) in [
            ("［手順］（https://a.example/）", "[手順](https://a.example/)"),
            ("[手順]（https://a.example/）", "[手順](https://a.example/)"),
            ("【手順】(https://a.example/)", "[手順](https://a.example/)"),
            ("[steps] (https://a.example/)", "[steps](https://a.example/)"),
            ("[手順（PDF）](https://a.example/a b.pdf)", "[手順（PDF）](https://a.example/a%20b.pdf)"),
            ("[手順](/files/a　b.pdf)", "[手順](/files/a%20b.pdf)"),
            ("(steps)[https://a.example/]", "[steps](https://a.example/)"),
            ("［手順］（www.a.example）", "[手順](http://www.a.example)"),
        ] {
            let line = format!("前（注）{words}をご覧ください。");
            let found = find(&line, std::slice::from_ref(&(0..line.len())));
            assert_eq!(found.len(), 1, "{words}");
            assert_eq!((&line[found[0].range.clone()], found[0].link.as_str()), (words, link));
        }
    }

    #[test]
    fn every_bracket_of_a_pair_is_recognised() {
        for (pairs, is_label) in [(&WORDS[..], true), (&ADDRESS, false)] {
            for (open, close) in pairs {
                assert!(bracket(*open) == Some((Side::Open, is_label)), "{open}");
                assert!(bracket(*close) == Some((Side::Close, is_label)), "{close}");
            }
        }
    }

    #[test]
    fn brackets_of_prose_are_none() {
        for words in [
            "【重要】（14時まで）",
            "「手順」（https://a.example/）",
            "手順（https://a.example/）",
            "\\[a](https://a.example/a b)",
            "[1] (see below)",
            "f[i](x y)",
            "【重要】https://a.example/",
        ] {
            assert_eq!(find(words, std::slice::from_ref(&(0..words.len()))), [], "{words}");
        }
    }
}
