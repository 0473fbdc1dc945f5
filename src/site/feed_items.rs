//! What subscribers are told: one item for each thing that was said, once.
//!
//! An item's identity comes from the entry's id, the status and the second, never from words, file
//! names or domains: mending a text, renaming a file or moving the site makes no old news new.
//!
//! Why: docs/decisions/feeds.md.

use chrono::NaiveDate;

use super::changes::Changes;
use super::{Linker, Route, Site, Words, identity};
use crate::model::entry::Update;
use crate::model::incident::Change;
use crate::model::maintenance::PlanChange;
use crate::model::{Head, Instant, Maintenance, Rich};
use crate::text;
use crate::timeline::{IncidentNow, MaintenanceNow, NoticeNow, SeriesNow};
use crate::vocabulary::{Auto, Status};

/// What was said longer ago, in seconds, is nobody's news any more, whenever it is published.
pub const RECENT: i64 = 366 * 86_400;

/// Something that was said.
#[derive(Clone, Debug)]
pub struct FeedItem<'m> {
    /// Where it is said in full.
    pub route: Route,
    /// Whose it is.
    pub head: &'m Head,
    /// Which occurrence of a series it is about, if one.
    pub occurrence: Option<NaiveDate>,
    /// `resolved`, `postmortem`, `published` …: a part of what it is known by.
    pub status: &'static str,
    /// The same as readers are told it: the end of a message key `update-…`. A start that a human says after the clock
    /// has told it is a further update.
    pub label: &'static str,
    /// When.
    pub at: Instant,
    /// How many of the same status and second stand before it.
    pub ordinal: usize,
    /// What was said; `None` where the entry's summary says it.
    pub words: Option<&'m Rich>,
    /// The facts that it set.
    pub changes: Option<&'m dyn Changes>,
    /// When the entry began, for ties among all.
    pub start: Option<Instant>,
    /// What an entry says at a time that nobody wrote for it (an announcement, a start that the clock
    /// declares) is known by which of its kind it is: a plan or a policy that is changed makes no old news new.
    pub once: Option<usize>,
}

impl<'m> FeedItem<'m> {
    /// Something that was said without words or facts of its own.
    #[must_use]
    pub fn plain(route: Route, head: &'m Head, status: &'static str, at: Instant) -> FeedItem<'m> {
        single(route, head, status, at, None)
    }

    /// A `UUIDv5` URN.
    #[must_use]
    pub fn id(&self) -> String {
        self.named(identity::urn)
    }

    /// The same without its scheme.
    #[must_use]
    pub fn key(&self) -> String {
        self.named(identity::long)
    }

    /// The same as a short id, as APIs have it.
    #[must_use]
    pub fn short_id(&self) -> String {
        self.named(identity::short)
    }

    fn named(&self, make: impl Fn(&[&str]) -> String) -> String {
        // Single entries have no occurrence.
        let occurrence = self.occurrence.map(|day| day.to_string()).unwrap_or_default();
        let (at, ordinal) = match self.once {
            Some(which) => (String::new(), which.to_string()),
            None => (self.at.0.to_string(), self.ordinal.to_string()),
        };
        make(&[self.head.kind.word(), &self.head.id, &occurrence, self.status, &at, &ordinal])
    }

    /// Whether it says that something said before was wrong.
    #[must_use]
    pub fn is_correction(&self) -> bool {
        self.status == Status::Correction.word()
    }

    /// Whether both are the same thing said.
    #[must_use]
    pub fn is_same(&self, other: &FeedItem<'_>) -> bool {
        let key = |n: &FeedItem<'_>| (n.at, n.status, n.ordinal, n.occurrence);
        std::ptr::eq(self.head, other.head) && key(self) == key(other)
    }

    /// The identifier of the update on its entry's page.
    #[must_use]
    pub fn anchor(&self) -> String {
        match self.status {
            // Sections, of which there is one.
            "postmortem" | "evaluation" => self.status.to_owned(),
            status => anchor(status, self.at, self.ordinal),
        }
    }
}

/// The identifier of an update on its entry's page.
#[must_use]
pub fn anchor(status: &str, at: Instant, ordinal: usize) -> String {
    let stamp: String = at.iso().chars().filter(|c| !matches!(c, '-' | ':')).collect();
    let more = if ordinal == 0 { String::new() } else { format!("-{ordinal}") };
    format!("{status}-{stamp}{more}")
}

