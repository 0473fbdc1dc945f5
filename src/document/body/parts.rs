//! The parts of a body: summary, updates with their facts, sections and questions.

use std::ops::Range;

use super::report_number::FoundReport;
use crate::document::moment::Written;
use crate::markdown::{Anchors, Fragment, Target};
use crate::vocabulary::{FactKey, Section, Status};

#[derive(Debug, Default)]
pub struct Body {
    /// The text before the first update or section.
    pub summary: Fragment,
    pub updates: Vec<RawUpdate>,
    pub sections: Vec<RawSection>,
    /// The identifiers that `#id` links may refer to.
    pub anchors: Anchors,
    /// The links inside the site, with their bytes in the body.
    pub links: Vec<(Target, Range<usize>)>,
}

/// A dated section.
#[derive(Debug)]
pub struct RawUpdate {
    pub status: Status,
    pub written: Written,
    pub heading: Range<usize>,
    /// The status word in the heading.
    pub word: String,
    /// The time as the heading writes it, in half width.
    pub time: String,
    /// The number of the report in the heading: 第2報. Its ranges are in the file.
    pub report: Option<FoundReport>,
    /// The anchor that its writer gave it.
    pub anchor: Option<String>,
    pub facts: Vec<Fact>,
    /// The text after the fact lines.
    pub words: Fragment,
    /// The whole update, for diagnostics.
    pub range: Range<usize>,
}

/// A fact line: `key: value`.
#[derive(Clone, Debug)]
pub struct Fact {
    pub key: FactKey,
    /// The value as written, without blanks around it.
    pub value: String,
    /// The range of the value.
    pub range: Range<usize>,
    pub key_range: Range<usize>,
}

/// A section that is not an update.
#[derive(Debug)]
pub struct RawSection {
    pub section: Section,
    pub written: Option<Written>,
    /// The time as the heading writes it, in half width; empty if there is none.
    pub time: String,
    pub heading: Range<usize>,
    /// The anchor that its writer gave it.
    pub anchor: Option<String>,
    /// For a FAQ: the text before the first question.
    pub words: Fragment,
    /// The questions of a FAQ.
    pub questions: Vec<RawQuestion>,
}

#[derive(Debug)]
pub struct RawQuestion {
    pub question: String,
    /// The identifier on the page.
    pub id: String,
    /// The anchor that its writer gave it.
    pub anchor: Option<String>,
    pub answer: Fragment,
    /// The range of the answer.
    pub range: Range<usize>,
}
