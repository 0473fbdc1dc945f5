//! Tests of what every system promises alike.

use std::fs;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use super::*;

#[test]
fn one_at_a_time_holds_a_lock_file_and_its_end_removes_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lock");
    fs::write(&path, "left by a killed process").unwrap();
    let first = LockFile::take(&path).unwrap().expect("nobody holds it");
    assert!(LockFile::take(&path).unwrap().is_none());
    let (held, now) = (first.disk_time().unwrap(), modified(&fs::metadata(folder.path()).unwrap()));
    assert!((held - now).abs() < 60, "{held} {now}");
    drop(first);
    assert!(!path.exists());
    assert!(LockFile::take(&path).unwrap().is_some());
}

#[test]
fn a_writer_waits_while_another_one_may_still_read_and_replace_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.md");
    fs::write(&path, "old").unwrap();
    let turn = wait_for_turn(&path).unwrap();
    let (told, second) = channel();
    let other = path.clone();
    let waiting = thread::spawn(move || {
        let _turn = wait_for_turn(&other).unwrap();
        told.send(fs::read_to_string(&other).unwrap()).unwrap();
    });
    assert!(second.recv_timeout(Duration::from_millis(50)).is_err(), "the second writer waits");
    assert_eq!(fs::read_to_string(&path).unwrap(), "old");
    fs::write(folder.path().join("new"), "new").unwrap();
    rename(&folder.path().join("new"), &path).unwrap();
    drop(turn);
    assert_eq!(second.recv().unwrap(), "new");
    waiting.join().unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no lock is left");
}

#[test]
fn a_path_is_shown_with_slashes() {
    let path: std::path::PathBuf = ["content", "incidents", "a.md"].iter().collect();
    assert_eq!(path.shown(), "content/incidents/a.md");
    assert_eq!(with_slashes(path.to_str().unwrap()), "content/incidents/a.md");
    let long = if cfg!(windows) { r"\\?\C:\site" } else { "C:/site" };
    assert_eq!(Path::new(long).shown(), "C:/site");
    let server = if cfg!(windows) { r"\\?\UNC\server\site" } else { "//server/site" };
    assert_eq!(Path::new(server).shown(), "//server/site");
}
