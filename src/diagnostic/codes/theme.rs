//! Codes of themes.

use super::{Family, error, warning};

pub(super) const THEME: Family = Family {
    name: "theme",
    about: "The folders of `themes/`; how to make one stands in [branding.md](branding.md).",
    rows: &[
        error(
            "theme/bad-colour",
            "A token is no colour.",
            "Write `\"#rgb\"` or `\"#rrggbb\"`, in quotes: only such colours can be measured.",
        ),
        error(
            "theme/bad-font",
            "A token is no list of fonts.",
            "Separate names by commas, end every quote, and leave out `;`, `{`, `}`, `<`, `>` and `\\`.",
        ),
        error(
            "theme/bad-length",
            "A token is no length.",
            "Write a number with `rem`, `em`, `px`, `ch`, `vw` or `%`, or `0`.",
        ),
        error(
            "theme/bad-locale",
            "A file of `messages/` is not named by a language.",
            "Name it as `en.ftl`, `ja.ftl` or `pt-BR.ftl`.",
        ),
        error(
            "theme/bad-message",
            "A line of `messages/` is no message that pages can say.",
            "Write one `key = words` a line, with variables as `{ $n }`.",
        ),
        error("theme/bad-scheme", "`scheme` is none of the three.", "Write `light dark`, `light` or `dark`."),
        error(
            "theme/cycle",
            "`extends` leads back to the theme itself.",
            "Write `extends: default` in one of the themes: every theme descends from it in the end.",
        ),
        error(
            "theme/forbidden-element",
            "A slot holds an element or attribute that cannot stand there.",
            "Leave it out, or link to a page that has it; branding.md says what may stand in slots.",
        ),
        error(
            "theme/foreign",
            "A slot or a style sheet loads something from another origin, or hides what it loads; or a link of a slot has a scheme that none may have.",
            "Put the file into `assets/` and name it: pages ask nobody else.",
        ),
        error(
            "theme/import",
            "A style sheet imports another.",
            "Put that file into `assets/`: it is added by itself.",
        ),
        error(
            "theme/inline",
            "A script, a style or a `data:` address stands where the policy of every page blocks it.",
            "Put it into `assets/` as a file.",
        ),
        warning(
            "theme/low-contrast",
            "Text of one colour on the other cannot be read by everybody: their contrast is less than 4.5.",
            "Make one of the two lighter or darker.",
        ),
        error(
            "theme/message-too-large",
            "A message is nested too deeply, or becomes too long with all that it refers to.",
            "Say it in fewer words, without messages in messages: docs/limits.md.",
        ),
        error(
            "theme/missing-asset",
            "A slot or a style sheet names a file that is not in `assets/`.",
            "Look at its name; in slots a file of `assets/` is `{asset:name}`, one of `static/` is `{root}name`.",
        ),
        warning(
            "theme/missing-messages",
            "A language lacks messages, which are shown in English.",
            "Add them to its file in `messages/`.",
        ),
        warning(
            "theme/missing-variable",
            "A message leaves out a variable that the original says.",
            "Put the variable where it belongs, unless it is meant to be left out.",
        ),
        error(
            "theme/unbalanced",
            "A tag, comment, string, bracket or rule has no end or no beginning, or a browser reads it in another way than it is written.",
            "Close it, or take it out.",
        ),
        warning(
            "theme/unknown-file",
            "A file means nothing in a theme.",
            "Put files into `assets/`, `slots/` or `messages/`, or take it out.",
        ),
        error(
            "theme/unknown-key",
            "A key of theme.yaml means nothing.",
            "Use `extends`, `scheme` and `tokens`, and `light` and `dark` within a colour.",
        ),
        warning(
            "theme/unknown-locale",
            "A slot is for a language that no site has.",
            "Name the file by a language that the site can have, or add that one in `messages/`.",
        ),
        error(
            "theme/unknown-message",
            "A file of `messages/` has, or refers to, a key that no page says.",
            "Use a key of `themes/default/messages/en.ftl`.",
        ),
        error(
            "theme/unknown-parent",
            "`extends` names a theme that is not there.",
            "Use a built-in theme or another folder of `themes/`.",
        ),
        error(
            "theme/unknown-placeholder",
            "A slot holds `{word}` that stands for nothing.",
            "Use `{root}`, `{lang}` or `{asset:name}`; a brace itself is `&#123;`.",
        ),
        error(
            "theme/unknown-slot",
            "A file of `slots/` is named by no place of a page.",
            "Use `head.html`, `top.html`, `home-top.html`, `home-bottom.html` or `footer.html`.",
        ),
        error(
            "theme/unknown-token",
            "`tokens` names one that does not exist.",
            "Use one of those in the table of branding.md.",
        ),
        error(
            "theme/unknown-variable",
            "A message says a variable that it is not given.",
            "Use the variables of the same message in `themes/default/messages/en.ftl`.",
        ),
        error(
            "theme/wrong-type",
            "A value of theme.yaml has another form than its key wants.",
            "Write one value on the line of a key, and `tokens` as a mapping.",
        ),
    ],
};
