//! A position in a text that is being read. A failed attempt leaves it unchanged.

#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str, at: usize) -> Cursor<'a> {
        Cursor { text, at: if text.is_char_boundary(at) { at } else { text.len() } }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Reads with `read`, and restores the position if it fails.
    pub(super) fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = *self;
        let found = read(self);
        if found.is_none() {
            *self = before;
        }
        found
    }

    /// Reads a number of at most `most` digits that no further digit follows. Returns its value and its digit
    /// count.
    pub(super) fn number(&mut self, most: usize) -> Option<(u32, usize)> {
        let count = self.rest().bytes().take(most + 1).take_while(u8::is_ascii_digit).count();
        if count == 0 || count > most {
            return None;
        }
        let value = self.rest()[..count].parse().ok()?;
        self.at += count;
        Some((value, count))
    }

    /// Reads a number of exactly `digits` digits.
    pub(super) fn exactly(&mut self, digits: usize) -> Option<u32> {
        self.attempt(|c| c.number(digits).filter(|(_, count)| *count == digits)).map(|(value, _)| value)
    }

    /// Skips one of these texts.
    pub(super) fn eat(&mut self, texts: &[&str]) -> bool {
        let found = texts.iter().find(|text| self.rest().starts_with(**text));
        self.at += found.map_or(0, |text| text.len());
        found.is_some()
    }

    /// Skips one of these characters and returns it.
    pub(super) fn sign(&mut self, signs: &[char]) -> Option<char> {
        let found = self.peek().filter(|c| signs.contains(c))?;
        self.at += found.len_utf8();
        Some(found)
    }

    pub(super) fn blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// Reads a word: letters with their combining marks. A longer word than the limit is not a name.
    pub(super) fn word(&mut self) -> Option<&'a str> {
        const LONGEST: usize = 24;
        let is_inside = |c: char| c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c);
        let rest = self.rest();
        let letters = rest.char_indices().take(LONGEST).take_while(|(_, c)| is_inside(*c));
        let end = letters.last().map_or(0, |(at, c)| at + c.len_utf8());
        self.at += end;
        (end > 0).then(|| &rest[..end])
    }
}
