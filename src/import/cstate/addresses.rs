//! The addresses that Hugo gave to the files of the old site: `slug`, `url`, `permalinks`, `uglyURLs`.
//!
//! Shape: <https://gohugo.io/configuration/permalinks/> and <https://gohugo.io/configuration/ugly-urls/>.

use std::collections::BTreeMap;
use std::path::Path;

use super::super::times;
use super::front::Front;
use crate::model::{Instant, Zone};
use crate::text;

/// How the configuration forms addresses, by the folder of `content/`.
#[derive(Debug, Default)]
pub(super) struct Forms {
    permalinks: BTreeMap<&'static str, String>,
    /// `/issues/name.html` instead of `/issues/name/`.
    ugly: BTreeMap<&'static str, bool>,
}

/// What an address is made of.
pub(super) struct Page<'p> {
    pub(super) folder: &'p str,
    /// The path below the folder without `.md`.
    pub(super) stem: &'p str,
    pub(super) front: &'p Front,
    pub(super) zone: Zone,
}

impl Forms {
    pub(super) fn of(config: &Front) -> Forms {
        let mut forms = Forms::default();
        let permalinks = config.inner("permalinks");
        let ugly = config.inner("uglyURLs");
        for folder in ["issues", "pages"] {
            let of_pages = permalinks.as_ref().and_then(|all| all.inner("page"));
            let pattern = of_pages.and_then(|all| all.text(folder));
            let pattern = pattern.or_else(|| permalinks.as_ref().and_then(|all| all.text(folder)));
            forms.permalinks.extend(pattern.map(|pattern| (folder, pattern)));
            let flag = ugly.as_ref().and_then(|all| all.flag(folder)).or_else(|| config.flag("uglyURLs"));
            forms.ugly.insert(folder, flag.unwrap_or(false));
        }
        forms
    }

    /// The address of a file; `None` if its pattern needs what the file does not have.
    pub(super) fn address(&self, page: &Page<'_>) -> Option<String> {
        if let Some(url) = page.front.text("url") {
            let url = url.trim_matches('/');
            let is_file = Path::new(url).extension().is_some_and(|ending| ending == "html");
            return Some(if is_file { format!("/{url}") } else { format!("/{url}/") });
        }
        let plain = if let Some(pattern) = self.permalinks.get(page.folder) {
            format!("/{}/", page.fill(pattern)?.trim_matches('/'))
        } else {
            let (above, last) = page.names();
            let last = page.slug().unwrap_or_else(|| last.to_owned());
            let above = if above.is_empty() { String::new() } else { format!("{above}/") };
            format!("/{}/{above}{last}/", page.folder)
        };
        let address = address(&plain);
        let is_ugly = self.ugly.get(page.folder).copied().unwrap_or(false);
        Some(if is_ugly { format!("{}.html", address.trim_end_matches('/')) } else { address })
    }
}

impl Page<'_> {
    /// The folders above the file, and its name. `x/index.md` is a bundle: the folder gives the name.
    fn names(&self) -> (&str, &str) {
        let stem = self.stem.strip_suffix("/index").unwrap_or(self.stem);
        stem.rsplit_once('/').unwrap_or(("", stem))
    }

    fn slug(&self) -> Option<String> {
        self.front.text("slug").filter(|slug| !slug.contains('/') && !slug.trim().is_empty())
    }

    /// A pattern such as `/:year/:month/:slug/` with its values.
    fn fill(&self, pattern: &str) -> Option<String> {
        let parts = pattern.split('/').map(|part| {
            let mut out = String::new();
            let mut pieces = part.split(':');
            out.push_str(pieces.next().unwrap_or_default());
            for piece in pieces {
                let end = piece.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(piece.len());
                out.push_str(&self.value(&piece[..end])?);
                out.push_str(&piece[end..]);
            }
            Some(out)
        });
        Some(parts.collect::<Option<Vec<String>>>()?.join("/"))
    }

    fn value(&self, token: &str) -> Option<String> {
        let (above, last) = self.names();
        let title = || self.front.text("title").map(|title| title.replace('/', "-"));
        let date = |form: &str| {
            let written = self.front.text("date")?;
            let at: Instant = times::read(&written, self.zone).stated(self.zone)?.0.at;
            Some(self.zone.day(at).format(form).to_string())
        };
        match token {
            "year" => date("%Y"),
            "month" => date("%m"),
            "monthname" => date("%B"),
            "day" => date("%d"),
            "weekday" => date("%w"),
            "weekdayname" => date("%A"),
            "yearday" => date("%-j"),
            "section" => Some(self.folder.to_owned()),
            "sections" if above.is_empty() => Some(self.folder.to_owned()),
            "sections" => Some(format!("{}/{above}", self.folder)),
            "title" => title(),
            "slug" => self.slug().or_else(title),
            "filename" | "contentbasename" => Some(last.to_owned()),
            "slugorfilename" | "slugorcontentbasename" => {
                Some(self.slug().unwrap_or_else(|| last.to_owned()))
            }
            _ => None,
        }
    }
}

