//! The status: what works, what does not, and when we next speak.

use askama::Template;
use chrono::Days;

use super::parts::{
    Ask, Chip, Line, estimate_words, field_value, level_class, mode_name, phase_times, phases, surfaced,
};
use super::{Html, Layout, Scope, class, severity_class};
use crate::model::component::Group;
use crate::model::entry::Estimate;
use crate::model::{Instant, Text};
use crate::site::Route;
use crate::text::escape;
use crate::timeline::{IncidentNow, MaintenanceNow};
use crate::vocabulary::{ComponentStatus, Status};

#[derive(Template)]
#[template(path = "home.html")]
pub(super) struct Home {
    l: Layout,
    class: &'static str,
    headline: String,
    as_of: Html,
    works_label: String,
    works: Html,
    notices_label: String,
    notices: Vec<NoticeCard>,
    incidents_label: String,
    incidents: Vec<IncidentCard>,
    maintenance_label: String,
    maintenance: Vec<MaintenanceCard>,
    components_label: String,
    groups: Vec<GroupView>,
    uptime_how: String,
    history_label: String,
    days: Vec<DayView>,
    quiet: String,
    more: String,
    history: String,
    questions_label: String,
    questions: Vec<Ask>,
}

struct NoticeCard {
    class: &'static str,
    level: String,
    title: Html,
    href: String,
    words: Html,
}

struct IncidentCard {
    chip: Chip,
    title: Html,
    href: String,
    meta: Vec<Html>,
    latest: Option<(String, Html, Html)>,
    promises: Vec<(String, Html)>,
    questions: Vec<Ask>,
}

struct MaintenanceCard {
    chip: Chip,
    title: Html,
    href: String,
    state: String,
    start: String,
    end: String,
    window: Html,
    affects: Html,
    phases: Vec<Html>,
    promises: Vec<(String, Html)>,
}

pub(super) struct GroupView {
    name: Option<Html>,
    description: Option<Html>,
    rows: Vec<Row>,
    matrix: Option<Matrix>,
}

struct Row {
    name: Html,
    href: String,
    chip: Chip,
    bars: Option<super::parts::Bars>,
}

struct Matrix {
    caption: Html,
    corner: String,
    columns: Vec<Html>,
    rows: Vec<(Html, Vec<Option<Cell>>)>,
}

struct Cell {
    href: String,
    chip: Chip,
}

struct DayView {
    date: String,
    iso: String,
    lines: Vec<Line>,
}

pub(super) fn view(scope: &Scope<'_>) -> Home {
    let site = scope.site;
    let now = &site.now;
    let config = &now.model.config;
    let headline = scope.t(match now.status {
        ComponentStatus::Operational => "state-operational",
        ComponentStatus::Degraded => "state-degraded_performance",
        ComponentStatus::Maintenance => "state-under_maintenance",
        ComponentStatus::Partial => "state-partial_outage",
        ComponentStatus::Major => "state-major_outage",
    });
    let zone = now.zone();
    let time = format!("{} {}", scope.moment(now.effective), zone.abbreviation(now.effective));
    let description = config.description.as_ref().map_or("", |d| scope.plain(d));
    Home {
        l: scope.layout("", description),
        class: class(now.status),
        headline,
        as_of: scope.say("as-of", &[("time", &time)]),
        works_label: scope.t("works"),
        works: works(scope),
        notices_label: scope.t("home-notices"),
        notices: notices(scope),
        incidents_label: scope.t("home-incidents"),
        incidents: incidents(scope),
        maintenance_label: scope.t("home-maintenance"),
        maintenance: maintenance(scope),
        components_label: scope.t("home-components"),
        groups: config.components.groups.iter().filter_map(|g| group(scope, g)).collect(),
        uptime_how: scope.t("uptime-how"),
        history_label: scope.t("home-history"),
        days: days(scope),
        quiet: scope.t("home-quiet"),
        more: scope.t("home-more-history"),
        history: scope.linker.page(Route::History),
        questions_label: scope.t("home-questions"),
        questions: surfaced(scope, None).into_iter().map(|q| scope.question(q)).collect(),
    }
}

