//! The team's own rules in the configurations: none is lost, and no text of theirs ends its quotes.

use std::cell::RefCell;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::*;
use crate::model::HostRules;
use crate::model::read::host_file;

const SERVERS: [Host; 3] = [Host::Nginx, Host::Apache, Host::Caddy];

/// The rules of both files; `None` if `check` reports an error in them.
fn rules(headers: &str, redirects: &str) -> Option<HostRules> {
    let mut rules = HostRules::default();
    let mut found = host_file("_headers", &"content/host/_headers".into(), headers, &mut rules);
    found.extend(host_file("_redirects", &"content/host/_redirects".into(), redirects, &mut rules));
    found.is_empty().then_some(rules)
}

fn with(url: &str, headers: &str, redirects: &str) -> Model {
    let mut model = at(url);
    model.host_rules = rules(headers, redirects).expect("rules without errors");
    model
}

/// The words of a configuration as its server reads them, with `;`, `{` and `}` of nginx and the ends of lines of the
/// others as words. Comments are gone.
fn words(host: Host, text: &str) -> Vec<String> {
    let (mut words, mut rest) = (Vec::new(), text);
    while let Some(first) = rest.chars().next() {
        let is_mark = host == Host::Nginx && ";{}".contains(first);
        let is_start = rest.len() == text.len() || text[..text.len() - rest.len()].ends_with('\n');
        let is_end = first == '\n' && host != Host::Nginx;
        if is_end && words.last().is_none_or(|last| last != "\n") {
            words.push("\n".to_owned());
        }
        if first.is_whitespace() || is_mark {
            words.extend(is_mark.then(|| first.to_string()));
            rest = &rest[first.len_utf8()..];
        } else if first == '#' && (host != Host::Apache || is_start) {
            let line = rest.split('\n').next().unwrap_or_default();
            assert!(host != Host::Apache || !line.ends_with('\\'), "Apache reads on: {line}");
            rest = &rest[line.len()..];
        } else {
            let (word, after) = word(host, rest);
            words.push(word);
            rest = after;
        }
    }
    words
}

/// The first word, which may be in quotes, and what follows.
fn word(host: Host, text: &str) -> (String, &str) {
    let quote = text.chars().next().filter(|c| *c == '"' || (*c == '`' && host == Host::Caddy));
    let quote = quote.or_else(|| (host != Host::Caddy && text.starts_with('\'')).then_some('\''));
    let mut out = String::new();
    let mut chars = text.char_indices().skip(usize::from(quote.is_some())).peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let is_escape = match (c, next) {
            ('\\', Some(next)) => match host {
                Host::Nginx => "\\\"'".contains(next),
                Host::Apache => next == '\\' || Some(next) == quote,
                _ => quote == Some('"') && next == '"',
            },
            _ => false,
        };
        if is_escape {
            out.extend(next);
            chars.next();
        } else if host == Host::Caddy && quote == Some('"') && c == '\\' {
            // The next character is taken as it is.
            out.push(c);
            out.extend(next);
            chars.next();
        } else if Some(c) == quote {
            return (out, &text[at + c.len_utf8()..]);
        } else if quote.is_none()
            && (c.is_whitespace() || (host == Host::Nginx && (c == ';' || (c == '{' && !out.ends_with('$')))))
        {
            return (out, &text[at..]);
        } else {
            out.push(c);
        }
    }
    assert_eq!(quote, None, "the quotes of a word do not end: {out}");
    (out, "")
}

/// Compares the words of a configuration with those of one with harmless rules. `meant` says what stands where the
/// harmless rule has a word with `marker`; no other word may differ.
fn compare(host: Host, text: &str, harmless: &str, meant: impl Fn(&str) -> Option<String>) {
    let dollar = "geo $noroshi_dollar {\n    default \"$\";\n}\n";
    let (found, wanted) = (words(host, &text.replacen(dollar, "", 1)), words(host, harmless));
    assert_eq!(found.len(), wanted.len(), "{host:?}: {text}");
    for (found, wanted) in found.iter().zip(&wanted) {
        match wanted.contains("marker").then(|| meant(wanted)).flatten() {
            Some(meant) => assert_eq!(*found, meant, "{host:?}: in the place of {wanted}"),
            None if wanted.contains("marker") => {}
            None => assert_eq!(found, wanted, "{host:?}"),
        }
    }
}

