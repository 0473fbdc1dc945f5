//! Finds what chats leave in copied text, which Markdown shows as it is or reads as something else: mentions
//! (`<@U012ABC>`, `[To:123]`), calls (`<!here>`), channels, links (`<https://…|label>`), times, emoji in colons
//! (`:fire:`) and characters that stay encoded (`&amp;`).
//!
//! The forms are those of Slack's "mrkdwn", Discord, Microsoft Teams and Chatwork. `*bold*` of Slack is emphasis in
//! Markdown too, so it is left alone.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// A part of a text that a chat wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remain {
    pub range: Range<usize>,
    pub kind: RemainKind,
    /// The text for readers in its place, or as near to it as the part itself tells.
    pub mended: String,
    /// Whether nothing else can be meant.
    pub is_sure: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemainKind {
    /// A person or a group of the chat.
    Mention,
    /// Everybody in the chat.
    Call,
    Channel,
    Link,
    Time,
    Emoji,
    /// A character of HTML that stays encoded.
    Entity,
}

/// Where a text stands.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Form {
    Markdown,
    /// A text without markup, such as a title.
    Plain,
}

type Read = fn(&regex::Captures<'_>, Form) -> Option<(RemainKind, String, bool)>;

/// Parts in angle brackets, which may themselves stay encoded, and in square brackets. A part never contains a line
/// end.
const BRACKETS: [(&str, Read); 7] = [
    // `<@U012ABC|name>`, `<@!123>`, `<@&123>`, `<!subteam^S012|@name>`.
    (
        r"(?:<|&lt;)(?:@[!&]?[0-9A-Z][0-9A-Za-z]{4,24}|!subteam\^[0-9A-Z]+)(?:\|(?<words>[^<>|\n]{0,80}))?(?:>|&gt;)",
        |c, _| Some((RemainKind::Mention, name_of(c), false)),
    ),
    (r"<at(?: id=[^<>\n]{1,80})?>(?<words>[^<>\n]{0,80})</at>", |c, _| {
        Some((RemainKind::Mention, name_of(c), false))
    }),
    (
        r"\[(?:To:[0-9]{1,12}|rp aid=[0-9]{1,12}[^\[\]\n]{0,60})\](?:[^ \t\n。、\u{3000}]{1,20}さん)?",
        |_, _| Some((RemainKind::Mention, String::new(), false)),
    ),
    (r"(?:<|&lt;)!(?:here|channel|everyone)(?:\|[^<>|\n]{0,20})?(?:>|&gt;)|\[toall\]", |_, _| {
        Some((RemainKind::Call, String::new(), true))
    }),
    (r"(?:<|&lt;)#[0-9A-Z][0-9A-Za-z]{4,24}(?:\|(?<words>[^<>|\n]{0,80}))?(?:>|&gt;)", |c, _| {
        Some((RemainKind::Channel, words(c).to_owned(), false))
    }),
    (
        r"(?:<|&lt;)(?<address>(?:https?://|mailto:|tel:)[^<>| \t\n\u{3000}]{1,1500})\|(?<words>[^<>|\n]{1,300})(?:>|&gt;)",
        |c, form| link(&c["address"], words(c), form),
    ),
    (
        r"(?:<|&lt;)(?:t:[0-9]{1,12}(?::[a-zA-Z])?|!date\^[0-9]{1,12}\^[^<>|\n]{1,200}(?:\|(?<words>[^<>|\n]{1,200}))?)(?:>|&gt;)",
        |c, _| Some((RemainKind::Time, words(c).to_owned(), !words(c).trim().is_empty())),
    ),
];

/// A custom emoji of Discord: `<:name:123>`.
const CUSTOM: &str = r"<a?:[0-9A-Za-z_]{2,32}:[0-9]{5,25}>";

/// Calls as people type them in a chat. Readers of a page cannot be called.
const TYPED_CALL: &str =
    r"(?:^|[ \t\n\u{3000}（(、。])(?<call>@(?:here|channel|everyone))(?:$|[ \t\n\u{3000}）)、。,.!！])";

const ENTITY: &str = r"&(?:lt|gt|amp|quot|apos|nbsp|#0?39|#x27);";

static BRACKET_FORMS: LazyLock<Vec<(Option<Regex>, Read)>> =
    LazyLock::new(|| BRACKETS.iter().map(|(pattern, read)| (Regex::new(pattern).ok(), *read)).collect());
static CUSTOM_FORM: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(CUSTOM).ok());
static CALL_FORM: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(TYPED_CALL).ok());
static ENTITY_FORM: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(ENTITY).ok());

