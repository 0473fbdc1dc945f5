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

/// One of the words of a text, which blanks separate, or one of the `others`, which may hold blanks.
pub(crate) fn word_or(
    words: &'static str,
    others: &[&'static str],
) -> impl Strategy<Value = &'static str> + use<> {
    proptest::sample::select(words.split(' ').chain(others.iter().copied()).collect::<Vec<_>>())
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
