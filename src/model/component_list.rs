//! Lists of components as people type them: `api, web`, `[api、web]`, `対象：売買・出金`, `api=停止；web`.

use std::ops::Range;

use super::component::Components;
use crate::vocabulary::{Aliases, FactKey};

/// A part of such a list. Nothing but its form is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed<'t> {
    /// Its bytes in the list.
    pub range: Range<usize>,
    /// An id or a name, known or not.
    pub name: &'t str,
    /// The word after `=`.
    pub status: Option<&'t str>,
}

/// Signs that always part two components, unless both are one name.
const STRONG: [char; 8] = [',', '，', '、', '､', '،', ';', '；', '\n'];
/// Signs that part two components if one stands before them.
const WEAK: [char; 9] = ['・', '･', '·', '/', '／', '|', '｜', '&', '＆'];
const EQUALS: [char; 2] = ['=', '＝'];
/// Signs that enclose a list or a name.
const PAIRS: [(char, char); 11] = [
    ('[', ']'),
    ('［', '］'),
    ('【', '】'),
    ('〔', '〕'),
    ('(', ')'),
    ('（', '）'),
    ('{', '}'),
    ('「', '」'),
    ('『', '』'),
    ('"', '"'),
    ('\'', '\''),
];

impl Components {
    /// The parts of a list. The longest known name wins, so a name may contain the signs that part others.
    #[must_use]
    pub fn listed<'t>(&self, typed: &'t str) -> Vec<Listed<'t>> {
        let mut inner = trimmed(typed, 0..typed.len());
        if !self.knows(&typed[inner.clone()]) {
            inner = unlabelled(typed, inner);
            inner = self.unenclosed(typed, inner);
        }
        let tokens = tokens(typed, inner);
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let strong = tokens[at..].iter().position(|token| token.is_before_strong);
            let whole = strong.map_or(tokens.len(), |more| at + more + 1);
            let end = (at + 1..=tokens.len()).rev().find(|end| {
                let (name, status) = self.part(typed, tokens[at].range.start..tokens[end - 1].range.end);
                // A status has no separator, so it stands behind the last token.
                let is_sound = status.is_none_or(|status| status.start >= tokens[end - 1].range.start);
                is_sound && self.knows(&typed[name])
            });
            // A name that is not known is shown up to the next sign that is no part of a name.
            let end = end.unwrap_or(whole);
            let range = trimmed(typed, tokens[at].range.start..tokens[end - 1].range.end);
            let (name, status) = self.part(typed, range.clone());
            if !range.is_empty() {
                found.push(Listed { range, name: &typed[name], status: status.map(|status| &typed[status]) });
            }
            at = end;
        }
        found
    }

    fn knows(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// The name and the status in a part of a list.
    fn part(&self, typed: &str, range: Range<usize>) -> (Range<usize>, Option<Range<usize>>) {
        let range = trimmed(typed, range);
        if self.knows(&typed[range.clone()]) {
            return (range, None);
        }
        let Some((name, status)) = typed[range.clone()].split_once(EQUALS) else {
            return (self.unenclosed(typed, range), None);
        };
        let name = trimmed(typed, range.start..range.start + name.len());
        let status = trimmed(typed, range.end - status.len()..range.end);
        (self.unenclosed(typed, name), Some(status))
    }

    /// A range without the signs that enclose it, if it is not a name with them.
    fn unenclosed(&self, typed: &str, range: Range<usize>) -> Range<usize> {
        let text = &typed[range.clone()];
        let inner = PAIRS.iter().find_map(|(open, close)| {
            let inner = text.strip_prefix(*open)?.strip_suffix(*close)?;
            // `[a], [b]` is not one list in brackets.
            (!inner.contains([*open, *close])).then(|| {
                let start = range.start + open.len_utf8();
                trimmed(typed, start..start + inner.len())
            })
        });
        inner.filter(|_| !self.knows(text)).unwrap_or(range)
    }
}

/// A range without the label `対象：` or `affects:`.
fn unlabelled(typed: &str, range: Range<usize>) -> Range<usize> {
    let text = &typed[range.clone()];
    let rest = text.split_once([':', '：']).filter(|(label, _)| {
        FactKey::from_word_or_alias(label, &[FactKey::Affects], &Aliases::default()).is_some()
    });
    rest.map_or(range.clone(), |(_, rest)| trimmed(typed, range.end - rest.len()..range.end))
}

