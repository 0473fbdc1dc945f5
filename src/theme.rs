//! Themes: how a site looks and which messages it uses, without any Rust code.
//!
//! A theme is a folder of `themes/` beside the content. It extends another theme, and in the end the built-in
//! `default`. The input is texts and bytes; the result is one [`Theme`]: a stylesheet, a script, files to
//! publish, pieces of HTML, messages. This module does not depend on disks, pages or sites.
//!
//! Why: docs/decisions/themes.md.

mod allowlist;
mod assets;
mod builtin;
mod colour;
mod contrast;
mod css;
mod messages;
mod slots;
mod tags;
mod tokens;
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place};
use crate::digest::Digest;
use crate::message::{Message, did_you_mean, message, one_of};
use crate::text;
use crate::vocabulary::Aliases;
use assets::Names;
use slots::Filled;
use tokens::{Description, Tokens};

pub use assets::{Published, Sheet};
pub use messages::Messages;
use messages::Words;
pub use slots::Slot;

/// The theme that every other theme extends.
pub const DEFAULT: &str = "default";

/// A theme, merged with the themes it extends.
#[derive(Clone, Debug)]
pub struct Theme {
    /// The stylesheet, including the tokens.
    pub style: Sheet,
    pub script: Sheet,
    /// The other files to publish, sorted by path.
    pub files: Vec<Published>,
    /// Whether any file is a font. The content security policy must then allow fonts.
    pub has_fonts: bool,
    tokens: Tokens,
    /// The part of the stylesheet after the tokens.
    rules: Arc<str>,
    /// The slots of each layer, the nearest layer first.
    slots: Vec<Vec<Filled>>,
    /// The files of messages, those of the nearest layer last.
    messages: Vec<Messages>,
    words: Vec<Words>,
    digest: Digest,
}

impl Default for Theme {
    fn default() -> Theme {
        let (theme, _) = Chain::begin(DEFAULT, &[]).finish();
        theme
    }
}

impl Theme {
    /// The same theme for a site whose uptime bars show this number of days.
    #[must_use]
    pub fn with_days(mut self, days: u32) -> Theme {
        let text = format!("{}{}", self.tokens.css(days), self.rules);
        self.style = Sheet::new("assets/style.css", text.into());
        self.digest = self.of_all();
        self
    }

    /// The digest of everything in the theme that affects pages.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// Paths contain the hashes of their files, so the paths are enough.
    fn of_all(&self) -> Digest {
        let files: Vec<&String> = self.files.iter().map(|file| &file.path).collect();
        let sheets = (&self.style.path, &self.script.path);
        Digest::of(&(
            sheets,
            files,
            self.has_fonts,
            self.tokens.scheme,
            &self.slots,
            &self.messages,
            &self.words,
        ))
    }

    /// The value of `color-scheme`.
    #[must_use]
    pub fn scheme(&self) -> &'static str {
        self.tokens.scheme.word()
    }

    /// The HTML of a slot in a language, often empty. `root` is the relative path to the root of the site.
    #[must_use]
    pub fn slot(&self, slot: Slot, lang: &str, root: &str) -> String {
        let of = |layer: &Vec<Filled>, locale: Option<&str>| {
            let filled =
                layer.iter().find(|filled| filled.slot == slot && filled.locale.as_deref() == locale);
            filled.map(|filled| filled.write(root, lang))
        };
        // A theme's slot for all languages precedes its parent's slot for one language.
        let found = self.slots.iter().find_map(|layer| of(layer, Some(lang)).or_else(|| of(layer, None)));
        found.unwrap_or_default()
    }

    /// The files of messages in a language. If two define the same message, the later one applies.
    pub fn messages<'t>(&'t self, locale: &'t str) -> impl Iterator<Item = &'t str> {
        self.messages.iter().filter(move |messages| messages.locale == locale).map(|messages| &*messages.text)
    }

    /// The languages that a site can use: built-in ones and those of the theme.
    #[must_use]
    pub fn locales(&self) -> Vec<String> {
        let mut locales: Vec<String> = builtin::locales().collect();
        for messages in &self.messages {
            if !locales.contains(&messages.locale) {
                locales.push(messages.locale.clone());
            }
        }
        locales
    }

    /// The words that writers can use besides the built-in ones.
    #[must_use]
    pub fn words(&self) -> Aliases {
        let mut aliases = Aliases::default();
        for added in &self.words {
            for word in &added.written {
                aliases.add(&added.kind, &added.canonical, word);
            }
        }
        aliases
    }
}

