//! The last day or time of a rule, as RFC 5545 § 3.3.4 and § 3.3.5 write them: `20261231`,
//! `20261231T235959`, `20261231T150000Z`.

use super::rule::Ends;
use crate::document::moment;
use crate::model::time::{Instant, date_of};

/// `None` if it has another form, or lies outside the years that noroshi supports.
pub(super) fn read(written: &str) -> Option<Ends> {
    if !written.is_ascii() {
        return None;
    }
    let (date, clock) = written.split_once('T').map_or((written, None), |(date, clock)| (date, Some(clock)));
    let [year, month, day] = numbers(date, [4, 2, 2])?;
    let day = date_of((i32::try_from(year).ok()?, month, day)).ok()?;
    let Some(clock) = clock else { return Some(Ends::Local(day.and_hms_opt(23, 59, 59)?)) };
    let (clock, is_utc) = clock.strip_suffix('Z').map_or((clock, false), |clock| (clock, true));
    let [hour, minute, second] = numbers(clock, [2, 2, 2])?;
    let local = day.and_hms_opt(hour, minute, second)?;
    Some(if is_utc { Ends::At(Instant(local.and_utc().timestamp())) } else { Ends::Local(local) })
}

/// Three numbers with exactly these digit counts.
fn numbers(text: &str, digits: [usize; 3]) -> Option<[u32; 3]> {
    if text.len() != digits.iter().sum::<usize>() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (first, rest) = text.split_at(digits[0]);
    let (second, third) = rest.split_at(digits[1]);
    Some([first.parse().ok()?, second.parse().ok()?, third.parse().ok()?])
}

/// The same day or time in the form of a rule, if it was written as people write it: `2026-12-31`.
pub(super) fn repaired(written: &str) -> Option<String> {
    let found = moment::parse(written)?;
    let (year, month, day) = found.date?;
    let date = format!("{year:04}{month:02}{day:02}");
    match (found.clock, found.offset) {
        (None, _) => Some(date),
        (Some((hour, minute, second)), None) => Some(format!("{date}T{hour:02}{minute:02}{second:02}")),
        (Some((hour, minute, second)), Some(0)) => Some(format!("{date}T{hour:02}{minute:02}{second:02}Z")),
        (Some(_), Some(_)) => None,
    }
}
