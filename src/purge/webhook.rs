//! A webhook by Standard Webhooks 1.0.0: a list of addresses, signed if there is a secret.
//!
//! A secret that begins with `whsec_` signs; any other is sent as a bearer token.

use chrono::{DateTime, SecondsFormat};
use object_store::client::HttpRequest;
use serde::Serialize;

use super::error::PurgeError;
use super::exchange::{Answer, Batch, Provider, Verdict, batches_of, post};
use super::{Run, secrets};
use crate::deploy::Secrets;
use crate::digest::Digest;
use crate::limits::PURGE_WEBHOOK_ADDRESSES;
use crate::message::{Message, message};
use crate::standard_webhooks::{SecretFault, Signer};

pub(super) struct Webhook<'a> {
    url: &'a str,
    signer: Signer,
    publication: &'a str,
    now: &'a dyn Fn() -> i64,
    /// When the publication was purged first: a repeated request has the same body.
    begun: String,
}

#[derive(Serialize)]
struct Payload<'a> {
    r#type: &'static str,
    timestamp: &'a str,
    data: Data<'a>,
}

#[derive(Serialize)]
struct Data<'a> {
    publication: &'a str,
    part: usize,
    parts: usize,
    addresses: &'a [String],
}

impl<'a> Webhook<'a> {
    pub(super) fn new(url: &'a str, secrets: &'a Secrets, run: &Run<'a>) -> Result<Webhook<'a>, PurgeError> {
        let signer = Signer::new("NOROSHI_PURGE_SECRET", secrets::webhook(secrets)?)
            .map_err(|SecretFault { message, help }| PurgeError::usage(message, help))?;
        let begun = DateTime::from_timestamp((run.now)(), 0).unwrap_or_default();
        let begun = begun.to_rfc3339_opts(SecondsFormat::Secs, true);
        Ok(Webhook {
            url: run.base.unwrap_or(url),
            signer,
            publication: run.publication,
            now: run.now,
            begun,
        })
    }
}

impl Provider for Webhook<'_> {
    fn name(&self) -> Message {
        message!("purge-webhook", "the webhook")
    }

    fn base(&self) -> &str {
        self.url
    }

    fn batches(&self, addresses: &[String]) -> Vec<Batch> {
        batches_of(addresses, PURGE_WEBHOOK_ADDRESSES)
    }

    fn request(&self, batch: &Batch) -> Result<HttpRequest, PurgeError> {
        let (part, parts) = batch.part;
        let data = Data { publication: self.publication, part, parts, addresses: &batch.items };
        let payload = Payload { r#type: "addresses.changed", timestamp: &self.begun, data };
        let body = serde_json::to_string(&payload).map_err(|error| {
            let help = message!("purge-payload-help", "this is a fault of noroshi");
            PurgeError::environment(Message::same(error.to_string()), help)
        })?;
        // The receiver knows a repeated message by its id. The time is that of the try.
        let id = format!("msg_{}", Digest::of(&(self.publication, part, &batch.items)));
        let proof = self.signer.headers(&id, (self.now)(), body.as_bytes());
        let mut headers = vec![("content-type", "application/json")];
        headers.extend(proof.iter().map(|(name, value)| (*name, value.as_str())));
        post(self.url, &headers, body)
    }

    fn read(&self, answer: &Answer) -> Verdict {
        let said = Message::same(answer.text.clone());
        let help = match answer.status {
            200..=299 => return Verdict::Done,
            300..=399 => {
                let said = message!("purge-webhook-redirects", "it redirects to another address");
                let help = message!(
                    "purge-webhook-redirects-help",
                    "set `url` of the webhook in site.yaml to the address that it redirects to"
                );
                return Verdict::Refused { said, help };
            }
            401 | 403 => message!(
                "purge-webhook-refused-help",
                "set `NOROSHI_PURGE_SECRET` to the secret that the webhook knows"
            ),
            _ if answer.is_for_later() => return Verdict::Later { said, wait: None },
            _ => message!("purge-webhook-url-help", "check `url` of the webhook in site.yaml"),
        };
        Verdict::Refused { said, help }
    }
}
