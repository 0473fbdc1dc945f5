//! One update of the site in one language, as platforms need it.

use super::item::Item;
use crate::kind::EntryKind;
use crate::model::{GivenStatus, Instant};
use crate::pack::{self, Letter};
use crate::site::feed_items::FeedItem;
use crate::site::item_status::ItemStatus;
use crate::site::{Linker, Route, Site, changes, identity};
use crate::text;
use crate::vocabulary::Severity;

/// An update in one language. Everything in it is public.
#[derive(Clone, Debug)]
pub struct Message {
    /// The UUID of the update, as in feeds: the same in every language.
    pub item: String,
    /// The UUID of the entry, or of the occurrence of a series: what makes a thread.
    pub thread: String,
    /// A BCP 47 tag.
    pub locale: String,
    /// The position of the language in the site.
    pub locale_at: usize,
    pub kind: EntryKind,
    /// The word of the update: `resolved`, `postmortem`.
    pub status: &'static str,
    /// The word of the state of the entry after the update: that of the update, but for `update` and `correction`.
    pub state: &'static str,
    /// When the entry was published.
    pub published: Instant,
    /// The planned start and end of a maintenance, as they were after the update.
    pub window: Option<(Instant, Option<Instant>)>,
    /// The id of the entry in `/api/v2/`.
    pub api_id: String,
    pub severity: Option<Severity>,
    /// The entry's address in this language, without the anchor.
    pub page: String,
    /// The address of the update: `page`, with an anchor if it has one.
    pub address: String,
    /// The title of the entry.
    pub title: String,
    /// The state and the title, in the form that every channel uses: `[復旧] 注文処理の遅延`.
    pub headline: String,
    /// The name of the severity or of the kind of maintenance in this language.
    pub severity_name: Option<String>,
    /// The update's words as plain text; lines end with `\n`. Makes sense without the facts.
    pub text: String,
    /// The same as HTML without classes, scripts or pictures.
    pub html: String,
    /// Labels and values, such as `次の更新` and `16:30 (JST)`.
    pub facts: Vec<(String, String)>,
    /// What the entry affected at the time of the update.
    pub components: Vec<Component>,
    pub at: Instant,
    /// `at` in the words of this language, with the zone.
    pub at_words: String,
    /// The name of the site in this language.
    pub site_name: String,
    /// The address of the home page in this language.
    pub home: String,
    /// The label of the link to the page, such as `詳細`.
    pub more: String,
    /// Hashtags with `#`.
    pub tags: Vec<String>,
    /// The mail of `noroshi pack` as of the update: subject, plain text and HTML.
    pub mail: Letter,
    /// Feeds that contain the update, in every language and form.
    pub feeds: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    /// The position in the site.
    pub at: usize,
    pub id: String,
    pub name: String,
    /// The word of the status that the entry gives it, if it names one: `major_outage`.
    pub status: Option<&'static str>,
}

/// The updates of a site that could be sent, newest first. `is_public` says which the published site has, by their UUIDs
/// and short ids.
#[must_use]
pub fn items(site: &Site<'_>, is_public: &dyn Fn(&str, &str) -> bool) -> Vec<Item> {
    let one = |item: &FeedItem<'_>| {
        let (id, short) = (item.key(), item.short_id());
        Item {
            at: item.at,
            kind: item.head.kind,
            status: item.status.word(),
            severity: site.item_severity(item),
            components: site.item_affects(item).given.iter().map(|(at, _)| *at).collect(),
            thread: thread(item),
            entry: site.path(item.route, 0),
            is_correction: item.is_correction(),
            is_withdrawn: site.is_withdrawn(item.route).is_some() && item.status != ItemStatus::Withdrawn,
            is_public: is_public(&id, &short),
            locales: site.translations(item.route),
            id,
            short,
        }
    };
    site.recent_items().iter().map(one).collect()
}

/// The UUID of an entry, or of an occurrence of a series.
fn thread(item: &FeedItem<'_>) -> String {
    let occurrence = item.occurrence.map(|day| day.to_string()).unwrap_or_default();
    identity::long(&["thread", item.head.kind.word(), &item.head.id, &occurrence])
}

/// The id of an entry, or of an occurrence of a series, as in `/api/v2/`.
fn api_id(item: &FeedItem<'_>) -> String {
    let day = item.occurrence.map(|day| day.to_string()).unwrap_or_default();
    let own = item.head.api_id.clone().filter(|_| day.is_empty());
    own.unwrap_or_else(|| identity::short(&[item.head.kind.word(), &item.head.id, &day]))
}

