//! Rules about people: reviewers, and the parts that the policy requires.

use super::{Context, Scope, Work, fits_incident, fits_maintenance};
use crate::model::policy::{Requirement, Subject};
use crate::model::{EntryRef, Head, Incident, Instant, Maintenance};

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
    let names = if wanted == 1 { "name" } else { "names" };
    let message = format!(
        "`reviewed_by` has {have} of {wanted} {names} that the policy asks for; the author does not count"
    );
    let help = format!("run `noroshi review {} --by NAME` after another person has read it", head.slug);
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
            let whose = match subject {
                Subject::Incident => "incident".to_owned(),
                Subject::Severity(severity) => format!("{} incident", severity.word()),
                _ => "maintenance".to_owned(),
            };
            let (what, help) = match wanted {
                Requirement::Key(key) => ((*key).to_owned(), format!("add `{key}: …` to the front matter")),
                Requirement::Internal(key) => (
                    format!("internal.{key}"),
                    format!(
                        "add `{key}: …` below `internal`, which noroshi never publishes; `no` does not count as an answer"
                    ),
                ),
                Requirement::Field(at) => {
                    let id = &config.fields[*at].id;
                    (format!("fields.{id}"), format!("add `{id}: …` below `fields`"))
                }
                Requirement::Section(section) => {
                    (section.word().to_owned(), format!("add a section `## {}`", section.title()))
                }
            };
            let message = format!("`{what}` is missing: the policy asks for it in a {whose}");
            let message = message.replace("in a incident", "in an incident");
            context.tell("policy/missing", &head.place, message, help);
        }
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
