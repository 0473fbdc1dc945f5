//! Forms for people without git: the configuration of Decap CMS for a site, which serves the CMS itself.
//!
//! The forms are generated from the schemas of `schema`, so a new key of the parser becomes a form field
//! without a change here; `labels` names it. The CMS is not part of this program: its only file comes from npm,
//! with the version and digest below.

mod fields;
pub(crate) mod labels;

use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::digest::Digest;
use crate::kind::EntryKind;
use crate::model::Config;
use crate::schema::{self, Kind};
use crate::vocabulary::Status;
use labels::Labels;

/// The folder of `content/static/` for the CMS. The site serves it at `/admin/`.
pub const FOLDER: &str = "admin";
/// The file of the CMS in that folder.
pub const BUNDLE: &str = "decap-cms.js";
/// Its licence file, which must be kept with it.
pub const LICENCE: &str = "decap-cms.js.LICENSE.txt";
/// The npm package that has both files in `dist/`.
pub const PACKAGE: &str = "decap-cms";
/// The version that the forms are made for and tested with.
pub const VERSION: &str = "3.16.3";
/// The SHA-256 of [`BUNDLE`] in that version.
const SHA256: &str = "7c1efd6b616b4786e279aeef194dd21649a72058d3bc8d1f78901b574610dfb8";

/// Where the CMS stores entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Backend {
    /// The local folder, through `decap-server`.
    Local,
    /// A repository on github.com: `owner/name`.
    Github(String),
    /// A repository on gitlab.com: `group/name`.
    Gitlab(String),
}

/// The default address of `decap-server`.
const LOCAL: &str = "http://127.0.0.1:8081/api/v1";

impl Backend {
    /// Parses `local`, `github:owner/name` or `gitlab:group/name`.
    pub fn parse(written: &str) -> Option<Backend> {
        let (host, repository) = written.split_once(':').unwrap_or((written, ""));
        let sound = |part: &str| {
            !part.is_empty()
                && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
        };
        let parts = repository.split('/').count();
        let is_repository = parts >= 2 && repository.split('/').all(sound);
        match host {
            "local" if repository.is_empty() => Some(Backend::Local),
            "github" if is_repository && parts == 2 => Some(Backend::Github(repository.to_owned())),
            "gitlab" if is_repository => Some(Backend::Gitlab(repository.to_owned())),
            _ => None,
        }
    }

    fn config(&self) -> Value {
        match self {
            Backend::Local => json!({"name": "proxy", "proxy_url": LOCAL, "branch": "main"}),
            Backend::Github(repository) => json!({
                "name": "github",
                "repo": repository,
                "branch": "main",
                "base_url": "https://login.example.com",
                "auth_endpoint": "auth",
            }),
            Backend::Gitlab(repository) => json!({
                "name": "gitlab",
                "repo": repository,
                "branch": "main",
                "auth_type": "pkce",
                "app_id": "YOUR-APPLICATION-ID",
            }),
        }
    }

    /// The note on what to fill in by hand.
    fn note(&self) -> &'static str {
        match self {
            Backend::Local => "",
            Backend::Github(_) => "# Write the address of your own login service at `base_url`.\n",
            Backend::Gitlab(_) => "# Write the id of your GitLab application at `app_id`.\n",
        }
    }

    /// The origins that the editor contacts besides the site.
    fn origins(&self) -> &'static str {
        match self {
            Backend::Local => "http://127.0.0.1:* http://localhost:*",
            Backend::Github(_) => "https://api.github.com",
            Backend::Gitlab(_) => "https://gitlab.com",
        }
    }
}

