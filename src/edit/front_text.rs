//! Sets a text in the front matter of a written entry; all other bytes stay the same.

use std::ops::Range;

use super::front::Line;
use super::yaml_scalar::scalar;
use super::{Edit, Frame, Raw, Refusal, split, unread};
use crate::document::Document;
use crate::document::yaml::{Data, Entry, Node};
use crate::message::message;
use crate::text;

/// A text to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewText<'a> {
    /// The keys that lead to it: `title`, or `fields` and `funds`.
    pub path: &'a [&'a str],
    /// The locale; `None` for the first one of the site.
    pub locale: Option<&'a str>,
    pub text: &'a str,
}

/// Writes a text where it belongs. A key that is missing is added, also beside other locales.
///
/// # Errors
/// The front matter has a form that noroshi cannot extend, or the text is missing in the first locale.
pub fn set(name: &str, file: &Raw, frame: Frame<'_>, new: &NewText<'_>) -> Result<Raw, Refusal> {
    let before = split(name, file.text(), frame).ok_or_else(|| unread(name))?;
    let first = frame.0.first().map_or("en", String::as_str);
    let (path, value) = target(&before, first, new)?;
    let result = file.with(&edits(file.text(), &before, &path, &value));
    let after = split(name, result.text(), frame).ok_or_else(|| unread(name))?;
    let (old, written) = (&before.front.root, &after.front.root);
    let is_there = at(written, &path).is_some_and(|node| node.data == value.data());
    let rest = |document: &Document| document.front.file_text()[document.front.end()..].to_owned();
    let is_sound = before.front.sound && after.front.sound && rest(&before) == rest(&after);
    if !is_sound || !is_there || without(&old.data, &path) != without(&written.data, &path) {
        let key = new.path.join(".");
        let message = message!("edit-key-form", "cannot change `{key}` in its present form", key);
        let help =
            message!("edit-key-form-help", "write `{key}: …` on a line of its own, and try again", key);
        return Err(Refusal::new(message, help));
    }
    Ok(result)
}

/// Removes a key that stands on a line of its own; `None` if there is no such key.
///
/// # Errors
/// The key does not stand on a line of its own.
pub fn remove(name: &str, file: &Raw, frame: Frame<'_>, key: &str) -> Result<Option<Raw>, Refusal> {
    let before = split(name, file.text(), frame).ok_or_else(|| unread(name))?;
    let Some(entry) = before.front.root.entry(key) else { return Ok(None) };
    let text = file.text();
    let from = text[..entry.key_range.start].rfind('\n').map_or(0, |at| at + 1);
    let to = text[from..].find('\n').map_or(text.len(), |at| from + at + 1);
    let result = file.with(&[Edit { range: from..to, text: String::new() }]);
    let after = split(name, result.text(), frame).ok_or_else(|| unread(name))?;
    let (old, written) = (&before.front.root, &after.front.root);
    let is_gone = written.get(key).is_none() && without(&old.data, &[key]) == without(&written.data, &[key]);
    if !(before.front.sound && after.front.sound && is_gone) {
        let message = message!("edit-remove-form", "cannot remove `{key}` in its present form", key);
        let help = message!("edit-remove-form-help", "remove it from the file by hand");
        return Err(Refusal::new(message, help));
    }
    Ok(Some(result))
}

/// The texts at a path, each with its locale; `None` is the first locale of the site.
#[must_use]
pub fn texts(root: &Node, path: &[&str], first: &str) -> Vec<(Option<String>, String)> {
    match at(root, path) {
        Some(Node { data: Data::Map(all), .. }) => {
            let locale = |key: &String| Some(key.clone()).filter(|key| key != first);
            let text = |entry: &Entry| Some((locale(&entry.key), entry.node.scalar()?.to_owned()));
            all.iter().filter_map(text).collect()
        }
        Some(node) => node.scalar().map(|text| (None, text.to_owned())).into_iter().collect(),
        None => Vec::new(),
    }
}

