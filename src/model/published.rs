//! One walk over every published text of a model: what the text is, where it is written, and from when on it is
//! public.
//!
//! The code destructures each struct without `..`, so a new field does not compile until its author decides here
//! whether it is published. The walk copies nothing.

use super::advice::Advice;
use super::any::EntryRef;
use super::channels;
use super::component::{Axis, Component, Group};
use super::config::{Choice, Config, Field, Link, SeverityWords};
use super::entry::{Estimate, FieldValue, Head, Question as EntryQuestion, Update, Withdrawn};
use super::incident::{Change, Incident};
use super::maintenance::{Maintenance, PlanChange};
use super::notice::Notice;
use super::page::Page;
use super::phases::Phase;
use super::question::Question;
use super::stated::Stated;
use super::text::{Localized, Rich, Text};
use super::time::Instant;
use crate::diagnostic::Place;
use crate::vocabulary::Section;

/// The part of an entry that a text belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Title,
    /// The reason for its withdrawal, which replaces all other text.
    Reason,
    /// The slug in its address, which is the name of its file.
    Slug,
    /// The id, if it differs from the slug.
    Id,
    ApiId,
    Alias,
    Scope,
    /// What customers are advised to do, in front matter or in a phase.
    Advice,
    /// The expected recovery, in words.
    Recovery,
    /// A custom field, by its position among those of the entry.
    Field(usize),
    /// The text before the first update and section. For a question it is the answer, for a page the whole text.
    Summary,
    /// An update, by its position in the order of time.
    Update(usize),
    /// The expected recovery that an update sets, in words.
    UpdateRecovery(usize),
    /// Who or what is affected, in words, as an update says it.
    UpdateScope(usize),
    Section(Section),
    /// A question in the FAQ of the entry, by its position.
    Question(usize),
    Answer(usize),
}

