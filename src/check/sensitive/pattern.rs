//! Patterns of the `regex` crate, compiled on first use.
//!
//! They match bytes, not characters, because Unicode tables would cost time in each run. Letters beyond ASCII have
//! named parts instead.

use std::ops::Range;
use std::sync::OnceLock;

use regex::bytes::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};

/// The parts that patterns refer to in braces. A part may refer to later ones.
const PARTS: [(&str, &str); 18] = [
    (
        "{password}",
        r"(?x: pass{gap}(?:word|phrase) | passwd | pwd | passwort | kennwort | contraseña | mot{gap}de{gap}passe
            | (?:user|db){gap}pass | パスワード | パスフレーズ | パスコード | 密码 | 密碼 | 비밀번호 )",
    ),
    ("{private}", r"(?x: priv(?:ate)?{gap}key | 秘密鍵 | プライベートキー | 私钥 )"),
    (
        "{key}",
        r"(?x: secret | (?:secret|access|api|account|encryption|signing|master){gap}key
            | (?:auth|access|api|bearer|refresh|secret|bot|session){gap}token | (?:amz|goog){gap}signature
            | シークレット | シークレットキー | アクセスキー | APIキー | アクセストークン | 暗号鍵 )",
    ),
    ("{gap}", r"[-_.\x20]?"),
    // The text between a name and a sign, and between a sign and a value.
    ("{quote}", r#"[ "'`*\]]{0,3}"#),
    ("{open}", r#"[ "'`*>]{0,4}(?:「|『|“|‘|【)?"#),
    // The first byte of a value, which must not belong to a comparison operator.
    ("{value}", r#"[!-~&&[^"'`<>,;|=]]"#),
    // The first numbers of private IPv4 addresses.
    ("{four}", r"(?:10|100|127|169|172|192)(?:\.\d{1,3}){3}"),
    ("{user}", r#"(?:[!-~&&[^/?#"'<>`@]]*@)?"#),
    // Suffixes of internal host names.
    (
        "{inside}",
        r"(?x: internal | local(?:domain)? | lan | corp | intra(?:net)? | home\.arpa | consul | svc
            | (?:rds|cache)\.amazonaws\.com )",
    ),
    ("{name}", r"(?:(?:[0-9A-Za-z]|{letter})(?:(?:[\w.%+'-]|{letter})*(?:\w|{letter}))?)"),
    (
        "{spelled}",
        r"(?:{label}(?:(?:\.|{dot}| dot ){label})*(?:{dot}[A-Za-z]{2,24}| dot (?:com|net|org|jp|co|io|dev|info|example|de|uk|fr)\b))",
    ),
    ("{dot}", r"(?: ?[\[({](?:dot|\.)[\])}] ?)"),
    // A capital letter after a small one begins a sentence. In a script without blanks a sentence may follow
    // directly, so only known top-level domains count there.
    (
        "{host}",
        r"(?x: [0-9A-Z-]+(?:\.[0-9A-Z-]+)*\.[A-Z]{2,24}
            | {label}(?:\.(?:[a-z0-9]|{letter}){part}* | \.{wide}(?:{part}|{wide})*)*
            \.(?: [a-z][A-Za-z]{1,23} | {letter}{2,24} | xn--[0-9a-z-]+ | みんな | コム | ストア | セール | クラウド
                | テスト | 中国 | 中國 | 公司 | 网络 | 網絡 | 香港 | 台灣 | 台湾 | 한국 | 닷컴 ))",
    ),
    // A label in one kind of script, because kana after ASCII belong to the sentence.
    ("{label}", r"(?:(?:[0-9A-Za-z]|{letter}){part}*|{wide}(?:{part}|{wide})*)"),
    ("{part}", r"(?:[0-9A-Za-z-]|{letter})"),
    // A letter of a script with blanks between words: é, ж.
    ("{letter}", r"(?:[\xc3-\xdf][\x80-\xbf])"),
    // A letter of a script without blanks between words: kana, ideographs, Thai, and Hangul, whose endings follow
    // directly.
    ("{wide}", r"(?:\xe0[\xb8-\xbf][\x80-\xbf]|\xe3[\x81-\xbf][\x80-\xbf]|[\xe4-\xed][\x80-\xbf]{2})"),
];

/// Simpler parts for the set, with smaller bounds. They keep the set small, at the cost of a few extra matches.
const SIMPLER: [(&str, &str); 5] = [
    ("{host}", "{part}+"),
    ("{label}", "{part}+"),
    ("{part}", r"[0-9A-Za-z\x80-\xff-]"),
    ("{letter}", r"[\x80-\xff]"),
    ("{wide}", r"[\x80-\xff]"),
];

/// The largest minimum count in the set; ordinary words are hardly longer.
const ENOUGH: u8 = 16;

/// The pattern with its parts filled in, and letters beyond ASCII as bytes.
fn spelled(pattern: &str, parts: impl IntoIterator<Item = (&'static str, &'static str)>) -> String {
    let whole = parts.into_iter().fold(pattern.to_owned(), |whole, (name, part)| whole.replace(name, part));
    let spell =
        |byte: u8| if byte.is_ascii() { char::from(byte).to_string() } else { format!("\\x{byte:02x}") };
    whole.bytes().map(spell).collect()
}

/// A smaller pattern that matches everything that this one does.
fn loose(pattern: &str) -> String {
    let pattern = spelled(pattern, SIMPLER.into_iter().chain(PARTS));
    let mut parts = pattern.split('{');
    let mut loose = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        loose.push('{');
        let counted = part.split_once('}').and_then(|(count, rest)| {
            let least = count.split(',').next()?.parse::<u8>().ok()?;
            Some(format!("{},}}{rest}", least.min(ENOUGH)))
        });
        loose.push_str(counted.as_deref().unwrap_or(part));
    }
    loose
}

