//! Tests of a page in a language into which its entry is only partly translated.

use crate::harness::{NOON, Site};

#[test]
fn every_text_that_is_shown_in_another_language_is_marked_for_eyes() {
    let site = Site::empty();
    let config = site.read("content/site.yaml").replace("locales: [en]", "locales: [en, ja]");
    site.write("content/site.yaml", &config);
    let front = "severity: minor\naffects: [api]\nstarted: 2026-11-20 10:15\nscope: Some customers\n";
    site.write(
        "content/incidents/a.md",
        &format!(
            "---\ntitle: Slow orders\n{front}---\nOrders wait.\n\n## resolved 2026-11-20 11:00\n\nOver.\n\n\
             ## Compensation\n\nFees are paid back.\n\n## Postmortem 2026-11-20 11:30\n\nA queue.\n"
        ),
    );
    site.write(
        "content/incidents/a.ja.md",
        "---\ntitle: 注文の遅延\n---\n注文が遅れています。\n\n## 復旧 2026-11-20 11:00\n",
    );
    site.build_at(NOON).exit(0);
    let page = site.page("ja/incidents/a/");
    let marks = page.matches("この部分はまだ翻訳されていません").count();
    assert_eq!(marks, 3, "an update, a compensation and a postmortem: {page}");
    for words in ["Over.", "Fees are paid back.", "A queue."] {
        let before = page.split(words).next().unwrap_or_default();
        let tail: String = before.chars().rev().take(80).collect::<Vec<_>>().into_iter().rev().collect();
        assert!(tail.contains("翻訳されていません</p>"), "{words}: {tail}");
    }
    // Inline text is marked by the stylesheet, which shows the language of the element.
    assert!(page.contains("<span lang=\"en\">Some customers</span>"));
    let style = site.files().into_iter().find(|(path, _)| path.ends_with(".css")).expect("a stylesheet").1;
    assert!(String::from_utf8_lossy(&style).contains("[lang]:not([hreflang])::after{content:attr(lang)"));
}
