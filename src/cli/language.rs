//! The language of messages.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::file;
use crate::limits::TEXT_FILE_BYTES;
use crate::message::Language;

/// What can name the language, the strongest first.
struct Wishes<'w> {
    /// The arguments of the process, before they are parsed: what is wrong with them is told in the language, too.
    arguments: &'w [OsString],
    environment: &'w dyn Fn(&str) -> Option<String>,
}

/// The language of the option `--lang`, of `NOROSHI_LANG`, of the environment's locale, or else the first one of the
/// site: a CI that has no locale tells a Japanese team in Japanese what is wrong.
pub(super) fn choose() -> Language {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let environment = |name: &str| std::env::var_os(name)?.into_string().ok();
    let wishes = Wishes { arguments: &arguments, environment: &environment };
    wishes.named().unwrap_or_else(|| of_site(&wishes.root()).unwrap_or(Language::ENGLISH))
}

impl Wishes<'_> {
    fn named(&self) -> Option<Language> {
        let option = self.option("--lang").and_then(|tag| Language::find(&tag.to_string_lossy()));
        option.or_else(|| Language::find(&self.variable("NOROSHI_LANG")?)).or_else(|| self.of_locale())
    }

    /// The language of the locale, in the order of POSIX (Base Definitions 8.2). `C` and `POSIX` name no language;
    /// one without messages is English, because its user would not read another team's either.
    fn of_locale(&self) -> Option<Language> {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| self.variable(name))?;
        let name = locale.split(['.', '@']).next().unwrap_or_default();
        let is_language = !matches!(name, "C" | "POSIX");
        is_language.then(|| Language::find(name).unwrap_or(Language::ENGLISH))
    }

    /// A variable that is set and not empty.
    fn variable(&self, name: &str) -> Option<String> {
        (self.environment)(name).filter(|value| !value.is_empty())
    }

    fn root(&self) -> PathBuf {
        self.option("--root").map_or_else(|| PathBuf::from("."), PathBuf::from)
    }

    /// The value of an option, `--name value` or `--name=value`. The last one counts, as it does for the parser.
    fn option(&self, name: &str) -> Option<OsString> {
        let mut found = None;
        let mut arguments = self.arguments.iter().take_while(|argument| *argument != "--");
        while let Some(argument) = arguments.next() {
            if argument == name {
                found = arguments.next().cloned().or(found);
            } else if let Some(rest) = argument.to_str().and_then(|argument| argument.strip_prefix(name)) {
                found = rest.strip_prefix('=').map(OsString::from).or(found);
            }
        }
        found
    }
}

/// The first language of a site. site.yaml may be what is broken, so its line is searched for, not parsed.
fn of_site(root: &Path) -> Option<Language> {
    let bytes = file::read(&root.join("content/site.yaml"), TEXT_FILE_BYTES).ok()?;
    first_locale(&String::from_utf8_lossy(&bytes))
}

fn first_locale(text: &str) -> Option<Language> {
    let mut lines = text.lines().skip_while(|line| !line.starts_with("locales"));
    let of_key = lines.next()?.strip_prefix("locales")?.trim_start().strip_prefix(':')?;
    let of_key = of_key.split(" #").next().unwrap_or_default();
    let value = if of_key.trim().is_empty() {
        lines.find(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'))?
    } else {
        of_key
    };
    let tag = value.split(|c: char| !c.is_ascii_alphanumeric()).find(|part| !part.is_empty())?;
    Language::find(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tag of the language that is named; arguments and variables are split at blanks.
    fn named(arguments: &str, variables: &str) -> Option<&'static str> {
        let arguments: Vec<OsString> = arguments.split_whitespace().map(OsString::from).collect();
        let variables: Vec<(&str, &str)> =
            variables.split_whitespace().filter_map(|pair| pair.split_once('=')).collect();
        let environment = |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        Wishes { arguments: &arguments, environment: &environment }.named().map(Language::tag)
    }

    #[test]
    fn the_strongest_wish_decides() {
        for (arguments, variables, wanted) in [
            ("check", "", None),
            ("check --lang ja", "NOROSHI_LANG=en LANG=en_US.UTF-8", Some("ja")),
            ("--lang=en check", "NOROSHI_LANG=ja", Some("en")),
            ("check --lang ja --lang en", "", Some("en")),
            ("check -- --lang ja", "", None),
            ("check --language ja", "", None),
            ("check", "NOROSHI_LANG=ja LC_ALL=en_US", Some("ja")),
            ("check", "NOROSHI_LANG= LC_ALL=en_US LANG=ja_JP", Some("en")),
            ("check", "LC_MESSAGES=ja_JP.UTF-8 LANG=en_US.UTF-8", Some("ja")),
            ("check", "LANG=ja", Some("ja")),
            ("check", "LANG=ja_JP.eucJP@x", Some("ja")),
            ("check", "LC_ALL=C.UTF-8 LANG=ja_JP", None),
            ("check", "LANG=POSIX", None),
            ("check", "LANG=fr_FR.UTF-8", Some("en")),
        ] {
            assert_eq!(named(arguments, variables), wanted, "{arguments} | {variables}");
        }
    }

    #[test]
    fn the_first_language_of_a_site_is_found_in_broken_files_too() {
        for (text, wanted) in [
            ("title: x\nlocales: [ja, en]\n", Some("ja")),
            ("locales: [ \"ja-JP\" ]\n", Some("ja")),
            ("locales: # of the site\n  # first\n  - ja\n  - en\n", Some("ja")),
            ("locales: ja\ntitle: [\n", Some("ja")),
            ("locales: [en, ja]\n", Some("en")),
            ("locales: [fr, ja]\n", None),
            ("locales:\n", None),
            ("localesx: [ja]\n", None),
            ("title: x\n", None),
        ] {
            assert_eq!(first_locale(text).map(Language::tag), wanted, "{text}");
        }
    }
}