/// The files of the editor except its bundle: name within [`FOLDER`] and text. `monthly` lists the kinds whose
/// entries are in one folder for each month.
pub fn files(config: &Config, backend: &Backend, monthly: &[EntryKind]) -> [(&'static str, String); 4] {
    let labels = Labels::of(config);
    let index = include_str!("cms/index.html")
        .replace("@LANG@", labels.language())
        .replace("@TITLE@", labels.say("entries"))
        .replace("@ORIGINS@", backend.origins());
    let settings = format!("{}{}", backend.note(), settings(config, backend, monthly, &labels));
    [
        ("index.html", signed(("<!-- ", " -->"), &index)),
        ("admin.js", signed(("// ", ""), include_str!("cms/admin.js"))),
        ("admin.css", signed(("/* ", " */"), include_str!("cms/admin.css"))),
        ("config.yml", signed(("# ", ""), &settings)),
    ]
}

/// The start of a file's first line, before the digest of the rest.
const MARK: &str = "Written by noroshi init --cms ";

/// Adds a first line with a digest of the rest, so that manual changes can be detected.
fn signed((begin, end): (&str, &str), rest: &str) -> String {
    format!("{begin}{MARK}{}{end}\n{rest}", Digest::of(rest))
}

/// Whether a file is unchanged since it was written, by any version.
pub fn is_unchanged(text: &str) -> bool {
    let Some((first, rest)) = text.split_once('\n') else { return false };
    let digest = first.split_once(MARK).and_then(|(_, after)| after.split(' ').next());
    digest.is_some_and(|digest| digest == Digest::of(rest).to_string())
}

fn settings(config: &Config, backend: &Backend, monthly: &[EntryKind], labels: &Labels<'_>) -> String {
    let url = format!("{}{}", config.url.origin, config.url.path);
    let collections: Vec<Value> =
        EntryKind::ALL.iter().map(|kind| collection(*kind, config, monthly.contains(kind), labels)).collect();
    let settings = Settings {
        backend: backend.config(),
        // With a repository, one person writes and another publishes.
        publish_mode: if *backend == Backend::Local { "simple" } else { "editorial_workflow" },
        media_folder: "content/static/media",
        public_folder: format!("{}media", config.url.path),
        locale: labels.ui(),
        site_url: url,
        show_preview_links: false,
        slug: json!({"encoding": "ascii", "clean_accents": true}),
        collections,
    };
    // It has texts, lists and booleans, so writing cannot fail.
    serde_json::to_string_pretty(&settings).unwrap_or_default() + "\n"
}

/// The configuration of Decap CMS, in the order in which people look for its parts. It is written as JSON,
/// which is also valid YAML.
#[derive(Serialize)]
struct Settings<'a> {
    backend: Value,
    publish_mode: &'a str,
    media_folder: &'a str,
    public_folder: String,
    locale: &'a str,
    site_url: String,
    show_preview_links: bool,
    slug: Value,
    collections: Vec<Value>,
}

fn collection(kind: EntryKind, config: &Config, is_monthly: bool, labels: &Labels<'_>) -> Value {
    let folder = kind.folder();
    let schema = schema::of(Kind::Entry(kind), Some(config));
    let mut form = fields::form(&schema, config, labels);
    if let Some(first) = form.first_mut() {
        // The CMS writes the line for text editors again on every save.
        let up = if is_monthly { "../../../" } else { "../../" };
        let line = format!("yaml-language-server: $schema={up}schemas/{}.json", kind.command());
        first["comment"] = line.into();
    }
    form.insert(fields::place_of_body(&form, kind), body(kind, config, labels));
    // A name that is a valid slug, whatever script the title uses.
    let slug = match kind {
        EntryKind::Incident => "{{fields.started}}",
        EntryKind::Maintenance => "{{fields.window.start}}",
        EntryKind::Notice => "{{fields.publish_at | default('notice')}}",
        EntryKind::Question => "{{fields.id | default('question')}}",
        EntryKind::Page => "{{fields.id | default('page')}}",
    };
    let mut collection = json!({
        "name": folder,
        "label": labels.say(folder),
        "label_singular": labels.say(kind.command()),
        "folder": format!("content/{folder}"),
        "format": "yaml-frontmatter",
        "extension": "md",
        "create": true,
        "delete": false,
        "identifier_field": "title",
        "slug": slug,
        "fields": form,
    });
    if is_monthly {
        collection["path"] = "{{year}}-{{month}}/{{slug}}".into();
    }
    collection
}

/// The field of the text. A new incident begins with its first update, since a phone has `##` and the colon of a
/// time on its second and third keyboards.
fn body(kind: EntryKind, config: &Config, labels: &Labels<'_>) -> Value {
    let mut field = json!({
        "name": "body",
        "label": labels.say(if kind == EntryKind::Question { "answer" } else { "body" }),
        "hint": labels.hint(kind),
        "widget": "begun-text",
        "sanitize_preview": true,
        "required": kind == EntryKind::Question,
    });
    if kind == EntryKind::Incident {
        let status = Status::Investigating.word_in(config.locales.first().map_or("en", String::as_str));
        field["begin"] = format!("## {status} {{now}}\n\n").into();
        field["zone"] = config.zone.name().into();
    }
    field
}

