//! A site → files, one format a file, no format knowing another.
//!
//! Every format gives a list of what it would write; rendering happens later and in parallel, each
//! file by itself, with nothing shared but the site.
//!
//! Why: docs/decisions/formats.md.

mod assets;
mod atom;
mod badge;
mod banner;
mod calendar;
mod hosting;
mod html;
mod icons;
mod json;
mod json_feed;
mod redirect;
mod rss;
mod schedule;
mod sitemap;
mod statuspage;
#[cfg(test)]
mod tests;
mod xml;

use crate::address;
use crate::digest::Digest;
use crate::model::{Head, Model};
use crate::publish::Rank;
use crate::site::{Site, Subject};

pub use hosting::left_out as redirects_left_out;
pub use redirect::{file as redirect_file, files as redirect_files};

/// A file that will be rendered.
pub struct Planned<'a> {
    /// Relative to the root of the site.
    pub path: String,
    /// When it is put in its place.
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

    /// A file that is no text.
    fn bytes(
        path: impl Into<String>,
        rank: Rank,
        render: impl Fn() -> Vec<u8> + Send + Sync + 'a,
    ) -> Planned<'a> {
        Planned { path: path.into(), rank, inputs: None, render: Box::new(render) }
    }

    /// The same, with a way to know its inputs that is cheaper than rendering.
    fn made_from(mut self, inputs: impl Fn() -> Digest + Send + Sync + 'a) -> Planned<'a> {
        self.inputs = Some(Box::new(inputs));
        self
    }

    /// What it is made from: as long as that is the same, so are its bytes, whenever and wherever this
    /// program renders it. `None` where nobody can tell without rendering.
    #[must_use]
    pub fn inputs(&self) -> Option<Digest> {
        self.inputs.as_ref().map(|inputs| inputs())
    }

    /// Its bytes.
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

/// How a format writes a feed: of what, in which language, and at which path.
type WriteFeed = fn(&Site<'_>, Subject, usize, &str) -> String;

/// A file of this name for each subject and language; the site's also under another, where Statuspage has it.
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

/// Every format. A new one is one new file and one line here.
const FORMATS: [for<'a> fn(&'a Site<'a>) -> Vec<Planned<'a>>; 13] = [
    assets::plan,
    html::plan,
    rss::plan,
    atom::plan,
    json_feed::plan,
    calendar::plan,
    schedule::plan,
    statuspage::plan,
    badge::plan,
    banner::plan,
    sitemap::plan,
    hosting::plan,
    redirect::plan,
];

/// Every file of a site.
#[must_use]
pub fn plan<'a>(site: &'a Site<'a>) -> Vec<Planned<'a>> {
    FORMATS.iter().flat_map(|format| format(site)).collect()
}

/// The folders of pages that every site has in each language, besides its home.
const FIXED_PAGES: [&str; 5] = ["history/", "faq/", "subscribe/", "embed/", "embed/banner/"];

/// Files that every site has, whatever its team writes.
#[must_use]
pub fn fixed_files(model: &Model) -> Vec<String> {
    const ROOT: [&str; 7] =
        ["404.html", "sitemap.xml", "robots.txt", "_headers", "_redirects", ".nojekyll", "manifest.json"];
    const EACH: [&str; 15] = [
        "index.html",
        "embed/banner.json",
        "badge.svg",
        "calendar.ics",
        "history.rss",
        "history.atom",
        "feed.xml",
        "feed.atom",
        "feed.json",
        "incidents/feed.xml",
        "incidents/feed.atom",
        "incidents/feed.json",
        "maintenance/feed.xml",
        "maintenance/feed.atom",
        "maintenance/feed.json",
    ];
    let mut files: Vec<String> = ROOT.iter().map(|f| (*f).to_owned()).collect();
    files.extend(["embed/banner.js", "api/schedule.json"].map(str::to_owned));
    files.extend(statuspage::paths());
    files.extend([&model.theme.style.path, &model.theme.script.path].map(Clone::clone));
    for (at, locale) in model.config.locales.iter().enumerate() {
        let prefix = if at == 0 { String::new() } else { format!("{locale}/") };
        files.extend(EACH.iter().map(|file| format!("{prefix}{file}")));
        let form = model.config.addresses.now;
        files.extend(
            FIXED_PAGES.iter().map(|folder| address::file_of(&form.page(&format!("{prefix}{folder}")))),
        );
    }
    files
}

/// The small pages at the other addresses of pages that every site has.
#[must_use]
pub fn fixed_old(model: &Model) -> Vec<String> {
    let Some(old) = model.config.addresses.old() else { return Vec::new() };
    let locales = model.config.locales.iter().enumerate();
    let prefixes = locales.map(|(at, tag)| if at == 0 { String::new() } else { format!("{tag}/") });
    let files =
        |prefix: String| FIXED_PAGES.map(|folder| address::file_of(&old.page(&format!("{prefix}{folder}"))));
    prefixes.flat_map(files).collect()
}

/// Files that stand beside the page of a component.
pub const BESIDE_COMPONENT: [&str; 5] = ["badge.svg", "calendar.ics", "feed.atom", "feed.json", "feed.xml"];

/// The file that stands beside the page of a maintenance.
pub const BESIDE_MAINTENANCE: &str = "calendar.ics";

/// The folder of incidents in the API.
pub const API_INCIDENTS: &str = "api/v2/incidents/";

/// The file of an incident in the API.
#[must_use]
pub fn api_file(incident: &Head) -> String {
    statuspage::path(&statuspage::id(incident))
}
