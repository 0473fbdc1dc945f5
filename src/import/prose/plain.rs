//! Converts plain text with a few tags to Markdown that reads the same.
//!
//! Escapes characters that Markdown would interpret, and turns addresses into links.

use super::edits::{attribute, is_dangerous, picture};
use super::tags::{Tag, tags};
use super::{
    Lead, LinkTarget, Note, as_link, as_text_and_address, as_words, foreign_picture, replaced, unlinked,
};

/// Stand-ins for characters that the HTML converter does not escape. Real text does not contain them.
const STAND_INS: [(char, char); 2] = [('~', '\u{e001}'), ('|', '\u{e002}')];

/// Whether a text contains block-level tags. Then its line ends count as spaces.
pub fn has_blocks(text: &str) -> bool {
    tags(text).iter().any(Tag::is_block)
}

/// The Markdown of a text without such tags. Emphasis tags stay as raw HTML.
pub(super) fn marked(text: &str, lead: Lead<'_>, notes: &mut Vec<Note>) -> String {
    let text = broken(text);
    let all = tags(&text);
    let mut line = Line {
        out: String::with_capacity(text.len() + 32),
        text: &text,
        is_start: true,
        in_link: false,
        has_tags: !all.is_empty(),
    };
    let mut at = 0;
    let mut ends: Vec<String> = Vec::new();
    for (number, tag) in all.iter().enumerate() {
        if tag.range.start < at {
            continue;
        }
        line.words(at..tag.range.start);
        at = tag.range.end;
        match tag.name.as_str() {
            "code" | "kbd" | "samp" | "tt" if !tag.closes => {
                let end = all[number..].iter().find(|end| end.closes && end.name == tag.name);
                let end = end.map_or(at..at, |end| end.range.clone());
                line.code(at..end.start);
                at = end.end;
            }
            "a" if tag.closes => {
                line.in_link = false;
                line.out.push_str(&ends.pop().unwrap_or_default());
            }
            "a" => ends.push(line.link(tag, lead, notes)),
            "img" => {
                let address = attribute(tag.text, "src").unwrap_or_default();
                let alt = attribute(tag.text, "alt").unwrap_or_default().replace(['[', ']', '\n'], " ");
                let made = picture(&alt, &address, lead);
                let what = if made.contains(&address) { as_link() } else { as_words() };
                let message = foreign_picture(&address);
                notes.push(Note { range: tag.range.clone(), message, made: what });
                line.out.push_str(&made);
            }
            _ => line.out.push_str(tag.text),
        }
    }
    line.words(at..text.len());
    line.out
}

/// The HTML of a text in which only tags are markup and addresses are links.
pub(super) fn linked_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    let mut at = 0;
    let mut closed = 0;
    for tag in tags(text) {
        html_words(&mut out, &text[at..tag.range.start], closed == 0);
        out.push_str(tag.text);
        at = tag.range.end;
        if matches!(tag.name.as_str(), "a" | "pre" | "code" | "script" | "style") {
            closed = if tag.closes { closed - 1 } else { closed + 1 };
        }
    }
    html_words(&mut out, &text[at..], true);
    out
}

/// Restores the characters that [`linked_html`] hid from the converter.
pub(super) fn shown(markdown: &str) -> String {
    STAND_INS
        .iter()
        .fold(markdown.to_owned(), |text, (sign, stands)| text.replace(*stands, &format!("\\{sign}")))
}

fn html_words(out: &mut String, text: &str, links: bool) {
    let push = |out: &mut String, text: &str| {
        for c in text.chars() {
            match STAND_INS.iter().find(|(sign, _)| *sign == c) {
                Some((_, stands)) if links => out.push(*stands),
                _ if c == '<' => out.push_str("&lt;"),
                _ => out.push(c),
            }
        }
    };
    let mut rest = text;
    while let Some((before, address, after)) = address(rest).filter(|_| links) {
        push(out, before);
        let address = address.replace('"', "&quot;");
        out.extend(["<a href=\"", &address, "\">", &address, "</a>"]);
        rest = after;
    }
    push(out, rest);
}

