//! Sends a request until the provider has done what it asks, within limits.

use std::time::Duration;

use chrono::DateTime;
use object_store::client::{HttpRequest, HttpRequestBody};

use super::Run;
use super::error::PurgeError;
use crate::deploy::Secrets;
use crate::fetch::{Client, FetchError, Limits};
use crate::limits::{PURGE_TRIES, PURGE_WAIT_SECONDS, QUOTED_BYTES};
use crate::message::{Message, Value, message};
use crate::text;

/// What the exchange must know of a provider.
pub(super) trait Provider {
    /// Its name in a message.
    fn name(&self) -> Message;
    /// An address whose host gets all requests.
    fn base(&self) -> &str;
    /// Lists of addresses, each for one request. Together they are all of them, none twice.
    fn batches(&self, addresses: &[String]) -> Vec<Batch>;
    /// The request for a batch, made anew for each try.
    fn request(&self, batch: &Batch) -> Result<HttpRequest, PurgeError>;
    /// What an answer means.
    fn read(&self, answer: &Answer) -> Verdict;
}

/// The work of one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Batch {
    /// What the request lists: addresses, or paths.
    pub(super) items: Vec<String>,
    /// The number of addresses that these stand for.
    pub(super) addresses: usize,
    /// The number of the batch, from 1 on, and how many there are.
    pub(super) part: (usize, usize),
}

impl Batch {
    /// The items that stand for everything below a path. An address has no `*`: it is encoded.
    pub(super) fn wildcards(&self) -> impl Iterator<Item = String> + '_ {
        self.items.iter().filter(|item| item.starts_with('/') && item.ends_with('*')).cloned()
    }
}

/// Batches of at most `size` addresses.
pub(super) fn batches_of(addresses: &[String], size: usize) -> Vec<Batch> {
    let parts = addresses.len().div_ceil(size);
    let batch = |(at, items): (usize, &[String])| Batch {
        items: items.to_vec(),
        addresses: items.len(),
        part: (at + 1, parts),
    };
    addresses.chunks(size).enumerate().map(batch).collect()
}

/// A `POST` with these headers: no provider asks for another method.
pub(super) fn post(
    address: &str,
    headers: &[(&'static str, &str)],
    body: impl Into<HttpRequestBody>,
) -> Result<HttpRequest, PurgeError> {
    let unfit = || {
        let message = message!(
            "purge-unfit-request",
            "noroshi cannot make a request to `{address}`",
            address = text::shorten(address, 200)
        );
        PurgeError::usage(message, message!("purge-unfit-request-help", "check the addresses in site.yaml"))
    };
    let mut request = HttpRequest::new(body.into());
    *request.method_mut() = "POST".parse().map_err(|_| unfit())?;
    *request.uri_mut() = address.parse().map_err(|_| unfit())?;
    for (name, value) in headers {
        request.headers_mut().insert(*name, value.parse().map_err(|_| unfit())?);
    }
    Ok(request)
}

/// What a provider answered.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) text: String,
    /// The time for which it asks to wait.
    wait: Option<Duration>,
}

impl Answer {
    pub(super) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Whether the same request may succeed later: too many requests, or a fault of the server.
    pub(super) fn is_for_later(&self) -> bool {
        self.status == 429 || self.status >= 500
    }

    /// The verdict for an answer that does not come from the provider.
    pub(super) fn is_of_another(&self, provider: &str) -> Verdict {
        let said = message!(
            "purge-other-answer",
            "this is not an answer of {provider}: {text}",
            provider,
            text = self.text
        );
        let help = message!("purge-other-answer-help", "check the network: a proxy may have answered");
        Verdict::Refused { said, help }
    }
}

/// The help for a refusal that names its cause.
pub(super) fn correct(provider: &str) -> Message {
    message!("purge-correct-help", "correct what {provider} names, and purge again", provider)
}

/// What an answer means.
pub(super) enum Verdict {
    Done,
    /// Try again, after this time if the answer names none.
    Later {
        said: Message,
        wait: Option<Duration>,
    },
    Refused {
        said: Message,
        help: Message,
    },
}

pub(super) struct Exchange<'a> {
    provider: &'a dyn Provider,
    client: Client,
    secrets: &'a Secrets,
    run: &'a Run<'a>,
    /// How long all requests together have waited.
    waited: Duration,
}

