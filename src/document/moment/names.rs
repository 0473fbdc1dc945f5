//! The names of months, days of the week and zones in the built-in languages.
//!
//! An abbreviated word (`Nov`, `févr.`, `сент`) is accepted if all names that it may abbreviate have the same
//! meaning.

use std::sync::LazyLock;

use crate::message::{Message, message};

/// The names of the months, twelve for each language, in the form used beside a day.
const MONTHS: [&str; 12] = [
    "january januar janvier enero gennaio janeiro января январь januari stycznia styczeń ocak يناير",
    "february februar février febrero febbraio fevereiro февраля февраль februari lutego luty şubat فبراير",
    "march märz maerz mars marzo março марта март maart mrt marca marzec mart مارس",
    "april avril abril aprile апреля апрель kwietnia kwiecień nisan أبريل",
    "may mai mayo maggio maio мая май mei maja maj mayıs مايو",
    "june juni juin junio giugno junho июня июнь czerwca czerwiec haziran يونيو",
    "july juli juillet julio luglio julho июля июль lipca lipiec temmuz يوليو",
    "august août aout agosto августа август augustus sierpnia sierpień ağustos أغسطس",
    "september septembre septiembre setiembre settembre setembro сентября сентябрь września wrzesień eylül سبتمبر",
    "october oktober octobre octubre ottobre outubro октября октябрь października październik ekim أكتوبر",
    "november novembre noviembre novembro ноября ноябрь listopada listopad kasım نوفمبر",
    "december dezember décembre diciembre dicembre dezembro декабря декабрь grudnia grudzień aralık ديسمبر",
];

/// The full names of the days of the week, from Monday on.
const WEEKDAYS: [&str; 7] = [
    "monday montag lundi lunes lunedì lunedi segunda понедельник maandag poniedziałek pazartesi الاثنين 월요일 月曜日 月曜 星期一 週一 周一 礼拜一 禮拜一",
    "tuesday dienstag mardi martes martedì martedi terça вторник dinsdag wtorek salı الثلاثاء 화요일 火曜日 火曜 星期二 週二 周二 礼拜二 禮拜二",
    "wednesday mittwoch mercredi miércoles mercoledì mercoledi quarta среда woensdag środa çarşamba الأربعاء 수요일 水曜日 水曜 星期三 週三 周三 礼拜三 禮拜三",
    "thursday donnerstag jeudi jueves giovedì giovedi quinta четверг donderdag czwartek perşembe الخميس 목요일 木曜日 木曜 星期四 週四 周四 礼拜四 禮拜四",
    "friday freitag vendredi viernes venerdì venerdi sexta пятница vrijdag piątek cuma الجمعة 금요일 金曜日 金曜 星期五 週五 周五 礼拜五 禮拜五",
    "saturday samstag sonnabend samedi sábado sabato суббота zaterdag sobota cumartesi السبت 토요일 土曜日 土曜 星期六 週六 周六 礼拜六 禮拜六",
    "sunday sonntag dimanche domingo domenica воскресенье zondag niedziela pazar الأحد 일요일 日曜日 日曜 星期日 星期天 週日 周日 礼拜天 禮拜天",
];

/// Short names of days of the week that are not prefixes of the full names, or have fewer than three letters. They
/// are read only in brackets, or before a point or a comma.
const SHORT: [&str; 7] = [
    "mo ma lu пн pn pzt t2 月 월 一 2ª",
    "di tu вт wt sa sal t3 火 화 二 3ª",
    "mi we wo ср śr çar çrş t4 水 수 三 4ª",
    "do th чт cz prş per t5 木 목 四 5ª",
    "fr vr пт pt t6 金 금 五 6ª",
    "sa za sb сб cmt t7 土 토 六",
    "so su zo вс nd paz cn 日 일 天",
];

