//! One deployment at a time: a lock file in the store with an owner and an end.
//!
//! A store that honours conditions keeps two deployments apart for certain. Whether it does is tried each time, by a second
//! write that it must refuse, since some stores answer that they have written and overwrite. Where it does not, the
//! lock is read back after it was written and again before readers can see a change: two
//! deployments that begin within the same moment may then both believe that they hold it until the next look.

use serde::{Deserialize, Serialize};

use super::store::{Store, StoreError, Version, Written, again};
use super::{DeployError, Options};
use crate::atomic;
use crate::limits::LOCK_SECONDS;
use crate::model::Instant;
use crate::text;

const PATH: &str = ".noroshi-deploy/lock.json";

#[derive(Clone, Serialize, Deserialize, Debug)]
struct Claim {
    /// A random number, which nobody else has.
    id: String,
    owner: String,
    until: Instant,
}

pub(super) struct Lock<'a> {
    store: &'a dyn Store,
    options: &'a Options<'a>,
    claim: Claim,
    /// Whether the store honours conditions.
    is_certain: bool,
    is_lost: bool,
}

impl<'a> Lock<'a> {
    pub(super) fn take(store: &'a dyn Store, options: &'a Options<'a>) -> Result<Lock<'a>, DeployError> {
        let now = (options.now)();
        let claim = Claim {
            id: atomic::random(),
            owner: options.owner.to_owned(),
            until: Instant(now.0 + LOCK_SECONDS),
        };
        let mut lock = Lock { store, options, claim, is_certain: false, is_lost: false };
        // A store that ignores conditions would overwrite the lock of another deployment, so look first.
        let written = match lock.look()? {
            Some((other, version)) => {
                if other.until > now {
                    return Err(Lock::held_by(&other));
                }
                again(|| store.replace(PATH, &lock.bytes(), &version))?
            }
            None => again(|| store.create(PATH, &lock.bytes()))?,
        };
        // The answer to a write that arrived may be lost, and its repetition is then refused: only the lock itself says
        // who holds it.
        if written == Written::Refused {
            lock.check()?;
        }
        lock.is_certain = again(|| store.create(PATH, &lock.bytes()))? == Written::Refused;
        if !lock.is_certain {
            lock.check()?;
        }
        Ok(lock)
    }

    pub(super) fn is_certain(&self) -> bool {
        self.is_certain
    }

    /// Looks whether the lock is still ours, where the store does not keep others away.
    pub(super) fn check(&mut self) -> Result<(), DeployError> {
        if self.is_certain && (self.options.now)().0 < self.claim.until.0 {
            return Ok(());
        }
        match self.look()? {
            Some((found, _)) if found.id == self.claim.id => Ok(()),
            Some((found, _)) => {
                self.is_lost = true;
                Err(Lock::held_by(&found))
            }
            None => {
                self.is_lost = true;
                Err(DeployError::Lost)
            }
        }
    }

    /// Moves the end of the lock, once a third of its time is gone.
    pub(super) fn keep(&mut self) -> Result<(), DeployError> {
        let now = (self.options.now)();
        if now.0 + LOCK_SECONDS * 2 / 3 < self.claim.until.0 {
            return Ok(());
        }
        let version = match self.look()? {
            Some((found, version)) if found.id == self.claim.id => version,
            _ => {
                self.is_lost = true;
                return Err(DeployError::Lost);
            }
        };
        self.claim.until = Instant(now.0 + LOCK_SECONDS);
        if again(|| self.store.replace(PATH, &self.bytes(), &version))? == Written::Refused {
            // The answer to a write that arrived may be lost.
            self.is_certain = false;
            let checked = self.check();
            self.is_certain = true;
            checked?;
        }
        Ok(())
    }

    /// Removes the lock if it is ours.
    pub(super) fn free(self) -> Result<(), StoreError> {
        if self.is_lost { Ok(()) } else { self.store.remove(&[PATH]) }
    }

    fn look(&self) -> Result<Option<(Claim, Version)>, StoreError> {
        let Some((bytes, version)) = self.store.read(PATH)? else { return Ok(None) };
        // Half a lock, or one of a later version, holds for nobody whom we could name.
        let claim = serde_json::from_slice(&bytes).unwrap_or_else(|_| Claim {
            id: String::new(),
            owner: String::new(),
            until: Instant(0),
        });
        Ok(Some((claim, version)))
    }

    fn held_by(other: &Claim) -> DeployError {
        DeployError::Locked { owner: text::visible(&other.owner).into_owned(), until: other.until }
    }

    fn bytes(&self) -> Vec<u8> {
        // All values are texts and numbers, so serialization cannot fail.
        serde_json::to_vec(&self.claim).unwrap_or_default()
    }
}
