//! The items of the banner that a product shows on its own pages: active and announced entries, most severe first.

use super::item_status::ItemStatus;
use super::{Route, Site, feed_items, identity};
use crate::model::Instant;
use crate::model::window::Window;
use crate::text;
use crate::timeline::{ClockChange, IncidentNow, MaintenanceNow, NoticeNow, implied};
use crate::vocabulary::{Auto, ComponentStatus, Level, Status};

/// The maximum length of a banner item's text, in columns: Chinese and Japanese characters take two. The
/// entry's page has the rest.
const COLUMNS: usize = 160;

/// An active or announced entry in the banner.
#[derive(Clone, Debug)]
pub struct BannerItem {
    pub route: Route,
    /// Its id. It changes with each publication about the entry.
    pub id: String,
    pub tone: Tone,
    /// The planned start, or the start of what is going on.
    pub start: Option<Instant>,
    /// Planned end.
    pub end: Option<Instant>,
    /// The plan of a maintenance, in words.
    pub window: Option<Window>,
    /// The time of the latest publication about it.
    pub updated: Option<Instant>,
    /// When it stops being shown.
    pub until: Option<Instant>,
    /// Its states over time, as the clock alone will change them.
    pub states: Vec<Phase>,
}

/// The colour of a banner item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Status(ComponentStatus),
    Info,
}

/// A state and when it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phase {
    /// `None` means from the beginning.
    pub at: Option<Instant>,
    /// `None` means never.
    pub until: Option<Instant>,
    /// The name that machine-readable output uses.
    pub state: &'static str,
    /// The message key that names it.
    pub label: &'static str,
}

impl Phase {
    fn always(state: &'static str, label: &'static str) -> Vec<Phase> {
        vec![Phase { at: None, until: None, state, label }]
    }
}

impl Site<'_> {
    /// The banner items: active incidents, running maintenance, announced maintenance, then pinned notices.
    #[must_use]
    pub fn banner_items(&self) -> Vec<BannerItem> {
        let now = &self.now;
        let mut incidents: Vec<usize> =
            (0..now.incidents.len()).filter(|at| now.incidents[*at].is_active()).collect();
        incidents.sort_by_key(|at| std::cmp::Reverse(now.incidents[*at].severity));
        let works = || (0..now.maintenance.len()).rev();
        let running = works().filter(|at| now.maintenance[*at].is_running());
        let ahead = works().filter(|at| is_announced(&now.maintenance[*at], now.effective));
        let notices = (0..now.notices.len()).filter(|at| {
            let notice = &now.notices[*at];
            notice.current && notice.notice.pinned
        });
        (incidents.into_iter().map(|at| self.incident(at, &now.incidents[at])))
            .chain(running.chain(ahead).map(|at| self.work(at, &now.maintenance[at])))
            .chain(notices.map(|at| self.notice(at, &now.notices[at])))
            .collect()
    }

    fn banner_item(&self, route: Route, tone: Tone) -> BannerItem {
        let newest = feed_items::of(self, route).into_iter().next();
        // An entry without publications takes its id from its own name.
        let id = newest.as_ref().map_or_else(|| self.nameless(route), feed_items::FeedItem::id);
        BannerItem {
            route,
            id,
            tone,
            start: None,
            end: None,
            window: None,
            updated: newest.map(|item| item.at),
            until: None,
            states: Vec::new(),
        }
    }

    fn nameless(&self, route: Route) -> String {
        let head = self.head(route);
        let day = self.occurrence(route).map(|o| o.day.to_string()).unwrap_or_default();
        let (kind, id) = head.map_or(("", ""), |head| (head.kind.word(), head.id.as_str()));
        identity::urn(&[kind, id, &day, "bulletin"])
    }

    fn incident(&self, at: usize, now: &IncidentNow<'_>) -> BannerItem {
        BannerItem {
            start: Some(now.started.at),
            states: Phase::always(now.state.word(), ItemStatus::from(now.state).message()),
            ..self.banner_item(Route::Incident(at), Tone::Status(implied(now.severity)))
        }
    }

    fn work(&self, at: usize, now: &MaintenanceNow<'_>) -> BannerItem {
        let turns = now.turns();
        let over = turns.iter().find(|turn| turn.state == Status::Completed).map(|turn| turn.at);
        // A cancelled window, and one that waits for an update to start it, is shown until its planned end.
        let silent = now.is_ahead() && now.maintenance.auto == Auto::None && !now.awaits_new_time;
        let off =
            (now.human_state == Status::Cancelled || silent).then(|| now.plan.end.unwrap_or(now.plan.start));
        let plan = now.plan_now();
        BannerItem {
            start: Some(plan.start).filter(|_| !now.awaits_new_time),
            end: plan.end.filter(|_| !now.awaits_new_time),
            window: Some(plan).filter(|_| !now.awaits_new_time),
            until: off.or(over).or(now.closes),
            states: states(now.human_state, &turns),
            ..self.banner_item(Route::Maintenance(at), Tone::Status(ComponentStatus::Maintenance))
        }
    }

    fn notice(&self, at: usize, now: &NoticeNow<'_>) -> BannerItem {
        let level = now.notice.level;
        let tone = match level {
            Level::Info => Tone::Info,
            Level::Warning => Tone::Status(ComponentStatus::Degraded),
            Level::Clarification => Tone::Status(ComponentStatus::Maintenance),
        };
        BannerItem {
            start: now.published,
            until: now.notice.expires_at.map(|at| at.at),
            states: Phase::always(level.word(), level.message()),
            ..self.banner_item(Route::Notice(at), tone)
        }
    }

    /// The title of a banner item in a language, and its text on one line.
    #[must_use]
    pub fn banner_item_words(&self, item: &BannerItem, locale: usize) -> (String, String) {
        let title = self.title(item.route, locale).map(|(_, title)| title).unwrap_or_default();
        let newest = feed_items::of(self, item.route).into_iter().next();
        let item_words =
            newest.as_ref().and_then(|newest| newest.words).filter(|words| !words.get(locale).1.is_empty());
        let words = item_words.or_else(|| self.summary(item.route)).map(|words| words.get(locale).1.plain());
        let words = words.unwrap_or_default();
        let language = &self.locales[locale];
        let words = match newest.filter(feed_items::FeedItem::is_correction) {
            Some(_) => format!("{}{}{words}", language.t("update-correction"), language.t("colon")),
            None => words,
        };
        // A text that only repeats the title is left out.
        let words = if words == title { String::new() } else { text::shorten(&words, fitting(&words)) };
        (title, words)
    }

    /// The ids of the components that a banner item concerns, and of every row, column and group that contains
    /// one.
    #[must_use]
    pub fn banner_item_components(&self, item: &BannerItem) -> Vec<&str> {
        let (touched, all) = (self.touched(item.route), &self.now.model.config.components);
        let holds = |id: &&str| {
            let members = all.find(id).map_or(&[][..], |target| &target.members);
            touched.iter().any(|(component, _)| members.contains(component))
        };
        all.ids().filter(holds).collect()
    }
}

