//! A site → bytes, handed on one file at a time. The other place that works in parallel.

use rayon::prelude::*;

use crate::output;
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

/// Renders every file and hands it to `take`, from several threads and in no order. Files are not kept,
/// so memory does not grow with the site.
///
/// # Errors
/// The first refusal, or a file that cannot be read.
pub fn each<R: Send, E: Send>(
    site: &Site<'_>,
    assets: &[Asset],
    take: impl Fn(File) -> Result<R, E> + Sync,
) -> Result<Vec<R>, RenderError<E>> {
    let planned = output::plan(site);
    let pages = planned.par_iter().map(|planned| {
        let file = File { path: planned.path.clone(), rank: planned.rank, bytes: planned.render() };
        take(file).map_err(RenderError::Refused)
    });
    let copies = assets.par_iter().map(|asset| {
        let bytes = source::read_asset(asset).map_err(RenderError::Read)?;
        let file = File { path: asset.address.clone(), rank: Rank::Asset, bytes };
        take(file).map_err(RenderError::Refused)
    });
    pages.chain(copies).collect()
}
