//! Codes of the site as a whole: its files, its configuration, its rules, what is published of it.

use super::{Family, error, warning};

pub(super) const HISTORY: Family = Family {
    name: "history",
    about: "The git history of the content.",
    rows: &[
        warning(
            "history/held",
            "A file has errors, so `--hold-broken` publishes its last committed version without errors.",
            "Fix the errors that `noroshi` reports for the file.",
        ),
        error(
            "history/left-out",
            "A file has errors and no committed version without errors, so `--hold-broken` publishes the site without it.",
            "Fix the errors that `noroshi` reports for the file.",
        ),
        warning(
            "history/unknown",
            "A check or `--hold-broken` does not find what it needs in the git history, so `noroshi` skips it.",
            "Install git, and run `noroshi` in a repository with its whole history, not in a shallow clone; if `--hold-broken` publishes nothing, fix the errors.",
        ),
    ],
};

pub(super) const INTERNAL: Family = Family {
    name: "internal",
    about: "Bugs in noroshi itself.",
    rows: &[error(
        "internal/panic",
        "A step of `noroshi` failed at this file, which is a bug in `noroshi` and perhaps not an error in the file.",
        "Report the bug with the file; until it is fixed, change what you wrote last in the file, or publish everything else with `noroshi build --hold-broken`.",
    )],
};

pub(super) const POLICY: Family = Family {
    name: "policy",
    about: "Your team's own rules: `policy` in site.yaml. Its `levels` set each rule to an error, a warning or off.",
    rows: &[
        warning(
            "policy/evaluation-overdue",
            "A completed maintenance has no evaluation within the time that `evaluation_within` sets.",
            "Write `## Evaluation` with its time.",
        ),
        warning(
            "policy/first-update-late",
            "The first update of an incident came later than `first_update_within` after `detected` or `started`, or has not come yet.",
            "Post the update if it is missing. Otherwise check that `detected` is right, and explain the delay in the postmortem.",
        ),
        error(
            "policy/forbidden-word",
            "`noroshi` would publish a word that `forbid` lists.",
            "Use another word, or add `allow: [word]` to the front matter of the entry.",
        ),
        error(
            "policy/looks-private",
            "`noroshi` would publish text that looks private, such as a mail address, a phone number, an internal host or a key.",
            "Remove it, or move it to `internal`; if everyone may read it, add it to `allow` in site.yaml.",
        ),
        error(
            "policy/missing",
            "An entry lacks something that `require` demands for its severity or kind.",
            "Add the key, field or section that the message names.",
        ),
        warning(
            "policy/never-closed",
            "A maintenance is past its end without `completed`; or an incident, or a maintenance without a known end, has had no update for three days.",
            "Write the update that closes it, or one that says what is still going on.",
        ),
        warning(
            "policy/outside-quiet-hours",
            "The window of a maintenance is not entirely within `quiet_hours`.",
            "Move the window, or accept the finding; the rule skips an `emergency`.",
        ),
        warning(
            "policy/overlap",
            "Two maintenance windows affect the same component at the same time.",
            "Move one of the two windows, or merge the two entries into one.",
        ),
        warning(
            "policy/postmortem-overdue",
            "A resolved incident has no postmortem within the time that `postmortem_within` sets.",
            "Write `## Postmortem` with its time.",
        ),
        warning(
            "policy/short-notice",
            "A maintenance was announced, or moved to an earlier time, less than `notice_before` ahead of its window.",
            "Choose a later window, or say in the text why it cannot wait; an `emergency` is exempt.",
        ),
        warning(
            "policy/silent-edit",
            "Published text changed without a `correction`.",
            "Add `## correction` with its time, and write what was wrong and what is right.",
        ),
        warning(
            "policy/stale-translation",
            "An open entry lacks an update, or all of its text, in a locale of the site.",
            "Translate it; until then readers in that locale see the text of the first locale.",
        ),
        error(
            "policy/too-few-reviewers",
            "`reviewed_by` has fewer names than `reviewers` requires.",
            "Ask a person who is not the author to review the entry, and add the name to `reviewed_by`.",
        ),
        warning(
            "policy/unconfirmed-reviewer",
            "The repository does not confirm that a person in `reviewed_by` reviewed the entry; if too few confirmed names remain, this has the level of `policy/too-few-reviewers`.",
            "Ask that person to commit to the entry, or name the person in a `Reviewed-by` line of a commit that changes it.",
        ),
        warning(
            "policy/update-overdue",
            "An active incident has had no update for longer than `update_every`, or the `next_update` that an entry promised has passed.",
            "Write an update, even if it only says that the work continues.",
        ),
    ],
};

