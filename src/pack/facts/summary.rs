//! What channels derive from the facts: the latest statement, the opening sentences, the sender.

use super::{Fact, Facts, Prose, Statement};
use crate::kind::EntryKind;
use crate::model::Instant;
use crate::site::Route;
use crate::site::changes::SetFact;
use crate::site::feed_items::{self, FeedItem};
use crate::site::item_status::ItemStatus;
use crate::text;
use crate::vocabulary::Status;

/// Stands for the title while a message is split into sentences.
const TITLE: &str = "\u{1}";

/// The sentences of a text, without the space between them.
pub(in crate::pack) fn sentences(words: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut start = 0;
    for (at, sign) in words.char_indices() {
        let end = at + sign.len_utf8();
        let is_end = match sign {
            '。' | '！' | '？' | '\n' => true,
            '.' | '!' | '?' | '؟' => words[end..].chars().next().is_none_or(char::is_whitespace),
            _ => false,
        };
        if is_end {
            found.push(words[start..end].trim().to_owned());
            start = end;
        }
    }
    found.push(words[start..].trim().to_owned());
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// Joins sentences, with a space if the language uses one.
fn run_on(sentences: &[String]) -> String {
    let mut out = String::new();
    for sentence in sentences {
        if !out.is_empty() && !out.ends_with(['。', '！', '？']) {
            out.push(' ');
        }
        out.push_str(sentence);
    }
    out
}

impl Facts<'_> {
    pub fn newest(&self) -> Option<&Statement> {
        self.statements.last()
    }

    /// What the latest statement corrects, each fact with its old value.
    pub fn newest_changed(&self) -> &[SetFact] {
        self.newest().map_or(&[], |statement| &statement.changed)
    }

    pub fn newest_at(&self) -> Instant {
        self.newest().map_or(self.site.now.effective, |statement| statement.at.at)
    }

    /// The feed id of the latest statement.
    pub fn newest_id(&self) -> String {
        let newest = feed_items::items(self.site, self.route).into_iter().next();
        newest
            .unwrap_or_else(|| FeedItem::plain(self.route, self.head, ItemStatus::Published, Instant(0)))
            .id()
    }

    /// When an incident that was recorded afterwards was published.
    fn put_on_record(&self) -> Option<Instant> {
        let Route::Incident(at) = self.route else { return None };
        let now = &self.site.now.incidents[at];
        now.incident.backfilled.then(|| self.head.publish_at.unwrap_or(now.published))
    }

    /// The time at which the latest statement was published.
    pub fn published_at(&self) -> Instant {
        self.put_on_record().map_or(self.newest_at(), |at| at.max(self.newest_at()))
    }

    /// The label of a statement, with a note if it comes only from the plan.
    pub fn label_with_origin(&self, statement: &Statement) -> String {
        if !statement.by_clock {
            return statement.label.clone();
        }
        self.locale.format("pack-note", &[("text", &statement.label), ("note", self.t("pack-by-plan"))])
    }

    /// The headline: the state and the title, and the latest statement's label if it differs, as in
    /// `【復旧／事後報告】注文処理の遅延`. A notice's publication needs no label.
    pub fn headline(&self) -> String {
        let label = match self.newest() {
            Some(statement)
                if statement.status != ItemStatus::Published && !self.state.contains(&statement.label) =>
            {
                self.locale.format("pack-state-news", &[("state", &self.state), ("news", &statement.label)])
            }
            _ => self.state.clone(),
        };
        self.locale.format("pack-banner", &[("state", &label), ("title", &self.title)])
    }

    /// Whether the latest statement is a correction.
    pub fn is_correction(&self) -> bool {
        self.newest().is_some_and(|statement| statement.status == Status::Correction.into())
    }

    /// The notes on the latest statement. The note on a correction is left out, because the opening already
    /// says so.
    pub fn newest_notes(&self) -> impl Iterator<Item = &String> {
        let left_out = self.is_correction().then(|| self.t("correction-note"));
        let notes = self.newest().into_iter().flat_map(|statement| &statement.notes);
        notes.filter(move |note| left_out != Some(note.as_str()))
    }

    /// The opening sentences. They leave out a recovery or an apology that the writer's own text contains.
    pub fn opening(&self) -> String {
        let own = self.newest().map_or("", |statement| statement.prose.text.as_str());
        let is_recovery_known = || {
            let is_new = self.newest().is_some_and(|statement| statement.status == Status::Resolved.into());
            !is_new || self.says("pack-words-recovered", own)
        };
        let mut sentences = match self.mood {
            _ if self.is_correction() => self.sentences("pack-open-correction"),
            "resolved" if is_recovery_known() => {
                let apologies = self.sentences("pack-open-resolved").into_iter();
                let apologies = apologies.filter(|sentence| self.apologises(sentence));
                self.sentences("pack-open-notice").into_iter().chain(apologies).collect()
            }
            mood => self.sentences(&format!("pack-open-{mood}")),
        };
        if self.apologises(own) && sentences.iter().any(|sentence| !self.apologises(sentence)) {
            sentences.retain(|sentence| !self.apologises(sentence));
        }
        run_on(&sentences)
    }

    /// Two sentences for entries that are over and have a report: that it is over, and where the report is.
    pub fn reported(&self) -> Option<[String; 2]> {
        let (over, report) = match self.mood {
            "postmortem" => ("pack-open-resolved", "pack-open-postmortem"),
            "evaluation" => ("pack-open-completed", "pack-open-evaluation"),
            _ => return None,
        };
        let first = |key| self.sentences(key).into_iter().next().unwrap_or_default();
        Some([run_on(&[self.t("pack-support-thanks").to_owned(), first(over)]), first(report)])
    }

    /// The sentences of a message about the title.
    fn sentences(&self, key: &str) -> Vec<String> {
        // Punctuation within the title must not end a sentence.
        let words = self.with(key, "title", TITLE);
        sentences(&words).into_iter().map(|sentence| sentence.replace(TITLE, &self.title)).collect()
    }

    pub fn apologises(&self, words: &str) -> bool {
        self.says("pack-words-apology", words)
    }

    /// Whether a text contains one of the words that a message lists.
    fn says(&self, key: &'static str, words: &str) -> bool {
        let words = text::fold(words);
        let known = self.t(key).split([',', '、', '،']).map(text::fold);
        known.into_iter().any(|known| !known.is_empty() && words.contains(&known))
    }

    /// The message key of the heading over the facts. After the end it is in the past tense.
    pub fn heading(&self) -> &'static str {
        match self.head.kind {
            _ if !self.is_over => "pack-facts",
            EntryKind::Incident if !self.is_withdrawn => "pack-facts-incident",
            EntryKind::Maintenance if !self.is_withdrawn && self.mood != "cancelled" => {
                "pack-facts-maintenance"
            }
            _ => "pack-facts-notice",
        }
    }

    /// The message key that names the entry's page.
    pub fn page_key(&self) -> &'static str {
        if self.is_over { "pack-page-over" } else { "pack-page" }
    }

    /// The text of the latest statement, or the entry's summary if it has none.
    pub fn latest(&self) -> &Prose {
        self.newest()
            .map(|statement| &statement.prose)
            .filter(|p| !p.text.is_empty())
            .unwrap_or(&self.summary)
    }

    /// The cancelled window and what readers wait for, one line each.
    pub fn ahead(&self) -> Vec<String> {
        let facts = self.called_off.iter().chain(&self.promises);
        facts.map(|fact| self.line(&fact.label, &fact.value)).collect()
    }

    pub fn fact(&self, key: &str) -> Option<&Fact> {
        self.list.iter().find(|fact| fact.key == key)
    }

    pub fn rows(&self) -> Vec<(String, String)> {
        self.list.iter().map(|fact| (fact.label.clone(), fact.value.clone())).collect()
    }

    /// A line with a label: `次回のお知らせ：2026年11月20日 11:00 JST`.
    pub fn line(&self, label: &str, value: &str) -> String {
        format!("{label}{}{value}", self.t("colon"))
    }

    /// The name and registration of the company.
    pub fn publisher(&self) -> (Option<String>, Option<String>) {
        let config = &self.site.now.model.config;
        (config.publisher.as_ref().map(|t| self.text(t)), config.registration.as_ref().map(|t| self.text(t)))
    }

    /// The sender: the company, or the site if none is named.
    pub fn sender(&self) -> String {
        self.publisher().0.unwrap_or_else(|| self.text(&self.site.now.model.config.title))
    }

    /// The label and address of the contact.
    pub fn contact(&self) -> Option<(String, String)> {
        let contact = self.site.now.model.config.contact.as_ref()?;
        let url = self.linker.written(&contact.url)?;
        let url = url.strip_prefix("mailto:").or(url.strip_prefix("tel:")).unwrap_or(&url).to_owned();
        Some((self.text(&contact.label), url))
    }
}
