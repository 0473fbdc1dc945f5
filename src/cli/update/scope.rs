//! Where `noroshi update --scope` writes: into the front matter, or below the new update. Below it, if an update before
//! it says who is affected, since readers see what was said last; and if it is a correction, which shows what was said
//! before.

use super::changes::in_locale;
use crate::cli::editor::{self, Editor};
use crate::cli::error::Error;
use crate::cli::request::UpdateRequest;
use crate::model::EntryRef;
use crate::source::FoundFile;
use crate::vocabulary::{FactKey, Status};

/// The fact line of the new update, which is taken from the request. `None` if the front matter is the place.
pub(super) fn restated(
    editor: &Editor<'_>,
    entry: &FoundFile,
    status: Status,
    request: &mut UpdateRequest,
) -> Result<Option<(FactKey, String)>, Error> {
    let (front, is_said) = match editor.model.entries().find(|of| of.head().file == entry.name) {
        Some(EntryRef::Incident(of)) => {
            (of.scope.as_ref(), of.updates.iter().any(|update| update.change.scope.is_some()))
        }
        Some(EntryRef::Maintenance(of)) => {
            (of.scope.as_ref(), of.updates.iter().any(|update| update.change.scope.is_some()))
        }
        _ => (None, false),
    };
    // An update has its facts in one language.
    let is_alone = request.scope.len() == 1 && front.is_some_and(|scope| scope.all().count() == 1);
    let is_replaced = status == Status::Correction && is_alone;
    if !is_said && !is_replaced {
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
