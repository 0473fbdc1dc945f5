//! The kinds of changes that come with time.

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// A day begins in the site's zone.
    Day,
    Appears,
    Update,
    /// A postmortem or an evaluation becomes visible.
    Report,
    /// An incident or a window begins.
    Starts,
    /// A planned or actual end is reached.
    Ends,
    /// The deadline for reporting the result of a maintenance passes without a report.
    Unconfirmed,
    /// A phase of a window begins or ends.
    Phase,
    UpdateDue,
    RecoveryDue,
    /// An incident is no longer among those that were resolved recently.
    Settles,
    /// A notice expires.
    Expires,
    Withdrawn,
}

impl ChangeKind {
    /// The name that machine-readable output uses.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            ChangeKind::Day => "day",
            ChangeKind::Appears => "appears",
            ChangeKind::Update => "update",
            ChangeKind::Report => "report",
            ChangeKind::Starts => "starts",
            ChangeKind::Ends => "ends",
            ChangeKind::Unconfirmed => "unconfirmed",
            ChangeKind::Phase => "phase",
            ChangeKind::UpdateDue => "update-due",
            ChangeKind::RecoveryDue => "recovery-due",
            ChangeKind::Settles => "settles",
            ChangeKind::Expires => "expires",
            ChangeKind::Withdrawn => "withdrawn",
        }
    }
}
