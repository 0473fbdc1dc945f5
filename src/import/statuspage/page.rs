//! Converts the page and its components to the new site.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::read::Item;
use super::{Converted, SourceData, prose};
use crate::import::Settings;
use crate::import::entry::one_line;
use crate::import::report::{Origin, Report, left_out};
use crate::import::site::NewSite;
use crate::message::message;
use crate::model::Zone;
use crate::model::config::Url;

const PLACEHOLDER: &str = "https://status.example.com/";

/// The site without its components.
pub(super) fn site(
    found: &SourceData<'_>,
    origin: &Origin,
    base: Option<&str>,
    settings: &Settings,
    report: &mut Report,
) -> NewSite {
    let page = found.page.as_ref();
    let title = page.and_then(|p| p.text("name")).unwrap_or_else(|| {
        let message = message!("import-statuspage-no-name", "the name of the page is missing");
        let made = message!("import-statuspage-no-name-made", "called `Status`: change it in site.yaml");
        report.add(origin, None, "import/site", message, made);
        "Status".to_owned()
    });
    let zone = zone(page, settings, origin, report);
    let locale = settings.locale.as_deref().unwrap_or("en");
    let mut site = NewSite::new(&title, zone, locale, settings.now);
    site.url = url(page, base).unwrap_or_else(|| {
        let message = message!("import-statuspage-no-address", "the address of the page is missing");
        let made = message!(
            "import-statuspage-no-address-made",
            "used `{address}`: change `url` in site.yaml",
            address = PLACEHOLDER
        );
        report.add(origin, None, "import/site", message, made);
        PLACEHOLDER.to_owned()
    });
    site.description = page.and_then(|p| p.text("page_description")).map(|d| prose::untagged(&d));
    site.description = site.description.filter(|d| !one_line(d).is_empty());
    if let Some(link) = page.and_then(|p| p.text("support_url")).filter(|l| Url::parse(l).is_some()) {
        site.nav.push(("Support".to_owned(), link));
    }
    site
}

fn zone(page: Option<&Item<'_>>, settings: &Settings, origin: &Origin, report: &mut Report) -> Zone {
    if let Some(zone) = settings.zone {
        return zone;
    }
    let written = page.and_then(|p| p.text("time_zone"));
    if let Some(zone) = written.as_deref().and_then(Zone::named) {
        return zone;
    }
    let message = match written {
        Some(written) => message!(
            "import-statuspage-unknown-zone",
            "the time zone `{written}` is not in the IANA list",
            written
        ),
        None => message!("import-statuspage-no-zone", "the time zone of the page is missing"),
    };
    let made = message!(
        "import-statuspage-zone-made",
        "used UTC: change `timezone` in site.yaml to the zone of your days and times"
    );
    report.add(origin, origin.key("time_zone"), "import/timezone", message, made);
    Zone::UTC
}

/// The current address of the page, which the new site keeps.
fn url(page: Option<&Item<'_>>, base: Option<&str>) -> Option<String> {
    let domain = |p: &Item<'_>| p.text("domain").map(|d| format!("https://{d}/"));
    let subdomain = |p: &Item<'_>| p.text("subdomain").map(|s| format!("https://{s}.statuspage.io/"));
    // In the v1 API, `url` is the company's own site, and the page has a domain.
    let own = page.and_then(|p| domain(p).or_else(|| subdomain(p)).or_else(|| p.text("url")));
    own.or_else(|| base.map(str::to_owned)).filter(|url| Url::parse(url).is_some())
}

/// In the order of the old page.
pub(super) fn components(found: &SourceData<'_>, converted: &mut Converted) {
    let order = |item: &Item<'_>| item.number("position").unwrap_or(f64::MAX);
    let mut groups: Vec<Item<'_>> = found.components.iter().filter(|c| c.flag("group")).copied().collect();
    let known = |groups: &[Item<'_>], id: &Option<String>| groups.iter().any(|g| g.text("id") == *id);
    for group in &found.groups {
        if !known(&groups, &group.text("id")) {
            groups.push(*group);
        }
    }
    let owners = owners(&groups);
    let mut members: BTreeMap<String, Vec<Item<'_>>> = BTreeMap::new();
    let mut top: Vec<(f64, Item<'_>, bool)> = groups.iter().map(|g| (order(g), *g, true)).collect();
    for item in found.components.iter().filter(|c| !c.flag("group")) {
        let owner = item.text("group_id").or_else(|| owners.get(&item.text("id")?).cloned());
        match owner.filter(|id| known(&groups, &Some(id.clone()))) {
            Some(id) => members.entry(id).or_default().push(*item),
            None => top.push((order(item), *item, false)),
        }
    }
    top.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut alone = None;
    for (_, item, is_group) in top {
        if !is_group {
            let at = *alone.get_or_insert_with(|| converted.site.group(None, None));
            component(converted, at, &item);
            continue;
        }
        let mut inside = item.text("id").and_then(|id| members.remove(&id)).unwrap_or_default();
        inside.sort_by(|a, b| order(a).total_cmp(&order(b)));
        group(converted, &item, &inside);
        alone = None;
    }
}

/// The group of each component, if only the groups list their members.
fn owners(groups: &[Item<'_>]) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for group in groups {
        let Some(id) = group.text("id") else { continue };
        for member in group.values("components").iter().filter_map(|v| v.as_str()) {
            found.insert(member.to_owned(), id.clone());
        }
    }
    found
}

fn group(converted: &mut Converted, item: &Item<'_>, inside: &[Item<'_>]) {
    let name = item.text("name");
    if inside.is_empty() {
        let group = name.unwrap_or_default();
        let message =
            message!("import-statuspage-empty-group", "the group `{group}` has no component", group);
        converted.row(item, "import/component", message, left_out());
        return;
    }
    let description = item.text("description").map(|d| prose::line(&d));
    let at = converted.site.group(name.as_deref(), description.as_deref());
    let api_id = item.text("id").and_then(|id| converted.site.api_id(&id));
    if let Some(group) = converted.site.groups.get_mut(at) {
        group.api_id = api_id;
    }
    for member in inside {
        component(converted, at, member);
    }
}

fn component(converted: &mut Converted, group: usize, item: &Item<'_>) {
    let (id, name) = (item.text("id"), item.text("name"));
    let since = since(converted, item);
    let added = match (&id, &name) {
        (Some(id), Some(name)) => converted.site.add_coded(group, id, name),
        (None, Some(name)) => converted.site.add(group, name, None),
        _ => None,
    };
    let Some(component) = added else {
        let component = name.or(id).unwrap_or_default();
        let message = message!(
            "import-statuspage-component",
            "the component `{component}` has no name, or the source lists it twice",
            component
        );
        converted.row(item, "import/component", message, left_out());
        return;
    };
    component.since = since;
    component.only_when_affected = item.flag("only_show_if_degraded");
    component.description = item.text("description").map(|d| prose::line(&d)).filter(|d| !d.is_empty());
}

/// The first day of the uptime.
fn since(converted: &mut Converted, item: &Item<'_>) -> Option<NaiveDate> {
    let written = item.text("start_date")?;
    let day = written.get(..10).and_then(|day| day.parse::<NaiveDate>().ok());
    let day = day.filter(|day| converted.zone.read(&format!("{day} 12:00")).is_ok());
    if day.is_none() {
        let message = message!(
            "import-statuspage-start-date",
            "`start_date` is `{written}`, which is not a day between 1970 and 2100",
            written
        );
        let made = message!(
            "import-statuspage-start-date-made",
            "left out: noroshi counts uptime from the first entry"
        );
        converted.row(item, "import/time", message, made);
    }
    day
}
