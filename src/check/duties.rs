//! Which reports an authority must get about an incident, and by when.
//!
//! This room comes after every output format, so no published file can hold any of it.

use crate::model::duties::{Clock, ClockStart, Duty, is_alike};
use crate::model::entry::SentReport;
use crate::model::{Config, Incident, Instant, Model};
use crate::timeline;
use crate::vocabulary::{Severity, Status};

/// A duty of an incident, at an instant.
#[derive(Debug)]
pub struct DutyNow<'m> {
    pub incident: &'m Incident,
    pub to: &'m str,
    pub kind: &'m str,
    /// When the first of its clocks ends; `None` while none of them has started.
    pub due: Option<Due<'m>>,
    /// When the report was sent.
    pub sent: Option<Instant>,
}

/// The end of a clock.
#[derive(Clone, Copy, Debug)]
pub struct Due<'m> {
    pub at: Instant,
    pub clock: &'m Clock,
    /// The severity that the duty is about.
    pub severity: Severity,
}

/// The duties of an incident, the reports that were sent, and how they belong together.
#[derive(Debug)]
pub struct Duties<'m> {
    pub all: Vec<DutyNow<'m>>,
    /// Every severity that the incident was really given, with the instant, in time order.
    pub reached: Vec<(Severity, Instant)>,
    sent: Vec<Sent<'m>>,
}

/// A report that was sent.
#[derive(Clone, Copy, Debug)]
pub struct Sent<'m> {
    pub at: Instant,
    /// `None` if no duty is about it.
    pub to: Option<&'m str>,
    pub kind: Option<&'m str>,
}

impl Sent<'_> {
    fn is(&self, to: &str, kind: &str) -> bool {
        self.to.is_some_and(|known| is_alike(known, to))
            && self.kind.is_some_and(|known| is_alike(known, kind))
    }
}

/// A duty with the clocks of every severity that asks for the same report.
struct Merged<'m> {
    duty: &'m Duty,
    clocks: Vec<(Severity, Instant, &'m Clock)>,
}

/// The duties of all incidents that the team knew of at an instant. Drafts, withdrawn incidents and those that were
/// recorded afterwards have none.
#[must_use]
pub fn all(model: &Model, at: Instant) -> Vec<DutyNow<'_>> {
    if model.config.policy.reports.is_empty() {
        return Vec::new();
    }
    model.incidents.iter().flat_map(|incident| of(&model.config, incident, at).all).collect()
}

/// The duties of an incident with all that was written and sent up to an instant.
#[must_use]
pub fn of<'m>(config: &'m Config, incident: &'m Incident, at: Instant) -> Duties<'m> {
    let head = &incident.head;
    let is_gone = head.withdrawn.as_ref().is_some_and(|withdrawn| withdrawn.at <= at);
    let aware = aware(incident, at);
    let reached = reached(incident, at);
    let concerns = !head.draft && !is_gone && !incident.backfilled && aware <= at;
    let merged = if concerns { merged(config, &reached) } else { Vec::new() };
    let sent = sent(&merged, head.reports.for_the_authority(), at);
    let now = |one: &Merged<'m>| {
        let (to, kind) = (one.duty.to.as_str(), one.duty.kind.as_str());
        let done = sent.iter().find(|sent| sent.is(to, kind)).map(|sent| sent.at);
        let due = one.clocks.iter().filter_map(|(severity, since, clock)| {
            let start = match &clock.from {
                ClockStart::Awareness => aware,
                ClockStart::Classification => *since,
                // What was sent after the report itself did not start its clock.
                ClockStart::Report(before) => {
                    let is_before =
                        |sent: &&Sent<'_>| sent.is(to, before) && done.is_none_or(|at| sent.at <= at);
                    sent.iter().rfind(is_before)?.at
                }
            };
            Some(Due { at: clock.within.after(start, config.zone), clock, severity: *severity })
        });
        DutyNow { incident, to, kind, due: due.min_by_key(|due| due.at), sent: done }
    };
    Duties { all: merged.iter().map(now).collect(), reached, sent }
}

impl<'m> Duties<'m> {
    /// The next report that each authority must get.
    #[must_use]
    pub fn next(&self) -> Vec<&DutyNow<'m>> {
        let mut found: Vec<&DutyNow<'m>> = Vec::new();
        for duty in self.all.iter().filter(|duty| duty.sent.is_none()) {
            if !found.iter().any(|known| is_alike(known.to, duty.to)) {
                found.push(duty);
            }
        }
        found
    }

    /// The reports that an authority got. Those that no duty is about belong to every authority.
    pub fn sent_to(&self, to: &str) -> impl Iterator<Item = &Sent<'m>> {
        self.sent.iter().filter(move |sent| sent.to.is_none_or(|known| is_alike(known, to)))
    }
}

/// When the team knew of the incident: when it was detected, else when it began.
fn aware(incident: &Incident, at: Instant) -> Instant {
    let known = || {
        let told = incident.updates.iter().take_while(|update| update.at <= at);
        told.filter_map(|update| update.change.start()).last().unwrap_or(incident.started)
    };
    incident.detected.unwrap_or_else(known).at
}

