//! Whether everybody reads the same: an open entry has its updates in every language of the site.

use super::{Scene, Scope};
use crate::diagnostic::Place;
use crate::model::entry::Update;
use crate::model::{Head, Rich};

const CODE: &str = "policy/stale-translation";

pub(super) fn check(scene: &mut Scene<'_>) {
    if scene.config().locales.len() < 2 || !scene.asks(CODE) {
        return;
    }
    for case in scene.cases() {
        look(
            scene,
            &case.incident.head,
            &words(&case.incident.updates, &case.incident.summary, &case.incident.head),
        );
    }
    for work in scene.works() {
        let maintenance = work.maintenance;
        // Each occurrence of a series shows what the one file says: the first tells it.
        let is_known = |found: &crate::diagnostic::Diagnostic| {
            found.code == CODE && found.place.file == maintenance.head.file
        };
        if !scene.found.iter().any(is_known) {
            look(
                scene,
                &maintenance.head,
                &words(&maintenance.updates, &maintenance.summary, &maintenance.head),
            );
        }
    }
    for notice in &scene.now.notices {
        if notice.current || scene.scope == Scope::All {
            let notice = notice.notice;
            look(scene, &notice.head, &words(&notice.updates, &notice.summary, &notice.head));
        }
    }
}

/// Everything that is said, with its place.
fn words<'e, C>(updates: &'e [Update<C>], summary: &'e Rich, head: &'e Head) -> Vec<(&'e Rich, &'e Place)> {
    std::iter::once((summary, &head.place)).chain(updates.iter().map(|u| (&u.words, &u.place))).collect()
}

fn look(scene: &mut Scene<'_>, head: &Head, words: &[(&Rich, &Place)]) {
    let locales = &scene.config().locales;
    let said: Vec<_> = words.iter().filter(|(words, _)| !words.get(0).1.is_empty()).collect();
    for (at, locale) in locales.iter().enumerate().skip(1) {
        let stem = head.file.trim_end_matches(".md");
        if !head.translations.contains(&at) {
            let message = format!("this entry is not there in `{locale}`");
            let help = format!(
                "write `{stem}.{locale}.md`: `noroshi new {} … --locale {locale} --slug {}`",
                head.kind.word(),
                head.slug
            );
            scene.tell(CODE, &head.place, message, help);
            continue;
        }
        let stale: Vec<_> = said.iter().filter(|(words, _)| !words.has(at)).collect();
        let Some((_, place)) = stale.last() else { continue };
        let message = match stale.len() {
            1 => format!("this text is not there in `{locale}`"),
            many => format!("{many} texts are not there in `{locale}`, this being the last"),
        };
        let help = format!("add it to `{stem}.{locale}.md`; until then the original is shown");
        scene.tell(CODE, place, message, help);
    }
}
