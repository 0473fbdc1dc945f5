//! What `publish` tells `confirm`: what must come online, and whom to notify.

use std::collections::BTreeSet;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::host;
use crate::cli::error::Error;
use crate::file;
use crate::limits::{EVENTS_BYTES, PUBLICATION_BYTES};
use crate::message::message;
use crate::os::Shown as _;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Publication {
    /// The SHA-256 of the new manifest.
    pub(super) manifest: String,
    /// Whether broken files were held back, so that the run must fail.
    pub(super) is_held: bool,
    pub(super) hub: Option<String>,
    /// The feeds with news, for the hub.
    pub(super) feeds: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Event {
    hub: Option<String>,
    feeds: Vec<String>,
}

impl Publication {
    /// `notifies_hub`: whether the hub of the feeds is told by this publication, and not by a channel of `announce`.
    pub(super) fn new(manifest: String, is_held: bool, events: &Path, notifies_hub: bool) -> Publication {
        let mut publication = Publication { manifest, is_held, ..Publication::default() };
        // The build has just written this file; without it nobody is notified.
        let events = file::read_text(events, EVENTS_BYTES).unwrap_or_default();
        for event in events.lines().filter_map(|line| serde_json::from_str::<Event>(line).ok()) {
            publication.hub = publication.hub.or(event.hub.filter(|_| notifies_hub));
            publication.feeds.extend(event.feeds);
        }
        publication
    }

    /// One line of JSON.
    pub(super) fn json(&self) -> String {
        // It holds only text, lists and a boolean, so serialization cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads what `publish` wrote, from a file or else from the environment.
    pub(super) fn read(path: Option<&Path>) -> Result<Publication, Error> {
        let help = || {
            message!(
                "cli-ci-publication-help",
                "hand over what `noroshi ci publish` wrote: its output `publication`, or the file"
            )
        };
        let text = match path {
            None => host::publication().ok_or_else(|| {
                let message = message!(
                    "cli-ci-publication-unset",
                    "neither `--publication` nor `NOROSHI_PUBLICATION` is set"
                );
                Error::usage(message, help())
            })?,
            Some(path) => file::read_text(path, PUBLICATION_BYTES).map_err(|error| {
                let message = message!(
                    "cli-ci-publication-unreadable",
                    "cannot read `{path}`: {error}",
                    path = path.shown(),
                    error
                );
                Error::environment(message, help())
            })?,
        };
        serde_json::from_str(&text).map_err(|error| {
            let message = message!(
                "cli-ci-publication-misread",
                "cannot read the publication: {why}",
                why = error.to_string()
            );
            Error::usage(message, help())
        })
    }
}
