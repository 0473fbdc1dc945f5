//! Tests which texts are times, which are ambiguous, and which are not times.

use proptest::prelude::*;

use super::*;
use crate::tests::{text_of, words};

fn at(date: (i32, u32, u32), clock: (u32, u32, u32), offset: Option<i32>) -> Option<Written> {
    Some(Written { date: Some(date), clock: Some(clock), offset, days: 0, vague: None })
}

#[test]
fn every_form_of_the_document_is_read() {
    for form in [
        "2026-11-20 11:15",
        "2026-11-20T11:15",
        "2026/11/20 11:15",
        "2026.11.20 11:15",
        "2026. 11. 20. 11:15",
        "2026年11月20日 11時15分",
        "2026年11月20日11時15分",
        "2026 年 11 月 20 日 11:15",
        "2026年11月20日（金）11:15",
        "2026年11月20日(金・祝) 午前11時15分",
        "２０２６-11-20　１１：１５",
        "令和8年11月20日 11:15",
        "令和８年１１月２０日（金曜日）午前１１時１５分",
        "R8.11.20 11:15",
        "R8/11/20 11:15",
        "平成38年11月20日 11:15",
        "民國115年11月20日 11:15",
        "2026년 11월 20일 11시 15분",
        "2026년 11월 20일(금) 오전 11:15",
        "2026年11月20日 上午11点15分",
        "2026年11月20号 11點15分",
        "Nov 20, 2026 11:15",
        "Nov. 20, 2026, 11:15",
        "November 20th, 2026 at 11:15 AM",
        "Fri, 20 Nov 2026 11:15",
        "Friday, November 20, 2026 - 11:15",
        "20 Nov 2026 11:15am",
        "20th of November 2026, 11:15",
        "11:15 on 20 November 2026",
        "11:15 a.m., November 20, 2026",
        "20.11.2026 11:15",
        "20. November 2026, 11:15 Uhr",
        "20. November 2026 um 11.15 Uhr",
        "20/11/2026 11:15",
        "11/20/2026 11:15",
        "20 novembre 2026 à 11h15",
        "20 de noviembre de 2026, 11:15",
        "20 de novembro de 2026 às 11h15",
        "20 ноября 2026 г. 11:15",
        "20 listopada 2026 r., godz. 11:15",
        "20 Kasım 2026 11:15",
        "20 tháng 11 năm 2026 lúc 11:15",
        "20 نوفمبر 2026 11:15",
        "2026-11-20 (Fri) 11:15",
        "2026-11-20 11:15 現在",
        "(2026-11-20 11:15)",
    ] {
        assert_eq!(parse(form), at((2026, 11, 20), (11, 15, 0), None), "{form}");
    }
    assert_eq!(parse("11:30").and_then(|w| w.clock), Some((11, 30, 0)));
    assert_eq!(parse("2026-12-29").and_then(|w| w.date), Some((2026, 12, 29)));
    assert_eq!(parse("令和元年5月1日").and_then(|w| w.date), Some((2019, 5, 1)));
    assert_eq!(parse("2026-11-20T10:15:30"), at((2026, 11, 20), (10, 15, 30), None));
}

#[test]
fn times_of_day_are_read_on_either_clock() {
    for (form, clock) in [
        ("10時半", (10, 30, 0)),
        ("10時", (10, 0, 0)),
        ("午後3時5分", (15, 5, 0)),
        ("午前0時", (0, 0, 0)),
        ("午後3:05", (15, 5, 0)),
        ("11:15 PM", (23, 15, 0)),
        ("12:30 PM", (12, 30, 0)),
        ("12:30 am", (0, 30, 0)),
        ("3 p.m.", (15, 0, 0)),
        ("오후 3시 반", (15, 30, 0)),
        ("下午3点半", (15, 30, 0)),
        ("正午", (12, 0, 0)),
        ("15h50", (15, 50, 0)),
    ] {
        assert_eq!(parse(form).and_then(|w| w.clock), Some(clock), "{form}");
    }
}

