//! Finds where two channels disagree, or where one breaks a limit.
//!
//! It reads the finished texts, so it finds a dropped fact whatever the reason.

use super::Channel;
use super::facts::Facts;
use super::numbers::differences;
use crate::limits::THREAD_POSTS;
use crate::message::{Message, message};
use crate::site::{Route, Site};

/// The problems, one line each, such as `social: …`. Empty if there are none.
#[must_use]
pub fn check(site: &Site<'_>, route: Route, channels: &[Channel], locales: &[usize]) -> Vec<Message> {
    let mut found = Vec::new();
    for locale in locales {
        let Some(entry_facts) = Facts::of(site, route, *locale) else { continue };
        for channel in channels {
            let Some(facts) = channel.facts(site, route, *locale) else { continue };
            let mut problems = setting(channel.name, &facts);
            for form in channel.shown(&facts) {
                problems.extend(dropped(&facts, &form));
            }
            problems.dedup();
            let name = Message::same(channel.name);
            found.extend(problems.into_iter().map(|problem| line(&name, &facts, &problem)));
            entry_facts.fallen.borrow_mut().extend(facts.fallen.into_inner());
        }
        let problems = untranslated(&entry_facts).into_iter().chain(numbers(site, route, &entry_facts));
        let name = message!("pack-check-translation", "translation");
        found.extend(problems.map(|problem| line(&name, &entry_facts, &problem)));
    }
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|line| seen.insert(line.clone()));
    found
}

fn line(channel: &Message, facts: &Facts<'_>, problem: &Message) -> Message {
    if facts.site.locales.len() == 1 {
        return message!("pack-check-line", "{channel}: {problem}", channel, problem);
    }
    let locale = &facts.locale.tag;
    message!("pack-check-line-locale", "{channel}: {locale}: {problem}", channel, locale, problem)
}

/// The problems with a channel's settings in site.yaml and with its limits.
fn setting(channel: &str, facts: &Facts<'_>) -> Vec<Message> {
    let config = &facts.site.now.model.config;
    let mut found = Vec::new();
    let lacks = |key: &str| message!("pack-check-no-key", "site.yaml has no `{key}`", key);
    let mut say = |wrong: bool, words: Message| {
        if wrong {
            found.push(words);
        }
    };
    match channel {
        "mail" => say(config.channels.mail.from.is_none(), lacks("channels.mail.from")),
        "social" => {
            let (limit, least) = (config.channels.social.limit, super::social::least(facts));
            let posts = super::social::posts(facts).len();
            let too_long = message!(
                "pack-check-post-length",
                "title and link need {least} characters, but the limit is {limit}",
                least,
                limit
            );
            say(least > limit, too_long);
            let too_many = message!(
                "pack-check-thread",
                "the thread has {posts} posts, more than {most}",
                posts,
                most = THREAD_POSTS
            );
            say(posts > THREAD_POSTS, too_many);
            let no_room = message!("pack-check-hashtags", "not every hashtag fits beside the link");
            say(!super::social::has_room_for_tags(facts), no_room);
        }
        "press" | "regulator" => {
            say(config.publisher.is_none(), lacks("publisher.name"));
            say(config.contact.is_none(), lacks("contact"));
        }
        _ => {}
    }
    found
}

/// The facts that every channel must contain and this text does not.
pub(super) fn dropped(facts: &Facts<'_>, shown: &str) -> Vec<Message> {
    // Differences in line breaks and spaces do not count.
    let squeeze =
        |text: &str| -> String { crate::text::nfc(text).chars().filter(|c| !c.is_whitespace()).collect() };
    let shown = squeeze(shown);
    let must = [
        (message!("pack-check-title", "the title"), &facts.title),
        (message!("pack-check-state", "the state"), &facts.state),
        (message!("pack-check-address", "the address"), &facts.address),
    ];
    let next = message!("pack-check-promise", "the next update or the window");
    let next = facts.promises.iter().map(|p| (next.clone(), &p.value));
    let off = message!("pack-check-called-off", "the window that will not take place");
    let off = facts.called_off.iter().map(|w| (off.clone(), &w.value));
    let must = must.into_iter().chain(next).chain(off);
    let lacking = must.filter(|(_, value)| !shown.contains(&squeeze(value)));
    lacking
        .map(|(what, value)| message!("pack-check-lacks", "the text lacks {what}: {value}", what, value))
        .collect()
}

/// Texts that exist only in the first language, so that the channel would mix two languages.
fn untranslated(facts: &Facts<'_>) -> Vec<Message> {
    if !facts.head.is_in(facts.locale.index) && !facts.is_withdrawn {
        return vec![message!("pack-check-no-translation", "the entry is not translated")];
    }
    let short = |words: &String| words.chars().take(40).collect::<String>();
    let one = |words: &String| {
        message!("pack-check-not-translated", "not translated: {words}", words = short(words))
    };
    facts.fallen.borrow().iter().map(one).collect()
}

/// Times and quantities that appear in only one of two languages of a text.
fn numbers(site: &Site<'_>, route: Route, facts: &Facts<'_>) -> Vec<Message> {
    let index = facts.locale.index;
    let Some(first) = Facts::of(site, route, 0).filter(|_| index > 0 && facts.head.is_in(index)) else {
        return Vec::new();
    };
    let summary = message!("pack-check-summary", "the summary");
    let mut texts = vec![(summary, &first.summary.text, &facts.summary.text)];
    for (one, other) in first.statements.iter().zip(&facts.statements) {
        texts.push((
            message!(
                "pack-check-update",
                "`{status}` of {moment}",
                status = one.status.word(),
                moment = first.moment(one.at)
            ),
            &one.prose.text,
            &other.prose.text,
        ));
    }
    let mut found = Vec::new();
    for (what, one, other) in texts {
        let (here, there) = differences(one, other);
        let both =
            [(here, &first.locale.tag, &facts.locale.tag), (there, &facts.locale.tag, &first.locale.tag)];
        for (values, has, lacks) in both {
            if !values.is_empty() {
                found.push(message!(
                    "pack-check-numbers",
                    "{what}: `{has}` has {values}, but `{lacks}` does not",
                    what,
                    has,
                    values = values.join(", "),
                    lacks
                ));
            }
        }
    }
    found
}
