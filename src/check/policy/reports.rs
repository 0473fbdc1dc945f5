//! Reports that an authority should have got by now.

use super::late::HISTORY;
use super::{Context, Scope, span};
use crate::check::duties::{self, Due};
use crate::message::{Message, count, message};
use crate::model::duties::{Allowance, ClockStart};

const CODE: &str = "policy/report-overdue";

pub(super) fn check(context: &mut Context<'_>) {
    if !context.asks(CODE) {
        return;
    }
    for duty in duties::all(context.now.model, context.at) {
        let Some(due) = duty.due.filter(|due| duty.sent.is_none() && due.at < context.at) else { continue };
        let late = context.at.0 - due.at.0;
        if context.scope != Scope::All && late > HISTORY {
            continue;
        }
        let (to, kind) = (duty.to, duty.kind);
        let message = message!(
            "check-report-overdue",
            "the report `{kind}` to `{to}` was due at {time}, {late} ago: {why}",
            kind,
            to,
            time = context.when(due.at),
            late = span(late),
            why = why(due)
        );
        let help = message!(
            "check-report-overdue-help",
            "`noroshi pack {slug} --channel regulator` writes it; when it is sent, add `{to_kind}` to `internal.reports`",
            slug = duty.incident.head.slug,
            to_kind = format!("{{to: {to}, kind: {kind}, at: TIME}}")
        );
        context.tell(CODE, &duty.incident.head.place, message, help);
    }
}

/// Which clock sets the time: `4 h after the incident became critical`.
#[must_use]
pub fn why(due: Due<'_>) -> Message {
    let within = match due.clock.within {
        Allowance::Seconds(seconds) => span(seconds),
        Allowance::Months(months) => {
            let months = count(usize::try_from(months).unwrap_or_default(), "month", "months");
            message!("check-span-months", "{months}", months)
        }
    };
    match &due.clock.from {
        ClockStart::Awareness => {
            message!("check-report-after-awareness", "{within} after the incident was known", within)
        }
        ClockStart::Classification => message!(
            "check-report-after-classification",
            "{within} after the incident became {severity}",
            within,
            severity = due.severity.word()
        ),
        ClockStart::Report(report) => {
            message!("check-report-after-report", "{within} after the report `{report}`", within, report)
        }
    }
}
