//! Every limit of the program in one place: the number, and the reason for it.
//!
//! A limit keeps one input from using all time, memory or disk. The code that checks a limit decides what
//! happens when it is exceeded and reports it. `docs/limits.md` lists all limits for users.

// Reading files of a site.

/// Bytes of one text file of a site: an entry, site.yaml, a template, a stylesheet, a file of messages. The
/// longest postmortem of the demo has 8 KiB.
pub const TEXT_FILE_BYTES: u64 = 1 << 20;
/// Bytes of one theme file that is published unchanged, such as a font. Every visitor downloads it.
pub const THEME_ASSET_BYTES: u64 = 5 << 20;
/// Bytes of one file in `static/`, which is copied. GitHub refuses larger files, and a build reads each file
/// into memory.
pub const STATIC_FILE_BYTES: u64 = 100 << 20;
/// Bytes of an entry's front matter. The longest of the demo has 2 KiB.
pub const FRONT_MATTER_BYTES: usize = 64 << 10;

// Nesting.

/// Nested brackets in YAML; also nested lists and mappings without brackets. The format needs three.
pub const YAML_DEPTH: usize = 32;
/// Nested braces and brackets in a message of a theme. The deepest of the default theme has two.
pub const FLUENT_DEPTH: usize = 16;
/// Nested lists and quotes that plain text indents. Deeper ones are not indented further.
pub const PLAIN_TEXT_DEPTH: usize = 16;

/// Nested elements in a slot of a theme. Browsers stop at 512, including the page around the slot.
pub const SLOT_DEPTH: usize = 100;
/// Attributes of one tag in a slot.
pub const SLOT_ATTRIBUTES: usize = 100;
/// Nested brackets in a stylesheet of a theme.
pub const CSS_DEPTH: u8 = 60;

// The output of Markdown.

/// Bytes of HTML that a file may produce for each of its own bytes, all its updates and sections together.
/// Prose takes 1.2, a table of right-aligned single digits 11.
pub const HTML_FACTOR: usize = 16;
/// Bytes of HTML that every file may produce in addition, so that a short text with much markup passes.
pub const HTML_EXTRA_BYTES: usize = 64 << 10;
/// The same addition for one line of Markdown, such as a scope or the description of a component.
pub const HTML_LINE_EXTRA_BYTES: usize = 1 << 10;
/// Bytes of link definitions that the links of one update or section may expand to, or its own size if that is
/// larger. The Markdown parser stops there.
pub const REFERENCE_BYTES: usize = 100_000;
/// Bytes of HTML in all feeds of a site together: an item is in the feed of each component that it affects, in
/// three formats and every language. A site of 100 components that fills each feed with long reports has 50
/// MiB.
pub const FEEDS_BYTES: usize = 256 << 20;
/// Bytes of an address that a message quotes.
pub const QUOTED_BYTES: usize = 200;

// Counts.

/// Entries of a site, including translations: one a day in each of sixteen languages for seventeen years.
pub const ENTRY_FILES: usize = 100_000;
/// Files under `static/`.
pub const STATIC_FILES: usize = 100_000;
/// Components of a site. Each has a page, feeds and a calendar in every language.
pub const COMPONENTS: usize = 1_000;
/// Codes of one component, row or column. Programs look up a few.
pub const CODES: usize = 16;
/// Characters of the name of a code, which is also a label of a metric.
pub const CODE_KEY_CHARS: usize = 32;
/// Characters of a code.
pub const CODE_CHARS: usize = 64;
/// Languages of a site. Every file is written once for each.
pub const LOCALES: usize = 32;
/// Links in the navigation, and in the footer. Both are on every page.
pub const LINKS: usize = 50;
/// Updates of one entry. An incident with an update every ten minutes reaches it after three days.
pub const UPDATES: usize = 500;
/// The highest number of a report (第2報). A year of reports every hour has fewer.
pub const REPORTS: u32 = 9_999;
/// The longest line, in bytes, that is checked for a status and a time to find a mistyped update. The longest
/// title among the notices we examined has 180.
pub const NEAR_UPDATE_BYTES: usize = 600;
/// Questions in the FAQ of one entry.
pub const QUESTIONS: usize = 100;
/// Old addresses of one entry, enough for a whole former site that one page replaces. Each becomes a page and,
/// up to the limit of hosts, a redirect rule.
pub const ALIASES: usize = 5_000;
/// Values of any other list in front matter or site.yaml.
pub const LIST_ITEMS: usize = 1_000;
/// Bytes of one text in front matter or site.yaml, such as a title. It appears on many pages.
pub const VALUE_BYTES: usize = 4 << 10;
/// Reported faults of one file. A last message gives the number of the others.
pub const FAULTS: usize = 100;

