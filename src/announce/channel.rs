//! What a run needs of a platform, and what can go wrong there.

use std::time::Duration;

use super::message::Message;
use crate::message as messages;

/// The first words of a test, in every language.
pub const TEST: &str = "[TEST / テスト] ";

/// How a platform itself refuses a message that it has already got.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Guard {
    /// It has no means.
    None,
    /// It knows a repeated key for this long.
    For(Duration),
    /// It knows a repeated key for ever.
    Always,
}

/// One message for one channel.
#[derive(Clone, Copy, Debug)]
pub struct Delivery<'a> {
    /// A UUID made from the update, its language and the channel: the same in each try.
    pub key: &'a str,
    /// The id that the platform gave to the first post about the same entry in the same language, if there was one.
    pub first: Option<&'a str>,
    /// The id of the latest one.
    pub latest: Option<&'a str>,
    /// Whether an earlier try of it may have been taken.
    pub is_repeated: bool,
    /// Whether it is a test, which the message says in its first words.
    pub is_test: bool,
}

impl Delivery<'_> {
    /// The headline of a message in one line, which begins with [`TEST`] if it is a test.
    #[must_use]
    pub fn headline(&self, message: &Message) -> String {
        let words: Vec<&str> = message.headline.split_whitespace().collect();
        format!("{}{}", if self.is_test { TEST } else { "" }, words.join(" "))
    }
}

/// What the platform said of a message that it took.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Sent {
    /// Its id, for replies and for people; `None` if the platform gives none.
    pub id: Option<String>,
    /// Where people can see it.
    pub address: Option<String>,
}

/// Why a message was not sent, or is perhaps not sent. The reason holds no secret.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SendError {
    /// The platform has surely not taken it, and may take it later: it was not reached, is busy or has a limit.
    Later { reason: messages::Message, wait: Option<Duration> },
    /// The platform has surely not taken it, and never will: the credentials or the settings are wrong.
    Refused { reason: messages::Message, help: messages::Message },
    /// The platform may have taken it: the connection ended before the answer.
    Unknown { reason: messages::Message },
}

/// A platform with its settings and credentials.
pub trait Channel: Send + Sync {
    /// How it refuses a repetition.
    fn guard(&self) -> Guard;

    /// The shortest time between two messages that the platform allows.
    fn pause(&self) -> Duration {
        Duration::ZERO
    }

    /// Checks what would make every delivery fail, such as a missing credential. Sends nothing.
    ///
    /// # Errors
    /// A [`SendError::Refused`] with a way out.
    fn check(&self) -> Result<(), SendError>;

    /// Sends a message once. Does not repeat it: the run does, by what the error says.
    ///
    /// # Errors
    /// The platform was not reached, refuses, or gave no answer.
    fn send(&self, message: &Message, delivery: &Delivery<'_>) -> Result<Sent, SendError>;
}
