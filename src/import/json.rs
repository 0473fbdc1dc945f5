//! Parses the JSON values that the import reads, and skips everything else to save memory: a
//! general tree takes sixty times the bytes of a file of small objects.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

use crate::limits::IMPORT_VALUES;

/// The keys that the import reads, sorted. Others are skipped.
pub(super) const KEYS: [&str; 142] = [
    "affected_components",
    "affected_resources",
    "aggregate_state",
    "archived",
    "attributes",
    "author_association",
    "autoEnd",
    "autoStart",
    "body",
    "closed_at",
    "code",
    "collapsed",
    "company_name",
    "completed",
    "completed_at",
    "componentImpacts",
    "component_groups",
    "component_id",
    "component_status",
    "components",
    "contactUrl",
    "contact_url",
    "created",
    "createdAt",
    "created_at",
    "current_page",
    "customDomain",
    "custom_domain",
    "data",
    "date",
    "default",
    "description",
    "display_at",
    "domain",
    "duration",
    "en",
    "enabled",
    "enabled_components",
    "ends_at",
    "explanation",
    "from",
    "group",
    "groupId",
    "groupOrder",
    "group_id",
    "groups",
    "guid",
    "html_url",
    "human",
    "human_status",
    "id",
    "impact",
    "impact_override",
    "incident_updates",
    "incidents",
    "included",
    "issue_url",
    "ja",
    "labels",
    "language",
    "links",
    "maintenances",
    "message",
    "messageHtml",
    "meta",
    "name",
    "new_status",
    "next",
    "notifyStart",
    "number",
    "occurred",
    "occurred_at",
    "only_show_if_degraded",
    "order",
    "page",
    "pageComponentGroups",
    "pageComponentId",
    "pageComponentIds",
    "pageComponents",
    "pageId",
    "page_description",
    "pagination",
    "permalink",
    "pivot",
    "position",
    "postmortem_body",
    "postmortem_ignored",
    "postmortem_published_at",
    "public_name",
    "published",
    "published_at",
    "pull_request",
    "relationships",
    "report_type",
    "resolved",
    "resolved_at",
    "scheduled",
    "scheduled_at",
    "scheduled_auto_completed",
    "scheduled_for",
    "scheduled_maintenances",
    "scheduled_until",
    "shortlink",
    "showcase",
    "slug",
    "start",
    "start_date",
    "started",
    "started_at",
    "starts_at",
    "state",
    "status",
    "statusPage",
    "statusPages",
    "statusReport",
    "statusReportUpdates",
    "statusReports",
    "status_page_resource_id",
    "status_page_section_id",
    "status_report_id",
    "status_updates",
    "stickied",
    "string",
    "subdomain",
    "support_url",
    "time_zone",
    "timezone",
    "title",
    "to",
    "total_pages",
    "type",
    "updateable_id",
    "updateable_type",
    "updated",
    "updatedAt",
    "updated_at",
    "updates",
    "uptime",
    "url",
    "value",
    "visible",
    "websiteUrl",
];

#[derive(Debug)]
pub(super) enum Json {
    Null,
    Bool(bool),
    Number(Number),
    Text(Box<str>),
    List(Vec<Json>),
    Object(Object),
}

/// An object with only the keys that the import reads.
#[derive(Debug)]
pub(super) struct Object {
    pairs: Vec<(&'static str, Json)>,
    /// Which `"id"` of the text is its own, counted from 0: the place of the object for people.
    id: Option<u32>,
}

impl Object {
    /// The value of a key; the last one if the key is repeated.
    pub(super) fn get(&self, key: &str) -> Option<&Json> {
        debug_assert!(KEYS.contains(&key), "the import asks for `{key}` but never keeps it: add it to KEYS");
        self.pairs.iter().rev().find(|(known, _)| *known == key).map(|(_, value)| value)
    }

    pub(super) fn id(&self) -> Option<usize> {
        usize::try_from(self.id?).ok()
    }
}

impl Json {
    /// Parses a text.
    pub(super) fn parse(text: &str) -> Result<Json, serde_json::Error> {
        let (left, ids) = (Cell::new(IMPORT_VALUES), Cell::new(0));
        let mut reader = serde_json::Deserializer::from_str(text);
        let value = Kept { left: &left, ids: &ids }.deserialize(&mut reader)?;
        reader.end()?;
        Ok(value)
    }

    /// Parses a text of one or several values, one after another: a list of them, if they are several.
    pub(super) fn parse_all(text: &str) -> Result<Json, serde_json::Error> {
        let (left, ids) = (Cell::new(IMPORT_VALUES), Cell::new(0));
        let mut reader = serde_json::Deserializer::from_str(text);
        let mut values = Vec::new();
        loop {
            values.push(Kept { left: &left, ids: &ids }.deserialize(&mut reader)?);
            if reader.end().is_ok() {
                return Ok(if values.len() == 1 { values.remove(0) } else { Json::List(values) });
            }
        }
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
    /// The number of keys `id` so far.
    ids: &'c Cell<u32>,
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
        let (mut pairs, mut id) = (Vec::new(), None);
        while let Some(key) = access.next_key_seed(Key)? {
            if key == Some("id") {
                id.get_or_insert(self.ids.get());
                self.ids.set(self.ids.get().saturating_add(1));
            }
            match key {
                Some(key) => pairs.push((key, access.next_value_seed(self)?)),
                None => access.next_value_seed(Skipped { ids: self.ids })?,
            }
        }
        pairs.shrink_to_fit();
        Ok(Json::Object(Object { pairs, id }))
    }
}

/// Skips a value, and counts the keys `id` in it.
#[derive(Clone, Copy)]
struct Skipped<'c> {
    ids: &'c Cell<u32>,
}

impl<'de> DeserializeSeed<'de> for Skipped<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Skipped<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }
    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }
    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }
    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        while access.next_element_seed(self)?.is_some() {}
        Ok(())
    }
    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        while let Some(key) = access.next_key_seed(Key)? {
            if key == Some("id") {
                self.ids.set(self.ids.get().saturating_add(1));
            }
            access.next_value_seed(self)?;
        }
        Ok(())
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
        assert_eq!(object.pairs.len(), 4, "{object:?}");
        assert_eq!(object.get("id").and_then(Json::as_str), Some("b"));
        assert!(matches!(object.get("position"), Some(Json::Number(one)) if one.as_f64() == Some(1.5)));
    }

    #[test]
    fn an_object_knows_which_id_of_the_text_is_its_own() {
        let value =
            Json::parse(r#"{"x": [{"id": 7}, "id"], "components": [{"id": 7}, {"id": {"id": 1}}], "id": 7}"#);
        let value = value.expect("JSON");
        let object = value.as_object().expect("an object");
        assert_eq!(object.id(), Some(4));
        let Some(Json::List(list)) = object.get("components") else { panic!("{object:?}") };
        let ids: Vec<_> = list.iter().map(|one| one.as_object().and_then(Object::id)).collect();
        assert_eq!(ids, [Some(1), Some(2)]);
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
