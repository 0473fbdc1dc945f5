//! What is wrong, where, and the way out; rendered for people and for programs.
//!
//! A diagnostic points into a file of the site by byte range. Lines and columns are worked out only
//! when it is shown.

pub mod codes;
mod github;
pub mod mask;
mod sarif;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde::Serialize;

use crate::limits::FAULTS;
use crate::text;

pub use github::github;
pub use sarif::sarif;

/// The one code that points at words which must not be read in a log.
const LOOKS_PRIVATE: &str = "policy/looks-private";

/// How grave it is: an error stops the build, a warning does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is published.
    Error,
    /// Published, but somebody should look.
    Warning,
}

/// A place in a file: the path relative to the root, and a byte range of its normalised text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// Relative to the root of the site, with `/`.
    pub file: Arc<str>,
    /// Bytes of the text as read (line ends are LF, no BOM); `None` is the file as a whole.
    pub range: Option<Range<usize>>,
}

impl Place {
    /// The file as a whole.
    #[must_use]
    pub fn whole(file: &Arc<str>) -> Place {
        Place { file: Arc::clone(file), range: None }
    }

    /// A byte range of a file.
    #[must_use]
    pub fn at(file: &Arc<str>, range: Range<usize>) -> Place {
        Place { file: Arc::clone(file), range: Some(range) }
    }
}

/// An edit that mends a fault, where there is one right answer: other text in the place of some bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// Bytes of the text as read, in the file of the diagnostic.
    pub range: Range<usize>,
    /// What stands there afterwards, with LF line ends.
    pub text: String,
}

/// One thing that is wrong.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Kebab-case by family: `incident/unknown-component`.
    pub code: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// What was found, in one sentence without a full stop.
    pub message: String,
    /// Where.
    pub place: Place,
    /// The way out.
    pub help: Option<String>,
    /// The other file that it is about, where two do not go together. Behind one thin pointer: faults are handed
    /// around by value.
    pub other: Option<Arc<String>>,
    /// The way out as an edit. Only where no second way could be meant: `check --fix` asks nobody.
    pub fix: Option<Box<Fix>>,
    /// The word that the message hides, for who acts on it; never shown.
    pub word: Option<Box<str>>,
}

impl Diagnostic {
    /// An error at a place.
    #[must_use]
    pub fn error(code: &'static str, place: Place, message: impl Into<String>) -> Diagnostic {
        let (help, other, fix) = (None, None, None);
        let message = message.into();
        Diagnostic { code, severity: Severity::Error, message, place, help, other, fix, word: None }
    }

    /// A warning at a place.
    #[must_use]
    pub fn warning(code: &'static str, place: Place, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, place, message) }
    }

    /// With a way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// With the other file that it is about.
    #[must_use]
    pub fn other(mut self, file: &str) -> Diagnostic {
        self.other = Some(Arc::new(file.to_owned()));
        self
    }

    /// With a way out, if there is one.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Diagnostic {
        self.help = help.or(self.help);
        self
    }

    /// With an edit that mends it.
    #[must_use]
    pub fn fix(mut self, range: Range<usize>, text: impl Into<String>) -> Diagnostic {
        self.fix = Some(Box::new(Fix { range, text: text.into() }));
        self
    }

    /// With the word that the message hides.
    #[must_use]
    pub fn about(mut self, word: &str) -> Diagnostic {
        self.word = Some(word.into());
        self
    }

    /// With an edit that mends it, if there is one.
    #[must_use]
    pub fn maybe_fix(mut self, fix: Option<Fix>) -> Diagnostic {
        self.fix = fix.map(Box::new).or(self.fix);
        self
    }

    /// The same, as a warning.
    #[must_use]
    pub fn softened(mut self) -> Diagnostic {
        self.severity = Severity::Warning;
        self
    }
}

