//! The same facts for the other channels: mail, posts, banners, press, support, colleagues, authorities.
//!
//! What is to be said of an entry is gathered (`facts`) for one language and one instant; each channel only
//! writes it down. A channel is one file and one line of [`CHANNELS`].
//!
//! Why: docs/decisions/channels.md.

mod banner;
pub mod check;
mod facts;
mod internal;
pub mod lookup;
mod mail;
mod numbers;
mod press;
mod regulator;
mod rich_text;
mod social;
mod split;
mod support;

#[cfg(test)]
mod tests;

use crate::site::{Route, Site};
use facts::Facts;

/// Which private values a text holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrivateFields {
    /// None.
    Nothing,
    /// When the authority was told (`internal.reports`), and nothing else.
    Reports,
    /// All of `internal` and `reviewed_by`.
    Everything,
}

/// A way to say what an entry says.
#[derive(Clone, Copy)]
pub struct Channel {
    /// As it is asked for.
    pub name: &'static str,
    /// The name of its file.
    pub file: &'static str,
    /// What it holds that must never be published.
    pub holds: PrivateFields,
    /// Whether each time is written with its offset from UTC.
    has_offsets: bool,
    /// What is sent.
    write: fn(&Facts<'_>) -> String,
    /// What a reader sees of it, in each form that it is sent in.
    shown: fn(&Facts<'_>) -> Vec<String>,
}

impl Channel {
    const fn plain(name: &'static str, file: &'static str, write: fn(&Facts<'_>) -> String) -> Channel {
        Channel {
            name,
            file,
            holds: PrivateFields::Nothing,
            has_offsets: false,
            write,
            shown: |_| Vec::new(),
        }
    }

    /// Whether a machine that keeps or uploads texts must leave it out.
    #[must_use]
    pub fn is_private(&self) -> bool {
        self.holds != PrivateFields::Nothing
    }

    /// Whether private words in it are a fault.
    #[must_use]
    pub fn is_searched(&self) -> bool {
        self.holds != PrivateFields::Everything
    }

    /// What is to be said, with times as this channel writes them.
    fn facts<'s>(&self, site: &'s Site<'s>, route: Route, locale: usize) -> Option<Facts<'s>> {
        if self.has_offsets {
            Facts::with_offsets(site, route, locale)
        } else {
            Facts::of(site, route, locale)
        }
    }

    /// What is sent of an entry in a language.
    #[must_use]
    pub fn write(&self, site: &Site<'_>, route: Route, locale: usize) -> Option<String> {
        self.facts(site, route, locale).map(|facts| (self.write)(&facts))
    }

    /// What a reader sees.
    fn shown(&self, facts: &Facts<'_>) -> Vec<String> {
        let forms = (self.shown)(facts);
        if forms.is_empty() { vec![(self.write)(facts)] } else { forms }
    }
}

impl std::fmt::Debug for Channel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Channel({})", self.name)
    }
}

/// Every channel, in the order they are shown.
pub const CHANNELS: [Channel; 7] = [
    Channel { shown: mail::shown, ..Channel::plain("mail", "mail.eml", mail::write) },
    Channel { shown: social::shown, ..Channel::plain("social", "social.txt", social::write) },
    Channel::plain("banner", "banner.txt", banner::write),
    Channel::plain("press", "press.txt", press::write),
    Channel::plain("support", "support.txt", support::write),
    Channel {
        holds: PrivateFields::Everything,
        ..Channel::plain("internal", "internal.txt", internal::write)
    },
    Channel {
        holds: PrivateFields::Reports,
        has_offsets: true,
        ..Channel::plain("regulator", "regulator.txt", regulator::write)
    },
];
