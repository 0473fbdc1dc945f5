//! Reads the manifest of a published site from a file or a URL.

use std::fmt::Display;
use std::path::Path;

use super::console;
use super::error::Error;
use crate::fetch::{Client, FetchError, Limits};
use crate::file;
use crate::limits::{MANIFEST_BYTES, MANIFEST_PART_BYTES};
use crate::publish::{Manifest, PartError, ReadError, read_with};

/// Reads the manifest at a path or a URL, with its parts from the folder `manifest/` beside it.
///
/// Returns `None` if the server answers "not found", as before the first publication. A missing
/// local file is an error.
pub(super) fn manifest(place: &str) -> Result<Option<Manifest>, Error> {
    if !place.contains("://") {
        return in_file(place).map(Some);
    }
    let found = fetched(place, || place.to_owned())
        .map_err(|message| Error::environment(message, "name the `manifest.json` of the published site"))?;
    if found.is_none() {
        console::say(&format!("there is no manifest at `{place}`, so noroshi treats everything as new"));
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
        ReadError::Head(_) => {
            "name the `manifest.json` of the published site; if it comes from a pipe, save it to a file first"
        }
        ReadError::Part(_) => {
            "name the `manifest.json` in the published folder, or its address; a copy needs the folder `manifest/` beside it"
        }
        ReadError::Foreign | ReadError::TooLarge => "name the `manifest.json` of the published site",
    };
    Err(Error::environment(reason(place, &error, |error| error), help))
}

/// Reads a manifest from a server. `head` is its address, which may differ each time: if a build
/// replaces the manifest meanwhile, it is read again. `None` if the server has none.
///
/// # Errors
/// The reason in a sentence, without a dot.
pub(super) fn fetched(place: &str, head: impl Fn() -> String) -> Result<Option<Manifest>, String> {
    let client = Client::new(place, Limits::default()).map_err(|error| error.to_string())?;
    let get = |address: &str| client.get(address).map_err(Answer::Failed)?.ok_or(Answer::NotFound);
    let folder = folder_of(place);
    match read_with(|| get(&head()), |part, _| get(&format!("{folder}{part}"))) {
        Ok((_, manifest)) => Ok(Some(manifest)),
        Err(ReadError::Head(Answer::NotFound)) => Ok(None),
        // Its words name the address.
        Err(
            ReadError::Head(Answer::Failed(error))
            | ReadError::Part(PartError::Missing(_, Answer::Failed(error))),
        ) => Err(error.to_string()),
        Err(error) => Err(reason(place, &error, |_| "the server does not have it")),
    }
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

/// Why a manifest cannot be read, in a sentence without a dot.
fn reason<'e, E, D: Display + 'e>(
    place: &str,
    error: &'e ReadError<E>,
    words: impl Fn(&'e E) -> D,
) -> String {
    match error {
        ReadError::Head(error) => format!("cannot read `{place}`: {}", words(error)),
        ReadError::Foreign => format!("cannot read `{place}` as a manifest"),
        ReadError::TooLarge => {
            format!("cannot read `{place}`: its parts are larger than {} MiB", MANIFEST_BYTES >> 20)
        }
        ReadError::Part(PartError::Missing(part, error)) => {
            format!("cannot read `{part}`, a part of the manifest `{place}`: {}", words(error))
        }
        ReadError::Part(PartError::Wrong(part)) => {
            format!("`{part}`, a part of the manifest `{place}`, is broken")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::folder_of;

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
