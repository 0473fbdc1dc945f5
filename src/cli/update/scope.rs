//! Where `noroshi update --scope` writes: into the front matter, or below the new update if one before it says who is
//! affected. Readers see what was said last, so the front matter would change nothing.

use super::changes::in_locale;
use crate::cli::editor::{self, Editor};
use crate::cli::error::Error;
use crate::cli::request::UpdateRequest;
use crate::model::EntryRef;
use crate::source::FoundFile;
use crate::vocabulary::FactKey;

/// The fact line of the new update, which is taken from the request. `None` if the front matter is the place.
pub(super) fn restated(
    editor: &Editor<'_>,
    entry: &FoundFile,
    request: &mut UpdateRequest,
) -> Result<Option<(FactKey, String)>, Error> {
    let is_said = match editor.model.entries().find(|of| of.head().file == entry.name) {
        Some(EntryRef::Incident(found)) => found.updates.iter().any(|update| update.change.scope.is_some()),
        Some(EntryRef::Maintenance(found)) => {
            found.updates.iter().any(|update| update.change.scope.is_some())
        }
        _ => false,
    };
    if !is_said {
        return Ok(None);
    }
    for (at, typed) in request.scope.iter().enumerate() {
        let (locale, text) = in_locale(editor, "--scope", typed)?;
        if locale.is_none() {
            let value = editor::one_line("--scope", &text)?;
            request.scope.remove(at);
            return Ok(Some((FactKey::Scope, value)));
        }
    }
    Ok(None)
}
