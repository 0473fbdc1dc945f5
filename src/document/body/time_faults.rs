//! Explains a wrong time in a heading, and how to write that heading.

use super::parser::Parser;
use crate::document::moment::{self, Reading, Written};
use crate::limits::NEAR_UPDATE_BYTES;
use crate::message::Message;
use crate::text;

pub(super) struct TimeFault {
    pub(super) message: Message,
    pub(super) help: Message,
    /// The heading with the corrected time, if only one is possible.
    pub(super) corrected: Option<String>,
}

impl TimeFault {
    fn new(message: Message, help: Message) -> TimeFault {
        TimeFault { message: message.into(), help, corrected: None }
    }
}

impl Parser<'_> {
    /// The fault of the time in a heading at byte `at` with the status `word`.
    pub(super) fn time_fault(&self, word: &str, reading: &Reading, time: &str, at: usize) -> TimeFault {
        let line = |time: &str| format!("## {word} {time}");
        if !reading.has_date {
            let clock = reading.ways.first().map_or_else(|| time.to_owned(), Written::to_string);
            let help = match self.day_above(at) {
                Some(day) => {
                    format!("write the day too; if it was {day}, write `{}`", line(&format!("{day} {clock}")))
                }
                None => format!("write the day too, as in `{}`", line(&format!("YYYY-MM-DD {clock}"))),
            };
            return TimeFault::new(format!("the day is missing after `{word}`").into(), help.into());
        }
        let lines: Vec<String> = reading.ways.iter().map(|way| line(&way.to_string())).collect();
        let first = lines.first().cloned();
        let all = || format!("write {}", text::one_of(&lines));
        match reading.explain(time).filter(|_| reading.stated().is_none()) {
            Some((message, _)) if first.is_some() => TimeFault::new(message.into(), all().into()),
            Some((message, help)) => TimeFault::new(message.into(), help.into()),
            None => TimeFault {
                message: format!("cannot read `{time}` as a time").into(),
                help: all().into(),
                corrected: first,
            },
        }
    }

    /// The last date shortly before a byte, or in the front matter.
    fn day_above(&self, at: usize) -> Option<Written> {
        let date = moment::last_date(nearby(self.text, at)).or_else(|| moment::last_date(self.front))?;
        Some(Written { date: Some(date), clock: None, offset: None, days: 0, vague: None })
    }
}

/// The text shortly before a byte.
fn nearby(text: &str, at: usize) -> &str {
    let text = text.get(..at).unwrap_or_default();
    let lines = text.match_indices('\n').map(|(end, _)| end + 1).rev();
    let from = lines.take_while(|start| at - start <= 4 * NEAR_UPDATE_BYTES).last();
    text.get(from.unwrap_or(0)..).unwrap_or_default()
}
