//! A file → the letters that stand in it, with the escapes of its kind undone.
//!
//! A file is looked through by a [`Scout`] first. Where that finds a beginning, it is read once, and in two ways: as
//! it is written, with every tag, attribute and comment; and as it is shown, without them. It is searched piece by
//! piece, so memory does not grow with the file.

use memchr::{memchr, memchr_iter};

use super::escapes;
use super::letters::{Fold, Gap, Letters, sign};
use super::needles::{LONGEST, Needles};
use super::scout::Scout;

/// More letters of the name of a tag are not asked for.
const LONGEST_TAG: usize = 16;

/// Bytes that may mean something: in text, in a tag, and in the kinds that escape with them.
const IN_TEXT: u8 = 1;
const IN_TAG: u8 = 2;
const IN_MAIL: u8 = 4;
const IN_CODE: u8 = 8;
const IN_CALENDAR: u8 = 16;
const STOPS: [u8; 256] = {
    let mut stops = [0; 256];
    let mut at = 0;
    while at < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "it is less than 256")]
        let byte = at as u8;
        stops[at] = match byte {
            b'&' | b'%' | b'\\' | b'<' | 0x80.. => IN_TEXT | IN_TAG,
            b'>' | b'"' | b'\'' => IN_TAG,
            b'=' => IN_MAIL,
            b'/' | b'*' => IN_CODE,
            b'\r' | b'\n' => IN_CALENDAR,
            _ => 0,
        };
        at += 1;
    }
    stops
};

pub(super) const fn is_stop(byte: u8, stops: u8) -> bool {
    STOPS[byte as usize] & stops != 0
}

/// What is searched at once.
const PIECE: usize = 32 << 10;
/// Text inside of text inside of text (base64): deeper, nobody reads.
const DEEPEST: u8 = 2;

/// What stands before base64 in an address.
const MARK: &[u8] = b";base64,";

/// How a file is written: which escapes stand for something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// HTML, XML, SVG.
    Markup,
    /// CSS.
    Style,
    /// JavaScript and JSON.
    Script,
    /// iCalendar and vCard, whose lines are folded.
    Calendar,
    /// Mails.
    Mail,
    /// Any other text, and what is no text.
    Text,
}

impl Kind {
    /// By the ending of its name.
    pub(super) fn of(path: &str) -> Kind {
        let name = path.rsplit('/').next().unwrap_or(path);
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        match ending.as_str() {
            "html" | "htm" | "xhtml" | "xht" | "xml" | "svg" | "rss" | "atom" | "xsl" | "xslt" | "mathml" => {
                Kind::Markup
            }
            "css" => Kind::Style,
            "js" | "mjs" | "cjs" | "ts" | "json" | "jsonl" | "ndjson" | "geojson" | "webmanifest" | "map" => {
                Kind::Script
            }
            "ics" | "ical" | "ifb" | "vcs" | "vcf" => Kind::Calendar,
            "eml" | "mht" | "mhtml" | "mbox" => Kind::Mail,
            _ => Kind::Text,
        }
    }
}

/// What to do with a needle that was found: whether to go on.
pub(super) type Hit<'h> = &'h mut dyn FnMut(usize) -> bool;

/// Looks through bytes of a kind; whether all of them were looked at.
pub(super) fn search(bytes: &[u8], kind: Kind, needles: &Needles, hit: Hit<'_>) -> bool {
    nested(bytes, kind, needles, hit, 0)
}

/// The letters of a text by itself.
pub(super) fn letters(text: &str) -> Letters {
    let mut reader = Reader::new(Kind::Text, Letters::new());
    reader.read(text.as_bytes(), &mut |_, _| true);
    reader.written
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
    let mut reader = Reader::new(kind, Letters::new());
    reader.read_all(bytes, is_text, &mut |letters, is_end| find(letters, is_end, is_text, needles, hit))
}

/// Whether a needle is found in a text that is read letter by letter.
#[cfg(test)]
pub(super) fn finds(bytes: &[u8], kind: Kind, needles: &Needles) -> bool {
    !letter_by_letter(bytes, kind, true, needles, &mut |_| false)
}

/// Whether any needle may begin in a file.
pub(super) fn may_hold(bytes: &[u8], kind: Kind, is_text: bool, needles: &Needles) -> bool {
    let mut reader = Reader::new(kind, Scout::default());
    !reader.read_all(bytes, is_text, &mut |scout: &mut Scout, is_end| !scout.is_near(needles, is_end))
}

