//! Tests of the scripts of the workflow that makes a release. What they call is a test program; `tar`, `diff`,
//! `sha256sum` and `release/homebrew` are real.

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use yaml_rust2::{Yaml, YamlLoader};

use super::{Ran, digest, write_program};
use crate::harness::{Text as _, files_of, repository};

const LINUX: &str = "x86_64-unknown-linux-musl";

const CARGO: &str = r#"#!/bin/sh
printf 'cargo %s with %s\n' "$*" "${RUSTFLAGS:-}" >> "$ASKED"
if [ "$1" = metadata ]; then echo '{"packages":[{"version":"1.2.3"}]}'; fi
if [ "$1" != build ]; then exit 0; fi
while [ $# -gt 0 ]; do
  if [ "$1" = --target ]; then target=$2; fi
  shift
done
case $target in *windows*) end=.exe ;; *) end= ;; esac
mkdir -p "target/$target/dist"
cp "$PROGRAM" "target/$target/dist/noroshi$end"
"#;
const JQ: &str = "#!/bin/sh\nsed -n 's/.*\"version\":\"\\([^\"]*\\)\".*/\\1/p'\n";
const CYGPATH: &str = "#!/bin/sh\nprintf 'C:%s\\n' \"$2\"\n";
const SUDO: &str = "#!/bin/sh\nshift\nexec \"$@\"\n";
const LOGGED: &str = "#!/bin/sh\nprintf '%s %s\\n' \"${0##*/}\" \"$*\" >> \"$ASKED\"\n";
/// Downloads what an earlier job has kept, and keeps the notes of a release.
const GH: &str = r#"#!/bin/sh
printf 'gh %s\n' "$*" >> "$ASKED"
case "$1 $2" in
  'run download')
    [ "$3" = 77 ] || exit 9
    mkdir -p "$7"
    cp -R "$KEPT/$5/." "$7/"
    ;;
  'release create')
    while [ "$1" != --notes-file ]; do shift; done
    cat "$2" > "$BESIDE/notes"
    ;;
esac
"#;
const DOCKER: &str = r#"#!/bin/sh
printf 'docker %s\n' "$*" >> "$ASKED"
if [ "$1" = login ]; then cat > "$BESIDE/password"; fi
for word; do
  case $word in FILES=*) [ -f "${word#FILES=}" ] || exit 9 ;; esac
done
"#;
const RUN: &str = r#"#!/bin/sh
printf 'release/run %s\n' "$*" >> "$ASKED"
for word; do
  case $word in *=*) [ -x "${word#*=}" ] || exit 9 ;; esac
done
mkdir -p target/x86_64-unknown-linux-musl/dist target/release-files
cp "$PROGRAM" target/x86_64-unknown-linux-musl/dist/noroshi
"#;

/// The workflow, and a machine that runs its jobs. Each job has a checkout of its own: a small site.
struct Release {
    temp: TempDir,
    yaml: Yaml,
    checkouts: Cell<u32>,
}

impl Release {
    fn new() -> Release {
        let file = repository().join(".github/workflows/release.yml");
        let yaml = YamlLoader::load_from_str(&fs::read_to_string(file).expect("the workflow")).expect("YAML");
        // A folder in memory may not allow execution.
        let temp = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a temporary folder");
        let release = Release { temp, yaml: yaml[0].clone(), checkouts: Cell::new(0) };
        fs::create_dir(release.path("bin")).expect("a folder");
        for (name, text) in [
            ("cargo", CARGO),
            ("jq", JQ),
            ("cygpath", CYGPATH),
            ("sudo", SUDO),
            ("gh", GH),
            ("docker", DOCKER),
            ("rustup", LOGGED),
        ] {
            write_program(&release.path(&format!("bin/{name}")), text);
        }
        release
    }

    fn path(&self, name: &str) -> PathBuf {
        self.temp.path().join(name)
    }

    /// A new folder with a small site and the scripts of a release, on a disk that allows execution.
    fn checkout(&self) -> PathBuf {
        self.checkouts.set(self.checkouts.get() + 1);
        let root = self.path(&format!("checkout-{}", self.checkouts.get()));
        let small = repository().join("tests/suite/fixtures/small");
        assert!(Command::new("cp").arg("-R").arg(small).arg(&root).status().expect("cp").success());
        fs::create_dir(root.join("release")).expect("a folder");
        write_program(&root.join("release/run"), RUN);
        write_program(&root.join("release/test"), LOGGED);
        fs::copy(repository().join("release/homebrew"), root.join("release/homebrew")).expect("a script");
        root
    }

