//! `noroshi new`: creates an entry from a template.

mod outages;
mod phases;
mod values;
mod windows;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::Outcome;
use super::console;
use super::editor::{self, Editor};
use super::error::Error;
use super::prompt;
use super::request::EntryRequest;
use super::terminal::Terminal;
use super::typed;
use crate::document::body;
use crate::edit::entry::{self, NewEntry};
use crate::edit::front::FrontValue;
use crate::edit::yaml_scalar::scalar;
use crate::edit::{Refusal, prose, templates, translation};
use crate::file;
use crate::kind::EntryKind;
use crate::limits::TEXT_FILE_BYTES;
use crate::message::{Message, message};
use crate::model::Instant;
use crate::model::config::SlugScript;
use crate::os::Shown as _;
use crate::source::{self, FoundFile};
use crate::text;
use crate::vocabulary::Status;

/// Create an entry from a template
///
/// Fills in a template from `content/templates/`, or a built-in one, and prints the path of the new
/// file. Questions in the template stay in the file as comments, which noroshi never publishes. On
/// a terminal, asks for missing values.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    request: EntryRequest,
    /// Use this instant instead of now
    #[arg(long, value_name = "TIME")]
    as_of: Option<String>,
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    let editor = Editor::open(root)?;
    let now = editor.now(args.as_of.as_deref())?;
    let mut request = args.request.clone();
    if let Some(locale) = editor.locale(request.locale.as_deref())? {
        return translate(&editor, locale, &request);
    }
    let lacks = lacks(&editor, &request)?;
    if editor::is_terminal() && (!lacks.is_empty() || request.message.is_none()) {
        prompt::entry(&mut Terminal, &editor, &mut request, now)?;
    } else if !lacks.is_empty() {
        return Err(editor::missing(&lacks));
    }
    let (Some(what), Some(title)) = (request.what, request.title.as_deref()) else {
        return Err(editor::missing(&["KIND", "TITLE"]));
    };
    suit(&request, what)?;
    let title = editor::one_line("TITLE", title)?;
    let (at, mut given) = values::front(&editor, &request, what, &title, now)?;
    let slug = slug(&editor, &request, what, &title, at)?;
    // Readers and feeds know the entry by its id, even after the file is renamed.
    given.push(FrontValue::new("id", scalar(&slug)));
    let given_words = editor::message(request.message.as_deref())?.unwrap_or_default();
    let words = prose::sound(&given_words).map_err(|refusal| editor::refuse(&refusal))?;
    let time = editor.zone().write(now);
    let first = first(&editor, &request, what)?.map(|status| (status, time.as_str()));
    let (name, skeleton) = template(&editor, &request, what)?;
    let sections = request.sections.clone();
    let is_chosen = request.status.is_some();
    let fresh = NewEntry { given, first, is_chosen, is_unopened: false, words: &words, sections };
    let statuses = body::statuses(what);
    let text =
        entry::write(&name, &skeleton, statuses, editor.frame().1, &fresh).map_err(|r| editor::refuse(&r))?;
    put(&editor, &format!("content/{}/{slug}.md", what.folder()).into(), &text)
}

