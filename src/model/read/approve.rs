//! Reads `approve` and `approvers` of `policy` in site.yaml: who must approve the words of which entries.

use super::nouns::{self, Noun};
use super::value::{Map, Value};
use crate::diagnostic::mask;
use crate::message::{count, message};
use crate::model::person::Person;
use crate::model::policy::{Approval, Subject};
use crate::text;
use crate::vocabulary::Severity;

/// A group of people who approve, by its name.
struct Group {
    name: String,
    people: Vec<Person>,
}

/// Finds a kind of entries by its word.
type Find<'f> = &'f dyn Fn(&str, &Map<'_>) -> Option<Subject>;

/// `find` and `known` are the kinds of entries that a policy may name.
pub(super) fn read(policy: &Map<'_>, find: Find<'_>, known: &[&str]) -> Vec<Approval> {
    let groups = groups(policy);
    let rules = policy.list("approve");
    rules.iter().filter_map(|rule| self::rule(rule, &groups, find, known)).collect()
}

fn groups(policy: &Map<'_>) -> Vec<Group> {
    let Some(map) = policy.get("approvers").and_then(|value| value.map()) else { return Vec::new() };
    let group = |(name, value): (&str, Value<'_>)| {
        let people: Vec<Person> = value.list().iter().filter_map(person).collect();
        if value.list().is_empty() {
            let message = message!("model-approve-empty-group", "the group `{name}` has no people", name);
            let help = message!(
                "model-approve-empty-group-help",
                "write `{name}: [\"Hanako Sato <hanako@example.com> @hanako\"]`",
                name
            );
            value.fail_key("site/unknown-approver", message, help);
        }
        Group { name: name.to_owned(), people }
    };
    map.entries().map(group).collect()
}

fn person(value: &Value<'_>) -> Option<Person> {
    let written = value.text()?;
    if let Some(team) = written.split_whitespace().find(|word| word.starts_with('@') && word.contains('/')) {
        let message = message!(
            "model-approve-team",
            "`{team}` is a team, and hosts name only people in their reviews",
            team
        );
        let help = message!(
            "model-approve-team-help",
            "list its members as a group of `approvers`: `comms: [\"@hanako\", \"@jiro\"]`"
        );
        return value.refuse("site/unknown-approver", message, help);
    }
    let is_one = !written.contains(char::is_control) && written.contains(char::is_alphanumeric);
    Person::parse(&written).filter(|_| is_one).or_else(|| {
        let message = message!(
            "model-approve-person",
            "cannot read `{written}` as a person",
            written = text::visible(&written)
        );
        let help =
            message!("model-approve-person-help", "write a name, a mail address or a login: `\"@hanako\"`");
        value.refuse("site/unknown-approver", message, help)
    })
}

fn rule(value: &Value<'_>, groups: &[Group], find: Find<'_>, known: &[&str]) -> Option<Approval> {
    let map = value.map()?;
    let who = map.required("who", "[comms, \"@hanako\"]");
    let listed = who.as_ref().map(Value::list).unwrap_or_default();
    if let Some(who) = who.filter(|_| listed.is_empty()) {
        let message = message!("model-approve-nobody", "`who` names no people");
        let help = message!("model-approve-nobody-help", "write `who: [comms, \"@hanako\"]`");
        who.fail_key("site/unknown-approver", message, help);
    }
    let (mut named, mut people): (Vec<String>, Vec<Person>) = (Vec::new(), Vec::new());
    for who in &listed {
        let Some((name, found)) = approvers(who, groups) else { continue };
        named.push(name);
        for person in found {
            if !people.iter().any(|known| known.is(&person)) {
                people.push(person);
            }
        }
    }
    let covers = covers(&map, find, known);
    let asked = map.get("count").and_then(|value| {
        let asked = value.within(value.integer()?, 1..=20, ["1", "20"])?;
        let asked = usize::try_from(asked).ok()?;
        if asked > people.len() && !people.is_empty() {
            let message = message!(
                "model-approve-too-few",
                "{asked} approvals are asked of {have}",
                asked,
                have = count(people.len(), "person", "people")
            );
            let help = message!("model-approve-too-few-help", "name more people in `who`, or ask for fewer");
            return value.refuse("site/out-of-range", message, help);
        }
        Some(asked)
    });
    let rule = Approval {
        named,
        people,
        covers,
        count: asked.unwrap_or(1),
        within: map.get("within").and_then(|within| within.duration()),
        since: map.get("since").and_then(|since| since.time()),
        author_counts: map.get("author_counts").and_then(|own| own.bool()).unwrap_or(false),
    };
    map.finish();
    Some(rule).filter(|rule| !rule.people.is_empty())
}

/// The people of a group, or one person, with the name for messages.
fn approvers(value: &Value<'_>, groups: &[Group]) -> Option<(String, Vec<Person>)> {
    let written = value.text()?;
    let folded = text::fold(&written);
    if let Some(group) = groups.iter().find(|group| text::fold(&group.name) == folded) {
        return Some((group.name.clone(), group.people.clone()));
    }
    // One word that is nearly a group is a slip: a person of that name would approve nothing, ever.
    let near = text::nearest(&written, groups.iter().map(|group| group.name.as_str()));
    if let Some(near) = near.filter(|_| !written.contains(['@', ' '])) {
        let message =
            message!("model-approve-no-group", "`{written}` is not a group of `approvers`", written);
        let help = message!("model-approve-no-group-help", "did you mean `{near}`?", near);
        return value.refuse("site/unknown-approver", message, help);
    }
    let person = person(value)?;
    // Logs may have other readers than site.yaml.
    let is_mail = person.shown().find('@').is_some_and(|at| at > 0);
    let shown = if is_mail { mask::beginning(person.shown()) } else { person.shown().to_owned() };
    Some((shown, vec![person]))
}

/// The entries of a rule: of incidents only those of `severity`, if it is given.
fn covers(map: &Map<'_>, find: Find<'_>, known: &[&str]) -> Vec<Subject> {
    let words: Vec<&str> = Severity::ALL.iter().map(|severity| severity.word()).collect();
    let severity = |value: &Value<'_>| {
        value.word(
            Noun::Severity,
            |word, more| Severity::from_word_or_alias(word, Severity::ALL, more),
            &words,
        )
    };
    let severities = map.get("severity");
    let some: Vec<Subject> = severities
        .iter()
        .flat_map(super::value::Value::list)
        .filter_map(|value| severity(&value))
        .map(Subject::Severity)
        .collect();
    let kind = |value: &Value<'_>| {
        let word = value.text()?;
        find(&word, map).or_else(|| {
            let near = text::nearest(&word, known.iter().copied());
            value.refuse("site/unknown-kind", Noun::EntryKind.unknown(&word), nouns::in_policy(near, known))
        })
    };
    let listed = map.get("kinds").map(|value| value.list());
    let kinds: Vec<Subject> = match &listed {
        Some(list) => list.iter().filter_map(kind).collect(),
        None if severities.is_some() => vec![Subject::Incident],
        None => vec![Subject::Incident, Subject::Maintenance, Subject::Notice],
    };
    if severities.is_none() {
        return kinds;
    }
    if let Some(value) = severities.filter(|_| !kinds.is_empty() && !kinds.contains(&Subject::Incident)) {
        let message =
            message!("model-approve-severity", "`severity` is about incidents, which `kinds` leaves out");
        let help = message!("model-approve-severity-help", "add `incident` to `kinds`, or remove `severity`");
        value.fail_key("site/unknown-kind", message, help);
    }
    let others = kinds.into_iter().filter(|subject| *subject != Subject::Incident);
    some.into_iter().chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::super::site_of;
    use super::*;
    use crate::model::maintenance::MaintenanceType;
    use crate::vocabulary::MaintenanceKind;

    const LEAST: &str =
        "title: Status\nurl: https://s.example/\ntimezone: Asia/Tokyo\nlocales: [en]\npolicy:\n";
    const GROUP: &str =
        "  approvers: {comms: [\"Hanako Sato <h@a.example> @hanako\", Jiro Ito], law: \"@ken\"}\n";

    fn read(policy: &str) -> (Vec<Approval>, Vec<(&'static str, String)>) {
        let (config, found) = site_of(&format!("{LEAST}{GROUP}{policy}"));
        let told = found.into_iter().map(|d| (d.code, d.help.unwrap_or_default().into())).collect();
        (config.map(|config| config.policy.approve).unwrap_or_default(), told)
    }

    #[test]
    fn rules_name_groups_people_and_what_they_approve() {
        let (rules, found) = read(concat!(
            "  approve:\n",
            "    - {who: comms, severity: 重大, within: 2h}\n",
            "    - {who: [law, Jiro Ito, Comms], kinds: [incident, emergency, notice], severity: [critical, minor], count: 3, author_counts: true, since: 2026-12-01 00:00}\n",
            "    - {who: [\"@ken\", hanako@a.example]}\n",
        ));
        assert!(found.is_empty(), "{found:?}");
        let [critical, many, all] = &rules[..] else { panic!("{rules:?}") };
        assert_eq!(critical.covers, [Subject::Severity(Severity::Critical)]);
        assert_eq!((critical.count, critical.within, critical.people.len()), (1, Some(7200), 2));
        let emergency = Subject::Kind(MaintenanceType::BuiltIn(MaintenanceKind::Emergency));
        let [critical, minor] = [Severity::Critical, Severity::Minor].map(Subject::Severity);
        assert_eq!(many.covers, [critical, minor, emergency, Subject::Notice]);
        assert_eq!(many.named, ["law", "Jiro Ito", "comms"]);
        assert_eq!((many.count, many.people.len(), many.author_counts), (3, 3, true), "Jiro counts once");
        assert!(many.since.is_some());
        assert_eq!(all.named, ["@ken", "hana…"], "a log shows no mail address");
        assert_eq!(all.covers, [Subject::Incident, Subject::Maintenance, Subject::Notice]);
    }

    #[test]
    fn a_rule_that_could_never_be_met_is_an_error() {
        for (rule, code, help) in [
            ("{severity: critical}", "entry/missing-key", "who"),
            ("{who: coms}", "site/unknown-approver", "did you mean `comms`?"),
            ("{who: [comms, comms], count: 3}", "site/out-of-range", "name more people"),
            ("{who: comms, count: 0}", "site/out-of-range", "from 1 to 20"),
            ("{who: comms, severity: crtical}", "entry/unknown-word", "critical"),
            ("{who: comms, severity: minor, kinds: [maintenance]}", "site/unknown-kind", "add `incident`"),
            ("{who: comms, kinds: [emergancy]}", "site/unknown-kind", "did you mean `emergency`?"),
            ("{who: comms, within: soon}", "time/invalid-duration", "30m"),
            ("{who: \"@org/comms\"}", "site/unknown-approver", "list its members"),
            ("{who: \"@\"}", "site/unknown-approver", "write a name"),
            ("{who: []}", "site/unknown-approver", "who: [comms"),
            ("{who: comms, cout: 2}", "entry/unknown-key", "did you mean `count`?"),
            ("{who: \"a\\nb\"}", "site/unknown-approver", "write a name"),
        ] {
            let (_, found) = read(&format!("  approve: [{rule}]\n"));
            let [(told, advice)] = &found[..] else { panic!("{rule}: {found:?}") };
            assert!(*told == code && advice.contains(help), "{rule}: {told} {advice}");
        }
    }
}
