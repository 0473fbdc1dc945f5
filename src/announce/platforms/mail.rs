//! Mail to lists, by a mail server for submission. The list manager holds the addresses of people; noroshi knows only
//! those of lists.
//!
//! - One message is one mail to all lists that it fits, in one transaction: a server takes it for all of them or for
//!   none, since nothing could repeat it for some. If it fits no list, nothing is sent, and the delivery has no id.
//! - A mail server cannot refuse a repetition ([`Guard::None`]): if its answer is lost, it delivers a second copy,
//!   although the `Message-ID` is the same in each try. Many mail programs then show one, but no standard asks for it.
//! - Later mails about an entry answer the earlier ones (`In-Reply-To`, `References`, RFC 5322 section 3.6.4), so they
//!   are one conversation, whatever their subjects. The state stands first in the subject, because a reader must see it in
//!   a list of mails: `[Resolved] Orders are delayed`. Exchange takes the topic from `Thread-Topic`, which has no state
//!   (MS-OXCMAIL section 2.2.3.2.7). Gmail also asks for the same subject (workspaceupdates.googleblog.com, 29 March
//!   2019, read in November 2026), so there each state may begin a conversation of its own: a mail that says "recovered"
//!   under a subject that says "investigating" would be worse.
//! - `Auto-Submitted` (RFC 3834 section 5) and `X-Auto-Response-Suppress` (MS-OXCMAIL section 2.1.3.2.20) keep
//!   automatic replies away. `Precedence` is in no standard, and a list manager sets it; `List-Post` would look like a
//!   loop to it.
//! - `Date` is the moment of sending (RFC 5322 section 3.6.1): a mail that was approved a day later belongs on top, and
//!   filters distrust old dates. The text has the time of the update.
//! - Gmail cuts the display of long mails at about 102 KB, so a longer mail is cut here, and ends with the link.

mod submission;
#[cfg(test)]
mod tests;

use lettre::Address;
use mail_builder::headers::HeaderType;
use mail_builder::headers::message_id::MessageId;
use mail_builder::headers::raw::Raw;
use mail_builder::headers::url::URL;

use self::submission::{Envelope, Server, Times};
use super::Now;
use crate::announce::channel::{Channel, Delivery, Guard, SendError, Sent, TEST};
use crate::announce::message::Message;
use crate::announce::secrets::ChannelSecrets;
use crate::limits::{MAIL_BYTES, MAIL_NAME_CHARACTERS, MAIL_WAY_OUT_BYTES};
use crate::message::message;
use crate::model::announce::{MailList, MailSettings};
use crate::model::channels::Mailbox;
use crate::pack::Letter;
use crate::pack::mail::{Head, compose, line};
use crate::text::{self, escape};

pub(super) struct Mail {
    settings: MailSettings,
    server: Server,
    now: Now,
}

impl Mail {
    pub(super) fn new(settings: &MailSettings, secrets: ChannelSecrets, now: Now) -> Result<Mail, SendError> {
        if settings.unsubscribe.iter().any(|way| way.len() > MAIL_WAY_OUT_BYTES) {
            return Err(SendError::Refused {
                reason: message!(
                    "announce-mail-unsubscribe",
                    "an address of `unsubscribe` has more than {most} bytes",
                    most = MAIL_WAY_OUT_BYTES
                ),
                help: message!(
                    "announce-mail-unsubscribe-help",
                    "use a shorter address: a header cannot hold it"
                ),
            });
        }
        let server = Server::new(&settings.server, secrets, Now::clone(&now), Times::default(), Vec::new())?;
        Ok(Mail { settings: settings.clone(), server, now })
    }

    /// The addresses of the lists that a message fits.
    fn lists(&self, message: &Message) -> Vec<String> {
        let fits = |list: &&MailList| {
            let has_part = || message.components.iter().any(|part| list.components.contains(&part.at));
            (list.locales.is_empty() || list.locales.contains(&message.locale_at))
                // What names no component concerns everybody.
                && (list.components.is_empty() || message.components.is_empty() || has_part())
        };
        let mut found: Vec<String> = Vec::new();
        for list in self.settings.lists.iter().filter(fits) {
            if !found.contains(&list.to) {
                found.push(list.to.clone());
            }
        }
        found
    }

    /// The mail with its headers.
    fn write(&self, message: &Message, delivery: &Delivery<'_>, from: &Mailbox, to: &[String]) -> String {
        let id = message_id(delivery, from);
        let head = || Head {
            id: id.clone(),
            date: (self.now)(),
            language: message.locale.clone(),
            from: Some(Mailbox {
                name: from
                    .name
                    .clone()
                    .or_else(|| Some(text::shorten(&message.site_name, MAIL_NAME_CHARACTERS))),
                address: from.address.clone(),
            }),
            reply_to: None,
            to: to.to_vec(),
            others: self.headers(message, delivery, &id, to),
        };
        let test = if delivery.is_test { TEST } else { "" };
        let mut letter =
            Letter { subject: format!("{test}{}", message.mail.subject), ..message.mail.clone() };
        let mut mail = compose(head(), &letter);
        // One character can become twelve bytes in each form, so the length of the result decides.
        let mut most = MAIL_BYTES / 2;
        while mail.len() > MAIL_BYTES && most > 100 {
            (letter.text, letter.html) = cut(message, most);
            mail = compose(head(), &letter);
            most /= 2;
        }
        mail
    }

