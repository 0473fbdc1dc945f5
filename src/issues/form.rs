//! The issue forms of a site: the files in `.github/ISSUE_TEMPLATE/`, and what a person filled in.
//!
//! A host turns a filled form into `### Label`, a blank line and the value for each field, and `_No response_` for an
//! empty one (<https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema>).
//! Nothing says which form it was: labels of an issue are dropped if the repository lacks them. So the first label of
//! each form is its own. The one field that can hold several lines is the last, so no line in it can be taken for
//! another field. All labels are in Japanese if the first language of the site is Japanese, else in English.

use std::fmt::Write as _;

use crate::cms::labels::Labels;
use crate::digest::Digest;
use crate::edit::yaml_scalar::quoted;
use crate::kind::EntryKind;
use crate::model::config::{Choice, Field};
use crate::model::{Config, Group};
use crate::text;
use crate::vocabulary::{Level, MaintenanceKind, Severity, Status};

/// The folder of the forms. Forgejo and Gitea read it, too.
pub const FOLDER: &str = ".github/ISSUE_TEMPLATE";

/// Components that a form lists one by one. With more, it lists their groups.
const LISTED: usize = 100;

/// What a host writes for an empty field.
const EMPTY: [&str; 2] = ["_No response_", "None"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    Severity,
    Affects,
    Status,
    Started,
    Next,
    Recovery,
    /// A field of the site, by its place in site.yaml.
    Field(usize),
    Scope,
    Kind,
    Start,
    End,
    Level,
    Expires,
    Category,
    Words,
}

/// The kinds of entries that have a form.
const KINDS: [EntryKind; 4] =
    [EntryKind::Incident, EntryKind::Maintenance, EntryKind::Notice, EntryKind::Question];

/// The fields of a form in order. The first and the last are there on every site.
fn keys(kind: EntryKind, config: &Config) -> Vec<Key> {
    let mut keys = match kind {
        EntryKind::Incident => {
            vec![Key::Severity, Key::Affects, Key::Status, Key::Started, Key::Next, Key::Recovery, Key::Scope]
        }
        EntryKind::Maintenance => vec![Key::Kind, Key::Affects, Key::Start, Key::End, Key::Scope],
        EntryKind::Question => vec![Key::Category, Key::Affects],
        EntryKind::Notice | EntryKind::Page => vec![Key::Level, Key::Affects, Key::Expires],
    };
    let own = config.fields.iter().enumerate().filter(|(_, field)| field.on.contains(&kind));
    keys.extend(own.map(|(at, _)| Key::Field(at)));
    keys.push(Key::Words);
    keys
}

/// The statuses that an incident may begin with. The first is chosen already.
const STATUSES: [Status; 4] =
    [Status::Investigating, Status::Identified, Status::Monitoring, Status::Resolved];

/// The label and a hint with an example.
fn words(key: Key, is_japanese: bool) -> (&'static str, &'static str) {
    let (english, japanese) = match key {
        Key::Severity => (("Severity", ""), ("区分", "")),
        Key::Affects => (("What is affected", "One or more."), ("対象", "複数選べます。")),
        Key::Status => (("Status", ""), ("状況", "")),
        Key::Started => (
            ("Start of the impact", "10:15, `about 10:15` or `unknown`. Empty: now."),
            ("発生日時", "10:15、10:15頃、不明 など。空欄なら今。"),
        ),
        Key::Next => (
            ("Next update", "11:00, `30m` or `undecided`."),
            ("次回のお知らせ", "11:00、30分後、未定 など。"),
        ),
        Key::Recovery => (
            ("Expected recovery", "A time or words, such as: being assessed."),
            ("復旧見込み", "12:00、確認中 など。"),
        ),
        // They are named in site.yaml.
        Key::Field(_) => (("", ""), ("", "")),
        Key::Scope => (("Scope", "Who or what, in one line."), ("影響の範囲", "1 行で。例：約 3% のご注文")),
        Key::Kind => (("Kind of maintenance", ""), ("メンテナンスの種類", "")),
        Key::Start => (("Start", "2026-12-01 02:00"), ("開始日時", "2026-12-01 02:00、12月1日 2:00 など。")),
        Key::End => (("End", "05:00, or `unknown`."), ("終了日時", "05:00、未定 など。")),
        Key::Level => (("Level", ""), ("お知らせの種別", "")),
        Key::Expires => (
            ("Show until", "2026-12-08 18:00. Empty: no end."),
            ("掲載期限", "2026-12-08 18:00 など。空欄なら期限なし。"),
        ),
        Key::Category => (("Category", ""), ("質問のカテゴリー", "")),
        Key::Words => (
            ("Text for readers", "Published as you write it."),
            ("お客様へお伝えする文", "このまま公開されます。"),
        ),
    };
    if is_japanese { japanese } else { english }
}

