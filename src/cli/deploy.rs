//! `noroshi deploy`: sends the published site to where readers get it.

mod environment;
mod meter;
mod report;
mod worker;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Instant as Clock;

use super::build;
use super::error::Error;
use super::folders;
use super::site;
use super::{Format, Listing, Outcome};
use crate::cache;
use crate::deploy::{self, DeployError, How, Options, Progress, Relation, Report, Secrets, Site};
use crate::fetch::Requests;
use crate::file;
use crate::history::Repository;
use crate::limits::MANIFEST_BYTES;
use crate::message::{Message, ToValue, Value, message, near_or_some};
use crate::model::deploy::{Cdn, Target};
use crate::model::{Config, Instant, Model};
use crate::os::Shown as _;
use crate::output::{self, Rule};
use crate::publish::{self, Entry, Manifest};
use crate::purge::{self, PurgeError, Purged};
use crate::text;
use meter::Meter;
use report::Line;

#[cfg(feature = "announce")]
pub(super) use environment::{owner, secrets};
pub(super) use worker::Worker;

/// Send the published site to the targets in site.yaml
///
/// Builds the site first, and then sends what changed since the last deployment to every target of
/// `deploy` in site.yaml, side by side. Readers meet whole files and working links at every moment.
/// Credentials come from the environment. Exits with 3 if a target was not reached.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub(super) struct Args {
    /// The names of targets [default: all]
    #[arg(value_name = "TARGET")]
    targets: Vec<String>,
    /// Say what would be sent and removed, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Compare what is really there, and send what is lost or was changed
    #[arg(long)]
    verify: bool,
    /// Do not build: send what an earlier build published
    #[arg(long)]
    built: bool,
    /// Do nothing if site.yaml names no target
    #[arg(long)]
    if_any: bool,
    /// Replace a newer deployment by this one, and overwrite files that are not ours
    #[arg(long)]
    force: bool,
    /// The folder of the published site [default: `public` in the root]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Build for this instant instead of now
    #[arg(long, value_name = "TIME", conflicts_with = "built")]
    as_of: Option<String>,
    /// The address of the site, instead of `url` in site.yaml
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Publish even if a file has errors: use its last good version, and exit with an error
    #[arg(long, conflicts_with = "built")]
    hold_broken: bool,
    /// The output format of the result
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    let out = args.out.clone().unwrap_or_else(|| folders::usual(root));
    let (content, built) =
        if args.built { (found(root, &out)?, Outcome::Done) } else { build(root, args, &out)? };
    if args.if_any && content.config.deploy.is_empty() {
        return Ok(built);
    }
    let published =
        Published::read(root, &out).map_err(|failure| Error::environment(failure.message, failure.help))?;
    let secrets = environment::secrets();
    let how = How { verify: args.verify, dry_run: args.dry_run, force: args.force };
    let meter = (args.format == Format::Human).then(Meter::new);
    let step = |target: &str, progress: Progress| {
        if let Some(meter) = &meter {
            meter.step(target, progress);
        }
    };
    let (content, published, secrets) = (&content, &published, &secrets);
    let deployment = Deployment { root, content, published, secrets, how, progress: &step };
    let unwritten = Mutex::new(None);
    let is_deployed = deployment.run(&chosen(&content.config, &args.targets)?, &|target, deployed| {
        if let Some(meter) = &meter {
            meter.clear();
        }
        let printed = match deployed {
            Ok(line) => line.print(args.format),
            Err(failure) => report::failure(target, &failure, args.format),
        };
        if let Err(error) = printed {
            *unwritten.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
        }
    });
    if let Some(error) = unwritten.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Err(error.into());
    }
    Ok(if is_deployed { built } else { Outcome::Environment })
}

/// What a deployment needs to know of the content.
pub(super) struct Content {
    pub(super) config: Config,
    pub(super) rules: Vec<Rule>,
    /// The clock of the build.
    pub(super) clock: Instant,
}

impl Content {
    pub(super) fn of(model: &Model, clock: Instant) -> Content {
        Content { config: model.config.clone(), rules: output::header_rules(model), clock }
    }
}

/// Builds the site, and says whether all content was without errors.
fn build(root: &Path, args: &Args, out: &Path) -> Result<(Content, Outcome), Error> {
    let arguments = build::Args {
        out: Some(out.to_path_buf()),
        as_of: args.as_of.clone(),
        base_url: args.base_url.clone(),
        events: None,
        previous: None,
        force: false,
        hold_broken: args.hold_broken,
        format: Listing::Human,
        // Only the results of the deployment are on stdout.
        is_quiet: true,
    };
    let built = build::build_site(root, &arguments)?.ok_or(Error::shown(Outcome::Content))?;
    Ok((Content::of(&built.model, built.as_of), built.outcome))
}

