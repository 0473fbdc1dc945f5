//! Keys and tokens whose first characters show who issued them.

use std::ops::Range;

use super::Looks::Key;
use super::{Rule, Text, rule, whole};

/// Each pattern begins with the text before a word, which may be `_emphasis_`.
pub(super) const RULES: [Rule; 7] = [
    rule(
        Key,
        r"(?x)(?:^|[^\w-])[_-]*(
            (?:sk|rk)_(?:live|test)_[0-9A-Za-z]{10,}
            |(?:xox[abeprs]-|xoxe\.xox[bp]-|xapp-)[\w-]{10,}
            |(?:gh[oprsu]_|NRAK-|lin_api_|LTAI|AGE-SECRET-KEY-1)[0-9A-Za-z]{16,}
            |PuTTY-User-Key-File-\d
            |(?:sk-|xai-|gsk_|hf_|r8_|npm_|ntn_|secret_|AKID)[0-9A-Za-z]{30,}
            |[txyz]prv[0-9A-Za-z]{100,}|v1\.0-[\w-]{100,}|EAAA[\w-]{56,}
            |A(?:KIA|SIA|BIA|CCA)[0-9A-Z]{16}
            |(?:SK|AC)[0-9a-f]{32}
            |(?:sk-or-v1-|rubygems_|do[opr]_v1_|key-|shp(?:at|ca|pa|ss)_|dapi|pul-|sbp_|sntryu_)[0-9A-Fa-f]{30,}
            |(?:whsec_|glc_|sntrys_)[\w+/=-]{16,}
            |(?:github_pat_|gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|soat)-|gloas-
                |ya29\.|GOCSPX-|sk-(?:proj|svcacct|admin|ant)-|pypi-AgE|dckr_pat_|sq0(?:atp|csp)-|hv[bsr]\.
                |pscale_(?:tkn|pw)_|tskey-|glsa_|figd_|PMAK-)[\w-]{16,}
            |(?:AIza|HRKU-|xkeysib-|AT[AC]TT3x)[\w-]{30,}
        )(?:$|[^0-9A-Za-z])",
        no_form,
    ),
    // These are addresses to which anyone who knows them can post.
    rule(
        Key,
        r"(?ix)(?:^|[^\w-])(
            (?:hooks\.slack\.com/(?:services|workflows|triggers)|discord(?:app)?\.com/api/webhooks|api\.telegram\.org/bot\d)
            [\w/:-]{20,})",
        whole,
    ),
    // These are JSON Web Tokens, and tokens of SendGrid and Discord.
    rule(
        Key,
        r"(?x)(?:^|[^\w-])[_-]*(
            eyJ[\w-]{8,}\.[\w-]{5,}\.[\w-]{11,}
            |SG\.[\w-]{16,}\.[\w-]{16,}
            |[MNO][\w-]{22,27}\.[\w-]{6}\.[\w-]{27,}
        )",
        whole,
    ),
    // These are private keys of wallets: WIF, and encrypted by BIP 38.
    rule(
        Key,
        r"(?x)(?:^|[^\w-])[_-]*(
            (?:5[HJK]|9[1-9A-HJ-NP-Za-km-z])[1-9A-HJ-NP-Za-km-z]{49}
            |[KLc][1-9A-HJ-NP-Za-km-z]{51}
            |6P[1-9A-HJ-NP-Za-km-z]{56}
        )(?:$|\W)",
        mixed,
    ),
    // This is the token of a Telegram bot.
    rule(Key, r"(?:^|[^0-9A-Za-z])(\d{8,10}:[\w-]{35})(?:$|[^\w-])", whole),
    // Certificates and public keys are not secret.
    rule(Key, r"(-{4,} ?BEGIN [0-9A-Z ]*PRIVATE KEY[0-9A-Z ]*-*)", whole),
    rule(Key, r"(?i)\bbearer ([\w.~+/=-]{20,})", |text, range| {
        text.view.bytes(range.clone()).iter().any(u8::is_ascii_digit).then_some(range)
    }),
];

/// Rejects placeholders: `AKIAXXXXXXXXXXXXXXXX` only shows the form of a key.
fn no_form(text: &Text, range: Range<usize>) -> Option<Range<usize>> {
    let crosses = |part: &[u8]| part.iter().all(|b| matches!(b, b'x' | b'X'));
    (!text.view.bytes(range.clone()).windows(8).any(crosses)).then_some(range)
}

/// A key in base 58 has digits and letters of both cases; a word does not.
fn mixed(text: &Text, range: Range<usize>) -> Option<Range<usize>> {
    let has = |good: fn(&u8) -> bool| text.view.bytes(range.clone()).iter().any(good);
    (has(u8::is_ascii_digit) && has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase)).then_some(range)
}
