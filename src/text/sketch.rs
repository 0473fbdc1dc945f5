//! A sketch of a text: 32 bytes for comparing two texts when only one of them still exists.
//!
//! The letters and digits of a text are cut into overlapping pieces of six. Each piece is hashed into one of 32
//! bins, and a bin keeps eight bits of its smallest hash ("one permutation hashing"). The share of equal bins
//! estimates the share of common pieces. A text cannot be recovered from its sketch.

use std::fmt;

/// The number of characters in a piece.
const PIECE: usize = 6;
/// The number of rotations of a letter's hash before the letter leaves a piece.
const TURNS: u32 = 6;
const _: () = assert!(TURNS as usize == PIECE);
const BINS: usize = 32;
/// The number of letters that are read. A longer text is identified by its beginning.
const LETTERS: usize = 4096;
/// The version prefix of a written sketch. A change of the algorithm needs another number.
const FORM: &str = "1";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    pieces: u32,
    bins: [Option<u8>; BINS],
}

impl Sketch {
    /// The sketch of a text that is given in parts.
    #[must_use]
    pub fn of<T: AsRef<str>>(parts: impl IntoIterator<Item = T>) -> Sketch {
        let mut least = [u64::MAX; BINS];
        let mut window = [0_u64; PIECE];
        let mut count = 0_usize;
        // The hash of a piece is computed from the one before it ("cyclic polynomial").
        let mut rolled = 0_u64;
        let letters = |part: T| part.as_ref().chars().filter(|c| c.is_alphanumeric()).collect::<Vec<_>>();
        for letter in parts.into_iter().flat_map(letters).take(LETTERS) {
            let hash = u64::from(u32::from(letter.to_ascii_lowercase())).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let hash = hash ^ hash >> 32;
            let gone = std::mem::replace(&mut window[count % PIECE], hash);
            rolled = rolled.rotate_left(1) ^ gone.rotate_left(TURNS) ^ hash;
            count += 1;
            if count >= PIECE {
                put(&mut least, rolled);
            }
        }
        // A text that is shorter than a piece counts as one piece.
        if (1..PIECE).contains(&count) {
            put(&mut least, rolled);
        }
        let pieces = count.saturating_sub(PIECE - 1).max(usize::from(count > 0));
        let bins = least.map(|hash| (hash != u64::MAX).then_some(hash.to_le_bytes()[0]));
        Sketch { pieces: u32::try_from(pieces).unwrap_or(u32::MAX), bins }
    }

    /// The similarity of two texts in percent; `None` if they are not nearly the same. A text that was extended or
    /// shortened counts as nearly the same.
    #[must_use]
    pub fn likeness(&self, other: &Sketch) -> Option<u32> {
        let pairs = || self.bins.iter().zip(&other.bins);
        let either = pairs().filter(|(a, b)| a.is_some() || b.is_some()).count() as u64;
        let equal = pairs().filter(|(a, b)| a.is_some() && a == b).count() as u64;
        let (mine, theirs) = (u64::from(self.pieces), u64::from(other.pieces));
        // A quarter of all pieces must be common, and six tenths of the shorter text. With the share `j` of equal
        // bins, `j / (1 + j)` of the pieces of both texts are common.
        let is_near = equal > 0
            && 4 * equal >= either
            && 10 * equal * (mine + theirs) >= 6 * mine.min(theirs) * (either + equal);
        is_near.then(|| u32::try_from(100 * equal / either).unwrap_or(100))
    }

    /// Reads the output of `Display`; `None` if another version wrote it in another form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Sketch> {
        let mut parts = text.split('-');
        let (form, pieces, bins) = (parts.next()?, parts.next()?, parts.next()?);
        if form != FORM || bins.len() != 2 * BINS || !bins.is_ascii() || parts.next().is_some() {
            return None;
        }
        let mut sketch = Sketch { pieces: pieces.parse().ok()?, bins: [None; BINS] };
        for (at, bin) in sketch.bins.iter_mut().enumerate() {
            let digits = &bins[2 * at..2 * at + 2];
            *bin = if digits == ".." { None } else { Some(u8::from_str_radix(digits, 16).ok()?) };
        }
        Some(sketch)
    }
}

impl fmt::Display for Sketch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut bins = String::with_capacity(2 * BINS);
        for bin in &self.bins {
            let digits = bin.map(|bin| [bin >> 4, bin & 15].map(|d| char::from(DIGITS[usize::from(d)])));
            bins.extend(digits.unwrap_or(['.', '.']));
        }
        write!(f, "{FORM}-{}-{bins}", self.pieces)
    }
}

/// Adds the hash of a piece to its bin.
fn put(least: &mut [u64; BINS], rolled: u64) {
    let hash = rolled.wrapping_mul(0xff51_afd7_ed55_8ccd);
    let hash = hash ^ hash >> 32;
    // The five highest bits choose the bin. The lowest eight bits of the smallest hash are kept.
    let bin = usize::try_from(hash >> 59).unwrap_or(0);
    least[bin] = least[bin].min(hash);
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "Transfers in yen arrive late. Our bank has trouble with its lines, and transfers that you asked \
        for since ten in the morning wait. Nothing is lost: what waits is sent as soon as the lines are back.";

    fn likeness(one: &str, other: &str) -> Option<u32> {
        Sketch::of([one]).likeness(&Sketch::of([other]))
    }

    #[test]
    fn a_text_that_changed_a_little_is_known_again() {
        assert_eq!(likeness(LONG, LONG), Some(100));
        assert!(
            likeness(LONG, &LONG.replace("ten in the morning", "10:15").replace("late", "LATE")).is_some()
        );
        assert!(
            likeness(LONG, &format!("{LONG} The lines are back. We are sending what waited, in order."))
                .is_some()
        );
        let japanese = "円の振込が遅れています。銀行の回線に障害があり、十時以降のお振込が保留されています。";
        assert!(likeness(japanese, &japanese.replace("十時", "10時15分")).is_some());
        assert_eq!(likeness("障害", "障害"), Some(100));
    }

    #[test]
    fn another_text_is_another_text() {
        let other =
            "The mobile app shows old prices. Orders are taken at the right price: only the chart is behind.";
        assert_eq!(likeness(LONG, other), None);
        assert_eq!(likeness(LONG, ""), None);
        assert_eq!(likeness("", ""), None);
        assert_eq!(likeness("定期メンテナンスのお知らせです", "口座開設の受付を停止します"), None);
    }

    #[test]
    fn a_sketch_is_read_as_it_was_written() {
        for text in ["", "a", "障害", LONG] {
            let sketch = Sketch::of([text]);
            assert_eq!(Sketch::parse(&sketch.to_string()), Some(sketch));
        }
        for text in ["", "1-5", "2-5-00", "1-x-00", "1-5-zz", "1-5-…"] {
            assert_eq!(Sketch::parse(text), None, "{text}");
        }
    }

    #[test]
    fn sketches_stay_the_same_from_version_to_version() {
        assert_eq!(
            Sketch::of(["noroshi", "狼煙"]).to_string(),
            "1-4-......f3....................3f............................27...."
        );
    }
}