/// Reads the settings of a site that is built. Its clock is the time at which its manifest was written.
fn found(root: &Path, out: &Path) -> Result<Content, Error> {
    let model = site::settings(root)?;
    let written = out.join(MANIFEST).metadata().and_then(|found| found.modified());
    let clock = written.map_or_else(|_| site::now(), site::instant_of);
    Ok(Content::of(&model, clock))
}

/// The published folder.
pub(super) struct Published {
    folder: PathBuf,
    head: Vec<u8>,
    manifest: Manifest,
    commit: Option<String>,
    repository: Option<Repository>,
}

const MANIFEST: &str = "manifest.json";

impl Published {
    pub(super) fn read(root: &Path, out: &Path) -> Result<Published, Failure> {
        let head = file::read(&out.join(MANIFEST), MANIFEST_BYTES).map_err(|error| not_built(out, &error))?;
        let manifest = publish::read_manifest(out).ok_or_else(|| {
            not_built(out, &message!("cli-deploy-manifest-unread", "its manifest.json cannot be read"))
        })?;
        if publish::is_unfinished(out) {
            let why = message!("cli-deploy-build-interrupted", "a build was interrupted there");
            return Err(not_built(out, &why));
        }
        let repository = Repository::around(root, None).ok();
        let commit = repository.as_ref().and_then(|repository| repository.head().ok().flatten());
        Ok(Published { folder: out.to_path_buf(), head, manifest, commit, repository })
    }

    /// How the commit of this site relates to another one.
    fn relation(&self, other: &str) -> Option<Relation> {
        let (repository, own) = (self.repository.as_ref()?, self.commit.as_deref()?);
        Some(match (repository.is_ancestor(own, other)?, repository.is_ancestor(other, own)?) {
            (true, true) => Relation::Same,
            (true, false) => Relation::Older,
            (false, true) => Relation::Newer,
            (false, false) => Relation::Diverged,
        })
    }
}

fn not_built(out: &Path, why: &impl ToValue) -> Failure {
    let out = out.shown();
    let message = message!("cli-deploy-not-built", "`{out}` is not a site that was built: {why}", out, why);
    let help = message!("cli-deploy-not-built-help", "run `noroshi build`, or leave out `--built`");
    Failure::new(message, help)
}

/// A deployment of one site to its targets.
pub(super) struct Deployment<'a> {
    pub(super) root: &'a Path,
    pub(super) content: &'a Content,
    pub(super) published: &'a Published,
    pub(super) secrets: &'a Secrets,
    pub(super) how: How,
    /// Called with the name of a target, whenever some of its files are sent.
    pub(super) progress: &'a (dyn Fn(&str, Progress) + Sync),
}

/// What became of a target.
type Deployed<'r> = Result<Line<'r>, Failure>;

/// Why a target was not deployed, or its CDN not told: the message and the help.
pub(super) struct Failure {
    message: Message,
    help: Message,
    /// Whether the site is deployed, and only the CDN was not told.
    is_deployed: bool,
}

impl Failure {
    fn new(message: impl Into<Message>, help: impl Into<Message>) -> Failure {
        Failure { message: message.into(), help: help.into(), is_deployed: false }
    }

    /// The same failure after the last file was sent. The next deployment tells the CDN.
    fn of_purge(self) -> Failure {
        let message = message!(
            "cli-deploy-not-purged",
            "the site is deployed, but its CDN was not told what changed: {why}",
            why = self.message
        );
        Failure { message, is_deployed: true, ..self }
    }
}

impl From<DeployError> for Failure {
    fn from(error: DeployError) -> Failure {
        Failure::new(error.message(), error.help())
    }
}

impl From<PurgeError> for Failure {
    fn from(error: PurgeError) -> Failure {
        Failure::new(error.message, error.help)
    }
}

