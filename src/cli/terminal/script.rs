//! Scripted answers, for tests of questions.

use std::collections::VecDeque;

use super::Prompt;
use crate::cli::error::Error;
use crate::message::Message;

/// A prompt that gives scripted answers and records the questions. `=` accepts what is offered.
pub(in crate::cli) struct Script {
    pub(in crate::cli) answers: VecDeque<&'static str>,
    pub(in crate::cli) asked: Vec<String>,
}

impl Script {
    pub(in crate::cli) fn new(answers: &[&'static str]) -> Script {
        Script { answers: answers.iter().copied().collect(), asked: Vec::new() }
    }

    fn next(&mut self, question: &Message) -> &'static str {
        let question = question.english();
        self.asked.push(question.to_owned());
        self.answers.pop_front().unwrap_or_else(|| panic!("no answer to `{question}`"))
    }
}

fn position(choices: &[Message], answer: &str) -> usize {
    choices
        .iter()
        .position(|c| c.english().starts_with(answer))
        .unwrap_or_else(|| panic!("{answer}: {choices:?}"))
}

impl Prompt for Script {
    fn choose(&mut self, question: &Message, choices: &[Message]) -> Result<usize, Error> {
        let answer = self.next(question);
        Ok(position(choices, answer))
    }

    fn pick(&mut self, question: &Message, choices: &[Message]) -> Result<Vec<usize>, Error> {
        let answer = self.next(question);
        Ok(answer.split(',').map(|answer| position(choices, answer)).collect())
    }

    fn line(&mut self, question: &Message, offered: &str, is_needed: bool) -> Result<String, Error> {
        let answer = self.next(question);
        let line = if answer == "=" { offered } else { answer };
        assert!(!is_needed || !line.is_empty(), "{question:?}");
        Ok(line.to_owned())
    }
}
