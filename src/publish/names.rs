//! Names that publishing itself needs in the folder, or beside it.

/// Every file that is published, except itself.
pub(super) const MANIFEST: &str = crate::address::MANIFEST;
/// What a running build will write and remove.
pub(super) const JOURNAL: &str = ".noroshi-journal";
/// Held by the build that is running.
pub(super) const LOCK: &str = ".noroshi-lock";

/// New files wait in a folder whose name begins like this.
pub(super) const STAGE: &str = ".noroshi-stage";