/// Replaces `<br>` by a line end, and trims the lines.
fn broken(text: &str) -> String {
    let breaks = tags(text).into_iter().filter(|tag| tag.name == "br");
    let out = replaced(text, breaks.map(|tag| (tag.range, "\n")));
    let blank = |c: char| c.is_ascii_whitespace();
    let mut lines = String::with_capacity(out.len());
    for line in out.lines().map(|line| line.trim_matches(blank)) {
        // One blank line, however many there were.
        if !line.is_empty() || !lines.ends_with("\n\n") {
            lines.push_str(line);
            lines.push('\n');
        }
    }
    lines.trim_matches('\n').to_owned()
}

/// The output for a text so far.
struct Line<'t> {
    out: String,
    text: &'t str,
    /// Whether only tags precede on the line.
    is_start: bool,
    in_link: bool,
    /// Whether some tags will become Markdown marks.
    has_tags: bool,
}

impl Line<'_> {
    fn words(&mut self, range: std::ops::Range<usize>) {
        let (start, end) = (range.start, range.end);
        let mut at = start;
        for piece in self.text[range].split_inclusive('\n') {
            let words = piece.strip_suffix('\n').unwrap_or(piece);
            self.line(at, at + words.len());
            at += piece.len();
            if piece.ends_with('\n') {
                let is_blank = self.text[at..].starts_with('\n');
                let ends = self.is_start || is_blank || at == self.text.len();
                self.out.push_str(if ends { "\n" } else { "\\\n" });
                self.is_start = true;
            }
        }
        debug_assert_eq!(at, end);
    }

    /// Writes one line, or a part of it.
    fn line(&mut self, start: usize, end: usize) {
        let mut at = start;
        while !self.in_link
            && let Some((before, found, after)) = address(&self.text[at..end])
        {
            self.escaped(at, at + before.len());
            self.out.push('<');
            self.out.push_str(found);
            self.out.push('>');
            self.is_start = false;
            at = end - after.len();
        }
        self.escaped(at, end);
    }

    fn escaped(&mut self, start: usize, end: usize) {
        let line = self.text[start..].lines().next().unwrap_or_default();
        let mut is_start = self.is_start;
        if start < end {
            self.is_start = false;
        }
        // A line of punctuation alone is a rule, or turns the line before it into a heading or a table.
        let is_rule = is_start && !line.is_empty() && line.chars().all(|c| "-=_*:|+~ \t".contains(c));
        let number = if is_start { number_end(line).map(|at| at + start) } else { None };
        for (offset, c) in self.text[start..end].char_indices() {
            let at = start + offset;
            let before = self.text[..at].chars().next_back();
            let after = self.text[at + c.len_utf8()..].chars().next();
            let begins = is_start && (is_rule || begins_block(&self.text[at..]));
            if begins || number == Some(at) || self.means(c, before, after) {
                self.out.push('\\');
            }
            self.out.push(c);
            is_start = false;
        }
    }

    /// Whether Markdown would interpret a character anywhere in a line.
    fn means(&self, c: char, before: Option<char>, after: Option<char>) -> bool {
        let is_many = || self.has_tags || self.text.matches(c).nth(1).is_some();
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        match c {
            '\\' => after.is_none_or(|c| c.is_ascii_punctuation() || c == '\n'),
            '*' | '`' | '~' => is_many(),
            '_' => is_many() && !(is_word(before) && is_word(after)),
            '[' => true,
            ']' => self.in_link,
            '<' => after.is_some_and(|c| c.is_ascii_alphabetic() || "/!?".contains(c)),
            _ => false,
        }
    }

    fn code(&mut self, range: std::ops::Range<usize>) {
        let words = self.text[range.clone()].trim();
        let is_sound = !words.is_empty() && !words.contains('\n') && !words.contains("``");
        if !is_sound {
            return self.words(range);
        }
        let words = ["&lt;", "&gt;", "&quot;", "&amp;"]
            .iter()
            .zip(["<", ">", "\"", "&"])
            .fold(words.to_owned(), |words, (entity, stands_for)| words.replace(entity, stands_for));
        let (marks, pad) = if words.contains('`') { ("``", " ") } else { ("`", "") };
        self.out.extend([marks, pad, &words, pad, marks]);
        self.is_start = false;
    }

    /// Writes the start of a link, and returns its end.
    fn link(&mut self, tag: &Tag<'_>, lead: Lead<'_>, notes: &mut Vec<Note>) -> String {
        let address = attribute(tag.text, "href").unwrap_or_default();
        let leads = if is_dangerous(&address) || address.trim().is_empty() {
            LinkTarget::Nowhere
        } else {
            lead(&address, false)
        };
        let to = match leads {
            LinkTarget::Keep => address.clone(),
            LinkTarget::To(address) => address,
            LinkTarget::Nowhere if address.trim().is_empty() => return String::new(),
            LinkTarget::Nowhere => {
                let (message, made) = (unlinked(&address), as_text_and_address());
                notes.push(Note { range: tag.range.clone(), message, made });
                return format!(" ({})", super::escaped(&address));
            }
        };
        self.in_link = true;
        self.is_start = false;
        self.out.push('[');
        format!("](<{}>)", to.replace(['<', '>', '\n'], ""))
    }
}