/// Whether these bytes are the published file of the CMS.
pub fn is_bundle(bytes: &[u8]) -> bool {
    format!("{:x}", Sha256::digest(bytes)) == SHA256
}

/// The command that downloads the bundle: only the package, without its dependencies.
pub fn command() -> String {
    format!(
        "npm pack {PACKAGE}@{VERSION} && tar -xzf {PACKAGE}-{VERSION}.tgz --strip-components=2 -C content/static/{FOLDER} package/dist/{BUNDLE} package/dist/{LICENCE} && rm {PACKAGE}-{VERSION}.tgz"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::read;

    fn site(locale: &str) -> Config {
        read::sound_site_of(&format!(
            "title: t\nurl: https://s.example/status/\ntimezone: Asia/Tokyo\nlocales: [{locale}]\n\
             components: [{{id: api, name: 取引}}]\nkinds: [{{id: bank, name: 銀行側}}]\n\
             fields: [{{id: funds, name: 資産, on: [incident], values: [{{id: none, name: なし}}]}}]\n\
             faq: {{categories: [{{id: general, name: 全般}}]}}\n\
             policy: {{require: {{maintenance: [internal.tested]}}}}\n"
        ))
    }

    /// Collects every field of a form, including those within mappings.
    fn all<'a>(fields: &'a Value, found: &mut Vec<&'a Value>) {
        for field in fields.as_array().into_iter().flatten() {
            found.push(field);
            all(&field["fields"], found);
        }
    }

    #[test]
    fn every_field_and_word_of_a_form_has_a_name_in_both_languages() {
        for locale in ["ja", "en"] {
            let config = site(locale);
            let labels = Labels::of(&config);
            for kind in EntryKind::ALL {
                let collection = collection(kind, &config, false, &labels);
                let mut fields = Vec::new();
                all(&collection["fields"], &mut fields);
                assert!(fields.len() > 5);
                for field in fields {
                    let what = format!("{locale}, {}: {field}", kind.command());
                    assert!(field["label"].is_string() && field["label"] != field["name"], "{what}");
                    for option in field["options"].as_array().into_iter().flatten() {
                        assert!(option["label"].is_string() && option["label"] != option["value"], "{what}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_words_of_the_site_stand_in_its_forms() {
        let files = files(&site("ja"), &Backend::Local, &[EntryKind::Incident]);
        let [.., (_, config)] = &files;
        for part in [
            "\"label\": \"取引 (api)\"",
            "\"label\": \"銀行側\"",
            "\"label\": \"なし\"",
            "\"label\": \"全般\"",
            "\"name\": \"tested\"",
            "\"locale\": \"ja\"",
            "\"path\": \"{{year}}-{{month}}/{{slug}}\"",
            "\"public_folder\": \"/status/media\"",
            "$schema=../../../schemas/incident.json",
        ] {
            assert!(config.contains(part), "{part}: {config}");
        }
    }

    #[test]
    fn a_change_by_hand_is_seen() {
        for (name, text) in files(&site("en"), &Backend::Local, &[]) {
            assert!(is_unchanged(&text), "{name}");
            assert!(!is_unchanged(&text.replacen(":", ": ", 1)), "{name}");
            assert!(!is_unchanged(text.split_once('\n').expect("lines").1), "{name}");
        }
    }

    #[test]
    fn an_editor_asks_the_site_and_where_its_entries_are_and_nobody_else() {
        for (backend, origin) in
            [("github:a/b", "https://api.github.com"), ("gitlab:a/b/c", "https://gitlab.com")]
        {
            let backend = Backend::parse(backend).expect("a repository");
            let [(_, index), ..] = files(&site("en"), &backend, &[]);
            assert!(index.contains(&format!("connect-src 'self' {origin};")), "{index}");
        }
        for none in
            ["", "github", "github:a", "github:a/b/c", "gitlab:a", "local:a", "svn:a/b", "github:a/b c"]
        {
            assert_eq!(Backend::parse(none), None, "{none}");
        }
    }
}
