//! Checks that all languages of the site have the text that readers find on the home page.

use super::{Context, Scope};
use crate::markdown::Fragment;
use crate::message::{Message, message};
use crate::model::published::{self, Part, Words};
use crate::model::{EntryRef, Head, Instant, Localized};

const CODE: &str = "policy/stale-translation";

pub(super) fn check(context: &mut Context<'_>) {
    if context.config().locales.len() < 2 || !context.asks(CODE) {
        return;
    }
    let now = context.now;
    let cases = context.cases().into_iter().map(|case| case.incident);
    let closed = now.incidents.iter().filter(|case| !case.is_active() && !case.withdrawn);
    let closed =
        closed.filter(|case| context.is_at_home(Some(case.last_publication()))).map(|case| case.incident);
    let open = cases.map(|incident| (incident, true));
    for (incident, is_open) in each_once(open.chain(closed.map(|incident| (incident, false)))) {
        look(context, &incident.head, EntryRef::Incident(incident), is_open);
    }
    let works = context.works().into_iter().map(|work| work.maintenance);
    let closed = now.maintenance.iter().filter(|work| super::is_over(work) && !work.withdrawn);
    let closed =
        closed.filter(|work| context.is_at_home(work.last_publication())).map(|work| work.maintenance);
    // Each occurrence of a series shows the text of one file.
    let open = works.map(|maintenance| (maintenance, true));
    for (maintenance, is_open) in each_once(open.chain(closed.map(|maintenance| (maintenance, false)))) {
        look(context, &maintenance.head, EntryRef::Maintenance(maintenance), is_open);
    }
    for notice in &now.notices {
        if notice.current || context.scope == Scope::All {
            let notice = notice.notice;
            look(context, &notice.head, EntryRef::Notice(notice), true);
        }
    }
}

/// Each entry once, with whether it is checked because it is open.
fn each_once<'e, E>(entries: impl Iterator<Item = (&'e E, bool)>) -> Vec<(&'e E, bool)> {
    let mut known: Vec<(&E, bool)> = Vec::new();
    for (entry, is_open) in entries {
        if !known.iter().any(|(other, _)| std::ptr::eq(*other, entry)) {
            known.push((entry, is_open));
        }
    }
    known
}

impl Context<'_> {
    /// Whether the home page still lists the day on which an entry was last published.
    fn is_at_home(&self, published: Option<Instant>) -> bool {
        published.is_some_and(|at| self.at.0 - at.0 < self.config().history)
    }
}

const RECOVERY: &str = "expected_recovery";

/// The languages, apart from the first, that a text lacks.
fn lacks<T>(text: &Localized<T>, is_empty: impl Fn(&T) -> bool, locales: usize) -> Vec<usize> {
    if is_empty(text.get(0).1) {
        return Vec::new();
    }
    (1..locales).filter(|at| !text.has(*at)).collect()
}

/// The key of a part, or the word of its section; `None` if it needs no translation of its own.
fn key(part: Part) -> Option<&'static str> {
    Some(match part {
        Part::Title => "title",
        Part::Scope | Part::UpdateScope(_) => "scope",
        Part::Advice => "advice",
        Part::Recovery => RECOVERY,
        Part::Field(_) => "fields",
        Part::Section(section) => section.word(),
        Part::Question(_) | Part::Answer(_) => "faq",
        // A forecast in an update has one language only.
        _ => return None,
    })
}

/// Reports missing translations. For a closed entry, only translations that were started are checked, because
/// readers would find both languages in them.
fn look(context: &mut Context<'_>, head: &Head, entry: EntryRef<'_>, is_open: bool) {
    let locales = &context.config().locales;
    let (mut summary_and_updates, mut parts) = (Vec::new(), Vec::new());
    published::entry(entry, &mut |piece| {
        let lacks = match piece.words {
            Words::Name(_) => return,
            Words::Text(text) => lacks(text, |text| text.trim().is_empty(), locales.len()),
            Words::Rich(words) => lacks(words, Fragment::is_empty, locales.len()),
        };
        match (piece.part, key(piece.part)) {
            (Part::Summary | Part::Update(_), _) => summary_and_updates.push((lacks, piece.place)),
            (_, Some(key)) => parts.push((key, lacks)),
            _ => {}
        }
    });
    // What is written after the end comes last.
    parts.sort_by_key(|(key, _)| matches!(*key, "compensation" | "postmortem" | "evaluation"));
    for (at, locale) in locales.iter().enumerate().skip(1) {
        let stem = head.file.trim_end_matches(".md");
        if !head.translations.contains(&at) {
            if !is_open {
                continue;
            }
            let message =
                message!("check-translation-none", "this entry has no translation in `{locale}`", locale);
            let help = message!(
                "check-translation-none-help",
                "create `{file}` with `noroshi new {kind} … --locale {locale} --slug {slug}`",
                file = format!("{stem}.{locale}.md"),
                kind = head.kind.word(),
                locale,
                slug = head.slug
            );
            context.tell(CODE, &head.place, message, help);
            continue;
        }
        let help = message!(
            "check-translation-help",
            "add it to `{file}`; until then pages show the original",
            file = format!("{stem}.{locale}.md")
        );
        let stale: Vec<_> = summary_and_updates.iter().filter(|(lacks, _)| lacks.contains(&at)).collect();
        if let Some((_, place)) = stale.last() {
            let message = match stale.len() {
                1 => message!("check-translation-text", "this text has no translation in `{locale}`", locale),
                many => message!(
                    "check-translation-texts",
                    "{many} texts have no translation in `{locale}`; this is the last of them",
                    many,
                    locale
                ),
            };
            context.tell(CODE, place, message, help.clone());
        }
        let mut keys: Vec<&str> =
            parts.iter().filter(|(_, lacks)| lacks.contains(&at)).map(|(key, _)| *key).collect();
        keys.dedup();
        // A translation holds no facts: this one has its languages in the original.
        if keys.contains(&RECOVERY) {
            keys.retain(|key| *key != RECOVERY);
            let message = message!(
                "check-translation-key",
                "`{key}` has no translation in `{locale}`",
                key = RECOVERY,
                locale
            );
            let help = message!(
                "check-translation-languages-help",
                "write it in each language: `{line}`",
                line = format!("{RECOVERY}: {{{}: …, {locale}: …}}", locales[0])
            );
            context.tell(CODE, &head.place, message, help);
        }
        if !keys.is_empty() {
            context.tell(CODE, &head.place, incomplete(&keys, locale), help);
        }
    }
}

/// The message for keys and sections that a language lacks, at least in part.
fn incomplete(keys: &[&str], locale: &str) -> Message {
    if let [key] = keys {
        return message!(
            "check-translation-part",
            "`{key}` has no translation in `{locale}`, or only part of one",
            key,
            locale
        );
    }
    let quoted = keys.iter().map(|key| Message::same(format!("`{key}`"))).collect();
    message!(
        "check-translation-parts",
        "{keys} have no translation in `{locale}`, or only part of one",
        keys = Message::joined(quoted, message!("check-comma", ", ")),
        locale
    )
}
