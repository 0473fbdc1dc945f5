//! Tests that a body is split as its author means it, and that near misses of structure are errors.

use super::*;
use crate::kind::EntryKind;
use crate::tests::takes_at_most;
use crate::vocabulary::{FactKey, Status};

fn body(text: &str) -> (Body, Vec<&'static str>) {
    body_of(text, EntryKind::Incident)
}

fn body_of(text: &str, kind: EntryKind) -> (Body, Vec<&'static str>) {
    let mut found = Vec::new();
    let parsed = parse(
        &"a.md".into(),
        text,
        0,
        kind,
        (&["ja".to_owned(), "en".to_owned()], &Aliases::default()),
        &mut found,
    );
    (parsed, found.into_iter().map(|d| d.code).collect())
}

#[test]
fn updates_sections_and_summary_are_split() {
    let (parsed, codes) = body(
        "Summary.\n\n## investigating 2026-11-20 10:20\nFirst.\n\n## 復旧 2026-11-20 12:40\nended: 12:10\n次回更新：13:00\n\nOver.\n\n## FAQ\n### Safe?\nYes.\n\n## Postmortem 2026-11-25 18:00\n### Cause\nx\n",
    );
    assert_eq!(codes, Vec::<&str>::new());
    assert_eq!(parsed.summary.plain(), "Summary.");
    assert_eq!(parsed.updates[1].status, Status::Resolved);
    let facts: Vec<_> = parsed.updates[1].facts.iter().map(|f| (f.key, f.value.as_str())).collect();
    assert_eq!(facts, [(FactKey::Ended, "12:10"), (FactKey::NextUpdate, "13:00")]);
    assert_eq!(parsed.updates[1].words.plain(), "Over.");
    assert_eq!(parsed.sections[0].questions[0].question, "Safe?");
    assert!(parsed.sections[1].written.is_some());
}

#[test]
fn what_nearly_is_an_update_is_an_error() {
    for text in [
        "##復旧 2026-11-20 12:40\n",
        "＃＃ 復旧 2026-11-20 12:40\n",
        "### 復旧 2026-11-20 12:40\n",
        "##　復旧　２０２６-11-20　12:40\n",
        "resolved 2026-11-20 12:40\n---\n",
        "**Resolved** 2026-11-20 12:40\n",
        "###\t復旧 2026-11-20 10:00\n",
        "【復旧】2026-11-20 10:00\n",
        "■復旧（2026-11-20 10:00）\n",
        "♯♯ 復旧 2026-11-20 10:00\n",
        "\u{200b}## 復旧 2026-11-20 10:00\n",
        "> ## 復旧 2026-11-20 10:00\n",
    ] {
        assert_eq!(body(text).1, ["update/near-heading"], "{text}");
    }
    assert_eq!(body("## resovled 2026-11-20 12:40\n").1, ["update/unknown-status"]);
    assert_eq!(body("## resolved\n").1, ["update/bad-time"]);
    assert_eq!(body("## resolved 10:00\n").1, ["update/bad-time"]);
    assert_eq!(body("## resolved 2026-11-20\n").1, Vec::<&str>::new(), "the day is enough");
    assert_eq!(body("## completed 2026-11-20 12:40\n").1, ["update/wrong-status"]);
    assert_eq!(body("```\n## resolved 2026-11-20\n```\n").1, Vec::<&str>::new());
}

#[test]
fn full_width_blanks_and_digits_in_a_heading_are_understood() {
    let (parsed, codes) = body("## 調査中　２０２６年１１月２０日　１０時２０分\n");
    assert_eq!((codes.len(), parsed.updates.len()), (0, 1));
}

#[test]
fn the_first_line_that_is_no_fact_begins_the_words() {
    let (parsed, codes) = body("## update 2026-11-20 10:20\nseverity: minor\nNote: the API is back.\n");
    assert_eq!(codes, Vec::<&str>::new());
    assert_eq!(parsed.updates[0].words.plain(), "Note: the API is back.");
    assert_eq!(body("## update 2026-11-20 10:20\nsevertiy: minor\n").1, ["update/unknown-fact"]);
    assert_eq!(body("## update 2026-11-20 10:20\n\nseverity: minor\n").1, ["update/fact-in-words"]);
    assert_eq!(
        body("## 調査中 2026-11-20 10:20\n調べています。\n次回更新：11:30\n").1,
        ["update/fact-in-words"]
    );
    for silent in
        ["severity: minor\n\nseverity: minor", "Words.\n\n- severity: minor", "```\nseverity: minor\n```"]
    {
        assert_eq!(body(&format!("## update 2026-11-20 10:20\n{silent}\n")).1, Vec::<&str>::new());
    }
}

