//! What the page of an entry is made from, as one digest: much less work than the page.
//!
//! A page that is made from anything else than this would go stale in silence, so whatever the page of
//! an entry begins to read must be added here. Everything built in (templates, messages, this code) is
//! left to whoever keeps digests: another program makes other pages.

use super::entry::concerned;
use super::{Scope, Words};
use crate::digest::Digest;
use crate::markdown::{Resolve, Target};
use crate::model::Head;
use crate::site::{Route, Site};

/// What pages of every kind are made from.
pub(super) fn of_config(site: &Site<'_>) -> Digest {
    // Nothing in it depends on a random order, and no field can be forgotten.
    Digest::of(&format!("{:?}", site.now.model.config))
}

/// What the page of an entry is made from; `shared` stands for what all around it is.
pub(super) fn digest(scope: &Scope<'_>, shared: Digest) -> Digest {
    let (now, page) = (&scope.site.now, scope.page);
    let entry = match page.route {
        Route::Incident(at) => Digest::of(&now.incidents[at]),
        Route::Maintenance(at) => Digest::of(&now.maintenance[at]),
        Route::Series(at) => {
            let dates = now.series[at].occurrences.iter().map(|at| &now.maintenance[*at]);
            let dates: Vec<_> = dates.map(|m| (m.occurrence, m.plan, m.said, &m.steps)).collect();
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
    let links = scope.site.head(page.route).map(|head| addresses(scope, head));
    let questions: Vec<_> = concerned(scope).into_iter().map(|q| (q, addresses(scope, &q.head))).collect();
    let feedback = now.model.config.feedback.as_ref().and_then(|link| scope.linker.written(&link.url));
    Digest::of(&(shared, entry, &page.path, links, questions, feedback))
}

/// Where the links of an entry lead from here: to nowhere, as long as nobody may see what stands there.
fn addresses(scope: &Scope<'_>, head: &Head) -> Vec<Option<String>> {
    let resolve = Words::own(&scope.linker, head);
    let inside = |target: &&Target| !matches!(target, Target::Here(_));
    head.links.iter().map(|(target, _)| target).filter(inside).map(|t| resolve.address(t)).collect()
}
