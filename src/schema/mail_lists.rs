//! The lists of a channel of mail.

#![expect(dead_code, reason = "only the schemas of these types are read")]

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::leaves::{Line, Locale, OneOrMany};

mappings! {
    /// A list that gets mail
    MailListOf {
        /// Its address
        list: Line,
        /// The languages that it gets; default: all of the channel
        locales: Option<OneOrMany<Locale>>,
        /// The components and groups whose updates it gets; default: all
        components: Option<OneOrMany<Line>>,
        /// Where people join, as a `https:` or `mailto:` address; `/subscribe/` shows it
        join: Option<Line>,
    }
}

/// An address, or a list of addresses and of lists with what they get.
pub struct MailLists;

impl JsonSchema for MailLists {
    fn schema_name() -> Cow<'static, str> {
        "MailLists".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (line, list) = (generator.subschema_for::<Line>(), generator.subschema_for::<MailListOf>());
        json_schema!({
            "anyOf": [
                {"type": "array", "items": {"anyOf": [line, list]}},
                generator.subschema_for::<Line>(),
            ],
        })
    }
}
