//! Converts the configuration of a cState site to site.yaml.

use std::fmt::Write as _;
use std::io::ErrorKind;
use std::path::Path;

use super::super::Settings;
use super::super::report::{Origin, Report, called, left_out};
use super::super::site::NewSite;
use super::front::{self, Form, Front};
use crate::fetch::FetchError;
use crate::file;
use crate::languages;
use crate::limits::IMPORT_CONFIG_BYTES;
use crate::message::message;
use crate::model::Zone;
use crate::model::config::Url;
use crate::os::Shown as _;
use crate::source;
use crate::text;

/// The configuration files of Hugo, in its order.
const NAMES: [(&str, Form); 8] = [
    ("hugo.toml", Form::Toml),
    ("hugo.yaml", Form::Yaml),
    ("hugo.yml", Form::Yaml),
    ("hugo.json", Form::Json),
    ("config.toml", Form::Toml),
    ("config.yaml", Form::Yaml),
    ("config.yml", Form::Yaml),
    ("config.json", Form::Json),
];

pub(super) fn find(source: &Path, report: &mut Report) -> Result<(Origin, Front), FetchError> {
    if !source.is_dir() {
        let help = message!("import-cstate-no-source-help", "name the folder of the cState site");
        return Err(FetchError::usage(super::no_folder(source), help));
    }
    let candidates = ["", "config/_default/"]
        .iter()
        .flat_map(|folder| NAMES.map(|(name, form)| (format!("{folder}{name}"), form)));
    for (name, form) in candidates {
        let path = source.join(&name);
        let Some(origin) = contents(&path, &name)? else { continue };
        let mut config = front::whole(&origin, form, report);
        // Hugo also reads `params` from its own file.
        for (suffix, form) in suffixes() {
            let name = format!("params{suffix}");
            if let Some(own) = contents(&path.with_file_name(&name), &name)? {
                config.add("params", front::whole(&own, form, report));
            }
        }
        return Ok((origin, config));
    }
    let message = message!(
        "import-cstate-no-configuration",
        "`{folder}` contains no `config.yml` or `hugo.toml`",
        folder = source.shown()
    );
    let help = message!(
        "import-cstate-no-configuration-help",
        "name the folder of the cState site, which contains the configuration and `content/`"
    );
    Err(FetchError::usage(message, help))
}

/// A part of the configuration that Hugo reads from its own file: `config/_default/module.toml`.
pub(super) fn beside(source: &Path, part: &str) -> Result<Option<Front>, FetchError> {
    for (suffix, form) in suffixes() {
        let name = format!("config/_default/{part}{suffix}");
        if let Some(origin) = contents(&source.join(&name), &name)? {
            return Ok(Some(front::whole(&origin, form, &mut Report::default())));
        }
    }
    Ok(None)
}

/// The endings of configuration files, with their forms.
fn suffixes() -> impl Iterator<Item = (&'static str, Form)> {
    NAMES.iter().filter_map(|(name, form)| Some((name.strip_prefix("config")?, *form)))
}

/// `None` if it does not exist.
fn contents(path: &Path, name: &str) -> Result<Option<Origin>, FetchError> {
    match file::read(path, IMPORT_CONFIG_BYTES) {
        Ok(bytes) => Ok(Some(Origin::new(name, &source::plain(&String::from_utf8_lossy(&bytes))))),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => {
            let message = super::unreadable(path, &error);
            let help = message!(
                "import-cstate-unread-configuration-help",
                "make it a regular file that you can read: it is the configuration of the cState site"
            );
            Err(FetchError::environment(message, help))
        }
    }
}

