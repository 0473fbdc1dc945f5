//! Opsgenie: the body of the webhook integration, for the actions that begin and end an alert.
//!
//! Source: <https://support.atlassian.com/opsgenie/docs/opsgenie-edge-connector-alert-action-data/>.

use super::body::{self, Body};
use super::shape::{Alert, Labels, Reading, State};

pub fn read(body: Body<'_>) -> Reading {
    let state = match body.required("action")?.as_str() {
        "Create" => State::Firing,
        "Close" | "Delete" => State::Ended,
        _ => return Ok(None),
    };
    let id = body.required("alert.alertId")?;
    let alert = body.inner("alert");
    let alias = alert.text("alias");
    let mut labels = Labels::new();
    for name in ["priority", "entity", "source", "team", "alias"] {
        body::label(&mut labels, name, alert.text(name));
    }
    for value in alert.list("tags").iter().filter_map(body::scalar) {
        body::tag(&mut labels, &value);
    }
    for (name, value) in alert.inner("details").pairs() {
        body::label(&mut labels, name, Some(value));
    }
    Ok(Some(Alert {
        fingerprints: [Some(format!("alert {id}")), alias.map(|alias| format!("alias {alias}"))]
            .into_iter()
            .flatten()
            .collect(),
        title: alert.text("message").unwrap_or_default(),
        labels: vec![labels],
        started: alert.time("createdAt"),
        ended: alert.time("updatedAt").filter(|_| state == State::Ended),
        state,
        link: None,
    }))
}
