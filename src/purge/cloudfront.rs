//! Amazon `CloudFront`: `CreateInvalidation` in the API of 2020-05-31.
//!
//! <https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateInvalidation.html>, signed by Signature
//! Version 4 of `object_store`. All paths go into one request, since `CloudFront` limits paths,
//! not requests.

use std::collections::BTreeSet;
use std::time::Duration;

use object_store::aws::{AwsAuthorizer, AwsCredential};
use object_store::client::HttpRequest;

use super::error::PurgeError;
use super::exchange::{Answer, Batch, Provider, Verdict, correct, post};
use super::{Run, encoded, id, secrets};
use crate::deploy::Secrets;
use crate::digest::Digest;
use crate::limits::{PURGE_CLOUDFRONT_PATH_CHARACTERS, PURGE_CLOUDFRONT_PATHS, PURGE_CLOUDFRONT_WILDCARDS};
use crate::message::{Message, message};
use crate::panics;
use crate::text;

const BASE: &str = "https://cloudfront.amazonaws.com";
/// The region that signs for services without one.
const REGION: &str = "us-east-1";
/// What a path must not hold: the characters that RFC 1738 section 2.2 calls unsafe, and `?` and `*`, which would
/// mean something.
const UNSAFE: &[u8] = b"\"#%*<>?[\\]^`{|}~";
/// An invalidation takes minutes, and `CloudFront` does not say how long others will take.
const BETWEEN_INVALIDATIONS: Duration = Duration::from_secs(60);

pub(super) struct CloudFront<'a> {
    distribution: &'a str,
    credential: AwsCredential,
    publication: &'a str,
    base: &'a str,
}

impl<'a> CloudFront<'a> {
    pub(super) fn new(
        distribution: &'a str,
        secrets: &'a Secrets,
        run: &Run<'a>,
    ) -> Result<CloudFront<'a>, PurgeError> {
        let base = run.base.unwrap_or(BASE).trim_end_matches('/');
        let distribution = id("distribution", distribution)?;
        Ok(CloudFront {
            distribution,
            credential: secrets::aws(secrets)?,
            publication: run.publication,
            base,
        })
    }
}

impl Provider for CloudFront<'_> {
    fn name(&self) -> Message {
        Message::same("CloudFront")
    }

    fn base(&self) -> &str {
        self.base
    }

    fn batches(&self, addresses: &[String]) -> Vec<Batch> {
        let mut items: Vec<String> = addresses.iter().map(|address| path(address)).collect();
        items.sort_unstable();
        items.dedup();
        let (mut short, folders) = without_long(items.clone());
        let is_accepted = short.len() + folders.len() <= PURGE_CLOUDFRONT_PATHS
            && folders.len() <= PURGE_CLOUDFRONT_WILDCARDS;
        items = if is_accepted {
            short.extend(folders);
            short
        } else {
            wildcards(&items)
        };
        let batch = Batch { items, addresses: addresses.len(), part: (1, 1) };
        if addresses.is_empty() { Vec::new() } else { vec![batch] }
    }

    fn request(&self, batch: &Batch) -> Result<HttpRequest, PurgeError> {
        let address = format!("{}/2020-05-31/distribution/{}/invalidation", self.base, self.distribution);
        let body = xml(self.publication, &batch.items);
        let mut request = post(&address, &[("content-type", "application/xml")], body)?;
        let authorizer = AwsAuthorizer::new(&self.credential, "cloudfront", REGION);
        // The crate unwraps what it takes for certain, such as that an address is one.
        let step = message!("purge-step-sign", "signing a request");
        let signed = panics::contain(step, || authorizer.try_authorize(&mut request, None));
        if let Ok(Ok(())) = signed {
            return Ok(request);
        }
        let message =
            message!("purge-unsigned", "noroshi cannot sign a request to `{address}`", address = self.base);
        let help = message!("purge-unsigned-help", "check the AWS credentials in the environment");
        Err(PurgeError::environment(message, help))
    }

    fn read(&self, answer: &Answer) -> Verdict {
        let part = |name: &str| {
            let (_, rest) = answer.text.split_once(&format!("<{name}>"))?;
            rest.split_once(&format!("</{name}>")).map(|(part, _)| part.trim())
        };
        if answer.is_success() && part("Id").is_some_and(|id| !id.is_empty()) {
            return Verdict::Done;
        }
        let code = part("Code").unwrap_or_default();
        let said = Message::same(match part("Message") {
            Some(message) => format!("{message} ({code})"),
            None => code.to_owned(),
        });
        if code == "TooManyInvalidationsInProgress" {
            return Verdict::Later { said, wait: Some(BETWEEN_INVALIDATIONS) };
        }
        // These come with status 400, too.
        if answer.is_for_later()
            || matches!(code, "Throttling" | "ThrottlingException" | "ServiceUnavailable")
        {
            return Verdict::Later { said, wait: None };
        }
        if answer.is_success() {
            return answer.is_of_another("CloudFront");
        }
        let help = match code {
            "AccessDenied" => message!(
                "purge-cloudfront-refused-help",
                "allow these credentials `cloudfront:CreateInvalidation` on the distribution"
            ),
            "NoSuchDistribution" => message!(
                "purge-cloudfront-distribution-help",
                "set `distribution` in site.yaml to the ID of the distribution"
            ),
            "RequestExpired" | "SignatureDoesNotMatch" | "RequestTimeTooSkewed" => message!(
                "purge-cloudfront-clock-help",
                "check the clock of this machine, and `AWS_SECRET_ACCESS_KEY`"
            ),
            _ if matches!(answer.status, 401 | 403) => message!(
                "purge-cloudfront-keys-help",
                "check `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`"
            ),
            _ => correct("CloudFront"),
        };
        Verdict::Refused { said, help }
    }
}