/// Every diagnostic of a run, in the order of files and places.
#[derive(Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds many.
    pub fn extend(&mut self, others: impl IntoIterator<Item = Diagnostic>) {
        self.list.extend(others);
    }

    /// Keeps the first faults of each file, errors before warnings, and says how many more there are: each costs
    /// time to show, and nobody reads a hundred thousand.
    pub fn bound(&mut self) {
        let mut files: HashMap<Arc<str>, usize> = HashMap::new();
        for diagnostic in &self.list {
            *files.entry(Arc::clone(&diagnostic.place.file)).or_default() += 1;
        }
        files.retain(|_, count| *count > FAULTS);
        if files.is_empty() {
            return;
        }
        self.list.sort_by_key(|d| d.severity == Severity::Warning);
        let mut kept: HashMap<Arc<str>, (usize, usize)> = HashMap::new();
        self.list.retain(|d| {
            let (shown, errors) = kept.entry(Arc::clone(&d.place.file)).or_default();
            *shown += 1;
            let stays = *shown <= FAULTS;
            *errors += usize::from(!stays && d.severity == Severity::Error);
            stays
        });
        for (file, count) in files {
            let has_errors = kept.get(&file).is_some_and(|(_, errors)| *errors > 0);
            let message = format!("{} more faults of this file are not shown", count - FAULTS);
            let further = Diagnostic::error("source/too-many-faults", Place::whole(&file), message)
                .help("mend those that are shown, and check again");
            self.list.push(if has_errors { further } else { further.softened() });
        }
    }

    /// Whether anything stops the build.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.severity == Severity::Error)
    }

    /// How many errors and warnings there are.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let errors = self.list.iter().filter(|d| d.severity == Severity::Error).count();
        (errors, self.list.len() - errors)
    }

    /// All of them, ordered by file, place and code, each once.
    #[must_use]
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut list: Vec<&Diagnostic> = self.list.iter().collect();
        let key = |d: &Diagnostic| (d.place.range.as_ref().map_or(0, |r| r.start), d.code);
        list.sort_by(|a, b| (&a.place.file, key(a)).cmp(&(&b.place.file, key(b))));
        list.dedup_by(|a, b| a.code == b.code && a.place == b.place && a.message == b.message);
        list
    }
}

/// The texts that diagnostics point into.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    files: HashMap<Arc<str>, Lines>,
}

/// A text, and where its lines begin: found once, however many faults it has.
#[derive(Clone, Debug)]
struct Lines {
    text: Arc<str>,
    starts: OnceLock<Vec<usize>>,
    /// How many characters begin before each so many bytes: a file of one line may have thousands of faults.
    marks: OnceLock<Vec<usize>>,
    private: OnceLock<Vec<Range<usize>>>,
}

/// Bytes between two places up to which characters are counted once.
const STRIDE: usize = 4 << 10;

impl Texts {
    /// Adds the text of a file.
    pub fn insert(&mut self, file: Arc<str>, text: Arc<str>) {
        self.files.insert(
            file,
            Lines { text, starts: OnceLock::new(), marks: OnceLock::new(), private: OnceLock::new() },
        );
    }

    /// Adds all that others have.
    pub fn extend(&mut self, others: Texts) {
        self.files.extend(others.files);
    }

    /// Whether the text of a file is there.
    #[must_use]
    pub fn contains(&self, file: &str) -> bool {
        self.files.contains_key(file)
    }

    /// Every text, in no order.
    pub fn all(&self) -> impl Iterator<Item = (&Arc<str>, &Arc<str>)> {
        self.files.iter().map(|(name, lines)| (name, &lines.text))
    }

    /// The text of a file.
    #[must_use]
    pub fn get(&self, file: &str) -> Option<&Arc<str>> {
        self.files.get(file).map(|lines| &lines.text)
    }
}

impl Lines {
    /// The number of the line that a byte lies in, from 0, and where that line begins.
    fn line(&self, at: usize) -> (usize, usize) {
        let starts = self.starts.get_or_init(|| {
            std::iter::once(0).chain(self.text.match_indices('\n').map(|(n, _)| n + 1)).collect()
        });
        let line = starts.partition_point(|start| *start <= at).saturating_sub(1);
        (line, starts.get(line).copied().unwrap_or(0))
    }

