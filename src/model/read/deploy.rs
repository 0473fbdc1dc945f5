//! Reads `deploy` of site.yaml into [`Target`]s.

use super::nouns::Noun;
use super::value::{Map, Value};
use crate::limits::TARGETS;
use crate::message::{Message, and, message};
use crate::model::deploy::{Bucket, Cdn, Coding, Destination, Target};
use crate::text;

const CODE: &str = "site/bad-target";

pub(super) fn read(map: &Map<'_>) -> Vec<Target> {
    let Some(inner) = map.get("deploy").and_then(|v| v.map()) else { return Vec::new() };
    let mut targets: Vec<Target> = Vec::new();
    for (name, value) in inner.entries() {
        if text::slugify(name) != name || name.is_empty() {
            value.fail_key(
                CODE,
                message!("model-deploy-name", "`{name}` cannot be the name of a target", name),
                message!("model-deploy-name-help", "write letters and digits, joined by `-`"),
            );
        } else if targets.len() == TARGETS {
            value.fail_key(
                CODE,
                message!("model-deploy-too-many", "there are more than {most} targets", most = TARGETS),
                message!("model-deploy-too-many-help", "deploy to fewer, or from a second site.yaml"),
            );
            break;
        }
        targets.extend(target(name, &value));
    }
    targets
}

