//! A webhook by Standard Webhooks 1.0.0: a list of addresses, signed if there is a secret.
//!
//! <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>. A secret that
//! begins with `whsec_` signs; any other is sent as a bearer token.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, SecondsFormat};
use object_store::client::HttpRequest;
use ring::hmac;
use serde::Serialize;

use super::error::PurgeError;
use super::exchange::{Answer, Batch, Provider, Verdict, batches_of, post};
use super::{Run, secrets};
use crate::deploy::Secrets;
use crate::digest::Digest;
use crate::limits::PURGE_WEBHOOK_ADDRESSES;

/// The bytes that the standard asks of a secret.
const SECRET_BYTES: std::ops::RangeInclusive<usize> = 24..=64;

pub(super) struct Webhook<'a> {
    url: &'a str,
    access: Access<'a>,
    publication: &'a str,
    now: &'a dyn Fn() -> i64,
    /// When the publication was purged first: a repeated request has the same body.
    begun: String,
}

enum Access<'a> {
    Open,
    Bearer(&'a str),
    Signed(hmac::Key),
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
        let access = match secrets::webhook(secrets)? {
            None => Access::Open,
            Some(secret) => match secret.strip_prefix("whsec_") {
                Some(key) => Access::Signed(hmac::Key::new(hmac::HMAC_SHA256, &decoded(key)?)),
                None => Access::Bearer(secret),
            },
        };
        let begun = DateTime::from_timestamp((run.now)(), 0).unwrap_or_default();
        let begun = begun.to_rfc3339_opts(SecondsFormat::Secs, true);
        Ok(Webhook {
            url: run.base.unwrap_or(url),
            access,
            publication: run.publication,
            now: run.now,
            begun,
        })
    }
}

fn decoded(key: &str) -> Result<Vec<u8>, PurgeError> {
    let bytes = STANDARD.decode(key).ok().filter(|bytes| SECRET_BYTES.contains(&bytes.len()));
    bytes.ok_or_else(|| {
        let message =
            "`NOROSHI_PURGE_SECRET` begins with `whsec_`, but the rest is not 24 to 64 bytes in base64";
        PurgeError::usage(message, "make one with: echo \"whsec_$(openssl rand -base64 32)\"")
    })
}

impl Provider for Webhook<'_> {
    fn name(&self) -> &'static str {
        "the webhook"
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
        let body = serde_json::to_string(&payload)
            .map_err(|error| PurgeError::environment(error.to_string(), "this is a fault of noroshi"))?;
        // The receiver knows a repeated message by its id. The time is that of the try.
        let id = format!("msg_{}", Digest::of(&(self.publication, part, &batch.items)));
        let time = (self.now)().to_string();
        let mut headers = vec![
            ("content-type", "application/json".to_owned()),
            ("webhook-id", id.clone()),
            ("webhook-timestamp", time.clone()),
        ];
        match &self.access {
            Access::Open => {}
            Access::Bearer(token) => headers.push(("authorization", format!("Bearer {token}"))),
            Access::Signed(key) => {
                let tag = hmac::sign(key, format!("{id}.{time}.{body}").as_bytes());
                headers.push(("webhook-signature", format!("v1,{}", STANDARD.encode(tag))));
            }
        }
        let headers: Vec<(&'static str, &str)> =
            headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        post(self.url, &headers, body)
    }

    fn read(&self, answer: &Answer) -> Verdict {
        let said = answer.text.clone();
        match answer.status {
            200..=299 => Verdict::Done,
            300..=399 => Verdict::Refused {
                said: "it redirects to another address".into(),
                help: "set `url` of the webhook in site.yaml to the address that it redirects to".into(),
            },
            401 | 403 => Verdict::Refused {
                said,
                help: "set `NOROSHI_PURGE_SECRET` to the secret that the webhook knows".into(),
            },
            _ if answer.is_for_later() => Verdict::Later { said, wait: None },
            _ => Verdict::Refused { said, help: "check `url` of the webhook in site.yaml".into() },
        }
    }
}
