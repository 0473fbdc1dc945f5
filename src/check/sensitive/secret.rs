//! Passwords and keys that only the words around them show: `password=…`, `https://user:pass@host`,
//! `Authorization: Bearer …`, `秘密鍵：…`.

use super::view::{LETTER, SIGN, View};
use super::{Looks, Seen};

/// Ends of names of passwords, without `_`, `-` and blanks.
const PASSWORDS: [&str; 10] = [
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "passwort",
    "kennwort",
    "contraseña",
    "motdepasse",
    "userpass",
    "dbpass",
];

/// Ends of names of keys.
const KEYS: [&str; 21] = [
    "secret",
    "secretkey",
    "accesskey",
    "apikey",
    "authtoken",
    "accesstoken",
    "apitoken",
    "bearertoken",
    "refreshtoken",
    "secrettoken",
    "bottoken",
    "privatekey",
    "accountkey",
    "sharedaccesskey",
    "encryptionkey",
    "signingkey",
    "masterkey",
    "amzsignature",
    "googsignature",
    "privkey",
    "sessiontoken",
];

/// Names of passwords in scripts without blanks.
const WIDE_PASSWORDS: [&str; 6] = ["パスワード", "パスフレーズ", "パスコード", "密码", "密碼", "비밀번호"];

/// Names of keys in such scripts.
const WIDE_KEYS: [&str; 9] = [
    "秘密鍵",
    "プライベートキー",
    "シークレットキー",
    "アクセスキー",
    "シークレット",
    "APIキー",
    "アクセストークン",
    "私钥",
    "暗号鍵",
];

/// In a value, what shows that it is none.
const NO_VALUES: [&str; 22] = [
    "xxx",
    "***",
    "...",
    "your",
    "redacted",
    "process.env",
    "environ",
    "http",
    "argon2",
    "sha2",
    "sha1",
    "bcrypt",
    "pbkdf2",
    "base64",
    "secretref",
    "example",
    "undefined",
    "required",
    "string",
    "disabled",
    "enabled",
    "masked",
];

#[derive(Clone, Copy, PartialEq)]
enum Named {
    Password,
    Pin,
    Key,
    /// A key of which a hash might be taken for, and the other way round.
    PrivateKey,
}

/// What is assigned after this colon or equals sign.
pub(super) fn assigned(view: &View, at: usize) -> Option<Seen> {
    let end = view.back(at, 3, |b| matches!(b, b' ' | b'"' | b'\'' | b'`' | b'*' | b']'));
    let named = named(view, end)?;
    let compared = |b: u8| matches!(b, b'=' | b'!' | b'<' | b'>' | b':');
    if compared(view.before(at)) || view.byte(at + 1) == b'=' {
        return None;
    }
    let after = view.run(at + 1, 4, |b| matches!(b, b' ' | b'"' | b'\'' | b'`' | b'*' | b'>'));
    let firm = view.byte(at) == b'=' && view.before(after) != b' ';
    let quote = view.byte(after) == SIGN && view.rest(after).starts_with(['「', '『', '“', '‘', '【']);
    value(view, after + usize::from(quote), named, firm)
}

/// `パスワードは「…」`, and what follows the word `Bearer` or the words `private key`.
pub(super) fn word(view: &View, at: usize, end: usize) -> Option<Seen> {
    if view.before(at) == SIGN && view.until(at).ends_with("は「") {
        return value(view, at, named(view, at - 2)?, true);
    }
    match end - at {
        6 if view.says(at, "bearer") && view.byte(end) == b' ' => {
            let token = view.run(end + 1, 4096, |b| b.is_ascii_alphanumeric() || b"._~+/=-".contains(&b));
            let digit = view.bytes(end + 1..token).iter().any(u8::is_ascii_digit);
            (digit && token - end > 20).then_some((end + 1..token, Looks::Key))
        }
        5 if view.says(at, "basic") && view.after(at, &["authorization"]).is_some() => {
            let token = view.run(end + 1, 4096, |b| b.is_ascii_alphanumeric() || b"+/=".contains(&b));
            (token - end > 12).then_some((end + 1..token, Looks::Key))
        }
        64 | 66 => {
            let digits = at + if view.says(at, "0x") { 2 } else { 0 };
            let hex = view.bytes(digits..end).iter().all(u8::is_ascii_hexdigit);
            let before = view.back(at, 3, |b| matches!(b, b' ' | b'"' | b'`'));
            let copula = ["は", " is", " was"].into_iter().find(|word| view.until(before).ends_with(word));
            let name = before - copula.map_or(0, |word| word.chars().count());
            let named = hex && end - digits == 64 && named(view, name) == Some(Named::PrivateKey);
            named.then_some((at..end, Looks::Key))
        }
        _ => None,
    }
}

