//! The page of an entry, as one complete document.
//!
//! Nothing here depends on the clock. States that the clock sets are data attributes; the text next to them is
//! true at any time. So an update of one entry rewrites its own page and no other entry's page.

use askama::Template;

use super::markup::{Html, html};
use super::parts::{
    Chip, Line, QuestionView, Turning, clock_words, current, estimate_words, field_value, level_class,
    mode_name, phase_times, promised, surfaced,
};
use super::windows::windows;
use super::{Layout, Scope, severity_class, shown};
use crate::kind::EntryKind;
use crate::model::advice::Advice;
use crate::model::entry::{Estimate, FieldValue, NextUpdate, Question, Update, Withdrawn};
use crate::model::window::Window;
use crate::model::{Head, Instant, Rich, Stated, Text};
use crate::site::changes::{self, Changes, Corrected, SetFact, WINDOW_SEPARATOR};
use crate::site::feed_items::anchor;
use crate::site::{Event, Route};
use crate::text::shorten;
use crate::timeline::{IncidentNow, MaintenanceNow, NoticeNow, SeriesNow};
use crate::vocabulary::{Section, Status};

#[derive(Template, Default)]
#[template(path = "entry.html")]
pub(super) struct EntryPage {
    l: Layout,
    kind: &'static str,
    data: Vec<(&'static str, String)>,
    title: Html,
    chip: Chip,
    definition: Html,
    /// The states that the clock declares. Only the script shows them.
    clock: Vec<Turning<String>>,
    notes: Vec<String>,
    /// The note that a statement on this page was wrong, with links to the corrections.
    corrected: Html,
    /// The anchors that its writer gave sections.
    own: Vec<(Section, String)>,
    /// When it was withdrawn, and why.
    withdrawn: Option<(Html, Html)>,
    summary: Html,
    facts: Vec<(String, Html)>,
    plan: Vec<PlanRow>,
    phases: Vec<[Html; 3]>,
    actions: Option<Html>,
    workaround: Option<Html>,
    updates: Vec<UpdateView>,
    no_updates: String,
    dates: Vec<Line>,
    no_dates: String,
    faq: Vec<QuestionView>,
    compensation: Option<Html>,
    report: Option<Report>,
    related: Vec<QuestionView>,
    feedback: Option<(String, String)>,
}

struct PlanRow {
    when: Html,
    before: Html,
    after: Html,
}

struct UpdateView {
    id: String,
    /// The anchor that its writer gave it.
    anchor: Option<String>,
    class: &'static str,
    name: String,
    when: Html,
    correction: Option<String>,
    words: Html,
    facts: Vec<(String, Html)>,
}

struct Report {
    id: &'static str,
    label: String,
    when: Option<Html>,
    words: Html,
}

impl Default for Chip {
    fn default() -> Chip {
        Chip { class: "ok", text: String::new() }
    }
}

impl EntryPage {
    /// The anchors that its writer gave this section.
    fn own_anchor(&self, word: &str) -> Html {
        let own = self.own.iter().filter(|(section, _)| section.word() == word);
        Html::join(own.map(|(_, anchor)| html!("<span id=\"{}\"></span>", anchor.as_str())), "")
    }
}

/// The parts that pages of all kinds start with.
fn begin(scope: &Scope<'_>, head: &Head, kind: &'static str, summary: &Rich, chip: Chip) -> EntryPage {
    let (locale, title) = scope.site.title(scope.page.route, scope.page.locale).unwrap_or_default();
    let description = summary.get(scope.page.locale).1.plain();
    EntryPage {
        l: scope.layout(&title, &description),
        kind,
        title: scope.marked(locale, &title),
        chip,
        summary: scope.own(head, summary),
        own: head.section_anchors.clone(),
        ..EntryPage::default()
    }
}

/// The entry's title with its state, for link previews.
fn shared(scope: &Scope<'_>, state: &str) -> String {
    let (_, title) = scope.site.title(scope.page.route, scope.page.locale).unwrap_or_default();
    scope.with_state(state, &title)
}

/// The page of a withdrawn entry. It contains nothing of the original text.
pub(super) fn withdrawn(scope: &Scope<'_>, withdrawn: &Withdrawn) -> EntryPage {
    let (title, _) = scope.title(scope.page.route);
    let time = scope.moment(withdrawn.at);
    let mut layout = scope.layout(&title, &title);
    if withdrawn.reason.has(scope.page.locale) {
        layout.untranslated = None;
    }
    EntryPage {
        l: layout,
        kind: "withdrawn",
        title: Html::text(&title),
        chip: scope.withdrawn_chip(),
        withdrawn: Some((scope.say("withdrawn-text", &[("time", &time)]), scope.text(&withdrawn.reason))),
        ..EntryPage::default()
    }
}

fn section(scope: &Scope<'_>, head: &Head, words: Option<&Rich>) -> Option<Html> {
    words.map(|words| scope.own(head, words))
}

fn asks(scope: &Scope<'_>, head: &Head, questions: &[Question]) -> Vec<QuestionView> {
    (questions.iter())
        .map(|q| QuestionView {
            id: q.id.clone(),
            anchor: q.anchor.clone(),
            question: scope.text(&q.question),
            answer: scope.own(head, &q.answer),
            from: None,
        })
        .collect()
}

/// The note that statements on this page were corrected, with links. A wrong statement stays in place, so the
/// note comes before it.
fn corrected<'u, C: 'u>(scope: &Scope<'_>, updates: impl IntoIterator<Item = &'u Update<C>>) -> Html {
    let corrections = updates.into_iter().filter(|u| u.status == Status::Correction);
    let links = corrections.map(|u| Scope::to_update("", u, &scope.moment(u.stated())));
    let links = Html::join(links, scope.locale.t("list-separator"));
    if links.is_empty() { links } else { scope.say("corrected", &[("times", &links)]) }
}

/// The updates, newest first.
fn updates<'u, C: Changes + 'u>(
    scope: &Scope<'_>,
    head: &Head,
    updates: impl DoubleEndedIterator<Item = &'u Update<C>> + ExactSizeIterator,
    corrected: impl Fn(usize) -> Option<Corrected<C>>,
    class: impl Fn(&Update<C>) -> &'static str,
) -> Vec<UpdateView> {
    let (site, locale) = (scope.site, scope.page.locale);
    let facts = |number: usize, u: &Update<C>| {
        let full = |at: Stated| changes::moment(site, locale, at);
        let all = changes::facts(site, locale, &u.change, corrected(number).as_ref(), &full);
        all.iter().map(|fact| (fact.label.clone(), told(scope, fact))).collect()
    };
    let view = |(number, u): (usize, &'u Update<C>)| UpdateView {
        id: anchor(u.status.word(), u.stamp(), u.ordinal),
        anchor: u.anchor.clone(),
        class: class(u),
        name: scope.locale.numbered(u.report, &scope.update_name(u.status)),
        when: scope.moment(u.stated()),
        correction: (u.status == Status::Correction).then(|| scope.t("correction-note")),
        words: scope.own(head, &u.words),
        facts: facts(number, u),
    };
    updates.enumerate().rev().map(view).collect()
}

/// A fact that an update sets. Screen readers say which value is the old one, and which the new.
fn told(scope: &Scope<'_>, fact: &SetFact) -> Html {
    let Some(before) = &fact.before else { return Html::text(&fact.value) };
    let said = |key| html!("<span class=\"hidden\">{}{}</span>", scope.t(key), scope.locale.t("colon"));
    let before = html!("{}<del>{}</del>", said("fact-changed-before"), before);
    let after = html!("{}<ins>{}</ins>", said("fact-changed-after"), fact.value);
    scope.say("fact-changed", &[("before", &before), ("after", &after)])
}

fn fields(scope: &Scope<'_>, values: &[(usize, FieldValue)], facts: &mut Vec<(String, Html)>) {
    for (at, value) in values {
        let field = &scope.site.now.model.config.fields[*at];
        facts.push((scope.plain(&field.name).to_owned(), field_value(scope, field, value)));
    }
}

/// The scope of an entry, and the components that it affects.
fn affects(
    scope: &Scope<'_>,
    head: &Head,
    extent: Option<&Rich>,
    names: &[Text],
    facts: &mut Vec<(String, Html)>,
) {
    facts.extend(extent.map(|words| (scope.t("fact-scope"), scope.line(head, words))));
    if !names.is_empty() {
        facts.push((scope.t("fact-affects"), scope.names(names)));
    }
}

/// What customers are advised to do, and by when.
fn advice(
    scope: &Scope<'_>,
    head: &Head,
    advice: &Advice,
    windows: &[Window],
    facts: &mut Vec<(String, Html)>,
) {
    let times: Vec<Html> = advice.times(windows).into_iter().map(|at| scope.local(at)).collect();
    if !times.is_empty() {
        facts.push((scope.t("fact-cancel-before"), Html::join(times, WINDOW_SEPARATOR)));
    }
    facts.extend(advice.words.as_ref().map(|words| (scope.t("fact-advice"), scope.line(head, words))));
}

fn related(scope: &Scope<'_>) -> Vec<QuestionView> {
    concerned(scope).into_iter().map(|q| scope.question(q)).collect()
}

/// The FAQ questions on an entry's page. They are shown until an update closes the entry.
pub(super) fn concerned<'s>(scope: &Scope<'s>) -> Vec<&'s crate::model::Question> {
    let now = &scope.site.now;
    let (kind, touched) = match scope.page.route {
        Route::Incident(at) if now.incidents[at].is_active() => {
            (EntryKind::Incident, &now.incidents[at].touched)
        }
        Route::Maintenance(at) if !now.maintenance[at].is_closed_by_human() => {
            (EntryKind::Maintenance, &now.maintenance[at].touched)
        }
        _ => return Vec::new(),
    };
    let touched: Vec<usize> = touched.given.iter().map(|(c, _)| *c).collect();
    surfaced(scope, Some((kind, &touched)))
}

