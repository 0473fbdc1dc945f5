//! The parts that all kinds of entries share: identity, visibility, text in several languages, and updates.

use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

use super::stated::{Precision, Stamp, Stated};
use super::text::{Localized, Rich, Secret, Text};
use super::time::{Instant, Zone};
use crate::diagnostic::Place;
use crate::digest::Digest;
use crate::document::body::ReportNumber;
use crate::kind::EntryKind;
use crate::markdown::{self, Anchors};
use crate::text::{self, Sketch};
use crate::vocabulary::{Section, Status};

/// The common facts of an entry.
#[derive(Debug)]
pub struct Head {
    pub kind: EntryKind,
    /// The file, relative to the root.
    pub file: Arc<str>,
    /// The slug in its address.
    pub slug: String,
    /// The id in feeds, calendars and the API.
    pub id: String,
    /// The id in the v2 API, if one was imported.
    pub api_id: Option<String>,
    /// The title, in one line.
    pub title: Text,
    /// The old addresses, with the position of each in the file.
    pub aliases: Vec<(String, Place)>,
    /// Drafts are never built.
    pub draft: bool,
    /// The entry is invisible before this time.
    pub publish_at: Option<Instant>,
    /// The withdrawal, which replaces all text from its time on.
    pub withdrawn: Option<Withdrawn>,
    /// The values that must never be published, each with its key: `internal.reporter`, `reviewed_by`.
    pub secrets: Vec<(String, Secret)>,
    /// The reviewers, without duplicates and without the author.
    pub reviewers: Vec<Secret>,
    /// From `internal.reports`.
    pub reports: Reports,
    /// The words that this entry may use although the policy forbids them.
    pub allow: Vec<String>,
    /// The links inside the site, with their positions.
    pub links: Vec<(markdown::Target, Place)>,
    /// The indexes of the locales that it has been translated to.
    pub translations: Vec<usize>,
    /// The identifiers on its page that links may refer to.
    pub anchors: Anchors,
    /// The anchors that its writer gave sections, besides their words.
    pub section_anchors: Vec<(Section, String)>,
    /// The position of its title, for diagnostics about the whole entry.
    pub place: Place,
    /// The digest of the whole entry.
    pub digest: OnceLock<Digest>,
    /// The name in the v2 API.
    pub api_name: OnceLock<String>,
    /// The zone of its times without an offset, if it differs from the zone of the site.
    pub zone: Option<Zone>,
    /// Whether a time has neither an offset nor a `timezone`, so that it moves with the zone of the site.
    pub is_local: bool,
    /// The sketch of its public text, after the digest of the state it was made from.
    pub sketch: OnceLock<(Digest, Sketch)>,
}

/// The reports about an entry to authorities. They are private.
///
/// The type cannot be displayed. Only the rules for reports that are due and the text for the authority read it, and
/// neither is published.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Reports(Vec<SentReport>);

/// A report that was sent to an authority.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SentReport {
    pub at: Instant,
    /// To whom, as the team calls the authority; `None` if only the time is known.
    pub to: Option<String>,
    /// Which report it was: `initial`; `None` for the next one in order.
    pub kind: Option<String>,
}

impl SentReport {
    /// A report of which only the time is known.
    #[must_use]
    pub fn at(at: Instant) -> SentReport {
        SentReport { at, to: None, kind: None }
    }
}

impl Reports {
    /// Stores reports, sorted by time and without duplicates. A time alone that another item names too is the same
    /// report.
    #[must_use]
    pub fn new(mut reports: Vec<SentReport>) -> Reports {
        reports.sort_unstable();
        reports.dedup();
        let named: Vec<Instant> =
            reports.iter().filter(|one| one.to.is_some() || one.kind.is_some()).map(|one| one.at).collect();
        reports.retain(|one| one.to.is_some() || one.kind.is_some() || !named.contains(&one.at));
        Reports(reports)
    }

    /// The reports, for the rules about them (`src/check/duties.rs`) and the text for the authority
    /// (`src/pack/regulator.rs`) only.
    pub(crate) fn for_the_authority(&self) -> &[SentReport] {
        &self.0
    }
}

impl std::fmt::Debug for SentReport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SentReport(…)")
    }
}

