//! Computes the state of an incident at an instant.
//!
//! Why: docs/decisions/states.md.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::ops::RangeInclusive;

use super::change_kind::ChangeKind;
use super::visibility::{is_withdrawn, last_word, visible, visible_from};
use crate::model::advice::Modes;
use crate::model::component::Affects;
use crate::model::entry::{Estimate, NextUpdate, Update};
use crate::model::incident::Change;
use crate::model::outages::{Outage, OutageEnd};
use crate::model::{GivenStatus, Incident, Instant, Rich, Stated};
use crate::uptime::Span;
use crate::vocabulary::{ComponentStatus, PhaseMode, Severity, Status};

/// An incident at an instant, with only what is visible then.
#[derive(Debug)]
pub struct IncidentNow<'m> {
    pub incident: &'m Incident,
    /// Its visible updates in time order.
    pub updates: &'m [Update<Change>],
    /// Its state: investigating, identified, monitoring or resolved.
    pub state: Status,
    pub severity: Severity,
    pub first_severity: Severity,
    /// A severity that a correction replaced does not count.
    pub highest: Severity,
    /// The statuses it currently gives to components. Empty before it begins and after it ends.
    pub affects: Vec<(usize, ComponentStatus)>,
    /// What still works on each component that is affected while the incident is active.
    pub modes: Vec<(usize, Option<PhaseMode>)>,
    /// The same as it was said, whatever is affected.
    said_modes: Modes,
    /// Every component that it ever touched, by index, with the names as written.
    pub touched: Cow<'m, Affects>,
    /// When the impact began. A correction may have changed it.
    pub started: Stated,
    /// The spans of the impact as they were listed last, the last one closed when it was resolved. Empty if nobody
    /// listed any.
    pub outages: Vec<Outage>,
    /// When the impact ended.
    pub ended: Option<Stated>,
    /// When it first became visible.
    pub published: Instant,
    /// Every promised next update, in the order of the promises.
    pub promises: Vec<Promise>,
    /// Every expected recovery since the incident began or was reopened, with the time of the update that
    /// stated it (`None`: stated in the front matter).
    pub expected: Vec<(Option<Stated>, &'m Estimate)>,
    pub withdrawn: bool,
    /// Whether its postmortem is visible.
    pub postmortem: bool,
}

/// A promised next update, and whether it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Promise {
    pub due: Stated,
    /// When the next update came; `None` while it is outstanding.
    pub kept: Option<Stated>,
}

impl Promise {
    #[must_use]
    pub fn was_late(self) -> bool {
        self.late_seconds().is_some_and(|late| late > 0)
    }

    /// By how many seconds the next update came late; 0 if it was in time, and `None` while it is outstanding.
    #[must_use]
    pub fn late_seconds(self) -> Option<i64> {
        self.kept.map(|kept| (kept.at.0 - self.due.at.0).max(0))
    }
}

#[must_use]
pub fn implied(severity: Severity) -> ComponentStatus {
    match severity {
        Severity::Minor => ComponentStatus::Degraded,
        Severity::Moderate => ComponentStatus::Partial,
        Severity::Critical => ComponentStatus::Major,
    }
}

/// When an incident becomes visible: `publish_at`, else its first update, else when it was detected.
pub(super) fn published(incident: &Incident) -> Instant {
    let noticed = incident.detected.unwrap_or(incident.started);
    visible_from(&incident.head, &incident.updates).unwrap_or(noticed.at)
}

