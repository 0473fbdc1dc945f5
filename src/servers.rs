//! Configurations of web servers and hosts, written from the table of headers.
//!
//! `src/output/headers.rs` is that table. A configuration holds patterns, not pages, so it stays right while pages
//! come and go. Where a host reads `_headers` and `_redirects`, its configuration says nothing twice; the others hold
//! the team's own rules, too, and name those that they cannot hold.

mod apache;
mod caddy;
mod nginx;
mod own;
mod s3;

use crate::address::HOST_FILES;
use crate::message::Message;
use crate::model::Model;
use crate::model::config::Url;
use crate::output::{Header, Rule, TYPES, header_rules, headers_of};
use crate::text;
use own::{LeftOut, Own};

/// What serves the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    Nginx,
    Apache,
    Caddy,
    S3,
    Cloudflare,
    Netlify,
}

impl Host {
    pub const ALL: [Host; 6] =
        [Host::Nginx, Host::Apache, Host::Caddy, Host::S3, Host::Cloudflare, Host::Netlify];

    /// Its name on the command line, and what is written for it.
    #[must_use]
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Host::Nginx => ("nginx", "nginx/status.conf: nginx on your own server"),
            Host::Apache => ("apache", "apache/status.conf: Apache on your own server"),
            Host::Caddy => ("caddy", "Caddyfile: Caddy on your own server"),
            Host::S3 => ("s3", "s3/: a bucket of S3 behind its CDN, with a script that uploads"),
            Host::Cloudflare => ("cloudflare", "wrangler.toml: Cloudflare, as static assets of a Worker"),
            Host::Netlify => ("netlify", "netlify.toml: Netlify"),
        }
    }

    /// The paths of its files, the one with the instructions first.
    #[must_use]
    pub fn paths(self) -> &'static [&'static str] {
        match self {
            Host::Nginx => &["nginx/status.conf"],
            Host::Apache => &["apache/status.conf"],
            Host::Caddy => &["Caddyfile"],
            Host::S3 => &["s3/upload", "s3/headers.json", "s3/request.js", "s3/response.js"],
            Host::Cloudflare => &["wrangler.toml"],
            Host::Netlify => &["netlify.toml"],
        }
    }
}

/// The configuration of a host.
#[derive(Debug)]
pub struct Written {
    /// The path and the text of each file.
    pub files: Vec<(&'static str, String)>,
    /// The team's own rules that it cannot hold: which, and why.
    pub left_out: Vec<Message>,
}

/// The configuration of a host; an error says what in `url` no configuration can hold.
pub fn files(host: Host, model: &Model) -> Result<Written, Unfit> {
    let mut table = Table::of(model)?;
    let Table { own, path, .. } = &mut table;
    match host {
        Host::Nginx => nginx::leave_out(own),
        Host::Apache => apache::leave_out(own),
        Host::Caddy => caddy::leave_out(own),
        Host::S3 => s3::leave_out(own, path),
        // They read the two files themselves.
        Host::Cloudflare | Host::Netlify => *own = Own::default(),
    }
    let texts = match host {
        Host::Nginx => vec![nginx::status(&table)],
        Host::Apache => vec![apache::status(&table)],
        Host::Caddy => vec![caddy::file(&table)],
        Host::S3 => vec![s3::upload(&table), s3::headers(&table), s3::request(&table), s3::response(&table)],
        Host::Cloudflare => vec![cloudflare(&table)],
        Host::Netlify => vec![netlify(&table)],
    };
    let left_out = table.own.left_out.iter().map(LeftOut::sentence).collect();
    Ok(Written { files: host.paths().iter().copied().zip(texts).collect(), left_out })
}

/// The part of `url` that a configuration cannot hold.
#[derive(Debug, PartialEq, Eq)]
pub struct Unfit(pub String);

/// What every configuration says.
struct Table<'m> {
    url: &'m Url,
    /// The name of the host, without a port.
    host: &'m str,
    /// The path of the site as servers compare it: not percent-encoded, with `/` at both ends.
    path: String,
    /// The headers of all addresses.
    all: Vec<Header>,
    /// The rules for some addresses. No two of them set the same header for one address.
    rules: Vec<Rule>,
    /// The caching of files that no rule names.
    caching: &'static str,
    own: Own<'m>,
}

