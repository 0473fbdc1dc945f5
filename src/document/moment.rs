//! Times as people write them, before a zone is known. Headings, fact lines, front matter and command-line options
//! all use this parser.
//!
//! A form with one meaning is accepted. A form with several meanings is a [`Doubt`] that names them; noroshi never
//! guesses. docs/format.md lists the forms, and [`Written`] prints the one that noroshi writes.
//!
//! Why: docs/decisions/times.md.

mod calendar;
mod clock;
mod cursor;
mod date;
mod names;
mod numerals;
mod vague;

use std::cell::OnceCell;
use std::fmt;
use std::ops::Range;

use crate::message::{Message, message, one_of};
use crate::text;
use clock::{Clock, Zone};
use cursor::Cursor;
use date::{Date, Weekday};
pub use names::{Ambiguous, Region};
pub use vague::{Vague, VagueKind};

/// A time as written; only its form has been checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Year, month and day.
    pub date: Option<(i32, u32, u32)>,
    /// Hour, minute and second.
    pub clock: Option<(u32, u32, u32)>,
    /// The offset in seconds east of UTC.
    pub offset: Option<i32>,
    /// The number of days between the day that is meant and the day of the clock time, for a time without a date:
    /// 1 for `25:30` and 翌1:00.
    pub days: u32,
    /// `None` if it is as exact as its parts. A date without a clock is a whole day.
    pub vague: Option<Vague>,
}

impl Written {
    /// Whether it is a time of day only, so that its day must come from elsewhere.
    #[must_use]
    pub fn is_clock(&self) -> bool {
        self.date.is_none() && self.clock.is_some() && self.offset.is_none()
    }
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, is_cjk) = self.vague.map_or((None, false), |vague| (Some(vague.kind), vague.is_cjk));
        if kind == Some(VagueKind::About) && !is_cjk {
            write!(f, "about ")?;
        }
        if let Some((year, month, day)) = self.date {
            write!(f, "{year:04}-{month:02}-{day:02}")?;
        }
        if let Some((hour, minute, second)) = self.clock {
            let blank = if self.date.is_some() { " " } else { "" };
            // The clock of a day goes on to 29:59; a later time of the next day needs the word.
            match hour + 24 * self.days {
                late @ 30.. if self.days > 0 => write!(f, "{blank}翌{:02}:{minute:02}", late - 24)?,
                hour => write!(f, "{blank}{hour:02}:{minute:02}")?,
            }
            if second > 0 {
                write!(f, ":{second:02}")?;
            }
        }
        match (kind, is_cjk) {
            (Some(VagueKind::About), true) => write!(f, "頃")?,
            (Some(VagueKind::Morning), true) => write!(f, " 午前")?,
            (Some(VagueKind::Morning), false) => write!(f, " morning")?,
            (Some(VagueKind::Afternoon), true) => write!(f, " 午後")?,
            (Some(VagueKind::Afternoon), false) => write!(f, " afternoon")?,
            (Some(VagueKind::About) | None, _) => {}
        }
        if let Some(seconds) = self.offset {
            let sign = if seconds < 0 { '-' } else { '+' };
            write!(f, " {sign}{:02}:{:02}", seconds.abs() / 3600, seconds.abs() / 60 % 60)?;
        }
        Ok(())
    }
}

/// Why a text that reads as a time is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// It has no year, and no day of the week from which to find it.
    Year,
    /// The date does not fall on the day of the week beside it.
    Weekday,
    /// Day and month may be in either order.
    Order,
    /// The abbreviation of its zone has several meanings.
    Zone(&'static Ambiguous),
    /// 午後12時 may mean noon or midnight.
    Noon,
    /// The time is only approximate.
    About,
    /// Only the half of the day is known.
    Half,
}

/// The possible meanings of a text that reads as a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The possible times: one unless there is a doubt, none if the year is unknown.
    pub ways: Vec<Written>,
    pub doubt: Option<Doubt>,
    /// Month and day, if the year is missing.
    pub month_day: Option<(u32, u32)>,
    pub has_date: bool,
    pub has_clock: bool,
}

