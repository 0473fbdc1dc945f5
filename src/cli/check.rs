//! `noroshi check`: checks the site without publishing it.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::console::{self, Progress, Work};
use super::entry_arg::EntryFiles;
use super::error::Error;
use super::publishing::{self, Failure};
use super::site;
use super::{Listing, Outcome, approvals, folders, repository, staged};
use crate::cache::Cache;
use crate::check;
use crate::check::policy::{self, Scope};
use crate::check::renames::{self, LastPublished};
use crate::check::slips;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::digest::Digest;
use crate::leak_scan::{self, Leak, Search};
use crate::load::{self, Loaded};
use crate::message::message;
use crate::model::{Config, Instant, Model};
use crate::publish::{self, Entry, File, Rank};
use crate::render;
use crate::site::known_entries;
use crate::source::THEMES;
use crate::timeline::Snapshot;

/// Check the site as `build` does, and against the policy, without publishing it
///
/// The rules of `policy` in site.yaml check entries that are open, announced or scheduled.
/// site.yaml sets the level of each rule; only an error makes the run fail.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub(super) struct Args {
    /// Check only these entries, each by its slug, a part of its slug or title, its id or its file
    #[arg(value_name = "ENTRY")]
    entries: Vec<String>,
    /// Check for this instant instead of now
    #[arg(long, value_name = "TIME")]
    as_of: Option<String>,
    /// Check closed entries against the policy too
    #[arg(long)]
    all: bool,
    /// Confirm with git that everyone in `reviewed_by` is the author or in a `Reviewed-by` line of
    /// a commit that touched the entry
    #[arg(long)]
    git: bool,
    /// Count the approvals of a pull request for `policy.approve`: the JSON of its reviews, as the
    /// API of GitHub, Forgejo, Gitea or GitLab gives it; `-` reads it from stdin
    #[arg(long, value_name = "FILE")]
    reviews: Option<PathBuf>,
    /// Check the staged files in the git index: each entry on its own, with site.yaml and the file
    /// names. Does not check what entries share (ids, aliases, addresses, headings that links
    /// name); CI does. If site.yaml or a theme is staged, checks the whole site
    #[arg(long, conflicts_with_all = ["entries", "all", "git", "reviews"])]
    staged: bool,
    /// The output format of diagnostics
    #[arg(long, value_enum, default_value = "human")]
    format: Listing,
    /// First fix problems that have exactly one right answer, and show the changes
    #[arg(long, conflicts_with = "staged")]
    fix: bool,
    /// With `--fix`: the former time zone of the site. Adds a line `timezone: ZONE` to each entry
    /// whose times without an offset would change with the zone
    #[arg(long, value_name = "ZONE", requires = "fix")]
    timezone_was: Option<String>,
    /// Only list how states, uptime, ids and feed items differ from a published site, as of the
    /// instant it was built for. Give its folder, or its manifest as a file or a URL; a manifest
    /// alone shows only ids
    #[arg(long, value_name = "DIR|FILE|URL", conflicts_with_all = ["staged", "fix", "entries", "all", "git", "reviews"])]
    against: Option<String>,
    /// Also fail the run on these findings
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Deny {
    /// Any warning
    Warnings,
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    let as_of = args.as_of.as_deref();
    if args.staged {
        return staged::run(root, as_of, args.format, args.deny == Some(Deny::Warnings));
    }
    if let Some(was) = &args.timezone_was {
        super::rezone::run(root, was)?;
    }
    if args.fix {
        fix(root, args)?;
    }
    let reviews = approvals::reviews(args.reviews.as_deref())?;
    let progress = Progress::new();
    let mut loaded = site::load(root, None, &progress)?;
    if let (Some(typed), false) = (&args.against, loaded.diagnostics.has_errors())
        && let Some(model) = loaded.model.take()
    {
        return super::against::run(typed, as_of, args.format, &model, &loaded);
    }
    let mut ours = EntryFiles::default();
    if let Some(mut model) = loaded.model.take() {
        ours = wanted(root, args, &model, &loaded.diagnostics)?;
        let wanted =
            repository::GitChecks { as_of, reviewers: args.git, all: args.all, reviews: reviews.as_ref() };
        let has_errors = loaded.diagnostics.has_errors();
        repository::ask(root, wanted, &model, &mut loaded)?;
        if !has_errors {
            rendered(root, args, &mut model, &mut loaded, &progress)?;
        }
        load::fill_texts(root, &mut loaded);
    }
    let found = concerning(&ours, &loaded.diagnostics);
    console::listing(&found, &loaded.texts, args.format, root)?;
    let (errors, warnings) = found.counts();
    if errors > 0 || (args.deny == Some(Deny::Warnings) && warnings > 0) {
        return Ok(Outcome::Content);
    }
    if args.format == Listing::Human && warnings == 0 {
        console::say(message!("cli-check-none", "no problems found"));
    }
    Ok(Outcome::Done)
}

/// Does what `check ENTRY` does.
pub(super) fn entry(root: &Path, entry: &str, as_of: Option<&str>) -> Result<Outcome, Error> {
    let args = Args {
        entries: vec![entry.to_owned()],
        as_of: as_of.map(str::to_owned),
        all: false,
        git: false,
        reviews: None,
        staged: false,
        format: Listing::Human,
        fix: false,
        timezone_was: None,
        against: None,
        deny: None,
    };
    run(root, &args)
}

