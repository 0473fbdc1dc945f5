//! What the store remembers of deployments: a small file beside those of the site.
//!
//! It holds the manifest of the last deployment that was finished, and the journal of one that is at
//! work or was interrupted. Anybody can read it, so it holds nothing that the site does not show, but for the
//! commit and the clock of the build.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::store::{Cause, Store, StoreError};
use super::{DeployError, Site};
use crate::message::message;
use crate::model::Instant;
use crate::publish::Entry;

/// The folder of the files that a deployment keeps in the store.
pub(super) const CONTROL: &str = ".noroshi-deploy";
const PATH: &str = ".noroshi-deploy/state.json";

#[derive(Clone, Default, Serialize, Deserialize, Debug)]
pub(super) struct State {
    /// The last deployment that was finished.
    pub(super) deployed: Option<Deployed>,
    /// What deployments that have begun and not ended may have changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) journal: Option<Journal>,
    /// Paths whose addresses a CDN has not been told yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) to_purge: Vec<String>,
}

#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Debug)]
pub(super) struct Journal {
    /// Paths that may be new, old or missing.
    pub(super) paths: BTreeSet<String>,
    /// Those to which no page leads that readers can reach. Such a file may link to one that is missing, so it must
    /// be sent anew before anything leads to it.
    pub(super) loose: BTreeSet<String>,
    /// Those of side files.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) sides: BTreeSet<String>,
}

#[derive(Clone, Serialize, Deserialize, Debug)]
pub(super) struct Deployed {
    /// The text of its `manifest.json`.
    pub(super) manifest: String,
    /// The clock of its build, in seconds since 1970.
    pub(super) clock: Instant,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) commit: Option<String>,
    /// How texts are stored.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) encoding: String,
}

impl Deployed {
    pub(super) fn of(site: &Site<'_>, encoding: &str) -> Deployed {
        Deployed {
            manifest: String::from_utf8_lossy(site.head).into_owned(),
            clock: site.clock,
            commit: site.commit.map(str::to_owned),
            encoding: encoding.to_owned(),
        }
    }
}

impl State {
    /// Reads the state. `force` takes one that cannot be read for none.
    pub(super) fn read(store: &dyn Store, force: bool) -> Result<State, DeployError> {
        let Some((bytes, _)) = store.read(PATH)? else { return Ok(State::default()) };
        match serde_json::from_slice(&bytes) {
            Ok(state) => Ok(state),
            Err(_) if force => Ok(State::default()),
            Err(error) => {
                let message = message!(
                    "deploy-state-unread",
                    "cannot read `{path}` in {store}: {why}",
                    path = PATH,
                    store = store.shown(),
                    why = error.to_string()
                );
                Err(StoreError { message, cause: Cause::Changed }.into())
            }
        }
    }

    pub(super) fn write(&self, store: &dyn Store) -> Result<(), StoreError> {
        // All values are texts and numbers, so serialization cannot fail.
        store.write(PATH, &serde_json::to_vec(self).unwrap_or_default())
    }

    /// Whether the last deployment was finished and deployed exactly this.
    pub(super) fn is_done(&self, head: &[u8], encoding: &str) -> bool {
        let is_same =
            |deployed: &Deployed| deployed.manifest.as_bytes() == head && deployed.encoding == encoding;
        self.journal.is_none() && self.deployed.as_ref().is_some_and(is_same)
    }

    /// Names the last deployment that was finished: two with the same files have other clocks.
    pub(super) fn publication(&self) -> String {
        self.deployed.as_ref().map_or_else(String::new, |deployed| {
            format!("{}-{}", Entry::of(deployed.manifest.as_bytes()).sha256, deployed.clock.0)
        })
    }

    /// From here on these paths may be new, old or missing, beside those of earlier interrupted deployments. Nothing
    /// leads to the new ones yet.
    pub(super) fn begin(&mut self, touched: Vec<String>, new: Vec<String>, sides: Vec<String>) {
        let journal = self.journal.get_or_insert_default();
        journal.paths.extend(touched);
        journal.paths.extend(sides.iter().cloned());
        journal.loose.extend(new);
        journal.sides.extend(sides);
    }

    /// Changes which paths are loose, and says whether that makes a difference.
    pub(super) fn loosen(&mut self, change: impl FnOnce(&mut BTreeSet<String>)) -> bool {
        let journal = self.journal.get_or_insert_default();
        let before = journal.loose.clone();
        change(&mut journal.loose);
        before != journal.loose
    }

    pub(super) fn finish(&mut self, deployed: Deployed, to_purge: Vec<String>) {
        *self = State { deployed: Some(deployed), journal: None, to_purge };
    }
}