impl Reading {
    /// The time, if there is no doubt.
    #[must_use]
    pub fn sure(&self) -> Option<Written> {
        self.ways.first().copied().filter(|_| self.doubt.is_none())
    }

    /// The time, if there is no doubt but that it is approximate or the half of a day.
    #[must_use]
    pub fn stated(&self) -> Option<Written> {
        let is_one = matches!(self.doubt, None | Some(Doubt::About | Doubt::Half));
        self.ways.first().copied().filter(|_| is_one)
    }

    /// As [`Reading::stated`], if it has a day.
    #[must_use]
    pub fn stated_day(&self) -> Option<Written> {
        self.stated().filter(|written| written.date.is_some())
    }

    /// The message and the help for the doubt about `text`.
    #[must_use]
    pub fn explain(&self, text: &str) -> Option<(Message, Message)> {
        let ways: Vec<String> = self.ways.iter().map(Written::to_string).collect();
        let all = one_of(&ways);
        let write = || message!("document-time-write", "write {all}", all);
        let exact = || self.ways.first().map(|way| Written { vague: None, ..*way }.to_string());
        Some(match self.doubt? {
            Doubt::Year => {
                let form = self.form_with_year()?;
                let help = if ways.is_empty() {
                    message!("document-time-year-form", "write the year too, as in `{form}`", form)
                } else {
                    message!("document-time-year-help", "write the year too: {all}", all)
                };
                (message!("document-time-year", "`{text}` has no year", text), help)
            }
            Doubt::Weekday => (
                message!(
                    "document-time-weekday",
                    "`{text}` has the wrong day of the week for its date",
                    text
                ),
                message!(
                    "document-time-weekday-help",
                    "check a calendar; if the date is right, write {all}",
                    all
                ),
            ),
            Doubt::Order => {
                (message!("document-time-order", "`{text}` can mean two different days", text), write())
            }
            Doubt::Zone(zone) => {
                let name = zone.name;
                let message =
                    message!("document-time-zone", "`{name}` is the name of more than one time zone", name);
                (message, offsets(zone, &ways))
            }
            Doubt::Noon => {
                (message!("document-time-noon", "`{text}` can mean noon or midnight", text), write())
            }
            Doubt::About => (
                message!(
                    "document-time-about",
                    "`{text}` is only an approximate time, and an exact one is needed here",
                    text
                ),
                message!(
                    "document-time-about-help",
                    "write {time}: noroshi acts at this time",
                    time = one_of(exact().as_slice())
                ),
            ),
            Doubt::Half => (
                message!("document-time-half", "`{text}` has no time of day, and one is needed here", text),
                message!(
                    "document-time-half-help",
                    "write the time of day, as in `{day} HH:MM`",
                    day = exact().unwrap_or_default()
                ),
            ),
        })
    }

    /// How to write the date with its year, which is missing.
    pub(super) fn form_with_year(&self) -> Option<String> {
        self.month_day.map(|(month, day)| format!("YYYY-{month:02}-{day:02}"))
    }
}

/// The help for a zone with several meanings, of which each is one of the `ways` to write the time.
fn offsets(zone: &Ambiguous, ways: &[String]) -> Message {
    let meant = |((_, region), way): (&(i32, Region), &String)| {
        message!("document-time-offset", "`{way}` for {region}", way, region = region.name())
    };
    let meant = zone.meanings.iter().zip(ways).map(meant).collect();
    let meant = Message::joined(meant, message!("document-time-offset-comma", ", "));
    message!("document-time-zone-help", "write the offset: {meant}", meant)
}

/// Where to find the year of a date without one. The year may differ from a hint by at most two.
#[derive(Clone, Copy, Debug)]
pub enum YearHint<'a> {
    Nothing,
    Year(i32),
    Text(&'a Years<'a>),
}

impl YearHint<'_> {
    fn years(&self) -> &[i32] {
        match self {
            YearHint::Nothing => &[],
            YearHint::Year(year) => std::slice::from_ref(year),
            YearHint::Text(years) => years.all(),
        }
    }
}