#[test]
fn an_update_is_not_lost_in_words_in_a_fence_or_in_html() {
    for text in [
        "## update 2026-11-20 10:20\nWords first.\n復旧: 2026-11-20 12:40\n",
        "```\nlog\n\n## resolved 2026-11-20 12:40\n",
        "<div>\n## resolved 2026-11-20 12:40\n",
        "    ## resolved 2026-11-20 12:40\n",
    ] {
        assert_eq!(body(text).1, ["update/near-heading"], "{text}");
    }
    for text in [
        "```\n## resolved 2026-11-20 12:40\n```\n",
        "<!--\n## resolved 2026-11-20 12:40\n-->\n",
        "* 復旧 2026-11-20 12:40\n- 復旧 2026-11-20 12:40\n",
    ] {
        assert_eq!(body(text).1, Vec::<&str>::new(), "{text}");
    }
    let (_, codes) = body_of("開始：2026-12-01 02:00\n終了：2026-12-01 05:00\n", EntryKind::Maintenance);
    assert_eq!(codes, Vec::<&str>::new());
}

#[test]
fn a_section_stands_once_and_code_is_no_section() {
    let twice = "## Postmortem 2026-11-21 10:00\na\n\n## Postmortem 2026-11-22 10:00\nb\n";
    assert_eq!(body(twice).1, ["body/duplicate-section"]);
    assert_eq!(body("```\n## FAQ\n```\n\n## FAQ\n### Safe?\nYes.\n").1, Vec::<&str>::new());
    assert_eq!(body("## Post-mortem\nx\n").0.sections.len(), 1);
}

#[test]
fn a_fact_line_has_a_value_and_a_key_without_a_slip() {
    assert_eq!(body("## update 2026-11-20 10:20\naffects:\n").1, ["update/empty-fact"]);
    assert_eq!(body("## update 2026-11-20 10:20\n次回更親: 11:30\n").1, ["update/unknown-fact"]);
    assert_eq!(body("## update 2026-11-20 10:20\n対策: 増強しました\n").1, Vec::<&str>::new());
    let (parsed, codes) = body_of("## update 2026-11-20 10:20\nStart: now\n", EntryKind::Notice);
    assert_eq!((parsed.updates[0].words.plain().as_str(), codes.len()), ("Start: now", 0));
}

#[test]
fn large_bodies_take_no_longer_than_their_size() {
    takes_at_most(20, || {
        for text in [
            format!("## update 2026-11-20 10:20\n{}", "x 1\n".repeat(100_000)),
            format!("## update 2026-11-20 10:20\n{}", "affects: api\n".repeat(20_000)),
            "## update 2026-11-20 10:20\n".repeat(20_000),
            "## FAQ\n".repeat(20_000),
            format!("## FAQ\n{}", "### a\nb\n".repeat(40_000)),
        ] {
            body(&text);
        }
    });
}

#[test]
fn a_heading_in_the_summary_is_content_and_later_an_error() {
    let underlined = "## update 2026-11-20 10:20\n\n#1 is back\n---\n";
    assert_eq!(body(underlined).1, Vec::<&str>::new());
    let (parsed, codes) = body("## What happened\nx\n\n## update 2026-11-20 10:20\n\n## More\n");
    assert_eq!(codes, ["body/unknown-section"]);
    assert!(parsed.summary.plain().contains("What happened"));
    for heading in [
        "## What happened (November 20, 2026)",
        "## 障害の経過（2026年11月20日 11:15現在）",
        "## 11/20 の経過",
    ] {
        let (parsed, codes) = body(&format!("{heading}\nx\n\n## update 2026-11-20 10:20\n"));
        assert_eq!((codes, parsed.updates.len()), (vec![], 1), "{heading}");
    }
    assert_eq!(body("## Resovled Nov 20, 2026 11:15\n").1, ["update/unknown-status"]);
}

#[test]
fn a_word_may_mean_one_thing_here_and_another_there() {
    let (parsed, codes) = body_of(
        "## 延期 2026-11-20 10:20\n開始: 2026-11-22 02:00\n終了: 2026-11-22 05:00\n",
        EntryKind::Maintenance,
    );
    assert_eq!(codes, Vec::<&str>::new());
    assert_eq!(parsed.updates[0].facts[1].key, FactKey::End);
}