fn trimmed(typed: &str, range: Range<usize>) -> Range<usize> {
    let text = &typed[range.clone()];
    let start = range.start + (text.len() - text.trim_start().len());
    start..start + text.trim().len()
}

struct Token {
    range: Range<usize>,
    /// Whether a sign of [`STRONG`] follows.
    is_before_strong: bool,
}

/// The texts between signs, without empty ones.
fn tokens(typed: &str, range: Range<usize>) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut start = range.start;
    let signs = typed[range.clone()].char_indices().map(|(at, c)| (range.start + at, c));
    let signs = signs.filter(|(_, c)| STRONG.contains(c) || WEAK.contains(c));
    for (at, sign) in signs.chain([(range.end, '\n')]) {
        let is_before_strong = STRONG.contains(&sign);
        if !typed[start..at].trim().is_empty() {
            found.push(Token { range: start..at, is_before_strong });
        } else if let Some(last) = found.last_mut() {
            last.is_before_strong |= is_before_strong;
        }
        start = (at + sign.len_utf8()).min(range.end);
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Target;
    use crate::model::text::Localized;
    use crate::tests::text_of;
    use crate::text;

    /// The components `api`, `web` and `fx`, with names that contain signs.
    fn components() -> Components {
        let mut components = Components::default();
        for (id, name) in [("api", "取引 API"), ("web", "売買・出金"), ("fx", "Deposits, withdrawals")]
        {
            let target = Target { name: Localized::first(name.to_owned()), members: Vec::new() };
            components.targets.insert(id.to_owned(), target);
            components.names.insert(text::fold(name), vec![id.to_owned()]);
        }
        components
    }

    fn read(typed: &str) -> Vec<String> {
        let part = |part: Listed<'_>| {
            let status = part.status.map_or(String::new(), |status| format!("={status}"));
            format!("{}{status}", part.name)
        };
        components().listed(typed).into_iter().map(part).collect()
    }

    #[test]
    fn every_common_form_of_a_list_is_read() {
        for typed in [
            "api, web",
            "api,web,",
            "api、web",
            "api､web",
            "api，web",
            "api;web",
            "api；web",
            "api・web",
            "api･web",
            "api / web",
            "api & web",
            "api | web",
            "[api, web]",
            "[api、web]",
            "［api、web］",
            "【api・web】",
            "（api，web）",
            "対象：api、web",
            "対象: [api、web]",
            "affects: api, web",
            "\"api\", 'web'",
            "「api」、「web」",
            "[api], [web]",
            "api\nweb",
            " api ,, web ",
        ] {
            assert_eq!(read(typed), ["api", "web"], "{typed}");
        }
        assert_eq!(read(""), Vec::<String>::new());
        assert_eq!(read("[]"), Vec::<String>::new());
    }

    #[test]
    fn a_name_may_contain_the_signs_that_part_others() {
        assert_eq!(read("売買・出金"), ["売買・出金"]);
        assert_eq!(read("取引 API・売買・出金"), ["取引 API", "売買・出金"]);
        assert_eq!(read("Deposits, withdrawals, api"), ["Deposits, withdrawals", "api"]);
        assert_eq!(
            read("対象：deposits, withdrawals；売買・出金=停止"),
            ["deposits, withdrawals", "売買・出金=停止"]
        );
    }

    #[test]
    fn statuses_stay_with_their_component() {
        assert_eq!(read("api=major_outage、web"), ["api=major_outage", "web"]);
        assert_eq!(read("api＝停止・web＝一部停止"), ["api=停止", "web=一部停止"]);
        assert_eq!(read("[「api」=停止]"), ["api=停止"]);
    }

    #[test]
    fn a_name_that_is_not_known_stays_whole() {
        assert_eq!(read("売買・出今, api"), ["売買・出今", "api"]);
        assert_eq!(read("apo/web, api"), ["apo/web", "api"]);
        assert_eq!(read("api: major_outage"), ["api: major_outage"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Parts stand in order, do not overlap, and are where their range says.
        #[test]
        fn parts_are_in_their_places(typed in text_of("api web 取引␣API 売買・出金 , ・ ； = ＝ [ ] 「 」 対象： ␣ \n x", 9)) {
            let components = components();
            let mut last = 0;
            for part in components.listed(&typed) {
                prop_assert!(part.range.start >= last && part.range.end <= typed.len(), "{typed:?}");
                prop_assert!(typed[part.range.clone()].contains(part.name), "{typed:?}");
                last = part.range.end;
            }
        }
    }
}
