//! What the texts of entries said in each commit that may have approved them.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::git::{Repository, Unknown};
use super::log::Commit;
use super::reviews::{Reviewed, Reviews};
use super::units::{self, Units};
use super::{Blob, entries, reviewers};
use crate::limits::VERSIONS;
use crate::load;
use crate::model::{Config, EntryRef, Secret};
use crate::text;

/// An entry in a commit.
#[derive(Debug)]
pub(super) struct State {
    pub(super) units: Units,
    pub(super) reviewers: Vec<Secret>,
    /// Whether it had errors, so that nothing is known of it.
    pub(super) is_broken: bool,
}

/// The state of an entry in a commit; `None` if the commit lacks it.
pub(super) type Then = Option<Arc<State>>;

/// A commit that changed an entry or approves it.
pub(super) struct Step {
    pub(super) commit: Commit,
    pub(super) state: Then,
    pub(super) parents: Vec<Then>,
    /// Whether it is the first commit of a clone that has not all of them, so that its words may be older.
    pub(super) is_edge: bool,
}

/// What git says of an entry.
#[derive(Default)]
pub(super) struct Past {
    /// The newest first.
    pub(super) steps: Vec<Step>,
    /// The last committed state.
    pub(super) head: Then,
    /// For each verdict of the reviews the state that it is about; `None` if it is not about this entry.
    pub(super) reviewed: Vec<Option<Then>>,
    /// The state that the pull request starts from, if it is known.
    pub(super) base: Option<Then>,
}

/// The commits of the reviews, as far as this clone has them.
#[derive(Default)]
struct Pull {
    /// For each verdict its commit and the commit that the pull request starts from.
    verdicts: Vec<Option<(String, Option<String>)>>,
    base: Option<String>,
}

