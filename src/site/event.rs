//! The history of a site: incidents, maintenance and notices by day and by month.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::Site;
use super::route::Route;
use crate::model::{Instant, Zone};
use crate::timeline::Snapshot;

/// An entry in the history.
#[derive(Clone, Debug)]
pub struct Event {
    pub route: Route,
    pub at: Instant,
    /// The last second for which the entry says that something went on.
    pub until: Instant,
    /// The first day that it falls on.
    pub day: NaiveDate,
    /// The days on which it went on, as first and last day of each period. Empty if that is only `day`.
    stretches: Vec<(NaiveDate, NaiveDate)>,
}

impl Event {
    #[must_use]
    pub fn of_a_moment(route: Route, at: Instant, zone: Zone) -> Event {
        Event { route, at, until: at, day: zone.day(at), stretches: Vec::new() }
    }

    /// An event that began at `at` and went on in these periods, each without its last second.
    fn of_stretches(route: Route, at: Instant, found: &[(Instant, Instant)], zone: Zone) -> Event {
        let mut event = Event::of_a_moment(route, at, zone);
        for (from, to) in found.iter().filter(|(from, to)| from < to) {
            let last = Instant(to.0 - 1);
            event.until = event.until.max(last);
            event.stretches.push((zone.day(*from), zone.day(last)));
        }
        event.day = event.stretches.iter().fold(event.day, |day, (first, _)| day.min(*first));
        let day = event.day;
        event.stretches.retain(|stretch| *stretch != (day, day));
        event
    }

    /// Whether it went on, or is dated, on a day.
    #[must_use]
    pub fn touches(&self, day: NaiveDate) -> bool {
        day == self.day || self.stretches.iter().any(|(first, last)| (*first..=*last).contains(&day))
    }

    /// The months that it falls into, each once, as year and month.
    fn months(&self) -> BTreeSet<(i32, u32)> {
        let name = |day: &NaiveDate| (day.year(), day.month());
        let mut months = BTreeSet::from([name(&self.day)]);
        for (first, last) in &self.stretches {
            let (mut month, last) = (name(first), name(last));
            while month <= last {
                months.insert(month);
                month = if month.1 == 12 { (month.0 + 1, 1) } else { (month.0, month.1 + 1) };
            }
        }
        months
    }
}

#[derive(Clone, Debug)]
pub struct Month {
    /// Year and month.
    pub name: (i32, u32),
    /// Its events, latest start first: indexes into the list of events.
    pub events: Vec<usize>,
}

/// All events, latest start first, and the months that they fall into.
pub(super) fn collect(now: &Snapshot<'_>) -> (Vec<Event>, Vec<Month>) {
    let zone = now.zone();
    // The current second belongs to today.
    let end = Instant(now.effective.0 + 1);
    let mut events = Vec::new();
    for (at, incident) in now.incidents.iter().enumerate() {
        let stretches = incident.stretches(end);
        events.push(Event::of_stretches(Route::Incident(at), incident.started.at, &stretches, zone));
    }
    for (at, maintenance) in now.maintenance.iter().enumerate() {
        // Without a start, the day of its announcement is the only one that anybody knows.
        let planned = maintenance.plan.decided().map(|plan| plan.start);
        let Some(start) = planned.or(maintenance.published) else { continue };
        events.push(Event::of_stretches(Route::Maintenance(at), start, &maintenance.stretches(end), zone));
    }
    for (at, entry) in now.notices.iter().enumerate() {
        events
            .extend(entry.published.map(|published| Event::of_a_moment(Route::Notice(at), published, zone)));
    }
    // The lists are already sorted; a stable sort keeps the order by kind and slug.
    events.sort_by_key(|e| std::cmp::Reverse(e.at));
    let mut months: BTreeMap<(i32, u32), Vec<usize>> = BTreeMap::new();
    for (at, event) in events.iter().enumerate() {
        for name in event.months() {
            months.entry(name).or_default().push(at);
        }
    }
    let months = months.into_iter().rev().map(|(name, events)| Month { name, events }).collect();
    (events, months)
}

impl Site<'_> {
    /// The events that fall into a month, latest start first.
    #[must_use]
    pub fn month(&self, month: &Month) -> Vec<&Event> {
        let begun = |event: &Event| (event.day.year(), event.day.month()) == month.name;
        self.not_piled_up(month.events.iter().map(|at| &self.events[*at]), begun)
    }

    /// The events that began on a day, and the ones that only continued on it, each latest start first.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> (Vec<&Event>, Vec<&Event>) {
        let touching = self.events.iter().filter(|event| event.touches(day));
        let begun = |event: &Event| event.day == day;
        self.not_piled_up(touching, begun).into_iter().partition(|event| begun(event))
    }

    /// The events that began, and the ones that only continued, without repetition. The occurrences of a series
    /// that was never closed all continue; only the newest of those is kept.
    #[must_use]
    pub fn not_piled_up<'e>(
        &self,
        events: impl Iterator<Item = &'e Event>,
        has_begun: impl Fn(&Event) -> bool,
    ) -> Vec<&'e Event> {
        let mut series: Vec<Route> = Vec::new();
        let keep = |event: &&Event| match self.series_of(event.route) {
            Some(_) if has_begun(event) => true,
            Some(known) if series.contains(&known) => false,
            other => {
                series.extend(other);
                true
            }
        };
        events.filter(keep).collect()
    }
}
