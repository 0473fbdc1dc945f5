//! The page that explains how to show the status on other pages, and the page for a frame there.

use askama::Template;

use super::parts::{Chip, Turning, turns};
use super::{Html, Layout, Scope, class, icons, shown};
use crate::site::banner::{BannerItem, Phase, Tone};
use crate::site::changes::state_key;
use crate::site::{Route, Subject};
use crate::text::escape;

#[derive(Template)]
#[template(path = "embed.html")]
pub(super) struct Embed {
    l: Layout,
    title: String,
    intro: String,
    parts: Vec<Part>,
    /// The badge of the whole site.
    badge: Option<Badge>,
    components: Vec<Badge>,
}

/// One way to embed the status, with code to copy.
struct Part {
    id: &'static str,
    label: String,
    text: String,
    code: String,
    options: Vec<(&'static str, String)>,
    after: Option<(String, String)>,
}

struct Badge {
    alt: String,
    href: String,
    code: String,
}

#[derive(Template)]
#[template(path = "banner.html")]
pub(super) struct Banner {
    l: Layout,
    /// When the page next changes by itself. A frame can stay open for days, so it also reloads when nothing
    /// happens.
    next: Option<String>,
    states: Vec<Turning<Chip>>,
    items: Vec<Item>,
    home: String,
}

struct Item {
    class: &'static str,
    /// Attributes that say when it is shown.
    when: Html,
    states: Vec<(Html, String)>,
    title: String,
    lang: Option<String>,
    words: String,
    window: Option<Html>,
    href: String,
}

pub(super) fn embed(scope: &Scope<'_>) -> Embed {
    let title = scope.t("embed-title");
    let intro = scope.t("embed-intro");
    let components = scope.site.subjects().filter(|s| matches!(s, Subject::Component(_)));
    Embed {
        l: scope.layout(&title, &intro),
        title,
        intro,
        parts: vec![script(scope), frame(scope), data(scope)],
        badge: badge(scope, Subject::Site),
        components: components.filter_map(|subject| badge(scope, subject)).collect(),
    }
}

fn script(scope: &Scope<'_>) -> Part {
    let site = scope.site;
    let address = site.absolute("embed/banner.js");
    let origin = &site.now.model.config.url.origin;
    let locale = match scope.page.locale {
        0 => String::new(),
        _ => format!(" data-locale=\"{}\"", scope.locale.tag),
    };
    let option = |name, key| (name, scope.t(key));
    Part {
        id: "script",
        label: scope.t("embed-script"),
        text: scope.t("embed-script-text"),
        // A UTF-16 page reads scripts as UTF-16 unless the server or the tag declares a charset.
        code: format!("<script src=\"{address}\" charset=\"utf-8\"{locale} defer></script>"),
        options: vec![
            option("data-locale=\"en\"", "embed-option-locale"),
            option("data-components=\"api,web\"", "embed-option-components"),
            option("data-ahead=\"48h\"", "embed-option-ahead"),
            option("data-target=\"#status\"", "embed-option-target"),
        ],
        after: Some((scope.t("embed-csp"), format!("script-src {origin}; connect-src {origin}"))),
    }
}

fn frame(scope: &Scope<'_>) -> Part {
    let address = scope.site.absolute(&scope.site.path(Route::Banner, scope.page.locale));
    let title = escape(scope.plain(&scope.site.now.model.config.title));
    Part {
        id: "frame",
        label: scope.t("embed-frame"),
        text: scope.t("embed-frame-text"),
        code: format!(
            "<iframe src=\"{address}\" title=\"{title}\" width=\"100%\" height=\"120\" loading=\"lazy\" style=\"border:0\"></iframe>"
        ),
        options: Vec::new(),
        after: None,
    }
}

fn data(scope: &Scope<'_>) -> Part {
    let folder = scope.site.folder(Subject::Site, scope.page.locale);
    Part {
        id: "json",
        label: scope.t("embed-json"),
        text: scope.t("embed-json-text"),
        code: scope.site.absolute(&format!("{folder}embed/banner.json")),
        options: Vec::new(),
        after: None,
    }
}

fn badge(scope: &Scope<'_>, subject: Subject) -> Option<Badge> {
    let (site, locale) = (scope.site, scope.page.locale);
    let config = &site.now.model.config;
    let (name, status) = match subject {
        Subject::Component(at) => {
            let component = &config.components.all[at];
            if component.retired.is_some_and(|day| day <= site.now.today) {
                return None;
            }
            (scope.plain(&component.name), site.now.components[at])
        }
        _ => (scope.plain(&config.title), site.now.status),
    };
    let path = format!("{}badge.svg", site.folder(subject, locale));
    let (picture, page) = (site.absolute(&path), site.absolute(&site.path(site.page_of(subject), locale)));
    Some(Badge {
        alt: format!("{name}: {}", scope.locale.t(status.message())),
        href: scope.linker.path(&path),
        code: format!(
            "<a href=\"{page}\"><img src=\"{picture}\" alt=\"{}\" height=\"20\"></a>",
            escape(name)
        ),
    })
}

pub(super) fn banner(scope: &Scope<'_>) -> Banner {
    let title = scope.plain(&scope.site.now.model.config.title).to_owned();
    let states =
        turns(scope, |later| Chip { class: class(later.status), text: scope.t(state_key(later.status)) });
    Banner {
        l: scope.layout(&title, ""),
        next: scope.site.now.next_change.map(crate::model::Instant::iso),
        states,
        items: scope.site.banner_items().iter().map(|banner_item| item(scope, banner_item)).collect(),
        home: scope.linker.page(Route::Home),
    }
}

fn item(scope: &Scope<'_>, item: &BannerItem) -> Item {
    let (_, words) = scope.site.banner_item_words(item, scope.page.locale);
    let (title, lang) = scope.title(item.route);
    let now = scope.site.now.effective;
    let state = |phase: &Phase| {
        let begun = phase.at.is_none_or(|at| at <= now) && phase.until.is_none_or(|until| now < until);
        (shown(phase.at, phase.until, !begun), scope.locale.t(phase.label).to_owned())
    };
    Item {
        class: match item.tone {
            Tone::Status(status) => icons::name(status),
            Tone::Info => "info",
        },
        when: shown(None, item.until, false),
        states: item.states.iter().map(state).collect(),
        title,
        lang,
        words,
        window: item.window.map(|window| scope.window(window)),
        href: scope.linker.page(item.route),
    }
}
