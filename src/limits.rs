//! Every bound of the program in one place: numbers, and why each is what it is.
//!
//! A bound keeps one input from taking all time, memory or disk. Nothing here decides what happens when a bound
//! is crossed: the room that reads the number reports it. `docs/limits.md` lists them all for users.

// Reading files of a site.

/// Bytes of one text file of a site: an entry, site.yaml, a template, a stylesheet, a file of messages. The
/// longest postmortem of the demo has 8 KiB.
pub const TEXT_FILE_BYTES: u64 = 1 << 20;
/// Bytes of one file of a theme that is published as it is, such as a font. Every visitor waits for it.
pub const THEME_ASSET_BYTES: u64 = 5 << 20;
/// Bytes of one file of `static/`, which is copied. GitHub refuses larger files, and a build reads each whole.
pub const STATIC_FILE_BYTES: u64 = 100 << 20;
/// Bytes of the front matter of an entry. The longest of the demo has 2 KiB.
pub const FRONT_MATTER_BYTES: usize = 64 << 10;

// Nesting.

/// Brackets inside brackets in YAML, and as many lists and mappings without brackets. The format needs three.
pub const YAML_DEPTH: usize = 32;
/// Braces and brackets inside each other in a message of a theme. The deepest of the default theme has two.
pub const FLUENT_DEPTH: usize = 16;
/// Lists and quotes inside each other that plain text shows with an indent. Deeper ones stand without.
pub const PLAIN_TEXT_DEPTH: usize = 16;

/// Elements inside each other in a slot of a theme. Browsers stop at 512, the page around the slot included.
pub const SLOT_DEPTH: usize = 100;
/// Attributes of one tag in a slot.
pub const SLOT_ATTRIBUTES: usize = 100;
/// Brackets inside each other in a stylesheet of a theme.
pub const CSS_DEPTH: u8 = 60;

// What Markdown becomes.

/// Bytes of HTML that a file may become for each byte of its own, all its updates and sections together. Prose
/// takes 1.2, a table of single digits that are set to the right 11.
pub const HTML_FACTOR: usize = 16;
/// Bytes of HTML that every file may become besides, so that a short text with many marks passes.
pub const HTML_EXTRA_BYTES: usize = 64 << 10;
/// The same for one line of Markdown, such as a scope or the description of a component.
pub const HTML_LINE_EXTRA_BYTES: usize = 1 << 10;
/// Bytes of addresses that are defined once and used by links of one update or section, or as many as it has
/// bytes itself. The Markdown parser stops there.
pub const REFERENCE_BYTES: usize = 100_000;
/// Bytes of HTML in all feeds of a site together: an item stands in the feed of each component that it touches, in
/// three formats and every language. A site of 100 components that fills each feed with long reports has 50 MiB.
pub const FEEDS_BYTES: usize = 256 << 20;
/// Bytes of an address that a message quotes.
pub const QUOTED_BYTES: usize = 200;

// Numbers of things.

/// Entries of a site, with their translations: one a day in each of sixteen languages for seventeen years.
pub const ENTRY_FILES: usize = 100_000;
/// Files under `static/`.
pub const STATIC_FILES: usize = 100_000;
/// Components of a site. Each has a page, feeds and a calendar in every language.
pub const COMPONENTS: usize = 1_000;
/// Languages of a site. Everything is written once for each.
pub const LOCALES: usize = 32;
/// Links in the navigation, and in the footer, which stand on every page.
pub const LINKS: usize = 50;
/// Updates of one entry. An incident with one each ten minutes reaches it after three days.
pub const UPDATES: usize = 500;
/// Bytes of a line up to which it is read for a status and a time that make it nearly an update. The longest title of
/// the notices that were looked at has 180.
pub const NEAR_UPDATE_BYTES: usize = 600;
/// Questions in the FAQ of one entry.
pub const QUESTIONS: usize = 100;
/// Old addresses of one entry: those of a whole site of before, which one page answers for. Each becomes a page and,
/// as far as hosts take them, a rule for redirects.
pub const ALIASES: usize = 5_000;
/// Values of any other list in front matter or site.yaml.
pub const LIST_ITEMS: usize = 1_000;
/// Bytes of one text in front matter or site.yaml, such as a title. It stands on many pages.
pub const VALUE_BYTES: usize = 4 << 10;
/// Faults of one file that are reported. A last one says how many more there are.
pub const FAULTS: usize = 100;

// Messages of a theme.

/// Bytes of one message with all that it refers to. The longest of the default theme has 400.
pub const MESSAGE_BYTES: usize = 4 << 10;
/// Braces of one message that are filled, with all that it refers to: Fluent cuts a message after 100.
pub const FLUENT_PLACEABLES: usize = 100;

// Time.

/// Occurrences of a series that are followed: one a day for more than a century.
pub const OCCURRENCES: usize = 50_000;
/// Occurrences of a series up to the last that an update names or follows. Each has a page in every language.
pub const SERIES_OCCURRENCES: usize = 5_000;
/// The year before which no series begins: every occurrence since then has a page. One day that a zone left out
/// lies after it (Apia, 2011).
pub const SERIES_YEAR: i32 = 2010;
/// Seconds of a duration in site.yaml: 366 days. A series has a page for each occurrence that is announced.
pub const DURATION_SECONDS: i64 = 31_622_400;

// The history of a repository.

