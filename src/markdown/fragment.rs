//! Parsed Markdown: words, and marks between them. [`super::html`] and [`super::plain`] write it.

use crate::text;

/// The target of a link inside the site, as written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A file, relative to the file with the link: `../faq/funds.md`, optionally with `#id`.
    File(String, Option<String>),
    /// An address relative to the site's root: `/faq/`, optionally with a query or `#id`.
    Site(String),
    /// An identifier on the entry's own page.
    Here(String),
}

/// Resolves links for the page that shows a fragment.
pub trait Resolve {
    /// The address of a target from this page; `None` shows the text without a link.
    fn address(&self, target: &Target) -> Option<String>;
    /// The prefix of identifiers; empty on the text's own page.
    fn prefix(&self) -> &str;
    /// The address of the text's own page, where links to footnotes lead from a feed; empty on any page.
    fn notes_page(&self) -> &str;
    /// What a screen reader says for the mark of a task that is done or open; `None` if the mark stands alone, as
    /// in feeds and mails.
    fn task(&self, _is_done: bool) -> Option<&str> {
        None
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Element {
    Paragraph,
    Quote,
    CodeBlock,
    Bullets,
    /// A numbered list, with its first number.
    Numbers(u64),
    Item,
    /// An item of a list that begins with [`Mark::Task`].
    TaskItem,
    Table,
    TableHead,
    TableRow,
    Cell {
        is_head: bool,
        align: Align,
    },
    Emphasis,
    Strong,
    Struck,
    Code,
    /// The list of all footnotes.
    Notes,
    Note(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Align {
    Start,
    Middle,
    End,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Link {
    /// An encoded address of another site.
    Outside(String),
    Inside(Target),
    /// An address that is not allowed; the text is shown without a link.
    Refused,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Mark {
    /// The next bytes of the words.
    Words(usize),
    Start(Element),
    End(Element),
    /// The start of a heading: its level, and the identifier that it has on the text's own page.
    Heading(u8, Option<Box<str>>),
    EndHeading(u8),
    Link(Box<Link>),
    EndLink,
    Image(Box<(Target, String)>),
    /// The number that refers to a footnote, and whether it is the first that does.
    NoteNumber(usize, bool),
    /// The mark of a task, and whether it is done.
    Task(bool),
    LineBreak,
    Rule,
}

pub(super) enum Piece<'f> {
    Words(&'f str),
    Mark(&'f Mark),
}

/// Parsed Markdown, with links inside the site still unresolved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Fragment {
    words: String,
    marks: Vec<Mark>,
    /// A key that distinguishes the footnotes of this text from others on the page.
    pub(super) key: Box<str>,
    /// The approximate number of bytes as HTML.
    size: usize,
}

impl Fragment {
    pub(super) fn with_key(key: &str) -> Fragment {
        Fragment { key: key.into(), ..Fragment::default() }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    pub(super) fn reserve(&mut self, bytes: usize) {
        self.words.reserve(bytes);
    }

    pub(super) fn push(&mut self, mark: Mark) {
        self.size += mark.html_bytes();
        self.marks.push(mark);
    }

    /// Adds words. Words that follow each other become one piece.
    pub(super) fn push_words(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        self.words.push_str(words);
        self.size += text::escaped_len(words);
        if let Some(Mark::Words(bytes)) = self.marks.last_mut() {
            *bytes += words.len();
        } else {
            self.marks.push(Mark::Words(words.len()));
        }
    }

    /// Adds a fragment of the same text.
    pub(super) fn append(&mut self, other: Fragment) {
        self.words.push_str(&other.words);
        self.marks.extend(other.marks);
        self.size += other.size;
    }

    /// Adds the start of a heading and returns its position, for [`Self::set_heading_id`].
    pub(super) fn push_heading(&mut self, level: u8) -> usize {
        self.push(Mark::Heading(level, None));
        self.marks.len() - 1
    }

    pub(super) fn set_heading_id(&mut self, at: usize, new: &str) {
        if let Some(Mark::Heading(_, id)) = self.marks.get_mut(at) {
            *id = Some(new.into());
            self.size += new.len() + " id=\"\"".len();
        }
    }

    /// Marks the item of a list that has just begun, and perhaps its first paragraph, as a task.
    pub(super) fn begin_task(&mut self) {
        let begun = self.marks.iter_mut().rev().take(2);
        if let Some(item) = begun.into_iter().find(|mark| **mark == Mark::Start(Element::Item)) {
            let (before, after) = (item.html_bytes(), Mark::Start(Element::TaskItem).html_bytes());
            *item = Mark::Start(Element::TaskItem);
            self.size = (self.size + after).saturating_sub(before);
        }
    }

    /// Whether a blank at the end would be the first character or follow another blank.
    pub(super) fn needs_no_blank(&self) -> bool {
        match self.marks.last() {
            None => true,
            Some(Mark::Words(_)) => self.words.ends_with(' '),
            Some(_) => false,
        }
    }

    pub(super) fn trim_end(&mut self) {
        while let Some(Mark::Words(bytes)) = self.marks.last_mut() {
            let start = self.words.len() - *bytes;
            let kept = self.words[start..].trim_end().len();
            *bytes = kept;
            self.words.truncate(start + kept);
            if kept > 0 {
                break;
            }
            self.marks.pop();
        }
    }

    pub(super) fn pieces(&self) -> impl Iterator<Item = Piece<'_>> {
        let mut rest = self.words.as_str();
        self.marks.iter().map(move |mark| match mark {
            Mark::Words(bytes) => {
                let (words, after) = rest.split_at(*bytes);
                rest = after;
                Piece::Words(words)
            }
            mark => Piece::Mark(mark),
        })
    }

    /// The words without marks, in pieces.
    pub fn runs(&self) -> impl Iterator<Item = &str> {
        self.pieces().filter_map(|piece| match piece {
            Piece::Words(words) => Some(words),
            Piece::Mark(_) => None,
        })
    }

    /// The text in pieces that stay together in every output: cut at markup and line ends, but not at links inside
    /// the site, which are not always shown as links.
    #[must_use]
    pub fn segments(&self) -> Vec<String> {
        let mut runs = vec![String::new()];
        let mut is_inside = false;
        for piece in self.pieces() {
            match piece {
                Piece::Words(words) => runs.iter_mut().last().into_iter().for_each(|run| run.push_str(words)),
                Piece::Mark(Mark::Link(link)) if matches!(**link, Link::Inside(_)) => is_inside = true,
                Piece::Mark(Mark::EndLink) if is_inside => is_inside = false,
                Piece::Mark(Mark::NoteNumber(number, _)) => runs.extend([number.to_string(), String::new()]),
                Piece::Mark(_) => runs.push(String::new()),
            }
        }
        let lines = runs.iter().flat_map(|run| run.lines()).map(str::trim);
        lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    /// The addresses outside the site in its links.
    pub fn addresses(&self) -> impl Iterator<Item = String> + '_ {
        self.marks.iter().filter_map(|mark| match mark {
            Mark::Link(link) => match &**link {
                Link::Outside(address) => {
                    Some(text::percent_decode(address).unwrap_or_else(|| address.clone()))
                }
                Link::Inside(_) | Link::Refused => None,
            },
            _ => None,
        })
    }
}

#[cfg(test)]
pub(super) struct Everything;

#[cfg(test)]
impl Resolve for Everything {
    fn address(&self, target: &Target) -> Option<String> {
        Some(match target {
            Target::File(path, _) => path.clone(),
            Target::Site(path) => path.clone(),
            Target::Here(id) => format!("#{id}"),
        })
    }
    fn prefix(&self) -> &'static str {
        ""
    }
    fn notes_page(&self) -> &'static str {
        ""
    }
}
