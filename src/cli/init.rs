//! `noroshi init`: creates a new site.

mod choices;
mod host;
mod issue_forms;
mod preset;
mod starter;
mod trading;

use std::path::{Path, PathBuf};

use super::console::say;
use super::editor::{self, put};
use super::error::Error;
use super::terminal::Terminal;
use super::{Outcome, cms, hooks, schema};
use crate::atomic::Overwrite;
use crate::cms::Backend;
use crate::message::{Message, message};
use crate::os::Shown as _;
use crate::servers::Host;
use crate::source::THEMES;
use crate::text;
use crate::theme;
use choices::Choices;
use starter::SITE;

/// Create a new site from a small example
///
/// Writes site.yaml, one entry of each kind and templates for new entries, in the languages of
/// `--locale`. On a terminal, asks for language, time zone, title and preset if none of them is given.
/// `--ci` adds a workflow that publishes the site, `--timer` an exact clock, `--host` the configuration
/// of what serves it, `--theme` a theme to edit, `--cms` a web editor and `--issue-forms` forms for
/// people without git, and `--hooks` a git hook that checks staged files. In an existing site, these
/// options write only their own files. Refuses to overwrite an existing file; only `--cms`,
/// `--issue-forms` and `--hooks` rewrite their own.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder of the new site [default: the root]
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    #[command(flatten)]
    site: choices::Options,
    /// Write a CI workflow for this host; the folder must be the root of its repository
    #[arg(long, value_enum, value_name = "HOST", default_value = "none")]
    ci: Ci,
    /// Write what keeps the time where the host's schedule does not
    #[arg(long, value_enum, value_name = "TIMER")]
    timer: Option<Timer>,
    /// Write the configuration of what serves the site: types, caching, 404, security headers, old addresses
    #[arg(long, value_enum, value_name = "SERVER")]
    host: Option<Host>,
    /// Create a theme with this name in `themes/` that lists every colour, font and size
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,
    /// Write the git hook `pre-commit`, which checks the staged files before each commit
    #[arg(long)]
    hooks: bool,
    /// Write a web editor for people without git to `content/static/admin/`, made from site.yaml:
    /// `local` for a first try, `github:OWNER/NAME` or `gitlab:GROUP/NAME`; run this again after
    /// you change site.yaml
    #[arg(long, value_name = "WHERE", value_parser = cms::backend)]
    cms: Option<Backend>,
    /// Write forms with which people without git publish from a phone, made from site.yaml, to
    /// `.github/ISSUE_TEMPLATE/`, and the workflow that reads them; run this again after you change
    /// site.yaml
    #[arg(long)]
    issue_forms: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Ci {
    /// .github/workflows/status.yml: GitHub Actions, to GitHub Pages
    Github,
    /// .gitlab-ci.yml: GitLab CI, to GitLab Pages
    Gitlab,
    /// .forgejo/workflows/status.yml: Forgejo or Gitea, to the branch `pages`
    Forgejo,
    /// No workflow
    None,
}

