//! Detects lines that look like an update but are not update headings: a heading of another level, a bold line, a
//! line that begins with a bracket or a bullet. This module interprets the line; `near_lines` reports it.
//!
//! List items, quotations and table rows count as prose about what happened, unless they contain a `#`.

use super::status_words::{NamedStatus, Words, is_limit, is_not_in_force, trimmed};
use crate::document::moment::{self, FoundTime, Reading, YearHint};
use crate::limits::NEAR_UPDATE_BYTES;

#[derive(Debug)]
pub(super) struct NearMiss {
    /// The statuses that the line names, with the word for each. Usually there is one.
    pub(super) statuses: Vec<NamedStatus>,
    pub(super) reading: Reading,
    /// The time as written, in half width.
    pub(super) written: String,
    /// The other words, as they appear in the line. `None` if they cannot be separated from the rest.
    pub(super) rest: Option<String>,
    /// Whether the line is part of a list or a quotation, where a heading cannot replace it.
    pub(super) is_nested: bool,
}

/// How a line is set apart from prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// A title: a line with `#` or `＃`, an underlined line, or a line that is bold from start to end.
    Title,
    /// A bracket or bold words, and text after them.
    Label,
    /// A bullet: `■`, `・` and other signs.
    Bullet,
    Plain,
}

/// A line without the marks that set it apart.
struct StrippedLine<'a> {
    form: Form,
    /// The text of the bracket or the bold words at the beginning of the line.
    label: &'a str,
    /// All words, including the label.
    words: &'a str,
    /// Whether the label is bold without a bracket.
    is_bold: bool,
    is_nested: bool,
}

/// Interprets a line; `None` if it does not look like an update. `is_underlined` is set for the text of an
/// underlined heading.
pub(super) fn judge(
    line: &str,
    is_underlined: bool,
    known: &Words<'_>,
    near: YearHint<'_>,
) -> Option<NearMiss> {
    let cut = line.char_indices().map(|(at, _)| at).take_while(|at| *at <= NEAR_UPDATE_BYTES).last()?;
    let cut = if line.len() <= NEAR_UPDATE_BYTES { line.len() } else { cut };
    let plain = moment::plain(line.get(..cut)?.trim());
    let digits = plain.bytes().filter(u8::is_ascii_digit).count();
    // A line without digits has no time, and a digit in a character reference (`&#`) is meant as text.
    if digits == 0 && !plain.contains("正午") || plain.contains("&#") {
        return None;
    }
    let bare = bare(&plain, is_underlined)?;
    if bare.form == Form::Plain && cut < line.len() {
        return None;
    }
    if bare.form == Form::Plain && !may_be_status_and_time(bare.words, known) {
        return None;
    }
    let times = moment::find(bare.words, near);
    let first = times.first()?;
    let statuses = statuses(&bare, first, times.len(), known)?;
    let written = bare.words.get(first.range.clone())?.to_owned();
    let rest = rest(line, &bare, first, &statuses, known);
    let is_whole = cut == line.len();
    Some(NearMiss {
        statuses,
        reading: first.reading.clone(),
        written,
        rest: rest.filter(|_| is_whole),
        is_nested: bare.is_nested,
    })
}

/// Whether a line begins as a time, a status, or a word that joins the two. Lines of prose are many, and this is
/// quicker than to look for times at every word.
fn may_be_status_and_time(words: &str, known: &Words<'_>) -> bool {
    let words = words.trim_start_matches(|c: char| !c.is_alphanumeric());
    let first = words.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    first.is_empty()
        || moment::begins(words)
        || JOINTS.split(", ").any(|joint| joint.split(' ').next() == Some(first))
        || known.may_begin_with(first)
}