/// Searches the letters that have gathered, and keeps of them what may be the beginning of a needle; whether to go on.
fn find(letters: &mut Letters, is_end: bool, is_text: bool, needles: &Needles, hit: Hit<'_>) -> bool {
    if is_end {
        return needles.find(letters, letters.len(), is_text, hit);
    }
    if letters.len() <= PIECE {
        return true;
    }
    // The end of a needle is known by the letter after it.
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

/// Text that says by its first two bytes that it is UTF-16.
fn utf16(bytes: &[u8]) -> Option<String> {
    let read: fn([u8; 2]) -> u16 = match bytes.get(..2)? {
        [0xff, 0xfe] => u16::from_le_bytes,
        [0xfe, 0xff] => u16::from_be_bytes,
        _ => return None,
    };
    let units = bytes[2..].chunks_exact(2).map(|pair| read([pair[0], pair[1]]));
    Some(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}

/// What is written as base64: `data:` addresses, and parts of mails.
fn hidden_in(bytes: &[u8], kind: Kind) -> impl Iterator<Item = Vec<u8>> + '_ {
    // To look for one sign is quicker than to look for the whole, in whatever case.
    let signs = memchr_iter(b';', bytes).filter_map(|at| bytes[at..].split_at_checked(MARK.len()));
    let address = signs.filter(|(mark, _)| mark.eq_ignore_ascii_case(MARK)).map(|(_, rest)| {
        let is_sign = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'-' | b'_');
        &rest[..rest.iter().take_while(is_sign).count()]
    });
    let mail =
        if kind == Kind::Mail { parts(std::str::from_utf8(bytes).unwrap_or_default()) } else { Vec::new() };
    address.chain(mail).map(escapes::base64)
}

/// The bodies of a mail that are written as base64.
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

/// A tag or a comment that is being read.
#[derive(Default)]
struct Tag {
    /// In lower case, as far as it is asked for.
    name: [u8; LONGEST_TAG],
    length: usize,
    is_named: bool,
    is_end: bool,
    is_comment: bool,
    quote: Option<u8>,
    before: [u8; 2],
}

/// What may follow on a text that goes on elsewhere: what is shown, from the first tag on.
pub(super) trait Fork: Fold {
    /// Takes ASCII up to a byte that is one of some stops; how much.
    fn run_until(&mut self, bytes: &[u8], stops: u8) -> usize;

    /// Takes ASCII that another has taken already, between the same tags.
    fn follow(&mut self, run: &[u8]);

    /// Another that goes on where this one is, with what a needle may have begun in.
    fn fork(&self) -> Self;
}

impl Fork for Letters {
    fn run_until(&mut self, bytes: &[u8], stops: u8) -> usize {
        let length = bytes.iter().take_while(|byte| !is_stop(**byte, stops)).count();
        self.run(&bytes[..length]);
        length
    }

    fn follow(&mut self, run: &[u8]) {
        self.run(run);
    }

    fn fork(&self) -> Letters {
        self.tail(self.len().saturating_sub(2 * LONGEST))
    }
}

struct Reader<L> {
    kind: Kind,
    /// What may mean something in this kind alone.
    stops: u8,
    /// Everything.
    written: L,
    /// Without tags and comments, once there is one.
    shown: Option<L>,
    tag: Option<Tag>,
    /// Inside of the readings that ruby sets beside words.
    is_aside: bool,
    /// Inside of `/*` and `*/`.
    is_comment: bool,
}

/// What to do with the letters so far, in the middle of a file or at its end: whether to go on.
type Step<'s, L> = &'s mut dyn FnMut(&mut L, bool) -> bool;

impl<L: Fork> Reader<L> {
    fn new(kind: Kind, written: L) -> Reader<L> {
        let stops = match kind {
            Kind::Mail => IN_MAIL,
            Kind::Style | Kind::Script => IN_CODE,
            Kind::Calendar => IN_CALENDAR,
            Kind::Markup | Kind::Text => 0,
        };
        Reader { kind, stops, written, shown: None, tag: None, is_aside: false, is_comment: false }
    }

    /// Reads a file to its end; whether nobody said that it is enough.
    fn read_all(&mut self, bytes: &[u8], is_text: bool, step: Step<'_, L>) -> bool {
        if is_text {
            return self.read(bytes, step) && self.step(step, true);
        }
        for chunk in bytes.utf8_chunks() {
            if !self.read(chunk.valid().as_bytes(), step) {
                return false;
            }
            self.gap(Gap::Break);
        }
        self.step(step, true)
    }

    fn step(&mut self, step: Step<'_, L>, is_end: bool) -> bool {
        step(&mut self.written, is_end) && self.shown.as_mut().is_none_or(|shown| step(shown, is_end))
    }

