//! Grafana: the body of the contact point `webhook` of Grafana Alerting, without a template of its own.
//!
//! Source: <https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/>.

use super::body::Body;
use super::group;
use super::shape::Reading;

pub fn read(body: Body<'_>) -> Reading {
    group::read(body, &["panelURL", "dashboardURL", "generatorURL"])
}
