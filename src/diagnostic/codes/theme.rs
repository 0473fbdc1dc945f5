//! Codes of themes.

use super::{Family, error, warning};

pub(super) const THEME: Family = Family {
    name: "theme",
    about: "The folders of `themes/`; [branding.md](branding.md) explains how to make one.",
    rows: &[
        error(
            "theme/bad-colour",
            "The value of a token is not a colour that `noroshi` can read.",
            "Write `\"#rgb\"` or `\"#rrggbb\"`, in quotes: `noroshi` measures the contrast of such colours only.",
        ),
        error(
            "theme/bad-font",
            "The value of a token is not a list of fonts.",
            "Separate names by commas, end every quote, and leave out `;`, `{`, `}`, `<`, `>` and `\\`.",
        ),
        error(
            "theme/bad-length",
            "The value of a token is not a length.",
            "Write a number with `rem`, `em`, `px`, `ch`, `vw` or `%`, or `0`.",
        ),
        error(
            "theme/bad-locale",
            "The name of a file in `messages/` is not a language tag.",
            "Name it for example `en.ftl`, `ja.ftl` or `pt-BR.ftl`.",
        ),
        error(
            "theme/bad-message",
            "A line in `messages/` is not a message that `noroshi` can use.",
            "Write one `key = words` a line, with variables as `{ $n }`.",
        ),
        error("theme/bad-scheme", "`scheme` has an unknown value.", "Write `light dark`, `light` or `dark`."),
        error(
            "theme/cycle",
            "The `extends` of a theme leads back to the theme itself.",
            "Write `extends: default` in one of the themes: every theme must extend it in the end.",
        ),
        error(
            "theme/forbidden-element",
            "A slot contains an element, an attribute or text that cannot be there.",
            "Remove it, or link to a page that has it; branding.md lists what slots may contain.",
        ),
        error(
            "theme/foreign",
            "A slot or a stylesheet loads a file from another site, or hides which file it loads; or a link in a slot has a scheme that `noroshi` does not allow.",
            "Put the file into `assets/` and name it: pages load nothing from other sites.",
        ),
        error(
            "theme/import",
            "A stylesheet imports another stylesheet.",
            "Put that file into `assets/`; `noroshi` adds it to the pages.",
        ),
        error(
            "theme/inline",
            "A slot or a stylesheet contains a script, a style or a `data:` address that the content security policy of every page blocks.",
            "Put it into a file in `assets/`.",
        ),
        warning(
            "theme/low-contrast",
            "Some readers cannot read text of one colour on the other: their contrast is less than 4.5.",
            "Make one of the two lighter or darker.",
        ),
        error(
            "theme/message-too-large",
            "A message is nested too deeply, or is too long together with the messages that it refers to.",
            "Use fewer words, and do not refer to other messages. See docs/limits.md.",
        ),
        error(
            "theme/missing-asset",
            "A slot or a stylesheet names a file that is not in `assets/`.",
            "Check the name; in slots write `{asset:name}` for a file of `assets/` and `{root}name` for a file of `static/`.",
        ),
        warning(
            "theme/missing-messages",
            "A language lacks messages, so pages show them in English.",
            "Add them to its file in `messages/`.",
        ),
        warning(
            "theme/missing-variable",
            "A message leaves out a variable that the original has.",
            "Add the variable, unless you mean to leave it out.",
        ),
        error(
            "theme/unbalanced",
            "A tag, comment, string, bracket or rule has no end or no beginning, or a browser reads it differently from how you wrote it.",
            "Close it, or remove it.",
        ),
        warning(
            "theme/unknown-file",
            "A theme contains a file that `noroshi` does not use.",
            "Move it into `assets/`, `slots/` or `messages/`, or remove it.",
        ),
        error(
            "theme/unknown-key",
            "`noroshi` does not know a key of theme.yaml.",
            "Use `extends`, `scheme` and `tokens`, and `light` and `dark` within a colour.",
        ),
        warning(
            "theme/unknown-locale",
            "A slot is for a language that no site can have.",
            "Use a language that a site can have, or add messages for this one in `messages/`.",
        ),
        error(
            "theme/unknown-message",
            "A file of `messages/` contains or refers to a key that does not exist.",
            "Use a key of `themes/default/messages/en.ftl`.",
        ),
        error(
            "theme/unknown-parent",
            "`extends` names a theme that does not exist.",
            "Use a built-in theme or another folder of `themes/`.",
        ),
        error(
            "theme/unknown-placeholder",
            "A slot contains `{word}`, which is not a known placeholder.",
            "Use `{root}`, `{lang}` or `{asset:name}`; for a brace itself write `&#123;`.",
        ),
        error(
            "theme/unknown-slot",
            "The name of a file in `slots/` is not the name of a slot.",
            "Use `head.html`, `top.html`, `home-top.html`, `home-bottom.html` or `footer.html`.",
        ),
        error(
            "theme/unknown-token",
            "`tokens` names a token that does not exist.",
            "Use a token of the table in branding.md.",
        ),
        error(
            "theme/unknown-variable",
            "A message uses a variable that it does not have.",
            "Use the variables of the same message in `themes/default/messages/en.ftl`.",
        ),
        error(
            "theme/wrong-type",
            "A value of theme.yaml has the wrong type for its key.",
            "Write one value on the line of a key, and `tokens` as a mapping.",
        ),
    ],
};
