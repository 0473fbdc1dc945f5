//! `Caddyfile`.
//!
//! Caddy sorts directives, and `route` keeps them in order: a later `header` replaces an earlier one.

use super::own::{Header, Own, Redirect};
use super::{CACHING, TYPE, Table, expression_of, in_quotes, lines};
use crate::message::message;

/// Own rules that Caddy does not take.
pub(super) fn leave_out(own: &mut Own<'_>) {
    own.leave_headers(|header| {
        if header.value.contains("{$") {
            return Some(message!(
                "servers-caddy-variable",
                "Caddy takes a brace before a dollar sign for a variable of the environment"
            ));
        }
        if header.name.starts_with(['+', '-']) {
            return Some(message!("servers-caddy-order", "Caddy takes its first character for an order"));
        }
        let is_quotable = quoted(header.name).is_some() && value(header).is_some();
        (!is_quotable).then(|| {
            message!("servers-caddy-quotes", "Caddy quotes no text with both a backtick and a backslash")
        })
    });
}

pub(super) fn file(table: &Table<'_>) -> String {
    let mut inner: Vec<String> = Vec::new();
    inner.extend(table.all.iter().map(|(name, value)| format!("header {name} {}", in_quotes(value))));
    inner.push(format!("header {CACHING} \"{}\"", table.caching));
    inner.push(format!("header {TYPE} application/octet-stream"));
    for (at, (kind, endings)) in table.types().into_iter().enumerate() {
        let mut patterns: Vec<String> = endings.iter().map(|ending| format!("*.{ending}")).collect();
        if endings.contains(&"html") {
            // The page of a folder.
            patterns.insert(0, "*/".to_owned());
        }
        inner.push(format!("@type{at} path {}", patterns.join(" ")));
        inner.push(format!("header @type{at} {TYPE} {}", in_quotes(kind)));
    }
    let names = [TYPE, CACHING].into_iter().chain(table.others());
    let rules = names.flat_map(|name| {
        let values = if name == TYPE { table.named_types() } else { table.values(name) };
        values.into_iter().map(move |(value, patterns)| (name, value, patterns))
    });
    for (at, (name, value, patterns)) in rules.enumerate() {
        inner.push(format!("@rule{at} path_regexp {}", expression_of(&table.path, &patterns)));
        inner.push(format!("header @rule{at} {name} {}", in_quotes(value)));
    }
    inner.extend(table.own.headers.iter().enumerate().flat_map(|(at, header)| own_header(at, header)));
    // After the headers, which every answer has.
    let (plain, wide) = (redir("plain", &table.own.plain), redir("wide", &table.own.wide));
    inner.extend([String::new(), "# Old addresses.".to_owned()]);
    inner.extend(plain.clone());
    inner.extend(["by_path", "by_uri"].into_iter().flat_map(answer));
    inner.extend(wide.clone());
    inner.extend([
        String::new(),
        "# Files that are not for readers.".to_owned(),
        format!("@hidden path_regexp {}", Table::hidden(&table.path)),
        "error @hidden 404".to_owned(),
        String::new(),
    ]);
    if table.is_below() {
        inner.push(format!("uri strip_prefix {}", table.path.trim_end_matches('/')));
    }
    inner.extend([
        "# FILE.br or FILE.gz in place of FILE: `compress: [br, gzip]` of `deploy` in site.yaml writes them."
            .to_owned(),
        "file_server {".to_owned(),
        "\tprecompressed br gzip".to_owned(),
        "}".to_owned(),
    ]);
    let site = if table.is_below() {
        let path = &table.path;
        let inner = lines(inner.iter().map(|line| indented(4, line)));
        // Own redirects may lead from addresses beside the site, too.
        let beside: String =
            plain.iter().chain(&wide).flat_map(|line| [indented(2, line), "\n".to_owned()]).collect();
        let beside = beside.replace('@', "@beside_");
        let bare = path.trim_end_matches('/');
        format!(
            "\troute {{\n\t\tredir {bare} {path} 301\n\t\thandle {path}* {{\n\t\t\troute {{\n{inner}\n\t\t\t}}\n\t\t}}\n{beside}\t}}"
        )
    } else {
        format!("\troute {{\n{}\n\t}}", lines(inner.iter().map(|line| indented(2, line))))
    };
    let compressed =
        (table.compressed().into_iter()).map(|kind| format!("\t\t\theader {TYPE} {}", in_quotes(kind)));
    let html = table.types().into_iter().find(|(_, endings)| endings.contains(&"html"));
    let missing = [(TYPE, html.map_or("", |(kind, _)| kind)), (CACHING, table.caching)];
    let missing = missing.iter().map(|(name, value)| format!("\t\t\theader {name} {}", in_quotes(value)));
    table.fill(
        include_str!("Caddyfile"),
        &[
            ("@SITE@", &*site),
            ("@COMPRESSED@", &lines(compressed)),
            ("@MISSING@", &lines(missing)),
            ("@PLAIN@\n", &map("plain", &table.own.plain)),
            ("@WIDE@\n", &map("wide", &table.own.wide)),
        ],
    )
}

/// A text that Caddy reads as it is; `None` if none of its quotes can hold it.
fn quoted(text: &str) -> Option<String> {
    if !text.contains('`') {
        return Some(format!("`{text}`"));
    }
    // In these quotes, a `\` before another `\` or the end cannot be told from an escape.
    (!text.contains('\\')).then(|| format!("\"{}\"", text.replace('"', "\\\"")))
}

/// A value without placeholders. A `}` alone needs no escape, and its `\` would stay.
fn value(header: &Header<'_>) -> Option<String> {
    let value = header.value;
    if !value.contains('{') {
        return quoted(value);
    }
    quoted(&value.replace('{', "\\{").replace('}', "\\}"))
}

/// No lines for a header that `leave_out` removes.
fn own_header(at: usize, header: &Header<'_>) -> Vec<String> {
    let expression = quoted(&header.expression.replace("\\`", "\\x60"));
    let (Some(expression), Some(name), Some(value)) = (expression, quoted(header.name), value(header)) else {
        return Vec::new();
    };
    vec![format!("@own{at} path_regexp {expression}"), format!("header @own{at} {name} {value}")]
}

/// The map of the team's redirects. Their addresses are encoded, and hold neither `{` nor quotes.
fn map(name: &str, rules: &[Redirect]) -> String {
    if rules.is_empty() {
        return String::new();
    }
    let rules = rules.iter().map(|rule| {
        let target = rule.target(|text| text.replace('$', "$$"), |group| format!("${{{group}}}"));
        format!("\t\t`~^{}$` `{target}` {}\n", rule.expression, rule.status)
    });
    format!(
        "\tmap {{http.request.orig_uri}} {{noroshi_{name}}} {{noroshi_{name}_status}} {{\n\t\tdefault \"\" \"\"\n{}\t}}\n",
        rules.collect::<String>()
    )
}

fn redir(name: &str, rules: &[Redirect]) -> Vec<String> {
    if rules.is_empty() { Vec::new() } else { answer(name).into() }
}

/// Redirects to what a map found.
fn answer(name: &str) -> [String; 2] {
    [
        format!("@{name} expression {{noroshi_{name}}} != \"\""),
        format!("redir @{name} {{noroshi_{name}}} {{noroshi_{name}_status}}"),
    ]
}

fn indented(depth: usize, line: &str) -> String {
    if line.is_empty() { String::new() } else { format!("{}{line}", "\t".repeat(depth)) }
}
