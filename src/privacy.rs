//! The last look before publishing: does any private text stand in what is about to go out?
//!
//! Types keep private values out of every format; this search is for the day when a type does not,
//! and for files that are copied as they are. Every private text of eight characters or more is looked
//! for, plain and as each format escapes it. What is also public text is no secret.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, OnceLock};

use aho_corasick::AhoCorasick;

use crate::cms;
use crate::diagnostic::{Diagnostic, Place};
use crate::digest::Digest;
use crate::markdown::{Fragment, Resolve, Target};
use crate::model::entry::{Estimate, FieldValue, Update};
use crate::model::{Head, Instant, Level, Model, Rich, Secret, Text};
use crate::output;
use crate::site::Site;
use crate::text;
use crate::timeline::Snapshot;

/// Shorter texts are found everywhere and prove nothing.
const LEAST: usize = 8;
/// The rule about words that are never published.
const FORBIDDEN: &str = "policy/forbidden-word";

/// A search for everything that must not be published.
pub struct Search<'m> {
    automaton: Option<AhoCorasick>,
    /// For each pattern: the file that the secret stands in, and the secret.
    owners: Vec<(Arc<str>, String)>,
    now: &'m Snapshot<'m>,
    site: &'m Site<'m>,
    /// For each pattern: whether it is public text too, once that has been asked.
    known: Vec<OnceLock<bool>>,
    public: OnceLock<String>,
    copied: Copied<'m>,
}

/// Files that are copied as they are: no rule reads their words before.
struct Copied<'m> {
    paths: HashSet<&'m str>,
    /// Words that the policy forbids.
    forbidden: Option<AhoCorasick>,
    words: &'m [String],
}

impl<'m> Copied<'m> {
    fn new(model: &'m Model) -> Result<Copied<'m>, String> {
        let policy = &model.config.policy;
        let is_asked = policy.level(FORBIDDEN) == Level::Error && !policy.forbid.is_empty();
        let forbidden = is_asked.then(|| {
            AhoCorasick::builder()
                .ascii_case_insensitive(true)
                .build(&policy.forbid)
                .map_err(|e| e.to_string())
        });
        Ok(Copied {
            paths: model.assets.iter().map(String::as_str).collect(),
            forbidden: forbidden.transpose()?,
            words: &policy.forbid,
        })
    }

    /// The first forbidden word in such a file.
    fn find(&self, path: &str, bytes: &[u8]) -> Option<&'m str> {
        let forbidden = self.forbidden.as_ref().filter(|_| self.paths.contains(path))?;
        let hit = forbidden.find(bytes)?;
        self.words.get(hit.pattern().as_usize()).map(String::as_str)
    }
}

/// What stands in a file that may be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing that is looked for.
    Nothing,
    /// Private text that is public elsewhere: as long as it is, and only so long, the file may go out.
    Public,
}

/// What must not go out stands in a file that was about to be published.
#[derive(Debug)]
pub struct Leak {
    /// The file of the entry that owns the secret; of a forbidden word, the file that it stands in.
    pub owner: Arc<str>,
    /// The file that it would have been published in.
    pub path: String,
    /// The word, where it is one that the policy forbids.
    pub forbidden: Option<String>,
}

impl Leak {
    /// In the form of every other fault.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        if let Some(word) = &self.forbidden {
            let message = format!("`{word}` must not be published: `forbid` in site.yaml names it");
            return Diagnostic::error(FORBIDDEN, Place::whole(&self.owner), message)
                .help("this file is copied as it is: take the word out of it, or the file out of `static/`");
        }
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
    /// Prepares the search.
    ///
    /// # Errors
    /// Where there are more private texts than can be looked for at once: then nothing may go out.
    pub fn new(site: &'m Site<'m>) -> Result<Search<'m>, String> {
        let mut patterns: BTreeMap<String, (Arc<str>, String)> = BTreeMap::new();
        for (owner, secret) in secrets(site) {
            for part in parts(secret.needle()).filter(|p| p.chars().count() >= LEAST) {
                for form in forms(&part) {
                    patterns.entry(form).or_insert_with(|| (Arc::clone(&owner), part.clone()));
                }
            }
        }
        let automaton = if patterns.is_empty() {
            None
        } else {
            Some(AhoCorasick::new(patterns.keys()).map_err(|e| e.to_string())?)
        };
        let known = patterns.iter().map(|_| OnceLock::new()).collect();
        Ok(Search {
            automaton,
            owners: patterns.into_values().collect(),
            now: &site.now,
            site,
            known,
            public: OnceLock::new(),
            copied: Copied::new(site.now.model)?,
        })
    }

    /// Stands for all that is looked for.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::of(&self.owners)
    }

    /// Looks through a file.
    ///
    /// # Errors
    /// Where a private text stands in it.
    pub fn inspect(&self, path: &str, bytes: &[u8]) -> Result<Found, Leak> {
        if let Some(word) = self.copied.find(path, bytes) {
            let owner = format!("content/static/{path}").into();
            return Err(Leak { owner, path: path.to_owned(), forbidden: Some(word.to_owned()) });
        }
        let Some(automaton) = &self.automaton else { return Ok(Found::Nothing) };
        let bytes = if path.rsplit('.').next().is_some_and(|end| end.eq_ignore_ascii_case("ics")) {
            unfolded(bytes)
        } else {
            bytes.into()
        };
        let mut all = Found::Nothing;
        let in_path = automaton.find_overlapping_iter(path).next();
        let found = in_path.into_iter().chain(automaton.find_overlapping_iter(&*bytes));
        for hit in found {
            let at = hit.pattern().as_usize();
            let (owner, secret) = &self.owners[at];
            if !*self.known[at].get_or_init(|| self.public().contains(secret)) {
                // Five megabytes of somebody else's words, which were public before any secret of ours.
                if path.ends_with(cms::BUNDLE) && cms::is_bundle(&bytes) {
                    return Ok(Found::Nothing);
                }
                return Err(Leak { owner: Arc::clone(owner), path: path.to_owned(), forbidden: None });
            }
            all = Found::Public;
        }
        Ok(all)
    }

    /// All public text, gathered only when something was found.
    fn public(&self) -> &str {
        self.public.get_or_init(|| {
            let mut out = String::new();
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
            frame(self.now, &mut out);
            out
        })
    }
}

