//! `noroshi announce`: tells people and programs of each update, once.

mod ledger;
mod public;
mod report;
mod secrets;
mod status;
mod worker;

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::console::Progress;
use super::error::Error;
use super::{Format, Outcome, console, hold_broken, site};
use crate::announce::{
    self, Book, Channel, Delivery, Item, KeeperError, Line, Message, Open, Options, RunError, Secrets,
    SendError,
};
use crate::atomic;
use crate::leak_scan::Search;
use crate::limits::ANNOUNCE_ITEMS;
use crate::message::{self as messages, count, message};
use crate::model::announce::{self as config, Mode};
use crate::model::{Instant, Model};
use crate::panics::contain;
use crate::site::Site;
use crate::site::feed_items::FeedItem;
use crate::text;
use crate::timeline::Snapshot;

pub(super) use worker::Worker;

/// Tell people and programs of each update, once
///
/// Sends what is newly published to every channel of `announce` in site.yaml. A ledger holds what was sent where, so that an
/// update reaches each channel once, whatever happens to a run. The first run records all that is there as old, and sends
/// nothing. Credentials come from the environment. Exits with 3 if a channel was not reached.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_precedence_over_arg = true)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    send: Send,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Show what was sent where, what waits and what failed
    Status(status::Args),
    /// Send what waits for approval: with the id that `status` shows, or a channel for all that waits there
    Approve(status::Items),
    /// Never send it
    Skip(status::Items),
    /// Send again what failed, or what nobody knows about; a channel stands for all of its items
    Retry(status::Items),
    /// Send a test message that says that it is one
    Test(TestArgs),
    /// Stop everything, until `hold --off`
    Hold(HoldArgs),
    /// Begin a new ledger in place of a lost one; all that is there is old
    Begin,
}

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
struct Send {
    /// The names of channels [default: all]
    #[arg(value_name = "CHANNEL")]
    channels: Vec<String>,
    /// Say what would be sent, and send nothing
    #[arg(long)]
    dry_run: bool,
    /// Send updates since TIME, also if they were recorded as old
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// Send any number of updates
    #[arg(long)]
    all: bool,
    /// Do not wait until the published site has the update
    #[arg(long)]
    no_wait: bool,
    /// Do nothing if site.yaml names no channel
    #[arg(long)]
    if_any: bool,
    /// Use the last good version of a file that has errors
    #[arg(long)]
    hold_broken: bool,
    /// For this instant instead of now
    #[arg(long, value_name = "TIME")]
    as_of: Option<String>,
    /// The address of the site, instead of `url` in site.yaml
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Whether `watch` asks: nothing to send is no news.
    #[arg(skip)]
    is_watched: bool,
    /// The output format of the result
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Debug, clap::Args)]
struct TestArgs {
    /// The channel
    #[arg(value_name = "CHANNEL")]
    channel: String,
}

#[derive(Debug, clap::Args)]
struct HoldArgs {
    /// Go on
    #[arg(long)]
    off: bool,
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    match &args.command {
        None => send(root, &args.send),
        Some(Command::Status(args)) => status::show(root, args),
        Some(Command::Approve(items)) => status::change(root, items, status::Change::Approve),
        Some(Command::Skip(items)) => status::change(root, items, status::Change::Skip),
        Some(Command::Retry(items)) => status::change(root, items, status::Change::Retry),
        Some(Command::Test(args)) => test(root, args),
        Some(Command::Hold(args)) => hold(root, args),
        Some(Command::Begin) => begin(root),
    }
}

fn keeper_error(error: KeeperError) -> Error {
    Error::environment(error.message, error.help)
}

fn refused(channel: &str, error: SendError) -> Error {
    let (reason, help) = match error {
        SendError::Refused { reason, help } => (reason, help),
        SendError::Later { reason, .. } => (reason, message!("cli-announce-later", "try again later")),
        SendError::Unknown { reason } => (
            message!("cli-announce-perhaps", "{reason}; perhaps it has arrived", reason),
            message!("cli-announce-perhaps-help", "look at the channel"),
        ),
    };
    Error::environment(
        message!("cli-announce-channel", "channel `{channel}`: {reason}", channel, reason),
        help,
    )
}