// Messages of a theme.

/// Bytes of one message including its references. The longest of the default theme has 400.
pub const MESSAGE_BYTES: usize = 4 << 10;
/// Placeables of one message including its references: Fluent cuts a message after 100.
pub const FLUENT_PLACEABLES: usize = 100;

// Time.

/// Windows of one maintenance: every night of a quarter. Each is an event in calendars.
pub const WINDOWS: usize = 100;
/// Outages of one incident. Pages, feeds and mails list them all.
pub const OUTAGES: usize = 100;
/// Occurrences of a series that are computed: one a day for more than a century.
pub const OCCURRENCES: usize = 50_000;
/// Occurrences of a series up to the last one that an update names or follows. Each has a page in every language.
pub const SERIES_OCCURRENCES: usize = 5_000;
/// The earliest year in which a series can begin: every occurrence since then has a page. One date that a zone
/// skipped is later than this (Apia, 2011).
pub const SERIES_YEAR: i32 = 2010;
/// Seconds of a duration in site.yaml: 366 days. A series has a page for each announced occurrence.
pub const DURATION_SECONDS: i64 = 31_622_400;

// The history of a repository.

/// Commits that are examined, the newest first. It is a count and not a time, so that the same repository gives
/// the same result on every machine.
pub const COMMITS: usize = 20_000;
/// Versions of one entry that are compared, the newest first.
pub const VERSIONS: usize = 200;
/// Older states of a broken entry that `--hold-broken` tries, the newest first.
pub const HELD_TRIES: usize = 50;
/// How often `--hold-broken` reads the whole site: one round repairs all entries that are broken by themselves.
pub const HELD_ROUNDS: usize = 20;
/// Paths that are passed to git by name. More than this take git longer than the whole folder.
pub const GIT_PATHS: usize = 100;
/// Earlier names of a file that are followed.
pub const GIT_MOVES: usize = 5;
/// Bytes of one file in a repository. Files that are parsed or belong to a theme cannot be larger.
pub const GIT_FILE_BYTES: usize = 5 << 20;

/// Bytes of what a host says of the reviews of one pull request. A review has up to 64 KiB of text.
pub const REVIEWS_BYTES: u64 = 16 << 20;
/// Bytes of git's output in one call.
pub const GIT_OUTPUT_BYTES: u64 = 512 << 20;
/// Bytes of git's error output. Only the first line is shown.
pub const GIT_ERROR_BYTES: u64 = 1 << 20;

// Imports.

/// Bytes of one file of an API's answers that is read from disk.
pub const IMPORT_JSON_BYTES: u64 = 64 << 20;
/// Values that are kept from one file of JSON. Each takes about 50 bytes; a page of ten years has
/// 200,000.
pub const IMPORT_VALUES: usize = 2_000_000;
/// Files of answers in a folder that is imported: one for each entry of a large history.
pub const IMPORT_FILES: usize = 20_000;
/// Pages of one list that are fetched. With the smallest pages of the known services, 15,000 entries.
pub const IMPORT_PAGES: usize = 1_000;
/// Bytes of one entry of a cState site.
pub const IMPORT_ENTRY_BYTES: u64 = 1 << 20;
/// Bytes of the configuration of a cState site.
pub const IMPORT_CONFIG_BYTES: u64 = 4 << 20;
/// Tags in the HTML of one text. The library walks the tree recursively; a longer text is imported as plain text.
pub const IMPORT_TAGS: usize = 4_000;
/// Bytes of stack for a tree of that depth. Only the used part takes memory.
pub const IMPORT_STACK_BYTES: usize = 128 << 20;
/// Report rows about one text. A last row gives the number of the others.
pub const IMPORT_NOTES: usize = 30;

// The network.

