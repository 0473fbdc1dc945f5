//! The credentials of the providers, each checked before it is sent.

use object_store::aws::AwsCredential;

use super::error::PurgeError;
use crate::deploy::Secrets;

pub(super) fn cloudflare(secrets: &Secrets) -> Result<&str, PurgeError> {
    let help = "create an API token with the permission Zone → Cache Purge → Purge for this zone";
    given(secrets, "CLOUDFLARE_API_TOKEN", help)
}

pub(super) fn fastly(secrets: &Secrets) -> Result<&str, PurgeError> {
    given(secrets, "FASTLY_API_TOKEN", "create an API token with the scope `purge_select` for this service")
}

pub(super) fn aws(secrets: &Secrets) -> Result<AwsCredential, PurgeError> {
    let help = "use a role or a user that may do `cloudfront:CreateInvalidation`";
    let key = |name: &str| given(secrets, name, help).map(str::to_owned);
    Ok(AwsCredential {
        key_id: key("AWS_ACCESS_KEY_ID")?,
        secret_key: key("AWS_SECRET_ACCESS_KEY")?,
        token: if_set(secrets, "AWS_SESSION_TOKEN", help)?.map(str::to_owned),
    })
}

/// The secret of the webhook, which it may lack.
pub(super) fn webhook(secrets: &Secrets) -> Result<Option<&str>, PurgeError> {
    if_set(secrets, "NOROSHI_PURGE_SECRET", "use the secret that the receiver knows")
}

fn if_set<'a>(secrets: &'a Secrets, name: &str, help: &str) -> Result<Option<&'a str>, PurgeError> {
    secrets.get(name).map(|_| given(secrets, name, help)).transpose()
}

/// A secret that is there, and that can be the value of a header.
fn given<'a>(secrets: &'a Secrets, name: &str, help: &str) -> Result<&'a str, PurgeError> {
    let Some(value) = secrets.get(name) else {
        let message = format!("the environment variable `{name}` is not set");
        let help = format!("{help}, and set it in the environment; never write it into site.yaml");
        return Err(PurgeError::usage(message, help));
    };
    if value.bytes().all(|b| b.is_ascii_graphic()) {
        return Ok(value);
    }
    let message = format!("`{name}` has a character that no credential has, such as a blank");
    Err(PurgeError::usage(message, "copy the credential again"))
}
