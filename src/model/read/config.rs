//! Reads site.yaml into [`Config`].

use super::nouns::Noun;
use super::value::{Map, ReadContext, Reader, Value};
use super::{alerts, announce, channels, component, deploy, issues, policy};
use crate::address::{Form, Forms};
use crate::diagnostic::{Diagnostic, Place};
use crate::document::yaml::{Node, Yaml};
use crate::hosts::{self, Host};
use crate::kind::EntryKind;
use crate::limits::{LINKS, LOCALES};
use crate::message::{Message, message, one_of};
use crate::model::config::{ApiNulls, Choice, Config, Field, Link, SeverityWords, SlugScript, Url};
use crate::model::time::Zone;
use crate::text;
use crate::theme::{self, Theme};
use crate::url::{self, Destination};
use crate::vocabulary::{Aliases, MaintenanceKind, Severity};

/// Checks an address that the site links to.
fn address(value: &Value<'_>) -> Option<String> {
    let url = value.text()?;
    let sound = match url::leads(&url) {
        Destination::Scheme(scheme) if matches!(scheme.as_str(), "https" | "http") => {
            url.get(scheme.len()..).is_some_and(|rest| rest.starts_with("://"))
        }
        Destination::Scheme(scheme) => url::FOLLOWED.contains(&scheme.as_str()),
        Destination::Root => true,
        Destination::Here | Destination::Beside | Destination::Host => false,
    };
    if !sound || url.contains('\\') || url.chars().any(|c| c.is_whitespace() || c.is_control()) {
        let message = message!("model-site-link", "a link to `{url}` is not allowed", url);
        let help = message!(
            "model-site-link-help",
            "begin the address with `https://`, `http://`, `mailto:`, `tel:` or `/`"
        );
        return value.refuse("link/not-allowed", message, help);
    }
    Some(url)
}

/// Checks the address of the `WebSub` hub, which machines call.
fn hub_address(value: &Value<'_>) -> Option<String> {
    let url = address(value)?;
    if !url.starts_with("http") {
        let message = message!("model-site-hub", "`{url}` cannot be the address of a hub", url);
        let help = message!("model-site-hub-help", "write it as `https://hub.example.com/`");
        return value.refuse("site/bad-url", message, help);
    }
    Some(url)
}

fn link(value: &Value<'_>) -> Option<Link> {
    let map = value.map()?;
    let label = map.required("label", "Contact").and_then(|v| v.localized());
    let url = map.required("url", "https://example.com/").and_then(|v| address(&v));
    map.finish();
    Some(Link { label: label?, url: url?, place: value.place() })
}

fn links(map: &Map<'_>, key: &'static str) -> Vec<Link> {
    map.get(key).map(|v| v.list_of(LINKS)).unwrap_or_default().iter().filter_map(link).collect()
}

/// Reads ids with names, in order. `is_taken` says which ids are built in.
fn choices(value: Option<&Value<'_>>, is_taken: fn(&str) -> bool) -> Vec<Choice> {
    let mut found: Vec<Choice> = Vec::new();
    for value in value.into_iter().flat_map(Value::list) {
        let Some(map) = value.map() else { continue };
        let place = map.required("id", "bank");
        let id = place.as_ref().and_then(Value::text);
        let name = map.required("name", "Bank").and_then(|v| v.localized());
        map.finish();
        let (Some(id), Some(name), Some(place)) = (id, name, place) else { continue };
        let sound = text::slugify(&id);
        if sound.is_empty() {
            let help = message!("model-site-id-form-help", "write letters and digits, joined by `-`");
            place.fail("site/bad-id", no_id(&id), help);
        } else if sound != id {
            let help = message!("model-site-id-help", "write `{sound}`", sound);
            place.fail("site/bad-id", no_id(&id), help);
        } else if is_taken(&id) {
            let message = message!("model-site-id-built-in", "the id `{id}` is built in", id);
            place.fail("site/duplicate-id", message, use_another());
        } else if found.iter().any(|c| c.id == id) {
            let message = message!("model-site-id-twice", "the id `{id}` is used twice", id);
            place.fail("site/duplicate-id", message, use_another());
        } else {
            found.push(Choice { id, name });
        }
    }
    found
}

fn no_id(id: &str) -> Message {
    message!("model-site-id", "`{id}` cannot be an id", id)
}

fn use_another() -> Message {
    message!("model-site-id-other-help", "use another id")
}

