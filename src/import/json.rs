//! Parses the JSON values that the import reads, and skips everything else to save memory: a
//! general tree takes sixty times the bytes of a file of small objects.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

use crate::limits::IMPORT_VALUES;

/// The keys that the import reads, sorted. Others are skipped.
pub(super) const KEYS: [&str; 39] = [
    "affected_components",
    "body",
    "code",
    "component_groups",
    "components",
    "created_at",
    "description",
    "display_at",
    "domain",
    "group",
    "group_id",
    "id",
    "impact",
    "impact_override",
    "incident_updates",
    "incidents",
    "name",
    "new_status",
    "only_show_if_degraded",
    "page",
    "page_description",
    "position",
    "postmortem_body",
    "postmortem_ignored",
    "postmortem_published_at",
    "resolved_at",
    "scheduled_auto_completed",
    "scheduled_for",
    "scheduled_maintenances",
    "scheduled_until",
    "shortlink",
    "showcase",
    "start_date",
    "started_at",
    "status",
    "subdomain",
    "support_url",
    "time_zone",
    "url",
];

#[derive(Debug)]
pub(in crate::import) enum Json {
    Null,
    Bool(bool),
    Number(Number),
    Text(Box<str>),
    List(Vec<Json>),
    Object(Object),
}

/// An object with only the keys that the import reads.
#[derive(Debug)]
pub(in crate::import) struct Object(Vec<(&'static str, Json)>);

impl Object {
    /// The value of a key; the last one if the key is repeated.
    pub(super) fn get(&self, key: &str) -> Option<&Json> {
        debug_assert!(KEYS.contains(&key), "the import asks for `{key}` but never keeps it: add it to KEYS");
        self.0.iter().rev().find(|(known, _)| *known == key).map(|(_, value)| value)
    }
}

impl Json {
    /// Parses a text.
    pub(super) fn parse(text: &str) -> Result<Json, serde_json::Error> {
        let left = Cell::new(IMPORT_VALUES);
        let mut reader = serde_json::Deserializer::from_str(text);
        let value = Kept { left: &left }.deserialize(&mut reader)?;
        reader.end()?;
        Ok(value)
    }

    pub(super) fn as_object(&self) -> Option<&Object> {
        match self {
            Json::Object(object) => Some(object),
            _ => None,
        }
    }

    pub(super) fn as_str(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Reads a value, and counts it.
#[derive(Clone, Copy)]
struct Kept<'c> {
    left: &'c Cell<usize>,
}

impl<'de> DeserializeSeed<'de> for Kept<'_> {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        let left = self.left.get().checked_sub(1);
        self.left.set(left.ok_or_else(|| D::Error::custom(format!("more than {IMPORT_VALUES} values")))?);
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Kept<'_> {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }
    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }
    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value.into()))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value.into()))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Number::from_f64(value).map_or(Json::Null, Json::Number))
    }
    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.into()))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(value) = access.next_element_seed(self)? {
            list.push(value);
        }
        list.shrink_to_fit();
        Ok(Json::List(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
        let mut object = Vec::new();
        while let Some(key) = access.next_key_seed(Key)? {
            match key {
                Some(key) => object.push((key, access.next_value_seed(self)?)),
                None => drop(access.next_value::<IgnoredAny>()?),
            }
        }
        object.shrink_to_fit();
        Ok(Json::Object(Object(object)))
    }
}

/// Reads a key, and keeps it if the import reads it.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Option<&'static str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key {
    type Value = Option<&'static str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }
    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(KEYS.binary_search(&key).ok().map(|at| KEYS[at]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_sorted_so_that_each_is_found() {
        assert!(KEYS.is_sorted(), "sorted, for the binary search");
    }

    #[test]
    fn only_what_is_asked_for_is_kept() {
        let value =
            Json::parse(r#"{"x": {"id": [[1]]}, "id": "a", "name": null, "id": "b", "position": 1.5}"#);
        let value = value.expect("JSON");
        let object = value.as_object().expect("an object");
        assert_eq!(object.0.len(), 4, "{object:?}");
        assert_eq!(object.get("id").and_then(Json::as_str), Some("b"));
        assert!(matches!(object.get("position"), Some(Json::Number(one)) if one.as_f64() == Some(1.5)));
    }

    #[test]
    fn what_is_no_json_is_reported_with_its_place() {
        for (text, line, column) in [("{\n\"id\": x}", 2, 7), ("{} {}", 1, 4), ("[1,", 1, 3)] {
            let error = Json::parse(text).expect_err(text);
            assert_eq!((error.line(), error.column()), (line, column), "{text}: {error}");
        }
        assert!(Json::parse(&"[".repeat(100_000)).is_err(), "nested too deeply");
    }

    #[test]
    fn a_file_of_countless_values_ends_the_import_and_not_the_memory() {
        let many = |count: usize| format!("[{}0]", "0,".repeat(count));
        assert!(Json::parse(&many(IMPORT_VALUES - 2)).is_ok());
        let error = Json::parse(&many(IMPORT_VALUES - 1)).expect_err("one too many");
        assert!(error.to_string().contains("more than 2000000 values"), "{error}");
        // The memory limit assumes at most this size for each value of an object.
        assert!(size_of::<(&str, Json)>() <= 48 && size_of::<Json>() <= 32, "{}", size_of::<Json>());
    }
}
