//! Reads what a host says of the reviews of a pull request: GitHub, Forgejo and Gitea (`GET …/pulls/N` and
//! `…/pulls/N/reviews`), GitLab (`GET …/merge_requests/N` and `…/approvals`).
//!
//! Source: <https://docs.github.com/rest/pulls/reviews>, <https://docs.gitlab.com/api/merge_request_approvals/>,
//! <https://forgejo.org/docs/latest/user/api-usage/>.
//!
//! Of a person only the login counts, which the host checks. Names that the host passes on may be anybody's.

use serde_json::{Deserializer, Value};

use crate::message::{Message, message};
use crate::model::Instant;
use crate::model::person::Person;
use crate::text;

/// The reviews of one pull request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reviews {
    /// The commit that the pull request starts from.
    pub base: Option<String>,
    /// Its newest commit.
    pub head: Option<String>,
    pub author: Option<Person>,
    /// The last verdict of each person.
    pub verdicts: Vec<Verdict>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub who: Person,
    pub is_approval: bool,
    pub of: Reviewed,
}

/// What a review is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reviewed {
    Commit(String),
    /// The newest commit, as it was at that time.
    Head(Option<Instant>),
    /// A commit that no longer exists.
    Lost,
}

/// A review as the host lists it: several may be of one person.
struct Listed {
    who: Person,
    /// `None`: the verdict was dismissed.
    is_approval: Option<bool>,
    of: Reviewed,
    at: Option<Instant>,
}

/// Reads one or several JSON documents, one after the other.
///
/// # Errors
/// A document is not what such a host says.
pub fn read(bytes: &[u8]) -> Result<Reviews, Message> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let (mut reviews, mut listed, mut is_empty) = (Reviews::default(), Vec::new(), true);
    for document in Deserializer::from_slice(bytes).into_iter::<Value>() {
        let document = document.map_err(|error| {
            message!("history-reviews-json", "it is not JSON: {error}", error = error.to_string())
        })?;
        is_empty = false;
        take(&document, &mut reviews, &mut listed)?;
    }
    if is_empty {
        return Err(message!("history-reviews-empty", "it is empty"));
    }
    if listed.iter().all(|review: &Listed| review.at.is_some()) {
        listed.sort_by_key(|review| review.at);
    }
    for review in listed {
        reviews.verdicts.retain(|known| !known.who.is(&review.who));
        let verdict = |is_approval| Verdict { who: review.who.clone(), is_approval, of: review.of.clone() };
        reviews.verdicts.extend(review.is_approval.map(verdict));
    }
    Ok(reviews)
}

fn take(document: &Value, reviews: &mut Reviews, listed: &mut Vec<Listed>) -> Result<(), Message> {
    let Value::Object(map) = document else {
        let Value::Array(all) = document else {
            return Err(message!("history-reviews-value", "it has a value that is no review"));
        };
        return all.iter().try_for_each(|one| take(one, reviews, listed));
    };
    if let Some(approved) = map.get("approved_by").and_then(Value::as_array) {
        listed.extend(approved.iter().filter_map(approved_on_gitlab));
    } else if map.contains_key("base") && map.contains_key("head") {
        reviews.base = id(&document["merge_base"]).or_else(|| id(&document["base"]["sha"]));
        reviews.head = id(&document["head"]["sha"]);
        reviews.author = login(&document["user"]["login"]);
    } else if map.contains_key("diff_refs") {
        reviews.base = id(&document["diff_refs"]["base_sha"]);
        reviews.head = id(&document["diff_refs"]["head_sha"]).or_else(|| id(&document["sha"]));
        reviews.author = login(&document["author"]["username"]);
    } else if map.contains_key("state") && map.contains_key("user") {
        listed.extend(review(document));
    } else if let Some(answer) = map.get("message").and_then(Value::as_str) {
        return Err(message!(
            "history-reviews-answer",
            "the host answered `{answer}`",
            answer = text::one_line(answer, 80)
        ));
    } else {
        return Err(message!(
            "history-reviews-object",
            "it has an object that is neither a review nor a pull request"
        ));
    }
    Ok(())
}

/// A review of GitHub, Forgejo or Gitea; `None` if it is no verdict.
fn review(document: &Value) -> Option<Listed> {
    let who = login(&document["user"]["login"])?;
    let is_dismissed = document["dismissed"] == true;
    let is_approval = match document["state"].as_str()?.to_ascii_uppercase().as_str() {
        "DISMISSED" => None,
        "APPROVED" | "CHANGES_REQUESTED" | "REQUEST_CHANGES" if is_dismissed => None,
        "APPROVED" => Some(true),
        "CHANGES_REQUESTED" | "REQUEST_CHANGES" => Some(false),
        _ => return None,
    };
    let of = id(&document["commit_id"]).map_or(Reviewed::Lost, Reviewed::Commit);
    Some(Listed { who, is_approval, of, at: time(&document["submitted_at"]) })
}

fn approved_on_gitlab(document: &Value) -> Option<Listed> {
    let who = login(&document["user"]["username"])?;
    let at = time(&document["approved_at"]);
    Some(Listed { who, is_approval: Some(true), of: Reviewed::Head(at), at })
}

