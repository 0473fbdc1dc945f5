//! Keys and tokens that show by their first letters who gave them out.

use super::view::View;
use super::{Looks, Seen};

/// What a key is made of.
#[derive(Clone, Copy)]
enum Of {
    /// Letters and digits.
    Alnum,
    /// Capital letters and digits, exactly as many.
    Capitals,
    /// Hexadecimal digits.
    Hex,
    /// Small ones, exactly as many.
    Digest,
    /// As base64 for addresses writes it.
    Url,
    /// As base64 writes it.
    Base64,
}

/// How a key begins, how many characters follow at least, and which.
const KEYS: [(&str, usize, Of); 96] = [
    ("AKIA", 16, Of::Capitals),
    ("ASIA", 16, Of::Capitals),
    ("ABIA", 16, Of::Capitals),
    ("ACCA", 16, Of::Capitals),
    ("ghp_", 20, Of::Alnum),
    ("gho_", 20, Of::Alnum),
    ("ghu_", 20, Of::Alnum),
    ("ghs_", 20, Of::Alnum),
    ("ghr_", 20, Of::Alnum),
    ("github_pat_", 20, Of::Url),
    ("glpat-", 16, Of::Url),
    ("gldt-", 16, Of::Url),
    ("glrt-", 16, Of::Url),
    ("glcbt-", 16, Of::Url),
    ("glptt-", 16, Of::Url),
    ("glft-", 16, Of::Url),
    ("glimt-", 16, Of::Url),
    ("glagent-", 16, Of::Url),
    ("glsoat-", 16, Of::Url),
    ("gloas-", 16, Of::Url),
    ("xoxb-", 10, Of::Url),
    ("xoxp-", 10, Of::Url),
    ("xoxa-", 10, Of::Url),
    ("xoxr-", 10, Of::Url),
    ("xoxs-", 10, Of::Url),
    ("xoxe-", 10, Of::Url),
    ("xoxe.xoxp-", 10, Of::Url),
    ("xoxe.xoxb-", 10, Of::Url),
    ("xapp-", 10, Of::Url),
    ("sk_live_", 10, Of::Alnum),
    ("rk_live_", 10, Of::Alnum),
    ("sk_test_", 10, Of::Alnum),
    ("rk_test_", 10, Of::Alnum),
    ("whsec_", 16, Of::Base64),
    ("AIza", 35, Of::Url),
    ("ya29.", 20, Of::Url),
    ("GOCSPX-", 20, Of::Url),
    ("sk-proj-", 20, Of::Url),
    ("sk-svcacct-", 20, Of::Url),
    ("sk-admin-", 20, Of::Url),
    ("sk-ant-", 20, Of::Url),
    ("sk-or-v1-", 32, Of::Hex),
    ("sk-", 32, Of::Alnum),
    ("xai-", 40, Of::Alnum),
    ("gsk_", 40, Of::Alnum),
    ("hf_", 30, Of::Alnum),
    ("r8_", 30, Of::Alnum),
    ("npm_", 30, Of::Alnum),
    ("pypi-AgE", 16, Of::Url),
    ("rubygems_", 32, Of::Hex),
    ("dckr_pat_", 20, Of::Url),
    ("dop_v1_", 32, Of::Hex),
    ("doo_v1_", 32, Of::Hex),
    ("dor_v1_", 32, Of::Hex),
    ("key-", 32, Of::Hex),
    ("SK", 32, Of::Digest),
    ("AC", 32, Of::Digest),
    ("sq0atp-", 20, Of::Url),
    ("sq0csp-", 20, Of::Url),
    ("EAAA", 56, Of::Url),
    ("shpat_", 30, Of::Hex),
    ("shpca_", 30, Of::Hex),
    ("shppa_", 30, Of::Hex),
    ("shpss_", 30, Of::Hex),
    ("HRKU-", 30, Of::Url),
    ("hvs.", 20, Of::Url),
    ("hvb.", 20, Of::Url),
    ("hvr.", 20, Of::Url),
    ("NRAK-", 20, Of::Alnum),
    ("dapi", 32, Of::Hex),
    ("pscale_tkn_", 20, Of::Url),
    ("pscale_pw_", 20, Of::Url),
    ("pul-", 40, Of::Hex),
    ("tskey-", 16, Of::Url),
    ("ATATT3x", 40, Of::Url),
    ("ATCTT3x", 40, Of::Url),
    ("glsa_", 20, Of::Url),
    ("glc_", 32, Of::Base64),
    ("sbp_", 32, Of::Hex),
    ("lin_api_", 20, Of::Alnum),
    ("ntn_", 30, Of::Alnum),
    ("secret_", 43, Of::Alnum),
    ("figd_", 20, Of::Url),
    ("PMAK-", 20, Of::Url),
    ("sntrys_", 20, Of::Base64),
    ("sntryu_", 32, Of::Hex),
    ("xkeysib-", 32, Of::Url),
    ("LTAI", 16, Of::Alnum),
    ("AKID", 32, Of::Alnum),
    ("AGE-SECRET-KEY-1", 20, Of::Alnum),
    ("PuTTY-User-Key-File-", 1, Of::Alnum),
    ("xprv", 100, Of::Alnum),
    ("yprv", 100, Of::Alnum),
    ("zprv", 100, Of::Alnum),
    ("tprv", 100, Of::Alnum),
    ("v1.0-", 100, Of::Url),
];

/// The shortest that any key is: words of prose are shorter.
const SHORTEST: usize = 14;

