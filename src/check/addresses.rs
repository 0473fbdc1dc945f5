//! Checks that every address is used only once, including those of entries that are not visible yet.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use crate::address::{self, Forms, THEME_FOLDER};
use crate::diagnostic::{Diagnostic, Place};
use crate::kind::EntryKind;
use crate::message::{Message, message};
use crate::model::{Config, Head, Incident, Instant, Maintenance, Model, Notice, Recurrence};
use crate::output;
use crate::site::entry_path;
use crate::source::{Asset, THEMES};
use crate::text;
use crate::theme::Theme;
use crate::vocabulary::Status;

/// The last month that a written time may be in.
const LAST_MONTH: (i32, u32) = (2100, 12);

/// The addresses that links may lead to, without a leading slash.
#[derive(Debug)]
pub struct Addresses<'m> {
    /// The files, each with the content file that produces it.
    files: BTreeMap<String, Arc<str>>,
    series: Series<'m>,
    incidents: &'m [Incident],
}

/// The occurrences of each series, visible or not. There may be thousands, so a day is searched only when a link
/// names it.
#[derive(Debug)]
struct Series<'m> {
    prefixes: Vec<String>,
    forms: Forms,
    /// The series, by folder.
    entries: BTreeMap<String, (&'m Maintenance, &'m Recurrence)>,
}

impl<'m> Series<'m> {
    fn of(model: &'m Model, prefixes: &[String]) -> Series<'m> {
        let series = model.maintenance.iter().filter(|e| !e.head.draft);
        let series = series.filter_map(|e| Some((entry_path(&e.head), (e, e.recurrence.as_ref()?))));
        let forms = model.config.addresses;
        Series { prefixes: prefixes.to_vec(), forms, entries: series.collect() }
    }

    /// Whether this folder belongs to an occurrence: `maintenance/weekly/2026-12-08`.
    fn contains(&self, folder: &str) -> bool {
        self.prefixes.iter().filter_map(|prefix| folder.strip_prefix(prefix.as_str())).any(|folder| {
            let Some((series, day)) = folder.rsplit_once('/') else { return false };
            let Some((entry, series)) = self.entries.get(&format!("{series}/")) else { return false };
            // Only the exact form of the address counts.
            let day = day.parse::<NaiveDate>().ok().filter(|parsed| parsed.to_string() == day);
            let mut days = series.occurrences(entry.window).map(|o| o.day);
            day.is_some_and(|day| days.find(|d| *d >= day) == Some(day))
        })
    }
}

impl Addresses<'_> {
    /// Whether the site has a page or file at a path from the root.
    #[must_use]
    pub fn contains(&self, path: &str) -> bool {
        // If pages are files, their folders also work, as redirects.
        let folder = self.series.forms.folder(path);
        let page = if folder.is_empty() { "index.html".to_owned() } else { format!("{folder}/index.html") };
        let page = self.files.contains_key(&page) || self.series.contains(folder);
        page || (!path.ends_with('/') && self.files.contains_key(path)) || self.is_in_api(path)
    }

    /// Whether the API has an incident at this path. There are many, and only links to one need this.
    fn is_in_api(&self, path: &str) -> bool {
        let shown = self.incidents.iter().filter(|entry| !entry.head.draft);
        let file =
            |path: &str, file: fn(&Head) -> String| shown.clone().any(|entry| file(&entry.head) == path);
        let all = self.series.prefixes.iter().filter_map(|prefix| path.strip_prefix(prefix.as_str()));
        let inside = all.rev().find(|path| path.starts_with(output::API_INCIDENTS));
        inside.is_some_and(|path| file(path, output::api_file))
            || path.starts_with(output::PROMISES) && file(path, output::promises_file)
    }

    /// Every known file, for rules about addresses. Occurrences of series are not among them.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Every known address, for suggestions.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(|file| shown(file))
    }
}

/// The owner of each file.
struct Claims<'f> {
    files: BTreeMap<String, Arc<str>>,
    found: &'f mut Vec<Diagnostic>,
}

