//! What a verification finds: the check, how bad it is, where, and what to do.

use crate::fetch::FetchError;
use crate::message::{Message, message};

/// What is checked. The names are promises to programs that read them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Check {
    Hash,
    Size,
    Type,
    Charset,
    Cache,
    Cors,
    Security,
    Compression,
    NotFound,
    Redirect,
    Certificate,
    Late,
    Unreachable,
    Manifest,
    Differs,
}

impl Check {
    pub const ALL: [Check; 15] = [
        Check::Hash,
        Check::Size,
        Check::Type,
        Check::Charset,
        Check::Cache,
        Check::Cors,
        Check::Security,
        Check::Compression,
        Check::NotFound,
        Check::Redirect,
        Check::Certificate,
        Check::Late,
        Check::Unreachable,
        Check::Manifest,
        Check::Differs,
    ];

    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Check::Hash => "hash",
            Check::Size => "size",
            Check::Type => "type",
            Check::Charset => "charset",
            Check::Cache => "cache",
            Check::Cors => "cors",
            Check::Security => "security",
            Check::Compression => "compression",
            Check::NotFound => "not_found",
            Check::Redirect => "redirect",
            Check::Certificate => "certificate",
            Check::Late => "late",
            Check::Unreachable => "unreachable",
            Check::Manifest => "manifest",
            Check::Differs => "differs",
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// Readers do not get what was published.
    Fault,
    /// The site works. Some hosts cannot do better.
    Note,
}

impl Severity {
    /// The name for people; programs read [`word`](Severity::word).
    #[must_use]
    pub fn name(self) -> Message {
        match self {
            Severity::Fault => message!("verify-fault", "fault"),
            Severity::Note => message!("verify-note", "note"),
        }
    }

    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Severity::Fault => "fault",
            Severity::Note => "note",
        }
    }
}

/// What the host answers, if it is no file.
pub(super) fn answers(status: u16) -> Message {
    message!("verify-answers", "the host answers {status}", status)
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    pub check: Check,
    pub severity: Severity,
    pub address: String,
    /// What is wrong.
    pub found: Message,
    pub expected: Message,
    pub help: Message,
    /// The number of addresses of which a note says this. `address` is the first of them.
    pub count: usize,
}

/// A finding without its address.
pub(super) struct Checked(Finding);

impl Checked {
    pub(super) fn new(
        check: Check,
        severity: Severity,
        found: impl Into<Message>,
        expected: impl Into<Message>,
        help: impl Into<Message>,
    ) -> Checked {
        let (found, expected, help) = (found.into(), expected.into(), help.into());
        Checked(Finding { check, severity, address: String::new(), found, expected, help, count: 1 })
    }

    pub(super) fn fault(
        check: Check,
        found: impl Into<Message>,
        expected: impl Into<Message>,
        help: impl Into<Message>,
    ) -> Checked {
        Checked::new(check, Severity::Fault, found, expected, help)
    }

    pub(super) fn note(
        check: Check,
        found: impl Into<Message>,
        expected: impl Into<Message>,
        help: impl Into<Message>,
    ) -> Checked {
        Checked::new(check, Severity::Note, found, expected, help)
    }

    /// No answer came.
    pub(super) fn unreachable(error: FetchError) -> Checked {
        Checked::fault(
            Check::Unreachable,
            error.message,
            message!("verify-unreachable-expected", "an answer"),
            error.help,
        )
    }

    pub(super) fn at(self, address: &str) -> Finding {
        Finding { address: address.to_owned(), ..self.0 }
    }
}