#[must_use]
pub fn built_in() -> Vec<&'static str> {
    builtin::ALL.iter().map(|theme| theme.name).collect()
}

/// The content of a new `theme.yaml`: every token as a comment, with its meaning and its default value.
#[must_use]
pub fn sample() -> String {
    Theme::default().tokens.sample()
}

#[derive(Clone, Debug)]
pub struct File {
    /// Its path from the root of the site: `themes/mine/assets/logo.svg`.
    pub name: Arc<str>,
    /// Its path within the theme: `assets/logo.svg`.
    pub inside: String,
    pub content: Content,
}

#[derive(Clone, Debug)]
pub enum Content {
    /// Normalised text.
    Text(Arc<str>),
    Bytes(Arc<[u8]>),
    Unread,
}

/// How to read a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    Text,
    Bytes,
    Nothing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role<'f> {
    Description,
    Style,
    Script,
    Asset,
    /// With the name of its file.
    Slot(&'f str),
    /// With the name of its file.
    Messages(&'f str),
    Note,
    Unknown,
}

impl Role<'_> {
    fn of(inside: &str) -> Role<'_> {
        let is_text =
            |name: &str| name.rsplit_once('.').is_some_and(|(_, end)| end.eq_ignore_ascii_case("md"));
        match inside.split_once('/') {
            None if inside == "theme.yaml" => Role::Description,
            None if is_text(inside)
                || ["README", "LICENSE", "LICENCE"].iter().any(|n| inside.starts_with(n)) =>
            {
                Role::Note
            }
            Some(("assets", _)) if inside == "assets/script.js" => Role::Script,
            Some(("assets", file)) if ending(file) == "css" => Role::Style,
            Some(("assets", _)) => Role::Asset,
            Some(("slots" | "messages", file)) if is_text(file) => Role::Note,
            Some(("slots", file)) if !file.contains('/') => Role::Slot(file),
            Some(("messages", file)) if !file.contains('/') && ending(file) == "ftl" => Role::Messages(file),
            _ => Role::Unknown,
        }
    }
}

fn ending(file: &str) -> String {
    file.rsplit_once('.').map_or_else(String::new, |(_, end)| end.to_ascii_lowercase())
}

/// How to read a file, by its path within the theme.
#[must_use]
pub fn needs(inside: &str) -> Needs {
    match Role::of(inside) {
        _ if builtin::idle(inside).is_some() => Needs::Text,
        Role::Description | Role::Style | Role::Script | Role::Slot(_) | Role::Messages(_) => Needs::Text,
        Role::Asset => Needs::Bytes,
        Role::Note | Role::Unknown => Needs::Nothing,
    }
}

/// The chain of a theme and the themes it extends, read one after the other.
#[derive(Debug)]
pub struct Chain {
    folders: Vec<String>,
    /// The layers read so far, the nearest first.
    layers: Vec<Layer>,
    wanted: Option<String>,
    found: Vec<Diagnostic>,
}

#[derive(Debug)]
struct Layer {
    name: String,
    is_folder: bool,
    description: Description,
    files: Vec<File>,
}