/// The number of characters of a text that fit into [`COLUMNS`].
fn fitting(words: &str) -> usize {
    let mut left = COLUMNS;
    let fits = |c: &char| {
        let wide = if *c < '\u{1100}' { 1 } else { 2 };
        let fits = left >= wide;
        left = left.saturating_sub(wide);
        fits
    };
    words.chars().take_while(fits).count()
}

/// Whether it is announced. A cancelled window stays announced until it would have ended.
fn is_announced(now: &MaintenanceNow<'_>, at: Instant) -> bool {
    let last = now.plan.decided().map(|plan| plan.end.unwrap_or(plan.start));
    now.is_ahead() || (now.human_state == Status::Cancelled && !now.withdrawn && last > Some(at))
}

/// The state that an update set, followed by what the clock makes of it.
fn states(status: Status, turns: &[ClockChange]) -> Vec<Phase> {
    let mut found = vec![Phase {
        at: None,
        until: turns.first().map(|turn| turn.at),
        state: status.word(),
        label: ItemStatus::from(status).message(),
    }];
    found.extend(turns.iter().filter(|turn| turn.state != Status::Completed).map(|turn| Phase {
        at: Some(turn.at),
        until: turn.until,
        state: turn.state.word(),
        label: match turn.state {
            Status::InProgress => "clock-in_progress",
            Status::Verifying => "clock-verifying",
            state => ItemStatus::from(state).message(),
        },
    }));
    if let Some(until) = turns.last().and_then(|turn| turn.until) {
        // After that, the state from the update applies again.
        found.push(Phase {
            at: Some(until),
            until: None,
            state: status.word(),
            label: ItemStatus::from(status).message(),
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::Snapshot;
    use crate::timeline::fixture::{at, model};

    fn shown(files: &[(&str, &str)], now: &str) -> Vec<(String, Vec<&'static str>, String)> {
        let model = model(files);
        let site = Site::new(Snapshot::at(&model, at(now))).expect("built-in locales");
        let row = |b: &BannerItem| {
            let states = b.states.iter().map(|s| s.state).collect();
            (site.head(b.route).expect("an entry").slug.clone(), states, b.id.clone())
        };
        site.banner_items().iter().map(row).collect()
    }

    fn incident(severity: &str, body: &str) -> String {
        format!("---\ntitle: t\nseverity: {severity}\naffects: [api]\nstarted: 2026-11-20 10:15\n---\n{body}")
    }

    const WORK: &str = "---\ntitle: w\nkind: regular\naffects: [api]\nwindow: {start: 2026-11-21 02:00, end: 2026-11-21 05:00}\n---\n";

    #[test]
    fn the_gravest_comes_first_and_what_is_over_is_gone() {
        let (minor, critical) = (
            incident("minor", ""),
            incident("critical", "## investigating 2026-11-20 10:20\n## resolved 2026-11-20 14:00\n"),
        );
        let files =
            [("incidents/a.md", minor.as_str()), ("incidents/b.md", &critical), ("maintenance/w.md", WORK)];
        let slugs = |now: &str| shown(&files, now).into_iter().map(|row| row.0).collect::<Vec<_>>();
        assert_eq!(slugs("20 12:00"), ["b", "a", "w"]);
        assert_eq!(slugs("20 14:00"), ["a", "w"]);
    }

    #[test]
    fn the_clock_turns_the_state_and_an_update_gives_the_item_a_new_id() {
        let before = shown(&[("maintenance/w.md", WORK)], "20 12:00");
        assert_eq!(before[0].1, ["scheduled", "in_progress", "verifying"]);
        let updated = format!("{WORK}## update 2026-11-20 11:00\n\nx\n");
        let after = shown(&[("maintenance/w.md", &updated)], "20 12:00");
        assert_ne!(before[0].2, after[0].2);
        let off = format!("{WORK}## cancelled 2026-11-20 11:00\n");
        let files = [("maintenance/w.md", off.as_str())];
        assert_eq!(shown(&files, "20 12:00")[0].1, ["cancelled"]);
        assert!(shown(&files, "21 05:00").is_empty());
    }
}