/// The names that a site may use and that are defined outside site.yaml.
#[derive(Clone, Debug)]
pub struct Known {
    pub themes: Vec<String>,
    /// The languages that have messages.
    pub locales: Vec<String>,
    /// The words that the theme adds to the vocabulary.
    pub words: Aliases,
}

/// The names that every site may use.
impl Default for Known {
    fn default() -> Known {
        Known { themes: theme::known(&[]), locales: Theme::default().locales(), words: Aliases::default() }
    }
}

/// It is read first, because the theme brings languages.
#[must_use]
pub fn theme_of(yaml: &Yaml) -> &str {
    yaml.root.get("theme").and_then(Node::scalar).map_or(theme::DEFAULT, str::trim)
}

/// Reads `locales` and `timezone`, which all other keys need.
fn frame(map: &Map<'_>, known: &Known) -> (Option<Zone>, Vec<String>) {
    let zone = map.required("timezone", "Asia/Tokyo").and_then(|value| value.zone());
    let mut locales = Vec::new();
    for value in map.required("locales", "[en]").iter().flat_map(|value| value.list_of(LOCALES)) {
        let Some(locale) = value.text() else { continue };
        if !text::is_language_tag(&locale) {
            let message = message!("model-site-locale", "`{locale}` is not a locale", locale);
            let help = message!("model-site-locale-help", "write it as `en`, `ja` or `pt-BR`");
            value.fail("site/bad-locale", message, help);
        } else if locales.contains(&locale) {
            let message = message!("model-site-locale-twice", "`{locale}` appears twice", locale);
            let help = message!("model-site-locale-twice-help", "keep one of them");
            value.fail("site/duplicate-locale", message, help);
        } else if !known.locales.contains(&locale) {
            let message =
                message!("model-site-locale-unknown", "there are no messages in `{locale}`", locale);
            let help = message!(
                "model-site-locale-unknown-help",
                "write {known}, or add the language to a theme with `messages/{locale}.ftl`",
                known = one_of(&known.locales),
                locale
            );
            value.fail("site/unknown-locale", message, help);
        } else {
            locales.push(locale);
        }
    }
    if locales.is_empty()
        && let Some(value) = map.get("locales").filter(|v| v.list_of(LOCALES).is_empty())
    {
        value.fail(
            "site/bad-locale",
            message!("model-site-no-locale", "`locales` names no locale"),
            message!("model-site-no-locale-help", "write `locales: [en]`; the first is served at `/`"),
        );
    }
    (zone, locales)
}

/// `base_url` replaces `url` of site.yaml.
#[must_use]
pub fn config(yaml: &Yaml, base_url: Option<&Url>, known: &Known) -> (Option<Config>, Vec<Diagnostic>) {
    let early: Vec<String> = Vec::new();
    let utc =
        ReadContext { zone: Zone(chrono_tz::Tz::UTC), locales: &early, shared: true, more: &known.words };
    let first = Reader::new(yaml, utc);
    let (zone, locales) = frame(&first.root(), known);
    let zone_or_utc = zone.unwrap_or(Zone(chrono_tz::Tz::UTC));
    let context = ReadContext { zone: zone_or_utc, locales: &locales, shared: true, more: &known.words };
    let reader = first.with_context(context);
    let config =
        if locales.is_empty() { None } else { body(&reader.root(), zone, &locales, base_url, known) };
    let mut found = reader.finish();
    if !yaml.sound && found.is_empty() {
        return (None, found);
    }
    if config.is_none() && found.is_empty() {
        let place = Place::whole(yaml.file());
        let message = message!("model-site-unreadable", "cannot read site.yaml");
        let help =
            message!("model-site-unreadable-help", "write at least `title`, `url`, `timezone` and `locales`");
        found.push(Diagnostic::error("site/missing", place, message).help(help));
    }
    (config, found)
}

