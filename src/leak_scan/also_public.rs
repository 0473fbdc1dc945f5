//! Reports private values that public text also contains. The leak scan lets these pass, so the author must know.
//!
//! It reports only values that an author would not write by chance, and each value once, to keep the list short:
//! names of two or more words, four or more Japanese characters, addresses and telephone numbers, and whole
//! sentences. Single words such as `API` are not reported; nor is the text of the site itself, such as its title.

use std::collections::HashSet;

use super::decode::Kind;
use super::letters::is_cjk;
use super::needles::{NeedleBuilder, Needles, Threshold, is_name};
use super::search;
use super::terms::{self, Gather, PrivateText};
use crate::diagnostic::{Diagnostic, Place};
use crate::message::message;
use crate::model::Head;
use crate::model::published::{Piece, Words};
use crate::site::Site;

/// The number of characters, in a text without capitals, that rules out chance.
const SENTENCE: usize = 24;

/// A warning for each place where the visible text of an entry contains a private value of any entry.
#[must_use]
pub fn twice(site: &Site<'_>) -> Vec<Diagnostic> {
    let dates = terms::dates(site);
    let mut maker = NeedleBuilder::new(&dates);
    let mut owners: Vec<PrivateText> = Vec::new();
    let heads = site.now.model.heads();
    for private in heads.flat_map(terms::values).filter(|private| is_notable(private.secret.needle())) {
        let owner = u32::try_from(owners.len()).unwrap_or(u32::MAX);
        maker.add(owner, private.secret.needle().trim(), Threshold::Value);
        owners.push(private);
    }
    let needles = maker.finish();
    if needles.is_empty() {
        return Vec::new();
    }
    let mut done = HashSet::new();
    for (kind, bytes) in terms::frame(site) {
        search::search(&bytes, kind, &needles, &mut |needle| {
            done.insert(needles.owner(needle));
            true
        });
    }
    let mut seen = Seen { needles: &needles, owners: &owners, done, found: Vec::new() };
    terms::walk(site.now.model, &site.now, &mut seen, true);
    seen.found
}

/// Whether a value is too specific to be written by chance.
fn is_notable(value: &str) -> bool {
    let cjk = value.chars().filter(|c| is_cjk(*c)).count();
    let words = value.split_whitespace().count();
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let is_address = value.contains('@') || digits >= 9;
    cjk >= 4 || is_address || (words >= 2 && is_name(value)) || value.chars().count() >= SENTENCE
}

struct Seen<'s> {
    needles: &'s Needles,
    owners: &'s [PrivateText],
    /// The owners that need no further warning.
    done: HashSet<u32>,
    found: Vec<Diagnostic>,
}

impl Seen<'_> {
    fn look(&mut self, place: &Place, words: &str) {
        let mut hits = Vec::new();
        search::search(words.as_bytes(), Kind::Text, self.needles, &mut |needle| {
            hits.push(self.needles.owner(needle));
            true
        });
        for owner in hits {
            if self.done.insert(owner) {
                let PrivateText { file, key, .. } = &self.owners[owner as usize];
                let key = key.as_deref().unwrap_or_default();
                let message = message!(
                    "leak-scan-said-in-public",
                    "this text contains the private value of `{key}` in {file}",
                    key,
                    file
                );
                let help = message!(
                    "leak-scan-said-in-public-help",
                    "remove it from this text; if it may be public, remove it from `{key}` there, or add it to `allow` in site.yaml",
                    key
                );
                self.found.push(
                    Diagnostic::warning("privacy/said-in-public", place.clone(), message)
                        .help(help)
                        .other(file),
                );
            }
        }
    }
}

impl Gather for Seen<'_> {
    fn piece(&mut self, _: &Head, piece: &Piece<'_>) {
        match piece.words {
            Words::Name(name) => self.look(piece.place, name),
            Words::Text(text) => text.all().for_each(|words| self.look(piece.place, words)),
            Words::Rich(words) => {
                for fragment in words.all().filter(|fragment| !fragment.is_empty()) {
                    self.look(piece.place, &fragment.plain());
                }
            }
        }
    }
}
