//! E-mail addresses, including those with the `@` spelled out to hide them from programs.

use std::ops::Range;

use super::Looks::Mail;
use super::pattern::Pattern;
use super::{Rule, Text, rule, whole};

pub(super) const RULES: [Rule; 4] = [
    // `@taro@example.com` is a public handle of the fediverse.
    rule(Mail, r"(?:^|[^@\w.%+'-])[_.%+'-]*({name}@{host})-*(?:$|[^0-9A-Za-z\xc3-\xdf-])", no_form),
    rule(
        Mail,
        r"({name} ?[\[({<] ?(?:(?i:at)|@|アットマーク|アット|あっと) ?[\])}>] ?(?:{host}|(?i:{spelled})))",
        whole,
    ),
    // Both words must be spelled out, or the text is a sentence.
    rule(Mail, r"(?i)({name} at {spelled})(?:$|[^0-9A-Za-z])", whole),
    // A symbol replaces the `@`, usually with a request to put it back.
    rule(Mail, r"({name}(?:★|☆|◎|●|■|◆){host})-*(?:$|[^0-9A-Za-z\xc3-\xdf-])", whole),
];

/// Placeholders for an address, git remotes, versions, and file names such as `logo@2x.png`.
static FORMS: Pattern = Pattern::new(
    r"(?ix)^(?:name|user(?:name)?|you|your[.-]?name|your|someone|e?mail|xxx)@example\.(?:com|org|net|jp|co\.jp)$
    |^git@|@v?\d+\.\d
    |\.(?:png|jpe?g|gif|svg|webp|avif|css|m?js|ts|json|tgz|html)$",
);

fn no_form(text: &Text, range: Range<usize>) -> Option<Range<usize>> {
    (!FORMS.is_in(text.view.plain().get(range.clone())?)).then_some(range)
}
