//! What a page is about, and a page in one language.

/// What a page is about. Indexes refer to the lists of the snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    /// The home page with the current status.
    Home,
    /// The list of all months.
    History,
    /// One month.
    Month(i32, u32),
    /// A component.
    Component(usize),
    /// The page of all questions.
    Faq,
    /// The questions of a category (an index into the site's list).
    Category(usize),
    /// The page of all ways to subscribe.
    Subscribe,
    /// Instructions for showing the status on other pages.
    Embed,
    /// The status for a frame on another page.
    Banner,
    /// An incident.
    Incident(usize),
    /// A maintenance, or one occurrence of a series.
    Maintenance(usize),
    /// A maintenance series as a whole.
    Series(usize),
    /// A notice.
    Notice(usize),
    /// A free page.
    Page(usize),
    /// The page that hosts serve with status 404.
    NotFound,
}

/// A page in a language.
#[derive(Clone, Debug)]
pub struct Page {
    /// What it is about.
    pub route: Route,
    /// The index of its language.
    pub locale: usize,
    /// Its address from the root: empty, ending in `/`, or, if site.yaml asks for it, a file name.
    pub path: String,
    /// Whether its text is in its own language instead of falling back to the first.
    pub translated: bool,
}
