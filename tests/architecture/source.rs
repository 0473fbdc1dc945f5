//! Source files as tokens: what ships of each, what it imports, and which file defines an imported name.
//!
//! Comments, attributes and code under `#[cfg(test)]` are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// A token: an identifier, a literal, a bracket or a sign. `::` is one token.
pub struct Token {
    pub text: String,
    pub line: usize,
}

/// A path that a file names, from the root of the library: `[output, html, Layout]`.
pub struct Named {
    pub path: Vec<String>,
    pub line: usize,
}

/// `use path as name`.
struct Import {
    name: String,
    path: Vec<String>,
    line: usize,
    is_public: bool,
}

/// A file of the product.
pub struct Source {
    /// `src/output/html.rs`.
    pub name: String,
    /// `[output, html]`; empty for the root of the library.
    pub module: Vec<String>,
    pub tokens: Vec<Token>,
    imports: Vec<Import>,
    /// Names of the functions, types, constants and statics that it defines.
    definitions: BTreeSet<String>,
}

/// All files of the product, sorted.
pub struct Sources(pub Vec<Source>);

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below a folder, sorted.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let all = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.unwrap().into_path());
    let mut found: Vec<PathBuf> = all.filter(|path| path.extension().is_some_and(|e| e == "rs")).collect();
    found.sort();
    found
}

impl Sources {
    pub fn read() -> Sources {
        let mut found = Vec::new();
        for path in files(&root().join("src")) {
            let name = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
            let module = name.trim_start_matches("src/").trim_end_matches(".rs");
            // Files that only tests compile: their parents declare them under `#[cfg(test)]`.
            if module.split('/').any(|part| matches!(part, "tests" | "fixture")) {
                continue;
            }
            let module = module.split('/').filter(|p| *p != "lib").map(str::to_owned).collect();
            found.push(Source::parse(name, module, &fs::read_to_string(&path).unwrap()));
        }
        assert!(found.len() > 20, "src: where have all the files gone?");
        Sources(found)
    }

    pub fn outside<'s>(&'s self, homes: &'s [&str]) -> impl Iterator<Item = &'s Source> {
        self.0.iter().filter(move |source| !source.is_in(homes))
    }

    /// For each file, the files that it imports something from, with the names.
    pub fn imports(&self) -> BTreeMap<&str, BTreeMap<&str, BTreeSet<String>>> {
        let mut found: BTreeMap<&str, BTreeMap<&str, BTreeSet<String>>> = BTreeMap::new();
        for source in &self.0 {
            for named in source.paths() {
                if let Some((from, name)) =
                    self.definition(&named.path, 0).filter(|(f, _)| f.name != source.name)
                {
                    found.entry(&source.name).or_default().entry(&from.name).or_default().insert(name);
                }
            }
        }
        found
    }

    /// The file that defines what a path names, and its name there. `None` for a module as such.
    fn definition(&self, path: &[String], depth: usize) -> Option<(&Source, String)> {
        let module =
            (0..=path.len()).rev().find_map(|end| self.0.iter().find(|s| s.module == path[..end]))?;
        let (name, rest) = path[module.module.len()..].split_first()?;
        let import = module.imports.iter().find(|import| import.name == *name);
        match import.filter(|_| !module.definitions.contains(name) && depth < 8) {
            Some(import) => {
                let path: Vec<String> = import.path.iter().chain(rest).cloned().collect();
                self.definition(&path, depth + 1)
            }
            None => Some((module, name.clone())),
        }
    }
}

impl Source {
    pub fn parse(name: String, module: Vec<String>, text: &str) -> Source {
        let stream: TokenStream = text.parse().unwrap_or_else(|e| panic!("{name}: {e}"));
        let mut tokens = Vec::new();
        flatten(stream, &mut tokens);
        let mut source = Source { name, module, tokens, imports: Vec::new(), definitions: BTreeSet::new() };
        source.read_items();
        source
    }

    /// Whether it is one of these files, or lies in one of these folders: `cli`, `history/git`.
    pub fn is_in(&self, homes: &[&str]) -> bool {
        let module = self.module.join("/");
        homes.iter().any(|home| module == *home || module.starts_with(&format!("{home}/")))
    }

