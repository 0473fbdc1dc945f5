//! A person who approves or writes an entry, by the names that a host, a commit and site.yaml use.

use crate::text;

/// The hosts whose private mail addresses contain a login: `123+login@users.noreply.github.com`.
const PRIVATE_MAIL: [(&str, char); 2] =
    [("users.noreply.github.com", '+'), ("users.noreply.gitlab.com", '-')];

/// The names of one person, folded for comparisons. At least one of them is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    name: Option<String>,
    mail: Option<String>,
    /// The login on the host, without `@`.
    login: Option<String>,
    /// The name for messages, as it was written.
    shown: String,
}

impl Person {
    /// Reads `Hanako Sato <hanako@example.com> @hanako`, or any part of it; `None` without a name.
    #[must_use]
    pub fn parse(written: &str) -> Option<Person> {
        let written = text::nfkc(written);
        let mut rest = written.trim().to_owned();
        let mut mail = None;
        if let Some((before, after)) = rest.split_once('<') {
            let (inside, after) = after.split_once('>').unwrap_or((after, ""));
            mail = Some(inside.trim().to_owned()).filter(|mail| !mail.is_empty());
            rest = format!("{before} {after}");
        }
        let (mut login, mut name) = (None, Vec::new());
        for word in rest.split_whitespace() {
            let bare = word.trim_matches(['(', ')', ',']);
            match bare.strip_prefix('@') {
                Some(bare) if !bare.is_empty() => login = Some(bare.to_owned()),
                _ if mail.is_none() && is_mail(bare) => mail = Some(bare.to_owned()),
                _ => name.push(word),
            }
        }
        let name = Some(name.join(" ")).filter(|name| !name.is_empty());
        let shown = name.clone().or_else(|| login.as_ref().map(|login| format!("@{login}")));
        let shown = shown.or_else(|| mail.clone())?;
        let login = login.or_else(|| mail.as_deref().and_then(login_in));
        let fold = |text: Option<String>| text.map(|text| text::fold(&text));
        Some(Person { name: fold(name), mail: fold(mail), login: fold(login), shown })
    }

    /// The person who a host says has this login. What else the host says of them, they may have typed themselves.
    #[must_use]
    pub fn with_login(login: &str) -> Person {
        let shown = format!("@{login}");
        Person { name: None, mail: None, login: Some(text::fold(login)), shown }
    }

    /// Whether both are one person. Of the names that both state, the one that is hardest to take decides: a host
    /// checks a login, a mail address belongs to somebody, and anybody may have a name.
    #[must_use]
    pub fn is(&self, other: &Person) -> bool {
        let pairs = [(&self.login, &other.login), (&self.mail, &other.mail), (&self.name, &other.name)];
        let both = pairs.into_iter().find_map(|(one, other)| one.as_ref().zip(other.as_ref()));
        both.is_some_and(|(one, other)| one == other)
    }

    /// The login, if it is known.
    #[must_use]
    pub fn login(&self) -> Option<&str> {
        self.login.as_deref()
    }

    /// The name for messages.
    #[must_use]
    pub fn shown(&self) -> &str {
        &self.shown
    }
}

fn is_mail(word: &str) -> bool {
    word.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'))
}

/// The login in a private mail address of a host.
fn login_in(mail: &str) -> Option<String> {
    let (local, domain) = mail.split_once('@')?;
    let (_, sign) = PRIVATE_MAIL.iter().find(|(known, _)| domain.eq_ignore_ascii_case(known))?;
    let number = local.split_once(*sign).filter(|(id, _)| id.bytes().all(|byte| byte.is_ascii_digit()));
    Some(number.map_or(local, |(_, login)| login).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(written: &str) -> Person {
        Person::parse(written).unwrap_or_else(|| panic!("{written}"))
    }

    #[test]
    fn a_person_is_known_by_name_mail_and_login() {
        let hanako = person("Hanako Sato <hanako@example.com> @hanako-s");
        for same in ["Hanako  SATO", "hanako@example.com", "<Hanako@Example.com>", "@Hanako-S", "＠hanako-s"]
        {
            assert!(hanako.is(&person(same)), "{same}");
        }
        assert!(hanako.is(&person("Another <17+hanako-s@users.noreply.github.com>")));
        assert!(hanako.is(&person("17-hanako-s@users.noreply.gitlab.com")));
        assert_eq!(hanako.shown(), "Hanako Sato");
        assert_eq!(person("@hanako-s").shown(), "@hanako-s");
    }

    #[test]
    fn a_name_that_anybody_may_take_never_overrules_a_mail_address_or_a_login() {
        let hanako = person("Hanako Sato <hanako@example.com> @hanako-s");
        for other in ["Hanako Sato <hanako@elsewhere.example>", "Hanako Sato @stranger", "Hanako", "@hanako"]
        {
            assert!(!hanako.is(&person(other)), "{other}");
        }
        assert!(!person("hanako-s").is(&Person::with_login("hanako-s")), "a name is not a login");
        assert!(person("佐藤 花子").is(&person("佐藤　花子 <h@example.com>")));
        assert!(
            ["", " ", "<>", "@"].iter().all(|nobody| Person::parse(nobody).is_none_or(|p| p.shown() == "@"))
        );
    }
}