pub(super) const PRIVACY: Family = Family {
    name: "privacy",
    about: "Private text that `noroshi` must not publish.",
    rows: &[
        error(
            "privacy/leak",
            "`noroshi` would publish text of `internal`, of `reviewed_by`, of a draft, or of an entry or update that readers cannot see.",
            "Find the text in the file that the message names, and remove it; docs/privacy.md says in which forms `noroshi` finds it. If everyone may read it, add it to `allow` in site.yaml.",
        ),
        warning(
            "privacy/said-in-public",
            "The visible text of an entry contains what `internal` or `reviewed_by` of an entry keeps private.",
            "Remove the private text from the visible text. If everyone may read it, remove it from `internal`, or add it to `allow` in site.yaml.",
        ),
    ],
};

pub(super) const PUBLISH: Family = Family {
    name: "publish",
    about: "Pages that were published before.",
    rows: &[warning(
        "publish/lost-address",
        "The address of a page that was published before no longer works.",
        "Add the address to the `aliases` of the entry that replaces it, one for each language; or keep the entry and set `withdrawn`.",
    )],
};

pub(super) const SITE: Family = Family {
    name: "site",
    about: "`content/site.yaml`, and what must be unique in the whole site.",
    rows: &[
        error(
            "site/addresses-changed",
            "The site was published with `addresses: files`, and those addresses would stop working.",
            "Write `addresses: [folders, files]` in site.yaml: each old address then redirects to the new one.",
        ),
        error(
            "site/bad-hashtag",
            "A hashtag is not one word, or has only digits.",
            "Write one word of letters, digits and `_`.",
        ),
        error(
            "site/bad-id",
            "An id contains a character that ids cannot have.",
            "Use lower-case letters and digits, joined by `-`; in ids of components also by `.`.",
        ),
        error(
            "site/bad-locale",
            "A locale is not a language tag, or `locales` is empty.",
            "Write for example `locales: [en, ja]`, each as `en`, `ja` or `pt-BR`; pages in the first one are at `/`.",
        ),
        error(
            "site/bad-mail-address",
            "A sender or reply address is not a valid mail address.",
            "Write `status@example.com` or `Example Status <status@example.com>`, in ASCII.",
        ),
        error(
            "site/bad-removed",
            "A value of `removed` does not name an entry.",
            "Write the address of its page, as `/incidents/2026-11-20-yen/`, or its kind and id with `/` between them.",
        ),
        error(
            "site/bad-target",
            "A target of `deploy` has no destination, has several, or names one that noroshi cannot use.",
            "Write one of `s3`, `gcs`, `azure`, `folder` and `ssh`. Credentials come from the environment, never from site.yaml.",
        ),
        error(
            "site/bad-url",
            "An address is not absolute, but its key needs an absolute one.",
            "Write it as `https://status.example.com/`.",
        ),
        error(
            "site/colliding-address",
            "Two pages or files would have the same address, even if one of them is not visible yet; case makes no difference; or a file is in `assets/theme/`, which belongs to the theme.",
            "Rename one of the two. Move a file out of `assets/theme/`: browsers keep what is there for a year.",
        ),
        error(
            "site/duplicate-id",
            "Two things have the same id.",
            "Give one of them another id: components, groups, rows, columns and their aliases share one namespace.",
        ),
        error("site/duplicate-locale", "`locales` names a locale twice.", "Keep one of the two."),
        error(
            "site/end-before-start",
            "A component is `retired` before its `since`.",
            "Correct one of the two days.",
        ),
        error(
            "site/missing",
            "`content/site.yaml` is missing, or `noroshi` cannot read it.",
            "Run `noroshi init` for a new site, or name the folder of your site with `--root`.",
        ),
        error(
            "site/nested-group",
            "A group of components is inside another group.",
            "Move its components into one of the two groups.",
        ),
        error(
            "site/out-of-range",
            "A number or duration is too small or too large.",
            "Use a value within the range that the help shows.",
        ),
        error(
            "site/timezone-changed",
            "The last published site had another `timezone`, so times without an offset would change.",
            "Run `noroshi check --fix --timezone-was ZONE` with the earlier zone, or restore that zone in site.yaml.",
        ),
        warning(
            "site/too-many-redirects",
            "The site has more old addresses (`aliases`) than its host, or any host, accepts rules in `_redirects`.",
            "You need not do anything: a small page at each old address redirects. `_redirects` keeps the rules for the newest entries.",
        ),
        error(
            "site/unknown-demand",
            "`require` of `policy` names something that no entry can have.",
            "Write a key of front matter, a section, `fields.` and an id, or `internal.` and a key.",
        ),
        error(
            "site/unknown-kind",
            "A key of `policy` is not a severity, a kind of maintenance, a kind of entry or a rule.",
            "Use one of those words; define kinds of your own in `kinds`.",
        ),
        error(
            "site/unknown-locale",
            "A locale of the site has no messages.",
            "Use a built-in language, or add `messages/<locale>.ftl` to a theme.",
        ),
        error(
            "site/unknown-theme",
            "`theme` names a theme that does not exist.",
            "Use a built-in theme or a folder of `themes/`; `noroshi init --theme NAME` creates one.",
        ),
        error(
            "site/unknown-timezone",
            "`timezone` is not a known time zone.",
            "Write an IANA name such as `Asia/Tokyo` or `Europe/Dublin`.",
        ),
        warning(
            "site/unportable-address",
            "An address contains a name that Windows cannot store.",
            "Rename the file, the folder or the alias.",
        ),
    ],
};

