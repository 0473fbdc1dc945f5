//! Writes a mail to customers (RFC 5322), as plain text and HTML (RFC 2046 section 5.1.4), to open, review and
//! send.
//!
//! The HTML has only inline styles, no pictures, and loads nothing: it looks the same in every mail program,
//! and it does not track readers. The same facts give the same bytes.

use mail_builder::MessageBuilder;
use mail_builder::headers::HeaderType;
use mail_builder::headers::address::Address;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::raw::Raw;
use mail_builder::headers::text::Text;
use mail_builder::mime::MimePart;

use super::Letter;
use super::facts::Facts;
use super::rich_text::RichText;
use crate::digest::Digest;
use crate::model::Localized;
use crate::model::channels::Mailbox;
use crate::text::escape;

/// The headers of a mail beside its subject.
#[derive(Debug)]
pub(crate) struct Head {
    /// The message id, without `<` and `>`.
    pub(crate) id: String,
    /// Seconds since 1970.
    pub(crate) date: i64,
    /// A BCP 47 tag.
    pub(crate) language: String,
    pub(crate) from: Option<Mailbox>,
    pub(crate) reply_to: Option<Mailbox>,
    /// The addresses of the recipients; a draft has none.
    pub(crate) to: Vec<String>,
    /// Further headers, after the subject.
    pub(crate) others: Vec<(&'static str, HeaderType<'static>)>,
}

pub(super) fn write(facts: &Facts<'_>) -> String {
    let mail = &facts.site.now.model.config.channels.mail;
    let named = |mailbox: &Localized<Mailbox>| {
        let mailbox = facts.of_locale(mailbox, |mailbox| mailbox.name.as_ref().unwrap_or(&mailbox.address));
        let name = mailbox.name.clone().or_else(|| Some(facts.text(&facts.site.now.model.config.title)));
        Mailbox { name, address: mailbox.address.clone() }
    };
    let head = Head {
        id: message_id(facts),
        date: facts.published_at().0,
        language: facts.locale.tag.clone(),
        from: mail.from.as_ref().map(named),
        reply_to: mail.reply_to.as_ref().map(named),
        to: Vec::new(),
        // With this header, mail programs open it for editing.
        others: vec![("X-Unsent", Raw::new("1").into())],
    };
    compose(head, &letter(facts))
}

/// A mail without its headers.
pub(super) fn letter(facts: &Facts<'_>) -> Letter {
    let sheet = sheet(facts);
    let subject = one_line(&facts.headline());
    Letter { subject, text: sheet.text(), html: page(facts, &sheet) }
}

/// Composes a `multipart/alternative` mail, in which the last form is the preferred one. It is ASCII, with the line ends
/// of mail.
pub(crate) fn compose(head: Head, letter: &Letter) -> String {
    let boundary = boundary(&head.id, letter);
    let body = ContentType::new("multipart/alternative").attribute("boundary", boundary);
    let parts = vec![
        part("text/plain", &letter.text, &head.language),
        part("text/html", &letter.html, &head.language),
    ];
    let mut message = MessageBuilder::new()
        .message_id(head.id)
        .date(head.date)
        .header("Subject", line(&letter.subject))
        .header("Content-Language", Raw::new(head.language))
        .body(MimePart::new(body, parts));
    for (name, value) in head.others {
        message = message.header(name, value);
    }
    if let Some(from) = &head.from {
        message = message.from(address(from));
    }
    if let Some(to) = &head.reply_to {
        message = message.reply_to(address(to));
    }
    if !head.to.is_empty() {
        let to = head.to.into_iter().map(|to| Address::new_address(None::<String>, to));
        message = message.to(Address::new_list(to.collect()));
    }
    message.write_to_string().unwrap_or_default()
}

/// The text that readers see; both forms have the same parts.
pub(super) fn shown(facts: &Facts<'_>) -> Vec<String> {
    vec![sheet(facts).text()]
}

#[cfg(test)]
pub(super) fn html(facts: &Facts<'_>) -> String {
    page(facts, &sheet(facts))
}

fn sheet<'s>(facts: &'s Facts<'s>) -> RichText<'s> {
    let mut sheet = RichText::of(facts);
    sheet.title(one_line(&facts.headline()));
    sheet.line(facts.t("pack-dear")).line(facts.opening()).notes();
    sheet.asides(facts.newest_notes()).prose(facts.latest()).changed(facts.newest_changed());
    let summary = Some(&facts.summary).filter(|summary| summary.text != facts.latest().text);
    sheet.overview("pack-summary", summary);
    sheet.section("section-actions", &facts.actions);
    if !facts.is_over {
        sheet.section("section-workaround", &facts.workaround);
    }
    sheet.section("section-compensation", &facts.compensation);
    let close = if facts.is_over { "pack-mail-close-over" } else { "pack-mail-close" };
    sheet.page().line(facts.t(close)).signature();
    sheet
}

