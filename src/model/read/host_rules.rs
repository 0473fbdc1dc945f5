//! Reads `content/host/_headers` and `content/host/_redirects`.
//!
//! Both files are read by several hosts, and not in the same way. What means the same to Cloudflare, Netlify and
//! GitLab is taken; everything else is an error. Comments are not published.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place};
use crate::hosts::pattern::{self, Fault};
use crate::limits::{HEADER_LINE_BYTES, REDIRECT_LINE_BYTES};
use crate::message::{Message, message};
use crate::model::host_rules::{HostRules, OwnHeader, OwnHeaders, OwnRedirect};
use crate::text;

/// Reads one file into `rules`, by its name in `content/host/`.
pub fn host_file(stem: &str, name: &Arc<str>, text: &str, rules: &mut HostRules) -> Vec<Diagnostic> {
    let mut file = File { name, found: Vec::new() };
    match stem {
        "_headers" => rules.headers = headers(&mut file, text),
        _ => rules.redirects = redirects(&mut file, text),
    }
    file.found
}

struct File<'f> {
    name: &'f Arc<str>,
    found: Vec<Diagnostic>,
}

impl File<'_> {
    fn place(&self, range: Range<usize>) -> Place {
        Place::at(self.name, range)
    }
}

/// A line without the blanks around it, and where it stands.
struct Line<'t> {
    text: &'t str,
    range: Range<usize>,
}

/// The lines that are neither empty nor comments.
fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut start = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let begin = start + (line.len() - line.trim_start().len());
        start += line.len();
        let text = line.trim();
        let is_rule = !text.is_empty() && !text.starts_with('#');
        is_rule.then(|| Line { text, range: begin..begin + text.len() })
    })
}

/// Why a pattern or an old address cannot be used, and what to write.
fn unusable(written: &str) -> Option<LineFault> {
    let quoted = text::shorten(written, 80);
    Some(match pattern::fault(written)? {
        Fault::SecondStar => (
            message!("model-host-second-star", "`{quoted}` has two `*`; Cloudflare allows one", quoted),
            message!("model-host-second-star-help", "write a rule for each address"),
        ),
        Fault::Placeholder => (
            message!("model-host-placeholder", "`{quoted}` has a `:` that hosts read differently", quoted),
            message!(
                "model-host-placeholder-help",
                "write `:name` as a whole part of the address: `/news/:year/`"
            ),
        ),
        Fault::Splat => (
            message!(
                "model-host-splat",
                "`{quoted}` has `:splat`, which is the name of what `*` stands for",
                quoted
            ),
            message!("model-host-splat-help", "use another name"),
        ),
    })
}

fn headers(file: &mut File<'_>, text: &str) -> Vec<OwnHeaders> {
    let mut rules: Vec<OwnHeaders> = Vec::new();
    for line in lines(text) {
        let place = file.place(line.range.clone());
        let fault = if line.text.starts_with('/') {
            // A rule that cannot be used still owns the headers below it.
            let (pattern, headers) = (line.text.to_owned(), Vec::new());
            rules.push(OwnHeaders { pattern, place: place.clone(), headers });
            pattern_fault(&line)
        } else {
            match (header(&line), rules.last_mut()) {
                (Ok((name, value)), Some(rule)) => {
                    rule.headers.push(OwnHeader { name, value, place: place.clone() });
                    None
                }
                (Ok((name, _)), None) => {
                    let message =
                        message!("model-host-no-address", "the header `{name}` belongs to no address", name);
                    Some((message, form()))
                }
                (Err(fault), _) => Some(fault),
            }
        };
        if let Some((message, help)) = fault {
            file.found.push(Diagnostic::error("host/bad-header", place, message).help(help));
        }
    }
    if file.found.is_empty() {
        for rule in rules.iter().filter(|rule| rule.headers.is_empty()) {
            let message = message!(
                "model-host-no-header",
                "the rule `{pattern}` sets no header",
                pattern = text::shorten(&rule.pattern, 80)
            );
            let help =
                message!("model-host-no-header-help", "write a line `Name: value` below it, or remove it");
            file.found.push(Diagnostic::error("host/bad-header", rule.place.clone(), message).help(help));
        }
    }
    rules
}

