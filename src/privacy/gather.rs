//! The words of a site, for both sides of the search: what nobody may read now, and what everybody may.

use std::collections::HashSet;
use std::sync::Arc;

use super::needles::Least;
use super::reading::Kind;
use crate::locale::Locale;
use crate::markdown::{Fragment, Resolve, Target};
use crate::model::entry::{Estimate, FieldValue, Update};
use crate::model::{EntryQuestion, Head, Instant, Model, Rich, Secret, Text};
use crate::output;
use crate::site::Site;
use crate::timeline::Snapshot;

/// Stands between two texts: nothing is found across it.
const BETWEEN: char = '\u{1}';

/// A private text, and where it comes from.
pub(super) struct Private {
    /// The file of its entry.
    pub(super) file: Arc<str>,
    /// The key, such as `internal.reporter`; nothing for words that are not visible yet.
    pub(super) key: Option<String>,
    /// The text.
    pub(super) secret: Secret,
}

impl Private {
    /// How much it must say to be looked for.
    pub(super) fn least(&self) -> Least {
        if self.key.is_some() { Least::Value } else { Least::Words }
    }
}

fn add(out: &mut String, text: &str) {
    out.push(BETWEEN);
    out.push_str(text);
}

/// The words of messages and of site.yaml, which stand on every page or may: known without rendering.
pub(super) fn words_of_site(site: &Site<'_>) -> String {
    let mut out = String::new();
    site.locales.iter().flat_map(Locale::messages).for_each(|message| add(&mut out, message));
    let config = &site.now.model.config;
    let head = [&config.description, &config.publisher, &config.registration];
    let fields =
        config.fields.iter().flat_map(|f| std::iter::once(&f.name).chain(f.values.iter().map(|v| &v.name)));
    let words = config.severities.iter().flat_map(|w| w.name.iter().chain(&w.definition));
    let choices = config.kinds.iter().chain(&config.categories).map(|choice| &choice.name);
    let links = config.links().map(|link| &link.label);
    let components = config.components.all.iter().map(|component| &component.name);
    let texts = std::iter::once(&config.title).chain(head.into_iter().flatten());
    for text in texts.chain(fields).chain(words).chain(choices).chain(links).chain(components) {
        text.all().for_each(|t| add(&mut out, t));
    }
    config.allow.iter().for_each(|word| add(&mut out, word));
    out
}

/// What a site without any entry says, and the names of parts of an entry's page: addresses, classes
/// and headings are nobody's secret.
pub(super) fn frame(site: &Site<'_>) -> Vec<(Kind, Vec<u8>)> {
    let now = &site.now;
    let template = include_str!("../../themes/default/templates/entry.html");
    let mut all = vec![(Kind::Markup, template.as_bytes().to_vec())];
    let mut out = words_of_site(site);
    let empty = Model::new(now.model.config.clone(), now.model.theme.clone(), Vec::new(), Vec::new());
    if let Ok(site) = Site::new(Snapshot::at(&empty, now.effective)) {
        // Files of the theme are as those of `static/`: nobody meant what is in them for every page.
        let is_file = |path: &str| now.model.theme.files.iter().any(|file| file.path == path);
        for file in output::plan(&site).iter().filter(|file| !is_file(&file.path)) {
            add(&mut out, &file.path);
            all.push((Kind::of(&file.path), file.render()));
        }
    }
    all.push((Kind::Text, out.into_bytes()));
    all
}

/// Gathers the words of entries, for one side or the other.
pub(super) trait Gather {
    fn text(&mut self, head: &Head, text: &Text);
    fn fragment(&mut self, head: &Head, fragment: &Fragment);
    fn rich(&mut self, head: &Head, words: &Rich) {
        words.all().for_each(|f| self.fragment(head, f));
    }
    fn updates<C>(&mut self, head: &Head, updates: &[Update<C>]) {
        for update in updates {
            self.rich(head, &update.words);
        }
    }
    fn estimate(&mut self, head: &Head, estimate: Option<&Estimate>) {
        if let Some(Estimate::Words(words)) = estimate {
            self.text(head, words);
        }
    }
    fn fields(&mut self, head: &Head, fields: &[(usize, FieldValue)]) {
        for (_, value) in fields {
            if let FieldValue::Words(words) = value {
                self.text(head, words);
            }
        }
    }
}

struct Hidden(Vec<Private>);

impl Hidden {
    fn push(&mut self, head: &Head, words: String) {
        self.0.push(Private { file: Arc::clone(&head.file), key: None, secret: Secret::new(words) });
    }
}

impl Gather for Hidden {
    fn text(&mut self, head: &Head, text: &Text) {
        text.all().for_each(|t| self.push(head, t.clone()));
    }
    fn fragment(&mut self, head: &Head, fragment: &Fragment) {
        fragment.segments().into_iter().for_each(|s| self.push(head, s));
    }
}

struct Public<'o>(&'o mut String);

impl Gather for Public<'_> {
    fn text(&mut self, _: &Head, text: &Text) {
        text.all().for_each(|t| add(self.0, t));
    }
    fn fragment(&mut self, _: &Head, fragment: &Fragment) {
        fragment.segments().iter().for_each(|s| add(self.0, s));
        // On one line, as in descriptions; and with the addresses of links.
        add(self.0, &fragment.plain());
        add(self.0, &fragment.html(&Nowhere).replace("&amp;", "&"));
    }
}

struct Nowhere;

impl Resolve for Nowhere {
    fn address(&self, _: &Target) -> Option<String> {
        None
    }
    fn prefix(&self) -> &'static str {
        ""
    }
}

