//! Finds the status that words express: exactly, with common additions (復旧しました, `Update #2`, 第2報), or
//! among the other words of a title.

use crate::text;
use crate::vocabulary::{Aliases, FactKey, Status};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NamedStatus {
    pub(super) status: Status,
    /// The word as written; `None` if no single word stands for the status, as for 第2報.
    pub(super) word: Option<String>,
    /// Whether the words say more, such as the number of a report.
    pub(super) is_more: bool,
    /// Whether the status belongs to another kind of entry.
    pub(super) is_foreign: bool,
}

pub(super) struct Words<'a> {
    pub(super) statuses: &'static [Status],
    pub(super) more: &'a Aliases,
    /// Whether to report statuses of other kinds of entries. A notice may mention incidents and maintenance.
    pub(super) tells_foreign: bool,
}

/// Endings that people add to a status. No meaning is lost without them.
const BEHIND: &str = "\
    しました いたしました 致しました しています しております いたしております 中です です 済み 済 \
    のお知らせ のご報告 のご連絡 のご案内 に関するお知らせ について 完了 報告 情報 了 通知 公告 通报 通報 \
    되었습니다 됐습니다 했습니다 하였습니다 되었음 됐음 했음 됨 함 완료 안내 공지 입니다 ! 。";

/// Words for a day that people write after a status and a blank.
const DAYS: &str = "today yesterday heute gestern hoy ayer hier oggi hoje";

/// Words that people put before a status.
const AHEAD: &str = "\
    status ステータス 状態 状况 狀態 상태 estado statut stato état now 已 本日 昨日 今日";

/// Words beside a status that make it expected, feared or past, or part of a name.
const OTHERWISE: &str = "\
    見込 目途 目処 めど 日時 時刻 予定 次回 前回 最終 最後 手順 方法 期間 時間帯 前の 未 ません ない まだ \
    経緯 履歴 一覧 際 次の 下次 下一次 下回 上次 最后 预计 預計 尚未 다음 마지막 예상 이전 않 next last \
    expected estimated eta not nächst* letzt* voraussichtlich* noch nicht prochain* dernière* prévu* pas \
    próxim* últim* previst* prossim* ultim* следующ* последн* volgend* następn* sonraki";

/// Words right before a time that make it the start or the end of something.
const LIMIT_BEFORE: &[&str] = &[
    "until",
    "till",
    "by",
    "before",
    "after",
    "bis",
    "vor",
    "nach",
    "avant",
    "après",
    "antes de",
    "antes das",
    "до",
    "после",
    "tot",
    "voor",
];

/// Words right after a time that make it the start or the end of something.
const LIMIT_BEHIND: &[&str] =
    &["まで", "から", "以降", "以前", "より前", "까지", "부터", "之前", "以后", "以後", "之后"];

/// Whether the text around a time makes it only the start or the end of something.
pub(super) fn is_limit(before: &str, after: &str) -> bool {
    let before = text::fold(before);
    let ends =
        |word: &&&str| before.strip_suffix(**word).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '));
    let after = after.trim_start();
    LIMIT_BEFORE.iter().any(|word| ends(&word)) || LIMIT_BEHIND.iter().any(|word| after.starts_with(word))
}

