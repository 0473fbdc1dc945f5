//! Finds the end of a YAML list or mapping in brackets.

/// The offset of the bracket that closes the one at `start`.
pub fn closing(text: &str, start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quote = None;
    let mut is_remark = false;
    let mut is_escaped = false;
    let mut last = ' ';
    for (at, c) in text[start..].char_indices() {
        let was_escaped = std::mem::take(&mut is_escaped);
        match (quote, c) {
            _ if is_remark => is_remark = c != '\n',
            (Some('"'), _) if was_escaped => {}
            (Some('"'), '\\') => is_escaped = true,
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') if matches!(last, ' ' | '[' | '{' | ',' | ':' | '\n') => quote = Some(c),
            (None, '#') if last.is_whitespace() => is_remark = true,
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') if depth == 1 => return Some(start + at),
            (None, ']' | '}') => depth = depth.saturating_sub(1),
            _ => {}
        }
        last = c;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bracket_that_closes_the_first_one_is_found() {
        for text in [
            "[a, b⟦]⟧ x]",
            "{a: [b, {c: d}], e: f⟦}⟧",
            "[\"a]b\", 'c]d' # x]\n⟦]⟧",
            "{a: \"x\\\"}\", b: \"\\\\\"⟦}⟧}",
            "[it's, b⟦]⟧",
        ] {
            let (text, place) = crate::tests::marked(text);
            assert_eq!(closing(&text, 0), Some(place.start), "{text}");
        }
        assert_eq!(closing("[a, \"b]", 0), None);
    }
}
