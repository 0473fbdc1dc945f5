//! Words of a message in the room that a platform has, and escaped for what the platform interprets.

use super::message::Message;
use crate::pack::split::addresses;
pub(super) use crate::pack::split::shorten;

/// A character without width, which breaks up what a platform would take for a mention.
const GAP: char = '\u{200b}';

/// How a platform counts a text.
pub(super) type Cost<'a> = &'a dyn Fn(&str) -> usize;

/// Counts UTF-16 code units. It is never less than a count of characters, so it also suits platforms that do not say what
/// they count.
pub(super) fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// A text in one line.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of an update without characters that control a terminal or break JSON readers.
pub(super) fn text(message: &Message) -> String {
    message.text.trim().chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

/// Labels and values, each in one line; none is empty.
pub(super) fn facts(message: &Message) -> Vec<(String, String)> {
    let facts = message.facts.iter().map(|(label, value)| (one_line(label), one_line(value)));
    facts.filter(|(label, value)| !label.is_empty() && !value.is_empty()).collect()
}

/// The first facts for which `room` is enough, with labels of at most `label` and values of at most `value`.
pub(super) fn facts_within(
    message: &Message,
    [label, value, mut room]: [usize; 3],
    cost: Cost<'_>,
) -> Vec<(String, String)> {
    let facts = facts(message).into_iter();
    let facts = facts.map(|(name, words)| (shorten(&name, label, cost), shorten(&words, value, cost)));
    facts
        .take_while(|(label, value)| {
            let needed = cost(label) + cost(value);
            let fits = needed <= room;
            room = room.saturating_sub(needed);
            fits
        })
        .collect()
}

/// The parts of a text that stands alone, with the line ends between them.
pub(super) struct Parts<'a> {
    pub(super) message: &'a Message,
    pub(super) headline: &'a str,
    /// The address, with what follows it. It is neither cut nor escaped.
    pub(super) tail: &'a str,
    pub(super) between: &'a str,
    /// Escapes what the platform interprets.
    pub(super) escape: &'a dyn Fn(&str) -> String,
}

impl Parts<'_> {
    /// The parts in one text of at most `room`, if the tail has room. The headline takes at most half of it, and facts a
    /// third: what does not fit is left out, because half a fact is useless.
    pub(super) fn within(&self, room: usize, cost: Cost<'_>) -> String {
        let escaped = |text: &str| cost(&(self.escape)(text));
        let gap = cost(self.between);
        let mut left = room.saturating_sub(cost(self.tail) + gap);
        let headline = shorten(self.headline, left / 2, &escaped);
        left = left.saturating_sub(escaped(&headline) + gap);
        let mut facts = Vec::new();
        let most = left.saturating_sub(gap);
        for (label, value) in facts_within(self.message, [room, room, room / 3], &escaped) {
            facts.push(format!("{label}: {value}"));
            if escaped(&facts.join("\n")) > most.min(room / 3) {
                facts.pop();
                break;
            }
        }
        if !facts.is_empty() {
            left = left.saturating_sub(escaped(&facts.join("\n")) + gap);
        }
        let facts = facts.join("\n");
        let text = text(self.message);
        let whole = |text: &str| {
            let parts = [headline.as_str(), text, facts.as_str()].map(self.escape);
            let parts = parts.iter().map(String::as_str).chain([self.tail]).filter(|part| !part.is_empty());
            parts.collect::<Vec<_>>().join(self.between)
        };
        // The sum of the parts is not always what the whole costs.
        while left > 0 {
            let found = whole(&shorten(&text, left, &escaped));
            let excess = cost(&found).saturating_sub(room);
            if excess == 0 {
                return found;
            }
            left = left.saturating_sub(excess);
        }
        whole("")
    }
}

/// A text in which nothing is a mention. An address of mail stays as it is, because no platform reads it as a mention.
pub(super) fn without_mentions(text: &str) -> String {
    outside_addresses(text, |out, before, c| {
        let joins = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
        out.push(c);
        if matches!(c, '@' | '＠') && !before.is_some_and(joins) {
            out.push(GAP);
        }
    })
}

/// A text in which Markdown means nothing, nor any of the characters in `also`. Lists stay lists: their form is what the
/// writer meant.
pub(super) fn without_markdown(text: &str, also: &[char]) -> String {
    outside_addresses(text, |out, before, c| {
        let begins_heading = c == '#' && before.is_none_or(|c| matches!(c, '\n' | ' ' | '-'));
        if begins_heading || matches!(c, '\\' | '*' | '_' | '~' | '`' | '|' | '[' | ']') || also.contains(&c)
        {
            out.push('\\');
        }
        out.push(c);
    })
}

/// `&`, `<` and `>` as Slack wants them.
pub(super) fn with_entities(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Writes each character outside addresses by `write`, which also gets the character before it. In an address, `@` is
/// encoded: some platforms find mentions there, too.
fn outside_addresses(text: &str, write: impl Fn(&mut String, Option<char>, char)) -> String {
    let addresses = addresses(text);
    let mut addresses = addresses.iter().peekable();
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut before = None;
    for (at, c) in text.char_indices() {
        while addresses.next_if(|address| address.end <= at).is_some() {}
        match addresses.peek() {
            Some(address) if address.start <= at && c == '@' => out.push_str("%40"),
            Some(address) if address.start <= at => out.push(c),
            _ => write(&mut out, before, c),
        }
        before = Some(c);
    }
    out
}

/// An address without the characters that end a link in Markdown or in Slack's form.
pub(super) fn link(address: &str) -> String {
    let encoded = |c: char| match c {
        '<' => "%3C".to_owned(),
        '>' => "%3E".to_owned(),
        '|' => "%7C".to_owned(),
        c if c.is_whitespace() => "%20".to_owned(),
        c => c.to_string(),
    };
    address.chars().map(encoded).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_are_broken_and_addresses_stay() {
        for (text, wanted) in [
            ("@channel", "@\u{200b}channel"),
            ("(@here)", "(@\u{200b}here)"),
            ("a@b.example", "a@b.example"),
            ("see https://a.example/@all.", "see https://a.example/%40all."),
            ("障害＠all", "障害＠\u{200b}all"),
        ] {
            assert_eq!(without_mentions(text), wanted, "{text}");
        }
    }

    #[test]
    fn markdown_is_escaped_outside_addresses() {
        for (text, wanted) in [
            ("# a *b* c_d", "\\# a \\*b\\* c\\_d"),
            ("a > b\n-# b", "a \\> b\n-\\# b"),
            ("- one\n- two", "- one\n- two"),
            ("<@1> [a](b)", "\\<@1\\> \\[a\\](b)"),
            ("https://a.example/b_c_d e_f", "https://a.example/b_c_d e\\_f"),
        ] {
            assert_eq!(without_markdown(text, &['<', '>']), wanted, "{text}");
        }
    }
}
