//! Checks that text in a theme is readable: 4.5 : 1 for text (WCAG 2.2, success criterion 1.4.3), including the
//! states, because their names are text.

use super::tokens::{COLOURS, Description, Tokens};
use crate::diagnostic::Diagnostic;
use crate::message::message;

/// The lowest allowed contrast of text.
pub(super) const LEAST: f64 = 4.5;
const GROUNDS: [&str; 2] = ["paper", "card"];
const SHOWN: [&str; 8] = ["ink", "soft", "accent", "ok", "degraded", "maintenance", "partial", "major"];

#[derive(Debug)]
pub(super) struct LowContrast {
    shown: usize,
    ground: usize,
    scheme: usize,
    scheme_name: &'static str,
    ratio: f64,
}

/// Every pair with too little contrast, in the schemes that are shown.
pub(super) fn near(tokens: &Tokens) -> Vec<LowContrast> {
    let index = |name: &str| COLOURS.iter().position(|(known, _)| *known == name);
    let mut found = Vec::new();
    for (scheme, scheme_name) in tokens.scheme.shown().iter().copied() {
        for shown in SHOWN.iter().filter_map(|name| index(name)) {
            for ground in GROUNDS.iter().filter_map(|name| index(name)) {
                let ratio = tokens.colours[shown][scheme].contrast(tokens.colours[ground][scheme]);
                if ratio < LEAST {
                    found.push(LowContrast { shown, ground, scheme, scheme_name, ratio });
                }
            }
        }
    }
    found
}

/// Reports these pairs as warnings, at the site's own tokens. A team cannot fix the built-in ones.
pub(super) fn check(tokens: &Tokens, layers: &[Description], own: &[bool], found: &mut Vec<Diagnostic>) {
    for near in near(tokens) {
        let places = [near.shown, near.ground].into_iter().filter_map(|at| {
            let layer = tokens.from[at][near.scheme];
            let is_own = own.get(layer).copied().unwrap_or(false);
            layers.get(layer).filter(|_| is_own)?.place(at, near.scheme)
        });
        let Some(place) = places.into_iter().next() else { continue };
        let name = |at: usize| COLOURS[at].0;
        let colour = |at: usize| tokens.colours[at][near.scheme].to_string();
        // Rounded down: 4.499 is below 4.5.
        let ratio = (near.ratio * 100.0).floor() / 100.0;
        let message = message!(
            "theme-low-contrast",
            "`{shown}` ({shown_colour}) on `{ground}` ({ground_colour}) has a contrast of {ratio} in the {scheme} scheme",
            shown = name(near.shown),
            shown_colour = colour(near.shown),
            ground = name(near.ground),
            ground_colour = colour(near.ground),
            ratio = format!("{ratio:.2}"),
            scheme = near.scheme_name
        );
        let help = message!(
            "theme-low-contrast-help",
            "make one of them lighter or darker: readable text needs a contrast of at least {least}",
            least = LEAST.to_string()
        );
        found.push(Diagnostic::warning("theme/low-contrast", place, message).help(help));
    }
}
