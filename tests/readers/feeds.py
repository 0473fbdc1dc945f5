"""Feeds as programs read them: one list of items, whatever the format."""

import email.utils
import functools
import json
from collections import namedtuple
from datetime import datetime, timezone
from html.parser import HTMLParser
from xml.sax.saxutils import escape

import feedparser

#: The endings of the three formats, with the type under which they are served.
FORMATS = {
    "xml": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}

Item = namedtuple("Item", "id title link time categories content")
Feed = namedtuple("Feed", "title home own hubs language items")


def parse(text, kind):
    """What feedparser makes of a feed that it has no complaints about."""
    parsed = feedparser.parse(text, response_headers={"content-type": FORMATS[kind]})
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert parsed.version == {"xml": "rss20", "atom": "atom10"}[kind], parsed.version
    return parsed


def read(file):
    """A feed from a file, by its ending."""
    return _read(file.suffix.removeprefix("."), file.read_bytes())


@functools.cache
def _read(kind, text):
    return _json(json.loads(text)) if kind == "json" else _parsed(parse(text, kind))


def _links(feed, rel):
    return [link.href for link in feed.links if link.rel == rel]


def _parsed(parsed):
    feed = parsed.feed
    [own], [home] = _links(feed, "self"), _links(feed, "alternate")
    items = [_item(entry) for entry in parsed.entries]
    return Feed(feed.title, home, own, _links(feed, "hub"), feed.language, items)


def _item(entry):
    time = datetime(*entry.published_parsed[:6], tzinfo=timezone.utc)
    categories = [tag.term for tag in entry.get("tags", [])]
    content = entry.content[0].value if "content" in entry else entry.summary
    return Item(entry.id, entry.title, entry.link, time, categories, content)


def _json(feed):
    items = [
        Item(
            item["id"],
            item["title"],
            item["url"],
            datetime.fromisoformat(item["date_published"]),
            item["tags"],
            content,
        )
        for item, content in zip(feed["items"], _sanitised(feed["items"]), strict=True)
    ]
    hubs = [hub["url"] for hub in feed.get("hubs", []) if hub["type"] == "WebSub"]
    return Feed(feed["title"], feed["home_page_url"], feed["feed_url"], hubs, feed["language"], items)


def _sanitised(items):
    """The same reader on the same HTML, so that only what the format changes can differ."""
    entries = "".join(
        f'<entry><id>{n}</id><content type="html">{escape(item["content_html"])}</content></entry>'
        for n, item in enumerate(items)
    )
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'
    return [entry.content[0].value for entry in parse(feed.encode(), "atom").entries]


class _Words(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_data(self, data):
        self.found.append(data)


def words(html):
    """What people read of HTML."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    return "".join(reader.found).split()


def rfc822(text):
    """A date of RSS; fails where it has no zone."""
    time = email.utils.parsedate_to_datetime(text)
    assert time.tzinfo is not None or text.endswith("-0000"), text
    return time
