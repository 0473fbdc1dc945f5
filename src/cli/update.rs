//! `noroshi update`: adds an update to an entry.

mod changes;
mod occurrence;
mod report;
mod scope;
mod window_end;

use std::path::Path;

use super::Outcome;
use super::console;
use super::editor::{self, Editor, NearestDay};
use super::error::Error;
use super::prompt;
use super::request::UpdateRequest;
use super::terminal::Terminal;
use super::typed;
use crate::document::{Document, body, moment};
use crate::edit::entry_language::EntryLanguage;
use crate::edit::update::{self, Addition, Part};
use crate::edit::{Raw, prose};
use crate::history::silent_edit;
use crate::kind::EntryKind;
use crate::load::Loaded;
use crate::message::{Message, listed, message};
use crate::model::read::is_unknown;
use crate::model::{Head, Instant, Model, time};
use crate::panics::contain;
use crate::source::FoundFile;
use crate::timeline::Snapshot;
use crate::vocabulary::{FactKey, Section, Status};
use changes::{Changed, Changes};

/// Add an update to an entry
///
/// Adds an update, or text to a section: the FAQ, the postmortem, the evaluation or others. `--title`,
/// `--scope`, `--field`, `--workaround`, `--actions` and `--compensation` also replace what the file
/// says there. Leaves the rest of the file unchanged, and writes nothing that `check` would refuse.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    request: UpdateRequest,
    /// Use this instant instead of now
    #[arg(long, value_name = "TIME")]
    as_of: Option<String>,
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    let editor = Editor::open(root)?;
    let now = editor.now(args.as_of.as_deref())?;
    let mut request = args.request.clone();
    request.status = request.status.or_else(|| request.status_option.take());
    let lacks = lacks(&request);
    if editor::is_terminal() && (!lacks.is_empty() || request.message.is_none()) {
        prompt::update(&mut Terminal, &editor, &mut request, now)?;
    } else if !lacks.is_empty() {
        return Err(editor::missing(&lacks));
    }
    let entry = editor.entry(request.entry.as_deref().unwrap_or_default())?;
    let part = request.status.as_deref().map(|word| typed::part(&editor, entry, word)).transpose()?;
    let given = editor::message(request.message.as_deref())?.unwrap_or_default();
    let is_report = matches!(part, Some(Part::Section(section)) if section.is_report());
    let given = if is_report { prose::sound_report(&given) } else { prose::sound(&given) };
    let given = given.map_err(|refusal| editor::refuse(&refusal))?;
    match (editor.locale(request.locale.as_deref())?, part) {
        (Some(locale), part) => translate(&editor, entry, locale, part, &request, now, &given),
        (None, Some(part)) => append(&editor, entry, part, &request, now, &given),
        (None, None) => Err(editor::missing(&["STATUS"])),
    }
}

fn lacks(request: &UpdateRequest) -> Vec<&'static str> {
    let mut lacks = Vec::new();
    if request.entry.is_none() {
        lacks.push("ENTRY");
    }
    if request.status.is_none() && request.locale.is_none() {
        lacks.push("STATUS");
    }
    lacks
}