/// The new site, and the zone of times without one.
pub(super) fn site(
    origin: &Origin,
    config: &Front,
    settings: &Settings,
    report: &mut Report,
) -> (NewSite, Zone) {
    let params = config.inner("params").unwrap_or_default();
    let named = || config.text("timeZone").and_then(|name| Zone::named(&name));
    let zone = settings.zone.or_else(named).unwrap_or_else(|| {
        let message =
            message!("import-cstate-no-zone", "the configuration has no `timeZone` that noroshi knows");
        let made = message!(
            "import-cstate-no-zone-made",
            "read times without a zone as UTC: to use another zone, pass `--timezone`"
        );
        report.add(origin, None, "import/timezone", message, made);
        Zone::UTC
    });
    let title = config.text("title").unwrap_or_else(|| {
        let message = message!("import-cstate-no-site-title", "the site has no title");
        report.add(origin, None, "import/title", message, called("Status"));
        "Status".into()
    });
    let mut site = NewSite::new(&title, zone, &locale(origin, config, settings, report), settings.now);
    let words = params.text("description").or_else(|| config.text("description"));
    site.description = words.map(|words| plain(&words));
    site.url = url(origin, config, report);
    components(origin, &params, &mut site, report);
    tabs(origin, &params, &mut site, report);
    site.theme = theme(origin, &params, report);
    if config.inner("languages").is_some() {
        let message = message!("import-cstate-languages", "the site has several languages");
        let made = message!("import-cstate-languages-made", "imported only `content/`, as one language");
        report.add(origin, origin.key("languages"), "import/language", message, made);
    }
    (site, zone)
}

fn locale(origin: &Origin, config: &Front, settings: &Settings, report: &mut Report) -> String {
    if let Some(locale) = &settings.locale {
        return locale.clone();
    }
    let written = config.text("languageCode").or_else(|| config.text("defaultContentLanguage"));
    let Some(written) = written else { return "en".into() };
    let base = written.split(['-', '_']).next().unwrap_or("").to_lowercase();
    if languages::is_built_in(&base) {
        return base;
    }
    let message =
        message!("import-cstate-unknown-language", "the language `{written}` is not built in", written);
    let made = message!("import-cstate-unknown-language-made", "set the language of the site to `en`");
    report.add(origin, origin.key("languageCode"), "import/language", message, made);
    "en".into()
}

fn url(origin: &Origin, config: &Front, report: &mut Report) -> String {
    let written = config.text("baseURL").unwrap_or_default();
    let written = written.trim();
    let with_scheme = if written.starts_with("//") { format!("https:{written}") } else { written.to_owned() };
    if Url::parse(&with_scheme).is_some() {
        return with_scheme;
    }
    let message =
        message!("import-cstate-base-url", "`baseURL` is not an absolute address: `{written}`", written);
    let made = message!(
        "import-cstate-base-url-made",
        "used `https://status.example.com/`: write your address as `url` in site.yaml"
    );
    report.add(origin, origin.key("baseURL"), "import/address", message, made);
    "https://status.example.com/".into()
}

/// A system without a category has no group.
fn components(origin: &Origin, params: &Front, site: &mut NewSite, report: &mut Report) {
    let systems = params.maps("systems");
    if systems.is_empty() {
        let message = message!("import-cstate-no-systems", "the configuration has no readable `systems`");
        let made = message!(
            "import-cstate-no-systems-made",
            "made components only from entries, all of them retired"
        );
        report.add(origin, origin.key("systems"), "import/component", message, made);
    }
    let mut placed = vec![false; systems.len()];
    for category in params.maps("categories") {
        let Some(name) = category.text("name") else { continue };
        // An untitled category shows no name, so it becomes no group.
        let hidden = category.flag("untitled").unwrap_or(false);
        let group =
            site.group(Some(name.as_str()).filter(|_| !hidden), category.text("description").as_deref());
        for (system, placed) in systems.iter().zip(&mut placed) {
            let here = system.text("category").is_some_and(|c| text::fold(&c) == text::fold(&name));
            if here && !*placed {
                *placed = true;
                component(origin, system, group, site, report);
            }
        }
    }
    let group = site.group(None, None);
    for (system, _) in systems.iter().zip(&placed).filter(|(_, placed)| !**placed) {
        if let Some(category) = system.text("category").filter(|_| !params.maps("categories").is_empty()) {
            let message =
                message!("import-cstate-no-category", "there is no category `{category}`", category);
            let made = message!("import-cstate-no-category-made", "imported its systems without a group");
            report.add(origin, None, "import/component", message, made);
        }
        component(origin, system, group, site, report);
    }
}

