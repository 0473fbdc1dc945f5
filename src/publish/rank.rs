//! The position of a file in the order of publication.

use crate::address;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Rank {
    /// Files that pages need and that link only to other assets: styles, images.
    Asset,
    /// A page about one thing.
    Leaf,
    /// A file that links to many leaves: a list, a feed.
    List,
    /// A redirect from an old address to its new one, which exists by then.
    Moved,
    /// A page where readers arrive. `index.html` is the very last.
    Home,
}

impl Rank {
    /// Every rank, in the order of publication.
    pub const ALL: [Rank; 5] = [Rank::Asset, Rank::Leaf, Rank::List, Rank::Moved, Rank::Home];

    /// The name of the rank in the manifest.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Rank::Asset => "asset",
            Rank::Leaf => "leaf",
            Rank::List => "list",
            Rank::Moved => "moved",
            Rank::Home => "home",
        }
    }

    #[must_use]
    pub fn from_word(word: &str) -> Option<Rank> {
        Rank::ALL.into_iter().find(|rank| rank.word() == word)
    }

    /// The likely rank of a file that an older version published. Redirects look like other pages.
    #[must_use]
    pub fn of_path(path: &str) -> Rank {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let is_language = folder.len() == 2 && folder.bytes().all(|b| b.is_ascii_lowercase());
        if name == "index.html" && (folder.is_empty() || is_language) {
            return Rank::Home;
        }
        if address::is_fixed_name(name) || address::HOST_FILES.contains(&path) {
            return Rank::List;
        }
        let is_of_an_entry = ["incidents/", "maintenance/", "notices/"].iter().any(|kind| {
            let rest = path.find(kind).map(|at| &path[at + kind.len()..]);
            rest.is_some_and(|rest| rest != "index.html")
        });
        match name.rsplit('.').next() {
            Some("html" | "json" | "ics") if is_of_an_entry => Rank::Leaf,
            Some("html" | "json" | "ics" | "xml" | "rss" | "atom") => Rank::List,
            _ => Rank::Asset,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rank_is_read_from_its_word_and_guessed_from_a_path() {
        for rank in Rank::ALL {
            assert_eq!(Rank::from_word(rank.word()), Some(rank));
        }
        assert_eq!(Rank::from_word("later"), None);
        for (path, rank) in [
            ("index.html", Rank::Home),
            ("ja/index.html", Rank::Home),
            ("incidents/a/index.html", Rank::Leaf),
            ("ja/incidents/a.html", Rank::Leaf),
            ("api/v2/incidents/0a.json", Rank::Leaf),
            ("incidents/index.html", Rank::List),
            ("incidents/feed.xml", Rank::List),
            ("history/2026/11/index.html", Rank::List),
            ("_headers", Rank::List),
            ("assets/style.0a.css", Rank::Asset),
            ("logo.svg", Rank::Asset),
        ] {
            assert_eq!(Rank::of_path(path), rank, "{path}");
        }
    }
}