/// Any text, with a preference for what means something somewhere.
fn text(any: &'static str) -> BoxedStrategy<String> {
    let special = "[\\\\\"'`{}$%;#@>( a-z]{1,12}|\\$\\{[a-z]{1,3}\\}|\\{\\$?[a-z.]{1,6}\\}|expr=[a-z]|@URL@|%[0-9A-F]{2}";
    prop_oneof![any, special].boxed()
}

#[test]
fn no_header_of_the_team_can_change_anything_else_in_a_configuration() {
    let model = RefCell::new(at("https://a.example/"));
    let written = |rules: HostRules, host| {
        model.borrow_mut().host_rules = rules;
        files(host, &model.borrow()).expect("a plain address")
    };
    let strategy = (text("\\PC{0,20}"), text("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,12}"), text("[ -~]{1,60}"));
    let mut runner = TestRunner::default();
    let result = runner.run(&strategy, |(pattern, name, value)| {
        let Some(own) = rules(&format!("/{pattern}\n  {name}: {value}\n"), "") else { return Ok(()) };
        let harmless = |name: &str| rules(&format!("/marker\n  {name}: marker value\n"), "");
        for host in SERVERS {
            let new = written(own.clone(), host);
            let text = &new.files[0].1;
            let header = own.headers[0].headers[0].clone();
            let like = if header.name.eq_ignore_ascii_case(TYPE) { TYPE } else { "X-marker" };
            let rules = if new.left_out.is_empty() { harmless(like) } else { Some(HostRules::default()) };
            let plain = written(rules.expect("no errors"), host);
            compare(host, text, &plain.files[0].1, |wanted| match (wanted, host) {
                ("X-marker", _) => Some(header.name.clone()),
                ("marker value", Host::Nginx) => Some(header.value.replace('$', "${noroshi_dollar}")),
                ("marker value", Host::Apache) => Some(header.value.replace('\\', "\\\\").replace('%', "%%")),
                ("marker value", _) if header.value.contains('{') => {
                    Some(header.value.replace('{', "\\{").replace('}', "\\}"))
                }
                ("marker value", _) => Some(header.value.clone()),
                // The expression.
                _ => None,
            });
        }
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn no_redirect_of_the_team_can_change_anything_else_in_a_configuration() {
    let model = RefCell::new(at("https://a.example/"));
    let strategy = (text("\\PC{0,20}"), text("\\PC{0,40}"), "(/:[a-z]|/x){0,3}(/\\*)?", "/?(:splat|:[a-z])?");
    let mut runner = TestRunner::default();
    let result = runner.run(&strategy, |(from, to, parts, end)| {
        let written = |host| files(host, &model.borrow()).expect("a plain address").files.remove(0).1;
        for to in [format!("/{to}{end}"), format!("https://a.example/{to}{end}")] {
            let Some(own) = rules("", &format!("/{from}{parts} {to} 302\n")) else { continue };
            let is_wide = own.redirects[0].is_dynamic();
            let old = if is_wide { "/marker/*" } else { "/marker" };
            let fragment =
                own.redirects[0].to.split_once('#').is_some_and(|(before, _)| !before.contains('?'));
            let new = if fragment { "/marker#marker" } else { "/marker" };
            let harmless = format!("{old} {new} 302\n");
            for host in SERVERS {
                model.borrow_mut().host_rules = own.clone();
                let text = written(host);
                model.borrow_mut().host_rules = rules("", &harmless).expect("no errors");
                compare(host, &text, &written(host), |_| None);
            }
        }
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn own_rules_are_in_each_configuration_with_their_status() {
    let headers = "/downloads/*\n  X-Robots-Tag: noindex\n  Cache-Control: no-store\n/:lang/a%20b.x\n  Content-Type: a/b\n";
    let redirects = "/shop/ https://shop.example/ 301\n/old/* /:splat 302\n/n/:y/* /h/:splat/?y=:y 301\n";
    let model = with("https://a.example/", headers, redirects);
    for (host, parts) in [
        (
            Host::Nginx,
            &[
                r#""~^/downloads/.*$" "no-store";"#,
                r#"location ~ "^/[^/]+/a b\\.x$" {"#,
                r#""~^/shop/(|\\?[^ ]*)$" "https://shop.example/$1";"#,
                r#""~^/old/(|[^/\\\\? ][^? ]*)(|\\?[^ ]*)$" "/$1$2";"#,
                "if ($noroshi_wide_status = 302) {\n        return 302 $noroshi_wide;",
            ][..],
        ),
        (
            Host::Apache,
            &[
                "<LocationMatch \"^/downloads/.*$\">\n        Header always set \"Cache-Control\" \"no-store\"",
                "ForceType \"a/b\"",
                r#"RewriteRule ^ "https://shop.example/" [R=301,NE,L]"#,
                r#"RewriteRule ^ "/h/%2/?y=%1" [R=301,NE,L]"#,
            ],
        ),
        (
            Host::Caddy,
            &[
                "path_regexp `^/downloads/.*$`",
                "header @own2 `Content-Type` `a/b`",
                "`~^/shop/(|\\?[^ ]*)$` `https://shop.example/${1}` 301",
                "redir @wide {noroshi_wide} {noroshi_wide_status}",
            ],
        ),
        (Host::S3, &["        'downloads/'*) caching='no-store' caching_number=40100 ;;"]),
    ] {
        let text = texts(host, &model);
        for part in parts {
            assert!(text.contains(part), "{host:?}: {part}\n{text}");
        }
    }
}

#[test]
fn what_a_configuration_cannot_hold_is_named_and_in_a_comment() {
    let headers = "/a\n  X-A: ${x}\n  X-B: {$x}\n  Date: today\n/%zz\n  X-C: c\n/b\\\n  X-D: `\\`\n";
    let model = with("https://a.example/", headers, "/a/:b/:c/:d/:e/:f/:g/:h/:i/:j /b 301\n/s /t 301\n");
    for (host, left_out) in [
        (Host::Nginx, &["`Date` for `/a`", "`X-C` for `/%zz`", "from `/a/:b"][..]),
        (
            Host::Apache,
            &["`Date` for `/a`", "`X-C` for `/%zz`", "from `/a/:b", "`X-A` for `/a`: Apache takes"],
        ),
        (
            Host::Caddy,
            &[
                "`Date` for `/a`",
                "`X-C` for `/%zz`",
                "from `/a/:b",
                "`X-B` for `/a`: Caddy takes",
                "`X-D` for `/b\\`: Caddy quotes",
            ],
        ),
        (
            Host::S3,
            &["`Date`", "`X-C`", "/a/:b", "`X-A`", "`X-B`", "`X-D`", "from `/s`: S3 redirects nothing"],
        ),
        (Host::Cloudflare, &[]),
        (Host::Netlify, &[]),
    ] {
        let written = files(host, &model).expect("a plain address");
        assert_eq!(written.left_out.len(), left_out.len(), "{host:?}: {:?}", written.left_out);
        for (found, part) in written.left_out.iter().zip(left_out) {
            assert!(found.contains(part), "{host:?}: {found}");
        }
        let comments = written.files[0].1.lines().filter(|line| line.starts_with("#   the ")).count();
        assert_eq!(comments, left_out.len(), "{host:?}");
        assert!(!written.files[0].1.contains("today"));
    }
}

#[test]
fn objects_get_own_caching_below_the_site_only() {
    let headers = "/*\n  Cache-Control: a\n/s/it's/\n  Cache-Control: b\n/else/\n  Cache-Control: c\n/s/*.x\n  Cache-Control: d\n";
    let model = with("https://a.example/s/", headers, "");
    let text = texts(Host::S3, &model);
    for arm in ["*) caching='a'", "'it'\\''s/''index.html') caching='b'", "*'.x') caching='d'"] {
        assert!(text.contains(&format!("        {arm} caching_number=4010")), "{arm}\n{text}");
    }
    assert!(
        text.contains("#   the header `Cache-Control` for `/else/`: no names of objects fit it."),
        "{text}"
    );
}
