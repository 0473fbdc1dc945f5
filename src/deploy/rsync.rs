//! A folder on another machine, by the program `rsync` over `ssh`.
//!
//! `rsync` puts each file in place whole. It has no write with a condition, so here two deployments are kept apart only as far
//! as `lock.rs` says. Arguments are fixed, names of files are handed over as a list, and there is no shell.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::sides;
use super::state::CONTROL;
use super::store::{Cause, SiteFile, Store, StoreError, Version, Written};
use crate::address::is_part;
use crate::file;
use crate::limits::OBJECT_BYTES;
use crate::message::message;
use crate::model::deploy::Coding;
use crate::text;

pub struct Rsync {
    /// `user@host:/path/`.
    remote: String,
    port: Option<u16>,
    encoding: &'static str,
    /// Control files and side files on their way, and an empty folder.
    work: TempDir,
}

impl Rsync {
    /// # Errors
    /// No temporary folder can be created.
    pub fn new(host: &str, path: &str, port: Option<u16>) -> Result<Rsync, StoreError> {
        let work = TempDir::with_prefix("noroshi-").map_err(|error| StoreError {
            message: message!("deploy-temporary-unmade", "cannot create a temporary folder: {error}", error),
            cause: Cause::Store,
        })?;
        Ok(Rsync { remote: format!("{host}:{path}/"), port, encoding: "", work })
    }

    /// The same folder with side files.
    #[must_use]
    pub fn beside(self, codings: &[Coding]) -> Rsync {
        Rsync { encoding: sides::encoding(codings), ..self }
    }

    /// The folder that holds these files: the published one, or one in which side files are made.
    fn source(&self, files: &[SiteFile<'_>]) -> Result<PathBuf, StoreError> {
        let Some(first) = files.first().filter(|first| first.coding.is_some()) else {
            files.iter().try_for_each(|file| file.bytes().map(drop))?;
            return Ok(files.first().map_or_else(PathBuf::new, |first| first.folder.to_path_buf()));
        };
        let _ = fs::remove_dir_all(self.work.path().join("beside"));
        let made = self.folder("beside")?;
        for file in files {
            let (bytes, place) = (file.bytes()?, made.join(file.path));
            let write = || {
                place.parent().map_or(Ok(()), fs::create_dir_all)?;
                let mut made = File::create(&place)?;
                made.write_all(&bytes)?;
                // Servers send this time with each form of a text, so it should be the same.
                made.set_modified(first.folder.join(file.source()).metadata()?.modified()?)
            };
            write().map_err(|error| StoreError::of_disk(&error))?;
        }
        Ok(made)
    }

    fn shell(&self) -> String {
        let port = self.port.map(|port| format!(" -p {port}")).unwrap_or_default();
        // Nobody is there to answer a question. One connection serves all calls.
        let socket = self.work.path().join("ssh");
        format!(
            "ssh -oBatchMode=yes -oControlMaster=auto -oControlPersist=20 -oControlPath={}{port}",
            socket.display()
        )
    }

    /// Runs `rsync` for these paths, from one folder to another, and returns what it prints.
    fn run(
        &self,
        options: &[&str],
        paths: &[&str],
        from: OsString,
        to: OsString,
    ) -> Result<String, StoreError> {
        let from_remote = from == OsString::from(&self.remote);
        let mut command = Command::new("rsync");
        command
            .args([
                "--links",
                "--chmod=D755,F644",
                "--timeout=60",
                "--8-bit-output",
                "--from0",
                "--files-from=-",
            ])
            .arg(format!("--rsh={}", self.shell()))
            .env("LC_ALL", "C")
            .args(options)
            .arg("--")
            .args([from, to])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut run = || {
            let mut child = command.spawn()?;
            let list = paths.join("\0");
            // Written beside the reading of the output, since both may be longer than a pipe.
            let input = child.stdin.take();
            let output = std::thread::scope(|scope| {
                scope.spawn(move || input.map(|mut input| input.write_all(list.as_bytes())));
                child.wait_with_output()
            })?;
            io::Result::Ok(output)
        };
        let output = run().map_err(|error| match error.kind() {
            ErrorKind::NotFound => StoreError {
                message: message!(
                    "deploy-no-rsync",
                    "cannot deploy to {remote}: `rsync` is not installed",
                    remote = self.remote
                ),
                cause: Cause::Program,
            },
            _ => StoreError {
                message: message!("deploy-rsync-not-run", "cannot run `rsync`: {error}", error),
                cause: Cause::Store,
            },
        })?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let stderr = String::from_utf8_lossy(&output.stderr);
        if from_remote && stderr.contains("change_dir") && stderr.contains("No such file or directory") {
            // The folder is made by the first file that is sent.
            return Ok(String::new());
        }
        let lines =
            stderr.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("Warning:"));
        let lines: Vec<&str> = lines.take(3).collect();
        let why = text::visible(&lines.join("; ")).into_owned();
        let cause = if ["Permission denied", "Host key verification"].iter().any(|sign| why.contains(sign)) {
            Cause::Credentials
        } else {
            Cause::Store
        };
        let message = message!("deploy-rsync", "cannot deploy to {remote}: {why}", remote = self.remote, why);
        Err(StoreError { message, cause })
    }

