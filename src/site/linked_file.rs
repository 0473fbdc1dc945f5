//! Finds the content file that a link in an entry names.

use std::borrow::Cow;
use std::sync::Arc;

use crate::text::nfc;

/// The file that an entry's link names, relative to the root: `../faq/a.md` from `content/incidents/b.md`. In
/// composed form (NFC), like [`file_key`].
#[must_use]
pub fn linked_file(from: &str, written: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in written.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(nfc(&parts.join("/")).into_owned())
}

/// A file name in the composed form (NFC) that links use. macOS and archives can store it decomposed.
#[must_use]
pub fn file_key(name: &Arc<str>) -> Arc<str> {
    match nfc(name) {
        Cow::Borrowed(_) => Arc::clone(name),
        Cow::Owned(composed) => composed.into(),
    }
}

/// The original's file if `file` is a translation, else `file`.
#[must_use]
pub fn original_file<'f>(file: &'f str, locales: &[String]) -> Cow<'f, str> {
    for locale in locales {
        if let Some(stem) = file.strip_suffix(&format!(".{locale}.md")) {
            return format!("{stem}.md").into();
        }
    }
    file.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_from_where_they_are_linked() {
        let file = linked_file("content/incidents/2026-11/a.md", "../../faq/b.md");
        assert_eq!(file.as_deref(), Some("content/faq/b.md"));
        assert_eq!(linked_file("a.md", "../../x.md"), None);
        assert_eq!(
            linked_file("content/か\u{3099}/a.md", "か\u{3099}.md").as_deref(),
            Some("content/が/が.md")
        );
        assert_eq!(original_file("content/faq/b.en.md", &["ja".into(), "en".into()]), "content/faq/b.md");
    }
}
