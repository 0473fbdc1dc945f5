//! Reads `policy` of site.yaml into [`Policy`].

use chrono::NaiveTime;

use super::nouns::{self, Noun};
use super::value::{Map, Value};
use super::{approve, duties, maintenance};
use crate::document::moment;
use crate::limits::LISTED_NAMES;
use crate::message::{did_you_mean, first_of, message};
use crate::model::config::{Choice, Field};
use crate::model::policy::{KEYS, Level, Policy, QuietHours, RULES, Requirement, Subject};
use crate::text;
use crate::vocabulary::{Section, Severity};

pub(super) fn read(map: &Map<'_>, kinds: &[Choice], fields: &[Field]) -> Policy {
    let Some(inner) = map.get("policy").and_then(|v| v.map()) else { return Policy::default() };
    let severity = |word: &str, map: &Map<'_>| Severity::from_word_or_alias(word, Severity::ALL, map.more());
    let kind = |word: &str, map: &Map<'_>| maintenance::kind_named(kinds, word, map.more());
    let severities: Vec<&str> = Severity::ALL.iter().map(|s| s.word()).collect();
    let kind_words = maintenance::kind_words(kinds);
    let duration = |v: &Value<'_>| v.duration();
    let closing = |v: &Value<'_>| maintenance::closing(v);
    let by_severity = |key| by(&inner, key, (Noun::Severity, &severities), &severity, &duration);
    let by_kind = |key| by(&inner, key, (Noun::MaintenanceKind, &kind_words), &kind, &duration);
    let known: Vec<&str> = ["incident", "maintenance", "notice"]
        .into_iter()
        .chain(severities.iter().copied())
        .chain(kind_words.iter().copied())
        .collect();
    let subject = |word: &str, map: &Map<'_>| subject(word, map, kinds);
    let subjects = (Noun::Subject, known.as_slice());
    let count = |v: &Value<'_>| usize::try_from(v.within(v.integer()?, 0..=20, ["0", "20"])?).ok();
    let list = |v: &Value<'_>| Some(v.list().iter().filter_map(|v| wanted(v, fields)).collect());
    let policy = Policy {
        update_every: by_severity("update_every"),
        first_update_within: by_severity("first_update_within"),
        notice_before: by_kind("notice_before"),
        close_after: by(&inner, "close_after", (Noun::MaintenanceKind, &kind_words), &kind, &closing),
        quiet_hours: inner.get("quiet_hours").and_then(|v| quiet_hours(&v)),
        reviewers: by(&inner, "reviewers", subjects, &subject, &count),
        approve: approve::read(&inner, &subject, &known),
        postmortem_within: by_severity("postmortem_within"),
        evaluation_within: by_kind("evaluation_within"),
        reports: duties::read(&inner),
        require: by(&inner, "require", subjects, &subject, &list),
        forbid: inner.list("forbid").iter().filter_map(Value::text).collect(),
        levels: levels(&inner),
    };
    inner.finish();
    policy
}

