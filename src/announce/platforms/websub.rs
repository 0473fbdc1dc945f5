//! The hub of the feeds: W3C `WebSub`, by which readers' programs learn of an update at once.
//!
//! The recommendation leaves open how a publisher tells its hub of news
//! (<https://www.w3.org/TR/websub/#publishing>, read in November 2026). All public hubs take a form with `hub.mode=publish`
//! and the address of the feed as `hub.url` (<https://pubsubhubbub.appspot.com/>,
//! <https://pubsubhubbub.github.io/PubSubHubbub/pubsubhubbub-core-0.3.html#rfc.section.7.1>). Not every hub takes several
//! addresses in one form, so each feed has a request. The hub then reads the feed by itself: a repeated request does no
//! harm, and a feed without news has no effect.

use super::Now;
use crate::announce::channel::{Channel, Delivery, Guard, SendError, Sent};
use crate::announce::exchange::{Exchange, post};
use crate::announce::message::Message;
use crate::announce::secrets::ChannelSecrets;
use crate::message::message;
use crate::text;

pub(super) struct WebSub {
    hub: String,
    exchange: Exchange,
    now: Now,
}

impl WebSub {
    pub(super) fn new(hub: Option<&str>, secrets: ChannelSecrets, now: Now) -> Result<WebSub, SendError> {
        let hub = hub.ok_or_else(|| SendError::Refused {
            reason: message!("announce-no-hub", "site.yaml names no hub for its feeds"),
            help: message!(
                "announce-no-hub-help",
                "write its address into site.yaml: `feeds: {{hub: https://pubsubhubbub.appspot.com/}}`"
            ),
        })?;
        let name = message!("announce-the-hub", "the hub");
        Ok(WebSub { hub: hub.to_owned(), exchange: Exchange::new(hub, name, secrets)?, now })
    }
}

impl Channel for WebSub {
    fn guard(&self) -> Guard {
        Guard::Always
    }

    fn check(&self) -> Result<(), SendError> {
        Ok(())
    }

    fn send(&self, message: &Message, _: &Delivery<'_>) -> Result<Sent, SendError> {
        for feed in &message.feeds {
            let form = format!("hub.mode=publish&hub.url={}", text::percent_encode(feed));
            let request = post(&self.hub, &[], "application/x-www-form-urlencoded", form.into_bytes())?;
            let answer = self.exchange.send(request)?;
            if !answer.is_success() {
                let help = message!("announce-hub-help", "check `feeds.hub` in site.yaml");
                return Err(self.exchange.failure(&answer, (self.now)(), help));
            }
        }
        Ok(Sent::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::announce::platforms::served::{
        Reply, Server, assert_answers, delivery, message, now, secrets,
    };

    fn channel(server: &Server) -> WebSub {
        WebSub::new(Some(&server.at("/hub")), secrets("hub", &[]), now()).expect("a hub")
    }

    #[test]
    fn the_hub_is_told_of_each_feed() {
        let server = Server::answering([Reply::new(204, ""), Reply::new(202, "accepted")]);
        let mut message = message();
        message.feeds =
            vec!["https://a.example/feed.xml".to_owned(), "https://a.example/障害.xml?a=b&c".to_owned()];
        let sent = channel(&server).send(&message, &delivery()).expect("sent");
        assert_eq!(sent, Sent::default());
        let asked = server.asked();
        assert_eq!(asked.iter().map(|one| one.line()).collect::<Vec<_>>(), ["POST /hub", "POST /hub"]);
        assert!(asked.iter().all(|one| one.header("content-type") == "application/x-www-form-urlencoded"));
        assert_eq!(asked[0].text(), "hub.mode=publish&hub.url=https%3A//a.example/feed.xml");
        assert_eq!(
            asked[1].text(),
            "hub.mode=publish&hub.url=https%3A//a.example/%E9%9A%9C%E5%AE%B3.xml%3Fa%3Db%26c"
        );
    }

    #[test]
    fn every_answer_of_the_hub_has_its_meaning() {
        let mut message = message();
        message.feeds.truncate(1);
        assert_answers(&|server| Box::new(channel(server)), &message, &[]);
    }

    #[test]
    fn a_site_without_a_hub_is_told_how_to_name_one() {
        let Err(SendError::Refused { help, .. }) = WebSub::new(None, secrets("hub", &[]), now()) else {
            panic!("no hub")
        };
        assert!(help.contains("feeds: {hub:"), "{help}");
        assert!(WebSub::new(Some("http://hub.example/"), secrets("hub", &[]), now()).is_err());
    }
}
