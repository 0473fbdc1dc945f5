//! Tests that the documents are true: their examples build, and everything they name exists.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use noroshi::internals::diagnostic::codes;

const AS_OF: &str = "2026-11-20T12:00:00+09:00";

#[test]
fn the_examples_of_the_format_are_a_site_without_problems() {
    let temp = tempfile::tempdir().unwrap();
    write_examples("docs/format.md", temp.path());
    check(temp.path(), "docs/format.md");
}

#[test]
fn the_example_of_the_readme_fits_the_demo_site() {
    let temp = tempfile::tempdir().unwrap();
    copy(&root().join("content"), &temp.path().join("content"));
    write_examples("README.md", temp.path());
    check(temp.path(), "README.md");
}

#[test]
fn the_examples_of_branding_are_a_theme_without_problems() {
    let temp = tempfile::tempdir().unwrap();
    write_examples("docs/branding.md", temp.path());
    check(temp.path(), "docs/branding.md");
    let site = temp.path().to_str().unwrap();
    let built = noroshi(&["build", "--as-of", AS_OF, "--root", site]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let read = |path: &str| fs::read_to_string(temp.path().join("public").join(path)).unwrap();
    let home = read("index.html");
    for part in [
        "Hoshi Inc., Tokyo.",
        "assets/theme/star.",
        "assets/theme/hoshi.",
        "logo.svg",
        "favicon.svg",
        "Be told",
        "To what works now",
    ] {
        assert!(home.contains(part), "docs/branding.md: `{part}` is not on the page");
    }
    assert!(read("ja/index.html").contains("星株式会社（東京）"));
    let style = fs::read_dir(temp.path().join("public/assets/theme")).unwrap().map(|e| e.unwrap().path());
    let style = style.into_iter().find(|path| path.extension().is_some_and(|e| e == "css")).unwrap();
    let style = fs::read_to_string(style).unwrap();
    assert!(style.contains("--accent:#a33c0c;") && style.contains("header.site{border-block-end"), "{style}");
}

/// Commands appear in code: `noroshi build --out DIR`, `cargo run --release -- build`.
#[test]
fn documents_name_no_command_or_option_that_the_help_lacks() {
    let mut helps: BTreeMap<String, Option<String>> = BTreeMap::new();
    let mut faults = Vec::new();
    for document in documents() {
        let document = document.as_str();
        let mut in_block = false;
        for (number, line) in read(document).lines().enumerate() {
            // A block in a list is indented.
            if line.trim_start().starts_with("```") {
                in_block = !in_block;
            }
            for (command, options) in commands(line, in_block) {
                let help = helps.entry(command.clone()).or_insert_with(|| help(&command));
                let Some(help) = help else {
                    faults.push(format!("{document}:{}: there is no command `{command}`", number + 1));
                    continue;
                };
                let words: BTreeSet<&str> =
                    help.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').collect();
                for option in options.iter().filter(|o| !words.contains(o.as_str())) {
                    faults.push(format!("{document}:{}: `{command}` has no `{option}`", number + 1));
                }
            }
        }
    }
    assert!(helps.len() >= 3, "the documents name {} commands; are they still read?", helps.len());
    assert!(faults.is_empty(), "\nrule: documents name only what `--help` names\n{}\n", faults.join("\n"));
}

#[test]
fn links_between_documents_lead_somewhere() {
    let mut faults = Vec::new();
    for document in documents() {
        let document = document.as_str();
        let text = without_blocks(&read(document));
        for part in text.split("](").skip(1) {
            let target = part.split([')', '#']).next().unwrap_or("");
            let folder = root().join(document).parent().unwrap().to_owned();
            // Examples of the format link to entries; this test is only about documents.
            let here = target.ends_with(".md") && !target.starts_with("../faq") && !target.contains("://");
            if here && !folder.join(target).is_file() {
                faults.push(format!("{document}: `{target}` is not there"));
            }
        }
    }
    assert!(faults.is_empty(), "\nrule: a link between documents leads somewhere\n{}\n", faults.join("\n"));
}

/// Every code in the documents must exist: readers would search for a renamed or misspelt one in vain.
#[test]
fn documents_name_no_code_that_is_not_in_the_table() {
    let mut faults = Vec::new();
    for document in documents().into_iter().chain(["CHANGELOG.md".to_owned()]) {
        let text = read(&document);
        let is_code = |word: &&&str| {
            let (family, name) = word.split_once('/').unwrap_or(("", ""));
            let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            codes::FAMILIES.iter().any(|f| f.name == family) && !name.is_empty() && name.chars().all(kebab)
        };
        for word in in_code(&text).iter().filter(is_code).filter(|word| codes::find(word).is_none()) {
            faults.push(format!("{document}: there is no code `{word}`"));
        }
    }
    assert!(faults.is_empty(), "\nrule: documents name codes that exist\n{}\n", faults.join("\n"));
}

/// The limits by name, with their numbers as `docs/limits.md` writes them.
fn bounds() -> BTreeMap<String, String> {
    let source = read("src/limits.rs");
    let constants = source.lines().filter_map(|line| line.strip_prefix("pub const "));
    let bound = |line: &str| {
        let (name, rest) = line.split_once(": ").expect("a type");
        let value = rest.split_once(" = ").expect("a value").1.trim_end_matches(';').replace('_', "");
        let number = |text: &str| text.parse::<u64>().unwrap_or_else(|_| panic!("{name}: `{text}`"));
        let value =
            value.split_once(" << ").map_or_else(|| number(&value), |(n, by)| number(n) << number(by));
        (name.to_owned(), written(name, value))
    };
    constants.map(bound).collect()
}

/// A number with the unit that the end of the name says.
fn written(name: &str, value: u64) -> String {
    let grouped = |value: u64| {
        let digits = value.to_string();
        let groups = digits.as_bytes().rchunks(3).rev().map(|group| String::from_utf8_lossy(group));
        groups.collect::<Vec<_>>().join(",")
    };
    match name.rsplit('_').next() {
        Some("BYTES") if value.is_multiple_of(1 << 20) => format!("{} MiB", grouped(value >> 20)),
        Some("BYTES") if value.is_multiple_of(1 << 10) => format!("{} KiB", grouped(value >> 10)),
        Some("BYTES") => format!("{} bytes", grouped(value)),
        Some("SECONDS") => format!("{} s", grouped(value)),
        Some("YEAR") => value.to_string(),
        _ => grouped(value),
    }
}

#[test]
fn the_documented_bounds_are_those_of_the_program() {
    let text = read("docs/limits.md");
    let mut documented = BTreeMap::new();
    for row in text.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.split(" |").map(|cell| cell.trim_start_matches('|').trim()).collect();
        let [name, of, most, says, code, ..] = cells[..] else { panic!("docs/limits.md: five cells: {row}") };
        assert!(!of.is_empty() && !says.is_empty(), "docs/limits.md: a cell is empty: {row}");
        let code = code.trim_matches('`');
        assert!(code.is_empty() || codes::find(code).is_some(), "docs/limits.md: there is no code `{code}`");
        documented.insert(name.trim_matches('`').to_owned(), most.to_owned());
    }
    assert_eq!(documented, bounds(), "docs/limits.md (left) is not as src/limits.rs (right)");
}

