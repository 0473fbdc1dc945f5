//! Rules about plans: announced in time, within quiet hours, and not overlapping on one component.

use chrono::{NaiveDateTime, NaiveTime, TimeDelta};

use super::{Context, Work, is_over, span};
use crate::message::message;
use crate::model::component::Affects;
use crate::model::maintenance::MaintenanceType;
use crate::model::policy::QuietHours;
use crate::model::window::Window;
use crate::model::{Head, Instant, Maintenance};
use crate::timeline::{self, WindowNow};
use crate::vocabulary::MaintenanceKind;

/// The assumed length of a maintenance without a known end, in seconds.
const UNKNOWN: i64 = 86_400;

pub(super) fn check(context: &mut Context<'_>) {
    let mut seen: Vec<&Head> = Vec::new();
    for work in context.works() {
        short_notice(context, &work);
        // Every occurrence of a series is at the same hour, so one of them is enough.
        let head = &work.maintenance.head;
        if !seen.iter().any(|known| std::ptr::eq(*known, head)) {
            seen.push(head);
            outside_quiet_hours(context, &work);
        }
    }
    overlap(context);
}

fn is_emergency(maintenance: &Maintenance) -> bool {
    maintenance.kind == MaintenanceType::BuiltIn(MaintenanceKind::Emergency)
}

fn short_notice(context: &mut Context<'_>, work: &Work<'_>) {
    const CODE: &str = "policy/short-notice";
    let maintenance = work.maintenance;
    let limits = &context.config().policy.notice_before;
    let Some((_, before)) = limits.iter().find(|(kind, _)| *kind == maintenance.kind) else { return };
    // noroshi announces the occurrences of a series in time. Only a moved occurrence can be announced too late.
    let announced = match work.now {
        Some(now) if now.occurrence.is_none() => now.published,
        Some(_) => None,
        None => timeline::maintenance_appears(maintenance),
    };
    let head = &maintenance.head;
    let first = work.now.map_or(maintenance.window, |now| now.window);
    if let Some(announced) = announced.filter(|at| first.start.0 - at.0 < *before) {
        let ahead = first.start.0 - announced.0;
        let message = if ahead > 0 {
            message!(
                "check-short-notice",
                "the announcement comes {ahead} before the start; the policy asks for {before}",
                ahead = span(ahead),
                before = span(*before)
            )
        } else {
            message!(
                "check-short-notice-late",
                "the announcement comes once the maintenance has begun; the policy asks for {before}",
                before = span(*before)
            )
        };
        let help = message!(
            "check-short-notice-help",
            "move the window to a later time; if it cannot wait, write `kind: emergency`"
        );
        let place = maintenance.updates.first().map_or(&head.place, |update| &update.place);
        return context.tell(CODE, place, message, help);
    }
    let steps = work.now.map_or(&[][..], |now| &now.steps);
    for step in steps.iter().filter(|step| step.after.start < step.before.start) {
        let ahead = step.after.start.0 - step.at.0;
        if ahead < *before {
            let set = message!(
                "check-set-late",
                "this update sets the start with {ahead} of notice; the policy asks for {before}",
                ahead = span(ahead.max(0)),
                before = span(*before)
            );
            let message = message!(
                "check-moved-earlier",
                "this update moves the start to an earlier time, with {ahead} of notice; the policy asks for {before}",
                ahead = span(ahead.max(0)),
                before = span(*before)
            );
            let help = message!(
                "check-moved-earlier-help",
                "choose a later start: readers plan by the time that you announced first"
            );
            let message = if step.before.is_decided() { message } else { set };
            let update = maintenance.updates.iter().find(|update| update.at == step.at);
            let place = update.map_or(&head.place, |update| &update.place);
            context.tell(CODE, place, message, help);
        }
    }
}

fn outside_quiet_hours(context: &mut Context<'_>, work: &Work<'_>) {
    let Some(quiet) = context.config().policy.quiet_hours else { return };
    if is_emergency(work.maintenance) {
        return;
    }
    let zone = context.now.zone();
    let local = |(plan, _): (Window, &Affects)| (zone.local(plan.start), plan.end.map(|end| zone.local(end)));
    let mut plans = plans_of(work).into_iter().map(local);
    let Some((start, end)) = plans.find(|(start, end)| !quiet.hold(*start, *end)) else { return };
    let start = start.format("%Y-%m-%d %H:%M").to_string();
    let clock = |time: NaiveTime| time.format("%H:%M").to_string();
    let (from, to) = (clock(quiet.start), clock(quiet.end));
    let message = if let Some(end) = end {
        message!(
            "check-outside-quiet-hours",
            "the window, {start} to {end}, is not within the quiet hours, {from} to {to}",
            start,
            end = clock(end.time()),
            from,
            to
        )
    } else {
        message!(
            "check-outside-quiet-hours-start",
            "the window, {start}, is not within the quiet hours, {from} to {to}",
            start,
            from,
            to
        )
    };
    let help = message!(
        "check-outside-quiet-hours-help",
        "move it into these hours, or give the reason in the text"
    );
    context.tell("policy/outside-quiet-hours", &work.maintenance.head.place, message, help);
}

