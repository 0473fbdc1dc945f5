//! Incidents and maintenance of Statuspage as records: updates, components, the postmortem.

use super::super::answers::Item;
use super::super::conversion::Conversion;
use super::super::entry::one_line;
use super::super::record::{self, Ending, Names, Record, RecordKind, RecordUpdate};
use super::super::report::{imported_as, left_out};
use crate::message::message;
use crate::model::Instant;
use crate::vocabulary::{ComponentStatus, Severity, Status};

/// The statuses of planned work on Statuspage.
const PLANNED: [&str; 4] = ["scheduled", "in_progress", "verifying", "completed"];

const NAMES: Names = Names {
    title: "name",
    started: "started_at",
    created: "created_at",
    resolved: "resolved_at",
    window_start: "scheduled_for",
    window_end: "scheduled_until",
};

/// `planned` says whether the object's list is one of maintenance.
pub(super) fn record(to: &mut Conversion, item: &Item<'_>, planned: bool) -> Record {
    let planned = planned || is_planned(item);
    let id = item.text("id").map(|id| one_line(&id)).filter(|id| !id.is_empty());
    let state = item.text("status").unwrap_or_default();
    let mut record = Record {
        spot: item.spot(),
        names: NAMES,
        title: item.text("name"),
        aliases: id.iter().map(|id| format!("/incidents/{id}")).collect(),
        id,
        is_over: ["resolved", "completed", "postmortem"].contains(&state.as_str()),
        state,
        kind: if planned {
            RecordKind::Maintenance {
                start: to.time(item, "scheduled_for"),
                begun: None,
                end: to.time(item, "scheduled_until"),
                ending: if item.flag("scheduled_auto_completed") {
                    Ending::Automatic
                } else {
                    Ending::Update
                },
            }
        } else {
            RecordKind::Incident { severity: severity(to, item), started: to.time(item, "started_at") }
        },
        created: if planned { None } else { to.time(item, "created_at") },
        resolved: to.time(item, "resolved_at"),
        updates: Vec::new(),
        components: Vec::new(),
        postmortem: postmortem(to, item),
        remarks: Vec::new(),
    };
    updates(to, item, planned, &mut record);
    // Only where nothing better tells when the work began.
    let has_begun = record.updates.iter().any(|update| update.status == Status::InProgress);
    if let RecordKind::Maintenance { start: None, begun, .. } = &mut record.kind
        && !has_begun
    {
        *begun = to.time(item, "started_at");
    }
    for one in item.items("components") {
        if let Some(id) = to.component(&item.spot(), one.text("id"), one.text("name")) {
            record.components.push((id, None));
        }
    }
    record
}

fn is_planned(item: &Item<'_>) -> bool {
    let is = |key: &str, words: &[&str]| item.text(key).is_some_and(|word| words.contains(&word.as_str()));
    item.has("scheduled_for") || is("impact", &["maintenance"]) || is("status", &PLANNED)
}

/// Reads `incident_updates`, which lists the newest first.
fn updates(to: &mut Conversion, item: &Item<'_>, planned: bool, record: &mut Record) {
    let apart = record.postmortem.is_some();
    let list: Vec<Item<'_>> = item.items("incident_updates").collect();
    if list.len() < item.values("incident_updates").len() {
        let message = message!("import-statuspage-update-no-object", "an update is not an object");
        to.row(&item.spot(), "import/unknown", message, left_out());
    }
    for one in list.iter().rev() {
        let spot = one.spot();
        let at = to.time(one, "display_at").or_else(|| to.time(one, "created_at"));
        let body = one.text("body").unwrap_or_default();
        let Some(at) = at else {
            record::untimed_update(to, &spot, &body, &mut record.remarks);
            continue;
        };
        let word = one.text("status").unwrap_or_default();
        let is_postmortem = word == "postmortem";
        let words = if is_postmortem { to.html(&spot, &body) } else { to.plain(&spot, &body) };
        if is_postmortem && !planned {
            if !apart {
                afterwards(to, one, &mut record.postmortem, at, words);
            }
            continue;
        }
        let status = record::status(to, &spot, &word, planned);
        let affected = affected(to, one);
        record.updates.push(RecordUpdate { at, status, words, affected });
    }
}

/// Adds a postmortem from the updates. A second one continues the first.
fn afterwards(
    to: &mut Conversion,
    item: &Item<'_>,
    postmortem: &mut Option<(Option<Instant>, String)>,
    at: Instant,
    words: String,
) {
    match postmortem {
        None => *postmortem = Some((Some(at), words)),
        Some((_, before)) => {
            let message = message!("import-statuspage-two-postmortems", "there is more than one postmortem");
            let made = message!("import-statuspage-two-postmortems-made", "joined");
            to.row(&item.spot(), "import/postmortem", message, made);
            before.push_str("\n\n");
            before.push_str(&words);
        }
    }
}

/// The components that an update names, with their statuses.
fn affected(to: &mut Conversion, item: &Item<'_>) -> Vec<(String, Option<ComponentStatus>)> {
    let mut found: Vec<(String, Option<ComponentStatus>)> = Vec::new();
    for one in item.items("affected_components") {
        let Some(id) = to.component(&item.spot(), one.text("code"), one.text("name")) else { continue };
        let word = one.text("new_status");
        let status = word.as_deref().and_then(|word| to.component_status(&item.spot(), word));
        if !found.iter().any(|(known, _)| *known == id) {
            found.push((id, status));
        }
    }
    found
}

/// The published text of a postmortem, if the v1 API has it in its own fields.
fn postmortem(to: &mut Conversion, item: &Item<'_>) -> Option<(Option<Instant>, String)> {
    let body = item.text("postmortem_body")?;
    if item.flag("postmortem_ignored") || !item.has("postmortem_published_at") {
        let message = message!("import-statuspage-private-postmortem", "the postmortem was not published");
        let made = message!("import-statuspage-private-postmortem-made", "left out: it was never public");
        to.row(&item.spot(), "import/postmortem", message, made);
        return None;
    }
    let at = to.time(item, "postmortem_published_at");
    Some((at, to.html(&item.spot(), &body)))
}

fn severity(to: &mut Conversion, item: &Item<'_>) -> Severity {
    let (impact, override_) = (item.text("impact"), item.text("impact_override"));
    if let (Some(a), Some(b)) = (&impact, &override_)
        && a != b
    {
        let message =
            message!("import-statuspage-impacts", "`impact` is `{a}` and `impact_override` is `{b}`", a, b);
        let made = message!("import-statuspage-impacts-made", "used `impact_override`");
        to.row(&item.spot(), "import/severity", message, made);
    }
    let word = override_.or(impact).unwrap_or_default();
    let (severity, certain) = match word.to_lowercase().as_str() {
        "minor" => (Severity::Minor, true),
        "major" => (Severity::Moderate, true),
        "critical" => (Severity::Critical, true),
        other => match crate::text::nearest(other, ["minor", "major", "critical"]) {
            Some("major") => (Severity::Moderate, false),
            Some("critical") => (Severity::Critical, false),
            _ => (Severity::Minor, false),
        },
    };
    if !certain {
        let message = match word.as_str() {
            "" => message!("import-statuspage-no-impact", "there is no `impact`"),
            word => message!(
                "import-statuspage-unknown-impact",
                "the impact is `{word}`, which is not a severity of noroshi",
                word
            ),
        };
        to.row(&item.spot(), "import/severity", message, imported_as(severity.word()));
    }
    severity
}
