//! How programs find and read what the site publishes for them: `/api/openapi.json` (`OpenAPI` 3.1), and
//! `/.well-known/api-catalog` (RFC 9727), a set of links (RFC 9264) to it.
//!
//! The schemas are those that the tests hold every published file against.

use serde_json::{Map, Value, json};

use super::{Planned, json as text};
use crate::publish::Rank;
use crate::site::{Route, Site};

/// The version of what programs read. A field is added without a new one; nothing else changes without a new major.
const VERSION: &str = "1.0.0";

/// The schemas by their file names, without `.json`.
const SCHEMAS: [(&str, &str); 17] = [
    ("common", include_str!("api/schemas/common.json")),
    ("api", include_str!("api/schemas/api.json")),
    ("now", include_str!("api/schemas/now.json")),
    ("component-list", include_str!("api/schemas/component-list.json")),
    ("uptime", include_str!("api/schemas/uptime.json")),
    ("component-uptime", include_str!("api/schemas/component-uptime.json")),
    ("schedule", include_str!("api/schemas/schedule.json")),
    ("summary", include_str!("api/schemas/summary.json")),
    ("status", include_str!("api/schemas/status.json")),
    ("components", include_str!("api/schemas/components.json")),
    ("incidents", include_str!("api/schemas/incidents.json")),
    ("incident", include_str!("api/schemas/incident.json")),
    ("scheduled-maintenances", include_str!("api/schemas/scheduled-maintenances.json")),
    ("promises", include_str!("api/schemas/promises.json")),
    ("public-report", include_str!("api/schemas/public-report.json")),
    ("feed", include_str!("api/schemas/feed.json")),
    ("banner", include_str!("api/schemas/banner.json")),
];

/// The content types of JSON that is not plain.
const JSON: &str = "application/json";
const JSON_FEED: &str = "application/feed+json";

struct Served {
    path: &'static str,
    schema: &'static str,
    id: &'static str,
    summary: &'static str,
    kind: &'static str,
}

const fn json_file(
    path: &'static str,
    schema: &'static str,
    id: &'static str,
    summary: &'static str,
) -> Served {
    Served { path, schema, id, summary, kind: JSON }
}

/// Every JSON file that programs are invited to read.
const SERVED: [Served; 18] = [
    json_file(
        "/api/now.json",
        "now",
        "getNow",
        "The state of every component from the build on, for 90 days",
    ),
    json_file("/api/schedule.json", "schedule", "getSchedule", "Every window and phase of maintenance"),
    json_file(
        "/api/components.json",
        "component-list",
        "listComponents",
        "Every component with its names, codes and function, and what can be moved per coin",
    ),
    json_file("/api/uptime.json", "uptime", "getUptime", "The uptime of every component"),
    json_file(
        "/api/uptime/{component}.json",
        "component-uptime",
        "getComponentUptime",
        "The uptime of a component, day by day",
    ),
    json_file(
        "/api/v2/summary.json",
        "summary",
        "getSummary",
        "Components, open incidents and near maintenance",
    ),
    json_file("/api/v2/status.json", "status", "getStatus", "The state of the whole site when it was built"),
    json_file("/api/v2/components.json", "components", "getComponents", "Every component and group"),
    json_file("/api/v2/incidents.json", "incidents", "getIncidents", "The latest 50 incidents"),
    json_file(
        "/api/v2/incidents/unresolved.json",
        "incidents",
        "getUnresolvedIncidents",
        "The incidents that are not resolved",
    ),
    json_file("/api/v2/incidents/{id}.json", "incident", "getIncident", "One incident"),
    json_file(
        "/api/v2/scheduled-maintenances.json",
        "scheduled-maintenances",
        "getMaintenance",
        "The latest 50 maintenance",
    ),
    json_file(
        "/api/v2/scheduled-maintenances/upcoming.json",
        "scheduled-maintenances",
        "getUpcomingMaintenance",
        "Maintenance that is announced",
    ),
    json_file(
        "/api/v2/scheduled-maintenances/active.json",
        "scheduled-maintenances",
        "getActiveMaintenance",
        "Maintenance that is under way",
    ),
    json_file(
        "/api/incidents/{id}.json",
        "promises",
        "getPromises",
        "The promised updates of an incident, and when they came",
    ),
    json_file(
        "/report/{month}.json",
        "public-report",
        "getReport",
        "The record of a month, such as `2026-11`, where the site publishes it",
    ),
    json_file("/embed/banner.json", "banner", "getBanner", "What a banner in another product shows"),
    Served {
        path: "/feed.json",
        schema: "feed",
        id: "getFeed",
        summary: "The latest updates, as JSON Feed 1.1",
        kind: JSON_FEED,
    },
];

