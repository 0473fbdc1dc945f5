//! Compares the published site with the one to be published: renamed entries, missing open entries, and another
//! zone of the site.
//!
//! Readers, feeds and calendars identify an entry by its id. A renamed file gets another id, unless it states its
//! id, and feeds would announce all of its updates again.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use crate::address::Form;
use crate::diagnostic::{Diagnostic, Place};
use crate::kind::EntryKind;
use crate::message::{Message, count, message};
use crate::model::{Config, Head, Instant, Model};
use crate::output;
use crate::publish::{Listed, Manifest};
use crate::site::known_entries::KnownEntry;
use crate::text::Sketch;
use crate::timeline;

/// The state that was published last, or that of the last commit.
#[derive(Clone, Debug, Default)]
pub struct LastPublished {
    pub zone: Option<String>,
    pub form: Form,
    /// The visible entries by key; empty if they are not known.
    pub entries: BTreeMap<String, Listed>,
    /// The instant at which they were visible.
    pub effective: Option<Instant>,
}

impl LastPublished {
    #[must_use]
    pub fn of(manifest: &Manifest) -> LastPublished {
        LastPublished {
            zone: manifest.timezone.clone(),
            form: manifest.addresses.as_deref().and_then(Form::from_word).unwrap_or_default(),
            entries: manifest.entries.clone().unwrap_or_default(),
            effective: Instant::parse_iso(&manifest.effective),
        }
    }
}

/// The visible entries in the form of the manifest.
#[must_use]
pub fn listed(now: &BTreeMap<String, KnownEntry>) -> BTreeMap<String, Listed> {
    let list = |(key, visible): (&String, &KnownEntry)| {
        let usual = usual_page(visible.kind, &visible.id);
        let page = Some(visible.page.clone()).filter(|page| *page != usual);
        (key.clone(), Listed { page, open: visible.is_open, text: visible.sketch.to_string() })
    };
    now.iter().map(list).collect()
}

/// The folder of a page whose entry has the default id of its file.
fn usual_page(kind: EntryKind, id: &str) -> String {
    let folder = kind.address_folder();
    if folder.is_empty() { format!("{id}/") } else { format!("{folder}/{id}/") }
}

/// An error, and what a build publishes in spite of it if the rest must go out.
#[derive(Clone, Debug)]
pub struct Finding {
    pub found: Diagnostic,
    hold: Hold,
}

/// The measure that contains an error.
#[derive(Clone, Debug)]
enum Hold {
    /// The entry of this file keeps its old id and its old address.
    Known {
        file: Arc<str>,
        id: String,
        aliases: Vec<String>,
    },
    /// The entry stays in the manifest, so that the next build reports it, too. If the entry of another file would
    /// announce the same text again, that entry is left out.
    Missed {
        key: String,
        listed: Listed,
        without: Option<Arc<str>>,
    },
    /// The addresses of the other form become redirects.
    Form,
    Nothing,
}

/// A published entry that is no longer visible.
struct MissingEntry<'l> {
    key: &'l String,
    kind: EntryKind,
    id: &'l str,
    page: String,
    listed: &'l Listed,
}

/// The errors, where `now` are the visible entries.
#[must_use]
pub fn check(model: &Model, now: &BTreeMap<String, KnownEntry>, last: &LastPublished) -> Vec<Finding> {
    let context = Context { model, now, last, led: OnceLock::new() };
    // In another zone nothing else is certain: an entry that was visible may not be visible yet.
    if let Some(zone) = context.zone() {
        return vec![zone];
    }
    let mut found: Vec<Finding> = context.form().into_iter().collect();
    let mut gone: Vec<MissingEntry<'_>> = Vec::new();
    for (key, listed) in &last.entries {
        let Some((kind, id)) = split(key) else { continue };
        let page = listed.page.clone().unwrap_or_else(|| usual_page(kind, id));
        match now.get(key) {
            Some(visible) if visible.page == page || context.is_led(&page) => {}
            Some(_) => found.extend(context.head(kind, id).map(|head| context.address(head, key, &page))),
            None => gone.push(MissingEntry { key, kind, id, page, listed }),
        }
    }
    gone.retain(|gone| !model.config.is_removed(gone.kind, gone.id, &gone.page));
    // Entries that feeds do not announce are identified by their address alone.
    let is_address = |gone: &MissingEntry<'_>| matches!(gone.kind, EntryKind::Question | EntryKind::Page);
    gone.retain(|gone| !is_address(gone) || !context.is_led(&gone.page));
    let (hidden, gone): (Vec<MissingEntry<'_>>, Vec<MissingEntry<'_>>) =
        gone.into_iter().partition(|gone| context.head(gone.kind, gone.id).is_some());
    for gone in hidden.iter().filter(|gone| gone.listed.open) {
        let head = context.head(gone.kind, gone.id).filter(|head| context.is_hidden(head));
        found.extend(head.map(|head| hidden_again(gone, head)));
    }
    let mut renamed = context.renamed(&gone);
    for (at, gone) in gone.iter().enumerate() {
        let new = renamed.remove(&at).and_then(|new| context.head(new.kind, &new.id));
        match new {
            Some(head) => found.push(context.rename(gone, head)),
            None if gone.listed.open => found.push(is_gone(gone)),
            None => {}
        }
    }
    found
}

