//! `policy/unapproved`: published text that the people of `policy.approve` have not approved as it is.
//!
//! An approval is of the words as they were: a change asks again, and what did not change stays approved. Approvals
//! come from `reviewed_by`, from the trailers of commits, and from the reviews of a pull request. What git cannot
//! show is not approved.

use std::path::Path;
use std::sync::Arc;

use super::approved_states::{self, Past, Then};
use super::git::{Repository, Unknown};
use super::reviews::{Reviewed, Reviews};
use super::units::{self, Said, Unit, Units};
use super::{Report, at_level, entries, original};
use crate::diagnostic::Place;
use crate::message::{Message, count, message, one_of};
use crate::model::person::Person;
use crate::model::policy::{Approval, Subject};
use crate::model::{Config, EntryRef, Head, Instant, Level, Model, Secret};

pub const CODE: &str = "policy/unapproved";

/// What the check reads.
#[derive(Clone, Copy, Debug)]
pub struct Question<'q> {
    pub root: &'q Path,
    pub model: &'q Model,
    pub as_of: Instant,
    /// Every entry, not only those that are open, announced, or over for less than thirty days.
    pub all: bool,
    pub reviews: Option<&'q Reviews>,
}

/// A text that waits for approvals by one rule.
#[derive(Debug)]
pub struct Waiting<'m> {
    pub head: &'m Head,
    pub rule: &'m Approval,
    unit: Unit,
    /// The languages that are not approved, by their positions.
    locales: Vec<usize>,
    /// How many people have approved it.
    pub have: usize,
    /// Whether an approval is of earlier words.
    is_outdated: bool,
    /// Whether a person of the rule asks for changes to these words.
    is_refused: bool,
    /// Whether readers see it.
    pub is_public: bool,
    /// Until when it may be public without an approval.
    pub due: Option<Instant>,
}

#[derive(Debug, Default)]
pub struct Answer<'m> {
    /// In the order of entries, and of texts within each.
    pub waiting: Vec<Waiting<'m>>,
    pub unknown: Vec<Unknown>,
    /// Approvals in the reviews that count, as trailers name the people.
    pub counted: Vec<String>,
}

