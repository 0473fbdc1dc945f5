//! What the body of an entry is split into: summary, updates with their facts, sections and questions.

use std::ops::Range;

use crate::document::moment::Written;
use crate::markdown::{Anchors, Fragment, Target};
use crate::vocabulary::{FactKey, Section, Status};

/// A body, split.
#[derive(Debug, Default)]
pub struct Body {
    /// Everything before the first update or section.
    pub summary: Fragment,
    /// In the order of the file.
    pub updates: Vec<RawUpdate>,
    /// In the order of the file.
    pub sections: Vec<RawSection>,
    /// Identifiers that `#id` links may name.
    pub anchors: Anchors,
    /// Links to places inside the site, with the bytes of the body they stand in.
    pub links: Vec<(Target, Range<usize>)>,
}

/// A dated section.
#[derive(Debug)]
pub struct RawUpdate {
    /// What it says of the entry.
    pub status: Status,
    /// When.
    pub written: Written,
    /// The heading.
    pub heading: Range<usize>,
    /// The word of the heading that says the status.
    pub word: String,
    /// The time as the heading says it, in half width.
    pub time: String,
    /// Lines directly under it.
    pub facts: Vec<Fact>,
    /// The rest.
    pub words: Fragment,
    /// All of it, for showing the place.
    pub range: Range<usize>,
}

/// A `key: value` line.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Which.
    pub key: FactKey,
    /// As written, without blanks around it.
    pub value: String,
    /// Where the value stands.
    pub range: Range<usize>,
    /// Where the key stands.
    pub key_range: Range<usize>,
}

/// A section that is no update.
#[derive(Debug)]
pub struct RawSection {
    /// Which.
    pub section: Section,
    /// When, if it says so.
    pub written: Option<Written>,
    /// The time as the heading says it, in half width; empty where it says none.
    pub time: String,
    /// The heading.
    pub heading: Range<usize>,
    /// Its words; in a FAQ what stands before the first question.
    pub words: Fragment,
    /// Questions of a FAQ.
    pub questions: Vec<RawQuestion>,
}

/// A question and its answer.
#[derive(Debug)]
pub struct RawQuestion {
    /// The question.
    pub question: String,
    /// Identifier on the page.
    pub id: String,
    /// Its answer.
    pub answer: Fragment,
    /// Where the answer stands.
    pub range: Range<usize>,
}
