//! Reads the JSON that an API answered: a folder, a file or an address, with the places of ids.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::json::{Json, Object};
use super::report::{Origin, Spot};
use crate::fetch::FetchError;
use crate::file;
use crate::limits::{IMPORT_FILES, IMPORT_JSON_BYTES, IMPORT_VALUES};
use crate::message::{Message, message};
use crate::os::Shown as _;
use crate::text;

pub(super) struct File {
    pub(super) origin: Origin,
    pub(super) value: Json,
    /// The places of all ids in their order: `"id": …`.
    places: Vec<Range<usize>>,
}

#[derive(Default)]
pub(super) struct Files {
    pub(super) list: Vec<File>,
    /// The names of files that the address does not have.
    pub(super) missing: Vec<&'static str>,
    /// The address that the files come from.
    pub(super) base: Option<String>,
}

/// What a source reads of a folder.
pub(super) struct Wanted {
    /// The program, for messages.
    pub(super) program: &'static str,
    /// Files of it, for messages: `incidents.json`.
    pub(super) files: &'static str,
    /// The rank of a file among the others by its path in the folder; `None` if it is not wanted.
    pub(super) rank: fn(&str) -> Option<u8>,
}

/// Folders within folders that are searched.
const DEPTH: usize = 3;

impl Files {
    /// Reads a file, or the wanted files of a folder.
    pub(super) fn on_disk(source: &str, wanted: &Wanted) -> Result<Files, FetchError> {
        Files::parsed(source, wanted, Json::parse)
    }

    /// The same, where a file may hold several values one after another.
    pub(super) fn on_disk_joined(source: &str, wanted: &Wanted) -> Result<Files, FetchError> {
        Files::parsed(source, wanted, Json::parse_all)
    }

    fn parsed(source: &str, wanted: &Wanted, parse: Parse) -> Result<Files, FetchError> {
        let path = Path::new(source);
        let kind = fs::metadata(path).map_err(|e| unreadable(path, &e))?;
        if !kind.is_dir() {
            let name = path.file_name().map_or(source.into(), |n| n.to_string_lossy());
            let file = File::parsed(&name, from_disk(path)?, parse)?;
            return Ok(Files { list: vec![file], ..Files::default() });
        }
        let mut found = Vec::new();
        list(path, "", wanted, &mut found)?;
        found.sort_by(|(rank, name, _), (other, second, _)| (rank, name).cmp(&(other, second)));
        let list = found.into_iter().map(|(_, name, path)| File::parsed(&name, from_disk(&path)?, parse));
        let list: Vec<File> = list.collect::<Result<_, _>>()?;
        if list.is_empty() {
            let message = message!(
                "import-answers-no-file",
                "there is no file of {program} in {folder}",
                program = wanted.program,
                folder = path.shown()
            );
            return Err(FetchError::usage(message, name_folder(wanted)));
        }
        Ok(Files { list, ..Files::default() })
    }
}

type Parse = fn(&str) -> Result<Json, serde_json::Error>;
type Listed = (u8, String, PathBuf);

fn list(folder: &Path, inner: &str, wanted: &Wanted, found: &mut Vec<Listed>) -> Result<(), FetchError> {
    let failed = |e: std::io::Error| unreadable(folder, &e);
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = format!("{inner}{name}");
        if path.is_dir() {
            if name.matches('/').count() < DEPTH && !name.starts_with('.') {
                list(&path, &format!("{name}/"), wanted, found)?;
            }
        } else if let Some(rank) = (wanted.rank)(&name).filter(|_| path.is_file()) {
            found.push((rank, name, path));
        }
        if found.len() > IMPORT_FILES {
            let (most, folder) = (IMPORT_FILES, folder.shown());
            let message =
                message!("import-answers-many-files", "{folder} has more than {most} files", folder, most);
            let help =
                message!("import-answers-many-files-help", "name a folder with the answers of the API only");
            return Err(FetchError::usage(message, help));
        }
    }
    Ok(())
}

fn unreadable(path: &Path, error: &std::io::Error) -> FetchError {
    let help = message!(
        "import-answers-unreadable-help",
        "name a folder or a file of JSON, or an address that begins with `https://`"
    );
    let message =
        message!("import-answers-unreadable", "cannot read {path}: {error}", path = path.shown(), error);
    match path.symlink_metadata() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => FetchError::usage(message, help),
        _ => FetchError::environment(message, help),
    }
}

