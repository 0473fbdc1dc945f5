//! YAML as a tree that remembers where everything stands; the only user of the YAML library.
//!
//! The parser gives no places where all is well. They are found by a second pass, only when a
//! diagnostic needs one: the second pass fails on purpose at the node in question, and the parser
//! says where that was.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::yaml_lint;
use crate::diagnostic::{Diagnostic, Fix, Place};
use crate::limits::YAML_LOOKUP_BYTES;
use crate::text;

/// A YAML node. Keys stand in the order of the file, and twice where they were written twice.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// `~`, `null` or nothing.
    Null,
    /// `true` or `false`, and as written; `yes`, `no`, `on` and `off` are text.
    Bool(bool, String),
    /// A number, as written: `1.10` stays `1.10`.
    Number(String),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping.
    Map(Vec<(String, Node)>),
}

impl Node {
    /// What it is, for messages.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Node::Null => "nothing",
            Node::Bool(..) => "true or false",
            Node::Number(_) => "a number",
            Node::Text(_) => "text",
            Node::List(_) => "a list",
            Node::Map(_) => "a mapping",
        }
    }

    /// Whether the parser made something of a scalar that is no longer what was written.
    fn has_parsed_scalars(&self) -> bool {
        match self {
            Node::Bool(..) | Node::Number(_) => true,
            Node::List(list) => list.iter().any(Node::has_parsed_scalars),
            Node::Map(map) => map.iter().any(|(_, value)| value.has_parsed_scalars()),
            Node::Null | Node::Text(_) => false,
        }
    }
}

/// One step into a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The n-th value under this key (0 unless the key is written twice).
    Key(String, usize),
    /// An element of a list.
    Index(usize),
}

/// A parsed piece of YAML and the file that it is part of.
#[derive(Clone, Debug)]
pub struct Yaml {
    /// The tree; an empty mapping where the text could not be parsed.
    pub root: Node,
    /// Whether the text could be parsed at all.
    pub sound: bool,
    file: Arc<str>,
    text: Arc<str>,
    range: Range<usize>,
    /// How many more places may be looked up; each costs as much as parsing.
    lookups: Cell<usize>,
}

/// Keys whose values are words, so that whatever stands there was meant as such.
const WORDS: [&str; 7] = ["title", "scope", "description", "name", "label", "reason", "definition"];

impl Yaml {
    /// Parses `range` of the text of `file`.
    pub fn parse(file: &Arc<str>, text: &Arc<str>, range: Range<usize>, found: &mut Vec<Diagnostic>) -> Yaml {
        let lookups = Cell::new((YAML_LOOKUP_BYTES / range.len().max(1)).max(16));
        let mut yaml = Yaml {
            lookups,
            root: Node::Map(Vec::new()),
            sound: false,
            file: Arc::clone(file),
            text: Arc::clone(text),
            range,
        };
        let faults = yaml_lint::lint(yaml.source());
        if !faults.is_empty() {
            let base = yaml.range.start;
            found.extend(faults.into_iter().map(|f| {
                let place = Place::at(file, base + f.range.start..base + f.range.end);
                let fix = f.fix.map(|(r, text)| Fix { range: base + r.start..base + r.end, text });
                Diagnostic::error(f.code, place, f.message).help(f.help).maybe_fix(fix)
            }));
            return yaml;
        }
        let nothing = yaml.source().lines().map(|l| l.trim_matches([' ', '\t']));
        let nothing = nothing.into_iter().all(|l| l.is_empty() || l.starts_with('#'));
        if nothing {
            yaml.sound = true;
            return yaml;
        }
        match serde_yaml::from_str::<Node>(yaml.source()) {
            Ok(Node::Null) => yaml.sound = true,
            Ok(mut root @ Node::Map(_)) => {
                if root.has_parsed_scalars() {
                    // The same text was sound a moment ago.
                    let _ =
                        AsWritten(&mut root).deserialize(serde_yaml::Deserializer::from_str(yaml.source()));
                }
                if repeats(&root) {
                    yaml.duplicates(&root, &mut Vec::new(), found);
                }
                yaml.root = root;
                yaml.sound = true;
            }
            Ok(other) => found.push(
                Diagnostic::error(
                    "yaml/not-a-mapping",
                    Place::at(file, yaml.first_line()),
                    format!("expected `key: value` lines, found {}", other.kind()),
                )
                .help("write one `key: value` a line"),
            ),
            Err(error) => found.push(yaml.syntax_error(&error)),
        }
        yaml
    }

