//! Reports an incident whose severity was lowered while its components stayed worse.

use crate::diagnostic::Diagnostic;
use crate::message::{message, one_of};
use crate::model::GivenStatus;
use crate::timeline::{IncidentNow, Snapshot, implied};

/// The warnings for open incidents. The end of an incident resets its components.
pub(super) fn check(now: &Snapshot<'_>) -> Vec<Diagnostic> {
    now.incidents
        .iter()
        .filter(|incident| incident.is_active())
        .filter_map(|incident| left(now, incident))
        .collect()
}

/// The warning for the last lowered severity, if components stay worse and no update has named them since.
fn left(now: &Snapshot<'_>, incident: &IncidentNow<'_>) -> Option<Diagnostic> {
    let mut before = incident.incident.severity;
    let mut lowered = None;
    for (at, update) in incident.updates.iter().enumerate() {
        let Some(severity) = update.change.severity else { continue };
        if severity < before {
            lowered = Some(at);
        } else if severity > before {
            lowered = None;
        }
        before = severity;
    }
    let at = lowered?;
    let named = |component: usize| {
        let is_it = |(of, _): &(usize, GivenStatus)| *of == component;
        incident.updates[at..]
            .iter()
            .filter_map(|u| u.change.affects.as_ref())
            .any(|a| a.given.iter().any(is_it))
    };
    let enough = implied(incident.severity);
    let components = &now.model.config.components.all;
    let worse = incident.affects.iter().filter(|(component, status)| *status > enough && !named(*component));
    let worse: Vec<String> =
        worse.map(|(of, status)| format!("{}={}", components[*of].id, status.word())).collect();
    let first = worse.first()?;
    let id = first.split_once('=').map_or("", |(id, _)| id);
    let message = message!(
        "check-severity-lowered",
        "this update lowers the severity to `{severity}`, but no update says whether this is better too: {worse}",
        severity = incident.severity.word(),
        worse = one_of(&worse)
    );
    let help = message!(
        "check-severity-lowered-help",
        "if it is, add this line below the heading: `affects: {id}={status}`",
        id,
        status = enough.word()
    );
    let place = incident.updates[at].place.clone();
    Some(Diagnostic::warning("incident/severity-lowered", place, message).help(help))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::fixture::{SITE, at, site};

    fn messages(body: &str) -> Vec<String> {
        let text = format!(
            "---\ntitle: t\nseverity: critical\naffects: [api, web]\nstarted: 2026-11-20 10:00\n---\n\
             ## investigating 2026-11-20 10:05\n\nx\n\n{body}"
        );
        let model = site(SITE, &[("incidents/a.md", &text)]);
        check(&Snapshot::at(&model, at("20 12:00"))).into_iter().map(|found| found.message.into()).collect()
    }

    #[test]
    fn a_lower_severity_that_leaves_components_as_they_were_is_reported() {
        let all = messages("## monitoring 2026-11-20 11:00\nseverity: minor\n\nx\n");
        assert!(all[0].contains("`minor`") && all[0].contains("api=major_outage"), "{all:?}");
        let one = messages("## monitoring 2026-11-20 11:00\nseverity: minor\naffects: api\n\nx\n");
        assert!(!one[0].contains("api=") && one[0].contains("web=major_outage"), "{one:?}");
    }

    #[test]
    fn what_is_named_then_or_later_or_corrected_or_over_is_not_reported() {
        for body in [
            "## monitoring 2026-11-20 11:00\nseverity: minor\naffects: api, web\n\nx\n",
            "## monitoring 2026-11-20 11:00\nseverity: minor\n\nx\n\n## update 2026-11-20 11:30\naffects: api=operational, web=operational\n\nx\n",
            "## correction 2026-11-20 11:00\nseverity: minor\n\nx\n",
            "## monitoring 2026-11-20 11:00\nseverity: minor\n\nx\n\n## resolved 2026-11-20 11:30\n\nx\n",
        ] {
            assert!(messages(body).is_empty(), "{body}");
        }
    }
}