/// What is written at a path.
enum Value<'a> {
    Text(&'a str),
    /// By locale.
    Texts([(&'a str, String); 2]),
}

impl Value<'_> {
    fn yaml(&self) -> String {
        match self {
            Value::Text(text) => scalar(text),
            Value::Texts(all) => {
                let all = all.iter().map(|(locale, text)| format!("{}: {}", scalar(locale), scalar(text)));
                format!("{{{}}}", all.collect::<Vec<_>>().join(", "))
            }
        }
    }

    fn data(&self) -> Data {
        let node = |text: &str| Node { data: Data::Text(text::clean(text).into_owned()), range: 0..0 };
        match self {
            Value::Text(text) => node(text).data,
            Value::Texts(all) => {
                let entry = |(locale, text): &(&str, String)| Entry {
                    key: (*locale).to_owned(),
                    key_range: 0..0,
                    node: node(text),
                };
                Data::Map(all.iter().map(entry).collect())
            }
        }
    }
}

/// The whole path, with the locale if the text is a mapping, and the value there.
fn target<'a>(
    document: &Document,
    first: &'a str,
    new: &NewText<'a>,
) -> Result<(Vec<&'a str>, Value<'a>), Refusal> {
    let mut path = new.path.to_vec();
    let node = at(&document.front.root, &path);
    let old = node.and_then(Node::scalar);
    match (new.locale, node.map(|node| &node.data)) {
        (locale, Some(Data::Map(_))) => path.push(locale.unwrap_or(first)),
        (None, _) => {}
        (Some(locale), _) => {
            let Some(old) = old else {
                let key = new.path.join(".");
                let message = message!(
                    "edit-no-first-text",
                    "the entry has no `{key}` in `{first}`, which other languages need",
                    key,
                    first
                );
                let help = message!("edit-no-first-text-help", "give `{key}` in `{first}` too", key, first);
                return Err(Refusal::new(message, help));
            };
            return Ok((path, Value::Texts([(first, old.to_owned()), (locale, new.text.to_owned())])));
        }
    }
    Ok((path, Value::Text(new.text)))
}

fn at<'n>(root: &'n Node, path: &[&str]) -> Option<&'n Node> {
    path.iter().try_fold(root, |node, key| node.get(key))
}

/// The content without the value at a path, in the order of keys; `Null` if nothing else is there.
fn without(data: &Data, path: &[&str]) -> Data {
    let (Data::Map(entries), Some((key, rest))) = (data, path.split_first()) else { return Data::Null };
    let kept = |entry: &Entry| {
        let data = if entry.key == *key { without(&entry.node.data, rest) } else { entry.node.data.clone() };
        let is_gone = entry.key == *key && data == Data::Null;
        (!is_gone).then(|| Entry { node: Node { data, ..entry.node.clone() }, ..entry.clone() })
    };
    let mut kept: Vec<Entry> = entries.iter().filter_map(kept).collect();
    kept.sort_by(|a, b| a.key.cmp(&b.key));
    if kept.is_empty() { Data::Null } else { Data::Map(kept) }
}

/// The edits that write a value. The caller checks what they lead to.
fn edits(text: &str, document: &Document, path: &[&str], value: &Value<'_>) -> Vec<Edit> {
    let mut node = &document.front.root;
    for (depth, key) in path.iter().enumerate() {
        let nested = below(&path[depth + 1..], value);
        match node.entry(key) {
            Some(entry) if depth + 1 == path.len() || entry.node.data == Data::Null => {
                return replacement(text, entry, &nested).into_iter().collect();
            }
            Some(entry) => node = &entry.node,
            None if depth == 0 => return vec![line(document, key, &nested)],
            None => return addition(text, node, &format!("{}: {nested}", scalar(key))).into_iter().collect(),
        }
    }
    Vec::new()
}

/// The value below a key, within the keys that are still missing.
fn below(missing: &[&str], value: &Value<'_>) -> String {
    missing.iter().rev().fold(value.yaml(), |yaml, key| format!("{{{}: {yaml}}}", scalar(key)))
}

/// Replaces the value of a key, whatever its form.
fn replacement(text: &str, entry: &Entry, yaml: &str) -> Option<Edit> {
    let colon = entry.key_range.end + text[entry.key_range.end..].find(':')? + 1;
    let Range { start, end } = entry.node.range.clone();
    if entry.node.data == Data::Null && text[start..end].is_empty() {
        return Some(Edit { range: colon..colon, text: format!(" {yaml}") });
    }
    let blanks = text[colon..].len() - text[colon..].trim_start_matches(' ').len();
    let sign = colon + blanks;
    // The range of a block scalar is its text, without the sign above it.
    let is_block = text[sign..].starts_with(['|', '>']);
    if !is_block {
        return Some(Edit { range: start..end, text: yaml.to_owned() });
    }
    let line_end = text[sign..].find('\n').map_or(text.len(), |at| sign + at);
    Some(Edit { range: sign..end.max(line_end), text: yaml.to_owned() })
}

