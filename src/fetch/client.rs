//! The client, by the crate `ureq`.

use std::io::{self, Read as _};
use std::net::IpAddr;
use std::time::Duration;

use flate2::read::GzDecoder;
use ureq::http::{Request, Response, StatusCode, Uri};

#[cfg(feature = "announce")]
use super::Undelivered;
use super::{Answer, FetchError};
use crate::limits::{CONNECT_SECONDS, FETCH_BYTES, FETCH_REDIRECTS, FETCH_SECONDS, VERIFY_REQUESTS};
use crate::message::{Message, message};

#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub connect: Duration,
    /// The time limit for a file, from the request to its last byte.
    pub total: Duration,
    pub bytes: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            connect: Duration::from_secs(CONNECT_SECONDS),
            total: Duration::from_secs(FETCH_SECONDS),
            bytes: FETCH_BYTES,
        }
    }
}

impl Limits {
    /// The usual time to connect, with another time and size for a file.
    pub fn within(total: Duration, bytes: u64) -> Limits {
        Limits { total, bytes, ..Limits::default() }
    }
}

#[derive(Debug)]
pub struct Client {
    agent: ureq::Agent,
    limits: Limits,
}

impl Client {
    /// A client for addresses that start with `base`.
    pub fn new(base: &str, limits: Limits) -> Result<Client, FetchError> {
        // Each thread of `verify` keeps its connection.
        Client::keeping(base, limits, VERIFY_REQUESTS)
    }

    /// A client with a connection for each request: a server may close one that it kept at the moment at which it is used
    /// again, and then nobody knows whether the request arrived.
    pub fn fresh(base: &str, limits: Limits) -> Result<Client, FetchError> {
        Client::keeping(base, limits, 0)
    }

    fn keeping(base: &str, limits: Limits, connections: usize) -> Result<Client, FetchError> {
        let here = is_loopback(base)?;
        let config = ureq::Agent::config_builder()
            .timeout_connect(Some(limits.connect))
            .timeout_global(Some(limits.total))
            .http_status_as_error(false)
            .https_only(!here)
            .max_redirects(if here { 0 } else { FETCH_REDIRECTS })
            .max_idle_connections_per_host(connections)
            .user_agent(concat!("noroshi/", env!("CARGO_PKG_VERSION")));
        // A proxy is another machine, and cannot reach a server on this one.
        let config = if here { config.proxy(None) } else { config };
        Ok(Client { agent: config.build().into(), limits })
    }

    /// Fetches a file; `None` if it does not exist.
    ///
    /// # Errors
    /// The server cannot be reached, is too slow, or sends too much or something other than a file.
    pub fn get(&self, address: &str) -> Result<Option<Vec<u8>>, FetchError> {
        // Caches on the way must ask the server again.
        let mut answer = self
            .agent
            .get(address)
            .header("Cache-Control", "no-cache")
            .call()
            .map_err(|e| self.failed(address, &e))?;
        match answer.status() {
            StatusCode::OK => {}
            StatusCode::NOT_FOUND | StatusCode::GONE => return Ok(None),
            status if status.is_redirection() => {
                let message = message!("fetch-redirects", "{address} redirects to another address", address);
                return Err(FetchError::environment(message, name_redirect()));
            }
            status => {
                let help = message!(
                    "fetch-answers-help",
                    "open it in a browser, or save the files and name their folder"
                );
                return Err(FetchError::environment(answers(address, status), help));
            }
        }
        let body = answer.body_mut().with_config().limit(self.limits.bytes).read_to_vec();
        body.map(Some).map_err(|e| self.failed(address, &e))
    }

    /// Asks for an address with further headers, and returns the answer as it came, whatever its status.
    /// Does not follow redirects.
    pub fn ask(&self, address: &str, headers: &[(&str, &str)]) -> Result<Answer, FetchError> {
        // Without a body: `send` would announce one of no bytes, as browsers never do.
        let mut request = self.agent.get(address).config().max_redirects(0).build();
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = request.call().map_err(|e| self.failed(address, &e))?;
        let (head, mut body) = answer.into_parts();
        let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
        let headers = head.headers.iter();
        let headers =
            headers.map(|(name, value)| (name.as_str().to_owned(), text(value.as_bytes()))).collect();
        let body = body.with_config().limit(self.limits.bytes).read_to_vec();
        let body = body.map_err(|e| self.failed(address, &e))?;
        Ok(Answer { status: head.status.as_u16(), headers, body })
    }

