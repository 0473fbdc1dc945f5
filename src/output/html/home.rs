//! The home page: what works, what does not, and when the next update is due.

use askama::Template;
use chrono::Days;

use super::markup::{Html, html};
use super::parts::{
    Chip, Line, QuestionView, Turning, clock_words, current, estimate_words, field_value, level_class,
    mode_name, phase_times, promised, surfaced, turning, turns,
};
use super::windows::window_lines;
use super::{Layout, Scope, class, shown};
use crate::model::component::Group;
use crate::model::entry::{Estimate, NextUpdate};
use crate::model::{Instant, Text};
use crate::site::Route;
use crate::site::changes::state_key;
use crate::theme::Slot;
use crate::timeline::{Forecast, IncidentNow, MaintenanceNow};
use crate::vocabulary::{ComponentStatus, Status};

#[derive(Template)]
#[template(path = "home.html")]
pub(super) struct Home {
    l: Layout,
    /// The theme's slots at the start and at the end.
    top: Html,
    bottom: Html,
    states: Vec<Turning<State>>,
    works: Vec<Turning<Html>>,
    notices: Vec<NoticeCard>,
    incidents: Vec<IncidentCard>,
    /// The incidents that were resolved within a day, the last first, each with the period in which that holds.
    resolved: Vec<(Html, Line)>,
    /// The period in which there is any of them.
    resolved_until: Html,
    maintenance: Vec<MaintenanceCard>,
    groups: Vec<GroupView>,
    /// The legend of the symbols, for narrow tables without labels.
    keys: Vec<Chip>,
    days: Vec<DayView>,
    history: String,
    questions: Vec<QuestionView>,
}

/// The page's status in words, with the period for which it applies.
struct State {
    class: &'static str,
    headline: String,
    as_of: Html,
}

struct NoticeCard {
    when: Html,
    class: &'static str,
    level: String,
    title: Html,
    href: String,
    words: Html,
}

struct IncidentCard {
    id: String,
    chip: Chip,
    title: Html,
    href: String,
    meta: Vec<Html>,
    latest: Option<(String, Html, Html)>,
    promises: Vec<(String, Html)>,
    questions: Vec<QuestionView>,
}

struct MaintenanceCard {
    id: String,
    when: Html,
    chip: Chip,
    title: Html,
    href: String,
    states: Vec<Turning<Html>>,
    start: String,
    end: String,
    window: Html,
    affects: Html,
    corrected: Option<Html>,
    /// Its windows if it has several, then its phases.
    phases: Vec<Html>,
    promises: Vec<(String, Html)>,
}

#[derive(Default)]
pub(super) struct GroupView {
    id: Option<String>,
    name: Option<Html>,
    description: Option<Html>,
    /// The worst status of its members, if the group can be folded.
    chips: Vec<Turning<Chip>>,
    count: String,
    /// Whether it is folded at first; `None` if the page is short enough to show everything.
    folded: Option<bool>,
    rows: Vec<Row>,
    matrix: Option<Matrix>,
}

struct Row {
    name: Html,
    href: String,
    chips: Vec<Turning<Chip>>,
    bars: Option<super::parts::Bars>,
}

struct Matrix {
    caption: Html,
    columns: Vec<Html>,
    rows: Vec<(Html, Vec<Option<Cell>>)>,
}

struct Cell {
    href: String,
    chips: Vec<Turning<Chip>>,
}

/// A day with its events, or a run of days on which no event began and the same events, or none, continued.
struct DayView {
    first: (String, String),
    last: Option<(String, String)>,
    /// The events that began, then the ones that only continued.
    lines: Vec<Line>,
    has_begun: bool,
    gone_on: Vec<Route>,
}

/// The most rows that are shown without folding. If there are more, groups are folded unless a member has a
/// problem.
const UNFOLDED: usize = 12;