fn target(name: &str, value: &Value<'_>) -> Option<Target> {
    let map = value.map()?;
    let (region, endpoint, port) = (map.get("region"), map.get("endpoint"), map.get("port"));
    let sent_to = endpoint.as_ref().and_then(address);
    let is_nowhere = endpoint.is_some() && sent_to.is_none();
    let gcs =
        |v: &Value<'_>| Some(Destination::Gcs { bucket: bucket(v, &v.text()?)?, endpoint: sent_to.clone() });
    let found = [
        map.get("s3").map(|v| s3(&v, region.as_ref(), sent_to.clone())),
        map.get("gcs").map(|v| gcs(&v)),
        map.get("azure").map(|v| azure(&v, sent_to.clone())),
        map.get("folder").map(|v| folder(&v)),
        map.get("ssh").map(|v| ssh(&v, port.as_ref())),
    ];
    let written = found.iter().flatten().count();
    let cdn = map.get("cdn").and_then(|v| cdn(&v));
    let codings: Vec<(Value<'_>, Coding)> =
        map.get("compress").map(|v| v.list()).unwrap_or_default().into_iter().filter_map(coding).collect();
    map.finish();
    if written != 1 {
        value.fail_key(
            CODE,
            if written == 0 {
                message!("model-deploy-nowhere", "the target `{name}` has no destination", name)
            } else {
                message!(
                    "model-deploy-several",
                    "the target `{name}` has {written} destinations",
                    name,
                    written
                )
            },
            message!(
                "model-deploy-destination-help",
                "write one of `s3`, `gcs`, `azure`, `folder` and `ssh`"
            ),
        );
        return None;
    }
    let to = found.into_iter().flatten().flatten().next().filter(|_| !is_nowhere)?;
    let is_s3 = matches!(to, Destination::S3 { .. });
    let is_ssh = matches!(to, Destination::Ssh { .. });
    let is_object_store = !is_ssh && !matches!(to, Destination::Folder { .. });
    for (key, is_right, owner) in [
        (region, is_s3, &["s3"][..]),
        (endpoint, is_object_store, &["s3", "gcs", "azure"]),
        (port, is_ssh, &["ssh"]),
    ] {
        if let Some(key) = key.filter(|_| !is_right) {
            let owner = and(owner.iter().map(|word| Message::same(format!("`{word}`"))).collect());
            key.fail_key(
                CODE,
                message!("model-deploy-foreign-key", "this key belongs to {owner}", owner),
                message!("model-deploy-foreign-key-help", "remove it, or change the destination"),
            );
        }
    }
    let is_bucket = !matches!(to, Destination::Folder { .. } | Destination::Ssh { .. });
    let mut compress: Vec<Coding> = Vec::new();
    for (value, coding) in codings {
        if is_bucket && coding == Coding::Brotli {
            value.fail(
                CODE,
                message!(
                    "model-deploy-brotli",
                    "a bucket cannot store texts as `br`: it sends the same bytes to everybody, and not every feed reader understands them"
                ),
                message!(
                    "model-deploy-brotli-help",
                    "write `compress: gzip`; for `br`, let the CDN compress"
                ),
            );
        } else if !compress.contains(&coding) {
            compress.push(coding);
        }
    }
    Some(Target { name: name.to_owned(), place: value.key_place(), to, cdn, compress })
}

fn coding(value: Value<'_>) -> Option<(Value<'_>, Coding)> {
    let known = Coding::ALL.map(Coding::word);
    let find = |word: &str, _: &_| Coding::ALL.into_iter().find(|coding| coding.word() == word);
    let coding = value.word(Noun::Compression, find, &known)?;
    Some((value, coding))
}

fn s3(value: &Value<'_>, region: Option<&Value<'_>>, endpoint: Option<String>) -> Option<Destination> {
    let region = region.and_then(Value::text);
    Some(Destination::S3 { bucket: bucket(value, &value.text()?)?, region, endpoint })
}

fn azure(value: &Value<'_>, endpoint: Option<String>) -> Option<Destination> {
    let written = value.text()?;
    let Some((account, rest)) = written.split_once('/').filter(|(account, _)| is_name(account)) else {
        let message =
            message!("model-deploy-container", "`{written}` names no account and container", written);
        let help = message!(
            "model-deploy-container-help",
            "write it as `account/container`, for example `examplestatus/$web`"
        );
        return value.refuse(CODE, message, help);
    };
    Some(Destination::Azure { account: account.to_owned(), bucket: bucket(value, rest)?, endpoint })
}

/// Reads `bucket` or `bucket/path`.
fn bucket(value: &Value<'_>, written: &str) -> Option<Bucket> {
    let (name, prefix) = written.split_once('/').unwrap_or((written, ""));
    let prefix = prefix.trim_end_matches('/');
    let is_sound = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', '?', '#']);
    if !is_name(name) || !(prefix.is_empty() || prefix.split('/').all(is_sound)) {
        let message = message!("model-deploy-bucket", "`{written}` is not the name of a bucket", written);
        let help = message!(
            "model-deploy-bucket-help",
            "write `bucket`, or `bucket/path`; credentials come from the environment"
        );
        return value.refuse(CODE, message, help);
    }
    let prefix = if prefix.is_empty() { String::new() } else { format!("{prefix}/") };
    Some(Bucket { name: name.to_owned(), prefix })
}

/// The characters that names of buckets, containers and accounts have anywhere. `$web` is a container of Azure.
fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '$'))
        && !matches!(name, "." | "..")
}

/// An address that the program sends to, without credentials.
fn address(value: &Value<'_>) -> Option<String> {
    let url = value.text()?;
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let is_sound = rest.is_some_and(|rest| {
        let host = rest.split('/').next().unwrap_or_default();
        !host.is_empty() && !host.contains('@') && !rest.chars().any(|c| c.is_whitespace() || c.is_control())
    });
    if !is_sound {
        let message = message!("model-deploy-address", "this is not an address that noroshi can send to");
        let help = message!(
            "model-deploy-address-help",
            "write it as `https://s3.example.com`, without a user name or password; credentials come from the environment"
        );
        return value.refuse(CODE, message, help);
    }
    Some(url)
}

fn folder(value: &Value<'_>) -> Option<Destination> {
    let path = value.text()?;
    if path.contains("://") || path.is_empty() {
        let message = message!("model-deploy-folder", "`{path}` is not a folder", path);
        let help = message!("model-deploy-folder-help", "write a path, for example `/srv/www/status`");
        return value.refuse(CODE, message, help);
    }
    Some(Destination::Folder { path })
}

