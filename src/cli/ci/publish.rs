//! `noroshi ci publish`: builds the site with what a publishing workflow needs.

use std::fs;
use std::path::{Path, PathBuf};

use super::note::{NextChange, Note};
use super::publication::Publication;
use super::{SiteUrl, host, site_url};
use crate::atomic::{Batch, Overwrite};
use crate::cli::build::{self, Built};
use crate::cli::editor::disk;
use crate::cli::error::Error;
use crate::cli::{Listing, Outcome, console, folders, pack};
use crate::file;
use crate::history::Repository;
use crate::limits::MANIFEST_BYTES;
use crate::message::{Message, count, message};
use crate::os::Shown as _;
use crate::publish::{self, Entry, Manifest};

/// The number of pages that a summary lists.
const LISTED: usize = 50;

/// Build the site for a host, with all that a workflow needs
///
/// Publishes into `public` with the last good version of each broken file, and keeps in the work
/// folder: `note.json` for `noroshi ci due` and `noroshi wait`, `publication.json` for
/// `noroshi ci confirm`, `events.jsonl`, and in `texts` the public texts of `noroshi pack` for each
/// entry with news. On GitHub, Forgejo and Gitea, errors become annotations, the summary lists the
/// changed pages, and `publication` is an output of the step. Exits with 0 if the site can go
/// online, also if broken files were held back: `confirm` then fails after the publication.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The address at which the host serves the site
    #[arg(long, value_name = "URL", value_parser = site_url)]
    site: SiteUrl,
    /// The folder to publish to [default: `public` in the root]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The folder for everything but the site; it must not be published
    #[arg(long, value_name = "DIR")]
    work: PathBuf,
    /// Build for this instant instead of now
    #[arg(long, value_name = "TIME")]
    as_of: Option<String>,
    /// Publish nothing if a file has errors, and exit with 1
    #[arg(long)]
    strict: bool,
}

pub(in crate::cli) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    let out = args.out.clone().unwrap_or_else(|| folders::usual(root));
    if folders::is_served(root, &args.work) {
        let message =
            message!("cli-ci-work-published", "`{work}` is in the published site", work = args.work.shown());
        let help = message!(
            "cli-ci-work-published-help",
            "choose another folder for `--work`: it holds private times"
        );
        return Err(Error::usage(message, help));
    }
    let work = Work::new(&args.work)?;
    let previous = work.previous(&args.site, &out)?;
    let built = build::build_site(root, &work.build(args, &out, previous.is_some()))?;
    let Some(mut built) = built.filter(|built| !args.strict || built.outcome == Outcome::Done) else {
        return Err(Error::shown(Outcome::Content));
    };
    let head = file::read(&out.join("manifest.json"), MANIFEST_BYTES).map_err(|error| {
        let message = message!("cli-ci-manifest-unreadable", "cannot read the new manifest: {error}", error);
        Error::environment(message, Message::default())
    })?;
    let sha256 = Entry::of(&head).sha256;
    work.note(root, &built, &sha256)?;
    let is_held = built.outcome != Outcome::Done;
    let notifies_hub = !built.model.config.announce.tells_hub();
    let publication = Publication::new(sha256, is_held, &work.path("events.jsonl"), notifies_hub);
    work.put("publication.json", &publication.json())?;
    host::output("publication", &publication.json())?;
    let new = publish::read_manifest(&out);
    host::summary(&summary(&args.site, previous.as_ref(), new.as_ref(), publication.is_held))?;
    // The site goes online also if a text cannot be written: its error is shown.
    let texts = pack::public_texts(
        root,
        &mut built.model,
        built.as_of,
        &work.path("events.jsonl"),
        &work.path("texts"),
    );
    if let Err(error) = texts {
        error.show();
    }
    Ok(Outcome::Done)
}

/// The work folder.
struct Work<'a>(&'a Path);

