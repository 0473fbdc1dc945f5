//! Imports any feed: RSS 2.0 or Atom (RFC 4287), the last resort where nothing else can be read.
//!
//! Each item is an update with its whole text. Items with one address are one entry. A feed holds the latest entries only,
//! and neither severities nor states of components.

mod parse;

use std::collections::BTreeMap;
use std::path::Path;

use super::answers::name_source;
use super::conversion::{Conversion, Page, untagged};
use super::record::{self, Ending, Names, Record, RecordKind, RecordUpdate};
use super::report::{Origin, Spot};
use super::session;
use super::{Imported, Report, Settings};
use crate::fetch::{FetchError, file_at};
use crate::file;
use crate::limits::IMPORT_JSON_BYTES;
use crate::message::{Message, message};
use crate::os::Shown as _;
use crate::vocabulary::{Severity, Status};
use parse::{Feed, FeedItem};

const NAMES: Names = Names {
    title: "title",
    started: "published",
    created: "published",
    resolved: "updated",
    window_start: "pubDate",
    window_end: "maintenanceEndDate",
};

/// Imports a feed: a file or an address.
///
/// # Errors
/// The feed cannot be read, or is neither RSS nor Atom.
pub fn feed(source: &str, settings: &Settings) -> Result<Imported, FetchError> {
    let bytes = if source.contains("://") {
        let missing = || {
            let message = message!("import-feed-missing", "there is nothing at {source}", source);
            FetchError::environment(message, name_feed())
        };
        file_at(source)?.ok_or_else(missing)?
    } else {
        file::read(Path::new(source), IMPORT_JSON_BYTES).map_err(|error| {
            let path = Path::new(source).shown();
            let message = message!("import-feed-unreadable", "cannot read {path}: {error}", path, error);
            if Path::new(source).exists() {
                FetchError::environment(message, name_feed())
            } else {
                FetchError::usage(message, name_feed())
            }
        })?
    };
    let text = String::from_utf8(bytes).map_err(|_| {
        let message = message!("import-feed-not-utf8", "{source} is not UTF-8", source);
        let help = message!(
            "import-feed-not-utf8-help",
            "save it, convert it to UTF-8 (`iconv -t UTF-8`), and name the file"
        );
        FetchError::usage(message, help)
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let origin = Origin::new(&name_source(source), text);
    let feed = parse::feed(text).map_err(|why| {
        let message = message!("import-feed-invalid", "{source} is not a feed: {why}", source, why);
        FetchError::usage(message, name_feed())
    })?;
    let link = feed.link.clone();
    let page = Page {
        name: feed.title.as_deref().map(untagged),
        description: None,
        url: link.as_deref().map(|link| format!("{}/", session::origin_of(link))),
        language: feed.language.clone(),
        ..Page::default()
    };
    let mut to = Conversion::begin(page, &origin, settings, Report::default());
    if !feed.items.is_empty() {
        let message =
            message!("import-feed-limit", "a feed holds only the latest entries: older ones are MISSING");
        let made = message!("import-feed-limit-made", "imported what it holds");
        to.row(&origin.at(None), "import/limit", message, made);
        let message =
            message!("import-record-no-severity", "{program} gives no severity", program = "RSS/Atom");
        to.row(&origin.at(None), "import/severity", message, record::as_minor());
    }
    let entries = grouped(&feed)
        .into_iter()
        .map(|items| entry(&mut to, &origin, &items, link.as_deref()).entry(&mut to));
    let entries = entries.collect();
    Ok(to.end(&origin, entries))
}

fn name_feed() -> Message {
    message!(
        "import-feed-help",
        "name the address or the file of an RSS or Atom feed, such as `https://status.example.com/history.rss`"
    )
}

/// The items of each entry: those that lead to one page, in the order of the feed. An address without a path is no page
/// of an entry.
fn grouped(feed: &Feed) -> Vec<Vec<&FeedItem>> {
    let mut groups: Vec<Vec<&FeedItem>> = Vec::new();
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for item in &feed.items {
        let page = item.link.as_deref().map(|link| link.split('#').next().unwrap_or(link));
        let page = page.filter(|page| page_of(page).is_some());
        if let Some(at) = page.and_then(|page| known.get(page).copied()) {
            groups[at].push(item);
            continue;
        }
        known.extend(page.map(|page| (page, groups.len())));
        groups.push(vec![item]);
    }
    groups
}

/// The path of an address, if it is more than the root.
fn page_of(address: &str) -> Option<&str> {
    let origin = session::origin_of(address);
    let path = address[origin.len()..].split(['?', '#']).next().unwrap_or_default();
    (path.len() > 1).then_some(path)
}

fn entry(to: &mut Conversion, origin: &Origin, items: &[&FeedItem], site: Option<&str>) -> Record {
    let first = items[0];
    let spot = origin.at(Some(first.place.clone()));
    let planned = items.iter().any(|item| is_planned(item));
    let mut updates = Vec::new();
    let mut remarks = Vec::new();
    let mut end = None;
    for item in items {
        let spot = origin.at(Some(item.place.clone()));
        let date = item.updated.as_deref().or(item.published.as_deref());
        let Some(at) = date.and_then(|date| to.time_of(&spot, "date", &parse::normal_date(date))) else {
            record::untimed_update(to, &spot, &untagged(&item.content), &mut remarks);
            continue;
        };
        end = end.or_else(|| {
            item.end.as_deref().and_then(|end| to.time_of(&spot, NAMES.window_end, &parse::normal_date(end)))
        });
        let words = if item.is_html { to.html(&spot, &item.content) } else { to.plain(&spot, &item.content) };
        let status = state(to, &spot, item, planned);
        updates.push(RecordUpdate { at, status, words, affected: Vec::new() });
    }
    let begun = items
        .iter()
        .filter_map(|item| item.published.as_deref())
        .filter_map(|date| to.time_of(&spot, NAMES.started, &parse::normal_date(date)));
    let times = begun.collect::<Vec<_>>().into_iter().chain(updates.iter().map(|update| update.at));
    let start = times.min();
    let is_over = updates.iter().any(|u| matches!(u.status, Status::Resolved | Status::Completed));
    let is_ahead = planned && start.is_some_and(|start| start > to.site.now);
    if !is_over && !is_ahead && !updates.is_empty() {
        let message = message!("import-feed-open", "nothing in the feed says that this is over");
        let made = message!(
            "import-feed-open-made",
            "imported as still open: add the update that ends it, if it is over"
        );
        to.row(&spot, "import/open", message, made);
    }
    let kind = if planned {
        let message = message!("import-feed-window", "a feed does not tell when planned work starts");
        let made =
            message!("import-feed-window-made", "used the time of the item as the start of the window");
        to.row(&spot, "import/window", message, made);
        RecordKind::Maintenance { start, begun: None, end, ending: Ending::Update }
    } else {
        RecordKind::Incident { severity: Severity::Minor, started: start }
    };
    // Only an address on the imported site can be redirected.
    let link = first.link.as_deref();
    let here = link.filter(|link| site.is_some_and(|site| session::host_of(site) == session::host_of(link)));
    let path = here.and_then(page_of).map(str::to_owned);
    // An id of an update is that of its entry with a fragment. Elsewhere, the fragment may be all that differs.
    let page = link.filter(|link| page_of(link).is_some()).and_then(|link| link.split('#').next());
    let without = |id: String| match id.split_once('#') {
        Some((before, _)) if Some(before) == page => before.to_owned(),
        _ => id,
    };
    let id = first.id.clone().or_else(|| path.clone()).map(without);
    Record {
        title: Some(title(&first.title)),
        aliases: path.into_iter().collect(),
        id: id.map(|id| short(&id)),
        updates,
        remarks,
        ..Record::of(spot, NAMES, kind)
    }
}

/// The last part of an address or a tag URI, which is what other programs know the entry by.
fn short(id: &str) -> String {
    id.trim_end_matches('/').rsplit(['/', ':']).next().unwrap_or(id).to_owned()
}

const OVER: [&str; 5] = ["resolved", "fixed", "completed", "complete", "service is operating normally"];
const STATES: [(&str, Status, Status); 12] = [
    ("investigating", Status::Investigating, Status::Update),
    ("reported", Status::Investigating, Status::Update),
    ("informational message", Status::Investigating, Status::Update),
    ("identified", Status::Identified, Status::Update),
    ("monitoring", Status::Monitoring, Status::Verifying),
    ("watching", Status::Monitoring, Status::Verifying),
    ("scheduled", Status::Update, Status::Scheduled),
    ("planned", Status::Update, Status::Scheduled),
    ("upcoming", Status::Update, Status::Scheduled),
    ("in progress", Status::Update, Status::InProgress),
    ("active", Status::Update, Status::InProgress),
    ("verifying", Status::Monitoring, Status::Verifying),
];

/// The states that an item names, the newest first: before its title, or in bold at the start of a text, before `-` or
/// `:`.
fn named(item: &FeedItem) -> Vec<String> {
    let mut found = Vec::new();
    let title = item.title.trim();
    if let Some(word) = title.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
        found.push(word.to_lowercase());
    }
    for mark in [":", " - "] {
        found.extend(title.split_once(mark).map(|(word, _)| word.to_lowercase()));
    }
    if item.is_html {
        for tag in ["strong", "b"] {
            let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
            let parts = item.content.split(&open).skip(1).filter_map(|part| part.split_once(&close));
            let marked = parts.filter(|(_, after)| after.trim_start().starts_with(['-', '–', '—', ':', '<']));
            let mut words: Vec<String> = marked.map(|(word, _)| untagged(word).to_lowercase()).collect();
            // Who writes the state in `b` writes the oldest first.
            if tag == "b" {
                words.reverse();
            }
            found.extend(words);
        }
    }
    found
}

fn state(to: &mut Conversion, spot: &Spot, item: &FeedItem, planned: bool) -> Status {
    let known = named(item).into_iter().find_map(|word| {
        if OVER.contains(&word.as_str()) {
            return Some(if planned { Status::Completed } else { Status::Resolved });
        }
        let (_, incident, maintenance) = STATES.iter().find(|(known, ..)| *known == word)?;
        Some(if planned { *maintenance } else { *incident })
    });
    known.unwrap_or_else(|| {
        let message = message!("import-feed-state", "the item names no state");
        let status = if planned { Status::Scheduled } else { Status::Investigating };
        to.row(spot, "import/status", message, super::report::imported_as(status.word()));
        status
    })
}

fn is_planned(item: &FeedItem) -> bool {
    let addresses = item.link.iter().chain(&item.id).map(|address| address.to_lowercase());
    let mut words = named(item).into_iter();
    item.end.is_some()
        || item.content.contains("THIS IS A SCHEDULED EVENT")
        || addresses.into_iter().any(|address| address.contains("/maintenance/"))
        || words.any(|word| {
            ["scheduled", "planned", "upcoming", "in progress", "maintenance"].contains(&word.as_str())
        })
}

/// The title without a state before it.
fn title(written: &str) -> String {
    let written = untagged(written);
    let known = |word: &str| {
        let word = word.trim().to_lowercase();
        word == "update"
            || word == "maintenance"
            || OVER.contains(&word.as_str())
            || STATES.iter().any(|(known, ..)| *known == word)
    };
    if let Some((word, rest)) = written.strip_prefix('[').and_then(|rest| rest.split_once(']'))
        && (known(word) || word.is_empty())
    {
        return rest.trim().to_owned();
    }
    for mark in [": ", " - "] {
        if let Some((word, rest)) = written.split_once(mark)
            && known(word)
        {
            return title(rest);
        }
    }
    written
}