fn feedback(scope: &Scope<'_>) -> Option<(String, String)> {
    let link = scope.site.now.model.config.feedback.as_ref()?;
    Some((scope.plain(&link.label).to_owned(), scope.linker.written(&link.url)?))
}

pub(super) fn incident(scope: &Scope<'_>, now: &IncidentNow<'_>) -> EntryPage {
    let incident = now.incident;
    let head = &incident.head;
    let config = &scope.site.now.model.config;
    let severity = now.named_severity();
    let definition = config.severity(severity).and_then(|w| w.definition.as_ref());
    let mut facts = incident_facts(scope, now);
    if now.is_active() {
        let modes = changes::modes(scope.site, scope.page.locale, &now.modes);
        facts.extend(modes.map(|modes| (scope.t("fact-mode"), Html::text(&modes))));
        advice(scope, head, &incident.advice, &[], &mut facts);
    }
    fields(scope, &incident.fields, &mut facts);
    // What is told after the recovery is no outage. A correction keeps the colour of what it corrects.
    let class_at = |u: &Update<_>| {
        if u.status == Status::Correction {
            return severity_class(severity);
        }
        let until = now.updates.iter().take_while(|other| !std::ptr::eq(*other, u)).chain([u]);
        let state = until.filter(|update| update.status.sets_state()).last();
        if state.is_some_and(|state| state.status == Status::Resolved) {
            "ok"
        } else {
            severity_class(severity)
        }
    };
    let postmortem = incident.postmortem.as_ref().filter(|_| now.postmortem);
    let active = now.is_active();
    let mut page = EntryPage {
        definition: definition.map_or(Html::default(), |d| scope.text(d)),
        notes: if incident.backfilled { vec![scope.t("backfilled")] } else { Vec::new() },
        corrected: corrected(scope, now.updates),
        facts,
        actions: section(scope, head, incident.actions.as_ref()),
        workaround: section(scope, head, incident.workaround.as_ref()),
        updates: updates(scope, head, now.updates.iter(), |at| Corrected::of_incident(now, at), class_at),
        no_updates: scope.t("no-updates"),
        faq: asks(scope, head, &incident.faq),
        compensation: section(scope, head, incident.compensation.as_ref()),
        report: report(scope, head, Section::Postmortem, postmortem),
        related: related(scope),
        feedback: if active { None } else { feedback(scope) },
        ..begin(scope, head, "incident", &incident.summary, scope.severity_chip(severity))
    };
    page.l.share = shared(scope, &scope.update_name(now.state));
    if active {
        page.l.body.push(&" data-active");
        if let (Some(newest), Some(update)) = (page.updates.first_mut(), now.updates.last()) {
            newest.when.push(&Scope::ago(update.at));
        }
    }
    page
}

