//! Reads who or what an update affects: components, and words for people beside them.
//!
//! `対象：` takes both, as Japanese notices write it. A value that names a component, or nearly does, is a list of
//! components, so that a slip never passes as text.

use super::entry::{EntryReader, fact};
use crate::diagnostic::Place;
use crate::document::Document;
use crate::document::body::{Fact, RawUpdate};
use crate::markdown::Fragment;
use crate::model::component::Affects;
use crate::model::text::{Localized, Rich};
use crate::text;
use crate::vocabulary::FactKey;

/// Words for people and for parts of a whole, in languages with blanks between words. One of them makes a text of
/// several words prose.
const PEOPLE: &str = "\
    some all any every everyone most many few several only except about approximately part users user customers \
    customer clients client members people einige alle manche nur etwa kunden kundinnen nutzer nutzerinnen \
    benutzer teil algunos algunas todos todas solo clientes usuarios parte certains certaines tous toutes clients \
    utilisateurs partie alcuni alcune tutti tutte clienti utenti sommige klanten gebruikers deel niektórzy \
    wszyscy klienci klientów użytkownicy użytkowników część alguns algumas usuários некоторые все клиенты \
    клиентов пользователи пользователей часть bazı tüm müşteriler müşteri kullanıcılar kullanıcı một tất khách \
    người بعض جميع العملاء المستخدمين";

/// The same in languages without blanks.
const PEOPLE_CJK: &str = "\
    お客様 お客さま 利用者 ご利用 ユーザー ユーザ 会員 顧客 皆様 皆さま 方々 の方 契約者 加入者 受講 学生 教職員 一部 \
    すべて 全て 全員 全国 全域 約 のみ 以外 を除く 部分 全部 所有 客户 用户 会员 客戶 用戶 會員 顧客 일부 모든 고객 이용자 \
    사용자 회원 전체";

/// The number of words that make a text prose whatever they are. Names of components are shorter.
const PROSE_WORDS: usize = 4;

impl EntryReader<'_> {
    /// The components and the words of an update.
    pub fn fact_reach(&self, raw: &RawUpdate) -> (Option<Affects>, Option<Rich>) {
        let scope = fact(raw, FactKey::Scope).map(|fact| self.fact_line(fact));
        match fact(raw, FactKey::Affects) {
            Some(fact) if scope.is_none() && self.is_in_words(&fact.value) => {
                (None, Some(self.fact_line(fact)))
            }
            Some(fact) => (self.fact_affects(fact), scope),
            None => (None, scope),
        }
    }

    /// The fact line that translates the scope of an update, and its words.
    pub fn translated_scope<'f>(
        &self,
        raw: &'f RawUpdate,
        document: &Document,
    ) -> Option<(&'f Fact, Fragment)> {
        let is_reach = |fact: &&Fact| matches!(fact.key, FactKey::Scope | FactKey::Affects);
        let found = raw.facts.iter().find(is_reach)?;
        let place = Place::at(&document.file, found.range.clone());
        let reads = found.key == FactKey::Scope || self.is_in_words(&found.value);
        reads.then(|| (found, self.reader.inline_at(&found.value, &place)))
    }

    /// One line of Markdown in a fact line.
    fn fact_line(&self, fact: &Fact) -> Rich {
        Localized::first(self.reader.inline_at(&fact.value, &self.at(&fact.range)))
    }

    /// Whether the value of `affects` is words for people: it names no component, not even nearly, and is prose.
    fn is_in_words(&self, value: &str) -> bool {
        let components = &self.config.components;
        let is_name = |name: &str| components.find(name).is_some() || !components.meant(name).is_empty();
        !value.contains(['=', '＝', '{', '}'])
            && !is_name(value)
            && !components.listed(value).iter().any(|part| is_name(part.name))
            && is_prose(value)
    }
}

/// Whether a text says who is affected rather than names something.
fn is_prose(value: &str) -> bool {
    let folded = text::fold(value);
    let words = || folded.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty());
    let most = folded.split([',', '、', ';', '؛', '،']).map(|part| part.split_whitespace().count()).max();
    let is_long = most.is_some_and(|most| most >= PROSE_WORDS);
    let says = words().count() > 1 && words().any(|word| PEOPLE.split(' ').any(|known| known == word));
    is_long || says || PEOPLE_CJK.split(' ').any(|known| folded.contains(&text::fold(known)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_in_words_are_prose_and_names_are_not() {
        for value in [
            "一部のお客様",
            "一部のお客様（約 120 名）",
            "すべてのユーザー",
            "スマートフォンアプリをご利用の方",
            "全国",
            "Some customers",
            "About 120 users",
            "accounts that were opened in March",
            "部分用户",
            "일부 고객",
            "Некоторые клиенты",
            "Ein Teil der Kunden",
        ] {
            assert!(is_prose(value), "{value}");
        }
        for value in
            ["現物取引所", "入金", "frontend", "Order book", "foo, bar, baz, qux", "all", "api gateway"]
        {
            assert!(!is_prose(value), "{value}");
        }
    }
}