    /// The YAML text itself.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.text[self.range.clone()]
    }

    /// The text of the whole file.
    #[must_use]
    pub fn file_text(&self) -> &str {
        &self.text
    }

    /// The file it stands in.
    #[must_use]
    pub fn file(&self) -> &Arc<str> {
        &self.file
    }

    fn first_line(&self) -> Range<usize> {
        let end = self.source().find('\n').unwrap_or(self.source().len());
        self.range.start..self.range.start + end
    }

    fn duplicates(&self, node: &Node, path: &mut Vec<Step>, found: &mut Vec<Diagnostic>) {
        match node {
            Node::Map(map) => {
                let mut seen: HashMap<&str, usize> = HashMap::new();
                for (key, value) in map {
                    let count = seen.entry(key).or_default();
                    let nth = *count;
                    *count += 1;
                    path.push(Step::Key(key.clone(), nth));
                    if nth > 0 {
                        let message = format!("the key `{key}` stands here twice");
                        let place = self.key(path);
                        found.push(
                            Diagnostic::error("yaml/duplicate-key", place, message).help("keep one of them"),
                        );
                    }
                    self.duplicates(value, path, found);
                    path.pop();
                }
            }
            Node::List(list) => {
                for (at, value) in list.iter().enumerate() {
                    path.push(Step::Index(at));
                    self.duplicates(value, path, found);
                    path.pop();
                }
            }
            _ => {}
        }
    }

    /// Where the value at `path` stands; the file as a whole once too many places have been asked for.
    #[must_use]
    pub fn value(&self, path: &[Step]) -> Place {
        self.find(path, false).map_or_else(|| Place::whole(&self.file), |at| self.token(at, false))
    }

    /// Where the key at the end of `path` stands.
    #[must_use]
    pub fn key(&self, path: &[Step]) -> Place {
        self.find(path, true).map_or_else(|| self.value(path), |at| self.token(at, true))
    }

    /// The line at `path`, with its value put in quotes.
    #[must_use]
    pub fn quoted_line(&self, path: &[Step]) -> Option<String> {
        let at = self.find(path, true)?;
        quote_value(self.source()[at..].lines().next()?)
    }

    /// The value at `path` put in quotes, where the key is one that holds words, and the value stands on one line
    /// without a remark.
    #[must_use]
    pub fn quoted_value(&self, path: &[Step]) -> Option<Fix> {
        let at = self.find(path, true)?;
        let line = self.source()[at..].lines().next()?;
        let last = self.source()[at + line.len()..].lines().nth(1);
        let fix =
            self.quoting(at, line).filter(|_| !last.is_some_and(|next| next.starts_with([' ', '\t'])))?;
        self.parses_with(&fix).then_some(fix)
    }

    /// The edit that puts the value of a line in quotes: only of a key that holds words, and where it hides no
    /// remark, which would be published.
    fn quoting(&self, at: usize, line: &str) -> Option<Fix> {
        let line = line.trim_end();
        let colon = line.find(": ")?;
        let value = line[colon + 1..].trim_start();
        let sure = WORDS.contains(&&line[..colon]) && quote_value(line).is_some() && !value.contains('#');
        let whole = !value.starts_with(['"', '\'', '|', '>']);
        let start = self.range.start + at + line.len() - value.len();
        (sure && whole).then(|| Fix { range: start..start + value.len(), text: yaml_lint::in_quotes(value) })
    }

    /// Whether the text is YAML with this edit, or its next fault lies further down.
    fn parses_with(&self, fix: &Fix) -> bool {
        let mut text = self.source().to_owned();
        let (start, end) = (fix.range.start - self.range.start, fix.range.end - self.range.start);
        text.replace_range(start..end, &fix.text);
        let line = text[..start].matches('\n').count() + 1;
        match serde_yaml::from_str::<Node>(&text) {
            Ok(_) => true,
            Err(error) => error.location().is_some_and(|at| at.line() > line),
        }
    }

    fn find(&self, path: &[Step], key: bool) -> Option<usize> {
        self.lookups.set(self.lookups.get().checked_sub(1)?);
        let error =
            Probe { path, key }.deserialize(serde_yaml::Deserializer::from_str(self.source())).err()?;
        let location = error.location()?;
        offset(self.source(), location.line(), location.column())
    }

    /// The extent of the scalar or bracket that begins at `at`.
    fn token(&self, at: usize, key: bool) -> Place {
        let rest = self.source()[at..].lines().next().unwrap_or("");
        let length = if rest.starts_with(['"', '\'']) {
            quoted_length(rest)
        } else if key {
            rest.find(':').unwrap_or(rest.len())
        } else if rest.starts_with(['[', '{']) {
            rest.rfind([']', '}']).map_or(rest.len(), |n| n + 1)
        } else {
            let plain = rest.split(" #").next().unwrap_or(rest);
            let in_brackets = self.source()[..at].rfind('\n').map_or(0, |n| n + 1);
            let opened = self.source()[in_brackets..at].contains(['[', '{']);
            let stop = if opened { plain.find([',', ']', '}']).unwrap_or(plain.len()) } else { plain.len() };
            plain[..stop].trim_end().trim_end_matches(',').len()
        };
        let start = self.range.start + at;
        let least = rest.chars().next().map_or(0, char::len_utf8);
        Place::at(&self.file, start..start + length.max(least))
    }

    fn syntax_error(&self, error: &serde_yaml::Error) -> Diagnostic {
        let message = error.to_string();
        // The library's own "at line 3 column 4" counts from the front matter's first line.
        let message = message.split(" at line ").next().unwrap_or(&message).to_owned();
        let location = error.location().and_then(|l| offset(self.source(), l.line(), l.column()));
        let at = location.unwrap_or(0).min(self.source().len());
        let line_start = self.source()[..at].rfind('\n').map_or(0, |n| n + 1);
        let lines = self.source()[..line_start]
            .lines()
            .rev()
            .take(1)
            .map(|l| (line_start.saturating_sub(l.len() + 1), l));
        let here = self.source()[line_start..].lines().next().unwrap_or("");
        let culprit = std::iter::once((line_start, here)).chain(lines).find_map(|(start, line)| {
            let indent = line.len() - line.trim_start().len();
            quote_value(&line[indent..]).map(|fixed| (start + indent, line.trim().len(), fixed))
        });
        let base = self.range.start;
        let mut fix = None;
        let (place, help) = if let Some((start, length, fixed)) = culprit {
            let line = &self.source()[start..start + length];
            fix = self.quoting(start, line).filter(|fix| self.parses_with(fix));
            (
                Place::at(&self.file, base + start..base + start + length),
                format!("put the value in quotes: `{fixed}`"),
            )
        } else {
            let length = self.source()[at..].chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8);
            (
                Place::at(&self.file, base + at..base + at + length),
                "one `key: value` a line; text with `: `, `#` or brackets wants quotes".to_owned(),
            )
        };
        Diagnostic::error("yaml/syntax", place, format!("this is not YAML: {message}"))
            .help(help)
            .maybe_fix(fix)
    }
}

