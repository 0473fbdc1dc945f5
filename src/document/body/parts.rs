//! The parts of a body: summary, updates with their facts, sections and questions.

use std::ops::Range;

use crate::document::moment::Written;
use crate::markdown::{Anchors, Fragment, Target};
use crate::vocabulary::{FactKey, Section, Status};

/// The body of an entry, split into its parts.
#[derive(Debug, Default)]
pub struct Body {
    /// The text before the first update or section.
    pub summary: Fragment,
    /// The updates, in the order of the file.
    pub updates: Vec<RawUpdate>,
    /// The sections, in the order of the file.
    pub sections: Vec<RawSection>,
    /// The identifiers that `#id` links may refer to.
    pub anchors: Anchors,
    /// The links inside the site, with their bytes in the body.
    pub links: Vec<(Target, Range<usize>)>,
}

/// A dated section.
#[derive(Debug)]
pub struct RawUpdate {
    /// The status that it gives the entry.
    pub status: Status,
    /// The time.
    pub written: Written,
    /// The range of the heading.
    pub heading: Range<usize>,
    /// The status word in the heading.
    pub word: String,
    /// The time as the heading writes it, in half width.
    pub time: String,
    /// The fact lines directly below the heading.
    pub facts: Vec<Fact>,
    /// The text after the fact lines.
    pub words: Fragment,
    /// The range of the whole update, for diagnostics.
    pub range: Range<usize>,
}

/// A fact line: `key: value`.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The key.
    pub key: FactKey,
    /// The value as written, without blanks around it.
    pub value: String,
    /// The range of the value.
    pub range: Range<usize>,
    /// The range of the key.
    pub key_range: Range<usize>,
}

/// A section that is not an update.
#[derive(Debug)]
pub struct RawSection {
    /// The kind of section.
    pub section: Section,
    /// The time, if the heading has one.
    pub written: Option<Written>,
    /// The time as the heading writes it, in half width; empty if there is none.
    pub time: String,
    /// The range of the heading.
    pub heading: Range<usize>,
    /// The text. For a FAQ it is the text before the first question.
    pub words: Fragment,
    /// The questions of a FAQ.
    pub questions: Vec<RawQuestion>,
}

/// A question and its answer.
#[derive(Debug)]
pub struct RawQuestion {
    /// The question.
    pub question: String,
    /// The identifier on the page.
    pub id: String,
    /// The answer.
    pub answer: Fragment,
    /// The range of the answer.
    pub range: Range<usize>,
}
