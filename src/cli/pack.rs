//! `noroshi pack`: writes the facts for other channels.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;

use super::console::{self, Progress};
use super::editor::put;
use super::error::Error;
use super::site;
use super::{Outcome, entry_arg, folders};
use crate::atomic::Overwrite;
use crate::bisect;
use crate::diagnostic::Texts;
use crate::file;
use crate::leak_scan::{Leak, Search};
use crate::limits::EVENTS_BYTES;
use crate::message::{self, Message, ToValue, message};
use crate::model::{Instant, Model};
use crate::os::Shown as _;
use crate::pack::lookup::{self, LookupError};
use crate::pack::{CHANNELS, Channel, check};
use crate::panics::{Panicked, contain};
use crate::site::{Route, Site};
use crate::timeline::Snapshot;

/// Write the same facts for other channels, ready to send
///
/// Writes an email, a post or a thread, a banner, a press release, a macro for the support desk, a
/// note to colleagues and a report to the authority. The note to colleagues contains all private
/// fields, and the report to the authority `internal.reports`; no other channel contains private
/// fields.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Args {
    /// An incident, maintenance or notice: its slug, a part of its slug or title, its `id` or its file; for one
    /// window of a series add the day, such as `weekly/2026-11-24`
    #[arg(value_name = "ENTRY", required_unless_present = "news")]
    entry: Option<String>,
    /// Pack every entry in this file from `build --events`, each into its own folder below `--out`
    #[arg(long, value_name = "FILE", requires = "out", conflicts_with_all = ["entry", "check"])]
    news: Option<PathBuf>,
    /// Write only this channel [default: all]
    #[arg(long, value_name = "CHANNEL", value_parser = PossibleValuesParser::new(CHANNELS.map(|c| c.name)))]
    channel: Option<String>,
    /// Leave out the note to colleagues and the report to the authority, which contain private
    /// fields
    #[arg(long, conflicts_with = "channel")]
    public: bool,
    /// The language [default: the first language of the site]
    #[arg(long, value_name = "LOCALE")]
    locale: Option<String>,
    /// Write the facts as of this instant instead of now
    #[arg(long, value_name = "TIME")]
    as_of: Option<String>,
    /// The address of the site, instead of `url` in site.yaml
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Write one file per channel into this folder
    #[arg(long, value_name = "DIR", conflicts_with = "check")]
    out: Option<PathBuf>,
    /// Only report channels or languages that disagree, and exceeded limits
    #[arg(long)]
    check: bool,
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    let progress = Progress::new();
    let (mut model, _) = site::load_sound(root, args.base_url.as_deref(), &progress)?;
    pack(root, args, &mut model)
}

/// Writes the public texts of each entry in a file of events, each into its own folder below `out`.
pub(super) fn public_texts(
    root: &Path,
    model: &mut Model,
    as_of: Instant,
    news: &Path,
    out: &Path,
) -> Result<Outcome, Error> {
    let (news, out, as_of) = (Some(news.to_path_buf()), Some(out.to_path_buf()), Some(as_of.iso()));
    pack(root, &Args { news, out, as_of, public: true, ..Args::default() }, model)
}

