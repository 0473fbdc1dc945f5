//! Compressed files beside the texts of a folder: `FILE.br` and `FILE.gz`, which a web server sends in place of `FILE`.
//!
//! Which texts have them follows from path and size alone. So the manifest of the last deployment also says which of
//! them are there, and they stand in no list of their own.

use std::collections::BTreeMap;
use std::io::Write as _;

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::address::is_part;
use crate::limits::COMPRESSED_BYTES;
use crate::model::deploy::Coding;
use crate::publish::Entry;

/// The endings of texts. If one leaves this list, a deployment no longer knows the side files that earlier ones sent.
const TEXTS: [&str; 16] = [
    "atom",
    "css",
    "csv",
    "html",
    "ics",
    "js",
    "json",
    "jsonl",
    "md",
    "rss",
    "svg",
    "txt",
    "webmanifest",
    "xml",
    "yaml",
    "yml",
];

/// Side files by path: how each is compressed, and the digest of its text.
pub(super) type Sides<'m> = BTreeMap<String, (Coding, &'m Entry)>;

/// The side files of a site's files in a store with this encoding.
///
/// Programs read the parts of the manifest, one by one and once: they have none. A file of the site keeps its address.
pub(super) fn of<'m>(files: &'m BTreeMap<String, Entry>, encoding: &str) -> Sides<'m> {
    let codings = codings(encoding);
    let is_text = |path: &str| {
        path.rsplit_once('.').is_some_and(|(_, ending)| TEXTS.contains(&ending)) && !is_part(path)
    };
    let texts = files.iter().filter(|(path, entry)| entry.size >= COMPRESSED_BYTES && is_text(path));
    texts
        .flat_map(|(path, entry)| {
            codings.iter().map(move |coding| (format!("{path}{}", coding.ending()), (*coding, entry)))
        })
        .filter(|(path, _)| !files.contains_key(path))
        .collect()
}

/// The endings of side files, as the state of a store remembers them.
pub(super) fn encoding(codings: &[Coding]) -> &'static str {
    match (codings.contains(&Coding::Brotli), codings.contains(&Coding::Gzip)) {
        (true, true) => ".br.gz",
        (true, false) => ".br",
        (false, true) => ".gz",
        (false, false) => "",
    }
}

fn codings(encoding: &str) -> Vec<Coding> {
    Coding::ALL.into_iter().filter(|coding| encoding.contains(coding.ending())).collect()
}

/// The path of the text of a side file.
pub(super) fn text_of(path: &str) -> &str {
    Coding::ALL.iter().find_map(|coding| path.strip_suffix(coding.ending())).unwrap_or(path)
}

/// The same bytes give the same result.
pub(super) fn compressed(bytes: &[u8], coding: Coding) -> Vec<u8> {
    match coding {
        Coding::Brotli => brotli(bytes),
        Coding::Gzip => gzip(bytes),
    }
}

pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Writing to memory cannot fail.
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.unwrap_or_else(|_| bytes.to_vec())
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    // Quality 11 makes files some percent smaller and takes twenty times as long: minutes for a large site.
    // A window that is larger than the text costs memory that must be cleared for each file.
    let bits = usize::BITS - bytes.len().leading_zeros();
    let lgwin = i32::try_from(bits).unwrap_or(22).clamp(16, 22);
    let settings =
        BrotliEncoderParams { quality: 9, lgwin, size_hint: bytes.len(), ..BrotliEncoderParams::default() };
    let mut zipped = Vec::new();
    // Reading and writing memory cannot fail.
    let _ = brotli::BrotliCompress(&mut &*bytes, &mut zipped, &settings);
    zipped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fetch;

    #[test]
    fn a_text_that_is_worth_it_has_a_side_file_for_each_coding() {
        let files = |list: &[(&str, u64)]| -> BTreeMap<String, Entry> {
            let entry = |size: u64| Entry { sha256: "00".to_owned(), size };
            list.iter().map(|(path, size)| ((*path).to_owned(), entry(*size))).collect()
        };
        let site = files(&[
            ("index.html", 1024),
            ("404.html", 1023),
            ("logo.png", 9999),
            ("data.csv", 9999),
            ("data.csv.gz", 99),
            ("_headers", 9999),
        ]);
        let names = |encoding: &str| of(&site, encoding).into_keys().collect::<Vec<_>>();
        assert_eq!(names(".br.gz"), ["data.csv.br", "index.html.br", "index.html.gz"]);
        assert_eq!(names(".gz"), ["index.html.gz"]);
        // As a bucket stores texts: in place.
        assert_eq!(names("gzip"), [""; 0]);
        assert_eq!(names(""), [""; 0]);
    }

    #[test]
    fn the_same_text_is_compressed_to_the_same_bytes() {
        for text in ["狼煙".repeat(99), "x".repeat(70_000), String::new()] {
            for coding in Coding::ALL {
                let zipped = compressed(text.as_bytes(), coding);
                assert_eq!(zipped, compressed(text.as_bytes(), coding));
                let plain = match coding {
                    Coding::Gzip => fetch::unzipped(&zipped, 99_999).expect("gzip"),
                    Coding::Brotli => {
                        let mut plain = Vec::new();
                        brotli::BrotliDecompress(&mut &*zipped, &mut plain).expect("brotli");
                        plain
                    }
                };
                assert_eq!(plain, text.as_bytes(), "{coding:?}");
            }
        }
    }
}
