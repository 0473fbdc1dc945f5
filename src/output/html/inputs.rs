//! Computes a digest of what an entry's page is made from, which is much cheaper than rendering the page.
//!
//! If a page reads anything that is not in this digest, it silently goes out of date. So whatever an entry's
//! page starts to read must be added here. Templates, messages and code are not included: the keeper of the
//! digests must discard them when the program changes.

use super::Scope;
use super::entry::concerned;
use crate::digest::Digest;
use crate::site::{Route, Site};

/// The digest of the inputs that all kinds of pages share.
pub(super) fn of_config(site: &Site<'_>) -> Digest {
    // The `Debug` output has no random order, and it cannot miss a field.
    Digest::of(&(format!("{:?}", site.now.model.config), site.now.model.theme.digest()))
}

/// The digest of an entry's page; `shared` stands for its frame.
pub(super) fn digest(scope: &Scope<'_>, shared: Digest) -> Digest {
    let (now, page) = (&scope.site.now, scope.page);
    let entry = match page.route {
        Route::Incident(at) => Digest::of(&now.incidents[at]),
        Route::Maintenance(at) => Digest::of(&now.maintenance[at]),
        Route::Series(at) => {
            let dates = now.series[at].occurrences.iter().map(|at| &now.maintenance[*at]);
            let dates: Vec<_> = dates.map(|m| (m.occurrence, m.plan, m.human_state, &m.steps)).collect();
            let series = &now.series[at];
            let digest = series.maintenance.head.digest_of(series.maintenance);
            Digest::of(&(digest, series.withdrawn, series.evaluation, dates))
        }
        Route::Notice(at) => Digest::of(&now.notices[at]),
        _ => shared,
    };
    let links = scope.site.head(page.route).map(|head| scope.linker.links(head));
    let questions: Vec<_> = concerned(scope).into_iter().map(|q| (q, scope.linker.links(&q.head))).collect();
    let feedback = now.model.config.feedback.as_ref().and_then(|link| scope.linker.written(&link.url));
    Digest::of(&(shared, entry, &page.path, links, questions, feedback))
}
