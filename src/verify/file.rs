//! One published file: is it there, with the right bytes, at the address that readers use?

use super::finding::{Check, Checked, Finding, Severity, answers};
use super::head::{Head, modified};
use super::headers;
use super::target::{Encoding, Target, quoted};
use crate::address::Form;
use crate::fetch::{Answer, FetchError};
use crate::limits::VERIFY_REDIRECTS;
use crate::message::{Message, message};
use crate::output;
use crate::publish::Entry;

/// The help for a file with other bytes.
fn rewritten() -> Message {
    message!(
        "verify-rewritten-help",
        "publish again; switch off what changes files at the host (minify, hidden e-mail addresses, scripts that it adds)"
    )
}

pub(super) fn check(target: &Target<'_>, head: &Head, path: &str) -> Vec<Finding> {
    let address = target.address(head.address(path));
    let answer = match target.ask(&address, Encoding::Plain) {
        Ok(answer) => answer,
        Err(error) => return vec![Checked::unreachable(error).at(&address)],
    };
    match answer.status {
        200 => content(target, head, path, &address, &answer),
        301 | 302 | 303 | 307 | 308 => redirected(target, head, path, &address, &answer),
        status => vec![missing(status).at(&address)],
    }
}

fn missing(status: u16) -> Checked {
    let help = match status {
        404 | 410 => message!("verify-missing-help", "publish the whole folder again, and every file of it"),
        429 => message!(
            "verify-too-many-requests-help",
            "the host limits requests: check fewer files with `--sample`"
        ),
        _ => message!("verify-see-host", "see the status of the host"),
    };
    Checked::fault(Check::Unreachable, answers(status), Message::same("200"), help)
}

/// What is wrong with an answer that brought the file.
fn content(target: &Target<'_>, head: &Head, path: &str, address: &str, answer: &Answer) -> Vec<Finding> {
    let mut found = bytes(target, head, path, address, answer);
    found.extend(headers::check(path, head.address(path), &output::headers_of(path, &head.rules), answer));
    found.into_iter().map(|checked| checked.at(address)).collect()
}

fn bytes(target: &Target<'_>, head: &Head, path: &str, address: &str, answer: &Answer) -> Vec<Checked> {
    let mut found = Vec::new();
    let as_published = || message!("verify-bytes-expected", "the bytes as published");
    match answer.header("Content-Encoding").map(|encoding| encoding.to_ascii_lowercase()).as_deref() {
        None | Some("identity") => {}
        Some("gzip") => {
            let what =
                message!("verify-gzip-unasked", "the host sends gzip to programs that do not ask for it");
            let help = message!(
                "verify-gzip-unasked-help",
                "nothing to do, if a deployment stores texts compressed: browsers and feed readers know gzip"
            );
            found.push(Checked::note(Check::Compression, what, as_published(), help));
        }
        Some(encoding) => {
            let what = message!(
                "verify-encoding",
                "the answer is encoded as {encoding}, which the request does not accept",
                encoding = quoted(encoding)
            );
            let help = message!("verify-encoding-help", "compress only what is asked for");
            return vec![Checked::fault(Check::Compression, what, as_published(), help)];
        }
    }
    let Some(entry) = head.files.get(path) else { return found };
    let Some(wrong) = differs(entry, answer) else { return found };
    // An old version in a cache is something else than a wrong file.
    found.push(match target.ask(&target.past_caches(address), Encoding::Plain) {
        Ok(fresh) if fresh.status == 200 && differs(entry, &fresh).is_none() => stale(target, &fresh),
        _ => wrong,
    });
    found
}

fn differs(entry: &Entry, answer: &Answer) -> Option<Checked> {
    let size = answer.body.len() as u64;
    if size != entry.size {
        let found = message!("verify-size", "the file has {size} bytes", size);
        let expected = message!("verify-size-expected", "{size} bytes", size = entry.size);
        return Some(Checked::fault(Check::Size, found, expected, rewritten()));
    }
    let sha256 = Entry::of(&answer.body).sha256;
    let found = message!("verify-hash", "the SHA-256 is `{sha256}`", sha256);
    let expected = Message::same(quoted(&entry.sha256));
    (sha256 != entry.sha256).then(|| Checked::fault(Check::Hash, found, expected, rewritten()))
}

/// A cache has an old version. That is normal for a short time after a publication.
fn stale(target: &Target<'_>, fresh: &Answer) -> Checked {
    let age = modified(fresh).map(|modified| target.options.at.0 - modified.0);
    let is_new = age.is_some_and(|age| age <= target.options.grace);
    let severity = if is_new { Severity::Note } else { Severity::Fault };
    let found = message!("verify-stale", "a cache on the way sends an older version");
    let expected = message!("verify-stale-expected", "the published file");
    let help = message!("verify-stale-help", "tell the CDN what changed, or purge its cache");
    Checked::new(Check::Cache, severity, found, expected, help)
}

/// What a redirect leads to.
enum Led {
    /// The same file in another spelling.
    Same,
    /// Another page of the site: the host knows an old address by itself.
    Page,
    Astray,
}

