//! Writes metrics in the text format of `OpenMetrics` 1.0.
//!
//! Only gauges, without timestamps: the older text format of Prometheus reads the same bytes, and the same facts give
//! the same text.

use std::fmt::Write as _;

/// Adds the lines that come before the samples of a family. The unit is the end of its name, or empty.
pub fn family(out: &mut String, name: &str, unit: &str, help: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "# TYPE {name} gauge");
    if !unit.is_empty() {
        let _ = writeln!(out, "# UNIT {name} {unit}");
    }
    let _ = writeln!(out, "# HELP {name} {help}");
}

/// Adds a sample with its labels.
pub fn sample(out: &mut String, name: &str, labels: &[(&str, &str)], value: impl std::fmt::Display) {
    out.push_str(name);
    for (at, (label, text)) in labels.iter().enumerate() {
        let _ = write!(out, "{}{label}=\"{}\"", if at == 0 { '{' } else { ',' }, escaped(text));
    }
    let _ = writeln!(out, "{} {value}", if labels.is_empty() { "" } else { "}" });
}

/// Ends the file.
pub fn end(out: &mut String) {
    out.push_str("# EOF\n");
}

/// The value of a label.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::Dice;

    /// The value of the only label of a sample, as section 4 of the standard reads it.
    fn read(line: &str) -> Option<String> {
        let mut found = String::new();
        let mut rest = line.strip_prefix("a{b=\"")?.chars();
        loop {
            match rest.next()? {
                '"' => return (rest.as_str() == "} 1\n").then_some(found),
                '\n' => return None,
                '\\' => found.push(match rest.next()? {
                    'n' => '\n',
                    c @ ('"' | '\\') => c,
                    _ => return None,
                }),
                c => found.push(c),
            }
        }
    }

    #[test]
    fn any_text_of_a_label_can_be_read_back() {
        let parts = ["\\", "\"", "\n", "n", "}", " 1", "#", "=", ",", "\\n", "入金", "\u{202e}", "{"];
        for seed in 0..2_000 {
            let mut dice = Dice::new(seed);
            let text: String = (0..dice.roll(9))
                .map(|_| parts[usize::try_from(dice.roll(parts.len() as u64)).expect("a small number")])
                .collect();
            let mut line = String::new();
            sample(&mut line, "a", &[("b", &text)], 1);
            assert_eq!(read(&line), Some(text), "{line}");
        }
    }

    #[test]
    fn a_sample_has_its_labels_in_order_or_none() {
        let mut out = String::new();
        family(&mut out, "a_seconds", "seconds", "Help.");
        sample(&mut out, "a_seconds", &[], 7);
        sample(&mut out, "a_seconds", &[("b", "c"), ("d", "e")], "0.9997");
        end(&mut out);
        assert_eq!(
            out,
            "# TYPE a_seconds gauge\n# UNIT a_seconds seconds\n# HELP a_seconds Help.\na_seconds 7\n\
             a_seconds{b=\"c\",d=\"e\"} 0.9997\n# EOF\n"
        );
    }
}
