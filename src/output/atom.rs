//! Atom (RFC 4287), for the site and each of its subjects, in each language.

use super::xml::Xml;
use super::{Planned, each_feed};
use crate::model::Instant;
use crate::site::feed_items::FeedItem;
use crate::site::{ItemText, Site, Subject};

pub(super) fn plan<'a>(site: &'a Site<'a>) -> Vec<Planned<'a>> {
    each_feed(site, "feed.atom", Some("history.atom"), feed)
}

fn feed(site: &Site<'_>, subject: Subject, locale: usize, path: &str) -> String {
    let config = &site.now.model.config;
    let own = site.absolute(path);
    let page = site.absolute(&site.path(site.page_of(subject), locale));
    let mut xml = Xml::new();
    let language = site.locales[locale].tag.as_str();
    xml.open("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", language)]);
    xml.text("id", &[], &own);
    xml.text("title", &[], &site.name_of(subject, locale));
    if let Some(description) = &config.description {
        xml.text("subtitle", &[], description.get(locale).1);
    }
    // A feed without items must not change every day.
    let newest = site.feed(subject).next().map_or(Instant(0), |item| item.at);
    xml.text("updated", &[], &newest.iso());
    xml.open("author", &[]);
    let author = config.publisher.as_ref().unwrap_or(&config.title);
    xml.text("name", &[], author.get(locale).1);
    xml.close("author");
    xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &own)]);
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &page)]);
    if let Some(hub) = &config.hub {
        xml.empty("link", &[("rel", "hub"), ("href", hub)]);
    }
    xml.text("generator", &[], "noroshi");
    for (item, text) in site.feed_in(subject, locale) {
        entry(&mut xml, item, text);
    }
    xml.close("feed");
    xml.finish()
}

fn entry(xml: &mut Xml, item: &FeedItem<'_>, text: &ItemText) {
    xml.open("entry", &[]);
    xml.text("id", &[], &item.id());
    xml.text("title", &[], &text.title);
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &text.address)]);
    xml.text("published", &[], &item.at.iso());
    xml.text("updated", &[], &item.at.iso());
    for category in &text.categories {
        xml.empty("category", &[("term", category)]);
    }
    xml.text("content", &[("type", "html")], &text.html);
    xml.close("entry");
}
