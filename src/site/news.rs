//! What subscribers are told: one item for each thing that was said, once.
//!
//! An item's identity comes from the entry's id, the status and the second, never from words, file
//! names or domains: mending a text, renaming a file or moving the site makes no old news new.

use uuid::Uuid;

use super::{Linker, Route, Site, Words, level_key};
use crate::model::entry::Update;
use crate::model::{Head, Instant, Rich};
use crate::text;
use crate::vocabulary::Status;

/// The namespace of item ids. Changing it would make all old news new.
const NAMESPACE: Uuid = Uuid::from_u128(0x6e6f_726f_7368_4690_8b1d_7374_6174_7573);

/// Something that was said.
#[derive(Clone, Debug)]
pub struct News<'m> {
    /// Where it is said in full.
    pub route: Route,
    /// Whose it is.
    pub head: &'m Head,
    /// `resolved`, `postmortem`, `published` …: the end of a message key `update-…`.
    pub status: &'static str,
    /// When.
    pub at: Instant,
    /// How many of the same status and second stand before it.
    pub ordinal: usize,
    /// What was said; `None` where the entry's summary says it.
    pub words: Option<&'m Rich>,
}

impl News<'_> {
    /// A UUIDv5 URN.
    #[must_use]
    pub fn id(&self) -> String {
        // The occurrence of a series stands between id and status; single entries have none.
        let name = format!(
            "{}\n{}\n\n{}\n{}\n{}",
            self.head.kind.word(),
            self.head.id,
            self.status,
            self.at.0,
            self.ordinal
        );
        Uuid::new_v5(&NAMESPACE, name.as_bytes()).urn().to_string()
    }

    /// The identifier of the update on its entry's page.
    #[must_use]
    pub fn anchor(&self) -> String {
        anchor(self.status, self.at, self.ordinal)
    }
}

/// The identifier of an update on its entry's page.
#[must_use]
pub fn anchor(status: &str, at: Instant, ordinal: usize) -> String {
    let stamp: String = at.iso().chars().filter(|c| !matches!(c, '-' | ':')).collect();
    let more = if ordinal == 0 { String::new() } else { format!("-{ordinal}") };
    format!("{status}-{stamp}{more}")
}

/// An item in a language, with absolute addresses; the same in every format.
#[derive(Debug)]
pub struct Told {
    /// `[復旧] 注文処理の遅延`.
    pub title: String,
    /// Where it is said.
    pub address: String,
    /// Severity or kind, then components.
    pub categories: Vec<String>,
    /// The full text.
    pub html: String,
}

impl Site<'_> {
    /// What an item says in a language.
    #[must_use]
    pub fn told(&self, item: &News<'_>, locale: usize, linker: &Linker<'_>) -> Told {
        let language = &self.locales[locale];
        let (title, withdrawn) = match self.is_withdrawn(item.route) {
            Some(withdrawn) => (language.t("withdrawn-title"), Some(withdrawn)),
            None => (item.head.title.get(locale).1.as_str(), None),
        };
        let page = linker.page(item.route);
        let label = language.t(match item.status {
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
        });
        let mut html = String::new();
        if let Some(withdrawn) = withdrawn {
            html.push_str("<p>");
            text::escape_into(&mut html, withdrawn.reason.get(locale).1);
            html.push_str("</p>");
        } else {
            let resolve = Words::elsewhere(linker, item.head, page.clone());
            let words =
                item.words.filter(|w| !w.get(locale).1.is_empty()).or_else(|| self.summary(item.route));
            if let Some(words) = words {
                words.get(locale).1.write(&mut html, &resolve);
            }
        }
        if html.trim().is_empty() {
            html = format!("<p>{}</p>", text::escape(title));
        }
        let address = match item.words.is_some() && withdrawn.is_none() {
            true => format!("{page}#{}", item.anchor()),
            false => page,
        };
        let categories = if withdrawn.is_some() { Vec::new() } else { self.categories(item.route, locale) };
        Told { title: format!("[{label}] {title}"), address, categories, html }
    }

    fn summary(&self, route: Route) -> Option<&Rich> {
        match route {
            Route::Incident(at) => Some(&self.now.incidents[at].incident.summary),
            Route::Maintenance(at) => Some(&self.now.maintenance[at].maintenance.summary),
            Route::Notice(at) => Some(&self.now.notices[at].notice.summary),
            _ => None,
        }
    }

    fn categories(&self, route: Route, locale: usize) -> Vec<String> {
        let language = &self.locales[locale];
        let (first, names) = match route {
            Route::Incident(at) => {
                let now = &self.now.incidents[at];
                (self.severity_name(now.severity, locale), now.touched.names.as_slice())
            }
            Route::Maintenance(at) => {
                let now = &self.now.maintenance[at];
                (self.kind_name(now.maintenance.kind, locale), now.touched.names.as_slice())
            }
            Route::Notice(at) => {
                let notice = self.now.notices[at].notice;
                (language.t(level_key(notice.level)).to_owned(), notice.affects.names.as_slice())
            }
            _ => return Vec::new(),
        };
        std::iter::once(first).chain(names.iter().map(|n| n.get(locale).1.clone())).collect()
    }
}