fn incident_facts(scope: &Scope<'_>, now: &IncidentNow<'_>) -> Vec<(String, Html)> {
    let incident = now.incident;
    let mut facts = vec![(scope.t("fact-state"), Html::text(&scope.update_name(now.state)))];
    impact(scope, now, &mut facts);
    affects(scope, &incident.head, now.scope(), &now.touched.names, &mut facts);
    if let Some(estimate) = now.expected_recovery() {
        let mut words = estimate_words(scope, estimate, now.started.at);
        if let Estimate::At(at) = estimate {
            words = promised(scope, &words, at.at, "expected-passed");
        }
        if let [.., (_, before), (Some(changed), _)] = now.expected.as_slice() {
            let before = estimate_words(scope, before, now.started.at);
            let time = scope.near(*changed, now.started.at);
            let note = scope.say("expected-before", &[("time", &time), ("before", &before)]);
            words = html!("{} <small>({})</small>", words, note);
        }
        facts.push((scope.t("fact-expected"), words));
    }
    facts.extend(now.next_update().map(|due| (scope.t("fact-next"), planned(scope, due, now.started.at))));
    for promise in now.promises.iter().filter(|p| p.was_late()) {
        let (due, kept) = (promise.due, promise.kept.unwrap_or(promise.due));
        let (due, kept) = (scope.near(due, now.started.at), scope.near(kept, now.started.at));
        let words = scope.say("next-late", &[("due", &due), ("time", &kept)]);
        facts.push((scope.t("fact-late"), html!("<small>{}</small>", words)));
    }
    facts
}

