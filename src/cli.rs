//! The command line: one file a command. The only room that reads the clock, the terminal and the
//! environment.

mod build;
mod check;
mod events;
mod import;
mod init;
mod next;
mod pack;
mod period;
mod publishing;
mod report;
mod serve;
mod wake;
mod watch;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

/// Turns Markdown entries into a public status site.
#[derive(Debug, Parser)]
#[command(name = "noroshi", version, about, propagate_version = true)]
struct Cli {
    /// The folder of the site: it holds `content/`
    #[arg(long, global = true, default_value = ".", value_name = "DIR")]
    root: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Args),
    Build(build::Args),
    Check(check::Args),
    Import(import::Args),
    Next(next::Args),
    Pack(pack::Args),
    Report(period::Args),
    Serve(serve::Args),
    Watch(watch::Args),
}

/// How diagnostics are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, on stderr
    Human,
    /// One object a line, on stdout
    Json,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// All is well.
    Done,
    /// The content has problems.
    Content,
    /// Wrong usage.
    Usage,
    /// The environment failed.
    Environment,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(match outcome {
            Outcome::Done => 0,
            Outcome::Content => 1,
            Outcome::Usage => 2,
            Outcome::Environment => 3,
        })
    }
}

/// Runs the program with the arguments of the process.
#[must_use]
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // A closed pipe is no error.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let outcome = match cli.command {
        Command::Init(args) => init::run(&cli.root, &args),
        Command::Build(args) => build::run(&cli.root, &args),
        Command::Check(args) => check::run(&cli.root, &args),
        Command::Import(args) => import::run(&cli.root, &args),
        Command::Next(args) => next::run(&cli.root, &args),
        Command::Pack(args) => pack::run(&cli.root, &args),
        Command::Report(args) => period::run(&cli.root, &args),
        Command::Serve(args) => serve::run(&cli.root, &args),
        Command::Watch(args) => watch::run(&cli.root, &args),
    };
    outcome.into()
}
