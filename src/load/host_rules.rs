//! Reads the team's own rules for its host: `content/host/_headers` and `content/host/_redirects`.

use std::sync::Arc;

use super::Loaded;
use super::entry::TextReader;
use crate::check::forbidden;
use crate::model::read::host_file;
use crate::model::{Config, HostRules};
use crate::source::{FoundFile, ReadError};

/// Reads the rules, and reports their faults. They are published, so forbidden words are faults, too.
pub(super) fn read_host_rules(
    files: &[FoundFile],
    text_of: &TextReader<'_>,
    config: Option<&Config>,
    loaded: &mut Loaded,
) -> Result<HostRules, ReadError> {
    let mut rules = HostRules::default();
    for found in files {
        let text = match text_of(found)? {
            Ok(text) => text,
            Err(diagnostic) => {
                loaded.diagnostics.push(diagnostic);
                continue;
            }
        };
        loaded.diagnostics.extend(host_file(&found.stem, &found.name, &text, &mut rules));
        if let Some(config) = config {
            let words = forbidden::Rules::of(config);
            loaded.diagnostics.extend(forbidden::file(&words, config, &found.name, &text));
        }
        loaded.texts.insert(Arc::clone(&found.name), text);
    }
    Ok(rules)
}
