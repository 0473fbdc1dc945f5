//! Credentials: variables of the environment, and profiles of Amazon's tools.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::deploy::{self, Secrets};
use crate::file;

/// The beginnings of the names of variables that the providers' own tools read, and ours.
const PREFIXES: [&str; 6] = ["AWS_", "AZURE_", "GOOGLE_", "CLOUDFLARE_", "FASTLY_", "NOROSHI_"];
/// Variables of Google's tools that begin in another way.
const OTHERS: [&str; 2] = ["SERVICE_ACCOUNT", "STORAGE_EMULATOR_HOST"];
/// Bytes of a file of profiles.
const PROFILES_BYTES: u64 = 1 << 20;

/// What the environment and the profiles know.
pub(in crate::cli) fn secrets() -> Secrets {
    let is_ours =
        |name: &str| OTHERS.contains(&name) || PREFIXES.iter().any(|prefix| name.starts_with(prefix));
    let mut variables: BTreeMap<String, String> = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .filter(|(name, value)| is_ours(name) && !value.is_empty())
        .collect();
    let has_own = [
        "AWS_ACCESS_KEY_ID",
        "AWS_WEB_IDENTITY_TOKEN_FILE",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    ]
    .iter()
    .any(|name| variables.contains_key(*name));
    if !has_own {
        let profile = variables.get("AWS_PROFILE").cloned().unwrap_or_else(|| "default".to_owned());
        for (name, value) in profile_of(&files(&variables), &profile) {
            variables.entry(name).or_insert(value);
        }
    }
    Secrets::new(variables)
}

/// Who deploys, in words that anybody may read: the run of a workflow, or nobody in particular.
pub(in crate::cli) fn owner() -> String {
    let get = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let run = [("GITHUB_RUN_ID", "GitHub run"), ("CI_JOB_ID", "GitLab job"), ("CI", "CI run")];
    let found = run.iter().find_map(|(name, words)| Some(format!("{words} {}", get(name)?)));
    found.unwrap_or_else(|| deploy::OUTSIDE_OF_CI.to_owned())
}

/// The texts of the files in which Amazon's tools keep profiles: credentials, then settings.
fn files(variables: &BTreeMap<String, String>) -> [String; 2] {
    let home = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE")).map(PathBuf::from);
    let read = |variable: &str, name: &str| {
        let usual = home.as_ref().map(|home| home.join(".aws").join(name));
        let path = variables.get(variable).map(PathBuf::from).or(usual)?;
        let bytes = file::read(Path::new(&path), PROFILES_BYTES).ok()?;
        String::from_utf8(bytes).ok()
    };
    [
        read("AWS_SHARED_CREDENTIALS_FILE", "credentials").unwrap_or_default(),
        read("AWS_CONFIG_FILE", "config").unwrap_or_default(),
    ]
}

/// The settings of a profile, as variables. The file of credentials counts first. A section is `[name]`, or
/// `[profile name]` in the other file.
fn profile_of(files: &[String; 2], profile: &str) -> Vec<(String, String)> {
    const KEYS: [(&str, &str); 5] = [
        ("aws_access_key_id", "AWS_ACCESS_KEY_ID"),
        ("aws_secret_access_key", "AWS_SECRET_ACCESS_KEY"),
        ("aws_session_token", "AWS_SESSION_TOKEN"),
        ("region", "AWS_REGION"),
        ("endpoint_url", "AWS_ENDPOINT_URL"),
    ];
    let mut found: Vec<(String, String)> = Vec::new();
    for text in files {
        let mut is_inside = false;
        for line in text.lines() {
            if let Some(section) = line.trim().strip_prefix('[').and_then(|rest| rest.split_once(']')) {
                let name = section.0.trim();
                is_inside = name.strip_prefix("profile ").map_or(name, str::trim) == profile;
            } else if let Some((key, value)) = line.split_once('=').filter(|_| is_inside)
                // What is indented belongs to the setting above, for another service.
                && !line.starts_with([' ', '\t'])
                && let Some((_, variable)) = KEYS.iter().find(|(known, _)| *known == key.trim())
                && found.iter().all(|(name, _)| name != variable)
            {
                found.push(((*variable).to_owned(), value.trim().to_owned()));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_read_from_both_files_and_credentials_count_first() {
        let credentials =
            "[default]\naws_access_key_id = A\naws_secret_access_key=S\n\n[other]\naws_access_key_id = B\n";
        let config = "# c\n[default]\nregion = eu-central-1\naws_access_key_id = X\ns3 =\n  region = no\n[profile other]\nregion=us-east-1\n[profile third]\nregion = z\n";
        let files = [credentials.to_owned(), config.to_owned()];
        let pairs = |profile: &str| {
            let found = profile_of(&files, profile);
            found.into_iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(pairs("default"), "AWS_ACCESS_KEY_ID=A AWS_SECRET_ACCESS_KEY=S AWS_REGION=eu-central-1");
        assert_eq!(pairs("other"), "AWS_ACCESS_KEY_ID=B AWS_REGION=us-east-1");
        assert_eq!(pairs("nobody"), "");
    }
}
