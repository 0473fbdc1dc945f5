//! `theme.yaml`: the theme that it extends, the colour schemes, and the tokens, which are the values that all
//! rules of the stylesheet use.

use std::fmt::Write as _;
use std::sync::Arc;

use super::colour::Colour;
use crate::diagnostic::{Diagnostic, Place};
use crate::document;
use crate::document::yaml::{Data, Entry, Node, Yaml};
use crate::message::{Message, did_you_mean, message, some_of};
use crate::text;

pub const COLOURS: [(&str, &str); 11] = [
    ("paper", "background of every page"),
    ("card", "background of cards and boxes"),
    ("ink", "text"),
    ("soft", "less important text: times, captions"),
    ("line", "borders and rules"),
    ("accent", "focus, notes, what readers should do"),
    ("ok", "operational"),
    ("degraded", "degraded performance"),
    ("maintenance", "under maintenance"),
    ("partial", "partial outage"),
    ("major", "major outage"),
];

pub const OTHERS: [(&str, Form, &str); 4] = [
    ("measure", Form::Length, "width of the text"),
    ("radius", Form::Length, "roundness of corners"),
    ("font", Form::Fonts, "fonts of all text"),
    ("mono", Form::Fonts, "fonts of code"),
];

/// The form of a token that is not a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A number with its unit, or zero.
    Length,
    /// Font names; the first available one is used.
    Fonts,
}

/// The colour schemes that a site offers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// The scheme that the reader's system asks for.
    #[default]
    Both,
    Light,
    /// Dark on every screen; print stays light.
    Dark,
}

impl Scheme {
    const ALL: [Scheme; 3] = [Scheme::Both, Scheme::Light, Scheme::Dark];

    /// The name in CSS and in a page's `color-scheme`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Scheme::Both => "light dark",
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        }
    }

    /// The schemes that screens show: index into a [`Pair`] and name.
    pub(super) fn shown(self) -> &'static [(usize, &'static str)] {
        match self {
            Scheme::Both => &[(LIGHT, "light"), (DARK, "dark")],
            Scheme::Light => &[(LIGHT, "light")],
            Scheme::Dark => &[(DARK, "dark")],
        }
    }
}

/// The values for the light and the dark scheme.
pub(super) type Pair<T> = [T; 2];
pub(super) const LIGHT: usize = 0;
pub(super) const DARK: usize = 1;

/// The content of one `theme.yaml`.
#[derive(Debug, Default)]
pub(super) struct Description {
    /// The parent's name and its position in the file.
    pub(super) extends: Option<(String, Option<Place>)>,
    scheme: Option<Scheme>,
    colours: [Pair<Option<Colour>>; COLOURS.len()],
    others: [Option<String>; OTHERS.len()],
    /// The parsed file, for finding positions.
    yaml: Option<Yaml>,
}

impl Description {
    pub(super) fn read(file: &Arc<str>, text: &Arc<str>, found: &mut Vec<Diagnostic>) -> Description {
        let yaml = document::parse_config(file, text, found);
        let mut description = Description::default();
        let mut reader = Reader { yaml: &yaml, found };
        for entry in yaml.root.entries() {
            let node = &entry.node;
            match entry.key.as_str() {
                "extends" => {
                    description.extends = reader.text(node).map(|name| (name, Some(yaml.place(&node.range))));
                }
                "scheme" => description.scheme = reader.scheme(node),
                "tokens" => reader.tokens(node, &mut description),
                key => {
                    let message = message!("theme-unknown-key", "there is no key `{key}`", key);
                    reader.unknown("theme/unknown-key", message, entry, &["extends", "scheme", "tokens"]);
                }
            }
        }
        description.yaml = Some(yaml);
        description
    }

    pub(super) fn place(&self, at: usize, scheme: usize) -> Option<Place> {
        let yaml = self.yaml.as_ref()?;
        let (name, _) = COLOURS[at];
        let colour = yaml.root.get("tokens")?.get(name)?;
        let own = colour.get(if scheme == DARK { "dark" } else { "light" });
        Some(yaml.place(&own.unwrap_or(colour).range))
    }
}

