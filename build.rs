//! Computes a digest of everything that decides what the program writes, so that it does not reuse
//! a page that another version made, and lists the files of the demo.

use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

fn main() -> io::Result<()> {
    let mut program = DefaultHasher::new();
    for part in ["src", "themes", "Cargo.toml", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={part}");
        hash(Path::new(part), &mut program)?;
    }
    println!("cargo::rustc-env=NOROSHI_PROGRAM={:016x}", program.finish());
    enlarge_stack();
    write_demo()
}

/// Gives the main thread the 8 MiB that it has on Linux. Windows gives it 1 MiB, and the linker decides.
fn enlarge_stack() {
    if env::var_os("CARGO_CFG_WINDOWS").is_some() {
        let is_msvc = env::var("CARGO_CFG_TARGET_ENV").is_ok_and(|environment| environment == "msvc");
        let option = if is_msvc { "/STACK:8388608" } else { "-Wl,--stack,8388608" };
        println!("cargo::rustc-link-arg-bins={option}");
    }
}

/// Writes the list of the demo's files with their bytes, which `noroshi demo` contains.
fn write_demo() -> io::Result<()> {
    println!("cargo::rerun-if-changed=content");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut files = Vec::new();
    list(&root.join("content"), &mut files)?;
    let mut rust = String::from("&[\n");
    for file in &files {
        let name = file.strip_prefix(&root).unwrap_or(file).to_string_lossy().replace('\\', "/");
        rust.push_str(&format!("    ({name:?}, include_bytes!({file:?}) as &[u8]),\n"));
    }
    rust.push_str("]\n");
    fs::write(PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("demo.rs"), rust)
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut below: Vec<_> = fs::read_dir(folder)?.map(|e| Ok(e?.path())).collect::<io::Result<_>>()?;
    below.sort();
    for path in below {
        if path.is_dir() { list(&path, files)? } else { files.push(path) }
    }
    Ok(())
}

fn hash(path: &Path, program: &mut DefaultHasher) -> io::Result<()> {
    if path.is_dir() {
        let mut below: Vec<_> = fs::read_dir(path)?.map(|e| Ok(e?.path())).collect::<io::Result<_>>()?;
        below.sort();
        return below.iter().try_for_each(|path| hash(path, program));
    }
    // A package may lack its lock file.
    if let Ok(bytes) = fs::read(path) {
        (path, bytes).hash(program);
    }
    Ok(())
}
