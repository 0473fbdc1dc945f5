//! `noroshi next`: prints the next instant at which the site changes.

use std::path::Path;

use super::Outcome;
use super::console::{self, Progress};
use super::error::Error;
use super::site;
use crate::check::duties::{self, Due, DutyNow};
use crate::check::policy;
use crate::message::{Message, message};
use crate::model::{Instant, Level, Model};
use crate::text;
use crate::timeline::{self, Change, ChangeKind};

/// Print the next instant at which a rebuild changes the site, and the changes
///
/// Planned starts, updates dated in the future, promised times and the end of a day count. Until
/// then, a build of the same content writes nothing. Hidden future entries count too; `next_change`
/// in the published manifest.json leaves them out, so schedule builds with this command. Exits with
/// 0 and the time, or with 1 if the content has errors. Below it stand the reports that `policy.reports`
/// in site.yaml asks for, with the time by which each is due; they change no page.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Search after this instant instead of now
    #[arg(long, value_name = "TIME")]
    as_of: Option<String>,
    /// The output format
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A line with the time, and one line per change
    Human,
    /// One JSON object
    Json,
    /// Only the seconds since 1970, for `sleep` and timers
    Epoch,
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    let progress = Progress::new();
    let (mut model, loaded) = site::load_sound(root, None, &progress)?;
    let as_of = site::as_of(args.as_of.as_deref(), &model)?;
    let next = |model: &Model| next_change(model, as_of, args.format);
    let text = site::whole(&mut model, &loaded.texts, &site::step_next(), next)?;
    let none = || message!("cli-next-none", "the site has no further scheduled change");
    let text = text.ok_or_else(|| Error::content(none(), Message::default()))?;
    console::data(&format!("{text}\n"))?;
    Ok(Outcome::Done)
}

fn next_change(model: &Model, as_of: Instant, format: Format) -> Option<String> {
    let changes = timeline::upcoming(model, as_of);
    let at = changes.first()?.at;
    Some(match format {
        Format::Human => human(model, as_of, at, &changes).text(console::language()).into_owned(),
        Format::Json => json(model, as_of, at, &changes),
        Format::Epoch => at.0.to_string(),
    })
}

fn human(model: &Model, as_of: Instant, at: Instant, changes: &[Change<'_>]) -> Message {
    let zone = model.config.zone;
    let local = zone.local(at).format("%Y-%m-%d %H:%M:%S").to_string();
    let wait = at.0 - as_of.0;
    let first = message!(
        "cli-next-change",
        "{local} {zone}, in {hours} h {minutes:0>2} m {seconds:0>2} s",
        local,
        zone = zone.abbreviation(at),
        hours = wait / 3600,
        minutes = wait / 60 % 60,
        seconds = wait % 60
    );
    let line = |change: &Change<'_>| {
        let what = words(change.what);
        if let Some(head) = change.head {
            message!("cli-next-of-entry", "  {file}: {what}", file = text::visible(&head.file), what)
        } else {
            message!("cli-next-of-site", "  {what}", what)
        }
    };
    let reports = reports(model, as_of);
    let reports = reports.iter().map(|(duty, due)| report(model, as_of, duty, *due));
    Message::lines(std::iter::once(first).chain(changes.iter().map(line)).chain(reports).collect())
}

/// The reports that authorities wait for, by the time at which they are due.
fn reports(model: &Model, as_of: Instant) -> Vec<(DutyNow<'_>, Due<'_>)> {
    if model.config.policy.level("policy/report-overdue") == Level::Off {
        return Vec::new();
    }
    let open = duties::all(model, as_of).into_iter().filter(|duty| duty.sent.is_none());
    let mut found: Vec<(DutyNow<'_>, Due<'_>)> =
        open.filter_map(|duty| duty.due.map(|due| (duty, due))).collect();
    found.sort_by_key(|(_, due)| due.at);
    found
}

fn report(model: &Model, as_of: Instant, duty: &DutyNow<'_>, due: Due<'_>) -> Message {
    let zone = model.config.zone;
    let time = zone.local(due.at).format("%Y-%m-%d %H:%M").to_string();
    let (file, zone) = (text::visible(&duty.incident.head.file), zone.abbreviation(due.at));
    let (kind, to, why) = (duty.kind, duty.to, policy::why(due));
    if due.at < as_of {
        let late = policy::span(as_of.0 - due.at.0);
        return message!(
            "cli-next-report-late",
            "  {file}: the report `{kind}` to `{to}` was due at {time} {zone}, {late} ago ({why})",
            file,
            kind,
            to,
            time,
            zone,
            late,
            why
        );
    }
    message!(
        "cli-next-report-due",
        "  {file}: the report `{kind}` to `{to}` is due at {time} {zone}, in {wait} ({why})",
        file,
        kind,
        to,
        time,
        zone,
        wait = policy::span(due.at.0 - as_of.0),
        why
    )
}

/// What happens, as the end of a sentence about an entry.
pub(super) fn words(what: ChangeKind) -> Message {
    match what {
        ChangeKind::Day => message!("cli-next-day", "a day begins"),
        ChangeKind::Appears => message!("cli-next-appears", "becomes visible"),
        ChangeKind::Update => message!("cli-next-update", "an update becomes visible"),
        ChangeKind::Report => {
            message!("cli-next-report", "the postmortem or evaluation becomes visible")
        }
        ChangeKind::Starts => message!("cli-next-starts", "begins"),
        ChangeKind::Ends => message!("cli-next-ends", "reaches its planned end"),
        ChangeKind::Unconfirmed => message!(
            "cli-next-unconfirmed",
            "its result becomes unconfirmed: its planned end has passed, and no update reports the result"
        ),
        ChangeKind::Phase => message!("cli-next-phase", "a phase begins or ends"),
        ChangeKind::UpdateDue => message!("cli-next-update-due", "the promised next update is due"),
        ChangeKind::RecoveryDue => message!("cli-next-recovery-due", "the expected recovery is due"),
        ChangeKind::Settles => {
            message!("cli-next-settles", "leaves the list of what was resolved in the last 24 hours")
        }
        ChangeKind::Expires => message!("cli-next-expires", "expires"),
        ChangeKind::Withdrawn => message!("cli-next-withdrawn", "is withdrawn"),
    }
}

fn json(model: &Model, as_of: Instant, at: Instant, changes: &[Change<'_>]) -> String {
    let changes: Vec<serde_json::Value> = (changes.iter())
        .map(|change| {
            let head = change.head;
            serde_json::json!({
                "what": change.what.word(),
                "kind": head.map(|h| h.kind.word()),
                "entry": head.map(|h| h.slug.as_str()),
                "file": head.map(|h| &*h.file),
            })
        })
        .collect();
    let mut found = serde_json::json!({"next_change": at.iso(), "epoch": at.0, "changes": changes});
    if !model.config.policy.reports.is_empty() {
        let one = |(duty, due): &(DutyNow<'_>, Due<'_>)| {
            serde_json::json!({
                "entry": duty.incident.head.slug,
                "file": &*duty.incident.head.file,
                "to": duty.to,
                "kind": duty.kind,
                "due": due.at.iso(),
                "epoch": due.at.0,
                "overdue": due.at < as_of,
            })
        };
        found["reports"] = reports(model, as_of).iter().map(one).collect();
    }
    found.to_string()
}