const TYPE: &str = "Content-Type";
const CACHING: &str = "Cache-Control";
/// The endings under which other systems serve pages. Here such a file is the small page at an old address, which
/// must be shown and not downloaded where its redirect is missing.
const OLD_PAGES: [&str; 8] = ["asp", "aspx", "cfm", "cgi", "do", "jsp", "php", "phtml"];

impl Table<'_> {
    fn of(model: &Model) -> Result<Table<'_>, Unfit> {
        let url = &model.config.url;
        let name = url.origin.split_once("://").map_or("", |(_, host)| host);
        let (host, port) = name.split_once(':').unwrap_or((name, ""));
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
        if !host.chars().all(is_plain) || !port.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Unfit(name.to_owned()));
        }
        let sound = |path: &String| path.chars().all(|c| c.is_alphanumeric() || "-._~/".contains(c));
        let path = text::percent_decode(&url.path).filter(sound).ok_or_else(|| Unfit(url.path.clone()))?;
        let (general, rules): (Vec<Rule>, Vec<Rule>) =
            header_rules(model).into_iter().partition(|rule| rule.pattern == "*");
        let all: Vec<Header> = general.into_iter().flat_map(|rule| rule.headers).collect();
        let caching = headers_of("index.html", &[]).into_iter().find(|(name, _)| *name == CACHING);
        let caching = caching.map_or("", |(_, value)| value);
        Ok(Table { url, host, path, all, rules, caching, own: Own::of(&model.host_rules) })
    }

    /// The patterns that give a header a value, by the value, in the order of the rules.
    fn values(&self, header: &str) -> Vec<(&'static str, Vec<&str>)> {
        let given = self.rules.iter().flat_map(|rule| rule.headers.iter().map(move |given| (rule, given)));
        let given = given.filter(|(_, (name, _))| *name == header);
        grouped(given.map(|(rule, (_, value))| (*value, rule.pattern.as_str())))
    }

    /// The headers that the rules set, besides type and caching.
    fn others(&self) -> Vec<&'static str> {
        let mut names: Vec<&str> = Vec::new();
        for (name, _) in self.rules.iter().flat_map(|rule| &rule.headers) {
            if ![TYPE, CACHING].contains(name) && !names.contains(name) {
                names.push(name);
            }
        }
        names
    }

    /// Types that do not follow from the ending, each with its patterns.
    fn named_types(&self) -> Vec<(&'static str, Vec<&str>)> {
        let mut all = self.values(TYPE);
        for (kind, patterns) in &mut all {
            patterns.retain(|pattern| {
                let ending = pattern.rsplit_once('.').map_or("", |(_, ending)| ending);
                TYPES.iter().all(|(known, usual)| *known != ending || usual != kind)
            });
        }
        all.retain(|(_, patterns)| !patterns.is_empty());
        all
    }

    /// Every type that follows from the ending, with its endings.
    fn types(&self) -> Vec<(&'static str, Vec<&'static str>)> {
        let html = headers_of("index.html", &self.rules).into_iter().find(|(name, _)| *name == TYPE);
        let old = OLD_PAGES.into_iter().filter_map(|ending| Some((html?.1, ending)));
        grouped(TYPES.iter().map(|(ending, kind)| (*kind, *ending)).chain(old))
    }

    /// The types of text, which become smaller when they are compressed.
    fn compressed(&self) -> Vec<&'static str> {
        let is_text =
            |kind: &str| ["text/", "+xml", "/xml", "json", "/yaml"].iter().any(|part| kind.contains(part));
        let named = self.values(TYPE).into_iter().map(|(kind, _)| (kind, ()));
        let all = TYPES.iter().map(|(_, kind)| (*kind, ())).chain(named);
        grouped(all.filter(|(kind, ())| is_text(kind))).into_iter().map(|(kind, _)| kind).collect()
    }

    /// The files that are not for readers, below a root. Names that begin with `.noroshi-` exist during a build.
    fn hidden(root: &str) -> String {
        let names: Vec<String> = HOST_FILES.iter().map(|name| quoted(name)).collect();
        format!("^{}(?:{}|{}.*)$", quoted(root), names.join("|"), quoted(crate::address::OWN))
    }

    /// Whether the site is not at the root of its host.
    fn is_below(&self) -> bool {
        self.path != "/"
    }

    /// The lines of a comment that name the own rules which this configuration does not hold.
    fn left_out(&self) -> String {
        let rules = self.own.left_out.iter().map(|rule| format!("#   {}.\n", rule.comment()));
        let first = (!self.own.left_out.is_empty()).then(|| "# It leaves out:\n".to_owned());
        first.into_iter().chain(rules).collect()
    }

    /// A template with what every configuration names, and this. A value is never searched for marks.
    fn fill(&self, template: &str, own: &[(&str, &str)]) -> String {
        let address = format!("{}{}", self.url.origin, self.url.path);
        let left_out = self.left_out();
        let shared = [
            ("@URL@", address.as_str()),
            ("@HOST@", self.host),
            ("@ORIGIN@", &self.url.origin),
            ("@LEFT_OUT@\n", &left_out),
        ];
        let (mut out, mut rest) = (String::new(), template);
        while let Some((before, after)) = rest.split_once('@') {
            let marked = &rest[before.len()..];
            let known = own.iter().chain(&shared).find(|(mark, _)| marked.starts_with(mark));
            out.push_str(before);
            if let Some((mark, value)) = known {
                out.push_str(value);
                rest = &marked[mark.len()..];
            } else {
                out.push('@');
                rest = after;
            }
        }
        out + rest
    }
}

