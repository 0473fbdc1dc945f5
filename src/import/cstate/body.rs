//! Splits the text of an issue into dated updates where it contains times; otherwise it stays one
//! text.
//!
//! Never invents a time. A part with a time but no status keeps the state; a part with a status but
//! no time stays in its place as text.

use std::ops::Range;

use super::super::times::{self, Doubt};
use crate::message::{Message, message};
use crate::model::Zone;
use crate::model::stated::Stated;
use crate::text;
use crate::vocabulary::Status;

/// Why a part of the text is no update.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Lost {
    /// It has a status without a time.
    Undated,
    SeveralTimes,
    /// The mark that is not a time.
    NoTime(String),
}

impl Lost {
    pub(super) fn message(&self) -> Message {
        match self {
            Lost::Undated => message!("import-cstate-lost-undated", "a status without a time"),
            Lost::SeveralTimes => {
                message!("import-cstate-several-times", "this text contains several times")
            }
            Lost::NoTime(mark) => {
                message!("import-cstate-unread-mark", "cannot read `{mark}` as a time", mark)
            }
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DatedPart {
    pub(super) at: Stated,
    /// The status of the issue, if the part names one.
    pub(super) status: Option<Status>,
    pub(super) words: String,
    /// The byte range in the body.
    pub(super) range: Range<usize>,
    /// Why its time is uncertain.
    pub(super) doubt: Option<Doubt>,
}

#[derive(Debug, Default)]
pub(super) struct Split {
    pub(super) summary: String,
    pub(super) dated: Vec<DatedPart>,
    /// Parts with a status but no time, and marks with an invalid time.
    pub(super) lost: Vec<(Range<usize>, Lost)>,
    /// All times of track marks, for issues without any other time.
    pub(super) marks: Vec<Stated>,
}

/// The text between two blank lines.
#[derive(Debug)]
struct Block<'t> {
    text: &'t str,
    range: Range<usize>,
    rule: bool,
}

/// Consecutive blocks of one update.
#[derive(Debug, Default)]
struct Part {
    status: Option<Status>,
    named: bool,
    times: Vec<(Stated, Option<Doubt>)>,
    /// The original blocks.
    raw: Vec<String>,
    /// The text without its label and marks.
    words: Vec<String>,
    range: Range<usize>,
    /// Whether a mark has ended the part.
    closed: bool,
}

pub(super) fn split(body: &str, zone: Zone) -> Split {
    let blocks = blocks(body);
    let mut split = Split::default();
    let read: Vec<Reading> = blocks.iter().map(|block| reading(block, zone, &mut split)).collect();
    // If blocks have labels, a part ends at the next label; otherwise at a mark.
    let labelled = read.iter().any(|r| r.named && !r.times.is_empty());
    let mut parts: Vec<Part> = Vec::new();
    let mut fresh = true;
    for (block, reading) in blocks.iter().zip(read) {
        if block.rule {
            // A lone time between two rules belongs to the text after it.
            fresh = parts.last().is_none_or(|part| part.times.is_empty() || !part.words.is_empty());
            if let Some(part) = parts.last_mut() {
                part.raw.push(block.text.to_owned());
            }
            continue;
        }
        let closed = parts.last().is_some_and(|part| part.closed);
        let begins = reading.named || reading.leads || closed && (!labelled || !reading.times.is_empty());
        if fresh || begins || parts.is_empty() {
            // The rule only separated the two parts.
            if let Some(before) = parts.last_mut() {
                while before.raw.last().is_some_and(|text| is_rule(text.trim())) {
                    before.raw.pop();
                }
            }
            parts.push(Part { range: block.range.clone(), ..Part::default() });
        }
        fresh = false;
        let Some(part) = parts.last_mut() else { continue };
        part.range.end = block.range.end;
        part.raw.push(block.text.to_owned());
        if reading.named {
            part.named = true;
            part.status = reading.status;
        }
        part.closed |= !reading.times.is_empty() && !reading.leads;
        part.times.extend(reading.times);
        if !reading.words.trim().is_empty() {
            part.words.push(reading.words);
        }
    }
    let mut summary: Vec<String> = Vec::new();
    let newest_first = {
        let all: Vec<Stated> =
            parts.iter().filter_map(|part| part.times.first()).map(|(at, _)| *at).collect();
        all.first().zip(all.last()).is_some_and(|(first, last)| first.at > times::reach(zone, *last).1)
    };
    for part in parts {
        let mut times = part.times.clone();
        times.dedup_by_key(|(at, _)| *at);
        if let [(at, doubt)] = times.as_slice() {
            let words = part.words.join("\n\n");
            let (status, doubt) = (part.status, *doubt);
            split.dated.push(DatedPart { at: *at, status, words, range: part.range, doubt });
            continue;
        }
        if !times.is_empty() {
            split.lost.push((part.range.clone(), Lost::SeveralTimes));
        } else if part.named {
            split.lost.push((part.range.clone(), Lost::Undated));
        }
        // A part without a time stays after the part before it. The first part, or the one written
        // first, becomes the summary.
        let last_written = newest_first && !part.named && times.is_empty();
        match split.dated.last_mut().filter(|_| !last_written) {
            Some(before) => {
                before.words.push_str("\n\n");
                before.words.push_str(&part.raw.join("\n\n"));
            }
            None => summary.extend(part.raw),
        }
    }
    split.summary = if split.dated.is_empty() { body.to_owned() } else { summary.join("\n\n") };
    if newest_first {
        // Of two updates in one minute, the later one comes first in the source.
        split.dated.reverse();
    }
    split
}

/// The status and the times of a block, beside its text.
#[derive(Debug, Default)]
struct Reading {
    status: Option<Status>,
    /// Whether the block starts with a word for a status.
    named: bool,
    /// Whether the block starts with its time.
    leads: bool,
    times: Vec<(Stated, Option<Doubt>)>,
    words: String,
}

fn reading(block: &Block<'_>, zone: Zone, split: &mut Split) -> Reading {
    let mut reading = Reading::default();
    if block.rule || block.text.trim_start().starts_with("```") {
        block.text.clone_into(&mut reading.words);
        return reading;
    }
    let mut plain = String::new();
    let mut rest = block.text;
    let mut first = true;
    while let Some(mark) = next_mark(rest) {
        plain.push_str(&rest[..mark.range.start]);
        reading.leads |= first && plain.trim().is_empty() && !rest[mark.range.end..].trim().is_empty();
        first = false;
        if let Some(time) = times::read(&mark.time, zone).stated(zone) {
            reading.times.push(time);
        } else {
            split.lost.push((block.range.clone(), Lost::NoTime(mark.time.clone())));
            plain.push_str(&mark.time);
        }
        rest = &rest[mark.range.end..];
    }
    plain.push_str(rest);
    let plain = plain.trim();
    let (label, words) = match label(plain) {
        Some((label, words)) => (Some(label), words),
        None => (None, plain),
    };
    reading.named = label.is_some();
    reading.status = label.and_then(|label| label.0);
    words.clone_into(&mut reading.words);
    if reading.times.is_empty() {
        heading(plain, zone, &mut reading);
    }
    split.marks.extend(reading.times.iter().map(|(at, _)| *at));
    reading
}

/// Reads a first line with a time: `**Update** 2021-03-04 10:00 UTC`,
/// `[Update - 2021-03-04 10h00] Words`, `2021-03-04 10:00 – words`.
/// The text before the time must name a status or be empty.
fn heading(plain: &str, zone: Zone, reading: &mut Reading) {
    const SIGNS: [char; 16] =
        ['*', '_', '[', ']', '#', '(', ')', '`', ':', '-', '–', '—', ',', '@', '|', ' '];
    let line = plain.split('\n').next().unwrap_or(plain);
    let Some((range, read)) = times::find(line, zone) else { return };
    let (Some(time), true) = (read.stated(zone), range.start <= 60) else { return };
    let before = line[..range.start].trim_matches(SIGNS);
    let before =
        before.strip_suffix(" at").or(before.strip_suffix(" on")).unwrap_or(before).trim_matches(SIGNS);
    let label = if before.is_empty() { None } else { label_of(before) };
    if !before.is_empty() && label.is_none() {
        return;
    }
    // `From 10:00 to …` starts with a time that is not the time of the update.
    let rest = &plain[range.end..];
    let ends =
        rest.trim_start().starts_with(|c: char| SIGNS.contains(&c) || c == '.') || rest.trim_start() != rest;
    if before.is_empty() && !ends && !rest.is_empty() {
        return;
    }
    reading.named = label.is_some();
    reading.status = label.and_then(|label| label.0);
    reading.leads = true;
    reading.times.push(time);
    let rest = rest.trim_start_matches(|c: char| "*_])`:-–—,. ".contains(c)).trim();
    rest.clone_into(&mut reading.words);
}

struct Mark {
    range: Range<usize>,
    time: String,
}

/// The next `{{< track "…" >}}` or `{{< htrack "…" >}}`.
fn next_mark(text: &str) -> Option<Mark> {
    let mut from = 0;
    while let Some(open) = text[from..].find("{{").map(|n| n + from) {
        let close = text[open..].find("}}").map(|n| open + n + 2)?;
        let inner = text[open + 2..close - 2].trim_matches(['<', '>', '%', ' ', '/', '\n', '\t']);
        let name = inner.split([' ', '"', '\n']).next().unwrap_or(inner);
        if matches!(name, "track" | "htrack") {
            let rest = inner[name.len()..].trim();
            let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'));
            let time = match quote {
                Some(q) => rest[1..].split(q).next().unwrap_or(""),
                None => rest,
            };
            return Some(Mark { range: open..close, time: time.trim().to_owned() });
        }
        from = close;
    }
    None
}

/// The status that a text starts with (`*Resolved* - …`, `**Update** …`, `[Final Message]`), and the rest.
fn label(text: &str) -> Option<(Label, &str)> {
    for (open, close) in [("**", "**"), ("__", "__"), ("*", "*"), ("_", "_"), ("[", "]")] {
        let Some(inner) = text.strip_prefix(open) else { continue };
        let Some(end) = inner.find(close).filter(|end| *end <= 40 && !inner[..*end].contains('\n')) else {
            continue;
        };
        let word = inner[..end].trim().trim_end_matches([':', '-', '–', '—']).trim();
        let rest = &inner[end + close.len()..];
        if open == "[" && rest.starts_with(['(', '[']) {
            return None;
        }
        return label_of(word).map(|label| (label, after(rest)));
    }
    let end = text.find([':', '–', '—', '\n']).into_iter().chain(text.find(" - ")).min()?;
    if end > 40 || text[end..].starts_with('\n') {
        return None;
    }
    label_of(text[..end].trim()).map(|label| (label, after(&text[end..])))
}

fn after(rest: &str) -> &str {
    rest.trim_start_matches([' ', ':', '-', '–', '—', '\u{a0}']).trim_start()
}

/// The meaning of a word at the start of a text: a status, or an update without one.
#[derive(Clone, Copy)]
struct Label(Option<Status>);

/// Words for statuses on old sites, beside our own; `None` for an update without a status.
const WORDS: [(Option<Status>, &str); 7] = [
    (
        Some(Status::Resolved),
        "fixed, solved, closed, recovered, done, final, final message, final update, closing, \
         closing message, closing incident, closing maintenance, close issue, risolto, résolu, \
         resuelto, resolvido, behoben, gelöst, opgelost, vyřešeno, rozwiązano, išspręsta, решено, \
         устранено",
    ),
    (Some(Status::Completed), "complete"),
    (Some(Status::Monitoring), "monitor, watching, beobachtung, monitoraggio, surveillance"),
    (Some(Status::Identified), "identificato, identifié, identificado, identifiziert, cause found"),
    (
        Some(Status::Investigating),
        "just began, initial, initial message, opening, opening incident, open issue, \
         investigation, looking into it, indagine, in corso, untersuchung, en cours, investigando",
    ),
    (Some(Status::InProgress), "started"),
    (
        None,
        "updated, status update, edit, note, aggiornamento, actualización, mise à jour, \
         aktualisierung, atualização, обновление",
    ),
];

/// The status that a word names, if it names one or means an update.
fn label_of(word: &str) -> Option<Label> {
    let folded = text::fold(word);
    let status = Status::from_word(&folded).map(|status| Some(status).filter(|s| *s != Status::Update));
    let known = |(_, words): &&(_, &str)| words.split(", ").any(|word| word == folded);
    status.or_else(|| WORDS.iter().find(known).map(|(status, _)| *status)).map(Label)
}

/// The paragraphs and rules of a text. A fence is one block.
fn blocks(body: &str) -> Vec<Block<'_>> {
    let mut ranges: Vec<(Range<usize>, bool)> = Vec::new();
    let mut start: Option<usize> = None;
    let mut fence: Option<&str> = None;
    let mut at = 0;
    let shut = |ranges: &mut Vec<(Range<usize>, bool)>, start: &mut Option<usize>, end: usize| {
        if let Some(from) = start.take() {
            ranges.push((from..from + body[from..end].trim_end().len(), false));
        }
    };
    for line in body.split_inclusive('\n') {
        let bare = line.trim();
        if let Some(mark) = fence {
            if bare.starts_with(mark) {
                fence = None;
            }
        } else if bare.starts_with("```") || bare.starts_with("~~~") {
            fence = Some(&bare[..3]);
            start.get_or_insert(at);
        } else if bare.is_empty() {
            shut(&mut ranges, &mut start, at);
        } else if start.is_none() && is_rule(bare) {
            ranges.push((at..at + line.trim_end().len(), true));
        } else {
            start.get_or_insert(at);
        }
        at += line.len();
    }
    shut(&mut ranges, &mut start, body.len());
    ranges.into_iter().map(|(range, rule)| Block { text: &body[range.clone()], range, rule }).collect()
}

fn is_rule(line: &str) -> bool {
    let mark = line.chars().next().filter(|c| matches!(c, '-' | '*' | '_'));
    mark.is_some_and(|mark| {
        line.chars().filter(|c| *c == mark).count() >= 3 && line.chars().all(|c| c == mark || c == ' ')
    })
}
