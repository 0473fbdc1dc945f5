//! Computes how large messages become with all their references: a few lines that refer to each other can become
//! gigabytes.
//!
//! Nesting is checked before parsing, because the parser recurses at each level.

use std::collections::BTreeMap;
use std::ops::Range;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Resource};

use crate::limits::{FLUENT_DEPTH, FLUENT_PLACEABLES};

/// The maximum size of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Size {
    /// Bytes of its text, without the values of variables.
    pub(super) bytes: usize,
    /// The number of placeables, including those of its references.
    pub(super) placeables: usize,
}

impl Size {
    /// The size of a message that exceeds every limit.
    const WITHOUT_END: Size = Size { bytes: usize::MAX, placeables: usize::MAX };

    fn and(self, other: Size) -> Size {
        Size {
            bytes: self.bytes.saturating_add(other.bytes),
            placeables: self.placeables.saturating_add(other.placeables),
        }
    }

    fn or(self, other: Size) -> Size {
        Size { bytes: self.bytes.max(other.bytes), placeables: self.placeables.max(other.placeables) }
    }
}

/// The first brace or bracket that is nested too deeply.
pub(super) fn too_deep(text: &str) -> Option<Range<usize>> {
    let mut start = 0;
    let mut depth = 0_usize;
    for line in text.split_inclusive('\n') {
        // A new entry closes everything that is open: the parser discards what came before.
        if begins_entry(line) {
            depth = 0;
        }
        let mut in_literal = false;
        let mut bytes = line.bytes().enumerate();
        while let Some((at, byte)) = bytes.next() {
            match byte {
                b'"' if depth > 0 => in_literal = !in_literal,
                b'\\' if in_literal => drop(bytes.next()),
                _ if in_literal => {}
                // Outside of braces, brackets are text.
                b'{' | b'(' if byte == b'{' || depth > 0 => depth += 1,
                b'}' | b')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > FLUENT_DEPTH {
                return Some(start + at..start + at + 1);
            }
        }
        start += line.len();
    }
    None
}

/// Whether a line begins with `key =` or `-term =`.
fn begins_entry(line: &str) -> bool {
    let name = line.strip_prefix('-').unwrap_or(line);
    let rest = name.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && rest.trim_start_matches(' ').starts_with('=')
}

/// The sizes of the messages in one file. Messages of other files count as zero: they have their own limit.
pub(super) struct Sizes<'r> {
    patterns: BTreeMap<(bool, &'r str), &'r Pattern<&'r str>>,
    known: BTreeMap<(bool, &'r str), Size>,
}

impl<'r> Sizes<'r> {
    pub(super) fn of(resource: &'r Resource<&'r str>) -> Sizes<'r> {
        let patterns = resource.body.iter().filter_map(|entry| match entry {
            Entry::Message(message) => Some(((false, message.id.name), message.value.as_ref()?)),
            Entry::Term(term) => Some(((true, term.id.name), &term.value)),
            _ => None,
        });
        Sizes { patterns: patterns.collect(), known: BTreeMap::new() }
    }

    pub(super) fn message(&mut self, key: &'r str) -> Size {
        self.named((false, key), 0)
    }

    fn named(&mut self, name: (bool, &'r str), depth: usize) -> Size {
        if let Some(size) = self.known.get(&name) {
            return *size;
        }
        let Some(pattern) = self.patterns.get(&name).copied() else { return Size::default() };
        if depth > FLUENT_PLACEABLES {
            return Size::WITHOUT_END;
        }
        // A reference back to itself is not followed, as in Fluent.
        self.known.insert(name, Size::default());
        let size = self.pattern(pattern, depth);
        self.known.insert(name, size);
        size
    }

    fn pattern(&mut self, pattern: &'r Pattern<&'r str>, depth: usize) -> Size {
        let mut size = Size::default();
        for element in &pattern.elements {
            size = size.and(match element {
                PatternElement::TextElement { value } => Size { bytes: value.len(), placeables: 0 },
                PatternElement::Placeable { expression } => {
                    Size { bytes: 0, placeables: 1 }.and(self.expression(expression, depth))
                }
            });
        }
        size
    }

    fn expression(&mut self, expression: &'r Expression<&'r str>, depth: usize) -> Size {
        match expression {
            Expression::Inline(inline) => self.inline(inline, depth),
            Expression::Select { selector, variants } => {
                let mut largest = Size::default();
                for variant in variants {
                    largest = largest.or(self.pattern(&variant.value, depth));
                }
                let Size { placeables, .. } = self.inline(selector, depth);
                Size { bytes: 0, placeables }.and(largest)
            }
        }
    }

    fn inline(&mut self, inline: &'r InlineExpression<&'r str>, depth: usize) -> Size {
        match inline {
            InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value } => {
                Size { bytes: value.len(), placeables: 0 }
            }
            InlineExpression::MessageReference { id, .. } => self.named((false, id.name), depth + 1),
            InlineExpression::TermReference { id, .. } => self.named((true, id.name), depth + 1),
            InlineExpression::Placeable { expression } => self.expression(expression, depth),
            InlineExpression::FunctionReference { .. } | InlineExpression::VariableReference { .. } => {
                Size::default()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(text: &str) -> Size {
        let resource = fluent_syntax::parser::parse(text).expect("messages");
        Sizes::of(&resource).message("a")
    }

    #[test]
    fn nested_braces_are_found_and_braces_in_words_and_literals_are_not() {
        let deep = |piece: &str, count| format!("a = {}", piece.repeat(count));
        for text in [
            deep("{", 10_243),
            format!("a = {{ {}", "NUMBER(".repeat(50_000)),
            format!("a = {{{}", "\nNUMBER(".repeat(50_000)),
            format!("a = {}", "{ $n ->\n *[other] ".repeat(40)),
            deep("{", FLUENT_DEPTH + 1),
        ] {
            assert!(too_deep(&text).is_some(), "{}", &text[..30]);
        }
        for text in [
            deep("{", FLUENT_DEPTH),
            deep(":( ", 1000),
            "a = { \"{\" }\n".repeat(1000),
            "a = { b\n".repeat(1000),
            "a = { \"\\\"{{{\" }\n".repeat(50),
        ] {
            assert_eq!(too_deep(&text), None, "{}", &text[..10]);
        }
    }

    #[test]
    fn a_message_is_as_large_as_all_that_it_refers_to() {
        assert_eq!(size("a = abc { $n } { -b }\n-b = 12345\n"), Size { bytes: 10, placeables: 2 });
        let select = "a = { $n ->\n    [one] x\n   *[other] yyyy { $n }\n}\n";
        assert_eq!(size(select), Size { bytes: 5, placeables: 2 });
    }

    #[test]
    fn messages_that_name_each_other_are_counted_once_and_end() {
        let laughs: String =
            (0..60).map(|n| format!("-b{n} = {{ -b{} }}{{ -b{} }}\n", n + 1, n + 1)).collect();
        let text = format!("a = {{ -b0 }}\n{laughs}-b60 = ha\n");
        assert!(size(&text).bytes > 1 << 60, "counted, not written");
        assert_eq!(size("a = x{ -b }\n-b = y{ -b }\n").bytes, 2);
        let chain: String = (0..20_000).map(|n| format!("-b{n} = {{ -b{} }}\n", n + 1)).collect();
        assert_eq!(size(&format!("a = {{ -b0 }}\n{chain}-b20000 = x\n")), Size::WITHOUT_END);
    }
}
