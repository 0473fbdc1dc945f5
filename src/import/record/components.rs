//! The components of an entry: those at its start, and how its updates change them.

use std::collections::BTreeMap;

use super::super::conversion::Conversion;
use super::super::report::imported_as;
use super::{Record, RecordKind, Spoken};
use crate::message::message;
use crate::vocabulary::{ComponentStatus, Severity, Status};

/// The components at the start. Every later change becomes a fact of its update.
pub(super) fn affects(
    to: &mut Conversion,
    record: &Record,
    updates: &mut [Spoken],
) -> Vec<(String, Option<ComponentStatus>)> {
    let (implied, planned) = match record.kind {
        RecordKind::Incident { severity: Severity::Critical, .. } => (ComponentStatus::Major, false),
        RecordKind::Incident { severity: Severity::Moderate, .. } => (ComponentStatus::Partial, false),
        RecordKind::Incident { severity: Severity::Minor, .. } => (ComponentStatus::Degraded, false),
        RecordKind::Maintenance { .. } => (ComponentStatus::Maintenance, true),
    };
    let mut opening = updates.first().map(|u| u.affected.clone()).unwrap_or_default();
    if planned {
        // A status before the work begins does not describe the work.
        for (_, status) in &mut opening {
            *status = None;
        }
    }
    let is_named_later = |updates: &[Spoken], id: &str| {
        updates.iter().any(|u| u.affected.iter().any(|(known, _)| known == id))
    };
    let names_components = !opening.is_empty();
    for (id, status) in &record.components {
        if opening.iter().any(|(known, _)| known == id) || names_components && is_named_later(updates, id) {
            continue;
        }
        if names_components && status.is_none() {
            let message = message!(
                "import-record-affects",
                "the entry lists `{id}`, but no update gives its status",
                id
            );
            to.row(&record.spot, "import/affects", message, imported_as(implied.word()));
        }
        opening.push((id.clone(), *status));
    }
    let mut now: BTreeMap<String, ComponentStatus> =
        opening.iter().map(|(id, status)| (id.clone(), status.unwrap_or(implied))).collect();
    for spoken in updates.iter_mut().skip(usize::from(!planned)) {
        changes(spoken, &mut now);
    }
    if opening.iter().any(|(_, status)| status.is_some()) {
        for (_, status) in &mut opening {
            *status = status.or(Some(implied));
        }
    }
    opening
}

/// Adds the fact line of an update that changes components.
fn changes(spoken: &mut Spoken, now: &mut BTreeMap<String, ComponentStatus>) {
    let quiet = match spoken.entry.status {
        // The plan is announced while everything works, and the end itself says that it works again.
        Status::Scheduled | Status::Postponed | Status::Cancelled => return,
        Status::Completed => true,
        _ => false,
    };
    let mut parts = Vec::new();
    for (id, status) in &spoken.affected {
        let Some(status) = *status else { continue };
        let before = now.get(id).copied();
        let is_well = status == ComponentStatus::Operational;
        if before == Some(status) || (is_well && (quiet || before.is_none())) {
            continue;
        }
        now.insert(id.clone(), status);
        parts.push(format!("{id}={}", status.word()));
    }
    if !parts.is_empty() {
        spoken.entry.facts.insert(0, ("affects", parts.join(", ")));
    }
}
