//! What is true at an instant: (model, as of) → snapshot.
//!
//! Pure. The clock is never read here; whoever calls says what time it is. A snapshot holds only what
//! is visible at that instant, so whatever is made from it cannot show more.

#[cfg(test)]
pub(crate) mod fixture;
mod incident;
mod maintenance;
mod replay;
#[cfg(test)]
mod tests;
mod window_start;

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use chrono::{Days, NaiveDate};

use crate::limits::PAGE_TURNS;
use crate::model::component::Component;
use crate::model::entry::Update;
use crate::model::{Head, Incident, Instant, Kind, Maintenance, Model, Notice, Page, Question, Zone};
use crate::panics;
use crate::uptime::{Since, Span};
use crate::vocabulary::ComponentStatus;

pub use incident::{IncidentNow, Promise, implied};
pub use maintenance::{ClockChange, MaintenanceNow};
pub use replay::PlanStep;
pub use window_start::start_for;

/// Everything that is visible and true at an instant.
#[derive(Debug)]
pub struct Snapshot<'m> {
    /// What it was made from; only for what does not depend on time (the configuration).
    pub model: &'m Model,
    /// The latest change at or before the instant asked for.
    pub effective: Instant,
    /// The earliest change after it that what is visible tells of, or the turn of the day. What nobody may see
    /// yet never moves it: this may be published. [`changes`] has the true one.
    pub next_change: Option<Instant>,
    /// The day it is, in the site's zone.
    pub today: NaiveDate,
    /// Visible incidents, latest start first.
    pub incidents: Vec<IncidentNow<'m>>,
    /// Visible maintenance, each occurrence of a series by itself, latest start first.
    pub maintenance: Vec<MaintenanceNow<'m>>,
    /// Visible series, by slug.
    pub series: Vec<SeriesNow<'m>>,
    /// Visible notices, latest first.
    pub notices: Vec<NoticeNow<'m>>,
    /// Questions, by category and order.
    pub questions: Vec<&'m Question>,
    /// Pages, by order.
    pub pages: Vec<&'m Page>,
    /// The status of each component.
    pub components: Vec<ComponentStatus>,
    /// The status of the page as a whole.
    pub status: ComponentStatus,
    /// What the clock alone makes of the statuses from now on, in the order of time: this instant, and
    /// each later one at which some status turns.
    pub forecast: Vec<Forecast>,
}

/// Statuses from an instant on, as long as nobody says more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// From when on.
    pub at: Instant,
    /// The status of each component.
    pub components: Vec<ComponentStatus>,
    /// The status of the page as a whole.
    pub status: ComponentStatus,
}

/// A notice at an instant.
#[derive(Debug)]
pub struct NoticeNow<'m> {
    /// The notice.
    pub notice: &'m Notice,
    /// Its visible updates, in the order of time.
    pub updates: &'m [Update<()>],
    /// When it was first visible, as far as that can be known.
    pub published: Option<Instant>,
    /// Whether it still holds.
    pub current: bool,
    /// Whether its words have been replaced.
    pub withdrawn: bool,
}

/// A series at an instant.
#[derive(Debug)]
pub struct SeriesNow<'m> {
    /// The maintenance that comes again.
    pub maintenance: &'m Maintenance,
    /// Its visible occurrences, latest start first: indexes of [`Snapshot::maintenance`].
    pub occurrences: Vec<usize>,
    /// When it was first visible, as far as that can be known.
    pub published: Option<Instant>,
    /// Whether its words have been replaced.
    pub withdrawn: bool,
    /// Whether its evaluation is visible.
    pub evaluation: bool,
}

/// By what its own page is made from.
impl Hash for NoticeNow<'_> {
    fn hash<H: Hasher>(&self, to: &mut H) {
        (self.notice.digest(), self.updates.len(), self.published, self.withdrawn).hash(to);
    }
}

/// When an entry becomes visible: `publish_at`, else its first update; else its kind decides.
fn visible_from<C>(head: &Head, updates: &[Update<C>]) -> Option<Instant> {
    head.publish_at.or(updates.first().map(|u| u.at))
}

