//! Reads the manifest of a published site from a file or a URL.

use std::path::Path;

use super::console;
use super::error::Error;
use crate::limits::MANIFEST_BYTES;
use crate::publish::Manifest;
use crate::{file, import};

/// Reads the manifest at a path or a URL.
///
/// Returns `None` if the server answers "not found", as before the first publication. A missing
/// local file is an error.
pub(super) fn manifest(place: &str) -> Result<Option<Manifest>, Error> {
    let bytes = if place.contains("://") {
        import::file_at(place).map_err(|error| {
            Error::environment(error.to_string(), "name the `manifest.json` of the published site")
        })?
    } else {
        match file::read(Path::new(place), MANIFEST_BYTES) {
            Ok(bytes) => Some(bytes),
            Err(error) => {
                let message = format!("cannot read `{place}`: {error}");
                let help =
                    "name the `manifest.json` of the published site; save what comes through a pipe first";
                return Err(Error::environment(message, help));
            }
        }
    };
    let Some(bytes) = bytes else {
        console::say(&format!("nothing stands at `{place}`: everything is published for the first time"));
        return Ok(None);
    };
    if let Some(manifest) = Manifest::parse(&bytes) {
        return Ok(Some(manifest));
    }
    let message = format!("`{place}` is no manifest");
    Err(Error::environment(message, "name the `manifest.json` of the published site"))
}
