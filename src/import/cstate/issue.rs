//! Converts one issue to one entry: an incident, or a maintenance if the issue says so.

use std::ops::Range;

use chrono::Days;

use super::super::entry::{Entry, Kind, Update};
use super::super::report::Report;
use super::super::site::NewSite;
use super::super::times::{self, SourceTime};
use super::body::{self, DatedPart, Split};
use super::{File, OldAddresses, blank, title};
use crate::message::Message;
use crate::model::{Instant, Zone};
use crate::text;
use crate::vocabulary::{ComponentStatus, Severity, Status};

/// Keys that may contain the end.
pub(super) const ENDS: [&str; 7] =
    ["resolvedWhen", "resolvedOn", "resolved_on", "resolved_when", "resolvedAt", "resolved_at", "endDate"];
/// Keys that may contain the start, after `date`.
pub(super) const STARTS: [&str; 6] = ["start", "startDate", "publishDate", "pubdate", "created", "lastmod"];
/// Words that only the title of a maintenance contains.
const PLANNED: [&str; 18] = [
    "maintenance",
    "maintenence",
    "maintainance",
    "scheduled",
    "planned",
    "wartung",
    "mantenimiento",
    "manutenzione",
    "manutenção",
    "onderhoud",
    "konserwacja",
    "prace konserwacyjne",
    "údržba",
    "entretien",
    "обслуживание",
    "технические работы",
    "メンテナンス",
    "维护",
];

/// Words in a title that mean an incident, whatever else the title says.
const FAILED: [&str; 22] = [
    "outage",
    "incident",
    "failing",
    "failure",
    "fails",
    "failed",
    "unreachable",
    "unavailable",
    "disruption",
    "disrupted",
    "degraded",
    "slow",
    "error",
    "issue",
    "problem",
    "no maintenance",
    "unscheduled",
    "unplanned",
    "non planifié",
    "ungeplant",
    "not working",
    "interrupted",
];
/// What became of an update that may not change the state.
const KEEPS_STATE: &str = "imported as `update`, which keeps the state";
/// Words in the title of an urgent maintenance.
const URGENT: [&str; 6] = ["emergency", "urgent", "notfall", "urgente", "緊急", "экстренн"];

struct Reader<'a> {
    file: &'a File,
    zone: Zone,
    report: &'a mut Report,
}

pub(super) fn read(
    file: &File,
    zone: Zone,
    old: &OldAddresses,
    site: &mut NewSite,
    report: &mut Report,
) -> Entry {
    let mut reader = Reader { file, zone, report };
    let title = title(file, reader.report);
    let split = body::split(file.body(), zone);
    let end = reader.end();
    let start = reader.start(&split, end);
    let undated = start.is_none();
    let draft = file.front.flag("draft").unwrap_or(false) || undated;
    let start = start.unwrap_or(site.now);
    let maintenance = reader.is_maintenance(&title, start, site.now);
    let severity = reader.severity(maintenance);
    let mut remarks = Vec::new();
    let affects = reader.affects(site, severity, maintenance, &mut remarks);
    let closed = if undated { None } else { reader.closed(&split, start, end, site.now, &mut remarks) };
    let mut updates = reader.updates(&split, old, start, maintenance);
    let kind = if maintenance {
        let end = reader.window_end(start, closed.or(end), &mut remarks);
        let folded = text::fold(&title);
        let urgent = URGENT.iter().any(|word| folded.contains(word));
        Kind::Maintenance { kind: if urgent { "emergency" } else { "regular" }, start, end }
    } else {
        Kind::Incident { severity: severity.unwrap_or(Severity::Minor), started: start }
    };
    let open = if maintenance { Status::InProgress } else { Status::Investigating };
    if split.dated.is_empty() && start <= site.now && closed != Some(start) && !undated {
        updates.push(Update { at: start, status: open, facts: Vec::new(), words: String::new() });
    }
    if let Some(closed) = closed {
        reader.close(&mut updates, closed, maintenance);
    }
    reader.lost(&split);
    let summary = old.words(&file.origin, file.front.body, &split.summary, reader.report);
    Entry { draft, affects, summary, updates, remarks, ..blank(file, kind, title) }
}

