//! Questions and answers at a terminal, behind a trait so that tests can script the answers.

use dialoguer::{Input, MultiSelect, Select};

use super::error::Error;
use crate::text;

/// Asks the user questions.
pub(super) trait Prompt {
    /// Asks for one of several choices.
    fn choose(&mut self, question: &str, choices: &[String]) -> Result<usize, Error>;
    /// Asks for any number of choices.
    fn pick(&mut self, question: &str, choices: &[String]) -> Result<Vec<usize>, Error>;
    /// Asks for a line. Unless `is_needed`, the answer may be empty.
    fn line(&mut self, question: &str, offered: &str, is_needed: bool) -> Result<String, Error>;
}

pub(super) struct Terminal;

/// A question as a prompt, which ends in a colon.
fn prompt(question: &str) -> String {
    text::visible(question.trim_end_matches('?')).into_owned()
}

/// The choices, with control characters made visible.
fn shown(choices: &[String]) -> Vec<String> {
    choices.iter().map(|choice| text::visible(choice).into_owned()).collect()
}

fn stopped<E: std::fmt::Display>(error: E) -> Error {
    Error::usage(format!("no answer: {error}"), "nothing was written")
}

impl Prompt for Terminal {
    fn choose(&mut self, question: &str, choices: &[String]) -> Result<usize, Error> {
        Select::new()
            .with_prompt(prompt(question))
            .items(shown(choices))
            .default(0)
            .interact()
            .map_err(stopped)
    }

    fn pick(&mut self, question: &str, choices: &[String]) -> Result<Vec<usize>, Error> {
        let question = format!("{} (space selects, enter continues)", prompt(question));
        MultiSelect::new().with_prompt(question).items(shown(choices)).interact().map_err(stopped)
    }

    fn line(&mut self, question: &str, offered: &str, is_needed: bool) -> Result<String, Error> {
        let input = Input::<String>::new().with_prompt(prompt(question)).allow_empty(!is_needed);
        let input = if offered.is_empty() { input } else { input.default(offered.to_owned()) };
        input.interact_text().map_err(stopped)
    }
}

#[cfg(test)]
pub(super) mod script;