    /// Reads on; whether to go on after it.
    fn read(&mut self, bytes: &[u8], step: Step<'_, L>) -> bool {
        let mut at = 0;
        while at < bytes.len() {
            let piece = at + PIECE;
            while at < bytes.len().min(piece) {
                let rest = &bytes[at..bytes.len().min(piece)];
                let stops = if self.tag.is_some() { IN_TAG | self.stops } else { IN_TEXT | self.stops };
                let length = self.written.run_until(rest, stops);
                if length > 0 {
                    self.follow(&rest[..length]);
                    at += length;
                } else {
                    at += self.special(bytes[at], &bytes[at..]);
                }
            }
            if !self.step(step, false) {
                return false;
            }
        }
        true
    }

    fn is_shown(&self) -> bool {
        self.tag.is_none() && !self.is_aside && !self.is_comment
    }

    /// ASCII in which no sign means anything.
    fn run(&mut self, run: &[u8]) {
        self.written.run(run);
        self.follow(run);
    }

    /// What is written, as a part of a tag or of what is shown.
    fn follow(&mut self, run: &[u8]) {
        if let Some(tag) = &mut self.tag {
            tag.run(run);
        } else if let Some(shown) = &mut self.shown
            && !self.is_aside
            && !self.is_comment
        {
            shown.follow(run);
        }
    }

    fn gap(&mut self, gap: Gap) {
        self.written.gap(gap);
        if self.is_shown()
            && let Some(shown) = &mut self.shown
        {
            shown.gap(gap);
        }
    }

    /// A character, after its escape is undone. `rest` is what follows.
    fn put(&mut self, c: char, rest: &[u8]) {
        if c.is_ascii_alphanumeric() {
            self.run(&[c as u8]);
        } else if c.is_ascii() {
            self.sign(c as u8, rest);
        } else {
            self.written.char(c);
            if self.is_shown()
                && let Some(shown) = &mut self.shown
            {
                shown.char(c);
            }
        }
    }

    /// An ASCII character that is no letter.
    fn sign(&mut self, byte: u8, rest: &[u8]) {
        if let Some(tag) = &mut self.tag {
            self.written.gap(sign(byte));
            if tag.sign(byte) {
                self.close();
            }
            return;
        }
        if byte == b'<' && self.kind != Kind::Style && Tag::begins(rest) {
            self.begin_shown();
            self.written.gap(Gap::Signs);
            let is_comment = rest.starts_with(b"!--");
            self.tag = Some(Tag { is_comment, is_end: !rest[0].is_ascii_alphabetic(), ..Tag::default() });
            return;
        }
        self.gap(sign(byte));
    }

    /// The beginning or end of a comment of a style or a script; how many bytes it takes.
    fn comment(&mut self, bytes: &[u8]) -> Option<usize> {
        let ends = self.is_comment;
        if !matches!(self.kind, Kind::Style | Kind::Script)
            || !bytes.starts_with(if ends { b"*/" } else { b"/*" })
        {
            return None;
        }
        self.begin_shown();
        self.is_comment = !ends;
        self.written.gap(Gap::Signs);
        if let Some(shown) = &mut self.shown {
            shown.gap(Gap::Tag);
        }
        Some(2)
    }

    /// From here on what is shown is another text than what is written.
    fn begin_shown(&mut self) {
        if self.shown.is_none() {
            self.shown = Some(self.written.fork());
        }
    }

    /// A tag has ended.
    fn close(&mut self) {
        let Some(tag) = self.tag.take() else { return };
        let is_reading = matches!(tag.name(), "rt" | "rp" | "rtc");
        let gap = if tag.is_comment || tag.is_inline() { Gap::Tag } else { Gap::Break };
        if is_reading || tag.name() == "ruby" {
            self.is_aside = is_reading && !tag.is_end;
        }
        if let Some(shown) = &mut self.shown {
            shown.gap(gap);
        }
    }

    /// What may be an escape; how many bytes it takes.
    fn special(&mut self, byte: u8, bytes: &[u8]) -> usize {
        let mut found: Vec<char> = Vec::new();
        let mut put = |c: char| found.push(c);
        let length = match byte {
            b'&' => escapes::entity(bytes, &mut put),
            b'%' => escapes::percent(bytes, &mut put),
            b'=' if self.kind == Kind::Mail => {
                escapes::encoded_word(bytes, &mut put).or_else(|| escapes::quoted(bytes, &mut put))
            }
            b'\\' => escapes::code_point(bytes, &mut put).or_else(|| {
                let is_style = matches!(self.kind, Kind::Style | Kind::Markup);
                if is_style { escapes::style(bytes, &mut put) } else { None }
            }),
            b'/' | b'*' => {
                return self.comment(bytes).unwrap_or_else(|| {
                    self.sign(byte, &bytes[1..]);
                    1
                });
            }
            b'\r' | b'\n' if self.kind == Kind::Calendar => {
                // A folded line goes on after a blank (RFC 5545, section 3.1).
                escapes::line_end(bytes)
                    .filter(|end| matches!(bytes.get(*end), Some(b' ' | b'\t')))
                    .map(|end| end + 1)
            }
            0x80.. => {
                let (c, length) = character(bytes);
                self.put(c, &bytes[length..]);
                return length;
            }
            _ => None,
        };
        let Some(length) = length else {
            if byte == b'\\' {
                return self.backslash(bytes);
            }
            self.sign(byte, &bytes[1..]);
            return 1;
        };
        let rest = &bytes[length..];
        for c in found {
            self.put(c, rest);
        }
        length
    }

