//! What a page is about, and a page in one language.

/// What a page is about. Indexes refer to the lists of the snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    Home,
    /// The list of all months.
    History,
    Month(i32, u32),
    /// The list of the reports of all months.
    Reports,
    /// The report of a month.
    Report(i32, u32),
    Component(usize),
    /// The page of all questions.
    Faq,
    /// The questions of a category (an index into the site's list).
    Category(usize),
    Subscribe,
    /// What programs can read.
    Api,
    /// Instructions for showing the status on other pages.
    Embed,
    /// The status for a frame on another page.
    Banner,
    Incident(usize),
    /// A maintenance, or one occurrence of a series.
    Maintenance(usize),
    /// A maintenance series as a whole.
    Series(usize),
    Notice(usize),
    /// A free page.
    Page(usize),
    NotFound,
}

/// A page in a language.
#[derive(Clone, Debug)]
pub struct Page {
    pub route: Route,
    pub locale: usize,
    /// Its address from the root: empty, ending in `/`, or, if site.yaml asks for it, a file name.
    pub path: String,
    /// Whether its text is in its own language instead of falling back to the first.
    pub translated: bool,
}
