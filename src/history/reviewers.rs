//! `check --git`: checks that the repository confirms the people in `reviewed_by`.
//!
//! A commit that touched the entry's files confirms a name: as its author (name, mail address or the part before
//! `@`) or in a `Reviewed-by:` trailer. The author of an entry does not count as its reviewer. Git cannot know
//! what a person reviewed, or how carefully.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::entries;
use super::git::{Repository, Unknown, key};
use super::log::{Commit, Walk};
use super::versions::ORIGINALS;
use super::{Report, at_level, original, unknown};
use crate::diagnostic::Place;
use crate::document::Document;
use crate::document::yaml::{Data, Node};
use crate::limits::{COMMITS, GIT_MOVES};
use crate::message::{Message, message};
use crate::model::policy::Subject;
use crate::model::{EntryRef, Head, Instant, Level, Model, Secret};

pub const CODE: &str = "policy/unconfirmed-reviewer";
/// The rule for the required number of reviewers, whose level this rule shares.
const TOO_FEW: &str = "policy/too-few-reviewers";

/// The numbers of commits to read, step by step, until they are enough.
const STEPS: [usize; 3] = [1_000, 5_000, COMMITS];
/// Committers' clocks differ, so this many commits are read beyond the one that added an entry.
const SLACK: usize = 100;

/// Checks the reviewers of entries that are open or announced, or of `all`, in the repository of `root`.
pub fn check(root: &Path, model: &Model, as_of: Instant, all: bool) -> Report {
    let mut report = Report::default();
    let level = model.config.policy.level(TOO_FEW);
    let mut items = if level == Level::Off { Vec::new() } else { entries::open(model, as_of, all) };
    items.retain(|item| !item.head().reviewers.is_empty());
    if items.is_empty() {
        return report;
    }
    if let Err(why) = ask(root, model, &items, level, &mut report) {
        report.found.push(unknown(&why));
    }
    report
}

fn ask(
    root: &Path,
    model: &Model,
    items: &[EntryRef<'_>],
    level: Level,
    report: &mut Report,
) -> Result<(), Unknown> {
    let repository = Repository::around(root, None)?;
    let files: Vec<Vec<Arc<str>>> =
        items.iter().map(|item| entries::files(&item.head().file, &model.config.locales)).collect();
    let mut cuts: BTreeSet<bool> = BTreeSet::new();
    for (item, hands) in items.iter().zip(hands(&repository, &files)?) {
        let head = item.head();
        let doubts: Vec<(usize, Doubt)> = (head.reviewers.iter().enumerate())
            .filter_map(|(at, name)| Some((at, hands.doubt(name)?)))
            .collect();
        if doubts.is_empty() {
            continue;
        }
        let cut = &hands.cut;
        // If the history is cut off, only the commits that were read are certain.
        let sure = |doubt: &Doubt| cut.is_none() || *doubt == Doubt::Author;
        if doubts.iter().any(|(_, doubt)| !sure(doubt)) {
            cuts.insert(matches!(cut, Some(Unknown::Shallow)));
        }
        let asked = asked(*item, model);
        let is_enough = asked > 0 && head.reviewers.len() - doubts.len() >= asked;
        let level = if is_enough { Level::Warn } else { level };
        let doubts: Vec<_> = doubts.into_iter().filter(|(_, doubt)| sure(doubt)).collect();
        tell(root, model, head, &doubts, level, report);
    }
    for is_shallow in cuts {
        report.found.push(unknown(&if is_shallow { Unknown::Shallow } else { Unknown::Bound }));
    }
    Ok(())
}

/// The number of reviewers that an entry needs. Of two demands, the narrower one applies.
fn asked(item: EntryRef<'_>, model: &Model) -> usize {
    let subjects = match item {
        EntryRef::Incident(entry) => [Some(Subject::Severity(entry.severity)), Some(Subject::Incident)],
        EntryRef::Maintenance(entry) => [Some(Subject::Kind(entry.kind)), Some(Subject::Maintenance)],
        EntryRef::Notice(_) => [Some(Subject::Notice), None],
        EntryRef::Question(_) | EntryRef::Page(_) => [None, None],
    };
    let demand = |wanted| model.config.policy.reviewers.iter().find(|(subject, _)| *subject == wanted);
    subjects.into_iter().flatten().find_map(demand).map_or(0, |(_, count)| *count)
}

/// Why a name is not confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doubt {
    /// No commit of the entry has this name.
    Nowhere,
    /// The name belongs to the author of the entry.
    Author,
}

