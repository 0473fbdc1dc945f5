//! What channels ask of the facts: the newest word, the first sentence, who says it.

use super::{Fact, Facts, Prose, Said};
use crate::model::Instant;
use crate::site::Route;
use crate::site::news::{self, News};

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
        let newest = news::items(self.site, self.route).into_iter().next();
        newest.unwrap_or_else(|| News::plain(self.route, self.head, "published", Instant(0))).id()
    }

    /// When an incident that was written afterwards was put on record.
    fn put_on_record(&self) -> Option<Instant> {
        let Route::Incident(at) = self.route else { return None };
        let now = &self.site.now.incidents[at];
        now.incident.backfilled.then(|| self.head.publish_at.unwrap_or(now.published))
    }

    /// When the last thing was told.
    pub fn told_at(&self) -> Instant {
        self.put_on_record().map_or(self.newest_at(), |at| at.max(self.newest_at()))
    }

    /// What it was, and whether only the plan said so.
    pub fn label_with_origin(&self, said: &Said) -> String {
        if !said.by_clock {
            return said.label.clone();
        }
        self.locale.format("pack-note", &[("text", &said.label), ("note", self.t("pack-by-plan"))])
    }

    /// How often something was said so far; at least once, for this is said now.
    pub fn reports(&self) -> usize {
        if self.put_on_record().is_some() {
            return 1;
        }
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
