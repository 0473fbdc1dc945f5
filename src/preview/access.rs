//! Access control: only programs and pages of this machine that use the preview's own names get an
//! answer.
//!
//! A page of another site must not read drafts: neither through its own host name that resolves to
//! this machine, nor by loading the preview as a script, an image or a frame. It may only link
//! here, to a page in its own tab.

use axum::http::{HeaderMap, HeaderName, Method, Request, StatusCode, header};

use super::toolbar;
use crate::message::{Message, message};

const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
const DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");
const PURPOSE: HeaderName = HeaderName::from_static("sec-purpose");

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It has no `Host`, or several (RFC 9112 section 3.2).
    NoHost,
    /// Its host name is not a name of this machine.
    OtherName,
    /// A page of another origin loads something, or a browser prefetches something for one.
    OtherOrigin,
}

impl Refusal {
    pub(super) fn status(self) -> StatusCode {
        match self {
            Refusal::NoHost => StatusCode::BAD_REQUEST,
            Refusal::OtherName | Refusal::OtherOrigin => StatusCode::FORBIDDEN,
        }
    }

    pub(super) fn message(self) -> Message {
        match self {
            Refusal::NoHost => message!("preview-no-host", "the request must name exactly one host"),
            Refusal::OtherName => message!(
                "preview-other-name",
                "this preview answers only to names of this machine, such as `localhost`"
            ),
            Refusal::OtherOrigin => message!(
                "preview-other-origin",
                "pages of other origins cannot load anything from this preview; open its address in the browser"
            ),
        }
    }
}

pub(super) fn admit<B>(request: &Request<B>) -> Result<(), Refusal> {
    let host = host(request.headers())?;
    // A target in absolute form overrides `Host` (RFC 9112 section 3.2.2).
    let target = request.uri().authority().is_none_or(|authority| is_own_name(authority.as_str()));
    if !target || !is_own_name(host) {
        return Err(Refusal::OtherName);
    }
    if is_foreign(request.headers(), host) && !is_navigation(request) {
        return Err(Refusal::OtherOrigin);
    }
    Ok(())
}

fn host(headers: &HeaderMap) -> Result<&str, Refusal> {
    let mut all = headers.get_all(header::HOST).iter();
    match (all.next(), all.next()) {
        (Some(host), None) => host.to_str().map_err(|_| Refusal::OtherName),
        _ => Err(Refusal::NoHost),
    }
}

/// Whether `name`, with or without a port, is a name of this machine. Any port, because it may be forwarded.
fn is_own_name(name: &str) -> bool {
    NAMES.iter().any(|own| {
        let (Some(begin), Some(rest)) = (name.get(..own.len()), name.get(own.len()..)) else { return false };
        let is_port = |port: &str| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
        begin.eq_ignore_ascii_case(own) && (rest.is_empty() || rest.strip_prefix(':').is_some_and(is_port))
    })
}

/// Whether another origin caused the request, by the headers of the browser.
fn is_foreign(headers: &HeaderMap, host: &str) -> bool {
    let is_own = |address: &str| {
        let address = address.split_once("://").filter(|(scheme, _)| matches!(*scheme, "http" | "https"));
        address.is_some_and(|(_, rest)| rest.split('/').next().is_some_and(|o| o.eq_ignore_ascii_case(host)))
    };
    if any(headers, &header::ORIGIN, |origin| !is_own(origin)) {
        return true;
    }
    if headers.contains_key(SITE) {
        // `none`: the reader typed the address. `same-site` is another port, and so another program.
        return any(headers, &SITE, |site| !matches!(site, "same-origin" | "none"));
    }
    // Browsers without `Sec-Fetch-Site`.
    any(headers, &header::REFERER, |page| !is_own(page))
}

/// Whether the reader navigates to a page in a tab of its own. The page that linked here cannot see it.
fn is_navigation<B>(request: &Request<B>) -> bool {
    let headers = request.headers();
    let is = |name: &HeaderName, wanted: &str| {
        headers.contains_key(name) && !any(headers, name, |value| value != wanted)
    };
    matches!(*request.method(), Method::GET | Method::HEAD)
        && is(&MODE, "navigate")
        && is(&DEST, "document")
        // A prefetched page may never be shown.
        && !headers.contains_key(PURPOSE)
        && !request.uri().path().trim_start_matches('/').starts_with(toolbar::FOLDER)
}

