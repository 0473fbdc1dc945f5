//! A YAML tree that knows the position of each key and value. Only this module uses the event parser.
//!
//! One pass builds the tree. A loop builds it and limits its depth, so no input can overflow the stack.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use granit_parser::{Event, Parser, ScalarStyle, StructureStyle, options};

use super::{yaml_faults, yaml_lint, yaml_slips};
use crate::diagnostic::{Diagnostic, Fix, Place};
use crate::limits::YAML_DEPTH;
use crate::message::{Message, message};
use crate::text;

#[derive(Clone, Debug)]
pub struct Node {
    pub data: Data,
    /// The bytes in the file. For a list or mapping without brackets it is only the first line, so that a
    /// diagnostic does not mark all of it. For a block scalar it is the text below `|`, or the sign if no text
    /// follows. It is empty if no value is written.
    pub range: Range<usize>,
}

/// The content of a node. Keys keep the order of the file, including duplicates.
#[derive(Clone, Debug, PartialEq)]
pub enum Data {
    /// No value: `~`, `null` or nothing.
    Null,
    /// `true` or `false`, and its text as written; `yes`, `no`, `on` and `off` are text.
    Bool(bool, String),
    /// A number as written: `1.10` stays `1.10`.
    Number(String),
    Text(String),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

#[derive(Clone, Debug)]
pub struct Entry {
    pub key: String,
    /// The bytes of the key in the file.
    pub key_range: Range<usize>,
    pub node: Node,
}

/// Nodes with the same content are equal, wherever they are written.
impl PartialEq for Node {
    fn eq(&self, other: &Node) -> bool {
        self.data == other.data
    }
}

/// Entries with the same content are equal, wherever they are written.
impl PartialEq for Entry {
    fn eq(&self, other: &Entry) -> bool {
        self.key == other.key && self.node == other.node
    }
}

impl Node {
    /// The type of the content, for messages.
    #[must_use]
    pub fn kind(&self) -> Message {
        match self.data {
            Data::Null => message!("document-kind-nothing", "nothing"),
            Data::Bool(..) => message!("document-kind-bool", "true or false"),
            Data::Number(_) => message!("document-kind-number", "a number"),
            Data::Text(_) => message!("document-kind-text", "text"),
            Data::List(_) => message!("document-kind-list", "a list"),
            Data::Map(_) => message!("document-kind-map", "a mapping"),
        }
    }

    /// The entries of a mapping; empty for any other content.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        match &self.data {
            Data::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The first entry with this key.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// The text of a scalar, as written.
    #[must_use]
    pub fn scalar(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) | Data::Number(text) | Data::Bool(_, text) => Some(text),
            _ => None,
        }
    }
}

/// A parsed range of YAML and the file it belongs to.
#[derive(Clone, Debug)]
pub struct Yaml {
    /// The root. It is an empty mapping if nothing is written or the text could not be parsed.
    pub root: Node,
    /// Whether the text could be parsed.
    pub sound: bool,
    file: Arc<str>,
    text: Arc<str>,
    range: Range<usize>,
}

/// Keys with text values, where the author means any content as text.
const WORDS: [&str; 8] = ["title", "scope", "advice", "description", "name", "label", "reason", "definition"];

impl Yaml {
    /// A text that is not parsed, because a fault of it was reported already.
    #[must_use]
    pub fn unread(file: &Arc<str>, text: &Arc<str>) -> Yaml {
        Yaml {
            root: Node { data: Data::Map(Vec::new()), range: 0..0 },
            sound: false,
            file: Arc::clone(file),
            text: Arc::clone(text),
            range: 0..text.len(),
        }
    }

