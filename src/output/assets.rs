//! The theme's stylesheet and script, each with its hash in its name so that it can be cached for ever.

use std::fmt::Write as _;
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

use super::Planned;
use crate::publish::Rank;
use crate::site::Site;

const STYLE: &str = include_str!("../../themes/default/assets/style.css");
const SCRIPT: &str = include_str!("../../themes/default/assets/script.js");

pub(super) fn plan<'a>(_: &'a Site<'a>) -> Vec<Planned<'a>> {
    vec![
        Planned::new(style_path(), Rank::Asset, || STYLE.to_owned()),
        Planned::new(script_path(), Rank::Asset, || SCRIPT.to_owned()),
    ]
}

/// `assets/style.<hash>.css`.
pub(super) fn style_path() -> String {
    static PATH: OnceLock<String> = OnceLock::new();
    PATH.get_or_init(|| hashed("style", STYLE, "css")).clone()
}

/// `assets/script.<hash>.js`.
pub(super) fn script_path() -> String {
    static PATH: OnceLock<String> = OnceLock::new();
    PATH.get_or_init(|| hashed("script", SCRIPT, "js")).clone()
}

fn hashed(name: &str, text: &str, extension: &str) -> String {
    let mut path = format!("assets/{name}.");
    for byte in Sha256::digest(text.as_bytes()).iter().take(6) {
        let _ = write!(path, "{byte:02x}");
    }
    path.push('.');
    path.push_str(extension);
    path
}
