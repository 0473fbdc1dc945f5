//! Datadog: the webhook with the payload of docs/alerts.md. Datadog has no payload of its own that names an alert.
//!
//! Source of the variables: <https://docs.datadoghq.com/integrations/webhooks/>.

use super::body::{self, Body};
use super::shape::{Alert, Labels, Misread, Reading, State};

pub fn read(body: Body<'_>) -> Reading {
    let filled = |path: &str| body.text(path).filter(|text| is_filled(text));
    let state = match filled("transition").as_deref() {
        Some("Recovered") => State::Ended,
        Some("Triggered" | "Re-Triggered" | "No Data" | "Re-No Data" | "Warn" | "Re-Warn" | "Renotify") => {
            State::Firing
        }
        // An event that no monitor made.
        Some(_) => return Ok(None),
        None => return Err(Misread::missing("transition")),
    };
    let monitor =
        filled("alert_id").map(|id| format!("monitor {id} {}", filled("scope").unwrap_or_default()));
    let fingerprints: Vec<String> = [
        filled("aggregation_key").map(|key| format!("aggregate {key}")),
        filled("alert_cycle_key").map(|key| format!("cycle {key}")),
        monitor,
    ]
    .into_iter()
    .flatten()
    .collect();
    if fingerprints.is_empty() {
        return Err(Misread::missing("aggregation_key"));
    }
    let mut labels = Labels::new();
    for name in ["alert_id", "priority", "hostname", "metric"] {
        body::label(&mut labels, name, filled(name));
    }
    for list in [filled("tags"), filled("scope")].into_iter().flatten() {
        list.split(',')
            .map(str::trim)
            .filter(|tag| !tag.is_empty())
            .for_each(|tag| body::tag(&mut labels, tag));
    }
    let at = body.time("date").or_else(|| body.time("last_updated"));
    Ok(Some(Alert {
        fingerprints,
        title: filled("title").unwrap_or_default(),
        labels: vec![labels],
        started: at.filter(|_| state == State::Firing),
        ended: at.filter(|_| state == State::Ended),
        state,
        link: body.link(&["link"]),
    }))
}

/// Whether Datadog replaced the variable by a value.
fn is_filled(text: &str) -> bool {
    let is_variable = text.strip_prefix('$').is_some_and(|name| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
    });
    !is_variable && text != "null"
}
