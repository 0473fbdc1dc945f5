//! The two rules that protect private text: words that the team has forbidden, and words that look private, in
//! anything that would be published. They run in every build and check old entries, too, because an old secret is
//! still a secret.
//!
//! They check what readers see: text without markup, and the addresses of links, in every language.

use std::ops::Range;
use std::sync::Arc;

use super::policy::finding;
use super::public_contacts::PublicContacts;
use super::sensitive::{self, Looks};
use crate::diagnostic::{Diagnostic, Place, mask};
use crate::message::{Message, message};
use crate::model::published::{self, SiteWords, Words};
use crate::model::{Config, Entry, Level, Model};
use crate::source::Asset;
use crate::text;

const FORBIDDEN: &str = "policy/forbidden-word";
const PRIVATE: &str = "policy/looks-private";

#[derive(Debug)]
pub struct Rules {
    /// The forbidden words, folded and as written.
    forbidden: Vec<(String, String)>,
    looks_private: bool,
    public: PublicContacts,
}

/// A file of an entry: its locale, its name and its text.
pub type Source<'t> = (usize, &'t Arc<str>, &'t Arc<str>);

impl Rules {
    #[must_use]
    pub fn of(config: &Config) -> Rules {
        let policy = &config.policy;
        let forbid = policy.forbid.iter().filter(|_| policy.level(FORBIDDEN) != Level::Off);
        Rules {
            forbidden: forbid.map(|word| (text::fold(word), word.clone())).collect(),
            looks_private: policy.level(PRIVATE) != Level::Off,
            public: PublicContacts::of(config),
        }
    }

    fn is_idle(&self) -> bool {
        self.forbidden.is_empty() && !self.looks_private
    }

    fn find<'t>(&self, words: &'t str, allow: &[String]) -> Vec<Match<'t>> {
        let mut found = self.find_forbidden(words, allow);
        self.find_private(words, allow, &mut found);
        found
    }

    fn find_in_name<'t>(&self, name: &'t str, allow: &[String]) -> Vec<Match<'t>> {
        let mut found = self.find_forbidden_name(name, allow);
        self.find_private(name, allow, &mut found);
        found
    }

    /// Forbidden words in a name, where punctuation replaces the blanks between words.
    fn find_forbidden_name<'f>(&self, name: &str, allow: &[String]) -> Vec<Match<'f>> {
        let found = self.find_forbidden(name, allow);
        if !found.is_empty() || self.forbidden.is_empty() {
            return found;
        }
        self.find_forbidden(&text::typed_path(name).replace(['-', '_', '/', '.'], " "), allow)
    }

    fn find_forbidden<'f>(&self, words: &str, allow: &[String]) -> Vec<Match<'f>> {
        if self.forbidden.is_empty() || words.is_empty() {
            return Vec::new();
        }
        let folded = text::fold(words);
        let is_allowed = |word: &str| allow.iter().any(|known| text::fold(known) == word);
        let hits = self.forbidden.iter().filter(|(word, _)| folded.contains(word.as_str()));
        hits.filter(|(word, _)| !is_allowed(word)).map(|(_, word)| Match::Forbidden(word.clone())).collect()
    }

    fn find_private<'t>(&self, words: &'t str, allow: &[String], found: &mut Vec<Match<'t>>) {
        if self.looks_private {
            let hits = sensitive::find(words).into_iter().map(|hit| (&words[hit.range], hit.looks));
            let is_allowed =
                |word: &str, looks| self.public.has(word, looks) || allow.iter().any(|known| known == word);
            let hits = hits.filter(|(word, looks)| !is_allowed(word, *looks));
            found.extend(hits.map(|(word, looks)| Match::Private(word, looks)));
        }
    }
}

enum Match<'t> {
    Forbidden(String),
    Private(&'t str, Looks),
}

impl Match<'_> {
    fn word(&self) -> &str {
        match self {
            Match::Forbidden(word) => word,
            Match::Private(word, _) => word,
        }
    }

    /// `way_out` is the help for a forbidden word.
    fn diagnostic(&self, config: &Config, place: Place, way_out: &Message) -> Option<Diagnostic> {
        let word = self.word();
        match self {
            Match::Forbidden(_) => {
                let message = message!(
                    "check-forbidden-word",
                    "`{word}` is a forbidden word: `forbid` in site.yaml lists it",
                    word
                );
                Some(finding(config, FORBIDDEN, place, message)?.help(way_out.clone()))
            }
            Match::Private(_, looks) => {
                // Logs have more readers than the content, so the message shows only the beginning of the word.
                let shown = mask::beginning(word);
                let message = message!(
                    "check-looks-private",
                    "`{shown}` looks private ({looks}) and would be published",
                    shown,
                    looks = looks.words()
                );
                let help = message!(
                    "check-looks-private-help",
                    "remove it, or move it under `internal`; if it may be public, add it to `allow` in site.yaml"
                );
                Some(finding(config, PRIVATE, place, message)?.help(help).about(word))
            }
        }
    }
}

fn other_words() -> Message {
    message!("check-forbidden-word-help", "use other words")
}

