//! Checks that all languages of the site have the text that readers find on the home page.

use super::{Context, Scope};
use crate::diagnostic::Place;
use crate::markdown::Fragment;
use crate::model::entry::{Estimate, FieldValue, Question, Update};
use crate::model::{Head, Incident, Instant, Localized, Maintenance, Notice, Rich, Text};

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
        look(context, &incident.head, &Texts::of_incident(incident), is_open);
    }
    let works = context.works().into_iter().map(|work| work.maintenance);
    let closed = now.maintenance.iter().filter(|work| super::is_over(work) && !work.withdrawn);
    let closed =
        closed.filter(|work| context.is_at_home(work.last_publication())).map(|work| work.maintenance);
    // Each occurrence of a series shows the text of one file.
    let open = works.map(|maintenance| (maintenance, true));
    for (maintenance, is_open) in each_once(open.chain(closed.map(|maintenance| (maintenance, false)))) {
        look(context, &maintenance.head, &Texts::of_maintenance(maintenance), is_open);
    }
    for notice in &now.notices {
        if notice.current || context.scope == Scope::All {
            let notice = notice.notice;
            look(context, &notice.head, &Texts::of_notice(notice), true);
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

/// The languages, apart from the first, that a text lacks.
struct Lacks(Vec<usize>);

impl Lacks {
    fn of<T>(text: &Localized<T>, is_empty: impl Fn(&T) -> bool, locales: usize) -> Lacks {
        if is_empty(text.get(0).1) {
            return Lacks(Vec::new());
        }
        Lacks((1..locales).filter(|at| !text.has(*at)).collect())
    }
}

struct Texts<'e> {
    summary_and_updates: Vec<(&'e Rich, &'e Place)>,
    /// The other parts, each with its key or the word of its section.
    parts: Vec<(&'static str, Part<'e>)>,
}

#[derive(Clone, Copy)]
enum Part<'e> {
    Words(&'e Rich),
    Plain(&'e Text),
}

impl Part<'_> {
    fn lacks(self, locales: usize) -> Lacks {
        match self {
            Part::Words(words) => Lacks::of(words, Fragment::is_empty, locales),
            Part::Plain(text) => Lacks::of(text, |text| text.trim().is_empty(), locales),
        }
    }
}

impl<'e> Texts<'e> {
    fn new<C>(head: &'e Head, summary: &'e Rich, updates: &'e [Update<C>]) -> Texts<'e> {
        let updates = updates.iter().map(|update| (&update.words, &update.place));
        let summary_and_updates = std::iter::once((summary, &head.place)).chain(updates).collect();
        Texts { summary_and_updates, parts: vec![("title", Part::Plain(&head.title))] }
    }

    fn words(&mut self, key: &'static str, words: Option<&'e Rich>) -> &mut Self {
        self.parts.extend(words.map(|words| (key, Part::Words(words))));
        self
    }

    fn faq(&mut self, faq: &'e [Question]) -> &mut Self {
        for question in faq {
            self.parts.push(("faq", Part::Plain(&question.question)));
            self.parts.push(("faq", Part::Words(&question.answer)));
        }
        self
    }

    fn fields(&mut self, fields: &'e [(usize, FieldValue)]) -> &mut Self {
        for (_, value) in fields {
            if let FieldValue::Words(text) = value {
                self.parts.push(("fields", Part::Plain(text)));
            }
        }
        self
    }

    fn estimate(&mut self, estimate: Option<&'e Estimate>) -> &mut Self {
        if let Some(Estimate::Words(text)) = estimate {
            self.parts.push((RECOVERY, Part::Plain(text)));
        }
        self
    }

    fn of_incident(entry: &'e Incident) -> Texts<'e> {
        let mut texts = Texts::new(&entry.head, &entry.summary, &entry.updates);
        texts
            .words("scope", entry.scope.as_ref())
            .estimate(entry.expected_recovery.as_ref())
            .fields(&entry.fields)
            .words("workaround", entry.workaround.as_ref())
            .words("actions", entry.actions.as_ref())
            .faq(&entry.faq)
            .words("compensation", entry.compensation.as_ref())
            .words("postmortem", entry.postmortem.as_ref().map(|(_, words)| words));
        // The text of a fact line has one language only, so nothing is asked of those in updates.
        texts
    }

    fn of_maintenance(entry: &'e Maintenance) -> Texts<'e> {
        let mut texts = Texts::new(&entry.head, &entry.summary, &entry.updates);
        texts
            .words("scope", entry.scope.as_ref())
            .fields(&entry.fields)
            .words("workaround", entry.workaround.as_ref())
            .words("actions", entry.actions.as_ref())
            .faq(&entry.faq)
            .words("compensation", entry.compensation.as_ref())
            .words("evaluation", entry.evaluation.as_ref().map(|(_, words)| words));
        texts
    }

    fn of_notice(entry: &'e Notice) -> Texts<'e> {
        let mut texts = Texts::new(&entry.head, &entry.summary, &entry.updates);
        texts.fields(&entry.fields).words("actions", entry.actions.as_ref()).faq(&entry.faq);
        texts
    }
}

const RECOVERY: &str = "expected_recovery";

/// Reports missing translations. For a closed entry, only translations that were started are checked, because
/// readers would find both languages in them.
fn look(context: &mut Context<'_>, head: &Head, texts: &Texts<'_>, is_open: bool) {
    let locales = &context.config().locales;
    let lacking = |part: Part<'_>| part.lacks(locales.len()).0;
    let summary_and_updates: Vec<_> = texts
        .summary_and_updates
        .iter()
        .map(|(words, place)| (lacking(Part::Words(words)), *place))
        .collect();
    let parts: Vec<_> = texts.parts.iter().map(|(key, part)| (*key, lacking(*part))).collect();
    for (at, locale) in locales.iter().enumerate().skip(1) {
        let stem = head.file.trim_end_matches(".md");
        if !head.translations.contains(&at) {
            if !is_open {
                continue;
            }
            let message = format!("this entry has no translation in `{locale}`");
            let help = format!(
                "create `{stem}.{locale}.md` with `noroshi new {} … --locale {locale} --slug {}`",
                head.kind.word(),
                head.slug
            );
            context.tell(CODE, &head.place, message, help);
            continue;
        }
        let help = format!("add it to `{stem}.{locale}.md`; until then pages show the original");
        let stale: Vec<_> = summary_and_updates.iter().filter(|(lacks, _)| lacks.contains(&at)).collect();
        if let Some((_, place)) = stale.last() {
            let message = match stale.len() {
                1 => format!("this text has no translation in `{locale}`"),
                many => format!("{many} texts have no translation in `{locale}`; this is the last of them"),
            };
            context.tell(CODE, place, message, help.as_str());
        }
        let mut keys: Vec<&str> =
            parts.iter().filter(|(_, lacks)| lacks.contains(&at)).map(|(key, _)| *key).collect();
        keys.dedup();
        // A translation holds no facts: this one has its languages in the original.
        if keys.contains(&RECOVERY) {
            keys.retain(|key| *key != RECOVERY);
            let message = format!("`{RECOVERY}` has no translation in `{locale}`");
            let first = &locales[0];
            let help = format!("write it in each language: `{RECOVERY}: {{{first}: …, {locale}: …}}`");
            context.tell(CODE, &head.place, message, help);
        }
        if !keys.is_empty() {
            let message = match keys.as_slice() {
                [key] => format!("`{key}` has no translation in `{locale}`, or only part of one"),
                keys => {
                    format!("`{}` have no translation in `{locale}`, or only part of one", keys.join("`, `"))
                }
            };
            context.tell(CODE, &head.place, message, help);
        }
    }
}
