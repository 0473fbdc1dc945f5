//! A lenient reader of Hugo's front matter and configuration: YAML, TOML or JSON if it is valid,
//! line by line if it is not.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::super::report::{Origin, Report};
use crate::message::{Message, message};

#[derive(Debug, Default)]
pub(super) struct Front {
    values: Map<String, Value>,
    /// The first byte after the front matter.
    pub(super) body: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Yaml,
    Toml,
    Json,
}

impl Front {
    /// The value of a key, ignoring case, if it is a text, a number or a boolean.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        plain(self.get(key)?)
    }

    /// A boolean, in the usual spellings; `None` for any other text.
    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        match self.get(key)? {
            Value::Bool(flag) => Some(*flag),
            value => match plain(value)?.trim().to_lowercase().as_str() {
                "true" | "yes" | "on" | "y" | "1" => Some(true),
                "false" | "no" | "off" | "n" | "0" => Some(false),
                _ => None,
            },
        }
    }

    /// The texts of a list, or a single text.
    pub(super) fn list(&self, key: &str) -> Vec<String> {
        match self.get(key) {
            Some(Value::Array(items)) => items.iter().filter_map(item).collect(),
            Some(value) => item(value).into_iter().collect(),
            None => Vec::new(),
        }
    }

    pub(super) fn is_list(&self, key: &str) -> bool {
        matches!(self.get(key), Some(Value::Array(_)))
    }

    /// Adds a map under a key. Existing values stay.
    pub(super) fn add(&mut self, key: &str, more: Front) {
        let known = self.values.entry(key).or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(known) = known {
            for (key, value) in more.values {
                known.entry(key).or_insert(value);
            }
        }
    }

    pub(super) fn keys(&self) -> Vec<String> {
        self.values.keys().cloned().collect()
    }

    /// The keys that are not among these.
    pub(super) fn others(&self, known: &[&str]) -> Vec<&str> {
        let known = |key: &&String| !known.iter().any(|k| k.eq_ignore_ascii_case(key));
        self.values.keys().filter(known).map(String::as_str).collect()
    }

    pub(super) fn empty_items(&self, key: &str) -> usize {
        match self.get(key) {
            Some(Value::Array(items)) => items.iter().filter(|i| item(i).is_none()).count(),
            _ => 0,
        }
    }

    /// The map under a key.
    pub(super) fn inner(&self, key: &str) -> Option<Front> {
        match self.get(key)? {
            Value::Object(values) => Some(Front { values: values.clone(), body: 0 }),
            _ => None,
        }
    }

    /// The maps of a list.
    pub(super) fn maps(&self, key: &str) -> Vec<Front> {
        let Some(Value::Array(items)) = self.get(key) else { return Vec::new() };
        let map = |item: &Value| match item {
            Value::Object(values) => Some(Front { values: values.clone(), body: 0 }),
            // `- API` instead of `- name: API`.
            other => {
                let name = plain(other)?;
                Some(Front { values: Map::from_iter([("name".to_owned(), Value::from(name))]), body: 0 })
            }
        };
        items.iter().filter_map(map).collect()
    }

    fn get(&self, key: &str) -> Option<&Value> {
        self.values.get(key).or_else(|| {
            self.values.iter().find(|(known, _)| known.eq_ignore_ascii_case(key)).map(|(_, value)| value)
        })
    }
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// An item of a list of names. `- API: web` is a name with a colon.
fn item(value: &Value) -> Option<String> {
    let text = match value {
        Value::Object(map) => {
            let (key, value) = map.iter().next()?;
            plain(value).map_or_else(|| key.clone(), |value| format!("{key}: {value}"))
        }
        other => plain(other)?,
    };
    Some(text).filter(|t| !t.trim().is_empty())
}

