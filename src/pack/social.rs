//! Writes a post, or a thread of posts, each within the platform's limit.

use super::facts::{Facts, sentences};
use super::split::{split, weight};
use crate::text::{fold, nfc};

/// The line between two posts.
const BETWEEN: &str = "\n\n---\n\n";

/// The least room for text in a first post besides its link and hashtags.
const LEAST: usize = 20;

/// A post in its parts.
pub(super) struct Post {
    pub text: String,
    /// Its number, such as `(1/3)`; empty if there is only one post.
    pub number: String,
    /// The link and the hashtags, only in the first post.
    pub tail: String,
}

impl Post {
    /// The post as sent, with its number at the end.
    pub fn whole(&self) -> String {
        let number = if self.number.is_empty() { String::new() } else { format!(" {}", self.number) };
        let tail = if self.tail.is_empty() { String::new() } else { format!("\n{}", self.tail) };
        format!("{}{tail}{number}", self.text)
    }
}

/// The posts, separated by a line `---` between empty lines. No post contains an empty line.
pub(super) fn write(facts: &Facts<'_>) -> String {
    let posts: Vec<String> = posts(facts).iter().map(Post::whole).collect();
    posts.join(BETWEEN) + "\n"
}

/// The text that readers see: that of all posts in a row.
pub(super) fn shown(facts: &Facts<'_>) -> Vec<String> {
    let posts = posts(facts);
    let texts = posts.iter().map(|p| p.text.as_str()).chain(posts.iter().map(|p| p.tail.as_str()));
    vec![texts.collect::<Vec<_>>().join("\n")]
}

pub(super) fn posts(facts: &Facts<'_>) -> Vec<Post> {
    let social = &facts.site.now.model.config.channels.social;
    let thread = |words: &str| thread(words, &facts.address, &tags(facts), social.limit);
    let latest = latest(facts);
    let posts = thread(&words(facts, true, &latest));
    if !ends_with_an_apology_alone(facts, &posts) {
        return posts;
    }
    // A second post needs content of its own. So first drop what the page shows anyway, then the apology.
    let without = words(facts, false, &without_apology(facts, &latest));
    let shorter =
        [words(facts, false, &latest), words(facts, true, &without_apology(facts, &latest)), without];
    shorter.iter().map(|words| thread(words)).find(|posts| posts.len() == 1).unwrap_or(posts)
}

/// Words for money in any language. A sentence with one of them contains more than an apology.
const MONEY: &[&str] = &[
    "refund",
    "compens",
    "reimburs",
    "返金",
    "補償",
    "補填",
    "賠償",
    "erstatt",
    "entschädig",
    "reembols",
    "indemn",
    "indenn",
    "rimbors",
    "rembours",
    "vergoed",
    "환불",
    "보상",
    "zwrot",
    "rekompens",
    "возмещ",
    "компенс",
    "iade",
    "tazmin",
    "hoàn tiền",
    "bồi thường",
    "补偿",
    "退款",
    "退還",
    "تعويض",
    "استرداد",
    "rückzahl",
    "teruggave",
];

fn ends_with_an_apology_alone(facts: &Facts<'_>, posts: &[Post]) -> bool {
    let [_, second] = posts else { return false };
    sentences(&second.text).iter().all(|sentence| only_apologises(facts, sentence))
}

/// Whether a sentence only apologises: it contains neither a number nor a word for money.
fn only_apologises(facts: &Facts<'_>, sentence: &str) -> bool {
    let folded = fold(sentence);
    let says_more =
        folded.contains(char::is_numeric) || MONEY.iter().any(|word| folded.contains(&fold(word)));
    facts.apologises(sentence) && !says_more
}

/// The text without the apology at its end.
fn without_apology(facts: &Facts<'_>, words: &str) -> String {
    let mut kept = words.trim_end();
    while let Some(last) = sentences(kept).pop().filter(|last| only_apologises(facts, last)) {
        kept = kept.strip_suffix(last.as_str()).unwrap_or_default().trim_end();
    }
    kept.to_owned()
}

