//! Turns a site into files. Each format is independent of the others.
//!
//! Every format returns a list of the files that it would write. Rendering happens later and in parallel; files
//! share nothing but the site.
//!
//! Why: docs/decisions/formats.md.

mod api;
mod assets;
mod assistants;
mod atom;
mod badge;
mod banner;
mod calendar;
mod components;
mod headers;
mod hosting;
mod html;
mod icons;
mod json;
mod json_feed;
mod metrics;
mod now;
mod promises;
mod record;
mod redirect;
mod rss;
mod schedule;
mod sitemap;
mod statuspage;
#[cfg(test)]
mod tests;
mod uptime;
mod xml;

use crate::address;
use crate::digest::Digest;
use crate::model::{Head, Model};
use crate::publish::Rank;
use crate::site::{Site, Subject};

pub use headers::{
    Header, Rule, TYPES, content_type, editor, headers_of, rules as header_rules, rules_of as header_rules_of,
};
pub use hosting::left_out as redirects_left_out;
pub use redirect::{file as redirect_file, files as redirect_files};

/// A file to be rendered.
pub struct Planned<'a> {
    /// Its path relative to the root of the site.
    pub path: String,
    pub rank: Rank,
    inputs: Option<Inputs<'a>>,
    render: Box<dyn Fn() -> Vec<u8> + Send + Sync + 'a>,
}

type Inputs<'a> = Box<dyn Fn() -> Digest + Send + Sync + 'a>;

impl<'a> Planned<'a> {
    fn new(
        path: impl Into<String>,
        rank: Rank,
        render: impl Fn() -> String + Send + Sync + 'a,
    ) -> Planned<'a> {
        Planned::bytes(path, rank, move || render().into_bytes())
    }

    fn bytes(
        path: impl Into<String>,
        rank: Rank,
        render: impl Fn() -> Vec<u8> + Send + Sync + 'a,
    ) -> Planned<'a> {
        Planned { path: path.into(), rank, inputs: None, render: Box::new(render) }
    }

    /// The same file with a digest of its inputs that is cheaper than rendering.
    fn made_from(mut self, inputs: impl Fn() -> Digest + Send + Sync + 'a) -> Planned<'a> {
        self.inputs = Some(Box::new(inputs));
        self
    }

    /// The digest of its inputs. While it is the same, this program renders the same bytes, on every machine.
    /// `None` if only rendering can tell.
    #[must_use]
    pub fn inputs(&self) -> Option<Digest> {
        self.inputs.as_ref().map(|inputs| inputs())
    }

    #[must_use]
    pub fn render(&self) -> Vec<u8> {
        (self.render)()
    }
}

impl std::fmt::Debug for Planned<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Planned({})", self.path)
    }
}

/// A function that writes a feed, given its subject, language and path.
type WriteFeed = fn(&Site<'_>, Subject, usize, &str) -> String;

/// A file with this name for each subject and language. The site's own feed also gets Statuspage's name for it.
fn each_feed<'a>(site: &'a Site<'a>, file: &str, alias: Option<&str>, write: WriteFeed) -> Vec<Planned<'a>> {
    let mut files = Vec::new();
    for locale in 0..site.locales.len() {
        for subject in site.subjects() {
            let folder = site.folder(subject, locale);
            let path = format!("{folder}{file}");
            let names = alias.filter(|_| subject == Subject::Site).into_iter().chain([file]);
            for name in names {
                let own = path.clone();
                files.push(Planned::new(format!("{folder}{name}"), Rank::List, move || {
                    write(site, subject, locale, &own)
                }));
            }
        }
    }
    files
}

/// Every format. A new format is one new file and one line here.
const FORMATS: [for<'a> fn(&'a Site<'a>) -> Vec<Planned<'a>>; 21] = [
    assets::plan,
    html::plan,
    rss::plan,
    atom::plan,
    json_feed::plan,
    calendar::plan,
    now::plan,
    api::plan,
    assistants::plan,
    schedule::plan,
    components::plan,
    uptime::plan,
    metrics::plan,
    statuspage::plan,
    promises::plan,
    record::plan,
    badge::plan,
    banner::plan,
    sitemap::plan,
    hosting::plan,
    redirect::plan,
];

#[must_use]
pub fn plan<'a>(site: &'a Site<'a>) -> Vec<Planned<'a>> {
    FORMATS.iter().flat_map(|format| format(site)).collect()
}

/// The folders of the pages that every site has in each language, besides its home page.
const FIXED_PAGES: [&str; 6] = ["history/", "faq/", "subscribe/", "api/", "embed/", "embed/banner/"];

/// The files that every site has, whatever its content.
#[must_use]
pub fn fixed_files(model: &Model) -> Vec<String> {
    let once = address::HOST_FILES.iter().chain(&address::FIXED_FILES);
    let mut files: Vec<String> = once.map(|file| (*file).to_owned()).collect();
    files.extend([&model.theme.style.path, &model.theme.script.path].map(Clone::clone));
    for prefix in model.config.prefixes() {
        let each = address::FIXED_FILES_IN_EACH_LANGUAGE.iter().chain(&["index.html"]);
        files.extend(each.map(|file| format!("{prefix}{file}")));
        files.extend(statuspage::paths(&prefix));
        let form = model.config.addresses.now;
        files.extend(
            FIXED_PAGES.iter().map(|folder| address::file_of(&form.page(&format!("{prefix}{folder}")))),
        );
    }
    files
}

/// The redirect pages at the other addresses of the pages that every site has.
#[must_use]
pub fn fixed_old(model: &Model) -> Vec<String> {
    let Some(old) = model.config.addresses.old() else { return Vec::new() };
    let files =
        |prefix: String| FIXED_PAGES.map(|folder| address::file_of(&old.page(&format!("{prefix}{folder}"))));
    model.config.prefixes().flat_map(files).collect()
}

/// The names of the files beside a component's page.
pub const BESIDE_COMPONENT: [&str; 5] = ["badge.svg", "calendar.ics", "feed.atom", "feed.json", "feed.xml"];

pub const BESIDE_MAINTENANCE: &str = "calendar.ics";

/// Below the prefix of each language.
pub const API_INCIDENTS: &str = "api/v2/incidents/";

/// The folder of what incidents promised.
pub const PROMISES: &str = "api/incidents/";

#[must_use]
pub fn promises_file(incident: &Head) -> String {
    promises::path(incident)
}

/// The file with the uptime of a component.
#[must_use]
pub fn uptime_file(component: &str) -> String {
    uptime::path(component)
}

#[must_use]
pub fn api_file(incident: &Head) -> String {
    statuspage::path(&statuspage::id(incident))
}