impl Chain {
    /// Starts with the theme of this name, or with `default` if there is no such theme.
    #[must_use]
    pub fn begin(name: &str, folders: &[String]) -> Chain {
        let mut chain =
            Chain { folders: folders.to_vec(), layers: Vec::new(), wanted: None, found: Vec::new() };
        let is_known = folders.iter().any(|folder| folder == name) || builtin::find(name).is_some();
        chain.go_on(if is_known { name } else { DEFAULT }, true);
        chain
    }

    /// The folder whose files [`Chain::push`] expects next.
    #[must_use]
    pub fn wants(&self) -> Option<&str> {
        self.wanted.as_deref()
    }

    /// Takes the files of the expected folder, sorted by name.
    pub fn push(&mut self, files: Vec<File>) {
        let Some(name) = self.wanted.take() else { return };
        let mut files: Vec<File> = files.into_iter().filter(|file| !is_idle(file)).collect();
        let mut description = Description::default();
        if let Some(at) = files.iter().position(|file| file.inside == "theme.yaml") {
            let file = files.remove(at);
            if let Content::Text(text) = &file.content {
                description = Description::read(&file.name, text, &mut self.found);
            }
        }
        let extends = description.extends.clone();
        self.layers.push(Layer { name: name.clone(), is_folder: true, description, files });
        let (parent, place) = extends.unwrap_or_else(|| (DEFAULT.to_owned(), None));
        let place = place.unwrap_or_else(|| Place::whole(&format!("themes/{name}/theme.yaml").into()));
        if parent == name && builtin::find(&name).is_some() {
            return self.go_on(&parent, false);
        }
        let is_folder = self.folders.contains(&parent);
        if is_folder && self.layers.iter().any(|layer| layer.is_folder && layer.name == parent) {
            let message = message!(
                "theme-cycle",
                "`{parent}` extends itself, directly or through another theme",
                parent
            );
            let help = message!(
                "theme-cycle-help",
                "write `extends: default` in one of the themes: each extends `default` in the end"
            );
            self.found.push(Diagnostic::error("theme/cycle", place, message).help(help));
            return self.go_on(DEFAULT, false);
        }
        if !is_folder && builtin::find(&parent).is_none() {
            let known = known(&self.folders);
            let known: Vec<&String> = known.iter().filter(|known| **known != name).collect();
            let message = message!("theme-unknown-parent", "there is no theme `{parent}`", parent);
            let help = unknown_help(&parent, &known);
            self.found.push(Diagnostic::error("theme/unknown-parent", place, message).help(help));
            return self.go_on(DEFAULT, false);
        }
        self.go_on(&parent, true);
    }

    /// Continues with a theme: the caller must push a folder's files, a built-in theme is available at once.
    fn go_on(&mut self, name: &str, may_be_folder: bool) {
        if may_be_folder && self.folders.iter().any(|folder| folder == name) {
            self.wanted = Some(name.to_owned());
            return;
        }
        let mut next = builtin::find(name);
        while let Some(theme) = next {
            let file: Arc<str> = format!("themes/{}/theme.yaml", theme.name).into();
            // Built-in themes have no errors; a test checks that.
            let description = Description::read(&file, &theme.description.into(), &mut Vec::new());
            let files = theme.assets.iter().map(|(inside, text)| File {
                name: format!("themes/{}/{inside}", theme.name).into(),
                inside: (*inside).to_owned(),
                content: Content::Text((*text).into()),
            });
            let files = files.collect();
            // A built-in theme extends built-in themes only.
            next = description.extends.as_ref().and_then(|(parent, _)| builtin::find(parent));
            self.layers.push(Layer { name: theme.name.to_owned(), is_folder: false, description, files });
        }
    }

