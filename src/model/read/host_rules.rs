//! Reads `content/host/_headers` and `content/host/_redirects`.
//!
//! Both files are read by several hosts, and not in the same way. What means the same to Cloudflare, Netlify and
//! GitLab is taken; everything else is an error. Comments are not published.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place};
use crate::hosts::pattern::{self, Fault};
use crate::limits::{HEADER_LINE_BYTES, REDIRECT_LINE_BYTES};
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
fn unusable(written: &str) -> Option<(String, &'static str)> {
    let quoted = text::shorten(written, 80);
    let (why, help) = match pattern::fault(written)? {
        Fault::SecondStar => ("has two `*`; Cloudflare allows one", "write a rule for each address"),
        Fault::Placeholder => (
            "has a `:` that hosts read differently",
            "write `:name` as a whole part of the address: `/news/:year/`",
        ),
        Fault::Splat => ("has `:splat`, which is the name of what `*` stands for", "use another name"),
    };
    Some((format!("`{quoted}` {why}"), help))
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
                (Ok((name, _)), None) => Some((format!("the header `{name}` belongs to no address"), FORM)),
                (Err(fault), _) => Some(fault),
            }
        };
        if let Some((message, help)) = fault {
            file.found.push(Diagnostic::error("host/bad-header", place, message).help(help));
        }
    }
    if file.found.is_empty() {
        for rule in rules.iter().filter(|rule| rule.headers.is_empty()) {
            let message = format!("the rule `{}` sets no header", text::shorten(&rule.pattern, 80));
            let help = "write a line `Name: value` below it, or remove it";
            file.found.push(Diagnostic::error("host/bad-header", rule.place.clone(), message).help(help));
        }
    }
    rules
}

type LineFault = (String, &'static str);

fn pattern_fault(line: &Line<'_>) -> Option<LineFault> {
    let is_one = !line.text.contains(|c: char| c.is_whitespace() || c.is_control());
    if !is_one || line.text.starts_with("//") {
        let message = format!("`{}` is not an address", text::shorten(line.text, 80));
        return Some((message, "write the path alone, for example `/downloads/*`"));
    }
    unusable(line.text).or_else(|| too_long(line, HEADER_LINE_BYTES))
}

/// What a line of headers must look like.
const FORM: &str = "write it as `Name: value`, below the address that it is for";

fn header(line: &Line<'_>) -> Result<(String, String), LineFault> {
    let quoted = text::shorten(line.text, 80);
    if line.text.starts_with("https://") || line.text.starts_with("http://") {
        let help = "write the path alone, for example `/downloads/*`";
        return Err((format!("`{quoted}` names a host, which only Cloudflare reads"), help));
    }
    if line.text.starts_with('!') {
        let help = "remove the line: headers that noroshi sets stay";
        return Err((format!("`{quoted}` removes a header, which only Cloudflare reads"), help));
    }
    let Some((name, value)) = line.text.split_once(':') else {
        return Err((format!("`{quoted}` is neither an address nor a header"), FORM));
    };
    let (name, value) = (name.trim_end(), value.trim());
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
    };
    if !is_name(name) {
        return Err((format!("`{}` is not the name of a header", text::shorten(name, 80)), FORM));
    }
    if value.is_empty() {
        return Err((format!("the header `{name}` has no value"), FORM));
    }
    if !value.is_ascii() || value.chars().any(char::is_control) {
        let help = "use ASCII characters";
        return Err((format!("the value of `{name}` has characters that a header cannot have"), help));
    }
    too_long(line, HEADER_LINE_BYTES).map_or_else(|| Ok((name.to_owned(), value.to_owned())), Err)
}

fn too_long(line: &Line<'_>, most: usize) -> Option<LineFault> {
    let bytes = line.text.len();
    let message = || format!("the line has {bytes} bytes; Cloudflare reads at most {most}");
    (bytes > most).then(|| (message(), "shorten it"))
}

fn redirects(file: &mut File<'_>, text: &str) -> Vec<OwnRedirect> {
    let mut rules: Vec<OwnRedirect> = Vec::new();
    for line in lines(text) {
        let place = file.place(line.range.clone());
        let read = redirect(&line).and_then(|(from, to, status)| {
            let own = pattern::comparable(&from);
            if rules.iter().any(|known| pattern::comparable(&known.from) == own) {
                let message = format!("`{}` already has a rule above", text::shorten(&from, 80));
                return Err((message, "remove one of the two: hosts use the first".to_owned()));
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

fn redirect(line: &Line<'_>) -> Result<(String, String, u16), (String, String)> {
    let owned = |(message, help): (String, &str)| Err((message, help.to_owned()));
    let parts: Vec<&str> = line.text.split_whitespace().take_while(|part| !part.starts_with('#')).collect();
    let quoted = text::shorten(line.text, 80);
    let form = "write the old address, the new one and the status: `/old/ /new/ 301`";
    let (from, to, status) = match parts[..] {
        [from, to] => {
            let message = format!("`{quoted}` has no status: Cloudflare would send 302, and Netlify 301");
            return Err((message, format!("write `{from} {to} 301`, or `302` if it is not for good")));
        }
        [from, to, status] => (from, to, status),
        _ => return owned((format!("`{quoted}` is not a redirect that every host reads"), form)),
    };
    if !from.starts_with('/') || from.starts_with("//") || from.contains(['?', '#']) {
        let message = format!("`{}` is not an address of this site", text::shorten(from, 80));
        return owned((message, "begin it with `/`, without `?` and `#`"));
    }
    if let Some(fault) = unusable(from) {
        return owned(fault);
    }
    if from.contains('*') && !from.ends_with("/*") {
        let message = format!("the `*` of `{}` is not at its end", text::shorten(from, 80));
        return owned((message, "write it as the last part, for example `/old/*`"));
    }
    let path = if to.starts_with("https://") || to.starts_with("http://") {
        to.splitn(4, '/').nth(3).unwrap_or_default()
    } else if to.starts_with('/') && !to.starts_with("//") {
        to
    } else {
        let message = format!("`{}` is not an address to redirect to", text::shorten(to, 80));
        return owned((message, "begin it with `/` or `https://`"));
    };
    let is_known = |name: &str| match name {
        "splat" => from.contains('*'),
        name => from.split('/').any(|part| part.strip_prefix(':') == Some(name)),
    };
    if let Some(name) = path.split('/').filter_map(|part| part.strip_prefix(':')).find(|name| !is_known(name))
    {
        let message = format!("`:{}` is not in the old address", text::shorten(name, 80));
        return owned((message, "name it there too; `:splat` is what `*` stands for"));
    }
    let code = match status {
        "301" => 301,
        "302" => 302,
        _ => {
            let message = format!("`{}` is not a status that every host reads", text::shorten(status, 80));
            return owned((message, "write `301` if the address has moved for good, or `302`"));
        }
    };
    if let Some(fault) = too_long(line, REDIRECT_LINE_BYTES) {
        return owned(fault);
    }
    Ok((from.to_owned(), to.to_owned(), code))
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
