//! Tests of what options and answers mean.

use super::*;
use crate::cli::terminal::script::Script;

fn options(locale: &[&str], timezone: &str) -> Options {
    Options {
        locale: locale.iter().map(|tag| (*tag).to_owned()).collect(),
        timezone: Some(timezone.to_owned()),
        ..Options::default()
    }
}

#[test]
fn options_name_languages_and_a_zone() {
    let choices = options(&["ja", " PT-br"], "Asia/Tokyo").choices().expect("choices");
    assert_eq!((choices.locales, choices.zone.name()), (vec!["ja", "pt-BR"], "Asia/Tokyo"));
    let choices = Options::default().choices().expect("choices");
    assert_eq!(choices.locales, ["en"]);
    assert_eq!(choices.zone.name(), "Etc/UTC");
    assert_eq!(choices.preset, Preset::Plain);
}

#[test]
fn a_wrong_option_is_refused_with_the_nearest_name() {
    for (locale, zone, help) in [
        (&["jp"][..], "UTC", "did you mean `ja`?"),
        (&["ja-JP"], "UTC", "did you mean `ja`?"),
        (&["xyz-xyz"], "UTC", "write `en`"),
        (&["ja", "ja"], "UTC", "given twice"),
        (&["ja"], "Asia/Tokio", "did you mean `Asia/Tokyo`?"),
        (&["ja"], "tokyo", "did you mean `Asia/Tokyo`?"),
        (&["ja"], "JST", "write an IANA name"),
    ] {
        let error = options(locale, zone).choices().expect_err("a refusal");
        assert!(format!("{error:?}").contains(help), "{error:?}");
    }
}

#[test]
fn answers_are_asked_for_again_until_they_can_be_read() {
    let mut script = Script::new(&["jp", "ja, en", "Tokio", "Asia/Tokyo", "星取引所: 稼働状況", "exchange"]);
    let choices = ask(&mut script).expect("choices");
    assert_eq!((choices.locales, choices.zone.name()), (vec!["ja", "en"], "Asia/Tokyo"));
    assert_eq!((choices.title.as_deref(), choices.preset), (Some("星取引所: 稼働状況"), Preset::Exchange));
    assert_eq!(script.asked.len(), 6);
}

#[test]
fn an_accepted_title_stays_the_title_of_each_language() {
    let mut script = Script::new(&["ja,en", "Asia/Tokyo", "=", "plain"]);
    assert_eq!(ask(&mut script).expect("choices").title, None);
}

#[test]
fn language_and_zone_of_the_system_are_read_from_their_usual_forms() {
    for (value, language) in [
        ("ja_JP.UTF-8", Some("ja")),
        ("de_AT@euro", Some("de")),
        ("pt_BR.UTF-8", Some("pt-BR")),
        ("C.UTF-8", None),
        ("POSIX", None),
        ("zh_CN.UTF-8", None),
    ] {
        assert_eq!(language_of(value), language, "{value}");
    }
    let zone = |link: &str| zone_of(Path::new(link)).map(Zone::name);
    assert_eq!(zone("/usr/share/zoneinfo/Asia/Tokyo"), Some("Asia/Tokyo"));
    assert_eq!(zone("../usr/share/zoneinfo/Etc/UTC"), Some("Etc/UTC"));
    assert_eq!(zone("/etc/elsewhere"), None);
}