/// The required values that are given neither as options nor by the template.
pub(super) fn lacks(editor: &Editor<'_>, request: &EntryRequest) -> Result<Vec<&'static str>, Error> {
    let Some(what) = request.what else { return Ok(vec!["KIND"]) };
    let has = |key: &str| -> Result<bool, Error> {
        let Some(name) = &request.template else { return Ok(false) };
        let (_, text) = named_template(editor, name)?;
        let line = |l: &str| {
            l.strip_prefix(key)
                .and_then(|l| l.strip_prefix(':'))
                .map(|l| l.split('#').next().unwrap_or("").trim().to_owned())
        };
        Ok(text
            .lines()
            .filter_map(line)
            .any(|value| !value.is_empty() && value != "[]" && !value.starts_with("{start: ,")))
    };
    let mut lacks = Vec::new();
    let mut want = |option, given: bool, key: &str| -> Result<(), Error> {
        if !given && (key.is_empty() || !has(key)?) {
            lacks.push(option);
        }
        Ok(())
    };
    want("TITLE", request.title.is_some(), "title")?;
    match what {
        EntryKind::Incident => {
            want("--severity", request.severity.is_some(), "severity")?;
            want("--affects", request.affects.is_some(), "affects")?;
        }
        EntryKind::Maintenance => {
            want("--kind", request.kind.is_some(), "kind")?;
            want("--affects", request.affects.is_some(), "affects")?;
            let is_planned = !request.window.is_empty();
            want("--at", is_planned || request.at.is_some(), "window")?;
            want("--end", is_planned || request.end.is_some(), "window")?;
        }
        EntryKind::Question => {
            let one = editor.config().categories.len() == 1;
            want("--kind", request.kind.is_some() || one, "category")?;
            want("-m", request.message.is_some(), "")?;
        }
        EntryKind::Notice | EntryKind::Page => {}
    }
    Ok(lacks)
}

/// The status of the first update, if this kind of entry starts with one.
fn first(editor: &Editor<'_>, request: &EntryRequest, what: EntryKind) -> Result<Option<Status>, Error> {
    let usual = match what {
        EntryKind::Incident => Status::Investigating,
        EntryKind::Maintenance => Status::Scheduled,
        EntryKind::Notice | EntryKind::Question | EntryKind::Page => return Ok(None),
    };
    request.status.as_deref().map_or(Ok(usual), |word| typed::status(editor, what, word)).map(Some)
}

/// Refuses options that do not apply to this kind of entry.
fn suit(request: &EntryRequest, what: EntryKind) -> Result<(), Error> {
    let incident = what == EntryKind::Incident;
    let work = what == EntryKind::Maintenance;
    let notice = what == EntryKind::Notice;
    let given = [
        ("--severity", request.severity.is_some(), incident),
        ("--kind", request.kind.is_some(), work || notice || what == EntryKind::Question),
        ("--affects", request.affects.is_some(), what != EntryKind::Page),
        ("--at", request.at.is_some(), incident || work || notice),
        ("--detected", request.detected.is_some(), incident),
        ("--end", request.end.is_some(), work || notice),
        ("--window", !request.window.is_empty(), work),
        ("--outage", !request.outage.is_empty(), incident),
        ("--phase", !request.phase.is_empty(), work),
        ("--recurrence", request.recurrence.is_some(), work),
        ("--scope", request.scope.is_some(), incident || work),
        ("--next", request.next.is_some(), incident),
        ("--recovery", request.recovery.is_some(), incident),
        ("--field", !request.field.is_empty(), incident || work || notice),
        ("--status", request.status.is_some(), incident || work),
    ];
    match given.iter().find(|(_, is_given, fits)| *is_given && !fits) {
        Some((option, ..)) => {
            let what = as_typed(what);
            let message = message!("cli-new-unsuited", "{option} does not apply to {what}", option, what);
            let help =
                message!("cli-new-unsuited-help", "run `noroshi new --help` to see what each option is for");
            Err(Error::usage(message, help))
        }
        None => Ok(()),
    }
}

/// A kind of entries, as messages of this command name one of them.
fn as_typed(what: EntryKind) -> Message {
    match what {
        EntryKind::Question => message!("cli-new-a-faq", "a faq"),
        what => typed::a_kind(what),
    }
}

/// The template: the named one, or the best match of the site, or the best built-in match.
pub(super) fn template(
    editor: &Editor<'_>,
    request: &EntryRequest,
    what: EntryKind,
) -> Result<(String, String), Error> {
    if let Some(name) = &request.template {
        return named_template(editor, name);
    }
    let variant = match what {
        EntryKind::Incident => request
            .severity
            .as_deref()
            .map(|word| typed::severity(editor, word))
            .transpose()?
            .map(|s| s.word().to_owned()),
        EntryKind::Maintenance => {
            request.kind.as_deref().map(|word| typed::kind(editor, word)).transpose()?
        }
        EntryKind::Notice | EntryKind::Question | EntryKind::Page => None,
    };
    let names = templates::names(what.command(), variant.as_deref(), editor.first());
    for name in &names {
        if let Some(text) = own_template(editor, name)? {
            return Ok((name.clone(), text));
        }
    }
    let (name, text) = templates::built_in(&names).unwrap_or(("", "---\n---\n"));
    Ok((name.to_owned(), text.to_owned()))
}

/// A template by its name, in the site's first language if that exists.
fn named_template(editor: &Editor<'_>, name: &str) -> Result<(String, String), Error> {
    let name = name.trim_end_matches(".md");
    let names = [format!("{name}.{}", editor.first()), name.to_owned()];
    for name in names.iter().filter(|name| !name.contains(['/', '\\'])) {
        if let Some(text) = own_template(editor, name)? {
            return Ok((name.clone(), text));
        }
    }
    if let Some((name, text)) = templates::built_in(&names) {
        return Ok((name.to_owned(), text.to_owned()));
    }
    let folder =
        fs::read_dir(editor.root.join(editor::TEMPLATES)).into_iter().flatten().filter_map(Result::ok);
    let own = folder.filter_map(|file| file.file_name().to_str()?.strip_suffix(".md").map(str::to_owned));
    let mut known: Vec<String> =
        own.chain(templates::BUILT_IN.iter().map(|(name, _)| (*name).to_owned())).collect();
    known.sort();
    known.dedup();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    Err(typed::unknown(name, &message!("cli-new-noun-template", "template"), &known))
}

fn own_template(editor: &Editor<'_>, name: &str) -> Result<Option<String>, Error> {
    let file: Arc<str> = format!("{}/{name}.md", editor::TEMPLATES).into();
    let path = editor.root.join(&*file);
    if !path.symlink_metadata().is_ok_and(|found| found.is_file()) {
        return Ok(None);
    }
    let bytes = file::read(&path, TEXT_FILE_BYTES).map_err(|error| {
        let path = path.shown();
        editor::disk(message!("cli-new-template-unread", "cannot read {path}: {error}", path, error))
    })?;
    match source::text_of(&file, &bytes) {
        Ok(text) => Ok(Some(text.to_string())),
        Err(fault) => Err(editor::refuse(&Refusal {
            message: message!("cli-new-template-fault", "`{file}`: {fault}", file, fault = fault.message),
            help: fault.help.unwrap_or_default(),
        })),
    }
}

/// The slug: the given one, or the date and the title, in the script that site.yaml chooses.
fn slug(
    editor: &Editor<'_>,
    request: &EntryRequest,
    what: EntryKind,
    title: &str,
    at: Instant,
) -> Result<String, Error> {
    let slug = if let Some(given) = request.slug.as_deref() {
        let sound = !given.is_empty() && given.len() <= 200 && given.chars().all(text::is_slug_char);
        if !sound {
            let near = Some(text::slugify(given)).filter(|near| !near.is_empty());
            let near = near.unwrap_or_else(|| what.command().to_owned());
            let message = message!("cli-new-slug", "`{given}` cannot be part of an address", given);
            return Err(Error::usage(message, message!("cli-new-slug-help", "write it as `{near}`", near)));
        }
        text::nfc(given).into_owned()
    } else {
        let stem = match editor.config().slugs {
            SlugScript::Native => cut(text::slugify(title), SLUG_BYTES),
            SlugScript::Ascii => latin_stem(editor, request, what, title),
        };
        let stem = if stem.is_empty() { what.command().to_owned() } else { stem };
        let is_dated = !matches!(what, EntryKind::Question | EntryKind::Page);
        let slug = if is_dated { format!("{}-{stem}", editor.zone().day(at)) } else { stem };
        if editor.config().slugs == SlugScript::Ascii { free(editor, what, slug) } else { slug }
    };
    if let Some(taken) = taken(editor, what, &slug) {
        let message = message!(
            "cli-new-slug-taken",
            "the address `{slug}` is taken by `{name}`",
            slug,
            name = taken.name
        );
        let help = message!("cli-new-slug-taken-help", "choose another with `--slug`; nothing was written");
        return Err(Error::usage(message, help));
    }
    Ok(slug)
}

/// The longest part of a slug that comes from a title, in bytes: 200 for a slug, less the date and a number.
const SLUG_BYTES: usize = 180;
/// The same where the slug should be short.
const SHORT_SLUG_BYTES: usize = 60;

fn taken<'e>(editor: &'e Editor<'_>, what: EntryKind, slug: &str) -> Option<&'e FoundFile> {
    let is =
        |file: &&FoundFile| file.kind == Some(what) && text::fold(editor.slug(file).0) == text::fold(slug);
    editor.files().iter().find(is)
}

/// A slug that no entry of this kind has: with a number if needed, since titles in other scripts leave few words.
fn free(editor: &Editor<'_>, what: EntryKind, slug: String) -> String {
    let numbered = (2..100).map(|number| format!("{slug}-{number}"));
    let found =
        std::iter::once(slug.clone()).chain(numbered).find(|slug| taken(editor, what, slug).is_none());
    found.unwrap_or(slug)
}

/// A slug at most this long, which ends with a word.
fn cut(mut slug: String, bytes: usize) -> String {
    if slug.len() > bytes && slug.is_ascii() {
        slug.truncate(bytes);
        // Not in the middle of a word, unless it is the only one.
        slug.truncate(slug.rfind('-').unwrap_or(bytes));
    }
    while slug.len() > bytes || slug.ends_with('-') {
        slug.pop();
    }
    slug
}

/// Short Latin words for a title: those in it, else the first components; and the kind, if the title has others.
fn latin_stem(editor: &Editor<'_>, request: &EntryRequest, what: EntryKind, title: &str) -> String {
    let (latin, has_foreign) = text::latin_slug(title);
    let kind = what.command();
    if !has_foreign {
        return cut(latin, SHORT_SLUG_BYTES);
    }
    let mut words = vec![cut(latin, SHORT_SLUG_BYTES)];
    if words[0].is_empty() {
        let components = &editor.config().components;
        let listed = components.listed(request.affects.as_deref().unwrap_or_default());
        let ids = listed.iter().filter_map(|part| components.id_of(part.name)).take(2);
        words = ids.map(|id| id.replace('.', "-")).collect();
    }
    if !words.iter().any(|words| words.split('-').any(|word| word == kind)) {
        words.push(kind.to_owned());
    }
    words.join("-")
}

fn put(editor: &Editor<'_>, name: &Arc<str>, text: &str) -> Result<Outcome, Error> {
    let path = editor.root.join(&**name);
    if path.symlink_metadata().is_ok() {
        return Err(Error::usage(
            message!("cli-new-exists", "`{name}` already exists", name),
            message!("cli-new-exists-help", "edit that file, or choose another address with `--slug`"),
        ));
    }
    let shared = Arc::from(text);
    let (loaded, warnings) = editor.judge(name, &shared, editor.parsed(name, &shared))?;
    editor::create(&path, text)?;
    editor::show(&path, text, &warnings, &loaded)?;
    Ok(Outcome::Done)
}

/// Writes a translation with the headings of the original and no text.
fn translate(editor: &Editor<'_>, locale: &str, request: &EntryRequest) -> Result<Outcome, Error> {
    let (Some(what), Some(title), Some(slug)) =
        (request.what, request.title.as_deref(), request.slug.as_deref())
    else {
        let missing = [
            ("KIND", request.what.is_none()),
            ("TITLE", request.title.is_none()),
            ("--slug", request.slug.is_none()),
        ];
        let missing: Vec<&str> = missing.iter().filter(|(_, is)| *is).map(|(option, _)| *option).collect();
        return Err(editor::missing(&missing));
    };
    let facts = [
        ("--severity", request.severity.is_some()),
        ("--kind", request.kind.is_some()),
        ("--affects", request.affects.is_some()),
        ("--at", request.at.is_some()),
        ("--detected", request.detected.is_some()),
        ("--end", request.end.is_some()),
        ("--window", !request.window.is_empty()),
        ("--outage", !request.outage.is_empty()),
        ("--phase", !request.phase.is_empty()),
        ("--recurrence", request.recurrence.is_some()),
        ("--publish-at", request.publish_at.is_some()),
        ("--next", request.next.is_some()),
        ("--recovery", request.recovery.is_some()),
        ("--template", request.template.is_some()),
        ("--reviewed-by", !request.reviewed_by.is_empty()),
        ("--status", request.status.is_some()),
    ];
    if let Some((option, _)) = facts.iter().find(|(_, is)| *is) {
        let message = message!(
            "cli-new-translation-fact",
            "{option} sets a fact, and a translation has no facts",
            option
        );
        let help = message!("cli-new-translation-fact-help", "set it in the original");
        return Err(Error::usage(message, help));
    }
    let title = editor::one_line("TITLE", title)?;
    let typed = format!("{}/{slug}", what.folder());
    let original = editor.entry(&typed)?;
    let (_, document) = editor.document(original)?;
    let given = editor::message(request.message.as_deref())?.unwrap_or_default();
    let words = prose::sound(&given).map_err(|refusal| editor::refuse(&refusal))?;
    let mut front = vec![FrontValue::new("title", scalar(&title))];
    if let Some(scope) = &request.scope {
        front.push(FrontValue::new("scope", scalar(&editor::one_line("--scope", scope)?)));
    }
    for typed in &request.field {
        let (child, value) = editor::pair("--field", typed)?;
        front.push(FrontValue::below("fields", &child, scalar(&value)));
    }
    let text = translation::write(&document, locale, &front, &words);
    let name = editor.translation(original, locale).name;
    let outcome = put(editor, &name, &text)?;
    console::say(message!(
        "cli-new-translation-headings",
        "pages show headings without text in the first language until you add the text"
    ));
    Ok(outcome)
}
