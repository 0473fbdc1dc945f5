//! Reads the answers of a service page by page, and keeps them in a folder for the next run.
//!
//! A token comes from the environment, goes to the one host that was named, and stands in no message and no file.

use std::path::PathBuf;

use super::Settings;
use super::answers::{File, Files};
use super::json::Json;
use crate::atomic::{Batch, Overwrite};
use crate::fetch::{Client, FetchError, Limits};
use crate::file;
use crate::limits::{FETCH_REDIRECTS, IMPORT_JSON_BYTES, IMPORT_PAGES};
use crate::message::{Message, message};
use crate::os::Shown as _;

/// How a service wants its token.
#[derive(Clone, Copy)]
pub(super) struct Key {
    /// The variable of the environment that holds it.
    pub(super) variable: &'static str,
    pub(super) header: &'static str,
    /// What stands before the token.
    pub(super) scheme: &'static str,
}

impl Key {
    pub(super) fn token<'s>(&self, settings: &'s Settings) -> Option<&'s str> {
        settings.environment.get(self.variable)
    }
}

pub(super) struct Session {
    client: Client,
    /// The start of every address, without a slash at the end.
    base: String,
    headers: Vec<(String, String)>,
    /// The variable of the token, for messages.
    variable: Option<&'static str>,
    keep: Option<PathBuf>,
    pub(super) files: Files,
}

impl Session {
    /// A session with a service. What it answers is kept in a folder of its own for each SOURCE.
    pub(super) fn new(base: &str, source: &str, settings: &Settings) -> Result<Session, FetchError> {
        let base = base.split(['?', '#']).next().unwrap_or(base).trim_end_matches('/').to_owned();
        let client = Client::new(&base, Limits::default())?;
        let sound = |c: char| if c.is_ascii_alphanumeric() || "-.".contains(c) { c } else { '_' };
        let name: String =
            source.split("://").nth(1).unwrap_or(source).trim_matches('/').chars().map(sound).collect();
        let name = name.trim_start_matches('.').to_owned();
        let keep =
            settings.keep.as_ref().map(|folder| folder.join(if name.is_empty() { "source" } else { &name }));
        let files = Files { base: Some(base.clone()), ..Files::default() };
        let headers = vec![("Accept".to_owned(), "application/json".to_owned())];
        Ok(Session { client, base, headers, variable: None, keep, files })
    }