    /// A backslash that begins no character's number.
    fn backslash(&mut self, bytes: &[u8]) -> usize {
        let next = bytes.get(1).copied().unwrap_or_default();
        match self.kind {
            Kind::Script | Kind::Calendar | Kind::Style if next == b'\n' || next == b'\r' => {
                1 + escapes::line_end(&bytes[1..]).unwrap_or(0)
            }
            Kind::Script | Kind::Calendar
                if matches!(next, b'n' | b'N' | b'r' | b't' | b'b' | b'f' | b'v') =>
            {
                self.gap(Gap::Blank);
                2
            }
            Kind::Style => 1,
            _ if next == b'\\' => {
                self.gap(Gap::Signs);
                2
            }
            // The sign that follows stands for itself.
            _ if next.is_ascii_punctuation() => 1,
            _ => {
                self.gap(Gap::Signs);
                1
            }
        }
    }
}

impl Tag {
    /// Whether a `<` before these bytes begins a tag.
    fn begins(rest: &[u8]) -> bool {
        let rest = rest.strip_prefix(b"\\").unwrap_or(rest);
        matches!(rest.first(), Some(b'a'..=b'z' | b'A'..=b'Z' | b'/' | b'!' | b'?'))
    }

    fn run(&mut self, run: &[u8]) {
        if !self.is_named {
            let skipped = if self.length == 0 { begin(run, u8::is_ascii_alphanumeric) } else { 0 };
            let name = &run[skipped..];
            let end = begin(name, |b| !b.is_ascii_alphanumeric());
            for (place, byte) in self.name[self.length..].iter_mut().zip(&name[..end]) {
                *place = byte.to_ascii_lowercase();
                self.length += 1;
            }
            self.is_named = end < name.len() && self.length > 0;
        }
        self.before = match run {
            [.., one, two] => [*one, *two],
            [one] => [self.before[1], *one],
            [] => self.before,
        };
    }

    /// Whether a sign ends it.
    fn sign(&mut self, byte: u8) -> bool {
        let before = self.before;
        self.before = [before[1], byte];
        if self.is_comment {
            return byte == b'>' && before == *b"--";
        }
        match self.quote {
            Some(quote) if quote == byte => self.quote = None,
            Some(_) => {}
            None if matches!(byte, b'"' | b'\'') && before[1] == b'=' => self.quote = Some(byte),
            None => {
                self.is_named |= self.length > 0;
                return byte == b'>';
            }
        }
        false
    }

    fn name(&self) -> &str {
        std::str::from_utf8(&self.name[..self.length]).unwrap_or_default()
    }

    /// Whether a text goes across it.
    fn is_inline(&self) -> bool {
        matches!(
            self.name(),
            "a" | "abbr"
                | "acronym"
                | "b"
                | "bdi"
                | "bdo"
                | "big"
                | "br"
                | "cite"
                | "code"
                | "data"
                | "del"
                | "dfn"
                | "em"
                | "font"
                | "i"
                | "ins"
                | "kbd"
                | "label"
                | "mark"
                | "q"
                | "rb"
                | "rp"
                | "rt"
                | "rtc"
                | "ruby"
                | "s"
                | "samp"
                | "small"
                | "span"
                | "strike"
                | "strong"
                | "sub"
                | "sup"
                | "time"
                | "tspan"
                | "tt"
                | "u"
                | "var"
                | "wbr"
        )
    }
}

/// Where the first byte of a kind stands; the length, where there is none.
fn begin(bytes: &[u8], is: impl Fn(&u8) -> bool) -> usize {
    bytes.iter().position(is).unwrap_or(bytes.len())
}

/// The first character of bytes that are UTF-8, and its length.
fn character(bytes: &[u8]) -> (char, usize) {
    let length = match bytes.first() {
        Some(0xf0..) => 4,
        Some(0xe0..) => 3,
        _ => 2,
    };
    let text = bytes.get(..length).and_then(|bytes| std::str::from_utf8(bytes).ok());
    text.and_then(|text| text.chars().next()).map_or((char::REPLACEMENT_CHARACTER, 1), |c| (c, length))
}
