//! Any bytes as issue, configuration or JSON of another program: an error or a site that passes its own
//! checks, and never a panic.

#![no_main]

use std::fs;

use libfuzzer_sys::fuzz_target;
use noroshi::import::{Imported, Settings, cstate, statuspage};
use noroshi::model::{Instant, Zone};

fuzz_target!(|bytes: &[u8]| {
    // The first byte says where to cut: configuration before, issue behind.
    let Some((cut, bytes)) = bytes.split_first() else { return };
    let (config, issue) = bytes.split_at(usize::from(*cut).min(bytes.len()));
    let Ok(root) = tempfile::tempdir() else { return };
    let issues = root.path().join("content/issues");
    let written = fs::create_dir_all(&issues)
        .and_then(|()| fs::write(root.path().join("config.yml"), config))
        .and_then(|()| fs::write(issues.join("issue.md"), issue));
    if written.is_err() {
        return;
    }
    let settings = Settings { zone: Zone::named("Europe/Berlin"), locale: None, now: Instant(1_790_000_000) };
    if let Ok(imported) = cstate(root.path(), &settings) {
        sound(&imported);
    }
    let json = root.path().join("incidents.json");
    if let (Ok(()), Some(path)) = (fs::write(&json, bytes), json.to_str())
        && let Ok(imported) = statuspage(path, &settings)
    {
        sound(&imported);
    }
});

fn sound(imported: &Imported) {
    let lines: Vec<String> = imported.report.lines().collect();
    assert!(!imported.report.has_errors(), "{lines:#?}");
}