/// Whether `asked` holds for any value of a header. A value that is not text counts as a match.
fn any(headers: &HeaderMap, name: &HeaderName, asked: impl Fn(&str) -> bool) -> bool {
    headers.get_all(name).iter().any(|value| value.to_str().map_or(true, &asked))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::words;

    const OWN: (&str, &str) = ("host", "127.0.0.1:4000");

    fn asked(method: &str, target: &str, headers: &[(&str, &str)]) -> Result<(), Refusal> {
        let mut request = Request::builder().method(method).uri(target);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        admit(&request.body(()).expect("a request"))
    }

    #[test]
    fn only_names_of_this_machine_are_answered_whatever_their_port_and_case() {
        for host in ["127.0.0.1", "127.0.0.1:4000", "localhost:80", "LocalHost", "[::1]", "[::1]:4000"] {
            assert_eq!(asked("GET", "/", &[("host", host)]), Ok(()), "{host}");
        }
        let others = "\
            status.example status.example:4000 127.0.0.1.status.example localhost.status.example \
            localhost. localhost: localhost:x localhost:80:80 x@localhost localhost@status.example \
            status.example:80@127.0.0.1 127.0.0.2 0.0.0.0:4000 ::1 [::1 [::2]:4000 \
            localhost,␣status.example";
        for host in words(others).iter().chain([&String::new()]) {
            assert_eq!(asked("GET", "/", &[("host", host)]), Err(Refusal::OtherName), "{host}");
        }
    }

    #[test]
    fn a_request_without_host_or_with_two_is_refused() {
        assert_eq!(asked("GET", "/", &[]), Err(Refusal::NoHost));
        assert_eq!(asked("GET", "/", &[OWN, OWN]), Err(Refusal::NoHost));
        assert_eq!(asked("GET", "/", &[OWN, ("host", "status.example")]), Err(Refusal::NoHost));
    }

    #[test]
    fn an_absolute_target_is_judged_by_its_own_name_too() {
        assert_eq!(asked("GET", "http://127.0.0.1:4000/", &[OWN]), Ok(()));
        assert_eq!(asked("GET", "http://status.example/", &[OWN]), Err(Refusal::OtherName));
        assert_eq!(
            asked("GET", "http://127.0.0.1:4000/", &[("host", "status.example")]),
            Err(Refusal::OtherName)
        );
    }

    #[test]
    fn a_page_of_another_origin_loads_nothing() {
        for site in ["cross-site", "same-site", "something-new", ""] {
            for (mode, dest) in [
                ("no-cors", "script"),
                ("no-cors", "image"),
                ("no-cors", "empty"),
                ("cors", "empty"),
                ("cors", "script"),
                ("navigate", "iframe"),
                ("navigate", "frame"),
                ("navigate", "object"),
                ("navigate", "embed"),
                ("navigate", "fencedframe"),
                ("websocket", "websocket"),
            ] {
                let headers =
                    [OWN, ("sec-fetch-site", site), ("sec-fetch-mode", mode), ("sec-fetch-dest", dest)];
                assert_eq!(
                    asked("GET", "/embed/banner.js", &headers),
                    Err(Refusal::OtherOrigin),
                    "{headers:?}"
                );
            }
            assert_eq!(asked("GET", "/", &[OWN, ("sec-fetch-site", site)]), Err(Refusal::OtherOrigin));
        }
    }

    #[test]
    fn a_link_on_a_page_of_another_origin_leads_to_a_page_and_nowhere_else() {
        let link = [
            OWN,
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-mode", "navigate"),
            ("sec-fetch-dest", "document"),
        ];
        assert_eq!(asked("GET", "/incidents/a/", &link), Ok(()));
        assert_eq!(asked("POST", "/", &link), Err(Refusal::OtherOrigin), "a form");
        for path in ["/~noroshi/events", "//~noroshi/events"] {
            assert_eq!(asked("GET", path, &link), Err(Refusal::OtherOrigin), "{path}");
        }
        for more in [("sec-purpose", "prefetch"), ("sec-fetch-mode", "no-cors"), ("sec-fetch-dest", "iframe")]
        {
            let headers: Vec<_> = link.iter().copied().chain([more]).collect();
            assert_eq!(asked("GET", "/", &headers), Err(Refusal::OtherOrigin), "{more:?}");
        }
    }

    #[test]
    fn the_preview_itself_and_the_address_bar_are_answered() {
        for site in ["same-origin", "none"] {
            for (mode, dest) in [("no-cors", "script"), ("navigate", "document"), ("navigate", "iframe")] {
                let headers =
                    [OWN, ("sec-fetch-site", site), ("sec-fetch-mode", mode), ("sec-fetch-dest", dest)];
                assert_eq!(asked("GET", "/", &headers), Ok(()), "{headers:?}");
            }
        }
        let step = [OWN, ("sec-fetch-site", "same-origin"), ("origin", "http://127.0.0.1:4000")];
        assert_eq!(asked("POST", "/~noroshi/step/next", &step), Ok(()));
    }

    #[test]
    fn without_fetch_metadata_origin_and_referer_decide() {
        assert_eq!(asked("GET", "/", &[OWN]), Ok(()), "curl");
        for origin in ["null", "http://status.example", "http://127.0.0.1:5000", "http://localhost:4000", "x"]
        {
            for name in ["origin", "referer"] {
                assert_eq!(asked("GET", "/", &[OWN, (name, origin)]), Err(Refusal::OtherOrigin), "{origin}");
            }
        }
        for (name, value) in
            [("origin", "http://127.0.0.1:4000"), ("referer", "http://127.0.0.1:4000/incidents/a/?b")]
        {
            assert_eq!(asked("GET", "/", &[OWN, (name, value)]), Ok(()), "{value}");
        }
        // `Sec-Fetch-Site: same-origin` does not override another `Origin`.
        let both = [OWN, ("sec-fetch-site", "same-origin"), ("origin", "http://status.example")];
        assert_eq!(asked("POST", "/~noroshi/step/next", &both), Err(Refusal::OtherOrigin));
        // If the browser sends `Sec-Fetch-Site`, `Referer` is not used.
        let typed = [OWN, ("sec-fetch-site", "none"), ("referer", "http://status.example/")];
        assert_eq!(asked("GET", "/", &typed), Ok(()));
    }
}
