//! `sitemap.xml` (sitemaps.org 0.9): every page that is not a fallback to another language, with the time of
//! its latest publication.

use super::Planned;
use crate::limits::SITEMAP_ADDRESSES;
use crate::model::Instant;
use crate::publish::Rank;
use crate::site::{Page, Route, Site};
use crate::text;

pub(super) fn plan<'a>(site: &'a Site<'a>) -> Vec<Planned<'a>> {
    let pages: Vec<&Page> = site
        .pages
        .iter()
        .filter(|p| p.translated && !matches!(p.route, Route::NotFound | Route::Banner))
        .collect();
    if pages.len() <= SITEMAP_ADDRESSES {
        return vec![Planned::new("sitemap.xml", Rank::List, move || urls(site, &pages))];
    }
    let mut files = Vec::new();
    let parts: Vec<Vec<&Page>> = pages.chunks(SITEMAP_ADDRESSES).map(<[&Page]>::to_vec).collect();
    let count = parts.len();
    for (number, part) in parts.into_iter().enumerate() {
        files.push(Planned::new(part_path(number), Rank::List, move || urls(site, &part)));
    }
    files.push(Planned::new("sitemap.xml", Rank::List, move || index(site, count)));
    files
}

fn part_path(number: usize) -> String {
    format!("sitemap-{}.xml", number + 1)
}

fn index(site: &Site<'_>, count: usize) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for number in 0..count {
        out.push_str("<sitemap><loc>");
        text::escape_into(&mut out, &site.absolute(&part_path(number)));
        out.push_str("</loc></sitemap>\n");
    }
    out.push_str("</sitemapindex>\n");
    out
}

fn urls(site: &Site<'_>, pages: &[&Page]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in pages {
        out.push_str("<url><loc>");
        text::escape_into(&mut out, &site.absolute(&page.path));
        out.push_str("</loc>");
        if let Some(at) = last_modified(site, page.route) {
            out.push_str("<lastmod>");
            out.push_str(&at.iso());
            out.push_str("</lastmod>");
        }
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out
}

fn last_modified(site: &Site<'_>, route: Route) -> Option<Instant> {
    let published = match route {
        Route::Incident(at) => Some(site.now.incidents[at].last_publication()),
        Route::Maintenance(at) => site.now.maintenance[at].last_publication(),
        Route::Series(at) => {
            let now = &site.now.series[at];
            let report = now
                .maintenance
                .evaluation
                .as_ref()
                .filter(|_| now.evaluation)
                .and_then(|r| r.0)
                .map(|at| at.at);
            let latest =
                now.occurrences.iter().filter_map(|at| site.now.maintenance[*at].last_updated()).max();
            latest.max(now.published).max(report)
        }
        Route::Notice(at) => {
            let notice = &site.now.notices[at];
            notice.updates.last().map(|u| u.at).max(notice.published)
        }
        _ => return None,
    };
    published.max(site.is_withdrawn(route).map(|w| w.at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::{Snapshot, fixture};

    #[test]
    fn the_last_change_may_be_a_report_or_a_withdrawal() {
        let text = "---\ntitle: t\nseverity: minor\naffects: []\nstarted: 2026-11-20 10:15\nwithdrawn: {at: 2026-11-22 00:00, reason: x}\n---\n## resolved 2026-11-20 11:00\n## Postmortem 2026-11-21 00:00\nx\n";
        let model = fixture::model(&[("incidents/a.md", text)]);
        let last = |time| {
            let site = Site::new(Snapshot::at(&model, fixture::at(time))).expect("built-in locales");
            last_modified(&site, Route::Incident(0))
        };
        for time in ["20 11:00", "21 00:00", "22 00:00"] {
            assert_eq!(last(time), Some(fixture::at(time)));
        }
    }
}