/// What still works, said only where something does not: whole groups by their names.
fn works(scope: &Scope<'_>) -> Html {
    let now = &scope.site.now;
    if now.status == ComponentStatus::Operational {
        return String::new();
    }
    let mut names: Vec<Text> = Vec::new();
    let components = &now.model.config.components;
    let fine = |c: &usize| now.components[*c] == ComponentStatus::Operational;
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
                        names.push(column.clone());
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
                class: level_class(n.notice.level),
                level: scope.t(crate::site::level_key(n.notice.level)),
                title: scope.text(&n.notice.head.title),
                href: scope.linker.page(route),
                words: escape(&super::shorten(&words, 90)),
            }
        })
        .collect()
}

fn incidents(scope: &Scope<'_>) -> Vec<IncidentCard> {
    let all = scope.site.now.incidents.iter().enumerate();
    all.filter(|(_, now)| now.is_active()).map(|(at, now)| incident(scope, at, now)).collect()
}

fn incident(scope: &Scope<'_>, at: usize, now: &IncidentNow<'_>) -> IncidentCard {
    let effective = scope.site.now.effective;
    let route = Route::Incident(at);
    let head = &now.incident.head;
    let started = scope.near(now.incident.started, effective);
    let mut meta = vec![scope.say("started-at", &[("time", &started)])];
    if !now.touched.names.is_empty() {
        meta.push(scope.names(&now.touched.names));
    }
    let latest = match now.updates.last() {
        Some(update) => {
            let words = if update.words.get(scope.page.locale).1.is_empty() {
                &now.incident.summary
            } else {
                &update.words
            };
            Some((
                scope.update_name(update.status),
                scope.near(update.at, effective),
                scope.borrowed(head, route, words),
            ))
        }
        None => Some((
            scope.update_name(now.state),
            scope.near(now.published, effective),
            scope.borrowed(head, route, &now.incident.summary),
        )),
    };
    let mut promises = Vec::new();
    if let Some(due) = now.next_update() {
        promises.push((scope.t("fact-next"), due_words(scope, due)));
    }
    if let Some(estimate) = now.expected_recovery() {
        let mut words = estimate_words(scope, estimate, effective);
        if matches!(estimate, Estimate::At(at) if *at <= effective) {
            words = format!("{words} <small>{}</small>", escape(scope.locale.t("expected-passed")));
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
        chip: Chip {
            class: severity_class(now.severity),
            text: scope.site.severity_name(now.severity, scope.page.locale),
        },
        title: scope.text(&head.title),
        href: scope.linker.page(route),
        meta,
        latest,
        promises,
        questions,
    }
}

/// `12:10 まで`; past its time it says so.
fn due_words(scope: &Scope<'_>, due: Instant) -> Html {
    let effective = scope.site.now.effective;
    let words = scope.say("next-due", &[("time", &scope.near(due, effective))]);
    if due > effective {
        return words;
    }
    format!("{words} <small>{}</small>", escape(scope.locale.t("promise-passed")))
}

fn maintenance(scope: &Scope<'_>) -> Vec<MaintenanceCard> {
    let all = scope.site.now.maintenance.iter().enumerate();
    let mut shown: Vec<_> = all
        .filter(|(_, m)| {
            // Who planned around it must see that it is off.
            let off = m.state == Status::Cancelled && !m.withdrawn;
            let until = m.plan.end.unwrap_or(m.plan.start);
            m.is_running() || m.is_ahead() || (off && until > scope.site.now.effective)
        })
        .collect();
    // What runs first, then what comes next.
    shown.sort_by_key(|(_, m)| (!m.is_running(), m.plan.start));
    shown.into_iter().map(|(at, now)| maintenance_card(scope, at, now)).collect()
}

fn maintenance_card(scope: &Scope<'_>, at: usize, now: &MaintenanceNow<'_>) -> MaintenanceCard {
    let head = &now.maintenance.head;
    let state = match (now.state, now.by_clock) {
        (Status::InProgress, true) => scope.t("clock-in_progress"),
        (Status::Verifying, true) => scope.t("clock-verifying"),
        (state, _) => scope.update_name(state),
    };
    let mut promises = Vec::new();
    if let Some(due) = now.next_update {
        promises.push((scope.t("fact-next"), due_words(scope, due)));
    }
    let zone = scope.zone();
    let phases = phases(now).iter().map(|phase| {
        let times = phase_times(scope, now, phase);
        let mode = mode_name(scope, phase.mode);
        format!(
            "{} {}{}{}",
            escape(&times),
            scope.names(&phase.affects.names),
            escape(scope.locale.t("colon")),
            escape(&mode)
        )
    });
    MaintenanceCard {
        chip: Chip {
            class: "maintenance",
            text: scope.site.kind_name(now.maintenance.kind, scope.page.locale),
        },
        title: scope.text(&head.title),
        href: scope.linker.page(Route::Maintenance(at)),
        state,
        start: now.plan.start.iso(),
        end: now.plan.end.map(Instant::iso).unwrap_or_default(),
        window: escape(&scope.locale.window(now.plan.start, now.plan.end, zone)),
        affects: scope.names(&now.touched.names),
        phases: phases.collect(),
        promises,
    }
}

fn chip(scope: &Scope<'_>, component: usize) -> Chip {
    let status = scope.site.now.components[component];
    Chip { class: class(status), text: scope.status_name(status) }
}

fn group(scope: &Scope<'_>, group: &Group) -> Option<GroupView> {
    let now = &scope.site.now;
    let components = &now.model.config.components;
    let shown = |c: &usize| now.is_shown(*c);
    let row = |c: usize| Row {
        name: scope.text(&components.all[c].name),
        href: scope.linker.page(Route::Component(c)),
        chip: chip(scope, c),
        bars: scope.bars(c),
    };
    let describe = |d: &Option<crate::model::Rich>| d.as_ref().map(|d| scope.description(d));
    let view = match group {
        Group::Single(at) => GroupView {
            name: None,
            description: None,
            rows: [*at].into_iter().filter(shown).map(row).collect(),
            matrix: None,
        },
        Group::Named { name, description, members, .. } => GroupView {
            name: Some(scope.text(name)),
            description: describe(description),
            rows: members.iter().copied().filter(shown).map(row).collect(),
            matrix: None,
        },
        Group::Matrix { name, description, rows, columns, cells, .. } => {
            // A cell that is retired, or hidden while all is well, stays empty.
            let cell = |c: &usize| {
                now.is_shown(*c)
                    .then(|| Cell { href: scope.linker.page(Route::Component(*c)), chip: chip(scope, *c) })
            };
            let column = |at: usize| cells.iter().any(|row| shown(&row[at]));
            let kept = rows.iter().zip(cells).filter(|(_, cells)| cells.iter().any(shown));
            let rows: Vec<_> = kept
                .map(|(name, cells)| {
                    let cells = cells.iter().enumerate().filter(|(at, _)| column(*at));
                    (scope.text(name), cells.map(|(_, c)| cell(c)).collect())
                })
                .collect();
            let matrix = Matrix {
                caption: scope.text(name),
                corner: scope.t("matrix-row"),
                columns: columns
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| column(*at))
                    .map(|(_, c)| scope.text(c))
                    .collect(),
                rows,
            };
            let matrix = Some(matrix).filter(|m| !m.rows.is_empty());
            GroupView {
                name: Some(scope.text(name)),
                description: describe(description),
                rows: Vec::new(),
                matrix,
            }
        }
    };
    (!view.rows.is_empty() || view.matrix.is_some()).then_some(view)
}

fn days(scope: &Scope<'_>) -> Vec<DayView> {
    let site = scope.site;
    let count = u64::try_from(site.now.model.config.history / 86_400).unwrap_or(14).clamp(1, 366);
    let zone = scope.zone();
    (0..count)
        .map(|back| site.now.today - Days::new(back))
        .filter(|day| zone.day_start(*day).is_some())
        .map(|day| DayView {
            date: scope.locale.day(day),
            iso: day.to_string(),
            lines: site.events.iter().filter(|e| e.day == day).map(|e| scope.history_line(e)).collect(),
        })
        .collect()
}
