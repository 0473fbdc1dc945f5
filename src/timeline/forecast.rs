//! Computes the statuses of components and page, at an instant and as the clock alone will change them.

use super::incident::{IncidentNow, implied};
use super::maintenance::MaintenanceNow;
use crate::limits::PAGE_TURNS;
use crate::model::{Instant, Model};
use crate::vocabulary::ComponentStatus;

/// The statuses from an instant on, if no update is posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    pub at: Instant,
    pub components: Vec<ComponentStatus>,
    pub status: ComponentStatus,
}

/// The status of each component: the worst that any entry gives it.
pub(super) fn statuses(
    model: &Model,
    incidents: &[IncidentNow<'_>],
    maintenance: &[MaintenanceNow<'_>],
) -> Vec<ComponentStatus> {
    let mut found = vec![ComponentStatus::Operational; model.config.components.all.len()];
    let now = (incidents.iter().flat_map(|e| &e.affects)).chain(maintenance.iter().flat_map(|e| &e.affects));
    for (component, status) in now {
        found[*component] = found[*component].max(*status);
    }
    found
}

/// Follows the plans of visible entries that are not over. Only the clock advances; updates dated later are
/// ignored.
pub(super) fn forecast(
    model: &Model,
    now: Forecast,
    incidents: &[IncidentNow<'_>],
    maintenance: &[MaintenanceNow<'_>],
) -> Vec<Forecast> {
    let cutoff = now.at;
    let open: Vec<&MaintenanceNow<'_>> = maintenance.iter().filter(|m| !m.is_closed_by_human()).collect();
    let active: Vec<&IncidentNow<'_>> = incidents.iter().filter(|i| i.is_active()).collect();
    let turns = open.iter().flat_map(|m| m.turns()).flat_map(|t| [Some(t.at), t.until]).flatten();
    let closings = open.iter().filter_map(|m| m.closes);
    let starts = active.iter().map(|i| i.started.at);
    let mut marks: Vec<Instant> = turns.chain(closings).chain(starts).collect();
    marks.retain(|at| *at > cutoff);
    marks.sort_unstable();
    marks.dedup();
    let mut found = vec![now];
    for at in marks.into_iter().take(PAGE_TURNS) {
        let later: Vec<MaintenanceNow<'_>> = open.iter().map(|m| m.later(cutoff, at)).collect();
        let active: Vec<IncidentNow<'_>> = active.iter().filter_map(|i| i.later(cutoff, at)).collect();
        let components = statuses(model, &active, &later);
        let status = overall(model, at, &components, &active);
        let same = found.last().is_some_and(|l| l.components == components && l.status == status);
        if !same {
            found.push(Forecast { at, components, status });
        }
    }
    found
}

/// The page's status: the worst of its components, and at least what active incidents imply.
pub(super) fn overall(
    model: &Model,
    now: Instant,
    components: &[ComponentStatus],
    incidents: &[IncidentNow<'_>],
) -> ComponentStatus {
    let today = model.config.zone.day(now);
    let worst = (components.iter().zip(&model.config.components.all))
        .filter(|(_, c)| c.retired.is_none_or(|day| day > today))
        .map(|(status, _)| *status)
        .max();
    let least = incidents.iter().filter(|i| i.is_active() && i.started.at <= now);
    let least = least.map(|i| implied(i.severity)).max();
    worst.max(least).unwrap_or(ComponentStatus::Operational)
}
