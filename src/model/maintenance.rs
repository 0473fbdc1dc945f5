//! A maintenance: what is stopped on purpose, from when to when, and every change of that plan.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::component::Affects;
use super::draft::{Draft, fact};
use super::entry::{FieldValue, Head, Kind, Question, Update};
use super::reader::{Map, Value};
use super::text::Rich;
use super::time::{Instant, Zone, date_of};
use crate::document::body::{Fact, RawUpdate};
use crate::document::moment;
use crate::text;
use crate::vocabulary::{Auto, FactKey, MaintenanceKind, PhaseMode, Section};

/// Something is stopped on purpose.
#[derive(Debug, Hash)]
pub struct Maintenance {
    /// What every entry has.
    pub head: Head,
    /// Which kind.
    pub kind: MaintenanceType,
    /// What it touches.
    pub affects: Affects,
    /// As first planned.
    pub window: Window,
    /// Parts of the window.
    pub phases: Vec<Phase>,
    /// How far it reaches, in a line.
    pub scope: Option<Rich>,
    /// Whether it comes again.
    pub recurrence: Option<Recurrence>,
    /// What the clock may declare.
    pub auto: Auto,
    /// The site's own facts.
    pub fields: Vec<(usize, FieldValue)>,
    /// What is done.
    pub summary: Rich,
    /// In the order of time.
    pub updates: Vec<Update<PlanChange>>,
    /// What helps meanwhile.
    pub workaround: Option<Rich>,
    /// What users should do.
    pub actions: Option<Rich>,
    /// Questions and answers.
    pub faq: Vec<Question>,
    /// What users get back.
    pub compensation: Option<Rich>,
    /// What was learnt, and when it was said.
    pub evaluation: Option<(Option<Instant>, Rich)>,
}

/// A kind that every site has, or one of the site's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MaintenanceType {
    /// Every site has it.
    BuiltIn(MaintenanceKind),
    /// An index into the site's `kinds`.
    Own(usize),
}

/// From when to when; `None` is not known yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Window {
    /// When it begins.
    pub start: Instant,
    /// When it ends.
    pub end: Option<Instant>,
}

/// A part of the window.
#[derive(Debug, Hash)]
pub struct Phase {
    /// What it touches.
    pub affects: Affects,
    /// When it begins.
    pub start: Instant,
    /// When it ends.
    pub end: Instant,
    /// What still works.
    pub mode: PhaseMode,
}

/// A rule of RFC 5545 and its exceptions. The window is the first occurrence.
#[derive(Debug, Hash)]
pub struct Recurrence {
    /// As written.
    pub rule: String,
    /// No occurrence after.
    pub until: Option<Instant>,
    /// Days on which it does not take place.
    pub except: Vec<NaiveDate>,
    /// Whether the first occurrence, the window, is one of those.
    pub skips_first: bool,
}

/// What an update changes.
#[derive(Debug, Default, Hash)]
pub struct PlanChange {
    /// A new start.
    pub start: Option<Instant>,
    /// A new end; `Some(None)`: no longer known.
    pub end: Option<Option<Instant>>,
    /// Replaces the status of those named.
    pub affects: Option<Affects>,
    /// The next promise.
    pub next_update: Option<Instant>,
    /// The occurrence that it belongs to.
    pub occurrence: Option<NaiveDate>,
    /// Whether that is another than the one in the window: then it changes nothing here.
    pub elsewhere: bool,
}

fn is_unknown(word: &str) -> bool {
    matches!(text::fold(word).as_str(), "unknown" | "未定" | "tbd" | "不明")
}

pub(super) fn read(draft: &Draft<'_>, map: &Map<'_>) -> Option<Maintenance> {
    let head = draft.head(Kind::Maintenance, map);
    let kind = map.required("kind", "regular").and_then(|v| kind(draft, &v));
    let affects = map.required("affects", "[]").map(|v| draft.affects(&v));
    let window =
        map.required("window", "{start: 2026-12-01 02:00, end: 2026-12-01 05:00}").and_then(|v| window(&v));
    let phases =
        map.get("phases").iter().flat_map(Value::list).filter_map(|v| phase(draft, &v, window)).collect();
    let scope = draft.rich("scope", map);
    let recurrence = map.get("recurrence").and_then(|v| recurrence(draft, &v, window));
    let modes: Vec<&str> = Auto::ALL.iter().map(|a| a.word()).collect();
    let auto = map
        .get("auto")
        .and_then(|v| v.word("mode of `auto`", Auto::from_word, &modes))
        .unwrap_or(Auto::Start);
    let fields = draft.fields(Kind::Maintenance, map);
    let mut updates = draft.updates(|raw, at| change(draft, raw, at));
    let first = window.map(|w| draft.zone().day(w.start));
    for update in &mut updates {
        update.change.elsewhere = update.change.occurrence.is_some() && update.change.occurrence != first;
    }
    let maintenance = Maintenance {
        faq: draft.faq(),
        evaluation: draft.dated_section(Section::Evaluation),
        head: head?,
        kind: kind?,
        affects: affects?,
        window: window?,
        phases,
        scope,
        recurrence,
        auto,
        fields,
        summary: draft.summary(),
        updates,
        workaround: draft.section(Section::Workaround),
        actions: draft.section(Section::Actions),
        compensation: draft.section(Section::Compensation),
    };
    sense(draft, &maintenance);
    Some(maintenance)
}

