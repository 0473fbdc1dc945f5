//! What takes the place of the client in a program without the feature `https`.

use super::FetchError;

#[derive(Clone, Copy, Debug, Default)]
pub struct Limits(());

/// No value of this type exists.
#[derive(Debug)]
pub enum Client {}

impl Client {
    /// # Errors
    /// Always: this program sends no requests.
    pub fn new(base: &str, _: Limits) -> Result<Client, FetchError> {
        let message = format!("cannot read {base}: this program was built without the feature `https`");
        Err(FetchError::usage(message, "save the file and name it, or build with `--features https`"))
    }

    /// # Errors
    /// Never called.
    pub fn get(&self, _: &str) -> Result<Option<Vec<u8>>, FetchError> {
        match *self {}
    }

    /// # Errors
    /// Never called.
    pub fn post(&self, _: &str, _: &[(&str, &str)]) -> Result<(), FetchError> {
        match *self {}
    }
}
