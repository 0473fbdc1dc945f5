//! Passwords and keys that only the text around them reveals: `password=…`, `https://user:pass@host`,
//! `Authorization: Basic …`, `秘密鍵：…`.

use std::ops::Range;

use super::Looks::Key;
use super::pattern::Pattern;
use super::{Rule, Text, rule, whole};

/// The patterns for assignments end with the first byte of the value, and the check finds its end.
pub(super) const RULES: [Rule; 8] = [
    // After `=` nearly any value is a password. After a colon, prose may follow.
    rule(
        Key,
        r#"(?i)(?:{password}{quote}=(?:[ "'`*>]*["'`*>])?(?:「|『|“|‘|【)?|{password}は「)({value})"#,
        |text, at| {
            value(text, at, |value| {
                value.len() > 5 || value.len() > 3 && value.iter().any(u8::is_ascii_digit)
            })
        },
    ),
    rule(Key, r"(?i){password}{quote}[:=]{open}({value})", |text, at| value(text, at, is_password)),
    rule(Key, r"(?i){key}{quote}(?:[:=]{open}|は「)({value})", |text, at| {
        value(text, at, |value| is_key(value) && !is_public_hash(value))
    }),
    rule(Key, r"(?i){private}{quote}(?:[:=]{open}|は「)({value})", |text, at| value(text, at, is_key)),
    rule(Key, r#"(?i){private}(?:は| is| was)?[ "`]{0,3}((?:0x)?[0-9a-f]{64})(?:$|\W)"#, whole),
    rule(Key, r"暗証番号{quote}(?:[:=]{open}|は「)(\d{4,})", |text, at| {
        let same = text.view.bytes(at.clone()).iter().all(|b| *b == text.view.byte(at.start));
        (!same && !text.view.rest(at.end).starts_with('桁')).then_some(at)
    }),
    rule(Key, r"(?i)authorization[ :.=]{0,3}basic ([0-9a-z+/=]{12,})", whole),
    rule(Key, r#"://([!-~&&[^/@"'<>`]]*:[!-~&&[^/@"'<>`]]+)@"#, whole),
];

/// Prefixes and parts that a secret value does not have: references, code and placeholders.
static NO_VALUE: Pattern = Pattern::new(
    r"(?ix)^[${%/\[&]|\(|::|xxx|\*\*\*|\.\.\.|your|redacted|process\.env|environ|http|argon2|sha[12]|bcrypt|pbkdf2|base64
    |secretref|example|undefined|required|string|disabled|enabled|masked",
);

/// The value that begins here, if it satisfies `good`.
fn value(text: &Text, at: Range<usize>, good: impl Fn(&[u8]) -> bool) -> Option<Range<usize>> {
    let (view, start) = (&text.view, at.start);
    let end = view.run(start, 256, |b| b.is_ascii_graphic() && !b"\"'`<>,;|".contains(&b));
    let end = view.back(end, end - start, |b| b".:)*]}&".contains(&b));
    let value = view.bytes(start..end);
    let same = value.len() > 3 && value.iter().all(|b| *b == value[0]);
    let none = view.byte(end) == b'<' || NO_VALUE.is_in(view.plain().get(start..end)?);
    (good(value) && !same && !none).then_some(start..end)
}

/// Whether the value is too mixed to be a word of a sentence.
fn is_password(value: &[u8]) -> bool {
    let has = |good: fn(&u8) -> bool| value.iter().any(good);
    let (digit, lower) = (has(u8::is_ascii_digit), has(u8::is_ascii_lowercase));
    let sign = has(|b| b"!@#$%^&*?+~=_".contains(b));
    value.len() > 5
        && has(u8::is_ascii_alphabetic)
        && (digit && lower || sign && (digit || lower && has(u8::is_ascii_uppercase)))
}

fn is_key(value: &[u8]) -> bool {
    let body = value.iter().all(|b| b.is_ascii_alphanumeric() || b"+/=_.-%".contains(b));
    value.len() >= 16
        && body
        && value.iter().any(u8::is_ascii_digit)
        && value.iter().any(u8::is_ascii_alphabetic)
}

/// Whether the value is the address of a contract or the hash of a transaction.
fn is_public_hash(value: &[u8]) -> bool {
    let hex = value.strip_prefix(b"0x").unwrap_or_default();
    matches!(hex.len(), 40 | 64) && hex.iter().all(u8::is_ascii_hexdigit)
}
