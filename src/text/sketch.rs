//! A sketch of a text: 32 bytes by which two texts are compared when only one of them is still there.
//!
//! The letters and digits of a text are cut into overlapping pieces of six. Each piece is hashed and falls into one
//! of 32 bins; a bin keeps eight bits of its least hash ("one permutation hashing"). The share of equal bins
//! estimates the share of pieces that two texts have in common. A text cannot be read from its sketch.

use std::fmt;

/// Characters of a piece.
const PIECE: usize = 6;
/// How often the hash of a letter was turned by the time when it leaves a piece.
const TURNS: u32 = 6;
const _: () = assert!(TURNS as usize == PIECE);
/// Bins of a sketch.
const BINS: usize = 32;
/// Letters of a text that are looked at: a longer text is known by its beginning.
const LETTERS: usize = 4096;
/// What stands before a sketch in writing; another way to make them takes another number.
const FORM: &str = "1";

/// What stands for a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    /// How many pieces the text has.
    pieces: u32,
    bins: [Option<u8>; BINS],
}

impl Sketch {
    /// The sketch of a text, given in parts.
    #[must_use]
    pub fn of<'t>(parts: impl IntoIterator<Item = &'t str>) -> Sketch {
        let mut least = [u64::MAX; BINS];
        let mut window = [0_u64; PIECE];
        let mut count = 0_usize;
        // The hash of a piece follows from that of the piece before it ("cyclic polynomial").
        let mut rolled = 0_u64;
        let letters = parts.into_iter().flat_map(str::chars).filter(|c| c.is_alphanumeric());
        for letter in letters.take(LETTERS) {
            let hash = u64::from(u32::from(letter.to_ascii_lowercase())).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let hash = hash ^ hash >> 32;
            let gone = std::mem::replace(&mut window[count % PIECE], hash);
            rolled = rolled.rotate_left(1) ^ gone.rotate_left(TURNS) ^ hash;
            count += 1;
            if count >= PIECE {
                put(&mut least, rolled);
            }
        }
        // A text that is shorter than a piece is a piece.
        if (1..PIECE).contains(&count) {
            put(&mut least, rolled);
        }
        let pieces = count.saturating_sub(PIECE - 1).max(usize::from(count > 0));
        let bins = least.map(|hash| (hash != u64::MAX).then_some(hash.to_le_bytes()[0]));
        Sketch { pieces: u32::try_from(pieces).unwrap_or(u32::MAX), bins }
    }

    /// How much two texts have in common, in percent; nothing where they are not nearly the same text. A text that
    /// was added to counts as nearly the same, and so does one that was cut.
    #[must_use]
    pub fn likeness(&self, other: &Sketch) -> Option<u32> {
        let pairs = || self.bins.iter().zip(&other.bins);
        let either = pairs().filter(|(a, b)| a.is_some() || b.is_some()).count() as u64;
        let equal = pairs().filter(|(a, b)| a.is_some() && a == b).count() as u64;
        let (mine, theirs) = (u64::from(self.pieces), u64::from(other.pieces));
        // Of all pieces a quarter is common, and of the shorter text six tenths: with the share `j` of equal bins,
        // `j / (1 + j)` of the pieces of both are common.
        let is_near = equal > 0
            && 4 * equal >= either
            && 10 * equal * (mine + theirs) >= 6 * mine.min(theirs) * (either + equal);
        is_near.then(|| u32::try_from(100 * equal / either).unwrap_or(100))
    }

    /// Reads what `Display` wrote; nothing where another version wrote it in another way.
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

/// Puts the hash of a piece into its bin.
fn put(least: &mut [u64; BINS], rolled: u64) {
    let hash = rolled.wrapping_mul(0xff51_afd7_ed55_8ccd);
    let hash = hash ^ hash >> 32;
    // The five highest bits choose the bin; the lowest eight are kept of the least of the others.
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