/// Seconds to connect to a server.
pub const CONNECT_SECONDS: u64 = 10;
/// Seconds for one file, from the request to its last byte.
pub const FETCH_SECONDS: u64 = 60;
/// Bytes of one file from the network.
pub const FETCH_BYTES: u64 = 16 << 20;
/// Parts of a published manifest that are fetched at the same time. At 10,000 entries there are 126.
pub const PART_REQUESTS: usize = 8;
/// Redirects that are followed for one file.
pub const FETCH_REDIRECTS: u32 = 5;

// A deployment.

/// Targets of one site.
pub const TARGETS: usize = 16;
/// Seconds for which a deployment claims its target at a time. It claims more while it is at work.
pub const LOCK_SECONDS: i64 = 180;
/// Objects that are asked for one by one. For more, the store lists all of its objects.
pub const OBJECTS_ASKED: usize = 64;
/// Repetitions of a request that an object store did not answer well.
pub const OBJECT_ATTEMPTS: usize = 8;
/// Seconds after the first request in which it is repeated.
pub const OBJECT_PATIENCE_SECONDS: u64 = 120;
/// Seconds for one request to an object store, from the request to the last byte of the answer.
pub const OBJECT_SECONDS: u64 = 120;
/// Bytes of one answer of an object store: a file of the site that is compared.
pub const OBJECT_BYTES: u64 = 256 << 20;
/// Requests to an object store at the same time.
pub const OBJECT_CONNECTIONS: usize = 32;

// A CDN: docs/decisions/cdn.md has the sources.

/// Addresses in one request to Cloudflare. Its documents allow 100; some accounts were refused more than 30.
pub const PURGE_CLOUDFLARE_ADDRESSES: usize = 30;
/// Paths of one invalidation of `CloudFront`, which allows as many in progress. A longer list is one wildcard.
pub const PURGE_CLOUDFRONT_PATHS: usize = 3_000;
/// Characters of a path in an invalidation of `CloudFront`. A longer one is the wildcard of a folder that has it.
pub const PURGE_CLOUDFRONT_PATH_CHARACTERS: usize = 4_000;
/// Wildcards that `CloudFront` allows in progress.
pub const PURGE_CLOUDFRONT_WILDCARDS: usize = 15;
/// Addresses in one request to a webhook: about 15 KiB. Standard Webhooks advises less than 20.
pub const PURGE_WEBHOOK_ADDRESSES: usize = 200;
/// How often one request to a CDN is sent.
pub const PURGE_TRIES: u32 = 6;
/// Seconds that one purge waits for a CDN in all. Cloudflare blocks for five minutes who asks too often.
pub const PURGE_WAIT_SECONDS: u64 = 900;

// Announcing: docs/decisions/announcing.md.

/// Channels of `announce` in site.yaml.
pub const CHANNELS: usize = 50;
/// Updates that one run sends to one channel. More are a mistake, such as a lost ledger or a new id of old entries.
pub const ANNOUNCE_ITEMS: usize = 20;
/// Tries of one delivery in one run.
pub const ANNOUNCE_TRIES: u32 = 5;
/// Seconds that a run waits for one channel in all; the next run goes on.
pub const ANNOUNCE_BUDGET_SECONDS: u64 = 120;
/// Seconds for which a runner has a delivery to itself: longer than a request and all writes of the ledger take.
pub const ANNOUNCE_LEASE_SECONDS: i64 = 300;
/// After so many seconds in which a channel was not reached, only the newest update of an entry is sent.
pub const ANNOUNCE_CATCH_UP_SECONDS: i64 = 3_600;
/// Seconds for one request to a platform, from its first byte to the last of the answer.
pub const ANNOUNCE_SECONDS: u64 = 30;
/// A mail with its headers. Gmail cuts the display of a longer one.
pub const MAIL_BYTES: usize = 100_000;
/// The title of the site as the name of the sender.
pub const MAIL_NAME_CHARACTERS: usize = 100;
/// An address in a header of a mail, whose lines have at most 998 characters (RFC 5322 section 2.1.1).
pub const MAIL_WAY_OUT_BYTES: usize = 900;
/// Seconds for one step with a mail server. Some greet late on purpose, to keep spam away.
pub const MAIL_STEP_SECONDS: u64 = 25;
/// Seconds for the answer of a mail server after it got the mail, while it may search it for spam. All steps end within
/// the time that a runner has a delivery to itself.
pub const MAIL_ANSWER_SECONDS: u64 = 90;
/// The answer of a platform: 1 MiB.
pub const ANNOUNCE_ANSWER_BYTES: u64 = 1 << 20;
/// Seconds that a run waits until the published site has what it sends. GitHub Pages took 14 minutes on a bad day.
pub const ANNOUNCE_PUBLIC_SECONDS: i64 = 600;
/// A file with a credential: 64 KiB.
pub const SECRET_BYTES: u64 = 64 << 10;
/// The body of a request to a webhook: Standard Webhooks advise less than 20 kB. A longer one first loses its HTML.
pub const ANNOUNCE_WEBHOOK_BYTES: usize = 20_000;
/// Characters of a status of Mastodon. A server may allow more, and none allows less.
pub const ANNOUNCE_MASTODON_CHARACTERS: usize = 500;
/// Characters of a post of Bluesky. It has at most ten times as many bytes.
pub const ANNOUNCE_BLUESKY_CHARACTERS: usize = 300;
/// The ledger: 16 MiB, more than a hundred thousand updates of a year.
pub const LEDGER_BYTES: u64 = 16 << 20;