/// Everything that waits for an approval.
#[must_use]
pub fn ask(question: Question<'_>) -> Answer<'_> {
    let Question { root, model, as_of, all, reviews } = question;
    let mut answer = Answer::default();
    let rules = &model.config.policy.approve;
    if rules.is_empty() || model.config.policy.level(CODE) == Level::Off {
        return answer;
    }
    let mut items = entries::current(model, as_of, all);
    items.retain(|item| rules.iter().any(|rule| is_covered(*item, rule)));
    if items.is_empty() {
        return answer;
    }
    let read = Repository::around(root, None).and_then(|repository| {
        approved_states::of(&repository, &items, &model.config, reviews, &mut answer.unknown)
    });
    let pasts = read.unwrap_or_else(|why| {
        // Without a repository, the files are all there is.
        let has_none = matches!(why, Unknown::NoGit | Unknown::NoRepository | Unknown::NoTree);
        if !has_none || reviews.is_some() {
            answer.unknown.push(why);
        }
        Vec::new()
    });
    let none = Past::default();
    for (number, item) in items.iter().enumerate() {
        let past = pasts.get(number).unwrap_or(&none);
        let now = units::of(*item, model.config.locales.len());
        let case = Case { item: *item, past, reviews, as_of, has_git: pasts.len() == items.len() };
        for rule in rules.iter().filter(|rule| is_covered(*item, rule)) {
            waiting(&case, rule, &now, &mut answer);
        }
    }
    answer
}

/// Turns what waits into diagnostics.
#[must_use]
pub fn report(root: &Path, model: &Model, as_of: Instant, answer: &Answer<'_>) -> Report {
    let mut report = Report::default();
    let level = model.config.policy.level(CODE);
    for waiting in &answer.waiting {
        let place = place(root, waiting, &model.config, &mut report);
        // Until the time is over, nobody is late.
        let level = if waiting.due.is_some_and(|due| due > as_of) { Level::Warn } else { level };
        let found = at_level(level, CODE, place, waiting.message(&model.config));
        report.found.push(found.help(waiting.help()));
    }
    report.found.extend(answer.unknown.iter().map(super::unknown));
    report
}

impl Waiting<'_> {
    /// What waits, for messages: "the update `investigating 2026-11-20 10:00` in `en`".
    fn what(&self, config: &Config) -> Message {
        let what = match self.unit {
            Unit::Entry => message!("history-unapproved-entry", "the text above the updates"),
            Unit::Update { at, status, .. } => {
                message!(
                    "history-unapproved-update",
                    "the update `{status} {time}`",
                    status = status.word(),
                    time = self.local(at, config)
                )
            }
            Unit::Section(section) => {
                message!("history-unapproved-section", "the section `{section}`", section = section.word())
            }
            Unit::Withdrawal => message!("history-unapproved-withdrawal", "the reason of the withdrawal"),
        };
        if self.locales.contains(&0) {
            return what;
        }
        let tags = self.locales.iter().filter_map(|locale| config.locales.get(*locale));
        let tags = tags.map(|tag| Message::same(format!("`{tag}`"))).collect();
        let tags = Message::joined(tags, message!("history-comma", ", "));
        message!("history-unapproved-in", "{what} in {tags}", what, tags)
    }

    fn local(&self, at: Instant, config: &Config) -> String {
        self.head.zone.unwrap_or(config.zone).local(at).format("%Y-%m-%d %H:%M").to_string()
    }

    /// What waits and what it lacks, and until when it is in order.
    #[must_use]
    pub fn message(&self, config: &Config) -> Message {
        let mut parts = vec![message!(
            "history-unapproved",
            "{what} has {have} of {approvals} by {who}",
            what = self.what(config),
            have = self.have,
            approvals = count(self.rule.count, "approval", "approvals"),
            who = one_of(&self.rule.named)
        )];
        if self.is_outdated {
            parts.push(message!("history-unapproved-changed", "it has changed since it was approved"));
        }
        if self.is_refused {
            parts.push(message!("history-unapproved-refused", "a reviewer asks for changes"));
        }
        let missing = Message::joined(parts, message!("history-semicolon", "; "));
        let Some(due) = self.due else { return missing };
        message!("history-unapproved-due", "{missing}, due {time}", missing, time = self.local(due, config))
    }

    fn help(&self) -> Message {
        let (who, slug) = (one_of(&self.rule.named), &self.head.slug);
        if self.rule.author_counts {
            return message!(
                "history-unapproved-help",
                "ask {who} to approve the pull request, or to commit with `Approved-by: NAME`; `noroshi review {slug}` shows how",
                who,
                slug
            );
        }
        message!(
            "history-unapproved-other-help",
            "ask {who} (not the author of these words) to approve the pull request, or to commit with `Approved-by: NAME`; `noroshi review {slug}` shows how",
            who,
            slug
        )
    }
}

fn is_covered(item: EntryRef<'_>, rule: &Approval) -> bool {
    rule.covers.iter().any(|subject| match (item, subject) {
        (EntryRef::Incident(_), Subject::Incident)
        | (EntryRef::Maintenance(_), Subject::Maintenance)
        | (EntryRef::Notice(_), Subject::Notice) => true,
        // The gravest hour of an incident decides, as for its postmortem.
        (EntryRef::Incident(entry), Subject::Severity(wanted)) => {
            let later = entry.updates.iter().filter_map(|update| update.change.severity);
            later.chain([entry.severity]).any(|severity| severity == *wanted)
        }
        (EntryRef::Maintenance(entry), Subject::Kind(kind)) => entry.kind == *kind,
        _ => false,
    })
}

/// An entry, and what is known of its past.
struct Case<'m, 'c> {
    item: EntryRef<'m>,
    past: &'c Past,
    reviews: Option<&'c Reviews>,
    as_of: Instant,
    has_git: bool,
}

