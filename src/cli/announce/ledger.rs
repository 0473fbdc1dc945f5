//! Opens the place of the ledger.

use std::path::Path;

use crate::announce::{FileKeeper, GitKeeper, Keeper, ObjectKeeper};
use crate::cli::deploy as cli_deploy;
use crate::cli::error::Error;
use crate::deploy;
use crate::fetch::Requests;
use crate::history::Repository;
use crate::message::{Value, message};
use crate::model::Model;
use crate::model::announce::LedgerPlace;
use crate::model::deploy::Destination;

pub(super) fn keeper(root: &Path, model: &Model) -> Result<Box<dyn Keeper>, Error> {
    Ok(match &model.config.announce.ledger {
        LedgerPlace::File { path } => Box::new(FileKeeper::new(&root.join(path))),
        LedgerPlace::Git { remote } => {
            let repository = Repository::around(root, None).map_err(|why| {
                let (why, help) = why.describe();
                let message =
                    message!("cli-announce-ledger-git", "cannot keep the ledger in git: {why}", why);
                Error::environment(message, help)
            })?;
            Box::new(GitKeeper::new(repository, remote))
        }
        LedgerPlace::Store { target: name } => {
            let target = model.config.deploy.iter().find(|target| target.name == *name).ok_or_else(|| {
                Error::usage(
                    message!(
                        "cli-announce-ledger-target",
                        "the ledger names the target `{name}`, and `deploy` in site.yaml has none of this name",
                        name
                    ),
                    message!(
                        "cli-announce-ledger-target-help",
                        "name a target of `deploy`, or keep the ledger in git: `ledger: {{git: origin}}`"
                    ),
                )
            })?;
            if matches!(target.to, Destination::Folder { .. } | Destination::Ssh { .. }) {
                return Err(Error::usage(
                    message!(
                        "cli-announce-ledger-no-store",
                        "the target `{name}` is no object store, so it cannot hold the ledger",
                        name
                    ),
                    message!(
                        "cli-announce-ledger-no-store-help",
                        "write `ledger: {{file: …}}` or `ledger: {{git: origin}}`"
                    ),
                ));
            }
            let secrets = cli_deploy::secrets();
            let redact = |text: &str| Value::Text(secrets.redact(text));
            let store = deploy::open(target, root, Box::new(|_| Vec::new()), &secrets, &Requests::default())
                .map_err(|error| Error::environment(error.message.with_texts(&redact), error.help()))?;
            Box::new(ObjectKeeper::new(store))
        }
    })
}
