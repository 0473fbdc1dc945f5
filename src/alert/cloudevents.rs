//! `CloudEvents` 1.0: one event as JSON (structured mode).
//!
//! Source: <https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md>.
//!
//! The standard does not say how an event ends what another began. Here it has the same `source` and `subject`, and a
//! word such as `resolved` at the end of its `type`, or as `status` or `state` of its `data`.

use super::body::{self, Body};
use super::shape::{Alert, Labels, Misread, Reading, State};
use crate::message::message;

/// Words for an end.
const OVER: [&str; 8] =
    ["resolved", "closed", "recovered", "ended", "cleared", "ok", "inactive", "completed"];

pub fn read(body: Body<'_>) -> Reading {
    if body.0.is_array() {
        return Err(Misread(message!("alert-batch", "it is a batch: send each event by itself")));
    }
    if body.required("specversion")? != "1.0" {
        return Err(Misread(message!("alert-specversion", "`specversion` is not `1.0`")));
    }
    let (id, source, kind) = (body.required("id")?, body.required("source")?, body.required("type")?);
    let data = body.inner("data");
    let is_over = |word: &str| OVER.contains(&word.to_ascii_lowercase().as_str());
    // A version may follow, as in `com.example.check.resolved.v2`.
    let by_kind = kind.rsplit(['.', '/', ':']).take(2).any(is_over);
    let by_data = data.first(&["status", "state"]).is_some_and(|word| is_over(&word));
    let state = if by_kind || by_data { State::Ended } else { State::Firing };
    let mut labels = Labels::new();
    for (name, value) in body.pairs().filter(|(name, _)| !matches!(*name, "id" | "time" | "data_base64")) {
        body::label(&mut labels, name, Some(value));
    }
    for (name, value) in data.pairs() {
        body::label(&mut labels, name, Some(value));
    }
    let subject = body.text("subject");
    let at = body.time("time");
    let title = data.first(&["title", "summary", "message"]).or_else(|| subject.clone()).unwrap_or(kind);
    Ok(Some(Alert {
        fingerprints: vec![match subject {
            Some(subject) => format!("subject {source}\n{subject}"),
            None => format!("id {source}\n{id}"),
        }],
        title,
        labels: vec![labels],
        started: at.filter(|_| state == State::Firing),
        ended: at.filter(|_| state == State::Ended),
        state,
        link: data.link(&["link", "url"]),
    }))
}
