//! Why a purge failed, and how far it came.

use std::fmt;

use crate::message::{Message, message};

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
    pub(super) fn usage(message: Message, help: Message) -> PurgeError {
        PurgeError { message, help, environment: false, purged: 0 }
    }

    pub(super) fn environment(message: Message, help: Message) -> PurgeError {
        PurgeError { message, help, environment: true, purged: 0 }
    }

    /// The same error after `purged` of `all` addresses.
    pub(super) fn after(self, purged: usize, all: usize) -> PurgeError {
        if purged == 0 {
            return self;
        }
        let message = message!(
            "purge-partly",
            "{message}; {purged} of {all} addresses are purged",
            message = self.message,
            purged,
            all
        );
        PurgeError { message, purged, ..self }
    }
}

impl fmt::Display for PurgeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message.english())
    }
}

impl std::error::Error for PurgeError {}