/// The years of the dates in a text, found on first use.
#[derive(Debug)]
pub struct Years<'a> {
    text: &'a str,
    found: OnceCell<Vec<i32>>,
}

impl<'a> Years<'a> {
    #[must_use]
    pub fn of(text: &'a str) -> Years<'a> {
        Years { text, found: OnceCell::new() }
    }

    fn all(&self) -> &[i32] {
        self.found.get_or_init(|| {
            let mut years: Vec<i32> = dates(self.text).into_iter().map(|(year, ..)| year).collect();
            years.sort_unstable();
            years.dedup();
            years
        })
    }
}

/// The last date with a year in a text.
#[must_use]
pub fn last_date(text: &str) -> Option<(i32, u32, u32)> {
    dates(text).pop()
}

/// The dates with a year in a text.
fn dates(text: &str) -> Vec<calendar::Day> {
    let plain = plain(text);
    let mut found = Vec::new();
    let mut next = 0;
    for (at, c) in plain.char_indices() {
        let begins = at >= next && may_begin(&plain[..at], c);
        let mut cursor = Cursor::new(&plain, at);
        if let Some(date) = begins.then(|| date::read(&mut cursor)).flatten() {
            next = cursor.at();
            let day = date.year.map(|year| (year, date.month_day.0, date.month_day.1));
            found.extend(day.filter(|day| (1970..=2100).contains(&day.0) && calendar::exists(*day)));
        }
    }
    found
}

/// A text in the form that the time parser reads: half width, European digits, no invisible characters.
#[must_use]
pub fn plain(written: &str) -> String {
    let digit = |c: char| match c {
        '٠'..='٩' => char::from_digit(u32::from(c) - u32::from('٠'), 10),
        '۰'..='۹' => char::from_digit(u32::from(c) - u32::from('۰'), 10),
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe0f}' => None,
        _ => Some(c),
    };
    let half_width: String = text::nfkc(written).chars().filter_map(digit).collect();
    numerals::with_digits(half_width)
}

/// Reads a time from the whole of `text`; `None` if it does not have the form of a time or has several meanings.
#[must_use]
pub fn parse(text: &str) -> Option<Written> {
    read(text, YearHint::Nothing)?.sure()
}

/// The same, where an approximate time and the half of a day count, too.
#[must_use]
pub fn stated(text: &str) -> Option<Written> {
    read(text, YearHint::Nothing)?.stated()
}

/// Reads a time from the whole of `text`; `None` if it does not have the form of a time.
#[must_use]
pub fn read(text: &str, near: YearHint<'_>) -> Option<Reading> {
    let plain = plain(text.trim());
    let lead = plain.len() - plain.trim_start_matches(['(', '[', '「', '【']).trim_start().len();
    let (parts, end) = Parts::at(&plain, lead).or_else(|| Parts::at(&plain, 0))?;
    let rest =
        plain.get(end..)?.trim_matches(|c: char| c.is_whitespace() || matches!(c, ')' | ']' | '」' | '】'));
    let count = |signs: [char; 4]| plain.matches(signs).count();
    let is_balanced = count(['(', '[', '「', '【']) == count([')', ']', '」', '】']);
    (rest.is_empty() && is_balanced).then(|| parts.reading(near))
}

#[derive(Clone, Debug)]
pub struct FoundTime {
    pub range: Range<usize>,
    pub reading: Reading,
    /// Whether another time follows it as the end of a span.
    pub is_span: bool,
    /// Whether it is only two numbers, such as `11/20`. It is a date only if the words around it say so.
    pub is_bare: bool,
}

