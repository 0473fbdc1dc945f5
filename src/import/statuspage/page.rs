//! Converts the page and its components to the new site.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::answers::Item;
use super::super::catalogue::{self, Component, Group};
use super::super::conversion::{Conversion, Page};
use super::SourceData;
use crate::message::message;
use crate::model::config::Url;

/// What the source says of the page, read from `base` if it is an address.
pub(super) fn page(found: &SourceData<'_>, base: Option<&str>) -> Page {
    let page = found.page.as_ref();
    let text = |key: &str| page.and_then(|p| p.text(key));
    Page {
        name: text("name"),
        description: text("page_description"),
        url: url(page, base),
        zone: text("time_zone"),
        zone_key: "time_zone",
        language: None,
        links: text("support_url").map(|link| ("Support", link)).into_iter().collect(),
    }
}

/// The current address of the page, which the new site keeps.
fn url(page: Option<&Item<'_>>, base: Option<&str>) -> Option<String> {
    let domain = |p: &Item<'_>| p.text("domain").map(|d| format!("https://{d}/"));
    let subdomain = |p: &Item<'_>| p.text("subdomain").map(|s| format!("https://{s}.statuspage.io/"));
    // In the v1 API, `url` is the company's own site, and the page has a domain.
    let own = page.and_then(|p| domain(p).or_else(|| subdomain(p)).or_else(|| p.text("url")));
    own.or_else(|| base.map(str::to_owned)).filter(|url| Url::parse(url).is_some())
}

pub(super) fn components(found: &SourceData<'_>, to: &mut Conversion) {
    let mut groups: Vec<Item<'_>> = found.components.iter().filter(|c| c.flag("group")).copied().collect();
    for group in &found.groups {
        if !groups.iter().any(|known| known.text("id") == group.text("id")) {
            groups.push(*group);
        }
    }
    let owners = owners(&groups);
    let order = |item: &Item<'_>| item.number("position").unwrap_or(f64::MAX);
    let components = found.components.iter().filter(|c| !c.flag("group")).map(|item| Component {
        spot: item.spot(),
        code: item.text("id"),
        name: item.text("name"),
        description: item.text("description"),
        order: order(item),
        group: item.text("group_id").or_else(|| owners.get(&item.text("id")?).cloned()),
        since: since(to, item),
        only_when_affected: item.flag("only_show_if_degraded"),
    });
    let components = components.collect();
    let groups = groups.iter().map(|item| Group {
        spot: item.spot(),
        code: item.text("id"),
        name: item.text("name"),
        description: item.text("description"),
        order: order(item),
    });
    catalogue::fill(to, groups.collect(), components);
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

/// The first day of the uptime.
fn since(converted: &mut Conversion, item: &Item<'_>) -> Option<NaiveDate> {
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
        converted.row(&item.spot(), "import/time", message, made);
    }
    day
}
