//! Collects the facts of an incident.

use super::{EntryKind, Facts, Prose};
use crate::model::entry::Estimate;
use crate::site::changes::{self, Corrected};
use crate::site::item_status::ItemStatus;
use crate::timeline::IncidentNow;
use crate::vocabulary::Status;

pub(super) fn gather(facts: &mut Facts<'_>, now: &IncidentNow<'_>) {
    let incident = now.incident;
    let reopened = now.is_reopened();
    let state = facts.label_of(now.state.into());
    let again = reopened && now.is_active();
    facts.state = if again { facts.with("pack-state-again", "state", &state) } else { state };
    facts.is_over = !now.is_active();
    if incident.backfilled {
        facts.notes.push(facts.t("backfilled").to_owned());
    }
    rows(facts, now);
    if let Some(due) = now.next_update() {
        facts.promise("next", "fact-next", facts.promised(due));
    }
    facts.summary = facts.prose(&incident.summary);
    facts.workaround = facts.optional(incident.workaround.as_ref());
    facts.actions = facts.optional(incident.actions.as_ref());
    facts.compensation = facts.optional(incident.compensation.as_ref());
    facts.questions = facts.questions(&incident.faq);
    if now.is_active() {
        facts.relate(EntryKind::Incident, &now.touched.given);
    }
    if now.updates.is_empty() {
        let begun = if incident.backfilled {
            now.published.into()
        } else {
            incident.detected.unwrap_or(incident.started)
        };
        facts.say(Status::Investigating.into(), begun, Prose::default());
    }
    facts.updates(now.updates, |at| Corrected::of_incident(now, at));
    if let Some((at, words)) = incident.postmortem.as_ref().filter(|_| now.postmortem) {
        facts.report = facts.prose(words);
        if let Some(at) = at {
            facts.say(ItemStatus::Postmortem, *at, facts.report.clone());
        }
    }
    let last_status =
        facts.statements.iter().max_by_key(|statement| statement.at.at).map(|statement| statement.status);
    facts.mood = match (now.is_active(), last_status) {
        (true, _) if again => "again",
        (true, _) => "active",
        (false, Some(ItemStatus::Postmortem)) => "postmortem",
        (false, _) => "resolved",
    };
}

fn rows(facts: &mut Facts<'_>, now: &IncidentNow<'_>) {
    let incident = now.incident;
    facts.push("state", "fact-state", facts.state.clone());
    let named = now.named_severity();
    facts.push("severity", "fact-severity", facts.site.severity_name(named, facts.locale.index));
    if now.first_severity != named {
        let first = facts.site.severity_name(now.first_severity, facts.locale.index);
        facts.push("severity-first", "pack-severity-first", first);
    }
    impact(facts, now);
    facts.push("scope", "fact-scope", facts.optional(now.scope()).text);
    facts.affects(&now.touched.names);
    if now.is_active() {
        let modes = changes::modes(facts.site, facts.locale.index, &now.modes);
        facts.push("mode", "fact-mode", modes.unwrap_or_default());
        facts.advise(&incident.advice, &[]);
    }
    match now.expected_recovery() {
        Some(Estimate::At(at)) => {
            facts.push("expected", "fact-expected", facts.due(at.at, facts.moment(*at), "expected-passed"));
        }
        Some(Estimate::Words(words)) => facts.push("expected", "fact-expected", facts.text(words)),
        None => {}
    }
    if let Some(due) = now.next_update() {
        facts.push("next", "fact-next", facts.promised(due));
    }
    facts.fields(&incident.fields);
}

/// When the impact began and ended, and how long it lasted. After a reopening there is more than one period, so there is
/// no single duration.
fn impact(facts: &mut Facts<'_>, now: &IncidentNow<'_>) {
    let detected = now.incident.detected;
    let length = if now.outages.is_empty() {
        facts.push_time("started", "fact-started", Some(now.started));
        facts.push_time("detected", "fact-detected", detected);
        facts.push_time("ended", "pack-recovered", now.ended);
        now.ended.and_then(|end| facts.locale.between(now.started, end))
    } else {
        facts.push("outages", "fact-outages", facts.outages(&now.outages));
        facts.push_time("detected", "fact-detected", detected);
        // The list has no end of what came after it.
        let listed = now.outages.last().and_then(|last| last.ended());
        facts.push_time("ended", "pack-recovered", now.ended.filter(|end| listed != Some(*end)));
        now.ended.and_then(|_| facts.locale.lasting(&now.outages))
    };
    if let Some(length) = length.filter(|_| !now.is_reopened()) {
        facts.push("duration", "fact-duration", length);
    }
}
