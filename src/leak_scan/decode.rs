//! Decodes a file into its letters, and undoes the escapes of its format.

use super::escapes;
use super::letters::{Gap, LetterSink, Letters, sign};

/// The longest tag name that is stored.
const LONGEST_TAG: usize = 16;
/// The longest tag that is read as a whole. A longer one is read byte by byte.
const LONGEST_WHOLE: usize = 1 << 10;

/// The bytes that may have a meaning, in addition to all that are not ASCII. Unused places repeat another one.
#[derive(Clone, Copy)]
struct Stops {
    own: Own,
    signs: [u8; 8],
    /// The same set as a table of bytes.
    table: [bool; 256],
}

/// The set of bytes besides the escapes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Own {
    Nothing,
    Tags,
    Others,
}

/// The bytes that may begin an escape in every format.
const ESCAPES: [u8; 3] = *b"&%\\";

const TAG_SIGNS: [u8; 256] = {
    let mut signs = [PLAIN; 256];
    signs[b'"' as usize] = QUOTE;
    signs[b'>' as usize] = END;
    signs[b'\'' as usize] = OTHER;
    let mut at = 0;
    while at < ESCAPES.len() {
        signs[ESCAPES[at] as usize] = OTHER;
        at += 1;
    }
    signs
};
const PLAIN: u8 = 0;
const QUOTE: u8 = 1;
const END: u8 = 2;
const OTHER: u8 = 3;

/// The number of bytes that are compared at once.
const WIDE: usize = 32;

/// The number of bytes before the first stop.
fn until(bytes: &[u8], stops: &Stops) -> usize {
    let escape = |byte: u8| {
        let [one, two, three] = ESCAPES.map(|sign| u8::from(byte == sign));
        u8::from(byte >= 0x80) | one | two | three
    };
    // Most files use the first two sets, so these are compared with constant bytes.
    let plain = match stops.own {
        Own::Nothing => without(bytes, escape),
        Own::Tags => without(bytes, |byte| escape(byte) | u8::from(byte == b'<')),
        Own::Others => without(bytes, |byte| {
            stops.signs.iter().fold(u8::from(byte >= 0x80), |any, stop| any | u8::from(byte == *stop))
        }),
    };
    plain + begin(&bytes[plain..], |byte| stops.table[usize::from(*byte)])
}

/// The length of the whole blocks without such a byte. A block is compared without a branch for each byte.
fn without(bytes: &[u8], is: impl Fn(u8) -> u8) -> usize {
    let is_plain = |part: &&[u8]| part.iter().fold(0, |any, byte| any | is(*byte)) == 0;
    bytes.chunks_exact(WIDE).take_while(is_plain).count() * WIDE
}

/// These bytes, with the escapes of every format.
fn stops(more: &[&[u8]]) -> Stops {
    let own = match more {
        [b"", b""] => Own::Nothing,
        [b"", b"<"] => Own::Tags,
        _ => Own::Others,
    };
    let mut stops = Stops { own, signs: [ESCAPES[0]; 8], table: [false; 256] };
    stops.table[0x80..].fill(true);
    let signs = ESCAPES.iter().chain(more.iter().copied().flatten());
    for (stop, sign) in stops.signs.iter_mut().zip(signs) {
        *stop = *sign;
        stops.table[usize::from(*sign)] = true;
    }
    stops
}

/// The number of bytes that are searched at once.
pub(super) const PIECE: usize = 32 << 10;

/// The format of a file, which determines its escapes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// HTML, XML or SVG.
    Markup,
    /// CSS.
    Style,
    /// JavaScript or JSON.
    Script,
    /// iCalendar or vCard, whose lines are folded.
    Calendar,
    Mail,
    /// Any other text, or a binary file.
    Text,
}

