//! Adapts the parser's events for the builder: emphasis beside CJK, bare addresses as links, marks of tasks in any
//! width, and no line break between CJK characters.

use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::address;
use super::characters::is_cjk;
use super::cjk::{Readable, joins};
use super::tasks;

type Placed<'t> = (Event<'t>, Range<usize>);

/// The adapted events, with their bytes in the original text.
pub(super) struct Events<'t, I> {
    inner: I,
    readable: &'t Readable<'t>,
    /// Whether the text may contain bare addresses.
    linking: bool,
    /// The number of open links, images and code blocks. Addresses inside them do not become links.
    within: usize,
    /// Whether an item of a list has begun, and no text of it was read.
    begins_item: bool,
    /// The start of the last text that a backslash precedes.
    escaped: Option<usize>,
    /// The last character that was shown in this block.
    last: Option<char>,
    /// Events from the parser that were not processed yet.
    ahead: VecDeque<Placed<'t>>,
    ready: VecDeque<Placed<'t>>,
}

/// Adapts the events of a text, which come from its readable copy.
pub(super) fn events<'t, I>(inner: I, readable: &'t Readable<'t>) -> Events<'t, I>
where
    I: Iterator<Item = Placed<'t>>,
{
    let linking = address::may_stand_in(readable.text());
    let (ahead, ready) = (VecDeque::new(), VecDeque::new());
    Events {
        inner,
        readable,
        linking,
        within: 0,
        begins_item: false,
        escaped: None,
        last: None,
        ahead,
        ready,
    }
}

impl<'t, I: Iterator<Item = Placed<'t>>> Iterator for Events<'t, I> {
    type Item = Placed<'t>;

    fn next(&mut self) -> Option<Placed<'t>> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                return Some(self.noted(ready));
            }
            let begins_item = std::mem::take(&mut self.begins_item);
            match self.pull()? {
                (Event::Text(words), range)
                    if begins_item && tasks::may_begin(&words) && self.escaped != Some(range.start) =>
                {
                    self.task(words, range);
                }
                (Event::SoftBreak, _) if self.is_joined() => {}
                (Event::Text(words), range) if self.linking && self.within == 0 => self.link(words, range),
                other => {
                    let is_start = matches!(other.0, Event::Start(Tag::Item));
                    let is_still = begins_item && matches!(other.0, Event::Start(Tag::Paragraph));
                    self.begins_item = is_start || is_still;
                    return Some(self.noted(other));
                }
            }
        }
    }
}

