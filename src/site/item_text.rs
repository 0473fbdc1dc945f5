//! The title, address and text of a feed item in a language, the same in every format.

use super::feed_items::FeedItem;
use super::item_facts::ItemFacts;
use super::{Linker, Route, Site, Words};
use crate::model::Rich;
use crate::model::entry::Withdrawn;
use crate::text;
use crate::vocabulary::Status;

/// A feed item in a language, with absolute addresses.
#[derive(Debug)]
pub struct ItemText {
    /// `【復旧】注文処理の遅延`, `[Resolved] Delayed orders`.
    pub title: String,
    pub address: String,
    /// Severity or kind, then components; also `correction` if the item is one.
    pub categories: Vec<String>,
    pub html: String,
}

/// A feed item in a language as plain text.
#[derive(Debug, Default)]
pub struct PlainText {
    pub words: Vec<String>,
    /// Labels and values.
    pub facts: Vec<(String, String)>,
    /// What readers are asked to do, after its heading.
    pub asked: Option<String>,
}

impl Site<'_> {
    #[must_use]
    pub fn item_text(&self, item: &FeedItem<'_>, locale: usize, linker: &Linker<'_>) -> ItemText {
        let language = &self.locales[locale];
        let withdrawn = self.is_withdrawn(item.route);
        let title = self.title(item.route, locale).map(|(_, title)| title).unwrap_or_default();
        let page = linker.page(item.route);
        let mut html = match withdrawn {
            Some(withdrawn) => self.reason_html(withdrawn, locale),
            None => self.item_html(item, locale, linker, &page),
        };
        if html.trim().is_empty() {
            html = format!("<p>{}</p>", text::escape(&title));
        }
        let address = if item.words.is_some() && withdrawn.is_none() {
            format!("{page}#{}", item.anchor())
        } else {
            page
        };
        let mut categories = if withdrawn.is_some() { Vec::new() } else { self.categories(item, locale) };
        if item.is_correction() && withdrawn.is_none() {
            // The same word in every language, so that programs can find it.
            categories.push(Status::Correction.word().to_owned());
        }
        // The same form of title as in all other channels.
        let label = language.t(item.label.message());
        let title = language.format("pack-banner", &[("state", label), ("title", &title)]);
        ItemText { title, address, categories, html }
    }

    /// The reason for a withdrawal as HTML, with a `lang` attribute if it is in another language.
    fn reason_html(&self, withdrawn: &Withdrawn, locale: usize) -> String {
        let (found, reason) = withdrawn.reason.get(locale);
        let mut html = String::from("<p");
        if found != locale {
            html.push_str(" lang=\"");
            text::escape_into(&mut html, &self.locales[found].tag);
            html.push('"');
        }
        html.push('>');
        text::escape_into(&mut html, reason);
        html.push_str("</p>");
        html
    }

    /// The text of an item and its facts as HTML; `page` is the address of its entry.
    fn item_html(&self, item: &FeedItem<'_>, locale: usize, linker: &Linker<'_>, page: &str) -> String {
        let language = &self.locales[locale];
        let mut html = String::new();
        if item.is_correction() {
            paragraph(&mut html, language.t("correction-note"));
        }
        let resolve = Words::elsewhere(linker, item.head, page.to_owned()).in_feed(item.at);
        let ItemFacts { lead, facts, asked } = self.item_facts(item, locale);
        if let Some(lead) = &lead {
            paragraph(&mut html, lead);
        }
        if let Some(words) = self.item_words(item, locale) {
            self.write_words(&mut html, words, locale, &resolve);
        }
        for fact in &facts {
            html.push_str("<p>");
            text::escape_into(&mut html, &format!("{}{}", fact.label, language.t("colon")));
            html.push_str(&fact.html(language));
            html.push_str("</p>\n");
        }
        if let Some(asked) = asked {
            paragraph(&mut html, language.t("section-actions"));
            self.write_words(&mut html, asked, locale, &resolve);
        }
        html
    }

    /// An item in a language as plain text: its text, and a line for each fact.
    #[must_use]
    pub fn item_plain_text(&self, item: &FeedItem<'_>, locale: usize, linker: &Linker<'_>) -> String {
        let PlainText { words, facts, asked } = self.item_plain_parts(item, locale, linker);
        let colon = self.locales[locale].t("colon");
        let facts = facts.iter().map(|(label, value)| format!("{label}{colon}{value}"));
        let lines: Vec<String> = words.into_iter().chain(facts).chain(asked).collect();
        if lines.is_empty() {
            return self.title(item.route, locale).map(|(_, title)| title).unwrap_or_default();
        }
        lines.join("\n")
    }

    /// The same in parts.
    #[must_use]
    pub fn item_plain_parts(&self, item: &FeedItem<'_>, locale: usize, linker: &Linker<'_>) -> PlainText {
        if let Some(withdrawn) = self.is_withdrawn(item.route) {
            return PlainText { words: vec![withdrawn.reason.get(locale).1.clone()], ..PlainText::default() };
        }
        let resolve = Words::elsewhere(linker, item.head, linker.page(item.route)).in_feed(item.at);
        let plain =
            |words: &Rich| Some(words.get(locale).1.lines(&resolve)).filter(|words| !words.is_empty());
        let language = &self.locales[locale];
        let ItemFacts { lead, facts, asked } = self.item_facts(item, locale);
        let note = item.is_correction().then(|| language.t("correction-note").to_owned());
        let asked = asked.and_then(plain);
        PlainText {
            words: note
                .into_iter()
                .chain(lead)
                .chain(self.item_words(item, locale).and_then(plain))
                .collect(),
            facts: facts.iter().map(|fact| (fact.label.clone(), fact.line(language))).collect(),
            asked: asked.map(|asked| format!("{}\n{asked}", language.t("section-actions"))),
        }
    }

    /// The text of an item, or the entry's summary if it has none.
    fn item_words<'i>(&'i self, item: &FeedItem<'i>, locale: usize) -> Option<&'i Rich> {
        item.words.filter(|words| !words.get(locale).1.is_empty()).or_else(|| self.summary(item.route))
    }

    /// The text of an entry before its first update.
    #[must_use]
    pub fn summary(&self, route: Route) -> Option<&Rich> {
        match route {
            Route::Incident(at) => Some(&self.now.incidents[at].incident.summary),
            Route::Maintenance(at) => Some(&self.now.maintenance[at].maintenance.summary),
            Route::Series(at) => Some(&self.now.series[at].maintenance.summary),
            Route::Notice(at) => Some(&self.now.notices[at].notice.summary),
            _ => None,
        }
    }

    /// Writes an entry's text, with a `lang` attribute if it is in another language, which screen readers need.
    fn write_words(&self, html: &mut String, words: &Rich, locale: usize, resolve: &Words<'_>) {
        let (found, words) = words.get(locale);
        if found == locale {
            words.write(html, resolve);
        } else if !words.is_empty() {
            html.push_str("<div lang=\"");
            text::escape_into(html, &self.locales[found].tag);
            html.push_str("\">");
            words.write(html, resolve);
            html.push_str("</div>\n");
        }
    }
}

fn paragraph(html: &mut String, words: &str) {
    html.push_str("<p>");
    text::escape_into(html, words);
    html.push_str("</p>\n");
}
