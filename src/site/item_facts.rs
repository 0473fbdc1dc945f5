//! Collects the facts as of the time of a feed item. Later updates do not change them.

use super::changes::{self, ChangeWords, Changes, Corrected, SetFact};
use super::feed_items::FeedItem;
use super::item_status::ItemStatus;
use super::{Route, Site};
use crate::model::component::Affects;
use crate::model::entry::{Estimate, NextUpdate, Update};
use crate::model::incident::Change;
use crate::model::maintenance::PlanChange;
use crate::model::outages::Outage;
use crate::model::window::Window;
use crate::model::{Instant, Rich, Stated};
use crate::timeline::{IncidentNow, MaintenanceNow, NoticeNow, WindowNow};
use crate::vocabulary::{Severity, Status};

/// What a feed item says besides its own text.
#[derive(Debug, Default)]
pub struct ItemFacts<'s> {
    /// A sentence before the text, for items that the clock makes.
    pub lead: Option<String>,
    /// Labels and values after the text.
    pub facts: Vec<SetFact>,
    /// What readers are asked to do.
    pub asked: Option<&'s Rich>,
}

impl Site<'_> {
    /// What an item says besides its own text, as of its own time.
    pub(super) fn item_facts(&self, item: &FeedItem<'_>, locale: usize) -> ItemFacts<'_> {
        let words = ChangeWords { site: self, locale };
        match item.route {
            Route::Incident(at) => incident(&words, &self.now.incidents[at], item),
            Route::Maintenance(at) => maintenance(&words, &self.now.maintenance[at], item),
            Route::Notice(at) => notice(&words, &self.now.notices[at], item),
            _ => ItemFacts::default(),
        }
    }

    /// The item's categories: severity or kind, then components, as of its own time.
    pub(super) fn categories(&self, item: &FeedItem<'_>, locale: usize) -> Vec<String> {
        let Some(first) = self.item_grade(item, locale) else { return Vec::new() };
        let affects = self.item_affects(item);
        std::iter::once(first).chain(affects.names.iter().map(|n| n.get(locale).1.clone())).collect()
    }

    /// The name of an incident's severity, of the kind of a maintenance or of the level of a notice, as of the item's time.
    #[must_use]
    pub fn item_grade(&self, item: &FeedItem<'_>, locale: usize) -> Option<String> {
        Some(match item.route {
            Route::Incident(_) => self.severity_name(self.item_severity(item)?, locale),
            Route::Maintenance(at) => self.kind_name(self.now.maintenance[at].maintenance.kind, locale),
            Route::Series(at) => self.kind_name(self.now.series[at].maintenance.kind, locale),
            Route::Notice(at) => {
                self.locales[locale].t(self.now.notices[at].notice.level.message()).to_owned()
            }
            _ => return None,
        })
    }

    /// The severity of an incident as of the item's time.
    #[must_use]
    pub fn item_severity(&self, item: &FeedItem<'_>) -> Option<Severity> {
        let Route::Incident(at) = item.route else { return None };
        let now = &self.now.incidents[at];
        Some(severity(now, &until(now.updates, item)))
    }

    /// What an entry affects as of the item's time.
    #[must_use]
    pub fn item_affects(&self, item: &FeedItem<'_>) -> Affects {
        match item.route {
            Route::Incident(at) => {
                let now = &self.now.incidents[at];
                affected(&now.incident.affects, &until(now.updates, item), |change| change.affects.as_ref())
            }
            Route::Maintenance(at) => {
                let now = &self.now.maintenance[at];
                let updates = until(now.updates.iter().copied(), item);
                affected(&now.maintenance.affects, &updates, |plan| plan.affects.as_ref())
            }
            Route::Series(at) => self.now.series[at].maintenance.affects.clone(),
            Route::Notice(at) => self.now.notices[at].notice.affects.clone(),
            _ => Affects::default(),
        }
    }
}

/// The updates up to an item. If the item is an update, it is the last of them.
fn until<'u, C: 'u>(
    updates: impl IntoIterator<Item = &'u Update<C>>,
    item: &FeedItem<'_>,
) -> Vec<&'u Update<C>> {
    let mut updates: Vec<&Update<C>> = updates.into_iter().take_while(|u| u.at <= item.at).collect();
    let own = |u: &&Update<C>| u.at == item.at && item.status == u.status.into() && u.ordinal == item.ordinal;
    if let Some(own) = updates.iter().position(own).filter(|_| item.changes.is_some()) {
        updates.truncate(own + 1);
    }
    updates
}

/// The affected components after these updates. `of` picks what a change says of them.
fn affected<C>(first: &Affects, updates: &[&Update<C>], of: fn(&C) -> Option<&Affects>) -> Affects {
    let mut affects = first.clone();
    updates.iter().filter_map(|u| of(&u.change)).for_each(|more| affects.replace(more));
    affects
}

fn severity(now: &IncidentNow<'_>, updates: &[&Update<Change>]) -> Severity {
    updates.iter().rev().find_map(|u| u.change.severity).unwrap_or(now.incident.severity)
}

