//! What tests of several rooms share.

use std::fs;
use std::ops::Range;
use std::time::Duration;

use proptest::strategy::Strategy;

/// A text without the marks around a place, `⟦` and `⟧`, and that place.
pub(crate) fn marked(written: &str) -> (String, Range<usize>) {
    let (before, rest) = written.split_once('⟦').expect("the start of a place");
    let (at, after) = rest.split_once('⟧').expect("the end of a place");
    (format!("{before}{at}{after}"), before.len()..before.len() + at.len())
}

/// The words of a list, which blanks separate. Within a word, `␣` is a blank.
pub(crate) fn words(list: &str) -> Vec<String> {
    list.split(' ').map(|word| word.replace('␣', " ")).collect()
}

/// One of the words of a list.
pub(crate) fn word(list: &str) -> impl Strategy<Value = String> + use<> {
    proptest::sample::select(words(list))
}

/// Fewer than `most` words of a list, one after the other.
pub(crate) fn text_of(list: &str, most: usize) -> impl Strategy<Value = String> + use<> {
    proptest::collection::vec(word(list), 0..most).prop_map(|words| words.concat())
}

/// An xorshift generator: random enough for tests, and the same in every run and on every machine.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn number(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn roll(&mut self, sides: u64) -> u64 {
        self.number() % sides
    }
}

/// How long this thread had a processor: what else runs on the machine does not count. Nothing where the system does
/// not say (it is Linux that does): the time that went by would fail tests on a busy machine.
fn processor_time() -> Option<Duration> {
    let said = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    said.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

/// What some work takes this thread of a processor, where the system says it.
pub(crate) fn taken_by(work: impl FnOnce()) -> Option<Duration> {
    let begun = processor_time();
    work();
    Some(processor_time()?.saturating_sub(begun?))
}

/// Fails where some work takes this thread more than so many seconds of a processor: what should take time in
/// proportion to its size took the square of it.
pub(crate) fn takes_at_most(seconds: u64, work: impl FnOnce()) {
    let taken = taken_by(work);
    assert!(
        taken.is_none_or(|taken| taken < Duration::from_secs(seconds)),
        "it took {taken:?} of a processor"
    );
}
