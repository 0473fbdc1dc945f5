//! Converts one issue to one entry: an incident, or a maintenance if the issue says so.

use std::ops::Range;

use chrono::Days;

use super::super::entry::{Entry, Kind, Update};
use super::super::report::{Report, as_comment, imported_as, left_out};
use super::super::site::NewSite;
use super::super::times;
use super::body::{self, DatedPart, Lost, Split};
use super::{File, OldAddresses, blank, title};
use crate::message::{Message, count, message};
use crate::model::stated::Stated;
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
/// Words in the title of an urgent maintenance.
const URGENT: [&str; 6] = ["emergency", "urgent", "notfall", "urgente", "緊急", "экстренн"];

fn as_update() -> Message {
    message!("import-cstate-as-update", "imported as `update`, which keeps the state")
}

fn first_in_text() -> Message {
    message!("import-cstate-start-text", "the first time in the text")
}

fn as_maintenance() -> Message {
    message!("import-cstate-as-maintenance", "imported as maintenance")
}

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
    let start = start.unwrap_or_else(|| site.now.into());
    let maintenance = reader.is_maintenance(&title, start.at, site.now);
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
    if split.dated.is_empty() && start.at <= site.now && closed != Some(start) && !undated {
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
    fn written(&self, at: Stated) -> String {
        times::write(self.zone, at)
    }

    /// The last second that a time can mean.
    fn latest(&self, at: Stated) -> Instant {
        times::reach(self.zone, at).1
    }

    /// Whether a time is before another, whatever the two mean.
    fn is_before(&self, at: Stated, other: Stated) -> bool {
        self.latest(at) < other.at
    }

    /// Whether an exact time lies in a day.
    fn is_in_day(&self, at: Stated, day: Stated) -> bool {
        let (from, until) = times::reach(self.zone, day);
        at.is_exact() && !day.is_exact() && (from..=until).contains(&at.at)
    }

    /// Reports an uncertain time.
    fn time(&mut self, key: &str) -> Option<Stated> {
        let text = self.file.front.text(key).filter(|t| !t.trim().is_empty())?;
        match times::read(&text, self.zone).stated(self.zone) {
            Some((at, None)) => Some(at),
            Some((at, Some(why))) => {
                let made = why.made(&self.written(at));
                self.about(key, "import/time", Message::same(format!("`{key}: {text}`")), made);
                Some(at)
            }
            None => {
                let message =
                    message!("import-cstate-no-time", "cannot read `{key}: {text}` as a time", key, text);
                let made =
                    message!("import-cstate-no-time-made", "used the nearest other time, if there is one");
                self.about(key, "import/time", message, made);
                None
            }
        }
    }

    /// Reports texts that could have been updates: one row for all, or one per invalid time.
    fn lost(&mut self, split: &Split) {
        let made = || message!("import-cstate-lost-made", "kept as text in its place");
        let (undated, others): (Vec<_>, Vec<_>) =
            split.lost.iter().partition(|(_, what)| *what == Lost::Undated);
        if let Some((range, _)) = undated.first() {
            let texts = count(undated.len(), "text names", "texts name");
            let message = message!("import-cstate-undated", "{texts} a status but no time", texts);
            self.inside(range, "import/update", message, made());
        }
        let mut left = split.summary.as_str();
        let mut found = 0;
        while let Some((range, _)) = times::find(left, self.zone) {
            found += 1;
            left = &left[range.end..];
        }
        if found > 0 {
            let times = count(found, "time in the text does", "times in the text do");
            let message = message!("import-cstate-times", "{times} not begin an update", times);
            let made = message!("import-cstate-times-made", "left in the text");
            self.inside(&(0..0), "import/update", message, made);
        }
        for (range, what) in others {
            self.inside(range, "import/update", what.message(), made());
        }
    }

    fn end(&mut self) -> Option<Stated> {
        let mut keys: Vec<&str> =
            ENDS.into_iter().filter(|key| self.file.front.text(key).is_some()).collect();
        keys.dedup_by_key(|key| self.file.front.text(key));
        if let [first, second, ..] = keys.as_slice() {
            let message = message!(
                "import-cstate-two-ends",
                "`{first}` and `{second}` give different times",
                first,
                second
            );
            let made = message!("import-cstate-two-ends-made", "used `{first}`", first);
            self.about(second, "import/time", message, made);
        }
        let key = ENDS.into_iter().find(|key| self.file.front.text(key).is_some())?;
        self.time(key)
    }

    /// The start: `date`, another key, the file name, or the marks in the text.
    fn start(&mut self, split: &Split, end: Option<Stated>) -> Option<Stated> {
        let stated = self.file.front.text("date").is_some_and(|t| !t.trim().is_empty());
        if let Some(at) = self.time("date") {
            return Some(at);
        }
        let missing = if stated {
            message!("import-cstate-unread-date", "cannot read `date` as a time")
        } else {
            message!("import-cstate-no-date", "there is no `date`")
        };
        let range = self.key("date");
        for key in STARTS {
            if let Some(at) = self.time(key) {
                let made = message!("import-cstate-other-start", "used `{key}` as the start", key);
                self.row(range, "import/time", missing, made);
                return Some(at);
            }
        }
        let found = times::find(self.file.body(), self.zone).and_then(|(_, read)| read.stated(self.zone));
        let in_words = found.map(|(at, _)| at);
        let marked = split.marks.iter().min_by_key(|mark| mark.at).copied().or(in_words);
        let day = times::day_of_name(&self.file.stem).map(|day| times::by_day(self.zone, day));
        let (at, whence) = match (marked, day, end) {
            // A mark on the day of the file name is more exact than the day alone.
            (Some(mark), Some(day), _) if self.is_in_day(mark, day) => (mark, first_in_text()),
            (_, Some(day), _) => (day, message!("import-cstate-start-file-name", "the day in the file name")),
            (Some(mark), None, _) => (mark, first_in_text()),
            (None, None, Some(end)) => {
                (end, message!("import-cstate-start-end", "its end, since the issue has no start"))
            }
            (None, None, None) => {
                let message = message!("import-cstate-untimed", "the issue has no time");
                let made = message!(
                    "import-cstate-untimed-made",
                    "kept as a draft with the time of the import: write the real time"
                );
                self.row(range, "import/no-time", message, made);
                return None;
            }
        };
        let made = message!(
            "import-cstate-start-made",
            "used {time} as the start: {whence}",
            time = self.written(at),
            whence
        );
        self.row(range, "import/time", missing, made);
        Some(at)
    }

    /// Whether the issue is a maintenance: informational, planned by its title, or announced before its start.
    fn is_maintenance(&mut self, title: &str, start: Instant, now: Instant) -> bool {
        if self.file.front.flag("informational") == Some(true) {
            let message = Message::same("`informational: true`");
            self.about("informational", "import/kind", message, as_maintenance());
            return true;
        }
        let folded = text::fold(title);
        let failed = FAILED.iter().any(|word| folded.contains(word));
        let stem = text::fold(&self.file.stem);
        let named = PLANNED.into_iter().find(|word| folded.contains(word) || stem.contains(word));
        if let Some(word) = named.filter(|_| !failed) {
            let message = if folded.contains(word) {
                message!("import-cstate-planned-title", "the title contains `{word}`", word)
            } else {
                message!("import-cstate-planned-file-name", "the file name contains `{word}`", word)
            };
            self.about("title", "import/kind", message, as_maintenance());
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
                message!("import-cstate-future", "the issue begins in the future")
            } else {
                message!("import-cstate-ahead", "the issue begins after the day in its file name")
            };
            self.about("date", "import/kind", message, as_maintenance());
            return true;
        }
        false
    }

    fn severity(&mut self, maintenance: bool) -> Option<Severity> {
        let written = self.file.front.text("severity").map(|s| s.trim().to_owned()).filter(|s| !s.is_empty());
        let Some(written) = written else {
            if !maintenance {
                let message = message!("import-cstate-no-severity", "there is no `severity`");
                self.about("severity", "import/severity", message, imported_as("minor"));
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
        let message = message!(
            "import-cstate-unknown-severity",
            "`severity: {written}` is not a severity of cState",
            written
        );
        self.about("severity", "import/severity", message, imported_as(severity.word()));
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
            let message = message!("import-cstate-empty-item", "an item of `affected` is empty");
            let made = message!("import-cstate-empty-item-made", "skipped");
            self.about("affected", "import/affected", message, made);
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
                let message =
                    message!("import-cstate-unlisted", "`{name}` is not in the configuration", name);
                let made = message!(
                    "import-cstate-unlisted-made",
                    "added the retired component `{id}`, which today's page does not show",
                    id
                );
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
            let message = message!(
                "import-cstate-planned-severity",
                "a maintenance cannot have a severity ({severity})",
                severity = severity.word()
            );
            self.about("severity", "import/severity", message, as_comment());
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
        start: Stated,
        end: Option<Stated>,
        now: Instant,
        remarks: &mut Vec<String>,
    ) -> Option<Stated> {
        let front = &self.file.front;
        let resolved = front.flag("resolved").or_else(|| {
            // `resolved: 2021-01-02 10:00` says both that it is closed and when.
            front
                .text("resolved")
                .is_some_and(|t| times::read(&t, self.zone).stated(self.zone).is_some())
                .then_some(true)
        });
        let stated = front.text("resolved").filter(|_| resolved.is_none());
        if let Some(word) = stated {
            let message =
                message!("import-cstate-resolved", "cannot read `resolved: {word}` as yes or no", word);
            let made = message!("import-cstate-resolved-made", "used the times instead");
            self.about("resolved", "import/resolved", message, made);
        }
        let end = end.or_else(|| {
            let text = self.file.front.text("resolved")?;
            times::read(&text, self.zone).stated(self.zone).map(|(at, _)| at)
        });
        if let Some(early) = end.filter(|end| self.is_before(*end, start)) {
            self.ended_early(early, resolved, remarks);
            return (resolved != Some(false)).then_some(start);
        }
        match (resolved, end) {
            (Some(true), Some(end)) => {
                if end.at > now {
                    self.ends_later(end);
                }
                Some(end)
            }
            (Some(true), None) => Some(self.last_time(split, start, remarks)),
            (Some(false), Some(end)) if end.at <= now => {
                let message = message!(
                    "import-cstate-unresolved-end",
                    "the issue is not resolved, but has an end time"
                );
                let made = message!(
                    "import-cstate-unresolved-end-made",
                    "ended at {time}",
                    time = self.written(end)
                );
                self.about("resolved", "import/resolved", message, made);
                Some(end)
            }
            (None, Some(end)) if end.at <= now => {
                let message = message!(
                    "import-cstate-unmarked-end",
                    "the issue has an end time, but not `resolved: true`"
                );
                let made = message!("import-cstate-unmarked-end-made", "imported as resolved at that time");
                self.row(None, "import/resolved", message, made);
                Some(end)
            }
            (_, Some(_)) => None,
            (_, None) => {
                self.unended(split, resolved, start.at <= now);
                None
            }
        }
    }

    fn ended_early(&mut self, early: Stated, resolved: Option<bool>, remarks: &mut Vec<String>) {
        let time = self.written(early);
        let message = message!("import-cstate-early-end", "the issue ended at {time}, before it began", time);
        let made = if resolved == Some(false) {
            left_out()
        } else {
            message!("import-cstate-early-end-made", "ended at its start: check both times")
        };
        let key = ENDS.into_iter().find_map(|key| self.key(key));
        self.row(key, "import/end-before-start", message, made);
        remarks.push(format!("end in cState: {time}"));
    }

    fn ends_later(&mut self, end: Stated) {
        let message = message!(
            "import-cstate-future-end",
            "the issue is resolved at {end}, which is in the future",
            end = self.written(end)
        );
        let made = message!("import-cstate-future-end-made", "shown as open until then");
        self.about("resolved", "import/resolved", message, made);
    }

    /// The end of an issue that is resolved without an end.
    fn last_time(&mut self, split: &Split, start: Stated, remarks: &mut Vec<String>) -> Stated {
        let written = ENDS.into_iter().find_map(|key| Some((key, self.file.front.text(key)?)));
        let message = match &written {
            Some((key, text)) => {
                remarks.push(format!("{key} in cState: {text}"));
                message!(
                    "import-cstate-unread-end",
                    "the issue is resolved, but noroshi cannot read `{key}: {text}` as a time",
                    key,
                    text
                )
            }
            None => message!("import-cstate-no-end", "the issue is resolved, but has no end time"),
        };
        let last = split.dated.iter().map(|d| d.at).max_by_key(|at| self.latest(*at));
        let last = last.filter(|at| !self.is_before(*at, start));
        let at = last.unwrap_or(start);
        let time = self.written(at);
        let made = if last.is_some() {
            message!("import-cstate-no-end-made-last", "ended at {time}: the last time in the text", time)
        } else {
            message!("import-cstate-no-end-made-start", "ended at {time}: its start", time)
        };
        self.about("resolved", "import/no-end", message, made);
        at
    }

    fn unended(&mut self, split: &Split, resolved: Option<bool>, has_begun: bool) {
        let ends = |part: &DatedPart| matches!(part.status, Some(Status::Resolved | Status::Completed));
        let by_words = split.dated.iter().any(ends);
        if by_words && resolved == Some(false) {
            let message = message!(
                "import-cstate-end-in-text",
                "the issue is not resolved, but its text says when it ended"
            );
            let made = message!("import-cstate-end-in-text-made", "ended at the time in the text");
            self.about("resolved", "import/resolved", message, made);
        }
        if !by_words && has_begun {
            let message =
                message!("import-cstate-open", "the issue is not marked as resolved and has no end time");
            let made =
                message!("import-cstate-open-made", "shown as open: if it is over, add `## resolved TIME`");
            self.about("resolved", "import/open", message, made);
        }
    }

    /// The end of the window. The format requires it to be after the start.
    fn window_end(
        &mut self,
        start: Stated,
        end: Option<Stated>,
        remarks: &mut Vec<String>,
    ) -> Option<Stated> {
        let end = end?;
        if self.latest(end) > start.at {
            return Some(end);
        }
        if end == start {
            remarks.push(format!("end in cState: {}", self.written(end)));
        }
        let message = message!("import-cstate-window", "the end is not after the start");
        let made = message!("import-cstate-window-made", "set the end of the window to `unknown`");
        self.row(None, "import/end-before-start", message, made);
        None
    }

    fn updates(
        &mut self,
        split: &Split,
        old: &OldAddresses,
        start: Stated,
        maintenance: bool,
    ) -> Vec<Update> {
        let mut updates = Vec::new();
        for dated in &split.dated {
            let at = self.file.front.body + dated.range.start;
            let words = old.words(&self.file.origin, at, &dated.words, self.report);
            if let Some(why) = dated.doubt {
                let message =
                    message!("import-cstate-doubtful-update", "the time of this update is uncertain");
                let made = why.made(&self.written(dated.at));
                self.inside(&dated.range, "import/time", message, made);
            }
            let mut status = self.status(dated, maintenance);
            if matches!(status, Status::Resolved | Status::Completed) && self.is_before(dated.at, start) {
                let message = message!(
                    "import-cstate-early-update",
                    "the update `{word}` is at {at}, before the issue began",
                    word = status.word(),
                    at = self.written(dated.at)
                );
                self.inside(&dated.range, "import/update", message, as_update());
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
            let word = status.word();
            let message = if maintenance {
                message!("import-cstate-not-of-maintenance", "`{word}` is not a state of a maintenance", word)
            } else {
                message!("import-cstate-not-of-incident", "`{word}` is not a state of an incident", word)
            };
            self.inside(&dated.range, "import/update", message, as_update());
        }
        fits
    }

    /// Makes the last update the end, whatever its text says.
    fn close(&mut self, updates: &mut Vec<Update>, mut end: Stated, maintenance: bool) {
        let over = if maintenance { Status::Completed } else { Status::Resolved };
        // The source may give the time of the end in one place, and its day in the other.
        let of_day = updates.iter_mut().filter(|u| u.status == over);
        if let Some(last) = of_day.max_by_key(|u| u.at.at) {
            if self.is_in_day(end, last.at) {
                last.at = end;
            } else if self.is_in_day(last.at, end) {
                end = last.at;
            }
        }
        let last =
            updates.iter().filter(|u| u.status == over).map(|u| u.at).max_by_key(|at| self.latest(*at));
        let at = last.filter(|last| self.latest(*last) > self.latest(end)).unwrap_or(end);
        for update in updates.iter_mut() {
            let keeps = matches!(update.status, Status::Update | Status::Correction)
                || update.at.at < self.latest(end)
                || self.is_in_day(end, update.at);
            // No update may reopen it, and it ends only once: at the time in the front matter.
            let again = update.status == over && update.at != at;
            if again || !keeps && update.status != over {
                let message = message!(
                    "import-cstate-late-update",
                    "the update `{word}` is at {at}, but the issue ended at {end}",
                    word = update.status.word(),
                    at = self.written(update.at),
                    end = self.written(end)
                );
                self.row(None, "import/update", message, as_update());
                update.status = Status::Update;
            }
        }
        match updates.iter_mut().find(|u| u.status == over && u.at == at) {
            Some(_) if at == end || maintenance => {
                if at != end {
                    let message = message!(
                        "import-cstate-completed",
                        "the text says that the work was completed at {time}",
                        time = self.written(at)
                    );
                    let made = message!(
                        "import-cstate-completed-made",
                        "ended the window at the time in the front matter"
                    );
                    self.row(None, "import/update", message, made);
                }
            }
            Some(update) => update.facts.push(("ended", self.written(end))),
            None => updates.push(Update { at: end, status: over, facts: Vec::new(), words: String::new() }),
        }
    }
}
