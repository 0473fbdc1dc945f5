//! `noroshi init --cms`: writes the web editor for people without git.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Outcome;
use super::console::say;
use super::editor::put;
use super::error::Error;
use crate::atomic::Overwrite;
use crate::cms::{self, Backend};
use crate::file;
use crate::kind::EntryKind;
use crate::limits::STATIC_FILE_BYTES;
use crate::load;
use crate::message::{Message, Reason, message};
use crate::model::Config;
use crate::os::Shown as _;

/// Parses the value of `--cms`.
pub(super) fn backend(written: &str) -> Result<Backend, Reason> {
    Backend::parse(written).ok_or_else(|| {
        Reason(message!("cli-cms-backend", "write `local`, `github:OWNER/NAME` or `gitlab:GROUP/NAME`"))
    })
}

/// Writes the web editor of an existing site.
pub(super) fn begin(dir: &Path, backend: &Backend) -> Result<Outcome, Error> {
    let config = config(dir)?;
    let folder = dir.join("content/static").join(cms::FOLDER);
    let monthly: Vec<EntryKind> = EntryKind::ALL.into_iter().filter(|kind| is_monthly(dir, *kind)).collect();
    let files = cms::files(&config, backend, &monthly);
    for (name, text) in &files {
        let path = folder.join(name);
        let Ok(there) = file::read_text(&path, STATIC_FILE_BYTES) else { continue };
        if there != *text && !cms::is_unchanged(&there) {
            let message = message!("cli-cms-changed", "`{path}` has manual changes", path = path.shown());
            let help = message!(
                "cli-cms-changed-help",
                "move it away, run this again and copy your changes into the new file; nothing was written"
            );
            return Err(Error::environment(message, help));
        }
    }
    let (is_complete, mut wanted) = bundle(dir, &folder)?;
    wanted.extend(files.into_iter().map(|(name, text)| (folder.join(name), text.into())));
    put(Overwrite::File, &wanted)?;
    if is_complete {
        say(match backend {
            Backend::Local => message!(
                "cli-cms-next-local",
                "next: run npx decap-server@3.11.3 and noroshi serve at the same time, and open /admin/"
            ),
            _ => message!(
                "cli-cms-next-setup",
                "next: do the one-time setup that the top of config.yml and docs/editors.md describe"
            ),
        });
    } else {
        let init = match backend {
            Backend::Local => "local".to_owned(),
            Backend::Github(repository) => format!("github:{repository}"),
            Backend::Gitlab(repository) => format!("gitlab:{repository}"),
        };
        say(message!("cli-cms-next", "next: {command}", command = cms::command()));
        say(message!("cli-cms-then", "then: {command}", command = format!("noroshi init --cms {init}")));
    }
    Ok(Outcome::Done)
}

pub(super) fn config(dir: &Path) -> Result<Config, Error> {
    match load::configuration(dir) {
        Ok(Some(config)) => Ok(config),
        Ok(None) => {
            let message = message!("cli-cms-errors", "cannot make the forms, because site.yaml has errors");
            Err(Error::content(message, message!("cli-cms-errors-help", "run `noroshi check` to see them")))
        }
        Err(error) => Err(Error::environment(error.message(), Message::default())),
    }
}

/// Whether the entries of a kind lie in one folder per month, as `2026-11/`.
fn is_monthly(dir: &Path, kind: EntryKind) -> bool {
    let Ok(found) = fs::read_dir(dir.join("content").join(kind.folder())) else { return false };
    let is_month = |name: &str| {
        let (year, month) = name.split_once('-').unwrap_or_default();
        let digits = |part: &str, count| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
        digits(year, 4) && digits(month, 2)
    };
    found.flatten().any(|entry| entry.path().is_dir() && is_month(&entry.file_name().to_string_lossy()))
}

type Copied = (PathBuf, Vec<u8>);

/// Whether the CMS bundle is available locally, and the files to copy so that it lies beside its configuration.
fn bundle(dir: &Path, folder: &Path) -> Result<(bool, Vec<Copied>), Error> {
    let there = folder.join(cms::BUNDLE);
    let package = dir.join("node_modules").join(cms::PACKAGE).join("dist");
    for (path, is_ours) in [(there.clone(), true), (package.join(cms::BUNDLE), false)] {
        let bytes = match file::read(&path, STATIC_FILE_BYTES) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(unreadable(&path, &error)),
        };
        if !cms::is_bundle(&bytes) {
            let message = message!(
                "cli-cms-other-bundle",
                "`{path}` is not {package} {version}",
                path = path.shown(),
                package = cms::PACKAGE,
                version = cms::VERSION
            );
            let help = if is_ours {
                message!("cli-cms-own-bundle-help", "remove it and run this again; nothing was written")
            } else {
                let command = cms::command();
                message!("cli-cms-other-bundle-help", "run `{command}`; nothing was written", command)
            };
            return Err(Error::environment(message, help));
        }
        if is_ours {
            return Ok((true, Vec::new()));
        }
        let licence = package.join(cms::LICENCE);
        let text = file::read(&licence, STATIC_FILE_BYTES).map_err(|error| unreadable(&licence, &error))?;
        return Ok((true, vec![(there, bytes), (folder.join(cms::LICENCE), text)]));
    }
    Ok((false, Vec::new()))
}

fn unreadable(path: &Path, error: &io::Error) -> Error {
    let message = message!("cli-cms-unreadable", "cannot read {path}: {error}", path = path.shown(), error);
    Error::environment(message, Message::default())
}