    /// Runs the scripts of a job, up to the first failure.
    fn job(&self, name: &str, site: &Path, tag: &str) -> Ran {
        let path = std::env::var("PATH").unwrap_or_default();
        let mut said = String::new();
        let steps = self.yaml["jobs"][name]["steps"].as_vec().expect("steps");
        for script in steps.iter().filter_map(|step| step["run"].as_str()) {
            let ran = Command::new("bash")
                .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script])
                .current_dir(site)
                .env("PATH", format!("{}:{path}", self.path("bin").display()))
                .env("PROGRAM", env!("CARGO_BIN_EXE_noroshi"))
                .envs([("ASKED", self.path("asked")), ("KEPT", self.path("kept"))])
                .envs([("BESIDE", self.temp.path()), ("HOME", self.temp.path())])
                .envs([("GITHUB_REF_NAME", tag), ("GITHUB_RUN_ID", "77"), ("GITHUB_ACTOR", "hoshi")])
                .envs([("GITHUB_REPOSITORY", "Team/Noroshi"), ("GH_TOKEN", "token-of-this-run")])
                .output()
                .expect("a shell");
            said += &String::from_utf8_lossy(&ran.stdout);
            said += &String::from_utf8_lossy(&ran.stderr);
            if !ran.status.success() {
                return Ran { succeeded: false, said };
            }
        }
        assert!(!said.contains("token-of-this-run"), "{said}");
        Ran { succeeded: true, said }
    }

    #[track_caller]
    fn succeeds(&self, name: &str, site: &Path) {
        let ran = self.job(name, site, "v1.2.3");
        assert!(ran.succeeded, "{name}: {}", ran.said);
    }

    /// Keeps a folder of a job for later jobs.
    fn keep(&self, name: &str, site: &Path, folder: &str) {
        let kept = self.path("kept").join(name);
        fs::create_dir_all(kept.parent().expect("a folder")).expect("a folder");
        fs::rename(site.join(folder), kept).expect("a kept folder");
    }

    /// Puts the files of a release where the job `files` leaves them.
    fn keep_files(&self) {
        let kept = self.path("kept/files");
        fs::create_dir_all(&kept).expect("a folder");
        let mut sums = String::new();
        for cpu in ["x86_64", "aarch64"] {
            for end in ["tar.gz", "image.tar.gz"] {
                let name = format!("noroshi-1.2.3-{cpu}-unknown-linux-musl.{end}");
                fs::write(kept.join(&name), &name).expect("a file");
                sums += &format!("{}  {name}\n", digest(name.as_bytes()));
            }
        }
        fs::write(kept.join("SHA256SUMS"), sums).expect("a file");
    }

    fn asked(&self, part: &str) -> Vec<String> {
        let asked = fs::read_to_string(self.path("asked")).unwrap_or_default();
        asked.lines().filter(|call| call.contains(part)).map(str::to_owned).collect()
    }
}

#[test]
fn each_machine_builds_its_programs_and_one_packs_them_all() {
    let release = Release::new();
    let macos = release.checkout();
    release.succeeds("macos", &macos);
    for target in ["aarch64-apple-darwin", "x86_64-apple-darwin"] {
        assert_eq!(release.asked(&format!("rustup target add {target}")).len(), 1);
        let build = release.asked(&format!("--locked --target {target} ")).pop().expect("a build");
        let flags = format!("with --remap-path-prefix={}=noroshi ", macos.display());
        assert!(build.contains(" --profile dist ") && build.contains(&flags), "{build}");
        assert!(macos.join("programs").join(target).join("noroshi").is_file());
    }
    assert!(macos.join("site/public/index.html").is_file());
    release.keep("macos", &macos, "programs");

    let windows = release.checkout();
    release.succeeds("windows", &windows);
    assert_eq!(release.asked("cargo test --locked").len(), 1);
    let build = release.asked("--target x86_64-pc-windows-msvc").pop().expect("a build");
    assert!(build.contains("with -Ctarget-feature=+crt-static --remap-path-prefix=C:/"), "{build}");
    assert!(windows.join("site/public/index.html").is_file());
    release.keep("windows", &windows, "programs");

    let files = release.checkout();
    release.succeeds("files", &files);
    let run = release.asked("release/run").pop().expect("a call");
    for target in [LINUX, "aarch64-unknown-linux-musl"] {
        assert!(run.contains(&format!("--target {target}")), "{run}");
    }
    for target in ["aarch64-apple-darwin", "x86_64-apple-darwin", "x86_64-pc-windows-msvc"] {
        assert!(run.contains(&format!("--program {target}=programs/{target}/noroshi")), "{run}");
    }
    assert_eq!(release.asked("test target/release-files"), ["test target/release-files"]);
}