/// Finds every time in a line that [`plain`] returned.
#[must_use]
pub fn find(line: &str, near: YearHint<'_>) -> Vec<FoundTime> {
    let mut found: Vec<FoundTime> = Vec::new();
    let mut next = 0;
    for (at, c) in line.char_indices() {
        if at < next || !may_begin(&line[..at], c) {
            continue;
        }
        let Some((parts, end)) = Parts::begun(line, at) else { continue };
        if found.last().is_some_and(|last| leads_on(&line[last.range.end..at])) {
            if let Some(last) = found.last_mut() {
                last.is_span = true;
            }
        } else {
            let is_span = parts.is_like_a_span(&line[at..end]);
            let is_bare = !parts.is_time();
            found.push(FoundTime { range: at..end, reading: parts.reading(near), is_span, is_bare });
        }
        next = end;
    }
    // Beside a full time, two bare numbers are not a date.
    if found.iter().any(|found| !found.is_bare) {
        found.retain(|found| !found.is_bare);
    }
    found
}

/// Whether a text that [`plain`] returned begins with a time.
#[must_use]
pub fn begins(text: &str) -> bool {
    text.chars().next().is_some_and(|c| may_begin("", c)) && Parts::begun(text, 0).is_some()
}

/// The two ends of a span of times of day: `02:00-04:00`, `2:00〜翌1:00`; `None` for any other text.
#[must_use]
pub fn span(text: &str) -> Option<(Written, Written)> {
    let ends = |(at, joint): (usize, &str)| {
        let (start, end) = (parse(text[..at].trim())?, parse(text[at + joint.len()..].trim())?);
        (start.clock.is_some() && end.clock.is_some()).then_some((start, end))
    };
    JOINTS.iter().find_map(|joint| text.match_indices(joint).find_map(ends))
}

/// The texts of the two ends of a span with its day: `2026-12-05 10:00〜12:00`, `2026-12-05〜2026-12-06`,
/// `2026年12月5日〜7日`, `2026-12-05 10:00〜未定`; `None` for any other text. `is_open` tells the words for an end that is
/// not known.
#[must_use]
pub fn day_span(text: &str, is_open: impl Fn(&str) -> bool) -> Option<(&str, &str)> {
    let ends = |(at, joint): (usize, &str)| {
        let (start, end) = (text[..at].trim(), text[at + joint.len()..].trim());
        let is_dated = read(start, YearHint::Nothing).is_some_and(|start| start.has_date);
        let is_time =
            |end: &str| read(end, YearHint::Nothing).is_some() || later_day(end, (2026, 1, 1)).is_some();
        (is_dated && (is_open(end) || is_time(end))).then_some((start, end))
    };
    JOINTS.iter().find_map(|joint| text.match_indices(joint).find_map(ends))
}

/// The end of a span of days that leaves out what its start says, with the first year and month in which it is no earlier:
/// `18日` and `11月18日（水）` after `2026年11月12日`, `11/18` after `2026/11/12`, `1日` after `2026年12月31日`.
#[must_use]
pub fn later_day(text: &str, (year, month, day): (i32, u32, u32)) -> Option<String> {
    let plain = plain(text.trim());
    let digits = plain.bytes().take_while(u8::is_ascii_digit).count();
    let (first, rest) = (plain.get(..digits)?, plain.get(digits..)?);
    if !(1..=2).contains(&digits) {
        return None;
    }
    let own: u32 = first.parse().ok()?;
    match rest.chars().next()? {
        '日' => {
            let (year, month) = match month {
                _ if own >= day => (year, month),
                12 => (year + 1, 1),
                month => (year, month + 1),
            };
            Some(format!("{year}年{month}月{plain}"))
        }
        '月' | '/' => {
            let year = if own < month { year + 1 } else { year };
            Some(if rest.starts_with('/') { format!("{year}/{plain}") } else { format!("{year}年{plain}") })
        }
        _ => None,
    }
}