/// Checks the entries against the policy and renders every page, so that errors of rendering are found too.
fn rendered(
    root: &Path,
    args: &Args,
    model: &mut Model,
    loaded: &mut Loaded,
    progress: &Progress,
) -> Result<(), Error> {
    let as_of = site::as_of(args.as_of.as_deref(), model)?;
    let scope = if args.all { Scope::All } else { Scope::Open };
    let hold = |model: &Model| {
        let now = Snapshot::at(model, as_of);
        let mut found = policy::check(&now, as_of, scope);
        found.extend(slips(&now, as_of, args.all));
        found
    };
    let (findings, panics) = site::contained(model, &site::step_policy(), hold)?;
    loaded.diagnostics.extend(findings.into_iter().chain(panics));
    if let Err(failure) = publishing::contained(|| render(root, model, as_of, loaded, progress)) {
        loaded.diagnostics.extend(failure.found(model, &loaded.assets, as_of)?);
    }
    Ok(())
}

fn render(
    root: &Path,
    model: &Model,
    as_of: Instant,
    loaded: &mut Loaded,
    progress: &Progress,
) -> Result<(), Failure> {
    let site = publishing::site(model, as_of)?;
    let previous = publish::read_manifest(&folders::usual(root));
    let mut is_moved = false;
    if let Some(last) = &previous {
        let moved = renames::check(model, &known_entries::of(&site.now), &LastPublished::of(last));
        is_moved = !moved.is_empty();
        loaded.diagnostics.extend(moved.into_iter().map(|moved| moved.found));
    }
    loaded.diagnostics.extend(leak_scan::twice(&site));
    let search = Search::new(&site).map_err(Failure::Search)?;
    progress.restart();
    let look = LeakCheck { search: &search, cache: Cache::read(root, search.digest()), progress };
    let rendered = render::each_to(&site, &loaded.assets, &look);
    progress.clear();
    let seen = rendered?;
    loaded
        .diagnostics
        .extend(check::publication(&site, seen.iter().map(|seen| (seen.path.as_str(), seen.size))));
    let paths: HashSet<&str> = seen.iter().map(|seen| seen.path.as_str()).collect();
    let lost = publishing::lost_addresses(previous.as_ref(), &paths);
    // The finding about the moved entry already covers its address.
    loaded.diagnostics.extend(lost.into_iter().filter(|_| !is_moved));
    Ok(())
}

/// A file that the site would have.
struct Seen {
    path: String,
    /// Its size in bytes.
    size: u64,
    /// What the last build made, if this is the same.
    kept: Option<Entry>,
}

/// Searches every file for private text. Skips a page that the last build made from the same
/// inputs, because that build searched it for the same texts.
struct LeakCheck<'a> {
    search: &'a Search<'a>,
    cache: Cache,
    progress: &'a Progress,
}

impl render::Take for LeakCheck<'_> {
    type Done = Seen;
    type Error = Leak;

    fn keep(&self, path: &str, _: Rank, inputs: Digest) -> Result<Option<Seen>, Leak> {
        let known = self.cache.find(inputs).cloned();
        Ok(known.map(|entry| Seen { path: path.to_owned(), size: entry.size, kept: Some(entry) }))
    }

    fn is(&self, seen: &Seen, file: &File) -> bool {
        seen.kept.as_ref() == Some(&Entry::of(&file.bytes))
    }

    fn take(&self, file: File, _: Option<Digest>) -> Result<Seen, Leak> {
        self.progress.step(Work::Check);
        self.search.inspect(&file.path, &file.bytes)?;
        Ok(Seen { size: file.bytes.len() as u64, path: file.path, kept: None })
    }
}

/// The files that the arguments name. A file that is not an entry counts if it has a diagnostic.
fn wanted(root: &Path, args: &Args, model: &Model, found: &Diagnostics) -> Result<EntryFiles, Error> {
    let is_known = |file: &str| {
        *file == *Config::file() || found.sorted().iter().any(|found| *found.place.file == *file)
    };
    EntryFiles::of(root, &args.entries, model, is_known)
}

fn fix(root: &Path, args: &Args) -> Result<(), Error> {
    let mut ours = EntryFiles::default();
    if !args.entries.is_empty() {
        let loaded = site::load(root, None, &Progress::new())?;
        // Without site.yaml the arguments cannot be resolved. The check below reports its errors.
        let Some(model) = &loaded.model else { return Ok(()) };
        ours = wanted(root, args, model, &loaded.diagnostics)?;
    }
    super::fix::run(root, &|file| ours.has(file))
}

fn concerning(ours: &EntryFiles, found: &Diagnostics) -> Diagnostics {
    let is_ours = |diagnostic: &&Diagnostic| {
        let file = &diagnostic.place.file;
        // A serious error of the whole site concerns every entry.
        let is_of_all = **file == *Config::file() || file.starts_with(THEMES);
        let is_grave = diagnostic.severity == Severity::Error || diagnostic.code.starts_with("history/");
        is_of_all && is_grave || ours.has(file)
    };
    found.sorted().into_iter().filter(is_ours).cloned().collect()
}
