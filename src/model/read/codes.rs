//! Reads `codes` and `function` of components, rows and columns, and joins those of a row and a column.

use std::collections::{BTreeMap, BTreeSet};

use super::nouns::Noun;
use super::value::{Map, Value};
use crate::limits::{CODE_CHARS, CODE_KEY_CHARS, CODES};
use crate::message::{Message, message};
use crate::model::component::Codes;
use crate::vocabulary::Function;

/// The names that `/metrics` gives to other facts of a component, beside its codes.
const TAKEN: [&str; 3] = ["component", "function", "name"];

/// What a component, a row or a column is to programs, each with where it is written.
#[derive(Default)]
pub(super) struct Marks<'a> {
    codes: BTreeMap<&'a str, (String, Value<'a>)>,
    function: Option<(Function, Value<'a>)>,
}

impl<'a> Marks<'a> {
    pub(super) fn read(map: &Map<'a>) -> Marks<'a> {
        let function = map.get("function").and_then(|value| {
            let known: Vec<&str> = Function::ALL.iter().map(|function| function.word()).collect();
            let find = |word: &str, more: &_| Function::from_word_or_alias(word, Function::ALL, more);
            Some((value.word(Noun::Function, find, &known)?, value))
        });
        Marks { codes: map.get("codes").map(codes).unwrap_or_default(), function }
    }

    /// The codes and the function of a component of its own.
    pub(super) fn alone(self) -> (Codes, Option<Function>) {
        let codes = self.codes.into_iter().map(|(key, (code, _))| (key.to_owned(), code)).collect();
        (codes, self.function.map(|(function, _)| function))
    }
}

fn codes(value: Value<'_>) -> BTreeMap<&str, (String, Value<'_>)> {
    let mut found = BTreeMap::new();
    let Some(map) = value.map() else { return found };
    for (key, value) in map.entries() {
        if !is_key(key) {
            let message = message!("model-code-key", "`{key}` cannot be the name of a code", key);
            value.fail_key("site/bad-code", message, key_help());
        } else if TAKEN.contains(&key) {
            let message = message!("model-code-key-taken", "noroshi itself uses the name `{key}`", key);
            let help = message!("model-code-key-taken-help", "choose another name, such as `symbol`");
            value.fail_key("site/bad-code", message, help);
        } else if let Some(code) = value.text() {
            if is_code(&code) {
                found.insert(key, (code, value));
            } else {
                let message = message!("model-code", "this text cannot be a code");
                let help = message!(
                    "model-code-help",
                    "write one line of at most {most} characters, such as `BTC_JPY`",
                    most = CODE_CHARS
                );
                value.fail("site/bad-code", message, help);
            }
        }
    }
    if map.entries().count() > CODES {
        let count = map.entries().count();
        let message = message!(
            "model-code-too-many",
            "there are {count} codes here; noroshi reads at most {most}",
            count,
            most = CODES
        );
        let help = message!("model-code-too-many-help", "keep the codes that programs look up");
        value.fail("entry/too-many", message, help);
    }
    found
}

fn key_help() -> Message {
    message!(
        "model-code-key-help",
        "use at most {most} lower-case letters, digits and `_`, with a letter first: `symbol`",
        most = CODE_KEY_CHARS
    )
}

/// Whether it can be the name of a code: also a label of Prometheus, and a key in any language of programs.
fn is_key(key: &str) -> bool {
    let sound = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    key.len() <= CODE_KEY_CHARS
        && key.bytes().next().is_some_and(|first| first.is_ascii_lowercase())
        && key.bytes().all(sound)
}

fn is_code(code: &str) -> bool {
    let is_space = |c: char| c.is_whitespace() && c != ' ';
    code.chars().count() <= CODE_CHARS && !code.chars().any(|c| c.is_control() || is_space(c))
}

/// Joins the marks of rows and columns. A contradiction is reported once for each column, however many rows it has.
#[derive(Default)]
pub(super) struct Joined {
    reported: BTreeSet<(String, String)>,
}

impl Joined {
    /// The marks of a cell: those of its row and those of its column. Neither wins: what both say must be the same.
    pub(super) fn cell(
        &mut self,
        (row, of_row): (&str, &Marks<'_>),
        (column, of_column): (&str, &Marks<'_>),
    ) -> (Codes, Option<Function>) {
        let mut codes: Codes =
            of_row.codes.iter().map(|(key, (code, _))| ((*key).to_owned(), code.clone())).collect();
        for (key, (code, value)) in &of_column.codes {
            match codes.get(*key) {
                Some(other) if other != code => {
                    self.report(key, (row, other), (column, code), value);
                }
                _ => drop(codes.insert((*key).to_owned(), code.clone())),
            }
        }
        if let (Some((other, _)), Some((function, value))) = (&of_row.function, &of_column.function)
            && other != function
        {
            self.report("function", (row, other.word()), (column, function.word()), value);
        }
        let function = of_column.function.as_ref().or(of_row.function.as_ref());
        (codes, function.map(|(function, _)| *function))
    }

    fn report(
        &mut self,
        key: &str,
        (row, of_row): (&str, &str),
        (column, of_column): (&str, &str),
        value: &Value<'_>,
    ) {
        if !self.reported.insert((column.to_owned(), key.to_owned())) {
            return;
        }
        let message = message!(
            "model-code-conflict",
            "the column `{column}` says `{key}: {of_column}`, and the row `{row}` says `{key}: {of_row}`",
            column,
            key,
            of_column,
            row,
            of_row
        );
        let help = message!(
            "model-code-conflict-help",
            "write it in one of the two; a component has what its row and its column say"
        );
        value.fail("site/conflicting-codes", message, help);
    }
}
