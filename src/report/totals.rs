//! What a period comes to.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::{Incident, Maintenance, Scope, json};
use crate::uptime;
use crate::vocabulary::Severity;

/// Sums over a period. What was withdrawn is counted, and is in no sum.
#[derive(Debug, Serialize)]
pub struct Totals {
    /// Of incidents, by their gravest severity.
    pub incidents: BTreeMap<&'static str, Sum>,
    /// Of maintenance, by kind.
    pub maintenance: BTreeMap<String, Sum>,
    /// Incidents that were written afterwards.
    pub backfilled: usize,
    /// Entries that were withdrawn.
    pub withdrawn: usize,
    /// Maintenance that was called off.
    pub cancelled: usize,
    /// Corrections.
    pub corrections: usize,
    /// Promises that passed in silence.
    pub broken_promises: usize,
    /// By the code of the rule, how often something was late.
    pub late: BTreeMap<&'static str, usize>,
    /// What goes on.
    pub open: Vec<Open>,
    /// Of each component that has uptime, over the finished days of the period.
    pub uptime: Vec<Uptime>,
}

/// How many, and how long within the period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sum {
    /// How many.
    pub count: usize,
    /// Seconds of impact or of work within the period; those of each entry are added up.
    pub seconds: i64,
}

/// An entry that goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Open {
    /// `incident` or `maintenance`.
    pub kind: &'static str,
    /// Its address within the site.
    pub slug: String,
    /// Which time of a series.
    #[serde(serialize_with = "json::day_or_null")]
    pub occurrence: Option<NaiveDate>,
}

/// The uptime of a component.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Uptime {
    /// As entries name it.
    pub id: String,
    /// As users read it.
    pub name: String,
    /// Rounded down to two decimals; nothing where no day was counted.
    pub percent: Option<f64>,
    /// Seconds that were counted.
    pub counted_seconds: i64,
}

impl Sum {
    fn add(&mut self, seconds: i64) {
        self.count += 1;
        self.seconds += seconds;
    }
}

pub(super) fn count(scope: &Scope<'_, '_>, incidents: &[Incident], maintenance: &[Maintenance]) -> Totals {
    let mut by_severity: BTreeMap<&'static str, Sum> =
        Severity::ALL.iter().map(|s| (s.word(), Sum::default())).collect();
    for entry in incidents.iter().filter(|e| e.withdrawn.is_none()) {
        let sum = by_severity.entry(entry.severity_highest.word()).or_default();
        sum.add(entry.impact_in_period_seconds.unwrap_or(0));
    }
    let mut by_kind: BTreeMap<String, Sum> = BTreeMap::new();
    for entry in maintenance.iter().filter(|e| e.withdrawn.is_none()) {
        let sum = by_kind.entry(entry.kind.clone()).or_default();
        sum.add(entry.work_in_period_seconds.unwrap_or(0));
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

/// By the site's own formula, over days of the period that are over, and on which the component was counted.
fn uptime(scope: &Scope<'_, '_>) -> Vec<Uptime> {
    let (now, period) = (&scope.site.now, scope.period);
    let today = now.zone().day(period.until);
    let count = u32::try_from((today - period.from).num_days() + 1).unwrap_or(0);
    let components = &now.model.config.components.all;
    let counted = |at: &usize| {
        let component = &components[*at];
        component.uptime && component.retired.is_none_or(|day| day > period.from)
    };
    let spans = now.spans();
    (0..components.len())
        .filter(counted)
        .map(|at| {
            let component = &components[at];
            let mut days = uptime::days(&spans[at], now.zone(), period.until, count, now.since(component));
            days.retain(|day| component.retired.is_none_or(|retired| day.date < retired));
            Uptime {
                id: component.id.clone(),
                name: component.name.get(scope.locale).1.clone(),
                // At most 10 000: it is exact.
                percent: uptime::percent(&days)
                    .and_then(|hundredths| i32::try_from(hundredths).ok())
                    .map(|hundredths| f64::from(hundredths) / 100.0),
                counted_seconds: days.iter().map(|day| day.counted).sum(),
            }
        })
        .collect()
}
