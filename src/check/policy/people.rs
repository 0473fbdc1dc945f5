//! Rules about people: reviewers, and the parts that the policy requires.

use super::{Context, Scope, Work, fits_incident, fits_maintenance};
use crate::message::{Message, count, message};
use crate::model::policy::{Requirement, Subject};
use crate::model::{Config, EntryRef, Head, Incident, Instant, Maintenance};

pub(super) fn check(context: &mut Context<'_>) {
    let at = context.at;
    for case in context.cases() {
        let fits = |subject| fits_incident(subject, &case);
        too_few_reviewers(context, &case.incident.head, &fits);
        missing(context, &case.incident.head, &fits, &|wanted| of_incident(wanted, case.incident, at));
    }
    let mut seen: Vec<&Head> = Vec::new();
    for work in context.works() {
        // The occurrences of a series share one text.
        let Work { maintenance, .. } = work;
        if seen.iter().any(|head| std::ptr::eq(*head, &raw const maintenance.head)) {
            continue;
        }
        seen.push(&maintenance.head);
        let fits = |subject| fits_maintenance(subject, maintenance);
        too_few_reviewers(context, &maintenance.head, &fits);
        missing(context, &maintenance.head, &fits, &|wanted| of_maintenance(wanted, maintenance, at));
    }
    for notice in &context.now.notices {
        if notice.current || context.scope == Scope::All {
            let fits = |subject| (subject == Subject::Notice).then_some(false);
            too_few_reviewers(context, &notice.notice.head, &fits);
        }
    }
}

fn too_few_reviewers(context: &mut Context<'_>, head: &Head, fits: &dyn Fn(Subject) -> Option<bool>) {
    let demands = &context.config().policy.reviewers;
    let fitting = demands.iter().filter_map(|(subject, count)| Some((fits(*subject)?, *count)));
    // The narrower demand applies: an emergency may need fewer reviewers than other maintenance.
    let Some((_, wanted)) = fitting.max_by_key(|(narrow, _)| *narrow) else { return };
    let have = head.reviewers.len();
    if have >= wanted {
        return;
    }
    let message = message!(
        "check-too-few-reviewers",
        "`reviewed_by` has {have} of {wanted} that the policy asks for; the author does not count",
        have,
        wanted = count(wanted, "name", "names")
    );
    let help = message!(
        "check-too-few-reviewers-help",
        "run `noroshi review {slug} --by NAME` after another person has read it",
        slug = head.slug
    );
    context.tell("policy/too-few-reviewers", &head.place, message, help);
}

fn missing(
    context: &mut Context<'_>,
    head: &Head,
    fits: &dyn Fn(Subject) -> Option<bool>,
    has: &dyn Fn(&Requirement) -> Option<bool>,
) {
    if context.scope == Scope::Waiting {
        return;
    }
    let config = context.config();
    for (subject, list) in config.policy.require.iter().filter(|(subject, _)| fits(*subject).is_some()) {
        for wanted in list {
            let known = match wanted {
                Requirement::Internal(key) => Some(is_answered(head, key)),
                wanted => has(wanted),
            };
            if known != Some(false) {
                continue;
            }
            let (what, help) = part(config, wanted);
            let message = match subject {
                Subject::Incident => message!(
                    "check-missing-incident",
                    "`{what}` is missing: the policy asks for it in an incident",
                    what
                ),
                Subject::Severity(severity) => message!(
                    "check-missing-severity",
                    "`{what}` is missing: the policy asks for it in a {severity} incident",
                    what,
                    severity = severity.word()
                ),
                _ => message!(
                    "check-missing-maintenance",
                    "`{what}` is missing: the policy asks for it in a maintenance",
                    what
                ),
            };
            context.tell("policy/missing", &head.place, message, help);
        }
    }
}

/// The name of a required part, and how to add it.
fn part(config: &Config, wanted: &Requirement) -> (String, Message) {
    match wanted {
        Requirement::Key(key) => {
            ((*key).to_owned(), message!("check-missing-key-help", "add `{key}: …` to the front matter", key))
        }
        Requirement::Internal(key) => (
            format!("internal.{key}"),
            message!(
                "check-missing-internal-help",
                "add `{key}: …` below `internal`, which noroshi never publishes; `no` does not count as an answer",
                key
            ),
        ),
        Requirement::Field(at) => {
            let id = &config.fields[*at].id;
            (format!("fields.{id}"), message!("check-missing-field-help", "add `{id}: …` below `fields`", id))
        }
        Requirement::Section(section) => (section.word().to_owned(), {
            let heading = |title: &str| format!("`## {title}`");
            let title = heading(&section.title());
            let heading = Message::by_language(title, |tag| heading(section.word_in(tag)));
            message!("check-missing-section-help", "add a section {heading}", heading)
        }),
    }
}

/// Whether a private key has an answer. A word for no does not count.
fn is_answered(head: &Head, key: &str) -> bool {
    let key = format!("internal.{key}");
    let below =
        |known: &str| known.strip_prefix(&key).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    head.secrets.iter().any(|(known, value)| below(known) && !value.is_no())
}

/// Whether an incident has the required part; `None` if incidents never have such a part.
fn of_incident(wanted: &Requirement, incident: &Incident, at: Instant) -> Option<bool> {
    let updates = || incident.updates.iter().filter(move |update| update.at <= at);
    Some(match wanted {
        Requirement::Key("scope") => incident.scope.is_some() || updates().any(|u| u.change.scope.is_some()),
        Requirement::Key("detected") => incident.detected.is_some(),
        Requirement::Key("expected_recovery") => {
            incident.expected_recovery.is_some() || updates().any(|u| u.change.expected_recovery.is_some())
        }
        Requirement::Key("next_update") => {
            incident.next_update.is_some() || updates().any(|u| u.change.next_update.is_some())
        }
        Requirement::Key("reviewed_by") => !incident.head.reviewers.is_empty(),
        Requirement::Field(at) => incident.fields.iter().any(|(field, _)| field == at),
        Requirement::Section(section) => return EntryRef::Incident(incident).has_section(*section),
        Requirement::Key(_) | Requirement::Internal(_) => return None,
    })
}

/// Whether a maintenance has the required part; `None` if maintenance never has such a part.
fn of_maintenance(wanted: &Requirement, maintenance: &Maintenance, at: Instant) -> Option<bool> {
    let mut updates = maintenance.updates.iter().filter(|update| update.at <= at);
    Some(match wanted {
        Requirement::Key("scope") => maintenance.scope.is_some() || updates.any(|u| u.change.scope.is_some()),
        Requirement::Key("next_update") => updates.any(|u| u.change.next_update.is_some()),
        Requirement::Key("phases") => !maintenance.phases.is_empty(),
        Requirement::Key("reviewed_by") => !maintenance.head.reviewers.is_empty(),
        Requirement::Field(at) => maintenance.fields.iter().any(|(field, _)| field == at),
        Requirement::Section(section) => return EntryRef::Maintenance(maintenance).has_section(*section),
        Requirement::Key(_) | Requirement::Internal(_) => return None,
    })
}
