//! Tests rules as people write them against a reference without `rrule`. The reference checks for each day of the
//! calendar whether the rule includes it.

use chrono::{Days, NaiveDate, NaiveTime, Weekday};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::test_runner::RngSeed;

use super::expand;
use super::rule::{Day, Ends, Freq, Rule};
use crate::tests::word;

/// The number of years that the reference checks.
const YEARS: i32 = 6;

fn parsed(written: &str) -> Result<String, String> {
    Rule::parse(written).map(|rule| rule.to_string()).map_err(|fault| {
        format!(
            "{}: {} | {}",
            written.get(fault.range).expect("a part of the text"),
            fault.message,
            fault.help
        )
    })
}

#[track_caller]
fn means(cases: &[(&str, &str)]) {
    for (written, rule) in cases {
        assert_eq!(parsed(written).as_deref(), Ok(*rule), "{written}");
    }
}

/// Checks that each rule is refused at this part with this help.
#[track_caller]
fn refused(cases: &[(&str, &str, &str)]) {
    for (written, part, help) in cases {
        let fault = Rule::parse(written).expect_err(written);
        assert_eq!(written.get(fault.range.clone()), Some(*part), "{written}: {fault:?}");
        assert!(fault.help.contains(help), "{written}: {fault:?}");
    }
}

mod reading {
    use super::*;

    #[test]
    fn a_rule_of_the_rfc_is_read_part_by_part() {
        means(&[
            ("FREQ=WEEKLY;BYDAY=TU", "FREQ=WEEKLY;BYDAY=TU"),
            ("RRULE:freq=weekly;byday=tu,mo,TU;", "FREQ=WEEKLY;BYDAY=MO,TU"),
            ("BYDAY = 2SU ; FREQ = MONTHLY", "FREQ=MONTHLY;BYDAY=2SU"),
            ("FREQ=MONTHLY;BYDAY=-1FR,+1FR", "FREQ=MONTHLY;BYDAY=-1FR,1FR"),
            (
                "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
                "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            ),
            ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;WKST=SU", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;WKST=SU"),
            ("FREQ=YEARLY;BYYEARDAY=-1,100", "FREQ=YEARLY;BYYEARDAY=-1,100"),
            ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"),
            ("FREQ=DAILY;INTERVAL=65535;COUNT=4294967295", "FREQ=DAILY;INTERVAL=65535;COUNT=4294967295"),
            ("FREQ=DAILY;UNTIL=20261231", "FREQ=DAILY;UNTIL=20261231T235959"),
            ("FREQ=DAILY;UNTIL=20261231T150000Z", "FREQ=DAILY;UNTIL=20261231T150000Z"),
        ]);
    }

