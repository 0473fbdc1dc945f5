//! Converts an incident or a maintenance to an entry.

use super::Converted;
use super::read::Item;
use super::updates::{self, Updates};
use crate::import::entry::{Entry, Kind, one_line};
use crate::import::report::{called, end_unknown};
use crate::message::message;
use crate::model::Instant;
use crate::text;
use crate::vocabulary::Status;

/// The statuses of planned work on Statuspage.
const PLANNED: [&str; 4] = ["scheduled", "in_progress", "verifying", "completed"];

/// `planned` says whether the object's list is one of maintenance.
pub(super) fn entry(converted: &mut Converted, item: &Item<'_>, planned: bool) -> Entry {
    let planned = planned || is_planned(item);
    let id = item.text("id").map(|id| one_line(&id)).filter(|id| !id.is_empty());
    if id.is_none() {
        let message = message!("import-statuspage-no-id", "an entry has no `id`");
        let made = message!("import-statuspage-no-id-made", "imported without an old address, with a new id");
        converted.row(item, "import/id", message, made);
    }
    let title = title(converted, item, id.as_deref());
    let mut updates = updates::read(converted, item, planned);
    let mut draft = close(converted, item, planned, &mut updates);
    let kind = if planned {
        maintenance(converted, item, &updates, &mut draft)
    } else {
        incident(converted, item, &mut updates, &mut draft)
    };
    let severity = match kind {
        Kind::Incident { severity, .. } => Some(severity),
        _ => None,
    };
    let affects = updates::affects(converted, item, severity, &mut updates);
    let first = updates.all.first().map(|u| u.entry.at.at);
    let day = match kind {
        Kind::Incident { started, .. } => started.at,
        Kind::Maintenance { start, .. } => start.at,
        Kind::Page { .. } => converted.site.now,
    };
    let day = converted.zone.day(if planned { day } else { first.unwrap_or(day).min(day) });
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
        updates: updates.all.into_iter().map(|u| u.entry).collect(),
        postmortem: updates.postmortem,
        remarks: updates.remarks,
    }
}

fn is_planned(item: &Item<'_>) -> bool {
    let is = |key: &str, words: &[&str]| item.text(key).is_some_and(|word| words.contains(&word.as_str()));
    item.has("scheduled_for") || is("impact", &["maintenance"]) || is("status", &PLANNED)
}

fn title(converted: &mut Converted, item: &Item<'_>, id: Option<&str>) -> String {
    let name = item.text("name").map(|name| one_line(&name)).filter(|name| !name.is_empty());
    name.unwrap_or_else(|| {
        let title = id.map_or("Untitled".to_owned(), |id| format!("Untitled {id}"));
        let message = message!("import-statuspage-no-title", "an entry has no `name`");
        converted.row(item, "import/title", message, called(&title));
        title
    })
}

/// Handles an entry that the source says is over without an update that says so: adds the update,
/// or else makes the entry a draft, because it must not stay open for ever.
fn close(converted: &mut Converted, item: &Item<'_>, planned: bool, updates: &mut Updates) -> bool {
    let over = if planned { Status::Completed } else { Status::Resolved };
    let state = item.text("status").unwrap_or_default();
    let is_over = ["resolved", "completed", "postmortem"].contains(&state.as_str());
    let has_final_update = updates.all.iter().any(|u| u.entry.status == over);
    if has_final_update && !is_over && !state.is_empty() {
        let message = message!(
            "import-statuspage-other-status",
            "the entry is `{state}`, but an update says `{over}`",
            state,
            over = over.word()
        );
        let made = message!("import-statuspage-other-status-made", "used the updates");
        converted.row(item, "import/status", message, made);
    }
    if !is_over || has_final_update {
        return false;
    }
    let message =
        message!("import-statuspage-no-final-update", "the entry is `{state}`, but no update says so", state);
    if let Some(at) = converted.time(item, "resolved_at") {
        let made = message!(
            "import-statuspage-added-update",
            "added an update at `resolved_at`: {time}",
            time = at.iso()
        );
        converted.row(item, "import/status", message, made);
        updates.add(at, over);
        return false;
    }
    let made = message!(
        "import-statuspage-draft",
        "kept as a draft: add the update with its time, then remove `draft`"
    );
    converted.row(item, "import/status", message, made);
    true
}

fn incident(converted: &mut Converted, item: &Item<'_>, updates: &mut Updates, draft: &mut bool) -> Kind {
    let severity = updates::severity(converted, item);
    let started = started(converted, item, updates, draft);
    ended(converted, item, updates, started);
    Kind::Incident { severity, started: started.into() }
}

