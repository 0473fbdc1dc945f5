//! Small inputs of others that once failed, in `../shared/cases`: one test a folder. They are read from there and not
//! copied into the repository; the README of each says what was got and what is wanted.

use std::path::Path;

use crate::harness::{NOON, Site};

/// A site with a copy of a folder of the cases at a place in it; an empty place is the site itself. A clone elsewhere
/// has none: the test says so and passes.
fn case(name: &str, place: &str) -> Option<Site> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases").join(name);
    if !folder.is_dir() {
        eprintln!(
            "not tried: there is no {} (cases of others, not part of the repository)",
            folder.display()
        );
        return None;
    }
    let site = Site::bare();
    site.write_folder(&folder, place);
    Some(site)
}

#[test]
fn ten_japanese_notices_are_published() {
    let Some(site) = case("notices-ja", "content") else { return };
    site.remove("content/README.md");
    site.build_at(NOON).exit(0);
    let pages = site.files().into_keys().filter(|path| {
        (path.starts_with("incidents/j") || path.starts_with("maintenance/j"))
            && path.ends_with("/index.html")
    });
    assert_eq!(pages.count(), 10);
}
