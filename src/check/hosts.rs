//! Reports files that hosting services would refuse.

use crate::diagnostic::{Diagnostic, Place};
use crate::limits::REDIRECT_RULES;
use crate::model::{Config, Model};
use crate::output;

pub(super) fn check(model: &Model, found: &mut Vec<Diagnostic>) {
    let Some((left_out, all)) = output::redirects_left_out(model) else { return };
    let message = format!(
        "the site has {all} old addresses (`aliases`), but `_redirects` has at most {REDIRECT_RULES} rules: it leaves out {left_out} of them"
    );
    found.push(Diagnostic::warning("site/too-many-redirects", Place::whole(&Config::file()), message).help(
        "you need not do anything: at each of them a small page redirects. To shorten the list, remove aliases that no link uses; if your host takes more rules, add the others there",
    ));
}
