//! Tests the list of incidents that were resolved within a day, on the home page.

use super::files;
use crate::site::Site;
use crate::timeline::Snapshot;
use crate::timeline::fixture::{SITE, at, site};

const HEADING: [(&str, &str); 2] =
    [("index.html", "24時間以内に復旧した障害"), ("en/index.html", "Resolved in the last 24 hours")];

/// The list under the heading, in a home page.
fn list<'p>(page: &'p str, heading: &str) -> Option<&'p str> {
    page.split_once(heading)?.1.split("</ul>").next()
}

#[test]
fn what_was_resolved_within_a_day_stands_on_the_home_page() {
    let incident = |name: &str, start: &str, end: &str| {
        let front =
            format!("---\ntitle: {name}\nseverity: minor\naffects: [api]\nstarted: 2026-11-{start}\n---\n");
        let updates =
            format!("x\n\n## investigating 2026-11-{start}\n\nx\n\n## resolved 2026-11-{end}\n\nx\n");
        (format!("incidents/{name}.md"), front + &updates)
    };
    let made = [incident("late", "17 10:00", "20 23:50"), incident("early", "20 10:00", "20 11:00")];
    let named: Vec<(&str, &str)> = made.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let model = site(SITE, &named);
    let shown = |time: &str| {
        let files = files(&Site::new(Snapshot::at(&model, at(time))).expect("a built-in locale"));
        HEADING.map(|(page, heading)| list(&files[page], heading).unwrap_or_default().to_owned())
    };
    for list in shown("21 00:10") {
        let (late, early) = (list.find(">late<"), list.find(">early<"));
        assert!(late.is_some() && late < early, "{list}");
        assert!(list.contains("data-until=\"2026-11-21T14:50:00Z\""), "{list}");
        assert!(list.contains("datetime=\"2026-11-20T14:50:00Z\""), "when it ended: {list}");
    }
    assert!(shown("20 23:00").iter().all(|list| !list.contains(">late<")), "it is active");
    for list in shown("21 11:00") {
        assert!(list.contains(">late<") && !list.contains(">early<"), "{list}");
    }
    assert_eq!(shown("21 23:50"), ["", ""]);
}
