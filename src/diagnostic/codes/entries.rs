//! Codes of what entries say: keys, components, times that fit together, links, translations.

use super::{Family, error, warning};

pub(super) const ENTRY: Family = Family {
    name: "entry",
    about: "Keys and values, in front matter and in site.yaml.",
    rows: &[
        error(
            "entry/bad-alias",
            "An old address in `aliases` is none of this site.",
            "Write it from the root, as `/old/path/`.",
        ),
        error(
            "entry/bad-api-id",
            "An `api_id` cannot stand in an address of the API.",
            "Use letters, digits, `-` and `_`, at most 64 of them; or leave it out to get one.",
        ),
        error(
            "entry/duplicate-id",
            "Two entries of one kind have the same `id`.",
            "Give one of the two another: feeds and calendars know an entry by it.",
        ),
        error(
            "entry/duplicate-slug",
            "Two entries of one kind have the same slug, or one entry has two files in the first locale.",
            "Rename one of the files: folders, case and width of letters make no difference.",
        ),
        error("entry/empty", "A key has a text without words.", "Write something, or leave the key out."),
        error(
            "entry/missing-key",
            "A key that must be there is missing or has no value.",
            "Add the key with its value.",
        ),
        error(
            "entry/open-and-gone",
            "An entry was open when the site was last published, and readers cannot see it any more.",
            "Bring it back and say how it ended, set `withdrawn`, or name it under `removed` in site.yaml.",
        ),
        error(
            "entry/renamed",
            "An entry that was published stands under another id, or at another address that nothing leads to.",
            "Add the lines `id` and `aliases` that the help shows; if it is another entry, name the old one under `removed` in site.yaml.",
        ),
        error(
            "entry/too-long",
            "A text in front matter or site.yaml is longer than may stand on every page.",
            "Say it shorter; long words of an entry stand in its body: docs/limits.md.",
        ),
        error(
            "entry/too-many",
            "A list in front matter or site.yaml has more items than are read.",
            "Leave out what is not needed any more: docs/limits.md.",
        ),
        error(
            "entry/unknown-field",
            "`fields` names a field that site.yaml does not have for this kind of entry.",
            "Use the id of a field, or add the field to `fields` in site.yaml with this kind in its `on`.",
        ),
        error(
            "entry/unknown-key",
            "A key has no meaning where it stands.",
            "Look for a slip in its spelling; notes that nobody else reads go under `internal`.",
        ),
        error(
            "entry/unknown-word",
            "A value is none of the words that may stand there, such as a severity, a kind or a level.",
            "Use one of those words, in English or in a built-in language.",
        ),
        error(
            "entry/wrong-type",
            "A value has another form than its key wants, such as a list in the place of text.",
            "Write it in the wanted form; put text with brackets, braces or colons in quotes.",
        ),
    ],
};

pub(super) const FEED: Family = Family {
    name: "feed",
    about: "What subscribers are told.",
    rows: &[
        warning(
            "feed/no-time",
            "A notice or a maintenance has no time at which it was said, so no feed and no history tells of it.",
            "Add `publish_at`, or a first update with its time.",
        ),
        error(
            "feed/too-large",
            "An entry stands in the feed of every component that it touches, in three formats and each language; all feeds together would be too large.",
            "Shorten it, name fewer components, or let feeds hold fewer items: docs/limits.md.",
        ),
    ],
};

pub(super) const INCIDENT: Family = Family {
    name: "incident",
    about: "Incidents.",
    rows: &[
        warning(
            "incident/backfilled-when",
            "A backfilled incident does not say when it was put on record.",
            "Add `publish_at`: its one feed item has that time.",
        ),
        error(
            "incident/end-before-start",
            "An incident ends, or is expected to, before it has started.",
            "Look at `started`, `expected_recovery`, `ended` and the time of `resolved` again.",
        ),
        error(
            "incident/end-in-future",
            "`ended` is later than the update that says so.",
            "State an end once it has come; until then there is `expected_recovery`.",
        ),
        warning(
            "incident/severity-lowered",
            "A severity is lowered, and a component keeps a worse status than it says.",
            "Say how the component is now, in an `affects` line of that update or of a later one.",
        ),
        warning(
            "incident/undated-postmortem",
            "A postmortem has no time at which it was said, so no feed tells of it.",
            "Write the time at the end of its heading: `## Postmortem 2026-11-25 18:00`.",
        ),
        error(
            "incident/unknown-component",
            "An incident names a component that site.yaml does not have.",
            "Use the id or the exact name of a component, row, column or group.",
        ),
        warning(
            "incident/update-before-start",
            "An update is earlier than the incident's `started`.",
            "Correct one of the two times; what was said before the impact began is `## update`.",
        ),
    ],
};

