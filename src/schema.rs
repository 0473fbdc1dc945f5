//! JSON Schema of what people write, for their editors: the front matter of each kind of entry, and site.yaml.
//!
//! The types in here hold nothing. They name the keys that `model` asks for, in the order and with the words
//! in which an editor shows them; a test lets `model` read and compares every key that it asked for with
//! those that stand here. What is said of a value (a time, a severity) is made from the tables of
//! `vocabulary` and `model`.
//!
//! Why: docs/decisions/editors-and-cms.md.

mod entries;
mod leaves;
mod narrow;
mod pattern;
mod site;
#[cfg(test)]
mod tests;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value};

use crate::kind::EntryKind;
use crate::model::Config;

/// Whose schema it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `content/site.yaml`.
    Site,
    /// Front matter of an entry.
    Entry(EntryKind),
    /// Front matter of a translation of any of them.
    Translation,
}

impl Kind {
    /// Every kind.
    pub fn all() -> impl Iterator<Item = Kind> {
        let entries = EntryKind::ALL.into_iter().map(Kind::Entry);
        std::iter::once(Kind::Site).chain(entries).chain([Kind::Translation])
    }

    /// As commands and files name it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Kind::Site => "site",
            Kind::Entry(kind) => kind.command(),
            Kind::Translation => "translation",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Kind> {
        Kind::all().find(|kind| kind.word() == word)
    }
}

/// The schema of a kind. With a site its own components, kinds, fields, categories and locales are suggested
/// too; nothing is refused because of it, so that a schema that was written down yesterday is never wrong.
#[must_use]
pub fn of(kind: Kind, site: Option<&Config>) -> Value {
    let mut schema = match kind {
        Kind::Site => root::<site::Site>(),
        Kind::Entry(EntryKind::Incident) => root::<entries::Incident>(),
        Kind::Entry(EntryKind::Maintenance) => root::<entries::Maintenance>(),
        Kind::Entry(EntryKind::Notice) => root::<entries::Notice>(),
        Kind::Entry(EntryKind::Question) => root::<entries::Question>(),
        Kind::Entry(EntryKind::Page) => root::<entries::Page>(),
        Kind::Translation => root::<entries::Translation>(),
    };
    if let Some(config) = site {
        narrow::narrow(&mut schema, kind, config);
    }
    Value::Object(schema)
}

fn root<T: JsonSchema>() -> Map<String, Value> {
    let schema: Schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>();
    match Value::from(schema) {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
