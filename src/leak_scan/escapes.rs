//! Decodes the escapes of file formats into characters.
//!
//! Each function reads one escape, or a run of them, at the beginning of some bytes. It passes the characters on
//! and returns the number of bytes it read, or `None` if there is no escape. All functions take linear time.

use crate::markdown;

pub(super) type Put<'p> = &'p mut dyn FnMut(char);

/// An upper bound for the names of HTML entities.
const LONGEST_NAME: usize = 32;
/// An upper bound for an encoded word in a mail.
const LONGEST_WORD: usize = 300;
/// The longest run of backslashes that counts as nested escapes.
const MOST_SLASHES: usize = 16;

/// Decodes `&#23665;`, `&#x5c71;`, `&eacute;`, even if the `&` is itself escaped any number of times.
pub(super) fn entity(bytes: &[u8], put: Put<'_>) -> Option<usize> {
    let mut at = 1;
    while let Some(length) = ampersand(&bytes[at..]) {
        at += length;
    }
    let rest = &bytes[at..];
    if rest.first() == Some(&b'#') {
        let (digits, base) = match rest.get(1) {
            Some(b'x' | b'X') => (&rest[2..], 16),
            _ => (&rest[1..], 10),
        };
        let (number, length) = number(digits, base, 8)?;
        put(char::from_u32(number)?);
        let end = at + (rest.len() - digits.len()) + length;
        return Some(end + usize::from(bytes.get(end) == Some(&b';')));
    }
    let length = rest.iter().take(LONGEST_NAME).take_while(|b| b.is_ascii_alphanumeric()).count();
    if length > 0 && rest.get(length) == Some(&b';') {
        let name = std::str::from_utf8(&rest[..length]).ok()?;
        match name {
            "lt" => put('<'),
            "gt" => put('>'),
            "quot" => put('"'),
            "apos" => put('\''),
            "nbsp" => put(' '),
            "shy" => put('\u{ad}'),
            _ => markdown::entity(name)?.chars().for_each(put),
        }
        return Some(at + length + 1);
    }
    // This is a plain ampersand.
    (at > 1).then(|| {
        put('&');
        at
    })
}

/// The length of the rest of an escaped `&`.
fn ampersand(bytes: &[u8]) -> Option<usize> {
    ["amp;", "#38;", "#x26;"].iter().find(|end| bytes.starts_with(end.as_bytes())).map(|end| end.len())
}

/// Decodes `%E5%B1%B1`, even if the `%` is itself escaped any number of times.
pub(super) fn percent(bytes: &[u8], put: Put<'_>) -> Option<usize> {
    let (mut at, mut found) = (0, Vec::new());
    while bytes.get(at) == Some(&b'%') {
        let mut digits = at + 1;
        while bytes[digits..].starts_with(b"25") && byte(&bytes[digits + 2..]).is_some() {
            digits += 2;
        }
        let Some(value) = byte(&bytes[digits..]) else { break };
        found.push(value);
        at = digits + 2;
    }
    utf8(&found, put)?;
    Some(at)
}

/// Decodes `=E5=B1=B1` of quoted-printable (RFC 2045, section 6.7), and soft line breaks.
pub(super) fn quoted(bytes: &[u8], put: Put<'_>) -> Option<usize> {
    let (mut at, mut found) = (0, Vec::new());
    while bytes.get(at) == Some(&b'=') {
        if let Some(value) = byte(&bytes[at + 1..]) {
            found.push(value);
            at += 3;
        } else if let Some(length) = line_end(&bytes[at + 1..]) {
            at += 1 + length;
        } else {
            break;
        }
    }
    utf8(&found, put);
    (at > 0).then_some(at)
}

/// Decodes `=?UTF-8?B?5bGx?=` (RFC 2047), with the blanks before the next encoded word, which are not shown.
pub(super) fn encoded_word(bytes: &[u8], put: Put<'_>) -> Option<usize> {
    let rest = bytes.strip_prefix(b"=?")?;
    // An encoded word has at most 75 characters, but programs write longer ones.
    let near = &rest[..rest.len().min(LONGEST_WORD)];
    let mut parts = near.splitn(3, |b| *b == b'?');
    let (charset, form, words) = (parts.next()?, parts.next()?, parts.next()?);
    if !charset.to_ascii_lowercase().starts_with(b"utf-8") {
        return None;
    }
    let words = &words[..words.windows(2).position(|pair| pair == b"?=")?];
    let end = charset.len() + form.len() + 2 + words.len();
    let found = match form {
        b"B" | b"b" => base64(words),
        b"Q" | b"q" => {
            let mut found = Vec::new();
            let mut at = 0;
            while let Some(sign) = words.get(at) {
                let value = (*sign == b'=').then(|| byte(&words[at + 1..])).flatten();
                at += if value.is_some() { 3 } else { 1 };
                found.push(value.unwrap_or(if *sign == b'_' { b' ' } else { *sign }));
            }
            found
        }
        _ => return None,
    };
    String::from_utf8_lossy(&found).chars().for_each(put);
    let after = &rest[end + 2..];
    let blanks = after.iter().take_while(|b| b.is_ascii_whitespace()).count();
    let skipped = if after[blanks..].starts_with(b"=?") { blanks } else { 0 };
    Some(2 + end + 2 + skipped)
}

