//! `nginx/status.conf`.
//!
//! nginx does not pass `add_header` on to a block that has one itself. So one map for each header chooses its value by
//! the address, and the headers stand once, in the server.

use super::own::{Own, Redirect};
use super::{CACHING, TYPE, Table, each, expression, expression_of, in_quotes, lines};
use crate::limits::{NGINX_COMPRESSED_TYPE_BYTES, NGINX_PARAMETER_BYTES};
use crate::message::message;

/// Own rules that nginx does not take.
pub(super) fn leave_out(own: &mut Own<'_>) {
    let why = |texts: &[&str]| {
        let is_long = texts.iter().any(|text| text.len() > NGINX_PARAMETER_BYTES);
        is_long.then(|| message!("servers-nginx-long", "it is too long for nginx"))
    };
    own.leave_headers(|header| why(&[&in_quotes(&header.expression), &value(header.value)]));
    own.leave_redirects(|rule| why(&[&in_quotes(&rule.expression), &target(rule)]));
}

pub(super) fn status(table: &Table<'_>) -> String {
    let names: Vec<&str> = std::iter::once(CACHING).chain(table.others()).collect();
    let mut columns: Vec<(&str, String)> =
        names.iter().map(|name| (*name, format!("noroshi_{}", word(name)))).collect();
    for header in table.own.headers.iter().filter(|header| !header.is(TYPE)) {
        if !columns.iter().any(|(name, _)| header.is(name)) {
            // A name of the team's may hold what no variable's name holds.
            columns.push((header.name, format!("noroshi_own_{}", columns.len())));
        }
    }
    let (plain, wide) = (Moves::of("plain", &table.own.plain), Moves::of("wide", &table.own.wide));
    let maps = columns.iter().map(|(name, variable)| map(table, name, variable));
    let maps: String = maps.chain([plain.maps, wide.maps]).collect();
    let dollar = if maps.contains(DOLLAR) { DOLLAR_IS } else { "" };
    let maps = format!("{dollar}{maps}");
    let headers = (table.all.iter().map(|(name, value)| ((*name).to_owned(), in_quotes(value))))
        .chain(columns.iter().map(|(name, variable)| {
            let is_ours = names.contains(name);
            (if is_ours { (*name).to_owned() } else { in_quotes(name) }, format!("${variable}"))
        }))
        .map(|(name, value)| format!("    add_header {name} {value} always;"));
    // With a root at which files have the addresses of the site, or with one that is the site.
    let (location, root) = if table.is_below() {
        (format!("^~ {}", table.path), "        alias /srv/status/public/;".to_owned())
    } else {
        ("/".to_owned(), "        root /srv/status/public;".to_owned())
    };
    let entrance = if table.is_below() {
        let bare = table.path.trim_end_matches('/');
        format!(
            "    location = {bare} {{\n        return 301 {}/;\n    }}\n",
            table.url.path.trim_end_matches('/')
        )
    } else {
        String::new()
    };
    let endings = (table.types().into_iter())
        .map(|(kind, endings)| format!("            {} {};", in_quotes(kind), endings.join(" ")));
    let types = each(table.named_types())
        .map(|(pattern, kind)| type_of(&format!("\"{}\"", expression(&table.path, pattern)), &unquoted(kind)))
        .chain(
            (table.own.headers.iter().filter(|header| header.is(TYPE)))
                .map(|header| type_of(&in_quotes(&header.expression), &unquoted(header.value))),
        );
    let compressed = table.compressed().into_iter().filter(|kind| kind.len() <= NGINX_COMPRESSED_TYPE_BYTES);
    let compressed = compressed.map(|kind| format!("        {}", in_quotes(kind)));
    table.fill(
        include_str!("nginx.conf"),
        &[
            ("@MAPS@\n", &maps),
            ("@HEADERS@", &lines(headers)),
            ("@PLAIN@\n", &plain.answers),
            ("@WIDE@\n", &wide.answers),
            ("@ENTRANCE@", &entrance),
            ("@LOCATION@", &location),
            ("@ROOT@", &root),
            ("@PATH@", &table.path),
            ("@HIDDEN@", &Table::hidden(&table.path)),
            ("@ENDINGS@", &lines(endings)),
            ("@TYPES@", &lines(types)),
            ("@COMPRESSED@", &lines(compressed)),
        ],
    )
}

/// A `$` in a value begins the name of a variable, and nothing escapes it. In `geo`, it does not.
const DOLLAR: &str = "${noroshi_dollar}";
const DOLLAR_IS: &str = "geo $noroshi_dollar {\n    default \"$\";\n}\n";

/// A value without variables.
fn value(text: &str) -> String {
    in_quotes(text).replace('$', DOLLAR)
}

/// The text between the quotes of [`in_quotes`].
fn unquoted(text: &str) -> String {
    in_quotes(text).trim_start_matches('"').strip_suffix('"').unwrap_or_default().to_owned()
}

fn target(rule: &Redirect) -> String {
    let text = |text: &str| unquoted(text).replace('$', DOLLAR);
    format!("\"{}\"", rule.target(text, |group| format!("${group}")))
}

/// Redirects of the team.
struct Moves {
    maps: String,
    answers: String,
}

impl Moves {
    /// One map for the target and one for the status, because `return` takes no variable as its status.
    fn of(name: &str, rules: &[Redirect]) -> Moves {
        if rules.is_empty() {
            return Moves { maps: String::new(), answers: String::new() };
        }
        let map = |variable: &str, value: &dyn Fn(&Redirect) -> String| {
            let rules = rules.iter().map(|rule| {
                let expression = in_quotes(&format!("~^{}$", rule.expression));
                format!("    {expression} {};", value(rule))
            });
            format!("map $request_uri ${variable} {{\n{}\n}}\n", lines(rules))
        };
        let variable = format!("noroshi_{name}");
        let status = format!("{variable}_status");
        let maps = map(&variable, &target) + &map(&status, &|rule| rule.status.to_string());
        let mut statuses: Vec<u16> = rules.iter().map(|rule| rule.status).collect();
        statuses.sort_unstable();
        statuses.dedup();
        let answer = |code: u16| {
            format!("    if (${status} = {code}) {{\n        return {code} ${variable};\n    }}\n")
        };
        Moves { maps, answers: statuses.into_iter().map(answer).collect() }
    }
}

fn word(header: &str) -> String {
    header.to_ascii_lowercase().replace('-', "_")
}

/// A header whose value is empty is not sent.
fn map(table: &Table<'_>, header: &str, variable: &str) -> String {
    let default = if header == CACHING { table.caching } else { "" };
    let rules = (table.values(header).into_iter()).map(|(value, patterns)| {
        format!("    \"~{}\" {};", expression_of(&table.path, &patterns), in_quotes(value))
    });
    let own = (table.own.headers.iter().filter(|own| own.is(header)))
        .map(|own| format!("    {} {};", in_quotes(&format!("~{}", own.expression)), value(own.value)));
    format!("map $uri ${variable} {{\n    default \"{default}\";\n{}\n}}\n", lines(rules.chain(own)))
}

/// `expression` is in quotes.
fn type_of(expression: &str, kind: &str) -> String {
    format!(
        "        location ~ {expression} {{\n            types {{ }}\n            default_type \"{kind}\";\n        }}"
    )
}
