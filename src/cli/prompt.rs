//! The guided mode of `new` and `update`: asks for missing values one by one, in the words of the
//! site.

use super::console;
use super::editor::{Editor, NearestDay};
use super::error::Error;
use super::request::{EntryRequest, UpdateRequest};
use super::terminal::Prompt;
use super::typed;
use crate::document::body;
use crate::edit::prose;
use crate::edit::update::Part;
use crate::kind::EntryKind;
use crate::message::{Language, Message, message};
use crate::model::policy::{Requirement, Subject};
use crate::model::read::is_unknown;
use crate::model::{Group, Instant, MaintenanceType, Text};
use crate::text;
use crate::vocabulary::{Level, MaintenanceKind, Section, Severity};

pub(super) fn entry(
    ask: &mut dyn Prompt,
    editor: &Editor<'_>,
    request: &mut EntryRequest,
    now: Instant,
) -> Result<(), Error> {
    if request.what.is_none() {
        let question = message!("cli-prompt-what", "What is it?");
        let choices = EntryKind::ALL.map(explained);
        request.what = EntryKind::ALL.get(ask.choose(&question, &choices)?).copied();
    }
    let what = request.what.unwrap_or(EntryKind::Incident);
    kind(ask, editor, request, what)?;
    if request.title.is_none() {
        let question = message!("cli-prompt-title", "Title, as users would say it");
        request.title = Some(ask.line(&question, "", true)?);
    }
    if request.affects.is_none() && matches!(what, EntryKind::Incident | EntryKind::Maintenance) {
        let known = components(editor);
        let shown: Vec<Message> = known.iter().map(|(_, shown)| shown.clone()).collect();
        let picked = ask.pick(&message!("cli-prompt-affects", "What is affected?"), &shown)?;
        let ids: Vec<&str> =
            picked.iter().filter_map(|at| known.get(*at)).map(|(id, _)| id.as_str()).collect();
        request.affects = Some(ids.join(","));
    }
    times(ask, editor, request, what, now)?;
    demands(ask, editor, request, what)?;
    if request.message.is_none() {
        let question = if what == EntryKind::Question {
            message!("cli-prompt-answer", "The answer")
        } else {
            message!("cli-prompt-first-text", "First text for users")
        };
        request.message = spoken(ask, &question, what == EntryKind::Question)?;
    }
    Ok(())
}

/// A kind of entries as a choice, with what it is for.
fn explained(kind: EntryKind) -> Message {
    match kind {
        EntryKind::Incident => message!("cli-prompt-incident", "incident: something broke"),
        EntryKind::Maintenance => {
            message!("cli-prompt-maintenance", "maintenance: you stop something on purpose")
        }
        EntryKind::Notice => message!("cli-prompt-notice", "notice"),
        EntryKind::Question => message!("cli-prompt-question", "faq: a question and its answer"),
        EntryKind::Page => message!("cli-prompt-page", "page"),
    }
}

/// Asks for the severity of an incident, the kind of a maintenance, the level of a notice, the category of a question.
fn kind(
    ask: &mut dyn Prompt,
    editor: &Editor<'_>,
    request: &mut EntryRequest,
    what: EntryKind,
) -> Result<(), Error> {
    match what {
        EntryKind::Incident if request.severity.is_none() && request.template.is_none() => {
            let question = message!("cli-prompt-severity", "How severe is it?");
            let at = ask.choose(&question, &severities(editor))?;
            request.severity = Severity::ALL.get(at).map(|severity| severity.word().to_owned());
        }
        EntryKind::Maintenance if request.kind.is_none() && request.template.is_none() => {
            let kinds = kinds(editor);
            let shown: Vec<Message> = kinds.iter().map(|(_, shown)| shown.clone()).collect();
            let at = ask.choose(&message!("cli-prompt-kind", "Which kind?"), &shown)?;
            request.kind = kinds.get(at).map(|(id, _)| id.clone());
        }
        EntryKind::Notice if request.kind.is_none() => {
            let choice = |level: &Level| match level {
                Level::Info => message!("cli-prompt-info", "info"),
                Level::Warning => message!("cli-prompt-warning", "warning"),
                Level::Clarification => {
                    message!("cli-prompt-clarification", "clarification: answers a rumour")
                }
            };
            let choices: Vec<Message> = Level::ALL.iter().map(choice).collect();
            let at = ask.choose(&message!("cli-prompt-level", "Which level?"), &choices)?;
            request.kind = Level::ALL.get(at).map(|level| level.word().to_owned());
        }
        EntryKind::Question if request.kind.is_none() && editor.config().categories.len() > 1 => {
            let known = &editor.config().categories;
            let names: Vec<Message> = known.iter().map(|category| named(&category.name)).collect();
            let at = ask.choose(&message!("cli-prompt-category", "Which category?"), &names)?;
            request.kind = known.get(at).map(|category| category.id.clone());
        }
        _ => {}
    }
    Ok(())
}