#[expect(clippy::too_many_lines, reason = "one line a key, in the order of the documentation")]
fn body(
    map: &Map<'_>,
    zone: Option<Zone>,
    locales: &[String],
    base_url: Option<&Url>,
    known: &Known,
) -> Option<Config> {
    let _ = map.get("locales");
    let zone_place = map.get("timezone").map(|value| value.place());
    let title = map.required("title", "Example Status").and_then(|v| v.localized());
    let description = map.get("description").and_then(|v| v.localized());
    let mut publisher = None;
    let mut registration = None;
    if let Some(inner) = map.get("publisher").and_then(|v| v.map()) {
        publisher = inner.get("name").and_then(|v| v.localized());
        registration = inner.get("registration").and_then(|v| v.localized());
        inner.finish();
    }
    let url = map.required("url", "https://status.example.com/").and_then(|value| {
        let written = value.text()?;
        Url::parse(&written).or_else(|| {
            let message = message!("model-site-url", "`{written}` is not an absolute address", written);
            let help = message!("model-site-url-help", "write it as `https://status.example.com/`");
            value.refuse("site/bad-url", message, help)
        })
    });
    let form = |v: &Value<'_>| v.word(Noun::AddressForm, |word, _| Form::from_word(word), &Form::WORDS);
    let addresses = Forms::of(&map.list("addresses").iter().filter_map(form).collect::<Vec<_>>());
    let script =
        |v: Value<'_>| v.word(Noun::SlugScript, |word, _| SlugScript::from_word(word), &SlugScript::WORDS);
    let slugs = map.get("slugs").and_then(script).unwrap_or_default();
    let host = map
        .get("host")
        .and_then(|v| Some((v.word(Noun::Host, |word, _| Host::from_word(word), &hosts::WORDS)?, v.place())));
    let (host, host_place) = host.unzip();
    let theme = map.get("theme").and_then(|v| {
        let name = v.text()?;
        if !known.themes.contains(&name) {
            let help = theme::unknown_help(&name, &known.themes);
            let message = message!("model-site-theme", "there is no theme `{name}`", name);
            v.fail("site/unknown-theme", message, help);
        }
        Some(name)
    });
    let logo = map
        .get("logo")
        .and_then(|v| Some((text::nfc(v.text()?.trim_start_matches('/')).into_owned(), v.place())));
    let (logo, logo_place) = logo.unzip();
    let (mut nav, mut footer, mut official) = (Vec::new(), Vec::new(), Vec::new());
    if let Some(inner) = map.get("links").and_then(|v| v.map()) {
        nav = links(&inner, "nav");
        footer = links(&inner, "footer");
        official = links(&inner, "official");
        inner.finish();
    }
    let contact = map.get("contact").as_ref().and_then(link);
    let feedback = map.get("feedback").as_ref().and_then(link);
    let (mut components, is_incomplete) =
        map.with_errors(|| map.get("components").map(|v| component::read(&v)).unwrap_or_default());
    components.is_incomplete = is_incomplete;
    let severities = severities(map);
    let kinds = choices(map.get("kinds").as_ref(), |id| MaintenanceKind::from_word(id).is_some());
    let (fields, has_incomplete_fields) = map.with_errors(|| fields(map));
    let mut categories = Vec::new();
    if let Some(inner) = map.get("faq").and_then(|v| v.map()) {
        categories = choices(inner.get("categories").as_ref(), |_| false);
        inner.finish();
    }
    let (mut history, mut uptime) = (14 * 86_400, 90 * 86_400);
    if let Some(inner) = map.get("home").and_then(|v| v.map()) {
        history = inner.get("history").and_then(|v| v.duration()).unwrap_or(history);
        let days = |v: &Value<'_>| v.within(v.duration()?, 86_400..=366 * 86_400, ["`1d`", "`366d`"]);
        uptime = inner.get("uptime").and_then(|v| days(&v)).unwrap_or(uptime);
        inner.finish();
    }
    let (mut feed_items, mut feed_since, mut hub, mut alarms) = (50, None, None, false);
    if let Some(inner) = map.get("feeds").and_then(|v| v.map()) {
        let count = |v: &Value<'_>| v.within(v.integer()?, 1..=1000, ["1", "1000"]);
        feed_items = inner.get("items").and_then(|v| count(&v)).unwrap_or(50);
        feed_since = inner.get("since").and_then(|v| v.time());
        hub = inner.get("hub").and_then(|v| hub_address(&v));
        alarms = inner.get("alarms").and_then(|v| v.bool()).unwrap_or(false);
        inner.finish();
    }
    let channels = channels::read(map);
    let deploy = deploy::read(map);
    let alerts = alerts::read(map, &components);
    let issues = issues::read(map);
    let announce = announce::read(map, &components, &deploy, hub.is_some());
    let policy = policy::read(map, &kinds, &fields);
    let allow = map.list("allow").iter().filter_map(Value::text).collect();
    let api = map.get("api").and_then(|value| value.map());
    let nulls = |v: Value<'_>| v.word(Noun::ApiNulls, |word, _| ApiNulls::from_word(word), &ApiNulls::WORDS);
    let api_nulls = api.as_ref().and_then(|api| api.get("nulls")).and_then(nulls).unwrap_or_default();
    api.iter().for_each(Map::finish);
    let numbering = map.get("numbering").and_then(|v| v.bool()).unwrap_or(false);
    let has_public_report = map.get("report").and_then(|v| is_public(&v)).unwrap_or(false);
    let removed = map.list("removed").iter().filter_map(removal).collect();
    let url = base_url.cloned().or(url);
    map.finish();
    Some(Config {
        title: title?,
        description,
        publisher,
        registration,
        url: url?,
        zone: zone?,
        zone_place,
        locales: locales.to_vec(),
        addresses,
        slugs,
        host,
        host_place,
        theme: theme.unwrap_or_else(|| theme::DEFAULT.into()),
        words: known.words.clone(),
        logo,
        logo_place,
        nav,
        footer,
        official,
        contact,
        feedback,
        components,
        severities,
        kinds,
        fields,
        has_incomplete_fields,
        categories,
        history,
        uptime_days: u32::try_from(uptime / 86_400).unwrap_or(90),
        feed_items: usize::try_from(feed_items).unwrap_or(50),
        feed_since,
        hub,
        alarms,
        allow,
        channels,
        announce,
        alerts,
        issues,
        deploy,
        policy,
        has_public_report,
        numbering,
        api_nulls,
        removed,
    })
}

