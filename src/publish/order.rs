//! The order in which a build changes the folder, and what must be durable before the next step.
//!
//! A power cut may undo any step that was not synced, in any order. So a build syncs the folder
//! wherever a later step would be wrong without an earlier one:
//!
//! 1. bytes of all staged files, before the journal names them;
//! 2. the journal, before the first file is moved into place;
//! 3. new files, before the journal marks them as linked, and that journal, before the files that
//!    link to them;
//! 4. changed files, and so every part of the manifest, before the head of the manifest lists them;
//! 5. the head, before files and parts that it no longer lists are removed;
//! 6. removals, before the journal that claims them is removed, and that, before the build ends.
//!
//! So a manifest that survives lists only files that survive, or a journal beside it says which
//! files to doubt. A build that changes nothing syncs nothing.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::journal::Journal;
use super::manifest_text::Text;
use super::output_dir::OutputDir;
use super::plan::Plan;
use super::stage::Stage;
use super::{Error, Publication, Report, Staged, address, names};

/// A build that knows what it will change.
pub(super) struct Order<'a> {
    publication: &'a Publication,
    stage: &'a Stage,
    ground: OutputDir<'a>,
    /// The whole site, sorted.
    staged: &'a [Staged],
    plan: Plan<'a>,
    /// The journal as it is on disk.
    journal: Vec<u8>,
}