#[derive(Default)]
struct Contributors {
    /// The person who added it, under all of their names.
    author: Vec<String>,
    /// Everyone else who changed or reviewed it.
    others: Vec<String>,
    cut: Option<Unknown>,
}

impl Contributors {
    fn doubt(&self, name: &Secret) -> Option<Doubt> {
        let is = |names: &[String]| names.iter().any(|known| name.says(known));
        match (is(&self.author), is(&self.others)) {
            (true, _) => Some(Doubt::Author),
            (false, true) => None,
            (false, false) => Some(Doubt::Nowhere),
        }
    }
}

/// The names of one person: `Hanako Sato <hanako@example.com>` yields three.
fn names(written: &str) -> Vec<String> {
    let (name, mail) = match written.split_once('<') {
        Some((name, mail)) => (name.trim(), mail.trim_end_matches('>').trim()),
        None => (written.trim(), written.trim()),
    };
    let local = mail.split_once('@').map_or("", |(local, _)| local);
    let mut names: Vec<String> =
        [name, mail, local].into_iter().filter(|n| !n.is_empty()).map(str::to_owned).collect();
    names.dedup();
    names
}

fn author(commit: &Commit) -> Vec<String> {
    names(&format!("{} <{}>", commit.author, commit.email))
}

fn hands(repository: &Repository, entries: &[Vec<Arc<str>>]) -> Result<Vec<Contributors>, Unknown> {
    let (paths, commits) = walked(repository, entries)?;
    Ok(paths.iter().map(|paths| hands_of(paths, &commits, repository)).collect())
}

/// The names that the files of each entry have or had, and the commits back to the one that added the oldest entry.
pub(super) fn walked(
    repository: &Repository,
    entries: &[Vec<Arc<str>>],
) -> Result<(Vec<Vec<String>>, Vec<Commit>), Unknown> {
    let mut paths: Vec<Vec<String>> =
        entries.iter().map(|files| files.iter().map(|file| key(file)).collect()).collect();
    let Some(head) = repository.head()? else { return Ok((paths, Vec::new())) };
    let asked: Vec<&str> = paths.iter().flatten().map(String::as_str).collect();
    let committed = repository.committed(&head, &asked)?;
    // Files that were never committed need no search.
    let is_new: Vec<bool> =
        paths.iter().map(|paths| !paths.iter().any(|path| committed.contains_key(path))).collect();
    for _ in 0..GIT_MOVES {
        let commits = commits(repository, &head, &paths, &is_new)?;
        if !follow(repository, &commits, &mut paths)? {
            return Ok((paths, commits));
        }
    }
    let commits = commits(repository, &head, &paths, &is_new)?;
    Ok((paths, commits))
}

/// Reads commits back to the one that added the oldest of the entries.
fn commits(
    repository: &Repository,
    head: &str,
    paths: &[Vec<String>],
    is_new: &[bool],
) -> Result<Vec<Commit>, Unknown> {
    if is_new.iter().all(|is_new| *is_new) {
        return Ok(Vec::new());
    }
    let files: Vec<&str> = paths.iter().flatten().map(String::as_str).collect();
    let mut commits = Vec::new();
    for most in STEPS {
        commits = repository.log(head, Walk::All, most, &files)?;
        let added = |paths: &Vec<String>| commits.iter().position(|commit| adds(commit, paths));
        let old = paths.iter().zip(is_new).filter(|(_, is_new)| !**is_new);
        let oldest = old.map(|(paths, _)| added(paths)).collect::<Option<Vec<_>>>();
        let oldest = oldest.and_then(|found| found.into_iter().max());
        if commits.len() < most || oldest.is_some_and(|oldest| oldest + SLACK < commits.len()) {
            break;
        }
    }
    Ok(commits)
}

/// Whether a commit added the original under its oldest known name.
fn adds(commit: &Commit, paths: &[String]) -> bool {
    let originals = &paths[..paths.len().min(ORIGINALS)];
    commit.changes.iter().any(|change| change.old.is_none() && originals.contains(&change.path))
}

