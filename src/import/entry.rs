//! An imported entry before it has an address, and its Markdown form.

use std::fmt::Write as _;

use super::report::Origin;
use super::times;
use crate::model::stated::Stated;
use crate::model::{Instant, Zone};
use crate::vocabulary::{ComponentStatus, Severity, Status};

/// An incident, maintenance or page of a source. Its text is our Markdown already.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) origin: Origin,
    pub(super) kind: Kind,
    pub(super) title: String,
    /// The preferred address.
    pub(super) slug: String,
    /// Its id in feeds and calendars, if the source has one.
    pub(super) id: Option<String>,
    /// Its id in the v2 API.
    pub(super) api_id: Option<String>,
    /// Its old addresses, from the root of the old site.
    pub(super) aliases: Vec<String>,
    pub(super) draft: bool,
    /// The ids of its components, with their status if it does not follow from the severity.
    pub(super) affects: Vec<(String, Option<ComponentStatus>)>,
    pub(super) summary: String,
    pub(super) updates: Vec<Update>,
    pub(super) postmortem: Option<(Option<Instant>, String)>,
    /// Facts of the source that the format has no place for. They become comments in the front matter.
    pub(super) remarks: Vec<String>,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Incident {
        severity: Severity,
        started: Stated,
    },
    Maintenance {
        /// The maintenance kind: `regular`, `emergency` …
        kind: &'static str,
        start: Stated,
        end: Option<Stated>,
    },
    /// A free page, with whether the header links to it.
    Page {
        nav: bool,
    },
}

#[derive(Clone, Debug)]
pub(super) struct Update {
    pub(super) at: Stated,
    pub(super) status: Status,
    /// Fact lines: canonical key and value.
    pub(super) facts: Vec<(&'static str, String)>,
    pub(super) words: String,
}

impl Entry {
    /// The folder in `content/` for the entry.
    pub(super) fn folder(&self) -> &'static str {
        match self.kind {
            Kind::Incident { .. } => "incidents",
            Kind::Maintenance { .. } => "maintenance",
            Kind::Page { .. } => "pages",
        }
    }

    /// The time of its first event.
    pub(super) fn first(&self) -> Option<Instant> {
        let begins = match self.kind {
            Kind::Incident { started, .. } => Some(started.at),
            Kind::Maintenance { start, .. } => Some(start.at),
            Kind::Page { .. } => None,
        };
        self.updates.iter().map(|update| update.at.at).chain(begins).min().filter(|_| !self.draft)
    }

    /// The text of the file, with times in `zone`.
    pub(super) fn write(&self, zone: Zone) -> String {
        let mut out = String::from("---\n");
        let _ = writeln!(out, "title: {}", quoted(&self.title));
        match &self.kind {
            Kind::Incident { severity, started } => {
                let _ = writeln!(out, "severity: {}", severity.word());
                let _ = writeln!(out, "affects: {}", affected(&self.affects));
                let _ = writeln!(out, "started: {}", times::write(zone, *started));
            }
            Kind::Maintenance { kind, start, end } => {
                let _ = writeln!(out, "kind: {kind}");
                let _ = writeln!(out, "affects: {}", affected(&self.affects));
                let end = end.map_or("unknown".to_owned(), |end| times::write(zone, end));
                let _ = writeln!(out, "window: {{start: {}, end: {end}}}", times::write(zone, *start));
            }
            Kind::Page { nav } => drop(writeln!(out, "nav: {nav}")),
        }
        for (key, value) in [("id", &self.id), ("api_id", &self.api_id)] {
            if let Some(value) = value {
                let _ = writeln!(out, "{key}: {}", quoted(value));
            }
        }
        if !self.aliases.is_empty() {
            let aliases: Vec<String> = self.aliases.iter().map(|a| quoted(a)).collect();
            let _ = writeln!(out, "aliases: [{}]", aliases.join(", "));
        }
        if self.draft {
            out.push_str("draft: true\n");
        }
        for remark in &self.remarks {
            let _ = writeln!(out, "# {}", one_line(remark));
        }
        out.push_str("---\n");
        block(&mut out, &self.summary);
        for update in in_order(&self.updates, zone) {
            let _ = write!(out, "\n## {} {}\n", update.status.word(), times::write(zone, update.at));
            for (key, value) in &update.facts {
                let _ = writeln!(out, "{key}: {value}");
            }
            if !update.words.trim().is_empty() {
                out.push('\n');
                block(&mut out, &update.words);
            }
        }
        if let Some((at, words)) = &self.postmortem {
            let time = at.map_or(String::new(), |at| format!(" {}", times::write(zone, at)));
            let _ = write!(out, "\n## Postmortem{time}\n\n");
            block(&mut out, words);
        }
        out
    }
}

/// The updates by time. An update with only a day stands where the source has it among those of that day: after the one
/// before it. The end of the day's updates comes last, so that none of them opens the entry again.
fn in_order(updates: &[Update], zone: Zone) -> Vec<&Update> {
    let is_end = |update: &Update| matches!(update.status, Status::Resolved | Status::Completed);
    let over = updates.iter().filter(|u| is_end(u)).map(|u| times::reach(zone, u.at).1).max();
    let mut last: Option<Instant> = None;
    let mut placed: Vec<(Instant, &Update)> = Vec::with_capacity(updates.len());
    for update in updates {
        let (from, until) = times::reach(zone, update.at);
        if is_end(update) {
            placed.push((until, update));
            continue;
        }
        let keeps_state = matches!(update.status, Status::Update | Status::Correction);
        let can_follow = |before: &Instant| {
            (from..=until).contains(before) && (keeps_state || over.is_none_or(|over| *before < over))
        };
        let place = last.filter(can_follow).filter(|_| !update.at.is_exact()).unwrap_or(from);
        last = Some(place);
        placed.push((place, update));
    }
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, update)| update).collect()
}

fn block(out: &mut String, words: &str) {
    let words = words.trim_matches('\n').trim_end();
    if !words.is_empty() {
        out.push_str(words);
        out.push('\n');
    }
}

fn affected(affects: &[(String, Option<ComponentStatus>)]) -> String {
    if affects.iter().all(|(_, status)| status.is_none()) {
        let ids: Vec<&str> = affects.iter().map(|(id, _)| id.as_str()).collect();
        return format!("[{}]", ids.join(", "));
    }
    let part = |(id, status): &(String, Option<ComponentStatus>)| {
        format!("{id}: {}", status.unwrap_or(ComponentStatus::Degraded).word())
    };
    format!("{{{}}}", affects.iter().map(part).collect::<Vec<_>>().join(", "))
}

/// A text as a YAML scalar that YAML reads back as the same text.
pub(super) fn quoted(text: &str) -> String {
    let line = one_line(text);
    let plain = line.starts_with(|c: char| c.is_ascii_alphabetic())
        && line.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '.' | '/' | '_' | '-'))
        && !["true", "false", "yes", "no", "on", "off", "null"].contains(&line.to_lowercase().as_str());
    if plain { line } else { serde_json::Value::from(line).to_string() }
}

/// Replaces spaces, line ends and characters that parsers read as line ends by single spaces.
pub(super) fn one_line(text: &str) -> String {
    let blank = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{feff}');
    text.split(blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
