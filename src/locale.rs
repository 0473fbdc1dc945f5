//! Messages and dates in the languages of a site.
//!
//! Messages come from Fluent files of the theme; dates follow CLDR through ICU4X. This module does not depend
//! on pages.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate, Timelike};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use icu_calendar::{Date, Gregorian};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{E, MDE, YM, YMD};

use crate::document::body::ReportNumber;
use crate::languages;
use crate::message::{Message, message};
use crate::model::outages::{Outage, OutageEnd};
use crate::model::window::Window;
use crate::model::{Half, Instant, Precision, Stated, Zone};
use crate::theme::Theme;

const RIGHT_TO_LEFT: [&str; 8] = ["ar", "ckb", "dv", "fa", "he", "ps", "ur", "yi"];

pub struct Locale {
    /// Its BCP 47 tag: `ja`, `pt-BR`.
    pub tag: String,
    /// Its index in the site's list of languages.
    pub index: usize,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    pub plain: Plain,
    bundle: FluentBundle<FluentResource>,
    date: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    weekday: FixedCalendarDateTimeFormatter<Gregorian, E>,
    day: FixedCalendarDateTimeFormatter<Gregorian, MDE>,
    month: FixedCalendarDateTimeFormatter<Gregorian, YM>,
}

/// The messages of a language that have no variables. Copies share them.
#[derive(Clone, Debug, Default)]
pub struct Plain(Arc<HashMap<String, String>>);

impl Plain {
    /// If a message is missing, its key is shown: ugly, but visible.
    #[must_use]
    pub fn t<'a>(&'a self, key: &'a str) -> &'a str {
        self.0.get(key).map_or(key, String::as_str)
    }
}

#[derive(Debug)]
pub struct LocaleError {
    pub tag: String,
    pub reason: Message,
}

impl LocaleError {
    #[must_use]
    pub fn message(&self) -> Message {
        let (tag, reason) = (&self.tag, &self.reason);
        message!("locale-unusable", "cannot use the locale `{tag}`: {reason}", tag, reason)
    }
}

impl std::fmt::Display for LocaleError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.message().english())
    }
}

impl std::error::Error for LocaleError {}

impl std::fmt::Debug for Locale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Locale({})", self.tag)
    }
}

impl Locale {
    /// Loads a language with the messages of a theme. If a theme's own language lacks a message, the English
    /// one is used.
    ///
    /// # Errors
    /// If there are no messages or no date formats for it.
    pub fn load(tag: &str, index: usize, theme: &Theme) -> Result<Locale, LocaleError> {
        let fail = |reason: Message| LocaleError { tag: tag.to_owned(), reason };
        let mut own = theme.messages(tag).peekable();
        let brought = || own.peek().and(languages::ALL.first());
        let none = || fail(message!("locale-no-messages", "no messages"));
        let base = languages::find(tag).or_else(brought).ok_or_else(none)?;
        let language = tag.parse().map_err(|e| fail(Message::same(format!("{e}"))))?;
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        let is_rtl = RIGHT_TO_LEFT.contains(&tag.split('-').next().unwrap_or(tag));
        // Without isolation, a Latin name in a right-to-left sentence would reorder the text around it.
        bundle.set_use_isolating(is_rtl);
        let mut ids: Vec<String> = Vec::new();
        for source in std::iter::once(base.messages).chain(own) {
            let resource = FluentResource::try_new(source.to_owned())
                .map_err(|(_, e)| fail(Message::same(format!("{e:?}"))))?;
            ids.extend(resource.entries().filter_map(|e| match e {
                fluent_syntax::ast::Entry::Message(message) => Some(message.id.name.to_owned()),
                _ => None,
            }));
            bundle.add_resource_overriding(resource);
        }
        let mut plain = HashMap::new();
        for id in ids {
            let Some(pattern) = bundle.get_message(&id).and_then(|m| m.value()) else { continue };
            let mut errors = Vec::new();
            let text = bundle.format_pattern(pattern, None, &mut errors).into_owned();
            if errors.is_empty() {
                plain.insert(id, text);
            }
        }
        // Times of day have European digits in every language, so dates beside them do too.
        let icu: icu_locale_core::Locale =
            format!("{tag}-u-nu-latn").parse().map_err(|e| fail(Message::same(format!("{e}"))))?;
        // icu_datetime 2.4 cannot write a month with its year in Brazilian Portuguese: the digits are not
        // loaded. European Portuguese has the same form.
        let of_months = if matches!(tag, "pt" | "pt-BR") {
            "pt-PT".parse().map_err(|e| fail(Message::same(format!("{e}"))))?
        } else {
            icu.clone()
        };
        let dates = |e: icu_datetime::DateTimeFormatterLoadError| fail(Message::same(e.to_string()));
        Ok(Locale {
            tag: tag.to_owned(),
            index,
            direction: if is_rtl { "rtl" } else { "ltr" },
            plain: Plain(Arc::new(plain)),
            bundle,
            date: FixedCalendarDateTimeFormatter::try_new((&icu).into(), YMD::long()).map_err(dates)?,
            weekday: FixedCalendarDateTimeFormatter::try_new((&icu).into(), E::short()).map_err(dates)?,
            day: FixedCalendarDateTimeFormatter::try_new((&icu).into(), MDE::medium()).map_err(dates)?,
            month: FixedCalendarDateTimeFormatter::try_new((&of_months).into(), YM::long()).map_err(dates)?,
        })
    }

