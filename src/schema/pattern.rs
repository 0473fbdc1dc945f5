//! Regular expressions for values that the parser compares after NFKC and case folding: differences in width,
//! case and separators do not count.
//!
//! They use only syntax that ECMA 262 and most other dialects share, because editors use different engines.

use std::fmt::Write as _;

/// A digit in half or full width.
pub(super) const DIGIT: &str = "[0-9０-９]";

/// Matches exactly one of these words.
pub(super) fn words<'a>(all: impl IntoIterator<Item = &'a str>) -> String {
    let all: Vec<String> = all.into_iter().map(word).collect();
    format!("^\\s*(?:{})\\s*$", all.join("|"))
}

/// Matches a word in any case and width.
fn word(word: &str) -> String {
    let mut out = String::new();
    for c in word.chars() {
        match c {
            '_' | '-' | ' ' => out.push_str("[\\s_-]+"),
            '\'' | '’' => out.push_str("['’]"),
            '\u{307}' => {}
            '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '^' | '$' | '\\' | '/' => {
                out.push('\\');
                out.push(c);
            }
            _ => letter(c, &mut out),
        }
    }
    out
}

/// Adds every form of a letter that folds to the same letter.
fn letter(c: char, out: &mut String) {
    let mut forms = vec![c];
    let mut add = |c: char| {
        if !forms.contains(&c) {
            forms.push(c);
        }
    };
    let single = |mut all: Box<dyn Iterator<Item = char>>| all.next().filter(|_| all.next().is_none());
    [single(Box::new(c.to_lowercase())), single(Box::new(c.to_uppercase()))]
        .into_iter()
        .flatten()
        .for_each(&mut add);
    // The dot of the Turkish İ does not distinguish words.
    if matches!(c, 'i' | 'I' | 'İ') {
        ['i', 'I', 'İ'].into_iter().for_each(&mut add);
    }
    for plain in forms.clone() {
        if plain.is_ascii_alphanumeric() {
            // U+FF01 to U+FF5E are ASCII in full width.
            forms.extend(char::from_u32(u32::from(plain) + 0xfee0));
        }
    }
    match forms[..] {
        [only] => out.push(only),
        _ => _ = write!(out, "[{}]", forms.into_iter().collect::<String>()),
    }
}

/// Matches a date.
fn date() -> String {
    let d = DIGIT;
    format!(
        "(?:{d}{{4}}[-/－／]\\s*{d}{{1,2}}[-/－／]\\s*{d}{{1,2}}|{d}{{4}}年\\s*{d}{{1,2}}月\\s*{d}{{1,2}}日)"
    )
}

/// Matches a time of day.
fn clock() -> String {
    let d = DIGIT;
    format!("(?:{d}{{1,2}}[:：]{d}{{2}}(?:[:：]{d}{{2}}(?:[.．]{d}{{1,9}})?)?|{d}{{1,2}}時(?:{d}{{1,2}}分)?)")
}

/// Matches a time with its date. There are too many forms for one expression: if the text has a time of day and
/// another number, the parser decides.
pub(super) fn time() -> String {
    let d = DIGIT;
    let offset = format!("(?:[ZzＺｚ]|[-+－＋−]{d}{{2}}[:：]?{d}{{2}})?");
    let canonical = format!("{}(?:[TtＴｔ]|\\s*){}\\s*{offset}", date(), clock());
    let any = format!("(?:.*{d}.*\\D{any}.*|.*{any}.*\\D{d}.*)", any = any_clock());
    format!("^\\s*(?:{canonical}|{any})\\s*$")
}

/// Matches a time of day in any form.
fn any_clock() -> String {
    let d = DIGIT;
    format!(
        "(?:{d}{{1,2}}\\s*(?:[:：hHｈ]\\s*{d}{{2}}|[時时点點시]|\\.{d}{{2}} Uhr| Uhr|\\s*[aApP]\\.?[mM])|正午)"
    )
}

/// Matches a date without a time. If the month is a word, the parser decides.
pub(super) fn day() -> String {
    let d = DIGIT;
    let any = format!("(?:.*{d}.*(?:[^\\x00-\\x7f]|[A-Za-z]{{3}}|[-/.]).*{d}.*|.*[A-Za-z]{{3}}.*{d}.*)");
    format!("^\\s*(?:{}|{any})\\s*$", date())
}

/// Matches a time of day without a date.
pub(super) fn time_of_day() -> String {
    format!("^\\s*(?:{}|.*{}.*)\\s*$", clock(), any_clock())
}

/// Matches a duration such as `30m` or `1h 30m`, but not zero.
pub(super) fn duration() -> String {
    format!("^(?=.*[1-9１-９])\\s*(?:{DIGIT}+[smhdwSMHDWｓｍｈｄｗＳＭＨＤＷ]\\s*)+$")
}
