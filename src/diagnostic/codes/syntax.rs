//! Codes of what is written: front matter, YAML, headings, fact lines, times.

use super::{Family, error, warning};

pub(super) const BODY: Family = Family {
    name: "body",
    about: "Sections of an entry.",
    rows: &[
        error(
            "body/duplicate-section",
            "A section stands in an entry a second time.",
            "Put the words into one section.",
        ),
        error(
            "body/section-time",
            "A section has a time that it does not take, or a day without a time of day.",
            "Only `## Postmortem` and `## Evaluation` take a time, as in `## Postmortem 2026-11-25 18:00`.",
        ),
        error(
            "body/unknown-section",
            "A `##` heading after the first update or section is neither of the two.",
            "Write `## status time` or the name of a section; use `###` for headings of your own.",
        ),
        error(
            "body/wrong-section",
            "A section belongs to another kind of entry.",
            "Use a section of this kind, or `###` for a heading of your own.",
        ),
    ],
};

pub(super) const FAQ: Family = Family {
    name: "faq",
    about: "Questions and their answers, in `faq/` and in entries.",
    rows: &[
        error(
            "faq/no-answer",
            "A question has no words or no answer.",
            "Write the answer below the `###` line, or below the front matter of a file in `faq/`.",
        ),
        error(
            "faq/no-question",
            "The section FAQ has no question, or words before the first one.",
            "Begin it with `### The question?`, and write its answer below.",
        ),
        warning(
            "faq/still-checking",
            "An incident is resolved or a maintenance completed, and an answer of its own FAQ still says that something is being checked.",
            "Write what was found out; if it never was, say that, in the past tense.",
        ),
        error(
            "faq/too-many",
            "The FAQ of an entry has more questions than one page may hold.",
            "Put those that concern all entries under `content/faq/`: docs/limits.md.",
        ),
    ],
};

pub(super) const FRONT_MATTER: Family = Family {
    name: "front-matter",
    about: "The lines between `---` and `---` that a file begins with.",
    rows: &[
        error(
            "front-matter/missing",
            "A file does not begin with front matter.",
            "Begin with a line that is exactly `---`, then the keys, then such a line again.",
        ),
        error(
            "front-matter/too-large",
            "Front matter is longer than 64 KiB.",
            "End it with a line `---`; the text of an entry stands below it.",
        ),
        error(
            "front-matter/unclosed",
            "Front matter begins and never ends.",
            "End it with a line that is exactly `---`, without blanks and without further signs.",
        ),
    ],
};

pub(super) const MARKDOWN: Family = Family {
    name: "markdown",
    about: "Words as Markdown.",
    rows: &[
        error(
            "markdown/lost-words",
            "Words stand where Markdown shows none: in a cell that the first row of a table does not have, or behind the signs that begin a block of code.",
            "Give the first row as many cells; write words outside the block of code, and `\\` before a sign that is text.",
        ),
        error(
            "markdown/too-large",
            "A text becomes many times its own size as HTML, such as by a long footnote that is used often.",
            "Write long notes and addresses once, and split the text into several entries: docs/limits.md.",
        ),
        error(
            "markdown/unclosed-comment",
            "A comment never ends, and would hide all words after it.",
            "End it with `-->`; write `\\<!--` where it is text.",
        ),
        error(
            "markdown/unused-note",
            "No text shows a footnote, or its label has a footnote before it: its words would not be published.",
            "Put its mark `[^…]` where it is meant, write `\\[^` if it is text, or remove it.",
        ),
    ],
};

