//! Front matter, kind by kind.

#![expect(dead_code, reason = "only the schemas of these types are read")]

use schemars::JsonSchema;

use super::leaves::{
    Affects, Anything, ApiId, AutoWord, Category, CloseAfter, Day, End, Fields, Flag, Internal, KindWord,
    LevelWord, Line, ModeWord, NextTime, OldAddress, OneOrMany, Order, SeverityWord, Surface, Text, Time,
    TimeOrDay, TimeZone,
};

/// Defines a kind of entry: its own keys, and those of every entry.
macro_rules! entry {
    ($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $key:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(JsonSchema)]
        #[schemars(deny_unknown_fields)]
        pub struct $name {
            /// What it says in a line; of a question, the question
            pub title: Text,
            $($(#[$fdoc])* pub $key: $type,)*
            /// Not visible before this time
            pub publish_at: Option<Time>,
            /// `true`: never built
            pub draft: Option<Flag>,
            /// Who looked at it before it went out; never published
            pub reviewed_by: Option<OneOrMany<Line>>,
            /// Whatever colleagues should know: who reported it, how to reproduce it; never published
            pub internal: Option<Internal>,
            /// From then on the page says why, and nothing else
            pub withdrawn: Option<Withdrawn>,
            /// Words that the policy forbids and this entry may say
            pub allow: Option<OneOrMany<Line>>,
            /// Old addresses that lead here: `[/old/path/]`
            pub aliases: Option<OneOrMany<OldAddress>>,
            /// What feeds know it by; the name of the file, if left out
            pub id: Option<Line>,
            /// Its id in the status API, where it was imported
            pub api_id: Option<ApiId>,
            /// The zone of its times without an offset; that of the site, if left out
            pub timezone: Option<TimeZone>,
        }
    };
}

/// An entry that should not have been published, or no longer holds
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Withdrawn {
    /// From when on
    pub at: Time,
    /// Why it no longer holds
    pub reason: Text,
}

entry! {
    /// Front matter of an incident
    Incident {
        /// How grave it is when it begins; updates may change it
        severity: SeverityWord,
        /// What it touches, as a list or with statuses: `{api: major_outage}`; `[]` is legal
        affects: Affects,
        /// When the impact began
        started: Time,
        /// When it was noticed
        detected: Option<Time>,
        /// How far it reaches, a line of Markdown
        scope: Option<Text>,
        /// When it is hoped to be over: a time, or words
        expected_recovery: Option<Text>,
        /// When you speak next
        next_update: Option<Time>,
        /// Facts of the site's own, defined in site.yaml
        fields: Option<Fields>,
        /// Written afterwards: the page says so, and feeds have one item, at `publish_at`
        backfilled: Option<Flag>,
    }
}

entry! {
    /// Front matter of a maintenance
    Maintenance {
        /// Which kind of work
        kind: KindWord,
        /// What it touches, as a list or with statuses; `[]` is legal
        affects: Affects,
        /// From when to when, as first planned; updates may change it
        window: Window,
        /// Parts of the window in which something still works
        phases: Option<Vec<Phase>>,
        /// How far it reaches, a line of Markdown
        scope: Option<Text>,
        /// What the clock may declare without a human
        auto: Option<AutoWord>,
        /// How long nobody closes it before nobody waits for its result any more; `never`
        close_after: Option<CloseAfter>,
        /// Makes it a series
        recurrence: Option<Recurrence>,
        /// Facts of the site's own, defined in site.yaml
        fields: Option<Fields>,
    }
}

/// From when to when
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Window {
    /// When it begins
    pub start: Time,
    /// When it ends, or `unknown`
    pub end: End,
}

/// A part of the window
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Phase {
    /// What this part touches
    pub affects: Affects,
    /// When it begins
    pub start: NextTime,
    /// When it ends
    pub end: NextTime,
    /// What still works
    pub mode: ModeWord,
}

/// A rule that repeats the window
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Recurrence {
    /// A rule of RFC 5545, `FREQ=WEEKLY;BYDAY=TU`, or in Japanese words, `毎週火曜`
    pub rule: Line,
    /// The last time or day on which it may begin
    pub until: Option<TimeOrDay>,
    /// Days on which it does not take place
    pub except: Option<OneOrMany<Day>>,
}

entry! {
    /// Front matter of a notice
    Notice {
        /// What kind of news it is
        level: Option<LevelWord>,
        /// Stays on the home page until `expires_at`
        pinned: Option<Flag>,
        /// Not shown as current from then on
        expires_at: Option<Time>,
        /// What it is about; it changes no status
        affects: Option<Affects>,
        /// Facts of the site's own, defined in site.yaml
        fields: Option<Fields>,
    }
}

entry! {
    /// Front matter of a question
    Question {
        /// One of `faq.categories` in site.yaml
        category: Category,
        /// Its place within the category
        order: Option<Order>,
        /// What it is about
        components: Option<Affects>,
        /// Kinds of entries whose pages show it while they are open
        surface: Option<OneOrMany<Surface>>,
    }
}

entry! {
    /// Front matter of a page
    Page {
        /// `true`: the header links to it
        nav: Option<Flag>,
        /// Its place in the header
        order: Option<Order>,
        /// The day on which its words last changed
        updated: Option<Day>,
    }
}

/// Front matter of a translation: facts stand in the file of the first locale
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Translation {
    /// The title in this language
    pub title: Line,
    /// How far it reaches, in this language
    pub scope: Option<Line>,
    /// Texts of the site's own fields in this language
    pub fields: Option<Fields>,
    /// Who looked at the translation; never published
    pub reviewed_by: Option<OneOrMany<Line>>,
    /// Whatever colleagues should know; never published
    pub internal: Option<Anything>,
}
