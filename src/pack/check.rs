//! Finds where two channels disagree, or where one breaks a limit.
//!
//! It reads the finished texts, so it finds a dropped fact whatever the reason.

use super::Channel;
use super::facts::Facts;
use super::numbers::differences;
use crate::limits::THREAD_POSTS;
use crate::site::{Route, Site};

/// The problems, one line each, such as `social: …`. Empty if there are none.
#[must_use]
pub fn check(site: &Site<'_>, route: Route, channels: &[Channel], locales: &[usize]) -> Vec<String> {
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
            found.extend(problems.into_iter().map(|problem| line(channel.name, &facts, &problem)));
            entry_facts.fallen.borrow_mut().extend(facts.fallen.into_inner());
        }
        let problems = untranslated(&entry_facts).into_iter().chain(numbers(site, route, &entry_facts));
        found.extend(problems.map(|problem| line("translation", &entry_facts, &problem)));
    }
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|line| seen.insert(line.clone()));
    found
}

fn line(channel: &str, facts: &Facts<'_>, problem: &str) -> String {
    if facts.site.locales.len() == 1 {
        return format!("{channel}: {problem}");
    }
    format!("{channel}: {}: {problem}", facts.locale.tag)
}

/// The problems with a channel's settings in site.yaml and with its limits.
fn setting(channel: &str, facts: &Facts<'_>) -> Vec<String> {
    let config = &facts.site.now.model.config;
    let mut found = Vec::new();
    let mut say = |wrong: bool, words: String| {
        if wrong {
            found.push(words);
        }
    };
    match channel {
        "mail" => say(config.channels.mail.from.is_none(), "site.yaml has no `channels.mail.from`".into()),
        "social" => {
            let (limit, least) = (config.channels.social.limit, super::social::least(facts));
            let posts = super::social::posts(facts).len();
            say(least > limit, format!("title and link need {least} characters, but the limit is {limit}"));
            say(posts > THREAD_POSTS, format!("the thread has {posts} posts, more than {THREAD_POSTS}"));
            say(!super::social::has_room_for_tags(facts), "not every hashtag fits beside the link".into());
        }
        "press" | "regulator" => {
            say(config.publisher.is_none(), "site.yaml has no `publisher.name`".into());
            say(config.contact.is_none(), "site.yaml has no `contact`".into());
        }
        _ => {}
    }
    found
}

/// The facts that every channel must contain and this text does not.
pub(super) fn dropped(facts: &Facts<'_>, shown: &str) -> Vec<String> {
    // Differences in line breaks and spaces do not count.
    let squeeze =
        |text: &str| -> String { crate::text::nfc(text).chars().filter(|c| !c.is_whitespace()).collect() };
    let shown = squeeze(shown);
    let must = [("the title", &facts.title), ("the state", &facts.state), ("the address", &facts.address)];
    let next = facts.promises.iter().map(|p| ("the next update or the window", &p.value));
    let off = facts.called_off.iter().map(|w| ("the window that will not take place", &w.value));
    let must = must.into_iter().chain(next).chain(off);
    let lacking = must.filter(|(_, value)| !shown.contains(&squeeze(value)));
    lacking.map(|(what, value)| format!("the text lacks {what}: {value}")).collect()
}

/// Texts that exist only in the first language, so that the channel would mix two languages.
fn untranslated(facts: &Facts<'_>) -> Vec<String> {
    if !facts.head.is_in(facts.locale.index) && !facts.is_withdrawn {
        return vec!["the entry is not translated".into()];
    }
    let short = |words: &String| words.chars().take(40).collect::<String>();
    facts.fallen.borrow().iter().map(|words| format!("not translated: {}", short(words))).collect()
}

/// Times and quantities that appear in only one of two languages of a text.
fn numbers(site: &Site<'_>, route: Route, facts: &Facts<'_>) -> Vec<String> {
    let index = facts.locale.index;
    let Some(first) = Facts::of(site, route, 0).filter(|_| index > 0 && facts.head.is_in(index)) else {
        return Vec::new();
    };
    let mut texts = vec![("the summary".to_owned(), &first.summary.text, &facts.summary.text)];
    for (one, other) in first.statements.iter().zip(&facts.statements) {
        texts.push((
            format!("`{}` of {}", one.status.word(), first.moment(one.at)),
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
                found.push(format!("{what}: `{has}` has {}, but `{lacks}` does not", values.join(", ")));
            }
        }
    }
    found
}
