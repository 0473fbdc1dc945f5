//! Addresses and host names that are known only in their own network.
//!
//! `127.0.0.1` and `::1` count, and `localhost` only with a port. The blocks themselves (`10.0.0.0/8`) are public
//! knowledge and do not count.

use core::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use super::Looks::Host;
use super::pattern::Pattern;
use super::{Rule, Text, rule, whole};

pub(super) const RULES: [Rule; 11] = [
    // The number in `Chrome/10.0.0.1` is a version.
    rule(Host, r"(?:^|[^\w.$/-]|(?:^| )[._$-]|[^A-Za-z]/)({four})(?:$|[^\w.]|\.(?:$|\D))", four),
    rule(Host, r"://{user}({four})(?:$|[^\w.-]|\.(?:$|\W))", private),
    rule(
        Host,
        r"(?ix)(?:^|[^\w:.-])(
            (?:(?:f[cd][0-9a-f]{2}|fe[89ab][0-9a-f])(?::[0-9a-f.]*)+|(?:0{0,4}:){2,}[0-9a-f:.]*)(?:[0-9a-f]|::)
        )(?:$|\W)",
        six,
    ),
    // Host names also match in `*.svc.cluster.local`, but not in `.env.local`, in a call or at the end of a path.
    rule(
        Host,
        r"(?i)(?:^|[^\w.\\/${-]|\*\.)[_-]*([0-9a-z][\w.-]*\.{inside})(?:$|[^\w(=.\xc3-\xdf-]|\.(?:$|[^\w\xc3-\xdf]))",
        name,
    ),
    rule(
        Host,
        r"(?i)://{user}((?:[\w-]|{letter})(?:[\w.-]|{letter})*\.(?:{inside}|test))(?:$|[^\w.-]|\.(?:$|\W))",
        whole,
    ),
    rule(Host, r"(?i)(?:^|[^a-z])(?:s3|gs)://([\w.-]+)", no_form),
    rule(Host, r"(?i)://{user}([0-9_-]*[a-z][\w-]*):\d", no_form),
    rule(
        Host,
        r"(?i)(?:^|[^a-z])(?:https?|smb|file|ftp|ssh)://{user}([0-9_-]*[a-z][\w-]*)/(?:[0-9a-z]|{wide})",
        |text, range| {
            let host = text.view.bytes(range.clone());
            if host.eq_ignore_ascii_case(b"localhost") { None } else { no_form(text, range) }
        },
    ),
    rule(Host, r"(?i)(?:^|[^0-9A-Za-z.])(localhost):\d{2,5}", whole),
    // `\\server\share` matches, but not `\\u00e3` and `\\x1e`, which are character escapes.
    rule(
        Host,
        r"(?x)(?:^|[^0-9A-Za-z\\:./])(
            \\{2,4}[0-9A-Za-z](?:[\w.$-]|{letter}|{wide}){2,63}
            \\{1,2}(?:[\w.$-]|{letter}|{wide})+(?:[\w$-]|{letter}|{wide})
        )",
        |text, range| (!ESCAPE.is_in(text.view.plain().get(range.clone())?)).then_some(range),
    ),
    rule(
        Host,
        r"(?ix)\b(
            arn:aws[\w-]*:[\w./-]*:[\w-]*:\d{12}:[\w:/.*+=@-]*[\w/+=@-]
            |ip-(?:10-\d{1,3}|127-\d{1,3}|169-254|172-(?:1[6-9]|2\d|3[01])|192-168)(?:-\d{1,3}){2}(?:\.[0-9a-z-]+)*
        )(?:$|[^0-9a-z-])",
        whole,
    ),
];

/// Words before versions and sections, which look like addresses. They also cover the second address of `10.0.0.1
/// → 10.0.0.2`.
static VERSION: Pattern = Pattern::new(
    r"(?ix)(?:(?:^|[^a-z])(?:versions?|ver|v|firmware|build|release|section)
        |バージョン|版|ファームウェア|ビルド|リリース|§|第)[\x20:.=]{0,3}
    (?:[\d.]{7,15}\x20?(?:から|より|→|、|と|to|and|or|,|-|~)\x20?)?$",
);
/// Blocks that RFCs define.
static BLOCK: Pattern = Pattern::new(
    r"(?ix)^(?:10\.0\.0\.0/8|172\.16\.0\.0/12|192\.168\.0\.0/16|127\.0\.0\.[01]/8|169\.254\.0\.0/16|100\.64\.0\.0/10
        |fc00::/|fd00::/|fe80::/|::1/)",
);
/// Names of packages and errors: `com.example.internal`, `error.internal`.
static PACKAGE: Pattern =
    Pattern::new(r"(?i)^(?:com|org|net|io|jp|javax?|dev|err(?:ors?)?|code|status)\.|^[^.]*\.svc$");
/// Placeholders for a name.
static FORM: Pattern =
    Pattern::new(r"(?i)^(?:your|example|xxx|.$|(?:host(?:name)?|server(?:name)?|domain|user|bucket)$)");
static ESCAPE: Pattern = Pattern::new(r"^\\+[ux][0-9a-f]{0,4}\\");

fn four(text: &Text, range: Range<usize>) -> Option<Range<usize>> {
    let (view, start) = (&text.view, range.start);
    let page = text.is_in_address(start) && view.before(start) != b'=';
    let version = VERSION.is_in(view.last(start, 32));
    if page || version || BLOCK.is_in(view.rest(start)) { None } else { private(text, range) }
}

/// Checks for RFC 1918, RFC 6598, loopback and link-local addresses.
fn private(text: &Text, range: Range<usize>) -> Option<Range<usize>> {
    let address = text.view.plain().get(range.clone())?.parse::<Ipv4Addr>().ok()?;
    is_private(address).then_some(range)
}

fn is_private(address: Ipv4Addr) -> bool {
    let shared = matches!(address.octets(), [100, 64..=127, _, _]);
    shared || address.is_private() || address.is_loopback() || address.is_link_local()
}

fn six(text: &Text, range: Range<usize>) -> Option<Range<usize>> {
    let address = text.view.plain().get(range.clone())?.parse::<Ipv6Addr>().ok()?;
    let inside = address.is_unique_local() || address.is_unicast_link_local() || address.is_loopback();
    let private = inside || address.to_ipv4_mapped().is_some_and(is_private);
    (private && !BLOCK.is_in(text.view.rest(range.start))).then_some(range)
}

/// Checks for a host name that is not a package, and not the end of one sentence and the beginning of the next.
fn name(text: &Text, range: Range<usize>) -> Option<Range<usize>> {
    let host = text.view.plain().get(range.clone())?;
    let (_, end) = host.rsplit_once('.')?;
    let cased = end.bytes().any(|b| b.is_ascii_uppercase()) && host.bytes().any(|b| b.is_ascii_lowercase());
    let page = text.is_in_address(range.start) && text.view.before(range.start) != b'=';
    (!page && !cased && !PACKAGE.is_in(host)).then_some(range)
}

fn no_form(text: &Text, range: Range<usize>) -> Option<Range<usize>> {
    (!FORM.is_in(text.view.plain().get(range.clone())?)).then_some(range)
}
