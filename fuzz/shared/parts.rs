//! Splits a fuzz input into files.

/// A file of an input.
#[derive(Clone, Debug)]
pub struct Part {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The maximum number of files, which is more than any seed has.
const MOST: usize = 12;

/// The files after lines `==> name <==`. Text before the first such line is the file `first`. Of
/// two files with one name, the first counts.
pub fn of(bytes: &[u8], first: &str) -> Vec<Part> {
    let mut files = vec![Part { name: first.to_owned(), bytes: Vec::new() }];
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if files.len() < MOST
            && let Some(name) = named(line)
        {
            files.push(Part { name, bytes: Vec::new() });
        } else if let Some(last) = files.last_mut() {
            last.bytes.extend(line);
        }
    }
    if files.len() > 1 && files[0].bytes.is_empty() {
        files.remove(0);
    }
    let mut names = Vec::new();
    files.retain(|part| {
        let is_new = !names.contains(&part.name);
        names.push(part.name.clone());
        is_new
    });
    files
}

/// The name in a line `==> name <==`, if a file of a site may have it.
fn named(line: &[u8]) -> Option<String> {
    let name = str::from_utf8(line).ok()?.trim_end().strip_prefix("==> ")?.strip_suffix(" <==")?;
    let is_below = name.starts_with("content/") || name.starts_with("themes/");
    (is_below && name.len() <= 100).then(|| name.to_owned())
}