#[test]
fn hours_after_midnight_belong_to_the_next_day() {
    for (form, day, clock) in [
        ("2026-11-20 24:00", (2026, 11, 21), (0, 0, 0)),
        ("2026-12-31 25:30", (2027, 1, 1), (1, 30, 0)),
        ("2026年11月20日 翌1:00", (2026, 11, 21), (1, 0, 0)),
        ("11月20日(金) 25時", (2026, 11, 21), (1, 0, 0)),
    ] {
        let read = read(form, YearHint::Year(2026)).and_then(|reading| reading.sure());
        assert_eq!(read, at(day, clock, None), "{form}");
    }
    let alone = Written { date: None, clock: Some((1, 30, 0)), offset: None, days: 1, vague: None };
    assert_eq!(parse("25:30"), Some(alone));
    assert_eq!(parse("翌1:30"), Some(alone));
    assert_eq!(alone.to_string(), "25:30");
    assert_eq!(
        parse("99時").map(|w| w.to_string()).as_deref(),
        Some("99:00"),
        "an hour that is no hour stays"
    );
    // The clock of a day ends at 29:59.
    let late = parse("翌10:15").expect("a time");
    assert_eq!((late.days, late.to_string(), parse(&late.to_string())), (1, "翌10:15".into(), Some(late)));
}

#[test]
fn zones_that_mean_one_offset_are_read() {
    let day = (2026, 11, 20);
    for (form, seconds) in [
        ("2026-11-20 11:15 JST", 32_400),
        ("2026-11-20 11:15 (JST)", 32_400),
        ("[JST] 2026-11-20 11:15", 32_400),
        ("2026-11-20 11:15 UTC", 0),
        ("2026-11-20T11:15Z", 0),
        ("2026-11-20 11:15 +09:00", 32_400),
        ("2026-11-20 11:15-0330", -12_600),
        ("2026-11-20 11:15 UTC+9", 32_400),
        ("Nov 20, 2026 11:15 (GMT+09:00)", 32_400),
        ("2026年11月20日 11:15（日本時間）", 32_400),
        ("20. November 2026, 11:15 Uhr MEZ", 3_600),
    ] {
        assert_eq!(parse(form), at(day, (11, 15, 0), Some(seconds)), "{form}");
    }
}

#[test]
fn a_form_with_several_meanings_names_them() {
    for (form, doubt, ways) in [
        (
            "2026-11-20 11:15 CST",
            "more than one time zone",
            &["2026-11-20 11:15 -06:00", "2026-11-20 11:15 +08:00"][..],
        ),
        ("2026-11-20 11:15 IST", "more than one time zone", &["2026-11-20 11:15 +05:30"]),
        ("2026-11-20 11:15 BST", "more than one time zone", &["2026-11-20 11:15 +01:00"]),
        ("03/04/2026 10:00", "can mean two different days", &["2026-03-04 10:00", "2026-04-03 10:00"]),
        ("2026-11-20 (木) 10:00", "wrong day of the week", &["2026-11-20 10:00"]),
        ("2026-11-20 午後12時", "noon or midnight", &["2026-11-20 12:00", "2026-11-21 00:00"]),
        ("2026-11-20 16:21頃", "only an approximate", &["2026-11-20 16:21"]),
        ("2026-11-20 午前", "no time of day", &["2026-11-20 HH:MM"]),
        ("11月20日 10:00", "has no year", &["2026-11-20 10:00"]),
        ("Nov 20, 10:00", "has no year", &["2026-11-20 10:00"]),
    ] {
        assert_eq!(parse(form), None, "{form}");
        let reading = read(form, YearHint::Year(2026)).unwrap_or_else(|| panic!("{form}"));
        let (message, help) = reading.explain(form).unwrap_or_else(|| panic!("{form}"));
        assert!(message.contains(doubt), "{form}: {message}");
        assert!(ways.iter().all(|way| help.contains(way)), "{form}: {help}");
    }
}

