//! Tells people and programs of each update, once: `noroshi announce`.
//!
//! A *message* is one update in one language. A *delivery* is a message for one channel. Before anything is sent, the
//! ledger holds the intent to send it, and afterwards the outcome, so a run that ended anywhere is known to the next one.
//! Each file in `platforms/` knows one platform: its requests, its limits and what its answers mean. This room reads neither
//! clock nor environment, and shows no secret.
//!
//! Why: docs/decisions/announcing.md.

mod channel;
mod exchange;
mod graphemes;
mod item;
mod ledger;
mod message;
mod platforms;
mod post;
pub mod reasons;
mod run;
mod secrets;
mod wording;

pub use channel::{Channel, Delivery, SendError};
pub use item::Item;
pub use ledger::{
    Book, FileKeeper, GitKeeper, Held, Keeper, KeeperError, Ledger, ObjectKeeper, Record, State,
};
pub use message::{Message, compose, items, test_message};
pub use platforms::{Now, open};
pub use run::{Line, Open, Options, Report, RunError, begin, plan, run};
pub use secrets::Secrets;

#[cfg(test)]
mod tests;
