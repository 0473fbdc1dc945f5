//! Codes of what entries say: keys, components, times that fit together, links, translations.

use super::{Family, error, warning};

pub(super) const ENTRY: Family = Family {
    name: "entry",
    about: "Keys and values, in front matter and in site.yaml.",
    rows: &[
        error(
            "entry/bad-alias",
            "An old address in `aliases` cannot be an address of this site.",
            "Write it from the root, as `/old/path/`.",
        ),
        error(
            "entry/bad-api-id",
            "An `api_id` cannot be part of an address of the API.",
            "Use at most 64 letters, digits, `-` and `_`; or leave `api_id` out, and `noroshi` makes one.",
        ),
        error(
            "entry/duplicate-id",
            "Two entries of one kind have the same `id`.",
            "Give one of them another `id`: feeds and calendars recognise an entry by it.",
        ),
        error(
            "entry/duplicate-slug",
            "Two entries of one kind have the same slug, or one entry has two files in the first locale.",
            "Rename one of the files; `noroshi` ignores folders, case and the width of letters when it compares slugs.",
        ),
        error("entry/empty", "The text of a key is empty.", "Write a text, or leave the key out."),
        error(
            "entry/missing-key",
            "A required key is missing or has no value.",
            "Add the key with a value, as in the example that the help shows.",
        ),
        error(
            "entry/open-and-gone",
            "An entry was open when the site was last published, and readers can no longer see it.",
            "Restore it and write how it ended, set `withdrawn`, or add it to `removed` in site.yaml.",
        ),
        error(
            "entry/renamed",
            "A published entry now has another id or kind, or another address to which the old one does not redirect.",
            "Add the lines `id` and `aliases` that the help shows, or move the file back to the folder of its kind; if it is a different entry, add the old one to `removed` in site.yaml.",
        ),
        error(
            "entry/too-long",
            "A text in front matter or site.yaml is longer than 4 KiB.",
            "Shorten it; write long text into the body of the entry. See docs/limits.md.",
        ),
        error(
            "entry/too-many",
            "A list in front matter or site.yaml has more items than `noroshi` reads.",
            "Remove items that you no longer need. See docs/limits.md.",
        ),
        error(
            "entry/unknown-field",
            "`fields` names a field that site.yaml does not define for this kind of entry.",
            "Use the id of a field, or add the field to `fields` in site.yaml with this kind in its `on`.",
        ),
        error(
            "entry/unknown-key",
            "`noroshi` does not know this key in this place.",
            "Check its spelling; write notes of your own under `internal`, which `noroshi` never publishes.",
        ),
        error(
            "entry/unknown-word",
            "A value is not one of the words that its key takes, such as a severity, a kind or a level.",
            "Use one of those words, in English or in another built-in language.",
        ),
        error(
            "entry/wrong-type",
            "A value has the wrong type for its key, such as a list instead of text.",
            "Write a value of the type that the message names; put text with brackets, braces or colons in quotes.",
        ),
    ],
};

pub(super) const FEED: Family = Family {
    name: "feed",
    about: "What feeds tell subscribers.",
    rows: &[
        warning(
            "feed/no-time",
            "A notice or a maintenance has neither `publish_at` nor an update, so feeds and the history do not show it.",
            "Add `publish_at`, or a first update with its time.",
        ),
        error(
            "feed/too-large",
            "The feeds together would be larger than 256 MiB: an entry is in the feed of every component that it affects, in three formats and each language.",
            "Shorten the entry, name fewer components, or set fewer items with `feeds: {items: …}` in site.yaml. See docs/limits.md.",
        ),
    ],
};

pub(super) const INCIDENT: Family = Family {
    name: "incident",
    about: "Incidents.",
    rows: &[
        warning(
            "incident/backfilled-when",
            "A backfilled incident has no `publish_at`.",
            "Add `publish_at` with the time at which you recorded the incident: its one feed item has that time.",
        ),
        error(
            "incident/end-before-start",
            "An incident ends, or is expected to end, before it starts.",
            "Check `started`, `expected_recovery`, `ended` and the time of `resolved`.",
        ),
        error(
            "incident/end-in-future",
            "`ended` is later than the update that contains it.",
            "Write `ended` once the impact has ended; until then use `expected_recovery`.",
        ),
        warning(
            "incident/severity-lowered",
            "An update lowers the severity, but a component keeps a status that is worse than the new severity implies.",
            "Write the current status of the component in an `affects` line of that update or of a later one.",
        ),
        warning(
            "incident/undated-postmortem",
            "A postmortem has no time, so feeds do not announce it.",
            "Write the time at the end of its heading: `## Postmortem 2026-11-25 18:00`.",
        ),
        error(
            "incident/unknown-component",
            "An incident names a component that site.yaml does not define, or `ended` names one that the incident does not affect.",
            "Use the id or the exact name of a component, row, column or group; a component in `ended` must be in `affects` too.",
        ),
        warning(
            "incident/update-before-start",
            "An update is earlier than the incident's `started`.",
            "Correct one of the two times; if you posted before the impact began, use `## update`.",
        ),
    ],
};

