//! The middle between every source and our entries: an incident or a maintenance as the source states it.
//!
//! A source fills a `Record`. What is then missing, late, contradictory or too exact is settled here, once for all
//! sources, with a row for each decision.

mod components;

use super::conversion::Conversion;
use super::entry::{Entry, Kind, Update, one_line};
use super::report::{Spot, called, end_unknown, imported_as};
use super::times;
use crate::message::{Message, message};
use crate::model::Instant;
use crate::text;
use crate::vocabulary::{ComponentStatus, Severity, Status};

pub(super) struct Record {
    pub(super) spot: Spot,
    pub(super) names: Names,
    pub(super) id: Option<String>,
    pub(super) title: Option<String>,
    /// The addresses on the old site, from its root.
    pub(super) aliases: Vec<String>,
    /// The state in the word of the source, and whether it means that all is over.
    pub(super) state: String,
    pub(super) is_over: bool,
    pub(super) kind: RecordKind,
    pub(super) created: Option<Instant>,
    pub(super) resolved: Option<Instant>,
    /// In any order.
    pub(super) updates: Vec<RecordUpdate>,
    /// The components of the entry, with their status if the entry itself has it.
    pub(super) components: Vec<(String, Option<ComponentStatus>)>,
    pub(super) postmortem: Option<(Option<Instant>, String)>,
    /// Facts that the format has no place for.
    pub(super) remarks: Vec<String>,
}

pub(super) enum RecordKind {
    Incident {
        severity: Severity,
        started: Option<Instant>,
    },
    Maintenance {
        /// When the work is planned to begin, or did begin.
        start: Option<Instant>,
        begun: Option<Instant>,
        end: Option<Instant>,
        ending: Ending,
    },
}

/// What ends a maintenance on the old site.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ending {
    /// An update says so.
    Update,
    /// The clock, which leaves an update behind.
    Automatic,
    /// The clock, without a trace: the work is over when its window is.
    Clock,
}

/// What the source calls its keys, for rows.
#[derive(Clone, Copy)]
pub(super) struct Names {
    pub(super) title: &'static str,
    pub(super) started: &'static str,
    pub(super) created: &'static str,
    pub(super) resolved: &'static str,
    pub(super) window_start: &'static str,
    pub(super) window_end: &'static str,
}

pub(super) struct RecordUpdate {
    pub(super) at: Instant,
    pub(super) status: Status,
    /// Our Markdown.
    pub(super) words: String,
    pub(super) affected: Vec<(String, Option<ComponentStatus>)>,
}

/// Updates in the order of their time.
struct Spoken {
    entry: Update,
    affected: Vec<(String, Option<ComponentStatus>)>,
}

impl From<RecordUpdate> for Spoken {
    fn from(RecordUpdate { at, status, words, affected }: RecordUpdate) -> Spoken {
        Spoken { entry: Update { at: at.into(), status, facts: Vec::new(), words }, affected }
    }
}

impl Record {
    /// A record with its kind only.
    pub(super) fn of(spot: Spot, names: Names, kind: RecordKind) -> Record {
        Record {
            spot,
            names,
            id: None,
            title: None,
            aliases: Vec::new(),
            state: String::new(),
            is_over: false,
            kind,
            created: None,
            resolved: None,
            updates: Vec::new(),
            components: Vec::new(),
            postmortem: None,
            remarks: Vec::new(),
        }
    }

    /// The record with an opening update without words, if the source has none at all: readers see when it began.
    pub(super) fn opened(mut self) -> Record {
        let (status, at) = match self.kind {
            RecordKind::Incident { started, .. } => (Status::Investigating, started.or(self.created)),
            RecordKind::Maintenance { start, .. } => (Status::Scheduled, self.created.or(start)),
        };
        if let Some(at) = at.filter(|_| self.updates.is_empty()) {
            self.updates.push(RecordUpdate { at, status, words: String::new(), affected: Vec::new() });
        }
        self
    }

    fn is_planned(&self) -> bool {
        matches!(self.kind, RecordKind::Maintenance { .. })
    }

