//! Splits a text into posts, with a platform's way of counting; never within a word, a character or an address.
//!
//! Counts as X does (twitter-text 3): most letters of Latin, Arabic and similar scripts count as one, all
//! others and an emoji of any composition as two, an address as 23. Words are found by UAX 29 with the
//! dictionaries of ICU4X, so also in scripts without spaces.

use std::ops::Range;

use icu_segmenter::options::{LineBreakOptions, WordBreakInvariantOptions};
use icu_segmenter::{GraphemeClusterSegmenter, LineSegmenter, WordSegmenter};

/// The weight of any address.
pub(super) const ADDRESS: usize = 23;

/// The addresses in a text: `https://` and what follows, up to a space or a character that addresses do not
/// contain. An address does not start within a word or a name.
pub(crate) fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (start, scheme) in text.match_indices("http") {
        let joined = |c: char| c.is_ascii_alphanumeric() || "@＠$#＃_".contains(c);
        let known = found.last().is_some_and(|last| start < last.end);
        if known || text[..start].ends_with(joined) {
            continue;
        }
        let rest = &text[start + scheme.len()..];
        let rest = rest.strip_prefix('s').unwrap_or(rest);
        let is_part = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"');
        let Some(rest) = rest.strip_prefix("://").filter(|rest| rest.starts_with(is_part)) else { continue };
        let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        // Punctuation at the end of a sentence does not belong to the address.
        let address = rest[..length].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'']);
        if !address.is_empty() {
            found.push(start..text.len() - rest.len() + address.len());
        }
    }
    found
}

/// Text that a platform can take for an address although it has no scheme: `status.example.com`.
fn names(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let mut from = 0;
    while let Some(start) = text[from..].find(is_part).map(|n| from + n) {
        let length = text[start..].find(|c| !is_part(c)).unwrap_or(text.len() - start);
        from = start + length;
        let name = text[start..from].trim_end_matches(['.', '-']);
        let last = name.rsplit_once('.').map_or("", |(_, last)| last);
        if last.len() > 1 && last.bytes().all(|b| b.is_ascii_alphabetic()) && !text[..start].ends_with('@') {
            found.push(start..start + name.len());
        }
    }
    found
}

fn is_emoji_sequence(grapheme: &str) -> bool {
    let mut chars = grapheme.chars();
    let (Some(first), Some(_)) = (chars.next(), chars.clone().next()) else { return false };
    let base = matches!(first,
        '#' | '*' | '0'..='9' | '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}'
        | '\u{2190}'..='\u{2bff}' | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}' | '\u{1f000}'..='\u{1faff}');
    let joint = |c: char| matches!(c, '\u{200d}' | '\u{fe0f}' | '\u{20e3}' | '\u{1f1e6}'..='\u{1f1ff}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}');
    base && chars.any(joint)
}

fn weight_of(c: char) -> usize {
    match c {
        '\0'..='\u{10ff}' | '\u{2000}'..='\u{200d}' | '\u{2010}'..='\u{201f}' | '\u{2032}'..='\u{2037}' => 1,
        _ => 2,
    }
}

pub(crate) fn weight(text: &str) -> usize {
    Measured::of(text).weights.last().map_or(0, |(_, weight)| *weight)
}

/// Where a text may be cut, from worst to best.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cut {
    /// Within a word, only if the word alone is longer than a post.
    Grapheme,
    /// Between words where a line would not break, as before a comma.
    Word,
    /// Between words.
    Line,
    /// After a comma.
    Clause,
    /// After a sentence or a line.
    Sentence,
}

struct Measured<'t> {
    text: &'t str,
    /// The end of each indivisible part, and the weight of everything before it.
    weights: Vec<(usize, usize)>,
}