/// The message that names the status of an item.
#[must_use]
pub fn label_key(status: &str) -> &'static str {
    match status {
        "investigating" => "update-investigating",
        "identified" => "update-identified",
        "monitoring" => "update-monitoring",
        "resolved" => "update-resolved",
        "scheduled" => "update-scheduled",
        "postponed" => "update-postponed",
        "in_progress" => "update-in_progress",
        "verifying" => "update-verifying",
        "completed" => "update-completed",
        "cancelled" => "update-cancelled",
        "correction" => "update-correction",
        "postmortem" => "update-postmortem",
        "evaluation" => "update-evaluation",
        "withdrawn" => "update-withdrawn",
        "published" => "update-published",
        _ => "update-update",
    }
}

/// An item in a language, with absolute addresses; the same in every format.
#[derive(Debug)]
pub struct ItemText {
    /// `【復旧】注文処理の遅延`, `[Resolved] Delayed orders`.
    pub title: String,
    /// Where it is said.
    pub address: String,
    /// Severity or kind, then components; `correction` where it is one.
    pub categories: Vec<String>,
    /// The full text.
    pub html: String,
}

impl Site<'_> {
    /// What an item says in a language.
    #[must_use]
    pub fn told(&self, item: &FeedItem<'_>, locale: usize, linker: &Linker<'_>) -> ItemText {
        let language = &self.locales[locale];
        let withdrawn = self.is_withdrawn(item.route);
        let title = self.title(item.route, locale).map(|(_, title)| title).unwrap_or_default();
        let page = linker.page(item.route);
        let label = language.t(label_key(item.label));
        let mut html = String::new();
        if let Some(withdrawn) = withdrawn {
            let (found, reason) = withdrawn.reason.get(locale);
            html.push_str("<p");
            if found != locale {
                html.push_str(" lang=\"");
                text::escape_into(&mut html, &self.locales[found].tag);
                html.push('"');
            }
            html.push('>');
            text::escape_into(&mut html, reason);
            html.push_str("</p>");
        } else {
            if item.is_correction() {
                paragraph(&mut html, language.t("correction-note"));
            }
            let resolve = Words::elsewhere(linker, item.head, page.clone()).said(item.at);
            let besides = self.besides(item, locale);
            if let Some(lead) = &besides.lead {
                paragraph(&mut html, lead);
            }
            let words =
                item.words.filter(|w| !w.get(locale).1.is_empty()).or_else(|| self.summary(item.route));
            if let Some(words) = words {
                self.write_words(&mut html, words, locale, &resolve);
            }
            for (label, value) in &besides.facts {
                paragraph(&mut html, &format!("{label}{}{value}", language.t("colon")));
            }
            if let Some(asked) = besides.asked {
                paragraph(&mut html, language.t("section-actions"));
                self.write_words(&mut html, asked, locale, &resolve);
            }
            // Footnotes lead to themselves: from a feed that is the page.
            let here = format!("href=\"#{}", text::escape(&resolve.prefix));
            html = html.replace(&here, &format!("href=\"{}#", text::escape(&page)));
        }
        if html.trim().is_empty() {
            html = format!("<p>{}</p>", text::escape(&title));
        }
        let address = if item.words.is_some() && withdrawn.is_none() {
            format!("{page}#{}", item.anchor())
        } else {
            page
        };
        let mut categories = if withdrawn.is_some() { Vec::new() } else { self.categories(item, locale) };
        if item.is_correction() && withdrawn.is_none() {
            // The same word in every language, so that programs find it.
            categories.push(Status::Correction.word().to_owned());
        }
        // As every other channel heads what it says.
        let title = language.format("pack-banner", &[("state", label), ("title", &title)]);
        ItemText { title, address, categories, html }
    }

    /// What an item says in a language, as text: its words, and a line for each fact that it set.
    #[must_use]
    pub fn told_plainly(&self, item: &FeedItem<'_>, locale: usize, linker: &Linker<'_>) -> String {
        if let Some(withdrawn) = self.is_withdrawn(item.route) {
            return withdrawn.reason.get(locale).1.clone();
        }
        let resolve = Words::elsewhere(linker, item.head, linker.page(item.route)).said(item.at);
        let plain =
            |words: &Rich| Some(words.get(locale).1.lines(&resolve)).filter(|words| !words.is_empty());
        let words = item.words.filter(|w| !w.get(locale).1.is_empty()).or_else(|| self.summary(item.route));
        let (language, besides) = (&self.locales[locale], self.besides(item, locale));
        let facts = besides.facts.iter();
        let facts = facts.map(|(label, value)| format!("{label}{}{value}", language.t("colon")));
        let note = item.is_correction().then(|| language.t("correction-note").to_owned());
        let asked = besides.asked.and_then(plain);
        let asked = asked.map(|asked| format!("{}\n{asked}", language.t("section-actions")));
        let lines: Vec<String> = (note.into_iter().chain(besides.lead))
            .chain(words.and_then(plain))
            .chain(facts)
            .chain(asked)
            .collect();
        if lines.is_empty() {
            return self.title(item.route, locale).map(|(_, title)| title).unwrap_or_default();
        }
        lines.join("\n")
    }

    /// What an entry says before its first update.
    #[must_use]
    pub fn summary(&self, route: Route) -> Option<&Rich> {
        match route {
            Route::Incident(at) => Some(&self.now.incidents[at].incident.summary),
            Route::Maintenance(at) => Some(&self.now.maintenance[at].maintenance.summary),
            Route::Series(at) => Some(&self.now.series[at].maintenance.summary),
            Route::Notice(at) => Some(&self.now.notices[at].notice.summary),
            _ => None,
        }
    }

    /// Words of an entry, marked where they are in another language: whoever reads them aloud must know.
    fn write_words(&self, html: &mut String, words: &Rich, locale: usize, resolve: &Words<'_>) {
        let (found, words) = words.get(locale);
        if found == locale {
            words.write(html, resolve);
        } else if !words.is_empty() {
            html.push_str("<div lang=\"");
            text::escape_into(html, &self.locales[found].tag);
            html.push_str("\">");
            words.write(html, resolve);
            html.push_str("</div>\n");
        }
    }
}

