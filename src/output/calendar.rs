//! iCalendar files (RFC 5545): maintenance calendars for the site and each component, and one file beside each
//! maintenance.
//!
//! A calendar does not depend on the clock: a plan stays the same after its time has passed. The writer is our
//! own, because the format needs only content lines, escaping and folding.

use chrono::{Days, NaiveDate};

use super::Planned;
use crate::digest::Digest;
use crate::model::window::Window;
use crate::model::{Instant, Precision, Rich};
use crate::publish::Rank;
use crate::site::changes;
use crate::site::{Linker, Page, Route, Site, Subject, Words, identity};
use crate::timeline::{MaintenanceNow, WindowNow};
use crate::vocabulary::Status;

/// How long after its end, in seconds, a window stays in the calendars that people subscribe to.
const YEAR: i64 = 366 * 86_400;

pub(super) fn plan<'a>(site: &'a Site<'a>) -> Vec<Planned<'a>> {
    let mut files = Vec::new();
    for locale in 0..site.locales.len() {
        for subject in site.subjects() {
            if matches!(subject, Subject::Incidents | Subject::Maintenance) {
                continue;
            }
            let path = format!("{}calendar.ics", site.folder(subject, locale));
            files.push(Planned::new(path, Rank::List, move || subscribed(site, subject, locale)));
        }
    }
    // Messages come from the theme.
    let config = Digest::of(&(format!("{:?}", site.now.model.config), site.now.model.theme.digest()));
    for page in site.pages.iter().filter(|page| page.translated) {
        if matches!(page.route, Route::Maintenance(_) | Route::Series(_)) {
            let path = format!("{}calendar.ics", site.folder_of(page.route, page.locale));
            let planned = Planned::new(path, Rank::Leaf, move || beside(site, page));
            files.push(planned.made_from(move || {
                let of = |at: usize| Digest::of(&site.now.maintenance[at]);
                let events: Vec<Digest> = events_of(site, page.route).into_iter().map(of).collect();
                let links = site.head(page.route).map(|head| Linker::absolute(site, page.locale).links(head));
                Digest::of(&(config, &page.path, events, links))
            }));
        }
    }
    files
}

fn subscribed(site: &Site<'_>, subject: Subject, locale: usize) -> String {
    let since = site.now.zone().day_from(site.now.today).0 - YEAR;
    let concerns = |window: &WindowNow<'_>| match subject {
        Subject::Component(at) => window.touched.given.iter().any(|(component, _)| *component == at),
        _ => true,
    };
    let recent = |now: &MaintenanceNow<'_>| now.plan.end.unwrap_or(now.plan.start).0 >= since;
    let all = site.now.maintenance.iter().enumerate();
    let events = all.filter(|(_, now)| recent(now)).map(|(at, _)| at).collect();
    calendar(site, &site.name_of(subject, locale), locale, events, &concerns)
}

fn beside(site: &Site<'_>, page: &Page) -> String {
    let title = site.title(page.route, page.locale).map(|(_, title)| title).unwrap_or_default();
    calendar(site, &title, page.locale, events_of(site, page.route), &|_| true)
}

/// The indexes of the events in an entry's own file.
fn events_of(site: &Site<'_>, route: Route) -> Vec<usize> {
    match route {
        Route::Maintenance(at) => vec![at],
        Route::Series(at) => site.now.series[at].occurrences.clone(),
        _ => Vec::new(),
    }
}

