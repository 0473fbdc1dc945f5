//! Sentry: webhooks of the integration platform about issues, issue alerts and metric alerts.
//!
//! Source: <https://docs.sentry.io/integrations/integration-platform/webhooks/>.

use super::body::{self, Body};
use super::shape::{Alert, Labels, Misread, Reading, State};

pub fn read(body: Body<'_>) -> Reading {
    let action = body.required("action")?;
    let data = body.inner("data");
    if data.at("metric_alert").is_some() {
        return metric(data, &action);
    }
    if data.at("event").is_some() {
        return event(data.inner("event"), &action);
    }
    if data.at("issue").is_some() {
        return issue(data.inner("issue"), &action);
    }
    // Comments, single errors and the installation itself.
    if data.0.is_object() { Ok(None) } else { Err(Misread::missing("data")) }
}

fn issue(issue: Body<'_>, action: &str) -> Reading {
    let state = match action {
        "created" | "unresolved" => State::Firing,
        "resolved" | "archived" | "ignored" => State::Ended,
        _ => return Ok(None),
    };
    let id = issue.text("id").ok_or_else(|| Misread::missing("data.issue.id"))?;
    let mut labels = Labels::new();
    for (name, path) in [
        ("project", "project.slug"),
        ("level", "level"),
        ("platform", "platform"),
        ("culprit", "culprit"),
        ("priority", "priority"),
    ] {
        body::label(&mut labels, name, issue.text(path));
    }
    // An issue that is back was first seen long ago.
    let since = if action == "created" { "firstSeen" } else { "lastSeen" };
    Ok(Some(Alert {
        fingerprints: vec![format!("issue {id}")],
        title: issue.text("title").unwrap_or_default(),
        labels: vec![labels],
        started: issue.time(since).filter(|_| state == State::Firing),
        ended: None,
        state,
        link: issue.link(&["web_url", "permalink"]),
    }))
}

/// An issue alert: a rule that an event set off. Sentry never says that it is over; that the issue is, does.
fn event(event: Body<'_>, action: &str) -> Reading {
    if action != "triggered" {
        return Ok(None);
    }
    let id = event.text("issue_id").ok_or_else(|| Misread::missing("data.event.issue_id"))?;
    let mut labels = Labels::new();
    for name in ["level", "platform", "culprit", "environment", "project"] {
        body::label(&mut labels, name, event.text(name));
    }
    for pair in event.list("tags") {
        if let (Some(name), Some(value)) =
            (pair.get(0).and_then(body::scalar), pair.get(1).and_then(body::scalar))
        {
            body::label(&mut labels, &name, Some(value));
        }
    }
    Ok(Some(Alert {
        fingerprints: vec![format!("issue {id}")],
        title: event.text("title").unwrap_or_default(),
        labels: vec![labels],
        started: event.time("datetime"),
        ended: None,
        state: State::Firing,
        link: event.link(&["web_url"]),
    }))
}

fn metric(data: Body<'_>, action: &str) -> Reading {
    let state = match action {
        "critical" | "warning" => State::Firing,
        "resolved" => State::Ended,
        _ => return Ok(None),
    };
    let metric = data.inner("metric_alert");
    let id = metric.text("id").ok_or_else(|| Misread::missing("data.metric_alert.id"))?;
    let mut labels = Labels::new();
    for (name, path) in [("rule", "alert_rule.name"), ("environment", "alert_rule.environment")] {
        body::label(&mut labels, name, metric.text(path));
    }
    let projects = metric.list("projects").iter().chain(metric.list("alert_rule.projects"));
    projects.filter_map(body::scalar).for_each(|project| body::label(&mut labels, "project", Some(project)));
    body::label(&mut labels, "level", Some(action.to_owned()).filter(|_| state == State::Firing));
    Ok(Some(Alert {
        fingerprints: vec![format!("metric {id}")],
        // Sentry gives each metric alert a random name as its title; that of the rule says what it is about.
        title: metric.text("alert_rule.name").or_else(|| data.text("description_title")).unwrap_or_default(),
        labels: vec![labels],
        started: metric.time("date_started"),
        ended: metric.time("date_closed").filter(|_| state == State::Ended),
        state,
        link: data.link(&["web_url"]),
    }))
}