/// The maximum size of the map in bytes, so that a reader can read all of it in minutes.
const MAP_BYTES: usize = 8 << 10;

#[test]
fn the_map_of_the_code_names_every_room_and_nothing_that_is_gone() {
    let map = read("ARCHITECTURE.md");
    let named = in_code(&map);
    let mut faults = Vec::new();
    if map.len() > MAP_BYTES {
        let size = map.len();
        faults.push(format!("ARCHITECTURE.md has {size} of {MAP_BYTES} bytes: reasons go to docs/decisions"));
    }
    for entry in fs::read_dir(root().join("src")).unwrap() {
        let entry = entry.unwrap().file_name().into_string().unwrap();
        let file = format!("src/{}.rs", entry.trim_end_matches(".rs"));
        let folder = format!("src/{}/", entry.trim_end_matches(".rs"));
        if entry != "lib.rs" && !named.contains(file.as_str()) && !named.contains(folder.as_str()) {
            faults.push(format!("src/{entry} is not on the map"));
        }
    }
    for document in map_and_decisions() {
        let text = read(&document);
        let paths = in_code(&text).into_iter().filter(|n| n.starts_with("src/") || n.starts_with("themes/"));
        for path in paths {
            if !path.contains(['<', '*']) && !root().join(path.trim_end_matches('/')).exists() {
                faults.push(format!("{document}: `{path}` is not in the repository"));
            }
        }
    }
    assert!(faults.is_empty(), "\nrule: ARCHITECTURE.md is the map of src\n{}\n", faults.join("\n"));
}

