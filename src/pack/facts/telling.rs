//! What channels ask of the facts: the newest word, the first sentence, who says it.

use super::{Fact, Facts, Prose, Said};
use crate::model::Instant;
use crate::site::Route;
use crate::site::news::News;
use crate::vocabulary::Status;

impl Facts<'_> {
    /// The last thing that was said.
    pub fn newest(&self) -> Option<&Said> {
        self.said.last()
    }

    /// When that was.
    pub fn newest_at(&self) -> Instant {
        self.newest().map_or(self.site.now.effective, |said| said.at)
    }

    /// The identity of the last thing that was said, as feeds know it.
    pub fn newest_id(&self) -> String {
        let item = |said: &Said| (said.status, said.at, said.ordinal);
        let (status, at, ordinal) =
            self.put_on_record().or(self.newest().map(item)).unwrap_or(("published", Instant(0), 0));
        let (route, head) = (self.route, self.head);
        let occurrence = self.site.occurrence(route).map(|o| o.day);
        News { occurrence, ordinal, ..News::plain(route, head, status, at) }.id()
    }

    /// A backfilled incident is one item, whatever it holds.
    fn put_on_record(&self) -> Option<(&'static str, Instant, usize)> {
        let Route::Incident(at) = self.route else { return None };
        let now = &self.site.now.incidents[at];
        let published = self.head.publish_at.unwrap_or(now.published);
        (now.incident.backfilled && !now.withdrawn).then(|| (Status::Update.word(), published, 0))
    }

    /// How often something was said so far; at least once, for this is said now.
    pub fn reports(&self) -> usize {
        self.said.iter().filter(|said| !said.by_clock).count().max(1)
    }

    /// `[復旧・事後報告] 注文処理の遅延`: the state, and what is new where that is something else.
    pub fn headline(&self) -> String {
        let label = match self.newest() {
            Some(said) if !self.state.contains(&said.label) => {
                self.locale.format("pack-state-news", &[("state", &self.state), ("news", &said.label)])
            }
            _ => self.state.clone(),
        };
        format!("[{label}] {}", self.title)
    }

    /// The first sentence.
    pub fn opening(&self) -> String {
        self.with(&format!("pack-open-{}", self.mood), "title", &self.title)
    }

    /// The words of the last thing that was said; where it has none, what the entry says at its head.
    pub fn latest(&self) -> &Prose {
        self.newest().map(|said| &said.prose).filter(|p| !p.text.is_empty()).unwrap_or(&self.summary)
    }

    /// The window that is off, and what readers wait for, as lines.
    pub fn ahead(&self) -> Vec<String> {
        let facts = self.called_off.iter().chain(&self.promises);
        facts.map(|fact| self.line(&fact.label, &fact.value)).collect()
    }

    pub fn fact(&self, key: &str) -> Option<&Fact> {
        self.list.iter().find(|fact| fact.key == key)
    }

    /// Labels and values of all facts.
    pub fn rows(&self) -> Vec<(String, String)> {
        self.list.iter().map(|fact| (fact.label.clone(), fact.value.clone())).collect()
    }

    /// `次回のお知らせ：2026年11月20日 11:00 JST`.
    pub fn line(&self, label: &str, value: &str) -> String {
        format!("{label}{}{value}", self.t("colon"))
    }

    /// The name of the company, and its registration.
    pub fn publisher(&self) -> (Option<String>, Option<String>) {
        let config = &self.site.now.model.config;
        (config.publisher.as_ref().map(|t| self.text(t)), config.registration.as_ref().map(|t| self.text(t)))
    }

    /// Who says this: the company, else the site.
    pub fn sender(&self) -> String {
        self.publisher().0.unwrap_or_else(|| self.text(&self.site.now.model.config.title))
    }

    /// Words and address of where to ask.
    pub fn contact(&self) -> Option<(String, String)> {
        let contact = self.site.now.model.config.contact.as_ref()?;
        let url = self.linker.written(&contact.url)?;
        let url = url.strip_prefix("mailto:").or(url.strip_prefix("tel:")).unwrap_or(&url).to_owned();
        Some((self.text(&contact.label), url))
    }
}
