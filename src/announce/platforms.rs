//! The platforms, one file each.

mod bluesky;
#[cfg(test)]
#[path = "platforms/tests/chat.rs"]
mod chat_tests;
mod discord;
mod line;
mod mail;
mod mastodon;
#[cfg(test)]
#[path = "platforms/tests/served.rs"]
mod served;
mod slack;
mod teams;
mod webhook;
mod websub;
mod x;

use std::sync::Arc;

use super::channel::{Channel, SendError};
use super::secrets::Secrets;
use crate::model::announce::{self, Platform};

/// Seconds since 1970: only the command line reads the clock.
pub type Now = Arc<dyn Fn() -> i64 + Send + Sync>;

/// Opens the platform of a channel. Sends nothing yet. `hub` is `feeds.hub` of site.yaml.
///
/// # Errors
/// A [`SendError::Refused`]: a credential is missing, or an address is not allowed.
pub fn open(
    channel: &announce::Channel,
    hub: Option<&str>,
    secrets: &Secrets,
    now: &Now,
) -> Result<Box<dyn Channel>, SendError> {
    let secrets = secrets.of(&channel.name);
    let now = Arc::clone(now);
    Ok(match &channel.to {
        Platform::Mail(settings) => Box::new(mail::Mail::new(settings, secrets, now)?),
        Platform::Slack => Box::new(slack::Slack::new(secrets, now)?),
        Platform::Discord => Box::new(discord::Discord::new(secrets, now)?),
        Platform::Teams => Box::new(teams::Teams::new(secrets, now)?),
        Platform::Webhook { url, shape } => Box::new(webhook::Webhook::new(url, *shape, secrets, now)?),
        Platform::Mastodon { server, visibility } => {
            Box::new(mastodon::Mastodon::new(server, *visibility, secrets, now)?)
        }
        Platform::Bluesky { server, handle } => {
            Box::new(bluesky::Bluesky::new(server, handle, secrets, now)?)
        }
        Platform::X => Box::new(x::X::new(secrets, now)?),
        Platform::Line => Box::new(line::Line::new(secrets, now)?),
        Platform::WebSub => Box::new(websub::WebSub::new(hub, secrets, now)?),
    })
}
