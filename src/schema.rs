//! JSON Schemas for editors: the front matter of each kind of entry, and site.yaml; and of what webhooks get.
//!
//! The types for editors store nothing. They list the keys that `model` reads, in the order and with the
//! descriptions that an editor shows. A test compares every key that `model` asks for with the keys here. The
//! schemas of values (times, severities) are made from the tables of `vocabulary` and `model`.
//!
//! Why: docs/decisions/editors-and-cms.md.

/// Defines mappings whose keys are known.
macro_rules! mappings {
    ($($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $key:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(JsonSchema)]
        #[schemars(deny_unknown_fields)]
        pub struct $name { $($(#[$fdoc])* pub $key: $type,)* }
    )*};
}

mod entries;
mod leaves;
mod mail_lists;
mod narrow;
mod pattern;
mod reports;
mod site;
#[cfg(test)]
mod tests;
pub mod webhook;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value};

use crate::kind::EntryKind;
use crate::model::Config;

/// What a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `content/site.yaml`.
    Site,
    /// The front matter of a kind of entry.
    Entry(EntryKind),
    /// The front matter of a translation, whatever the kind of entry.
    Translation,
}

impl Kind {
    /// All kinds of schemas.
    pub fn all() -> impl Iterator<Item = Kind> {
        let entries = EntryKind::ALL.into_iter().map(Kind::Entry);
        std::iter::once(Kind::Site).chain(entries).chain([Kind::Translation])
    }

    /// The name in commands and file names.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Site => "site",
            Kind::Entry(kind) => kind.command(),
            Kind::Translation => "translation",
        }
    }

    /// The kind with this name.
    pub fn from_word(word: &str) -> Option<Kind> {
        Kind::all().find(|kind| kind.word() == word)
    }
}

/// The schema of a kind. If a site is given, the schema also suggests its components, kinds, fields, categories
/// and locales. Suggestions never make a value invalid, so an older schema stays correct.
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

/// The name in commands of the schema of what webhooks get. It is none of [`Kind`], since no file has this form.
pub const WEBHOOK: &str = "webhook";

/// The schema of what a webhook of `announce` gets, unless it has the shape of another program.
#[must_use]
pub fn of_webhook() -> Value {
    Value::Object(root::<webhook::Payload<'_>>())
}

fn root<T: JsonSchema>() -> Map<String, Value> {
    let schema: Schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>();
    match Value::from(schema) {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
