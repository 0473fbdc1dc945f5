//! The result of an import so far, and what every source adds to it in the same way: rows, times, components and
//! words.

use super::answers::Item;
use super::entry::{Entry, one_line};
use super::prose::{self, LinkTarget, Note};
use super::report::{Origin, Report, Spot, imported_as, left_out};
use super::site::NewSite;
use super::slugs::{SourceContents, settle};
use super::times;
use super::{Imported, Settings};
use crate::languages;
use crate::message::{Message, message};
use crate::model::config::Url;
use crate::model::{Instant, Zone};
use crate::vocabulary::ComponentStatus;

pub(super) struct Conversion {
    pub(super) zone: Zone,
    pub(super) site: NewSite,
    pub(super) report: Report,
}

/// What a source says of its page.
#[derive(Default)]
pub(super) struct Page {
    pub(super) name: Option<String>,
    pub(super) description: Option<String>,
    pub(super) url: Option<String>,
    /// A name of the IANA list.
    pub(super) zone: Option<String>,
    /// The key that holds it, for rows.
    pub(super) zone_key: &'static str,
    pub(super) language: Option<String>,
    /// Links of the header: texts and addresses.
    pub(super) links: Vec<(&'static str, String)>,
}

const PLACEHOLDER: &str = "https://status.example.com/";

impl Conversion {
    /// The site without its components.
    pub(super) fn begin(page: Page, origin: &Origin, settings: &Settings, report: Report) -> Conversion {
        let mut to =
            Conversion { zone: Zone::UTC, site: NewSite::new("", Zone::UTC, "en", settings.now), report };
        let whole = origin.at(None);
        let title = page.name.filter(|name| !one_line(name).is_empty()).unwrap_or_else(|| {
            let message = message!("import-page-no-name", "the name of the page is missing");
            let made = message!("import-page-no-name-made", "called `Status`: change it in site.yaml");
            to.row(&whole, "import/site", message, made);
            "Status".to_owned()
        });
        to.zone = to.zone_of(page.zone, page.zone_key, origin, settings);
        let language =
            page.language.as_deref().and_then(|tag| tag.split(['-', '_']).next()).map(str::to_lowercase);
        let language = language.filter(|tag| languages::is_built_in(tag));
        let locale = settings.locale.clone().or(language).unwrap_or_else(|| "en".to_owned());
        to.site = NewSite::new(&title, to.zone, &locale, settings.now);
        to.site.url = page.url.filter(|url| Url::parse(url).is_some()).unwrap_or_else(|| {
            let message = message!("import-page-no-address", "the address of the page is missing");
            let made = message!(
                "import-page-no-address-made",
                "used `{address}`: change `url` in site.yaml",
                address = PLACEHOLDER
            );
            to.report.add(origin, None, "import/site", message, made);
            PLACEHOLDER.to_owned()
        });
        to.site.description = page.description.map(|d| untagged(&d)).filter(|d| !one_line(d).is_empty());
        let links = page.links.into_iter().filter(|(_, address)| Url::parse(address).is_some());
        to.site.nav.extend(links.map(|(text, address)| (text.to_owned(), address)));
        to
    }

    fn zone_of(&mut self, written: Option<String>, key: &str, origin: &Origin, settings: &Settings) -> Zone {
        if let Some(zone) = settings.zone {
            return zone;
        }
        if let Some(zone) = written.as_deref().and_then(Zone::named) {
            return zone;
        }
        let at = Some(key).filter(|key| !key.is_empty()).and_then(|key| origin.key(key));
        let message = match written {
            Some(written) => message!(
                "import-page-unknown-zone",
                "the time zone `{written}` is not in the IANA list",
                written
            ),
            None => message!("import-page-no-zone", "the time zone of the page is missing"),
        };
        let made = message!(
            "import-page-zone-made",
            "used UTC: change `timezone` in site.yaml to the zone of your days and times"
        );
        self.row(&origin.at(at), "import/timezone", message, made);
        Zone::UTC
    }

    /// The files of the new site.
    pub(super) fn end(self, origin: &Origin, entries: Vec<Entry>) -> Imported {
        let Conversion { site, report, .. } = self;
        settle(SourceContents { site, origin: origin.clone(), entries, copies: Vec::new(), report })
    }

    pub(super) fn row(
        &mut self,
        spot: &Spot,
        code: &'static str,
        message: impl Into<Message>,
        made: impl Into<Message>,
    ) {
        self.report.add(&spot.origin, spot.range.clone(), code, message, made);
    }

    /// The time of a key. Reports one that cannot be parsed or is uncertain.
    pub(super) fn time(&mut self, item: &Item<'_>, key: &str) -> Option<Instant> {
        let written = item.text(key)?;
        self.time_of(&item.spot(), key, &written)
    }

    /// Reads a time, which the source calls `key`.
    pub(super) fn time_of(&mut self, spot: &Spot, key: &str, written: &str) -> Option<Instant> {
        let read = times::read(written, self.zone);
        let stated = read.stated(self.zone);
        // A time that our format cannot write is dropped: the years end at 2100.
        let at = stated
            .map(|(stated, _)| stated.at)
            .filter(|at| self.zone.read(&times::write(self.zone, *at)) == Ok(*at));
        match (stated.and_then(|(_, doubt)| doubt), at) {
            (_, None) => {
                let message = message!(
                    "import-record-no-time",
                    "`{key}` is `{written}`, which is not a time between 1970 and 2100",
                    key,
                    written
                );
                self.row(spot, "import/time", message, left_out());
            }
            (Some(why), Some(at)) => {
                let message = message!("import-record-doubtful-time", "`{key}` is `{written}`", key, written);
                self.row(spot, "import/time", message, why.made(&at.iso()));
            }
            _ => {}
        }
        at
    }