fn pack(root: &Path, args: &Args, model: &mut Model) -> Result<Outcome, Error> {
    let as_of = site::as_of(args.as_of.as_deref(), model)?;
    let locale = args.locale.as_deref().map(|tag| locale(tag, model)).transpose()?;
    let site = match contain(crate::render::step_pages(), || Site::new(Snapshot::at(model, as_of))) {
        Ok(Ok(site)) => site,
        Ok(Err(error)) => return Err(Error::environment(error.message(), Message::default())),
        Err(panicked) => {
            return Err(site::refused(site::blamed(model, as_of, &panicked)?, &Texts::default()));
        }
    };
    let channels: Vec<Channel> =
        CHANNELS.iter().filter(|channel| is_wanted(args, channel)).copied().collect();
    let search = Search::new(&site).map_err(|error| Error::environment(error, Message::default()))?;
    let texts = Written { site: &site, search: &search, channels: &channels, locale: locale.unwrap_or(0) };
    if let (Some(news), Some(out)) = (&args.news, &args.out) {
        refuse_public(root, out)?;
        return Ok(texts.write_news(&entries_with_news(news)?, out));
    }
    let entry = args.entry.as_deref().unwrap_or_default();
    let route =
        lookup::find(&site, &entry_arg::ways(root, entry)).map_err(|lost| say(&lost, entry, model))?;
    if args.check {
        let locales = locale.map_or_else(|| (0..model.config.locales.len()).collect(), |locale| vec![locale]);
        let step = message!("cli-pack-step-compare", "comparing its channels");
        let found = contain(step, || problems(&site, route, &channels, &locales));
        return found.unwrap_or_else(|panicked| Err(failed(&site, route, &panicked)));
    }
    match &args.out {
        None => texts.show(route, args.channel.is_none())?,
        Some(out) => {
            refuse_public(root, out)?;
            texts.write(route, out)?;
        }
    }
    Ok(Outcome::Done)
}

fn failed(site: &Site<'_>, route: Route, panicked: &Panicked) -> Error {
    let Some(head) = site.head(route) else { return site::internal(panicked) };
    site::refused([bisect::diagnostic(&head.file, panicked)], &Texts::default())
}

fn is_wanted(args: &Args, channel: &Channel) -> bool {
    match &args.channel {
        Some(name) => name == channel.name,
        None => !(args.public && channel.is_private()),
    }
}

/// The names of the entries in a file of `build --events`, without duplicates.
fn entries_with_news(news: &Path) -> Result<BTreeSet<String>, Error> {
    let refuse = |reason: &dyn ToValue| {
        let news = news.shown();
        let message =
            message!("cli-pack-news", "cannot read `{news}`: {reason}", news, reason = reason.to_value());
        let help = message!("cli-pack-news-help", "name the file that `noroshi build --events FILE` wrote");
        Error::environment(message, help)
    };
    let text = file::read_text(news, EVENTS_BYTES).map_err(|error| refuse(&error))?;
    let name = |line: &str| {
        let event: serde_json::Value = serde_json::from_str(line).ok()?;
        let file = event.get("file")?.as_str()?;
        let day = event.get("occurrence").and_then(serde_json::Value::as_str);
        Some(day.map_or_else(|| file.to_owned(), |day| format!("{file}/{day}")))
    };
    let no_event = || refuse(&message!("cli-pack-news-line", "a line is not an event"));
    text.lines().map(|line| name(line).ok_or_else(no_event)).collect()
}

struct Written<'a> {
    site: &'a Site<'a>,
    search: &'a Search<'a>,
    channels: &'a [Channel],
    locale: usize,
}

impl Written<'_> {
    /// The text of each channel. If any text contains private text, returns an error and no text.
    fn of(&self, route: Route) -> Result<Vec<(&Channel, String)>, Error> {
        let texts = self.channels.iter().map(|channel| {
            let step = message!("cli-pack-step-channel", "writing it for another channel");
            let text = contain(step, || channel.write(self.site, route, self.locale).unwrap_or_default());
            let text = text.map_err(|panicked| failed(self.site, route, &panicked))?;
            if channel.is_searched() {
                self.search.inspect(channel.file, text.as_bytes()).map_err(|leak| refused(&leak))?;
            }
            Ok((channel, text))
        });
        texts.collect()
    }

    fn show(&self, route: Route, with_heads: bool) -> Result<(), Error> {
        for (channel, text) in self.of(route)? {
            if with_heads {
                console::print(&format!("== {} ==", channel.name))?;
            }
            console::write(&format!("{}\n", text.strip_suffix('\n').unwrap_or(&text)))?;
        }
        Ok(())
    }

    /// Writes one file per channel.
    fn write(&self, route: Route, folder: &Path) -> Result<(), Error> {
        let texts = self.of(route)?.into_iter();
        let files: Vec<(PathBuf, String)> =
            texts.map(|(channel, text)| (folder.join(channel.file), text)).collect();
        put(Overwrite::File, &files)
    }

    /// Writes each entry into its own folder. If one fails, the others are still written.
    fn write_news(&self, entries: &BTreeSet<String>, out: &Path) -> Outcome {
        let mut outcome = Outcome::Done;
        for entry in entries {
            let found = lookup::find(self.site, std::slice::from_ref(entry));
            let route = found.map_err(|lost| say(&lost, entry, self.site.now.model));
            // The address is made from a slug, and no character of a slug can lead out of the folder.
            let written = route.and_then(|route| self.write(route, &out.join(self.site.folder_of(route, 0))));
            if let Err(error) = written {
                outcome = error.show();
            }
        }
        outcome
    }
}