fn words<'c>(captures: &'c regex::Captures<'_>) -> &'c str {
    captures.name("words").map_or("", |found| found.as_str().trim())
}

/// The name of a mention without its `@`.
fn name_of(captures: &regex::Captures<'_>) -> String {
    words(captures).trim_start_matches('@').to_owned()
}

fn link(address: &str, label: &str, form: Form) -> Option<(RemainKind, String, bool)> {
    if label.is_empty() {
        return None;
    }
    if form == Form::Plain {
        return Some((RemainKind::Link, label.to_owned(), false));
    }
    let address = decoded(address).replace('(', "%28").replace(')', "%29");
    let label = label.replace('[', "\\[").replace(']', "\\]");
    Some((RemainKind::Link, format!("[{label}]({address})"), true))
}

/// The text without the encoding that Slack puts on three characters.
fn decoded(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// The remains in Markdown. `shown` are the parts that are shown as written, `code` is code, and `hidden` are
/// comments, both sorted.
pub(super) fn find(
    text: &str,
    shown: &[Range<usize>],
    code: &[Range<usize>],
    hidden: &[Range<usize>],
) -> Vec<Remain> {
    let is_in = |ranges: &[Range<usize>], at: usize| super::covering(ranges, at).is_some();
    let mut found = brackets(text, Form::Markdown);
    found.retain(|r| !is_in(code, r.range.start) && !is_in(hidden, r.range.start));
    for part in shown {
        emoji(text, part, &mut found);
        calls(text, part, &mut found);
    }
    for part in code {
        entities(text, part, &mut found);
    }
    // In code, an encoded character may be what the writer wants to show.
    found.iter_mut().filter(|r| r.kind == RemainKind::Entity).for_each(|r| r.is_sure = false);
    in_order(found)
}

/// The remains in a text without markup.
#[must_use]
pub fn in_plain_text(text: &str) -> Vec<Remain> {
    let mut found = brackets(text, Form::Plain);
    let whole = 0..text.len();
    emoji(text, &whole, &mut found);
    calls(text, &whole, &mut found);
    entities(text, &whole, &mut found);
    in_order(found)
}

/// In the order of the text, without those inside others. Two that share a blank do not overlap afterwards.
fn in_order(mut found: Vec<Remain>) -> Vec<Remain> {
    found.sort_by_key(|r| (r.range.start, std::cmp::Reverse(r.range.end)));
    let mut until = 0;
    found.retain_mut(|r| {
        let is_free = r.range.end > until;
        r.range.start = r.range.start.max(until);
        until = until.max(r.range.end);
        is_free
    });
    found
}

fn brackets(text: &str, form: Form) -> Vec<Remain> {
    let mut found = Vec::new();
    if !text.contains(['<', '[']) && !text.contains("&lt;") {
        return found;
    }
    for (pattern, read) in BRACKET_FORMS.iter() {
        for captures in pattern.iter().flat_map(|pattern| pattern.captures_iter(text)) {
            let Some(range) = captures.get(0).map(|whole| whole.range()) else { continue };
            let is_escaped = text[..range.start].ends_with('\\');
            let Some((kind, mended, is_sure)) = read(&captures, form).filter(|_| !is_escaped) else {
                continue;
            };
            let range = if mended.is_empty() { with_blank(text, range) } else { range };
            found.push(Remain { range, kind, mended, is_sure });
        }
    }
    let custom = CUSTOM_FORM.iter().flat_map(|pattern| pattern.find_iter(text));
    found.extend(custom.map(|found| Remain {
        range: with_blank(text, found.range()),
        kind: RemainKind::Emoji,
        mended: String::new(),
        is_sure: false,
    }));
    found
}

/// The range with the blank that would be left over without it.
fn with_blank(text: &str, range: Range<usize>) -> Range<usize> {
    let before = text[..range.start].chars().next_back();
    if before.is_none_or(char::is_whitespace) && text[range.end..].starts_with(' ') {
        return range.start..range.end + 1;
    }
    let ends = text[range.end..].chars().next().is_none_or(char::is_whitespace);
    if ends && text[..range.start].ends_with(' ') { range.start - 1..range.end } else { range }
}

fn calls(text: &str, part: &Range<usize>, found: &mut Vec<Remain>) {
    let words = &text[part.clone()];
    if !words.contains('@') {
        return;
    }
    for captures in CALL_FORM.iter().flat_map(|pattern| pattern.captures_iter(words)) {
        let Some(call) = captures.name("call").map(|call| call.range()) else { continue };
        let range = with_blank(text, part.start + call.start..part.start + call.end);
        found.push(Remain { range, kind: RemainKind::Call, mended: String::new(), is_sure: false });
    }
}

fn entities(text: &str, part: &Range<usize>, found: &mut Vec<Remain>) {
    let words = &text[part.clone()];
    if !words.contains('&') {
        return;
    }
    for entity in ENTITY_FORM.iter().flat_map(|pattern| pattern.find_iter(words)) {
        let mended = match entity.as_str() {
            "&lt;" => "<",
            "&gt;" => ">",
            "&amp;" => "&",
            "&quot;" => "\"",
            "&nbsp;" => " ",
            _ => "'",
        };
        found.push(Remain {
            range: part.start + entity.start()..part.start + entity.end(),
            kind: RemainKind::Entity,
            mended: mended.to_owned(),
            is_sure: true,
        });
    }
}

/// The longest name of an emoji that is recognised, in bytes.
const LONGEST_NAME: usize = 40;

/// Names between colons: `:fire:`, `:+1:`, `:wave::skin-tone-2:`.
fn emoji(text: &str, part: &Range<usize>, found: &mut Vec<Remain>) {
    let mut from = part.start;
    while let Some(open) = text[from..part.end].find(':').map(|n| from + n) {
        from = open + 1;
        let Some(name) = name_at(&text[from..part.end]) else { continue };
        let close = from + name.len() + 1;
        let before = text[..open].chars().next_back();
        let after = text[close..].chars().next();
        let is_tone = text[close..].starts_with(":skin-tone-");
        let is_apart = |c: Option<char>| {
            c.is_none_or(|c| !c.is_ascii_alphanumeric() && !matches!(c, ':' | '/' | '\\' | '_' | '='))
        };
        let known = EMOJI.iter().find(|(known, _)| *known == name).map(|(_, emoji)| *emoji);
        if !is_apart(before) || !(is_tone || is_apart(after)) || (known.is_none() && !name.contains('_')) {
            continue;
        }
        let tone = if is_tone { text[close + 1..part.end].find(':').map_or(0, |n| n + 2) } else { 0 };
        let range = open..close + tone;
        let range = if known.is_some() { range } else { with_blank(text, range) };
        from = range.end;
        let mended = known.unwrap_or_default().to_owned();
        found.push(Remain { range, kind: RemainKind::Emoji, mended, is_sure: false });
    }
}

/// The name before the next colon, if it has the form of one.
fn name_at(rest: &str) -> Option<&str> {
    let is_part = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-' | b'+');
    let length = rest.bytes().take(LONGEST_NAME + 1).take_while(|b| is_part(*b)).count();
    let name = &rest[..length];
    let is_name = name.len() > 1
        && (name.bytes().any(|b| b.is_ascii_lowercase()) || matches!(name, "+1" | "-1" | "100"));
    (is_name && rest[length..].starts_with(':')).then_some(name)
}

/// Emoji that people use in incidents, by their names in chats.
const EMOJI: [(&str, &str); 64] = [
    ("+1", "👍"),
    ("-1", "👎"),
    ("100", "💯"),
    ("alarm_clock", "⏰"),
    ("arrow_down", "⬇️"),
    ("arrow_right", "➡️"),
    ("arrow_up", "⬆️"),
    ("arrows_counterclockwise", "🔄"),
    ("ballot_box_with_check", "☑️"),
    ("bangbang", "‼️"),
    ("bell", "🔔"),
    ("boom", "💥"),
    ("bow", "🙇"),
    ("bug", "🐛"),
    ("bulb", "💡"),
    ("calendar", "📅"),
    ("chart_with_downwards_trend", "📉"),
    ("chart_with_upwards_trend", "📈"),
    ("clap", "👏"),
    ("construction", "🚧"),
    ("cry", "😢"),
    ("dart", "🎯"),
    ("exclamation", "❗"),
    ("eyes", "👀"),
    ("fire", "🔥"),
    ("fire_engine", "🚒"),
    ("gear", "⚙️"),
    ("green_circle", "🟢"),
    ("green_heart", "💚"),
    ("hammer", "🔨"),
    ("hammer_and_wrench", "🛠️"),
    ("heart", "❤️"),
    ("heavy_check_mark", "✔️"),
    ("hourglass", "⌛"),
    ("hourglass_flowing_sand", "⏳"),
    ("information_source", "ℹ️"),
    ("large_blue_circle", "🔵"),
    ("large_green_circle", "🟢"),
    ("large_orange_circle", "🟠"),
    ("large_yellow_circle", "🟡"),
    ("link", "🔗"),
    ("lock", "🔒"),
    ("loudspeaker", "📢"),
    ("mag", "🔍"),
    ("mega", "📣"),
    ("memo", "📝"),
    ("no_entry", "⛔"),
    ("ok", "🆗"),
    ("pray", "🙏"),
    ("pushpin", "📌"),
    ("question", "❓"),
    ("raised_hands", "🙌"),
    ("red_circle", "🔴"),
    ("rocket", "🚀"),
    ("rotating_light", "🚨"),
    ("sos", "🆘"),
    ("tada", "🎉"),
    ("thumbsup", "👍"),
    ("warning", "⚠️"),
    ("wave", "👋"),
    ("white_check_mark", "✅"),
    ("wrench", "🔧"),
    ("x", "❌"),
    ("zap", "⚡"),
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::outline;
    use super::*;

    /// The text with every remain mended.
    fn mended(text: &str, remains: &[Remain]) -> String {
        let (mut out, mut last) = (String::new(), 0);
        for remain in remains {
            out.push_str(&text[last..remain.range.start]);
            out.push_str(&remain.mended);
            last = remain.range.end;
        }
        out + &text[last..]
    }

    #[test]
    fn what_a_chat_wrote_is_found_and_mended() {
        use RemainKind::{Call, Channel, Emoji, Entity, Link, Mention, Time};
        for (text, kind, becomes) in [
            ("<@U012ABCDE> が確認中です。", Mention, "が確認中です。"),
            ("担当は<@U012ABCDE|taro>です。", Mention, "担当はtaroです。"),
            ("&lt;@U012ABCDE&gt; looks.", Mention, "looks."),
            ("<!subteam^S012ABC|@ops> looks.", Mention, "ops looks."),
            ("<at>Taro</at> looks.", Mention, "Taro looks."),
            ("[To:12345]山田さん 確認中です。", Mention, "確認中です。"),
            ("<!here> Orders fail.", Call, "Orders fail."),
            ("Orders fail <!channel|channel>", Call, "Orders fail"),
            ("@channel Orders fail.", Call, "Orders fail."),
            ("<!here> @here", Call, ""),
            ("[toall] 注文が遅れています。", Call, "注文が遅れています。"),
            ("See <#C012ABCDE|general>.", Channel, "See general."),
            (
                "<https://a.example/b|手順>をご覧ください。",
                Link,
                "[手順](https://a.example/b)をご覧ください。",
            ),
            (
                "See <https://a.example/?a=1&amp;b=2|our steps>.",
                Link,
                "See [our steps](https://a.example/?a=1&b=2).",
            ),
            ("<mailto:a@b.example|a@b.example>", Link, "[a@b.example](mailto:a@b.example)"),
            ("Until <!date^1392734382^{time}|11:30>.", Time, "Until 11:30."),
            (":fire: 注文が遅れています。", Emoji, "🔥 注文が遅れています。"),
            ("注文が遅れています:rotating_light:", Emoji, "注文が遅れています🚨"),
            (":pray::skin-tone-2: Thanks", Emoji, "🙏 Thanks"),
            ("Orders fail :party_parrot: now", Emoji, "Orders fail now"),
            ("<:blob:123456789> Orders fail.", Emoji, "Orders fail."),
            ("<:blob:123456789> :fire: 障害", Emoji, "🔥 障害"),
            ("`a &amp;&amp; b`", Entity, "`a && b`"),
        ] {
            let found = outline(text).chat;
            assert!(found.iter().all(|r| r.kind == kind) && !found.is_empty(), "{text}: {found:?}");
            assert_eq!(mended(text, &found), becomes, "{text}");
        }
    }

    #[test]
    fn a_text_without_markup_shows_what_markdown_decodes() {
        let text = "注文 &amp; 出金 <https://a.example|手順>";
        let found = in_plain_text(text);
        assert_eq!(mended(text, &found), "注文 & 出金 手順");
        assert!(found[0].is_sure && !found[1].is_sure);
    }

    #[test]
    fn text_that_only_resembles_it_is_left_alone() {
        for text in [
            "<https://a.example/>",
            "10:15:30 and a:b:c and std::vec::Vec",
            "A &amp; B, 1 &lt; 2",
            "`<@U012ABCDE>` and `:fire:`",
            "```\n<!here> :fire:\n```",
            "<!-- <!here> :fire: -->",
            "\\<@U012ABCDE>",
            "*bold* and _italic_ and ~struck~",
            "status@here.example, @everyone_else",
            "https://a.example/:fire:/b",
            "[here](https://a.example/:fire:)",
            "IPv6 fe80::1:2 and ratio 1:2:3",
            "時刻：10:15、対象：注文：現物",
            "a | b",
            "[To] and [info]",
        ] {
            assert_eq!(outline(text).chat, [], "{text}");
        }
    }

    #[test]
    fn every_pattern_compiles() {
        assert!(BRACKET_FORMS.iter().all(|(pattern, _)| pattern.is_some()));
        assert!(CUSTOM_FORM.is_some() && CALL_FORM.is_some() && ENTITY_FORM.is_some());
    }

    fn pieces() -> impl Strategy<Value = String> {
        let pieces = [
            "<",
            ">",
            "|",
            "&lt;",
            "&gt;",
            "&amp;",
            "@U012ABCDE",
            "!here",
            "#C012ABCDE",
            "https://a.example",
            " ",
            "\n",
            "`",
            ":fire:",
            ":",
            "@here",
            "[To:1]",
            "語",
            "😀",
            "\\",
            "\u{3000}",
            "```\n",
        ];
        prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..16).prop_map(|parts| parts.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn ranges_are_in_order_and_whole_characters(text in prop_oneof![any::<String>(), pieces()]) {
            for found in [outline(&text).chat, in_plain_text(&text)] {
                let mut last = 0;
                for remain in found {
                    prop_assert!(remain.range.start >= last && !remain.range.is_empty(), "{:?}", remain);
                    prop_assert!(text.get(remain.range.clone()).is_some_and(|w| !w.contains('\n')), "{:?}", remain);
                    last = remain.range.end;
                }
            }
        }
    }
}
