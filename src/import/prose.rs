//! Converts text of other programs to Markdown that our format accepts as the text of an entry.
//!
//! Nothing in the result becomes structure by accident, and every loss has a note. Text that our
//! parser still refuses goes into a code block, unchanged.

mod edits;
mod html;
mod plain;
mod tags;

use std::cell::RefCell;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use super::report;
use crate::diagnostic::Severity;
use crate::document;
use crate::limits::IMPORT_NOTES;
use crate::markdown::{self, LostKind, SpanKind};
use crate::message::{Message, message};
use crate::source::FoundFile;
use crate::text;
use crate::vocabulary::Aliases;
use edits::edited;
use html::converted;

pub use plain::has_blocks;

/// A change that may have lost something.
#[derive(Clone, Debug)]
pub struct Note {
    /// The byte range in the original text.
    pub range: Range<usize>,
    /// The original.
    pub message: Message,
    /// The replacement.
    pub made: Message,
}

/// The target on the new site for an address of the old one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    Keep,
    To(String),
    /// None: the text stays without a link.
    Nowhere,
}

/// Maps an address to its target. The flag says whether the address is an image's.
type Lead<'l> = &'l dyn Fn(&str, bool) -> LinkTarget;

/// Converts Markdown with raw HTML and Hugo shortcodes.
pub fn from_markdown(written: &str, lead: Lead<'_>) -> (String, Vec<Note>) {
    let mut notes = Vec::new();
    let clean = normal(written);
    // The second pass meets addresses that `lead` returned in the first, and `lead` does not know those.
    let given: RefCell<Vec<String>> = RefCell::default();
    let asked = |address: &str, image: bool| {
        if given.borrow().iter().any(|known| known == address) {
            return LinkTarget::Keep;
        }
        let leads = lead(address, image);
        if let LinkTarget::To(new) = &leads {
            given.borrow_mut().push(new.clone());
        }
        leads
    };
    let lead: Lead<'_> = &asked;
    let text = shortcodes(&clean, lead, &mut notes);
    let once = edited(&text, lead, &mut notes);
    // A removal can reveal further markup. Two passes are enough for real text.
    let mut again = Vec::new();
    let mut made = edited(&once, lead, &mut again);
    notes.extend(again.into_iter().map(|note| Note { range: 0..written.len(), ..note }));
    made = made.replace(NOWHERE, "");
    (settled(&made, &clean, written.len(), &mut notes), notes)
}

/// Converts plain text with a few HTML tags, as Statuspage shows updates: apparent Markdown in it
/// is text, and addresses become links.
pub fn from_plain(written: &str, lead: Lead<'_>) -> (String, Vec<Note>) {
    let clean = normal(written);
    let mut notes = Vec::new();
    if has_blocks(&clean) {
        let (made, notes) = from_html(&plain::linked_html(&clean), lead);
        return (plain::shown(&made), notes);
    }
    let marked = plain::marked(&clean, lead, &mut notes);
    // Only tags of emphasis are left here.
    let made = edited(&marked, &|_, _| LinkTarget::Keep, &mut notes);
    (settled(&made, &clean, written.len(), &mut notes), notes)
}

/// The text if our parser accepts it, else `clean` in a code block. Limits the number of notes.
fn settled(made: &str, clean: &str, length: usize, notes: &mut Vec<Note>) -> String {
    let mut made = without_definitions(&lines(made, notes), clean, length, notes);
    if let Some(code) = fault(&made) {
        let (message, kept) = (report::not_allowed(code), report::as_code_block());
        notes.push(Note { range: 0..length, message, made: kept });
        made = verbatim(clean);
    }
    if notes.len() > IMPORT_NOTES {
        let more = notes.len() - IMPORT_NOTES;
        let message = message!("import-more-changes", "{more} more changes like these", more);
        notes.truncate(IMPORT_NOTES);
        notes.push(Note {
            range: 0..length,
            message,
            made: message!("import-more-changes-made", "the same"),
        });
    }
    made
}

