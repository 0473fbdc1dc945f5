//! The command line, one file per command. Only this module reads the clock, the terminal and the
//! environment.

mod against;
#[cfg(feature = "announce")]
mod announce;
mod approvals;
mod build;
mod check;
mod ci;
mod cms;
mod completions;
mod console;
#[cfg(feature = "serve")]
mod demo;
#[cfg(feature = "deploy")]
mod deploy;
mod draft;
mod edit;
mod editor;
mod entry_arg;
mod error;
mod events;
mod examples;
mod fix;
mod folders;
mod help;
mod hold_broken;
mod hooks;
mod import;
mod init;
mod language;
mod man;
mod new;
mod next;
mod overdue;
mod pack;
mod prompt;
mod published;
mod publishing;
mod report;
mod repository;
mod request;
mod review;
mod rezone;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod site;
mod staged;
mod terminal;
mod threads;
mod triggers;
mod typed;
mod update;
mod verify;
mod wait;
mod watch;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{FromArgMatches as _, Parser, Subcommand, ValueEnum};

use crate::message::{Language, Message};
use crate::panics::{self, contain};
use crate::text;
use error::Error;

/// Turns Markdown entries into a public status site.
#[derive(Debug, Parser)]
#[command(name = "noroshi", version, about, propagate_version = true, after_help = examples::ALL)]
struct Cli {
    /// The folder of the site, which holds `content/`
    #[arg(long, global = true, default_value = ".", value_name = "DIR")]
    root: PathBuf,
    /// The language of messages, instead of that of `NOROSHI_LANG`, the environment or the site
    #[arg(long, global = true, value_name = "LANG", value_parser = typed::message_language)]
    lang: Option<Language>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[cfg(feature = "announce")]
    #[command(after_help = examples::ANNOUNCE)]
    Announce(announce::Args),
    #[command(after_help = examples::INIT)]
    Init(init::Args),
    #[cfg(feature = "serve")]
    Demo(demo::Args),
    #[command(after_help = examples::BUILD)]
    Build(build::Args),
    #[command(after_help = examples::CHECK)]
    Check(check::Args),
    #[cfg(feature = "deploy")]
    #[command(after_help = examples::DEPLOY)]
    Deploy(deploy::Args),
    #[command(after_help = examples::DRAFT)]
    Draft(draft::Args),
    #[command(after_help = examples::EDIT)]
    Edit(edit::Args),
    #[command(after_help = examples::IMPORT)]
    Import(import::Args),
    #[command(after_help = examples::NEW)]
    New(new::Args),
    Next(next::Args),
    Overdue(overdue::Args),
    #[command(after_help = examples::PACK)]
    Pack(pack::Args),
    Review(review::Args),
    Schema(schema::Args),
    Report(report::Args),
    #[cfg(feature = "serve")]
    Serve(serve::Args),
    #[command(after_help = examples::UPDATE)]
    Update(update::Args),
    #[command(after_help = examples::VERIFY)]
    Verify(verify::Args),
    Watch(watch::Args),
    #[command(after_help = examples::WAIT)]
    Wait(wait::Args),
    #[command(after_help = examples::CI)]
    Ci(ci::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// The output format of diagnostics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Text for people, on stderr
    Human,
    /// One JSON object per line, on stdout
    Json,
}

/// The output format of commands whose only result is diagnostics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Listing {
    /// Text for people, on stderr
    Human,
    /// One JSON object per line, on stdout
    Json,
    /// GitHub Actions workflow commands, on stdout: annotations on the lines of a pull request
    Github,
    /// SARIF 2.1.0, on stdout: one document for code scanning and editors
    Sarif,
}

/// The outcome of a run, which sets the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Done,
    Content,
    Usage,
    /// The environment failed: disk, network, lock or `noroshi` itself.
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

/// Parses the arguments, in the language of messages.
fn parse(arguments: Vec<OsString>) -> Result<Cli, clap::Error> {
    Cli::from_arg_matches(&help::command(console::language()).try_get_matches_from(arguments)?)
}

