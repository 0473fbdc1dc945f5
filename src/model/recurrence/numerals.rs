//! Numbers as people write them in a rule: `15`, `十五`, `二`.

/// The sign and number at the beginning of a text, in plain digits, and the rest of the text. The number is empty
/// if the text begins without one.
pub(super) fn leading(text: &str) -> (String, &str) {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    if end > 0 {
        let sign = if text.starts_with('-') { "-" } else { "" };
        return (format!("{sign}{}", &digits[..end]), &digits[end..]);
    }
    let end = text.find(|c| !is_kanji(c)).unwrap_or(text.len());
    match kanji(&text[..end]) {
        Some(number) => (number.to_string(), &text[end..]),
        None => (String::new(), text),
    }
}

/// The number in a text such as `15日`, if the text has exactly one.
pub(super) fn only_number(text: &str) -> Option<String> {
    let start = text.find(|c: char| c.is_ascii_digit() || is_kanji(c))?;
    let (number, rest) = leading(&text[start..]);
    let is_alone = !rest.contains(|c: char| c.is_ascii_digit() || is_kanji(c));
    let sign = if text[..start].ends_with('-') { "-" } else { "" };
    (is_alone && !number.is_empty()).then(|| format!("{sign}{number}"))
}

fn is_kanji(c: char) -> bool {
    digit(c).is_some() || c == '十'
}

fn digit(c: char) -> Option<u32> {
    let at = "一二三四五六七八九".chars().position(|known| known == c)?;
    u32::try_from(at).ok().map(|at| at + 1)
}

/// A number in Chinese characters up to 99: `二`, `十五`, `二十`, `三十一`.
fn kanji(text: &str) -> Option<u32> {
    let Some((tens, ones)) = text.split_once('十') else { return single(text) };
    let tens = if tens.is_empty() { 1 } else { single(tens)? };
    let ones = if ones.is_empty() { 0 } else { single(ones)? };
    Some(tens * 10 + ones)
}

fn single(text: &str) -> Option<u32> {
    let mut signs = text.chars();
    let value = digit(signs.next()?)?;
    signs.as_str().is_empty().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_digits_and_in_kanji() {
        for (text, number, rest) in [
            ("15日", "15", "日"),
            ("-1FR", "-1", "FR"),
            ("+2SU", "2", "SU"),
            ("二火曜", "2", "火曜"),
            ("十五日", "15", "日"),
            ("三十一", "31", ""),
            ("十", "10", ""),
            ("日曜", "", "日曜"),
            ("二三", "", "二三"),
            ("十十", "", "十十"),
            ("-", "", "-"),
            ("", "", ""),
        ] {
            assert_eq!(leading(text), (number.to_owned(), rest), "{text}");
        }
        assert_eq!(only_number("15日").as_deref(), Some("15"));
        assert_eq!(only_number("第二").as_deref(), Some("2"));
        assert_eq!(only_number("1と2"), None);
    }
}
