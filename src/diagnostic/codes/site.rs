//! Codes of the site as a whole: its files, its configuration, its rules, what is published of it.

use super::{Family, error, warning};

pub(super) const HISTORY: Family = Family {
    name: "history",
    about: "What is asked of the repository that the content lies in.",
    rows: &[
        warning(
            "history/held",
            "A file has errors, so the site is published with its last committed state that had none.",
            "Mend the errors that are shown for the file.",
        ),
        error(
            "history/left-out",
            "A file has errors and no committed state without, so the site is published without it.",
            "Mend the errors that are shown for the file.",
        ),
        warning(
            "history/unknown",
            "The history of the content cannot be read, or not far enough, so what needs it was not checked.",
            "Run it in a repository with its whole history: with git installed, and no shallow clone.",
        ),
    ],
};

pub(super) const INTERNAL: Family = Family {
    name: "internal",
    about: "Faults of noroshi itself.",
    rows: &[error(
        "internal/panic",
        "A step of noroshi failed at this file, which is a fault of noroshi and perhaps not of the file.",
        "Report it with the file; until it is mended, change what you wrote last in it, or publish everything else with `noroshi build --hold-broken`.",
    )],
};

pub(super) const POLICY: Family = Family {
    name: "policy",
    about: "Rules of the team's own: `policy` in site.yaml. Its `levels` make each an error, a warning or nothing.",
    rows: &[
        warning(
            "policy/evaluation-overdue",
            "A maintenance is completed, and its evaluation is later than `evaluation_within`.",
            "Write `## Evaluation` with its time.",
        ),
        warning(
            "policy/first-update-late",
            "The first update of an incident came later than `first_update_within` after it was detected.",
            "Nothing makes it earlier: look whether `detected` is right, and say in the postmortem why.",
        ),
        error(
            "policy/forbidden-word",
            "A word of `forbid` would be published.",
            "Write it in other words, or add `allow: [word]` to the front matter of the entry.",
        ),
        error(
            "policy/looks-private",
            "Something that looks private would be published, such as a mail address, a phone number, an inner host or a key.",
            "Take it out, or put it under `internal`; if everybody may read it, add it to `allow` in site.yaml.",
        ),
        error(
            "policy/missing",
            "An entry lacks what `require` asks of its severity or kind.",
            "Add the key, field or section that is named.",
        ),
        warning(
            "policy/never-closed",
            "A maintenance is past its end without `completed`, or an active incident has been silent for days.",
            "Write the update that closes it, or one that says what is still going on.",
        ),
        warning(
            "policy/outside-quiet-hours",
            "The window of a maintenance is not wholly within `quiet_hours`.",
            "Move the window, or accept it: an `emergency` is exempt.",
        ),
        warning(
            "policy/overlap",
            "Two maintenances touch one component at one time.",
            "Move one of the two windows, or make them one maintenance.",
        ),
        warning(
            "policy/postmortem-overdue",
            "An incident is resolved, and its postmortem is later than `postmortem_within`.",
            "Write `## Postmortem` with its time.",
        ),
        warning(
            "policy/short-notice",
            "A maintenance is announced later before its window than `notice_before` asks.",
            "Move the window, or say in its words why it cannot wait: an `emergency` is exempt.",
        ),
        warning(
            "policy/silent-edit",
            "Words that were published have changed, and no `correction` says so.",
            "Add `## correction` with its time: what was wrong, and what is right.",
        ),
        warning(
            "policy/stale-translation",
            "An open entry lacks an update, or all of its words, in a locale of the site.",
            "Translate it: until then readers there see the first locale.",
        ),
        error(
            "policy/too-few-reviewers",
            "Fewer people than `reviewers` asks have looked at an entry.",
            "Let somebody who is not its author look at it, and add the name to `reviewed_by`.",
        ),
        warning(
            "policy/unconfirmed-reviewer",
            "The repository does not confirm that somebody in `reviewed_by` has looked at the entry; where too few remain, this is as grave as `policy/too-few-reviewers`.",
            "Let them commit to the entry, or name them in a `Reviewed-by` line of a commit that touches it.",
        ),
        warning(
            "policy/update-overdue",
            "An active entry has been silent longer than `update_every`, or than its `next_update` promised.",
            "Write an update, even if it only says that the work goes on.",
        ),
    ],
};

