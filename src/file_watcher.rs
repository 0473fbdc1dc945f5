//! Watches the files of a site and sends an event for each change.
//!
//! Knows which paths were touched, or that it missed some. It does not know what a file means, nor
//! whether a change needs action: one save may cause several events.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::message::{Message, message};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WatchEvent {
    Files(HashSet<PathBuf>),
    /// The watcher does not know which files changed, so every file must be read again.
    Anything,
}

impl WatchEvent {
    /// The union of two events.
    #[must_use]
    pub fn and(self, other: WatchEvent) -> WatchEvent {
        match (self, other) {
            (WatchEvent::Files(mut files), WatchEvent::Files(more)) => {
                files.extend(more);
                WatchEvent::Files(files)
            }
            _ => WatchEvent::Anything,
        }
    }
}

/// Watches folders of a site until it is dropped.
#[derive(Debug)]
pub struct FileWatcher {
    watcher: RecommendedWatcher,
    folders: Vec<PathBuf>,
}

impl FileWatcher {
    /// Watches these folders of a root. Also watches the root itself, to see when one of the
    /// folders or `other` is created or removed.
    ///
    /// # Errors
    /// The reason that the system cannot watch.
    pub fn begin(
        root: &Path,
        folders: &[&str],
        other: Option<&Path>,
        tell: impl Fn(WatchEvent) + Send + 'static,
    ) -> Result<FileWatcher, Message> {
        let folders: Vec<PathBuf> = folders.iter().map(|folder| root.join(folder)).collect();
        let inside = folders.clone();
        let other = other.map(Path::to_path_buf);
        let on_event = move |event: notify::Result<Event>| {
            if let Some(seen) = seen(event, &inside, other.as_deref()) {
                tell(seen);
            }
        };
        let mut watcher = notify::recommended_watcher(on_event).map_err(|e| reason(&e))?;
        watcher.watch(root, RecursiveMode::NonRecursive).map_err(|e| reason(&e))?;
        let mut watching = FileWatcher { watcher, folders };
        watching.renew()?;
        Ok(watching)
    }

    /// Watches folders that were created again; needed after [`WatchEvent::Anything`].
    ///
    /// # Errors
    /// The system cannot watch. A missing folder is not an error.
    pub fn renew(&mut self) -> Result<(), Message> {
        for folder in &self.folders {
            let _ = self.watcher.unwatch(folder);
            match self.watcher.watch(folder, RecursiveMode::Recursive) {
                Err(error) if !is_absent(&error) => return Err(reason(&error)),
                _ => {}
            }
        }
        Ok(())
    }
}

/// The words of the crate for an error, and those of other languages for the usual ones.
fn reason(error: &notify::Error) -> Message {
    let words = error.to_string();
    match &error.kind {
        notify::ErrorKind::Io(error) if error.to_string() == words => {
            message!("file-watcher-io", "{error}", error)
        }
        notify::ErrorKind::MaxFilesWatch => message!("file-watcher-max-files", "{words}", words),
        _ => Message::same(words),
    }
}

fn is_absent(error: &notify::Error) -> bool {
    match &error.kind {
        notify::ErrorKind::PathNotFound => true,
        notify::ErrorKind::Io(error) => error.kind() == std::io::ErrorKind::NotFound,
        // On Windows the crate says it in words alone.
        notify::ErrorKind::Generic(words) => words.contains("neither a file nor a directory"),
        _ => false,
    }
}

fn seen(event: notify::Result<Event>, folders: &[PathBuf], other: Option<&Path>) -> Option<WatchEvent> {
    let Ok(event) = event else { return Some(WatchEvent::Anything) };
    if event.need_rescan() {
        return Some(WatchEvent::Anything);
    }
    // Reading is not a change, and `noroshi` reads many files.
    let reads = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
        EventKind::Access(_) => true,
        _ => false,
    };
    // The root contains other files, for example the published site.
    let is_other = event.paths.iter().any(|path| other.is_some_and(|other| path == other));
    let is_inside = |path: &PathBuf| folders.iter().any(|folder| path.starts_with(folder));
    let files: HashSet<PathBuf> = event.paths.into_iter().filter(is_inside).collect();
    if is_other && !reads {
        return Some(WatchEvent::Anything);
    }
    if reads || files.is_empty() {
        return None;
    }
    // A watched folder itself was created or removed.
    if folders.iter().any(|folder| files.contains(folder)) {
        Some(WatchEvent::Anything)
    } else {
        Some(WatchEvent::Files(files))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(kind: EventKind, path: &str) -> Option<WatchEvent> {
        let folders = ["/s/content".into(), "/s/themes".into()];
        seen(Ok(Event::new(kind).add_path(path.into())), &folders, Some(Path::new("/s/out")))
    }

    #[test]
    fn reading_and_other_folders_are_no_change() {
        let created = EventKind::Create(notify::event::CreateKind::File);
        assert_eq!(event(EventKind::Access(AccessKind::Open(AccessMode::Read)), "/s/content/a.md"), None);
        assert_eq!(event(created, "/s/public"), None);
        assert_eq!(event(created, "/s/out"), Some(WatchEvent::Anything));
        let files = HashSet::from(["/s/content/a.md".into()]);
        assert_eq!(event(created, "/s/content/a.md"), Some(WatchEvent::Files(files)));
        assert_eq!(event(created, "/s/content"), Some(WatchEvent::Anything));
        assert_eq!(event(created, "/s/themes"), Some(WatchEvent::Anything));
        let files = HashSet::from(["/s/themes/a/theme.yaml".into()]);
        assert_eq!(event(created, "/s/themes/a/theme.yaml"), Some(WatchEvent::Files(files)));
        assert_eq!(seen(Err(notify::Error::generic("lost")), &[], None), Some(WatchEvent::Anything));
    }
}
