//! Front matter, kind by kind.

#![expect(dead_code, reason = "only the schemas of these types are read")]

use std::borrow::Cow;

use crate::limits::OUTAGES;
use crate::model::read::UNKNOWN;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::leaves::{
    Affects, Anything, ApiId, AutoWord, CancelBefore, Category, CloseAfter, Day, End, Fields, Flag, KindWord,
    LevelWord, Line, ModeWord, NextStated, NextTime, OldAddress, OneOrMany, Order, SeverityWord, Stated,
    StatedOrUnknown, Surface, Text, Time, TimeOrDay, TimeZone,
};
use super::pattern;
use super::reports::Internal;

/// One window, or several.
pub struct Windows;

impl JsonSchema for Windows {
    fn schema_name() -> Cow<'static, str> {
        "Windows".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let line = json_schema!({
            "description": "Both times with a sign between them: `2026-12-01 02:00 to 05:00`",
            "type": "string",
            "pattern": "[0-9０-９]",
        });
        json_schema!({
            "description": "`{start: 2026-12-01 02:00, end: 2026-12-01 05:00}`, or a list of several windows",
            "anyOf": [
                generator.subschema_for::<Window>(),
                line,
                {"description": "No time is decided yet", "type": "string", "pattern": pattern::words(UNKNOWN)},
                {
                    "type": "array",
                    "minItems": 1,
                    "items": {"anyOf": [generator.subschema_for::<PartWindow>(), line]},
                },
            ],
        })
    }
}

/// The spans of an impact, or one of them.
pub struct Outages;

impl JsonSchema for Outages {
    fn schema_name() -> Cow<'static, str> {
        "Outages".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let line = json_schema!({
            "description": "A span or a moment: `2026-06-28 18:07 to 18:08`",
            "type": "string",
            "pattern": "[0-9０-９]",
        });
        json_schema!({
            "description": "A list of spans and moments in the order of time, or one: `2026-06-28 18:07 to 18:08`",
            "anyOf": [
                generator.subschema_for::<Outage>(),
                line,
                {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": OUTAGES,
                    "items": {"anyOf": [generator.subschema_for::<Outage>(), line]},
                },
            ],
        })
    }
}