/// The instants within `near` at which the incident changes by itself, given the updates up to `cutoff`. A promise
/// that was kept and an estimate that was replaced cause no change.
pub(super) fn changes(
    incident: &Incident,
    near: &RangeInclusive<Instant>,
    cutoff: Instant,
    mark: &mut dyn FnMut(Instant, ChangeKind),
) {
    let updates = visible(&incident.updates, cutoff);
    for update in updates {
        mark(update.at, ChangeKind::Update);
    }
    if let Some((Some(report), _)) = &incident.postmortem
        && report.at <= cutoff
    {
        mark(report.at, ChangeKind::Report);
    }
    let published = published(incident);
    for (_, until) in
        recent(updates).into_iter().filter(|(_, until)| near.contains(until) && *until > published)
    {
        mark(until, ChangeKind::Settles);
    }
    let at = |at: Instant| IncidentNow::known_by(incident, at.min(cutoff), at).filter(IncidentNow::is_active);
    listed_starts(incident, updates, |start| {
        let is_known = |now: IncidentNow<'_>| !now.withdrawn;
        if near.contains(&start)
            && start > published
            && IncidentNow::known_by(incident, start.min(cutoff), start).is_some_and(is_known)
        {
            mark(start, ChangeKind::Starts);
        }
    });
    let mut found: Vec<(Instant, ChangeKind)> = vec![(incident.started.at, ChangeKind::Starts)];
    let hopes = updates.iter().map(|u| u.change.expected_recovery.as_ref());
    let hopes = hopes.chain([incident.expected_recovery.as_ref()]).flatten().filter_map(time);
    found.extend(hopes.map(|at| (at, ChangeKind::RecoveryDue)));
    let promises = promises(incident, updates, published);
    found.extend(promises.iter().map(|promise| (promise.due.at, ChangeKind::UpdateDue)));
    found.sort_unstable();
    found.dedup();
    for (due, what) in found.into_iter().filter(|(due, _)| near.contains(due) && *due > published) {
        // Compare with the second before: an update at that same instant causes a change anyway.
        let (Some(before), Some(now)) = (at(Instant(due.0 - 1)), at(due)) else { continue };
        let open = match what {
            ChangeKind::RecoveryDue => {
                let hope = |now: &IncidentNow<'_>| now.expected_recovery().and_then(time);
                hope(&before) == Some(due) && hope(&now) == Some(due)
            }
            ChangeKind::UpdateDue => {
                let open = |now: &IncidentNow<'_>| now.outstanding().map(|promise| promise.due.at);
                open(&before) == Some(due) && open(&now) == Some(due)
            }
            _ => true,
        };
        if open {
            mark(due, what);
        }
    }
}

/// The starts that lists name. An update that is dated by its day may list what comes later on that day, also after the
/// incident is resolved.
fn listed_starts(incident: &Incident, updates: &[Update<Change>], mut tell: impl FnMut(Instant)) {
    let lists = updates.iter().flat_map(|update| &update.change.outages).chain(&incident.outages);
    let starts: BTreeSet<Instant> = lists.map(|outage| outage.start.at).collect();
    starts.into_iter().for_each(&mut tell);
}

/// How long the home page lists a resolved incident under a heading of its own, in seconds.
const RECENT: i64 = 86_400;

/// The periods in which an incident was resolved recently: from the update that resolved it, for a day or until it
/// was reopened. An update that repeats that it is resolved begins no new period.
fn recent(updates: &[Update<Change>]) -> Vec<(Instant, Instant)> {
    let mut found: Vec<(Instant, Instant)> = Vec::new();
    let mut is_over = false;
    for update in updates {
        match update.status {
            Status::Update | Status::Correction => {}
            Status::Resolved if is_over => {}
            Status::Resolved => {
                is_over = true;
                found.push((update.at, Instant(update.at.0.saturating_add(RECENT))));
            }
            _ => {
                is_over = false;
                if let Some((_, until)) = found.last_mut() {
                    *until = (*until).min(update.at);
                }
            }
        }
    }
    found
}

fn time(estimate: &Estimate) -> Option<Instant> {
    match estimate {
        Estimate::At(at) => Some(at.at),
        Estimate::Words(_) => None,
    }
}

