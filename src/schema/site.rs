//! site.yaml.

#![expect(dead_code, reason = "only the schemas of these types are read")]

use schemars::JsonSchema;

use super::leaves::{
    Address, AddressForm, Affects, AfterCrash, ApiId, ApprovedKind, ByKind, ByName, BySeverity, BySubject,
    ChannelKind, ChannelMode, Clock, CloseAfter, Codes, Compression, Corrections, Count, Day, Demand,
    Duration, FeedItems, FieldKind, Flag, FunctionWord, HostName, Hub, Id, ItemStatus, Levels, Line, Locale,
    NullsWord, OneOrMany, Port, PostLimit, ReportWord, SeverityWord, SlugScript, Text, ThemeName, Time,
    TimeZone, Url, Visibility, WebhookShape,
};
use super::mail_lists::MailLists;
use super::reports::ReportDuties;

mappings! {
    /// The configuration of a site
    Site {
        /// Name of the site
        title: Text,
        /// A description of the site, in one sentence
        description: Option<Text>,
        /// Who publishes the site; the footer shows it
        publisher: Option<Publisher>,
        /// Where the site is served: `https://status.example.com/`
        url: Url,
        /// The zone of all times without an offset: `Asia/Tokyo`
        timezone: TimeZone,
        /// Languages; the first is served at `/`, the others at `/<locale>/`
        locales: OneOrMany<Locale>,
        /// The form of page addresses: `folders` (`incidents/a/`) or `files` (`incidents/a.html`). In a list, the first
        /// form is the current one, and addresses in the other form redirect to it
        addresses: Option<OneOrMany<AddressForm>>,
        /// How `noroshi new` names files: `ascii` (Latin letters only) or `native` (the script of the title; default)
        slugs: Option<SlugScript>,
        /// `public`: the report of each month is a page, and JSON beside it; default: `off`
        report: Option<ReportWord>,
        /// The host that serves the site; noroshi then warns of what the host does not take. Default: what the CI says
        host: Option<HostName>,
        /// A built-in theme, or a folder of `themes/`
        theme: Option<ThemeName>,
        /// The path of the logo under `static/`
        logo: Option<Line>,
        /// Links of the header, the footer and `/subscribe/`
        links: Option<Links>,
        /// Where readers can ask questions
        contact: Option<Link>,
        /// Where readers can give feedback on closed entries
        feedback: Option<Link>,
        /// The components of your service, alone, in groups or in tables
        components: Option<Vec<Component>>,
        /// Your words for the three severities
        severities: Option<Severities>,
        /// Further kinds of maintenance
        kinds: Option<Vec<Choice>>,
        /// Your own facts that entries may have
        fields: Option<Vec<Field>>,
        /// Questions and answers
        faq: Option<Faq>,
        /// The home page
        home: Option<Home>,
        /// Feeds
        feeds: Option<Feeds>,
        /// Settings for posts and mails
        channels: Option<Channels>,
        /// Who is told of each update, by `noroshi announce`. Credentials come from the environment
        announce: Option<Announce>,
        /// What drafts of `noroshi draft` get from the labels of their alerts; of several rules that match, the first applies
        alerts: Option<Vec<AlertRule>>,
        /// Who writes entries through issue forms of the repository
        issues: Option<Issues>,
        /// Where `noroshi deploy` sends the published files: named targets. Credentials come from the environment
        deploy: Option<ByName<Target>>,
        /// Your team's manual, as rules
        policy: Option<Policy>,
        /// `true`: readers see which report each update is: 第1報, 第2報
        numbering: Option<Flag>,
        /// The status API for programs
        api: Option<StatusApi>,
        /// Published text that looks private and is not
        allow: Option<OneOrMany<Line>>,
        /// Published entries that you removed for good: `[incident/2026-11-20-yen]`
        removed: Option<OneOrMany<Line>>,
    }

    /// The status API for programs
    StatusApi {
        /// `fill`: a value where Statuspage always has one and the site has none, for programs that fail on a null. Default: `keep`
        nulls: Option<NullsWord>,
    }

    /// Who publishes the site
    Publisher {
        /// Name of the company
        name: Option<Text>,
        /// Its registration, such as a licence number
        registration: Option<Text>,
    }

    /// Links that every page has
    Links {
        /// Links of the header
        nav: Option<Vec<Link>>,
        /// Links of the footer
        footer: Option<Vec<Link>>,
        /// Official accounts, shown on `/subscribe/`
        official: Option<Vec<Link>>,
    }

    /// A link with its text
    Link {
        /// The text of the link
        label: Text,
        /// Where the link leads
        url: Address,
    }
}

