//! A mail server of the test holds each step; `mail-parser` reads what it gets.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use lettre::transport::smtp::client::Certificate;
use mail_parser::{HeaderName, HeaderValue, MessageParser, MimeHeaders as _};
use proptest::prelude::*;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned, crypto};

use super::*;
use crate::announce::message::Component;
use crate::announce::platforms::served;
use crate::announce::secrets::Secrets;
use crate::model::Localized;

// Both are valid until 2060, for `localhost`. Only these tests trust the root, whose key is lost.
const ROOT: &[u8] = include_bytes!("../../../../tests/suite/fixtures/tls/lasting-root.der");
const CERTIFICATE: &[u8] = include_bytes!("../../../../tests/suite/fixtures/tls/lasting.der");
const KEY: &[u8] = include_bytes!("../../../../tests/suite/fixtures/tls/server.key");

const DELIVERY: Delivery<'_> = Delivery {
    key: "0000aaaa-1111-4222-8333-444455556666",
    first: None,
    latest: None,
    is_repeated: false,
    is_test: false,
};

const USER: &str = "customers@example.com";
const PASSWORD: &str = "correct-horse-battery";

/// What a server says instead of its usual answers, by step. Nothing: it hangs up; `…`: it says nothing.
type Script = BTreeMap<&'static str, &'static str>;

#[derive(Default)]
struct Seen {
    commands: Vec<String>,
    mails: Vec<String>,
}

/// A mail server on a free port.
struct Fixture {
    port: u16,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Clone, Copy, PartialEq)]
enum Speaks {
    Plain,
    Tls,
    StartTls,
}

trait Wire: Read + Write + Send {}
impl<T: Read + Write + Send> Wire for T {}

impl Fixture {
    fn answering(script: &[(&'static str, &'static str)]) -> Fixture {
        Fixture::speaking(Speaks::Plain, script)
    }

    fn speaking(speaks: Speaks, script: &[(&'static str, &'static str)]) -> Fixture {
        let script: Script = script.iter().copied().collect();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let shared = Arc::clone(&seen);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let stream = stream.expect("a connection");
                let open = stream.try_clone().expect("a stream");
                let wire: Box<dyn Wire> =
                    if speaks == Speaks::Tls { Box::new(encrypted(stream)) } else { Box::new(stream) };
                let mut talk = Talk { wire: BufReader::new(wire), script: &script, seen: &shared, open };
                let is_open = speaks == Speaks::StartTls;
                talk.hold(is_open);
                drop(talk.open.shutdown(std::net::Shutdown::Both));
            }
        });
        Fixture { port, seen }
    }

    fn commands(&self) -> Vec<String> {
        self.seen.lock().expect("no panic").commands.clone()
    }

    fn mails(&self) -> Vec<String> {
        self.seen.lock().expect("no panic").mails.clone()
    }

    fn mail(&self, secrets: &Secrets) -> Mail {
        self.of(&settings(&format!("smtp://127.0.0.1:{}", self.port)), secrets)
    }

    fn of(&self, settings: &MailSettings, secrets: &Secrets) -> Mail {
        let now: Now = Arc::new(|| 1_795_132_800);
        let times = Times {
            step: Duration::from_millis(1_000),
            answer: Duration::from_millis(300),
            farewell: Duration::from_millis(50),
        };
        let roots = vec![Certificate::from_der(ROOT.to_vec()).expect("a root")];
        let server = Server::new(&settings.server, secrets.of("customers"), Arc::clone(&now), times, roots);
        Mail { settings: settings.clone(), server: server.expect("a server"), now }
    }

    fn send(&self) -> Result<Sent, SendError> {
        self.mail(&Secrets::default()).send(&message(), &DELIVERY)
    }
}

fn encrypted(stream: TcpStream) -> StreamOwned<ServerConnection, TcpStream> {
    let config = ServerConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![CertificateDer::from(CERTIFICATE)], PrivatePkcs8KeyDer::from(KEY).into())
        .expect("a key");
    StreamOwned::new(ServerConnection::new(Arc::new(config)).expect("a connection"), stream)
}

struct Talk<'a> {
    wire: BufReader<Box<dyn Wire>>,
    script: &'a Script,
    seen: &'a Mutex<Seen>,
    open: TcpStream,
}