/// Asks for start, end and promised times.
fn times(
    ask: &mut dyn Prompt,
    editor: &Editor<'_>,
    request: &mut EntryRequest,
    what: EntryKind,
    now: Instant,
) -> Result<(), Error> {
    let zone = editor.zone();
    match what {
        EntryKind::Incident => {
            if request.at.is_none() && request.outage.is_empty() {
                let question = message!("cli-prompt-since", "Since when?");
                let near = NearestDay::Today(now);
                request.at = time(ask, editor, (&question, false), &zone.write(now), near)?;
            }
            if request.scope.is_none() {
                let question = message!("cli-prompt-scope", "Who is affected, in one line?");
                request.scope = answer(ask, &question, "", false)?;
            }
            if request.next.is_none() {
                let next =
                    request.severity.as_deref().map_or(String::new(), |word| promise(editor, word, now));
                request.next = promised(ask, editor, &next, now)?;
            }
        }
        EntryKind::Maintenance => {
            let is_planned = !request.window.is_empty();
            if request.at.is_none() && !is_planned {
                let question = message!("cli-prompt-begin", "When does it begin?");
                request.at = needed(|| time(ask, editor, (&question, false), "", NearestDay::Today(now)))?;
            }
            if request.end.is_none() && !is_planned {
                let question = message!("cli-prompt-end", "When does it end? (or `unknown`)");
                request.end = needed(|| time(ask, editor, (&question, true), "", NearestDay::Today(now)))?;
            }
            if request.scope.is_none() {
                let question =
                    message!("cli-prompt-work-scope", "What can users not use meanwhile, in one line?");
                request.scope = answer(ask, &question, "", false)?;
            }
        }
        EntryKind::Notice | EntryKind::Question | EntryKind::Page => {}
    }
    Ok(())
}

