//! What tests of several rooms share.

use std::fs;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// How long this thread had a processor: what else runs on the machine does not count. Where the system does not
/// say, the time that went by.
pub(crate) fn processor_time() -> Duration {
    static BEGUN: OnceLock<Instant> = OnceLock::new();
    let said = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = said.and_then(|said| said.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| BEGUN.get_or_init(Instant::now).elapsed(), Duration::from_nanos)
}

/// Fails where some work takes this thread more than so many seconds of a processor: what should take time in
/// proportion to its size took the square of it.
pub(crate) fn takes_at_most(seconds: u64, work: impl FnOnce()) {
    let begun = processor_time();
    work();
    let taken = processor_time().saturating_sub(begun);
    assert!(taken < Duration::from_secs(seconds), "it took {taken:?} of a processor");
}
