//! The hosts that noroshi knows, and what each takes: files, sizes, and rules of `_headers` and `_redirects`.
//!
//! A value stands here only if the host documents it. docs/hosting.md shows the same table.

pub mod pattern;

use crate::limits::{HEADER_RULES, REDIRECT_RULES};
use crate::message::{Message, message};

/// A host of static sites. `None` is a limit that the host does not document, or does not have.
#[derive(Debug)]
pub struct Host {
    /// Its name in site.yaml.
    pub word: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// The variable of the environment that its own CI sets.
    ci: Option<&'static str>,
    /// The files of a site.
    pub files: Option<usize>,
    /// Whether folders count as files.
    pub counts_folders: bool,
    /// The files in one folder.
    pub files_in_folder: Option<usize>,
    /// The bytes of a site.
    pub bytes: Option<u64>,
    /// The bytes of one file.
    pub file_bytes: Option<u64>,
    /// The rules of `_headers`.
    pub headers: Reads,
    /// The rules of `_redirects` without `*` and `:name`.
    pub redirects: Reads,
    /// The rules with `*` or `:name`. `None` means that all rules count together.
    pub dynamic_redirects: Option<usize>,
    /// The bytes of `_redirects`.
    pub redirects_bytes: Option<usize>,
    /// Whether it answers at the address of a folder with the `index.html` in it.
    pub has_folders: bool,
}

/// What a host does with one of the two files of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reads {
    Nothing,
    /// It takes at most this number of rules.
    UpTo(usize),
    /// It documents no limit.
    Any,
    /// noroshi does not know.
    Unknown,
}

/// Decimal, because it is the smaller of the two meanings.
const GB: u64 = 1_000_000_000;
const MIB: u64 = 1 << 20;

const CLOUDFLARE: Host = Host {
    word: "cloudflare",
    name: "Cloudflare Pages",
    ci: Some("CF_PAGES"),
    files: Some(20_000),
    counts_folders: false,
    files_in_folder: None,
    bytes: None,
    file_bytes: Some(25 * MIB),
    headers: Reads::UpTo(100),
    redirects: Reads::UpTo(2_000),
    dynamic_redirects: Some(100),
    redirects_bytes: None,
    has_folders: true,
};

/// All hosts, in the order of the documentation.
pub static HOSTS: [Host; 7] = [
    CLOUDFLARE,
    Host {
        word: "cloudflare-workers",
        name: "Cloudflare Workers static assets",
        ci: Some("WORKERS_CI"),
        ..CLOUDFLARE
    },
    Host {
        word: "netlify",
        name: "Netlify",
        ci: Some("NETLIFY"),
        files: None,
        files_in_folder: Some(54_000),
        file_bytes: None,
        headers: Reads::Any,
        redirects: Reads::Any,
        dynamic_redirects: None,
        ..CLOUDFLARE
    },
    Host {
        word: "github",
        name: "GitHub Pages",
        ci: Some("GITHUB_ACTIONS"),
        files: None,
        bytes: Some(GB),
        file_bytes: None,
        headers: Reads::Nothing,
        redirects: Reads::Nothing,
        dynamic_redirects: None,
        ..CLOUDFLARE
    },
    Host {
        word: "gitlab",
        name: "GitLab Pages",
        ci: Some("GITLAB_CI"),
        files: Some(200_000),
        counts_folders: true,
        bytes: Some(GB),
        file_bytes: None,
        headers: Reads::Nothing,
        redirects: Reads::UpTo(1_000),
        dynamic_redirects: None,
        redirects_bytes: Some(64 << 10),
        ..CLOUDFLARE
    },
    Host {
        word: "r2",
        name: "Cloudflare R2",
        ci: None,
        files: None,
        file_bytes: None,
        headers: Reads::Nothing,
        redirects: Reads::Nothing,
        dynamic_redirects: None,
        has_folders: false,
        ..CLOUDFLARE
    },
    Host {
        word: "none",
        name: "a host that noroshi does not know",
        ci: None,
        files: None,
        file_bytes: None,
        headers: Reads::Unknown,
        redirects: Reads::Unknown,
        dynamic_redirects: None,
        ..CLOUDFLARE
    },
];

/// The names of all hosts in site.yaml.
pub const WORDS: [&str; 7] =
    ["cloudflare", "cloudflare-workers", "netlify", "github", "gitlab", "r2", "none"];

impl Host {
    #[must_use]
    pub fn from_word(word: &str) -> Option<&'static Host> {
        HOSTS.iter().find(|host| host.word == word)
    }

    /// Its name in messages.
    #[must_use]
    pub fn title(&self) -> Message {
        match self.word {
            "none" => message!("hosts-unknown", "a host that noroshi does not know"),
            _ => Message::same(self.name),
        }
    }

    /// The host whose CI runs this process. `variable` returns a variable of the environment.
    #[must_use]
    pub fn of_ci(variable: impl Fn(&str) -> Option<String>) -> Option<&'static Host> {
        let says = |name: &str| variable(name).is_some_and(|value| matches!(value.as_str(), "true" | "1"));
        let host = HOSTS.iter().find(|host| host.ci.is_some_and(says))?;
        // Forgejo and Gitea set the variables of GitHub, too.
        let is_elsewhere = host.word == "github"
            && variable("GITHUB_SERVER_URL").is_some_and(|server| server != "https://github.com");
        (!is_elsewhere).then_some(host)
    }
}

