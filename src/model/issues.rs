//! `issues` of site.yaml: who writes entries through issues of the repository.

/// Names of accounts at the host of the repository.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Issues {
    pub writers: Vec<Writer>,
}

/// An account, written `sato` or `sato#583231`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writer {
    pub login: String,
    /// The number of the account, which stays the same when a login is given up and taken by somebody else.
    pub id: Option<u64>,
}

impl Issues {
    /// Whether this account may write. Hosts do not distinguish the case of logins.
    #[must_use]
    pub fn may_write(&self, login: &str, id: Option<u64>) -> bool {
        let is_it = |writer: &Writer| {
            writer.login.eq_ignore_ascii_case(login) && writer.id.is_none_or(|wanted| id == Some(wanted))
        };
        self.writers.iter().any(is_it)
    }
}

impl Writer {
    /// Reads a login, which has ASCII letters and digits, with `-`, `_` and `.` between them. So no login looks like
    /// another one.
    #[must_use]
    pub fn parse(written: &str) -> Option<Writer> {
        let (login, id) = match written.split_once('#') {
            Some((login, id)) => (login, Some(id.parse().ok()?)),
            None => (written, None),
        };
        let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let begins = login.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
        let sound = begins && login.len() <= LOGIN_BYTES && login.chars().all(is_letter);
        sound.then(|| Writer { login: login.to_owned(), id })
    }
}

/// The longest login of GitHub has 39 characters, of managed users 48, of Forgejo 40.
const LOGIN_BYTES: usize = 64;
