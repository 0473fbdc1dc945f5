//! Generates form fields from a schema.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::labels::Labels;
use crate::kind::EntryKind;
use crate::model::Config;
use crate::model::policy::Requirement;

/// Keys in the order of a form. Other keys follow.
const ORDER: [&str; 30] = [
    "title",
    "severity",
    "kind",
    "level",
    "category",
    "affects",
    "components",
    "started",
    "detected",
    "window",
    "phases",
    "scope",
    "cancel_before",
    "advice",
    "expected_recovery",
    "next_update",
    "fields",
    "auto",
    "surface",
    "pinned",
    "nav",
    "order",
    "updated",
    "publish_at",
    "expires_at",
    "draft",
    "reviewed_by",
    "internal",
    "recurrence",
    "withdrawn",
];

/// Keys that forms leave out. Their values in a file stay unchanged.
const LEFT_ALONE: [&str; 5] = ["api_id", "allow", "close_after", "outages", "timezone"];

/// The most options that are shown as buttons, of which a phone shows about three in a line. More are a list with
/// a search.
const MOST_BUTTONS: usize = 30;

/// A schema with the definitions that it refers to.
#[derive(Clone, Copy)]
struct Form<'a> {
    root: &'a Value,
    config: &'a Config,
    labels: &'a Labels<'a>,
}

pub(super) fn form(schema: &Value, config: &Config, labels: &Labels<'_>) -> Vec<Value> {
    let mut fields = Form { root: schema, config, labels }.fields(schema, true);
    // If a site has no fields of its own, the empty group is left out.
    fields.retain(|field| field["fields"].as_array().is_none_or(|inner| !inner.is_empty()));
    fields
}

/// Where the text stands in a form: in an incident right after the choices, so that a first notice needs no
/// scrolling.
pub(super) fn place_of_body(form: &[Value], kind: EntryKind) -> usize {
    let after = form.iter().position(|field| field["name"] == "affects").map(|at| at + 1);
    after.filter(|_| kind == EntryKind::Incident).unwrap_or(form.len())
}

/// A choice among options.
fn choice(options: &Value, is_multiple: bool) -> Value {
    let count = options.as_array().map_or(0, Vec::len);
    let widget = if count > MOST_BUTTONS { "select" } else { "choice" };
    let mut field = json!({"widget": widget, "options": options});
    if is_multiple {
        field["multiple"] = true.into();
    }
    field
}

impl<'a> Form<'a> {
    /// The fields of a mapping. With `asks` false, the mapping is optional, so none of its fields is required.
    fn fields(self, mapping: &Value, asks: bool) -> Vec<Value> {
        let mut keys: Vec<(&String, &Value)> =
            mapping["properties"].as_object().into_iter().flatten().collect();
        let place = |key: &str| ORDER.iter().position(|known| *known == key).unwrap_or(ORDER.len());
        keys.retain(|(key, _)| !LEFT_ALONE.contains(&key.as_str()));
        // `start` comes before `end`.
        keys.sort_by_key(|(key, _)| (place(key), *key == "end"));
        let required =
            |key: &str| mapping["required"].as_array().is_some_and(|all| all.iter().any(|k| k == key));
        keys.into_iter().map(|(key, value)| self.field(key, value, asks && required(key))).collect()
    }

    fn field(self, key: &str, schema: &Value, is_required: bool) -> Value {
        let (name, definition) = self.resolve(schema);
        let mut field = self.widget(key, name, definition, is_required);
        field["name"] = key.into();
        if field["label"].is_null() {
            field["label"] = self.labels.say(key).into();
        }
        self.clock(key, &mut field);
        // An entry can affect no component.
        // And a form has no field for `outages`, which can stand for the start.
        field["required"] = ((is_required || key == "started") && key != "affects").into();
        field
    }

    /// The start of a new incident is now, and its next update is one tap away. The time is that of the site, not
    /// of the browser.
    fn clock(self, key: &str, field: &mut Value) {
        let steps: &[i64] = match key {
            "started" => &[0],
            "next_update" => &[30, 60],
            _ => return,
        };
        let step = |minutes: &i64| json!({"minutes": minutes, "label": self.labels.step(*minutes)});
        field["widget"] = "begun-string".into();
        field["zone"] = self.config.zone.name().into();
        field["steps"] = steps.iter().map(step).collect();
        if key == "started" {
            field["begin"] = "{now}".into();
        }
    }