fn refused(leak: &Leak) -> Error {
    let found = leak.diagnostic();
    let message =
        message!("cli-pack-leak", "{message} ({owner})", message = found.message, owner = leak.owner);
    Error::content(message, message!("cli-pack-leak-help", "noroshi wrote no text for this entry"))
}

fn problems(
    site: &Site<'_>,
    route: Route,
    channels: &[Channel],
    locales: &[usize],
) -> Result<Outcome, Error> {
    let found = check::check(site, route, channels, locales);
    for line in &found {
        console::print(&line.text(console::language()))?;
    }
    if found.is_empty() {
        console::say(message!("cli-pack-no-problems", "no problems found"));
        return Ok(Outcome::Done);
    }
    Ok(Outcome::Content)
}

pub(super) fn locale(tag: &str, model: &Model) -> Result<usize, Error> {
    let locales = &model.config.locales;
    locales.iter().position(|known| known == tag).ok_or_else(|| {
        let message = message!("cli-pack-locale", "the site has no locale `{tag}`", tag);
        let see = message!("cli-pack-locale-see", "`locales` in site.yaml has all");
        let known = message::some_of(locales, &see);
        Error::usage(message, message!("cli-pack-locale-help", "write {known}", known))
    })
}

fn say(lost: &LookupError, typed: &str, model: &Model) -> Error {
    match lost {
        LookupError::Name(lost) => entry_arg::lost(lost, typed),
        LookupError::Draft(file) => {
            let message = message!("cli-pack-draft", "`{file}` is a draft", file);
            Error::content(message, message!("cli-pack-draft-help", "remove `draft` to make it visible"))
        }
        LookupError::Hidden(file, from) => {
            let Some(from) = from else {
                let message = message!("cli-pack-nothing", "`{file}` has nothing to show", file);
                return Error::content(message, Message::default());
            };
            let zone = model.config.zone;
            let time = zone.local(*from).format("%Y-%m-%d %H:%M:%S").to_string();
            let message = message!(
                "cli-pack-hidden",
                "`{file}` is not visible until {time} {zone}",
                file,
                time,
                zone = zone.abbreviation(*from)
            );
            let help =
                message!("cli-pack-hidden-help", "to see it as of then, add `--as-of \"{time}\"`", time);
            Error::content(message, help)
        }
    }
}

/// Refuses an output folder that is published, because the channels may contain private fields.
fn refuse_public(root: &Path, out: &Path) -> Result<(), Error> {
    if folders::overlaps_sources(root, out) {
        return Err(folders::refuse_overlap(out));
    }
    if folders::is_served(root, out) {
        let message = message!(
            "cli-pack-published",
            "`{out}` is in a published site, or where the first build publishes",
            out = out.shown()
        );
        let help = message!(
            "cli-pack-published-help",
            "choose another folder: these files can contain private text"
        );
        return Err(Error::usage(message, help));
    }
    Ok(())
}
