//! Reports what the host of the site would refuse or not read, and own rules that get in the way of ours.
//!
//! Rules against rules are known from the content. What is counted is known only once the site is rendered: the
//! files, their sizes and the redirects.

use std::collections::{BTreeMap, BTreeSet};

use super::Addresses;
use crate::address::Form;
use crate::diagnostic::{Diagnostic, Place};
use crate::hosts::{self, Host, Reads, pattern};
use crate::limits::DYNAMIC_REDIRECT_RULES;
use crate::message::{Message, message};
use crate::model::{Config, Model};
use crate::output::{self, Rule};
use crate::site::Site;
use crate::source::host_rules_name;
use crate::text;

/// An address of the site, in the form that patterns are compared with.
struct Address<'f> {
    file: &'f str,
    comparable: String,
}

impl<'f> Address<'f> {
    fn of(prefix: &str, file: &'f str) -> Address<'f> {
        let whole = format!("{prefix}{}", text::percent_encode(shown(file)));
        Address { file, comparable: pattern::comparable(&whole) }
    }
}

/// Reports own rules that set a header that another rule sets for the same address, and own redirects from an
/// address that the site has.
pub(super) fn overlaps(model: &Model, addresses: &Addresses<'_>, found: &mut Vec<Diagnostic>) {
    if model.host_rules.headers.is_empty() && model.host_rules.redirects.is_empty() {
        return;
    }
    let prefix = &model.config.url.path;
    let all: Vec<Address<'_>> = addresses.files().map(|file| Address::of(prefix, file)).collect();
    headers(model, &all, found);
    redirects(model, &all, found);
}

/// The address of a file: `index.html` is read at its folder.
fn shown(file: &str) -> &str {
    let folder = file.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
    folder.unwrap_or(file)
}

fn headers(model: &Model, all: &[Address<'_>], found: &mut Vec<Diagnostic>) {
    let prefix = &model.config.url.path;
    let rules = output::header_rules(model);
    let ours: Vec<(String, &Rule)> =
        rules.iter().map(|rule| (pattern::comparable(&format!("{prefix}{}", rule.pattern)), rule)).collect();
    let own = &model.host_rules.headers;
    let patterns: Vec<String> = own.iter().map(|rule| pattern::comparable(&rule.pattern)).collect();
    let each = own.iter().enumerate().flat_map(|(at, rule)| rule.headers.iter().map(move |h| (at, h)));
    for (at, header) in each {
        let covering = &patterns[at];
        let is_same = |name: &str| name.eq_ignore_ascii_case(&header.name);
        let also_ours: Vec<&str> = (ours.iter())
            .filter(|(_, rule)| rule.headers.iter().any(|(name, _)| is_same(name)))
            .map(|(covering, _)| covering.as_str())
            .collect();
        let also_own: Vec<&str> = (own[..at].iter().zip(&patterns))
            .filter(|(rule, _)| rule.headers.iter().any(|other| is_same(&other.name)))
            .map(|(_, covering)| covering.as_str())
            .collect();
        if also_ours.is_empty() && also_own.is_empty() {
            continue;
        }
        let covers =
            |others: &[&str], address: &str| others.iter().any(|other| pattern::covers(other, address));
        let both =
            all.iter().filter(|address| pattern::covers(covering, &address.comparable)).find_map(|address| {
                let is_ours = covers(&also_ours, &address.comparable);
                (is_ours || covers(&also_own, &address.comparable)).then_some((address, is_ours))
            });
        if let Some((address, is_ours)) = both {
            found.push(overlapping(header.place.clone(), &header.name, shown(address.file), is_ours));
        }
    }
}

/// The error for a header that a rule of noroshi or an own rule above sets for the same address.
fn overlapping(place: Place, name: &str, address: &str, is_ours: bool) -> Diagnostic {
    let (message, help) = if is_ours {
        (
            message!(
                "check-host-header-of-noroshi",
                "a rule of noroshi sets `{name}` for `/{address}` too, and hosts join the values or drop one",
                name,
                address
            ),
            message!(
                "check-host-header-of-noroshi-help",
                "remove the header here, or name addresses for which noroshi does not set it (docs/hosting.md)"
            ),
        )
    } else {
        (
            message!(
                "check-host-header-twice",
                "a rule above sets `{name}` for `/{address}` too, and hosts join the values or drop one",
                name,
                address
            ),
            message!("check-host-header-twice-help", "set it in one rule for each address"),
        )
    };
    Diagnostic::error("host/overlapping-header", place, message).help(help)
}

fn redirects(model: &Model, all: &[Address<'_>], found: &mut Vec<Diagnostic>) {
    let forms = model.config.addresses;
    let aliases: BTreeSet<String> = (model.heads().filter(|head| !head.draft).flat_map(|head| &head.aliases))
        .flat_map(|(alias, _)| output::redirect_files(alias, forms))
        .collect();
    for rule in &model.host_rules.redirects {
        let covering = pattern::comparable(&rule.from);
        // The rule for an alias comes before the team's rules with `*`.
        let counts = |address: &&Address<'_>| !rule.is_dynamic() || !aliases.contains(address.file);
        let hidden =
            all.iter().filter(counts).find(|address| pattern::covers(&covering, &address.comparable));
        if let Some(address) = hidden {
            let (from, hidden) = (text::shorten(&rule.from, 80), shown(address.file));
            let message = if aliases.contains(address.file) {
                message!(
                    "check-host-hidden-alias",
                    "the redirect from `{from}` hides the alias `/{hidden}`",
                    from,
                    hidden
                )
            } else {
                message!(
                    "check-host-hidden-file",
                    "the redirect from `{from}` hides what the site has at `/{hidden}`",
                    from,
                    hidden
                )
            };
            let help = message!(
                "check-host-hidden-help",
                "remove it, or narrow its old address: Cloudflare redirects, and Netlify serves the file"
            );
            found.push(Diagnostic::error("host/shadowed-address", rule.place.clone(), message).help(help));
        }
    }
}

/// What a host would refuse, or not read, of a rendered site: of its files, each with its size in bytes.
#[must_use]
pub fn publication<'f>(site: &Site<'_>, files: impl IntoIterator<Item = (&'f str, u64)>) -> Vec<Diagnostic> {
    let model = site.now.model;
    let mut found = Vec::new();
    left_out(site, &mut found);
    too_many_rules(model, &mut found);
    if let Some(host) = model.config.host {
        unread(model, host, &mut found);
        sizes(&model.config, host, files, &mut found);
    }
    found
}

/// The name of a host, and how noroshi knows it.
fn named(config: &Config, host: &Host) -> Message {
    let host = host.title();
    if config.host_place.is_some() {
        return host;
    }
    message!("check-host-of-ci", "{host} (this CI's host)", host)
}

fn warning(config: &Config, code: &'static str, message: Message, help: Message) -> Diagnostic {
    let place = config.host_place.clone().unwrap_or_else(|| Place::whole(&Config::file()));
    let help = match config.host {
        Some(_) if config.host_place.is_none() => message!(
            "check-host-of-ci-help",
            "{help}. If another host serves the site, write its name as `host` in site.yaml",
            help
        ),
        _ => help,
    };
    Diagnostic::warning(code, place, message).help(help)
}

fn left_out(site: &Site<'_>, found: &mut Vec<Diagnostic>) {
    let Some((left_out, all)) = output::redirects_left_out(site) else { return };
    let config = &site.now.model.config;
    let most = hosts::redirect_rules(config.host);
    let bound = if let Some(bytes) = config.host.and_then(|host| host.redirects_bytes) {
        message!("check-host-rules-in-size", "{most} rules in {size} KiB", most, size = bytes >> 10)
    } else {
        message!("check-host-rules-number", "{most} rules", most)
    };
    let message = message!(
        "check-host-left-out",
        "the site has {all} old addresses (`aliases`), but `_redirects` has at most {bound}: it leaves out {left_out} of them",
        all,
        bound,
        left_out
    );
    let help = message!(
        "check-host-left-out-help",
        "you need not do anything: at each of them a small page redirects. To shorten the list, remove aliases that no link uses"
    );
    let place = Place::whole(&Config::file());
    found.push(Diagnostic::warning("site/too-many-redirects", place, message).help(help));
}

/// Only own rules can be too many: ours are few, or cut.
fn too_many_rules(model: &Model, found: &mut Vec<Diagnostic>) {
    let (own, host) = (&model.host_rules, model.config.host);
    let name = host.map(|host| named(&model.config, host));
    let mut tell = |file: &str, count: usize, what: Message, most: usize| {
        if count > most {
            let message = if let Some(name) = &name {
                message!(
                    "check-host-too-many-rules",
                    "`{file}` has {count} {what}, but {name} takes at most {most}",
                    file,
                    count,
                    what,
                    name,
                    most
                )
            } else {
                message!(
                    "check-hosts-too-many-rules",
                    "`{file}` has {count} {what}, but hosts take at most {most}",
                    file,
                    count,
                    what,
                    most
                )
            };
            let place = Place::whole(&host_rules_name(file));
            let help = message!(
                "check-host-too-many-rules-help",
                "remove some of your own, or join them: one rule with `*` stands for many"
            );
            found.push(Diagnostic::warning("host/too-many-rules", place, message).help(help));
        }
    };
    if !own.headers.is_empty() {
        let count = output::header_rules(model).len() + own.headers.len();
        tell("_headers", count, message!("check-host-rules", "rules"), hosts::header_rules(host));
    }
    let own_rules = || message!("check-host-own-rules", "rules of your own");
    let dynamic = own.redirects.iter().filter(|rule| rule.is_dynamic()).count();
    let most = host.map_or(Some(DYNAMIC_REDIRECT_RULES), |host| host.dynamic_redirects);
    if let Some(most) = most {
        let dynamic_rules = message!("check-host-dynamic-rules", "rules with `*` or `:name`");
        tell("_redirects", dynamic, dynamic_rules, most);
        tell("_redirects", own.redirects.len() - dynamic, own_rules(), hosts::redirect_rules(host));
    } else {
        tell("_redirects", own.redirects.len(), own_rules(), hosts::redirect_rules(host));
    }
}

fn unread(model: &Model, host: &Host, found: &mut Vec<Diagnostic>) {
    let config = &model.config;
    let files = [
        ("_headers", host.headers, model.host_rules.headers.is_empty()),
        ("_redirects", host.redirects, model.host_rules.redirects.is_empty()),
    ];
    for (file, reads, is_empty) in files {
        if reads == Reads::Nothing && !is_empty {
            let message = message!(
                "check-host-unread",
                "{name} does not read `{file}`, so your own rules have no effect",
                name = named(config, host),
                file
            );
            let help = message!(
                "check-host-unread-help",
                "remove the file, or choose a host that reads it (docs/hosting.md)"
            );
            let mut diagnostic = warning(config, "host/unread-file", message, help);
            diagnostic.place = Place::whole(&host_rules_name(file));
            found.push(diagnostic);
        }
    }
    if !host.has_folders && config.addresses.now == Form::Folders {
        let message = message!(
            "check-host-no-folders",
            "{name} does not answer at the address of a folder, so only the first page would be found",
            name = named(config, host)
        );
        let help = message!("check-host-no-folders-help", "write `addresses: files` in site.yaml");
        found.push(warning(config, "host/no-folders", message, help));
    }
}

fn sizes<'f>(
    config: &Config,
    host: &Host,
    files: impl IntoIterator<Item = (&'f str, u64)>,
    found: &mut Vec<Diagnostic>,
) {
    let (mut count, mut bytes, mut folders) = (0_usize, 0_u64, BTreeMap::<&str, usize>::new());
    let mut largest = ("", 0);
    for (path, size) in files {
        count += 1;
        bytes += size;
        *folders.entry(path.rsplit_once('/').map_or("", |(folder, _)| folder)).or_default() += 1;
        if (size, path) > (largest.1, largest.0) {
            largest = (path, size);
        }
    }
    let name = named(config, host);
    let counted = if host.counts_folders { count + folders.len() } else { count };
    if let Some(most) = host.files.filter(|most| counted > *most) {
        let message = if host.counts_folders {
            message!(
                "check-host-files-and-folders",
                "the site has {counted} files and folders, but {name} takes at most {most}",
                counted,
                name,
                most
            )
        } else {
            message!(
                "check-host-files",
                "the site has {counted} files, but {name} takes at most {most}",
                counted,
                name,
                most
            )
        };
        found.push(warning(config, "host/too-many-files", message, fewer_files()));
    }
    let fullest = folders.iter().max_by_key(|(_, count)| **count);
    if let (Some(most), Some((folder, count))) = (host.files_in_folder, fullest)
        && *count > most
    {
        let message = message!(
            "check-host-files-in-folder",
            "the folder `/{folder}` has {count} files, but {name} takes at most {most} in one folder",
            folder,
            count,
            name,
            most
        );
        found.push(warning(config, "host/too-many-files", message, fewer_files()));
    }
    if let Some(most) = host.file_bytes.filter(|most| largest.1 > *most) {
        let (path, size) = largest;
        let message = message!(
            "check-host-file-bytes",
            "`/{path}` has {size} bytes, but {name} takes files of at most {most}",
            path,
            size,
            name,
            most
        );
        found.push(warning(config, "host/too-large", message, smaller_files()));
    }
    if let Some(most) = host.bytes.filter(|most| bytes > *most) {
        let message = message!(
            "check-host-bytes",
            "the site has {bytes} bytes, but {name} takes at most {most}",
            bytes,
            name,
            most
        );
        found.push(warning(config, "host/too-large", message, smaller_files()));
    }
}

fn fewer_files() -> Message {
    message!(
        "check-host-files-help",
        "keep fewer languages, components or aliases, move old entries to another site, or choose a host that takes more (docs/hosting.md)"
    )
}

fn smaller_files() -> Message {
    message!(
        "check-host-bytes-help",
        "remove large files from `content/static/`, or serve them from elsewhere"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::Snapshot;
    use crate::timeline::fixture::{SITE, at, site};

    fn messages(host: &str, files: &[(&str, u64)]) -> Vec<(&'static str, String)> {
        let model = site(&format!("{SITE}host: {host}\n"), &[]);
        let site = Site::new(Snapshot::at(&model, at("20 12:00"))).expect("built-in locales");
        publication(&site, files.iter().copied())
            .into_iter()
            .map(|d| (d.code, d.message.to_string()))
            .collect()
    }

    #[test]
    fn a_site_that_is_too_large_for_its_host_is_told_and_at_the_limit_it_is_not() {
        let half = 500_000_000;
        assert_eq!(messages("github", &[("a", half), ("b", half)]), []);
        let told = messages("github", &[("a", half), ("b", half), ("c", 1)]);
        let message = "the site has 1000000001 bytes, but GitHub Pages takes at most 1000000000";
        assert_eq!(told, [("host/too-large", message.into())]);
        let limit = 25 << 20;
        assert_eq!(messages("cloudflare", &[("a", limit), ("b", limit)]), []);
        let told = messages("cloudflare", &[("a", limit), ("b/c", limit + 1)]);
        let message = "`/b/c` has 26214401 bytes, but Cloudflare Pages takes files of at most 26214400";
        assert_eq!(told, [("host/too-large", message.into())]);
    }

    #[test]
    fn more_files_than_the_host_takes_are_told_in_the_site_and_in_one_folder() {
        let names: Vec<String> = (0..54_001).map(|n| format!("a/{n}")).collect();
        let files: Vec<(&str, u64)> = names.iter().map(|name| (name.as_str(), 1)).collect();
        assert_eq!(messages("cloudflare", &files[..20_000]), []);
        let told = messages("cloudflare", &files[..20_001]);
        assert_eq!(told[0].1, "the site has 20001 files, but Cloudflare Pages takes at most 20000");
        assert_eq!(messages("netlify", &files[..54_000]), []);
        let told = messages("netlify", &files);
        assert_eq!(
            told[0].1,
            "the folder `/a` has 54001 files, but Netlify takes at most 54000 in one folder"
        );
        assert_eq!(messages("none", &files), []);
        let named: Vec<String> = (0..100_000).map(|n| format!("{n}/index.html")).collect();
        let files: Vec<(&str, u64)> = named.iter().map(|name| (name.as_str(), 1)).chain([("a", 1)]).collect();
        assert_eq!(messages("gitlab", &files[..100_000]), []);
        let told = messages("gitlab", &files);
        let message = "the site has 200002 files and folders, but GitLab Pages takes at most 200000";
        assert_eq!(told, [("host/too-many-files", message.into())]);
    }

    #[test]
    fn a_host_that_only_ci_names_is_said_to_be_so() {
        let mut model = site(SITE, &[]);
        model.config.host = Host::from_word("r2");
        let site = Site::new(Snapshot::at(&model, at("20 12:00"))).expect("built-in locales");
        let told = publication(&site, []);
        assert!(told[0].message.starts_with("Cloudflare R2 (this CI's host) does not"), "{told:?}");
        assert!(told[0].help.as_deref().is_some_and(|help| help.ends_with("as `host` in site.yaml")));
    }
}
