//! What the page of an entry is made from, as one digest: much less work than the page.
//!
//! A page that is made from anything else than this would go stale in silence, so whatever the page of
//! an entry begins to read must be added here. Everything built in (templates, messages, this code) is
//! left to whoever keeps digests: another program makes other pages.

use super::Scope;
use super::entry::concerned;
use crate::digest::Digest;
use crate::site::{Route, Site};

/// What pages of every kind are made from.
pub(super) fn of_config(site: &Site<'_>) -> Digest {
    // Nothing in it depends on a random order, and no field can be forgotten.
    Digest::of(&(format!("{:?}", site.now.model.config), site.now.model.theme.digest()))
}

/// What the page of an entry is made from; `shared` stands for what all around it is.
pub(super) fn digest(scope: &Scope<'_>, shared: Digest) -> Digest {
    let (now, page) = (&scope.site.now, scope.page);
    let entry = match page.route {
        Route::Incident(at) => Digest::of(&now.incidents[at]),
        Route::Maintenance(at) => Digest::of(&now.maintenance[at]),
        Route::Series(at) => {
            let dates = now.series[at].occurrences.iter().map(|at| &now.maintenance[*at]);
            let dates: Vec<_> = dates.map(|m| (m.occurrence, m.plan, m.human_state, &m.steps)).collect();
            Digest::of(&(
                now.series[at].maintenance.digest(),
                now.series[at].withdrawn,
                now.series[at].evaluation,
                dates,
            ))
        }
        Route::Notice(at) => Digest::of(&now.notices[at]),
        _ => shared,
    };
    let links = scope.site.head(page.route).map(|head| scope.linker.links(head));
    let questions: Vec<_> = concerned(scope).into_iter().map(|q| (q, scope.linker.links(&q.head))).collect();
    let feedback = now.model.config.feedback.as_ref().and_then(|link| scope.linker.written(&link.url));
    Digest::of(&(shared, entry, &page.path, links, questions, feedback))
}