pub(super) const LINK: Family = Family {
    name: "link",
    about: "Links and images.",
    rows: &[
        error(
            "link/foreign-image",
            "An image is loaded from another site.",
            "Put it under `content/static/` and write its address from the root, as `/picture.png`.",
        ),
        error(
            "link/missing-target",
            "A link, or `logo`, leads to an entry, a file, an address or a heading that is not there.",
            "Look at the path: `../` leads out of the folder of the file, and headings are named by their words. Of an update its mark on the page shows the address, as `#resolved-20261120T021500Z`.",
        ),
        warning(
            "link/misspelt",
            "Brackets and an address were meant as a link, and are published as they stand: `［text］（https://…）`, `[text] (https://…)`, or a blank in the address.",
            "Write `[text](https://…)` with half-width brackets, nothing between them, and `%20` for a blank in the address.",
        ),
        error(
            "link/not-allowed",
            "A link leads to an address of a kind that no page may have, such as `javascript:` or `data:`.",
            "Link to `https://…`, `http://…`, `mailto:…`, `tel:…`, `/path`, `#id` or to the file of an entry.",
        ),
        warning(
            "link/not-published",
            "A link leads to a draft, so its words are shown without the link.",
            "Publish the draft, or leave the link out.",
        ),
        warning(
            "link/title",
            "The title of a link or an image, as in `[text](https://… \"title\")`, is not published.",
            "Write it into the text of the link, or beside it.",
        ),
        error(
            "link/unused-definition",
            "A line such as `[label]: words` defines a link that no text uses, or whose label another line has: its words would not be published.",
            "Write `\\[` if the line is text; else use the link, or remove the line.",
        ),
    ],
};

pub(super) const MAINTENANCE: Family = Family {
    name: "maintenance",
    about: "Maintenance, and series of it.",
    rows: &[
        error(
            "maintenance/bad-phase",
            "A part of a `phases` line cannot be read.",
            "Write components, mode and times, with `;` between parts: `phases: api=halted 02:00-04:00`.",
        ),
        error(
            "maintenance/bad-recurrence",
            "The rule of a series cannot be read, or the window is not its first occurrence.",
            "Write a rule such as `FREQ=WEEKLY;BYDAY=TU` or 毎週火曜, at most once a day, and begin the window on a day of the rule.",
        ),
        error(
            "maintenance/end-before-start",
            "A window, a phase or a series ends before it starts, also after a change of plan.",
            "Look at the two times again; an end that nobody knows is `unknown`.",
        ),
        error(
            "maintenance/endless-recurrence",
            "The window of a series has no end.",
            "Write when it ends: every occurrence is as long.",
        ),
        error(
            "maintenance/no-occurrence",
            "A day or an update belongs to no occurrence of the series.",
            "Name a day of the series, under an update as `occurrence: 2026-12-08`.",
        ),
        error(
            "maintenance/no-series",
            "`occurrence` stands under an update of a maintenance that is no series.",
            "Leave the line out, or add `recurrence` to the front matter.",
        ),
        error(
            "maintenance/phase-outside-window",
            "A phase is not a part of the window.",
            "Change the phase or the window.",
        ),
        warning(
            "maintenance/phases-unknown",
            "A change of plan moves the start and the length too, so nobody knows the times of the phases any more.",
            "Add a line below the heading of that update: `phases: api=halted 02:00-04:00`. Until then no phases are shown.",
        ),
        error(
            "maintenance/too-many-occurrences",
            "A series has more occurrences than can have pages.",
            "Begin it later, or end it with `until` and begin a new one in a file of its own: docs/limits.md.",
        ),
        warning(
            "maintenance/unclear-occurrence",
            "An update belongs to one occurrence of a series and may mean another.",
            "Say which: `occurrence: 2026-12-08` directly under its heading.",
        ),
        warning(
            "maintenance/undated-evaluation",
            "An evaluation has no time at which it was said, so no feed tells of it.",
            "Write the time at the end of its heading: `## Evaluation 2026-12-02 10:00`.",
        ),
        error(
            "maintenance/unknown-component",
            "A maintenance names a component that site.yaml does not have.",
            "Use the id or the exact name of a component, row, column or group.",
        ),
    ],
};

pub(super) const NOTICE: Family = Family {
    name: "notice",
    about: "Notices.",
    rows: &[
        error(
            "notice/end-before-start",
            "A notice expires before it is published.",
            "Look at `publish_at` and `expires_at` again.",
        ),
        error(
            "notice/unknown-component",
            "A notice names a component that site.yaml does not have.",
            "Use the id or the exact name of a component, row, column or group.",
        ),
    ],
};

pub(super) const QUESTION: Family = Family {
    name: "question",
    about: "Questions in `faq/`.",
    rows: &[error(
        "question/unknown-component",
        "A question names a component that site.yaml does not have.",
        "Use the id or the exact name of a component, row, column or group.",
    )],
};

pub(super) const TRANSLATION: Family = Family {
    name: "translation",
    about: "Translations: `slug.locale.md` beside `slug.md`.",
    rows: &[
        warning(
            "translation/different-questions",
            "The section FAQ of a translation has another number of questions than that of the original.",
            "Translate each question in the same order; until then those of the original are shown.",
        ),
        warning(
            "translation/facts",
            "A translation says facts, which are not read.",
            "Say them in the original: facts stand in one place.",
        ),
        warning(
            "translation/held-back",
            "A translation has `draft`, `publish_at` or `withdrawn`, so it is left out.",
            "Take the key out when the translation may be read.",
        ),
        error(
            "translation/orphan",
            "A translation has no original beside it.",
            "Write the original in the first locale: it holds the facts.",
        ),
        error(
            "translation/unknown-locale",
            "The name of a file ends in a locale that the site does not have.",
            "Use one of the `locales` of site.yaml, or add this one.",
        ),
        warning(
            "translation/unknown-section",
            "A translation has a section that the original does not have, so its words are not shown.",
            "Add the section to the original.",
        ),
        warning(
            "translation/unknown-text",
            "A translation has a text of front matter that the original does not have, so it is not shown.",
            "Add the key to the original.",
        ),
        warning(
            "translation/unknown-update",
            "A translation has an update that the original does not have, so it is not shown.",
            "Repeat status and time of the original's heading.",
        ),
    ],
};
