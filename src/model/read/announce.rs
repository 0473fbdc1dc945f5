//! Reads `announce` of site.yaml into [`Announce`].

use super::channels::write_mailbox;
use super::nouns::Noun;
use super::value::{Map, Value};
use crate::kind::EntryKind;
use crate::limits::CHANNELS;
use crate::message::message;
use crate::model::announce::{
    AfterCrash, Announce, Channel, Filter, LedgerPlace, MailList, MailSettings, Mode, Platform, STATUSES,
    Shape, Visibility,
};
use crate::model::channels::Mailbox;
use crate::model::component::Components;
use crate::model::deploy::{Destination, Target};
use crate::text;
use crate::vocabulary::Severity;

const CODE: &str = "site/bad-channel";

/// The words of `noroshi announce`, which no channel may have as its name.
const COMMANDS: [&str; 8] = ["approve", "begin", "help", "hold", "retry", "skip", "status", "test"];

/// The kinds of channels.
const KINDS: [&str; 10] =
    ["bluesky", "discord", "line", "mail", "mastodon", "slack", "teams", "webhook", "websub", "x"];

/// `targets` are those of `deploy`, and `has_hub` says whether `feeds.hub` names one.
pub(super) fn read(map: &Map<'_>, components: &Components, targets: &[Target], has_hub: bool) -> Announce {
    let mut announce = Announce::default();
    let Some(inner) = map.get("announce").and_then(|v| v.map()) else { return announce };
    announce.ledger = inner.get("ledger").and_then(|v| ledger(&v, targets)).unwrap_or_default();
    if let Some(channels) = inner.get("channels").and_then(|v| v.map()) {
        for (name, value) in channels.entries() {
            if text::slugify(name) != name || name.is_empty() || COMMANDS.contains(&name) {
                value.fail_key(
                    CODE,
                    message!("model-announce-name", "`{name}` cannot be the name of a channel", name),
                    message!(
                        "model-announce-name-help",
                        "write letters and digits, joined by `-`, and none of the words that `noroshi announce` knows"
                    ),
                );
            } else if announce.channels.len() == CHANNELS {
                value.fail_key(
                    CODE,
                    message!(
                        "model-announce-too-many",
                        "there are more than {most} channels",
                        most = CHANNELS
                    ),
                    message!("model-announce-too-many-help", "remove those that you no longer need"),
                );
                break;
            }
            announce.channels.extend(channel(name, &value, components, has_hub));
        }
    }
    inner.finish();
    announce
}

fn ledger(value: &Value<'_>, targets: &[Target]) -> Option<LedgerPlace> {
    let map = value.map()?;
    let places = [
        map.get("file").map(|v| {
            let path = v.text().filter(|path| !path.is_empty() && !path.contains("://"));
            path.map(|path| LedgerPlace::File { path })
        }),
        map.get("git").map(|v| {
            // What looks like an option of git, or holds a password, is refused.
            let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
            let remote = v.text().filter(|remote| {
                remote.starts_with(|c: char| c.is_ascii_alphanumeric()) && remote.chars().all(is_name)
            });
            remote.map(|remote| LedgerPlace::Git { remote })
        }),
        map.get("target").map(|v| {
            let target = v.text()?;
            let is_store = |one: &&Target| !matches!(one.to, Destination::Folder { .. } | Destination::Ssh { .. });
            if !targets.iter().filter(is_store).any(|one| one.name == target) {
                v.fail(
                    CODE,
                    message!(
                        "model-announce-ledger-target",
                        "`{target}` is no object store of `deploy`",
                        target
                    ),
                    message!(
                        "model-announce-ledger-target-help",
                        "name a target of `deploy` with `s3`, `gcs` or `azure`, or keep the ledger in git: `ledger: {{git: origin}}`"
                    ),
                );
            }
            Some(LedgerPlace::Store { target })
        }),
    ];
    map.finish();
    let place = match <[_; 1]>::try_from(places.into_iter().flatten().collect::<Vec<_>>()) {
        Ok([place]) => place,
        Err(_) => None,
    };
    if place.is_none() {
        value.fail_key(
            CODE,
            message!("model-announce-ledger", "the ledger has one place"),
            message!(
                "model-announce-ledger-help",
                "write `{{file: announced/ledger.json}}`, `{{git: origin}}` (the name of a remote), or `{{target: main}}` (a target of `deploy`)"
            ),
        );
    }
    place
}

