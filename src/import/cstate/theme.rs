//! Detects whether a Hugo site uses cState, by the themes that it names.

use std::fs;
use std::path::Path;

use super::config;
use super::front::Front;
use crate::fetch::FetchError;
use crate::message::message;
use crate::os::Shown as _;

/// Refuses a Hugo site of another theme, and names that theme. A site that names no theme is judged
/// by its content.
pub(super) fn demand(source: &Path, content: &Path, config: &Front) -> Result<(), FetchError> {
    let themes = themes(source, config)?;
    let params = config.inner("params").unwrap_or_default();
    let holds_systems = ["systems", "categories"].iter().any(|key| params.is_list(key));
    let is_cstate = themes.iter().any(|theme| theme.to_lowercase().contains("cstate"));
    let is_alike =
        if themes.is_empty() { content.join("issues").is_dir() } else { params.is_list("systems") };
    if is_cstate || is_alike || (themes.is_empty() && holds_systems) {
        return Ok(());
    }
    let folder = source.shown();
    let message = match themes.as_slice() {
        [] => message!(
            "import-cstate-no-theme",
            "`{folder}` is a Hugo site that names no theme and has no `content/issues/`",
            folder
        ),
        [theme] => message!(
            "import-cstate-other-theme",
            "`{folder}` is a Hugo site with the theme `{theme}`, not `cstate`",
            folder,
            theme
        ),
        several => message!(
            "import-cstate-other-themes",
            "`{folder}` is a Hugo site with the themes `{themes}`, not `cstate`",
            folder,
            themes = several.join("`, `")
        ),
    };
    let help = message!(
        "import-cstate-theme-help",
        "name a Hugo site with the theme `cstate`, which has its issues in `content/issues/`"
    );
    Err(FetchError::usage(message, help))
}

/// The themes that a site names: in its configuration, as modules, or else as folders of `themes/`.
fn themes(source: &Path, config: &Front) -> Result<Vec<String>, FetchError> {
    let mut named: Vec<String> = config.list("theme");
    let modules = [config.inner("module"), config::beside(source, "module")?];
    let imports = modules.iter().flatten().flat_map(|module| module.maps("imports"));
    named.extend(imports.filter_map(|import| import.text("path")));
    if named.is_empty() {
        let folder = config.text("themesDir").unwrap_or_else(|| "themes".into());
        let beside = fs::read_dir(source.join(folder)).into_iter().flatten().filter_map(Result::ok);
        let folders = beside.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
        named.extend(folders.map(|entry| entry.file_name().to_string_lossy().into_owned()));
    }
    named.retain(|name| !name.trim().is_empty());
    named.sort();
    named.dedup();
    Ok(named)
}