    /// The entry. Adds a row for every decision that the source leaves open.
    pub(super) fn entry(mut self, to: &mut Conversion) -> Entry {
        if self.id.is_none() {
            let message = message!("import-record-no-id", "an entry has no `id`");
            let made = message!("import-record-no-id-made", "imported without an old address, with a new id");
            to.row(&self.spot, "import/id", message, made);
        }
        let title = self.title(to);
        self.planned_postmortem(to);
        self.ahead(to);
        let mut updates: Vec<Spoken> = self.updates.drain(..).map(Spoken::from).collect();
        updates.sort_by_key(|u| u.entry.at.at);
        let mut draft = self.close(to, &mut updates);
        let kind = match self.kind {
            RecordKind::Incident { severity, started } => {
                let started = self.started(to, started, &updates, &mut draft);
                self.ended(to, &mut updates, started);
                Kind::Incident { severity, started: started.into() }
            }
            RecordKind::Maintenance { start, begun, end, ending } => {
                let start = start.unwrap_or_else(|| self.planned_start(to, begun, &updates, &mut draft));
                let end = self.window(to, start, end);
                self.still_open(to, &mut updates, end, start, ending);
                Kind::Maintenance { kind: "regular", start: start.into(), end: end.map(Into::into) }
            }
        };
        let affects = components::affects(to, &self, &mut updates);
        let first = updates.first().map(|u| u.entry.at.at);
        let day = match kind {
            Kind::Incident { started, .. } => first.unwrap_or(started.at).min(started.at),
            Kind::Maintenance { start, .. } => start.at,
            Kind::Page { .. } => to.site.now,
        };
        Entry {
            slug: format!("{} {title}", to.zone.day(day)),
            origin: self.spot.origin,
            kind,
            title,
            aliases: self.aliases,
            api_id: self.id.clone().filter(|id| text::is_api_id(id)),
            id: self.id,
            draft,
            affects,
            summary: String::new(),
            updates: updates.into_iter().map(|u| u.entry).collect(),
            postmortem: self.postmortem,
            remarks: self.remarks,
        }
    }

    fn title(&mut self, to: &mut Conversion) -> String {
        let title = self.title.take().map(|title| one_line(&title)).filter(|title| !title.is_empty());
        title.unwrap_or_else(|| {
            let title = self.id.as_ref().map_or("Untitled".to_owned(), |id| format!("Untitled {id}"));
            let message =
                message!("import-record-no-title", "an entry has no `{key}`", key = self.names.title);
            to.row(&self.spot, "import/title", message, called(&title));
            title
        })
    }

    /// What is dated ahead would be seen by nobody until then: planned work whose announcement has its start as its time.
    fn ahead(&mut self, to: &mut Conversion) {
        let now = to.site.now;
        for update in self.updates.iter_mut().filter(|update| update.at > now) {
            let message =
                message!("import-record-ahead", "an update is dated ahead: {time}", time = update.at.iso());
            let made = message!(
                "import-record-ahead-made",
                "imported with the time of the import, so that readers see it: {time}",
                time = now.iso()
            );
            to.row(&self.spot, "import/time", message, made);
            update.at = now;
        }
    }

    /// Our maintenance has no postmortem: its text becomes an update.
    fn planned_postmortem(&mut self, to: &mut Conversion) {
        let Some((at, words)) =
            self.postmortem.take_if(|_| matches!(self.kind, RecordKind::Maintenance { .. }))
        else {
            return;
        };
        let message = message!("import-record-planned-postmortem", "a maintenance has a postmortem");
        let made = message!(
            "import-record-planned-postmortem-made",
            "imported as an update, or as a comment in the front matter if it has no time"
        );
        to.row(&self.spot, "import/postmortem", message, made);
        match at {
            Some(at) => {
                self.updates.push(RecordUpdate { at, status: Status::Update, words, affected: Vec::new() });
            }
            None => self.remarks.push(one_line(&words)),
        }
    }

    /// Handles an entry that the source says is over without an update that says so: adds the update,
    /// or else makes the entry a draft, because it must not stay open for ever.
    fn close(&self, to: &mut Conversion, updates: &mut Vec<Spoken>) -> bool {
        let over = if self.is_planned() { Status::Completed } else { Status::Resolved };
        let state = &self.state;
        let has_final_update = updates.iter().any(|u| u.entry.status == over);
        if has_final_update && !self.is_over && !state.is_empty() {
            let message = message!(
                "import-record-other-status",
                "the entry is `{state}`, but an update says `{over}`",
                state,
                over = over.word()
            );
            let made = message!("import-record-other-status-made", "used the updates");
            to.row(&self.spot, "import/status", message, made);
        }
        let ends = |u: &Spoken| u.entry.status == over;
        let end = updates.iter().rposition(ends);
        let keeps = |u: &Spoken| matches!(u.entry.status, Status::Update | Status::Correction);
        if self.is_over && end.is_some_and(|end| updates[end..].iter().any(|u| !ends(u) && !keeps(u))) {
            let message = message!(
                "import-record-after-end",
                "the entry is `{state}`, but updates after the end have other statuses",
                state
            );
            to.row(&self.spot, "import/status", message, imported_as(Status::Update.word()));
            for update in updates[end.unwrap_or_default()..].iter_mut().filter(|u| !ends(u)) {
                update.entry.status = Status::Update;
            }
        }
        if !self.is_over || has_final_update {
            return false;
        }
        let message =
            message!("import-record-no-final-update", "the entry is `{state}`, but no update says so", state);
        if let Some(at) = self.resolved {
            let made = message!(
                "import-record-added-update",
                "added an update at `{key}`: {time}",
                key = self.names.resolved,
                time = at.iso()
            );
            to.row(&self.spot, "import/status", message, made);
            let words = String::new();
            updates.push(RecordUpdate { at, status: over, words, affected: Vec::new() }.into());
            updates.sort_by_key(|u| u.entry.at.at);
            return false;
        }
        let made = message!(
            "import-record-draft",
            "kept as a draft: add the update with its time, then remove `draft`"
        );
        to.row(&self.spot, "import/status", message, made);
        true
    }