/// The start of the impact, never later than the first update.
fn started(converted: &mut Converted, item: &Item<'_>, updates: &Updates, draft: &mut bool) -> Instant {
    let (written, created) = (converted.time(item, "started_at"), converted.time(item, "created_at"));
    let first = updates.all.first().map(|u| u.entry.at.at);
    let code = "import/started";
    match (written, first) {
        (Some(at), Some(first)) if at > first => {
            let message = message!(
                "import-statuspage-late-start",
                "`started_at` is {time}, after the first update",
                time = at.iso()
            );
            let made = message!(
                "import-statuspage-late-start-made",
                "used the time of that update as the start: {time}",
                time = first.iso()
            );
            converted.row(item, code, message, made);
            first
        }
        (Some(at), _) => {
            if let Some(created) = created.filter(|created| at > *created) {
                let message = message!(
                    "import-statuspage-late-created",
                    "`started_at` is {time}, after `created_at` ({created})",
                    time = at.iso(),
                    created = created.iso()
                );
                let made = message!("import-statuspage-late-created-made", "used `started_at`");
                converted.row(item, code, message, made);
            }
            at
        }
        (None, _) => match created.into_iter().chain(first).min() {
            Some(at) => {
                let message = message!("import-statuspage-no-start", "there is no `started_at`");
                let made = message!(
                    "import-statuspage-no-start-made",
                    "used the earlier of `created_at` and the first update: {time}",
                    time = at.iso()
                );
                converted.row(item, code, message, made);
                at
            }
            None => no_time(converted, item, draft),
        },
    }
}

fn no_time(converted: &mut Converted, item: &Item<'_>, draft: &mut bool) -> Instant {
    let message = message!("import-statuspage-untimed", "the entry has no start time");
    let made = message!(
        "import-statuspage-untimed-made",
        "kept as a draft with the time of the import: write the real time, then remove `draft`"
    );
    converted.row(item, "import/time", message, made);
    *draft = true;
    converted.site.now
}

/// Adds `resolved_at` as the end of the impact if it is before the resolving update. A time in the
/// same minute is equal.
fn ended(converted: &mut Converted, item: &Item<'_>, updates: &mut Updates, started: Instant) {
    let Some(at) = converted.time(item, "resolved_at") else { return };
    let mut over = updates.all.iter_mut().filter(|u| u.entry.status == Status::Resolved).rev();
    let Some(last) = over.next() else { return };
    if at.0 - last.entry.at.at.0 >= 60 {
        let message = message!(
            "import-statuspage-late-end",
            "`resolved_at` is {time}, after the `resolved` update",
            time = at.iso()
        );
        let made = message!("import-statuspage-late-end-made", "used the time of the update");
        converted.row(item, "import/ended", message, made);
    }
    if last.entry.at.at.0 - at.0 < 60 {
        return;
    }
    let before = over.next().map_or(started, |u| u.entry.at.at.max(started));
    if at < before {
        let message = message!(
            "import-statuspage-early-end",
            "`resolved_at` is {time}, before the start or the previous `resolved` update",
            time = at.iso()
        );
        let made = message!(
            "import-statuspage-early-end-made",
            "left out: used the time of the last `resolved` update"
        );
        converted.row(item, "import/ended", message, made);
        return;
    }
    let value = crate::import::times::write(converted.zone, at);
    last.entry.facts.push(("ended", value));
}

fn maintenance(converted: &mut Converted, item: &Item<'_>, updates: &Updates, draft: &mut bool) -> Kind {
    let start = converted
        .time(item, "scheduled_for")
        .unwrap_or_else(|| planned_start(converted, item, updates, draft));
    let end = converted.time(item, "scheduled_until");
    let code = "import/window";
    let end = match end {
        Some(end) if end <= start => {
            let message = message!(
                "import-statuspage-window",
                "the end ({end}) is not after the start ({start})",
                end = end.iso(),
                start = start.iso()
            );
            converted.row(item, code, message, end_unknown());
            None
        }
        None => {
            let message = message!("import-statuspage-no-end", "there is no `scheduled_until`");
            converted.row(item, code, message, end_unknown());
            None
        }
        end => end,
    };
    let is_open = !updates.all.iter().any(|u| u.entry.status == Status::Completed);
    if is_open && item.flag("scheduled_auto_completed") {
        let message =
            message!("import-statuspage-auto", "Statuspage would complete this maintenance automatically");
        let made = message!(
            "import-statuspage-auto-made",
            "needs a `## completed TIME` update: to let the clock complete it, write `auto: both`"
        );
        converted.row(item, "import/auto", message, made);
    } else if is_open && end.unwrap_or(start) < converted.site.now {
        let made = message!(
            "import-statuspage-passed-made",
            "shown as not yet confirmed: if it is over, add `## completed TIME`"
        );
        let message = message!(
            "import-statuspage-passed",
            "the window has passed, but no update says that the work is completed"
        );
        converted.row(item, "import/open", message, made);
    }
    Kind::Maintenance { kind: "regular", start: start.into(), end: end.map(Into::into) }
}

fn planned_start(converted: &mut Converted, item: &Item<'_>, updates: &Updates, draft: &mut bool) -> Instant {
    let begun = updates.all.iter().find(|u| u.entry.status == Status::InProgress).map(|u| u.entry.at.at);
    let begun = begun.or_else(|| converted.time(item, "started_at"));
    let Some(at) = begun else { return no_time(converted, item, draft) };
    let message = message!("import-statuspage-no-window", "there is no `scheduled_for`");
    let made = message!(
        "import-statuspage-no-window-made",
        "the window starts when work began: {time}",
        time = at.iso()
    );
    converted.row(item, "import/window", message, made);
    at
}
