//! Tests that the next build is right after a power cut, an accidental edit or `rm -rf`.

use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, UNIX_EPOCH};

use crate::harness::{NOON, Site, assert_same};

/// A quarter of an hour after [`NOON`].
const LATER: &str = "2026-11-20T12:15:00+09:00";

fn edited() -> Site {
    let site = Site::fixture("small");
    site.build_at(NOON).exit(0);
    site.edit("content/incidents/delay.md", "Orders wait.", "Orders do not wait.");
    site
}

fn wanted() -> BTreeMap<String, Vec<u8>> {
    edited().build_at(NOON).exit(0).files()
}

#[test]
fn a_manifest_that_is_empty_half_or_full_of_zeros_blocks_no_build() {
    let wanted = wanted();
    let whole = {
        let site = edited();
        site.read("public/manifest.json").into_bytes()
    };
    let zeros = vec![0; whole.len()];
    let mut garbage = whole.clone();
    garbage[60..].iter_mut().for_each(|byte| *byte ^= 0xa5);
    for (bytes, word) in [
        (&[][..], "empty"),
        (&zeros, "empty"),
        (&whole[..1], "broken"),
        (&whole[..whole.len() / 2], "broken"),
        (&whole[..whole.len() - 3], "broken"),
        (&garbage, "broken"),
    ] {
        let site = edited();
        site.write_bytes("public/manifest.json", bytes);
        site.run(["build", "--as-of", NOON]).exit(0).stderr_has(&format!("manifest.json` was {word}"));
        assert_same(&site.files(), &wanted);
        site.build_at(NOON).exit(0).quiet();
    }
}

#[test]
fn a_broken_manifest_is_mended_without_anything_in_noroshi_where_half_of_it_is_left() {
    let site = Site::fixture("small");
    let wanted = site.build_at(NOON).exit(0).files();
    for length in [0, 1, wanted["manifest.json"].len() / 2] {
        fs::remove_dir_all(site.path(".noroshi")).expect("a folder");
        site.write_bytes("public/manifest.json", &wanted["manifest.json"][..length]);
        site.run(["build", "--as-of", NOON]).exit(0);
        assert_same(&site.files(), &wanted);
    }
}

#[test]
fn an_update_is_announced_once_although_the_manifest_breaks() {
    let site = Site::fixture("small");
    site.noon("build --events new.jsonl").exit(0);
    assert!(site.read("new.jsonl").lines().count() > 0);
    let update = |site: &Site, minute: u32, words: &str| {
        let text = format!("\n## update 2026-11-20 12:{minute:02}\n\n{words}\n");
        site.append("content/incidents/delay.md", &text);
    };
    // The copy beside the content lists the announced events.
    update(&site, 1, "One more word.");
    site.write("public/manifest.json", "");
    site.at(LATER, "build --events new.jsonl").exit(0);
    assert_eq!(site.read("new.jsonl").lines().count(), 1, "{}", site.read("new.jsonl"));
    site.at(LATER, "build --events new.jsonl").exit(0);
    assert_eq!(site.read("new.jsonl"), "");

    // No copy is left: the build announces updates newer than the file, and says so.
    for entry in fs::read_dir(site.path(".noroshi")).expect("a folder").flatten() {
        if entry.file_name().to_string_lossy().starts_with("published-") {
            fs::remove_file(entry.path()).expect("a file");
        }
    }
    site.write("public/manifest.json", "");
    let noon = UNIX_EPOCH + Duration::from_secs(1_795_143_600);
    let manifest = fs::File::options().write(true).open(site.path("public/manifest.json")).expect("a file");
    manifest.set_modified(noon + Duration::from_secs(120)).expect("a time");
    // Only unchanged pages can be recognised as ours.
    let before = site.files();
    site.at(LATER, "build --events new.jsonl").exit(0).stderr_has("`--previous`");
    assert_eq!(site.read("new.jsonl"), "", "nothing was said since");
    assert_eq!(before["index.html"], site.files()["index.html"]);
}

#[test]
fn a_manifest_of_another_program_or_a_folder_in_its_place_is_kept() {
    for line in ["build", "build --force"] {
        let site = edited();
        site.write("public/manifest.json", "{\"name\": \"An app\"}");
        site.noon(line).exit(3).stderr_has("manifest.json");
        assert_eq!(site.read("public/manifest.json"), "{\"name\": \"An app\"}");
        site.remove("public/manifest.json").write("public/manifest.json/x", "mine");
        site.noon(line).exit(3).stderr_has("manifest.json");
        assert_eq!(site.read("public/manifest.json/x"), "mine");
    }
}

#[test]
fn what_was_published_may_be_removed_with_its_copy_and_comes_back_whole() {
    let wanted = wanted();
    for folders in
        [&["public"][..], &[".noroshi"], &["public", ".noroshi"], &["public/incidents", ".noroshi"]]
    {
        let site = edited();
        for folder in folders {
            fs::remove_dir_all(site.path(folder)).expect("a folder");
        }
        site.build_at(NOON).exit(0);
        assert_same(&site.files(), &wanted);
    }
    // A half-finished `rm -rf`: the manifest is gone, and some of the files.
    let site = edited();
    site.remove("public/manifest.json").remove("public/index.html");
    site.build_at(NOON).exit(0);
    assert_same(&site.files(), &wanted);
}
