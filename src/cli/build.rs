//! `noroshi build`

use std::collections::HashSet;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use super::report::{self, Progress};
use super::{Format, Outcome};
use crate::cache::Cache;
use crate::diagnostic::{Diagnostic, Place};
use crate::digest::Digest;
use crate::load::Loaded;
use crate::model::{Config, Instant, Model};
use crate::privacy::{Found, Leak, Search};
use crate::publish::{self, Entry, File, Manifest, Publication, Rank, StageError, Staged, Stamp};
use crate::render::{self, RenderError};
use crate::site::Site;
use crate::timeline::Snapshot;

/// Build the site and publish it
///
/// Nothing is written while the content has an error. Only files that changed are touched, and only
/// files that an earlier build wrote are ever removed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Where to publish [default: `public` in the root]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Build for this instant instead of now, as `2026-11-20 12:00` or with an offset
    #[arg(long, value_name = "TIME")]
    as_of: Option<String>,
    /// Where the site is served, instead of `url` in site.yaml
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Publish into a folder that holds other files; none of them is touched
    #[arg(long)]
    force: bool,
    /// How diagnostics are written
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

pub(super) fn run(root: &Path, args: &Args) -> Outcome {
    let progress = Progress::new();
    let mut loaded = match report::load(root, args.base_url.as_deref(), &progress) {
        Ok(loaded) => loaded,
        Err(outcome) => return outcome,
    };
    let Some(model) = loaded.model.take().filter(|_| !loaded.diagnostics.has_errors()) else {
        report::diagnostics(&loaded.diagnostics, &loaded.texts, args.format);
        return Outcome::Content;
    };
    let out = args.out.clone().unwrap_or_else(|| root.join("public"));
    if overlaps(&root.join("content"), &out) {
        let message = format!("`{}` and the content would lie in one another", out.display());
        return report::fail(
            Outcome::Usage,
            &message,
            "publish into a folder beside `content/`, such as `public`",
        );
    }
    // The process ends here: taking a hundred thousand texts apart one by one would only take time.
    let model = ManuallyDrop::new(model);
    match publish_to(root, &out, args, &model, &mut loaded, &progress) {
        Ok(line) => {
            report::diagnostics(&loaded.diagnostics, &loaded.texts, args.format);
            match args.format {
                Format::Human => report::print(&line),
                Format::Json => report::say(&line),
            }
            Outcome::Done
        }
        Err(Failure::Known(outcome)) => outcome,
        Err(Failure::Content) => {
            report::diagnostics(&loaded.diagnostics, &loaded.texts, args.format);
            Outcome::Content
        }
        Err(Failure::Publish(error)) => {
            let outcome = match error.kind() {
                publish::Kind::Address => Outcome::Content,
                _ => Outcome::Environment,
            };
            report::fail(outcome, &error.to_string(), error.help())
        }
    }
}

/// Whether one folder is or lies in the other: the source would be served, or the site read as content.
fn overlaps(content: &Path, out: &Path) -> bool {
    let (Ok(content), Some(out)) = (content.canonicalize(), resolved(out)) else { return false };
    content.starts_with(&out) || out.starts_with(&content)
}

/// A path with every link that exists followed, also where its end does not exist yet.
fn resolved(path: &Path) -> Option<PathBuf> {
    let whole = std::path::absolute(path).ok()?;
    let there =
        whole.ancestors().find_map(|a| Some((a.canonicalize().ok()?, whole.strip_prefix(a).ok()?)))?;
    Some(there.0.join(there.1))
}

enum Failure {
    /// Already said.
    Known(Outcome),
    /// In the diagnostics.
    Content,
    /// To be said.
    Publish(publish::Error),
}