/// When the impact began and ended, and how long it lasted. After a reopening there is more than one period, so there is
/// no single duration.
fn impact(scope: &Scope<'_>, now: &IncidentNow<'_>, facts: &mut Vec<(String, Html)>) {
    let detected = now.incident.detected.map(|at| (scope.t("fact-detected"), scope.local(at)));
    let ended = |at: Stated| (scope.t("fact-ended"), scope.local(at));
    let duration = |length: String| (scope.t("fact-duration"), Html::text(&length));
    if now.outages.is_empty() {
        facts.push((scope.t("fact-started"), scope.local(now.started)));
        facts.extend(detected);
        let Some(end) = now.ended else { return };
        facts.push(ended(end));
        let length = scope.locale.between(now.started, end).filter(|_| !now.is_reopened());
        facts.extend(length.map(duration));
        return;
    }
    let mut lines: Vec<Html> = now.outages.iter().map(|outage| scope.outage(*outage)).collect();
    let words = if lines.len() > 1 {
        let items = lines.into_iter().map(|line| html!("<li>{}</li>", line));
        html!("<ul class=\"windows\">{}</ul>", Html::join(items, ""))
    } else {
        lines.remove(0)
    };
    facts.push((scope.t("fact-outages"), words));
    facts.extend(detected);
    // The list has no end of what came after it.
    let later = now.ended.filter(|end| now.outages.last().and_then(|last| last.ended()) != Some(*end));
    facts.extend(later.map(ended));
    let length = now.ended.and_then(|_| scope.locale.lasting(&now.outages)).filter(|_| !now.is_reopened());
    facts.extend(length.map(duration));
}

/// The time of a promised update. With scripts, it also says when that time has passed.
fn planned(scope: &Scope<'_>, next: NextUpdate, near: Instant) -> Html {
    let NextUpdate::By(due) = next else { return Html::text(scope.locale.t("next-undecided")) };
    let words = scope.say("next-planned", &[("time", &scope.near(due, near))]);
    let words = html!("{}{}", words, Scope::until(due));
    promised(scope, &words, due.at, "promise-passed")
}

