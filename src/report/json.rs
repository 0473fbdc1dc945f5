//! Writes a report for programs, in the shape that `src/output/api/schemas/report.json` defines.

use serde::Serializer;

use super::Report;
use crate::model::Instant;

/// The report as JSON (RFC 8259). Times are in UTC, durations are seconds, unknown values are `null`.
#[must_use]
pub fn json(report: &Report) -> String {
    // It has text, lists, whole numbers and finite percentages, so writing cannot fail.
    let mut text = serde_json::to_string_pretty(report).unwrap_or_default();
    text.push('\n');
    text
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for references")]
pub(super) fn iso<S: Serializer>(at: &Instant, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&at.iso())
}

#[expect(clippy::ref_option, reason = "serde asks for references")]
pub(super) fn iso_or_null<S: Serializer>(at: &Option<Instant>, to: S) -> Result<S::Ok, S::Error> {
    match at {
        Some(at) => to.serialize_str(&at.iso()),
        None => to.serialize_none(),
    }
}
