//! Why a message is not sent, where the ledger keeps it in English for later runs.

use crate::message::{Message, message};

pub(super) fn withdrawn() -> Message {
    message!("announce-withdrawn", "the entry was withdrawn")
}

pub(super) fn superseded() -> Message {
    message!("announce-superseded", "a newer update of the entry was sent")
}

/// The update is not on the site.
#[must_use]
pub fn gone() -> Message {
    message!("announce-gone", "it is no longer on the site")
}

/// A person has decided so.
#[must_use]
pub fn decided() -> Message {
    message!("announce-decided", "a person said so")
}

/// The reason that the ledger keeps, as a message. Those of platforms stay in English.
#[must_use]
pub fn known(kept: &str) -> Message {
    let all = [withdrawn(), superseded(), gone(), decided()];
    all.into_iter().find(|reason| reason.english() == kept).unwrap_or_else(|| Message::same(kept))
}
