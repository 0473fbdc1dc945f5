//! Reads `recurrence` of a maintenance into [`Recurrence`].

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate, Weekday};

use super::entry::EntryReader;
use super::value::Value;
use crate::document::moment;
use crate::message::{Message, message};
use crate::model::recurrence::{Ends, Fault, Recurrence, Rule, error, expand};
use crate::model::time::{Instant, Zone};
use crate::model::window::Window;

pub(super) fn read(
    reader: &EntryReader<'_>,
    value: &Value<'_>,
    window: Option<Window>,
    notice: i64,
) -> Option<Recurrence> {
    if let Some(rule) = value.words().filter(|written| Rule::parse(written).is_ok()) {
        let message =
            message!("model-recurrence-text", "`recurrence` must be a mapping of `key: value`, not text");
        let help = message!("model-recurrence-text-help", "write `recurrence: {{rule: \"{rule}\"}}`", rule);
        return value.refuse("entry/wrong-type", message, help);
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
        let message = message!("model-recurrence-end-before-start", "the series ends before it starts");
        value.fail("maintenance/end-before-start", message, check_both());
    }
    let last = series.except.last().copied();
    let days = days_until(&series, window, last);
    for (day, value) in &except {
        if !days.contains_key(day) {
            let message = message!(
                "model-recurrence-except",
                "the series has no occurrence on {day}",
                day = day.to_string()
            );
            let help =
                message!("model-recurrence-except-help", "write a day of the series, or remove this day");
            value.fail("maintenance/no-occurrence", message, help);
        }
    }
    if window.end.is_none() {
        value.fail(
            "maintenance/endless-recurrence",
            message!("model-recurrence-endless", "a series needs a window with an end"),
            message!("model-recurrence-endless-help", "write a time as `end` of `window`"),
        );
    }
    Some(series)
}

fn check_both() -> Message {
    message!("model-recurrence-check-both", "check both times")
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
fn begins(rule: &Rule, zone: Zone, window: Window) -> Result<(), (Message, Message)> {
    let first = zone.local(window.start);
    let shown = error::shown(&rule.to_string());
    let days = expand::days(rule, first);
    let unexpanded = |why: String| {
        message!("model-recurrence-unexpanded", "cannot expand the rule `{shown}`: {why}", shown, why)
    };
    let mut days = days.map_err(|e| (unexpanded(e.to_string()), other_rule()))?;
    match days.next() {
        Some(day) if day == first => {}
        Some(day) => {
            let message = message!(
                "model-recurrence-not-first",
                "the rule `{shown}` never produces the first window ({start})",
                shown,
                start = zone.write(window.start)
            );
            let on = day.date();
            let help = message!(
                "model-recurrence-not-first-help",
                "begin the window on a day of the rule: the next is {day} ({weekday})",
                day = on.to_string(),
                weekday = weekday(on.weekday())
            );
            return Err((message, help));
        }
        None => {
            let message = message!(
                "model-recurrence-no-day",
                "the rule `{shown}` produces no day between the window and the end of {year}",
                shown,
                year = expand::LAST_YEAR
            );
            return Err((message, other_rule()));
        }
    }
    let over = match rule.ends {
        Ends::Local(last) => first > last,
        Ends::At(last) => window.start > last,
        Ends::Never | Ends::Count(_) => false,
    };
    if over {
        let message =
            message!("model-recurrence-over", "the rule `{shown}` ends before the window starts", shown);
        return Err((message, check_both()));
    }
    Ok(())
}

fn other_rule() -> Message {
    message!(
        "model-recurrence-other-rule",
        "write a rule whose days exist, such as `FREQ=MONTHLY;BYMONTHDAY=-1` for the last day of each month"
    )
}

fn weekday(day: Weekday) -> Message {
    match day {
        Weekday::Mon => message!("model-weekday-monday", "Monday"),
        Weekday::Tue => message!("model-weekday-tuesday", "Tuesday"),
        Weekday::Wed => message!("model-weekday-wednesday", "Wednesday"),
        Weekday::Thu => message!("model-weekday-thursday", "Thursday"),
        Weekday::Fri => message!("model-weekday-friday", "Friday"),
        Weekday::Sat => message!("model-weekday-saturday", "Saturday"),
        Weekday::Sun => message!("model-weekday-sunday", "Sunday"),
    }
}
