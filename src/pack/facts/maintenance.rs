//! Collects the facts of a maintenance, or of one occurrence of a series.

use super::{EntryKind, Facts, Prose};
use crate::model::window::Window;
use crate::site::changes::Corrected;
use crate::site::feed_items::announcement;
use crate::site::item_status::ItemStatus;
use crate::timeline::{MaintenanceNow, WindowNow};
use crate::vocabulary::Status;

pub(super) fn gather(facts: &mut Facts<'_>, now: &MaintenanceNow<'_>) {
    let entry = now.maintenance;
    facts.state = facts.label_of(now.state.into());
    facts.is_over = matches!(now.state, Status::Completed | Status::Cancelled);
    if now.unconfirmed.is_some() {
        facts.notes.push(facts.t("clock-unconfirmed").to_owned());
    } else if now.by_clock {
        match now.state {
            Status::InProgress => facts.notes.push(facts.t("clock-in_progress").to_owned()),
            Status::Verifying => facts.notes.push(facts.t("clock-verifying").to_owned()),
            _ => {}
        }
    }
    rows(facts, now);
    if !facts.is_over {
        if now.awaits_new_time && now.plan.is_decided() {
            facts.promise("window", "fact-window", facts.t("pack-window-open").to_owned());
        } else {
            facts.promise("window", "fact-window", facts.planned(now));
        }
        if let Some(due) = now.next_update {
            facts.promise("next", "fact-next", facts.promised(due));
        }
    }
    facts.summary = facts.prose(&entry.summary);
    facts.workaround = facts.optional(entry.workaround.as_ref());
    facts.actions = facts.optional(entry.actions.as_ref());
    facts.compensation = facts.optional(entry.compensation.as_ref());
    facts.questions = facts.questions(&entry.faq);
    if !now.is_closed_by_human() {
        facts.relate(EntryKind::Maintenance, &now.touched.given);
    }
    statements(facts, now);
    let last_status =
        facts.statements.iter().max_by_key(|statement| statement.at.at).map(|statement| statement.status);
    facts.mood = match now.state {
        _ if last_status == Some(ItemStatus::Evaluation) => "evaluation",
        Status::Postponed => "postponed",
        Status::InProgress => "running",
        Status::Verifying => "verifying",
        Status::Completed => "completed",
        Status::Cancelled if now.actual.0.is_some() => "stopped",
        Status::Cancelled => "cancelled",
        _ => "scheduled",
    };
}

fn rows(facts: &mut Facts<'_>, now: &MaintenanceNow<'_>) {
    let entry = now.maintenance;
    facts.push("state", "fact-state", facts.state.clone());
    facts.push("kind", "pack-kind", facts.site.kind_name(entry.kind, facts.locale.index));
    let open = now.awaits_new_time;
    if !now.plan.is_decided() {
        if now.state != Status::Cancelled {
            facts.push("window", "fact-window", facts.planned(now));
        }
    } else if now.state == Status::Cancelled && now.actual.0.is_none() {
        facts.push("window", "pack-window-off", facts.planned(now));
        facts.called_off = facts.list.last().cloned();
    } else if open {
        facts.push("window", "fact-window", facts.t("pack-window-open").to_owned());
        facts.push("before", "pack-window-off", facts.planned(now));
        facts.called_off = facts.list.last().cloned();
    } else {
        facts.push("window", "fact-window", facts.planned(now));
        if let Some(step) = now.steps.last() {
            facts.push_windows("before", "plan-before", &[step.before]);
        }
        // Of several windows, some may be off.
        let off = |window: &&WindowNow<'_>| window.is_cancelled() || window.awaits_new_time;
        let off: Vec<Window> = now.windows.iter().filter(off).map(|window| window.plan).collect();
        if !off.is_empty() {
            facts.push_windows("off", "pack-window-off", &off);
        }
    }
    if let (Status::Completed | Status::Cancelled, (Some(_), Some(_))) = (now.state, now.actual) {
        facts.push_windows("actual", "fact-actual", &now.worked());
    }
    facts.push("scope", "fact-scope", facts.optional(now.scope()).text);
    facts.affects(&now.touched.names);
    if !facts.is_over && !open {
        facts.advise(&entry.advice, &now.plans());
    }
    let phases: Vec<String> = now
        .phases()
        .into_iter()
        .map(|(phase, times)| {
            let names: Vec<String> = phase.affects.names.iter().map(|n| facts.text(n)).collect();
            let names = names.join(facts.t("list-separator"));
            let mode = facts.t(phase.mode.message());
            let words = facts.locale.format("pack-note", &[("text", &names), ("note", mode)]);
            let line = facts.line(&facts.window(times), &words);
            match facts.optional(phase.advice.as_ref()).text {
                advice if advice.is_empty() => line,
                advice => facts.line(&line, &advice),
            }
        })
        .collect();
    facts.push("phases", "phases", phases.join("\n"));
    if let Some(due) = now.next_update {
        facts.push("next", "fact-next", facts.promised(due));
    }
    facts.fields(&entry.fields);
}

/// Adds the updates, the declarations of the clock, and the evaluation.
fn statements(facts: &mut Facts<'_>, now: &MaintenanceNow<'_>) {
    let entry = now.maintenance;
    if let Some(at) = announcement(now) {
        let off = now.occurrence.is_some_and(|o| o.is_off);
        let status = if off { Status::Cancelled } else { Status::Scheduled };
        facts.say(status.into(), at, Prose::default());
    }
    facts.updates(now.updates.iter().copied(), |at| Corrected::of_maintenance(now, at));
    for (at, status) in &now.declared {
        let human = now.updates.iter().any(|u| u.at == *at && u.status == *status);
        if !human && now.published.is_none_or(|first| *at >= first) {
            facts.say((*status).into(), now.said(*at), Prose::default());
            if let Some(statement) = facts.statements.last_mut() {
                statement.by_clock = true;
            }
        }
    }
    if let Some((at, words)) = entry.evaluation.as_ref().filter(|_| now.evaluation) {
        facts.report = facts.prose(words);
        if let Some(at) = at {
            facts.say(ItemStatus::Evaluation, *at, facts.report.clone());
        }
    }
}