/// The hashtags that fit beside the link and a minimum of text.
fn tags(facts: &Facts<'_>) -> Vec<String> {
    let social = &facts.site.now.model.config.channels.social;
    let mut room = social.limit.saturating_sub(weight(&facts.address) + "\n (10/10)".len() + LEAST);
    let tags = social.hashtags.iter().map(|tag| format!("#{}", facts.text(tag)));
    tags.take_while(|tag| {
        let needed = weight(tag) + 1;
        let fits = needed <= room;
        room = room.saturating_sub(needed);
        fits
    })
    .collect()
}

pub(super) fn has_room_for_tags(facts: &Facts<'_>) -> bool {
    tags(facts).len() == facts.site.now.model.config.channels.social.hashtags.len()
}

/// The weight of the headline, the link and a number: the least that a first post must hold.
pub(super) fn least(facts: &Facts<'_>) -> usize {
    weight(&facts.headline()) + weight(&facts.address) + "\n (1/9)".len()
}

/// The text of the latest statement. A report is too long for posts, so they only say that it was published.
fn latest(facts: &Facts<'_>) -> String {
    if facts.mood == "postmortem" || facts.mood == "evaluation" {
        return [facts.opening(), facts.summary.text.clone()].join("\n");
    }
    facts.latest().text.clone()
}

/// The text of the thread: the headline, what readers wait for, the scope if there is room, then the latest
/// statement.
fn words(facts: &Facts<'_>, has_room: bool, latest: &str) -> String {
    let mut lines = vec![facts.headline()];
    lines.extend(facts.ahead());
    let notes = facts.notes.iter().chain(facts.newest().into_iter().flat_map(|statement| &statement.notes));
    lines.extend(notes.map(|note| facts.with("pack-aside", "text", note)));
    lines.extend(facts.newest_changed().iter().map(|fact| facts.line(&fact.label, &fact.line(facts.locale))));
    let corrects_affects = facts.newest_changed().iter().any(|fact| fact.label == facts.t("fact-affects"));
    if !has_room {
        // The page shows it.
    } else if let Some(scope) = facts.fact("scope").filter(|_| !facts.is_over) {
        lines.push(facts.line(&scope.label, &scope.value));
    } else if !facts.affected.is_empty() && !corrects_affects {
        lines.push(facts.line(facts.t("fact-affects"), &facts.affected));
    }
    lines.push(latest.to_owned());
    lines.join("\n")
}

/// Splits a text into numbered posts. The first has the link and the hashtags.
pub(super) fn thread(words: &str, link: &str, tags: &[String], limit: usize) -> Vec<Post> {
    let words: Vec<&str> = words.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    let words = words.join("\n");
    // Platforms count composed characters.
    let words = nfc(&words);
    let tail = if tags.is_empty() { link.to_owned() } else { format!("{link}\n{}", tags.join(" ")) };
    let room = limit.saturating_sub(weight(&tail) + 1);
    if weight(words.trim()) <= room {
        return vec![Post { text: words.trim().to_owned(), number: String::new(), tail }];
    }
    let mut digits = 1;
    loop {
        // The length of ` (1/3)`.
        let number = 4 + 2 * digits;
        let pieces = split(&words, room.saturating_sub(number), limit.saturating_sub(number));
        if pieces.len().to_string().len() <= digits {
            return numbered(pieces, &tail);
        }
        digits += 1;
    }
}

