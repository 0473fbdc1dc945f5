//! Opens the place of the ledger.

use std::path::Path;

use crate::announce::{FileKeeper, GitKeeper, Keeper, ObjectKeeper};
use crate::cli::deploy as cli_deploy;
use crate::cli::error::Error;
use crate::deploy;
use crate::fetch::Requests;
use crate::history::Repository;
use crate::model::Model;
use crate::model::announce::LedgerPlace;
use crate::model::deploy::Destination;

pub(super) fn keeper(root: &Path, model: &Model) -> Result<Box<dyn Keeper>, Error> {
    Ok(match &model.config.announce.ledger {
        LedgerPlace::File { path } => Box::new(FileKeeper::new(&root.join(path))),
        LedgerPlace::Git { remote } => {
            let repository = Repository::around(root, None).map_err(|why| {
                let (message, help) = why.describe();
                Error::environment(format!("cannot keep the ledger in git: {message}"), help)
            })?;
            Box::new(GitKeeper::new(repository, remote))
        }
        LedgerPlace::Store { target: name } => {
            let target = model.config.deploy.iter().find(|target| target.name == *name).ok_or_else(|| {
                Error::usage(
                    format!("the ledger names the target `{name}`, and `deploy` in site.yaml has none of this name"),
                    "name a target of `deploy`, or keep the ledger in git: `ledger: {git: origin}`",
                )
            })?;
            if matches!(target.to, Destination::Folder { .. } | Destination::Ssh { .. }) {
                return Err(Error::usage(
                    format!("the target `{name}` is no object store, so it cannot hold the ledger"),
                    "write `ledger: {file: …}` or `ledger: {git: origin}`",
                ));
            }
            let secrets = cli_deploy::secrets();
            let store = deploy::open(target, root, Box::new(|_| Vec::new()), &secrets, &Requests::default())
                .map_err(|error| Error::environment(secrets.redact(&error.message), error.help()))?;
            Box::new(ObjectKeeper::new(store))
        }
    })
}