pub(super) const PRIVACY: Family = Family {
    name: "privacy",
    about: "What nobody outside may read.",
    rows: &[
        error(
            "privacy/leak",
            "Words of `internal`, of `reviewed_by`, of a draft or of what is not yet visible would be published.",
            "Look for those words in the file that is named, and take them out of it; docs/privacy.md says in which shapes they are looked for. If everybody may read them, add them to `allow` in site.yaml.",
        ),
        warning(
            "privacy/said-in-public",
            "Visible words of an entry say what `internal` or `reviewed_by` of an entry keeps private.",
            "Take the private words out of the visible ones. If everybody may read them, take them out of `internal`, or add them to `allow` in site.yaml.",
        ),
    ],
};

pub(super) const PUBLISH: Family = Family {
    name: "publish",
    about: "What was published before.",
    rows: &[warning(
        "publish/lost-address",
        "A page that was published before has no address any more.",
        "Give the entry that replaces it `aliases`, one for each language; or keep the entry and set `withdrawn`.",
    )],
};

pub(super) const SITE: Family = Family {
    name: "site",
    about: "`content/site.yaml`, and what must be unique in the whole site.",
    rows: &[
        error(
            "site/addresses-changed",
            "The site was published with `addresses: files`, and nothing would answer at those addresses any more.",
            "Write `addresses: [folders, files]` in site.yaml: each old address then leads to the new one.",
        ),
        error(
            "site/bad-hashtag",
            "A hashtag is more than one word, or made of digits alone.",
            "Write one word of letters, digits and `_`.",
        ),
        error(
            "site/bad-id",
            "An id has other signs than it may.",
            "Use small letters and digits, joined by `-`; ids of components also by `.`.",
        ),
        error(
            "site/bad-locale",
            "A locale is no language tag, or there is none.",
            "Write `locales: [en, ja]`, each as `en`, `ja` or `pt-BR`; the first is served at `/`.",
        ),
        error(
            "site/bad-mail-address",
            "A sender or reply address is no address for mail.",
            "Write `status@example.com` or `Example Status <status@example.com>`, in ASCII.",
        ),
        error(
            "site/bad-removed",
            "What stands under `removed` names no entry.",
            "Write the address of its page, as `/incidents/2026-11-20-yen/`, or its kind and id with `/` between.",
        ),
        error(
            "site/bad-url",
            "An address is not absolute, where one is needed.",
            "Write it as `https://status.example.com/`.",
        ),
        error(
            "site/colliding-address",
            "Two things would stand at one address, also one that is not visible yet.",
            "Rename one of the two.",
        ),
        error(
            "site/duplicate-id",
            "An id is used twice.",
            "Give one of the two another: components, groups, rows, columns and their aliases share one namespace.",
        ),
        error("site/duplicate-locale", "A locale stands in `locales` twice.", "Keep one of the two."),
        error(
            "site/end-before-start",
            "A component is `retired` before its `since`.",
            "Look at the two days again.",
        ),
        error(
            "site/missing",
            "There is no site: `content/site.yaml` is not there.",
            "Run `noroshi init` for a new site, or name the folder of yours with `--root`.",
        ),
        error(
            "site/nested-group",
            "A group of components stands inside a group.",
            "Put its components into one of the two.",
        ),
        error(
            "site/out-of-range",
            "A number or duration is too little or too much.",
            "Stay within the range that the help names.",
        ),
        error(
            "site/timezone-changed",
            "The site was published in another zone, and times without an offset would move.",
            "Run `noroshi check --fix --timezone-was ZONE` with the zone that it had, or put that zone back.",
        ),
        warning(
            "site/too-many-redirects",
            "The site has more old addresses (`aliases`) than hosts take rules in `_redirects`.",
            "Nothing needs to be done: at each of them a small page leads on. The rules for the newest entries are kept.",
        ),
        error(
            "site/unknown-demand",
            "`require` of `policy` asks for something that no entry can have.",
            "Ask for a key of front matter, a section, `fields.` and an id, or `internal.` and a key.",
        ),
        error(
            "site/unknown-kind",
            "A key of `policy` is no severity, no kind of maintenance, no kind of entry or no rule.",
            "Use one of those words; kinds of your own stand in `kinds`.",
        ),
        error(
            "site/unknown-locale",
            "A locale of the site has no messages.",
            "Use a built-in language, or bring the messages with `messages/<locale>.ftl` of a theme.",
        ),
        error(
            "site/unknown-theme",
            "`theme` names a theme that is not there.",
            "Use a built-in theme or a folder of `themes/`; `noroshi init --theme NAME` begins one.",
        ),
        error(
            "site/unknown-timezone",
            "`timezone` is no time zone.",
            "Write an IANA name such as `Asia/Tokyo` or `Europe/Dublin`.",
        ),
        warning(
            "site/unportable-address",
            "Windows cannot store a name of an address.",
            "Rename the file, the folder or the alias.",
        ),
    ],
};

