//! Hands a mail to a mail server (RFC 5321, RFC 6409), by the crate `lettre`, and says what its end means.
//!
//! Until the line with the dot, which ends a mail, the server has surely not taken it. After that line only its answer
//! tells: 2xx says that it was taken, 4xx and 5xx that it was not (RFC 5321 section 4.2.5). A missing answer says nothing.
//!
//! The crate's own `send` does not tell these cases apart, so this file says each command by itself. The crate reads
//! each answer up to a limit, doubles dots, and speaks TLS by `rustls`, with the roots that browsers have.

use std::cell::Cell;
use std::error::Error as _;
use std::io;
use std::iter;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{
    Certificate, CertificateStore, SmtpConnection, TlsParameters, TlsParametersBuilder,
};
use lettre::transport::smtp::commands::{Data, Mail, Quit, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Severity;
use rustls::pki_types::ServerName;

use crate::announce::channel::SendError;
use crate::announce::exchange::with_words;
use crate::announce::platforms::Now;
use crate::announce::secrets::ChannelSecrets;
use crate::limits::{MAIL_ANSWER_SECONDS, MAIL_STEP_SECONDS, QUOTED_BYTES};
use crate::message::{Message, message};
use crate::text;

/// `LOGIN` is older than any standard, and some servers still offer nothing else.
const MECHANISMS: [Mechanism; 2] = [Mechanism::Plain, Mechanism::Login];

/// How a connection is protected.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Security {
    /// TLS from the first byte (RFC 8314 section 3.3).
    Tls,
    /// TLS after `STARTTLS` (RFC 3207), and nothing without it.
    StartTls,
    /// None: the server is on this machine.
    Loopback,
}

/// How long a server may take.
#[derive(Clone, Copy)]
pub(super) struct Times {
    /// For one step.
    pub(super) step: Duration,
    /// For its last answer.
    pub(super) answer: Duration,
    /// For its farewell, which does not matter.
    pub(super) farewell: Duration,
}

impl Default for Times {
    fn default() -> Times {
        Times {
            step: Duration::from_secs(MAIL_STEP_SECONDS),
            answer: Duration::from_secs(MAIL_ANSWER_SECONDS),
            farewell: Duration::from_secs(1),
        }
    }
}

/// A server for submission.
pub(super) struct Server {
    host: String,
    port: u16,
    security: Security,
    tls: TlsParameters,
    credentials: Option<Credentials>,
    /// The credentials as they go over the line. A server may repeat a command in its answer.
    encoded: Vec<String>,
    secrets: ChannelSecrets,
    times: Times,
    now: Now,
}

/// Who sends a mail to whom.
pub(super) struct Envelope {
    pub(super) from: Address,
    pub(super) to: Vec<Address>,
}

/// A step of a submission.
#[derive(Clone, Copy)]
enum Step<'a> {
    Connection,
    StartTls,
    Auth,
    From(&'a Address),
    To(&'a Address),
    Data,
    Mail,
}

impl Step<'_> {
    /// Its name, which is that of its command if it has one.
    fn name(self) -> Message {
        match self {
            Step::Connection => message!("announce-mail-connection", "the connection"),
            Step::StartTls => Message::same("STARTTLS"),
            Step::Auth => Message::same("AUTH"),
            Step::From(address) => Message::same(format!("MAIL FROM:<{address}>")),
            Step::To(address) => Message::same(format!("RCPT TO:<{address}>")),
            Step::Data => Message::same("DATA"),
            Step::Mail => message!("announce-mail-itself", "the mail"),
        }
    }

    /// What to do if the server refuses it.
    fn help(self) -> Message {
        match self {
            Step::Auth => {
                message!("announce-mail-auth-help", "check the user name and the password of this channel")
            }
            Step::Mail | Step::Data => {
                message!("announce-mail-data-help", "ask who runs the mail server why it refuses the mail")
            }
            Step::Connection | Step::StartTls => message!(
                "announce-mail-connection-help",
                "check `server`, and ask who runs it why it refuses the connection"
            ),
            Step::From(_) | Step::To(_) => message!(
                "announce-mail-envelope-help",
                "check `from` and `lists`, and whether this user may send as `from`"
            ),
        }
    }
}

