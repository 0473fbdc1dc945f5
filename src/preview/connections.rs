//! Limits on connections to the preview: their number, duration and size. Each answers one request.
//!
//! A program that sends half a request, or does not read its answer, is cut off after seconds, so
//! that it cannot block the preview.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};

use crate::limits::{
    PREVIEW_CONNECTIONS, PREVIEW_HEAD_BYTES, PREVIEW_HEAD_SECONDS, PREVIEW_HEADERS, PREVIEW_SECONDS,
    PREVIEW_STREAMS,
};

#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    /// The time limit for the head of a request.
    pub head: Duration,
    /// The time limit for a connection: request, answer and end.
    pub whole: Duration,
    /// Further ones are closed.
    pub connections: usize,
    /// Event streams do not count as connections, because an open page keeps one for hours.
    pub streams: usize,
}

impl Bounds {
    pub(super) const DEFAULT: Bounds = Bounds {
        head: Duration::from_secs(PREVIEW_HEAD_SECONDS),
        whole: Duration::from_secs(PREVIEW_SECONDS),
        connections: PREVIEW_CONNECTIONS,
        streams: PREVIEW_STREAMS,
    };
}

/// The pause before the next accept, if the system had no resources for a connection.
const PAUSE: Duration = Duration::from_millis(50);

/// The permit of a connection: it counts as a connection until it becomes an event stream.
#[derive(Clone, Debug)]
pub(super) struct Lease {
    place: Arc<Mutex<Option<OwnedSemaphorePermit>>>,
    streams: Arc<Semaphore>,
}

impl Lease {
    /// Exchanges the connection permit for a stream permit. Returns `None` if all are taken.
    pub(super) fn stream(&self) -> Option<OwnedSemaphorePermit> {
        let stream = Arc::clone(&self.streams).try_acquire_owned().ok()?;
        self.place.lock().unwrap_or_else(PoisonError::into_inner).take();
        Some(stream)
    }

    fn is_stream(&self) -> bool {
        self.place.lock().unwrap_or_else(PoisonError::into_inner).is_none()
    }
}

/// Answers requests until the program ends. Routes find the [`Lease`] of their connection among the
/// extensions of a request.
pub(super) async fn serve(listener: TcpListener, routes: Router, bounds: Bounds) {
    let places = Arc::new(Semaphore::new(bounds.connections));
    let streams = Arc::new(Semaphore::new(bounds.streams));
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            sleep(PAUSE).await;
            continue;
        };
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else { continue };
        let lease = Lease { place: Arc::new(Mutex::new(Some(place))), streams: Arc::clone(&streams) };
        tokio::spawn(attend(stream, routes.clone(), lease, bounds));
    }
}