fn is_withdrawn(head: &Head, now: Instant) -> bool {
    head.withdrawn.as_ref().is_some_and(|w| w.at <= now)
}

/// The last instant at which an entry's own words and the clock still say something of it.
fn last_word(head: &Head, now: Instant) -> Instant {
    match &head.withdrawn {
        Some(w) if w.at <= now => Instant(w.at.0 - 1),
        _ => now,
    }
}

/// The updates that are visible: they are sorted by time.
fn visible<C>(updates: &[Update<C>], now: Instant) -> &[Update<C>] {
    &updates[..updates.partition_point(|u| u.at <= now)]
}

/// Something that changes by itself when its time comes.
#[derive(Clone, Copy, Debug)]
pub struct Change<'m> {
    /// When.
    pub at: Instant,
    /// What.
    pub what: ChangeKind,
    /// Of which entry; of none where it is the day that turns.
    pub head: Option<&'m Head>,
}

/// What changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// A day begins in the site's zone.
    Day,
    /// An entry becomes visible.
    Appears,
    /// An update becomes visible.
    Update,
    /// A postmortem or an evaluation becomes visible.
    Report,
    /// An incident or a window begins.
    Starts,
    /// A planned end comes.
    Ends,
    /// Nobody has said how a maintenance went, and nobody waits for it any more.
    Unconfirmed,
    /// A phase of a window begins or ends.
    Phase,
    /// A next update was promised for then.
    UpdateDue,
    /// Recovery was expected by then.
    RecoveryDue,
    /// A notice no longer holds.
    Expires,
    /// An entry is withdrawn.
    Withdrawn,
}

impl ChangeKind {
    /// As programs read it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            ChangeKind::Day => "day",
            ChangeKind::Appears => "appears",
            ChangeKind::Update => "update",
            ChangeKind::Report => "report",
            ChangeKind::Starts => "starts",
            ChangeKind::Ends => "ends",
            ChangeKind::Unconfirmed => "unconfirmed",
            ChangeKind::Phase => "phase",
            ChangeKind::UpdateDue => "update-due",
            ChangeKind::RecoveryDue => "recovery-due",
            ChangeKind::Expires => "expires",
            ChangeKind::Withdrawn => "withdrawn",
        }
    }
}

/// The latest change at or before `as_of`, and the earliest after it.
#[must_use]
pub fn changes(model: &Model, as_of: Instant) -> (Instant, Option<Instant>) {
    let (mut last, mut next) = (None::<Instant>, None::<Instant>);
    all_changes(model, as_of, EVERYTHING, &mut |change| {
        let at = change.at;
        if at <= as_of {
            last = Some(last.map_or(at, |l| l.max(at)));
        } else {
            next = Some(next.map_or(at, |n| n.min(at)));
        }
    });
    (last.unwrap_or(as_of), next)
}

/// The earliest change after `now` that follows from what is visible then: the plans, promises and ends that
/// readers are told, and the turn of the day. It is the same whether or not the content holds something that
/// nobody may see yet, so it may be published. Never earlier than the true next change.
fn visible_change(model: &Model, now: Instant) -> Option<Instant> {
    let mut next = None::<Instant>;
    all_changes(model, now, now, &mut |change| {
        if change.at > now {
            next = Some(next.map_or(change.at, |n| n.min(change.at)));
        }
    });
    next
}

/// When an incident becomes visible.
#[must_use]
pub fn incident_appears(incident: &Incident) -> Instant {
    incident::published(incident)
}

/// When a maintenance becomes visible, where that is a matter of time and not of a series' own plan.
#[must_use]
pub fn maintenance_appears(maintenance: &Maintenance) -> Option<Instant> {
    let head = &maintenance.head;
    let single = || visible_from(head, &maintenance.updates);
    if maintenance.recurrence.is_some() { head.publish_at } else { single() }
}

