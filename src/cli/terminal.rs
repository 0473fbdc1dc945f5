//! Questions and answers at a terminal, behind a trait so that tests can script the answers.

use dialoguer::{Input, MultiSelect, Select};

use super::console;
use super::error::Error;
use crate::message::{Message, message};
use crate::text;

/// Asks the user questions.
pub(super) trait Prompt {
    /// Asks for one of several choices.
    fn choose(&mut self, question: &Message, choices: &[Message]) -> Result<usize, Error>;
    /// Asks for any number of choices.
    fn pick(&mut self, question: &Message, choices: &[Message]) -> Result<Vec<usize>, Error>;
    /// Asks for a line. Unless `is_needed`, the answer may be empty.
    fn line(&mut self, question: &Message, offered: &str, is_needed: bool) -> Result<String, Error>;
}

pub(super) struct Terminal;

/// A question as a prompt, which ends in a colon.
fn prompt(question: &Message) -> String {
    text::visible(question.text(console::language()).trim_end_matches(['?', '？'])).into_owned()
}

/// The choices, with control characters made visible.
fn shown(choices: &[Message]) -> Vec<String> {
    choices.iter().map(|choice| text::visible(&choice.text(console::language())).into_owned()).collect()
}

fn stopped(error: dialoguer::Error) -> Error {
    let dialoguer::Error::IO(error) = error;
    let message = message!("cli-terminal-no-answer", "no answer: IO error: {error}", error);
    Error::usage(message, message!("cli-terminal-nothing-written", "nothing was written"))
}

impl Prompt for Terminal {
    fn choose(&mut self, question: &Message, choices: &[Message]) -> Result<usize, Error> {
        Select::new()
            .with_prompt(prompt(question))
            .items(shown(choices))
            .default(0)
            .interact()
            .map_err(stopped)
    }

    fn pick(&mut self, question: &Message, choices: &[Message]) -> Result<Vec<usize>, Error> {
        let question = message!(
            "cli-terminal-pick",
            "{question} (space selects, enter continues)",
            question = prompt(question)
        );
        let question = question.text(console::language());
        MultiSelect::new().with_prompt(question).items(shown(choices)).interact().map_err(stopped)
    }

    fn line(&mut self, question: &Message, offered: &str, is_needed: bool) -> Result<String, Error> {
        let input = Input::<String>::new().with_prompt(prompt(question)).allow_empty(!is_needed);
        let input = if offered.is_empty() { input } else { input.default(offered.to_owned()) };
        input.interact_text().map_err(stopped)
    }
}

#[cfg(test)]
pub(super) mod script;
