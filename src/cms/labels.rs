//! Labels of fields and options, in Japanese or English.

use crate::kind::EntryKind;
use crate::languages;
use crate::model::Config;
use crate::vocabulary::Severity;

/// Keys with their labels in English and Japanese.
const WORDS: [(&str, &str, &str); 61] = [
    ("entries", "Entries", "記事の編集"),
    ("incidents", "Incidents", "障害"),
    ("incident", "Incident", "障害"),
    ("maintenance", "Maintenance", "メンテナンス"),
    ("notices", "Notices", "お知らせ"),
    ("notice", "Notice", "お知らせ"),
    ("faq", "Questions", "よくある質問"),
    ("pages", "Pages", "固定ページ"),
    ("page", "Page", "固定ページ"),
    ("body", "Text and updates", "本文と続報"),
    ("answer", "Answer", "回答"),
    ("title", "Title", "題名"),
    ("severity", "Severity", "区分"),
    ("kind", "Kind", "種類"),
    ("level", "Level", "種別"),
    ("category", "Category", "分類"),
    ("affects", "What is affected", "対象"),
    ("components", "Related components", "対象"),
    ("started", "Start of the impact", "発生日時"),
    ("detected", "Detected", "検知日時"),
    ("window", "Window", "実施時間"),
    ("start", "Start", "開始"),
    ("end", "End, or `unknown`", "終了（未定も可）"),
    ("phases", "Phases", "段階"),
    ("mode", "What still works", "その間に使えるもの"),
    ("scope", "Scope", "影響の範囲"),
    ("cancel_before", "Cancel orders before", "注文取消の期限"),
    ("advice", "Advice, one line", "お客様へのお願い（1 行）"),
    ("expected_recovery", "Expected recovery: a time or text", "復旧見込み（日時または文）"),
    ("next_update", "Next update", "次回更新"),
    ("fields", "Custom fields", "このサイトの項目"),
    ("numbering", "Number the reports", "報に番号を付ける（第1報、第2報）"),
    ("backfilled", "Written afterwards", "後から記録した"),
    ("auto", "What noroshi announces by itself", "時刻が来たら自動で伝えること"),
    ("auto-start", "The start", "開始したこと"),
    ("auto-both", "The start and the end", "開始したことと完了したこと"),
    ("auto-none", "Nothing", "何も伝えない"),
    ("recurrence", "Recurrence", "繰り返し"),
    ("rule", "Rule: FREQ=WEEKLY;BYDAY=TU", "規則（毎週火曜、毎月第2日曜、FREQ=WEEKLY;BYDAY=TU など）"),
    ("until", "Until", "いつまで"),
    ("except", "Not on these days", "実施しない日"),
    ("surface", "Shown with", "一緒に表示する記事"),
    ("pinned", "Stays on the home page", "トップに固定"),
    ("expires_at", "Until", "掲載の終わり"),
    ("nav", "In the header", "ヘッダーに載せる"),
    ("order", "Place in the order", "並び順"),
    ("updated", "Text last changed on", "最終更新日"),
    ("publish_at", "Not visible before", "公開日時"),
    ("draft", "Draft: not published", "下書き（公開しない）"),
    ("reviewed_by", "Reviewers (not published)", "確認した人（非公開）"),
    ("internal", "For colleagues (not published)", "社内向け（非公開）"),
    ("reporter", "Who reported it", "報告者"),
    ("note", "Note", "メモ"),
    ("reports", "Reported to the authority at", "当局への報告日時"),
    ("tested", "How it was tested", "事前の検証"),
    ("rollback", "How to undo it", "切り戻しの手順"),
    ("withdrawn", "Withdrawn: the page shows only the reason", "取り下げ（理由だけを表示）"),
    ("at", "From", "いつから"),
    ("reason", "Why", "理由"),
    ("aliases", "Old addresses", "旧アドレス"),
    ("id", "Short name, in lower-case letters", "短い名前（英小文字）"),
];

/// The interface languages of the CMS, by its tags. It writes `_` in them, and knows one Portuguese.
const INTERFACES: [&str; 15] =
    ["ja", "en", "de", "es", "fr", "it", "ko", "nl", "pl", "pt", "ru", "tr", "vi", "zh_Hans", "zh_Hant"];

pub(crate) struct Labels<'a> {
    config: &'a Config,
    is_japanese: bool,
}