impl Claims<'_> {
    fn claim(&mut self, file: String, place: &Place) {
        let Some(other) = self.files.get(&file) else {
            self.files.insert(file, Arc::clone(&place.file));
            return;
        };
        let message = message!(
            "check-address-taken",
            "the address `/{address}` also belongs to {other}",
            address = shown(&file),
            other
        );
        let help = message!(
            "check-address-taken-help",
            "rename one of the two: each address can have only one file"
        );
        let found = Diagnostic::error("site/colliding-address", place.clone(), message).help(help);
        self.found.push(found.other(other));
    }

    /// Claims a small redirect page. It is not a fault if an alias of the same file already has it.
    fn claim_old(&mut self, file: String, place: &Place) {
        if self.files.get(&file).is_none_or(|owner| *owner != place.file) {
            self.claim(file, place);
        }
    }

    /// Reports files at the address of an occurrence of a series.
    fn occurrences(&mut self, series: &Series<'_>) {
        let inside = |(file, _): &(&String, &Arc<str>)| {
            // The conflict may be its page, a file beside it, or a file where its folder must be.
            let beside = |name| file.strip_suffix(name).and_then(|folder| folder.strip_suffix('/'));
            let page = || Some(series.forms.folder(file)).filter(|folder| *folder != file.as_str());
            series.contains(page().or_else(|| beside(output::BESIDE_MAINTENANCE)).unwrap_or(file))
        };
        for (file, owner) in self.files.iter().filter(inside) {
            let message = message!(
                "check-address-of-occurrence",
                "the address `/{address}` belongs to the occurrence of a series on that day",
                address = shown(file)
            );
            let help = message!(
                "check-address-of-occurrence-help",
                "give this file another address: each address can have only one file"
            );
            self.found.push(collision(owner, message).help(help));
        }
    }

    /// Reports files that would also have to be folders: `about` and `about/index.html`.
    fn folders(&mut self) {
        let paths: Vec<&String> = self.files.keys().collect();
        for (name, file) in address::clashes(paths.len(), &|at| paths[at].as_str()) {
            let message = message!(
                "check-address-folder",
                "the file `/{name}` of {owner} is where `/{file}` needs a folder",
                owner = self.files[name],
                name,
                file
            );
            let help = message!("check-address-folder-help", "rename one of the two");
            let found = collision(&self.files[file], message).help(help);
            self.found.push(found.other(&self.files[name]));
        }
    }

    /// Reports files of others in the folder of the theme's files, since browsers would keep them for a year.
    fn kept_for_ever(&mut self, theme: &Theme) {
        let sheets = [&theme.style.path, &theme.script.path];
        let inside = |(file, owner): &(&String, &Arc<str>)| {
            file.starts_with(THEME_FOLDER) && !owner.starts_with(THEMES) && !sheets.contains(file)
        };
        for (file, owner) in self.files.iter().filter(inside) {
            let message = message!(
                "check-address-of-theme",
                "the address `/{address}` is in the folder of the theme's files, which browsers keep for a year",
                address = shown(file)
            );
            let help = message!("check-address-of-theme-help", "move it out of `assets/theme/`");
            self.found.push(collision(owner, message).help(help));
        }
    }

    /// Reports names that Windows changes or cannot store.
    fn unportable(&mut self) {
        // A team may not be free to rename the files of its theme.
        for (file, owner) in self.files.iter().filter(|(_, owner)| !owner.starts_with(THEMES)) {
            if let Some(name) = address::unportable(file) {
                let message = message!(
                    "check-address-unportable",
                    "Windows cannot store the name `{name}` of the address `/{file}`",
                    name,
                    file
                );
                let help = message!("check-address-unportable-help", "give it another name");
                let found = Diagnostic::warning("site/unportable-address", Place::whole(owner), message);
                self.found.push(found.help(help));
            }
        }
    }

    /// Reports addresses that differ only in case, because on many disks and hosts one would replace the other.
    /// Each pair of owners is reported once, however many languages they have.
    fn caseless(&mut self) {
        let mut seen: BTreeMap<String, &String> = BTreeMap::new();
        let mut reported: HashSet<(&str, &str)> = HashSet::new();
        for (file, owner) in &self.files {
            let Some(folded) = address::caseless(file) else { continue };
            let plain = self.files.get_key_value(&folded).map(|(twin, _)| twin);
            let Some(twin) = plain.or(seen.get(&folded).copied()) else {
                seen.insert(folded, file);
                continue;
            };
            let other = &self.files[twin];
            // Another rule reports slugs that differ only in case.
            if is_same_slug(owner, other) || !reported.insert((owner, other)) {
                continue;
            }
            let message = message!(
                "check-address-case",
                "the addresses `/{address}` and `/{twin}` of {other} differ only in case",
                address = shown(file),
                twin = shown(twin),
                other
            );
            let help = message!(
                "check-address-case-help",
                "rename one of the two: on many disks and hosts, one of them replaces the other"
            );
            self.found.push(collision(owner, message).help(help).other(other));
        }
    }
}

