//! `noroshi init --host`: the configuration of what serves the site.

use std::path::{Path, PathBuf};

use crate::cli::error::Error;
use crate::load;
use crate::servers::{self, Unfit};

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Host {
    /// nginx/status.conf: nginx on your own server
    Nginx,
    /// apache/status.conf: Apache on your own server
    Apache,
    /// Caddyfile: Caddy on your own server
    Caddy,
    /// s3/: a bucket of S3 behind its CDN, with a script that uploads
    S3,
    /// wrangler.toml: Cloudflare, as static assets of a Worker
    Cloudflare,
    /// netlify.toml: Netlify
    Netlify,
}

impl Host {
    /// The paths of its files, the one with the instructions first.
    pub(super) fn paths(self) -> &'static [&'static str] {
        self.server().paths()
    }

    /// Its files for the site in a folder.
    pub(super) fn files(self, dir: &Path) -> Result<Vec<(PathBuf, String)>, Error> {
        let site = load::settings(dir).map_err(|error| Error::environment(error.to_string(), ""))?;
        let Some(site) = site else {
            let message = "cannot write the configuration of a server, because site.yaml has errors";
            return Err(Error::content(message, "run `noroshi check` to see them"));
        };
        let files = servers::files(self.server(), &site).map_err(|Unfit(part)| {
            let message = format!("cannot write `{part}` of `url` into the configuration of a server");
            Error::content(
                message,
                "write the host in `url` as DNS has it, and its path with letters, digits, `-`, `.`, `_` and `~`",
            )
        })?;
        Ok(files.into_iter().map(|(name, text)| (dir.join(name), text)).collect())
    }

    fn server(self) -> servers::Host {
        match self {
            Host::Nginx => servers::Host::Nginx,
            Host::Apache => servers::Host::Apache,
            Host::Caddy => servers::Host::Caddy,
            Host::S3 => servers::Host::S3,
            Host::Cloudflare => servers::Host::Cloudflare,
            Host::Netlify => servers::Host::Netlify,
        }
    }
}