/// Puts the old names of moved files in front. Returns whether there were any.
fn follow(repository: &Repository, commits: &[Commit], paths: &mut [Vec<String>]) -> Result<bool, Unknown> {
    let added: Vec<Option<&Commit>> =
        paths.iter().map(|paths| commits.iter().find(|commit| adds(commit, paths))).collect();
    let mut asked: Vec<&Commit> =
        added.iter().flatten().copied().filter(|commit| !commit.parents.is_empty()).collect();
    asked.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    asked.dedup_by(|a, b| a.id == b.id);
    if asked.is_empty() {
        return Ok(false);
    }
    let moves = repository.moves(&asked)?;
    let mut is_any = false;
    for (paths, added) in paths.iter_mut().zip(added) {
        let Some(moves) = added.and_then(|added| moves.iter().find(|moves| moves.id == added.id)) else {
            continue;
        };
        let from =
            |path: &String| moves.changes.iter().find(|c| c.path == *path).and_then(|c| c.from.clone());
        let old: Vec<String> = paths.iter().take(ORIGINALS).filter_map(from).collect();
        if old.is_empty() || old.iter().any(|old| paths.contains(old)) {
            continue;
        }
        let others: Vec<String> = paths.iter().skip(ORIGINALS).filter_map(from).collect();
        let mut all = old.clone();
        // The list keeps its number of originals. A name without a move is repeated, because it never existed.
        all.resize(ORIGINALS, old[0].clone());
        all.append(paths);
        all.extend(others);
        *paths = all;
        is_any = true;
    }
    Ok(is_any)
}

fn hands_of(paths: &[String], commits: &[Commit], repository: &Repository) -> Contributors {
    let mut hands = Contributors::default();
    let touches = |commit: &&Commit| commit.changes.iter().any(|change| paths.contains(&change.path));
    let first = commits.iter().position(|commit| adds(commit, paths));
    for commit in commits.iter().filter(touches) {
        hands.others.extend(author(commit));
        hands.others.extend(commit.reviewed.iter().flat_map(|line| names(line)));
    }
    match first.map(|at| &commits[at]) {
        Some(first) if first.parents.is_empty() && repository.is_shallow() => {
            hands.cut = Some(Unknown::Shallow);
        }
        Some(first) => hands.author = author(first),
        None if commits.len() >= COMMITS => hands.cut = Some(Unknown::Bound),
        None => {}
    }
    hands
}

/// Turns doubts into diagnostics, each at its name.
fn tell(
    root: &Path,
    model: &Model,
    head: &Head,
    doubts: &[(usize, Doubt)],
    level: Level,
    report: &mut Report,
) {
    if doubts.is_empty() {
        return;
    }
    let document = original(root, head, &model.config);
    for (at, doubt) in doubts {
        let (place, name) =
            document.as_ref().and_then(|(document, _)| place(document, &head.reviewers[*at])).unwrap_or_else(
                || (head.place.clone(), message!("history-a-reviewer", "a name in `reviewed_by`")),
            );
        let (message, help) = match doubt {
            Doubt::Nowhere => (
                message!(
                    "history-reviewer-nowhere",
                    "no commit of this entry has {name} as its author or in a `Reviewed-by:` line",
                    name
                ),
                message!(
                    "history-reviewer-nowhere-help",
                    "ask them to commit the line themselves, or end the message of a commit that touches the entry with `Reviewed-by: Name <mail>`"
                ),
            ),
            Doubt::Author => (
                message!(
                    "history-reviewer-author",
                    "{name} wrote this entry, and an author cannot review their own entry",
                    name
                ),
                message!("history-reviewer-author-help", "ask another person to review it, and name them"),
            ),
        };
        let found = at_level(level, CODE, place, message);
        report.found.push(found.help(help));
    }
    if let Some((_, text)) = document {
        report.texts.insert(Arc::clone(&head.file), text);
    }
}

/// The position of a name, and its spelling there.
fn place(document: &Document, name: &Secret) -> Option<(Place, Message)> {
    let listed = document.front.root.get("reviewed_by")?;
    let is = |node: &&Node| matches!(&node.data, Data::Text(text) | Data::Number(text) if name.says(text));
    let node = match &listed.data {
        Data::List(list) => list.iter().find(is),
        _ => Some(listed).filter(is),
    }?;
    Some((document.front.place(&node.range), Message::same(format!("`{}`", node.scalar()?))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_goes_by_name_mail_and_the_part_before_the_at() {
        assert_eq!(names("Hanako Sato <hanako@a.example>"), ["Hanako Sato", "hanako@a.example", "hanako"]);
        assert_eq!(names("hanako@a.example"), ["hanako@a.example", "hanako"]);
        assert_eq!(names("花子"), ["花子"]);
        assert_eq!(names(" <>"), Vec::<String>::new());
    }
}
