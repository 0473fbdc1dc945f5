//! Reads a rule as RFC 5545 § 3.3.10 writes it: `FREQ=WEEKLY;BYDAY=TU`.
//!
//! Days of the week may also have Japanese names: `BYDAY=火`, `BYDAY=第2日曜`. This parser refuses combinations
//! that the RFC forbids, so the code that expands a rule never meets them.

use std::ops::{Range, RangeInclusive};

use chrono::Weekday;

use super::error::{Found, Suggestion, shown};
use super::numerals;
use super::rule::{Day, Ends, Freq, Rule, code};
use super::tokens::Piece;
use super::until;
use crate::message::{Message, message, one_of};
use crate::text;

/// The name of a part of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Freq,
    Interval,
    Count,
    Until,
    ByMonth,
    ByWeekNo,
    ByYearDay,
    ByMonthDay,
    ByDay,
    BySetPos,
    WeekStart,
}

const KEYS: [(&str, Key); 11] = [
    ("FREQ", Key::Freq),
    ("INTERVAL", Key::Interval),
    ("COUNT", Key::Count),
    ("UNTIL", Key::Until),
    ("BYMONTH", Key::ByMonth),
    ("BYWEEKNO", Key::ByWeekNo),
    ("BYYEARDAY", Key::ByYearDay),
    ("BYMONTHDAY", Key::ByMonthDay),
    ("BYDAY", Key::ByDay),
    ("BYSETPOS", Key::BySetPos),
    ("WKST", Key::WeekStart),
];

const FREQS: [(&str, &str, Freq); 4] = [
    ("DAILY", "毎日", Freq::Daily),
    ("WEEKLY", "毎週", Freq::Weekly),
    ("MONTHLY", "毎月", Freq::Monthly),
    ("YEARLY", "毎年", Freq::Yearly),
];

/// A part: `NAME=VALUE`.
#[derive(Clone, Copy)]
struct Part<'s> {
    key: Key,
    whole: Piece<'s>,
    value: Piece<'s>,
}

type Read<T> = Result<T, Found>;

/// Reads a rule that contains a `=` or a `;`.
pub(super) fn read(written: Piece<'_>) -> Read<Rule> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    for piece in written.split(|c| c == ';').filter(|piece| !piece.is_empty()) {
        let part = part(piece)?;
        if let Some(first) = parts.iter().find(|known| known.key == part.key) {
            let both = first.whole.text() == part.whole.text();
            return Err(part.fault(
                message!("model-rule-part-twice", "`{name}` appears twice in the rule", name = part.name()),
                // Removing the text leaves an empty part, which a rule may have.
                if both {
                    Suggestion::Instead(part.range(), String::new())
                } else {
                    Suggestion::Say(message!("model-rule-part-twice-help", "keep one of them"))
                },
            ));
        }
        parts.push(part);
    }
    let of = |key: Key| parts.iter().find(|part| part.key == key).copied();
    let Some(freq) = of(Key::Freq) else {
        return Err(no_freq(written, &parts));
    };
    let mut rule = Rule::every(frequency(freq)?);
    for part in parts.iter().filter(|part| part.key != Key::Freq) {
        part.into_rule(&mut rule)?;
    }
    if let (Some(count), Some(_)) = (of(Key::Count), of(Key::Until)) {
        let help = message!("model-rule-two-ends-help", "keep one of `COUNT` and `UNTIL`");
        return Err(
            count.fault(message!("model-rule-two-ends", "the rule has two ends"), Suggestion::Say(help))
        );
    }
    for part in &parts {
        part.fits(&rule)?;
    }
    Ok(rule)
}