pub(super) fn read(origin: &Origin, report: &mut Report) -> Front {
    let text = &*origin.text;
    let start = text.len() - text.trim_start().len();
    let first = text[start..].lines().next().unwrap_or("").trim_end();
    let form = match first {
        "---" => Form::Yaml,
        "+++" => Form::Toml,
        _ if first.starts_with('{') => return json(origin, start, report),
        _ => return bare(origin, start, report),
    };
    let (open, from) = (first, start + first.len() + 1);
    let mut at = from.min(text.len());
    let from = at;
    for line in text[from..].split_inclusive('\n') {
        if line.trim() == open {
            let values = values(origin, &text[from..at], from, form, report);
            return Front { values, body: at + line.len() };
        }
        at += line.len();
    }
    // The fence is never closed. Front matter goes on as long as lines are keys.
    let message = message!("import-cstate-open-front", "the front matter has no closing line");
    let made = message!("import-cstate-open-front-made", "read up to the last line with a key");
    report.add(origin, Some(start..from), "import/front-matter", message, made);
    let end = from + keys_end(&text[from..]);
    Front { values: by_lines(&text[from..end]), body: end }
}

/// A file that contains only values.
pub(super) fn whole(origin: &Origin, form: Form, report: &mut Report) -> Front {
    Front { values: values(origin, &origin.text, 0, form, report), body: origin.text.len() }
}

/// Reads keys at the top of a file without a fence.
fn bare(origin: &Origin, start: usize, report: &mut Report) -> Front {
    let text = &*origin.text;
    let end = start + keys_end(&text[start..]);
    if end == start {
        let message = message!("import-cstate-no-front", "the file has no front matter");
        report.add(origin, None, "import/front-matter", message, all_as_text());
        return Front { values: Map::new(), body: start };
    }
    let message = message!("import-cstate-bare-front", "the front matter does not begin with `---`");
    let made = message!("import-cstate-bare-front-made", "read anyway");
    report.add(origin, Some(start..start), "import/front-matter", message, made);
    let values = values(origin, &text[start..end], start, Form::Yaml, report);
    let rest = &text[end..];
    let fence = rest.trim_start().lines().next().is_some_and(|line| line.trim() == "---");
    let body = if fence { end + rest.find("---").map_or(0, |at| at + 3) } else { end };
    Front { values, body }
}

fn json(origin: &Origin, start: usize, report: &mut Report) -> Front {
    let text = &origin.text[start..];
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    if let Some(Ok(Value::Object(values))) = stream.next() {
        return Front { values, body: start + stream.byte_offset() };
    }
    let message = message!("import-cstate-front-json", "the front matter is not valid JSON");
    report.add(origin, Some(start..start), "import/front-matter", message, all_as_text());
    Front { values: Map::new(), body: start }
}

/// The end of the lines that are `key: value`, list items or comments.
fn keys_end(text: &str) -> usize {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        let inner = line.starts_with([' ', '\t', '-']) && at > 0;
        if bare.is_empty() || bare == "---" || !(inner || bare.starts_with('#') || key_of(bare).is_some()) {
            break;
        }
        at += line.len();
    }
    at
}

/// Reports if the text had to be read line by line.
fn values(origin: &Origin, text: &str, at: usize, form: Form, report: &mut Report) -> Map<String, Value> {
    let parsed = match form {
        Form::Yaml => yaml(text),
        Form::Toml => toml_values(text),
        Form::Json => serde_json::from_str(text).map_err(|e| first_line(&e.to_string())),
    };
    parsed.unwrap_or_else(|why| {
        let message = message!("import-cstate-unparsed", "cannot parse this: {why}", why);
        let made = message!("import-cstate-unparsed-made", "read line by line");
        report.add(origin, Some(at..at), "import/front-matter", message, made);
        by_lines(text)
    })
}

fn all_as_text() -> Message {
    message!("import-cstate-all-as-text", "imported everything as text")
}

/// The words of a parser.
fn first_line(why: &str) -> Message {
    Message::same(why.lines().next().unwrap_or(""))
}