pub(super) fn view(scope: &Scope<'_>) -> Home {
    let site = scope.site;
    let now = &site.now;
    let config = &now.model.config;
    let description = config.description.as_ref().map_or("", |d| scope.plain(d));
    let mut layout = scope.layout("", description);
    layout.body = body(scope);
    if let Some(forecast) = now.forecast.first() {
        layout.share = scope.with_state(&scope.t(state_key(forecast.status)), &layout.title);
    }
    let (resolved, resolved_until) = resolved(scope);
    Home {
        l: layout,
        top: scope.slot(Slot::HomeTop),
        bottom: scope.slot(Slot::HomeBottom),
        states: states(scope),
        works: turns(scope, |forecast| works(scope, forecast)),
        notices: notices(scope),
        incidents: incidents(scope),
        resolved,
        resolved_until,
        maintenance: maintenance(scope),
        groups: groups(scope),
        keys: ComponentStatus::ALL.iter().map(|status| chip(scope, *status)).collect(),
        days: days(scope),
        history: scope.linker.page(Route::History),
        questions: surfaced(scope, None).into_iter().map(|q| scope.question(q)).collect(),
    }
}

/// The attributes of `<body>`: when the page changes next by itself, and from when an entry is active.
fn body(scope: &Scope<'_>) -> Html {
    let now = &scope.site.now;
    let mut out = now.next_change.map(|at| html!(" data-next=\"{}\"", at.iso())).unwrap_or_default();
    let active =
        now.active_incidents().next().is_some() || now.maintenance.iter().any(MaintenanceNow::is_running);
    let ahead = now.maintenance.iter().filter(|m| m.is_ahead());
    let ahead = ahead.filter_map(|m| m.plan_now().decided()).map(|plan| plan.start);
    if active {
        out.push(&" data-active");
    } else if let Some(from) = ahead.min() {
        out.push(&html!(" data-active=\"{}\"", from.iso()));
    }
    out
}

/// The page's status now and as the plans will change it.
fn states(scope: &Scope<'_>) -> Vec<Turning<State>> {
    (turning(scope, |forecast| forecast.status).into_iter())
        .map(|(at, turning)| {
            let headline = scope.t(state_key(turning.value));
            let time = scope.zoned(&scope.moment(at), at);
            let as_of = html!("{}{}", scope.say("as-of", &[("time", &time)]), Scope::ago(at));
            let value = State { class: class(turning.value), headline, as_of };
            Turning { when: turning.when, value }
        })
        .collect()
}

/// What still works, shown only while something does not. Whole groups appear by name.
fn works(scope: &Scope<'_>, forecast: &Forecast) -> Html {
    let now = &scope.site.now;
    if forecast.status == ComponentStatus::Operational {
        return Html::default();
    }
    let mut names: Vec<Text> = Vec::new();
    let components = &now.model.config.components;
    let fine = |c: &usize| forecast.components[*c] == ComponentStatus::Operational;
    for group in &components.groups {
        let members: Vec<usize> = group.members().into_iter().filter(|c| now.is_shown(*c)).collect();
        if members.is_empty() {
            continue;
        }
        match group {
            Group::Named { name, .. } | Group::Matrix { name, .. } if members.iter().all(fine) => {
                names.push(name.clone());
            }
            Group::Matrix { columns, cells, .. } => {
                for (at, column) in columns.iter().enumerate() {
                    let seen: Vec<usize> =
                        cells.iter().map(|row| row[at]).filter(|c| now.is_shown(*c)).collect();
                    if !seen.is_empty() && seen.iter().all(fine) {
                        names.push(column.name.clone());
                    }
                }
            }
            _ => names.extend(members.iter().filter(|c| fine(c)).map(|c| components.all[*c].name.clone())),
        }
    }
    scope.names(&names)
}

fn notices(scope: &Scope<'_>) -> Vec<NoticeCard> {
    let now = &scope.site.now;
    let pinned = now.notices.iter().enumerate().filter(|(_, n)| n.notice.pinned && n.current);
    pinned
        .map(|(at, n)| {
            let route = Route::Notice(at);
            let words = n.notice.summary.get(scope.page.locale).1.plain();
            NoticeCard {
                when: shown(None, n.notice.expires_at.map(|at| at.at), false),
                class: level_class(n.notice.level),
                level: scope.t(n.notice.level.message()),
                title: scope.text(&n.notice.head.title),
                href: scope.linker.page(route),
                words: Html::text(&crate::text::shorten(&words, 90)),
            }
        })
        .collect()
}