pub(super) const LINK: Family = Family {
    name: "link",
    about: "Links and images.",
    rows: &[
        error(
            "link/foreign-image",
            "A page would load an image from another site.",
            "Put the image under `content/static/` and write its address from the root, as `/picture.png`.",
        ),
        error(
            "link/missing-target",
            "A link or `logo` leads to an entry, a file, an address, a heading, a section or an update that does not exist.",
            "Check the path: `../` leads out of the folder of the file. The id of a heading comes from its text: `### Root cause` is `#root-cause`. The mark of an update on its page shows the address, as `#resolved-20261120T021500Z`.",
        ),
        warning(
            "link/misspelt",
            "Brackets and an address look like a link, but `noroshi` publishes them as text: `［text］（https://…）`, `[text] (https://…)`, or a space in the address.",
            "Write `[text](https://…)` with half-width brackets, nothing between them, and `%20` for a space in the address.",
        ),
        error(
            "link/not-allowed",
            "A link leads to an address that `noroshi` does not allow, such as `javascript:` or `data:`.",
            "Link to `https://…`, `http://…`, `mailto:…`, `tel:…`, `/path`, `#id` or the file of an entry.",
        ),
        warning(
            "link/not-published",
            "A link leads to a draft, so pages show its text without the link.",
            "Publish the draft, or remove the link.",
        ),
        warning(
            "link/title",
            "A link or an image has a title, as in `[text](https://… \"title\")`, which `noroshi` does not publish.",
            "Write the title into the text of the link, or beside it.",
        ),
        error(
            "link/unused-definition",
            "A line such as `[label]: words` defines a link that no text uses, or a label that another line defines, so `noroshi` would not publish its text.",
            "Write `\\[` if the line is text; otherwise use the link, or remove the line.",
        ),
    ],
};

pub(super) const MAINTENANCE: Family = Family {
    name: "maintenance",
    about: "Maintenance, also in series.",
    rows: &[
        error(
            "maintenance/bad-phase",
            "`noroshi` cannot read a part of a `phases` line.",
            "Write components, mode and times, with `;` between parts: `phases: api=halted 02:00-04:00`.",
        ),
        error(
            "maintenance/bad-recurrence",
            "`noroshi` cannot read the rule of a series, or the window is not the first occurrence of the rule.",
            "Write a rule that repeats at most once a day, such as `FREQ=WEEKLY;BYDAY=TU` or 毎週火曜, and start the window on a day of the rule.",
        ),
        error(
            "maintenance/end-before-start",
            "A window, a phase or a series ends before it starts, possibly because an update changes the plan.",
            "Check both times; if you do not know the end of the window, write `unknown`.",
        ),
        error(
            "maintenance/endless-recurrence",
            "The window of a series has no end.",
            "Write when the window ends: every occurrence lasts as long as the window.",
        ),
        error(
            "maintenance/no-occurrence",
            "A day or an update does not match any occurrence of the series.",
            "Write a day of the series; under an update, for example `occurrence: 2026-12-08`.",
        ),
        error(
            "maintenance/no-series",
            "An update has an `occurrence` line, but the maintenance is not a series.",
            "Remove the line, or add `recurrence` to the front matter.",
        ),
        error(
            "maintenance/phase-outside-window",
            "A phase is not entirely within the window.",
            "Change the phase or the window.",
        ),
        warning(
            "maintenance/phases-unknown",
            "An update changes both the start and the length of the window, so `noroshi` no longer knows the times of the phases.",
            "Add a line below the heading of that update: `phases: api=halted 02:00-04:00`. Until then pages show no phases.",
        ),
        error(
            "maintenance/too-many-occurrences",
            "A series begins before 2010, or more than 5,000 of its occurrences come before the one that an update is about.",
            "Begin the series later, or end it with `until` and begin a new one in a file of its own. See docs/limits.md.",
        ),
        warning(
            "maintenance/unclear-occurrence",
            "`noroshi` assigns an update to one occurrence of a series, but it may be about another.",
            "Name the occurrence directly under the heading, for example `occurrence: 2026-12-08`.",
        ),
        warning(
            "maintenance/undated-evaluation",
            "An evaluation has no time, so feeds do not announce it.",
            "Write the time at the end of its heading: `## Evaluation 2026-12-02 10:00`.",
        ),
        error(
            "maintenance/unknown-component",
            "A maintenance names a component that site.yaml does not define.",
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
            "A notice has an `expires_at` that is not after its `publish_at`.",
            "Check `publish_at` and `expires_at`.",
        ),
        error(
            "notice/unknown-component",
            "A notice names a component that site.yaml does not define.",
            "Use the id or the exact name of a component, row, column or group.",
        ),
    ],
};

pub(super) const QUESTION: Family = Family {
    name: "question",
    about: "Questions in `faq/`.",
    rows: &[error(
        "question/unknown-component",
        "A question names a component that site.yaml does not define.",
        "Use the id or the exact name of a component, row, column or group.",
    )],
};

pub(super) const TRANSLATION: Family = Family {
    name: "translation",
    about: "Translations: `slug.locale.md` beside `slug.md`.",
    rows: &[
        warning(
            "translation/different-questions",
            "The FAQ section of a translation does not have as many questions as that of the original.",
            "Translate each question in the same order; until then pages show those of the original.",
        ),
        warning(
            "translation/facts",
            "A translation has a fact line, which `noroshi` does not read.",
            "Write the fact in the original, which holds all facts.",
        ),
        warning(
            "translation/held-back",
            "A translation has `draft`, `publish_at` or `withdrawn`, so `noroshi` leaves it out.",
            "Remove the key when readers may see the translation.",
        ),
        error(
            "translation/orphan",
            "A translation has no original beside it.",
            "Add the original in the first locale: it holds the facts.",
        ),
        error(
            "translation/unknown-locale",
            "The name of a file ends in a locale that the site does not have.",
            "Use one of the `locales` of site.yaml, or add this one.",
        ),
        warning(
            "translation/unknown-section",
            "A translation has a section that the original does not have, so pages do not show it.",
            "Add the section to the original.",
        ),
        warning(
            "translation/unknown-text",
            "A translation has a text in front matter that the original does not have, so pages do not show it.",
            "Add the key to the original.",
        ),
        warning(
            "translation/unknown-update",
            "A translation has an update that the original does not have, so pages do not show it.",
            "Repeat the status and the time of the heading in the original.",
        ),
    ],
};