    /// The definition behind references, and its name. An optional value resolves to the value's own definition.
    fn resolve(self, schema: &'a Value) -> (&'a str, &'a Value) {
        if let Some(name) = schema["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/")) {
            return (name, &self.root["$defs"][name]);
        }
        let alternatives = schema["anyOf"].as_array().map_or(&[][..], Vec::as_slice);
        let is_null = |schema: &&Value| schema["type"] == "null";
        match (alternatives.iter().find(|s| !is_null(s)), alternatives.iter().any(|s| is_null(&s))) {
            (Some(one), true) if alternatives.len() == 2 => self.resolve(one),
            _ => ("", schema),
        }
    }

    fn widget(self, key: &str, name: &str, definition: &'a Value, is_required: bool) -> Value {
        let is = |kind: &str| {
            let known = &definition["type"];
            *known == kind || known.as_array().is_some_and(|all| all.iter().any(|k| *k == kind))
        };
        match name {
            // A form has one window. It leaves a list of several as it is.
            "Windows" => self.widget(key, "Window", &self.root["$defs"]["Window"], is_required),
            "Affects" => self.components(),
            "Anything" | "Internal" => self.internal(),
            "Flag" => json!({"widget": "boolean"}),
            "Order" => json!({"widget": "number", "value_type": "int"}),
            "Time" | "NextTime" | "End" | "Day" | "TimeOrDay" => self.time(name, definition),
            "Fields" => json!({"widget": "object", "fields": self.own_fields(definition)}),
            _ if name.starts_with("OneOrManyOf") => self.many(definition),
            _ if is("array") => {
                let (_, item) = self.resolve(&definition["items"]);
                // A new entry starts without any.
                json!({"widget": "list", "default": [], "fields": self.fields(item, true)})
            }
            _ if is("object") => {
                json!({"widget": "object", "collapsed": !is_required, "fields": self.fields(definition, is_required)})
            }
            _ => match Self::words(definition) {
                Some(words) => choice(&self.options(key, words), false),
                None => json!({"widget": "string"}),
            },
        }
    }

    /// The words that a schema suggests.
    fn words(definition: &'a Value) -> Option<&'a [Value]> {
        let all = definition["anyOf"].as_array().into_iter().flatten().chain([definition]);
        all.into_iter().find_map(|schema| schema["enum"].as_array()).map(Vec::as_slice)
    }

    fn options(self, key: &str, words: &[Value]) -> Value {
        let words = words.iter().filter_map(Value::as_str);
        words.map(|word| json!({"value": word, "label": self.labels.option(key, word)})).collect()
    }

    /// A choice of components by name. A form cannot show a mapping to statuses, so it stays as it is.
    fn components(self) -> Value {
        let words = Self::words(&self.root["$defs"]["ComponentName"]).unwrap_or_default();
        let mut field = choice(&self.options("affects", words), true);
        field["default"] = json!([]);
        field
    }

    /// The fields that the policy requires under `internal`, and some more.
    fn internal(self) -> Value {
        let demands = self.config.policy.require.iter().flat_map(|(_, wanted)| wanted);
        let demanded = demands.filter_map(|wanted| match wanted {
            Requirement::Internal(name) => Some(name.as_str()),
            _ => None,
        });
        let mut seen = BTreeSet::from(["reports"]);
        let names = demanded.chain(["reporter", "note"]).filter(|name| seen.insert(*name));
        let field = |name: &str, widget: &str| json!({"name": name, "label": self.labels.say(name), "widget": widget, "required": false});
        let fields = names.map(|name| field(name, "string"));
        let fields: Vec<Value> = fields.chain([field("reports", "list")]).collect();
        json!({"widget": "object", "collapsed": true, "fields": fields})
    }

    /// Times are text fields: a date picker would use the browser's time zone instead of the site's.
    fn time(self, name: &str, definition: &Value) -> Value {
        let patterns: Vec<&str> = match name {
            "NextTime" | "End" | "TimeOrDay" => self.patterns(definition),
            _ => definition["pattern"].as_str().into_iter().collect(),
        };
        // The form of a time with `Z` after the CMS has read it. The CMS writes it as an instant again.
        let pattern = format!("(?:{})|GMT[-+][0-9]{{4}}", patterns.join(")|(?:"));
        let (example, zone) = match name {
            "Day" => ("2026-11-20", ""),
            _ => ("2026-11-20 10:15", self.config.zone.name()),
        };
        json!({
            "widget": "string",
            "hint": format!("{example} {zone}").trim_end(),
            "pattern": [pattern, self.labels.time(example)],
        })
    }

    fn patterns(self, definition: &'a Value) -> Vec<&'a str> {
        let all = definition["anyOf"].as_array().into_iter().flatten();
        all.filter_map(|schema| self.resolve(schema).1["pattern"].as_str()).collect()
    }

    fn many(self, definition: &'a Value) -> Value {
        let (_, item) = self.resolve(&definition["anyOf"][0]["items"]);
        match Self::words(item) {
            Some(words) => choice(&self.options("surface", words), true),
            None => json!({"widget": "list"}),
        }
    }

    fn own_fields(self, definition: &'a Value) -> Vec<Value> {
        let known = definition["properties"].as_object().into_iter().flatten();
        known
            .map(|(id, schema)| {
                let mut field = match Self::words(schema) {
                    Some(words) => choice(&self.options(id, words), false),
                    None => json!({"widget": "string"}),
                };
                field["name"] = id.as_str().into();
                field["label"] = schema["description"].clone();
                field["required"] = false.into();
                field
            })
            .collect()
    }
}