/// How long the quoted scalar is that a line begins with; the whole line where it goes on.
fn quoted_length(line: &str) -> usize {
    let bytes = line.as_bytes();
    let quote = bytes.first().copied().unwrap_or(b'"');
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        if *byte == b'\\' && quote == b'"'
            || *byte == quote && quote == b'\'' && bytes.get(at + 1) == Some(&quote)
        {
            at += 1;
        } else if *byte == quote {
            return at + 1;
        }
        at += 1;
    }
    line.len()
}

/// `key: value` with the value in quotes, where that would change anything.
fn quote_value(line: &str) -> Option<String> {
    let colon = line.find(": ")?;
    let (key, value) = (&line[..colon], line[colon + 2..].trim());
    let plain_key = !key.is_empty() && !key.contains(['"', '\'', '[', '{', '#']);
    let quoted = value.len() > 1 && value.starts_with('"') && value.ends_with('"');
    if !plain_key || value.is_empty() || quoted {
        return None;
    }
    let doubtful = value.contains(": ")
        || value.starts_with(['[', '{', '"', '\'', '%', '@', '`', '|', '>', '-', ']', '}', ',']);
    doubtful.then(|| format!("{key}: \"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")))
}

/// Whether any mapping has a key twice.
fn repeats(node: &Node) -> bool {
    match node {
        Node::Map(map) if map.len() > 32 => {
            let keys: HashSet<&str> = map.iter().map(|(key, _)| key.as_str()).collect();
            keys.len() < map.len() || map.iter().any(|(_, value)| repeats(value))
        }
        Node::Map(map) => map
            .iter()
            .enumerate()
            .any(|(at, (key, value))| map[..at].iter().any(|(earlier, _)| earlier == key) || repeats(value)),
        Node::List(list) => list.iter().any(repeats),
        _ => false,
    }
}

