//! Reads RSS 2.0 and Atom with the crate `quick-xml`, which neither reads a DTD nor resolves entities of one.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use chrono::DateTime;
use quick_xml::escape::{escape, resolve_xml_entity};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::limits::IMPORT_VALUES;
use crate::message::{Message, message};

#[derive(Debug, Default)]
pub(super) struct Feed {
    pub(super) title: Option<String>,
    pub(super) link: Option<String>,
    pub(super) language: Option<String>,
    pub(super) items: Vec<FeedItem>,
}

#[derive(Debug, Default)]
pub(super) struct FeedItem {
    /// In the text of the feed.
    pub(super) place: Range<usize>,
    pub(super) title: String,
    pub(super) link: Option<String>,
    pub(super) id: Option<String>,
    pub(super) published: Option<String>,
    pub(super) updated: Option<String>,
    /// The planned end of maintenance, as Statuspage writes it.
    pub(super) end: Option<String>,
    /// HTML, or plain text.
    pub(super) content: String,
    pub(super) is_html: bool,
    /// How complete the content is: a full text wins over a summary.
    rank: u8,
}

/// Reads a feed.
///
/// # Errors
/// The text is not well-formed XML, or the XML of something else.
pub(super) fn feed(text: &str) -> Result<Feed, Message> {
    let mut reader = Reader::from_str(text);
    let mut feed = Feed::default();
    let mut item: Option<FeedItem> = None;
    let (mut is_feed, mut depth) = (false, 0_usize);
    loop {
        let before = place(&reader);
        match reader.read_event().map_err(|error| Message::same(error.to_string()))? {
            Event::Start(start) => {
                let name = local(&start);
                match name.as_str() {
                    "rss" | "feed" | "RDF" if depth == 0 => is_feed = true,
                    _ if depth == 0 => break,
                    "channel" => {}
                    "item" | "entry" if item.is_none() => {
                        if feed.items.len() >= IMPORT_VALUES {
                            break;
                        }
                        item = Some(FeedItem { place: before..place(&reader), ..FeedItem::default() });
                    }
                    _ => {
                        leaf(&mut reader, &start, &name, &mut feed, item.as_mut())?;
                        continue;
                    }
                }
                depth += 1;
            }
            Event::Empty(empty) => {
                let (name, address) = (local(&empty), attribute(&empty, "href"));
                link(&empty, &name, address, &mut feed, item.as_mut());
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                if matches!(end.local_name().as_ref(), "item" | "entry") {
                    feed.items.extend(item.take());
                }
            }
            Event::Eof if depth > 0 => return Err(cut_off()),
            Event::Eof => break,
            _ => {}
        }
    }
    if is_feed {
        return Ok(feed);
    }
    Err(message!("import-feed-not", "its first element is neither `rss` nor `feed`"))
}

fn cut_off() -> Message {
    message!("import-feed-cut", "it is cut off")
}