    /// Parses `range` of the text of `file`.
    pub fn parse(file: &Arc<str>, text: &Arc<str>, range: Range<usize>, found: &mut Vec<Diagnostic>) -> Yaml {
        let mut yaml = Yaml { range, ..Yaml::unread(file, text) };
        let faults = yaml_lint::lint(yaml.source());
        let is_readable = faults.iter().all(|fault| fault.is_warning);
        let base = yaml.range.start;
        found.extend(faults.into_iter().map(|f| {
            let place = Place::at(file, base + f.range.start..base + f.range.end);
            let fix = f.fix.map(|(r, text)| Fix { range: base + r.start..base + r.end, text });
            let diagnostic = Diagnostic::error(f.code, place, f.message).help(f.help).maybe_fix(fix);
            if f.is_warning { diagnostic.softened() } else { diagnostic }
        }));
        if !is_readable {
            return yaml;
        }
        match tree(&text[..yaml.range.end], yaml.range.start) {
            Ok(None | Some(Node { data: Data::Null, .. })) => yaml.sound = true,
            Ok(Some(root @ Node { data: Data::Map(_), .. })) => {
                duplicates(&root, file, found);
                yaml.root = root;
                yaml.sound = true;
            }
            Ok(Some(other)) => {
                let message = message!(
                    "document-yaml-not-a-mapping",
                    "expected `key: value` lines, found {kind}",
                    kind = other.kind()
                );
                let help = message!("document-yaml-not-a-mapping-help", "write one `key: value` per line");
                let place = Place::at(file, yaml.first_line());
                found.push(Diagnostic::error("yaml/not-a-mapping", place, message).help(help));
            }
            Err(fault) => found.push(yaml.syntax_error(&fault)),
        }
        yaml
    }

    /// The YAML text itself.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.text[self.range.clone()]
    }

    /// The byte of the file at which the YAML text ends.
    #[must_use]
    pub fn end(&self) -> usize {
        self.range.end
    }

    /// The text of the whole file.
    #[must_use]
    pub fn file_text(&self) -> &str {
        &self.text
    }

    #[must_use]
    pub fn file(&self) -> &Arc<str> {
        &self.file
    }

    /// A range of the tree as a position in its file; the whole file if nothing is written in it.
    #[must_use]
    pub fn place(&self, range: &Range<usize>) -> Place {
        if range.end == 0 { Place::whole(&self.file) } else { Place::at(&self.file, range.clone()) }
    }

    fn first_line(&self) -> Range<usize> {
        let end = self.source().find('\n').unwrap_or(self.source().len());
        self.range.start..self.range.start + end
    }

    /// The line that begins at `key`, with its value in quotes.
    #[must_use]
    pub fn quoted_line(&self, key: usize) -> Option<String> {
        quote_value(self.line(key))
    }

    /// The edit that puts the value of the line at `key` in quotes. It exists only for a key with a text value on
    /// one line without a comment.
    #[must_use]
    pub fn quoted_value(&self, key: usize) -> Option<Fix> {
        let line = self.line(key);
        let next = self.text[key + line.len()..self.range.end].lines().nth(1);
        let fix = quoting(key, line).filter(|_| !next.is_some_and(|next| next.starts_with([' ', '\t'])))?;
        self.parses_with(&fix).then_some(fix)
    }

    /// The text from a byte of the file to the end of its line.
    fn line(&self, start: usize) -> &str {
        self.text[start..self.range.end].lines().next().unwrap_or("")
    }

    /// Whether the text parses with this edit, or its next fault is further down.
    fn parses_with(&self, fix: &Fix) -> bool {
        let mut text = self.text[..self.range.end].to_owned();
        text.replace_range(fix.range.clone(), &fix.text);
        match tree(&text, self.range.start) {
            Ok(_) => true,
            Err(fault) => text[fix.range.start..].find('\n').is_some_and(|n| fault.at > fix.range.start + n),
        }
    }

    fn syntax_error(&self, fault: &Fault) -> Diagnostic {
        let yaml = &self.text[..self.range.end];
        let line_start = yaml[self.range.start..fault.at].rfind('\n').map_or(0, |n| n + 1) + self.range.start;
        let above = yaml[self.range.start..line_start].lines().next_back();
        let above = above.map(|line| (line_start - line.len() - 1, line));
        let here = (line_start, self.line(line_start));
        let culprit = std::iter::once(here).chain(above).find_map(|(start, line)| {
            let indent = line.len() - line.trim_start().len();
            quote_value(&line[indent..]).map(|fixed| (start + indent, line.trim(), fixed))
        });
        let mut fix = None;
        let (range, help) = if let Some((start, line, fixed)) = culprit {
            fix = quoting(start, line).filter(|fix| self.parses_with(fix));
            let help = message!("document-yaml-quote", "put the value in quotes: `{fixed}`", fixed);
            (start..start + line.len(), help)
        } else {
            let length = yaml[fault.at..].chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8);
            let help = message!(
                "document-yaml-syntax-help",
                "write one `key: value` per line; put text with `: `, `#` or brackets in quotes"
            );
            (fault.at..fault.at + length, help)
        };
        let why = &fault.message;
        let message = message!("document-yaml-syntax", "this is not valid YAML: {why}", why);
        Diagnostic::error("yaml/syntax", Place::at(&self.file, range), message).help(help).maybe_fix(fix)
    }
}

