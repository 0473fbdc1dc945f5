//! The theme's stylesheet, with its hash in its name so that it can be cached for ever.

use std::fmt::Write as _;
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

use super::Planned;
use crate::publish::Rank;
use crate::site::Site;

const STYLE: &str = include_str!("../../themes/default/assets/style.css");

pub(super) fn plan<'a>(_: &'a Site<'a>) -> Vec<Planned<'a>> {
    vec![Planned::new(style_path(), Rank::Asset, || STYLE.to_owned())]
}

/// `assets/style.<hash>.css`.
pub(super) fn style_path() -> String {
    static PATH: OnceLock<String> = OnceLock::new();
    let name = || {
        let mut name = String::from("assets/style.");
        for byte in Sha256::digest(STYLE.as_bytes()).iter().take(6) {
            let _ = write!(name, "{byte:02x}");
        }
        name.push_str(".css");
        name
    };
    PATH.get_or_init(name).clone()
}