/// A text as the model stores it.
#[derive(Clone, Copy, Debug)]
pub enum Words<'m> {
    /// A name that is the same in all languages, for addresses and machines.
    Name(&'m str),
    Text(&'m Text),
    Rich(&'m Rich),
}

/// A published text of an entry.
#[derive(Clone, Copy, Debug)]
pub struct Piece<'m> {
    pub part: Part,
    /// The position of the text, or that of the title if the text has none of its own.
    pub place: &'m Place,
    /// The time from which it is public, if that is later than for the entry.
    pub since: Option<Instant>,
    pub words: Words<'m>,
}

/// Calls `tell` with every text of an entry that is published now or later.
pub fn entry<'m>(entry: EntryRef<'m>, tell: &mut dyn FnMut(Piece<'m>)) {
    match entry {
        EntryRef::Incident(entry) => incident(entry, tell),
        EntryRef::Maintenance(entry) => maintenance(entry, tell),
        EntryRef::Notice(entry) => notice(entry, tell),
        EntryRef::Question(Question { head, answer, category: _, order: _, components: _, surface: _ }) => {
            let mut of = TextVisitor::of(head, tell);
            of.rich(Part::Summary, answer);
        }
        EntryRef::Page(Page { head, words, nav: _, order: _, updated: _ }) => {
            let mut of = TextVisitor::of(head, tell);
            of.rich(Part::Summary, words);
        }
    }
}

fn incident<'m>(entry: &'m Incident, tell: &mut dyn FnMut(Piece<'m>)) {
    let Incident {
        head,
        severity: _,
        affects: _,
        started: _,
        outages: _,
        detected: _,
        scope,
        expected_recovery,
        next_update: _,
        advice: Advice { words: advice, cancel_before: _ },
        fields,
        backfilled: _,
        summary,
        updates,
        workaround,
        actions,
        faq,
        compensation,
        postmortem,
    } = entry;
    let mut of = TextVisitor::of(head, tell);
    of.optional(Part::Scope, scope.as_ref());
    of.optional(Part::Advice, advice.as_ref());
    of.estimate(Part::Recovery, expected_recovery.as_ref(), None);
    of.fields(fields);
    of.rich(Part::Summary, summary);
    of.updates(updates, |change| {
        let Change {
            started: _,
            outages: _,
            affects: _,
            scope,
            modes: _,
            severity: _,
            next_update: _,
            expected_recovery,
            ended: _,
            ended_parts: _,
        } = change;
        (scope.as_ref(), expected_recovery.as_ref())
    });
    of.sections([
        (Section::Workaround, workaround),
        (Section::Actions, actions),
        (Section::Compensation, compensation),
    ]);
    of.report(Section::Postmortem, postmortem.as_ref());
    of.faq(faq);
}

fn maintenance<'m>(entry: &'m Maintenance, tell: &mut dyn FnMut(Piece<'m>)) {
    let Maintenance {
        head,
        kind: _,
        affects: _,
        window: _,
        pieces: _,
        phases,
        scope,
        advice: Advice { words: advice, cancel_before: _ },
        recurrence: _,
        auto: _,
        close_after: _,
        fields,
        summary,
        updates,
        workaround,
        actions,
        faq,
        compensation,
        evaluation,
    } = entry;
    let mut of = TextVisitor::of(head, tell);
    of.optional(Part::Scope, scope.as_ref());
    of.optional(Part::Advice, advice.as_ref());
    for Phase { affects: _, start: _, end: _, mode: _, advice } in phases {
        of.optional(Part::Advice, advice.as_ref());
    }
    of.fields(fields);
    of.rich(Part::Summary, summary);
    of.updates(updates, |change| {
        let PlanChange {
            start: _,
            end: _,
            affects: _,
            scope,
            next_update: _,
            occurrence: _,
            pieces: _,
            about: _,
            phases: _,
        } = change;
        (scope.as_ref(), None)
    });
    of.sections([
        (Section::Workaround, workaround),
        (Section::Actions, actions),
        (Section::Compensation, compensation),
    ]);
    of.report(Section::Evaluation, evaluation.as_ref());
    of.faq(faq);
}

fn notice<'m>(entry: &'m Notice, tell: &mut dyn FnMut(Piece<'m>)) {
    let Notice {
        head,
        level: _,
        pinned: _,
        expires_at: _,
        affects: _,
        fields,
        summary,
        updates,
        actions,
        faq,
    } = entry;
    let mut of = TextVisitor::of(head, tell);
    of.fields(fields);
    of.rich(Part::Summary, summary);
    of.updates(updates, |()| (None, None));
    of.sections([(Section::Actions, actions)]);
    of.faq(faq);
}

/// Visits the texts of one entry. Names of components are visited with site.yaml, where they are written.
struct TextVisitor<'m, 't> {
    place: &'m Place,
    tell: &'t mut dyn FnMut(Piece<'m>),
}

