//! Credentials from the environment, and how they are kept out of every message.

use std::collections::BTreeMap;
use std::fmt;

/// The shortest value that is taken out of messages. A shorter one is no secret, and would hide ordinary words.
const SHORTEST: usize = 6;

/// Variables of the environment by name. Nothing prints their values.
#[derive(Clone, Default)]
pub struct Secrets(BTreeMap<String, String>);

impl Secrets {
    #[must_use]
    pub fn new(variables: BTreeMap<String, String>) -> Secrets {
        Secrets(variables)
    }

    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The variables whose names begin like this.
    pub fn starting_with<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let all = self.0.iter().filter(move |(name, value)| name.starts_with(prefix) && !value.is_empty());
        all.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// A message without any of the values, and without the queries of addresses, which may hold a signature.
    #[must_use]
    pub fn redact(&self, message: &str) -> String {
        let mut clean = without_queries(message);
        for part in self.0.iter().filter(|(name, _)| is_secret(name)).flat_map(|(_, value)| parts(value)) {
            if part.len() >= SHORTEST {
                clean = clean.replace(part, "…");
            }
        }
        clean
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// Whether the value of a variable is a secret, and not a name or an address that a message should show.
fn is_secret(name: &str) -> bool {
    const PUBLIC: [&str; 6] = ["REGION", "ENDPOINT", "BUCKET", "PROFILE", "ALLOW_HTTP", "ACCOUNT_NAME"];
    !PUBLIC.iter().any(|public| name.contains(public))
}

/// A value, and the parts of a value that is a list, such as a signature among the parameters of a query.
fn parts(value: &str) -> impl Iterator<Item = &str> {
    let pieces = value.split(['&', '=', '?', '\n', '"', ' ', ',']).filter(|piece| piece.len() >= 16);
    std::iter::once(value.trim()).chain(pieces)
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
        assert_eq!(clean, "eu-central-1 refuses … at https://x.example/a (401): …");
        assert_eq!(format!("{secrets:?}").matches("wJal").count(), 0);
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
