//! `policy/silent-edit`: published text that changed without a `correction`.
//!
//! Text counts as published after it was visible for ten minutes: from its commit, and from the time it states,
//! until the commit that changed it. The ten minutes forgive a typo that is fixed right after the first commit.
//! Versions that could not be published (with errors, or drafts) are ignored.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::entries;
use super::git::{Repository, Unknown};
use super::log::Commit;
use super::versions::{self, Version, Versions};
use super::wording::{self, Piece, PieceText, PieceTexts, Words};
use super::{Blob, Report, at_level, named, original};
use crate::diagnostic::Place;
use crate::document::{self, Document};
use crate::load;
use crate::message::{Message, message};
use crate::model::{Config, EntryRef, Head, Instant, Level, Model};
use crate::vocabulary::{Section, Status};

pub const CODE: &str = "policy/silent-edit";

/// The time for which text must be visible to count as published, in seconds.
pub const GRACE: i64 = 600;

/// Checks entries that are open, announced or closed for less than thirty days, or `all`, in the repository of
/// `root`. Without a repository it reports nothing. Without such entries it starts no process.
#[must_use]
pub fn check(root: &Path, model: &Model, as_of: Instant, all: bool) -> Report {
    let mut report = Report::default();
    let level = model.config.policy.level(CODE);
    let items = if level == Level::Off { Vec::new() } else { entries::current(model, as_of, all) };
    if items.is_empty() {
        return report;
    }
    match ask(root, model, &items, as_of, level, &mut report) {
        Ok(()) | Err(Unknown::NoGit | Unknown::NoRepository | Unknown::NoTree) => {}
        Err(why) => report.found.push(super::unknown(&why)),
    }
    report
}