/// Reads values. If one is invalid, it reports what is allowed.
struct Reader<'a> {
    yaml: &'a Yaml,
    found: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn fail(&mut self, code: &'static str, node: &Node, message: Message, help: Message) {
        self.found.push(Diagnostic::error(code, self.yaml.place(&node.range), message).help(help));
    }

    fn unknown(&mut self, code: &'static str, message: Message, entry: &Entry, known: &[&str]) {
        let Entry { key, key_range, .. } = entry;
        let near = text::nearest(key, known.iter().copied());
        let help = did_you_mean(near, || {
            let see = message!("theme-docs-has-all", "docs/branding.md has all");
            message!("theme-use-one-of", "use one of {words}", words = some_of(known, &see))
        });
        self.found.push(Diagnostic::error(code, self.yaml.place(key_range), message).help(help));
    }

    fn text(&mut self, node: &Node) -> Option<String> {
        if matches!(node.data, Data::List(_) | Data::Map(_)) {
            let message =
                message!("theme-not-one-value", "this must be text, not {kind}", kind = node.kind());
            let help = message!("theme-not-one-value-help", "write one value on the line");
            self.fail("theme/wrong-type", node, message, help);
        }
        node.scalar().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    fn scheme(&mut self, node: &Node) -> Option<Scheme> {
        let written = self.text(node)?;
        let mut words: Vec<&str> = written.split_whitespace().collect();
        words.sort_unstable_by_key(|word| *word == "dark");
        let scheme = Scheme::ALL.into_iter().find(|scheme| scheme.word() == words.join(" "));
        if scheme.is_none() {
            let message = message!("theme-bad-scheme", "`{written}` is not a colour scheme", written);
            let help = message!("theme-bad-scheme-help", "write `light dark`, `light` or `dark`");
            self.fail("theme/bad-scheme", node, message, help);
        }
        scheme
    }

    fn tokens(&mut self, node: &Node, description: &mut Description) {
        if !matches!(node.data, Data::Map(_) | Data::Null) {
            let message = message!(
                "theme-tokens-not-mapping",
                "`tokens` must be a mapping, not {kind}",
                kind = node.kind()
            );
            let help =
                message!("theme-tokens-not-mapping-help", "write one `name: value` on each line below it");
            self.fail("theme/wrong-type", node, message, help);
        }
        for entry in node.entries() {
            let Entry { key: name, node, .. } = entry;
            if let Some(at) = COLOURS.iter().position(|(known, _)| known == name) {
                self.colours(node, &mut description.colours[at]);
            } else if let Some(at) = OTHERS.iter().position(|(known, ..)| known == name) {
                description.others[at] = self.other(node, OTHERS[at].1);
            } else {
                let known =
                    COLOURS.iter().map(|(name, _)| *name).chain(OTHERS.iter().map(|(name, ..)| *name));
                let known: Vec<&str> = known.collect();
                let message = message!("theme-unknown-token", "there is no token `{name}`", name);
                self.unknown("theme/unknown-token", message, entry, &known);
            }
        }
    }

    /// Reads one colour for both schemes, or a mapping of schemes to colours.
    fn colours(&mut self, node: &Node, into: &mut Pair<Option<Colour>>) {
        let Data::Map(entries) = &node.data else {
            *into = [self.colour(node); 2];
            return;
        };
        for entry in entries {
            match entry.key.as_str() {
                "light" => into[LIGHT] = self.colour(&entry.node),
                "dark" => into[DARK] = self.colour(&entry.node),
                name => {
                    let message = message!("theme-unknown-scheme", "there is no scheme `{name}`", name);
                    self.unknown("theme/unknown-key", message, entry, &["light", "dark"]);
                }
            }
        }
    }

    fn colour(&mut self, node: &Node) -> Option<Colour> {
        let written = self.text(node)?;
        let colour = Colour::parse(&written);
        if colour.is_none() {
            let message = message!("theme-bad-colour", "cannot read `{written}` as a colour", written);
            let help = message!(
                "theme-bad-colour-help",
                "write `\"#rgb\"` or `\"#rrggbb\"`, in quotes: noroshi computes the contrast of such colours only"
            );
            self.fail("theme/bad-colour", node, message, help);
        }
        colour
    }

    fn other(&mut self, node: &Node, form: Form) -> Option<String> {
        let written = self.text(node)?;
        let read = match form {
            Form::Length => length(&written),
            Form::Fonts => fonts(&written),
        };
        if read.is_none() {
            let (code, message, help) = match form {
                Form::Length => (
                    "theme/bad-length",
                    message!("theme-bad-length", "cannot read `{written}` as a length", written),
                    message!(
                        "theme-bad-length-help",
                        "write a number with `rem`, `em`, `px`, `ch`, `vw` or `%`, such as `44rem`; or `0`"
                    ),
                ),
                Form::Fonts => (
                    "theme/bad-font",
                    message!("theme-bad-font", "cannot read `{written}` as a list of fonts", written),
                    message!(
                        "theme-bad-font-help",
                        "separate names by commas and close every quote; leave out `;`, `{{`, `}}`, `<`, `>` and `\\`"
                    ),
                ),
            };
            self.fail(code, node, message, help);
        }
        read
    }
}

