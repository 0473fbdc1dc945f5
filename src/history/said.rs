//! What an entry says to its readers, piece by piece, so that two versions of it can be compared.
//!
//! Words are compared as they are published and without their blanks: comments, signs of Markdown and line
//! breaks are nobody's words. Facts are compared by what they mean, not by how they are written.

use std::collections::BTreeMap;

use super::entries::Item;
use crate::digest::Digest;
use crate::markdown::Fragment;
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
pub(super) struct Saying {
    /// Without blanks.
    pub(super) words: String,
    /// What stands for its facts.
    pub(super) facts: Option<Digest>,
    /// Readers see it from then on.
    pub(super) from: Instant,
}

/// Every piece, in each language that it is written in.
pub(super) type Said = BTreeMap<(Piece, usize), Saying>;

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
    writer.text(Piece::Title, &head.title);
    match item {
        Item::Incident(entry) => {
            writer.rich(Piece::Summary, &entry.summary);
            writer.fact(Piece::Severity, Digest::of(&entry.severity));
            writer.fact(Piece::Started, Digest::of(&entry.started));
            writer.fact(Piece::Affects, Digest::of(&entry.affects.given));
            writer.updates(&entry.updates);
            writer.section(Section::Workaround, entry.workaround.as_ref());
            writer.section(Section::Actions, entry.actions.as_ref());
            writer.section(Section::Compensation, entry.compensation.as_ref());
            writer.dated(Section::Postmortem, entry.postmortem.as_ref());
            writer.faq(&entry.faq);
        }
        Item::Maintenance(entry) => {
            writer.rich(Piece::Summary, &entry.summary);
            writer.fact(Piece::Kind, Digest::of(&entry.kind));
            writer.fact(Piece::Window, Digest::of(&entry.window));
            writer.fact(Piece::Affects, Digest::of(&entry.affects.given));
            writer.updates(&entry.updates);
            writer.section(Section::Workaround, entry.workaround.as_ref());
            writer.section(Section::Actions, entry.actions.as_ref());
            writer.section(Section::Compensation, entry.compensation.as_ref());
            writer.dated(Section::Evaluation, entry.evaluation.as_ref());
            writer.faq(&entry.faq);
        }
        Item::Notice(entry) => {
            writer.rich(Piece::Summary, &entry.summary);
            writer.updates(&entry.updates);
            writer.section(Section::Actions, entry.actions.as_ref());
            writer.faq(&entry.faq);
        }
    }
    Words { said: writer.said, is_hidden: head.draft, is_withdrawn: head.withdrawn.is_some() }
}

struct Writer {
    said: Said,
    from: Instant,
    locales: usize,
}

impl Writer {
    fn put(&mut self, piece: Piece, locale: usize, words: &str, facts: Option<Digest>, from: Instant) {
        let words = words.chars().filter(|c| !c.is_whitespace()).collect();
        self.said.insert((piece, locale), Saying { words, facts, from: from.max(self.from) });
    }

    fn text(&mut self, piece: Piece, text: &Text) {
        for locale in (0..self.locales).filter(|locale| text.has(*locale)) {
            self.put(piece, locale, text.get(locale).1, None, self.from);
        }
    }

    fn rich(&mut self, piece: Piece, words: &Rich) {
        self.rich_from(piece, words, None, self.from);
    }

    fn rich_from(&mut self, piece: Piece, words: &Rich, facts: Option<Digest>, from: Instant) {
        for locale in (0..self.locales).filter(|locale| words.has(*locale)) {
            let facts = facts.filter(|_| locale == 0);
            self.put(piece, locale, &Fragment::plain(words.get(locale).1), facts, from);
        }
    }

    fn fact(&mut self, piece: Piece, facts: Digest) {
        self.put(piece, 0, "", Some(facts), self.from);
    }

    fn updates<C: std::hash::Hash>(&mut self, updates: &[Update<C>]) {
        for update in updates {
            let piece = Piece::Update { at: update.at, status: update.status, ordinal: update.ordinal };
            self.rich_from(piece, &update.words, Some(Digest::of(&update.change)), update.at);
        }
    }

    fn section(&mut self, section: Section, words: Option<&Rich>) {
        if let Some(words) = words {
            self.rich(Piece::Section(section), words);
        }
    }

    fn dated(&mut self, section: Section, found: Option<&(Option<Instant>, Rich)>) {
        if let Some((at, words)) = found {
            self.rich_from(Piece::Section(section), words, None, at.unwrap_or(self.from));
        }
    }

    fn faq(&mut self, questions: &[EntryQuestion]) {
        for question in questions {
            // By its words in the first language: a question that is put in between moves no other.
            let key: String = question.question.get(0).1.chars().filter(|c| !c.is_whitespace()).collect();
            self.rich(Piece::Question(Digest::of(&key)), &question.answer);
        }
    }
}
