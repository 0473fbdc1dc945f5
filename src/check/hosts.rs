//! Reports files that hosting services would refuse.

use crate::diagnostic::{Diagnostic, Place};
use crate::limits::REDIRECT_RULES;
use crate::model::{Config, Model};
use crate::output;

pub(super) fn check(model: &Model, found: &mut Vec<Diagnostic>) {
    let Some((left_out, all)) = output::redirects_left_out(model) else { return };
    let message = format!(
        "the site has {all} old addresses (`aliases`), and `_redirects` may hold {REDIRECT_RULES}: it lacks {left_out} of them"
    );
    found.push(Diagnostic::warning("site/too-many-redirects", Place::whole(&Config::file()), message).help(
        "nothing needs to be done, since at each of them a small page leads on; remove aliases that no link uses any more, and a host that takes more rules can be told the rest",
    ));
}
