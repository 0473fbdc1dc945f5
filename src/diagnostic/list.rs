//! All diagnostics of a run: counted, limited for each file, and sorted.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Diagnostic, Place, Severity};
use crate::limits::FAULTS;
use crate::message::message;

/// How much else can follow from a diagnostic.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cause {
    /// An error in site.yaml, on which all entries depend.
    OfSite,
    /// A file that cannot be read.
    OfFile,
    Error,
    /// A warning.
    None,
}

/// The families of errors after which a file is not read further.
const UNREADABLE: [&str; 3] = ["source/", "front-matter/", "yaml/"];

impl Cause {
    fn of(diagnostic: &Diagnostic) -> Cause {
        match diagnostic.severity {
            Severity::Warning => Cause::None,
            Severity::Error if UNREADABLE.iter().any(|family| diagnostic.code.starts_with(family)) => {
                Cause::OfFile
            }
            Severity::Error => Cause::Error,
        }
    }
}

fn cause_of_file(diagnostic: &Diagnostic) -> Cause {
    let is_site = diagnostic.severity == Severity::Error && *diagnostic.place.file == *SITE;
    if is_site { Cause::OfSite } else { Cause::of(diagnostic) }
}

/// The file with the settings of the site.
const SITE: &str = "content/site.yaml";

#[derive(Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(all: I) -> Diagnostics {
        Diagnostics { list: all.into_iter().collect() }
    }
}

impl Diagnostics {
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    pub fn extend(&mut self, others: impl IntoIterator<Item = Diagnostic>) {
        self.list.extend(others);
    }

    /// Keeps the first faults of each file, errors before warnings, and reports how many more there are. Each
    /// fault takes time to show, and nothing is gained by showing a hundred thousand.
    pub fn bound(&mut self) {
        let mut files: HashMap<Arc<str>, usize> = HashMap::new();
        for diagnostic in &self.list {
            *files.entry(Arc::clone(&diagnostic.place.file)).or_default() += 1;
        }
        files.retain(|_, count| *count > FAULTS);
        if files.is_empty() {
            return;
        }
        self.list.sort_by_key(|d| d.severity == Severity::Warning);
        let mut kept: HashMap<Arc<str>, (usize, usize)> = HashMap::new();
        self.list.retain(|d| {
            let (shown, errors) = kept.entry(Arc::clone(&d.place.file)).or_default();
            *shown += 1;
            let stays = *shown <= FAULTS;
            *errors += usize::from(!stays && d.severity == Severity::Error);
            stays
        });
        for (file, count) in files {
            let has_errors = kept.get(&file).is_some_and(|(_, errors)| *errors > 0);
            let message = message!(
                "diagnostic-too-many-faults",
                "this file has {more} more errors or warnings",
                more = count - FAULTS
            );
            let help = message!(
                "diagnostic-too-many-faults-help",
                "fix those that `noroshi` shows, and run it again"
            );
            let further =
                Diagnostic::error("source/too-many-faults", Place::whole(&file), message).help(help);
            self.list.push(if has_errors { further } else { further.softened() });
        }
    }

    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.severity == Severity::Error)
    }

    /// The numbers of errors and warnings.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let errors = self.list.iter().filter(|d| d.severity == Severity::Error).count();
        (errors, self.list.len() - errors)
    }

    /// All diagnostics without duplicates, causes first: site.yaml, then files that cannot be read, then files with
    /// other errors, then the rest. Within a file they have the same order. Otherwise the file and the position
    /// decide.
    #[must_use]
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut files: HashMap<&str, Cause> = HashMap::new();
        for diagnostic in &self.list {
            let cause = files.entry(&diagnostic.place.file).or_insert(Cause::None);
            *cause = (*cause).min(cause_of_file(diagnostic));
        }
        let mut list: Vec<&Diagnostic> = self.list.iter().collect();
        let file = |d: &Diagnostic| files.get(&*d.place.file).copied().unwrap_or(Cause::None);
        let key = |d: &Diagnostic| (Cause::of(d), d.place.range.as_ref().map_or(0, |r| r.start), d.code);
        list.sort_by(|a, b| (file(a), &a.place.file, key(a)).cmp(&(file(b), &b.place.file, key(b))));
        list.dedup_by(|a, b| a.code == b.code && a.place == b.place && a.message == b.message);
        list
    }
}
