//! Every address is used once, also by entries that are not visible yet.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::Datelike;

use crate::diagnostic::{Diagnostic, Place};
use crate::model::{Config, Instant, Model};
use crate::output;
use crate::site::entry_path;
use crate::source::Asset;

/// The addresses that links may lead to, without a leading slash.
#[derive(Debug)]
pub struct Addresses {
    /// Files, with the file of content that makes them.
    files: BTreeMap<String, Arc<str>>,
}

impl Addresses {
    /// Whether something stands at a path from the root.
    #[must_use]
    pub fn contains(&self, path: &str) -> bool {
        let folder = path.strip_suffix("index.html").unwrap_or(path).trim_end_matches('/');
        let page = if folder.is_empty() { "index.html".to_owned() } else { format!("{folder}/index.html") };
        self.files.contains_key(&page) || (!path.ends_with('/') && self.files.contains_key(path))
    }

    /// Every known address, for suggestions.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(|file| address(file))
    }
}

/// Who claims which file.
struct Claims<'f> {
    files: BTreeMap<String, Arc<str>>,
    found: &'f mut Vec<Diagnostic>,
}

impl Claims<'_> {
    fn claim(&mut self, file: String, place: &Place) {
        let Some(other) = self.files.get(&file) else {
            self.files.insert(file, Arc::clone(&place.file));
            return;
        };
        let message =
            format!("the address `/{}` is also that of {other}", file.trim_end_matches("index.html"));
        let help = "one address, one thing: rename one of the two";
        self.found.push(Diagnostic::error("site/colliding-address", place.clone(), message).help(help));
    }

    /// `about` and `about/index.html` cannot both be files.
    fn folders(&mut self) {
        // Pages end in `index.html`, and nothing stands below one.
        for (name, owner) in self.files.iter().filter(|(name, _)| !name.ends_with("index.html")) {
            let below = format!("{name}/");
            for (file, other) in self.files.range(below.clone()..).take_while(|(f, _)| f.starts_with(&below))
            {
                let message = format!("the file `/{name}` of {owner} stands where /{file} needs a folder");
                self.found.push(
                    Diagnostic::error("site/colliding-address", Place::whole(other), message)
                        .help("rename one of the two"),
                );
            }
        }
    }
}

pub(super) fn check(model: &Model, assets: &[Asset], found: &mut Vec<Diagnostic>) -> Addresses {
    let mut claims = Claims { files: BTreeMap::new(), found };
    let config = Place::whole(&Config::file());
    for file in output::fixed_files(&model.config) {
        claims.claim(file, &config);
    }
    let prefixes: Vec<String> = (model.config.locales.iter().enumerate())
        .map(|(at, locale)| if at == 0 { String::new() } else { format!("{locale}/") })
        .collect();
    for prefix in &prefixes {
        for component in &model.config.components.all {
            claims.claim(format!("{prefix}components/{}/index.html", component.id), &config);
        }
        for category in &model.config.categories {
            claims.claim(format!("{prefix}faq/{}/index.html", category.id), &config);
        }
        for (year, month) in months(model) {
            claims.claim(format!("{prefix}history/{year}/{month:02}/index.html"), &config);
        }
        for head in model.heads().filter(|h| !h.draft && h.kind != crate::model::Kind::Question) {
            claims.claim(format!("{prefix}{}index.html", entry_path(head)), &head.place);
        }
    }
    for asset in assets {
        claims.claim(asset.address.clone(), &Place::whole(&asset.name));
    }
    for head in model.heads().filter(|h| !h.draft) {
        for (alias, place) in &head.aliases {
            claims.claim(output::redirect_file(alias), place);
        }
    }
    claims.folders();
    Addresses { files: claims.files }
}

fn address(file: &str) -> &str {
    file.strip_suffix("index.html").unwrap_or(file)
}

/// Every month that an entry begins in, visible or not.
fn months(model: &Model) -> Vec<(i32, u32)> {
    let starts = (model.incidents.iter().map(|e| e.started))
        .chain(model.maintenance.iter().flat_map(|e| {
            std::iter::once(e.window.start).chain(e.updates.iter().filter_map(|u| u.change.start))
        }))
        .chain(model.notices.iter().filter_map(|e| e.head.publish_at.or(e.updates.first().map(|u| u.at))));
    let month = |at: Instant| {
        let day = model.config.zone.day(at);
        (day.year(), day.month())
    };
    let mut found: Vec<(i32, u32)> = starts.map(month).collect();
    found.sort_unstable();
    found.dedup();
    found
}
