//! Reads the JSON of a folder, a file or a URL, with the places of ids.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::json::{Json, Object};
use crate::fetch::{Client, FetchError, Limits};
use crate::file;
use crate::import::report::Origin;
use crate::limits::{IMPORT_JSON_BYTES, IMPORT_VALUES};
use crate::message::{Message, message};
use crate::os::Shown as _;
use crate::text;

/// The names of files, possibly with a suffix: `incidents-2.json` is the second page of a list.
const NAMES: [&str; 7] = [
    "page",
    "components",
    "component-groups",
    "component_groups",
    "incidents",
    "scheduled-maintenances",
    "summary",
];

/// The files of the public API. The summary is last, because it only repeats open entries.
const PUBLIC: [&str; 4] =
    ["components.json", "incidents.json", "scheduled-maintenances.json", "summary.json"];

pub(super) struct File {
    pub(super) origin: Origin,
    pub(super) value: Json,
    /// The first place of each id: `"id": "…"`.
    places: BTreeMap<String, Range<usize>>,
}

#[derive(Default)]
pub(super) struct Files {
    pub(super) list: Vec<File>,
    /// The names of files that the URL does not have.
    pub(super) missing: Vec<&'static str>,
    pub(super) base: Option<String>,
}

impl Files {
    /// Reads all files of SOURCE.
    pub(super) fn read(source: &str, limits: Limits) -> Result<Files, FetchError> {
        if source.contains("://") {
            return fetched(source, limits);
        }
        let path = Path::new(source);
        let kind = fs::metadata(path).map_err(|e| unreadable(path, &e))?;
        if !kind.is_dir() {
            let name = path.file_name().map_or(source.into(), |n| n.to_string_lossy());
            let file = File::parse(&name, from_disk(path)?)?;
            return Ok(Files { list: vec![file], ..Files::default() });
        }
        let mut list = Vec::new();
        for (name, path) in listed(path)? {
            list.push(File::parse(&name, from_disk(&path)?)?);
        }
        if list.is_empty() {
            let message = message!(
                "import-statuspage-no-file",
                "there is no Statuspage file in {folder}",
                folder = path.shown()
            );
            let help = message!(
                "import-statuspage-no-file-help",
                "name a folder with `summary.json`, `components.json`, `incidents.json` or `scheduled-maintenances.json`, also under `api/v2/`"
            );
            return Err(FetchError::usage(message, help));
        }
        Ok(Files { list, ..Files::default() })
    }
}

/// The files of a folder with known names, the summary last.
fn listed(folder: &Path) -> Result<Vec<(String, PathBuf)>, FetchError> {
    let mut found = Vec::new();
    for inner in ["", "api/v2/"] {
        let folder = folder.join(inner);
        if !inner.is_empty() && !folder.is_dir() {
            continue;
        }
        let failed = |e: std::io::Error| unreadable(&folder, &e);
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if is_ours(&name) && path.is_file() {
                found.push((format!("{inner}{name}"), path));
            }
        }
    }
    found.sort_by_cached_key(|(name, _)| (name.contains("summary"), name.clone()));
    Ok(found)
}

fn is_ours(name: &str) -> bool {
    let Some(stem) = name.strip_suffix(".json") else { return false };
    let goes_on = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic());
    NAMES.iter().filter_map(|known| stem.strip_prefix(known)).any(|rest| !goes_on(rest))
}

fn unreadable(path: &Path, error: &std::io::Error) -> FetchError {
    let help = message!(
        "import-statuspage-unreadable-help",
        "name a folder or a file of JSON, or an address that begins with `https://`"
    );
    let message =
        message!("import-statuspage-unreadable", "cannot read {path}: {error}", path = path.shown(), error);
    match path.symlink_metadata() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => FetchError::usage(message, help),
        _ => FetchError::environment(message, help),
    }
}

fn from_disk(path: &Path) -> Result<Vec<u8>, FetchError> {
    file::read(path, IMPORT_JSON_BYTES).map_err(|e| unreadable(path, &e))
}

/// Fetches `<base>/api/v2/<file>`. SOURCE is the base or any address below it.
fn fetched(source: &str, limits: Limits) -> Result<Files, FetchError> {
    let base = source.split(['?', '#']).next().unwrap_or(source);
    let base = base.split("/api/v").next().unwrap_or(base).trim_end_matches('/');
    let client = Client::new(base, limits)?;
    let mut files = Files { base: Some(base.to_owned()), ..Files::default() };
    for name in PUBLIC {
        match client.get(&format!("{base}/api/v2/{name}"))? {
            Some(bytes) => files.list.push(File::parse(&format!("api/v2/{name}"), bytes)?),
            None => files.missing.push(name),
        }
    }
    if files.list.is_empty() {
        let message =
            message!("import-statuspage-nothing-there", "{base}/api/v2/ has no Statuspage file", base);
        let help = message!(
            "import-statuspage-nothing-there-help",
            "name the address of the status page itself, such as `https://status.example.com`"
        );
        return Err(FetchError::environment(message, help));
    }
    Ok(files)
}