/// When an entry becomes visible; of a series, its occurrence of that day, or its first. `None` where that is
/// no matter of time: at once, or never.
#[must_use]
pub fn visible_since(model: &Model, head: &Head, day: Option<NaiveDate>) -> Option<Instant> {
    let is = |other: &Head| std::ptr::eq(other, head);
    if let Some(entry) = model.incidents.iter().find(|e| is(&e.head)) {
        return Some(incident::published(entry));
    }
    if let Some(entry) = model.notices.iter().find(|e| is(&e.head)) {
        return visible_from(head, &entry.updates);
    }
    let entry = model.maintenance.iter().find(|e| is(&e.head))?;
    let Some(series) = &entry.recurrence else { return visible_from(head, &entry.updates) };
    let wanted = series.occurrences(entry.window).find(|o| day.is_none_or(|day| o.day >= day))?;
    let mut announced = maintenance::announced(entry, series, wanted.start).into_iter();
    announced.find(|(o, _)| day.is_none_or(|day| o.day == day)).map(|(_, from)| from)
}

/// Everything that changes at the earliest instant after `as_of`, in the order of kinds and entries.
#[must_use]
pub fn upcoming(model: &Model, as_of: Instant) -> Vec<Change<'_>> {
    let mut found: Vec<Change<'_>> = Vec::new();
    all_changes(model, as_of, EVERYTHING, &mut |change| {
        let first = found.first().map(|known| known.at);
        if change.at <= as_of || first.is_some_and(|first| first < change.at) {
            return;
        }
        if first.is_some_and(|first| first > change.at) {
            found.clear();
        }
        let file = |change: &Change<'_>| change.head.map(|head| Arc::clone(&head.file));
        if !found.iter().any(|known| known.what == change.what && file(known) == file(&change)) {
            found.push(change);
        }
    });
    found
}

/// Every word, however far ahead it is dated.
const EVERYTHING: Instant = Instant(i64::MAX);

/// Tells what changes around `as_of`, as far as it follows from what is said and shown by `said`.
fn all_changes<'m>(model: &'m Model, as_of: Instant, said: Instant, tell: &mut dyn FnMut(Change<'m>)) {
    let zone = model.config.zone;
    let today = zone.day(as_of);
    let horizon = zone.day_from(today + Days::new(1));
    // Whatever lies further away than the turns of the day is neither the last change nor the next.
    let near = zone.day_from(today).min(as_of)..=horizon;
    for at in [*near.start(), horizon] {
        tell(Change { at, what: ChangeKind::Day, head: None });
    }
    for entry in &model.incidents {
        seen(&entry.head, Some(incident::published(entry)), said, tell, |mark| {
            incident::changes(entry, &near, said, mark);
        });
    }
    for entry in &model.maintenance {
        let Some(series) = &entry.recurrence else {
            let from = visible_from(&entry.head, &entry.updates);
            seen(&entry.head, from, said, tell, |mark| {
                maintenance::changes(entry, None, &near, said, mark);
            });
            continue;
        };
        let announced = maintenance::announced(entry, series, horizon);
        if let Some(first) = announced.iter().map(|(_, from)| *from).min() {
            seen(&entry.head, Some(first), said, tell, |mark| maintenance::report(entry, said, mark));
        }
        for (occurrence, from) in announced {
            let changes = |mark: &mut dyn FnMut(Instant, ChangeKind)| {
                maintenance::changes(entry, Some(occurrence), &near, said, mark);
            };
            seen(&entry.head, Some(from), said, tell, changes);
        }
    }
    for entry in &model.notices {
        seen(&entry.head, visible_from(&entry.head, &entry.updates), said, tell, |mark| {
            for update in visible(&entry.updates, said) {
                mark(update.at, ChangeKind::Update);
            }
            entry.expires_at.into_iter().for_each(|at| mark(at, ChangeKind::Expires));
        });
    }
    // A question that is withdrawn by the time it would appear never does.
    let withdrawn = |head: &Head| head.withdrawn.as_ref().map(|w| w.at);
    let asked = |head: &&Head| withdrawn(head).is_none_or(|at| head.publish_at.is_none_or(|from| from < at));
    let questions = model.questions.iter().map(|q| &q.head).filter(asked);
    for head in questions.chain(model.pages.iter().map(|p| &p.head)) {
        seen(head, head.publish_at, said, tell, |_| {});
    }
}