fn paragraph(html: &mut String, words: &str) {
    html.push_str("<p>");
    text::escape_into(html, words);
    html.push_str("</p>\n");
}

/// All that may have news.
fn routes(site: &Site<'_>) -> impl Iterator<Item = Route> + use<> {
    let now = &site.now;
    ((0..now.incidents.len()).map(Route::Incident))
        .chain((0..now.maintenance.len()).map(Route::Maintenance))
        .chain((0..now.series.len()).map(Route::Series))
        .chain((0..now.notices.len()).map(Route::Notice))
}

/// Everything that was said so far and is told, in no order.
#[must_use]
pub fn all<'m>(site: &Site<'m>) -> Vec<FeedItem<'m>> {
    of_those(site, |_| true)
}

/// The same of some entries.
pub(super) fn of_those<'m>(site: &Site<'m>, wanted: impl Fn(Route) -> bool) -> Vec<FeedItem<'m>> {
    let mut all = Vec::new();
    routes(site).filter(|route| wanted(*route)).for_each(|route| tell(site, route, &mut all));
    let since = site.now.model.config.feed_since;
    all.retain(|n| n.at <= site.now.effective && since.is_none_or(|since| n.at >= since));
    all
}

/// Whether an entry may have said something since then; only incidents are so many that it is worth knowing.
pub(super) fn is_recent(site: &Site<'_>, route: Route, since: Instant) -> bool {
    match route {
        Route::Incident(at) => {
            let now = &site.now.incidents[at];
            // What was written afterwards, or never updated, has times of its own.
            let put = now.incident.head.publish_at.max(now.incident.detected).max(Some(now.incident.started));
            now.last_told().max(put.unwrap_or(since)) >= since
        }
        _ => true,
    }
}

/// The items of one entry, or of one occurrence of a series, newest first.
#[must_use]
pub fn items<'m>(site: &Site<'m>, route: Route) -> Vec<FeedItem<'m>> {
    let mut items = Vec::new();
    tell(site, route, &mut items);
    items.retain(|n| n.at <= site.now.effective);
    sort(&mut items);
    items
}

/// Puts news in order, newest first. What comes from one entry must stand in the order it was said.
pub fn sort(news: &mut [FeedItem<'_>]) {
    // What one entry says in one second stays in its order, which is then the newest first too.
    news.reverse();
    news.sort_by(|a, b| {
        let ties = || (a.head.kind, &a.head.slug).cmp(&(b.head.kind, &b.head.slug));
        (b.at, b.start).cmp(&(a.at, a.start)).then_with(ties)
    });
}

/// All that was said of one entry, or of one occurrence of a series, newest first: also what makes no item,
/// because it is too old, or was written afterwards.
#[must_use]
pub fn of<'m>(site: &Site<'m>, route: Route) -> Vec<FeedItem<'m>> {
    let mut all = Vec::new();
    match route {
        Route::Incident(at) => said(route, &site.now.incidents[at], &mut all),
        _ => tell(site, route, &mut all),
    }
    all.retain(|n| n.at <= site.now.effective);
    all.reverse();
    all.sort_by_key(|news| std::cmp::Reverse(news.at));
    all
}

