//! `/metrics` and `/metrics.txt`: the state of the site for Prometheus, in the text format of `OpenMetrics` 1.0.
//!
//! A file cannot know how late it is read, so it never says "in so many seconds": it gives instants, and an alert
//! compares them with its own clock. The state is that of the effective instant, and holds until
//! `noroshi_next_change_timestamp_seconds`. Both files are the same. The second is for hosts that let nobody choose
//! the type of a file: its ending makes it the older text format of Prometheus, which reads gauges alike.

use super::Planned;
use crate::model::Instant;
use crate::publish::Rank;
use crate::site::Site;
use crate::text::open_metrics::{end, family, sample};
use crate::timeline::{IncidentNow, MaintenanceNow};
use crate::uptime;
use crate::vocabulary::{ComponentStatus, Function, Severity};

pub(super) const PATHS: [&str; 2] = ["metrics", "metrics.txt"];

pub(super) fn plan<'a>(site: &'a Site<'a>) -> Vec<Planned<'a>> {
    PATHS.map(|path| Planned::new(path, Rank::List, move || text(site))).into()
}

fn text(site: &Site<'_>) -> String {
    let mut out = String::new();
    state(&mut out, site);
    active(&mut out, site);
    instants(&mut out, site);
    uptimes(&mut out, site);
    infos(&mut out, site);
    end(&mut out);
    out
}

/// The components that are not retired, with their places.
fn components<'a>(site: &'a Site<'_>) -> impl Iterator<Item = usize> + use<'a> {
    (0..site.now.components.len()).filter(|at| site.is_there(*at))
}

fn id<'a>(site: &'a Site<'_>, at: usize) -> &'a str {
    &site.now.model.config.components.all[at].id
}

/// One sample for each status, 1 for the one that holds: an alert on a status that never held yet finds its sample.
fn state(out: &mut String, site: &Site<'_>) {
    let name = "noroshi_page_status";
    family(out, name, "", "Whether the site as a whole has this status.");
    for status in ComponentStatus::ALL {
        sample(out, name, &[("status", status.word())], u8::from(site.now.status == *status));
    }
    let name = "noroshi_component_status";
    family(out, name, "", "Whether the component has this status.");
    for at in components(site) {
        for status in ComponentStatus::ALL {
            let labels = [("component", id(site, at)), ("status", status.word())];
            sample(out, name, &labels, u8::from(site.now.components[at] == *status));
        }
    }
}

fn active(out: &mut String, site: &Site<'_>) {
    let name = "noroshi_active_incidents";
    family(out, name, "", "Incidents that go on, by severity.");
    for severity in Severity::ALL {
        let is_it = |incident: &&IncidentNow<'_>| incident.severity == *severity;
        let count = site.now.active_incidents().filter(is_it).count();
        sample(out, name, &[("severity", severity.word())], count);
    }
    let name = "noroshi_active_maintenance";
    family(out, name, "", "Maintenance that is under way.");
    sample(out, name, &[], site.now.maintenance.iter().filter(|work| work.is_running()).count());
}

fn instants(out: &mut String, site: &Site<'_>) {
    let mut instant = |name: &str, help: &str, at: Option<Instant>| {
        family(out, name, "seconds", help);
        if let Some(at) = at {
            sample(out, name, &[], at.0);
        }
    };
    instant(
        "noroshi_effective_timestamp_seconds",
        "The latest change that this file knows. All that it says holds from then on.",
        Some(site.now.effective),
    );
    instant(
        "noroshi_next_change_timestamp_seconds",
        "When the site must change by itself. After this time the file is out of date.",
        site.now.next_change,
    );
    instant(
        "noroshi_next_maintenance_timestamp_seconds",
        "The planned start of the next window of announced maintenance that has not begun.",
        site.now.maintenance.iter().filter_map(next_start).min(),
    );
}

/// The planned start of the first window that has not begun. It passes if only an update can begin it: nothing of the
/// site changes then, so this file cannot change either.
fn next_start(work: &MaintenanceNow<'_>) -> Option<Instant> {
    if work.is_closed_by_human() {
        return None;
    }
    let ahead = work.windows.iter().filter(|window| window.is_ahead() && !window.awaits_new_time);
    ahead.filter(|window| window.plan.is_decided()).map(|window| window.plan.start).min()
}

