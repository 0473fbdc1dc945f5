//! Finds the needles in a file.
//!
//! A [`Prefilter`] checks the file first. If it finds a possible needle, the file is searched letter by letter.
//! Both steps use two views: the file as written, with every tag, attribute and comment, and as shown, without
//! them. The search works piece by piece, so memory does not grow with the file.

use memchr::{memchr, memchr_iter};

use super::decode::{Kind, PIECE, Reader, View};
use super::escapes;
use super::letters::Letters;
use super::needles::{LONGEST, Needles};
use super::prefilter::Prefilter;

/// The depth of nested base64 that is decoded.
const DEEPEST: u8 = 2;

/// The marker before base64 in a `data:` address.
const MARK: &[u8] = b";base64,";

/// The callback for a found needle. It returns whether to go on.
pub(super) type Hit<'h> = &'h mut dyn FnMut(usize) -> bool;

/// Searches bytes of a format. Returns whether the callback never stopped it.
pub(super) fn search(bytes: &[u8], kind: Kind, needles: &Needles, hit: Hit<'_>) -> bool {
    nested(bytes, kind, needles, hit, 0)
}

fn nested(bytes: &[u8], kind: Kind, needles: &Needles, hit: Hit<'_>, depth: u8) -> bool {
    let wide = utf16(bytes);
    let bytes = wide.as_ref().map_or(bytes, |text| text.as_bytes());
    let is_text = memchr(0, bytes).is_none() && (bytes.is_ascii() || std::str::from_utf8(bytes).is_ok());
    if may_hold(bytes, kind, is_text, needles) && !letter_by_letter(bytes, kind, is_text, needles, hit) {
        return false;
    }
    let is_deepest = !is_text || depth == DEEPEST;
    is_deepest || hidden_in(bytes, kind).all(|inner| nested(&inner, Kind::Text, needles, hit, depth + 1))
}

fn letter_by_letter(bytes: &[u8], kind: Kind, is_text: bool, needles: &Needles, hit: Hit<'_>) -> bool {
    View::BOTH.into_iter().all(|view| {
        let mut reader = Reader::new(kind, view, Letters::new());
        reader.read_all(bytes, is_text, &mut |letters, is_end| find(letters, is_end, is_text, needles, hit))
    })
}

/// Whether the search letter by letter finds a needle.
#[cfg(test)]
pub(super) fn finds(bytes: &[u8], kind: Kind, needles: &Needles) -> bool {
    !letter_by_letter(bytes, kind, true, needles, &mut |_| false)
}

/// Whether any needle may begin in a file.
pub(super) fn may_hold(bytes: &[u8], kind: Kind, is_text: bool, needles: &Needles) -> bool {
    View::BOTH.into_iter().any(|view| {
        let mut reader = Reader::new(kind, view, Prefilter::new(needles));
        !reader.read_all(bytes, is_text, &mut |scout: &mut Prefilter<'_>, is_end| !scout.is_near(is_end))
    })
}

/// Searches the collected letters, and keeps those that may begin a needle. Returns whether to go on.
fn find(letters: &mut Letters, is_end: bool, is_text: bool, needles: &Needles, hit: Hit<'_>) -> bool {
    if is_end {
        return needles.find(letters, letters.len(), is_text, hit);
    }
    if letters.len() <= PIECE {
        return true;
    }
    // The letter after a needle decides whether the needle ends there.
    let mut until = letters.len().saturating_sub(LONGEST + 8);
    while !letters.is_letter(until) {
        until -= 1;
    }
    if !needles.find(letters, until, is_text, hit) {
        return false;
    }
    letters.drain(until);
    true
}

/// The text of bytes with a UTF-16 byte order mark.
fn utf16(bytes: &[u8]) -> Option<String> {
    let read: fn([u8; 2]) -> u16 = match bytes.get(..2)? {
        [0xff, 0xfe] => u16::from_le_bytes,
        [0xfe, 0xff] => u16::from_be_bytes,
        _ => return None,
    };
    let units = bytes[2..].chunks_exact(2).map(|pair| read([pair[0], pair[1]]));
    Some(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}

/// The contents encoded as base64: `data:` addresses, and parts of mails.
fn hidden_in(bytes: &[u8], kind: Kind) -> impl Iterator<Item = Vec<u8>> + '_ {
    // Searching for one byte is faster than searching for the whole marker in any case.
    let signs = memchr_iter(b';', bytes).filter_map(|at| bytes[at..].split_at_checked(MARK.len()));
    let address = signs.filter(|(mark, _)| mark.eq_ignore_ascii_case(MARK)).map(|(_, rest)| {
        let is_sign = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'-' | b'_');
        &rest[..rest.iter().take_while(is_sign).count()]
    });
    let mail =
        if kind == Kind::Mail { parts(std::str::from_utf8(bytes).unwrap_or_default()) } else { Vec::new() };
    address.chain(mail).map(escapes::base64)
}

/// The base64 bodies of a mail.
fn parts(mail: &str) -> Vec<&[u8]> {
    let lower = mail.to_ascii_lowercase();
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = lower[from..].find("content-transfer-encoding:") {
        let head = from + at + "content-transfer-encoding:".len();
        let line_ends = lower[head..].match_indices('\n').map(|(at, _)| head + at + 1);
        let after_blank = |at: usize| match &lower.as_bytes()[at..] {
            [b'\n', ..] => Some(at + 1),
            [b'\r', b'\n', ..] => Some(at + 2),
            _ => None,
        };
        let Some(body) = line_ends.into_iter().find_map(after_blank) else { break };
        from = lower[body..].find("\n--").map_or(lower.len(), |at| body + at);
        if lower[head..].trim_start().starts_with("base64") {
            found.push(&mail.as_bytes()[body..from]);
        }
    }
    found
}

/// All needles except those in a text that is on every page. Otherwise each build would search all pages letter by
/// letter.
pub(super) fn without(all: Needles, text: &str) -> Needles {
    let mut is_said = vec![false; all.len()];
    search(text.as_bytes(), Kind::Text, &all, &mut |needle| {
        is_said[needle] = true;
        true
    });
    if is_said.contains(&true) { all.filter(|needle| !is_said[needle]) } else { all }
}
