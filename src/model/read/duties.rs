//! Reads the duties to report to an authority (`policy.reports` in site.yaml), and the reports that were sent
//! (`internal.reports` in an entry).

use super::nouns::{self, Noun};
use super::value::{Map, Value};
use crate::limits::DURATION_SECONDS;
use crate::message::{did_you_mean, message, one_of};
use crate::model::config::Config;
use crate::model::duties::{
    self, AUTHORITY, AWARENESS, Allowance, CLASSIFICATION, Clock, ClockStart, Duty, KINDS, PRESETS, is_alike,
};
use crate::model::entry::{Reports, SentReport};
use crate::text;
use crate::vocabulary::Severity;

type Duties = Vec<(Severity, Vec<Duty>)>;

pub(super) fn read(policy: &Map<'_>) -> Duties {
    let mut found = Duties::new();
    let Some(map) = policy.get("reports").and_then(|value| value.map()) else { return found };
    for (word, value) in map.entries() {
        if word == "preset" {
            for duty in preset(&value, AUTHORITY) {
                add(&mut found, Severity::Critical, duty);
            }
            continue;
        }
        let Some(severity) = Severity::from_word_or_alias(word, Severity::ALL, map.more()) else {
            let known: Vec<&str> = Severity::ALL.iter().map(|s| s.word()).chain(["preset"]).collect();
            let near = text::nearest(word, known.iter().copied());
            value.fail_key("site/unknown-kind", Noun::Severity.unknown(word), nouns::in_policy(near, &known));
            continue;
        };
        for row in rows(&value) {
            let own = found.iter().find(|(known, _)| *known == severity).map_or(&[][..], |(_, own)| own);
            for duty in duties_of(&row, own) {
                add(&mut found, severity, duty);
            }
        }
    }
    found
}

/// The rows of a list. A single mapping counts as a list of one.
fn rows<'a>(value: &Value<'a>) -> Vec<Value<'a>> {
    if value.is_map() { vec![*value] } else { value.list() }
}

/// Adds a duty. A second row for the same report is another clock of it.
fn add(found: &mut Duties, severity: Severity, duty: Duty) {
    if !found.iter().any(|(known, _)| *known == severity) {
        found.push((severity, Vec::new()));
    }
    let Some((_, own)) = found.iter_mut().find(|(known, _)| *known == severity) else { return };
    match own.iter_mut().find(|known| known.is_same(&duty)) {
        Some(known) => known.clocks.extend(duty.clocks),
        None => own.push(duty),
    }
}

fn preset(value: &Value<'_>, to: &str) -> Vec<Duty> {
    let find = |word: &str, _: &_| PRESETS.into_iter().find(|name| is_alike(name, word));
    value.word(Noun::Preset, find, &PRESETS).map(|name| duties::preset(name, to)).unwrap_or_default()
}

/// The duties of a row: one, or those of a preset. `before` are those of the rows above it.
fn duties_of(row: &Value<'_>, before: &[Duty]) -> Vec<Duty> {
    let Some(map) = row.map() else { return Vec::new() };
    if let Some(name) = map.get("preset") {
        let to = map.get("to").and_then(|to| to.text());
        let found = preset(&name, to.as_deref().unwrap_or(AUTHORITY));
        map.finish();
        return found;
    }
    let to = map.required("to", AUTHORITY).and_then(|to| to.text());
    let kind = map.required("kind", KINDS[0]).and_then(|kind| kind.text());
    let within = map.required("within", "4h").and_then(|within| allowance(&within));
    let from = map.required("from", CLASSIFICATION);
    let from = from.zip(to.as_ref().zip(kind.as_ref()));
    let from = from.and_then(|(from, (to, kind))| start(&from, to, kind, before));
    map.finish();
    let read = || Some(Duty { to: to?, kind: kind?, clocks: vec![Clock { within: within?, from: from? }] });
    read().into_iter().collect()
}