    /// Removes those of these folders that hold nothing, and then those above them. `rsync` keeps one that holds
    /// something.
    fn remove_empty(&self, mut folders: BTreeSet<PathBuf>) -> Result<(), StoreError> {
        while !folders.is_empty() {
            // A folder that holds another one must be there, or `rsync` would not look into it.
            let is_lowest = |folder: &&PathBuf| {
                !folders.iter().any(|other| other != *folder && other.starts_with(folder))
            };
            let lowest: BTreeSet<PathBuf> = folders.iter().filter(is_lowest).cloned().collect();
            let _ = fs::remove_dir_all(self.work.path().join("gone"));
            let gone = self.folder("gone")?;
            for above in lowest.iter().filter_map(|folder| folder.parent()) {
                self.folder(&format!("gone/{}", above.display()))?;
            }
            let paths: Vec<String> = lowest.iter().map(|folder| folder.display().to_string()).collect();
            let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
            let options = ["--delete-missing-args", "--out-format=%o %n"];
            let printed = self.run(&options, &paths, inside(&gone), OsString::from(&self.remote))?;
            let removed = printed.lines().filter_map(|line| line.strip_prefix("del. "));
            let above = removed.filter_map(|path| Path::new(path.trim_end_matches('/')).parent());
            let above: Vec<PathBuf> = above.filter(|above| is_inside(above)).map(Path::to_path_buf).collect();
            folders.retain(|folder| !lowest.contains(folder));
            folders.extend(above);
        }
        Ok(())
    }

    fn folder(&self, name: &str) -> Result<PathBuf, StoreError> {
        let folder = self.work.path().join(name);
        fs::create_dir_all(&folder).map_err(|error| StoreError {
            message: message!("deploy-temporary", "cannot use a temporary folder: {error}", error),
            cause: Cause::Store,
        })?;
        Ok(folder)
    }
}

/// The folders that may hold nothing after these files are gone. Each round costs a connection, so those that always
/// hold something are left out: a side file goes before its text, and others are in the folders of parts and of
/// deployments.
fn emptied(paths: &[&str]) -> BTreeSet<PathBuf> {
    let kept = |path: &&&str| is_part(path) || path.starts_with(CONTROL) || sides::text_of(path) != **path;
    let folders = paths.iter().filter(|path| !kept(path)).filter_map(|path| Path::new(path).parent());
    folders.filter(|folder| is_inside(folder)).map(Path::to_path_buf).collect()
}

/// Whether a folder is below that of the site.
fn is_inside(folder: &Path) -> bool {
    !folder.as_os_str().is_empty()
}

/// The path of a folder, so that `rsync` takes what is in it.
fn inside(folder: &Path) -> OsString {
    let mut path = folder.as_os_str().to_os_string();
    path.push("/");
    path
}

impl Store for Rsync {
    fn shown(&self) -> String {
        self.remote.trim_end_matches('/').to_owned()
    }