impl Server {
    /// The server at an address such as `smtps://smtp.example.com`. `roots` are trusted beside those of browsers.
    ///
    /// # Errors
    /// The address is not one, or a credential is missing.
    pub(super) fn new(
        address: &str,
        secrets: ChannelSecrets,
        now: Now,
        times: Times,
        roots: Vec<Certificate>,
    ) -> Result<Server, SendError> {
        let refused = || SendError::Refused {
            reason: message!("announce-mail-server", "`server` is not the address of a mail server"),
            help: message!(
                "announce-mail-server-help",
                "write `smtps://smtp.example.com` or `smtp://smtp.example.com:587`"
            ),
        };
        let (scheme, rest) = address.split_once("://").ok_or_else(refused)?;
        let usual = if scheme == "smtps" { 465 } else { 587 };
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) => (host, port.parse().map_err(|_| refused())?),
            None => (rest, usual),
        };
        if ServerName::try_from(host).is_err() {
            return Err(refused());
        }
        let security = match scheme {
            "smtps" => Security::Tls,
            "smtp" if is_loopback(host) => Security::Loopback,
            "smtp" => Security::StartTls,
            _ => return Err(refused()),
        };
        let tls = TlsParameters::builder(host.to_owned()).certificate_store(CertificateStore::WebpkiRoots);
        let tls = roots.into_iter().fold(tls, TlsParametersBuilder::add_root_certificate).build();
        let (credentials, encoded) = credentials(&secrets)?;
        Ok(Server {
            host: host.to_owned(),
            port,
            security,
            tls: tls.map_err(|_| refused())?,
            credentials,
            encoded,
            secrets,
            times,
            now,
        })
    }

    /// The same without the exception for this machine.
    #[cfg(test)]
    pub(super) fn requiring_tls(mut self) -> Server {
        if self.security == Security::Loopback {
            self.security = Security::StartTls;
        }
        self
    }

    /// Submits a mail once, to all recipients or to none. The mail is ASCII, with the line ends of mail.
    ///
    /// # Errors
    /// The server was not reached, refuses, or gave no answer.
    pub(super) fn submit(&self, envelope: &Envelope, mail: &str) -> Result<(), SendError> {
        // A runner in the cloud has no name that the world knows; the sender's domain is one.
        let hello = ClientId::Domain(envelope.from.domain().to_owned());
        // A time for each step would allow any time for many steps.
        let most = self.times.step.as_secs().saturating_mul(5);
        let until = (self.now)().saturating_add(i64::try_from(most).unwrap_or(i64::MAX));
        let mut connection = self.connect(&hello)?;
        let begun = self.begin(&mut connection, &hello, envelope, until);
        let sent = begun.and_then(|()| self.finish(&mut connection, mail));
        drop(connection.set_timeout(Some(self.times.farewell)));
        drop(connection.command(Quit));
        sent
    }

    fn connect(&self, hello: &ClientId) -> Result<SmtpConnection, SendError> {
        let addresses = self.addresses()?;
        let tls = (self.security == Security::Tls).then_some(&self.tls);
        let connection =
            SmtpConnection::connect(addresses.as_slice(), Some(self.times.step), hello, tls, None);
        connection.map_err(|error| self.failed(Step::Connection, &error))
    }

    /// The first address of each family: each may cost the time of a step.
    fn addresses(&self) -> Result<Vec<SocketAddr>, SendError> {
        let all = (self.host.as_str(), self.port).to_socket_addrs();
        let all: Vec<SocketAddr> = all.map(Iterator::collect).unwrap_or_default();
        let of = |is_v6: bool| all.iter().find(|address| address.is_ipv6() == is_v6).copied();
        let found: Vec<SocketAddr> = of(true).into_iter().chain(of(false)).collect();
        if found.is_empty() {
            let reason = message!(
                "announce-mail-unknown-name",
                "the name of the mail server {server} is not known",
                server = self.name()
            );
            return Err(SendError::Later { reason, wait: None });
        }
        Ok(found)
    }

    /// Everything up to the mail itself. All recipients must be accepted, since no server repeats half a mail.
    fn begin(
        &self,
        connection: &mut SmtpConnection,
        hello: &ClientId,
        envelope: &Envelope,
        until: i64,
    ) -> Result<(), SendError> {
        if self.security == Security::StartTls {
            if !connection.can_starttls() {
                return Err(SendError::Refused {
                    reason: message!(
                        "announce-mail-no-starttls",
                        "the mail server {server} offers no STARTTLS",
                        server = self.name()
                    ),
                    help: message!(
                        "announce-mail-no-starttls-help",
                        "write `smtps://` if it has a port for TLS; noroshi sends without TLS only to this machine"
                    ),
                });
            }
            let upgraded = connection.starttls(&self.tls, hello);
            upgraded.map_err(|error| self.failed(Step::StartTls, &error))?;
        }
        self.in_time(until)?;
        if let Some(credentials) = &self.credentials {
            if connection.server_info().get_auth_mechanism(&MECHANISMS).is_none() {
                return Err(SendError::Refused {
                    reason: message!(
                        "announce-mail-no-auth",
                        "the mail server {server} takes no user name and password",
                        server = self.name()
                    ),
                    help: message!(
                        "announce-mail-no-auth-help",
                        "use its port for submission, or remove the credentials of this channel"
                    ),
                });
            }
            let known = connection.auth(&MECHANISMS, credentials);
            known.map_err(|error| self.failed(Step::Auth, &error))?;
        }
        self.in_time(until)?;
        let from = connection.command(Mail::new(Some(envelope.from.clone()), Vec::new()));
        from.map_err(|error| self.failed(Step::From(&envelope.from), &error))?;
        for to in &envelope.to {
            self.in_time(until)?;
            let taken = connection.command(Rcpt::new(to.clone(), Vec::new()));
            taken.map_err(|error| self.failed(Step::To(to), &error))?;
        }
        let answer = connection.command(Data).map_err(|error| self.failed(Step::Data, &error))?;
        if answer.has_code(354) {
            return Ok(());
        }
        let reason = message!(
            "announce-mail-data",
            "the mail server {server} answers {code} to DATA instead of 354",
            server = self.name(),
            code = answer.code().to_string()
        );
        Err(SendError::Later { reason, wait: None })
    }

    fn in_time(&self, until: i64) -> Result<(), SendError> {
        if (self.now)() <= until {
            return Ok(());
        }
        let reason =
            message!("announce-mail-slow", "the mail server {server} is too slow", server = self.name());
        Err(SendError::Later { reason, wait: None })
    }

    /// The mail and its end.
    fn finish(&self, connection: &mut SmtpConnection, mail: &str) -> Result<(), SendError> {
        let unknown = |said: Message| {
            let reason = message!(
                "announce-mail-unknown",
                "the mail server {server} got the mail and did not say that it took it",
                server = self.name()
            );
            SendError::Unknown { reason: with_words(reason, &said) }
        };
        drop(connection.set_timeout(Some(self.times.answer)));
        // The crate writes the dot after the last piece, so until then it is not sent.
        let is_whole = Cell::new(false);
        let end = iter::from_fn(|| {
            is_whole.set(true);
            None
        });
        let mail = mail.strip_suffix("\r\n").unwrap_or(mail).as_bytes();
        match connection.message_iter(iter::once(mail).chain(end)) {
            Ok(answer) if answer.code().severity == Severity::PositiveCompletion => Ok(()),
            Ok(answer) => {
                let code = answer.code().to_string();
                Err(unknown(message!("announce-mail-answers", "it answers {code}", code)))
            }
            Err(error) if error.status().is_some() || !is_whole.get() => Err(self.failed(Step::Mail, &error)),
            Err(error) => Err(unknown(self.said(&words(&error)))),
        }
    }

    /// What a failure means before the mail was sent to its end, or with an answer after that.
    fn failed(&self, step: Step<'_>, error: &Error) -> SendError {
        let (server, said) = (self.name(), self.said(&words(error)));
        if let Some(code) = error.status() {
            let reason = message!(
                "announce-mail-refused",
                "the mail server {server} answers {code} to {step}",
                server,
                code = code.to_string(),
                step = step.name()
            );
            let reason = with_words(reason, &said);
            return if error.is_permanent() {
                SendError::Refused { reason, help: step.help() }
            } else {
                SendError::Later { reason, wait: None }
            };
        }
        if is_of_tls(error) {
            return SendError::Refused {
                reason: with_words(
                    message!("announce-mail-tls", "TLS with the mail server {server} failed", server),
                    &said,
                ),
                help: message!(
                    "announce-mail-tls-help",
                    "write the name that its certificate has, from an authority that browsers know; `smtps://` is for port 465, and `smtp://` for port 587"
                ),
            };
        }
        let reason = message!(
            "announce-mail-unreached",
            "the mail server {server} was not reached, or ended the connection, at {step}",
            server,
            step = step.name()
        );
        SendError::Later { reason: with_words(reason, &said), wait: None }
    }

    fn name(&self) -> String {
        format!("`{}:{}`", self.host, self.port)
    }

    /// What a server said, without secrets; empty if it said nothing.
    fn said(&self, said: &str) -> Message {
        // What is cut first could leave the half of a secret.
        let said =
            self.encoded.iter().fold(said.to_owned(), |said, secret| said.replace(secret.as_str(), "…"));
        let said = self.secrets.redact(&said).split_whitespace().collect::<Vec<_>>().join(" ");
        Message::same(text::visible(&text::shorten(&said, QUOTED_BYTES)))
    }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

/// The credentials, and their forms in commands (RFC 4616, RFC 4954 section 4).
fn credentials(secrets: &ChannelSecrets) -> Result<(Option<Credentials>, Vec<String>), SendError> {
    let (user, password) = (secrets.get("USER")?, secrets.get("PASSWORD")?);
    if user.is_none() && password.is_none() {
        return Ok((None, Vec::new()));
    }
    let help = message!("announce-mail-credentials", "get both from the mail server");
    let (user, password) = (secrets.required("USER", &help)?, secrets.required("PASSWORD", &help)?);
    let plain = format!("\0{user}\0{password}");
    let encoded = [&plain, &password, &user].map(|secret| STANDARD.encode(secret));
    Ok((Some(Credentials::new(user, password)), encoded.to_vec()))
}

/// What the crate has to say of an error, without its own kind.
fn words(error: &Error) -> String {
    error.source().map(ToString::to_string).unwrap_or_default()
}

/// Whether the two could not agree on TLS.
fn is_of_tls(error: &Error) -> bool {
    let source = error.source().and_then(|source| source.downcast_ref::<io::Error>());
    source
        .and_then(io::Error::get_ref)
        .is_some_and(<dyn std::error::Error + Send + Sync>::is::<rustls::Error>)
}