/// Changes the model so that everything without an error can be published. Returns the entries that the manifest
/// must keep; `None` if an error has no measure.
#[must_use]
pub fn hold(model: &mut Model, moved: &[Finding]) -> Option<BTreeMap<String, Listed>> {
    let mut missed = BTreeMap::new();
    for moved in moved {
        match &moved.hold {
            Hold::Known { file, id, aliases } => {
                let mut entry = model.remove(file)?;
                let head = entry.head_mut();
                head.id.clone_from(id);
                let place = head.place.clone();
                head.aliases.extend(aliases.iter().map(|alias| (alias.clone(), place.clone())));
                // Both values were computed with the other id.
                (head.digest, head.api_name) = (OnceLock::new(), OnceLock::new());
                model.insert(entry);
            }
            Hold::Missed { key, listed, without } => {
                if let Some(file) = without {
                    drop(model.remove(file));
                }
                missed.insert(key.clone(), listed.clone());
            }
            Hold::Form => model.config.addresses.leads_on = true,
            Hold::Nothing => return None,
        }
    }
    Some(missed)
}

/// The folders of pages in the first language that have an entry or an alias.
#[must_use]
pub fn led(model: &Model, now: &BTreeMap<String, KnownEntry>) -> BTreeSet<String> {
    let aliases = model.heads().filter(|head| !head.draft).flat_map(|head| &head.aliases);
    let forms = model.config.addresses;
    let files = aliases.map(|(alias, _)| output::redirect_file(alias));
    // A path that is not a page keeps its name, and has no folder.
    let folder =
        |file: &str| Some(forms.folder(file)).filter(|folder| *folder != file).map(|f| format!("{f}/"));
    let folders = files.filter_map(|file| folder(&file));
    folders.chain(now.values().map(|visible| visible.page.clone())).collect()
}

fn split(key: &str) -> Option<(EntryKind, &str)> {
    let (kind, id) = key.split_once('/')?;
    Some((EntryKind::from_word(kind)?, id))
}

struct Context<'s> {
    model: &'s Model,
    now: &'s BTreeMap<String, KnownEntry>,
    last: &'s LastPublished,
    led: OnceLock<BTreeSet<String>>,
}