pub(super) const SOURCE: Family = Family {
    name: "source",
    about: "Files of the content and of themes, before they are read.",
    rows: &[
        error(
            "source/bad-slug",
            "The name of a file cannot be an address.",
            "Use letters and digits of any script, `-` and `_`, at most 200 bytes.",
        ),
        error(
            "source/conflict-marker",
            "A merge conflict was never settled.",
            "Choose one of the two texts, and delete the lines with the markers.",
        ),
        error("source/file-name", "The name of a file is not UTF-8.", "Rename the file."),
        warning(
            "source/ignored-file",
            "A picture or a PDF lies in a folder of entries, and is not published.",
            "Put files that are to be copied under `content/static/`.",
        ),
        error(
            "source/not-an-entry",
            "A file in a folder of entries does not end in `.md` (`a.MD`, `a.md.txt`, `a.markdown`), so what it says would not be published.",
            "Rename it to the name that the message shows, or move it out of `content/`. Copies that editors and git leave (`a.md.orig`, `a.md~`) are ignored as long as `a.md` stands beside them.",
        ),
        error("source/not-utf8", "A text is not UTF-8.", "Save the file as UTF-8."),
        error("source/nul", "A text has a NUL byte, so it is none.", "Save the file as UTF-8 text."),
        error(
            "source/same-name",
            "Two files have one name: they differ only in how its accents are stored (Unicode NFC and NFD), as a Mac or an archive stores them.",
            "Keep one of the two.",
        ),
        error(
            "source/special-file",
            "A pipe, a socket or a device stands where a file should.",
            "Remove it.",
        ),
        error(
            "source/symlink",
            "A symbolic link stands where a file should, and is not followed.",
            "Put the file itself there: a site must not publish what lies outside it.",
        ),
        error(
            "source/too-large",
            "A file is larger than is read: text may have 1 MiB, a file of a theme 5 MiB.",
            "Make it smaller, or put it under `content/static/`.",
        ),
        error(
            "source/too-many",
            "`content/` has more files than one build reads.",
            "Split the site, or take out what nobody reads any more: docs/limits.md.",
        ),
        error(
            "source/too-many-faults",
            "A file has so many faults that only the first of them are reported.",
            "Mend those that are reported, and check again.",
        ),
        error(
            "source/unknown-file",
            "A file of `content/` has no meaning there.",
            "Put entries into their folders, and files that are to be copied under `static/`.",
        ),
        error(
            "source/unknown-folder",
            "A folder of `content/` has no meaning.",
            "Use `incidents`, `maintenance`, `notices`, `faq`, `pages`, `static` or `templates`.",
        ),
    ],
};

pub(super) const STATIC: Family = Family {
    name: "static",
    about: "Files of `content/static/`.",
    rows: &[
        error(
            "static/bad-name",
            "The path of a file cannot be published: it has a `\\` or a control character, is too long, or is one that noroshi keeps for itself.",
            "Rename the file or its folder.",
        ),
        warning(
            "static/hidden-file",
            "A file whose name begins with a dot is not published.",
            "Rename it without the dot; only `.well-known/` is published as it is.",
        ),
    ],
};