/// Refuses options that do not apply to this kind of entry and update.
fn suit(
    request: &UpdateRequest,
    kind: EntryKind,
    part: Option<Part>,
    is_translation: bool,
) -> Result<(), Error> {
    suit_texts(request, kind, part)?;
    let incident = kind == EntryKind::Incident;
    let work = kind == EntryKind::Maintenance;
    let is_update = matches!(part, Some(Part::Update(_))) && !is_translation;
    let correction = part == Some(Part::Update(Status::Correction));
    let says_end = correction || part == Some(Part::Update(Status::Resolved));
    let is_part = |typed: &String| typed.contains(['=', '＝']);
    let given = [
        ("--set", !request.set.is_empty(), incident || work),
        ("--next", request.next.is_some(), incident || work),
        ("--recovery", request.recovery.is_some(), incident),
        ("--severity", request.severity.is_some(), incident),
        ("--ended", !request.ended.is_empty(), incident && (says_end || request.ended.iter().all(is_part))),
        ("--started", request.started.is_some(), incident && correction),
        ("--outage", !request.outage.is_empty(), incident && says_end),
        ("--start", request.start.is_some(), work),
        ("--end", request.end.is_some(), work),
        ("--occurrence", request.occurrence.is_some(), work),
    ];
    let Some((option, ..)) = given.iter().find(|(_, is_given, fits)| *is_given && !(*fits && is_update))
    else {
        return Ok(());
    };
    let (message, help) = match part {
        _ if is_translation => (
            message!(
                "cli-update-translation-fact",
                "{option} sets a fact, and a translation has no facts",
                option
            ),
            message!("cli-update-translation-fact-help", "set it in the original"),
        ),
        Some(Part::Section(_)) => (
            only_in_updates(option),
            message!("cli-update-section-fact-help", "leave it out: a section has only text and a time"),
        ),
        _ if *option == "--ended" && incident => (
            message!(
                "cli-update-ended",
                "--ended without a component needs the status `resolved` or `correction`"
            ),
            message!("cli-update-ended-help", "for one component, write for example `--ended api=03:47`"),
        ),
        _ if *option == "--started" && incident => (
            message!("cli-update-started", "--started needs the status `correction`"),
            message!(
                "cli-update-started-help",
                "if readers have seen no start yet, change `started` in the file"
            ),
        ),
        _ if *option == "--outage" && incident => (
            message!("cli-update-outage", "--outage needs the status `resolved` or `correction`"),
            message!(
                "cli-update-outage-help",
                "the updates say how it goes on; list the outages once it is resolved"
            ),
        ),
        _ => return Err(unsuited(option)),
    };
    Err(Error::usage(message, help))
}

fn only_in_updates(option: &str) -> Message {
    message!("cli-update-only-updates", "{option} applies only to updates", option)
}

/// The error for an option that this kind of entry does not have.
fn unsuited(option: &str) -> Error {
    let message = message!("cli-update-unsuited", "{option} does not apply to this kind of entry", option);
    let help =
        message!("cli-update-unsuited-help", "run `noroshi update --help` to see what each option is for");
    Error::usage(message, help)
}

/// Refuses options that replace a text which this kind of entry lacks, or beside a section.
fn suit_texts(request: &UpdateRequest, kind: EntryKind, part: Option<Part>) -> Result<(), Error> {
    let has = |section: Section| body::sections(kind).contains(&section);
    let incident_or_work = matches!(kind, EntryKind::Incident | EntryKind::Maintenance);
    let texts = [
        ("--title", !request.title.is_empty(), true),
        ("--scope", !request.scope.is_empty(), incident_or_work),
        ("--field", !request.field.is_empty(), incident_or_work || kind == EntryKind::Notice),
        ("--workaround", request.workaround.is_some(), has(Section::Workaround)),
        ("--actions", request.actions.is_some(), has(Section::Actions)),
        ("--compensation", request.compensation.is_some(), has(Section::Compensation)),
    ];
    let is_section = matches!(part, Some(Part::Section(_)));
    match texts.iter().find(|(_, is_given, fits)| *is_given && (is_section || !fits)) {
        None => Ok(()),
        Some((option, _, true)) => {
            let help = message!(
                "cli-update-section-text-help",
                "give it with the next update: a section has only text and a time"
            );
            Err(Error::usage(only_in_updates(option), help))
        }
        Some((option, ..)) => Err(unsuited(option)),
    }
}

/// Refuses a section without text, and a time for one that has none.
fn suit_section(section: Section, request: &UpdateRequest, words: &str) -> Result<(), Error> {
    if words.is_empty() {
        let message = message!(
            "cli-update-section-empty",
            "the section `{section}` has no text",
            section = section.word()
        );
        let help = message!("cli-update-section-empty-help", "add `-m TEXT`; `-m -` reads it from stdin");
        return Err(Error::usage(message, help));
    }
    if !update::is_dated(section) && request.at.is_some() {
        let message = message!(
            "cli-update-section-undated",
            "the section `{section}` has no time",
            section = section.word()
        );
        return Err(Error::usage(message, message!("cli-update-section-undated-help", "leave `--at` out")));
    }
    Ok(())
}