impl QuietHours {
    /// Whether a local window lies within the hours. A window without an end is checked by its start.
    fn hold(self, start: NaiveDateTime, end: Option<NaiveDateTime>) -> bool {
        let day = TimeDelta::days(1);
        let after = |from: TimeDelta| if from < TimeDelta::zero() { from + day } else { from };
        let long = after(self.end - self.start);
        let long = if long.is_zero() { day } else { long };
        let begun = after(start.time() - self.start);
        begun < long && end.is_none_or(|end| begun + (end - start) <= long)
    }
}

/// The current plan of each window, with the components that it affects. For a hidden maintenance it includes all updates
/// that have been written.
fn plans_of<'s>(work: &Work<'s>) -> Vec<(Window, &'s Affects)> {
    let mut plans = all_plans_of(work);
    plans.retain(|(plan, _)| plan.is_decided());
    plans
}

/// The same, also without a start.
fn all_plans_of<'s>(work: &Work<'s>) -> Vec<(Window, &'s Affects)> {
    let entry = work.maintenance;
    let Some(now) = work.now else {
        let written = |(at, first): (usize, Window)| {
            let about = entry.updates.iter().filter(|update| update.change.is_about(at));
            let own = entry.pieces.get(at).and_then(|piece| piece.affects.as_ref());
            let plan = about.fold(first, |plan, update| update.change.applied_to(plan));
            (plan, own.unwrap_or(&entry.affects))
        };
        return entry.windows().into_iter().enumerate().map(written).collect();
    };
    let touched = |window: &'s WindowNow<'_>| (window.plan, &*window.touched);
    now.planned().into_iter().map(touched).collect()
}

struct Span<'s> {
    start: Instant,
    end: Instant,
    affects: &'s Affects,
    work: Work<'s>,
}

fn overlap(context: &mut Context<'_>) {
    const CODE: &str = "policy/overlap";
    if !context.asks(CODE) {
        return;
    }
    let holds = |work: &Work<'_>| work.now.is_none_or(|now| !is_over(now) && !now.awaits_new_time);
    let mut spans: Vec<Span<'_>> = (context.works().into_iter())
        .filter(holds)
        .flat_map(|work| {
            let span = move |(plan, affects): (Window, _)| {
                let end = plan.end.unwrap_or(Instant(plan.start.0 + UNKNOWN));
                Span { start: plan.start, end, affects, work }
            };
            plans_of(&work).into_iter().map(span)
        })
        .collect();
    spans.sort_by(|a, b| {
        (a.start, &a.work.maintenance.head.slug).cmp(&(b.start, &b.work.maintenance.head.slug))
    });
    let mut running: Vec<&Span<'_>> = Vec::new();
    for span in &spans {
        running.retain(|earlier| earlier.end > span.start);
        for earlier in &running {
            if let Some(component) = shared(context, earlier, span) {
                let message = message!(
                    "check-overlap",
                    "this maintenance affects {component} at the same time as {file}, from {time} on",
                    component,
                    file = earlier.work.maintenance.head.file,
                    time = context.when(span.start)
                );
                let help = message!(
                    "check-overlap-help",
                    "move one of the two, or merge them into one entry: readers see the component twice"
                );
                context.tell(CODE, &span.work.maintenance.head.place, message, help);
            }
        }
        running.push(span);
    }
}

/// The first component that both affect.
fn shared(context: &Context<'_>, one: &Span<'_>, other: &Span<'_>) -> Option<String> {
    if std::ptr::eq(one.work.maintenance, other.work.maintenance) {
        return None;
    }
    let touched = |span: &Span<'_>| -> Vec<usize> {
        span.affects.given.iter().map(|(component, _)| *component).collect()
    };
    let others = touched(other);
    let component = touched(one).into_iter().find(|component| others.contains(component))?;
    Some(format!("`{}`", context.config().components.all[component].id))
}
