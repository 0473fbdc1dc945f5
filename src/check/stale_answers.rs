//! Reports answers of a closed entry that still say that the team is investigating.
//!
//! The check reads whole sentences and knows only a few phrases. A sentence about a past investigation, or about
//! the name of a state, does not count.

use crate::diagnostic::Diagnostic;
use crate::message::message;
use crate::model::{EntryQuestion, Head, Model, Update};
use crate::text;
use crate::vocabulary::Status;

/// The phrases with which a language says that the team is investigating.
struct Phrases {
    /// The BCP 47 tag up to the first `-`, or the whole tag if scripts differ.
    language: &'static str,
    /// Phrases that are enough on their own, with commas between them.
    plain: &'static str,
    /// Phrases that count only beside a word for now.
    beside_now: &'static [&'static str],
    now: &'static [&'static str],
    /// Prefixes, continuations and brackets that make the sentence about another time or a name.
    not: &'static [&'static str],
}

/// A language in which every phrase is enough on its own.
const PLAIN: Phrases = Phrases { language: "", plain: "", beside_now: &[], now: &[], not: &[] };

const PHRASES: [Phrases; 17] = [
    Phrases {
        language: "ja",
        plain: "\
            確認中です, 確認中でございます, 調査中です, 調査中でございます, 調査中のため, 調査しています, \
            調査しております, 調査を行っています, 調査を行っております, 調査を進めています, \
            調査を進めております, 確認を進めています, 確認を進めております, 原因を調べています, \
            原因を調べております",
        beside_now: &[
            "確認中",
            "調査中",
            "確認しています",
            "確認しております",
            "確認いたしております",
            "調べています",
            "調べております",
        ],
        now: &["現在", "ただいま", "只今", "今も", "引き続き"],
        not: &[
            "本人確認中",
            "中でした",
            "中だった",
            "中に",
            "中は",
            "中の場合",
            "中ではあ",
            "中では",
            "中」",
            "中』",
            "当時",
        ],
    },
    Phrases {
        language: "en",
        plain: "\
            we are checking, we're checking, we are still checking, we're still checking, \
            we are currently checking, we are investigating, we're investigating, \
            we are still investigating, we're still investigating, we are currently investigating, \
            we are looking into, we're looking into, we are still looking into, is being checked, \
            are being checked, is still being checked, are still being checked, is being investigated, \
            are being investigated, is still being investigated, is under investigation, \
            are under investigation, remains under investigation, still under investigation, \
            currently under investigation",
        not: &["while ", "when ", "whenever ", "if ", "until ", "once ", "as long as ", "during ", "\"", "“"],
        ..PLAIN
    },
    Phrases {
        language: "de",
        plain: "\
            wir prüfen derzeit, wir prüfen noch, wir untersuchen derzeit, wir untersuchen noch, \
            wird derzeit geprüft, werden derzeit geprüft, wird noch geprüft, werden noch geprüft, \
            wird derzeit untersucht, wird noch untersucht",
        not: &["während ", "wenn ", "solange ", "sobald "],
        ..PLAIN
    },
    Phrases {
        language: "es",
        plain: "\
            estamos investigando, estamos verificando, estamos comprobando, se está investigando, \
            se está verificando, se está comprobando",
        not: &["mientras ", "cuando ", "si ", "hasta que "],
        ..PLAIN
    },
    Phrases {
        language: "fr",
        plain: "\
            nous vérifions actuellement, nous enquêtons actuellement, nous recherchons actuellement, \
            nous sommes en train de vérifier, est en cours de vérification, sont en cours de vérification, \
            est en cours d'investigation, est en cours d’investigation, une enquête est en cours",
        not: &["lorsque ", "quand ", "si ", "tant que ", "pendant "],
        ..PLAIN
    },
    Phrases {
        language: "it",
        plain: "\
            stiamo verificando, stiamo indagando, stiamo accertando, sono in corso verifiche, \
            sono in corso accertamenti, è in corso di verifica",
        not: &["mentre ", "quando ", "se ", "finché "],
        ..PLAIN
    },
    Phrases {
        language: "ko",
        plain: "\
            확인하고 있습니다, 조사하고 있습니다, 파악하고 있습니다, 확인 중입니다, 조사 중입니다, \
            파악 중입니다",
        not: &["당시"],
        ..PLAIN
    },
    Phrases {
        language: "nl",
        plain: "\
            we onderzoeken momenteel, wij onderzoeken momenteel, we controleren momenteel, \
            wij controleren momenteel, we onderzoeken nog, wij onderzoeken nog, wordt momenteel onderzocht, \
            wordt nog onderzocht, wordt nog gecontroleerd",
        not: &["terwijl ", "wanneer ", "als ", "zolang "],
        ..PLAIN
    },
    Phrases {
        language: "pl",
        plain: "\
            obecnie sprawdzamy, wciąż sprawdzamy, nadal sprawdzamy, obecnie wyjaśniamy, nadal wyjaśniamy, \
            trwa wyjaśnianie, jest w trakcie weryfikacji",
        not: &["gdy ", "kiedy ", "jeśli ", "dopóki "],
        ..PLAIN
    },
    Phrases {
        language: "pt",
        plain: "\
            estamos verificando, estamos investigando, estamos apurando, está sendo investigad, \
            está sendo verificad, está em apuração",
        not: &["enquanto ", "quando ", "se ", "até que "],
        ..PLAIN
    },
    Phrases {
        language: "ru",
        plain: "\
            сейчас мы проверяем, сейчас проверяем, мы всё ещё проверяем, мы выясняем, выясняем причину, \
            проверка ещё продолжается, ведётся расследование",
        not: &["пока ", "когда ", "если "],
        ..PLAIN
    },
    Phrases {
        language: "tr",
        plain: "\
            şu anda inceliyoruz, inceliyoruz, araştırıyoruz, incelenmektedir, araştırılmaktadır, \
            hâlâ inceleniyor, hâlâ araştırılıyor",
        not: &["sırasında", "eğer "],
        ..PLAIN
    },
    Phrases {
        language: "vi",
        plain: "\
            chúng tôi đang kiểm tra, chúng tôi đang điều tra, chúng tôi đang tìm hiểu, \
            chúng tôi đang xác minh, vẫn đang được kiểm tra, vẫn đang được điều tra",
        not: &["trong khi ", "khi ", "nếu "],
        ..PLAIN
    },
    Phrases {
        language: "zh-Hans",
        plain: "正在确认, 正在调查, 正在核实, 正在核查, 仍在确认, 仍在调查, 仍在核实, 尚在确认, 尚在调查",
        not: &["当时", "时，正在", "如果", "“", "「"],
        ..PLAIN
    },
    Phrases {
        language: "zh-Hant",
        plain: "正在確認, 正在調查, 正在查證, 仍在確認, 仍在調查, 仍在查證, 尚在確認, 尚在調查",
        not: &["當時", "如果", "「"],
        ..PLAIN
    },
    Phrases {
        language: "zh",
        plain: "正在确认, 正在調查, 正在调查, 正在確認",
        not: &["当时", "當時", "如果", "“", "「"],
        ..PLAIN
    },
    Phrases {
        language: "ar",
        plain: "نتحقق حاليًا, نحقق حاليًا, نتحقق الآن, ما زلنا نتحقق, لا يزال قيد التحقيق, لا تزال قيد التحقيق",
        not: &["عندما ", "إذا ", "حتى "],
        ..PLAIN
    },
];

