//! The paths that files of a site may have, and the paths that conflict.
//!
//! The same rules apply to names that are read, to paths that `check` plans, and to published files.
//!
//! Why: docs/decisions/addresses.md.

use std::fmt;

use crate::limits::{NAME_BYTES, PATH_BYTES};
use crate::message::{Message, message};
use crate::os::REFUSES_NAMES;
use crate::text;

/// The file at the root by which a build knows the output of an earlier build.
pub const MANIFEST: &str = "manifest.json";
/// The folder of the parts of the manifest. Pages may stand in it, too.
pub const PARTS: &str = "manifest";
/// The number of digits in the name of a part.
const PART_DIGITS: usize = 16;
/// The files at the root that every site has for its host.
pub const HOST_FILES: [&str; 3] = ["_headers", "_redirects", ".nojekyll"];
/// The other files at the root, or below it, that every site has once.
pub const FIXED_FILES: [&str; 14] = [
    ".well-known/api-catalog",
    "404.html",
    "sitemap.xml",
    "robots.txt",
    MANIFEST,
    "embed/banner.js",
    "api/now.json",
    "api/openapi.json",
    "api/schedule.json",
    "llms.txt",
    "api/components.json",
    "api/uptime.json",
    METRICS,
    "metrics.txt",
];
/// The metrics, at the address that Prometheus asks for. It has no ending that would name its type.
pub const METRICS: &str = "metrics";
/// The Markdown beside a page, for assistants.
pub const MARKDOWN: &str = "index.md";
/// The files that every site has in each language, besides its pages.
pub const FIXED_FILES_IN_EACH_LANGUAGE: [&str; 15] = [
    MARKDOWN,
    "embed/banner.json",
    "badge.svg",
    "calendar.ics",
    "history.rss",
    "history.atom",
    "feed.xml",
    "feed.atom",
    "feed.json",
    "incidents/feed.xml",
    "incidents/feed.atom",
    "incidents/feed.json",
    "maintenance/feed.xml",
    "maintenance/feed.atom",
    "maintenance/feed.json",
];

/// Whether noroshi makes a file at this path from the root of a site.
#[must_use]
pub fn is_fixed_file(path: &str) -> bool {
    let all =
        HOST_FILES.iter().chain(&FIXED_FILES).chain(&FIXED_FILES_IN_EACH_LANGUAGE).chain(&["index.html"]);
    all.into_iter().any(|known| *known == path)
}

/// Whether a file of this name may be one that noroshi makes, in any folder; pages are not meant.
#[must_use]
pub fn is_fixed_name(name: &str) -> bool {
    let all = FIXED_FILES.iter().chain(&FIXED_FILES_IN_EACH_LANGUAGE);
    all.filter_map(|file| file.rsplit('/').next()).any(|known| known == name)
}

/// The folder of the files of the theme. Their names contain hashes, so browsers may keep what is here for ever:
/// no other file may be here.
pub const THEME_FOLDER: &str = "assets/theme/";
/// Whether a path is that of a part of the manifest: `manifest/0123456789abcdef.json`.
#[must_use]
pub fn is_part(path: &str) -> bool {
    let name = path.strip_prefix(PARTS).and_then(|rest| rest.strip_prefix('/'));
    name.and_then(|name| name.strip_suffix(".json")).is_some_and(|digits| {
        digits.len() == PART_DIGITS && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    })
}

/// The path of the part of the manifest whose SHA-256 begins with these digits.
#[must_use]
pub fn part(sha256: &str) -> String {
    format!("{PARTS}/{}.json", sha256.get(..PART_DIGITS).unwrap_or(sha256))
}

/// The prefix of temporary files that exist only during a build.
pub const OWN: &str = ".noroshi-";
/// Names that Windows reserves for devices, with any extension.
const DEVICES: [&str; 22] = [
    "aux", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
];

