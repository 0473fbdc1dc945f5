//! The updates of an entry, oldest first, with the components that they change.

use std::collections::BTreeMap;

use super::read::Item;
use super::{Converted, prose};
use crate::import::entry::{Update, one_line};
use crate::import::report::{imported_as, left_out};
use crate::message::message;
use crate::model::Instant;
use crate::vocabulary::{ComponentStatus, Severity, Status};

#[derive(Default)]
pub(super) struct Updates {
    /// Sorted by time.
    pub(super) all: Vec<Spoken>,
    pub(super) postmortem: Option<(Option<Instant>, String)>,
    /// Facts that the format has no place for.
    pub(super) remarks: Vec<String>,
}

pub(super) struct Spoken {
    pub(super) entry: Update,
    affected: Vec<(String, Option<ComponentStatus>)>,
}

impl Updates {
    /// Adds an update without text.
    pub(super) fn add(&mut self, at: Instant, status: Status) {
        let entry = Update { at: at.into(), status, facts: Vec::new(), words: String::new() };
        self.all.push(Spoken { entry, affected: Vec::new() });
        self.all.sort_by_key(|u| u.entry.at.at);
    }
}

/// Reads `incident_updates`, which lists the newest first.
pub(super) fn read(converted: &mut Converted, item: &Item<'_>, planned: bool) -> Updates {
    let mut updates = Updates { postmortem: postmortem(converted, item), ..Updates::default() };
    let apart = updates.postmortem.is_some();
    let list: Vec<Item<'_>> = item.items("incident_updates").collect();
    if list.len() < item.values("incident_updates").len() {
        let message = message!("import-statuspage-update-no-object", "an update is not an object");
        converted.row(item, "import/unknown", message, left_out());
    }
    for one in list.iter().rev() {
        let at = converted.time(one, "display_at").or_else(|| converted.time(one, "created_at"));
        let body = one.text("body").unwrap_or_default();
        let Some(at) = at else {
            let message = message!("import-statuspage-update-untimed", "an update has no time");
            let made = message!(
                "import-statuspage-update-untimed-made",
                "kept its text as a comment in the front matter"
            );
            converted.row(one, "import/time", message, made);
            updates.remarks.push(format!("update without a time: {}", one_line(&body)));
            continue;
        };
        let is_postmortem = one.text("status").is_some_and(|s| s == "postmortem");
        let words = if is_postmortem {
            prose::markdown(converted, one, &body)
        } else {
            prose::words(converted, one, &body)
        };
        if is_postmortem && !planned {
            if !apart {
                afterwards(converted, one, &mut updates, at, words);
            }
            continue;
        }
        let status = status(converted, one, planned);
        let affected = affected(converted, one);
        updates
            .all
            .push(Spoken { entry: Update { at: at.into(), status, facts: Vec::new(), words }, affected });
    }
    updates.all.sort_by_key(|u| u.entry.at.at);
    if planned && let Some((at, words)) = updates.postmortem.take() {
        let message = message!("import-statuspage-planned-postmortem", "a maintenance has a postmortem");
        let made = message!(
            "import-statuspage-planned-postmortem-made",
            "imported as an update, or as a comment in the front matter if it has no time"
        );
        converted.row(item, "import/postmortem", message, made);
        match at {
            Some(at) => {
                updates.add(at, Status::Update);
                let made = updates.all.iter_mut().rfind(|u| u.entry.at.at == at && u.entry.words.is_empty());
                if let Some(made) = made {
                    made.entry.words = words;
                }
            }
            None => updates.remarks.push(one_line(&words)),
        }
    }
    updates
}

/// Adds a postmortem from the updates. A second one continues the first.
fn afterwards(converted: &mut Converted, item: &Item<'_>, updates: &mut Updates, at: Instant, words: String) {
    match &mut updates.postmortem {
        None => updates.postmortem = Some((Some(at), words)),
        Some((_, before)) => {
            let message = message!("import-statuspage-two-postmortems", "there is more than one postmortem");
            let made = message!("import-statuspage-two-postmortems-made", "joined");
            converted.row(item, "import/postmortem", message, made);
            before.push_str("\n\n");
            before.push_str(&words);
        }
    }
}

