//! Codes of what is written: front matter, YAML, headings, fact lines, times.

use super::{Family, error, warning};

pub(super) const BODY: Family = Family {
    name: "body",
    about: "Sections of an entry.",
    rows: &[
        error(
            "body/duplicate-section",
            "An entry has the same section twice.",
            "Put the text of both into one section.",
        ),
        error(
            "body/section-time",
            "A section that takes no time has one, or the time in its heading is incomplete.",
            "Only `## Postmortem` and `## Evaluation` take a time, as in `## Postmortem 2026-11-25 18:00`.",
        ),
        error(
            "body/unknown-section",
            "A `##` heading after the first update or section is neither an update nor a section.",
            "Write `## status time` or the name of a section; use `###` for headings of your own.",
        ),
        error(
            "body/wrong-section",
            "A section belongs to another kind of entry.",
            "Use a section of this kind of entry, or `###` for a heading of your own.",
        ),
    ],
};

pub(super) const FAQ: Family = Family {
    name: "faq",
    about: "Questions and their answers, in `faq/` and in entries.",
    rows: &[
        error(
            "faq/no-answer",
            "A question has no text or no answer.",
            "Write the answer below the `###` line, or below the front matter of a file in `faq/`.",
        ),
        error(
            "faq/no-question",
            "The FAQ section has no question, or text before the first one.",
            "Begin it with `### The question?`, and write its answer below.",
        ),
        warning(
            "faq/still-checking",
            "An incident is resolved or a maintenance is completed, but an answer in its FAQ still says that your team is investigating.",
            "Write what you found; if you found nothing, say so in the past tense.",
        ),
        error(
            "faq/too-many",
            "The FAQ of an entry has more than 100 questions.",
            "Move questions that concern all entries to `content/faq/`. See docs/limits.md.",
        ),
    ],
};

pub(super) const FRONT_MATTER: Family = Family {
    name: "front-matter",
    about: "The YAML between two `---` lines at the top of a file.",
    rows: &[
        error(
            "front-matter/missing",
            "A file does not begin with front matter.",
            "Begin the file with a line that is exactly `---`, then write the keys, then the same line again.",
        ),
        error(
            "front-matter/too-large",
            "Front matter is longer than 64 KiB.",
            "End it with a line `---`, and write the text of the entry below that line.",
        ),
        error(
            "front-matter/unclosed",
            "Front matter begins but has no end.",
            "End it with a line that is exactly `---`, without spaces or other characters.",
        ),
    ],
};

pub(super) const MARKDOWN: Family = Family {
    name: "markdown",
    about: "Text as Markdown.",
    rows: &[
        error(
            "markdown/lost-words",
            "Markdown does not show some of the text: a cell that the first row of a table does not have, or text on the line that begins a code block.",
            "Give the first row as many cells; write the text outside the code block; write `\\` before a character that is text.",
        ),
        error(
            "markdown/too-large",
            "A text becomes many times larger as HTML, for example because it often refers to a long footnote.",
            "Write long notes and addresses once, and split the text into several entries. See docs/limits.md.",
        ),
        error(
            "markdown/unclosed-comment",
            "A comment has no end, and would hide all text after it.",
            "End it with `-->`; if it is text, write `\\<!--`.",
        ),
        error(
            "markdown/unused-note",
            "No text refers to a footnote, or an earlier footnote has the same label, so `noroshi` would not publish it.",
            "Put its mark `[^…]` into the text, give it a label of its own, write `\\[^` if it is text, or remove it.",
        ),
    ],
};

pub(super) const TEXT: Family = Family {
    name: "text",
    about: "Text with a value for each locale, in site.yaml or front matter.",
    rows: &[
        error(
            "text/missing-first-locale",
            "A text has values by locale, but none in the first locale of the site.",
            "Add it in the first locale: the others fall back to it.",
        ),
        warning(
            "text/missing-locale",
            "A text has values by locale, but none in one of the site's locales.",
            "Add it; until then pages in that locale show the text of the first locale.",
        ),
        error(
            "text/unknown-locale",
            "A text has a value in a locale that the site does not have.",
            "Use the `locales` of site.yaml; put text that has a colon in quotes.",
        ),
    ],
};

pub(super) const TIME: Family = Family {
    name: "time",
    about: "Times, days and durations.",
    rows: &[
        error(
            "time/ambiguous",
            "A local time occurs twice, because clocks go back over it.",
            "Add the offset that you mean, as in `2026-11-01 01:30 -04:00`.",
        ),
        error(
            "time/impossible",
            "A day or a time of day does not exist.",
            "Check the day in a calendar; months go up to 12, hours up to 23.",
        ),
        error(
            "time/invalid",
            "`noroshi` cannot read a value as the time, the day or the time of day that it needs, or the value has several meanings.",
            "Write a time as `2026-11-20 10:15`, a day as `2026-12-29`, a time of day as `\"06:00\"`.",
        ),
        error("time/invalid-duration", "A value is not a duration.", "Write `30m`, `4h`, `7d` or `1h 30m`."),
        error(
            "time/nonexistent",
            "A local time does not exist, because clocks go forward over it.",
            "Write the time that clocks showed, or add an offset.",
        ),
        error(
            "time/out-of-range",
            "A time is outside the years 1970 to 2100.",
            "Correct the year, as in `2026-11-20 10:15`.",
        ),
    ],
};

