//! Adds reviewers to the front matter of an entry.

use std::ops::Range;

use super::flow::closing;
use super::yaml_scalar::{list, scalar};
use super::{Edit, Frame, Raw, Refusal, split, unread};
use crate::document::Document;
use crate::document::yaml::{Data, Entry, Node};
use crate::message::message;
use crate::text;

const KEY: &str = "reviewed_by";

/// Adds names to `reviewed_by`. The list keeps its form.
///
/// # Errors
/// A name is in the list already or is the author, or the front matter has a form that cannot be
/// extended.
pub fn add(name: &str, file: &Raw, frame: Frame<'_>, names: &[String]) -> Result<(Raw, Vec<Edit>), Refusal> {
    let before = split(name, file.text(), frame).ok_or_else(|| unread(name))?;
    let known = reviewers(&before.front.root);
    allowed(&before, &known, names)?;
    let edits = edits(&before, file.text(), names);
    let result = file.with(&edits);
    let after = split(name, result.text(), frame).ok_or_else(|| unread(name))?;
    let wanted: Vec<&str> = known.iter().chain(names).map(|name| name.trim()).collect();
    let is_same = others(&before.front.root) == others(&after.front.root);
    if !after.front.sound || !is_same || reviewers(&after.front.root) != wanted {
        let message =
            message!("edit-reviewers-form", "cannot add a name to `{key}` in its present form", key = KEY);
        let help = message!(
            "edit-reviewers-form-help",
            "write `reviewed_by: [A, B]` on a line of its own, and try again"
        );
        return Err(Refusal::new(message, help));
    }
    Ok((result, edits))
}

fn allowed(document: &Document, known: &[String], names: &[String]) -> Result<(), Refusal> {
    let alike = |a: &str, b: &str| text::fold(a) == text::fold(b);
    let author = author(&document.front.root);
    for (at, name) in names.iter().enumerate() {
        if text::fold(name).is_empty() || name.contains(char::is_control) {
            let message = message!("edit-reviewer-name", "a name is empty or has control characters");
            return Err(Refusal::new(
                message,
                message!("edit-reviewer-name-help", "write the name of one person"),
            ));
        }
        if author.as_deref().is_some_and(|author| alike(author, name)) {
            let message = message!("edit-reviewer-author", "`{name}` is the author of this entry", name);
            let help = message!(
                "edit-reviewer-author-help",
                "name another person: an author cannot review their own entry"
            );
            return Err(Refusal::new(message, help));
        }
        if known.iter().chain(&names[..at]).any(|known| alike(known, name)) {
            let message = message!("edit-reviewer-twice", "`{name}` is already a reviewer", name);
            let help = message!("edit-reviewer-twice-help", "leave the name out: each reviewer counts once");
            return Err(Refusal::new(message, help));
        }
    }
    Ok(())
}

fn edits(document: &Document, text: &str, names: &[String]) -> Vec<Edit> {
    let front = &document.front;
    let at = |at: usize, text: String| vec![Edit { range: at..at, text }];
    let scalars: Vec<String> = names.iter().map(|name| scalar(name)).collect();
    let more = format!(", {}", scalars.join(", "));
    let Some(Entry { key_range, node, .. }) = front.root.entry(KEY) else {
        // Insert before the line that ends the front matter.
        let start = text.len() - text.strip_prefix("---\n").map_or(0, str::len);
        return at(start + front.source().len(), format!("{KEY}: {}\n", list(names)));
    };
    let Range { start, end } = node.range;
    match &node.data {
        Data::List(known) => match known.last() {
            Some(_) if text[start..].starts_with('[') => {
                closing(text, start).map_or_else(Vec::new, |end| at(end, more))
            }
            Some(last) => block(text, last.range.start, names),
            None => vec![Edit { range: node.range.clone(), text: list(names) }],
        },
        Data::Null => {
            let colon = text[key_range.end..].find(':').map(|colon| key_range.end + colon + 1);
            colon.map_or_else(Vec::new, |colon| at(colon, format!(" {}", list(names))))
        }
        _ => {
            let first = Edit { range: start..start, text: "[".to_owned() };
            vec![first, Edit { range: end..end, text: format!("{more}]") }]
        }
    }
}