/// A body with a postmortem that holds a document.
fn report(document: &str) -> String {
    format!("## resolved 2026-11-20 12:40\nOver.\n\n## Postmortem 2026-11-25 18:00\n\n{document}")
}

#[test]
fn a_document_with_headings_is_a_postmortem() {
    let document = "# 障害報告書（2026-11-20）\n\n## 概要\na\n\n## 原因と対策\nb\n\n### 直接の原因\nc\n\n## Timeline\n\n- 10:15 detected\n\n## 復旧\nd\n\n## 評価\ne\n\n## 影響について\nf\n\nRoot cause\n---\n\ng\n";
    for text in [report(document), report(document).replace('\n', "\r\n")] {
        let (parsed, codes) = body(&text);
        assert_eq!(codes, Vec::<&str>::new());
        assert_eq!((parsed.updates.len(), parsed.sections.len()), (1, 1));
        for id in ["原因と対策", "timeline", "復旧", "root-cause"] {
            assert!(parsed.anchors.contains(id), "{id}");
        }
        let words = parsed.sections[0].words.plain();
        for word in [
            "障害報告書",
            "概要",
            "原因と対策",
            "Timeline",
            "復旧",
            "評価",
            "影響について",
            "Root cause",
            "g",
        ] {
            assert!(words.contains(word), "{word} in {words}");
        }
    }
    let (parsed, codes) =
        body_of("## completed 2026-11-20 12:40\n\n## 評価\n\n## 結果\nx\n", EntryKind::Maintenance);
    assert_eq!((codes.len(), parsed.sections[0].words.plain().as_str()), (0, "結果 x"));
}

#[test]
fn an_update_or_a_section_ends_a_postmortem() {
    let document = "## Root cause\na\n\n## 続報 2026-11-26 10:00\nb\n\n## FAQ\n### c?\nd\n";
    let (parsed, codes) = body(&report(document));
    assert_eq!(codes, Vec::<&str>::new());
    assert_eq!(parsed.updates[1].words.plain(), "b");
    assert_eq!(parsed.sections[0].words.plain(), "Root cause a");
    assert_eq!(parsed.sections[1].questions.len(), 1);
    // What follows a section is no longer the postmortem.
    assert_eq!(body(&report("## Workaround\na\n\n## Root cause\nb\n")).1, ["body/unknown-section"]);
}

#[test]
fn what_was_meant_as_an_update_or_a_section_is_not_swallowed_by_a_postmortem() {
    for (heading, code) in [
        ("## 続報", "update/bad-time"),
        ("## resolved 10:00", "update/bad-time"),
        ("## 復旧\nended: 10:00", "update/bad-time"),
        ("## resolved 3 hours ago", "update/bad-time"),
        ("## Resovled 2026-11-26 10:00", "update/unknown-status"),
        ("## Timeline 2026-11-26", "update/unknown-status"),
        ("## completed 2026-11-26 10:00", "update/wrong-status"),
        ("## Evaluation 2026-11-26 10:00", "body/wrong-section"),
        ("# 続報 2026-11-26 10:00", "update/near-heading"),
        ("＃ 続報 2026-11-26 10:00", "update/near-heading"),
        ("続報 2026-11-26 10:00\n---", "update/near-heading"),
        ("＃＃ 続報 2026-11-26 10:00", "update/near-heading"),
        ("##続報 2026-11-26 10:00", "update/near-heading"),
        ("＃＃ 原因", "markdown/heading-signs"),
        ("##原因", "markdown/heading-signs"),
        ("## Compansation", "body/unknown-section"),
        ("## お客様へお願い", "body/unknown-section"),
        ("## Postmortem", "body/duplicate-section"),
        ("## 事後報告 2026-11-26 10:00", "body/duplicate-section"),
    ] {
        assert_eq!(body(&report(&format!("## Root cause\na\n\n{heading}\n\nb\n"))).1, [code], "{heading}");
    }
    for prose in [
        "### 復旧 2026-11-20 11:15",
        "# 2026-11-20 に復旧した障害の報告",
        "```\n## 続報 2026-11-26 10:00\n```",
        "<!-- ## 続報 2026-11-26 10:00 -->",
        "> ## 続報 2026-11-20 10:00",
        "> ## 原因",
        "- ## 原因",
        "原因\n---",
        "### Compansation",
        "## Timeline (2026-11-26)",
        "## 11月20日の経過",
    ] {
        let (parsed, codes) = body(&report(&format!("## Root cause\na\n\n{prose}\n\nb\n")));
        assert_eq!((codes, parsed.updates.len(), parsed.sections.len()), (vec![], 1, 1), "{prose}");
    }
}
