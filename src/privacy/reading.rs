//! A file → the letters that stand in it, with the escapes of its kind undone.
//!
//! A file is read once, and in two ways: as it is written, with every tag, attribute and comment; and as it is
//! shown, without them. It is searched piece by piece, so memory does not grow with the file.

use super::escapes;
use super::letters::{Gap, Letters, sign};
use super::needles::{LONGEST, Needles};

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

/// What is searched at once.
const PIECE: usize = 32 << 10;
/// Text inside of text inside of text (base64): deeper, nobody reads.
const DEEPEST: u8 = 2;

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
    let mut reader = Reader::new(Kind::Text, None, true);
    reader.read(text.as_bytes());
    reader.written
}

fn nested(bytes: &[u8], kind: Kind, needles: &Needles, hit: Hit<'_>, depth: u8) -> bool {
    let wide = utf16(bytes);
    let bytes = wide.as_ref().map_or(bytes, |text| text.as_bytes());
    let is_text = !bytes.contains(&0) && std::str::from_utf8(bytes).is_ok();
    let mut reader = Reader::new(kind, Some(Seeker { needles, hit }), is_text);
    if !is_text {
        for chunk in bytes.utf8_chunks() {
            if !reader.read(chunk.valid().as_bytes()) {
                return false;
            }
            reader.gap(Gap::Break);
        }
        return reader.finish();
    }
    if !reader.read(bytes) || !reader.finish() {
        return false;
    }
    depth == DEEPEST
        || hidden_in(bytes, kind).all(|inner| nested(&inner, Kind::Text, needles, hit, depth + 1))
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
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let address = text.match_indices(";base64,").map(move |(at, mark)| {
        let rest = &bytes[at + mark.len()..];
        let is_sign = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'-' | b'_');
        &rest[..rest.iter().take_while(is_sign).count()]
    });
    let mail = if kind == Kind::Mail { parts(text) } else { Vec::new() };
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
    name: String,
    is_named: bool,
    is_end: bool,
    is_comment: bool,
    quote: Option<u8>,
    before: [u8; 2],
}

/// What is looked for, and whom to tell.
struct Seeker<'r> {
    needles: &'r Needles,
    hit: &'r mut dyn FnMut(usize) -> bool,
}

struct Reader<'r> {
    kind: Kind,
    /// What may mean something in this kind alone.
    stops: u8,
    /// Without one, the letters are kept.
    seeker: Option<Seeker<'r>>,
    is_text: bool,
    /// Everything.
    written: Letters,
    /// Without tags and comments, once there is one.
    shown: Option<Letters>,
    tag: Option<Tag>,
    /// Inside of the readings that ruby sets beside words.
    is_aside: bool,
    /// Inside of `/*` and `*/`.
    is_comment: bool,
}

impl<'r> Reader<'r> {
    fn new(kind: Kind, seeker: Option<Seeker<'r>>, is_text: bool) -> Reader<'r> {
        let stops = match kind {
            Kind::Mail => IN_MAIL,
            Kind::Style | Kind::Script => IN_CODE,
            Kind::Calendar => IN_CALENDAR,
            Kind::Markup | Kind::Text => 0,
        };
        Reader {
            kind,
            stops,
            seeker,
            is_text,
            written: Letters::new(),
            shown: None,
            tag: None,
            is_aside: false,
            is_comment: false,
        }
    }

    /// Reads on; whether to go on after it.
    fn read(&mut self, bytes: &[u8]) -> bool {
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            let rest = &bytes[at..bytes.len().min(at + PIECE)];
            let stops = if self.tag.is_some() { IN_TAG | self.stops } else { IN_TEXT | self.stops };
            let length = rest.iter().take_while(|b| STOPS[usize::from(**b)] & stops == 0).count();
            if length > 0 {
                self.run(&rest[..length]);
                at += length;
            } else {
                at += self.special(*byte, &bytes[at..]);
            }
            if self.written.len() > PIECE && !self.drain() {
                return false;
            }
        }
        true
    }

    fn drain(&mut self) -> bool {
        let Some(seeker) = &mut self.seeker else { return true };
        for letters in std::iter::once(&mut self.written).chain(&mut self.shown) {
            // The end of a needle is known by the letter after it.
            let mut until = letters.len().saturating_sub(LONGEST + 8);
            while !letters.is_letter(until) {
                until -= 1;
            }
            if !seeker.needles.find(letters, until, self.is_text, seeker.hit) {
                return false;
            }
            letters.drain(until);
        }
        true
    }

    /// Searches what is left; whether to go on after it.
    fn finish(&mut self) -> bool {
        let Some(seeker) = &mut self.seeker else { return true };
        for letters in std::iter::once(&self.written).chain(&self.shown) {
            if !seeker.needles.find(letters, letters.len(), self.is_text, seeker.hit) {
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
        if let Some(tag) = &mut self.tag {
            tag.run(run);
        } else if let Some(shown) = &mut self.shown
            && !self.is_aside
            && !self.is_comment
        {
            shown.run(run);
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
            self.shown = Some(self.written.tail(self.written.len().saturating_sub(2 * LONGEST)));
        }
    }

    /// A tag has ended.
    fn close(&mut self) {
        let Some(tag) = self.tag.take() else { return };
        let is_reading = matches!(tag.name.as_str(), "rt" | "rp" | "rtc");
        let gap = if tag.is_comment || tag.is_inline() { Gap::Tag } else { Gap::Break };
        if is_reading || tag.name == "ruby" {
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
            let skipped = if self.name.is_empty() { begin(run, u8::is_ascii_alphanumeric) } else { 0 };
            let name = &run[skipped..];
            let end = begin(name, |b| !b.is_ascii_alphanumeric());
            let room = LONGEST_TAG - self.name.len();
            self.name.extend(name[..end.min(room)].iter().map(|b| char::from(b.to_ascii_lowercase())));
            self.is_named = end < name.len() && !self.name.is_empty();
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
                self.is_named |= !self.name.is_empty();
                return byte == b'>';
            }
        }
        false
    }

    /// Whether a text goes across it.
    fn is_inline(&self) -> bool {
        matches!(
            self.name.as_str(),
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
