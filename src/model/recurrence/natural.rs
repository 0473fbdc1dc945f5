//! Reads a rule in Japanese words: `毎週火曜`, `隔週水曜`, `毎月第2日曜`, `毎月15日`, `毎年1月4日`.
//!
//! It reads only forms with one meaning. 「2週間おき」 may mean every two or every three weeks, and not every
//! month has a 第5土曜 or a 31日. For these the help names the rules that may be meant.

use chrono::Weekday;

use super::error::{Found, Suggestion, shown};
use super::numerals;
use super::rule::{Day, Freq, Rule, code};
use super::tokens::{self, Piece, Sign};
use crate::message::{Message, message};

/// The days of the week and their characters, from Monday on.
pub(super) const DAYS: [(Weekday, char); 7] = [
    (Weekday::Mon, '月'),
    (Weekday::Tue, '火'),
    (Weekday::Wed, '水'),
    (Weekday::Thu, '木'),
    (Weekday::Fri, '金'),
    (Weekday::Sat, '土'),
    (Weekday::Sun, '日'),
];

const BEGINNINGS: [(&str, Freq, u16); 8] = [
    ("毎日", Freq::Daily, 1),
    ("隔日", Freq::Daily, 2),
    ("毎週", Freq::Weekly, 1),
    ("隔週", Freq::Weekly, 2),
    ("毎月", Freq::Monthly, 1),
    ("隔月", Freq::Monthly, 2),
    ("毎年", Freq::Yearly, 1),
    ("隔年", Freq::Yearly, 2),
];

/// The units after a number: `2週間ごと`.
const UNITS: [(&str, Freq); 9] = [
    ("日間", Freq::Daily),
    ("日", Freq::Daily),
    ("週間", Freq::Weekly),
    ("週", Freq::Weekly),
    ("か月", Freq::Monthly),
    ("ヶ月", Freq::Monthly),
    ("ケ月", Freq::Monthly),
    ("カ月", Freq::Monthly),
    ("年", Freq::Yearly),
];

/// The separators in a list of days.
const SEPARATORS: [&str; 8] = ["・", "、", ",", "と", "及び", "および", "&", "/"];

type Read<T> = Result<T, Found>;

/// Reads a rule in words; `None` if the text does not begin like one.
pub(super) fn read(written: Piece<'_>) -> Option<Read<Rule>> {
    let signs: Vec<Sign> = written.0.iter().filter(|sign| !sign.c.is_whitespace()).cloned().collect();
    let mut text = Cursor { rest: &signs, read: 0, all: &signs };
    let (freq, interval) = match beginning(&mut text)? {
        Ok(found) => found,
        Err(found) => return Some(Err(found)),
    };
    let mut rule = Rule { interval, ..Rule::every(freq) };
    Some(days(&mut text, &mut rule).and_then(|()| text.ends()).map(|()| rule))
}

struct Cursor<'s> {
    rest: &'s [Sign],
    /// The number of characters that have been read.
    read: usize,
    all: &'s [Sign],
}

impl<'s> Cursor<'s> {
    fn eat(&mut self, word: &str) -> bool {
        let Some(rest) = Piece(self.rest).after(word) else { return false };
        self.skip(self.rest.len() - rest.0.len());
        true
    }

    fn eat_one_of(&mut self, words: &[&str]) -> bool {
        words.iter().any(|word| self.eat(word))
    }

    fn skip(&mut self, signs: usize) {
        self.rest = &self.rest[signs..];
        self.read += signs;
    }

    /// Reads a number that is small enough for a calendar.
    fn number(&mut self) -> Option<u16> {
        let text = Piece(self.rest).text();
        let (number, after) = numerals::leading(&text);
        if text.starts_with(['+', '-']) {
            return None;
        }
        let value = number.parse().ok()?;
        self.skip(text.chars().count() - after.chars().count());
        Some(value)
    }