/// The statuses of a line that make it look like an update.
fn statuses(
    bare: &StrippedLine<'_>,
    time: &FoundTime,
    times: usize,
    known: &Words<'_>,
) -> Option<Vec<NamedStatus>> {
    let (before, after) = (&bare.words[..time.range.start], &bare.words[time.range.end..]);
    let around = around(before, after);
    let words = trimmed(&around);
    let has_colon = before.trim_end().ends_with(':');
    let is_fact = (has_colon || bare.form == Form::Label) && known.is_fact(trimmed(before));
    let is_doubtful = time.is_bare && (bare.form == Form::Plain || times > 1);
    if time.is_span || is_fact || is_doubtful || words.ends_with('?') {
        return None;
    }
    if let Some(named) = known.exactly(words) {
        let is_enough = bare.form != Form::Plain || time.reading.has_date && !named.is_foreign;
        return (is_enough && times == 1).then(|| vec![named]);
    }
    if bare.form == Form::Plain {
        return None;
    }
    if bare.form == Form::Label {
        return labelled(bare, time, known);
    }
    if let Some(named) = known.nearly(words) {
        return (times == 1).then(|| vec![named]);
    }
    if time.is_bare || is_not_in_force(words) || known.ends_with_a_fact(before) || is_limit(before, after) {
        return None;
    }
    let (all, is_at_an_end) = known.within(words);
    let has_both = time.reading.has_date && time.reading.has_clock;
    let is_enough = has_both || is_at_an_end && time.reading.has_date;
    (!all.is_empty() && is_enough).then_some(all)
}

fn labelled(bare: &StrippedLine<'_>, time: &FoundTime, known: &Words<'_>) -> Option<Vec<NamedStatus>> {
    let label = without(bare.label, time, 0);
    let label = trimmed(&label);
    let end = bare.label.len();
    let between = bare.words.get(end..time.range.start).unwrap_or_default();
    // After bold words, a time in the middle of a sentence is prose. After a bracket it is not.
    let is_beside = trimmed(between).is_empty();
    if known.is_fact(label) || bare.is_bold && !is_beside {
        return None;
    }
    if label.is_empty() {
        // The form is `[11:15] Resolved: all is well`.
        let behind = bare.words.get(end..).unwrap_or_default();
        let first = trimmed(behind).split([':', '。', '、', '.', ',', '!', '-', '–', '—']).next()?;
        return known.nearly(trimmed(first)).map(|named| vec![NamedStatus { is_more: true, ..named }]);
    }
    let Some(named) = known.nearly(label) else {
        let (all, is_at_an_end) = known.within(label);
        let has_both = time.reading.has_date && time.reading.has_clock;
        let is_enough = is_at_an_end && has_both && is_beside && !is_not_in_force(label);
        return (is_enough && !all.is_empty()).then_some(all);
    };
    // `[Update] Resolved 11:15` names two statuses.
    let behind = without(bare.words.get(end..).unwrap_or_default(), time, end);
    let other = known.nearly(trimmed(&behind)).filter(|other| other.status != named.status);
    Some(std::iter::once(named).chain(other).collect())
}

/// The text without the time. It begins at byte `start` of the words.
fn without(text: &str, time: &FoundTime, start: usize) -> String {
    let inside = |at: usize| at.checked_sub(start).filter(|at| *at <= text.len());
    match (inside(time.range.start), inside(time.range.end)) {
        (Some(from), Some(to)) => {
            around(text.get(..from).unwrap_or_default(), text.get(to..).unwrap_or_default())
        }
        (Some(from), None) => without_joint(text.get(..from).unwrap_or_default()).to_owned(),
        _ => text.to_owned(),
    }
}

/// The text that would be lost if only status and time stayed, as it appears in the line.
fn rest(
    line: &str,
    bare: &StrippedLine<'_>,
    time: &FoundTime,
    statuses: &[NamedStatus],
    known: &Words<'_>,
) -> Option<String> {
    let around = around(&bare.words[..time.range.start], &bare.words[time.range.end..]);
    let words = trimmed(&around);
    if known.exactly(words).is_some() || known.nearly(words).is_some_and(|named| !named.is_more) {
        return Some(String::new());
    }
    if bare.form != Form::Label {
        return Some(undecorated(line).to_owned());
    }
    let behind = bare.words.get(bare.label.len()..).unwrap_or_default();
    // The time is removed only if it stands alone: `11:15 に復旧` keeps it.
    let follows = bare.words.get(time.range.end..).unwrap_or_default();
    let is_beside = time.range.start <= bare.label.len()
        || trimmed(bare.words.get(bare.label.len()..time.range.start).unwrap_or_default()).is_empty();
    let is_apart = !follows.starts_with(|c: char| c.is_alphanumeric())
        && !follows.trim_start().starts_with(['に', 'の', 'で']);
    let kept = if is_beside && is_apart && time.range.end >= bare.label.len() { follows } else { behind };
    let kept = kept.trim_start_matches(|c: char| !c.is_alphanumeric() && !"「『(（<\"'`¿¡".contains(c));
    let is_time = trimmed(&without(bare.label, time, 0)).is_empty();
    let words = suffix(line, kept)?.trim().trim_end_matches(['*', '_']).trim_end().to_owned();
    Some(match statuses.first().filter(|named| named.is_more && !is_time) {
        Some(_) if words.is_empty() => label(line)?,
        Some(_) => format!("({}) {words}", label(line)?),
        None => words,
    })
}