fn incidents(scope: &Scope<'_>) -> Vec<IncidentCard> {
    let all = scope.site.now.incidents.iter().enumerate();
    all.filter(|(_, now)| now.is_active()).map(|(at, now)| incident(scope, at, now)).collect()
}

/// The lines of the incidents that were resolved within a day, and the attributes of their list. The day also ends
/// on a page that nobody builds again.
fn resolved(scope: &Scope<'_>) -> (Vec<(Html, Line)>, Html) {
    let effective = scope.site.now.effective;
    let all = scope.site.now.incidents.iter().enumerate();
    let mut found: Vec<_> =
        all.filter_map(|(at, now)| Some((now.recent_until(effective)?, at, now))).collect();
    found.sort_by_key(|(until, at, _)| (std::cmp::Reverse(*until), *at));
    let last = found.first().map(|(until, ..)| *until);
    let lines = found.into_iter().map(|(until, at, now)| {
        let line = scope.resolved_line(at, now);
        (shown(None, Some(until), false), line)
    });
    (lines.collect(), shown(None, last, false))
}

fn incident(scope: &Scope<'_>, at: usize, now: &IncidentNow<'_>) -> IncidentCard {
    let effective = scope.site.now.effective;
    let route = Route::Incident(at);
    let head = &now.incident.head;
    let started = scope.near(now.started, effective);
    let mut meta = vec![scope.say("started-at", &[("time", &started)])];
    if !now.touched.names.is_empty() {
        meta.push(scope.names(&now.touched.names));
    }
    meta.extend(scope.correction_mark(route, now.updates));
    let update = now.updates.last();
    let (state, said) =
        update.map_or((now.state, now.published.into()), |update| (update.status, update.stated()));
    let words = update.map(|update| &update.words).filter(|w| !w.get(scope.page.locale).1.is_empty());
    let latest = Some((
        scope.locale.numbered(update.and_then(|update| update.report), &scope.update_name(state)),
        html!("{}{}", scope.near(said, effective), Scope::until(said)),
        scope.borrowed(head, route, words.unwrap_or(&now.incident.summary)),
    ));
    let next = now.next_update();
    let mut promises: Vec<_> =
        next.map(|due| (scope.t("fact-next"), due_words(scope, due))).into_iter().collect();
    if let Some(estimate) = now.expected_recovery() {
        let mut words = estimate_words(scope, estimate, effective);
        if let Estimate::At(at) = estimate {
            words = promised(scope, &words, at.at, "expected-passed");
        }
        promises.push((scope.t("fact-expected"), words));
    }
    for (field, value) in &now.incident.fields {
        let field = &scope.site.now.model.config.fields[*field];
        if field.first_screen {
            promises.push((scope.plain(&field.name).to_owned(), field_value(scope, field, value)));
        }
    }
    let questions = scope.incident_questions(at, now).into_iter().take(3).collect();
    IncidentCard {
        id: format!("incident-{}", head.slug),
        chip: scope.severity_chip(now.severity),
        title: scope.text(&head.title),
        href: scope.linker.page(route),
        meta,
        latest,
        promises,
        questions,
    }
}

/// A due time such as `12:10 まで`. Once it has passed, the text says so.
fn due_words(scope: &Scope<'_>, next: NextUpdate) -> Html {
    let NextUpdate::By(due) = next else { return Html::text(scope.locale.t("next-undecided")) };
    let time = scope.near(due, scope.site.now.effective);
    let words = html!("{}{}", scope.say("next-due", &[("time", &time)]), Scope::until(due));
    promised(scope, &words, due.at, "promise-passed")
}

fn maintenance(scope: &Scope<'_>) -> Vec<MaintenanceCard> {
    let all = scope.site.now.maintenance.iter().enumerate();
    let mut shown: Vec<_> = all
        .filter(|(_, m)| {
            // Readers who planned around a cancelled window must see that it will not take place.
            let off = m.state == Status::Cancelled && !m.withdrawn;
            let until = m.plan.decided().map(|plan| plan.end.unwrap_or(plan.start));
            m.is_running() || m.is_ahead() || (off && until > Some(scope.site.now.effective))
        })
        .collect();
    // Running maintenance comes first, then the next to start.
    shown.sort_by_key(|(_, m)| (!m.is_running(), m.plan_now().start));
    shown.into_iter().map(|(at, now)| maintenance_card(scope, at, now)).collect()
}

