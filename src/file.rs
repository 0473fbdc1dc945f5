//! Reads regular files up to a size limit. All files are read here.
//!
//! A path that a user types, or that a foreign tree contains, may be an endless pipe, a device, or
//! a file that grows during the read. None of them may block a run or fill the memory.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

use crate::message::{Message, Reason, message};
use crate::os;

/// Opens a regular file and returns its size in bytes. Follows links.
///
/// # Errors
/// The path cannot be opened, or is not a regular file.
pub fn open(path: &Path) -> io::Result<(File, u64)> {
    // Opening a device may have side effects, so check the path first.
    if !fs::metadata(path)?.is_file() {
        return Err(not_a_file());
    }
    // A pipe that has replaced the file since then would block the open.
    let file = os::open(path)?;
    let found = file.metadata()?;
    if found.is_file() { Ok((file, found.len())) } else { Err(not_a_file()) }
}

/// Reads a regular file of at most `most` bytes. Follows links.
///
/// # Errors
/// As [`open`], and if the file is larger.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let (file, size) = open(path)?;
    if size > most {
        return Err(too_large(most));
    }
    rest(file, size, most)
}

/// Reads the rest of a file, at most `most` bytes. `size` is the expected number of bytes.
///
/// # Errors
/// The file cannot be read, or has grown over the limit.
pub fn rest(file: File, size: u64, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(most)).unwrap_or(0) + 1);
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(too_large(most)) } else { Ok(bytes) }
}

/// Reads a regular file of at most `most` bytes as text.
///
/// # Errors
/// As [`read`], and if the file is not UTF-8.
pub fn read_text(path: &Path, most: u64) -> io::Result<String> {
    String::from_utf8(read(path, most)?)
        .map_err(|_| error(ErrorKind::InvalidData, message!("file-not-utf8", "it is not UTF-8 text")))
}

fn not_a_file() -> io::Error {
    error(ErrorKind::InvalidInput, message!("file-not-regular", "it is not a regular file"))
}

fn too_large(most: u64) -> io::Error {
    let message = match most {
        most if most >= 1 << 20 => {
            message!("file-larger-than-mebibytes", "it is larger than {most} MiB", most = most >> 20)
        }
        most => message!("file-larger-than-bytes", "it is larger than {most} bytes", most),
    };
    error(ErrorKind::FileTooLarge, message)
}

/// An error with words of its own, which a message shows in its language.
fn error(kind: ErrorKind, message: Message) -> io::Error {
    io::Error::new(kind, Reason(message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_up_to_its_bound() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a");
        fs::write(&path, "12345").expect("a file");
        assert_eq!(read(&path, 5).expect("five bytes"), b"12345");
        let error = read(&path, 4).expect_err("one byte too many");
        assert_eq!(error.kind(), ErrorKind::FileTooLarge);
        assert_eq!(error.to_string(), "it is larger than 4 bytes");
    }

    #[test]
    fn a_file_that_grows_while_it_is_read_stops_at_the_bound() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a");
        fs::write(&path, "123").expect("a file");
        let (file, size) = open(&path).expect("a file");
        fs::write(&path, "123456").expect("a longer file");
        assert_eq!(rest(file, size, 4).expect_err("too long by now").kind(), ErrorKind::FileTooLarge);
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_a_device_and_a_folder_are_refused_at_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo");
        assert!(made.success());
        for path in [pipe.as_path(), Path::new("/dev/zero"), Path::new("/dev/tty"), folder.path()] {
            let error = read(path, 1 << 20).expect_err("no regular file");
            assert_ne!(error.kind(), ErrorKind::NotFound, "{}", path.display());
            assert!(error.to_string().contains("not a regular file"), "{}: {error}", path.display());
        }
        assert_eq!(read(&folder.path().join("none"), 1).expect_err("nothing").kind(), ErrorKind::NotFound);
    }
}
