//! Tests the patterns against `tests/private/`: words to find, and harmless text.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::tests::taken_by;

/// Hits that the patterns miss, each with the reason.
const MISSED: [(&str, &str); 0] = [];

/// Harmless lines in which the patterns find something, each with the reason.
const SUSPECTED: [(&str, &str); 0] = [];

fn corpus(name: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/private").join(name);
    // The files contain middle dots, so that scanners for leaked keys ignore them.
    let text = fs::read_to_string(path).unwrap().replace('·', "");
    text.lines().map(str::to_owned).collect()
}

fn looks(kind: &str) -> Looks {
    match kind {
        "mail" => Looks::Mail,
        "phone" => Looks::Phone,
        "host" => Looks::Host,
        "key" => Looks::Key,
        "card" => Looks::Card,
        "national" => Looks::NationalId,
        _ => panic!("{kind}"),
    }
}

/// Parses `kind,kind<TAB>text with ⟦a hit⟧` into the text and its hits.
fn marked(line: &str) -> (String, Vec<Hit>) {
    let (kinds, rest) = line.split_once('\t').unwrap();
    let mut kinds = kinds.split(',').map(looks).collect::<Vec<_>>().into_iter();
    let (mut text, mut hits, mut last) = (String::new(), Vec::new(), None);
    for (n, part) in rest.split(['⟦', '⟧']).enumerate() {
        let start = text.len();
        text.push_str(part);
        if n % 2 == 1 {
            last = kinds.next().or(last);
            hits.push(Hit { range: start..text.len(), looks: last.unwrap() });
        }
    }
    (text, hits)
}

fn listed(text: &str, hits: &[Hit]) -> String {
    hits.iter().fold(String::new(), |mut out, hit| {
        let _ = write!(out, " {:?}⟦{}⟧", hit.looks, &text[hit.range.clone()]);
        out
    })
}

#[test]
fn what_looks_private_is_found_where_it_stands() {
    let (mut rates, mut wrong): (BTreeMap<Looks, (usize, usize)>, Vec<String>) = Default::default();
    let lines = corpus("hits.txt");
    for line in &lines {
        let (text, hits) = marked(line);
        let found = find(&text);
        for hit in &hits {
            let rate = rates.entry(hit.looks).or_default();
            rate.0 += usize::from(found.contains(hit));
            rate.1 += 1;
        }
        let known = MISSED.iter().any(|(missed, _)| *missed == text);
        assert!(!known || found != hits, "found by now, take it off MISSED: {text}");
        if found != hits && !known {
            wrong.push(format!(
                "{text}\n   wanted{}\n   found{}",
                listed(&text, &hits),
                listed(&text, &found)
            ));
        }
    }
    for (looks, (found, all)) in &rates {
        println!("{}: {found} of {all} found", looks.words());
    }
    assert!(lines.len() >= 250 && MISSED.len() * 50 <= lines.len());
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), lines.len(), wrong.join("\n"));
}

#[test]
fn honest_text_holds_nothing_private() {
    let lines = corpus("honest.txt");
    let (mut hits, mut wrong) = (0, Vec::new());
    for text in &lines {
        let found = find(text);
        hits += found.len();
        let known = SUSPECTED.iter().any(|(suspected, _)| suspected == text);
        assert!(!known || !found.is_empty(), "honest by now, take it off SUSPECTED: {text}");
        if !found.is_empty() && !known {
            wrong.push(format!("{text}\n   found{}", listed(text, &found)));
        }
    }
    println!("{hits} false hits in {} honest lines", lines.len());
    assert!(lines.len() >= 400 && SUSPECTED.len() * 200 <= lines.len());
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_pattern_of_the_tables_compiles() {
    assert!(PATTERNS.compile());
}

#[test]
fn the_set_misses_no_pattern_that_is_in_a_text() {
    let hits = corpus("hits.txt").iter().map(|line| marked(line).0).collect::<Vec<_>>();
    for text in hits.iter().chain(&corpus("honest.txt")) {
        let found = PATTERNS.in_text(text);
        let missed = (0..RULES.len()).find(|n| !found.contains(n) && PATTERNS.next(*n, text, 0).is_some());
        assert!(missed.is_none(), "{text}: {}", RULES[missed.unwrap_or_default()].pattern);
    }
}

fn entries(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            entries(&path, found);
        } else if path.extension().is_some_and(|e| e == "md") {
            found.push(path);
        }
    }
}

/// Only `contact` below `internal` contains an address, and that is never published.
#[test]
fn the_site_of_this_repository_holds_nothing_private_but_its_private_fields() {
    let mut paths = Vec::new();
    entries(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), &mut paths);
    assert!(paths.len() > 50);
    let (mut lines, mut wrong) = (0, Vec::new());
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        lines += text.lines().count();
        for hit in find(&text) {
            let line = text[..hit.range.start].rsplit('\n').next().unwrap();
            if line != "  contact: " {
                wrong.push(format!("{}:{}", path.display(), listed(&text, &[hit])));
            }
        }
    }
    println!("{} false hits in {lines} lines of content", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Checks that the ranges are at character boundaries, sorted and disjoint.
fn sound(text: &str) {
    let mut last = 0;
    for Hit { range, .. } in find(text) {
        assert!(
            range.start >= last && !range.is_empty() && text.get(range.clone()).is_some(),
            "{text:?} {range:?}"
        );
        last = range.end;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_written_ranges_are_sound(text in any::<String>()) {
        sound(&text);
    }

    #[test]
    fn pieces_of_hits_in_any_order_are_read(pieces in prop::collection::vec((0_usize..4096, 0_usize..40, 0_usize..40), 1..12)) {
        let lines = corpus("hits.txt");
        let mut text = String::new();
        for (line, from, length) in pieces {
            text.extend(marked(&lines[line % lines.len()]).0.chars().skip(from).take(length));
            text.push_str(["", " ", "\n", "@", ".", "\u{200b}", "：", "\\", "-"][(from + length) % 9]);
        }
        sound(&text);
    }
}

#[test]
fn long_lines_take_as_long_as_they_are() {
    let pieces = "\
        0 1 @ a. a@ @a. a@a. - -- : :: :// a://b 1. 10. 0- + ( (at) [at]a a[at]a. = a= password= password: \
        eyJ eyJa. eyJa- \\ \\\\a a é は 「a パスワード ★a fe80: a: sk-ant- ghp_xxxx- whsec_a/ x.internal. \
        .local a-b- ー1 &#64; %40 \u{200b} 2026-11- 0120-123- arn:aws: ip-10- 内線1 _ http://a:1/ a:b@ \
        a@bb.c password=$ fd00: x.local( http://a@ \\\\abcd\\";
    for piece in pieces.split(' ').chain([
        "0 ",
        "12 ",
        "+1 ",
        "password ",
        " at a dot ",
        "4111 ",
        "bearer ",
        "-----BEGIN ",
    ]) {
        let text = piece.repeat(1_000_000 / piece.len());
        let part = piece.repeat(125_000 / piece.len());
        let taken = |text: &str| taken_by(|| sound(text));
        // Eight times the text takes eight times as long in linear time, and 64 times in quadratic time.
        let is_linear = (0..4).any(|_| {
            let both = taken(&text).zip(taken(&part));
            both.is_none_or(|(whole, part)| whole < part * 24 + Duration::from_millis(100))
        });
        assert!(is_linear, "{piece:?}");
    }
}
