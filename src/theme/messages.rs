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
use crate::message::Message;
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
        let message = format!("`{locale}` is not a locale");
        found.push(
            Diagnostic::error("theme/bad-locale", Place::whole(name), message)
                .help("name the file after its language, such as `en.ftl`, `ja.ftl` or `pt-BR.ftl`"),
        );
        return None;
    }
    Some(locale.to_owned())
}

/// The text of a file. If it is nested too deeply to be parsed, a fault is reported and the text is empty.
pub(super) fn parsable(name: &Arc<str>, text: &Arc<str>, found: &mut Vec<Diagnostic>) -> Arc<str> {
    let Some(place) = size::too_deep(text) else { return Arc::clone(text) };
    let message = format!("braces and brackets are more than {FLUENT_DEPTH} deep");
    found.push(
        Diagnostic::error("theme/message-too-large", Place::at(name, place), message)
            .help("write one message for each case instead; for a literal brace, write `{\"{\"}`"),
    );
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
        let message = format!(
            "{} of {} messages are missing in `{locale}`: {}",
            missing.len(),
            wanted.len(),
            text::first_of(&missing, 3).replace(" or ", " and ")
        );
        found.push(
            Diagnostic::warning("theme/missing-messages", Place::whole(name), message)
                .help("add them to this file; until then, pages show them in English"),
        );
    }
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
    fn fail(&mut self, code: &'static str, range: Range<usize>, message: Message, help: impl Into<Message>) {
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
                let message = format!("the message `{key}` appears twice in this file");
                self.fail("theme/bad-message", place, message.into(), "keep one of them");
                continue;
            }
            let Some(pattern) = message.value.as_ref().filter(|_| message.attributes.is_empty()) else {
                let message = format!("`{key}` has attributes, which noroshi does not use");
                self.fail(
                    "theme/bad-message",
                    place,
                    message.into(),
                    format!("write `{key} = words` on one line"),
                );
                continue;
            };
            let size = sizes.message(key);
            if size.bytes > MESSAGE_BYTES || size.placeables > FLUENT_PLACEABLES {
                let message = format!(
                    "`{key}`, with everything it refers to, has more than {MESSAGE_BYTES} bytes or \
                     {FLUENT_PLACEABLES} placeables"
                );
                let help = "shorten it, or let it refer to fewer messages";
                self.fail("theme/message-too-large", place, message.into(), help);
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
                let other = || "use a message from `themes/default/messages/en.ftl` of noroshi".into();
                let help = text::did_you_mean(near, other);
                self.fail(
                    "theme/unknown-message",
                    place,
                    format!("there is no message `{key}`").into(),
                    help,
                );
                continue;
            };
            self.uses(key, &place, &uses, variables, &base, &terms);
        }
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
                format!("leave it out: `{key}` has no variables")
            } else {
                format!("use {}", text::first_of(&dollars(variables), LISTED_NAMES))
            };
            let message = format!("`{key}` has no variable `${variable}`");
            self.fail(
                "theme/unknown-variable",
                self.inside(place, &format!("${variable}")),
                message.into(),
                help,
            );
        }
        for variable in variables.difference(&uses.variables) {
            let message = format!("`{key}` leaves out `${variable}`, which the built-in message uses");
            self.found.push(
                Diagnostic::warning("theme/missing-variable", Place::at(self.name, place.clone()), message)
                    .help(format!("add `{{ ${variable} }}`, unless you leave it out on purpose")),
            );
        }
        for other in uses.messages.iter().filter(|other| !base.contains_key(*other)) {
            let near = text::nearest(other, base.keys().map(String::as_str));
            let help = text::did_you_mean(near, || "write its text instead".into());
            let message = format!("there is no message `{other}`");
            self.fail("theme/unknown-message", self.inside(place, other), message.into(), help);
        }
        for term in uses.terms.iter().filter(|term| !terms.contains(term.as_str())) {
            let message = format!("there is no term `-{term}` in this file");
            let help = format!("add `-{term} = words`");
            self.fail("theme/bad-message", self.inside(place, &format!("-{term}")), message.into(), help);
        }
        for function in &uses.functions {
            let message = format!("a message cannot call the function `{function}`");
            let help = "write the variable by itself: `{ $n }`";
            self.fail("theme/bad-message", self.inside(place, function), message.into(), help);
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
            let help = text::nearest(name, known.iter().map(String::as_str)).map_or_else(
                || "use a name such as `word-status-resolved` or `word-fact-ended`".into(),
                |near| format!("did you mean `{WORD}{near}`?"),
            );
            let message = format!("there is no message `{WORD}{name}`");
            return self.fail("theme/unknown-message", place, message.into(), help);
        };
        let written: String = (pattern.elements.iter())
            .filter_map(|element| match element {
                PatternElement::TextElement { value } => Some(*value),
                PatternElement::Placeable { .. } => None,
            })
            .collect();
        if is_formed || written.contains('\n') {
            let help = "write them on one line, separated by commas";
            return self.fail(
                "theme/bad-message",
                place,
                "words for writers must be plain text".into(),
                help,
            );
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
        self.fail(
            "theme/bad-message",
            start..start + length,
            format!("this is not a Fluent message: {}", error.kind.to_string().trim_end_matches('.').to_lowercase()).into(),
            "write one `key = words` on each line; begin continuation lines with spaces; for a literal brace, write `{\"{\"}`",
        );
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