fn allowance(value: &Value<'_>) -> Option<Allowance> {
    let written = value.text()?;
    let Some(allowed) = Allowance::read(&written) else {
        let message = message!("model-duration", "cannot read `{written}` as a duration", written);
        let help = message!("model-duty-within-help", "write it as `4h`, `72h`, `30d` or `1 month`");
        return value.refuse("time/invalid-duration", message, help);
    };
    // Says what is wrong with a length that is too long.
    if allowed.most() > DURATION_SECONDS {
        let message = message!(
            "model-duration-long",
            "`{written}` is longer than {days} days",
            written,
            days = DURATION_SECONDS / 86_400
        );
        let help = message!("model-duration-long-help", "write a shorter one, such as `90d`");
        return value.refuse("time/invalid-duration", message, help);
    }
    Some(allowed)
}

/// What starts a clock. A report must stand above its successor, so that no two wait for each other.
fn start(value: &Value<'_>, to: &str, kind: &str, before: &[Duty]) -> Option<ClockStart> {
    let written = value.text()?;
    if is_alike(&written, AWARENESS) {
        return Some(ClockStart::Awareness);
    }
    if is_alike(&written, CLASSIFICATION) {
        return Some(ClockStart::Classification);
    }
    let earlier = before.iter().filter(|duty| is_alike(&duty.to, to) && !is_alike(&duty.kind, kind));
    let earlier: Vec<&str> = earlier.map(|duty| duty.kind.as_str()).collect();
    if let Some(report) = earlier.iter().find(|known| is_alike(known, &written)) {
        return Some(ClockStart::Report((*report).to_owned()));
    }
    let known: Vec<&str> = [AWARENESS, CLASSIFICATION].into_iter().chain(earlier).collect();
    let help = did_you_mean(text::nearest(&written, known.iter().copied()), || {
        message!("model-duty-from-help", "write {known}; a report must stand above", known = one_of(&known))
    });
    let message = message!(
        "model-duty-from",
        "`{written}` starts no clock: it is no report to `{to}` above this one",
        written,
        to
    );
    value.refuse("site/unknown-report", message, help)
}

/// The reports of an entry to authorities. Other keys below `internal` may have any form.
pub(super) fn sent(map: &Map<'_>, config: &Config) -> Reports {
    let inner = map.get("internal").filter(Value::is_map).and_then(|value| value.map());
    let list = inner.and_then(|inner| inner.get("reports")).map(|value| value.list()).unwrap_or_default();
    Reports::new(list.iter().filter_map(|value| sent_report(value, config)).collect())
}

fn sent_report(value: &Value<'_>, config: &Config) -> Option<SentReport> {
    if !value.is_map() {
        return value.time().map(SentReport::at);
    }
    let map = value.map()?;
    let at = map.required("at", "2026-11-20 12:10").and_then(|at| at.time());
    let of = |key: &'static str, name: fn(&Duty) -> &str| {
        let value = map.get(key)?;
        let written = value.text()?;
        name_of_duty(&value, &written, config, name);
        Some(written)
    };
    let (to, kind) = (of("to", |duty| &duty.to), of("kind", |duty| &duty.kind));
    map.finish();
    Some(SentReport { to, kind, at: at? })
}

/// Warns of a name that no duty has. Such a report would fulfil none.
fn name_of_duty(value: &Value<'_>, written: &str, config: &Config, name: fn(&Duty) -> &str) {
    let mut known: Vec<&str> = Vec::new();
    for duty in config.policy.reports.iter().flat_map(|(_, duties)| duties) {
        if !known.contains(&name(duty)) {
            known.push(name(duty));
        }
    }
    if known.is_empty() || known.iter().any(|known| is_alike(known, written)) {
        return;
    }
    let message =
        message!("model-sent-unknown", "`policy.reports` in site.yaml does not name `{written}`", written);
    let help = did_you_mean(text::nearest(written, known.iter().copied()), || {
        message!("model-sent-unknown-help", "write {known}", known = one_of(&known))
    });
    value.warn("entry/unknown-report", message, help);
}

