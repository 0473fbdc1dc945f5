//! `noroshi init --host`: the configuration of what serves the site.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::cli::error::Error;
use crate::load;
use crate::servers::{self, Host, Unfit};

impl ValueEnum for Host {
    fn value_variants<'a>() -> &'a [Host] {
        &Host::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (word, what) = self.words();
        Some(PossibleValue::new(word).help(what))
    }
}

/// The files of a host for the site in a folder.
pub(super) fn files(host: Host, dir: &Path) -> Result<Vec<(PathBuf, String)>, Error> {
    let site = load::settings(dir).map_err(|error| Error::environment(error.to_string(), ""))?;
    let Some(site) = site else {
        let message = "cannot write the configuration of a server, because site.yaml has errors";
        return Err(Error::content(message, "run `noroshi check` to see them"));
    };
    let files = servers::files(host, &site).map_err(|Unfit(part)| {
        let message = format!("cannot write `{part}` of `url` into the configuration of a server");
        Error::content(
            message,
            "write the host in `url` as DNS has it, and its path with letters, digits, `-`, `.`, `_` and `~`",
        )
    })?;
    Ok(files.into_iter().map(|(name, text)| (dir.join(name), text)).collect())
}
