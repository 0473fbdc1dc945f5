//! Imports Upptime: the issues and comments of its repository on GitHub, and what a clone of it says.
//!
//! Shape: upptime/uptime-monitor (2026-08) and the REST API of GitHub. The words of people are only in issues; a clone
//! gives names, addresses and slugs. `gh api --paginate` writes one list, several in a row or a list of lists.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::answers::{self, File, Files, Item, Wanted};
use super::catalogue::{self, Component};
use super::conversion::{Conversion, Page};
use super::json::Json;
use super::record::{self, Ending, Names, Record, RecordKind, RecordUpdate};
use super::report::{Spot, left_out};
use super::session::{self, Key, Session};
use super::{Imported, Report, Settings};
use crate::fetch::FetchError;
use crate::limits::IMPORT_CONFIG_BYTES;
use crate::message::message;
use crate::vocabulary::{ComponentStatus, Severity, Status};
use crate::{file, text};

const WANTED: Wanted = Wanted {
    program: "Upptime",
    files: "a clone of the repository with the issues and comments as `gh api` writes them, such as `issues.json`, `comments.json`",
    rank: |path| {
        let name = path.rsplit('/').next().unwrap_or(path);
        let is_ours = name == "summary.json" || name.contains("issue") || name.contains("comment");
        (answers::is_json(path) && is_ours).then_some(0)
    },
};

const KEY: Key = Key { variable: "GITHUB_TOKEN", header: "Authorization", scheme: "Bearer " };

const NAMES: Names = Names {
    title: "title",
    started: "created_at",
    created: "created_at",
    resolved: "closed_at",
    window_start: "start",
    window_end: "end",
};

/// Imports a repository: a folder with a clone and the answers of GitHub, or its address on GitHub.
///
/// # Errors
/// The source cannot be read, is not JSON, or contains no issue of Upptime.
pub fn upptime(source: &str, settings: &Settings) -> Result<Imported, FetchError> {
    let (files, config) = if source.contains("://") {
        fetched(source, settings)?
    } else {
        let path = Path::new(source).join(".upptimerc.yml");
        let config = fs::metadata(&path).is_ok().then(|| file::read(&path, IMPORT_CONFIG_BYTES));
        (Files::on_disk_joined(source, &WANTED)?, config.and_then(Result::ok).unwrap_or_default())
    };
    let config = serde_yaml::from_slice::<Value>(&config).unwrap_or_default();
    let found = Found::of(&files);
    let Some(first) = files.list.first().filter(|_| !found.is_empty()) else {
        return Err(answers::not_of(source, &WANTED));
    };
    let origin = found.issues.first().map_or_else(|| first.origin.clone(), |issue| issue.file.origin.clone());
    let mut to = Conversion::begin(page(&config, &found), &origin, settings, Report::default());
    let slugs = components(&mut to, &found, &config);
    let entries = found.issues.iter().filter_map(|issue| {
        let record = record(&mut to, issue, &found, &slugs)?;
        Some(record.entry(&mut to))
    });
    let entries = entries.collect();
    Ok(to.end(&origin, entries))
}

fn fetched(source: &str, settings: &Settings) -> Result<(Files, Vec<u8>), FetchError> {
    let path = source.split("://").nth(1).unwrap_or_default();
    let mut parts = path.split(['/', '?', '#']).skip(1).filter(|part| !part.is_empty());
    let is_name = |name: &&str| name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    let (Some(owner), Some(repo)) = (parts.next().filter(is_name), parts.next().filter(is_name)) else {
        let message =
            message!("import-upptime-address", "{source} is not the address of a repository", source);
        let help =
            message!("import-upptime-address-help", "name it as `https://github.com/OWNER/REPOSITORY`");
        return Err(FetchError::usage(message, help));
    };
    let repo = repo.trim_end_matches(".git");
    let base = session::api(settings, "GITHUB_API_URL", "https://api.github.com");
    let mut session = Session::new(&base, source, settings)?;
    session.authorize(KEY, settings);
    let root = format!("repos/{owner}/{repo}");
    let is_short = |value: &Json| !matches!(value, Json::List(list) if list.len() >= 100);
    let mut is_there = false;
    for (name, path) in [
        ("issues", "issues?labels=status&state=all&per_page=100"),
        ("issues-maintenance", "issues?labels=maintenance&state=all&per_page=100"),
        ("comments", "issues/comments?per_page=100"),
    ] {
        is_there |= session.pages(name, &format!("{root}/{path}"), is_short)?.is_some();
    }
    if !is_there {
        return Err(answers::nothing_there(&format!("{base}/{root}"), WANTED.program));
    }
    session.header("Accept", "application/vnd.github.raw+json");
    session.json("summary.json", &format!("{root}/contents/history/summary.json"))?;
    let config = session.bytes(".upptimerc.yml", &format!("{root}/contents/.upptimerc.yml"))?;
    Ok((session.files, config.unwrap_or_default()))
}

