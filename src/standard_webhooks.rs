//! Proves by Standard Webhooks 1.0.0 who sent a request: its id, its time and its signatures.
//!
//! <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>, read in November 2026. A
//! secret that begins with `whsec_` signs. While a secret is being replaced, the old one and the new one both sign, so
//! that the receiver can change at any time. A secret of another form is sent as a bearer token. Nothing here shows a secret.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::hmac;

use crate::message::{Message, message};

/// The bytes that the standard asks of a secret.
const SECRET_BYTES: std::ops::RangeInclusive<usize> = 24..=64;

/// The secrets that a receiver knows; perhaps none.
#[derive(Default)]
pub struct Signer {
    keys: Vec<hmac::Key>,
    token: Option<String>,
}

/// Why a secret cannot be used. The message names its variable, and never its value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SecretFault {
    pub message: Message,
    pub help: Message,
}

impl Signer {
    /// A signer with the secrets of this variable of the environment.
    ///
    /// # Errors
    /// A secret has the wrong form, or there are two bearer tokens.
    pub fn new<'a>(
        variable: &str,
        secrets: impl IntoIterator<Item = &'a str>,
    ) -> Result<Signer, SecretFault> {
        let mut signer = Signer::default();
        for secret in secrets {
            if let Some(key) = secret.strip_prefix("whsec_") {
                let bytes = STANDARD.decode(key).ok().filter(|bytes| SECRET_BYTES.contains(&bytes.len()));
                let bytes = bytes.ok_or_else(|| SecretFault {
                    message: message!(
                        "standard-webhooks-bad-secret",
                        "`{variable}` begins with `whsec_`, but the rest is not 24 to 64 bytes in base64",
                        variable
                    ),
                    help: message!(
                        "standard-webhooks-bad-secret-help",
                        "make one with: echo \"whsec_$(openssl rand -base64 32)\""
                    ),
                })?;
                signer.keys.push(hmac::Key::new(hmac::HMAC_SHA256, &bytes));
            } else if signer.token.replace(secret.to_owned()).is_some() {
                return Err(SecretFault {
                    message: message!(
                        "standard-webhooks-two-tokens",
                        "`{variable}` holds two secrets that do not begin with `whsec_`",
                        variable
                    ),
                    help: message!(
                        "standard-webhooks-two-tokens-help",
                        "only secrets that begin with `whsec_` can be several, separated by a blank"
                    ),
                });
            }
        }
        Ok(signer)
    }

    /// The headers of a request. `id` is the same in each try, and has no full stop; `time` is that of the try, in seconds
    /// since 1970.
    #[must_use]
    pub fn headers(&self, id: &str, time: i64, body: &[u8]) -> Vec<(&'static str, String)> {
        let mut headers = vec![("webhook-id", id.to_owned()), ("webhook-timestamp", time.to_string())];
        let signed = [format!("{id}.{time}.").as_bytes(), body].concat();
        let sign = |key| format!("v1,{}", STANDARD.encode(hmac::sign(key, &signed)));
        let signatures: Vec<String> = self.keys.iter().map(sign).collect();
        if !signatures.is_empty() {
            headers.push(("webhook-signature", signatures.join(" ")));
        }
        headers.extend(self.token.as_ref().map(|token| ("authorization", format!("Bearer {token}"))));
        headers
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer")
            .field("keys", &self.keys.len())
            .field("has_token", &self.token.is_some())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const NEW: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    fn headers(secrets: &[&str]) -> Vec<(&'static str, String)> {
        let signer = Signer::new("NOROSHI_A_SECRET", secrets.iter().copied()).expect("sound secrets");
        signer.headers("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, b"{\"test\": 2432232314}")
    }

    /// The values are those of the tests of the standard's own libraries.
    #[test]
    fn a_signature_is_that_of_the_standards_libraries() {
        assert_eq!(
            headers(&[OLD]),
            [
                ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek".to_owned()),
                ("webhook-timestamp", "1614265330".to_owned()),
                ("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=".to_owned()),
            ]
        );
    }

    #[test]
    fn two_secrets_sign_side_by_side_and_a_token_stands_beside_them() {
        let (old, new) = (headers(&[OLD])[2].1.clone(), headers(&[NEW])[2].1.clone());
        let all = headers(&[NEW, "plain", OLD]);
        assert_eq!(all[2], ("webhook-signature", format!("{new} {old}")));
        assert_eq!(all[3], ("authorization", "Bearer plain".to_owned()));
        assert_eq!(headers(&[]).len(), 2, "without a secret, only the id and the time");
    }

    #[test]
    fn a_secret_of_the_wrong_form_is_named_and_not_shown() {
        for secrets in [vec!["whsec_c2hvcnQ="], vec!["whsec_!!!!"], vec!["first-token", "second-token"]] {
            let fault = Signer::new("NOROSHI_A_SECRET", secrets.iter().copied()).expect_err("unfit");
            assert!(fault.message.contains("`NOROSHI_A_SECRET`"), "{fault:?}");
            assert!(!secrets.iter().any(|secret| format!("{fault:?}").contains(secret)), "{fault:?}");
        }
        let signer = Signer::new("V", [OLD, "plain-token"]).expect("sound secrets");
        assert_eq!(format!("{signer:?}"), "Signer { keys: 1, has_token: true }");
    }
}
