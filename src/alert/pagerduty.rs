//! `PagerDuty`: V3 webhooks, the events that begin and end an incident.
//!
//! Source: <https://developer.pagerduty.com/docs/webhooks-overview>.

use super::body::{self, Body};
use super::shape::{Alert, Labels, Reading, State};

pub fn read(body: Body<'_>) -> Reading {
    let event = body.inner("event");
    let kind = body.required("event.event_type")?;
    let state = match kind.as_str() {
        "incident.triggered" | "incident.reopened" => State::Firing,
        "incident.resolved" => State::Ended,
        _ => return Ok(None),
    };
    let id = body.required("event.data.id")?;
    let (data, at) = (event.inner("data"), event.time("occurred_at"));
    let mut labels = Labels::new();
    for (name, path) in [
        ("service", "service.summary"),
        ("service_id", "service.id"),
        ("urgency", "urgency"),
        ("priority", "priority.summary"),
        ("escalation_policy", "escalation_policy.summary"),
        ("incident_key", "incident_key"),
    ] {
        body::label(&mut labels, name, data.text(path));
    }
    for team in data.list("teams") {
        body::label(&mut labels, "team", Body(team).text("summary"));
    }
    // An incident that was reopened keeps the time at which it was created.
    let created = data.time("created_at").filter(|_| kind != "incident.reopened");
    Ok(Some(Alert {
        fingerprints: vec![id],
        title: data.text("title").unwrap_or_default(),
        labels: vec![labels],
        started: created.or(if state == State::Firing { at } else { None }),
        ended: at.filter(|_| state == State::Ended),
        state,
        link: data.link(&["html_url"]),
    }))
}
