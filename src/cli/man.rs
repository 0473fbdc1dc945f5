//! `noroshi man`: prints or writes the manual pages.

use std::io;
use std::path::{Path, PathBuf};

use clap::Command;
use clap_mangen::Man;

use super::editor::put;
use super::error::Error;
use super::{Outcome, console, help};
use crate::atomic::Overwrite;
use crate::message::message;

/// Print the manual page, or write all of them
///
/// Prints `noroshi(1)`. With DIR, writes that page and one for each command, such as
/// `noroshi-build(1)`, and overwrites pages of earlier versions.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder to write all pages to, such as `~/.local/share/man/man1`
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    let mut program = help::command(console::language()).disable_help_subcommand(true);
    program.build();
    let pages = pages(&program).map_err(|error| {
        let message = message!("cli-man-unwritten", "{error}", error);
        Error::environment(message, message!("cli-man-report", "please report this"))
    })?;
    match &args.dir {
        Some(dir) => {
            let pages: Vec<(PathBuf, Vec<u8>)> =
                pages.into_iter().map(|(name, page)| (root.join(dir).join(name), page)).collect();
            put(Overwrite::File, &pages)?;
        }
        None => {
            if let Some((_, page)) = pages.first() {
                console::data(&String::from_utf8_lossy(page))?;
            }
        }
    }
    Ok(Outcome::Done)
}

/// The name and the text of each page, that of the program first.
fn pages(program: &Command) -> io::Result<Vec<(String, Vec<u8>)>> {
    let all =
        std::iter::once(program).chain(program.get_subcommands().filter(|command| !command.is_hide_set()));
    all.map(|command| {
        let page = Man::new(command.clone());
        let mut text = Vec::new();
        page.render(&mut text)?;
        Ok((page.get_filename(), text))
    })
    .collect()
}
