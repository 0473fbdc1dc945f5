//! The credentials of the providers. Nothing shows them: neither `Debug` nor a message.

use std::fmt;
use std::sync::Arc;

use object_store::aws::AwsCredential;

use super::error::PurgeError;
use crate::text;

/// What stands in a message for a secret.
const HIDDEN: &str = "[secret]";

#[derive(Default)]
pub struct Secrets {
    cloudflare: Option<String>,
    fastly: Option<String>,
    aws: Option<Arc<AwsCredential>>,
    webhook: Option<String>,
}

impl Secrets {
    /// The variables that [`Secrets::read`] asks for.
    pub const VARIABLES: [&'static str; 6] = [
        "CLOUDFLARE_API_TOKEN",
        "FASTLY_API_TOKEN",
        "NOROSHI_PURGE_SECRET",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
    ];

    /// Takes the secrets from the environment, which only the command line reads. An empty value is none.
    #[must_use]
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Secrets {
        // A secret that a person pastes often ends with a line break.
        let [cloudflare, fastly, webhook, key_id, secret_key, token] = Secrets::VARIABLES.map(|name| {
            let value = variable(name)?.trim().to_owned();
            (!value.is_empty()).then_some(value)
        });
        let aws = key_id
            .zip(secret_key)
            .map(|(key_id, secret_key)| Arc::new(AwsCredential { key_id, secret_key, token }));
        Secrets { cloudflare, fastly, aws, webhook }
    }

    /// The same secrets with a credential that AWS's own chain has found, such as the role of a machine.
    #[must_use]
    pub fn with_aws(self, credential: Arc<AwsCredential>) -> Secrets {
        Secrets { aws: Some(credential), ..self }
    }

    pub(super) fn cloudflare(&self) -> Result<&str, PurgeError> {
        let help = "create an API token with the permission Zone → Cache Purge → Purge for this zone";
        given(self.cloudflare.as_deref(), "CLOUDFLARE_API_TOKEN", help)
    }

    pub(super) fn fastly(&self) -> Result<&str, PurgeError> {
        let help = "create an API token with the scope `purge_select` for this service";
        given(self.fastly.as_deref(), "FASTLY_API_TOKEN", help)
    }

    pub(super) fn aws(&self) -> Result<&AwsCredential, PurgeError> {
        let aws = self.aws.as_deref();
        let help = "use a role or a user that may do `cloudfront:CreateInvalidation`";
        given(aws.map(|aws| aws.key_id.as_str()), "AWS_ACCESS_KEY_ID", help)?;
        given(aws.map(|aws| aws.secret_key.as_str()), "AWS_SECRET_ACCESS_KEY", help)?;
        if let Some(token) = aws.and_then(|aws| aws.token.as_deref()) {
            given(Some(token), "AWS_SESSION_TOKEN", help)?;
        }
        aws.ok_or_else(|| missing("AWS_ACCESS_KEY_ID", help))
    }

    /// The secret of the webhook, which it may lack.
    pub(super) fn webhook(&self) -> Result<Option<&str>, PurgeError> {
        let help = "use the secret that the receiver knows";
        let secret = self.webhook.as_deref();
        secret.map(|secret| given(Some(secret), "NOROSHI_PURGE_SECRET", help)).transpose()
    }

    /// A text in which every secret is replaced, in each form in which a server may repeat it.
    pub(super) fn hidden(&self, text: &str) -> String {
        let aws = self.aws.as_deref();
        let mut all: Vec<&str> =
            [&self.cloudflare, &self.fastly, &self.webhook].into_iter().flatten().map(|s| &**s).collect();
        all.extend(self.webhook.as_deref().and_then(|secret| secret.strip_prefix("whsec_")));
        all.extend(aws.into_iter().flat_map(|aws| [&*aws.key_id, &*aws.secret_key]));
        all.extend(aws.and_then(|aws| aws.token.as_deref()));
        let mut forms: Vec<String> = Vec::new();
        for secret in all {
            let json = text::json_string(secret);
            forms.extend([
                secret.to_owned(),
                text::percent_encode(secret).into_owned(),
                text::percent_encode(secret).replace('/', "%2F"),
                json[1..json.len() - 1].to_owned(),
                secret.replace('/', "\\/"),
                text::escape(secret),
            ]);
        }
        forms.retain(|form| !form.is_empty());
        // A secret may be the beginning of another.
        forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
        forms.iter().fold(text.to_owned(), |text, form| text.replace(form.as_str(), HIDDEN))
    }
}

/// A secret that is there, and that can be the value of a header.
fn given<'a>(value: Option<&'a str>, name: &str, help: &str) -> Result<&'a str, PurgeError> {
    let value = value.filter(|value| !value.is_empty()).ok_or_else(|| missing(name, help))?;
    if value.bytes().all(|b| b.is_ascii_graphic()) {
        return Ok(value);
    }
    let message = format!("`{name}` has a character that no credential has, such as a blank");
    Err(PurgeError::usage(message, "copy the credential again"))
}

fn missing(name: &str, help: &str) -> PurgeError {
    let message = format!("the environment variable `{name}` is not set");
    PurgeError::usage(
        message,
        format!("{help}, and set it in the environment; never write it into site.yaml"),
    )
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = |is_set: bool| if is_set { HIDDEN } else { "none" };
        f.debug_struct("Secrets")
            .field("cloudflare", &mark(self.cloudflare.is_some()))
            .field("fastly", &mark(self.fastly.is_some()))
            .field("aws", &mark(self.aws.is_some()))
            .field("webhook", &mark(self.webhook.is_some()))
            .finish()
    }
}