impl Deployment<'_> {
    /// Deploys to all targets side by side, shows what became of each, and says whether all were reached.
    pub(super) fn run(&self, targets: &[&Target], show: &(dyn Fn(&str, Deployed<'_>) + Sync)) -> bool {
        let head_entry = Entry::of(&self.published.head);
        thread::scope(|scope| {
            let one = |target: &'_ Target| self.one(target, &head_entry, show);
            let all: Vec<_> = targets.iter().map(|target| scope.spawn(move || one(target))).collect();
            all.into_iter()
                .map(|one| one.join().unwrap_or(false))
                .collect::<Vec<_>>()
                .iter()
                .all(|is_done| *is_done)
        })
    }

    fn one(&self, target: &Target, head_entry: &Entry, show: &(dyn Fn(&str, Deployed<'_>) + Sync)) -> bool {
        let begun = Clock::now();
        let requests = Requests::default();
        match self.deploy(target, head_entry, &requests) {
            Ok((store, report, purged)) => {
                let seconds = begun.elapsed().as_secs_f64();
                let (target, requests) = (target.name.as_str(), requests.count());
                show(
                    target,
                    Ok(Line { target, store: &store, report: &report, requests, purged: &purged, seconds }),
                );
                true
            }
            Err(error) => {
                let message = error.message.with_texts(&|text| Value::Text(self.secrets.redact(text)));
                show(&target.name, Err(Failure { message, ..error }));
                false
            }
        }
    }

    /// Deploys to a target, and then tells its CDN. Returns the name of the store, what was done, and what the CDN was
    /// told.
    fn deploy(
        &self,
        target: &Target,
        head_entry: &Entry,
        requests: &Requests,
    ) -> Result<(String, Report, Purged), Failure> {
        let rules = self.content.rules.clone();
        let headers = Box::new(move |path: &str| output::headers_of(path, &rules));
        let store =
            deploy::open(target, self.root, headers, self.secrets, requests).map_err(DeployError::from)?;
        let cdn = target.cdn.as_ref().map(|cdn| (cdn, self.cdn_secrets(cdn, requests)));
        // What would make every purge fail is said before the site is changed.
        cdn.as_ref().map_or(Ok(()), |(cdn, secrets)| purge::check(cdn, secrets))?;
        let published = self.published;
        let site = Site {
            folder: &published.folder,
            manifest: &published.manifest,
            head: &published.head,
            head_entry,
            clock: self.content.clock,
            commit: published.commit.as_deref(),
            relation: &|other| published.relation(other),
        };
        let owner = environment::owner();
        let cache = self.root.join(cache::FOLDER).join("deployed").join(&target.name);
        let options = Options {
            how: self.how,
            has_cdn: cdn.is_some(),
            cache: Some(&cache),
            owner: &owner,
            now: &site::now,
            progress: &|progress| (self.progress)(&target.name, progress),
        };
        let report = deploy::deploy(&site, store.as_ref(), &options)?;
        let mut purged = Purged::default();
        if let Some((cdn, secrets)) = cdn.filter(|_| !self.how.dry_run && !report.to_purge.is_empty()) {
            let paths = report.to_purge.iter().map(String::as_str);
            let addresses = purge::addresses(&self.content.config.url, paths);
            let run = purge::Run {
                publication: &report.publication,
                base: None,
                now: &|| site::now().0,
                sleep: &thread::sleep,
            };
            purged = purge::run(cdn, &addresses, &secrets, &run)
                .map_err(|error| Failure::from(error).of_purge())?;
            deploy::purged(store.as_ref()).map_err(|error| Failure::from(error).of_purge())?;
        }
        Ok((store.shown(), report, purged))
    }

    fn cdn_secrets(&self, cdn: &Cdn, requests: &Requests) -> Secrets {
        let secrets = self.secrets.clone();
        let has_own = self.secrets.get("AWS_ACCESS_KEY_ID").is_some();
        match cdn {
            Cdn::CloudFront { .. } if !has_own => match deploy::aws_credential(self.secrets, requests) {
                Some(found) => secrets.with([
                    ("AWS_ACCESS_KEY_ID", found.key_id.clone()),
                    ("AWS_SECRET_ACCESS_KEY", found.secret_key.clone()),
                    ("AWS_SESSION_TOKEN", found.token.clone().unwrap_or_default()),
                ]),
                None => secrets,
            },
            _ => secrets,
        }
    }
}

/// The targets with these names, or all.
pub(super) fn chosen<'a>(config: &'a Config, names: &[String]) -> Result<Vec<&'a Target>, Error> {
    if config.deploy.is_empty() {
        let message = message!("cli-deploy-no-target", "site.yaml names no target");
        let help = message!(
            "cli-deploy-no-target-help",
            "add `deploy: {{main: {{s3: bucket}}}}`; docs/deploy.md lists all kinds"
        );
        return Err(Error::usage(message, help));
    }
    if names.is_empty() {
        return Ok(config.deploy.iter().collect());
    }
    let find = |name: &String| {
        config.deploy.iter().find(|target| target.name == *name).ok_or_else(|| {
            let known: Vec<&str> = config.deploy.iter().map(|target| target.name.as_str()).collect();
            let see = message!("cli-deploy-all-targets", "`deploy` in site.yaml has all");
            let help = near_or_some(&text::meant(name, &known), &known, &see);
            let message = message!("cli-deploy-unknown-target", "there is no target `{name}`", name);
            Error::usage(message, help)
        })
    };
    names.iter().map(find).collect()
}