/// The name of a form, what it is for, and what stands above its fields.
fn about(kind: EntryKind, is_japanese: bool) -> [&'static str; 3] {
    let later = if is_japanese {
        "上の「タイトル」が、公開されるページの題名になります。続報は、この issue にコメントで書きます。コメントの 1 行目は「原因特定」「復旧 10:47」のように、状況と時刻です。"
    } else {
        "The title above becomes the title of the public page. Write each further update as a comment whose first line is the status: `identified`, or `resolved 10:47`."
    };
    let only = if is_japanese {
        "上の「タイトル」が、公開されるページの題名になります。"
    } else {
        "The title above becomes the title of the public page."
    };
    let question = if is_japanese {
        "上の「タイトル」に、お客様のご質問を書きます。"
    } else {
        "Write the question of your users as the title above."
    };
    match (kind, is_japanese) {
        (EntryKind::Incident, true) => ["障害", "障害の第一報を公開します", later],
        (EntryKind::Incident, false) => ["Incident", "Publish the first update of an incident", later],
        (EntryKind::Maintenance, true) => ["メンテナンス", "メンテナンスの予定を公開します", later],
        (EntryKind::Maintenance, false) => ["Maintenance", "Announce a maintenance", later],
        (EntryKind::Question, true) => ["よくある質問", "質問と回答を公開します", question],
        (EntryKind::Question, false) => ["Question", "Publish a question and its answer", question],
        (_, true) => ["お知らせ", "お知らせを公開します", only],
        (_, false) => ["Notice", "Publish a notice", only],
    }
}

/// The label of a field.
fn label(key: Key, config: &Config, is_japanese: bool) -> String {
    match key {
        // The id, by which an older form is known after the name has changed.
        Key::Field(at) => config
            .fields
            .get(at)
            .map_or_else(String::new, |field| format!("{} ({})", field.name.get(0).1, field.id)),
        _ => words(key, is_japanese).0.to_owned(),
    }
}

/// Whether this is the label of a field, in either language.
fn is_label(found: &str, key: Key, config: &Config) -> bool {
    match key {
        Key::Field(at) => {
            config.fields.get(at).is_some_and(|field| found.ends_with(&format!(" ({})", field.id)))
        }
        _ => [true, false].iter().any(|is_japanese| words(key, *is_japanese).0 == found),
    }
}

impl Key {
    fn id(self) -> String {
        let id = match self {
            Key::Field(at) => return format!("field_{at}"),
            Key::Severity => "severity",
            Key::Affects => "affects",
            Key::Status => "status",
            Key::Started => "started",
            Key::Next => "next_update",
            Key::Scope => "scope",
            Key::Kind => "kind",
            Key::Start => "start",
            Key::End => "end",
            Key::Level => "level",
            Key::Expires => "expires_at",
            Key::Category => "category",
            Key::Words => "text",
            Key::Recovery => "expected_recovery",
        };
        id.to_owned()
    }

    fn is_required(self, kind: EntryKind) -> bool {
        match self {
            Key::Severity | Key::Kind | Key::Start | Key::End | Key::Level | Key::Category | Key::Words => {
                true
            }
            Key::Affects => matches!(kind, EntryKind::Incident | EntryKind::Maintenance),
            Key::Status
            | Key::Started
            | Key::Next
            | Key::Recovery
            | Key::Field(_)
            | Key::Scope
            | Key::Expires => false,
        }
    }

