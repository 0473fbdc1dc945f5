//! What a deployment needs of a place that holds files, and what can go wrong there.

use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::path::Path;

use super::sides;
use crate::file;
use crate::limits::OBJECT_BYTES;
use crate::message::{Message, message};
use crate::model::deploy::Coding;
use crate::os::Shown as _;
use crate::publish::{Entry, Rank};

/// The headers of a published file by its path: a function of the site.
pub type Headers = dyn Fn(&str) -> Vec<(&'static str, &'static str)> + Send + Sync;

/// A file of the site in the published folder, or the side file of a text.
#[derive(Clone, Copy, Debug)]
pub struct SiteFile<'a> {
    pub folder: &'a Path,
    /// The path in the folder and in the store.
    pub path: &'a str,
    /// The digest of the file; of a side file, that of its text.
    pub entry: &'a Entry,
    pub rank: Rank,
    /// How a side file is compressed; `None` for a file of the site.
    pub coding: Option<Coding>,
}

impl<'a> SiteFile<'a> {
    /// The path in the published folder: of a side file, that of its text.
    #[must_use]
    pub fn source(&self) -> &'a str {
        let ending = self.coding.map_or("", Coding::ending);
        self.path.strip_suffix(ending).unwrap_or(self.path)
    }

    /// Reads the file, and checks that it is what the manifest says. A side file is made from its text.
    ///
    /// # Errors
    /// The file is missing, unreadable or another one.
    pub fn bytes(&self) -> Result<Vec<u8>, StoreError> {
        let path = self.folder.join(self.source());
        let bytes = file::read(&path, OBJECT_BYTES).map_err(|error| StoreError {
            message: message!(
                "deploy-file-unread",
                "cannot read `{path}`: {error}",
                path = path.shown(),
                error
            ),
            cause: Cause::Site,
        })?;
        if Entry::of(&bytes) != *self.entry {
            let message = message!(
                "deploy-file-changed",
                "`{path}` is not what the manifest says",
                path = path.shown()
            );
            return Err(StoreError { message, cause: Cause::Site });
        }
        Ok(match self.coding {
            Some(coding) => sides::compressed(&bytes, coding),
            None => bytes,
        })
    }
}

/// Why a store could not do something. The message names the store and holds no credential.
#[derive(Clone, Debug)]
pub struct StoreError {
    pub message: Message,
    pub cause: Cause,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cause {
    /// It refuses the credentials, or there are none.
    Credentials,
    /// It does not know the bucket or the folder.
    Missing,
    /// Others could read what is sent to its address.
    Address,
    /// It cannot be reached, is busy, full or broken.
    Store,
    /// Somebody else changed what deployments keep there.
    Changed,
    /// A program that it needs is not installed.
    Program,
    /// The published folder is not what its manifest says.
    Site,
}

impl StoreError {
    #[must_use]
    pub fn help(&self) -> Message {
        match self.cause {
            Cause::Credentials => message!(
                "deploy-credentials-help",
                "check the credentials in the environment, and that they may read, write, list and remove; docs/deploy.md lists the variables"
            ),
            Cause::Missing => message!(
                "deploy-missing-help",
                "check its name, region and endpoint in site.yaml, and create it first"
            ),
            Cause::Address => message!(
                "deploy-address-help",
                "write an `https` address; docs/deploy.md says how to allow `http` in a network of your own"
            ),
            Cause::Store => super::clean_state(),
            Cause::Changed => message!(
                "deploy-changed-help",
                "deploy with `--force`: it trusts nothing that is there, and sends every file"
            ),
            Cause::Program => message!("deploy-program-help", "install it, or choose another target"),
            Cause::Site => message!("deploy-site-help", "build again, and deploy what was built"),
        }
    }

    /// The failure of the disk on the way to a store.
    pub(super) fn of_disk(error: &io::Error) -> StoreError {
        StoreError { message: message!("deploy-disk", "{error}", error), cause: Cause::Store }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message.english())
    }
}

impl std::error::Error for StoreError {}

/// Tries a request three times that a client does not repeat by itself, because its repetition may have another
/// answer: a write with a condition, and the removal of many files at once.
pub(super) fn again<T>(ask: impl Fn() -> Result<T, StoreError>) -> Result<T, StoreError> {
    let once_more = |error: StoreError| if error.cause == Cause::Store { ask() } else { Err(error) };
    ask().or_else(once_more).or_else(once_more)
}

/// The version of a control file, for a write that must not overwrite another one.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Version {
    /// The tag by which most stores know it.
    pub tag: Option<String>,
    /// The number by which Google knows it.
    pub generation: Option<String>,
}

impl Version {
    #[must_use]
    pub fn of_tag(tag: String) -> Version {
        Version { tag: Some(tag), generation: None }
    }
}

/// The result of a write with a condition.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Written {
    Yes,
    /// The condition does not hold.
    Refused,
}

/// A place that holds the files of a site. Paths are those of the site, with `/`.
pub trait Store: Send + Sync {
    /// Its name for people: `s3://bucket/path`.
    fn shown(&self) -> String;

    /// How it stores texts: empty; `gzip`, in their own place; or the endings of side files, such as `.br.gz`.
    fn encoding(&self) -> &'static str {
        ""
    }

    /// Reads a control file or the manifest; `None` if there is none.
    ///
    /// # Errors
    /// The store does not answer, or refuses.
    fn read(&self, path: &str) -> Result<Option<(Vec<u8>, Version)>, StoreError>;

    /// Writes a control file, whatever is there.
    ///
    /// # Errors
    /// The store does not answer, or refuses.
    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), StoreError>;

    /// Writes a control file if there is none. A store that ignores the condition overwrites it.
    ///
    /// # Errors
    /// The store does not answer, or refuses for another reason.
    fn create(&self, path: &str, bytes: &[u8]) -> Result<Written, StoreError>;

    /// Writes a control file if its version is this one. A store that ignores the condition overwrites it.
    ///
    /// # Errors
    /// The store does not answer, or refuses for another reason.
    fn replace(&self, path: &str, bytes: &[u8], version: &Version) -> Result<Written, StoreError>;

    /// Sends files of the site, or side files. When it returns, all of them are there, each whole. The order within is
    /// free.
    ///
    /// # Errors
    /// A file cannot be read or sent. Some of them may be there.
    fn put(&self, files: &[SiteFile<'_>]) -> Result<(), StoreError>;

    /// Removes files. One that is not there is no error.
    ///
    /// # Errors
    /// The store does not answer, or refuses. Some of them may be gone.
    fn remove(&self, paths: &[&str]) -> Result<(), StoreError>;

    /// Removes what an interrupted deployment left beside these files: nothing, where a store has no temporary files.
    ///
    /// # Errors
    /// The store refuses.
    fn tidy(&self, _: &BTreeSet<String>) -> Result<(), StoreError> {
        Ok(())
    }

    /// Which of these files are there.
    ///
    /// # Errors
    /// The store does not answer, or refuses.
    fn existing(&self, paths: &[&str]) -> Result<BTreeSet<String>, StoreError>;

    /// Which of these files, all of which are there, have other bytes.
    ///
    /// # Errors
    /// The store does not answer, or refuses; a file cannot be read.
    fn differing(&self, files: &[SiteFile<'_>]) -> Result<BTreeSet<String>, StoreError>;
}