    /// The id of a component that an entry names. A component that is gone from the page is kept for the history.
    pub(super) fn component(
        &mut self,
        spot: &Spot,
        code: Option<String>,
        name: Option<String>,
    ) -> Option<String> {
        let Some(name) = name.or_else(|| code.clone()) else {
            let message = message!("import-record-nameless", "a component has neither code nor name");
            self.row(spot, "import/component", message, left_out());
            return None;
        };
        let is_known = code.as_ref().is_some_and(|code| self.site.is_coded(code));
        let (id, added) = self.site.coded(code.as_deref(), &name);
        if added {
            let message =
                message!("import-record-gone", "the component `{name}` is no longer on the page", name);
            let made = message!("import-record-gone-made", "kept as `{id}`, retired", id);
            self.row(spot, "import/component", message, made);
        } else if let Some(code) = code.filter(|_| !is_known) {
            let message = message!(
                "import-record-other-id",
                "the component `{name}` had another id (`{code}`)",
                name,
                code
            );
            let made = message!("import-record-other-id-made", "imported as `{id}`, which has that name", id);
            self.row(spot, "import/component", message, made);
        }
        Some(id)
    }

    /// The id of a component of the page by its code. One that is gone has left no name behind, so nobody would know
    /// it.
    pub(super) fn listed(&mut self, spot: &Spot, code: Option<String>) -> Option<String> {
        let code = code?;
        if self.site.is_coded(&code) {
            return Some(self.site.coded(Some(&code), &code).0);
        }
        let message = message!(
            "import-record-unlisted",
            "the component with the id `{code}` is no longer on the page, and has no name here",
            code
        );
        self.row(spot, "import/component", message, left_out());
        None
    }

    /// Reports a component that only signed-in people saw, or nobody.
    pub(super) fn not_public(&mut self, spot: &Spot, name: Option<String>) {
        let name = name.unwrap_or_default();
        let message = message!("import-page-hidden", "the component `{name}` is not public", name);
        self.row(spot, "import/component", message, left_out());
    }

    /// The status of a component, or the nearest one.
    pub(super) fn component_status(&mut self, spot: &Spot, word: &str) -> Option<ComponentStatus> {
        if let Some(status) = ComponentStatus::from_word(word) {
            return Some(status);
        }
        let near = ComponentStatus::nearest(word).and_then(ComponentStatus::from_word);
        let made = near.map_or_else(left_out, |near| imported_as(near.word()));
        let message =
            message!("import-record-component-status", "`{word}` is not a status of a component", word);
        self.row(spot, "import/status", message, made);
        near
    }

    /// Converts plain text with a few tags.
    pub(super) fn plain(&mut self, spot: &Spot, text: &str) -> String {
        self.noted(spot, prose::from_plain(text, &lead))
    }

    /// Converts Markdown, which may hold HTML; or HTML, if the text is all in its blocks.
    pub(super) fn markdown(&mut self, spot: &Spot, text: &str) -> String {
        let bare = text.trim();
        self.markup(spot, text, bare.starts_with('<') && bare.ends_with('>') && prose::has_blocks(text))
    }

    /// Converts Markdown, or HTML if it has any block of HTML.
    pub(super) fn html(&mut self, spot: &Spot, text: &str) -> String {
        self.markup(spot, text, prose::has_blocks(text))
    }

    fn markup(&mut self, spot: &Spot, text: &str, is_html: bool) -> String {
        let made =
            if is_html { prose::from_html(text, &lead) } else { prose::from_markdown(&broken(text), &lead) };
        self.noted(spot, made)
    }

    fn noted(&mut self, spot: &Spot, (made, notes): (String, Vec<Note>)) -> String {
        for note in notes {
            self.row(spot, "import/words", note.message, note.made);
        }
        made
    }
}

fn lead(address: &str, _: bool) -> LinkTarget {
    let address = address.trim().to_ascii_lowercase();
    let outside = ["http://", "https://", "mailto:", "tel:"].iter().any(|s| address.starts_with(s));
    if outside { LinkTarget::Keep } else { LinkTarget::Nowhere }
}

/// Converts an HTML text to one line of Markdown.
pub(super) fn line(text: &str) -> String {
    prose::from_plain(&untagged(text), &lead).0.trim().to_owned()
}

/// One line of plain text: without HTML tags, and with the most common entities decoded.
pub(super) fn untagged(text: &str) -> String {
    let mut out = prose::without_tags(text);
    let entities =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")];
    for (entity, stands_for) in entities {
        out = out.replace(entity, stands_for);
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Makes every `<br />` and every line end a line break.
fn broken(text: &str) -> String {
    let lines =
        text.replace("\r\n", "\n").replace("<br />", "\n").replace("<br/>", "\n").replace("<br>", "\n");
    if lines.contains("```") {
        return lines;
    }
    let mut out = String::new();
    let mut between = "";
    for line in lines.lines().map(str::trim_end) {
        let bare = line.trim_start();
        if bare.is_empty() {
            between = if out.is_empty() { "" } else { "\n\n" };
            continue;
        }
        let marked = bare.starts_with(['-', '*', '+', '#', '>', '|'])
            || bare.starts_with(|c: char| c.is_ascii_digit());
        if between == "\\\n" && marked {
            between = "\n";
        }
        out.push_str(between);
        out.push_str(if marked { line } else { bare });
        // A heading or a table row ends with its line.
        between = if bare.starts_with(['#', '|']) { "\n" } else { "\\\n" };
    }
    out
}