fn part(piece: Piece<'_>) -> Read<Part<'_>> {
    let all = piece.range_or(0..0);
    let Some((name, value)) = piece.split_once('=') else {
        let bare = frequency_named(&piece.text());
        let named = KEYS.iter().find_map(|(name, _)| Some((name, piece.after(name)?)));
        let way = match (bare, named) {
            (Some(freq), _) => Suggestion::Instead(all.clone(), format!("FREQ={}", freq.word())),
            (None, Some((name, rest))) => {
                let value = rest.text().trim_start_matches([':', ' ']).to_owned();
                Suggestion::Instead(all.clone(), format!("{name}={value}"))
            }
            (None, None) => Suggestion::Unknown,
        };
        let message = message!(
            "model-rule-no-part",
            "cannot read `{part}` as a part of a rule, which has the form `NAME=VALUE`",
            part = shown(&piece.text())
        );
        return Err(Found::new(all, message, way));
    };
    let word = name.text();
    let key = match KEYS.iter().find(|(known, _)| *known == word) {
        Some((_, key)) => *key,
        None => return Err(unknown(&word, name.range_or(all.clone()), &all)),
    };
    let part = Part { key, whole: piece, value };
    if value.is_empty() {
        let message = message!("model-rule-part-no-value", "`{word}` has no value", word);
        return Err(part.fault(message, Suggestion::Unknown));
    }
    Ok(part)
}

/// The fault of an unknown part name.
fn unknown(word: &str, name: Range<usize>, all: &Range<usize>) -> Found {
    if matches!(word, "BYHOUR" | "BYMINUTE" | "BYSECOND") {
        let message = message!(
            "model-rule-part-of-day",
            "`{word}` is not allowed: a series occurs at most once a day",
            word
        );
        let help = message!(
            "model-rule-part-of-day-help",
            "leave `{word}` out: the window sets the time of day",
            word
        );
        return Found::new(all.clone(), message, Suggestion::Say(help));
    }
    let outside = match word {
        "EXDATE" => Some(message!(
            "model-rule-exdate-help",
            "leave it out, and list the days in `except: [2026-12-29]`"
        )),
        "DTSTART" => {
            Some(message!("model-rule-dtstart-help", "leave it out: the window is the first occurrence"))
        }
        _ => None,
    };
    let near = text::nearest(word, KEYS.iter().map(|(known, _)| *known));
    let way = match (outside, near) {
        (Some(help), _) => Suggestion::Say(help),
        (None, Some(near)) => Suggestion::Instead(name.clone(), near.into()),
        (None, None) => {
            let names: Vec<&str> = KEYS.iter().map(|(known, _)| *known).collect();
            Suggestion::Say(message!(
                "model-rule-unknown-part-help",
                "write one of the parts of a rule: {names}",
                names = one_of(&names)
            ))
        }
    };
    let message = message!("model-rule-unknown-part", "a rule has no part `{word}`", word = shown(word));
    Found::new(name, message, way)
}

/// The fault of a rule without a frequency. Its other parts may leave only one possible frequency.
fn no_freq(written: Piece<'_>, parts: &[Part<'_>]) -> Found {
    let has = |key: Key| parts.iter().any(|part| part.key == key);
    let counted = parts.iter().any(|part| {
        let numbered = |sign: char| sign.is_ascii_digit() || matches!(sign, '第' | '最');
        part.key == Key::ByDay && part.value.0.iter().any(|sign| numbered(sign.c))
    });
    let freq = if has(Key::ByMonth) || has(Key::ByWeekNo) || has(Key::ByYearDay) {
        "YEARLY"
    } else if has(Key::ByMonthDay) || counted {
        "MONTHLY"
    } else {
        "WEEKLY"
    };
    let whole = written.range_or(0..0);
    let way = if parts.is_empty() {
        Suggestion::Unknown
    } else {
        Suggestion::Instead(whole.start..whole.start, format!("FREQ={freq};"))
    };
    let message = message!("model-rule-no-freq", "the rule does not say how often: `FREQ` is missing");
    Found::new(whole, message, way)
}

fn frequency_named(word: &str) -> Option<Freq> {
    FREQS.iter().find(|(name, japanese, _)| *name == word || *japanese == word).map(|(.., freq)| *freq)
}

fn frequency(part: Part<'_>) -> Read<Freq> {
    let word = part.value.text();
    if let Some(freq) = frequency_named(&word) {
        return Ok(freq);
    }
    if matches!(word.as_str(), "HOURLY" | "MINUTELY" | "SECONDLY") {
        let message = message!(
            "model-rule-too-often",
            "`{word}` is too often: a series occurs at most once a day",
            word
        );
        let help = message!(
            "model-rule-too-often-help",
            "write one maintenance with `FREQ=DAILY`, or a window that covers the whole day"
        );
        return Err(part.value_fault(message, Suggestion::Say(help)));
    }
    let near = text::nearest(&word, FREQS.iter().map(|(name, ..)| *name));
    let way = match near {
        Some(near) => part.instead(near),
        None => Suggestion::Say(message!(
            "model-rule-frequency-help",
            "write `DAILY`, `WEEKLY`, `MONTHLY` or `YEARLY`"
        )),
    };
    let message = message!("model-rule-frequency", "`{word}` is not a frequency", word = shown(&word));
    Err(part.value_fault(message, way))
}