impl<'m, 't> TextVisitor<'m, 't> {
    /// Starts with the common facts of an entry.
    fn of(head: &'m Head, tell: &'t mut dyn FnMut(Piece<'m>)) -> TextVisitor<'m, 't> {
        let Head {
            kind: _,
            // The file name is the slug.
            file: _,
            slug,
            id,
            api_id,
            title,
            aliases,
            draft: _,
            publish_at: _,
            withdrawn,
            secrets: _,
            reviewers: _,
            reports: _,
            allow: _,
            // The label of a link is visited with the text that contains it.
            links: _,
            translations: _,
            // Anchors are made of the text of headings.
            anchors: _,
            // Each is in a heading and nowhere else. It is a name for addresses.
            section_anchors: _,
            place,
            digest: _,
            // The API name is made of the id.
            api_name: _,
            zone: _,
            is_local: _,
            sketch: _,
        } = head;
        let mut of = TextVisitor { place, tell };
        of.text(Part::Title, title, None);
        if let Some(Withdrawn { at, reason }) = withdrawn {
            of.text(Part::Reason, reason, Some(*at));
        }
        of.name(Part::Slug, slug, place);
        if id != slug {
            of.name(Part::Id, id, place);
        }
        for id in api_id.iter().filter(|id| *id != &head.id) {
            of.name(Part::ApiId, id, place);
        }
        for (alias, place) in aliases {
            of.name(Part::Alias, alias, place);
        }
        of
    }

    fn name(&mut self, part: Part, name: &'m str, place: &'m Place) {
        (self.tell)(Piece { part, place, since: None, words: Words::Name(name) });
    }

    fn text(&mut self, part: Part, text: &'m Text, since: Option<Instant>) {
        (self.tell)(Piece { part, place: self.place, since, words: Words::Text(text) });
    }

    fn rich(&mut self, part: Part, words: &'m Rich) {
        self.rich_since(part, words, None);
    }

    fn rich_since(&mut self, part: Part, words: &'m Rich, since: Option<Instant>) {
        (self.tell)(Piece { part, place: self.place, since, words: Words::Rich(words) });
    }

    fn optional(&mut self, part: Part, words: Option<&'m Rich>) {
        if let Some(words) = words {
            self.rich(part, words);
        }
    }

    fn sections<const N: usize>(&mut self, all: [(Section, &'m Option<Rich>); N]) {
        for (section, words) in all {
            self.optional(Part::Section(section), words.as_ref());
        }
    }

    fn report(&mut self, section: Section, report: Option<&'m (Option<Stated>, Rich)>) {
        if let Some((since, words)) = report {
            self.rich_since(Part::Section(section), words, since.map(|since| since.at));
        }
    }

    fn estimate(&mut self, part: Part, estimate: Option<&'m Estimate>, since: Option<Instant>) {
        match estimate {
            Some(Estimate::Words(words)) => self.text(part, words, since),
            Some(Estimate::At(_)) | None => {}
        }
    }

    fn fields(&mut self, fields: &'m [(usize, FieldValue)]) {
        for (number, (_, value)) in fields.iter().enumerate() {
            match value {
                FieldValue::Words(words) => self.text(Part::Field(number), words, None),
                // The name of a choice is visited with site.yaml, where it is written.
                FieldValue::Choice(_) => {}
            }
        }
    }

    /// `facts` returns the texts of fact lines: the scope and the expected recovery.
    fn updates<C>(
        &mut self,
        updates: &'m [Update<C>],
        facts: impl Fn(&'m C) -> (Option<&'m Rich>, Option<&'m Estimate>),
    ) {
        for (number, update) in updates.iter().enumerate() {
            let Update {
                at,
                precision: _,
                status: _,
                report: _,
                // A name for addresses, which says nothing by itself.
                anchor: _,
                words,
                change,
                ordinal: _,
                place,
            } = update;
            let (part, since) = (Part::Update(number), Some(*at));
            (self.tell)(Piece { part, place, since, words: Words::Rich(words) });
            let (scope, recovery) = facts(change);
            if let Some(words) = scope {
                let part = Part::UpdateScope(number);
                (self.tell)(Piece { part, place, since, words: Words::Rich(words) });
            }
            self.estimate(Part::UpdateRecovery(number), recovery, since);
        }
    }

    fn faq(&mut self, questions: &'m [EntryQuestion]) {
        for (number, question) in questions.iter().enumerate() {
            // The id is made of the words of the question.
            let EntryQuestion { id: _, anchor: _, question, answer, place: _ } = question;
            self.text(Part::Question(number), question, None);
            self.rich(Part::Answer(number), answer);
        }
    }
}

/// A published text of site.yaml.
#[derive(Clone, Copy, Debug)]
pub enum SiteWords<'m> {
    /// An id, for addresses and machines.
    Id(&'m str),
    /// The target of a link.
    Address(&'m str),
    /// Text that appears only in posts and mails, in all languages.
    Sent(&'m str),
    Text(&'m Text),
    Rich(&'m Rich),
}

/// Calls `tell` with every published text of site.yaml, and every text that channels use.
pub fn site<'m>(config: &'m Config, tell: &mut dyn FnMut(SiteWords<'m>)) {
    let Config {
        title,
        description,
        publisher,
        registration,
        // Every reader of the site already sees its URL.
        url: _,
        zone: _,
        locales: _,
        theme: _,
        words: _,
        // The logo is a file of `static/`, which is checked with those files.
        logo: _,
        logo_place: _,
        nav,
        footer,
        official,
        contact,
        feedback,
        components,
        severities,
        kinds,
        fields,
        has_incomplete_fields: _,
        categories,
        history: _,
        uptime_days: _,
        feed_items: _,
        feed_since: _,
        hub,
        alarms: _,
        allow: _,
        channels,
        policy: _,
        zone_place: _,
        addresses: _,
        slugs: _,
        numbering: _,
        api_nulls: _,
        host: _,
        host_place: _,
        // These are names of removed entries.
        announce: _,
        alerts,
        issues: _,
        deploy: _,
        has_public_report: _,
        removed: _,
    } = config;
    tell(SiteWords::Text(title));
    let texts = [description, publisher, registration];
    texts.into_iter().flatten().for_each(|text| tell(SiteWords::Text(text)));
    let links = nav.iter().chain(footer).chain(official).chain(contact).chain(feedback);
    links.for_each(|Link { label, url, place: _ }| {
        tell(SiteWords::Text(label));
        tell(SiteWords::Address(url));
    });
    components.all.iter().for_each(|component| self::component(component, tell));
    components.groups.iter().for_each(|group| self::group(group, tell));
    for SeverityWords { severity: _, name, definition } in severities {
        [name, definition].into_iter().flatten().for_each(|text| tell(SiteWords::Text(text)));
    }
    for Field { id, name, on: _, values, first_screen: _ } in fields {
        tell(SiteWords::Id(id));
        tell(SiteWords::Text(name));
        choices(values, tell);
    }
    choices(kinds, tell);
    choices(categories, tell);
    if let Some(hub) = hub {
        tell(SiteWords::Address(hub));
    }
    self::channels(channels, tell);
    // A draft has it as its title, until a person publishes that.
    alerts.iter().filter_map(|rule| rule.title.as_ref()).for_each(|title| tell(SiteWords::Sent(title)));
}

fn component<'m>(component: &'m Component, tell: &mut dyn FnMut(SiteWords<'m>)) {
    let Component {
        id,
        name,
        description,
        since: _,
        uptime: _,
        only_when_affected: _,
        retired: _,
        api_id,
        codes,
        function: _,
    } = component;
    named(id, name, description.as_ref(), api_id.as_ref(), tell);
    // The name of a code is a word for programs, as the names of keys are.
    for code in codes.values() {
        tell(SiteWords::Id(code));
    }
}

fn group<'m>(group: &'m Group, tell: &mut dyn FnMut(SiteWords<'m>)) {
    match group {
        Group::Single(_) => {}
        Group::Named { id, name, description, members: _, api_id } => {
            named(id, name, description.as_ref(), api_id.as_ref(), tell);
        }
        Group::Matrix { id, name, description, rows, columns, cells: _ } => {
            named(id, name, description.as_ref(), None, tell);
            rows.iter().chain(columns).for_each(|Axis { id: _, name }| tell(SiteWords::Text(name)));
        }
    }
}

fn named<'m>(
    id: &'m str,
    name: &'m Text,
    description: Option<&'m Rich>,
    api_id: Option<&'m String>,
    tell: &mut dyn FnMut(SiteWords<'m>),
) {
    tell(SiteWords::Id(id));
    tell(SiteWords::Text(name));
    if let Some(words) = description {
        tell(SiteWords::Rich(words));
    }
    if let Some(id) = api_id {
        tell(SiteWords::Id(id));
    }
}

fn choices<'m>(choices: &'m [Choice], tell: &mut dyn FnMut(SiteWords<'m>)) {
    for Choice { id, name } in choices {
        tell(SiteWords::Id(id));
        tell(SiteWords::Text(name));
    }
}

fn channels<'m>(channels: &'m channels::Channels, tell: &mut dyn FnMut(SiteWords<'m>)) {
    let channels::Channels { social, mail } = channels;
    let channels::Social { limit: _, hashtags } = social;
    for tag in hashtags.iter().flat_map(Text::all) {
        tell(SiteWords::Sent(tag));
    }
    let channels::Mail { from, reply_to } = mail;
    for channels::Mailbox { name, address } in from.iter().chain(reply_to).flat_map(Localized::all) {
        if let Some(name) = name {
            tell(SiteWords::Sent(name));
        }
        tell(SiteWords::Address(address));
    }
}
