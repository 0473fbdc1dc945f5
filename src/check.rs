//! Rules over the whole model, for faults that no single file can show.
//!
//! Each file holds one family of rules, and each function is one rule. Rules report; they never fix.

mod addresses;
pub mod against;
mod dates;
mod drafted;
pub mod duties;
mod feed_size;
mod feeds;
pub mod forbidden;
mod hosts;
mod identity;
mod links;
pub mod policy;
mod public_contacts;
pub mod renames;
pub mod sensitive;
mod severity;
mod stale_answers;

use crate::diagnostic::Diagnostic;
use crate::message::{Message, message};
use crate::model::{Instant, Model};
use crate::panics;
use crate::source::Asset;
use crate::timeline::Snapshot;

pub use addresses::Addresses;
pub use hosts::publication;

#[must_use]
pub fn all(model: &Model, assets: &[Asset]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    model.heads().for_each(|head| panics::seam("check", &head.file));
    let addresses = addresses::check(model, assets, &mut found);
    identity::check(model, &mut found);
    feeds::check(model, &mut found);
    drafted::check(model, &mut found);
    stale_answers::check(model, &mut found);
    feed_size::check(model, &mut found);
    hosts::overlaps(model, &addresses, &mut found);
    links::check(model, &addresses, &mut found);
    forbidden::names(model, assets, &mut found);
    found
}

/// Likely mistakes in entries at an instant: in open entries, or in all of them.
#[must_use]
pub fn slips(now: &Snapshot<'_>, at: Instant, all: bool) -> Vec<Diagnostic> {
    let mut found = dates::check(now, at, all);
    found.extend(severity::check(now));
    found
}

/// The fault of a file path that the site would have at some instant. [`all`] finds almost all such faults when
/// the model is read.
#[must_use]
pub fn unpublishable(model: &Model, assets: &[Asset], path: &str, why: &Message) -> Diagnostic {
    let message =
        message!("check-unpublishable", "the address `/{path}` cannot be published: {why}", path, why);
    let place = addresses::owner(model, assets, path);
    let help =
        message!("check-unpublishable-help", "rename the file, the alias or the id that has this address");
    Diagnostic::error("site/colliding-address", place, message).help(help)
}

/// The faults of some entries of a site whose files have these names (relative to the root, sorted), without
/// reading the other entries. This excludes ids, aliases and addresses that two entries share, and headings of
/// other entries.
#[must_use]
pub fn some(model: &Model, assets: &[Asset], names: &[&str]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    identity::some(model, names, &mut found);
    stale_answers::check(model, &mut found);
    feeds::check(model, &mut found);
    drafted::check(model, &mut found);
    links::some(model, names, &mut found);
    forbidden::names(model, assets, &mut found);
    found
}
