//! Diagnostics as SARIF 2.1.0 (OASIS), which code scanning and editors read.

use serde_json::{Value, json};

use super::log_words::log_text;
use super::texts::{Texts, region};
use super::{Diagnostic, codes};
use crate::message::Language;
use crate::text::percent_encode;

/// The log of a run as one document. `prefix` is the path from the root of the repository to the root of the site.
#[must_use]
pub fn sarif(found: &[&Diagnostic], texts: &Texts, prefix: &str, language: Language) -> String {
    let mut codes: Vec<&str> = found.iter().map(|diagnostic| diagnostic.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let rules: Vec<Value> = codes.iter().map(|code| rule(code)).collect();
    let results: Vec<Value> = (found.iter())
        .map(|diagnostic| {
            let at = codes.binary_search(&diagnostic.code).unwrap_or_default();
            result(diagnostic, at, texts, prefix, language)
        })
        .collect();
    let driver = json!({
        "name": "noroshi",
        "version": env!("CARGO_PKG_VERSION"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules,
    });
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    });
    serde_json::to_string_pretty(&log).unwrap_or_default()
}

fn rule(code: &str) -> Value {
    let Some(row) = codes::find(code) else { return json!({"id": code}) };
    json!({
        "id": code,
        "shortDescription": {"text": row.means},
        "help": {"text": row.way_out},
        "defaultConfiguration": {"level": row.severity},
    })
}

fn result(diagnostic: &Diagnostic, rule: usize, texts: &Texts, prefix: &str, language: Language) -> Value {
    let uri = percent_encode(&format!("{prefix}{}", diagnostic.place.file)).into_owned();
    let mut place = json!({"artifactLocation": {"uri": uri}});
    if diagnostic.place.range.is_some() {
        let (start, end) = region(diagnostic, texts);
        place["region"] = json!({
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        });
    }
    json!({
        "ruleId": diagnostic.code,
        "ruleIndex": rule,
        "level": diagnostic.severity,
        "message": {"text": log_text(diagnostic, texts, language)},
        "locations": [{"physicalLocation": place}],
    })
}
