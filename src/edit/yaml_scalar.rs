//! Writes text as YAML that reads back as the same text, in block and flow style.

use std::fmt::Write as _;

/// A text as a scalar: plain if YAML reads it as that text, else quoted.
pub fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// A list in brackets.
pub fn list<S: AsRef<str>>(texts: &[S]) -> String {
    let scalars: Vec<String> = texts.iter().map(|text| scalar(text.as_ref())).collect();
    format!("[{}]", scalars.join(", "))
}

/// Words that some YAML parsers do not read as text.
const OTHERWISE: [&str; 11] = ["true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf"];

fn is_plain(text: &str) -> bool {
    let inside = |c: char| c.is_alphanumeric() || " ./_-()、。・「」ー（）".contains(c);
    text.starts_with(char::is_alphabetic)
        && !text.ends_with(' ')
        && text.chars().all(inside)
        && !OTHERWISE.contains(&text.to_lowercase().as_str())
}

/// A text in double quotes. Line ends and invisible characters are written as escapes.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || "\u{2028}\u{2029}\u{feff}\u{fffe}\u{ffff}".contains(c) => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::document::yaml::{Data, Node, Yaml};
    use crate::tests::{text_of, words};
    use crate::text;

    fn read(source: &str) -> (Node, usize) {
        let mut found = Vec::new();
        let text: Arc<str> = source.into();
        let yaml = Yaml::parse(&Arc::from("a.md"), &text, 0..text.len(), &mut found);
        (yaml.root, found.len())
    }

    #[test]
    fn quotes_stand_where_they_must() {
        for text in ["Slow orders", "注文処理の遅延（一部）", "API-2 is back"] {
            assert_eq!(scalar(text), text);
        }
        let quoted = "\
            障害:␣遅延 [重要]␣遅延 yes No null 1.10 #1 a␣#b -␣a ␣a a␣ ~ a,␣b 2026-11-20␣10:15 *a &a !a \
            a:␣";
        for text in words(quoted).iter().chain([&String::new()]) {
            assert!(scalar(text).starts_with('"'), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_text_comes_back(text in prop_oneof![
            any::<String>(),
            text_of("\
                :␣ ␣# # [ ] { } , \" ' \\ yes no ~ -␣ ?␣ & * ! | > % @ ` \n \r \t \u{85} \u{2028} \
                \u{feff} \u{fffe} \u{7f} \u{1} 障害 ： 　 --- 1 . ␣", 8),
        ]) {
            let wanted = Data::Text(text::clean(&text).into_owned());
            let pair = [text.clone(), text.clone()];
            let source = format!("a: {}\nb: {}\nc: {{d: {}}}\n", scalar(&text), list(&pair), scalar(&text));
            let (root, 0) = read(&source) else { return Err(TestCaseError::fail(source)) };
            prop_assert_eq!(&root.entries()[0].node.data, &wanted);
            let Data::List(list) = &root.entries()[1].node.data else { return Err(TestCaseError::fail(source)) };
            prop_assert!(list.len() == 2 && list.iter().all(|item| item.data == wanted), "{}", source);
            prop_assert_eq!(root.entries()[2].node.get("d").map(|node| &node.data), Some(&wanted));
        }
    }
}