/// The facts that the item's update sets, with full times.
fn own_facts<C: Changes>(
    words: &ChangeWords<'_>,
    update: Option<&&Update<C>>,
    corrected: Option<&Corrected<C>>,
) -> Vec<SetFact> {
    let set = |update: &&Update<C>| {
        changes::facts(words.site, words.locale, &update.change, corrected, &|at| words.moment(at))
    };
    update.map(set).unwrap_or_default()
}

fn plain(facts: Vec<(String, String)>) -> Vec<SetFact> {
    facts.into_iter().map(|(label, value)| SetFact::new(label, value)).collect()
}

/// The facts of an incident's item. The first item also states what the front matter promises.
fn incident<'s>(words: &ChangeWords<'_>, now: &'s IncidentNow<'_>, item: &FeedItem<'_>) -> ItemFacts<'s> {
    let updates = until(now.updates, item);
    if now.incident.backfilled && item.changes.is_none() && item.status == Status::Update.into() {
        return ItemFacts { facts: plain(recorded(words, now, &updates)), ..ItemFacts::default() };
    }
    let is_first = match item.changes {
        Some(_) => updates.len() == 1,
        None => now.updates.is_empty() && item.status == Status::Investigating.into(),
    };
    let own = updates.last().filter(|_| item.changes.is_some());
    let corrected = own.and_then(|_| Corrected::of_incident(now, updates.len() - 1));
    if !is_first {
        return ItemFacts { facts: own_facts(words, own, corrected.as_ref()), ..ItemFacts::default() };
    }
    let (entry, nothing) = (now.incident, Change::default());
    let change = updates.last().map_or(&nothing, |update| &update.change);
    // Every fact is named here, so that the compiler asks for a new one.
    let Change {
        started,
        outages,
        affects: _,
        scope,
        modes: _,
        severity: _,
        next_update,
        expected_recovery,
        ended: _,
        ended_parts: _,
    } = change;
    // A promise applies until the incident is over or its time has passed.
    let is_over = item.status == Status::Resolved.into();
    let ahead = |time: Stated| time.at > item.at && !is_over;
    let hope = entry.expected_recovery.as_ref().filter(|hope| match hope {
        Estimate::At(time) => ahead(*time),
        Estimate::Words(_) => !is_over,
    });
    let mut facts =
        vec![(words.label("fact-severity"), words.site.severity_name(severity(now, &updates), words.locale))];
    facts.extend(words.scope(scope.as_ref().or(entry.scope.as_ref())));
    facts.extend(words.affected(&affected(&entry.affects, &updates, |change| change.affects.as_ref())));
    if !is_over {
        let modes = updates.iter().rev().find_map(|update| update.change.modes.as_ref());
        facts.extend(modes.map(|modes| (words.label("fact-mode"), words.modes(modes))));
        facts.extend(words.advice(&entry.advice, &[]));
    }
    facts.extend(started.map(|at| (words.label("fact-started"), words.moment(at))));
    let listed = || {
        let end = updates.last().filter(|_| is_over).map(|update| change.ended.unwrap_or(update.stated()));
        entry.outages.iter().map(|outage| outage.closed(end)).collect()
    };
    facts.extend(words.outages(&if outages.is_empty() { listed() } else { outages.clone() }));
    facts.extend(words.ended(change).map(|ended| (words.label("fact-ended"), ended)));
    let hope = expected_recovery.as_ref().or(hope);
    facts.extend(hope.map(|hope| (words.label("fact-expected"), words.estimate(hope))));
    let holds = |next: &NextUpdate| next.due().map_or(!is_over, ahead);
    let next = next_update.or(entry.next_update.filter(holds));
    facts.extend(next.map(|next| (words.label("fact-next"), words.next(next))));
    let mut facts = plain(facts);
    // The entry was public before its first update, which corrects it.
    for changed in own_facts(words, own, corrected.as_ref()).into_iter().filter(|fact| fact.before.is_some())
    {
        facts.iter_mut().filter(|fact| fact.label == changed.label).for_each(|fact| *fact = changed.clone());
    }
    ItemFacts { facts, ..ItemFacts::default() }
}

/// The facts of the only item of an incident that was recorded afterwards.
fn recorded(
    words: &ChangeWords<'_>,
    now: &IncidentNow<'_>,
    updates: &[&Update<Change>],
) -> Vec<(String, String)> {
    let entry = now.incident;
    let started = updates.iter().rev().find_map(|update| update.change.started).unwrap_or(entry.started);
    let over = updates.iter().rev().find(|update| update.status == Status::Resolved);
    let ended = updates.iter().rev().find_map(|update| update.change.ended);
    let scope = updates.iter().rev().find_map(|update| update.change.scope.as_ref());
    let mut facts =
        vec![(words.label("fact-severity"), words.site.severity_name(severity(now, updates), words.locale))];
    facts.extend(words.scope(scope.or(entry.scope.as_ref())));
    facts.extend(words.affected(&affected(&entry.affects, updates, |change| change.affects.as_ref())));
    let ended = over.map(|over| ended.unwrap_or(over.stated()));
    let said = updates.iter().rev().map(|update| &update.change.outages).find(|said| !said.is_empty());
    let listed: Vec<Outage> =
        said.unwrap_or(&entry.outages).iter().map(|outage| outage.closed(ended)).collect();
    if listed.is_empty() {
        facts.push((words.label("fact-started"), words.moment(started)));
        facts.extend(ended.map(|ended| (words.label("fact-ended"), words.moment(ended))));
    } else {
        facts.extend(words.outages(&listed));
    }
    facts
}