fn append(
    editor: &Editor<'_>,
    entry: &FoundFile,
    part: Part,
    request: &UpdateRequest,
    now: Instant,
    words: &str,
) -> Result<Outcome, Error> {
    suit(request, Editor::kind(entry), Some(part), false)?;
    if let Part::Section(section) = part {
        suit_section(section, request, words)?;
    }
    let at =
        request.at.as_deref().map_or(Ok(now), |typed| editor.time("--at", typed, NearestDay::Today(now)))?;
    let mut request = request.clone();
    if let Part::Update(status) = part {
        occurrence::choose(editor, entry, (at, status), &mut request, occurrence::asks(&mut Terminal))?;
    }
    let scope = match part {
        Part::Update(status) => scope::restated(editor, entry, status, &mut request)?,
        Part::Section(_) => None,
    };
    let request = &request;
    let (file, document) = editor.document(entry)?;
    let language = EntryLanguage::of(&document, editor.first());
    let status = if let Part::Update(status) = part { status } else { Status::Update };
    let mut facts = facts(editor, entry, request, (at, status), language)?;
    facts.extend(scope);
    if let Part::Update(_) = part {
        facts.extend(report::next(&editor.model, entry, &document).map(|number| (FactKey::Number, number)));
    }
    let time = editor.zone().write(at);
    let new = Addition { part, time: &time, facts, words };
    let changes = Changes::of(editor, request)?;
    let written = put(editor, entry, (&file, &document), editor.first(), Some(&new), &changes)?;
    for line in changes.stale(editor, entry, &document) {
        console::say(line);
    }
    if let (Part::Update(_), Some(model)) = (part, &written.loaded.model) {
        if status != Status::Correction {
            let texts = written.changed.uncorrected(&editor.model, entry, now);
            ask_for_correction(&texts, editor.slug(entry).0);
        }
        occurrence::tell(model, entry, (at, status));
        report::tell(model, entry, (at, status));
        // A panic was reported already, and the update is written.
        let step = message!("cli-update-step-components", "looking at the components");
        let statuses = contain(step, || statuses(model, entry, at.max(now)));
        let statuses = statuses.unwrap_or_default();
        if !statuses.is_empty() {
            let statuses = listed(statuses);
            console::say(message!("cli-update-statuses", "after this update: {statuses}", statuses));
        }
    }
    Ok(Outcome::Done)
}

/// Says that `check` will ask for a correction of published texts that this command replaced.
fn ask_for_correction(texts: &[&str], slug: &str) {
    if texts.is_empty() {
        return;
    }
    console::say(message!(
        "cli-update-uncorrected",
        "warning: readers have seen the old text of {texts}; until a `correction` says what changed, `check` reports {code}",
        texts = editor::all_of(texts),
        code = silent_edit::CODE
    ));
    console::say(message!(
        "cli-update-uncorrected-help",
        "help: run `noroshi update {slug} correction -m TEXT`; the status `correction` in one command with the change does both",
        slug
    ));
}

/// The status of each component that an entry touches at an instant, with the other entries that affect it.
fn statuses(model: &Model, entry: &FoundFile, at: Instant) -> Vec<Message> {
    let now = Snapshot::at(model, at);
    let is_it = |head: &Head| head.file == entry.name;
    let incidents = now.incidents.iter().filter(|now| is_it(&now.incident.head));
    let works = now.maintenance.iter().filter(|now| is_it(&now.maintenance.head));
    let given = incidents.flat_map(|now| &now.touched.given).chain(works.flat_map(|now| &now.touched.given));
    let mut touched: Vec<usize> = given.map(|(component, _)| *component).collect();
    touched.sort_unstable();
    touched.dedup();
    let all = &model.config.components.all;
    let one = |of: &usize| {
        let (component, status) = (&all[*of], now.components[*of]);
        let own = |tag: &str| format!("{}={}", component.name.get(0).1, status.word_in(tag));
        Message::by_language(format!("{}={}", component.id, status.word()), own)
    };
    touched.iter().map(one).collect()
}

