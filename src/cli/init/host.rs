//! `noroshi init --host`: the configuration of what serves the site.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::cli::error::Error;
use crate::load;
use crate::message::{Message, message};
use crate::os::Shown as _;
use crate::servers::{self, Host, Unfit};

#[derive(Default)]
pub(super) struct Configuration {
    pub(super) files: Vec<(PathBuf, String)>,
    pub(super) left_out: Vec<Message>,
}

impl ValueEnum for Host {
    fn value_variants<'a>() -> &'a [Host] {
        &Host::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (word, what) = self.words();
        Some(PossibleValue::new(word).help(what))
    }
}

/// The configuration of a host for the site in a folder: its files, and a line for each own rule that it leaves out.
pub(super) fn configuration(host: Host, dir: &Path) -> Result<Configuration, Error> {
    let site = load::hosting(dir).map_err(|error| Error::environment(error.message(), Message::default()))?;
    let Some(site) = site else {
        let message = message!(
            "cli-init-host-errors",
            "cannot write the configuration of a server, because site.yaml or content/host has errors"
        );
        let help = message!("cli-init-host-errors-help", "run `noroshi check` to see them");
        return Err(Error::content(message, help));
    };
    let written = servers::files(host, &site).map_err(|Unfit(part)| {
        let message = message!(
            "cli-init-host-unfit",
            "cannot write `{part}` of `url` into the configuration of a server",
            part
        );
        let help = message!(
            "cli-init-host-unfit-help",
            "write the host in `url` as DNS has it, and its path with letters, digits, `-`, `.`, `_` and `~`"
        );
        Error::content(message, help)
    })?;
    let first = dir.join(host.paths().first().copied().unwrap_or_default());
    let left_out = |rule: Message| {
        message!("cli-init-leaves-out", "{file} leaves out {rule}", file = first.shown(), rule)
    };
    Ok(Configuration {
        files: written.files.into_iter().map(|(name, text)| (dir.join(name), text)).collect(),
        left_out: written.left_out.into_iter().map(left_out).collect(),
    })
}