fn duplicates(node: &Node, file: &Arc<str>, found: &mut Vec<Diagnostic>) {
    match &node.data {
        Data::Map(entries) => {
            let mut seen = HashSet::with_capacity(entries.len());
            for Entry { key, key_range, node } in entries {
                if !seen.insert(key) {
                    let place = Place::at(file, key_range.clone());
                    let message = message!("document-key-twice", "the key `{key}` appears twice", key);
                    let help = message!("document-keep-one", "keep one of them");
                    found.push(Diagnostic::error("yaml/duplicate-key", place, message).help(help));
                }
                duplicates(node, file, found);
            }
        }
        Data::List(list) => list.iter().for_each(|node| duplicates(node, file, found)),
        _ => {}
    }
}

/// The edit that puts the value of a line in quotes. It exists only for keys with text values, and only if the
/// line has no comment, which the quotes would publish.
fn quoting(at: usize, line: &str) -> Option<Fix> {
    let line = line.trim_end();
    let colon = line.find(": ")?;
    let value = line[colon + 1..].trim_start();
    let sure = WORDS.contains(&&line[..colon]) && quote_value(line).is_some() && !value.contains('#');
    let whole = !value.starts_with(['"', '\'', '|', '>']);
    let end = at + line.len();
    let text = yaml_slips::in_quotes(yaml_slips::unquoted(value, false).unwrap_or(value));
    (sure && whole).then_some(Fix { range: end - value.len()..end, text })
}

/// The line `key: value` with the value in quotes, if that changes anything.
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
    doubtful.then(|| {
        format!("{key}: {}", yaml_slips::in_quotes(yaml_slips::unquoted(value, false).unwrap_or(value)))
    })
}

#[derive(Debug)]
struct Fault {
    /// The byte in the file.
    at: usize,
    message: Message,
}

/// A list or mapping whose end has not been read yet.
struct Open {
    data: Data,
    start: usize,
    is_block: bool,
    /// The key whose value comes next.
    key: Option<(String, Range<usize>)>,
}

/// The tree of the YAML that begins at byte `start` of `text`; `None` if nothing is written.
fn tree(text: &str, start: usize) -> Result<Option<Node>, Fault> {
    // The last two options are as in libyaml, the basis of most other YAML readers.
    let options = options! {
        block_nesting_limit: YAML_DEPTH,
        flow_nesting_limit: YAML_DEPTH,
        bom_inside_document_as_content: true,
        block_scalar_eof_without_line_feed: true,
    };
    let (mut open, mut root) = (Vec::<Open>::new(), None);
    for event in Parser::new_from_str_with_options(&text[start..], options) {
        let (event, span) = event.map_err(|error| {
            let at = start + error.marker().byte_offset().unwrap_or_default();
            Fault { at: at.min(text.len()), message: yaml_faults::explained(error.kind()) }
        })?;
        let range = span.byte_range().unwrap_or_default();
        let range = start + range.start..start + range.end;
        let fault = |message: Message| Err(Fault { at: range.start, message });
        if event.is_alias() || event.anchor_id().is_some() || event.tag().is_some() {
            // `yaml_lint` refuses these with a better message. This check covers those that it did not see.
            return fault(message!(
                "document-yaml-property",
                "anchors, aliases and tags are not allowed here"
            ));
        }
        let is_key = matches!(open.last(), Some(Open { data: Data::Map(_), key: None, .. }));
        let node = match event {
            Event::DocumentStart(..) if root.is_some() => {
                return fault(message!("document-yaml-second", "a second document begins here"));
            }
            Event::SequenceStart(..) | Event::MappingStart(..) if is_key => {
                return fault(message!("document-yaml-key-text", "a key must be text"));
            }
            Event::Scalar(..) if is_key && range.is_empty() => {
                return fault(message!("document-yaml-no-key", "did not find expected key"));
            }
            Event::Scalar(key, ..) if is_key => {
                if let Some(map) = open.last_mut() {
                    map.key = Some((text::clean(&key).into_owned(), range));
                }
                continue;
            }
            Event::SequenceStart(style, ..) => {
                open.push(Open::new(Data::List(Vec::new()), range.start, style));
                continue;
            }
            Event::MappingStart(style, ..) => {
                open.push(Open::new(Data::Map(Vec::new()), range.start, style));
                continue;
            }
            Event::Scalar(value, style, ..) => scalar(text, &value, style, range),
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some(ended) => ended.node(text, range.end),
                None => continue,
            },
            _ => continue,
        };
        match open.last_mut() {
            Some(Open { data: Data::List(list), .. }) => list.push(node),
            Some(Open { data: Data::Map(map), key, .. }) => {
                map.extend(key.take().map(|(key, key_range)| Entry { key, key_range, node }));
            }
            _ => root = Some(node),
        }
    }
    Ok(root)
}