pub(super) fn maintenance(scope: &Scope<'_>, now: &MaintenanceNow<'_>) -> EntryPage {
    let entry = now.maintenance;
    let head = &entry.head;
    let plan = now.steps.iter().map(|step| PlanRow {
        when: scope.moment(Stated { at: step.at, precision: step.precision }),
        before: scope.window(step.before),
        after: scope.window(step.after),
    });
    let phases = now.phases().into_iter().map(|(phase, planned)| {
        let times = html!("{}{}", phase_times(scope, now, planned), current(scope, now, planned));
        let mut mode = Html::text(&mode_name(scope, phase.mode));
        if let Some(words) = &phase.advice {
            mode.push(&html!("<br>{}", scope.line(head, words)));
        }
        [times, scope.names(&phase.affects.names), mode]
    });
    let mut facts = maintenance_facts(scope, now);
    if !now.is_closed_by_human() && !now.awaits_new_time {
        advice(scope, head, &entry.advice, &now.plans(), &mut facts);
    }
    fields(scope, &entry.fields, &mut facts);
    let class_at = |u: &Update<_>| if u.status == Status::Completed { "ok" } else { "maintenance" };
    let closed = now.is_closed_by_human();
    let evaluation = entry.evaluation.as_ref().filter(|_| now.evaluation);
    let mut page = EntryPage {
        data: vec![
            ("start", now.plan.decided().map(|plan| plan.start.iso()).unwrap_or_default()),
            ("end", now.plan.end.map(Instant::iso).unwrap_or_default()),
            ("auto", entry.auto.word().to_owned()),
            ("said", if now.updates.is_empty() { String::new() } else { now.human_state.word().to_owned() }),
        ],
        facts,
        corrected: corrected(scope, now.updates.iter().copied()),
        plan: plan.collect(),
        clock: clock(scope, now),
        phases: phases.collect(),
        actions: section(scope, head, entry.actions.as_ref()),
        workaround: section(scope, head, entry.workaround.as_ref()),
        updates: updates(
            scope,
            head,
            now.updates.iter().copied(),
            |at| Corrected::of_maintenance(now, at),
            class_at,
        ),
        faq: asks(scope, head, &entry.faq),
        compensation: section(scope, head, entry.compensation.as_ref()),
        report: report(scope, head, Section::Evaluation, evaluation),
        related: related(scope),
        feedback: if closed { feedback(scope) } else { None },
        ..begin(scope, head, "maintenance", &entry.summary, scope.kind_chip(entry.kind))
    };
    // States from the clock are left out, because they can be outdated when the page is read.
    let state = match now.human_state {
        Status::Scheduled => scope.site.kind_name(entry.kind, scope.page.locale),
        status => scope.update_name(status),
    };
    page.l.share = shared(scope, &state);
    page.l.description = shorten(&format!("{} {}", scope.windows_words(now), page.l.description), 160);
    if !closed && now.plan.is_decided() {
        // The script reloads a page whose entry can have become active.
        page.l.body = html!(" data-active=\"{}\"", now.plan.start.iso());
    }
    page
}

/// The states that the clock declares without an update. The page must be true at any time, so only the script
/// shows them.
fn clock(scope: &Scope<'_>, now: &MaintenanceNow<'_>) -> Vec<Turning<String>> {
    let turning = |at, until, value| Turning { when: shown(Some(at), until, true), value };
    let turns = now.turns().into_iter().map(|t| turning(t.at, t.until, clock_words(scope, t.state, t.next)));
    turns.chain(now.closes.map(|at| turning(at, None, scope.t("clock-unconfirmed")))).collect()
}

/// The page of a series: what all occurrences share, and links to each of them.
pub(super) fn series(scope: &Scope<'_>, now: &SeriesNow<'_>) -> EntryPage {
    let entry = now.maintenance;
    let head = &entry.head;
    let mut facts = Vec::new();
    if let Some(series) = &entry.recurrence {
        let days = (series.notice / 86_400).to_string();
        let text = scope.locale.format("fact-series-text", &[("days", &days)]);
        facts.push((scope.t("fact-series"), html!("{}{}", text, calendar(scope))));
    }
    affects(scope, head, entry.scope.as_ref(), &entry.affects.names, &mut facts);
    fields(scope, &entry.fields, &mut facts);
    let evaluation = entry.evaluation.as_ref().filter(|_| now.evaluation);
    let dates = now.occurrences.iter().map(|at| {
        let start = scope.site.now.maintenance[*at].plan.start;
        scope.history_line(&Event::of_a_moment(Route::Maintenance(*at), start, scope.zone()))
    });
    EntryPage {
        facts,
        dates: dates.collect(),
        no_dates: scope.t("series-none"),
        actions: section(scope, head, entry.actions.as_ref()),
        workaround: section(scope, head, entry.workaround.as_ref()),
        faq: asks(scope, head, &entry.faq),
        compensation: section(scope, head, entry.compensation.as_ref()),
        report: report(scope, head, Section::Evaluation, evaluation),
        ..begin(scope, head, "maintenance", &entry.summary, scope.kind_chip(entry.kind))
    }
}