    /// The merged theme, and the problems in its folders.
    #[must_use]
    pub fn finish(mut self) -> (Theme, Vec<Diagnostic>) {
        self.layers.reverse();
        let Chain { layers, mut found, .. } = self;
        let own: Vec<bool> = layers.iter().map(|layer| layer.is_folder).collect();
        let (descriptions, files): (Vec<Description>, Vec<Vec<File>>) =
            layers.into_iter().map(|layer| (layer.description, layer.files)).unzip();
        let tokens = Tokens::merge(descriptions.iter());
        contrast::check(&tokens, &descriptions, &own, &mut found);
        unknown(&files, &mut found);
        let mut theme = Theme {
            style: Sheet::default(),
            script: Sheet::default(),
            files: Vec::new(),
            has_fonts: false,
            tokens,
            rules: "".into(),
            slots: Vec::new(),
            messages: Vec::new(),
            words: Vec::new(),
            digest: Digest::of(&()),
        };
        read_messages(&files, &mut theme, &mut found);
        let names = read_assets(&files, &mut theme);
        theme.rules = rules(&files, &names, &mut found).into();
        let locales = theme.locales();
        for files in files.iter().rev() {
            let filled = read_slots(files, &names, &locales, &mut found);
            theme.slots.extend(Some(filled).filter(|filled| !filled.is_empty()));
        }
        (theme.with_days(90), found)
    }
}

/// All themes that a site can name, given these folders.
#[must_use]
pub fn known(folders: &[String]) -> Vec<String> {
    let names: BTreeSet<String> =
        built_in().into_iter().map(str::to_owned).chain(folders.iter().cloned()).collect();
    names.into_iter().collect()
}

/// The help for an unknown theme: the most similar name first, then all.
#[must_use]
pub fn unknown_help<S: AsRef<str>>(name: &str, known: &[S]) -> Message {
    let all = one_of(known);
    match text::nearest(name, known.iter().map(AsRef::as_ref)) {
        Some(near) => {
            message!("theme-unknown-near", "did you mean `{near}`? use one of {all}", near, all)
        }
        None => {
            message!("theme-unknown-help", "use one of {all}; to add one, create a folder in `themes/`", all)
        }
    }
}

/// Whether a file was copied from a built-in theme's folder and has no effect.
fn is_idle(file: &File) -> bool {
    match (&file.content, builtin::idle(&file.inside)) {
        (Content::Text(text), Some(idle)) => **text == *idle,
        _ => false,
    }
}

/// Reports files and folders that themes do not use. An unknown folder is reported once.
fn unknown(files: &[Vec<File>], found: &mut Vec<Diagnostic>) {
    let mut reported: BTreeSet<String> = BTreeSet::new();
    for file in files.iter().flatten().filter(|file| Role::of(&file.inside) == Role::Unknown) {
        let (top, rest) = file.inside.split_once('/').unwrap_or((&file.inside, ""));
        let is_alone = matches!(top, "slots" | "messages");
        let theme = file.name.strip_suffix(&file.inside).unwrap_or("");
        let shown = if is_alone || rest.is_empty() { file.name.to_string() } else { format!("{theme}{top}") };
        if !reported.insert(shown.clone()) {
            continue;
        }
        let known = ["theme.yaml", "assets", "slots", "messages"];
        let near = text::nearest(top, known).filter(|_| !is_alone);
        let help = did_you_mean(near, || what_a_theme_has(top));
        let file = shown.strip_prefix(theme).unwrap_or(&shown);
        let message = message!("theme-unknown-file", "`{file}` has no effect in a theme", file);
        found
            .push(Diagnostic::warning("theme/unknown-file", Place::whole(&shown.into()), message).help(help));
    }
}

/// The help for a file or folder that means nothing.
fn what_a_theme_has(top: &str) -> Message {
    match top {
        "templates" => message!(
            "theme-unknown-file-templates",
            "a theme cannot change templates: use `slots/` and `assets/`"
        ),
        "messages" => {
            message!("theme-unknown-file-messages", "put messages into a file such as `messages/en.ftl`")
        }
        _ => message!(
            "theme-unknown-file-help",
            "a theme has `theme.yaml` and the folders `assets/`, `slots/` and `messages/`"
        ),
    }
}

