//! Reads the manifest of a published site from a file or a URL.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::console;
use super::error::Error;
use crate::fetch::{Client, FetchError, Limits};
use crate::file;
use crate::limits::{MANIFEST_BYTES, MANIFEST_PART_BYTES, PART_REQUESTS};
use crate::message::{Message, ToValue, message};
use crate::publish::{Entry, Head, Manifest, PartError, ReadError, read_prepared, read_with};

/// Reads the manifest at a path or a URL, with its parts from the folder `manifest/` beside it.
///
/// Returns `None` if the server answers "not found", as before the first publication. A missing
/// local file is an error.
pub(super) fn manifest(place: &str) -> Result<Option<Manifest>, Error> {
    if !place.contains("://") {
        return in_file(place).map(Some);
    }
    let found = fetched(place, || place.to_owned(), None)
        .map_err(|message| Error::environment(message, name_manifest()))?;
    if found.is_none() {
        console::say(message!(
            "cli-published-none",
            "there is no manifest at `{place}`, so noroshi treats everything as new",
            place
        ));
    }
    Ok(found)
}

fn in_file(place: &str) -> Result<Manifest, Error> {
    let path = Path::new(place);
    let head = || file::read(path, MANIFEST_BYTES);
    let part = |part: &str, _: &_| file::read(&path.with_file_name(part), MANIFEST_PART_BYTES);
    let error = match read_with(head, part) {
        Ok((_, manifest)) => return Ok(manifest),
        Err(error) => error,
    };
    let help = match &error {
        ReadError::Head(_) => message!(
            "cli-published-pipe-help",
            "name the `manifest.json` of the published site; if it comes from a pipe, save it to a file first"
        ),
        ReadError::Part(_) => message!(
            "cli-published-copy-help",
            "name the `manifest.json` in the published folder, or its address; a copy needs the folder `manifest/` beside it"
        ),
        ReadError::Foreign | ReadError::TooLarge => name_manifest(),
    };
    Err(Error::environment(reason(place, &error, |error| error), help))
}

fn name_manifest() -> Message {
    message!("cli-published-help", "name the `manifest.json` of the published site")
}

/// Reads a manifest from a server. `head` is its address, which may differ each time: if a build
/// replaces the manifest meanwhile, it is read again. `None` if the server has none.
///
/// A part is named by its content and never changes, so those that lie in `local`, the folder of an earlier build, are
/// not asked for.
///
/// # Errors
/// The reason in a sentence.
pub(super) fn fetched(
    place: &str,
    head: impl Fn() -> String,
    local: Option<&Path>,
) -> Result<Option<Manifest>, Message> {
    let client = Client::new(place, Limits::default()).map_err(|error| error.message)?;
    let get = |address: &str| client.get(address).map_err(Answer::Failed)?.ok_or(Answer::NotFound);
    let folder = folder_of(place);
    let get_part = |part: &str| get(&format!("{folder}{part}"));
    let prepare = |head: &Head| {
        let here = |path: &str, entry: &Entry| {
            let bytes = file::read(&local?.join(path), MANIFEST_PART_BYTES).ok()?;
            (Entry::of(&bytes) == *entry).then_some(bytes)
        };
        let mut parts: BTreeMap<String, Result<Vec<u8>, Answer>> = BTreeMap::new();
        let mut missing: Vec<&str> = Vec::new();
        for (path, entry) in head.parts() {
            match here(path, entry) {
                Some(bytes) => drop(parts.insert(path.to_owned(), Ok(bytes))),
                None => missing.push(path),
            }
        }
        parts.extend(side_by_side(&missing, &get_part));
        // Those after a failure were not asked for.
        move |path: &str, _: &Entry| parts.remove(path).unwrap_or_else(|| get_part(path))
    };
    match read_prepared(|| get(&head()), prepare) {
        Ok((_, manifest)) => Ok(Some(manifest)),
        Err(ReadError::Head(Answer::NotFound)) => Ok(None),
        // Its words name the address.
        Err(
            ReadError::Head(Answer::Failed(error))
            | ReadError::Part(PartError::Missing(_, Answer::Failed(error))),
        ) => Err(error.message),
        Err(error) => {
            Err(reason(place, &error, |_| message!("cli-published-not-there", "the server does not have it")))
        }
    }
}

/// Asks for each path, several at once, in their order and up to the first failure.
fn side_by_side<E: Send>(
    paths: &[&str],
    get: &(impl Fn(&str) -> Result<Vec<u8>, E> + Sync),
) -> BTreeMap<String, Result<Vec<u8>, E>> {
    let (next, has_failed) = (AtomicUsize::new(0), AtomicBool::new(false));
    let answers = Mutex::new(BTreeMap::new());
    let worker = || {
        while !has_failed.load(Ordering::Relaxed) {
            let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) else { return };
            let answer = get(path);
            has_failed.fetch_or(answer.is_err(), Ordering::Relaxed);
            answers.lock().unwrap_or_else(PoisonError::into_inner).insert((*path).to_owned(), answer);
        }
    };
    // Threads of their own: those of rayon are for work, and there are as many as processors. If the system gives none,
    // this one does all.
    thread::scope(|scope| {
        for _ in 1..PART_REQUESTS.min(paths.len()) {
            if thread::Builder::new().spawn_scoped(scope, worker).is_err() {
                break;
            }
        }
        worker();
    });
    answers.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Why a server sends no file.