/// Parses the arguments again with control characters made visible and without passwords of addresses, so that the
/// error can neither control the terminal nor put a password into a log.
fn quoted(error: &clap::Error) -> clap::Error {
    let shown = |typed: &str| text::visible(&text::without_passwords(typed)).into_owned();
    let typed = std::env::args_os().map(|typed| shown(&typed.to_string_lossy()));
    // An address without its password may be one that is taken.
    parse(typed.map(OsString::from).collect()).err().unwrap_or_else(|| {
        let said = error.to_string();
        let said = text::without_passwords(said.strip_prefix("error: ").unwrap_or(&said)).into_owned();
        clap::Error::raw(error.kind(), text::visible_lines(&said))
    })
}

/// Prints the help or the version, which are results, or what is wrong with the arguments.
fn unparsed(error: clap::Error) -> ExitCode {
    let is_result = !error.use_stderr();
    let error = if is_result { error } else { quoted(&error) };
    if let Some(told) = help::fault(&error, console::language()) {
        console::say_lines(Message::same(told));
        return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
    }
    match console::delivered(error.print()) {
        Err(unwritten) if is_result => Error::from(unwritten).show().into(),
        _ => ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2)),
    }
}

/// Runs the program with the arguments of the process.
#[must_use]
pub fn run() -> ExitCode {
    console::speak(language::choose());
    let cli = match parse(std::env::args_os().collect()) {
        Ok(cli) => cli,
        Err(error) => return unparsed(error),
    };
    panics::keep_quiet();
    arm_seams();
    threads::start();
    // The last resort: this catches panics that no inner `contain` caught.
    let step = crate::message::message!("cli-step-run", "running this command");
    let outcome = contain(step, || run_command(cli));
    let outcome = outcome.unwrap_or_else(|panicked| Err(site::internal(&panicked)));
    outcome.unwrap_or_else(|error| error.show()).into()
}

/// Makes a step panic for a test: `NOROSHI_PANIC=read:content/pages/a.md`. Works only with debug assertions.
fn arm_seams() {
    #[cfg(debug_assertions)]
    if let Ok(seams) = std::env::var("NOROSHI_PANIC") {
        let seams = seams.split(',').filter_map(|seam| seam.split_once(':'));
        seams.for_each(|(step, file)| panics::arm(step, file));
    }
}

fn run_command(cli: Cli) -> Result<Outcome, Error> {
    panics::seam("command", "");
    match cli.command {
        #[cfg(feature = "announce")]
        Command::Announce(args) => announce::run(&cli.root, &args),
        Command::Init(args) => init::run(&cli.root, &args),
        #[cfg(feature = "serve")]
        Command::Demo(args) => demo::run(&cli.root, &args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&cli.root, &args),
        Command::Build(args) => build::run(&cli.root, &args),
        Command::Check(args) => check::run(&cli.root, &args),
        #[cfg(feature = "deploy")]
        Command::Deploy(args) => deploy::run(&cli.root, &args),
        Command::Draft(args) => draft::run(&cli.root, &args),
        Command::Edit(args) => edit::run(&cli.root, &args),
        Command::Import(args) => import::run(&cli.root, &args),
        Command::New(args) => new::run(&cli.root, &args),
        Command::Next(args) => next::run(&cli.root, &args),
        Command::Overdue(args) => overdue::run(&cli.root, &args),
        Command::Pack(args) => pack::run(&cli.root, &args),
        Command::Review(args) => review::run(&cli.root, &args),
        Command::Schema(args) => schema::run(&cli.root, &args),
        Command::Report(args) => report::run(&cli.root, &args),
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(&cli.root, &args),
        Command::Update(args) => update::run(&cli.root, &args),
        Command::Verify(args) => verify::run(&args),
        Command::Watch(args) => watch::run(&cli.root, &args),
        Command::Wait(args) => wait::run(&cli.root, &args),
        Command::Ci(args) => ci::run(&cli.root, &args),
    }
}