impl<'t> Measured<'t> {
    fn of(text: &'t str) -> Measured<'t> {
        let addresses = addresses(text);
        let within = |name: &Range<usize>| addresses.iter().any(|a| a.start < name.end && name.start < a.end);
        let names: Vec<Range<usize>> = names(text).into_iter().filter(|name| !within(name)).collect();
        let (mut total, mut from) = (0, 0);
        let mut weights = Vec::new();
        for at in GraphemeClusterSegmenter::new().segment_str(text).skip(1) {
            if addresses.iter().any(|a| a.start < at && at < a.end) {
                continue;
            }
            let count = |range: Range<usize>| text[range].chars().map(weight_of).sum::<usize>();
            // A character that joins an address, such as an accent, stays with it.
            total += match addresses.iter().find(|a| a.start >= from && a.end <= at) {
                Some(address) => count(from..address.start) + ADDRESS + count(address.end..at),
                None if is_emoji_sequence(&text[from..at]) => 2,
                None => count(from..at),
            };
            // The text may count as a name or as an address: use the higher weight.
            let short =
                names.iter().find(|name| name.end > from && name.end <= at).map(ExactSizeIterator::len);
            total += ADDRESS.saturating_sub(short.unwrap_or(ADDRESS));
            from = at;
            weights.push((at, total));
        }
        Measured { text, weights }
    }

    /// Every position where the text may be cut, in order.
    fn cuts(&self) -> Vec<(usize, Cut)> {
        let words: Vec<usize> =
            WordSegmenter::new_auto(WordBreakInvariantOptions::default()).segment_str(self.text).collect();
        let lines: Vec<usize> =
            LineSegmenter::new_auto(LineBreakOptions::default()).segment_str(self.text).collect();
        let cut = |at: usize| {
            if words.binary_search(&at).is_err() {
                return Cut::Grapheme;
            }
            let before =
                self.text[..at].trim_end_matches([' ', '」', '』', '）', ')', '"', '”', '’', ']', '】']);
            let after = self.text[at..].chars().next();
            let last = before.chars().next_back();
            // A closing bracket or a comma stays with what precedes it.
            if lines.binary_search(&at).is_err() {
                return Cut::Word;
            }
            let blank =
                self.text[..at].ends_with(char::is_whitespace) || after.is_none_or(char::is_whitespace);
            match last {
                Some('\n' | '。' | '！' | '？' | '｡') => Cut::Sentence,
                Some('.' | '!' | '?') if blank => Cut::Sentence,
                Some('、' | '，' | '；' | '：' | '､') => Cut::Clause,
                Some(',' | ';' | ':') if blank => Cut::Clause,
                Some(c) if blank || !c.is_ascii() || after.is_some_and(|c| !c.is_ascii()) => Cut::Line,
                _ => Cut::Word,
            }
        };
        self.weights.iter().map(|(at, _)| (*at, cut(*at))).collect()
    }
}

/// Splits a text into pieces. The first has room for `first`, all others for `other`. Spaces at the cuts are
/// dropped.
pub(super) fn split(text: &str, first: usize, other: usize) -> Vec<String> {
    let text = text.trim();
    let measured = Measured::of(text);
    let cuts = measured.cuts();
    let mut found: Vec<String> = Vec::new();
    let mut from = 0;
    while from < cuts.len() {
        let room = if found.is_empty() { first } else { other };
        let start = if from == 0 { 0 } else { cuts[from - 1].0 };
        let gone = if from == 0 { 0 } else { measured.weights[from - 1].1 };
        // Take at least one character, or the loop would never end.
        let fits = measured.weights[from..].partition_point(|(_, w)| w - gone <= room).max(1);
        let end = if from + fits == cuts.len() {
            cuts.len() - 1
        } else {
            best(&cuts[from..from + fits], &measured.weights[from..], gone, room) + from
        };
        let piece = text[start..cuts[end].0].trim();
        if !piece.is_empty() {
            found.push(piece.to_owned());
        }
        from = end + 1;
    }
    found
}

/// The best position to cut: the end of a sentence in the second half of the room, else the end of a clause in
/// the last third, else the last position between words.
fn best(cuts: &[(usize, Cut)], weights: &[(usize, usize)], gone: usize, room: usize) -> usize {
    let last = |least: Cut, from: usize| {
        (0..cuts.len()).rev().find(|n| cuts[*n].1 >= least && weights[*n].1 - gone >= from)
    };
    last(Cut::Sentence, room / 2)
        .or_else(|| last(Cut::Clause, room * 2 / 3))
        .or_else(|| last(Cut::Line, 0))
        .or_else(|| last(Cut::Word, 0))
        .unwrap_or(cuts.len() - 1)
}

/// The whole text if `room` is enough for it, else its beginning and `…`. `cost` counts a text as a platform does. The
/// result is empty if not even `…` has room.
#[cfg(feature = "announce")]
pub(crate) fn shorten(text: &str, room: usize, cost: &dyn Fn(&str) -> usize) -> String {
    let text = text.trim();
    // Most of a long text needs no counting. Only long addresses cost less than an eighth of their characters.
    let begin = text.char_indices().nth(room.saturating_mul(8)).map_or(text, |(at, _)| &text[..at]);
    if begin.len() == text.len() && cost(text) <= room {
        return text.to_owned();
    }
    let until = |at: usize| format!("{}…", text[..at].trim_end());
    let mut cuts = Measured::of(begin).cuts();
    // The end of the beginning can be within an address.
    cuts.pop();
    let fitting = &cuts[..cuts.partition_point(|(at, _)| cost(&until(*at)) <= room)];
    let end = fitting.last().map_or(0, |(at, _)| *at);
    let last = |least: Cut, from: usize| fitting.iter().rposition(|(at, cut)| *cut >= least && *at >= from);
    let best = last(Cut::Sentence, end / 2)
        .or_else(|| last(Cut::Clause, end * 2 / 3))
        .or_else(|| last(Cut::Line, 0))
        .or_else(|| last(Cut::Word, 0))
        .unwrap_or(fitting.len());
    // Half a name can cost more than the whole one, so the position that was found may still be too far.
    let shorter = fitting.iter().take(best + 1).rev().map(|(at, _)| until(*at));
    shorter.chain(["…".to_owned(), String::new()]).find(|text| cost(text) <= room).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_those_of_the_platform() {
        for (text, wanted) in [
            ("", 0),
            ("abc", 3),
            ("注文", 4),
            ("ｱ", 2),
            ("“a” – b…", 9),
            ("سلام", 4),
            ("😀", 2),
            ("👨‍👩‍👧‍👦", 2),
            ("🇯🇵", 2),
            ("👍🏽", 2),
            ("❤\u{fe0f}", 2),
            ("1\u{fe0f}\u{20e3}", 2),
            ("https://a.example/", 23),
            ("https://status.example.com/incidents/2026-11-20-a-very-long-name/?x=y#z", 23),
            ("（https://a.example/）", 27),
            ("see https://a.example/.", 28),
            ("https://", 8),
            ("xhttps://a.example/b", 34),
            ("see a.example now", 31),
            ("a@b.example, e.g. 4.12.0", 24),
        ] {
            assert_eq!(weight(text), wanted, "{text}");
        }
    }

    #[test]
    fn sentences_are_kept_whole_where_they_can_be() {
        let text = "11:32に切り替えました。遅れる注文は減っています。まだなくなっていません。";
        let pieces = split(text, 30, 30);
        assert_eq!(
            pieces,
            ["11:32に切り替えました。", "遅れる注文は減っています。", "まだなくなっていません。"]
        );
        assert_eq!(
            split("One thing. And another one, too.", 20, 20),
            ["One thing.", "And another one,", "too."]
        );
    }

    #[test]
    fn a_text_is_shortened_after_a_sentence_or_between_words_and_never_within_an_address() {
        let bytes = |text: &str| text.len();
        for (text, room, wanted) in [
            ("short", 5, "short"),
            ("One thing. And another one, too.", 20, "One thing.…"),
            ("We look for the cause now", 20, "We look for the…"),
            ("see https://a.example/b/c now", 20, "see…"),
            ("aaaaaaaaaa", 8, "aaaaa…"),
            ("🇯🇵🇯🇵🇯🇵", 20, "🇯🇵🇯🇵…"),
            ("word", 3, "…"),
            ("word", 2, ""),
        ] {
            assert_eq!(shorten(text, room, &bytes), wanted, "{text}");
        }
        assert_eq!(shorten("注文処理が遅延しています", 13, &weight), "注文処理が…");
    }

    #[test]
    fn no_word_of_japanese_is_cut() {
        let pieces = split("暗号資産交換業者の登録番号", 12, 12);
        assert_eq!(pieces.concat(), "暗号資産交換業者の登録番号");
        for word in ["暗号", "資産", "交換", "登録", "番号"] {
            assert!(pieces.iter().any(|p| p.contains(word)), "{word} in {pieces:?}");
        }
    }

    #[test]
    fn a_word_longer_than_a_post_is_cut_between_characters() {
        assert_eq!(split(&"a".repeat(25), 10, 10).concat(), "a".repeat(25));
        let flags = "🇯🇵".repeat(9);
        let pieces = split(&flags, 7, 7);
        assert!(pieces.iter().all(|p| p.len() % "🇯🇵".len() == 0), "{pieces:?}");
    }
}
