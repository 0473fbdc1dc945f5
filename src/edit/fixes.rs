//! Applies the fixes of diagnostics to a file.

use super::{Edit, Raw};
use crate::diagnostic::Fix;

/// Applies the fixes that can be made together. Of two that touch, it applies the first; the next
/// check finds the other again.
pub fn apply(file: &Raw, fixes: &[Fix]) -> Option<Raw> {
    let text = file.text();
    // A fix lies inside the text and changes it.
    let is_sound = |fix: &&Fix| text.get(fix.range.clone()).is_some_and(|old| old != fix.text);
    let mut fixes: Vec<&Fix> = fixes.iter().filter(is_sound).collect();
    fixes.sort_by_key(|fix| (fix.range.start, fix.range.end));
    let mut edits: Vec<Edit> = Vec::new();
    for fix in fixes {
        // Of two edits on one line, each may be right only without the other.
        let free = edits.last().is_none_or(|last| {
            text[last.range.end..].find('\n').is_some_and(|n| last.range.end + n < fix.range.start)
        });
        if free {
            edits.push(Edit { range: fix.range.clone(), text: fix.text.clone() });
        }
    }
    (!edits.is_empty()).then(|| file.with(&edits))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(text: &str, fixes: &[(usize, usize, &str)]) -> Option<String> {
        let file = Raw::of(&"a.md".into(), text.as_bytes().to_vec()).expect("a text");
        let fixes: Vec<Fix> =
            fixes.iter().map(|(a, b, t)| Fix { range: *a..*b, text: (*t).to_owned() }).collect();
        apply(&file, &fixes).map(|file| String::from_utf8_lossy(file.bytes()).into_owned())
    }

    #[test]
    fn fixes_that_touch_are_made_one_after_another() {
        assert_eq!(applied("ab\r\ncd\r\n", &[(0, 1, "x"), (3, 4, "y")]).as_deref(), Some("xb\r\nyd\r\n"));
        assert_eq!(applied("ab\ncd\n", &[(0, 1, "x"), (1, 2, "y")]).as_deref(), Some("xb\ncd\n"));
        assert_eq!(applied("ab\ncd\n", &[(0, 2, "ab")]), None);
        assert_eq!(applied("ab\ncd\n", &[(9, 12, "y")]), None);
        assert_eq!(
            applied("ab\r\n--\r\ncd\r\n", &[(0, 5, "x\n\ny")]).as_deref(),
            Some("x\r\n\r\ny\r\ncd\r\n")
        );
    }
}
