//! The texts of a site for both sides of the search: those that are private now, and those that are public.

use std::collections::HashSet;
use std::sync::Arc;

use super::decode::Kind;
use super::needles::Threshold;
use crate::locale::Locale;
use crate::markdown::{Fragment, Resolve, Target};
use crate::model::published::{self, Part, Piece, SiteWords, Words};
use crate::model::{Head, Model, Secret};
use crate::output;
use crate::site::Site;
use crate::timeline::Snapshot;

/// The separator of two texts. No match crosses it.
const BETWEEN: char = '\u{1}';

pub(super) struct PrivateText {
    pub(super) file: Arc<str>,
    /// The key, such as `internal.reporter`; `None` for text that is not visible yet.
    pub(super) key: Option<String>,
    pub(super) secret: Secret,
}

impl PrivateText {
    pub(super) fn least(&self) -> Threshold {
        if self.key.is_some() { Threshold::Value } else { Threshold::Words }
    }
}

fn add(out: &mut String, text: &str) {
    out.push(BETWEEN);
    out.push_str(text);
}

/// The text of messages and of site.yaml, which any page may contain. It is known without rendering.
pub(super) fn words_of_site(site: &Site<'_>) -> String {
    let mut out = String::new();
    site.locales.iter().flat_map(Locale::messages).for_each(|message| add(&mut out, message));
    let config = &site.now.model.config;
    published::site(config, &mut |words| match words {
        SiteWords::Id(words) => add(&mut out, words),
        // An address contains no words, and text for posts and mails is on no page.
        SiteWords::Address(_) | SiteWords::Sent(_) => {}
        SiteWords::Text(text) => text.all().for_each(|words| add(&mut out, words)),
        SiteWords::Rich(words) => words.all().for_each(|words| add(&mut out, &words.plain())),
    });
    config.allow.iter().for_each(|word| add(&mut out, word));
    out
}

/// The output of a site without entries, and the names of the parts of an entry's page. Addresses, classes and
/// headings are not secret.
pub(super) fn frame(site: &Site<'_>) -> Vec<(Kind, Vec<u8>)> {
    let now = &site.now;
    let template = include_str!("../../themes/default/templates/entry.html");
    let mut all = vec![(Kind::Markup, template.as_bytes().to_vec())];
    let mut out = words_of_site(site);
    let empty = Model::new(now.model.config.clone(), now.model.theme.clone(), Vec::new(), Vec::new());
    if let Ok(site) = Site::new(Snapshot::at(&empty, now.effective)) {
        // Theme files count like those of `static/`: their content is not meant for every page.
        let is_file = |path: &str| now.model.theme.files.iter().any(|file| file.path == path);
        for file in output::plan(&site).iter().filter(|file| !is_file(&file.path)) {
            add(&mut out, &file.path);
            all.push((Kind::of(&file.path), file.render()));
        }
    }
    all.push((Kind::Text, out.into_bytes()));
    all
}

/// A collector of the text of entries, for one side or the other.
pub(super) trait Gather {
    fn piece(&mut self, head: &Head, piece: &Piece<'_>);
}

struct Hidden(Vec<PrivateText>);

impl Gather for Hidden {
    fn piece(&mut self, head: &Head, piece: &Piece<'_>) {
        let push = |words: String| {
            self.0.push(PrivateText { file: Arc::clone(&head.file), key: None, secret: Secret::new(words) });
        };
        match piece.words {
            // The name of a hidden entry is a word that may occur anywhere.
            Words::Name(_) => {}
            Words::Text(text) => text.all().cloned().for_each(push),
            Words::Rich(words) => words.all().flat_map(Fragment::segments).for_each(push),
        }
    }
}

struct Public<'o>(&'o mut String);

impl Gather for Public<'_> {
    fn piece(&mut self, _: &Head, piece: &Piece<'_>) {
        match piece.words {
            Words::Name(name) => add(self.0, name),
            Words::Text(text) => text.all().for_each(|words| add(self.0, words)),
            Words::Rich(words) => {
                for fragment in words.all() {
                    fragment.segments().iter().for_each(|words| add(self.0, words));
                    // The text is added on one line, as in descriptions, and also with the addresses of its links.
                    add(self.0, &fragment.plain());
                    add(self.0, &fragment.html(&Nowhere).replace("&amp;", "&"));
                }
            }
        }
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
    fn notes_page(&self) -> &'static str {
        ""
    }
}

pub(super) fn secrets(now: &Snapshot<'_>) -> Vec<PrivateText> {
    let mut hidden = Hidden(Vec::new());
    walk(now.model, now, &mut hidden, false);
    for head in now.model.heads() {
        hidden.0.extend(values(head));
    }
    hidden.0
}

pub(super) fn values(head: &Head) -> impl Iterator<Item = PrivateText> + '_ {
    head.secrets.iter().map(|(key, secret)| PrivateText {
        file: Arc::clone(&head.file),
        key: Some(key.clone()),
        secret: secret.clone(),
    })
}

/// The words of dates in the languages of a site.
pub(super) fn dates(site: &Site<'_>) -> HashSet<String> {
    let mut dates: HashSet<String> = site.locales.iter().flat_map(Locale::date_words).collect();
    let zone = site.now.zone().abbreviation(site.now.effective);
    dates.extend(zone.split(' ').map(|word| word.trim_matches(['(', ')']).to_owned()));
    dates
}

pub(super) fn public(site: &Site<'_>) -> Vec<(Kind, Vec<u8>)> {
    let mut out = String::new();
    walk(site.now.model, &site.now, &mut Public(&mut out), true);
    for head in site.now.model.heads() {
        head.allow.iter().for_each(|word| add(&mut out, word));
    }
    // Text that is not visible yet may mention an address of the site, as pages do.
    for planned in output::plan(site) {
        add(&mut out, &site.absolute(address(&planned.path)));
    }
    let mut all = frame(site);
    all.push((Kind::Text, out.into_bytes()));
    all
}

/// The address of a file as readers see it: a page by its folder.
fn address(file: &str) -> &str {
    file.strip_suffix("index.html").unwrap_or(file)
}

/// Collects the text that is visible now, or the text that is not.
pub(super) fn walk(model: &Model, now: &Snapshot<'_>, to: &mut impl Gather, wanted: bool) {
    let at = now.effective;
    let shown: HashSet<&str> = now.heads().map(|head| &*head.file).collect();
    for (head, entry) in model.heads().zip(model.entries()) {
        let is_shown = shown.contains(&*head.file);
        let is_gone = head.withdrawn.as_ref().is_some_and(|withdrawn| withdrawn.at <= at);
        published::entry(entry, &mut |piece| {
            let is_read = match piece.part {
                // Its address stays, and shows the reason.
                Part::Reason => is_gone,
                Part::Slug | Part::Id | Part::ApiId | Part::Alias => true,
                _ => !is_gone && piece.since.is_none_or(|since| since <= at),
            };
            if (is_shown && is_read) == wanted {
                to.piece(head, &piece);
            }
        });
    }
}
