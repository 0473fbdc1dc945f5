//! The certificate of a server, as browsers check it.
//!
//! Verifies the chain as it will be at an instant, by a handshake whose clock shows that instant. So the library that
//! verifies certificates also tells their end, and nothing else needs to read them. Sends no request.

use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::{ServerName, UnixTime};
use rustls::time_provider::TimeProvider;
use rustls::{CertificateError, ClientConfig, ClientConnection, RootCertStore, crypto};
use ureq::http::Uri;

use super::client::is_loopback;
use super::{Certificate, FetchError};
use crate::limits::{CONNECT_SECONDS, HANDSHAKE_READS};
use crate::message::{Message, Reason, message};

/// The end of the year 9999: every certificate has ended by then.
const FAR: i64 = 253_402_300_799;

/// What browsers say about the certificate of a server at two instants, in seconds since 1970.
pub fn certificate(base: &str, now: i64, later: i64) -> Result<Certificate, FetchError> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    trusting(roots, base, now, later)
}

fn trusting(roots: RootCertStore, base: &str, now: i64, later: i64) -> Result<Certificate, FetchError> {
    is_loopback(base)?;
    let roots = Arc::new(roots);
    let refused = |at| refused(&roots, base, at).map_err(|error| failed(base, &error));
    let ends = match refused(FAR)? {
        Some(CertificateError::ExpiredContext { not_after, .. }) => i64::try_from(not_after.as_secs()).ok(),
        _ => None,
    };
    let [refused, refused_later] = [refused(now)?, refused(later)?].map(|why| why.as_ref().map(words));
    Ok(Certificate { ends, refused, refused_later })
}

/// Why the chain of a server is refused at an instant; `None` if it is accepted.
fn refused(roots: &Arc<RootCertStore>, base: &str, at: i64) -> io::Result<Option<CertificateError>> {
    let (host, port) = host_and_port(base)?;
    let provider = Arc::new(crypto::ring::default_provider());
    let config = ClientConfig::builder_with_details(provider, Arc::new(Fixed(at)))
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_root_certificates(Arc::clone(roots))
        .with_no_client_auth();
    let name = ServerName::try_from(host.clone()).map_err(io::Error::other)?;
    let mut connection = ClientConnection::new(Arc::new(config), name).map_err(io::Error::other)?;
    let mut stream = Bounded { stream: connect(&host, port)?, reads: HANDSHAKE_READS };
    let Err(error) = connection.complete_io(&mut stream) else { return Ok(None) };
    let cause = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match cause {
        Some(rustls::Error::InvalidCertificate(why)) => Ok(Some(why.clone())),
        _ => Err(error),
    }
}

fn host_and_port(base: &str) -> io::Result<(String, u16)> {
    let uri: Uri = base.parse().map_err(io::Error::other)?;
    let host = uri.host().unwrap_or("").trim_matches(['[', ']']).to_owned();
    Ok((host, uri.port_u16().unwrap_or(443)))
}

fn connect(host: &str, port: u16) -> io::Result<TcpStream> {
    let time = Duration::from_secs(CONNECT_SECONDS);
    let mut last = io::Error::other(Reason(message!("fetch-no-host-address", "the host has no address")));
    for address in (host, port).to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, time) {
            Ok(stream) => {
                stream.set_read_timeout(Some(time))?;
                stream.set_write_timeout(Some(time))?;
                return Ok(stream);
            }
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// What is wrong with a certificate, in words that follow "browsers refuse the certificate: ".
fn words(why: &CertificateError) -> Message {
    match why {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            message!("fetch-certificate-ended", "it has ended, or one above it has")
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            message!("fetch-certificate-not-yet", "it is not valid yet")
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            message!("fetch-certificate-name", "it is for another host name")
        }
        CertificateError::UnknownIssuer => message!(
            "fetch-certificate-issuer",
            "browsers do not know who issued it, or the server leaves out a certificate above it"
        ),
        other => Message::same(other.to_string()),
    }
}

fn failed(base: &str, error: &io::Error) -> FetchError {
    let help = message!(
        "fetch-certificate-unread-help",
        "check the address and the network; noroshi reads the certificate without a proxy"
    );
    FetchError::environment(
        message!("fetch-certificate-unread", "cannot read the certificate of {base}: {error}", base, error),
        help,
    )
}

/// A clock that stands.
#[derive(Debug)]
struct Fixed(i64);

impl TimeProvider for Fixed {
    fn current_time(&self) -> Option<UnixTime> {
        let seconds = u64::try_from(self.0).unwrap_or_default();
        Some(UnixTime::since_unix_epoch(Duration::from_secs(seconds)))
    }
}

/// A stream that ends after some reads, because a time limit concerns only one read.
struct Bounded {
    stream: TcpStream,
    reads: usize,
}