/// The folder that the files of a page are in: its own address, without `.html`.
pub(super) fn folder_of(address: &str) -> String {
    format!("{}/", address.trim_end_matches('/').trim_end_matches(".html"))
}

/// The address that Hugo gives to a path: lower-case letters, `-` for spaces, most punctuation removed.
pub(super) fn address(path: &str) -> String {
    let mut out = String::new();
    let mut blank = false;
    for c in path.to_lowercase().chars() {
        if c.is_whitespace() {
            blank = !out.ends_with(['-', '/']);
        } else if text::is_slug_char(c) || "./+~@".contains(c) {
            if blank && c != '-' && c != '/' {
                out.push('-');
            }
            blank = false;
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::super::report::{Origin, Report};
    use super::super::front;
    use super::*;

    fn front(text: &str) -> Front {
        front::read(&Origin::new("content/issues/a.md", text), &mut Report::default())
    }

    #[test]
    fn addresses_are_those_of_hugo() {
        let page = front("---\ntitle: Slow Mail Now\ndate: 2021-03-04 23:30\nslug: Short One\n---\n");
        let bare = front("---\ntitle: Slow\n---\n");
        let forms = |permalinks: &str, ugly: bool| {
            let mut forms = Forms::default();
            forms.permalinks.extend((!permalinks.is_empty()).then(|| ("issues", permalinks.to_owned())));
            forms.ugly.insert("issues", ugly);
            forms
        };
        let of = |forms: &Forms, stem: &str, front: &Front| {
            forms.address(&Page { folder: "issues", stem, front, zone: Zone::UTC })
        };
        for (pattern, ugly, wanted) in [
            ("", false, "/issues/short-one/"),
            ("", true, "/issues/short-one.html"),
            ("/:year/:month/:slug/", false, "/2021/03/short-one/"),
            ("/:year/:monthname/:day/:title", false, "/2021/march/04/slow-mail-now/"),
            ("/:section/:filename/", true, "/issues/a-b.html"),
            ("/s/:slugorfilename-:yearday/", false, "/s/short-one-63/"),
            ("/:sections/:weekday-:weekdayname/", false, "/issues/4-thursday/"),
        ] {
            assert_eq!(of(&forms(pattern, ugly), "a B", &page).as_deref(), Some(wanted), "{pattern}");
        }
        assert_eq!(of(&forms("", false), "2020/a/index", &bare).as_deref(), Some("/issues/2020/a/"));
        assert_eq!(
            of(&forms("/:sections/:filename/", false), "2020/a", &bare).as_deref(),
            Some("/issues/2020/a/")
        );
        for pattern in ["/:year/:slug/", "/:unknown/", "/:/x/"] {
            assert_eq!(of(&forms(pattern, false), "a", &bare), None, "{pattern}");
        }
        let own = front("---\ntitle: T\nurl: /x/y.html\n---\n");
        assert_eq!(of(&forms("/:year/", true), "a", &own).as_deref(), Some("/x/y.html"));
        assert_eq!(folder_of("/issues/a.html"), "/issues/a/");
    }
}