fn maintenance_card(scope: &Scope<'_>, at: usize, now: &MaintenanceNow<'_>) -> MaintenanceCard {
    let head = &now.maintenance.head;
    let next = now.next_update.map(|due| (scope.t("fact-next"), due_words(scope, due)));
    let phases = now.phases().into_iter().map(|(phase, planned)| {
        let times = phase_times(scope, now, planned);
        let mode = mode_name(scope, phase.mode);
        let names = scope.names(&phase.affects.names);
        html!("{} {}{}{}{}", times, names, scope.locale.t("colon"), mode, current(scope, now, planned))
    });
    let over = now.turns().into_iter().find(|t| is_over(t.state)).map(|t| t.at).or(now.closes);
    let day = now.occurrence.map(|o| format!("-{}", o.day)).unwrap_or_default();
    let plan = now.plan_now();
    MaintenanceCard {
        id: format!("maintenance-{}{day}", head.slug),
        when: shown(None, over, false),
        chip: scope.kind_chip(now.maintenance.kind),
        title: scope.text(&head.title),
        href: scope.linker.page(Route::Maintenance(at)),
        states: card_states(scope, now),
        start: plan.decided().map(|plan| plan.start.iso()).unwrap_or_default(),
        end: plan.end.map(Instant::iso).unwrap_or_default(),
        window: scope.window(plan),
        affects: scope.names(&now.touched.names),
        corrected: scope.correction_mark(Route::Maintenance(at), now.updates.iter().copied()),
        phases: window_lines(scope, now).into_iter().chain(phases).collect(),
        promises: next.into_iter().collect(),
    }
}

fn is_over(state: Status) -> bool {
    matches!(state, Status::Completed | Status::Cancelled)
}

/// The current state, and the states that the plan brings. A state that the clock can change carries its time,
/// so the card is true without scripts.
fn card_states(scope: &Scope<'_>, now: &MaintenanceNow<'_>) -> Vec<Turning<Html>> {
    let effective = scope.site.now.effective;
    let words =
        if now.by_clock { clock_words(scope, now.state, now.between) } else { scope.update_name(now.state) };
    let later: Vec<_> = now.turns().into_iter().filter(|t| t.at > effective && !is_over(t.state)).collect();
    let time = scope.zoned(&scope.near(effective, now.plan.start), effective);
    let first = match later.first() {
        None if now.turns().is_empty() => Html::text(&words),
        _ => scope.say("state-as-of", &[("state", &Html::text(&words)), ("time", &time)]),
    };
    let until = later.first().map(|t| t.at);
    let mut states = vec![Turning { when: shown(None, until, false), value: first }];
    states.extend(later.into_iter().map(|t| Turning {
        when: shown(Some(t.at), t.until, true),
        value: Html::text(&clock_words(scope, t.state, t.next)),
    }));
    states
}

fn chip(scope: &Scope<'_>, status: ComponentStatus) -> Chip {
    Chip { class: class(status), text: scope.status_name(status) }
}

fn chips(scope: &Scope<'_>, component: usize) -> Vec<Turning<Chip>> {
    turns(scope, |forecast| chip(scope, forecast.components[component]))
}

fn groups(scope: &Scope<'_>) -> Vec<GroupView> {
    let config = &scope.site.now.model.config;
    let mut groups: Vec<GroupView> =
        config.components.groups.iter().filter_map(|g| group(scope, g)).collect();
    if groups.iter().map(|g| g.rows.len()).sum::<usize>() <= UNFOLDED {
        for group in &mut groups {
            group.folded = None;
        }
    }
    groups
}

/// The summary that a folded group shows, and whether it is folded.
fn folding(scope: &Scope<'_>, members: &[usize]) -> (Vec<Turning<Chip>>, Option<bool>) {
    let worst = |forecast: &Forecast| {
        let all = members.iter().map(|c| forecast.components[*c]);
        all.max().unwrap_or(ComponentStatus::Operational)
    };
    let now = scope.site.now.forecast.first().map(worst);
    let chips = turns(scope, |forecast| chip(scope, worst(forecast)));
    (chips, Some(now == Some(ComponentStatus::Operational)))
}

