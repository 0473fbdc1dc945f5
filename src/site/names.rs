//! The names of entries, severities, kinds and states in each language.

use super::Site;
use super::route::Route;
use crate::model::maintenance::MaintenanceType;
use crate::panics;
use crate::vocabulary::Severity;

impl Site<'_> {
    /// The title of an entry in a language, and the language it is actually in; for an occurrence, with its
    /// day. For a withdrawn entry, only a text that says so. Every published title comes from here or from
    /// [`Site::short_title`].
    #[must_use]
    pub fn title(&self, route: Route, locale: usize) -> Option<(usize, String)> {
        let (found, title) = self.short_title(route, locale)?;
        let occurrence = self.occurrence(route).filter(|_| self.is_withdrawn(route).is_none());
        let Some(occurrence) = occurrence else { return Some((found, title)) };
        let language = &self.locales[found];
        let day = language.day(occurrence.day);
        Some((found, language.format("occurrence-title", &[("title", &title), ("day", &day)])))
    }

    /// The title without the day of an occurrence, for places that show the day separately.
    #[must_use]
    pub fn short_title(&self, route: Route, locale: usize) -> Option<(usize, String)> {
        let head = self.head(route)?;
        panics::seam("render", &head.file);
        if self.is_withdrawn(route).is_some() {
            return Some((locale, self.locales[locale].t("withdrawn-title").to_owned()));
        }
        let (found, title) = head.title.get(locale);
        panics::seam("title", title);
        Some((found, title.clone()))
    }

    #[must_use]
    pub fn severity_name(&self, severity: Severity, locale: usize) -> String {
        let own = self.now.model.config.severity(severity).and_then(|w| w.name.as_ref());
        own.map_or(self.locales[locale].t(severity.message()), |name| name.get(locale).1).to_owned()
    }

    #[must_use]
    pub fn kind_name(&self, kind: MaintenanceType, locale: usize) -> String {
        match kind {
            MaintenanceType::Own(at) => self.now.model.config.kinds[at].name.get(locale).1.clone(),
            MaintenanceType::BuiltIn(kind) => self.locales[locale].t(kind.message()).to_owned(),
        }
    }
}