impl Kind {
    /// The format, from the file extension.
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

pub(super) fn letters(text: &str) -> Letters {
    let mut reader = Reader::new(Kind::Text, View::Written, Letters::new());
    reader.read(text.as_bytes(), &mut |_, _| true);
    reader.letters
}

/// A tag or a comment that is being read.
#[derive(Default)]
struct Tag {
    /// The name in lower case, cut at its limit.
    name: [u8; LONGEST_TAG],
    length: usize,
    is_named: bool,
    is_end: bool,
    is_comment: bool,
    quote: Option<u8>,
    before: [u8; 2],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    /// The file as written, with everything in it.
    Written,
    /// The text as shown, without tags, comments and ruby readings.
    Shown,
}

impl View {
    /// The views in this order: in the second one, only text that continues across tags is still to be searched.
    pub(super) const BOTH: [View; 2] = [View::Written, View::Shown];
}

/// A receiver for the letters of a file.
pub(super) trait Sink: LetterSink {
    /// Receives ASCII of the shown text. The same run is part of the written text.
    fn shown(&mut self, run: &[u8]);
}

impl Sink for Letters {
    fn shown(&mut self, run: &[u8]) {
        self.run(run);
    }
}

pub(super) struct Reader<L> {
    kind: Kind,
    view: View,
    letters: L,
    /// The stops outside of tags, and inside them.
    stops: (Stops, Stops),
    /// Whether the view skips tags.
    has_tags: bool,
    tag: Option<Tag>,
    /// Whether the reader is inside a ruby reading.
    is_aside: bool,
    /// Whether the reader is between `/*` and `*/`.
    is_comment: bool,
}

/// The callback for the letters so far, in the middle of a file or at its end. It returns whether to go on.
type Step<'s, L> = &'s mut dyn FnMut(&mut L, bool) -> bool;

impl<L: Sink> Reader<L> {
    pub(super) fn new(kind: Kind, view: View, letters: L) -> Reader<L> {
        let own: &[u8] = match kind {
            Kind::Mail => b"=",
            Kind::Style | Kind::Script if view == View::Shown => b"/*",
            Kind::Calendar => b"\r\n",
            _ => b"",
        };
        let has_tags = view == View::Shown && kind != Kind::Style;
        let stops = (stops(&[own, if has_tags { b"<" } else { b"" }]), stops(&[b">\"'", own]));
        Reader { kind, view, letters, stops, has_tags, tag: None, is_aside: false, is_comment: false }
    }

    /// Reads a file to its end. Returns whether the callback never stopped it.
    pub(super) fn read_all(&mut self, bytes: &[u8], is_text: bool, step: Step<'_, L>) -> bool {
        if is_text {
            return self.read(bytes, step) && step(&mut self.letters, true);
        }
        for chunk in bytes.utf8_chunks() {
            if !self.read(chunk.valid().as_bytes(), step) {
                return false;
            }
            self.gap(Gap::Break);
        }
        step(&mut self.letters, true)
    }

    /// Returns whether to go on.
    fn read(&mut self, bytes: &[u8], step: Step<'_, L>) -> bool {
        let mut at = 0;
        while at < bytes.len() {
            let piece = at + PIECE;
            while at < bytes.len().min(piece) {
                let rest = &bytes[at..bytes.len().min(piece)];
                let stops = if self.tag.is_some() { &self.stops.1 } else { &self.stops.0 };
                let length = until(rest, stops);
                if length > 0 {
                    self.run(&rest[..length]);
                    at += length;
                } else {
                    at += self.special(bytes[at], &bytes[at..]);
                }
            }
            if !step(&mut self.letters, false) {
                return false;
            }
        }
        true
    }

    fn is_seen(&self) -> bool {
        self.tag.is_none() && !self.is_aside && !self.is_comment
    }

    /// Reads ASCII without stops.
    fn run(&mut self, run: &[u8]) {
        if let Some(tag) = &mut self.tag {
            tag.run(run);
        } else if self.is_seen() {
            match self.view {
                View::Written => self.letters.run(run),
                View::Shown => self.letters.shown(run),
            }
        }
    }

    fn gap(&mut self, gap: Gap) {
        if self.is_seen() {
            self.letters.gap(gap);
        }
    }

    /// Reads a character whose escape was undone. `rest` is the text after it.
    fn put(&mut self, c: char, rest: &[u8]) {
        if c.is_ascii_alphanumeric() {
            self.run(&[c as u8]);
        } else if c.is_ascii() {
            self.sign(c as u8, rest);
        } else if self.is_seen() {
            self.letters.char(c);
        }
    }

    /// Reads an ASCII character that is not a letter.
    fn sign(&mut self, byte: u8, rest: &[u8]) {
        if let Some(tag) = &mut self.tag {
            if tag.sign(byte) {
                self.close();
            }
        } else if byte == b'<' && self.has_tags && Tag::begins(rest) {
            let is_comment = rest.starts_with(b"!--");
            self.tag = Some(Tag { is_comment, is_end: !rest[0].is_ascii_alphabetic(), ..Tag::default() });
        } else {
            self.gap(sign(byte));
        }
    }

