//! Reports entries of alerts that nobody has written yet: they have no text, or still the title of the alert.

use crate::alert;
use crate::diagnostic::{Diagnostic, Place};
use crate::message::message;
use crate::model::{Head, Incident, Model};

/// The fingerprints of alerts, which only `noroshi draft` writes.
const KEYS: &str = "internal.alerts.keys";

/// The place is the whole file: a title that an alert made may name a machine, and logs quote what a place marks.
/// It is a warning while the entry is a draft, and an error once it would be published.
pub(super) fn check(model: &Model, found: &mut Vec<Diagnostic>) {
    let is_drafted =
        |head: &Head| head.withdrawn.is_none() && head.secrets.iter().any(|(key, _)| key == KEYS);
    for incident in model.incidents.iter().filter(|incident| is_drafted(&incident.head)) {
        let head = &incident.head;
        let (message, help) = if alert::is_unwritten(head.title.get(0).1) {
            let help =
                message!("check-drafted-title-help", "write what users notice: `title: Orders are slow`");
            (message!("check-drafted-title", "the title is still that of the alert"), help)
        } else if is_empty(incident) {
            let help = message!(
                "check-drafted-empty-help",
                "run `noroshi update {slug} investigating -m TEXT`, or write a summary",
                slug = head.slug
            );
            (message!("check-drafted-empty", "an alert made this entry, and it has no text yet"), help)
        } else {
            continue;
        };
        let diagnostic =
            Diagnostic::error("incident/unwritten", Place::whole(&head.file), message).help(help);
        found.push(if head.draft { diagnostic.softened() } else { diagnostic });
    }
}

fn is_empty(incident: &Incident) -> bool {
    let mut texts =
        std::iter::once(&incident.summary).chain(incident.updates.iter().map(|update| &update.words));
    texts.all(|text| text.get(0).1.is_empty())
}
