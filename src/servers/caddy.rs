//! `Caddyfile`.
//!
//! Caddy sorts directives, and `route` keeps them in order: a later `header` replaces an earlier one.

use super::{CACHING, TYPE, Table, expression_of, lines};

pub(super) fn file(table: &Table<'_>) -> String {
    let mut inner: Vec<String> = Vec::new();
    inner.extend(table.all.iter().map(|(name, value)| format!("header {name} \"{value}\"")));
    inner.push(format!("header {CACHING} \"{}\"", table.caching));
    inner.push(format!("header {TYPE} application/octet-stream"));
    for (at, (kind, endings)) in table.types().into_iter().enumerate() {
        let mut patterns: Vec<String> = endings.iter().map(|ending| format!("*.{ending}")).collect();
        if endings.contains(&"html") {
            // The page of a folder.
            patterns.insert(0, "*/".to_owned());
        }
        inner.push(format!("@type{at} path {}", patterns.join(" ")));
        inner.push(format!("header @type{at} {TYPE} \"{kind}\""));
    }
    let names = [TYPE, CACHING].into_iter().chain(table.others());
    let rules = names.flat_map(|name| {
        let values = if name == TYPE { table.named_types() } else { table.values(name) };
        values.into_iter().map(move |(value, patterns)| (name, value, patterns))
    });
    for (at, (name, value, patterns)) in rules.enumerate() {
        inner.push(format!("@rule{at} path_regexp {}", expression_of("/", &patterns)));
        inner.push(format!("header @rule{at} {name} \"{value}\""));
    }
    // After the headers, which every answer has.
    inner.extend([
        String::new(),
        "# Old addresses.".to_owned(),
        "@by_path expression {noroshi_by_path} != \"\"".to_owned(),
        "redir @by_path {noroshi_by_path} 301".to_owned(),
        "@by_uri expression {noroshi_by_uri} != \"\"".to_owned(),
        "redir @by_uri {noroshi_by_uri} 301".to_owned(),
        String::new(),
        "# Files that are not for readers.".to_owned(),
        // In here, addresses begin at the site.
        format!("@hidden path_regexp {}", Table::hidden("/")),
        "error @hidden 404".to_owned(),
        String::new(),
        "# FILE.br or FILE.gz in place of FILE: `compress: [br, gzip]` of `deploy` in site.yaml writes them."
            .to_owned(),
        "file_server {".to_owned(),
        "\tprecompressed br gzip".to_owned(),
        "}".to_owned(),
    ]);
    let site = if table.is_below() {
        let path = &table.path;
        let inner = lines(inner.iter().map(|line| indented(3, line)));
        format!(
            "\tredir {} {path} 301\n\thandle_path {path}* {{\n\t\troute {{\n{inner}\n\t\t}}\n\t}}",
            path.trim_end_matches('/')
        )
    } else {
        format!("\troute {{\n{}\n\t}}", lines(inner.iter().map(|line| indented(2, line))))
    };
    let compressed = (table.compressed().into_iter()).map(|kind| format!("\t\t\theader {TYPE} \"{kind}\""));
    let html = table.types().into_iter().find(|(_, endings)| endings.contains(&"html"));
    let missing = [(TYPE, html.map_or("", |(kind, _)| kind)), (CACHING, table.caching)];
    let missing = missing.iter().map(|(name, value)| format!("\t\t\theader {name} \"{value}\""));
    table.fill(
        include_str!("Caddyfile"),
        &[("@SITE@", &*site), ("@COMPRESSED@", &lines(compressed)), ("@MISSING@", &lines(missing))],
    )
}

fn indented(depth: usize, line: &str) -> String {
    if line.is_empty() { String::new() } else { format!("{}{line}", "\t".repeat(depth)) }
}