fn channel(name: &str, value: &Value<'_>, components: &Components, has_hub: bool) -> Option<Channel> {
    let map = value.map()?;
    let to = map.required("to", "mail")?;
    let to = to.word(Noun::ChannelKind, |word, _| KINDS.into_iter().find(|kind| *kind == word), &KINDS);
    let filter = filter(&map, components);
    if to == Some("websub") && !has_hub {
        value.fail_key(
            CODE,
            message!("model-announce-no-hub", "this channel needs the address of a hub"),
            message!(
                "model-announce-no-hub-help",
                "set `feeds: {{hub: \"https://…\"}}`, or remove the channel"
            ),
        );
    }
    let platform = to.and_then(|to| platform(to, &map, components));
    let mode = map.get("mode").and_then(|v| {
        let mode = |word: &str| match word {
            "auto" => Some(Mode::Auto),
            "approve" => Some(Mode::Approve),
            "off" => Some(Mode::Off),
            _ => None,
        };
        v.word(Noun::Mode, |word, _| mode(word), &["auto", "approve", "off"])
    });
    let corrections = map.get("corrections").and_then(|v| {
        let choice = |word: &str| match word {
            "send" => Some(true),
            "skip" => Some(false),
            _ => None,
        };
        v.word(Noun::Choice, |word, _| choice(word), &["send", "skip"])
    });
    let after_crash = map.get("after_crash").and_then(|v| {
        let choice = |word: &str| match word {
            "at_most_once" => Some(AfterCrash::AtMostOnce),
            "at_least_once" => Some(AfterCrash::AtLeastOnce),
            _ => None,
        };
        v.word(Noun::Choice, |word, _| choice(word), &["at_most_once", "at_least_once"])
    });
    let page = map.get("page").and_then(|v| address(&v));
    map.finish();
    Some(Channel {
        name: name.to_owned(),
        place: value.key_place(),
        to: platform?,
        mode: mode.unwrap_or_default(),
        filter,
        has_corrections: corrections.unwrap_or(true),
        after_crash: after_crash.unwrap_or_default(),
        page,
    })
}

fn filter(map: &Map<'_>, components: &Components) -> Filter {
    let list = |key: &'static str| map.get(key).map(|v| v.list()).unwrap_or_default();
    let kinds = ["incident", "maintenance", "notice"];
    let kind = |v: &Value<'_>| {
        v.word(
            Noun::EntryKind,
            |word, _| EntryKind::from_word(word).filter(|kind| kinds.contains(&kind.word())),
            &kinds,
        )
    };
    let severities: Vec<&str> = Severity::ALL.iter().map(|severity| severity.word()).collect();
    let severity = |v: &Value<'_>| {
        v.word(
            Noun::Severity,
            |word, more| Severity::from_word_or_alias(word, Severity::ALL, more),
            &severities,
        )
    };
    let status = |v: &Value<'_>| {
        v.word(Noun::Status, |word, _| STATUSES.iter().find(|known| **known == word).copied(), &STATUSES)
    };
    Filter {
        components: members(&list("components"), components),
        kinds: list("kinds").iter().filter_map(kind).collect(),
        severities: list("severities").iter().filter_map(severity).collect(),
        statuses: list("statuses").iter().filter_map(status).map(str::to_owned).collect(),
        locales: locales(map),
    }
}

/// The languages of `locales`, by position.
fn locales(map: &Map<'_>) -> Vec<usize> {
    let known: Vec<&str> = map.locales().iter().map(String::as_str).collect();
    let locale =
        |v: &Value<'_>| v.word(Noun::Language, |word, _| known.iter().position(|tag| *tag == word), &known);
    map.get("locales").map(|v| v.list()).unwrap_or_default().iter().filter_map(locale).collect()
}

