//! The page that explains to people what programs can read, with the present state as an example.

use askama::Template;
use serde_json::{Value, json};

use super::{Layout, Scope};
use crate::model::Instant;
use crate::output::json;
use crate::vocabulary::PhaseMode;

#[derive(Template)]
#[template(path = "api.html")]
pub(super) struct Api {
    l: Layout,
    title: String,
    intro: String,
    parts: Vec<Part>,
}

/// What one of the files is for.
struct Part {
    id: &'static str,
    label: String,
    text: String,
    /// The address of the file from this page, and the whole one.
    file: (String, String),
    code: Option<String>,
}

pub(super) fn page(scope: &Scope<'_>) -> Api {
    let title = scope.t("api-title");
    let intro = scope.t("api-intro");
    let part = |id, label, text, path: &str, code| Part {
        id,
        label: scope.t(label),
        text: scope.t(text),
        file: (scope.linker.path(path), scope.site.absolute(path)),
        code,
    };
    let home = scope.site.home();
    let link = format!("Link: <{home}>; rel=\"status\"");
    Api {
        l: scope.layout(&title, &intro),
        title,
        intro,
        parts: vec![
            part("now", "api-now", "api-now-text", "api/now.json", example(scope)),
            part("schedule", "subscribe-api-schedule", "api-schedule-text", "api/schedule.json", None),
            part("v2", "api-v2", "api-v2-text", "api/v2/summary.json", None),
            part("openapi", "api-openapi", "api-openapi-text", "api/openapi.json", None),
            part("link", "api-link", "api-link-text", ".well-known/api-catalog", Some(link)),
            part("assistants", "api-assistants", "api-assistants-text", "llms.txt", None),
        ],
    }
}

/// The present state of a component, as `/api/now.json` has it.
fn example(scope: &Scope<'_>) -> Option<String> {
    let (id, turns) = scope.site.example()?;
    let turns: Vec<Value> = (turns.into_iter())
        .map(|turn| {
            json!({
                "from": Instant::iso(turn.from),
                "status": turn.status.word(),
                "mode": turn.mode.map(PhaseMode::word),
                "certain": turn.is_certain,
            })
        })
        .collect();
    Some(json::lines(&json!({"id": id, "turns": turns})).trim_end().to_owned())
}
