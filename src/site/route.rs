//! What a page is about, and a page in one language.

/// What a page is about. Indexes are into the lists of the snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    /// The status.
    Home,
    /// All months.
    History,
    /// One month.
    Month(i32, u32),
    /// A component.
    Component(usize),
    /// All questions.
    Faq,
    /// The questions of a category (an index into the site's list).
    Category(usize),
    /// Every channel.
    Subscribe,
    /// How to show the state elsewhere.
    Embed,
    /// The state to be shown in a frame elsewhere.
    Banner,
    /// An incident.
    Incident(usize),
    /// A maintenance; of a series, one occurrence.
    Maintenance(usize),
    /// A series of maintenance, as a whole.
    Series(usize),
    /// A notice.
    Notice(usize),
    /// A free page.
    Page(usize),
    /// What is shown where nothing is.
    NotFound,
}

/// A page in a language.
#[derive(Clone, Debug)]
pub struct Page {
    /// What it is about.
    pub route: Route,
    /// Index of its language.
    pub locale: usize,
    /// Its address from the root: empty, or ending in `/`, or as site.yaml wants it the name of its file.
    pub path: String,
    /// Whether its words are in its language, and not only fallen back to the first.
    pub translated: bool,
}
