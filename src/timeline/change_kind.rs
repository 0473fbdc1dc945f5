//! Kinds of changes that come by themselves.

/// What changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// A day begins in the site's zone.
    Day,
    /// An entry becomes visible.
    Appears,
    /// An update becomes visible.
    Update,
    /// A postmortem or an evaluation becomes visible.
    Report,
    /// An incident or a window begins.
    Starts,
    /// A planned end comes.
    Ends,
    /// Nobody has said how a maintenance went, and nobody waits for it any more.
    Unconfirmed,
    /// A phase of a window begins or ends.
    Phase,
    /// A next update was promised for then.
    UpdateDue,
    /// Recovery was expected by then.
    RecoveryDue,
    /// A notice no longer holds.
    Expires,
    /// An entry is withdrawn.
    Withdrawn,
}

impl ChangeKind {
    /// As programs read it.
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
            ChangeKind::Expires => "expires",
            ChangeKind::Withdrawn => "withdrawn",
        }
    }
}
