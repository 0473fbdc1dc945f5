//! What an entry remembers of its alerts, or of the issue that made it: a list below `internal`. No other byte of the
//! file changes.

use super::flow::closing;
use super::yaml_scalar::{list, scalar};
use super::{Edit, Frame, Raw, Refusal, split};
use crate::document::yaml::{Data, Entry, Node};
use crate::limits::{ALERT_RECORDS, FRONT_MATTER_BYTES, ISSUE_RECORDS};
use crate::message::message;

const KEY: &str = "internal";
/// The list of what `noroshi draft` noted.
pub const ALERTS: &str = "alerts";
/// The list of what `noroshi ci issue` noted.
pub const ISSUES: &str = "issues";

/// Something that happened to an alert or an issue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The fingerprints, by which an entry is found again whatever its file is called.
    pub keys: Vec<String>,
    /// `firing` or `ended`; of an issue `opened`, `update` or `section`.
    pub state: String,
    /// When it began, ended or was written, as ISO 8601.
    pub at: String,
    /// The digest of the body that said so.
    pub body: String,
    /// The alert itself; empty in every record but the first. Of an issue, the digest of the rest of the file.
    pub raw: Vec<String>,
}

/// The records of a list in front matter, in their order.
pub fn records(root: &Node, list: &str) -> Vec<Record> {
    let Some(Node { data: Data::List(list), .. }) = root.get(KEY).and_then(|internal| internal.get(list))
    else {
        return Vec::new();
    };
    let texts = |item: &Node, key: &str| match item.get(key) {
        Some(Node { data: Data::List(list), .. }) => list.iter().filter_map(text).collect(),
        Some(other) => text(other).into_iter().collect(),
        None => Vec::new(),
    };
    let one = |item: &Node, key: &str| item.get(key).and_then(text).unwrap_or_default();
    let record = |item: &Node| Record {
        keys: texts(item, "keys"),
        state: one(item, "state"),
        at: one(item, "at"),
        body: one(item, "body"),
        raw: texts(item, "raw"),
    };
    list.iter().map(record).collect()
}

fn text(node: &Node) -> Option<String> {
    node.scalar().map(str::to_owned)
}

/// Adds a record to an entry. The list keeps its form.
///
/// # Errors
/// The front matter has errors, no room, or a form that cannot be extended.
pub fn add(name: &str, file: &Raw, frame: Frame<'_>, list: &str, record: &Record) -> Result<Raw, Refusal> {
    let unread = || {
        let message = message!("edit-front-unread", "cannot read the front matter of `{name}`", name);
        let help = message!("edit-front-unread-help", "run `noroshi check` to see why, and correct it");
        Refusal::new(message, help)
    };
    let before = split(name, file.text(), frame).filter(|found| found.front.sound).ok_or_else(unread)?;
    let known = records(&before.front.root, list);
    let result = edit(file.text(), (&before.front.root, before.front.source().len()), list, record)
        .map(|edit| file.with(&[edit]));
    let odd = || {
        let message = message!(
            "edit-record-form",
            "cannot add to `{list}` in `{internal}` of `{name}` in its present form",
            list,
            internal = KEY,
            name
        );
        let help = message!(
            "edit-record-form-help",
            "write `internal` as indented lines `key: value`, and try again"
        );
        Refusal::new(message, help)
    };
    let result = result.ok_or_else(odd)?;
    let after = split(name, result.text(), frame).ok_or_else(odd)?;
    let most = if list == ISSUES { ISSUE_RECORDS } else { ALERT_RECORDS };
    if known.len() >= most || after.front.source().len() > FRONT_MATTER_BYTES {
        let message =
            message!("edit-record-full", "`{name}` has no room for a further record in `{list}`", name, list);
        let help = message!(
            "edit-record-full-help",
            "remove old ones from `{list}` below `{internal}`",
            list,
            internal = KEY
        );
        return Err(Refusal::new(message, help));
    }
    let wanted: Vec<&Record> = known.iter().chain([record]).collect();
    let is_same = others(&before.front.root, list) == others(&after.front.root, list);
    if !after.front.sound || !is_same || records(&after.front.root, list).iter().collect::<Vec<_>>() != wanted
    {
        return Err(odd());
    }
    Ok(result)
}

/// Everything but the list: the other keys, and the other keys below `internal`.
fn others<'n>(root: &'n Node, list: &str) -> (Vec<&'n Entry>, Vec<&'n Entry>) {
    let outer = root.entries().iter().filter(|entry| entry.key != KEY).collect();
    let inner = root.get(KEY).map_or(&[][..], Node::entries);
    (outer, inner.iter().filter(|entry| entry.key != list).collect())
}

