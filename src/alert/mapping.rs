//! What the rules of site.yaml make of an alert: components, severity and title of the draft.

use super::shape::{Alert, Labels};
use crate::model::alerts::AlertRule;
use crate::vocabulary::{ComponentStatus, Severity};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapped {
    /// Components as site.yaml names them. One without a status follows the severity.
    pub affects: Vec<(String, Option<ComponentStatus>)>,
    pub severity: Severity,
    /// The title that the team wrote for such an alert.
    pub title: Option<String>,
    pub is_matched: bool,
}

/// Applies to each single alert of a group the first rule that matches it. The draft gets the components of all of
/// them, the highest severity and the first title.
#[must_use]
pub fn map(alert: &Alert, rules: &[AlertRule]) -> Mapped {
    let mut applied: Vec<&AlertRule> = Vec::new();
    for labels in &alert.labels {
        let first = rules.iter().find(|rule| matches(rule, labels));
        let is_new = |rule: &&AlertRule| !applied.iter().any(|known| std::ptr::eq(*known, *rule));
        applied.extend(first.filter(is_new));
    }
    let severities = applied.iter().map(|rule| severity(rule));
    let highest = severities.clone().max_by_key(|severity| rank(*severity)).unwrap_or(Severity::Minor);
    let mut affects: Vec<(String, Option<ComponentStatus>)> = Vec::new();
    for rule in &applied {
        for (component, status) in &rule.affects {
            // A component of a rule with a lower severity must not get the status of the highest.
            let implied = Some(implied(severity(rule))).filter(|_| severity(rule) != highest);
            let status = status.or(implied);
            match affects.iter_mut().find(|(known, _)| known == component) {
                Some((_, known)) => {
                    let worse = |a: Option<ComponentStatus>| badness(a.unwrap_or(self::implied(highest)));
                    if worse(status) > worse(*known) {
                        *known = status;
                    }
                }
                None => affects.push((component.clone(), status)),
            }
        }
    }
    Mapped {
        affects,
        severity: highest,
        title: applied.iter().find_map(|rule| rule.title.clone()),
        is_matched: !applied.is_empty(),
    }
}

fn severity(rule: &AlertRule) -> Severity {
    rule.severity.unwrap_or(Severity::Minor)
}

fn rank(severity: Severity) -> usize {
    match severity {
        Severity::Minor => 0,
        Severity::Moderate => 1,
        Severity::Critical => 2,
    }
}

/// The status that a severity gives to its components.
#[must_use]
pub fn implied(severity: Severity) -> ComponentStatus {
    match severity {
        Severity::Critical => ComponentStatus::Major,
        Severity::Moderate => ComponentStatus::Partial,
        Severity::Minor => ComponentStatus::Degraded,
    }
}

fn badness(status: ComponentStatus) -> usize {
    match status {
        ComponentStatus::Operational => 0,
        ComponentStatus::Maintenance => 1,
        ComponentStatus::Degraded => 2,
        ComponentStatus::Partial => 3,
        ComponentStatus::Major => 4,
    }
}

/// Whether each label of the rule has one of its values.
fn matches(rule: &AlertRule, labels: &Labels) -> bool {
    rule.matches.iter().all(|(name, patterns)| {
        let mut values = labels.iter().filter(|(label, _)| label == name);
        values.any(|(_, value)| patterns.iter().any(|pattern| fits(pattern, value)))
    })
}

/// Whether a text has the form of a pattern, in which `*` stands for any characters.
fn fits(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::super::shape::State;
    use super::*;

    fn alert(labels: &[&[(&str, &str)]]) -> Alert {
        let one = |labels: &&[(&str, &str)]| {
            labels.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
        };
        Alert {
            fingerprints: vec!["a".into()],
            title: String::new(),
            labels: labels.iter().map(one).collect(),
            started: None,
            ended: None,
            state: State::Firing,
            link: None,
        }
    }

    fn rule(
        label: &str,
        pattern: &str,
        affects: &[(&str, Option<ComponentStatus>)],
        severity: Severity,
    ) -> AlertRule {
        AlertRule {
            matches: vec![(label.to_owned(), vec![pattern.to_owned()])],
            affects: affects.iter().map(|(id, status)| ((*id).to_owned(), *status)).collect(),
            severity: Some(severity),
            title: Some(format!("{label} {pattern}")),
        }
    }

    #[test]
    fn a_star_stands_for_any_characters() {
        for (pattern, text, is) in [
            ("api", "api", true),
            ("api", "apis", false),
            ("*", "", true),
            ("api*", "api-2", true),
            ("*api", "the api", true),
            ("*api*", "my api 2", true),
            ("a*b*c", "a-b-c", true),
            ("a*b*c", "a-c-b", false),
            ("a*a", "a", false),
            ("", "", true),
            ("遅*延", "遅い延", true),
        ] {
            assert_eq!(fits(pattern, text), is, "{pattern} {text}");
        }
    }

    #[test]
    fn the_first_rule_that_matches_an_alert_decides() {
        let rules = [
            rule("service", "api", &[("api", None)], Severity::Moderate),
            rule("service", "*", &[("web", None)], Severity::Critical),
        ];
        let mapped = map(&alert(&[&[("service", "api")]]), &rules);
        assert_eq!((mapped.severity, mapped.title.as_deref()), (Severity::Moderate, Some("service api")));
        assert_eq!(mapped.affects, [("api".to_owned(), None)]);
    }

    #[test]
    fn a_group_has_the_components_of_all_its_alerts_each_as_its_own_rule_says() {
        let rules = [
            rule("service", "api", &[("api", None), ("web", None)], Severity::Minor),
            rule(
                "service",
                "db",
                &[("db", None), ("web", Some(ComponentStatus::Partial))],
                Severity::Critical,
            ),
        ];
        let mapped =
            map(&alert(&[&[("service", "api")], &[("service", "db")], &[("service", "api")]]), &rules);
        assert_eq!(mapped.severity, Severity::Critical);
        let wanted =
            [("api", Some(ComponentStatus::Degraded)), ("web", Some(ComponentStatus::Partial)), ("db", None)];
        assert_eq!(mapped.affects, wanted.map(|(id, status)| (id.to_owned(), status)));
    }

    #[test]
    fn an_alert_that_no_rule_matches_has_no_components() {
        let mapped = map(
            &alert(&[&[("service", "x")]]),
            &[rule("service", "api", &[("api", None)], Severity::Critical)],
        );
        assert_eq!((mapped.is_matched, mapped.affects.len(), mapped.severity), (false, 0, Severity::Minor));
        let every = AlertRule { matches: Vec::new(), affects: Vec::new(), severity: None, title: None };
        assert!(map(&alert(&[&[]]), &[every]).is_matched);
    }
}