    /// The headers that make a mail one of a list and of a conversation.
    fn headers(
        &self,
        message: &Message,
        delivery: &Delivery<'_>,
        id: &str,
        to: &[String],
    ) -> Vec<(&'static str, HeaderType<'static>)> {
        let raw = |value: &str| HeaderType::from(Raw::new(value.to_owned()));
        let mut all = vec![
            ("Thread-Topic", line(&message.title)),
            ("Auto-Submitted", raw("auto-generated")),
            ("X-Auto-Response-Suppress", raw("OOF, AutoReply")),
        ];
        let mut earlier: Vec<String> = Vec::new();
        for known in [delivery.first, delivery.latest].into_iter().flatten().filter_map(as_message_id) {
            if known != id && !earlier.contains(&known) {
                earlier.push(known);
            }
        }
        if let Some(latest) = earlier.last() {
            all.push(("In-Reply-To", MessageId::new(latest.clone()).into()));
            all.push(("References", MessageId::new_list(earlier.into_iter()).into()));
        }
        // A mail has one (RFC 2919 section 3). If it goes to several lists, their managers set them.
        if let [list] = to {
            all.push(("List-Id", raw(&format!("<{}>", list.replacen('@', ".", 1)))));
        }
        let (pages, mails): (Vec<&String>, Vec<&String>) =
            self.settings.unsubscribe.iter().partition(|way| !way.starts_with("mailto:"));
        // With one click there is exactly one address for it (RFC 8058 section 3.1).
        let pages = pages.into_iter().take(if self.settings.has_one_click { 1 } else { usize::MAX });
        let ways: Vec<String> = pages.chain(mails).cloned().collect();
        if !ways.is_empty() {
            all.push(("List-Unsubscribe", URL::new_list(ways.into_iter()).into()));
        }
        if self.settings.has_one_click {
            all.push(("List-Unsubscribe-Post", raw("List-Unsubscribe=One-Click")));
        }
        all
    }
}

impl Channel for Mail {
    fn guard(&self) -> Guard {
        Guard::None
    }

    fn check(&self) -> Result<(), SendError> {
        Ok(())
    }

    fn send(&self, message: &Message, delivery: &Delivery<'_>) -> Result<Sent, SendError> {
        let to = self.lists(message);
        if to.is_empty() {
            return Ok(Sent::default());
        }
        let from = self.settings.from.get(message.locale_at).1;
        let parse = |address: &String| {
            address.parse::<Address>().map_err(|_| SendError::Refused {
                reason: message!(
                    "announce-mail-address",
                    "`{address}` is not an address that a mail server takes",
                    address
                ),
                help: message!("announce-mail-address-help", "correct it in site.yaml"),
            })
        };
        let envelope = Envelope {
            from: parse(&from.address)?,
            to: to.iter().map(parse).collect::<Result<Vec<_>, SendError>>()?,
        };
        self.server.submit(&envelope, &self.write(message, delivery, from, &to))?;
        Ok(Sent { id: Some(message_id(delivery, from)), address: None })
    }
}

/// The message id, the same in each try. It stands in the ledger, so that later mails can answer it.
fn message_id(delivery: &Delivery<'_>, from: &Mailbox) -> String {
    let host = from.address.rsplit('@').next().unwrap_or("noroshi.invalid");
    format!("{}@{host}", delivery.key)
}

/// An id from the ledger; `None` if it is not one of a mail.
fn as_message_id(known: &str) -> Option<String> {
    let known = known.trim().trim_start_matches('<').trim_end_matches('>');
    let is_one = known.split_once('@').is_some_and(|(left, right)| !left.is_empty() && !right.is_empty())
        && known.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>'))
        && known.len() <= MAIL_WAY_OUT_BYTES;
    is_one.then(|| known.to_owned())
}

/// The beginning of a letter, up to so many characters, with the link: as plain text and as HTML.
fn cut(message: &Message, most: usize) -> (String, String) {
    let begin: String = message.mail.text.chars().take(most).collect();
    // Whole lines, unless that would leave little.
    let words = match begin.rfind('\n').filter(|at| *at > begin.len() / 2) {
        Some(at) => format!("{}\n…", &begin[..at]),
        None => text::shorten(&message.mail.text, most),
    };
    let plain = format!("{words}\n\n{}\n{}\n", message.more, message.address);
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\" dir=\"auto\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n</head>\n\
         <body>\n<div style=\"white-space:pre-wrap\">{}</div>\n<p><a href=\"{}\">{}</a></p>\n</body>\n</html>\n",
        escape(&message.locale),
        escape(&message.mail.subject),
        escape(&words),
        escape(&message.address),
        escape(&message.more),
    );
    (plain, html)
}