pub(super) const SOURCE: Family = Family {
    name: "source",
    about: "Files of the content and of themes, before `noroshi` reads their text.",
    rows: &[
        error(
            "source/bad-slug",
            "The name of a file cannot be an address.",
            "Use letters and digits of any script, `-` and `_`, at most 200 bytes.",
        ),
        error(
            "source/conflict-marker",
            "A file contains the markers of a merge conflict.",
            "Choose one of the two texts, and delete the lines with the markers.",
        ),
        error("source/file-name", "The name of a file is not UTF-8.", "Rename the file."),
        warning(
            "source/ignored-file",
            "A picture, a PDF or another media file is in a folder of entries, where `noroshi` does not publish it.",
            "Move files that `noroshi` should copy to `content/static/`.",
        ),
        error(
            "source/not-an-entry",
            "The name of a file in a folder of entries does not end in `.md` (`a.MD`, `a.md.txt`, `a.markdown`), so `noroshi` would not publish its text.",
            "Rename it to the name that the help shows, or move it out of `content/`. `noroshi` ignores copies that editors and git leave: `a.md~`, and `a.md.orig` if `a.md` is beside it.",
        ),
        error("source/not-utf8", "A text is not UTF-8.", "Save the file as UTF-8."),
        error("source/nul", "A text file contains a NUL byte.", "Save the file as UTF-8 text."),
        error(
            "source/same-name",
            "The names of two files differ only in how they store accents (Unicode NFC and NFD); a Mac or an archive may change that.",
            "Keep one of the two.",
        ),
        error(
            "source/special-file",
            "A pipe, a socket or a device is in the place of a file.",
            "Remove it, or replace it with a file.",
        ),
        error(
            "source/symlink",
            "A file is a symbolic link, which `noroshi` does not follow.",
            "Replace it with the file itself: a site must not publish files from outside it.",
        ),
        error(
            "source/too-large",
            "A file is larger than `noroshi` reads: 1 MiB for text, 5 MiB for other files of a theme.",
            "Make it smaller, or move it to `content/static/`.",
        ),
        error(
            "source/too-many",
            "`content/` has more files than `noroshi` reads in one build.",
            "Split the site, or remove files that you no longer need. See docs/limits.md.",
        ),
        error(
            "source/too-many-faults",
            "A file has more than 100 errors and warnings, and `noroshi` reports only the first 100.",
            "Fix those that it reports, and run the command again.",
        ),
        error(
            "source/unknown-file",
            "`content/` contains a file that `noroshi` does not know.",
            "Move entries into their folders, and files that `noroshi` should copy to `content/static/`.",
        ),
        error(
            "source/unknown-folder",
            "`content/` contains a folder that `noroshi` does not know.",
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
            "`noroshi` cannot publish the path of a file: it has a `\\` or a control character, is too long, or is reserved for `noroshi`.",
            "Rename the file or its folder.",
        ),
        warning(
            "static/hidden-file",
            "The name of a file or of its folder begins with a dot, so `noroshi` does not publish the file.",
            "Rename it without the dot; `noroshi` publishes only `.well-known/` with its dot.",
        ),
    ],
};