fn kind(draft: &Draft<'_>, value: &Value<'_>) -> Option<MaintenanceType> {
    let own = &draft.config.kinds;
    let known: Vec<&str> =
        MaintenanceKind::ALL.iter().map(|k| k.word()).chain(own.iter().map(|k| k.id.as_str())).collect();
    let find = |word: &str| {
        let folded = text::fold(word);
        let custom = own.iter().position(|k| k.id == folded || k.name.all().any(|n| text::fold(n) == folded));
        MaintenanceKind::from_word(word).map(MaintenanceType::BuiltIn).or(custom.map(MaintenanceType::Own))
    };
    value.word("kind of maintenance", find, &known)
}

fn window(value: &Value<'_>) -> Option<Window> {
    let map = value.map()?;
    let start = map.required("start", "2026-12-01 02:00").and_then(|v| v.time());
    let end = map.required("end", "2026-12-01 05:00").and_then(|v| {
        let unknown = v.text().is_some_and(|t| is_unknown(&t));
        if unknown { Some(None) } else { v.time().map(Some) }
    });
    map.finish();
    let window = Window { start: start?, end: end? };
    if window.end.is_some_and(|end| end <= window.start) {
        let message = "the window ends before it starts";
        value.fail(
            "maintenance/end-before-start",
            message,
            "look at the two times again; an end can be `unknown`",
        );
        return None;
    }
    Some(window)
}

fn phase(draft: &Draft<'_>, value: &Value<'_>, window: Option<Window>) -> Option<Phase> {
    let map = value.map()?;
    let affects = map.required("affects", "[api]").map(|v| draft.affects(&v));
    let start = map.required("start", "2026-12-01 02:00").and_then(|v| v.time());
    let end = map.required("end", "2026-12-01 04:00").and_then(|v| v.time());
    let modes: Vec<&str> = PhaseMode::ALL.iter().map(|m| m.word()).collect();
    let mode =
        map.required("mode", "halted").and_then(|v| v.word("mode of a phase", PhaseMode::from_word, &modes));
    map.finish();
    let phase = Phase { affects: affects?, start: start?, end: end?, mode: mode? };
    let window = window?;
    if phase.end <= phase.start {
        value.fail(
            "maintenance/end-before-start",
            "the phase ends before it starts",
            "look at the two times again",
        );
    } else if phase.start < window.start || window.end.is_some_and(|end| phase.end > end) {
        value.fail(
            "maintenance/phase-outside-window",
            "the phase is not a part of the window",
            "change one of the two",
        );
    }
    Some(phase)
}

fn recurrence(draft: &Draft<'_>, value: &Value<'_>, window: Option<Window>) -> Option<Recurrence> {
    let map = value.map()?;
    let rule = map.required("rule", "\"FREQ=WEEKLY;BYDAY=TU\"").and_then(|v| Some((v.text()?, v)));
    let until = map.get("until").and_then(|v| Some((v.time()?, v)));
    let except: Vec<_> =
        map.get("except").iter().flat_map(Value::list).filter_map(|v| Some((v.date()?, v))).collect();
    map.finish();
    let (rule, place) = rule?;
    let window = window?;
    if let Err((message, help)) = check_rule(draft, &rule, window) {
        place.fail("maintenance/bad-recurrence", message, help);
        return None;
    }
    if let Some((at, value)) = &until
        && *at < window.start
    {
        let message = "the series ends before it starts";
        value.fail("maintenance/end-before-start", message, "look at the two times again");
    }
    let series = Recurrence {
        rule,
        until: until.map(|u| u.0),
        except: except.iter().map(|(day, _)| *day).collect(),
        skips_first: except.iter().any(|(day, _)| *day == draft.zone().day(window.start)),
    };
    let starts = starts(draft.zone(), &series, window, series.except.iter().max().copied());
    for (day, value) in &except {
        if !starts.contains_key(day) {
            let message = format!("the series does not take place on {day}");
            value.fail("maintenance/no-occurrence", message, "name a day of the series, or leave it out");
        }
    }
    if window.end.is_none() {
        value.fail(
            "maintenance/endless-recurrence",
            "a series needs a window with an end",
            "write when it ends",
        );
    }
    Some(series)
}

/// The days of a series up to `last`, and when it starts on each; exceptions are among them.
fn starts(
    zone: Zone,
    series: &Recurrence,
    window: Window,
    last: Option<NaiveDate>,
) -> BTreeMap<NaiveDate, Instant> {
    let (Some(last), Ok(set)) = (last, occurrences(zone, &series.rule, window)) else {
        return BTreeMap::new();
    };
    let at = set.into_iter().map(|at| Instant(at.timestamp()));
    at.take_while(|at| zone.day(*at) <= last && series.until.is_none_or(|until| *at <= until))
        .take(MAX_OCCURRENCES)
        .map(|at| (zone.day(at), at))
        .collect()
}