impl Talk<'_> {
    /// Says an answer, and whether the dialogue goes on.
    fn say(&mut self, step: &str, usual: &str) -> bool {
        match self.script.get(step).copied().unwrap_or(usual) {
            "" => false,
            "…" => {
                drop(self.wire.read_to_end(&mut Vec::new()));
                false
            }
            answer => {
                let wire = self.wire.get_mut();
                wire.write_all(format!("{answer}\r\n").as_bytes()).and_then(|()| wire.flush()).is_ok()
                    && answer.starts_with(['2', '3'])
            }
        }
    }

    fn line(&mut self) -> Option<String> {
        let mut line = Vec::new();
        let read = self.wire.read_until(b'\n', &mut line).ok()?;
        (read > 0).then(|| String::from_utf8_lossy(&line).into_owned())
    }

    fn hold(&mut self, mut offers_tls: bool) {
        let mut goes_on = self.say("greeting", "220 test ESMTP");
        while goes_on {
            let Some(line) = self.line() else { return };
            let line = line.trim_end().to_owned();
            let command = line.split([' ', ':']).next().unwrap_or_default().to_owned();
            self.seen.lock().expect("no panic").commands.push(line);
            let offer = if offers_tls { "250-STARTTLS\r\n" } else { "" };
            goes_on = match command.as_str() {
                "EHLO" => self.say("EHLO", &format!("250-test\r\n{offer}250 AUTH PLAIN LOGIN")),
                "STARTTLS" => {
                    let goes_on = self.say("STARTTLS", "220 go");
                    if goes_on {
                        offers_tls = false;
                        let stream = self.open.try_clone().expect("a stream");
                        self.wire = BufReader::new(Box::new(encrypted(stream)) as Box<dyn Wire>);
                    }
                    goes_on
                }
                "DATA" => self.say("DATA", "354 go on") && self.data(),
                "QUIT" => return,
                other => self.say(other, "250 ok"),
            };
        }
    }

    fn data(&mut self) -> bool {
        let mut mail = String::new();
        loop {
            let Some(line) = self.line() else { return false };
            if line == ".\r\n" {
                break;
            }
            mail.push_str(line.strip_prefix('.').unwrap_or(&line));
            if self.script.get("body") == Some(&"") {
                return false;
            }
        }
        self.seen.lock().expect("no panic").mails.push(mail);
        self.say("end", "250 taken")
    }
}

fn settings(server: &str) -> MailSettings {
    let mailbox = Mailbox { name: Some("星取引所".to_owned()), address: "status@example.com".to_owned() };
    MailSettings {
        server: server.to_owned(),
        from: Localized::shared(mailbox),
        lists: vec![list("status@lists.example.com", &[], &[])],
        unsubscribe: vec!["mailto:leave@example.com".to_owned(), "https://example.com/leave".to_owned()],
        has_one_click: true,
    }
}

fn list(to: &str, locales: &[usize], components: &[usize]) -> MailList {
    MailList { to: to.to_owned(), locales: locales.to_vec(), components: components.to_vec(), join: None }
}

fn message() -> Message {
    let (text, html) = ("注文の遅れは解消しました。\n.\n..two\n", "<p>注文の遅れは解消しました。</p>\n");
    Message {
        item: "urn:uuid:1".to_owned(),
        thread: "urn:uuid:2".to_owned(),
        severity: None,
        page: "https://status.example.com/ja/incidents/x/".to_owned(),
        address: "https://status.example.com/ja/incidents/x/#u2".to_owned(),
        headline: "【復旧】注文処理の遅延".to_owned(),
        severity_name: None,
        text: text.to_owned(),
        html: html.to_owned(),
        facts: Vec::new(),
        components: Vec::new(),
        site_name: "星取引所 稼働状況".to_owned(),
        home: "https://status.example.com/ja/".to_owned(),
        mail: Letter {
            subject: "【復旧】注文処理の遅延".to_owned(),
            text: text.to_owned(),
            html: html.to_owned(),
        },
        ..served::message()
    }
}

fn secrets(pairs: &[(&str, &str)]) -> Secrets {
    let named = |(name, value): &(&str, &str)| (format!("NOROSHI_CUSTOMERS_{name}"), (*value).to_owned());
    Secrets::new(pairs.iter().map(named).collect())
}

fn both() -> Secrets {
    secrets(&[("USER", USER), ("PASSWORD", PASSWORD)])
}