/// Reads `user@host:/path`. What looks like an option of `ssh` or `rsync` is refused.
fn ssh(value: &Value<'_>, port: Option<&Value<'_>>) -> Option<Destination> {
    let port = port.map(|v| v.within(v.integer()?, 1..=65_535, ["1", "65535"]));
    let written = value.text()?;
    let parts = written.split_once(':').filter(|(host, path)| {
        let is_sound = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '@');
        let is_plain =
            |c: char| !c.is_control() && !matches!(c, '\'' | '"' | '\\' | '`' | '$' | '*' | '?' | '[');
        host.starts_with(|c: char| c.is_ascii_alphanumeric())
            && host.chars().all(is_sound)
            && path.starts_with('/')
            && path.len() > 1
            && path.chars().all(is_plain)
    });
    let Some((host, path)) = parts else {
        let message = message!("model-deploy-ssh", "this is not a folder on another machine");
        let help = message!(
            "model-deploy-ssh-help",
            "write it as `user@host.example.com:/srv/www/status`, without a password; `ssh` uses your keys"
        );
        return value.refuse(CODE, message, help);
    };
    let (host, path) = (host.to_owned(), path.trim_end_matches('/').to_owned());
    let port = match port {
        Some(port) => Some(u16::try_from(port?).ok()?),
        None => None,
    };
    Some(Destination::Ssh { host, path, port })
}