/// Byte offset of a 1-based line and column, columns in characters.
fn offset(text: &str, line: usize, column: usize) -> Option<usize> {
    let mut start = 0;
    for _ in 1..line {
        start += text[start..].find('\n')? + 1;
    }
    let rest = &text[start..];
    Some(start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at))
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text, a list or a mapping")
    }
    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }
    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value, value.to_string()))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Number(value.to_string()))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Number(value.to_string()))
    }
    fn visit_i128<E>(self, value: i128) -> Result<Node, E> {
        Ok(Node::Number(value.to_string()))
    }
    fn visit_u128<E>(self, value: u128) -> Result<Node, E> {
        Ok(Node::Number(value.to_string()))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Number(value.to_string()))
    }
    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(text::clean(value).into_owned()))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(node) = access.next_element()? {
            list.push(node);
        }
        Ok(Node::List(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut map = Vec::new();
        while let Some(key) = access.next_key::<String>()? {
            map.push((text::clean(&key).into_owned(), access.next_value()?));
        }
        Ok(Node::Map(map))
    }
}

/// Reads the same text again and puts numbers and bools back as they were written.
struct AsWritten<'n>(&'n mut Node);

impl<'de> DeserializeSeed<'de> for AsWritten<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.0 {
            // Asked for text, the parser gives a scalar as it stands.
            Node::Bool(..) | Node::Number(_) => deserializer.deserialize_str(self),
            Node::List(_) => deserializer.deserialize_seq(self),
            Node::Map(_) => deserializer.deserialize_map(self),
            Node::Null | Node::Text(_) => IgnoredAny::deserialize(deserializer).map(|_| ()),
        }
    }
}

impl<'de> Visitor<'de> for AsWritten<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the same node again")
    }
    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        if let Node::Bool(_, written) | Node::Number(written) = self.0 {
            *written = text::clean(value).into_owned();
        }
        Ok(())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        if let Node::List(list) = self.0 {
            for node in list {
                access.next_element_seed(AsWritten(node))?;
            }
        }
        Ok(())
    }
    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        if let Node::Map(map) = self.0 {
            for (_, node) in map {
                access.next_key::<IgnoredAny>()?;
                access.next_value_seed(AsWritten(node))?;
            }
        }
        Ok(())
    }
}

/// Walks to a path and fails there.
#[derive(Clone, Copy)]
struct Probe<'p> {
    path: &'p [Step],
    key: bool,
}

