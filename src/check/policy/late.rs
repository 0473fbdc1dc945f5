//! Missed deadlines: updates, first updates, postmortems, evaluations, and maintenance without a closing update.

use super::{Context, Scope, is_over, span};
use crate::message::{Message, message};
use crate::model::entry::NextUpdate;
use crate::model::{Instant, Maintenance};
use crate::timeline::{IncidentNow, MaintenanceNow};
use crate::vocabulary::Status;

/// The time without an update after which an incident is probably over or forgotten.
const FORGOTTEN: i64 = 3 * 86_400;
/// The time after which a missing report counts as history.
pub(super) const HISTORY: i64 = 90 * 86_400;

pub(super) fn check(context: &mut Context<'_>) {
    let now = context.now;
    for incident in &now.incidents {
        if incident.is_active() {
            update_overdue(context, incident);
            forgotten(context, incident);
        } else if !incident.withdrawn {
            postmortem_overdue(context, incident);
        }
        if incident.is_active() || context.scope == Scope::All {
            first_update_late(context, incident);
        }
    }
    let mut reported: Vec<&Maintenance> = Vec::new();
    for maintenance in &now.maintenance {
        if is_over(maintenance) {
            evaluation_overdue(context, maintenance);
            continue;
        }
        promise_overdue(context, maintenance);
        // For a series only the latest occurrence is reported, which comes first here.
        let entry = maintenance.maintenance;
        let is_reported = reported.iter().any(|known| std::ptr::eq(*known, entry));
        if !is_reported && never_closed(context, maintenance) {
            reported.push(entry);
        }
    }
}

fn limit<K: Copy + PartialEq>(limits: &[(K, i64)], key: K) -> Option<i64> {
    limits.iter().find(|(known, _)| *known == key).map(|(_, seconds)| *seconds)
}

fn due(next: Option<NextUpdate>) -> Option<Instant> {
    next.and_then(NextUpdate::due).map(|due| due.at)
}

fn update_overdue(context: &mut Context<'_>, now: &IncidentNow<'_>) {
    const CODE: &str = "policy/update-overdue";
    let last = now.updates.last().map_or(&now.incident.head.place, |update| &update.place);
    let help = message!(
        "check-update-overdue-help",
        "run `noroshi update {slug} update -m …`: say what you know, and when the next update comes",
        slug = now.incident.head.slug
    );
    if let Some(due) = due(now.next_update()).filter(|due| *due < context.at) {
        let message = broken_promise(context, due);
        return context.tell(CODE, last, message, help);
    }
    let every = limit(&context.config().policy.update_every, now.severity);
    let silent = context.at.0 - now.last_updated().0;
    if let Some(every) = every.filter(|every| silent > *every) {
        let message = message!(
            "check-update-silent",
            "there has been no update for {silent}; for a {severity} incident the policy asks for one every {every}",
            silent = span(silent),
            severity = now.severity.word(),
            every = span(every)
        );
        context.tell(CODE, last, message, help);
    }
}

fn broken_promise(context: &Context<'_>, due: Instant) -> Message {
    message!(
        "check-promise-overdue",
        "this entry promised its next update for {time}, {late} ago",
        time = context.when(due),
        late = span(context.at.0 - due.0)
    )
}

/// Reports a missed promise of a maintenance. Maintenance has no severity, so only a promised update can be late.
fn promise_overdue(context: &mut Context<'_>, now: &MaintenanceNow<'_>) {
    let Some(due) = due(now.next_update).filter(|due| *due < context.at && !now.withdrawn) else { return };
    let place = now.updates.last().map_or(&now.maintenance.head.place, |update| &update.place);
    let message = broken_promise(context, due);
    let help = message!(
        "check-promise-overdue-help",
        "run `noroshi update {slug} update -m …`",
        slug = now.maintenance.head.slug
    );
    context.tell("policy/update-overdue", place, message, help);
}

fn first_update_late(context: &mut Context<'_>, now: &IncidentNow<'_>) {
    let incident = now.incident;
    let Some(within) = limit(&context.config().policy.first_update_within, incident.severity) else { return };
    if incident.backfilled {
        return;
    }
    let (word, since) = match incident.detected {
        Some(at) => ("detected", at.at),
        None => ("started", incident.started.at),
    };
    // Readers see an earlier update when the entry appears.
    let first = incident.updates.first().filter(|first| first.at <= context.at);
    let first_seen = first.map(|first| incident.head.publish_at.map_or(first.at, |from| from.max(first.at)));
    let took = first_seen.map_or(context.at, |at| at).0 - since.0;
    // After a late first update there is nothing left to wait for.
    if took <= within || (first.is_some() && context.scope == Scope::Waiting) {
        return;
    }
    let place = first.map_or(&incident.head.place, |first| &first.place);
    let (took, within) = (span(took), span(within));
    let severity = incident.severity.word();
    let message = if first.is_some() {
        message!(
            "check-first-update-late",
            "the first update came {took} after `{word}`; for a {severity} incident the policy asks for one within {within}",
            took,
            word,
            severity,
            within
        )
    } else {
        message!(
            "check-first-update-missing",
            "there is no update yet, {took} after `{word}`; for a {severity} incident the policy asks for one within {within}",
            took,
            word,
            severity,
            within
        )
    };
    let help = if first.is_some() {
        message!(
            "check-first-update-late-help",
            "it is too late to meet the limit: explain the delay where you describe what happened"
        )
    } else {
        message!(
            "check-first-update-missing-help",
            "run `noroshi update {slug} investigating -m …`",
            slug = incident.head.slug
        )
    };
    context.tell("policy/first-update-late", place, message, help);
}

