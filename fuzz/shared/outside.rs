//! Fuzz targets for foreign files: status pages of other programs, and the manifest of a published
//! site.

use std::fs;

use noroshi::internals::alert;
use noroshi::internals::import::{self as import, Environment, Imported, Settings, cstate, statuspage};
use noroshi::internals::message::Language;
use noroshi::internals::model::{Instant, Zone};
use noroshi::internals::publish::{Entry, Head, Manifest};

fn settings() -> Settings {
    Settings {
        zone: Zone::named("Europe/Berlin"),
        locale: None,
        keep: None,
        environment: Environment::default(),
        now: Instant(1_790_000_000),
    }
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

/// Reads any bytes as a manifest, as a part of one, as the webhook of each sender, and as the answer of each
/// service. The result is an error, or a site that passes its own checks.
pub fn json(bytes: &[u8]) -> usize {
    alerts(bytes);
    let Entry { sha256, size } = Entry::of(bytes);
    let part = format!("\"manifest/{}.json\": {{\"sha256\": \"{sha256}\", \"size\": {size}}}", &sha256[..16]);
    let of_part = format!("{{\"generator\": \"noroshi 0\", \"effective\": \"\", \"parts\": {{{part}}}}}");
    for head in [bytes, of_part.as_bytes()] {
        let whole = Head::parse(head).map(|head| head.whole(|_, _| Ok::<_, ()>(bytes.to_vec())));
        if let Some(Ok(manifest)) = whole {
            holds_no_path_that_leads_out(&manifest);
        }
    }
    let Ok(root) = tempfile::tempdir() else { return 0 };
    let file = root.path().join("summary.json");
    let (Ok(()), Some(path)) = (fs::write(&file, bytes), file.to_str()) else { return 0 };
    let services = [
        import::better_stack,
        import::cachet,
        import::feed,
        import::instatus,
        import::openstatus,
        import::upptime,
    ];
    let found: usize =
        services.iter().filter_map(|read| read(path, &settings()).ok()).map(|site| sound(&site)).sum();
    found + statuspage(path, &settings()).map_or(0, |imported| sound(&imported))
}

/// An alert is a plain title, labels and a bounded number of lines.
fn alerts(bytes: &[u8]) {
    let Ok(body) = serde_json::from_slice(bytes) else { return };
    for source in &alert::SOURCES {
        let Ok(Some(alert)) = source.read(&body) else { continue };
        let title = source.title(&alert);
        assert!(alert::is_unwritten(&title) && !title.contains(char::is_control), "{title}");
        assert!(!source.keys(&alert).is_empty(), "{alert:?}");
    }
    let lines = alert::lines(&body);
    assert!(!lines.iter().any(|line| line.contains(char::is_control)), "{lines:?}");
}

fn holds_no_path_that_leads_out(manifest: &Manifest) {
    let leads_out = |path: &String| path.starts_with('/') || path.split('/').any(|part| part == "..");
    assert!(!manifest.files.keys().chain(manifest.parts.keys()).any(leads_out), "{manifest:?}");
}

fn sound(imported: &Imported) -> usize {
    let lines: Vec<String> = imported.report.lines(Language::ENGLISH).collect();
    assert!(!imported.report.has_errors(), "{lines:#?}");
    imported.files.len()
}
