//! The event that a host hands to a workflow: an issue or a comment, as GitHub, Forgejo and Gitea write it.
//!
//! <https://docs.github.com/en/webhooks/webhook-events-and-payloads>, `issues` and `issue_comment`. Only logins name
//! a person: the display name of an account is free text.

use serde_json::Value;

use crate::message::{Message, message};

/// An issue or a comment that somebody wrote or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The number of the issue.
    pub number: u64,
    pub title: String,
    /// The text of the issue.
    pub body: String,
    /// The comment, if the event is about one.
    pub comment: Option<Comment>,
    /// Whether the text is older than this event and was changed now.
    pub is_edit: bool,
    /// The person who did this.
    pub sender: Account,
    /// The person who wrote the issue or the comment.
    pub author: Account,
    /// When the text was written, as ISO 8601.
    pub created: String,
    /// When it was last changed.
    pub updated: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub login: String,
    pub id: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    pub id: u64,
    pub body: String,
}

/// What an event is not: one that a person's words arrive with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Other {
    /// An event that makes nothing, with the reason: a label, a pull request, a program.
    Nothing(Message),
    /// Not the form of an event, with the missing key.
    Misread(&'static str),
}

impl Event {
    /// Reads the JSON of an event.
    ///
    /// # Errors
    /// It is about something else, or lacks a key.
    pub fn read(json: &Value) -> Result<Event, Other> {
        let action = json["action"].as_str().ok_or(Other::Misread("action"))?;
        let (issue, comment) = (&json["issue"], &json["comment"]);
        let is_edit = match (action, comment.is_null()) {
            ("opened", true) | ("created", false) => false,
            ("edited", _) => true,
            _ => {
                return Err(Other::Nothing(message!(
                    "issues-event-other",
                    "this event neither writes nor changes an issue or a comment"
                )));
            }
        };
        if issue.get("pull_request").is_some_and(|request| !request.is_null()) {
            return Err(Other::Nothing(message!(
                "issues-event-pull-request",
                "this is about a pull request"
            )));
        }
        let sender = account(&json["sender"]).ok_or(Other::Misread("sender.login"))?;
        let written = if comment.is_null() { issue } else { comment };
        let author = account(&written["user"]).ok_or(Other::Misread("user.login"))?;
        // Programs are accounts, too: what this workflow answers must never start it again.
        if is_program(&json["sender"]) || is_program(&written["user"]) {
            return Err(Other::Nothing(message!("issues-event-program", "a program wrote this")));
        }
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let time = |key: &'static str| written[key].as_str().map(str::to_owned).ok_or(Other::Misread(key));
        let comment = if comment.is_null() {
            None
        } else {
            let id = comment["id"].as_u64().ok_or(Other::Misread("comment.id"))?;
            Some(Comment { id, body: text(&comment["body"]) })
        };
        Ok(Event {
            number: issue["number"].as_u64().ok_or(Other::Misread("issue.number"))?,
            title: text(&issue["title"]),
            body: text(&issue["body"]),
            comment,
            is_edit,
            sender,
            author,
            created: time("created_at")?,
            updated: time("updated_at")?,
        })
    }
}

impl Event {
    /// The time of a text that was not written before: that of its change, if it was changed.
    #[must_use]
    pub fn time(&self) -> &str {
        if self.is_edit { &self.updated } else { &self.created }
    }
}

fn account(user: &Value) -> Option<Account> {
    Some(Account { login: login(user)?.to_owned(), id: user["id"].as_u64() })
}

fn login(user: &Value) -> Option<&str> {
    user["login"].as_str().filter(|login| !login.is_empty())
}

/// GitHub gives accounts of programs the type `Bot` and a name that ends in `[bot]`. Forgejo gives its own none.
fn is_program(user: &Value) -> bool {
    user["type"].as_str().is_some_and(|kind| kind != "User")
        || login(user).is_some_and(|l| l.ends_with("[bot]"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn issue() -> Value {
        json!({
            "action": "opened",
            "issue": {"number": 12, "title": "Orders fail", "body": "### Severity\n\nMinor", "user": {"login": "sato", "type": "User"},
                "created_at": "2026-11-20T01:20:00Z", "updated_at": "2026-11-20T01:25:00Z"},
            "sender": {"login": "sato", "type": "User"},
        })
    }

    fn comment() -> Value {
        let mut event = issue();
        event["action"] = "created".into();
        event["comment"] = json!({"id": 7, "body": "resolved", "user": {"login": "suzuki", "id": 5, "type": "User"},
            "created_at": "2026-11-20T02:20:00Z", "updated_at": "2026-11-20T02:20:00Z"});
        event
    }

    #[test]
    fn an_issue_and_a_comment_are_read_with_the_person_who_wrote_them() {
        let event = Event::read(&issue()).expect("an issue");
        assert_eq!(
            (event.number, event.title.as_str(), event.author.login.as_str()),
            (12, "Orders fail", "sato")
        );
        assert!(!event.is_edit && event.comment.is_none());
        let event = Event::read(&comment()).expect("a comment");
        assert_eq!((event.author.login.as_str(), event.created.as_str()), ("suzuki", "2026-11-20T02:20:00Z"));
        assert_eq!((event.author.id, event.sender.id), (Some(5), None));
        assert_eq!(event.comment.expect("a comment").id, 7);
        // Forgejo has neither types of accounts nor associations.
        let mut forgejo = issue();
        forgejo["sender"] = json!({"login": "sato", "login_name": "", "full_name": "admin"});
        assert_eq!(Event::read(&forgejo).expect("an issue").sender.login, "sato");
    }

    #[test]
    fn what_no_person_wrote_makes_nothing() {
        for (base, pointer, value) in [
            (issue(), "/action", json!("closed")),
            (issue(), "/action", json!("deleted")),
            (issue(), "/action", json!("labeled")),
            (issue(), "/action", json!("created")),
            (comment(), "/action", json!("deleted")),
            (comment(), "/action", json!("opened")),
            (comment(), "/comment/user/type", json!("Bot")),
            (comment(), "/sender/type", json!("Bot")),
            (comment(), "/sender/login", json!("github-actions[bot]")),
            (issue(), "/sender/type", json!("Organization")),
        ] {
            let mut event = base;
            *event.pointer_mut(pointer).expect("a key") = value;
            assert!(matches!(Event::read(&event), Err(Other::Nothing(_))), "{event}");
        }
        let mut request = comment();
        request["issue"]["pull_request"] = json!({"url": "https://api.example"});
        assert!(matches!(Event::read(&request), Err(Other::Nothing(_))));
    }

    #[test]
    fn an_event_without_a_person_or_a_number_is_named_by_the_missing_key() {
        for (pointer, key) in [
            ("/action", "action"),
            ("/sender/login", "sender.login"),
            ("/issue/user/login", "user.login"),
            ("/issue/number", "issue.number"),
            ("/issue/created_at", "created_at"),
        ] {
            for wrong in [Value::Null, json!(["sato"]), json!("")] {
                let mut event = issue();
                *event.pointer_mut(pointer).expect("a key") = wrong.clone();
                let is_text = wrong == json!("") && matches!(key, "action" | "created_at");
                let read = Event::read(&event);
                assert!(is_text || read == Err(Other::Misread(key)), "{pointer}: {read:?}");
            }
        }
        assert_eq!(Event::read(&json!([])), Err(Other::Misread("action")));
    }
}
