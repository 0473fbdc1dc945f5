//! Tells a CDN which addresses of a published site have changed, so that readers get the new files at once.
//!
//! Each file in `purge/` but the three about errors, secrets and exchanges knows one provider: its limits, the
//! form of its requests and what its answers mean. This room reads neither clock nor environment, never waits by
//! itself, and shows no secret.
//!
//! Why: docs/decisions/cdn.md.

mod cloudflare;
mod cloudfront;
mod error;
mod exchange;
mod fastly;
mod secrets;
mod webhook;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::Duration;

use crate::deploy::Secrets;
use crate::message::message;
use crate::model::config::Url;
use crate::model::deploy::Cdn;
use crate::text;

use cloudflare::Cloudflare;
use cloudfront::CloudFront;
use exchange::{Exchange, Provider};
use fastly::Fastly;
use webhook::Webhook;

pub use error::PurgeError;

/// What a purge is told about its run.
pub struct Run<'a> {
    /// Identifies the publication: the same text when this publication is purged again, and another for each
    /// later one, even if that has the same files. Providers recognise a repeated request by it.
    pub publication: &'a str,
    /// The base address of the provider's API, if it is not the provider's own.
    pub base: Option<&'a str>,
    /// The current time in seconds since 1970-01-01 UTC.
    pub now: &'a dyn Fn() -> i64,
    pub sleep: &'a dyn Fn(Duration),
}

/// What a CDN was told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Purged {
    /// Requests that the provider accepted.
    pub requests: usize,
    /// Addresses that these requests were about.
    pub addresses: usize,
    /// The paths with a wildcard that replaced a list or a path that is too long. Other addresses are purged, too.
    pub wildcards: Vec<String>,
}

/// Every address at which a reader or a cache may have one of these files, percent-encoded, sorted, each once.
///
/// `paths` are files from the root of the site: those that are new, changed or removed. The `index.html` of a folder
/// is also at the folder, with and without the last `/`, because a CDN may hold the redirect between the two. A
/// name with signs that links encode and browsers do not, such as a comma, is at both addresses.
#[must_use]
pub fn addresses<'p>(base: &Url, paths: impl IntoIterator<Item = &'p str>) -> Vec<String> {
    // A browser writes the host in lower case.
    let origin = base.origin.to_ascii_lowercase();
    let mut all = BTreeSet::new();
    for path in paths {
        for encoded in [text::percent_encode(path).into_owned(), typed(path)] {
            let address = format!("{origin}{}{encoded}", base.path);
            let folder = address.strip_suffix("index.html").filter(|folder| folder.ends_with('/'));
            if let Some(folder) = folder {
                all.insert(folder.to_owned());
                let plain = folder.trim_end_matches('/');
                // Without a path, the `/` is part of every request.
                if plain != origin {
                    all.insert(plain.to_owned());
                }
            }
            all.insert(address);
        }
    }
    all.into_iter().collect()
}

/// A path as a browser asks for it when a person types it
/// (<https://url.spec.whatwg.org/#path-percent-encode-set>).
fn typed(path: &str) -> String {
    encoded(path.as_bytes(), b"\"#%<>?^`{}")
}

/// Percent-encodes these bytes, and those that are not visible ASCII.
fn encoded(bytes: &[u8], unfit: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for byte in bytes {
        if byte.is_ascii_graphic() && !unfit.contains(byte) {
            out.push(char::from(*byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Finds what would make every purge fail, before the site is changed.
///
/// # Errors
/// A credential is missing or malformed, or a value of site.yaml cannot be an ID.
pub fn check(cdn: &Cdn, secrets: &Secrets) -> Result<(), PurgeError> {
    let run = Run { publication: "", base: None, now: &|| 0, sleep: &|_| () };
    Exchange::new(&*provider(cdn, secrets, &run)?, secrets, &run).map(|_| ())
}

/// Purges these addresses, in as many requests as the provider's limits ask for.
///
/// # Errors
/// The provider refuses, cannot be reached or asks to wait too long. [`PurgeError::purged`] says how many
/// addresses it has purged by then, in their order.
pub fn run(cdn: &Cdn, addresses: &[String], secrets: &Secrets, run: &Run<'_>) -> Result<Purged, PurgeError> {
    let provider = provider(cdn, secrets, run)?;
    let mut exchange = Exchange::new(&*provider, secrets, run)?;
    if let Some(foreign) = addresses.iter().find(|address| !address.is_ascii()) {
        let message = message!(
            "purge-not-ascii",
            "`{address}` has a host name that is not ASCII, and a CDN knows only ASCII",
            address = foreign
        );
        let help = message!("purge-not-ascii-help", "write the host of `url` in site.yaml as `xn--…`");
        return Err(PurgeError::usage(message, help));
    }
    let mut purged = Purged::default();
    for batch in provider.batches(addresses) {
        exchange.deliver(&batch).map_err(|error| error.after(purged.addresses, addresses.len()))?;
        purged.requests += 1;
        purged.addresses += batch.addresses;
        purged.wildcards.extend(batch.wildcards());
    }
    Ok(purged)
}

fn provider<'a>(
    cdn: &'a Cdn,
    secrets: &'a Secrets,
    run: &Run<'a>,
) -> Result<Box<dyn Provider + 'a>, PurgeError> {
    Ok(match cdn {
        Cdn::Cloudflare { zone } => Box::new(Cloudflare::new(zone, secrets, run)?),
        Cdn::Fastly { service } => Box::new(Fastly::new(service, secrets, run)?),
        Cdn::CloudFront { distribution } => Box::new(CloudFront::new(distribution, secrets, run)?),
        Cdn::Webhook { url } => Box::new(Webhook::new(url, secrets, run)?),
    })
}

/// Checks an ID of site.yaml, which becomes part of an address.
fn id<'a>(key: &str, value: &'a str) -> Result<&'a str, PurgeError> {
    if text::is_api_id(value) {
        return Ok(value);
    }
    let message =
        message!("purge-bad-id", "`{key}: {value}` cannot be an ID", key, value = text::shorten(value, 80));
    let help = message!("purge-bad-id-help", "copy the ID of the {key} from the provider's console", key);
    Err(PurgeError::usage(message, help))
}
