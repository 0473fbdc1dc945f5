//! The texts that diagnostics point into, with the line and column of each byte.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::{Diagnostic, mask};

/// The texts that diagnostics point into.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    pub(super) files: HashMap<Arc<str>, Lines>,
}

/// A text and the starts of its lines, which are computed once.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    pub(super) text: Arc<str>,
    starts: OnceLock<Vec<usize>>,
    /// The number of characters before every [`STRIDE`] bytes. It keeps columns fast in a file of one line with
    /// thousands of faults.
    marks: OnceLock<Vec<usize>>,
    private: OnceLock<Vec<Range<usize>>>,
}

/// The distance in bytes between two counts of characters.
const STRIDE: usize = 4 << 10;

impl Texts {
    pub fn insert(&mut self, file: Arc<str>, text: Arc<str>) {
        self.files.insert(
            file,
            Lines { text, starts: OnceLock::new(), marks: OnceLock::new(), private: OnceLock::new() },
        );
    }

    pub fn extend(&mut self, others: Texts) {
        self.files.extend(others.files);
    }

    #[must_use]
    pub fn contains(&self, file: &str) -> bool {
        self.files.contains_key(file)
    }

    /// Every text, in no particular order.
    pub fn all(&self) -> impl Iterator<Item = (&Arc<str>, &Arc<str>)> {
        self.files.iter().map(|(name, lines)| (name, &lines.text))
    }

    #[must_use]
    pub fn get(&self, file: &str) -> Option<&Arc<str>> {
        self.files.get(file).map(|lines| &lines.text)
    }
}

impl Lines {
    /// The line that contains a byte, counted from 0, and the start of that line.
    pub(super) fn line(&self, at: usize) -> (usize, usize) {
        let starts = self.starts.get_or_init(|| {
            std::iter::once(0).chain(self.text.match_indices('\n').map(|(n, _)| n + 1)).collect()
        });
        let line = starts.partition_point(|start| *start <= at).saturating_sub(1);
        (line, starts.get(line).copied().unwrap_or(0))
    }

    pub(super) fn private(&self) -> &[Range<usize>] {
        self.private.get_or_init(|| mask::private(&self.text))
    }

    /// The nearest character boundary at or before `at`.
    pub(super) fn floor(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// The position of a byte, as people count.
    pub(super) fn position(&self, at: usize) -> Position {
        let at = self.floor(at);
        let (line, start) = self.line(at);
        Position { line: line + 1, column: self.characters(at) - self.characters(start) + 1 }
    }

    /// The number of characters before a byte.
    fn characters(&self, at: usize) -> usize {
        let begin = |bytes: &[u8]| bytes.iter().filter(|byte| !matches!(byte, 0x80..=0xbf)).count();
        let bytes = self.text.as_bytes();
        let marks = self.marks.get_or_init(|| {
            let counts = bytes.chunks(STRIDE).scan(0, |sum, chunk| {
                let before = *sum;
                *sum += begin(chunk);
                Some(before)
            });
            counts.chain(std::iter::once(0)).collect()
        });
        let chunk = (at / STRIDE).min(bytes.len() / STRIDE);
        let before = if chunk * STRIDE == bytes.len() { None } else { marks.get(chunk) };
        before.map_or_else(|| begin(&bytes[..at]), |before| before + begin(&bytes[chunk * STRIDE..at]))
    }
}

/// A position for people: 1-based, with columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// The start and the end of a diagnostic; the end is the first character after it. A diagnostic for a whole file
/// is at the beginning.
pub(super) fn region(diagnostic: &Diagnostic, texts: &Texts) -> (Position, Position) {
    let range = diagnostic.place.range.clone().unwrap_or(0..0);
    let first = Position { line: 1, column: 1 };
    match texts.files.get(&diagnostic.place.file) {
        Some(lines) => (lines.position(range.start), lines.position(range.end)),
        None => (first, first),
    }
}

/// Line and column of the start, as people count.
#[must_use]
pub fn position(diagnostic: &Diagnostic, texts: &Texts) -> (usize, usize) {
    let start = diagnostic.place.range.as_ref().map_or(0, |range| range.start);
    let found = texts.files.get(&diagnostic.place.file).map(|lines| lines.position(start));
    found.map_or((1, 1), |at| (at.line, at.column))
}