fn url_safe(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

/// A key that begins with this word.
pub(super) fn word(view: &View, at: usize, end: usize) -> Option<Seen> {
    // Most words end here.
    if end - at < SHORTEST && !matches!(view.byte(end), b'-' | b'.' | b'/') {
        return None;
    }
    let before = view.before(at);
    let inside = before == b'-' && at > 1 && view.byte(at - 2).is_ascii_alphanumeric();
    if inside || view.run(at, SHORTEST, |b| url_safe(b) || matches!(b, b'.' | b'/')) < at + SHORTEST {
        return None;
    }
    let key_end = made(view, at)
        .or_else(|| webhook(view, at))
        .or_else(|| dotted(view, at))
        .or_else(|| wallet(view, at, end))?;
    // `_ghp_…_` is emphasis.
    let key_end = if before == b'_' { view.back(key_end, 2, |b| b == b'_') } else { key_end };
    Some((at..key_end, Looks::Key))
}

fn made(view: &View, at: usize) -> Option<usize> {
    let first = view.byte(at);
    let (mark, least, of) = KEYS.iter().find(|(mark, least, of)| {
        mark.as_bytes()[0] == first
            && view.bytes(at..at + mark.len()) == mark.as_bytes()
            && body(view, at + mark.len(), *least, *of).is_some()
    })?;
    body(view, at + mark.len(), *least, *of)
}

/// Where the body ends, if it is long enough and no row of crosses.
fn body(view: &View, from: usize, least: usize, of: Of) -> Option<usize> {
    let end = view.run(from, usize::MAX, |b| match of {
        Of::Alnum => b.is_ascii_alphanumeric(),
        Of::Capitals => b.is_ascii_uppercase() || b.is_ascii_digit(),
        Of::Hex => b.is_ascii_hexdigit(),
        Of::Digest => b.is_ascii_digit() || matches!(b, b'a'..=b'f'),
        Of::Url => url_safe(b),
        Of::Base64 => url_safe(b) || matches!(b, b'+' | b'/' | b'='),
    });
    let length = end - from;
    let exact = matches!(of, Of::Capitals | Of::Digest) && length != least;
    let goes_on = view.byte(end).is_ascii_alphanumeric();
    let crosses = length > 3 && view.bytes(from..end).iter().all(|b| matches!(b, b'x' | b'X' | b'-' | b'_'));
    (length >= least && !exact && !goes_on && !crosses).then_some(end)
}

/// Addresses that post to whoever knows them.
fn webhook(view: &View, at: usize) -> Option<usize> {
    let (mark, least) = [
        ("hooks.slack.com/services/", 20),
        ("hooks.slack.com/workflows/", 20),
        ("hooks.slack.com/triggers/", 20),
        ("discord.com/api/webhooks/", 30),
        ("discordapp.com/api/webhooks/", 30),
        ("api.telegram.org/bot", 40),
    ]
    .into_iter()
    .find(|(mark, _)| view.says(at, mark))?;
    let end = view.run(at + mark.len(), 512, |b| url_safe(b) || matches!(b, b'/' | b':'));
    (end - at - mark.len() >= least).then_some(end)
}

/// Three parts with dots between them: JSON Web Tokens, and what `SendGrid` and Discord give out.
fn dotted(view: &View, at: usize) -> Option<usize> {
    let part = |from: usize| view.run(from, 8192, url_safe);
    let first = part(at);
    if view.byte(first) != b'.' {
        return None;
    }
    let second = part(first + 1);
    let lengths = (first - at, second - first - 1);
    if view.byte(second) != b'.' {
        return None;
    }
    let third = part(second + 1);
    let last = third - second - 1;
    let json = view.says(at, "eyJ") && lengths.0 > 10 && lengths.1 > 4 && last > 10;
    let mail = view.bytes(at..first) == b"SG" && lengths.1 >= 16 && last >= 16;
    let bot = matches!(view.byte(at), b'M' | b'N' | b'O') && matches!(lengths, (23..=28, 6)) && last >= 27;
    (json || mail || bot).then_some(third)
}

/// Private keys of wallets: WIF, and encrypted by BIP 38.
fn wallet(view: &View, at: usize, end: usize) -> Option<usize> {
    let word = view.bytes(at..end);
    let begins = matches!(
        (word.len(), word.first()?, word.get(1)?),
        (51, b'5', b'H' | b'J' | b'K') | (51, b'9', _) | (52, b'K' | b'L' | b'c', _) | (58, b'6', b'P')
    );
    let base58 = word.iter().all(|b| b.is_ascii_alphanumeric() && !b"0OIl".contains(b));
    let has = |good: fn(&u8) -> bool| word.iter().any(good);
    let mixed = has(u8::is_ascii_digit) && has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase);
    (begins && base58 && mixed).then_some(end)
}

/// The token of a Telegram bot: its number, a colon, and 35 characters.
pub(super) fn telegram(view: &View, at: usize) -> Option<Seen> {
    let colon = view.run(at, 11, |b| b.is_ascii_digit());
    if !(8..=10).contains(&(colon - at)) || view.byte(colon) != b':' {
        return None;
    }
    let end = view.run(colon + 1, 36, url_safe);
    (end - colon - 1 == 35).then_some((at..end, Looks::Key))
}

/// `-----BEGIN … PRIVATE KEY-----`; certificates and public keys are public.
pub(super) fn pem(view: &View, at: usize) -> Option<Seen> {
    if view.before(at) == b'-' || view.byte(at + 1) != b'-' {
        return None;
    }
    let dashes = view.run(at, 6, |b| b == b'-');
    let begin = view.run(dashes, 1, |b| b == b' ');
    if dashes - at < 4 || !view.says(begin, "BEGIN ") {
        return None;
    }
    let end = view.run(begin, 64, |b| b.is_ascii_alphanumeric() || b == b' ');
    let title = view.bytes(begin..end);
    let private = title.windows(11).any(|words| words == b"PRIVATE KEY");
    private.then(|| (at..view.run(end, 5, |b| b == b'-'), Looks::Key))
}
