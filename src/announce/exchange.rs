//! One request to a platform, and what its end means for a message that must arrive once.

use std::time::Duration;

use chrono::DateTime;

use super::channel::SendError;
use super::secrets::ChannelSecrets;
use crate::fetch::{Client, FetchError, Limits, Request, Response};
use crate::limits::{ANNOUNCE_ANSWER_BYTES, ANNOUNCE_SECONDS, QUOTED_BYTES};
use crate::message::{Message, Value, message};
use crate::text;

/// Requests to one host, `https` only but to this machine. Redirects are never followed.
pub(super) struct Exchange {
    client: Client,
    name: Message,
    secrets: ChannelSecrets,
}

/// What a platform answered.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    pub(super) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(super) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The time that the platform asks to wait: `Retry-After` in seconds or as a date (RFC 9110 section 10.2.3). `now` is in
    /// seconds since 1970.
    pub(super) fn wait(&self, now: i64) -> Option<Duration> {
        let value = self.header("retry-after")?.trim();
        if let Ok(seconds) = value.parse::<f64>() {
            return Duration::try_from_secs_f64(seconds.max(0.0)).ok();
        }
        let date = DateTime::parse_from_rfc2822(value).ok()?.timestamp();
        Some(Duration::from_secs(u64::try_from(date.saturating_sub(now)).unwrap_or(0)))
    }
}

impl Exchange {
    /// An exchange with the host of `base`. `name` is the platform's, for messages.
    ///
    /// # Errors
    /// `base` is not an allowed address.
    pub(super) fn new(base: &str, name: Message, secrets: ChannelSecrets) -> Result<Exchange, SendError> {
        let limits = Limits::within(Duration::from_secs(ANNOUNCE_SECONDS), ANNOUNCE_ANSWER_BYTES);
        match Client::fresh(base, limits) {
            Ok(client) => Ok(Exchange { client, name, secrets }),
            Err(FetchError { message, help, .. }) => {
                Err(SendError::Refused { reason: secrets.redacted(&message), help })
            }
        }
    }

    /// An exchange with an address that is a secret, the `URL` of a channel.
    ///
    /// # Errors
    /// `url` is not an allowed address.
    pub(super) fn at_secret(
        url: &str,
        name: &Message,
        secrets: ChannelSecrets,
    ) -> Result<Exchange, SendError> {
        Exchange::new(url, name.clone(), secrets).map_err(|error| match error {
            SendError::Refused { reason, .. } => SendError::Refused {
                reason: message!("announce-secret-address", "the `URL` of the channel: {reason}", reason),
                help: message!(
                    "announce-secret-address-help",
                    "copy the address from {name} again; it begins with `https://`",
                    name
                ),
            },
            error => error,
        })
    }

    /// Sends a request once, and returns the answer, whatever its status.
    ///
    /// # Errors
    /// [`SendError::Later`] if no byte of it was sent, [`SendError::Unknown`] if the answer is missing.
    pub(super) fn send(&self, request: Request<Vec<u8>>) -> Result<Answer, SendError> {
        // An address can be a secret, and the client names it in other words than the setting does.
        let address = request.uri().to_string();
        let answer: Response<Vec<u8>> = self.client.deliver(request).map_err(|failure| {
            let server = message!("announce-the-server", "the server");
            let message = failure.error.message.with_texts(&|text| {
                if text == address {
                    return Value::Message(server.clone());
                }
                Value::Text(self.secrets.redact(&text.replace(&address, server.english())))
            });
            let reason = message!("announce-of-platform", "{name}: {message}", name = self.name, message);
            if failure.may_have_arrived {
                SendError::Unknown { reason }
            } else {
                SendError::Later { reason, wait: None }
            }
        })?;
        let (head, body) = answer.into_parts();
        let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
        let headers = head.headers.iter();
        let headers =
            headers.map(|(name, value)| (name.as_str().to_owned(), text(value.as_bytes()))).collect();
        Ok(Answer { status: head.status.as_u16(), headers, body })
    }

    /// The usual meaning of an answer that is no success: 429 and 503 were not taken and may be later; 408, 500, 502 and 504
    /// may have been taken; all else is refused with this help.
    pub(super) fn failure(&self, answer: &Answer, now: i64, help: Message) -> SendError {
        let reason =
            message!("announce-answers", "{name} answers {status}", name = self.name, status = answer.status);
        let reason = self.saying(reason, &self::reason(&answer.text()));
        match answer.status {
            429 | 503 => SendError::Later { reason, wait: answer.wait(now) },
            408 | 500..=599 => SendError::Unknown { reason },
            300..=399 => SendError::Refused {
                reason: message!(
                    "announce-redirect",
                    "{reason}: it redirects to another address, and noroshi follows no redirect",
                    reason
                ),
                help: message!("announce-redirect-help", "name the address that it redirects to"),
            },
            _ => SendError::Refused { reason, help },
        }
    }

    /// A reason with what a platform said, without secrets.
    pub(super) fn saying(&self, reason: Message, said: &str) -> Message {
        // What is cut first could leave the half of a secret.
        let line = self.secrets.redact(said).split_whitespace().collect::<Vec<_>>().join(" ");
        let line = text::visible(&text::shorten(&line, QUOTED_BYTES)).into_owned();
        with_words(reason, &Message::same(line))
    }
}

/// A reason with the words of a platform, if it said any.
pub(super) fn with_words(reason: Message, said: &Message) -> Message {
    if said.is_empty() { reason } else { message!("announce-said", "{reason}: {said}", reason, said) }
}

/// What a body says for people: the message in an object of JSON, nothing of a page of HTML, else the whole.
fn reason(body: &str) -> String {
    const KEYS: [&str; 5] = ["message", "detail", "error_description", "error", "title"];
    if body.trim_start().starts_with('<') {
        return String::new();
    }
    let object = serde_json::from_str::<serde_json::Value>(body).ok();
    let said = object.and_then(|object| KEYS.iter().find_map(|key| object[key].as_str().map(str::to_owned)));
    said.unwrap_or_else(|| body.to_owned())
}

/// A `POST` of JSON with these headers.
///
/// # Errors
/// The address or a header is not valid.
pub(super) fn post_json(
    address: &str,
    headers: &[(&str, &str)],
    body: &serde_json::Value,
) -> Result<Request<Vec<u8>>, SendError> {
    post(address, headers, "application/json", body.to_string().into_bytes())
}

/// A `POST` with these headers.
///
/// # Errors
/// The address or a header is not valid.
pub(super) fn post(
    address: &str,
    headers: &[(&str, &str)],
    content_type: &str,
    body: Vec<u8>,
) -> Result<Request<Vec<u8>>, SendError> {
    let mut request = Request::post(address).header("content-type", content_type);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(body).map_err(|_| SendError::Refused {
        reason: message!(
            "announce-no-request",
            "noroshi cannot make a request of this address and these credentials"
        ),
        help: message!("announce-no-request-help", "copy them again: they may hold a blank or a line break"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_quoted_by_its_words_for_people() {
        for (body, said) in [
            (
                r#"{"error":"AuthenticationRequired","message":"Invalid identifier or password"}"#,
                "Invalid identifier or password",
            ),
            (r#"{"error":"Validation failed"}"#, "Validation failed"),
            (r#"{"title":"Forbidden","detail":"Reply not allowed."}"#, "Reply not allowed."),
            ("<!doctype html><p>404", ""),
            ("no_service", "no_service"),
            (r#"{"code": 50027}"#, r#"{"code": 50027}"#),
        ] {
            assert_eq!(reason(body), said);
        }
    }
}
