//! The phases of a new maintenance, typed as in a `phases` line: `api=halted 02:00-04:00`.

use crate::cli::editor::{self, Editor};
use crate::cli::error::Error;
use crate::cli::typed;
use crate::document::moment::{self, Written};
use crate::edit::yaml_scalar::list;
use crate::message::message;
use crate::model::Instant;
use crate::model::time::TimeFault;
use crate::text;
use crate::vocabulary::PhaseMode;

/// The value of the key `phases`. A time without a date is the first such time in the window.
pub(super) fn yaml(editor: &Editor<'_>, typed: &[String], start: Instant) -> Result<String, Error> {
    let parts = typed.iter().flat_map(|typed| typed.split([';', '；'])).map(str::trim);
    let parts = parts.filter(|part| !part.is_empty());
    let phases = parts.map(|part| one(editor, part, start)).collect::<Result<Vec<_>, _>>()?;
    Ok(format!("[{}]", phases.join(", ")))
}

fn one(editor: &Editor<'_>, typed: &str, window: Instant) -> Result<String, Error> {
    let split = || {
        let (names, rest) = typed.split_once(['=', '＝'])?;
        let (mode, times) = rest.split_at(rest.find(char::is_numeric)?);
        Some((names, mode.trim(), times.trim(), moment::span(times)?))
    };
    let Some((names, mode, times, (start, end))) = split() else {
        let message = message!("cli-new-phase", "cannot read `{typed}` as a phase", typed);
        let help = message!(
            "cli-new-phase-help",
            "write components, mode and times: `--phase \"api=halted 02:00-04:00\"`"
        );
        return Err(Error::usage(message, help));
    };
    let Some(mode) = PhaseMode::from_word_or_alias(mode, PhaseMode::ALL, editor.frame().1) else {
        let known: Vec<&str> = PhaseMode::ALL.iter().map(|mode| mode.word()).collect();
        return Err(typed::unknown(mode, &message!("cli-new-noun-mode", "mode of a phase"), &known));
    };
    let names = typed::component_ids(editor, names)?;
    let zone = editor.zone();
    let at = |written: &Written, from: Instant| {
        if written.is_clock() { zone.next_clock(written, from) } else { zone.resolve(written) }
    };
    let span = at(&start, window).and_then(|start| Ok((start, at(&end, start)?)));
    let (start, end) = span.map_err(|fault: TimeFault| {
        let (_, message, help) = fault.describe(times);
        Error::usage(editor::of_option("--phase", &message), help)
    })?;
    if end <= start {
        let message = message!(
            "cli-new-phase-backwards",
            "the phase `{phase}` ends before it starts",
            phase = text::shorten(typed, 80)
        );
        return Err(Error::usage(message, message!("cli-new-phase-backwards-help", "check both times")));
    }
    let (start, end) = (zone.write(start), zone.write(end));
    Ok(format!("{{affects: {}, start: {start}, end: {end}, mode: {}}}", list(&names), mode.word()))
}