/// A component, a group of them, or a table of rows and columns
#[derive(JsonSchema)]
#[schemars(untagged)]
pub enum Component {
    /// One component
    Single(Single),
    /// A named group of components
    Group(Group),
    /// Each row and column make a component: `btc.trade`
    Matrix(Matrix),
}

mappings! {
    /// One component
    Single {
        /// The id that entries use
        id: Id,
        /// The name that readers see
        name: Text,
        /// A description, one line of Markdown
        description: Option<Text>,
        /// The first day that counts for uptime
        since: Option<Day>,
        /// `false`: pages show no uptime bar and no percentage
        uptime: Option<Flag>,
        /// `true`: hidden while it is operational
        only_when_affected: Option<Flag>,
        /// Hidden from this day on; its history stays
        retired: Option<Day>,
        /// Old ids that entries may still name
        aliases: Option<OneOrMany<Line>>,
        /// Its id in the status API, for an imported page
        api_id: Option<ApiId>,
        /// What programs call it, public: `{symbol: BTC_JPY, coin: BTC}`
        codes: Option<Codes>,
        /// What customers do with it
        function: Option<FunctionWord>,
    }

    /// A named group of components
    Group {
        /// The id that entries use for the whole group
        id: Id,
        /// The name that readers see
        name: Text,
        /// A description, one line of Markdown
        description: Option<Text>,
        /// The components of the group
        components: Vec<Single>,
        /// Its id in the status API, for an imported page
        api_id: Option<ApiId>,
    }

    /// A table: each row and column make a component
    Matrix {
        /// The id that entries use for the whole table
        id: Id,
        /// The name that readers see
        name: Text,
        /// A description, one line of Markdown
        description: Option<Text>,
        /// The rows
        rows: Vec<Axis>,
        /// The columns
        columns: Vec<Axis>,
        /// The first day that counts for uptime
        since: Option<Day>,
        /// `false`: pages show no uptime bar and no percentage
        uptime: Option<Flag>,
        /// `true`: hidden while all its components are operational
        only_when_affected: Option<Flag>,
        /// Hidden from this day on
        retired: Option<Day>,
    }

    /// A row or a column
    Axis {
        /// The id that entries use
        id: Id,
        /// The name that readers see
        name: Text,
        /// The first day that counts for uptime
        since: Option<Day>,
        /// Hidden from this day on
        retired: Option<Day>,
        /// What programs call all its components, public: `{coin: BTC}`
        codes: Option<Codes>,
        /// What customers do with all its components
        function: Option<FunctionWord>,
    }

    /// Your words for the three severities
    Severities {
        /// The lowest severity
        minor: Option<SeverityWords>,
        /// The severity in the middle
        moderate: Option<SeverityWords>,
        /// The highest severity
        critical: Option<SeverityWords>,
    }

    /// Words for a severity
    SeverityWords {
        /// What the site calls it
        name: Option<Text>,
        /// What it means
        definition: Option<Text>,
    }

    /// One of several choices
    Choice {
        /// The id that entries use
        id: Line,
        /// The name that readers see
        name: Text,
    }

    /// One of your own facts
    Field {
        /// The id that entries use
        id: Line,
        /// The name that readers see
        name: Text,
        /// Kinds of entries that may have it; default: all three
        on: Option<OneOrMany<FieldKind>>,
        /// The allowed values; default: any text
        values: Option<Vec<Choice>>,
        /// `true`: the home page shows it too
        first_screen: Option<Flag>,
    }

    /// Questions and answers
    Faq {
        /// Categories of questions
        categories: Option<Vec<Choice>>,
    }

    /// The home page
    Home {
        /// How far back it lists closed entries
        history: Option<Duration>,
        /// How many days of uptime it shows
        uptime: Option<Duration>,
    }

    /// Feeds
    Feeds {
        /// How many items a feed has
        items: Option<FeedItems>,
        /// Updates before this time make no feed items
        since: Option<Time>,
        /// The address of a `WebSub` hub
        hub: Option<Hub>,
        /// `true`: an event of the calendar rings when orders should be cancelled (`cancel_before`)
        alarms: Option<Flag>,
    }

    /// Settings for posts and mails
    Channels {
        /// Posts
        social: Option<Social>,
        /// Mails
        mail: Option<Mail>,
    }

    /// Who is told of each update, and where `noroshi announce` notes what it sent
    Announce {
        /// Where the ledger is kept; default: `{file: announced/ledger.json}`
        ledger: Option<LedgerPlace>,
        /// Named channels
        channels: Option<ByName<AnnounceChannel>>,
    }

    /// Writing through issue forms
    Issues {
        /// The accounts of the people whose issues and comments become entries and updates, by their logins: `sato`, or `sato#583231` with the number of the account
        writers: Option<OneOrMany<Line>>,
    }

    /// A rule for alerts
    AlertRule {
        /// Labels that the alert must have, with values in which `*` stands for any characters; default: every alert
        r#match: Option<ByName<OneOrMany<Line>>>,
        /// Affected components, as a list or with statuses: `{api: major_outage}`
        affects: Option<Affects>,
        /// The severity of the draft; default: `minor`
        severity: Option<SeverityWord>,
        /// The title of the draft; default: that of the alert, which `check` reports until you change it
        title: Option<Line>,
    }

    /// The place of the ledger; it has one of these
    LedgerPlace {
        /// A file, relative to the folder of the site
        file: Option<Line>,
        /// A remote of the git repository, such as `origin`; the ledger is a ref there
        git: Option<Line>,
        /// A target of `deploy` whose store honours conditional writes
        target: Option<Line>,
    }

    /// A channel of `noroshi announce`
    AnnounceChannel {
        /// The kind of channel
        to: ChannelKind,
        /// `auto` sends at once, `approve` sends what `noroshi announce approve` names, `off` sends nothing; default: `auto`
        mode: Option<ChannelMode>,
        /// Components and groups whose updates are sent; updates that name none are always sent
        components: Option<OneOrMany<Line>>,
        /// Kinds of entries: `incident`, `maintenance`, `notice`
        kinds: Option<OneOrMany<Line>>,
        /// Severities of incidents that are sent
        severities: Option<OneOrMany<SeverityWord>>,
        /// What the update must say
        statuses: Option<OneOrMany<ItemStatus>>,
        /// Languages; each update is sent once in each. Default: all of the site
        locales: Option<OneOrMany<Locale>>,
        /// Whether corrections are sent; default: `send`
        corrections: Option<Corrections>,
        /// What happens if a run ended between sending and noting, and the platform cannot refuse a repetition; default:
        /// `at_most_once`
        after_crash: Option<AfterCrash>,
        /// With `mail`, `mastodon` and `bluesky`: the server
        server: Option<Line>,
        /// With `mail`: the sender, for all languages or for each
        from: Option<Text>,
        /// With `mail`: the addresses of lists
        lists: Option<MailLists>,
        /// With `mail`: how to leave the list, as `https:` or `mailto:` addresses
        unsubscribe: Option<OneOrMany<Line>>,
        /// With `mail`: whether the `https` address of `unsubscribe` takes the one click of RFC 8058
        one_click: Option<Flag>,
        /// With `webhook`: the address
        url: Option<Line>,
        /// With `webhook`: the form of the payload
        shape: Option<WebhookShape>,
        /// With `mastodon`: who sees the posts
        visibility: Option<Visibility>,
        /// With `bluesky`: the name of the account
        handle: Option<Line>,
        /// Where people follow the channel; `/subscribe/` shows it
        page: Option<Line>,
    }

    /// A target of `noroshi deploy`; it has one of `s3`, `gcs`, `azure`, `folder` and `ssh`
    Target {
        /// A bucket of Amazon S3 or of a store that speaks its protocol: `bucket`, or `bucket/path`
        s3: Option<Line>,
        /// A bucket of Google Cloud Storage: `bucket`, or `bucket/path`
        gcs: Option<Line>,
        /// A container of Azure Blob Storage: `account/container`, or `account/container/path`
        azure: Option<Line>,
        /// A folder, relative to that of the site
        folder: Option<Line>,
        /// A folder on another machine, by `rsync` over `ssh`: `user@host.example.com:/srv/www/status`
        ssh: Option<Line>,
        /// With `s3`: the region
        region: Option<Line>,
        /// With `s3`, `gcs` and `azure`: the address of a store that is not the provider's own
        endpoint: Option<Line>,
        /// With `ssh`: the port; default: 22
        port: Option<Port>,
        /// How texts are compressed: `gzip` in a bucket; `br`, `gzip` or both in files beside them in a folder or with `ssh`
        compress: Option<OneOrMany<Compression>>,
        /// The cache in front of the target, which is told which addresses changed
        cdn: Option<Cdn>,
    }

    /// A cache in front of a target; it has one of these
    Cdn {
        /// The id of the zone
        cloudflare: Option<Line>,
        /// The id of the service
        fastly: Option<Line>,
        /// The id of the distribution
        cloudfront: Option<Line>,
        /// An address that receives the list of changed addresses
        webhook: Option<Line>,
    }

    /// Settings for posts
    Social {
        /// The most characters that a post may have, as the platform counts them
        limit: Option<PostLimit>,
        /// Hashtags, without `#`; each may differ by language
        hashtags: Option<OneOrMany<Text>>,
    }

    /// Settings for mails
    Mail {
        /// The sender: `status@example.com` or `Example Status <status@example.com>`, for all languages or for each
        from: Option<Text>,
        /// The address for replies, for all languages or for each
        reply_to: Option<Text>,
    }

    /// Your team's manual, as rules
    Policy {
        /// An open incident needs an update at least this often
        update_every: Option<BySeverity<Duration>>,
        /// The longest time from `detected`, or else `started`, to the first update
        first_update_within: Option<BySeverity<Duration>>,
        /// How long before its window you must announce a maintenance
        notice_before: Option<ByKind<Duration>>,
        /// How long a maintenance stays open after its planned end if no update closes it, or `never`
        close_after: Option<ByKind<CloseAfter>>,
        /// The hours in which maintenance may take place
        quiet_hours: Option<QuietHours>,
        /// How many people must review an entry before publication
        reviewers: Option<BySubject<Count>>,
        /// Who must approve the words of which entries; every rule that covers an entry applies
        approve: Option<Vec<ApprovalRule>>,
        /// Groups of people for `approve`: `comms: ["Hanako Sato <hanako@example.com> @hanako"]`
        approvers: Option<ByName<OneOrMany<Line>>>,
        /// The longest time from the end of an incident to its postmortem
        postmortem_within: Option<BySeverity<Duration>>,
        /// The longest time from the end of a maintenance to its evaluation
        evaluation_within: Option<ByKind<Duration>>,
        /// Which reports an authority must get about incidents, how soon after what; `{preset: dora}` for a known set
        reports: Option<ReportDuties>,
        /// What an entry must contain
        require: Option<BySubject<OneOrMany<Demand>>>,
        /// Words that noroshi must never publish
        forbid: Option<OneOrMany<Line>>,
        /// The levels of rules that do not keep their default
        levels: Option<Levels>,
    }

    /// Who must approve each published text of some entries
    ApprovalRule {
        /// Groups of `approvers`, and people by name, mail address or login (`"@hanako"`)
        who: OneOrMany<Line>,
        /// The severities of incidents that the rule covers; default: all
        severity: Option<OneOrMany<SeverityWord>>,
        /// The kinds of entries or of maintenance that the rule covers; default: all, or with `severity` incidents only
        kinds: Option<OneOrMany<ApprovedKind>>,
        /// How many of them must approve; default: 1
        count: Option<Count>,
        /// How long a text may be public before it is approved; without it, approval comes first
        within: Option<Duration>,
        /// The rule asks nothing of text that readers saw before this time
        since: Option<Time>,
        /// Whether the author of a text may approve it; default: no
        author_counts: Option<Flag>,
    }

    /// Start and end; the end may be on the next day
    QuietHours {
        /// The start, a time of day
        start: Clock,
        /// The end, a time of day
        end: Clock,
    }
}
