//! Reports to an authority: the duties in site.yaml, and what an entry says was sent.

#![expect(dead_code, reason = "only the schemas of these types are read")]

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

use super::leaves::{Allowance, DutyPreset, Line, OneOrMany, Time, by, severities};
use super::pattern;
use crate::vocabulary::Severity;

mappings! {
    /// A duty to report incidents of a severity; several rows for one report are its clocks, and the earliest counts
    ReportDuty {
        /// A known set of duties; then only `to` may stand beside it
        preset: Option<DutyPreset>,
        /// The authority; default with `preset`: `authority`
        to: Option<Line>,
        /// Which report: `initial`, `intermediate`, `final`, or a word of your own
        kind: Option<Line>,
        /// The time allowed: `4h`, `30d`, `1 month`
        within: Option<Allowance>,
        /// What starts the clock: `awareness`, `classification`, or a report above this row
        from: Option<Line>,
    }

    /// A report that was sent
    SentReport {
        /// The authority that got it
        to: Option<Line>,
        /// Which report it was: `initial`, `intermediate`, `final`, or a word of your own; default: the next one
        kind: Option<Line>,
        /// When it was sent
        at: Time,
    }
}

/// Duties to report for each severity.
pub struct ReportDuties;

impl JsonSchema for ReportDuties {
    fn schema_name() -> Cow<'static, str> {
        "ReportDuties".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let each = generator.subschema_for::<OneOrMany<ReportDuty>>();
        let mut schema = by(&severities(), Some(pattern::words(Severity::known())), false, each);
        let preset = Value::from(generator.subschema_for::<DutyPreset>());
        if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
            properties.insert("preset".to_owned(), preset);
        }
        schema
    }
}

/// What colleagues should know, and when the authority was told.
pub struct Internal;

impl JsonSchema for Internal {
    fn schema_name() -> Cow<'static, str> {
        "Internal".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (time, sent) = (generator.subschema_for::<Time>(), generator.subschema_for::<SentReport>());
        json_schema!({
            "description": "Any keys you like; never published",
            "properties": {
                "reports": {
                    "description": "When you reported it to the authority: a time, or a list of times and of `{to, kind, at}`; noroshi numbers your next report from them",
                    "anyOf": [{"type": "array", "items": {"anyOf": [time, sent]}}, time],
                },
            },
        })
    }
}