    /// The characters read since `start`.
    fn since(&self, start: usize) -> Piece<'s> {
        Piece(&self.all[start..self.read])
    }

    /// A fault of the characters read since `start`, or of the whole text if there are none.
    fn fault(&self, start: usize, message: Message, help: Message) -> Found {
        let all = Piece(self.all).range_or(0..0);
        Found::new(self.since(start).range_or(all), message, Suggestion::Say(help))
    }

    fn ends(&self) -> Read<()> {
        if self.rest.is_empty() {
            return Ok(());
        }
        let rest = Piece(self.rest);
        let text = rest.text();
        let help = if text.contains(['時', '分', ':']) {
            message!("model-rule-words-clock-help", "leave it out: the window sets the time of day")
        } else if text.contains("まで") || text.contains("から") {
            message!(
                "model-rule-words-until-help",
                "leave it out: the window sets when the series begins, and `until: 2027-03-31` when it ends"
            )
        } else if text.contains('回') {
            message!(
                "model-rule-words-count-help",
                "leave it out, and write for example `FREQ=WEEKLY;BYDAY=TU;COUNT=10`"
            )
        } else if text.contains("祝") || text.contains("除") {
            message!(
                "model-rule-words-except-help",
                "leave it out, and list the days without maintenance in `except: [2026-12-29]`"
            )
        } else if text.contains("おき") {
            message!(
                "model-rule-words-second-week-help",
                "write `隔週` or `2週間ごと` for every second week: 「おき」 may mean two or three"
            )
        } else {
            message!(
                "model-rule-words-one-help",
                "write one rule such as `毎週月・木曜`, `毎月第2日曜`, `毎月15日` or `毎月末日`"
            )
        };
        let before = Piece(&self.all[..self.read]).text();
        let message = message!(
            "model-rule-words-rest",
            "cannot read `{text}` after `{before}`",
            text = shown(&text),
            before = shown(&before)
        );
        Err(Found::new(rest.range_or(0..0), message, Suggestion::Say(help)))
    }
}

/// Reads the frequency: `毎週`, `2週間ごと`. `None` if the text begins with something else.
fn beginning(text: &mut Cursor<'_>) -> Option<Read<(Freq, u16)>> {
    for (word, freq, interval) in BEGINNINGS {
        // 毎日曜 does not mean every day, and 毎月曜 does not mean every month.
        let is_weekday = Piece(text.rest).after(word).is_some_and(|rest| rest.after("曜").is_some());
        if !is_weekday && text.eat(word) {
            text.eat("の");
            return Some(Ok((freq, interval)));
        }
    }
    let (rest, read) = (text.rest, text.read);
    let every = text.number().and_then(|number| {
        let (_, freq) = UNITS.iter().find(|(unit, _)| text.eat(unit))?;
        if text.eat("おき") {
            let help = message!(
                "model-rule-words-two-meanings-help",
                "「おき」 may mean either: write `FREQ={word};INTERVAL={two}` or `FREQ={word};INTERVAL={three}`",
                word = freq.word(),
                two = number,
                three = number.saturating_add(1)
            );
            let written = text.since(0).text();
            let message = message!("model-rule-words-two-meanings", "`{written}` has two meanings", written);
            return Some(Err(text.fault(0, message, help)));
        }
        if !text.eat_one_of(&["ごと", "毎"]) {
            return None;
        }
        text.eat("に");
        text.eat("の");
        if number == 0 {
            let written = text.since(0).text();
            let message = message!("model-rule-words-zero", "`{written}` has an interval of 0", written);
            let help = message!("model-rule-words-zero-help", "write 1 or more");
            return Some(Err(text.fault(0, message, help)));
        }
        Some(Ok((*freq, number)))
    });
    if every.is_none() {
        (text.rest, text.read) = (rest, read);
    }
    every
}

/// Reads the days of a rule. Their form depends on the frequency.
fn days(text: &mut Cursor<'_>, rule: &mut Rule) -> Read<()> {
    match rule.freq {
        Freq::Daily => Ok(()),
        Freq::Weekly if text.rest.is_empty() => Ok(()),
        Freq::Weekly => {
            let start = text.read;
            let days = weekdays(text);
            if days.is_empty() {
                return text.ends();
            }
            // A week may begin on Sunday or on Monday. In a rule for every second week that changes which Sunday
            // is meant.
            if rule.interval > 1 && days.len() > 1 && days.contains(&Weekday::Sun) {
                let codes: Vec<&str> = days.iter().map(|day| code(*day)).collect();
                let line = format!("FREQ=WEEKLY;INTERVAL={};BYDAY={};WKST=", rule.interval, codes.join(","));
                let help = message!(
                    "model-rule-words-sunday-help",
                    "write `{line}MO` where weeks begin on Monday, `{line}SU` where they begin on Sunday",
                    line
                );
                let message =
                    message!("model-rule-words-sunday", "it is not clear which week this Sunday belongs to");
                return Err(text.fault(start, message, help));
            }
            rule.by_day = days.into_iter().map(|weekday| Day { nth: None, weekday }).collect();
            Ok(())
        }
        Freq::Monthly => days_of_month(text, rule),
        Freq::Yearly => {
            rule.by_month = months(text)?;
            days_of_month(text, rule)
        }
    }
}

