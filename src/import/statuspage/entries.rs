//! Converts an incident or a maintenance to an entry.

use super::Converted;
use super::read::Item;
use super::updates::{self, Updates};
use crate::import::entry::{Entry, Kind, one_line};
use crate::model::Instant;
use crate::text;
use crate::vocabulary::Status;

/// The statuses of planned work on Statuspage.
const PLANNED: [&str; 4] = ["scheduled", "in_progress", "verifying", "completed"];

/// Converts an object to an entry. `planned` says whether the object's list is one of maintenance.
pub(super) fn entry(said: &mut Converted, item: &Item<'_>, planned: bool) -> Entry {
    let planned = planned || is_planned(item);
    let id = item.text("id").map(|id| one_line(&id)).filter(|id| !id.is_empty());
    if id.is_none() {
        said.row(item, "import/id", "an entry has no `id`", "imported without an old address, with a new id");
    }
    let title = title(said, item, id.as_deref());
    let mut told = updates::read(said, item, planned);
    let mut draft = close(said, item, planned, &mut told);
    let kind = if planned {
        maintenance(said, item, &told, &mut draft)
    } else {
        incident(said, item, &mut told, &mut draft)
    };
    let severity = match kind {
        Kind::Incident { severity, .. } => Some(severity),
        _ => None,
    };
    let affects = updates::affects(said, item, severity, &mut told);
    let first = told.all.first().map(|u| u.entry.at);
    let day = match kind {
        Kind::Incident { started, .. } => started,
        Kind::Maintenance { start, .. } => start,
        Kind::Page { .. } => said.site.now,
    };
    let day = said.zone.day(if planned { day } else { first.unwrap_or(day).min(day) });
    Entry {
        origin: item.file.origin.clone(),
        kind,
        slug: format!("{day} {title}"),
        title,
        aliases: id.iter().map(|id| format!("/incidents/{id}")).collect(),
        api_id: id.clone().filter(|id| text::is_api_id(id)),
        id,
        draft,
        affects,
        summary: String::new(),
        updates: told.all.into_iter().map(|u| u.entry).collect(),
        postmortem: told.postmortem,
        remarks: told.remarks,
    }
}

fn is_planned(item: &Item<'_>) -> bool {
    let is = |key: &str, words: &[&str]| item.text(key).is_some_and(|word| words.contains(&word.as_str()));
    item.has("scheduled_for") || is("impact", &["maintenance"]) || is("status", &PLANNED)
}

fn title(said: &mut Converted, item: &Item<'_>, id: Option<&str>) -> String {
    let name = item.text("name").map(|name| one_line(&name)).filter(|name| !name.is_empty());
    name.unwrap_or_else(|| {
        let title = id.map_or("Untitled".to_owned(), |id| format!("Untitled {id}"));
        said.row(item, "import/title", "an entry has no `name`", format!("called `{title}`"));
        title
    })
}

/// Handles an entry that the source says is over without an update that says so: adds the update,
/// or else makes the entry a draft, because it must not stay open for ever.
fn close(said: &mut Converted, item: &Item<'_>, planned: bool, told: &mut Updates) -> bool {
    let over = if planned { Status::Completed } else { Status::Resolved };
    let state = item.text("status").unwrap_or_default();
    let is_over = ["resolved", "completed", "postmortem"].contains(&state.as_str());
    let said_so = told.all.iter().any(|u| u.entry.status == over);
    if said_so && !is_over && !state.is_empty() {
        let message = format!("the entry is `{state}`, but an update says `{}`", over.word());
        said.row(item, "import/status", message, "used the updates");
    }
    if !is_over || said_so {
        return false;
    }
    let message = format!("the entry is `{state}`, but no update says so");
    if let Some(at) = said.time(item, "resolved_at") {
        said.row(item, "import/status", message, format!("added an update at `resolved_at`: {}", at.iso()));
        told.add(at, over);
        return false;
    }
    said.row(
        item,
        "import/status",
        message,
        "kept as a draft: add the update with its time, then remove `draft`",
    );
    true
}

fn incident(said: &mut Converted, item: &Item<'_>, told: &mut Updates, draft: &mut bool) -> Kind {
    let severity = updates::severity(said, item);
    let started = started(said, item, told, draft);
    ended(said, item, told, started);
    Kind::Incident { severity, started }
}

