//! Tests of the configurations as text; `tests/servers` runs the servers.

mod own;

use super::*;
use crate::timeline::fixture::{SITE, site};

const HOSTS: [Host; 6] = Host::ALL;

fn at(url: &str) -> Model {
    let mut model = site(&SITE.replace("https://status.example.com/", url), &[]);
    model.assets.push("admin/decap-cms.js".to_owned());
    model
}

fn texts(host: Host, model: &Model) -> String {
    let written = files(host, model).unwrap_or_else(|unfit| panic!("{unfit:?}"));
    written.files.into_iter().map(|(_, text)| text).collect()
}

#[test]
fn a_configuration_says_everything_that_the_table_of_headers_says() {
    for url in ["https://status.example.com/", "https://www.example.com/help/status/"] {
        let model = at(url);
        let rules = header_rules(&model);
        assert!(rules.len() > 10);
        for host in [Host::Nginx, Host::Apache, Host::Caddy] {
            let text = texts(host, &model);
            for (name, value) in rules.iter().flat_map(|rule| &rule.headers) {
                assert!(text.contains(&in_quotes(value)), "{host:?}: {name}: {value}");
            }
        }
    }
}

#[test]
fn every_file_is_filled_for_a_whole_host_and_for_a_path_of_one() {
    for url in ["https://status.example.com/", "https://www.example.com/help/status/"] {
        let model = at(url);
        for host in HOSTS {
            let files = files(host, &model).expect("a plain address").files;
            assert_eq!(files.len(), host.paths().len());
            for (path, text) in files {
                let mark = text
                    .split('@')
                    .skip(1)
                    .find(|part| part.len() > 2 && part.chars().all(|c| c.is_ascii_uppercase() || c == '_'));
                assert_eq!(mark, None, "{path}");
                assert!(text.ends_with('\n') && !text.contains("\n\n\n"), "{path}");
                let is_json = path.ends_with(".json");
                assert!(is_json || text.contains("`noroshi init --host"), "{path}");
            }
        }
    }
}

#[test]
fn a_pattern_is_a_regular_expression_that_matches_the_same_addresses() {
    assert_eq!(expression("/", "*feed.xml"), r"^/.*feed\.xml$");
    assert_eq!(expression("/a.b/", "api/*"), r"^/a\.b/api/.*$");
    assert_eq!(expression("/", "*embed/banner/"), r"^/.*embed/banner/(?:index\.html)?$");
    assert_eq!(expression_of("/", &["api/*", "*feed.xml"]), r"^/(?:api/.*|.*feed\.xml)$");
    assert_eq!(Table::hidden("/状況/"), r"^/状況/(?:_headers|_redirects|\.nojekyll|\.noroshi-.*)$");
}

#[test]
fn an_address_that_could_change_the_meaning_of_a_configuration_is_refused() {
    for (url, part) in [
        ("https://例え.example/", "例え.example"),
        ("https://a.example;b/", "a.example;b"),
        ("https://a.example/a$b/", "/a$b/"),
        ("https://a.example/%22%0A/", "/%22%0A/"),
        ("https://a.example/{x}/", "/{x}/"),
    ] {
        for host in HOSTS {
            let mut model = at("https://a.example/");
            model.config.url = Url::parse(url).expect("an address");
            assert_eq!(files(host, &model).err(), Some(Unfit(part.to_owned())), "{url}");
        }
    }
    let model = at("https://a.example:8443/%E7%8A%B6%E6%B3%81/");
    assert!(texts(Host::Nginx, &model).contains("location ^~ /状況/ {"));
    assert!(texts(Host::Caddy, &model).contains("\nhttps://a.example:8443 {\n"));
}