fn begins_block(rest: &str) -> bool {
    let line = rest.lines().next().unwrap_or_default();
    let ends = |after: &str| after.is_empty() || after.starts_with([' ', '\t']);
    let after = line.trim_start_matches('#');
    let marks = line.len() - after.len();
    line.starts_with('>')
        || marks > 1
        || (marks == 1 && ends(after))
        || line.strip_prefix(['-', '+', '*']).is_some_and(ends)
}

/// The offset of the punctuation in a list number: `1.` or `1)`.
fn number_end(line: &str) -> Option<usize> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let after = line[digits..].strip_prefix(['.', ')'])?;
    let ends = after.is_empty() || after.starts_with([' ', '\t']);
    ((1..=9).contains(&digits) && ends).then_some(digits)
}

/// The first web address in a text, with the text before and after it. `<…>` around it are
/// delimiters, as in RFC 3986 (appendix C).
fn address(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let colon = text[from..].find("://")? + from;
        let scheme = ["https", "http"].into_iter().find_map(|scheme| {
            let at = colon.checked_sub(scheme.len())?;
            text.get(at..colon)?.eq_ignore_ascii_case(scheme).then_some(at)
        });
        let Some(at) = scheme else {
            from = colon + 3;
            continue;
        };
        let is_word = text[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
        let length = address_length(&text[at..]);
        if is_word || length == 0 {
            from = colon + 3;
            continue;
        }
        let (before, rest) = text.split_at(at);
        let (address, after) = rest.split_at(length);
        return match (before.strip_suffix('<'), after.strip_prefix('>')) {
            (Some(before), Some(after)) => Some((before, address, after)),
            _ => Some((before, address, after)),
        };
    }
}