/// Commits that are looked at, the newest first. A count and not a time, so that the same repository gives the
/// same answer on every machine.
pub const COMMITS: usize = 20_000;
/// Versions of one entry that are compared, the newest first.
pub const VERSIONS: usize = 200;
/// Older states of a broken entry that `--hold-broken` tries, the newest first.
pub const HELD_TRIES: usize = 50;
/// Times that `--hold-broken` reads the whole site: one round mends all entries that are broken by themselves.
pub const HELD_ROUNDS: usize = 20;
/// Paths that git is asked for by name. More cost git more time than the whole folder.
pub const GIT_PATHS: usize = 100;
/// Names that a file had before its present one, as far as they are followed.
pub const GIT_MOVES: usize = 5;
/// Bytes of one file in a repository. No file that is parsed or belongs to a theme may be larger.
pub const GIT_FILE_BYTES: usize = 5 << 20;

/// Bytes of one answer of git.
pub const GIT_OUTPUT_BYTES: u64 = 512 << 20;
/// Bytes of what git complains about. Only the first line is shown.
pub const GIT_ERROR_BYTES: u64 = 1 << 20;

// Imports.

/// Bytes of one JSON file of a Statuspage that is read from a disk.
pub const IMPORT_JSON_BYTES: u64 = 64 << 20;
/// Values in one JSON file of a Statuspage that are kept. Each takes some 50 bytes; a page of ten years has
/// 200,000.
pub const IMPORT_VALUES: usize = 2_000_000;
/// Bytes of one entry of a cState site.
pub const IMPORT_ENTRY_BYTES: u64 = 1 << 20;
/// Bytes of the configuration of a cState site.
pub const IMPORT_CONFIG_BYTES: u64 = 4 << 20;
/// Tags in the HTML of one text. The library walks the tree by calling itself; a longer text keeps its words.
pub const IMPORT_TAGS: usize = 4_000;
/// Bytes of stack for a tree as deep as that, of which only those that are used take memory.
pub const IMPORT_STACK_BYTES: usize = 128 << 20;
/// Rows of the report about one text. A last row says how many more there are.
pub const IMPORT_NOTES: usize = 30;

// The network.

/// Seconds to connect to a server.
pub const CONNECT_SECONDS: u64 = 10;
/// Seconds for one file, from the request to its last byte, however slowly it comes.
pub const FETCH_SECONDS: u64 = 60;
/// Bytes of one file from the network.
pub const FETCH_BYTES: u64 = 16 << 20;
/// Redirects that are followed for one file.
pub const FETCH_REDIRECTS: u32 = 5;

// The preview.

/// Connections to the preview at once, without streams of events. A browser opens six.
pub const PREVIEW_CONNECTIONS: usize = 128;
/// Streams of events of the preview at once. An open browser keeps one for hours.
pub const PREVIEW_STREAMS: usize = 64;
/// Seconds in which a request to the preview sends its line and headers.
pub const PREVIEW_HEAD_SECONDS: u64 = 5;
/// Seconds in which a connection to the preview is done: request, answer and end.
pub const PREVIEW_SECONDS: u64 = 30;
/// Headers of one request to the preview. A browser sends some twenty.
pub const PREVIEW_HEADERS: usize = 100;
/// Bytes of the line and headers of one request. Cookies of other programs on this machine are among them.
pub const PREVIEW_HEAD_BYTES: usize = 32 << 10;

// Files that an earlier run wrote.

/// Bytes of a manifest. A site of 100,000 files has one of 20 MiB.
pub const MANIFEST_BYTES: u64 = 64 << 20;
/// Bytes of the file that `build --events` wrote, for `pack --news`. An event has some 500.
pub const EVENTS_BYTES: u64 = 64 << 20;
/// Bytes of a file in `.noroshi/`. A site of 100,000 files has one of 15 MiB.
pub const CACHE_BYTES: u64 = 256 << 20;
/// Bytes of one published file that is compared with its successor: larger than any that is written.
pub const OUTPUT_FILE_BYTES: u64 = 256 << 20;

// What is written.

/// Bytes of one part of a path: what the file systems in use take.
pub const NAME_BYTES: usize = 255;
/// Bytes of a whole path. Browsers and servers take addresses of this length.
pub const PATH_BYTES: usize = 2 << 10;
/// Files and folders that are synced one by one. For more of them one call syncs their whole file system, where
/// the system has one: that takes about as long as thirty files on a real disk, however many there are.
pub const SYNCED_ONE_BY_ONE: usize = 32;
/// Seconds after which a stage of another host, into which nothing was put, belongs to no build any more.
pub const STAGE_SECONDS: i64 = 3_600;

/// Rules of `_headers`. Cloudflare refuses a site with more.
pub const HEADER_RULES: usize = 100;
/// Rules of `_redirects`. Cloudflare refuses a site with more. At every old address a page leads on, too.
pub const REDIRECT_RULES: usize = 2_000;
/// Entries in a list of `/api/v2/`, as Statuspage itself answers.
pub const API_LIST: usize = 50;
/// Addresses in one sitemap. The format allows 50,000.
pub const SITEMAP_ADDRESSES: usize = 45_000;
/// Changes ahead that one page carries for the browser. The page has been built again long before the last.
pub const PAGE_TURNS: usize = 16;
/// Posts in one thread. Nobody reads a longer one.
pub const THREAD_POSTS: usize = 10;
/// Words of a list in a message. No list of the format itself is longer.
pub const LISTED_WORDS: usize = 40;
/// Names of a list in a message where any of them will do, such as the components of a site.
pub const LISTED_NAMES: usize = 12;
/// Passes of `check --fix`: one mended slip may uncover another.
pub const FIX_PASSES: usize = 20;
