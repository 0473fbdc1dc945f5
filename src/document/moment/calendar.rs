//! Days of the Gregorian calendar as plain numbers: whether a day exists, the next day, and the day of the week.

/// Year, month, day.
pub(super) type Day = (i32, u32, u32);

pub(super) fn exists((year, month, day): Day) -> bool {
    (1..=12).contains(&month) && day >= 1 && day <= length(year, month)
}

/// A day that does not exist is returned unchanged.
pub(super) fn following((year, month, day): Day) -> Day {
    if !exists((year, month, day)) || day < length(year, month) {
        return if exists((year, month, day)) { (year, month, day + 1) } else { (year, month, day) };
    }
    if month < 12 { (year, month + 1, 1) } else { (year + 1, 1, 1) }
}

/// Monday is 0.
pub(super) fn weekday((year, month, day): Day) -> u32 {
    // This is Zeller's congruence, with the year beginning in March.
    let (year, month) = if month < 3 { (year - 1, month + 12) } else { (year, month) };
    let (month, day) = (month.cast_signed(), day.cast_signed());
    let sum =
        day + 13 * (month + 1) / 5 + year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    (sum + 5).rem_euclid(7).cast_unsigned()
}

fn length(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_follow_each_other_through_the_week_and_the_year() {
        assert_eq!(weekday((2026, 11, 20)), 4, "a Friday");
        assert_eq!(weekday((2024, 2, 29)), 3, "a Thursday");
        assert_eq!(following((2024, 2, 28)), (2024, 2, 29));
        assert_eq!(following((2026, 2, 28)), (2026, 3, 1));
        assert_eq!(following((2026, 12, 31)), (2027, 1, 1));
        let mut day = (1970, 1, 1);
        for number in 0..60_000 {
            assert_eq!(weekday(day), (number + 3) % 7, "{day:?}");
            day = following(day);
        }
        assert!(!exists((2026, 2, 29)) && !exists((2026, 13, 1)) && exists((2000, 2, 29)));
    }
}
