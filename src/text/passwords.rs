//! Addresses without what stands before an `@`, which people type with a password in it.

use std::borrow::Cow;

/// What stands in the place of a user name and a password.
const HIDDEN: &str = "…";

/// A text whose addresses have neither user name nor password. The `@` stays, so that a refused address is still one.
#[must_use]
pub fn without_passwords(text: &str) -> Cow<'_, str> {
    if !text.contains("://") || !text.contains('@') {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("://") {
        let (before, address) = rest.split_at(start + 3);
        clean.push_str(before);
        let user = user_of(address);
        if user > 0 {
            clean.push_str(HIDDEN);
        }
        rest = &address[user..];
    }
    clean.push_str(rest);
    Cow::Owned(clean)
}

/// The length of what stands before the `@` of an address without its scheme.
fn user_of(address: &str) -> usize {
    let end = address.find(|c: char| c.is_whitespace() || matches!(c, '`' | '"' | '<' | '>'));
    let address = &address[..end.unwrap_or(address.len())];
    let host = address.find(['/', '?', '#']).unwrap_or(address.len());
    // A password may hold a `/` or `#` by mistake. What follows the `:` of a host is a number.
    let port = address[..host].split_once(':').map(|(_, port)| port);
    let is_password = port.is_some_and(|port| !port.bytes().all(|b| b.is_ascii_digit()));
    let within = if is_password { address } else { &address[..host] };
    within.rfind('@').unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_loses_its_user_name_and_password_and_nothing_else() {
        for (text, clean) in [
            ("https://user:hunter2@status.example/a", "https://…@status.example/a"),
            ("--site=https://hunter2@status.example", "--site=https://…@status.example"),
            (
                "`https://u:p@a.example` and http://b:q@c.example/ too",
                "`https://…@a.example` and http://…@c.example/ too",
            ),
            ("https://user:hun/t#er@2@status.example/", "https://…@status.example/"),
            ("https://@status.example/", "https://@status.example/"),
            ("https://social.example/@status/1", "https://social.example/@status/1"),
            ("https://social.example:8443/@status/1", "https://social.example:8443/@status/1"),
            ("https://status.example/ asks me@team.example", "https://status.example/ asks me@team.example"),
            ("git@code.example:a/b", "git@code.example:a/b"),
            ("s3://bucket/狼煙@2x.png", "s3://bucket/狼煙@2x.png"),
        ] {
            assert_eq!(without_passwords(text), clean);
            assert_eq!(without_passwords(clean), clean);
        }
    }
}