    /// A message without variables.
    #[must_use]
    pub fn t<'a>(&'a self, key: &'a str) -> &'a str {
        self.plain.t(key)
    }

    /// Which report an update is: 第2報, 最終報, 第5報（最終報）.
    #[must_use]
    pub fn report(&self, report: ReportNumber) -> Option<String> {
        let last = report.is_final.then(|| self.t("numbered-final"));
        match (report.number, last) {
            (Some(number), last) => {
                let number = self.format("numbered-report", &[("n", &number.to_string())]);
                Some(match last {
                    Some(last) => self.format("pack-note", &[("text", &number), ("note", last)]),
                    None => number,
                })
            }
            (None, last) => last.map(str::to_owned),
        }
    }

    /// The name of a status with the number of its report: 第2報 調査中.
    #[must_use]
    pub fn numbered(&self, report: Option<ReportNumber>, status: &str) -> String {
        match report.and_then(|report| self.report(report)) {
            Some(report) => self.format("numbered-status", &[("report", &report), ("status", status)]),
            None => status.to_owned(),
        }
    }

    #[must_use]
    pub fn format(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in values {
            // An integer can select a plural form. It is written as it was given.
            let number = value.parse::<i64>().ok().filter(|number| number.to_string() == *value);
            args.set(*name, number.map_or_else(|| FluentValue::from(*value), FluentValue::from));
        }
        self.with(key, &args)
    }

    /// A message with a number `n` that selects the plural form.
    #[must_use]
    pub fn count(&self, key: &str, n: i64) -> String {
        let mut args = FluentArgs::new();
        args.set("n", FluentValue::from(n));
        self.with(key, &args)
    }