impl<'t, I: Iterator<Item = Placed<'t>>> Events<'t, I> {
    /// The next event of the parser, without inserted characters.
    fn pull(&mut self) -> Option<Placed<'t>> {
        if let Some(ahead) = self.ahead.pop_front() {
            return Some(ahead);
        }
        self.read()
    }

    fn read(&mut self) -> Option<Placed<'t>> {
        loop {
            let (event, range) = self.inner.next()?;
            let before = self.readable.text().as_bytes().get(..range.start);
            if before.is_some_and(|before| before.ends_with(b"\\")) {
                self.escaped = Some(self.readable.place(range.clone()).start);
            }
            if !self.readable.is_changed() {
                return Some((event, range));
            }
            let range = self.readable.place(range);
            match self.as_written(event) {
                Event::Text(words) if words.is_empty() => {}
                event => return Some((event, range)),
            }
        }
    }

    fn as_written(&self, event: Event<'t>) -> Event<'t> {
        let words = |words: CowStr<'t>| match self.readable.taken_out(&words) {
            Some(written) => CowStr::from(written),
            None => words,
        };
        match event {
            Event::Text(text) => Event::Text(words(text)),
            Event::Code(text) => Event::Code(words(text)),
            Event::Html(text) => Event::Html(words(text)),
            Event::InlineHtml(text) => Event::InlineHtml(words(text)),
            Event::FootnoteReference(label) => Event::FootnoteReference(words(label)),
            Event::Start(Tag::FootnoteDefinition(label)) => {
                Event::Start(Tag::FootnoteDefinition(words(label)))
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => Event::Start(Tag::Link {
                link_type,
                dest_url: words(dest_url),
                title: words(title),
                id: words(id),
            }),
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => Event::Start(Tag::Image {
                link_type,
                dest_url: words(dest_url),
                title: words(title),
                id: words(id),
            }),
            other => other,
        }
    }

    /// Records what an event opens, closes and shows.
    fn noted(&mut self, placed: Placed<'t>) -> Placed<'t> {
        match &placed.0 {
            Event::Text(words) | Event::Code(words) | Event::InlineHtml(words) => {
                self.last = words.chars().next_back();
            }
            Event::Start(tag) => {
                let closed = matches!(tag, Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_));
                self.within += usize::from(closed);
                if !is_inline(tag) {
                    self.last = None;
                }
            }
            Event::End(end) => {
                let closed = matches!(end, TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock);
                self.within = self.within.saturating_sub(usize::from(closed));
                if matches!(end, TagEnd::Image) {
                    self.last = None;
                }
            }
            _ => self.last = None,
        }
        placed
    }

    /// Whether the line break that was just read is between two CJK characters.
    fn is_joined(&mut self) -> bool {
        let Some(last) = self.last else { return false };
        let mut at = 0;
        loop {
            if at == self.ahead.len() {
                match self.read() {
                    Some(next) => self.ahead.push_back(next),
                    None => return false,
                }
            }
            match self.ahead.get(at).map(|(event, _)| event) {
                Some(Event::Start(tag)) if is_inline(tag) => at += 1,
                Some(Event::Text(words) | Event::Code(words)) => {
                    return words.chars().next().is_some_and(|next| joins(last, next));
                }
                _ => return false,
            }
        }
    }

    /// Reads the mark of a task at the beginning of an item. The parser splits words at brackets, so the first ones
    /// are joined.
    fn task(&mut self, words: CowStr<'t>, range: Range<usize>) {
        let mut pieces = vec![(0, words.len(), range.clone())];
        let mut joined = words.to_string();
        let mut read = vec![(Event::Text(words), range)];
        // A bracket, the mark, the other bracket, and the character after it.
        while joined.len() <= tasks::LONGEST + 8 {
            let Some((event, range)) = self.pull() else { break };
            let Event::Text(more) = &event else {
                self.ahead.push_front((event, range));
                break;
            };
            pieces.push((joined.len(), more.len(), range.clone()));
            joined.push_str(more);
            read.push((event, range));
        }
        let Some((length, is_done)) = tasks::read(&joined, is_cjk) else {
            read.into_iter().rev().for_each(|placed| self.ahead.push_front(placed));
            return;
        };
        let rest = joined[length..].trim_start();
        if !rest.is_empty() {
            let place = place_of(&pieces, &(joined.len() - rest.len()..joined.len()));
            self.ahead.push_front((Event::Text(CowStr::from(rest.to_owned())), place));
        }
        self.ready.push_back((Event::TaskListMarker(is_done), place_of(&pieces, &(0..length))));
    }

    /// Turns the addresses in the words into links. The parser splits words at characters that might be markup, so
    /// they are joined first.
    fn link(&mut self, words: CowStr<'t>, range: Range<usize>) {
        let mut pieces = vec![(0, words.len(), range)];
        let mut joined = None;
        while let Some((event, range)) = self.pull() {
            let Event::Text(more) = event else {
                self.ahead.push_front((event, range));
                break;
            };
            let joined: &mut String = joined.get_or_insert_with(|| words.to_string());
            pieces.push((joined.len(), more.len(), range));
            joined.push_str(&more);
        }
        let whole = joined.map_or(words, CowStr::from);
        let mut from = 0;
        while let Some(found) = address::find(&whole, from) {
            self.give_words(&whole, from..found.start, &pieces);
            let written = &whole[found.clone()];
            let place = place_of(&pieces, &found);
            let link = Tag::Link {
                link_type: LinkType::Autolink,
                dest_url: address::destination(written).into(),
                title: "".into(),
                id: "".into(),
            };
            self.ready.push_back((Event::Start(link), place.clone()));
            self.ready.push_back((Event::Text(CowStr::from(written.to_owned())), place.clone()));
            self.ready.push_back((Event::End(TagEnd::Link), place));
            from = found.end;
        }
        if from == 0 {
            let place = place_of(&pieces, &(0..whole.len()));
            self.ready.push_back((Event::Text(whole), place));
        } else {
            self.give_words(&whole, from..whole.len(), &pieces);
        }
    }

    fn give_words(&mut self, whole: &str, part: Range<usize>, pieces: &[(usize, usize, Range<usize>)]) {
        if !part.is_empty() {
            let place = place_of(pieces, &part);
            self.ready.push_back((Event::Text(CowStr::from(whole[part].to_owned())), place));
        }
    }
}

/// The original position of a part of joined words. A piece that differs from the original (an entity) counts as a
/// whole.
fn place_of(pieces: &[(usize, usize, Range<usize>)], part: &Range<usize>) -> Range<usize> {
    let at = |byte: usize, is_end: bool| {
        let next = pieces.partition_point(|(start, ..)| if is_end { *start < byte } else { *start <= byte });
        let Some((start, length, range)) = next.checked_sub(1).and_then(|n| pieces.get(n)) else { return 0 };
        match (range.len() == *length, is_end) {
            (true, _) => range.start + (byte - start),
            (false, false) => range.start,
            (false, true) => range.end,
        }
    };
    at(part.start, false)..at(part.end, true)
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. })
}