fn calendar(
    site: &Site<'_>,
    name: &str,
    locale: usize,
    entries: Vec<usize>,
    concerns: &dyn Fn(&WindowNow<'_>) -> bool,
) -> String {
    let mut lines = Lines::default();
    lines.raw("BEGIN", "VCALENDAR");
    lines.raw("VERSION", "2.0");
    lines.raw("PRODID", "-//noroshi//noroshi//EN");
    lines.raw("CALSCALE", "GREGORIAN");
    lines.raw("METHOD", "PUBLISH");
    // The properties of RFC 7986, and the ones that older programs read.
    lines.text("NAME", name);
    lines.text("X-WR-CALNAME", name);
    lines.raw("REFRESH-INTERVAL;VALUE=DURATION", "PT15M");
    lines.raw("X-PUBLISHED-TTL", "PT15M");
    // Calendars list the earliest event first.
    let windows =
        |at: usize| site.now.maintenance[at].windows.iter().enumerate().map(move |(piece, w)| (at, piece, w));
    // What has no time yet is no event.
    let is_event = |window: &WindowNow<'_>| window.plan.is_decided() && concerns(window);
    let events = entries.into_iter().rev().flat_map(windows).filter(|(.., window)| is_event(window));
    let events: Vec<(usize, usize)> = events.map(|(at, piece, _)| (at, piece)).collect();
    if events.is_empty() {
        zone(&mut lines);
    }
    for (at, piece) in events {
        event(site, locale, (at, piece), &mut lines);
    }
    lines.raw("END", "VCALENDAR");
    lines.out
}

/// The time zone of all times in our calendars. Section 3.6 asks for at least one component, and this one adds
/// nothing to a reader's calendar.
fn zone(lines: &mut Lines) {
    let all = [
        ("BEGIN", "VTIMEZONE"),
        ("TZID", "Etc/UTC"),
        ("BEGIN", "STANDARD"),
        ("DTSTART", "19700101T000000"),
        ("TZOFFSETFROM", "+0000"),
        ("TZOFFSETTO", "+0000"),
        ("TZNAME", "UTC"),
        ("END", "STANDARD"),
        ("END", "VTIMEZONE"),
    ];
    for (name, value) in all {
        lines.raw(name, value);
    }
}

/// The event of a window: of the only one, or of one of several.
fn event(site: &Site<'_>, locale: usize, (at, piece): (usize, usize), lines: &mut Lines) {
    let (now, route, language) = (&site.now.maintenance[at], Route::Maintenance(at), &site.locales[locale]);
    let window = &now.windows[piece];
    let withdrawn = site.is_withdrawn(route);
    let modified = withdrawn.map(|w| w.at).max(now.last_updated()).unwrap_or(now.window.start);
    let title = site.title(route, locale).map(|(_, title)| title).unwrap_or_default();
    let own = window.affects.filter(|_| now.is_in_windows());
    let title = changes::with_names(language, title, own);
    let marked = |key| language.format("pack-banner", &[("state", language.t(key)), ("title", &title)]);
    let (title, status) = match (withdrawn, window.human_state) {
        (Some(_), _) => (title.clone(), "CANCELLED"),
        (None, Status::Cancelled) => (marked("update-cancelled"), "CANCELLED"),
        (None, Status::Postponed) if window.awaits_new_time => (marked("update-postponed"), "TENTATIVE"),
        _ => (title.clone(), "CONFIRMED"),
    };
    lines.raw("BEGIN", "VEVENT");
    lines.raw("UID", &uid(now, piece));
    lines.raw("DTSTAMP", &stamp(modified));
    lines.raw("LAST-MODIFIED", &stamp(modified));
    lines.raw("SEQUENCE", &now.revision_of(piece).to_string());
    lines.raw("STATUS", status);
    times(window.plan, lines);
    lines.text("SUMMARY", &title);
    let address = site.absolute(&site.path(route, locale));
    lines.text("DESCRIPTION", &description(site, locale, (at, piece), &address));
    if withdrawn.is_none() {
        lines.text("CATEGORIES", &site.kind_name(now.maintenance.kind, locale));
    }
    lines.raw("URL;VALUE=URI", &address);
    if status == "CONFIRMED" {
        alarm(site, locale, (at, piece), lines);
    }
    // The event does not mark the reader as busy.
    lines.raw("TRANSP", "TRANSPARENT");
    lines.raw("END", "VEVENT");
}

/// The start and the end: whole days as `DATE` values (RFC 5545 section 3.6.1), where the end is the day after the last.
fn times(plan: Window, lines: &mut Lines) {
    let date = |day: NaiveDate| day.format("%Y%m%d").to_string();
    match plan.precision {
        (Precision::Day(first), Precision::Day(last)) if plan.end.is_some() => {
            lines.raw("DTSTART;VALUE=DATE", &date(first));
            lines.raw("DTEND;VALUE=DATE", &date(last + Days::new(1)));
        }
        (Precision::Day(first), _) if plan.end.is_none() => lines.raw("DTSTART;VALUE=DATE", &date(first)),
        _ => {
            lines.raw("DTSTART", &stamp(plan.start));
            if let Some(end) = plan.end {
                lines.raw("DTEND", &stamp(end));
            }
        }
    }
}

/// The first of several windows has the name that a single one has, and each other the name of its first start.
fn uid(now: &MaintenanceNow<'_>, piece: usize) -> String {
    let day = match piece {
        0 => now.occurrence.map(|o| o.day.to_string()).unwrap_or_default(),
        _ => now.windows[piece].first.from().stamp().id(),
    };
    let head = &now.maintenance.head;
    identity::long(&[head.kind.word(), &head.id, &day, "calendar"])
}

fn description(site: &Site<'_>, locale: usize, (at, piece): (usize, usize), address: &str) -> String {
    let (now, language) = (&site.now.maintenance[at], &site.locales[locale]);
    let window = &now.windows[piece];
    if let Some(withdrawn) = site.is_withdrawn(Route::Maintenance(at)) {
        return format!("{}\n{address}", withdrawn.reason.get(locale).1);
    }
    let linker = Linker::absolute(site, locale);
    let resolve = Words::elsewhere(&linker, &now.maintenance.head, address.to_owned());
    let words = |words: &Rich| Some(words.get(locale).1.lines(&resolve)).filter(|words| !words.is_empty());
    let about = now.updates.iter().filter(|u| u.change.is_about(piece));
    let newest = about.rev().find_map(|u| words(&u.words));
    let names: Vec<&str> = window.touched.names.iter().map(|n| n.get(locale).1.as_str()).collect();
    let affects = (!names.is_empty()).then(|| {
        format!(
            "{}{}{}",
            language.t("fact-affects"),
            language.t("colon"),
            names.join(language.t("list-separator"))
        )
    });
    // The format has no word for "about" and none for half a day.
    let is_vague = |precision| !matches!(precision, Precision::Exact | Precision::Day(_));
    let is_vague = is_vague(window.plan.precision.0) || is_vague(window.plan.precision.1);
    let times = is_vague.then(|| {
        let times = language.window(window.plan, site.now.zone());
        format!("{}{}{times}", language.t("fact-window"), language.t("colon"))
    });
    let labelled = |key: &str, value: &str| format!("{}{}{value}", language.t(key), language.t("colon"));
    let advice = &now.maintenance.advice;
    let before = advice.cancel_before.and_then(|before| before.of(window.plan));
    let before = before
        .filter(|_| !window.awaits_new_time)
        .map(|at| labelled("fact-cancel-before", &changes::moment(site, locale, at)));
    let advice = advice.words.as_ref().and_then(words).map(|words| labelled("fact-advice", &words));
    let advice: Vec<String> = before.into_iter().chain(advice).collect();
    let advice = (!advice.is_empty()).then(|| advice.join("\n"));
    let parts = [times, advice, newest, words(&now.maintenance.summary), affects, Some(address.to_owned())];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

/// The alarm (section 3.6.6) by which orders should be cancelled, where the site asks for alarms.
fn alarm(site: &Site<'_>, locale: usize, (at, piece): (usize, usize), lines: &mut Lines) {
    let (now, language) = (&site.now.maintenance[at], &site.locales[locale]);
    let before = now.maintenance.advice.cancel_before.filter(|_| site.now.model.config.alarms);
    let Some(at) = before.and_then(|before| before.of(now.windows[piece].plan)) else { return };
    let words = changes::moment(site, locale, at);
    lines.raw("BEGIN", "VALARM");
    lines.raw("ACTION", "DISPLAY");
    lines.raw("TRIGGER;VALUE=DATE-TIME", &stamp(at.at));
    lines.text("DESCRIPTION", &format!("{}{}{words}", language.t("fact-cancel-before"), language.t("colon")));
    lines.raw("END", "VALARM");
}

/// A UTC time (section 3.3.5).
fn stamp(at: Instant) -> String {
    at.iso().chars().filter(|c| !matches!(c, '-' | ':')).collect()
}

/// Content lines (section 3.1): CRLF, folded at 75 octets, never inside a character, and never between a
/// backslash and the character that it escapes, because Google Calendar drops an event with such a fold.
#[derive(Default)]
struct Lines {
    out: String,
}

impl Lines {
    /// A value that is not text. It is not escaped, so it must not need escaping.
    fn raw(&mut self, name: &str, value: &str) {
        let mut width = 0;
        let mut rest = name.chars().chain([':']).chain(value.chars());
        while let Some(c) = rest.next() {
            let escaped = if c == '\\' { rest.next() } else { None };
            let length = c.len_utf8() + escaped.map_or(0, char::len_utf8);
            if width + length > 75 {
                self.out.push_str("\r\n ");
                width = 1;
            }
            self.out.push(c);
            self.out.extend(escaped);
            width += length;
        }
        self.out.push_str("\r\n");
    }

    /// A text value (section 3.3.11). Control characters are dropped, because section 3.1 does not allow them.
    fn text(&mut self, name: &str, value: &str) {
        let mut escaped = String::with_capacity(value.len() + 16);
        for c in value.chars() {
            match c {
                '\\' | ';' | ',' => escaped.extend(['\\', c]),
                '\n' => escaped.push_str("\\n"),
                '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}' => escaped.push(' '),
                c => escaped.push(c),
            }
        }
        self.raw(name, &escaped);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::timeline::Snapshot;
    use crate::timeline::fixture::{SITE, at, site};

    fn unfolded(text: &str) -> String {
        text.replace("\r\n ", "")
    }

    proptest! {
        #[test]
        fn any_text_stands_on_lines_of_75_octets_and_can_be_read_back(value in "\\PC{0,200}|[;,\\\\\n日本😀]{0,120}") {
            let mut lines = Lines::default();
            lines.text("SUMMARY", &value);
            prop_assert!(lines.out.ends_with("\r\n"));
            for line in lines.out.split_terminator("\r\n") {
                prop_assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
                let backslashes = line.len() - line.trim_end_matches('\\').len();
                prop_assert!(backslashes % 2 == 0, "an escape is torn apart: {line:?}");
            }
            let read = unfolded(lines.out.trim_end_matches("\r\n"));
            let mut back = String::new();
            let mut rest = read.strip_prefix("SUMMARY:").unwrap_or_default().chars();
            while let Some(c) = rest.next() {
                match c {
                    '\\' => back.extend(rest.next().map(|c| if c == 'n' { '\n' } else { c })),
                    c => back.push(c),
                }
            }
            prop_assert_eq!(back, value);
        }
    }

    fn calendar(front: &str, body: &str, now: &str) -> String {
        let text =
            format!("---\ntitle: 作業; a, b\nkind: regular\naffects: [api]\n{front}---\nWork.\n{body}");
        let model = site(SITE, &[("maintenance/m.md", &text)]);
        let site = Site::new(Snapshot::at(&model, at(now))).expect("built-in locales");
        let planned = plan(&site);
        let found =
            planned.iter().find(|file| file.path == "maintenance/m/calendar.ics").expect("a calendar");
        unfolded(&String::from_utf8(found.render()).expect("text"))
    }

    const WINDOW: &str = "window: {start: 2026-11-22 02:00, end: 2026-11-22 05:00}\n";

    #[test]
    fn each_change_of_plan_counts_and_the_event_keeps_its_name() {
        let body = "## scheduled 2026-11-19 12:00\n\nx\n\n## postponed 2026-11-20 12:00\nstart: 2026-11-23 02:00\nend: unknown\n\ny\n\n## cancelled 2026-11-21 12:00\n";
        let line = |text: &str, name: &str| {
            let found = text.lines().find(|line| line.starts_with(name)).map(str::to_owned);
            found.unwrap_or_default()
        };
        let all: Vec<String> =
            ["19 13:00", "20 13:00", "21 13:00"].map(|now| calendar(WINDOW, body, now)).into();
        let uid = line(&all[0], "UID:");
        let wanted = [
            ("SEQUENCE:0", "STATUS:CONFIRMED", "DTSTAMP:20261119T030000Z", "DTSTART:20261121T170000Z"),
            ("SEQUENCE:1", "STATUS:CONFIRMED", "DTSTAMP:20261120T030000Z", "DTSTART:20261122T170000Z"),
            ("SEQUENCE:2", "STATUS:CANCELLED", "DTSTAMP:20261121T030000Z", "DTSTART:20261122T170000Z"),
        ];
        for (text, (sequence, status, modified, start)) in all.iter().zip(wanted) {
            assert_eq!(line(text, "UID:"), uid);
            for wanted in [sequence, status, modified, start] {
                assert!(text.contains(&format!("{wanted}\r\n")), "{wanted} is not in {text}");
            }
        }
        assert!(all[0].contains("DTEND:20261121T200000Z\r\n") && !all[1].contains("DTEND"));
        assert!(all[0].contains("SUMMARY:作業\\; a\\, b\r\n"), "{}", all[0]);
    }

    #[test]
    fn each_window_is_an_event_and_another_one_changes_none() {
        let of = |windows: &str, body: &str| {
            let text = calendar(&format!("window: {windows}\n"), body, "19 12:00");
            let events: Vec<String> = text.split("BEGIN:VEVENT").skip(1).map(str::to_owned).collect();
            events
        };
        let uid = |event: &str| event.lines().find(|line| line.starts_with("UID:")).map(str::to_owned);
        let (a, b) = ("{start: 2026-11-22 02:00, end: 05:00}", "{start: 2026-11-23, end: 2026-11-24}");
        let c = "{start: 2026-11-25 02:00頃, end: unknown}";
        let (one, two) = (of(a, ""), of(&format!("[{a}, {b}]"), ""));
        let three = of(&format!("[{a}, {b}, {c}]"), "");
        assert_eq!((one.len(), two.len(), three.len()), (1, 2, 3));
        assert_eq!(uid(&one[0]), uid(&two[0]));
        assert_eq!(two[1].split("END:VEVENT").next(), three[1].split("END:VEVENT").next());
        assert!(
            two[1].contains("DTSTART;VALUE=DATE:20261123\r\nDTEND;VALUE=DATE:20261125\r\n"),
            "{}",
            two[1]
        );
        assert_ne!(uid(&three[1]), uid(&three[2]));
        // An update of one window changes its own event alone.
        let moved = "## update 2026-11-19 11:00\noccurrence: 2026-11-22\nstart: 2026-11-22 03:00\n\nx\n";
        let moved = of(&format!("[{a}, {b}]"), moved);
        assert!(
            moved[0].contains("DTSTART:20261121T180000Z") && moved[0].contains("SEQUENCE:1\r\n"),
            "{}",
            moved[0]
        );
        assert!(
            moved[1].contains("SEQUENCE:0\r\n") && !moved[1].contains("20261121T180000Z"),
            "{}",
            moved[1]
        );
        let off = of(&format!("[{a}, {b}]"), "## cancelled 2026-11-19 11:00\noccurrence: 2026-11-23\n\nx\n");
        assert!(off[0].contains("STATUS:CONFIRMED") && off[1].contains("STATUS:CANCELLED"), "{off:?}");
    }

    #[test]
    fn an_event_rings_when_orders_should_be_cancelled_where_that_is_asked_for() {
        let text = format!(
            "---\ntitle: t\nkind: regular\naffects: [api]\npublish_at: 2026-11-18 12:00\n{WINDOW}cancel_before: 10m\nadvice: Cancel your orders\n---\nx\n\n## cancelled 2026-11-20 12:00\n\nx\n"
        );
        let of = |more: &str, now: &str| {
            let model = site(&format!("{SITE}{more}"), &[("maintenance/m.md", &text)]);
            let site = Site::new(Snapshot::at(&model, at(now))).expect("built-in locales");
            unfolded(&beside(
                &site,
                site.pages.iter().find(|page| page.route == Route::Maintenance(0)).expect("a page"),
            ))
        };
        let rung = of("feeds: {alarms: true}\n", "19 12:00");
        assert!(
            rung.contains("BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER;VALUE=DATE-TIME:20261121T165000Z\r\n"),
            "{rung}"
        );
        assert!(rung.contains("\\nご案内：Cancel your orders"), "{rung}");
        assert!(
            !of("", "19 12:00").contains("VALARM")
                && !of("feeds: {alarms: true}\n", "20 13:00").contains("VALARM")
        );
    }

    #[test]
    fn what_was_never_announced_is_dated_by_its_window() {
        assert!(calendar(WINDOW, "", "19 12:00").contains("DTSTAMP:20261121T170000Z\r\n"));
        let posted = format!("publish_at: 2026-11-18 12:00\n{WINDOW}");
        assert!(calendar(&posted, "", "19 12:00").contains("DTSTAMP:20261118T030000Z\r\n"));
    }

    #[test]
    fn a_calendar_without_events_holds_the_zone_of_its_times() {
        let model = site(SITE, &[]);
        let site = Site::new(Snapshot::at(&model, at("20 12:00"))).expect("built-in locales");
        let calendars: Vec<String> =
            (plan(&site).iter()).map(|planned| String::from_utf8(planned.render()).expect("text")).collect();
        assert_eq!(calendars.len(), 6);
        for text in calendars {
            assert_eq!(text.matches("BEGIN:VTIMEZONE\r\nTZID:Etc/UTC\r\n").count(), 1, "{text}");
            assert!(!text.contains("VEVENT"), "{text}");
        }
        assert!(!calendar(WINDOW, "", "19 12:00").contains("VTIMEZONE"));
    }

    #[test]
    fn an_event_that_is_off_is_marked_as_texts_are() {
        let text = calendar(WINDOW, "## cancelled 2026-11-20 12:00\n\nx\n", "20 13:00");
        assert!(text.contains("SUMMARY:【中止】作業\\; a\\, b\r\n"), "{text}");
    }

    fn folded(value: &str) -> Vec<String> {
        let mut lines = Lines::default();
        lines.text("SUMMARY", value);
        lines.out.split_terminator("\r\n").map(str::to_owned).collect()
    }

    proptest! {
        /// Pads a text so that each kind of escape falls on octet 75 of each of its first lines.
        #[test]
        fn no_fold_stands_between_a_backslash_and_what_it_escapes(
            escaped in prop::sample::select(vec![',', ';', '\\', '\n']),
            letter in prop::sample::select(vec!["a", "é", "日", "😀"]),
            lines in 1_usize..4,
            run in 1_usize..5,
            after in "[a日]{0,3}",
        ) {
            for shift in 0..8 {
                let octets = lines * 74 - 6 - shift;
                let padding = letter.repeat(octets / letter.len()) + &"b".repeat(octets % letter.len());
                let value = format!("{padding}{}{after}", escaped.to_string().repeat(run));
                let written = folded(&value);
                for line in &written {
                    let backslashes = line.len() - line.trim_end_matches('\\').len();
                    prop_assert!(backslashes % 2 == 0, "an escape is torn apart: {written:?}");
                    prop_assert!(line.len() <= 75, "{written:?}");
                }
                let whole: String = written.iter().enumerate().map(|(n, l)| if n == 0 { l } else { &l[1..] }).collect();
                let sign = if escaped == '\n' { 'n' } else { escaped };
                prop_assert_eq!(whole, format!("SUMMARY:{padding}{}{after}", format!("\\{sign}").repeat(run)));
            }
        }
    }

    #[test]
    fn each_escape_is_met_at_octet_75_by_some_padding() {
        for escaped in [',', ';', '\\', '\n'] {
            let whole = |padding: usize| folded(&format!("{}{escaped}b", "a".repeat(padding)));
            // Octet 75 would be the backslash, so both characters move to the next line.
            assert_eq!(whole(66)[0], format!("SUMMARY:{}", "a".repeat(66)), "{escaped:?}");
            // Octet 75 is the escaped character, so both stay.
            assert_eq!(whole(65)[0].len(), 75, "{escaped:?}");
        }
    }

    #[test]
    fn an_escape_at_octet_75_goes_to_the_next_line_whole() {
        let folded = |padding: usize| {
            let mut lines = Lines::default();
            lines.text("SUMMARY", &format!("{}, b", "a".repeat(padding)));
            lines.out
        };
        // Octet 75 would be the backslash.
        assert_eq!(folded(66), format!("SUMMARY:{}\r\n \\, b\r\n", "a".repeat(66)));
        assert_eq!(folded(65), format!("SUMMARY:{}\\,\r\n  b\r\n", "a".repeat(65)));
    }

    #[test]
    fn the_clock_changes_no_calendar() {
        assert_eq!(calendar(WINDOW, "", "21 12:00"), calendar(WINDOW, "", "22 03:00"));
    }
}
