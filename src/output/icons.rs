//! The symbols of statuses, drawn in a square of 16, so that colour is never the only signal.

use crate::vocabulary::ComponentStatus;

/// Their names and paths.
pub(super) const ALL: [(&str, &str); 6] = [
    ("ok", "M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0Zm-1.2 11.6L3.4 8.2l1.3-1.3 2.1 2.1 4.5-4.5 1.3 1.3z"),
    ("degraded", "M8 1 .5 14.5h15zM7.1 6h1.8v4.4H7.1zm0 5.4h1.8v1.7H7.1z"),
    ("maintenance", "m8 0 8 8-8 8-8-8zM7.1 4.2v4.2l3 1.8.9-1.4-2.1-1.2V4.2z"),
    ("partial", "M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0Zm0 1.9v12.2A6.1 6.1 0 0 1 8 1.9Z"),
    (
        "major",
        "M4.7 0h6.6L16 4.7v6.6L11.3 16H4.7L0 11.3V4.7zM4.4 5.7 6.7 8l-2.3 2.3 1.3 1.3L8 9.3l2.3 2.3 1.3-1.3L9.3 8l2.3-2.3-1.3-1.3L8 6.7 5.7 4.4z",
    ),
    ("info", "M2 0h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H2a2 2 0 0 1-2-2V2a2 2 0 0 1 2-2Zm5 3v2h2V3zm0 4v6h2V7z"),
];

/// The name of a status's symbol, which is also its CSS class.
pub(super) fn name(status: ComponentStatus) -> &'static str {
    match status {
        ComponentStatus::Operational => "ok",
        ComponentStatus::Degraded => "degraded",
        ComponentStatus::Maintenance => "maintenance",
        ComponentStatus::Partial => "partial",
        ComponentStatus::Major => "major",
    }
}

pub(super) fn path(name: &str) -> &'static str {
    ALL.iter().find(|(known, _)| *known == name).map_or("", |(_, path)| path)
}
