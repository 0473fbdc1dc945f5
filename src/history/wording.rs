//! The public text of an entry, piece by piece, for comparing two of its versions.
//!
//! Text is compared as published and without blanks, so that comments, Markdown signs and line breaks do not
//! matter. Facts are compared by their meaning, not by their spelling.

use std::collections::BTreeMap;

use crate::digest::Digest;
use crate::markdown::Fragment;
use crate::model::published::{self, Part};
use crate::model::{EntryQuestion, EntryRef, Instant, Rich, Text, Update};
use crate::vocabulary::{Section, Status};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Piece {
    Title,
    Summary,
    /// A fact, by its key in the front matter.
    Fact(&'static str),
    Update {
        at: Instant,
        status: Status,
        ordinal: usize,
    },
    Section(Section),
    /// A question of the FAQ, by its digest.
    Question(Digest),
}

/// The text of a piece, in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PieceText {
    /// The text without blanks.
    pub(super) words: String,
    pub(super) facts: Option<Digest>,
    /// The time from which readers see it.
    pub(super) from: Instant,
}

/// Every piece, in each language that it is written in.
pub(super) type PieceTexts = BTreeMap<(Piece, usize), PieceText>;

#[derive(Clone, Debug)]
pub(super) struct Words {
    pub(super) pieces: PieceTexts,
    /// Whether the version is a draft, which readers never see.
    pub(super) is_hidden: bool,
    /// Whether the version is withdrawn, so that its text is replaced.
    pub(super) is_withdrawn: bool,
}

/// The text of an entry, for a site with this number of languages.
pub(super) fn of(item: EntryRef<'_>, locales: usize) -> Words {
    let head = item.head();
    let from = item.visible_from().unwrap_or(Instant(i64::MIN));
    let mut writer = Writer { pieces: PieceTexts::new(), from, locales };
    let known = Known::of(item, &mut writer);
    published::entry(item, &mut |text| {
        let (piece, facts) = match text.part {
            Part::Title => (Piece::Title, None),
            Part::Summary => (Piece::Summary, None),
            Part::Section(section) => (Piece::Section(section), None),
            Part::Update(number) => match known.updates.get(number) {
                Some((piece, facts)) => (*piece, Some(*facts)),
                None => return,
            },
            // A question is identified by its text in the first language, so an inserted question does not move
            // the others.
            Part::Answer(number) => match known.questions.get(number) {
                Some(question) => (Piece::Question(*question), None),
                None => return,
            },
            // The first four must change to stay true. The next two are facts of their update, or identify their
            // answer. A reason replaces the old text, so no correction is missing. The names at the end are not
            // text, and another rule reports lost addresses.
            Part::Scope
            | Part::Advice
            | Part::Recovery
            | Part::Field(_)
            | Part::UpdateRecovery(_)
            | Part::UpdateScope(_)
            | Part::Question(_)
            | Part::Reason
            | Part::Slug
            | Part::Id
            | Part::ApiId
            | Part::Alias => return,
        };
        let from = text.since.unwrap_or(writer.from);
        match text.words {
            published::Words::Name(_) => {}
            published::Words::Text(text) => writer.text(piece, text, facts, from),
            published::Words::Rich(words) => writer.rich(piece, words, facts, from),
        }
    });
    Words { pieces: writer.pieces, is_hidden: head.draft, is_withdrawn: head.withdrawn.is_some() }
}

/// The digests of the facts of an entry, and of its questions.
struct Known {
    updates: Vec<(Piece, Digest)>,
    questions: Vec<Digest>,
}

impl Known {
    /// Writes the facts that stand alone, and keeps those that belong to a text.
    fn of(item: EntryRef<'_>, writer: &mut Writer) -> Known {
        let (updates, faq) = match item {
            EntryRef::Incident(entry) => {
                writer.fact("severity", Digest::of(&entry.severity));
                if entry.outages.is_empty() {
                    writer.fact("started", Digest::of(&entry.started));
                } else {
                    writer.fact("outages", Digest::of(&entry.outages));
                }
                writer.fact("affects", Digest::of(&entry.affects.given));
                (updates(&entry.updates), &entry.faq)
            }
            EntryRef::Maintenance(entry) => {
                writer.fact("kind", Digest::of(&entry.kind));
                let own: Vec<_> = entry.pieces.iter().map(|piece| &piece.affects).collect();
                writer.fact("window", Digest::of(&(entry.windows(), own)));
                writer.fact("affects", Digest::of(&entry.affects.given));
                (updates(&entry.updates), &entry.faq)
            }
            EntryRef::Notice(entry) => (updates(&entry.updates), &entry.faq),
            EntryRef::Question(_) | EntryRef::Page(_) => (Vec::new(), &Vec::new()),
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
    pieces: PieceTexts,
    from: Instant,
    locales: usize,
}

impl Writer {
    fn put(&mut self, piece: Piece, locale: usize, words: &str, facts: Option<Digest>, from: Instant) {
        let words = words.chars().filter(|c| !c.is_whitespace()).collect();
        self.pieces.insert((piece, locale), PieceText { words, facts, from: from.max(self.from) });
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

    fn fact(&mut self, key: &'static str, facts: Digest) {
        self.put(Piece::Fact(key), 0, "", Some(facts), self.from);
    }
}