/// Removes link definitions that nothing uses, because links contain their addresses now. Notes a
/// definition that was unused before too: readers never saw it.
fn without_definitions(made: &str, clean: &str, length: usize, notes: &mut Vec<Note>) -> String {
    let unused = |text: &str| {
        let lost = markdown::outline(text).lost.into_iter();
        lost.filter(|lost| lost.kind == LostKind::Definition).map(|lost| lost.range).collect::<Vec<_>>()
    };
    let ranges = unused(made);
    if ranges.is_empty() {
        return made.to_owned();
    }
    if !unused(clean).is_empty() {
        let message =
            message!("import-unused-definition", "the text has a link definition that no link uses");
        let made = message!("import-unused-definition-made", "left out: no page showed it");
        notes.push(Note { range: 0..length, message, made });
    }
    let (mut out, mut at) = (String::with_capacity(made.len()), 0);
    for range in ranges {
        out.push_str(made.get(at..range.start).unwrap_or_default());
        at = range.end.max(at);
    }
    out.push_str(made.get(at..).unwrap_or_default());
    out
}

pub fn from_html(html: &str, lead: Lead<'_>) -> (String, Vec<Note>) {
    let mut lost = Vec::new();
    let markdown = converted(&normal(html), &(0..html.len()), &mut lost);
    let (made, notes) = from_markdown(&markdown, lead);
    // Ranges in the intermediate text do not fit the source.
    lost.extend(notes.into_iter().map(|note| Note { range: 0..html.len(), ..note }));
    (made, lost)
}

/// Removes the tags of a text, but keeps text that only looks like a tag.
pub fn without_tags(text: &str) -> String {
    replaced(text, tags::tags(text).into_iter().map(|tag| (tag.range, " ")))
}

/// A text with some ranges replaced, in their order. A range that begins within an earlier one is skipped.
fn replaced<S: AsRef<str>>(text: &str, edits: impl IntoIterator<Item = (Range<usize>, S)>) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for (range, new) in edits {
        if range.start >= at {
            out.extend([&text[at..range.start], new.as_ref()]);
            at = range.end;
        }
    }
    out + &text[at..]
}

/// Puts a text into a code block with a fence that the text cannot close.
pub fn verbatim(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}\n{}\n{fence}\n", without_markers(normal(text).trim_matches('\n')))
}

fn normal(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    text::clean(&text).into_owned()
}

/// Replaces `{{< relref "x.md" >}}` by its address. Other shortcodes stay as text.
fn shortcodes(text: &str, lead: Lead<'_>, notes: &mut Vec<Note>) -> String {
    if !text.contains("{{<") && !text.contains("{{%") {
        return text.to_owned();
    }
    let code: Vec<Range<usize>> = (markdown::spans(text).into_iter())
        .filter(|span| span.kind == SpanKind::Code)
        .map(|span| span.range)
        .collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(open) = text[at..].find("{{").map(|n| n + at) {
        let Some(close) = text[open..].find("}}").map(|n| open + n + 2) else { break };
        let is_code = code.iter().any(|range| range.contains(&open));
        if is_code || !text[open + 2..].starts_with(['<', '%']) {
            out.push_str(&text[at..open + 2]);
            at = open + 2;
            continue;
        }
        out.push_str(&text[at..open]);
        at = close;
        let inner = text[open + 2..close - 2].trim_matches(|c: char| "<>%/".contains(c) || c.is_whitespace());
        let (name, rest) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
        let value = rest.trim().trim_matches(['"', '\'', '`']);
        let note = |message: Message, made: Message| Note { range: open..close, message, made };
        match name {
            "relref" | "ref" => match lead(value, false) {
                LinkTarget::Keep => out.push_str(value),
                LinkTarget::To(address) => out.push_str(&address),
                // A later step removes the link around it.
                LinkTarget::Nowhere => {
                    let message = message!(
                        "import-dead-reference",
                        "`{name}` links to `{value}`, which does not exist",
                        name,
                        value
                    );
                    let made = message!("import-dead-reference-made", "kept the text without the link");
                    notes.push(note(message, made));
                    out.push_str(NOWHERE);
                }
            },
            "track" | "htrack" => out.push_str(value),
            _ => {
                let message =
                    message!("import-shortcode", "noroshi does not support the shortcode `{name}`", name);
                notes.push(note(message, message!("import-shortcode-made", "left as text")));
                out.push_str(&text[open..close].replace('<', "\\<"));
            }
        }
    }
    out.push_str(&text[at..]);
    out
}

