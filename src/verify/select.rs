//! Which files are fetched: all, or those that matter most and a sample of the others.

use std::collections::BTreeMap;

use crate::address::{HOST_FILES, THEME_FOLDER};
use crate::digest::Digest;
use crate::model::Instant;
use crate::publish::Entry;

/// The page that a host shows for what is not there. Some hosts do not send it at its own address.
pub(super) const NOT_FOUND: &str = "404.html";
/// Names of feeds, at the root and in the folder of a language.
const FEEDS: [&str; 5] = ["feed.xml", "feed.atom", "feed.json", "history.rss", "history.atom"];
/// What programs ask the API first.
const API: [&str; 2] = ["api/v2/status.json", "api/v2/summary.json"];

/// The files that readers get by their address: not those that are for the host.
pub(super) fn listed(files: &BTreeMap<String, Entry>) -> impl Iterator<Item = &str> {
    files.keys().map(String::as_str).filter(|path| !HOST_FILES.contains(path) && *path != NOT_FOUND)
}

/// The files to fetch, sorted. In each hour the sample is another one, so that repeated runs see every file; within an
/// hour it stays, so that a fault stays too.
pub(super) fn select(files: &BTreeMap<String, Entry>, sample: Option<usize>, at: Instant) -> Vec<&str> {
    let Some(sample) = sample else { return listed(files).collect() };
    let (mut chosen, others): (Vec<&str>, Vec<&str>) = listed(files).partition(|path| is_always(files, path));
    let hour = at.0.div_euclid(3600);
    let mut others: Vec<(Digest, &str)> =
        others.into_iter().map(|path| (Digest::of(&(path, hour)), path)).collect();
    others.sort_unstable();
    chosen.extend(others.into_iter().take(sample).map(|(_, path)| path));
    chosen.sort_unstable();
    chosen
}

/// Whether a file is fetched each time: home pages, feeds, the head of the API, and what every page loads.
fn is_always(files: &BTreeMap<String, Entry>, path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let is_high = !folder.contains('/');
    let has_feed = || files.contains_key(&format!("{folder}/{}", FEEDS[0]));
    let ends = |ending: &str| name.rsplit('.').next() == Some(ending);
    path == "index.html"
        || is_high && FEEDS.contains(&name)
        || is_high && name == "index.html" && has_feed()
        || API.contains(&path)
        || path.starts_with(THEME_FOLDER) && (ends("css") || ends("js"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const KNOWN: [&str; 14] = [
        ".nojekyll",
        "404.html",
        "_headers",
        "about/index.html",
        "api/v2/incidents.json",
        "api/v2/status.json",
        "assets/theme/style.a86875038d49.css",
        "components/api/feed.xml",
        "en/feed.xml",
        "en/index.html",
        "feed.json",
        "incidents/feed.xml",
        "incidents/index.html",
        "index.html",
    ];

    fn files(more: usize) -> BTreeMap<String, Entry> {
        let more = (0..more).map(|number| format!("incidents/{number}/index.html"));
        KNOWN.map(str::to_owned).into_iter().chain(more).map(|path| (path, Entry::of(b""))).collect()
    }

    #[test]
    fn all_files_are_those_that_a_reader_can_ask_for() {
        let files = files(0);
        let all = select(&files, None, Instant(0));
        let hidden = [".nojekyll", "404.html", "_headers"];
        assert_eq!(all, KNOWN.into_iter().filter(|path| !hidden.contains(path)).collect::<Vec<_>>());
    }

    #[test]
    fn a_sample_has_what_matters_most_and_so_many_others() {
        let files = files(100);
        let always = select(&files, Some(0), Instant(0));
        let wanted = [
            "api/v2/status.json",
            "assets/theme/style.a86875038d49.css",
            "en/feed.xml",
            "en/index.html",
            "feed.json",
            "incidents/feed.xml",
            "incidents/index.html",
            "index.html",
        ];
        assert_eq!(always, wanted);
        assert_eq!(select(&files, Some(10), Instant(0)).len(), wanted.len() + 10);
        assert_eq!(select(&files, Some(1000), Instant(0)), select(&files, None, Instant(0)));
    }

    #[test]
    fn a_sample_stays_within_an_hour_and_later_ones_see_every_file() {
        let files = files(100);
        let sample = |seconds| select(&files, Some(10), Instant(seconds));
        assert_eq!(sample(7200), sample(10_799));
        assert_ne!(sample(7200), sample(10_800));
        // 103 others, 10 an hour: after 150 hours a file is unseen with a probability of one in four million.
        let seen: BTreeSet<&str> = (0..150).flat_map(|hour| sample(hour * 3600)).collect();
        assert_eq!(seen.len(), select(&files, None, Instant(0)).len());
    }
}
