//! Values as block YAML with every text in quotes, which are those of JSON.

use std::fmt::Write as _;

use serde_json::Value;

/// A key at the left margin, and what it holds.
pub(super) fn write(out: &mut String, key: &str, value: &Value) {
    entry(out, key, value, 0);
}

fn entry(out: &mut String, key: &str, value: &Value, depth: usize) {
    let _ = write!(out, "{}{key}:", "  ".repeat(depth));
    rest(out, value, depth + 1);
}

/// What follows a key or a dash: on the same line if it is short.
fn rest(out: &mut String, value: &Value, depth: usize) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            out.push('\n');
            for (key, inner) in ordered(map) {
                entry(out, key, inner, depth);
            }
        }
        Value::Array(list) if list.iter().any(Value::is_object) => {
            out.push('\n');
            for item in list {
                let mut inner = String::new();
                rest(&mut inner, item, depth + 1);
                // The first key stands beside its dash.
                let inner = inner.trim_start_matches('\n').trim_start();
                let _ = writeln!(out, "{}- {}", "  ".repeat(depth), inner.trim_end());
            }
        }
        _ => _ = writeln!(out, " {value}"),
    }
}

/// What a reader looks for comes first.
const FIRST: [&str; 5] = ["name", "value", "label", "label_singular", "widget"];
/// What is long comes last.
const LAST: [&str; 2] = ["fields", "options"];

fn ordered(map: &serde_json::Map<String, Value>) -> Vec<(&String, &Value)> {
    let place = |key: &str| {
        let first = FIRST.iter().position(|known| *known == key);
        first.or_else(|| LAST.contains(&key).then_some(FIRST.len() + 1)).unwrap_or(FIRST.len())
    };
    let mut all: Vec<_> = map.iter().collect();
    all.sort_by_key(|(key, _)| place(key));
    all
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::write;

    #[test]
    fn lists_of_mappings_are_blocks_and_short_values_stay_on_their_line() {
        let mut out = String::new();
        let value =
            json!([{"fields": [{"name": "b"}], "name": "a: \"x\""}, {"name": "c", "options": ["d", 1]}]);
        write(&mut out, "collections", &value);
        let lines = [
            "collections:",
            "  - name: \"a: \\\"x\\\"\"",
            "    fields:",
            "      - name: \"b\"",
            "  - name: \"c\"",
            "    options: [\"d\",1]",
        ];
        assert_eq!(out, lines.join("\n") + "\n");
    }
}