    /// The values to choose from, each with the word of the format and the label; empty if the value is typed.
    fn options(self, config: &Config, labels: &Labels<'_>) -> Vec<(String, String)> {
        let named = |key: &str, words: Vec<String>| -> Vec<(String, String)> {
            words
                .into_iter()
                .map(|word| (labels.option(key, &word), word))
                .map(|(label, word)| (word, label))
                .collect()
        };
        let own = |ids: &[Choice]| ids.iter().map(|choice| choice.id.clone()).collect::<Vec<_>>();
        let of = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let mut found = match self {
            Key::Severity => {
                named("severity", Severity::ALL.iter().map(|one| one.word().to_owned()).collect())
            }
            Key::Status => named("update", of(&STATUSES.map(Status::word))),
            Key::Affects => named("affects", components(config)),
            Key::Kind => {
                let mut kinds: Vec<String> =
                    MaintenanceKind::ALL.iter().map(|one| one.word().to_owned()).collect();
                kinds.extend(own(&config.kinds));
                named("kind", kinds)
            }
            Key::Level => named("level", Level::ALL.iter().map(|one| one.word().to_owned()).collect()),
            Key::Category => named("category", own(&config.categories)),
            Key::Field(at) => config.fields.get(at).map_or_else(Vec::new, |field| {
                named(&field.id, field.values.iter().map(|value| value.id.clone()).collect())
            }),
            Key::Started
            | Key::Next
            | Key::Recovery
            | Key::Scope
            | Key::Start
            | Key::End
            | Key::Expires
            | Key::Words => Vec::new(),
        };
        // A host refuses a form with two equal options.
        let labels: Vec<String> = found.iter().map(|(_, label)| label.clone()).collect();
        for (word, label) in &mut found {
            if labels.iter().filter(|other| *other == label).count() > 1 {
                *label = format!("{label} ({word})");
            }
        }
        found
    }
}

/// The ids that a form offers: each group, and below it its components.
fn components(config: &Config) -> Vec<String> {
    let all = &config.components.all;
    let shown: Vec<&String> = all.iter().filter(|one| one.retired.is_none()).map(|one| &one.id).collect();
    let is_shown = |at: &usize| all[*at].retired.is_none();
    let mut ids = Vec::new();
    for group in &config.components.groups {
        let members = group.members().into_iter().filter(is_shown).map(|at| all[at].id.clone());
        match group {
            Group::Single(_) => ids.extend(members),
            Group::Named { id, .. } | Group::Matrix { id, .. } => {
                ids.push(id.clone());
                if shown.len() <= LISTED {
                    ids.extend(members);
                }
            }
        }
    }
    ids.retain(|id| config.components.find(id).is_some());
    ids
}

/// Whether a site has a form of this kind. A question needs a category.
fn is_offered(kind: EntryKind, config: &Config) -> bool {
    kind != EntryKind::Question || !config.categories.is_empty()
}

/// The beginning of the first line, before the digest of the rest.
const MARK: &str = "# Written by noroshi init --issue-forms ";

/// The forms of a site: path and text.
#[must_use]
pub fn files(config: &Config) -> Vec<(String, String)> {
    let labels = Labels::of(config);
    let offered = KINDS.into_iter().filter(|kind| is_offered(*kind, config));
    let file = |kind| {
        let text = form(kind, config, &labels);
        (path(kind), format!("{MARK}{}\n{text}", Digest::of(&text)))
    };
    offered.map(file).collect()
}

/// The path of the form of a kind.
fn path(kind: EntryKind) -> String {
    format!("{FOLDER}/noroshi-{}.yml", kind.command())
}

/// The paths of all forms that a site may have.
#[must_use]
pub fn paths() -> Vec<String> {
    KINDS.into_iter().map(path).collect()
}

/// Whether a file is as noroshi wrote it.
#[must_use]
pub fn is_unchanged(text: &str) -> bool {
    let lines = text.replace("\r\n", "\n");
    let Some((first, rest)) = lines.split_once('\n') else { return false };
    first.strip_prefix(MARK).is_some_and(|digest| digest == Digest::of(rest).to_string())
}