fn from_disk(path: &Path) -> Result<Vec<u8>, FetchError> {
    file::read(path, IMPORT_JSON_BYTES).map_err(|e| unreadable(path, &e))
}

/// The objects of an answer in the form of JSON:API: a list or one object, and those included.
pub(super) fn json_api(file: &File) -> Vec<Item<'_>> {
    let Some(top) = Item::of(file, &file.value) else { return Vec::new() };
    top.item("data").into_iter().chain(top.items("data")).chain(top.items("included")).collect()
}

/// Whether a path is that of a file of JSON.
pub(super) fn is_json(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
}

/// The name of a file or an address, for rows.
pub(super) fn name_source(source: &str) -> String {
    let name = source.split(['?', '#']).next().unwrap_or(source).trim_end_matches('/');
    name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned()
}

/// A source that can be read and contains nothing of a program.
pub(super) fn not_of(source: &str, wanted: &Wanted) -> FetchError {
    let program = wanted.program;
    let message = message!("import-answers-none", "{source} contains no data of {program}", source, program);
    FetchError::usage(message, name_folder(wanted))
}

fn name_folder(wanted: &Wanted) -> Message {
    message!(
        "import-answers-no-file-help",
        "name a folder with the answers of the API: {files}",
        files = wanted.files
    )
}

/// An address at which no file of a program lies.
pub(super) fn nothing_there(base: &str, program: &'static str) -> FetchError {
    let message = message!("import-answers-nothing-there", "{base} has no file of {program}", base, program);
    let help = message!(
        "import-answers-nothing-there-help",
        "name the address of the status page itself, such as `https://status.example.com`"
    );
    FetchError::environment(message, help)
}

impl File {
    /// Parses bytes as JSON.
    pub(super) fn parse(name: &str, bytes: Vec<u8>) -> Result<File, FetchError> {
        File::parsed(name, bytes, Json::parse)
    }

    fn parsed(name: &str, bytes: Vec<u8>, parse: Parse) -> Result<File, FetchError> {
        let wrong = |line: usize, column: usize, what: Message| {
            let help =
                message!("import-answers-not-json-help", "save the response of the API again, unchanged");
            let message = message!(
                "import-answers-not-json",
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
            let what = message!("import-answers-not-utf8", "these bytes are not UTF-8");
            wrong(before.matches('\n').count() + 1, column + 1, what)
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let value = parse(text).map_err(|e| {
            let what = e.to_string();
            let what = what.split(" at line ").next().unwrap_or(&what);
            if e.is_data() {
                let help = message!(
                    "import-answers-too-large-help",
                    "save it in parts, such as `incidents.json` and `incidents-2.json`"
                );
                let most = IMPORT_VALUES;
                let message =
                    message!("import-answers-too-large", "{name} has more than {most} values", name, most);
                return FetchError::usage(message, help);
            }
            // The words of the parser.
            wrong(e.line(), e.column(), Message::same(what))
        })?;
        Ok(File { origin: Origin::new(name, text), places: places(text), value })
    }
}

/// The places of ids with their values, found in one pass over the text.
fn places(text: &str) -> Vec<Range<usize>> {
    const KEY: &str = "\"id\"";
    let mut found = Vec::new();
    for (at, _) in text.match_indices(KEY) {
        let rest = text[at + KEY.len()..].trim_start();
        let Some(rest) = rest.strip_prefix(':').map(str::trim_start) else { continue };
        let value = match rest.strip_prefix('"') {
            Some(inside) => inside.find('"').map_or(rest.len(), |end| end + 2),
            None => rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len()),
        };
        // A value that is no id, such as an object, or a text of an entry.
        let value = if (1..=200).contains(&value) { value } else { 0 };
        found.push(at..text.len() - rest.len() + value);
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

    /// A text, or that of an object with one text for each language: the one for all.
    pub(super) fn name(&self, key: &str) -> Option<String> {
        self.text(key).or_else(|| {
            let texts = self.item(key)?;
            ["default", "en", "ja"].iter().find_map(|language| texts.text(language))
        })
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
    pub(super) fn spot(&self) -> Spot {
        self.file.origin.at(self.map.id().and_then(|id| self.file.places.get(id).cloned()))
    }
}
