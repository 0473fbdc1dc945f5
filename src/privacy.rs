//! The last look before publishing: does any private text stand in what is about to go out?
//!
//! Types keep private values out of every format; this search is for the day when a type does not,
//! and for files that are copied as they are. Every private text of eight characters or more is looked
//! for, plain and as each format escapes it. What is also public text is no secret.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use aho_corasick::AhoCorasick;

use crate::diagnostic::{Diagnostic, Place};
use crate::markdown::Fragment;
use crate::model::entry::Update;
use crate::model::{Head, Model, Rich, Secret, Text};
use crate::output;
use crate::site::Site;
use crate::text;
use crate::timeline::Snapshot;

/// Shorter texts are found everywhere and prove nothing.
const LEAST: usize = 8;

/// A search for everything that must not be published.
pub struct Search<'m> {
    automaton: Option<AhoCorasick>,
    /// For each pattern: the file that the secret stands in, and the secret.
    owners: Vec<(Arc<str>, String)>,
    now: &'m Snapshot<'m>,
    site: &'m Site<'m>,
    config_text: &'m str,
    public: OnceLock<String>,
}

/// A private text stands in a file that was about to be published.
#[derive(Debug)]
pub struct Leak {
    /// The file of the entry that owns the secret.
    pub owner: Arc<str>,
    /// The file that it would have been published in.
    pub path: String,
}

impl Leak {
    /// In the form of every other fault.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        let message = format!("a private text of this entry would be published in `{}`", self.path);
        Diagnostic::error("privacy/leak", Place::whole(&self.owner), message)
            .help("look for words of `internal`, `reviewed_by`, of a draft or of what is not yet visible in that file")
    }
}

impl std::fmt::Debug for Search<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Search({} patterns)", self.owners.len())
    }
}

impl<'m> Search<'m> {
    /// Prepares the search. `config_text` is the text of site.yaml, all of which is public.
    #[must_use]
    pub fn new(site: &'m Site<'m>, config_text: &'m str) -> Search<'m> {
        let mut patterns: BTreeMap<String, (Arc<str>, String)> = BTreeMap::new();
        for (owner, secret) in secrets(&site.now) {
            for line in secret.needle().lines().map(str::trim).filter(|l| l.chars().count() >= LEAST) {
                for form in forms(line) {
                    patterns.entry(form).or_insert_with(|| (Arc::clone(&owner), line.to_owned()));
                }
            }
        }
        let automaton = if patterns.is_empty() { None } else { AhoCorasick::new(patterns.keys()).ok() };
        Search {
            automaton,
            owners: patterns.into_values().collect(),
            now: &site.now,
            site,
            config_text,
            public: OnceLock::new(),
        }
    }

    /// Looks through a file.
    ///
    /// # Errors
    /// Where a private text stands in it.
    pub fn inspect(&self, path: &str, bytes: &[u8]) -> Result<(), Leak> {
        let Some(automaton) = &self.automaton else { return Ok(()) };
        let in_path = automaton.find_overlapping_iter(path).next();
        let found = in_path.into_iter().chain(automaton.find_overlapping_iter(bytes));
        for hit in found {
            let (owner, secret) = &self.owners[hit.pattern().as_usize()];
            if !self.public().contains(secret) {
                return Err(Leak { owner: Arc::clone(owner), path: path.to_owned() });
            }
        }
        Ok(())
    }

    /// All public text, gathered only when something was found.
    fn public(&self) -> &str {
        self.public.get_or_init(|| {
            let mut out = String::from(self.config_text);
            for locale in &self.site.locales {
                for message in locale.messages() {
                    add(&mut out, message);
                }
            }
            public(self.now, &mut out);
            // A text not yet visible may name an address of the site, as pages do.
            for planned in output::plan(self.site) {
                add(&mut out, &self.site.absolute(address(&planned.path)));
            }
            out
        })
    }
}

/// How readers know a file: a page by its folder.
fn address(file: &str) -> &str {
    file.strip_suffix("index.html").unwrap_or(file)
}

/// A text as each format would write it.
fn forms(secret: &str) -> Vec<String> {
    let html = text::escape(secret);
    let numeric = html
        .replace("&amp;", "&#38;")
        .replace("&lt;", "&#60;")
        .replace("&gt;", "&#62;")
        .replace("&quot;", "&#34;");
    let json = text::json_string(secret);
    let json = json[1..json.len() - 1].to_owned();
    let plain_json = serde_json::to_string(secret).unwrap_or_default();
    let plain_json = plain_json.trim_matches('"').to_owned();
    let xml = html.replace("&#39;", "&apos;");
    let twice = text::escape(&html);
    let twice_numeric = text::escape(&numeric);
    let percent = text::percent_encode(secret).into_owned();
    let mut forms =
        vec![secret.to_owned(), html, numeric, json, plain_json, xml, twice, twice_numeric, percent];
    forms.sort();
    forms.dedup();
    forms
}

fn add(out: &mut String, text: &str) {
    out.push('\n');
    out.push_str(text);
}

/// Gathers the words of entries, for one side or the other.
trait Gather {
    fn text(&mut self, head: &Head, text: &Text);
    fn fragment(&mut self, head: &Head, fragment: &Fragment);
    fn rich(&mut self, head: &Head, words: &Rich) {
        words.all().for_each(|f| self.fragment(head, f));
    }
    fn updates<C>(&mut self, head: &Head, updates: &[Update<C>]) {
        updates.iter().for_each(|u| self.rich(head, &u.words));
    }
}

struct Hidden(Vec<(Arc<str>, Secret)>);

impl Gather for Hidden {
    fn text(&mut self, head: &Head, text: &Text) {
        self.0.extend(text.all().map(|t| (Arc::clone(&head.file), Secret::new(t.clone()))));
    }
    fn fragment(&mut self, head: &Head, fragment: &Fragment) {
        self.0.extend(fragment.segments().into_iter().map(|s| (Arc::clone(&head.file), Secret::new(s))));
    }
}

struct Public<'o>(&'o mut String);

