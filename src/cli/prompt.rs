//! The guided mode of `new` and `update`: asks for missing values one by one, in the words of the
//! site.

use super::editor::{Editor, NearestDay};
use super::error::Error;
use super::request::{EntryRequest, UpdateRequest};
use super::terminal::Prompt;
use super::typed;
use crate::document::body;
use crate::edit::prose;
use crate::edit::update::Part;
use crate::kind::EntryKind;
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
        let words = [
            "incident: something broke",
            "maintenance: you stop something on purpose",
            "notice",
            "faq: a question and its answer",
            "page",
        ];
        request.what =
            EntryKind::ALL.get(ask.choose(&"What is it?".into(), &words.map(Into::into))?).copied();
    }
    let what = request.what.unwrap_or(EntryKind::Incident);
    match what {
        EntryKind::Incident if request.severity.is_none() && request.template.is_none() => {
            let at = ask.choose(&"How severe is it?".into(), &same(severities(editor)))?;
            request.severity = Severity::ALL.get(at).map(|severity| severity.word().to_owned());
        }
        EntryKind::Maintenance if request.kind.is_none() && request.template.is_none() => {
            let kinds = kinds(editor);
            let shown: Vec<String> = kinds.iter().map(|(_, shown)| shown.clone()).collect();
            request.kind =
                kinds.get(ask.choose(&"Which kind?".into(), &same(shown))?).map(|(id, _)| id.clone());
        }
        EntryKind::Notice if request.kind.is_none() => {
            let words = ["info", "warning", "clarification: answers a rumour"].map(Into::into);
            request.kind = Level::ALL
                .get(ask.choose(&"Which level?".into(), &words)?)
                .map(|level| level.word().to_owned());
        }
        EntryKind::Question if request.kind.is_none() && editor.config().categories.len() > 1 => {
            let known = &editor.config().categories;
            let names: Vec<String> = known.iter().map(|category| first(&category.name)).collect();
            request.kind = known
                .get(ask.choose(&"Which category?".into(), &same(names))?)
                .map(|category| category.id.clone());
        }
        _ => {}
    }
    if request.title.is_none() {
        request.title = Some(ask.line(&"Title, as users would say it".into(), "", true)?);
    }
    if request.affects.is_none() && matches!(what, EntryKind::Incident | EntryKind::Maintenance) {
        let known = components(editor);
        let shown: Vec<String> = known.iter().map(|(_, shown)| shown.clone()).collect();
        let picked = ask.pick(&"What is affected?".into(), &same(shown))?;
        let ids: Vec<&str> =
            picked.iter().filter_map(|at| known.get(*at)).map(|(id, _)| id.as_str()).collect();
        request.affects = Some(ids.join(","));
    }
    times(ask, editor, request, what, now)?;
    demands(ask, editor, request, what)?;
    if request.message.is_none() {
        let question = if what == EntryKind::Question { "The answer" } else { "First text for users" };
        request.message = spoken(ask, question, what == EntryKind::Question)?;
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
            if request.at.is_none() {
                request.at = time(ask, editor, "Since when?", &zone.write(now), NearestDay::Today(now))?;
            }
            if request.scope.is_none() {
                request.scope = answer(ask, "Who is affected, in one line?", "", false)?;
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
                request.at = needed(|| time(ask, editor, "When does it begin?", "", NearestDay::Today(now)))?;
            }
            if request.end.is_none() && !is_planned {
                request.end = needed(|| {
                    time(ask, editor, "When does it end? (or `unknown`)", "", NearestDay::Today(now))
                })?;
            }
            if request.scope.is_none() {
                request.scope = answer(ask, "What can users not use meanwhile, in one line?", "", false)?;
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
                request.scope = answer(ask, "scope: who is affected, in one line?", "", false)?;
            }
            Requirement::Key("expected_recovery")
                if request.recovery.is_none() && what == EntryKind::Incident =>
            {
                request.recovery = answer(ask, "Expected recovery: a time or text", "", false)?;
            }
            Requirement::Key("reviewed_by") if request.reviewed_by.is_empty() => {
                request.reviewed_by.extend(answer(ask, "Reviewed by", "", false)?);
            }
            Requirement::Key(_) => {}
            Requirement::Field(at) => {
                let Some(field) = config.fields.get(*at) else { continue };
                if request.field.iter().any(|given| given.starts_with(&format!("{}=", field.id))) {
                    continue;
                }
                let value = if field.values.is_empty() {
                    answer(ask, &first(&field.name), "", false)?
                } else {
                    let names: Vec<String> = field.values.iter().map(|value| first(&value.name)).collect();
                    field
                        .values
                        .get(ask.choose(&first(&field.name).into(), &same(names))?)
                        .map(|value| value.id.clone())
                };
                request.field.extend(value.map(|value| format!("{}={value}", field.id)));
            }
            Requirement::Internal(key) => {
                if !request.internal.iter().any(|given| given.starts_with(&format!("{key}="))) {
                    let value = answer(ask, &format!("{key} (never published)"), "", false)?;
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
        let words = answer(ask, &format!("{}: text for users", section.word()), "", false)?;
        request.sections.extend(words.map(|words| (section, words)));
        return Ok(());
    }
    let Some(question) = answer(ask, "What will users ask?", "", false)? else { return Ok(()) };
    let words = answer(ask, "The answer", "", true)?.unwrap_or_default();
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
            request.entry =
                Some(ask.line(&"Which entry? Its slug, a part of it, or its file".into(), "", true)?);
        } else {
            let shown: Vec<String> = open.iter().map(|(file, title)| format!("{title} ({file})")).collect();
            let question = match all.saturating_sub(open.len()) {
                0 => "Which entry?".to_owned(),
                more => {
                    format!("Which entry? (the newest {}; for one of {more} more, give ENTRY)", open.len())
                }
            };
            request.entry =
                open.get(ask.choose(&question.into(), &same(shown))?).map(|(file, _)| file.clone());
        }
    }
    let entry = editor.entry(request.entry.as_deref().unwrap_or_default())?;
    let kind = Editor::kind(entry);
    if request.status.is_none() && request.locale.is_none() {
        let statuses = body::statuses(kind);
        let words: Vec<String> = statuses.iter().map(|status| status.word().to_owned()).collect();
        if words.is_empty() {
            return Err(Error::usage(format!("`{}` has no updates", entry.name), "edit its file"));
        }
        request.status =
            words.get(ask.choose(&"What is the status now?".into(), &same(words.clone()))?).cloned();
    }
    if request.message.is_none() {
        request.message = spoken(ask, "Text for users", false)?;
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
    question: &str,
    offered: &str,
    is_needed: bool,
) -> Result<Option<String>, Error> {
    let line = ask.line(&question.into(), offered, is_needed)?;
    Ok(Some(line.trim().to_owned()).filter(|line| !line.is_empty()))
}