/// The newest `most` items, newest first.
#[must_use]
pub fn newest<'m>(site: &Site<'m>, most: usize) -> Vec<News<'m>> {
    let mut all = Vec::new();
    incidents(site, &mut all);
    maintenance(site, &mut all);
    notices(site, &mut all);
    if let Some(since) = site.now.model.config.feed_since {
        all.retain(|n| n.at >= since);
    }
    all.retain(|n| n.at <= site.now.effective);
    all.sort_by(|a, b| {
        let key = |n: &News<'_>| (n.head.kind, n.ordinal);
        b.at.cmp(&a.at)
            .then_with(|| key(a).0.cmp(&key(b).0))
            .then_with(|| a.head.slug.cmp(&b.head.slug))
            .then_with(|| key(b).1.cmp(&key(a).1))
    });
    all.truncate(most);
    all
}

fn updates<'m, C>(route: Route, head: &'m Head, updates: &'m [Update<C>], all: &mut Vec<News<'m>>) {
    all.extend(updates.iter().map(|u| News {
        route,
        head,
        status: u.status.word(),
        at: u.at,
        ordinal: u.ordinal,
        words: Some(&u.words),
    }));
}

fn single<'m>(
    route: Route,
    head: &'m Head,
    status: &'static str,
    at: Instant,
    words: Option<&'m Rich>,
) -> News<'m> {
    News { route, head, status, at, ordinal: 0, words }
}

fn withdrawal<'m>(route: Route, head: &'m Head, withdrawn: bool, all: &mut Vec<News<'m>>) {
    if let Some(w) = head.withdrawn.as_ref().filter(|_| withdrawn) {
        all.push(single(route, head, "withdrawn", w.at, None));
    }
}

fn incidents<'m>(site: &Site<'m>, all: &mut Vec<News<'m>>) {
    for (at, now) in site.now.incidents.iter().enumerate() {
        let (route, head) = (Route::Incident(at), &now.incident.head);
        if now.incident.backfilled {
            all.push(single(
                route,
                head,
                Status::Update.word(),
                head.publish_at.unwrap_or(now.published),
                None,
            ));
            continue;
        }
        if now.updates.is_empty() {
            let begun = now.incident.detected.unwrap_or(now.incident.started);
            all.push(single(route, head, Status::Investigating.word(), begun, None));
        }
        updates(route, head, now.updates, all);
        if let Some((Some(said), words)) = now.incident.postmortem.as_ref().filter(|_| now.postmortem) {
            all.push(single(route, head, "postmortem", *said, Some(words)));
        }
        withdrawal(route, head, now.withdrawn, all);
    }
}

fn maintenance<'m>(site: &Site<'m>, all: &mut Vec<News<'m>>) {
    for (at, now) in site.now.maintenance.iter().enumerate() {
        let (route, head) = (Route::Maintenance(at), &now.maintenance.head);
        let announced = now.updates.iter().any(|u| u.status == Status::Scheduled);
        if let Some(said) = head.publish_at.filter(|_| !announced) {
            all.push(single(route, head, Status::Scheduled.word(), said, None));
        }
        updates(route, head, now.updates, all);
        for (said, status) in &now.declared {
            let human = now.updates.iter().any(|u| u.at == *said && u.status == *status);
            if !human && !now.withdrawn {
                all.push(single(route, head, status.word(), *said, None));
            }
        }
        if let Some((Some(said), words)) = now.maintenance.evaluation.as_ref().filter(|_| now.evaluation) {
            all.push(single(route, head, "evaluation", *said, Some(words)));
        }
        withdrawal(route, head, now.withdrawn, all);
    }
}

fn notices<'m>(site: &Site<'m>, all: &mut Vec<News<'m>>) {
    for (at, now) in site.now.notices.iter().enumerate() {
        let (route, head) = (Route::Notice(at), &now.notice.head);
        if let Some(said) = head.publish_at {
            all.push(single(route, head, "published", said, None));
        }
        updates(route, head, now.updates, all);
        withdrawal(route, head, now.withdrawn, all);
    }
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
}