fn form(kind: EntryKind, config: &Config, labels: &Labels<'_>) -> String {
    let is_japanese = labels.language() == "ja";
    let [name, what, above] = about(kind, is_japanese).map(quoted);
    let mut out = format!(
        "name: {name}\ndescription: {what}\nbody:\n  - type: markdown\n    attributes:\n      value: {above}\n"
    );
    for key in keys(kind, config) {
        field(&mut out, key, kind, config, labels);
    }
    out
}

fn field(out: &mut String, key: Key, kind: EntryKind, config: &Config, labels: &Labels<'_>) {
    let is_japanese = labels.language() == "ja";
    let (label, hint) = (label(key, config, is_japanese), words(key, is_japanese).1);
    let options = key.options(config, labels);
    let widget = match (key, options.is_empty()) {
        (Key::Words, _) => "textarea",
        (_, true) => "input",
        (_, false) => "dropdown",
    };
    // Writing into a string cannot fail.
    let _ = writeln!(
        out,
        "  - type: {widget}\n    id: {}\n    attributes:\n      label: {}",
        key.id(),
        quoted(&label)
    );
    if !hint.is_empty() {
        let _ = writeln!(out, "      description: {}", quoted(hint));
    }
    if !options.is_empty() {
        if key == Key::Affects {
            out.push_str("      multiple: true\n");
        }
        out.push_str("      options:\n");
        for (_, label) in &options {
            let _ = writeln!(out, "        - {}", quoted(label));
        }
        if key == Key::Status {
            out.push_str("      default: 0\n");
        }
    }
    if key.is_required(kind) {
        out.push_str("    validations:\n      required: true\n");
    }
}

/// A filled form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    pub kind: EntryKind,
    values: Vec<(Key, String)>,
}

impl Filled {
    /// The value of a field as a command takes it; `None` if the field is empty.
    #[must_use]
    pub fn get(&self, key: Key) -> Option<&str> {
        self.values.iter().find(|(known, _)| *known == key).map(|(_, value)| value.as_str())
    }

    /// The fields of the site, each as `id=value`.
    #[must_use]
    pub fn fields(&self, config: &Config) -> Vec<String> {
        let one = |(key, value): &(Key, String)| match key {
            Key::Field(at) => Some(format!("{}={value}", config.fields.get(*at)?.id)),
            _ => None,
        };
        self.values.iter().filter_map(one).collect()
    }
}

/// Reads the text of an issue. `None` if it did not come from one of the forms, in whichever language.
#[must_use]
pub fn read(body: &str, config: &Config) -> Option<Filled> {
    let body = body.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = body.lines().collect();
    let at = lines.iter().position(|line| !line.trim().is_empty())?;
    let heading = |line: &str| line.strip_prefix("### ").map(|label| label.trim().to_owned());
    let first = heading(lines[at])?;
    let mut forms = KINDS.into_iter().map(|kind| (kind, keys(kind, config)));
    let (kind, keys) = forms.find(|(_, keys)| is_label(&first, keys[0], config))?;
    // Each field ends at the label of a later one, and the last field at the end.
    let (mut current, mut begun, mut values) = (0, at + 1, Vec::new());
    for (number, line) in lines.iter().enumerate().skip(at + 1) {
        let Some(found) = heading(line) else { continue };
        let later = keys.iter().skip(current + 1).position(|key| is_label(&found, *key, config));
        let Some(later) = later else { continue };
        values.push((keys[current], lines[begun..number].join("\n")));
        (current, begun) = (current + 1 + later, number + 1);
    }
    values.push((keys[current], lines[begun..].join("\n")));
    let values = values.into_iter().filter_map(|(key, value)| {
        let value = value.trim_matches('\n').trim_end();
        let is_empty = value.trim().is_empty() || EMPTY.contains(&value.trim());
        (!is_empty).then(|| {
            (key, if key == Key::Words { value.to_owned() } else { meant(key, value.trim(), config) })
        })
    });
    Some(Filled { kind, values: values.collect() })
}