/// Every severity with the instant at which the incident got it. A severity that a correction replaced was never
/// true. What a correction says holds from the correction on, as nobody had said it before.
fn reached(incident: &Incident, at: Instant) -> Vec<(Severity, Instant)> {
    let updates = &incident.updates[..incident.updates.partition_point(|update| update.at <= at)];
    // The file says the first severity when the first notice does.
    let appears = timeline::incident_appears(incident);
    let first = updates.first().map_or(appears, |first| first.at.min(appears));
    let noticed = incident.detected.unwrap_or(incident.started).at;
    let mut found = vec![(incident.severity, if first <= at { first } else { noticed })];
    for update in updates {
        let Some(severity) = update.change.severity else { continue };
        match found.last_mut() {
            Some(last) if update.status == Status::Correction => {
                if last.0 != severity {
                    *last = (severity, update.at);
                }
            }
            _ => found.push((severity, update.at)),
        }
    }
    found
}

fn merged<'m>(config: &'m Config, reached: &[(Severity, Instant)]) -> Vec<Merged<'m>> {
    let mut found: Vec<Merged<'m>> = Vec::new();
    for (severity, duties) in &config.policy.reports {
        let Some((_, since)) = reached.iter().find(|(known, _)| known == severity) else { continue };
        for duty in duties {
            let clocks = duty.clocks.iter().map(|clock| (*severity, *since, clock));
            match found.iter_mut().find(|known| known.duty.is_same(duty)) {
                Some(known) => known.clocks.extend(clocks),
                None => found.push(Merged { duty, clocks: clocks.collect() }),
            }
        }
    }
    found
}

