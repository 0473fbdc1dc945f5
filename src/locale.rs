//! x
/// x
pub const BUILT_IN: [&str; 2] = ["ja", "en"];
