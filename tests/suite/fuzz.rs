//! A short run of `fuzz/` without nightly: the functions of its targets, with its seeds mutated by
//! the words of its dictionaries.

use std::fs;
use std::path::PathBuf;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{RngSeed, TestRunner};

use crate::harness::repository;

#[path = "../../fuzz/shared/mod.rs"]
mod shared;

/// One change: the position, the number of characters to remove, and the word to insert.
type Edit = (Index, usize, Index);

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    vec((any::<Index>(), prop_oneof![4 => 0..4_usize, 1 => 0..80_usize], any::<Index>()), 0..6)
}

/// Mutates a seed. Half of all words go to the start of a line or a value. Changes are made between
/// characters, because few random inputs are valid UTF-8.
fn changed(seed: &[u8], edits: &[Edit], words: &[String]) -> Vec<u8> {
    let mut text: Vec<char> = String::from_utf8_lossy(seed).chars().collect();
    for (at, cut, word) in edits {
        let at = at.index(text.len() + 1);
        let end = (at + cut).min(text.len());
        text.splice(at..end, word.get(words).chars());
    }
    String::from_iter(text).into_bytes()
}

/// The words of a libFuzzer dictionary.
fn words(name: &str) -> Vec<String> {
    let text = fs::read_to_string(fuzz().join("dictionaries").join(name)).expect("a dictionary");
    text.lines().filter(|line| !line.starts_with('#')).map(word).collect()
}

/// Parses `"a\x0a"` as libFuzzer does.
fn word(line: &str) -> String {
    let inner = line.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).expect("a word in quotes");
    let mut bytes = Vec::new();
    let mut rest = inner.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        rest = others;
        if *first != b'\\' {
            bytes.push(*first);
        } else if let Some(hex) = rest.strip_prefix(b"x") {
            let digits = str::from_utf8(&hex[..2]).expect("two digits");
            bytes.push(u8::from_str_radix(digits, 16).expect("hexadecimal digits"));
            rest = &hex[2..];
        } else {
            bytes.push(rest[0]);
            rest = &rest[1..];
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}

fn fuzz() -> PathBuf {
    repository().join("fuzz")
}

/// Tries every seed of a rule unchanged, and `cases` mutated inputs of any target.
fn run(name: &str, cases: u32) {
    let target = shared::TARGETS.iter().find(|target| target.name == name).expect("a target");
    let seeds = shared::seeds::of(name, repository());
    assert!(!seeds.is_empty(), "no seeds for {name}");
    let words = words(target.dictionary);
    let default = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { cases };
    let config = ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(20_261_128),
        failure_persistence: None,
        max_shrink_iters: 200,
        ..default
    };
    let inputs = (any::<Index>(), edits());
    let tried = TestRunner::new(config).run(&inputs, |(seed, edits)| {
        (target.tries)(&changed(seed.get::<Vec<u8>>(&seeds), &edits, &words));
        Ok(())
    });
    if let Err(found) = tried {
        panic!("{name}: {found}");
    }
}

#[test]
fn any_entry_is_an_error_or_a_site_that_holds() {
    run("entry", 40);
}

#[test]
fn any_site_yaml_is_an_error_or_a_site_that_holds() {
    run("config", 20);
}

#[test]
fn any_theme_is_an_error_or_a_site_that_holds() {
    run("theme", 20);
}

#[test]
fn any_rule_is_an_error_or_a_series_that_holds() {
    run("rule", 50);
}

#[test]
fn any_json_from_outside_is_an_error_or_a_site_that_holds() {
    run("json", 120);
}

#[test]
fn any_import_is_an_error_or_a_site_that_holds() {
    run("import", 40);
}

#[test]
fn every_fuzz_target_reaches_the_files_of_a_site() {
    let incident = shared::site::ENTRIES[0].1;
    assert!(shared::entry(incident.as_bytes()) > 50);
    assert!(shared::config(shared::site::CONFIG.as_bytes()) > 50);
    assert!(shared::theme(b"extends: default\n") > 50);
    assert!(shared::rule("毎週火曜".as_bytes()) > 50);
    for target in shared::TARGETS.iter().filter(|target| ["json", "import"].contains(&target.name)) {
        let seeds = shared::seeds::of(target.name, repository());
        assert!(seeds.iter().any(|seed| (target.tries)(seed) > 1), "{}", target.name);
    }
}

#[test]
fn every_fuzz_target_has_a_file_seeds_and_a_dictionary() {
    let manifest = fs::read_to_string(fuzz().join("Cargo.toml")).expect("a manifest");
    let read_me = fs::read_to_string(fuzz().join("README.md")).expect("a file");
    for target in shared::TARGETS {
        let name = target.name;
        assert!(fuzz().join(format!("fuzz_targets/{name}.rs")).is_file(), "{name} has no file");
        assert!(
            manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")),
            "{name} is not in Cargo.toml"
        );
        assert!(read_me.contains(&format!("| `{name}` |")), "{name} is not in README.md");
        assert!(!shared::seeds::of(name, repository()).is_empty(), "{name} has no seeds");
        assert!(words(target.dictionary).len() > 30, "{name} has few words");
    }
}
