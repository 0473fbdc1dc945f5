//! Reads the windows of a maintenance, and assigns each update to the windows that it is about.
//!
//! The `occurrence` line decides. Without it, `in_progress`, `verifying` and `completed` are about the window that
//! started last, and everything else is about all windows that are not over. A change of times must be about one.

use chrono::NaiveDate;

use super::entry::EntryReader;
use super::series;
use super::value::{Map, Value, is_unknown};
use crate::document::body::Fact;
use crate::document::moment;
use crate::limits::WINDOWS;
use crate::message::{Message, and, message, one_of};
use crate::model::component::Affects;
use crate::model::entry::Update;
use crate::model::maintenance::{About, Maintenance, PlanChange};
use crate::model::pieces::Piece;
use crate::model::stated::{Bound, Stated};
use crate::model::time::Instant;
use crate::model::window::Window;
use crate::vocabulary::Status;

const BAD: &str = "maintenance/bad-windows";

/// Reads `window`: a window, or a list of them. The list is empty if there is only one.
pub(super) fn read(reader: &EntryReader<'_>, value: &Value<'_>) -> Option<(Window, Vec<Piece>)> {
    if !value.is_list() {
        return one(reader, value, false).map(|piece| (piece.window, Vec::new()));
    }
    let items = value.list_of(WINDOWS);
    let pieces: Vec<Option<Piece>> = items.iter().map(|item| one(reader, item, true)).collect();
    if pieces.is_empty() {
        let message = message!("model-windows-empty", "the list of windows is empty");
        let help = message!(
            "model-windows-empty-help",
            "write `window: {{start: 2026-12-01 02:00, end: 2026-12-01 05:00}}`"
        );
        return value.refuse(BAD, message, help);
    }
    let pieces: Vec<Piece> = pieces.into_iter().collect::<Option<_>>()?;
    let mut is_sound = true;
    for (piece, item) in pieces.iter().zip(&items).filter(|(piece, _)| !piece.window.is_decided()) {
        let message = message!(
            "model-windows-undecided",
            "this window has no start, and a list has only windows with one"
        );
        let help = message!(
            "model-windows-undecided-help",
            "add the window once its start is decided; if none is decided yet, write `window: undecided`"
        );
        item.fail("maintenance/undecided", message, help);
        is_sound &= piece.window.is_decided();
    }
    if !is_sound {
        return None;
    }
    for (at, item) in items.iter().enumerate().skip(1) {
        if let Some((message, help)) = fault(reader, &pieces, at) {
            item.fail(BAD, message, help);
            is_sound = false;
        }
    }
    let first = pieces.first().filter(|_| is_sound)?.window;
    let is_plain = pieces.len() == 1 && pieces.iter().all(|piece| piece.affects.is_none());
    Some((first, if is_plain { Vec::new() } else { pieces }))
}

/// Why a window cannot follow those before it.
fn fault(reader: &EntryReader<'_>, pieces: &[Piece], at: usize) -> Option<(Message, Message)> {
    let (window, zone) = (pieces[at].window, reader.zone());
    let start = zone.write(window.start);
    if pieces[..at].iter().any(|piece| piece.window.start == window.start) {
        let help = message!("model-windows-same-start-help", "remove one of the two, or correct its start");
        return Some((message!("model-windows-same-start", "two windows start at {start}", start), help));
    }
    let before = pieces[at - 1].window;
    if window.start < before.start {
        let mut starts: Vec<Instant> = pieces.iter().map(|piece| piece.window.start).collect();
        starts.sort_unstable();
        let starts: Vec<Message> = starts.into_iter().map(|start| Message::same(zone.write(start))).collect();
        let message =
            message!("model-windows-order", "this window starts at {start}, before the one above it", start);
        let help = message!(
            "model-windows-order-help",
            "write the windows in order of their starts: {starts}",
            starts = and(starts)
        );
        return Some((message, help));
    }
    let Some(end) = before.end else {
        let message =
            message!("model-windows-unknown-end", "the end of the window before {start} is unknown", start);
        let help = message!(
            "model-windows-unknown-end-help",
            "only the last window may have an unknown end; write a time"
        );
        return Some((message, help));
    };
    (end > window.start).then(|| {
        let message = message!(
            "model-windows-overlap",
            "this window starts at {start}, before the one above it ends ({end})",
            start,
            end = zone.write(end)
        );
        let help = message!(
            "model-windows-overlap-help",
            "change one of the two times, or write the two windows as one"
        );
        (message, help)
    })
}

