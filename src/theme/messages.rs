//! The messages that a theme replaces, and the languages that it adds.

mod size;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;

use crate::diagnostic::{Diagnostic, Place};
use crate::languages::{self, Language};
use crate::limits::{FLUENT_DEPTH, FLUENT_PLACEABLES, LISTED_NAMES, MESSAGE_BYTES};
use crate::message::{Message, and, did_you_mean, first_of, message};
use crate::text;
use size::Sizes;

/// The prefix of messages that define words for writers.
const WORD: &str = "word-";

/// One file of `messages/`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Messages {
    /// Its BCP 47 tag: `it`, `pt-BR`.
    pub locale: String,
    pub text: Arc<str>,
}

/// Words that writers can use besides the built-in ones: `word-status-resolved = fixed, mended`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Words {
    /// The vocabulary that they belong to: `status`.
    pub kind: String,
    /// The word of the format that they stand for: `resolved`.
    pub canonical: String,
    pub written: Vec<String>,
    pub locale: String,
}

/// The messages of a language by name, each with its variables.
type Known = BTreeMap<String, BTreeSet<String>>;

/// The locale of a file in `messages/`.
pub(super) fn named(name: &Arc<str>, file: &str, found: &mut Vec<Diagnostic>) -> Option<String> {
    let locale = file.strip_suffix(".ftl")?;
    if !text::is_language_tag(locale) {
        let message = message!("theme-bad-locale", "`{locale}` is not a locale", locale);
        let help = message!(
            "theme-bad-locale-help",
            "name the file after its language, such as `en.ftl`, `ja.ftl` or `pt-BR.ftl`"
        );
        found.push(Diagnostic::error("theme/bad-locale", Place::whole(name), message).help(help));
        return None;
    }
    Some(locale.to_owned())
}

/// The text of a file. If it is nested too deeply to be parsed, a fault is reported and the text is empty.
pub(super) fn parsable(name: &Arc<str>, text: &Arc<str>, found: &mut Vec<Diagnostic>) -> Arc<str> {
    let Some(place) = size::too_deep(text) else { return Arc::clone(text) };
    let message = message!(
        "theme-message-too-deep",
        "braces and brackets are more than {most} deep",
        most = FLUENT_DEPTH
    );
    let help = message!(
        "theme-message-too-deep-help",
        "write one message for each case instead; for a literal brace, write `{{\"{{\"}}`"
    );
    found.push(Diagnostic::error("theme/message-too-large", Place::at(name, place), message).help(help));
    Arc::from("")
}

/// Checks one file and returns the words for writers that it defines.
pub(super) fn check(name: &Arc<str>, messages: &Messages, found: &mut Vec<Diagnostic>) -> Vec<Words> {
    let mut checker = Checker { name, text: &messages.text, found, words: Vec::new() };
    checker.check(&messages.locale);
    checker.words
}

/// Reports the missing messages of each language that is not built in. `files` are all files of a theme and of
/// the themes it extends.
pub(super) fn gaps(files: &[(Arc<str>, &Messages)], found: &mut Vec<Diagnostic>) {
    let mut brought: BTreeMap<&str, (BTreeSet<String>, &Arc<str>)> = BTreeMap::new();
    for (name, messages) in files.iter().filter(|(_, m)| !languages::is_built_in(&m.locale)) {
        let known = known(&messages.text).into_keys();
        let entry = brought.entry(&messages.locale).or_insert_with(|| (BTreeSet::new(), name));
        entry.0.extend(known);
        entry.1 = name;
    }
    for (locale, (said, name)) in brought {
        let wanted = known(base(locale).messages);
        let wanted: Vec<&String> = wanted.keys().filter(|key| !key.starts_with(WORD)).collect();
        let missing: Vec<&str> =
            wanted.iter().filter(|key| !said.contains(**key)).map(|key| key.as_str()).collect();
        if missing.is_empty() {
            continue;
        }
        let message = message!(
            "theme-missing-messages",
            "{count} of {all} messages are missing in `{locale}`: {names}",
            count = missing.len(),
            all = wanted.len(),
            locale,
            names = first_and(&missing)
        );
        let help = message!(
            "theme-missing-messages-help",
            "add them to this file; until then, pages show them in English"
        );
        found.push(Diagnostic::warning("theme/missing-messages", Place::whole(name), message).help(help));
    }
}

/// The first of some names, all of which are meant.
fn first_and(names: &[&str]) -> Message {
    const SHOWN: usize = 3;
    if names.len() > SHOWN + 1 {
        return first_of(names, SHOWN);
    }
    and(names.iter().map(|name| Message::same(format!("`{name}`"))).collect())
}

fn unknown_message(key: &str) -> Message {
    message!("theme-unknown-message", "there is no message `{key}`", key)
}