fn login(value: &Value) -> Option<Person> {
    value.as_str().filter(|login| !login.is_empty()).map(Person::with_login)
}

fn time(value: &Value) -> Option<Instant> {
    value.as_str().and_then(Instant::parse_rfc3339)
}

/// The id of a commit. Anything else must not reach git.
fn id(value: &Value) -> Option<String> {
    let is_id = |id: &&str| matches!(id.len(), 40 | 64) && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    value.as_str().filter(is_id).map(str::to_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "1111111111111111111111111111111111111111";
    const TWO: &str = "2222222222222222222222222222222222222222";

    fn of(state: &str, login: &str, commit: &str, at: &str) -> String {
        format!(
            "{{\"user\":{{\"login\":\"{login}\"}},\"state\":\"{state}\",\"commit_id\":\"{commit}\",\"submitted_at\":\"{at}\"}}"
        )
    }

    fn told(json: &str) -> Vec<(String, bool, Reviewed)> {
        let reviews = read(json.as_bytes()).unwrap_or_else(|why| panic!("{why}: {json}"));
        let verdict = |v: Verdict| (v.who.shown().to_owned(), v.is_approval, v.of);
        reviews.verdicts.into_iter().map(verdict).collect()
    }

    #[test]
    fn the_last_verdict_of_each_person_counts() {
        let ten = "2026-11-20T01:00:00Z";
        let later = "2026-11-20T10:30:00.5+09:00";
        let commit = |id: &str| Reviewed::Commit(id.to_owned());
        let pages = format!(
            "[{}][{},{},{}]",
            of("APPROVED", "hanako", ONE, ten),
            of("COMMENTED", "hanako", TWO, later),
            of("APPROVED", "jiro", ONE, later),
            of("PENDING", "ken", ONE, later),
        );
        let both = vec![("@hanako".to_owned(), true, commit(ONE)), ("@jiro".to_owned(), true, commit(ONE))];
        assert_eq!(told(&pages), both, "a comment takes nothing back, and pages follow each other");
        let turned = format!(
            "[{},{}]",
            of("CHANGES_REQUESTED", "Hanako", TWO, later),
            of("APPROVED", "hanako", ONE, ten)
        );
        assert_eq!(told(&turned), [("@Hanako".to_owned(), false, commit(TWO))], "by time, not by place");
        let dismissed = format!("[{}]", of("DISMISSED", "hanako", ONE, ten));
        assert_eq!(told(&dismissed), []);
        let forgejo = of("APPROVED", "hanako", ONE, ten).replacen('{', "{\"dismissed\":true,", 1);
        assert_eq!(told(&forgejo), []);
        assert_eq!(told("[]"), []);
    }

    #[test]
    fn the_pull_request_says_what_it_changes_and_whose_it_is() {
        let pull = format!(
            "{{\"base\":{{\"sha\":\"{ONE}\"}},\"head\":{{\"sha\":\"{TWO}\"}},\"user\":{{\"login\":\"taro\"}},\"state\":\"open\"}} []"
        );
        let reviews = read(pull.as_bytes()).expect("reviews");
        assert_eq!((reviews.base.as_deref(), reviews.head.as_deref()), (Some(ONE), Some(TWO)));
        assert_eq!(reviews.author, Some(Person::with_login("taro")));
        let merge = format!(
            "{{\"sha\":\"{TWO}\",\"diff_refs\":{{\"base_sha\":\"{ONE}\",\"head_sha\":\"{TWO}\"}},\"author\":{{\"username\":\"taro\"}}}}\n\
             {{\"approved\":true,\"approved_by\":[{{\"user\":{{\"username\":\"hanako\",\"name\":\"Anybody\"}},\"approved_at\":\"2026-11-20T01:00:00.000Z\"}}]}}"
        );
        let reviews = read(merge.as_bytes()).expect("approvals");
        let ten = Instant::parse_iso("2026-11-20T01:00:00Z");
        assert_eq!(reviews.verdicts[0].of, Reviewed::Head(ten));
        assert!(!reviews.verdicts[0].who.is(&Person::parse("Anybody").expect("a name")));
    }

    #[test]
    fn what_is_no_review_is_refused_and_no_text_becomes_an_option_of_git() {
        for (json, why) in [
            ("", "empty"),
            ("<html>", "not JSON"),
            ("[1]", "no review"),
            ("{\"message\":\"Not Found\",\"documentation_url\":\"x\"}", "`Not Found`"),
            ("{}", "neither"),
        ] {
            let told = read(json.as_bytes()).expect_err(json);
            assert!(told.contains(why), "{json}: {told}");
        }
        for commit in ["--output=/tmp/x", "main", "1111111\\nHEAD", ""] {
            let review = of("APPROVED", "hanako", commit, "2026-11-20T01:00:00Z");
            assert_eq!(told(&review), [("@hanako".to_owned(), true, Reviewed::Lost)], "{commit}");
        }
        assert_eq!(told("[{\"user\":null,\"state\":\"APPROVED\",\"commit_id\":null}]"), []);
    }
}