fn cdn(value: &Value<'_>) -> Option<Cdn> {
    let map = value.map()?;
    let id = |v: Value<'_>| {
        let id = v.text()?;
        if id.is_empty() || !id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')) {
            let message = message!("model-deploy-cdn-id", "`{id}` is not an id", id);
            let help = message!("model-deploy-cdn-id-help", "write the id that the provider shows");
            return v.refuse(CODE, message, help);
        }
        Some(id)
    };
    let found = [
        map.get("cloudflare").map(|v| id(v).map(|zone| Cdn::Cloudflare { zone })),
        map.get("fastly").map(|v| id(v).map(|service| Cdn::Fastly { service })),
        map.get("cloudfront").map(|v| id(v).map(|distribution| Cdn::CloudFront { distribution })),
        map.get("webhook").map(|v| address(&v).map(|url| Cdn::Webhook { url })),
    ];
    map.finish();
    if found.iter().flatten().count() != 1 {
        value.fail_key(
            CODE,
            message!("model-deploy-cdn", "a target has one CDN"),
            message!(
                "model-deploy-cdn-help",
                "write one of `cloudflare`, `fastly`, `cloudfront` and `webhook`"
            ),
        );
        return None;
    }
    found.into_iter().flatten().flatten().next()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::document::yaml::Yaml;
    use crate::model::Config;
    use crate::model::read::config::{Known, config};

    /// The targets of a site.yaml with these lines under `deploy`, and the codes and helps of its errors.
    fn targets(lines: &str) -> (Vec<Target>, Vec<(&'static str, String)>) {
        let text: Arc<str> = format!(
            "title: Status\nurl: https://s.example/\ntimezone: Asia/Tokyo\nlocales: [en]\ndeploy:\n{lines}"
        )
        .into();
        let mut found = Vec::new();
        let yaml = Yaml::parse(&Config::file(), &text, 0..text.len(), &mut found);
        let (config, more) = config(&yaml, None, &Known::default());
        found.extend(more);
        let found = found.into_iter().map(|d| (d.code, d.help.unwrap_or_default().into())).collect();
        (config.map(|config| config.deploy).unwrap_or_default(), found)
    }

    #[test]
    fn each_kind_of_destination_is_read() {
        let (targets, found) = targets(
            "  a: {s3: status/site/, region: eu-central-1, endpoint: \"https://s3.example.com\", compress: gzip, cdn: {cloudfront: E1}}\n  \
             b: {gcs: status}\n  c: {azure: account/$web, endpoint: \"http://127.0.0.1:10000/account\"}\n  d: {folder: ../www, compress: [br, gzip, br]}\n  \
             e: {ssh: \"me@host.example:/srv/www\", port: 2222, cdn: {webhook: \"https://cdn.example/purge\"}}\n",
        );
        assert!(found.is_empty(), "{found:?}");
        let bucket = |name: &str, prefix: &str| Bucket { name: name.to_owned(), prefix: prefix.to_owned() };
        let all: Vec<&Destination> = targets.iter().map(|target| &target.to).collect();
        let s3 = Destination::S3 {
            bucket: bucket("status", "site/"),
            region: Some("eu-central-1".to_owned()),
            endpoint: Some("https://s3.example.com".to_owned()),
        };
        let gcs = Destination::Gcs { bucket: bucket("status", ""), endpoint: None };
        let azure = Destination::Azure {
            account: "account".to_owned(),
            bucket: bucket("$web", ""),
            endpoint: Some("http://127.0.0.1:10000/account".to_owned()),
        };
        let ssh = Destination::Ssh {
            host: "me@host.example".to_owned(),
            path: "/srv/www".to_owned(),
            port: Some(2222),
        };
        let folder = Destination::Folder { path: "../www".to_owned() };
        assert_eq!(all, [&s3, &gcs, &azure, &folder, &ssh]);
        assert_eq!(targets[0].cdn, Some(Cdn::CloudFront { distribution: "E1".to_owned() }));
        assert_eq!(
            targets.iter().map(|t| t.compress.as_slice()).collect::<Vec<_>>(),
            [&[Coding::Gzip][..], &[], &[], &[Coding::Brotli, Coding::Gzip], &[]]
        );
    }

    #[test]
    fn what_is_no_destination_is_refused_with_what_to_write() {
        for (line, help) in [
            ("a: {}", "write one of `s3`"),
            ("a: {s3: x, folder: y}", "write one of `s3`"),
            ("A b: {s3: x}", "letters and digits"),
            ("a: {s3: \"key:secret@bucket\"}", "credentials come from the environment"),
            ("a: {s3: x/../y}", "write `bucket`"),
            ("a: {s3: x, endpoint: \"https://key:secret@s3.example.com\"}", "credentials come from"),
            ("a: {s3: x, endpoint: s3.example.com}", "write it as `https://"),
            ("a: {azure: container}", "account/container"),
            ("a: {folder: \"s3://x\"}", "write a path"),
            ("a: {ssh: \"-oProxyCommand=x:/srv\"}", "user@host.example.com:"),
            ("a: {ssh: \"me:secret@host:/srv\"}", "`ssh` uses your keys"),
            ("a: {ssh: \"me@host:srv\"}", "user@host.example.com:"),
            ("a: {ssh: \"me@host:/srv\", port: 0}", "1 to 65535"),
            ("a: {folder: www, compress: zstd}", "write `br` or `gzip`"),
            ("a: {s3: x, compress: br}", "let the CDN compress"),
            ("a: {azure: x/y, compress: [gzip, br]}", "let the CDN compress"),
            ("a: {gcs: x, region: y}", "change the destination"),
            ("a: {gcs: x, endpoint: storage.example.com}", "write it as `https://"),
            ("a: {azure: x/y, endpoint: \"https://me:secret@x.example\"}", "credentials come from"),
            ("a: {folder: www, endpoint: \"https://x.example\"}", "change the destination"),
            ("a: {s3: x, port: 22}", "change the destination"),
            ("a: {s3: x, cdn: {cloudflare: z, fastly: s}}", "write one of `cloudflare`"),
            ("a: {s3: x, cdn: {cloudflare: \"z/../y\"}}", "the id that the provider shows"),
        ] {
            let (_, found) = targets(&format!("  {line}\n"));
            assert!(found.iter().any(|(_, h)| h.contains(help)), "{line}: {found:?}");
        }
    }
}