/// A span or a moment, with or without days: the text of its start, and that of its end, which is empty or open if the
/// span has none yet. `None` for the end says that it is a moment.
#[must_use]
pub fn span_or_moment(text: &str, is_open: impl Fn(&str) -> bool) -> Option<(&str, Option<&str>)> {
    let is_time = |text: &str| stated(text).is_some();
    let ends = |(at, joint): (usize, &str)| {
        let (start, end) = (text[..at].trim(), text[at + joint.len()..].trim());
        let end = end.strip_suffix("まで").map_or(end, str::trim_end);
        let is_end = end.is_empty() || is_open(end) || is_time(end);
        (is_end && is_time(start)).then_some((start, Some(end)))
    };
    // `03:07-03:30` is a span, and `T03:07-03:30` a time with its offset, as machines write it.
    let is_of_machines = text.as_bytes().windows(3).any(|at| matches!(at, [b'0'..=b'9', b'T', b'0'..=b'9']));
    let moment = is_time(text.trim()).then(|| (text.trim(), None));
    let span = || JOINTS.iter().find_map(|joint| text.match_indices(joint).find_map(ends));
    if is_of_machines { moment.or_else(span) } else { span().or(moment) }
}

/// Whether both ends of a span are words for a time that is not known: `未定〜未定`.
#[must_use]
pub fn open_span(text: &str, is_open: impl Fn(&str) -> bool) -> bool {
    let are_open =
        |(at, joint): (usize, &str)| is_open(text[..at].trim()) && is_open(text[at + joint.len()..].trim());
    JOINTS.iter().any(|joint| text.match_indices(joint).any(are_open))
}

/// Caseless letters at which a time may begin: those of eras, halves of days, days of the week, zones and months.
const FIRST: &str = "約约약令平昭大中民翌次第다午上下正오月火水木金土日星週周礼禮월화수목금토일北臺اثجسخأ";

/// Whether a time may begin at a character after this text. It may not begin inside a word, a number or an
/// address.
fn may_begin(before: &str, c: char) -> bool {
    let mut last = before.chars().rev();
    let (previous, further) = (last.next(), last.next());
    let is_inside = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    if c.is_ascii_digit() {
        return match previous {
            Some('/' | '.' | '_' | '=' | ':') => !is_inside(further),
            Some('-') => !further.is_some_and(|c| c.is_ascii_digit()),
            previous => !is_inside(previous),
        };
    }
    if c.is_lowercase() || c.is_uppercase() {
        return !previous.is_some_and(|c| c.is_alphabetic() && (c.is_lowercase() || c.is_uppercase()));
    }
    FIRST.contains(c)
}

/// The separators between the start and the end of a span.
const JOINTS: [&str; 24] = [
    "-", "–", "—", "~", "〜", "～", "→", "から", "より", "to", "until", "till", "bis", "au", "à", "al", "a",
    "até", "tot", "do", "до", "至", "到", "부터",
];

/// Whether the text between two times makes them the ends of a span.
fn leads_on(between: &str) -> bool {
    let bare = between.trim_matches(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']'));
    JOINTS.contains(&bare.to_lowercase().as_str())
}

#[derive(Clone, Copy, Debug, Default)]
struct Parts {
    date: Option<Date>,
    clock: Option<Clock>,
    zone: Option<Zone>,
    weekday: Option<Weekday>,
    vague: Option<Vague>,
}

impl Parts {
    /// Reads the time that begins at a byte, and returns where it ends.
    fn at(text: &str, at: usize) -> Option<(Parts, usize)> {
        Parts::begun(text, at).filter(|(parts, _)| parts.is_time())
    }

    /// Whether the parts are a time regardless of the text around them.
    fn is_time(&self) -> bool {
        self.clock.is_some() || self.date.is_some_and(|date| !date.is_bare || self.weekday.is_some())
    }

    /// Reads parts that may be a time, and returns where they end.
    fn begun(text: &str, at: usize) -> Option<(Parts, usize)> {
        let mut parts = Parts::default();
        let mut cursor = Cursor::new(text, at);
        let mut end = None;
        loop {
            let mut next = cursor;
            if end.is_some() {
                parts.joint(&mut next);
            }
            let took = parts.take(&mut next) || {
                // An opening bracket belongs to the text inside it.
                next = cursor;
                next.blanks();
                end.is_some() && parts.take(&mut next)
            };
            if !took {
                break;
            }
            cursor = next;
            end = Some(cursor.at());
        }
        let is_about = parts.vague.is_some_and(|vague| vague.kind == VagueKind::About);
        end.filter(|_| parts.clock.is_some() || parts.date.is_some() && !is_about).map(|end| (parts, end))
    }