/// The start of the impact, never later than the first update.
fn started(said: &mut Converted, item: &Item<'_>, told: &Updates, draft: &mut bool) -> Instant {
    let (written, created) = (said.time(item, "started_at"), said.time(item, "created_at"));
    let first = told.all.first().map(|u| u.entry.at);
    let code = "import/started";
    match (written, first) {
        (Some(at), Some(first)) if at > first => {
            let message = format!("`started_at` is {}, after the first update", at.iso());
            said.row(
                item,
                code,
                message,
                format!("used the time of that update as the start: {}", first.iso()),
            );
            first
        }
        (Some(at), _) => {
            if let Some(created) = created.filter(|created| at > *created) {
                let message = format!("`started_at` is {}, after `created_at` ({})", at.iso(), created.iso());
                said.row(item, code, message, "used `started_at`");
            }
            at
        }
        (None, _) => match created.into_iter().chain(first).min() {
            Some(at) => {
                let made = format!("used the earlier of `created_at` and the first update: {}", at.iso());
                said.row(item, code, "there is no `started_at`", made);
                at
            }
            None => no_time(said, item, draft),
        },
    }
}

fn no_time(said: &mut Converted, item: &Item<'_>, draft: &mut bool) -> Instant {
    let made = "kept as a draft with the time of the import: write the real time, then remove `draft`";
    said.row(item, "import/time", "the entry has no start time", made);
    *draft = true;
    said.site.now
}

/// Adds `resolved_at` as the end of the impact if it is before the resolving update. A time in the
/// same minute is equal.
fn ended(said: &mut Converted, item: &Item<'_>, told: &mut Updates, started: Instant) {
    let Some(at) = said.time(item, "resolved_at") else { return };
    let mut over = told.all.iter_mut().filter(|u| u.entry.status == Status::Resolved).rev();
    let Some(last) = over.next() else { return };
    if at.0 - last.entry.at.0 >= 60 {
        let message = format!("`resolved_at` is {}, after the `resolved` update", at.iso());
        said.row(item, "import/ended", message, "used the time of the update");
    }
    if last.entry.at.0 - at.0 < 60 {
        return;
    }
    let before = over.next().map_or(started, |u| u.entry.at.max(started));
    if at < before {
        let message =
            format!("`resolved_at` is {}, before the start or the previous `resolved` update", at.iso());
        said.row(item, "import/ended", message, "left out: used the time of the last `resolved` update");
        return;
    }
    let value = crate::import::times::write(said.zone, at);
    last.entry.facts.push(("ended", value));
}

fn maintenance(said: &mut Converted, item: &Item<'_>, told: &Updates, draft: &mut bool) -> Kind {
    let start = said.time(item, "scheduled_for").unwrap_or_else(|| planned_start(said, item, told, draft));
    let end = said.time(item, "scheduled_until");
    let code = "import/window";
    let end = match end {
        Some(end) if end <= start => {
            let message = format!("the end ({}) is not after the start ({})", end.iso(), start.iso());
            said.row(item, code, message, "set the end to `unknown`");
            None
        }
        None => {
            said.row(item, code, "there is no `scheduled_until`", "set the end to `unknown`");
            None
        }
        end => end,
    };
    let is_open = !told.all.iter().any(|u| u.entry.status == Status::Completed);
    if is_open && item.flag("scheduled_auto_completed") {
        let made = "needs a `## completed TIME` update: to let the clock complete it, write `auto: both`";
        said.row(item, "import/auto", "Statuspage would complete this maintenance automatically", made);
    } else if is_open && end.unwrap_or(start) < said.site.now {
        let made = "shown as not yet confirmed: if it is over, add `## completed TIME`";
        said.row(
            item,
            "import/open",
            "the window has passed, but no update says that the work is completed",
            made,
        );
    }
    Kind::Maintenance { kind: "regular", start, end }
}

fn planned_start(said: &mut Converted, item: &Item<'_>, told: &Updates, draft: &mut bool) -> Instant {
    let begun = told.all.iter().find(|u| u.entry.status == Status::InProgress).map(|u| u.entry.at);
    let begun = begun.or_else(|| said.time(item, "started_at"));
    let Some(at) = begun else { return no_time(said, item, draft) };
    let made = format!("the window starts when work began: {}", at.iso());
    said.row(item, "import/window", "there is no `scheduled_for`", made);
    at
}