/// Works with the ledger that is there. Only site.yaml must be without errors: a broken entry keeps nobody from a hold.
fn with_book<T>(root: &Path, work: impl FnOnce(&Book<'_>) -> Result<T, Error>) -> Result<T, Error> {
    let model = site::settings(root)?;
    let keeper = ledger::keeper(root, &model)?;
    let (book, is_new) = Book::open(keeper.as_ref(), &thread::sleep).map_err(keeper_error)?;
    if is_new {
        let message =
            message!("cli-announce-no-ledger", "there is no ledger {ledger} yet", ledger = keeper.shown());
        let help = message!("cli-announce-no-ledger-help", "run `noroshi announce` first");
        return Err(Error::content(message, help));
    }
    work(&book)
}

/// Seconds since 1970, for platforms.
fn clock() -> announce::Now {
    Arc::new(|| site::now().0)
}

/// The channels with these names, or all.
fn chosen<'c>(model: &'c Model, names: &[String]) -> Result<Vec<&'c config::Channel>, Error> {
    let channels = &model.config.announce.channels;
    if channels.is_empty() {
        return Err(Error::usage(
            message!("cli-announce-no-channel", "site.yaml names no channel"),
            message!(
                "cli-announce-no-channel-help",
                "add `announce: {{channels: {{ops: {{to: slack}}}}}}`; docs/announce.md lists all kinds"
            ),
        ));
    }
    if names.is_empty() {
        return Ok(channels.iter().collect());
    }
    let known: Vec<&str> = channels.iter().map(|channel| channel.name.as_str()).collect();
    let find = |name: &String| {
        channels.iter().find(|channel| channel.name == *name).ok_or_else(|| {
            let see = message!("cli-announce-channels-see", "`announce` in site.yaml has all");
            let help = messages::near_or_some(&text::meant(name, &known), &known, &see);
            let message = message!("cli-announce-unknown-channel", "there is no channel `{name}`", name);
            Error::usage(message, help)
        })
    };
    names.iter().map(find).collect()
}

/// Opens the platform of a channel, and checks what would make every message fail.
fn open(model: &Model, channel: &config::Channel, secrets: &Secrets) -> Result<Box<dyn Channel>, Error> {
    let opened = announce::open(channel, model.config.hub.as_deref(), secrets, &clock());
    opened.and_then(|open| open.check().map(|()| open)).map_err(|error| refused(&channel.name, error))
}