/// The fact lines that the options add.
fn facts(
    editor: &Editor<'_>,
    entry: &FoundFile,
    request: &UpdateRequest,
    (at, status): (Instant, Status),
    language: EntryLanguage,
) -> Result<Vec<(FactKey, String)>, Error> {
    let zone = editor.zone();
    let mut facts = Vec::new();
    if !request.set.is_empty() {
        let set: Vec<_> =
            request.set.iter().map(|typed| set(editor, typed, language)).collect::<Result<_, _>>()?;
        facts.push((FactKey::Affects, set.concat().join(language.comma())));
    }
    if let Some(word) = &request.severity {
        facts.push((FactKey::Severity, language.severity(typed::severity(editor, word)?).to_owned()));
    }
    let start = request
        .start
        .as_deref()
        .map(|typed| editor.time("--start", typed, NearestDay::Next(at)))
        .transpose()?;
    facts.extend(start.map(|start| (FactKey::Start, zone.write(start))));
    if let Some(typed) = &request.end {
        let occurrence = request.occurrence.as_deref().and_then(moment::parse).and_then(|day| day.date);
        let update = window_end::WindowUpdate { at, status, start, occurrence };
        // With its date: a time without one would count from the time of the update.
        let end = if is_unknown(typed) {
            language.unknown().to_owned()
        } else {
            zone.write(window_end::read(editor, &entry.name, typed, update)?)
        };
        facts.push((FactKey::End, end));
    }
    if let Some(day) = &request.occurrence {
        facts.push((FactKey::Occurrence, editor::one_line("--occurrence", day)?));
    }
    if let Some(typed) = &request.next {
        facts.push((FactKey::NextUpdate, editor.next_update(typed, at, language.undecided())?));
    }
    if let Some(typed) = &request.recovery {
        let is_time = typed.contains(|c: char| c.is_numeric())
            && (moment::parse(typed).is_some() || time::from_now(typed).is_some());
        let value = if let Some(written) = editor.vague(typed, NearestDay::Next(at)) {
            written
        } else if is_time {
            zone.write(editor.ahead("--recovery", typed, at)?)
        } else {
            editor::one_line("--recovery", typed)?
        };
        facts.push((FactKey::ExpectedRecovery, value));
    }
    let known = Known::of(editor, entry, (at, status));
    if let Some(typed) = &request.started {
        let start = if is_unknown(typed) {
            language.unknown().to_owned()
        } else {
            editor.stated("--started", typed.trim(), known.started)?
        };
        facts.push((FactKey::Started, start));
    }
    if !request.ended.is_empty() {
        let time = |typed: &str| editor.stated("--ended", typed.trim(), NearestDay::Last(at));
        let ended = |typed: &String| match typed.split_once(['=', '＝']) {
            Some((components, typed)) => {
                let (components, at) = (typed::component_ids(editor, components)?, time(typed)?);
                let all = components.iter().map(|component| format!("{component}={at}"));
                Ok(all.collect::<Vec<_>>().join(", "))
            }
            None => editor.stated("--ended", typed.trim(), known.ended),
        };
        // The end for the whole incident comes first.
        let (parts, whole): (Vec<&String>, Vec<&String>) =
            request.ended.iter().partition(|typed| typed.contains(['=', '＝']));
        let all = whole.into_iter().chain(parts).map(ended).collect::<Result<Vec<_>, Error>>()?;
        facts.push((FactKey::Ended, all.join(", ")));
    }
    if !request.outage.is_empty() {
        let all = request.outage.iter().map(|typed| editor::one_line("--outage", typed));
        let all = all.collect::<Result<Vec<_>, Error>>()?;
        facts.push((FactKey::Outages, all.join(language.comma())));
    }
    Ok(facts)
}

/// Where the times of a correction lie that are typed without a date: near those that they replace.
struct Known {
    started: NearestDay,
    ended: NearestDay,
}

impl Known {
    fn of(editor: &Editor<'_>, entry: &FoundFile, (at, status): (Instant, Status)) -> Known {
        /// Half a day, in seconds.
        const HALF: i64 = 43_200;
        let last = NearestDay::Last(at);
        let incident = editor.model.incidents.iter().find(|incident| incident.head.file == entry.name);
        let Some(incident) = incident.filter(|_| status == Status::Correction) else {
            return Known { started: last, ended: last };
        };
        let near = |known: Instant| NearestDay::Last(Instant(known.0.saturating_add(HALF - 1)));
        let over = incident.updates.iter().rev().find(|u| u.status == Status::Resolved && u.at <= at);
        Known {
            started: near(incident.started.at),
            ended: over.map_or(last, |over| near(over.change.ended.unwrap_or(over.stated()).at)),
        }
    }
}

/// Parses `component=status`, or a list of them, and writes them as the file spells them.
fn set(editor: &Editor<'_>, typed: &str, language: EntryLanguage) -> Result<Vec<String>, Error> {
    let one = |(component, status): (String, Option<&str>)| {
        let Some(status) = status.filter(|status| !status.is_empty()) else {
            let message = message!("cli-update-set", "`{component}` has no value", component);
            return Err(Error::usage(
                message,
                message!("cli-update-set-help", "write --set component=status"),
            ));
        };
        Ok(format!("{component}={}", language.component(typed::component_status(editor, status)?)))
    };
    typed::components(editor, typed)?.into_iter().map(one).collect()
}

