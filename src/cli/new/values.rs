//! What was given for a new entry, as values of its front matter.

use super::{Args, EntryKind};
use crate::cli::console::fail;
use crate::cli::editor::{self, Editor, NearestDay};
use crate::cli::{Outcome, update};
use crate::document::moment;
use crate::edit::front::FrontValue;
use crate::edit::yaml_scalar::{list, scalar};
use crate::model::{Instant, Text};
use crate::text;
use crate::vocabulary::{ComponentStatus, Level, MaintenanceKind, Severity};

/// The front matter, and the instant that the address bears.
pub(super) fn front(
    desk: &Editor<'_>,
    args: &Args,
    what: EntryKind,
    title: &str,
    now: Instant,
) -> Result<(Instant, Vec<FrontValue>), Outcome> {
    let zone = desk.zone();
    let mut given = vec![FrontValue::new("title", scalar(title))];
    let typed =
        args.at.as_deref().map(|typed| desk.time("--at", typed, NearestDay::Today(now))).transpose()?;
    let at = typed.unwrap_or(now);
    match what {
        EntryKind::Incident => {
            if let Some(word) = &args.severity {
                given.push(FrontValue::new("severity", update::severity(desk, word)?.word()));
            }
            given.push(FrontValue::new("started", zone.write(at)));
        }
        EntryKind::Maintenance => {
            given.extend(
                args.kind
                    .as_deref()
                    .map(|word| kind(desk, word))
                    .transpose()?
                    .map(|kind| FrontValue::new("kind", kind)),
            );
            if let Some(end) = &args.end {
                let unknown = matches!(text::fold(end).as_str(), "unknown" | "未定");
                let end = if unknown {
                    "unknown".to_owned()
                } else {
                    zone.write(desk.time("--end", end, NearestDay::Next(at))?)
                };
                given.push(FrontValue::new("window", format!("{{start: {}, end: {end}}}", zone.write(at))));
            }
        }
        EntryKind::Notice => {
            given.extend(
                args.kind
                    .as_deref()
                    .map(level)
                    .transpose()?
                    .map(|level| FrontValue::new("level", level.word())),
            );
            given.push(FrontValue::new("publish_at", zone.write(at)));
            if let Some(end) = &args.end {
                given.push(FrontValue::new(
                    "expires_at",
                    zone.write(desk.time("--end", end, NearestDay::Next(at))?),
                ));
            }
        }
        EntryKind::Faq => {
            given.extend(
                category(desk, args.kind.as_deref())?.map(|id| FrontValue::new("category", scalar(&id))),
            );
        }
        EntryKind::Page => {}
    }
    if let Some(affects) = &args.affects {
        let key = if what == EntryKind::Faq { "components" } else { "affects" };
        given.push(FrontValue::new(key, self::affects(desk, affects, what, args.severity.as_deref())?));
    }
    if let Some(scope) = &args.scope {
        given.push(FrontValue::new("scope", scalar(&editor::one_line("--scope", scope)?)));
    }
    if let Some(typed) = &args.recovery {
        let time = moment::parse(typed).map(|_| desk.time("--recovery", typed, NearestDay::Next(now)));
        let value = match time.transpose()? {
            Some(at) => zone.write(at),
            None => scalar(&editor::one_line("--recovery", typed)?),
        };
        given.push(FrontValue::new("expected_recovery", value));
    }
    if let Some(typed) = &args.next {
        given.push(FrontValue::new(
            "next_update",
            zone.write(desk.time("--next", typed, NearestDay::Next(now))?),
        ));
    }
    for (option, key, typed) in (args.field.iter().map(|t| ("--field", "fields", t)))
        .chain(args.internal.iter().map(|t| ("--internal", "internal", t)))
    {
        let (child, value) = editor::pair(option, typed)?;
        if !child.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.')) {
            return Err(fail(
                Outcome::Usage,
                &format!("`{child}` is no key"),
                "a key has letters, digits, `_` and `-`",
            ));
        }
        given.push(FrontValue::below(key, &child, scalar(&value)));
    }
    if !args.reviewed_by.is_empty() {
        let names = args
            .reviewed_by
            .iter()
            .map(|name| editor::one_line("--reviewed-by", name))
            .collect::<Result<Vec<_>, _>>()?;
        given.push(FrontValue::new("reviewed_by", list(&names)));
    }
    Ok((at, given))
}

