//! Finds paragraphs of facts, one a line, each with its label: `対象：一部のお客様`, `Time: 02:00`. They keep their lines.
//!
//! `CommonMark` joins the lines of a paragraph. Notices state their facts one below the other, and joined they are hard
//! to read.
//!
//! Why: docs/decisions/markdown.md.

/// The longest label, in characters.
const LABEL_CHARS: usize = 20;
/// The most words in a label of a script with blanks.
const LABEL_WORDS: usize = 3;

/// Whether the lines of a block of text are facts: at least two of them, and at least half, begin with a label.
pub(super) fn keeps_lines(block: &str) -> bool {
    let mut lines = (0, 0);
    for (number, line) in block.trim_end().lines().enumerate() {
        let is_nested = number > 0 && without_mark(line.trim_start_matches([' ', '\t', '>'])).is_some();
        let line = content(line);
        // The text of an item of a list ends where a list begins within it.
        if line.is_empty() || is_nested {
            break;
        }
        lines.0 += 1;
        lines.1 += usize::from(begins_with_label(line));
    }
    let (all, labelled) = lines;
    labelled >= 2 && 2 * labelled >= all
}

/// A line without the marks of quotations and of the item that it begins.
fn content(line: &str) -> &str {
    let line = line.trim_start_matches([' ', '\t', '>', '\u{3000}']);
    let bare = without_mark(line).unwrap_or(line);
    bare.trim_start_matches([' ', '\t', '\u{3000}']).trim_end()
}

/// The text after the mark of an item of a list.
fn without_mark(line: &str) -> Option<&str> {
    let behind = if let Some(behind) = line.strip_prefix(['-', '*', '+']) {
        behind
    } else {
        let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
        (rest.len() < line.len()).then_some(rest)?.strip_prefix(['.', ')'])?
    };
    behind.starts_with([' ', '\t']).then_some(behind)
}

/// Whether a line begins with a short label: `対象：`, `・時間：`, `Affected:`, `**対象**：`, `【対象】`.
fn begins_with_label(line: &str) -> bool {
    let line = line.trim_start_matches(['*', '_', '~']);
    let line = line.strip_prefix(|c: char| "・･•●○◎■□◆◇▼▽▲△★☆※▶►".contains(c)).unwrap_or(line).trim_start();
    if let Some(inner) = line.strip_prefix(['【', '〔', '＜', '〈', '［']) {
        let label = inner.split(['】', '〕', '＞', '〉', '］']).next().unwrap_or_default();
        return label.len() < inner.len() && is_short(label);
    }
    let Some((at, colon)) = line.char_indices().find(|(_, c)| matches!(c, ':' | '：')) else { return false };
    let (label, value) = (line[..at].trim_end(), &line[at + colon.len_utf8()..]);
    let label = label.trim_end_matches(['*', '_', '~']);
    // `10:15` and `https://…` are no labels. After a label of letters with blanks between words, a blank follows.
    let is_apart = colon == '：'
        || value.is_empty()
        || value.starts_with([' ', '\t', '\u{3000}', '*', '_'])
        || !label.is_ascii() && !value.starts_with('/') && !label.ends_with(|c: char| c.is_numeric());
    is_apart && is_short(label) && !label.contains(is_no_part_of_a_label)
}

fn is_short(label: &str) -> bool {
    label.contains(char::is_alphabetic)
        && label.chars().count() <= LABEL_CHARS
        && label.split_whitespace().count() <= LABEL_WORDS
}

/// Whether a character ends a sentence or belongs to markup.
fn is_no_part_of_a_label(c: char) -> bool {
    "。、．，,.;；!！?？「」『』\"“”[]<>`|{}=\\@#".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_with_labels_keep_their_lines() {
        for text in [
            "対象：一部のお客様\n時間：10:00〜12:00",
            "対象: 一部のお客様\n時間: 10:00〜12:00",
            "対象:一部のお客様\n時間:10:00〜12:00",
            "・対象：一部のお客様\n・時間：10:00〜12:00",
            "**対象**：一部のお客様\n**時間**：10:00",
            "【対象】一部のお客様\n【時間】10:00",
            "【問い合わせ先】\n情報システム課：lms-help@example.ac.jp\n緊急のとき：03-1234-5678",
            "次のとおり実施します。\n対象：一部のお客様\n時間：10:00\nご迷惑をおかけします。",
            "対象：一部のお客様\n（法人のお客様を除く）\n時間：10:00",
            "Affected: some customers\nTime: 02:00 to 04:00",
            "> 対象：一部\n> 時間：10:00",
            "- 対象：一部\n  時間：10:00\n- 別の項目",
            "Пострадали: все\nВремя: 10:00",
        ] {
            assert!(keeps_lines(text), "{text}");
        }
    }

    #[test]
    fn prose_is_joined_as_ever() {
        for text in [
            "対象：一部のお客様",
            "復旧しました。\n対象：一部のお客様",
            "10:15 に始まり\n11:20 に終わりました",
            "https://a.example/\nhttps://b.example/",
            "注文が遅れています。原因：\n調べています。対策：未定",
            "We are sorry, and we say: it will not happen again.\nIt is now 10:15: all is well.",
            "What we know so far about it: nothing.\nWhat we will do about it tomorrow: look.",
            "Note: the API\nis slow and has been\nslow since then and\nAPI: see below\nfor what to do",
            "対象：一部\n- 項目：あ",
        ] {
            assert!(!keeps_lines(text), "{text}");
        }
    }
}