/// A pattern that is compiled on its first use.
pub(super) struct Pattern {
    pattern: &'static str,
    regex: OnceLock<Option<Regex>>,
}

impl Pattern {
    pub(super) const fn new(pattern: &'static str) -> Self {
        Self { pattern, regex: OnceLock::new() }
    }

    /// The regex; `None` if the pattern is invalid. Tests exclude that: each pattern decides lines of the corpus.
    fn regex(&self) -> Option<&Regex> {
        let compile = || RegexBuilder::new(&spelled(self.pattern, PARTS)).unicode(false).build().ok();
        self.regex.get_or_init(compile).as_ref()
    }

    pub(super) fn is_in(&self, text: &str) -> bool {
        self.regex().is_some_and(|regex| regex.is_match(text.as_bytes()))
    }

    pub(super) fn find(&self, text: &str) -> Option<Range<usize>> {
        Some(self.regex()?.find(text.as_bytes())?.range())
    }

    pub(super) fn find_all(&self, text: &str) -> Vec<Range<usize>> {
        let found = self.regex().into_iter().flat_map(|regex| regex.find_iter(text.as_bytes()));
        found.map(|found| found.range()).collect()
    }
}

/// The cache of the set in each thread, in bytes. With 2 MiB, texts full of keys make it drop its states and start
/// again.
const CACHE: usize = 16 << 20;

/// Many patterns, and one automaton that finds in one pass which of them match a text.
pub(super) struct Patterns {
    patterns: Vec<Pattern>,
    set: Option<RegexSet>,
}

impl Patterns {
    pub(super) fn new(patterns: impl Iterator<Item = &'static str>) -> Self {
        let patterns: Vec<Pattern> = patterns.map(Pattern::new).collect();
        let loose = patterns.iter().map(|pattern| loose(pattern.pattern));
        let set = RegexSetBuilder::new(loose).unicode(false).dfa_size_limit(CACHE).build().ok();
        Self { patterns, set }
    }

    #[cfg(test)]
    pub(super) fn compile(&self) -> bool {
        self.set.is_some() && self.patterns.iter().all(|pattern| pattern.regex().is_some())
    }

    /// The indexes of the patterns that may match in the text.
    pub(super) fn in_text(&self, text: &str) -> Vec<usize> {
        // Asking whether any pattern matches is faster, and most texts have no match.
        let set = self.set.as_ref().filter(|set| set.is_match(text.as_bytes()));
        set.map_or_else(Vec::new, |set| set.matches(text.as_bytes()).iter().collect())
    }

    /// The first group of the next match of this pattern.
    pub(super) fn next(&self, n: usize, text: &str, from: usize) -> Option<Range<usize>> {
        let regex = self.patterns.get(n)?.regex()?;
        if from > text.len() {
            return None;
        }
        Some(regex.captures_at(text.as_bytes(), from)?.get(1)?.range())
    }
}
