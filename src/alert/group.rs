//! A group of alerts, as Alertmanager and Grafana send it: one body, one entry.

use serde_json::Value;

use super::body::{self, Body};
use super::shape::{Alert, Labels, Misread, Reading, State};
use crate::message::message;

/// `links` are the keys of an alert that lead people to it, best first.
pub fn read(body: Body<'_>, links: &[&str]) -> Reading {
    let Some(alerts) = body.at("alerts").and_then(Value::as_array) else {
        return Err(Misread::missing("alerts"));
    };
    let group = body.required("groupKey")?;
    let state = match body.required("status")?.as_str() {
        "firing" => State::Firing,
        "resolved" => State::Ended,
        _ => {
            let message = message!("alert-group-status", "`status` is neither `firing` nor `resolved`");
            return Err(Misread(message));
        }
    };
    let alerts: Vec<Body<'_>> = alerts.iter().map(Body).collect();
    // A group that still fires may hold alerts that have ended.
    let is_over = |alert: &&Body<'_>| alert.text("status").as_deref() == Some("resolved");
    let firing: Vec<Body<'_>> = alerts.iter().filter(|alert| !is_over(alert)).copied().collect();
    let of_state = if state == State::Firing && !firing.is_empty() { firing } else { alerts };
    let Some(first) = of_state.first().copied() else { return Ok(None) };
    let own = of_state.iter().filter_map(|alert| alert.text("fingerprint"));
    let times = |key| of_state.iter().filter_map(move |alert: &Body<'_>| alert.time(key));
    let title = body
        .first(&["commonAnnotations.summary"])
        .or_else(|| first.first(&["annotations.summary", "labels.alertname"]))
        .or_else(|| body.first(&["commonLabels.alertname", "title"]));
    Ok(Some(Alert {
        fingerprints: std::iter::once(format!("group {group}"))
            .chain(own.map(|key| format!("alert {key}")))
            .collect(),
        title: title.unwrap_or_default(),
        labels: of_state.iter().map(|alert| labels(*alert)).collect(),
        started: times("startsAt").min(),
        ended: if state == State::Ended { times("endsAt").max() } else { None },
        state,
        link: first.link(links).or_else(|| body.link(&["externalURL"])),
    }))
}

fn labels(alert: Body<'_>) -> Labels {
    let mut labels = Labels::new();
    for (name, value) in alert.inner("labels").pairs() {
        body::label(&mut labels, name, Some(value));
    }
    labels
}
