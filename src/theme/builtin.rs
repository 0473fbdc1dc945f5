//! The built-in themes.

use crate::languages;

pub(super) struct BuiltIn {
    pub(super) name: &'static str,
    /// The text of `theme.yaml`.
    pub(super) description: &'static str,
    /// The stylesheets and the script from `assets/`.
    pub(super) assets: &'static [(&'static str, &'static str)],
}

pub(super) const ALL: [BuiltIn; 2] = [
    BuiltIn {
        name: "default",
        description: include_str!("../../themes/default/theme.yaml"),
        assets: &[
            ("assets/script.js", include_str!("../../themes/default/assets/script.js")),
            ("assets/style.css", include_str!("../../themes/default/assets/style.css")),
        ],
    },
    BuiltIn {
        name: "terminal",
        description: include_str!("../../themes/terminal/theme.yaml"),
        assets: &[("assets/terminal.css", include_str!("../../themes/terminal/assets/terminal.css"))],
    },
];

/// Files that a copy of `default`'s folder also contains. They have no effect in a theme.
macro_rules! idle {
    ($($file:literal),* $(,)?) => {
        [$(($file, include_str!(concat!("../../themes/default/", $file)))),*]
    };
}

const IDLE: &[(&str, &str)] = &idle![
    "assets/banner.js",
    "templates/404.html",
    "templates/api.html",
    "templates/banner.html",
    "templates/component.html",
    "templates/embed.html",
    "templates/entry.html",
    "templates/faq.html",
    "templates/footer.html",
    "templates/history.html",
    "templates/home.html",
    "templates/layout.html",
    "templates/links.html",
    "templates/month.html",
    "templates/nav.html",
    "templates/page.html",
    "templates/parts.html",
    "templates/subscribe.html",
];

pub(super) fn find(name: &str) -> Option<&'static BuiltIn> {
    ALL.iter().find(|theme| theme.name == name)
}

/// The text of a file that has no effect in a theme, if this is the path of one.
pub(super) fn idle(inside: &str) -> Option<&'static str> {
    IDLE.iter().find(|(known, _)| *known == inside).map(|(_, text)| *text)
}

pub(super) fn locales() -> impl Iterator<Item = String> {
    languages::tags().into_iter().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::os::Shown as _;

    #[test]
    fn every_file_of_the_built_in_themes_is_compiled_in() {
        for theme in ALL {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes").join(theme.name);
            for entry in walkdir::WalkDir::new(&folder).into_iter().map(|entry| entry.expect("a file")) {
                let inside = &*entry.path().strip_prefix(&folder).expect("a path").shown();
                let text = match inside.split_once('/') {
                    _ if !entry.file_type().is_file() => continue,
                    None if inside == "theme.yaml" => Some(theme.description),
                    Some(("messages", file)) => {
                        languages::find(file.trim_end_matches(".ftl")).map(|language| language.messages)
                    }
                    _ => {
                        let asset = theme.assets.iter().find(|(name, _)| *name == inside);
                        asset.map(|(_, text)| *text).or_else(|| idle(inside))
                    }
                };
                let on_disk = std::fs::read_to_string(entry.path()).expect("a text");
                assert_eq!(text, Some(on_disk.as_str()), "themes/{}/{inside}", theme.name);
            }
        }
    }
}