fn ask(
    root: &Path,
    model: &Model,
    items: &[EntryRef<'_>],
    as_of: Instant,
    level: Level,
    report: &mut Report,
) -> Result<(), Unknown> {
    let repository = Repository::around(root, None)?;
    let files: Vec<Vec<Arc<str>>> =
        items.iter().map(|item| entries::files(&item.head().file, &model.config.locales)).collect();
    let pasts = versions::of(&repository, &files)?;
    let versions = || pasts.iter().flat_map(|past| &past.versions);
    let blobs =
        repository.blobs(versions().flat_map(|version| version.files.values().map(String::as_str)))?;
    let mut cuts: Vec<&Unknown> = Vec::new();
    let text = |id: &str| blobs.get(id).and_then(Blob::text);
    let today = Zones(vec![(i64::MIN, model.config.clone())]);
    let mut then: Option<Zones> = None;
    for (item, past) in items.iter().zip(&pasts) {
        cuts.extend(&past.cut);
        let mut edits = edits(*item, past, &text, &today, as_of);
        // Times may differ because the site had another zone. That is checked only if something differs.
        if !edits.is_empty() {
            let zones = match then.take() {
                Some(zones) => zones,
                None => Zones::of(&repository, &model.config)?,
            };
            if zones.0.len() > 1 {
                edits = self::edits(*item, past, &text, &zones, as_of);
            }
            then = Some(zones);
        }
        if !edits.is_empty() {
            tell(root, item.head(), &edits, &model.config, level, report);
        }
    }
    if blobs.values().any(|blob| *blob == Blob::Missing) {
        cuts.push(&Unknown::Partial);
    }
    report.found.extend(super::cut_off(&cuts));
    Ok(())
}

/// The configuration for reading old entries: that of today, in the zone of each time.
struct Zones(Vec<(i64, Config)>);

impl Zones {
    /// Finds the zone in `site.yaml` from each commit on, the oldest first.
    fn of(repository: &Repository, config: &Config) -> Result<Zones, Unknown> {
        let past = versions::of(repository, &[vec![Config::file()]])?.pop().unwrap_or_default();
        let blobs =
            repository.blobs(past.versions.iter().flat_map(|v| v.files.values().map(String::as_str)))?;
        let mut zones: Vec<(i64, Config)> = Vec::new();
        for version in &past.versions {
            let text = version.files.values().find_map(|id| blobs.get(id).and_then(Blob::text));
            let Some(zone) = text.as_deref().and_then(super::zone_in) else { continue };
            if zones.last().is_none_or(|(_, known)| known.zone != zone) {
                let from = if zones.is_empty() { i64::MIN } else { version.commit.time };
                zones.push((from, config.in_zone(zone)));
            }
        }
        if zones.is_empty() {
            zones.push((i64::MIN, config.clone()));
        }
        Ok(Zones(zones))
    }

    /// The configuration for a commit of this time.
    fn at(&self, time: i64) -> Option<&Config> {
        self.0.iter().rev().find(|(from, _)| *from <= time).or(self.0.first()).map(|(_, config)| config)
    }
}

struct Edit {
    piece: Piece,
    locale: usize,
    before: PieceText,
    how: EditKind,
    /// The commit that changed it; `None` for the working tree.
    commit: Option<Arc<Commit>>,
    /// The version that changed it, and its time.
    version: usize,
    at: i64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum EditKind {
    Words,
    Facts,
    Gone,
}

/// The text of a piece, and the time since when readers may have seen it.
struct PublishedText {
    text: PieceText,
    since: i64,
}

/// Every change that was neither reverted nor corrected.
fn edits(
    item: EntryRef<'_>,
    past: &Versions,
    text: &dyn Fn(&str) -> Option<Arc<str>>,
    zones: &Zones,
    as_of: Instant,
) -> Vec<Edit> {
    let locales = zones.at(i64::MAX).map_or(1, |config| config.locales.len());
    let mut standing: BTreeMap<(Piece, usize), PublishedText> = BTreeMap::new();
    let mut open: Vec<Edit> = Vec::new();
    // The texts that were published earlier. Restoring one of them is not a change.
    let mut published: BTreeMap<(Piece, usize), Vec<PieceText>> = BTreeMap::new();
    // The version in which each correction first appeared.
    let mut corrections: BTreeMap<(Piece, usize), usize> = BTreeMap::new();
    let committed = past.versions.iter().map(Some);
    let mut clock = i64::MIN;
    for (number, version) in committed.chain([None]).enumerate() {
        let words = match version {
            Some(version) => {
                zones.at(version.commit.time).and_then(|config| read(version, text, config, locales))
            }
            None => Some(wording::of(item, locales)),
        };
        // A hidden version was never published.
        let Some(words) = words.filter(|words| !words.is_hidden) else { continue };
        // Committers' clocks differ, but the history has one order.
        clock = clock.max(version.map_or(as_of.0, |version| version.commit.time));
        for key in words.pieces.keys().filter(|(piece, _)| is_correction(*piece)) {
            corrections.entry(*key).or_insert(number);
        }
        if !words.is_withdrawn {
            let commit = version.map(|version| Arc::clone(&version.commit));
            for (key, before, how) in changes(&standing, &words.pieces, clock) {
                let known = published.entry(key).or_default();
                let now = words.pieces.get(&key);
                if !now.is_some_and(|now| known.iter().any(|old| is_restored(key.0, old, now))) {
                    let (piece, locale, commit) = (key.0, key.1, commit.clone());
                    let before = before.clone();
                    open.push(Edit { piece, locale, before, how, commit, version: number, at: clock });
                }
                known.push(before);
            }
        }
        open.retain(|edit| {
            let now = words.pieces.get(&(edit.piece, edit.locale));
            !now.is_some_and(|now| is_restored(edit.piece, &edit.before, now))
        });
        stand(&mut standing, words, clock);
    }
    let has_correction = |edit: &Edit| {
        corrections.iter().any(|((piece, _), seen)| {
            let Piece::Update { at, .. } = piece else { return false };
            *seen >= edit.version || at.0 >= edit.at.saturating_sub(GRACE)
        })
    };
    open.retain(|edit| !has_correction(edit));
    // Of several changes to one piece, only the last is reported.
    let mut last: BTreeMap<(Piece, usize), Edit> = BTreeMap::new();
    for edit in open {
        last.insert((edit.piece, edit.locale), edit);
    }
    last.into_values().collect()
}

fn is_correction(piece: Piece) -> bool {
    matches!(piece, Piece::Update { status: Status::Correction, .. })
}

fn read(
    version: &Version,
    text: &dyn Fn(&str) -> Option<Arc<str>>,
    config: &Config,
    locales: usize,
) -> Option<Words> {
    let files = version.files.iter().map(|(name, blob)| Some((Arc::clone(name), text(blob)?)));
    let entry = load::entry(&files.collect::<Option<Vec<_>>>()?, config)?;
    Some(wording::of(EntryRef::from(&entry), locales))
}

/// The published pieces that now have another text.
fn changes(
    standing: &BTreeMap<(Piece, usize), PublishedText>,
    now: &PieceTexts,
    clock: i64,
) -> Vec<((Piece, usize), PieceText, EditKind)> {
    let mut found = Vec::new();
    for (key, old) in standing {
        let from = old.since.max(old.text.from.0);
        if clock.saturating_sub(from) < GRACE {
            continue;
        }
        let how = match now.get(key) {
            None => Some(EditKind::Gone),
            Some(new) if old.text.facts != new.facts => Some(EditKind::Facts),
            Some(new) if is_kept(key.0, &old.text.words, &new.words) => None,
            Some(_) => Some(EditKind::Words),
        };
        // A heading without any content below it said nothing.
        let had_content = !old.text.words.is_empty() || old.text.facts.is_some();
        found.extend(how.filter(|_| had_content).map(|how| (*key, old.text.clone(), how)));
    }
    found
}

/// Whether the old text is still there. A piece without its own time, such as a section, may grow.
fn is_kept(piece: Piece, old: &str, new: &str) -> bool {
    match piece {
        Piece::Section(_) | Piece::Question(_) => new.starts_with(old),
        _ => old.is_empty() || old == new,
    }
}

fn is_restored(piece: Piece, before: &PieceText, now: &PieceText) -> bool {
    now.facts == before.facts && is_kept(piece, &before.words, &now.words)
}

/// Records the current text of each piece. Unchanged pieces keep their earlier time.
fn stand(standing: &mut BTreeMap<(Piece, usize), PublishedText>, words: Words, clock: i64) {
    let mut next = BTreeMap::new();
    for (key, text) in words.pieces {
        let old =
            standing.get(&key).filter(|old| old.text.words == text.words && old.text.facts == text.facts);
        let since = old.map_or(clock, |old| old.since);
        next.insert(key, PublishedText { text, since });
    }
    *standing = next;
}

/// Turns edits into diagnostics, at their positions in the current file.
fn tell(root: &Path, head: &Head, edits: &[Edit], config: &Config, level: Level, report: &mut Report) {
    let document = original(root, head, config);
    for edit in edits {
        let place = place(edit.piece, head, document.as_ref().map(|(document, _)| document), config);
        let help = message!(
            "history-silent-edit-help",
            "add `## correction` with the time, and say what was wrong and what is right; or restore the published text"
        );
        report.found.push(at_level(level, CODE, place, account(edit, config)).help(help));
    }
    if let Some((_, text)) = document {
        report.texts.insert(Arc::clone(&head.file), text);
    }
}

/// The message for an edit: what changed, and who changed it.
fn account(edit: &Edit, config: &Config) -> Message {
    let what = describe(edit.piece, config);
    let language = config.locales.get(edit.locale).filter(|_| edit.locale > 0);
    let what = match language {
        Some(tag) => message!("history-edited-in", "{what} in `{tag}`", what, tag),
        None => what,
    };
    let who = match &edit.commit {
        Some(commit) => {
            message!("history-edited-by", "commit {commit}", commit = named(commit, config.zone))
        }
        None => message!("history-edited-uncommitted", "an uncommitted edit"),
    };
    match edit.how {
        EditKind::Words => message!(
            "history-edited-words",
            "{what} no longer has its published text, and no `correction` says so: {who} changed it",
            what,
            who
        ),
        EditKind::Facts => message!(
            "history-edited-facts",
            "{what} no longer has its published facts, and no `correction` says so: {who} changed it",
            what,
            who
        ),
        EditKind::Gone => message!(
            "history-edited-gone",
            "{what} was published and is gone, and no `correction` says so: {who} changed it",
            what,
            who
        ),
    }
}

/// The heading or the line of front matter of a piece, or else the title.
fn place(piece: Piece, head: &Head, document: Option<&Document>, config: &Config) -> Place {
    let zone = head.zone.unwrap_or(config.zone);
    let known = document.and_then(|document| {
        let front = &document.front;
        let key = |key: &str| {
            let entry = front.root.entry(key);
            Some(entry.map_or_else(|| Place::whole(&head.file), |entry| front.place(&entry.key_range)))
        };
        let at = |range: &std::ops::Range<usize>| Some(Place::at(&head.file, range.clone()));
        let section = |wanted: Section| {
            let found = document.body.sections.iter().find(|s| s.section == wanted);
            found.and_then(|section| at(&section.heading))
        };
        match piece {
            Piece::Title | Piece::Summary => None,
            Piece::Fact(wanted) => key(wanted),
            Piece::Update { at: wanted, status, .. } => {
                let is = |raw: &&document::body::RawUpdate| {
                    raw.status == status && zone.resolve(&raw.written).ok() == Some(wanted)
                };
                document.body.updates.iter().find(is).and_then(|raw| at(&raw.heading))
            }
            Piece::Section(wanted) => section(wanted),
            Piece::Question(_) => section(Section::Faq),
        }
    });
    known.unwrap_or_else(|| head.place.clone())
}

fn describe(piece: Piece, config: &Config) -> Message {
    match piece {
        Piece::Title => message!("history-the-title", "the title"),
        Piece::Summary => message!("history-the-summary", "the summary"),
        Piece::Fact(key) => Message::same(format!("`{key}`")),
        Piece::Update { at, status, .. } => message!(
            "history-the-update",
            "the update `{status} {time}`",
            status = status.word(),
            time = config.zone.local(at).format("%Y-%m-%d %H:%M").to_string()
        ),
        Piece::Section(section) => {
            message!("history-the-section", "the section `{section}`", section = section.word())
        }
        Piece::Question(_) => message!("history-an-answer", "an answer in the FAQ"),
    }
}
