//! Tests that a message says in each language what it says in English, with its values.

use std::io;

use proptest::prelude::*;

use super::*;
use crate::text::meant;
use crate::vocabulary::Status;

fn ja() -> Language {
    Language::find("ja_JP.UTF-8").expect("Japanese")
}

#[test]
fn a_message_is_shown_in_its_language_with_its_values() {
    let near = "resolved";
    let found = message!("message-did-you-mean", "did you mean `{near}`?", near);
    assert_eq!(found.english(), "did you mean `resolved`?");
    assert_eq!(found.text(Language::ENGLISH), "did you mean `resolved`?");
    assert_eq!(found.text(ja()), "`resolved` の間違いではありませんか");
}

#[test]
fn a_message_within_a_message_is_in_the_same_language() {
    let words = one_of(&["a", "b", "c"]);
    let found = message!("message-write", "write {words}", words);
    assert_eq!(found.english(), "write `a`, `b` or `c`");
    assert_eq!(found.text(ja()), "次のどれかを書いてください: `a`、`b` または `c`");
}

#[test]
fn a_long_list_says_how_many_it_leaves_out() {
    let names: Vec<String> = (0..40).map(|n| n.to_string()).collect();
    let found = first_of(&names, 2);
    assert_eq!(found.english(), "`0`, `1` … and 38 more");
    assert_eq!(found.text(ja()), "`0`、`1` ほか 38 件");
    // "and 1 more" would be as long as the word.
    assert_eq!(first_of(&names[..3], 2).english(), "`0`, `1` or `2`");
    assert_eq!(first_of(&[] as &[&str], 2).english(), "");
}

#[test]
fn what_a_catalogue_lacks_is_in_english() {
    let word = "x";
    let found = message!("message-that-no-catalogue-has", "no {word}", word);
    assert_eq!(found.text(ja()), "no x");
    // A text with a hole would mislead.
    assert_eq!(Message::known("message-did-you-mean", "whole".into(), Vec::new()).text(ja()), "whole");
}

#[test]
fn an_error_of_the_system_is_told_by_its_kind_and_number() {
    let error = io::Error::from_raw_os_error(2);
    let found = message!("message-that-no-catalogue-has", "cannot read: {error}", error);
    assert!(found.english().starts_with("cannot read: No such file"), "{found:?}");
    assert_eq!(
        Message::text(&system::error(&error), ja()),
        "ファイルまたはフォルダーがありません（OS エラー 2）"
    );
    let own =
        io::Error::other(Reason(message!("message-did-you-mean", "did you mean `{near}`?", near = "a")));
    assert_eq!(system::error(&own).text(ja()), "`a` の間違いではありませんか");
}

#[test]
fn a_count_is_a_number_in_other_languages() {
    for (number, english) in [(0, "0 errors"), (1, "1 error"), (2, "2 errors")] {
        let e = count(number, "error", "errors");
        let found = message!("cli-errors", "{e}", e);
        assert_eq!(found.english(), english);
        assert_eq!(found.text(ja()), format!("エラー {number} 件"));
    }
}

#[test]
fn a_locale_names_its_language() {
    for (name, tag) in [
        ("ja", Some("ja")),
        ("ja-JP", Some("ja")),
        ("JA_jp.eucJP@x", Some("ja")),
        ("en_GB.UTF-8", Some("en")),
        ("fr_FR", None),
        ("C", None),
        ("", None),
        ("jam", None),
    ] {
        assert_eq!(Language::find(name).map(Language::tag), tag, "{name}");
    }
    assert_eq!(Language::tags().collect::<Vec<_>>(), ["en", "ja"]);
}

proptest! {
    /// Whatever a writer typed comes out as it was typed: nothing in it is a variable, a mark or an escape.
    #[test]
    fn a_value_is_shown_as_it_is(near in any::<String>()) {
        let found = message!("message-did-you-mean", "did you mean `{near}`?", near);
        prop_assert_eq!(found.english(), format!("did you mean `{near}`?"));
        prop_assert_eq!(found.text(ja()), format!("`{near}` の間違いではありませんか"));
    }

    #[test]
    fn a_secret_is_taken_out_of_every_text_of_a_message(
        secret in "[a-z0-9]{6,12}",
        around in "[ぁ-ん ]{0,8}",
    ) {
        let inner = message!("message-did-you-mean", "did you mean `{near}`?", near = format!("{around}{secret}"));
        let all = Message::lines(vec![inner, Message::same(secret.clone())]);
        let hidden = all.with_texts(&|text| Value::Text(text.replace(&secret, "•")));
        for language in [Language::ENGLISH, ja()] {
            prop_assert!(!hidden.text(language).contains(&secret));
        }
    }
}

#[test]
fn the_help_for_an_unknown_word_begins_with_the_near_ones_and_is_short() {
    let known: Vec<String> = (0..60).map(|n| format!("asset{n}.trade")).collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let help = |word: &str| near_or_some(&meant(word, &known), &known, &Message::same("site.yaml lists all"));
    assert_eq!(help("aset7.trade"), "did you mean `asset7.trade`?");
    assert_eq!(help("asset59"), "did you mean `asset59.trade`?");
    assert_eq!(help("“asset7.trade”"), "did you mean `asset7.trade`?");
    assert_eq!(help("trad"), help("trade"));
    assert_eq!(help("traed"), help("trade"));
    assert_eq!(help("trade"), "did you mean `asset0.trade`, `asset1.trade` or `asset2.trade`?");
    let far = help("withdrawals");
    assert!(far.ends_with(" … and 52 more; site.yaml lists all") && far.len() < 250, "{far}");
    assert_eq!(near_or_some(&[], &["a", "b"], &Message::same("site.yaml lists all")), "write `a` or `b`");
    assert!(meant("", &known).is_empty() && meant("as", &known).is_empty());
}

#[test]
fn a_word_of_the_format_is_listed_as_its_writer_types_it() {
    let words = || vec![Status::Investigating.told(), Status::Resolved.told()];
    assert_eq!(or(words()).english(), "`investigating` or `resolved`");
    assert_eq!(or(words()).text(ja()), "`調査中` または `復旧`");
    assert_eq!(listed(words()).text(ja()), "`調査中`、`復旧`");
}