/// Whether the report of each month is public.
fn is_public(value: &Value<'_>) -> Option<bool> {
    let find = |word: &str, _: &_| match text::fold(word).as_str() {
        "public" => Some(true),
        "off" => Some(false),
        _ => None,
    };
    value.word(Noun::Report, find, &["public", "off"])
}

/// Reads a removed entry: `incident/2026-11-20-yen`, or the address of its page.
fn removal(value: &Value<'_>) -> Option<(EntryKind, String)> {
    let written = value.text()?;
    let path = written.trim_matches('/');
    let found = match path.split_once('/') {
        Some((kind, name)) if !name.is_empty() => {
            EntryKind::from_word(kind).or(EntryKind::of_folder(kind)).map(|kind| (kind, name))
        }
        // The addresses of pages start at the root.
        None if written.starts_with('/') && !path.is_empty() => Some((EntryKind::Page, path)),
        _ => None,
    };
    let Some((kind, name)) = found else {
        let message = message!(
            "model-site-removed",
            "cannot read `{written}` as the id or address of an entry",
            written
        );
        let help = message!(
            "model-site-removed-help",
            "write its kind and id, for example `incident/2026-11-20-yen`, or its address, for example `/incidents/2026-11-20-yen/`"
        );
        return value.refuse("site/bad-removed", message, help);
    };
    Some((kind, text::nfc(name).into_owned()))
}

fn severities(map: &Map<'_>) -> Vec<SeverityWords> {
    let mut found: Vec<SeverityWords> =
        Severity::ALL.iter().map(|s| SeverityWords { severity: *s, name: None, definition: None }).collect();
    let Some(inner) = map.get("severities").and_then(|v| v.map()) else { return found };
    for words in &mut found {
        let Some(entry) = inner.get(words.severity.word()).and_then(|v| v.map()) else { continue };
        words.name = entry.get("name").and_then(|v| v.localized());
        words.definition = entry.get("definition").and_then(|v| v.localized());
        entry.finish();
    }
    inner.finish();
    found
}