#[derive(Default)]
struct Found<'f> {
    issues: Vec<Item<'f>>,
    /// The comments of each issue, by its number.
    comments: BTreeMap<String, Vec<Item<'f>>>,
    /// The sites of `history/summary.json`.
    sites: Vec<Item<'f>>,
}

impl<'f> Found<'f> {
    fn is_empty(&self) -> bool {
        self.issues.is_empty() && self.sites.is_empty()
    }

    fn of(files: &'f Files) -> Found<'f> {
        let mut found = Found::default();
        let (mut known, mut said) = (BTreeSet::new(), BTreeSet::new());
        for file in &files.list {
            let mut items = Vec::new();
            flatten(file, &file.value, &mut items);
            for item in items {
                // Issues and comments are numbered apart.
                let new_in = |ids: &mut BTreeSet<String>| item.text("id").is_none_or(|id| ids.insert(id));
                if let Some(issue) = item.text("issue_url") {
                    let number = issue.rsplit('/').next().unwrap_or_default().to_owned();
                    if new_in(&mut said) {
                        found.comments.entry(number).or_default().push(item);
                    }
                } else if item.has("number") && item.has("labels") && !item.has("pull_request") {
                    if new_in(&mut known) {
                        found.issues.push(item);
                    }
                } else if item.has("slug") && item.has("name") && item.has("uptime") {
                    found.sites.push(item);
                }
            }
        }
        found
    }
}

fn flatten<'f>(file: &'f File, value: &'f Json, items: &mut Vec<Item<'f>>) {
    match value {
        Json::List(list) => list.iter().for_each(|value| flatten(file, value, items)),
        value => items.extend(Item::of(file, value)),
    }
}

fn page(config: &Value, found: &Found<'_>) -> Page {
    let website = &config["status-website"];
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let own = text(&website["cname"]).map(|name| format!("https://{name}/"));
    let github = || {
        let (owner, repo) = (config["owner"].as_str()?, config["repo"].as_str()?);
        let folder = website["baseUrl"].as_str().map_or(repo, |path| path.trim_matches('/'));
        Some(format!("https://{owner}.github.io/{folder}/"))
    };
    let repository = || {
        let link = found.issues.first()?.text("html_url")?;
        Some(("GitHub", link.split("/issues/").next()?.to_owned()))
    };
    Page {
        name: text(&website["name"]),
        description: text(&website["introMessage"]),
        url: own.or_else(github),
        links: repository().into_iter().collect(),
        ..Page::default()
    }
}

/// Adds the sites. Returns their slugs, which are the labels of their issues.
fn components(to: &mut Conversion, found: &Found<'_>, config: &Value) -> BTreeSet<String> {
    let part = |spot: &Spot, slug: Option<String>, name: Option<String>| Component {
        spot: spot.clone(),
        code: slug,
        name,
        description: None,
        order: 0.0,
        group: None,
        since: None,
        only_when_affected: false,
    };
    let mut parts: Vec<Component> =
        found.sites.iter().map(|site| part(&site.spot(), site.text("slug"), site.text("name"))).collect();
    if parts.is_empty() {
        // Without the summary, only slugs that the team chose are certain.
        let origin = found.issues.first().map(Item::spot);
        let sites = config["sites"].as_array().into_iter().flatten();
        parts.extend(sites.filter_map(|site| {
            let name = site["name"].as_str()?.to_owned();
            let slug = site["slug"].as_str().map_or_else(|| text::slugify(&name), str::to_owned);
            Some(part(origin.as_ref()?, Some(slug), Some(name)))
        }));
    }
    let slugs: Vec<String> = parts.iter().filter_map(|part| part.code.clone()).collect();
    catalogue::fill(to, Vec::new(), parts);
    slugs.into_iter().filter(|slug| to.site.is_coded(slug)).collect()
}