/// Reads a mapping whose keys belong to one vocabulary.
fn by<K, T>(
    map: &Map<'_>,
    key: &'static str,
    (what, known): (Noun, &[&str]),
    find: &dyn Fn(&str, &Map<'_>) -> Option<K>,
    read: &dyn Fn(&Value<'_>) -> Option<T>,
) -> Vec<(K, T)> {
    let mut found = Vec::new();
    let Some(inner) = map.get(key).and_then(|v| v.map()) else { return found };
    for (word, value) in inner.entries() {
        if let Some(key) = find(word, &inner) {
            found.extend(read(&value).map(|value| (key, value)));
            continue;
        }
        let near = text::nearest(word, known.iter().copied());
        value.fail_key("site/unknown-kind", what.unknown(word), nouns::in_policy(near, known));
    }
    found
}

/// Reads a subject: `maintenance` means all maintenance, `emergency` one kind, `critical` a severity.
fn subject(word: &str, map: &Map<'_>, kinds: &[Choice]) -> Option<Subject> {
    match text::fold(word).as_str() {
        "incident" | "incidents" => return Some(Subject::Incident),
        "maintenance" => return Some(Subject::Maintenance),
        "notice" | "notices" => return Some(Subject::Notice),
        _ => {}
    }
    let severity = Severity::from_word_or_alias(word, Severity::ALL, map.more()).map(Subject::Severity);
    severity.or_else(|| maintenance::kind_named(kinds, word, map.more()).map(Subject::Kind))
}

fn quiet_hours(value: &Value<'_>) -> Option<QuietHours> {
    let map = value.map()?;
    let read = |v: &Value<'_>| {
        let written = v.text()?;
        let clock = match moment::parse(&written) {
            // `24:00` is the end of a day and the beginning of the next one.
            Some(moment::Written { date: None, clock: Some((h, m, s)), offset: None, days, vague: None }) => {
                NaiveTime::from_hms_opt(h, m, s).filter(|_| days == 0 || (h, m, s) == (0, 0, 0))
            }
            _ => None,
        };
        clock.or_else(|| {
            let message = message!("model-policy-clock", "cannot read `{written}` as a time of day", written);
            v.refuse("time/invalid", message, message!("model-policy-clock-help", "write it as `\"06:00\"`"))
        })
    };
    let start = map.required("start", "\"00:00\"").and_then(|v| read(&v));
    let end = map.required("end", "\"06:00\"").and_then(|v| read(&v));
    map.finish();
    Some(QuietHours { start: start?, end: end? })
}

fn wanted(value: &Value<'_>, fields: &[Field]) -> Option<Requirement> {
    let written = value.text()?;
    if let Some(key) = KEYS.iter().find(|key| **key == written) {
        return Some(Requirement::Key(key));
    }
    if let Some(name) = written.strip_prefix("internal.").filter(|name| !name.is_empty()) {
        return Some(Requirement::Internal(name.to_owned()));
    }
    let field = written.strip_prefix("fields.");
    if let Some(at) = field.and_then(|name| fields.iter().position(|f| f.id == name)) {
        return Some(Requirement::Field(at));
    }
    if let Some(section) = Section::from_word(&written) {
        return Some(Requirement::Section(section));
    }
    let fields = fields.iter().map(|f| format!("fields.{}", f.id));
    let sections = Section::ALL.iter().map(|s| s.word().to_owned());
    let known: Vec<String> = KEYS.iter().map(|k| (*k).to_owned()).chain(sections).chain(fields).collect();
    let near = text::nearest(&written, known.iter().map(String::as_str));
    let help = did_you_mean(near, || {
        message!(
            "model-policy-demand-help",
            "write {some}, or `internal.` and a key; docs/policy.md has all",
            some = first_of(&known, LISTED_NAMES)
        )
    });
    let message = message!("model-policy-demand", "a policy cannot require `{written}`", written);
    value.refuse("site/unknown-demand", message, help)
}

fn levels(map: &Map<'_>) -> Vec<(String, Level)> {
    let known: Vec<&str> = RULES.iter().map(|(code, _)| *code).collect();
    let rule = |word: &str, _: &Map<'_>| known.iter().find(|code| **code == word).map(|c| (*c).to_owned());
    let level = |v: &Value<'_>| {
        let all = [Level::Off, Level::Warn, Level::Error];
        let words = all.map(Level::word);
        v.word(Noun::Level, |w, _| all.into_iter().find(|l| l.word() == text::fold(w)), &words)
    };
    by(map, "levels", (Noun::Rule, &known), &rule, &level)
}

#[cfg(test)]
mod tests {
    use super::super::site_of;
    use super::*;
    use crate::model::maintenance::{CloseAfter, MaintenanceType};
    use crate::vocabulary::MaintenanceKind;

