//! `noroshi init --issue-forms`: the forms with which people without git write entries, and their workflow.

use std::path::{Path, PathBuf};

use crate::atomic::Overwrite;
use crate::cli::cms;
use crate::cli::console::say;
use crate::cli::editor::put;
use crate::cli::error::Error;
use crate::file;
use crate::issues::form;
use crate::limits::TEXT_FILE_BYTES;
use crate::message::message;
use crate::os::Shown as _;

/// The workflow that reads issues.
const WORKFLOW: (&str, &str) =
    (".github/workflows/status-issues.yml", include_str!("../starter/ci-github-issues.yml"));

/// Writes the forms of a site, and what is missing of the workflow. `install` is the script with which it installs the
/// program.
pub(super) fn begin(dir: &Path, install: (&str, &str)) -> Result<(), Error> {
    let config = cms::config(dir)?;
    let forms = form::files(&config);
    for (name, text) in &forms {
        let path = dir.join(name);
        let Ok(there) = file::read_text(&path, TEXT_FILE_BYTES) else { continue };
        if there != *text && !form::is_unchanged(&there) {
            let message =
                message!("cli-init-form-changed", "`{path}` has manual changes", path = path.shown());
            let help = message!(
                "cli-init-form-changed-help",
                "move it away, run this again and copy your changes into the new file; no form was written"
            );
            return Err(Error::environment(message, help));
        }
    }
    let is_new = dir.join(WORKFLOW.0).symlink_metadata().is_err();
    let missing =
        [WORKFLOW, install].into_iter().filter(|(name, _)| dir.join(name).symlink_metadata().is_err());
    let missing: Vec<(PathBuf, &str)> = missing.map(|(name, text)| (dir.join(name), text)).collect();
    put(Overwrite::Nothing, &missing)?;
    let written: Vec<(PathBuf, &String)> = forms.iter().map(|(name, text)| (dir.join(name), text)).collect();
    put(Overwrite::File, &written)?;
    for name in form::paths().iter().filter(|name| !forms.iter().any(|(form, _)| form == *name)) {
        if dir.join(name).symlink_metadata().is_ok() {
            say(message!(
                "cli-init-form-needless",
                "remove {path}: site.yaml has no categories of questions",
                path = dir.join(name).shown()
            ));
        }
    }
    if is_new {
        say(super::next_setup(&dir.join(WORKFLOW.0)));
    }
    if config.issues.writers.is_empty() {
        say(message!(
            "cli-init-writers",
            "then name the people who may write, in content/site.yaml: `issues: {{writers: [LOGIN, LOGIN]}}`"
        ));
    }
    Ok(())
}
