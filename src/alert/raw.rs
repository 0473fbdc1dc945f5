//! An alert as lines for its entry: `alerts.0.labels.service: api`.
//!
//! Each line holds its key, so that the search for private text never takes one word of an alert for a secret: an
//! alert must not be able to stop a publication.

use serde_json::Value;

use super::body;
use crate::limits::{ALERT_LINE_BYTES, ALERT_LINES, ALERT_RAW_BYTES};
use crate::text;

/// Bytes of the key of a line.
const KEY_BYTES: usize = 100;

/// The values of a body that are not empty, each with its path. A long value has several lines.
#[must_use]
pub fn lines(body: &Value) -> Vec<String> {
    let mut lines = Lines { all: Vec::new(), bytes: 0, left: 0 };
    // A stack of its own: the next value is the last.
    let mut stack = vec![(String::new(), body)];
    while let Some((path, value)) = stack.pop() {
        let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        match value {
            Value::Object(map) => stack.extend(map.iter().rev().map(|(key, value)| (below(key), value))),
            Value::Array(list) => {
                stack
                    .extend(list.iter().enumerate().rev().map(|(at, value)| (below(&at.to_string()), value)));
            }
            value => lines.add(&path, value),
        }
    }
    lines.finish()
}

struct Lines {
    all: Vec<String>,
    bytes: usize,
    left: usize,
}

impl Lines {
    fn add(&mut self, path: &str, value: &Value) {
        let Some(value) = body::scalar(value).map(|value| text::one_line(&value, usize::MAX)) else { return };
        let (key, _) = split(&text::one_line(path, usize::MAX), KEY_BYTES);
        let key = if key.is_empty() { "value".to_owned() } else { key };
        let mut rest = value;
        while !rest.is_empty() {
            let (part, more) = split(&rest, ALERT_LINE_BYTES - key.len() - 2);
            let line = format!("{key}: {part}");
            rest = more;
            if self.all.len() + 1 >= ALERT_LINES || self.bytes + line.len() > ALERT_RAW_BYTES {
                self.left += 1;
                continue;
            }
            self.bytes += line.len();
            self.all.push(line);
        }
    }

    fn finish(mut self) -> Vec<String> {
        if self.left > 0 {
            self.all.push(format!("left out: {}", text::count(self.left, "line", "lines")));
        }
        self.all
    }
}

/// The beginning of a text, of at most `most` bytes, and the rest.
fn split(text: &str, most: usize) -> (String, String) {
    let end = (0..=text.len().min(most)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    (text[..end].trim().to_owned(), text[end..].trim().to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_value_is_a_line_with_its_path() {
        let body = json!({"b": {"c": "x\ny", "d": []}, "a": [{"e": 1}, true, null, ""]});
        assert_eq!(lines(&body), ["a.0.e: 1", "a.1: true", "b.c: x y"]);
        assert_eq!(lines(&json!("x")), ["value: x"]);
    }

    #[test]
    fn a_long_value_has_its_key_on_every_line() {
        let all = lines(&json!({"summary": "遅延".repeat(100)}));
        assert!(all.len() > 2, "{all:?}");
        assert!(
            all.iter().all(|line| line.starts_with("summary: ") && line.len() <= ALERT_LINE_BYTES),
            "{all:?}"
        );
    }

    #[test]
    fn what_is_left_out_is_counted() {
        let all = lines(&json!((0..1_000).collect::<Vec<i32>>()));
        assert_eq!(all.len(), ALERT_LINES);
        assert_eq!(all.last().map(String::as_str), Some("left out: 801 lines"));
        let all = lines(&json!({"k".repeat(500): "v".repeat(100_000)}));
        assert!(all.iter().map(String::len).sum::<usize>() <= ALERT_RAW_BYTES + 40, "{}", all.len());
    }
}
