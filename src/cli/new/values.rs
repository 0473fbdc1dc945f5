//! Converts the options of `new` into front matter values.

use super::{outages, phases, windows};
use crate::cli::editor::{self, Editor, NearestDay};
use crate::cli::error::Error;
use crate::cli::request::EntryRequest;
use crate::cli::typed;
use crate::document::moment;
use crate::edit::entry_language::EntryLanguage;
use crate::edit::front::FrontValue;
use crate::edit::yaml_scalar::{list, scalar};
use crate::kind::EntryKind;
use crate::message::message;
use crate::model::read::is_unknown;
use crate::model::{Bound, Instant, time};
use crate::vocabulary::{ComponentStatus, Severity};

/// When an entry begins, as an instant, and the words for it if it is not known to the minute.
fn began(
    editor: &Editor<'_>,
    typed: Option<&str>,
    what: EntryKind,
    now: Instant,
) -> Result<(Option<Instant>, Option<String>), Error> {
    let near = NearestDay::Today(now);
    if what == EntryKind::Incident && typed.is_some_and(is_unknown) {
        return Ok((None, Some("unknown".to_owned())));
    }
    let words = typed.filter(|_| what == EntryKind::Incident).and_then(|typed| editor.vague(typed, near));
    let reading = words.as_deref().and_then(moment::stated);
    let reading = reading.and_then(|written| editor.zone().state(&written, Bound::From).ok());
    match reading {
        Some(reading) => Ok((Some(reading.at), words)),
        None => Ok((typed.map(|typed| editor.time("--at", typed, near)).transpose()?, None)),
    }
}

/// The facts of a maintenance.
fn maintenance(editor: &Editor<'_>, request: &EntryRequest, at: Instant) -> Result<Vec<FrontValue>, Error> {
    let zone = editor.zone();
    let mut given = Vec::new();
    if let Some(word) = &request.kind {
        given.push(FrontValue::new("kind", typed::kind(editor, word)?));
    }
    if let Some(end) = &request.end {
        let end = if is_unknown(end) {
            "unknown".to_owned()
        } else {
            editor.stated("--end", end, NearestDay::Next(at))?
        };
        given.push(FrontValue::new("window", format!("{{start: {}, end: {end}}}", zone.write(at))));
    }
    if !request.phase.is_empty() {
        given.push(FrontValue::new("phases", phases::yaml(editor, &request.phase, at)?));
    }
    if let Some(rule) = &request.recurrence {
        let rule = scalar(&editor::one_line("--recurrence", rule)?);
        given.push(FrontValue::new("recurrence", format!("{{rule: {rule}}}")));
    }
    Ok(given)
}