/// The message and the help.
type LineFault = (Message, Message);

fn pattern_fault(line: &Line<'_>) -> Option<LineFault> {
    let is_one = !line.text.contains(|c: char| c.is_whitespace() || c.is_control());
    if !is_one || line.text.starts_with("//") {
        let message = message!(
            "model-host-not-an-address",
            "`{quoted}` is not an address",
            quoted = text::shorten(line.text, 80)
        );
        return Some((message, path_alone()));
    }
    unusable(line.text).or_else(|| too_long(line, HEADER_LINE_BYTES))
}

fn path_alone() -> Message {
    message!("model-host-path-alone", "write the path alone, for example `/downloads/*`")
}

/// What a line of headers must look like.
fn form() -> Message {
    message!("model-host-header-form", "write it as `Name: value`, below the address that it is for")
}

fn header(line: &Line<'_>) -> Result<(String, String), LineFault> {
    let quoted = text::shorten(line.text, 80);
    if line.text.starts_with("https://") || line.text.starts_with("http://") {
        let message =
            message!("model-host-named", "`{quoted}` names a host, which only Cloudflare reads", quoted);
        return Err((message, path_alone()));
    }
    if line.text.starts_with('!') {
        let message = message!(
            "model-host-removed",
            "`{quoted}` removes a header, which only Cloudflare reads",
            quoted
        );
        let help = message!("model-host-removed-help", "remove the line: headers that noroshi sets stay");
        return Err((message, help));
    }
    let Some((name, value)) = line.text.split_once(':') else {
        let message = message!("model-host-neither", "`{quoted}` is neither an address nor a header", quoted);
        return Err((message, form()));
    };
    let (name, value) = (name.trim_end(), value.trim());
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
    };
    if !is_name(name) {
        let name = text::shorten(name, 80);
        return Err((
            message!("model-host-header-name", "`{name}` is not the name of a header", name),
            form(),
        ));
    }
    if value.is_empty() {
        return Err((message!("model-host-no-value", "the header `{name}` has no value", name), form()));
    }
    if !value.is_ascii() || value.chars().any(char::is_control) {
        let message = message!(
            "model-host-not-ascii",
            "the value of `{name}` has characters that a header cannot have",
            name
        );
        return Err((message, message!("model-host-not-ascii-help", "use ASCII characters")));
    }
    too_long(line, HEADER_LINE_BYTES).map_or_else(|| Ok((name.to_owned(), value.to_owned())), Err)
}

fn too_long(line: &Line<'_>, most: usize) -> Option<LineFault> {
    let bytes = line.text.len();
    (bytes > most).then(|| {
        let message = message!(
            "model-host-too-long",
            "the line has {bytes} bytes; Cloudflare reads at most {most}",
            bytes,
            most
        );
        (message, message!("model-host-too-long-help", "shorten it"))
    })
}

fn redirects(file: &mut File<'_>, text: &str) -> Vec<OwnRedirect> {
    let mut rules: Vec<OwnRedirect> = Vec::new();
    for line in lines(text) {
        let place = file.place(line.range.clone());
        let read = redirect(&line).and_then(|(from, to, status)| {
            let own = pattern::comparable(&from);
            if rules.iter().any(|known| pattern::comparable(&known.from) == own) {
                let message = message!(
                    "model-host-second-rule",
                    "`{from}` already has a rule above",
                    from = text::shorten(&from, 80)
                );
                let help =
                    message!("model-host-second-rule-help", "remove one of the two: hosts use the first");
                return Err((message, help));
            }
            Ok(OwnRedirect { from, to, status, place: place.clone() })
        });
        match read {
            Ok(rule) => rules.push(rule),
            Err((message, help)) => {
                file.found.push(Diagnostic::error("host/bad-redirect", place, message).help(help));
            }
        }
    }
    rules
}

