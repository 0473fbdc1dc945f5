//! Why a purge failed, and how far it came.

use crate::message::Message;
use std::fmt;

#[derive(Debug)]
pub struct PurgeError {
    pub message: Message,
    pub help: Message,
    /// Whether the network or the provider failed, rather than the usage.
    pub environment: bool,
    /// The number of addresses that are purged: the first ones of the list.
    pub purged: usize,
}

impl PurgeError {
    pub(super) fn usage(message: impl Into<Message>, help: impl Into<Message>) -> PurgeError {
        PurgeError { message: message.into(), help: help.into(), environment: false, purged: 0 }
    }

    pub(super) fn environment(message: impl Into<Message>, help: impl Into<Message>) -> PurgeError {
        PurgeError { message: message.into(), help: help.into(), environment: true, purged: 0 }
    }

    /// The same error after `purged` of `all` addresses.
    pub(super) fn after(self, purged: usize, all: usize) -> PurgeError {
        if purged == 0 {
            return self;
        }
        let message = format!("{}; {purged} of {all} addresses are purged", self.message);
        PurgeError { message: message.into(), purged, ..self }
    }
}

impl fmt::Display for PurgeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for PurgeError {}
