//! What makes one new site differ from another: languages, time zone, title and preset, from options
//! or from answers on a terminal.

use std::path::Path;
use std::{env, fs};

use clap::ValueEnum as _;

use super::preset::{self, Preset};
use crate::cli::console;
use crate::cli::editor::one_line;
use crate::cli::error::Error;
use crate::cli::terminal::Prompt;
use crate::cli::typed;
use crate::languages;
use crate::message::{self, Message, message};
use crate::model::Zone;

#[derive(Clone, Debug, Default, clap::Args)]
#[group(skip)]
pub(super) struct Options {
    /// The language of the new site, such as `ja`; separate several with commas, the main one first.
    /// Examples are in English and Japanese; with any other language there are none, and the names of
    /// components are in English [default: en]
    #[arg(long, value_name = "TAG", value_delimiter = ',')]
    locale: Vec<String>,
    /// The time zone of the new site, such as `Asia/Tokyo` [default: Etc/UTC]
    #[arg(long, value_name = "ZONE")]
    timezone: Option<String>,
    /// The title of the new site, in one line
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// The components and examples of the new site [default: plain]
    #[arg(long, value_enum)]
    preset: Option<Preset>,
}

#[derive(Debug)]
pub(super) struct Choices {
    /// The main language first; at least one.
    pub(super) locales: Vec<&'static str>,
    pub(super) zone: Zone,
    /// `None` for the title of the examples, which each language has.
    pub(super) title: Option<String>,
    pub(super) preset: Preset,
}

impl Options {
    pub(super) fn is_any_given(&self) -> bool {
        let Options { locale, timezone, title, preset } = self;
        !locale.is_empty() || timezone.is_some() || title.is_some() || preset.is_some()
    }

    pub(super) fn choices(&self) -> Result<Choices, Error> {
        let given: Vec<&str> = self.locale.iter().map(String::as_str).collect();
        Ok(Choices {
            locales: if given.is_empty() { vec!["en"] } else { locales(&given)? },
            zone: self.timezone.as_deref().map_or(typed::zone("Etc/UTC"), typed::zone)?,
            title: self.title.as_deref().map(|title| one_line("--title", title)).transpose()?,
            preset: self.preset.unwrap_or(Preset::Plain),
        })
    }
}

/// The languages that the user typed.
fn locales(typed: &[&str]) -> Result<Vec<&'static str>, Error> {
    let mut found = Vec::new();
    for tag in typed {
        let locale = typed::language(tag.trim())?;
        if found.contains(&locale) {
            let message =
                message!("cli-init-language-twice", "the language `{locale}` is given twice", locale);
            return Err(Error::usage(message, message!("cli-init-language-twice-help", "give it once")));
        }
        found.push(locale);
    }
    Ok(found)
}

/// Asks for all choices. Offers what the system says of language and time zone.
pub(super) fn ask(ask: &mut dyn Prompt) -> Result<Choices, Error> {
    let question =
        message!("cli-init-ask-languages", "Languages, the main one first, such as `ja` or `ja,en`");
    let offered = system_language().unwrap_or("en");
    let locales = answer(ask, &question, offered, |line| locales(&line.split(',').collect::<Vec<_>>()))?;
    let offered = system_zone().map_or("Etc/UTC", Zone::name);
    let question = message!("cli-init-ask-zone", "Time zone, such as `Asia/Tokyo`");
    let zone = answer(ask, &question, offered, typed::zone)?;
    let offered = preset::default_title(&locales);
    let question = message!("cli-init-ask-title", "Title of the site");
    let the_title = message!("cli-init-the-title", "the title");
    let title = answer(ask, &question, &offered, |line| one_line(&the_title, line))?;
    let presets = Preset::value_variants();
    let shown: Vec<Message> = presets.iter().copied().filter_map(shown).collect();
    let preset = ask.choose(&message!("cli-init-ask-preset", "Which components?"), &shown)?;
    Ok(Choices {
        locales,
        zone,
        // A site of several languages has this title in each of them.
        title: Some(title).filter(|title| *title != offered),
        preset: presets.get(preset).copied().unwrap_or(Preset::Plain),
    })
}

/// The name of a preset and its help, as `--help` has it.
fn shown(preset: Preset) -> Option<Message> {
    let value = preset.to_possible_value()?;
    let (name, about) = (value.get_name(), value.get_help()?);
    let about = message::plain(console::language(), &format!("help-init--preset--{name}"))
        .unwrap_or_else(|| about.to_string());
    Some(Message::same(format!("{name}: {about}")))
}

/// Asks until the answer can be read, so that a typing error does not lose the earlier answers.
fn answer<T>(
    ask: &mut dyn Prompt,
    question: &Message,
    offered: &str,
    read: impl Fn(&str) -> Result<T, Error>,
) -> Result<T, Error> {
    loop {
        match read(ask.line(question, offered, true)?.trim()) {
            Ok(value) => return Ok(value),
            Err(error) => _ = error.show(),
        }
    }
}

/// The built-in language of the environment: `ja` for `LANG=ja_JP.UTF-8`.
fn system_language() -> Option<&'static str> {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| env::var(name).ok());
    language_of(&set.into_iter().find(|value| !value.is_empty())?)
}

fn language_of(value: &str) -> Option<&'static str> {
    let tag = value.split(['.', '@']).next()?.replace('_', "-");
    let language = tag.split('-').next()?;
    languages::find(&tag).or_else(|| languages::find(language)).map(|found| found.tag)
}

/// The time zone of the system: `TZ`, or the zone to which `/etc/localtime` links.
fn system_zone() -> Option<Zone> {
    if let Ok(name) = env::var("TZ") {
        return Zone::named(name.trim_start_matches(':'));
    }
    zone_of(&fs::read_link("/etc/localtime").ok()?)
}

fn zone_of(link: &Path) -> Option<Zone> {
    Zone::named(link.to_str()?.split_once("zoneinfo/")?.1)
}

#[cfg(test)]
mod tests;