#[test]
fn every_page_has_a_line_in_the_contents_of_the_site() {
    let contents = read("docs/SUMMARY.md");
    for page in documents() {
        let Some(name) = page.strip_prefix("docs/") else { continue };
        let is_listed = name == "SUMMARY.md" || contents.contains(&format!("]({name})"));
        assert!(is_listed, "docs/SUMMARY.md: no line leads to {page}");
    }
}

#[test]
fn the_list_of_decisions_names_every_page() {
    let list = read("docs/decisions/README.md");
    for page in decisions() {
        let name = page.trim_start_matches("docs/decisions/");
        let is_listed = name == "README.md" || list.contains(&format!("| [{name}]({name}) |"));
        assert!(is_listed, "docs/decisions/README.md: no row is about `{name}`");
    }
}

/// Tests are named in the last cell of a row of invariants, and after `Guarded by:` in other lines.
#[test]
fn every_invariant_names_a_test_that_exists() {
    let tests = functions(&root().join("src")) + &functions(&root().join("tests"));
    let mut seen = 0;
    for document in map_and_decisions() {
        let text = read(&document);
        let section = text.split("\n## ").find(|s| s.starts_with("Invariants")).unwrap_or("");
        let rows = section.lines().filter(|l| l.starts_with("| ") && !l.starts_with("| invariant"));
        let rows = rows.filter(|l| !l.starts_with("| ---"));
        let cells = rows.map(|row| row.trim_end_matches('|').rsplit('|').next().unwrap_or(""));
        let cells: Vec<&str> = cells.collect();
        let lines = text.lines().filter_map(|line| line.split_once("Guarded by: ")).map(|(_, names)| names);
        let is_map = document == "ARCHITECTURE.md";
        assert!(!is_map || cells.len() > 5, "{document}: where have the invariants gone?");
        seen += cells.len();
        for cell in cells.into_iter().chain(lines) {
            let names: Vec<&str> = cell.split('`').skip(1).step_by(2).collect();
            assert!(!names.is_empty(), "{document}: no test is named here:\n{cell}");
            for name in names {
                // If only a browser can check an invariant, a file of the browser suite does.
                let exists = tests.contains(&format!("fn {name}(")) || root().join(name).is_file();
                assert!(exists, "{document}: there is no test `{name}`");
            }
        }
    }
    assert!(seen > 80, "the documents name {seen} invariants: where have the others gone?");
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = read("Cargo.toml");
    let page = read("docs/decisions/dependencies.md");
    let named = in_code(&page);
    let mut wanted = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            wanted = line.ends_with("dependencies]");
        }
        let Some((name, _)) = line.split_once('=').filter(|_| wanted && !line.starts_with('#')) else {
            continue;
        };
        let name = name.trim();
        assert!(
            named.contains(name),
            "Cargo.toml: `{name}` has no row in docs/decisions/dependencies.md that says why it is here"
        );
    }
}

/// The decision pages and their index, by name: `docs/decisions/feeds.md`.
fn decisions() -> Vec<String> {
    pages("docs/decisions")
}

/// Every page of a folder and of all folders below it.
fn pages(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root().join(folder)).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{folder}/{}", entry.file_name().into_string().unwrap());
        if entry.file_type().unwrap().is_dir() {
            found.extend(pages(&name));
        } else if name.ends_with(".md") {
            found.push(name);
        }
    }
    found.sort();
    found
}

/// Every document for readers, users and contributors except the changelog, which names removed things.
fn documents() -> Vec<String> {
    let mut found = pages("docs");
    found.extend(["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"].map(str::to_owned));
    found
}