fn tell<'m>(site: &Site<'m>, route: Route, all: &mut Vec<FeedItem<'m>>) {
    let from = all.len();
    let start = match route {
        Route::Incident(at) => {
            incident(route, &site.now.incidents[at], all);
            Some(site.now.incidents[at].incident.started)
        }
        Route::Maintenance(at) => {
            maintenance(route, &site.now.maintenance[at], all);
            Some(site.now.maintenance[at].plan.start)
        }
        Route::Series(at) => {
            series(route, &site.now.series[at], all);
            None
        }
        Route::Notice(at) => {
            notice(route, &site.now.notices[at], all);
            site.now.notices[at].published
        }
        _ => None,
    };
    all[from..].iter_mut().for_each(|news| news.start = start);
}

fn updates<'m, C: Changes + 'm>(
    (route, occurrence): (Route, Option<NaiveDate>),
    head: &'m Head,
    updates: impl IntoIterator<Item = &'m Update<C>>,
    all: &mut Vec<FeedItem<'m>>,
) {
    all.extend(updates.into_iter().map(|u| FeedItem {
        route,
        head,
        occurrence,
        status: u.status.word(),
        label: u.status.word(),
        at: u.at,
        ordinal: u.ordinal,
        words: Some(&u.words),
        changes: Some(&u.change),
        start: None,
        once: None,
    }));
}

fn single<'m>(
    route: Route,
    head: &'m Head,
    status: &'static str,
    at: Instant,
    words: Option<&'m Rich>,
) -> FeedItem<'m> {
    FeedItem {
        route,
        head,
        occurrence: None,
        status,
        label: status,
        at,
        ordinal: 0,
        words,
        changes: None,
        start: None,
        once: words.is_none().then_some(0),
    }
}

fn withdrawal<'m>(route: Route, head: &'m Head, withdrawn: bool, all: &mut Vec<FeedItem<'m>>) {
    if let Some(w) = head.withdrawn.as_ref().filter(|_| withdrawn) {
        all.push(single(route, head, "withdrawn", w.at, None));
    }
}

fn incident<'m>(route: Route, now: &IncidentNow<'m>, all: &mut Vec<FeedItem<'m>>) {
    let head = &now.incident.head;
    if now.incident.backfilled {
        let said = head.publish_at.unwrap_or(now.published);
        // What was written afterwards is one item, whatever it holds: what had become of it by then.
        let sets = |u: &&Update<Change>| u.at <= said && u.status.sets_state();
        let state = now.updates.iter().rev().find(sets).map_or(Status::Investigating, |u| u.status);
        let item = single(route, head, Status::Update.word(), said, None);
        all.push(FeedItem { label: state.word(), ..item });
        return withdrawal(route, head, now.withdrawn, all);
    }
    said(route, now, all);
}

fn said<'m>(route: Route, now: &IncidentNow<'m>, all: &mut Vec<FeedItem<'m>>) {
    let head = &now.incident.head;
    let begun = now.incident.detected.unwrap_or(now.incident.started);
    if now.updates.is_empty() && head.withdrawn.as_ref().is_none_or(|w| begun < w.at) {
        all.push(single(route, head, Status::Investigating.word(), begun, None));
    }
    updates((route, None), head, now.updates, all);
    if let Some((Some(said), words)) = now.incident.postmortem.as_ref().filter(|_| now.postmortem) {
        all.push(single(route, head, "postmortem", *said, Some(words)));
    }
    withdrawal(route, head, now.withdrawn, all);
}

