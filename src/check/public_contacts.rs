//! Addresses and numbers that are public although they look private: those that the site itself publishes in
//! site.yaml, and mailboxes of its own domains that belong to a task and not to a person.

use super::sensitive::Looks;
use crate::model::announce::Platform;
use crate::model::{Config, Localized};
use crate::text;

/// Mailboxes that belong to a task: those of RFC 2142 that outsiders write to, and those that sites customarily
/// name. Mailboxes of a team, such as `ops`, `oncall` and `noc`, are not among them.
const TASKS: [&str; 28] = [
    "abuse",
    "billing",
    "contact",
    "customer-service",
    "customer-support",
    "enquiries",
    "feedback",
    "hello",
    "help",
    "info",
    "inquiries",
    "inquiry",
    "ir",
    "legal",
    "marketing",
    "media",
    "no-reply",
    "noreply",
    "postmaster",
    "pr",
    "press",
    "privacy",
    "sales",
    "security",
    "status",
    "support",
    "toiawase",
    "webmaster",
];

/// The fewest digits of a telephone number without its country code and the `0` before it.
const NUMBER_DIGITS: usize = 8;
/// The most digits of a country code.
const COUNTRY_DIGITS: usize = 3;

#[derive(Debug)]
pub(super) struct PublicContacts {
    /// Public words, folded.
    known: Vec<String>,
    /// The domains of the site's own mailboxes.
    domains: Vec<String>,
    /// The host of the site.
    host: String,
}

impl PublicContacts {
    pub(super) fn of(config: &Config) -> PublicContacts {
        let links = config.links().map(|link| contact(&link.url));
        let mail = &config.channels.mail;
        let mail = [&mail.from, &mail.reply_to].into_iter().flatten().flat_map(Localized::all);
        let announced = config.announce.channels.iter().filter_map(|channel| match &channel.to {
            Platform::Mail(settings) => Some(settings),
            _ => None,
        });
        let senders = announced.clone().flat_map(|settings| settings.from.all());
        let joins =
            announced.flat_map(|settings| settings.lists.iter().filter_map(|list| list.join.as_deref()));
        let own =
            links.chain(mail.chain(senders).map(|mailbox| mailbox.address.clone())).chain(joins.map(contact));
        let own: Vec<String> = own.map(|word| text::fold(&word)).collect();
        let domains = own.iter().filter_map(|word| Some(word.rsplit_once('@')?.1.to_owned())).collect();
        let host = config.url.origin.rsplit('/').next().unwrap_or_default();
        let host = text::fold(host.split(':').next().unwrap_or_default());
        let known = config.allow.iter().map(|word| text::fold(word)).chain(own).collect();
        PublicContacts { known, domains, host }
    }

    pub(super) fn has(&self, word: &str, looks: Looks) -> bool {
        let word = text::fold(word);
        let is_known = self.known.iter().any(|known| {
            let by_domain = known.starts_with('@') && word.ends_with(known.as_str());
            *known == word || by_domain || is_same_number(known, &word)
        });
        is_known || (looks == Looks::Mail && self.has_task(&word))
    }

    /// Whether an address is that of a task at a domain of the site.
    fn has_task(&self, address: &str) -> bool {
        let Some((name, domain)) = address.rsplit_once('@') else { return false };
        let is_above_host =
            domain.contains('.') && self.host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'));
        let is_own = self.host == domain || is_above_host || self.domains.iter().any(|own| own == domain);
        is_own && TASKS.contains(&name)
    }
}

/// The address or the number in a link: `support@example.com` of `mailto:support@example.com?subject=Help`.
fn contact(link: &str) -> String {
    let Some(written) = ["mailto:", "tel:"].iter().find_map(|scheme| link.strip_prefix(scheme)) else {
        return link.to_owned();
    };
    let address = written.split(['?', ';']).next().unwrap_or(written);
    text::percent_decode(address).unwrap_or_else(|| address.to_owned())
}

/// Whether two words are one number, however they group it, and with or without the country code.
fn is_same_number(known: &str, word: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let (known, word) = (digits(known), digits(word));
    let is_longer = |long: &str, short: &str| {
        let short = short.strip_prefix('0').filter(|short| short.len() >= NUMBER_DIGITS);
        let code = short.and_then(|short| long.strip_suffix(short));
        code.is_some_and(|code| (1..=COUNTRY_DIGITS).contains(&code.len()))
    };
    word.len() >= NUMBER_DIGITS && (known == word || is_longer(&known, &word) || is_longer(&word, &known))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contacts() -> PublicContacts {
        PublicContacts {
            known: ["a@example.com", "+81 3-1234-5678", "@partner.example"].map(str::to_owned).to_vec(),
            domains: vec!["example.com".to_owned()],
            host: "status.hoshi.example".to_owned(),
        }
    }

    #[test]
    fn mailboxes_of_a_task_at_a_domain_of_the_site_are_public() {
        let contacts = contacts();
        for address in
            ["support@example.com", "INFO@example.com", "press@hoshi.example", "help@status.hoshi.example"]
        {
            assert!(contacts.has(address, Looks::Mail), "{address}");
        }
        for address in [
            "taro@example.com",
            "oncall@example.com",
            "support@other.example",
            "support@hi.example",
            "support@example",
        ] {
            assert!(!contacts.has(address, Looks::Mail), "{address}");
        }
    }

    #[test]
    fn a_number_is_recognised_in_every_form() {
        let contacts = contacts();
        for number in ["03-1234-5678", "０３（１２３４）５６７８", "+81312345678", "0312345678"] {
            assert!(contacts.has(number, Looks::Phone), "{number}");
        }
        for number in ["06-1234-5678", "1234-5678", "+82 2-1234-5678"] {
            assert!(!contacts.has(number, Looks::Phone), "{number}");
        }
    }

    #[test]
    fn the_subject_of_a_link_is_no_part_of_its_address() {
        assert_eq!(contact("mailto:a@example.com?subject=Help"), "a@example.com");
        assert_eq!(contact("tel:+81-3-1234-5678;ext=5"), "+81-3-1234-5678");
        assert_eq!(contact("https://example.com/?q"), "https://example.com/?q");
    }
}
