//! Tests with permissions, inodes and symbolic links of Unix.

use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

use super::*;

#[test]
fn what_does_not_change_is_not_touched() {
    let (_temp, out) = temp();
    build(&out, &home());
    let times = || {
        let look = |path: &String| {
            let found = fs::metadata(out.join(path)).unwrap();
            (found.ino(), found.ctime(), found.ctime_nsec())
        };
        tree(&out).keys().map(look).chain([look(&String::new())]).collect::<Vec<_>>()
    };
    let before = times();
    build(&out, &home());
    assert_eq!(times(), before);
}

#[test]
fn a_folder_keeps_its_permissions() {
    let (_temp, out) = temp();
    fs::set_permissions(&out, fs::Permissions::from_mode(0o750)).unwrap();
    build(&out, &home());
    assert_eq!(fs::metadata(&out).unwrap().mode() & 0o777, 0o750);
}

#[test]
fn nothing_that_a_forged_manifest_or_journal_names_outside_is_touched() {
    let (temp, out) = temp();
    let other = temp.path().join("other");
    fs::create_dir_all(other.join("empty")).unwrap();
    fs::write(other.join("kept"), "mine").unwrap();
    let before = tree(&other);
    build(&out, &home());
    symlink(&other, out.join("way")).unwrap();
    let absolute = other.join("kept").to_str().unwrap().to_owned();
    let paths =
        ["../other/kept", "way/kept", "way/empty/x", "a/../../other/kept", &absolute, ".noroshi-lock"];
    let entry = r#"{"sha256": "", "size": 4}"#;
    let lines = paths.map(|path| format!("\n    {path:?}: {entry},")).concat();
    let journal = serde_json::json!({ "writes": paths, "removals": paths, "kept": paths, "loose": paths });
    let head = fs::read_to_string(out.join("manifest.json")).unwrap();
    // The lines stand in a manifest of one file, as files in a part of the right name, and as parts.
    let in_one_file = crate::publish::read_manifest(&out).unwrap().to_json();
    let in_one_file = in_one_file.replace("\"files\": {", &format!("\"files\": {{{lines}"));
    let part = format!("{{\n  \"rank\": \"leaf\",\n  \"files\": {{{lines}\n    \"x\": {entry}\n  }}\n}}\n");
    let named = Entry::of(part.as_bytes());
    let line = format!(
        "\n    \"{}\": {{\"sha256\": \"{}\", \"size\": {}}},",
        crate::address::part(&named.sha256),
        named.sha256,
        named.size
    );
    let in_a_part = head.replace("\"parts\": {", &format!("\"parts\": {{{line}"));
    let as_parts = head.replace("\"parts\": {", &format!("\"parts\": {{{lines}"));
    for head in [in_one_file, in_a_part, as_parts] {
        fs::write(out.join(crate::address::part(&named.sha256)), &part).unwrap();
        fs::write(out.join("manifest.json"), head).unwrap();
        fs::write(out.join(".noroshi-journal"), journal.to_string()).unwrap();
        build(&out, &home());
        assert_eq!(tree(&other), before);
    }

    let through = site(&[("index.html", Home, ""), ("way/kept", Leaf, "ours")]);
    assert_eq!(build_in(RealFileSystem, &out, &through).unwrap_err().kind(), Kind::Foreign);
    assert_eq!(tree(&other), before);
}

#[test]
fn a_link_to_a_folder_is_followed() {
    let (temp, out) = temp();
    let link = temp.path().join("link");
    symlink("site", &link).unwrap();
    build(&link, &home());
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_clean(&out, &home(), &[]);
}