/// A kind of maintenance as front matter says it.
pub(in crate::cli) fn kind(desk: &Editor<'_>, word: &str) -> Result<String, Outcome> {
    if let Some(kind) = MaintenanceKind::said(word, MaintenanceKind::ALL, desk.frame().1) {
        return Ok(kind.word().to_owned());
    }
    let folded = text::fold(word);
    let named = |name: &Text| name.all().any(|n| text::fold(n) == folded);
    let own = &desk.config().kinds;
    if let Some(kind) = own.iter().find(|kind| kind.id == folded || named(&kind.name)) {
        return Ok(kind.id.clone());
    }
    let known: Vec<&str> =
        MaintenanceKind::ALL.iter().map(|k| k.word()).chain(own.iter().map(|k| k.id.as_str())).collect();
    Err(unknown(word, "kind of maintenance", &known))
}

fn level(word: &str) -> Result<Level, Outcome> {
    let known: Vec<&str> = Level::ALL.iter().map(|l| l.word()).collect();
    Level::from_word(word).ok_or_else(|| unknown(word, "level of a notice", &known))
}

/// The category that is named, or the only one.
fn category(desk: &Editor<'_>, word: Option<&str>) -> Result<Option<String>, Outcome> {
    let known = &desk.config().categories;
    let Some(word) = word else {
        return Ok(known.first().filter(|_| known.len() == 1).map(|only| only.id.clone()));
    };
    let folded = text::fold(word);
    let named = |name: &Text| name.all().any(|n| text::fold(n) == folded);
    if let Some(category) = known.iter().find(|category| category.id == folded || named(&category.name)) {
        return Ok(Some(category.id.clone()));
    }
    let ids: Vec<&str> = known.iter().map(|c| c.id.as_str()).collect();
    Err(unknown(word, "category of site.yaml", &ids))
}

/// A word that nothing is called by.
pub(super) fn unknown(word: &str, what: &str, known: &[&str]) -> Outcome {
    let help = match text::nearest(word, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known are {}", text::one_of(known)),
    };
    fail(Outcome::Usage, &format!("`{word}` is no {what}"), &help)
}

/// `a,b=status`: a list, or a mapping as soon as one has a status. Those without one have that of the whole.
fn affects(
    desk: &Editor<'_>,
    typed: &str,
    what: EntryKind,
    severity: Option<&str>,
) -> Result<String, Outcome> {
    let mut found: Vec<(String, Option<ComponentStatus>)> = Vec::new();
    for part in typed.split([',', '，', '、']).map(str::trim).filter(|part| !part.is_empty()) {
        let (component, status) =
            part.split_once(['=', '＝']).map_or((part, None), |(c, s)| (c.trim(), Some(s.trim())));
        let status = status.map(|word| update::component_status(desk, word)).transpose()?;
        let component = update::component_id(desk, component)?;
        if found.iter().any(|(known, _)| *known == component) {
            return Err(fail(
                Outcome::Usage,
                &format!("`{component}` stands twice in --affects"),
                "name it once",
            ));
        }
        found.push((component, status));
    }
    if found.iter().all(|(_, status)| status.is_none()) {
        return Ok(list(&found.into_iter().map(|(component, _)| component).collect::<Vec<_>>()));
    }
    if !matches!(what, EntryKind::Incident | EntryKind::Maintenance) {
        return Err(fail(
            Outcome::Usage,
            &format!("a {} gives no component a status", what.word()),
            "name components alone",
        ));
    }
    let implied = match severity.and_then(|word| Severity::said(word, Severity::ALL, desk.frame().1)) {
        _ if what == EntryKind::Maintenance => Some(ComponentStatus::Maintenance),
        Some(Severity::Critical) => Some(ComponentStatus::Major),
        Some(Severity::Moderate) => Some(ComponentStatus::Partial),
        Some(Severity::Minor) => Some(ComponentStatus::Degraded),
        None => None,
    };
    if implied.is_none() && found.iter().any(|(_, status)| status.is_none()) {
        let help = "give --severity, or each of them a status";
        return Err(fail(
            Outcome::Usage,
            "some components of --affects have a status and some have none",
            help,
        ));
    }
    let word = |status: Option<ComponentStatus>| status.or(implied).map_or("", ComponentStatus::word);
    let pair =
        |(id, status): &(String, Option<ComponentStatus>)| format!("{}: {}", scalar(id), word(*status));
    Ok(format!("{{{}}}", found.iter().map(pair).collect::<Vec<_>>().join(", ")))
}