/// The state of an incident as its updates are applied one by one.
struct Course<'m> {
    state: Status,
    started: Stated,
    /// Every severity in time order. A severity from a correction replaces the wrong one.
    severities: Vec<Severity>,
    given: Cow<'m, Affects>,
    modes: Modes,
    /// For each component, the severity from which it follows them. A component not listed follows from the first.
    named: BTreeMap<usize, usize>,
    ended: Option<Stated>,
    /// When it was resolved, while it is.
    resolved: Option<Stated>,
    /// The spans of the impact as they were listed last.
    outages: &'m [Outage],
    /// Whether the list says when the impact ends: until the incident is reopened.
    is_listed: bool,
    /// The end of the last span if that was open.
    listed_until: Option<Stated>,
    /// When the latest update says that the impact on single components ended before the rest.
    ended_parts: &'m [(usize, Stated)],
}

/// How a component's status is decided: its own stated status, or the highest of some severities.
#[derive(Clone, Copy)]
struct Decided {
    given: GivenStatus,
    /// The first and the last severity that count, by index.
    from: usize,
    to: usize,
}

impl Decided {
    fn status(self, severities: &[Severity]) -> ComponentStatus {
        match self.given {
            GivenStatus::Status(status) => status,
            GivenStatus::Implied => {
                let gravest = severities[self.from..=self.to].iter().copied().max();
                implied(gravest.unwrap_or(Severity::Minor))
            }
        }
    }
}

impl<'m> Course<'m> {
    fn new(incident: &'m Incident) -> Course<'m> {
        Course {
            state: Status::Investigating,
            started: incident.started,
            severities: vec![incident.severity],
            given: Cow::Borrowed(&incident.affects),
            modes: Modes::default(),
            named: BTreeMap::new(),
            ended: None,
            resolved: None,
            outages: &incident.outages,
            is_listed: true,
            listed_until: None,
            ended_parts: &[],
        }
    }

    fn is_over(&self) -> bool {
        self.state == Status::Resolved
    }

    /// The index of the current severity.
    fn last(&self) -> usize {
        self.severities.len() - 1
    }

    fn severity(&self) -> Severity {
        self.severities[self.last()]
    }

    fn highest(&self) -> Severity {
        self.severities.iter().copied().max().unwrap_or(self.severity())
    }

    fn say(&mut self, update: &'m Update<Change>) {
        self.say_with(update, update.change.affects.as_ref());
    }

    /// The same with other components than the update names.
    fn say_with(&mut self, update: &'m Update<Change>, affects: Option<&Affects>) {
        let change = &update.change;
        let was_over = self.is_over();
        self.started = change.start().unwrap_or(self.started);
        if !change.outages.is_empty() {
            (self.outages, self.is_listed, self.listed_until) = (&change.outages, true, None);
        }
        match update.status {
            // A correction may change the end of an incident that is over.
            Status::Correction if was_over => self.end(change, self.resolved.unwrap_or(update.stated())),
            Status::Update | Status::Correction => {}
            Status::Resolved => {
                self.state = Status::Resolved;
                let resolved = *self.resolved.get_or_insert(update.stated());
                self.end(change, resolved);
            }
            status => {
                self.is_listed &= !was_over;
                (self.ended, self.resolved) = (None, None);
                self.state = status;
            }
        }
        if let Some(severity) = change.severity {
            if update.status == Status::Correction {
                let wrong = self.last();
                self.severities[wrong] = severity;
            } else {
                self.severities.push(severity);
            }
        }
        let now = self.last();
        if was_over && !self.is_over() {
            // After a reopening, severities from before it do not count.
            self.named = self.given.given.iter().map(|(component, _)| (*component, now)).collect();
        }
        self.ended_parts = &change.ended_parts;
        // A resolved incident gives no statuses. When it is reopened, it resumes those from before the resolution.
        if self.is_over() {
            return;
        }
        if let Some(affects) = affects {
            self.given.to_mut().replace(affects);
            self.named.extend(affects.given.iter().map(|(component, _)| (*component, now)));
        }
        if let Some(modes) = &change.modes {
            self.modes.say(modes);
        }
        for (component, _) in self.ended_parts {
            self.given.to_mut().set(*component, GivenStatus::Status(ComponentStatus::Operational));
        }
    }

    /// The end that an update of an incident that is over says, or that was said before. If nothing else is said, the
    /// impact ended with the update that resolved it.
    fn end(&mut self, change: &Change, resolved: Stated) {
        let listed = self.outages.last().filter(|_| self.is_listed).map(|last| last.ended());
        let known = match listed {
            Some(Some(end)) => Some(end),
            // A new list takes the end back that was known.
            Some(None) if !change.outages.is_empty() => None,
            _ => self.ended,
        };
        self.ended = Some(change.ended.or(known).unwrap_or(resolved));
        if self.is_listed {
            self.listed_until = self.ended;
        }
    }

    fn decided(&self) -> impl Iterator<Item = (usize, Decided)> {
        let to = self.last();
        self.given.given.iter().map(move |(component, given)| {
            let from = self.named.get(component).copied().unwrap_or(0);
            (*component, Decided { given: *given, from, to })
        })
    }

    fn affects(&self) -> impl Iterator<Item = (usize, ComponentStatus)> {
        self.decided().map(|(component, decided)| (component, decided.status(&self.severities)))
    }
}

/// Hashes only what the incident's own page is made from. The rest follows from the entry and how much is visible.
impl Hash for IncidentNow<'_> {
    fn hash<H: Hasher>(&self, to: &mut H) {
        let digest = self.incident.head.digest_of(self.incident);
        (digest, self.updates.len(), self.published, self.withdrawn, self.postmortem).hash(to);
    }
}