/// Reads one window: a mapping, or the two times with a sign between them.
fn one(reader: &EntryReader<'_>, value: &Value<'_>, is_of_several: bool) -> Option<Piece> {
    let (window, affects) = if let Some(words) = value.words() {
        if is_unknown(words) || moment::open_span(words, is_unknown) {
            return Some(undecided(reader));
        }
        let words = words.trim_end().trim_end_matches("終日").trim_end();
        let is_day = moment::parse(words).is_some_and(|day| day.date.is_some() && day.clock.is_none());
        let ends = if is_day { Some((words, words)) } else { moment::day_span(words, is_unknown) };
        let Some((from, until)) = ends else {
            let message = message!("model-window", "cannot read `{words}` as a window", words);
            let help = message!(
                "model-window-help",
                "write `{{start: 2026-12-01 02:00, end: 2026-12-01 05:00}}` or `2026-12-01 02:00 to 05:00`"
            );
            return value.refuse("time/invalid", message, help);
        };
        (window(value, value.stated_in(from, Bound::From), until), None)
    } else {
        let map = value.map()?;
        let start = map.required("start", "2026-12-01 02:00");
        let affects = if is_of_several { affects(reader, &map) } else { None };
        if start.as_ref().and_then(Value::words).is_some_and(is_unknown) {
            let end = map.get("end");
            map.finish();
            return match end.filter(|end| !end.words().is_some_and(is_unknown)) {
                Some(end) => end_alone(&end),
                None => Some(undecided(reader)),
            };
        }
        let start = start.and_then(|v| v.stated(Bound::From));
        let found = map.required("end", "2026-12-01 05:00").and_then(|v| window(&v, start, &v.text()?));
        map.finish();
        (found, affects)
    };
    let window = window?;
    if window.end.is_some_and(|end| end <= window.start) {
        let message = message!("model-window-end-before-start", "the window ends before it starts");
        let help = message!(
            "model-window-end-before-start-help",
            "check both times; if you do not know the end, write `unknown`"
        );
        return value.refuse("maintenance/end-before-start", message, help);
    }
    Some(Piece { window, day: reader.zone().day(window.start), affects })
}

/// A window of which nothing is decided.
fn undecided(reader: &EntryReader<'_>) -> Piece {
    let window = Window::undecided();
    Piece { window, day: reader.zone().day(window.start), affects: None }
}

fn end_alone<T>(end: &Value<'_>) -> Option<T> {
    let message = message!("model-window-end-alone", "this window has an end but no start");
    let help = message!(
        "model-window-end-alone-help",
        "write the start too, if only its day; or `end: undecided`, and the date that you know in the text"
    );
    end.refuse("maintenance/undecided", message, help)
}

fn affects(reader: &EntryReader<'_>, map: &Map<'_>) -> Option<Affects> {
    map.get("affects").map(|value| reader.affects(&value))
}

/// The window with this start, and the end that the text says. The end is read even if the start has an error.
fn window(value: &Value<'_>, start: Option<Stated>, end: &str) -> Option<Window> {
    if is_unknown(end) {
        return Some(Window::new(start?, None::<Stated>));
    }
    let end = value.stated_after(end, start.map(|start| start.at))?;
    Some(Window::new(start?, Some(end)))
}

/// One of several windows at some point of its history.
#[derive(Clone, Copy)]
struct Course {
    first: Window,
    day: NaiveDate,
    plan: Window,
    awaits_new_time: bool,
    /// The status that ended it.
    over: Option<Status>,
}

impl Course {
    /// Whether it is over by an update or by its plan.
    fn is_past(&self, at: Instant) -> bool {
        self.over.is_some() || (!self.awaits_new_time && self.plan.end.is_some_and(|end| end <= at))
    }

