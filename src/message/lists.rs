//! Lists of words in messages, and the helps for words that are nearly right.

use super::{Message, Value};
use crate::limits::{LISTED_NAMES, LISTED_WORDS};
use crate::message::message;

/// A number with its noun in English: `1 error`, `2 errors`. Another language gets the number.
#[must_use]
pub fn count(number: usize, one: &str, many: &str) -> Value {
    let english = format!("{number} {}", if number == 1 { one } else { many });
    Value::Count { number: i64::try_from(number).unwrap_or(i64::MAX), english }
}

/// Quoted words of which one may be chosen: `a`, `b` or `c`. A long list is shortened: `a`, `b` … and 12 more.
#[must_use]
pub fn one_of<S: AsRef<str>>(words: &[S]) -> Message {
    first_of(words, LISTED_WORDS)
}

/// Like [`one_of`], with at most `most` words.
#[must_use]
pub fn first_of<S: AsRef<str>>(words: &[S], most: usize) -> Message {
    few_of(words.iter().map(quoted).collect(), most)
}

/// The same for words that differ by language.
fn few_of(mut words: Vec<Message>, most: usize) -> Message {
    // "and 1 more" would take as much room as the word itself.
    let more = if words.len() > most + 1 { words.len() - most } else { 0 };
    if more == 0 {
        return or(words);
    }
    words.truncate(most);
    let listed = listed(words);
    message!("message-and-more", "{listed} … and {more} more", listed, more)
}

fn quoted<S: AsRef<str>>(word: &S) -> Message {
    Message::same(format!("`{}`", word.as_ref()))
}

/// Quoted words that are meant together: `a`, `b` and `c`.
#[must_use]
pub fn all_of<S: AsRef<str>>(words: &[S]) -> Message {
    and(words.iter().map(quoted).collect())
}

/// Messages of which one may be chosen: a, b or c.
#[must_use]
pub fn or(parts: Vec<Message>) -> Message {
    chain(parts, |first, last| message!("message-or", "{first} or {last}", first, last))
}

/// Messages that are meant together: a, b and c.
#[must_use]
pub fn and(parts: Vec<Message>) -> Message {
    chain(parts, |first, last| message!("message-and", "{first} and {last}", first, last))
}

fn chain(mut parts: Vec<Message>, join: impl Fn(Message, Message) -> Message) -> Message {
    match (parts.pop(), parts.is_empty()) {
        (None, _) => Message::same(""),
        (Some(last), true) => last,
        (Some(last), false) => join(listed(parts), last),
    }
}

/// Messages one after the other, with commas.
#[must_use]
pub fn listed(parts: Vec<Message>) -> Message {
    Message::joined(parts, comma())
}

fn comma() -> Message {
    message!("message-comma", ", ")
}

/// The help for an unknown word: the nearest known one, or else what to do.
pub fn did_you_mean(near: Option<&str>, otherwise: impl FnOnce() -> Message) -> Message {
    let meant = |near: &str| message!("message-did-you-mean", "did you mean `{near}`?", near);
    near.map_or_else(otherwise, meant)
}

/// The help for an unknown word: the words that are near it, or else a few of the known ones. `see` says where a
/// reader finds all of them.
#[must_use]
pub fn near_or_some<S: AsRef<str>>(near: &[&str], known: &[S], see: &Message) -> Message {
    if near.is_empty() {
        return message!("message-write", "write {words}", words = some_of(known, see));
    }
    message!("message-did-you-mean-one", "did you mean {words}?", words = one_of(near))
}

/// The first of some known words. If there are more, it says how many, and `see` says where they stand.
#[must_use]
pub fn some_of<S: AsRef<str>>(known: &[S], see: &Message) -> Message {
    some_words(known.iter().map(quoted).collect(), see)
}

/// The same for words that differ by language.
#[must_use]
pub fn some_words(known: Vec<Message>, see: &Message) -> Message {
    let is_whole = known.len() <= LISTED_NAMES + 1;
    let some = few_of(known, LISTED_NAMES);
    if is_whole {
        return some;
    }
    message!("message-some-see", "{some}; {see}", some, see)
}

/// The help for a word that is none of a few: the nearest of them, if one is near, and all of them.
#[must_use]
pub fn near_and_all(near: Option<&str>, known: &[&str]) -> Message {
    near_and_words(near, known.iter().map(quoted).collect())
}

/// The same for words that differ by language.
#[must_use]
pub fn near_and_words(near: Option<&str>, known: Vec<Message>) -> Message {
    let words = few_of(known, LISTED_NAMES);
    let Some(near) = near else { return message!("message-write", "write {words}", words) };
    message!("message-near-and-all", "did you mean `{near}`? you can write {words}", near, words)
}