/// Composes the message of an item in a language. `then` is the site as of the item, which knows nothing later.
#[must_use]
pub fn compose(site: &Site<'_>, then: &Site<'_>, item: &FeedItem<'_>, locale: usize) -> Message {
    let (language, config) = (&site.locales[locale], &site.now.model.config);
    let linker = Linker::absolute(site, locale);
    let (text, plain) = (site.item_text(item, locale, &linker), site.item_plain_parts(item, locale, &linker));
    let title = site.title(item.route, locale).map(|(_, title)| title).unwrap_or_default();
    let words: Vec<String> = plain.words.into_iter().chain(plain.asked).collect();
    let words = if words.is_empty() { title.clone() } else { words.join("\n") };
    let affects = site.item_affects(item);
    let components = affects.given.iter().map(|(at, given)| {
        let component = &config.components.all[*at];
        Component {
            at: *at,
            id: component.id.clone(),
            name: component.name.get(locale).1.clone(),
            status: match given {
                GivenStatus::Status(status) => Some(status.word()),
                GivenStatus::Implied => None,
            },
        }
    });
    let own_route =
        then.recent_items().iter().find(|other| other.key() == item.key()).map(|other| other.route);
    let letter = own_route.and_then(|route| pack::letter(then, route, locale));
    let (state, published, window) = match own_route {
        Some(Route::Incident(at)) => {
            let now = &then.now.incidents[at];
            (now.state.word(), now.published, None)
        }
        Some(Route::Maintenance(at)) => {
            let now = &then.now.maintenance[at];
            (
                now.state.word(),
                now.published.unwrap_or(item.at),
                now.plan_now().decided().map(|plan| (plan.start, plan.end)),
            )
        }
        _ => (item.status.word(), item.at, None),
    };
    let mail = letter.unwrap_or_else(|| Letter {
        subject: text.title.clone(),
        text: format!("{words}\n\n{}\n", text.address),
        html: text.html.clone(),
    });
    Message {
        item: item.key(),
        thread: thread(item),
        locale: language.tag.clone(),
        locale_at: locale,
        kind: item.head.kind,
        status: item.status.word(),
        state,
        // What the clock declares may come before what somebody published.
        published: published.min(item.at),
        window,
        api_id: api_id(item),
        severity: site.item_severity(item),
        page: linker.page(item.route),
        address: text.address,
        title,
        headline: text.title,
        severity_name: site.item_grade(item, locale),
        text: words,
        html: text.html,
        facts: plain.facts,
        components: components.collect(),
        at: item.at,
        at_words: changes::moment(site, locale, item.stated()),
        site_name: config.title.get(locale).1.clone(),
        home: linker.page(Route::Home),
        more: language.t("pack-page").to_owned(),
        tags: config.channels.social.hashtags.iter().map(|tag| format!("#{}", tag.get(locale).1)).collect(),
        mail,
        feeds: site.feeds_of(item),
    }
}

/// A message that says nothing about the service, to try a channel.
#[must_use]
pub fn test_message(site: &Site<'_>, locale: usize, now: Instant) -> Message {
    let (language, config) = (&site.locales[locale], &site.now.model.config);
    let home = Linker::absolute(site, locale).page(Route::Home);
    let name = config.title.get(locale).1.clone();
    let words = language.t("announce-test").to_owned();
    Message {
        item: identity::long(&["test", &now.iso()]),
        thread: identity::long(&["test", &now.iso()]),
        locale: language.tag.clone(),
        locale_at: locale,
        kind: EntryKind::Notice,
        status: "published",
        state: "published",
        published: now,
        window: None,
        api_id: identity::short(&["test", &now.iso()]),
        severity: None,
        page: home.clone(),
        address: home.clone(),
        title: name.clone(),
        headline: name.clone(),
        severity_name: None,
        html: format!("<p>{}</p>\n", text::escape(&words)),
        facts: Vec::new(),
        components: Vec::new(),
        at: now,
        at_words: changes::moment(site, locale, now),
        site_name: name.clone(),
        more: language.t("pack-page").to_owned(),
        tags: Vec::new(),
        mail: Letter {
            subject: name,
            text: format!("{words}\n\n{home}\n"),
            html: format!("<p>{}</p>\n<p><a href=\"{home}\">{home}</a></p>\n", text::escape(&words)),
        },
        feeds: Vec::new(),
        home,
        text: words,
    }
}
