//! The credentials of channels, by the names of variables of the environment, and how they are kept out of messages.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::channel::SendError;
use crate::message::{Message, Value, message};
use crate::text;

/// The shortest value that is taken out of messages. A shorter one is no secret, and would hide ordinary words.
const SHORTEST: usize = 6;

/// The variables of the environment that begin with `NOROSHI_`, with the texts of the files that those ending in `_FILE` name.
/// Only the command line reads them.
#[derive(Clone, Default)]
pub struct Secrets(Arc<BTreeMap<String, String>>);

impl Secrets {
    /// The value of a variable whose name ends in `_FILE` is the text of the file, under the name without that end.
    #[must_use]
    pub fn new(variables: BTreeMap<String, String>) -> Secrets {
        Secrets(Arc::new(variables))
    }

    /// Those of a channel.
    #[must_use]
    pub fn of(&self, channel: &str) -> ChannelSecrets {
        let prefix = format!("NOROSHI_{}_", channel.to_ascii_uppercase().replace('-', "_"));
        ChannelSecrets { all: self.clone(), prefix }
    }

    /// A text without any of the values, in each form in which a server may repeat one.
    #[must_use]
    pub fn redact(&self, text: &str) -> String {
        let mut forms: Vec<String> = Vec::new();
        // A variable may hold several, and a server may repeat one of them, or the part after its mark.
        let words = self.0.values().flat_map(|value| value.split_whitespace());
        let parts = words.flat_map(|word| [Some(word), word.strip_prefix("whsec_")]).flatten();
        let whole = self.0.values().map(|value| value.trim());
        for value in whole.chain(parts).filter(|value| value.len() >= SHORTEST) {
            // An address that is a secret may be repeated without its scheme or its host.
            let path = value.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
            let plain = path.map(|path| path.split(['?', '#']).next().unwrap_or(path));
            forms.extend(
                path.into_iter().chain(plain).filter(|path| path.len() > SHORTEST).map(str::to_owned),
            );
            forms.extend(text::forms_of(value));
        }
        forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
        forms.iter().fold(text.to_owned(), |clean, form| clean.replace(form.as_str(), "…"))
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// The credentials of one channel: `get("TOKEN")` of the channel `main-list` is `NOROSHI_MAIN_LIST_TOKEN`.
#[derive(Clone, Debug)]
pub struct ChannelSecrets {
    all: Secrets,
    prefix: String,
}

impl ChannelSecrets {
    /// A credential that the channel may lack.
    ///
    /// # Errors
    /// It has a character that no credential has.
    pub(super) fn get(&self, what: &str) -> Result<Option<String>, SendError> {
        let name = self.name(what);
        let value = self.all.0.get(&name).map(|value| value.trim()).filter(|value| !value.is_empty());
        match value {
            Some(value) if !value.chars().all(|c| c.is_ascii_graphic()) => Err(SendError::Refused {
                reason: message!(
                    "announce-credential-character",
                    "`{name}` has a character that no credential has, such as a blank",
                    name
                ),
                help: copy_again(),
            }),
            value => Ok(value.map(str::to_owned)),
        }
    }

    /// The credentials of a variable that may hold several, separated by blanks or line ends; perhaps none.
    ///
    /// # Errors
    /// One has a character that no credential has.
    pub(super) fn several(&self, what: &str) -> Result<Vec<String>, SendError> {
        let name = self.name(what);
        let all: Vec<String> = self
            .all
            .0
            .get(&name)
            .into_iter()
            .flat_map(|value| value.split_whitespace())
            .map(str::to_owned)
            .collect();
        if all.iter().all(|one| one.bytes().all(|byte| byte.is_ascii_graphic())) {
            return Ok(all);
        }
        Err(SendError::Refused {
            reason: message!(
                "announce-credentials-character",
                "`{name}` has a character that no credential has",
                name
            ),
            help: copy_again(),
        })
    }

    /// The variable of a credential, for messages.
    pub(super) fn name(&self, what: &str) -> String {
        format!("{}{what}", self.prefix)
    }

    /// A credential that the channel needs. `help` says where to get it.
    ///
    /// # Errors
    /// It is missing, or has a character that no credential has.
    pub(super) fn required(&self, what: &str, help: &Message) -> Result<String, SendError> {
        let name = self.name(what);
        self.get(what)?.ok_or_else(|| SendError::Refused {
            reason: message!(
                "announce-credential-missing",
                "the environment variable `{name}` is not set",
                name
            ),
            help: message!(
                "announce-credential-missing-help",
                "{help}, and set it in the environment, or name a file with `{name}_FILE`",
                help,
                name
            ),
        })
    }

    /// A text without secrets.
    pub(super) fn redact(&self, text: &str) -> String {
        self.all.redact(text)
    }

    /// A message without secrets in any of its texts.
    pub(super) fn redacted(&self, message: &Message) -> Message {
        message.with_texts(&|text| Value::Text(self.redact(text)))
    }
}

fn copy_again() -> Message {
    message!("announce-credential-help", "copy the credential again")
}