    /// Reads a tag in the most common form, and returns its length. Any other tag is read byte by byte.
    fn whole_tag(&mut self, bytes: &[u8]) -> Option<usize> {
        let rest = &bytes[1..];
        if self.tag.is_some() || !Tag::begins(rest) || rest[0] == b'\\' || rest.starts_with(b"!--") {
            return None;
        }
        // Tags are short, so one loop over the bytes is faster than several searches. Each opening quotation mark
        // follows `=`, and another one closes it.
        let mut is_open = false;
        let mut end = None;
        for (at, byte) in rest.iter().enumerate().take(LONGEST_WHOLE) {
            match TAG_SIGNS[usize::from(*byte)] {
                PLAIN => {}
                QUOTE if is_open || rest[at - 1] == b'=' => is_open = !is_open,
                END if is_open => {}
                END => {
                    end = Some(at);
                    break;
                }
                _ => return None,
            }
        }
        let inside = &rest[..end?];
        let name = &inside[begin(inside, u8::is_ascii_alphanumeric)..];
        let name = &name[..begin(name, |b| !b.is_ascii_alphanumeric()).min(LONGEST_TAG)];
        let mut lower = [0; LONGEST_TAG];
        lower[..name.len()].copy_from_slice(name);
        lower.make_ascii_lowercase();
        self.pass(&lower[..name.len()], !inside[0].is_ascii_alphabetic(), false);
        Some(inside.len() + 2)
    }

    /// Reads the start or end of a comment in CSS or JavaScript, and returns its length.
    fn comment(&mut self, bytes: &[u8]) -> Option<usize> {
        let ends = self.is_comment;
        if !bytes.starts_with(if ends { b"*/" } else { b"/*" }) {
            return None;
        }
        self.is_comment = !ends;
        self.letters.gap(Gap::Tag);
        Some(2)
    }

    fn close(&mut self) {
        if let Some(tag) = self.tag.take() {
            self.pass(&tag.name[..tag.length], tag.is_end, tag.is_comment);
        }
    }

    fn pass(&mut self, name: &[u8], is_end: bool, is_comment: bool) {
        let is_reading = matches!(name, b"rt" | b"rp" | b"rtc");
        if is_reading || name == b"ruby" {
            self.is_aside = is_reading && !is_end;
        }
        self.letters.gap(if is_comment || is_inline(name) { Gap::Tag } else { Gap::Break });
    }

    /// Reads a possible escape, and returns its length.
    fn special(&mut self, byte: u8, bytes: &[u8]) -> usize {
        if byte == b'<'
            && self.has_tags
            && let Some(length) = self.whole_tag(bytes)
        {
            return length;
        }
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
                // A folded line continues after a blank (RFC 5545, section 3.1).
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

    /// Reads a backslash that does not begin a numeric escape.
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
            // The next character stands for itself.
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

    /// Whether this byte ends the tag.
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
}

/// Whether text continues across a tag with this name.
fn is_inline(name: &[u8]) -> bool {
    matches!(
        name,
        b"a" | b"abbr"
            | b"acronym"
            | b"b"
            | b"bdi"
            | b"bdo"
            | b"big"
            | b"br"
            | b"cite"
            | b"code"
            | b"data"
            | b"del"
            | b"dfn"
            | b"em"
            | b"font"
            | b"i"
            | b"ins"
            | b"kbd"
            | b"label"
            | b"mark"
            | b"q"
            | b"rb"
            | b"rp"
            | b"rt"
            | b"rtc"
            | b"ruby"
            | b"s"
            | b"samp"
            | b"small"
            | b"span"
            | b"strike"
            | b"strong"
            | b"sub"
            | b"sup"
            | b"time"
            | b"tspan"
            | b"tt"
            | b"u"
            | b"var"
            | b"wbr"
    )
}

/// The position of the first matching byte, or the length if there is none.
fn begin(bytes: &[u8], is: impl Fn(&u8) -> bool) -> usize {
    bytes.iter().position(is).unwrap_or(bytes.len())
}

fn character(bytes: &[u8]) -> (char, usize) {
    let length = match bytes.first() {
        Some(0xf0..) => 4,
        Some(0xe0..) => 3,
        _ => 2,
    };
    let text = bytes.get(..length).and_then(|bytes| std::str::from_utf8(bytes).ok());
    text.and_then(|text| text.chars().next()).map_or((char::REPLACEMENT_CHARACTER, 1), |c| (c, length))
}