/// The error at a file whose address another one needs.
fn collision(owner: &Arc<str>, message: Message) -> Diagnostic {
    Diagnostic::error("site/colliding-address", Place::whole(owner), message)
}

pub(super) fn check<'m>(model: &'m Model, assets: &[Asset], found: &mut Vec<Diagnostic>) -> Addresses<'m> {
    let mut claims = Claims { files: BTreeMap::new(), found };
    let config = Place::whole(&Config::file());
    for file in output::fixed_files(model) {
        claims.claim(file, &config);
    }
    for file in &model.theme.files {
        claims.claim(file.path.clone(), &Place::whole(&file.name));
    }
    let prefixes: Vec<String> = model.config.prefixes().collect();
    // Each page by its folder, with its owner.
    let mut pages: Vec<(String, &Place)> = Vec::new();
    for prefix in &prefixes {
        for component in &model.config.components.all {
            let folder = format!("{prefix}components/{}/", component.id);
            for file in output::BESIDE_COMPONENT {
                claims.claim(format!("{folder}{file}"), &config);
            }
            pages.push((folder, &config));
        }
        for category in &model.config.categories {
            pages.push((format!("{prefix}faq/{}/", category.id), &config));
        }
        if model.config.has_public_report {
            pages.push((format!("{prefix}report/"), &config));
        }
        for (year, month) in months(model) {
            pages.push((format!("{prefix}history/{year}/{month:02}/"), &config));
            if model.config.has_public_report {
                pages.push((format!("{prefix}report/{year}-{month:02}/"), &config));
                claims.claim(format!("{prefix}report/{year}-{month:02}.json"), &config);
            }
        }
        for head in model.heads().filter(|h| !h.draft && h.kind != EntryKind::Question) {
            let folder = format!("{prefix}{}", entry_path(head));
            if head.kind == EntryKind::Maintenance {
                claims.claim(format!("{folder}{}", output::BESIDE_MAINTENANCE), &head.place);
            }
            pages.push((folder, &head.place));
        }
    }
    for component in model.config.components.all.iter().filter(|component| component.uptime) {
        claims.claim(output::uptime_file(&component.id), &config);
    }
    let forms = model.config.addresses;
    for (folder, place) in &pages {
        claims.claim(address::file_of(&forms.now.page(folder)), place);
    }
    // Generated names never collide. Names that an author or an import chose may collide with them and with each
    // other.
    let given = model.incidents.iter().any(|entry| entry.head.api_id.is_some())
        || assets.iter().any(|asset| asset.address.contains(output::API_INCIDENTS));
    for entry in model.incidents.iter().filter(|entry| given && !entry.head.draft) {
        let (file, place) = (output::api_file(&entry.head), &entry.head.place);
        claims.claim(file.clone(), place);
        // Two entries with one id are reported once, not in each language.
        if claims.files.get(&file) == Some(&place.file) {
            prefixes[1..].iter().for_each(|prefix| claims.claim(format!("{prefix}{file}"), place));
        }
    }
    // Two incidents with one id have been told of above.
    let given = assets.iter().any(|asset| asset.address.starts_with(output::PROMISES));
    for entry in model.incidents.iter().filter(|entry| given && !entry.head.draft) {
        claims.claim(output::promises_file(&entry.head), &entry.head.place);
    }
    for asset in assets {
        claims.claim(asset.address.clone(), &Place::whole(&asset.name));
    }
    for head in model.heads().filter(|h| !h.draft) {
        for (alias, place) in &head.aliases {
            claims.claim(output::redirect_file(alias), place);
        }
    }
    if let Some(old) = forms.old() {
        for (alias, place) in model.heads().filter(|h| !h.draft).flat_map(|head| &head.aliases) {
            for file in output::redirect_files(alias, forms).into_iter().skip(1) {
                claims.claim_old(file, place);
            }
        }
        for file in output::fixed_old(model) {
            claims.claim_old(file, &config);
        }
        for (folder, place) in &pages {
            claims.claim_old(address::file_of(&old.page(folder)), place);
        }
    }
    claims.folders();
    claims.kept_for_ever(&model.theme);
    claims.unportable();
    claims.caseless();
    let series = Series::of(model, &prefixes);
    claims.occurrences(&series);
    Addresses { files: claims.files, series, incidents: &model.incidents }
}