impl File {
    /// Parses bytes as JSON.
    pub(super) fn parse(name: &str, bytes: Vec<u8>) -> Result<File, FetchError> {
        let wrong = |line: usize, column: usize, what: Message| {
            let help =
                message!("import-statuspage-not-json-help", "save the response of the API again, unchanged");
            let message = message!(
                "import-statuspage-not-json",
                "{name}:{line}:{column}: this is not JSON: {what}",
                name,
                line,
                column,
                what
            );
            FetchError::usage(message, help)
        };
        let text = String::from_utf8(bytes).map_err(|e| {
            let good = e.utf8_error().valid_up_to();
            let before = String::from_utf8_lossy(&e.as_bytes()[..good]).into_owned();
            let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count());
            let what = message!("import-statuspage-not-utf8", "these bytes are not UTF-8");
            wrong(before.matches('\n').count() + 1, column + 1, what)
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let value = Json::parse(text).map_err(|e| {
            let what = e.to_string();
            let what = what.split(" at line ").next().unwrap_or(&what);
            if e.is_data() {
                let help = message!(
                    "import-statuspage-too-large-help",
                    "save it in parts, such as `incidents.json` and `incidents-2.json`"
                );
                let most = IMPORT_VALUES;
                let message =
                    message!("import-statuspage-too-large", "{name} has more than {most} values", name, most);
                return FetchError::usage(message, help);
            }
            // The words of the parser.
            wrong(e.line(), e.column(), Message::same(what))
        })?;
        Ok(File { origin: Origin::new(name, text), places: places(text), value })
    }
}

/// The places of ids, found in one pass over the text.
fn places(text: &str) -> BTreeMap<String, Range<usize>> {
    const KEY: &str = "\"id\"";
    let mut found = BTreeMap::new();
    for (at, _) in text.match_indices(KEY) {
        let rest = text[at + KEY.len()..].trim_start();
        let Some(rest) = rest.strip_prefix(':').map(str::trim_start) else { continue };
        let Some(rest) = rest.strip_prefix('"') else { continue };
        let Some(end) = rest.find('"').filter(|end| *end <= 200) else { continue };
        let range = at..text.len() - rest.len() + end + 1;
        found.entry(rest[..end].to_owned()).or_insert(range);
    }
    found
}

#[derive(Clone, Copy)]
pub(super) struct Item<'f> {
    pub(super) file: &'f File,
    map: &'f Object,
}

impl<'f> Item<'f> {
    pub(super) fn of(file: &'f File, value: &'f Json) -> Option<Item<'f>> {
        value.as_object().map(|map| Item { file, map })
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.map.get(key).is_some_and(|value| !matches!(value, Json::Null))
    }

    /// A text that is not empty, without characters that XML forbids. A number counts as a text.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        let found = match self.map.get(key)? {
            Json::Text(text) => text::clean(text.trim()).into_owned(),
            Json::Number(number) => number.to_string(),
            _ => return None,
        };
        (!found.trim().is_empty()).then_some(found)
    }

    pub(super) fn flag(&self, key: &str) -> bool {
        matches!(self.map.get(key), Some(Json::Bool(true)))
    }

    pub(super) fn number(&self, key: &str) -> Option<f64> {
        if let Json::Number(number) = self.map.get(key)? { number.as_f64() } else { None }
    }

    /// The values of a list; empty if it is null or not a list.
    pub(super) fn values(&self, key: &str) -> &'f [Json] {
        if let Some(Json::List(list)) = self.map.get(key) { list } else { &[] }
    }

    /// The objects of a list.
    pub(super) fn items(&self, key: &str) -> impl Iterator<Item = Item<'f>> + use<'f> {
        let file = self.file;
        self.values(key).iter().filter_map(move |value| Item::of(file, value))
    }

    pub(super) fn item(&self, key: &str) -> Option<Item<'f>> {
        Item::of(self.file, self.map.get(key)?)
    }

    /// The place of its id.
    pub(super) fn place(&self) -> Option<Range<usize>> {
        self.file.places.get(self.map.get("id")?.as_str()?).cloned()
    }
}
