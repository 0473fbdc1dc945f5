//! Components, and the groups and matrices that they stand in.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::text::{Rich, Text};
use crate::text;
use crate::vocabulary::ComponentStatus;

/// One thing that works or does not.
#[derive(Clone, Debug)]
pub struct Component {
    /// In one namespace with groups, rows and columns.
    pub id: String,
    /// What users call it.
    pub name: Text,
    /// Inline Markdown.
    pub description: Option<Rich>,
    /// Uptime is counted from here.
    pub since: Option<NaiveDate>,
    /// Whether it has a bar and a percentage.
    pub uptime: bool,
    /// Hidden while operational.
    pub only_when_affected: bool,
    /// Hidden from this day on.
    pub retired: Option<NaiveDate>,
    /// The id in the v2 API.
    pub api_id: Option<String>,
}

/// How components are shown: each stands in exactly one group, in the order of site.yaml.
#[derive(Clone, Debug)]
pub enum Group {
    /// A component by itself (an index into [`Components::all`]).
    Single(usize),
    /// Several under a name.
    Named {
        /// In the namespace of components.
        id: String,
        /// What users call it.
        name: Text,
        /// Inline Markdown.
        description: Option<Rich>,
        /// Indexes into [`Components::all`].
        members: Vec<usize>,
        /// The id in the v2 API.
        api_id: Option<String>,
    },
    /// Rows × columns.
    Matrix {
        /// In the namespace of components.
        id: String,
        /// What users call it.
        name: Text,
        /// Inline Markdown.
        description: Option<Rich>,
        /// Names of the rows.
        rows: Vec<Text>,
        /// Names of the columns.
        columns: Vec<Text>,
        /// `cells[row][column]`, indexes into [`Components::all`].
        cells: Vec<Vec<usize>>,
    },
}

/// What an id names: components, and whether as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// What users call it.
    pub name: Text,
    /// Indexes into [`Components::all`].
    pub members: Vec<usize>,
}

/// All components of a site.
#[derive(Clone, Debug, Default)]
pub struct Components {
    /// In the order of site.yaml.
    pub all: Vec<Component>,
    /// In the order of site.yaml.
    pub groups: Vec<Group>,
    pub(super) targets: BTreeMap<String, Target>,
    pub(super) aliases: BTreeMap<String, String>,
    pub(super) names: BTreeMap<String, Vec<String>>,
    /// Names of row and column with a blank between, by id: writers may name a component so in any language.
    pub(super) spaced: BTreeMap<String, Vec<String>>,
    pub(super) api_ids: BTreeSet<String>,
}

/// What an entry says of a component: a status, or one that follows from its severity or kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GivenStatus {
    /// By severity (incident) or maintenance.
    Implied,
    /// Said in so many words.
    Status(ComponentStatus),
}

/// The components that an entry touches.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Affects {
    /// Index of a component and what is said of it, by index, each once.
    pub given: Vec<(usize, GivenStatus)>,
    /// What was written, for showing: names of groups rather than of all that is in them.
    pub names: Vec<Text>,
}

impl Affects {
    /// Adds what `others` says; what it names anew replaces.
    pub fn replace(&mut self, others: &Affects) {
        let names_more = others.given.iter().any(|(c, _)| !self.given.iter().any(|(known, _)| known == c));
        for (component, given) in &others.given {
            match self.given.iter_mut().find(|(c, _)| c == component) {
                Some(known) => known.1 = *given,
                None => self.given.push((*component, *given)),
            }
        }
        self.given.sort_by_key(|(c, _)| *c);
        // A group that was named stands for its components: those need no name of their own.
        for name in &others.names {
            if names_more && !self.names.contains(name) {
                self.names.push(name.clone());
            }
        }
    }

    /// Says something else of a component that it names already.
    pub fn set(&mut self, component: usize, given: GivenStatus) {
        if let Some(known) = self.given.iter_mut().find(|(of, _)| *of == component) {
            known.1 = given;
        }
    }

    /// Says the same of all that a word names.
    pub(super) fn add(&mut self, target: &Target, given: GivenStatus) {
        let members = target.members.iter().map(|c| (*c, given)).collect();
        self.replace(&Affects { given: members, names: vec![target.name.clone()] });
    }
}

impl Components {
    /// The component, group, row or column of that id or exact name.
    #[must_use]
    pub fn find(&self, word: &str) -> Option<&Target> {
        if let Some(target) = self.targets.get(word) {
            return Some(target);
        }
        let folded = text::fold(word);
        let by_name = || match self.names.get(&folded).map(Vec::as_slice) {
            Some([only]) => Some(only.as_str()),
            _ => None,
        };
        let id = self
            .aliases
            .get(word)
            .map(String::as_str)
            .or_else(|| self.targets.get(&folded).map(|_| &*folded))
            .or_else(by_name)?;
        self.targets.get(id)
    }

    /// Ids and names that an unknown word may have meant.
    #[must_use]
    pub fn nearest(&self, word: &str) -> Option<&str> {
        text::nearest(word, self.targets.keys().map(String::as_str)).or_else(|| {
            let names = self.targets.values().flat_map(|t| t.name.all()).map(String::as_str);
            text::nearest(word, names)
        })
    }

    /// Every id, in order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.targets.keys().map(String::as_str)
    }
}

impl Group {
    /// Indexes of the components in it.
    #[must_use]
    pub fn members(&self) -> Vec<usize> {
        match self {
            Group::Single(at) => vec![*at],
            Group::Named { members, .. } => members.clone(),
            Group::Matrix { cells, .. } => cells.concat(),
        }
    }
}