/// A length in CSS syntax.
fn length(written: &str) -> Option<String> {
    const UNITS: [&str; 6] = ["rem", "em", "px", "ch", "vw", "%"];
    let (number, unit) =
        UNITS.iter().find_map(|unit| Some((written.strip_suffix(unit)?, *unit))).unwrap_or((written, ""));
    let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    let is_sound =
        number.len() <= 8 && !part.is_empty() && is_digits(whole) && is_digits(part) && !number.is_empty();
    if !is_sound {
        return None;
    }
    if number.bytes().all(|b| matches!(b, b'0' | b'.')) {
        // A bare zero is not a length within `calc()`.
        return Some("0px".into());
    }
    (!unit.is_empty()).then(|| format!("{number}{unit}"))
}

/// A list of fonts that CSS cannot read as anything else.
fn fonts(written: &str) -> Option<String> {
    let mut open: Option<char> = None;
    for c in written.chars() {
        if matches!(c, ';' | '{' | '}' | '<' | '>' | '\\') || c.is_control() {
            return None;
        }
        match open {
            Some(quote) if c == quote => open = None,
            None if matches!(c, '"' | '\'') => open = Some(c),
            None if matches!(c, '(' | ')' | '!' | '/' | '@' | ':') => return None,
            _ => {}
        }
    }
    let has_gap = open.is_some() || written.split(',').any(|name| name.trim().is_empty());
    (!has_gap).then(|| written.to_owned())
}

/// The tokens of a theme, merged with those of the themes it extends.
#[derive(Clone, Debug, Default, Hash)]
pub(super) struct Tokens {
    pub(super) scheme: Scheme,
    pub(super) colours: [Pair<Colour>; COLOURS.len()],
    others: [String; OTHERS.len()],
    /// The layer that each colour comes from.
    pub(super) from: [Pair<usize>; COLOURS.len()],
}