/// The form of the addresses of pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Form {
    /// Folders, such as `incidents/a/`. A host answers with the `index.html` in the folder.
    #[default]
    Folders,
    /// Files, such as `incidents/a.html`, which work on any host and any disk.
    Files,
}

impl Form {
    /// The names of the forms in site.yaml.
    pub const WORDS: [&'static str; 2] = ["folders", "files"];

    /// The name of the form in site.yaml: `folders`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Form::Folders => "folders",
            Form::Files => "files",
        }
    }

    #[must_use]
    pub fn from_word(word: &str) -> Option<Form> {
        [Form::Folders, Form::Files].into_iter().find(|form| form.word() == word)
    }

    #[must_use]
    pub fn other(self) -> Form {
        match self {
            Form::Folders => Form::Files,
            Form::Files => Form::Folders,
        }
    }

    /// The address of the page of a folder that ends in `/`.
    #[must_use]
    pub fn page(self, folder: &str) -> String {
        match (self, folder.strip_suffix('/')) {
            (Form::Files, Some(name)) => format!("{name}.html"),
            _ => folder.to_owned(),
        }
    }

    /// The address of a home page: of the site, or of a language. Its file is the same in both forms.
    #[must_use]
    pub fn home(self, folder: &str) -> String {
        match self {
            Form::Folders => folder.to_owned(),
            Form::Files => file_of(folder),
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Forms {
    /// The form of every link.
    pub now: Form,
    /// Whether each address of the other form has a small page that redirects.
    pub leads_on: bool,
}

impl Forms {
    /// The forms in site.yaml, with the current one first. Addresses of folders always redirect, because people
    /// type them.
    #[must_use]
    pub fn of(named: &[Form]) -> Forms {
        let now = named.first().copied().unwrap_or_default();
        Forms { now, leads_on: now == Form::Files || named.contains(&now.other()) }
    }

    /// The form whose addresses redirect.
    #[must_use]
    pub fn old(self) -> Option<Form> {
        self.leads_on.then_some(self.now.other())
    }

    /// Whether `incidents/a.html` is an address of a page.
    #[must_use]
    pub fn has_files(self) -> bool {
        self.now == Form::Files || self.leads_on
    }

    /// The folder of a page without its last `/`, from its address in any form of the site: `incidents/a`.
    #[must_use]
    pub fn folder(self, path: &str) -> &str {
        let index =
            path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
        let file = path.strip_suffix(".html").filter(|_| self.has_files() && index.is_none());
        index.or(file).unwrap_or(path).trim_end_matches('/')
    }
}

#[must_use]
pub fn file_of(address: &str) -> String {
    if address.is_empty() || address.ends_with('/') {
        format!("{address}index.html")
    } else {
        address.to_owned()
    }
}

/// Why a path is not allowed for a file of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A part is empty, `.` or `..`.
    Part,
    /// It contains a `\`, which browsers turn into `/`.
    Backslash,
    Control,
    /// A part is too long. The value is its length in bytes.
    LongName(usize),
    /// The path is too long. The value is its length in bytes.
    LongPath(usize),
    /// noroshi needs the name for publishing.
    Ours,
    /// This system cannot store a part: see [`unportable`].
    Unportable,
}

impl Fault {
    #[must_use]
    pub fn message(self) -> Message {
        match self {
            Fault::Part => message!("address-part", "a part of the path is empty, `.` or `..`"),
            Fault::Backslash => {
                message!("address-backslash", "the path has a `\\`, which browsers read as `/`")
            }
            Fault::Control => message!("address-control", "the path has a control character"),
            Fault::LongName(bytes) => message!(
                "address-long-name",
                "a part of the path has {bytes} bytes; file systems allow at most {most}",
                bytes,
                most = NAME_BYTES
            ),
            Fault::LongPath(bytes) => message!(
                "address-long-path",
                "the path has {bytes} bytes; browsers and servers accept at most {most}",
                bytes,
                most = PATH_BYTES
            ),
            Fault::Unportable => message!("address-unportable", "Windows cannot store a part of the path"),
            Fault::Ours => message!(
                "address-reserved",
                "noroshi reserves `{manifest}`, its parts in `{parts}/` and names that begin with `{own}`",
                manifest = MANIFEST,
                parts = PARTS,
                own = OWN
            ),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message().english())
    }
}

/// The fault of a file's path, relative to the root of the site, with `/`.
#[must_use]
pub fn fault(path: &str) -> Option<Fault> {
    if path.len() > PATH_BYTES {
        return Some(Fault::LongPath(path.len()));
    }
    let first = path.split('/').next().unwrap_or("");
    if first == MANIFEST || first.starts_with(OWN) || is_for_parts(first, path) {
        return Some(Fault::Ours);
    }
    if path.contains('\\') {
        return Some(Fault::Backslash);
    }
    if path.chars().any(char::is_control) {
        return Some(Fault::Control);
    }
    let part = path.split('/').find_map(|name| match name {
        "" | "." | ".." => Some(Fault::Part),
        long if long.len() > NAME_BYTES => Some(Fault::LongName(long.len())),
        _ => None,
    });
    part.or_else(|| (REFUSES_NAMES && unportable(path).is_some()).then_some(Fault::Unportable))
}

/// Whether a path is that of a part of the manifest, or that of their folder, also on a disk that ignores case.
fn is_for_parts(first: &str, path: &str) -> bool {
    first.eq_ignore_ascii_case(PARTS) && (first == path || is_part(&path.to_ascii_lowercase()))
}

/// The part of a path that Windows cannot store.
#[must_use]
pub fn unportable(path: &str) -> Option<&str> {
    path.split('/').find(|name| {
        let stem = name.split('.').next().unwrap_or(name);
        name.ends_with(['.', ' '])
            || name.contains(['<', '>', ':', '"', '|', '?', '*'])
            || (matches!(stem.len(), 3 | 4) && DEVICES.iter().any(|device| device.eq_ignore_ascii_case(stem)))
    })
}

/// The path as seen by a file system that ignores case; `None` if the path is already in that form.
#[must_use]
pub fn caseless(path: &str) -> Option<String> {
    if path.is_ascii() {
        return path.contains(|c: char| c.is_ascii_uppercase()).then(|| path.to_ascii_lowercase());
    }
    // Converting up and down again merges `ς` and `ß`, which have several forms in one direction.
    let folded: String = path.chars().flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect();
    let folded = text::nfc(&folded).into_owned();
    (folded != path).then_some(folded)
}

/// The folders above a path, outermost first: `a` and `a/b` for `a/b/c`.
#[must_use]
pub fn folders(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// Pairs of files in conflict: one is where the other needs a folder, or both have the same path. `path` returns
/// the path of each index below `count`. The paths are sorted.
pub fn clashes<'p>(count: usize, path: &dyn Fn(usize) -> &'p str) -> Vec<(&'p str, &'p str)> {
    let is_file = |wanted: &str| {
        let (mut from, mut to) = (0, count);
        while from < to {
            let middle = usize::midpoint(from, to);
            if path(middle) < wanted { from = middle + 1 } else { to = middle }
        }
        from < count && path(from) == wanted
    };
    let mut found = Vec::new();
    for at in 1..count {
        let (before, this) = (path(at - 1), path(at));
        if before == this {
            found.push((before, this));
        }
        for folder in folders(this) {
            // The files of one folder are adjacent, so each folder is checked once.
            let asked = before.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
            if !asked && is_file(folder) {
                found.push((folder, this));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_one_address_in_each_form_and_its_folder_is_read_from_both() {
        let forms = Forms::of(&[Form::Files]);
        assert_eq!((forms.now, forms.old()), (Form::Files, Some(Form::Folders)));
        assert_eq!(Forms::of(&[]).old(), None);
        assert_eq!(Forms::of(&[Form::Folders, Form::Files]).old(), Some(Form::Files));
        for folder in ["incidents/a/", "history/2026/11/", "a.b/"] {
            let plain = folder.trim_end_matches('/');
            assert_eq!(Form::Folders.page(folder), folder);
            assert_eq!(file_of(&Form::Files.page(folder)), format!("{plain}.html"));
            for form in [Form::Folders, Form::Files] {
                assert_eq!(forms.folder(&file_of(&form.page(folder))), plain);
                assert_eq!(forms.folder(&form.page(folder)), plain);
            }
        }
        assert_eq!(Form::Files.home("en/"), "en/index.html");
        assert_eq!(Form::Folders.home(""), String::new());
        assert_eq!((forms.folder("en/index.html"), forms.folder("index.html")), ("en", ""));
        assert_eq!(Forms::default().folder("a.html"), "a.html");
    }

    #[test]
    fn a_path_that_no_disk_or_browser_takes_is_a_fault() {
        for (path, wanted) in [
            ("x\\y.txt", Fault::Backslash),
            ("a//b", Fault::Part),
            ("a/../b", Fault::Part),
            ("", Fault::Part),
            ("a\u{7}b", Fault::Control),
            ("a\nb", Fault::Control),
            (".noroshi-lock/x", Fault::Ours),
            ("manifest.json", Fault::Ours),
            ("manifest.json/x", Fault::Ours),
            ("manifest", Fault::Ours),
            ("manifest/0123456789abcdef.json", Fault::Ours),
            ("Manifest/0123456789ABCDEF.json", Fault::Ours),
        ] {
            assert_eq!(fault(path), Some(wanted), "{path:?}");
        }
        assert_eq!(fault(&format!("a/{}", "あ".repeat(86))), Some(Fault::LongName(258)));
        assert_eq!(fault(&"a/".repeat(1025)), Some(Fault::LongPath(2050)));
        let beside = ["manifest/index.html", "manifest/0123456789abcde.json", "a/manifest", "manifest.html"];
        assert_eq!(beside.map(fault), [None; 4]);
        for path in ["a", "a/manifest.json", ".well-known/x", "日本/語.txt", "a b", &"a".repeat(255)] {
            assert_eq!(fault(path), None, "{path}");
        }
    }

    #[test]
    fn names_that_windows_cannot_store_are_found_in_any_part() {
        for path in ["a/CON/x", "nul", "aux.txt", "a./b", "a /b", "a:b", "x/lpt9.tar.gz"] {
            assert!(unportable(path).is_some(), "{path}");
            assert_eq!(fault(path), REFUSES_NAMES.then_some(Fault::Unportable), "{path}");
        }
        for path in ["console", "com10", "a.b/c", "nulls.txt", "con-fig"] {
            assert_eq!(unportable(path), None, "{path}");
        }
    }

    #[test]
    fn names_that_differ_only_in_case_have_one_caseless_form() {
        for (one, other) in [("A/b", "a/B"), ("ΟΔΟΣ", "οδος"), ("straße", "STRASSE"), ("É", "e\u{301}")]
        {
            let form = |path: &str| caseless(path).unwrap_or_else(|| path.to_owned());
            assert_eq!(form(one), form(other), "{one} {other}");
        }
        assert_eq!((caseless("a/b-ß"), caseless("図が.png")), (Some("a/b-ss".into()), None));
    }

    #[test]
    fn a_file_where_another_needs_a_folder_clashes_also_past_its_neighbours() {
        let paths = ["a", "a-b", "a.txt", "a/b/c", "a/b/d", "x", "x"];
        assert_eq!(clashes(paths.len(), &|at| paths[at]), [("a", "a/b/c"), ("x", "x")]);
        let paths = ["index.html", "index.html/x.txt"];
        assert_eq!(clashes(paths.len(), &|at| paths[at]), [("index.html", "index.html/x.txt")]);
    }
}