/// What was sent, each with the duty that it is about. What names no authority or no report is the next report in the
/// order of the policy.
fn sent<'m>(duties: &[Merged<'m>], reports: &'m [SentReport], until: Instant) -> Vec<Sent<'m>> {
    let mut found: Vec<Sent<'m>> = Vec::new();
    for report in reports.iter().filter(|report| report.at <= until) {
        let fits = |duty: &&Merged<'m>| {
            let is = |wanted: &Option<String>, name: &str| wanted.as_ref().is_none_or(|w| is_alike(w, name));
            is(&report.to, &duty.duty.to) && is(&report.kind, &duty.duty.kind)
        };
        let is_owed = |duty: &&Merged<'m>| !found.iter().any(|sent| sent.is(&duty.duty.to, &duty.duty.kind));
        let owed = duties.iter().filter(fits).find(is_owed);
        // A report of a kind that was sent before is another one of it.
        let again = || duties.iter().find(fits).filter(|_| report.kind.is_some());
        let duty = owed.or_else(again).map(|merged| merged.duty);
        let (to, kind) = (duty.map(|duty| duty.to.as_str()), duty.map(|duty| duty.kind.as_str()));
        found.push(Sent {
            at: report.at,
            to: to.or(report.to.as_deref()),
            kind: kind.or(report.kind.as_deref()),
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::fixture::site;

    const SITE: &str = "title: Status\nurl: https://status.example.com/\ntimezone: Europe/Berlin\nlocales: [en]\n\
        components:\n  - {id: api, name: API}\npolicy:\n  reports: {preset: dora}\n";

    /// What is due at a time: each report with its due time, or with when it was sent.
    fn at_of(policy: &str, front: &str, body: &str, at: &str) -> Vec<String> {
        let severity = if front.contains("severity:") { "" } else { "severity: critical\n" };
        let text = format!(
            "---\ntitle: t\n{severity}affects: [api]\nstarted: 2027-01-20 09:50\n{front}---\nx\n\n{body}"
        );
        let config = SITE.replace("{preset: dora}", policy);
        let model = site(&config, &[("incidents/a.md", &text)]);
        let zone = model.config.zone;
        let local = |at: Instant| zone.local(at).format("%m-%d %H:%M").to_string();
        let one = |duty: &DutyNow<'_>| {
            let due = duty.due.map_or_else(|| "waits".to_owned(), |due| local(due.at));
            let sent = duty.sent.map(|at| format!(" sent {}", local(at))).unwrap_or_default();
            format!("{} {due}{sent}", duty.kind)
        };
        all(&model, zone.read(at).expect("a time")).iter().map(one).collect()
    }

    fn at(front: &str, body: &str, at: &str) -> Vec<String> {
        at_of("{preset: dora}", front, body, at)
    }

    const FIRST: &str = "## investigating 2027-01-20 10:05\n\nx\n\n";
    const DETECTED: &str = "detected: 2027-01-20 10:00\n";

    #[test]
    fn the_earliest_clock_counts() {
        let waits = ["intermediate waits", "final waits"];
        let early = at(DETECTED, FIRST, "2027-01-20 11:00");
        assert_eq!((early[0].as_str(), &early[1..]), ("initial 01-20 14:05", &waits.map(str::to_owned)[..]));
        // It became critical 22 hours after the detection: 24 hours end first.
        let body = format!("{FIRST}## update 2027-01-21 08:00\nseverity: critical\n\nx\n");
        let front = format!("{DETECTED}severity: minor\n");
        assert_eq!(at(&front, &body, "2027-01-21 07:59"), Vec::<String>::new(), "a minor incident");
        assert_eq!(at(&front, &body, "2027-01-21 08:00")[0], "initial 01-21 10:00");
        assert_eq!(at("", FIRST, "2027-01-20 09:49"), Vec::<String>::new(), "nobody knows of it");
    }

    #[test]
    fn each_report_starts_the_clock_of_the_next() {
        let sent = |reports: &str| format!("{DETECTED}internal: {{reports: {reports}}}\n");
        let front = sent("[2027-01-20 12:00, 2027-01-22 12:00]");
        assert_eq!(
            at(&front, FIRST, "2027-01-22 11:59"),
            ["initial 01-20 14:05 sent 01-20 12:00", "intermediate 01-23 12:00", "final waits"]
        );
        assert_eq!(
            at(&front, FIRST, "2027-01-22 12:00")[1..],
            ["intermediate 01-23 12:00 sent 01-22 12:00", "final 02-22 12:00"]
        );
        // A second intermediate report moves the final one. Names decide, whatever the order of the list.
        let front = sent(
            "[{kind: intermediate, at: 2027-01-31 12:00}, {to: Authority, kind: initial, at: 2027-01-20 12:00}, \
             {kind: intermediate, at: 2027-01-22 12:00}]",
        );
        assert_eq!(at(&front, FIRST, "2027-02-01 12:00")[2], "final 02-28 12:00");
        let front = sent("[2027-01-20 12:00, 2027-01-21 12:00, 2027-03-10 12:00, 2027-03-11 12:00]");
        assert_eq!(at(&front, FIRST, "2027-03-12 12:00")[2], "final 02-21 12:00 sent 03-10 12:00");
    }

    #[test]
    fn a_correction_of_the_severity_does_not_move_a_level_that_was_reached() {
        let update = |status: &str, at: &str, severity: &str| {
            format!("## {status} 2027-01-20 {at}\nseverity: {severity}\n\nx\n\n")
        };
        let day = "2027-01-20 20:00";
        // Critical from the first notice; a wrong lower level in between changes nothing.
        let body = format!(
            "{FIRST}{}{}",
            update("update", "11:00", "minor"),
            update("correction", "12:00", "critical")
        );
        assert_eq!(at("", &body, day)[0], "initial 01-20 14:05");
        // The incident never was critical.
        let body = format!("{FIRST}{}", update("correction", "12:00", "minor"));
        assert_eq!(at("", &body, "2027-01-20 11:59").len(), 3);
        assert_eq!(at("", &body, day), Vec::<String>::new());
        // Nobody called it critical before the correction.
        let body = format!("{FIRST}{}", update("correction", "12:00", "critical"));
        assert_eq!(at("severity: minor\n", &body, day)[0], "initial 01-20 16:00");
        // A lower level later, or the end, does not end the duty.
        let body =
            format!("{FIRST}{}## resolved 2027-01-20 13:00\n\nx\n", update("update", "12:00", "minor"));
        assert_eq!(at("", &body, day)[0], "initial 01-20 14:05");
    }

    #[test]
    fn what_was_withdrawn_drafted_or_recorded_afterwards_has_no_duties() {
        let day = "2027-01-20 20:00";
        for front in [
            "draft: true\n",
            "withdrawn: {at: 2027-01-20 13:00, reason: x}\n",
            "backfilled: true\npublish_at: 2027-01-20 10:10\n",
        ] {
            assert_eq!(at(front, FIRST, day), Vec::<String>::new(), "{front}");
        }
        assert_eq!(at("withdrawn: {at: 2027-01-20 13:00, reason: x}\n", FIRST, "2027-01-20 12:59").len(), 3);
        // The authority must hear of it although readers do not.
        assert_eq!(at("publish_at: 2027-01-25 10:00\n", FIRST, day).len(), 3);
    }

    #[test]
    fn each_authority_has_reports_of_its_own() {
        let policy = "{critical: [{preset: dora, to: BaFin}, {to: JVCEA, kind: initial, within: 1h, from: awareness}]}";
        let front = |reports: &str| format!("{DETECTED}internal: {{reports: {reports}}}\n");
        let named = front("[{to: JVCEA, at: 2027-01-20 10:30}]");
        let found = at_of(policy, &named, FIRST, "2027-01-20 12:00");
        assert_eq!(
            found,
            [
                "initial 01-20 14:05",
                "intermediate waits",
                "final waits",
                "initial 01-20 11:00 sent 01-20 10:30"
            ]
        );
        // A time alone is the next report to the first authority.
        let plain = at_of(policy, &front("[2027-01-20 10:30]"), FIRST, "2027-01-20 12:00");
        assert_eq!(
            (plain[0].as_str(), plain[3].as_str()),
            ("initial 01-20 14:05 sent 01-20 10:30", "initial 01-20 11:00")
        );
    }
}
