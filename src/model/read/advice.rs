//! Reads what people and programs may still do, and by when they should act.

use std::ops::Range;

use super::entry::{EntryReader, parts};
use super::nouns::Noun;
use super::value::{Map, Value};
use crate::document::body::Fact;
use crate::document::moment;
use crate::message::{Message, message, or};
use crate::model::advice::{Advice, CancelBefore, Modes};
use crate::model::stated::Bound;
use crate::model::time;
use crate::model::window::Window;
use crate::vocabulary::{ComponentStatus, PhaseMode};

/// What stands between the modes of components.
const SIGNS: [char; 6] = [',', '，', '、', '،', ';', '；'];

/// Reads `advice` and `cancel_before`. A maintenance gives its windows: with them, a time counts from the first start,
/// and a duration is understood as well.
pub(super) fn read(reader: &EntryReader<'_>, map: &Map<'_>, windows: Option<&[Window]>) -> Advice {
    Advice {
        words: reader.rich("advice", map),
        cancel_before: map.get("cancel_before").and_then(|value| cancel_before(&value, windows)),
    }
}

fn cancel_before(value: &Value<'_>, windows: Option<&[Window]>) -> Option<CancelBefore> {
    let Some(windows) = windows else { return value.stated(Bound::Until).map(CancelBefore::At) };
    let text = value.text()?;
    let is_time = moment::stated(&text).is_some();
    if !is_time && time::duration(&text).is_some() {
        return value.duration().map(CancelBefore::Ahead);
    }
    let first = windows.iter().filter(|window| window.is_decided()).map(|window| window.start).min();
    let at = value.stated_after(&text, first).map(|at| at.at)?;
    let Some(first) = first else {
        let message = message!(
            "model-advice-undecided",
            "`cancel_before` is a time, but the start of this maintenance is not decided"
        );
        return value.refuse("maintenance/cancel-before", message, help());
    };
    // A clock time alone is the last one before the start.
    let is_clock = moment::stated(&text).is_some_and(|written| written.is_clock());
    let at = if is_clock && at >= first { at.0 - 86_400 } else { at.0 };
    if at > first.0 {
        let message = message!("model-advice-late", "`cancel_before` is later than the start of the window");
        return value.refuse("maintenance/cancel-before", message, help());
    }
    Some(CancelBefore::Ahead(first.0 - at))
}

fn help() -> Message {
    message!(
        "model-advice-help",
        "write how long before the start orders should be cancelled, for example `cancel_before: 10m`"
    )
}

impl EntryReader<'_> {
    /// Reads a `mode` line: `cancel_only`, or `api=halted; assets=cancel_only`. `operational` ends a mode.
    pub(super) fn fact_modes(&self, line: &Fact) -> Option<Modes> {
        let mut modes = Modes::default();
        for (range, part) in parts(&line.value, &SIGNS) {
            let range = line.range.start + range.start..line.range.start + range.end;
            let Some((name, word)) = part.split_once(['=', '＝']) else {
                modes.all = Some(self.mode(part, &range)?);
                continue;
            };
            let mode = self.mode(word.trim(), &range)?;
            let target = self.target(name.trim(), &range)?;
            modes.parts.extend(target.members.iter().map(|component| (*component, mode)));
        }
        Some(modes)
    }

    /// The mode; `Some(None)` if everything works as usual.
    #[expect(clippy::option_option, reason = "what is not read, and what is as usual, differ")]
    fn mode(&self, word: &str, range: &Range<usize>) -> Option<Option<PhaseMode>> {
        let more = &self.config.words;
        let usual = [ComponentStatus::Operational];
        if ComponentStatus::from_word_or_alias(word, &usual, more).is_some() {
            return Some(None);
        }
        let found = PhaseMode::from_word_or_alias(word, PhaseMode::ALL, more);
        if found.is_none() {
            let known = PhaseMode::ALL.iter().map(|mode| mode.told());
            let known = or(known.chain([ComponentStatus::Operational.told()]).collect());
            let help = message!("model-phase-mode-help", "write {words}", words = known);
            self.error(self.at(range), "entry/unknown-word", Noun::PhaseMode.unknown(word), help);
        }
        found.map(Some)
    }
}