/// Tells the changes of an entry that somebody may see: what happened before it was visible shows when
/// it becomes visible, and after it was withdrawn nothing of it changes. An entry that is not visible by `said`
/// tells nothing, nor does a withdrawal that is dated later.
fn seen<'m>(
    head: &'m Head,
    from: Option<Instant>,
    said: Instant,
    tell: &mut dyn FnMut(Change<'m>),
    changes: impl FnOnce(&mut dyn FnMut(Instant, ChangeKind)),
) {
    if head.draft || from.is_some_and(|from| from > said) {
        return;
    }
    let mut tell = |at, what| tell(Change { at, what, head: Some(head) });
    let shown = |at: Instant| from.map_or(at, |from| at.max(from));
    let until = head.withdrawn.as_ref().map(|w| shown(w.at)).filter(|at| *at <= said);
    if let Some(at) = from {
        tell(at, ChangeKind::Appears);
    }
    if let Some(at) = until {
        tell(at, ChangeKind::Withdrawn);
    }
    changes(&mut |at, what| {
        if until.is_none_or(|until| at < until) {
            // What was said before it became visible appears with it.
            let what = if from.is_some_and(|from| at < from) { ChangeKind::Appears } else { what };
            tell(shown(at), what);
        }
    });
}

impl<'m> Snapshot<'m> {
    /// What is true at `as_of`.
    #[must_use]
    pub fn at(model: &'m Model, as_of: Instant) -> Snapshot<'m> {
        Snapshot::exactly(model, changes(model, as_of).0)
    }

    /// What is true at an instant that is a change.
    pub(crate) fn exactly(model: &'m Model, effective: Instant) -> Snapshot<'m> {
        model.heads().for_each(|head| panics::seam("time", &head.file));
        let mut incidents: Vec<IncidentNow<'m>> =
            model.incidents.iter().filter_map(|e| IncidentNow::at(e, effective)).collect();
        incidents.sort_by(|a, b| {
            order(b.incident.started, a.incident.started, &a.incident.head, &b.incident.head)
        });
        let (maintenance, series) = works(model, effective);
        let mut notices: Vec<NoticeNow<'m>> =
            model.notices.iter().filter_map(|n| notice_at(n, effective)).collect();
        notices.sort_by(|a, b| {
            let zero = Instant(0);
            let (x, y) = (a.published.unwrap_or(zero), b.published.unwrap_or(zero));
            order(y, x, &a.notice.head, &b.notice.head)
        });
        let components = statuses(model, &incidents, &maintenance);
        let status = overall(model, effective, &components, &incidents);
        let first = Forecast { at: effective, components: components.clone(), status };
        let outlook = outlook(model, first, &incidents, &maintenance);
        let questions: Vec<&Question> =
            model.questions.iter().filter(|q| is_asked(&q.head, effective)).collect();
        let pages: Vec<&Page> = model.pages.iter().filter(|p| visible_head(&p.head, effective)).collect();
        Snapshot {
            model,
            effective,
            next_change: visible_change(model, effective),
            today: model.config.zone.day(effective),
            incidents,
            maintenance,
            series,
            notices,
            questions,
            pages,
            components,
            status,
            forecast: outlook,
        }
    }

    /// The site's zone.
    #[must_use]
    pub fn zone(&self) -> Zone {
        self.model.config.zone
    }

    /// Active incidents, latest start first.
    pub fn active_incidents(&self) -> impl Iterator<Item = &IncidentNow<'m>> {
        self.incidents.iter().filter(|i| i.is_active())
    }

    /// The questions that are shown because of entries of these kinds that touch these components.
    #[must_use]
    pub fn surfaced(&self, active: &[(Kind, Vec<usize>)]) -> Vec<&'m Question> {
        let concerns = |question: &&&Question| {
            active.iter().any(|(kind, touched)| {
                let about = &question.components.given;
                question.surface.contains(kind)
                    && (about.is_empty() || about.iter().any(|(c, _)| touched.contains(c)))
            })
        };
        self.questions.iter().filter(concerns).copied().collect()
    }

