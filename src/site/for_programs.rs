//! What several files for programs say in the same way.

use std::collections::BTreeMap;

use super::{Route, Site};
use crate::model::advice::Advice;
use crate::model::{Rich, Stated, Text};
use crate::timeline::{Turn, WindowNow};
use crate::vocabulary::ComponentStatus;

/// A text in each language of the site, as its pages show it.
pub type Names<'a> = BTreeMap<&'a str, &'a str>;

impl Site<'_> {
    #[must_use]
    pub fn names<'a>(&'a self, text: &'a Text) -> Names<'a> {
        let tags = self.now.model.config.locales.iter().enumerate();
        tags.map(|(locale, tag)| (tag.as_str(), text.get(locale).1.as_str())).collect()
    }

    /// One line or more of Markdown as plain text, in the languages that have it; `None` if it is empty.
    #[must_use]
    pub fn plain_words(&self, words: Option<&Rich>) -> Option<BTreeMap<String, String>> {
        let words = words?;
        let all = self.locales.iter().filter_map(|locale| {
            let (of, words) = words.get(locale.index);
            let words = words.plain();
            (of == locale.index && !words.is_empty()).then(|| (locale.tag.clone(), words))
        });
        Some(all.collect::<BTreeMap<_, _>>()).filter(|all| !all.is_empty())
    }

    /// The title of an entry, in the languages that have it.
    #[must_use]
    pub fn titles(&self, route: Route) -> BTreeMap<String, String> {
        let titles = self.locales.iter().filter_map(|locale| {
            let (of, title) = self.title(route, locale.index)?;
            (of == locale.index).then(|| (locale.tag.clone(), title))
        });
        titles.collect()
    }

    /// A component with its first two turns as an example: one that is not operational, if there is any.
    #[must_use]
    pub fn example(&self) -> Option<(&str, Vec<Turn>)> {
        let all = self.now.turns().components;
        let is_down = |at: &usize| self.now.components[*at] != ComponentStatus::Operational;
        let there = || (0..all.len()).filter(|at| self.is_there(*at));
        let at = there().find(is_down).or_else(|| there().next())?;
        let id = &self.now.model.config.components.all[at].id;
        Some((id, all[at].iter().take(2).cloned().collect()))
    }

    /// Whether a component is not retired.
    #[must_use]
    pub fn is_there(&self, component: usize) -> bool {
        let retired = self.now.model.config.components.all[component].retired;
        retired.is_none_or(|day| day > self.now.today)
    }

    /// By when open orders should be cancelled before a window.
    #[must_use]
    pub fn cancel_before(advice: &Advice, window: &WindowNow<'_>) -> Option<Stated> {
        let is_on = !window.awaits_new_time && !window.is_cancelled();
        advice.cancel_before.filter(|_| is_on).and_then(|before| before.of(window.plan))
    }
}