fn record(
    to: &mut Conversion,
    issue: &Item<'_>,
    found: &Found<'_>,
    slugs: &BTreeSet<String>,
) -> Option<Record> {
    let labels: Vec<String> = issue.values("labels").iter().filter_map(label).collect();
    let planned = labels.iter().any(|label| label == "maintenance");
    if !planned && !labels.iter().any(|label| label == "status") {
        return None;
    }
    let number = issue.text("number")?;
    let comments = found.comments.get(&number).map_or(&[][..], Vec::as_slice);
    let mut record =
        if planned { maintenance(to, issue, slugs) } else { incident(to, issue, &labels, slugs) };
    for comment in comments {
        let spot = comment.spot();
        let body = joined(&comment.text("body").unwrap_or_default());
        let Some(at) = to.time(comment, "created_at") else {
            record::untimed_update(to, &spot, &body, &mut record.remarks);
            continue;
        };
        let is_end = body.trim_start().starts_with("**Resolved:**");
        let by_team = ["OWNER", "MEMBER", "COLLABORATOR", "CONTRIBUTOR"];
        let is_of_team =
            comment.text("author_association").is_none_or(|role| by_team.contains(&role.as_str()));
        // The monitor may be an account that is nobody's.
        if !is_of_team && !is_end {
            let message =
                message!("import-upptime-stranger", "someone who is not of the team wrote a comment");
            to.row(&spot, "import/words", message, left_out());
            continue;
        }
        let status = match is_end {
            // Until June 2026, any recovery of a site closed its planned work, too.
            true if !planned => Status::Resolved,
            _ if planned => Status::Update,
            _ => leading(&body),
        };
        let words = to.markdown(&spot, &body);
        record.updates.push(RecordUpdate { at, status, words, affected: Vec::new() });
    }
    record.updates.sort_by_key(|update| update.at);
    if record.is_over && !planned {
        let end = record.updates.iter().rposition(|update| update.status == Status::Resolved);
        // Closed by hand, without a word.
        if let Some(at) = record.resolved.filter(|_| end.is_none()) {
            record.updates.push(RecordUpdate {
                at,
                status: Status::Resolved,
                words: String::new(),
                affected: Vec::new(),
            });
        }
        record.resolved = None;
    } else if !planned && record.updates.iter().any(|update| update.status == Status::Resolved) {
        // An issue that was opened again.
        match record.updates.last_mut() {
            Some(last) if last.status == Status::Update => last.status = Status::Investigating,
            Some(last) if last.status == Status::Resolved => last.status = Status::Update,
            _ => {}
        }
    }
    let was_ended = comments.iter().any(|comment| {
        comment.text("body").is_some_and(|body| body.trim_start().starts_with("**Resolved:**"))
    });
    // Closed by people before it began; a recovery also closed planned work, until June 2026.
    if let RecordKind::Maintenance { start: Some(start), .. } = record.kind
        && let Some(closed) = to.time(issue, "closed_at").filter(|closed| *closed < start && !was_ended)
    {
        let message = message!("import-upptime-cancelled", "the issue was closed before the work began");
        to.row(&record.spot, "import/status", message, super::report::imported_as(Status::Cancelled.word()));
        let words = String::new();
        record.updates.push(RecordUpdate {
            at: closed,
            status: Status::Cancelled,
            words,
            affected: Vec::new(),
        });
    }
    Some(record)
}

/// The name of a label, which is an object or a text.
fn label(value: &Json) -> Option<String> {
    match value {
        Json::Text(text) => Some(text.to_string()),
        Json::Object(object) => object.get("name").and_then(Json::as_str).map(str::to_owned),
        _ => None,
    }
}

/// The monitor writes a line end inside of its links.
fn joined(body: &str) -> String {
    body.replace("\r\n", "\n").replace("\n)", ")")
}

/// The state in the first word of a comment: `Identified - …`.
fn leading(body: &str) -> Status {
    let body = body.trim_start_matches(['*', '_', '[', ' ', '\n']);
    let word = body.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let follows = body[word.len()..].trim_start_matches(['*', '_', ']']).trim_start();
    if !follows.starts_with([':', '-', '–', '—']) {
        return Status::Update;
    }
    match word.to_ascii_lowercase().as_str() {
        "investigating" => Status::Investigating,
        "identified" => Status::Identified,
        "monitoring" => Status::Monitoring,
        _ => Status::Update,
    }
}

fn incident(to: &mut Conversion, issue: &Item<'_>, labels: &[String], slugs: &BTreeSet<String>) -> Record {
    let spot = issue.spot();
    let (title, body) =
        (issue.text("title").unwrap_or_default(), joined(&issue.text("body").unwrap_or_default()));
    let degraded =
        title.contains("degraded") || title.starts_with('⚠') || body.contains("**degraded performance**");
    let down = title.ends_with(" is down") || title.starts_with('🛑') || body.contains("was **down**");
    let (severity, state) = match (down, degraded) {
        (true, false) => (Severity::Critical, Some(ComponentStatus::Major)),
        (_, true) => (Severity::Minor, Some(ComponentStatus::Degraded)),
        (false, false) => {
            let message = message!(
                "import-upptime-severity",
                "the issue says neither that a site is down nor that it is slow"
            );
            to.row(&spot, "import/severity", message, super::report::imported_as(Severity::Minor.word()));
            (Severity::Minor, None)
        }
    };
    let opened = to.time(issue, "created_at");
    let words = to.markdown(&spot, &body);
    let updates =
        opened.map(|at| RecordUpdate { at, status: Status::Investigating, words, affected: Vec::new() });
    let mut components = sites(to, &spot, labels.iter().map(|label| (label.clone(), state)), slugs, false);
    // The monitor writes the slug after its own label, and the name into the title: one that is gone keeps both.
    let name = title.trim_start_matches(['🛑', '⚠', '\u{fe0f}', ' ']);
    let name = [" is down", " has degraded performance"].iter().find_map(|end| name.strip_suffix(end));
    if let (true, Some(slug), Some(name)) =
        (components.is_empty(), labels.iter().find(|label| *label != "status"), name)
    {
        let gone = to.component(&spot, Some(slug.clone()), Some(name.to_owned()));
        components.extend(gone.map(|id| (id, state)));
    }
    let closed = issue.text("state").unwrap_or_default();
    Record {
        is_over: closed == "closed",
        state: closed,
        resolved: to.time(issue, "closed_at"),
        components,
        updates: updates.into_iter().collect(),
        ..numbered(issue, RecordKind::Incident { severity, started: opened })
    }
}