impl<'de> DeserializeSeed<'de> for Probe<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Probe<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the node at a path")
    }
    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        Err(E::custom("here"))
    }
    fn visit_bool<E: serde::de::Error>(self, _: bool) -> Result<(), E> {
        Err(E::custom("here"))
    }
    fn visit_i64<E: serde::de::Error>(self, _: i64) -> Result<(), E> {
        Err(E::custom("here"))
    }
    fn visit_u64<E: serde::de::Error>(self, _: u64) -> Result<(), E> {
        Err(E::custom("here"))
    }
    fn visit_i128<E: serde::de::Error>(self, _: i128) -> Result<(), E> {
        Err(E::custom("here"))
    }
    fn visit_u128<E: serde::de::Error>(self, _: u128) -> Result<(), E> {
        Err(E::custom("here"))
    }
    fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<(), E> {
        Err(E::custom("here"))
    }
    fn visit_str<E: serde::de::Error>(self, _: &str) -> Result<(), E> {
        Err(E::custom("here"))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let Some((Step::Index(wanted), rest)) = self.path.split_first() else {
            return Err(A::Error::custom("here"));
        };
        let mut at = 0;
        while at < *wanted && access.next_element::<IgnoredAny>()?.is_some() {
            at += 1;
        }
        access.next_element_seed(Probe { path: rest, key: self.key })?;
        Ok(())
    }
    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let Some((Step::Key(wanted, nth), rest)) = self.path.split_first() else {
            return Err(A::Error::custom("here"));
        };
        let stop = self.key && rest.is_empty();
        let mut seen = 0;
        while let Some(key) = access.next_key_seed(KeyProbe { wanted, stop: stop && seen == *nth })? {
            if key {
                if seen == *nth {
                    return access.next_value_seed(Probe { path: rest, key: self.key });
                }
                seen += 1;
            }
            access.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

struct KeyProbe<'p> {
    wanted: &'p str,
    stop: bool,
}