fn redirect(line: &Line<'_>) -> Result<(String, String, u16), LineFault> {
    let (from, to, status) = redirect_parts(line)?;
    if !from.starts_with('/') || from.starts_with("//") || from.contains(['?', '#']) {
        let from = text::shorten(from, 80);
        let message = message!("model-host-from", "`{from}` is not an address of this site", from);
        return Err((message, message!("model-host-from-help", "begin it with `/`, without `?` and `#`")));
    }
    if let Some(fault) = unusable(from) {
        return Err(fault);
    }
    if from.contains('*') && !from.ends_with("/*") {
        let from = text::shorten(from, 80);
        let message = message!("model-host-star", "the `*` of `{from}` is not at its end", from);
        let help = message!("model-host-star-help", "write it as the last part, for example `/old/*`");
        return Err((message, help));
    }
    let path = if to.starts_with("https://") || to.starts_with("http://") {
        to.splitn(4, '/').nth(3).unwrap_or_default()
    } else if to.starts_with('/') && !to.starts_with("//") {
        to
    } else {
        let to = text::shorten(to, 80);
        let message = message!("model-host-to", "`{to}` is not an address to redirect to", to);
        return Err((message, message!("model-host-to-help", "begin it with `/` or `https://`")));
    };
    let is_known = |name: &str| match name {
        "splat" => from.contains('*'),
        name => from.split('/').any(|part| part.strip_prefix(':') == Some(name)),
    };
    if let Some(name) = path.split('/').filter_map(|part| part.strip_prefix(':')).find(|name| !is_known(name))
    {
        let name = text::shorten(name, 80);
        let message = message!("model-host-name", "`:{name}` is not in the old address", name);
        let help = message!("model-host-name-help", "name it there too; `:splat` is what `*` stands for");
        return Err((message, help));
    }
    let code = match status {
        "301" => 301,
        "302" => 302,
        _ => {
            let status = text::shorten(status, 80);
            let message =
                message!("model-host-status", "`{status}` is not a status that every host reads", status);
            let help =
                message!("model-host-status-help", "write `301` if the address has moved for good, or `302`");
            return Err((message, help));
        }
    };
    if let Some(fault) = too_long(line, REDIRECT_LINE_BYTES) {
        return Err(fault);
    }
    Ok((from.to_owned(), to.to_owned(), code))
}