/// The text of the bracket at the beginning of a line.
fn label(line: &str) -> Option<String> {
    let inner = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let end = inner.find([']', '】', '］', '〕', '》', '〉', '>', '*'])?;
    Some(inner[..end].trim().to_owned())
}

/// The end of a line that equals `plain` in half width.
fn suffix<'l>(line: &'l str, plain: &str) -> Option<&'l str> {
    if plain.trim().is_empty() {
        return Some("");
    }
    let mut starts = line.char_indices().map(|(at, _)| at).rev();
    starts.find(|at| moment::plain(line[*at..].trim_end()) == plain.trim_end()).map(|at| &line[at..])
}

/// A line without the marks at both ends that set it apart.
fn undecorated(line: &str) -> &str {
    let opens = |c: char| "「『(（<\"'`¿¡【[［".contains(c);
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric() && !opens(c));
    line.trim_end_matches(['#', '＃', '*', '_', ' ', '\u{3000}', '\t', '\n'])
}

/// Strips the marks from a half-width line; `None` if its form makes it prose.
fn bare(line: &str, is_underlined: bool) -> Option<StrippedLine<'_>> {
    let (inner, is_nested) = nested(line);
    let marks = inner.trim_start_matches(['#', '♯']);
    let is_heading = marks.len() < inner.len() || is_underlined;
    if !is_heading && (is_nested || inner.starts_with('|')) {
        return None;
    }
    let mut words = marks.trim().trim_end_matches('#').trim_end();
    let mut form = if is_heading { Form::Title } else { Form::Plain };
    let mut label = "";
    // These marks have no meaning of their own, in any number.
    let opened = words.trim_start_matches(|c: char| {
        !c.is_alphanumeric() && !"*_[【〔《〈「『(<\"'`¿¡".contains(c) && !c.is_ascii_punctuation()
    });
    if opened.len() < words.len() {
        words = opened;
        form = if is_heading { Form::Title } else { Form::Bullet };
    }
    if words.starts_with('<') {
        // HTML is shown as text.
        let inner = words.trim_start_matches('<');
        let tag = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
        if tag > 0 && inner[tag..].starts_with('>') {
            words = inner[tag + 1..].split("</").next().unwrap_or_default();
            form = Form::Title;
        }
    }
    let begun = words;
    if let Some((bold, rest)) = emphasis(words) {
        let is_whole = rest.trim_matches(|c: char| !c.is_alphanumeric()).is_empty();
        if is_whole {
            words = bold;
            form = Form::Title;
        } else if form != Form::Title {
            // The label and the rest are one text, with the marks between them.
            let start = words.len() - words.trim_start_matches(['*', '_']).len();
            words = &words[start..];
            label = words.get(..bold.len())?;
            form = Form::Label;
        }
    }
    let mut is_bold = form == Form::Label;
    if let Some((open, inside)) = bracket(words) {
        let behind = words.get(open + inside.len() + 1..).unwrap_or_default();
        // Links and footnotes also begin with a bracket: `[text](address)`, `[^1]`, `[name]: address`.
        let is_link =
            words.starts_with('[') && (behind.starts_with(['(', ':', '[']) || inside.starts_with('^'));
        if is_link {
            return (form == Form::Title).then_some(StrippedLine {
                form,
                label: "",
                words,
                is_bold: false,
                is_nested,
            });
        }
        words = &words[open..];
        label = inside;
        is_bold = false;
        if form != Form::Title || begun.len() != words.len() {
            form = if is_heading { Form::Title } else { Form::Label };
        }
    }
    Some(StrippedLine { form, label, words, is_bold, is_nested })
}

