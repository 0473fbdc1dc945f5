//! `noroshi edit`: opens an entry in a text editor at the right line, and checks it when the editor ends.

mod program;

use std::path::Path;

use super::Outcome;
use super::check;
use super::console;
use super::editor::{self, Editor};
use super::error::Error;
use super::terminal::{Prompt, Terminal};
use crate::diagnostic::Severity;
use crate::document::Document;
use crate::document::body::RawUpdate;
use crate::edit;
use crate::file;
use crate::limits::TEXT_FILE_BYTES;
use crate::message::message;
use crate::source::FoundFile;
use program::Program;

/// Open an entry in your text editor
///
/// Opens it at its first error, or else at the text of its last update. Waits until the editor ends,
/// then shows what `check` says of the entry; on a terminal, offers to open it again if it has
/// errors. The editor is `$VISUAL`, else `$EDITOR`, which can have arguments (`code --wait`), else
/// `vi` (on Windows `notepad`).
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The entry: its slug, a part of its slug or title, its id or its file
    #[arg(value_name = "ENTRY")]
    entry: String,
    /// Open this translation of the entry
    #[arg(long, value_name = "LOCALE")]
    locale: Option<String>,
    /// Check for this instant instead of now
    #[arg(long, value_name = "TIME")]
    as_of: Option<String>,
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    let program = Program::of_environment()?;
    let (file, line) = {
        let editor = Editor::open(root)?;
        let file = found(&editor, args)?;
        let line = line(&editor, &file);
        (file, line)
    };
    let mut open = |line: usize| {
        let before = bytes(&file);
        program.open(&file.path, line)?;
        if bytes(&file) == before {
            console::say(message!("cli-edit-unchanged", "`{name}` is unchanged", name = file.name));
        }
        Ok(())
    };
    let mut judge = || {
        let outcome = check::entry(root, &file.name, args.as_of.as_deref())?;
        // The site was sound enough to find the entry, and only the entry has changed.
        Ok((outcome, Editor::open(root).map_or(1, |editor| self::line(&editor, &file))))
    };
    let mut terminal = Terminal;
    let ask: Option<&mut dyn Prompt> = if editor::is_terminal() { Some(&mut terminal) } else { None };
    until_sound(line, &mut open, &mut judge, ask)
}

/// Opens the editor and checks the result, again and again while the user wants to.
fn until_sound(
    mut line: usize,
    open: &mut dyn FnMut(usize) -> Result<(), Error>,
    judge: &mut dyn FnMut() -> Result<(Outcome, usize), Error>,
    mut ask: Option<&mut dyn Prompt>,
) -> Result<Outcome, Error> {
    loop {
        open(line)?;
        let (outcome, next) = judge()?;
        line = next;
        let Some(ask) = ask.as_deref_mut().filter(|_| outcome != Outcome::Done) else { return Ok(outcome) };
        let question = message!("cli-edit-again", "Open it again?");
        let choices =
            [message!("cli-edit-again-yes", "yes"), message!("cli-edit-again-no", "no, leave it as it is")];
        if ask.choose(&question, &choices)? > 0 {
            return Ok(outcome);
        }
    }
}

/// The file to open: the original, or the translation that the user named.
fn found(editor: &Editor<'_>, args: &Args) -> Result<FoundFile, Error> {
    let entry = editor.entry(&args.entry)?;
    let name = args.entry.strip_suffix(".md").unwrap_or(&args.entry);
    let suffix = name.rsplit_once('.').map(|(_, suffix)| suffix);
    // `slow.en.md` names the translation itself.
    let named = suffix.filter(|suffix| {
        args.locale.is_none() && editor.config().locales.iter().any(|l| l.eq_ignore_ascii_case(suffix))
    });
    let Some(locale) = editor.locale(args.locale.as_deref().or(named))? else { return Ok(entry.clone()) };
    let translation = editor.translation(entry, locale);
    if translation.path.symlink_metadata().is_ok() {
        return Ok(translation);
    }
    let (kind, slug) = (Editor::kind(entry).command(), editor.slug(entry).0);
    let message = message!("cli-edit-absent", "`{name}` does not exist", name = translation.name);
    let help = message!(
        "cli-edit-absent-help",
        "create it with `noroshi new {kind} TITLE --locale {locale} --slug {slug}`",
        kind,
        locale,
        slug
    );
    Err(Error::content(message, help))
}