/// Text in an entry that must not be published. `sources` are its files, the original first.
#[must_use]
pub fn entry(rules: &Rules, config: &Config, entry: &Entry, sources: &[Source<'_>]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let head = entry.head();
    if rules.is_idle() || head.draft {
        return found;
    }
    let mut look = |place: &Place, locale: usize, hits: Vec<Match<'_>>| {
        for hit in hits {
            let place = locate(hit.word(), place, locale, sources);
            let way_out = message!(
                "check-forbidden-word-allow-help",
                "use other words; to allow it in this entry, add `allow: [{word}]`",
                word = hit.word()
            );
            found.extend(hit.diagnostic(config, place, &way_out));
        }
    };
    let allow = &head.allow;
    published::entry(entry.into(), &mut |piece| match piece.words {
        Words::Name(name) => look(piece.place, 0, rules.find_in_name(name, allow)),
        Words::Text(text) => {
            text.each().for_each(|(locale, words)| look(piece.place, locale, rules.find(words, allow)));
        }
        Words::Rich(words) => {
            for (locale, fragment) in words.each().filter(|(_, fragment)| !fragment.is_empty()) {
                look(piece.place, locale, rules.find(&fragment.plain(), allow));
                fragment
                    .addresses()
                    .for_each(|address| look(piece.place, locale, rules.find(&address, allow)));
            }
        }
    });
    // A title appears in several outputs, but its fault is reported once.
    found.dedup_by(|a, b| a.place == b.place && a.message == b.message);
    found
}

/// The position of a word in the files of an entry: the first match after `place` in the file of its language, or
/// `place` itself.
fn locate(word: &str, place: &Place, locale: usize, sources: &[Source<'_>]) -> Place {
    let own = sources.iter().filter(|(at, ..)| *at == locale);
    let others = sources.iter().filter(|(at, ..)| *at != locale);
    for (_, name, text) in own.chain(others) {
        let from = place.range.as_ref().filter(|_| place.file == **name).map_or(0, |range| range.start);
        if let Some(range) = find_in(text, from, word) {
            return Place::at(name, range);
        }
    }
    place.clone()
}

fn find_in(text: &str, from: usize, word: &str) -> Option<Range<usize>> {
    let at = from + text.get(from..)?.find(word)?;
    Some(at..at + word.len())
}

/// Text in site.yaml that must not be published.
#[must_use]
pub fn site(rules: &Rules, config: &Config, source: &str) -> Vec<Diagnostic> {
    let file = Config::file();
    let mut found = Vec::new();
    let mut look = |words: &str, hits: Vec<Match<'_>>| {
        for hit in hits {
            let range = find_in(source, 0, words)
                .and_then(|range| find_in(source, range.start, hit.word()))
                .or_else(|| find_in(source, 0, hit.word()));
            let place = range.map_or_else(|| Place::whole(&file), |range| Place::at(&file, range));
            found.extend(hit.diagnostic(config, place, &other_words()));
        }
    };
    published::site(config, &mut |words| match words {
        SiteWords::Id(name) => look(name, rules.find_in_name(name, &[])),
        // The addresses that the site itself links to are not secret.
        SiteWords::Address(address) => look(address, rules.find_forbidden_name(address, &[])),
        SiteWords::Sent(words) => look(words, rules.find(words, &[])),
        SiteWords::Text(text) => text.all().for_each(|words| look(words, rules.find(words, &[]))),
        SiteWords::Rich(words) => words.all().for_each(|fragment| {
            let plain = fragment.plain();
            look(&plain, rules.find(&plain, &[]));
        }),
    });
    found
}

/// File names that must not be published: those of copied files, each with its address, and those of the theme.
/// Only forbidden words are searched in the latter.
pub(super) fn names(model: &Model, assets: &[Asset], found: &mut Vec<Diagnostic>) {
    let config = &model.config;
    let rules = Rules::of(config);
    if rules.is_idle() {
        return;
    }
    let way_out = message!("check-forbidden-name-help", "give the file another name");
    for asset in assets {
        for hit in rules.find_in_name(&asset.address, &[]) {
            found.extend(hit.diagnostic(config, Place::whole(&asset.name), &way_out));
        }
    }
    for file in &model.theme.files {
        for hit in rules.find_forbidden_name(&file.path, &[]) {
            found.extend(hit.diagnostic(config, Place::whole(&file.name), &way_out));
        }
    }
}

/// Forbidden words in a file of a theme, which is published line by line. Text that only the team reads is
/// skipped.
#[must_use]
pub fn file(rules: &Rules, config: &Config, name: &Arc<str>, source: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let is_public = !line.starts_with("pack-internal") && !line.starts_with('#');
        for (_, word) in rules.forbidden.iter().filter(|_| is_public) {
            if let Some(range) = find_in(line, 0, word) {
                let place = Place::at(name, start + range.start..start + range.end);
                let found_word = Match::Forbidden(word.clone());
                found.extend(found_word.diagnostic(config, place, &other_words()));
            }
        }
        start += line.len();
    }
    found
}
