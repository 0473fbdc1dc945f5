//! The last check before publishing: it searches all output for private text.
//!
//! Types keep private values out of every format. This scan covers the case that a type fails to, and files that
//! are copied unchanged. docs/privacy.md promises which values the scan finds, and in which forms. A value that is
//! also public text does not count as private.
//!
//! Why: docs/decisions/privacy.md.

mod also_public;
mod copied_files;
mod decode;
mod escapes;
mod letters;
mod needles;
mod prefilter;
mod search;
mod terms;
#[cfg(test)]
mod tests;

use std::sync::{Arc, OnceLock};

use crate::cms;
use crate::diagnostic::{Diagnostic, Place};
use crate::digest::Digest;
use crate::message::{Message, message};
use crate::site::Site;
use copied_files::{Copied, FORBIDDEN};
use decode::Kind;
use needles::{NeedleBuilder, Needles};
use terms::PrivateText;

pub use also_public::twice;

/// A search for everything that must not be published.
pub struct Search<'m> {
    needles: Needles,
    /// The owner of each needle, by its number.
    owners: Vec<Owner>,
    site: &'m Site<'m>,
    /// Whether each needle is also public text. It is computed only after something was found.
    public: OnceLock<Vec<bool>>,
    copied: Copied<'m>,
}

struct Owner {
    file: Arc<str>,
    key: Option<String>,
}

/// The result for a file that may be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    Nothing,
    /// The file contains private text that is also public elsewhere. It may be published only while that text is
    /// public.
    Public,
}

/// A file that was about to be published contains text that must not be public.
#[derive(Debug)]
pub struct Leak {
    /// The file of the entry that owns the secret, or the file that contains a forbidden word.
    pub owner: Arc<str>,
    /// The key of the secret, such as `internal.reporter`; `None` for text that is not visible yet.
    pub key: Option<String>,
    /// The path that the file would have been published at.
    pub path: String,
    /// The word, if the policy forbids it.
    pub forbidden: Option<String>,
}

impl Leak {
    /// The leak as a diagnostic. It never contains the private text, because many people can read logs.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        if let Some(word) = &self.forbidden {
            let message = message!(
                "leak-scan-forbidden",
                "`{word}` must not be published: `forbid` in site.yaml names it",
                word
            );
            let help = message!(
                "leak-scan-forbidden-help",
                "noroshi copies this file unchanged: remove the word from it, or take the file out of `static/`"
            );
            return Diagnostic::error(FORBIDDEN, Place::whole(&self.owner), message).help(help);
        }
        let path = &self.path;
        let message = if let Some(key) = &self.key {
            message!("leak-scan-leak", "the value of `{key}` would be published in `{path}`", key, path)
        } else {
            message!(
                "leak-scan-leak-invisible",
                "text of this entry that is not visible yet would be published in `{path}`",
                path
            )
        };
        let help = message!(
            "leak-scan-leak-help",
            "remove it from that file; if it may be public, add it to `allow` in site.yaml (docs/privacy.md says which forms noroshi searches for)"
        );
        Diagnostic::error("privacy/leak", Place::whole(&self.owner), message).help(help)
    }
}

impl std::fmt::Debug for Search<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Search({} needles)", self.needles.len())
    }
}

impl<'m> Search<'m> {
    /// Prepares the search.
    ///
    /// # Errors
    /// Fails if there are more forbidden words than the search can handle. Then nothing may be published.
    pub fn new(site: &'m Site<'m>) -> Result<Search<'m>, Message> {
        let dates = terms::dates(site);
        let mut maker = NeedleBuilder::new(&dates);
        let mut owners = Vec::new();
        for private in terms::secrets(&site.now) {
            let owner = u32::try_from(owners.len()).map_err(|_| {
                message!("leak-scan-too-many", "the site has too many private texts to search for")
            })?;
            maker.add(owner, private.secret.needle(), private.least());
            let PrivateText { file, key, .. } = private;
            owners.push(Owner { file, key });
        }
        let needles = search::without(maker.finish(), &terms::words_of_site(site));
        Ok(Search { needles, owners, site, public: OnceLock::new(), copied: Copied::new(site.now.model)? })
    }

    /// The digest of everything that the search looks for.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::of(&self.needles.parts())
    }

    /// Searches a file and its path.
    ///
    /// # Errors
    /// Fails if the file contains a private text.
    pub fn inspect(&self, path: &str, bytes: &[u8]) -> Result<Found, Leak> {
        if let Some(word) = self.copied.find(path, bytes) {
            let owner = format!("content/static/{path}").into();
            return Err(Leak { owner, key: None, path: path.to_owned(), forbidden: Some(word.to_owned()) });
        }
        if self.needles.is_empty() {
            return Ok(Found::Nothing);
        }
        let (mut all, mut leak) = (Found::Nothing, None);
        let mut hit = |needle: usize| {
            let is_public = self.is_public(needle);
            if is_public {
                all = Found::Public;
            } else {
                leak = Some(needle);
            }
            is_public
        };
        let _ = search::search(path.as_bytes(), Kind::Text, &self.needles, &mut hit)
            && search::search(bytes, Kind::of(path), &self.needles, &mut hit);
        let Some(needle) = leak else { return Ok(all) };
        // The bundle has five megabytes of third-party code, which was public before any secret of the site.
        if path.ends_with(cms::BUNDLE) && cms::is_bundle(bytes) {
            return Ok(Found::Nothing);
        }
        let owner = &self.owners[self.needles.owner(needle) as usize];
        Err(Leak {
            owner: Arc::clone(&owner.file),
            key: owner.key.clone(),
            path: path.to_owned(),
            forbidden: None,
        })
    }

    fn is_public(&self, needle: usize) -> bool {
        let public = self.public.get_or_init(|| {
            let mut found = vec![false; self.needles.len()];
            for (kind, bytes) in terms::public(self.site) {
                search::search(&bytes, kind, &self.needles, &mut |needle| {
                    found[needle] = true;
                    true
                });
            }
            found
        });
        public[needle]
    }
}