/// The old address, the new one and the status, as written.
fn redirect_parts<'t>(line: &Line<'t>) -> Result<(&'t str, &'t str, &'t str), LineFault> {
    let parts: Vec<&str> = line.text.split_whitespace().take_while(|part| !part.starts_with('#')).collect();
    let quoted = text::shorten(line.text, 80);
    match parts[..] {
        [from, to] => Err((
            message!(
                "model-host-no-status",
                "`{quoted}` has no status: Cloudflare would send 302, and Netlify 301",
                quoted
            ),
            message!(
                "model-host-no-status-help",
                "write `{from} {to} 301`, or `302` if it is not for good",
                from,
                to
            ),
        )),
        [from, to, status] => Ok((from, to, status)),
        _ => Err((
            message!(
                "model-host-not-a-redirect",
                "`{quoted}` is not a redirect that every host reads",
                quoted
            ),
            message!(
                "model-host-not-a-redirect-help",
                "write the old address, the new one and the status: `/old/ /new/ 301`"
            ),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line and message of each fault, with the rules that were read.
    fn read(stem: &str, text: &str) -> (HostRules, Vec<(usize, String)>) {
        let mut rules = HostRules::default();
        let found = host_file(stem, &"content/host/x".into(), text, &mut rules);
        let line = |found: &Diagnostic| {
            let start = found.place.range.as_ref().map_or(0, |range| range.start);
            text[..start].matches('\n').count() + 1
        };
        (rules, found.iter().map(|found| (line(found), found.message.clone().into())).collect())
    }

    #[test]
    fn rules_of_headers_are_read_with_their_lines() {
        let text =
            "# ours\n\n/downloads/*\n  X-Robots-Tag: noindex\n\tLink: </a>; rel=\"x\"\n/a\n  X-A: b: c\n";
        let (rules, found) = read("_headers", text);
        assert_eq!(found, []);
        let all: Vec<(&str, Vec<(&str, &str)>)> = (rules.headers.iter())
            .map(|rule| {
                let headers = rule.headers.iter().map(|h| (h.name.as_str(), h.value.as_str())).collect();
                (rule.pattern.as_str(), headers)
            })
            .collect();
        let wanted = vec![
            ("/downloads/*", vec![("X-Robots-Tag", "noindex"), ("Link", "</a>; rel=\"x\"")]),
            ("/a", vec![("X-A", "b: c")]),
        ];
        assert_eq!(all, wanted);
        let range = rules.headers[1].headers[0].place.range.clone().expect("a range");
        assert_eq!(&text[range], "X-A: b: c");
    }

    #[test]
    fn what_hosts_read_differently_in_headers_is_a_fault_at_its_line() {
        for (text, line, part) in [
            ("X-A: b\n", 1, "belongs to no address"),
            ("/a\n/b\n  X-A: b\n", 1, "sets no header"),
            ("/a\n  X-A:\n", 2, "has no value"),
            ("/a\n  X A: b\n", 2, "is not the name of a header"),
            ("/a\n  X-A: é\n", 2, "characters that a header cannot have"),
            ("/a\n  ! X-Frame-Options\n", 2, "removes a header"),
            ("/a\n  nonsense\n", 2, "neither an address nor a header"),
            ("https://a.example/x\n  X-A: b\n", 1, "names a host"),
            ("/*/a/*\n  X-A: b\n", 1, "has two `*`"),
            ("/a b\n  X-A: b\n", 1, "is not an address"),
        ] {
            let (_, found) = read("_headers", text);
            assert_eq!(found[0].0, line, "{text}");
            assert!(found[0].1.contains(part), "{text}: {found:?}");
        }
        let long = format!("/a\n  X-A: {}\n", "b".repeat(HEADER_LINE_BYTES));
        assert!(read("_headers", &long).1[0].1.contains("reads at most 2000"));
    }

    #[test]
    fn redirects_are_read_without_their_comments() {
        let (rules, found) =
            read("_redirects", "# x\n/古い/  /new/ 301   # why\n/old/* https://a.example/:splat 302\n");
        assert_eq!(found, []);
        let lines: Vec<String> = rules.redirects.iter().map(OwnRedirect::line).collect();
        assert_eq!(lines, ["/%E5%8F%A4%E3%81%84/ /new/ 301\n", "/old/* https://a.example/:splat 302\n"]);
        assert_eq!(rules.redirects.iter().map(OwnRedirect::is_dynamic).collect::<Vec<_>>(), [false, true]);
    }

    #[test]
    fn what_hosts_read_differently_in_redirects_is_a_fault_at_its_line() {
        for (text, line, part) in [
            ("/a /b 301\n/c /d\n", 2, "has no status"),
            ("/a\n", 1, "is not a redirect"),
            ("/a id=:id /b/:id 301\n", 1, "is not a redirect"),
            ("/a /b 301!\n", 1, "is not a status"),
            ("/* /index.html 200\n", 1, "is not a status"),
            ("a /b 301\n", 1, "is not an address of this site"),
            ("/a?b /b 301\n", 1, "is not an address of this site"),
            ("/a b 301\n", 1, "is not an address to redirect to"),
            ("/a*b /b 301\n", 1, "is not at its end"),
            ("/a /b/:splat 301\n", 1, "`:splat` is not in the old address"),
            ("/a/:x /b/:y 301\n", 1, "`:y` is not in the old address"),
            ("/a/ /b 301\n/A /c 301\n", 2, "already has a rule above"),
        ] {
            let (_, found) = read("_redirects", text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!(found[0].0, line, "{text}");
            assert!(found[0].1.contains(part), "{text}: {found:?}");
        }
    }
}
