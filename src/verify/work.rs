//! Does work for many files, a few at a time.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::target::Target;
use crate::limits::VERIFY_REQUESTS;

/// The result for each item, in order; `None` for those that were left out because the host fails or the time is over.
///
/// Waits for several answers at once, with threads of its own: those of rayon are for work, and there are as many as
/// processors. If the system gives none, the current thread does all.
pub(super) fn each<T: Sync, R: Send>(
    target: &Target<'_>,
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
) -> Vec<Option<R>> {
    let results: Mutex<Vec<Option<R>>> = Mutex::new(items.iter().map(|_| None).collect());
    let next = AtomicUsize::new(0);
    let worker = || {
        loop {
            if target.is_failing() || (target.options.is_over)() {
                return;
            }
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { return };
            let result = work(item);
            (target.options.step)();
            if let Some(place) = results.lock().unwrap_or_else(PoisonError::into_inner).get_mut(at) {
                *place = Some(result);
            }
        }
    };
    thread::scope(|scope| {
        for _ in 1..VERIFY_REQUESTS.min(items.len()) {
            if thread::Builder::new().spawn_scoped(scope, worker).is_err() {
                break;
            }
        }
        worker();
    });
    results.into_inner().unwrap_or_else(PoisonError::into_inner)
}