    #[test]
    fn a_rule_from_a_japanese_keyboard_is_read() {
        means(&[
            ("FREQ=WEEKLY;BYDAY=火", "FREQ=WEEKLY;BYDAY=TU"),
            ("FREQ=WEEKLY;BYDAY=ＴＵ", "FREQ=WEEKLY;BYDAY=TU"),
            ("ｆｒｅｑ＝ｗｅｅｋｌｙ；ｂｙｄａｙ＝ｔｕ，ｔｈ", "FREQ=WEEKLY;BYDAY=TU,TH"),
            ("FREQ=WEEKLY;BYDAY=TU,木", "FREQ=WEEKLY;BYDAY=TU,TH"),
            ("FREQ=WEEKLY;BYDAY=火曜、木曜日", "FREQ=WEEKLY;BYDAY=TU,TH"),
            ("FREQ=毎月;BYDAY=第２日曜", "FREQ=MONTHLY;BYDAY=2SU"),
            ("FREQ=MONTHLY;BYDAY=1火", "FREQ=MONTHLY;BYDAY=1TU"),
            ("FREQ=MONTHLY;BYDAY=第二火曜・最終金曜", "FREQ=MONTHLY;BYDAY=-1FR,2TU"),
            ("FREQ=MONTHLY;BYMONTHDAY=−１", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ]);
    }

    #[test]
    fn a_rule_in_japanese_words_is_read() {
        means(&[
            ("毎日", "FREQ=DAILY"),
            ("隔日", "FREQ=DAILY;INTERVAL=2"),
            ("毎週", "FREQ=WEEKLY"),
            ("毎週火曜", "FREQ=WEEKLY;BYDAY=TU"),
            ("毎週火曜日", "FREQ=WEEKLY;BYDAY=TU"),
            ("毎週の火", "FREQ=WEEKLY;BYDAY=TU"),
            ("毎週日曜", "FREQ=WEEKLY;BYDAY=SU"),
            ("毎週月・木曜", "FREQ=WEEKLY;BYDAY=MO,TH"),
            ("毎週 月曜日、木曜日", "FREQ=WEEKLY;BYDAY=MO,TH"),
            ("毎週月曜と木曜", "FREQ=WEEKLY;BYDAY=MO,TH"),
            ("毎週土日", "FREQ=WEEKLY;BYDAY=SA,SU"),
            ("毎週月〜金曜", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
            ("毎週月～金", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
            ("隔週水曜", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"),
            ("2週間ごとの水曜", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"),
            ("二週ごと水曜", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"),
            ("１０日ごと", "FREQ=DAILY;INTERVAL=10"),
            ("毎月第2日曜", "FREQ=MONTHLY;BYDAY=2SU"),
            ("毎月第二日曜日", "FREQ=MONTHLY;BYDAY=2SU"),
            ("毎月の第2・第4土曜", "FREQ=MONTHLY;BYDAY=2SA,4SA"),
            ("毎月第1・3火曜", "FREQ=MONTHLY;BYDAY=1TU,3TU"),
            ("毎月第1月曜・第3火曜", "FREQ=MONTHLY;BYDAY=1MO,3TU"),
            ("毎月第1土日", "FREQ=MONTHLY;BYDAY=1SA,1SU"),
            ("毎月最終金曜", "FREQ=MONTHLY;BYDAY=-1FR"),
            ("毎月最後の日曜日", "FREQ=MONTHLY;BYDAY=-1SU"),
            ("毎月15日", "FREQ=MONTHLY;BYMONTHDAY=15"),
            ("毎月十五日", "FREQ=MONTHLY;BYMONTHDAY=15"),
            ("毎月1・15日", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
            ("毎月1日と15日", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
            ("毎月末日", "FREQ=MONTHLY;BYMONTHDAY=-1"),
            ("毎月月末", "FREQ=MONTHLY;BYMONTHDAY=-1"),
            ("毎月最終日", "FREQ=MONTHLY;BYMONTHDAY=-1"),
            ("毎月15日・末日", "FREQ=MONTHLY;BYMONTHDAY=-1,15"),
            ("隔月第1日曜", "FREQ=MONTHLY;INTERVAL=2;BYDAY=1SU"),
            ("3か月ごと第1日曜", "FREQ=MONTHLY;INTERVAL=3;BYDAY=1SU"),
            ("毎年1月4日", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=4"),
            ("毎年12月31日", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31"),
            ("毎年1月・7月の第2日曜", "FREQ=YEARLY;BYMONTH=1,7;BYDAY=2SU"),
            ("毎年1・7月第2日曜", "FREQ=YEARLY;BYMONTH=1,7;BYDAY=2SU"),
        ]);
    }

    #[test]
    fn words_with_two_meanings_are_refused_with_both() {
        refused(&[
            ("毎月第5土曜", "第5土曜", "毎月最終土曜"),
            ("毎月第5土曜", "第5土曜", "FREQ=MONTHLY;BYDAY=5SA"),
            ("毎月第6土曜", "第6土曜", "four or five"),
            ("毎月第2週の火曜", "第2週の火曜", "第2日曜"),
            ("毎月31日", "31日", "FREQ=MONTHLY;BYMONTHDAY=31"),
            ("毎月32日", "32日", "31 days"),
            ("毎年2月29日", "29日", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"),
            ("毎月火曜", "火曜", "最終火曜"),
            ("毎月2火曜", "2火曜", "毎月第2日曜"),
            ("毎月2日曜", "2日曜", "毎月第2日曜"),
            ("毎月", "毎月", "毎月15日"),
            ("毎年", "毎年", "毎年1月4日"),
            ("毎年13月1日", "13月", "毎年1月4日"),
            ("隔週土・日曜", "土・日曜", "WKST=MO"),
            ("2週間おき水曜", "2週間おき", "INTERVAL=3"),
            ("毎週火曜2時", "2時", "window sets the time"),
            ("毎週火曜 3月末まで", "3月末まで", "until: 2027-03-31"),
            ("毎週火曜（祝日を除く）", "（祝日を除く）", "except"),
            ("毎週平日", "平日", "毎週月・木曜"),
            ("毎月15日・第2日曜", "15日・第2日曜", "one maintenance for the days"),
        ]);
    }

    #[test]
    fn what_is_nearly_a_rule_is_refused_with_the_corrected_line() {
        refused(&[
            ("FREQ=WEEKLI", "WEEKLI", "`rule: \"FREQ=WEEKLY\"`"),
            ("FREQ=WEEKLI;BIDAY=TUESDAY", "BIDAY", "`rule: \"FREQ=WEEKLY;BYDAY=TU\"`"),
            ("FREQ=WEEKLY;BYDAY=Tuesday", "Tuesday", "`rule: \"FREQ=WEEKLY;BYDAY=TU\"`"),
            ("FREQ=WEEKLY;BYDAY=TU,,TH", "TU,,TH", "`rule: \"FREQ=WEEKLY;BYDAY=TU,TH\"`"),
            ("WEEKLY;BYDAY=TU", "WEEKLY", "`rule: \"FREQ=WEEKLY;BYDAY=TU\"`"),
            ("BYDAY=TU", "BYDAY=TU", "`rule: \"FREQ=WEEKLY;BYDAY=TU\"`"),
            ("BYDAY=2TU", "BYDAY=2TU", "`rule: \"FREQ=MONTHLY;BYDAY=2TU\"`"),
            ("FREQ=WEEKLY;FREQ=WEEKLY", "FREQ=WEEKLY", "`rule: \"FREQ=WEEKLY\"`"),
            ("FREQ=DAILY;UNTIL=2026-12-31", "2026-12-31", "UNTIL=20261231T235959"),
            ("FREQ=MONTHLY;BYMONTHDAY=15日", "15日", "`rule: \"FREQ=MONTHLY;BYMONTHDAY=15\"`"),
            ("every tuesday", "every tuesday", "`rule: \"FREQ=WEEKLY;BYDAY=TU\"`"),
            ("weekly", "weekly", "`rule: \"FREQ=WEEKLY\"`"),
            ("every other wednesday", "every other wednesday", "`rule: \"FREQ=WEEKLY;INTERVAL=2;BYDAY=WE\"`"),
            ("last Friday of the month", "last Friday of the month", "`rule: \"FREQ=MONTHLY;BYDAY=-1FR\"`"),
            ("火曜日", "火曜日", "`rule: \"FREQ=WEEKLY;BYDAY=TU\"`"),
            ("第二火曜", "第二火曜", "`rule: \"FREQ=MONTHLY;BYDAY=2TU\"`"),
            ("毎月曜", "毎月曜", "`rule: \"FREQ=WEEKLY;BYDAY=MO\"`"),
            ("毎日曜日", "毎日曜日", "`rule: \"FREQ=WEEKLY;BYDAY=SU\"`"),
        ]);
    }

    #[test]
    fn what_cannot_be_is_refused_at_its_part() {
        refused(&[
            ("FREQ=WEEKLY;BYDAY=1火", "1火", "FREQ=MONTHLY;BYDAY=1TU"),
            ("FREQ=DAILY;INTERVAL=4294967295", "4294967295", "1 to 65535"),
            ("FREQ=DAILY;INTERVAL=99999999999999999999999", "99999999999999999999999", "1 to 65535"),
            ("FREQ=DAILY;INTERVAL=0", "0", "1 to 65535"),
            ("FREQ=DAILY;COUNT=0", "0", "1 to 4294967295"),
            ("FREQ=DAILY;COUNT=-1", "-1", "1 to 4294967295"),
            ("FREQ=MONTHLY;BYMONTHDAY=1,32", "32", "1 to 31"),
            ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=32", "32", "1 to 31"),
            ("FREQ=WEEKLY;BYDAY=TU;BYSETPOS=8", "8", "1 to 7"),
            ("FREQ=MONTHLY;BYDAY=6TU", "6TU", "1 to 5"),
            ("FREQ=MONTHLY;BYDAY=0TU", "0TU", "second Sunday"),
            ("FREQ=MONTHLY;BYDAY=999999TU", "999999TU", "TU"),
            ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS=1", "BYDAY=MO"),
            ("FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY=1", "FREQ=MONTHLY"),
            ("FREQ=MONTHLY;BYWEEKNO=1", "BYWEEKNO=1", "FREQ=YEARLY"),
            ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO;BYSETPOS=1", "BYSETPOS=1", "BYDAY=MO"),
            ("FREQ=HOURLY", "HOURLY", "FREQ=DAILY"),
            ("FREQ=DAILY;BYHOUR=2,14", "BYHOUR=2,14", "the window sets"),
            ("FREQ=DAILY;COUNT=2;UNTIL=20261231", "COUNT=2", "keep one"),
            ("FREQ=DAILY;UNTIL=99991231", "99991231", "UNTIL=20261231"),
            ("FREQ=DAILY;BYEASTER=1", "BYEASTER", "parts of a rule"),
            ("FREQ=WEEKLY;BYDAY=", "BYDAY=", "such as"),
            ("=", "=", "parts of a rule"),
            (";", ";", "such as"),
            ("", "", "such as"),
            ("\u{3000}", "\u{3000}", "such as"),
        ]);
    }
}

mod bounds {
    use super::*;

    #[test]
    fn a_list_with_thousands_of_days_is_read_once_each() {
        let many = ["火", "TU", "ＴＨ", "木曜日"].repeat(5000).join(",");
        means(&[(&format!("FREQ=WEEKLY;BYDAY={many}"), "FREQ=WEEKLY;BYDAY=TU,TH")]);
        let all: Vec<String> = (-366..=366).filter(|n| *n != 0).map(|n: i32| n.to_string()).collect();
        let rule =
            Rule::parse(&format!("FREQ=YEARLY;BYYEARDAY={0};BYSETPOS={0}", all.join(","))).expect("a rule");
        assert_eq!(rule.by_set_pos.len(), 732);
        let year = expand::days(&rule, noon(2024, 1, 1)).expect("days").take(366).last();
        assert_eq!(year, Some(noon(2024, 12, 31)));
    }

    #[test]
    fn a_rule_whose_days_never_come_ends() {
        for (rule, days) in [
            ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", 0),
            ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", 0),
            ("FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31", 0),
            ("FREQ=YEARLY;INTERVAL=9999", 1),
            ("FREQ=YEARLY;INTERVAL=65535", 1),
            ("FREQ=MONTHLY;INTERVAL=65535", 1),
            ("FREQ=WEEKLY;INTERVAL=65535", 1),
            ("FREQ=DAILY;INTERVAL=65535", 1),
            ("FREQ=WEEKLY;BYMONTH=2;BYDAY=MO;BYSETPOS=7", 0),
        ] {
            let rule = Rule::parse(rule).expect(rule);
            assert_eq!(expand::days(&rule, noon(2026, 1, 31)).expect("days").count(), days, "{rule}");
        }
    }

    #[test]
    fn no_series_goes_on_after_2100() {
        let rule = Rule::parse("FREQ=DAILY").expect("a rule");
        assert_eq!(expand::days(&rule, noon(2100, 12, 30)).expect("days").count(), 2);
        assert_eq!(expand::days(&rule, noon(2101, 1, 1)).expect("days").count(), 0);
        assert_eq!(expand::days(&rule, noon(1970, 1, 1)).expect("days").count(), 47_847);
    }
}

fn noon(year: i32, month: u32, day: u32) -> chrono::NaiveDateTime {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day").and_time(NaiveTime::MIN)
}

/// The days of a rule, found by checking every day of some years.
mod reference {
    use chrono::Datelike;

    use super::*;

    pub fn days(rule: &Rule, first: NaiveDate) -> Vec<NaiveDate> {
        // The search starts a year early, so that the period of the first day is complete.
        let start = NaiveDate::from_ymd_opt(first.year(), 1, 1).expect("a day") - Days::new(7);
        let all = start.iter_days().take_while(|day| day.year() < first.year() + YEARS);
        let mut periods: Vec<(i32, Vec<NaiveDate>)> = Vec::new();
        for day in all.filter(|day| is_candidate(rule, first, *day)) {
            let period = period(rule, day);
            match periods.last_mut() {
                Some((last, days)) if *last == period => days.push(day),
                _ => periods.push((period, vec![day])),
            }
        }
        let own = period(rule, first);
        let counted = periods.into_iter().filter(|(at, _)| (at - own) % i32::from(rule.interval) == 0);
        let chosen = counted.flat_map(|(_, days)| chosen(rule, &days));
        chosen.filter(|day| *day >= first).collect()
    }

    fn period(rule: &Rule, day: NaiveDate) -> i32 {
        match rule.freq {
            Freq::Daily => day.num_days_from_ce(),
            Freq::Weekly => {
                let since =
                    i32::try_from(day.weekday().days_since(rule.week_start)).expect("a day of a week");
                // The number of a Monday is 1 modulo 7, so the division counts whole weeks.
                (day.num_days_from_ce() - since + 7).div_euclid(7)
            }
            Freq::Monthly => day.year() * 12 + i32::try_from(day.month0()).expect("a month"),
            Freq::Yearly => day.year(),
        }
    }

    fn chosen(rule: &Rule, days: &[NaiveDate]) -> Vec<NaiveDate> {
        if rule.by_set_pos.is_empty() {
            return days.to_vec();
        }
        let length = i16::try_from(days.len()).expect("at most a year");
        let is_chosen =
            |at: i16| rule.by_set_pos.contains(&(at + 1)) || rule.by_set_pos.contains(&(at - length));
        (0..length).zip(days).filter(|(at, _)| is_chosen(*at)).map(|(_, day)| *day).collect()
    }

    fn is_candidate(rule: &Rule, first: NaiveDate, day: NaiveDate) -> bool {
        let either = |list: &[i16], number: u32, length: u32| {
            let (number, length) =
                (i16::try_from(number).expect("small"), i16::try_from(length).expect("small"));
            list.is_empty() || list.contains(&number) || list.contains(&(number - length - 1))
        };
        let month_days: Vec<i16> = rule.by_month_day.iter().map(|day| i16::from(*day)).collect();
        let no_days = month_days.is_empty()
            && rule.by_day.is_empty()
            && rule.by_year_day.is_empty()
            && rule.by_week_no.is_empty();
        let implied = !no_days
            || match rule.freq {
                Freq::Daily => true,
                Freq::Weekly => day.weekday() == first.weekday(),
                Freq::Monthly => day.day() == first.day(),
                Freq::Yearly if rule.by_month.is_empty() => {
                    (day.month(), day.day()) == (first.month(), first.day())
                }
                Freq::Yearly => day.day() == first.day(),
            };
        let month =
            rule.by_month.is_empty() || rule.by_month.iter().any(|month| u32::from(*month) == day.month());
        implied
            && month
            && either(&month_days, day.day(), month_length(day))
            && either(&rule.by_year_day, day.ordinal(), year_length(day))
            && (rule.by_day.is_empty() || rule.by_day.iter().any(|wanted| is_day(rule, *wanted, day)))
    }

    fn is_day(rule: &Rule, wanted: Day, day: NaiveDate) -> bool {
        let in_month = rule.freq == Freq::Monthly || !rule.by_month.is_empty();
        let (at, length) =
            if in_month { (day.day(), month_length(day)) } else { (day.ordinal(), year_length(day)) };
        let from_start = i64::from((at - 1) / 7 + 1);
        let from_end = -i64::from((length - at) / 7 + 1);
        let counts = wanted.nth.is_none_or(|nth| [from_start, from_end].contains(&i64::from(nth)));
        wanted.weekday == day.weekday() && counts
    }

    fn month_length(day: NaiveDate) -> u32 {
        (28..=31).rev().find(|last| day.with_day(*last).is_some()).expect("a month")
    }

    fn year_length(day: NaiveDate) -> u32 {
        if day.leap_year() { 366 } else { 365 }
    }
}

fn config(cases: u32) -> ProptestConfig {
    let rng_seed = RngSeed::Fixed(20_261_128);
    ProptestConfig { cases, rng_seed, failure_persistence: None, ..ProptestConfig::default() }
}

const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

fn some<T: Clone + std::fmt::Debug + 'static>(all: Vec<T>, most: usize) -> impl Strategy<Value = Vec<T>> {
    prop_oneof![1 => Just(Vec::new()), 1 => subsequence(all, 1..=most)]
}

fn weekdays(freq: Freq) -> Vec<Day> {
    let plain = WEEK.map(|weekday| Day { nth: None, weekday });
    let nths: &[i8] = match freq {
        Freq::Daily | Freq::Weekly => &[],
        Freq::Monthly => &[-4, -1, 1, 2, 5],
        Freq::Yearly => &[-4, -1, 1, 2, 5],
    };
    let counted = nths.iter().flat_map(|nth| WEEK.map(|weekday| Day { nth: Some(*nth), weekday }));
    // Rules sort their days this way.
    let mut all: Vec<Day> = plain.into_iter().chain(counted).collect();
    all.sort_by_key(|day| (day.nth, day.weekday.num_days_from_monday()));
    all
}

/// Rules of every kind except those with week numbers, because the years of weeks differ from calendar years.
fn rules() -> impl Strategy<Value = Rule> {
    let freqs = select(vec![Freq::Daily, Freq::Weekly, Freq::Monthly, Freq::Yearly]);
    freqs.prop_flat_map(|freq| {
        let month_days: Vec<i8> = (-31..=31).filter(|day| *day != 0).collect();
        let month_days = if freq == Freq::Weekly { Vec::new() } else { month_days };
        let month_days =
            if month_days.is_empty() { Just(Vec::new()).boxed() } else { some(month_days, 5).boxed() };
        let year_days = if freq == Freq::Yearly {
            prop_oneof![4 => Just(Vec::new()), 1 => some(vec![-366_i16, -300, -1, 1, 60, 100, 366], 3)]
                .boxed()
        } else {
            Just(Vec::new()).boxed()
        };
        let positions: Vec<i16> =
            if freq == Freq::Daily { vec![-1, 1] } else { vec![-7, -2, -1, 1, 2, 3, 7] };
        let positions = prop_oneof![3 => Just(Vec::new()), 1 => some(positions, 2)];
        let lists = (
            some((1..=12).collect::<Vec<u8>>(), 4),
            month_days,
            year_days,
            some(weekdays(freq), 4),
            positions,
        );
        (lists, 1..4_u16, select(WEEK.to_vec())).prop_map(move |(lists, interval, week_start)| {
            let (by_month, by_month_day, by_year_day, by_day, by_set_pos) = lists;
            let mut rule = Rule {
                interval,
                by_month,
                by_month_day,
                by_year_day,
                by_day,
                by_set_pos,
                week_start,
                ..Rule::every(freq)
            };
            let no_list = rule.by_month.is_empty()
                && rule.by_month_day.is_empty()
                && rule.by_year_day.is_empty()
                && rule.by_day.is_empty();
            if no_list {
                rule.by_set_pos.clear();
            }
            rule
        })
    })
}

/// Words of the RFC, Japanese words, and others.
const WORDS: &str = "\
    FREQ INTERVAL COUNT UNTIL BYDAY BYMONTHDAY BYMONTH BYYEARDAY BYWEEKNO BYSETPOS WKST BYHOUR RRULE: = = = \
    ; ; , =WEEKLY =MONTHLY =YEARLY =DAILY FREQ=WEEKLY; FREQ=MONTHLY; FREQ=YEARLY; BYDAY= MO TU SU 2SU -1FR \
    1 2 -1 5 31 0 4294967296 -99999999999999999999 20261231 20261231T150000Z ＴＵ ＝ ； ， ２ 毎 毎日 毎週 \
    隔週 毎月 毎年 隔月 第 最終 最後の 末日 月末 月 火 水 木 金 土 日 曜 曜日 の と ・ 、 〜 週間 ごと おき \
    か月 二 十 every tuesday \u{3000} e\u{301} ß ﬁ ␣";

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        12 => word(WORDS),
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// The corrected line in a help text, if it has one.
fn corrected(help: &str) -> Option<&str> {
    help.split_once("`rule: \"")?.1.split_once("\"`").map(|(line, _)| line)
}

proptest! {
    #![proptest_config(config(3000))]

    #[test]
    fn any_text_is_a_rule_that_prints_as_itself_or_an_error_with_its_place(text in text()) {
        match Rule::parse(&text) {
            Ok(rule) => {
                let printed = rule.to_string();
                prop_assert!(printed.is_ascii());
                prop_assert_eq!(Rule::parse(&printed), Ok(rule.clone()), "{}", printed);
                // The rule may have no days, but the search must end.
                let days = expand::days(&rule, noon(2026, 12, 1));
                prop_assert!(days.is_ok_and(|days| days.take(3).count() <= 3), "{}", rule);
            }
            Err(fault) => {
                prop_assert!(text.get(fault.range.clone()).is_some(), "{:?}", fault);
                prop_assert!(!fault.message.is_empty() && !fault.help.is_empty());
                if let Some(line) = corrected(&fault.help) {
                    prop_assert!(Rule::parse(line).is_ok(), "{:?}", fault);
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn a_rule_names_the_days_that_its_definition_names(rule in rules(), shift in 0..1500_u64) {
        let printed = rule.to_string();
        prop_assert_eq!(Rule::parse(&printed), Ok(rule.clone()), "{}", printed);
        // The series starts on a day of the rule, as a window does.
        let start = NaiveDate::from_ymd_opt(2023, 1, 1).expect("a day") + Days::new(shift);
        let Some(first) = reference::days(&rule, start).first().copied() else { return Ok(()) };
        let wanted = reference::days(&rule, first);
        prop_assume!(wanted.first() == Some(&first));
        let found = expand::days(&rule, first.and_time(NaiveTime::MIN)).expect("days").map(|at| at.date());
        let last = NaiveDate::from_ymd_opt(chrono::Datelike::year(&first) + YEARS, 1, 1).expect("a day");
        let found: Vec<NaiveDate> = found.take_while(|day| *day < last).collect();
        prop_assert_eq!(found, wanted, "{} from {}", rule, first);
    }
}

proptest! {
    #![proptest_config(config(100))]

    #[test]
    fn a_week_of_the_year_is_the_one_of_iso_8601(weeks in subsequence(vec![-53_i8, -52, -2, -1, 1, 2, 20, 52, 53], 1..3), day in 0..7_usize) {
        let rule = Rule { by_week_no: weeks, by_day: vec![Day { nth: None, weekday: WEEK[day] }], ..Rule::every(Freq::Yearly) };
        let start = NaiveDate::from_ymd_opt(2015, 1, 1).expect("a day");
        let is_named = |day: &NaiveDate| {
            let week = chrono::Datelike::iso_week(day);
            // 28 December is always in the last week of its year.
            let last = NaiveDate::from_ymd_opt(week.year(), 12, 28).expect("a day");
            let (number, last) = (week.week(), chrono::Datelike::iso_week(&last).week());
            let (number, last) = (i8::try_from(number).expect("small"), i8::try_from(last).expect("small"));
            rule.by_week_no.contains(&number) || rule.by_week_no.contains(&(number - last - 1))
        };
        let all = start.iter_days().take(20 * 366).filter(|day| rule.by_day[0].weekday == chrono::Datelike::weekday(day));
        let wanted: Vec<NaiveDate> = all.filter(is_named).collect();
        let Some(first) = wanted.first().copied() else { return Ok(()) };
        let found = expand::days(&rule, first.and_time(NaiveTime::MIN)).expect("days").map(|at| at.date());
        let last = wanted.last().copied().unwrap_or_default();
        let found: Vec<NaiveDate> = found.take_while(|day| *day <= last).collect();
        prop_assert_eq!(found, wanted, "{} from {}", rule, first);
    }
}

#[test]
fn a_week_of_the_year_is_the_day_of_the_window() {
    let rule = Rule::parse("FREQ=YEARLY;BYWEEKNO=20").expect("a rule");
    let found: Vec<_> = expand::days(&rule, noon(2026, 5, 12)).expect("days").take(3).collect();
    assert_eq!(found, [noon(2026, 5, 12), noon(2027, 5, 18), noon(2028, 5, 16)]);
    assert_eq!(rule.ends, Ends::Never);
}
