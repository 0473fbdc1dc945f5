//! Texts for the other channels, from the same facts: mail, posts, banners, press, support, colleagues,
//! authorities.
//!
//! `facts` collects what there is to say about an entry in one language at one instant; each channel only
//! formats it. A channel is one file and one line of [`CHANNELS`].
//!
//! Why: docs/decisions/channels.md.

mod banner;
pub mod check;
mod facts;
mod internal;
pub mod lookup;
pub(crate) mod mail;
mod numbers;
mod press;
mod regulator;
mod rich_text;
mod social;
pub(crate) mod split;
mod support;

#[cfg(test)]
mod tests;

use crate::site::{Route, Site};
use facts::Facts;

/// A mail to customers without its headers: the subject, and the same words as plain text and HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letter {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// The mail about an entry; `None` for a page that has none, such as that of a whole series.
#[cfg(feature = "announce")]
#[must_use]
pub fn letter(site: &Site<'_>, route: Route, locale: usize) -> Option<Letter> {
    Facts::of(site, route, locale).map(|facts| mail::letter(&facts))
}

/// Which private values a text contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrivateFields {
    Nothing,
    /// Only when the authority was notified (`internal.reports`).
    Reports,
    /// All of `internal` and `reviewed_by`.
    Everything,
}

/// A channel: a text about an entry in a form of its own.
#[derive(Clone, Copy)]
pub struct Channel {
    /// Its name on the command line.
    pub name: &'static str,
    pub file: &'static str,
    /// The private values that its text contains. They must never be published.
    pub holds: PrivateFields,
    /// Whether each time is written with its offset from UTC.
    has_offsets: bool,
    write: fn(&Facts<'_>) -> String,
    /// The text as a reader sees it, in each form that is sent.
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

    /// Whether a machine that stores or uploads texts must leave it out.
    pub fn is_private(&self) -> bool {
        self.holds != PrivateFields::Nothing
    }

    /// Whether private words in its text are an error.
    pub fn is_searched(&self) -> bool {
        self.holds != PrivateFields::Everything
    }

    fn facts<'s>(&self, site: &'s Site<'s>, route: Route, locale: usize) -> Option<Facts<'s>> {
        if self.has_offsets {
            Facts::with_offsets(site, route, locale)
        } else {
            Facts::of(site, route, locale)
        }
    }

    pub fn write(&self, site: &Site<'_>, route: Route, locale: usize) -> Option<String> {
        self.facts(site, route, locale).map(|facts| (self.write)(&facts))
    }

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

/// Every channel, in display order.
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