/// The past of each entry. Adds to `unknown` what this clone cannot say.
pub(super) fn of(
    repository: &Repository,
    items: &[EntryRef<'_>],
    config: &Config,
    reviews: Option<&Reviews>,
    unknown: &mut Vec<Unknown>,
) -> Result<Vec<Past>, Unknown> {
    let files: Vec<Vec<Arc<str>>> =
        items.iter().map(|item| entries::files(&item.head().file, &config.locales)).collect();
    let (paths, commits) = reviewers::walked(repository, &files)?;
    let Some(head) = repository.head()? else { return Ok(items.iter().map(|_| Past::default()).collect()) };
    let pull = pull(repository, reviews, &head, unknown)?;
    let steps: Vec<Vec<&Commit>> =
        items.iter().zip(&paths).map(|(item, paths)| steps(*item, paths, &commits)).collect();
    let mut states = States::default();
    for (entry, (paths, steps)) in paths.iter().zip(&steps).enumerate() {
        let of_steps = steps.iter().flat_map(|commit| commit.parents.iter().chain([&commit.id]));
        let of_pull = pull.verdicts.iter().flatten().flat_map(|(commit, base)| base.iter().chain([commit]));
        for commit in of_steps.chain(of_pull).chain(&pull.base).chain([&head]) {
            states.ask(entry, commit, paths);
        }
    }
    states.read(repository, &paths, config)?;
    let mut pasts = Vec::new();
    for (entry, steps) in steps.into_iter().enumerate() {
        let state = |commit: &String| states.state(entry, commit);
        let step = |commit: &Commit| Step {
            state: state(&commit.id),
            parents: commit.parents.iter().map(state).collect(),
            is_edge: commit.parents.is_empty() && repository.is_shallow(),
            commit: commit.clone(),
        };
        let reviewed = |verdict: &Option<(String, Option<String>)>| {
            let (commit, base) = verdict.as_ref()?;
            let is_about = base.as_ref().is_none_or(|base| states.differ(entry, base, commit));
            is_about.then(|| state(commit))
        };
        pasts.push(Past {
            steps: steps.into_iter().map(step).collect(),
            head: state(&head),
            reviewed: pull.verdicts.iter().map(reviewed).collect(),
            base: pull.base.as_ref().map(state),
        });
    }
    if pasts.iter().flat_map(|past| &past.steps).any(|step| step.is_edge) {
        unknown.push(Unknown::Shallow);
    }
    Ok(pasts)
}

/// The commits that changed an entry, or that approve it by its name.
fn steps<'c>(item: EntryRef<'_>, paths: &[String], commits: &'c [Commit]) -> Vec<&'c Commit> {
    let head = item.head();
    let names = [&*head.file, &head.slug, &head.id].map(text::fold);
    let is_named = |commit: &Commit| commit.approves.iter().any(|name| names.contains(&text::fold(name)));
    let touches = |commit: &Commit| commit.changes.iter().any(|change| paths.contains(&change.path));
    commits.iter().filter(|commit| touches(commit) || is_named(commit)).take(VERSIONS).collect()
}

fn pull(
    repository: &Repository,
    reviews: Option<&Reviews>,
    head: &str,
    unknown: &mut Vec<Unknown>,
) -> Result<Pull, Unknown> {
    let Some(reviews) = reviews else { return Ok(Pull::default()) };
    let mut lost = |commit: &str| {
        let why = Unknown::Commit(commit.to_owned());
        if !unknown.contains(&why) {
            unknown.push(why);
        }
    };
    let newest = reviews.head.as_deref().unwrap_or(head);
    let base = match &reviews.base {
        Some(base) if repository.has(base)? => Some(base.as_str()),
        Some(base) => {
            lost(base);
            return Ok(Pull { verdicts: vec![None; reviews.verdicts.len()], base: None });
        }
        None => None,
    };
    let mut pull = Pull::default();
    for verdict in &reviews.verdicts {
        let commit = match &verdict.of {
            Reviewed::Commit(commit) => commit,
            Reviewed::Head(_) => newest,
            Reviewed::Lost => {
                pull.verdicts.push(None);
                continue;
            }
        };
        if !repository.has(commit)? {
            lost(commit);
            pull.verdicts.push(None);
            continue;
        }
        let from = match base {
            // Without a common commit everything is new.
            Some(base) => Some(repository.merge_base(base, commit)?.unwrap_or_else(|| base.to_owned())),
            None => None,
        };
        pull.verdicts.push(Some((commit.to_owned(), from)));
    }
    if let Some(base) = base
        && repository.has(newest)?
    {
        pull.base = repository.merge_base(base, newest)?;
    }
    Ok(pull)
}

/// The files of entries in commits: asked all at once, read all at once.
#[derive(Default)]
struct States {
    asked: Vec<(usize, String, String)>,
    files: HashMap<(usize, String), BTreeMap<String, String>>,
    known: HashMap<(usize, BTreeMap<String, String>), Then>,
}

impl States {
    fn ask(&mut self, entry: usize, commit: &str, paths: &[String]) {
        let key = (entry, commit.to_owned());
        if self.files.contains_key(&key) {
            return;
        }
        let mut paths = paths.to_vec();
        paths.sort_unstable();
        paths.dedup();
        self.asked.extend(paths.into_iter().map(|path| (entry, commit.to_owned(), path)));
        self.files.insert(key, BTreeMap::new());
    }

    fn read(
        &mut self,
        repository: &Repository,
        paths: &[Vec<String>],
        config: &Config,
    ) -> Result<(), Unknown> {
        let wanted: Vec<(&str, &str)> =
            self.asked.iter().map(|(_, commit, path)| (commit.as_str(), path.as_str())).collect();
        let found = repository.at(&wanted)?;
        for ((entry, commit, path), blob) in self.asked.drain(..).zip(found) {
            let files = self.files.entry((entry, commit)).or_default();
            files.extend(blob.map(|blob| (path, blob)));
        }
        let blobs = repository.blobs(self.files.values().flat_map(BTreeMap::values).map(String::as_str))?;
        if blobs.values().any(|blob| *blob == Blob::Missing) {
            return Err(Unknown::Partial);
        }
        for ((entry, _), files) in &self.files {
            let key = (*entry, files.clone());
            if self.known.contains_key(&key) {
                continue;
            }
            // The original is in front, under its newest name.
            let texts = paths[*entry].iter().filter_map(|path| {
                let text = blobs.get(files.get(path)?).and_then(Blob::text)?;
                Some((Arc::from(path.as_str()), text))
            });
            let mut texts: Vec<(Arc<str>, Arc<str>)> = texts.collect();
            texts.dedup_by(|a, b| a.0 == b.0);
            let is_whole = texts.len() == files.len();
            let entry = Some(texts).filter(|_| is_whole).and_then(|texts| load::entry(&texts, config));
            let state = match entry {
                _ if files.is_empty() => None,
                Some(entry) => Some(Arc::new(State {
                    units: units::of(EntryRef::from(&entry), config.locales.len()),
                    reviewers: entry.head().reviewers.clone(),
                    is_broken: false,
                })),
                None => Some(Arc::new(State { units: Units::new(), reviewers: Vec::new(), is_broken: true })),
            };
            self.known.insert(key, state);
        }
        Ok(())
    }

    fn files(&self, entry: usize, commit: &str) -> Option<&BTreeMap<String, String>> {
        self.files.get(&(entry, commit.to_owned()))
    }

    fn state(&self, entry: usize, commit: &str) -> Then {
        let files = self.files(entry, commit)?;
        self.known.get(&(entry, files.clone())).cloned().flatten()
    }

    /// Whether an entry has other files in one commit than in the other.
    fn differ(&self, entry: usize, one: &str, other: &str) -> bool {
        self.files(entry, one) != self.files(entry, other)
    }
}
