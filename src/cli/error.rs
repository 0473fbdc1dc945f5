//! The error that ends a command. `cli` shows it, in one place.

use super::Outcome;
use super::console::{self, Unwritten};
use crate::message::{Message, message};

#[derive(Debug)]
pub(super) struct Error {
    outcome: Outcome,
    /// The message and the help; `None` if diagnostics have shown the error already.
    message: Option<(Message, Message)>,
}

impl Error {
    pub(super) fn content(message: impl Into<Message>, help: impl Into<Message>) -> Error {
        Error { outcome: Outcome::Content, message: Some((message.into(), help.into())) }
    }

    pub(super) fn usage(message: impl Into<Message>, help: impl Into<Message>) -> Error {
        Error { outcome: Outcome::Usage, message: Some((message.into(), help.into())) }
    }

    /// The disk, the network, a lock or the program itself failed.
    pub(super) fn environment(message: impl Into<Message>, help: impl Into<Message>) -> Error {
        Error { outcome: Outcome::Environment, message: Some((message.into(), help.into())) }
    }

    /// Diagnostics have shown the error already.
    pub(super) fn shown(outcome: Outcome) -> Error {
        Error { outcome, message: None }
    }

    /// Prints the error and returns the outcome of the run.
    pub(super) fn show(&self) -> Outcome {
        if let Some((message, help)) = &self.message {
            console::say(message!("cli-error", "error: {message}", message));
            if !help.is_empty() {
                console::say(message!("cli-help", "help: {help}", help));
            }
        }
        self.outcome
    }
}

impl From<Unwritten> for Error {
    fn from(Unwritten(error): Unwritten) -> Error {
        let message = message!("cli-error-stdout", "cannot write to stdout: {error}", error);
        let help = message!(
            "cli-error-stdout-help",
            "check where the output goes, such as the disk of the file after `>`"
        );
        Error::environment(message, help)
    }
}