    fn has_begun(&self, at: Instant) -> bool {
        !self.awaits_new_time && self.plan.start <= at
    }
}

/// Assigns every update of a maintenance with several windows, and checks that the windows still hold. `named` has the
/// `occurrence` line of each update.
pub(super) fn assign(reader: &EntryReader<'_>, maintenance: &mut Maintenance, named: &[Option<Fact>]) {
    let course = |piece: &Piece| Course {
        first: piece.window,
        day: piece.day,
        plan: piece.window,
        awaits_new_time: false,
        over: None,
    };
    let mut courses: Vec<Course> = maintenance.pieces.iter().map(course).collect();
    for (update, line) in maintenance.updates.iter_mut().zip(named) {
        update.change.occurrence = None;
        let found = match line {
            Some(line) => named_by(reader, &courses, line).map(|at| vec![at]),
            None => belonging(reader, &courses, update),
        };
        let Some(found) = found else { continue };
        for at in &found {
            follow(reader, &mut courses, *at, update);
        }
        if let [only] = found[..] {
            let is_off = match update.status {
                Status::Postponed => update.change.start.is_none(),
                status => status == Status::Cancelled,
            };
            update.change.about = Some(About { window: courses[only].plan, is_off });
        }
        // An update about all of them also holds for one that is added later.
        update.change.pieces = if found.len() == courses.len() { Vec::new() } else { found };
    }
}

/// The window that an `occurrence` line names by the day of its first start, or by its day and time.
fn named_by(reader: &EntryReader<'_>, courses: &[Course], line: &Fact) -> Option<usize> {
    let zone = reader.zone();
    let year = moment::YearHint::Nothing;
    let read = moment::read(&line.value, year).and_then(|reading| reading.stated());
    // The text was read before, so a fault is reported already.
    let start = zone.state(&read?, Bound::From).ok()?;
    let is_it = |course: &Course| match start.precision.day() {
        Some(day) => course.day == day,
        None => course.first.start == start.at,
    };
    let found: Vec<usize> = (0..courses.len()).filter(|at| is_it(&courses[*at])).collect();
    match found[..] {
        [only] => return Some(only),
        [] => {
            let message = message!(
                "model-windows-none-named",
                "no window of this maintenance was planned for {when}",
                when = line.value
            );
            let help = message!(
                "model-windows-none-named-help",
                "write the first start of a window: {starts}",
                starts = starts(reader, courses)
            );
            reader.error(reader.at(&line.range), "maintenance/which-window", message, help);
        }
        _ => {
            let message = message!(
                "model-windows-several-named",
                "{windows} windows were planned for {when}",
                windows = found.len(),
                when = line.value
            );
            let help = message!(
                "model-windows-several-named-help",
                "write the time too: {starts}",
                starts = starts(reader, courses)
            );
            reader.error(reader.at(&line.range), "maintenance/which-window", message, help);
        }
    }
    None
}

/// The lines that name the windows. A window is named by its day if no other one starts on it.
fn starts<'c>(reader: &EntryReader<'_>, courses: impl IntoIterator<Item = &'c Course>) -> Message {
    let zone = reader.zone();
    let lines: Vec<String> = (courses.into_iter())
        .map(|course| match course.first.precision.0.day() {
            Some(day) => format!("occurrence: {day}"),
            None => format!("occurrence: {}", zone.write(course.first.start)),
        })
        .collect();
    one_of(&lines)
}