impl Open {
    fn new(data: Data, start: usize, style: StructureStyle) -> Open {
        Open { data, start, is_block: style == StructureStyle::Block, key: None }
    }

    fn node(self, text: &str, end: usize) -> Node {
        let first = match &self.data {
            Data::List(list) => list.first(),
            Data::Map(map) => map.first().map(|entry| &entry.node),
            _ => None,
        };
        let mut range = self.start..end;
        if let Some(first) = first.filter(|_| self.is_block) {
            // For a list that is not indented below its key, the parser gives the position of the first item.
            if first.range.start == self.start && matches!(self.data, Data::List(_)) {
                range.start = text[..self.start].rfind('-').unwrap_or(self.start);
            }
            let line = text[range.start..first.range.end].lines().next().unwrap_or("");
            range.end = range.start + line.trim_end().len();
        }
        Node { data: self.data, range }
    }
}

fn scalar(text: &str, value: &str, style: ScalarStyle, mut range: Range<usize>) -> Node {
    let is_plain = style == ScalarStyle::Plain;
    if is_plain && range.is_empty() {
        // The parser gives the position of the colon, but the value would come after it.
        let colon = usize::from(text[range.start..].starts_with(':'));
        return Node { data: Data::Null, range: range.start + colon..range.end + colon };
    }
    if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
        let sign = text[..range.end].rfind(['|', '>']).filter(|_| value.trim().is_empty());
        range = match sign {
            Some(sign) => sign..sign + 1,
            None => range.start..range.start + text[range.clone()].trim_end().len(),
        };
    }
    let written = || text::clean(value).into_owned();
    let data = match value {
        _ if !is_plain => Data::Text(written()),
        "~" | "null" | "Null" | "NULL" => Data::Null,
        "true" | "True" | "TRUE" => Data::Bool(true, written()),
        "false" | "False" | "FALSE" => Data::Bool(false, written()),
        _ if is_number(value) => Data::Number(written()),
        _ => Data::Text(written()),
    };
    Node { data, range }
}

