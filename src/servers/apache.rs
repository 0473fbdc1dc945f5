//! `apache/status.conf`.

use super::{CACHING, Table, expression_of, grouped, lines};

pub(super) fn status(table: &Table<'_>) -> String {
    let root = if table.is_below() {
        // Without the slash at the end, the address of the site itself redirects to the one with it.
        format!("    Alias \"{}\" \"/srv/status/public\"", table.path.trim_end_matches('/'))
    } else {
        "    DocumentRoot \"/srv/status/public\"".to_owned()
    };
    let endings = (table.types().into_iter()).map(|(kind, endings)| {
        let endings: Vec<String> = endings.iter().map(|ending| format!(".{ending}")).collect();
        format!("    AddType \"{kind}\" {}", endings.join(" "))
    });
    let known: Vec<&str> = table.types().into_iter().flat_map(|(_, endings)| endings).collect();
    let types = (table.named_types().into_iter())
        .map(|(kind, patterns)| block(table, &patterns, &format!("ForceType \"{kind}\"")));
    let everywhere = (table.all.iter().copied().chain([(CACHING, table.caching)]))
        .map(|(name, value)| format!("    Header always set {name} \"{value}\""));
    let some = std::iter::once(CACHING).chain(table.others()).flat_map(|name| {
        let blocks = table.values(name).into_iter();
        blocks.map(move |(value, patterns)| {
            block(table, &patterns, &format!("Header always set {name} \"{value}\""))
        })
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
            ("@HEADERS@", &lines(everywhere.chain(some))),
        ],
    )
}

fn block(table: &Table<'_>, patterns: &[&str], setting: &str) -> String {
    let expression = expression_of(&table.path, patterns);
    format!("    <LocationMatch \"{expression}\">\n        {setting}\n    </LocationMatch>")
}
