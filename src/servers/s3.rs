//! `s3/`: a bucket behind `CloudFront`.
//!
//! Objects hold their type and caching; a policy of `CloudFront` adds the headers of all addresses, and a function
//! those of some.

use serde_json::{Map, Value, json};

use super::own::Own;
use super::{CACHING, Table, each, expression, in_quotes, lines};
use crate::address::HOST_FILES;
use crate::message::message;
use crate::text;

/// Own rules that objects cannot hold. `site` is the path of the site.
pub(super) fn leave_out(own: &mut Own<'_>, site: &str) {
    own.leave_headers(|header| {
        if !header.is(CACHING) {
            return Some(message!(
                "servers-s3-header",
                "of your own headers, objects get `Cache-Control` only"
            ));
        }
        let fits = glob(site, header.pattern).is_some();
        (!fits).then(|| message!("servers-s3-names", "no names of objects fit it"))
    });
    own.leave_redirects(|_| Some(message!("servers-s3-redirect", "S3 redirects nothing")));
}

/// The names of the files of a pattern, for `case` of the shell; `None` if it has `:name` or is not below the site.
fn glob(site: &str, pattern: &str) -> Option<String> {
    if pattern.contains("/:") {
        return None;
    }
    let decoded = |text: &str| text::percent_decode(text).filter(|text| !text.chars().any(char::is_control));
    let (before, star) =
        pattern.split_once('*').map_or((pattern, None), |(before, after)| (before, Some(after)));
    let (before, after) = (decoded(before)?, decoded(star.unwrap_or_default())?);
    let index = if pattern.ends_with('/') { "index.html" } else { "" };
    let star = if star.is_some() { "*" } else { "" };
    match before.strip_prefix(site) {
        Some(before) => Some(format!("{}{star}{}", quoted(before), quoted(&format!("{after}{index}")))),
        // `/*` for a site at `/status/`.
        None => (star == "*" && after.is_empty() && site.starts_with(&before)).then(|| "*".to_owned()),
    }
}

/// A text for the shell; nothing for no text.
fn quoted(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

/// One `case` for each own rule, because nothing says which of them is the narrower.
fn own(table: &Table<'_>) -> String {
    let caching = table.own.headers.iter().filter(|header| header.is(CACHING)).enumerate();
    let cases = caching.filter_map(|(at, header)| {
        let glob = glob(&table.path, header.pattern)?;
        let number = turn(header.value, table.caching) + 100 + at;
        let value = quoted(header.value);
        Some(format!(
            "    case $file in\n        {glob}) caching={value} caching_number={number} ;;\n    esac\n"
        ))
    });
    cases.collect()
}

/// The script that uploads the site.
pub(super) fn upload(table: &Table<'_>) -> String {
    let caching = arms(&table.values(CACHING), "caching", table.caching);
    let mut types = table.named_types();
    let endings = table.types();
    let endings: Vec<(&str, Vec<String>)> = (endings.into_iter())
        .map(|(kind, endings)| (kind, endings.iter().map(|ending| format!("*.{ending}")).collect()))
        .collect();
    types.extend(
        endings.iter().map(|(kind, patterns)| (*kind, patterns.iter().map(String::as_str).collect())),
    );
    let types = arms(&types, "type", "application/octet-stream");
    // Objects lie under the path of the site, so that an address and its object have the same name.
    let prefix = table.path.trim_start_matches('/');
    let error = format!("{}404.html", table.url.path);
    let excluded = HOST_FILES.map(|name| format!("--exclude {name}"));
    table.fill(
        include_str!("upload"),
        &[
            ("@CACHING@", &*caching),
            ("@OWN@\n", &own(table)),
            ("@TYPES@", &*types),
            ("@PREFIX@", prefix),
            ("@ERROR@", &*error),
            ("@HOST_FILES@", &*HOST_FILES.join(" | ")),
            ("@EXCLUDED@", &*excluded.join(" ")),
        ],
    )
}

/// The arms of a `case` that sets a variable, and a number for its value.
fn arms(values: &[(&str, Vec<&str>)], variable: &str, default: &str) -> String {
    let known = values.iter().map(|(value, patterns)| (*value, patterns.join(" | ")));
    let all = known.chain([(default, "*".to_owned())]).enumerate();
    lines(all.map(|(at, (value, patterns))| {
        let number = turn(value, default) + at;
        format!("        {patterns}) {variable}='{value}' {variable}_number={number} ;;")
    }))
}

/// When files of this caching are uploaded: what pages need, pages, feeds and data, and last the manifest, by which
/// others see that all is there. Every number has five digits, since the shell sorts it as text.
fn turn(caching: &str, default: &str) -> usize {
    match caching {
        forever if forever.ends_with("immutable") => 10_000,
        usual if usual == default => 20_000,
        "no-cache" => 60_000,
        _ => 40_000,
    }
}

/// The configuration of a response headers policy of `CloudFront`.
pub(super) fn headers(table: &Table<'_>) -> String {
    let (mut security, mut custom, mut cors) = (Map::new(), Vec::new(), Value::Null);
    for (name, value) in &table.all {
        match *name {
            "Access-Control-Allow-Origin" => {
                let all = |values: &[&str]| json!({"Quantity": values.len(), "Items": values});
                cors = json!({
                    "AccessControlAllowOrigins": all(&[value]),
                    "AccessControlAllowHeaders": all(&["*"]),
                    "AccessControlAllowMethods": all(&["GET", "HEAD"]),
                    "AccessControlAllowCredentials": false,
                    "OriginOverride": true,
                });
            }
            "X-Content-Type-Options" => {
                security.insert("ContentTypeOptions".into(), json!({"Override": true}));
            }
            "X-Frame-Options" => {
                security.insert("FrameOptions".into(), json!({"Override": true, "FrameOption": value}));
            }
            "Referrer-Policy" => {
                let policy = json!({"Override": true, "ReferrerPolicy": value});
                security.insert("ReferrerPolicy".into(), policy);
            }
            _ => custom.push(json!({"Header": name, "Value": value, "Override": true})),
        }
    }
    let policy = json!({
        "Name": "noroshi-status",
        "Comment": table.fill("Headers of the status site at @URL@", &[]),
        "CorsConfig": cors,
        "SecurityHeadersConfig": security,
        "CustomHeadersConfig": {"Quantity": custom.len(), "Items": custom},
    });
    serde_json::to_string_pretty(&policy).unwrap_or_default() + "\n"
}

/// The function for requests.
pub(super) fn request(table: &Table<'_>) -> String {
    table.fill(include_str!("request.js"), &[])
}

/// The function for responses: headers of some addresses that objects cannot hold.
pub(super) fn response(table: &Table<'_>) -> String {
    let rules = table.others().into_iter();
    let rules =
        rules.flat_map(|name| each(table.values(name)).map(move |(pattern, value)| (name, value, pattern)));
    let rules = rules.map(|(name, value, pattern)| {
        let expression = expression(&table.path, pattern).replace('/', "\\/");
        format!("  [/{expression}/, \"{}\", {}],", name.to_ascii_lowercase(), in_quotes(value))
    });
    table.fill(include_str!("response.js"), &[("@RULES@", &lines(rules))])
}