/// Decodes `\u5c71`, `\u{5c71}`, `\xe9` and runs of them, after any number of backslashes.
pub(super) fn code_point(bytes: &[u8], put: Put<'_>) -> Option<usize> {
    let slashes = slashes(bytes);
    let at = slashes + 1;
    match bytes.get(slashes)? {
        b'u' if bytes.get(at) == Some(&b'{') => {
            let (value, length) = number(&bytes[at + 1..], 16, 6)?;
            (bytes.get(at + 1 + length) == Some(&b'}')).then_some(())?;
            put(char::from_u32(value)?);
            Some(at + length + 2)
        }
        b'u' => {
            let first = unit(&bytes[at..])?;
            let end = at + 4;
            if let Some(c) = char::from_u32(first) {
                put(c);
                return Some(end);
            }
            // This is the second half of a surrogate pair.
            let more = self::slashes(&bytes[end..]);
            (more > 0 && bytes.get(end + more) == Some(&b'u')).then_some(())?;
            let second = unit(&bytes[end + more + 1..])?;
            let pair = [u16::try_from(first).ok()?, u16::try_from(second).ok()?];
            put(char::decode_utf16(pair).next()?.ok()?);
            Some(end + more + 5)
        }
        b'U' => {
            let (value, length) = number(&bytes[at..], 16, 8)?;
            (length == 8).then_some(())?;
            put(char::from_u32(value)?);
            Some(at + 8)
        }
        b'x' => hexadecimal(bytes, slashes, put),
        _ => None,
    }
}

fn slashes(bytes: &[u8]) -> usize {
    bytes.iter().take(MOST_SLASHES).take_while(|b| **b == b'\\').count()
}

/// Decodes `\xe9`: a character of Latin-1, or several bytes of UTF-8 in a row.
fn hexadecimal(bytes: &[u8], slashes: usize, put: Put<'_>) -> Option<usize> {
    let (mut at, mut found) = (0, Vec::new());
    let is_next = |at: usize| {
        let rest = &bytes[at..];
        rest.len() > slashes && rest[..slashes].iter().all(|b| *b == b'\\') && rest[slashes] == b'x'
    };
    while is_next(at) {
        let Some(value) = byte(&bytes[at + slashes + 1..]) else { break };
        found.push(value);
        at += slashes + 3;
    }
    match std::str::from_utf8(&found) {
        Ok(text) => text.chars().for_each(put),
        Err(_) => found.iter().map(|b| char::from(*b)).for_each(put),
    }
    (at > 0).then_some(at)
}

/// Decodes `\5c71 ` of CSS (Syntax Level 3, section 4.3.7): one to six digits, and a blank that ends them.
pub(super) fn style(bytes: &[u8], put: Put<'_>) -> Option<usize> {
    let (value, length) = number(&bytes[1..], 16, 6)?;
    put(char::from_u32(value)?);
    let end = 1 + length;
    let blank = match bytes.get(end) {
        Some(b'\r') if bytes.get(end + 1) == Some(&b'\n') => 2,
        Some(b' ' | b'\t' | b'\n' | b'\r' | 0x0c) => 1,
        _ => 0,
    };
    Some(end + blank)
}

pub(super) fn line_end(bytes: &[u8]) -> Option<usize> {
    if bytes.starts_with(b"\r\n") {
        return Some(2);
    }
    matches!(bytes.first(), Some(b'\n' | b'\r')).then_some(1)
}

/// Decodes base64 in both of its alphabets, and skips all other bytes.
pub(super) fn base64(bytes: &[u8]) -> Vec<u8> {
    let value = |sign: u8| match sign {
        b'A'..=b'Z' => Some(u32::from(sign - b'A')),
        b'a'..=b'z' => Some(u32::from(sign - b'a') + 26),
        b'0'..=b'9' => Some(u32::from(sign - b'0') + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    };
    let (mut out, mut held, mut bits) = (Vec::with_capacity(bytes.len() / 4 * 3), 0_u32, 0);
    for six in bytes.iter().filter_map(|sign| value(*sign)) {
        held = held << 6 | six;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from(held >> bits & 0xff).unwrap_or_default());
        }
    }
    out
}

/// Decodes bytes as UTF-8, if at least some of them are valid.
fn utf8(bytes: &[u8], put: Put<'_>) -> Option<()> {
    if bytes.is_empty() {
        return None;
    }
    String::from_utf8_lossy(bytes).chars().for_each(put);
    Some(())
}

/// The value of two hexadecimal digits.
fn byte(bytes: &[u8]) -> Option<u8> {
    let digit = |at: usize| char::from(*bytes.get(at)?).to_digit(16);
    u8::try_from(digit(0)? * 16 + digit(1)?).ok()
}

/// The value of four hexadecimal digits.
fn unit(bytes: &[u8]) -> Option<u32> {
    let (value, length) = number(bytes, 16, 4)?;
    (length == 4).then_some(value)
}

/// The value of up to `most` digits, and their number.
fn number(bytes: &[u8], base: u32, most: usize) -> Option<(u32, usize)> {
    let digits = bytes.iter().take(most).map_while(|b| char::from(*b).to_digit(base));
    let (value, length) = digits.fold((0_u32, 0), |(value, length), digit| {
        (value.saturating_mul(base).saturating_add(digit), length + 1)
    });
    (length > 0).then_some((value, length))
}