fn maintenance<'s>(
    words: &ChangeWords<'_>,
    now: &'s MaintenanceNow<'_>,
    item: &FeedItem<'_>,
) -> ItemFacts<'s> {
    let entry = now.maintenance;
    let updates = until(now.updates.iter().copied(), item);
    let piece = |(at, window): (usize, &WindowNow<'s>)| (now.plan_at(at, item.at), window.affects);
    let mut plans: Vec<(Window, Option<&Affects>)> = now.windows.iter().enumerate().map(piece).collect();
    plans.sort_by_key(|(plan, _)| plan.start);
    let begins: Vec<_> = plans.iter().filter(|(plan, _)| plan.start == item.at).copied().collect();
    let affects = || words.affected(&affected(&entry.affects, &updates, |plan| plan.affects.as_ref()));
    let window = |key| (words.label(key), words.windows(&plans));
    let begins =
        || (words.label("fact-window"), words.windows(if begins.is_empty() { &plans } else { &begins }));
    let next = updates.last().filter(|_| item.changes.is_some()).and_then(|u| u.change.next_update);
    let by_clock = item.changes.is_none() && item.words.is_none();
    let (lead, facts) = match item.status {
        ItemStatus::Update(Status::Scheduled) => {
            let mut facts =
                vec![
                    if is_adrift(&updates, plans.first().map_or(now.window.start, |(plan, _)| plan.start)) {
                        (words.label("fact-window"), words.label("pack-window-open"))
                    } else {
                        window("fact-window")
                    },
                ];
            let said = updates.iter().rev().find_map(|update| update.change.scope.as_ref());
            facts.extend(words.scope(said.or(entry.scope.as_ref())));
            facts.extend(affects());
            let planned: Vec<Window> = plans.iter().map(|(plan, _)| *plan).collect();
            facts.extend(words.advice(&entry.advice, &planned));
            facts.extend(next.map(|next| (words.label("fact-next"), words.next(next))));
            (None, plain(facts))
        }
        ItemStatus::Update(Status::InProgress) if by_clock => {
            let facts = std::iter::once(begins()).chain(affects());
            (Some(words.at("clock-said-in_progress", item.stated())), plain(facts.collect()))
        }
        ItemStatus::Update(Status::Verifying) if by_clock => {
            (Some(words.at("clock-said-verifying", item.stated())), plain(affects().into_iter().collect()))
        }
        ItemStatus::Update(Status::Completed) if by_clock => {
            (Some(words.at("clock-said-completed", item.stated())), plain(affects().into_iter().collect()))
        }
        ItemStatus::Update(Status::Cancelled) if by_clock => (None, plain(vec![window("pack-window-off")])),
        _ => {
            let own = updates.last().filter(|_| item.changes.is_some());
            let corrected = own.and_then(|_| Corrected::of_maintenance(now, updates.len() - 1));
            (None, own_facts(words, own, corrected.as_ref()))
        }
    };
    let asked = entry.actions.as_ref().filter(|_| item.status == Status::Scheduled.into());
    ItemFacts { lead, facts, asked }
}

/// Whether the plan was postponed by then without a new time.
fn is_adrift(updates: &[&Update<PlanChange>], start: Instant) -> bool {
    let whole = updates.iter().filter(|update| update.change.pieces.is_empty());
    whole.fold(false, |adrift, update| match (update.status, update.change.start) {
        (_, Some(_)) => false,
        (Status::Postponed, None) => true,
        (Status::Scheduled, None) => adrift && start <= update.at,
        _ => adrift,
    })
}

/// The facts of a notice's first item.
fn notice<'s>(words: &ChangeWords<'_>, now: &NoticeNow<'s>, item: &FeedItem<'_>) -> ItemFacts<'s> {
    let notice = now.notice;
    let is_first = match item.changes {
        Some(_) => notice.head.publish_at.is_none() && until(now.updates, item).len() == 1,
        None => item.status == ItemStatus::Published,
    };
    if !is_first {
        return ItemFacts::default();
    }
    let until = notice.expires_at.map(|at| (words.label("fact-expires"), words.moment(at)));
    let facts = words.affected(&notice.affects).into_iter().chain(until).collect();
    ItemFacts { lead: None, facts: plain(facts), asked: notice.actions.as_ref() }
}