    pub(super) fn header(&mut self, name: &str, value: &str) {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    /// Sends the token with every request, if the environment has one.
    pub(super) fn authorize(&mut self, key: Key, settings: &Settings) {
        self.variable = Some(key.variable);
        if let Some(token) = key.token(settings) {
            self.header(key.header, &format!("{}{token}", key.scheme));
        }
    }

    /// The bytes of an answer: what an earlier run kept under `name`, or what the server sends now, with whether they are
    /// new. `None` if the address does not exist.
    fn answer(&self, name: &str, path: &str) -> Result<Option<(Vec<u8>, bool)>, FetchError> {
        if let Some(kept) = self.kept(name).filter(|kept| kept.is_file()) {
            let bytes = file::read(&kept, IMPORT_JSON_BYTES).map_err(|error| {
                let message = message!(
                    "import-session-unread",
                    "cannot read {path}: {error}",
                    path = kept.shown(),
                    error
                );
                FetchError::environment(message, fetch_again())
            })?;
            return Ok(Some((bytes, false)));
        }
        let mut address = format!("{}/{path}", self.base);
        // The token goes to no other host.
        for _ in 0..=FETCH_REDIRECTS {
            let headers: Vec<(&str, &str)> =
                self.headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            let answer = self.client.ask(&address, &headers)?;
            match answer.status {
                200 => return Ok(Some((answer.body, true))),
                404 | 410 => return Ok(None),
                301 | 302 | 303 | 307 | 308 => {
                    let target = answer.header("location").unwrap_or_default();
                    address = self.within(&target).ok_or_else(|| {
                        let help = message!(
                            "import-session-redirect-help",
                            "name the other address as SOURCE, if it is right"
                        );
                        FetchError::environment(redirects(&address, &target), help)
                    })?;
                }
                status => return Err(self.refused(&address, status, answer.header("retry-after"))),
            }
        }
        let help = message!(
            "import-session-loop-help",
            "open it in a browser, and name the address that it ends at"
        );
        Err(FetchError::environment(redirects(&format!("{}/{path}", self.base), &address), help))
    }

    fn kept(&self, name: &str) -> Option<PathBuf> {
        Some(self.keep.as_ref()?.join(name))
    }

    /// The target of a redirect, if it is on the same host.
    fn within(&self, target: &str) -> Option<String> {
        let origin = origin_of(&self.base);
        if target.starts_with('/') && !target.starts_with("//") {
            return Some(format!("{origin}{target}"));
        }
        target.strip_prefix(origin).filter(|path| path.starts_with('/')).map(|_| target.to_owned())
    }

    /// Keeps an answer for the next run.
    fn keep(&self, name: &str, bytes: &[u8]) -> Result<(), FetchError> {
        let Some(kept) = self.kept(name) else { return Ok(()) };
        let mut batch = Batch::new(Overwrite::File);
        batch.add(&kept, bytes).and_then(|()| batch.commit()).map_err(|error| {
            let help = message!("import-session-unkept-help", "name another folder with `--keep`");
            FetchError::environment(error.message(), help)
        })
    }

    /// Fetches a file of any form.
    pub(super) fn bytes(&mut self, name: &str, path: &str) -> Result<Option<Vec<u8>>, FetchError> {
        let Some((bytes, is_new)) = self.answer(name, path)? else { return Ok(None) };
        if is_new {
            self.keep(name, &bytes)?;
        }
        Ok(Some(bytes))
    }

    fn refused(&self, address: &str, status: u16, wait: Option<String>) -> FetchError {
        let message = match (status, wait) {
            (429 | 403, Some(wait)) if wait.bytes().all(|b| b.is_ascii_digit()) => message!(
                "import-session-limit-wait",
                "{address} answers {status}: too many requests; the server asks to wait {wait} seconds",
                address,
                status,
                wait
            ),
            (429, _) => message!(
                "import-session-limit",
                "{address} answers {status}: too many requests",
                address,
                status
            ),
            _ => message!("import-session-status", "{address} answers {status}", address, status),
        };
        let help = match (self.variable, &self.keep) {
            (None, _) if matches!(status, 401 | 403) => message!(
                "import-session-protected-help",
                "the page is protected: save its answers yourself, and name their folder"
            ),
            (Some(variable), _) if matches!(status, 401 | 403) => message!(
                "import-session-token-help",
                "set a token that may read this page in the environment: `{variable}`",
                variable
            ),
            (_, Some(_)) => message!(
                "import-session-kept-help",
                "run the same command again later: it goes on after what it has kept"
            ),
            (_, None) => message!(
                "import-session-keep-help",
                "run it again with `--keep DIR`: each run then goes on where the last one ended"
            ),
        };
        FetchError::environment(message, help)
    }

    /// Fetches a file of JSON. Returns its place in the list, or `None` if the address does not exist.
    pub(super) fn json(&mut self, name: &str, path: &str) -> Result<Option<usize>, FetchError> {
        let Some((bytes, is_new)) = self.answer(name, path)? else { return Ok(None) };
        // What is no answer is not kept, so that the next run asks again.
        self.files.list.push(File::parse(name, bytes.clone())?);
        if is_new {
            self.keep(name, &bytes)?;
        }
        Ok(Some(self.files.list.len() - 1))
    }

    /// Fetches `path` with `page=1`, `page=2` and so on, until `is_last` says of a page that none follows. `None` if there
    /// is no such address.
    pub(super) fn pages(
        &mut self,
        name: &str,
        path: &str,
        is_last: impl Fn(&Json) -> bool,
    ) -> Result<Option<()>, FetchError> {
        let mark = if path.contains('?') { '&' } else { '?' };
        for page in 1..=IMPORT_PAGES {
            let at = self.json(&format!("{name}-{page}.json"), &format!("{path}{mark}page={page}"))?;
            let Some(at) = at else { return Ok((page > 1).then_some(())) };
            // A server that does not know pages sends the same again.
            let file = &self.files.list[at];
            let before = at.checked_sub(1).and_then(|before| self.files.list.get(before));
            let repeats = page > 1 && before.is_some_and(|before| before.origin.text == file.origin.text);
            if is_last(&file.value) || repeats {
                return Ok(Some(()));
            }
        }
        let base = &self.base;
        let message = message!(
            "import-session-endless",
            "{base}/{path} has more than {most} pages",
            base,
            path,
            most = IMPORT_PAGES
        );
        let help =
            message!("import-session-endless-help", "save the answers yourself, and name their folder");
        Err(FetchError::environment(message, help))
    }
}

fn redirects(address: &str, target: &str) -> Message {
    message!("import-session-redirect", "{address} redirects to {target}", address, target)
}

fn fetch_again() -> Message {
    message!("import-session-unread-help", "delete the file; the next run fetches it again")
}

/// An account without a page at a host.
pub(super) fn no_page(host: &str) -> FetchError {
    let message = message!("import-session-no-page", "the account has no page at {host}", host);
    let help = message!("import-session-no-page-help", "name the address of the page as readers see it");
    FetchError::usage(message, help)
}

/// The scheme and host of an address.
pub(super) fn origin_of(address: &str) -> &str {
    let start = address.find("://").map_or(0, |at| at + 3);
    let end = address[start..].find('/').map_or(address.len(), |at| start + at);
    &address[..end]
}

/// The host of an address, with its port, whether or not the address has a scheme.
pub(super) fn host_of(address: &str) -> &str {
    let start = address.find("://").map_or(0, |at| at + 3);
    address[start..].split(['/', '?', '#']).next().unwrap_or_default()
}

/// The address of an API, which the environment may change, as for a proxy or a server of your own.
pub(super) fn api(settings: &Settings, variable: &str, usual: &str) -> String {
    settings.environment.get(variable).unwrap_or(usual).trim_end_matches('/').to_owned()
}