/// Reads the files to publish unchanged; later layers win.
fn read_assets(files: &[Vec<File>], theme: &mut Theme) -> Names {
    let mut published: BTreeMap<&str, Published> = BTreeMap::new();
    for file in files.iter().flatten() {
        match (Role::of(&file.inside), &file.content) {
            (Role::Script, Content::Text(text)) => {
                theme.script = Sheet::new("assets/script.js", Arc::clone(text));
            }
            (Role::Asset, content) => {
                let bytes: Arc<[u8]> = match content {
                    Content::Bytes(bytes) => Arc::clone(bytes),
                    Content::Text(text) => text.as_bytes().into(),
                    Content::Unread => continue,
                };
                let path = assets::hashed(&file.inside, &bytes);
                published.insert(&file.inside, Published { path, name: Arc::clone(&file.name), bytes });
            }
            _ => {}
        }
    }
    let names = Names::of(published.iter().map(|(inside, file)| ((*inside).to_owned(), file.path.clone())));
    theme.has_fonts =
        published.keys().any(|inside| ["woff2", "woff", "ttf", "otf"].contains(&ending(inside).as_str()));
    theme.files = published.into_values().collect();
    names
}

/// The rules of all layers: first the nearest `style.css`, then the other sheets in the order of layers and
/// names. If two sheets have the same name, the nearer one replaces the other.
fn rules(files: &[Vec<File>], names: &Names, found: &mut Vec<Diagnostic>) -> String {
    const BASE: &str = "assets/style.css";
    let mut last: BTreeMap<&str, usize> = BTreeMap::new();
    let all = || files.iter().enumerate().flat_map(|(layer, files)| files.iter().map(move |f| (layer, f)));
    last.extend(all().map(|(layer, file)| (file.inside.as_str(), layer)));
    let mut sheets: Vec<(usize, &File)> = (all())
        .filter(|(_, file)| Role::of(&file.inside) == Role::Style)
        .filter(|(layer, file)| last.get(file.inside.as_str()) == Some(layer))
        .collect();
    // The base comes first; the sort keeps the order of the others.
    sheets.sort_by_key(|(_, file)| file.inside != BASE);
    let mut out = String::new();
    for (_, file) in sheets {
        let Content::Text(text) = &file.content else { continue };
        let (text, faults) = css::resolve(text, &file.inside, names);
        found.extend(faults.into_iter().map(|fault| {
            Diagnostic::error(fault.code, Place::at(&file.name, fault.range), fault.message).help(fault.help)
        }));
        out.push_str(text.trim_end());
        out.push('\n');
    }
    out
}

fn read_slots(files: &[File], names: &Names, locales: &[String], found: &mut Vec<Diagnostic>) -> Vec<Filled> {
    let mut filled = Vec::new();
    for file in files {
        let (Role::Slot(name), Content::Text(text)) = (Role::of(&file.inside), &file.content) else {
            continue;
        };
        if let Some((slot, locale)) = slots::named(&file.name, name, locales, found) {
            filled.push(slots::read(&file.name, text, slot, locale, names, found));
        }
    }
    filled
}

fn read_messages(files: &[Vec<File>], theme: &mut Theme, found: &mut Vec<Diagnostic>) {
    let mut named: Vec<Arc<str>> = Vec::new();
    for file in files.iter().flatten() {
        let (Role::Messages(name), Content::Text(text)) = (Role::of(&file.inside), &file.content) else {
            continue;
        };
        let Some(locale) = messages::named(&file.name, name, found) else { continue };
        let messages = Messages { locale, text: messages::parsable(&file.name, text, found) };
        theme.words.extend(messages::check(&file.name, &messages, found));
        theme.messages.push(messages);
        named.push(Arc::clone(&file.name));
    }
    let all: Vec<(Arc<str>, &Messages)> = named.into_iter().zip(&theme.messages).collect();
    messages::gaps(&all, found);
}

#[cfg(test)]
mod tests;