/// `size` is the number of bytes of the front matter.
fn edit(text: &str, (root, size): (&Node, usize), list: &str, record: &Record) -> Option<Edit> {
    let insert = |at: usize, text: String| Some(Edit { range: at..at, text });
    let start = text.len() - text.strip_prefix("---\n").map_or(0, str::len);
    let end = start + size;
    let Some(Entry { key_range, node, .. }) = root.entry(KEY) else {
        return insert(end, format!("{KEY}:\n  {list}:\n{}", block(record, "    ")));
    };
    let below = line_end(text, key_range.start, end);
    match &node.data {
        Data::Null => insert(below, format!("  {list}:\n{}", block(record, "    "))),
        Data::Map(entries) if text[node.range.start..].starts_with('{') => {
            if let Some(known) = node.entry(list) {
                return into_list(text, known, end, record);
            }
            let comma = if entries.is_empty() { "" } else { ", " };
            insert(closing(text, node.range.start)?, format!("{comma}{list}: [{}]", flow(record)))
        }
        Data::Map(entries) => {
            if let Some(known) = node.entry(list) {
                return into_list(text, known, end, record);
            }
            let indent = indent(text, entries.first()?.key_range.start)?;
            let at = block_end(text, below, end, indent.len());
            insert(at, format!("{indent}{list}:\n{}", block(record, &format!("{indent}  "))))
        }
        _ => None,
    }
}

/// `end` is the end of the front matter.
fn into_list(text: &str, known: &Entry, end: usize, record: &Record) -> Option<Edit> {
    let Node { data, range } = &known.node;
    let insert = |at: usize, text: String| Some(Edit { range: at..at, text });
    match data {
        Data::List(items) if text[range.start..].starts_with('[') => {
            let comma = if items.is_empty() { "" } else { ", " };
            insert(closing(text, range.start)?, format!("{comma}{}", flow(record)))
        }
        Data::List(items) => {
            let last = items.last()?.range.start;
            let start = text[..last].rfind('\n').map_or(0, |at| at + 1);
            let dash = text[start..last].find('-')?;
            let indent = text.get(start..start + dash).filter(|indent| indent.trim().is_empty())?;
            let at = block_end(text, line_end(text, last, end), end, dash + 1);
            insert(at, block(record, indent))
        }
        _ => None,
    }
}

/// The blanks before a key, if nothing else is before it.
fn indent(text: &str, key: usize) -> Option<&str> {
    let start = text[..key].rfind('\n').map_or(0, |at| at + 1);
    text.get(start..key).filter(|indent| indent.trim().is_empty())
}

/// The offset after the line.
fn line_end(text: &str, at: usize, end: usize) -> usize {
    text[at..end].find('\n').map_or(end, |line| at + line + 1)
}

/// The end of the lines from `at` on that are indented at least so far. Blank lines and remarks at their end do not
/// count.
fn block_end(text: &str, at: usize, end: usize, indent: usize) -> usize {
    let (mut next, mut last) = (at, at);
    for line in text[at..end].split_inclusive('\n') {
        next += line.len();
        let content = line.trim_start_matches(' ');
        if content.trim().is_empty() || content.starts_with('#') {
            continue;
        }
        if line.len() - content.len() < indent {
            break;
        }
        last = next;
    }
    last
}

/// The record as an item of a list without brackets.
fn block(record: &Record, indent: &str) -> String {
    let mut lines = vec![
        format!("{indent}- keys: {}", list(&record.keys)),
        format!("{indent}  state: {}", scalar(&record.state)),
        format!("{indent}  at: {}", scalar(&record.at)),
        format!("{indent}  body: {}", scalar(&record.body)),
    ];
    if !record.raw.is_empty() {
        lines.push(format!("{indent}  raw:"));
        lines.extend(record.raw.iter().map(|line| format!("{indent}    - {}", scalar(line))));
    }
    lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect()
}