fn numbered(pieces: Vec<String>, tail: &str) -> Vec<Post> {
    let count = pieces.len();
    let post = |(n, text): (usize, String)| Post {
        text,
        number: format!("({}/{count})", n + 1),
        tail: if n == 0 { tail.to_owned() } else { String::new() },
    };
    pieces.into_iter().enumerate().map(post).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use icu_segmenter::{GraphemeClusterSegmenter, WordSegmenter};
    use proptest::prelude::*;

    use super::*;
    use crate::tests::text_of;

    const LINK: &str = "https://status.example.com/incidents/2026-11-20-orders/";

    fn whole(words: &str, limit: usize) -> Vec<String> {
        thread(words, LINK, &["#星取引所".into()], limit).iter().map(Post::whole).collect()
    }

    #[test]
    fn what_fits_is_one_post() {
        assert_eq!(whole("[復旧] 注文の遅れ", 280), [format!("[復旧] 注文の遅れ\n{LINK}\n#星取引所")]);
    }

    #[test]
    fn a_thread_is_numbered_and_carries_its_link_in_front() {
        let posts = whole(&"復旧しました。".repeat(40), 280);
        assert_eq!(posts.len(), 3);
        assert!(posts[0].ends_with(&format!("\n{LINK}\n#星取引所 (1/3)")), "{posts:?}");
        assert!(posts[2].ends_with("。 (3/3)") && !posts[1].contains("https"), "{posts:?}");
    }

    #[test]
    fn a_line_in_a_text_never_looks_like_the_end_of_a_post() {
        let posts = whole("a\n\n---\n\nb", 280);
        assert_eq!(posts[0].lines().take(3).collect::<Vec<_>>(), ["a", "---", "b"]);
        assert!(!posts[0].contains("\n\n"));
    }

    /// Text in any script, including pieces that must not be cut.
    fn words() -> impl Strategy<Value = String> {
        let pieces = "\
            注文の受け付けが遅れています。 原因を調べています、 暗号資産 「 」 （ ） ␣ \n orders␣ are␣ \
            delayed.␣ don't␣ well-known,␣ 👨‍👩‍👧‍👦 🇯🇵 ❤\u{fe0f} 👍🏽 1\u{fe0f}\u{20e3} e\u{301} \
            か\u{3099} https://a.example/b?c=d␣ （https://a.example/x） مرحبا␣ بالعالم،␣ สวัสดีชาวโลก \
            12:10に 3.5% … ！ \
            aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa \
            @x #y␣";
        text_of(pieces, 120)
    }

    fn squeezed(text: &str) -> String {
        text.chars().filter(|c| !c.is_whitespace()).collect()
    }

    proptest! {
        #[test]
        fn no_post_is_too_long_and_no_word_is_lost(words in words(), limit in 70_usize..400) {
            let posts = thread(&words, LINK, &["#星取引所".into()], limit);
            for post in &posts {
                prop_assert!(weight(&post.whole()) <= limit, "{} in {}", post.whole(), limit);
            }
            let joined: String = posts.iter().map(|p| p.text.as_str()).collect();
            prop_assert_eq!(squeezed(&joined), squeezed(&nfc(&words)));
        }

        #[test]
        fn posts_end_between_words(words in words(), limit in 70_usize..400) {
            let lines: Vec<&str> = words.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
            let text = nfc(lines.join("\n").trim()).into_owned();
            let graphemes: BTreeSet<usize> = GraphemeClusterSegmenter::new().segment_str(&text).collect();
            let breaks: BTreeSet<usize> =
                WordSegmenter::new_auto(Default::default()).segment_str(&text).collect();
            let room = limit - weight(&format!("{LINK}\n#星取引所")) - 10;
            let mut from = 0;
            for post in thread(&words, LINK, &["#星取引所".into()], limit) {
                let at = from + text[from..].find(&post.text).expect("the words in their order");
                let end = at + post.text.len();
                from = end;
                for cut in [at, end] {
                    prop_assert!(graphemes.contains(&cut), "a character is cut: {:?}", post.text);
                    let before = breaks.range(..cut).next_back().copied().unwrap_or(0);
                    let after = breaks.range(cut..).next().copied().unwrap_or(text.len());
                    let alone = weight(&text[before..after]) > room;
                    prop_assert!(breaks.contains(&cut) || alone, "a word is cut: {:?}", &text[before..after]);
                    let is_address = |at: &usize| !text[..*at].ends_with(|c: char| c.is_ascii_alphanumeric());
                    let addresses = text.match_indices("https://a.example/").map(|(at, _)| at);
                    for start in addresses.filter(is_address) {
                        prop_assert!(cut <= start || cut >= start + 18, "an address is cut: {:?}", post.text);
                    }
                }
            }
        }
    }
}
