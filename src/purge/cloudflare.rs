//! Cloudflare: "Purge Cached Content by URL".
//!
//! `POST /client/v4/zones/{zone}/purge_cache` with `{"files": […]}`
//! (<https://developers.cloudflare.com/api/resources/cache/methods/purge/>).

use object_store::client::HttpRequest;
use serde::Deserialize;

use super::error::PurgeError;
use super::exchange::{Answer, Batch, Provider, Verdict, batches_of, correct, post};
use super::{Run, id, secrets};
use crate::deploy::Secrets;
use crate::limits::PURGE_CLOUDFLARE_ADDRESSES;
use crate::message::{Message, message};

const BASE: &str = "https://api.cloudflare.com";

pub(super) struct Cloudflare<'a> {
    zone: &'a str,
    token: &'a str,
    base: &'a str,
}

#[derive(Deserialize)]
struct Reply {
    success: bool,
    #[serde(default)]
    errors: Vec<Problem>,
}

#[derive(Deserialize)]
struct Problem {
    #[serde(default)]
    code: i64,
    #[serde(default)]
    message: String,
}

impl<'a> Cloudflare<'a> {
    pub(super) fn new(
        zone: &'a str,
        secrets: &'a Secrets,
        run: &Run<'a>,
    ) -> Result<Cloudflare<'a>, PurgeError> {
        let base = run.base.unwrap_or(BASE).trim_end_matches('/');
        Ok(Cloudflare { zone: id("zone", zone)?, token: secrets::cloudflare(secrets)?, base })
    }
}

impl Provider for Cloudflare<'_> {
    fn name(&self) -> Message {
        Message::same("Cloudflare")
    }

    fn base(&self) -> &str {
        self.base
    }

    fn batches(&self, addresses: &[String]) -> Vec<Batch> {
        batches_of(addresses, PURGE_CLOUDFLARE_ADDRESSES)
    }

    fn request(&self, batch: &Batch) -> Result<HttpRequest, PurgeError> {
        let address = format!("{}/client/v4/zones/{}/purge_cache", self.base, self.zone);
        let bearer = format!("Bearer {}", self.token);
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        post(&address, &headers, serde_json::json!({ "files": batch.items }).to_string())
    }

    fn read(&self, answer: &Answer) -> Verdict {
        let reply: Option<Reply> = serde_json::from_str(&answer.text).ok();
        if reply.as_ref().is_some_and(|reply| reply.success && answer.is_success()) {
            return Verdict::Done;
        }
        let errors = reply.as_ref().map_or(&[][..], |reply| &reply.errors);
        let said = errors.iter().map(|error| {
            let Problem { message, code } = error;
            message!("purge-cloudflare-said", "{text} (code {code})", text = message, code)
        });
        let said = Message::joined(said.collect(), Message::same("; "));
        if answer.is_for_later() {
            return Verdict::Later { said, wait: None };
        }
        if reply.is_none() && answer.is_success() {
            return answer.is_of_another("Cloudflare");
        }
        let has = |codes: &[i64]| errors.iter().any(|error| codes.contains(&error.code));
        let help = if has(&[1000, 6003, 6111, 9109]) {
            message!(
                "purge-cloudflare-unknown-token-help",
                "Cloudflare does not know the token of `CLOUDFLARE_API_TOKEN`: copy it again, or create one with the permission Zone → Cache Purge → Purge for this zone"
            )
        } else if matches!(answer.status, 401 | 403) || has(&[10000]) {
            message!(
                "purge-cloudflare-refused-help",
                "give the token of `CLOUDFLARE_API_TOKEN` the permission Zone → Cache Purge → Purge for this zone; the Global API Key is not a token"
            )
        } else if answer.status == 404 || has(&[7003]) {
            message!(
                "purge-cloudflare-zone-help",
                "set `zone` in site.yaml to the zone ID on the overview page of the domain"
            )
        } else {
            correct("Cloudflare")
        };
        Verdict::Refused { said, help }
    }
}
