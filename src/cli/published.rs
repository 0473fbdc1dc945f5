//! Reads the manifest of a published site from a file or a URL.

use std::path::Path;

use super::console;
use super::error::Error;
use crate::limits::MANIFEST_BYTES;
use crate::publish::Manifest;
use crate::{fetch, file};

/// Reads the manifest at a path or a URL.
///
/// Returns `None` if the server answers "not found", as before the first publication. A missing
/// local file is an error.
pub(super) fn manifest(place: &str) -> Result<Option<Manifest>, Error> {
    let bytes = if place.contains("://") {
        fetch::file_at(place).map_err(|error| {
            Error::environment(error.to_string(), "name the `manifest.json` of the published site")
        })?
    } else {
        match file::read(Path::new(place), MANIFEST_BYTES) {
            Ok(bytes) => Some(bytes),
            Err(error) => {
                let message = format!("cannot read `{place}`: {error}");
                let help = "name the `manifest.json` of the published site; if it comes from a pipe, save it to a file first";
                return Err(Error::environment(message, help));
            }
        }
    };
    let Some(bytes) = bytes else {
        console::say(&format!("there is no manifest at `{place}`, so noroshi treats everything as new"));
        return Ok(None);
    };
    if let Some(manifest) = Manifest::parse(&bytes) {
        return Ok(Some(manifest));
    }
    let message = format!("cannot read `{place}` as a manifest");
    Err(Error::environment(message, "name the `manifest.json` of the published site"))
}
