//! Permanent identifiers for machines. They come from the ids that a team chose, never from texts, file names or
//! domains.

use uuid::Uuid;

use crate::model::Head;
use crate::model::component::Component;

/// The namespace of all identifiers. Changing it would make every old item appear as new.
const NAMESPACE: Uuid = Uuid::from_u128(0x6e6f_726f_7368_4690_8b1d_7374_6174_7573);

/// The alphabet of a short id, as Statuspage uses it.
const SIGNS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

fn of(parts: &[&str]) -> Uuid {
    Uuid::new_v5(&NAMESPACE, parts.join("\n").as_bytes())
}

/// A `UUIDv5` from the parts of a name.
#[must_use]
pub fn long(parts: &[&str]) -> String {
    of(parts).to_string()
}

/// The `UUIDv5` as a URN.
#[must_use]
pub fn urn(parts: &[&str]) -> String {
    format!("urn:uuid:{}", of(parts))
}

/// Twelve letters and digits from the parts of a name: 60 bits, enough that ten thousand items of a site do not
/// collide.
#[must_use]
pub fn short(parts: &[&str]) -> String {
    signs(of(parts))
}

/// The id of an entry in the status API.
#[must_use]
pub fn api_id(head: &Head) -> String {
    let named = || short(&[head.kind.word(), &head.id, ""]);
    head.api_name.get_or_init(|| head.api_id.clone().unwrap_or_else(named)).clone()
}

/// The id of a component in the status API.
#[must_use]
pub fn component_api_id(component: &Component) -> String {
    component.api_id.clone().unwrap_or_else(|| short(&["component", &component.id]))
}

/// The [`short`] id of the same name, from its [`long`] one; `None` if that is no UUID.
#[must_use]
pub fn shortened(long: &str) -> Option<String> {
    Uuid::parse_str(long).ok().map(signs)
}

fn signs(id: Uuid) -> String {
    let (mut rest, _) = id.as_u64_pair();
    let mut out = String::with_capacity(12);
    for _ in 0..12 {
        // A remainder of 36 is a valid index into the alphabet.
        let sign = usize::try_from(rest % 36).map_or(b'0', |at| SIGNS[at]);
        out.push(char::from(sign));
        rest /= 36;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_ids_are_twelve_signs_and_differ() {
        assert_eq!(short(&["component", "api"]), short(&["component", "api"]));
        assert_eq!(shortened(&long(&["component", "api"])), Some(short(&["component", "api"])));
        assert_eq!(shortened("api"), None);
        assert_ne!(short(&["component", "api"]), short(&["component", "ap", "i"]));
        let many: std::collections::HashSet<String> =
            (0..20_000).map(|n| short(&["incident", &n.to_string()])).collect();
        assert_eq!(many.len(), 20_000);
        assert!(many.iter().all(|id| id.len() == 12 && id.bytes().all(|b| SIGNS.contains(&b))));
    }
}