/// Asks for the missing values that the policy requires.
fn demands(
    ask: &mut dyn Prompt,
    editor: &Editor<'_>,
    request: &mut EntryRequest,
    what: EntryKind,
) -> Result<(), Error> {
    let config = editor.config();
    let severity = request
        .severity
        .as_deref()
        .and_then(|word| Severity::from_word_or_alias(word, Severity::ALL, editor.frame().1));
    let kind = request.kind.as_deref().filter(|_| what == EntryKind::Maintenance);
    let kind = kind.map(|word| typed::kind(editor, word)).transpose()?;
    let is_ours = |subject: Subject| match subject {
        Subject::Incident => what == EntryKind::Incident,
        Subject::Severity(of) => what == EntryKind::Incident && severity == Some(of),
        Subject::Maintenance => what == EntryKind::Maintenance,
        Subject::Kind(MaintenanceType::BuiltIn(of)) => {
            what == EntryKind::Maintenance && kind.as_deref() == Some(of.word())
        }
        Subject::Kind(MaintenanceType::Own(at)) => {
            what == EntryKind::Maintenance && config.kinds.get(at).map(|k| &k.id) == kind.as_ref()
        }
        Subject::Notice => what == EntryKind::Notice,
    };
    for wanted in
        config.policy.require.iter().filter(|(subject, _)| is_ours(*subject)).flat_map(|(_, wanted)| wanted)
    {
        match wanted {
            Requirement::Key("scope") if request.scope.is_none() => {
                let question = message!("cli-prompt-wanted-scope", "scope: who is affected, in one line?");
                request.scope = answer(ask, &question, "", false)?;
            }
            Requirement::Key("expected_recovery")
                if request.recovery.is_none() && what == EntryKind::Incident =>
            {
                let question = message!("cli-prompt-recovery", "Expected recovery: a time or text");
                request.recovery = answer(ask, &question, "", false)?;
            }
            Requirement::Key("reviewed_by") if request.reviewed_by.is_empty() => {
                let question = message!("cli-prompt-reviewed-by", "Reviewed by");
                request.reviewed_by.extend(answer(ask, &question, "", false)?);
            }
            Requirement::Key(_) => {}
            Requirement::Field(at) => {
                let Some(field) = config.fields.get(*at) else { continue };
                if request.field.iter().any(|given| given.starts_with(&format!("{}=", field.id))) {
                    continue;
                }
                let question = named(&field.name);
                let value = if field.values.is_empty() {
                    answer(ask, &question, "", false)?
                } else {
                    let names: Vec<Message> = field.values.iter().map(|value| named(&value.name)).collect();
                    field.values.get(ask.choose(&question, &names)?).map(|value| value.id.clone())
                };
                request.field.extend(value.map(|value| format!("{}={value}", field.id)));
            }
            Requirement::Internal(key) => {
                if !request.internal.iter().any(|given| given.starts_with(&format!("{key}="))) {
                    let question = message!("cli-prompt-internal", "{key} (never published)", key);
                    let value = answer(ask, &question, "", false)?;
                    request.internal.extend(value.map(|value| format!("{key}={value}")));
                }
            }
            Requirement::Section(section) => self::section(ask, request, *section)?,
        }
    }
    Ok(())
}

fn section(ask: &mut dyn Prompt, request: &mut EntryRequest, section: Section) -> Result<(), Error> {
    if request.sections.iter().any(|(known, _)| *known == section) {
        return Ok(());
    }
    if section != Section::Faq {
        let word = glossed(section.word(), |tag| section.word_in(tag));
        let question = message!("cli-prompt-section", "{word}: text for users", word);
        let words = answer(ask, &question, "", false)?;
        request.sections.extend(words.map(|words| (section, words)));
        return Ok(());
    }
    let wanted = message!("cli-prompt-users-ask", "What will users ask?");
    let Some(question) = answer(ask, &wanted, "", false)? else { return Ok(()) };
    let wanted = message!("cli-prompt-users-answer", "The answer");
    let words = answer(ask, &wanted, "", true)?.unwrap_or_default();
    request.sections.push((section, format!("### {question}\n\n{words}")));
    Ok(())
}

pub(super) fn update(
    ask: &mut dyn Prompt,
    editor: &Editor<'_>,
    request: &mut UpdateRequest,
    now: Instant,
) -> Result<(), Error> {
    if request.entry.is_none() {
        let mut open = open(editor);
        let all = open.len();
        open.truncate(20);
        if open.is_empty() {
            let question = message!(
                "cli-prompt-any-entry",
                "Which entry? Its slug, a part of its slug or title, or its file"
            );
            request.entry = Some(ask.line(&question, "", true)?);
        } else {
            let shown: Vec<Message> =
                open.iter().map(|(file, title)| Message::same(format!("{title} ({file})"))).collect();
            let question = match all.saturating_sub(open.len()) {
                0 => message!("cli-prompt-entry", "Which entry?"),
                more => message!(
                    "cli-prompt-newest-entry",
                    "Which entry? (the newest {newest}; for one of {more} more, give ENTRY)",
                    newest = open.len(),
                    more
                ),
            };
            request.entry = open.get(ask.choose(&question, &shown)?).map(|(file, _)| file.clone());
        }
    }
    let entry = editor.entry(request.entry.as_deref().unwrap_or_default())?;
    let kind = Editor::kind(entry);
    if request.status.is_none() && request.locale.is_none() {
        let statuses = body::statuses(kind);
        if statuses.is_empty() {
            let message = message!("cli-prompt-no-updates", "`{name}` has no updates", name = entry.name);
            return Err(Error::usage(message, message!("cli-prompt-no-updates-help", "edit its file")));
        }
        let shown: Vec<Message> = statuses.iter().map(|s| glossed(s.word(), |tag| s.word_in(tag))).collect();
        let at = ask.choose(&message!("cli-prompt-status", "What is the status now?"), &shown)?;
        request.status = statuses.get(at).map(|status| status.word().to_owned());
    }
    if request.message.is_none() {
        request.message = spoken(ask, &message!("cli-prompt-text", "Text for users"), false)?;
    }
    let part = request.status.as_deref().map(|word| typed::part(editor, entry, word)).transpose()?;
    let goes_on = matches!(part, Some(Part::Update(status)) if !matches!(status.word(), "resolved" | "completed" | "cancelled"));
    if request.next.is_none() && goes_on && kind == EntryKind::Incident {
        let incident = editor.model.incidents.iter().find(|incident| incident.head.file == entry.name);
        let severity =
            incident.map(|i| i.updates.iter().rev().find_map(|u| u.change.severity).unwrap_or(i.severity));
        let next = severity.map_or(String::new(), |severity| promise(editor, severity.word(), now));
        request.next = promised(ask, editor, &next, now)?;
    }
    Ok(())
}

