//! The headers of every published file: content types, caches, who may read and frame what.
//!
//! This table is the only source: `_headers`, the configurations of servers and the metadata of objects are
//! written from it. Its rules depend on site.yaml alone, and their number does not grow with languages, pages
//! or files of the theme.
//!
//! If several rules of `_headers` match an address, Cloudflare joins the values of a header with a comma, and
//! Netlify uses the last. So no two rules set the same header for one address. Hosts also read a pattern
//! differently, and each of these means the same to both: Cloudflare allows one `*` for any characters, and
//! Netlify lets a `*` that is a whole part of the path match nothing, with the slash before it. So a file that
//! many folders have is `*feed.xml` here, not `feed.xml` and `*/feed.xml`.

use crate::address::{METRICS, THEME_FOLDER};
use crate::cms;
use crate::model::Model;

/// Headers for every address that matches a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The address from the root of the site, without a slash at the start. A `*` stands for any characters,
    /// also for none and for `/`; a pattern has at most one.
    pub pattern: String,
    pub headers: Vec<Header>,
}

/// The name and the value.
pub type Header = (&'static str, &'static str);

impl Rule {
    fn new(pattern: impl Into<String>, headers: &[Header]) -> Rule {
        Rule { pattern: pattern.into(), headers: headers.to_vec() }
    }

    /// Whether it concerns an address from the root of the site.
    #[must_use]
    pub fn matches(&self, address: &str) -> bool {
        match self.pattern.split_once('*') {
            None => self.pattern == address,
            Some((before, after)) => {
                address.len() >= before.len() + after.len()
                    && address.starts_with(before)
                    && address.ends_with(after)
            }
        }
    }
}

