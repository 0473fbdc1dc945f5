//! An incident: what broke, how grave it is, and what was said of it.

use super::component::Affects;
use super::draft::{Draft, fact};
use super::entry::{Estimate, FieldValue, Head, Kind, Question, Update};
use super::reader::Map;
use super::text::{Localized, Rich};
use super::time::Instant;
use crate::digest::Digest;
use crate::document::body::RawUpdate;
use crate::document::moment;
use crate::vocabulary::{FactKey, Section, Severity, Status};

/// Something broke.
#[derive(Debug, Hash)]
pub struct Incident {
    /// What every entry has.
    pub head: Head,
    /// As it was when it began; updates may change it.
    pub severity: Severity,
    /// As it was when it began; updates may change it.
    pub affects: Affects,
    /// When the impact began.
    pub started: Instant,
    /// When it was noticed.
    pub detected: Option<Instant>,
    /// How far it reaches, in a line.
    pub scope: Option<Rich>,
    /// As first promised.
    pub expected_recovery: Option<Estimate>,
    /// As first promised.
    pub next_update: Option<Instant>,
    /// The site's own facts.
    pub fields: Vec<(usize, FieldValue)>,
    /// Written afterwards.
    pub backfilled: bool,
    /// What a user notices.
    pub summary: Rich,
    /// In the order of time.
    pub updates: Vec<Update<Change>>,
    /// What helps meanwhile.
    pub workaround: Option<Rich>,
    /// What users should do.
    pub actions: Option<Rich>,
    /// Questions and answers.
    pub faq: Vec<Question>,
    /// What users get back.
    pub compensation: Option<Rich>,
    /// What was learnt, and when it was said.
    pub postmortem: Option<(Option<Instant>, Rich)>,
}

impl Incident {
    /// What stands for all of it that a page may show.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.head.digest_of(self)
    }
}

/// What an update changes. It holds from that update on.
#[derive(Debug, Default, Hash)]
pub struct Change {
    /// Replaces the status of those named.
    pub affects: Option<Affects>,
    /// How grave it is now.
    pub severity: Option<Severity>,
    /// The next promise.
    pub next_update: Option<Instant>,
    /// The hope now.
    pub expected_recovery: Option<Estimate>,
    /// When the impact ended, if before the posting.
    pub ended: Option<Instant>,
}

pub(super) fn read(draft: &Draft<'_>, map: &Map<'_>) -> Option<Incident> {
    let head = draft.head(Kind::Incident, map);
    let words: Vec<&str> = Severity::ALL.iter().map(|s| s.word()).collect();
    let severity = map
        .required("severity", "minor")
        .and_then(|v| v.word("severity", |w, more| Severity::said(w, Severity::ALL, more), &words));
    let affects = map.required("affects", "[]").map(|v| draft.affects(&v));
    let started_value = map.required("started", "2026-11-20 10:15");
    let started = started_value.as_ref().and_then(super::reader::Value::time);
    let detected = map.get("detected").and_then(|v| v.time());
    let scope = draft.rich("scope", map);
    let expected_value = map.get("expected_recovery");
    let expected_recovery =
        expected_value.as_ref().and_then(super::reader::Value::time_or_words).map(estimate);
    if let (Some(value), Some(Estimate::At(at)), Some(started)) =
        (expected_value, &expected_recovery, started)
        && *at < started
    {
        let message = "`expected_recovery` is earlier than `started`";
        value.fail("incident/end-before-start", message, "look at the two times again");
    }
    let next_update = map.get("next_update").and_then(|v| v.time());
    let fields = draft.fields(Kind::Incident, map);
    let backfilled = map.get("backfilled").and_then(|v| v.bool()).unwrap_or(false);
    let updates = draft.updates(|raw, at| change(draft, raw, at));
    let incident = Incident {
        faq: draft.faq(),
        postmortem: draft.dated_section(Section::Postmortem, !backfilled),
        head: head?,
        severity: severity?,
        affects: affects?,
        started: started?,
        detected,
        scope,
        expected_recovery,
        next_update,
        fields,
        backfilled,
        summary: draft.summary(),
        updates,
        workaround: draft.section(Section::Workaround),
        actions: draft.section(Section::Actions),
        compensation: draft.section(Section::Compensation),
    };
    sense(draft, &incident);
    Some(incident)
}

/// What cannot be, or is most likely a slip.
fn sense(draft: &Draft<'_>, incident: &Incident) {
    for update in &incident.updates {
        let over = update.status == Status::Resolved && update.change.ended.is_none();
        if over && update.at < incident.started {
            let message = "this incident is resolved before it has `started`".to_owned();
            let help = "look at the two times again";
            draft.error(update.place.clone(), "incident/end-before-start", message, help);
        } else if update.at < incident.started {
            let message = "this update is earlier than the incident's `started`".to_owned();
            draft.warning(
                update.place.clone(),
                "incident/update-before-start",
                message,
                "look at the two times again",
            );
        }
        if let Some(ended) = update.change.ended {
            if ended < incident.started {
                let message = "`ended` is earlier than the incident's `started`".to_owned();
                draft.error(
                    update.place.clone(),
                    "incident/end-before-start",
                    message,
                    "look at the two times again",
                );
            } else if ended > update.at {
                let message = "`ended` is later than the update that says so".to_owned();
                draft.error(
                    update.place.clone(),
                    "incident/end-in-future",
                    message,
                    "an end can be stated once it has come",
                );
            }
            if update.status != Status::Resolved {
                let message = "`ended` stands only under `resolved`".to_owned();
                draft.error(update.place.clone(), "update/unknown-fact", message, "move it there");
            }
        }
    }
    if incident.backfilled && incident.head.publish_at.is_none() {
        let message = "a backfilled incident has no `publish_at`".to_owned();
        let help = "add `publish_at`: when it was put on record; its one feed item has that time";
        draft.warning(incident.head.place.clone(), "incident/backfilled-when", message, help);
    }
}

fn estimate(read: Result<Instant, super::text::Text>) -> Estimate {
    read.map_or_else(Estimate::Words, Estimate::At)
}

fn change(draft: &Draft<'_>, raw: &RawUpdate, at: Instant) -> Change {
    let severity = fact(raw, FactKey::Severity).and_then(|fact| {
        let found = Severity::said(&fact.value, Severity::ALL, &draft.config.words);
        if found.is_none() {
            let words: Vec<&str> = Severity::ALL.iter().map(|s| s.word()).collect();
            let message = format!("`{}` is no severity", fact.value);
            let help = match Severity::nearest(&fact.value) {
                Some(near) => format!("did you mean `{near}`? known are {}", crate::text::one_of(&words)),
                None => format!("known are {}", crate::text::one_of(&words)),
            };
            draft.error(draft.at(&fact.range), "entry/unknown-word", message, help);
        }
        found
    });
    let expected_recovery = fact(raw, FactKey::ExpectedRecovery).and_then(|fact| {
        if moment::parse(&fact.value).is_some() {
            draft.fact_time(fact, at).map(Estimate::At)
        } else {
            Some(Estimate::Words(Localized::first(fact.value.clone())))
        }
    });
    Change {
        affects: fact(raw, FactKey::Affects).and_then(|f| draft.fact_affects(f)),
        severity,
        next_update: fact(raw, FactKey::NextUpdate).and_then(|f| draft.fact_time(f, at)),
        expected_recovery,
        ended: fact(raw, FactKey::Ended).and_then(|f| draft.fact_time_before(f, at)),
    }
}
