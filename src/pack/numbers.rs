//! Finds times of day and quantities in a text, so that two languages of it can be compared.
//!
//! Finds `12:10`, `12時10分`, `１２：１０`, `3 p.m.`, `18,400名`, `1.8万円`, `40 minutes`. It has no grammar: it ignores
//! what it does not recognise, and it does not compare dates.

use std::collections::BTreeSet;

use crate::text::nfkc;

/// Japanese characters that multiply the number before them.
const FACTORS: [(char, f64); 3] = [('万', 1e4), ('億', 1e8), ('割', 10.0)];

/// English words that multiply the number before them.
const MULTIPLES: [(&str, f64); 3] = [("thousand", 1e3), ("million", 1e6), ("billion", 1e9)];

#[derive(Debug, Default, PartialEq)]
struct Named {
    /// Times, as minutes of the day.
    times: BTreeSet<u32>,
    /// Numbers with a unit.
    quantities: BTreeSet<String>,
    /// Every number, with or without a unit.
    numbers: BTreeSet<String>,
}

/// The values that appear in only one of the texts, such as `12:10` or `40`: those of the first, and those of
/// the other.
pub(super) fn differences(one: &str, other: &str) -> (Vec<String>, Vec<String>) {
    let (one, other) = (Named::of(one), Named::of(other));
    (one.without(&other), other.without(&one))
}

impl Named {
    fn of(text: &str) -> Named {
        let text = nfkc(text).to_lowercase();
        let words: Vec<&str> = text.split_whitespace().filter(|w| !w.contains("://")).collect();
        let text = words.join(" ");
        let mut named = Named::default();
        let mut rest = text.as_str();
        let mut before = "";
        while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
            let joined = text[..text.len() - rest.len() + start].chars().next_back();
            before = if start == 0 { before } else { &rest[..start] };
            let length = number_length(&rest[start..]);
            let (number, after) = rest[start..].split_at(length);
            // `v4`, `4.12.0` and `2026-11-20` are names and dates.
            let is_name = joined.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '.' | '-' | '/'));
            let used = if is_name { 0 } else { named.add(before, number, after) };
            rest = &after[used..];
            before = number;
        }
        named.spelled(&text);
        named
    }

    /// Adds a number and returns how many bytes of what follows belong to it.
    fn add(&mut self, before: &str, number: &str, after: &str) -> usize {
        let hour = number.parse::<u32>().ok().filter(|h| *h <= 24 && number.len() <= 2);
        if let Some((minutes, used)) = hour.and_then(|hour| clock(before, hour, after)) {
            // 24:00 is the same as 0:00.
            self.times.insert(minutes % 1440);
            return used;
        }
        let plain: String = number.chars().filter(|c| *c != ',').collect();
        let Some((value, rest)) = multiplied(number, after) else { return 0 };
        let used = after.len() - rest.len();
        let (value, after) = ((value * 1000.0).round() / 1000.0, rest);
        self.numbers.insert(value.to_string());
        // Texts write one as `a`, as `once`, or not at all.
        if plain != "1" && has_unit(value, after) {
            self.quantities.insert(value.to_string());
        }
        used
    }

    /// Adds small numbers in English words, and words for times.
    fn spelled(&mut self, text: &str) {
        const WORDS: [&str; 13] = [
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
            "twelve",
        ];
        for (word, minutes) in [("正午", 720), ("noon", 720), ("midnight", 0)] {
            if text.contains(word) && !text.contains("afternoon") {
                self.times.insert(minutes);
            }
        }
        for word in text.split(|c: char| !c.is_alphabetic()) {
            if let Some(value) = WORDS.iter().position(|w| *w == word) {
                self.numbers.insert(value.to_string());
            }
        }
        for (words, value) in [
            ("twice", "2"),
            ("around the clock", "24"),
            ("終日", "24"),
            ("half an hour", "30"),
            ("half-hour", "30"),
            ("half", "50"),
            ("半数", "50"),
        ] {
            if text.contains(words) {
                self.numbers.insert(value.to_owned());
            }
        }
    }

    fn without(&self, other: &Named) -> Vec<String> {
        let times = self.times.difference(&other.times).map(|t| format!("{:02}:{:02}", t / 60, t % 60));
        let quantities = self.quantities.difference(&other.numbers).cloned();
        times.chain(quantities).collect()
    }
}

/// The value of a number with what multiplies it, and the rest of the text: `1億2,000万`, `120 million`.
fn multiplied<'t>(number: &str, after: &'t str) -> Option<(f64, &'t str)> {
    let plain: String = number.chars().filter(|c| *c != ',').collect();
    let value = plain.parse::<f64>().ok()?;
    if let Some((sign, factor)) = FACTORS.iter().find(|(sign, _)| after.starts_with(*sign)) {
        let rest = &after[sign.len_utf8()..];
        let length = number_length(rest);
        let more =
            (length > 0 && *factor > 10.0).then(|| multiplied(&rest[..length], &rest[length..])).flatten();
        return Some(more.map_or((value * factor, rest), |(more, rest)| (value * factor + more, rest)));
    }
    let words = after.trim_start();
    let word = MULTIPLES.iter().find(|(word, _)| words.starts_with(word));
    Some(word.map_or((value, after), |(word, factor)| (value * factor, &words[word.len()..])))
}

