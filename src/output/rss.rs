//! RSS 2.0 (rssboard.org), for the site and each of its subjects, in each language.

use super::xml::Xml;
use super::{Planned, each_feed};
use crate::site::feed_items::FeedItem;
use crate::site::{ItemText, Site, Subject};

pub(super) fn plan<'a>(site: &'a Site<'a>) -> Vec<Planned<'a>> {
    each_feed(site, "feed.xml", Some("history.rss"), feed)
}

fn feed(site: &Site<'_>, subject: Subject, locale: usize, path: &str) -> String {
    let config = &site.now.model.config;
    let title = site.name_of(subject, locale);
    let description = config.description.as_ref().map_or(&title, |d| d.get(locale).1);
    let mut xml = Xml::new();
    xml.open("rss", &[("version", "2.0"), ("xmlns:atom", "http://www.w3.org/2005/Atom")]);
    xml.open("channel", &[]);
    xml.text("title", &[], &title);
    xml.text("link", &[], &site.absolute(&site.path(site.page_of(subject), locale)));
    xml.text("description", &[], description);
    xml.text("language", &[], &site.locales[locale].tag);
    xml.text("generator", &[], "noroshi");
    let own = site.absolute(path);
    xml.empty("atom:link", &[("href", &own), ("rel", "self"), ("type", "application/rss+xml")]);
    if let Some(hub) = &config.hub {
        xml.empty("atom:link", &[("href", hub), ("rel", "hub")]);
    }
    for (feed_item, text) in site.feed_in(subject, locale) {
        item(&mut xml, feed_item, text);
    }
    xml.close("channel");
    xml.close("rss");
    xml.finish()
}

fn item(xml: &mut Xml, feed_item: &FeedItem<'_>, text: &ItemText) {
    xml.open("item", &[]);
    xml.text("title", &[], &text.title);
    xml.text("link", &[], &text.address);
    xml.text("guid", &[("isPermaLink", "false")], &feed_item.id());
    xml.text("pubDate", &[], &feed_item.at.rfc822());
    for category in &text.categories {
        xml.text("category", &[], category);
    }
    xml.text("description", &[], &text.html);
    xml.close("item");
}
