//! The windows of a new maintenance, typed as a span: `2026-12-05 10:00-12:00`.

use crate::cli::editor::{self, Editor, NearestDay};
use crate::cli::error::Error;
use crate::cli::typed;
use crate::document::moment;
use crate::edit::entry_language::EntryLanguage;
use crate::edit::yaml_scalar::list;
use crate::message::message;
use crate::model::read::is_unknown;
use crate::model::time::TimeFault;
use crate::model::{Bound, Instant};

/// The first start, if any is decided, and the value of the key `window`.
pub(super) fn yaml(
    editor: &Editor<'_>,
    typed: &[String],
) -> Result<Option<(Option<Instant>, String)>, Error> {
    if let [only] = typed
        && is_unknown(only)
    {
        let undecided = EntryLanguage::named(editor.first()).undecided();
        return Ok(Some((None, format!("{{start: {undecided}, end: {undecided}}}"))));
    }
    let mut windows = typed.iter().map(|typed| one(editor, typed)).collect::<Result<Vec<_>, _>>()?;
    // The format asks for this order, and people may add a window later.
    windows.sort_by_key(|(start, _)| *start);
    let Some((first, only)) = windows.first().cloned() else { return Ok(None) };
    let all: Vec<String> = windows.into_iter().map(|(_, window)| window).collect();
    let is_plain = all.len() == 1 && !only.contains("affects");
    Ok(Some((Some(first), if is_plain { only } else { format!("[{}]", all.join(", ")) })))
}

/// A window with its start. Its own components may stand before it: `api=2026-12-05 10:00-12:00`.
fn one(editor: &Editor<'_>, typed: &str) -> Result<(Instant, String), Error> {
    let (names, times) = typed.split_once(['=', '＝']).map_or((None, typed), |(a, b)| (Some(a), b));
    let Some((start, end)) = moment::day_span(times.trim(), is_unknown) else {
        let message = message!("cli-new-window", "cannot read `{typed}` as a window", typed);
        let help = message!(
            "cli-new-window-help",
            "write its day and both times: `--window \"2026-12-05 10:00-12:00\"`; the end may be `unknown`"
        );
        return Err(Error::usage(message, help));
    };
    let zone = editor.zone();
    let read = moment::stated(start).ok_or(TimeFault::Form).and_then(|read| zone.state(&read, Bound::From));
    let at = read.map_err(|fault| {
        let (_, message, help) = fault.describe(start);
        Error::usage(editor::of_option("--window", &message), help)
    })?;
    let written = editor.stated("--window", start, NearestDay::Next(at.at))?;
    let end = if is_unknown(end) {
        "unknown".to_owned()
    } else {
        editor.stated("--window", end, NearestDay::Next(at.at))?
    };
    let affects = names.map(|names| typed::component_ids(editor, names)).transpose()?;
    let affects = affects.map_or_else(String::new, |ids| format!(", affects: {}", list(&ids)));
    Ok((at.at, format!("{{start: {written}, end: {end}{affects}}}")))
}