impl Gather for Public<'_> {
    fn text(&mut self, _: &Head, text: &Text) {
        text.all().for_each(|t| add(self.0, t));
    }
    fn fragment(&mut self, _: &Head, fragment: &Fragment) {
        fragment.segments().iter().for_each(|s| add(self.0, s));
    }
}

/// Everything that nobody may read now, with the file it stands in.
fn secrets(now: &Snapshot<'_>) -> Vec<(Arc<str>, Secret)> {
    let mut hidden = Hidden(Vec::new());
    for head in now.model.heads() {
        hidden.0.extend(head.secrets.iter().map(|s| (Arc::clone(&head.file), s.clone())));
    }
    walk(now.model, now, &mut hidden, false);
    hidden.0
}

fn public(now: &Snapshot<'_>, out: &mut String) {
    walk(now.model, now, &mut Public(out), true);
    for head in now.model.heads().filter(|h| now.shows(h)) {
        add(out, &head.slug);
    }
}

/// Hands over the words that are visible now, or those that are not.
fn walk(model: &Model, now: &Snapshot<'_>, to: &mut impl Gather, wanted: bool) {
    let at = now.effective;
    let readable = |head: &Head| now.shows(head) && head.withdrawn.as_ref().is_none_or(|w| w.at > at);
    for entry in &model.incidents {
        let head = &entry.head;
        let shown = readable(head);
        let visible = if shown { entry.updates.partition_point(|u| u.at <= at) } else { 0 };
        let (said, ahead) = entry.updates.split_at(visible);
        to.updates(head, if wanted { said } else { ahead });
        if let Some((time, words)) = &entry.postmortem
            && (shown && time.is_none_or(|t| t <= at)) == wanted
        {
            to.rich(head, words);
        }
        if shown == wanted {
            to.text(head, &head.title);
            let parts = [&entry.scope, &entry.workaround, &entry.actions, &entry.compensation];
            parts.into_iter().flatten().chain([&entry.summary]).for_each(|w| to.rich(head, w));
            questions(head, &entry.faq, to);
        }
    }
    for entry in &model.maintenance {
        let head = &entry.head;
        let shown = readable(head);
        let visible = if shown { entry.updates.partition_point(|u| u.at <= at) } else { 0 };
        let (said, ahead) = entry.updates.split_at(visible);
        to.updates(head, if wanted { said } else { ahead });
        if let Some((time, words)) = &entry.evaluation
            && (shown && time.is_none_or(|t| t <= at)) == wanted
        {
            to.rich(head, words);
        }
        if shown == wanted {
            to.text(head, &head.title);
            let parts = [&entry.scope, &entry.workaround, &entry.actions, &entry.compensation];
            parts.into_iter().flatten().chain([&entry.summary]).for_each(|w| to.rich(head, w));
            questions(head, &entry.faq, to);
        }
    }
    for entry in &model.notices {
        let head = &entry.head;
        let shown = readable(head);
        let visible = if shown { entry.updates.partition_point(|u| u.at <= at) } else { 0 };
        let (said, ahead) = entry.updates.split_at(visible);
        to.updates(head, if wanted { said } else { ahead });
        if shown == wanted {
            to.text(head, &head.title);
            to.rich(head, &entry.summary);
            entry.actions.iter().for_each(|w| to.rich(head, w));
            questions(head, &entry.faq, to);
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

fn questions(head: &Head, questions: &[crate::model::EntryQuestion], to: &mut impl Gather) {
    for question in questions {
        to.text(head, &question.question);
        to.rich(head, &question.answer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_looked_for_as_every_format_writes_it() {
        let forms = forms("R&D \"Taro\" <x>");
        for form in [
            "R&D \"Taro\" <x>",
            "R&amp;D &quot;Taro&quot; &lt;x&gt;",
            "R&#38;D &#34;Taro&#34; &#60;x&#62;",
            "R&D \\\"Taro\\\" <x>",
            "R\\u0026D \\\"Taro\\\" \\u003cx\\u003e",
            "R&amp;amp;D &amp;quot;Taro&amp;quot; &amp;lt;x&amp;gt;",
            "R%26D%20%22Taro%22%20%3Cx%3E",
        ] {
            assert!(forms.iter().any(|f| f == form), "{form} is not in {forms:?}");
        }
    }
}
