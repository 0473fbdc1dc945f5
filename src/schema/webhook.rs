//! What a webhook of `announce` gets in noroshi's own shape, version 1.
//!
//! Unlike the other types of this room, these are filled: `announce` sends them. A later version of noroshi may add keys;
//! it changes `version` before it changes or removes one.

use schemars::JsonSchema;
use serde::Serialize;

/// An update of a status page that noroshi built, in one language
///
/// Sent by Standard Webhooks 1.0.0. A repeated request has the same `webhook-id`: take each id once.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "noroshi webhook")]
pub struct Payload<'a> {
    /// The kind of the entry and the word of the update, such as `incident.resolved` or `maintenance.scheduled`
    #[schemars(regex(pattern = r"^[a-z_]+\.[a-z_]+$"))]
    pub r#type: String,
    /// When the update was made, in UTC
    #[schemars(extend("format" = "date-time"))]
    pub timestamp: String,
    pub data: Update<'a>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Update<'a> {
    /// The version of this form
    #[schemars(extend("const" = 1))]
    pub version: u8,
    /// Whether somebody tries the channel, and nothing has happened
    pub test: bool,
    /// The id of the update, the same in every language and in the feeds
    #[schemars(extend("format" = "uuid"))]
    pub id: &'a str,
    /// The id of the entry, or of one time of a series: the same in all its updates
    #[schemars(extend("format" = "uuid"))]
    pub entry: &'a str,
    /// The kind of the entry
    #[schemars(extend("enum" = ["incident", "maintenance", "notice", "question", "page"]))]
    pub kind: &'static str,
    /// The word of the update, such as `investigating`, `scheduled` or `withdrawn`; there may be more words later
    pub status: &'static str,
    /// The severity of an incident: `minor`, `moderate` or `critical`
    #[schemars(extend("enum" = ["minor", "moderate", "critical", null]))]
    pub severity: Option<&'static str>,
    /// The severity, or the kind of the maintenance, in the words of the language
    pub severity_name: Option<&'a str>,
    /// The language of all texts: a tag by BCP 47
    pub locale: &'a str,
    /// The title of the entry
    pub title: &'a str,
    /// The state and the title in one line; a test says so in its first words
    pub headline: String,
    /// What the update says, as plain text with lines that end in a line feed; a long one ends with `…`
    pub text: String,
    /// The same as HTML without scripts, classes and pictures; `null` if it is too long
    pub html: Option<&'a str>,
    /// Labels and values in the language, such as the time of the next update
    pub facts: Vec<Fact<'a>>,
    /// The components that the entry affected at the time of the update
    pub components: Vec<Component<'a>>,
    /// The address of the update
    #[schemars(extend("format" = "uri"))]
    pub url: &'a str,
    /// The address of the entry
    #[schemars(extend("format" = "uri"))]
    pub page: &'a str,
    /// When the update was made, in the words of the language and with its time zone
    pub at: &'a str,
    pub site: Home<'a>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Fact<'a> {
    pub label: &'a str,
    pub value: &'a str,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Component<'a> {
    /// The id in site.yaml
    pub id: &'a str,
    /// The name in the language
    pub name: &'a str,
    /// The status after the update
    #[schemars(extend("enum" = ["operational", "degraded_performance", "under_maintenance", "partial_outage", "major_outage"]))]
    pub status: &'static str,
}

/// The status page
#[derive(Debug, Serialize, JsonSchema)]
pub struct Home<'a> {
    /// The name in the language
    pub name: &'a str,
    /// The address of the home page in the language
    #[schemars(extend("format" = "uri"))]
    pub url: &'a str,
}
