//! The names of publishing's own files, in or beside the folder.

pub(super) const MANIFEST: &str = crate::address::MANIFEST;
pub(super) const JOURNAL: &str = ".noroshi-journal";
pub(super) const LOCK: &str = ".noroshi-lock";

/// The prefix of stage folders, where new files wait.
pub(super) const STAGE: &str = ".noroshi-stage";