/// New lines below the last item of a block list.
fn block(text: &str, last: usize, names: &[String]) -> Vec<Edit> {
    let start = text[..last].rfind('\n').map_or(0, |at| at + 1);
    let Some(dash) = text[start..last].find('-') else { return Vec::new() };
    let indent = &text[start..start + dash];
    let end = text[last..].find('\n').map_or(text.len(), |at| last + at + 1);
    let lines: Vec<String> = names.iter().map(|name| format!("{indent}- {}\n", scalar(name))).collect();
    vec![Edit { range: end..end, text: lines.concat() }]
}

fn written(node: &Node) -> Option<String> {
    node.scalar().map(|text| text.trim().to_owned())
}

pub fn reviewers(root: &Node) -> Vec<String> {
    match root.get(KEY) {
        Some(Node { data: Data::List(list), .. }) => list.iter().filter_map(written).collect(),
        Some(other) => written(other).into_iter().collect(),
        None => Vec::new(),
    }
}

fn author(root: &Node) -> Option<String> {
    root.get("internal")?.get("author").and_then(written)
}

fn others(root: &Node) -> Vec<&Entry> {
    root.entries().iter().filter(|entry| entry.key != KEY).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Aliases;

    fn reviewed(front: &str, names: &[&str]) -> Result<String, Refusal> {
        let name = "content/incidents/a.md";
        let text = format!("---\n{front}---\nWords.\n");
        let file = Raw::of(&name.into(), text.into_bytes()).expect("a text");
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let locales = ["en".to_owned()];
        let (file, _) = add(name, &file, (&locales, &Aliases::default()), &names)?;
        let text = String::from_utf8_lossy(file.bytes()).into_owned();
        Ok(text
            .strip_prefix("---\n")
            .and_then(|t| t.strip_suffix("---\nWords.\n"))
            .unwrap_or(&text)
            .to_owned())
    }

    #[test]
    fn a_list_keeps_its_form() {
        for (before, after) in [
            ("title: a\n", "title: a\nreviewed_by: [Sato, 鈴木]\n"),
            ("", "reviewed_by: [Sato, 鈴木]\n"),
            ("reviewed_by:\n", "reviewed_by: [Sato, 鈴木]\n"),
            ("reviewed_by:   # who\ntitle: a\n", "reviewed_by: [Sato, 鈴木]   # who\ntitle: a\n"),
            ("reviewed_by: []  # who\n", "reviewed_by: [Sato, 鈴木]  # who\n"),
            ("reviewed_by: [Ito]\n", "reviewed_by: [Ito, Sato, 鈴木]\n"),
            ("reviewed_by: [\"a]b\", # x]\n  Ito]\n", "reviewed_by: [\"a]b\", # x]\n  Ito, Sato, 鈴木]\n"),
            ("reviewed_by: Ito # x\n", "reviewed_by: [Ito, Sato, 鈴木] # x\n"),
            (
                "reviewed_by:\n  - Ito # x\n  # y\ntitle: a\n",
                "reviewed_by:\n  - Ito # x\n  - Sato\n  - 鈴木\n  # y\ntitle: a\n",
            ),
            ("reviewed_by:\n- Ito\n", "reviewed_by:\n- Ito\n- Sato\n- 鈴木\n"),
        ] {
            assert_eq!(reviewed(before, &["Sato", "鈴木"]).as_deref(), Ok(after), "{before}");
        }
    }

    #[test]
    fn the_author_and_whoever_stands_there_are_refused() {
        let front = "internal: {author: 佐藤 花子}\nreviewed_by: [Ito]\n";
        for (names, says) in [
            (&["佐藤　花子"][..], "is the author"),
            (&["ITO"], "already a reviewer"),
            (&["A", "a"], "already a reviewer"),
            (&[" "], "empty"),
        ] {
            let refused = reviewed(front, names).expect_err("refused");
            assert!(refused.message.contains(says), "{refused:?}");
        }
    }

    #[test]
    fn a_name_is_never_read_as_anything_else() {
        for name in ["yes", "a, b", "[x]", "a: b", "#1", "O'Neil", "a \"b\""] {
            let front = reviewed("reviewed_by: [Ito]\n", &[name]).expect("a list");
            assert!(front.starts_with("reviewed_by: [Ito, "), "{front}");
        }
        assert!(reviewed("{title: a}\n", &["Sato"]).is_err());
    }
}
