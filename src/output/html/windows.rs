//! The windows of a maintenance on its page and on its card: one line, or a list if there are several.

use super::markup::{Html, html};
use super::{Scope, shown};
use crate::site::Route;
use crate::timeline::{MaintenanceNow, WindowNow};
use crate::vocabulary::Status;

pub(super) fn windows(scope: &Scope<'_>, now: &MaintenanceNow<'_>) -> Html {
    if !now.is_in_windows() {
        return scope.window(now.plan);
    }
    let items = window_lines(scope, now).into_iter().map(|line| html!("<li>{}</li>", line));
    html!("<ul class=\"windows\">{}</ul>", Html::join(items, ""))
}

/// A line for each of several windows; empty if there is one.
pub(super) fn window_lines(scope: &Scope<'_>, now: &MaintenanceNow<'_>) -> Vec<Html> {
    let mut all: Vec<&WindowNow<'_>> = now.windows.iter().filter(|_| now.is_in_windows()).collect();
    all.sort_by_key(|window| window.plan.start);
    all.into_iter().map(|window| item(scope, now, window)).collect()
}

/// A window, its components if they are its own, and what updates say of it.
fn item(scope: &Scope<'_>, now: &MaintenanceNow<'_>, window: &WindowNow<'_>) -> Html {
    let times = scope.window(window.plan);
    let own = window.affects.map(|affects| html!(" {}", scope.names(&affects.names))).unwrap_or_default();
    let note = |words: String| html!(" <small>({})</small>", words);
    if window.is_cancelled() {
        return html!("<del>{}</del>{}{}", times, own, note(scope.update_name(Status::Cancelled)));
    }
    if window.awaits_new_time {
        let open = scope.t("pack-window-open");
        return html!("<del>{}</del>{}{}", times, own, note(open));
    }
    if window.human_state == Status::Completed {
        return html!("{}{}{}", times, own, note(scope.update_name(Status::Completed)));
    }
    if now.is_closed_by_human() {
        return html!("{}{}", times, own);
    }
    // On the home page the state decides, and on pages that do not depend on the clock the browser does.
    let hidden = scope.page.route != Route::Home || !window.is_running();
    let when = shown(Some(window.plan.start), window.plan.end, hidden);
    html!("{}{} <b{}>{}</b>", times, own, when, scope.locale.t("phase-now"))
}
