//! The team's own rules of `content/host/`, as regular expressions that every server reads.
//!
//! Patterns mean what they mean to Cloudflare: a `*` is any characters, a `:name` one part, and case and slashes count.

use super::quoted;
use crate::hosts::pattern;
use crate::message::{Message, message};
use crate::model::HostRules;
use crate::model::host_rules::OwnRedirect;
use crate::text;

/// Own rules that a configuration can hold, and what it leaves out.
#[derive(Default)]
pub(super) struct Own<'m> {
    pub(super) headers: Vec<Header<'m>>,
    /// Redirects from one address, which no other rule concerns.
    pub(super) plain: Vec<Redirect>,
    /// Redirects with `*` or `:name`, which come after those of aliases. The first that fits counts.
    pub(super) wide: Vec<Redirect>,
    pub(super) left_out: Vec<LeftOut<'m>>,
}

/// A header for the addresses of a pattern.
#[derive(Clone)]
pub(super) struct Header<'m> {
    /// The pattern as written.
    pub(super) pattern: &'m str,
    pub(super) name: &'m str,
    pub(super) value: &'m str,
    /// For addresses that are not percent-encoded, from the root of the host.
    pub(super) expression: String,
}

pub(super) struct Redirect {
    /// The old address as written.
    pub(super) from: String,
    /// For an address as it was asked for, with its query: without `^` and `$`, and without blanks.
    pub(super) expression: String,
    /// Without the fragment.
    target: Vec<Piece>,
    /// Whether the query that was asked for, which is the last group, follows it.
    pub(super) takes_query: bool,
    /// With its `#`.
    pub(super) fragment: String,
    pub(super) status: u16,
    /// How many `:name` and `*` it has.
    names: usize,
}

/// A part of the address that a redirect leads to.
enum Piece {
    Text(String),
    /// What the group with this number of the expression matched.
    Group(usize),
}

/// An own rule that a configuration cannot hold.
pub(super) struct LeftOut<'m> {
    /// The header; `None` for a redirect.
    header: Option<&'m str>,
    address: String,
    why: Message,
}

impl LeftOut<'_> {
    /// What the command says of it.
    pub(super) fn sentence(&self) -> Message {
        let (address, why) = (text::shorten(&self.address, 80), &self.why);
        match self.header {
            Some(name) => message!(
                "servers-header-left-out",
                "the header `{name}` for `{address}`: {why}",
                name = text::shorten(name, 80),
                address,
                why
            ),
            None => {
                message!("servers-redirect-left-out", "the redirect from `{address}`: {why}", address, why)
            }
        }
    }

    /// The same for a comment of any configuration. What could mean something there is a `?`: variables, the end of a
    /// line, and a `\` before it.
    pub(super) fn comment(&self) -> String {
        let is_plain = |c: char| c.is_alphanumeric() || " -._~/:*,`'()%=".contains(c);
        self.sentence().english().chars().map(|c| if is_plain(c) { c } else { '?' }).collect()
    }
}

