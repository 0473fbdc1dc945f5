//! Writes the draft of a new alert. What the alert says goes into the title and below `internal`, never into the body.

use std::sync::Arc;

use super::{Done, Incoming};
use crate::alert::{self, Mapped};
use crate::cli::editor::{self, Editor};
use crate::cli::error::Error;
use crate::cli::new;
use crate::cli::request::EntryRequest;
use crate::document::body;
use crate::edit::alerts;
use crate::edit::entry::{self, NewEntry};
use crate::edit::front::FrontValue;
use crate::edit::yaml_scalar::{list, scalar};
use crate::edit::{Raw, Refusal};
use crate::kind::EntryKind;
use crate::message::message;
use crate::model::Instant;
use crate::source::FoundFile;
use crate::text;
use crate::vocabulary::ComponentStatus;

/// Numbers that are tried for a slug that is taken.
const SLUGS: usize = 1_000;

pub(super) fn create(editor: &Editor<'_>, news: &Incoming, now: Instant) -> Result<Done, Error> {
    let mapped = alert::map(&news.alert, &editor.config().alerts);
    // Clocks differ, and nobody notices an alert before it begins.
    let started = news.alert.started.map_or(now, |at| Instant(at.0.div_euclid(60) * 60)).min(now);
    let slug = slug(editor, &mapped, started)?;
    let request =
        EntryRequest { severity: Some(mapped.severity.word().to_owned()), ..EntryRequest::default() };
    let (template, skeleton) = new::template(editor, &request, EntryKind::Incident)?;
    let given = front(editor, news, &mapped, (&slug, started, now));
    let fresh = NewEntry { given, is_unopened: true, ..NewEntry::default() };
    let statuses = body::statuses(EntryKind::Incident);
    let text = entry::write(&template, &skeleton, statuses, editor.frame().1, &fresh);
    let text = text.map_err(|refusal| editor::refuse(&refusal))?;
    let name: Arc<str> = format!("content/{}/{slug}.md", EntryKind::Incident.folder()).into();
    let raw = Raw::of(&name, text.into_bytes()).map_err(|fault| {
        let help = fault.help.unwrap_or_default();
        let message =
            message!("cli-draft-template-fault", "`{template}`: {fault}", template, fault = fault.message);
        editor::refuse(&Refusal { message, help })
    })?;
    let record = news.record(now, news.raw.clone());
    let raw = alerts::add(&name, &raw, editor.frame(), alerts::ALERTS, &record)
        .map_err(|refusal| editor::refuse(&refusal))?;
    editor.judge(&name, raw.text(), editor.parsed(&name, raw.text()))?;
    editor::create(&editor.root.join(&*name), raw.text())?;
    Ok(Done::Created { name, slug, is_matched: mapped.is_matched })
}

fn front(
    editor: &Editor<'_>,
    news: &Incoming,
    mapped: &Mapped,
    (slug, started, now): (&str, Instant, Instant),
) -> Vec<FrontValue> {
    let title = mapped.title.clone().unwrap_or_else(|| news.source.title(&news.alert));
    vec![
        FrontValue::new("title", scalar(&title)),
        FrontValue::new("severity", mapped.severity.word()),
        FrontValue::new("affects", affects(mapped)),
        FrontValue::new("started", editor.zone().write(started)),
        FrontValue::new("detected", editor.zone().write(now)),
        FrontValue::new("draft", "true"),
        FrontValue::new("id", scalar(slug)),
    ]
}

/// A list, or a mapping if a component has a status of its own.
fn affects(mapped: &Mapped) -> String {
    let names: Vec<&String> = mapped.affects.iter().map(|(name, _)| name).collect();
    if mapped.affects.iter().all(|(_, status)| status.is_none()) {
        return list(&names);
    }
    let pair = |(name, status): &(String, Option<ComponentStatus>)| {
        let status = status.unwrap_or_else(|| alert::implied(mapped.severity));
        format!("{}: {}", scalar(name), status.word())
    };
    format!("{{{}}}", mapped.affects.iter().map(pair).collect::<Vec<_>>().join(", "))
}

/// The address of a draft is public once it is published, so it comes from site.yaml and never from the alert.
fn slug(editor: &Editor<'_>, mapped: &Mapped, started: Instant) -> Result<String, Error> {
    let of_components =
        || mapped.affects.iter().map(|(name, _)| name.as_str()).take(3).collect::<Vec<_>>().join("-");
    let mut stem = text::slugify(&mapped.title.clone().unwrap_or_else(of_components));
    while stem.len() > 170 || stem.ends_with('-') {
        stem.pop();
    }
    let stem = if stem.is_empty() { EntryKind::Incident.command() } else { &stem };
    let base = format!("{}-{stem}", editor.zone().day(started));
    let is_taken = |slug: &String| {
        let is_it = |file: &FoundFile| text::fold(editor.slug(file).0) == text::fold(slug);
        editor.files().iter().any(|file| file.kind == Some(EntryKind::Incident) && is_it(file))
    };
    let mut slugs = std::iter::once(base.clone()).chain((2..SLUGS).map(|number| format!("{base}-{number}")));
    slugs.find(|slug| !is_taken(slug)).ok_or_else(|| {
        let message = message!(
            "cli-draft-addresses",
            "the address `{base}` is taken {times} times",
            base,
            times = SLUGS
        );
        Error::content(message, message!("cli-draft-addresses-help", "rename or remove old drafts"))
    })
}
