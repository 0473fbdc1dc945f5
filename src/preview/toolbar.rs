//! The parts that the preview adds to a page: its time, links to the next and previous change, and
//! errors.

use std::fmt::Write as _;

use super::Content;
use crate::message::{Language, Message, message};
use crate::text::escape;

/// The text at the foot of each page.
#[derive(Debug, Default)]
pub struct Bar {
    /// The instant that the site is built for, in words.
    pub time: Message,
    /// The fixed instant for the page's script, RFC 3339; `None` if the preview follows the clock.
    pub frozen: Option<String>,
    /// The change that led here, in words.
    pub previous: Option<Message>,
    pub next: Option<Message>,
    /// A further note: that drafts are shown.
    pub note: Option<Message>,
}

/// The folder of the preview's own files. No entry can have this address.
pub(super) const FOLDER: &str = "~noroshi";
pub(super) const STYLE: &str = include_str!("../../themes/preview/preview.css");
pub(super) const SCRIPT: &str = include_str!("../../themes/preview/preview.js");

/// Adds the preview's parts to a page. A page that is not ours (a file of `static/`) may lack the
/// places for them; then it stays unchanged.
pub(super) fn dress(page: &str, content: &Content, version: u64, language: Language) -> String {
    let (Some(head), Some(body), Some(end)) =
        (page.find("<head>"), page.find("<body"), page.rfind("</body>"))
    else {
        return page.to_owned();
    };
    let Some(inside) = page[body..].find('>').map(|at| body + at + 1) else { return page.to_owned() };
    let mut out = String::with_capacity(page.len() + 2048);
    // Before the page's own script, so that it sees the preview's time.
    let head = head + "<head>".len();
    out.push_str(&page[..head]);
    let _ = write!(
        out,
        "<link rel=\"stylesheet\" href=\"/{FOLDER}/preview.css\"><script defer src=\"/{FOLDER}/preview.js\"></script>"
    );
    out.push_str(&page[head..inside]);
    if let Some(faults) = &content.faults {
        out.push_str(&overlay(faults, true, language));
    }
    out.push_str(&page[inside..end]);
    out.push_str(&foot(&content.bar, version, language));
    out.push_str(&page[end..]);
    match &content.bar.frozen {
        // A fixed time is also fixed for the page's own script.
        Some(at) => out.replacen("<html ", &format!("<html data-now=\"{}\" ", escape(at)), 1),
        None => out,
    }
}

/// The page to show while no site without errors exists yet.
pub(super) fn faults_alone(content: &Content, version: u64, language: Language) -> String {
    let unbuilt = message!("preview-unbuilt", "noroshi has not built the site yet");
    let unbuilt = unbuilt.text(language);
    let faults = content.faults.as_deref().unwrap_or(&unbuilt);
    let title = message!("preview-title", "noroshi preview");
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n</head>\n<body>\n</body>\n</html>\n",
        language.tag(),
        escape(&title.text(language))
    );
    let bare = Content { bar: Bar::default(), faults: None, files: std::collections::BTreeMap::new() };
    let page = dress(&page, &bare, version, language);
    page.replacen("<body>\n", &format!("<body>\n{}", overlay(faults, false, language)), 1)
}

fn overlay(faults: &str, over: bool, language: Language) -> String {
    let heading = message!("preview-errors", "The content has errors");
    let what = if over {
        message!(
            "preview-errors-over",
            "noroshi would publish nothing. Below is the last good site. This message disappears when you fix the errors."
        )
    } else {
        message!(
            "preview-errors-alone",
            "noroshi would publish nothing. There is no good site yet. This message disappears when you fix the errors."
        )
    };
    format!(
        "<section id=\"noroshi-faults\" role=\"alert\" lang=\"{}\"><h2>{}</h2><p>{}</p><pre>{}</pre></section>",
        language.tag(),
        escape(&heading.text(language)),
        escape(&what.text(language)),
        escape(faults)
    )
}

fn foot(bar: &Bar, version: u64, language: Language) -> String {
    let shown = |message: &Message| escape(&message.text(language));
    let mut out = format!(
        "<aside id=\"noroshi-preview\" lang=\"{1}\" aria-label=\"{0}\" data-version=\"{version}\"><b>{0}</b> <span>{2}</span>",
        shown(&message!("preview-name", "Preview")),
        language.tag(),
        shown(&bar.time)
    );
    let buttons = [
        ("previous", message!("preview-previous", "Previous change"), &bar.previous),
        ("next", message!("preview-next", "Next change"), &bar.next),
    ];
    for (name, label, what) in buttons {
        if let Some(what) = what {
            let _ = write!(
                out,
                " <button type=\"button\" data-step=\"{name}\" title=\"{0}\">{1}</button> <span class=\"what\">{0}</span>",
                shown(what),
                shown(&label)
            );
        }
    }
    if bar.frozen.is_some() {
        let now = message!("preview-now", "Now");
        let _ = write!(out, " <button type=\"button\" data-step=\"now\">{}</button>", shown(&now));
    }
    if let Some(note) = &bar.note {
        let _ = write!(out, " <span>{}</span>", shown(note));
    }
    out.push_str("</aside>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n</head>\n<body data-active>\n<p>x</p>\n</body>\n</html>\n";

    #[test]
    fn a_page_gets_its_parts_in_their_places() {
        let bar = Bar {
            time: "as of <noon>".into(),
            frozen: Some("2026-11-20T03:00:00Z".into()),
            ..Bar::default()
        };
        let content = Content { bar, faults: Some("error: a < b".into()), ..Content::default() };
        let page = dress(PAGE, &content, 7, Language::ENGLISH);
        assert!(page.contains("<html data-now=\"2026-11-20T03:00:00Z\" lang=\"en\">"), "{page}");
        assert!(page.contains("<body data-active><section id=\"noroshi-faults\""), "{page}");
        assert!(page.contains("error: a &lt; b") && page.contains("as of &lt;noon&gt;"), "{page}");
        assert!(
            page.contains("data-version=\"7\"") && page.ends_with("</aside>\n</body>\n</html>\n"),
            "{page}"
        );
    }

    #[test]
    fn what_is_no_page_stays_as_it_is() {
        assert_eq!(dress("<p>x</p>", &Content::default(), 1, Language::ENGLISH), "<p>x</p>");
    }
}