/// A text of an entry, and where it comes from.
struct Origin {
    /// Everyone who wrote it as it is.
    authors: Vec<Person>,
    /// When it came to the published branch, as far as that is committed; `None` if it is not.
    since: Option<i64>,
    /// When it was written as it is, which a merge does not change; `None` if it is not committed.
    written: Option<i64>,
}

fn waiting<'m>(case: &Case<'m, '_>, rule: &'m Approval, now: &Units, answer: &mut Answer<'m>) {
    let mut found: Vec<Waiting<'m>> = Vec::new();
    for (key, said) in now {
        let origin = case.origin(*key, said);
        let since = if case.has_git { origin.since.unwrap_or(case.as_of.0) } else { i64::MIN };
        let since = Instant(since.max(said.from.0));
        if rule.since.is_some_and(|from| since < from) {
            continue;
        }
        let views: Vec<View> =
            rule.people.iter().map(|person| case.view(*key, said, &origin, rule, person)).collect();
        for view in &views {
            let name = view.counted.iter().filter(|name| !answer.counted.contains(*name));
            answer.counted.extend(name.cloned().collect::<Vec<_>>());
        }
        let have = views.iter().filter(|view| view.is_approved).count();
        let is_refused = views.iter().any(|view| view.is_refused);
        if have >= rule.count && !is_refused {
            continue;
        }
        let new = Waiting {
            head: case.item.head(),
            rule,
            unit: key.0,
            locales: vec![key.1],
            have: have.min(rule.count),
            is_outdated: have < rule.count && views.iter().any(|view| view.is_outdated && !view.is_approved),
            is_refused,
            is_public: since <= case.as_of,
            due: rule.within.map(|within| Instant(since.0.saturating_add(within))),
        };
        match found.last_mut().filter(|last| last.unit == new.unit) {
            Some(last) => last.join(new),
            None => found.push(new),
        }
    }
    answer.waiting.extend(found);
}

impl Waiting<'_> {
    /// Adds another language of the same text.
    fn join(&mut self, other: Waiting<'_>) {
        self.locales.extend(other.locales);
        self.have = self.have.min(other.have);
        self.is_outdated |= other.is_outdated;
        self.is_refused |= other.is_refused;
        self.is_public |= other.is_public;
        self.due = self.due.min(other.due);
    }
}

/// What one person says of a text.
#[derive(Default)]
struct View {
    is_approved: bool,
    is_outdated: bool,
    is_refused: bool,
    /// The login of a review that approves it.
    counted: Option<String>,
}

impl View {
    fn approve(&mut self, opinion: Opinion) {
        self.is_approved |= opinion == Opinion::Same;
        self.is_outdated |= opinion == Opinion::Other;
    }
}

/// How a text in an approved state differs from the text as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opinion {
    Same,
    Other,
    /// It was not there.
    None,
}

fn opinion(key: (Unit, usize), said: &Said, then: &Then) -> Opinion {
    match then.as_ref().and_then(|state| state.units.get(&key)) {
        Some(known) if known.is_same(said) => Opinion::Same,
        Some(_) => Opinion::Other,
        None => Opinion::None,
    }
}

impl Case<'_, '_> {
    fn origin(&self, key: (Unit, usize), said: &Said) -> Origin {
        let is_in = |then: &Then| opinion(key, said, then) == Opinion::Same;
        let mut origin = Origin { authors: Vec::new(), since: None, written: None };
        for step in self.past.steps.iter().filter(|step| is_in(&step.state)) {
            if !step.parents.first().is_some_and(is_in) {
                origin.since = origin.since.max(Some(step.commit.time));
            }
            // A merge writes nothing that one of its parents has, and the edge of a clone may not have written it.
            if !step.parents.iter().any(is_in) {
                origin.written = origin.written.max(Some(step.commit.time));
            }
            if !step.is_edge && !step.parents.iter().any(is_in) {
                let commit = &step.commit;
                origin.authors.extend(Person::parse(&format!("{} <{}>", commit.author, commit.email)));
            }
        }
        if let (Some(base), Some(author)) = (&self.past.base, self.reviews.and_then(|r| r.author.as_ref()))
            && !is_in(base)
        {
            origin.authors.push(author.clone());
        }
        origin
    }