/// Sorted names, each with the number of its month or day.
struct Names(Vec<(&'static str, u8)>);

impl Names {
    /// Collects rows of names, numbered from `from`.
    fn of(rows: &[&'static str], from: u8) -> Names {
        let rows = (from..).zip(rows);
        let mut all: Vec<_> =
            rows.flat_map(|(number, names)| names.split(' ').map(move |name| (name, number))).collect();
        all.sort_unstable();
        Names(all)
    }

    /// The names that begin with a word. Names equal to the word come first.
    fn that_begin_with<'w>(&self, word: &'w str) -> impl Iterator<Item = (&'static str, u8)> + use<'_, 'w> {
        let first = self.0.partition_point(|(name, _)| *name < word);
        self.0[first..].iter().copied().take_while(move |(name, _)| name.starts_with(word))
    }
}

static OF_MONTHS: LazyLock<Names> = LazyLock::new(|| Names::of(&MONTHS, 1));
static OF_WEEKDAYS: LazyLock<Names> = LazyLock::new(|| Names::of(&WEEKDAYS, 0));
static SHORT_OF_WEEKDAYS: LazyLock<Names> = LazyLock::new(|| Names::of(&SHORT, 0));

pub(super) fn month(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    let mut found = OF_MONTHS.that_begin_with(&word);
    let (name, month) = found.next()?;
    let is_clear = name == word || word.chars().count() >= 3 && found.all(|(_, other)| other == month);
    is_clear.then_some(u32::from(month))
}

/// The days of the week that a word may mean, as bits; the lowest bit is Monday. `is_marked` is set in brackets or
/// before a point, where two letters are enough.
pub(super) fn weekdays(word: &str, is_marked: bool) -> u8 {
    let word = word.to_lowercase();
    let is_cut = word.chars().count() >= if word.is_ascii() { 3 } else { 2 };
    let long = OF_WEEKDAYS.that_begin_with(&word).filter(|(name, _)| is_cut || *name == word);
    let short = SHORT_OF_WEEKDAYS.that_begin_with(&word).filter(|(name, _)| is_marked && *name == word);
    long.chain(short).fold(0, |found, (_, day)| found | 1 << day)
}

/// A zone abbreviation with several meanings.
#[derive(Debug, PartialEq, Eq)]
pub struct Ambiguous {
    pub name: &'static str,
    /// The offset of each meaning in minutes east of UTC, and the region that uses it.
    pub meanings: &'static [(i32, Region)],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    America,
    Arabia,
    Atlantic,
    Australia,
    Bangladesh,
    Britain,
    China,
    Cuba,
    Gulf,
    India,
    Ireland,
    Israel,
    Malaysia,
    Philippines,
    Samoa,
    Singapore,
    SouthGeorgia,
}

impl Region {
    #[must_use]
    pub fn name(self) -> Message {
        match self {
            Region::America => message!("document-region-america", "America"),
            Region::Arabia => message!("document-region-arabia", "Arabia"),
            Region::Atlantic => message!("document-region-atlantic", "the Atlantic"),
            Region::Australia => message!("document-region-australia", "Australia"),
            Region::Bangladesh => message!("document-region-bangladesh", "Bangladesh"),
            Region::Britain => message!("document-region-britain", "Britain"),
            Region::China => message!("document-region-china", "China"),
            Region::Cuba => message!("document-region-cuba", "Cuba"),
            Region::Gulf => message!("document-region-gulf", "the Gulf"),
            Region::India => message!("document-region-india", "India"),
            Region::Ireland => message!("document-region-ireland", "Ireland"),
            Region::Israel => message!("document-region-israel", "Israel"),
            Region::Malaysia => message!("document-region-malaysia", "Malaysia"),
            Region::Philippines => message!("document-region-philippines", "the Philippines"),
            Region::Samoa => message!("document-region-samoa", "Samoa"),
            Region::Singapore => message!("document-region-singapore", "Singapore"),
            Region::SouthGeorgia => message!("document-region-south-georgia", "South Georgia"),
        }
    }
}

/// Zone abbreviations with a single offset, by that offset in minutes east of UTC.
const ZONES: [(i32, &str); 20] = [
    (-600, "HST"),
    (-540, "AKST"),
    (-480, "AKDT"),
    (-420, "PDT"),
    (-360, "MDT"),
    (-240, "EDT"),
    (-180, "BRT"),
    (0, "UTC GMT WET"),
    (60, "CET MEZ WEST"),
    (120, "EET SAST CEST MESZ"),
    (180, "MSK МСК TRT EEST"),
    (345, "NPT"),
    (420, "WIB ICT"),
    (480, "HKT SGT AWST 北京时间 北京時間 臺北時間"),
    (540, "JST KST 日本時間"),
    (600, "AEST"),
    (630, "ACDT"),
    (660, "AEDT"),
    (720, "NZST"),
    (780, "NZDT"),
];

static AMBIGUOUS: [Ambiguous; 10] = [
    Ambiguous {
        name: "CST",
        meanings: &[(-360, Region::America), (480, Region::China), (-300, Region::Cuba)],
    },
    Ambiguous { name: "CDT", meanings: &[(-300, Region::America), (-240, Region::Cuba)] },
    Ambiguous {
        name: "IST",
        meanings: &[(330, Region::India), (120, Region::Israel), (60, Region::Ireland)],
    },
    Ambiguous { name: "BST", meanings: &[(60, Region::Britain), (360, Region::Bangladesh)] },
    Ambiguous { name: "EST", meanings: &[(-300, Region::America), (600, Region::Australia)] },
    Ambiguous { name: "MST", meanings: &[(-420, Region::America), (480, Region::Malaysia)] },
    Ambiguous { name: "PST", meanings: &[(-480, Region::America), (480, Region::Philippines)] },
    Ambiguous { name: "AST", meanings: &[(-240, Region::Atlantic), (180, Region::Arabia)] },
    Ambiguous { name: "GST", meanings: &[(240, Region::Gulf), (-120, Region::SouthGeorgia)] },
    Ambiguous { name: "SST", meanings: &[(-660, Region::Samoa), (480, Region::Singapore)] },
];

/// The offset of a zone in minutes, or its possible meanings.
pub(super) fn zone(name: &str) -> Option<Result<i32, &'static Ambiguous>> {
    let is_here = |names: &str| names.split(' ').any(|known| known == name);
    let known = ZONES.iter().find(|(_, names)| is_here(names)).map(|(minutes, _)| Ok(*minutes));
    known.or_else(|| AMBIGUOUS.iter().find(|zone| zone.name == name).map(Err))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_days_of_the_week_are_known_in_full_and_for_short() {
        for (word, number) in [
            ("November", 11),
            ("nov", 11),
            ("mar", 3),
            ("Mai", 5),
            ("août", 8),
            ("ноября", 11),
            ("kas", 11),
            ("SEPT", 9),
        ] {
            assert_eq!(month(word), Some(number), "{word}");
        }
        for word in ["ma", "jui", "monday", "users", ""] {
            assert_eq!(month(word), None, "{word}");
        }
        assert_eq!(weekdays("Fri", false), 1 << 4);
        assert_eq!(weekdays("金", true), 1 << 4);
        assert_eq!(weekdays("金", false), 0);
        assert_eq!(weekdays("mar", false), 1 << 1);
        assert_eq!(weekdays("monitoring", false), 0);
        assert_eq!(weekdays("Sa", true) & (1 << 5), 1 << 5);
    }
}