/// What was written, and the site with it.
struct Written {
    loaded: Loaded,
    changed: Changed,
}

fn put(
    editor: &Editor<'_>,
    entry: &FoundFile,
    (file, document): (&Raw, &Document),
    locale: &str,
    new: Option<&Addition<'_>>,
    changes: &Changes,
) -> Result<Written, Error> {
    let (mut after, mut lines, mut found) = (file.clone(), String::new(), Vec::new());
    if let Some(new) = new {
        let added = update::add(&entry.name, (file, document), locale, editor.frame(), new)
            .map_err(|refusal| editor::refuse(&refusal))?;
        (after, lines, found) = (added.file, added.lines, added.found);
    }
    let done = changes.apply(editor, entry, after, locale)?;
    if !changes.is_empty() {
        found = editor.parsed(&entry.name, done.file.text());
    }
    let (loaded, warnings) = editor.judge(&entry.name, done.file.text(), found)?;
    editor::replace(&entry.path, file.bytes(), done.file.bytes())?;
    done.show();
    editor::show(&entry.path, &lines, &warnings, &loaded)?;
    Ok(Written { loaded, changed: done })
}

/// Adds the update to a translation. Status and time are those of the original.
fn translate(
    editor: &Editor<'_>,
    entry: &FoundFile,
    locale: &str,
    part: Option<Part>,
    request: &UpdateRequest,
    now: Instant,
    words: &str,
) -> Result<Outcome, Error> {
    suit(request, Editor::kind(entry), part, true)?;
    let translation = editor.translation(entry, locale);
    if translation.path.symlink_metadata().is_err() {
        let message = message!("cli-update-absent", "`{name}` does not exist", name = translation.name);
        let help = message!(
            "cli-update-absent-help",
            "create it with `noroshi new {kind} TITLE --locale {locale} --slug {slug}`",
            kind = Editor::kind(entry).command(),
            locale,
            slug = editor.slug(entry).0
        );
        return Err(Error::content(message, help));
    }
    let changes = Changes::of(editor, request)?;
    if words.is_empty() && changes.is_empty() {
        return Err(editor::missing(&["-m"]));
    }
    let (_, document) = editor.document(entry)?;
    let (file, translated) = editor.document(&translation)?;
    let put = |new: Option<&Addition<'_>>| {
        put(editor, &translation, (&file, &translated), locale, new, &changes).map(|_| Outcome::Done)
    };
    if words.is_empty() {
        return put(None);
    }
    let write = |part: Part, time: &str| put(Some(&Addition { part, time, facts: Vec::new(), words }));
    let zone = editor.zone();
    if let Some(Part::Section(section)) = part {
        let known = document.body.sections.iter().find(|s| s.section == section);
        let time = known
            .and_then(|s| zone.resolve(s.written.as_ref()?).ok())
            .map_or(String::new(), |at| zone.write(at));
        let lacks_time = update::is_dated(section) && time.is_empty();
        if known.is_none() || lacks_time {
            let section = section.word();
            let message = if lacks_time {
                message!("cli-update-original-undated", "the original has no {section} with a time", section)
            } else {
                message!("cli-update-original-section", "the original has no {section}", section)
            };
            let help = message!("cli-update-original-section-help", "add it there first");
            return Err(Error::content(message, help));
        }
        return write(Part::Section(section), &time);
    }
    let at =
        request.at.as_deref().map(|typed| editor.time("--at", typed, NearestDay::Today(now))).transpose()?;
    let status = match part {
        Some(Part::Update(status)) => Some(status),
        _ => None,
    };
    let updates =
        document.body.updates.iter().filter_map(|u| Some((zone.resolve(&u.written).ok()?, u.status)));
    let fits = |(time, own_status): &(Instant, Status)| {
        at.is_none_or(|at| at == *time) && status.is_none_or(|s| s == *own_status)
    };
    let Some((at, status)) = updates.filter(fits).max_by_key(|(at, _)| *at) else {
        let message = message!("cli-update-original-update", "the original has no matching update");
        let help = message!(
            "cli-update-original-update-help",
            "leave out STATUS and `--at` to use the newest update"
        );
        return Err(Error::content(message, help));
    };
    write(Part::Update(status), &zone.write(at))
}