fn uptimes(out: &mut String, site: &Site<'_>) {
    let name = "noroshi_component_uptime_ratio";
    family(out, name, "ratio", "The uptime over the days that pages show, rounded down as there.");
    for at in components(site).filter(|at| site.now.model.config.components.all[*at].uptime) {
        if let Some(part) = uptime::percent(&site.uptime[at]) {
            let ratio = format!("{}.{:04}", part / 10_000, part % 10_000);
            sample(out, name, &[("component", id(site, at))], ratio);
        }
    }
}

/// The names that people and programs give to a component, to be joined with the other metrics.
fn infos(out: &mut String, site: &Site<'_>) {
    let name = "noroshi_component_info";
    family(out, name, "", "The name, the function and the codes of the component.");
    for at in components(site) {
        let one = &site.now.model.config.components.all[at];
        let mut labels = vec![("component", one.id.as_str()), ("name", one.name.get(0).1.as_str())];
        labels.extend(one.function.map(|function| ("function", Function::word(function))));
        labels.extend(one.codes.iter().map(|(key, code)| (key.as_str(), code.as_str())));
        sample(out, name, &labels, 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::Snapshot;
    use crate::timeline::fixture::{SITE, at, site};

    fn read(files: &[(&str, &str)], time: &str) -> String {
        let config = SITE.replace(
            "{id: api, name: API}",
            "{id: api, name: 'A\"P\\I', since: 2026-11-18, function: trade, codes: {symbol: BTC_JPY}}",
        );
        let model = site(&config, files);
        let site = Site::new(Snapshot::at(&model, at(time))).expect("built-in locales");
        let [one, two] = plan(&site).try_into().expect("two files");
        assert_eq!(one.render(), two.render());
        String::from_utf8(one.render()).expect("UTF-8")
    }

    #[test]
    fn the_state_of_the_effective_instant_is_told_with_instants() {
        let incident = "---\ntitle: x\nseverity: moderate\naffects: [api]\nstarted: 2026-11-19 12:00\n---\nx\n\n## investigating 2026-11-19 12:00\n\nx\n";
        let work = "---\ntitle: w\nkind: regular\naffects: [web]\npublish_at: 2026-11-01 12:00\nwindow: {start: 2026-11-21 02:00, end: 2026-11-21 05:00}\n---\nx\n";
        let text = read(&[("incidents/x.md", incident), ("maintenance/w.md", work)], "20 12:00");
        for line in [
            "noroshi_page_status{status=\"partial_outage\"} 1",
            "noroshi_component_status{component=\"api\",status=\"partial_outage\"} 1",
            "noroshi_component_status{component=\"api\",status=\"operational\"} 0",
            "noroshi_component_status{component=\"web\",status=\"operational\"} 1",
            "noroshi_active_incidents{severity=\"moderate\"} 1",
            "noroshi_active_incidents{severity=\"critical\"} 0",
            "noroshi_active_maintenance 0",
            // Half a day of partial outage in two counted days: 1 − 0.3 × 12 ÷ 48.
            "noroshi_component_uptime_ratio{component=\"api\"} 0.9250",
            "noroshi_component_info{component=\"api\",name=\"A\\\"P\\\\I\",function=\"trade\",symbol=\"BTC_JPY\"} 1",
        ] {
            assert!(text.lines().any(|known| known == line), "{line}: {text}");
        }
        let value = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
            line.map(|value| value.parse().expect("a number"))
        };
        assert_eq!(value("noroshi_next_maintenance_timestamp_seconds"), Some(at("21 02:00").0));
        assert_eq!(value("noroshi_next_change_timestamp_seconds"), Some(at("21 00:00").0));
        assert!(value("noroshi_effective_timestamp_seconds") <= Some(at("20 12:00").0));
        assert!(text.ends_with("\n# EOF\n"));
    }

    #[test]
    fn a_maintenance_that_is_off_or_not_announced_has_no_next_start() {
        let work = |more: &str| {
            format!(
                "---\ntitle: w\nkind: regular\naffects: [web]\npublish_at: 2026-11-20 {more}\nwindow: {{start: 2026-11-21 02:00, end: 2026-11-21 05:00}}\n---\nx\n"
            )
        };
        let cancelled = format!("{}\n## cancelled 2026-11-20 11:00\n\nx\n", work("09:00"));
        for file in [work("13:00"), cancelled] {
            let text = read(&[("maintenance/w.md", &file)], "20 12:00");
            assert!(!text.contains("noroshi_next_maintenance_timestamp_seconds 1"), "{text}");
        }
    }
}
