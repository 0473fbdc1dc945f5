//! What an alert says, whichever program sent it.

use crate::message::{Message, message};
use crate::model::Instant;

/// The names and values of one alert. A name may occur several times.
pub type Labels = Vec<(String, String)>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Firing,
    Ended,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// How the sender names the alert whenever it speaks of it. A group also has the names of its alerts.
    pub fingerprints: Vec<String>,
    /// As sent; it may be empty.
    pub title: String,
    /// The labels of each single alert: a group has several.
    pub labels: Vec<Labels>,
    pub started: Option<Instant>,
    pub ended: Option<Instant>,
    pub state: State,
    /// Where people see the alert.
    pub link: Option<String>,
}

/// The reason that a body is not what its sender documents: one clause without a full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misread(pub Message);

impl Misread {
    /// The body lacks a value.
    pub(super) fn missing(path: &str) -> Misread {
        Misread(message!("alert-missing", "`{path}` is missing", path))
    }
}

/// `None` if the body neither begins nor ends an alert.
pub type Reading = Result<Option<Alert>, Misread>;