    /// Where private values stand.
    fn private(&self) -> &[Range<usize>] {
        self.private.get_or_init(|| mask::private(&self.text))
    }

    /// The nearest place at or before `at` where a character begins.
    fn floor(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    fn position(&self, at: usize) -> Position {
        let at = self.floor(at);
        let (line, start) = self.line(at);
        Position { line: line + 1, column: self.characters(at) - self.characters(start) + 1 }
    }

    /// How many characters begin before a byte.
    fn characters(&self, at: usize) -> usize {
        let begin = |bytes: &[u8]| bytes.iter().filter(|byte| !matches!(byte, 0x80..=0xbf)).count();
        let bytes = self.text.as_bytes();
        let marks = self.marks.get_or_init(|| {
            let counts = bytes.chunks(STRIDE).scan(0, |sum, chunk| {
                let before = *sum;
                *sum += begin(chunk);
                Some(before)
            });
            counts.chain(std::iter::once(0)).collect()
        });
        let chunk = (at / STRIDE).min(bytes.len() / STRIDE);
        let before = if chunk * STRIDE == bytes.len() { None } else { marks.get(chunk) };
        before.map_or_else(|| begin(&bytes[..at]), |before| before + begin(&bytes[chunk * STRIDE..at]))
    }
}

/// A position for people: 1-based, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Position {
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct JsonLine<'a> {
    code: &'a str,
    severity: Severity,
    message: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    help: Option<&'a str>,
}

/// Message and help as they may be read in a log: without private values of the lines that they are about.
fn words<'d>(diagnostic: &'d Diagnostic, texts: &Texts) -> (Cow<'d, str>, Option<Cow<'d, str>>) {
    let plain = (Cow::from(&diagnostic.message), diagnostic.help.as_deref().map(Cow::from));
    let (Some(lines), Some(range)) = (texts.files.get(&diagnostic.place.file), &diagnostic.place.range)
    else {
        return plain;
    };
    let private = lines.private();
    let (first, last) = (lines.line(range.start).0, lines.line(range.end).0);
    let is_in = |value: &Range<usize>| (first..=last).contains(&lines.line(value.start).0);
    if !private.iter().any(is_in) {
        return plain;
    }
    let hidden = |words: &'d str| mask::message(words, &lines.text, private);
    (hidden(&diagnostic.message), diagnostic.help.as_deref().map(hidden))
}

/// One JSON object, without the line end. A diagnostic for a whole file stands at 1:1.
#[must_use]
pub fn json(diagnostic: &Diagnostic, texts: &Texts) -> String {
    let (start, end) = region(diagnostic, texts);
    let (message, help) = words(diagnostic, texts);
    let line = JsonLine {
        code: diagnostic.code,
        severity: diagnostic.severity,
        message: &message,
        file: &diagnostic.place.file,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        help: help.as_deref(),
    };
    serde_json::to_string(&line).unwrap_or_default()
}

/// From where to where, the end being the first character after it. What stands for a whole file is at its
/// beginning.
fn region(diagnostic: &Diagnostic, texts: &Texts) -> (Position, Position) {
    let range = diagnostic.place.range.clone().unwrap_or(0..0);
    let first = Position { line: 1, column: 1 };
    match texts.files.get(&diagnostic.place.file) {
        Some(lines) => (lines.position(range.start), lines.position(range.end)),
        None => (first, first),
    }
}

/// Line and column where it begins, as people count them.
#[must_use]
pub fn position(diagnostic: &Diagnostic, texts: &Texts) -> (usize, usize) {
    let start = diagnostic.place.range.as_ref().map_or(0, |range| range.start);
    let found = texts.files.get(&diagnostic.place.file).map(|lines| lines.position(start));
    found.map_or((1, 1), |at| (at.line, at.column))
}

