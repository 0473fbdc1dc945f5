//! The totals of a period.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::{Incident, Maintenance, Scope};
use crate::uptime;
use crate::vocabulary::Severity;

/// Sums over a period. A withdrawn entry is counted as withdrawn but is not part of any sum.
#[derive(Debug, Serialize)]
pub struct Totals {
    /// Incidents by their highest severity.
    pub incidents: BTreeMap<&'static str, Sum>,
    /// Maintenance by kind.
    pub maintenance: BTreeMap<String, Sum>,
    pub backfilled: usize,
    pub withdrawn: usize,
    pub cancelled: usize,
    pub corrections: usize,
    pub broken_promises: usize,
    /// How often something was late, by the code of the rule.
    pub late: BTreeMap<&'static str, usize>,
    pub open: Vec<Open>,
    /// The uptime of each component that has it, over the finished days of the period.
    pub uptime: Vec<Uptime>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sum {
    pub count: usize,
    /// Seconds of impact or work within the period, added up over the entries: the least that they can be.
    pub seconds: i64,
    /// The most that they can be: more than `seconds` where a time is not known exactly.
    pub seconds_most: i64,
}

/// An entry that is still going on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Open {
    /// `incident` or `maintenance`.
    pub kind: &'static str,
    pub slug: String,
    pub occurrence: Option<NaiveDate>,
}

/// The uptime of a component.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Uptime {
    /// Its id, as entries use it.
    pub id: String,
    pub name: String,
    /// The percentage, rounded down to two decimals; `None` if no day was counted.
    pub percent: Option<f64>,
    pub counted_seconds: i64,
}

impl Sum {
    fn add(&mut self, exact: Option<i64>, between: Option<(i64, i64)>) {
        let (least, most) = between.or(exact.map(|exact| (exact, exact))).unwrap_or_default();
        self.count += 1;
        self.seconds += least;
        self.seconds_most += most;
    }
}

pub(super) fn count(scope: &Scope<'_, '_>, incidents: &[Incident], maintenance: &[Maintenance]) -> Totals {
    let mut by_severity: BTreeMap<&'static str, Sum> =
        Severity::ALL.iter().map(|s| (s.word(), Sum::default())).collect();
    for entry in incidents.iter().filter(|e| e.withdrawn.is_none()) {
        let sum = by_severity.entry(entry.severity_highest.word()).or_default();
        sum.add(entry.impact_in_period_seconds, entry.impact_in_period_seconds_between);
    }
    let mut by_kind: BTreeMap<String, Sum> = BTreeMap::new();
    for entry in maintenance.iter().filter(|e| e.withdrawn.is_none()) {
        let sum = by_kind.entry(entry.kind.clone()).or_default();
        sum.add(entry.work_in_period_seconds, entry.work_in_period_seconds_between);
    }
    let mut late: BTreeMap<&'static str, usize> = BTreeMap::new();
    for found in incidents.iter().flat_map(|e| &e.late).chain(maintenance.iter().flat_map(|e| &e.late)) {
        *late.entry(found.rule).or_default() += 1;
    }
    let open = incidents.iter().filter(|e| e.open).map(|e| Open {
        kind: "incident",
        slug: e.slug.clone(),
        occurrence: None,
    });
    let running = maintenance.iter().filter(|e| e.open).map(|e| Open {
        kind: "maintenance",
        slug: e.slug.clone(),
        occurrence: e.occurrence,
    });
    let each = |one: &dyn Fn(&Incident) -> usize, other: &dyn Fn(&Maintenance) -> usize| {
        incidents.iter().map(one).sum::<usize>() + maintenance.iter().map(other).sum::<usize>()
    };
    Totals {
        incidents: by_severity,
        maintenance: by_kind,
        backfilled: incidents.iter().filter(|e| e.backfilled && e.withdrawn.is_none()).count(),
        withdrawn: each(&|e| usize::from(e.withdrawn.is_some()), &|e| usize::from(e.withdrawn.is_some())),
        cancelled: maintenance.iter().filter(|e| e.cancelled.is_some() && e.withdrawn.is_none()).count(),
        corrections: each(&|e| e.corrections.len(), &|e| e.corrections.len()),
        broken_promises: each(&|e| e.broken_promises.len(), &|e| e.broken_promises.len()),
        late,
        open: open.chain(running).collect(),
        uptime: uptime(scope),
    }
}

/// The uptime by the site's own formula, over the finished days of the period on which the component was counted.
fn uptime(scope: &Scope<'_, '_>) -> Vec<Uptime> {
    let (now, period) = (&scope.site.now, scope.period);
    let today = now.zone().day(period.until);
    let count = u32::try_from((today - period.from).num_days() + 1).unwrap_or(0);
    let spans = scope.site.spans();
    let components = &now.model.config.components.all;
    let counted = |at: &usize| {
        let component = &components[*at];
        component.uptime && component.retired.is_none_or(|day| day > period.from)
    };
    (0..components.len())
        .filter(counted)
        .map(|at| {
            let component = &components[at];
            let mut days = uptime::days(&spans[at], now.zone(), period.until, count, now.since(component));
            days.retain(|day| component.retired.is_none_or(|retired| day.date < retired));
            Uptime {
                id: component.id.clone(),
                name: component.name.get(scope.locale).1.clone(),
                // At most 10 000, so the conversion is exact.
                percent: uptime::percent(&days)
                    .and_then(|hundredths| i32::try_from(hundredths).ok())
                    .map(|hundredths| f64::from(hundredths) / 100.0),
                counted_seconds: days.iter().map(|day| day.counted).sum(),
            }
        })
        .collect()
}