#[test]
fn a_windows_program_that_builds_another_site_than_linux_stops_the_release() {
    let release = Release::new();
    for (job, folder) in [("macos", "macos"), ("windows", "windows")] {
        let site = release.checkout();
        release.succeeds(job, &site);
        release.keep(folder, &site, "programs");
    }
    let demo = release.path("kept/windows/demo.tar");
    let other = release.path("other");
    fs::create_dir(&other).expect("a folder");
    let tar = |arguments: &[&str]| {
        let status = Command::new("tar").args(arguments).current_dir(&other).status();
        assert!(status.expect("tar").success());
    };
    let demo = demo.to_str().expect("UTF-8");
    tar(&["-xf", demo]);
    assert!(files_of(&other.join("demo")).contains_key("index.html"));
    fs::write(other.join("demo/index.html"), "other words").expect("a file");
    tar(&["-cf", demo, "demo"]);
    let ran = release.job("files", &release.checkout(), "v1.2.3");
    assert!(!ran.succeeded && ran.said.contains("other words"), "{}", ran.said);
    assert!(release.asked("test target/release-files").is_empty(), "the files were tested all the same");
}

#[test]
fn a_tag_of_another_version_than_cargo_toml_stops_the_release() {
    let release = Release::new();
    let ran = release.job("files", &release.checkout(), "v1.2.4");
    assert!(!ran.succeeded, "{}", ran.said);
    assert!(ran.said.contains("::error::the tag is v1.2.4, and Cargo.toml says 1.2.3"), "{}", ran.said);
    assert!(release.asked("gh ").is_empty());
}

#[test]
fn a_release_has_the_words_of_its_version_its_files_and_its_images() {
    let release = Release::new();
    release.keep_files();
    let words = "\n### Added\n\n- One thing.\n- The last line.\n";
    for (older, newer) in [("", ""), ("\n## [1.2.2] - 2026-01-01\n\n- Old words.\n", "\n- Not yet.\n")] {
        let site = release.checkout();
        let log = format!("# Changelog\n\n## [Unreleased]\n{newer}\n## [1.2.3] - 2026-02-01\n{words}{older}");
        fs::write(site.join("CHANGELOG.md"), &log).expect("a written file");
        release.succeeds("publish", &site);
        let notes = fs::read_to_string(release.path("notes")).expect("notes");
        assert_eq!(notes.trim(), words.trim(), "{log}");
        let create = release.asked("gh release create").pop().expect("a release");
        assert!(
            create.starts_with("gh release create v1.2.3 --verify-tag --title noroshi 1.2.3 "),
            "{create}"
        );
        assert!(create.contains(" files/SHA256SUMS") && create.contains(" files/noroshi.rb"), "{create}");
        let formula = fs::read_to_string(site.join("files/noroshi.rb")).expect("a formula");
        let base = "https://github.com/Team/Noroshi/releases/download/v1.2.3/noroshi-1.2.3-x86_64-unknown";
        assert!(formula.contains(base), "{formula}");
    }
    assert_eq!(fs::read_to_string(release.path("password")).expect("a password"), "token-of-this-run");
    let image = "ghcr.io/team/noroshi";
    for (cpu, platform) in [("x86_64", "amd64"), ("aarch64", "arm64")] {
        let build = release.asked(&format!("--platform linux/{platform} ")).pop().expect("an image");
        let files = format!("FILES=files/noroshi-1.2.3-{cpu}-unknown-linux-musl.image.tar.gz");
        build.has([&files, " --push ", &format!("--tag {image}:1.2.3-{platform} ")]);
    }
    let all = release.asked("docker buildx imagetools create").pop().expect("an image");
    let names = format!("{image}:1.2.3-amd64 {image}:1.2.3-arm64");
    assert!(all.ends_with(&format!("--tag {image}:1.2.3 --tag {image}:latest {names}")), "{all}");
}

#[test]
fn a_file_with_another_checksum_is_never_published() {
    let release = Release::new();
    release.keep_files();
    let file = release.path("kept/files").join(format!("noroshi-1.2.3-{LINUX}.tar.gz"));
    fs::write(file, "other bytes").expect("a file");
    let ran = release.job("publish", &release.checkout(), "v1.2.3");
    assert!(!ran.succeeded, "{}", ran.said);
    assert!(release.asked("gh release").is_empty() && release.asked("docker").is_empty());
}
