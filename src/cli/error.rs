//! Why a command ends early. It is a value until `cli` shows it, in one place.

use super::{Outcome, console};

/// What is wrong, how the run ends, and the way out.
#[derive(Debug)]
pub(super) struct Error {
    outcome: Outcome,
    /// Nothing where everything has been shown already, as diagnostics.
    said: Option<(String, String)>,
}

impl Error {
    /// The content is wrong.
    pub(super) fn content(message: impl Into<String>, help: impl Into<String>) -> Error {
        Error { outcome: Outcome::Content, said: Some((message.into(), help.into())) }
    }

    /// The command was called wrongly.
    pub(super) fn usage(message: impl Into<String>, help: impl Into<String>) -> Error {
        Error { outcome: Outcome::Usage, said: Some((message.into(), help.into())) }
    }

    /// The disk, the network, a lock or the program itself failed.
    pub(super) fn environment(message: impl Into<String>, help: impl Into<String>) -> Error {
        Error { outcome: Outcome::Environment, said: Some((message.into(), help.into())) }
    }

    /// What is wrong has been shown as diagnostics.
    pub(super) fn shown(outcome: Outcome) -> Error {
        Error { outcome, said: None }
    }

    /// Shows it, and says how the run ends.
    pub(super) fn show(&self) -> Outcome {
        if let Some((message, help)) = &self.said {
            console::say(&format!("error: {message}"));
            if !help.is_empty() {
                console::say(&format!("help: {help}"));
            }
        }
        self.outcome
    }
}