/// Values with the same key together, in the order of their first.
fn grouped<'k, V>(pairs: impl Iterator<Item = (&'k str, V)>) -> Vec<(&'k str, Vec<V>)> {
    let mut groups: Vec<(&str, Vec<V>)> = Vec::new();
    for (key, value) in pairs {
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, values)) => values.push(value),
            None => groups.push((key, vec![value])),
        }
    }
    groups
}

/// Each pattern with its value.
fn each<'v>(groups: Vec<(&'v str, Vec<&'v str>)>) -> impl Iterator<Item = (&'v str, &'v str)> {
    groups.into_iter().flat_map(|(value, patterns)| patterns.into_iter().map(move |pattern| (pattern, value)))
}

/// The regular expression for a pattern below a root.
fn expression(root: &str, pattern: &str) -> String {
    format!("^{}{}$", quoted(root), part(pattern))
}

/// The regular expression for any of these patterns.
fn expression_of(root: &str, patterns: &[&str]) -> String {
    match patterns {
        [pattern] => expression(root, pattern),
        all => {
            let parts: Vec<String> = all.iter().map(|pattern| part(pattern)).collect();
            format!("^{}(?:{})$", quoted(root), parts.join("|"))
        }
    }
}

/// A server asks with the file in a folder, too.
fn part(pattern: &str) -> String {
    let parts: Vec<String> = pattern.split('*').map(quoted).collect();
    let index = if pattern.ends_with('/') { "(?:index\\.html)?" } else { "" };
    format!("{}{index}", parts.join(".*"))
}

/// A text as a regular expression that matches it alone.
fn quoted(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii_punctuation() && !matches!(c, '-' | '_' | '/' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A text in double quotes, as nginx and Apache read them.
fn in_quotes(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// One line for each item, without the last line break.
fn lines(items: impl IntoIterator<Item = String>) -> String {
    items.into_iter().collect::<Vec<String>>().join("\n")
}

/// Where hosts that serve a folder as a whole host look for the site: the folder, and how it is made.
fn folder(table: &Table<'_>) -> (&'static str, String) {
    if !table.is_below() {
        return ("public", "noroshi build".to_owned());
    }
    let out = format!("dist{}", table.path.trim_end_matches('/'));
    ("dist", format!("noroshi build --out {out} && cp {out}/_headers {out}/_redirects dist/"))
}

fn cloudflare(table: &Table<'_>) -> String {
    let (folder, build) = folder(table);
    let host = table.host;
    let routes = if table.is_below() {
        let path = table.url.path.trim_end_matches('/');
        let route =
            |end: &str| format!("    {{ pattern = \"{host}{path}{end}\", zone_name = \"{host}\" }},\n");
        format!(
            "# Set zone_name to your domain as Cloudflare lists it.\nroutes = [\n{}{}]",
            route(""),
            route("/*")
        )
    } else {
        format!("routes = [{{ pattern = \"{host}\", custom_domain = true }}]")
    };
    let own = [("@FOLDER@", folder), ("@BUILD@", &*build), ("@ROUTES@", &*routes)];
    table.fill(include_str!("servers/wrangler.toml"), &own)
}

fn netlify(table: &Table<'_>) -> String {
    let (folder, build) = folder(table);
    table.fill(include_str!("servers/netlify.toml"), &[("@FOLDER@", folder), ("@BUILD@", &build)])
}

#[cfg(test)]
mod tests;
