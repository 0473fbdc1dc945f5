//! The built-in templates for new entries, and the choice between templates.

/// The name and the text of a template.
pub type Template = (&'static str, &'static str);

macro_rules! templates {
    ($($name:literal),* $(,)?) => {
        [$(
            ($name, include_str!(concat!("../cli/starter/templates/", $name, ".md"))),
            (concat!($name, ".ja"), include_str!(concat!("../cli/starter/templates/", $name, ".ja.md"))),
        )*]
    };
}

/// The built-in templates, in English and Japanese. `init` writes all of them.
pub const BUILT_IN: [Template; 22] = templates![
    "incident-minor",
    "incident-moderate",
    "incident-critical",
    "maintenance",
    "maintenance-regular",
    "maintenance-update",
    "maintenance-server",
    "maintenance-emergency",
    "notice",
    "faq",
    "page",
];

/// The names of matching templates, best first: the variant before the kind, and for each the one
/// in the language first.
pub fn names(kind: &str, variant: Option<&str>, locale: &str) -> Vec<String> {
    let stems = variant.map(|variant| format!("{kind}-{variant}")).into_iter().chain([kind.to_owned()]);
    stems.flat_map(|stem| [format!("{stem}.{locale}"), stem]).collect()
}

/// The built-in template of the first name that has one.
pub fn built_in(names: &[String]) -> Option<Template> {
    names.iter().find_map(|name| BUILT_IN.into_iter().find(|(known, _)| known == name))
}

/// Splits a template into front matter and body. Returns `None` if it does not start with front matter.
pub fn split(text: &str) -> Option<(&str, &str)> {
    let front = text.strip_prefix("---\n")?;
    if let Some(body) = front.strip_prefix("---\n") {
        return Some(("", body));
    }
    let end = front.find("\n---\n").or_else(|| front.strip_suffix("\n---").map(str::len))?;
    Some((&front[..=end], front.get(end + 5..).unwrap_or("")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_skeleton_is_taken() {
        let taken = |kind, variant, locale| built_in(&names(kind, variant, locale)).map(|(name, _)| name);
        assert_eq!(taken("incident", Some("critical"), "ja"), Some("incident-critical.ja"));
        assert_eq!(taken("incident", Some("critical"), "en"), Some("incident-critical"));
        assert_eq!(taken("incident", Some("critical"), "de"), Some("incident-critical"));
        assert_eq!(taken("maintenance", Some("bank"), "ja"), Some("maintenance.ja"));
        assert_eq!(taken("faq", None, "en"), Some("faq"));
    }

    #[test]
    fn a_skeleton_is_split_like_an_entry() {
        assert_eq!(split("---\ntitle:\n---\nx\n"), Some(("title:\n", "x\n")));
        assert_eq!(split("---\ntitle:\n---"), Some(("title:\n", "")));
        assert_eq!(split("---\n---\nx"), Some(("", "x")));
        assert_eq!(split("title:\n"), None);
        for (name, text) in BUILT_IN {
            assert!(split(text).is_some(), "{name}");
        }
    }
}
