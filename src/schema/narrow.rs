//! Adds a site's own words to the schemas, as suggestions besides everything that is valid anyway.

use serde_json::{Map, Value, json};

use super::{Kind, pattern};
use crate::kind::EntryKind;
use crate::model::Config;
use crate::model::config::Choice;
use crate::vocabulary::MaintenanceKind;

/// Replaces definitions by ones that know the site. The schema of site.yaml itself stays the same.
pub(super) fn narrow(schema: &mut Map<String, Value>, kind: Kind, config: &Config) {
    let Some(Value::Object(known)) = schema.get_mut("$defs").filter(|_| kind != Kind::Site) else { return };
    let mut replace = |name: &str, change: &dyn Fn(&mut Value)| {
        if let Some(definition) = known.get_mut(name) {
            change(definition);
        }
    };
    let components: Vec<&str> = config.components.ids().collect();
    replace("ComponentName", &|of| suggest(of, &components));
    replace("ComponentStatuses", &|of| {
        let status = of["additionalProperties"].clone();
        of["properties"] = components.iter().map(|id| ((*id).to_owned(), status.clone())).collect();
    });
    let kinds = MaintenanceKind::ALL.iter().map(|kind| kind.word());
    let kinds: Vec<&str> = kinds.chain(config.kinds.iter().map(|kind| kind.id.as_str())).collect();
    replace("KindWord", &|of| of["anyOf"][0] = json!({"enum": kinds}));
    replace("Category", &|of| suggest(of, &ids(&config.categories)));
    let locales = config.locales.iter();
    replace("ByLocale", &|of| {
        let line = of["additionalProperties"].clone();
        of["properties"] = locales.clone().map(|locale| (locale.clone(), line.clone())).collect();
    });
    for (name, words) in [
        ("SeverityWord", "severity"),
        ("StatusWord", "component"),
        ("ModeWord", "mode"),
        ("FunctionWord", "function"),
        ("LevelWord", "level"),
    ] {
        let more: Vec<&str> = config.words.of(words).collect();
        if !more.is_empty() {
            let pattern = json!({"type": "string", "pattern": pattern::words(more)});
            replace(name, &|of| {
                of["anyOf"].as_array_mut().into_iter().for_each(|all| all.push(pattern.clone()));
            });
        }
    }
    let on = match kind {
        Kind::Entry(kind) => Some(kind),
        _ => None,
    };
    replace("Fields", &|of| of["properties"] = fields(config, on));
}

fn ids(choices: &[Choice]) -> Vec<&str> {
    choices.iter().map(|choice| choice.id.as_str()).collect()
}

/// Suggests these words first and keeps everything else valid.
fn suggest(definition: &mut Value, words: &[&str]) {
    // An `enum` needs at least one value.
    if !words.is_empty() {
        *definition = json!({"anyOf": [{"enum": words}, definition.take()]});
    }
}

fn fields(config: &Config, on: Option<EntryKind>) -> Value {
    let shown = config.fields.iter().filter(|field| on.is_none_or(|kind| field.on.contains(&kind)));
    let schema = |values: &[Choice]| {
        let mut text = json!({"$ref": "#/$defs/Text"});
        suggest(&mut text, &ids(values));
        text
    };
    shown
        .map(|field| {
            let mut schema = schema(&field.values);
            schema["description"] = field.name.get(0).1.as_str().into();
            (field.id.clone(), schema)
        })
        .collect()
}
