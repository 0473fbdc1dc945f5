//! Tests that every format shows a diagnostic at its position, and never shows a private value.

use super::human::LOOKS_PRIVATE;
use super::*;
use crate::message::Language;

fn sample(range: Range<usize>) -> (Diagnostic, Texts) {
    let file: Arc<str> = "content/incidents/a.md".into();
    let text: Arc<str> = "---\ntitle: 遅延\naffects: [apo]\n---\n".into();
    let place = Place::at(&file, range);
    let found = Diagnostic::error("incident/unknown-component", place, "no component is called `apo`");
    let mut texts = Texts::default();
    texts.insert(file, text);
    (found.help("did you mean `api`?"), texts)
}

#[test]
fn private_values_are_hidden_in_every_form() {
    let file: Arc<str> = "content/incidents/a.md".into();
    let text: Arc<str> = "---\ntitle: a\ninternal: {who: 田中太郎, x: [}\nid: b\n---\n".into();
    let at = text.find("x: [").expect("it is there");
    let mut texts = Texts::default();
    texts.insert(Arc::clone(&file), text);
    let message = "`x` after `who: 田中太郎` never ends";
    let found = Diagnostic::error("yaml/unclosed", Place::at(&file, at..at + 1), message)
        .help("write `{who: 田中太郎}`");
    let all = [
        human(&found, &texts, false, Language::ENGLISH),
        json(&found, &texts, Language::ENGLISH),
        github(&found, &texts, "", Language::ENGLISH),
        sarif(&[&found], &texts, "", Language::ENGLISH),
    ];
    for shown in all {
        assert!(!shown.contains('田') && shown.contains("••••"), "{shown}");
    }
    let shown = human(&found, &texts, false, Language::ENGLISH);
    assert!(shown.contains("3 | internal: ••••") && shown.contains("a.md:3"), "{shown}");
}

#[test]
fn a_word_that_looks_private_is_known_by_its_beginning() {
    let file: Arc<str> = "content/incidents/a.md".into();
    let text: Arc<str> = "Write to taro@example.com, please\n".into();
    let mut texts = Texts::default();
    texts.insert(Arc::clone(&file), text);
    let found = Diagnostic::error(LOOKS_PRIVATE, Place::at(&file, 9..25), "`taro…` looks private");
    let shown = human(&found, &texts, false, Language::ENGLISH);
    assert!(shown.contains("Write to taro…, please") && !shown.contains("@example"), "{shown}");
}

#[test]
fn columns_count_characters_and_ends_are_exclusive() {
    let (found, texts) = sample(11..17);
    let line = json(&found, &texts, Language::ENGLISH);
    assert!(line.contains(r#""line":2,"column":8,"end_line":2,"end_column":10"#), "{line}");
}

#[test]
fn a_workflow_command_is_one_line_whatever_stands_in_it() {
    let (mut found, texts) = sample(28..31);
    found.message = "100 %: a,b\nc".into();
    let line = github(&found, &texts, "日本/", Language::ENGLISH);
    assert_eq!(
        line,
        "::error file=日本/content/incidents/a.md,line=3,endLine=3,col=11,endColumn=14,\
         title=incident/unknown-component::100 %25: a,b%0Ac%0Ahelp: did you mean `api`?"
    );
}

#[test]
fn a_log_of_code_scanning_says_where_in_the_repository() {
    let (found, texts) = sample(28..31);
    let whole = Diagnostic::warning("feed/no-time", Place::whole(&found.place.file), "m");
    let log: serde_json::Value =
        serde_json::from_str(&sarif(&[&found, &whole], &texts, "遅/", Language::ENGLISH)).expect("JSON");
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "feed/no-time");
    let (first, second) = (&run["results"][0], &run["results"][1]);
    assert_eq!((&first["ruleIndex"], &second["ruleIndex"]), (&1.into(), &0.into()));
    let place = &first["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "%E9%81%85/content/incidents/a.md");
    assert_eq!(place["region"]["startColumn"], 11);
    assert!(second["locations"][0]["physicalLocation"].get("region").is_none());
}

#[test]
fn people_see_the_line_underlined() {
    let (found, texts) = sample(28..31);
    let shown = human(&found, &texts, false, Language::ENGLISH);
    assert!(shown.starts_with("error[incident/unknown-component]: no component"), "{shown}");
    assert!(shown.contains("content/incidents/a.md:3:11") && shown.contains("^^^"), "{shown}");
    assert!(shown.contains("help: did you mean `api`?"), "{shown}");
}
