//! A type for HTML, so that the compiler enforces escaping: the only way from text to HTML escapes it.

use std::fmt::{self, Display, Write};

use askama::filters::HtmlSafe;
use askama::{FastWritable, Template, Values};

use crate::markdown::{Fragment, Resolve};
use crate::text::escape_into;

/// HTML that goes into a page unchanged. Templates do not escape it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Html(String);

impl Html {
    /// Escapes text.
    pub(super) fn text(text: &str) -> Html {
        let mut out = Html::default();
        text.add_to(&mut out);
        out
    }

    /// Renders Markdown, whose HTML is safe by construction.
    pub(super) fn markdown(words: &Fragment, resolve: &dyn Resolve) -> Html {
        Html(words.html(resolve))
    }

    /// Renders a template. Writing to a string fails only if template code fails, and ours has no code that can.
    pub(super) fn of(template: &impl Template) -> Html {
        let mut out = String::with_capacity(8192);
        let _ = template.render_into(&mut out);
        Html(out)
    }

    /// Accepts HTML that was checked elsewhere, such as a theme's slot.
    pub(super) fn checked(html: String) -> Html {
        Html(html)
    }

    /// Fills a pattern that has `{}` for each part; see [`html!`].
    pub(super) fn fill(pattern: &'static str, parts: &[&dyn ToHtml]) -> Html {
        let mut out = Html(String::with_capacity(pattern.len() + 16 * parts.len()));
        let mut parts = parts.iter();
        for (n, literal) in pattern.split("{}").enumerate() {
            if n > 0 {
                parts.next().into_iter().for_each(|part| part.add_to(&mut out));
            }
            out.0.push_str(literal);
        }
        out
    }

    pub(super) fn push(&mut self, more: &dyn ToHtml) {
        more.add_to(self);
    }

    /// Joins several pieces with text between them.
    pub(super) fn join(all: impl IntoIterator<Item = Html>, between: &str) -> Html {
        let mut out = Html::default();
        for (n, one) in all.into_iter().enumerate() {
            if n > 0 {
                out.push(&between);
            }
            out.push(&one);
        }
        out
    }

    /// Replaces a mark, which no text contains, with HTML.
    pub(super) fn replace(&self, mark: &str, with: &Html) -> Html {
        Html(self.0.replace(mark, &with.0))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn into_string(self) -> String {
        self.0
    }
}

/// Makes HTML from a pattern and its parts. Parts that are text are escaped; parts that are HTML are not.
macro_rules! html {
    ($pattern:literal $(, $part:expr)* $(,)?) => {
        $crate::output::html::markup::Html::fill($pattern, &[$(&$part),*])
    };
}
pub(super) use html;

/// A value that can be a part of HTML.
pub(super) trait ToHtml {
    /// Appends it, escaped if it is text.
    fn add_to(&self, out: &mut Html);
}

impl ToHtml for Html {
    fn add_to(&self, out: &mut Html) {
        out.0.push_str(&self.0);
    }
}

impl ToHtml for str {
    fn add_to(&self, out: &mut Html) {
        escape_into(&mut out.0, self);
    }
}

impl ToHtml for String {
    fn add_to(&self, out: &mut Html) {
        self.as_str().add_to(out);
    }
}

impl ToHtml for usize {
    fn add_to(&self, out: &mut Html) {
        // Digits need no escaping, and writing to a string cannot fail.
        let _ = write!(out.0, "{self}");
    }
}

impl<T: ToHtml + ?Sized> ToHtml for &T {
    fn add_to(&self, out: &mut Html) {
        (**self).add_to(out);
    }
}

impl Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FastWritable for Html {
    fn write_into(&self, to: &mut dyn Write, _: &dyn Values) -> askama::Result<()> {
        Ok(to.write_str(&self.0)?)
    }
}

impl HtmlSafe for Html {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_html_is_not() {
        let bold = html!("<b>{}</b>", "a < b");
        assert_eq!(
            html!("<p class=\"{}\">{} {}</p>", "\"x", bold, 3_usize).to_string(),
            "<p class=\"&quot;x\"><b>a &lt; b</b> 3</p>"
        );
        assert_eq!(Html::join([Html::text("&"), bold], "<").to_string(), "&amp;&lt;<b>a &lt; b</b>");
    }
}