/// The front matter, and the instant whose date goes into the address.
pub(super) fn front(
    editor: &Editor<'_>,
    request: &EntryRequest,
    what: EntryKind,
    title: &str,
    now: Instant,
) -> Result<(Instant, Vec<FrontValue>), Error> {
    let zone = editor.zone();
    let mut given = vec![FrontValue::new("title", scalar(title))];
    let (at, began) = began(editor, request.at.as_deref(), what, now)?;
    let windows = windows::yaml(editor, &request.window)?;
    let outages = outages::yaml(editor, &request.outage, now)?;
    let first_outage = outages.as_ref().map(|(first, _)| *first);
    let at = windows.as_ref().and_then(|(first, _)| *first).or(first_outage).or(at);
    given.extend(windows.map(|(_, yaml)| FrontValue::new("window", yaml)));
    let publish_at = request.publish_at.as_deref();
    let publish_at =
        publish_at.map(|at| editor.time("--publish-at", at, NearestDay::Next(now))).transpose()?;
    if what == EntryKind::Notice && at.is_some() && publish_at.is_some() {
        let message = message!("cli-new-notice-times", "--at and --publish-at of a notice mean the same");
        let help = message!("cli-new-notice-times-help", "give one of them: a notice appears at its time");
        return Err(Error::usage(message, help));
    }
    let shown = publish_at.filter(|_| what == EntryKind::Notice);
    let at = at.or(shown).unwrap_or(now);
    if let Some(publish_at) = publish_at.filter(|_| shown.is_none()) {
        given.push(FrontValue::new("publish_at", zone.write(publish_at)));
    }
    match what {
        EntryKind::Incident => {
            if let Some(word) = &request.severity {
                given.push(FrontValue::new("severity", typed::severity(editor, word)?.word()));
            }
            given.push(match outages {
                Some((_, outages)) => FrontValue::new("outages", outages),
                None => FrontValue::new("started", began.unwrap_or_else(|| zone.write(at))),
            });
            if let Some(typed) = &request.detected {
                let detected = editor.stated("--detected", typed, NearestDay::Last(now))?;
                given.push(FrontValue::new("detected", detected));
            }
        }
        EntryKind::Maintenance => given.extend(maintenance(editor, request, at)?),
        EntryKind::Notice => {
            if let Some(word) = &request.kind {
                given.push(FrontValue::new("level", typed::level(word)?.word()));
            }
            given.push(FrontValue::new("publish_at", zone.write(at)));
            if let Some(end) = &request.end {
                let end = editor.stated("--end", end, NearestDay::Next(at))?;
                given.push(FrontValue::new("expires_at", end));
            }
        }
        EntryKind::Question => {
            given.extend(
                typed::category(editor, request.kind.as_deref())?
                    .map(|id| FrontValue::new("category", scalar(&id))),
            );
        }
        EntryKind::Page => {}
    }
    if let Some(affects) = &request.affects {
        let key = if what == EntryKind::Question { "components" } else { "affects" };
        given.push(FrontValue::new(key, self::affects(editor, affects, what, request.severity.as_deref())?));
    }
    if let Some(scope) = &request.scope {
        given.push(FrontValue::new("scope", scalar(&editor::one_line("--scope", scope)?)));
    }
    if let Some(typed) = &request.recovery {
        let is_time = moment::parse(typed).is_some() || time::from_now(typed).is_some();
        let value = if let Some(written) = editor.vague(typed, NearestDay::Next(now)) {
            written
        } else if is_time {
            zone.write(editor.ahead("--recovery", typed, now)?)
        } else {
            scalar(&editor::one_line("--recovery", typed)?)
        };
        given.push(FrontValue::new("expected_recovery", value));
    }
    if let Some(typed) = &request.next {
        given.push(FrontValue::new(
            "next_update",
            editor.next_update(typed, now, EntryLanguage::named(editor.first()).undecided())?,
        ));
    }
    for (option, key, typed) in (request.field.iter().map(|t| ("--field", "fields", t)))
        .chain(request.internal.iter().map(|t| ("--internal", "internal", t)))
    {
        let (child, value) = editor::pair(option, typed)?;
        let child = typed::key(child)?;
        given.push(FrontValue::below(key, &child, scalar(&value)));
    }
    if !request.reviewed_by.is_empty() {
        let names = request
            .reviewed_by
            .iter()
            .map(|name| editor::one_line("--reviewed-by", name))
            .collect::<Result<Vec<_>, _>>()?;
        given.push(FrontValue::new("reviewed_by", list(&names)));
    }
    Ok((at, given))
}

/// Parses `a, b=status` into a list, or into a mapping if any component has a status. Components
/// without one get the status of the whole entry.
fn affects(
    editor: &Editor<'_>,
    typed: &str,
    what: EntryKind,
    severity: Option<&str>,
) -> Result<String, Error> {
    let mut found: Vec<(String, Option<ComponentStatus>)> = Vec::new();
    for (component, status) in typed::components(editor, typed)? {
        let status = status.map(|word| typed::component_status(editor, word)).transpose()?;
        if found.iter().any(|(known, _)| *known == component) {
            let message = message!("cli-new-affects-twice", "--affects names `{component}` twice", component);
            return Err(Error::usage(message, message!("cli-new-affects-twice-help", "name it once")));
        }
        found.push((component, status));
    }
    if found.iter().all(|(_, status)| status.is_none()) {
        return Ok(list(&found.into_iter().map(|(component, _)| component).collect::<Vec<_>>()));
    }
    if !matches!(what, EntryKind::Incident | EntryKind::Maintenance) {
        return Err(Error::usage(
            message!(
                "cli-new-affects-status",
                "{what} cannot set the status of a component",
                what = super::as_typed(what)
            ),
            message!("cli-new-affects-status-help", "write the components without a status"),
        ));
    }
    let implied =
        match severity.and_then(|word| Severity::from_word_or_alias(word, Severity::ALL, editor.frame().1)) {
            _ if what == EntryKind::Maintenance => Some(ComponentStatus::Maintenance),
            Some(Severity::Critical) => Some(ComponentStatus::Major),
            Some(Severity::Moderate) => Some(ComponentStatus::Partial),
            Some(Severity::Minor) => Some(ComponentStatus::Degraded),
            None => None,
        };
    if implied.is_none() && found.iter().any(|(_, status)| status.is_none()) {
        let message = message!("cli-new-affects-some", "only some components in --affects have a status");
        let help = message!("cli-new-affects-some-help", "add --severity, or give each component a status");
        return Err(Error::usage(message, help));
    }
    let word = |status: Option<ComponentStatus>| status.or(implied).map_or("", ComponentStatus::word);
    let pair =
        |(id, status): &(String, Option<ComponentStatus>)| format!("{}: {}", scalar(id), word(*status));
    Ok(format!("{{{}}}", found.iter().map(pair).collect::<Vec<_>>().join(", ")))
}
