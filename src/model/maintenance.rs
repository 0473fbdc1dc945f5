//! A maintenance: what is stopped on purpose, from when to when, and every change of that plan.

use chrono::NaiveDate;

use super::component::Affects;
use super::config::Choice;
use super::draft::{Draft, fact};
use super::entry::{FieldValue, Head, Kind, Question, Update};
use super::reader::{Map, Value};
use super::recurrence::{self, Recurrence};
use super::series;
use super::text::Rich;
use super::time::{Instant, date_of};
use crate::digest::Digest;
use crate::document::body::{Fact, RawUpdate};
use crate::document::moment;
use crate::text;
use crate::vocabulary::{Aliases, Auto, FactKey, MaintenanceKind, PhaseMode, Section, Status};

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

impl Maintenance {
    /// What stands for all of it that a page may show.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.head.digest_of(self)
    }
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
    /// The occurrence of a series that it belongs to; `None` where the entry is no series.
    pub occurrence: Option<NaiveDate>,
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
    let notice = kind.map_or(0, |kind| draft.config.notice_before(kind));
    let recurrence = map.get("recurrence").and_then(|v| recurrence::read(draft, &v, window, notice));
    let modes: Vec<&str> = Auto::ALL.iter().map(|a| a.word()).collect();
    let auto = map
        .get("auto")
        .and_then(|v| v.word("mode of `auto`", |w, _| Auto::from_word(w), &modes))
        .unwrap_or(Auto::Start);
    let fields = draft.fields(Kind::Maintenance, map);
    let updates = draft.updates(|raw, at| change(draft, raw, at));
    let mut maintenance = Maintenance {
        faq: draft.faq(),
        evaluation: draft.dated_section(Section::Evaluation, true),
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
    match maintenance.recurrence {
        Some(_) => series::sense(draft, &mut maintenance),
        None => sense(draft, &maintenance),
    }
    Some(maintenance)
}

fn kind(draft: &Draft<'_>, value: &Value<'_>) -> Option<MaintenanceType> {
    let own = &draft.config.kinds;
    value.word("kind of maintenance", |word, more| kind_named(own, word, more), &kind_words(own))
}

/// What kinds of maintenance may be called, for suggestions.
pub(super) fn kind_words(own: &[Choice]) -> Vec<&str> {
    MaintenanceKind::ALL.iter().map(|k| k.word()).chain(own.iter().map(|k| k.id.as_str())).collect()
}

/// The kind of that name, where the site has these of its own.
pub(super) fn kind_named(own: &[Choice], word: &str, more: &Aliases) -> Option<MaintenanceType> {
    let folded = text::fold(word);
    let custom = own.iter().position(|k| k.id == folded || k.name.all().any(|n| text::fold(n) == folded));
    let built_in = MaintenanceKind::said(word, MaintenanceKind::ALL, more);
    built_in.map(MaintenanceType::BuiltIn).or(custom.map(MaintenanceType::Own))
}

fn window(value: &Value<'_>) -> Option<Window> {
    let map = value.map()?;
    let start = map.required("start", "2026-12-01 02:00").and_then(|v| v.time());
    let end = map.required("end", "2026-12-01 05:00").and_then(|v| {
        let unknown = v.text().is_some_and(|t| is_unknown(&t));
        if unknown { Some(None) } else { v.time_after(start).map(Some) }
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
    let start = map
        .required("start", "2026-12-01 02:00")
        .and_then(|v| v.time_after(window.map(|window| window.start)));
    let end = map.required("end", "2026-12-01 04:00").and_then(|v| v.time_after(start));
    let modes: Vec<&str> = PhaseMode::ALL.iter().map(|m| m.word()).collect();
    let mode = map
        .required("mode", "halted")
        .and_then(|v| v.word("mode of a phase", |w, more| PhaseMode::said(w, PhaseMode::ALL, more), &modes));
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
    }
}

/// A plan that ends before it starts at any moment of its history.
fn sense(draft: &Draft<'_>, maintenance: &Maintenance) {
    let mut plan = maintenance.window;
    for update in &maintenance.updates {
        if update.change.occurrence.is_some() {
            let message = "this maintenance is no series".to_owned();
            draft.error(update.place.clone(), "maintenance/no-series", message, "leave `occurrence` out");
        }
        plan = changed(draft, update, plan);
        keeps_phases(draft, &maintenance.phases, update, maintenance.window, plan);
    }
}

/// Says so where a change of plan leaves phases without their times.
pub(super) fn keeps_phases(
    draft: &Draft<'_>,
    phases: &[Phase],
    update: &Update<PlanChange>,
    first: Window,
    plan: Window,
) {
    let moved = update.change.start.is_some() || update.change.end.is_some();
    if moved && !phases.is_empty() && first.shift_to(plan).is_none() {
        let message = "with this change nobody knows the times of the phases any more".to_owned();
        let help = "they are shown no longer; say in the words of this update what works when";
        draft.warning(update.place.clone(), "maintenance/phases-unknown", message, help);
    }
}

/// The plan after an update.
pub(super) fn changed(draft: &Draft<'_>, update: &Update<PlanChange>, plan: Window) -> Window {
    let change = &update.change;
    let plan = Window { start: change.start.unwrap_or(plan.start), end: change.end.unwrap_or(plan.end) };
    let moved = change.start.is_some() || change.end.is_some();
    if moved && plan.end.is_some_and(|end| end <= plan.start) {
        let message = "with this change the maintenance ends before it starts".to_owned();
        let help = "say `start` and `end` both; a time without a date is the next such time";
        draft.error(update.place.clone(), "maintenance/end-before-start", message, help);
    }
    plan
}

impl Window {
    /// By how much its parts move with it to another plan; nothing where that is not the same window any more:
    /// another start, and another length.
    #[must_use]
    pub fn shift_to(self, plan: Window) -> Option<i64> {
        let length = |window: Window| window.end.map(|end| end.0 - window.start.0);
        let same = length(self).is_some() && length(self) == length(plan);
        (same || self.start == plan.start).then(|| plan.start.0 - self.start.0)
    }

    /// As long, from another start on.
    #[must_use]
    pub fn moved_to(self, start: Instant) -> Window {
        Window { start, end: self.end.map(|end| Instant(end.0 + start.0 - self.start.0)) }
    }
}

/// Whether somebody says with it that nothing more is to be done.
pub(super) fn is_closing(status: Status) -> bool {
    matches!(status, Status::Completed | Status::Cancelled)
}