/// The record in one line.
fn flow(record: &Record) -> String {
    let raw = if record.raw.is_empty() { String::new() } else { format!(", raw: {}", list(&record.raw)) };
    format!(
        "{{keys: {}, state: {}, at: {}, body: {}{raw}}}",
        list(&record.keys),
        scalar(&record.state),
        scalar(&record.at),
        scalar(&record.body)
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::vocabulary::Aliases;

    const NAME: &str = "content/incidents/a.md";

    fn record(state: &str, raw: &[&str]) -> Record {
        Record {
            keys: vec!["grafana-1".into(), "grafana-2".into()],
            state: state.into(),
            at: "2026-11-20T01:15:00Z".into(),
            body: "00ff".into(),
            raw: raw.iter().map(|line| (*line).to_owned()).collect(),
        }
    }

    fn file(front: &str) -> Raw {
        Raw::of(&NAME.into(), format!("---\n{front}---\nWords.\n").into_bytes()).expect("a text")
    }

    fn added(front: &Raw, record: &Record) -> Result<Raw, Refusal> {
        add(NAME, front, (&["en".to_owned()], &Aliases::default()), ALERTS, record)
    }

    fn front(raw: &Raw) -> String {
        let text = raw.text().to_string();
        text.strip_prefix("---\n").and_then(|t| t.strip_suffix("---\nWords.\n")).unwrap_or(&text).to_owned()
    }

    #[test]
    fn a_record_stands_below_internal_in_the_form_of_the_file() {
        let item = "- keys: [grafana-1, grafana-2]\n";
        for (before, starts) in [
            ("title: a\n", "title: a\ninternal:\n  alerts:\n    - keys: "),
            ("internal:\n  author: b\n# x\ntitle: a\n", "internal:\n  author: b\n  alerts:\n    - keys: "),
            ("internal:   # private\ntitle: a\n", "internal:   # private\n  alerts:\n    - keys: "),
            (
                "internal:\n    a: b\n    c:\n      - d\n",
                "internal:\n    a: b\n    c:\n      - d\n    alerts:\n      - keys: ",
            ),
            (
                "internal: {a: b}\n",
                "internal: {a: b, alerts: [{keys: [grafana-1, grafana-2], state: firing, at: ",
            ),
            ("internal: {}\n", "internal: {alerts: [{keys: "),
            ("internal: {a: b, alerts: [{keys: [x]}]}\n", "internal: {a: b, alerts: [{keys: [x]}, {keys: "),
            ("internal:\n  alerts: [{keys: x}] # y\n", "internal:\n  alerts: [{keys: x}, {keys: "),
            (
                "internal:\n  alerts:\n  - keys: [x]\n    raw:\n      - y\n  author: b\n",
                "internal:\n  alerts:\n  - keys: [x]\n    raw:\n      - y\n  - keys: ",
            ),
        ] {
            let after = added(&file(before), &record("firing", &["a: b"])).map(|raw| front(&raw));
            // What the first record lacks is empty, so the lists may differ only by the new one.
            let after = after.unwrap_or_else(|refused| panic!("{before}: {refused:?}"));
            assert!(after.starts_with(starts), "{before}\n{after}");
        }
        let twice = added(
            &added(&file("title: a\n"), &record("firing", &["a: b", "c: \"d\""])).unwrap(),
            &record("ended", &[]),
        );
        let text = front(&twice.expect("two records"));
        assert_eq!(text.matches(item).count(), 2, "{text}");
        assert!(
            text.ends_with("state: ended\n      at: \"2026-11-20T01:15:00Z\"\n      body: \"00ff\"\n"),
            "{text}"
        );
    }

    #[test]
    fn a_file_that_cannot_take_a_record_is_refused() {
        for before in [
            "internal: words\n",
            "internal: [a]\n",
            "title: [\n",
            "{internal: {}, title: a\n",
            "internal: &a {}\n",
        ] {
            assert!(added(&file(before), &record("firing", &[])).is_err(), "{before}");
        }
        let mut full = file("title: a\n");
        for _ in 0..ALERT_RECORDS {
            full = added(&full, &record("firing", &[])).expect("room");
        }
        let refused = added(&full, &record("firing", &[])).expect_err("full");
        assert!(refused.message.contains("no room"), "{refused:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

        /// Whatever an alert says, it is read back as it was, and no other byte changes.
        #[test]
        fn every_text_comes_back(
            raw in prop::collection::vec("\\PC{1,20}", 0..4),
            key in "[a-z]{1,8}",
            which in 0_usize..4,
        ) {
            let before = [
                "title: a\n",
                "internal: {a: \"}\"}\ntitle: a\n",
                "internal:\n  alerts:\n    - keys: [x]\n      state: ended\n  a: b\ntitle: a\n",
                "internal:\n  a: |\n    b\n\n    c\n# d\ntitle: a\n",
            ][which];
            let raw: Vec<String> = raw.iter().map(|line| crate::text::one_line(line, 100)).filter(|l| !l.is_empty()).collect();
            let record = Record { keys: vec![key], raw, ..record("firing", &[]) };
            let file = file(before);
            let after = added(&file, &record).expect("a record");
            let (old, new) = (file.text().to_string(), after.text().to_string());
            let at = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
            let end = old.len() - at;
            prop_assert!(new.ends_with(&old[old.len() - end.min(old.len())..]), "{}", new);
        }
    }
}
