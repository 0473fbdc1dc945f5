//! Expands a rule into days. This is the only file that uses `rrule`.
//!
//! `rrule` receives a rule built from our values, never a text, because its parser panics at text that is not
//! ASCII. It expands the rule in a zone whose clocks never change.

use chrono::{DateTime, Datelike, Days, Month, NaiveDate, NaiveDateTime, Weekday};
use rrule::{Frequency, NWeekday, RRule, RRuleError, RRuleSetIter, Tz, Unvalidated};

use super::rule::{Day, Freq, Rule};

/// The last year in which noroshi expands a series.
pub(in crate::model) const LAST_YEAR: i32 = 2100;

/// The days of a rule from `first` on, each at the time of day of `first`. The end of the rule is ignored.
pub(in crate::model) fn days(
    rule: &Rule,
    first: NaiveDateTime,
) -> Result<impl Iterator<Item = NaiveDateTime> + use<>, RRuleError> {
    let begin = first_counted(rule, first);
    let start: DateTime<Tz> = begin.and_utc().with_timezone(&Tz::UTC);
    // The limit stops the search for a rule that never matches again.
    let found: RRuleSetIter = (&built(rule, first).build(start)?.limit()).into_iter();
    let found = found.map(|at| at.naive_utc()).skip_while(move |at| *at < first);
    let weeks = Weeks::of(rule, first.date());
    let is_in_week = move |day: NaiveDate| weeks.as_ref().is_none_or(|weeks| weeks.contain(day));
    Ok(found.take_while(|at| at.year() <= LAST_YEAR).filter(move |at| is_in_week(at.date())))
}

/// The weeks of `BYWEEKNO`. They are computed here, because `rrule` takes only the days of one year from a week
/// that lies in two years, and some days of week 52 for week 53.
struct Weeks {
    numbers: Vec<i8>,
    week_start: Weekday,
    interval: i32,
    first_year: i32,
}

impl Weeks {
    fn of(rule: &Rule, first: NaiveDate) -> Option<Weeks> {
        let fourth = fourth_day(first, rule.week_start)?;
        (!rule.by_week_no.is_empty()).then(|| Weeks {
            numbers: rule.by_week_no.clone(),
            week_start: rule.week_start,
            interval: i32::from(rule.interval),
            first_year: fourth.year(),
        })
    }

    /// A week belongs to the year that contains its fourth day (RFC 5545 § 3.3.10).
    fn contain(&self, day: NaiveDate) -> bool {
        let Some(fourth) = fourth_day(day, self.week_start) else { return false };
        let length = if fourth.leap_year() { 366 } else { 365 };
        let number = i64::from(fourth.ordinal0() / 7 + 1);
        let from_end = -1 - i64::from((length - fourth.ordinal()) / 7);
        let is_named = |week: &i8| [number, from_end].contains(&i64::from(*week));
        (fourth.year() - self.first_year) % self.interval == 0 && self.numbers.iter().any(is_named)
    }
}

/// The fourth day of the week that contains a day.
fn fourth_day(day: NaiveDate, week_start: Weekday) -> Option<NaiveDate> {
    let since = u64::from(day.weekday().days_since(week_start));
    day.checked_sub_days(Days::new(since))?.checked_add_days(Days::new(3))
}

fn built(rule: &Rule, first: NaiveDateTime) -> RRule<Unvalidated> {
    let freq = match rule.freq {
        Freq::Daily => Frequency::Daily,
        Freq::Weekly => Frequency::Weekly,
        Freq::Monthly => Frequency::Monthly,
        Freq::Yearly => Frequency::Yearly,
    };
    let months: Vec<Month> = rule.by_month.iter().filter_map(|month| Month::try_from(*month).ok()).collect();
    RRule::new(freq)
        .interval(if rule.by_week_no.is_empty() { rule.interval } else { 1 })
        .by_month(&months)
        .by_year_day(rule.by_year_day.clone())
        .by_month_day(rule.by_month_day.clone())
        .by_weekday(weekdays(rule, first))
        .by_set_pos(rule.by_set_pos.iter().copied().map(i32::from).collect())
        .week_start(rule.week_start)
}

/// The days of the week. A rule that counts weeks without naming a day means the day of the window (RFC 5545
/// § 3.3.10).
fn weekdays(rule: &Rule, first: NaiveDateTime) -> Vec<NWeekday> {
    let other_days = !rule.by_month_day.is_empty() || !rule.by_year_day.is_empty();
    let is_weekly = rule.freq == Freq::Weekly || (!rule.by_week_no.is_empty() && !other_days);
    if rule.by_day.is_empty() && is_weekly {
        return vec![NWeekday::Every(first.weekday())];
    }
    // A plain day beside a numbered one means all of its numbers, but `rrule` takes only days that match both.
    let most: i16 = if rule.freq == Freq::Monthly || !rule.by_month.is_empty() { 5 } else { 53 };
    let is_counted = rule.by_day.iter().any(|day| day.nth.is_some());
    let numbers = |day: &Day| match day.nth {
        Some(nth) => i16::from(nth)..=i16::from(nth),
        None => 1..=most,
    };
    if is_counted {
        let counted = |day: &Day| numbers(day).map(|nth| NWeekday::Nth(nth, day.weekday)).collect::<Vec<_>>();
        return rule.by_day.iter().flat_map(counted).collect();
    }
    rule.by_day.iter().map(|day| NWeekday::Every(day.weekday)).collect()
}

/// The day from which to expand. `rrule` counts `BYSETPOS` from the first day that it receives, so it must receive
/// whole weeks.
fn first_counted(rule: &Rule, first: NaiveDateTime) -> NaiveDateTime {
    if rule.freq != Freq::Weekly || rule.by_set_pos.is_empty() {
        return first;
    }
    let since = first.weekday().days_since(rule.week_start);
    first.checked_sub_days(Days::new(u64::from(since))).unwrap_or(first)
}
