//! The fuzz target of recurrence rules.

use noroshi::internals::model::recurrence::Rule;

use super::parts::Part;
use super::site::{self, CONFIG};

/// Start days of the window. If a rule is valid and the series starts on a day that the help names,
/// the series is rendered.
const STARTS: [&str; 2] = ["2026-11-03", "2015-01-01"];

/// Tries any text as a rule. A valid rule prints as itself; otherwise the error points to a part of
/// it. Then it renders a series from a day that the rule contains.
pub fn rule(bytes: &[u8]) -> usize {
    let Ok(text) = str::from_utf8(bytes) else { return 0 };
    match Rule::parse(text) {
        Ok(rule) => {
            assert_eq!(Rule::parse(&rule.to_string()), Ok(rule.clone()), "{rule}");
            STARTS.iter().map(|start| series(&rule.to_string(), start)).sum()
        }
        Err(fault) => {
            assert!(text.get(fault.range.clone()).is_some(), "{fault:?}");
            let corrected =
                fault.help.english().split_once("`rule: \"").and_then(|(_, rest)| rest.split_once("\"`"));
            if let Some((line, _)) = corrected {
                assert!(Rule::parse(line).is_ok(), "{fault:?}");
            }
            series(text, STARTS[0])
        }
    }
}

fn series(rule: &str, start: &str) -> usize {
    let rule = serde_json::to_string(rule).unwrap_or_default();
    let entry = |start: &str| {
        let text = format!(
            "---\ntitle: Weekly\nkind: regular\naffects: [api]\n\
             window: {{start: {start} 02:00, end: {start} 05:00}}\nrecurrence: {{rule: {rule}}}\n---\nWork.\n"
        );
        let named = |name: &str, text: &str| Part { name: name.into(), bytes: text.as_bytes().to_vec() };
        [named("content/maintenance/weekly.md", &text), named("content/site.yaml", CONFIG)]
    };
    let errors = site::errors(&entry(start));
    let named = errors.iter().find_map(|(_, help)| help.split_once("the next is ")?.1.get(..10));
    match named {
        // Thousands of pages of a daily series from 2015 would only be slow.
        Some(day) if day > "2026" => site::look_once(&entry(day)),
        None if errors.is_empty() && start > "2026" => site::look_once(&entry(start)),
        _ => 0,
    }
}