impl Reader<'_> {
    fn row(
        &mut self,
        range: Option<Range<usize>>,
        code: &'static str,
        message: impl Into<Message>,
        made: impl Into<Message>,
    ) {
        self.report.add(&self.file.origin, range, code, message, made);
    }

    /// A row about a key of the front matter.
    fn about(
        &mut self,
        key: &str,
        code: &'static str,
        message: impl Into<Message>,
        made: impl Into<Message>,
    ) {
        self.row(self.key(key), code, message, made);
    }

    /// A row about a part of the body.
    fn inside(
        &mut self,
        range: &Range<usize>,
        code: &'static str,
        message: impl Into<Message>,
        made: impl Into<Message>,
    ) {
        let body = self.file.front.body;
        self.row(Some(body + range.start..body + range.end), code, message, made);
    }

    fn key(&self, key: &str) -> Option<Range<usize>> {
        self.file.origin.key(key)
    }

    /// A time as the new site writes it.
    fn written(&self, at: Instant) -> String {
        times::write(self.zone, at)
    }

    /// Reports an uncertain time.
    fn time(&mut self, key: &str) -> Option<Instant> {
        let text = self.file.front.text(key).filter(|t| !t.trim().is_empty())?;
        match times::read(&text, self.zone) {
            SourceTime::At(at) => Some(at),
            SourceTime::Near(at, why) => {
                let made = format!("imported as {}: {why}", self.written(at));
                self.about(key, "import/time", format!("`{key}: {text}`"), made);
                Some(at)
            }
            SourceTime::Not => {
                let message = format!("cannot read `{key}: {text}` as a time");
                self.about(key, "import/time", message, "used the nearest other time, if there is one");
                None
            }
        }
    }

    /// Reports texts that could have been updates: one row for all, or one per invalid time.
    fn lost(&mut self, split: &Split) {
        let made = "kept as text in its place";
        let (undated, others): (Vec<_>, Vec<_>) =
            split.lost.iter().partition(|(_, what)| what == body::UNDATED);
        if let Some((range, _)) = undated.first() {
            let message =
                format!("{} a status but no time", text::count(undated.len(), "text names", "texts name"));
            self.inside(range, "import/update", message, made);
        }
        let mut left = split.summary.as_str();
        let mut count = 0;
        while let Some((range, _)) = times::find(left, self.zone) {
            count += 1;
            left = &left[range.end..];
        }
        if count > 0 {
            let times = text::count(count, "time in the text does", "times in the text do");
            self.inside(&(0..0), "import/update", format!("{times} not begin an update"), "left in the text");
        }
        for (range, what) in others {
            self.inside(range, "import/update", what.clone(), made);
        }
    }

    fn end(&mut self) -> Option<Instant> {
        let mut keys: Vec<&str> =
            ENDS.into_iter().filter(|key| self.file.front.text(key).is_some()).collect();
        keys.dedup_by_key(|key| self.file.front.text(key));
        if let [first, second, ..] = keys.as_slice() {
            let message = format!("`{first}` and `{second}` give different times");
            self.about(second, "import/time", message, format!("used `{first}`"));
        }
        let key = ENDS.into_iter().find(|key| self.file.front.text(key).is_some())?;
        self.time(key)
    }

    /// The start: `date`, another key, the file name, or the marks in the text.
    fn start(&mut self, split: &Split, end: Option<Instant>) -> Option<Instant> {
        let stated = self.file.front.text("date").is_some_and(|t| !t.trim().is_empty());
        if let Some(at) = self.time("date") {
            return Some(at);
        }
        let missing = if stated { "cannot read `date` as a time" } else { "there is no `date`" };
        let range = self.key("date");
        for key in STARTS {
            if let Some(at) = self.time(key) {
                self.row(range, "import/time", missing, format!("used `{key}` as the start"));
                return Some(at);
            }
        }
        let in_words = times::find(self.file.body(), self.zone).and_then(|(_, read)| read.instant());
        let marked = split.marks.iter().min().copied().or(in_words);
        let day = times::day_of_name(&self.file.stem).map(|day| self.zone.day_from(day));
        let (at, whence) = match (marked, day, end) {
            // A mark on the day of the file name is more exact than the day alone.
            (Some(mark), Some(day), _) if (day.0..day.0 + 86_400).contains(&mark.0) => {
                (mark, "the first time in the text")
            }
            (_, Some(day), _) => (day, "the day in the file name"),
            (Some(mark), None, _) => (mark, "the first time in the text"),
            (None, None, Some(end)) => (end, "its end, since the issue has no start"),
            (None, None, None) => {
                let made = "kept as a draft with the time of the import: write the real time";
                self.row(range, "import/no-time", "the issue has no time", made);
                return None;
            }
        };
        let made = format!("used {} as the start: {whence}", self.written(at));
        self.row(range, "import/time", missing, made);
        Some(at)
    }

    /// Whether the issue is a maintenance: informational, planned by its title, or announced before its start.
    fn is_maintenance(&mut self, title: &str, start: Instant, now: Instant) -> bool {
        if self.file.front.flag("informational") == Some(true) {
            self.about("informational", "import/kind", "`informational: true`", "imported as maintenance");
            return true;
        }
        let folded = text::fold(title);
        let failed = FAILED.iter().any(|word| folded.contains(word));
        let stem = text::fold(&self.file.stem);
        let named = PLANNED.into_iter().find(|word| folded.contains(word) || stem.contains(word));
        if let Some(word) = named.filter(|_| !failed) {
            let whose = if folded.contains(word) { "title" } else { "file name" };
            let message = format!("the {whose} contains `{word}`");
            self.about("title", "import/kind", message, "imported as maintenance");
            return true;
        }
        // The day as written: in another zone it may be the next day.
        let written = self.file.front.text("date").and_then(|date| times::day_of_name(date.trim()));
        let day = written.unwrap_or(self.zone.day(start));
        let named = times::day_of_name(&self.file.stem);
        let ahead = named.is_some_and(|named| named < day && day <= named + Days::new(31));
        let down = self.file.front.text("severity").is_some_and(|s| text::fold(&s) == "down");
        if start > now || ahead && !failed && !down {
            let message = if start > now {
                "the issue begins in the future"
            } else {
                "the issue begins after the day in its file name"
            };
            self.about("date", "import/kind", message, "imported as maintenance");
            return true;
        }
        false
    }

    fn severity(&mut self, maintenance: bool) -> Option<Severity> {
        let written = self.file.front.text("severity").map(|s| s.trim().to_owned()).filter(|s| !s.is_empty());
        let Some(written) = written else {
            if !maintenance {
                self.about("severity", "import/severity", "there is no `severity`", "imported as `minor`");
            }
            return None;
        };
        let of = |word: &str| match word {
            "down" => Some(Severity::Critical),
            "disrupted" => Some(Severity::Moderate),
            "notice" => Some(Severity::Minor),
            _ => None,
        };
        let folded = text::fold(&written);
        if let Some(severity) = of(&folded).or_else(|| Severity::from_word(&folded)) {
            return Some(severity);
        }
        let near = text::nearest(&folded, ["down", "disrupted", "notice"]).and_then(of);
        let severity = near.unwrap_or(Severity::Minor);
        let message = format!("`severity: {written}` is not a severity of cState");
        self.about("severity", "import/severity", message, format!("imported as `{}`", severity.word()));
        Some(severity)
    }

    /// The ids of the components. For a maintenance, with the status that its severity means.
    fn affects(
        &mut self,
        site: &mut NewSite,
        severity: Option<Severity>,
        maintenance: bool,
        remarks: &mut Vec<String>,
    ) -> Vec<(String, Option<ComponentStatus>)> {
        let empty = self.file.front.empty_items("affected");
        if empty > 0 {
            self.about("affected", "import/affected", "an item of `affected` is empty", "skipped");
        }
        let mut found: Vec<(String, Option<ComponentStatus>)> = Vec::new();
        let status = severity.filter(|_| maintenance).map(|severity| match severity {
            Severity::Critical => ComponentStatus::Major,
            Severity::Moderate => ComponentStatus::Partial,
            Severity::Minor => ComponentStatus::Maintenance,
        });
        for name in self.names(site) {
            let (id, added) = site.named(&name);
            if added {
                let message = format!("`{name}` is not in the configuration");
                let made = format!("added the retired component `{id}`, which today's page does not show");
                let key = self.key("affected").map_or(0, |range| range.start);
                let found = self.file.origin.text[key..].find(&name).map(|at| key + at);
                let range = found.map(|at| at..at + name.len());
                self.row(range, "import/affected", message, made);
            }
            if !found.iter().any(|(known, _)| *known == id) {
                found.push((id, status));
            }
        }
        if let Some(severity) = severity.filter(|_| maintenance && found.is_empty()) {
            let word = self.file.front.text("severity").unwrap_or_default();
            remarks.push(format!("severity in cState: {word}"));
            let message = format!("a maintenance cannot have a severity ({})", severity.word());
            self.about("severity", "import/severity", message, "kept as a comment in the front matter");
        }
        found
    }

    /// The names as written. Splits a text with several names if every one is known.
    fn names(&mut self, site: &NewSite) -> Vec<String> {
        let mut names = Vec::new();
        for written in self.file.front.list("affected") {
            let written = written.trim().to_owned();
            let parts = |sign: char| -> Vec<String> {
                written.split(sign).map(str::trim).filter(|p| !p.is_empty()).map(str::to_owned).collect()
            };
            let all_known = |parts: &[String]| parts.len() > 1 && parts.iter().all(|p| site.knows(p));
            if site.knows(&written) {
                names.push(written);
            } else if written.contains(',') && !self.file.front.is_list("affected") {
                names.extend(parts(','));
            } else if let Some(parts) =
                [',', '/', ';', '&', '|'].map(parts).into_iter().find(|p| all_known(p))
            {
                names.extend(parts);
            } else if !written.is_empty() {
                names.push(written);
            }
        }
        names
    }

    /// The end, if the issue is closed.
    fn closed(
        &mut self,
        split: &Split,
        start: Instant,
        end: Option<Instant>,
        now: Instant,
        remarks: &mut Vec<String>,
    ) -> Option<Instant> {
        let front = &self.file.front;
        let resolved = front.flag("resolved").or_else(|| {
            // `resolved: 2021-01-02 10:00` says both that it is closed and when.
            front
                .text("resolved")
                .is_some_and(|t| times::read(&t, self.zone).instant().is_some())
                .then_some(true)
        });
        let stated = front.text("resolved").filter(|_| resolved.is_none());
        if let Some(word) = stated {
            let message = format!("cannot read `resolved: {word}` as yes or no");
            self.about("resolved", "import/resolved", message, "used the times instead");
        }
        let end = end.or_else(|| {
            let text = self.file.front.text("resolved")?;
            times::read(&text, self.zone).instant()
        });
        let early = end.filter(|end| *end < start);
        if let Some(early) = early {
            let message = format!("the issue ended at {}, before it began", self.written(early));
            let made =
                if resolved == Some(false) { "left out" } else { "ended at its start: check both times" };
            let key = ENDS.into_iter().find_map(|key| self.key(key));
            self.row(key, "import/end-before-start", message, made);
            remarks.push(format!("end in cState: {}", self.written(early)));
            return (resolved != Some(false)).then_some(start);
        }
        match (resolved, end) {
            (Some(true), Some(end)) => {
                if end > now {
                    let end = self.written(end);
                    let message = format!("the issue is resolved at {end}, which is in the future");
                    self.about("resolved", "import/resolved", message, "shown as open until then");
                }
                Some(end)
            }
            (Some(true), None) => {
                let written = ENDS.into_iter().find_map(|key| Some((key, self.file.front.text(key)?)));
                let message = match &written {
                    Some((key, text)) => {
                        remarks.push(format!("{key} in cState: {text}"));
                        format!("the issue is resolved, but noroshi cannot read `{key}: {text}` as a time")
                    }
                    None => "the issue is resolved, but has no end time".to_owned(),
                };
                let last = split.dated.iter().map(|d| d.at).max().filter(|at| *at >= start);
                let (at, whence) = last.map_or((start, "its start"), |at| (at, "the last time in the text"));
                let made = format!("ended at {}: {whence}", self.written(at));
                self.about("resolved", "import/no-end", message, made);
                Some(at)
            }
            (Some(false), Some(end)) if end <= now => {
                let message = "the issue is not resolved, but has an end time";
                let made = format!("ended at {}", self.written(end));
                self.about("resolved", "import/resolved", message, made);
                Some(end)
            }
            (None, Some(end)) if end <= now => {
                let message = "the issue has an end time, but not `resolved: true`";
                self.row(None, "import/resolved", message, "imported as resolved at that time");
                Some(end)
            }
            (_, Some(_)) => None,
            (_, None) => {
                let ends =
                    |part: &DatedPart| matches!(part.status, Some(Status::Resolved | Status::Completed));
                let by_words = split.dated.iter().any(ends);
                if by_words && resolved == Some(false) {
                    let message = "the issue is not resolved, but its text says when it ended";
                    self.about("resolved", "import/resolved", message, "ended at the time in the text");
                }
                if !by_words && start <= now {
                    let message = "the issue is not marked as resolved and has no end time";
                    let made = "shown as open: if it is over, add `## resolved TIME`";
                    self.about("resolved", "import/open", message, made);
                }
                None
            }
        }
    }

    /// The end of the window. The format requires it to be after the start.
    fn window_end(
        &mut self,
        start: Instant,
        end: Option<Instant>,
        remarks: &mut Vec<String>,
    ) -> Option<Instant> {
        let end = end?;
        if end > start {
            return Some(end);
        }
        if end == start {
            remarks.push(format!("end in cState: {}", self.written(end)));
        }
        let made = "set the end of the window to `unknown`";
        self.row(None, "import/end-before-start", "the end is not after the start", made);
        None
    }

    fn updates(
        &mut self,
        split: &Split,
        old: &OldAddresses,
        start: Instant,
        maintenance: bool,
    ) -> Vec<Update> {
        let mut updates = Vec::new();
        for dated in &split.dated {
            let at = self.file.front.body + dated.range.start;
            let words = old.words(&self.file.origin, at, &dated.words, self.report);
            if let Some(why) = dated.doubt {
                let made = format!("imported as {}: {why}", self.written(dated.at));
                self.inside(&dated.range, "import/time", "the time of this update is uncertain", made);
            }
            let mut status = self.status(dated, maintenance);
            if matches!(status, Status::Resolved | Status::Completed) && dated.at < start {
                let (word, at) = (status.word(), self.written(dated.at));
                let message = format!("the update `{word}` is at {at}, before the issue began");
                self.inside(&dated.range, "import/update", message, KEEPS_STATE);
                status = Status::Update;
            }
            updates.push(Update { at: dated.at, status, facts: Vec::new(), words });
        }
        updates
    }

    /// The status of an update, limited to the statuses of its kind.
    fn status(&mut self, dated: &DatedPart, maintenance: bool) -> Status {
        let Some(status) = dated.status else { return Status::Update };
        let fits = match (maintenance, status) {
            (true, Status::Resolved) => Status::Completed,
            (true, Status::Monitoring) => Status::Verifying,
            (true, Status::Investigating | Status::Identified) => Status::Update,
            (false, Status::Completed) => Status::Resolved,
            (false, Status::Verifying) => Status::Monitoring,
            (false, Status::InProgress | Status::Scheduled | Status::Postponed | Status::Cancelled) => {
                Status::Update
            }
            (_, fits) => return fits,
        };
        if fits == Status::Update {
            let kind = if maintenance { "a maintenance" } else { "an incident" };
            let message = format!("`{}` is not a state of {kind}", status.word());
            self.inside(&dated.range, "import/update", message, KEEPS_STATE);
        }
        fits
    }

    /// Makes the last update the end, whatever its text says.
    fn close(&mut self, updates: &mut Vec<Update>, end: Instant, maintenance: bool) {
        let over = if maintenance { Status::Completed } else { Status::Resolved };
        let last = updates.iter().filter(|u| u.status == over).map(|u| u.at).max();
        let at = last.map_or(end, |last| last.max(end));
        for update in updates.iter_mut() {
            let keeps = matches!(update.status, Status::Update | Status::Correction) || update.at < end;
            // No update may reopen it, and it ends only once: at the time in the front matter.
            let again = update.status == over && update.at < at;
            if again || !keeps && update.status != over {
                let (word, at, end) = (update.status.word(), self.written(update.at), self.written(end));
                let message = format!("the update `{word}` is at {at}, but the issue ended at {end}");
                self.row(None, "import/update", message, KEEPS_STATE);
                update.status = Status::Update;
            }
        }
        match updates.iter_mut().find(|u| u.status == over && u.at == at) {
            Some(_) if at == end || maintenance => {
                if at != end {
                    let message =
                        format!("the text says that the work was completed at {}", self.written(at));
                    let made = "ended the window at the time in the front matter";
                    self.row(None, "import/update", message, made);
                }
            }
            Some(update) => update.facts.push(("ended", self.written(end))),
            None => updates.push(Update { at: end, status: over, facts: Vec::new(), words: String::new() }),
        }
    }
}