#[test]
fn a_day_of_the_week_tells_the_year_where_no_other_year_near_agrees() {
    for (form, near, date) in [
        ("11月20日(金) 10:00", YearHint::Year(2026), Some((2026, 11, 20))),
        ("11月20日（木） 10:00", YearHint::Year(2026), Some((2025, 11, 20))),
        ("[JST] 9/10(木)10:30", YearHint::Text(&Years::of("started: 2026-09-10 10:15")), Some((2026, 9, 10))),
        ("Friday, Nov 20 10:00", YearHint::Text(&Years::of("x R9/01/03")), Some((2026, 11, 20))),
        ("11月20日(金) 10:00", YearHint::Nothing, None),
        ("11月20日(金) 10:00", YearHint::Text(&Years::of("2026-11-20 2015-01-01")), None),
    ] {
        let read = read(form, near).and_then(|reading| reading.sure()).and_then(|w| w.date);
        assert_eq!(read, date, "{form}");
    }
}

#[test]
fn what_is_no_time_is_none() {
    let forms = "\
        soon 2026-11-20␣25 10:5 2026-11 12 2026-11-2010:15 10時間 3点 v2026.11.20.1 10:15␣x may␣20 1/2 \
        24/7 10:15:3 2026-11-20-slow 日 金 JST 午後";
    for form in words(forms).iter().chain([&String::new()]) {
        assert_eq!(read(form, YearHint::Nothing), None, "{form}");
    }
}

#[test]
fn times_are_found_among_words() {
    for (line, spans) in [
        ("復旧（2026年11月20日 11:15）", &["2026年11月20日 11:15"][..]),
        ("2026-11-20 11:15 復旧", &["2026-11-20 11:15"]),
        ("Resolved Nov 20, 2026 11:15 JST", &["Nov 20, 2026 11:15 JST"]),
        ("復旧2026-11-20 10:15", &["2026-11-20 10:15"]),
        ("[Update - 2023-03-29 15h50 UTC] x", &["2023-03-29 15h50 UTC"]),
        ("発生 10:00、復旧 11:15", &["10:00", "11:15"]),
        ("https://a.example/2026/11/20/x v1.2.3 build-12", &[]),
        ("We may 20 users, 3/4 of them", &[]),
    ] {
        let found: Vec<String> = find(line, YearHint::Nothing)
            .into_iter()
            .filter(|found| !found.is_bare)
            .map(|found| line[found.range].to_owned())
            .collect();
        assert_eq!(found, spans, "{line}");
    }
    for line in [
        "2026-12-01 02:00〜05:00",
        "12月1日 2:00から5:00",
        "02:00-05:00",
        "from 02:00 to 05:00",
        "2026-12-01 – 2026-12-02",
    ] {
        let found = find(line, YearHint::Nothing);
        assert!(found.len() == 1 && found[0].is_span, "{line}: {found:?}");
    }
}

