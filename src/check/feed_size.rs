//! Estimates the total size of all feeds, because one text appears in many of them.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::limits::FEEDS_BYTES;
use crate::message::message;
use crate::model::{Affects, Head, Instant, Model, Rich};

/// The feed formats: RSS, Atom and JSON Feed.
const FORMATS: usize = 3;
/// The feed of the site, and the feed of the entry's kind.
const FIXED: usize = 2;

/// The feed items of an entry.
struct Spread<'m> {
    head: &'m Head,
    /// Each update, with its size in all languages.
    items: Vec<(Instant, usize)>,
    touched: BTreeSet<usize>,
}

impl<'m> Spread<'m> {
    /// Counts the items of an entry. `declared` items come from the clock alone, and repeat the summary as an
    /// update without text does.
    fn new<'u>(
        model: &Model,
        head: &'m Head,
        (summary, affects, declared): (&Rich, &Affects, usize),
        updates: impl Iterator<Item = (Instant, &'u Rich, Option<&'u Affects>)>,
    ) -> Spread<'m> {
        let locales = model.config.locales.len();
        let size = |words: &Rich| {
            let own_words = |locale| Some(words.get(locale).1).filter(|words| !words.is_empty());
            let each = (0..locales).map(|locale| own_words(locale).unwrap_or(summary.get(locale).1).size());
            each.sum::<usize>()
        };
        let mut touched: BTreeSet<usize> = affects.given.iter().map(|(component, _)| *component).collect();
        let mut items = vec![(Instant(i64::MAX), size(summary)); declared];
        for (at, words, affects) in updates {
            items.push((at, size(words)));
            touched
                .extend(affects.iter().flat_map(|affects| &affects.given).map(|(component, _)| *component));
        }
        Spread { head, items, touched }
    }

    fn size(&self) -> usize {
        self.items.iter().map(|(_, size)| size).sum()
    }

    fn in_feeds(&self) -> usize {
        self.touched.len() + FIXED
    }
}

fn spreads(model: &Model) -> impl Iterator<Item = Spread<'_>> {
    let incidents = model.incidents.iter().map(|entry| {
        let updates = entry.updates.iter().map(|u| (u.at, &u.words, u.change.affects.as_ref()));
        Spread::new(model, &entry.head, (&entry.summary, &entry.affects, 1), updates)
    });
    let maintenance = model.maintenance.iter().map(|entry| {
        let updates = entry.updates.iter().map(|u| (u.at, &u.words, u.change.affects.as_ref()));
        // A maintenance is announced, begins and ends. Each occurrence of a series does so, too.
        let declared = if entry.recurrence.is_some() { model.config.feed_items } else { 3 };
        Spread::new(model, &entry.head, (&entry.summary, &entry.affects, declared), updates)
    });
    let notices = model.notices.iter().map(|entry| {
        let updates = entry.updates.iter().map(|u| (u.at, &u.words, None));
        Spread::new(model, &entry.head, (&entry.summary, &entry.affects, 1), updates)
    });
    incidents.chain(maintenance).chain(notices)
}

pub(super) fn check(model: &Model, found: &mut Vec<Diagnostic>) {
    let all: Vec<Spread<'_>> = spreads(model).collect();
    // This upper bound is enough for almost every site.
    let most: usize = all.iter().map(|entry| FORMATS * entry.in_feeds() * entry.size()).sum();
    if most <= FEEDS_BYTES {
        return;
    }
    let mut written = vec![0; all.len()];
    let feeds = (0..model.config.components.all.len()).map(Some).chain([None; FIXED]);
    for feed in feeds {
        for (entry, size) in newest(&all, feed, model.config.feed_items) {
            written[entry] += FORMATS * size;
        }
    }
    let sum: usize = written.iter().sum();
    let worst = written.iter().enumerate().max_by_key(|(at, bytes)| (**bytes, Reverse(*at)));
    let (Some((worst, _)), true) = (worst, sum > FEEDS_BYTES) else { return };
    let entry = &all[worst];
    let message = message!(
        "check-feeds-too-large",
        "the feeds would have {size} MiB of text; the limit is {most} MiB. This entry adds the most: it is in {feeds} feeds",
        size = sum.div_ceil(1 << 20),
        most = FEEDS_BYTES >> 20,
        feeds = entry.in_feeds()
    );
    let help = message!(
        "check-feeds-too-large-help",
        "shorten it, name fewer components under `affects`, or set a lower `feeds: {{items: …}}` in site.yaml"
    );
    found.push(Diagnostic::error("feed/too-large", entry.head.place.clone(), message).help(help));
}

/// The newest items of the feed of a component, or of the whole site, each with its entry.
fn newest(all: &[Spread<'_>], component: Option<usize>, most: usize) -> Vec<(usize, usize)> {
    let mut items: Vec<(Reverse<Instant>, usize, usize)> = Vec::new();
    for (at, entry) in all.iter().enumerate() {
        if component.is_none_or(|component| entry.touched.contains(&component)) {
            items.extend(entry.items.iter().map(|(time, size)| (Reverse(*time), at, *size)));
        }
    }
    items.sort_unstable();
    items.truncate(most);
    items.into_iter().map(|(_, entry, size)| (entry, size)).collect()
}
