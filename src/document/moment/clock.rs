//! The time of day in a moment, and the zone after it.

use super::cursor::Cursor;
use super::names::{self, Ambiguous};
use super::vague::{Vague, VagueKind};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) time: (u32, u32, u32),
    /// The other time that the words may mean.
    pub(super) other: Option<(u32, u32, u32)>,
    /// The days to add to the named day: 1 for `25:30` and 翌1:00.
    pub(super) days: u32,
}

pub(super) fn read(c: &mut Cursor<'_>) -> Option<Clock> {
    // This rejects most candidates quickly: no time of day begins with an ASCII letter.
    if !c.peek().is_some_and(|c| c.is_ascii_digit() || !c.is_ascii()) {
        return None;
    }
    c.attempt(|c| {
        let next = c.eat(&["翌日", "翌", "次日", "第二天", "다음 날", "다음날"]);
        if next {
            c.blanks();
            let _ = c.eat(&["の"]);
        }
        let before = half_before(c);
        if before.is_none() && c.eat(&["正午"]) {
            return Some(Clock { time: (12, 0, 0), other: None, days: u32::from(next) });
        }
        let (mut time, is_bare) = numbers(c)?;
        let half = match before {
            Some(half) => Some(half),
            None => half_behind(c),
        };
        if is_bare && half.is_none() {
            return None;
        }
        c.attempt(|c| {
            c.blanks();
            c.eat(&["Uhr", "uhr", "uur", "ч."]).then_some(())
        });
        let mut other = None;
        if let Some((half, twelve_is_doubtful)) = half {
            (time, other) = on_the_half(time, half, twelve_is_doubtful)?;
        }
        if next && (time.0 >= 24 || other.is_some()) {
            return None;
        }
        let mut days = u32::from(next);
        if (24..30).contains(&time.0) && !next {
            time.0 -= 24;
            days = 1;
        }
        Some(Clock { time, other, days })
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

/// Reads 午前, 午後 and similar words. The flag says whether twelve is ambiguous: some readers take it for noon
/// and others for midnight, except in Korean.
fn half_before(c: &mut Cursor<'_>) -> Option<(Half, bool)> {
    let all = [
        (&["午前", "上午"][..], Half::Morning, true),
        (&["午後", "下午", "午后"][..], Half::Afternoon, true),
        (&["오전"][..], Half::Morning, false),
        (&["오후"][..], Half::Afternoon, false),
    ];
    let (_, half, doubtful) = all.into_iter().find(|(words, ..)| c.eat(words))?;
    c.blanks();
    Some((half, doubtful))
}

/// Reads a half of a day that no time of day follows: 午前, `morning`.
pub(super) fn half_of_day(c: &mut Cursor<'_>) -> Option<Vague> {
    c.attempt(|c| {
        let (half, is_cjk) = match half_before(c) {
            Some((half, _)) => (half, true),
            None => match c.word()? {
                "morning" | "Morning" => (Half::Morning, false),
                "afternoon" | "Afternoon" => (Half::Afternoon, false),
                _ => return None,
            },
        };
        let kind = match half {
            Half::Morning => VagueKind::Morning,
            Half::Afternoon => VagueKind::Afternoon,
        };
        (!c.peek().is_some_and(|c| c.is_ascii_digit())).then_some(Vague { kind, is_cjk })
    })
}

/// Reads `am`, `PM` or `a.m.`
fn half_behind(c: &mut Cursor<'_>) -> Option<(Half, bool)> {
    c.attempt(|c| {
        c.blanks();
        let half = match c.sign(&['a', 'A', 'p', 'P'])? {
            'a' | 'A' => Half::Morning,
            _ => Half::Afternoon,
        };
        let dotted = c.sign(&['.']).is_some();
        c.sign(&['m', 'M'])?;
        if dotted {
            c.sign(&['.']);
        }
        (!c.peek().is_some_and(|c| c.is_ascii_alphanumeric())).then_some((half, false))
    })
}

type Time = (u32, u32, u32);

/// A time of the twelve-hour clock on the 24-hour clock, and its other possible meaning.
fn on_the_half(
    (hour, minute, second): Time,
    half: Half,
    twelve_is_doubtful: bool,
) -> Option<(Time, Option<Time>)> {
    let at = |hour| (hour, minute, second);
    match (half, hour) {
        (Half::Morning, 12) if twelve_is_doubtful => Some((at(0), Some(at(12)))),
        (Half::Afternoon, 12) if twelve_is_doubtful => Some((at(12), Some(at(24)))),
        (Half::Morning, 12) => Some((at(0), None)),
        (Half::Afternoon, 0..=11) => Some((at(hour + 12), None)),
        // `15:00 PM` gives the half of the day twice.
        (Half::Morning, 0..=11) | (Half::Afternoon, 12..=23) => Some((at(hour), None)),
        _ => None,
    }
}

/// The numbers of a time of day, and whether there is only an hour, which needs `am` or `pm`.
fn numbers(c: &mut Cursor<'_>) -> Option<(Time, bool)> {
    let (hour, _) = c.number(2)?;
    let found = c
        .attempt(|c| with_colons(c, hour))
        .or_else(|| c.attempt(|c| with_characters(c, hour)))
        .or_else(|| c.attempt(|c| with_letters(c, hour)))
        .map(|time| (time, false));
    let found = found.or_else(|| (hour <= 12).then_some(((hour, 0, 0), true)))?;
    let mut after = *c;
    let goes_on = after.peek().is_some_and(|c| c.is_ascii_digit())
        || after.sign(&[':', '%', '.']).is_some() && after.peek().is_some_and(|c| c.is_ascii_digit());
    (!goes_on).then_some(found)
}

/// Reads `10:15` and `10:15:30.250`.
fn with_colons(c: &mut Cursor<'_>, hour: u32) -> Option<Time> {
    c.sign(&[':', '∶', '꞉'])?;
    let minute = c.exactly(2)?;
    let second = c.attempt(|c| {
        c.sign(&[':', '∶', '꞉'])?;
        c.exactly(2)
    });
    if second.is_some() {
        c.attempt(|c| {
            c.sign(&['.', ','])?;
            c.number(9)
        });
    }
    Some((hour, minute, second.unwrap_or(0)))
}

/// Reads `10時15分`, `10時半`, `10点15分`, `10시 15분`. 10時間 is a duration.
fn with_characters(c: &mut Cursor<'_>, hour: u32) -> Option<Time> {
    c.blanks();
    let is_point = c.peek().is_some_and(|c| matches!(c, '点' | '點'));
    if !c.eat(&["時", "时", "点", "點", "시"]) || c.rest().starts_with(['間', '间', '간', '台']) {
        return None;
    }
    c.blanks();
    if c.eat(&["半", "반"]) {
        return Some((hour, 30, 0));
    }
    if is_point && c.eat(&["整", "钟", "鐘"]) {
        return Some((hour, 0, 0));
    }
    let minute = c.attempt(|c| {
        let (minute, digits) = c.number(2)?;
        c.blanks();
        let is_named = c.eat(&["分", "분"]);
        let lasts = c.rest().starts_with(['間', '间', '간']);
        let stands_alone = digits == 2 && !is_point && !c.peek().is_some_and(char::is_alphabetic);
        (!lasts && (is_named || stands_alone)).then_some(minute)
    });
    let second = minute.and_then(|_| {
        c.attempt(|c| {
            c.blanks();
            let (second, _) = c.number(2)?;
            c.eat(&["秒", "초"]).then_some(second)
        })
    });
    (minute.is_some() || !is_point).then(|| (hour, minute.unwrap_or(0), second.unwrap_or(0)))
}

/// Reads `10h15`, `10 h 15`, `11.15 Uhr`, `11 Uhr`.
fn with_letters(c: &mut Cursor<'_>, hour: u32) -> Option<Time> {
    if let Some(minute) = c.attempt(|c| {
        c.sign(&['.'])?;
        let minute = c.exactly(2)?;
        c.blanks();
        c.eat(&["Uhr", "uhr", "uur"]).then_some(minute)
    }) {
        return Some((hour, minute, 0));
    }
    c.blanks();
    if c.eat(&["Uhr", "uhr", "uur"]) {
        let minute = c.attempt(|c| {
            c.blanks();
            c.exactly(2)
        });
        return Some((hour, minute.unwrap_or(0), 0));
    }
    c.sign(&['h', 'H'])?;
    c.blanks();
    let minute = c.exactly(2)?;
    let _ = c.eat(&["min"]);
    (!c.peek().is_some_and(|c| c.is_ascii_alphabetic())).then_some((hour, minute, 0))
}

/// A zone: an offset in seconds east of UTC, or an ambiguous abbreviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    Sure(i32),
    Doubtful(&'static Ambiguous),
}

/// Reads `Z`, `+09:00`, `UTC+9`, `JST`, `(JST)`. An offset without `UTC` is valid only after a time of day.
pub(super) fn zone(c: &mut Cursor<'_>, is_behind: bool) -> Option<Zone> {
    c.attempt(|c| {
        if is_behind && let Some(seconds) = c.attempt(|c| offset(c, false)) {
            return Some(Zone::Sure(seconds));
        }
        let is_enclosed = c.sign(&['(', '[', '（', '［', '【', '〔']).is_some();
        c.blanks();
        if is_enclosed && let Some(seconds) = c.attempt(|c| offset(c, true)) {
            c.blanks();
            c.sign(&[')', ']', '）', '］', '】', '〕'])?;
            return Some(Zone::Sure(seconds));
        }
        let word = c.word()?;
        let found = match word {
            "Z" | "z" | "utc" | "gmt" if is_behind => Zone::Sure(0),
            _ => match names::zone(word)? {
                Ok(minutes) => Zone::Sure(minutes * 60),
                Err(doubtful) => Zone::Doubtful(doubtful),
            },
        };
        let beyond = matches!(word, "UTC" | "GMT").then(|| c.attempt(|c| offset(c, true))).flatten();
        if is_enclosed {
            c.blanks();
            c.sign(&[')', ']', '）', '］', '】', '〕'])?;
        }
        Some(beyond.map_or(found, Zone::Sure))
    })
}

/// Reads `+09:00` or `-0330`, and the short form `+9` after `UTC` or in brackets. The result is in seconds.
fn offset(c: &mut Cursor<'_>, may_be_short: bool) -> Option<i32> {
    let sign = match c.sign(&['+', '-', '\u{2212}', '\u{2010}'])? {
        '+' => 1,
        _ => -1,
    };
    let (hour, minute) = if let Some(both) = c.exactly(4) {
        (both / 100, both % 100)
    } else {
        let (hour, _) = c.number(2)?;
        let minute = c.attempt(|c| {
            c.sign(&[':'])?;
            c.exactly(2)
        });
        if minute.is_none() && !may_be_short {
            return None;
        }
        (hour, minute.unwrap_or(0))
    };
    let is_sound = hour <= 14 && minute < 60 && !c.peek().is_some_and(|c| c.is_ascii_alphanumeric());
    is_sound.then(|| sign * (hour * 3600 + minute * 60).cast_signed())
}
