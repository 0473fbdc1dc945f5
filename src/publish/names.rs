//! The names of publishing's own files, in or beside the folder.

/// The list of every published file except itself.
pub(super) const MANIFEST: &str = crate::address::MANIFEST;
/// The paths that a running build will write and remove.
pub(super) const JOURNAL: &str = ".noroshi-journal";
/// The lock file of the running build.
pub(super) const LOCK: &str = ".noroshi-lock";

/// The prefix of stage folders, where new files wait.
pub(super) const STAGE: &str = ".noroshi-stage";
