//! Sends the published folder to where readers get it: an object store, a folder, another machine.
//!
//! Knows the manifest, the order in which files arrive and what an interrupted deployment leaves,
//! but not what a file means. A store has no rename and readers read while it changes, so the order
//! keeps every link alive: first files that are not there yet, then files that change, with lists
//! and the home page after what they link to; then the manifest; and last it removes old files.
//!
//! A file in the store is ours if the last deployment or an interrupted one names it. Nothing else
//! is ever overwritten or removed, unless the caller forces it.
//!
//! Why: docs/decisions/deploying.md.

mod cache;
mod folder;
mod lock;
mod objects;
mod plan;
mod provider;
mod rsync;
mod secrets;
mod sides;
mod state;
mod store;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

pub use provider::{aws_credential, open};
pub use secrets::Secrets;
pub use store::StoreError;
#[cfg(feature = "announce")]
pub use store::{SiteFile, Store, Version, Written};

#[cfg(not(feature = "announce"))]
use store::{SiteFile, Store};

use lock::Lock;
use plan::Plan;
use state::{Deployed, State};

use crate::message::{Message, message};
use crate::model::Instant;
use crate::publish::{Entry, Manifest};

/// A published folder that is to be deployed.
pub struct Site<'a> {
    pub folder: &'a Path,
    pub manifest: &'a Manifest,
    /// The bytes of `manifest.json`.
    pub head: &'a [u8],
    /// Their digest and size.
    pub head_entry: &'a Entry,
    /// The clock of the build.
    pub clock: Instant,
    /// The commit of its content, if there is a repository.
    pub commit: Option<&'a str>,
    /// How this commit relates to the deployed one, if git can say.
    pub relation: &'a dyn Fn(&str) -> Option<Relation>,
}

impl Site<'_> {
    /// Whether it has a file at this path.
    fn has(&self, path: &str) -> bool {
        let Manifest { files, parts, .. } = self.manifest;
        path == MANIFEST || files.contains_key(path) || parts.contains_key(path)
    }
}

/// How a commit relates to the deployed one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Relation {
    Same,
    /// The deployed commit came after this one.
    Older,
    /// This commit came after the deployed one.
    Newer,
    Diverged,
}

#[derive(Clone, Copy, Default, Debug)]
pub struct How {
    /// Compares what is really there instead of trusting the last deployment.
    pub verify: bool,
    /// Says what would be done, and changes nothing.
    pub dry_run: bool,
    /// Deploys an older build too, and overwrites files that are not ours.
    pub force: bool,
}

pub struct Options<'a> {
    pub how: How,
    /// Whether somebody must be told of changed addresses after the last file.
    pub has_cdn: bool,
    /// A folder for what the store is asked for otherwise: the parts of the deployed manifest. May be missing, old or
    /// removed at any time.
    pub cache: Option<&'a Path>,
    /// What the lock says about its owner: anybody can read it.
    pub owner: &'a str,
    pub now: &'a dyn Fn() -> Instant,
    /// Called before the first file, and after every few files.
    pub progress: &'a dyn Fn(Progress),
}

/// How much of a site is sent, without side files.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Progress {
    pub files: usize,
    pub all_files: usize,
    /// Before compression.
    pub bytes: u64,
    pub all_bytes: u64,
}

/// What a deployment did, or would do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Report {
    pub outcome: Outcome,
    /// The paths that were sent, in their order, and then those of side files. `manifest.json` is one of them.
    pub sent: Vec<String>,
    pub removed: Vec<String>,
    /// Files of the site that are there already, without side files.
    pub unchanged: usize,
    /// Bytes of the files of the site that were sent, before compression.
    pub bytes: u64,
    /// Files that somebody else had changed or removed, found by `verify`.
    pub mended: Vec<String>,
    /// Paths whose addresses a CDN must be told.
    pub to_purge: Vec<String>,
    /// Names the deployment: the same when it is asked for again, and another for each later one.
    pub publication: String,
    /// Whether the store keeps two deployments apart for certain.
    pub is_lock_certain: bool,
    /// Whether an interrupted deployment was finished by this one.
    pub is_recovery: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    Deployed,
    Unchanged,
    Planned,
}

/// Why nothing was deployed, or not all.
#[derive(Debug)]
pub enum DeployError {
    Store(StoreError),
    /// Another deployment is at work: its owner, and when its claim ends.
    Locked {
        owner: String,
        until: Instant,
    },
    /// Another deployment took over while this one was at work.
    Lost,
    /// What is deployed is newer: the whole message.
    Older(Message),
    /// Files that are not ours lie at addresses of the site.
    Foreign(Vec<String>),
}

