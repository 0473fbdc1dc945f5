//! Errors of the operating system, in every language.

use std::error::Error;
use std::io::{self, ErrorKind};

use super::{Message, Reason};

/// The words for an error: those of the system in English, and its kind in other languages. Both end with the number
/// of the system, by which an error can be looked up.
pub(super) fn error(error: &io::Error) -> Message {
    let text = error.to_string();
    if let Some(Reason(message)) = error.get_ref().and_then(|inner| inner.downcast_ref()) {
        return message.clone();
    }
    // An error that does not come from the system has words of its own, such as those of a library.
    let Some((number, kind)) = of_system(error) else { return Message::same(text) };
    let known = |id: &'static str| {
        Message::known(id, text.clone(), vec![("number", super::Value::Number(number.into()))])
    };
    match kind {
        ErrorKind::NotFound => known("message-os-not-found"),
        ErrorKind::PermissionDenied => known("message-os-permission-denied"),
        ErrorKind::AlreadyExists => known("message-os-already-exists"),
        ErrorKind::NotADirectory => known("message-os-not-a-directory"),
        ErrorKind::IsADirectory => known("message-os-is-a-directory"),
        ErrorKind::DirectoryNotEmpty => known("message-os-directory-not-empty"),
        ErrorKind::ReadOnlyFilesystem => known("message-os-read-only"),
        ErrorKind::StorageFull => known("message-os-storage-full"),
        ErrorKind::QuotaExceeded => known("message-os-quota-exceeded"),
        ErrorKind::FileTooLarge => known("message-os-file-too-large"),
        ErrorKind::InvalidFilename => known("message-os-invalid-filename"),
        ErrorKind::ResourceBusy => known("message-os-resource-busy"),
        ErrorKind::ConnectionRefused => known("message-os-connection-refused"),
        ErrorKind::ConnectionReset => known("message-os-connection-reset"),
        ErrorKind::ConnectionAborted => known("message-os-connection-aborted"),
        ErrorKind::HostUnreachable => known("message-os-host-unreachable"),
        ErrorKind::NetworkUnreachable => known("message-os-network-unreachable"),
        ErrorKind::TimedOut => known("message-os-timed-out"),
        ErrorKind::AddrInUse => known("message-os-address-in-use"),
        ErrorKind::AddrNotAvailable => known("message-os-address-not-available"),
        ErrorKind::BrokenPipe => known("message-os-broken-pipe"),
        ErrorKind::OutOfMemory => known("message-os-out-of-memory"),
        _ => Message::same(text),
    }
}

/// The number and the kind of an error of the system, which a library may have wrapped.
fn of_system(error: &io::Error) -> Option<(i32, ErrorKind)> {
    if let Some(number) = error.raw_os_error() {
        return Some((number, error.kind()));
    }
    let mut inner = error.get_ref().map(|inner| inner as &(dyn Error + 'static));
    while let Some(cause) = inner {
        if let Some(number) = cause.downcast_ref::<io::Error>().and_then(io::Error::raw_os_error) {
            return Some((number, error.kind()));
        }
        inner = cause.source();
    }
    None
}
