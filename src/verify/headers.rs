//! What each file must and should be sent with.
//!
//! A fault is what keeps a page, a feed or a widget from working, or shows readers something old. The rest is a note,
//! because some hosts cannot set headers.

use super::finding::{Check, Checked, Severity};
use super::target::quoted;
use crate::address::is_fixed_name;
use crate::fetch::Answer;
use crate::limits::VERIFY_CACHE_SECONDS;
use crate::message::{Message, message};
use crate::output::Header;

/// Seconds for which browsers should at least keep a file whose name has the hash of its content.
const LONG: u64 = 86_400;

const TYPE: &str = "Content-Type";
const CACHE: &str = "Cache-Control";
/// Who may frame a page.
const POLICY: &str = "Content-Security-Policy";
/// Which sites may show a file.
const ORIGINS: &str = "Cross-Origin-Resource-Policy";

fn set_headers() -> Message {
    message!("verify-set-headers", "if the host lets you set headers, set those of `_headers`")
}

/// What is wrong with the headers of a file that was answered with 200. `wanted` are those that the table of
/// `_headers` gives the file. `reached` is the part of its address after that of the site.
pub(super) fn check(path: &str, reached: &str, wanted: &[Header], answer: &Answer) -> Vec<Checked> {
    let value = |name: &str| wanted.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
    let mut found: Vec<Checked> = Vec::new();
    if let Some(wanted) = value(TYPE).filter(|wanted| !wanted.ends_with("octet-stream")) {
        found.extend(content_type(wanted, answer));
        found.extend(charset(wanted, answer));
    }
    if let Some(wanted) = value(CACHE) {
        found.extend(cache(path, wanted, answer));
    }
    // A header that has its own check is not reported twice.
    let mut own = vec![TYPE, CACHE, POLICY];
    if is_frame(reached) {
        found.extend(frame(answer));
        own.push("X-Frame-Options");
    }
    if is_for_other_sites(path)
        && let Some(closed) = closed(answer)
    {
        found.push(closed);
        own.push(ORIGINS);
    }
    let others = wanted.iter().filter(|(name, _)| !own.contains(name));
    found.extend(others.filter_map(|wanted| differs(*wanted, answer)));
    found
}

