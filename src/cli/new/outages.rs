//! The outages of a new incident, typed as spans or moments: `2026-06-28 18:07-18:08`, `20:32`.

use crate::cli::editor::{Editor, NearestDay};
use crate::cli::error::Error;
use crate::document::moment;
use crate::message::message;
use crate::model::read::is_unknown;
use crate::model::{Bound, Instant};

/// The start of the first, and the value of the key `outages`. Without a date, the first is the last such time, and each
/// other time the next after the one before it.
pub(super) fn yaml(
    editor: &Editor<'_>,
    typed: &[String],
    now: Instant,
) -> Result<Option<(Instant, String)>, Error> {
    let (mut first, mut near, mut all) = (None, NearestDay::Last(now), Vec::new());
    for typed in typed {
        let Some((start, end)) = moment::span_or_moment(typed, is_unknown) else {
            let message = message!("cli-new-outage", "cannot read `{typed}` as an outage", typed);
            let help = message!(
                "cli-new-outage-help",
                "write a span or a moment: `--outage \"2026-11-20 18:07-18:08\" --outage 20:32`"
            );
            return Err(Error::usage(message, help));
        };
        let start = editor.stated("--outage", start, near)?;
        let begun = instant(editor, &start).unwrap_or(now);
        first = first.or(Some(begun));
        near = NearestDay::Next(begun);
        let Some(end) = end else {
            all.push(start);
            continue;
        };
        let end = if end.is_empty() || is_unknown(end) {
            "unknown".to_owned()
        } else {
            editor.stated("--outage", end, near)?
        };
        near = NearestDay::Next(instant(editor, &end).unwrap_or(begun));
        all.push(format!("{{start: {start}, end: {end}}}"));
    }
    Ok(first.map(|first| (first, format!("[{}]", all.join(", ")))))
}

/// The reading of a time that was written with its date.
fn instant(editor: &Editor<'_>, written: &str) -> Option<Instant> {
    editor.zone().state(&moment::stated(written)?, Bound::From).ok().map(|stated| stated.at)
}