impl Words<'_> {
    /// Whether a word for a status may begin with these letters, or they with it.
    pub(super) fn may_begin_with(&self, letters: &str) -> bool {
        Status::may_begin_with(letters, self.more)
    }

    pub(super) fn exactly(&self, words: &str) -> Option<NamedStatus> {
        if words.is_empty() {
            return None;
        }
        let of = |status, is_foreign| NamedStatus {
            status,
            word: Some(words.to_owned()),
            is_more: false,
            is_foreign,
        };
        if let Some(status) = Status::from_word_or_alias(words, self.statuses, self.more) {
            return Some(of(status, false));
        }
        let foreign =
            Status::from_word_or_alias(words, Status::ALL, self.more).filter(|_| self.tells_foreign)?;
        (foreign != Status::Scheduled && !self.is_fact(words)).then(|| of(foreign, true))
    }

    /// The status that the words express after common additions are removed.
    pub(super) fn nearly(&self, words: &str) -> Option<NamedStatus> {
        let mut rest = words.trim();
        let mut is_more = false;
        for _ in 0..4 {
            if let Some(named) = self.exactly(rest) {
                return Some(NamedStatus { is_more: is_more || named.is_more, ..named });
            }
            if is_report(rest) {
                return Some(NamedStatus {
                    status: Status::Update,
                    word: None,
                    is_more: true,
                    is_foreign: false,
                });
            }
            let lower = rest.to_lowercase();
            let same = lower.len() == rest.len();
            let signs = |text: &'_ str| -> (usize, usize) {
                let bare = trimmed(text);
                (text.find(bare).unwrap_or(0), bare.len())
            };
            let number = rest.trim_end_matches(|c: char| c.is_numeric());
            let next = if number.len() < rest.len() {
                is_more = true;
                number.trim_end_matches(['#', '.', ' ', '(', '-'])
            } else if let Some(head) = without_ending(rest) {
                head
            } else if let Some(head) = AHEAD.split(' ').find(|head| same && lower.starts_with(*head)) {
                rest.get(head.len()..).unwrap_or_default()
            } else {
                return None;
            };
            let (start, length) = signs(next);
            rest = next.get(start..start + length).unwrap_or_default();
        }
        None
    }

    /// Every status among the words, best first, and whether one is at the beginning or at the end.
    pub(super) fn within(&self, words: &str) -> (Vec<NamedStatus>, bool) {
        let folded = text::fold(words);
        let mut found: Vec<(usize, usize, Status)> = Vec::new();
        let added = self.more.of("status").map(str::to_owned);
        for word in Status::known().map(str::to_owned).chain(added) {
            let folded_word = text::fold(&word).replace('_', " ");
            let Some(status) = Status::from_word_or_alias(&word, self.statuses, self.more) else { continue };
            let places = folded.match_indices(&*folded_word).map(|(at, _)| (at, at + folded_word.len()));
            found.extend(
                places.filter(|(from, to)| stands_alone(&folded, *from, *to)).map(|(a, b)| (a, b, status)),
            );
        }
        // Of overlapping words, the longest wins.
        found.sort_by_key(|(from, to, _)| (*from, usize::MAX - (to - from)));
        let mut until = 0;
        found.retain(|(from, to, _)| {
            let is_free = *from >= until;
            until = if is_free { *to } else { until };
            is_free
        });
        let is_at_an_end = found.iter().any(|(from, to, _)| *from == 0 || *to == folded.len());
        // A status that keeps the state says less than one that sets it, so it comes last.
        found.sort_by_key(|(from, _, status)| (matches!(status, Status::Update | Status::Correction), *from));
        let mut all: Vec<NamedStatus> = Vec::new();
        for (from, to, status) in found {
            if all.iter().all(|named| named.status != status) {
                // The word is kept as written if folding did not move its bytes.
                let place = words.get(from..to).filter(|word| text::fold(word) == folded[from..to]);
                let word = place.or_else(|| folded.get(from..to)).map(str::to_owned);
                all.push(NamedStatus { status, word, is_more: true, is_foreign: false });
            }
        }
        if all.len() > 1 && matches!(all[1].status, Status::Update | Status::Correction) {
            all.truncate(1);
        }
        (all, is_at_an_end)
    }

    /// Whether the words are the key of a fact, which gives a time but is not an update.
    pub(super) fn is_fact(&self, words: &str) -> bool {
        FactKey::from_word_or_alias(words, FactKey::ALL, self.more).is_some()
    }

    /// Whether the last words are the key of a fact: `Scheduled start`.
    pub(super) fn ends_with_a_fact(&self, words: &str) -> bool {
        let words = trimmed(words);
        let starts = words.match_indices(char::is_whitespace).map(|(at, blank)| at + blank.len()).rev();
        starts.take(3).any(|start| self.is_fact(trimmed(&words[start..])))
    }
}

/// The words without the longest ending that people add.
fn without_ending(words: &str) -> Option<&str> {
    let plain = BEHIND.split(' ').filter_map(|ending| words.strip_suffix(ending));
    let days = DAYS.split(' ').filter_map(|day| words.strip_suffix(day)?.strip_suffix(' '));
    plain.chain(days).min_by_key(|rest| rest.len())
}

/// Whether the words say that a status is expected, past or denied.
pub(super) fn is_not_in_force(words: &str) -> bool {
    let folded = text::fold(words);
    let parts = || folded.split(|c: char| !c.is_alphanumeric());
    OTHERWISE.split(' ').any(|word| match word.strip_suffix('*') {
        Some(stem) => parts().any(|part| part.starts_with(stem)),
        None if word.chars().all(char::is_lowercase) => parts().any(|part| part == word),
        None => folded.contains(word),
    })
}

/// Whether the words are a report number: 第2報, 第二報, `Report 3`.
fn is_report(words: &str) -> bool {
    let inner = words.strip_prefix('第').and_then(|rest| rest.strip_suffix(['報', '报']));
    inner.is_some_and(|number| {
        let number = number.trim();
        !number.is_empty() && number.chars().all(|c| c.is_numeric() || "一二三四五六七八九十".contains(c))
    })
}

/// Whether a word in folded text is a separate word. In scripts without blanks the text after it decides:
/// 復旧しました contains the word, 復旧手順 is another word.
fn stands_alone(text: &str, from: usize, to: usize) -> bool {
    let (before, after) = (&text[..from], &text[to..]);
    let has_case = |c: Option<char>| c.is_some_and(|c| c.is_lowercase() || c.is_uppercase());
    let word = &text[from..to];
    let starts = if has_case(word.chars().next()) { !has_case(before.chars().next_back()) } else { true };
    let next = after.chars().next();
    let ends = if has_case(word.chars().next_back()) {
        !has_case(next)
    } else {
        let goes_on = next.is_some_and(|c| c.is_alphabetic() && !matches!(c, '\u{3040}'..='\u{309f}'));
        let is_known = [
            "済", "完了", "報", "通知", "公告", "正常", "了", "되", "됐", "했", "하", "안내", "공지", "완료",
            "이", "을", "를", "됨", "함",
        ];
        !goes_on || is_known.iter().any(|tail| after.starts_with(tail))
    };
    starts && ends
}

/// The words without punctuation and blanks around them.
pub(super) fn trimmed(words: &str) -> &str {
    words.trim_matches(|c: char| !c.is_alphanumeric() && c != '?')
}
