//! What all kinds of entries share: identity, visibility, words in several languages, updates.

use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

use super::text::{Localized, Rich, Secret, Text};
use super::time::{Instant, Zone};
use crate::diagnostic::Place;
use crate::digest::Digest;
use crate::kind::EntryKind;
use crate::markdown::{self, Anchors};
use crate::text::{self, Sketch};
use crate::vocabulary::Status;

/// What every entry has.
#[derive(Debug)]
pub struct Head {
    /// Its kind.
    pub kind: EntryKind,
    /// Its file, relative to the root.
    pub file: Arc<str>,
    /// Its address.
    pub slug: String,
    /// Its identity in feeds, calendar and API.
    pub id: String,
    /// The id in the v2 API, where one was imported.
    pub api_id: Option<String>,
    /// What it says in a line.
    pub title: Text,
    /// Old addresses, with the place they are written at.
    pub aliases: Vec<(String, Place)>,
    /// Never built.
    pub draft: bool,
    /// Invisible before.
    pub publish_at: Option<Instant>,
    /// All words are replaced from then on.
    pub withdrawn: Option<Withdrawn>,
    /// What must never be published, each with its key: `internal.reporter`, `reviewed_by`.
    pub secrets: Vec<(String, Secret)>,
    /// Who looked at it before it went out: each name once, and not that of its author.
    pub reviewers: Vec<Secret>,
    /// When it was reported to the authority (`internal.reports`).
    pub reports: Reports,
    /// Words that the policy forbids and this entry may say.
    pub allow: Vec<String>,
    /// Links inside the site, with their places.
    pub links: Vec<(markdown::Target, Place)>,
    /// Indexes of the locales that it has been translated to.
    pub translations: Vec<usize>,
    /// Identifiers on its page that links may name.
    pub anchors: Anchors,
    /// Where its title stands, for diagnostics about the whole.
    pub place: Place,
    /// What stands for the whole entry, once somebody has asked.
    pub digest: OnceLock<Digest>,
    /// Its name in the v2 API, once somebody has asked.
    pub api_name: OnceLock<String>,
    /// The zone of its times without an offset, where it is not that of the site.
    pub zone: Option<Zone>,
    /// Whether some time of it says no offset and no `timezone` holds for it: it moves with the zone of the site.
    pub is_local: bool,
    /// The sketch of its public text, once somebody has asked, and what stands for the state that it is of.
    pub sketch: OnceLock<(Digest, Sketch)>,
}

/// When an entry was reported to the authority, which nobody else may read.
///
/// It has no way to be shown. Its one reader is the text for the authority, which is never published.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Reports(Vec<Instant>);

impl Reports {
    /// Locks times away: the earliest first, each once.
    #[must_use]
    pub fn new(mut times: Vec<Instant>) -> Reports {
        times.sort_unstable();
        times.dedup();
        Reports(times)
    }

    /// For the text for the authority (`src/pack/regulator.rs`), and for nothing else.
    pub(crate) fn for_the_authority(&self) -> &[Instant] {
        &self.0
    }
}

impl std::fmt::Debug for Reports {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Reports(…)")
    }
}

/// By all that its own page may show. What is private, and where things are written, makes no page another
/// one; nor do links, which are known by where they lead.
impl Hash for Head {
    fn hash<H: Hasher>(&self, to: &mut H) {
        // Named one by one, so that a new field must be thought of here.
        let Head {
            kind,
            file,
            slug,
            id,
            api_id,
            title,
            aliases: _,
            draft,
            publish_at,
            withdrawn,
            secrets: _,
            reviewers: _,
            reports: _,
            allow: _,
            links: _,
            translations,
            anchors: _,
            place: _,
            digest: _,
            api_name: _,
            zone,
            is_local: _,
            sketch: _,
        } = self;
        zone.hash(to);
        (kind, file, slug, id, api_id, title).hash(to);
        (draft, publish_at, withdrawn, translations).hash(to);
    }
}

impl Head {
    /// What stands for all of an entry that a page may show. An entry does not change once it is read, so
    /// it is worked out once, however often the site is built from it.
    pub fn digest_of(&self, entry: &impl Hash) -> Digest {
        *self.digest.get_or_init(|| Digest::of(entry))
    }

    /// Whether its words are in this language: a title alone is no translation.
    #[must_use]
    pub fn is_in(&self, locale: usize) -> bool {
        locale == 0 || self.translations.contains(&locale)
    }
}

/// An old address as it may be written, decoded and composed: a path of the site, without `..`, query or fragment.
#[must_use]
pub fn alias_path(written: &str) -> Option<String> {
    let path = text::typed_path(written);
    let sound = path.starts_with('/')
        && path.len() > 1
        && !path.contains("//")
        && !path.contains(['\\', '?', '#', '*', ':'])
        && !path.chars().any(|c| c.is_control() || c.is_whitespace())
        && path.split('/').all(|p| p != ".." && p != "." && p.len() <= 200);
    sound.then_some(path)
}

/// An entry that should not have been published, or no longer holds.
#[derive(Debug, Hash)]
pub struct Withdrawn {
    /// From when on.
    pub at: Instant,
    /// Why.
    pub reason: Text,
}

/// A dated section, with what it changes.
#[derive(Debug, Hash)]
pub struct Update<C> {
    /// When it was said, and visible from.
    pub at: Instant,
    /// What it says of the entry.
    pub status: Status,
    /// Its words.
    pub words: Rich,
    /// Its fact lines.
    pub change: C,
    /// How many updates of the same status and second stand before it.
    pub ordinal: usize,
    /// Its heading.
    pub place: Place,
}

impl<C> Update<C> {
    /// The same with a part of its change, and the rest of it.
    pub(super) fn part<D, R>(self, part: impl FnOnce(C) -> (D, R)) -> (Update<D>, R) {
        let Update { at, status, words, change, ordinal, place } = self;
        let (change, rest) = part(change);
        (Update { at, status, words, change, ordinal, place }, rest)
    }
}

/// A question inside an entry.
#[derive(Debug, Hash)]
pub struct Question {
    /// Identifier on the entry's page.
    pub id: String,
    /// What is asked.
    pub question: Text,
    /// What is answered.
    pub answer: Rich,
    /// Where each answer stands.
    pub place: Localized<Place>,
}

/// The value of a field of the site's own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FieldValue {
    /// An index into the field's values.
    Choice(usize),
    /// Free text.
    Words(Text),
}

/// A time, or words where none can be given.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Estimate {
    /// By then.
    At(Instant),
    /// In words.
    Words(Text),
}