/// A new line of the front matter: in place of a comment that waits for the value, or at the end.
fn line(document: &Document, key: &str, yaml: &str) -> Edit {
    let (source, end) = (document.front.source(), document.front.end());
    let mut start = end - source.len();
    let mut lines = source.split_inclusive('\n').peekable();
    while let Some(written) = lines.next() {
        let range = start..start + written.trim_end_matches('\n').len();
        start += written.len();
        // A comment that goes on below is an example, not a place for the value.
        let goes_on = lines.peek().is_some_and(|next| next.starts_with("#  "));
        let waits = |line: &Line<'_>| {
            line.is_comment && line.indent.is_empty() && line.key == key && line.value.is_empty() && !goes_on
        };
        if let Some(line) = Line::read(written.trim_end()).filter(waits) {
            return Edit { range, text: line.with(yaml) };
        }
    }
    Edit { range: end..end, text: format!("{key}: {yaml}\n") }
}

/// Adds `key: value` to a mapping.
fn addition(text: &str, node: &Node, pair: &str) -> Option<Edit> {
    let Data::Map(entries) = &node.data else { return None };
    if text[node.range.clone()].starts_with('{') {
        let end = node.range.end.checked_sub(1)?;
        let inner = text[node.range.start + 1..end].trim_end();
        let at = node.range.start + 1 + inner.len();
        let lead = match inner.trim_start() {
            "" => "",
            inner if inner.ends_with(',') => " ",
            _ => ", ",
        };
        return Some(Edit { range: at..at, text: format!("{lead}{pair}") });
    }
    let last = entries.last()?;
    let start = text[..last.key_range.start].rfind('\n').map_or(0, |at| at + 1);
    let indent = &text[start..last.key_range.start];
    // The value may go on over lines that are indented further.
    let mut end = start;
    for (number, line) in text[start..].split_inclusive('\n').enumerate() {
        let depth = line.len() - line.trim_start_matches(' ').len();
        if number > 0 && (depth <= indent.len() || line.trim().is_empty()) {
            break;
        }
        end += line.len();
    }
    Some(Edit { range: end..end, text: format!("{indent}{pair}\n") })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tests::text_of;
    use crate::vocabulary::Aliases;

    const NAME: &str = "content/incidents/a.md";

    fn changed(front: &str, path: &[&str], locale: Option<&str>, text: &str) -> Result<String, Refusal> {
        let whole = format!("---\n{front}---\nWords.\n");
        let file = Raw::of(&NAME.into(), whole.into_bytes()).expect("a text");
        let locales = ["ja".to_owned(), "en".to_owned()];
        let result = set(NAME, &file, (&locales, &Aliases::default()), &NewText { path, locale, text })?;
        let text = String::from_utf8_lossy(result.bytes()).into_owned();
        let front = text.strip_prefix("---\n").and_then(|text| text.strip_suffix("---\nWords.\n"));
        Ok(front.expect("the rest of the file stays").to_owned())
    }

    #[test]
    fn a_value_is_replaced_in_every_form() {
        for (before, after) in [
            ("title: a # why\n", "title: \"b: c\" # why\n"),
            ("title: 'it''s'\nid: x\n", "title: \"b: c\"\nid: x\n"),
            ("title: \"a\"\n", "title: \"b: c\"\n"),
            ("title:   # why\nid: x\n", "title: \"b: c\"   # why\nid: x\n"),
            ("title: |\n  a\n  b\nid: x\n", "title: \"b: c\"\nid: x\n"),
            ("title: >-\n  a\n\nid: x\n", "title: \"b: c\"\n\nid: x\n"),
            ("title: a\n  b\nid: x\n", "title: \"b: c\"\nid: x\n"),
            ("title: {ja: a, en: d}\n", "title: {ja: \"b: c\", en: d}\n"),
            ("title:\n  ja: a\n  en: d\n", "title:\n  ja: \"b: c\"\n  en: d\n"),
            ("id: x\n", "id: x\ntitle: \"b: c\"\n"),
            ("", "title: \"b: c\"\n"),
        ] {
            assert_eq!(changed(before, &["title"], None, "b: c").as_deref(), Ok(after), "{before}");
        }
    }

    #[test]
    fn a_key_that_is_missing_takes_the_place_of_its_comment_or_the_end() {
        for (before, after) in [
            ("# scope:   # who\nid: x\n", "scope: All  # who\nid: x\n"),
            ("# scope: some\nid: x\n", "# scope: some\nid: x\nscope: All\n"),
        ] {
            assert_eq!(changed(before, &["scope"], None, "All").as_deref(), Ok(after), "{before}");
        }
        for (before, after) in [
            ("id: x\n", "id: x\nfields: {funds: none}\n"),
            ("fields:\n", "fields: {funds: none}\n"),
            ("fields: {}  # ours\n", "fields: {funds: none}  # ours\n"),
            ("fields: {a: b }\n", "fields: {a: b, funds: none }\n"),
            ("fields: {a: b,}\n", "fields: {a: b, funds: none}\n"),
            ("fields:\n  a: b # x\n  # y\nid: x\n", "fields:\n  a: b # x\n  funds: none\n  # y\nid: x\n"),
            ("fields:\n  a: |\n    b\n", "fields:\n  a: |\n    b\n  funds: none\n"),
            ("# fields:\n#   funds:\n", "# fields:\n#   funds:\nfields: {funds: none}\n"),
            ("fields: {funds: hit}\n", "fields: {funds: none}\n"),
        ] {
            assert_eq!(changed(before, &["fields", "funds"], None, "none").as_deref(), Ok(after), "{before}");
        }
    }

    #[test]
    fn another_language_stands_beside_the_first() {
        for (before, after) in [
            ("title: a, b # why\n", "title: {ja: \"a, b\", en: c} # why\n"),
            ("title: {ja: a}\n", "title: {ja: a, en: c}\n"),
            ("title: {ja: a, en: d}\n", "title: {ja: a, en: c}\n"),
            ("title:\n  ja: a\n", "title:\n  ja: a\n  en: c\n"),
        ] {
            assert_eq!(changed(before, &["title"], Some("en"), "c").as_deref(), Ok(after), "{before}");
        }
        let refused = changed("id: x\n", &["scope"], Some("en"), "c").expect_err("refused");
        assert!(refused.message.contains("no `scope` in `ja`"), "{refused:?}");
    }

    #[test]
    fn a_form_that_cannot_be_extended_is_refused() {
        for (front, path) in [
            ("{title: a}\n", &["scope"][..]),
            ("title: *a\n", &["title"]),
            ("fields: [a]\n", &["fields", "funds"]),
            ("fields: a\n", &["fields", "funds"]),
        ] {
            assert!(changed(front, path, None, "c").is_err(), "{front}");
        }
    }

    #[test]
    fn texts_are_listed_by_locale() {
        let text = "---\ntitle: {ja: a, en: b}\nscope: c\n---\n".into();
        let locales = ["ja".to_owned()];
        let document = split(NAME, &text, (&locales, &Aliases::default())).expect("a file");
        let root = &document.front.root;
        let of = |path: &[&str]| texts(root, path, "ja");
        assert_eq!(of(&["title"]), [(None, "a".to_owned()), (Some("en".to_owned()), "b".to_owned())]);
        assert_eq!(of(&["scope"]), [(None, "c".to_owned())]);
        assert_eq!(of(&["fields", "x"]), []);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever the text and the front matter, the text is read back and all else stays, or it is refused.
        #[test]
        fn a_text_is_read_back_or_refused(
            text in text_of(":␣ ␣# # [ ] { } , \" ' yes ~ -␣ | > % 障害 ： --- 1 . ␣", 6),
            front in text_of(
                "title:␣a\n title:\n ␣␣ja:␣b\n ␣␣en:␣c\n title:␣{ja:␣a} fields:␣{x:␣y}\n scope:␣| \n #␣title:\n id:␣x\n ␣#␣c",
                6,
            ),
            locale in prop::sample::select(vec![None, Some("en")]),
            deep in any::<bool>(),
        ) {
            let text = text.trim();
            prop_assume!(!text.is_empty());
            let path: &[&str] = if deep { &["fields", "x"] } else { &["title"] };
            let _ = changed(&format!("{front}\n"), path, locale, text);
        }
    }
}