/// The path of an address in the form that `CloudFront` compares: nothing is encoded but what must be.
fn path(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = rest.find('/').map_or("/", |at| &rest[at..]);
    let mut bytes = Vec::with_capacity(path.len());
    let mut left = path.as_bytes();
    while let Some((first, rest)) = left.split_first() {
        let hex = rest.get(..2).filter(|_| *first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        left = if byte.is_some() { &rest[2..] } else { rest };
    }
    encoded(&bytes, UNSAFE)
}

/// The paths that are short enough, and wildcards that cover the others.
fn without_long(paths: Vec<String>) -> (Vec<String>, Vec<String>) {
    let (mut short, long): (Vec<String>, Vec<String>) =
        paths.into_iter().partition(|path| path.len() <= PURGE_CLOUDFRONT_PATH_CHARACTERS);
    let folders: BTreeSet<&str> =
        long.iter().map(|path| folder(path, PURGE_CLOUDFRONT_PATH_CHARACTERS - 1)).collect();
    let is_within = |path: &str| folders.iter().any(|folder| path != *folder && path.starts_with(folder));
    short.retain(|path| !is_within(path) && !folders.contains(path.as_str()));
    let folders = folders.iter().filter(|folder| !is_within(folder));
    (short, folders.map(|folder| format!("{folder}*")).collect())
}

/// The folder of a path, with its `/`, or the nearest one above it of at most this many bytes.
fn folder(path: &str, most: usize) -> &str {
    // A path is ASCII.
    let start = path.get(..most).unwrap_or(path);
    start.rfind('/').map_or("/", |at| &start[..=at])
}

/// Paths with wildcards that cover all of these sorted paths, and as little else as one folder allows.
fn wildcards(paths: &[String]) -> Vec<String> {
    let (first, last) = (paths.first().map_or("/", String::as_str), paths.last().map_or("/", String::as_str));
    // A site below `/status/` is also at `/status`.
    let below = format!("{first}/");
    let is_short = below.len() < PURGE_CLOUDFRONT_PATH_CHARACTERS;
    if is_short && !first.ends_with('/') && paths[1..].iter().all(|path| path.starts_with(&below)) {
        return vec![first.to_owned(), format!("{below}*")];
    }
    // Of sorted texts, all begin as both the first and the last do.
    let common = first.bytes().zip(last.bytes()).take_while(|(a, b)| a == b).count();
    vec![format!("{}*", folder(first, common.min(PURGE_CLOUDFRONT_PATH_CHARACTERS - 1)))]
}

fn xml(publication: &str, paths: &[String]) -> String {
    // A repeated request has the same reference, so CloudFront makes no second invalidation of it.
    let reference = Digest::of(&(publication, paths));
    let mut items = String::new();
    for path in paths {
        items.push_str("<Path>");
        text::escape_into(&mut items, path);
        items.push_str("</Path>");
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         <InvalidationBatch xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\">\
         <CallerReference>noroshi-{reference}</CallerReference>\
         <Paths><Items>{items}</Items><Quantity>{}</Quantity></Paths></InvalidationBatch>",
        paths.len()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_encoded_as_cloudfront_compares_it() {
        for (address, wanted) in [
            ("https://a.example", "/"),
            ("https://a.example/", "/"),
            ("https://a.example/a%2Cb", "/a,b"),
            ("https://a.example/a,b", "/a,b"),
            ("https://a.example/%E9%9A%9C", "/%E9%9A%9C"),
            ("https://a.example/a~b", "/a%7Eb"),
            ("https://a.example/a%20b%5B1%5D", "/a%20b%5B1%5D"),
            ("https://a.example/100%25", "/100%25"),
            ("https://a.example/all*", "/all%2A"),
            ("https://a.example/why%3F", "/why%3F"),
            ("https://a.example/%zz%4", "/%25zz%254"),
        ] {
            assert_eq!(path(address), wanted, "{address}");
        }
    }

    #[test]
    fn a_path_that_is_too_long_is_the_wildcard_of_its_folder() {
        let all = |paths: &[&str]| {
            let mut paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
            paths.sort_unstable();
            without_long(paths)
        };
        let longest = format!("/a/{}", "x".repeat(3997));
        assert_eq!(all(&["/", &longest]), (vec!["/".to_owned(), longest.clone()], vec![]));
        let long = format!("{longest}x");
        // What lies in the folder is purged with it.
        let (short, folders) = all(&["/", "/a", "/a/", "/a/b", "/ab", &long, &format!("{long}/c")]);
        assert_eq!((short, folders), (vec!["/".into(), "/a".into(), "/ab".into()], vec!["/a/*".to_owned()]));
        // The wildcard is short enough, too, also where the folders are long.
        let deep = format!("/{}", "folder/".repeat(600));
        let (_, folders) = all(&[&deep]);
        assert_eq!(folders, [format!("/{}*", "folder/".repeat(571))]);
        assert!(folders[0].len() <= 4000);
        assert_eq!(all(&[&format!("/{}", "x".repeat(4000))]), (vec![], vec!["/*".to_owned()]));
        // A folder within another one needs no wildcard of its own.
        let (_, folders) = all(&[&long, &format!("/a/b/{}", "x".repeat(4000))]);
        assert_eq!(folders, ["/a/*"]);
        let common = [format!("/{}a", "x".repeat(5000)), format!("/{}b", "x".repeat(5000))];
        assert_eq!(wildcards(&common), ["/*"]);
    }

    #[test]
    fn a_wildcard_covers_all_paths_and_nothing_beside_their_folder() {
        let of = |paths: &[&str]| wildcards(&paths.iter().map(|path| (*path).to_owned()).collect::<Vec<_>>());
        assert_eq!(of(&["/", "/a/", "/b"]), ["/*"]);
        assert_eq!(of(&["/status", "/status/", "/status/a/"]), ["/status", "/status/*"]);
        assert_eq!(of(&["/status/", "/status/a/"]), ["/status/*"]);
        assert_eq!(of(&["/ja/incidents/a", "/ja/index.html"]), ["/ja/*"]);
        assert_eq!(of(&["/status", "/status2/", "/status/"]), ["/*"]);
    }
}