fn bytes(found: &FoundFile) -> Option<Vec<u8>> {
    file::read(&found.path, TEXT_FILE_BYTES).ok()
}

/// The line at which to open a file, counted from 1.
fn line(editor: &Editor<'_>, file: &FoundFile) -> usize {
    let Ok(raw) = editor::read(file) else { return 1 };
    let text = raw.text();
    let is_error = |severity: Severity| severity == Severity::Error;
    let errors = editor.before.sorted().into_iter().filter(|found| found.place.file == file.name);
    let first = errors.filter(|found| is_error(found.severity)).find_map(|found| found.place.range.clone());
    let document = edit::split(&file.name, text, editor.frame());
    let at = match (first, document) {
        (Some(range), _) => range.start,
        (None, Some(document)) => words(text, &document),
        (None, None) => 0,
    };
    1 + text.get(..at).map_or(0, |before| before.matches('\n').count())
}

/// The byte at which the text of the last update begins, or that of an entry without updates.
fn words(text: &str, document: &Document) -> usize {
    let time = |update: &&RawUpdate| (update.written.date, update.written.clock);
    let heading = document.body.updates.iter().max_by_key(time).map(|update| {
        update.facts.iter().map(|fact| fact.range.end).chain([update.heading.end]).max().unwrap_or(0)
    });
    // Below the heading and its fact lines, or below the `---` that ends the front matter.
    let start = heading.unwrap_or(document.front.end());
    let below = text[start..].find('\n').map_or(text.len(), |at| start + at + 1);
    let blank = text[below..].len() - text[below..].trim_start().len();
    let first = below + blank;
    let is_words = first < text.len() && !text[first..].starts_with("## ");
    if is_words { first } else { below }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;
    use crate::cli::terminal::script::Script;
    use crate::vocabulary::Aliases;

    #[test]
    fn an_entry_opens_at_the_words_of_its_latest_update() {
        let line = |body: &str| {
            let text = format!("---\ntitle: a\n---\n{body}");
            let locales = ["en".to_owned()];
            let shared = text.as_str().into();
            let document = edit::split("content/incidents/a.md", &shared, (&locales, &Aliases::default()))
                .expect("a file");
            1 + text[..words(&text, &document)].matches('\n').count()
        };
        assert_eq!(line("Words.\n"), 4);
        assert_eq!(line("\n\nWords.\n"), 6);
        assert_eq!(line(""), 4);
        assert_eq!(line("x\n\n## investigating 2026-11-20 10:20\n\nWe look.\n"), 8);
        assert_eq!(line("x\n\n## investigating 2026-11-20 10:20\nnext_update: 11:00\n\nWe look.\n"), 9);
        // A heading without words, and one that is later in time than the one below it.
        assert_eq!(line("## investigating 2026-11-20 10:20\n\n## FAQ\n### A?\nB.\n"), 5);
        assert_eq!(
            line("## resolved 2026-11-20 12:00\n\nOver.\n\n## investigating 2026-11-20 10:20\n\nWe look.\n"),
            6
        );
    }

    #[test]
    fn the_editor_opens_again_at_the_error_until_there_is_none() {
        let opened = RefCell::new(Vec::new());
        let mut open = |line| {
            opened.borrow_mut().push(line);
            Ok(())
        };
        let mut left = vec![(Outcome::Done, 1), (Outcome::Content, 7), (Outcome::Content, 9)];
        let mut judge = || Ok(left.pop().expect("no more"));
        let mut script = Script::new(&["yes", "yes"]);
        let outcome = until_sound(3, &mut open, &mut judge, Some(&mut script)).expect("an end");
        assert_eq!((outcome, opened.take()), (Outcome::Done, vec![3, 9, 7]));
        let mut open = |_| Ok(());
        let mut judge = || Ok((Outcome::Content, 1));
        let mut script = Script::new(&["no"]);
        let outcome = until_sound(1, &mut open, &mut judge, Some(&mut script)).expect("an end");
        assert_eq!(outcome, Outcome::Content);
        assert_eq!(until_sound(1, &mut open, &mut judge, None).expect("an end"), Outcome::Content);
    }
}
