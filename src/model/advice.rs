//! What people and programs may still do, and by when they should act.

use super::stated::{Precision, Stated};
use super::text::Rich;
use super::time::Instant;
use super::window::Window;
use crate::vocabulary::PhaseMode;

/// What still works during an incident, as an update says it. It holds until another update says it again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Modes {
    /// The mode of every affected component; `Some(None)` if all of them work as usual again.
    pub all: Option<Option<PhaseMode>>,
    /// The modes of single components, by index. They go before that of all.
    pub parts: Vec<(usize, Option<PhaseMode>)>,
}

/// What a team advises customers to do.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct Advice {
    /// One line of Markdown.
    pub words: Option<Rich>,
    /// By when open orders should be cancelled.
    pub cancel_before: Option<CancelBefore>,
}

/// By when open orders should be cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CancelBefore {
    At(Stated),
    /// So many seconds before each window starts, so that it moves with the plan.
    Ahead(i64),
}

impl Advice {
    /// By when open orders should be cancelled: for each of some windows, or of an incident, which has none.
    #[must_use]
    pub fn times(&self, windows: &[Window]) -> Vec<Stated> {
        match self.cancel_before {
            None => Vec::new(),
            Some(CancelBefore::At(at)) => vec![at],
            Some(before) => windows.iter().filter_map(|window| before.of(*window)).collect(),
        }
    }
}

impl CancelBefore {
    /// The time for a window. `None` while the start is not known to the minute: a time from it would be invented.
    #[must_use]
    pub fn of(self, plan: Window) -> Option<Stated> {
        let start = plan.decided()?.from();
        match self {
            CancelBefore::At(at) => Some(at),
            CancelBefore::Ahead(seconds) => {
                let at = Instant(start.at.0.saturating_sub(seconds));
                let is_known = matches!(start.precision, Precision::Exact | Precision::About);
                is_known.then_some(Stated { at, ..start })
            }
        }
    }
}

impl Modes {
    /// The modes after `later` was said.
    pub fn say(&mut self, later: &Modes) {
        if later.all.is_some() {
            *self = later.clone();
            return;
        }
        for (component, mode) in &later.parts {
            match self.parts.iter_mut().find(|(known, _)| known == component) {
                Some(known) => known.1 = *mode,
                None => self.parts.push((*component, *mode)),
            }
        }
    }

    #[must_use]
    pub fn of(&self, component: usize) -> Option<PhaseMode> {
        let own = self.parts.iter().find(|(known, _)| *known == component).map(|(_, mode)| *mode);
        own.unwrap_or_else(|| self.all.flatten())
    }
}

impl PhaseMode {
    /// The stricter of two modes. Nothing stated is the least strict.
    #[must_use]
    pub fn stricter(a: Option<PhaseMode>, b: Option<PhaseMode>) -> Option<PhaseMode> {
        // The vocabulary lists the strictest first.
        let place = |mode: PhaseMode| PhaseMode::ALL.iter().position(|known| *known == mode);
        a.into_iter().chain(b).min_by_key(|mode| place(*mode))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strictest_mode_counts() {
        use PhaseMode::{CancelOnly, Halted, Limited, PostOnly};
        for (a, b, wanted) in [
            (None, None, None),
            (None, Some(Limited), Some(Limited)),
            (Some(PostOnly), Some(Limited), Some(PostOnly)),
            (Some(CancelOnly), Some(PostOnly), Some(CancelOnly)),
            (Some(CancelOnly), Some(Halted), Some(Halted)),
        ] {
            assert_eq!(PhaseMode::stricter(a, b), wanted);
            assert_eq!(PhaseMode::stricter(b, a), wanted);
        }
    }

    #[test]
    fn a_mode_of_one_component_goes_before_that_of_all_until_all_is_said_again() {
        let all = |mode| Modes { all: Some(mode), parts: Vec::new() };
        let mut modes = all(Some(PhaseMode::Halted));
        modes.say(&Modes { all: None, parts: vec![(1, Some(PhaseMode::CancelOnly))] });
        assert_eq!((modes.of(0), modes.of(1)), (Some(PhaseMode::Halted), Some(PhaseMode::CancelOnly)));
        modes.say(&Modes { all: None, parts: vec![(1, None)] });
        assert_eq!((modes.of(0), modes.of(1)), (Some(PhaseMode::Halted), None));
        modes.say(&all(None));
        assert_eq!((modes.of(0), modes.of(1)), (None, None));
    }
}