impl std::fmt::Debug for Reports {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Reports(…)")
    }
}

/// Hashes everything that the entry's own page may show. Private values and positions in files do not change a
/// page. Nor do links, which the hash covers by their targets.
impl Hash for Head {
    fn hash<H: Hasher>(&self, to: &mut H) {
        // The fields are destructured one by one, so that a new field must be considered here.
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
            section_anchors,
            place: _,
            digest: _,
            api_name: _,
            zone,
            is_local: _,
            sketch: _,
        } = self;
        (zone, section_anchors).hash(to);
        (kind, file, slug, id, api_id, title).hash(to);
        (draft, publish_at, withdrawn, translations).hash(to);
    }
}

impl Head {
    /// The digest of everything that a page may show of an entry. An entry does not change after it is read, so
    /// the digest is computed once, however many builds use it.
    pub fn digest_of(&self, entry: &impl Hash) -> Digest {
        *self.digest.get_or_init(|| Digest::of(entry))
    }

    /// Whether its text is in this language. A translated title alone does not count.
    #[must_use]
    pub fn is_in(&self, locale: usize) -> bool {
        locale == 0 || self.translations.contains(&locale)
    }
}

/// An old address as authors may write it, decoded and composed: a path of the site without `..`, query or
/// fragment.
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

/// The withdrawal of an entry that should not have been published, or that no longer holds.
#[derive(Debug, Hash)]
pub struct Withdrawn {
    pub at: Instant,
    pub reason: Text,
}

/// A dated section of an entry, with the changes it makes.
#[derive(Debug, Hash)]
pub struct Update<C> {
    /// The time from which the update is visible.
    pub at: Instant,
    /// How exactly its heading says that time.
    pub precision: Precision,
    pub status: Status,
    /// Which report it is, as written or counted.
    pub report: Option<ReportNumber>,
    /// The anchor that its writer gave it, besides its own.
    pub anchor: Option<String>,
    pub words: Rich,
    /// The changes from its fact lines.
    pub change: C,
    /// The number of earlier updates with the same status and stamp.
    pub ordinal: usize,
    /// The position of its heading.
    pub place: Place,
}

/// A change that an update makes, with what its translation may say of it.
pub trait Translated {
    fn scope(&mut self) -> Option<&mut Rich>;
}

impl Translated for () {
    fn scope(&mut self) -> Option<&mut Rich> {
        None
    }
}

impl<C: Translated, T> Translated for (C, T) {
    fn scope(&mut self) -> Option<&mut Rich> {
        self.0.scope()
    }
}

impl<C> Update<C> {
    /// Splits the change into two parts: the update with the first part, and the second part.
    pub(super) fn part<D, R>(self, part: impl FnOnce(C) -> (D, R)) -> (Update<D>, R) {
        let Update { at, precision, status, report, anchor, words, change, ordinal, place } = self;
        let (change, rest) = part(change);
        (Update { at, precision, status, report, anchor, words, change, ordinal, place }, rest)
    }

    /// Its time as its heading says it.
    #[must_use]
    pub fn stated(&self) -> Stated {
        Stated { at: self.at, precision: self.precision }
    }

    #[must_use]
    pub fn stamp(&self) -> Stamp {
        self.stated().stamp()
    }
}

/// A question in the FAQ of an entry.
#[derive(Debug, Hash)]
pub struct Question {
    /// The identifier on the entry's page.
    pub id: String,
    /// The anchor that its writer gave it, besides its id.
    pub anchor: Option<String>,
    pub question: Text,
    pub answer: Rich,
    /// The position of the answer in each language.
    pub place: Localized<Place>,
}

/// The value of a custom field.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FieldValue {
    /// An index into the field's values.
    Choice(usize),
    Words(Text),
}

/// An expected time, or words if no time can be given.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Estimate {
    At(Stated),
    Words(Text),
}

/// When the next update is promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NextUpdate {
    By(Stated),
    /// Nothing is promised, and that is said.
    Undecided,
}

impl NextUpdate {
    #[must_use]
    pub fn due(self) -> Option<Stated> {
        match self {
            NextUpdate::By(due) => Some(due),
            NextUpdate::Undecided => None,
        }
    }
}
