//! Parses a slot token by token, as a browser would.
//!
//! `tags` knows where each token is. `html5ever` reads the same tokens one by one, as the HTML standard defines
//! (section 13.2), and gives the element for each, with character references in attributes decoded. If the two
//! disagree, a browser would repair the slot or read it differently.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, ExpandedName, QualName, TokenizerResult, ns};

use super::tags::Token;

#[derive(Clone, Copy, Debug)]
pub(super) struct Page {
    pub(super) in_head: bool,
    /// If so, the content of `<noscript>` is text.
    pub(super) runs_scripts: bool,
    /// Whether the tokens are the whole slot, and not only the part before a fault.
    pub(super) is_whole: bool,
}

#[derive(Debug, Default)]
pub(super) struct ParsedSlot {
    /// The element of each opening tag; `None` for other tokens, and for tags that are text in this page.
    pub(super) elements: Vec<Option<Element>>,
    /// The index of the first token that a browser reads differently. Parsing stops there.
    pub(super) odd: Option<usize>,
}

/// An element as a browser sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Element {
    /// The name in lower case.
    pub(super) name: String,
    pub(super) is_svg: bool,
    /// The attributes in source order, with names in lower case and values decoded.
    pub(super) attributes: Vec<(String, String)>,
}

impl Element {
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Elements that a browser inserts if they are omitted (HTML, section 13.1.2.4): a table always has a body.
const IMPLIED: [&str; 3] = ["colgroup", "tbody", "tr"];

/// Reads tokens as a browser would in a page. `written` gives the text of each.
pub(super) fn read<'t>(tokens: &[Token], page: Page, written: impl Fn(&Token) -> Cow<'t, str>) -> ParsedSlot {
    let parser = Parser::new(page.runs_scripts);
    let around = parser.feed(if page.in_head { HEAD } else { BODY });
    let mut reader = Reader { parser, page, open: around.made, unseen: 0 };
    let mut read = ParsedSlot::default();
    for (at, token) in tokens.iter().enumerate() {
        let Ok(element) = reader.token(token, &written(token)) else {
            return ParsedSlot { odd: Some(at), ..read };
        };
        read.elements.push(element);
    }
    if page.is_whole && !reader.is_at_end() {
        read.odd = tokens.len().checked_sub(1);
    }
    read
}

/// The page before a slot.
const HEAD: &str = "<!DOCTYPE html><html><head>";
const BODY: &str = "<!DOCTYPE html><html><head></head><body><div>";

struct Reader {
    parser: Parser,
    page: Page,
    /// The open elements of the page and the slot, the innermost last.
    open: Vec<Rc<Node>>,
    /// The number of open tags within a `<noscript>` whose content is text.
    unseen: usize,
}

impl Reader {
    /// The element that a token opens; `Err` if a browser does something else with the token.
    fn token(&mut self, token: &Token, written: &str) -> Result<Option<Element>, ()> {
        let step = self.parser.feed(written);
        let inner = self.open.last().ok_or(())?;
        let is_text = self.page.runs_scripts && inner.is("noscript");
        if step.is_mended || !step.texts.iter().all(|parent| inner.holds(parent)) {
            return Err(());
        }
        let is_sound = match token {
            Token::Text(_) => step.made.is_empty() && step.comments == 0,
            Token::Comment(_) => step.made.is_empty() && (step.comments == 1 || is_text),
            Token::Open(tag) if is_text => {
                self.unseen += usize::from(!tag.is_closed);
                step.made.is_empty()
            }
            Token::Close(_) if self.unseen > 0 => {
                self.unseen -= 1;
                step.made.is_empty()
            }
            Token::Open(tag) => {
                let names = tag.attributes.iter().map(|attribute| attribute.name.as_str());
                let node = step.made(inner, &tag.name, names).ok_or(())?;
                if !tag.is_closed {
                    self.open.push(Rc::clone(node));
                }
                return Ok(Some(node.element()));
            }
            // If the tag did not close its element, what follows has another parent.
            Token::Close(_) => self.open.pop().is_some() && step.made.is_empty(),
        };
        if is_sound { Ok(None) } else { Err(()) }
    }

    /// Whether the rest of the page is read as it would be without the slot.
    fn is_at_end(&self) -> bool {
        let next = self.parser.feed("<meta>");
        let inner = self.open.last().filter(|node| node.is(if self.page.in_head { "head" } else { "div" }));
        inner.is_some_and(|inner| !next.is_mended && next.made(inner, "meta", std::iter::empty()).is_some())
    }
}

/// The effect of one token.
#[derive(Debug, Default)]
struct Step {
    made: Vec<Rc<Node>>,
    /// The parent of each piece of text.
    texts: Vec<Rc<Node>>,
    comments: usize,
    /// Whether an existing node was changed or moved, or an error was reported.
    is_mended: bool,
}