impl<'a> Exchange<'a> {
    pub(super) fn new(
        provider: &'a dyn Provider,
        secrets: &'a Secrets,
        run: &'a Run<'a>,
    ) -> Result<Exchange<'a>, PurgeError> {
        let client = Client::new(provider.base(), Limits::default()).map_err(|error| PurgeError {
            environment: error.environment,
            ..PurgeError::usage(error.message, error.help)
        })?;
        Ok(Exchange { provider, client, secrets, run, waited: Duration::ZERO })
    }

    /// Sends the request of a batch until the provider has accepted it.
    pub(super) fn deliver(&mut self, batch: &Batch) -> Result<(), PurgeError> {
        let name = self.provider.name();
        let mut attempt = 1;
        loop {
            let request = self.provider.request(batch)?;
            let (status, asked, verdict) = match self.send(request) {
                Ok(answer) => {
                    let status = message!("purge-status", " ({status})", status = answer.status);
                    (status, answer.wait, self.provider.read(&answer))
                }
                Err(error) if error.environment => {
                    (Message::default(), None, Verdict::Later { said: error.message, wait: None })
                }
                Err(error) => return Err(PurgeError::usage(self.shown(&error.message), error.help)),
            };
            let (said, wait) = match verdict {
                Verdict::Done => return Ok(()),
                Verdict::Later { said, wait } => (self.after(&said), wait),
                Verdict::Refused { said, help } => {
                    let said = self.after(&said);
                    let message = message!(
                        "purge-refused",
                        "{name} refuses to purge{status}{said}",
                        name,
                        status,
                        said
                    );
                    return Err(PurgeError::environment(message, help));
                }
            };
            if attempt == PURGE_TRIES {
                let message = message!(
                    "purge-in-vain",
                    "{name} did not purge in {tries} tries{status}{said}",
                    name,
                    tries = PURGE_TRIES,
                    status,
                    said
                );
                let help = message!("purge-in-vain-help", "see the status of the provider, and try again");
                return Err(PurgeError::environment(message, help));
            }
            let wait = asked.or(wait).unwrap_or(Duration::from_secs(1 << attempt));
            self.waited = self.waited.saturating_add(wait);
            if self.waited > Duration::from_secs(PURGE_WAIT_SECONDS) {
                let message = message!(
                    "purge-not-ready",
                    "{name} is not ready{status}{said}; the next try would be in {wait} s, and noroshi waits at most \
                     {most} s in all",
                    name,
                    status,
                    said,
                    wait = wait.as_secs(),
                    most = PURGE_WAIT_SECONDS
                );
                let help = message!("purge-not-ready-help", "try again later");
                return Err(PurgeError::environment(message, help));
            }
            (self.run.sleep)(wait);
            attempt += 1;
        }
    }

    fn send(&self, request: HttpRequest) -> Result<Answer, FetchError> {
        let request = request.map(|body| body.as_bytes().map_or_else(Vec::new, |bytes| bytes.to_vec()));
        let answer = self.client.send(request)?;
        let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok());
        let now = (self.run.now)();
        // Fastly names the second at which its limit begins anew.
        let reset = || {
            header("fastly-ratelimit-reset").filter(|_| answer.status() == 429).and_then(|at| at.parse().ok())
        };
        let wait = header("retry-after")
            .and_then(|value| retry_after(value, now))
            .or_else(|| reset().map(|at: i64| until(at, now)));
        let (status, wait) = (answer.status().as_u16(), wait);
        Ok(Answer { status, wait, text: String::from_utf8_lossy(answer.body()).into_owned() })
    }

    /// What a provider said, as the end of a sentence; empty if it said nothing.
    fn after(&self, said: &Message) -> Message {
        let said = self.shown(said);
        if said.is_empty() { said } else { message!("purge-said", ": {said}", said) }
    }

    /// A message with texts of the provider, each as a short line without secrets.
    fn shown(&self, said: &Message) -> Message {
        said.with_texts(&|text| {
            // What is cut first could leave the half of a secret.
            let line = self.secrets.redact(text).split_whitespace().collect::<Vec<_>>().join(" ");
            Value::Text(text::visible(&text::shorten(&line, QUOTED_BYTES)).into_owned())
        })
    }
}

/// The value of `Retry-After`: seconds, or a date (RFC 9110 section 10.2.3).
fn retry_after(value: &str, now: i64) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    DateTime::parse_from_rfc2822(value).ok().map(|date| until(date.timestamp(), now))
}

fn until(at: i64, now: i64) -> Duration {
    Duration::from_secs(u64::try_from(at.saturating_sub(now)).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let seconds = |value: &str| retry_after(value, 784_111_700).map(|time| time.as_secs());
        assert_eq!(seconds("120"), Some(120));
        assert_eq!(seconds(" 0 "), Some(0));
        assert_eq!(seconds("Sun, 06 Nov 1994 08:49:37 GMT"), Some(77));
        assert_eq!(seconds("Sun, 06 Nov 1994 08:48:00 GMT"), Some(0), "a date that has passed");
        assert_eq!(seconds("soon"), None);
        assert_eq!(seconds("-1"), None);
    }
}
