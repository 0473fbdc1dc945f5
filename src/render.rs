//! A site → bytes, handed on one file at a time. The other place that works in parallel.

use rayon::prelude::*;

use crate::digest::Digest;
use crate::output::{self, Planned};
use crate::publish::{File, Rank};
use crate::site::Site;
use crate::source::{self, Asset, ReadError};

/// Why rendering stopped.
#[derive(Debug)]
pub enum RenderError<E> {
    /// A file to copy could not be read.
    Read(ReadError),
    /// Whoever took the file refused it.
    Refused(E),
}

/// Where files go, from several threads and in no order.
pub trait Take: Sync {
    /// What became of a file.
    type Done: Send;
    /// Why a file was refused.
    type Error: Send;

    /// A file whose inputs made it before, and that need not be rendered.
    ///
    /// # Errors
    /// What ends the whole.
    fn keep(&self, path: &str, rank: Rank, inputs: Digest) -> Result<Option<Self::Done>, Self::Error>;

    /// Whether this is what was kept: asked where programs are tested, since a page that is made from
    /// more than its inputs say would go stale in silence.
    fn is(&self, kept: &Self::Done, file: &File) -> bool;

    /// A file, with what it was made from where that is known.
    ///
    /// # Errors
    /// What ends the whole.
    fn take(&self, file: File, inputs: Option<Digest>) -> Result<Self::Done, Self::Error>;
}

/// Hands on every file, rendered unless it can be kept. Files are not held, so memory does not grow with
/// the site.
///
/// # Errors
/// The first refusal, or a file that cannot be read.
pub fn each_to<T: Take>(
    site: &Site<'_>,
    assets: &[Asset],
    to: &T,
) -> Result<Vec<T::Done>, RenderError<T::Error>> {
    let planned = output::plan(site);
    let pages = planned.par_iter().map(|planned| {
        let inputs = planned.inputs();
        let kept = inputs.map(|inputs| to.keep(&planned.path, planned.rank, inputs));
        match kept.transpose().map_err(RenderError::Refused)?.flatten() {
            Some(done) => {
                debug_assert!(
                    to.is(&done, &rendered(planned)),
                    "more makes `{}` than its inputs",
                    planned.path
                );
                Ok(done)
            }
            None => to.take(rendered(planned), inputs).map_err(RenderError::Refused),
        }
    });
    let copies = assets
        .par_iter()
        .map(|asset| to.take(copied(asset).map_err(RenderError::Read)?, None).map_err(RenderError::Refused));
    pages.chain(copies).collect()
}

/// Renders every file and hands it on.
///
/// # Errors
/// The first refusal, or a file that cannot be read.
pub fn each<R: Send, E: Send>(
    site: &Site<'_>,
    assets: &[Asset],
    take: impl Fn(File) -> Result<R, E> + Sync,
) -> Result<Vec<R>, RenderError<E>> {
    let planned = output::plan(site);
    let pages = planned.par_iter().map(|planned| take(rendered(planned)).map_err(RenderError::Refused));
    let copies = assets
        .par_iter()
        .map(|asset| take(copied(asset).map_err(RenderError::Read)?).map_err(RenderError::Refused));
    pages.chain(copies).collect()
}

fn rendered(planned: &Planned<'_>) -> File {
    File { path: planned.path.clone(), rank: planned.rank, bytes: planned.render() }
}

fn copied(asset: &Asset) -> Result<File, ReadError> {
    let bytes = source::read_asset(asset)?;
    Ok(File { path: asset.address.clone(), rank: Rank::Asset, bytes })
}
