//! Publishes the theme's files: stylesheet, script and its own files, each with its hash in its name so that
//! caches can keep it forever.

use super::Planned;
use crate::publish::Rank;
use crate::site::Site;

pub(super) fn plan<'a>(site: &'a Site<'a>) -> Vec<Planned<'a>> {
    let theme = &site.now.model.theme;
    let sheets = [&theme.style, &theme.script]
        .map(|sheet| Planned::new(sheet.path.clone(), Rank::Asset, || sheet.text.to_string()));
    let files =
        theme.files.iter().map(|file| Planned::bytes(file.path.clone(), Rank::Asset, || file.bytes.to_vec()));
    sheets.into_iter().chain(files).collect()
}