/// The length of the address that starts here. Punctuation that ends a sentence is not part of it,
/// nor are letters and punctuation of languages written without spaces.
fn address_length(text: &str) -> usize {
    let is_part = |c: char| {
        let is_plain = c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '`' | '\\');
        is_plain || (c.is_alphanumeric() && c < '\u{1100}')
    };
    let mut end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    loop {
        let address = &text[..end];
        let count = |sign: char| address.matches(sign).count();
        let Some(last) = address.chars().next_back() else { return 0 };
        let is_over = match last {
            ')' => count(')') > count('('),
            ']' => count(']') > count('['),
            '}' => count('}') > count('{'),
            other => ".,:;!?'*_~".contains(other),
        };
        if !is_over {
            break;
        }
        end -= last.len_utf8();
    }
    let host = text[..end].find("://").map_or(end, |at| at + 3);
    if text[host..end].starts_with(|c: char| c.is_alphanumeric() || c == '[') { end } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::super::from_plain;
    use super::*;

    fn made(text: &str) -> String {
        let lead = |address: &str, _: bool| {
            if address.starts_with("http") { LinkTarget::Keep } else { LinkTarget::Nowhere }
        };
        from_plain(text, &lead).0.trim().to_owned()
    }

    #[test]
    fn signs_are_escaped_where_they_would_mean_something() {
        for (text, wanted) in [
            ("git/refs/*, and git/heads/* fail", "git/refs/\\*, and git/heads/\\* fail"),
            ("5 * 3", "5 * 3"),
            ("_x_ max_conn_s", "\\_x\\_ max_conn_s"),
            ("# Heading first\nand text", "\\# Heading first\\\nand text"),
            ("#123 fails", "#123 fails"),
            ("1. one\n2) two\n10:00 three", "1\\. one\\\n2\\) two\\\n10:00 three"),
            ("- a\n* b\n+ c", "\\- a\\\n\\* b\\\n\\+ c"),
            ("> said", "\\> said"),
            ("a\n---\nb\n===", "a\\\n\\---\\\nb\\\n\\==="),
            ("a | b\n--|--", "a | b\\\n\\--|--"),
            ("[a] [b](c) [d]: e", "\\[a] \\[b](c) \\[d]: e"),
            ("`a` ``", "\\`a\\` \\`\\`"),
            ("C:\\dir \\* \\", "C:\\dir \\\\* \\\\"),
            ("Vec<u8> <T> a < b <!-- c -->", "Vec\\<u8> \\<T> a < b \\<!-- c -->"),
            ("a\n\n\n\nb\n\n", "a\n\nb"),
            ("    code?", "code?"),
            ("~a~ ~~b~~", "\\~a\\~ \\~\\~b\\~\\~"),
            ("A &amp; B & C", "A &amp; B & C"),
        ] {
            assert_eq!(made(text), wanted, "{text}");
        }
    }

    #[test]
    fn addresses_are_links_and_end_with_their_words() {
        for (text, wanted) in [
            ("<https://example.com/details>", "<https://example.com/details>"),
            ("See https://example.com/a_b_c.", "See <https://example.com/a_b_c>."),
            ("(https://example.com/a_(b))", "(<https://example.com/a_(b)>)"),
            ("詳細はhttps://example.com/xをご覧ください", "詳細は<https://example.com/x>をご覧ください"),
            ("HTTPS://EXAMPLE.COM xhttps://a https://", "<HTTPS://EXAMPLE.COM> xhttps://a https://"),
        ] {
            assert_eq!(made(text), wanted, "{text}");
        }
    }

    #[test]
    fn tags_keep_their_meaning_and_words_their_signs() {
        for (text, wanted) in [
            ("a<br />b<BR>c", "a\\\nb\\\nc"),
            ("<b>git refs</b> /* <i>x</i>", "**git refs** /\\* *x*"),
            ("<code>a_b_*</code> c_d_", "`a_b_*` c_d\\_"),
            (
                "<a href=\"https://a.example/?b&amp;c\">x_y_ [z]</a>",
                "[x_y\\_ \\[z\\]](<https://a.example/?b&c>)",
            ),
            ("<a href=\"/x\">here</a>", "here (/x)"),
            ("the <b> tag", "the \\<b> tag"),
            (
                "<p>git/refs/* and https://a.example/b_c</p><ul><li>~x~</li></ul>",
                "git/refs/\\* and [https://a.example/b\\_c](https://a.example/b_c)\n\n*   \\~x\\~",
            ),
            (
                "<p>see <https://a.example/> and <T></p>",
                "see [https://a.example/](https://a.example/) and \\<T>",
            ),
        ] {
            assert_eq!(made(text), wanted, "{text}");
        }
    }
}