    /// Whether a component is shown today.
    #[must_use]
    pub fn is_shown(&self, component: usize) -> bool {
        let config = &self.model.config.components.all[component];
        let retired = config.retired.is_some_and(|day| day <= self.today);
        let quiet = config.only_when_affected && self.components[component] == ComponentStatus::Operational;
        !retired && !quiet
    }

    /// When a component was not operational, over all visible history. What goes on now goes on to the
    /// end of this second.
    #[must_use]
    pub fn spans(&self) -> Vec<Vec<Span>> {
        let end = Instant(self.effective.0 + 1);
        let mut spans = vec![Vec::new(); self.components.len()];
        for entry in &self.incidents {
            entry.spans(end, |component, span| spans[component].push(span));
        }
        for entry in &self.maintenance {
            entry.spans(end, |component, span| spans[component].push(span));
        }
        spans
    }

    /// From which day on the uptime of a component counts: as site.yaml says, else from the first word of any entry.
    #[must_use]
    pub fn since(&self, component: &Component) -> Since {
        component.since.map_or_else(|| Since::FirstWord(self.first_word()), Since::Said)
    }

    /// The day on which the site first told anything; none of what its clock tells of a series.
    fn first_word(&self) -> Option<NaiveDate> {
        let works = self.maintenance.iter().filter(|m| m.occurrence.is_none()).filter_map(|m| m.published);
        let series = self.series.iter().map(|s| s.maintenance);
        let series = series.filter_map(|m| visible_from(&m.head, &m.updates));
        let notices = self.notices.iter().filter_map(|n| n.published);
        let first =
            self.incidents.iter().map(|i| i.published).chain(works).chain(series).chain(notices).min();
        first.filter(|first| *first <= self.effective).map(|first| self.zone().day(first))
    }

    /// What every visible entry has.
    pub fn heads(&self) -> impl Iterator<Item = &'m Head> {
        (self.incidents.iter().map(|e| &e.incident.head))
            .chain(self.maintenance.iter().filter(|e| e.occurrence.is_none()).map(|e| &e.maintenance.head))
            .chain(self.series.iter().map(|e| &e.maintenance.head))
            .chain(self.notices.iter().map(|e| &e.notice.head))
            .chain(self.questions.iter().map(|e| &e.head))
            .chain(self.pages.iter().map(|e| &e.head))
    }
}

/// Visible maintenance, latest start first, and the series among it.
fn works(model: &Model, now: Instant) -> (Vec<MaintenanceNow<'_>>, Vec<SeriesNow<'_>>) {
    let (mut found, mut all) = (Vec::new(), Vec::new());
    for entry in &model.maintenance {
        let Some(series) = &entry.recurrence else {
            found.extend(MaintenanceNow::at(entry, now));
            continue;
        };
        if entry.head.draft {
            continue;
        }
        let occurrences = maintenance::announced(entry, series, now).into_iter();
        let visible: Vec<_> = occurrences.filter(|(_, from)| *from <= now).collect();
        // The whole shows with the first of its times: before, no page would lead to it.
        let Some(published) = visible.iter().map(|(_, from)| *from).min() else { continue };
        let said = |(o, from)| MaintenanceNow::known_by(entry, Some(o), Some(from), now, now);
        found.extend(visible.into_iter().map(said));
        let last = last_word(&entry.head, now);
        all.push(SeriesNow {
            maintenance: entry,
            occurrences: Vec::new(),
            published: Some(published),
            withdrawn: is_withdrawn(&entry.head, now),
            evaluation: entry.evaluation.as_ref().is_some_and(|(at, _)| at.is_none_or(|at| at <= last)),
        });
    }
    found.sort_by(|a, b| {
        let day = |m: &MaintenanceNow<'_>| m.occurrence.map(|o| o.day);
        order(b.plan.start, a.plan.start, &a.maintenance.head, &b.maintenance.head).then(day(b).cmp(&day(a)))
    });
    for series in &mut all {
        let same = |m: &MaintenanceNow<'_>| std::ptr::eq(m.maintenance, series.maintenance);
        series.occurrences = (0..found.len()).filter(|at| same(&found[*at])).collect();
    }
    (found, all)
}