pub(super) fn ending(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

fn is_page(path: &str) -> bool {
    ending(path) == "html"
}

/// The page that other sites may frame.
fn is_frame(reached: &str) -> bool {
    ["embed/banner/", "embed/banner.html"].iter().any(|end| reached.ends_with(end))
}

/// What other sites show or read.
fn is_for_other_sites(path: &str) -> bool {
    path.contains("embed/banner") || path.ends_with("badge.svg")
}

/// Whether an update changes the file while its name stays the same.
fn is_volatile(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    // The API of another language is below its prefix.
    is_page(path) || is_fixed_name(name) || path.starts_with("api/") || path.contains("/api/v2/")
}

/// A content type in its parts, in lower case: `text/html`, and its charset.
fn parts(kind: &str) -> (String, Option<String>) {
    let kind = kind.to_ascii_lowercase();
    let mut parts = kind.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default().to_owned();
    let charset =
        parts.find_map(|part| part.strip_prefix("charset=")).map(|c| c.trim_matches('"').to_owned());
    (essence, charset)
}

/// Whether programs treat both types alike: `application/xml` is a feed too.
fn is_as_good(wanted: &str, sent: &str) -> bool {
    let both = |of: fn(&str) -> bool| of(wanted) && of(sent);
    wanted == sent
        || both(|kind| kind.ends_with("xml") && !kind.contains("svg") && !kind.contains("html"))
        || both(|kind| kind.ends_with("json"))
        || both(|kind| kind.ends_with("javascript"))
        || both(|kind| kind.ends_with("icon"))
}

fn content_type(wanted: &str, answer: &Answer) -> Option<Checked> {
    let sent = answer.header("Content-Type").unwrap_or_default();
    let ((needed, _), (kind, _)) = (parts(wanted), parts(&sent));
    if is_as_good(&needed, &kind) {
        return None;
    }
    // With another type a browser downloads a page, ignores a stylesheet, or shows no image. A program that gets a page
    // for data meets the page of a login or of an error.
    let is_loaded = ["text/html", "text/css", "text/javascript"].contains(&needed.as_str());
    let is_fault = is_loaded || needed.starts_with("image/") || kind == "text/html";
    let severity = if is_fault { Severity::Fault } else { Severity::Note };
    let found = if sent.is_empty() {
        message!("verify-type-missing", "the content type is missing")
    } else {
        message!("verify-type", "the content type is {sent}", sent = quoted(&sent))
    };
    let help = message!("verify-type-help", "set the type of this ending at the host");
    Some(Checked::new(Check::Type, severity, found, Message::same(quoted(wanted)), help))
}

fn charset(wanted: &str, answer: &Answer) -> Option<Checked> {
    let (needed, wanted) = parts(wanted);
    let (kind, sent) = parts(&answer.header("Content-Type")?);
    let expected = Message::same("`utf-8`");
    let help = message!("verify-charset-help", "set `charset=utf-8` for texts at the host");
    match sent {
        Some(sent) if sent == "utf-8" || sent == "utf8" => None,
        Some(sent) if wanted.is_some() || kind.ends_with("json") || kind.ends_with("xml") => {
            let found = message!("verify-charset", "the charset is {sent}", sent = quoted(&sent));
            Some(Checked::fault(Check::Charset, found, expected, help))
        }
        // Pages and XML name their charset themselves.
        None if wanted.is_some()
            && kind.starts_with("text/")
            && needed != "text/html"
            && !kind.ends_with("xml") =>
        {
            let found = message!("verify-charset-missing", "the charset is missing");
            Some(Checked::note(Check::Charset, found, expected, help))
        }
        _ => None,
    }
}

/// The seconds for which a browser may show an answer without asking again; `None` if the answer does not say.
fn lifetime(control: &str) -> Option<u64> {
    let control = control.to_ascii_lowercase();
    let parts: Vec<&str> = control.split(',').map(str::trim).collect();
    if parts.iter().any(|part| matches!(*part, "no-cache" | "no-store")) {
        return Some(0);
    }
    let age = parts.iter().find_map(|part| part.strip_prefix("max-age="))?;
    age.trim_matches('"').parse().ok()
}

fn cache(path: &str, wanted: &str, answer: &Answer) -> Option<Checked> {
    let control = answer.header(CACHE);
    let kept = control.as_deref().and_then(lifetime);
    let found = match &control {
        Some(control) => is(CACHE, control),
        None => is_missing(CACHE),
    };
    let expected = Message::same(quoted(wanted));
    if wanted.contains("immutable") {
        let is_short = kept.is_none_or(|kept| kept < LONG);
        return is_short.then(|| Checked::note(Check::Cache, found, expected, set_headers()));
    }
    if !is_volatile(path) {
        return None;
    }
    let is_kept_for_ever = control.is_some_and(|control| control.contains("immutable")) && kept != Some(0);
    match kept {
        _ if is_kept_for_ever => {
            let help = message!(
                "verify-cache-for-ever-help",
                "readers keep the old file; set another `Cache-Control` at the host for all but `assets/theme/`"
            );
            Some(Checked::fault(Check::Cache, found, expected, help))
        }
        Some(kept) if kept > VERIFY_CACHE_SECONDS => {
            let help = message!(
                "verify-cache-long-help",
                "readers see old news for so long; set a shorter time at the host"
            );
            Some(Checked::fault(Check::Cache, found, expected, help))
        }
        Some(kept) if kept <= lifetime(wanted).unwrap_or_default() => None,
        _ => Some(Checked::note(Check::Cache, found, expected, set_headers())),
    }
}

/// Whether browsers keep other sites from showing a file that is made for them.
fn closed(answer: &Answer) -> Option<Checked> {
    let policy = answer.header(ORIGINS).filter(|policy| !policy.eq_ignore_ascii_case("cross-origin"))?;
    let found = is(ORIGINS, &policy);
    let help = message!("verify-closed-help", "other sites cannot show it; remove the header at the host");
    Some(Checked::fault(Check::Cors, found, Message::same("`cross-origin`"), help))
}

/// Whether browsers refuse to show the banner in pages of other sites.
fn frame(answer: &Answer) -> Option<Checked> {
    let policy = answer.header(POLICY).unwrap_or_default();
    let rule = policy.split([';', ',']).map(str::trim).find_map(|part| part.strip_prefix("frame-ancestors"));
    let options = answer.header("X-Frame-Options");
    let found = match (rule, options) {
        (Some(rule), _) if rule.trim() == "*" => return None,
        (Some(rule), _) => is("frame-ancestors", rule.trim()),
        (None, Some(options)) => message!(
            "verify-frame-options",
            "`X-Frame-Options` is {options} and no policy allows frames",
            options = quoted(&options)
        ),
        (None, None) => return None,
    };
    let expected = message!("verify-frame-expected", "a page that other sites may frame");
    let help = message!(
        "verify-frame-help",
        "send `Content-Security-Policy: frame-ancestors *` for `embed/banner/`, or no `X-Frame-Options`"
    );
    Some(Checked::fault(Check::Security, found, expected, help))
}

/// What is sent for a header, or for a part of one.
fn is(name: &str, sent: &str) -> Message {
    message!("verify-header", "`{name}` is {sent}", name, sent = quoted(sent))
}

fn is_missing(name: &str) -> Message {
    message!("verify-header-missing", "`{name}` is missing", name)
}

/// A note if a header has another value.
fn differs((name, wanted): Header, answer: &Answer) -> Option<Checked> {
    let found = match answer.header(name) {
        Some(sent) if sent.eq_ignore_ascii_case(wanted) => return None,
        Some(sent) => is(name, &sent),
        None => is_missing(name),
    };
    let check = if name.contains("Origin") { Check::Cors } else { Check::Security };
    Some(Checked::note(check, found, Message::same(quoted(wanted)), set_headers()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Instant;
    use crate::output::{content_type as wanted_type, header_rules_of, headers_of};

    fn answer(headers: &[(&str, &str)]) -> Answer {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Answer { status: 200, headers: headers.collect(), body: Vec::new() }
    }

    /// What one check says of a file: `F` for a fault, `N` for a note, `-` for nothing.
    fn said(found: Option<Checked>) -> char {
        match found.map(|checked| checked.at("").severity) {
            Some(Severity::Fault) => 'F',
            Some(Severity::Note) => 'N',
            None => '-',
        }
    }

    #[test]
    fn a_type_is_a_fault_if_a_browser_needs_it_and_a_note_if_programs_do_not() {
        for (path, sent, wanted) in [
            ("index.html", "text/html; charset=utf-8", '-'),
            ("index.html", "Text/HTML", '-'),
            ("index.html", "application/octet-stream", 'F'),
            ("index.html", "", 'F'),
            ("assets/theme/style.a86875038d49.css", "text/plain", 'F'),
            ("assets/theme/script.a86875038d49.js", "application/javascript", '-'),
            ("favicon.svg", "text/xml", 'F'),
            ("favicon.ico", "image/vnd.microsoft.icon", '-'),
            ("feed.xml", "application/xml", '-'),
            ("en/feed.xml", "application/octet-stream", 'N'),
            ("feed.xml", "text/html", 'F'),
            ("feed.json", "application/json", '-'),
            ("api/v2/status.json", "binary/octet-stream", 'N'),
            ("calendar.ics", "text/plain", 'N'),
            ("assets/theme/font.a86875038d49.woff2", "application/octet-stream", 'N'),
        ] {
            let headers: &[_] = if sent.is_empty() { &[] } else { &[("content-type", sent)] };
            assert_eq!(said(content_type(wanted_type(path), &answer(headers))), wanted, "{path}: {sent}");
        }
    }

    #[test]
    fn another_charset_is_a_fault_and_none_is_a_note_where_the_file_does_not_name_it() {
        for (path, sent, wanted) in [
            ("index.html", "text/html; charset=UTF-8", '-'),
            ("index.html", "text/html", '-'),
            ("index.html", "text/html; charset=iso-8859-1", 'F'),
            ("feed.xml", "application/xml; charset=\"Shift_JIS\"", 'F'),
            ("feed.xml", "text/xml", '-'),
            ("robots.txt", "text/plain", 'N'),
            ("calendar.ics", "text/calendar;charset=utf-8", '-'),
            ("api/v2/status.json", "application/json", '-'),
            ("favicon.png", "image/png", '-'),
        ] {
            assert_eq!(
                said(charset(wanted_type(path), &answer(&[("content-type", sent)]))),
                wanted,
                "{path}: {sent}"
            );
        }
    }

    #[test]
    fn a_page_that_readers_keep_for_long_is_a_fault() {
        for (path, sent, wanted) in [
            ("index.html", "public, max-age=0, must-revalidate", '-'),
            ("index.html", "No-Cache", '-'),
            ("index.html", "max-age=600", 'N'),
            ("index.html", "max-age=3600", 'N'),
            ("index.html", "max-age=3601", 'F'),
            ("index.html", "max-age=600, immutable", 'F'),
            ("index.html", "must-revalidate", 'N'),
            ("index.html", "", 'N'),
            ("feed.xml", "public, max-age=30, must-revalidate", '-'),
            ("en/calendar.ics", "max-age=600", 'N'),
            ("api/v2/status.json", "max-age=86400", 'F'),
            ("assets/theme/style.a86875038d49.css", "public, max-age=31536000, immutable", '-'),
            ("assets/theme/style.a86875038d49.css", "max-age=600", 'N'),
            ("assets/theme/style.a86875038d49.css", "", 'N'),
            ("assets/team.css", "max-age=99999999", '-'),
            ("logo.png", "", '-'),
        ] {
            let headers: &[_] = if sent.is_empty() { &[] } else { &[("cache-control", sent)] };
            let table = headers_of(path, &header_rules_of(false, false));
            let control = table.iter().find(|(name, _)| *name == CACHE).expect("a rule").1;
            assert_eq!(said(cache(path, control, &answer(headers))), wanted, "{path}: {sent}");
        }
    }

    #[test]
    fn headers_that_some_hosts_cannot_set_are_notes_and_one_that_breaks_a_widget_is_a_fault() {
        let all = |path: &str, headers: &[(&str, &str)]| -> String {
            let wanted = headers_of(path, &header_rules_of(false, false));
            let reached = path.strip_suffix("index.html").unwrap_or(path);
            check(path, reached, &wanted, &answer(headers))
                .into_iter()
                .map(|checked| said(Some(checked)))
                .collect()
        };
        let (page, banner) = ("about/index.html", "en/embed/banner/index.html");
        let typed = [("content-type", "text/html; charset=utf-8"), ("cache-control", "no-cache")];
        assert_eq!(all(page, &typed), "NNNNN");
        let open = [
            ("access-control-allow-origin", "*"),
            ("cross-origin-resource-policy", "cross-origin"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "strict-origin-when-cross-origin"),
        ];
        let open = [&typed[..], &open].concat();
        let strict = [&open[..], &[("x-frame-options", "deny")]].concat();
        assert_eq!(all(page, &strict), "");
        // The header is sent twice: Cloudflare joins the values of two rules.
        assert_eq!(all(page, &[&strict[..], &[("x-frame-options", "DENY")]].concat()), "N");
        assert_eq!(all(banner, &strict), "F");
        let policy = |value| [&strict[..], &[("content-security-policy", value)]].concat();
        assert_eq!(all(banner, &policy("default-src 'self'; frame-ancestors *")), "");
        assert_eq!(all(banner, &policy("frame-ancestors 'self'")), "F");
        assert_eq!(all(banner, &open), "", "no header keeps other sites from framing it");
        let data = |policy| {
            [
                ("content-type", "application/json"),
                typed[1],
                open[2],
                ("cross-origin-resource-policy", policy),
                open[4],
            ]
        };
        let data = |policy, path: &str| {
            all(path, &[&data(policy)[..], &[open[5], ("x-frame-options", "DENY")]].concat())
        };
        assert_eq!(data("cross-origin", "embed/banner.json"), "");
        assert_eq!(data("same-origin", "embed/banner.json"), "F");
        assert_eq!(data("same-origin", "api/v2/status.json"), "N");
        assert_eq!(
            all("old/status.php", &open[1..]),
            "N",
            "any type will do, and only one header is missing"
        );
    }

    #[test]
    fn the_time_of_a_file_is_read_as_http_writes_it() {
        let at = |text: &str| Instant::parse_http(text).map(Instant::iso);
        assert_eq!(at("Fri, 20 Nov 2026 01:15:00 GMT").as_deref(), Some("2026-11-20T01:15:00Z"));
        assert_eq!(at("soon"), None);
    }
}