impl Work<'_> {
    fn new(folder: &Path) -> Result<Work<'_>, Error> {
        fs::create_dir_all(folder).map_err(|error| {
            let message = message!(
                "cli-ci-work-uncreated",
                "cannot create `{path}`: {error}",
                path = folder.shown(),
                error
            );
            Error::environment(message, message!("cli-ci-work-help", "check the path of `--work`"))
        })?;
        let work = Work(folder);
        // Without the manifest of the published site nothing is news.
        work.put("events.jsonl", "")?;
        Ok(work)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn put(&self, name: &str, text: &str) -> Result<(), Error> {
        let mut batch = Batch::new(Overwrite::File);
        let added = batch.add(&self.path(name), text.as_bytes());
        added.and_then(|()| batch.commit()).map_err(|error| disk(error.message()))
    }

    /// Keeps the published manifest as one file, so that the build knows what is new. Parts of it may lie in `out`.
    fn previous(&self, site: &SiteUrl, out: &Path) -> Result<Option<Manifest>, Error> {
        let found = site.manifest(out).unwrap_or_else(|reason| {
            console::say(message!(
                "cli-ci-publish-no-news",
                "warning: {reason}, so nothing counts as new",
                reason
            ));
            None
        });
        if let Some(manifest) = &found {
            self.put("published.json", &manifest.to_json())?;
        }
        Ok(found)
    }

    fn build(&self, args: &Args, out: &Path, has_previous: bool) -> build::Args {
        let format = if host::has_annotations() { Listing::Github } else { Listing::Human };
        build::Args {
            out: Some(out.to_path_buf()),
            as_of: args.as_of.clone(),
            base_url: Some(args.site.0.clone()),
            events: has_previous.then(|| self.path("events.jsonl")),
            previous: has_previous.then(|| self.path("published.json").to_string_lossy().into_owned()),
            force: false,
            hold_broken: !args.strict,
            format,
            is_quiet: false,
        }
    }

    /// Writes the note, or removes that of an earlier run: without a commit a note would never count.
    fn note(&self, root: &Path, built: &Built, sha256: &str) -> Result<(), Error> {
        let commit = Repository::around(root, None).and_then(|repository| repository.head()).ok().flatten();
        let Some(commit) = commit.or_else(host::commit) else {
            let _ = fs::remove_file(self.path("note.json"));
            return Ok(());
        };
        let note = Note::new(commit, sha256, built.as_of, NextChange::of(&built.next));
        self.put("note.json", &serde_json::to_string(&note).unwrap_or_default())
    }
}

/// The summary of a run: what is new on the site, for people.
fn summary(site: &SiteUrl, before: Option<&Manifest>, after: Option<&Manifest>, is_held: bool) -> Message {
    let Some(after) = after else { return Message::default() };
    let mut lines = vec![message!("cli-ci-publish-title", "### Status site"), Message::default()];
    if is_held {
        let told = message!(
            "cli-ci-publish-held",
            "**A file has errors.** The site shows its last good version; see the log."
        );
        lines.extend([told, Message::default()]);
    }
    let changed = before.map(|before| changed_pages(before, after));
    match changed.as_deref() {
        None => {
            let files = count(after.files.len(), "file", "files");
            lines.push(message!("cli-ci-publish-first", "The first publication: {files}.", files));
        }
        Some([]) => lines.push(message!("cli-ci-publish-nothing", "No page has changed.")),
        Some(changed) => {
            lines.extend(changed.iter().take(LISTED).map(|(path, what)| what.line(site, path)));
            if changed.len() > LISTED {
                lines.push(host::more(changed.len() - LISTED));
            }
        }
    }
    lines.push(Message::default());
    Message::lines(lines)
}

/// What became of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Change {
    New,
    Changed,
    Removed,
}

impl Change {
    /// The line of a summary about a page.
    fn line(self, site: &SiteUrl, path: &str) -> Message {
        let path = path.strip_suffix("index.html").unwrap_or(path);
        let page = format!("[/{path}]({}{path})", site.0);
        match self {
            Change::New => message!("cli-ci-publish-new", "- new: {page}", page),
            Change::Changed => message!("cli-ci-publish-changed", "- changed: {page}", page),
            Change::Removed => message!("cli-ci-publish-removed", "- removed: {page}", page),
        }
    }
}

/// The pages of entries and of the site that differ, by path.
fn changed_pages<'m>(before: &'m Manifest, after: &'m Manifest) -> Vec<(&'m str, Change)> {
    let is_page = |path: &&str| path.rsplit('.').next() == Some("html") && !path.starts_with("embed/");
    let new = after.files.iter().filter_map(|(path, entry)| match before.files.get(path) {
        None => Some((path.as_str(), Change::New)),
        Some(known) if known != entry => Some((path.as_str(), Change::Changed)),
        Some(_) => None,
    });
    let gone = before.files.keys().filter(|path| !after.files.contains_key(*path));
    let gone = gone.map(|path| (path.as_str(), Change::Removed));
    let mut all: Vec<_> = new.chain(gone).filter(|(path, _)| is_page(path)).collect();
    all.sort_unstable();
    all
}