impl DeployError {
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            DeployError::Store(error) => error.message.clone(),
            DeployError::Locked { owner, until } => message!(
                "deploy-locked",
                "another deployment is at work ({owner}); its claim ends at {until}",
                owner = shown_owner(owner),
                until = until.iso()
            ),
            DeployError::Lost => message!("deploy-lost", "another deployment took over"),
            DeployError::Older(message) => message.clone(),
            DeployError::Foreign(paths) => foreign(paths),
        }
    }

    #[must_use]
    pub fn help(&self) -> Message {
        match self {
            DeployError::Store(error) => error.help(),
            DeployError::Locked { .. } => message!(
                "deploy-locked-help",
                "wait for its end, and deploy again; the claim of a killed deployment ends by itself"
            ),
            DeployError::Lost => clean_state(),
            DeployError::Older(_) => {
                message!("deploy-older-help", "build the newest commit, or deploy this one with `--force`")
            }
            DeployError::Foreign(_) => message!(
                "deploy-foreign-help",
                "move them away, choose another path in the bucket, or overwrite them with `--force`"
            ),
        }
    }
}

/// The owner of a lock whose deployment is not the run of a workflow.
pub const OUTSIDE_OF_CI: &str = "a machine outside of CI";

fn shown_owner(owner: &str) -> Message {
    match owner {
        OUTSIDE_OF_CI => message!("deploy-outside-of-ci", "a machine outside of CI"),
        name => Message::same(name),
    }
}

/// Files that are in the way, the first of them by name.
fn foreign(paths: &[String]) -> Message {
    const SHOWN: usize = 5;
    let shown = paths.iter().take(SHOWN).map(|path| Message::same(format!("`{path}`"))).collect();
    let shown = Message::joined(shown, message!("deploy-comma", ", "));
    match paths.len().saturating_sub(SHOWN) {
        0 => message!("deploy-foreign", "files that noroshi did not deploy are in the way: {shown}", shown),
        more => message!(
            "deploy-foreign-more",
            "files that noroshi did not deploy are in the way: {shown} and {more} more",
            shown,
            more
        ),
    }
}

/// The help for what the next deployment mends.
fn clean_state() -> Message {
    message!("deploy-again-help", "deploy again: the next deployment arrives at the clean state")
}

impl fmt::Display for DeployError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message().english())
    }
}

impl std::error::Error for DeployError {}

impl From<StoreError> for DeployError {
    fn from(error: StoreError) -> DeployError {
        DeployError::Store(error)
    }
}

/// The path of the manifest, which is sent after all other files.
const MANIFEST: &str = "manifest.json";

/// Deploys a site to one store.
///
/// # Errors
/// Nothing, or not all, was deployed. The next deployment arrives at the clean state.
pub fn deploy(site: &Site<'_>, store: &dyn Store, options: &Options<'_>) -> Result<Report, DeployError> {
    let found = State::read(store, options.how.force)?;
    if found.is_done(site.head, store.encoding()) && !options.how.verify {
        refuse_older(site, &found, options)?;
        let mut report = Report::new(Outcome::Unchanged, site);
        report.publication = found.publication();
        report.to_purge = found.to_purge;
        return Ok(report);
    }
    if options.how.dry_run {
        refuse_older(site, &found, options)?;
        let sides = sides::of(&site.manifest.files, store.encoding());
        let plan = Plan::new(site, &sides, store, &found, options)?;
        let mut report = Report::new(Outcome::Planned, site);
        report.take(&plan);
        return Ok(report);
    }
    let mut lock = Lock::take(store, options)?;
    let done = locked(site, store, options, &mut lock);
    // A lock that stays ends by itself. The error of the deployment says more.
    let freed = lock.free();
    let report = done?;
    freed?;
    Ok(report)
}

