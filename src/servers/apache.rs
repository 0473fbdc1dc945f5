//! `apache/status.conf`.

use super::own::{Own, Redirect};
use super::{CACHING, TYPE, Table, expression_of, grouped, in_quotes, lines};
use crate::message::message;

/// Own rules that Apache does not take.
pub(super) fn leave_out(own: &mut Own<'_>) {
    own.leave_headers(|header| {
        Some(match header.value {
            value if value.contains("${") => message!(
                "servers-apache-variable",
                "Apache takes a dollar sign before a brace for a variable"
            ),
            value if value.starts_with("expr=") => {
                message!("servers-apache-expression", "Apache takes `expr=` for an expression")
            }
            value if header.is(TYPE) && value.eq_ignore_ascii_case("none") => {
                message!("servers-apache-none", "Apache takes `none` for no type")
            }
            _ => return None,
        })
    });
}

pub(super) fn status(table: &Table<'_>) -> String {
    let root = if table.is_below() {
        // Without the slash at the end, the address of the site itself redirects to the one with it.
        format!("    Alias \"{}\" \"/srv/status/public\"", table.path.trim_end_matches('/'))
    } else {
        "    DocumentRoot \"/srv/status/public\"".to_owned()
    };
    let endings = (table.types().into_iter()).map(|(kind, endings)| {
        let endings: Vec<String> = endings.iter().map(|ending| format!(".{ending}")).collect();
        format!("    AddType {} {}", in_quotes(kind), endings.join(" "))
    });
    let known: Vec<&str> = table.types().into_iter().flat_map(|(_, endings)| endings).collect();
    let types = (table.named_types().into_iter())
        .map(|(kind, patterns)| block(table, &patterns, &format!("ForceType {}", in_quotes(kind))))
        .chain(table.own.headers.iter().filter(|header| header.is(TYPE)).map(|header| {
            block_of(&in_quotes(&header.expression), &format!("ForceType {}", in_quotes(header.value)))
        }));
    let everywhere = (table.all.iter().copied().chain([(CACHING, table.caching)]))
        .map(|(name, value)| format!("    Header always set {name} {}", in_quotes(value)));
    let some = std::iter::once(CACHING).chain(table.others()).flat_map(|name| {
        let blocks = table.values(name).into_iter();
        blocks.map(move |(value, patterns)| {
            block(table, &patterns, &format!("Header always set {name} {}", in_quotes(value)))
        })
    });
    let own = table.own.headers.iter().filter(|header| !header.is(TYPE)).map(|header| {
        // mod_headers reads `%` and `\` once more.
        let value = in_quotes(&header.value.replace('\\', "\\\\").replace('%', "%%"));
        let setting = format!("Header always set {} {value}", in_quotes(header.name));
        block_of(&in_quotes(&header.expression), &setting)
    });
    // mod_filter compares types without their parameters.
    let compressed = table.compressed().into_iter().filter_map(|kind| kind.split(';').next());
    let compressed: Vec<&str> =
        grouped(compressed.map(|kind| (kind, ()))).into_iter().map(|(kind, _)| kind).collect();
    table.fill(
        include_str!("apache.conf"),
        &[
            ("@ROOT@", &root),
            ("@PATH@", &table.url.path),
            ("@HIDDEN@", &Table::hidden(&table.path)),
            ("@ENDINGS@", &lines(endings)),
            ("@KNOWN@", &known.join("|")),
            ("@TYPES@", &lines(types)),
            ("@COMPRESSED@", &compressed.join(" ")),
            ("@HEADERS@", &lines(everywhere.chain(some).chain(own))),
            ("@PLAIN@\n", &moves(&table.own.plain)),
            ("@WIDE@\n", &moves(&table.own.wide)),
        ],
    )
}

fn block(table: &Table<'_>, patterns: &[&str], setting: &str) -> String {
    block_of(&format!("\"{}\"", expression_of(&table.path, patterns)), setting)
}

/// `expression` is in quotes.
fn block_of(expression: &str, setting: &str) -> String {
    format!("    <LocationMatch {expression}>\n        {setting}\n    </LocationMatch>")
}

/// Redirects of the team. `mod_rewrite` reads what stands in quotes as it is, and addresses that are encoded hold
/// neither a `"` nor a `\`.
fn moves(rules: &[Redirect]) -> String {
    rules.iter().map(moved).collect()
}

/// `mod_rewrite` adds the query itself if the target has none, and refuses a `?` that comes from a group. It would add
/// the query after a fragment, so such a rule is two.
fn moved(rule: &Redirect) -> String {
    let text = |text: &str| text.replace('$', "\\$").replace('%', "\\%");
    let path = rule.path(text, |group| format!("%{group}"));
    let fragment = text(&rule.fragment);
    let line = |target: String, flag: &str| {
        format!(
            "    RewriteCond %{{THE_REQUEST}} \"^[A-Z]+ {}(?: |$)\"\n    RewriteRule ^ \"{target}\" [R={},NE,L{flag}]\n",
            rule.expression, rule.status
        )
    };
    if !rule.takes_query || fragment.is_empty() {
        return line(format!("{path}{fragment}"), "");
    }
    let with_query = line(format!("{path}?%{{QUERY_STRING}}{fragment}"), "");
    format!(
        "    RewriteCond %{{QUERY_STRING}} \".\"\n{with_query}{}",
        line(format!("{path}{fragment}"), ",QSD")
    )
}