fn place(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

fn local(start: &BytesStart<'_>) -> String {
    start.local_name().as_ref().to_owned()
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = start.attributes().flatten().find(|a| a.key.local_name().as_ref() == name)?;
    let raw = attribute.value.clone().into_owned();
    Some(quick_xml::escape::unescape(&raw).map_or(raw.clone(), Cow::into_owned))
}

/// An address in `href`: that of the page, not of the feed itself.
fn link(
    start: &BytesStart<'_>,
    name: &str,
    address: Option<String>,
    feed: &mut Feed,
    item: Option<&mut FeedItem>,
) {
    let is_page = attribute(start, "rel").is_none_or(|rel| rel == "alternate");
    if name == "link"
        && is_page
        && let Some(address) = address
    {
        let known = item.map_or(&mut feed.link, |item| &mut item.link);
        known.get_or_insert(address);
    }
}

/// Reads an element without items in it.
fn leaf(
    reader: &mut Reader<&[u8]>,
    start: &BytesStart<'_>,
    name: &str,
    feed: &mut Feed,
    item: Option<&mut FeedItem>,
) -> Result<(), Message> {
    let kind = attribute(start, "type").unwrap_or_default();
    let address = attribute(start, "href");
    let failed = |error: quick_xml::Error| Message::same(error.to_string());
    let text = if kind == "xhtml" {
        markup(reader, start).map_err(failed)?
    } else {
        inside(reader, start).map_err(failed)?
    };
    let text = text.ok_or_else(cut_off)?;
    if address.is_some() {
        link(start, name, address, feed, item);
        return Ok(());
    }
    let Some(item) = item else {
        match name {
            "title" => drop(feed.title.get_or_insert(text)),
            "link" if !text.trim().is_empty() => drop(feed.link.get_or_insert(text.trim().to_owned())),
            "language" => drop(feed.language.get_or_insert(text.trim().to_owned())),
            _ => {}
        }
        return Ok(());
    };
    let trimmed = || Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    match name {
        // Not that of a picture, which comes later.
        "title" if item.title.is_empty() => item.title = text,
        "link" => item.link = item.link.take().or_else(trimmed),
        "guid" | "id" => item.id = trimmed(),
        "pubDate" | "published" | "date" => item.published = item.published.take().or_else(trimmed),
        "updated" => item.updated = trimmed(),
        "maintenanceEndDate" => item.end = trimmed(),
        "description" | "summary" | "content" | "encoded" => {
            let rank = if matches!(name, "content" | "encoded") { 2 } else { 1 };
            if rank > item.rank && !text.trim().is_empty() {
                // Atom says what its text is, plain text if it says nothing; that of RSS is HTML, as everyone writes it.
                item.is_html = match name {
                    "content" | "summary" => matches!(kind.as_str(), "html" | "xhtml" | "text/html"),
                    _ => true,
                };
                item.content = text;
                item.rank = rank;
            }
        }
        _ => {}
    }
    Ok(())
}

/// The text of an element: as it is after one unescaping. Elements within it are left out.
fn inside(reader: &mut Reader<&[u8]>, start: &BytesStart<'_>) -> Result<Option<String>, quick_xml::Error> {
    let mut text = String::new();
    let mut depth = 0_usize;
    let name = start.name().as_ref().to_owned();
    loop {
        match reader.read_event()? {
            Event::Text(part) => text.push_str(&part),
            Event::CData(part) => text.push_str(&part),
            Event::GeneralRef(reference) => {
                let name = &*reference;
                match reference.resolve_char_ref()? {
                    Some(c) => text.push(c),
                    None => match resolve_xml_entity(name) {
                        Some(known) => text.push_str(known),
                        // HTML knows more names than XML does.
                        None => drop(write!(text, "&{name};")),
                    },
                }
            }
            Event::Start(_) => depth += 1,
            Event::End(end) if depth == 0 && end.name().as_ref() == name => return Ok(Some(text)),
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Eof => return Ok(None),
            _ => {}
        }
    }
}

/// The elements within an element as HTML: without the prefixes of their names.
fn markup(reader: &mut Reader<&[u8]>, start: &BytesStart<'_>) -> Result<Option<String>, quick_xml::Error> {
    let mut text = String::new();
    let mut depth = 0_usize;
    let name = start.name().as_ref().to_owned();
    let tag = |start: &BytesStart<'_>, end: &str| {
        let kept = ["href", "src", "alt"].into_iter();
        let kept = kept.filter_map(|name| Some((name, attribute(start, name)?)));
        let mut tag = format!("<{}", local(start));
        for (name, value) in kept {
            let _ = write!(tag, " {name}=\"{}\"", escape(&value));
        }
        tag + end + ">"
    };
    loop {
        match reader.read_event()? {
            Event::Text(part) => text.push_str(&part),
            Event::CData(part) => text.push_str(&escape(&*part)),
            Event::GeneralRef(reference) => {
                let _ = write!(text, "&{};", &*reference);
            }
            Event::Start(start) => {
                text.push_str(&tag(&start, ""));
                depth += 1;
            }
            Event::Empty(start) => text.push_str(&tag(&start, " /")),
            Event::End(end) if depth == 0 && end.name().as_ref() == name => return Ok(Some(text)),
            Event::End(end) => {
                let _ = write!(text, "</{}>", end.local_name().as_ref());
                depth = depth.saturating_sub(1);
            }
            Event::Eof => return Ok(None),
            _ => {}
        }
    }
}

/// A date of RFC 822 (RSS) as one of RFC 3339; any other text as it is.
pub(super) fn normal_date(written: &str) -> String {
    let written = written.trim();
    // A wrong day of the week does not make the date wrong.
    let bare = written.split_once(", ").map_or(written, |(_, date)| date);
    let date = DateTime::parse_from_rfc2822(written).or_else(|_| DateTime::parse_from_rfc2822(bare));
    date.map_or_else(|_| written.to_owned(), |date| date.to_rfc3339())
}