/// The components with these ids or names, by position. A group stands for its components.
fn members(values: &[Value<'_>], components: &Components) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    for value in values {
        let Some(word) = value.text() else { continue };
        if let Some(target) = components.find(&word) {
            found.extend(&target.members);
        } else if !components.is_incomplete {
            let message = message!("model-announce-no-component", "there is no component `{word}`", word);
            value.fail(CODE, message, components.help(&word));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn platform(to: &str, map: &Map<'_>, components: &Components) -> Option<Platform> {
    Some(match to {
        "mail" => Platform::Mail(Box::new(mail(map, components)?)),
        "slack" => Platform::Slack,
        "discord" => Platform::Discord,
        "teams" => Platform::Teams,
        "webhook" => {
            let shape = map.get("shape").and_then(|v| {
                let shape = |word: &str| match word {
                    "noroshi" => Some(Shape::Noroshi),
                    "statuspage" => Some(Shape::Statuspage),
                    _ => None,
                };
                v.word(Noun::Shape, |word, _| shape(word), &["noroshi", "statuspage"])
            });
            let url = map.required("url", "https://hooks.example.com/status").and_then(|v| address(&v));
            Platform::Webhook { url: url?, shape: shape.unwrap_or_default() }
        }
        "mastodon" => {
            let visibility = map.get("visibility").and_then(|v| {
                let visibility = |word: &str| match word {
                    "public" => Some(Visibility::Public),
                    "unlisted" => Some(Visibility::Unlisted),
                    _ => None,
                };
                v.word(Noun::Visibility, |word, _| visibility(word), &["public", "unlisted"])
            });
            let server = map.required("server", "https://mastodon.example").and_then(|v| address(&v));
            Platform::Mastodon { server: server?, visibility: visibility.unwrap_or_default() }
        }
        "bluesky" => {
            let server = map.get("server").map(|v| address(&v));
            let handle = map.required("handle", "status.example.com").and_then(|v| v.text());
            let server = server.unwrap_or_else(|| Some("https://bsky.social".to_owned()));
            Platform::Bluesky { server: server?, handle: handle?.trim_start_matches('@').to_owned() }
        }
        "x" => Platform::X,
        "line" => Platform::Line,
        _ => Platform::WebSub,
    })
}

/// An address that the program sends to, without credentials: `https`, or `http` to this machine.
fn address(value: &Value<'_>) -> Option<String> {
    let url = value.text()?;
    if let Err(error) = crate::url::sendable(&url) {
        value.fail(
            CODE,
            message!(
                "model-announce-address",
                "noroshi does not send to `{url}`: {error}",
                url = text::shorten(&url, 80),
                error
            ),
            message!(
                "model-announce-address-help",
                "write it as `https://hooks.example.com/path`; a token or a password comes from the environment"
            ),
        );
        return None;
    }
    Some(url)
}

fn mail(map: &Map<'_>, components: &Components) -> Option<MailSettings> {
    let server = map.required("server", "smtps://smtp.example.com").and_then(|v| server(&v));
    let from = map.required("from", "Example Status <status@example.com>").and_then(|v| {
        let from = v.localized()?.try_map(|written| Mailbox::parse(written));
        if from.is_none() {
            v.fail(
                "site/bad-mail-address",
                message!("model-announce-from", "this is not a mail address"),
                write_mailbox(),
            );
        }
        from
    });
    let lists = map.required("lists", "[status@lists.example.com]").map(|v| v.list()).unwrap_or_default();
    let lists: Vec<MailList> = lists.iter().filter_map(|v| list(v, components)).collect();
    let unsubscribe = map.get("unsubscribe").map(|v| v.list()).unwrap_or_default();
    let unsubscribe: Vec<String> = unsubscribe.iter().filter_map(way).collect();
    let one_click = map.get("one_click");
    let has_one_click = one_click.as_ref().and_then(Value::bool).unwrap_or_default();
    if has_one_click
        && !unsubscribe.iter().any(|way| way.starts_with("https:"))
        && let Some(value) = &one_click
    {
        value.fail(
            CODE,
            message!(
                "model-announce-one-click",
                "one click needs an `https` address in `unsubscribe` (RFC 8058)"
            ),
            message!(
                "model-announce-one-click-help",
                "add the address that takes the click, or remove `one_click`"
            ),
        );
    }
    Some(MailSettings { server: server?, from: from?, lists, unsubscribe, has_one_click })
}

/// `smtps://host` or `smtp://host` with a port, and no user name or password.
fn server(value: &Value<'_>) -> Option<String> {
    let written = value.text()?;
    let rest = written.strip_prefix("smtps://").or_else(|| written.strip_prefix("smtp://"));
    let is_sound = rest.is_some_and(|rest| {
        let (host, port) = rest.rsplit_once(':').unwrap_or((rest, "1"));
        !host.is_empty()
            && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'))
            && port.parse::<u16>().is_ok_and(|port| port > 0)
    });
    if !is_sound {
        value.fail(
            CODE,
            message!("model-announce-server", "this is not a mail server"),
            message!(
                "model-announce-server-help",
                "write `smtps://smtp.example.com` (TLS, port 465) or `smtp://smtp.example.com:587` (STARTTLS), without a user name or password; they come from the environment"
            ),
        );
        return None;
    }
    Some(written)
}

fn list(value: &Value<'_>, components: &Components) -> Option<MailList> {
    let address = |v: &Value<'_>| {
        let written = v.text()?;
        let found = Mailbox::parse(&written).filter(|mailbox| mailbox.name.is_none());
        if found.is_none() {
            v.fail(
                "site/bad-mail-address",
                message!("model-announce-list", "`{written}` is not the address of a list", written),
                message!("model-announce-list-help", "write it as `status@lists.example.com`, in ASCII"),
            );
        }
        found.map(|mailbox| mailbox.address)
    };
    if !value.is_map() {
        return Some(MailList {
            to: address(value)?,
            locales: Vec::new(),
            components: Vec::new(),
            join: None,
        });
    }
    let map = value.map()?;
    let to = map.required("list", "status@lists.example.com").and_then(|v| address(&v));
    let locales = locales(&map);
    let parts = map.get("components").map(|v| v.list()).unwrap_or_default();
    let components = members(&parts, components);
    let join = map.get("join").and_then(|v| way(&v));
    map.finish();
    Some(MailList { to: to?, locales, components, join })
}

/// Where people join or leave a list: `https:` or `mailto:`.
fn way(value: &Value<'_>) -> Option<String> {
    let written = value.text()?;
    let is_plain = written.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | ','));
    let has_form = written.strip_prefix("mailto:").is_some_and(|rest| rest.contains('@'))
        || crate::url::sendable(&written).is_ok();
    if !is_plain || !has_form {
        value.fail(
            CODE,
            message!("model-announce-way", "this is no way to join or leave a list"),
            message!("model-announce-way-help", "write an address that begins with `https://` or `mailto:`"),
        );
        return None;
    }
    Some(written)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::document::yaml::Yaml;
    use crate::model::Config;
    use crate::model::read::config::{Known, config};

    /// The channels of a site.yaml with these lines under `announce`, and the codes and helps of its errors.
    fn announce(lines: &str) -> (Announce, Vec<(&'static str, String)>) {
        let text: Arc<str> = format!(
            "title: Status\nurl: https://s.example/\ntimezone: Asia/Tokyo\nlocales: [ja, en]\n\
             feeds: {{hub: \"https://hub.example/\"}}\ndeploy: {{main: {{s3: bucket}}, here: {{folder: www}}}}\n\
             components:\n  - {{id: api, name: API}}\n  - {{id: coins, name: Coins, components: [{{id: btc, name: BTC}}, {{id: eth, name: ETH}}]}}\n\
             announce:\n{lines}"
        )
        .into();
        let mut found = Vec::new();
        let yaml = Yaml::parse(&Config::file(), &text, 0..text.len(), &mut found);
        let (config, more) = config(&yaml, None, &Known::default());
        found.extend(more);
        let found = found.into_iter().map(|d| (d.code, d.help.unwrap_or_default().into())).collect();
        (config.map(|config| config.announce).unwrap_or_default(), found)
    }

    fn channels(lines: &str) -> (Vec<Channel>, Vec<(&'static str, String)>) {
        let (announce, found) = announce(&format!("  channels:\n{lines}"));
        (announce.channels, found)
    }

    #[test]
    fn each_kind_of_channel_is_read() {
        let (channels, found) = channels(
            "    list: {to: mail, server: \"smtps://m.example\", from: S <s@s.example>, lists: [all@l.example, {list: j@l.example, locales: [ja], components: [coins], join: \"mailto:j-join@l.example\"}], unsubscribe: [\"https://l.example/leave\"], one_click: true}\n    \
             ops: {to: slack, severities: [critical], kinds: incident, statuses: [investigating, resolved], components: [coins], locales: en, mode: approve, corrections: skip, after_crash: at_least_once}\n    \
             d: {to: discord}\n    t: {to: teams}\n    bot: {to: webhook, url: \"https://h.example/x\", shape: statuspage}\n    \
             m: {to: mastodon, server: \"https://m.example\", visibility: unlisted, page: \"https://m.example/@s\"}\n    b: {to: bluesky, handle: \"@s.example\"}\n    \
             x: {to: x}\n    l: {to: line, mode: off}\n    hub: {to: websub}\n",
        );
        assert!(found.is_empty(), "{found:?}");
        assert_eq!(channels.len(), 10);
        let Platform::Mail(mail) = &channels[0].to else { panic!("{:?}", channels[0].to) };
        assert_eq!(
            (mail.lists[1].locales.as_slice(), mail.lists[1].components.as_slice()),
            (&[0][..], &[1, 2][..])
        );
        assert!(mail.has_one_click);
        let ops = &channels[1];
        assert_eq!(
            (ops.mode, ops.has_corrections, ops.after_crash),
            (Mode::Approve, false, AfterCrash::AtLeastOnce)
        );
        assert_eq!(
            (ops.filter.components.as_slice(), ops.filter.locales.as_slice()),
            (&[1, 2][..], &[1][..])
        );
        assert_eq!(ops.filter.statuses, ["investigating", "resolved"]);
        let bluesky = Platform::Bluesky { server: "https://bsky.social".into(), handle: "s.example".into() };
        assert_eq!(channels[6].to, bluesky);
        assert_eq!((channels[8].to.clone(), channels[8].mode), (Platform::Line, Mode::Off));
    }

    #[test]
    fn the_ledger_has_a_place() {
        let place = |line: &str| announce(&format!("  ledger: {line}\n")).0.ledger;
        assert_eq!(place("{git: origin}"), LedgerPlace::Git { remote: "origin".into() });
        assert_eq!(place("{target: main}"), LedgerPlace::Store { target: "main".into() });
        assert_eq!(place("{file: a/b.json}"), LedgerPlace::File { path: "a/b.json".into() });
        for line in [
            "{}",
            "{git: a, file: b}",
            "{git: \"--upload-pack=x\"}",
            "{git: \"https://u:p@h/x\"}",
            "{file: \"s3://x\"}",
            "{target: nobody}",
            "{target: here}",
        ] {
            let (_, found) = announce(&format!("  ledger: {line}\n"));
            assert_eq!(found.first().map(|(code, _)| *code), Some(CODE), "{line}: {found:?}");
        }
    }

    #[test]
    fn what_is_no_channel_is_refused_with_what_to_write() {
        for (line, help) in [
            ("a: {}", "mail"),
            ("a: {to: fax}", "write `bluesky`"),
            ("status: {to: slack}", "none of the words"),
            ("A b: {to: slack}", "letters and digits"),
            ("a: {to: webhook, url: \"http://h.example/\"}", "comes from the environment"),
            ("a: {to: webhook, url: \"https://u:p@h.example/\"}", "comes from the environment"),
            ("a: {to: slack, url: \"https://hooks.slack.example/T0/B0/secret\"}", ""),
            ("a: {to: slack, components: [bct]}", "did you mean `btc`?"),
            ("a: {to: slack, locales: [fr]}", "`ja` or `en`"),
            ("a: {to: slack, statuses: [resovled]}", "did you mean `resolved`?"),
            ("a: {to: slack, mode: maybe}", "`auto`"),
            (
                "a: {to: mail, server: \"smtps://u:p@m.example\", from: s@s.example, lists: [a@b.example]}",
                "environment",
            ),
            (
                "a: {to: mail, server: \"smtps://m.example\", from: s, lists: [a@b.example]}",
                "status@example.com",
            ),
            (
                "a: {to: mail, server: \"smtps://m.example\", from: s@s.example, lists: [\"A <a@b.example>\"]}",
                "in ASCII",
            ),
            (
                "a: {to: mail, server: \"smtps://m.example\", from: s@s.example, lists: [a@b.example], one_click: true}",
                "takes the click",
            ),
            (
                "a: {to: mail, server: \"smtps://m.example\", from: s@s.example, lists: [a@b.example], unsubscribe: [\"ftp://x\"]}",
                "`mailto:`",
            ),
        ] {
            let (_, found) = channels(&format!("    {line}\n"));
            assert!(found.iter().any(|(_, h)| h.contains(help)), "{line}: {found:?}");
        }
    }
}
