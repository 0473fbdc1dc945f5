//! RSS 2.0 (rssboard.org) for the site, in each language.

use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::writer::Writer;

use super::Planned;
use crate::publish::Rank;
use crate::site::news::{self, News};
use crate::site::{Linker, Route, Site};

pub(super) fn plan<'a>(site: &'a Site<'a>) -> Vec<Planned<'a>> {
    (0..site.locales.len())
        .map(|locale| {
            let path = format!("{}feed.xml", site.path(Route::Home, locale));
            Planned::new(path.clone(), Rank::List, move || feed(site, locale, &path))
        })
        .collect()
}

/// A writer to memory cannot fail.
type Xml = Writer<Vec<u8>>;

fn open(xml: &mut Xml, name: &str, attributes: &[(&str, &str)]) {
    let _ = xml.write_event(Event::Start(BytesStart::new(name).with_attributes(attributes.iter().copied())));
}

fn close(xml: &mut Xml, name: &str) {
    let _ = xml.write_event(Event::End(BytesEnd::new(name)));
}

fn element(xml: &mut Xml, name: &str, attributes: &[(&str, &str)], text: &str) {
    open(xml, name, attributes);
    let _ = xml.write_event(Event::Text(BytesText::new(text)));
    close(xml, name);
}

fn empty(xml: &mut Xml, name: &str, attributes: &[(&str, &str)]) {
    let _ = xml.write_event(Event::Empty(BytesStart::new(name).with_attributes(attributes.iter().copied())));
}

fn feed(site: &Site<'_>, locale: usize, path: &str) -> String {
    let config = &site.now.model.config;
    let title = config.title.get(locale).1;
    let description = config.description.as_ref().map_or(title, |d| d.get(locale).1);
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 0);
    let _ = xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
    open(&mut xml, "rss", &[("version", "2.0"), ("xmlns:atom", "http://www.w3.org/2005/Atom")]);
    open(&mut xml, "channel", &[]);
    element(&mut xml, "title", &[], title);
    element(&mut xml, "link", &[], &site.absolute(&site.path(Route::Home, locale)));
    element(&mut xml, "description", &[], description);
    element(&mut xml, "language", &[], &site.locales[locale].tag);
    element(&mut xml, "generator", &[], "noroshi");
    let own = site.absolute(path);
    empty(&mut xml, "atom:link", &[("href", &own), ("rel", "self"), ("type", "application/rss+xml")]);
    if let Some(hub) = &config.hub {
        empty(&mut xml, "atom:link", &[("href", hub), ("rel", "hub")]);
    }
    let linker = Linker::absolute(site, locale);
    for item in news::newest(site, config.feed_items) {
        write_item(&mut xml, site, locale, &linker, &item);
    }
    close(&mut xml, "channel");
    close(&mut xml, "rss");
    let mut text = String::from_utf8(xml.into_inner()).unwrap_or_default();
    text.push('\n');
    text
}

fn write_item(xml: &mut Xml, site: &Site<'_>, locale: usize, linker: &Linker<'_>, item: &News<'_>) {
    let words = site.told(item, locale, linker);
    open(xml, "item", &[]);
    element(xml, "title", &[], &words.title);
    element(xml, "link", &[], &words.address);
    element(xml, "guid", &[("isPermaLink", "false")], &item.id());
    element(xml, "pubDate", &[], &item.at.rfc822());
    for category in &words.categories {
        element(xml, "category", &[], category);
    }
    element(xml, "description", &[], &words.html);
    close(xml, "item");
}
