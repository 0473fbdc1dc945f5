//! `noroshi ci approvals`: the summary of a run says what waits for whom.

use std::path::{Path, PathBuf};

use super::host;
use crate::cli::console::{self, Progress};
use crate::cli::error::Error;
use crate::cli::{Outcome, approvals, site};
use crate::history::approvals::{Answer, Question, ask};
use crate::message::{Message, message};
use crate::model::Model;
use crate::text;

/// The number of texts that a summary lists.
const LISTED: usize = 50;

/// List what waits for an approval, and add it to the summary of the run
///
/// Reads `policy.approve` in site.yaml, the history of the repository, and the reviews of the pull
/// request. Prints what waits for whom, and on GitHub, Forgejo and Gitea adds it to the summary, with
/// the lines that keep the approvals of a squashed pull request. Exits with 0: `noroshi check
/// --reviews` decides whether the run fails.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The JSON of the reviews, as the API of the host gives it; `-` reads it from stdin
    #[arg(long, value_name = "FILE")]
    reviews: Option<PathBuf>,
    /// Only print `asked=true` if `policy.approve` has rules, else `asked=false`
    #[arg(long, conflicts_with = "reviews")]
    is_asked: bool,
    /// Decide for this instant instead of now
    #[arg(long, value_name = "TIME")]
    as_of: Option<String>,
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    let reviews = approvals::reviews(args.reviews.as_deref())?;
    let loaded = site::load(root, None, &Progress::new())?;
    if args.is_asked {
        let is_asked = loaded.model.is_some_and(|model| !model.config.policy.approve.is_empty());
        console::print(if is_asked { "asked=true" } else { "asked=false" })?;
        return Ok(Outcome::Done);
    }
    let Some(model) = loaded.model.filter(|model| !model.config.policy.approve.is_empty()) else {
        console::say(message!(
            "cli-ci-approvals-no-rules",
            "nothing waits: `policy` in site.yaml has no `approve`"
        ));
        return Ok(Outcome::Done);
    };
    let as_of = site::as_of(args.as_of.as_deref(), &model)?;
    let answer = ask(Question { root, model: &model, as_of, all: false, reviews: reviews.as_ref() });
    approvals::list(&answer, &model)?;
    if answer.waiting.is_empty() {
        console::say(message!("cli-ci-approvals-none", "nothing waits for an approval"));
    }
    host::summary(&summary(&answer, &model))?;
    Ok(Outcome::Done)
}

/// The summary, in Markdown.
fn summary(answer: &Answer<'_>, model: &Model) -> Message {
    let plain = |message: &Message| Message::same(plain(&message.text(console::language())));
    let mut lines = vec![message!("cli-ci-approvals-title", "### Approvals"), Message::default()];
    for waiting in answer.waiting.iter().take(LISTED) {
        let (file, what) = (&waiting.head.file, approvals::line(waiting, model));
        let line = message!("cli-ci-approvals-line", "{file}: {what}", file, what);
        lines.push(Message::concat(vec![Message::same("- "), plain(&line)]));
    }
    match answer.waiting.len() {
        0 => lines.push(message!("cli-ci-approvals-nothing", "Nothing waits for an approval.")),
        more if more > LISTED => lines.push(host::more(more - LISTED)),
        _ => {}
    }
    for why in &answer.unknown {
        let (message, help) = why.describe();
        let (message, help) = (plain(&message), plain(&help));
        lines.push(Message::default());
        lines.push(message!("cli-ci-approvals-unknown", "{message}: {help}", message, help));
    }
    if !answer.counted.is_empty() {
        let told = message!(
            "cli-ci-approvals-squash",
            "A squash or rebase loses these approvals unless the message of its commit ends with:"
        );
        lines.extend([Message::default(), told, Message::default()]);
        let trailer = |name: &String| Message::same(format!("    Approved-by: {}", text::visible(name)));
        lines.extend(answer.counted.iter().map(trailer));
    }
    lines.extend([Message::default(), Message::default()]);
    Message::lines(lines)
}

/// Text without markup in Markdown, whatever it says, on one line.
fn plain(written: &str) -> String {
    let mut out = String::new();
    for c in text::one_line(&written.replace('`', ""), 500).chars() {
        if c.is_ascii_punctuation() && !matches!(c, '.' | ',' | ';' | ':' | '/' | '-') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_becomes_markup_of_the_summary() {
        let told = plain("<script>`a`\n# [b](c) @d");
        assert_eq!(told, r"\<script\>a \# \[b\]\(c\) \@d");
    }
}