/// Reads days of the week: `月・木曜`, `土日`, `月〜金曜`. The result is sorted from Monday on.
fn weekdays(text: &mut Cursor<'_>) -> Vec<Weekday> {
    let mut found: Vec<usize> = Vec::new();
    loop {
        let (rest, read) = (text.rest, text.read);
        let follows = !found.is_empty() && text.eat_one_of(&SEPARATORS);
        let to = !found.is_empty() && !follows && text.eat_one_of(&["~", "〜"]);
        let day = DAYS.iter().position(|(_, name)| text.rest.first().is_some_and(|sign| sign.c == *name));
        let last = found.last().copied().unwrap_or_default();
        let Some(day) = day.filter(|day| !to || *day > last) else {
            (text.rest, text.read) = (rest, read);
            break;
        };
        text.skip(1);
        if text.eat("曜") {
            text.eat("日");
        }
        if to {
            found.extend(last + 1..day);
        }
        found.push(day);
    }
    found.sort_unstable();
    found.dedup();
    found.into_iter().filter_map(|at| DAYS.get(at)).map(|(day, _)| *day).collect()
}

/// Reads months: `1月`, `1月・7月の`, `1・7月の`.
fn months(text: &mut Cursor<'_>) -> Read<Vec<u8>> {
    let start = text.read;
    let mut found = Vec::new();
    loop {
        let (rest, read) = (text.rest, text.read);
        text.eat_one_of(&SEPARATORS);
        let Some(number) = text.number() else {
            (text.rest, text.read) = (rest, read);
            break;
        };
        let is_month = text.eat("月");
        if !is_month && text.rest.first().is_some_and(|sign| sign.c == '日') {
            (text.rest, text.read) = (rest, read);
            break;
        }
        let goes_on = SEPARATORS.iter().any(|word| Piece(text.rest).after(word).is_some());
        match u8::try_from(number) {
            Ok(month @ 1..=12) if is_month || goes_on => found.push(month),
            _ => {
                let written = text.since(read).text();
                let message = message!("model-rule-words-month", "`{written}` is not a month", written);
                let help = message!("model-rule-words-month-help", "write for example `毎年1月4日`");
                return Err(text.fault(read, message, help));
            }
        }
    }
    text.eat("の");
    if found.is_empty() {
        let message = message!("model-rule-words-no-month", "the rule does not say which month");
        let help = message!(
            "model-rule-words-no-month-help",
            "write the month and the day, for example `毎年1月4日` or `毎年1月第2日曜`"
        );
        return Err(text.fault(start, message, help));
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// Reads days of a month: `15日`, `1・15日`, `末日`, `第2日曜`, `第1・第3火曜`, `最終金曜`.
fn days_of_month(text: &mut Cursor<'_>, rule: &mut Rule) -> Read<()> {
    let start = text.read;
    loop {
        let (rest, read) = (text.rest, text.read);
        if text.read > start {
            text.eat_one_of(&SEPARATORS);
        }
        let is_ordinal = text.rest.first().is_some_and(|sign| sign.c == '第');
        let known =
            if is_ordinal { ordinals(text, rule)? } else { last_day(text, rule) || dates(text, rule)? };
        if !known {
            (text.rest, text.read) = (rest, read);
            break;
        }
    }
    if rule.by_day.is_empty() && rule.by_month_day.is_empty() {
        return Err(which_day(text, start));
    }
    if !rule.by_day.is_empty() && !rule.by_month_day.is_empty() {
        let message =
            message!("model-rule-words-both-days", "the rule names days of the month and days of the week");
        let help = message!(
            "model-rule-words-both-days-help",
            "write one maintenance for the days of the month, and one for the days of the week"
        );
        return Err(text.fault(start, message, help));
    }
    rule.by_month_day.sort_unstable();
    rule.by_month_day.dedup();
    rule.by_day.sort_unstable_by_key(|day| (day.nth, day.weekday.num_days_from_monday()));
    rule.by_day.dedup();
    Ok(())
}

/// The fault of a month without a day, or with a day that occurs several times.
fn which_day(text: &mut Cursor<'_>, start: usize) -> Found {
    let days = weekdays(text);
    let help = match days.first().and_then(|day| DAYS.iter().find(|(known, _)| known == day)) {
        Some((day, name)) => message!(
            "model-rule-words-which-weekday-help",
            "write `第2{name}曜` for the second, `最終{name}曜` for the last, or `FREQ=WEEKLY;BYDAY={code}` for every week",
            name,
            code = code(*day)
        ),
        None => message!(
            "model-rule-words-which-day-help",
            "write for example `毎月15日`, `毎月末日` or `毎月第2日曜`"
        ),
    };
    if days.is_empty() {
        text.skip(text.rest.len());
    }
    let message = message!("model-rule-words-which-day", "the rule does not say which day of the month");
    text.fault(start, message, help)
}

/// Reads `末日`, `月末`, `最終金曜`.
fn last_day(text: &mut Cursor<'_>, rule: &mut Rule) -> bool {
    let (rest, read) = (text.rest, text.read);
    if text.eat_one_of(&["最終", "最後の", "最後"]) {
        if text.rest.len() == 1 && text.eat("日") {
            rule.by_month_day.push(-1);
            return true;
        }
        if let [weekday] = weekdays(text)[..] {
            rule.by_day.push(Day { nth: Some(-1), weekday });
            return true;
        }
        (text.rest, text.read) = (rest, read);
        return false;
    }
    let is_last = text.eat_one_of(&["月末日", "月末", "末日", "末"]);
    if is_last {
        rule.by_month_day.push(-1);
    }
    is_last
}

/// Reads `第2日曜`, `第1・第3火曜`, `第2・4土曜`.
fn ordinals(text: &mut Cursor<'_>, rule: &mut Rule) -> Read<bool> {
    let start = text.read;
    let mut numbers = Vec::new();
    while text.eat("第") || !numbers.is_empty() {
        let Some(number) = text.number() else { break };
        numbers.push(number);
        let (rest, read) = (text.rest, text.read);
        let follows = text.eat_one_of(&SEPARATORS);
        let next = text.rest.first().map(|sign| sign.c);
        if !(next == Some('第')
            || follows && next.is_some_and(|c| numerals::leading(&c.to_string()).1.is_empty()))
        {
            (text.rest, text.read) = (rest, read);
            break;
        }
    }
    let is_week = text.eat("週");
    text.eat("の");
    let days = weekdays(text);
    let written = text.since(start).text();
    if numbers.is_empty() || days.is_empty() || is_week {
        let help = message!(
            "model-rule-words-ordinal-help",
            "write for example `第2日曜` for the second Sunday of the month"
        );
        return Err(text.fault(start, unreadable(&written), help));
    }
    for number in numbers {
        let nth = i8::try_from(number).ok().filter(|nth| (1..=4).contains(nth));
        let Some(nth) = nth else {
            return Err(not_in_every_month(text, start, number, days[0]));
        };
        rule.by_day.extend(days.iter().map(|weekday| Day { nth: Some(nth), weekday: *weekday }));
    }
    Ok(true)
}

/// The fault of `第5土曜` and of higher numbers.
fn not_in_every_month(text: &Cursor<'_>, start: usize, number: u16, day: Weekday) -> Found {
    let written = shown(&text.since(start).text());
    if number != 5 {
        let help = message!(
            "model-rule-words-fifth-help",
            "write a number from 1 to 4; a month has four or five of each weekday"
        );
        return text.fault(start, in_no_month(&written), help);
    }
    let name = DAYS.iter().find(|(known, _)| *known == day).map_or('日', |(_, name)| *name);
    let help = message!(
        "model-rule-words-last-week-help",
        "write `毎月最終{name}曜` for the last one, or `FREQ=MONTHLY;BYDAY=5{code}` for the months that have five",
        name,
        code = code(day)
    );
    text.fault(start, in_some_months(&written), help)
}

fn unreadable(written: &str) -> Message {
    message!("model-rule-words-unreadable", "cannot read `{written}`", written = shown(written))
}

fn in_no_month(written: &str) -> Message {
    message!("model-rule-words-in-no-month", "no month has `{written}`", written)
}

fn in_some_months(written: &str) -> Message {
    message!("model-rule-words-in-some-months", "not every month has `{written}`", written)
}

/// Reads `15日`, `1・15日`.
fn dates(text: &mut Cursor<'_>, rule: &mut Rule) -> Read<bool> {
    let start = text.read;
    let mut numbers = Vec::new();
    let is_day = loop {
        let Some(number) = text.number() else { break false };
        numbers.push(number);
        if text.eat("日") {
            break true;
        }
        if !text.eat_one_of(&SEPARATORS) {
            break false;
        }
    };
    if numbers.is_empty() {
        return Ok(false);
    }
    let is_sunday = text.rest.first().is_some_and(|sign| sign.c == '曜');
    if !is_day || is_sunday {
        let help = message!(
            "model-rule-words-date-help",
            "write `毎月2日` for a day of the month, `毎月第2日曜` for a day of the week"
        );
        let message = unreadable(&Piece(&text.all[start..]).text());
        text.skip(text.rest.len());
        return Err(text.fault(start, message, help));
    }
    for number in numbers {
        rule.by_month_day.push(date(text, start, number, rule)?);
    }
    Ok(true)
}

/// Checks that every month of the rule has this day.
fn date(text: &Cursor<'_>, start: usize, number: u16, rule: &Rule) -> Read<i8> {
    let longest = |month: &u8| match month {
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let least = rule.by_month.iter().map(longest).min().unwrap_or(28);
    let day = i8::try_from(number).ok().filter(|day| (1..=31).contains(day));
    if let Some(day) = day.filter(|day| *day <= least) {
        return Ok(day);
    }
    let written = shown(&text.since(start).text());
    let (message, help) = match (day, rule.freq) {
        (None, _) => {
            (in_no_month(&written), message!("model-rule-words-31-days-help", "a month has at most 31 days"))
        }
        (Some(day), Freq::Yearly) => (
            message!(
                "model-rule-words-in-some-years",
                "not every month of the rule has `{written}` in every year",
                written
            ),
            message!(
                "model-rule-words-in-some-years-help",
                "write `末日` for the last day, or `FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}` for the years that have it",
                month = rule.by_month.first().map_or(1, |m| *m),
                day = i32::from(day)
            ),
        ),
        (Some(day), _) => (
            in_some_months(&written),
            message!(
                "model-rule-words-in-some-months-help",
                "write `毎月末日` for the last day, or `FREQ=MONTHLY;BYMONTHDAY={day}` for the months that have it",
                day = i32::from(day)
            ),
        ),
    };
    Err(text.fault(start, message, help))
}

/// The most likely rule for a text in other words: `every tuesday`, `火曜日`.
pub(super) fn guess(written: Piece<'_>) -> Option<String> {
    let text = written.text();
    let bare = text.strip_prefix('毎').unwrap_or(&text);
    for beginning in ["毎週", "毎月", "毎年"].into_iter().filter(|_| !bare.is_empty()) {
        let candidate = format!("{beginning}{bare}");
        if let Some(Ok(rule)) = read(Piece(&tokens::of(&candidate)).trim()) {
            return Some(rule.to_string());
        }
    }
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    let days: Vec<&str> = words.iter().filter_map(|word| english_day(word)).map(code).collect();
    let nth = ["LAST", "FIRST", "SECOND", "THIRD", "FOURTH"].iter().position(|word| has(&[word]));
    let nth = nth.map(|at| if at == 0 { "-1".to_owned() } else { at.to_string() });
    let two = has(&["BIWEEKLY", "BI-WEEKLY", "FORTNIGHTLY", "OTHER", "ALTERNATE", "2", "TWO"]);
    let interval = if two { ";INTERVAL=2" } else { "" };
    if let (Some(nth), [day, ..]) = (nth, &days[..]) {
        return Some(format!("FREQ=MONTHLY{interval};BYDAY={nth}{day}"));
    }
    if !days.is_empty() {
        return Some(format!("FREQ=WEEKLY{interval};BYDAY={}", days.join(",")));
    }
    let freqs: [(&[&str], &str); 4] = [
        (&["WEEKLY", "WEEK", "WEEKS", "BIWEEKLY", "BI-WEEKLY", "FORTNIGHTLY"], "WEEKLY"),
        (&["MONTHLY", "MONTH", "MONTHS"], "MONTHLY"),
        (&["YEARLY", "YEAR", "YEARS", "ANNUALLY", "ANNUAL"], "YEARLY"),
        (&["DAILY", "DAY", "DAYS", "EVERYDAY"], "DAILY"),
    ];
    let (_, freq) = freqs.iter().find(|(list, _)| has(list))?;
    Some(format!("FREQ={freq}{interval}"))
}

/// The day for an English name: `TUESDAY`, `TUESDAYS`, `TUES`, `TUE`, `TU`.
pub(super) fn english_day(word: &str) -> Option<Weekday> {
    const NAMES: [&str; 7] = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];
    let word = word.strip_suffix('S').filter(|rest| rest.ends_with("DAY")).unwrap_or(word);
    let at = NAMES.iter().position(|name| word.len() >= 2 && name.starts_with(word))?;
    DAYS.get(at).map(|(day, _)| *day)
}
