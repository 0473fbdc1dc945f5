//! Fills in the front matter of a template. Keys keep their order; comments and keys without a
//! given value stay.

/// A value for a top-level key or for a nested key, as `internal.reporter`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontValue {
    pub key: String,
    pub child: Option<String>,
    pub yaml: String,
}

impl FrontValue {
    pub fn new(key: &str, yaml: impl Into<String>) -> FrontValue {
        FrontValue { key: key.to_owned(), child: None, yaml: yaml.into() }
    }

    pub fn below(key: &str, child: &str, yaml: impl Into<String>) -> FrontValue {
        FrontValue { key: key.to_owned(), child: Some(child.to_owned()), yaml: yaml.into() }
    }
}

/// A line `key: value  # remark`, which may be commented out.
pub(super) struct Line<'a> {
    pub(super) indent: &'a str,
    pub(super) is_comment: bool,
    pub(super) key: &'a str,
    pub(super) value: &'a str,
    /// The remark with its `#`.
    remark: &'a str,
    /// The column at which the remark starts, in characters.
    column: usize,
}

impl<'a> Line<'a> {
    pub(super) fn read(line: &'a str) -> Option<Line<'a>> {
        let (is_comment, rest) = match line.strip_prefix('#') {
            Some(rest) => (true, rest.strip_prefix(' ').unwrap_or(rest)),
            None => (false, line),
        };
        let content = rest.trim_start_matches(' ');
        let indent = &rest[..rest.len() - content.len()];
        let (key, after) = content.split_once(':')?;
        let is_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
        let sound =
            !key.is_empty() && key.chars().all(is_key) && (after.is_empty() || after.starts_with(' '));
        if !sound {
            return None;
        }
        let at = remark(after);
        let shift = line.len() - after.len();
        let column = line[..shift + at].chars().count();
        Some(Line { indent, is_comment, key, value: after[..at].trim(), remark: &after[at..], column })
    }

    /// The line with another value. The remark keeps its column if there is room.
    pub(super) fn with(&self, yaml: &str) -> String {
        let mut line = format!("{}{}: {yaml}", self.indent, self.key).trim_end().to_owned();
        if !self.remark.is_empty() {
            let room = self.column.saturating_sub(line.chars().count()).max(2);
            line.push_str(&" ".repeat(room));
            line.push_str(self.remark);
        }
        line
    }
}

/// The offset at which the remark of a value starts, or the end of the value.
fn remark(value: &str) -> usize {
    let mut quote = None;
    let mut blank = true;
    for (at, c) in value.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') if blank => quote = Some(c),
            (None, '#') if blank => return at,
            _ => {}
        }
        blank = matches!(c, ' ' | '\t' | '[' | '{' | ',');
    }
    value.len()
}

/// Fills in a template. Keys without a value become comments; new keys go to the end.
pub fn fill(skeleton: &str, given: &[FrontValue]) -> String {
    let lines: Vec<&str> = skeleton.lines().collect();
    let stands = |key: &str| {
        lines
            .iter()
            .filter_map(|l| Line::read(l))
            .any(|l| !l.is_comment && l.indent.is_empty() && l.key == key)
    };
    let mut out: Vec<String> = Vec::new();
    let mut done: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(text) = lines.get(at) {
        at += 1;
        let Some(line) = Line::read(text).filter(|line| line.indent.is_empty()) else {
            out.push((*text).to_owned());
            continue;
        };
        let ours: Vec<&FrontValue> =
            given.iter().filter(|g| g.key == line.key && !done.contains(&&*g.key)).collect();
        // A commented-out key counts only if it has a given value and appears nowhere else.
        if line.is_comment && (ours.is_empty() || stands(line.key)) {
            out.push((*text).to_owned());
            continue;
        }
        let inside =
            |l: &&&str| if line.is_comment { l.starts_with("#  ") } else { l.starts_with([' ', '\t']) };
        let block: Vec<&str> = lines[at..].iter().take_while(inside).copied().collect();
        at += block.len();
        done.extend(ours.iter().map(|g| g.key.as_str()));
        key(&line, text, &block, &ours, &mut out);
    }
    let mut rest: Vec<&FrontValue> = given.iter().filter(|g| !done.contains(&g.key.as_str())).collect();
    while let Some(first) = rest.first().copied() {
        let (same, others): (Vec<&FrontValue>, Vec<&FrontValue>) =
            rest.into_iter().partition(|g| g.key == first.key);
        let line = Line { indent: "", is_comment: false, key: &first.key, value: "", remark: "", column: 0 };
        key(&line, "", &[], &same, &mut out);
        rest = others;
    }
    out.iter().flat_map(|line| [line.as_str(), "\n"]).collect()
}