impl Phrases {
    fn of(tag: &str) -> Option<&'static Phrases> {
        let first = tag.split('-').next().unwrap_or(tag);
        let find = |tag: &str| PHRASES.iter().find(|phrases| phrases.language.eq_ignore_ascii_case(tag));
        find(tag).or_else(|| find(first))
    }

    /// The sentence that says so, if there is one.
    fn find<'t>(&self, words: &'t str) -> Option<&'t str> {
        words.split_inclusive(['。', '．', '\n', '.', '!', '?', '！', '？', '؟']).map(str::trim).find(
            |sentence| {
                let folded = text::fold(sentence);
                let says = |known: &str| folded.contains(text::fold(known).as_str());
                let has = |known: &[&str]| known.iter().any(|known| says(known));
                // A known word keeps its trailing blank, so that `if ` does not match inside `notification`.
                let begins = |known: &str| {
                    let known = known.to_lowercase();
                    let spaced = format!("{folded} ");
                    spaced.starts_with(&known) || spaced.contains(&format!(" {known}"))
                };
                let is_other = self.not.iter().any(|known| match known.strip_suffix(' ') {
                    Some(_) => begins(known),
                    None => says(known),
                });
                let bare = folded.trim_end_matches(|c: char| !c.is_alphanumeric());
                let is_all = self.beside_now.contains(&bare);
                let has_plain = self.plain.split(", ").any(says);
                !is_other && (is_all || has_plain || (has(self.now) && has(self.beside_now)))
            },
        )
    }
}

