//! Limits the HTML of a text, so that a footnote or an address that is used a thousand times does not fill a disk.

use std::cell::Cell;

use crate::limits::{HTML_EXTRA_BYTES, HTML_FACTOR};

/// The limit in bytes for the HTML of all parts of a text.
#[derive(Debug, Default)]
pub(super) struct Budget {
    most: usize,
    used: Cell<usize>,
}

impl Budget {
    /// The limit for a text that is rendered part by part.
    pub(super) fn of(text: &str) -> Budget {
        Budget::with(text, HTML_EXTRA_BYTES)
    }

    /// The limit for a text with another allowance for markup.
    pub(super) fn with(text: &str, extra: usize) -> Budget {
        Budget { most: text.len().saturating_mul(HTML_FACTOR).saturating_add(extra), used: Cell::new(0) }
    }

    /// Whether the limit is exceeded. The rest of the text is then not rendered.
    pub(super) fn is_spent(&self) -> bool {
        self.used.get() > self.most
    }

    /// Adds bytes to the total, and returns whether the total is within the limit.
    pub(super) fn spend(&self, bytes: usize) -> bool {
        self.used.set(self.used.get().saturating_add(bytes));
        !self.is_spent()
    }

    pub(super) fn exhaust(&self) {
        self.used.set(usize::MAX);
    }

    /// The limit in bytes, for messages.
    pub(super) fn most(&self) -> usize {
        self.most
    }
}
