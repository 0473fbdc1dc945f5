//! The two rules that protect: words that the team has forbidden, and words that look private, in anything
//! that would be published. They run in every build, over history too: a secret of last year is one.
//!
//! They read what readers would: text without its marks, with the addresses of links, in every language.

use std::ops::Range;
use std::sync::Arc;

use super::policy::finding;
use super::private::{self, Looks};
use crate::diagnostic::{Diagnostic, Place, mask};
use crate::model::component::Group;
use crate::model::config::{Config, Link};
use crate::model::entry::{Estimate, FieldValue, Question, Update};
use crate::model::{Entry, Head, Level, Rich, Text};
use crate::text;

const FORBIDDEN: &str = "policy/forbidden-word";
const PRIVATE: &str = "policy/looks-private";

/// What is looked for, and what is not.
#[derive(Debug)]
pub struct Rules {
    /// As it is compared, and as it is written.
    forbidden: Vec<(String, String)>,
    looks_private: bool,
    /// Words that look private and are public, as they are compared.
    allowed: Vec<String>,
}

/// A file of an entry: the locale that it is in, its name and its text.
pub type Source<'t> = (usize, &'t Arc<str>, &'t Arc<str>);

impl Rules {
    /// What a site wants to be looked for.
    #[must_use]
    pub fn of(config: &Config) -> Rules {
        let policy = &config.policy;
        let forbid = policy.forbid.iter().filter(|_| policy.level(FORBIDDEN) != Level::Off);
        // Where the site sends its readers is no secret.
        let links =
            config.links().map(|link| link.url.trim_start_matches("mailto:").trim_start_matches("tel:"));
        let mail = &config.channels.mail;
        let mail = [&mail.from, &mail.reply_to].into_iter().flatten().map(|mailbox| mailbox.address.as_str());
        let allowed = config.allow.iter().map(String::as_str).chain(links).chain(mail);
        Rules {
            forbidden: forbid.map(|word| (text::fold(word), word.clone())).collect(),
            looks_private: policy.level(PRIVATE) != Level::Off,
            allowed: allowed.map(text::fold).collect(),
        }
    }

    fn is_idle(&self) -> bool {
        self.forbidden.is_empty() && !self.looks_private
    }

    /// Whether a word may be read by everybody: as it is written, by its domain (`@example.com`), or as a
    /// number that is grouped in another way.
    fn allows(&self, word: &str) -> bool {
        let word = text::fold(word);
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let number = digits(&word);
        self.allowed.iter().any(|known| {
            let by_domain = known.starts_with('@') && word.ends_with(known.as_str());
            *known == word || by_domain || (number.len() >= 8 && digits(known) == number)
        })
    }

    /// Everything in a text that must not go out.
    fn find<'t>(&self, words: &'t str, allow: &[String]) -> Vec<Found<'t>> {
        let mut found = Vec::new();
        if !self.forbidden.is_empty() && !words.is_empty() {
            let folded = text::fold(words);
            let is_allowed = |word: &str| allow.iter().any(|known| text::fold(known) == word);
            let hits = self.forbidden.iter().filter(|(word, _)| folded.contains(word.as_str()));
            found.extend(
                hits.filter(|(word, _)| !is_allowed(word)).map(|(_, word)| Found::Forbidden(word.clone())),
            );
        }
        if self.looks_private {
            let hits = private::find(words).into_iter().map(|hit| (&words[hit.range], hit.looks));
            let is_allowed = |word: &str| self.allows(word) || allow.iter().any(|known| known == word);
            found.extend(
                hits.filter(|(word, _)| !is_allowed(word)).map(|(word, looks)| Found::Private(word, looks)),
            );
        }
        found
    }
}

enum Found<'t> {
    Forbidden(String),
    Private(&'t str, Looks),
}

impl Found<'_> {
    fn word(&self) -> &str {
        match self {
            Found::Forbidden(word) => word,
            Found::Private(word, _) => word,
        }
    }

    fn diagnostic(&self, config: &Config, place: Place) -> Option<Diagnostic> {
        let word = self.word();
        match self {
            Found::Forbidden(_) => {
                let message = format!("`{word}` must not be published: `forbid` in site.yaml names it");
                let help = format!("say it in other words; if it is meant, `allow: [{word}]` in this entry");
                Some(finding(config, FORBIDDEN, place, message)?.help(help))
            }
            Found::Private(_, looks) => {
                // Logs have more readers than the content: the word itself stands at its place.
                let shown = mask::beginning(word);
                let message = format!("`{shown}` looks private ({}) and would be published", looks.words());
                let help = "take it out, or put it under `internal`; if everybody may read it, add it to `allow` in site.yaml";
                Some(finding(config, PRIVATE, place, message)?.help(help).about(word))
            }
        }
    }
}

