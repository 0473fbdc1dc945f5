//! Single values: lines, texts, times, and the words of the vocabulary.
use std::borrow::Cow;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::pattern;
use crate::kind::EntryKind;
use crate::languages;
use crate::limits::{CODE_CHARS, CODE_KEY_CHARS, CODES};
use crate::model::Zone;
use crate::model::policy::{KEYS, Level as RuleLevel, RULES};
use crate::model::read::UNKNOWN;
use crate::vocabulary::{
    Auto, ComponentStatus, Function, Level, MaintenanceKind, PhaseMode, Section, Severity,
};

/// Defines values that nothing stores: the name of each, and its schema.
macro_rules! leaves {
    ($($(#[$doc:meta])* $name:ident $(<$of:ident>)? = |$generator:pat_param| $schema:expr;)*) => {
        $(leaf!($(#[$doc])* $name $(<$of>)?, |$generator| $schema);)*
    };
}

macro_rules! leaf {
    ($(#[$doc:meta])* $name:ident, |$generator:pat_param| $schema:expr) => {
        $(#[$doc])*
        pub struct $name;

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema($generator: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    };
    ($(#[$doc:meta])* $name:ident<$of:ident>, |$generator:pat_param| $schema:expr) => {
        $(#[$doc])*
        pub struct $name<$of>(PhantomData<$of>);

        impl<$of: JsonSchema> JsonSchema for $name<$of> {
            fn schema_name() -> Cow<'static, str> {
                format!("{}Of{}", stringify!($name), $of::schema_name()).into()
            }

            fn json_schema($generator: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    };
}

/// Suggests the canonical words and accepts those of every language.
fn vocabulary(canonical: &[&str], all: Vec<&str>, shown: &str) -> Schema {
    json_schema!({
        "description": shown,
        "anyOf": [{"enum": canonical}, {"type": "string", "pattern": pattern::words(all)}],
    })
}

macro_rules! vocabulary {
    ($type:ident, $shown:literal) => {
        vocabulary(
            &$type::ALL.iter().map(|value| value.word()).collect::<Vec<_>>(),
            $type::known().collect(),
            $shown,
        )
    };
}

leaves! {
    /// One line of text.
    Line = |_| json_schema!({
        "anyOf": [
            {"type": ["string", "number"], "pattern": "\\S"},
            // `true` is also valid text. As a named type, editors would suggest it everywhere.
            {"not": {"type": ["string", "number", "object", "array", "null"]}},
        ],
    });

    /// One line, or one for each locale.
    Text = |generator| json_schema!({
        "description": "One text, or one for each locale: `{ja: 遅延, en: Delay}`",
        "anyOf": [generator.subschema_for::<Line>(), generator.subschema_for::<ByLocale>()],
    });

    /// A line for each locale.
    ByLocale = |generator| json_schema!({
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": LOCALE},
        "additionalProperties": generator.subschema_for::<Option<Line>>(),
    });

    /// A time with its date, in the zone of the site where it has no offset.
    Time = |_| json_schema!({
        "description": "A time in the zone of the site: `2026-11-20 10:15`; or with an offset: `2026-11-20 10:15 +09:00`",
        "type": "string",
        "pattern": pattern::time(), "patternErrorMessage": "write it as `2026-11-20 10:15`",
    });

    /// A day.
    Day = |_| json_schema!({"description": "A day: `2026-12-29`", "type": "string", "pattern": pattern::day(), "patternErrorMessage": "write it as `2026-12-29`"});

    /// A time, or a day with all of its hours.
    TimeOrDay = |generator| json_schema!({
        "anyOf": [generator.subschema_for::<Time>(), generator.subschema_for::<Day>()],
    });

    /// A time that need not be exact.
    Stated = |generator| json_schema!({
        "description": "A time, as exactly as you know it: `2026-11-20 16:21頃`, `2026-11-20 午前`, `2026-11-20`",
        "anyOf": [generator.subschema_for::<Time>(), generator.subschema_for::<Day>()],
    });

    /// A time that need not be known.
    StatedOrUnknown = |generator| json_schema!({
        "description": "A time, as exactly as you know it, or `unknown` or `undecided`",
        "anyOf": [
            generator.subschema_for::<Time>(),
            generator.subschema_for::<Day>(),
            {"type": "string", "pattern": pattern::words(UNKNOWN)},
        ],
    });

    /// A time; without a date the next such time.
    NextTime = |generator| json_schema!({
        "description": "A time; without a date, the next such time after the start",
        "anyOf": [generator.subschema_for::<Time>(), {"type": "string", "pattern": pattern::time_of_day()}],
    });

    /// A time that need not be exact; without a date the next such time.
    NextStated = |generator| json_schema!({
        "description": "A time, as exactly as you know it; without a date, the next such time",
        "anyOf": [
            generator.subschema_for::<Stated>(),
            {"type": "string", "pattern": pattern::time_of_day()},
        ],
    });

    /// A time, or that nobody knows it.
    End = |generator| json_schema!({
        "description": "A time, or `unknown`",
        "anyOf": [
            generator.subschema_for::<Time>(),
            generator.subschema_for::<Day>(),
            {"type": "string", "pattern": pattern::time_of_day()},
            {"const": "unknown"},
            {"type": "string", "pattern": pattern::words(UNKNOWN)},
        ],
    });

    /// A time of day.
    Clock = |_| json_schema!({
        "description": "A time of day, in quotes: `\"06:00\"`",
        "type": "string",
        "pattern": pattern::time_of_day(), "patternErrorMessage": "write it as `\"06:00\"`",
    });

    /// A duration.
    Duration = |_| json_schema!({
        "description": "A duration: `30m`, `4h`, `7d`, `1h 30m`",
        "type": "string",
        "pattern": pattern::duration(), "patternErrorMessage": "write it as `30m`, `4h`, `7d` or `1h 30m`",
    });

    /// How long something stays open.
    CloseAfter = |_| json_schema!({
        "description": "A duration, such as `24h`, or `never`",
        "anyOf": [
            {"type": "string", "pattern": pattern::duration()},
            {"type": "string", "pattern": pattern::words(["never"])},
        ],
    });

    /// By when orders should be cancelled.
    CancelBefore = |_| json_schema!({
        "description": "How long before the start, such as `10m`, or a time: `2026-12-01 01:50`",
        "type": "string",
        "pattern": "[0-9０-９]",
    });

    /// Yes or no.
    Flag = |_| json_schema!({
        "anyOf": [
            {"type": "boolean"},
            {"type": "string", "pattern": pattern::words(["true", "yes", "on", "はい", "false", "no", "off", "いいえ"])},
        ],
    });

    /// A place in an order.
    Order = |_| json_schema!({
        "anyOf": [{"type": "integer"}, {"type": "string", "pattern": format!("^[-+]?{}+$", pattern::DIGIT)}],
    });

    /// How many items a feed has.
    FeedItems = |_| whole(1, 1000);

    /// How many characters a post has.
    PostLimit = |_| whole(60, 25_000);

    /// The port of a server.
    Port = |_| whole(1, 65_535);
    /// How texts are stored.
    Compression = |_| json_schema!({"enum": ["br", "gzip"]});
    /// The kind of a channel.
    ChannelKind = |_| json_schema!({"enum": ["bluesky", "discord", "line", "mail", "mastodon", "slack", "teams", "webhook", "websub", "x"]});
    /// When a channel sends.
    ChannelMode = |_| json_schema!({"enum": ["auto", "approve", "off"]});
    /// What happens with corrections.
    Corrections = |_| json_schema!({"enum": ["send", "skip"]});
    /// What happens if nobody knows whether a message was sent.
    AfterCrash = |_| json_schema!({"enum": ["at_most_once", "at_least_once"]});
    /// Who sees the report of each month.
    ReportWord = |_| json_schema!({"anyOf": [{"enum": ["public", "off"]}, {"const": false}]});
    /// The form of what a webhook gets.
    WebhookShape = |_| json_schema!({"enum": ["noroshi", "statuspage"]});
    /// Who sees a post.
    Visibility = |_| json_schema!({"enum": ["public", "unlisted"]});
    /// What an update says.
    ItemStatus = |_| json_schema!({"enum": crate::model::announce::STATUSES});
    /// How many people.
    Count = |_| whole(0, 20);

    /// One, or a list of them.
    OneOrMany<T> = |generator| json_schema!({
        "anyOf": [
            {"type": "array", "items": generator.subschema_for::<T>()},
            generator.subschema_for::<T>(),
        ],
    });

    /// Anything at all.
    Anything = |_| json_schema!({"description": "Any keys you like; never published"});

    /// An id of a component.
    Id = |_| json_schema!({
        "description": "Lower-case letters and digits, joined by `.` or `-`",
        "type": ["string", "number", "boolean"],
        "pattern": "^\\s*[a-z0-9]+([.-][a-z0-9]+)*\\s*$",
    });

    /// An id in the status API.
    ApiId = |_| json_schema!({
        "description": "Letters, digits, `-` and `_`",
        "type": ["string", "number", "boolean"],
        "pattern": "^\\s*[-0-9A-Za-z_]{1,64}\\s*$",
    });

    /// What programs call a component.
    Codes = |_| json_schema!({
        "description": "What programs call it, public: `{symbol: BTC_JPY, coin: BTC}`",
        "type": "object",
        "maxProperties": CODES,
        "propertyNames": {"pattern": format!("^(?!(?:component|function|name)$)[a-z][a-z0-9_]{{0,{}}}$", CODE_KEY_CHARS - 1)},
        "additionalProperties": {
            "type": ["string", "number", "boolean"],
            "pattern": format!("^\\s*\\S(?:.{{0,{}}}\\S)?\\s*$", CODE_CHARS - 2),
        },
    });

    /// What customers do with a component.
    FunctionWord = |_| vocabulary!(Function, "What customers do with it: `deposit`, `withdraw` or `trade`, or the same in another language: `入金`");

    /// An old address of the site.
    OldAddress = |_| json_schema!({"type": "string", "pattern": "^\\s*/[^\\s\\\\?#*:]+\\s*$"});

    /// Where a link leads.
    Address = |_| json_schema!({"type": "string", "pattern": "^\\s*(?:https?://|mailto:|tel:|/(?!/))[^\\s\\\\]*\\s*$"});

    /// Where the site is served.
    Url = |_| json_schema!({"type": "string", "pattern": "^\\s*https?://[^\\s/?#\\\\\"<>@'][^\\s?#\\\\\"<>@']*\\s*$"});

    /// A hub of `WebSub`.
    Hub = |_| json_schema!({"type": "string", "pattern": "^\\s*https?://[^\\s\\\\]*\\s*$"});

    /// An IANA time zone.
    TimeZone = |_| json_schema!({"enum": Zone::names().collect::<Vec<_>>()});

    /// A language.
    Locale = |_| json_schema!({
        "description": "A built-in language, or one that the theme adds",
        "anyOf": [{"enum": languages::tags()}, {"type": "string", "pattern": LOCALE}],
    });

    /// A theme.
    ThemeName = |generator| json_schema!({
        "anyOf": [{"enum": crate::theme::built_in()}, generator.subschema_for::<Line>()],
    });

    /// How grave an incident is.
    SeverityWord = |_| vocabulary!(Severity, "`minor`, `moderate` or `critical`, or the same word in another language: `重大`");

    /// How a component is.
    StatusWord = |_| vocabulary!(ComponentStatus, "The status of the component");

    /// What still works in a phase.
    ModeWord = |_| vocabulary!(PhaseMode, "What still works in this phase");

    /// What the clock may declare.
    AutoWord = |_| vocabulary!(Auto, "Which changes noroshi announces at the planned times: the start (`start`), the start and the end (`both`), or `none`");

    /// What a notice is.
    LevelWord = |_| vocabulary!(Level, "`info`, `warning`, or `clarification`, which answers a rumour");

    /// The kind of a maintenance; a site may have kinds of its own.
    KindWord = |generator| json_schema!({
        "description": "The kind of maintenance: a built-in one, or one of `kinds` in site.yaml",
        "anyOf": [
            {"enum": MaintenanceKind::ALL.iter().map(|kind| kind.word()).collect::<Vec<_>>()},
            generator.subschema_for::<Line>(),
        ],
    });

    /// A kind of entry that questions are shown with.
    Surface = |_| kinds(&[EntryKind::Incident, EntryKind::Maintenance]);

    /// What the status API writes where it has no value.
    NullsWord = |_| json_schema!({"enum": crate::model::config::ApiNulls::WORDS});

    /// A host of static sites.
    HostName = |_| json_schema!({"enum": crate::hosts::WORDS});
    /// A form of the addresses of pages.
    AddressForm = |_| json_schema!({"enum": crate::address::Form::WORDS});
    /// The script of the names of new files.
    SlugScript = |_| json_schema!({"enum": crate::model::config::SlugScript::WORDS});

    /// A kind of entry that has fields.
    FieldKind = |_| kinds(&[EntryKind::Incident, EntryKind::Maintenance, EntryKind::Notice]);

    /// A component, group, row or column.
    ComponentName = |generator| generator.subschema_for::<Line>();

    /// Components with their statuses.
    ComponentStatuses = |generator| json_schema!({
        "type": "object",
        "additionalProperties": generator.subschema_for::<StatusWord>(),
    });

    /// The components that an entry touches.
    Affects = |generator| json_schema!({
        "anyOf": [
            {"type": "array", "items": generator.subschema_for::<ComponentName>()},
            generator.subschema_for::<ComponentStatuses>(),
            generator.subschema_for::<ComponentName>(),
        ],
    });

    /// The site's own facts.
    Fields = |generator| json_schema!({"type": "object", "additionalProperties": generator.subschema_for::<Text>()});

    /// A category of questions.
    Category = |generator| generator.subschema_for::<Line>();

    /// Something for each name that the team chooses.
    ByName<T> = |generator| by(&[], None, true, generator.subschema_for::<T>());
    /// Something for each severity.
    BySeverity<T> = |generator| by(
        &severities(),
        Some(pattern::words(Severity::known())),
        false,
        generator.subschema_for::<T>()
    );

    /// A known set of duties to report.
    DutyPreset = |_| json_schema!({"enum": crate::model::duties::PRESETS});
    /// A time allowed for a report.
    Allowance = |generator| json_schema!({
        "anyOf": [
            generator.subschema_for::<Duration>(),
            {"type": "string", "pattern": format!("^\\s*{}+\\s*(?:mo|[Mm]onths?|[かカヶヵケ箇]月)\\s*$", pattern::DIGIT)},
        ],
    });
    /// Something for each kind of maintenance.
    ByKind<T> = |generator| by(&maintenance_kinds(), None, true, generator.subschema_for::<T>());

    /// Something for each kind of entry, severity or kind of maintenance.
    BySubject<T> = |generator| {
        let entries = [EntryKind::Incident, EntryKind::Maintenance, EntryKind::Notice].map(EntryKind::word);
        let all = [entries.to_vec(), severities(), maintenance_kinds()].concat();
        by(&all, None, true, generator.subschema_for::<T>())
    };

    /// A kind of entry, a severity or a kind of maintenance.
    ApprovedKind = |generator| {
        let entries = [EntryKind::Incident, EntryKind::Maintenance, EntryKind::Notice].map(EntryKind::word);
        let all = [entries.to_vec(), severities(), maintenance_kinds()].concat();
        // The words of other languages, and the team's own kinds.
        json_schema!({"anyOf": [{"enum": all}, generator.subschema_for::<Line>()]})
    };

    /// What an entry must have.
    Demand = |_| {
        let sections = Section::ALL.iter().map(|section| section.word());
        let known: Vec<&str> = KEYS.into_iter().chain(sections).collect();
        json_schema!({
            "description": "A key of front matter, a section, a field such as `fields.funds`, or a private key such as `internal.tested`",
            "anyOf": [
                {"enum": known},
                {"type": "string", "pattern": "^\\s*(?:fields|internal)\\.\\S"},
                {"type": "string", "pattern": pattern::words(Section::known())},
            ],
        })
    };

    /// The level of each rule.
    Levels = |generator| {
        let rules: Vec<&str> = RULES.iter().map(|(code, _)| *code).collect();
        by(&rules, None, false, generator.subschema_for::<RuleLevelWord>())
    };

    /// The level of a rule.
    RuleLevelWord = |_| {
        let words = [RuleLevel::Off, RuleLevel::Warn, RuleLevel::Error].map(RuleLevel::word);
        vocabulary(&words, words.to_vec(), "`off` disables the rule, `warn` reports its findings, `error` also makes `check` fail")
    };
}

/// The same rule as `text::is_language_tag`.
const LOCALE: &str = "^[a-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[0-9A-Za-z]{5,8})*$";

/// An integer from `least` to `most`, both included.
fn whole(least: i64, most: i64) -> Schema {
    json_schema!({
        "anyOf": [
            {"type": "integer", "minimum": least, "maximum": most},
            {"type": "string", "pattern": format!("^[-+]?{}+$", pattern::DIGIT)},
        ],
    })
}

/// A choice among these kinds of entries.
fn kinds(known: &[EntryKind]) -> Schema {
    let words: Vec<&str> = known.iter().map(|kind| kind.word()).collect();
    let plural: Vec<String> = words.iter().map(|word| format!("{word}s")).collect();
    let all = words.iter().copied().chain(plural.iter().map(String::as_str));
    json_schema!({"anyOf": [{"enum": words}, {"type": "string", "pattern": pattern::words(all)}]})
}

/// A mapping with these keys and keys that match the pattern; others only if `open`.
pub(super) fn by(keys: &[&str], pattern: Option<String>, open: bool, value: Schema) -> Schema {
    let value = Value::from(value);
    let properties: Map<String, Value> = keys.iter().map(|key| ((*key).to_owned(), value.clone())).collect();
    let mut schema = json_schema!({"type": "object", "properties": properties});
    if let Some(pattern) = pattern {
        let mut patterns = Map::new();
        patterns.insert(pattern, value.clone());
        schema.insert("patternProperties".into(), patterns.into());
    }
    schema.insert("additionalProperties".into(), if open { value } else { json!(false) });
    schema
}

pub(super) fn severities() -> Vec<&'static str> {
    Severity::ALL.iter().map(|severity| severity.word()).collect()
}

fn maintenance_kinds() -> Vec<&'static str> {
    MaintenanceKind::ALL.iter().map(|kind| kind.word()).collect()
}
