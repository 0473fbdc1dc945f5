//! The values of a webhook's body by their path. A value of another type counts as missing.

use serde_json::Value;

use super::shape::{Labels, Misread};
use crate::limits::ALERT_LABEL_BYTES;
use crate::model::{Instant, Zone};

#[derive(Clone, Copy, Debug)]
pub struct Body<'v>(pub &'v Value);

impl<'v> Body<'v> {
    /// The value at a path such as `event.data.id`.
    pub fn at(self, path: &str) -> Option<&'v Value> {
        path.split('.').try_fold(self.0, |value, key| value.get(key)).filter(|value| !value.is_null())
    }

    /// The mapping at a path; empty if there is none.
    pub fn inner(self, path: &str) -> Body<'v> {
        Body(self.at(path).unwrap_or(&Value::Null))
    }

    /// The items of a list; empty if there is none.
    pub fn list(self, path: &str) -> &'v [Value] {
        self.at(path).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// A text or a number that is not empty.
    pub fn text(self, path: &str) -> Option<String> {
        self.at(path).and_then(scalar)
    }

    /// The first of these texts that exists.
    pub fn first(self, paths: &[&str]) -> Option<String> {
        paths.iter().find_map(|path| self.text(path))
    }

    pub fn required(self, path: &str) -> Result<String, Misread> {
        self.text(path).ok_or_else(|| Misread::missing(path))
    }

    pub fn time(self, path: &str) -> Option<Instant> {
        self.at(path).and_then(instant)
    }

    /// The first of these addresses that people can open.
    pub fn link(self, paths: &[&str]) -> Option<String> {
        let is_link = |link: &String| {
            let (https, http) = (link.starts_with("https://"), link.starts_with("http://"));
            (https || http) && !link.contains(|c: char| c.is_whitespace() || c.is_control())
        };
        paths.iter().filter_map(|path| self.text(path)).find(is_link)
    }

    /// Every text and number of a mapping, by its key.
    pub fn pairs(self) -> impl Iterator<Item = (&'v str, String)> {
        let map = self.0.as_object().into_iter().flatten();
        map.filter_map(|(key, value)| Some((key.as_str(), scalar(value)?)))
    }
}

/// Adds a label if it has a value.
pub fn label(labels: &mut Labels, name: &str, value: Option<String>) {
    let cut = |text: &str| {
        let end = (0..=text.len().min(ALERT_LABEL_BYTES)).rev().find(|at| text.is_char_boundary(*at));
        text[..end.unwrap_or(0)].to_owned()
    };
    labels.extend(value.map(|value| (cut(name), cut(&value))));
}

/// Adds a tag, and if it is `key:value`, a label of that name.
pub fn tag(labels: &mut Labels, tag: &str) {
    label(labels, "tag", Some(tag.to_owned()));
    if let Some((name, value)) = tag.split_once(':').filter(|(name, _)| !name.is_empty()) {
        label(labels, name, Some(value.trim().to_owned()));
    }
}

/// A text, number or boolean as text; `None` if it is empty.
pub fn scalar(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(is) => is.to_string(),
        _ => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}

/// A time of RFC 3339, or the seconds, milliseconds, microseconds or nanoseconds since 1970. Senders write the year 1
/// for a time that is not known; this and every other time outside 1970 to 2100 counts as missing.
fn instant(value: &Value) -> Option<Instant> {
    const YEAR_2100: i64 = 4_102_444_800;
    let text = scalar(value)?;
    let at = match text.parse::<i64>() {
        Ok(number) if number >= 100_000_000_000_000_000 => Instant(number / 1_000_000_000),
        Ok(number) if number >= 100_000_000_000_000 => Instant(number / 1_000_000),
        Ok(number) if number >= 100_000_000_000 => Instant(number / 1_000),
        Ok(number) => Instant(number),
        Err(_) => rfc3339(&text)?,
    };
    Some(at).filter(|at| (1..YEAR_2100).contains(&at.0))
}

fn rfc3339(text: &str) -> Option<Instant> {
    let is_dated = text.get(..11).is_some_and(|date| {
        let mut parts = date.bytes().enumerate();
        parts.all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            10 => matches!(byte, b'T' | b't' | b' '),
            _ => byte.is_ascii_digit(),
        })
    });
    let (clock, rest) = text.split_once('.').unwrap_or((text, ""));
    let offset = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let utc = Zone::named("UTC").filter(|_| is_dated)?;
    utc.read(&format!("{clock}{offset}")).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn times_are_read_in_every_form_that_senders_use() {
        for value in [
            json!("2026-11-20T01:15:00Z"),
            json!("2026-11-20T01:15:00.123456789Z"),
            json!("2026-11-20T10:15:00.5+09:00"),
            json!("2026-11-20T10:15:00+09:00"),
            json!(1_795_137_300),
            json!(1_795_137_300_000_i64),
            json!("1795137300000"),
            json!(1_795_137_300_000_000_i64),
            json!(1_795_137_300_000_000_000_i64),
        ] {
            assert_eq!(instant(&value).map(Instant::iso).as_deref(), Some("2026-11-20T01:15:00Z"), "{value}");
        }
    }

    #[test]
    fn a_time_that_is_not_known_is_missing() {
        for value in [
            json!("0001-01-01T00:00:00Z"),
            json!("9999-01-01T00:00:00Z"),
            json!("soon"),
            json!("10:15"),
            json!(""),
            json!(0),
            json!(-1),
            json!(1.5),
            json!(i64::MAX),
            json!(u64::MAX),
            json!(["2026-11-20T01:15:00Z"]),
            json!(null),
        ] {
            assert_eq!(instant(&value), None, "{value}");
        }
    }

    #[test]
    fn a_link_is_an_address_that_a_browser_opens() {
        let value =
            json!({"a": "javascript:alert(1)", "b": "https://a b", "c": "https://a.example/x?y=1", "d": 1});
        assert_eq!(Body(&value).link(&["a", "b", "d", "e", "c"]).as_deref(), Some("https://a.example/x?y=1"));
    }

    #[test]
    fn a_tag_with_a_colon_is_a_label_too() {
        let mut labels = Labels::new();
        tag(&mut labels, "service:api");
        tag(&mut labels, ":x");
        let pairs: Vec<_> = labels.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(pairs, [("tag", "service:api"), ("service", "api"), ("tag", ":x")]);
    }
}
