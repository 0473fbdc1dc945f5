//! The credentials of channels: variables that begin with `NOROSHI_`, and files that they name.

use std::collections::BTreeMap;
use std::path::Path;

use crate::announce::Secrets;
use crate::cli::error::Error;
use crate::file;
use crate::limits::SECRET_BYTES;
use crate::message::message;
use crate::os::Shown as _;

/// # Errors
/// A file that a variable names cannot be read.
pub(super) fn secrets() -> Result<Secrets, Error> {
    let mut found = BTreeMap::new();
    for (name, value) in std::env::vars_os() {
        let (Ok(name), Ok(value)) = (name.into_string(), value.into_string()) else { continue };
        if !name.starts_with("NOROSHI_") {
            continue;
        }
        match name.strip_suffix("_FILE") {
            Some(of) if !value.is_empty() => {
                let path = Path::new(&value);
                let text = file::read_text(path, SECRET_BYTES).map_err(|error| {
                    let message = message!(
                        "cli-announce-secret-file",
                        "cannot read `{path}`, which `{name}` names: {error}",
                        path = path.shown(),
                        name,
                        error
                    );
                    let help = message!(
                        "cli-announce-secret-file-help",
                        "check the path and the rights of the file"
                    );
                    Error::environment(message, help)
                })?;
                found.insert(of.to_owned(), text);
            }
            Some(_) => {}
            // A file counts before a variable.
            None => {
                found.entry(name).or_insert(value);
            }
        }
    }
    Ok(Secrets::new(found))
}