const INCIDENT: [Status; 5] =
    [Status::Investigating, Status::Identified, Status::Monitoring, Status::Resolved, Status::Update];
const MAINTENANCE: [Status; 7] = [
    Status::Scheduled,
    Status::Postponed,
    Status::InProgress,
    Status::Verifying,
    Status::Completed,
    Status::Cancelled,
    Status::Update,
];

/// The status of an update, or the nearest one that its kind of entry allows.
fn status(converted: &mut Converted, item: &Item<'_>, planned: bool) -> Status {
    let allowed: &[Status] = if planned { &MAINTENANCE } else { &INCIDENT };
    let word = item.text("status").unwrap_or_default();
    if let Some(status) = Status::from_word_among(&word, allowed) {
        return status;
    }
    let known = Status::from_word(&word).or_else(|| Status::from_word(Status::nearest(&word)?));
    let status = match (planned, known) {
        (_, Some(status)) if allowed.contains(&status) => status,
        (true, Some(Status::Resolved)) => Status::Completed,
        (true, Some(Status::Monitoring)) => Status::Verifying,
        (false, Some(Status::Completed)) => Status::Resolved,
        (false, Some(Status::Verifying)) => Status::Monitoring,
        _ => Status::Update,
    };
    let message = match word.as_str() {
        "" => message!("import-statuspage-no-status", "an update has no status"),
        word => message!(
            "import-statuspage-unknown-status",
            "`{word}` is not a status of this kind of entry",
            word
        ),
    };
    converted.row(item, "import/status", message, imported_as(status.word()));
    status
}

/// The components that an update names, with their statuses.
fn affected(converted: &mut Converted, item: &Item<'_>) -> Vec<(String, Option<ComponentStatus>)> {
    let mut found: Vec<(String, Option<ComponentStatus>)> = Vec::new();
    for one in item.items("affected_components") {
        let Some(id) = component(converted, item, &one, "code") else { continue };
        let word = one.text("new_status");
        let status = word.as_deref().and_then(|word| component_status(converted, item, word));
        if !found.iter().any(|(known, _)| *known == id) {
            found.push((id, status));
        }
    }
    found
}

fn component_status(converted: &mut Converted, item: &Item<'_>, word: &str) -> Option<ComponentStatus> {
    if let Some(status) = ComponentStatus::from_word(word) {
        return Some(status);
    }
    let near = ComponentStatus::nearest(word).and_then(ComponentStatus::from_word);
    let made = near.map_or_else(left_out, |near| imported_as(near.word()));
    let message =
        message!("import-statuspage-component-status", "`{word}` is not a status of a component", word);
    converted.row(item, "import/status", message, made);
    near
}

/// The id of a component that an entry names. A component that is gone from the page is kept for the history.
fn component(converted: &mut Converted, owner: &Item<'_>, item: &Item<'_>, key: &str) -> Option<String> {
    let (code, name) = (item.text(key), item.text("name"));
    let Some(name) = name.or_else(|| code.clone()) else {
        let message = message!("import-statuspage-nameless", "a component has neither code nor name");
        converted.row(owner, "import/component", message, left_out());
        return None;
    };
    let stranger = code.clone().filter(|code| !converted.site.is_coded(code));
    let (id, added) = converted.site.coded(code.as_deref(), &name);
    if added {
        let message =
            message!("import-statuspage-gone", "the component `{name}` is no longer on the page", name);
        let made = message!("import-statuspage-gone-made", "kept as `{id}`, retired", id);
        converted.row(owner, "import/component", message, made);
    } else if let Some(code) = stranger {
        let message = message!(
            "import-statuspage-other-id",
            "the component `{name}` had another id (`{code}`)",
            name,
            code
        );
        let made = message!("import-statuspage-other-id-made", "imported as `{id}`, which has that name", id);
        converted.row(owner, "import/component", message, made);
    }
    Some(id)
}

