//! Output of commands: lines for people, results for programs, diagnostics, and progress.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant as Clock};

use super::Listing;
use crate::diagnostic::{self, Diagnostic, Diagnostics, Texts};
use crate::message::{self, Language, Message, message};
use crate::os::Shown as _;
use crate::panics::contain;
use crate::text;

/// The language of everything that the program says. It is decided once, before the first line, and is the one thing
/// that the process keeps.
static LANGUAGE: OnceLock<Language> = OnceLock::new();

/// Sets the language of the messages that follow. Only the first call counts.
pub(super) fn speak(language: Language) {
    let _ = LANGUAGE.set(language);
}

pub(super) fn language() -> Language {
    LANGUAGE.get().copied().unwrap_or(Language::ENGLISH)
}

/// Whether stderr is a terminal that reads escape codes. Some terminals of Windows must be told to.
pub(super) fn is_terminal() -> bool {
    std::io::stderr().is_terminal() && anstyle_query::windows::enable_ansi_colors() != Some(false)
}

/// Whether stderr is a terminal that shows colours.
fn colour() -> bool {
    is_terminal()
        && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
        && std::env::var_os("TERM").is_none_or(|t| t != "dumb")
}

/// Prints a line for people on stderr. Control characters and workflow commands in it have no effect, and an address
/// that somebody typed with a password is shown without it.
pub(super) fn say(line: impl Into<Message>) {
    shown(&text::visible(&text::without_passwords(&line.into().text(language()))));
}

/// Shows a line on a terminal, in place of the one that was shown so before. An empty line removes it.
pub(super) fn overwrite(line: impl Into<Message>) {
    let _ = write!(std::io::stderr().lock(), "\r\x1b[K{}", text::visible(&line.into().text(language())));
}

/// Prints several lines for people on stderr.
pub(super) fn say_lines(lines: impl Into<Message>) {
    shown(&text::visible_lines(&lines.into().text(language())));
}

/// Prints text that is already safe to show.
fn shown(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Why results are not on stdout, such as a full disk.
#[derive(Debug)]
pub(super) struct Unwritten(pub(super) io::Error);

/// The outcome of writing to stdout. A reader that has closed the pipe wants no more, so that is not an error.
pub(super) fn delivered(written: io::Result<()>) -> Result<(), Unwritten> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Unwritten(error)),
        _ => Ok(()),
    }
}

/// Prints a line of results on stdout, such as a file name.
pub(super) fn print(line: &str) -> Result<(), Unwritten> {
    data(&format!("{}\n", text::visible(line)))
}

/// Prints results on stdout: unchanged to a pipe or file, with control characters made visible to a
/// terminal.
pub(super) fn write(text: &str) -> Result<(), Unwritten> {
    if io::stdout().is_terminal() {
        return data(&text::visible_lines(text));
    }
    data(text)
}

