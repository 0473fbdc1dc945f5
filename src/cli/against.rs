//! `noroshi check --against`: what this version and this content would change in a published site.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::console;
use super::error::Error;
use super::publishing::{self, Failure};
use super::site;
use super::{Listing, Outcome, published};
use crate::check::against::{Difference, Facts, What};
use crate::check::renames;
use crate::file;
use crate::limits::MANIFEST_BYTES;
use crate::load::Loaded;
use crate::message::{Message, count, message};
use crate::model::{Instant, Model};
use crate::os::Shown as _;
use crate::publish::Manifest;
use crate::render;
use crate::site::feed_items::FeedItem;
use crate::site::known_entries;

/// Prints the differences to a published site, given by its folder or its manifest.
pub(super) fn run(
    typed: &str,
    as_of: Option<&str>,
    format: Listing,
    model: &Model,
    loaded: &Loaded,
) -> Result<Outcome, Error> {
    let folder = folder(typed);
    let place =
        folder.as_ref().map_or_else(|| typed.to_owned(), |folder| folder.join("manifest.json").shown());
    let Some(manifest) = published::manifest(&place)? else { return Err(Error::shown(Outcome::Environment)) };
    // Both sides use the same instant, so that the passage of time causes no difference.
    let as_of = match as_of {
        Some(_) => site::as_of(as_of, model)?,
        None => Instant::parse_iso(&manifest.effective).map_or_else(|| site::as_of(None, model), Ok)?,
    };
    let before = before(&manifest, folder.as_deref());
    let after = publishing::contained(|| after(model, as_of, loaded)).map_err(|failure| failure.error())?;
    let (found, unknown) = before.differences(&after);
    if format == Listing::Json {
        let all = json!({
            "against": typed,
            "generator": manifest.generator,
            "as_of": as_of.iso(),
            "differences": found,
            "not_compared": unknown,
        });
        console::print(&all.to_string())?;
        return Ok(Outcome::Done);
    }
    let mut lines = vec![message!(
        "cli-against-begin",
        "compared with {typed}, built by {generator}, as of {at}:",
        typed,
        generator = manifest.generator,
        at = as_of.iso()
    )];
    lines.extend(found.iter().map(line));
    if !unknown.is_empty() {
        let parts = unknown.iter().map(|unknown| part(unknown)).collect();
        lines.push(message!(
            "cli-against-unknown",
            "not compared, because the published site lacks it: {parts}",
            parts = Message::joined(parts, message!("cli-against-comma", ", "))
        ));
    }
    lines.push(match found.len() {
        0 => message!("cli-against-none", "no differences found"),
        number => {
            let differences = count(number, "difference", "differences");
            message!("cli-against-differences", "{differences}", differences)
        }
    });
    for line in lines {
        console::print(&line.text(console::language()))?;
    }
    Ok(Outcome::Done)
}

/// The folder of a published site: the typed folder, or the one that contains the typed manifest.
fn folder(typed: &str) -> Option<PathBuf> {
    let path = Path::new(typed);
    if path.is_dir() {
        return Some(path.to_path_buf());
    }
    let is_manifest = path.is_file() && path.file_name().is_some_and(|name| name == "manifest.json");
    let above = || path.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    is_manifest.then(|| above().to_path_buf())
}

/// The facts of the published site.
fn before(manifest: &Manifest, folder: Option<&Path>) -> Facts {
    let mut facts = Facts::default();
    facts.paths(manifest.files.keys().map(String::as_str));
    if let Some(entries) = &manifest.entries {
        facts.entries(entries.iter().map(|(key, listed)| (key, listed.open)));
    }
    if let Some(announced) = &manifest.announced {
        facts.announced(announced.iter());
    }
    for path in manifest.files.keys().filter(|path| Facts::wants(path)) {
        // A manifest without its site names files that do not exist.
        let bytes = folder.filter(|folder| fs::metadata(folder.join(path)).is_ok());
        let bytes = bytes.and_then(|folder| file::read(&folder.join(path), MANIFEST_BYTES).ok());
        if let Some(bytes) = bytes {
            facts.file(path, &bytes);
        }
    }
    facts
}

/// The facts of the site that a build would publish now.
fn after(model: &Model, as_of: Instant, loaded: &Loaded) -> Result<Facts, Failure> {
    let site = publishing::site(model, as_of)?;
    let files = render::each(&site, &loaded.assets, |file| -> Result<_, Failure> {
        let bytes = if Facts::wants(&file.path) { file.bytes } else { Vec::new() };
        Ok((file.path, bytes))
    })?;
    let mut facts = Facts::default();
    facts.paths(files.iter().map(|(path, _)| path.as_str()));
    for (path, bytes) in files.iter().filter(|(path, _)| Facts::wants(path)) {
        facts.file(path, bytes);
    }
    facts.entries(
        renames::listed(&known_entries::of(&site.now)).iter().map(|(key, listed)| (key, listed.open)),
    );
    let announced: Vec<String> = site.recent_items().iter().map(FeedItem::key).collect();
    facts.announced(announced.iter());
    Ok(facts)
}

fn line(difference: &Difference) -> Message {
    let Difference { what, name, before, after } = difference;
    let (name, value) = (named(name), |word: &str| value(*what, word));
    let what = match what {
        What::State => message!("cli-against-state", "state of {name}", name),
        What::Uptime => message!("cli-against-uptime", "uptime of {name}", name),
        What::Id => message!("cli-against-id", "id {name}", name),
        What::Item => message!("cli-against-item", "feed item {name}", name),
    };
    match (before, after) {
        (Some(before), Some(after)) => message!(
            "cli-against-changed",
            "{what}: {before} → {after}",
            what,
            before = value(before),
            after = value(after)
        ),
        (Some(before), None) => {
            message!("cli-against-gone", "{what}: {before} → gone", what, before = value(before))
        }
        (None, after) => message!(
            "cli-against-new",
            "{what}: new, {after}",
            what,
            after = value(after.as_deref().unwrap_or_default())
        ),
    }
}

/// The name of a fact with its kind.
fn named(name: &str) -> Message {
    match name.split_once(' ') {
        Some(("the", "page")) => message!("cli-against-whole-page", "the page"),
        Some(("component", id)) => message!("cli-against-component", "component {id}", id),
        Some(("incident", id)) => message!("cli-against-incident", "incident {id}", id),
        Some(("maintenance", id)) => message!("cli-against-maintenance", "maintenance {id}", id),
        Some(("told", id)) => message!("cli-against-told-item", "told {id}", id),
        _ => Message::same(name),
    }
}

/// What is known of an address, an entry or an item. A status is a word of the site.
fn value(what: What, word: &str) -> Message {
    match (what, word) {
        (What::Id, "a page") => message!("cli-against-page", "a page"),
        (What::Id, "open") => message!("cli-against-open", "open"),
        (What::Id, "listed") => message!("cli-against-listed", "listed"),
        (What::Item, "told") => message!("cli-against-told", "told"),
        _ => Message::same(word),
    }
}

/// The part of a site that one side lacks.
fn part(word: &str) -> Message {
    match word {
        "states" => message!("cli-against-states", "states"),
        "uptime" => message!("cli-against-uptimes", "uptime"),
        "addresses" => message!("cli-against-addresses", "addresses"),
        "ids of entries" => message!("cli-against-ids", "ids of entries"),
        "items of feeds" => message!("cli-against-items", "items of feeds"),
        "announced items" => message!("cli-against-announced", "announced items"),
        word => Message::same(word),
    }
}