    /// Reads one part that is not set yet.
    fn take(&mut self, c: &mut Cursor<'_>) -> bool {
        if self.vague.is_none()
            && self.clock.is_none()
            && let Some(parts) = c.attempt(|c| self.about(c))
        {
            *self = parts;
        } else if self.date.is_none()
            && let Some(found) = date::read(c)
        {
            self.date = Some(found);
        } else if self.clock.is_none()
            && let Some(found) = clock::read(c)
        {
            self.clock = Some(found);
        } else if self.zone.is_none()
            && let Some(found) = clock::zone(c, self.clock.is_some())
        {
            self.zone = Some(found);
        } else if self.weekday.is_none()
            && let Some(found) = date::weekday(c)
        {
            self.weekday = Some(found);
        } else if self.vague.is_none()
            && self.clock.is_some()
            && c.eat(&["頃", "ごろ", "ころ", "前後", "左右", "쯤", "경"])
        {
            self.vague = Some(Vague { kind: VagueKind::About, is_cjk: true });
        } else if self.vague.is_none()
            && self.clock.is_none()
            && self.date.is_some_and(|date| !date.is_bare)
            && let Some(half) = clock::half_of_day(c)
        {
            self.vague = Some(half);
        } else {
            return (self.clock.is_some() || self.date.is_some())
                && c.eat(&["現在", "時点", "现在", "現時點", "기준", "현재"]);
        }
        true
    }

    /// Reads `about` or 約 and the part after it.
    fn about(&self, c: &mut Cursor<'_>) -> Option<Parts> {
        const WORDS: [&str; 9] =
            ["about", "around", "approximately", "approx", "circa", "ca", "etwa", "gegen", "vers"];
        let is_cjk = c.eat(&["約", "约", "약"]);
        if !is_cjk {
            c.word().filter(|word| WORDS.iter().any(|known| word.eq_ignore_ascii_case(known)))?;
            let _ = c.sign(&['.']);
        }
        c.blanks();
        let mut parts = Parts { vague: Some(Vague { kind: VagueKind::About, is_cjk }), ..*self };
        (parts.take(c) && (parts.clock.is_some() || parts.date.is_some())).then_some(parts)
    }

    /// Skips the text that may stand between two parts.
    fn joint(&self, c: &mut Cursor<'_>) {
        const WORDS: &str = "\
            at on T t um den am der le à el las la a del di alle ore às em op om o godz saat lúc ngày vào в \
            الساعة في";
        let mut dashes = usize::from(self.date.is_some() && self.clock.is_none());
        for _ in 0..6 {
            let before = c.at();
            c.blanks();
            c.sign(&[',', '、', '(', ')', '[', ']', '】', '「', '」', '@', '·', '・', '.']);
            let _ = c.eat(&["の"]);
            if dashes > 0 && c.sign(&['-', '–', '—', '|']).is_some() {
                dashes = 0;
            }
            c.attempt(|c| c.word().filter(|word| WORDS.split(' ').any(|known| known == *word)));
            if c.at() == before {
                break;
            }
        }
    }

    /// Whether an offset may be the end of a span, as in `02:00-05:00`.
    fn is_like_a_span(&self, written: &str) -> bool {
        let short = written.rsplit_once('-').is_some_and(|(before, after)| {
            before.ends_with(|c: char| c.is_ascii_digit())
                && before.matches(':').count() == 1
                && after.contains(':')
                && !before.contains(['T', 't'])
        });
        short && matches!(self.zone, Some(Zone::Sure(_)))
    }