fn group(scope: &Scope<'_>, group: &Group) -> Option<GroupView> {
    let now = &scope.site.now;
    let components = &now.model.config.components;
    let shown = |c: &usize| now.is_shown(*c);
    let row = |c: usize| Row {
        name: scope.text(&components.all[c].name),
        href: scope.linker.page(Route::Component(c)),
        chips: chips(scope, c),
        bars: scope.bars(c),
    };
    let describe = |d: &Option<crate::model::Rich>| d.as_ref().map(|d| scope.description(d));
    let view = match group {
        Group::Single(at) => {
            GroupView { rows: [*at].into_iter().filter(shown).map(row).collect(), ..GroupView::default() }
        }
        Group::Named { id, name, description, members, .. } => {
            let members: Vec<usize> = members.iter().copied().filter(shown).collect();
            let (chips, folded) = folding(scope, &members);
            GroupView {
                id: Some(id.clone()),
                name: Some(scope.text(name)),
                description: describe(description),
                chips,
                count: scope.locale.count("group-count", i64::try_from(members.len()).unwrap_or(0)),
                folded,
                rows: members.into_iter().map(row).collect(),
                matrix: None,
            }
        }
        Group::Matrix { id, name, description, rows, columns, cells, .. } => {
            // A component that is retired, or hidden while operational, leaves its cell empty.
            let cell = |c: &usize| {
                now.is_shown(*c)
                    .then(|| Cell { href: scope.linker.page(Route::Component(*c)), chips: chips(scope, *c) })
            };
            let column = |at: usize| cells.iter().any(|row| shown(&row[at]));
            let kept = rows.iter().zip(cells).filter(|(_, cells)| cells.iter().any(shown));
            let rows: Vec<_> = kept
                .map(|(row, cells)| {
                    let cells = cells.iter().enumerate().filter(|(at, _)| column(*at));
                    (scope.text(&row.name), cells.map(|(_, c)| cell(c)).collect())
                })
                .collect();
            let matrix = Matrix {
                caption: scope.text(name),
                columns: columns
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| column(*at))
                    .map(|(_, c)| scope.text(&c.name))
                    .collect(),
                rows,
            };
            let matrix = Some(matrix).filter(|m| !m.rows.is_empty());
            GroupView {
                id: Some(id.clone()),
                name: Some(scope.text(name)),
                description: describe(description),
                matrix,
                ..GroupView::default()
            }
        }
    };
    (!view.rows.is_empty() || view.matrix.is_some()).then_some(view)
}

fn days(scope: &Scope<'_>) -> Vec<DayView> {
    let site = scope.site;
    let count = u64::try_from(site.now.model.config.history / 86_400).unwrap_or(14).clamp(1, 366);
    let zone = scope.zone();
    let all =
        (0..count).map(|back| site.now.today - Days::new(back)).filter(|day| zone.day_start(*day).is_some());
    let mut days: Vec<DayView> = Vec::new();
    for day in all {
        let (begun, gone_on) = site.on(day);
        let lines: Vec<Line> = begun.into_iter().map(|e| scope.history_line(e)).collect();
        let routes: Vec<Route> = gone_on.iter().map(|e| e.route).collect();
        let named = (day.to_string(), scope.locale.day(day));
        let alike = |last: &&mut DayView| !last.has_begun && lines.is_empty() && last.gone_on == routes;
        match days.last_mut().filter(alike) {
            // This goes back from the newest day, so the day seen first is the last of the run.
            Some(stretch) => {
                let before = std::mem::replace(&mut stretch.first, named);
                stretch.last.get_or_insert(before);
            }
            None => days.push(DayView {
                first: named,
                last: None,
                has_begun: !lines.is_empty(),
                lines: lines
                    .into_iter()
                    .chain(gone_on.into_iter().map(|e| scope.continued_line(e)))
                    .collect(),
                gone_on: routes,
            }),
        }
    }
    days
}