    /// The lines where some tokens stand: `fs::read`, `.unwrap`.
    pub fn lines_with(&self, code: &str) -> Vec<usize> {
        let mut wanted = Vec::new();
        flatten(code.parse().unwrap(), &mut wanted);
        let is_here = |window: &&[Token]| window.iter().zip(&wanted).all(|(a, b)| a.text == b.text);
        self.tokens.windows(wanted.len()).filter(is_here).map(|window| window[0].line).collect()
    }

    /// Whether the tokens from `at` on are these.
    pub fn is_at(&self, at: usize, texts: &[&str]) -> bool {
        texts.iter().enumerate().all(|(n, text)| self.tokens.get(at + n).is_some_and(|t| t.text == *text))
    }

    fn read_items(&mut self) {
        let (mut at, mut depth, mut imports) = (0, 0_usize, Vec::new());
        while at < self.tokens.len() {
            match self.tokens[at].text.as_str() {
                "{" => depth += 1,
                "}" => depth -= 1,
                "use" => {
                    let is_public = at > 0 && matches!(self.tokens[at - 1].text.as_str(), "pub" | ")");
                    let from = imports.len();
                    at = self.tree(at + 1, &[], &mut imports);
                    imports[from..].iter_mut().for_each(|import: &mut Import| import.is_public = is_public);
                    continue;
                }
                "fn" | "struct" | "enum" | "trait" | "type" | "const" | "static" if depth == 0 => {
                    self.definitions.insert(self.tokens[at + 1].text.clone());
                }
                _ => {}
            }
            at += 1;
        }
        for import in &mut imports {
            import.path = self.absolute(&import.path, &[]).unwrap_or_default();
        }
        imports.retain(|import| !import.path.is_empty());
        self.imports = imports;
    }

    /// Reads `a::{b, c::d as e}` into one import for each leaf, and returns where it ends.
    fn tree(&self, mut at: usize, base: &[String], found: &mut Vec<Import>) -> usize {
        let mut path = base.to_vec();
        let text = |at: usize| self.tokens.get(at).map_or("", |token| token.text.as_str());
        loop {
            if text(at) == "{" {
                at += 1;
                while text(at) != "}" {
                    at = self.tree(at, &path, found);
                    at += usize::from(text(at) == ",");
                }
                return at + 1;
            }
            let line = self.tokens[at].line;
            if text(at) != "self" || path.is_empty() {
                path.push(text(at).to_owned());
            }
            if text(at + 1) == "::" {
                at += 2;
                continue;
            }
            let has_alias = text(at + 1) == "as";
            let name =
                if has_alias { text(at + 2).to_owned() } else { path.last().cloned().unwrap_or_default() };
            found.push(Import { name, path, line, is_public: false });
            return at + if has_alias { 3 } else { 1 };
        }
    }

    /// A path from the root of the library; `None` where it leads out of it.
    fn absolute(&self, path: &[String], imports: &[Import]) -> Option<Vec<String>> {
        let (first, rest) = path.split_first()?;
        let mut base = match first.as_str() {
            "crate" => Vec::new(),
            "self" => self.module.clone(),
            "super" => self.module[..self.module.len().checked_sub(1)?].to_vec(),
            name => {
                let import = imports.iter().find(|import| import.name == name)?;
                import.path.clone()
            }
        };
        for part in rest {
            if part == "super" {
                base.pop();
            } else {
                base.push(part.clone());
            }
        }
        Some(base)
    }

    /// Every path inside the library that it names, in imports and in code. What it only hands on (`pub use`) is not
    /// among them.
    pub fn paths(&self) -> Vec<Named> {
        let mut found = Vec::new();
        let mut words: BTreeSet<&str> = BTreeSet::new();
        let mut at = 0;
        while at < self.tokens.len() {
            if self.tokens[at].text == "use" {
                while self.tokens[at].text != ";" {
                    at += 1;
                }
            }
            let begins = at == 0 || !matches!(self.tokens[at - 1].text.as_str(), "::" | ".");
            if begins && is_word(&self.tokens[at].text) {
                let mut path = vec![self.tokens[at].text.clone()];
                let mut end = at + 1;
                while self.is_at(end, &["::"]) && self.tokens.get(end + 1).is_some_and(|t| is_word(&t.text)) {
                    path.push(self.tokens[end + 1].text.clone());
                    end += 2;
                }
                words.insert(&self.tokens[at].text);
                let line = self.tokens[at].line;
                if path.len() > 1
                    && let Some(path) = self.absolute(&path, &self.imports).or_else(|| self.child(&path))
                {
                    found.push(Named { path, line });
                }
            }
            at += 1;
        }
        let used = self.imports.iter().filter(|i| !i.is_public || words.contains(i.name.as_str()));
        found.extend(used.map(|import| Named { path: import.path.clone(), line: import.line }));
        found
    }

