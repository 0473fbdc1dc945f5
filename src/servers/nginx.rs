//! `nginx/status.conf`.
//!
//! nginx does not pass `add_header` on to a block that has one itself. So one map for each header chooses its value by
//! the address, and the headers stand once, in the server.

use super::{CACHING, Table, each, expression, expression_of, lines};

pub(super) fn status(table: &Table<'_>) -> String {
    let names: Vec<&str> = std::iter::once(CACHING).chain(table.others()).collect();
    let maps: String = names.iter().map(|name| map(table, name)).collect();
    let headers = (table.all.iter().map(|(name, value)| (*name, format!("\"{value}\""))))
        .chain(names.iter().map(|name| (*name, format!("${}", variable(name)))))
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
        .map(|(kind, endings)| format!("            \"{kind}\" {};", endings.join(" ")));
    let types = each(table.named_types()).map(|(pattern, kind)| type_of(table, pattern, kind));
    let compressed = table.compressed().into_iter().map(|kind| format!("        \"{kind}\""));
    table.fill(
        include_str!("nginx.conf"),
        &[
            ("@MAPS@\n", &maps),
            ("@HEADERS@", &lines(headers)),
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

fn variable(header: &str) -> String {
    format!("noroshi_{}", header.to_ascii_lowercase().replace('-', "_"))
}

/// A header whose value is empty is not sent.
fn map(table: &Table<'_>, header: &str) -> String {
    let default = if header == CACHING { table.caching } else { "" };
    let rules = (table.values(header).into_iter())
        .map(|(value, patterns)| format!("    \"~{}\" \"{value}\";", expression_of(&table.path, &patterns)));
    format!("map $uri ${} {{\n    default \"{default}\";\n{}\n}}\n", variable(header), lines(rules))
}

fn type_of(table: &Table<'_>, pattern: &str, kind: &str) -> String {
    format!(
        "        location ~ \"{}\" {{\n            types {{ }}\n            default_type \"{kind}\";\n        }}",
        expression(&table.path, pattern)
    )
}