fn report(
    scope: &Scope<'_>,
    head: &Head,
    section: Section,
    report: Option<&(Option<Stated>, Rich)>,
) -> Option<Report> {
    report.map(|(at, words)| Report {
        id: section.word(),
        label: scope.t(section.message()),
        when: at.map(|at| scope.moment(at)),
        words: scope.own(head, words),
    })
}

/// A link to the calendar file, which is beside the page in the language of the text.
fn calendar(scope: &Scope<'_>) -> Html {
    let locale = if scope.page.translated { scope.page.locale } else { 0 };
    let href = scope.linker.path(&format!("{}calendar.ics", scope.site.folder_of(scope.page.route, locale)));
    html!(" <small><a href=\"{}\">{}</a></small>", href, scope.locale.t("section-calendar"))
}

fn maintenance_facts(scope: &Scope<'_>, now: &MaintenanceNow<'_>) -> Vec<(String, Html)> {
    let entry = now.maintenance;
    let mut window = windows(scope, now);
    if !now.is_closed_by_human() && now.plan.is_decided() {
        window.push(&calendar(scope));
    }
    let mut facts = vec![(scope.t("fact-window"), window)];
    let latest =
        now.updates.iter().rev().find(|u| u.status == now.human_state && u.status != Status::Scheduled);
    if let Some(update) = latest {
        let note = scope.say("said-at", &[("time", &scope.near(update.stated(), now.plan.start))]);
        let state = html!("{} <small>({})</small>", scope.update_name(update.status), note);
        facts.push((scope.t("fact-state"), state));
    } else if now.human_state == Status::Cancelled {
        // An exception of the series, which no update mentions.
        facts.push((scope.t("fact-state"), Html::text(&scope.update_name(now.human_state))));
    }
    if now.human_state == Status::Completed && now.actual.1.is_some() {
        let worked = now.worked().into_iter().map(|worked| scope.window(worked));
        facts.push((scope.t("fact-actual"), Html::join(worked, WINDOW_SEPARATOR)));
    }
    affects(scope, &entry.head, now.scope(), &now.touched.names, &mut facts);
    if let Some(series) = scope.site.series_of(scope.page.route) {
        let link = html!("<a href=\"{}\">{}</a>", scope.linker.page(series), scope.locale.t("series-all"));
        facts.push((scope.t("fact-series"), link));
    }
    facts.extend(now.next_update.map(|due| (scope.t("fact-next"), planned(scope, due, now.plan.start))));
    facts
}

pub(super) fn notice(scope: &Scope<'_>, now: &NoticeNow<'_>) -> EntryPage {
    let notice = now.notice;
    let head = &notice.head;
    let published = now.published_as_stated();
    let times = [("fact-published", published), ("fact-expires", notice.expires_at)];
    let times = times.into_iter().filter_map(|(key, at)| Some((scope.t(key), scope.local(at?))));
    let mut facts = times.collect();
    affects(scope, head, None, &notice.affects.names, &mut facts);
    fields(scope, &notice.fields, &mut facts);
    let mut page = EntryPage {
        facts,
        actions: section(scope, head, notice.actions.as_ref()),
        corrected: corrected(scope, now.updates),
        updates: updates(scope, head, now.updates.iter(), |_| None, |_| level_class(notice.level)),
        faq: asks(scope, head, &notice.faq),
        ..begin(scope, head, "notice", &notice.summary, scope.level_chip(notice.level))
    };
    page.l.share = shared(scope, &page.chip.text);
    page
}