impl<'a> Order<'a> {
    pub(super) fn new(publication: &'a Publication, staged: &'a [Staged]) -> Result<Order<'a>, Error> {
        let Publication { place, out, found, stage, .. } = publication;
        let ground = OutputDir { place: place.as_ref(), out, found };
        let plan = Plan::new(&ground, staged)?;
        Ok(Order { publication, stage, ground, staged, plan, journal: Vec::new() })
    }

    pub(super) fn run(mut self, manifest: &Text<'_>) -> Result<Report, Error> {
        let found = self.ground.found;
        let renewed = manifest.head != found.manifest_bytes;
        let mut removed = 0;
        if renewed || !self.plan.is_empty() {
            match self.change(manifest, renewed) {
                Ok(count) => removed = count,
                Err(error) => {
                    self.leave_in_doubt();
                    return Err(error);
                }
            }
        } else {
            self.is_still_there()?;
            self.publication.keep_spare(manifest);
            if found.journal.is_some() {
                self.sync(&self.compared(), |_| false)?;
                self.end()?;
            }
        }
        let files = self.staged.len() + 1;
        let written = self.plan.new.len() + self.plan.changed.len() + usize::from(renewed);
        Ok(Report { files, written, unchanged: files - written, removed })
    }

    /// Returns the number of removed files.
    fn change(&mut self, manifest: &Text<'_>, renewed: bool) -> Result<usize, Error> {
        // Everything that needs disk space is written before the first rename.
        let waiting = renewed.then(|| self.write(names::MANIFEST, &manifest.head)).transpose()?;
        let mut journal = self.first_journal();
        let begun = journal.to_bytes();
        journal.link(|path| address::contains(self.staged, path));
        let linked = journal.to_bytes();
        journal.finish();
        let finished = journal.to_bytes();
        let begun = (self.write(names::JOURNAL, &begun)?, begun);
        let linked = self.next_journal(&begun.1, linked)?;
        let before = linked.as_ref().map_or(&begun.1, |(_, bytes)| bytes);
        let finished = self.next_journal(before, finished)?;
        self.is_still_there()?;
        let journals = [Some(&begun), linked.as_ref(), finished.as_ref()];
        let mut files: Vec<PathBuf> = journals.into_iter().flatten().map(|(path, _)| path.clone()).collect();
        files.extend(waiting.clone());
        files.extend(self.plan.new.iter().chain(&self.plan.changed).map(|(source, _)| source.to_path_buf()));
        files.extend(self.compared().iter().map(|path| self.ground.at(path)));
        self.sync_all(&files)?;
        self.publication.write_spare(manifest);

        self.put_journal(Some(begun))?;
        self.sync_top()?;
        // A build that starts now finds our journal. A build that ended before has changed the manifest.
        self.is_unchanged()?;
        let mut removed = self.ground.put_all(&self.plan.new)?;
        self.sync(&paths(&self.plan.new), |_| true)?;
        if linked.is_some() {
            self.put_journal(linked)?;
            self.sync_top()?;
        }
        removed += self.ground.put_all(&self.plan.changed)?;
        let mut there = paths(&self.plan.changed);
        there.extend(self.compared());
        self.sync(&there, |_| false)?;
        self.is_alone()?;
        self.put_journal(finished)?;
        self.is_unchanged()?;
        if let Some(manifest) = waiting {
            self.ground.put(&manifest, names::MANIFEST)?;
        }
        self.sync_top()?;
        removed += self.ground.remove(&self.plan.removals)?;
        self.sync(&self.plan.removals, |_| true)?;
        self.is_alone()?;
        self.end()?;
        Ok(removed)
    }

    /// The journal before the first change. New files are loose, and loose files stay loose.
    fn first_journal(&self) -> Journal {
        let (plan, found) = (&self.plan, self.ground.found);
        let new = || plan.new.iter().map(|(_, path)| (*path).to_owned());
        let changed = plan.changed.iter().map(|(_, path)| (*path).to_owned());
        let removals = plan.removals.iter().map(|path| (*path).to_owned()).collect();
        let doubted = found.owned().into_iter().filter(|path| found.doubts(path)).map(str::to_owned);
        let loose = new().chain(found.loose().cloned()).collect();
        Journal::new(new().chain(changed).collect(), removals, loose, doubted, &self.publication.id)
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<PathBuf, Error> {
        self.stage.write(self.ground.place, path, bytes)
    }

    /// Stages the next journal, if it differs from the one before.
    fn next_journal(&self, before: &[u8], bytes: Vec<u8>) -> Result<Option<(PathBuf, Vec<u8>)>, Error> {
        if before == bytes {
            return Ok(None);
        }
        Ok(Some((self.write(names::JOURNAL, &bytes)?, bytes)))
    }

    fn put_journal(&mut self, next: Option<(PathBuf, Vec<u8>)>) -> Result<(), Error> {
        let Some((source, bytes)) = next else { return Ok(()) };
        self.ground.put(&source, names::JOURNAL)?;
        self.journal = bytes;
        Ok(())
    }

    /// Files that were compared by reading and found the same. No earlier build has vouched for them.
    fn compared(&self) -> Vec<&'a str> {
        self.staged.iter().filter(|file| file.is_compared).map(|file| file.path.as_str()).collect()
    }

    /// Syncs the names of files: the folder of each file and, if `with_above` says so, the folders
    /// above it, which may be new or gone.
    fn sync(&self, paths: &[&str], with_above: impl Fn(&str) -> bool) -> Result<(), Error> {
        let mut folders = BTreeSet::new();
        for path in paths {
            let mut above = address::folders(path).rev();
            if with_above(path) {
                folders.extend(above);
                folders.insert("");
            } else {
                folders.insert(above.next().unwrap_or(""));
            }
        }
        let mut full = Vec::with_capacity(folders.len());
        for folder in folders {
            // A folder that became empty is gone.
            if self.ground.look(folder)?.is_some() {
                full.push(self.ground.at(folder));
            }
        }
        self.sync_all(&full)
    }

    /// Syncs the names in the published folder itself.
    fn sync_top(&self) -> Result<(), Error> {
        self.sync_all(&[self.ground.out.to_path_buf()])
    }

    fn sync_all(&self, paths: &[PathBuf]) -> Result<(), Error> {
        self.publication.sync(paths)
    }

    /// Removes the journal durably: nothing is in doubt any more.
    fn end(&self) -> Result<(), Error> {
        let journal = self.ground.at(names::JOURNAL);
        match self.ground.place.remove_file(&journal) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::io(&journal, error)),
            _ => self.sync_top(),
        }
    }

    /// Checks that the manifest or folder found at the start still exists. Otherwise unchanged
    /// files may be gone too.
    fn is_still_there(&self) -> Result<(), Error> {
        let out = self.ground.out;
        let path = if self.ground.found.manifest_bytes.is_empty() {
            out.to_path_buf()
        } else {
            self.ground.at(names::MANIFEST)
        };
        match self.ground.place.look(&path).map_err(|error| Error::io(&path, error))? {
            Some(_) => Ok(()),
            None => Err(Error::removed(out)),
        }
    }

    /// Checks that the manifest is the one found at the start. Otherwise another build ended since,
    /// and the comparisons with its files are out of date.
    fn is_unchanged(&self) -> Result<(), Error> {
        let path = self.ground.at(names::MANIFEST);
        let there = match self.ground.place.read(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            there => there.map_err(|error| Error::io(&path, error))?,
        };
        match &self.ground.found.manifest_bytes {
            found if *found == there => Ok(()),
            _ if there.is_empty() => Err(Error::removed(self.ground.out)),
            _ => Err(Error::interfered(self.ground.out)),
        }
    }

    /// Checks that the journal is still ours. The lock ensures this, except on two hosts whose file
    /// system has no locks, or if another program removes files.
    fn is_alone(&self) -> Result<(), Error> {
        let journal = self.ground.at(names::JOURNAL);
        match self.ground.place.read(&journal) {
            Ok(bytes) if bytes == self.journal => Ok(()),
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::io(&journal, error)),
            _ => Err(Error::interfered(self.ground.out)),
        }
    }

    /// Marks every change as in doubt, if an error occurred and the journal is missing or not ours.
    fn leave_in_doubt(&self) {
        if self.journal.is_empty() || !self.ground.look("").is_ok_and(|found| found.is_some()) {
            return;
        }
        let there = self.ground.place.read(&self.ground.at(names::JOURNAL)).unwrap_or_default();
        if there == self.journal {
            return;
        }
        let ours = self.ground.found.owned().into_iter().map(str::to_owned);
        let wanted = self.staged.iter().map(|file| file.path.clone());
        let mut journal = Journal::in_doubt(ours.chain(wanted));
        journal.doubt(Journal::parse(&there).all().cloned());
        let bytes = journal.to_bytes();
        // Best effort: the stage and the folder may be gone.
        let stage = Stage::inside(self.ground.out);
        if let Ok(source) = stage.write(self.ground.place, names::JOURNAL, &bytes) {
            let _ = self.ground.place.sync(std::slice::from_ref(&source));
            let _ = self.ground.place.rename(&source, &self.ground.at(names::JOURNAL));
            let _ = self.sync_top();
        }
        stage.remove(self.ground.place);
    }
}

fn paths<'a>(writes: &[(&Path, &'a str)]) -> Vec<&'a str> {
    writes.iter().map(|(_, path)| *path).collect()
}