pub(super) const TEXT: Family = Family {
    name: "text",
    about: "Text that site.yaml or front matter gives by locale.",
    rows: &[
        error(
            "text/missing-first-locale",
            "A text is given by locale, and not in the first locale of the site.",
            "Add it in the first locale: the others fall back to it.",
        ),
        warning(
            "text/missing-locale",
            "A text is given by locale, and not in every locale of the site.",
            "Add it; until then the text of the first locale is shown there.",
        ),
        error(
            "text/unknown-locale",
            "A text is given in a locale that the site does not have.",
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
            "A local time exists twice, since clocks are put back over it.",
            "Add the offset that is meant, as in `2026-11-01 01:30 -04:00`.",
        ),
        error(
            "time/impossible",
            "A day or a time of day does not exist.",
            "Look at a calendar: months go to 12, hours to 23.",
        ),
        error(
            "time/invalid",
            "A value is no time, no day or no time of day where one is wanted, or it has several meanings.",
            "Write `2026-11-20 10:15`, where only a day is wanted `2026-12-29`, for a time of day `\"06:00\"`.",
        ),
        error("time/invalid-duration", "A value is no duration.", "Write `30m`, `4h`, `7d` or `1h 30m`."),
        error(
            "time/nonexistent",
            "A local time does not exist, since clocks are put forward over it.",
            "Write the time that clocks showed, or add an offset.",
        ),
        error(
            "time/out-of-range",
            "A time lies outside of the years 1970 to 2100.",
            "Look at the year again.",
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
            "Write the line of the help, as in `## status 2026-11-20 10:20`.",
        ),
        error(
            "update/comment-in-fact",
            "A fact line holds an HTML comment, which would be published with it.",
            "Put the comment among the words.",
        ),
        error("update/duplicate-fact", "An update says a fact twice.", "Keep one of the two lines."),
        error("update/empty-fact", "A fact line has no value.", "Write a value, or leave the line out."),
        warning(
            "update/fact-in-words",
            "A line among the words reads like a fact, and is published as words.",
            "Put it directly under the heading, above all words and without a blank line.",
        ),
        warning(
            "update/in-future",
            "An update is dated later than now, so nobody reads it yet.",
            "Give it the present time if it is to be read now; what is to be said later may stay.",
        ),
        error(
            "update/near-heading",
            "A line holds a status and a date or a time and is no update heading, so its update would be missed: a heading of another level, a bold line, a line that begins with a bracket or a bullet.",
            "`check --fix` writes the line of the help where nothing has to be guessed. If the line is part of a list, begin it with `- `.",
        ),
        warning(
            "update/out-of-order",
            "An update is dated earlier than the one written before it, or about a year later: most likely a slip.",
            "Look at its date and time again.",
        ),
        error(
            "update/too-many",
            "An entry has more updates than one page may hold.",
            "Go on in a new entry, and link to it from this one: docs/limits.md.",
        ),
        error(
            "update/unknown-fact",
            "The key of a fact line is nearly a known one, or has no meaning under this heading.",
            "Correct the key; leave a blank line before the words if it is none.",
        ),
        error(
            "update/unknown-status",
            "The heading of an update begins with a word that is no status.",
            "Use a status of this kind of entry, in English or in a built-in language.",
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
            "Put it in quotes if it is text; aliases are not allowed.",
        ),
        error(
            "yaml/anchor",
            "A value begins with `&`, which is an anchor in YAML.",
            "Put it in quotes if it is text; anchors are not allowed.",
        ),
        error(
            "yaml/colon",
            "After a key stands a full-width colon or blank, or no blank at all.",
            "Write `key: value`, with a plain colon and a plain blank.",
        ),
        error(
            "yaml/comment",
            "Text has a `#` after a blank, so YAML takes the rest of the line as a comment and it would be lost.",
            "Put the text in quotes; a comment is written with a blank after its `#`.",
        ),
        error("yaml/duplicate-key", "A key stands twice.", "Keep one of the two."),
        error(
            "yaml/line-separator",
            "An invisible line separator stands in the text, mostly from a copy out of another program.",
            "Delete it, or begin a new line in its place.",
        ),
        error(
            "yaml/not-a-mapping",
            "The text is YAML, and not made of keys and values.",
            "Write one `key: value` a line.",
        ),
        error(
            "yaml/syntax",
            "The text is not YAML.",
            "Write one `key: value` a line; put text with `: `, `#` or brackets in quotes.",
        ),
        error("yaml/tab", "A line is indented with a tab.", "Use blanks."),
        error(
            "yaml/tag",
            "A value begins with `!`, which is a tag in YAML.",
            "Put it in quotes if it is text; tags are not allowed.",
        ),
        error(
            "yaml/too-deep",
            "Brackets are more than 32 deep.",
            "No key needs that many; look for brackets that were not closed, or put text in quotes.",
        ),
        error(
            "yaml/unclosed",
            "A quote or bracket never ends.",
            "End it; where the sign is text, put all of the text in quotes.",
        ),
    ],
};