/// Writes a top-level key with the lines nested below it.
fn key(line: &Line<'_>, text: &str, block: &[&str], given: &[&FrontValue], out: &mut Vec<String>) {
    if let Some(whole) = given.iter().find(|g| g.child.is_none()) {
        out.push(line.with(&whole.yaml));
        return;
    }
    let inner = line.value.strip_prefix('{').and_then(|value| value.strip_suffix('}')).map(str::trim);
    if let Some(inner) = inner.filter(|inner| !inner.is_empty()) {
        let more = given.iter().filter_map(|g| Some(format!(", {}: {}", g.child.as_deref()?, g.yaml)));
        out.push(line.with(&format!("{{{inner}{}}}", more.collect::<String>())));
        return;
    }
    let mut lines: Vec<(bool, String)> = Vec::new();
    let mut indent = "  ";
    let mut done: Vec<&str> = Vec::new();
    for text in block {
        let Some(child) = Line::read(text).filter(|child| !child.indent.is_empty()) else {
            lines.push((!text.trim().is_empty() && !text.trim_start().starts_with('#'), (*text).to_owned()));
            continue;
        };
        indent = child.indent;
        let value = given.iter().find(|g| g.child.as_deref() == Some(child.key));
        done.extend(value.and_then(|g| g.child.as_deref()));
        match value {
            Some(value) => lines.push((true, child.with(&value.yaml))),
            None if child.is_comment => lines.push((false, (*text).to_owned())),
            None if child.value.is_empty() => lines.push((false, format!("# {text}"))),
            None => lines.push((true, (*text).to_owned())),
        }
    }
    let missing = given
        .iter()
        .filter_map(|g| Some((g.child.as_deref()?, &g.yaml)))
        .filter(|(name, _)| !done.contains(name));
    lines.extend(missing.map(|(name, yaml)| (true, format!("{indent}{name}: {yaml}"))));
    if lines.iter().any(|(lives, _)| *lives) {
        out.push(line.with(""));
    } else if line.value.is_empty() && !line.is_comment {
        out.push(format!("# {text}"));
        for (_, line) in &mut lines {
            *line = format!("# {}", line.replacen("# ", "", 1));
        }
    } else {
        out.push(text.to_owned());
    }
    out.extend(lines.into_iter().map(|(_, text)| text));
}

#[cfg(test)]
mod tests {
    use super::*;

    const SKELETON: &str = "# yaml-language-server: $schema=x\ntitle:\nseverity: minor    # minor | moderate\naffects: []\n\
        # detected:   # when we saw it\nscope:\nfields: {}\ninternal:          # never published\n  reporter:    # who\n  author:\n# A word.\n";

    #[test]
    fn what_is_given_stands_at_its_key_and_the_rest_waits() {
        let given = [
            FrontValue::new("title", "\"a: b\""),
            FrontValue::new("severity", "critical"),
            FrontValue::new("detected", "2026-11-20 10:18"),
            FrontValue::new("started", "2026-11-20 10:15"),
            FrontValue::below("internal", "reporter", "Sato"),
            FrontValue::below("internal", "phone", "\"1\""),
            FrontValue::below("fields", "funds", "none"),
        ];
        let wanted = "# yaml-language-server: $schema=x\ntitle: \"a: b\"\nseverity: critical  # minor | moderate\naffects: []\n\
            detected: 2026-11-20 10:18  # when we saw it\n# scope:\nfields:\n  funds: none\ninternal:          # never published\n  reporter: Sato  # who\n#   author:\n  phone: \"1\"\n# A word.\nstarted: 2026-11-20 10:15\n";
        assert_eq!(fill(SKELETON, &given), wanted);
    }

    #[test]
    fn a_key_without_a_value_becomes_a_comment_with_all_below_it() {
        let filled = fill(SKELETON, &[FrontValue::new("title", "a")]);
        assert!(
            filled.contains("\n# scope:\n") && filled.contains("\n# detected:   # when we saw it\n"),
            "{filled}"
        );
        assert!(
            filled
                .contains("\n# internal:          # never published\n#   reporter:    # who\n#   author:\n"),
            "{filled}"
        );
    }

    #[test]
    fn brackets_of_a_skeleton_keep_what_is_in_them() {
        let filled = fill("fields: {a: b}  # ours\n", &[FrontValue::below("fields", "c", "d")]);
        assert_eq!(filled, "fields: {a: b, c: d}  # ours\n");
        let filled = fill(
            "affects:\n  - api\nwindow: {start: , end: }\n",
            &[FrontValue::new("affects", "[web]"), FrontValue::new("window", "{start: x, end: y}")],
        );
        assert_eq!(filled, "affects: [web]\nwindow: {start: x, end: y}\n");
    }
}
