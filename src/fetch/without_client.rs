//! What takes the place of the client in a program without the feature `https`.

use std::time::Duration;

use super::{Answer, Certificate, FetchError};
use crate::message::message;

#[derive(Clone, Copy, Debug, Default)]
pub struct Limits(());

impl Limits {
    pub fn within(_: Duration, _: u64) -> Limits {
        Limits::default()
    }
}

/// No value of this type exists.
#[derive(Debug)]
pub enum Client {}

impl Client {
    /// Always an error: this program sends no requests.
    pub fn new(base: &str, _: Limits) -> Result<Client, FetchError> {
        let message = message!(
            "fetch-without-https",
            "cannot read {base}: this program was built without the feature `https`",
            base
        );
        let help = message!(
            "fetch-without-https-help",
            "save the file and name it, or build with `--features https`"
        );
        Err(FetchError::usage(message, help))
    }

    pub fn ask(&self, _: &str, _: &[(&str, &str)]) -> Result<Answer, FetchError> {
        match *self {}
    }

    pub fn get(&self, _: &str) -> Result<Option<Vec<u8>>, FetchError> {
        match *self {}
    }

    pub fn post(&self, _: &str, _: &[(&str, &str)]) -> Result<(), FetchError> {
        match *self {}
    }
}

pub fn unzipped(_: &[u8], _: u64) -> Option<Vec<u8>> {
    None
}

pub fn certificate(base: &str, _: i64, _: i64) -> Result<Certificate, FetchError> {
    Client::new(base, Limits::default()).map(|client| match client {})
}
