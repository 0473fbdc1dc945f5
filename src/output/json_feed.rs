//! JSON Feed 1.1 (jsonfeed.org), for the site and each of its subjects, in each language.

use serde::Serialize;

use super::{Planned, each_feed, json};
use crate::site::{Site, Subject};

#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "the names of the standard")]
struct Feed<'a> {
    version: &'static str,
    title: String,
    home_page_url: String,
    feed_url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    language: &'a str,
    authors: [Author<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hubs: Vec<Hub<'a>>,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
    url: String,
}

#[derive(Serialize)]
struct Hub<'a> {
    r#type: &'static str,
    url: &'a str,
}

#[derive(Serialize)]
struct Item<'a> {
    id: String,
    url: &'a str,
    title: &'a str,
    content_html: &'a str,
    date_published: String,
    tags: &'a [String],
}

pub(super) fn plan<'a>(site: &'a Site<'a>) -> Vec<Planned<'a>> {
    each_feed(site, "feed.json", None, |site, subject, locale, path| {
        json::lines(&feed(site, subject, locale, path))
    })
}

fn feed<'a>(site: &'a Site<'_>, subject: Subject, locale: usize, path: &str) -> Feed<'a> {
    let config = &site.now.model.config;
    let author = config.publisher.as_ref().unwrap_or(&config.title);
    let items = site.feed_in(subject, locale).map(|(item, text)| Item {
        id: item.id(),
        url: &text.address,
        title: &text.title,
        content_html: &text.html,
        date_published: item.at.iso(),
        tags: &text.categories,
    });
    Feed {
        version: "https://jsonfeed.org/version/1.1",
        title: site.name_of(subject, locale),
        home_page_url: site.absolute(&site.path(site.page_of(subject), locale)),
        feed_url: site.absolute(path),
        description: config.description.as_ref().map(|d| d.get(locale).1.as_str()),
        language: &site.locales[locale].tag,
        authors: [Author { name: author.get(locale).1, url: site.home() }],
        hubs: config.hub.iter().map(|url| Hub { r#type: "WebSub", url }).collect(),
        items: items.collect(),
    }
}
