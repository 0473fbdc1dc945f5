//! Fuzz targets for foreign files: status pages of other programs, and the manifest of a published
//! site.

use std::fs;

use noroshi::internals::import::{Imported, Settings, cstate, statuspage};
use noroshi::internals::model::{Instant, Zone};
use noroshi::internals::publish::Manifest;

fn settings() -> Settings {
    Settings { zone: Zone::named("Europe/Berlin"), locale: None, now: Instant(1_790_000_000) }
}

/// Reads any bytes as a cState configuration and issue. The result is an error, or a site that
/// passes its own checks.
pub fn import(bytes: &[u8]) -> usize {
    // The first byte is the length of the configuration; the issue follows.
    let Some((cut, bytes)) = bytes.split_first() else { return 0 };
    let (config, issue) = bytes.split_at(usize::from(*cut).min(bytes.len()));
    let Ok(root) = tempfile::tempdir() else { return 0 };
    let issues = root.path().join("content/issues");
    let written = fs::create_dir_all(&issues)
        .and_then(|()| fs::write(root.path().join("config.yml"), config))
        .and_then(|()| fs::write(issues.join("issue.md"), issue));
    if written.is_ok()
        && let Ok(imported) = cstate(root.path(), &settings())
    {
        return sound(&imported);
    }
    0
}

/// Reads any bytes as a manifest and as Statuspage JSON. The result is an error, or a site that
/// passes its own checks.
pub fn json(bytes: &[u8]) -> usize {
    if let Some(manifest) = Manifest::parse(bytes) {
        let leads_out = |path: &String| path.starts_with('/') || path.split('/').any(|part| part == "..");
        assert!(!manifest.files.keys().any(leads_out), "{manifest:?}");
    }
    let Ok(root) = tempfile::tempdir() else { return 0 };
    let file = root.path().join("summary.json");
    if let (Ok(()), Some(path)) = (fs::write(&file, bytes), file.to_str())
        && let Ok(imported) = statuspage(path, &settings())
    {
        return sound(&imported);
    }
    0
}

fn sound(imported: &Imported) -> usize {
    let lines: Vec<String> = imported.report.lines().collect();
    assert!(!imported.report.has_errors(), "{lines:#?}");
    imported.files.len()
}