/// Whether an update by a person closed the entry, and it was not reopened.
fn is_over<C>(updates: &[Update<C>]) -> bool {
    let states = updates.iter().rev().find(|u| u.status.sets_state());
    states.is_some_and(|last| matches!(last.status, Status::Resolved | Status::Completed))
}

pub(super) fn check(model: &Model, found: &mut Vec<Diagnostic>) {
    let incidents = model.incidents.iter().filter(|entry| is_over(&entry.updates));
    incidents.for_each(|entry| answers(model, &entry.head, &entry.faq, found));
    // The questions of a series are about its future occurrences.
    let maintenance = model.maintenance.iter().filter(|entry| entry.recurrence.is_none());
    let maintenance = maintenance.filter(|entry| is_over(&entry.updates));
    maintenance.for_each(|entry| answers(model, &entry.head, &entry.faq, found));
}

fn answers(model: &Model, head: &Head, questions: &[EntryQuestion], found: &mut Vec<Diagnostic>) {
    if head.draft || head.withdrawn.is_some() {
        return;
    }
    for question in questions {
        for (locale, answer) in question.answer.each() {
            let phrases = model.config.locales.get(locale).and_then(|tag| Phrases::of(tag));
            let plain = answer.plain();
            let Some(sentence) = phrases.and_then(|phrases| phrases.find(&plain)) else { continue };
            let message = message!(
                "check-still-checking",
                "the entry is closed, but this answer still says \"{sentence}\"",
                sentence
            );
            let help = message!(
                "check-still-checking-help",
                "write what you found out; if you never found out, say so in the past tense"
            );
            let place = question.place.get(locale).1.clone();
            found.push(Diagnostic::warning("faq/still-checking", place, message).help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(tag: &str, words: &str) -> bool {
        Phrases::of(tag).expect("a language").find(words).is_some()
    }

    #[test]
    fn every_language_of_the_program_has_phrases() {
        for tag in crate::languages::tags() {
            let phrases = Phrases::of(tag).unwrap_or_else(|| panic!("{tag} has no phrases"));
            let first = phrases.plain.split(", ").next().expect("a phrase");
            assert!(phrases.find(first).is_some(), "{tag}: {first}");
        }
    }

    #[test]
    fn an_answer_that_waits_for_a_finding_is_found() {
        for (tag, words) in [
            ("ja", "影響の範囲は確認中です。"),
            ("ja", "確認中"),
            ("ja", "はい。対象の注文は、現在確認しております。"),
            ("ja", "原因は調査中のため、わかりしだいお知らせします。"),
            ("en", "Yes. We are still checking which orders were affected."),
            ("en", "The cause is under investigation."),
            ("en", "The amounts are being checked."),
            ("zh-Hans", "我们正在核实受影响的订单。"),
            ("pt-BR", "Estamos verificando os pedidos afetados."),
        ] {
            assert!(finds(tag, words), "{tag}: {words}");
        }
    }

    #[test]
    fn what_was_checked_then_or_is_checked_always_is_no_finding_to_wait_for() {
        for (tag, words) in [
            ("ja", "影響の範囲を確認し、ございませんでした。"),
            ("ja", "当時は確認中でした。"),
            ("ja", "お客様の資産は毎日確認しています。"),
            ("ja", "「確認中」と表示された注文は、すべて約定しました。"),
            ("ja", "現在、本人確認中のお客様もお取引いただけます。"),
            ("ja", "調査中にご不便をおかけしました。"),
            ("en", "We checked every order, and none was lost."),
            ("en", "The cause was under investigation until 20 November."),
            ("en", "While your document is being checked, you can trade."),
            ("en", "If an amount is being checked, the page says so."),
            ("en", "Our staff check balances every day."),
        ] {
            assert!(!finds(tag, words), "{tag}: {words}");
        }
    }
}
