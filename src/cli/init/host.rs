//! `noroshi init --host`: the configuration of what serves the site.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::cli::error::Error;
use crate::load;
use crate::servers::{self, Host, Unfit};

impl ValueEnum for Host {
    fn value_variants<'a>() -> &'a [Host] {
        &[Host::Nginx, Host::Apache, Host::Caddy, Host::S3, Host::Cloudflare, Host::Netlify]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (name, help) = match self {
            Host::Nginx => ("nginx", "nginx/status.conf: nginx on your own server"),
            Host::Apache => ("apache", "apache/status.conf: Apache on your own server"),
            Host::Caddy => ("caddy", "Caddyfile: Caddy on your own server"),
            Host::S3 => ("s3", "s3/: a bucket of S3 behind its CDN, with a script that uploads"),
            Host::Cloudflare => ("cloudflare", "wrangler.toml: Cloudflare, as static assets of a Worker"),
            Host::Netlify => ("netlify", "netlify.toml: Netlify"),
        };
        Some(PossibleValue::new(name).help(help))
    }
}

/// The files of a host for the site in a folder.
pub(super) fn files(host: Host, dir: &Path) -> Result<Vec<(PathBuf, String)>, Error> {
    let site = load::settings(dir).map_err(|error| Error::environment(error.to_string(), ""))?;
    let Some(site) = site else {
        let message = "cannot write the configuration of a server, because site.yaml has errors";
        return Err(Error::content(message, "run `noroshi check` to see them"));
    };
    let files = servers::files(host, &site).map_err(|Unfit(part)| {
        let message = format!("cannot write `{part}` of `url` into the configuration of a server");
        Error::content(
            message,
            "write the host in `url` as DNS has it, and its path with letters, digits, `-`, `.`, `_` and `~`",
        )
    })?;
    Ok(files.into_iter().map(|(name, text)| (dir.join(name), text)).collect())
}