/// A stand-in for the address of a removed link; no real text contains it.
const NOWHERE: &str = "\u{e000}nowhere\u{e000}";

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_[]<>~|!#&".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Changes lines that our parser rejects: conflict markers, and lines that nearly are updates.
fn lines(text: &str, notes: &mut Vec<Note>) -> String {
    let out = without_markers(text);
    let near = near_lines(&out);
    if near.is_empty() {
        return out;
    }
    let mut made = String::with_capacity(out.len() + 16);
    let mut at = 0;
    for line in out.split_inclusive('\n') {
        let last =
            line.rfind(char::is_numeric).filter(|_| near.iter().any(|n| (at..at + line.len()).contains(n)));
        if let Some((last, digit)) = last.and_then(|last| Some((last, line[last..].chars().next()?))) {
            // Looks the same to readers, but is no longer a time to the parser.
            let code = u32::from(digit);
            let _ = write!(made, "{}&#{code};{}", &line[..last], &line[last + digit.len_utf8()..]);
            let line = line.trim();
            let message = message!("import-like-update", "`{line}` looks like an update", line);
            notes.push(Note { range: 0..0, message, made: as_text() });
        } else {
            made.push_str(line);
        }
        at += line.len();
    }
    made
}

/// Puts a space before the conflict markers of version control.
fn without_markers(text: &str) -> String {
    let is_marker =
        |line: &str| ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|m| line.starts_with(m));
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        out.push_str(if is_marker(line) { " " } else { "" });
        out.push_str(line);
    }
    out
}

/// The errors of our parser for a text: offset and code.
fn faults(words: &str) -> Vec<(Option<usize>, &'static str)> {
    const FRONT: &str = "---\ntitle: x\n---\n";
    let mut all = Vec::new();
    for (file, before) in [
        ("content/incidents/words.md", ""),
        ("content/incidents/words.md", "## update 2026-11-20 10:00\n\n"),
        ("content/maintenance/words.md", ""),
        ("content/maintenance/words.md", "## update 2026-11-20 10:00\n\n"),
    ] {
        let Some(source) = FoundFile::named(file) else { continue };
        let prefix = FRONT.len() + before.len();
        let text: Arc<str> = format!("{FRONT}{before}{words}\n").into();
        let mut found = Vec::new();
        let parsed = document::parse(&source, &text, &[], &Aliases::default(), &mut found);
        let at = |d: &crate::diagnostic::Diagnostic| {
            d.place.range.as_ref().and_then(|range| range.start.checked_sub(prefix))
        };
        all.extend(found.iter().filter(|d| d.severity == Severity::Error).map(|d| (at(d), d.code)));
        let whole = parsed.is_some_and(|document| {
            document.body.updates.len() == usize::from(!before.is_empty())
                && document.body.sections.is_empty()
        });
        if !whole {
            all.push((None, "body/structure"));
        }
    }
    all
}

fn fault(words: &str) -> Option<&'static str> {
    faults(words).first().map(|(_, code)| *code)
}

fn near_lines(words: &str) -> Vec<usize> {
    let near = faults(words).into_iter().filter(|(_, code)| *code == "update/near-heading");
    near.filter_map(|(at, _)| at).collect()
}

fn as_text() -> Message {
    message!("import-as-text", "kept as text")
}

fn as_words() -> Message {
    message!("import-as-words", "kept only its text")
}

fn as_link() -> Message {
    message!("import-as-link", "replaced by a link to it")
}

fn foreign_picture(address: &str) -> Message {
    message!("import-foreign-picture", "the picture `{address}` is not part of the new site", address)
}

