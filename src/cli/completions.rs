//! `noroshi completions`: prints the completions for a shell.

use clap_complete::Shell;

use super::error::Error;
use super::{Outcome, console, help};

/// Print the completions for a shell
///
/// For bash, `noroshi completions bash > ~/.local/share/bash-completion/completions/noroshi`; for zsh,
/// write `_noroshi` into a folder of `$fpath`; for fish, `~/.config/fish/completions/noroshi.fish`; for
/// PowerShell, append the output to `$PROFILE`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut help::command(console::language()), "noroshi", &mut script);
    console::data(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Done)
}
