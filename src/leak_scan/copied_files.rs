//! Finds forbidden words in files that are copied unchanged, because no other rule reads their text.

use std::collections::HashSet;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use crate::message::Message;
use crate::model::{Level, Model};
use crate::text;

pub(super) const FORBIDDEN: &str = "policy/forbidden-word";

/// The copied files, and the words that must not occur in them.
pub(super) struct Copied<'m> {
    paths: HashSet<&'m str>,
    forbidden: Option<AhoCorasick>,
    words: &'m [String],
}

impl<'m> Copied<'m> {
    pub(super) fn new(model: &'m Model) -> Result<Copied<'m>, Message> {
        let policy = &model.config.policy;
        let is_asked = policy.level(FORBIDDEN) == Level::Error && !policy.forbid.is_empty();
        let forbidden = is_asked.then(|| {
            // The crate might choose an automaton that takes quadratic time for repeated words.
            AhoCorasick::builder()
                .kind(Some(AhoCorasickKind::ContiguousNFA))
                .build(policy.forbid.iter().map(|word| text::fold(word)))
                .map_err(|error| Message::same(error.to_string()))
        });
        Ok(Copied {
            paths: model.assets.iter().map(String::as_str).collect(),
            forbidden: forbidden.transpose()?,
            words: &policy.forbid,
        })
    }

    pub(super) fn contains(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    /// The first forbidden word in a copied file.
    pub(super) fn find(&self, path: &str, bytes: &[u8]) -> Option<&'m str> {
        let forbidden = self.forbidden.as_ref().filter(|_| self.contains(path))?;
        let hit = forbidden.find(text::fold(&String::from_utf8_lossy(bytes)).as_bytes())?;
        self.words.get(hit.pattern().as_usize()).map(String::as_str)
    }
}