/// The windows that an update without an `occurrence` line is about.
fn belonging(
    reader: &EntryReader<'_>,
    courses: &[Course],
    update: &Update<PlanChange>,
) -> Option<Vec<usize>> {
    let (at, change) = (update.at, &update.change);
    let all = |is: &dyn Fn(&Course) -> bool| -> Vec<usize> {
        (0..courses.len()).filter(|at| is(&courses[*at])).collect()
    };
    let begun = all(&|course| course.over != Some(Status::Cancelled) && course.has_begun(at));
    let last = begun.into_iter().max_by_key(|at| courses[*at].plan.start);
    if matches!(update.status, Status::InProgress | Status::Verifying | Status::Completed) {
        return Some(vec![at_work(courses, last, update)]);
    }
    let open = all(&|course| !course.is_past(at));
    if change.start.is_none() && change.end.is_none() {
        let is_about_plan =
            matches!(update.status, Status::Scheduled | Status::Postponed | Status::Cancelled);
        return Some(match (is_about_plan, open.is_empty()) {
            (false, _) => (0..courses.len()).collect(),
            (true, false) => open,
            (true, true) => vec![last.unwrap_or(courses.len() - 1)],
        });
    }
    // What runs can get another end, and what lies ahead another start.
    let fits = |course: &Course| !course.is_past(at) && (change.start.is_none() == course.has_begun(at));
    let (fitting, waiting) = (all(&fits), all(&|course| course.over.is_none() && course.awaits_new_time));
    let waiting = if change.start.is_some() { waiting } else { Vec::new() };
    if let Some(only) = [waiting, fitting, open.clone()].into_iter().find(|found| found.len() == 1) {
        return Some(only);
    }
    let message = message!(
        "model-windows-which",
        "this maintenance has several windows, and these times can be those of more than one"
    );
    let possible = if open.is_empty() { (0..courses.len()).collect() } else { open };
    let possible = starts(reader, possible.iter().map(|at| &courses[*at]));
    let help = message!(
        "model-windows-which-help",
        "write the window that you mean directly under the heading: {possible}",
        possible
    );
    reader.error(update.place.clone(), "maintenance/which-window", message, help);
    None
}

/// The window at which work goes on, where `last` is the one that started last.
fn at_work(courses: &[Course], last: Option<usize>, update: &Update<PlanChange>) -> usize {
    let at = update.at;
    let ahead = |of: &usize| {
        let course = &courses[*of];
        course.over.is_none() && !course.awaits_new_time && course.plan.start > at
    };
    let next = (0..courses.len()).filter(ahead).min_by_key(|at| courses[*at].plan.start);
    let Some(last) = last else { return next.unwrap_or(0) };
    let Some(next) = next.filter(|_| update.status == Status::InProgress) else { return last };
    // After the planned end, work goes on or the next window begins early, whichever is nearer.
    let is_over = courses[last].over.is_some();
    let late = courses[last].plan.end.map_or(0, |end| at.0 - end.0);
    if is_over || late > courses[next].plan.start.0 - at.0 { next } else { last }
}

/// What an update makes of a window.
fn follow(reader: &EntryReader<'_>, courses: &mut [Course], at: usize, update: &Update<PlanChange>) {
    let change = &update.change;
    let is_moved = change.start.is_some() || change.end.is_some();
    courses[at].plan = series::changed(reader, update, courses[at].plan);
    let course = &mut courses[at];
    match update.status {
        Status::Postponed => course.awaits_new_time = change.start.is_none(),
        Status::Scheduled => course.awaits_new_time &= change.start.is_none(),
        _ if change.start.is_some() => course.awaits_new_time = false,
        _ => {}
    }
    match update.status {
        Status::Update | Status::Correction => {}
        status => course.over = Some(status).filter(|s| matches!(s, Status::Completed | Status::Cancelled)),
    }
    let plan = courses[at].plan;
    let ends_after = |end: Option<Instant>, start: Instant| end.is_none_or(|end| end > start);
    let clash = courses.iter().enumerate().find(|(other, course)| {
        *other != at
            && !course.is_past(update.at)
            && !course.awaits_new_time
            && ends_after(plan.end, course.plan.start)
            && ends_after(course.plan.end, plan.start)
    });
    if let Some((_, other)) = clash.filter(|_| is_moved) {
        let other = reader.zone().write(other.plan.start);
        let message = message!(
            "model-windows-clash",
            "after this change, the window overlaps the one of {other}",
            other
        );
        let help = message!("model-windows-clash-help", "choose other times, or move the other window first");
        reader.error(update.place.clone(), BAD, message, help);
    }
}