fn send(root: &Path, args: &Send) -> Result<Outcome, Error> {
    let progress = Progress::new();
    let mut loaded = site::load(root, args.base_url.as_deref(), &progress)?;
    let held = hold_broken::mend(root, args.base_url.as_deref(), args.hold_broken, &mut loaded, &|_| ())?;
    let Some(model) = loaded.model.take().filter(|_| !loaded.diagnostics.has_errors()) else {
        // The publication has shown the same errors.
        if args.is_watched {
            return Ok(Outcome::Content);
        }
        console::diagnostics(&loaded.diagnostics, &loaded.texts);
        return Err(Error::shown(Outcome::Content));
    };
    if args.if_any && model.config.announce.channels.is_empty() {
        return Ok(Outcome::Done);
    }
    let configs = chosen(&model, &args.channels)?;
    let as_of = site::as_of(args.as_of.as_deref(), &model)?;
    let since = args.since.as_deref().map(|typed| site::instant(typed, model.config.zone)).transpose()?;
    let site = site_at(&model, as_of)?;
    let search =
        Search::new(&site).map_err(|error| Error::environment(error, messages::Message::default()))?;
    let secrets = secrets::secrets()?;
    let keeper = ledger::keeper(root, &model)?;
    let (book, _) = Book::open(keeper.as_ref(), &thread::sleep).map_err(keeper_error)?;
    let published = public::Published::new(&model, args.no_wait, &book.ledger());
    let items = announce::items(&site, &|id, short| published.has(id, short));
    let composer = Composer { model: &model, site: &site, search: &search, then: Mutex::default() };
    let unwritten = Mutex::new(None);
    let tell = |line: &Line| {
        if let Err(error) = report::print(line, args.format) {
            *unwritten.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
        }
    };
    let (id, owner) = (atomic::random(), super::deploy::owner());
    let options = Options {
        since,
        all: args.all,
        owner: &owner,
        id: &id,
        locales: &model.config.locales,
        now: &site::now,
        sleep: &thread::sleep,
        jitter: &|below| u64::from_str_radix(&atomic::random()[..8], 16).unwrap_or(0) % below.max(1),
        compose: &|item, locale| composer.compose(&items[item], locale),
        tell: &tell,
    };
    if args.dry_run {
        return report::dry_run(&configs, &items, &book.ledger(), &options, &composer, args.format);
    }
    // A channel that cannot be used stops no other. One that is off needs no token.
    let mut outcome = Outcome::Done;
    let mut opened = Vec::new();
    for config in configs {
        let channel = if config.mode == Mode::Off { None } else { Some(open(&model, config, &secrets)) };
        let channel = channel.and_then(|channel| channel.map_err(|error| outcome = error.show()).ok());
        opened.push((config, channel));
    }
    let open: Vec<Open<'_>> =
        opened.iter().map(|(config, channel)| Open { config, channel: channel.as_deref() }).collect();
    let mut report = announce::run(&book, &open, &items, &options).map_err(run_error)?;
    // What is on its way to the public is waited for.
    while report.not_public > 0 && !report.is_held && published.wait() {
        let items = announce::items(&site, &|id, short| published.has(id, short));
        let options = Options { compose: &|item, locale| composer.compose(&items[item], locale), ..options };
        let more = announce::run(&book, &open, &items, &options).map_err(run_error)?;
        report.lines.extend(more.lines);
        report.not_public = more.not_public;
    }
    if let Some(error) = unwritten.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Err(error.into());
    }
    report::end(&report, &published, args.is_watched, args.format)?;
    if outcome == Outcome::Done {
        outcome = report::outcome(&report);
    }
    Ok(if outcome == Outcome::Done { hold_broken::tell(held, &mut loaded) } else { outcome })
}

fn run_error(error: RunError) -> Error {
    match error {
        RunError::Ledger(error) => keeper_error(error),
        RunError::TooMany { channel, count } => Error::content(
            message!(
                "cli-announce-too-many",
                "channel `{channel}` would get {count} updates at once, and nothing was sent",
                channel,
                count
            ),
            message!(
                "cli-announce-too-many-help",
                "look at `noroshi announce --dry-run`; `--all` sends more than {most}",
                most = ANNOUNCE_ITEMS
            ),
        ),
    }
}

fn site_at(model: &Model, at: Instant) -> Result<Site<'_>, Error> {
    match contain(crate::render::step_pages(), || Site::new(Snapshot::at(model, at))) {
        Ok(site) => site.map_err(|error| Error::environment(error.message(), messages::Message::default())),
        Err(panicked) => Err(site::internal(&panicked)),
    }
}

/// Composes messages, and searches each for private text.
struct Composer<'m> {
    model: &'m Model,
    site: &'m Site<'m>,
    search: &'m Search<'m>,
    /// The sites as of updates.
    then: Mutex<HashMap<Instant, Arc<Site<'m>>>>,
}

impl Composer<'_> {
    fn compose(&self, item: &Item, locale: usize) -> Result<Message, messages::Message> {
        let found: Option<&FeedItem<'_>> =
            self.site.recent_items().iter().find(|other| other.key() == item.id);
        let found = found.ok_or_else(announce::reasons::gone)?;
        let then = self.then(item.at)?;
        let step = message!("cli-announce-step-compose", "composing a message");
        let message = contain(step, || announce::compose(self.site, &then, found, locale))
            .map_err(|panicked| panicked.message())?;
        let mail = [&message.mail.subject, &message.mail.text, &message.mail.html];
        let texts = [&message.headline, &message.text, &message.html].into_iter().chain(mail);
        let facts = message.facts.iter().flat_map(|(label, value)| [label, value]);
        if texts.chain(facts).any(|text| self.search.inspect("", text.as_bytes()).is_err()) {
            return Err(message!(
                "cli-announce-private",
                "it holds private text, and was not sent; `noroshi build` says which"
            ));
        }
        Ok(message)
    }

    fn then(&self, at: Instant) -> Result<Arc<Site<'_>>, messages::Message> {
        let mut then = self.then.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(site) = then.get(&at) {
            return Ok(Arc::clone(site));
        }
        let site = Site::new(Snapshot::at(self.model, at)).map_err(|error| error.message())?;
        Ok(Arc::clone(then.entry(at).or_insert(Arc::new(site))))
    }
}