/// The entries that the user most likely means: the open ones, newest first.
fn open(editor: &Editor<'_>) -> Vec<(String, String)> {
    use crate::vocabulary::Status;
    let mut found: Vec<(Instant, String, String)> = Vec::new();
    let closed = [Status::Resolved, Status::Completed, Status::Cancelled];
    for incident in &editor.model.incidents {
        let last = incident.updates.iter().rev().find(|u| u.status.sets_state());
        if last.is_none_or(|u| !closed.contains(&u.status)) {
            found.push((incident.started.at, incident.head.file.to_string(), first(&incident.head.title)));
        }
    }
    for work in &editor.model.maintenance {
        let last = work.updates.iter().rev().find(|u| u.status.sets_state());
        if work.recurrence.is_some() || last.is_none_or(|u| !closed.contains(&u.status)) {
            found.push((work.window.start, work.head.file.to_string(), first(&work.head.title)));
        }
    }
    found.sort_by(|a, b| b.cmp(a));
    found.into_iter().map(|(_, file, title)| (file, title)).collect()
}

/// The time of the next update by the policy, or an empty text if the policy sets none.
fn promise(editor: &Editor<'_>, severity: &str, now: Instant) -> String {
    let every = editor.config().policy.update_every.iter().find(|(known, _)| known.word() == severity);
    every.map_or(String::new(), |(_, seconds)| editor.zone().write(Instant(now.0 + seconds)))
}

fn answer(
    ask: &mut dyn Prompt,
    question: &Message,
    offered: &str,
    is_needed: bool,
) -> Result<Option<String>, Error> {
    let line = ask.line(question, offered, is_needed)?;
    Ok(Some(line.trim().to_owned()).filter(|line| !line.is_empty()))
}

/// Asks for a time until it can be parsed, so that a typing error does not lose the earlier answers. The question comes
/// with whether `unknown` is an answer.
fn time(
    ask: &mut dyn Prompt,
    editor: &Editor<'_>,
    (question, may_be_unknown): (&Message, bool),
    offered: &str,
    near: NearestDay,
) -> Result<Option<String>, Error> {
    loop {
        let Some(typed) = answer(ask, question, offered, false)? else { return Ok(None) };
        if may_be_unknown && matches!(text::fold(&typed).as_str(), "unknown" | "未定") {
            return Ok(Some(typed));
        }
        match editor.time(&format!("`{typed}`"), &typed, near) {
            Ok(_) => return Ok(Some(typed)),
            Err(error) => _ = error.show(),
        }
    }
}

/// Asks for the time of the next update, or for the length of time until then, until it can be parsed.
fn promised(
    ask: &mut dyn Prompt,
    editor: &Editor<'_>,
    offered: &str,
    now: Instant,
) -> Result<Option<String>, Error> {
    let question = message!("cli-prompt-next-update", "Next update at? (a time, or for example `30m`)");
    loop {
        let Some(typed) = answer(ask, &question, offered, false)? else { return Ok(None) };
        if is_unknown(&typed) || editor.vague(&typed, NearestDay::Next(now)).is_some() {
            return Ok(Some(typed));
        }
        match editor.promised(&format!("`{typed}`"), &typed, now) {
            Ok(_) => return Ok(Some(typed)),
            Err(error) => _ = error.show(),
        }
    }
}