/// The text after the marks of quotations and lists, and whether there were any.
fn nested(line: &str) -> (&str, bool) {
    let mut inner = line.trim_start();
    let mut is_nested = false;
    loop {
        let next = if let Some(rest) = inner.strip_prefix('>') {
            rest
        } else if inner.starts_with(['-', '*', '+']) && inner[1..].starts_with([' ', '\t']) {
            &inner[1..]
        } else {
            let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
            let behind = &inner[digits..];
            let is_item = (1..=9).contains(&digits)
                && behind.starts_with(['.', ')'])
                && behind[1..].starts_with([' ', '\t']);
            if !is_item {
                return (inner, is_nested);
            }
            &behind[1..]
        };
        is_nested = true;
        inner = next.trim_start();
    }
}

/// The emphasised words at the beginning of a text, and the text after them.
fn emphasis(text: &str) -> Option<(&str, &str)> {
    let mark = text.chars().next().filter(|c| matches!(c, '*' | '_'))?;
    let inner = text.trim_start_matches(mark);
    let count = text.len() - inner.len();
    let end = inner.find(&mark.to_string().repeat(count))?;
    Some((&inner[..end], inner[end + count..].trim_start_matches(mark)))
}

/// The length of the bracket at the beginning of a text, and the text inside it.
fn bracket(text: &str) -> Option<(usize, &str)> {
    const PAIRS: [(char, char); 5] = [('[', ']'), ('【', '】'), ('〔', '〕'), ('《', '》'), ('〈', '〉')];
    let (open, close) = PAIRS.into_iter().find(|(open, _)| text.starts_with(*open))?;
    let inner = &text[open.len_utf8()..];
    inner.find(close).map(|end| (open.len_utf8(), &inner[..end]))
}

/// The words before and after a time, without the words that join them to it.
pub(super) fn around(before: &str, after: &str) -> String {
    let (before, after) = (without_joint(before), without_joint(after));
    format!("{before} {after}").trim().to_owned()
}

/// Words that join a status to the time after it.
const JOINTS: &str = "\
    at, on, um, am, as of, le, à, el, a las, em, às, il, alle, op, om, dnia, o godz, в, lúc, vào lúc, في, \
    from, since, seit";

/// The words without those that only join a status and its time: `Resolved at`, `に復旧`.
fn without_joint(words: &str) -> &str {
    let words = words.trim_matches(|c: char| c.is_whitespace() || ",:;-–—|/・·@".contains(c));
    let words = words.strip_prefix(['に', 'の', 'で']).unwrap_or(words).trim();
    let bare = words.trim_end_matches(|c: char| c.is_whitespace() || ".,:;".contains(c));
    for joint in JOINTS.split(", ") {
        let head = bare.get(..bare.len().saturating_sub(joint.len())).filter(|_| bare.ends_with(joint));
        if let Some(head) = head.filter(|head| head.is_empty() || head.ends_with(char::is_whitespace)) {
            return head.trim();
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::{Aliases, Status};

    #[test]
    fn the_quick_look_passes_every_status_beside_a_time() {
        let mut more = Aliases::default();
        more.add("status", "resolved", "お直し済み");
        let words = Words { statuses: Status::ALL, more: &more, tells_foreign: true };
        let times = ["2026-11-20 11:15", "11月20日(金)午後3時", "Nov 20, 3 pm", "翌10:15", "令和8年11月20日"];
        for status in Status::known().chain(["お直し済み"]) {
            for time in times {
                for line in
                    [format!("{status} {time}"), format!("{time} {status}"), format!("({time}) {status}")]
                {
                    assert!(may_be_status_and_time(&moment::plain(&line), &words), "{line}");
                }
            }
        }
        for joint in JOINTS.split(", ") {
            assert!(may_be_status_and_time(&format!("{joint} 2026-11-20 resolved"), &words), "{joint}");
        }
        assert!(!may_be_status_and_time("line 12 of log 4 of a service", &words));
    }
}
