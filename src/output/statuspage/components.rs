//! Components and groups in the shape of the status API v2: one list of groups and members.

use serde::Serialize;

use super::{View, time};
use crate::model::{Group, Instant};
use crate::site::{Site, identity};
use crate::vocabulary::ComponentStatus;

#[derive(Clone, Serialize)]
pub(super) struct Component {
    id: String,
    name: String,
    status: &'static str,
    created_at: String,
    updated_at: String,
    position: usize,
    description: Option<String>,
    showcase: bool,
    start_date: Option<String>,
    group_id: Option<String>,
    page_id: String,
    group: bool,
    only_show_if_degraded: bool,
    /// The members of a group.
    #[serde(skip_serializing_if = "Option::is_none")]
    components: Option<Vec<String>>,
}

/// The effect of an update on a component.
#[derive(Serialize)]
pub(super) struct Affected {
    pub code: String,
    pub name: String,
    pub old_status: &'static str,
    pub new_status: &'static str,
}

pub(super) fn id(site: &Site<'_>, at: usize) -> String {
    identity::component_api_id(&site.now.model.config.components.all[at])
}

pub(super) fn affected(view: View<'_>, at: usize, old: ComponentStatus, new: ComponentStatus) -> Affected {
    let name = view.text(&view.site.now.model.config.components.all[at].name).clone();
    Affected { code: id(view.site, at), name, old_status: old.word(), new_status: new.word() }
}

struct Position {
    position: usize,
    group: Option<String>,
}

fn place(site: &Site<'_>, at: usize) -> Position {
    let mut groups = site.now.model.config.components.groups.iter().enumerate();
    let inside = |group: &Group| group.members().iter().position(|member| *member == at);
    let found = groups.find_map(|(n, group)| Some((n, group_id(group), inside(group)?)));
    match found {
        Some((_, Some(group), inside)) => Position { position: inside + 1, group: Some(group) },
        Some((n, None, _)) => Position { position: n + 1, group: None },
        None => Position { position: 1, group: None },
    }
}

/// `None` for a component without a group.
fn group_id(group: &Group) -> Option<String> {
    match group {
        Group::Single(_) => None,
        Group::Named { api_id: Some(id), .. } => Some(id.clone()),
        Group::Named { id, .. } | Group::Matrix { id, .. } => Some(identity::short(&["component", id])),
    }
}

/// Groups, each before its members, in the order of site.yaml.
pub(super) fn list(view: View<'_>) -> Vec<Component> {
    let site = view.site;
    let updated = update_times(site);
    let mut found = Vec::new();
    for (n, group) in site.now.model.config.components.groups.iter().enumerate() {
        let members: Vec<usize> = group.members().into_iter().filter(|at| site.is_there(*at)).collect();
        let inside: Vec<Component> =
            members.iter().map(|at| component(view, *at, site.now.components[*at], updated[*at])).collect();
        if let Some(id) = group_id(group).filter(|_| !members.is_empty()) {
            found.push(whole(view, group, id, n + 1, &members, &inside, &updated));
        }
        found.extend(inside);
    }
    found
}

/// The components that an entry affects, with the status that this entry gives them.
pub(super) fn of_entry(
    view: View<'_>,
    touched: impl Iterator<Item = (usize, ComponentStatus)>,
    updated: Instant,
) -> Vec<Component> {
    touched.map(|(at, status)| component(view, at, status, Some(updated))).collect()
}

/// When a component without a date of its own counts as created: at the earliest event of the site.
pub(super) fn beginning(site: &Site<'_>) -> Instant {
    site.events.last().map_or(Instant(0), |event| event.at)
}

fn component(view: View<'_>, at: usize, status: ComponentStatus, updated: Option<Instant>) -> Component {
    let site = view.site;
    let one = &site.now.model.config.components.all[at];
    let place = place(site, at);
    let created = one.since.and_then(|day| site.now.zone().day_start(day)).unwrap_or_else(|| beginning(site));
    Component {
        id: id(site, at),
        name: view.text(&one.name).clone(),
        status: status.word(),
        created_at: time(site, created),
        updated_at: time(site, updated.unwrap_or(created)),
        position: place.position,
        description: one.description.as_ref().map(|d| view.text(d).plain()),
        showcase: one.uptime,
        start_date: one.since.map(|day| day.to_string()),
        group_id: place.group,
        page_id: identity::short(&["page", &site.absolute("")]),
        group: false,
        only_show_if_degraded: one.only_when_affected,
        components: None,
    }
}

/// A group in the API. It has the worst status of its members.
fn whole(
    view: View<'_>,
    group: &Group,
    id: String,
    position: usize,
    members: &[usize],
    inside: &[Component],
    updated: &[Option<Instant>],
) -> Component {
    let site = view.site;
    let all = &site.now.model.config.components.all;
    let (name, description) = match group {
        Group::Single(at) => (&all[*at].name, &all[*at].description),
        Group::Named { name, description, .. } | Group::Matrix { name, description, .. } => {
            (name, description)
        }
    };
    let worst =
        members.iter().map(|at| site.now.components[*at]).max().unwrap_or(ComponentStatus::Operational);
    let since = members.iter().filter_map(|at| all[*at].since).min();
    let created = since.and_then(|day| site.now.zone().day_start(day)).unwrap_or_else(|| beginning(site));
    let last = members.iter().filter_map(|at| updated[*at]).max();
    Component {
        id,
        name: view.text(name).clone(),
        status: worst.word(),
        created_at: time(site, created),
        updated_at: time(site, last.unwrap_or(created)),
        position,
        description: description.as_ref().map(|d| view.text(d).plain()),
        showcase: false,
        start_date: since.map(|day| day.to_string()),
        group_id: None,
        page_id: identity::short(&["page", &site.absolute("")]),
        group: true,
        only_show_if_degraded: false,
        components: Some(inside.iter().map(|component| component.id.clone()).collect()),
    }
}

/// The time of the latest publication that affects each component.
fn update_times(site: &Site<'_>) -> Vec<Option<Instant>> {
    let now = &site.now;
    let mut found = vec![None; now.components.len()];
    for entry in &now.incidents {
        let at = Some(entry.last_publication());
        entry.touched.given.iter().for_each(|(c, _)| found[*c] = found[*c].max(at));
    }
    for entry in &now.maintenance {
        let at = super::last_maintenance_publication(entry);
        entry.touched.given.iter().for_each(|(c, _)| found[*c] = found[*c].max(at));
    }
    found
}