async fn attend(stream: TcpStream, routes: Router, lease: Lease, bounds: Bounds) {
    let service = TowerToHyperService::new(routes.layer(Extension(lease.clone())));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(bounds.head)
        .keep_alive(false)
        .max_headers(PREVIEW_HEADERS)
        .max_header_size(PREVIEW_HEAD_BYTES)
        .max_buf_size(PREVIEW_HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = std::pin::pin!(connection);
    // A connection fails because of the client, so there is no one to report it to.
    if timeout(bounds.whole, &mut connection).await.is_err() && lease.is_stream() {
        let _ = connection.await;
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::{Ipv4Addr, SocketAddr, TcpStream};
    use std::thread;

    use axum::body::Bytes;
    use axum::http::StatusCode;
    use axum::response::sse::{Event, Sse};
    use axum::response::{IntoResponse as _, Response};
    use axum::routing::get;
    use tokio_stream::StreamExt as _;

    use super::*;

    /// A timeout for a test that would otherwise hang.
    const PATIENCE: Duration = Duration::from_secs(60);
    /// Longer than any test runs.
    const NEVER: Duration = Duration::from_secs(3600);
    const SHORT: Duration = Duration::from_millis(20);
    const WIDE: Bounds = Bounds { head: NEVER, whole: NEVER, connections: 8, streams: 8 };
    /// More than the buffers of two sockets hold.
    const LARGE: usize = 64 << 20;

    async fn events(Extension(lease): Extension<Lease>) -> Response {
        let Some(held) = lease.stream() else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
        let first = tokio_stream::once(Event::default().data("first"));
        let all = first.chain(tokio_stream::pending()).map(move |event| {
            let _ = &held;
            Ok::<_, std::convert::Infallible>(event)
        });
        Sse::new(all).into_response()
    }

    /// Starts a server in its own thread, which ends with the tests.
    fn serving(bounds: Bounds) -> SocketAddr {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        listener.set_nonblocking(true).expect("a socket");
        let address = listener.local_addr().expect("an address");
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(async move {
                let large = Bytes::from(vec![b'x'; LARGE]);
                let routes = Router::new()
                    .route("/", get(|| async { "small" }))
                    .route("/large", get(move || async move { large.clone() }))
                    .route("/events", get(events));
                serve(TcpListener::from_std(listener).expect("a socket"), routes, bounds).await;
            });
        });
        address
    }

    fn begin(address: SocketAddr, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(address).expect("a connection");
        stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
        // A connection that was closed at once may refuse the bytes.
        let _ = stream.write_all(request.as_bytes());
        stream
    }

    /// Everything received until the connection is closed or cut off.
    fn heard(mut stream: TcpStream) -> String {
        let mut bytes = Vec::new();
        if let Err(error) = stream.read_to_end(&mut bytes) {
            assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset, "still open");
        }
        String::from_utf8(bytes).expect("text")
    }

    fn ask(address: SocketAddr, path: &str) -> String {
        heard(begin(address, &format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")))
    }

    /// Asks until the server has a free connection.
    fn answered_at_last(address: SocketAddr) {
        while !ask(address, "/").ends_with("small") {
            thread::yield_now();
        }
    }

    #[test]
    fn half_a_request_is_cut_off() {
        let address = serving(Bounds { head: SHORT, ..WIDE });
        for half in
            ["", "GET", "GET / HTTP/1.1\r\nHost: localhost\r\n", "GET / HTTP/1.1\r\nHost: localhost\r\nX"]
        {
            assert_eq!(heard(begin(address, half)), "", "{half:?}");
        }
    }

    #[test]
    fn a_body_that_never_comes_keeps_no_connection() {
        let address = serving(WIDE);
        let head = "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nx";
        assert!(heard(begin(address, head)).ends_with("small"));
    }

    #[test]
    fn a_reader_that_does_not_read_gives_its_place_back() {
        let address = serving(Bounds { whole: SHORT, connections: 1, ..WIDE });
        let slow = begin(address, "GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n");
        answered_at_last(address);
        assert!(heard(slow).len() < LARGE);
    }

    #[test]
    fn more_connections_than_the_bound_are_closed_at_once() {
        let address = serving(Bounds { connections: 2, ..WIDE });
        let (first, second) = (begin(address, "GET"), begin(address, "GET"));
        assert_eq!(ask(address, "/"), "");
        drop(first);
        answered_at_last(address);
        drop(second);
    }

    #[test]
    fn streams_of_events_take_no_place_among_the_connections_and_outlive_them() {
        let address = serving(Bounds { whole: SHORT, connections: 1, streams: 2, ..WIDE });
        let listen = || {
            let mut stream = begin(address, "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
            let mut seen = String::new();
            while !seen.contains("data: first") {
                let mut bytes = [0; 512];
                let count = stream.read(&mut bytes).expect("an event");
                assert_ne!(count, 0, "closed after {seen}");
                seen += &String::from_utf8_lossy(&bytes[..count]);
            }
            stream
        };
        let (first, second) = (listen(), listen());
        // A connection that times out started after the streams, so the streams have outlived the limit.
        assert_eq!(heard(begin(address, "GET")), "");
        assert!(ask(address, "/events").starts_with("HTTP/1.1 503"));
        for stream in [&first, &second] {
            stream.set_nonblocking(true).expect("a socket");
            let still_open = (&*stream).read(&mut [0; 1]).expect_err("nothing new");
            assert_eq!(still_open.kind(), std::io::ErrorKind::WouldBlock);
        }
        drop(first);
        while ask(address, "/").is_empty() {
            thread::yield_now();
        }
        drop(listen());
    }

    #[test]
    fn a_head_that_is_too_large_is_refused() {
        let address = serving(WIDE);
        let asked = |more: &str| heard(begin(address, &format!("GET / HTTP/1.1\r\nHost: a\r\n{more}\r\n")));
        assert!(asked(&"X-A: b\r\n".repeat(PREVIEW_HEADERS - 1)).ends_with("small"));
        assert!(asked(&"X-A: b\r\n".repeat(PREVIEW_HEADERS)).starts_with("HTTP/1.1 431"));
        let cookie = |bytes: usize| format!("Cookie: {}\r\n", "c".repeat(bytes));
        assert!(asked(&cookie(PREVIEW_HEAD_BYTES / 2)).ends_with("small"));
        let large = asked(&cookie(PREVIEW_HEAD_BYTES));
        assert!(large.is_empty() || large.starts_with("HTTP/1.1 431"), "{large}");
        let line = heard(begin(
            address,
            &format!("GET /{} HTTP/1.1\r\nHost: a\r\n\r\n", "x".repeat(PREVIEW_HEAD_BYTES)),
        ));
        assert!(line.is_empty() || line.starts_with("HTTP/1.1 4"), "{line}");
    }

    #[test]
    fn one_request_a_connection_is_answered() {
        let address = serving(WIDE);
        let answers = heard(begin(address, &"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(3)));
        assert_eq!(answers.matches("HTTP/1.1 200").count(), 1, "{answers}");
        assert!(answers.to_lowercase().contains("connection: close"), "{answers}");
    }
}
