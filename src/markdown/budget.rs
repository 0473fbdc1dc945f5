//! How much HTML a text may become: a footnote or an address that is used a thousand times must not fill a disk.

use std::cell::Cell;

use crate::limits::{HTML_EXTRA_BYTES, HTML_FACTOR};

/// Bytes of HTML that a text may become, all its parts together.
#[derive(Debug, Default)]
pub(super) struct Budget {
    most: usize,
    used: Cell<usize>,
}

impl Budget {
    /// For a text that is rendered part by part.
    pub(super) fn of(text: &str) -> Budget {
        Budget::with(text, HTML_EXTRA_BYTES)
    }

    /// For a text with another room than that for marks alone.
    pub(super) fn with(text: &str, extra: usize) -> Budget {
        Budget { most: text.len().saturating_mul(HTML_FACTOR).saturating_add(extra), used: Cell::new(0) }
    }

    /// Whether the text has become all that it may: nothing more of it is rendered.
    pub(super) fn is_spent(&self) -> bool {
        self.used.get() > self.most
    }

    /// Whether there was room for so many more bytes.
    pub(super) fn spend(&self, bytes: usize) -> bool {
        self.used.set(self.used.get().saturating_add(bytes));
        !self.is_spent()
    }

    /// Nothing more of the text may be rendered.
    pub(super) fn exhaust(&self) {
        self.used.set(usize::MAX);
    }

    /// The bound itself, for messages.
    pub(super) fn most(&self) -> usize {
        self.most
    }
}