    fn reading(&self, near: YearHint<'_>) -> Reading {
        let (dates, mut doubt) = self.dates(near);
        let clocks: Vec<Option<Clock>> = match self.clock {
            Some(clock) => std::iter::once(Some(clock))
                .chain(clock.other.map(|time| Some(Clock { time, ..clock })))
                .collect(),
            None => vec![None],
        };
        if clocks.len() > 1 {
            doubt = doubt.or(Some(Doubt::Noon));
        }
        let offsets: Vec<Option<i32>> = match self.zone.filter(|_| self.clock.is_some()) {
            None => vec![None],
            Some(Zone::Sure(seconds)) => vec![Some(seconds)],
            Some(Zone::Doubtful(zone)) => {
                doubt = doubt.or(Some(Doubt::Zone(zone)));
                zone.meanings.iter().map(|(minutes, _)| Some(minutes * 60)).collect()
            }
        };
        let mut ways = Vec::new();
        for date in &dates {
            for clock in &clocks {
                let way =
                    |offset: &Option<i32>| Written { vague: self.vague, ..written(*date, *clock, *offset) };
                ways.extend(offsets.iter().map(way));
            }
        }
        let inexact = |vague: Vague| if vague.kind == VagueKind::About { Doubt::About } else { Doubt::Half };
        let doubt = doubt.or(self.vague.map(inexact));
        let month_day = self.date.filter(|date| date.year.is_none()).map(|date| date.month_day);
        Reading { ways, doubt, month_day, has_date: self.date.is_some(), has_clock: self.clock.is_some() }
    }

    fn dates(&self, near: YearHint<'_>) -> (Vec<Option<calendar::Day>>, Option<Doubt>) {
        let Some(date) = self.date else { return (vec![None], None) };
        let month_first = self.weekday.is_some_and(|weekday| weekday.is_month_first);
        let pairs = std::iter::once(date.month_day).chain(date.other.filter(|_| !month_first));
        let of = |year: i32| pairs.clone().map(move |(month, day)| (year, month, day));
        let agrees = |day: &calendar::Day| {
            let known = calendar::exists(*day);
            self.weekday.is_none_or(|weekday| known && weekday.days & (1 << calendar::weekday(*day)) != 0)
        };
        let Some(year) = date.year else {
            let known = near.years();
            if self.weekday.is_none() {
                let ways = known.iter().flat_map(|year| of(*year)).filter(|day| calendar::exists(*day));
                return (ways.map(Some).collect(), Some(Doubt::Year));
            }
            let mut years: Vec<i32> = known.iter().flat_map(|year| year - 2..=year + 2).collect();
            years.sort_unstable();
            years.dedup();
            let ways: Vec<_> = years.into_iter().flat_map(of).filter(agrees).map(Some).collect();
            let doubt = (ways.len() != 1).then_some(Doubt::Year);
            return (ways, doubt);
        };
        let all: Vec<calendar::Day> = of(year).collect();
        let fitting: Vec<calendar::Day> = all.iter().copied().filter(agrees).collect();
        match (fitting.len(), all.len()) {
            (1, _) => (vec![Some(fitting[0])], None),
            (0, _) if self.weekday.is_some() && all.iter().any(|day| calendar::exists(*day)) => {
                (all.into_iter().map(Some).collect(), Some(Doubt::Weekday))
            }
            (_, 1) => (vec![Some(all[0])], None),
            _ => (all.into_iter().map(Some).collect(), Some(Doubt::Order)),
        }
    }
}

/// If the day is known, hours after midnight move to the next day.
fn written(date: Option<calendar::Day>, clock: Option<Clock>, offset: Option<i32>) -> Written {
    let Some(Clock { time: (hour, minute, second), days, .. }) = clock else {
        return Written { date, clock: None, offset, days: 0, vague: None };
    };
    let (hour, days) = if hour == 24 { (0, days + 1) } else { (hour, days) };
    match date {
        Some(day) if calendar::exists(day) => {
            let date = (0..days).fold(day, |day, _| calendar::following(day));
            Written { date: Some(date), clock: Some((hour, minute, second)), offset, days: 0, vague: None }
        }
        Some(_) => {
            Written { date, clock: Some((hour + 24 * days, minute, second)), offset, days: 0, vague: None }
        }
        None => Written { date, clock: Some((hour, minute, second)), offset, days, vague: None },
    }
}

#[cfg(test)]
mod tests;
