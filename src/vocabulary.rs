//! The words of the format, in every built-in language.
//!
//! Writers may say `investigating` or `調査中`, `next_update` or `次回更新`; compared after NFKC and case
//! folding, with `_`, `-` and blanks alike. The first word of a row is the canonical one.

use crate::text;

/// Languages whose words and messages are built in.
pub const LANGUAGES: [&str; 2] = ["ja", "en"];

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident: $canonical:literal $(, $word:literal)*;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            const ROWS: &'static [Row<$name>] =
                &[$(($name::$variant, &[$canonical $(, $word)*]),)*];

            /// Every value, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The canonical word, as in front matter, feeds and APIs.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $canonical,)* }
            }

            /// The value that a word stands for.
            #[must_use]
            pub fn from_word(word: &str) -> Option<$name> {
                find(Self::ROWS.iter(), word)
            }

            /// The value among `allowed` that a word stands for: some words mean one thing in an
            /// incident and another in a maintenance.
            #[must_use]
            pub fn from_word_among(word: &str, allowed: &[$name]) -> Option<$name> {
                find(Self::ROWS.iter().filter(|r| allowed.contains(&r.0)), word)
            }

            /// The canonical word that `word` was most likely meant to be.
            #[must_use]
            pub fn nearest(word: &str) -> Option<&'static str> {
                text::nearest(word, Self::ROWS.iter().flat_map(|r| r.1.iter().copied()))
            }
        }
    };
}

fn find<'r, T: Copy + 'r>(mut rows: impl Iterator<Item = &'r Row<T>> + Clone, word: &str) -> Option<T> {
    if let Some(row) = rows.clone().find(|r| r.1[0] == word) {
        return Some(row.0);
    }
    let folded = text::fold(word);
    rows.find(|r| r.1.iter().any(|known| is_same(known, &folded))).map(|r| r.0)
}

/// A value and its words.
type Row<T> = (T, &'static [&'static str]);

/// Whether two words differ only in what joins their parts: `_`, `-` or a blank.
fn is_same(known: &str, folded: &str) -> bool {
    let plain = |b: u8| if b == b'_' || b == b'-' { b' ' } else { b };
    known.len() == folded.len() && known.bytes().map(plain).eq(folded.bytes().map(plain))
}

words! {
    /// What an update says of its entry.
    Status {
        /// Somebody looks into it.
        Investigating: "investigating", "調査中", "調査";
        /// The cause is known.
        Identified: "identified", "原因特定", "原因判明", "特定";
        /// Mended, and watched.
        Monitoring: "monitoring", "監視中", "経過観察", "経過観察中", "監視";
        /// Over.
        Resolved: "resolved", "復旧", "解決", "復旧済み", "解消";
        /// Announced.
        Scheduled: "scheduled", "予定", "告知", "実施予定";
        /// Will be at another time.
        Postponed: "postponed", "延期";
        /// Work has begun.
        InProgress: "in_progress", "作業中", "実施中", "開始";
        /// Work is done and being confirmed.
        Verifying: "verifying", "確認中";
        /// All is well again.
        Completed: "completed", "完了", "終了";
        /// Will not take place.
        Cancelled: "cancelled", "canceled", "中止", "取りやめ";
        /// News that keeps the state.
        Update: "update", "続報", "更新", "経過報告", "お知らせ";
        /// Says what was wrong and what is right.
        Correction: "correction", "訂正";
    }
}

words! {
    /// A section of an entry that is no update.
    Section {
        /// What helps meanwhile.
        Workaround: "workaround", "回避策", "回避方法", "代替手段";
        /// What users should do.
        Actions: "actions", "お願い", "お客様へのお願い", "対応のお願い";
        /// Questions and answers.
        Faq: "faq", "よくある質問", "よくあるご質問", "questions";
        /// What users get back.
        Compensation: "compensation", "補償", "補償について";
        /// What was learnt from an incident.
        Postmortem: "postmortem", "post-mortem", "事後報告", "事後報告書", "原因と対策";
        /// What was learnt from a maintenance.
        Evaluation: "evaluation", "評価", "実施後の評価", "検証";
    }
}

