//! Credentials from the environment, and how they are kept out of every message.

use std::collections::BTreeMap;
use std::fmt;

use crate::text;

/// The shortest value that is taken out of messages. A shorter one is no secret, and would hide ordinary words.
const SHORTEST: usize = 6;
/// What stands in a message for a secret.
const HIDDEN: &str = "[secret]";
/// The longest value that is taken for the path of a file. The keys of Google are longer.
const LONGEST_PATH: usize = 255;

/// Variables of the environment by name, for stores and CDNs. Nothing prints their values.
#[derive(Clone, Default)]
pub struct Secrets(BTreeMap<String, String>);

impl Secrets {
    /// An empty value is none.
    #[must_use]
    pub fn new(variables: BTreeMap<String, String>) -> Secrets {
        // A secret that a person pastes often ends with a line break.
        let trimmed = variables.into_iter().map(|(name, value)| (name, value.trim().to_owned()));
        Secrets(trimmed.filter(|(_, value)| !value.is_empty()).collect())
    }

    /// The same with other values for these variables.
    #[must_use]
    pub fn with<'n>(&self, variables: impl IntoIterator<Item = (&'n str, String)>) -> Secrets {
        let more = variables.into_iter().map(|(name, value)| (name.to_owned(), value));
        Secrets::new(self.0.clone().into_iter().chain(more).collect())
    }

    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The variables whose names begin like this.
    pub fn starting_with<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let all = self.0.iter().filter(move |(name, _)| name.starts_with(prefix));
        all.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// A message without any of the values, in each form in which a server may repeat them, and without the queries of
    /// addresses, which may hold a signature.
    #[must_use]
    pub fn redact(&self, message: &str) -> String {
        let secrets = self.0.iter().filter(|(name, value)| is_secret(name) && !is_file(name, value));
        let mut all: Vec<String> =
            secrets.flat_map(|(_, value)| parts(value)).flat_map(|part| text::forms_of(&part)).collect();
        all.retain(|form| form.len() >= SHORTEST);
        // A secret may be the beginning of another.
        all.sort_by_key(|form| std::cmp::Reverse(form.len()));
        all.iter().fold(without_queries(message), |clean, form| clean.replace(form.as_str(), HIDDEN))
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// Whether the value of a variable is a secret, and not a name or an address that a message should show.
fn is_secret(name: &str) -> bool {
    const PUBLIC: [&str; 9] = [
        "PROJECT",
        "REGION",
        "ENDPOINT",
        "BUCKET",
        "PROFILE",
        "ALLOW_HTTP",
        "ACCOUNT_NAME",
        "BASE_URL",
        "EMULATOR",
    ];
    name != "AZURE_STORAGE_ACCOUNT" && !PUBLIC.iter().any(|public| name.contains(public))
}

/// Whether a value is the path of a file, which a message should show. People also write the text of the file there.
fn is_file(name: &str, value: &str) -> bool {
    const FILES: [&str; 4] = [
        "GOOGLE_APPLICATION_CREDENTIALS",
        "GOOGLE_SERVICE_ACCOUNT",
        "GOOGLE_SERVICE_ACCOUNT_PATH",
        "SERVICE_ACCOUNT",
    ];
    (name.ends_with("_FILE") || FILES.contains(&name))
        && value.len() <= LONGEST_PATH
        && !value.contains(['{', '\n'])
}

/// A value, also as one line, and the parts of a value that is a list, such as a signature among the parameters of a
/// query.
fn parts(value: &str) -> Vec<String> {
    let pieces = value.split(['&', '=', '?', '\n', '"', ' ', ',']).filter(|piece| piece.len() >= 16);
    let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    let whole = [value.trim().to_owned(), line].into_iter();
    whole.chain(value.strip_prefix("whsec_").into_iter().chain(pieces).map(str::to_owned)).collect()
}

/// A text whose addresses end before their query.
fn without_queries(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("://") {
        let end = rest[start..].find(|c: char| c.is_whitespace() || matches!(c, '`' | '"' | ')' | '<' | '>'));
        let (address, after) = rest.split_at(end.map_or(rest.len(), |end| start + end));
        let query = address[start..].find('?').map_or(address.len(), |at| start + at);
        clean.push_str(&address[..query]);
        rest = after;
    }
    clean.push_str(rest);
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(variables: &[(&str, &str)]) -> Secrets {
        Secrets::new(variables.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect())
    }

    #[test]
    fn no_value_of_a_secret_stays_in_a_message() {
        let secrets = secrets(&[
            ("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG"),
            ("AZURE_STORAGE_SAS_TOKEN", "sv=2024-01-01&sig=abcdefghijklmnop%3D&se=2027"),
            ("GOOGLE_SERVICE_ACCOUNT_KEY", "{\"private_key\": \"-----BEGIN\\nMIIEvQIBADANBgkqhkiG9w0\"}"),
            ("AWS_REGION", "eu-central-1"),
        ]);
        let message = "eu-central-1 refuses wJalrXUtnFEMI/K7MDENG at https://x.example/a?sig=abcdefghijklmnop%3D (401): abcdefghijklmnop%3D";
        let clean = secrets.redact(message);
        assert_eq!(clean, "eu-central-1 refuses [secret] at https://x.example/a (401): [secret]");
        assert_eq!(format!("{secrets:?}").matches("wJal").count(), 0);
    }

    #[test]
    fn values_are_trimmed_and_empty_ones_are_none() {
        let secrets = secrets(&[("FASTLY_API_TOKEN", "token\n"), ("AWS_PROFILE", " ")]);
        assert_eq!((secrets.get("FASTLY_API_TOKEN"), secrets.get("AWS_PROFILE")), (Some("token"), None));
        let other = secrets.with([("AWS_PROFILE", "team".to_owned()), ("FASTLY_API_TOKEN", String::new())]);
        assert_eq!(other.starting_with("").collect::<Vec<_>>(), [("AWS_PROFILE", "team")]);
    }

    #[test]
    fn a_message_shows_the_path_of_a_file_of_credentials_and_never_its_text() {
        let key = "{\n  \"private_key\": \"short\",\n  \"type\": \"x\"\n}";
        let secrets = secrets(&[
            ("GOOGLE_APPLICATION_CREDENTIALS", "/run/secrets/google.json"),
            ("GOOGLE_SERVICE_ACCOUNT", key),
        ]);
        assert_eq!(
            secrets.redact("cannot open /run/secrets/google.json"),
            "cannot open /run/secrets/google.json"
        );
        assert_eq!(secrets.redact(&format!("cannot open {key}: no")), "cannot open [secret]: no");
        let line = key.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(secrets.redact(&format!("cannot open {line}: no")), "cannot open [secret]: no");
    }

    #[test]
    fn addresses_lose_their_queries_and_other_text_stays() {
        for (text, clean) in [
            ("is it so? yes", "is it so? yes"),
            (
                "`https://a.example/b?c=d` failed, see https://e.example?f",
                "`https://a.example/b` failed, see https://e.example",
            ),
            ("<https://a.example/?x>", "<https://a.example/>"),
            ("狼煙 https://a.example/狼煙?x 終", "狼煙 https://a.example/狼煙 終"),
        ] {
            assert_eq!(without_queries(text), clean);
        }
    }
}