/// Headers that a server sets by itself, and that break its answers otherwise.
const OF_THE_SERVER: [&str; 9] = [
    "connection",
    "content-length",
    "content-range",
    "date",
    "keep-alive",
    "server",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

impl<'m> Own<'m> {
    pub(super) fn of(rules: &'m HostRules) -> Own<'m> {
        let mut own = Own::default();
        for rule in &rules.headers {
            let expression = expression(&rule.pattern);
            for header in &rule.headers {
                let (pattern, name, value) = (&*rule.pattern, &*header.name, &*header.value);
                let expression = expression.clone().unwrap_or_default();
                let header = Header { pattern, name, value, expression };
                if header.expression.is_empty() {
                    let why = message!("servers-bad-percent", "its `%` is not the code of a character");
                    own.leave(&header, why);
                } else if OF_THE_SERVER.iter().any(|known| name.eq_ignore_ascii_case(known)) {
                    own.leave(&header, message!("servers-own-header", "a server sets it by itself"));
                } else {
                    own.headers.push(header);
                }
            }
        }
        let (wide, plain): (Vec<_>, Vec<_>) = rules.redirects.iter().partition(|rule| rule.is_dynamic());
        own.plain = plain.into_iter().map(Redirect::of).collect();
        own.wide = wide.into_iter().map(Redirect::of).collect();
        // nginx and Apache number groups with one digit, and the query is one.
        own.leave_redirects(|rule| {
            (rule.names > 8).then(|| message!("servers-many-names", "it has more than 8 names"))
        });
        own
    }

    pub(super) fn leave(&mut self, header: &Header<'m>, why: Message) {
        let address = header.pattern.to_owned();
        self.left_out.push(LeftOut { header: Some(header.name), address, why });
    }

    /// Leaves out each header for which there is a reason.
    pub(super) fn leave_headers(&mut self, why: impl Fn(&Header<'m>) -> Option<Message>) {
        for header in std::mem::take(&mut self.headers) {
            match why(&header) {
                Some(why) => self.leave(&header, why),
                None => self.headers.push(header),
            }
        }
    }

    /// Leaves out each redirect for which there is a reason.
    pub(super) fn leave_redirects(&mut self, why: impl Fn(&Redirect) -> Option<Message>) {
        let Own { plain, wide, left_out, .. } = self;
        for rules in [plain, wide] {
            rules.retain(|rule| {
                let Some(why) = why(rule) else { return true };
                left_out.push(LeftOut { header: None, address: rule.from.clone(), why });
                false
            });
        }
    }
}

impl Header<'_> {
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// The expression for the decoded addresses of a pattern; `None` if it has no decoded form that a file can have.
fn expression(pattern: &str) -> Option<String> {
    let literal = |text: &str| {
        let text = text::percent_decode(text)?;
        (!text.chars().any(char::is_control)).then(|| quoted(&text))
    };
    let part = |part: &str| match part.strip_prefix(':') {
        Some(_) => Some("[^/]+".to_owned()),
        None => Some(part.split('*').map(literal).collect::<Option<Vec<String>>>()?.join(".*")),
    };
    let parts: Option<Vec<String>> = pattern.split('/').map(part).collect();
    // A server asks with the file in a folder, too.
    let index = if pattern.ends_with('/') { "(?:index\\.html)?" } else { "" };
    Some(format!("^{}{index}$", parts?.join("/")))
}

impl Redirect {
    fn of(rule: &OwnRedirect) -> Redirect {
        let (from, to) = (pattern::encoded(&rule.from), pattern::encoded(&rule.to));
        let mut names = Vec::new();
        let parts = from.split('/').map(|part| match part.strip_prefix(':') {
            Some(name) => {
                names.push(name);
                // Browsers take `\` for `/`.
                "([^/\\\\? ]+)".to_owned()
            }
            None if part == "*" => {
                names.push("splat");
                rest_before(&to).to_owned()
            }
            None => quoted(part),
        });
        let path = parts.collect::<Vec<String>>().join("/");
        let (before, fragment) = to.split_at(to.find('#').unwrap_or(to.len()));
        let (target, fragment) = (pieces(before, &names), fragment.to_owned());
        // As Cloudflare and Netlify do, the query goes along.
        let takes_query = !before.contains('?');
        let expression = format!("{path}(|\\?[^ ]*)");
        let (from, status, names) = (rule.from.clone(), rule.status, names.len());
        Redirect { from, expression, target, takes_query, fragment, status, names }
    }

    /// The address that it leads to, in the form of a server, without query and fragment of its own.
    pub(super) fn path(&self, text: impl Fn(&str) -> String, group: impl Fn(usize) -> String) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(part) => text(part),
            Piece::Group(number) => group(*number),
        };
        self.target.iter().map(piece).collect()
    }

    /// The whole address that it leads to.
    pub(super) fn target(&self, text: impl Fn(&str) -> String, group: impl Fn(usize) -> String) -> String {
        let query = if self.takes_query { group(self.names + 1) } else { String::new() };
        self.path(&text, &group) + &query + &text(&self.fragment)
    }
}

/// The group for `*`. A target that begins with it must not become `//elsewhere.example`, another host.
fn rest_before(to: &str) -> &'static str {
    let after = to.strip_prefix("/:splat").filter(|after| !after.starts_with(is_of_a_name));
    match after {
        None => "([^? ]*)",
        Some(after) if after.starts_with(['/', '\\']) => "([^/\\\\? ][^? ]*)",
        Some(_) => "(|[^/\\\\? ][^? ]*)",
    }
}

fn is_of_a_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// A target in pieces. Names stand for something behind the host only.
fn pieces(to: &str, names: &[&str]) -> Vec<Piece> {
    let after = to.find("://").filter(|_| !to.starts_with('/')).map_or(0, |at| at + 3);
    let end = if after == 0 { 0 } else { to[after..].find(['/', '?']).map_or(to.len(), |at| after + at) };
    let (origin, rest) = to.split_at(end);
    let mut parts = rest.split(':');
    let mut all = vec![Piece::Text(format!("{origin}{}", parts.next().unwrap_or_default()))];
    for part in parts {
        let (name, after) = part.split_at(part.find(|c| !is_of_a_name(c)).unwrap_or(part.len()));
        match names.iter().position(|known| *known == name) {
            Some(at) => {
                all.push(Piece::Group(at + 1));
                all.push(Piece::Text(after.to_owned()));
            }
            None => all.push(Piece::Text(format!(":{part}"))),
        }
    }
    all
}