/// Whether a plain scalar is a number in YAML 1.2, or a binary number. `007`, dates and `1_000` are text.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = digits.strip_prefix(prefix) {
            return !digits.starts_with('+') && u128::from_str_radix(digits, radix).is_ok();
        }
    }
    let is_padded = digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit());
    let is_infinite = matches!(digits, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN");
    is_infinite
        || !is_padded && !digits.starts_with(['+', '-']) && digits.parse::<f64>().is_ok_and(f64::is_finite)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tests::{takes_at_most, text_of};

    fn yaml(source: &str) -> (Yaml, Vec<Diagnostic>) {
        let mut found = Vec::new();
        let text: Arc<str> = source.into();
        let parsed = Yaml::parse(&Arc::from("site.yaml"), &text, 0..text.len(), &mut found);
        (parsed, found)
    }

    /// The node below these keys. A number selects a list item.
    fn node<'y>(yaml: &'y Yaml, path: &[&str]) -> &'y Node {
        path.iter().fold(&yaml.root, |node, step| match (&node.data, step.parse::<usize>()) {
            (Data::List(list), Ok(at)) => &list[at],
            _ => node.get(step).expect("a key"),
        })
    }

    fn shown<'y>(yaml: &'y Yaml, path: &[&str]) -> &'y str {
        &yaml.text[node(yaml, path).range.clone()]
    }

    #[test]
    fn each_node_has_its_place() {
        let source = "title: 遅延\nwindow: {start: 1, end: 2026-11-20 10:00}\nlist:\n  - a: b\n    name: x # why\n\
            q: 'it''s'\nr: \"x \\\" y\" # z\ns: [\n  one,\n  two]\nt: |  # c\n  words\n  more\n\nu:\n- 一\n- c\nv: # d\nw: >-\n";
        let (yaml, found) = yaml(source);
        assert!(found.is_empty(), "{found:?}");
        for (path, text) in [
            (&["title"][..], "遅延"),
            (&["window"], "{start: 1, end: 2026-11-20 10:00}"),
            (&["window", "end"], "2026-11-20 10:00"),
            (&["list"], "- a: b"),
            (&["list", "0"], "a: b"),
            (&["list", "0", "name"], "x"),
            (&["q"], "'it''s'"),
            (&["r"], "\"x \\\" y\""),
            (&["s"], "[\n  one,\n  two]"),
            (&["s", "0"], "one"),
            (&["t"], "words\n  more"),
            (&["u"], "- 一"),
            (&["u", "1"], "c"),
            (&["v"], ""),
            (&["w"], ">"),
        ] {
            assert_eq!(shown(&yaml, path), text, "{path:?}");
        }
        let end = node(&yaml, &["window"]).entry("end").expect("a key");
        assert_eq!(&source[end.key_range.clone()], "end");
        assert_eq!(node(&yaml, &["v"]).range.start, source.find("v:").expect("a key") + 2);
    }

    #[test]
    fn numbers_and_bools_stay_as_written() {
        let (yaml, found) =
            yaml("v: 1.10\nb: [0b11, yes,\n  0x10,\n  1e3]\nc: {d: True, e: -.inf}\nf: \"1.10\"\ng: 007\n");
        assert!(found.is_empty(), "{found:?}");
        let number = |n: &str| Data::Number(n.into());
        for (path, data) in [
            (&["v"][..], number("1.10")),
            (&["b", "0"], number("0b11")),
            (&["b", "1"], Data::Text("yes".into())),
            (&["b", "2"], number("0x10")),
            (&["b", "3"], number("1e3")),
            (&["c", "d"], Data::Bool(true, "True".into())),
            (&["c", "e"], number("-.inf")),
            (&["f"], Data::Text("1.10".into())),
            (&["g"], Data::Text("007".into())),
        ] {
            assert_eq!(node(&yaml, path).data, data, "{path:?}");
        }
    }

    #[test]
    fn thousands_of_faults_cost_no_more_than_a_few() {
        let keys: String = (0..7000).map(|_| "title: a\n").collect();
        takes_at_most(5, || {
            let (_, found) = yaml(&keys);
            assert_eq!(found.len(), 6999);
            assert_eq!(found[6998].place.range, Some(62_991..62_996));
        });
    }

    #[test]
    fn keys_written_twice_stay_twice() {
        let (yaml, found) = yaml("a: 1\na: 2\n");
        assert_eq!(yaml.root.entries().len(), 2);
        assert_eq!((found.len(), found[0].place.range.clone()), (1, Some(5..6)));
    }

    #[test]
    fn depth_has_a_limit() {
        let (_, found) = yaml(&"- ".repeat(1 << 19));
        assert_eq!(found[0].message, "this is not valid YAML: recursion limit exceeded");
        let (_, found) = yaml(&"? ".repeat(1 << 19));
        assert_eq!(found[0].message, "this is not valid YAML: a key must be text");
        let lines: String = (0..=YAML_DEPTH).map(|at| format!("{}a:\n", " ".repeat(at))).collect();
        assert_eq!(yaml(&lines).1.len(), 1);
        assert!(yaml(lines.split_once('\n').expect("lines").1).1.is_empty());
    }

    #[test]
    fn syntax_errors_have_a_place() {
        for (text, at) in [
            ("a: b\n---\nc: d\n", 5..6),
            ("a: b\n[c]: d\n", 5..6),
            ("a: b\n: d\n", 5..6),
            ("a: 障害\nb\n", 10..11),
        ] {
            let (_, found) = yaml(text);
            assert_eq!((found[0].code, found[0].place.range.clone()), ("yaml/syntax", Some(at)), "{text}");
        }
    }

    #[test]
    fn syntax_errors_carry_the_line_that_would_do() {
        let (_, found) = yaml("severity: minor\ntitle: 障害: 遅延\n");
        assert_eq!(found[0].help.as_deref(), Some("put the value in quotes: `title: \"障害: 遅延\"`"));
        let (_, found) = yaml("title: [重要] 遅延\nseverity: minor\n");
        assert_eq!(found[0].help.as_deref(), Some("put the value in quotes: `title: \"[重要] 遅延\"`"));
    }

    /// Checks that each key and value lies in the text, and that a plain one-line value equals the text at its
    /// position.
    fn stands(node: &Node, text: &str) -> Result<(), TestCaseError> {
        let written = text.get(node.range.clone());
        prop_assert!(written.is_some(), "{:?}", node);
        let written = written.unwrap_or_default();
        let is_plain = !written.starts_with(['"', '\'']) && !written.contains('\n');
        if let Some(value) = node.scalar().filter(|value| is_plain && !value.trim().is_empty()) {
            let written = text::clean(written);
            prop_assert_eq!(value.trim(), written.trim());
        }
        if let Data::List(list) = &node.data {
            list.iter().try_for_each(|item| stands(item, text))?;
        }
        for entry in node.entries() {
            let key = text.get(entry.key_range.clone());
            prop_assert!(key.is_some(), "{:?}", entry);
            let key = key.unwrap_or_default();
            let is_plain = !key.starts_with(['"', '\'']) && !key.contains('\n') && !entry.key.contains('\n');
            prop_assert!(!is_plain || entry.key.trim() == text::clean(key).trim(), "{:?}", entry);
            stands(&entry.node, text)?;
        }
        Ok(())
    }

    fn yaml_pieces() -> impl Strategy<Value = String> {
        const PIECES: &str = "\
            a:␣ b: c ␣ ␣ \n \n \n␣␣ \n␣␣ \n␣␣␣␣ \t -␣ - ?␣ :␣ : , ,␣ [ ] { } \" ' |\n >-\n &q␣ &q *q *q␣ \
            !q␣ !q \"a\": \\";
        text_of(PIECES, 24)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// `yaml_lint` refuses everything that the parser takes for an anchor, an alias or a tag. Everything that
        /// it accepts is text for both.
        #[test]
        fn the_guard_and_the_parser_agree_on_what_is_text(source in yaml_pieces()) {
            // Readers of YAML differ about these in brackets and after a tab. The guard refuses them as text, or the
            // parser refuses what the guard has let pass.
            const DOUBTFUL: [&str; 7] = [":&", ":*", ":!", ":?", ":\"", ":'", "---"];
            let source = format!("k: {source}\n");
            let faults = yaml_lint::lint(&source);
            let is_doubtful = DOUBTFUL.iter().any(|sign| source.contains(sign));
            if is_doubtful || faults.iter().any(|fault| fault.code == "yaml/tab") {
                return Ok(());
            }
            let is_refused = faults.iter().any(|f| matches!(f.code, "yaml/anchor" | "yaml/alias" | "yaml/tag"));
            match tree(&source, 0) {
                Ok(tree) => prop_assert!(!is_refused, "{:?} {:?}", tree, faults),
                Err(fault) => {
                    let is_unseen = fault.message.starts_with("anchors, aliases and tags") && faults.is_empty();
                    prop_assert!(!is_unseen, "{:?}", fault);
                }
            }
        }

        /// Both YAML readers in noroshi classify scalars in the same way.
        #[test]
        fn scalars_are_what_an_import_takes_them_for(text in "[-+]?(0[xob])?[-+.0-9a-fA-FinNlLuIe~_]{0,6}|TRUE|True|[0-9]{17,42}") {
            let source = format!("a: {text}\n");
            let (yaml, found) = yaml(&source);
            let Ok(other) = serde_yaml::from_str::<serde_yaml::Value>(&source) else { return Ok(()) };
            let alike = match &node(&yaml, &["a"]).data {
                Data::Null => other["a"].is_null(),
                Data::Bool(value, _) => other["a"].as_bool() == Some(*value),
                Data::Number(_) => other["a"].is_number(),
                Data::Text(text) => other["a"].as_str() == Some(text),
                Data::List(_) | Data::Map(_) => true,
            };
            prop_assert!(found.is_empty() && alike, "{:?} {:?}", yaml.root, other);
        }

        #[test]
        fn places_lie_in_the_text(source in prop_oneof![any::<String>(), yaml_pieces()], head in "[a-z障\n]{0,4}") {
            let text: Arc<str> = format!("{head}{source}").into();
            let mut found = Vec::new();
            let yaml = Yaml::parse(&Arc::from("site.yaml"), &text, head.len()..text.len(), &mut found);
            if !yaml.root.entries().is_empty() {
                stands(&yaml.root, &text)?;
            }
            for range in found.into_iter().filter_map(|diagnostic| diagnostic.place.range) {
                prop_assert!(text.get(range.clone()).is_some_and(|_| range.start >= head.len()), "{:?}", range);
            }
        }
    }
}