/// Goes where readers go, until a file arrives.
fn redirected(target: &Target<'_>, head: &Head, path: &str, address: &str, answer: &Answer) -> Vec<Finding> {
    let fault = |found: Message, help: Message| {
        vec![Checked::fault(Check::Redirect, found, the_file(), help).at(address)]
    };
    let mut passed = vec![address.to_owned()];
    let mut location = answer.header("Location").unwrap_or_default();
    loop {
        let from = passed.last().map_or(address, String::as_str);
        let to = resolved(from, &location);
        let found = redirects_to(&to);
        let led = led(target, head, path, &to);
        if matches!(led, Led::Astray) {
            return fault(found, remove_rule());
        }
        let loses_its_slash = from.ends_with('/') && !to.ends_with('/');
        if matches!(led, Led::Same) && loses_its_slash && head.form == Form::Folders {
            let help = message!(
                "verify-lost-slash-help",
                "relative links of the page then lead elsewhere: keep the slash at the end"
            );
            let expected = message!("verify-page-expected", "the page");
            return vec![Checked::fault(Check::Redirect, found, expected, help).at(address)];
        }
        if passed.contains(&to) {
            let found = message!(
                "verify-redirect-circle",
                "the host redirects in a circle, back to {to}",
                to = quoted(&to)
            );
            let help = message!(
                "verify-redirect-circle-help",
                "remove one of the rules of the host that lead to each other"
            );
            return fault(found, help);
        }
        if passed.len() > VERIFY_REDIRECTS {
            let found = message!(
                "verify-redirects-often",
                "the host redirects more than {times} times",
                times = VERIFY_REDIRECTS
            );
            let help =
                message!("verify-redirects-often-help", "let the rules of the host lead to the page at once");
            return fault(found, help);
        }
        match target.ask(&to, Encoding::Plain) {
            Ok(answer) if matches!(answer.status, 301 | 302 | 303 | 307 | 308) => {
                location = answer.header("Location").unwrap_or_default();
                passed.push(to);
            }
            answer => return arrived(target, head, path, (address, &to), answer, &led),
        }
    }
}

/// What is wrong with the answer at the end of redirects, from the address of a file to another one.
fn arrived(
    target: &Target<'_>,
    head: &Head,
    path: &str,
    (address, to): (&str, &str),
    answer: Result<Answer, FetchError>,
    led: &Led,
) -> Vec<Finding> {
    let note =
        |found: Message, help: Message| Checked::note(Check::Redirect, found, the_file(), help).at(address);
    if matches!(led, Led::Page) {
        return vec![match answer {
            Ok(answer) if answer.status == 200 => note(
                message!("verify-redirect-page", "the host redirects to another page of the site"),
                message!("verify-redirect-page-help", "nothing to do, if this is an old address"),
            ),
            // The other page has a finding of its own.
            answer => {
                let what = answer.map_or_else(|error| error.message, |answer| answers(answer.status));
                let found = message!(
                    "verify-redirect-dead",
                    "the host redirects to {to}, but {what} there",
                    to = quoted(to),
                    what
                );
                Checked::fault(Check::Redirect, found, the_file(), remove_rule()).at(address)
            }
        }];
    }
    let help = message!(
        "verify-redirect-spelling-help",
        "nothing to do: the host removes the ending or the file name, and links still work"
    );
    let found = message!("verify-redirect-spelling", "the host redirects to another spelling");
    let mut all = vec![note(found, help)];
    all.extend(match answer {
        Ok(answer) if answer.status == 200 => content(target, head, path, to, &answer),
        Ok(answer) => vec![missing(answer.status).at(to)],
        Err(error) => vec![Checked::unreachable(error).at(to)],
    });
    all
}

fn the_file() -> Message {
    message!("verify-file-expected", "the file")
}

pub(super) fn redirects_to(to: &str) -> Message {
    message!("verify-redirect", "the host redirects to {to}", to = quoted(to))
}

fn remove_rule() -> Message {
    message!("verify-redirect-help", "remove the rule of the host that redirects this address")
}

fn led(target: &Target<'_>, head: &Head, path: &str, to: &str) -> Led {
    let Some(rest) = to.strip_prefix(target.base) else { return Led::Astray };
    match head.file_at(rest.split(['?', '#']).next().unwrap_or(rest)) {
        Some(file) if file == path => Led::Same,
        // A host that sends everything to its first page knows no address.
        Some("index.html") | None => Led::Astray,
        Some(_) => Led::Page,
    }
}

/// The absolute address that `Location` names (RFC 3986, section 5), without its fragment.
pub(super) fn resolved(address: &str, location: &str) -> String {
    let location = location.split('#').next().unwrap_or_default();
    let scheme_end = address.find("://").map_or(0, |at| at + 3);
    let host_end = address[scheme_end..].find('/').map_or(address.len(), |at| scheme_end + at);
    if location.contains("://") {
        location.to_owned()
    } else if location.starts_with("//") {
        format!("{}{location}", &address[..scheme_end.saturating_sub(2)])
    } else if location.starts_with('/') {
        format!("{}{location}", &address[..host_end])
    } else {
        let folder = address.rfind('/').filter(|at| *at >= host_end).map_or(address, |at| &address[..=at]);
        let (mut folder, mut location) = (folder.to_owned(), location.trim_start_matches("./"));
        while let Some(rest) = location.strip_prefix("../") {
            let above = folder.trim_end_matches('/').rfind('/').filter(|at| *at >= host_end);
            folder.truncate(above.map_or(folder.len(), |at| at + 1));
            location = rest;
        }
        format!("{folder}{location}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_is_read_as_browsers_read_it() {
        for (location, wanted) in [
            ("https://b.example/x", "https://b.example/x"),
            ("//b.example/x", "https://b.example/x"),
            ("/x/#part", "https://a.example/x/"),
            ("b", "https://a.example/status/b"),
            ("./b/", "https://a.example/status/b/"),
            ("../b", "https://a.example/b"),
            ("../../../b", "https://a.example/b"),
            ("", "https://a.example/status/"),
        ] {
            assert_eq!(resolved("https://a.example/status/a", location), wanted, "{location}");
        }
        assert_eq!(resolved("https://a.example/", "x/"), "https://a.example/x/");
    }
}