/// The headers of all addresses: any site may read them, and no other site may frame them.
const ALL: [Header; 5] = [
    ("Access-Control-Allow-Origin", "*"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
];
/// The header of the only page that other sites may frame. Browsers that support `frame-ancestors` ignore
/// `X-Frame-Options` beside it (CSP level 3, section 6.4.2.2). That is how this rule overrides the general one.
const FRAME: Header = ("Content-Security-Policy", "frame-ancestors *");
/// Cache lifetime of feeds and data.
const SHORTLY: Header = ("Cache-Control", "public, max-age=30, must-revalidate");
/// For pages and copied files. It is no rule of `_headers`, since the hosts that read the file send it themselves.
const ASK_EACH_TIME: Header = ("Cache-Control", "public, max-age=0, must-revalidate");
/// For files with a content hash in their name.
const FOR_EVER: Header = ("Cache-Control", "public, max-age=31536000, immutable");
const NO_CACHE: Header = ("Cache-Control", "no-cache");
/// For the editor of `init --cms`, which only the team uses. Its page sets the rest itself.
const NO_INDEX: Header = ("X-Robots-Tag", "noindex");

/// The type of an API catalogue (RFC 9727, section 4.1).
pub(super) const CATALOG: &str =
    "application/linkset+json; profile=\"https://www.rfc-editor.org/info/rfc9727\"";

/// The types of feeds and data by the end of their names: hosts would guess another type by the ending, or omit
/// the charset.
const TYPES_BY_NAME: [(&str, &str); 9] = [
    ("feed.xml", "application/rss+xml; charset=utf-8"),
    ("feed.atom", "application/atom+xml; charset=utf-8"),
    ("feed.json", "application/feed+json; charset=utf-8"),
    ("history.rss", "application/rss+xml; charset=utf-8"),
    ("history.atom", "application/atom+xml; charset=utf-8"),
    ("calendar.ics", "text/calendar; charset=utf-8"),
    ("badge.svg", "image/svg+xml; charset=utf-8"),
    ("embed/banner.json", "application/json"),
    (".well-known/api-catalog", CATALOG),
];

/// The type of the metrics, which have no extension.
const METRICS_TYPE: Header = ("Content-Type", "application/openmetrics-text; version=1.0.0; charset=utf-8");

/// The content type of each extension, for servers and storage that do not choose one themselves.
pub const TYPES: [Header; 33] = [
    ("html", "text/html; charset=utf-8"),
    ("htm", "text/html; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("xml", "application/xml; charset=utf-8"),
    ("atom", "application/atom+xml; charset=utf-8"),
    ("rss", "application/rss+xml; charset=utf-8"),
    ("ics", "text/calendar; charset=utf-8"),
    ("txt", "text/plain; charset=utf-8"),
    ("md", "text/markdown; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("yml", "application/yaml"),
    ("yaml", "application/yaml"),
    ("webmanifest", "application/manifest+json"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("ico", "image/x-icon"),
    ("woff2", "font/woff2"),
    ("woff", "font/woff"),
    ("ttf", "font/ttf"),
    ("otf", "font/otf"),
    ("pdf", "application/pdf"),
    ("zip", "application/zip"),
    ("mp4", "video/mp4"),
    ("webm", "video/webm"),
    ("mp3", "audio/mpeg"),
];

/// The rules of a site, in the order of `_headers`.
#[must_use]
pub fn rules(model: &Model) -> Vec<Rule> {
    let editor = editor();
    let has_editor = model.assets.contains(&editor);
    rules_of(has_editor, model.config.addresses.has_files())
}

/// The file that only a site with the editor of `init --cms` has.
#[must_use]
pub fn editor() -> String {
    format!("{}/{}", cms::FOLDER, cms::BUNDLE)
}

/// The rules of a site with or without the editor, and with or without pages whose addresses are files.
#[must_use]
pub fn rules_of(has_editor: bool, has_files: bool) -> Vec<Rule> {
    let mut rules =
        vec![Rule::new("*", &ALL), Rule::new("manifest.json", &[NO_CACHE]), Rule::new("api/*", &[SHORTLY])];
    if has_editor {
        rules.push(Rule::new(format!("{}/*", cms::FOLDER), &[NO_INDEX, NO_CACHE]));
    }
    for (name, kind) in TYPES_BY_NAME {
        rules.push(Rule::new(format!("*{name}"), &[("Content-Type", kind), SHORTLY]));
    }
    rules.push(Rule::new("embed/banner.js", &[("Content-Type", "text/javascript; charset=utf-8"), SHORTLY]));
    rules.push(Rule::new(METRICS, &[METRICS_TYPE, SHORTLY]));
    // Its ending says the type: the older text format of Prometheus.
    rules.push(Rule::new(format!("{METRICS}.txt"), &[SHORTLY]));
    rules.extend(frames(has_files).iter().map(|pattern| Rule::new(*pattern, &[FRAME])));
    rules.push(Rule::new(format!("{THEME_FOLDER}*"), &[FOR_EVER]));
    for extension in ["css", "js"] {
        let kind = ("Content-Type", content_type(&format!(".{extension}")));
        rules.push(Rule::new(format!("{THEME_FOLDER}*.{extension}"), &[kind]));
    }
    rules
}

/// The addresses of the page that other sites may frame, in every language. Some hosts drop the `.html`. Netlify
/// takes the last two for the same address: both set the same value, and it uses one of them.
fn frames(has_files: bool) -> &'static [&'static str] {
    if has_files { &["*embed/banner.html", "*embed/banner", "*embed/banner/"] } else { &["*embed/banner/"] }
}

/// All headers of a published file, by its path from the root of the site. `rules` are those of the site.
#[must_use]
pub fn headers_of(file: &str, rules: &[Rule]) -> Vec<Header> {
    let folder = file.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
    let address = folder.unwrap_or(file);
    let own = rules.iter().filter(|rule| rule.matches(address)).flat_map(|rule| &rule.headers);
    let mut headers: Vec<Header> = own.copied().collect();
    for missing in [("Content-Type", content_type(file)), ASK_EACH_TIME] {
        if headers.iter().all(|(name, _)| *name != missing.0) {
            headers.push(missing);
        }
    }
    headers
}

/// The content type of a file, by its name.
#[must_use]
pub fn content_type(file: &str) -> &'static str {
    let name = file.rsplit('/').next().unwrap_or(file);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let by_name = TYPES_BY_NAME.iter().find(|(end, _)| file.ends_with(end));
    let known = by_name.or_else(|| TYPES.iter().find(|(known, _)| known.eq_ignore_ascii_case(extension)));
    match known {
        Some((_, kind)) => kind,
        None if file == METRICS => METRICS_TYPE.1,
        None if name.starts_with('_') => "text/plain; charset=utf-8",
        None => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::site::Site;
    use crate::text::percent_encode;
    use crate::theme::{Chain, Content, File, Theme};
    use crate::timeline::Snapshot;
    use crate::timeline::fixture::{SITE, at, site};

    /// A theme with folders, and with file names that contain pattern characters.
    fn theme(more: usize) -> Theme {
        let mut chain = Chain::begin("mine", &["mine".to_owned()]);
        let file = |inside: String| File {
            name: format!("themes/mine/{inside}").into(),
            content: Content::Bytes(inside.as_bytes().into()),
            inside,
        };
        let names = ["assets/*", "assets/feed.xml", "assets/a.svg", "assets/a/*.b", "assets/規 約.png"]
            .map(str::to_owned);
        let more = (0..more).map(|n| format!("assets/fonts/{n}.woff2"));
        chain.push(names.into_iter().chain(more).map(file).collect());
        chain.finish().0
    }

    /// As Cloudflare reads a pattern: exactly, with `*` for any characters.
    fn cloudflare(pattern: &str, address: &str) -> bool {
        match pattern.split_once('*') {
            None => pattern == address,
            Some((before, after)) => {
                assert!(!after.contains('*'), "Cloudflare refuses a second `*`: {pattern}");
                let fits = address.len() >= before.len() + after.len();
                fits && address.starts_with(before) && address.ends_with(after)
            }
        }
    }

    /// As Netlify reads a pattern: in any case, with or without a slash at the end, and a `*` that is a whole
    /// part also matches nothing, with the slash before it.
    fn netlify(pattern: &str, address: &str) -> bool {
        let (pattern, address) = (pattern.to_lowercase(), address.to_lowercase());
        let address = address.trim_end_matches('/');
        match pattern.trim_end_matches('/').split_once('*') {
            None => pattern.trim_end_matches('/') == address,
            Some((before, after)) => {
                let is_part = before.ends_with('/') && (after.is_empty() || after.starts_with('/'));
                let before = if is_part { before.trim_end_matches('/') } else { before };
                let fits = address.len() >= before.len() + after.len();
                fits && address.starts_with(before) && address.ends_with(after)
            }
        }
    }

    type Reading = fn(&str, &str) -> bool;

    fn given(rules: &[Rule], prefix: &str, address: &str, read: Reading) -> Vec<Header> {
        let matches = |rule: &&Rule| read(&format!("{prefix}{}", rule.pattern), address);
        rules.iter().filter(matches).flat_map(|rule| rule.headers.iter().copied()).collect()
    }

    #[test]
    fn no_address_is_given_a_header_twice_and_the_rules_are_few() {
        let page = "---\ntitle: p\n---\nx\n";
        let names: Vec<String> =
            ["incidents", "maintenance", "notices", "components", "feed", "規約", "assets"]
                .iter()
                .map(|slug| format!("pages/{slug}.md"))
                .collect();
        let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), page)).collect();
        let languages = "[ja, en, ar, de, es, fr, it, ko, nl, pl, pt-BR, ru, tr, vi, zh-Hans, zh-Hant]";
        for (url, form) in [
            ("https://a.example/", "folders"),
            ("https://a.example/status/", "folders"),
            ("https://a.example/", "files"),
        ] {
            let config = SITE.replace("https://status.example.com/", url).replace("[ja, en]", languages);
            let mut model = site(&format!("{config}addresses: {form}\n"), &files);
            model.theme = theme(0);
            let copied = ["admin/decap-cms.js", "assets/team.css", "assets/badge.svg", "logo.png"];
            model.assets.extend(copied.map(str::to_owned));
            let rules = rules(&model);
            let site = Site::new(Snapshot::at(&model, at("20 12:00"))).expect("built-in locales");
            let prefix = &model.config.url.path;
            let planned = super::super::plan(&site).into_iter().map(|planned| planned.path);
            for file in planned.chain(copied.map(str::to_owned)) {
                let path = file.strip_suffix("index.html").unwrap_or(&file);
                let address = format!("{prefix}{}", percent_encode(path));
                for (read, joins) in [(cloudflare as Reading, true), (netlify as Reading, false)] {
                    let mut known: BTreeMap<&str, &str> = BTreeMap::new();
                    for (name, value) in given(&rules, prefix, &address, read) {
                        let twice = known.insert(name, value);
                        assert!(twice.is_none() || (!joins && twice == Some(value)), "{address}: {name}");
                    }
                    assert!(
                        known.contains_key("X-Frame-Options") && known.contains_key("X-Content-Type-Options")
                    );
                    let is_frame = path.ends_with("embed/banner/") || path.ends_with("embed/banner.html");
                    assert_eq!(known.contains_key("Content-Security-Policy"), is_frame, "{address}");
                    let is_kept =
                        known.get("Cache-Control").is_some_and(|value| value.ends_with("immutable"));
                    assert_eq!(is_kept, path.starts_with("assets/theme/"), "{address}");
                    let kind = known.get("Content-Type");
                    assert!(kind.is_none_or(|kind| *kind == content_type(&file)), "{address}: {kind:?}");
                }
            }
        }
    }

    #[test]
    fn the_number_of_rules_is_the_same_whatever_languages_pages_and_files_there_are() {
        let small = site(SITE, &[]);
        let names: Vec<String> = (0..40).map(|n| format!("pages/p{n}.md")).collect();
        let files: Vec<(&str, &str)> =
            names.iter().map(|name| (name.as_str(), "---\ntitle: p\n---\nx\n")).collect();
        let mut large = site(&SITE.replace("[ja, en]", "[ja, en, ar, de, es, fr, it, ko]"), &files);
        large.theme = theme(200);
        large.assets.push("assets/team.css".to_owned());
        assert_eq!(rules(&small), rules(&large));
        assert_eq!(rules(&small).len(), 19);
        large.config.addresses = crate::address::Forms::of(&[crate::address::Form::Files]);
        large.assets.push("admin/decap-cms.js".to_owned());
        assert_eq!(rules(&large).len(), 22, "the editor has one rule, addresses of files two");
    }

    #[test]
    fn every_file_has_all_headers_and_each_once() {
        let model = site(SITE, &[]);
        let rules = rules(&model);
        let site = Site::new(Snapshot::at(&model, at("20 12:00"))).expect("built-in locales");
        for planned in super::super::plan(&site) {
            let headers: BTreeMap<&str, &str> = headers_of(&planned.path, &rules).into_iter().collect();
            assert_eq!(headers.len(), headers_of(&planned.path, &rules).len(), "{}", planned.path);
            let is_known = headers["Content-Type"] != "application/octet-stream";
            assert_eq!(is_known, planned.path != ".nojekyll", "{}", planned.path);
        }
        let of = |file: &str| -> BTreeMap<&str, &str> { headers_of(file, &rules).into_iter().collect() };
        for (file, kind, cache) in [
            ("index.html", "text/html; charset=utf-8", ASK_EACH_TIME),
            ("en/feed.xml", "application/rss+xml; charset=utf-8", SHORTLY),
            ("sitemap.xml", "application/xml; charset=utf-8", ASK_EACH_TIME),
            ("components/api/badge.svg", "image/svg+xml; charset=utf-8", SHORTLY),
            ("api/v2/status.json", "application/json", SHORTLY),
            ("manifest.json", "application/json", NO_CACHE),
            ("assets/theme/x.0123456789ab.css", "text/css; charset=utf-8", FOR_EVER),
            ("assets/x.css", "text/css; charset=utf-8", ASK_EACH_TIME),
            ("metrics", METRICS_TYPE.1, SHORTLY),
            ("metrics.txt", "text/plain; charset=utf-8", SHORTLY),
            ("terms.PDF", "application/pdf", ASK_EACH_TIME),
            ("_headers", "text/plain; charset=utf-8", ASK_EACH_TIME),
        ] {
            assert_eq!((of(file)["Content-Type"], of(file)["Cache-Control"]), (kind, cache.1), "{file}");
        }
        assert!(of("en/embed/banner/index.html").contains_key("Content-Security-Policy"));
        assert!(!of("embed/index.html").contains_key("Content-Security-Policy"));
    }
}
