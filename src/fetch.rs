//! The only module that sends requests: it fetches a few small files of one address, and posts forms, at
//! the user's request.
//!
//! Allows `https`, and `http` to this machine. Limits the time and the size, and never follows a
//! redirect to another scheme. A program that was built without the feature `https` sends nothing.

#[cfg(feature = "https")]
mod certificate;
#[cfg(feature = "https")]
mod client;
#[cfg(not(feature = "https"))]
#[path = "fetch/without_client.rs"]
mod client;
#[cfg(feature = "deploy")]
mod objects;

use crate::message::Message;
use std::fmt;

#[cfg(feature = "https")]
pub use certificate::certificate;
#[cfg(not(feature = "https"))]
pub use client::certificate;
#[cfg(test)]
pub(crate) use client::tests;
pub use client::unzipped;
pub use client::{Client, Limits};
#[cfg(feature = "deploy")]
pub use objects::{NOT_SENT, ObjectClient, Requests, is_here};
#[cfg(feature = "announce")]
pub use ureq::http::{Request, Response};

/// Why a file, an address or the site of another program could not be used.
#[derive(Debug)]
pub struct FetchError {
    pub message: Message,
    pub help: Message,
    /// Whether the disk, the network or the server failed, rather than the usage.
    pub environment: bool,
}

impl FetchError {
    pub(crate) fn usage(message: impl Into<Message>, help: impl Into<Message>) -> FetchError {
        FetchError { message: message.into(), help: help.into(), environment: false }
    }

    pub(crate) fn environment(message: impl Into<Message>, help: impl Into<Message>) -> FetchError {
        FetchError { message: message.into(), help: help.into(), environment: true }
    }
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message.english())
    }
}

impl std::error::Error for FetchError {}

/// Why a request has no answer, and whether the server may have got it.
#[cfg(feature = "announce")]
#[derive(Debug)]
pub struct Undelivered {
    pub error: FetchError,
    pub may_have_arrived: bool,
}

/// What a server answers, whatever its status. No redirect is followed, and nothing is decoded.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Answer {
    pub status: u16,
    /// Names in lower case and values, in the order of the answer.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    /// The value of a header. Several values are joined with a comma, as browsers do.
    pub fn header(&self, name: &str) -> Option<String> {
        let values = self.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        let values: Vec<&str> = values.map(|(_, value)| value.trim()).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }
}

/// What browsers say about the certificate of a server.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Certificate {
    /// The end of the server's own certificate, in seconds since 1970; `None` if it cannot be read.
    pub ends: Option<i64>,
    /// Why browsers refuse the certificate at the first instant; `None` if they accept it.
    pub refused: Option<Message>,
    /// Why they refuse it, or one above it, at the second instant.
    pub refused_later: Option<Message>,
}

/// Fetches a single file; `None` if it does not exist.
pub fn file_at(address: &str) -> Result<Option<Vec<u8>>, FetchError> {
    Client::new(address, Limits::default())?.get(address)
}
