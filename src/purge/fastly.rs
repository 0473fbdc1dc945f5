//! Fastly: "Purge a URL", one request for each address.
//!
//! `POST /purge/{host}/{path}` (<https://www.fastly.com/documentation/reference/api/purging/>). Batches need surrogate keys,
//! a header that files in a bucket do not have.

use object_store::client::HttpRequest;
use serde::Deserialize;

use super::error::PurgeError;
use super::exchange::{Answer, Batch, Provider, Verdict, batches_of, post};
use super::{Run, id, secrets};
use crate::deploy::Secrets;
use crate::message::{Message, message};

const BASE: &str = "https://api.fastly.com";

pub(super) struct Fastly<'a> {
    service: &'a str,
    token: &'a str,
    base: &'a str,
}

#[derive(Deserialize)]
struct Reply {
    #[serde(default)]
    status: String,
    #[serde(default)]
    msg: String,
    #[serde(default)]
    detail: String,
}

impl<'a> Fastly<'a> {
    pub(super) fn new(
        service: &'a str,
        secrets: &'a Secrets,
        run: &Run<'a>,
    ) -> Result<Fastly<'a>, PurgeError> {
        let base = run.base.unwrap_or(BASE).trim_end_matches('/');
        Ok(Fastly { service: id("service", service)?, token: secrets::fastly(secrets)?, base })
    }
}

impl Provider for Fastly<'_> {
    fn name(&self) -> Message {
        Message::same("Fastly")
    }

    fn base(&self) -> &str {
        self.base
    }

    fn batches(&self, addresses: &[String]) -> Vec<Batch> {
        batches_of(addresses, 1)
    }

    fn request(&self, batch: &Batch) -> Result<HttpRequest, PurgeError> {
        let address = batch.items.first().map_or("", String::as_str);
        let address = address.split_once("://").map_or(address, |(_, rest)| rest);
        let headers = [("fastly-key", self.token), ("accept", "application/json")];
        // The purge is hard: after a soft one, readers may get the old page once more.
        post(&format!("{}/purge/{address}", self.base), &headers, String::new())
    }

    fn read(&self, answer: &Answer) -> Verdict {
        let reply: Option<Reply> = serde_json::from_str(&answer.text).ok();
        if reply.as_ref().is_some_and(|reply| reply.status == "ok" && answer.is_success()) {
            return Verdict::Done;
        }
        let said = reply.as_ref().map_or(String::new(), |reply| format!("{} {}", reply.msg, reply.detail));
        let said = Message::same(said);
        if answer.is_for_later() {
            return Verdict::Later { said, wait: None };
        }
        if answer.is_success() {
            return answer.is_of_another("Fastly");
        }
        let help = match answer.status {
            401 | 403 => message!(
                "purge-fastly-refused-help",
                "give the token of `FASTLY_API_TOKEN` the scope `purge_select` and access to the service {service}",
                service = self.service
            ),
            _ => message!(
                "purge-fastly-service-help",
                "check that the service {service} serves the host of `url` in site.yaml",
                service = self.service
            ),
        };
        Verdict::Refused { said, help }
    }
}