impl<'s> Part<'s> {
    fn name(self) -> &'static str {
        KEYS.iter().find(|(_, key)| *key == self.key).map_or("", |(name, _)| *name)
    }

    fn range(self) -> Range<usize> {
        self.whole.range_or(0..0)
    }

    /// A fault of the whole part.
    fn fault(self, message: Message, way: Suggestion) -> Found {
        Found::new(self.range(), message, way)
    }

    fn value_fault(self, message: Message, way: Suggestion) -> Found {
        Found::new(self.value.range_or(self.range()), message, way)
    }

    fn instead(self, value: &str) -> Suggestion {
        Suggestion::Instead(self.value.range_or(self.range()), value.to_owned())
    }

    fn into_rule(self, rule: &mut Rule) -> Read<()> {
        match self.key {
            Key::Freq => {}
            Key::Interval => rule.interval = self.number(self.value, 1..=u16::MAX)?,
            Key::Count => rule.ends = Ends::Count(self.number(self.value, 1..=u32::MAX)?),
            Key::Until => rule.ends = self.until()?,
            Key::ByMonth => rule.by_month = self.numbers(|item| self.number(item, 1..=12))?,
            Key::ByWeekNo => rule.by_week_no = self.numbers(|item| self.either_end(item, 53))?,
            Key::ByYearDay => rule.by_year_day = self.numbers(|item| self.either_end(item, 366))?,
            Key::ByMonthDay => rule.by_month_day = self.numbers(|item| self.either_end(item, 31))?,
            Key::BySetPos => {
                let most = match rule.freq {
                    Freq::Daily => 1,
                    Freq::Weekly => 7,
                    Freq::Monthly => 31,
                    Freq::Yearly => 366,
                };
                rule.by_set_pos = self.numbers(|item| self.either_end(item, most))?;
            }
            Key::ByDay => rule.by_day = self.days(rule.freq)?,
            Key::WeekStart => {
                rule.week_start = match day(self.value) {
                    Some(Day { nth: None, weekday }) => weekday,
                    _ => return Err(self.no_day(self.value, false)),
                }
            }
        }
        Ok(())
    }

    /// The items of its value, which commas separate.
    fn items(self) -> impl Iterator<Item = Piece<'s>> {
        self.value.split(|c| matches!(c, ',' | '、' | '・'))
    }

    fn list<T>(self, read: impl Fn(Piece<'s>) -> Read<T>) -> Read<Vec<T>> {
        let mut out = Vec::new();
        for item in self.items() {
            if item.is_empty() {
                let full: Vec<String> = self.items().filter(|i| !i.is_empty()).map(Piece::text).collect();
                let way = if full.is_empty() { Suggestion::Unknown } else { self.instead(&full.join(",")) };
                let message = message!(
                    "model-rule-empty-item",
                    "the list of `{name}` has an empty item",
                    name = self.name()
                );
                return Err(self.value_fault(message, way));
            }
            out.push(read(item)?);
        }
        Ok(out)
    }

    fn numbers<T: Ord>(self, read: impl Fn(Piece<'s>) -> Read<T>) -> Read<Vec<T>> {
        let mut found = self.list(read)?;
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// Reads a number that may count from the end. It is never 0.
    fn either_end<T: TryFrom<i64>>(self, item: Piece<'s>, most: i64) -> Read<T> {
        let name = self.name();
        let help = || {
            message!(
                "model-rule-takes-either-end",
                "`{name}` takes 1 to {most}, or -1 to -{most} from the end",
                name,
                most
            )
        };
        let number = self.integer(item, help)?;
        let is_known = number != 0 && (-most..=most).contains(&number);
        T::try_from(number).ok().filter(|_| is_known).ok_or_else(|| self.out_of_range(item, help()))
    }

    fn number<T: TryFrom<i64> + Copy + Into<i64>>(
        self,
        item: Piece<'s>,
        range: RangeInclusive<T>,
    ) -> Read<T> {
        let range = (*range.start()).into()..=(*range.end()).into();
        let (name, first, last) = (self.name(), *range.start(), *range.end());
        let help = || message!("model-rule-takes", "`{name}` takes {first} to {last}", name, first, last);
        let number = self.integer(item, help)?;
        let known = T::try_from(number).ok().filter(|_| range.contains(&number));
        known.ok_or_else(|| self.out_of_range(item, help()))
    }

    fn integer(self, item: Piece<'s>, help: impl Fn() -> Message) -> Read<i64> {
        let text = item.text();
        let digits = text.strip_prefix(['+', '-']).unwrap_or(&text);
        if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
            return text.parse().map_err(|_| self.out_of_range(item, help()));
        }
        let way = match numerals::only_number(&text) {
            Some(number) => Suggestion::Instead(item.range_or(self.range()), number),
            None => Suggestion::Say(help()),
        };
        let message = message!(
            "model-rule-no-number",
            "`{text}` in `{name}` is not a number",
            text = shown(&text),
            name = self.name()
        );
        Err(Found::new(item.range_or(self.range()), message, way))
    }

    fn out_of_range(self, item: Piece<'s>, help: Message) -> Found {
        let message = message!(
            "model-rule-out-of-range",
            "`{text}` in `{name}` is out of range",
            text = shown(&item.text()),
            name = self.name()
        );
        Found::new(item.range_or(self.range()), message, Suggestion::Say(help))
    }

    fn until(self) -> Read<Ends> {
        let text = self.value.text();
        until::read(&text).ok_or_else(|| {
            let way = match until::repaired(&text) {
                Some(better) => self.instead(&better),
                None => Suggestion::Say(message!(
                    "model-rule-until-help",
                    "write `UNTIL=20261231`, `UNTIL=20261231T235959` or, in UTC, `UNTIL=20261231T150000Z`"
                )),
            };
            let message = message!(
                "model-rule-until",
                "cannot read `{text}` as a day or time in the years 1970 to 2100",
                text = shown(&text)
            );
            self.value_fault(message, way)
        })
    }

    fn days(self, freq: Freq) -> Read<Vec<Day>> {
        let mut days = self.list(|item| day(item).ok_or_else(|| self.no_day(item, true)))?;
        for (item, day) in self.items().zip(&days) {
            if let Some(nth) = day.nth {
                self.counts(item, nth, day.weekday, freq)?;
            }
        }
        days.sort_unstable_by_key(|day| (day.nth, day.weekday.num_days_from_monday()));
        days.dedup();
        Ok(days)
    }

    /// Checks that the n-th day is allowed here.
    fn counts(self, item: Piece<'s>, nth: i8, weekday: Weekday, freq: Freq) -> Read<()> {
        let fault = |message: Message, help: Message| {
            Err(Found::new(item.range_or(self.range()), message, Suggestion::Say(help)))
        };
        let (name, day) = (shown(&item.text()), code(weekday));
        match freq {
            Freq::Daily | Freq::Weekly => fault(
                message!(
                    "model-rule-counted-day",
                    "`{name}` counts within a month, but the rule is `FREQ={freq}`",
                    name,
                    freq = freq.word()
                ),
                message!(
                    "model-rule-counted-day-help",
                    "write `FREQ=MONTHLY;BYDAY={nth}{day}`, or `FREQ=WEEKLY;BYDAY={day}` for every week",
                    nth = i32::from(nth),
                    day
                ),
            ),
            Freq::Monthly if !(-4..=5).contains(&nth) => {
                fault(message!("model-rule-in-no-month", "no month has `{name}`", name), within_a_month())
            }
            Freq::Yearly if !(-52..=53).contains(&nth) => fault(
                message!("model-rule-in-no-year", "no year has `{name}`", name),
                message!(
                    "model-rule-in-no-year-help",
                    "write a number from 1 to 53, or from -1 to -52 to count from the end of the year"
                ),
            ),
            Freq::Monthly | Freq::Yearly => Ok(()),
        }
    }

    fn no_day(self, item: Piece<'s>, may_count: bool) -> Found {
        let range = item.range_or(self.range());
        let text = item.text();
        let (number, word) = numerals::leading(&text);
        let way = match weekday_meant(word) {
            Some(weekday) if may_count && number != "0" && number.len() <= 3 => {
                Suggestion::Instead(range.clone(), format!("{number}{}", code(weekday)))
            }
            Some(weekday) if number.is_empty() => Suggestion::Instead(range.clone(), code(weekday).into()),
            _ => Suggestion::Say(message!(
                "model-rule-no-weekday-help",
                "write `MO`, `TU`, `WE`, `TH`, `FR`, `SA`, `SU`, or `月` to `日`; `2SU` is the second Sunday"
            )),
        };
        let message = message!(
            "model-rule-no-weekday",
            "`{text}` in `{name}` is not a day of the week",
            text = shown(&text),
            name = self.name()
        );
        Found::new(range, message, way)
    }

    /// Refuses combinations that the RFC forbids.
    fn fits(self, rule: &Rule) -> Read<()> {
        let freq = rule.freq;
        let help = match self.key {
            Key::ByMonthDay if freq == Freq::Weekly => message!(
                "model-rule-by-month-day-help",
                "`BYMONTHDAY` does not work with `FREQ=WEEKLY`: write `FREQ=MONTHLY`"
            ),
            Key::ByYearDay | Key::ByWeekNo if freq != Freq::Yearly => {
                message!("model-rule-yearly-help", "`{name}` needs `FREQ=YEARLY`", name = self.name())
            }
            Key::ByDay if !rule.by_week_no.is_empty() && rule.by_day.iter().any(|day| day.nth.is_some()) => {
                message!(
                    "model-rule-week-day-help",
                    "with `BYWEEKNO`, days cannot have a number: write for example `BYDAY=TU`"
                )
            }
            Key::ByDay
                if rule.by_week_no.is_empty()
                    && freq == Freq::Yearly
                    && !rule.by_month.is_empty()
                    && rule.by_day.iter().any(|day| day.nth.is_some_and(|nth| !(-4..=5).contains(&nth))) =>
            {
                within_a_month()
            }
            Key::BySetPos if !rule.by_week_no.is_empty() => message!(
                "model-rule-set-pos-week-help",
                "`BYSETPOS` does not work with `BYWEEKNO`: name the day, for example with `BYDAY=MO`"
            ),
            Key::BySetPos
                if rule.by_month.is_empty()
                    && rule.by_year_day.is_empty()
                    && rule.by_month_day.is_empty()
                    && rule.by_day.is_empty() =>
            {
                message!(
                    "model-rule-set-pos-help",
                    "`BYSETPOS` needs the days of another part: add for example `BYDAY=MO,TU,WE,TH,FR`"
                )
            }
            _ => return Ok(()),
        };
        let message = message!(
            "model-rule-does-not-fit",
            "`{part}` does not fit the rest of the rule",
            part = shown(&self.whole.text())
        );
        Err(self.fault(message, Suggestion::Say(help)))
    }
}

fn within_a_month() -> Message {
    message!(
        "model-rule-within-a-month-help",
        "write a number from 1 to 5, or from -1 to -4 to count from the end of the month"
    )
}

/// Reads a day: `TU`, `2SU`, `-1FR`, `火`, `火曜`, `火曜日`, `1火`, `第2日曜`, `最終金曜`.
fn day(item: Piece<'_>) -> Option<Day> {
    let text = item.text();
    let last = text.strip_prefix("最終").or_else(|| text.strip_prefix("最後の"));
    let (nth, rest) = if let Some(rest) = last {
        (Some(-1), rest)
    } else {
        let (number, rest) = numerals::leading(text.strip_prefix('第').unwrap_or(&text));
        let nth = if number.is_empty() { None } else { Some(number.parse::<i8>().ok()?) };
        if nth == Some(0) || (text.starts_with('第') && nth.is_none()) {
            return None;
        }
        (nth, rest)
    };
    let weekday = weekday(rest)?;
    Some(Day { nth, weekday })
}

/// The day with exactly this name.
fn weekday(word: &str) -> Option<Weekday> {
    let all = super::natural::DAYS;
    if let Some((weekday, _)) = all.iter().find(|(weekday, _)| code(*weekday) == word) {
        return Some(*weekday);
    }
    let mut signs = word.chars();
    let first = signs.next()?;
    let weekday = all.iter().find(|(_, name)| *name == first).map(|(weekday, _)| *weekday)?;
    matches!(signs.as_str(), "" | "曜" | "曜日").then_some(weekday)
}

/// The day nearest to a misspelt word.
fn weekday_meant(word: &str) -> Option<Weekday> {
    super::natural::english_day(word).or_else(|| weekday(word.trim_matches(|c: char| !c.is_alphanumeric())))
}
