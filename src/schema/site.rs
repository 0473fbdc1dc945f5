//! site.yaml.

#![expect(dead_code, reason = "only the schemas of these types are read")]

use schemars::JsonSchema;

use super::leaves::{
    Address, AddressForm, ApiId, ByKind, BySeverity, BySubject, Clock, CloseAfter, Count, Day, Demand,
    Duration, FeedItems, FieldKind, Flag, Hub, Id, Levels, Line, Locale, OneOrMany, PostLimit, Text,
    ThemeName, Time, TimeZone, Url,
};

/// Defines a mapping whose keys are known.
macro_rules! mapping {
    ($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $key:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(JsonSchema)]
        #[schemars(deny_unknown_fields)]
        pub struct $name { $($(#[$fdoc])* pub $key: $type,)* }
    };
}

mapping! {
    /// The one configuration file of a site
    Site {
        /// Name of the site
        title: Text,
        /// What it is about, in a sentence
        description: Option<Text>,
        /// Who publishes it: the footer
        publisher: Option<Publisher>,
        /// Where the site is served: `https://status.example.com/`
        url: Url,
        /// The zone of all times that have no offset: `Asia/Tokyo`
        timezone: TimeZone,
        /// Languages; the first is served at `/`, the others at `/<locale>/`
        locales: OneOrMany<Locale>,
        /// How addresses of pages are written: `folders` (`incidents/a/`) or `files` (`incidents/a.html`). In a list
        /// the form of now stands first, and addresses of the other lead on
        addresses: Option<OneOrMany<AddressForm>>,
        /// A built-in theme, or a folder of `themes/`
        theme: Option<ThemeName>,
        /// A file of `static/`
        logo: Option<Line>,
        /// Links of the header, the footer and `/subscribe/`
        links: Option<Links>,
        /// Where to ask
        contact: Option<Link>,
        /// Asked for on closed entries
        feedback: Option<Link>,
        /// What works or does not, in groups and tables
        components: Option<Vec<Component>>,
        /// Your words for the three severities
        severities: Option<Severities>,
        /// Further kinds of maintenance
        kinds: Option<Vec<Choice>>,
        /// Facts of your own that entries may have
        fields: Option<Vec<Field>>,
        /// Questions and answers
        faq: Option<Faq>,
        /// The home page
        home: Option<Home>,
        /// Feeds
        feeds: Option<Feeds>,
        /// What posts and mails need
        channels: Option<Channels>,
        /// The manual of the team, as rules
        policy: Option<Policy>,
        /// Published text that looks private and is not
        allow: Option<OneOrMany<Line>>,
        /// Published entries that are gone for good: `[incident/2026-11-20-yen]`
        removed: Option<OneOrMany<Line>>,
    }
}

mapping! {
    /// Who publishes the site
    Publisher {
        /// Name of the company
        name: Option<Text>,
        /// Its registration
        registration: Option<Text>,
    }
}

mapping! {
    /// Links that every page has
    Links {
        /// Of the header
        nav: Option<Vec<Link>>,
        /// Of the footer
        footer: Option<Vec<Link>>,
        /// Official accounts, shown on `/subscribe/`
        official: Option<Vec<Link>>,
    }
}

mapping! {
    /// A link with its words
    Link {
        /// What it says
        label: Text,
        /// Where it leads
        url: Address,
    }
}

/// A component, a group of them, or a table of rows and columns
#[derive(JsonSchema)]
#[schemars(untagged)]
pub enum Component {
    /// One component
    Single(Single),
    /// Components under a name
    Group(Group),
    /// Each row and column make a component: `btc.trade`
    Matrix(Matrix),
}

mapping! {
    /// One thing that works or does not
    Single {
        /// As entries name it
        id: Id,
        /// What users call it
        name: Text,
        /// A line of Markdown
        description: Option<Text>,
        /// Uptime is counted from this day
        since: Option<Day>,
        /// `false`: no bar and no percentage
        uptime: Option<Flag>,
        /// `true`: hidden while it is operational
        only_when_affected: Option<Flag>,
        /// Hidden from this day on; its history stays
        retired: Option<Day>,
        /// Old ids that entries may still name
        aliases: Option<OneOrMany<Line>>,
        /// Its id in the status API, where it was imported
        api_id: Option<ApiId>,
    }
}

mapping! {
    /// Components under a name
    Group {
        /// As entries name all of it
        id: Id,
        /// What users call it
        name: Text,
        /// A line of Markdown
        description: Option<Text>,
        /// What is in it
        components: Vec<Single>,
        /// Its id in the status API, where it was imported
        api_id: Option<ApiId>,
    }
}

mapping! {
    /// Rows and columns
    Matrix {
        /// As entries name all of it
        id: Id,
        /// What users call it
        name: Text,
        /// A line of Markdown
        description: Option<Text>,
        /// The rows
        rows: Vec<Axis>,
        /// The columns
        columns: Vec<Axis>,
        /// Uptime is counted from this day
        since: Option<Day>,
        /// `false`: no bar and no percentage
        uptime: Option<Flag>,
        /// `true`: hidden while all is operational
        only_when_affected: Option<Flag>,
        /// Hidden from this day on
        retired: Option<Day>,
    }
}

mapping! {
    /// A row or a column
    Axis {
        /// As entries name it
        id: Id,
        /// What users call it
        name: Text,
        /// Uptime is counted from this day
        since: Option<Day>,
        /// Hidden from this day on
        retired: Option<Day>,
    }
}

mapping! {
    /// Your words for the three severities
    Severities {
        /// The least
        minor: Option<SeverityWords>,
        /// In between
        moderate: Option<SeverityWords>,
        /// The gravest
        critical: Option<SeverityWords>,
    }
}

mapping! {
    /// Words for a severity
    SeverityWords {
        /// What the site calls it
        name: Option<Text>,
        /// What it means
        definition: Option<Text>,
    }
}

mapping! {
    /// One of several
    Choice {
        /// As entries name it
        id: Line,
        /// As users read it
        name: Text,
    }
}

mapping! {
    /// A fact of the site's own
    Field {
        /// As entries name it
        id: Line,
        /// As users read it
        name: Text,
        /// Kinds of entries that may have it; all three, if left out
        on: Option<OneOrMany<FieldKind>>,
        /// What it may be; any text, if left out
        values: Option<Vec<Choice>>,
        /// `true`: stands on the home page too
        first_screen: Option<Flag>,
    }
}

mapping! {
    /// Questions and answers
    Faq {
        /// Categories of questions
        categories: Option<Vec<Choice>>,
    }
}

mapping! {
    /// The home page
    Home {
        /// How far back it lists what is over
        history: Option<Duration>,
        /// How many days of uptime it shows
        uptime: Option<Duration>,
    }
}

mapping! {
    /// Feeds
    Feeds {
        /// How many items a feed has
        items: Option<FeedItems>,
        /// Older updates make no items
        since: Option<Time>,
        /// A hub of `WebSub`
        hub: Option<Hub>,
    }
}

mapping! {
    /// What posts and mails need
    Channels {
        /// Posts
        social: Option<Social>,
        /// Mails
        mail: Option<Mail>,
    }
}

mapping! {
    /// What a post may be
    Social {
        /// Characters of a post, as the platform counts them
        limit: Option<PostLimit>,
        /// Tags, without `#`; each may have another word in each language
        hashtags: Option<OneOrMany<Text>>,
    }
}

mapping! {
    /// Whom mails come from
    Mail {
        /// `status@example.com` or `Example Status <status@example.com>`, for all languages or for each
        from: Option<Text>,
        /// Where answers go, for all languages or for each
        reply_to: Option<Text>,
    }
}

mapping! {
    /// The manual of the team, as rules
    Policy {
        /// Silence longer than this is overdue
        update_every: Option<BySeverity<Duration>>,
        /// From the detection, else the start, to the first update
        first_update_within: Option<BySeverity<Duration>>,
        /// How long before its window a maintenance is announced
        notice_before: Option<ByKind<Duration>>,
        /// How long nobody closes a maintenance before nobody waits for its result any more; `never`
        close_after: Option<ByKind<CloseAfter>>,
        /// When maintenance is done
        quiet_hours: Option<QuietHours>,
        /// How many people look at an entry before it goes out
        reviewers: Option<BySubject<Count>>,
        /// From the end of an incident to its postmortem
        postmortem_within: Option<BySeverity<Duration>>,
        /// From the end of a maintenance to its evaluation
        evaluation_within: Option<ByKind<Duration>>,
        /// What must be there
        require: Option<BySubject<OneOrMany<Demand>>>,
        /// Words that are never published
        forbid: Option<OneOrMany<Line>>,
        /// Rules with another level than their own
        levels: Option<Levels>,
    }
}

mapping! {
    /// From when to when; the end may lie on the next day
    QuietHours {
        /// From this time of day on
        start: Clock,
        /// Up to this one
        end: Clock,
    }
}