impl<'m> IncidentNow<'m> {
    /// `None` if it is not visible yet.
    #[must_use]
    pub fn at(incident: &'m Incident, now: Instant) -> Option<IncidentNow<'m>> {
        IncidentNow::known_by(incident, now, now)
    }

    /// The same incident at a later clock time, with updates only up to `cutoff`.
    pub(super) fn later(&self, cutoff: Instant, clock: Instant) -> Option<IncidentNow<'m>> {
        IncidentNow::known_by(self.incident, cutoff, clock)
    }

    fn known_by(incident: &'m Incident, now: Instant, clock: Instant) -> Option<IncidentNow<'m>> {
        let published = published(incident);
        if incident.head.draft || published > now {
            return None;
        }
        let last = last_word(&incident.head, now);
        let updates = visible(&incident.updates, last);
        Some(IncidentNow::told(incident, updates, published, now, clock))
    }

    /// The incident with these updates, as the clock shows `clock`.
    fn told(
        incident: &'m Incident,
        updates: &'m [Update<Change>],
        published: Instant,
        now: Instant,
        clock: Instant,
    ) -> IncidentNow<'m> {
        let last = last_word(&incident.head, now);
        let mut course = Course::new(incident);
        let mut touched = Cow::Borrowed(&incident.affects);
        let mut expected: Vec<_> = incident.expected_recovery.iter().map(|e| (None, e)).collect();
        for update in updates {
            let was_over = course.is_over();
            course.say(update);
            if was_over && !course.is_over() {
                expected.clear();
            }
            expected.extend(update.change.expected_recovery.as_ref().map(|e| (Some(update.stated()), e)));
            if let Some(affects) = &update.change.affects {
                touched.to_mut().replace(affects);
            }
        }
        let mut found = IncidentNow {
            incident,
            updates,
            state: course.state,
            severity: course.severity(),
            first_severity: course.severities[0],
            highest: course.highest(),
            affects: Vec::new(),
            modes: Vec::new(),
            said_modes: course.modes.clone(),
            touched,
            started: course.started,
            outages: course.outages.iter().map(|outage| outage.closed(course.listed_until)).collect(),
            ended: course.ended,
            published,
            promises: promises(incident, updates, published),
            expected,
            withdrawn: is_withdrawn(&incident.head, now),
            postmortem: incident.postmortem.as_ref().is_some_and(|(at, _)| at.is_none_or(|at| at.at <= last)),
        };
        if found.is_active() {
            let affected = course.affects().filter(|(_, status)| *status != ComponentStatus::Operational);
            found.modes = affected.map(|(component, _)| (component, course.modes.of(component))).collect();
        }
        if found.is_active() && found.started.at <= clock {
            found.affects = course.affects().collect();
        }
        found
    }

