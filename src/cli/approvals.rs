//! Approvals for several commands: the reviews that a host lists, what waits, and how to approve it.

use std::path::Path;

use super::console;
use super::editor;
use super::error::Error;
use crate::file;
use crate::history::Report;
use crate::history::approvals::{self, Answer, Question, Waiting};
use crate::history::reviews::{self, Reviews};
use crate::limits::REVIEWS_BYTES;
use crate::message::{Message, message};
use crate::model::{Instant, Model};
use crate::os::Shown as _;

/// The reviews in the file of `--reviews`; `-` is stdin.
pub(super) fn reviews(typed: Option<&Path>) -> Result<Option<Reviews>, Error> {
    let help = || {
        message!(
            "cli-approvals-help",
            "give the JSON of the reviews: `gh api --paginate repos/OWNER/REPO/pulls/N/reviews`"
        )
    };
    let Some(path) = typed else { return Ok(None) };
    let bytes = if path == Path::new("-") {
        editor::stdin(REVIEWS_BYTES)?
    } else {
        file::read(path, REVIEWS_BYTES).map_err(|error| {
            let message = message!(
                "cli-approvals-unreadable",
                "cannot read the reviews in `{path}`: {error}",
                path = path.shown(),
                error
            );
            Error::environment(message, help())
        })?
    };
    if bytes.len() as u64 > REVIEWS_BYTES {
        let message = message!(
            "cli-approvals-large",
            "cannot read the reviews: it is larger than {limit} MiB",
            limit = REVIEWS_BYTES >> 20
        );
        return Err(Error::environment(message, help()));
    }
    let unread = |why: Message| {
        Error::environment(message!("cli-approvals-misread", "cannot read the reviews: {why}", why), help())
    };
    reviews::read(&bytes).map(Some).map_err(unread)
}

/// The text that readers see although its time without an approval is over.
pub(super) fn late(root: &Path, model: &Model, as_of: Instant) -> Report {
    let mut answer = approvals::ask(Question { root, model, as_of, all: false, reviews: None });
    answer.waiting.retain(|waiting| waiting.is_public && waiting.due.is_none_or(|due| due <= as_of));
    if answer.waiting.is_empty() {
        return Report::default();
    }
    approvals::report(root, model, as_of, &answer)
}

/// Lists what waits: each file, and below it its texts.
pub(super) fn list(answer: &Answer<'_>, model: &Model) -> Result<(), Error> {
    let mut last = "";
    for waiting in &answer.waiting {
        if waiting.head.file.as_ref() != last {
            console::print(&waiting.head.file)?;
            last = &waiting.head.file;
        }
        console::print(&format!("  {}", line(waiting, model).text(console::language())))?;
    }
    for why in &answer.unknown {
        let (message, help) = why.describe();
        console::say(message!("cli-warning", "warning: {message}", message));
        console::say(message!("cli-help", "help: {help}", help));
    }
    Ok(())
}

/// What a text waits for, in one line.
pub(super) fn line(waiting: &Waiting<'_>, model: &Model) -> Message {
    waiting.message(&model.config)
}

/// Says how to approve the text of an entry.
pub(super) fn say_how(waiting: &Waiting<'_>) {
    let slug = &waiting.head.slug;
    console::say(message!("cli-approvals-how", "to approve it, do one of these:"));
    console::say(message!("cli-approvals-how-pull-request", "  approve the pull request on its host"));
    console::say(message!(
        "cli-approvals-how-review",
        "  noroshi review {slug} --by NAME, and commit the file",
        slug
    ));
    console::say(Message::same(format!("  {}", command(waiting))));
}

/// The command that approves an entry as it is committed.
pub(super) fn command(waiting: &Waiting<'_>) -> String {
    let (slug, file) = (&waiting.head.slug, &waiting.head.file);
    format!(
        "git commit --allow-empty -m 'Approve {slug}' --trailer 'Approves: {file}' --trailer 'Approved-by: NAME'"
    )
}
