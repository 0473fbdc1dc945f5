//! Converts dates in Chinese numerals: 二〇二六年十一月二十日 becomes 2026年11月20日.
//!
//! Numerals are converted only beside the 年, 月, 日, 時 and 分 of one date, because 一時停止 and 十分 are words.

/// The text with digits in its dates.
pub(super) fn with_digits(text: String) -> String {
    const NUMERALS: &str = "〇零一二三四五六七八九十";
    if !text.contains(['年', '月']) || !text.contains(|c| NUMERALS.contains(c)) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(start) = rest.find(|c| NUMERALS.contains(c)) {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        let end = from.find(|c| !NUMERALS.contains(c)).unwrap_or(from.len());
        let (numeral, after) = from.split_at(end);
        let is_of_a_date = match after.chars().next() {
            Some('年' | '月') => true,
            Some('日' | '号' | '號') => out.ends_with('月'),
            Some('時' | '时') => out.trim_end().ends_with(['日', '前', '後']),
            Some('分') => out.ends_with(['時', '时']),
            _ => false,
        };
        match number(numeral).filter(|_| is_of_a_date) {
            Some(number) => out.push_str(&number),
            None => out.push_str(numeral),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Converts 二十一 and 二〇二六 into digits.
fn number(numeral: &str) -> Option<String> {
    let digit =
        |c: char| "〇一二三四五六七八九".chars().position(|known| known == c || known == '〇' && c == '零');
    if let Some((tens, ones)) = numeral.split_once('十') {
        let of = |text: &str, none: usize| {
            let mut all = text.chars();
            match (all.next(), all.next()) {
                (None, _) => Some(none),
                (Some(c), None) => digit(c),
                _ => None,
            }
        };
        return Some((of(tens, 1)? * 10 + of(ones, 0)?).to_string());
    }
    numeral.chars().map(|c| digit(c).and_then(|n| char::from_digit(u32::try_from(n).ok()?, 10))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_of_a_date_become_digits_and_words_stay() {
        for (text, wanted) in [
            ("二〇二六年十一月二十日 午前十時十五分", "2026年11月20日 午前10時15分"),
            ("令和八年一月三十一日", "令和8年1月31日"),
            ("十一月の一時停止は十分でした", "11月の一時停止は十分でした"),
            ("今年の一部、十十年", "今年の一部、十十年"),
        ] {
            assert_eq!(with_digits(text.to_owned()), wanted);
        }
    }
}