fn maintenance<'m>(route: Route, now: &MaintenanceNow<'m>, all: &mut Vec<FeedItem<'m>>) {
    let head = &now.maintenance.head;
    let occurrence = now.occurrence.map(|o| o.day);
    let plain = |status, said| FeedItem { occurrence, ..single(route, head, status, said, None) };
    if let Some(said) = announcement(now) {
        let off = now.occurrence.is_some_and(|o| o.is_off);
        let status = if off { Status::Cancelled } else { Status::Scheduled };
        all.push(plain(status.word(), said));
    }
    let from = all.len();
    updates((route, occurrence), head, now.updates.iter().copied(), all);
    let mut planned = now.declared.clone();
    planned.extend(now.updates.iter().filter(|u| is_by_plan(now, u)).map(|u| (u.at, u.status)));
    planned.sort_unstable();
    planned.dedup();
    for (n, (said, status)) in planned.iter().enumerate() {
        let which = planned[..n].iter().filter(|(_, other)| other == status).count();
        // What a human says at that very second is the same item.
        let human = all[from..].iter_mut().find(|news| news.at == *said && news.status == status.word());
        if let Some(human) = human {
            human.once = Some(which);
        } else if now.published.is_none_or(|first| *said >= first) {
            // What had passed when it was first published was never declared to anybody.
            all.push(FeedItem { once: Some(which), ..plain(status.word(), *said) });
        }
    }
    for (at, update) in now.updates.iter().enumerate() {
        if is_told_by_clock(now, at) {
            let is_it =
                |news: &&mut FeedItem<'_>| news.at == update.at && news.status == Status::InProgress.word();
            all[from..].iter_mut().filter(is_it).for_each(|news| news.label = Status::Update.word());
        }
    }
    let announced = all[from..].iter_mut().find(|news| {
        news.status == Status::Scheduled.word() && Some(news.at) == head.publish_at && occurrence.is_none()
    });
    if let Some(announced) = announced {
        announced.once = Some(0);
    }
    if now.occurrence.is_none() {
        evaluation(route, now.maintenance, now.evaluation, all);
        withdrawal(route, head, now.withdrawn, all);
    }
}

/// Who begins so long before the plan, in seconds, means the start that the clock tells: what is committed after that
/// is the same item.
const EARLY: i64 = 3_600;

/// Whether the clock had told the start of this work already when a human said that it goes on.
fn is_told_by_clock(now: &MaintenanceNow<'_>, at: usize) -> bool {
    let (before, update) = (&now.updates[..at], now.updates[at]);
    let sets = |u: &&&Update<PlanChange>| u.status.sets_state();
    let last = before.iter().rev().find(sets).map_or(Instant(i64::MIN), |u| u.at);
    let told = |(said, status): &(Instant, Status)| {
        *status == Status::InProgress
            && (last..update.at).contains(said)
            && now.published.is_none_or(|first| *said >= first)
    };
    update.status == Status::InProgress && now.declared.iter().any(told)
}

/// Whether a human said at that very second what the clock would have declared; of a start also a little earlier.
fn is_by_plan(now: &MaintenanceNow<'_>, update: &Update<PlanChange>) -> bool {
    let plan = now.steps.iter().rev().find(|step| step.at <= update.at).map_or(now.window, |step| step.after);
    let auto = now.maintenance.auto;
    match update.status {
        Status::InProgress => {
            let early = plan.start.0 - update.at.0;
            auto != Auto::None && (0..=EARLY).contains(&early) && !is_going_on(now, update)
        }
        Status::Verifying => auto == Auto::Start && Some(update.at) == plan.end,
        Status::Completed => auto == Auto::Both && Some(update.at) == plan.end,
        _ => false,
    }
}

/// Whether a human had said before that work goes on.
fn is_going_on(now: &MaintenanceNow<'_>, update: &Update<PlanChange>) -> bool {
    let before = now.updates.iter().take_while(|u| !std::ptr::eq(**u, update));
    let sets = |u: &&&Update<PlanChange>| u.status.sets_state();
    before.filter(sets).last().is_some_and(|u| matches!(u.status, Status::InProgress | Status::Verifying))
}

fn series<'m>(route: Route, now: &SeriesNow<'m>, all: &mut Vec<FeedItem<'m>>) {
    evaluation(route, now.maintenance, now.evaluation, all);
    withdrawal(route, &now.maintenance.head, now.withdrawn, all);
}

/// When it was announced without an update that says so. An occurrence announces itself; a later
/// `scheduled` is news of its own: what subscribers were told is never taken back.
#[must_use]
pub fn announcement(now: &MaintenanceNow<'_>) -> Option<Instant> {
    let said = match now.occurrence {
        Some(_) => now.published,
        None => now.maintenance.head.publish_at,
    };
    let announces = |status| matches!(status, Status::Scheduled | Status::Postponed | Status::Cancelled);
    let by_update = |at: Instant| {
        let enough = |u: &&Update<PlanChange>| match now.occurrence {
            Some(_) => announces(u.status),
            None => u.status == Status::Scheduled,
        };
        now.updates.iter().any(|u| enough(u) && u.at <= at)
    };
    said.filter(|at| !by_update(*at))
}

