//! What the values of keys are called in messages.

use crate::message::{Message, did_you_mean, message, some_of};

/// What the words of a vocabulary stand for.
#[derive(Clone, Copy)]
pub enum Noun {
    AddressForm,
    ApiNulls,
    AutoMode,
    Category,
    ChannelKind,
    Choice,
    ComponentStatus,
    Compression,
    EntryKind,
    FieldValue,
    Function,
    Host,
    Language,
    Level,
    MaintenanceKind,
    Mode,
    PhaseMode,
    Preset,
    Report,
    Rule,
    Severity,
    Shape,
    SlugScript,
    Status,
    Subject,
    Visibility,
}

impl Noun {
    /// The message for a word that is none of them.
    pub fn unknown(self, word: &str) -> Message {
        let what = match self {
            Noun::AddressForm => message!("model-noun-address-form", "form of addresses"),
            Noun::ApiNulls => message!("model-noun-api-nulls", "value of `nulls`"),
            Noun::AutoMode => message!("model-noun-auto", "value of `auto`"),
            Noun::Category => message!("model-noun-category", "category in site.yaml"),
            Noun::ChannelKind => message!("model-noun-channel-kind", "kind of channel"),
            Noun::Choice => message!("model-noun-choice", "choice"),
            Noun::ComponentStatus => message!("model-noun-component-status", "status of a component"),
            Noun::Compression => message!("model-noun-compression", "compression"),
            Noun::EntryKind => message!("model-noun-entry-kind", "kind of entry"),
            Noun::FieldValue => message!("model-noun-field-value", "value of this field"),
            Noun::Function => message!("model-noun-function", "function of a component"),
            Noun::Host => message!("model-noun-host", "host that noroshi knows"),
            Noun::Language => message!("model-noun-language", "language of this site"),
            Noun::Level => message!("model-noun-level", "level"),
            Noun::MaintenanceKind => message!("model-noun-maintenance-kind", "kind of maintenance"),
            Noun::Mode => message!("model-noun-mode", "mode"),
            Noun::PhaseMode => message!("model-noun-phase-mode", "mode of a phase"),
            Noun::Preset => message!("model-noun-preset", "preset of `policy.reports`"),
            Noun::Report => message!("model-noun-report", "value of `report`"),
            Noun::Rule => message!("model-noun-rule", "rule"),
            Noun::Severity => message!("model-noun-severity", "severity"),
            Noun::Shape => message!("model-noun-shape", "shape"),
            Noun::SlugScript => message!("model-noun-slug-script", "script of slugs"),
            Noun::Status => message!("model-noun-status", "status"),
            Noun::Visibility => message!("model-noun-visibility", "visibility"),
            Noun::Subject => {
                return message!(
                    "model-unknown-subject",
                    "`{word}` is not a severity, kind of maintenance or kind of entry",
                    word
                );
            }
        };
        message!("model-unknown-word", "`{word}` is not a {what}", word, what)
    }
}

/// The help for a word of a policy that is none of the known ones.
pub fn in_policy(near: Option<&str>, known: &[&str]) -> Message {
    did_you_mean(near, || {
        let see = message!("model-policy-see", "docs/policy.md has all");
        message!("model-policy-key-help", "write {words}", words = some_of(known, &see))
    })
}

/// What a value must be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Type {
    Text,
    Bool,
    Integer,
    List,
    Map,
}

impl Type {
    pub fn name(self) -> Message {
        match self {
            Type::Text => message!("model-type-text", "text"),
            Type::Bool => message!("model-type-bool", "`true` or `false`"),
            Type::Integer => message!("model-type-integer", "a whole number"),
            Type::List => message!("model-type-list", "a list"),
            Type::Map => message!("model-type-map", "a mapping of `key: value`"),
        }
    }
}