fn numbered(issue: &Item<'_>, kind: RecordKind) -> Record {
    let number = issue.text("number");
    let title =
        issue.text("title").map(|title| title.trim_start_matches(['🛑', '⚠', '\u{fe0f}', ' ']).to_owned());
    Record {
        title,
        aliases: number.iter().map(|number| format!("/incident/{number}")).collect(),
        id: number,
        ..Record::of(issue.spot(), NAMES, kind)
    }
}

/// The components with these slugs. A label that is no slug is a tag; an unknown site of a window is reported.
fn sites(
    to: &mut Conversion,
    spot: &Spot,
    named: impl Iterator<Item = (String, Option<ComponentStatus>)>,
    slugs: &BTreeSet<String>,
    must_exist: bool,
) -> Vec<(String, Option<ComponentStatus>)> {
    let mut found: Vec<(String, Option<ComponentStatus>)> = Vec::new();
    for (slug, state) in named {
        if !slugs.contains(&slug) {
            if must_exist && !slug.is_empty() {
                let message = message!("import-upptime-unknown-site", "there is no site `{slug}`", slug);
                to.row(spot, "import/component", message, left_out());
            }
            continue;
        }
        let id = to.component(spot, Some(slug), None);
        found.extend(id.filter(|id| !found.iter().any(|(known, _)| known == id)).map(|id| (id, state)));
    }
    found
}

/// The window and its sites stand in a comment of the text.
fn maintenance(to: &mut Conversion, issue: &Item<'_>, slugs: &BTreeSet<String>) -> Record {
    let spot = issue.spot();
    let body = issue.text("body").unwrap_or_default().replace("\r\n", "\n");
    let (before, rest) = body.split_once("<!--").unwrap_or((&body, ""));
    let (inside, after) = rest.split_once("-->").unwrap_or((rest, ""));
    let mut facts: BTreeMap<&str, &str> = BTreeMap::new();
    for (key, value) in inside.lines().filter_map(|line| line.split_once(':')) {
        facts.insert(key.trim(), value.trim());
    }
    // Without an offset, the monitor reads them in UTC.
    let mut time = |key: &'static str| {
        let written = facts.get(key)?;
        let has_zone = written.ends_with('Z')
            || written.rsplit(['T', ' ']).next().is_some_and(|clock| clock.contains(['+', '-']));
        let written = if has_zone { (*written).to_owned() } else { format!("{written} UTC") };
        to.time_of(&spot, key, &written)
    };
    let (start, end) = (time("start"), time("end"));
    let opened = to.time(issue, "created_at");
    let closed = to.time(issue, "closed_at");
    let words = to.markdown(&spot, format!("{}\n{}", before.trim_end(), after).trim());
    let updates = opened.into_iter().chain(start).min();
    let updates =
        updates.map(|at| RecordUpdate { at, status: Status::Scheduled, words, affected: Vec::new() });
    let list = |key: &str, state| {
        let slugs: Vec<String> = facts
            .get(key)
            .map_or_else(Vec::new, |list| list.split(',').map(|slug| slug.trim().to_owned()).collect());
        slugs.into_iter().map(move |slug| (slug, state))
    };
    let named = list("expectedDown", Some(ComponentStatus::Maintenance))
        .chain(list("expectedDegraded", Some(ComponentStatus::Degraded)))
        .collect::<Vec<_>>();
    let components = sites(to, &spot, named.into_iter(), slugs, true);
    // One that a recovery closed early is over when its window is.
    let over = closed.filter(|closed| end.is_some_and(|end| *closed >= end));
    let ending = if closed.is_some() { Ending::Clock } else { Ending::Update };
    Record {
        state: issue.text("state").unwrap_or_default(),
        is_over: over.is_some(),
        resolved: over,
        components,
        updates: updates.into_iter().collect(),
        ..numbered(issue, RecordKind::Maintenance { start, begun: None, end, ending })
    }
}