/// The words of the format for the labels that a person chose. What is no label stays as it was typed.
fn meant(key: Key, value: &str, config: &Config) -> String {
    let known: Vec<(String, String)> =
        Labels::both(config).iter().flat_map(|labels| key.options(config, labels)).collect();
    if key != Key::Affects {
        let found = known.iter().find(|(_, label)| label == value);
        return found.map_or(value, |(word, _)| word).to_owned();
    }
    let (mut rest, mut parts) = (value, Vec::new());
    while !rest.is_empty() {
        // A name may contain a comma, so the longest label wins.
        let fits = |label: &&(String, String)| {
            rest.strip_prefix(label.1.as_str())
                .is_some_and(|after| after.is_empty() || after.starts_with(','))
        };
        let found = known.iter().filter(fits).max_by_key(|(_, label)| label.len());
        let (part, length) = if let Some((id, label)) = found {
            (id.as_str(), label.len())
        } else {
            let end = rest.find(',').unwrap_or(rest.len());
            (old_label(rest[..end].trim()), end)
        };
        parts.push(part);
        rest = rest[length..].trim_start_matches([',', ' ']);
    }
    parts.join(", ")
}

/// A field of the site by its id or its name in any language, as `id=value`. A value may be the name of one.
#[must_use]
pub fn field_of(kind: EntryKind, name: &str, value: &str, config: &Config) -> Option<String> {
    let name = text::fold(name);
    let is_it = |field: &&Field| field.id == name || field.name.all().any(|known| text::fold(known) == name);
    let field = config.fields.iter().filter(|field| field.on.contains(&kind)).find(is_it)?;
    let value_is = |choice: &&Choice| choice.name.all().any(|known| text::fold(known) == text::fold(value));
    let value = field.values.iter().find(value_is).map_or(value, |choice| choice.id.as_str());
    Some(format!("{}={value}", field.id))
}