impl Step {
    /// The only element that was made with this name and these attributes, ignoring implied ones.
    fn made<'n>(
        &self,
        parent: &Rc<Node>,
        name: &str,
        attributes: impl Iterator<Item = &'n str>,
    ) -> Option<&Rc<Node>> {
        let (last, implied) = self.made.split_last()?;
        for node in implied {
            node.is_implied.set(true);
        }
        let may_be_implied = implied.iter().all(|node| IMPLIED.contains(&&*node.name.local));
        let is_inside = last.parent.borrow().as_ref().is_some_and(|inner| parent.holds(inner));
        let is_same = last.is(name) && last.attributes.iter().map(|(name, _)| name.as_str()).eq(attributes);
        (may_be_implied && is_inside && is_same && self.comments == 0).then_some(last)
    }
}

#[derive(Debug)]
struct Node {
    name: QualName,
    attributes: Vec<(String, String)>,
    parent: RefCell<Option<Rc<Node>>>,
    /// Whether the browser inserted it without a tag.
    is_implied: Cell<bool>,
}

impl Node {
    fn is(&self, name: &str) -> bool {
        str::eq_ignore_ascii_case(&self.name.local, name)
    }

    /// Whether a node is this one or inside it, with only implied elements in between.
    fn holds(self: &Rc<Node>, node: &Rc<Node>) -> bool {
        let is_in = || node.parent.borrow().as_ref().is_some_and(|parent| self.holds(parent));
        Rc::ptr_eq(self, node) || node.is_implied.get() && is_in()
    }

    fn element(&self) -> Element {
        Element {
            name: str::to_ascii_lowercase(&self.name.local),
            is_svg: self.name.ns == ns!(svg),
            attributes: self.attributes.clone(),
        }
    }
}

struct Parser {
    tokenizer: Tokenizer<TreeBuilder<Rc<Node>, Sink>>,
    input: BufferQueue,
}

impl Parser {
    fn new(scripting_enabled: bool) -> Parser {
        let options = TreeBuilderOpts { scripting_enabled, ..TreeBuilderOpts::default() };
        let tokenizer = Tokenizer::new(TreeBuilder::new(Sink::default(), options), TokenizerOpts::default());
        Parser { tokenizer, input: BufferQueue::default() }
    }

    fn feed(&self, text: &str) -> Step {
        self.input.push_back(StrTendril::from(text));
        // Scripts and encodings interrupt the tokenizer.
        while !matches!(self.tokenizer.feed(&self.input), TokenizerResult::Done) {}
        self.tokenizer.sink.sink.0.take()
    }
}

/// Records what happened. Of the tree, it keeps only each node's parent.
#[derive(Default)]
struct Sink(RefCell<Step>);

impl Sink {
    fn mended(&self) {
        self.0.borrow_mut().is_mended = true;
    }
}

fn node(name: QualName, attributes: Vec<Attribute>) -> Rc<Node> {
    let attributes = attributes.into_iter().map(|attribute| {
        let QualName { prefix, local, .. } = &attribute.name;
        let name = prefix.as_ref().map_or_else(|| local.to_string(), |prefix| format!("{prefix}:{local}"));
        (name.to_ascii_lowercase(), attribute.value.to_string())
    });
    let attributes = attributes.collect();
    Rc::new(Node { name, attributes, parent: RefCell::default(), is_implied: Cell::new(false) })
}

impl TreeSink for Sink {
    type Handle = Rc<Node>;
    type Output = ();
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) {}

    fn parse_error(&self, message: Cow<'static, str>) {
        // All parsers read a bare `&` alike; the result is in the text and the values.
        if !message.contains("character reference") {
            self.mended();
        }
    }

    fn get_document(&self) -> Rc<Node> {
        node(QualName::new(None, ns!(), "".into()), Vec::new())
    }

    fn elem_name<'a>(&'a self, target: &'a Rc<Node>) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Rc<Node> {
        let node = node(name, attributes);
        self.0.borrow_mut().made.push(Rc::clone(&node));
        node
    }

    fn create_comment(&self, _: StrTendril) -> Rc<Node> {
        self.0.borrow_mut().comments += 1;
        self.get_document()
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Rc<Node> {
        self.mended();
        self.get_document()
    }

    fn append(&self, parent: &Rc<Node>, child: NodeOrText<Rc<Node>>) {
        match child {
            NodeOrText::AppendNode(node) => *node.parent.borrow_mut() = Some(Rc::clone(parent)),
            NodeOrText::AppendText(_) => self.0.borrow_mut().texts.push(Rc::clone(parent)),
        }
    }

    /// Content that is not allowed in a table is moved in front of it.
    fn append_based_on_parent_node(&self, _: &Rc<Node>, _: &Rc<Node>, _: NodeOrText<Rc<Node>>) {
        self.mended();
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Rc<Node>) -> Rc<Node> {
        Rc::clone(target)
    }

    fn same_node(&self, one: &Rc<Node>, other: &Rc<Node>) -> bool {
        Rc::ptr_eq(one, other)
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, _: &Rc<Node>, _: NodeOrText<Rc<Node>>) {
        self.mended();
    }

    fn add_attrs_if_missing(&self, _: &Rc<Node>, _: Vec<Attribute>) {
        self.mended();
    }

    fn remove_from_parent(&self, _: &Rc<Node>) {
        self.mended();
    }

    fn reparent_children(&self, _: &Rc<Node>, _: &Rc<Node>) {
        self.mended();
    }
}