/// The parts of paths that differ.
const PARAMETERS: [(&str, &str); 3] = [
    ("id", "The id of the incident in `/api/v2/`"),
    ("component", "The id of the component"),
    ("month", "A month that has ended or has begun: `2026-11`"),
];

/// What programs may rely on.
const PROMISE: &str = "Static JSON in ASCII, readable from any origin, without a key. Fields may be added at any \
    time, so ignore what you do not know. Nothing else changes without a new major version and a year in which both \
    are served.";

pub(super) fn plan<'a>(site: &'a Site<'a>) -> Vec<Planned<'a>> {
    vec![
        Planned::new("api/openapi.json", Rank::List, move || text::lines(&openapi(site))),
        Planned::new(".well-known/api-catalog", Rank::List, move || text::lines(&catalog(site))),
    ]
}

fn catalog(site: &Site<'_>) -> Value {
    let page = site.absolute(&site.path(Route::Api, 0));
    let docs: Vec<Value> = (site.locales.iter())
        .map(|locale| {
            let href = site.absolute(&site.path(Route::Api, locale.index));
            json!({"href": href, "type": "text/html", "hreflang": [locale.tag]})
        })
        .collect();
    json!({
        "linkset": [
            {"anchor": site.absolute(".well-known/api-catalog"), "item": [{"href": page}]},
            {
                "anchor": page,
                "service-desc": [
                    {"href": site.absolute("api/openapi.json"), "type": "application/vnd.oai.openapi+json;version=3.1"},
                ],
                "service-doc": docs,
                "status": [{"href": site.absolute("api/now.json"), "type": JSON}],
            },
        ],
    })
}

fn openapi(site: &Site<'_>) -> Value {
    let title = site.now.model.config.title.get(0).1;
    let mut paths = Map::new();
    for served in &SERVED {
        let parameters: Vec<Value> = (PARAMETERS.iter())
            .filter(|(name, _)| served.path.contains(&format!("{{{name}}}")))
            .map(|(name, description)| {
                json!({
                    "name": name,
                    "in": "path",
                    "required": true,
                    "description": description,
                    "schema": {"type": "string"},
                })
            })
            .collect();
        let content = json!({served.kind: {"schema": {"$ref": format!("#/components/schemas/{}", name(served.schema, None))}}});
        let mut get = json!({
            "operationId": served.id,
            "summary": served.summary,
            "responses": {"200": {"description": served.summary, "content": content}},
        });
        if !parameters.is_empty() {
            get["parameters"] = parameters.into();
        }
        paths.insert(served.path.to_owned(), json!({"get": get}));
    }
    let home = site.absolute("");
    json!({
        "openapi": "3.1.1",
        "info": {"title": title, "version": VERSION, "description": PROMISE},
        "externalDocs": {"url": site.absolute(&site.path(Route::Api, 0))},
        "servers": [{"url": home.trim_end_matches('/')}],
        // Nobody needs a key.
        "security": [],
        "paths": paths,
        "components": {"schemas": schemas()},
    })
}

