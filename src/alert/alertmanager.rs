//! Alertmanager: the body of `webhook_config`, version 4.
//!
//! Source: <https://prometheus.io/docs/alerting/latest/configuration/#webhook_config>.

use super::body::Body;
use super::group;
use super::shape::Reading;

pub fn read(body: Body<'_>) -> Reading {
    group::read(body, &["generatorURL"])
}