// Alerts: docs/alerts.md.

/// Bytes of the body of one webhook. Alertmanager sends a group of 500 alerts in about 500 KiB.
pub const ALERT_BYTES: u64 = 1 << 20;
/// Characters of the title that a draft gets from an alert.
pub const ALERT_TITLE_CHARACTERS: usize = 100;
/// Bytes of one label that is compared with the rules of site.yaml.
pub const ALERT_LABEL_BYTES: usize = 1 << 10;
/// Fingerprints of one body that an entry keeps: those of a group of as many alerts.
pub const ALERT_FINGERPRINTS: usize = 100;
/// Lines of an alert that an entry keeps. An alert of Sentry with a whole event has thousands.
pub const ALERT_LINES: usize = 200;
/// Bytes of such a line. The search for private text takes a line of this length as one.
pub const ALERT_LINE_BYTES: usize = 240;
/// Bytes of all these lines: a quarter of what front matter may have.
pub const ALERT_RAW_BYTES: usize = 16 << 10;
/// Times that an entry notes of its alerts. An alert that comes and goes would fill the file.
pub const ALERT_RECORDS: usize = 50;

// Issues: docs/phone.md.

/// Bytes of the event that a host hands to a workflow. GitHub cuts the text of an issue and of a comment at 64 KiB
/// each, and sends both with some links.
pub const ISSUE_EVENT_BYTES: u64 = 4 << 20;
/// Texts of an issue that its entry keeps a note of: itself, each comment and each change.
pub const ISSUE_RECORDS: usize = 200;
/// Bytes of the answer to an issue. GitHub refuses a comment of more than 65,536 characters.
pub const ISSUE_ANSWER_BYTES: usize = 40_000;

// Verifying a published site.

/// Simultaneous requests to a site that is verified. A browser opens six connections.
pub const VERIFY_REQUESTS: usize = 8;
/// Requests that a host may fail before noroshi asks for no more files of the site.
pub const VERIFY_FAILURES: usize = 20;
/// Redirects from the address of a file that noroshi follows within a site. Cloudflare needs two for a small page at a
/// folder.
pub const VERIFY_REDIRECTS: usize = 5;
/// Seconds for which readers may keep a page, a feed or data. GitHub Pages and GitLab Pages say 600.
pub const VERIFY_CACHE_SECONDS: u64 = 3_600;
/// Bytes from which a text should be compressed. Servers leave smaller ones alone, because it does not pay.
pub const COMPRESSED_BYTES: u64 = 1 << 10;
/// Reads of one TLS handshake, each limited by the time to connect. One with a long chain needs about six.
pub const HANDSHAKE_READS: usize = 32;

// The preview.

/// Simultaneous connections to the preview, not counting event streams. A browser opens six.
pub const PREVIEW_CONNECTIONS: usize = 128;
/// Simultaneous event streams of the preview. An open browser keeps one for hours.
pub const PREVIEW_STREAMS: usize = 64;
/// Seconds within which a request to the preview must send its line and headers.
pub const PREVIEW_HEAD_SECONDS: u64 = 5;
/// Seconds within which a connection to the preview must finish: request, response and close.
pub const PREVIEW_SECONDS: u64 = 30;
/// Headers of one request to the preview. A browser sends about twenty.
pub const PREVIEW_HEADERS: usize = 100;
/// Bytes of the line and headers of one request. They include cookies of other programs on the same machine.
pub const PREVIEW_HEAD_BYTES: usize = 32 << 10;

