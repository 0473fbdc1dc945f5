//! What is known of a time and of a length: exactly, or only between bounds.

use serde::{Serialize, Serializer};

use crate::model::stated::interval;
use crate::model::window::Window;
use crate::model::{Instant, Stated, Zone};

/// A time as it was stated, with the earliest and the latest instant that it can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    pub stated: Stated,
    from: Option<Instant>,
    until: Option<Instant>,
}

impl Known {
    pub(super) fn new(stated: impl Into<Stated>, zone: Zone) -> Known {
        let stated = stated.into();
        let (from, until) = stated.bounds(zone);
        Known { stated, from, until }
    }

    /// An instant in ISO 8601, or an interval of two, with `..` for a side that nothing bounds (ISO 8601-2).
    pub(super) fn text(self) -> String {
        if self.stated.is_exact() {
            return self.stated.at.iso();
        }
        interval(self.from, self.until)
    }
}

impl Serialize for Known {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.text())
    }
}

/// A window of a maintenance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    pub start: Known,
    pub end: Option<Known>,
    #[serde(skip)]
    pub window: Window,
}

impl Span {
    pub(super) fn new(window: Window, zone: Zone) -> Span {
        let end = window.until().map(|end| Known::new(end, zone));
        Span { start: Known::new(window.from(), zone), end, window }
    }
}

/// A length in seconds, between its bounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Length {
    pub(super) least: i64,
    pub(super) most: i64,
}

impl Length {
    /// The length of what lies between two times; `length` measures between two instants.
    pub(super) fn between(from: Known, until: Known, length: &dyn Fn(Instant, Instant) -> i64) -> Length {
        let (from_least, from_most) =
            (from.until.unwrap_or(from.stated.at), from.from.unwrap_or(from.stated.at));
        let (until_least, until_most) =
            (until.from.unwrap_or(until.stated.at), until.until.unwrap_or(until.stated.at));
        Length { least: length(from_least, until_least).max(0), most: length(from_most, until_most).max(0) }
    }

    pub(super) fn sum(all: impl Iterator<Item = Length>) -> Length {
        all.fold(Length::default(), |sum, one| Length {
            least: sum.least + one.least,
            most: sum.most + one.most,
        })
    }

    /// The length, if it is exact.
    pub(super) fn exact(self) -> Option<i64> {
        (self.least == self.most).then_some(self.least)
    }

    /// The bounds, if it is not.
    pub(super) fn bounds(self) -> Option<(i64, i64)> {
        (self.least != self.most).then_some((self.least, self.most))
    }
}
