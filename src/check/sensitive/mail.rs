//! E-mail addresses, also where the `@` is written as a word so that programs do not find it.

use std::ops::Range;

use super::Looks::Mail;
use super::pattern::Pattern;
use super::{Rule, Text, rule, whole};

pub(super) const RULES: [Rule; 4] = [
    // `@taro@example.com` is a handle of the fediverse: it is public.
    rule(Mail, r"(?:^|[^@\w.%+'-])[_.%+'-]*({name}@{host})-*(?:$|[^0-9A-Za-z\xc3-\xdf-])", no_form),
    rule(
        Mail,
        r"({name} ?[\[({<] ?(?:(?i:at)|@|アットマーク|アット|あっと) ?[\])}>] ?(?:{host}|(?i:{spelled})))",
        whole,
    ),
    // Both words, or it is a sentence.
    rule(Mail, r"(?i)({name} at {spelled})(?:$|[^0-9A-Za-z])", whole),
    // A sign, with a request to put an `@` there.
    rule(Mail, r"({name}(?:★|☆|◎|●|■|◆){host})-*(?:$|[^0-9A-Za-z\xc3-\xdf-])", whole),
];

/// What shows only the form of an address, fetches from a git server, is a version, or names a file as `logo@2x.png`.
static FORMS: Pattern = Pattern::new(
    r"(?ix)^(?:name|user(?:name)?|you|your[.-]?name|your|someone|e?mail|xxx)@example\.(?:com|org|net|jp|co\.jp)$
    |^git@|@v?\d+\.\d
    |\.(?:png|jpe?g|gif|svg|webp|avif|css|m?js|ts|json|tgz|html)$",
);

fn no_form(text: &Text, range: Range<usize>) -> Option<Range<usize>> {
    (!FORMS.is_in(text.view.plain().get(range.clone())?)).then_some(range)
}