    /// The incident as readers knew it before an update, given by its index; `None` if they knew nothing, because the
    /// update was published together with the entry.
    #[must_use]
    pub fn before(&self, update: usize) -> Option<IncidentNow<'m>> {
        let at = self.updates.get(update)?.at;
        let told = || IncidentNow::told(self.incident, &self.updates[..update], self.published, at, at);
        (at > self.published).then(told)
    }

    /// What readers knew before a correction, and what they know since, of the facts that it changes.
    #[must_use]
    pub fn corrected(&self, update: usize) -> Option<(Change, Change)> {
        let correction = self.updates.get(update).filter(|update| update.status == Status::Correction)?;
        let known = self.before(update)?;
        let Change {
            started,
            outages,
            affects,
            scope,
            modes,
            severity,
            next_update,
            expected_recovery,
            ended,
            ended_parts,
        } = &correction.change;
        let (affects_before, affects_after) = match affects {
            Some(affects) => self.affects_around(update, &known, affects),
            None => (None, None),
        };
        let before = Change {
            started: started.map(|_| known.started),
            outages: if outages.is_empty() { Vec::new() } else { known.impact() },
            affects: affects_before,
            scope: scope.as_ref().and_then(|_| known.scope().cloned()),
            modes: modes.as_ref().map(|_| known.said_modes.clone()),
            severity: severity.map(|_| known.severity),
            next_update: next_update.and_then(|_| known.next_update()),
            expected_recovery: expected_recovery.as_ref().and_then(|_| known.expected_recovery().cloned()),
            // An end of single components stands beside the whole end, and has no earlier value.
            ended: ended.filter(|_| ended_parts.is_empty()).and(known.ended),
            ended_parts: Vec::new(),
        };
        let after = Change {
            started: *started,
            outages: outages.clone(),
            affects: affects_after,
            scope: scope.clone(),
            modes: modes.clone(),
            severity: *severity,
            next_update: *next_update,
            expected_recovery: expected_recovery.clone(),
            ended: *ended,
            ended_parts: Vec::new(),
        };
        Some((before, after))
    }

    /// The spans of the impact: those that were listed, or the one from its start to its end.
    fn impact(&self) -> Vec<Outage> {
        if !self.outages.is_empty() {
            return self.outages.clone();
        }
        vec![Outage { start: self.started, end: OutageEnd::Open }.closed(self.ended)]
    }

    /// The components whose status a correction changes, with the status before and after it. Of an incident that is
    /// over: the components that it affected.
    fn affects_around(
        &self,
        update: usize,
        known: &IncidentNow<'m>,
        affects: &Affects,
    ) -> (Option<Affects>, Option<Affects>) {
        if !known.is_active() {
            let mut after = known.touched.clone().into_owned();
            after.replace(affects);
            let plain = |affects: &Affects| Affects {
                given: affects
                    .given
                    .iter()
                    .map(|(component, _)| (*component, GivenStatus::Implied))
                    .collect(),
                names: affects.names.clone(),
            };
            return (Some(plain(&known.touched)), Some(plain(&after)));
        }
        let effects = self.effects();
        let is_named = |component: &usize| affects.given.iter().any(|(named, _)| named == component);
        let changed = effects.get(update).into_iter().flatten();
        let changed: Vec<_> =
            changed.filter(|(component, was, is)| was != is && is_named(component)).collect();
        let of = |status: fn(&(usize, ComponentStatus, ComponentStatus)) -> ComponentStatus| {
            let given =
                changed.iter().map(|change| (change.0, GivenStatus::Status(status(change)))).collect();
            (!changed.is_empty()).then(|| Affects { given, names: affects.names.clone() })
        };
        (of(|change| change.1), of(|change| change.2))
    }

    /// What still works on a component while it is affected; `None` if nothing is said of that.
    #[must_use]
    pub fn mode_of(&self, component: usize) -> Option<PhaseMode> {
        self.modes.iter().find(|(of, _)| *of == component).and_then(|(_, mode)| *mode)
    }

    /// Whether it was reopened after an update resolved it.
    #[must_use]
    pub fn is_reopened(&self) -> bool {
        let sets = |s| matches!(s, Status::Investigating | Status::Identified | Status::Monitoring);
        let closed = self.updates.iter().position(|update| update.status == Status::Resolved);
        closed.is_some_and(|closed| self.updates[closed..].iter().any(|update| sets(update.status)))
    }

    /// Whether it is neither resolved nor withdrawn.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.state != Status::Resolved && !self.withdrawn
    }

    /// The promises that count. After the end, an open one no longer matters; a withdrawal ends no promise.
    pub fn counted_promises(&self) -> impl Iterator<Item = Promise> + '_ {
        let waited = self.is_active() || (self.withdrawn && self.state != Status::Resolved);
        self.promises.iter().copied().filter(move |promise| promise.kept.is_some() || waited)
    }

    /// When it was first published, as its first update or its detection says it.
    #[must_use]
    pub fn first_notice(&self) -> Stated {
        let said = self.updates.first().map(Update::stated).or(self.incident.detected);
        let said = said.unwrap_or(self.incident.started);
        if said.at == self.published { said } else { self.published.into() }
    }

    /// The seconds from its detection to the first notice. `None` also if one of the two is not known exactly.
    #[must_use]
    pub fn detection_to_notice(&self) -> Option<i64> {
        let (detected, notice) = (self.incident.detected?, self.first_notice());
        (detected.is_exact() && notice.is_exact()).then_some(notice.at.0 - detected.at.0)
    }

    /// The promised update that is still outstanding.
    fn outstanding(&self) -> Option<&Promise> {
        self.promises.last().filter(|p| p.kept.is_none() && self.is_active())
    }

    /// If it was resolved at most a day before this instant: when the day is over.
    #[must_use]
    pub fn recent_until(&self, now: Instant) -> Option<Instant> {
        let (from, until) = recent(self.updates).pop()?;
        (self.state == Status::Resolved && !self.withdrawn && from <= now && now < until).then_some(until)
    }

    /// When the next update comes, as far as something was said of it.
    #[must_use]
    pub fn next_update(&self) -> Option<NextUpdate> {
        let said = match self.updates {
            [] => self.incident.next_update,
            [only] if only.at <= self.published && only.change.next_update.is_none() => {
                self.incident.next_update
            }
            [.., last] => last.change.next_update,
        };
        let undecided = said.filter(|said| self.is_active() && *said == NextUpdate::Undecided);
        self.outstanding().map(|promise| NextUpdate::By(promise.due)).or(undecided)
    }

    /// Who or what is affected in words, as it was said last.
    #[must_use]
    pub fn scope(&self) -> Option<&'m Rich> {
        let said = self.updates.iter().rev().find_map(|update| update.change.scope.as_ref());
        said.or(self.incident.scope.as_ref())
    }

    #[must_use]
    pub fn expected_recovery(&self) -> Option<&'m Estimate> {
        self.expected.last().filter(|_| self.is_active()).map(|(_, e)| *e)
    }

    /// The severity to display: the current one while it is active, and the highest once it is over.
    #[must_use]
    pub fn named_severity(&self) -> Severity {
        if self.is_active() { self.severity } else { self.highest }
    }

    /// The time of the latest update, or of publication if that is later.
    #[must_use]
    pub fn last_updated(&self) -> Instant {
        self.updates.last().map_or(self.published, |u| u.at.max(self.published))
    }

    /// The time of the latest publication, including the postmortem and the withdrawal.
    #[must_use]
    pub fn last_publication(&self) -> Instant {
        let report = self
            .incident
            .postmortem
            .as_ref()
            .filter(|_| self.postmortem)
            .and_then(|(at, _)| *at)
            .map(|at| at.at);
        let withdrawn = self.incident.head.withdrawn.as_ref().filter(|_| self.withdrawn).map(|w| w.at);
        self.last_updated().max(report.unwrap_or(self.published)).max(withdrawn.unwrap_or(self.published))
    }

    /// The effect of each visible update on components: index, status before, status after.
    #[must_use]
    pub fn effects(&self) -> Vec<Vec<(usize, ComponentStatus, ComponentStatus)>> {
        let mut course = Course::new(self.incident);
        let mut before: BTreeMap<usize, ComponentStatus> = BTreeMap::new();
        let follow = |update: &'m Update<Change>| {
            course.say(update);
            let over = course.is_over();
            let after =
                |(component, status)| (component, if over { ComponentStatus::Operational } else { status });
            let after: BTreeMap<usize, ComponentStatus> = course.affects().map(after).collect();
            let was = |component| before.get(component).copied().unwrap_or(ComponentStatus::Operational);
            let effect =
                after.iter().map(|(component, status)| (*component, was(component), *status)).collect();
            before = after;
            effect
        };
        self.updates.iter().map(follow).collect()
    }

    /// The end that holds after each update, as later corrections have it: a wrong end was never true.
    fn ends(&self) -> Vec<Option<Stated>> {
        let mut course = Course::new(self.incident);
        let after = |update| {
            course.say(update);
            course.ended
        };
        let mut ends: Vec<Option<Stated>> = self.updates.iter().map(after).collect();
        for at in (1..ends.len()).rev() {
            if !self.updates[at].status.sets_state() && ends[at - 1].is_some() {
                ends[at - 1] = ends[at];
            }
        }
        ends
    }

    /// The update that listed the spans of the impact last, by its position. `None` if only the front matter does.
    fn last_list(&self) -> Option<usize> {
        self.updates.iter().rposition(|update| !update.change.outages.is_empty())
    }

    /// The listed spans up to `end`, without those that begin later. A moment lasts for `moment` seconds.
    fn listed(&self, end: Instant, moment: i64) -> Vec<(Instant, Instant)> {
        let span = |outage: &Outage| {
            let from = outage.start.at;
            let until = if outage.is_moment() {
                Instant(from.0.saturating_add(moment))
            } else {
                outage.ended().map_or(end, |until| until.at)
            };
            (from, until.min(end))
        };
        self.outages.iter().map(span).filter(|(from, _)| *from < end).collect()
    }

    /// The periods in which it was active, up to `end`: one, or those that were listed, plus one for each reopening.
    /// Each includes its first second and excludes its last. A moment is the second that it names.
    #[must_use]
    pub fn stretches(&self, end: Instant) -> Vec<(Instant, Instant)> {
        if self.withdrawn {
            return Vec::new();
        }
        let mut course = Course::new(self.incident);
        let mut found =
            if self.outages.is_empty() { vec![(self.started.at, end)] } else { self.listed(end, 1) };
        let list = self.last_list();
        for (at, (update, ended)) in self.updates.iter().zip(self.ends()).enumerate() {
            let was_over = course.is_over();
            course.say(update);
            // A list says everything that was up to then.
            if list.is_some_and(|list| at <= list) {
                continue;
            }
            match ended {
                Some(_) if course.is_listed && !course.outages.is_empty() => {}
                Some(ended) => found.iter_mut().for_each(|stretch| stretch.1 = stretch.1.min(ended.at)),
                None if was_over => found.push((update.at, end)),
                None => {}
            }
        }
        found
    }

    /// Pushes the periods in which each component was not operational, up to `end`.
    pub fn spans(&self, end: Instant, mut push: impl FnMut(usize, Span)) {
        if self.withdrawn {
            return;
        }
        let mut course = Course::new(self.incident);
        let (front, said) = self.corrected_affects();
        course.given = front;
        let mut found: Vec<Part> = Vec::new();
        let mut from = self.started.at;
        let mut run = |course: &Course<'_>, found: &mut Vec<Part>, to: Instant, is_before_list: bool| {
            // A list may say that there was an impact while everybody thought that it was over.
            if is_before_list || !course.is_over() {
                let is_listed = is_before_list || (course.is_listed && !course.outages.is_empty());
                let part = |(component, decided)| Part { component, from, to, decided, is_listed };
                found.extend(course.decided().map(part));
            }
            from = from.max(to);
        };
        let list = self.last_list();
        for (at, ((update, ended), affects)) in self.updates.iter().zip(self.ends()).zip(&said).enumerate() {
            // A correction may put the end after the update that reported it.
            let to = ended.map_or(update.at, |ended| ended.at.max(update.at));
            run(&course, &mut found, to, list.is_some_and(|list| at <= list));
            course.say_with(update, affects.as_deref());
            if let Some(ended) = ended {
                for part in found.iter_mut().filter(|part| !part.is_listed) {
                    part.to = part.to.min(ended.at);
                }
            }
            for (component, ended) in course.ended_parts {
                let own = found.iter_mut().filter(|part| part.component == *component);
                own.for_each(|part| part.to = part.to.min(ended.at));
            }
        }
        run(&course, &mut found, end, false);
        let listed = self.listed(end, 0);
        for Part { component, from, to, decided, is_listed } in found {
            // Uses the final severities: a corrected one was never true.
            let status = decided.status(&course.severities);
            let whole = [(from, to)];
            let times = if is_listed { &listed[..] } else { &whole };
            let inside = times.iter().map(|(start, until)| (from.max(*start), to.min(*until)));
            for (from, to) in inside.filter(|(from, to)| to > from) {
                push(component, Span { from, to, status, counts: true });
            }
        }
    }
}

