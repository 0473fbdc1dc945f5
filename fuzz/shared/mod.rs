//! The functions of the fuzz targets, which `cargo test` also runs for a few seconds. Any bytes
//! must cause an error with its place, or valid output.
//!
//! Each function takes the bytes of one input and panics if something is wrong. It returns the
//! number of files it made, so that a target that never gets that far is noticed. An input is one
//! file, or several, each after a line `==> content/incidents/a.md <==`.

mod outside;
mod parts;
mod rule;
pub mod seeds;
pub mod site;

pub use outside::{import, json};
pub use rule::rule;

use parts::Part;

/// A target: its name, its function, and its dictionary.
pub struct Target {
    pub name: &'static str,
    pub tries: fn(&[u8]) -> usize,
    pub dictionary: &'static str,
}

/// Every target.
pub const TARGETS: [Target; 6] = [
    Target { name: "entry", tries: entry, dictionary: "content.dict" },
    Target { name: "config", tries: config, dictionary: "content.dict" },
    Target { name: "theme", tries: theme, dictionary: "theme.dict" },
    Target { name: "rule", tries: rule, dictionary: "rule.dict" },
    Target { name: "json", tries: json, dictionary: "json.dict" },
    Target { name: "import", tries: import, dictionary: "content.dict" },
];

/// Tries one or more entries beside a valid site.yaml.
pub fn entry(bytes: &[u8]) -> usize {
    let mut files = parts::of(bytes, "content/incidents/a.md");
    beside(&mut files, "content/site.yaml", site::CONFIG);
    site::look(&files)
}

/// Tries a site.yaml beside the entries whose component and category it has.
pub fn config(bytes: &[u8]) -> usize {
    let mut files = parts::of(bytes, "content/site.yaml");
    for (name, text) in site::ENTRIES {
        let needs = if name.contains("/faq/") { "id: general" } else { "id: api" };
        let is_free = name.contains("/pages/") || name.contains("/notices/");
        if is_free || bytes.windows(needs.len()).any(|part| part == needs.as_bytes()) {
            beside(&mut files, name, text);
        }
    }
    beside(&mut files, "content/site.yaml", site::CONFIG);
    site::look(&files)
}

/// Tries the files of a theme, including its messages, with a valid site.
pub fn theme(bytes: &[u8]) -> usize {
    let mut files = parts::of(bytes, "themes/own/theme.yaml");
    for (name, text) in site::ENTRIES {
        beside(&mut files, name, text);
    }
    let config = format!("{}theme: own\n", site::CONFIG);
    beside(&mut files, "content/site.yaml", &config);
    beside(&mut files, "themes/own/theme.yaml", "extends: default\n");
    site::look(&files)
}

/// Adds a file unless the input has one of that name.
fn beside(files: &mut Vec<Part>, name: &str, text: &str) {
    if files.iter().all(|part| part.name != name) {
        files.push(Part { name: name.to_owned(), bytes: text.as_bytes().to_vec() });
    }
}
