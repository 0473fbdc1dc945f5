//! Reads `recurrence` of a maintenance into [`Recurrence`].

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::entry::EntryReader;
use super::value::Value;
use crate::document::moment;
use crate::model::recurrence::{Ends, Fault, Recurrence, Rule, error, expand};
use crate::model::time::{Instant, Zone};
use crate::model::window::Window;

const OTHER_RULE: &str =
    "write a rule whose days exist, such as `FREQ=MONTHLY;BYMONTHDAY=-1` for the last day of each month";

pub(super) fn read(
    reader: &EntryReader<'_>,
    value: &Value<'_>,
    window: Option<Window>,
    notice: i64,
) -> Option<Recurrence> {
    if let Some(rule) = value.words().filter(|written| Rule::parse(written).is_ok()) {
        let message = "`recurrence` must be a mapping of `key: value`, not text";
        return value.refuse(
            "entry/wrong-type",
            message,
            format!("write `recurrence: {{rule: \"{rule}\"}}`"),
        );
    }
    let map = value.map()?;
    let rule = map.required("rule", "\"FREQ=WEEKLY;BYDAY=TU\"").and_then(|v| Some((v.text()?, v)));
    let until = map.get("until").and_then(|v| Some((last_start(reader.zone(), &v)?, v)));
    let except: Vec<_> = map.list("except").into_iter().filter_map(|v| Some((v.date()?, v))).collect();
    map.finish();
    let rule = rule?;
    let (rule, place) = parsed(&rule)?;
    let window = window?;
    if let Err((message, help)) = begins(&rule, reader.zone(), window) {
        return place.refuse("maintenance/bad-recurrence", message, help);
    }
    let mut days_off: Vec<NaiveDate> = except.iter().map(|(day, _)| *day).collect();
    days_off.sort_unstable();
    let until_at = until.as_ref().map(|u| u.0);
    let series = Recurrence { rule, except: days_off, notice, until: until_at, zone: reader.zone() };
    if let Some((at, value)) = &until
        && *at < window.start
    {
        let message = "the series ends before it starts";
        value.fail("maintenance/end-before-start", message, "check both times");
    }
    let last = series.except.last().copied();
    let days = days_until(&series, window, last);
    for (day, value) in &except {
        if !days.contains_key(day) {
            let message = format!("the series has no occurrence on {day}");
            value.fail("maintenance/no-occurrence", message, "write a day of the series, or remove this day");
        }
    }
    if window.end.is_none() {
        value.fail(
            "maintenance/endless-recurrence",
            "a series needs a window with an end",
            "write a time as `end` of `window`",
        );
    }
    Some(series)
}

fn days_until(series: &Recurrence, window: Window, last: Option<NaiveDate>) -> BTreeMap<NaiveDate, Instant> {
    let Some(last) = last else { return BTreeMap::new() };
    series.occurrences(window).take_while(|o| o.day <= last).map(|o| (o.day, o.start)).collect()
}

/// Reads `until`: a time, or a whole day.
fn last_start(zone: Zone, value: &Value<'_>) -> Option<Instant> {
    let written = value.text().and_then(|text| moment::parse(&text));
    if written.is_some_and(|w| w.clock.is_none()) {
        let after = value.date()?.succ_opt()?;
        return Some(Instant(zone.day_from(after).0 - 1));
    }
    value.time()
}

/// Parses a rule, or reports an error at the wrong part of its text.
fn parsed<'v, 'r>((written, value): &'v (String, Value<'r>)) -> Option<(Rule, &'v Value<'r>)> {
    match Rule::parse(written) {
        Ok(rule) => Some((rule, value)),
        Err(Fault { range, message, help }) => {
            value.fail_within(written, range, "maintenance/bad-recurrence", message, help);
            None
        }
    }
}

/// Checks that the window is the first occurrence of the rule. Otherwise returns the message and the help.
fn begins(rule: &Rule, zone: Zone, window: Window) -> Result<(), (String, String)> {
    let first = zone.local(window.start);
    let shown = error::shown(&rule.to_string());
    let days = expand::days(rule, first);
    let mut days =
        days.map_err(|e| (format!("cannot expand the rule `{shown}`: {e}"), OTHER_RULE.to_owned()))?;
    match days.next() {
        Some(day) if day == first => {}
        Some(day) => {
            let message =
                format!("the rule `{shown}` never produces the first window ({})", zone.write(window.start));
            let help = format!(
                "begin the window on a day of the rule: the next is {} ({})",
                day.date(),
                day.format("%A")
            );
            return Err((message, help));
        }
        None => {
            let message = format!(
                "the rule `{shown}` produces no day between the window and the end of {}",
                expand::LAST_YEAR
            );
            return Err((message, OTHER_RULE.to_owned()));
        }
    }
    let over = match rule.ends {
        Ends::Local(last) => first > last,
        Ends::At(last) => window.start > last,
        Ends::Never | Ends::Count(_) => false,
    };
    if over {
        let message = format!("the rule `{shown}` ends before the window starts");
        return Err((message, "check both times".to_owned()));
    }
    Ok(())
}
