//! `alerts` of site.yaml: what a draft of `noroshi draft` gets from the labels of its alert.

use crate::vocabulary::{ComponentStatus, Severity};

/// One rule. Of several that match an alert, the first applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertRule {
    /// Labels, each with the patterns of which its value must match one. Without labels, the rule matches every alert.
    pub matches: Vec<(String, Vec<String>)>,
    /// Components as site.yaml names them. One without a status follows the severity.
    pub affects: Vec<(String, Option<ComponentStatus>)>,
    pub severity: Option<Severity>,
    /// The title of the draft.
    pub title: Option<String>,
}