impl<'de> DeserializeSeed<'de> for KeyProbe<'_> {
    type Value = bool;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeyProbe<'_> {
    type Value = bool;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }
    fn visit_str<E: serde::de::Error>(self, key: &str) -> Result<bool, E> {
        if key == self.wanted && self.stop { Err(E::custom("here")) } else { Ok(key == self.wanted) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tests::takes_at_most;

    fn yaml(source: &str) -> (Yaml, Vec<Diagnostic>) {
        let mut found = Vec::new();
        let text: Arc<str> = source.into();
        let parsed = Yaml::parse(&Arc::from("site.yaml"), &text, 0..text.len(), &mut found);
        (parsed, found)
    }

    fn key(name: &str) -> Step {
        Step::Key(name.into(), 0)
    }

    #[test]
    fn places_are_found_again() {
        let source =
            "title: 遅延\nwindow: {start: 1, end: 2026-11-20 10:00}\nlist:\n  - a: b\n    name: x # why\n";
        let (parsed, found) = yaml(source);
        assert!(found.is_empty(), "{found:?}");
        let shown = |p: Place| p.range.map(|r| source[r].to_owned()).unwrap_or_default();
        assert_eq!(shown(parsed.value(&[key("title")])), "遅延");
        assert_eq!(shown(parsed.key(&[key("window"), key("end")])), "end");
        assert_eq!(shown(parsed.value(&[key("window"), key("end")])), "2026-11-20 10:00");
        assert_eq!(shown(parsed.value(&[key("list"), Step::Index(0), key("name")])), "x");
    }

    #[test]
    fn numbers_and_bools_stay_as_written() {
        let (parsed, found) =
            yaml("v: 1.10\nb: [0b11, yes,\n  0x10,\n  1e3]\nc: {d: True, e: -.inf}\nf: \"1.10\"\n");
        assert!(found.is_empty(), "{found:?}");
        let number = |n: &str| Node::Number(n.into());
        let Node::Map(map) = &parsed.root else { unreachable!() };
        assert_eq!(map[0].1, number("1.10"));
        let list = vec![number("0b11"), Node::Text("yes".into()), number("0x10"), number("1e3")];
        assert_eq!(map[1].1, Node::List(list));
        let inner = vec![("d".into(), Node::Bool(true, "True".into())), ("e".into(), number("-.inf"))];
        assert_eq!(map[2].1, Node::Map(inner));
        assert_eq!(map[3].1, Node::Text("1.10".into()));
    }

    #[test]
    fn thousands_of_faults_cost_no_more_than_a_few() {
        let keys: String = (0..7000).map(|_| "title: a\n").collect();
        takes_at_most(5, || {
            let (_, found) = yaml(&keys);
            assert_eq!(found.len(), 6999);
            assert!(found[0].place.range.is_some() && found[6998].place.range.is_none());
        });
    }

    #[test]
    fn a_quoted_place_ends_at_its_own_quote() {
        let source = "a: 'it''s'\nb: \"x \\\" y\" # z\nc: [\n  one,\n  two]\n";
        let (parsed, _) = yaml(source);
        let shown = |p: Place| p.range.map(|r| source[r].to_owned()).unwrap_or_default();
        assert_eq!(shown(parsed.value(&[key("a")])), "'it''s'");
        assert_eq!(shown(parsed.value(&[key("b")])), "\"x \\\" y\"");
        assert_eq!(shown(parsed.value(&[key("c"), Step::Index(0)])), "one");
    }

    #[test]
    fn keys_written_twice_stay_twice() {
        let (parsed, _) = yaml("a: 1\na: 2\n");
        assert!(matches!(&parsed.root, Node::Map(m) if m.len() == 2));
        assert_eq!(parsed.key(&[Step::Key("a".into(), 1)]).range, Some(5..6));
    }

    #[test]
    fn syntax_errors_carry_the_line_that_would_do() {
        let (_, found) = yaml("severity: minor\ntitle: 障害: 遅延\n");
        assert_eq!(found[0].help.as_deref(), Some("put the value in quotes: `title: \"障害: 遅延\"`"));
        let (_, found) = yaml("title: [重要] 遅延\nseverity: minor\n");
        assert_eq!(found[0].help.as_deref(), Some("put the value in quotes: `title: \"[重要] 遅延\"`"));
    }

    /// How often each sign stands in the keys and texts of a tree.
    fn count(node: &Node, sign: &str) -> usize {
        match node {
            Node::Null => 0,
            Node::Bool(_, text) | Node::Number(text) | Node::Text(text) => text.matches(sign).count(),
            Node::List(list) => list.iter().map(|n| count(n, sign)).sum(),
            Node::Map(map) => map.iter().map(|(k, v)| k.matches(sign).count() + count(v, sign)).sum(),
        }
    }

    fn yaml_pieces() -> impl Strategy<Value = String> {
        const PIECES: [&str; 34] = [
            "a: ", "b:", "c", " ", " ", "\n", "\n", "\n  ", "\n  ", "\n    ", "\t", "- ", "-", "? ", ": ",
            ":", ",", ", ", "[", "]", "{", "}", "\"", "'", "|\n", ">-\n", "&q ", "&q", "*q", "*q ", "!q ",
            "!q", "\"a\":", "\\",
        ];
        prop::collection::vec(prop::sample::select(&PIECES[..]), 0..24).prop_map(|p| p.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// What the parser takes for an anchor, an alias or a tag is gone from the tree.
        #[test]
        fn the_guard_and_the_parser_agree_on_what_is_text(source in yaml_pieces()) {
            let source = format!("k: {source}\n");
            let Ok(tree) = serde_yaml::from_str::<Node>(&source) else { return Ok(()) };
            let faults = yaml_lint::lint(&source);
            let signs = ["&q", "*q", "!q"];
            let text = signs.iter().all(|s| count(&tree, s) == source.matches(s).count());
            let refused = faults.iter().any(|f| matches!(f.code, "yaml/anchor" | "yaml/alias" | "yaml/tag"));
            prop_assert!(text || !faults.is_empty(), "{:?}", tree);
            prop_assert!(!(text && refused), "{:?} {:?}", tree, faults);
        }
    }
}