impl Ci {
    /// The paths and the contents of the workflow and what it needs, the workflow first.
    fn files(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Ci::Github => &[
                (".github/workflows/status.yml", include_str!("starter/ci-github.yml")),
                (".github/workflows/status-wait.yml", include_str!("starter/ci-github-wait.yml")),
                INSTALL,
            ],
            Ci::Gitlab => &[(".gitlab-ci.yml", include_str!("starter/ci-gitlab.yml")), INSTALL],
            Ci::Forgejo => {
                &[(".forgejo/workflows/status.yml", include_str!("starter/ci-forgejo.yml")), INSTALL]
            }
            Ci::None => &[],
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Timer {
    /// noroshi.service: a systemd service that runs `noroshi watch`
    Systemd,
    /// cloudflare/: a Worker that starts the workflow on GitHub
    Cloudflare,
}

impl Timer {
    /// The paths and the contents of its files, the one with the instructions first.
    fn files(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Timer::Systemd => &[("noroshi.service", include_str!("starter/noroshi.service"))],
            Timer::Cloudflare => &[
                ("cloudflare/worker.js", include_str!("starter/cloudflare/worker.js")),
                ("cloudflare/wrangler.toml", include_str!("starter/cloudflare/wrangler.toml")),
            ],
        }
    }
}

/// Installs the program in a workflow.
const INSTALL: (&str, &str) = ("ci/install-noroshi.sh", include_str!("starter/install-noroshi.sh"));

/// The files of a new theme, which looks like its parent.
fn theme(name: &str) -> [(String, String); 2] {
    let folder = format!("{THEMES}/{name}");
    let readme = include_str!("starter/theme-readme.md").replace("@NAME@", name);
    let description = format!("{}{}", include_str!("starter/theme.yaml"), theme::sample());
    [(format!("{folder}/theme.yaml"), description), (format!("{folder}/README.md"), readme)]
}

/// Checks the name of a new theme.
fn named(name: &str) -> Result<(), Error> {
    if theme::built_in().contains(&name) {
        let message = message!("cli-init-theme-built-in", "the theme `{name}` is built in", name);
        return Err(Error::usage(
            message,
            message!("cli-init-theme-built-in-help", "give yours another name"),
        ));
    }
    let slug = text::slugify(name);
    if slug != name || slug.is_empty() {
        let message = message!("cli-init-theme-name", "`{name}` cannot be the name of a theme", name);
        let near = if slug.is_empty() { "example".to_owned() } else { slug };
        return Err(Error::usage(
            message,
            message!("cli-init-theme-name-help", "write it as `{near}`", near),
        ));
    }
    Ok(())
}

/// The options, or on a terminal the answers if there are no options. Asks nothing where `run` would
/// refuse to write.
fn choose(dir: &Path, args: &Args) -> Result<Choices, Error> {
    let is_taken = dir.join(SITE).symlink_metadata().is_ok();
    if args.site.is_any_given() || is_taken || !editor::is_terminal() {
        return args.site.choices();
    }
    choices::ask(&mut Terminal)
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    args.theme.as_deref().map(named).transpose()?;
    let dir = args.dir.clone().map_or_else(|| root.to_path_buf(), |dir| root.join(dir));
    let workflow = args.ci.files();
    let timer = args.timer.map_or(&[][..], Timer::files);
    let server = args.host.map_or(&[][..], Host::paths);
    let is_more = !workflow.is_empty()
        || !timer.is_empty()
        || !server.is_empty()
        || args.theme.is_some()
        || args.hooks
        || args.issue_forms
        || args.cms.is_some();
    let is_there = is_more && dir.join(SITE).is_file();
    if is_there && args.site.is_any_given() {
        let help = message!(
            "cli-init-for-new-site",
            "--locale, --timezone, --title and --preset are for a new site; change that file instead"
        );
        return Err(Error::usage(exists(&dir.join(SITE)), help));
    }
    let hook = args.hooks.then(|| hooks::plan(&dir)).transpose()?;
    let choices = (!is_there).then(|| choose(&dir, args)).transpose()?;
    let mut files =
        choices.as_ref().map(|new| starter::files(new, args.theme.as_deref())).unwrap_or_default();
    files.extend(workflow.iter().chain(timer).map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
    files.extend(args.theme.iter().flat_map(|name| theme(name)));
    // A new theme needs a folder of its own.
    let folder = args.theme.as_ref().map(|name| format!("{THEMES}/{name}"));
    let editors = if is_there { Vec::new() } else { schema::begun() };
    let taken = files.iter().map(|(name, _)| name).chain(&folder).chain(&editors).map(String::as_str);
    let is_taken = |name: &&str| dir.join(name).symlink_metadata().is_ok();
    if let Some(taken) = taken.chain(server.iter().copied()).find(is_taken) {
        let help = if is_there {
            message!("cli-init-move-help", "move it away first; nothing was written")
        } else {
            message!("cli-init-empty-help", "choose an empty folder; nothing was written")
        };
        return Err(Error::environment(exists(&dir.join(taken)), help));
    }
    let mut files: Vec<(PathBuf, String)> =
        files.into_iter().map(|(name, text)| (dir.join(name), text)).collect();
    // The configuration of a server is made from site.yaml, which a new site gets first.
    let configured =
        || args.host.map(|host| host::configuration(host, &dir)).transpose().map(Option::unwrap_or_default);
    let host::Configuration { files: configuration, left_out } = if is_there {
        configured()?
    } else {
        put(Overwrite::Nothing, &files)?;
        files.clear();
        configured()?
    };
    files.extend(configuration);
    put(Overwrite::Nothing, &files)?;
    hook.map(|hook| hook.write()).transpose()?;
    if let Some(choices) = &choices {
        schema::begin(&dir)?;
        say_next(&dir, choices);
    }
    if let Some(name) = args.theme.as_ref().filter(|_| is_there) {
        say(message!(
            "cli-init-next-theme",
            "next: add `theme: {name}` to {site}",
            name,
            site = dir.join(SITE).shown()
        ));
    }
    let explained = [workflow, timer].into_iter().filter_map(|files| files.first()).map(|(name, _)| name);
    for rule in left_out {
        say(rule);
    }
    for name in explained.chain(server.first()) {
        say(next_setup(&dir.join(name)));
    }
    if args.issue_forms {
        issue_forms::begin(&dir, INSTALL)?;
    }
    if let Some(backend) = &args.cms {
        return cms::begin(&dir, backend);
    }
    Ok(Outcome::Done)
}

fn exists(path: &Path) -> Message {
    message!("cli-init-exists", "`{path}` already exists", path = path.shown())
}

/// The next step after a file that needs a setup, which its top describes.
fn next_setup(path: &Path) -> Message {
    message!(
        "cli-init-next-setup",
        "next: do the one-time setup that the top of {path} describes",
        path = path.shown()
    )
}

/// Says what to do with a new site.
fn say_next(dir: &Path, choices: &Choices) {
    if !starter::is_translated(&choices.locales) {
        say(message!(
            "cli-init-no-examples",
            "noroshi has examples in English and Japanese only, so it wrote none: translate the names in {site}, then use `noroshi new`",
            site = dir.join(SITE).shown()
        ));
    }
    let place = if dir == Path::new(".") { String::new() } else { format!(" --root {}", dir.shown()) };
    let command = format!("noroshi serve{place}");
    say(message!("cli-init-next-serve", "next: {command}, then open the address that it prints", command));
    say(message!(
        "cli-init-next-site",
        "then set `publisher`, `url` and your components in {site}",
        site = dir.join(SITE).shown()
    ));
    say(message!(
        "cli-init-addresses",
        "pages link to folders, so they need a server; to open public/index.html from a disk, add `addresses: files` to site.yaml"
    ));
}