impl<'a> Labels<'a> {
    pub(crate) fn of(config: &'a Config) -> Labels<'a> {
        Labels { config, is_japanese: config.locales.first().is_some_and(|locale| locale == "ja") }
    }

    /// The labels in both languages.
    pub(crate) fn both(config: &'a Config) -> [Labels<'a>; 2] {
        [true, false].map(|is_japanese| Labels { config, is_japanese })
    }

    pub(crate) fn language(&self) -> &'static str {
        if self.is_japanese { "ja" } else { "en" }
    }

    /// The language of the CMS's own interface.
    pub(super) fn ui(&self) -> &'static str {
        let first = self.config.locales.first().map_or("en", String::as_str);
        let wanted = if first == "pt-BR" { "pt".to_owned() } else { first.replace('-', "_") };
        INTERFACES.into_iter().find(|tag| *tag == wanted).unwrap_or("en")
    }

    /// The label of a key, or the key itself if it has none.
    pub(crate) fn say<'k>(&self, key: &'k str) -> &'k str
    where
        'static: 'k,
    {
        let known = WORDS.iter().find(|(known, ..)| *known == key);
        known.map_or(key, |(_, english, japanese)| if self.is_japanese { japanese } else { english })
    }

    /// The label of an option: the site's own name for it, else the text that its pages show.
    pub(crate) fn option(&self, key: &str, word: &str) -> String {
        let config = self.config;
        let named = |choices: &[crate::model::config::Choice]| {
            choices.iter().find(|choice| choice.id == word).map(|choice| choice.name.get(0).1.clone())
        };
        let own = match key {
            "affects" => {
                config.components.find(word).map(|target| format!("{} ({word})", target.name.get(0).1))
            }
            "severity" => Severity::from_word(word)
                .and_then(|severity| config.severity(severity)?.name.as_ref())
                .map(|name| name.get(0).1.clone()),
            "kind" => named(&config.kinds),
            "category" => named(&config.categories),
            "surface" => Some(self.say(word).to_owned()),
            "auto" => Some(self.say(&format!("auto-{word}")).to_owned()),
            _ => config.fields.iter().find(|field| field.id == key).and_then(|field| named(&field.values)),
        };
        own.or_else(|| self.shown(&format!("{key}-{word} = "))).unwrap_or_else(|| word.to_owned())
    }

    /// A message of the pages.
    fn shown(&self, begins: &str) -> Option<String> {
        let language = languages::find(self.language())?;
        language.messages.lines().find_map(|line| line.strip_prefix(begins)).map(str::to_owned)
    }

    /// A button that writes the time in so many minutes.
    pub(super) fn step(&self, minutes: i64) -> String {
        match (minutes, self.is_japanese) {
            (0, true) => "今".to_owned(),
            (0, false) => "now".to_owned(),
            (_, true) if minutes % 60 == 0 => format!("{} 時間後", minutes / 60),
            (60, false) => "in 1 hour".to_owned(),
            (_, true) => format!("{minutes} 分後"),
            (_, false) => format!("in {minutes} minutes"),
        }
    }

    /// The hint for an invalid time.
    pub(super) fn time(&self, example: &str) -> String {
        if self.is_japanese {
            format!("{example} のように書いてください")
        } else {
            format!("write it as {example}")
        }
    }

    /// The hint on how to write the text of an entry.
    pub(super) fn hint(&self, kind: EntryKind) -> &'static str {
        match (kind, self.is_japanese) {
            (EntryKind::Incident, true) => {
                "まずお客様が何に気づくかを書きます。続報は「## 調査中 2026-11-20 10:20」のような見出しで足し、すぐ下の行に「次回更新：11:00」、1 行あけて文章を書きます。"
            }
            (EntryKind::Incident, false) => {
                "Start with what a user notices. Then add each update: a line `## investigating 2026-11-20 10:20`, directly below it `next_update: 11:00`, an empty line, and the text."
            }
            (EntryKind::Maintenance, true) => {
                "まず何をするかを書きます。続報は「## 予定 2026-11-20 10:20」「## 完了 2026-12-01 05:00」のような見出しで足します。"
            }
            (EntryKind::Maintenance, false) => {
                "Start with what you do. Then add each update: a line `## scheduled 2026-11-20 10:20` or `## completed 2026-12-01 05:00`, an empty line, and the text."
            }
            (_, true) => "Markdown で書きます。",
            (_, false) => "Write Markdown.",
        }
    }
}