    fn with(&self, key: &str, args: &FluentArgs<'_>) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|m| m.value()) else {
            return key.to_owned();
        };
        let mut errors = Vec::new();
        self.bundle.format_pattern(pattern, Some(args), &mut errors).into_owned()
    }

    /// Every built-in message. Used to tell public text from private text.
    pub fn messages(&self) -> impl Iterator<Item = &str> {
        self.plain.0.values().map(String::as_str)
    }

    /// The words that dates contain: `年`, `金`, `November`.
    pub fn date_words(&self) -> impl Iterator<Item = String> {
        let months = (1..=12).filter_map(|month| NaiveDate::from_ymd_opt(2026, month, 1));
        let days = (1..=7).filter_map(|day| NaiveDate::from_ymd_opt(2026, 1, day));
        let texts = months.chain(days).flat_map(|d| [self.date_weekday(d), self.day(d)]);
        texts.flat_map(|t| t.split(|c: char| !c.is_alphabetic()).map(str::to_owned).collect::<Vec<_>>())
    }

    /// A date such as `2026年11月20日`.
    #[must_use]
    pub fn date(&self, date: NaiveDate) -> String {
        gregorian(date).map_or_else(|| date.to_string(), |d| self.date.format(&d).to_string())
    }

    /// A date with its weekday, such as `2026年11月20日(金)`.
    #[must_use]
    pub fn date_weekday(&self, date: NaiveDate) -> String {
        let Some(day) = gregorian(date) else { return date.to_string() };
        let (date, weekday) = (self.date.format(&day).to_string(), self.weekday.format(&day).to_string());
        self.format("date-with-weekday", &[("date", &date), ("weekday", &weekday)])
    }

    /// A day with its weekday, such as `11月20日(金)`.
    #[must_use]
    pub fn day(&self, date: NaiveDate) -> String {
        gregorian(date).map_or_else(|| date.to_string(), |d| self.day.format(&d).to_string())
    }

    /// A month such as `2026年11月`.
    #[must_use]
    pub fn month(&self, year: i32, month: u32) -> String {
        let first = NaiveDate::from_ymd_opt(year, month, 1);
        let date = first.and_then(gregorian);
        date.map_or_else(|| format!("{year}-{month:02}"), |d| self.month.format(&d).to_string())
    }

    /// A time of day such as `10:15`, the same in every language.
    #[must_use]
    pub fn clock(at: Instant, zone: Zone) -> String {
        let local = zone.local(at);
        format!("{:02}:{:02}", local.hour(), local.minute())
    }

    /// A time with its date as it was stated: `2026年11月20日 10:15`, `2026年11月20日 10:15 頃`, `2026年11月20日 午前`,
    /// `2026年11月20日`.
    #[must_use]
    pub fn stated(&self, time: Stated, zone: Zone) -> String {
        let clock = || format!("{} {}", self.date(zone.day(time.at)), Locale::clock(time.at, zone));
        match time.precision {
            Precision::Exact => clock(),
            Precision::About => self.format("time-about", &[("time", &clock())]),
            Precision::Half(day, half) => format!("{} {}", self.date(day), self.t(half.message())),
            Precision::Day(day) => self.date(day),
            Precision::Unknown => self.t("time-unknown").to_owned(),
            Precision::Undecided => self.t("window-undecided").to_owned(),
        }
    }

    /// The same with the zone, where there is a time of day.
    #[must_use]
    pub fn stated_zoned(&self, time: Stated, zone: Zone) -> String {
        let name = zone.abbreviation(time.at);
        match time.precision {
            Precision::Exact => format!("{} {name}", self.stated(time, zone)),
            Precision::About => {
                let exact = self.stated(time.at.into(), zone);
                self.format("time-about-zoned", &[("time", &exact), ("zone", &name)])
            }
            _ => self.stated(time, zone),
        }
    }

    /// A time beside others of this day: its own day appears only if it differs.
    #[must_use]
    pub fn beside(&self, time: Stated, day: NaiveDate, zone: Zone, has_zone: bool) -> String {
        let own = time.precision.day().unwrap_or_else(|| zone.day(time.at));
        let date = if own == day { String::new() } else { self.day(own) };
        let name = if has_zone { zone.abbreviation(time.at) } else { String::new() };
        let clock = spaced(&[&date, &Locale::clock(time.at, zone)]);
        match time.precision {
            Precision::Exact => spaced(&[&clock, &name]),
            Precision::About if has_zone => {
                self.format("time-about-zoned", &[("time", &clock), ("zone", &name)])
            }
            Precision::About => self.format("time-about", &[("time", &clock)]),
            Precision::Half(_, half) => spaced(&[&date, self.t(half.message())]),
            // A day alone is always named.
            Precision::Day(day) => self.day(day),
            Precision::Unknown => self.t("time-unknown").to_owned(),
            Precision::Undecided => self.t("window-undecided").to_owned(),
        }
    }

    /// A window such as `11月24日(火) 02:00–05:00 JST`. The second day appears only if it differs. Whole days have no times
    /// of day.
    #[must_use]
    pub fn window(&self, window: Window, zone: Zone) -> String {
        if !window.is_decided() {
            return self.t("window-undecided").to_owned();
        }
        let (start, until) = (window.from(), window.until());
        let (day, from) = self.day_and_clock(start, zone);
        let name = zone.abbreviation(window.start);
        let first = self.date_weekday(day);
        // Days and halves of days have no zone beside them.
        let has_clock = |time: Stated| time.precision.day().is_none();
        let Some(end) = until else {
            let zone = if has_clock(start) { &name } else { "" };
            return format!("{} – {}", spaced(&[&first, &from, zone]), self.t("end-unknown"));
        };
        let (last_day, to) = self.day_and_clock(end, zone);
        let last = zone.abbreviation(end.at);
        let is_same_day = last_day == day;
        let to_day = if is_same_day { String::new() } else { self.day(last_day) };
        // Clocks change during the window: name the zone after each time.
        if last != name && has_clock(start) && has_clock(end) {
            return format!("{} – {}", spaced(&[&first, &from, &name]), spaced(&[&to_day, &to, &last]));
        }
        let zone = if has_clock(start) || has_clock(end) { &name } else { "" };
        let is_one_half = matches!(start.precision, Precision::Half(..)) && start.precision == end.precision;
        if is_same_day && (to.is_empty() || is_one_half) {
            return spaced(&[&first, &from, zone]);
        }
        let dash = if is_same_day && !from.is_empty() { "–" } else { " – " };
        format!("{}{dash}{}", spaced(&[&first, &from]), spaced(&[&to_day, &to, zone]))
    }

    /// A span of an impact, or a moment: `2026年6月28日(日) 18:07 頃–18:08 頃 JST`, `2026年6月28日 20:32 頃 JST`.
    #[must_use]
    pub fn outage(&self, outage: Outage, zone: Zone) -> String {
        match outage.end {
            OutageEnd::At(end) => self.window(Window::new(outage.start, Some(end)), zone),
            OutageEnd::Moment => self.stated_zoned(outage.start, zone),
            OutageEnd::Open => {
                format!("{} – {}", self.stated_zoned(outage.start, zone), self.t("report-open"))
            }
        }
    }

    /// How long spans of an impact lasted together; `None` if too little is known of one of them.
    #[must_use]
    pub fn lasting(&self, outages: &[Outage]) -> Option<String> {
        let (mut seconds, mut is_exact) = (0, true);
        for outage in outages {
            let OutageEnd::At(end) = outage.end else { return None };
            for time in [outage.start, end] {
                match time.precision {
                    Precision::Exact => {}
                    Precision::About => is_exact = false,
                    _ => return None,
                }
            }
            seconds += (end.at.0 - outage.start.at.0).max(0);
        }
        let length = self.duration(seconds);
        let about = || self.format("duration-about", &[("duration", &length)]);
        (seconds > 0).then(|| if is_exact { length.clone() } else { about() })
    }

    /// The day of a time and its time of day in words; empty if only the day is known.
    fn day_and_clock(&self, time: Stated, zone: Zone) -> (NaiveDate, String) {
        let clock = || Locale::clock(time.at, zone);
        match time.precision {
            Precision::Exact | Precision::Unknown | Precision::Undecided => (zone.day(time.at), clock()),
            Precision::About => (zone.day(time.at), self.format("time-about", &[("time", &clock())])),
            Precision::Half(day, half) => (day, self.half(half).to_owned()),
            Precision::Day(day) => (day, String::new()),
        }
    }

    fn half(&self, half: Half) -> &str {
        self.t(half.message())
    }

    /// The time between two times, in words; `None` if too little is known of them.
    #[must_use]
    pub fn between(&self, from: Stated, until: Stated) -> Option<String> {
        let length = self.duration(until.at.0 - from.at.0);
        match (from.precision, until.precision) {
            _ if until.at <= from.at => None,
            (Precision::Exact, Precision::Exact) => Some(length),
            (Precision::Exact | Precision::About, Precision::Exact | Precision::About) => {
                Some(self.format("duration-about", &[("duration", &length)]))
            }
            _ => None,
        }
    }

    /// A duration such as `1時間25分`, in minutes at the finest.
    #[must_use]
    pub fn duration(&self, seconds: i64) -> String {
        let minutes = seconds / 60;
        let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
        let mut parts = Vec::new();
        if days > 0 {
            parts.push(self.count("duration-days", days));
        }
        if hours > 0 {
            parts.push(self.count("duration-hours", hours));
        }
        if (rest > 0 && days == 0) || parts.is_empty() {
            parts.push(self.count("duration-minutes", rest));
        }
        parts.join(self.t("duration-separator"))
    }
}

