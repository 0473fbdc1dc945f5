//! `/api/incidents/<id>.json`: what an incident promised and what was kept, for programs that measure it.
//!
//! It states instants that were said, and never what the clock makes of them: an outstanding promise has its time, and
//! does not become late when that passes. So the file depends on the incident alone.

use serde::Serialize;

use super::{Planned, json};
use crate::digest::Digest;
use crate::model::entry::Estimate;
use crate::model::{Head, Stated};
use crate::publish::Rank;
use crate::site::{Route, Site, identity};
use crate::timeline::IncidentNow;

#[derive(Serialize)]
struct Answer {
    version: u32,
    /// The id in the status API.
    id: String,
    slug: String,
    url: String,
    /// What the last update said.
    state: &'static str,
    withdrawn: bool,
    /// Whether it was recorded afterwards.
    backfilled: bool,
    started: String,
    detected: Option<String>,
    first_notice: String,
    detection_to_notice_seconds: Option<i64>,
    promises: Vec<Promised>,
    expected_recoveries: Vec<Hope>,
    recovered: Option<String>,
}

/// A promised next update.
#[derive(Serialize)]
struct Promised {
    due: String,
    /// When the next update came; null while it is outstanding.
    kept: Option<String>,
    late_seconds: Option<i64>,
}

/// An expected recovery.
#[derive(Serialize)]
struct Hope {
    /// When it was said; null if it stands in the front matter.
    said: Option<String>,
    /// The time; null if words stood in its place.
    expected: Option<String>,
    /// By how many seconds the recovery came later, or earlier if it is negative; null while one of the two is not
    /// known exactly.
    late_seconds: Option<i64>,
}

pub(super) fn plan<'a>(site: &'a Site<'a>) -> Vec<Planned<'a>> {
    let shared = Digest::of(&format!("{:?}", site.now.model.config));
    let file = |(at, now): (usize, &'a IncidentNow<'a>)| {
        let planned =
            Planned::new(path(&now.incident.head), Rank::Leaf, move || json::line(&answer(site, at)));
        planned.made_from(move || Digest::of(&(shared, now, identity::api_id(&now.incident.head))))
    };
    site.now.incidents.iter().enumerate().map(file).collect()
}

pub(super) fn path(incident: &Head) -> String {
    format!("{}{}.json", super::PROMISES, identity::api_id(incident))
}

fn answer(site: &Site<'_>, at: usize) -> Answer {
    let now = &site.now.incidents[at];
    let (incident, head, zone) = (now.incident, &now.incident.head, site.now.zone());
    let text = |time: Stated| time.text(zone);
    let promised = now.counted_promises().map(|promise| Promised {
        due: text(promise.due),
        kept: promise.kept.map(text),
        late_seconds: promise.late_seconds(),
    });
    let first = incident.expected_recovery.iter().map(|hope| (None, hope));
    let later = now.updates.iter().filter_map(|update| {
        update.change.expected_recovery.as_ref().map(|hope| (Some(update.stated()), hope))
    });
    let expected = first.chain(later).map(|(said, hope)| {
        let expected = match hope {
            Estimate::At(time) => Some(*time),
            Estimate::Words(_) => None,
        };
        let exact = |time: Option<Stated>| time.filter(|time| time.is_exact()).map(|time| time.at.0);
        let late = exact(now.ended).zip(exact(expected)).map(|(ended, expected)| ended - expected);
        Hope { said: said.map(text), expected: expected.map(text), late_seconds: late }
    });
    Answer {
        version: 1,
        id: identity::api_id(head),
        slug: head.slug.clone(),
        url: site.absolute(&site.path(Route::Incident(at), 0)),
        state: now.state.word(),
        withdrawn: now.withdrawn,
        backfilled: incident.backfilled,
        started: text(now.started),
        detected: incident.detected.map(text),
        first_notice: text(now.first_notice()),
        detection_to_notice_seconds: now.detection_to_notice(),
        promises: promised.collect(),
        expected_recoveries: expected.collect(),
        recovered: now.ended.map(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::Snapshot;
    use crate::timeline::fixture::{SITE, at, site};

    fn at_time(front: &str, body: &str, now: &str) -> serde_json::Value {
        let text = format!(
            "---\ntitle: t\nseverity: minor\naffects: [api]\nstarted: 2026-11-20 10:00\n{front}---\nx\n\n{body}"
        );
        let model = site(SITE, &[("incidents/a.md", &text)]);
        let site = Site::new(Snapshot::at(&model, at(now))).expect("built-in locales");
        let file = plan(&site).pop().expect("a file");
        assert_eq!(file.path, path(&model.incidents[0].head));
        serde_json::from_slice(&file.render()).expect("JSON")
    }

    const BODY: &str = "## investigating 2026-11-20 10:05\nnext_update: 10:30\n\nx\n\n\
        ## update 2026-11-20 10:40\nnext_update: 11:00\nexpected_recovery: 11:30\n\nx\n\n\
        ## resolved 2026-11-20 12:00\nended: 11:45\n\nx\n";

    #[test]
    fn promises_are_told_as_kept_late_or_outstanding() {
        let front = "detected: 2026-11-20 10:02\n";
        let open = at_time(front, BODY, "20 10:50");
        assert_eq!(open["promises"][0]["late_seconds"], 600);
        assert_eq!(open["promises"][1]["kept"], serde_json::Value::Null);
        assert_eq!(open["promises"][1]["late_seconds"], serde_json::Value::Null);
        assert_eq!(open["detection_to_notice_seconds"], 180);
        assert_eq!(open["recovered"], serde_json::Value::Null);
        // The promise has passed, and the file says the same as before.
        assert_eq!(at_time(front, BODY, "20 11:59"), open);
        let over = at_time(front, BODY, "20 12:00");
        assert_eq!(over["promises"][1]["late_seconds"], 3600);
        assert_eq!(over["expected_recoveries"][0]["late_seconds"], 900);
        let at = |key: &str| over[key].as_str().unwrap_or_default().to_owned();
        assert_eq!((at("state").as_str(), &at("recovered")[11..]), ("resolved", "02:45:00Z"));
    }

    #[test]
    fn an_open_promise_counts_until_the_end_and_words_are_no_time() {
        let body = "## investigating 2026-11-20 10:05\nexpected_recovery: tonight\n\nx\n\n\
            ## resolved 2026-11-20 11:00\nnext_update: 12:00\n\nx\n";
        let over = at_time("detected: 2026-11-20 10:00頃\n", body, "20 11:00");
        assert_eq!(over["promises"], serde_json::json!([]));
        assert_eq!(over["expected_recoveries"][0]["expected"], serde_json::Value::Null);
        assert_eq!(over["detection_to_notice_seconds"], serde_json::Value::Null);
        assert!(over["detected"].as_str().is_some_and(|time| time.contains('/')));
        assert!(!over.to_string().contains("tonight"));
    }
}