/// The length of a number such as `18,400` or `3.5`. A comma or point that ends a sentence does not belong to it.
fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    while digit(at) || (matches!(bytes.get(at), Some(b',' | b'.')) && digit(at + 1)) {
        at += 1;
    }
    at
}

/// The minutes of the day, and how many bytes of `after` belong to the time.
fn clock(before: &str, hour: u32, after: &str) -> Option<(u32, usize)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let (minute, mut used) = if let Some(rest) = after.strip_prefix(':').filter(|rest| digits(rest) == 2) {
        (rest[..2].parse().ok()?, 3)
    } else if let Some(rest) = after.strip_prefix('時').filter(|rest| !rest.starts_with('間')) {
        let count = digits(rest);
        let sign = '時'.len_utf8();
        match rest[..count].parse() {
            Ok(minute) if count > 0 && rest[count..].starts_with('分') => {
                (minute, sign + count + '分'.len_utf8())
            }
            _ if rest.starts_with('半') => (30, sign + '半'.len_utf8()),
            _ => (0, sign),
        }
    } else {
        (0, 0)
    };
    let rest = after[used..].trim_start();
    let half = [("p.m.", 12), ("pm", 12), ("a.m.", 0), ("am", 0)]
        .iter()
        .find(|(word, _)| rest.strip_prefix(word).is_some_and(|r| !r.starts_with(char::is_alphanumeric)));
    let before = before.trim_end();
    let shift = match half {
        Some((word, shift)) => {
            used = after.len() - rest.len() + word.len();
            Some(*shift)
        }
        None if before.ends_with("午後") => Some(12),
        None if before.ends_with("午前") => Some(0),
        None => None,
    };
    if used == 0 || minute > 59 {
        return None;
    }
    Some((shift.map_or(hour, |shift| hour % 12 + shift) * 60 + minute, used))
}

/// Whether a unit follows a number, and not the rest of a date or nothing.
fn has_unit(value: f64, after: &str) -> bool {
    const UNITS: [&str; 17] = [
        "%",
        "パーセント",
        "分",
        "時間",
        "秒",
        "日間",
        "週間",
        "か月",
        "件",
        "名",
        "人",
        "社",
        "口座",
        "回",
        "円",
        "倍",
        "銘柄",
    ];
    const WORDS: [&str; 12] =
        ["percent", "minute", "min", "hour", "second", "week", "yen", "btc", "eth", "xrp", "jpy", "usd"];
    let after = after.trim_start();
    if UNITS.iter().any(|unit| after.starts_with(unit)) {
        return true;
    }
    let word: String = after.chars().take_while(char::is_ascii_alphabetic).collect();
    let counts = ["orders", "customers", "people", "accounts", "transfers", "requests", "questions", "times"];
    WORDS.iter().any(|w| word == *w || word.strip_suffix('s') == Some(w))
        || (value > 12.0 && counts.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differ(one: &str, other: &str) -> (Vec<String>, Vec<String>) {
        differences(one, other)
    }

    #[test]
    fn the_same_time_may_be_written_in_many_ways() {
        for (one, other) in [
            ("12時10分に解消しました。", "It was over at 12:10."),
            ("１２：１０に解消", "at 12:10 p.m."),
            ("午後3時半から", "from 3:30 p.m."),
            ("15時に再開", "at 3 pm"),
            ("02:00–05:00", "from 02:00 to 05:00 JST"),
            ("2時間40分のあいだ", "for 2 hours 40 minutes"),
            ("約18,400名", "about 18,400 customers"),
            ("1.8万円", "18,000 yen"),
            ("約7割", "about 70%"),
            ("1回だけ、24時間", "only once, around the clock"),
            ("30分ごとに、2人で", "every half an hour, two people"),
            ("11月20日（金）のバージョン4.12.0", "version 4.12.0 of Friday 20 November"),
            ("https://a.example/1234円", "no number"),
            ("1億2,000万円", "120 million yen"),
            ("24:00まで、正午から", "until 00:00, from noon"),
        ] {
            assert_eq!(differ(one, other), (vec![], vec![]), "{one} / {other}");
        }
    }

    #[test]
    fn another_time_or_quantity_is_seen() {
        assert_eq!(differ("12:10に解消", "over at 12:20"), (vec!["12:10".into()], vec!["12:20".into()]));
        assert_eq!(differ("注文の約3%", "about 30% of orders"), (vec!["3".into()], vec!["30".into()]));
        assert_eq!(differ("40分", "some time").0, ["40"]);
    }
}