fn component(origin: &Origin, system: &Front, group: usize, site: &mut NewSite, report: &mut Report) {
    let Some(name) = system.text("name").filter(|n| !n.trim().is_empty()) else {
        let message = message!("import-cstate-nameless", "a system has no name");
        report.add(origin, None, "import/component", message, left_out());
        return;
    };
    let link = system.text("link").filter(|l| l.starts_with("http://") || l.starts_with("https://"));
    let description = match (system.text("description"), link) {
        (words, None) => words,
        (None, Some(link)) => Some(format!("<{link}>")),
        (Some(words), Some(link)) => Some(format!("{} <{link}>", words.trim())),
    };
    let description = description.map(|words| inline(&words));
    if site.add(group, &name, description.as_deref()).is_none() {
        let message =
            message!("import-cstate-system-twice", "the configuration lists the system `{name}` twice", name);
        let made = message!("import-cstate-system-twice-made", "imported once");
        report.add(origin, None, "import/component", message, made);
    }
}

/// Converts a description to plain text, with the addresses of links after their text.
fn plain(words: &str) -> String {
    let mut out = String::new();
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        let link = after.split_once("](").and_then(|(label, after)| Some((label, after.split_once(')')?)));
        if let Some((label, (address, after))) = link.filter(|(label, _)| !label.contains('[')) {
            let _ = write!(out, "{label} ({address})");
            rest = after;
        } else {
            out.push('[');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

/// Converts a description to one line of Markdown, with other markup as text.
fn inline(words: &str) -> String {
    let (made, _) = super::prose::from_markdown(words, &|address, _| {
        let known = ["http://", "https://", "mailto:"].iter().any(|scheme| address.starts_with(scheme));
        if known { super::LinkTarget::Keep } else { super::LinkTarget::Nowhere }
    });
    made.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Converts the header tabs that link to other sites.
fn tabs(origin: &Origin, params: &Front, site: &mut NewSite, report: &mut Report) {
    for tab in params.maps("customTabs") {
        let (Some(name), Some(link)) = (tab.text("name"), tab.text("link")) else { continue };
        if link.starts_with("https://") || link.starts_with("http://") {
            site.nav.push((name, link));
        } else {
            let message = message!(
                "import-cstate-tab",
                "the tab `{name}` links to `{link}`, a page of the old site",
                name,
                link
            );
            let made = message!("import-cstate-tab-made", "left out: add it under `links` in site.yaml");
            report.add(origin, None, "import/link", message, made);
        }
    }
}

/// The site's colours, as a theme of the new site.
fn theme(origin: &Origin, params: &Front, report: &mut Report) -> Option<(&'static str, String)> {
    const TOKENS: [(&str, &str); 5] = [
        ("brand", "accent"),
        ("ok", "ok"),
        ("disrupted", "partial"),
        ("down", "major"),
        ("notice", "maintenance"),
    ];
    let mut lines = String::new();
    for (theirs, ours) in TOKENS {
        let Some(colour) = params.text(theirs).map(|colour| colour.trim().to_owned()) else { continue };
        if is_colour(&colour) {
            // Writing to a string cannot fail.
            let _ = writeln!(lines, "  {ours}: \"{colour}\"");
        } else {
            let message = message!(
                "import-cstate-colour",
                "the colour `{colour}` of `{theirs}` is not `#rgb` or `#rrggbb`",
                colour,
                theirs
            );
            let made = message!(
                "import-cstate-colour-made",
                "left out: write `{ours}: \"#rrggbb\"` into themes/cstate/theme.yaml",
                ours
            );
            report.add(origin, origin.key(theirs), "import/colour", message, made);
        }
    }
    let text = format!(
        "# The colours of the old site, for the light and the dark scheme. If one is hard to read,\n# write `{{light: …, dark: …}}`.\nextends: default\ntokens:\n{lines}"
    );
    (!lines.is_empty()).then_some(("cstate", text))
}

/// Whether a text is `#rgb` or `#rrggbb`.
fn is_colour(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or("");
    matches!(digits.len(), 3 | 6) && digits.bytes().all(|b| b.is_ascii_hexdigit())
}