/// The values below `internal.reports` that are private: the times. The names of authorities and reports are common
/// words, which any page may hold.
pub(super) fn private(scalars: Vec<(String, String)>) -> impl Iterator<Item = (String, String)> {
    let times = |(key, value): (String, String)| match key.strip_prefix("internal.reports.") {
        Some("to" | "kind") => None,
        Some("at") => Some(("internal.reports".to_owned(), value)),
        _ => Some((key, value)),
    };
    scalars.into_iter().filter_map(times)
}

#[cfg(test)]
mod tests {
    use super::super::site_of;
    use super::*;

    const LEAST: &str =
        "title: Status\nurl: https://s.example/\ntimezone: Asia/Tokyo\nlocales: [en]\npolicy:\n";

    fn read(reports: &str) -> (Duties, Vec<(&'static str, String)>) {
        let (config, found) = site_of(&format!("{LEAST}  reports: {reports}\n"));
        let told = found.into_iter().map(|d| (d.code, d.help.unwrap_or_default().into())).collect();
        (config.map(|config| config.policy.reports).unwrap_or_default(), told)
    }

    #[test]
    fn rows_for_one_report_are_the_clocks_of_one_duty() {
        let (duties, found) = read(
            "{重大: [{to: FSA, kind: initial, within: 4h, from: classification}, \
             {to: fsa, kind: Initial, within: 24h, from: awareness}, \
             {to: FSA, kind: final, within: 1 month, from: initial}], minor: {to: JVCEA, kind: daily, within: 1d, from: awareness}}",
        );
        assert!(found.is_empty(), "{found:?}");
        let [(Severity::Critical, critical), (Severity::Minor, minor)] = &duties[..] else {
            panic!("{duties:?}")
        };
        assert_eq!(critical.iter().map(|duty| duty.clocks.len()).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(critical[1].clocks[0].from, ClockStart::Report("initial".into()));
        assert_eq!(critical[1].clocks[0].within, Allowance::Months(1));
        assert_eq!((minor[0].to.as_str(), minor[0].kind.as_str()), ("JVCEA", "daily"));
    }

    #[test]
    fn a_preset_is_for_the_highest_severity_unless_it_stands_in_another() {
        let (short, found) = read("{preset: dora}");
        assert!(found.is_empty(), "{found:?}");
        assert_eq!(short, [(Severity::Critical, duties::preset("dora", AUTHORITY))]);
        let (named, found) = read("{moderate: [{preset: dora, to: BaFin}]}");
        assert!(found.is_empty(), "{found:?}");
        assert_eq!(named, [(Severity::Moderate, duties::preset("dora", "BaFin"))]);
    }

    #[test]
    fn a_duty_that_could_never_be_due_is_an_error() {
        for (row, code, help) in [
            ("{kind: initial, within: 4h, from: awareness}", "entry/missing-key", "to"),
            ("{to: a, within: 4h, from: awareness}", "entry/missing-key", "kind"),
            ("{to: a, kind: initial, from: awareness}", "entry/missing-key", "within"),
            ("{to: a, kind: initial, within: 4h}", "entry/missing-key", "from"),
            ("{to: a, kind: initial, within: soon, from: awareness}", "time/invalid-duration", "1 month"),
            ("{to: a, kind: initial, within: 999 months, from: awareness}", "time/invalid-duration", "90d"),
            ("{to: a, kind: initial, within: 4h, from: awarness}", "site/unknown-report", "awareness"),
            ("{to: a, kind: initial, within: 4h, from: initial}", "site/unknown-report", "awareness"),
            ("{to: a, kind: initial, within: 4h, from: awareness, til: x}", "entry/unknown-key", "write"),
            ("{preset: dorra}", "entry/unknown-word", "dora"),
            ("{preset: dora, within: 4h}", "entry/unknown-key", "preset"),
        ] {
            let (_, found) = read(&format!("{{critical: [{row}]}}"));
            let [(told, advice)] = &found[..] else { panic!("{row}: {found:?}") };
            assert!(*told == code && advice.contains(help), "{row}: {told} {advice}");
        }
        let (_, found) = read("{critcal: []}");
        assert!(found[0].0 == "site/unknown-kind" && found[0].1.contains("critical"), "{found:?}");
    }
}