/// The part of a deployment that holds the lock.
fn locked(
    site: &Site<'_>,
    store: &dyn Store,
    options: &Options<'_>,
    lock: &mut Lock<'_>,
) -> Result<Report, DeployError> {
    // Another deployment may have ended since the first look.
    let mut state = State::read(store, options.how.force)?;
    if let Some(journal) = &state.journal {
        store.tidy(&journal.paths)?;
    }
    refuse_older(site, &state, options)?;
    let sides = sides::of(&site.manifest.files, store.encoding());
    let plan = Plan::new(site, &sides, store, &state, options)?;
    let mut report = Report::new(Outcome::Deployed, site);
    report.is_lock_certain = lock.is_certain();
    report.is_recovery = state.journal.is_some();
    report.take(&plan);
    if plan.is_empty() && state.is_done(site.head, store.encoding()) {
        report.outcome = Outcome::Unchanged;
        report.publication = state.publication();
        report.to_purge = state.to_purge;
        return Ok(report);
    }
    state.begin(plan.touched(), plan.unlinked(), plan.touched_sides());
    state.write(store)?;
    let bytes_of = |files: &[SiteFile<'_>]| files.iter().map(|file| file.entry.size).sum::<u64>();
    let mut progress = Progress {
        all_files: plan.groups().map(Vec::len).sum(),
        all_bytes: plan.groups().map(|group| bytes_of(group)).sum(),
        ..Progress::default()
    };
    (options.progress)(progress);
    for (number, group) in plan.groups().enumerate() {
        if number == plan.new_groups() {
            // From here on pages may lead to every file of the site.
            if state.loosen(|loose| loose.retain(|path| !site.has(path))) {
                state.write(store)?;
            }
            // Nobody has seen a change yet: look once more who holds the lock.
            if number > 0 {
                lock.check()?;
            }
        }
        for files in group.chunks(BATCH) {
            plan.send(store, files)?;
            lock.keep()?;
            progress.files += files.len();
            progress.bytes += bytes_of(files);
            (options.progress)(progress);
        }
    }
    for files in plan.lone_sides().chunks(BATCH) {
        store.put(files)?;
        lock.keep()?;
    }
    // Every page is of the new site, and none of them leads to what is removed.
    if state.loosen(|loose| loose.extend(plan.unlinking())) {
        state.write(store)?;
    }
    // A server sends a side file also where its text is gone.
    store.remove(&plan.side_removals())?;
    store.remove(&plan.removals())?;
    let mut to_purge: BTreeSet<String> = state.to_purge.iter().cloned().collect();
    if options.has_cdn {
        to_purge.extend(plan.changed_for_readers());
    }
    report.to_purge = to_purge.into_iter().collect();
    state.finish(Deployed::of(site, store.encoding()), report.to_purge.clone());
    state.write(store)?;
    report.publication = state.publication();
    if let Some(cache) = options.cache {
        cache::keep(site, cache);
    }
    Ok(report)
}

/// Files that are sent between two looks at the lock.
const BATCH: usize = 128;

/// Notes that the CDN was told of all changed addresses.
///
/// # Errors
/// The store does not take the note. The next deployment tells the CDN again.
pub fn purged(store: &dyn Store) -> Result<(), DeployError> {
    let mut state = State::read(store, false)?;
    if !state.to_purge.is_empty() && state.journal.is_none() {
        state.to_purge.clear();
        state.write(store)?;
    }
    Ok(())
}

/// Older content never replaces newer. The effective instant is no order: a leaked update that is deleted moves it
/// back.
fn refuse_older(site: &Site<'_>, state: &State, options: &Options<'_>) -> Result<(), DeployError> {
    let Some(deployed) = state.deployed.as_ref().filter(|_| !options.how.force) else { return Ok(()) };
    let relation = deployed.commit.as_deref().and_then(|commit| match site.commit {
        Some(own) if own == commit => Some(Relation::Same),
        Some(_) => (site.relation)(commit),
        None => None,
    });
    if relation == Some(Relation::Older) {
        let commit = deployed.commit.as_deref().unwrap_or_default();
        return Err(DeployError::Older(message!(
            "deploy-older-commit",
            "what is deployed is newer: its commit `{commit}` came after the commit of this build",
            commit = commit.get(..12).unwrap_or(commit)
        )));
    }
    // Clocks of machines differ by seconds. A commit that surely came later need not wait for that.
    let slack = if relation == Some(Relation::Newer) { CLOCK_SLACK } else { 0 };
    if site.clock.0 + slack < deployed.clock.0 {
        return Err(DeployError::Older(message!(
            "deploy-older-clock",
            "what is deployed is newer: it was built at {deployed}, and this build at {own}",
            deployed = deployed.clock.iso(),
            own = site.clock.iso()
        )));
    }
    Ok(())
}

/// Seconds by which the clock of a machine may be behind.
const CLOCK_SLACK: i64 = 300;

impl Report {
    fn new(outcome: Outcome, site: &Site<'_>) -> Report {
        Report {
            outcome,
            sent: Vec::new(),
            removed: Vec::new(),
            unchanged: site.manifest.files.len() + site.manifest.parts.len() + 1,
            bytes: 0,
            mended: Vec::new(),
            to_purge: Vec::new(),
            publication: String::new(),
            is_lock_certain: true,
            is_recovery: false,
        }
    }

    fn take(&mut self, plan: &Plan<'_>) {
        self.sent = plan.sent().map(|file| file.path.to_owned()).collect();
        self.bytes = plan.groups().flatten().map(|file| file.entry.size).sum();
        self.removed = plan.side_removals().into_iter().chain(plan.removals()).map(str::to_owned).collect();
        self.unchanged -= plan.groups().map(Vec::len).sum::<usize>();
        self.mended = plan.mended().to_vec();
    }
}