/// A day each for a century.
const MAX_OCCURRENCES: usize = 36_600;

/// The rule is sound, comes at most once a day, and its first occurrence is the window.
fn check_rule(draft: &Draft<'_>, rule: &str, window: Window) -> Result<(), (String, &'static str)> {
    const HELP: &str = "write a rule of RFC 5545, such as `FREQ=WEEKLY;BYDAY=TU` or `FREQ=MONTHLY;BYDAY=2SU`";
    let upper = rule.trim().to_uppercase();
    if ["SECONDLY", "MINUTELY", "HOURLY", "BYHOUR", "BYMINUTE", "BYSECOND"].iter().any(|w| upper.contains(w))
    {
        return Err(("a series comes at most once a day".into(), HELP));
    }
    let set = occurrences(draft.zone(), rule, window)
        .map_err(|e| (format!("`{}` is no rule: {e}", one_line(rule)), HELP))?;
    let first = set.into_iter().next();
    if first.is_none_or(|f| f.timestamp() != window.start.0) {
        return Err(("the rule does not yield the window".into(), "begin the window on a day of the rule"));
    }
    Ok(())
}

fn occurrences(zone: Zone, rule: &str, window: Window) -> Result<rrule::RRuleSet, rrule::RRuleError> {
    let parsed: rrule::RRule<rrule::Unvalidated> = rule.trim().to_uppercase().parse()?;
    let zone = rrule::Tz::Tz(zone.0);
    let start = chrono::DateTime::from_timestamp(window.start.0, 0).unwrap_or_default().with_timezone(&zone);
    parsed.build(start)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn change(draft: &Draft<'_>, raw: &RawUpdate, at: Instant) -> PlanChange {
    let end = |fact: &Fact| {
        if is_unknown(&fact.value) { Some(None) } else { draft.fact_time(fact, at).map(Some) }
    };
    let occurrence = fact(raw, FactKey::Occurrence).and_then(|fact| {
        let date = moment::parse(&fact.value).and_then(|w| w.date).and_then(|d| date_of(d).ok());
        if date.is_none() {
            let message = format!("`{}` is no day", fact.value);
            draft.error(draft.at(&fact.range), "time/invalid", message, "write it as `2026-12-29`");
        }
        date
    });
    PlanChange {
        start: fact(raw, FactKey::Start).and_then(|f| draft.fact_time(f, at)),
        end: fact(raw, FactKey::End).and_then(end),
        affects: fact(raw, FactKey::Affects).and_then(|f| draft.fact_affects(f)),
        next_update: fact(raw, FactKey::NextUpdate).and_then(|f| draft.fact_time(f, at)),
        occurrence,
        elsewhere: false,
    }
}

/// A plan that ends before it starts at any moment of its history, or a day that the series has not.
fn sense(draft: &Draft<'_>, maintenance: &Maintenance) {
    let mut plan = maintenance.window;
    let last = maintenance.updates.iter().filter_map(|u| u.change.occurrence).max();
    let days = maintenance.recurrence.as_ref().map(|s| starts(draft.zone(), s, maintenance.window, last));
    for update in &maintenance.updates {
        let change = &update.change;
        let said = match (change.occurrence, &days) {
            (Some(_), None) => {
                let message = "this maintenance is no series".to_owned();
                draft.error(update.place.clone(), "maintenance/no-series", message, "leave `occurrence` out");
                Some(plan)
            }
            (Some(day), Some(days)) => {
                if !days.contains_key(&day) {
                    let message = format!("the series does not take place on {day}");
                    let help = "name a day of the series";
                    draft.error(update.place.clone(), "maintenance/no-occurrence", message, help);
                }
                days.get(&day).map(|start| maintenance.window.moved_to(*start))
            }
            // Which occurrence is meant depends on the clock.
            (None, Some(_)) => None,
            (None, None) => Some(plan),
        };
        let start = change.start.or(said.map(|p| p.start));
        let end = change.end.or(said.map(|p| p.end)).flatten();
        if (change.start.is_some() || change.end.is_some())
            && start.zip(end).is_some_and(|(start, end)| end <= start)
        {
            let message = "with this change the maintenance ends before it starts".to_owned();
            let help = "say `start` and `end` both; a time without a date is the next such time";
            draft.error(update.place.clone(), "maintenance/end-before-start", message, help);
        }
        if days.is_none() {
            plan = Window { start: start.unwrap_or(plan.start), end };
        }
    }
}

impl Window {
    /// As long, from another start on.
    fn moved_to(self, start: Instant) -> Window {
        Window { start, end: self.end.map(|end| Instant(end.0 + start.0 - self.start.0)) }
    }
}