    /// The start of the impact, never later than the first update.
    fn started(
        &self,
        to: &mut Conversion,
        started: Option<Instant>,
        updates: &[Spoken],
        draft: &mut bool,
    ) -> Instant {
        let first = updates.first().map(|u| u.entry.at.at);
        let (code, key) = ("import/started", self.names.started);
        match (started, first) {
            (Some(at), Some(first)) if at > first => {
                let message = message!(
                    "import-record-late-start",
                    "`{key}` is {time}, after the first update",
                    key,
                    time = at.iso()
                );
                let made = message!(
                    "import-record-late-start-made",
                    "used the time of that update as the start: {time}",
                    time = first.iso()
                );
                to.row(&self.spot, code, message, made);
                first
            }
            (Some(at), _) => {
                if let Some(created) = self.created.filter(|created| at > *created) {
                    let message = message!(
                        "import-record-late-created",
                        "`{key}` is {time}, after `{other}` ({created})",
                        key,
                        time = at.iso(),
                        other = self.names.created,
                        created = created.iso()
                    );
                    let made = message!("import-record-late-created-made", "used `{key}`", key);
                    to.row(&self.spot, code, message, made);
                }
                at
            }
            (None, _) => match self.created.into_iter().chain(first).min() {
                Some(at) => {
                    let message = message!("import-record-no-start", "there is no `{key}`", key);
                    let made = message!(
                        "import-record-no-start-made",
                        "used the earlier of `{other}` and the first update: {time}",
                        other = self.names.created,
                        time = at.iso()
                    );
                    to.row(&self.spot, code, message, made);
                    at
                }
                None => self.untimed(to, draft),
            },
        }
    }

    fn untimed(&self, to: &mut Conversion, draft: &mut bool) -> Instant {
        let message = message!("import-record-untimed", "the entry has no start time");
        let made = message!(
            "import-record-untimed-made",
            "kept as a draft with the time of the import: write the real time, then remove `draft`"
        );
        to.row(&self.spot, "import/time", message, made);
        *draft = true;
        to.site.now
    }

    /// Adds the end of the impact if it is before the resolving update. A time in the same minute is equal.
    fn ended(&self, to: &mut Conversion, updates: &mut [Spoken], started: Instant) {
        let Some(at) = self.resolved else { return };
        let mut over = updates.iter_mut().filter(|u| u.entry.status == Status::Resolved).rev();
        let Some(last) = over.next() else { return };
        let key = self.names.resolved;
        if at.0 - last.entry.at.at.0 >= 60 {
            let message = message!(
                "import-record-late-end",
                "`{key}` is {time}, after the `resolved` update",
                key,
                time = at.iso()
            );
            let made = message!("import-record-late-end-made", "used the time of the update");
            to.row(&self.spot, "import/ended", message, made);
        }
        if last.entry.at.at.0 - at.0 < 60 {
            return;
        }
        let before = over.next().map_or(started, |u| u.entry.at.at.max(started));
        if at < before {
            let message = message!(
                "import-record-early-end",
                "`{key}` is {time}, before the start or the previous `resolved` update",
                key,
                time = at.iso()
            );
            let made = message!(
                "import-record-early-end-made",
                "left out: used the time of the last `resolved` update"
            );
            to.row(&self.spot, "import/ended", message, made);
            return;
        }
        last.entry.facts.push(("ended", times::write(to.zone, at)));
    }

    fn planned_start(
        &self,
        to: &mut Conversion,
        begun: Option<Instant>,
        updates: &[Spoken],
        draft: &mut bool,
    ) -> Instant {
        let spoken = updates.iter().find(|u| u.entry.status == Status::InProgress).map(|u| u.entry.at.at);
        let Some(at) = spoken.or(begun) else { return self.untimed(to, draft) };
        let message =
            message!("import-record-no-window", "there is no `{key}`", key = self.names.window_start);
        let made = message!(
            "import-record-no-window-made",
            "the window starts when work began: {time}",
            time = at.iso()
        );
        to.row(&self.spot, "import/window", message, made);
        at
    }

