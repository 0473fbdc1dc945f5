//! Reads `issues` of site.yaml into [`Issues`].

use super::value::{Map, Value};
use crate::message::message;
use crate::model::issues::{Issues, Writer};

pub(super) fn read(map: &Map<'_>) -> Issues {
    let Some(inner) = map.get("issues").and_then(|v| v.map()) else { return Issues::default() };
    let writers = inner.list("writers").iter().filter_map(login).collect();
    inner.finish();
    Issues { writers }
}

fn login(value: &Value<'_>) -> Option<Writer> {
    let written = value.text()?;
    let writer = Writer::parse(&written);
    if writer.is_none() {
        let near = written.trim_start_matches(['@', '＠']);
        let help = if Writer::parse(near).is_some() {
            message!("model-login-near-help", "write `{near}`", near)
        } else {
            message!(
                "model-login-help",
                "write the name in the address of the person's profile, without `@`: `sato-exchange`"
            )
        };
        let message = message!("model-login", "`{written}` is not the name of an account", written);
        value.fail("site/bad-login", message, help);
    }
    writer
}

#[cfg(test)]
mod tests {
    use super::super::site_of;

    const LEAST: &str = "title: Status\nurl: https://s.example/\ntimezone: Asia/Tokyo\nlocales: [en]\n";

    #[test]
    fn a_writer_is_known_by_the_login_in_any_case_and_by_nothing_else() {
        let (config, found) =
            site_of(&format!("{LEAST}issues: {{writers: [Sato-Exchange, b.suzuki_x, tanaka#7]}}\n"));
        assert!(found.is_empty(), "{found:?}");
        let issues = config.expect("a site").issues;
        for login in ["Sato-Exchange", "sato-exchange", "b.suzuki_x"] {
            assert!(issues.may_write(login, Some(5)), "{login}");
        }
        // The last has a Cyrillic letter.
        for login in ["", "sato", "Sato Exchange", "sato-exchange ", "s\u{430}to-exchange"] {
            assert!(!issues.may_write(login, Some(5)), "{login}");
        }
        // The number, if it is written, must be that of the account.
        assert!(issues.may_write("Tanaka", Some(7)) && issues.may_write("sato-exchange", None));
        assert!(!issues.may_write("tanaka", Some(8)) && !issues.may_write("tanaka", None));
        assert!(!site_of(LEAST).0.expect("a site").issues.may_write("sato-exchange", None));
    }

    #[test]
    fn what_cannot_be_a_login_is_reported_with_the_login() {
        for (writers, code, help) in [
            ("[\"@sato\"]", "site/bad-login", "write `sato`"),
            ("[Sato Hanako]", "site/bad-login", "the name in the address"),
            ("[\"sato#x\"]", "site/bad-login", "the name in the address"),
            ("[佐藤]", "site/bad-login", "the name in the address"),
            ("[s\u{430}to]", "site/bad-login", "the name in the address"),
            ("[a@b.example]", "site/bad-login", "the name in the address"),
            ("{a: b}", "entry/wrong-type", ""),
        ] {
            let (_, found) = site_of(&format!("{LEAST}issues: {{writers: {writers}}}\n"));
            assert_eq!(found.iter().map(|d| d.code).collect::<Vec<_>>(), [code], "{writers}");
            assert!(found[0].help.as_deref().unwrap_or_default().contains(help), "{found:?}");
        }
        let (_, found) = site_of(&format!("{LEAST}issues: {{writer: [sato]}}\n"));
        assert_eq!(found.iter().map(|d| d.code).collect::<Vec<_>>(), ["entry/unknown-key"]);
    }
}
