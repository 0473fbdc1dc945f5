//! Messages in the source and their texts in the catalogues.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

use crate::source::{Source, Sources, Token, files, root};

/// A `message!` in the source.
struct Use {
    place: String,
    english: String,
    /// The values that the macro gets.
    values: BTreeSet<String>,
}

/// Every message of the source by its id.
fn messages(sources: &Sources) -> BTreeMap<String, Vec<Use>> {
    let mut found: BTreeMap<String, Vec<Use>> = BTreeMap::new();
    for source in &sources.0 {
        for at in 0..source.tokens.len() {
            let is_call = source.is_at(at, &["message", "!", "("]);
            let Some((id, used)) = is_call.then(|| read(source, at + 3)).flatten() else { continue };
            found.entry(id).or_default().push(used);
        }
    }
    found
}

/// The arguments of a `message!` from its first token on. The definition of the macro has no literals.
fn read(source: &Source, at: usize) -> Option<(String, Use)> {
    let [id, comma, english] = &source.tokens[at..at + 3] else { return None };
    if comma.text != "," {
        return None;
    }
    let (id, english) = (literal(id)?, literal(english)?);
    let (mut values, mut depth) = (BTreeSet::new(), 0_usize);
    for n in at + 3..source.tokens.len() {
        match source.tokens[n].text.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" if depth == 0 => break,
            ")" | "]" | "}" => depth -= 1,
            "," if depth == 0 => {
                let name = &source.tokens[n + 1].text;
                if name.starts_with(|c: char| c.is_ascii_lowercase()) {
                    values.insert(name.clone());
                }
            }
            _ => {}
        }
    }
    let place = format!("{}:{}", source.name, source.tokens[at].line);
    Some((id, Use { place, english, values }))
}

fn literal(token: &Token) -> Option<String> {
    Some(token.text.strip_prefix('"')?.strip_suffix('"')?.to_owned())
}

/// The names in braces of a format string.
fn holes(english: &str) -> BTreeSet<String> {
    let plain = english.replace("{{", "").replace("}}", "");
    let parts = plain.split('{').skip(1).filter_map(|part| part.split(['}', ':']).next());
    parts.map(str::to_owned).collect()
}

/// Every text of a catalogue by its id, with the variables in it.
fn catalogue(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let resource = fluent_syntax::parser::parse(text).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
    let mut found = BTreeMap::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        let mut variables = BTreeSet::new();
        let pattern = message.value.as_ref().unwrap_or_else(|| panic!("{} is empty", message.id.name));
        walk(pattern, &mut variables);
        let twice = found.insert(message.id.name.to_owned(), variables);
        assert!(twice.is_none(), "{} stands twice", message.id.name);
    }
    found
}

fn walk(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>) {
    let mut inline = |expression: &InlineExpression<&str>| {
        if let InlineExpression::VariableReference { id } = expression {
            variables.insert(id.name.to_owned());
        }
    };
    let mut below = Vec::new();
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(expression) => inline(expression),
            Expression::Select { selector, variants } => {
                inline(selector);
                below.extend(variants.iter().map(|variant| &variant.value));
            }
        }
    }
    below.into_iter().for_each(|pattern| walk(pattern, variables));
}

fn catalogues() -> Vec<(String, String)> {
    let folder = root().join("src/message");
    let all = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let all = all.filter(|path| path.extension().is_some_and(|e| e == "ftl"));
    all.map(|path| {
        (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap())
    })
    .collect()
}

#[test]
fn each_id_has_one_english_text_that_uses_each_of_its_values() {
    let mut faults = Vec::new();
    for (id, uses) in messages(&Sources::read()) {
        let first = &uses[0];
        for used in &uses {
            if used.english != first.english {
                faults.push(format!("{}: `{id}` has another text at {}", used.place, first.place));
            }
            if holes(&used.english) != used.values {
                faults.push(format!("{}: `{id}` has {:?} for `{}`", used.place, used.values, used.english));
            }
        }
        let room = first.place.trim_start_matches("src/").split(['/', '.']).next().unwrap().replace('_', "-");
        if !id.starts_with(&format!("{room}-")) {
            faults.push(format!("{}: `{id}` does not begin with `{room}-`", first.place));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_language_has_every_message_with_its_values() {
    let sources = Sources::read();
    let messages = messages(&sources);
    // Ids that no macro names: those of `src/message/system.rs`, and the helps, which have a test of their own.
    let literals: BTreeSet<String> =
        sources.0.iter().flat_map(|source| source.tokens.iter().filter_map(literal)).collect();
    let mut faults = Vec::new();
    for (language, text) in catalogues() {
        let texts = catalogue(&text);
        for (id, uses) in &messages {
            match texts.get(id) {
                None => {
                    faults.push(format!("{language} lacks `{id}`, {}: {}", uses[0].place, uses[0].english))
                }
                Some(variables) => {
                    let unknown: Vec<&String> = variables.difference(&uses[0].values).collect();
                    if !unknown.is_empty() {
                        faults.push(format!("{language}: `{id}` has no value {unknown:?}"));
                    }
                }
            }
        }
        let is_known = |id: &String| id.starts_with("help-") || literals.contains(id);
        let unused = texts.keys().filter(|id| !is_known(id));
        faults.extend(unused.map(|id| format!("{language}: nothing shows `{id}`")));
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// A value that a translation leaves out may be what the reader needs. Those that do so on purpose are few.
#[test]
fn a_translation_leaves_out_no_value() {
    let messages = messages(&Sources::read());
    let mut faults = Vec::new();
    for (language, text) in catalogues() {
        let texts = catalogue(&text);
        for (id, uses) in &messages {
            let Some(variables) = texts.get(id) else { continue };
            let left: Vec<&String> = uses[0].values.difference(variables).collect();
            if !left.is_empty() && !LEFT_OUT.contains(&id.as_str()) {
                faults.push(format!("{language}: `{id}` leaves out {left:?} of `{}`", uses[0].english));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Messages whose value is the words of a library in English, which a translation says itself.
const LEFT_OUT: [&str; 4] =
    ["fetch-connection-failed", "fetch-host-not-found", "fetch-too-many-redirects", "file-watcher-max-files"];

/// What a format of Rust writes for people stands in a message; Japanese catalogues hold Japanese.
#[test]
fn japanese_texts_are_japanese() {
    let (_, text) = catalogues().into_iter().find(|(language, _)| language == "ja").expect("Japanese");
    let is_japanese =
        |c: char| matches!(c, '\u{3000}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
    let mut faults = Vec::new();
    for block in text.split("\n").filter(|line| !line.starts_with(['#', ' ']) && line.contains(" = ")) {
        let value = block.split_once(" = ").map_or("", |(_, value)| value);
        // What stands in quotes is typed as it is.
        let words: String = value.split('`').step_by(2).collect();
        let outside: String = words.split(['{', '}']).step_by(2).collect();
        let has_letters = outside.chars().filter(char::is_ascii_alphabetic).count() > 12;
        if has_letters && !outside.contains(is_japanese) && !block.starts_with("help-init--host--") {
            faults.push(block.to_owned());
        }
        // Pages of sentences end with a full stop: long helps, summaries of workflows, answers to issues.
        let is_page = ["help-", "cli-ci-", "cli-import-about", "import-report-"]
            .iter()
            .any(|page| block.starts_with(page));
        if value.ends_with('。') && value != "。" && !is_page {
            faults.push(format!("a full stop at the end: {block}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(!files(&root().join("src/message")).is_empty());
}