words! {
    /// The key of a fact line under an update heading.
    FactKey {
        /// Components and their statuses.
        Affects: "affects", "対象", "影響対象";
        /// How grave the incident is.
        Severity: "severity", "重大度", "区分", "深刻度";
        /// When the next update is promised.
        NextUpdate: "next_update", "次回更新", "次回のお知らせ", "次回報告";
        /// When it is hoped to be over.
        ExpectedRecovery: "expected_recovery", "復旧見込み", "復旧予定";
        /// When the impact ended.
        Ended: "ended", "終了", "復旧日時", "終了日時";
        /// When a maintenance begins.
        Start: "start", "開始", "開始日時";
        /// When a maintenance ends.
        End: "end", "終了", "終了予定", "終了時刻";
        /// The occurrence of a series that an update belongs to.
        Occurrence: "occurrence", "対象日", "実施日";
    }
}

impl FactKey {
    /// The word for one of `allowed` that `word` was most likely meant to be.
    ///
    /// Short words of other languages are left out: one sign of 対象 makes it 対策.
    #[must_use]
    pub fn nearest_among(word: &str, allowed: &[FactKey]) -> Option<&'static str> {
        let rows = Self::ROWS.iter().filter(|r| allowed.contains(&r.0));
        let known = rows.flat_map(|r| r.1.iter().copied());
        text::nearest(word, known.filter(|w| w.is_ascii() || w.chars().count() > 3))
    }
}

words! {
    /// How grave an incident is.
    Severity {
        /// Something is limited; trading and assets are not touched.
        Minor: "minor", "軽微";
        /// Some functions have stopped.
        Moderate: "moderate", "中程度", "中度";
        /// Everything has stopped, or assets are at risk.
        Critical: "critical", "重大";
    }
}

words! {
    /// How a component is, best to worst.
    ComponentStatus {
        /// As it should be.
        Operational: "operational", "正常", "稼働中";
        /// Slow or incomplete.
        Degraded: "degraded_performance", "degraded", "性能低下", "遅延", "不安定";
        /// Stopped on purpose.
        Maintenance: "under_maintenance", "maintenance", "メンテナンス中", "メンテナンス";
        /// Stopped for some.
        Partial: "partial_outage", "partial", "一部停止", "一部障害";
        /// Stopped for all.
        Major: "major_outage", "major", "停止", "全面停止";
    }
}

words! {
    /// The kinds of maintenance that every site has.
    MaintenanceKind {
        /// Weekly or monthly.
        Regular: "regular", "定期", "定期メンテナンス";
        /// A new version of the system.
        Update: "update", "システムアップデート", "アップデート";
        /// Machines are added or exchanged.
        Server: "server", "サーバー", "サーバーメンテナンス";
        /// Could not be announced ahead.
        Emergency: "emergency", "緊急", "緊急メンテナンス";
    }
}

words! {
    /// What still works in a phase of a maintenance.
    PhaseMode {
        /// Nothing.
        Halted: "halted", "停止";
        /// Orders can be cancelled.
        CancelOnly: "cancel_only", "取消のみ", "注文の取消のみ";
        /// Only orders that add to the book.
        PostOnly: "post_only", "ポストオンリー";
        /// Some things.
        Limited: "limited", "制限あり", "一部制限";
    }
}

words! {
    /// What the clock may declare without a human.
    Auto {
        /// That a maintenance has begun.
        Start: "start";
        /// That it has begun and that it is over.
        Both: "both";
        /// Nothing.
        None: "none";
    }
}

words! {
    /// What a notice is.
    Level {
        /// News.
        Info: "info", "お知らせ";
        /// Beware.
        Warning: "warning", "注意", "注意喚起";
        /// Answers a rumour.
        Clarification: "clarification", "事実確認", "説明";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_in_both_languages_and_in_any_width() {
        assert_eq!(Status::from_word("Investigating"), Some(Status::Investigating));
        assert_eq!(Status::from_word("in progress"), Some(Status::InProgress));
        assert_eq!(Status::from_word("ＲＥＳＯＬＶＥＤ"), Some(Status::Resolved));
        assert_eq!(FactKey::from_word("次回更新"), Some(FactKey::NextUpdate));
        assert_eq!(Severity::from_word("重大"), Some(Severity::Critical));
        assert_eq!(Status::from_word("resovled"), None);
        assert_eq!(Status::nearest("resovled"), Some("resolved"));
    }

    #[test]
    fn statuses_are_ordered_from_best_to_worst() {
        assert!(ComponentStatus::Operational < ComponentStatus::Degraded);
        assert!(ComponentStatus::Maintenance < ComponentStatus::Partial);
    }
}