fn map_and_decisions() -> Vec<String> {
    let mut documents = decisions();
    documents.push("ARCHITECTURE.md".to_owned());
    documents
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(document: &str) -> String {
    fs::read_to_string(root().join(document)).unwrap_or_else(|e| panic!("{document}: {e}"))
}

fn noroshi(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_noroshi")).args(arguments).output().unwrap()
}

/// Writes every example whose fence names a file: ` ```markdown content/faq/a.md `.
fn write_examples(document: &str, root: &Path) {
    let text = read(document);
    let mut lines = text.lines();
    let mut found = 0;
    while let Some(line) = lines.next() {
        let Some(path) = line.strip_prefix("```").and_then(|l| l.split_once(' ')).map(|(_, path)| path)
        else {
            continue;
        };
        let body: Vec<&str> = lines.by_ref().take_while(|l| *l != "```").collect();
        let target = root.join(path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, body.join("\n") + "\n").unwrap();
        found += 1;
    }
    assert!(found > 0, "{document}: no example names its file");
}

fn check(site: &Path, document: &str) {
    let output =
        noroshi(&["check", "--as-of", AS_OF, "--deny", "warnings", "--root", site.to_str().unwrap()]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "an example of {document} has problems:\n{said}");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn help(command: &str) -> Option<String> {
    let output = noroshi(&[command, "--help"]);
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The commands in a line of a document, each with its long options. In prose, only code counts.
fn commands(line: &str, in_block: bool) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    for mark in ["noroshi ", "cargo run --release -- ", "cargo run -- "] {
        for (at, _) in line.match_indices(mark) {
            let before = line[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '-') {
                continue;
            }
            if !in_block && line[..at].matches('`').count().is_multiple_of(2) {
                continue;
            }
            let rest = line[at + mark.len()..].split('`').next().unwrap_or("");
            let rest = rest.split(" #").next().unwrap_or(rest);
            // What follows is another program's.
            let rest = rest.split(" && ").next().unwrap_or(rest);
            let command: String = rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '-').collect();
            if command.is_empty() || command.starts_with('-') {
                continue;
            }
            let options = rest
                .split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
                .filter(|word| word.starts_with("--") && word.len() > 2)
                .map(str::to_owned)
                .collect();
            found.push((command, options));
        }
    }
    found
}

fn without_blocks(text: &str) -> String {
    text.split("```").step_by(2).collect()
}

/// All text between single backticks.
fn in_code(text: &str) -> BTreeSet<&str> {
    text.split("```").step_by(2).flat_map(|part| part.split('`').skip(1).step_by(2)).collect()
}

/// The text of every Rust file below a folder.
fn functions(folder: &Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            text += &functions(&path);
        } else if path.extension().is_some_and(|e| e == "rs") {
            text += &fs::read_to_string(&path).unwrap();
        }
    }
    text
}

#[test]
fn documents_in_folders_are_read_too() {
    let all = documents();
    for name in ["docs/hosting.md", "docs/hosts/nginx.md", "docs/decisions/feeds.md", "README.md"] {
        assert_eq!(all.iter().filter(|document| *document == name).count(), 1, "{name}");
    }
}

#[test]
fn commands_are_seen_in_code_and_not_in_prose() {
    let pair = |c: &str, o: &[&str]| (c.to_owned(), o.iter().map(|o| (*o).to_owned()).collect::<Vec<_>>());
    let build = [pair("build", &["--out", "--format"])];
    assert_eq!(commands("`noroshi build [--out DIR] [--format human\\|json]` and `--x`", false), build);
    let build = [pair("build", &["--as-of"])];
    assert_eq!(commands("cargo run --release -- build --as-of 2026   # --not", true), build);
    assert_eq!(commands("noroshi build --out DIR && npx x --prod", true), [pair("build", &["--out"])]);
    let check = [pair("check", &["--deny"])];
    assert_eq!(commands("- run: target/release/noroshi check --deny warnings", true), check);
    assert_eq!(commands("What noroshi takes is a file; `noroshi` is a program", false), []);
}
