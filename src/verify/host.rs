//! How a host answers at addresses that are no files: what is not there, folders, the first address; and whether it
//! compresses.

use super::finding::{Check, Checked, Finding, answers};
use super::head::Head;
use super::select::NOT_FOUND;
use super::target::{Encoding, Target};
use super::{file, headers};
use crate::address::Form;
use crate::digest::Digest;
use crate::fetch::Answer;
use crate::limits::COMPRESSED_BYTES;
use crate::message::{Message, message};
use crate::publish::Entry;

/// The endings of texts, which hosts should compress.
const TEXTS: [&str; 8] = ["html", "css", "js", "json", "xml", "atom", "svg", "ics"];

const FOLDERS: [&str; 2] = ["subscribe", "history"];

pub(super) fn check(target: &Target<'_>, head: &Head, chosen: &[&str]) -> Vec<Finding> {
    let mut found = Vec::new();
    if target.is_failing() || (target.options.is_over)() {
        return found;
    }
    found.extend(not_found(target, head));
    found.extend(match head.form {
        Form::Folders => folder(target, head),
        Form::Files => first(target, head),
    });
    found.extend(compression(target, head, chosen));
    found
}

/// An address that no site has. It changes each hour, so that no cache knows it.
fn nowhere(target: &Target<'_>) -> String {
    let name = Digest::of(&(target.base, target.options.at.0.div_euclid(3600))).to_string();
    target.address(&format!("noroshi-verify-{}", &name[..16]))
}

fn not_found(target: &Target<'_>, head: &Head) -> Option<Finding> {
    let address = nowhere(target);
    let answer = match target.ask(&address, Encoding::Plain) {
        Ok(answer) => answer,
        Err(error) => return Some(Checked::unreachable(error).at(&address)),
    };
    let help =
        message!("verify-not-found-help", "let the host answer 404 with 404.html for what is not there");
    let found = match answer.status {
        404 | 410 if answer.body.is_empty() => message!(
            "verify-not-found-empty",
            "the host shows an empty page for an address that is not there"
        ),
        404 | 410 => {
            let own = head.files.get(NOT_FOUND);
            if own.is_none_or(|entry| *entry == Entry::of(&answer.body)) {
                return None;
            }
            message!(
                "verify-not-found-own-page",
                "the host shows a page of its own for an address that is not there"
            )
        }
        status => {
            let found = message!(
                "verify-not-found-status",
                "the host answers {status} for an address that is not there",
                status
            );
            return Some(Checked::fault(Check::NotFound, found, Message::same("404"), help).at(&address));
        }
    };
    Some(Checked::note(Check::NotFound, found, Message::same("404.html"), help).at(&address))
}

/// The address of a folder without its slash, as people type it.
fn folder(target: &Target<'_>, head: &Head) -> Option<Finding> {
    // Pages that every site has: at another folder there may be an old address, which a host redirects by itself.
    let folder =
        FOLDERS.into_iter().find(|folder| head.files.contains_key(&format!("{folder}/index.html")))?;
    let address = target.address(folder);
    let page = format!("{address}/");
    let answer = match target.ask(&address, Encoding::Plain) {
        Ok(answer) => answer,
        Err(error) => return Some(Checked::unreachable(error).at(&address)),
    };
    let expected = message!("verify-folder-expected", "a redirect to {page}", page);
    let checked = match answer.status {
        301 | 302 | 303 | 307 | 308 => {
            let to = file::resolved(&address, &answer.header("Location").unwrap_or_default());
            if to == page {
                return None;
            }
            let help = message!(
                "verify-folder-redirect-help",
                "tell the server its public name and `https`, or redirect to relative addresses"
            );
            Checked::fault(Check::Redirect, file::redirects_to(&to), expected, help)
        }
        200 => {
            let found =
                message!("verify-folder-without-slash", "the host shows the page without a slash at the end");
            let help = message!(
                "verify-folder-without-slash-help",
                "relative links of the page then lead elsewhere: let the host redirect"
            );
            Checked::note(Check::Redirect, found, expected, help)
        }
        status => {
            let help =
                message!("verify-folder-help", "let the host redirect from a folder without its slash");
            Checked::fault(Check::NotFound, answers(status), expected, help)
        }
    };
    Some(checked.at(&address))
}

/// The address that people type, of a site whose links name files.
fn first(target: &Target<'_>, head: &Head) -> Option<Finding> {
    let home = head.files.get("index.html")?;
    let answer = match target.ask(target.base, Encoding::Plain) {
        Ok(answer) => answer,
        Err(error) => return Some(Checked::unreachable(error).at(target.base)),
    };
    let leads_home = |answer: &Answer| {
        let to = file::resolved(target.base, &answer.header("Location").unwrap_or_default());
        to.strip_prefix(target.base).and_then(|rest| head.file_at(rest)) == Some("index.html")
    };
    let found = match answer.status {
        200 if *home == Entry::of(&answer.body) => return None,
        200 => message!("verify-first-other-page", "the host shows another page than index.html"),
        300..=399 if leads_home(&answer) => return None,
        status => answers(status),
    };
    let help = message!("verify-first-help", "let the host show index.html at `/`");
    Some(Checked::fault(Check::NotFound, found, Message::same("index.html"), help).at(target.base))
}

/// Whether texts are compressed for browsers: asked of the largest file of each ending. Nothing is decoded.
fn compression(target: &Target<'_>, head: &Head, chosen: &[&str]) -> Vec<Finding> {
    let size = |path: &str| head.files.get(path).map_or(0, |entry| entry.size);
    let largest = |ending: &&str| {
        let of_ending = chosen.iter().filter(|path| headers::ending(path) == *ending);
        of_ending.max_by_key(|path| size(path)).filter(|path| size(path) >= COMPRESSED_BYTES)
    };
    let mut found = Vec::new();
    for path in TEXTS.iter().filter_map(largest) {
        let address = target.address(head.address(path));
        // The file itself was asked for already, and an error is reported there.
        let Ok(answer) = target.ask(&address, Encoding::Compressed) else { continue };
        if answer.status == 200 && answer.header("Content-Encoding").is_none() {
            let what = message!(
                "verify-not-compressed",
                "`.{ending}` is not compressed",
                ending = headers::ending(path)
            );
            let expected = message!("verify-not-compressed-expected", "`gzip` or `br`");
            let help =
                message!("verify-not-compressed-help", "switch on gzip or Brotli for texts at the host");
            found.push(Checked::note(Check::Compression, what, expected, help).at(&address));
        }
    }
    found
}
