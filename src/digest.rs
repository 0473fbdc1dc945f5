//! Digests of values: 128 bits that are the same in every run.
//!
//! This module knows nothing about the values. The digest comes from SHA-256, so collisions need not be
//! considered; the hashers of `std` promise neither stability nor enough bits.

use std::fmt;
use std::hash::{Hash, Hasher};

use sha2::{Digest as _, Sha256};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 16]);

impl Digest {
    /// The digest of a value, from everything that its `Hash` feeds.
    #[must_use]
    pub fn of(value: &(impl Hash + ?Sized)) -> Digest {
        let mut bytes = Bytes(Vec::with_capacity(4096));
        value.hash(&mut bytes);
        let mut digest = [0; 16];
        digest.copy_from_slice(&Sha256::digest(&bytes.0)[..16]);
        Digest(digest)
    }

    /// Parses the form that `Display` writes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Digest> {
        let mut digest = [0; 16];
        if text.len() != 32 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        for (at, byte) in digest.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()?;
        }
        Some(Digest(digest))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

/// Bytes as hexadecimal digits. Each build writes ten thousand digests, and number formatting is slow.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}

/// Collects the bytes that a value hashes, with numbers in one byte order and one width.
struct Bytes(Vec<u8>);

macro_rules! little_endian {
    ($($write:ident: $number:ty,)*) => {
        $(fn $write(&mut self, number: $number) { self.0.extend_from_slice(&number.to_le_bytes()); })*
    };
}

impl Hasher for Bytes {
    fn write(&mut self, bytes: &[u8]) {
        // The length keeps `("ab", "c")` apart from `("a", "bc")`.
        self.write_usize(bytes.len());
        self.0.extend_from_slice(bytes);
    }

    little_endian! {
        write_u8: u8, write_u16: u16, write_u32: u32, write_u64: u64, write_u128: u128,
        write_i8: i8, write_i16: i16, write_i32: i32, write_i64: i64, write_i128: i128,
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn write_isize(&mut self, number: isize) {
        // Enums hash their variant with it; its width depends on the machine.
        self.write_i64(number as i64);
    }

    fn finish(&self) -> u64 {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_the_same_in_every_run() {
        let digest = Digest::of(&("狼煙", 7usize, Some(-1i64), [1u8, 2]));
        assert_eq!(digest.to_string(), "cd4ed1d7d8ff096b325c4e00cde58475");
        assert_eq!(Digest::parse(&digest.to_string()), Some(digest));
    }

    #[test]
    fn texts_cut_elsewhere_have_another_digest() {
        assert_ne!(Digest::of(&("ab", "c")), Digest::of(&("a", "bc")));
        assert_ne!(Digest::of(&vec!["a", "b"]), Digest::of(&vec!["ab"]));
        assert_ne!(Digest::of(&None::<u8>), Digest::of(&Some(0u8)));
    }

    #[test]
    fn what_is_no_digest_is_not_read() {
        for text in ["", "00", "zz000000000000000000000000000000", "é0000000000000000000000000000000"] {
            assert_eq!(Digest::parse(text), None);
        }
    }
}