    /// Sends a form. The answer does not matter, if it is a success.
    pub fn post(&self, address: &str, form: &[(&str, &str)]) -> Result<(), FetchError> {
        let answer = self.agent.post(address).send_form(form.iter().copied());
        let status = answer.map_err(|e| self.failed(address, &e))?.status();
        if status.is_success() {
            return Ok(());
        }
        let help = message!("fetch-check-address", "check the address");
        Err(FetchError::environment(answers(address, status), help))
    }

    /// Sends a request and returns the answer, whatever its status. Does not follow redirects.
    pub fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, FetchError> {
        let address = request.uri().to_string();
        let request = self.agent.configure_request(request).max_redirects(0).build();
        let answer = self.agent.run(request).map_err(|e| self.failed(&address, &e))?;
        let (head, mut body) = answer.into_parts();
        let body = body.with_config().limit(self.limits.bytes).read_to_vec();
        body.map(|body| Response::from_parts(head, body)).map_err(|e| self.failed(&address, &e))
    }

    /// Sends a request once and returns the answer, whatever its status. Follows no redirect.
    ///
    /// # Errors
    /// The server cannot be reached, is too slow, or sends too much. The error says whether the request may have arrived.
    #[cfg(feature = "announce")]
    pub fn deliver(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Undelivered> {
        let address = request.uri().to_string();
        let request = self.agent.configure_request(request).max_redirects(0).build();
        let undelivered = |error: &ureq::Error, is_answered: bool| Undelivered {
            may_have_arrived: is_answered || !is_before_sending(error),
            error: self.failed(&address, error),
        };
        let answer = self.agent.run(request).map_err(|error| undelivered(&error, false))?;
        let (head, mut body) = answer.into_parts();
        // The status says what became of the request, also if the rest of the answer is lost.
        let body = body.with_config().limit(self.limits.bytes).read_to_vec();
        match body {
            Ok(body) => Ok(Response::from_parts(head, body)),
            Err(_) if !head.status.is_success() => Ok(Response::from_parts(head, Vec::new())),
            Err(error) => Err(undelivered(&error, true)),
        }
    }

    fn failed(&self, address: &str, error: &ureq::Error) -> FetchError {
        let Limits { total, bytes, .. } = self.limits;
        let (message, help) = match error {
            ureq::Error::BodyExceedsLimit(_) => (
                message!(
                    "fetch-too-large",
                    "{address} is larger than {most} KiB",
                    address,
                    most = bytes >> 10
                ),
                message!("fetch-too-large-help", "save the files and name their folder"),
            ),
            ureq::Error::Timeout(_) => (
                message!(
                    "fetch-timeout",
                    "{address} did not answer within {seconds} s",
                    address,
                    seconds = total.as_secs_f32().to_string()
                ),
                message!("fetch-timeout-help", "try again, or save the files and name their folder"),
            ),
            ureq::Error::RequireHttpsOnly(_) => (
                message!(
                    "fetch-redirects-to-http",
                    "{address} redirects to an address without `https`",
                    address
                ),
                name_redirect(),
            ),
            other => (
                message!("fetch-unread", "cannot read {address}: {error}", address, error = reason(other)),
                message!("fetch-unread-help", "check the address and the network"),
            ),
        };
        FetchError::environment(message, help)
    }
}

fn name_redirect() -> Message {
    message!("fetch-name-redirect", "name the address that it redirects to")
}

fn answers(address: &str, status: StatusCode) -> Message {
    let status = status.to_string();
    message!("fetch-answers", "{address} answers {status}", address, status)
}

/// The words of the client for an error, and those of other languages for the usual ones.
fn reason(error: &ureq::Error) -> Message {
    let words = error.to_string();
    match error {
        ureq::Error::Io(error) => message!("fetch-io", "io: {error}", error),
        ureq::Error::HostNotFound => message!("fetch-host-not-found", "{words}", words),
        ureq::Error::ConnectionFailed => message!("fetch-connection-failed", "{words}", words),
        ureq::Error::TooManyRedirects => message!("fetch-too-many-redirects", "{words}", words),
        _ => Message::same(words),
    }
}

/// Whether an error comes before the first byte of a request is sent.
#[cfg(feature = "announce")]
fn is_before_sending(error: &ureq::Error) -> bool {
    use ureq::{Error, Timeout};
    match error {
        Error::BadUri(_)
        | Error::HostNotFound
        | Error::ConnectionFailed
        | Error::RequireHttpsOnly(_)
        | Error::InvalidProxyUrl
        | Error::ConnectProxyFailed(_)
        | Error::TlsRequired
        | Error::Tls(_)
        | Error::Rustls(_)
        | Error::Timeout(Timeout::Resolve | Timeout::Connect) => true,
        Error::Io(error) => error.kind() == io::ErrorKind::ConnectionRefused,
        _ => false,
    }
}

/// What some bytes are without gzip; `None` if they are no gzip, or more than the limit.
pub fn unzipped(bytes: &[u8], limit: u64) -> Option<Vec<u8>> {
    let mut plain = Vec::new();
    let size = io::copy(&mut GzDecoder::new(bytes).take(limit.saturating_add(1)), &mut plain).ok()?;
    (size <= limit).then_some(plain)
}

/// Whether an address is on this machine, or an error if it is not allowed.
pub(super) fn is_loopback(base: &str) -> Result<bool, FetchError> {
    let refused = |message: Message| {
        let help = message!("fetch-address-help", "write it as `https://status.example.com`");
        FetchError::usage(message, help)
    };
    let invalid = || message!("fetch-address-invalid", "`{base}` is not a valid address", base);
    let uri: Uri = base.parse().map_err(|_| refused(invalid()))?;
    let host = uri.host().unwrap_or("").trim_matches(['[', ']']);
    if host.is_empty() || uri.authority().is_some_and(|a| a.as_str().contains('@')) {
        return Err(refused(message!(
            "fetch-address-host",
            "`{base}` has no host name, or contains a user name",
            base
        )));
    }
    match uri.scheme_str() {
        Some("https") => Ok(false),
        Some("http") if host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback()) => {
            Ok(true)
        }
        _ => Err(refused(message!(
            "fetch-address-scheme",
            "noroshi does not fetch `{base}`: it allows only `https`, and `http` to this machine",
            base
        ))),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::collections::BTreeMap;
    use std::io::{Read as _, Write as _};
    use std::net::{TcpListener, TcpStream};

    use super::*;

    /// A test server on a free port that sends the given answer for each path: a complete answer, or nothing.
    pub(crate) fn serve(answers: BTreeMap<&'static str, String>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        std::thread::spawn(move || {
            let mut open = Vec::new();
            for stream in listener.incoming() {
                let mut stream = stream.expect("a connection");
                let path = asked(&mut stream);
                match answers.get(path.as_str()).map(String::as_str) {
                    Some("") => open.push(stream),
                    Some(answer) => drop(stream.write_all(answer.as_bytes())),
                    None => drop(stream.write_all(answer("404 Not Found", "").as_bytes())),
                }
            }
        });
        base
    }

    pub(crate) fn answer(status: &str, body: &str) -> String {
        format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
    }

    fn asked(stream: &mut TcpStream) -> String {
        let mut text = Vec::new();
        let mut byte = [0];
        while !text.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|n| n == 1) {
            text.push(byte[0]);
        }
        String::from_utf8_lossy(&text).split(' ').nth(1).unwrap_or("").to_owned()
    }

    pub(crate) fn short() -> Limits {
        Limits { connect: Duration::from_millis(300), total: Duration::from_millis(300), bytes: 4096 }
    }

    #[test]
    fn a_file_comes_whole_or_not_at_all() {
        let base = serve(BTreeMap::from([
            ("/ok", answer("200 OK", "{}")),
            ("/large", answer("200 OK", &"x".repeat(5000))),
            ("/broken", answer("500 Internal Server Error", "oops")),
            (
                "/away",
                "HTTP/1.1 302 Found\r\nLocation: https://example.com/\r\nContent-Length: 0\r\n\r\n".into(),
            ),
            ("/cut", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\n{".into()),
            ("/noise", "what?\r\n\r\n".into()),
            ("/silent", String::new()),
        ]));
        let client = Client::new(&base, short()).expect("an address");
        let get = |path: &str| client.get(&format!("{base}{path}")).map_err(|e| (e.message, e.environment));
        assert_eq!(get("/ok"), Ok(Some(b"{}".to_vec())));
        assert_eq!(get("/none"), Ok(None));
        for (path, wanted) in [
            ("/large", "is larger than 4 KiB"),
            ("/broken", "answers 500"),
            ("/away", "redirects to another address"),
            ("/cut", "cannot read"),
            ("/noise", "cannot read"),
            ("/silent", "did not answer within 0.3 s"),
        ] {
            let (message, environment) = get(path).expect_err(path);
            assert!(message.contains(wanted) && environment, "{path}: {message}");
        }
    }

    #[test]
    fn gzip_is_read_up_to_a_limit() {
        let mut zipped = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        zipped.write_all(&[b'x'; 5000]).expect("a vector");
        let zipped = zipped.finish().expect("a vector");
        assert_eq!(unzipped(&zipped, 5000), Some(vec![b'x'; 5000]));
        assert_eq!(unzipped(&zipped, 4999), None);
        assert_eq!(unzipped(&zipped[..20], 5000), None);
        assert_eq!(unzipped(b"<!doctype html>", 5000), None);
    }

    #[test]
    fn a_question_gets_the_answer_as_it_came() {
        let found = "HTTP/1.1 301 Moved\r\nLocation: /b\r\nVary: a\r\nVary: b\r\nContent-Length: 2\r\n\r\nhi";
        let base = serve(BTreeMap::from([
            ("/a", found.to_owned()),
            ("/b", answer("500 Internal Server Error", "oops")),
            ("/large", answer("200 OK", &"x".repeat(5000))),
        ]));
        let client = Client::new(&base, short()).expect("an address");
        let ask = |path: &str| client.ask(&format!("{base}{path}"), &[("Accept-Encoding", "identity")]);
        let moved = ask("/a").expect("an answer");
        assert_eq!((moved.status, moved.body.as_slice()), (301, &b"hi"[..]));
        assert_eq!(moved.header("LOCATION").as_deref(), Some("/b"));
        assert_eq!(moved.header("vary").as_deref(), Some("a, b"));
        assert_eq!(moved.header("age"), None);
        assert_eq!(ask("/b").expect("an answer").status, 500);
        assert_eq!(ask("/none").expect("an answer").status, 404);
        assert!(ask("/large").expect_err("too large").message.contains("is larger than 4 KiB"));
    }

    /// A test server that sends one byte at a time and never ends.
    fn trickle() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a connection");
            asked(&mut stream);
            let head = b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n";
            let mut is_heard = stream.write_all(head).is_ok();
            while is_heard {
                std::thread::park_timeout(Duration::from_millis(20));
                is_heard = stream.write_all(b"x").is_ok();
            }
        });
        base
    }

    #[test]
    fn a_server_that_trickles_is_left_when_the_time_for_the_whole_file_is_over() {
        let base = trickle();
        let client = Client::new(&base, short()).expect("an address");
        let error = client.get(&base).expect_err("it never ends");
        assert!(error.message.contains("did not answer within 0.3 s") && error.environment, "{error:?}");
    }

    #[test]
    fn a_server_that_is_not_there_is_an_error() {
        let base = format!("http://{}", {
            let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
            listener.local_addr().expect("an address")
        });
        let client = Client::new(&base, short()).expect("an address");
        assert!(client.get(&base).expect_err("nobody is there").environment);
    }

    #[test]
    fn a_server_that_does_not_speak_tls_is_an_error() {
        let base = serve(BTreeMap::new()).replace("http://", "https://");
        let client = Client::new(&base, short()).expect("an address");
        assert!(client.get(&base).expect_err("no certificate").environment);
    }

    #[test]
    fn only_https_is_asked_and_http_of_this_machine() {
        for (address, wanted) in [
            ("https://status.example.com", Some(false)),
            ("https://127.0.0.1:8443/x", Some(false)),
            ("http://127.0.0.1:80", Some(true)),
            ("http://localhost:80/", Some(true)),
            ("http://[::1]:80/", Some(true)),
            ("http://status.example.com", None),
            ("http://127.0.0.1.example.com", None),
            ("http://localhost@example.com", None),
            ("https://user:word@example.com", None),
            ("ftp://example.com", None),
            ("https://", None),
            ("https:///x", None),
            ("a b", None),
        ] {
            assert_eq!(is_loopback(address).ok(), wanted, "{address}");
        }
    }
}