fn visible_head(head: &Head, now: Instant) -> bool {
    !head.draft && head.publish_at.is_none_or(|at| at <= now)
}

/// A question has no address of its own that could say that it was withdrawn: it is gone.
fn is_asked(head: &Head, now: Instant) -> bool {
    visible_head(head, now) && !is_withdrawn(head, now)
}

/// Later start first, then kind, then slug.
fn order(first: Instant, second: Instant, a: &Head, b: &Head) -> std::cmp::Ordering {
    first.cmp(&second).then_with(|| (a.kind, &a.slug).cmp(&(b.kind, &b.slug)))
}

fn notice_at(notice: &Notice, now: Instant) -> Option<NoticeNow<'_>> {
    let published = visible_from(&notice.head, &notice.updates);
    if notice.head.draft || published.is_some_and(|at| at > now) {
        return None;
    }
    let withdrawn = is_withdrawn(&notice.head, now);
    Some(NoticeNow {
        notice,
        updates: visible(&notice.updates, last_word(&notice.head, now)),
        published,
        current: !withdrawn && notice.expires_at.is_none_or(|at| at > now),
        withdrawn,
    })
}

fn statuses(
    model: &Model,
    incidents: &[IncidentNow<'_>],
    maintenance: &[MaintenanceNow<'_>],
) -> Vec<ComponentStatus> {
    let mut found = vec![ComponentStatus::Operational; model.config.components.all.len()];
    let now = (incidents.iter().flat_map(|e| &e.affects)).chain(maintenance.iter().flat_map(|e| &e.affects));
    for (component, status) in now {
        found[*component] = found[*component].max(*status);
    }
    found
}

/// Follows the plans of what is visible and not over. Only the clock speaks; what people have committed
/// for later stays unsaid.
fn outlook(
    model: &Model,
    now: Forecast,
    incidents: &[IncidentNow<'_>],
    maintenance: &[MaintenanceNow<'_>],
) -> Vec<Forecast> {
    let said = now.at;
    let open: Vec<&MaintenanceNow<'_>> = maintenance.iter().filter(|m| !m.is_said_closed()).collect();
    let active: Vec<&IncidentNow<'_>> = incidents.iter().filter(|i| i.is_active()).collect();
    let turns = open.iter().flat_map(|m| m.turns()).flat_map(|t| [Some(t.at), t.until]).flatten();
    let closings = open.iter().filter_map(|m| m.closes);
    let starts = active.iter().map(|i| i.incident.started);
    let mut marks: Vec<Instant> = turns.chain(closings).chain(starts).collect();
    marks.retain(|at| *at > said);
    marks.sort_unstable();
    marks.dedup();
    let mut found = vec![now];
    for at in marks.into_iter().take(PAGE_TURNS) {
        let later: Vec<MaintenanceNow<'_>> = open.iter().map(|m| m.later(said, at)).collect();
        let active: Vec<IncidentNow<'_>> = active.iter().filter_map(|i| i.later(said, at)).collect();
        let components = statuses(model, &active, &later);
        let status = overall(model, at, &components, &active);
        let same = found.last().is_some_and(|l| l.components == components && l.status == status);
        if !same {
            found.push(Forecast { at, components, status });
        }
    }
    found
}

fn overall(
    model: &Model,
    now: Instant,
    components: &[ComponentStatus],
    incidents: &[IncidentNow<'_>],
) -> ComponentStatus {
    let today = model.config.zone.day(now);
    let worst = (components.iter().zip(&model.config.components.all))
        .filter(|(_, c)| c.retired.is_none_or(|day| day > today))
        .map(|(status, _)| *status)
        .max();
    let least = incidents.iter().filter(|i| i.is_active() && i.incident.started <= now);
    let least = least.map(|i| incident::implied(i.severity)).max();
    worst.max(least).unwrap_or(ComponentStatus::Operational)
}
