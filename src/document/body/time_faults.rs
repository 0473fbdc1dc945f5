//! Explains a wrong time in a heading, and how to write that heading.

use super::parser::Parser;
use crate::document::moment::{self, Reading, Written};
use crate::limits::NEAR_UPDATE_BYTES;
use crate::message::{Message, message, one_of};

pub(super) struct TimeFault {
    pub(super) message: Message,
    /// What to write.
    pub(super) way: Message,
    /// The heading to write, if it is known and the only one.
    pub(super) heading: Option<String>,
    /// The heading with the corrected time, if only one is possible.
    pub(super) corrected: Option<String>,
}

impl TimeFault {
    fn new(message: Message, way: Message) -> TimeFault {
        TimeFault { message, way, heading: None, corrected: None }
    }

    pub(super) fn help(&self) -> Message {
        message!("document-time-fault-help", "write {way}", way = self.way)
    }
}

pub(super) fn unreadable_time(time: &str) -> Message {
    message!("document-unreadable-time", "cannot read `{time}` as a time", time)
}

impl Parser<'_> {
    /// The fault of the time in a heading at byte `at` with the status `word`.
    pub(super) fn time_fault(&self, word: &str, reading: &Reading, time: &str, at: usize) -> TimeFault {
        let line = |time: &str| format!("## {word} {time}");
        if !reading.has_date {
            let clock = reading.ways.first().map_or_else(|| time.to_owned(), Written::to_string);
            let way = if let Some(day) = self.day_above(at).map(|day| day.to_string()) {
                let heading = line(&format!("{day} {clock}"));
                message!(
                    "document-way-known-day",
                    "the day too; if it was {day}, write `{heading}`",
                    day,
                    heading
                )
            } else {
                let heading = line(&format!("YYYY-MM-DD {clock}"));
                message!("document-way-day", "the day too, as in `{heading}`", heading)
            };
            let message = message!("document-missing-day", "the day is missing after `{word}`", word);
            return TimeFault::new(message, way);
        }
        let lines: Vec<String> = reading.ways.iter().map(|way| line(&way.to_string())).collect();
        let only = <[String; 1]>::try_from(lines.clone()).ok().map(|[only]| only);
        let all = TimeFault { heading: only, ..TimeFault::new(unreadable_time(time), one_of(&lines)) };
        match reading.explain(time).filter(|_| reading.stated().is_none()) {
            // Only the year can be so unknown that there is no heading to write.
            Some((message, _)) => match reading.form_with_year().filter(|_| lines.is_empty()) {
                Some(form) => TimeFault::new(
                    message,
                    message!("document-way-year", "the year too, as in `{form}`", form),
                ),
                None => TimeFault { message, ..all },
            },
            None => TimeFault { corrected: lines.into_iter().next(), ..all },
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