    /// A path that begins with a module that is declared here.
    fn child(&self, path: &[String]) -> Option<Vec<String>> {
        let is_declared = (0..self.tokens.len()).any(|at| self.is_at(at, &["mod", &path[0], ";"]));
        is_declared.then(|| self.module.iter().chain(path).cloned().collect())
    }
}

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// The tokens of code that ships, in order.
fn flatten(stream: TokenStream, out: &mut Vec<Token>) {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    let mut at = 0;
    while at < trees.len() {
        if let Some(attribute) = attribute(&trees[at..]) {
            let length =
                trees[at..].iter().take_while(|tree| !matches!(tree, TokenTree::Group(_))).count() + 1;
            at += length;
            if attribute == "cfg (test)" {
                at += item(&trees[at..]);
            }
            continue;
        }
        let line = trees[at].span().start().line;
        let mut push = |text: String| out.push(Token { text, line });
        match &trees[at] {
            TokenTree::Ident(ident) => push(ident.to_string()),
            TokenTree::Literal(literal) => push(literal.to_string()),
            TokenTree::Punct(sign) => {
                let is_double = sign.as_char() == ':'
                    && sign.spacing() == Spacing::Joint
                    && matches!(trees.get(at + 1), Some(TokenTree::Punct(next)) if next.as_char() == ':');
                at += usize::from(is_double);
                push(if is_double { "::".to_owned() } else { sign.to_string() });
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    _ => ("(", ")"),
                };
                push(open.to_owned());
                flatten(group.stream(), out);
                out.push(Token { text: close.to_owned(), line: group.span_close().start().line });
            }
        }
        at += 1;
    }
}

/// What an attribute says that begins here: `#[…]` or `#![…]`.
fn attribute(trees: &[TokenTree]) -> Option<String> {
    let is_sign = |tree: &TokenTree, sign| matches!(tree, TokenTree::Punct(p) if p.as_char() == sign);
    let rest = trees.split_first().filter(|(first, _)| is_sign(first, '#'))?.1;
    let rest = if rest.first().is_some_and(|tree| is_sign(tree, '!')) { &rest[1..] } else { rest };
    match rest.first()? {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => {
            Some(group.stream().to_string())
        }
        _ => None,
    }
}

/// How many trees an item has: up to `;`, or up to its body.
fn item(trees: &[TokenTree]) -> usize {
    let is_use = trees.iter().take(3).any(|tree| matches!(tree, TokenTree::Ident(i) if *i == "use"));
    let is_end = |tree: &TokenTree| match tree {
        TokenTree::Punct(sign) => sign.as_char() == ';',
        TokenTree::Group(group) => !is_use && group.delimiter() == Delimiter::Brace,
        _ => false,
    };
    trees.iter().position(is_end).map_or(trees.len(), |at| at + 1)
}

#[test]
fn comments_attributes_and_tests_are_left_out() {
    let text = "//! x.unwrap()\na; \"x .unwrap()\"; b: &'a str;\n#[cfg(test)]\nmod tests { fn f() { x.unwrap() } }\nend();";
    let source = Source::parse("a.rs".to_owned(), vec!["a".to_owned()], text);
    assert!(source.lines_with(".unwrap").is_empty());
    assert_eq!(source.lines_with("end()"), [5]);
}

#[test]
fn every_path_is_seen_however_it_is_imported() {
    let text = "use crate::{a::{self, B as C}, d::*};\nuse super::super::e;\nfn f() { g!(crate::h::I, a::j(), e::k) }";
    let source = Source::parse("x/y/z.rs".to_owned(), ["x", "y", "z"].map(str::to_owned).to_vec(), text);
    let seen: BTreeSet<String> = source.paths().iter().map(|named| named.path.join("::")).collect();
    let expected = ["a", "a::B", "a::j", "d::*", "h::I", "x::e", "x::e::k"];
    assert_eq!(seen, expected.map(str::to_owned).into());
}