    fn encoding(&self) -> &'static str {
        self.encoding
    }

    fn read(&self, path: &str) -> Result<Option<(Vec<u8>, Version)>, StoreError> {
        let folder = self.folder("read")?;
        let local = folder.join(path);
        let _ = fs::remove_file(&local);
        self.run(
            &["--ignore-times", "--ignore-missing-args"],
            &[path],
            OsString::from(&self.remote),
            inside(&folder),
        )?;
        match file::read(&local, OBJECT_BYTES) {
            Ok(bytes) => Ok(Some((bytes, Version::default()))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError::of_disk(&error)),
        }
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let folder = self.folder("write")?;
        let local = folder.join(path);
        let written =
            local.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&local, bytes));
        written.map_err(|error| StoreError::of_disk(&error))?;
        let options = ["--ignore-times", "--mkpath"];
        self.run(&options, &[path], inside(&folder), OsString::from(&self.remote)).map(drop)
    }

    fn create(&self, path: &str, bytes: &[u8]) -> Result<Written, StoreError> {
        self.write(path, bytes).map(|()| Written::Yes)
    }

    fn replace(&self, path: &str, bytes: &[u8], _: &Version) -> Result<Written, StoreError> {
        self.write(path, bytes).map(|()| Written::Yes)
    }

    fn put(&self, files: &[SiteFile<'_>]) -> Result<(), StoreError> {
        if files.is_empty() {
            return Ok(());
        }
        let source = self.source(files)?;
        let paths: Vec<&str> = files.iter().map(|file| file.path).collect();
        let options = ["--ignore-times", "--times", "--mkpath"];
        self.run(&options, &paths, inside(&source), OsString::from(&self.remote)).map(drop)
    }

    fn remove(&self, paths: &[&str]) -> Result<(), StoreError> {
        if paths.is_empty() {
            return Ok(());
        }
        // The files are missing here and their folders are not, so that only the files are removed.
        let _ = fs::remove_dir_all(self.work.path().join("gone"));
        let gone = self.folder("gone")?;
        for folder in paths.iter().filter_map(|path| Path::new(path).parent()).collect::<BTreeSet<_>>() {
            self.folder(&format!("gone/{}", folder.display()))?;
        }
        self.run(&["--delete-missing-args"], paths, inside(&gone), OsString::from(&self.remote))?;
        self.remove_empty(emptied(paths))
    }

    fn existing(&self, paths: &[&str]) -> Result<BTreeSet<String>, StoreError> {
        let empty = self.folder("empty")?;
        let options = ["--dry-run", "--ignore-missing-args", "--out-format=%n"];
        let printed = self.run(&options, paths, OsString::from(&self.remote), inside(&empty))?;
        Ok(named(&printed, paths))
    }

    fn differing(&self, files: &[SiteFile<'_>]) -> Result<BTreeSet<String>, StoreError> {
        if files.is_empty() {
            return Ok(BTreeSet::new());
        }
        let source = self.source(files)?;
        let paths: Vec<&str> = files.iter().map(|file| file.path).collect();
        let options = ["--dry-run", "--checksum", "--out-format=%n"];
        let printed = self.run(&options, &paths, inside(&source), OsString::from(&self.remote))?;
        Ok(named(&printed, &paths))
    }
}

/// The paths that `rsync` names. It names folders, too, and these end in `/`.
fn named(printed: &str, paths: &[&str]) -> BTreeSet<String> {
    let printed: BTreeSet<&str> = printed.lines().collect();
    paths.iter().filter(|path| printed.contains(**path)).map(|path| (*path).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_looked_at_only_if_it_may_hold_nothing() {
        let part = crate::address::part(&"0".repeat(64));
        let paths = [
            "a/b/index.html",
            "a/c.html",
            "top.html",
            "d/e.html.gz",
            part.as_str(),
            ".noroshi-deploy/lock.json",
        ];
        assert_eq!(emptied(&paths).into_iter().collect::<Vec<_>>(), [Path::new("a"), Path::new("a/b")]);
    }
}