fn evaluation<'m>(route: Route, entry: &'m Maintenance, visible: bool, all: &mut Vec<FeedItem<'m>>) {
    if let Some((Some(said), words)) = entry.evaluation.as_ref().filter(|_| visible) {
        all.push(single(route, &entry.head, "evaluation", *said, Some(words)));
    }
}

fn notice<'m>(route: Route, now: &NoticeNow<'m>, all: &mut Vec<FeedItem<'m>>) {
    let head = &now.notice.head;
    if let Some(said) = head.publish_at {
        all.push(single(route, head, "published", said, None));
    }
    updates((route, None), head, now.updates, all);
    withdrawal(route, head, now.withdrawn, all);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_unique_by_status_second_and_ordinal() {
        let at = Instant(1_763_600_000);
        assert_eq!(anchor("resolved", at, 0), "resolved-20251120T005320Z");
        assert_eq!(anchor("resolved", at, 1), "resolved-20251120T005320Z-1");
    }

    use crate::site::Subject;
    use crate::timeline::Snapshot;
    use crate::timeline::fixture::{SITE, at, model, site};

    fn newest<'m>(site: &Site<'m>) -> Vec<FeedItem<'m>> {
        site.feed(Subject::Site).cloned().collect()
    }

    /// Status and time of day of each item, newest first, with the ids.
    fn news(model: &crate::model::Model, time: &str) -> (Vec<String>, Vec<String>) {
        let site = Site::new(Snapshot::at(model, at(time))).expect("built-in locales");
        let zone = site.now.zone();
        let items = newest(&site);
        let line = |n: &FeedItem<'_>| format!("{} {}", n.status, zone.local(n.at).format("%d %H:%M"));
        (items.iter().map(line).collect(), items.iter().map(FeedItem::id).collect())
    }

    fn incident(front: &str, body: &str) -> crate::model::Model {
        let text = format!(
            "---\ntitle: t\nseverity: minor\naffects: [api]\nstarted: 2026-11-20 10:15\n{front}---\n{body}"
        );
        model(&[("incidents/a.md", &text)])
    }

    fn work(front: &str, body: &str) -> crate::model::Model {
        let window = "window: {start: 2026-11-20 02:00, end: 2026-11-20 05:00}";
        let text = format!("---\ntitle: t\nkind: regular\naffects: [api]\n{window}\n{front}---\n{body}");
        model(&[("maintenance/m.md", &text)])
    }

    const POSTED: &str = "publish_at: 2026-11-19 12:00\n";

    #[test]
    fn each_update_is_told_once_newest_first() {
        let body = "## investigating 2026-11-20 10:20\n## identified 2026-11-20 11:00\n\
            ## monitoring 2026-11-20 11:00\n## resolved 2026-11-20 12:00\n## Postmortem 2026-11-20 15:00\nx\n";
        let model = incident("", body);
        let all = ["postmortem 20 15:00", "resolved 20 12:00", "monitoring 20 11:00", "identified 20 11:00"];
        assert_eq!(news(&model, "20 16:00").0[..4], all);
        assert_eq!(news(&model, "20 11:30").0.len(), 3);
    }

    #[test]
    fn an_incident_without_updates_is_told_when_it_was_noticed() {
        assert_eq!(
            news(&incident("detected: 2026-11-20 10:18\n", ""), "20 11:00").0,
            ["investigating 20 10:18"]
        );
        assert_eq!(news(&incident("", ""), "20 11:00").0, ["investigating 20 10:15"]);
    }

    #[test]
    fn what_was_written_afterwards_is_told_once() {
        let front = "backfilled: true\npublish_at: 2026-11-22 10:00\n";
        let body = "## investigating 2026-11-20 10:20\n## resolved 2026-11-20 12:00\n";
        assert_eq!(news(&incident(front, body), "23 00:00").0, ["update 22 10:00"]);
    }

    #[test]
    fn a_maintenance_is_announced_once() {
        let said = "## scheduled 2026-11-19 11:50\n";
        assert_eq!(news(&work(POSTED, ""), "19 13:00").0, ["scheduled 19 12:00"]);
        assert_eq!(news(&work(POSTED, said), "19 13:00").0, ["scheduled 19 11:50"]);
        assert_eq!(news(&work("", said), "19 13:00").0, ["scheduled 19 11:50"]);
        assert!(news(&work("", ""), "19 13:00").0.is_empty());
    }

    #[test]
    fn no_item_is_ever_taken_back() {
        let body = "## scheduled 2026-11-19 18:00\n## update 2026-11-20 05:20\nend: 06:00\n\nx\n\
            \n## postponed 2026-11-20 06:30\n## scheduled 2026-11-21 00:00\nstart: 2026-11-22 02:00\nend: 2026-11-22 03:00\n\nx\n\
            \n## completed 2026-11-22 02:30\n";
        let model = work(&format!("{POSTED}withdrawn: {{at: 2026-11-22 12:00, reason: x}}\n"), body);
        let mut before: Vec<String> = Vec::new();
        for half_hour in 0..8 * 48 {
            let time = Instant(at("19 00:00").0 + half_hour * 1800);
            let site = Site::new(Snapshot::at(&model, time)).expect("built-in locales");
            let now: Vec<String> = newest(&site).iter().map(FeedItem::id).collect();
            assert!(before.iter().all(|id| now.contains(id)), "{}", time.iso());
            before = now;
        }
        assert_eq!(before.len(), 11);
    }

    /// A series of an hour each Tuesday and Thursday, with one day off and some words.
    fn series(body: &str) -> crate::model::Model {
        let text = format!(
            "---\ntitle: t\nkind: regular\naffects: [api]\nwindow: {{start: 2026-11-03 02:00, end: 2026-11-03 03:00}}\n\
             recurrence: {{rule: \"FREQ=WEEKLY;BYDAY=TU,TH\", except: [2026-11-10]}}\n---\n{body}"
        );
        let config = format!("{SITE}policy: {{notice_before: {{regular: 1d}}}}\n");
        site(&config, &[("maintenance/m.md", &text)])
    }

    #[test]
    fn each_time_of_a_series_is_announced_and_declared_by_itself() {
        let body = "## completed 2026-11-03 02:50\n## postponed 2026-11-11 12:00\noccurrence: 2026-11-12\nstart: 2026-11-13 02:00\nend: 2026-11-13 03:00\n\nx\n";
        let (items, ids) = news(&series(body), "14 00:00");
        let wanted = [
            "verifying 13 03:00",
            "in_progress 13 02:00",
            "postponed 11 12:00",
            "scheduled 11 02:00",
            "cancelled 09 02:00",
            "verifying 05 03:00",
            "in_progress 05 02:00",
            "scheduled 04 02:00",
            "completed 03 02:50",
        ];
        // The first update shows when the entry did; the first occurrence had begun by then.
        assert_eq!(items[..9], wanted);
        let distinct: std::collections::HashSet<&String> = ids.iter().collect();
        assert_eq!(distinct.len(), ids.len());
    }

    #[test]
    fn an_update_that_is_added_takes_no_item_of_another_occurrence_back() {
        let before = news(&series(""), "20 00:00").1;
        for added in ["## cancelled 2026-11-19 12:00\n", "## cancelled 2026-11-25 12:00\n"] {
            let after = news(&series(added), "20 00:00").1;
            assert!(before.iter().all(|id| after.contains(id)), "{added}");
        }
    }

    #[test]
    fn no_item_of_a_series_is_ever_taken_back_and_none_comes_twice() {
        let body = "## scheduled 2026-11-01 12:00\n## cancelled 2026-11-04 12:00\n## completed 2026-11-12 02:30\n\
            ## update 2026-11-12 12:00\n\nx\n\n## postponed 2026-11-16 12:00\n\nx\n\n## scheduled 2026-11-18 12:00\nstart: 2026-11-18 20:00\nend: 2026-11-18 21:00\n\nx\n";
        let model = series(body);
        let mut before: Vec<String> = Vec::new();
        for half_hour in 0..21 * 48 {
            let time = Instant(at("01 00:00").0 + half_hour * 1800);
            let site = Site::new(Snapshot::at(&model, time)).expect("built-in locales");
            let now: Vec<String> = newest(&site).iter().map(FeedItem::id).collect();
            assert!(before.iter().all(|id| now.contains(id)), "{}", time.iso());
            let distinct: std::collections::HashSet<&String> = now.iter().collect();
            assert_eq!(distinct.len(), now.len(), "{}", time.iso());
            before = now;
        }
        assert!(before.len() > 12, "{before:?}");
    }

    #[test]
    fn what_a_human_says_at_the_declared_second_is_the_same_item() {
        let clock = news(&work(POSTED, ""), "20 03:00");
        let human = news(&work(POSTED, "## in_progress 2026-11-20 02:00\n"), "20 03:00");
        assert_eq!(clock.0, ["in_progress 20 02:00", "scheduled 19 12:00"]);
        assert_eq!(clock, human);
    }

    #[test]
    fn ids_do_not_depend_on_words_names_or_domains() {
        let text = |title: &str| {
            format!(
                "---\nid: x1\ntitle: {title}\nseverity: minor\naffects: []\nstarted: 2026-11-20 10:15\n---\n## resolved 2026-11-20 11:00\n\n{title}\n"
            )
        };
        let one = site(SITE, &[("incidents/a.md", &text("a"))]);
        let moved = SITE.replace("status.example.com", "other.example.com/x");
        let two = site(&moved, &[("incidents/b.md", &text("b"))]);
        assert_eq!(news(&one, "20 12:00").1, news(&two, "20 12:00").1);
        assert_eq!(news(&one, "20 12:00").1, ["urn:uuid:c8e154e9-8f24-511c-9f7e-58b8120a21d6"]);
    }

    #[test]
    fn older_news_and_more_than_asked_for_are_left_out() {
        let body = "## investigating 2026-11-20 10:20\n## identified 2026-11-20 11:00\n## resolved 2026-11-20 12:00\n";
        let text =
            format!("---\ntitle: t\nseverity: minor\naffects: []\nstarted: 2026-11-20 10:15\n---\n{body}");
        let files = [("incidents/a.md", text.as_str())];
        let since = site(&format!("{SITE}feeds: {{since: 2026-11-20 11:00}}\n"), &files);
        assert_eq!(news(&since, "20 13:00").0, ["resolved 20 12:00", "identified 20 11:00"]);
        let few = site(&format!("{SITE}feeds: {{items: 1}}\n"), &files);
        assert_eq!(news(&few, "20 13:00").0, ["resolved 20 12:00"]);
    }

    #[test]
    fn a_tie_is_the_later_start_then_the_kind_then_the_slug() {
        let incident = |start: &str| {
            format!(
                "---\ntitle: t\nseverity: minor\naffects: []\nstarted: 2026-11-20 {start}\n---\n## investigating 2026-11-20 11:00\n"
            )
        };
        let notice = "---\ntitle: n\n---\n## update 2026-11-20 11:00\nx\n";
        let model = model(&[
            ("incidents/b.md", &incident("10:00")),
            ("incidents/a.md", &incident("10:00")),
            ("incidents/c.md", &incident("11:00")),
            ("notices/n.md", notice),
        ]);
        let site = Site::new(Snapshot::at(&model, at("20 12:00"))).expect("built-in locales");
        let slugs: Vec<&str> = newest(&site).iter().map(|n| n.head.slug.as_str()).collect();
        assert_eq!(slugs, ["c", "n", "a", "b"]);
    }

    #[test]
    fn titles_name_the_state_and_addresses_are_absolute_and_encoded() {
        let text = "---\ntitle: 注文の遅延\nseverity: minor\naffects: [api]\nstarted: 2026-11-20 10:15\n---\n## 復旧 2026-11-20 11:00\n\n[質問](../faq/資産.md)を参照。\n";
        let faq = "---\ntitle: 資産は安全ですか\ncategory: general\n---\nはい。\n";
        let model = model(&[("incidents/遅延.md", text), ("faq/資産.md", faq)]);
        let site = Site::new(Snapshot::at(&model, at("20 12:00"))).expect("built-in locales");
        let item = &newest(&site)[0];
        let told = site.told(item, 0, &Linker::absolute(&site, 0));
        assert_eq!(told.title, "【復旧】注文の遅延");
        let page = "https://status.example.com/incidents/%E9%81%85%E5%BB%B6/";
        assert_eq!(told.address, format!("{page}#resolved-20261120T020000Z"));
        assert!(
            told.html.contains("href=\"https://status.example.com/faq/general/#%E8%B3%87%E7%94%A3\""),
            "{}",
            told.html
        );
        assert_eq!(told.categories, ["軽微", "API"]);
    }
}