/// The built-in language that a locale falls back to.
fn base(locale: &str) -> &'static Language {
    languages::find(locale).unwrap_or(&languages::ALL[0])
}

fn known(text: &str) -> Known {
    let resource = parser::parse(text).unwrap_or_else(|(resource, _)| resource);
    let messages = resource.body.iter().filter_map(|entry| match entry {
        Entry::Message(message) => Some(message),
        _ => None,
    });
    messages
        .map(|message| {
            let mut uses = Uses::default();
            message.value.iter().for_each(|pattern| uses.pattern(pattern));
            (message.id.name.to_owned(), uses.variables)
        })
        .collect()
}

#[derive(Default)]
struct Uses {
    variables: BTreeSet<String>,
    messages: BTreeSet<String>,
    terms: BTreeSet<String>,
    functions: BTreeSet<String>,
    /// Whether it is more than plain text.
    is_formed: bool,
}

impl Uses {
    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.is_formed = true;
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                for variant in variants {
                    self.pattern(&variant.value);
                }
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => drop(self.variables.insert(id.name.to_owned())),
            InlineExpression::MessageReference { id, .. } => drop(self.messages.insert(id.name.to_owned())),
            InlineExpression::TermReference { id, arguments, .. } => {
                self.terms.insert(id.name.to_owned());
                if let Some(arguments) = arguments {
                    self.arguments(arguments);
                }
            }
            InlineExpression::FunctionReference { id, arguments } => {
                self.functions.insert(id.name.to_owned());
                self.arguments(arguments);
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        }
    }

    fn arguments(&mut self, arguments: &CallArguments<&str>) {
        let named = arguments.named.iter().map(|argument| &argument.value);
        arguments.positional.iter().chain(named).for_each(|inline| self.inline(inline));
    }
}

struct Checker<'a> {
    name: &'a Arc<str>,
    text: &'a str,
    found: &'a mut Vec<Diagnostic>,
    words: Vec<Words>,
}

