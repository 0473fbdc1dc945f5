//! Finds text that looks private: addresses of people and machines, keys, card numbers and personal numbers. Only
//! the form decides; `allow` in site.yaml makes exceptions.
//!
//! Each kind of text has a table of patterns. Patterns run in linear time, so they have no look-around. A pattern
//! therefore includes the text around a hit, and its first group is the hit.

mod digits;
mod host;
mod key;
mod mail;
mod number;
mod pattern;
mod phone;
mod public_number;
mod secret;
mod view;

#[cfg(test)]
mod tests;

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use pattern::{Pattern, Patterns};
use view::View;

use crate::message::{Message, message};

/// The kind of a word that looks private. Of overlapping hits, the kind that is listed first wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Looks {
    /// A key, a token or a password.
    Key,
    Mail,
    Card,
    Phone,
    /// 個人番号: the number that Japan assigns to each person.
    NationalId,
    /// An address or a host name that is known only in its own network.
    Host,
}

impl Looks {
    /// The description for messages.
    #[must_use]
    pub fn words(self) -> Message {
        match self {
            Looks::Key => message!("check-looks-key", "a key or token"),
            Looks::Mail => message!("check-looks-mail", "an e-mail address"),
            Looks::Card => message!("check-looks-card", "a card number"),
            Looks::Phone => message!("check-looks-phone", "a phone number"),
            Looks::NationalId => message!("check-looks-national-id", "an individual number (My Number)"),
            Looks::Host => message!("check-looks-host", "a private address"),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub range: Range<usize>,
    pub looks: Looks,
}

/// A range in the view, and its kind.
type Seen = (Range<usize>, Looks);

/// A row of a table: the kind of the pattern's first group, if the check accepts it. The check receives the range
/// of the group, and returns the range of the word.
struct Rule {
    looks: Looks,
    pattern: &'static str,
    check: fn(&Text, Range<usize>) -> Option<Range<usize>>,
}

const fn rule(
    looks: Looks,
    pattern: &'static str,
    check: fn(&Text, Range<usize>) -> Option<Range<usize>>,
) -> Rule {
    Rule { looks, pattern, check }
}

/// A check that accepts the whole group, because the pattern alone decides.
#[expect(clippy::unnecessary_wraps, reason = "it stands in the place of a check")]
fn whole(_: &Text, range: Range<usize>) -> Option<Range<usize>> {
    Some(range)
}

const TABLES: [&[Rule]; 5] = [&key::RULES, &secret::RULES, &host::RULES, &mail::RULES, &phone::RULES];

static RULES: LazyLock<Vec<&Rule>> = LazyLock::new(|| TABLES.into_iter().flatten().collect());
static PATTERNS: LazyLock<Patterns> =
    LazyLock::new(|| Patterns::new(RULES.iter().map(|rule| rule.pattern).chain([number::PATTERN])));
static ADDRESS: Pattern = Pattern::new(r#"://[!-~&&[^"'`<>|)]]*"#);

/// A text, with the ranges of its web addresses, in which numbers are names of pages.
struct Text<'a> {
    view: View<'a>,
    addresses: OnceCell<Vec<Range<usize>>>,
}

impl Text<'_> {
    fn is_in_address(&self, at: usize) -> bool {
        let addresses = self.addresses.get_or_init(|| ADDRESS.find_all(self.view.plain()));
        let next = addresses.partition_point(|address| address.end <= at);
        addresses.get(next).is_some_and(|address| address.start < at)
    }
}

/// Every word that looks private, in order and without overlaps.
#[must_use]
pub fn find(text: &str) -> Vec<Hit> {
    let view = View::of(text);
    let found = PATTERNS.in_text(view.plain());
    if found.is_empty() {
        return Vec::new();
    }
    let text = Text { view, addresses: OnceCell::new() };
    let mut seen = Vec::new();
    for n in found {
        match RULES.get(n) {
            Some(rule) => apply(rule, n, &text, &mut seen),
            None => number::find(&text, &mut seen),
        }
    }
    let hits = weightiest(seen);
    hits.map(|(range, looks)| Hit { range: text.view.range(range), looks }).collect()
}

fn apply(rule: &Rule, n: usize, text: &Text, seen: &mut Vec<Seen>) {
    let mut at = 0;
    while let Some(group) = PATTERNS.next(n, text.view.plain(), at) {
        at = group.end.max(at + 1);
        let Some(mut range) = (rule.check)(text, group) else { continue };
        // The underscores of `_taro@example.com_` are emphasis.
        if text.view.before(range.start) == b'_' {
            range.end = text.view.back(range.end, range.len().saturating_sub(1), |b| b == b'_');
        }
        at = at.max(range.end);
        seen.push((range, rule.looks));
    }
}

/// Of overlapping words, keeps the most serious kind, and of one kind the longest word.
fn weightiest(mut seen: Vec<Seen>) -> impl Iterator<Item = Seen> {
    seen.sort_by_key(|(range, looks)| (*looks, Reverse(range.len()), range.start));
    let mut kept = BTreeMap::<usize, Seen>::new();
    for (range, looks) in seen {
        let before = kept.range(..range.end).next_back();
        if before.is_none_or(|(_, (other, _))| other.end <= range.start) {
            kept.insert(range.start, (range, looks));
        }
    }
    kept.into_values()
}