fn forgotten(context: &mut Context<'_>, now: &IncidentNow<'_>) {
    let silent = context.at.0 - now.last_updated().0.max(now.incident.started.at.0);
    if silent <= FORGOTTEN {
        return;
    }
    let place = now.updates.last().map_or(&now.incident.head.place, |update| &update.place);
    let message = message!(
        "check-forgotten",
        "this incident is open, but there has been no update for {silent}",
        silent = span(silent)
    );
    let help = message!(
        "check-forgotten-help",
        "if it is over, run `noroshi update {slug} resolved --ended … -m …`",
        slug = now.incident.head.slug
    );
    context.tell("policy/never-closed", place, message, help);
}

fn postmortem_overdue(context: &mut Context<'_>, now: &IncidentNow<'_>) {
    // The highest severity decides, because readers of a critical incident expect its postmortem.
    let severity = now.highest;
    let Some(within) = limit(&context.config().policy.postmortem_within, severity) else { return };
    let Some(resolved) = now.updates.iter().rev().find(|update| update.status == Status::Resolved) else {
        return;
    };
    let due = Instant(resolved.at.0 + within);
    if now.postmortem || due >= context.at || is_history(context, due) {
        return;
    }
    let message = message!(
        "check-postmortem-overdue",
        "the postmortem of a {severity} incident is due within {within} and was due {late} ago",
        severity = severity.word(),
        within = span(within),
        late = span(context.at.0 - due.0)
    );
    let help = message!(
        "check-postmortem-overdue-help",
        "run `noroshi update {slug} postmortem -m …`: write the causes, and how you prevent a recurrence",
        slug = now.incident.head.slug
    );
    context.tell("policy/postmortem-overdue", &resolved.place, message, help);
}

/// Reports a missing evaluation. A series has one evaluation for all of its occurrences.
fn evaluation_overdue(context: &mut Context<'_>, now: &MaintenanceNow<'_>) {
    let Some(within) = limit(&context.config().policy.evaluation_within, now.maintenance.kind) else {
        return;
    };
    let done = now.updates.iter().rev().find(|update| update.status == Status::Completed);
    let by_clock = || now.declared.iter().rev().find(|(_, status)| *status == Status::Completed).map(|d| d.0);
    let Some(at) = done.map(|update| update.at).or_else(by_clock) else { return };
    let due = Instant(at.0 + within);
    let is_owed = now.occurrence.is_none() && !now.withdrawn && !now.evaluation;
    if !is_owed || due >= context.at || is_history(context, due) {
        return;
    }
    let place = done.map_or(&now.maintenance.head.place, |update| &update.place);
    let message = message!(
        "check-evaluation-overdue",
        "the evaluation of this maintenance is due within {within} and was due {late} ago",
        within = span(within),
        late = span(context.at.0 - due.0)
    );
    let help = message!(
        "check-evaluation-overdue-help",
        "run `noroshi update {slug} evaluation -m …`: write whether it went as planned, and what comes next",
        slug = now.maintenance.head.slug
    );
    context.tell("policy/evaluation-overdue", place, message, help);
}

fn is_history(context: &Context<'_>, due: Instant) -> bool {
    context.scope != Scope::All && context.at.0 - due.0 > HISTORY
}

/// The number of earlier occurrences of a series without a closing update.
fn earlier(context: &Context<'_>, now: &MaintenanceNow<'_>) -> usize {
    let is_open = |other: &&MaintenanceNow<'_>| {
        std::ptr::eq(other.maintenance, now.maintenance)
            && other.plan.start < now.plan.start
            && !is_over(other)
            && !other.awaits_new_time
    };
    context.now.maintenance.iter().filter(is_open).count()
}

/// Reports a maintenance that was never closed, and returns whether it did.
fn never_closed(context: &mut Context<'_>, now: &MaintenanceNow<'_>) -> bool {
    if now.awaits_new_time {
        return false;
    }
    // If the end is unknown, the report comes after some days.
    let later = || Instant(now.plan.start.0.max(now.last_updated().map_or(0, |at| at.0)) + FORGOTTEN);
    let end = now.plan.end.unwrap_or_else(later);
    if end >= context.at {
        return false;
    }
    let since = context.at.0 - end.0 + if now.plan.end.is_none() { FORGOTTEN } else { 0 };
    let place = now.updates.last().map_or(&now.maintenance.head.place, |update| &update.place);
    let message = unclosed(context, now, since);
    // Without its day, the update could close another occurrence.
    let which = now.occurrence.map_or_else(String::new, |o| format!(" --occurrence {}", o.day));
    let help = message!(
        "check-never-closed-help",
        "run `noroshi update {slug} completed{which} -m …`, or give it a later `end`",
        slug = now.maintenance.head.slug,
        which
    );
    context.tell("policy/never-closed", place, message, help);
    true
}

/// The message for a maintenance that was not closed within these seconds.
fn unclosed(context: &Context<'_>, now: &MaintenanceNow<'_>, since: i64) -> Message {
    let since = span(since);
    let over = if now.plan.end.is_some() {
        message!("check-never-closed-end", "{since} after its planned end", since)
    } else {
        message!("check-never-closed-start", "{since} after its start or last update", since)
    };
    let Some(occurrence) = now.occurrence else {
        return message!("check-never-closed", "no update has closed this maintenance, {over}", over);
    };
    let day = occurrence.day.to_string();
    match earlier(context, now) {
        0 => message!(
            "check-never-closed-occurrence",
            "no update has closed this maintenance of {day}, {over}",
            day,
            over
        ),
        1 => message!(
            "check-never-closed-two",
            "no update has closed this maintenance of {day}, {over}, nor the one before it",
            day,
            over
        ),
        more => message!(
            "check-never-closed-more",
            "no update has closed this maintenance of {day}, {over}, nor {more} earlier ones",
            day,
            over,
            more
        ),
    }
}