    /// The end of the window, if it is after its start.
    fn window(&self, to: &mut Conversion, start: Instant, end: Option<Instant>) -> Option<Instant> {
        let message = match end {
            Some(end) if end <= start => message!(
                "import-record-window",
                "the end ({end}) is not after the start ({start})",
                end = end.iso(),
                start = start.iso()
            ),
            None => message!("import-record-no-end", "there is no `{key}`", key = self.names.window_end),
            end => return end,
        };
        to.row(&self.spot, "import/window", message, end_unknown());
        None
    }

    fn still_open(
        &self,
        to: &mut Conversion,
        updates: &mut Vec<Spoken>,
        end: Option<Instant>,
        start: Instant,
        ending: Ending,
    ) {
        let is_over = |u: &Spoken| matches!(u.entry.status, Status::Completed | Status::Cancelled);
        if updates.iter().any(is_over) {
            return;
        }
        let until = end.unwrap_or(start);
        if ending == Ending::Clock
            && let Some(end) = end.filter(|end| *end < to.site.now)
        {
            // What was written later belongs to the end, too.
            let at = updates.last().map_or(end, |u| u.entry.at.at.max(end));
            let message = message!("import-record-clock", "the old site ends maintenance by the clock");
            let made =
                message!("import-record-clock-made", "added `## completed` at {time}", time = at.iso());
            to.row(&self.spot, "import/status", message, made);
            let words = String::new();
            updates.push(RecordUpdate { at, status: Status::Completed, words, affected: Vec::new() }.into());
        } else if ending == Ending::Automatic {
            let message =
                message!("import-record-auto", "the old site would complete this maintenance automatically");
            let made = message!(
                "import-record-auto-made",
                "needs a `## completed TIME` update: to let the clock complete it, write `auto: both`"
            );
            to.row(&self.spot, "import/auto", message, made);
        } else if until < to.site.now {
            let message = message!(
                "import-record-passed",
                "the window has passed, but no update says that the work is completed"
            );
            let made = message!(
                "import-record-passed-made",
                "shown as not yet confirmed: if it is over, add `## completed TIME`"
            );
            to.row(&self.spot, "import/open", message, made);
        }
    }
}

/// The status of an update, or the nearest one that its kind of entry allows. Reports a word that is none.
pub(super) fn status(to: &mut Conversion, spot: &Spot, word: &str, planned: bool) -> Status {
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
    let allowed: &[Status] = if planned { &MAINTENANCE } else { &INCIDENT };
    if let Some(status) = Status::from_word_among(word, allowed) {
        return status;
    }
    let known = Status::from_word(word).or_else(|| Status::from_word(Status::nearest(word)?));
    let status = match (planned, known) {
        (_, Some(status)) if allowed.contains(&status) => status,
        (true, Some(Status::Resolved)) => Status::Completed,
        (true, Some(Status::Monitoring)) => Status::Verifying,
        (false, Some(Status::Completed)) => Status::Resolved,
        (false, Some(Status::Verifying)) => Status::Monitoring,
        _ => Status::Update,
    };
    let message = match word {
        "" => message!("import-record-no-status", "an update has no status"),
        word => {
            message!("import-record-unknown-status", "`{word}` is not a status of this kind of entry", word)
        }
    };
    to.row(spot, "import/status", message, imported_as(status.word()));
    status
}

/// Keeps the text of an update without a time as a remark.
pub(super) fn untimed_update(to: &mut Conversion, spot: &Spot, body: &str, remarks: &mut Vec<String>) {
    let message = message!("import-record-update-untimed", "an update has no time");
    let made =
        message!("import-record-update-untimed-made", "kept its text as a comment in the front matter");
    to.row(spot, "import/time", message, made);
    remarks.push(format!("update without a time: {}", one_line(body)));
}

/// What becomes of incidents whose source has no severity.
pub(super) fn as_minor() -> Message {
    message!("import-record-as-minor", "imported every incident as `minor`: change what was worse")
}

/// The severity that an incident had by the worst state of its components: the states that the format takes for granted
/// of each severity.
pub(super) fn severity_of(states: impl Iterator<Item = ComponentStatus>) -> Severity {
    let severity = |status| match status {
        ComponentStatus::Major => Severity::Critical,
        ComponentStatus::Partial => Severity::Moderate,
        _ => Severity::Minor,
    };
    states.map(severity).max().unwrap_or(Severity::Minor)
}