fn unlinked(address: &str) -> Message {
    message!("import-unlinked", "the new site cannot link to `{address}`", address)
}

fn as_text_and_address() -> Message {
    message!("import-unlinked-made", "kept the text, with the address after it")
}

/// A tag whose text browsers do not show, and what became of it.
fn unseen(name: &str) -> (Message, Message) {
    (
        message!("import-unseen", "the text contains `<{name}>`", name),
        message!("import-unseen-made", "left out: browsers do not show it"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::IMPORT_TAGS;
    use crate::tests::{word, words};

    fn keep(_: &str, _: bool) -> LinkTarget {
        LinkTarget::Keep
    }

    fn made(text: &str) -> String {
        from_markdown(text, &keep).0.trim().to_owned()
    }

    #[test]
    fn structure_by_accident_becomes_words() {
        for (text, wanted) in [
            ("# A\n\n## FAQ\n\n### b\n", "### A\n\n### FAQ\n\n### b"),
            ("A *b*\n===\n\nC\n---\n\nd\n", "### A *b*\n\n### C\n\nd"),
            ("## resolved 2021-03-04 10:00\n\nx", "### resolved 2021-03-04 10:0&#48;\n\nx"),
            ("**Resolved** 2021-03-04 10:00\n\nx", "**Resolved** 2021-03-04 10:0&#48;\n\nx"),
            (
                "| a | b |\n|---|---|\n| Resolved | 2021-03-04 10:00 |\n",
                "| a | b |\n|---|---|\n| Resolved | 2021-03-04 10:00 |",
            ),
            ("```\nnever\n", "```\nnever\n```"),
            ("a\n\n---\n\nb\n", "a\n\n---\n\nb"),
            ("x\n<<<<<<< HEAD\n", "x\n <<<<<<< HEAD"),
        ] {
            assert_eq!(made(text), wanted, "{text}");
        }
    }

    #[test]
    fn html_becomes_markdown_where_it_has_a_form() {
        for (text, wanted) in [
            ("a<br>b<br/>\nc", "a\\\nb\\\nc"),
            ("a <b>b</b> <i>c</i> <strike>d</strike> <u>e</u>", "a **b** *c* ~~d~~ e"),
            (
                "<font color=red>hot</font> <a href=\"https://a.example/?b&amp;c\">x</a>",
                "hot [x](<https://a.example/?b&c>)",
            ),
            ("<div>\n<p>One <strong>two</strong></p>\n<ul><li>x</li></ul>\n</div>\n", "One **two**\n\n*   x"),
            ("<!--StartFragment-->a<!--EndFragment-->", "a"),
            ("a <!-- hidden --> b", "a <!-- hidden --> b"),
            ("`<b>` stays", "`<b>` stays"),
            ("a <blink>b</blink>", "a \\<blink>b\\</blink>"),
            ("<script>\nalert(1)\n</script>\n\nx", "x"),
            ("a <script>b</script> c", "a  c"),
            ("First<br># a<br>1. b<br>> c<br>d", "First\\\n\\# a 1. b\\\n\\> c\\\nd"),
            ("x <b> bold </b>y <b>open", "x  **bold** y open"),
            ("これは<b>「重要」</b>です", "これは「重要」です"),
            ("a <code>b`c</code>", "a ``b`c``"),
            ("> <div>\n> in <b>a</b>\n> quote\n> </div>", "> in **a** quote"),
            ("a\n\n<!-- never closed\nb\n", "a\n\n\n\\<!-- never closed\nb"),
        ] {
            assert_eq!(made(text), wanted, "{text}");
        }
        let html = "<p>We are <b>looking</b>.<br />Soon.</p><ul><li>a</li><li><a href=\"/x\">b</a></li></ul>";
        let (made, _) = from_html(html, &|_, _| LinkTarget::Nowhere);
        assert_eq!(made.trim(), "We are **looking**.\\\nSoon.\n\n*   a\n*   b (/x)");
    }

    #[test]
    fn links_lead_where_the_new_site_says() {
        let lead = |address: &str, image: bool| match address {
            "old.md" => LinkTarget::To("/issues/old/".into()),
            "/here.png" if image => LinkTarget::Keep,
            _ if address.starts_with("https:") => LinkTarget::Keep,
            _ => LinkTarget::Nowhere,
        };
        for (text, wanted) in [
            ("[a *b*](old.md)", "[a *b*](</issues/old/>)"),
            ("[a][r]\n\n[r]: old.md\n", "[a](</issues/old/>)"),
            ("[a](gone.md)", "a (gone.md)"),
            ("[a]({{< relref \"old.md\" >}})", "[a](/issues/old/)"),
            ("[a]({{< ref \"gone.md\" >}})", "a"),
            ("[a](javascript:alert(1))", "a (javascript:alert(1))"),
            (
                "![p](/here.png) ![q](https://x.example/y.png) ![r](z.png)",
                "![p](/here.png) [q](<https://x.example/y.png>) r",
            ),
            ("[![alt](https://x.example/y.png)](https://a.example/)", "[alt](https://a.example/)"),
            ("![](https://x.example/y.png)", "<https://x.example/y.png>"),
            ("`{{< ref \"x\" >}}` `{{ ref \"x\" }}`", "`{{< ref \"x\" >}}` `{{ ref \"x\" }}`"),
            ("<https://a.example> {{< unknown \"x\" >}}", "<https://a.example> {{\\< unknown \"x\" >}}"),
        ] {
            assert_eq!(from_markdown(text, &lead).0.trim(), wanted, "{text}");
        }
        let (_, notes) = from_markdown("x [a](gone.md)", &lead);
        assert_eq!(notes[0].range, 2..14);
    }

    #[test]
    fn what_nobody_can_mend_stands_word_for_word() {
        assert_eq!(verbatim("a\n```\nb\n"), "````\na\n```\nb\n````\n");
        assert_eq!(fault(&verbatim("## resolved 2021-03-04 10:00\n``` <!--\n")), None);
    }

    #[test]
    fn large_words_take_no_longer_than_their_size() {
        // With quadratic time this takes hours instead of seconds.
        crate::tests::takes_at_most(900, || {
            let pieces = "\
                <b> [ ![ <div> <!--␣ ` <a␣href=x> {{<␣ #␣a\n <p>x</p> *a␣ <div></x> <div><brx> <b><p> \
                <style></style> <table><b>";
            for piece in words(pieces) {
                let _ = from_markdown(&piece.repeat(100_000 / piece.len()), &keep);
                let _ = from_html(&piece.repeat(100_000 / piece.len()), &keep);
                let _ = from_html(&piece.repeat(IMPORT_TAGS), &keep);
            }
        });
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig {
            cases: 300,
            failure_persistence: None,
            rng_seed: proptest::test_runner::RngSeed::Fixed(11),

            ..proptest::prelude::ProptestConfig::default()
        })]

        #[test]
        fn whatever_was_written_can_stand(pieces in proptest::collection::vec(proptest::prop_oneof![
            28 => word("\
                ##␣resolved␣2021-01-01␣10:00\n **Update␣2021-03-04␣10:00**\n \
                ＃＃␣復旧␣2021-03-04␣10:00\n <!-- --> ```\n <br> <div>\n <script> ![x](http://a/b.png) \
                [x](javascript:y) [x]:␣data:y\n <<<<<<<␣HEAD\n =======\n <br>#␣ <b>␣ </b> [x] \
                <a␣href=data:x> </a> \n\n ---\n FAQ\n---\n >␣ -␣ severity:␣minor\n ␣␣␣␣ \
                |␣a␣|␣b␣|\n|---|---|\n"),
            1 => "\\PC{0,8}",
            1 => "[ -~\\n]{0,12}",
        ], 0..14)) {
            let text = pieces.concat();
            for (made, _) in [from_markdown(&text, &keep), from_html(&text, &keep)] {
                proptest::prop_assert_eq!(fault(&made), None, "{:?} -> {:?}", text, made);
            }
        }
    }
}
