//! `noroshi check --fix`: fixes problems that have exactly one right answer, and shows the changes.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::console::{self, Progress, Work};
use super::editor;
use super::error::Error;
use super::site;
use crate::diagnostic::{Diagnostics, Fix};
use crate::edit::{Raw, diff, fixes};
use crate::limits::FIX_PASSES;
use crate::load::{self, Overlay};
use crate::message::{Message, count, message};
use crate::source::FoundFile;

struct FixedFile {
    before: Raw,
    after: Raw,
}

/// Fixes the files that `concerns` selects, and writes them.
pub(super) fn run(root: &Path, concerns: &dyn Fn(&str) -> bool) -> Result<(), Error> {
    let progress = Progress::new();
    let mut found = site::load(root, None, &progress)?.diagnostics;
    let mut mended: BTreeMap<Arc<str>, FixedFile> = BTreeMap::new();
    for _ in 0..FIX_PASSES {
        if !pass(root, &found, concerns, &mut mended)? {
            break;
        }
        let overlay: Overlay = mended
            .iter()
            .map(|(name, file)| (Arc::clone(name), Some(Arc::clone(file.after.text()))))
            .collect();
        let loaded = load::load_over(root, None, &overlay, &|| progress.step(Work::Read));
        found = loaded.map_err(|error| editor::disk(error.message()))?.diagnostics;
    }
    for (name, file) in &mended {
        let path = root.join(&**name);
        let diff = diff::unified(name, file.before.text(), file.after.text());
        console::say_lines(Message::same(diff.trim_end()));
        editor::replace(&path, file.before.bytes(), file.after.bytes())?;
    }
    if !mended.is_empty() {
        let files = count(mended.len(), "file", "files");
        console::say(message!("cli-fix-done", "fixed {files}", files));
    }
    Ok(())
}

/// Applies the fixes of one set of diagnostics. Returns whether there were any.
fn pass(
    root: &Path,
    found: &Diagnostics,
    concerns: &dyn Fn(&str) -> bool,
    mended: &mut BTreeMap<Arc<str>, FixedFile>,
) -> Result<bool, Error> {
    let mut by_file: BTreeMap<Arc<str>, Vec<Fix>> = BTreeMap::new();
    for diagnostic in found.sorted() {
        let name = &diagnostic.place.file;
        if let Some(fix) = diagnostic.fix.as_deref().cloned().filter(|_| concerns(name)) {
            by_file.entry(Arc::clone(name)).or_default().push(fix);
        }
    }
    let mut any = false;
    for (name, fixes) in by_file {
        // Theme files are not entries and cannot be fixed here.
        let Some(file) = FoundFile::named(&name) else { continue };
        if !mended.contains_key(&name) {
            let before = editor::read(&FoundFile { path: root.join(&*name), ..file })?;
            mended.insert(Arc::clone(&name), FixedFile { after: before.clone(), before });
        }
        let Some(file) = mended.get_mut(&name) else { continue };
        if let Some(after) = fixes::apply(&file.after, &fixes) {
            file.after = after;
            any = true;
        }
    }
    mended.retain(|_, file| file.before.bytes() != file.after.bytes());
    Ok(any)
}
