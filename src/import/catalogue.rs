//! The components of the page and their groups, in the order of the old page.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::conversion::{Conversion, line};
use super::report::{Spot, left_out};
use crate::message::message;

/// A group of the source. One without a name only orders its members.
pub(super) struct Group {
    pub(super) spot: Spot,
    pub(super) code: Option<String>,
    pub(super) name: Option<String>,
    pub(super) description: Option<String>,
    pub(super) order: f64,
}

pub(super) struct Component {
    pub(super) spot: Spot,
    pub(super) code: Option<String>,
    pub(super) name: Option<String>,
    pub(super) description: Option<String>,
    pub(super) order: f64,
    /// The code of its group.
    pub(super) group: Option<String>,
    pub(super) since: Option<NaiveDate>,
    pub(super) only_when_affected: bool,
}

/// Adds all to the new site. Groups and components without a group stand in one order.
pub(super) fn fill(to: &mut Conversion, groups: Vec<Group>, components: Vec<Component>) {
    let known: BTreeSet<String> = groups.iter().filter_map(|group| group.code.clone()).collect();
    let mut members: BTreeMap<String, Vec<Component>> = BTreeMap::new();
    let mut top: Vec<(f64, Place)> = groups.into_iter().map(|g| (g.order, Place::Group(g))).collect();
    for component in components {
        match component.group.clone().filter(|code| known.contains(code)) {
            Some(code) => members.entry(code).or_default().push(component),
            None => top.push((component.order, Place::Component(component))),
        }
    }
    top.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut alone = None;
    for (_, place) in top {
        match place {
            Place::Component(component) => {
                let at = *alone.get_or_insert_with(|| to.site.group(None, None));
                add(to, at, &component);
            }
            Place::Group(group) => {
                let mut inside =
                    group.code.as_ref().and_then(|code| members.remove(code)).unwrap_or_default();
                inside.sort_by(|a, b| a.order.total_cmp(&b.order));
                add_group(to, group, inside);
                alone = None;
            }
        }
    }
}

enum Place {
    Group(Group),
    Component(Component),
}

fn add_group(to: &mut Conversion, group: Group, inside: Vec<Component>) {
    if inside.is_empty() {
        let name = group.name.unwrap_or_default();
        let message =
            message!("import-page-empty-group", "the group `{group}` has no component", group = name);
        to.row(&group.spot, "import/component", message, left_out());
        return;
    }
    let description = group.description.as_deref().map(line);
    let at = to.site.group(group.name.as_deref(), description.as_deref());
    let api_id = group.code.and_then(|code| to.site.api_id(&code));
    if let Some(made) = to.site.groups.get_mut(at) {
        made.api_id = api_id;
    }
    for component in inside {
        add(to, at, &component);
    }
}

fn add(to: &mut Conversion, group: usize, component: &Component) {
    let Component { spot, code, name, .. } = component;
    let added = match (code, name) {
        (Some(code), Some(name)) => to.site.add_coded(group, code, name),
        (None, Some(name)) => to.site.add(group, name, None),
        _ => None,
    };
    let Some(made) = added else {
        let component = name.clone().or_else(|| code.clone()).unwrap_or_default();
        let message = message!(
            "import-page-component",
            "the component `{component}` has no name, or the source lists it twice",
            component
        );
        to.row(spot, "import/component", message, left_out());
        return;
    };
    made.since = component.since;
    made.only_when_affected = component.only_when_affected;
    made.description = component.description.as_deref().map(line).filter(|d| !d.is_empty());
}
