//! What several files for programs say in the same way.

use std::collections::BTreeMap;

use super::Site;
use crate::model::Text;

/// A text in each language of the site, as its pages show it.
pub type Names<'a> = BTreeMap<&'a str, &'a str>;

impl Site<'_> {
    #[must_use]
    pub fn names<'a>(&'a self, text: &'a Text) -> Names<'a> {
        let tags = self.now.model.config.locales.iter().enumerate();
        tags.map(|(locale, tag)| (tag.as_str(), text.get(locale).1.as_str())).collect()
    }

    /// Whether a component is not retired.
    #[must_use]
    pub fn is_there(&self, component: usize) -> bool {
        let retired = self.now.model.config.components.all[component].retired;
        retired.is_none_or(|day| day > self.now.today)
    }
}
