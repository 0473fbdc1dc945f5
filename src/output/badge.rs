//! Badges (SVG 1.1) that show the status of the site or of a component on other pages.
//!
//! Pages that embed a badge have unknown fonts, so each text has a fixed width, estimated from its characters.
//! The file is ASCII, so that it can be pasted into a page with any character set.

use unicode_width::UnicodeWidthChar as _;

use super::{Planned, icons};
use crate::publish::Rank;
use crate::site::{Site, Subject};
use crate::text::{ascii_xml, escape};
use crate::vocabulary::ComponentStatus;

pub(super) fn plan<'a>(site: &'a Site<'a>) -> Vec<Planned<'a>> {
    let mut files = Vec::new();
    for locale in 0..site.locales.len() {
        for subject in site.subjects() {
            let (name, status) = match subject {
                Subject::Site => (&site.now.model.config.title, site.now.status),
                Subject::Component(at) => {
                    (&site.now.model.config.components.all[at].name, site.now.components[at])
                }
                Subject::Incidents | Subject::Maintenance => continue,
            };
            let path = format!("{}badge.svg", site.folder(subject, locale));
            let (found, name) = name.get(locale);
            // The whole picture has one language: that of the status text.
            let language = &site.locales[locale];
            let lang = (found != locale).then(|| site.locales[found].tag.as_str());
            files.push(Planned::new(path, Rank::List, move || {
                badge(name, lang, language.t(status.message()), &language.tag, status)
            }));
        }
    }
    files
}

const HEIGHT: usize = 20;
/// The space between the edge and a text.
const GAP: usize = 6;
/// The width of the symbol with the space around it.
const SHAPE: usize = 14;

fn badge(name: &str, lang: Option<&str>, words: &str, tag: &str, status: ComponentStatus) -> String {
    let (left, right) = (width(name), width(words));
    let middle = left + 2 * GAP;
    let whole = middle + SHAPE + right + 2 * GAP;
    let (colour, shape) = (colour(status), icons::path(icons::name(status)));
    let (name, words) = (escape(name), escape(words));
    let lang = lang.map(|tag| format!(" xml:lang=\"{}\"", escape(tag))).unwrap_or_default();
    // Texts are centred in their boxes, so the result is the same for both writing directions.
    let (at, then) = (halved(2 * GAP + left), halved(2 * (middle + GAP + SHAPE) + right));
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xml:lang=\"{tag}\" width=\"{whole}\" height=\"{HEIGHT}\" viewBox=\"0 0 {whole} {HEIGHT}\" role=\"img\" aria-labelledby=\"t\">\
         <title id=\"t\">{name}: {words}</title>\
         <rect width=\"{whole}\" height=\"{HEIGHT}\" rx=\"3\" fill=\"{colour}\"/>\
         <path d=\"M3 0h{}v{HEIGHT}H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z\" fill=\"#1d1f23\"/>\
         <path transform=\"translate({} 5) scale(.625)\" d=\"{shape}\" fill=\"#fff\"/>\
         <g fill=\"#fff\" font-family=\"Verdana,DejaVu Sans,Hiragino Sans,Noto Sans CJK JP,Noto Sans,sans-serif\" font-size=\"11\" text-anchor=\"middle\">\
         <text x=\"{at}\" y=\"14\" textLength=\"{left}\" lengthAdjust=\"spacingAndGlyphs\"{lang}>{name}</text>\
         <text x=\"{then}\" y=\"14\" textLength=\"{right}\" lengthAdjust=\"spacingAndGlyphs\">{words}</text>\
         </g></svg>\n",
        middle - 3,
        middle + GAP - 1,
    );
    ascii_xml(&svg)
}

/// Half of a number, in decimal digits.
fn halved(number: usize) -> String {
    format!("{}{}", number / 2, if number.is_multiple_of(2) { "" } else { ".5" })
}

/// The default theme's colours for light mode. White text on them has a contrast of at least 4.5 : 1.
fn colour(status: ComponentStatus) -> &'static str {
    match status {
        ComponentStatus::Operational => "#1f7a4d",
        ComponentStatus::Degraded => "#805a00",
        ComponentStatus::Maintenance => "#2f4fa8",
        ComponentStatus::Partial => "#a84300",
        ComponentStatus::Major => "#b3202c",
    }
}

/// The width of a text at 11 pixels, in pixels: by Verdana's widths, and for other scripts by Unicode's
/// character width.
fn width(text: &str) -> usize {
    let tenths: usize = text.chars().map(tenths).sum();
    tenths.div_ceil(10).max(1)
}

fn tenths(c: char) -> usize {
    match c {
        'i' | 'j' | 'l' | '\'' | '|' | '!' | '.' | ',' | ':' | ';' | ' ' => 36,
        'f' | 't' | 'r' | 'I' | '(' | ')' | '[' | ']' | '/' | '\\' | '-' | '"' => 46,
        'm' | 'M' | 'W' | '%' | '@' => 112,
        'w' => 90,
        'A'..='Z' | '&' | '+' | '=' | '<' | '>' | '~' | '#' => 78,
        ' '..='~' => 68,
        c => match c.width() {
            None | Some(0) => 0,
            Some(1) => 72,
            Some(_) => 112,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_script_has_its_width() {
        assert_eq!(width("取引"), 23);
        assert_eq!(width("ﾄﾘﾋｷ"), 29, "narrow kana");
        assert_eq!(width("e\u{301}"), width("e"), "a mark takes no room");
        assert!(width("iiii") < width("mmmm"));
        assert!(width("خدمة") > 20);
    }

    #[test]
    fn a_badge_is_one_picture_whatever_the_name_is() {
        for name in ["<b>\"R&D\"</b>", "]]>", "取引 🚀", ""] {
            let text = badge(name, None, "Operational", "en", ComponentStatus::Operational);
            let mut reader = quick_xml::Reader::from_str(&text);
            loop {
                match reader.read_event() {
                    Ok(quick_xml::events::Event::Eof) => break,
                    Ok(_) => {}
                    Err(error) => panic!("{error}: {text}"),
                }
            }
            let title = format!("<title id=\"t\">{}: Operational</title>", ascii_xml(&escape(name)));
            assert!(text.is_ascii() && text.contains(&title), "{text}");
        }
    }
}