/// Asks until there is an answer.
fn needed(mut ask: impl FnMut() -> Result<Option<String>, Error>) -> Result<Option<String>, Error> {
    loop {
        let answer = ask()?;
        if answer.is_some() {
            return Ok(answer);
        }
    }
}

/// Asks for text until it is plain update text, without headings.
fn spoken(ask: &mut dyn Prompt, question: &Message, is_needed: bool) -> Result<Option<String>, Error> {
    loop {
        let Some(typed) = answer(ask, question, "", is_needed)? else { return Ok(None) };
        match prose::sound(&typed) {
            Ok(_) => return Ok(Some(typed)),
            Err(refusal) => _ = Error::usage(refusal.message, refusal.help).show(),
        }
    }
}

fn first(text: &Text) -> String {
    text.get(0).1.clone()
}

/// A name of the site as a question or choice.
fn named(name: &Text) -> Message {
    Message::same(first(name))
}

/// A word of the format as a choice, with the word for it in the language of the messages.
fn glossed(word: &str, word_in: impl Fn(&str) -> &'static str) -> Message {
    let language = console::language();
    let own = word_in(language.tag());
    if language == Language::ENGLISH || own == word {
        return Message::same(word);
    }
    message!("cli-prompt-word", "{word} ({own})", word, own)
}

/// The three severities, with the site's description of each.
fn severities(editor: &Editor<'_>) -> Vec<Message> {
    let of = |severity: &Severity| {
        let words = editor.config().severity(*severity);
        let own = || match severity {
            Severity::Minor => {
                message!("cli-prompt-minor", "something is limited; nothing of value is at risk")
            }
            Severity::Moderate => {
                message!("cli-prompt-moderate", "a function is down, or many users will ask")
            }
            Severity::Critical => {
                message!("cli-prompt-critical", "everything is down, or assets may be at risk")
            }
        };
        let definition = words.and_then(|words| words.definition.as_ref());
        let meaning = definition.map_or_else(own, |text| Message::same(text::shorten(&first(text), 100)));
        let word = match words.and_then(|words| words.name.as_ref()) {
            Some(name) => Message::same(format!("{} ({})", severity.word(), first(name))),
            None => glossed(severity.word(), |tag| severity.word_in(tag)),
        };
        message!("cli-prompt-severity-choice", "{word}: {meaning}", word, meaning)
    };
    Severity::ALL.iter().map(of).collect()
}

/// The kinds of maintenance, built in and custom: id and label.
fn kinds(editor: &Editor<'_>) -> Vec<(String, Message)> {
    let built_in = MaintenanceKind::ALL
        .iter()
        .map(|kind| (kind.word().to_owned(), glossed(kind.word(), |tag| kind.word_in(tag))));
    let own = editor
        .config()
        .kinds
        .iter()
        .map(|kind| (kind.id.clone(), Message::same(format!("{} ({})", kind.id, first(&kind.name)))));
    built_in.chain(own).collect()
}

/// The components and groups in the order of site.yaml: id and label.
fn components(editor: &Editor<'_>) -> Vec<(String, Message)> {
    let all = &editor.config().components;
    let shown = |id: &str, name: &Text| (id.to_owned(), Message::same(format!("{id}: {}", first(name))));
    let one = |at: &usize| all.all.get(*at).map(|component| shown(&component.id, &component.name));
    let mut found = Vec::new();
    for group in &all.groups {
        match group {
            Group::Single(at) => found.extend(one(at)),
            Group::Named { id, name, members, .. } => {
                found.push(shown(id, name));
                found.extend(members.iter().filter_map(one));
            }
            Group::Matrix { id, name, cells, .. } => {
                found.push(shown(id, name));
                found.extend(cells.iter().flatten().filter_map(one));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests;