impl Tokens {
    /// Later layers win.
    pub(super) fn merge<'d>(layers: impl Iterator<Item = &'d Description>) -> Tokens {
        let mut tokens = Tokens::default();
        for (layer, description) in layers.enumerate() {
            tokens.scheme = description.scheme.unwrap_or(tokens.scheme);
            for (at, pair) in description.colours.iter().enumerate() {
                for (scheme, colour) in pair.iter().enumerate() {
                    if let Some(colour) = colour {
                        tokens.colours[at][scheme] = *colour;
                        tokens.from[at][scheme] = layer;
                    }
                }
            }
            for (at, value) in description.others.iter().enumerate() {
                if let Some(value) = value {
                    tokens.others[at].clone_from(value);
                }
            }
        }
        tokens
    }

    /// The start of the stylesheet. `days` is the number of days in an uptime bar.
    pub(super) fn css(&self, days: u32) -> String {
        let base = if self.scheme == Scheme::Both { "light dark" } else { "light" };
        let mut out = format!(":root{{color-scheme:{base}");
        for ((name, _), pair) in COLOURS.iter().zip(&self.colours) {
            // Writing to a string cannot fail.
            let _ = write!(out, ";--{name}:{}", pair[LIGHT]);
        }
        for ((name, ..), value) in OTHERS.iter().zip(&self.others) {
            let _ = write!(out, ";--{name}:{value}");
        }
        let _ = writeln!(out, ";--days:{days}}}");
        let (query, begin) = match self.scheme {
            Scheme::Both => ("screen and (prefers-color-scheme:dark)", ""),
            Scheme::Dark => ("screen", "color-scheme:dark"),
            Scheme::Light => return out,
        };
        let changed = COLOURS.iter().zip(&self.colours).filter(|(_, pair)| pair[LIGHT] != pair[DARK]);
        let changed = changed.map(|((name, _), pair)| format!("--{name}:{}", pair[DARK]));
        let begin = Some(begin.to_owned()).filter(|begin| !begin.is_empty());
        let lines: Vec<String> = begin.into_iter().chain(changed).collect();
        if !lines.is_empty() {
            let _ = writeln!(out, "@media {query}{{:root{{{}}}}}", lines.join(";"));
        }
        out
    }

    /// A `theme.yaml` that changes nothing: every token with its meaning and its current value.
    pub(super) fn sample(&self) -> String {
        let mut out = String::new();
        let column = 54;
        let mut line = |name: &str, value: String, meaning: &str| {
            let written = format!("  # {name}: {value}");
            let _ = writeln!(out, "{written:<column$} # {meaning}");
        };
        for ((name, meaning), [light, dark]) in COLOURS.iter().zip(&self.colours) {
            line(name, format!("{{light: \"{light}\", dark: \"{dark}\"}}"), meaning);
        }
        for ((name, form, meaning), value) in OTHERS.iter().zip(&self.others) {
            let value = match form {
                Form::Length => value.clone(),
                Form::Fonts => format!("'{}'", value.replace('\'', "''")),
            };
            line(name, value, meaning);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::only_fault;
    use super::*;

    fn read(text: &str) -> (Description, Vec<Diagnostic>) {
        let mut found = Vec::new();
        let description = Description::read(&"themes/a/theme.yaml".into(), &text.into(), &mut found);
        (description, found)
    }

    #[test]
    fn one_value_stands_for_both_schemes_and_a_map_may_give_one() {
        let (description, found) =
            read("tokens:\n  ink: \"#123456\"\n  soft: {dark: \"#fff\"}\n  radius: 0\n");
        assert!(found.is_empty(), "{found:?}");
        assert_eq!(description.colours[2], [Some(Colour(0x12, 0x34, 0x56)); 2]);
        assert_eq!(description.colours[3], [None, Some(Colour(255, 255, 255))]);
        assert_eq!(description.others[1].as_deref(), Some("0px"));
    }

    #[test]
    fn every_fault_of_theme_yaml_has_its_place_and_its_way_out() {
        for (written, code, help) in [
            ("⟦token⟧: {}\n", "theme/unknown-key", "did you mean `tokens`?"),
            ("tokens: {⟦acent⟧: \"#fff\"}\n", "theme/unknown-token", "did you mean `accent`?"),
            ("tokens: {ink: {⟦ligth⟧: \"#fff\"}}\n", "theme/unknown-key", "did you mean `light`?"),
            ("tokens: {ink: {light: ⟦red⟧}}\n", "theme/bad-colour", "#rrggbb"),
            ("tokens: {ink: ⟦rgb(1 2 3)⟧}\n", "theme/bad-colour", "contrast"),
            ("tokens:\n  ink: ⟦[a]⟧\n", "theme/wrong-type", "one value"),
            ("tokens: ⟦none⟧\n", "theme/wrong-type", "below it"),
            ("tokens: {measure: ⟦44⟧}\n", "theme/bad-length", "`44rem`"),
            ("tokens: {radius: ⟦1e3px⟧}\n", "theme/bad-length", "`rem`"),
            ("tokens: {radius: ⟦\"1px;x:y\"⟧}\n", "theme/bad-length", "`rem`"),
            ("tokens: {font: ⟦\"a}b\"⟧}\n", "theme/bad-font", "commas"),
            ("tokens: {mono: ⟦\"'a\"⟧}\n", "theme/bad-font", "every quote"),
            ("scheme: ⟦grey⟧\n", "theme/bad-scheme", "`light dark`"),
            ("extends: ⟦[a]⟧\n", "theme/wrong-type", "one value"),
        ] {
            only_fault(written, code, help, |text| read(text).1);
        }
    }

    #[test]
    fn lengths_and_fonts_cannot_be_anything_else() {
        for sound in ["44rem", "0.5rem", "100%", "12px", "60ch", "3em", "90vw"] {
            assert_eq!(length(sound).as_deref(), Some(sound));
        }
        for not in ["", "rem", "-1px", "1.px", "1.2.3px", "1 px", "calc(1px)", "1in", "1px/**/"] {
            assert_eq!(length(not), None, "{not}");
        }
        for sound in ["a", "\"Segoe UI\", 'b c', serif"] {
            assert_eq!(fonts(sound).as_deref(), Some(sound));
        }
        for not in ["", "a,,b", "a\"", "url(x)", "a;b", "</style>", "a/*", "\\22"] {
            assert_eq!(fonts(not), None, "{not}");
        }
    }

    #[test]
    fn a_scheme_says_where_its_values_hold() {
        let css = |text: &str| {
            let (parent, _) = read("tokens: {ink: {light: \"#111\", dark: \"#eee\"}}\n");
            let (own, _) = read(text);
            Tokens::merge([&parent, &own].into_iter()).css(30)
        };
        let both = css("");
        assert!(both.starts_with(":root{color-scheme:light dark;--paper:#000;"), "{both}");
        assert!(both.contains(";--ink:#111;") && both.contains(";--days:30}\n"), "{both}");
        assert!(
            both.ends_with("@media screen and (prefers-color-scheme:dark){:root{--ink:#eee}}\n"),
            "{both}"
        );
        let light = css("scheme: light\n");
        assert!(light.starts_with(":root{color-scheme:light;") && !light.contains("@media"), "{light}");
        let dark = css("scheme: dark\n");
        assert!(dark.contains("color-scheme:light;") && dark.contains("--ink:#111"), "{dark}");
        assert!(dark.ends_with("@media screen{:root{color-scheme:dark;--ink:#eee}}\n"), "{dark}");
        assert!(!css("tokens: {ink: \"#222\"}\n").contains("@media"));
    }
}
