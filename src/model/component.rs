//! Components, and the groups and matrices that contain them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::text::{Rich, Text};
use crate::message::{Message, message, near_or_some};
use crate::text;
use crate::vocabulary::{ComponentStatus, Function};

/// What other programs call a component: short texts by names that the team chose, such as `symbol` and `BTC_JPY`.
/// They are public.
pub type Codes = BTreeMap<String, String>;

/// A part of the service that has a status.
#[derive(Clone, Debug)]
pub struct Component {
    /// The id. Components share one namespace with groups, rows and columns.
    pub id: String,
    pub name: Text,
    /// Inline Markdown.
    pub description: Option<Rich>,
    /// The day from which uptime is counted.
    pub since: Option<NaiveDate>,
    /// Whether it has an uptime bar and a percentage.
    pub uptime: bool,
    /// Whether pages hide it while it is operational.
    pub only_when_affected: bool,
    /// The day from which pages hide it.
    pub retired: Option<NaiveDate>,
    /// The id in the v2 API.
    pub api_id: Option<String>,
    /// Those of its row and its column, if it is in a matrix.
    pub codes: Codes,
    pub function: Option<Function>,
}

/// A row or a column of a matrix.
#[derive(Clone, Debug)]
pub struct Axis {
    pub id: String,
    pub name: Text,
}

/// A group of components as pages show it. Each component belongs to exactly one group, in the order of site.yaml.
#[derive(Clone, Debug)]
pub enum Group {
    /// An index into [`Components::all`].
    Single(usize),
    Named {
        id: String,
        name: Text,
        description: Option<Rich>,
        /// Indexes into [`Components::all`].
        members: Vec<usize>,
        api_id: Option<String>,
    },
    Matrix {
        id: String,
        name: Text,
        description: Option<Rich>,
        rows: Vec<Axis>,
        columns: Vec<Axis>,
        /// As `cells[row][column]`: indexes into [`Components::all`].
        cells: Vec<Vec<usize>>,
    },
}

/// The components that an id refers to, and the name they share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub name: Text,
    /// Indexes into [`Components::all`].
    pub members: Vec<usize>,
}

#[derive(Clone, Debug, Default)]
pub struct Components {
    /// The components, in the order of site.yaml.
    pub all: Vec<Component>,
    /// The groups, in the order of site.yaml.
    pub groups: Vec<Group>,
    pub(super) targets: BTreeMap<String, Target>,
    pub(super) aliases: BTreeMap<String, String>,
    pub(super) names: BTreeMap<String, Vec<String>>,
    /// The names of row and column joined by a blank, by id. With them, authors may name a matrix component in any
    /// language.
    pub(super) spaced: BTreeMap<String, Vec<String>>,
    pub(super) api_ids: BTreeSet<String>,
    /// Whether `components` has errors, so that some of them may be missing here.
    pub is_incomplete: bool,
}

/// The status that an entry gives a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GivenStatus {
    /// The status that follows from the severity of an incident, or from a maintenance.
    Implied,
    Status(ComponentStatus),
}

/// The components that an entry affects.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Affects {
    /// The index of each component and its status, sorted by index, without duplicates.
    pub given: Vec<(usize, GivenStatus)>,
    /// The names as written, for people: the name of a group rather than of its components. Programs use `given`.
    pub names: Vec<Text>,
}

impl Affects {
    /// Adds the components of `others`. Their statuses replace earlier ones.
    pub fn replace(&mut self, others: &Affects) {
        let names_more = others.given.iter().any(|(c, _)| !self.given.iter().any(|(known, _)| known == c));
        for (component, given) in &others.given {
            match self.given.iter_mut().find(|(c, _)| c == component) {
                Some(known) => known.1 = *given,
                None => self.given.push((*component, *given)),
            }
        }
        self.given.sort_by_key(|(c, _)| *c);
        // The name of a group stands for its components, so they need no names of their own.
        for name in &others.names {
            if names_more && !self.names.contains(name) {
                self.names.push(name.clone());
            }
        }
    }

    /// Changes the status of a component that is already in the list.
    pub fn set(&mut self, component: usize, given: GivenStatus) {
        if let Some(known) = self.given.iter_mut().find(|(of, _)| *of == component) {
            known.1 = given;
        }
    }

    /// Gives all components of a target this status.
    pub(super) fn add(&mut self, target: &Target, given: GivenStatus) {
        let members = target.members.iter().map(|c| (*c, given)).collect();
        self.replace(&Affects { given: members, names: vec![target.name.clone()] });
    }
}

impl Components {
    /// The component, group, row or column with this id or exact name.
    #[must_use]
    pub fn find(&self, word: &str) -> Option<&Target> {
        self.targets.get(word).or_else(|| self.targets.get(self.id_of(word)?))
    }

    /// The id of the component, group, row or column with this id, exact name or old id.
    #[must_use]
    pub fn id_of(&self, word: &str) -> Option<&str> {
        if let Some((id, _)) = self.targets.get_key_value(word) {
            return Some(id);
        }
        let folded = text::fold(word);
        let by_name = || match self.names.get(&folded).map(Vec::as_slice) {
            Some([only]) => Some(only.as_str()),
            _ => None,
        };
        let by_alias = self.aliases.get(word).map(String::as_str);
        let by_id = || self.targets.get_key_value(&folded).map(|(id, _)| id.as_str());
        by_alias.or_else(by_id).or_else(by_name)
    }

    /// The ids or names that somebody may have meant by an unknown word.
    #[must_use]
    pub fn meant(&self, word: &str) -> Vec<&str> {
        let ids: Vec<&str> = self.ids().collect();
        let found = text::meant(word, &ids);
        if !found.is_empty() {
            return found;
        }
        let mut names: Vec<&str> =
            self.targets.values().flat_map(|target| target.name.all()).map(String::as_str).collect();
        names.dedup();
        text::meant(word, &names)
    }

    /// The help for an unknown word.
    #[must_use]
    pub fn help(&self, word: &str) -> Message {
        let ids: Vec<&str> = self.ids().collect();
        if ids.is_empty() {
            return message!("model-component-add", "add it to `components` in site.yaml");
        }
        let see = message!("model-component-see", "`components` in site.yaml has all");
        near_or_some(&self.meant(word), &ids, &see)
    }

    /// Every id, sorted.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.targets.keys().map(String::as_str)
    }
}

impl Group {
    /// The indexes of the components in the group.
    #[must_use]
    pub fn members(&self) -> Vec<usize> {
        match self {
            Group::Single(at) => vec![*at],
            Group::Named { members, .. } => members.clone(),
            Group::Matrix { cells, .. } => cells.concat(),
        }
    }
}
