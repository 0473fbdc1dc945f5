//! What the fuzz targets try, and `cargo test` for a few seconds: any bytes are an error with its place, or
//! outputs that hold.
//!
//! Each function takes the bytes of one input, panics where something is wrong, and says how many files were made
//! of it, so that a target that never gets that far is seen. An input may be one file, or
//! several, each after a line `==> content/incidents/a.md <==`.

mod outside;
mod parts;
mod rule;
pub mod seeds;
pub mod site;

pub use outside::{import, json};
pub use rule::rule;

use parts::Part;

/// A target: its name, what it tries, and the dictionary of its words.
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

/// An entry, or a few, beside a sound site.yaml.
pub fn entry(bytes: &[u8]) -> usize {
    let mut files = parts::of(bytes, "content/incidents/a.md");
    beside(&mut files, "content/site.yaml", site::CONFIG);
    site::look(&files)
}

/// A site.yaml beside those entries whose component and category it has.
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

/// The files of a theme, its messages among them, that a sound site wears.
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

/// Adds a file where the input has none of that name.
fn beside(files: &mut Vec<Part>, name: &str, text: &str) {
    if files.iter().all(|part| part.name != name) {
        files.push(Part { name: name.to_owned(), bytes: text.as_bytes().to_vec() });
    }
}