/// Words with a blank between them, without the empty ones.
fn spaced(words: &[&str]) -> String {
    words.iter().copied().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn gregorian(date: NaiveDate) -> Option<Date<Gregorian>> {
    let month = u8::try_from(date.month()).ok()?;
    Date::try_new_gregorian(date.year(), month, u8::try_from(date.day()).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::{Chain, Content, File};

    fn locale(tag: &str) -> Locale {
        Locale::load(tag, 0, &Theme::default()).expect("a built-in locale")
    }

    #[test]
    fn dates_follow_the_language() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 20).expect("a day");
        assert_eq!(locale("ja").date(day), "2026年11月20日");
        assert_eq!(locale("ja").day(day), "11月20日(金)");
        assert_eq!(locale("en").date(day), "November 20, 2026");
        assert_eq!(locale("en").month(2026, 3), "March 2026");
    }

    #[test]
    fn windows_name_the_second_day_only_where_it_is_another() {
        let zone = Zone::named("Asia/Tokyo").expect("a zone");
        let at = |t: &str| zone.read(t).expect("a time");
        let ja = locale("ja");
        let same = ja.window(Window::new(at("2026-11-24 02:00"), Some(at("2026-11-24 05:00"))), zone);
        assert_eq!(same, "2026年11月24日(火) 02:00–05:00 JST");
        let other = ja.window(Window::new(at("2026-11-24 22:00"), Some(at("2026-11-25 05:00"))), zone);
        assert_eq!(other, "2026年11月24日(火) 22:00 – 11月25日(水) 05:00 JST");
        let york = Zone::named("America/New_York").expect("a zone");
        let at = |t: &str| york.read(t).expect("a time");
        let autumn = ja.window(Window::new(at("2026-11-01 00:30"), Some(at("2026-11-01 03:00"))), york);
        assert_eq!(autumn, "2026年11月1日(日) 00:30 EDT – 03:00 EST");
    }

    #[test]
    fn a_theme_says_it_in_other_words_and_brings_languages_along() {
        let mut chain = Chain::begin("mine", &["mine".to_owned()]);
        let file = |(inside, text): (&str, &str)| File {
            name: format!("themes/mine/{inside}").into(),
            inside: inside.to_owned(),
            content: Content::Text(text.into()),
        };
        let one = "duration-days = { $n ->\n    [one] en dag\n   *[other] { $n } dagar\n}\n";
        chain.push([("messages/en.ftl", "skip = Go\n"), ("messages/sv.ftl", one)].map(file).into());
        let (theme, _) = chain.finish();
        let load = |tag: &str| Locale::load(tag, 0, &theme).expect("a language");
        assert_eq!((load("en").t("skip"), load("ja").t("skip")), ("Go", locale("ja").t("skip")));
        let sv = load("sv");
        assert_eq!((sv.count("duration-days", 1), sv.t("skip")), ("en dag".into(), locale("en").t("skip")));
        assert_eq!(sv.date(NaiveDate::from_ymd_opt(2026, 11, 20).expect("a day")), "20 november 2026");
        assert!(Locale::load("sv", 0, &Theme::default()).is_err());
    }

    #[test]
    fn any_language_that_a_theme_brings_has_dates() {
        let tags = [
            "bg", "cs", "el", "fa", "fi", "he", "hi", "id", "pt", "pt-PT", "sr-Latn", "th", "uk", "xx", "zh",
        ];
        let mut chain = Chain::begin("mine", &["mine".to_owned()]);
        let file = |tag: &str| File {
            name: format!("themes/mine/messages/{tag}.ftl").into(),
            inside: format!("messages/{tag}.ftl"),
            content: Content::Text("skip = x\n".into()),
        };
        chain.push(tags.map(file).into());
        let (theme, _) = chain.finish();
        for tag in tags {
            let loaded = Locale::load(tag, 0, &theme);
            assert!(loaded.is_ok_and(|locale| locale.month(2026, 3).contains("2026")), "{tag}");
        }
    }

    #[test]
    fn durations_are_said_in_words() {
        assert_eq!(locale("ja").duration(5100), "1時間25分");
        assert_eq!(locale("en").duration(5100), "1 h 25 min");
        assert_eq!(locale("en").duration(60), "1 min");
    }

    #[test]
    fn dates_are_those_of_cldr_with_european_digits() {
        let zone = Zone::named("Asia/Tokyo").expect("a zone");
        let at = |t: &str| zone.read(t).expect("a time");
        let said: Vec<String> = (languages::ALL.iter())
            .map(|language| {
                let locale = locale(language.tag);
                let window =
                    locale.window(Window::new(at("2026-11-24 22:00"), Some(at("2026-11-25 05:00"))), zone);
                format!("{} {} | {}", language.tag, locale.month(2026, 3), window)
            })
            .collect();
        assert_eq!(
            said,
            [
                "en March 2026 | Tue, November 24, 2026 22:00 – Wed, Nov 25 05:00 JST",
                "ja 2026年3月 | 2026年11月24日(火) 22:00 – 11月25日(水) 05:00 JST",
                "ar مارس 2026 | \u{2068}الثلاثاء\u{2069}، \u{2068}24 نوفمبر 2026\u{2069} 22:00 – الأربعاء، 25 نوفمبر 05:00 JST",
                "de März 2026 | Di, 24. November 2026 22:00 – Mi., 25. Nov. 05:00 JST",
                "es marzo de 2026 | mar, 24 de noviembre de 2026 22:00 – mié, 25 nov 05:00 JST",
                "fr mars 2026 | mar. 24 novembre 2026 22:00 – mer. 25 nov. 05:00 JST",
                "it marzo 2026 | mar 24 novembre 2026 22:00 – mer 25 nov 05:00 JST",
                "ko 2026년 3월 | 2026년 11월 24일(화) 22:00 – 11월 25일 (수) 05:00 JST",
                "nl maart 2026 | di 24 november 2026 22:00 – wo 25 nov 05:00 JST",
                "pl marzec 2026 | wt., 24 listopada 2026 22:00 – śr., 25 lis 05:00 JST",
                "pt-BR março de 2026 | ter., 24 de novembro de 2026 22:00 – qua., 25 de nov. 05:00 JST",
                "ru март 2026\u{202f}г. | вт, 24 ноября 2026\u{202f}г. 22:00 – ср, 25 нояб. 05:00 JST",
                "tr Mart 2026 | 24 Kasım 2026 Sal 22:00 – 25 Kas Çar 05:00 JST",
                "vi tháng 3 năm 2026 | Thứ 3, 24 tháng 11 2026 22:00 – Thứ 4, 25 thg 11 05:00 JST",
                "zh-Hans 2026年3月 | 2026年11月24日（周二） 22:00 – 11月25日周三 05:00 JST",
                "zh-Hant 2026年3月 | 2026年11月24日（週二） 22:00 – 11月25日週三 05:00 JST",
            ]
        );
    }

    #[test]
    fn plurals_have_the_categories_of_their_language() {
        let categories = |tag: &str| match tag {
            "ja" | "ko" | "vi" | "zh-Hans" | "zh-Hant" => &["other"][..],
            "en" | "de" | "nl" | "tr" => &["one", "other"],
            "es" | "fr" | "it" | "pt-BR" => &["one", "many", "other"],
            "pl" | "ru" => &["one", "few", "many", "other"],
            "ar" => &["zero", "one", "two", "few", "many", "other"],
            _ => panic!("{tag}: which categories has it in CLDR?"),
        };
        for language in languages::ALL {
            let known = categories(language.tag);
            let mut open: Vec<&str> = Vec::new();
            for line in language.messages.lines() {
                if line.contains("->") {
                    open.clear();
                } else if line == "}" {
                    // In some languages only millions are `many`; the other forms can cover them.
                    let needed = known.iter().filter(|c| **c != "many" || known.len() > 3);
                    let missing: Vec<_> = needed.filter(|c| !open.contains(c)).collect();
                    assert!(missing.is_empty(), "{} lacks {missing:?} above {line}", language.tag);
                } else if let Some((_, rest)) = line.split_once('[').filter(|_| line.starts_with("  ")) {
                    let category = rest.split(']').next().unwrap_or("");
                    assert!(known.contains(&category), "{}: {line}", language.tag);
                    open.push(category);
                }
            }
        }
    }

    #[test]
    fn every_language_has_every_message_with_the_same_variables() {
        let parse = |source: &str| -> Vec<(String, Vec<String>)> {
            let mut found: Vec<(String, Vec<String>)> = Vec::new();
            for line in source.lines().filter(|l| !l.starts_with('#')) {
                match line.split_once(" =") {
                    Some((key, _)) if !line.starts_with([' ', '}']) => {
                        found.push((key.to_owned(), Vec::new()))
                    }
                    _ => {}
                }
                let mut rest = line;
                while let Some(at) = rest.find("{ $") {
                    let name: String = rest[at + 3..].chars().take_while(|c| c.is_alphanumeric()).collect();
                    if let Some((_, names)) = found.last_mut()
                        && !names.contains(&name)
                    {
                        names.push(name);
                    }
                    rest = &rest[at + 3..];
                }
            }
            found.iter_mut().for_each(|(_, names)| names.sort());
            found.sort();
            found
        };
        let (first, others) = languages::ALL.split_first().expect("a language");
        for other in others {
            let (ours, theirs) = (parse(first.messages), parse(other.messages));
            assert_eq!(ours, theirs, "{} and {} differ", first.tag, other.tag);
        }
    }
}