#[test]
fn an_approximate_time_and_the_half_of_a_day_are_stated_and_never_sure() {
    for (form, written) in [
        ("2026-11-20 16:21頃", "2026-11-20 16:21頃"),
        ("2026年11月20日（金）16時21分ごろ", "2026-11-20 16:21頃"),
        ("11月20日(金) 午後4時頃", "2026-11-20 16:00頃"),
        ("16:21 頃", "16:21頃"),
        ("約16:21", "16:21頃"),
        ("翌1:00頃", "25:00頃"),
        ("2026-11-20 16:21頃 JST", "2026-11-20 16:21頃 +09:00"),
        ("about 16:21", "about 16:21"),
        ("2026-11-20 about 16:21", "about 2026-11-20 16:21"),
        ("around 4:21 PM on November 20, 2026", "about 2026-11-20 16:21"),
        ("ca. 16:21", "about 16:21"),
        ("2026年11月20日 午前", "2026-11-20 午前"),
        ("2026年11月20日(金)午後", "2026-11-20 午後"),
        ("20 November 2026, afternoon", "2026-11-20 afternoon"),
        ("2026-11-20 morning", "2026-11-20 morning"),
    ] {
        let reading = read(form, YearHint::Year(2026)).unwrap_or_else(|| panic!("{form}"));
        assert_eq!(reading.stated().map(|stated| stated.to_string()).as_deref(), Some(written), "{form}");
        assert_eq!(reading.sure(), None, "{form}");
    }
    for form in ["about 2026-11-20", "約30分", "about", "午後", "2026-11-20 16:21 CST頃"] {
        assert_eq!(stated(form), None, "{form}");
    }
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back(
        date in prop::option::of((1970_i32..2100, 1_u32..=12, 1_u32..=28)),
        clock in prop::option::of((0_u32..24, 0_u32..60, 0_u32..60)),
        offset in prop::option::of(-56_i32..=56),
        later in any::<bool>(),
        vague in 0..6_u8,
    ) {
        let days = u32::from(later && date.is_none() && clock.is_some_and(|clock| clock.0 < 6));
        let offset = offset.filter(|_| clock.is_some()).map(|quarters| quarters * 900);
        let kind = match (clock, date, vague / 2) {
            (Some(_), _, 1) => Some(VagueKind::About),
            (None, Some(_), 1) => Some(VagueKind::Morning),
            (None, Some(_), 2) => Some(VagueKind::Afternoon),
            _ => None,
        };
        let vague = kind.map(|kind| Vague { kind, is_cjk: vague % 2 == 0 });
        let written = Written { date, clock, offset, days, vague };
        if date.is_some() || clock.is_some() {
            let text = written.to_string();
            prop_assert_eq!(stated(&text), Some(written), "{}", written);
            prop_assert_eq!(parse(&text).is_some(), vague.is_none());
        }
    }

    #[test]
    fn any_text_is_a_time_or_none(text in any_words()) {
        let plain = plain(&text);
        for found in find(&plain, YearHint::Text(&Years::of(&text))) {
            prop_assert!(plain.get(found.range).is_some());
        }
        let _ = last_date(&text);
        if let Some(reading) = read(&text, YearHint::Year(2026)) {
            prop_assert_eq!(reading.explain(&text).is_some(), reading.doubt.is_some());
            for way in reading.ways {
                prop_assert_eq!(stated(&way.to_string()), Some(way), "{} → {}", text, way);
            }
        }
    }
}

/// A strategy for pieces of times and of words in any order, and for any text.
fn any_words() -> impl Strategy<Value = String> {
    let words = "\
        2026 11 20 31 - / . 年 月 日 (金) （木） 令和 R8 元 10:15 １０：１５ 24:00 25 : 時 半 午後 12 PM am \
        JST CST +09:00 Z Nov November 20th , 翌 現在 頃 〜 復旧 Resolved [ ] 👩‍🚀 é \u{301} 오후 시 点 T \
        fri 99 about 約 午前 morning ０ ٣ \u{200b} ␣ \u{3000}";
    prop_oneof![text_of(words, 14), any::<String>(),]
}

#[test]
fn a_span_or_a_moment_is_read_with_or_without_its_day() {
    let read = |text| span_or_moment(text, |word| word == "unknown");
    for (text, start, end) in [
        ("18:07頃〜18:08頃", "18:07頃", Some("18:08頃")),
        ("18:07頃から18:08頃まで", "18:07頃", Some("18:08頃")),
        ("2026-06-28 18:07 to 18:08", "2026-06-28 18:07", Some("18:08")),
        ("2026-06-28 03:07-03:30", "2026-06-28 03:07", Some("03:30")),
        ("2026-06-28〜2026-06-29", "2026-06-28", Some("2026-06-29")),
        ("20:32頃〜", "20:32頃", Some("")),
        ("20:32 – unknown", "20:32", Some("unknown")),
        ("2026-06-28 20:32頃", "2026-06-28 20:32頃", None),
        ("June 28, 2026 20:32", "June 28, 2026 20:32", None),
        ("2026-06-28T03:07:00-03:30", "2026-06-28T03:07:00-03:30", None),
        ("2026-06-28 午前", "2026-06-28 午前", None),
    ] {
        assert_eq!(read(text), Some((start, end)), "{text}");
    }
    for text in ["", "〜", "unknown", "twice", "18:07〜twice", "〜18:08"] {
        assert_eq!(read(text), None, "{text}");
    }
}