/// A header of a mail as it stands there, unfolded.
fn header(mail: &str, name: &str) -> Option<String> {
    let mail = MessageParser::default().parse(mail.as_bytes()).expect("a mail");
    let value = mail.header_raw(name)?;
    Some(value.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn a_mail_arrives_with_the_headers_of_a_list() {
    let server = Fixture::answering(&[]);
    let sent = server.send().expect("sent");
    assert_eq!(sent.id.as_deref(), Some("0000aaaa-1111-4222-8333-444455556666@example.com"));
    let wanted = [
        "EHLO example.com",
        "MAIL FROM:<status@example.com>",
        "RCPT TO:<status@lists.example.com>",
        "DATA",
        "QUIT",
    ];
    assert_eq!(server.commands(), wanted);
    let mails = server.mails();
    let [mail] = mails.as_slice() else { panic!("{mails:?}") };
    assert!(mail.is_ascii() && mail.lines().all(|line| line.len() <= 78), "{mail}");
    let read = MessageParser::default().parse(mail.as_bytes()).expect("a mail");
    assert_eq!(read.subject(), Some("【復旧】注文処理の遅延"));
    let from = read.from().and_then(|from| from.first()).expect("a sender");
    assert_eq!((from.name(), from.address()), (Some("星取引所"), Some("status@example.com")));
    assert_eq!(
        read.to().and_then(|to| to.first()).and_then(|to| to.address()),
        Some("status@lists.example.com")
    );
    assert_eq!(read.date().map(mail_parser::DateTime::to_timestamp), Some(1_795_132_800));
    assert_eq!(
        read.content_type().map(|kind| (kind.ctype(), kind.subtype())),
        Some(("multipart", Some("alternative")))
    );
    let same = |read: Option<std::borrow::Cow<'_, str>>| read.expect("a body").replace("\r\n", "\n");
    assert_eq!(same(read.body_text(0)).trim_end(), message().mail.text.trim_end());
    assert_eq!(same(read.body_html(0)).trim_end(), message().mail.html.trim_end());
    let with_topic = MessageParser::new().header_text(HeaderName::Other("Thread-Topic".into()));
    let topic = with_topic.parse(mail.as_bytes()).expect("a mail");
    assert_eq!(topic.header("Thread-Topic").and_then(HeaderValue::as_text), Some("注文処理の遅延"));
    for (name, wanted) in [
        ("Message-ID", Some("<0000aaaa-1111-4222-8333-444455556666@example.com>")),
        ("Content-Language", Some("ja")),
        ("List-Id", Some("<status.lists.example.com>")),
        ("List-Unsubscribe", Some("<https://example.com/leave>, <mailto:leave@example.com>")),
        ("List-Unsubscribe-Post", Some("List-Unsubscribe=One-Click")),
        ("Auto-Submitted", Some("auto-generated")),
        ("In-Reply-To", None),
        ("References", None),
        ("List-Post", None),
        ("Precedence", None),
        ("X-Unsent", None),
    ] {
        assert_eq!(header(mail, name).as_deref(), wanted, "{name}");
    }
}

#[test]
fn later_mails_answer_the_earlier_ones() {
    let server = Fixture::answering(&[]);
    let mail = server.mail(&Secrets::default());
    let threads = |first: Option<&str>, latest: Option<&str>| {
        mail.send(&message(), &Delivery { first, latest, ..DELIVERY }).expect("sent");
        let sent = server.mails().pop().expect("a mail");
        (header(&sent, "In-Reply-To"), header(&sent, "References"))
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        threads(Some("1@b.example"), Some("1@b.example")),
        (some("<1@b.example>"), some("<1@b.example>"))
    );
    assert_eq!(
        threads(Some("1@b.example"), Some("<3@b.example>")),
        (some("<3@b.example>"), some("<1@b.example> <3@b.example>"))
    );
    // What another platform gave is not an id of a mail, nor is an attack.
    assert_eq!(threads(Some("at://did/x cid"), Some("a@b\r\nBcc: c@d")), (None, None));
    // A second copy does not answer itself.
    let own = "0000aaaa-1111-4222-8333-444455556666@example.com";
    assert_eq!(threads(Some(own), Some(own)), (None, None));
}

#[test]
fn lists_get_what_they_ask_for_in_one_transaction() {
    let server = Fixture::answering(&[]);
    let mut settings = settings(&format!("smtp://127.0.0.1:{}", server.port));
    settings.lists = vec![
        list("all@l.example", &[], &[]),
        list("ja@l.example", &[0], &[]),
        list("en@l.example", &[1], &[]),
        list("orders@l.example", &[], &[3, 4]),
        list("all@l.example", &[0], &[]),
    ];
    let to = |locale_at: usize, parts: &[usize]| {
        let part = |at: &usize| Component { at: *at, id: String::new(), name: String::new(), status: None };
        let message = Message { locale_at, components: parts.iter().map(part).collect(), ..message() };
        let before = server.commands().len();
        let sent = server.of(&settings, &Secrets::default()).send(&message, &DELIVERY).expect("sent");
        let commands = server.commands().split_off(before);
        let to: Vec<String> = commands
            .iter()
            .filter_map(|c| c.strip_prefix("RCPT TO:<")?.strip_suffix("@l.example>").map(str::to_owned))
            .collect();
        assert_eq!(sent.id.is_some(), !to.is_empty());
        to
    };
    assert_eq!(to(0, &[4]), ["all", "ja", "orders"]);
    assert_eq!(to(1, &[7]), ["all", "en"]);
    assert_eq!(to(1, &[]), ["all", "en", "orders"]);
    // Their managers say which list it is.
    let mail = server.mails().pop().expect("a mail");
    assert_eq!(header(&mail, "List-Id"), None);
    assert_eq!(header(&mail, "To").as_deref(), Some("<all@l.example>, <en@l.example>, <orders@l.example>"));
    settings.lists = vec![list("ja@l.example", &[0], &[])];
    let sent =
        server.of(&settings, &Secrets::default()).send(&Message { locale_at: 1, ..message() }, &DELIVERY);
    assert_eq!(sent, Ok(Sent::default()));
}

#[test]
fn every_end_of_the_dialogue_says_whether_the_mail_may_be_there() {
    const LATER: &str = "later";
    const REFUSED: &str = "refused";
    const UNKNOWN: &str = "unknown";
    for (step, answer, wanted) in [
        ("greeting", "421 busy", LATER),
        ("greeting", "554 no", REFUSED),
        ("greeting", "", LATER),
        ("greeting", "HTTP/1.1 200 OK", LATER),
        ("EHLO", "", LATER),
        ("EHLO", "550 who", REFUSED),
        ("MAIL", "451 later", LATER),
        ("MAIL", "550 not you", REFUSED),
        ("MAIL", "", LATER),
        ("RCPT", "450 greylisted", LATER),
        ("RCPT", "550 no such list", REFUSED),
        ("RCPT", "", LATER),
        ("DATA", "451 later", LATER),
        ("DATA", "554 no", REFUSED),
        ("DATA", "250 what", LATER),
        ("DATA", "", LATER),
        ("end", "451 later", LATER),
        ("end", "421 closing", LATER),
        ("end", "550 spam", REFUSED),
        ("end", "354 what", UNKNOWN),
        ("end", "", UNKNOWN),
        ("end", "…", UNKNOWN),
        ("end", "nonsense", UNKNOWN),
    ] {
        let server = Fixture::answering(&[(step, answer)]);
        let (kind, reason) = match server.send() {
            Ok(_) => ("sent", "".into()),
            Err(SendError::Later { reason, .. }) => (LATER, reason),
            Err(SendError::Refused { reason, help }) => (REFUSED, format!("{reason}; {help}").into()),
            Err(SendError::Unknown { reason }) => (UNKNOWN, reason),
        };
        assert_eq!(kind, wanted, "{step} {answer}: {reason}");
        assert!(reason.contains(&format!("`127.0.0.1:{}`", server.port)), "{reason}");
        assert_eq!(server.mails().len(), usize::from(step == "end"), "{step} {answer}");
    }
}

#[test]
fn a_server_that_is_not_there_may_be_there_later() {
    let port =
        TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address").port();
    let gone = Fixture { port, seen: Arc::default() };
    assert!(matches!(gone.send(), Err(SendError::Later { .. })));
}

#[test]
fn a_connection_that_ends_within_a_long_mail_has_not_delivered_it() {
    let server = Fixture::answering(&[("body", "")]);
    // Longer than what the system takes without a reader.
    let mail = "x\r\n".repeat(8_000_000);
    let address = |text: &str| text.parse().expect("an address");
    let envelope = Envelope { from: address("a@b.example"), to: vec![address("c@d.example")] };
    let sent = server.mail(&Secrets::default()).server.submit(&envelope, &mail);
    assert!(matches!(sent, Err(SendError::Later { .. })), "{sent:?}");
}

#[test]
fn one_refused_list_stops_the_mail_for_all() {
    let server = Fixture::answering(&[("RCPT", "550 no")]);
    let mut settings = settings(&format!("smtp://127.0.0.1:{}", server.port));
    settings.lists.push(list("more@l.example", &[], &[]));
    let sent = server.of(&settings, &Secrets::default()).send(&message(), &DELIVERY);
    let Err(SendError::Refused { reason, .. }) = sent else { panic!("{sent:?}") };
    assert!(reason.ends_with("answers 550 to RCPT TO:<status@lists.example.com>: no"), "{reason}");
    assert!(!server.commands().contains(&"DATA".to_owned()));
}

#[test]
fn credentials_reach_the_server_and_no_message() {
    let server = Fixture::answering(&[]);
    server.mail(&both()).send(&message(), &DELIVERY).expect("sent");
    let plain = "AUTH PLAIN AGN1c3RvbWVyc0BleGFtcGxlLmNvbQBjb3JyZWN0LWhvcnNlLWJhdHRlcnk=";
    assert_eq!(server.commands().get(1).map(String::as_str), Some(plain));
    for (answer, is_refused) in [
        ("535 5.7.8 AGN1c3RvbWVyc0BleGFtcGxlLmNvbQBjb3JyZWN0LWhvcnNlLWJhdHRlcnk=", true),
        ("535 wrong: correct-horse-battery Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5", true),
        ("454 4.7.0 busy, customers@example.com", false),
    ] {
        let sent = Fixture::answering(&[("AUTH", answer)]).mail(&both()).send(&message(), &DELIVERY);
        let shown = format!("{sent:?}");
        assert_eq!(matches!(sent, Err(SendError::Refused { .. })), is_refused, "{shown}");
        for secret in [USER, PASSWORD, "Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5", "AGN1c3"] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
    let server = Fixture::answering(&[("EHLO", "250 test")]);
    let sent = server.mail(&both()).send(&message(), &DELIVERY);
    assert!(matches!(sent, Err(SendError::Refused { .. })), "{sent:?}");
}

#[test]
fn half_of_the_credentials_is_refused_before_anything_is_sent() {
    for (has, misses) in [("USER", "PASSWORD"), ("PASSWORD", "USER")] {
        let secrets = secrets(&[(has, "something-long")]);
        let now: Now = Arc::new(|| 0);
        let opened = Mail::new(&settings("smtps://smtp.example.com"), secrets.of("customers"), now);
        let Some(SendError::Refused { reason, help }) = opened.err() else { panic!("{has}") };
        assert!(reason.contains(&format!("NOROSHI_CUSTOMERS_{misses}")), "{reason}");
        assert!(!format!("{reason} {help}").contains("something-long"));
    }
}

/// The server at `localhost`, by TLS. What is on this machine needs no TLS, so `smtp` here is only asked for TLS by force.
fn through_tls(speaks: Speaks, host: &str, is_trusted: bool) -> (Fixture, Result<(), SendError>) {
    let fixture = Fixture::speaking(speaks, &[]);
    let times = Times {
        step: Duration::from_secs(2),
        answer: Duration::from_secs(2),
        farewell: Duration::from_millis(50),
    };
    let scheme = if speaks == Speaks::Tls { "smtps" } else { "smtp" };
    let roots =
        if is_trusted { vec![Certificate::from_der(ROOT.to_vec()).expect("a root")] } else { Vec::new() };
    let address = format!("{scheme}://{host}:{}", fixture.port);
    let server = Server::new(&address, both().of("customers"), Arc::new(|| 0), times, roots);
    let server = server.expect("a server").requiring_tls();
    let address = |text: &str| text.parse().expect("an address");
    let envelope = Envelope { from: address("a@b.example"), to: vec![address("c@d.example")] };
    let sent = server.submit(&envelope, "Subject: x\r\n\r\nx\r\n");
    (fixture, sent)
}

#[test]
fn tls_comes_before_credentials() {
    for speaks in [Speaks::Tls, Speaks::StartTls] {
        let (fixture, sent) = through_tls(speaks, "localhost", true);
        assert_eq!(sent, Ok(()));
        assert_eq!(fixture.mails(), ["Subject: x\r\n\r\nx\r\n"]);
        let commands = fixture.commands();
        let at = |command: &str| commands.iter().position(|c| c.starts_with(command));
        assert!(at("STARTTLS") < at("AUTH"), "{commands:?}");
    }
    for (speaks, host, is_trusted) in [
        (Speaks::Tls, "localhost", false),
        (Speaks::StartTls, "localhost", false),
        (Speaks::Tls, "127.0.0.1", true),
        (Speaks::StartTls, "127.0.0.1", true),
        (Speaks::Plain, "localhost", true),
    ] {
        let (fixture, sent) = through_tls(speaks, host, is_trusted);
        assert!(matches!(sent, Err(SendError::Refused { .. })), "{host}: {sent:?}");
        assert!(!format!("{:?}", fixture.commands()).contains("AUTH"), "{:?}", fixture.commands());
    }
}

#[test]
fn tls_to_a_port_without_it_is_a_fault_of_the_settings() {
    let fixture = Fixture::answering(&[]);
    let mail = fixture.of(&settings(&format!("smtps://localhost:{}", fixture.port)), &both());
    let sent = mail.send(&message(), &DELIVERY);
    let Err(SendError::Refused { help, .. }) = sent else { panic!("{sent:?}") };
    assert!(help.contains("port 465"), "{help}");
}

#[test]
fn a_test_says_so_in_the_subject() {
    let server = Fixture::answering(&[]);
    let mail = server.mail(&Secrets::default());
    mail.send(&message(), &Delivery { is_test: true, ..DELIVERY }).expect("sent");
    let sent = server.mails().pop().expect("a mail");
    let read = MessageParser::default().parse(sent.as_bytes()).expect("a mail");
    assert_eq!(read.subject(), Some("[TEST / テスト] 【復旧】注文処理の遅延"));
}

/// Composes a mail without sending it.
fn written(message: &Message) -> String {
    let fixture = Fixture { port: 1, seen: Arc::default() };
    let mail = fixture.mail(&Secrets::default());
    let from = Mailbox { name: None, address: "status@example.com".to_owned() };
    mail.write(message, &DELIVERY, &from, &["status@lists.example.com".to_owned()])
}

#[test]
fn a_long_mail_ends_with_the_link() {
    for piece in ["注文の遅れ\n", "<&>\"'", "😀", "word ", "x"] {
        let text = piece.repeat(200_000);
        let long = Message {
            mail: Letter { text: text.clone(), html: format!("<p>{}</p>", escape(&text)), ..message().mail },
            ..message()
        };
        let mail = written(&long);
        assert!(mail.len() <= MAIL_BYTES, "{} bytes", mail.len());
        assert!(mail.len() > MAIL_BYTES / 8, "{} bytes of {piece}", mail.len());
        let read = MessageParser::default().parse(mail.as_bytes()).expect("a mail");
        let plain = read.body_text(0).expect("a body").replace("\r\n", "\n");
        assert!(plain.contains('…') && plain.trim_end().ends_with(&long.address), "{piece}");
        assert!(read.body_html(0).expect("a body").contains(&long.address));
    }
}

/// Text as writers and attackers type it.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = [
        "a",
        " ",
        "注文の遅れ",
        "\"",
        "\r\n",
        "\n",
        "\r",
        "=?",
        "?=",
        "=?utf-8?Q?",
        "😀",
        "\u{1}",
        "\t",
        "e\u{301}",
        ": ",
        "\r\nBcc: evil@example.com",
        "<x@y>",
        "--",
        ".",
        "\r\n.\r\n",
        "\u{85}",
        "\u{2028}",
        "longlonglonglonglonglonglonglonglonglong",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_gets_into_the_headers(subject in hostile(), title in hostile(), text in hostile(), name in hostile()) {
        let sent = Message {
            title,
            site_name: name,
            mail: Letter { subject: format!("【復旧】{subject}"), text: text.clone(), html: escape(&text) },
            ..message()
        };
        let mail = written(&sent);
        prop_assert!(mail.is_ascii());
        prop_assert!(mail.split("\r\n").all(|line| line.len() <= 998 && !line.contains(['\r', '\n'])), "{}", mail);
        let read = MessageParser::default().parse(mail.as_bytes()).expect("a mail");
        let names: Vec<&str> = read.headers().iter().map(mail_parser::Header::name).collect();
        let wanted = [
            "Message-ID", "Date", "Subject", "Content-Language", "Thread-Topic", "Auto-Submitted", "X-Auto-Response-Suppress",
            "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "From", "To", "MIME-Version", "Content-Type",
        ];
        let sorted = |names: &[&str]| {
            let mut names: Vec<String> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
            names.sort();
            names
        };
        prop_assert_eq!(sorted(&names), sorted(&wanted));
        let words = |text: &str| text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).map(str::to_owned).collect::<Vec<_>>();
        prop_assert_eq!(words(read.subject().unwrap_or_default()), words(&sent.mail.subject));
        prop_assert_eq!(words(&read.body_text(0).expect("a body")), words(&text));
    }
}