/// The components at the start. Every later change becomes a fact of its update.
pub(super) fn affects(
    converted: &mut Converted,
    item: &Item<'_>,
    severity: Option<Severity>,
    updates: &mut Updates,
) -> Vec<(String, Option<ComponentStatus>)> {
    let implied = match severity {
        Some(Severity::Critical) => ComponentStatus::Major,
        Some(Severity::Moderate) => ComponentStatus::Partial,
        Some(Severity::Minor) => ComponentStatus::Degraded,
        None => ComponentStatus::Maintenance,
    };
    let mut opening = updates.all.first().map(|u| u.affected.clone()).unwrap_or_default();
    if severity.is_none() {
        // A status before the work begins does not describe the work.
        for (_, status) in &mut opening {
            *status = None;
        }
    }
    let is_named_later =
        |updates: &Updates, id: &str| updates.all.iter().any(|u| u.affected.iter().any(|a| a.0 == id));
    let names_components = !opening.is_empty();
    for one in item.items("components") {
        let Some(id) = component(converted, item, &one, "id") else { continue };
        if opening.iter().any(|(known, _)| *known == id) || names_components && is_named_later(updates, &id) {
            continue;
        }
        if names_components {
            let message = message!(
                "import-statuspage-affects",
                "the entry lists `{id}`, but no update gives its status",
                id
            );
            converted.row(item, "import/affects", message, imported_as(implied.word()));
        }
        opening.push((id, None));
    }
    let mut now: BTreeMap<String, ComponentStatus> =
        opening.iter().map(|(id, status)| (id.clone(), status.unwrap_or(implied))).collect();
    let skipped = usize::from(severity.is_some());
    for spoken in updates.all.iter_mut().skip(skipped) {
        changes(spoken, &mut now);
    }
    if opening.iter().any(|(_, status)| status.is_some()) {
        for (_, status) in &mut opening {
            *status = status.or(Some(implied));
        }
    }
    opening
}

/// Adds the fact line of an update that changes components.
fn changes(spoken: &mut Spoken, now: &mut BTreeMap<String, ComponentStatus>) {
    let quiet = match spoken.entry.status {
        // The plan is announced while everything works, and the end itself says that it works again.
        Status::Scheduled | Status::Postponed | Status::Cancelled => return,
        Status::Completed => true,
        _ => false,
    };
    let mut parts = Vec::new();
    for (id, status) in &spoken.affected {
        let Some(status) = *status else { continue };
        let before = now.get(id).copied();
        let is_well = status == ComponentStatus::Operational;
        if before == Some(status) || (is_well && (quiet || before.is_none())) {
            continue;
        }
        now.insert(id.clone(), status);
        parts.push(format!("{id}={}", status.word()));
    }
    if !parts.is_empty() {
        spoken.entry.facts.insert(0, ("affects", parts.join(", ")));
    }
}

/// The published text of a postmortem, if the v1 API has it in its own fields.
pub(super) fn postmortem(converted: &mut Converted, item: &Item<'_>) -> Option<(Option<Instant>, String)> {
    let body = item.text("postmortem_body")?;
    if item.flag("postmortem_ignored") || !item.has("postmortem_published_at") {
        let message = message!("import-statuspage-private-postmortem", "the postmortem was not published");
        let made = message!("import-statuspage-private-postmortem-made", "left out: it was never public");
        converted.row(item, "import/postmortem", message, made);
        return None;
    }
    let at = converted.time(item, "postmortem_published_at");
    Some((at, prose::markdown(converted, item, &body)))
}

pub(super) fn severity(converted: &mut Converted, item: &Item<'_>) -> Severity {
    let (impact, override_) = (item.text("impact"), item.text("impact_override"));
    if let (Some(a), Some(b)) = (&impact, &override_)
        && a != b
    {
        let message =
            message!("import-statuspage-impacts", "`impact` is `{a}` and `impact_override` is `{b}`", a, b);
        let made = message!("import-statuspage-impacts-made", "used `impact_override`");
        converted.row(item, "import/severity", message, made);
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
        converted.row(item, "import/severity", message, imported_as(severity.word()));
    }
    severity
}