/// All schemas and their parts under names of their own, so that generators make one type of each.
fn schemas() -> Map<String, Value> {
    let mut found = Map::new();
    for (file, text) in SCHEMAS {
        // The files are parts of this program, and a test reads each.
        let Ok(Value::Object(mut schema)) = serde_json::from_str::<Value>(text) else { continue };
        schema.remove("$schema");
        if let Some(Value::Object(parts)) = schema.remove("$defs") {
            for (part, schema) in parts {
                found.insert(name(file, Some(&part)), opened(schema, file));
            }
        }
        if schema.contains_key("type") || schema.contains_key("$ref") {
            schema.remove("title");
            found.insert(name(file, None), opened(Value::Object(schema), file));
        }
    }
    found
}

/// A schema as readers get it: it points into the one document, and allows fields that are added later.
fn opened(schema: Value, file: &str) -> Value {
    match schema {
        Value::Object(map) => {
            let keeps = |(key, value): &(String, Value)| {
                !(key == "additionalProperties" && *value == Value::Bool(false))
            };
            let read = |(key, value): (String, Value)| {
                let value = match (key.as_str(), value) {
                    ("$ref", Value::String(target)) => Value::String(pointed(&target, file)),
                    (_, value) => opened(value, file),
                };
                (key, value)
            };
            Value::Object(map.into_iter().filter(keeps).map(read).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(|item| opened(item, file)).collect()),
        other => other,
    }
}

/// Where a part is in the one document: `common.json#/$defs/utc` is `#/components/schemas/CommonUtc`.
fn pointed(target: &str, file: &str) -> String {
    let (other, pointer) = target.split_once('#').unwrap_or((target, ""));
    let file = if other.is_empty() { file } else { other.trim_end_matches(".json") };
    let part = pointer.strip_prefix("/$defs/");
    format!("#/components/schemas/{}", name(file, part))
}

/// The name of a schema, or of a part of it: `CommonUtc`.
fn name(file: &str, part: Option<&str>) -> String {
    let words = file.split('-').chain(part.into_iter().flat_map(|part| part.split('-')));
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    };
    words.map(capital).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::timeline::Snapshot;
    use crate::timeline::fixture::{SITE, at, site};

    fn pointers(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(map) => {
                found.extend(map.get("$ref").and_then(Value::as_str).map(str::to_owned));
                map.values().for_each(|value| pointers(value, found));
            }
            Value::Array(items) => items.iter().for_each(|item| pointers(item, found)),
            _ => {}
        }
    }

    #[test]
    fn every_pointer_of_the_description_leads_to_a_schema_and_every_file_of_it_is_published() {
        let model = site(SITE, &[]);
        let site = Site::new(Snapshot::at(&model, at("20 12:00"))).expect("built-in locales");
        let whole = openapi(&site);
        let mut found = BTreeSet::new();
        pointers(&whole, &mut found);
        assert!(found.len() > 20, "{found:?}");
        for pointer in found {
            assert!(whole.pointer(&pointer[1..]).is_some(), "{pointer} leads nowhere");
        }
        let files: BTreeSet<String> =
            super::super::plan(&site).into_iter().map(|file| format!("/{}", file.path)).collect();
        for served in SERVED.iter().filter(|served| !served.path.contains('{')) {
            assert!(files.contains(served.path), "{}", served.path);
        }
        let known: BTreeSet<&str> = SERVED.iter().map(|served| served.path).collect();
        let api = files.iter().filter(|file| file.starts_with("/api/") && file.ends_with(".json"));
        let described = |file: &&String| *file != "/api/openapi.json" && !file.starts_with("/api/uptime/");
        for file in api.filter(described) {
            assert!(known.contains(file.as_str()), "{file} is not described");
        }
    }

    #[test]
    fn the_catalogue_leads_to_the_description_the_page_and_the_state() {
        let model = site(SITE, &[]);
        let site = Site::new(Snapshot::at(&model, at("20 12:00"))).expect("built-in locales");
        let links = &catalog(&site)["linkset"];
        assert_eq!(links[0]["item"][0]["href"], links[1]["anchor"]);
        assert_eq!(links[1]["service-desc"][0]["href"], "https://status.example.com/api/openapi.json");
        assert_eq!(links[1]["service-doc"][1]["hreflang"][0], "en");
        assert_eq!(links[1]["status"][0]["href"], "https://status.example.com/api/now.json");
    }
}