/// A period in which a component had one status.
struct Part {
    component: usize,
    from: Instant,
    to: Instant,
    decided: Decided,
    /// Whether it counts only within the listed spans.
    is_listed: bool,
}

impl<'m> IncidentNow<'m> {
    /// The components that the front matter and each update name, as corrections leave them: what a correction says of a
    /// component was true since it was last named, or since the start.
    fn corrected_affects(&self) -> (Cow<'m, Affects>, Vec<Option<Cow<'m, Affects>>>) {
        let mut front = Cow::Borrowed(&self.incident.affects);
        let mut said: Vec<Option<Cow<'m, Affects>>> =
            self.updates.iter().map(|update| update.change.affects.as_ref().map(Cow::Borrowed)).collect();
        for (at, update) in self.updates.iter().enumerate().filter(|(_, u)| u.status == Status::Correction) {
            let corrected = update.change.affects.iter().flat_map(|affects| &affects.given);
            for (component, given) in corrected {
                let names = |affects: &Affects| affects.given.iter().any(|(of, _)| of == component);
                let wrong = said[..at].iter_mut().flatten().rfind(|affects| names(affects));
                let one = Affects { given: vec![(*component, *given)], names: Vec::new() };
                wrong.unwrap_or(&mut front).to_mut().replace(&one);
            }
        }
        (front, said)
    }
}

fn promises(incident: &Incident, updates: &[Update<Change>], published: Instant) -> Vec<Promise> {
    let mut found: Vec<Promise> = incident
        .next_update
        .and_then(NextUpdate::due)
        .map(|due| Promise { due, kept: None })
        .into_iter()
        .collect();
    for update in updates {
        // An update published together with the report does not keep the promise made in that report.
        let first = std::ptr::eq(update, &raw const updates[0]);
        let with_report = first && incident.next_update.is_some() && update.at <= published;
        if let Some(open) = found.last_mut().filter(|p| p.kept.is_none())
            && (!with_report || update.at > open.due.at || update.change.next_update.is_some())
        {
            open.kept = Some(update.stated());
        }
        found.extend(
            update.change.next_update.and_then(NextUpdate::due).map(|due| Promise { due, kept: None }),
        );
    }
    found
}