/// What must not go out in an entry. `sources` are its files, the original first.
#[must_use]
pub fn entry(rules: &Rules, config: &Config, entry: &Entry, sources: &[Source<'_>]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let head = entry.head();
    if rules.is_idle() || head.draft {
        return found;
    }
    said(entry, &mut |place, locale, words| {
        for hit in rules.find(words, &head.allow) {
            let place = locate(hit.word(), place, locale, sources);
            found.extend(hit.diagnostic(config, place));
        }
    });
    // One slip in a title stands in several outputs, and is one slip.
    found.dedup_by(|a, b| a.place == b.place && a.message == b.message);
    found
}

/// Where a word stands in the files of an entry: in that of its language after the place that it belongs to;
/// else that place.
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

/// What must not go out in site.yaml.
#[must_use]
pub fn site(rules: &Rules, config: &Config, source: &str) -> Vec<Diagnostic> {
    let file = Config::file();
    let mut found = Vec::new();
    let mut look = |text: &Text| {
        for words in text.all() {
            for hit in rules.find(words, &[]) {
                let range = find_in(source, 0, words)
                    .and_then(|range| find_in(source, range.start, hit.word()))
                    .or_else(|| find_in(source, 0, hit.word()));
                let place = range.map_or_else(|| Place::whole(&file), |range| Place::at(&file, range));
                found.extend(hit.diagnostic(config, place));
            }
        }
    };
    let first = [&config.description, &config.publisher, &config.registration];
    std::iter::once(&config.title).chain(first.into_iter().flatten()).for_each(&mut look);
    config.links().map(|link: &Link| &link.label).for_each(&mut look);
    for component in &config.components.all {
        look(&component.name);
        if let Some(words) = &component.description {
            look(&words.map(crate::markdown::Fragment::plain));
        }
    }
    for group in &config.components.groups {
        match group {
            Group::Single(_) => {}
            Group::Named { name, description, .. } | Group::Matrix { name, description, .. } => {
                look(name);
                if let Some(words) = description {
                    look(&words.map(crate::markdown::Fragment::plain));
                }
            }
        }
    }
    let words = config.severities.iter().flat_map(|words| [&words.name, &words.definition]).flatten();
    words.for_each(&mut look);
    let fields = config
        .fields
        .iter()
        .flat_map(|field| std::iter::once(&field.name).chain(field.values.iter().map(|v| &v.name)));
    let choices = config.kinds.iter().chain(&config.categories).map(|choice| &choice.name);
    fields.chain(choices).for_each(&mut look);
    found
}

/// Forbidden words in a file of a theme, which goes out line by line. What only colleagues read is left out.
#[must_use]
pub fn file(rules: &Rules, config: &Config, name: &Arc<str>, source: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let is_public = !line.starts_with("pack-internal") && !line.starts_with('#');
        for (_, word) in rules.forbidden.iter().filter(|_| is_public) {
            if let Some(range) = find_in(line, 0, word) {
                let place = Place::at(name, start + range.start..start + range.end);
                found.extend(Found::Forbidden(word.clone()).diagnostic(config, place));
            }
        }
        start += line.len();
    }
    found
}

/// Tells everything that an entry says, now or later, with the place that it belongs to and its locale.
fn said(entry: &Entry, tell: &mut dyn FnMut(&Place, usize, &str)) {
    let head = entry.head();
    let mut of = Teller { head, tell };
    of.text(&head.title);
    if let Some(withdrawn) = &head.withdrawn {
        of.text(&withdrawn.reason);
    }
    (of.tell)(&head.place, 0, &head.slug);
    match entry {
        Entry::Incident(e) => {
            of.riches([&e.scope, &e.workaround, &e.actions, &e.compensation]);
            of.rich(&head.place, &e.summary);
            of.estimate(e.expected_recovery.as_ref());
            e.postmortem.iter().for_each(|(_, words)| of.rich(&head.place, words));
            of.updates(&e.updates);
            for update in &e.updates {
                of.estimate(update.change.expected_recovery.as_ref());
            }
            of.fields(&e.fields);
            of.faq(&e.faq);
        }
        Entry::Maintenance(e) => {
            of.riches([&e.scope, &e.workaround, &e.actions, &e.compensation]);
            of.rich(&head.place, &e.summary);
            e.evaluation.iter().for_each(|(_, words)| of.rich(&head.place, words));
            of.updates(&e.updates);
            of.fields(&e.fields);
            of.faq(&e.faq);
        }
        Entry::Notice(e) => {
            of.rich(&head.place, &e.summary);
            e.actions.iter().for_each(|words| of.rich(&head.place, words));
            of.updates(&e.updates);
            of.fields(&e.fields);
            of.faq(&e.faq);
        }
        Entry::Question(e) => of.rich(&head.place, &e.answer),
        Entry::Page(e) => of.rich(&head.place, &e.words),
    }
}

struct Teller<'e, 't> {
    head: &'e Head,
    tell: &'t mut dyn FnMut(&Place, usize, &str),
}

impl Teller<'_, '_> {
    fn text(&mut self, text: &Text) {
        text.each().for_each(|(locale, words)| (self.tell)(&self.head.place, locale, words));
    }

    fn rich(&mut self, place: &Place, words: &Rich) {
        for (locale, fragment) in words.each() {
            if !fragment.is_empty() {
                (self.tell)(place, locale, &fragment.plain());
                fragment.addresses().for_each(|address| (self.tell)(place, locale, &address));
            }
        }
    }

    fn riches<const N: usize>(&mut self, all: [&Option<Rich>; N]) {
        let head = self.head;
        all.into_iter().flatten().for_each(|words| self.rich(&head.place, words));
    }

    fn updates<C>(&mut self, updates: &[Update<C>]) {
        for update in updates {
            self.rich(&update.place, &update.words);
        }
    }

    fn estimate(&mut self, estimate: Option<&Estimate>) {
        if let Some(Estimate::Words(words)) = estimate {
            self.text(words);
        }
    }

    fn fields(&mut self, fields: &[(usize, FieldValue)]) {
        for (_, value) in fields {
            if let FieldValue::Words(words) = value {
                self.text(words);
            }
        }
    }

    fn faq(&mut self, questions: &[Question]) {
        let head = self.head;
        for question in questions {
            self.text(&question.question);
            self.rich(&head.place, &question.answer);
        }
    }
}