/// The id at the end of a label that an older form had for a component, since its name has changed.
fn old_label(part: &str) -> &str {
    let id = part.strip_suffix(')').and_then(|part| part.rsplit_once(" (")).map(|(_, id)| id);
    id.filter(|id| !id.is_empty()).unwrap_or(part)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use yaml_rust2::{Yaml, YamlLoader};

    use super::*;
    use crate::model::read;

    fn site(locale: &str) -> Config {
        read::sound_site_of(&format!(
            "title: t\nurl: https://s.example/\ntimezone: Asia/Tokyo\nlocales: [{locale}]\n\
             components:\n  - {{id: api, name: \"API, v2\"}}\n  - {{id: web, name: ウェブ}}\n  \
             - {{id: orders, name: 注文, components: [{{id: spot, name: \"現物 (即時)\"}}, {{id: old, name: 旧, retired: 2020-01-01}}]}}\n\
             kinds: [{{id: bank, name: 銀行側}}]\n\
             fields: [{{id: funds, name: お客様の資産, on: [incident], values: [{{id: safe, name: 無事}}]}}, {{id: note, name: 備考, on: [notice]}}]\n\
             faq: {{categories: [{{id: general, name: 全般}}]}}\n"
        ))
    }

    fn yaml(text: &str) -> Yaml {
        YamlLoader::load_from_str(text).expect("YAML").remove(0)
    }

    fn labels(form: &Yaml) -> Vec<String> {
        let body = form["body"].as_vec().expect("fields");
        let label = |field: &Yaml| field["attributes"]["label"].as_str().map(str::to_owned);
        body.iter().filter_map(label).collect()
    }

    /// The text that GitHub makes of a form.
    fn made(form: &Yaml, answers: &[&str]) -> String {
        let part = |(label, answer): (String, &&str)| {
            let answer = if answer.is_empty() { "_No response_" } else { answer };
            format!("### {label}\n\n{answer}")
        };
        labels(form).into_iter().zip(answers).map(part).collect::<Vec<_>>().join("\n\n")
    }

    fn incident(locale: &str) -> (Config, Yaml) {
        let config = site(locale);
        let form = yaml(&files(&config)[0].1);
        (config, form)
    }

    #[test]
    fn forms_are_in_the_first_language_of_the_site_and_have_its_components() {
        let ja = files(&site("ja"));
        let paths: Vec<&str> = ja.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths, super::paths());
        for (path, text) in &ja {
            let form = yaml(text);
            for label in labels(&form) {
                assert!(!label.is_ascii(), "{path}: {label}");
            }
            for key in ["name", "description"] {
                assert!(form[key].as_str().is_some_and(|text| !text.is_ascii()), "{path}: {text}");
            }
            assert!(is_unchanged(text) && is_unchanged(&text.replace('\n', "\r\n")), "{path}");
            assert!(!is_unchanged(&text.replacen("type: ", "type:  ", 1)), "{path}");
        }
        for part in [
            "\"API, v2 (api)\"",
            "\"ウェブ (web)\"",
            "\"注文 (orders)\"",
            "\"現物 (即時) (spot)\"",
            "\"重大\"",
            "\"原因特定\"",
        ] {
            assert!(ja[0].1.contains(part), "{part}: {}", ja[0].1);
        }
        assert!(!ja[0].1.contains("(old)"), "{}", ja[0].1);
        assert!(ja[1].1.contains("\"銀行側\"") && ja[3].1.contains("\"全般\""));
        for (path, text) in files(&site("de")) {
            let own = |label: &String| label.ends_with("(funds)") || label.ends_with("(note)");
            assert!(labels(&yaml(&text)).iter().all(|l| l.is_ascii() || own(l)), "{path}: {text}");
        }
    }

    #[test]
    fn a_form_fits_what_hosts_ask_of_one() {
        for locale in ["ja", "en"] {
            for (path, text) in files(&site(locale)) {
                let form = yaml(&text);
                let body = form["body"].as_vec().expect("fields");
                let mut ids: Vec<&str> = body.iter().filter_map(|field| field["id"].as_str()).collect();
                assert_eq!(ids.len() + 1, body.len(), "{path}");
                ids.sort_unstable();
                ids.dedup();
                assert_eq!(ids.len() + 1, body.len(), "{path}: ids are unique");
                let mut all = labels(&form);
                all.dedup();
                assert_eq!(all.len() + 1, body.len(), "{path}: labels are unique");
                let required =
                    body.iter().filter(|field| field["validations"]["required"].as_bool() == Some(true));
                assert!(required.count() <= 5, "{path}: a phone has a small screen");
                for field in body {
                    let kind = field["type"].as_str().expect("a type");
                    let options = field["attributes"]["options"].as_vec();
                    assert_eq!(kind == "dropdown", options.is_some(), "{path}");
                    let mut options: Vec<&str> =
                        options.into_iter().flatten().map(|o| o.as_str().expect("text")).collect();
                    let count = options.len();
                    options.sort_unstable();
                    options.dedup();
                    assert!(options.len() == count && !options.contains(&"None"), "{path}: {options:?}");
                }
                assert_eq!(body.last().expect("fields")["type"].as_str(), Some("textarea"), "{path}");
            }
        }
    }

    #[test]
    fn a_filled_form_gives_the_words_of_the_format() {
        for (locale, severity, status) in [("ja", "重大", "復旧"), ("en", "Critical", "Resolved")] {
            let (config, form) = incident(locale);
            let answers = [
                severity,
                "API, v2 (api), 現物 (即時) (spot)",
                status,
                "10:15頃",
                "",
                "",
                "",
                "無事",
                "文。\n\n二つ目。",
            ];
            let body = made(&form, &answers);
            for body in [body.clone(), body.replace('\n', "\r\n"), format!("\n\n{body}\n")] {
                let filled = read(&body, &config).unwrap_or_else(|| panic!("{body}"));
                assert_eq!(filled.kind, EntryKind::Incident);
                for (key, value) in [
                    (Key::Severity, Some("critical")),
                    (Key::Affects, Some("api, spot")),
                    (Key::Status, Some("resolved")),
                    (Key::Started, Some("10:15頃")),
                    (Key::Next, None),
                    (Key::Scope, None),
                    (Key::Words, Some("文。\n\n二つ目。")),
                ] {
                    assert_eq!(filled.get(key), value, "{key:?}: {body}");
                }
                assert_eq!(filled.fields(&config), ["funds=safe"]);
            }
        }
    }

    #[test]
    fn every_form_is_known_again_in_each_language_also_after_the_site_changes_its_language() {
        for (wrote, reads) in [("ja", "ja"), ("en", "en"), ("ja", "en"), ("en", "ja")] {
            for (number, (_, text)) in files(&site(wrote)).iter().enumerate() {
                let form = yaml(text);
                let filled = read(&made(&form, &[""; 12]), &site(reads)).expect("a form");
                assert_eq!(filled.kind, KINDS[number]);
                assert!(filled.values.is_empty());
            }
        }
    }

    #[test]
    fn an_older_form_is_read_by_the_ids_in_its_labels() {
        let (config, form) = incident("ja");
        let affects = |chosen: &str| {
            let filled =
                read(&made(&form, &["重大", chosen, "", "", "", "", "", "", "x"]), &config).expect("a form");
            filled.get(Key::Affects).map(str::to_owned)
        };
        assert_eq!(affects("旧名 (web), API, v2 (api)").as_deref(), Some("web, api"));
        assert_eq!(affects("注文、ウェブ").as_deref(), Some("注文、ウェブ"));
        assert_eq!(affects("gone").as_deref(), Some("gone"));
    }

    #[test]
    fn a_field_of_the_site_is_found_by_its_id_and_its_name() {
        let config = site("ja");
        for (name, value, wanted) in [
            ("お客様の資産", "無事", Some("funds=safe")),
            ("funds", "safe", Some("funds=safe")),
            ("Funds", "confirming", Some("funds=confirming")),
            ("備考", "x", None),
            ("次回", "x", None),
        ] {
            assert_eq!(field_of(EntryKind::Incident, name, value, &config).as_deref(), wanted, "{name}");
        }
        let (_, form) = incident("ja");
        let renamed =
            made(&form, &["軽微", "", "", "", "", "", "", "無事", "x"]).replace("お客様の資産", "旧名");
        assert_eq!(read(&renamed, &config).expect("a form").fields(&config), ["funds=safe"]);
    }

    #[test]
    fn text_that_looks_like_a_field_stays_text() {
        let (config, form) = incident("ja");
        let text = "文。\n\n### 区分\n\n軽微\n\n### 対象\n\nウェブ (web)\n\n### お客様へお伝えする文\n\n偽\n---\n<!-- x -->";
        let filled =
            read(&made(&form, &["重大", "ウェブ (web)", "調査中", "", "", "", "", "", text]), &config)
                .expect("a form");
        assert_eq!(filled.get(Key::Words), Some(text));
        assert_eq!(filled.get(Key::Severity), Some("critical"));
    }

    #[test]
    fn an_issue_without_a_form_is_none() {
        let config = site("ja");
        for body in [
            "",
            "Orders fail.",
            "text\n\n### 区分\n\n重大",
            "## 区分\n\n重大",
            "＃＃＃ 区分\n\n重大",
            "### 区分 \u{200b}\n\n重大",
            "<!-- ### 区分 -->",
            "---\n### 区分\n",
        ] {
            assert_eq!(read(body, &config), None, "{body}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 128, ..ProptestConfig::default() })]

        #[test]
        fn any_text_for_readers_comes_back(text in "[^\\r\\x00-\\x09\\x0b-\\x1f\\x85\\u{2028}]{1,60}") {
            let (config, form) = incident("en");
            let text = text.trim_matches('\n').trim_end();
            prop_assume!(!text.trim().is_empty() && !EMPTY.contains(&text.trim()));
            let body = made(&form, &["Minor", "API, v2 (api)", "", "", "", "", "", "", text]);
            let filled = read(&body, &config).expect("a form");
            prop_assert_eq!(filled.get(Key::Words), Some(text));
        }

        #[test]
        fn any_issue_is_read_without_a_panic(body in any::<String>()) {
            let _ = read(&body, &site("ja"));
            let _ = read(&format!("### 区分\n{body}\n### 対象\n{body}"), &site("ja"));
        }
    }
}