enum Answer {
    NotFound,
    Failed(FetchError),
}

/// The address of the folder of a file.
fn folder_of(address: &str) -> &str {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    path.rfind('/').map_or(path, |at| &path[..=at])
}

/// Why a manifest cannot be read, in a sentence.
fn reason<'e, E, V: ToValue + 'e>(
    place: &str,
    error: &'e ReadError<E>,
    words: impl Fn(&'e E) -> V,
) -> Message {
    match error {
        ReadError::Head(error) => {
            message!("cli-published-unread", "cannot read `{place}`: {why}", place, why = words(error))
        }
        ReadError::Foreign => {
            message!("cli-published-foreign", "cannot read `{place}` as a manifest", place)
        }
        ReadError::TooLarge => message!(
            "cli-published-too-large",
            "cannot read `{place}`: its parts are larger than {most} MiB",
            place,
            most = MANIFEST_BYTES >> 20
        ),
        ReadError::Part(PartError::Missing(part, error)) => message!(
            "cli-published-part-unread",
            "cannot read `{part}`, a part of the manifest `{place}`: {why}",
            part,
            place,
            why = words(error)
        ),
        ReadError::Part(PartError::Wrong(part)) => message!(
            "cli-published-part-broken",
            "`{part}`, a part of the manifest `{place}`, is broken",
            part,
            place
        ),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::Duration;

    use serde_json::json;

    use super::{fetched, folder_of, side_by_side};
    use crate::address;
    use crate::fetch::tests::{answer, serve};
    use crate::limits::PART_REQUESTS;
    use crate::publish::Entry;

    #[test]
    fn parts_are_asked_for_side_by_side_and_not_after_a_failure() {
        let at_work = std::sync::atomic::AtomicUsize::new(0);
        let most = std::sync::Mutex::new(0);
        let get = |path: &str| {
            let now = at_work.fetch_add(1, std::sync::atomic::Ordering::SeqCst) + 1;
            let mut most = most.lock().expect("no panic before");
            *most = now.max(*most);
            drop(most);
            std::thread::sleep(Duration::from_millis(1));
            at_work.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
            if path == "no" { Err(()) } else { Ok(path.as_bytes().to_vec()) }
        };
        let paths: Vec<String> = (0..1000).map(|number| format!("{number:03}")).collect();
        let mut paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        let all = side_by_side(&paths, &get);
        assert_eq!(all.keys().collect::<Vec<_>>(), paths.iter().collect::<Vec<_>>());
        assert!(all.into_iter().all(|(path, answer)| answer == Ok(path.into_bytes())));
        let most = *most.lock().expect("no panic before");
        assert!(most > 1 && most <= PART_REQUESTS, "{most} at the same time");
        paths[3] = "no";
        let some = side_by_side(&paths, &get);
        assert!(["000", "001", "002", "no"].iter().all(|path| some.contains_key(*path)), "{some:?}");
        assert!(some.len() < paths.len());
    }

    #[test]
    fn a_part_that_an_earlier_build_left_here_is_not_asked_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let part = |path: &str| {
            let text = json!({"rank": "leaf", "files": {path: {"sha256": "00", "size": 1}}}).to_string();
            let entry = Entry::of(text.as_bytes());
            (address::part(&entry.sha256), entry, text)
        };
        let (mine, theirs, broken) = (part("a.html"), part("b.html"), part("c.html"));
        let listed = [&mine, &theirs, &broken].map(|(path, entry, _)| {
            (path.clone(), json!({"sha256": entry.sha256, "size": entry.size, "holds": "leaf"}))
        });
        let parts: serde_json::Map<_, _> = listed.into_iter().collect();
        let head = json!({"generator": "noroshi 1", "effective": "2026-11-20T00:00:00Z", "parts": parts});
        fs::create_dir(folder.path().join("manifest")).expect("a folder");
        fs::write(folder.path().join(&mine.0), &mine.2).expect("a file");
        fs::write(folder.path().join(&broken.0), "half").expect("a file");
        // The server does not have the part that lies here.
        let leak = |path: &str| -> &'static str { Box::leak(format!("/{path}").into_boxed_str()) };
        let base = serve(
            [
                ("/manifest.json", answer("200 OK", &head.to_string())),
                (leak(&theirs.0), answer("200 OK", &theirs.2)),
                (leak(&broken.0), answer("200 OK", &broken.2)),
            ]
            .into(),
        );
        let place = format!("{base}/manifest.json");
        let manifest = fetched(&place, || place.clone(), Some(folder.path())).expect("read").expect("there");
        assert_eq!(manifest.files.keys().collect::<Vec<_>>(), ["a.html", "b.html", "c.html"]);
        let error = fetched(&place, || place.clone(), None).expect_err("a part is missing");
        assert!(error.contains(&mine.0), "{error}");
    }

    #[test]
    fn the_parts_of_a_manifest_lie_beside_it() {
        for (address, folder) in [
            ("https://status.example/manifest.json", "https://status.example/"),
            ("https://status.example/path/manifest.json?1795143600", "https://status.example/path/"),
            ("https://status.example/a/b#x/y", "https://status.example/a/"),
        ] {
            assert_eq!(folder_of(address), folder);
        }
    }
}