    fn view(&self, key: (Unit, usize), said: &Said, origin: &Origin, rule: &Approval, who: &Person) -> View {
        let head = self.item.head();
        let mut view = View::default();
        self.review(key, said, origin, who, &mut view);
        let is_named = |(known, name): &(String, Secret)| known == "internal.author" && name.is_person(who);
        let wrote = origin.authors.iter().any(|author| who.is(author)) || head.secrets.iter().any(is_named);
        if wrote && !rule.author_counts {
            return View { is_refused: view.is_refused, ..View::default() };
        }
        for step in &self.past.steps {
            let signed = step.commit.approved.iter().chain(&step.commit.reviewed);
            if signed.filter_map(|name| Person::parse(name)).any(|name| who.is(&name)) {
                view.approve(opinion(key, said, &step.state));
            }
        }
        for name in head.reviewers.iter().filter(|name| name.is_person(who)) {
            self.listed(key, said, name, &mut view);
        }
        view
    }

    /// A name in `reviewed_by` approves the entry as it was when the name was added.
    fn listed(&self, key: (Unit, usize), said: &Said, name: &Secret, view: &mut View) {
        // A version with errors may have had the name already.
        let has = |then: &Then| {
            then.as_ref().is_some_and(|state| {
                state.is_broken || state.reviewers.iter().any(|known| known.is_alike(name))
            })
        };
        if !has(&self.past.head) {
            // It is not committed yet, or there is no repository.
            view.approve(Opinion::Same);
        }
        let added = self.past.steps.iter().filter(|step| has(&step.state) && !step.parents.iter().any(has));
        for step in added {
            view.approve(opinion(key, said, &step.state));
        }
    }

    fn review(&self, key: (Unit, usize), said: &Said, origin: &Origin, who: &Person, view: &mut View) {
        let verdicts = self.reviews.map_or(&[][..], |reviews| &reviews.verdicts);
        for (verdict, then) in verdicts.iter().zip(&self.past.reviewed) {
            let Some(then) = then.as_ref().filter(|_| who.is(&verdict.who)) else { continue };
            // GitLab says when somebody approved, and not what.
            let is_later = |at: Instant| origin.written.is_none_or(|written| written > at.0);
            let opinion = match (opinion(key, said, then), &verdict.of) {
                (Opinion::Same, Reviewed::Head(Some(at))) if is_later(*at) => Opinion::Other,
                (opinion, _) => opinion,
            };
            if !verdict.is_approval {
                view.is_refused |= opinion == Opinion::Same;
                continue;
            }
            view.approve(opinion);
            if opinion == Opinion::Same {
                view.counted = who.login().map(|login| format!("@{login}"));
            }
        }
    }
}

/// The heading of a text, or else the title of its entry.
fn place(root: &Path, waiting: &Waiting<'_>, config: &Config, report: &mut Report) -> Place {
    let head = waiting.head;
    let Some((document, text)) = original(root, head, config) else { return head.place.clone() };
    let zone = head.zone.unwrap_or(config.zone);
    let heading = match waiting.unit {
        Unit::Entry => None,
        Unit::Withdrawal => {
            let entry = document.front.root.entry("withdrawn");
            entry.map(|entry| document.front.place(&entry.key_range))
        }
        Unit::Update { at, status, .. } => {
            let is = |raw: &&crate::document::body::RawUpdate| {
                raw.status == status && zone.resolve(&raw.written).ok() == Some(at)
            };
            let raw = document.body.updates.iter().find(is);
            raw.map(|raw| Place::at(&head.file, raw.heading.clone()))
        }
        Unit::Section(wanted) => {
            let section = document.body.sections.iter().find(|section| section.section == wanted);
            section.map(|section| Place::at(&head.file, section.heading.clone()))
        }
    };
    report.texts.insert(Arc::clone(&head.file), text);
    heading.unwrap_or_else(|| head.place.clone())
}