pub(super) const UPDATE: Family = Family {
    name: "update",
    about: "Updates of an entry: `## status time`, and the fact lines below.",
    rows: &[
        error(
            "update/bad-time",
            "The heading of an update has no day, no year or no time of day, or a time with several meanings.",
            "Write the line that the help shows, as in `## status 2026-11-20 10:20`.",
        ),
        error(
            "update/comment-in-fact",
            "A fact line contains an HTML comment, which `noroshi` would publish.",
            "Move the comment into the text below the fact lines.",
        ),
        error("update/duplicate-fact", "An update has the same fact twice.", "Keep one of the two lines."),
        error("update/empty-fact", "A fact line has no value.", "Write a value, or leave the line out."),
        warning(
            "update/fact-in-words",
            "A line in the text looks like a fact line, but `noroshi` publishes it as text.",
            "Move it directly under the heading, above all text and without a blank line between.",
        ),
        warning(
            "update/in-future",
            "An update has a time in the future, so readers do not see it yet.",
            "Use the present time if readers should see it now; change nothing if they should see it later.",
        ),
        error(
            "update/near-heading",
            "A line contains a status and a date or a time but is not an update heading, so `noroshi` would miss the update: a heading of another level, a bold line, a line that begins with a bracket or a bullet.",
            "Write the line that the help shows; `check --fix` does so if only one correction is possible. If the line is part of a list, begin it with `- `.",
        ),
        warning(
            "update/out-of-order",
            "An update has an earlier time than the one above it, or one about a year later, which is probably a typo.",
            "Check its date and time; if they are right, move the update to its place in time.",
        ),
        error(
            "update/too-many",
            "An entry has more than 500 updates.",
            "Continue in a new entry, and link to it from this one. See docs/limits.md.",
        ),
        error(
            "update/unknown-fact",
            "The key of a fact line is close to a known key, or does not belong under this heading.",
            "Correct the key, or move the line to its heading; if the line is text, leave a blank line before it.",
        ),
        error(
            "update/unknown-status",
            "The heading of an update begins with a word that is not a status.",
            "Use a status of this kind of entry, in English or in another built-in language.",
        ),
        error(
            "update/wrong-status",
            "The status of an update belongs to another kind of entry.",
            "Use a status of this kind of entry, or `update`, which changes no state.",
        ),
    ],
};

pub(super) const YAML: Family = Family {
    name: "yaml",
    about: "YAML, in front matter, site.yaml and theme.yaml.",
    rows: &[
        error(
            "yaml/alias",
            "A value begins with `*`, which is an alias in YAML.",
            "Put it in quotes if it is text; `noroshi` does not allow aliases.",
        ),
        error(
            "yaml/anchor",
            "A value begins with `&`, which is an anchor in YAML.",
            "Put it in quotes if it is text; `noroshi` does not allow anchors.",
        ),
        error(
            "yaml/colon",
            "A key has a full-width colon or space after it, or no space at all.",
            "Write `key: value`, with a plain colon and a plain space.",
        ),
        error(
            "yaml/comment",
            "Text has a `#` after a space, so YAML reads the rest of the line as a comment and drops it.",
            "Put the text in quotes; if it is a comment, write a space after its `#`.",
        ),
        error("yaml/duplicate-key", "A mapping has the same key twice.", "Keep one of the two."),
        error(
            "yaml/line-separator",
            "The text contains an invisible line separator, usually copied from another program.",
            "Delete it, or replace it with a line break.",
        ),
        error(
            "yaml/not-a-mapping",
            "The text is YAML, but does not consist of keys and values.",
            "Write one `key: value` a line.",
        ),
        error(
            "yaml/syntax",
            "The text is not valid YAML.",
            "Write one `key: value` a line; put text with `: `, `#` or brackets in quotes.",
        ),
        error("yaml/tab", "A line is indented with a tab.", "Use spaces."),
        error(
            "yaml/tag",
            "A value begins with `!`, which is a tag in YAML.",
            "Put it in quotes if it is text; `noroshi` does not allow tags.",
        ),
        error(
            "yaml/too-deep",
            "Brackets are nested more than 32 deep.",
            "Close brackets that are still open, or put the value in quotes if it is text.",
        ),
        error(
            "yaml/unclosed",
            "A quote or bracket has no end.",
            "Close it; if the character is text, put the whole text in quotes.",
        ),
    ],
};
