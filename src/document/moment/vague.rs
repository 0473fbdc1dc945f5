//! What makes a written time less exact than its parts.

/// The words that do so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vague {
    pub kind: VagueKind,
    /// Whether it is said in Japanese, Chinese or Korean: `16:24頃` and not `about 16:24`.
    pub is_cjk: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VagueKind {
    /// The time of day is approximate.
    About,
    /// The first half of the day, 午前; there is no time of day.
    Morning,
    /// The second half of the day, 午後; there is no time of day.
    Afternoon,
}