fn yaml(text: &str) -> Result<Map<String, Value>, Message> {
    // A few lines of these can keep a parser busy for minutes.
    if nests_deeply(text) || has_aliases(text) {
        return Err(message!("import-cstate-aliases", "it has aliases, or brackets more than 32 deep"));
    }
    // Indentation with tabs is a frequent mistake.
    let mut spaces = String::with_capacity(text.len() + 16);
    for line in text.lines() {
        let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
        spaces.push_str(&line[..blank].replace('\t', "  "));
        spaces.push_str(&line[blank..]);
        spaces.push('\n');
    }
    match serde_yaml::from_str::<serde_yaml::Value>(&spaces) {
        Ok(serde_yaml::Value::Mapping(map)) => Ok(object(&map)),
        Ok(serde_yaml::Value::Null) => Ok(Map::new()),
        Ok(_) => Err(message!("import-cstate-no-map", "it is not a map")),
        Err(error) => Err(first_line(&error.to_string())),
    }
}

fn object(map: &serde_yaml::Mapping) -> Map<String, Value> {
    let pairs = map.iter().map(|(key, value)| {
        let key = plain(&from_yaml(key)).unwrap_or_default();
        (key, from_yaml(value))
    });
    pairs.collect()
}

fn from_yaml(value: &serde_yaml::Value) -> Value {
    match value {
        serde_yaml::Value::Null => Value::Null,
        serde_yaml::Value::Bool(flag) => Value::from(*flag),
        serde_yaml::Value::Number(number) => {
            let whole = number.as_i64().map(Value::from).or_else(|| number.as_u64().map(Value::from));
            whole.unwrap_or_else(|| Value::from(number.to_string()))
        }
        serde_yaml::Value::String(text) => Value::from(text.as_str()),
        serde_yaml::Value::Sequence(items) => items.iter().map(from_yaml).collect(),
        serde_yaml::Value::Mapping(map) => Value::Object(object(map)),
        serde_yaml::Value::Tagged(tagged) => from_yaml(&tagged.value),
    }
}

fn nests_deeply(text: &str) -> bool {
    let mut depth = 0_usize;
    text.bytes().any(|b| {
        match b {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'\n' if depth < 32 => depth = 0,
            _ => {}
        }
        depth > 32
    })
}

/// Whether the text uses an anchor: `*name` with `&name`.
fn has_aliases(text: &str) -> bool {
    let names = |mark: char| {
        let opens = |c: char| c.is_whitespace() || matches!(c, '[' | '{' | ',' | ':');
        let starts = move |at: &usize| *at == 0 || text[..*at].ends_with(opens);
        text.match_indices(mark).map(|(at, _)| at).filter(starts).map(|at| {
            let rest = &text[at + 1..];
            let ends = |(_, c): &(usize, char)| c.is_whitespace() || ",[]{}:".contains(*c);
            let end = rest.char_indices().take(200).find(ends).map(|(end, _)| end);
            &rest[..end.unwrap_or_else(|| rest.char_indices().nth(200).map_or(rest.len(), |(end, _)| end))]
        })
    };
    let anchors: BTreeSet<&str> = names('&').filter(|name| !name.is_empty()).collect();
    names('*').any(|name| anchors.contains(name))
}

fn toml_values(text: &str) -> Result<Map<String, Value>, Message> {
    if nests_deeply(text) {
        return Err(message!("import-cstate-deep", "it has brackets more than 32 deep"));
    }
    let table: toml::Table = toml::from_str(text).map_err(|e| first_line(e.message()))?;
    Ok(from_table(table))
}

fn from_table(table: toml::Table) -> Map<String, Value> {
    table.into_iter().map(|(key, value)| (key, from_toml(value))).collect()
}

fn from_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::from(text),
        toml::Value::Integer(number) => Value::from(number),
        toml::Value::Float(number) => Value::from(number.to_string()),
        toml::Value::Boolean(flag) => Value::from(flag),
        toml::Value::Datetime(time) => Value::from(time.to_string()),
        toml::Value::Array(items) => items.into_iter().map(from_toml).collect(),
        toml::Value::Table(table) => Value::Object(from_table(table)),
    }
}

/// Splits `key: value` or `key = value`.
fn key_of(line: &str) -> Option<(&str, &str)> {
    let end = line.find([':', '='])?;
    let key = line[..end].trim().trim_matches(['"', '\'']);
    let sound = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    sound.then(|| (key, line[end + 1..].trim()))
}