/// Asks for a time until it can be parsed, so that a typing error does not lose the earlier answers.
fn time(
    ask: &mut dyn Prompt,
    editor: &Editor<'_>,
    question: &str,
    offered: &str,
    near: NearestDay,
) -> Result<Option<String>, Error> {
    loop {
        let Some(typed) = answer(ask, question, offered, false)? else { return Ok(None) };
        let unknown =
            matches!(text::fold(&typed).as_str(), "unknown" | "未定") && question.contains("unknown");
        if unknown {
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
    loop {
        let question = "Next update at? (a time, or for example `30m`)";
        let Some(typed) = answer(ask, question, offered, false)? else { return Ok(None) };
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
fn spoken(ask: &mut dyn Prompt, question: &str, is_needed: bool) -> Result<Option<String>, Error> {
    loop {
        let Some(typed) = answer(ask, question, "", is_needed)? else { return Ok(None) };
        match prose::sound(&typed) {
            Ok(_) => return Ok(Some(typed)),
            Err(refusal) => _ = Error::usage(refusal.message, refusal.help).show(),
        }
    }
}

/// Choices that are the same in every language.
fn same(choices: Vec<String>) -> Vec<crate::message::Message> {
    choices.into_iter().map(crate::message::Message::same).collect()
}

fn first(text: &Text) -> String {
    text.get(0).1.clone()
}

/// The three severities, with the site's description of each.
fn severities(editor: &Editor<'_>) -> Vec<String> {
    let of = |severity: &Severity| {
        let words = editor.config().severity(*severity);
        let name =
            words.and_then(|w| w.name.as_ref()).map_or(String::new(), |name| format!(" ({})", first(name)));
        let own = match severity {
            Severity::Minor => "something is limited; nothing of value is at risk",
            Severity::Moderate => "a function is down, or many users will ask",
            Severity::Critical => "everything is down, or assets may be at risk",
        };
        let meaning = words.and_then(|w| w.definition.as_ref()).map_or(own.to_owned(), first);
        format!("{}{name}: {}", severity.word(), text::shorten(&meaning, 100))
    };
    Severity::ALL.iter().map(of).collect()
}

/// The kinds of maintenance, built in and custom: id and label.
fn kinds(editor: &Editor<'_>) -> Vec<(String, String)> {
    let built_in = MaintenanceKind::ALL.iter().map(|kind| (kind.word().to_owned(), kind.word().to_owned()));
    let own = editor
        .config()
        .kinds
        .iter()
        .map(|kind| (kind.id.clone(), format!("{} ({})", kind.id, first(&kind.name))));
    built_in.chain(own).collect()
}

/// The components and groups in the order of site.yaml: id and label.
fn components(editor: &Editor<'_>) -> Vec<(String, String)> {
    let all = &editor.config().components;
    let shown = |id: &str, name: &Text| (id.to_owned(), format!("{id}: {}", first(name)));
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
