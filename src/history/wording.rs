//! What an entry says to its readers, piece by piece, so that two versions of it can be compared.
//!
//! Words are compared as they are published and without their blanks: comments, signs of Markdown and line
//! breaks are nobody's words. Facts are compared by what they mean, not by how they are written.

use std::collections::BTreeMap;

use super::entries::Item;
use crate::digest::Digest;
use crate::markdown::Fragment;
use crate::model::published::{self, Part};
use crate::model::{EntryQuestion, Instant, Rich, Text, Update};
use crate::vocabulary::{Section, Status};

/// A piece of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Piece {
    Title,
    Summary,
    Severity,
    Started,
    Kind,
    Window,
    Affects,
    Update {
        at: Instant,
        status: Status,
        ordinal: usize,
    },
    Section(Section),
    /// A question of the FAQ, by what stands for it.
    Question(Digest),
}

/// What a piece says, in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PieceText {
    /// Without blanks.
    pub(super) words: String,
    /// What stands for its facts.
    pub(super) facts: Option<Digest>,
    /// Readers see it from then on.
    pub(super) from: Instant,
}

/// Every piece, in each language that it is written in.
pub(super) type Said = BTreeMap<(Piece, usize), PieceText>;

/// What a version says.
#[derive(Clone, Debug)]
pub(super) struct Words {
    pub(super) said: Said,
    /// Nobody reads it.
    pub(super) is_hidden: bool,
    /// Its words are replaced.
    pub(super) is_withdrawn: bool,
}

/// What an entry says, of a site with so many languages.
pub(super) fn of(item: &Item<'_>, locales: usize) -> Words {
    let head = item.head();
    let from = item.visible_from().unwrap_or(Instant(i64::MIN));
    let mut writer = Writer { said: Said::new(), from, locales };
    let known = Known::of(item, &mut writer);
    published::entry(item.entry(), &mut |said| {
        let (piece, facts) = match said.part {
            Part::Title => (Piece::Title, None),
            Part::Summary => (Piece::Summary, None),
            Part::Section(section) => (Piece::Section(section), None),
            Part::Update(number) => match known.updates.get(number) {
                Some((piece, facts)) => (*piece, Some(*facts)),
                None => return,
            },
            // By its words in the first language: a question that is put in between moves no other.
            Part::Answer(number) => match known.questions.get(number) {
                Some(question) => (Piece::Question(*question), None),
                None => return,
            },
            // The first three have no other way to stay true. The next two are facts of their update, or stand for
            // their answer. Where there is a reason, the old words are gone and nobody missed a correction. The names
            // at the end say nothing, and lost addresses are told elsewhere.
            Part::Scope
            | Part::Recovery
            | Part::Field(_)
            | Part::UpdateRecovery(_)
            | Part::Question(_)
            | Part::Reason
            | Part::Slug
            | Part::Id
            | Part::ApiId
            | Part::Alias => return,
        };
        let from = said.since.unwrap_or(writer.from);
        match said.words {
            published::Words::Name(_) => {}
            published::Words::Text(text) => writer.text(piece, text, facts, from),
            published::Words::Rich(words) => writer.rich(piece, words, facts, from),
        }
    });
    Words { said: writer.said, is_hidden: head.draft, is_withdrawn: head.withdrawn.is_some() }
}

/// What stands for the facts of an entry, and for its questions.
struct Known {
    updates: Vec<(Piece, Digest)>,
    questions: Vec<Digest>,
}

impl Known {
    /// Writes the facts that stand by themselves, and keeps those that belong to words.
    fn of(item: &Item<'_>, writer: &mut Writer) -> Known {
        let (updates, faq) = match item {
            Item::Incident(entry) => {
                writer.fact(Piece::Severity, Digest::of(&entry.severity));
                writer.fact(Piece::Started, Digest::of(&entry.started));
                writer.fact(Piece::Affects, Digest::of(&entry.affects.given));
                (updates(&entry.updates), &entry.faq)
            }
            Item::Maintenance(entry) => {
                writer.fact(Piece::Kind, Digest::of(&entry.kind));
                writer.fact(Piece::Window, Digest::of(&entry.window));
                writer.fact(Piece::Affects, Digest::of(&entry.affects.given));
                (updates(&entry.updates), &entry.faq)
            }
            Item::Notice(entry) => (updates(&entry.updates), &entry.faq),
        };
        let question = |question: &EntryQuestion| {
            let key: String = question.question.get(0).1.chars().filter(|c| !c.is_whitespace()).collect();
            Digest::of(&key)
        };
        Known { updates, questions: faq.iter().map(question).collect() }
    }
}

fn updates<C: std::hash::Hash>(updates: &[Update<C>]) -> Vec<(Piece, Digest)> {
    let piece = |update: &Update<C>| {
        let piece = Piece::Update { at: update.at, status: update.status, ordinal: update.ordinal };
        (piece, Digest::of(&update.change))
    };
    updates.iter().map(piece).collect()
}

struct Writer {
    said: Said,
    from: Instant,
    locales: usize,
}

impl Writer {
    fn put(&mut self, piece: Piece, locale: usize, words: &str, facts: Option<Digest>, from: Instant) {
        let words = words.chars().filter(|c| !c.is_whitespace()).collect();
        self.said.insert((piece, locale), PieceText { words, facts, from: from.max(self.from) });
    }

    fn text(&mut self, piece: Piece, text: &Text, facts: Option<Digest>, from: Instant) {
        for locale in (0..self.locales).filter(|locale| text.has(*locale)) {
            self.put(piece, locale, text.get(locale).1, facts.filter(|_| locale == 0), from);
        }
    }

    fn rich(&mut self, piece: Piece, words: &Rich, facts: Option<Digest>, from: Instant) {
        for locale in (0..self.locales).filter(|locale| words.has(*locale)) {
            let facts = facts.filter(|_| locale == 0);
            self.put(piece, locale, &Fragment::plain(words.get(locale).1), facts, from);
        }
    }

    fn fact(&mut self, piece: Piece, facts: Digest) {
        self.put(piece, 0, "", Some(facts), self.from);
    }
}
