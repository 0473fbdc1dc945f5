//! Words in a text that look as if nobody outside should read them: addresses of people and machines,
//! keys, numbers of cards and persons. A guess by form alone; `allow` in site.yaml is the way out.
//!
//! One walk over the text: most bytes say at once that nothing begins there. What a form may be is in one
//! file a family; each looks only a bounded way around, so time grows with the text and no faster.

mod digits;
mod host;
mod key;
mod mail;
mod number;
mod phone;
mod secret;
mod view;

#[cfg(test)]
mod tests;

use std::ops::Range;

use view::{SIGN, View};

/// What a word looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Looks {
    /// A key, a token or a password.
    Key,
    /// An e-mail address.
    Mail,
    /// The number of a payment card.
    Card,
    /// A telephone number.
    Phone,
    /// 個人番号: the number that Japan gives each person.
    NationalId,
    /// An address or a name of a machine that only its own network knows.
    Host,
}

impl Looks {
    /// For messages.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Looks::Key => "a key or token",
            Looks::Mail => "an e-mail address",
            Looks::Card => "a card number",
            Looks::Phone => "a phone number",
            Looks::NationalId => "an individual number (My Number)",
            Looks::Host => "a private address",
        }
    }
}

/// One such word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Where it stands in the text, in bytes.
    pub range: Range<usize>,
    /// What it looks like.
    pub looks: Looks,
}

/// A place in the view, and what is there.
type Seen = (Range<usize>, Looks);

/// Every such word, in order; no two overlap.
#[must_use]
pub fn find(text: &str) -> Vec<Hit> {
    let view = View::of(text);
    let mut walk = Walk { view: &view, seen: Vec::new(), address_end: 0 };
    let mut at = 0;
    while at < view.len() {
        at = walk.step(at);
    }
    let hits = walk.seen.into_iter();
    hits.map(|(range, looks)| Hit { range: view.range(range), looks }).collect()
}

struct Walk<'a> {
    view: &'a View<'a>,
    seen: Vec<Seen>,
    /// Where the web address ends that the walk is in: numbers in it are names of pages.
    address_end: usize,
}

impl Walk<'_> {
    /// Looks at what begins here, and says where to look next.
    fn step(&mut self, at: usize) -> usize {
        let view = self.view;
        let in_address = at < self.address_end;
        let byte = view.byte(at);
        if byte.is_ascii_alphanumeric() {
            let end = view.run(at, usize::MAX, |b| b.is_ascii_alphanumeric() || b == b'_');
            let seen = self.word(at, end);
            return self.add(seen).max(end);
        }
        let seen = match byte {
            b'@' => secret::userinfo(view, at).or_else(|| mail::at_sign(view, at)),
            b'.' => host::inside(view, at, in_address),
            b':' => self.colon(at),
            b'=' => secret::assigned(view, at),
            b'-' => key::pem(view, at),
            b'\\' => host::share(view, at),
            b'+' if !in_address => phone::abroad(view, at),
            b'(' if !in_address => mail::at_word(view, at).or_else(|| phone::bracket(view, at)),
            b'[' | b'{' | b'<' => mail::at_word(view, at),
            SIGN => mail::star(view, at),
            _ => return at + 1,
        };
        self.add(seen).max(at + 1)
    }

    fn word(&self, at: usize, end: usize) -> Option<Seen> {
        let view = self.view;
        let in_address = at < self.address_end;
        let digits = view.run(at, 20, |b| b.is_ascii_digit());
        let sentence_end = view.bytes(digits..end).iter().all(|b| *b == b'_');
        if digits > at && sentence_end {
            return number::find(view, at, in_address);
        }
        key::word(view, at, end)
            .or_else(|| secret::word(view, at, end))
            .or_else(|| host::word(view, at, end))
            .or_else(|| mail::word(view, at, end))
            .or_else(|| phone::word(view, at, end))
    }

    fn colon(&mut self, at: usize) -> Option<Seen> {
        let view = self.view;
        if view.byte(at + 1) == b'/' && view.byte(at + 2) == b'/' {
            if at >= self.address_end {
                self.address_end = view.run(at, usize::MAX, |b| {
                    b.is_ascii_graphic() && !matches!(b, b'"' | b'\'' | b'`' | b'<' | b'>' | b'|' | b')')
                });
            }
            let seen = host::address(view, at);
            self.add(seen);
            return None;
        }
        secret::assigned(view, at).or_else(|| host::six(view, at))
    }

    /// Keeps it, unless something weightier stands there; says where it ends.
    fn add(&mut self, seen: Option<Seen>) -> usize {
        let Some((range, looks)) = seen else { return 0 };
        let end = range.end;
        let first = self.seen.partition_point(|(other, _)| other.end <= range.start);
        let more = self.seen[first..].partition_point(|(other, _)| other.start < end);
        let over = first..first + more;
        // Of one kind, the longer one is the whole of it.
        let weaker = |(other, kind): &Seen| (looks, other.len()) < (*kind, range.len());
        if self.seen[over.clone()].iter().all(weaker) {
            self.seen.splice(over, [(range, looks)]);
        }
        end
    }
}
