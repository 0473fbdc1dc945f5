//! The words of one post on a social platform: what happened first, then what it means, then when to look again.

use super::channel::TEST;
use super::message::Message;
use crate::pack::split::shorten;

/// The first line: the state and the title. A test says so in its first words.
pub(super) fn headline(message: &Message, is_test: bool) -> String {
    let test = if is_test { TEST } else { "" };
    format!("{test}{}", message.headline)
}

/// The labels and values, one a line.
pub(super) fn facts(message: &Message) -> String {
    let lines: Vec<String> = message.facts.iter().map(|(label, value)| format!("{label}: {value}")).collect();
    lines.join("\n")
}

/// The headline, the text and the facts, in this room. The text makes sense without the facts, which are on the page, so
/// they are left out before the text is cut.
pub(super) fn words(
    headline: &str,
    text: &str,
    facts: &str,
    room: usize,
    weigh: &dyn Fn(&str) -> usize,
) -> String {
    let joined = |parts: &[&str]| {
        let parts: Vec<&str> = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
        parts.join("\n\n")
    };
    let all = joined(&[headline, text, facts]);
    if weigh(&all) <= room {
        return all;
    }
    let headline = shorten(headline, room, weigh);
    let rest = room.saturating_sub(weigh(&format!("{headline}\n\n")));
    let text = shorten(text, rest, weigh);
    // A mark alone says nothing.
    if text.chars().count() < 2 { headline } else { joined(&[&headline, &text]) }
}

/// The hashtags that leave at least two thirds of a post to its words.
pub(super) fn tags(tags: &[String], limit: usize, weigh: &dyn Fn(&str) -> usize) -> String {
    let mut line = String::new();
    for tag in tags.iter().filter(|tag| !tag.contains(char::is_whitespace)) {
        let longer = if line.is_empty() { tag.clone() } else { format!("{line} {tag}") };
        if weigh(&longer) > limit / 3 {
            break;
        }
        line = longer;
    }
    line
}