impl<'s> Context<'s> {
    fn head(&self, kind: EntryKind, id: &str) -> Option<&'s Head> {
        self.model.heads().find(|head| head.kind == kind && head.id == id)
    }

    /// Whether an entry would no longer be visible at the instant of the last site. A build for an earlier instant
    /// shows less, but that does not hide an entry.
    fn is_hidden(&self, head: &Head) -> bool {
        let since = timeline::visible_since(self.model, head, None);
        head.draft || since.is_none_or(|since| self.last.effective.is_none_or(|at| since > at))
    }

    /// Whether the address of an entry still has a page or a redirect.
    fn is_led(&self, page: &str) -> bool {
        self.led.get_or_init(|| led(self.model, self.now)).contains(page)
    }

    /// The old addresses of a page in every language, as aliases.
    fn addresses(&self, page: &str) -> Vec<String> {
        let others = self.model.config.locales.iter().skip(1).map(|locale| format!("/{locale}/{page}"));
        std::iter::once(format!("/{page}")).chain(others).collect()
    }

    /// The line `aliases: …` that an entry needs, including its present aliases.
    fn line(&self, head: &Head, page: &str) -> String {
        let mut all: Vec<String> = head.aliases.iter().map(|(alias, _)| alias.clone()).collect();
        all.extend(
            self.addresses(page)
                .into_iter()
                .filter(|address| !head.aliases.iter().any(|(a, _)| a == address)),
        );
        format!("aliases: [{}]", all.join(", "))
    }

    /// Matches missing entries, by index, with new entries of another name. The most similar pairs come first, and
    /// each entry is in only one pair.
    fn renamed(&self, gone: &[MissingEntry<'_>]) -> BTreeMap<usize, &'s KnownEntry> {
        let new: Vec<(&String, &KnownEntry)> =
            self.now.iter().filter(|(key, _)| !self.last.entries.contains_key(*key)).collect();
        let mut pairs = Vec::new();
        for (at, gone) in gone.iter().enumerate() {
            let Some(sketch) = Sketch::parse(&gone.listed.text).filter(|_| !new.is_empty()) else { continue };
            for (key, visible) in &new {
                let likeness = sketch.likeness(&visible.sketch);
                pairs.extend(
                    likeness.map(|likeness| (Reverse(likeness), visible.kind != gone.kind, at, *key)),
                );
            }
        }
        pairs.sort_unstable();
        let mut taken: BTreeSet<&String> = BTreeSet::new();
        let mut renamed = BTreeMap::new();
        for (_, _, at, key) in pairs {
            if !renamed.contains_key(&at)
                && taken.insert(key)
                && let Some(visible) = self.now.get(key)
            {
                renamed.insert(at, visible);
            }
        }
        renamed
    }

    /// The error for an entry that was published under another id.
    fn rename(&self, gone: &MissingEntry<'_>, head: &Head) -> Finding {
        let MissingEntry { key, kind, id, page, listed } = gone;
        let error = |message: Message, help: Message| {
            Diagnostic::error("entry/renamed", head.place.clone(), message).help(help)
        };
        if *kind != head.kind {
            let message = again_as(key, head.kind);
            let help = message!(
                "check-renamed-kind-help",
                "move it back to `content/{folder}/`; if this is another entry, add `{key}` to `removed` in site.yaml",
                folder = kind.folder(),
                key
            );
            let without = Some(Arc::clone(&head.file));
            let hold = Hold::Missed { key: (*key).clone(), listed: (*listed).clone(), without };
            return Finding { found: error(message, help), hold };
        }
        let message = message!(
            "check-renamed",
            "this has nearly the text of `{key}`, which was published and is gone: feeds would announce all of it again under another id",
            key
        );
        let help = if self.is_led(page) {
            message!(
                "check-renamed-id-help",
                "add the line `id: {id}`; if this is another entry, add `{key}` to `removed` in site.yaml",
                id = scalar(id),
                key
            )
        } else {
            message!(
                "check-renamed-id-and-aliases-help",
                "add the two lines `id: {id}` and `{aliases}`; if this is another entry, add `{key}` to `removed` in site.yaml",
                id = scalar(id),
                aliases = self.line(head, page),
                key
            )
        };
        let aliases = if self.is_led(page) { Vec::new() } else { self.addresses(page) };
        let hold = Hold::Known { file: Arc::clone(&head.file), id: (*id).to_owned(), aliases };
        Finding { found: error(message, help), hold }
    }

    /// The error for an entry that has another address without a redirect from the old one.
    fn address(&self, head: &Head, key: &str, page: &str) -> Finding {
        let message = message!(
            "check-address-lost",
            "`{key}` was published at `/{page}`, but that address has no page or redirect now",
            key,
            page
        );
        let help =
            message!("check-address-lost-help", "add the line `{aliases}`", aliases = self.line(head, page));
        let found = Diagnostic::error("entry/renamed", head.place.clone(), message).help(help);
        let (file, id) = (Arc::clone(&head.file), head.id.clone());
        Finding { found, hold: Hold::Known { file, id, aliases: self.addresses(page) } }
    }

    /// The error for addresses of files that would no longer work.
    fn form(&self) -> Option<Finding> {
        let forms = self.model.config.addresses;
        if self.last.form == forms.now || forms.leads_on {
            return None;
        }
        let (was, now) = (self.last.form.word(), forms.now.word());
        let message = message!(
            "check-addresses-changed",
            "the site was published with `addresses: {was}`: the addresses of its pages would stop working",
            was
        );
        let help = message!(
            "check-addresses-changed-help",
            "write `addresses: [{now}, {was}]` in site.yaml: then each old address redirects to the new one",
            now,
            was
        );
        let found =
            Diagnostic::error("site/addresses-changed", Place::whole(&Config::file()), message).help(help);
        Some(Finding { found, hold: Hold::Form })
    }

    /// The error for a zone that differs from the last site and moves times.
    fn zone(&self) -> Option<Finding> {
        let config = &self.model.config;
        let was = self.last.zone.as_deref().filter(|was| *was != config.zone.name())?;
        let moving = self.model.heads().filter(|head| head.is_local).count();
        if moving == 0 {
            return None;
        }
        let message = message!(
            "check-timezone-changed",
            "the site was published in `{was}`: in `{zone}`, times without an offset in {entries} mean other instants, and feeds would announce old updates again",
            was,
            zone = config.zone.name(),
            entries = count(moving, "entry", "entries")
        );
        let help = message!(
            "check-timezone-changed-help",
            "run `noroshi check --fix --timezone-was {was}`, which writes `timezone: {was}` into those entries; or write `timezone: {was}` here again",
            was
        );
        let place = config.zone_place.clone().unwrap_or_else(|| Place::whole(&Config::file()));
        let found = Diagnostic::error("site/timezone-changed", place, message).help(help);
        Some(Finding { found, hold: Hold::Nothing })
    }
}

/// The error for an open entry that exists but is hidden again.
fn hidden_again(gone: &MissingEntry<'_>, head: &Head) -> Finding {
    let key = gone.key;
    let message = if head.draft {
        message!(
            "check-open-is-draft",
            "`{key}` was open when the site was last published, and is a draft now",
            key
        )
    } else {
        message!(
            "check-open-is-hidden",
            "`{key}` was open when the site was last published, and is not visible yet now",
            key
        )
    };
    let help = message!(
        "check-open-is-hidden-help",
        "publish it and say how it ended, or set `withdrawn`; to remove it without telling readers, add `{key}` to `removed` in site.yaml",
        key
    );
    let found = Diagnostic::error("entry/open-and-gone", head.place.clone(), message).help(help);
    Finding { found, hold: missed(gone) }
}

/// The error for an open entry that was removed.
fn is_gone(gone: &MissingEntry<'_>) -> Finding {
    let name = gone.page.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let key = gone.key;
    let message =
        message!("check-open-is-gone", "`{key}` was open when the site was last published, and is gone", key);
    let help = message!(
        "check-open-is-gone-help",
        "bring `content/{folder}/{name}.md` back and say how it ended, or set `withdrawn`; to remove it without telling readers, add `{key}` to `removed` in site.yaml",
        folder = gone.kind.folder(),
        name,
        key
    );
    let found = Diagnostic::error("entry/open-and-gone", Place::whole(&Config::file()), message).help(help);
    Finding { found, hold: missed(gone) }
}

fn missed(gone: &MissingEntry<'_>) -> Hold {
    Hold::Missed { key: gone.key.clone(), listed: gone.listed.clone(), without: None }
}

/// The message for an entry that was published as one of another kind.
fn again_as(key: &str, kind: EntryKind) -> Message {
    let kind = match kind {
        EntryKind::Incident => message!("check-an-incident", "an incident"),
        EntryKind::Maintenance => message!("check-a-maintenance", "a maintenance"),
        EntryKind::Notice => message!("check-a-notice", "a notice"),
        EntryKind::Question => message!("check-a-question", "a question"),
        EntryKind::Page => message!("check-a-page", "a page"),
    };
    message!(
        "check-renamed-kind",
        "this has nearly the text of `{key}`, which was published and is gone: feeds would announce all of it again as {kind}",
        key,
        kind
    )
}

fn scalar(id: &str) -> String {
    let is_plain = id.starts_with(|c: char| c.is_alphabetic() || c.is_ascii_digit())
        && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
        && id.contains(|c: char| c.is_alphabetic());
    if is_plain { id.to_owned() } else { format!("{id:?}") }
}