    const LEAST: &str = "title: Status\nurl: https://s.example/\ntimezone: Asia/Tokyo\nlocales: [en]\n\
        fields: [{id: funds, name: Funds}]\nkinds: [{id: bank, name: Bank}]\npolicy:\n";

    fn read(policy: &str) -> (Option<Policy>, Vec<(&'static str, String)>) {
        let (config, found) = site_of(&format!("{LEAST}{policy}"));
        (
            config.map(|c| c.policy),
            found.into_iter().map(|d| (d.code, d.help.unwrap_or_default().into())).collect(),
        )
    }

    #[test]
    fn a_manual_is_read() {
        let (policy, found) = read(concat!(
            "  update_every: {重大: 30m, minor: 4h}\n",
            "  notice_before: {regular: 3d, bank: 1d}\n",
            "  close_after: {regular: 4h, emergency: never}\n",
            "  quiet_hours: {start: \"22:00\", end: \"24:00\"}\n",
            "  reviewers: {maintenance: 2, emergency: 1, incident: 0}\n",
            "  require: {critical: [scope, faq, fields.funds, internal.tested]}\n",
            "  forbid: [内部限定]\n",
            "  levels: {policy/overlap: off, policy/missing: warn}\n",
        ));
        assert!(found.is_empty(), "{found:?}");
        let policy = policy.expect("a policy");
        assert_eq!(policy.update_every, [(Severity::Critical, 1800), (Severity::Minor, 4 * 3600)]);
        assert_eq!(policy.notice_before[1], (MaintenanceType::Own(0), 86_400));
        let emergency = MaintenanceType::BuiltIn(MaintenanceKind::Emergency);
        assert_eq!(policy.close_after[1], (emergency, CloseAfter::Never));
        assert_eq!(policy.close_after[0].1, CloseAfter::Seconds(4 * 3600));
        assert_eq!(policy.quiet_hours.map(|q| q.end), NaiveTime::from_hms_opt(0, 0, 0));
        let emergency = Subject::Kind(MaintenanceType::BuiltIn(MaintenanceKind::Emergency));
        assert_eq!(policy.reviewers, [(Subject::Maintenance, 2), (emergency, 1), (Subject::Incident, 0)]);
        assert_eq!(
            policy.require,
            [(
                Subject::Severity(Severity::Critical),
                vec![
                    Requirement::Key("scope"),
                    Requirement::Section(Section::Faq),
                    Requirement::Field(0),
                    Requirement::Internal("tested".into())
                ]
            )]
        );
        assert_eq!(policy.level("policy/overlap"), Level::Off);
        assert_eq!(policy.level("policy/missing"), Level::Warn);
        assert_eq!(policy.level("policy/looks-private"), Level::Error);
    }

    #[test]
    fn what_no_manual_says_is_reported() {
        for (line, code, help) in [
            ("update_every: {crtical: 30m}", "site/unknown-kind", "did you mean `critical`?"),
            ("update_every: {critical: soon}", "time/invalid-duration", "30m"),
            ("reviewers: {emergancy: 1}", "site/unknown-kind", "did you mean `emergency`?"),
            ("reviewers: {maintenance: -1}", "site/out-of-range", "from 0 to 20"),
            ("quiet_hours: {start: \"25:00\", end: \"06:00\"}", "time/invalid", "06:00"),
            ("require: {critical: [scop]}", "site/unknown-demand", "did you mean `scope`?"),
            ("require: {critical: [fields.fonds]}", "site/unknown-demand", "did you mean `fields.funds`?"),
            ("levels: {policy/overlapp: off}", "site/unknown-kind", "did you mean `policy/overlap`?"),
            ("levels: {policy/overlap: never}", "entry/unknown-word", "off"),
            ("update_evry: {}", "entry/unknown-key", "did you mean `update_every`?"),
        ] {
            let (_, found) = read(&format!("  {line}\n"));
            let [(found, advice)] = &found[..] else { panic!("{line}: {found:?}") };
            assert!(*found == code && advice.contains(help), "{line}: {found} {advice}");
        }
    }
}