/// Defines the kinds of entries: the keys of each, and those of every entry.
macro_rules! entries {
    ($($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $key:ident: $type:ty,)* })*) => {$(
        #[derive(JsonSchema)]
        #[schemars(deny_unknown_fields)]
        $(#[$doc])*
        pub struct $name {
            /// The title, one line; for a question, the question itself
            pub title: Text,
            $($(#[$fdoc])* pub $key: $type,)*
            /// The entry is not visible before this time
            pub publish_at: Option<Time>,
            /// `true`: noroshi does not build this entry
            pub draft: Option<Flag>,
            /// People who reviewed the entry before publication; never published
            pub reviewed_by: Option<OneOrMany<Line>>,
            /// Notes for colleagues, such as who reported it or how to reproduce it; never published
            pub internal: Option<Internal>,
            /// Withdraws the entry: the page then shows only the reason
            pub withdrawn: Option<Withdrawn>,
            /// Words that this entry may use although `policy.forbid` lists them or they look private
            pub allow: Option<OneOrMany<Line>>,
            /// Old addresses that redirect here: `[/old/path/]`
            pub aliases: Option<OneOrMany<OldAddress>>,
            /// Identifies the entry in feeds; default: the name of its file
            pub id: Option<Line>,
            /// Its id in the status API, for an imported page
            pub api_id: Option<ApiId>,
            /// The zone of its times without an offset; default: the zone of the site
            pub timezone: Option<TimeZone>,
        }
    )*};
}

entries! {
    /// Front matter of an incident
    #[schemars(extend("anyOf" = [
        {"required": ["started"], "properties": {"started": {"not": {"type": "null"}}}},
        {"required": ["outages"], "properties": {"outages": {"not": {"type": "null"}}}},
    ]))]
    Incident {
        /// The severity at the start; updates may change it
        severity: SeverityWord,
        /// Affected components, as a list or with statuses: `{api: major_outage}`; may be `[]`
        affects: Affects,
        /// When the impact began; left out if `outages` says it
        started: Option<StatedOrUnknown>,
        /// The spans of the impact, if it came and went; between them the components were as usual
        outages: Option<Outages>,
        /// When you noticed it
        detected: Option<Stated>,
        /// The extent of the impact, one line of Markdown
        scope: Option<Text>,
        /// By when customers should cancel their open orders
        cancel_before: Option<Stated>,
        /// What customers should do, one line of Markdown
        advice: Option<Text>,
        /// When you expect the recovery: a time, or text
        expected_recovery: Option<Text>,
        /// When you will post the next update
        next_update: Option<StatedOrUnknown>,
        /// Your own facts, defined under `fields` in site.yaml
        fields: Option<Fields>,
        /// `true`: readers see which report each update is: 第1報, 第2報; default: as site.yaml says
        numbering: Option<Flag>,
        /// `true`: you wrote the entry afterwards; the page says so, and feeds have one item, at `publish_at`
        backfilled: Option<Flag>,
    }

    /// Front matter of a maintenance
    Maintenance {
        /// The kind of maintenance
        kind: KindWord,
        /// Affected components, as a list or with statuses; may be `[]`
        affects: Affects,
        /// Start and end as first planned; updates may change them. A list if it takes place in several windows
        window: Windows,
        /// Parts of the window in which something still works
        phases: Option<Vec<Phase>>,
        /// The extent of the impact, one line of Markdown
        scope: Option<Text>,
        /// By when customers should cancel their open orders: how long before the start, such as `10m`, or a time
        cancel_before: Option<CancelBefore>,
        /// What customers should do, one line of Markdown
        advice: Option<Text>,
        /// Which changes noroshi announces at the planned times without an update
        auto: Option<AutoWord>,
        /// How long it stays open after its planned end if no update closes it, or `never`
        close_after: Option<CloseAfter>,
        /// A rule that repeats the window and makes the maintenance a series
        recurrence: Option<Recurrence>,
        /// `true`: readers see which report each update is: 第1報, 第2報; default: as site.yaml says
        numbering: Option<Flag>,
        /// Your own facts, defined under `fields` in site.yaml
        fields: Option<Fields>,
    }

    /// Front matter of a notice
    Notice {
        /// The kind of notice
        level: Option<LevelWord>,
        /// `true`: the notice stays on the home page until `expires_at`
        pinned: Option<Flag>,
        /// The notice is not current from this time on
        expires_at: Option<Stated>,
        /// Components that the notice is about; it does not change their status
        affects: Option<Affects>,
        /// `true`: readers see which report each update is: 第1報, 第2報; default: as site.yaml says
        numbering: Option<Flag>,
        /// Your own facts, defined under `fields` in site.yaml
        fields: Option<Fields>,
    }

    /// Front matter of a question
    Question {
        /// One of `faq.categories` in site.yaml
        category: Category,
        /// Its place within the category
        order: Option<Order>,
        /// Components that the question is about
        components: Option<Affects>,
        /// Kinds of entries whose pages show the question while they are open
        surface: Option<OneOrMany<Surface>>,
    }

    /// Front matter of a page
    Page {
        /// `true`: the header links to it
        nav: Option<Flag>,
        /// Its place in the header
        order: Option<Order>,
        /// The day of the last change to its text
        updated: Option<Day>,
    }
}

mappings! {
    /// The withdrawal of an entry that is wrong or no longer true
    Withdrawn {
        /// When the withdrawal begins
        at: Time,
        /// Why you withdraw the entry
        reason: Text,
    }

    /// The start and end of the maintenance
    Window {
        /// When it begins, or `undecided`
        start: StatedOrUnknown,
        /// When it ends, or `unknown`
        end: End,
    }

    /// A span of the impact
    Outage {
        /// When it began
        start: NextStated,
        /// When it ended, or `unknown` while it goes on; left out for a moment
        end: Option<End>,
    }

    /// One of several windows
    PartWindow {
        /// When it begins
        start: Stated,
        /// When it ends, or `unknown`
        end: End,
        /// The components that this window affects, if they are not those of the entry
        affects: Option<Affects>,
    }

    /// A part of the window
    Phase {
        /// Components that this part affects
        affects: Affects,
        /// When it begins
        start: NextTime,
        /// When it ends
        end: NextTime,
        /// What still works
        mode: ModeWord,
        /// What customers should do meanwhile, one line of Markdown
        advice: Option<Text>,
    }

    /// A rule that repeats the window
    Recurrence {
        /// A rule of RFC 5545, `FREQ=WEEKLY;BYDAY=TU`, or in Japanese, `毎週火曜`
        rule: Line,
        /// The last time or day on which an occurrence may begin
        until: Option<TimeOrDay>,
        /// Days without an occurrence
        except: Option<OneOrMany<Day>>,
    }

    /// Front matter of a translation; the file in the first locale holds the facts
    Translation {
        /// The title in this language
        title: Line,
        /// The extent of the impact, in this language
        scope: Option<Line>,
        /// What customers should do, in this language
        advice: Option<Line>,
        /// Texts of your own facts, in this language
        fields: Option<Fields>,
        /// People who reviewed the translation; never published
        reviewed_by: Option<OneOrMany<Line>>,
        /// Notes for colleagues; never published
        internal: Option<Anything>,
    }
}