fn hold(root: &Path, args: &HoldArgs) -> Result<Outcome, Error> {
    let (at, by) = (site::now(), super::deploy::owner());
    let change = |ledger: &mut announce::Ledger| {
        let held = (!args.off).then(|| announce::Held { at, by: by.clone() });
        let is_new = ledger.held.is_some() != held.is_some();
        if is_new {
            ledger.held = held;
        }
        is_new
    };
    let changed = with_book(root, |book| book.change(change).map_err(keeper_error))?;
    let done = match (args.off, changed) {
        (false, true) => {
            message!("cli-announce-held", "nothing is sent any more, until `noroshi announce hold --off`")
        }
        (false, false) => {
            message!("cli-announce-held-before", "nothing was sent before, and nothing is sent")
        }
        (true, true) => message!("cli-announce-released", "the next run sends what is due"),
        (true, false) => message!("cli-announce-not-held", "nothing was on hold"),
    };
    console::print(&done.text(console::language()))?;
    Ok(Outcome::Done)
}

fn begin(root: &Path) -> Result<Outcome, Error> {
    let (model, _) = site::load_sound(root, None, &Progress::new())?;
    let configs = chosen(&model, &[])?;
    let site = site_at(&model, site::now())?;
    let keeper = ledger::keeper(root, &model)?;
    let book = Book::anew(keeper.as_ref(), &thread::sleep).map_err(keeper_error)?;
    let items = announce::items(&site, &|_, _| true);
    announce::begin(&book, &configs, &items, site::now()).map_err(keeper_error)?;
    let done = message!(
        "cli-announce-begun",
        "the ledger {ledger} is new: {updates} in {channels} are old, and nothing was sent",
        ledger = keeper.shown(),
        updates = count(items.len(), "update", "updates"),
        channels = count(configs.len(), "channel", "channels"),
    );
    console::print(&done.text(console::language()))?;
    Ok(Outcome::Done)
}

fn test(root: &Path, args: &TestArgs) -> Result<Outcome, Error> {
    let (model, _) = site::load_sound(root, None, &Progress::new())?;
    let configs = chosen(&model, std::slice::from_ref(&args.channel))?;
    let site = site_at(&model, site::now())?;
    let secrets = secrets::secrets()?;
    for config in configs {
        let channel = open(&model, config, &secrets)?;
        let locales = if config.filter.locales.is_empty() {
            (0..model.config.locales.len()).collect()
        } else {
            config.filter.locales.clone()
        };
        for locale in locales {
            let message = announce::test_message(&site, locale, site::now());
            let key = new_id();
            let delivery =
                Delivery { key: &key, first: None, latest: None, is_repeated: false, is_test: true };
            let sent = channel.send(&message, &delivery).map_err(|error| refused(&config.name, error))?;
            let (channel, locale) = (&config.name, &message.locale);
            let done = match sent.address.or(sent.id) {
                Some(id) => message!(
                    "cli-announce-test-at",
                    "{channel}: a test in {locale} was sent: {id}",
                    channel,
                    locale,
                    id
                ),
                None => {
                    message!("cli-announce-test", "{channel}: a test in {locale} was sent", channel, locale)
                }
            };
            console::print(&done.text(console::language()))?;
        }
        if config.mode == Mode::Off {
            console::say(message!(
                "cli-announce-test-off",
                "note: `mode: off` sends nothing else to `{channel}`",
                channel = config.name
            ));
        }
    }
    Ok(Outcome::Done)
}

/// A UUID that nobody else has.
fn new_id() -> String {
    crate::site::identity::long(&["announce-test", &atomic::random()])
}