// Files that an earlier run wrote.

/// Bytes of a manifest: of its parts together, or of one file, as older versions wrote it. That of a site of
/// 100,000 files has 20 MiB.
pub const MANIFEST_BYTES: u64 = 64 << 20;
/// Bytes of one part of a manifest. Parts have 30 KiB on average and end at 1 MiB.
pub const MANIFEST_PART_BYTES: u64 = 4 << 20;
/// Bytes of a file from `build --events`, for `pack --news`. An event has about 500.
pub const EVENTS_BYTES: u64 = 64 << 20;
/// Bytes of the note that a publishing run leaves for scheduled runs. It has about 300.
pub const NOTE_BYTES: u64 = 4 << 10;
/// Bytes of what `ci publish` hands to `ci confirm`. A site of 100 components in 16 languages has 5,000 feeds.
pub const PUBLICATION_BYTES: u64 = 4 << 20;
/// Bytes of a file in `.noroshi/`. A site of 100,000 files has one of 15 MiB.
pub const CACHE_BYTES: u64 = 256 << 20;
/// Bytes of a published file that is compared with its new version. `noroshi` does not write larger files.
pub const OUTPUT_FILE_BYTES: u64 = 256 << 20;

// Output.

/// Bytes of one part of a path: the limit of common file systems.
pub const NAME_BYTES: usize = 255;
/// Bytes of a whole path. Browsers and servers accept addresses of this length.
pub const PATH_BYTES: usize = 2 << 10;
/// Files and folders that are synced one by one. If there are more, one call syncs the whole file system, where
/// the system supports that: on a real disk it takes about as long as thirty files.
pub const SYNCED_ONE_BY_ONE: usize = 32;
/// Seconds after which an unused stage of another host counts as abandoned.
pub const STAGE_SECONDS: i64 = 3_600;

/// Rules of `_headers`, where no host is known. Cloudflare refuses a site with more.
pub const HEADER_RULES: usize = 100;
/// Bytes of one line of a team's own `_headers`. Cloudflare ignores a longer line.
pub const HEADER_LINE_BYTES: usize = 2_000;
/// Rules of `_redirects`, where no host is known. Cloudflare refuses a site with more. Every old address also has a
/// redirect page.
pub const REDIRECT_RULES: usize = 2_000;
/// Rules of a team's own `_redirects` with `*` or `:name`, where no host is known. Cloudflare refuses more.
pub const DYNAMIC_REDIRECT_RULES: usize = 100;
/// Bytes of one line of a team's own `_redirects`. Cloudflare ignores a longer line.
pub const REDIRECT_LINE_BYTES: usize = 1_000;
/// Bytes of one value or expression of a team's own rule in nginx's configuration. nginx reads at most 4,096.
pub const NGINX_PARAMETER_BYTES: usize = 4_000;
/// Bytes of a content type that nginx compresses. Its table of them has places of 64 bytes, which also hold two
/// addresses and the length; with a longer type nginx does not start.
pub const NGINX_COMPRESSED_TYPE_BYTES: usize = 46;
/// Entries in a list of `/api/v2/`, the same as Statuspage returns.
pub const API_LIST: usize = 50;
/// Addresses in one sitemap. The format allows 50,000.
pub const SITEMAP_ADDRESSES: usize = 45_000;
/// Future changes that one page contains for the browser. The page is rebuilt long before the last of them.
pub const PAGE_TURNS: usize = 16;
/// Posts in one thread. Readers do not follow longer ones.
pub const THREAD_POSTS: usize = 10;
/// Words of a list in a message. The format's own lists are not longer.
pub const LISTED_WORDS: usize = 40;
/// Names of a list in a message if any of them is a valid answer, such as the components of a site. More are no help
/// in a hurry; the message says where all of them stand.
pub const LISTED_NAMES: usize = 8;
/// Known words that a message offers for an unknown one.
pub const MEANT_WORDS: usize = 3;
/// The fewest characters of a part of a known word by which it is offered.
pub const MEANT_PART: usize = 3;
/// Passes of `check --fix`: fixing one mistake can reveal another.
pub const FIX_PASSES: usize = 20;