/// Everything that nobody may read now.
pub(super) fn secrets(now: &Snapshot<'_>) -> Vec<Private> {
    let mut hidden = Hidden(Vec::new());
    walk(now.model, now, &mut hidden, false);
    for head in now.model.heads() {
        hidden.0.extend(values(head));
    }
    hidden.0
}

/// What an entry keeps to itself.
pub(super) fn values(head: &Head) -> impl Iterator<Item = Private> + '_ {
    head.secrets.iter().map(|(key, secret)| Private {
        file: Arc::clone(&head.file),
        key: Some(key.clone()),
        secret: secret.clone(),
    })
}

/// The words of dates in the languages of a site.
pub(super) fn dates(site: &Site<'_>) -> HashSet<String> {
    let mut dates: HashSet<String> = site.locales.iter().flat_map(Locale::date_words).collect();
    dates.insert(site.now.zone().abbreviation(site.now.effective));
    dates
}

/// Everything that everybody may read, as texts of a kind.
pub(super) fn public(site: &Site<'_>) -> Vec<(Kind, Vec<u8>)> {
    let mut out = String::new();
    walk(site.now.model, &site.now, &mut Public(&mut out), true);
    for head in site.now.heads() {
        add(&mut out, &head.slug);
    }
    for head in site.now.model.heads() {
        head.allow.iter().for_each(|word| add(&mut out, word));
    }
    // A text not yet visible may name an address of the site, as pages do.
    for planned in output::plan(site) {
        add(&mut out, &site.absolute(address(&planned.path)));
    }
    let mut all = frame(site);
    all.push((Kind::Text, out.into_bytes()));
    all
}

/// How readers know a file: a page by its folder.
fn address(file: &str) -> &str {
    file.strip_suffix("index.html").unwrap_or(file)
}

/// Hands over the words that are visible now, or those that are not.
pub(super) fn walk(model: &Model, now: &Snapshot<'_>, to: &mut impl Gather, wanted: bool) {
    let at = now.effective;
    let shown: HashSet<&str> = now.heads().map(|head| &*head.file).collect();
    let visible = |head: &Head| shown.contains(&*head.file);
    let readable = |head: &Head| visible(head) && head.withdrawn.as_ref().is_none_or(|w| w.at > at);
    for head in model.heads() {
        if let Some(withdrawn) = &head.withdrawn
            && (visible(head) && withdrawn.at <= at) == wanted
        {
            to.text(head, &withdrawn.reason);
        }
    }
    for entry in &model.incidents {
        let head = &entry.head;
        let shown = readable(head);
        let chosen = chosen(&entry.updates, at, shown, wanted);
        to.updates(head, chosen);
        for update in chosen {
            to.estimate(head, update.change.expected_recovery.as_ref());
        }
        if let Some((time, words)) = &entry.postmortem
            && (shown && time.is_none_or(|t| t <= at)) == wanted
        {
            to.rich(head, words);
        }
        if shown == wanted {
            to.text(head, &head.title);
            let parts = [&entry.scope, &entry.workaround, &entry.actions, &entry.compensation];
            front(head, &entry.summary, &parts, &entry.faq, to);
            to.fields(head, &entry.fields);
            to.estimate(head, entry.expected_recovery.as_ref());
        }
    }
    for entry in &model.maintenance {
        let head = &entry.head;
        let shown = readable(head);
        to.updates(head, chosen(&entry.updates, at, shown, wanted));
        if let Some((time, words)) = &entry.evaluation
            && (shown && time.is_none_or(|t| t <= at)) == wanted
        {
            to.rich(head, words);
        }
        if shown == wanted {
            to.text(head, &head.title);
            let parts = [&entry.scope, &entry.workaround, &entry.actions, &entry.compensation];
            front(head, &entry.summary, &parts, &entry.faq, to);
            to.fields(head, &entry.fields);
        }
    }
    for entry in &model.notices {
        let head = &entry.head;
        let shown = readable(head);
        to.updates(head, chosen(&entry.updates, at, shown, wanted));
        if shown == wanted {
            to.text(head, &head.title);
            to.rich(head, &entry.summary);
            entry.actions.iter().for_each(|w| to.rich(head, w));
            questions(head, &entry.faq, to);
            to.fields(head, &entry.fields);
        }
    }
    for entry in model.questions.iter().filter(|e| readable(&e.head) == wanted) {
        to.text(&entry.head, &entry.head.title);
        to.rich(&entry.head, &entry.answer);
    }
    for entry in model.pages.iter().filter(|e| readable(&e.head) == wanted) {
        to.text(&entry.head, &entry.head.title);
        to.rich(&entry.head, &entry.words);
    }
}

/// The updates that are visible at an instant, or those that are not.
fn chosen<C>(updates: &[Update<C>], at: Instant, shown: bool, wanted: bool) -> &[Update<C>] {
    let visible = if shown { updates.partition_point(|u| u.at <= at) } else { 0 };
    if wanted { &updates[..visible] } else { &updates[visible..] }
}

/// The undated words of an entry.
fn front(head: &Head, summary: &Rich, parts: &[&Option<Rich>], faq: &[EntryQuestion], to: &mut impl Gather) {
    to.rich(head, summary);
    parts.iter().copied().flatten().for_each(|w| to.rich(head, w));
    questions(head, faq, to);
}

fn questions(head: &Head, questions: &[EntryQuestion], to: &mut impl Gather) {
    for question in questions {
        to.text(head, &question.question);
        to.rich(head, &question.answer);
    }
}
