//! Sends the requests of the crate `object_store`, which brings no client of its own as it is used here.
//!
//! One client for everything keeps the program small. `ureq` waits for its answers, so each request
//! has a thread while it is under way.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http_body_util::BodyExt as _;
use object_store::ClientOptions;
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse, HttpService,
};
use ureq::http::header::ACCEPT_ENCODING;
use ureq::http::{HeaderValue, Request, Uri};

use crate::limits::{CONNECT_SECONDS, OBJECT_BYTES, OBJECT_CONNECTIONS, OBJECT_SECONDS};

/// Hosts at which a machine in a cloud asks for its own credentials. They answer on that machine only.
const METADATA: [&str; 5] =
    ["169.254.169.254", "169.254.170.2", "169.254.170.23", "fd00:ec2::254", "metadata.google.internal"];

/// How the reason of an error begins if the address of a request is refused.
pub const NOT_SENT: &str = "noroshi sends nothing to";

/// The number of requests so far, repetitions included.
#[derive(Clone, Default, Debug)]
pub struct Requests(Arc<AtomicU64>);

impl Requests {
    pub fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

#[derive(Clone, Debug)]
pub struct ObjectClient {
    agent: ureq::Agent,
    is_http_allowed: bool,
    is_gzip_accepted: bool,
    requests: Requests,
}

impl ObjectClient {
    /// `is_http_allowed` allows addresses without `https` on other machines, as `AWS_ALLOW_HTTP` does.
    pub fn new(is_http_allowed: bool, requests: Requests) -> ObjectClient {
        let config = ureq::Agent::config_builder()
            .timeout_connect(Some(Duration::from_secs(CONNECT_SECONDS)))
            .timeout_global(Some(Duration::from_secs(OBJECT_SECONDS)))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_idle_connections(OBJECT_CONNECTIONS)
            .max_idle_connections_per_host(OBJECT_CONNECTIONS)
            .user_agent(concat!("noroshi/", env!("CARGO_PKG_VERSION")));
        ObjectClient { agent: config.build().into(), is_http_allowed, is_gzip_accepted: false, requests }
    }

    /// Asks for objects as they are stored. Google decompresses them otherwise, and then tells neither their size nor
    /// that they are compressed.
    #[must_use]
    pub fn accepting_gzip(self) -> ObjectClient {
        ObjectClient { is_gzip_accepted: true, ..self }
    }

    /// Sends a request and reads the whole answer.
    fn send(&self, mut request: Request<Vec<u8>>) -> Result<HttpResponse, HttpError> {
        if !self.is_http_allowed && !is_safe(request.uri()) {
            let message =
                format!("{NOT_SENT} `{}`: it allows only `https`, and `http` to this machine", request.uri());
            return Err(HttpError::new(HttpErrorKind::Unknown, std::io::Error::other(message)));
        }
        // A request with a query asks for a list, which nobody here decompresses.
        if self.is_gzip_accepted && request.uri().query().is_none() {
            request.headers_mut().insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        }
        self.requests.0.fetch_add(1, Ordering::Relaxed);
        let answer = self.agent.run(request).map_err(failed)?;
        let (head, mut body) = answer.into_parts();
        let body = body.with_config().limit(OBJECT_BYTES).read_to_vec().map_err(failed)?;
        Ok(HttpResponse::from_parts(head, body.into()))
    }
}

#[async_trait::async_trait]
impl HttpService for ObjectClient {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let (head, body) = request.into_parts();
        let request = Request::from_parts(head, body.collect().await?.to_bytes().to_vec());
        let client = self.clone();
        let sent = tokio::task::spawn_blocking(move || client.send(request)).await;
        sent.unwrap_or_else(|ended| Err(HttpError::new(HttpErrorKind::Unknown, ended)))
    }
}

impl HttpConnector for ObjectClient {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(self.clone()))
    }
}

/// Whether nobody on the way can read the request.
fn is_safe(uri: &Uri) -> bool {
    uri.scheme_str() == Some("https") || is_host_here(uri) || METADATA.contains(&host(uri))
}

/// Whether an address is one of this machine.
#[must_use]
pub fn is_here(address: &str) -> bool {
    address.parse().is_ok_and(|uri| is_host_here(&uri))
}

fn is_host_here(uri: &Uri) -> bool {
    let host = host(uri);
    host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

fn host(uri: &Uri) -> &str {
    uri.host().unwrap_or("").trim_matches(['[', ']'])
}

/// Sorts an error by whether it helps to try again.
fn failed(error: ureq::Error) -> HttpError {
    use std::io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, TimedOut, UnexpectedEof};
    let kind = match &error {
        ureq::Error::Timeout(_) => HttpErrorKind::Timeout,
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed => HttpErrorKind::Connect,
        ureq::Error::Io(io) => match io.kind() {
            TimedOut => HttpErrorKind::Timeout,
            ConnectionAborted | ConnectionReset | BrokenPipe | UnexpectedEof => HttpErrorKind::Interrupted,
            std::io::ErrorKind::ConnectionRefused => HttpErrorKind::Connect,
            _ => HttpErrorKind::Unknown,
        },
        // Half of an answer: the server ended the connection.
        ureq::Error::Protocol(_) => HttpErrorKind::Interrupted,
        _ => HttpErrorKind::Unknown,
    };
    HttpError::new(kind, error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_this_machine_and_the_metadata_of_a_cloud_are_asked() {
        let is_asked = |address: &str| is_safe(&address.parse().expect("an address"));
        for address in [
            "https://s3.example.com/a",
            "http://127.0.0.1:3900/a",
            "http://localhost:3900/a",
            "http://[::1]:3900/a",
            "http://169.254.169.254/latest/meta-data",
            "http://metadata.google.internal/computeMetadata/v1",
        ] {
            assert!(is_asked(address), "{address}");
        }
        for address in ["http://s3.example.com/a", "http://10.0.0.5:3900/a", "http://localhost.example.com/"]
        {
            assert!(!is_asked(address), "{address}");
        }
    }
}