/// A calendar with its lines whole again: they are broken anywhere.
fn unfolded(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = rest.windows(3).position(|found| matches!(found, b"\r\n " | b"\r\n\t")) {
        out.extend_from_slice(&rest[..at]);
        rest = &rest[at + 3..];
    }
    out.extend_from_slice(rest);
    out.into()
}

/// How readers know a file: a page by its folder.
fn address(file: &str) -> &str {
    file.strip_suffix("index.html").unwrap_or(file)
}

/// What a secret may stand as: whole, on one line, and each of its lines.
fn parts(secret: &str) -> impl Iterator<Item = String> {
    let whole = secret.trim();
    let joined = whole.split_whitespace().collect::<Vec<_>>().join(" ");
    [whole.to_owned(), joined].into_iter().chain(whole.lines().map(|l| l.trim().to_owned()))
}

/// What a site without any entry says, and the names of parts of an entry's page: addresses, classes
/// and headings are nobody's secret.
fn frame(now: &Snapshot<'_>, out: &mut String) {
    add(out, include_str!("../themes/default/templates/entry.html"));
    let config = &now.model.config;
    let fields =
        config.fields.iter().flat_map(|f| std::iter::once(&f.name).chain(f.values.iter().map(|v| &v.name)));
    let words = config.severities.iter().flat_map(|w| w.name.iter().chain(&w.definition));
    let kinds = config.kinds.iter().map(|k| &k.name);
    let feedback = config.feedback.iter().map(|l| &l.label);
    for text in fields.chain(words).chain(kinds).chain(feedback) {
        text.all().for_each(|t| add(out, t));
    }
    let empty = Model::new(now.model.config.clone(), now.model.theme.clone(), Vec::new(), Vec::new());
    if let Ok(site) = Site::new(Snapshot::at(&empty, now.effective)) {
        // Files of the theme are as those of `static/`: nobody meant what is in them for every page.
        let is_file = |path: &str| now.model.theme.files.iter().any(|file| file.path == path);
        for file in output::plan(&site).iter().filter(|file| !is_file(&file.path)) {
            add(out, &file.path);
            add(out, &String::from_utf8_lossy(&file.render()));
        }
    }
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
    let (ascii, references) = (text::ascii_json(&plain_json), text::ascii_xml(&html));
    let xml = html.replace("&#39;", "&apos;");
    let twice = text::escape(&html);
    let twice_numeric = text::escape(&numeric);
    let percent = text::percent_encode(secret).into_owned();
    let calendar = secret.replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;").replace('\n', "\\n");
    let mut forms = vec![
        secret.to_owned(),
        html,
        numeric,
        json,
        plain_json,
        ascii,
        references,
        xml,
        twice,
        twice_numeric,
        percent,
        calendar,
    ];
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

struct Hidden {
    found: Vec<(Arc<str>, Secret)>,
    /// Every page has dates: one alone gives nothing away.
    dates: HashSet<String>,
}

impl Hidden {
    fn push(&mut self, head: &Head, words: String) {
        let mut named = words.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty());
        if !named.all(|w| self.dates.contains(w)) {
            self.found.push((Arc::clone(&head.file), Secret::new(words)));
        }
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

/// Everything that nobody may read now, with the file it stands in.
fn secrets(site: &Site<'_>) -> Vec<(Arc<str>, Secret)> {
    let now = &site.now;
    let mut dates: HashSet<String> =
        site.locales.iter().flat_map(super::locale::Locale::date_words).collect();
    dates.insert(now.zone().abbreviation(now.effective));
    let mut hidden = Hidden { found: Vec::new(), dates };
    for head in now.model.heads() {
        hidden.found.extend(head.secrets.iter().map(|(_, s)| (Arc::clone(&head.file), s.clone())));
    }
    walk(now.model, now, &mut hidden, false);
    hidden.found
}

fn public(now: &Snapshot<'_>, out: &mut String) {
    walk(now.model, now, &mut Public(out), true);
    for head in now.heads() {
        add(out, &head.slug);
    }
}

/// Hands over the words that are visible now, or those that are not.
fn walk(model: &Model, now: &Snapshot<'_>, to: &mut impl Gather, wanted: bool) {
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
fn front(
    head: &Head,
    summary: &Rich,
    parts: &[&Option<Rich>],
    faq: &[crate::model::EntryQuestion],
    to: &mut impl Gather,
) {
    to.rich(head, summary);
    parts.iter().copied().flatten().for_each(|w| to.rich(head, w));
    questions(head, faq, to);
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

    use crate::timeline::fixture::{SITE, at, site};

    /// Whether a file with these bytes could be published beside the site's own files.
    fn refused(config: &str, files: &[(&str, &str)], path: &str, bytes: &str) -> bool {
        let model = site(config, files);
        let site = Site::new(Snapshot::at(&model, at("20 12:00"))).expect("built-in locales");
        let search = Search::new(&site).expect("few patterns");
        for file in output::plan(&site) {
            let found = search.inspect(&file.path, &file.render());
            assert!(found.is_ok(), "{found:?}");
        }
        search.inspect(path, bytes.as_bytes()).is_err()
    }

    fn incident(front: &str, body: &str) -> String {
        format!("---\ntitle: t\nseverity: minor\naffects: []\nstarted: 2026-11-20 10:15\n{front}---\n{body}")
    }

    #[test]
    fn secrets_are_found_in_files_and_in_their_names() {
        let text = incident(
            "internal: {who: 山田太郎 070-0000, note: \"Taro Y.\\nTokyo 1\"}\nreviewed_by: [bob]\n",
            "",
        );
        let files = [("incidents/a.md", text.as_str())];
        assert!(refused(SITE, &files, "a.txt", "by 山田太郎 070-0000"));
        assert!(refused(SITE, &files, "山田太郎 070-0000.png", ""));
        assert!(
            refused(SITE, &files, "a.json", "{\"x\":\"Taro Y.\\nTokyo 1\"}"),
            "short lines, long together"
        );
        assert!(refused(SITE, &files, "a.html", "Taro Y. Tokyo 1"));
        assert!(!refused(SITE, &files, "a.txt", "bob"), "too short to prove anything");
        assert!(
            refused(SITE, &files, "a.ics", "DESCRIPTION:by 山田\r\n 太郎 070-\r\n 0000\r\n"),
            "a folded line"
        );
        assert!(!refused(SITE, &files, "a.txt", "by 山田\r\n 太郎 070-\r\n 0000\r\n"));
    }

    #[test]
    fn what_is_also_public_is_no_secret() {
        let config = format!("{SITE}fields: [{{id: ref, name: Ref, on: [incident]}}]\n");
        let front = "internal: {a: words over two lines, b: \"https://x.example/?a=1&b=2\", c: INC-2026-001, d: about noon today}\n\
            fields: {ref: INC-2026-001}\nexpected_recovery: about noon today\n";
        let body = "words over\ntwo lines [x](https://x.example/?a=1&b=2)\n";
        let text = incident(front, body);
        assert!(!refused(&config, &[("incidents/a.md", &text)], "a.txt", "INC-2026-001"));
    }

    #[test]
    fn hidden_words_that_every_page_has_stop_nothing() {
        let body = "`subscribe` **2026年11月19日** `feed.xml` | [incidents](/x/) **02:00–05:00 JST** `stylesheet` `timeline`\n";
        let hidden = incident("draft: true\n", &body.replace("[incidents](/x/)", "`incidents`"));
        let files = [("incidents/a.md", hidden.as_str()), ("incidents/b.md", &incident("", ""))];
        assert!(!refused(SITE, &files, "a.txt", "2026年11月19日"));
    }

    #[test]
    fn hidden_words_are_found() {
        let said = incident(
            "",
            "## identified 2026-11-20 11:00\n## update 2026-11-21 11:00\nexpected_recovery: two weeks at least\n\nthe vendor lost data\n",
        );
        let files = [("incidents/a.md", said.as_str())];
        assert!(refused(SITE, &files, "a.txt", "the vendor lost data"));
        assert!(refused(SITE, &files, "a.txt", "two weeks at least"));
    }
}