fn fields(map: &Map<'_>) -> Vec<Field> {
    let mut found: Vec<Field> = Vec::new();
    for value in map.list("fields") {
        let Some(map) = value.map() else { continue };
        let place = map.required("id", "funds");
        let id = place.as_ref().and_then(Value::text);
        let name = map.required("name", "Funds").and_then(|v| v.localized());
        let known = ["incident", "maintenance", "notice"];
        let kind = |v: &Value<'_>| {
            let find = |w: &str| EntryKind::from_word(w).filter(|k| known.contains(&k.word()));
            v.word(Noun::EntryKind, |w, _| find(w), &known)
        };
        let on = match map.get("on") {
            Some(value) => value.list().iter().filter_map(kind).collect(),
            None => vec![EntryKind::Incident, EntryKind::Maintenance, EntryKind::Notice],
        };
        let values = choices(map.get("values").as_ref(), |_| false);
        let first_screen = map.get("first_screen").and_then(|v| v.bool()).unwrap_or(false);
        map.finish();
        let (Some(id), Some(name), Some(place)) = (id, name, place) else { continue };
        if found.iter().any(|f| f.id == id) {
            let message = message!("model-site-field-twice", "the field `{id}` appears twice", id);
            place.fail("site/duplicate-id", message, use_another());
            continue;
        }
        found.push(Field { id, name, on, values, first_screen });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::site_of;
    use super::*;
    use crate::document;

    fn read_text(text: &str) -> (Option<Config>, Vec<(&'static str, String)>) {
        let (config, found) = site_of(text);
        (config, found.into_iter().map(|d| (d.code, d.help.unwrap_or_default().into())).collect())
    }

    const LEAST: &str = "title: Status\nurl: https://s.example/\ntimezone: Asia/Tokyo\nlocales: [en]\n";

    #[test]
    fn four_keys_make_a_site() {
        let (config, found) = read_text(LEAST);
        assert!(found.is_empty(), "{found:?}");
        assert_eq!(config.map(|c| c.url.absolute("a b/")), Some("https://s.example/a%20b/".into()));
    }

    #[test]
    fn a_theme_may_have_any_name_and_must_be_there() {
        for (more, name) in [("", "default"), ("theme: 2026\n", "2026"), ("theme: ' a '\n", "a")] {
            let text = format!("{LEAST}{more}");
            let yaml = document::parse_config(&Config::file(), &text.as_str().into(), &mut Vec::new());
            assert_eq!(theme_of(&yaml), name);
            let known = Known { themes: theme::known(&[name.to_owned()]), ..Known::default() };
            let (config, found) = config(&yaml, None, &known);
            assert!(found.is_empty() && config.is_some_and(|c| c.theme == name), "{found:?}");
        }
        let (_, found) = read_text(&format!("{LEAST}theme: terminl\n"));
        let [(code, help)] = &found[..] else { panic!("{found:?}") };
        assert!(*code == "site/unknown-theme" && help.starts_with("did you mean `terminal`?"), "{help}");
    }

    #[test]
    fn a_matrix_makes_components_rows_and_columns() {
        let text = format!(
            "{LEAST}components:\n  - id: assets\n    name: Assets\n    rows: [{{id: btc, name: Bitcoin}}, {{id: eth, name: Ether}}]\n    columns: [{{id: trade, name: Trading}}, {{id: deposit, name: Deposits}}]\n"
        );
        let (config, found) = read_text(&text);
        assert!(found.is_empty(), "{found:?}");
        let components = config.expect("a site").components;
        let ids: Vec<_> = components.all.iter().map(|c| c.id.as_str()).collect();
        assert_eq!(ids, ["btc.trade", "btc.deposit", "eth.trade", "eth.deposit"]);
        assert_eq!(components.find("trade").map(|t| t.members.clone()), Some(vec![0, 2]));
        assert_eq!(components.find("Ether").map(|t| t.members.clone()), Some(vec![2, 3]));
        assert_eq!(components.find("assets").map(|t| t.members.len()), Some(4));
    }

    fn codes(more: &str) -> Vec<&'static str> {
        read_text(&format!("{LEAST}{more}")).1.into_iter().map(|f| f.0).collect()
    }

    #[test]
    fn an_id_that_a_row_and_a_column_make_is_used_once() {
        let matrix = "  - {id: m, name: M, rows: [{id: a, name: A}], columns: [{id: b, name: B}]}\n";
        assert_eq!(codes(&format!("components:\n{matrix}")), Vec::<&str>::new());
        for other in ["  - {id: a.b, name: X}\n", "  - {id: x, name: X, aliases: [a.b]}\n"] {
            assert_eq!(codes(&format!("components:\n{other}{matrix}")), ["site/duplicate-id"], "{other}");
            assert_eq!(codes(&format!("components:\n{matrix}{other}")), ["site/duplicate-id"], "{other}");
        }
    }

    #[test]
    fn a_cell_is_retired_with_the_first_of_row_and_column() {
        let text = format!(
            "{LEAST}components:\n  - {{id: m, name: M, retired: 2028-01-01, rows: [{{id: a, name: A, retired: 2027-01-01}}], columns: [{{id: b, name: B, retired: 2026-01-01}}, {{id: c, name: C}}]}}\n"
        );
        let (config, found) = read_text(&text);
        assert!(found.is_empty(), "{found:?}");
        let all = config.expect("a site").components.all;
        let days: Vec<_> = all.iter().map(|c| c.retired.expect("a day").to_string()).collect();
        assert_eq!(days, ["2026-01-01", "2027-01-01"]);
        let codes = codes("components: [{id: x, name: X, since: 2026-01-01, retired: 2025-01-01}]\n");
        assert_eq!(codes, ["site/end-before-start"]);
    }

    #[test]
    fn numbers_out_of_range_are_refused_and_not_mended() {
        assert_eq!(codes("feeds: {items: 0}\nhome: {uptime: 1h}\n"), ["site/out-of-range"; 2]);
        assert_eq!(codes("feeds: {hub: \"mailto:a@b.example\"}\n"), ["site/bad-url"]);
    }

    #[test]
    fn channels_say_what_posts_and_mails_need() {
        let text = "channels:\n  social: {limit: 500, hashtags: [\"#星取引所\", status_hoshi]}\n  mail: {from: \"Hoshi <a@b.example>\"}\n";
        let (config, found) = read_text(&format!("{LEAST}{text}"));
        assert!(found.is_empty(), "{found:?}");
        let channels = config.expect("a site").channels;
        let tags: Vec<&str> = channels.social.hashtags.iter().map(|tag| tag.get(0).1.as_str()).collect();
        assert_eq!(tags, ["星取引所", "status_hoshi"]);
        assert_eq!((channels.social.limit, channels.mail.from.is_some()), (500, true));
        assert_eq!(codes("channels: {social: {limit: 59}}\n"), ["site/out-of-range"]);
        assert_eq!(codes("channels: {social: {hashtags: [a b]}}\n"), ["site/bad-hashtag"]);
        assert_eq!(codes("channels: {mail: {from: nobody}}\n"), ["site/bad-mail-address"]);
        assert_eq!(codes("channels: {mail: {form: a@b.example}, sms: {}}\n"), ["entry/unknown-key"; 2]);
    }

    #[test]
    fn each_language_may_have_its_own_sender_and_hashtags() {
        let text = "title: Status\nurl: https://s.example/\ntimezone: Asia/Tokyo\nlocales: [ja, en]\n\
            channels:\n  social: {hashtags: [{ja: \"#星取引所\", en: HoshiExchange}, status]}\n  mail:\n    \
            from: {ja: 星取引所 <ja@b.example>, en: Hoshi <en@b.example>}\n    reply_to: {ja: c@b.example}\n";
        let (config, found) = read_text(text);
        let codes: Vec<_> = found.iter().map(|f| f.0).collect();
        assert_eq!(codes, ["text/missing-locale"], "the reply address lacks English: {found:?}");
        let channels = config.expect("a site").channels;
        let tags: Vec<&str> = channels.social.hashtags.iter().map(|tag| tag.get(1).1.as_str()).collect();
        assert_eq!(tags, ["HoshiExchange", "status"]);
        let from = channels.mail.from.expect("a sender");
        assert_eq!(from.get(0).1.address.as_str(), "ja@b.example");
        assert_eq!(from.get(1).1.address.as_str(), "en@b.example");
        assert_eq!(channels.mail.reply_to.expect("an address").get(1).0, 0);
        for (wrong, code) in [
            ("mail: {from: {ja: a@b.example, en: nobody}}", "site/bad-mail-address"),
            ("social: {hashtags: {ja: 星, en: a b}}", "site/bad-hashtag"),
            ("social: {hashtags: {ja: 星, fr: b}}", "text/unknown-locale"),
        ] {
            let text = text.split("channels:").next().unwrap_or_default().to_owned();
            let (_, found) = read_text(&format!("{text}channels: {{{wrong}}}\n"));
            assert!(found.iter().any(|f| f.0 == code), "{wrong}: {found:?}");
        }
    }

    #[test]
    fn every_fault_is_reported_at_once() {
        let text =
            "title: Status\nurl: example.com\ntimezone: Asia/Tokio\nlocales: [en, xx]\ncomponentz: []\n";
        let (_, found) = read_text(text);
        let codes: Vec<_> = found.iter().map(|f| f.0).collect();
        for code in ["site/bad-url", "site/unknown-timezone", "site/unknown-locale", "entry/unknown-key"] {
            assert!(codes.contains(&code), "{codes:?}");
        }
        assert!(found.iter().any(|f| f.1 == "did you mean `Asia/Tokyo`?"), "{found:?}");
    }
}