fn named(view: &View, end: usize) -> Option<Named> {
    let last = view.before(end);
    if last >= LETTER {
        let text = view.until(end);
        return if WIDE_PASSWORDS.iter().any(|name| text.ends_with(name)) {
            Some(Named::Password)
        } else if text.ends_with("暗証番号") {
            Some(Named::Pin)
        } else if ["秘密鍵", "プライベートキー", "私钥"].iter().any(|name| text.ends_with(name))
        {
            Some(Named::PrivateKey)
        } else {
            WIDE_KEYS.iter().any(|name| text.ends_with(name)).then_some(Named::Key)
        };
    }
    if !matches!(last | 0x20, b'd' | b't' | b'y' | b'n' | b'e' | b's') {
        return None;
    }
    let start = view.back(end, 32, |b| b.is_ascii_alphanumeric() || b"_-. ".contains(&b) || b == LETTER);
    let name: Vec<u8> = view.until(end)[view.until(start).len()..]
        .bytes()
        .filter(|b| !b"_-. ".contains(b))
        .map(|b| b.to_ascii_lowercase())
        .collect();
    let ends = |names: &[&str]| names.iter().any(|end| name.ends_with(end.as_bytes()));
    if ends(&PASSWORDS) {
        Some(Named::Password)
    } else if ends(&["privatekey", "privkey"]) {
        Some(Named::PrivateKey)
    } else {
        ends(&KEYS).then_some(Named::Key)
    }
}

/// The value, if it looks like one: prose has words after a colon too.
fn value(view: &View, start: usize, named: Named, firm: bool) -> Option<Seen> {
    let part = |b: u8| b.is_ascii_graphic() && !b"\"'`<>,;|".contains(&b);
    let end = view.run(start, 256, part);
    let end = view.back(end, end - start, |b| b".:)*]}&".contains(&b));
    let value = view.bytes(start..end);
    let good = match named {
        Named::Pin => {
            value.len() >= 4 && value.iter().all(u8::is_ascii_digit) && !view.rest(end).starts_with('桁')
        }
        Named::Password => is_password(value, firm),
        Named::Key => is_key(value) && !is_public_hash(value),
        Named::PrivateKey => is_key(value),
    };
    if !good || same(value) {
        return None;
    }
    // `self.password()`, `Option<String>` are code.
    let lower = String::from_utf8_lossy(value).to_ascii_lowercase();
    let code = value.contains(&b'(') || lower.contains("::") || view.byte(end) == b'<';
    let reference = code || value.first().is_none_or(|b| b"${%/[&".contains(b));
    (!reference && !NO_VALUES.iter().any(|no| lower.contains(no))).then_some((start..end, Looks::Key))
}

fn same(value: &[u8]) -> bool {
    value.iter().all(|b| Some(b) == value.first()) && value.len() > 3
}

/// Mixed enough not to be a word of a sentence; after `=` nearly anything is one.
fn is_password(value: &[u8], firm: bool) -> bool {
    let has = |good: fn(&u8) -> bool| value.iter().any(good);
    let (digit, lower) = (has(u8::is_ascii_digit), has(u8::is_ascii_lowercase));
    let sign = has(|b| b"!@#$%^&*?+~=_".contains(b));
    if firm {
        return value.len() > 5 || digit && value.len() > 3;
    }
    value.len() > 5
        && has(u8::is_ascii_alphabetic)
        && (digit && lower || sign && (digit || lower && has(u8::is_ascii_uppercase)))
}

fn is_key(value: &[u8]) -> bool {
    let body = value.iter().all(|b| b.is_ascii_alphanumeric() || b"+/=_.-%".contains(b));
    value.len() >= 16
        && body
        && value.iter().any(u8::is_ascii_digit)
        && value.iter().any(u8::is_ascii_alphabetic)
}

/// The address of a contract or the hash of a transaction.
fn is_public_hash(value: &[u8]) -> bool {
    let hex = value.strip_prefix(b"0x").unwrap_or_default();
    matches!(hex.len(), 40 | 64) && hex.iter().all(u8::is_ascii_hexdigit)
}

/// Name and password before this `@` of a web address.
pub(super) fn userinfo(view: &View, at: usize) -> Option<Seen> {
    let start = view.back(at, 256, |b| b.is_ascii_graphic() && !b"/@\"'<>`".contains(&b));
    if view.before(start) != b'/' || !view.until(start).ends_with("://") {
        return None;
    }
    let written = view.bytes(start..at);
    let colon = written.iter().position(|b| *b == b':')?;
    (colon + 1 < written.len()).then_some((start..at, Looks::Key))
}