/// Writes results for programs on stdout.
pub(super) fn data(text: &str) -> Result<(), Unwritten> {
    let mut out = io::stdout().lock();
    delivered(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// A diagnostic as text for people. The crate that draws it may panic; then the text is plain.
pub(super) fn drawn(diagnostic: &Diagnostic, texts: &Texts, colour: bool) -> String {
    let step = message!("cli-console-step-show", "showing it");
    contain(step, || diagnostic::human(diagnostic, texts, colour, language())).unwrap_or_else(|_| {
        let (severity, code) = (diagnostic.severity.name(), diagnostic.code);
        let (severity, message) = (severity.text(language()), diagnostic.message.text(language()));
        let [message, file] = [&*message, &*diagnostic.place.file].map(text::visible);
        format!("{severity}[{code}]: {message}\n --> {file}")
    })
}

/// Prints sorted diagnostics and their counts for people, on stderr.
pub(super) fn diagnostics(found: &Diagnostics, texts: &Texts) {
    let list = found.sorted();
    let colour = colour();
    for diagnostic in &list {
        shown(&drawn(diagnostic, texts, colour));
        shown("");
    }
    let errors = list.iter().filter(|d| d.severity == diagnostic::Severity::Error).count();
    let warnings = list.len() - errors;
    let e = message::count(errors, "error", "errors");
    let w = message::count(warnings, "warning", "warnings");
    match (errors, warnings) {
        (0, 0) => {}
        (0, _) => say(message!("cli-warnings", "{w}", w)),
        (_, 0) => say(message!("cli-errors", "{e}", e)),
        _ => say(message!("cli-errors-warnings", "{e}, {w}", e, w)),
    }
}

/// Prints diagnostics in any format. `root` is the folder of the site: GitHub and SARIF name files
/// from the root of the repository.
pub(super) fn listing(
    found: &Diagnostics,
    texts: &Texts,
    format: Listing,
    root: &Path,
) -> Result<(), Unwritten> {
    let list = found.sorted();
    match format {
        Listing::Json => lines(list.iter().map(|diagnostic| diagnostic::json(diagnostic, texts, language()))),
        Listing::Github => {
            let prefix = prefix(root);
            lines(list.iter().map(|diagnostic| diagnostic::github(diagnostic, texts, &prefix, language())))
        }
        Listing::Sarif => data(&format!("{}\n", diagnostic::sarif(&list, texts, &prefix(root), language()))),
        Listing::Human => {
            diagnostics(found, texts);
            Ok(())
        }
    }
}

/// Prints lines of results on stdout.
fn lines(mut all: impl Iterator<Item = String>) -> Result<(), Unwritten> {
    let mut out = io::stdout().lock();
    delivered(all.try_for_each(|line| writeln!(out, "{line}")).and_then(|()| out.flush()))
}

/// The path from the current directory to the site. In a workflow, the current directory is the repository.
fn prefix(root: &Path) -> String {
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    let (Ok(here), Ok(site)) = (here, root.canonicalize()) else { return String::new() };
    match site.strip_prefix(&here) {
        Ok(inside) if !inside.as_os_str().is_empty() => format!("{}/", inside.shown()),
        _ => String::new(),
    }
}

/// What is done with one file after the other.
#[derive(Clone, Copy, Debug)]
pub(super) enum Work {
    Read,
    Check,
    Write,
    Verify,
}

impl Work {
    /// What is going on, with the number of files so far.
    fn line(self, count: usize) -> Message {
        match self {
            Work::Read => message!("cli-console-reading", "reading {count} files …", count),
            Work::Check => message!("cli-console-checking", "checking {count} files …", count),
            Work::Write => message!("cli-console-writing", "writing {count} files …", count),
            Work::Verify => message!("cli-console-checked", "checked {count} files …", count),
        }
    }
}

/// A progress line on a terminal, shown if a step takes longer than a second.
pub(super) struct Progress {
    begun: Clock,
    shown: Mutex<Option<Clock>>,
    count: AtomicUsize,
    terminal: bool,
}

impl Progress {
    pub(super) fn new() -> Progress {
        Progress {
            begun: Clock::now(),
            shown: Mutex::new(None),
            count: AtomicUsize::new(0),
            terminal: is_terminal(),
        }
    }

    pub(super) fn elapsed(&self) -> Duration {
        self.begun.elapsed()
    }

    /// Counts one more file.
    pub(super) fn step(&self, work: Work) {
        let count = self.count.fetch_add(1, Ordering::Relaxed) + 1;
        if !self.terminal || self.begun.elapsed() < Duration::from_secs(1) {
            return;
        }
        // Another thread is writing the line already.
        let Ok(mut shown) = self.shown.try_lock() else { return };
        if shown.is_none_or(|at| at.elapsed() >= Duration::from_millis(100)) {
            overwrite(work.line(count));
            *shown = Some(Clock::now());
        }
    }

    /// Resets the count for the next step.
    pub(super) fn restart(&self) {
        self.count.store(0, Ordering::Relaxed);
    }

    pub(super) fn clear(&self) {
        if self.shown.lock().is_ok_and(|shown| shown.is_some()) {
            overwrite(Message::default());
        }
    }
}