impl Read for Bounded {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let Some(left) = self.reads.checked_sub(1) else {
            let message = message!("fetch-long-handshake", "the handshake has too many parts");
            return Err(io::Error::new(io::ErrorKind::TimedOut, Reason(message)));
        };
        self.reads = left;
        self.stream.read(bytes)
    }
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// `tests/suite/fixtures/tls` holds a root that is valid until 2060, a certificate between that ends on 1 December
/// 2026, and one for `localhost` that ends on 20 December, with its key. Only these tests trust the root.
#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
    use rustls::{ServerConfig, ServerConnection};

    use super::*;

    const ROOT: &[u8] = include_bytes!("../../tests/suite/fixtures/tls/root.der");
    const MIDDLE: &[u8] = include_bytes!("../../tests/suite/fixtures/tls/middle.der");
    const SERVER: &[u8] = include_bytes!("../../tests/suite/fixtures/tls/server.der");
    const KEY: &[u8] = include_bytes!("../../tests/suite/fixtures/tls/server.key");

    const OCTOBER_1: i64 = 1_790_812_800;
    const NOVEMBER_20: i64 = 1_795_132_800;
    const NOVEMBER_30: i64 = 1_795_996_800;
    const DECEMBER_10: i64 = 1_796_860_800;
    const DECEMBER_20: i64 = 1_797_724_800;

    fn roots() -> RootCertStore {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from(ROOT)).expect("a root");
        roots
    }

    /// A server on a free port that sends these certificates and ends after the handshake.
    fn serve(chain: &[&'static [u8]]) -> u16 {
        let chain = chain.iter().map(|der| CertificateDer::from(*der)).collect();
        let provider = Arc::new(crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(chain, PrivatePkcs8KeyDer::from(KEY).into())
            .expect("a key");
        let config = Arc::new(config);
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut connection = ServerConnection::new(Arc::clone(&config)).expect("a connection");
                // A client that refuses the certificate ends the handshake.
                drop(connection.complete_io(&mut stream.expect("a stream")));
            }
        });
        port
    }

    #[test]
    fn a_certificate_is_checked_as_it_will_be_at_each_instant() {
        let base = format!("https://localhost:{}/", serve(&[SERVER, MIDDLE]));
        let check = |now, later| trusting(roots(), &base, now, later).expect("a certificate");
        let good = Certificate { ends: Some(DECEMBER_20), refused: None, refused_later: None };
        assert_eq!(check(NOVEMBER_20, NOVEMBER_30), good);
        let ended = Some("it has ended, or one above it has");
        // The certificate in the middle ends first.
        let later = check(NOVEMBER_20, DECEMBER_10);
        assert_eq!((later.ends, later.refused.as_deref()), (good.ends, None));
        assert_eq!(later.refused_later.as_deref(), ended);
        assert_eq!(check(DECEMBER_10, DECEMBER_20).refused.as_deref(), ended);
        assert_eq!(check(OCTOBER_1, NOVEMBER_20).refused.as_deref(), Some("it is not valid yet"));
    }

    #[test]
    fn a_certificate_that_browsers_refuse_says_why_and_still_tells_its_end() {
        let refused = |host: &str, chain: &[&'static [u8]]| {
            let base = format!("https://{host}:{}/", serve(chain));
            let found = trusting(roots(), &base, NOVEMBER_20, NOVEMBER_20).expect("a certificate");
            assert_eq!(found.ends, Some(DECEMBER_20));
            found.refused.expect("a reason")
        };
        assert_eq!(refused("127.0.0.1", &[SERVER, MIDDLE]), "it is for another host name");
        let unknown = refused("localhost", &[SERVER]);
        assert!(unknown.contains("leaves out a certificate above it"), "{unknown}");
        // The roots of browsers do not hold the root of these tests.
        let base = format!("https://localhost:{}/", serve(&[SERVER, MIDDLE]));
        let found = certificate(&base, NOVEMBER_20, NOVEMBER_20).expect("a certificate");
        assert!(found.refused.expect("a reason").contains("do not know who issued it"));
    }

    #[test]
    fn a_server_without_tls_or_without_an_end_is_an_error() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let base = format!("https://{}/", listener.local_addr().expect("an address"));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                drop(stream.expect("a stream").write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n"));
            }
        });
        let error = certificate(&base, NOVEMBER_20, NOVEMBER_20).expect_err("no TLS");
        assert!(error.message.starts_with("cannot read the certificate of https://127.0.0.1"), "{error}");
        assert!(error.environment);
        let refused = certificate("https://user@localhost/", NOVEMBER_20, NOVEMBER_20);
        assert!(!refused.expect_err("a user name").environment);
    }
}