/// The source of the file at a path of the site: a copied file, an alias, or else site.yaml.
pub(super) fn owner(model: &Model, assets: &[Asset], path: &str) -> Place {
    let copied = || assets.iter().find(|asset| asset.address == path).map(|a| Place::whole(&a.name));
    let aliases = || model.heads().flat_map(|head| &head.aliases);
    let moved = || aliases().find(|(alias, _)| output::redirect_file(alias) == path).map(|(_, p)| p.clone());
    copied().or_else(moved).unwrap_or_else(|| Place::whole(&Config::file()))
}

/// Whether two entry files of one kind have slugs that differ only in case.
fn is_same_slug(a: &str, b: &str) -> bool {
    let slug = |name: &str| {
        let (folder, rest) = name.strip_prefix("content/")?.split_once('/')?;
        let stem = rest.rsplit('/').next()?.strip_suffix(".md")?;
        Some((folder.to_owned(), text::fold(stem)))
    };
    a != b && slug(a).is_some_and(|a| Some(a) == slug(b))
}

fn shown(file: &str) -> &str {
    file.strip_suffix("index.html").unwrap_or(file)
}

/// Every month that an entry may touch, visible or not. An open entry may last until the last year of the format.
fn months(model: &Model) -> BTreeSet<(i32, u32)> {
    let month = |at: Instant| {
        let day = model.config.zone.day(at);
        (day.year(), day.month())
    };
    let end = |closed: bool, last: Option<Instant>| {
        if closed { last.map_or(LAST_MONTH, month) } else { LAST_MONTH }
    };
    let incident = |entry: &Incident| {
        let last = entry.updates.last();
        let closed = last.is_some_and(|u| u.status == Status::Resolved);
        let corrected = entry.updates.iter().filter_map(|update| update.change.start());
        let first = corrected.map(|started| started.at).chain([entry.started.at]).min();
        (month(first.unwrap_or(entry.started.at)), end(closed, last.map(|u| u.at)))
    };
    let maintenance = |entry: &Maintenance| {
        let windows = entry.windows();
        let (last_update, plans) = (entry.updates.last(), entry.updates.iter().map(|u| &u.change));
        let starts = plans
            .clone()
            .filter_map(|plan| plan.start)
            .map(|start| start.at)
            .chain(windows.iter().filter_map(|window| window.decided()).map(|window| window.start));
        let ends = plans
            .filter_map(|plan| plan.end.flatten())
            .map(|end| end.at)
            .chain(windows.iter().filter_map(|window| window.end));
        // Until it has a start, it is listed by its announcement.
        let told = entry.head.publish_at.or(entry.updates.first().map(|update| update.at));
        let open = told.filter(|_| !entry.window.is_decided());
        let starts = starts.chain(open);
        let Some(first) = starts.clone().min() else { return (LAST_MONTH, LAST_MONTH) };
        // Any month may contain an occurrence of a series. Finding the exact ones is expensive, and no other file
        // can use their addresses.
        let closed = last_update.is_some_and(|u| matches!(u.status, Status::Completed | Status::Cancelled));
        let closed = closed && entry.recurrence.is_none();
        let last = starts.chain(ends).chain(last_update.map(|u| u.at)).max();
        (month(first), end(closed, last))
    };
    let notice = |entry: &Notice| {
        let published = entry.head.publish_at.or(entry.updates.first().map(|u| u.at))?;
        Some((month(published), month(published)))
    };
    let spans = (model.incidents.iter().map(incident))
        .chain(model.maintenance.iter().map(maintenance))
        .chain(model.notices.iter().filter_map(notice));
    // All open entries are handled at once, because each of a thousand entries would go on for decades.
    let (open, closed): (Vec<_>, Vec<_>) = spans.partition(|(_, last)| *last == LAST_MONTH);
    let mut found = BTreeSet::new();
    for (mut name, last) in open.into_iter().min().into_iter().chain(closed) {
        while name <= last {
            found.insert(name);
            name = if name.1 == 12 { (name.0 + 1, 1) } else { (name.0, name.1 + 1) };
        }
    }
    found
}