impl Checker<'_> {
    fn fail(&mut self, code: &'static str, range: Range<usize>, message: Message, help: Message) {
        self.found.push(Diagnostic::error(code, Place::at(self.name, range), message).help(help));
    }

    /// The start of the n-th message with this name, which the parser does not report.
    fn place(&self, key: &str, nth: usize) -> Range<usize> {
        let is_it = |at: &usize| {
            let begins = *at == 0 || self.text.as_bytes().get(*at - 1) == Some(&b'\n');
            begins && self.text[*at + key.len()..].trim_start_matches(' ').starts_with('=')
        };
        let at = self.text.match_indices(key).map(|(at, _)| at).filter(is_it).nth(nth);
        at.map_or(0..0, |at| at..at + key.len())
    }

    fn check(&mut self, locale: &str) {
        let text = self.text;
        let (resource, errors) =
            parser::parse(text).map_or_else(|broken| broken, |resource| (resource, Vec::new()));
        for error in &errors {
            self.syntax(error);
        }
        let base = known(base(locale).messages);
        let terms: BTreeSet<&str> = (resource.body.iter())
            .filter_map(|entry| match entry {
                Entry::Term(term) => Some(term.id.name),
                _ => None,
            })
            .collect();
        let mut sizes = Sizes::of(&resource);
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in &resource.body {
            let Entry::Message(message) = entry else { continue };
            let key = message.id.name;
            let count = seen.entry(key).or_default();
            let place = self.place(key, *count);
            *count += 1;
            if *count > 1 {
                let message =
                    message!("theme-message-twice", "the message `{key}` appears twice in this file", key);
                let help = message!("theme-message-twice-help", "keep one of them");
                self.fail("theme/bad-message", place, message, help);
                continue;
            }
            let Some(pattern) = message.value.as_ref().filter(|_| message.attributes.is_empty()) else {
                let message = message!(
                    "theme-message-attributes",
                    "`{key}` has attributes, which noroshi does not use",
                    key
                );
                let help =
                    message!("theme-message-attributes-help", "write `{key} = words` on one line", key);
                self.fail("theme/bad-message", place, message, help);
                continue;
            };
            let size = sizes.message(key);
            if size.bytes > MESSAGE_BYTES || size.placeables > FLUENT_PLACEABLES {
                self.too_large(key, place);
                continue;
            }
            let mut uses = Uses::default();
            uses.pattern(pattern);
            if let Some(word) = key.strip_prefix(WORD) {
                self.word(locale, word, pattern, uses.is_formed, place);
                continue;
            }
            let Some(variables) = base.get(key) else {
                let near = text::nearest(key, base.keys().map(String::as_str));
                let other = || {
                    message!(
                        "theme-unknown-message-help",
                        "use a message from `themes/default/messages/en.ftl` of noroshi"
                    )
                };
                self.fail("theme/unknown-message", place, unknown_message(key), did_you_mean(near, other));
                continue;
            };
            self.uses(key, &place, &uses, variables, &base, &terms);
        }
    }

    fn too_large(&mut self, key: &str, place: Range<usize>) {
        let message = message!(
            "theme-message-too-large",
            "`{key}`, with everything it refers to, has more than {bytes} bytes or {placeables} placeables",
            key,
            bytes = MESSAGE_BYTES,
            placeables = FLUENT_PLACEABLES
        );
        let help = message!("theme-message-too-large-help", "shorten it, or let it refer to fewer messages");
        self.fail("theme/message-too-large", place, message, help);
    }

    fn uses(
        &mut self,
        key: &str,
        place: &Range<usize>,
        uses: &Uses,
        variables: &BTreeSet<String>,
        base: &Known,
        terms: &BTreeSet<&str>,
    ) {
        let dollars =
            |names: &BTreeSet<String>| names.iter().map(|name| format!("${name}")).collect::<Vec<_>>();
        for variable in uses.variables.difference(variables) {
            let help = if variables.is_empty() {
                message!("theme-no-variables", "leave it out: `{key}` has no variables", key)
            } else {
                let names = first_of(&dollars(variables), LISTED_NAMES);
                message!("theme-unknown-variable-help", "use {names}", names)
            };
            let message =
                message!("theme-unknown-variable", "`{key}` has no variable `${variable}`", key, variable);
            let place = self.inside(place, &format!("${variable}"));
            self.fail("theme/unknown-variable", place, message, help);
        }
        for variable in variables.difference(&uses.variables) {
            let message = message!(
                "theme-missing-variable",
                "`{key}` leaves out `${variable}`, which the built-in message uses",
                key,
                variable
            );
            let help = message!(
                "theme-missing-variable-help",
                "add `{{ ${variable} }}`, unless you leave it out on purpose",
                variable
            );
            let place = Place::at(self.name, place.clone());
            self.found.push(Diagnostic::warning("theme/missing-variable", place, message).help(help));
        }
        for other in uses.messages.iter().filter(|other| !base.contains_key(*other)) {
            let near = text::nearest(other, base.keys().map(String::as_str));
            let help =
                did_you_mean(near, || message!("theme-unknown-reference-help", "write its text instead"));
            self.fail("theme/unknown-message", self.inside(place, other), unknown_message(other), help);
        }
        for term in uses.terms.iter().filter(|term| !terms.contains(term.as_str())) {
            let message = message!("theme-unknown-term", "there is no term `-{term}` in this file", term);
            let help = message!("theme-unknown-term-help", "add `-{term} = words`", term);
            self.fail("theme/bad-message", self.inside(place, &format!("-{term}")), message, help);
        }
        for function in &uses.functions {
            let message = message!(
                "theme-message-function",
                "a message cannot call the function `{function}`",
                function
            );
            let help = message!("theme-message-function-help", "write the variable by itself: `{{ $n }}`");
            self.fail("theme/bad-message", self.inside(place, function), message, help);
        }
    }

    /// The position of a text within the message that begins at `place`.
    fn inside(&self, place: &Range<usize>, what: &str) -> Range<usize> {
        let found = self.text[place.end..].find(what).map(|at| place.end + at);
        found.map_or(place.clone(), |at| at..at + what.len())
    }

    /// Checks the words of a message such as `word-status-resolved`.
    fn word(
        &mut self,
        locale: &str,
        name: &str,
        pattern: &Pattern<&str>,
        is_formed: bool,
        place: Range<usize>,
    ) {
        let known: BTreeSet<String> = (languages::ALL.iter())
            .flat_map(|language| language.messages.lines())
            .filter_map(|line| Some(line.strip_prefix(WORD)?.split_once(" = ")?.0.to_owned()))
            .collect();
        let Some((kind, canonical)) = name.split_once('-').filter(|_| known.contains(name)) else {
            let near = text::nearest(name, known.iter().map(String::as_str));
            let near = near.map(|near| format!("{WORD}{near}"));
            let help = did_you_mean(near.as_deref(), || {
                message!(
                    "theme-unknown-word-help",
                    "use a name such as `word-status-resolved` or `word-fact-ended`"
                )
            });
            let message = unknown_message(&format!("{WORD}{name}"));
            return self.fail("theme/unknown-message", place, message, help);
        };
        let written: String = (pattern.elements.iter())
            .filter_map(|element| match element {
                PatternElement::TextElement { value } => Some(*value),
                PatternElement::Placeable { .. } => None,
            })
            .collect();
        if is_formed || written.contains('\n') {
            let message = message!("theme-word-not-plain", "words for writers must be plain text");
            let help = message!("theme-word-not-plain-help", "write them on one line, separated by commas");
            return self.fail("theme/bad-message", place, message, help);
        }
        let words =
            written.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect();
        self.words.push(Words {
            kind: kind.into(),
            canonical: canonical.into(),
            written: words,
            locale: locale.into(),
        });
    }

    fn syntax(&mut self, error: &parser::ParserError) {
        // The position of the error; at the end of the file, its last character.
        let start = error.pos.start.min(self.text.len());
        let mut start = start.min(self.text.trim_end().len().saturating_sub(1));
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        let length = self.text[start..].chars().next().map_or(0, char::len_utf8);
        let why = error.kind.to_string().trim_end_matches('.').to_lowercase();
        let message = message!("theme-bad-message", "this is not a Fluent message: {why}", why);
        let help = message!(
            "theme-bad-message-help",
            "write one `key = words` on each line; begin continuation lines with spaces; for a literal brace, write `{{\"{{\"}}`"
        );
        self.fail("theme/bad-message", start..start + length, message, help);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::only_fault;
    use super::*;

    fn checked(locale: &str, text: &str) -> (Vec<Words>, Vec<Diagnostic>) {
        let mut found = Vec::new();
        let name: Arc<str> = format!("themes/a/messages/{locale}.ftl").into();
        let messages = Messages { locale: locale.into(), text: text.into() };
        let words = check(&name, &messages, &mut found);
        (words, found)
    }

    #[test]
    fn a_message_may_be_said_in_other_words() {
        for (locale, text) in [
            ("en", "stale = Old news.\nskip = To the status\n"),
            ("ja", "# Ours.\n-us = 星取引所\nfooter-label = { -us }の{ nav-label }\n"),
            ("it", "duration-days = { $n ->\n    [one] un giorno\n   *[other] { $n } giorni\n}\n"),
        ] {
            let (_, found) = checked(locale, text);
            assert!(found.is_empty(), "{text}: {found:?}");
        }
    }

    #[test]
    fn every_fault_of_a_message_has_its_place_and_its_way_out() {
        for (written, code, help) in [
            ("skip = a\nstale ⟦{⟧ a\n", "theme/bad-message", "`key = words`"),
            ("⟦stalle⟧ = a\n", "theme/unknown-message", "did you mean `stale`?"),
            ("skip = { ⟦nav-lable⟧ }\n", "theme/unknown-message", "did you mean `nav-label`?"),
            ("skip = { ⟦$n⟧ }\n", "theme/unknown-variable", "no variable"),
            ("duration-days = { ⟦$m⟧ } { $n }\n", "theme/unknown-variable", "`$n`"),
            ("⟦duration-days⟧ = days\n", "theme/missing-variable", "`{ $n }`"),
            ("skip = { ⟦-us⟧ }\n", "theme/bad-message", "add `-us"),
            ("duration-days = { ⟦NUMBER⟧($n) }\n", "theme/bad-message", "by itself"),
            ("⟦skip⟧ = a\n    .title = b\n", "theme/bad-message", "one line"),
            ("skip = a\n⟦skip⟧ = b\n", "theme/bad-message", "keep one"),
            ("⟦word-status-resovled⟧ = ok\n", "theme/unknown-message", "`word-status-resolved`"),
            ("⟦word-status-resolved⟧ = a { $b }\n", "theme/bad-message", "commas"),
        ] {
            only_fault(written, code, help, |text| checked("en", text).1);
        }
    }

    #[test]
    fn words_of_writers_are_added_to_those_that_are_built_in() {
        let (words, found) = checked("en", "word-status-in_progress = begun, at it\n");
        assert!(found.is_empty(), "{found:?}");
        let wanted = Words {
            kind: "status".into(),
            canonical: "in_progress".into(),
            written: vec!["begun".into(), "at it".into()],
            locale: "en".into(),
        };
        assert_eq!(words, [wanted]);
    }

    #[test]
    fn one_warning_says_what_a_language_lacks() {
        let gaps = |locale: &str, text: &str| {
            let mut found = Vec::new();
            let messages = Messages { locale: locale.into(), text: text.into() };
            gaps(&[("themes/a/messages/x.ftl".into(), &messages)], &mut found);
            found
        };
        assert!(gaps("ja", "skip = a\n").is_empty());
        let found = gaps("xx", "skip = a\n");
        let [fault] = &found[..] else { panic!("{found:?}") };
        assert!(fault.code == "theme/missing-messages" && fault.message.ends_with(" more"), "{fault:?}");
        assert!(gaps("xx", languages::ALL[0].messages).is_empty());
    }
}