fn publish_to(
    root: &Path,
    out: &Path,
    args: &Args,
    model: &Model,
    loaded: &mut Loaded,
    progress: &Progress,
) -> Result<String, Failure> {
    let as_of = report::as_of(args.as_of.as_deref(), model).map_err(Failure::Known)?;
    let site = Site::new(Snapshot::at(model, as_of))
        .map_err(|e| Failure::Known(report::fail(Outcome::Environment, &e.to_string(), "")))?;
    let site = ManuallyDrop::new(site);
    let publication = Publication::open(out, args.force).map_err(Failure::Publish)?;
    let search =
        Search::new(&site).map_err(|e| Failure::Known(report::fail(Outcome::Environment, &e, "")))?;
    let cache = Cache::read(root, search.digest());
    progress.restart();
    let stage = Stage { publication: &publication, search: &search, cache: &cache, progress };
    let rendered = render::each_to(&site, &loaded.assets, &stage);
    progress.clear();
    let rendered = rendered.map_err(|error| match error {
        RenderError::Read(e) => Failure::Known(report::fail(
            Outcome::Environment,
            &e.to_string(),
            "look at the file and at the disk",
        )),
        RenderError::Refused(StageError::Publish(e)) => Failure::Publish(e),
        RenderError::Refused(StageError::Inspect(leak)) => {
            loaded.diagnostics.push(Leak::diagnostic(&leak));
            Failure::Content
        }
    })?;
    let paths = rendered.iter().map(|(staged, _)| staged.path()).collect();
    loaded.diagnostics.extend(lost_addresses(publication.previous(), &paths));
    let known = rendered.iter().filter_map(|(staged, inputs)| Some(((*inputs)?, staged.entry().clone())));
    let known: Vec<(Digest, Entry)> = known.collect();
    let staged = rendered.into_iter().map(|(staged, _)| staged).collect();
    let stamp = Stamp {
        generator: concat!("noroshi ", env!("CARGO_PKG_VERSION")).into(),
        effective: site.now.effective.iso(),
        next_change: site.now.next_change.map(Instant::iso),
    };
    let done = publication.commit(staged, &stamp).map_err(Failure::Publish)?;
    cache.replace(known);
    let time = progress.elapsed().as_millis();
    Ok(format!(
        "built {} files in {time} ms: {} written, {} unchanged, {} removed",
        done.files, done.written, done.unchanged, done.removed
    ))
}

/// Every file on its way into the folder, past the search for private text.
struct Stage<'a> {
    publication: &'a Publication,
    search: &'a Search<'a>,
    cache: &'a Cache,
    progress: &'a Progress,
}

impl render::Take for Stage<'_> {
    type Done = (Staged, Option<Digest>);
    type Error = StageError<Leak>;

    fn keep(&self, path: &str, rank: Rank, inputs: Digest) -> Result<Option<Self::Done>, Self::Error> {
        let Some(entry) = self.cache.find(inputs) else { return Ok(None) };
        let kept = self.publication.keep(path, rank, entry)?;
        if kept.is_some() {
            self.progress.step("writing");
        }
        Ok(kept.map(|staged| (staged, Some(inputs))))
    }

    fn is(&self, (kept, _): &Self::Done, file: &File) -> bool {
        *kept.entry() == Entry::of(&file.bytes)
    }

    fn take(&self, file: File, inputs: Option<Digest>) -> Result<Self::Done, Self::Error> {
        self.progress.step("writing");
        let mut found = Found::Nothing;
        let staged = self.publication.stage(&file, |file| {
            found = self.search.inspect(&file.path, &file.bytes)?;
            Ok(())
        })?;
        // What may go out because of other files is looked at each time.
        Ok((staged, inputs.filter(|_| found == Found::Nothing)))
    }
}

/// `history/2026/11/index.html`, in any language.
fn is_month(path: &str) -> bool {
    let mut parts = path.trim_end_matches("/index.html").rsplit('/');
    let mut number = || parts.next().is_some_and(|p| p.bytes().all(|b| b.is_ascii_digit()));
    number() && number() && parts.next() == Some("history")
}

/// Addresses of the last manifest where nothing stands any more: somebody may have a link to them.
pub(super) fn lost_addresses(previous: Option<&Manifest>, paths: &HashSet<&str>) -> Vec<Diagnostic> {
    let Some(previous) = previous else { return Vec::new() };
    // A month without entries any more, and the theme's own files, are nobody's loss.
    let entry = |path: &&String| path.ends_with("/index.html") && !is_month(path);
    let lost = previous.files.keys().filter(entry).filter(|path| !paths.contains(path.as_str()));
    lost.map(|path| {
        let address = path.trim_end_matches("index.html");
        let message = format!("nothing stands at `/{address}` any more, where a page was published before");
        Diagnostic::warning("publish/lost-address", Place::whole(&Config::file()), message)
            .help("give the entry that replaces it `aliases: [/old/address/]`, or keep the entry and set `withdrawn`")
    })
    .collect()
}