/// Any text as a header. Text that looks like an encoded word (RFC 2047) must be encoded, or mail programs would decode
/// it.
pub(crate) fn line(words: &str) -> HeaderType<'static> {
    let words = one_line(words);
    if !words.is_ascii() || !words.contains("=?") {
        return Text::new(words).into();
    }
    let encoded = |piece: &[u8]| {
        let bytes: Vec<String> = piece.iter().map(|b| format!("={b:02X}")).collect();
        format!("=?utf-8?Q?{}?=", bytes.concat())
    };
    Raw::new(words.as_bytes().chunks(16).map(encoded).collect::<Vec<_>>().join(" ")).into()
}

fn address(mailbox: &Mailbox) -> Address<'static> {
    Address::new_address(mailbox.name.as_deref().map(one_line), mailbox.address.clone())
}

/// Text on one line, so that no line break gets into a header.
fn one_line(words: &str) -> String {
    let words: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    words.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// The message id. It comes from the latest statement, so a second mail about it has the same id.
fn message_id(facts: &Facts<'_>) -> String {
    let id = facts.newest_id();
    let origin = &facts.site.now.model.config.url.origin;
    let host = origin.rsplit('/').next().unwrap_or(origin).split(':').next().unwrap_or(origin);
    let host = if host.is_ascii() && !host.starts_with('[') { host } else { "noroshi.invalid" };
    format!("{}.{}@{host}", id.trim_start_matches("urn:uuid:"), facts.locale.tag)
}

/// The boundary between the parts. A digest is practically certain not to appear in them.
fn boundary(id: &str, letter: &Letter) -> String {
    format!("noroshi-{}", Digest::of(&(id, &letter.text, &letter.html)))
}

/// One form of the text, with the line ends of mail (RFC 2049 section 4). Servers disagree about a carriage return alone,
/// so there is none.
fn part(kind: &'static str, text: &str, language: &str) -> MimePart<'static> {
    let kind = ContentType::new(kind).attribute("charset", "utf-8");
    let text = text.replace("\r\n", "\n").replace(['\r', '\n'], "\r\n");
    MimePart::new(kind, text).language(language.to_owned())
}

fn page(facts: &Facts<'_>, sheet: &RichText<'_>) -> String {
    let (tag, direction) = (&facts.locale.tag, facts.locale.direction);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{tag}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <title>{}</title>\n</head>\n<body{BODY}>\n{}</body>\n</html>\n",
        escape(&one_line(&facts.headline())),
        styled(&sheet.html())
    )
}

const BODY: &str = " style=\"margin:0;padding:16px;max-width:40em;font-family:sans-serif;line-height:1.6\"";

/// The style of each tag: mail programs drop stylesheets.
const STYLES: [(&str, &str); 11] = [
    ("h1", "font-size:1.25em;line-height:1.4;margin:0 0 1em"),
    ("h2", "font-size:1em;margin:1.5em 0 .5em"),
    ("h3", "font-size:1em;margin:1em 0 .5em"),
    ("p", "margin:0 0 1em"),
    ("table", "border-collapse:collapse;margin:0 0 1em"),
    ("th", "text-align:start;vertical-align:top;padding:4px 12px 4px 0;border-bottom:1px solid #ccc"),
    ("td", "vertical-align:top;padding:4px 12px 4px 0;border-bottom:1px solid #ccc"),
    ("ul", "margin:0 0 1em;padding-inline-start:1.5em"),
    ("ol", "margin:0 0 1em;padding-inline-start:1.5em"),
    ("blockquote", "margin:0 0 1em;padding-inline-start:1em;border-inline-start:3px solid #ccc"),
    ("pre", "margin:0 0 1em;white-space:pre-wrap"),
];

/// Our own HTML with a style on each tag. Pictures become their alternative text, and links within the page
/// become text.
fn styled(html: &str) -> String {
    let mut out = String::with_capacity(html.len() * 2);
    let mut rest = html;
    let mut silent = false;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        // Our own writer escapes `>` in attributes, so the next one ends the tag.
        let end = rest[start..].find('>').map_or(rest.len(), |n| start + n + 1);
        let tag = rest[start..end].trim_matches(['<', '>']);
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let value =
            |key: &str| attributes.split(&format!("{key}=\"")).nth(1).and_then(|v| v.split('"').next());
        match name {
            "img" => out.push_str(value("alt").unwrap_or_default()),
            "a" => match value("href").filter(|href| !href.starts_with('#')) {
                Some(href) => out.extend(["<a href=\"", href, "\">"]),
                None => silent = true,
            },
            "/a" if silent => silent = false,
            _ => open(name, value("start"), &mut out),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

fn open(name: &str, start: Option<&str>, out: &mut String) {
    out.push('<');
    out.push_str(name);
    if let Some(start) = start {
        out.extend([" start=\"", start, "\""]);
    }
    if let Some((_, style)) = STYLES.iter().find(|(tag, _)| *tag == name) {
        out.extend([" style=\"", style, "\""]);
    }
    out.push('>');
}

#[cfg(test)]
mod tests {
    use mail_parser::MessageParser;
    use proptest::prelude::*;

    use super::*;
    use crate::tests::text_of;

    fn mail(subject: &str, name: &str, text: &str) -> String {
        let mailbox = Mailbox { name: Some(name.to_owned()), address: "a@b.example".into() };
        let head = Head {
            id: "1.ja@b.example".into(),
            date: 1_763_607_000,
            language: "ja".into(),
            from: Some(mailbox.clone()),
            reply_to: Some(mailbox),
            to: vec!["to@b.example".into()],
            others: vec![("X-Unsent", Raw::new("1").into())],
        };
        let html = format!("<p>{}</p>\n", escape(text));
        compose(head, &Letter { subject: subject.into(), text: text.into(), html })
    }

    /// Reads a mail with an independent parser and compares all of it.
    fn assert_arrives(subject: &str, name: &str, text: &str) {
        let sent = mail(subject, name, text);
        assert_eq!(sent, mail(subject, name, text), "the same facts, other bytes");
        let mail = sent;
        assert!(mail.is_ascii(), "{mail}");
        assert_eq!(mail.matches('\n').count(), mail.matches("\r\n").count(), "{mail}");
        let longest = mail.lines().map(str::len).max().unwrap_or_default();
        assert!(longest <= 78, "a line of {longest} octets:\n{mail}");
        let read = MessageParser::default().parse(mail.as_bytes()).expect("a mail");
        assert_eq!(read.subject().unwrap_or_default(), one_line(subject));
        let from = read.from().and_then(|f| f.first()).expect("a sender");
        assert_eq!(from.address.as_deref(), Some("a@b.example"));
        assert_eq!(from.name.as_deref().unwrap_or_default(), one_line(name));
        let same = |read: Option<std::borrow::Cow<'_, str>>, sent: &str| {
            let read = read.expect("a body").replace("\r\n", "\n");
            assert_eq!(read.trim_end(), sent.trim_end());
        };
        same(read.body_text(0), text);
        same(read.body_html(0), &format!("<p>{}</p>", escape(text)));
        assert_eq!((read.text_body_count(), read.html_body_count(), read.attachment_count()), (1, 1, 0));
        assert_eq!(read.header_raw("X-Unsent").map(str::trim), Some("1"));
    }

    #[test]
    fn hostile_titles_arrive_as_they_were_written() {
        let long = "注文の遅れ".repeat(2_000);
        let word = "x".repeat(10_000);
        for title in [
            "注文処理の遅延",
            "\"quoted\" \\ title",
            "a\r\nBcc: evil@example.com\r\n\r\nbody",
            "=?utf-8?Q?=41?=",
            "x =?utf-8?B?QQ==?= y",
            "a\u{0}b\u{1}\u{7f}c",
            "😀👨‍👩‍👧‍👦",
            long.as_str(),
            word.as_str(),
            "a: b; c, <d@e>",
            "  two  blanks ",
            "--noroshi-",
            "Ünïcödé",
            "\u{202e}x",
            "?= =?",
        ] {
            assert_arrives(title, "星取引所, Inc. (test)", "words\n");
        }
    }

    #[test]
    fn no_picture_and_no_stylesheet_is_sent() {
        let html = "<p>a <img src=\"https://a.example/x.png\" alt=\"the &lt;b&gt;\"> <a href=\"#x\">y</a> <a href=\"https://a.example/?b&amp;c\">d</a></p><ol start=\"3\"><li class=\"x\">e</li></ol>";
        let wanted = "<p style=\"margin:0 0 1em\">a the &lt;b&gt; y <a href=\"https://a.example/?b&amp;c\">d</a></p><ol start=\"3\" style=\"margin:0 0 1em;padding-inline-start:1.5em\"><li>e</li></ol>";
        assert_eq!(styled(html), wanted);
    }

    /// Text as writers and attackers type it.
    fn hostile() -> impl Strategy<Value = String> {
        let pieces = "\
            a ␣ 注文の遅れ \" \r\n \n =? ?= =?utf-8?Q? 😀 \u{1} \t é e\u{301} : <x@y> -- = _ ? \
            longlonglonglonglonglonglonglonglonglong \\ ( , \u{3000} .";
        text_of(pieces, 60)
    }

    proptest! {
        #[test]
        fn whatever_is_written_arrives(subject in hostile(), text in hostile()) {
            let subject = format!("[復旧] {subject}");
            assert_arrives(&subject, "星取引所 稼働状況", &text.replace('\r', ""));
        }

        #[test]
        fn whatever_is_written_in_ascii_arrives(subject in "[ -~]{0,200}", text in "[ -~\n]{0,400}") {
            let subject = format!("[Resolved] {subject}");
            assert_arrives(&subject, "Hoshi", &text);
        }
    }
}
