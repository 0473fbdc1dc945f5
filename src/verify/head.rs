//! The published manifest, as a host sends it.

use std::collections::BTreeMap;

use super::finding::{Check, Checked, Finding, answers};
use super::target::{Encoding, Target, quoted};
use crate::address::Form;
use crate::fetch::Answer;
use crate::message::{Message, message};
use crate::model::Instant;
use crate::output::{self, Rule};
use crate::publish::{self, Entry, PartError};
use crate::text;

/// What the manifest says about the publication as a whole.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Facts {
    /// The instant that the site was built for.
    pub effective: Instant,
    pub next_change: Option<Instant>,
    /// The SHA-256 of the manifest.
    pub digest: String,
    /// When the host got the manifest, if it says so.
    pub modified: Option<Instant>,
}

pub(super) struct Head {
    pub(super) facts: Facts,
    /// The form of the addresses of pages.
    pub(super) form: Form,
    pub(super) files: BTreeMap<String, Entry>,
    /// What `_headers` says.
    pub(super) rules: Vec<Rule>,
    /// The files by the part of their address after that of the site.
    by_address: BTreeMap<String, String>,
}

impl Head {
    pub(super) fn new(facts: Facts, form: Form, files: BTreeMap<String, Entry>) -> Head {
        let by_address =
            files.keys().map(|path| (text::percent_encode(path).into_owned(), path.clone())).collect();
        let rules = output::header_rules_of(files.contains_key(&output::editor()), form == Form::Files);
        Head { facts, form, files, rules, by_address }
    }

    /// The path whose address readers use for a file: for `incidents/a/index.html` the folder, if pages are folders.
    pub(super) fn address<'p>(&self, path: &'p str) -> &'p str {
        let folder =
            path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
        folder.filter(|_| self.form == Form::Folders).unwrap_or(path)
    }

    /// The file that a host sends for an address of the site, without the part before it.
    pub(super) fn file_at(&self, rest: &str) -> Option<&str> {
        let folder = rest.is_empty() || rest.ends_with('/');
        let candidates = if folder {
            vec![format!("{rest}index.html")]
        } else {
            vec![rest.to_owned(), format!("{rest}.html"), format!("{rest}/index.html")]
        };
        candidates.iter().find_map(|address| self.by_address.get(address)).map(String::as_str)
    }
}

/// Reads the manifest past caches, since it says what every other file must be.
pub(super) fn read(target: &Target<'_>) -> Result<Head, Finding> {
    let address = target.manifest();
    let wrong = |checked: Checked| checked.at(&address);
    let answer = target.ask(&target.past_caches(&address), Encoding::Plain);
    let answer = answer.map_err(|error| wrong(Checked::unreachable(error)))?;
    match answer.status {
        200 => {}
        300..=399 => {
            let to = answer.header("Location").unwrap_or_default();
            let found = message!("verify-site-redirects", "the site redirects to {to}", to = quoted(&to));
            let expected = message!("verify-site-redirects-expected", "an answer at this address");
            let help = message!("verify-site-redirects-help", "name the address that it redirects to");
            return Err(wrong(Checked::fault(Check::Redirect, found, expected, help)));
        }
        404 | 410 => {
            let help = message!(
                "verify-no-manifest-help",
                "publish the whole folder, with its manifest.json, and name the address of its home page"
            );
            let checked = Checked::fault(Check::Manifest, answers(answer.status), the_manifest(), help);
            return Err(wrong(checked));
        }
        status => {
            let help = message!(
                "verify-host-refuses-help",
                "see the status of the host, and whether it refuses programs"
            );
            let checked = Checked::fault(Check::Unreachable, answers(status), Message::same("200"), help);
            return Err(wrong(checked));
        }
    }
    parse(target, &answer).map_err(wrong)
}

/// The one place that knows the form of the manifest. Its parts are fetched, too.
fn parse(target: &Target<'_>, answer: &Answer) -> Result<Head, Checked> {
    let foreign = || {
        let found = message!("verify-foreign-manifest", "this is not a manifest of noroshi");
        let help = message!(
            "verify-foreign-manifest-help",
            "publish again; if the host sends a page here, it hides the file"
        );
        Checked::fault(Check::Manifest, found, the_manifest(), help)
    };
    let head = publish::Head::parse(&answer.body).ok_or_else(foreign)?;
    let parts: Vec<(String, Entry)> =
        head.parts().map(|(path, entry)| (path.to_owned(), entry.clone())).collect();
    let fetch = |path: &str, _: &Entry| match target.ask(&target.address(path), Encoding::Plain) {
        Ok(answer) if answer.status == 200 => Ok(answer.body),
        Ok(answer) => Err(answers(answer.status)),
        Err(error) => Err(error.message),
    };
    let manifest = head.of_files().whole(fetch).map_err(|error| {
        let found = match error {
            PartError::Missing(path, why) => {
                message!("verify-part-missing", "its part `{path}` cannot be read: {why}", path, why)
            }
            PartError::Wrong(path) => message!(
                "verify-part-wrong",
                "its part `{path}` has other bytes than the manifest says",
                path
            ),
        };
        let expected = message!("verify-parts-expected", "all parts that the manifest names");
        let help = message!(
            "verify-parts-help",
            "publish the whole folder: the parts of the manifest are in `manifest/`"
        );
        Checked::fault(Check::Manifest, found, expected, help)
    })?;
    let facts = Facts {
        effective: Instant::parse_iso(&manifest.effective).ok_or_else(foreign)?,
        next_change: manifest.next_change.as_deref().and_then(Instant::parse_iso),
        digest: Entry::of(&answer.body).sha256,
        modified: modified(answer),
    };
    let form = manifest.addresses.as_deref().and_then(Form::from_word).unwrap_or_default();
    Ok(Head::new(facts, form, manifest.files.into_iter().chain(parts).collect()))
}

fn the_manifest() -> Message {
    message!("verify-manifest-expected", "the manifest of the site")
}

/// When the host got a file, if it says so.
pub(super) fn modified(answer: &Answer) -> Option<Instant> {
    answer.header("Last-Modified").as_deref().and_then(Instant::parse_http)
}