/// The most rules of `_headers`; where no host is known, what every host that reads the file takes.
#[must_use]
pub fn header_rules(host: Option<&Host>) -> usize {
    match host.map(|host| host.headers) {
        Some(Reads::UpTo(most)) => most,
        _ => HEADER_RULES,
    }
}

/// The most rules of `_redirects` without `*` and `:name`, as for [`header_rules`].
#[must_use]
pub fn redirect_rules(host: Option<&Host>) -> usize {
    match host.map(|host| host.redirects) {
        Some(Reads::UpTo(most)) => most.min(REDIRECT_RULES),
        _ => REDIRECT_RULES,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// `20000` as `20,000`.
    fn number(value: usize) -> String {
        let digits = value.to_string();
        let groups: Vec<&str> = digits
            .as_bytes()
            .rchunks(3)
            .rev()
            .map(|group| std::str::from_utf8(group).expect("digits"))
            .collect();
        groups.join(",")
    }

    fn size(bytes: u64) -> String {
        if bytes.is_multiple_of(GB) { format!("{} GB", bytes / GB) } else { format!("{} MiB", bytes / MIB) }
    }

    /// The row of a host in docs/hosting.md.
    fn row(host: &Host) -> String {
        let files = match (host.files, host.files_in_folder) {
            (Some(most), _) if host.counts_folders => format!("{}, with folders", number(most)),
            (Some(most), _) => number(most),
            (None, Some(most)) => format!("{} in one folder", number(most)),
            (None, None) => String::new(),
        };
        let reads = |reads: Reads| match reads {
            Reads::Nothing => "not read".to_owned(),
            Reads::UpTo(most) => number(most),
            Reads::Any => "read".to_owned(),
            Reads::Unknown => String::new(),
        };
        let mut redirects = reads(host.redirects);
        if let Some(most) = host.dynamic_redirects {
            redirects += &format!(", and {} with `*` or `:name`", number(most));
        }
        if let Some(bytes) = host.redirects_bytes {
            redirects += &format!(" in {} KiB", bytes >> 10);
        }
        let folders = if host.has_folders { "yes" } else { "no" };
        let cells = [
            format!("`{}`", host.word),
            host.name.to_owned(),
            files,
            host.bytes.map(size).unwrap_or_default(),
            host.file_bytes.map(size).unwrap_or_default(),
            reads(host.headers),
            redirects,
            folders.to_owned(),
        ];
        let cells: Vec<String> = cells.iter().map(|cell| format!(" {cell} ").replace("  ", " ")).collect();
        format!("|{}|", cells.join("|"))
    }

    #[test]
    fn the_documented_table_of_hosts_is_that_of_the_program() {
        let document = include_str!("../docs/hosting.md");
        let after = document.split("| `host:` |").nth(1).expect("the table of hosts");
        let rows: Vec<&str> = after.lines().skip(2).take_while(|line| line.starts_with('|')).collect();
        let wanted: Vec<String> = HOSTS.iter().filter(|host| host.word != "none").map(row).collect();
        assert_eq!(rows, wanted);
    }

    #[test]
    fn every_host_has_a_name_of_its_own() {
        assert_eq!(HOSTS.each_ref().map(|host| host.word), WORDS);
        assert!(WORDS.iter().all(|word| Host::from_word(word).is_some_and(|host| host.word == *word)));
        assert!(Host::from_word("geocities").is_none());
    }

    #[test]
    fn ci_names_its_host_and_a_forge_that_borrows_the_variables_of_github_does_not() {
        let of = |set: &[(&str, &str)]| {
            let set: BTreeMap<&str, &str> = set.iter().copied().collect();
            Host::of_ci(|name| set.get(name).map(|value| (*value).to_owned())).map(|host| host.word)
        };
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[("GITLAB_CI", "true")]), Some("gitlab"));
        assert_eq!(of(&[("CF_PAGES", "1")]), Some("cloudflare"));
        assert_eq!(of(&[("NETLIFY", "false")]), None);
        let actions = |server| of(&[("GITHUB_ACTIONS", "true"), ("GITHUB_SERVER_URL", server)]);
        assert_eq!(actions("https://github.com"), Some("github"));
        assert_eq!(actions("https://codeberg.org"), None);
    }

    #[test]
    fn no_host_gets_more_redirects_than_every_host_takes() {
        let most = |word| redirect_rules(Host::from_word(word));
        assert_eq!((redirect_rules(None), most("github"), most("gitlab")), (2_000, 2_000, 1_000));
        assert!(HOSTS.iter().all(|host| redirect_rules(Some(host)) <= REDIRECT_RULES));
        assert!(HOSTS.iter().all(|host| header_rules(Some(host)) <= HEADER_RULES));
    }
}