/// The compiler's look: message, place, the line underlined, help. Nothing in it moves a terminal.
#[must_use]
pub fn human(diagnostic: &Diagnostic, texts: &Texts, colour: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let (message, help) = words(diagnostic, texts);
    // Words and names of others move no terminal.
    let (message, file) = (text::visible(&message), text::visible(&diagnostic.place.file));
    let help = help.as_deref().map(text::visible);
    let title = level.primary_title(&*message).id(diagnostic.code);
    let excerpt = excerpt(diagnostic, texts);
    let mut group = match &excerpt {
        Some(e) => title.element(
            Snippet::source(e.text.as_str())
                .line_start(e.line)
                .path(&*file)
                .annotation(AnnotationKind::Primary.span(e.range.clone())),
        ),
        None => title.element(annotate_snippets::Origin::path(&*file)),
    };
    if let Some(help) = &help {
        group = group.element(Level::HELP.message(&**help));
    }
    renderer.render(&[group])
}

struct Excerpt {
    text: String,
    line: usize,
    range: Range<usize>,
}

/// The lines that a diagnostic touches (three at most), so that the renderer sees no more.
fn excerpt(diagnostic: &Diagnostic, texts: &Texts) -> Option<Excerpt> {
    let lines = texts.files.get(&diagnostic.place.file)?;
    let text = &*lines.text;
    let range = diagnostic.place.range.clone()?;
    let (start, end) = (lines.floor(range.start), lines.floor(range.end.max(range.start)));
    let (line, from) = lines.line(start);
    let last = lines.line(end).0.min(line + 2);
    let to = text[from..].match_indices('\n').nth(last - line).map_or(text.len(), |(n, _)| from + n);
    // A line of a megabyte helps nobody.
    let from = if start - from > 300 { lines.floor(start - 60) } else { from };
    let to = to.min(lines.floor(start + 300)).max(start);
    let mut hidden: Vec<(Range<usize>, Cow<'_, str>)> =
        lines.private().iter().map(|range| (range.clone(), Cow::from(mask::HIDDEN))).collect();
    hidden.extend(word_to_hide(diagnostic, &text[start..end]).map(|shown| (start..end, Cow::from(shown))));
    let (text, range) = shown(text, from..to, start..end.min(to).max(start), &hidden);
    // Escapes are longer than what they stand for; what is underlined stays the same.
    let [before, marked, after] =
        [0..range.start, range.clone(), range.end..text.len()].map(|part| text::visible_lines(&text[part]));
    let range = before.len()..before.len() + marked.len();
    Some(Excerpt { text: before + &marked + &after, line: line + 1, range })
}

/// What is shown in the place of a word that looks private, where that is what the diagnostic points at.
fn word_to_hide(diagnostic: &Diagnostic, word: &str) -> Option<String> {
    let shown = mask::beginning(word);
    (diagnostic.code == LOOKS_PRIVATE && diagnostic.message.contains(&shown)).then_some(shown)
}

/// A piece of a text with other words in the place of some, and where a part of it stands then.
fn shown(
    text: &str,
    piece: Range<usize>,
    part: Range<usize>,
    hidden: &[(Range<usize>, Cow<'_, str>)],
) -> (String, Range<usize>) {
    let mut out = String::with_capacity(piece.len());
    let mut last = piece.start;
    let (mut start, mut end) = (None, None);
    for (range, words) in
        hidden.iter().filter(|(range, _)| range.start < piece.end && range.end > piece.start)
    {
        let from = range.start.max(last);
        out.push_str(&text[last..from]);
        let to = range.end.min(piece.end).max(from);
        let at = out.len();
        out.push_str(words);
        let place = |place: usize, inside: usize| {
            if place < from { Some(at - (from - place)) } else { (place < to).then_some(inside) }
        };
        start = start.or_else(|| place(part.start, at));
        end = end.or_else(|| place(part.end, out.len()).or((part.end == to).then_some(out.len())));
        last = to;
    }
    let (until, base) = (piece.end.max(last), out.len());
    out.push_str(&text[last..until]);
    let place = |place: usize| base + place.max(last) - last;
    let start = start.unwrap_or_else(|| place(part.start));
    let end = end.unwrap_or_else(|| place(part.end)).max(start);
    (out, start..end)
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(range: Range<usize>) -> (Diagnostic, Texts) {
        let file: Arc<str> = "content/incidents/a.md".into();
        let text: Arc<str> = "---\ntitle: 遅延\naffects: [apo]\n---\n".into();
        let place = Place::at(&file, range);
        let found = Diagnostic::error("incident/unknown-component", place, "no component is called `apo`");
        let mut texts = Texts::default();
        texts.insert(file, text);
        (found.help("did you mean `api`?"), texts)
    }

    #[test]
    fn private_values_are_hidden_in_every_form() {
        let file: Arc<str> = "content/incidents/a.md".into();
        let text: Arc<str> = "---\ntitle: a\ninternal: {who: 田中太郎, x: [}\nid: b\n---\n".into();
        let at = text.find("x: [").expect("it is there");
        let mut texts = Texts::default();
        texts.insert(Arc::clone(&file), text);
        let message = "`x` after `who: 田中太郎` never ends";
        let found = Diagnostic::error("yaml/unclosed", Place::at(&file, at..at + 1), message)
            .help("write `{who: 田中太郎}`");
        let all = [
            human(&found, &texts, false),
            json(&found, &texts),
            github(&found, &texts, ""),
            sarif(&[&found], &texts, ""),
        ];
        for shown in all {
            assert!(!shown.contains('田') && shown.contains("••••"), "{shown}");
        }
        let shown = human(&found, &texts, false);
        assert!(shown.contains("3 | internal: ••••") && shown.contains("a.md:3"), "{shown}");
    }

    #[test]
    fn a_word_that_looks_private_is_known_by_its_beginning() {
        let file: Arc<str> = "content/incidents/a.md".into();
        let text: Arc<str> = "Write to taro@example.com, please\n".into();
        let mut texts = Texts::default();
        texts.insert(Arc::clone(&file), text);
        let found = Diagnostic::error(LOOKS_PRIVATE, Place::at(&file, 9..25), "`taro…` looks private");
        let shown = human(&found, &texts, false);
        assert!(shown.contains("Write to taro…, please") && !shown.contains("@example"), "{shown}");
    }

    #[test]
    fn columns_count_characters_and_ends_are_exclusive() {
        let (found, texts) = sample(11..17);
        let line = json(&found, &texts);
        assert!(line.contains(r#""line":2,"column":8,"end_line":2,"end_column":10"#), "{line}");
    }

    #[test]
    fn a_workflow_command_is_one_line_whatever_stands_in_it() {
        let (mut found, texts) = sample(28..31);
        found.message = "100 %: a,b\nc".into();
        let line = github(&found, &texts, "日本/");
        assert_eq!(
            line,
            "::error file=日本/content/incidents/a.md,line=3,endLine=3,col=11,endColumn=14,\
             title=incident/unknown-component::100 %25: a,b%0Ac%0Ahelp: did you mean `api`?"
        );
    }

    #[test]
    fn a_log_of_code_scanning_says_where_in_the_repository() {
        let (found, texts) = sample(28..31);
        let whole = Diagnostic::warning("feed/no-time", Place::whole(&found.place.file), "m");
        let log: serde_json::Value =
            serde_json::from_str(&sarif(&[&found, &whole], &texts, "遅/")).expect("JSON");
        let run = &log["runs"][0];
        assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "feed/no-time");
        let (first, second) = (&run["results"][0], &run["results"][1]);
        assert_eq!((&first["ruleIndex"], &second["ruleIndex"]), (&1.into(), &0.into()));
        let place = &first["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "%E9%81%85/content/incidents/a.md");
        assert_eq!(place["region"]["startColumn"], 11);
        assert!(second["locations"][0]["physicalLocation"].get("region").is_none());
    }

    #[test]
    fn people_see_the_line_underlined() {
        let (found, texts) = sample(28..31);
        let shown = human(&found, &texts, false);
        assert!(shown.starts_with("error[incident/unknown-component]: no component"), "{shown}");
        assert!(shown.contains("content/incidents/a.md:3:11") && shown.contains("^^^"), "{shown}");
        assert!(shown.contains("help: did you mean `api`?"), "{shown}");
    }
}