/// Reads top-level keys with their values and lists, and skips everything else. The first of two equal keys wins.
fn by_lines(text: &str) -> Map<String, Value> {
    let mut found: BTreeMap<String, Value> = BTreeMap::new();
    let mut last: Option<String> = None;
    for line in text.lines() {
        let bare = line.trim();
        if bare.is_empty() || bare.starts_with('#') {
            continue;
        }
        if let Some(item) = bare.strip_prefix("- ").or((bare == "-").then_some("")) {
            let items = last.as_ref().and_then(|key| found.get_mut(key));
            if let Some(list) = items {
                if list.is_null() {
                    *list = Value::Array(Vec::new());
                }
                if let Value::Array(items) = list {
                    items.push(scalar(item));
                }
            }
            continue;
        }
        let Some((key, value)) = key_of(bare).filter(|_| !line.starts_with("    ")) else { continue };
        last = None;
        if found.contains_key(key) {
            continue;
        }
        last = Some(key.to_owned());
        let listed = value.strip_prefix('[').and_then(|v| v.strip_suffix(']'));
        let value = match listed {
            Some(items) => items.split(',').map(scalar).filter(|v| !v.is_null()).collect(),
            None => scalar(value),
        };
        found.insert(key.to_owned(), value);
    }
    found.into_iter().collect()
}

fn scalar(text: &str) -> Value {
    let text = text.trim();
    let quoted = |q: char| text.strip_prefix(q).and_then(|t| t.strip_suffix(q));
    if let Some(inner) = quoted('"').or(quoted('\'')) {
        return Value::from(inner);
    }
    let text = text.split(" #").next().unwrap_or(text).trim();
    match text {
        "" | "~" | "null" => Value::Null,
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        other => Value::from(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::takes_at_most;

    fn front(text: &str) -> (Front, usize) {
        let mut report = Report::default();
        let front = read(&Origin::new("a.md", text), &mut report);
        (front, report.len())
    }

    #[test]
    fn fences_of_every_kind_are_found() {
        for (text, rows) in [
            ("---\ntitle: a\n---\nwords\n", 0),
            ("\n\n---\ntitle: a # why\n---   \nwords\n", 0),
            ("+++\ntitle = \"a\"\n+++\nwords\n", 0),
            ("{\"title\": \"a\"}\nwords\n", 0),
            (" ---\ntitle: a\n ---\nwords\n", 0),
            ("---\ntitle: a\n\nwords\n", 1),
            ("title: a\n---\nwords\n", 1),
            ("title: a\n\nwords\n", 1),
        ] {
            let (front, found) = front(text);
            assert_eq!(front.text("Title").as_deref(), Some("a"), "{text:?}");
            assert_eq!(text[front.body..].trim(), "words", "{text:?}");
            assert_eq!(found, rows, "{text:?}");
        }
        assert_eq!(front("only words\n").1, 1);
    }

    #[test]
    fn what_no_parser_takes_is_read_line_by_line() {
        let text =
            "---\ntitle: It's: broken\ndate: 2021-01-02\ndate: 2021-01-03\naffected:\n  - API\n  -\n---\n";
        let (front, rows) = front(text);
        assert_eq!(rows, 1);
        assert_eq!(front.text("title").as_deref(), Some("It's: broken"));
        assert_eq!(front.text("date").as_deref(), Some("2021-01-02"));
        assert_eq!(front.list("affected"), ["API"]);
        assert_eq!(front.empty_items("affected"), 1);
    }

    #[test]
    fn bombs_do_no_work() {
        takes_at_most(20, || {
            for text in [
                format!("---\na: {}\n---\n", "[".repeat(200_000)),
                format!(
                    "---\na: &a [x,x]\n{}---\n",
                    (0..30).map(|n| format!("b{n}: [*a,*a]\n")).collect::<String>()
                ),
                format!("+++\na = {}\n+++\n", "[".repeat(200_000)),
                "{".repeat(200_000),
                format!("---\n{}---\n", "x: [\n".repeat(20_000)),
            ] {
                let _ = front(&text);
            }
        });
    }
}
