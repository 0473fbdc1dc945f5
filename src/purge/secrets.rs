//! The credentials of the providers, each checked before it is sent.

use object_store::aws::AwsCredential;

use super::error::PurgeError;
use crate::deploy::Secrets;
use crate::message::{Message, message};

pub(super) fn cloudflare(secrets: &Secrets) -> Result<&str, PurgeError> {
    given(secrets, "CLOUDFLARE_API_TOKEN", || {
        message!(
            "purge-cloudflare-token-help",
            "create an API token with the permission Zone → Cache Purge → Purge for this zone, and set it in the environment; never write it into site.yaml"
        )
    })
}

pub(super) fn fastly(secrets: &Secrets) -> Result<&str, PurgeError> {
    given(secrets, "FASTLY_API_TOKEN", || {
        message!(
            "purge-fastly-token-help",
            "create an API token with the scope `purge_select` for this service, and set it in the environment; never write it into site.yaml"
        )
    })
}

pub(super) fn aws(secrets: &Secrets) -> Result<AwsCredential, PurgeError> {
    let help = || {
        message!(
            "purge-aws-key-help",
            "use a role or a user that may do `cloudfront:CreateInvalidation`, and set it in the environment; never write it into site.yaml"
        )
    };
    let key = |name: &str| given(secrets, name, help).map(str::to_owned);
    Ok(AwsCredential {
        key_id: key("AWS_ACCESS_KEY_ID")?,
        secret_key: key("AWS_SECRET_ACCESS_KEY")?,
        token: if_set(secrets, "AWS_SESSION_TOKEN")?.map(str::to_owned),
    })
}

/// The secret of the webhook, which it may lack.
pub(super) fn webhook(secrets: &Secrets) -> Result<Option<&str>, PurgeError> {
    if_set(secrets, "NOROSHI_PURGE_SECRET")
}

fn if_set<'a>(secrets: &'a Secrets, name: &str) -> Result<Option<&'a str>, PurgeError> {
    secrets.get(name).map(|value| fit(name, value)).transpose()
}

/// A secret that is there, and that can be the value of a header.
fn given<'a>(
    secrets: &'a Secrets,
    name: &str,
    help: impl FnOnce() -> Message,
) -> Result<&'a str, PurgeError> {
    let Some(value) = secrets.get(name) else {
        let message = message!("purge-unset", "the environment variable `{name}` is not set", name);
        return Err(PurgeError::usage(message, help()));
    };
    fit(name, value)
}

fn fit<'a>(name: &str, value: &'a str) -> Result<&'a str, PurgeError> {
    if value.bytes().all(|b| b.is_ascii_graphic()) {
        return Ok(value);
    }
    let message = message!(
        "purge-odd-credential",
        "`{name}` has a character that no credential has, such as a blank",
        name
    );
    Err(PurgeError::usage(message, message!("purge-odd-credential-help", "copy the credential again")))
}
