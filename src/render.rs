//! A site → bytes, handed on one file at a time. The other place that works in parallel.

mod probe;

use rayon::prelude::*;

use crate::address;
use crate::digest::Digest;
use crate::output::{self, Planned};
use crate::panics::{Panicked, contain};
use crate::publish::{File, Rank};
use crate::site::Site;
use crate::source::{self, Asset, ReadError};

pub use probe::{guilty, rehearse};

/// Files that a thread renders before it shares its work again: the last turn keeps the other threads waiting.
const LONGEST_TURN: usize = 32;

/// Why rendering stopped.
#[derive(Debug)]
pub enum RenderError<E> {
    /// A file to copy could not be read.
    Read(ReadError),
    /// Whoever took the file refused it.
    Refused(E),
    /// A file cannot have its path: which, and why.
    Address(String, String),
    /// A file made the program panic.
    Panicked(Panicked),
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
    let planned = planned(site, assets)?;
    let pages = (planned.par_iter().with_max_len(LONGEST_TURN))
        .map(|planned| guarded(&planned.path, || page_to(planned, to)));
    let copies = assets.par_iter().map(|asset| {
        guarded(&asset.address, || {
            to.take(copied(asset).map_err(RenderError::Read)?, None).map_err(RenderError::Refused)
        })
    });
    pages.chain(copies).collect()
}

fn page_to<T: Take>(planned: &Planned<'_>, to: &T) -> Result<T::Done, RenderError<T::Error>> {
    let inputs = planned.inputs();
    let kept = inputs.map(|inputs| to.keep(&planned.path, planned.rank, inputs));
    match kept.transpose().map_err(RenderError::Refused)?.flatten() {
        Some(done) => {
            debug_assert!(to.is(&done, &rendered(planned)), "more makes `{}` than its inputs", planned.path);
            Ok(done)
        }
        None => to.take(rendered(planned), inputs).map_err(RenderError::Refused),
    }
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
    let planned = planned(site, assets)?;
    let pages = planned
        .par_iter()
        .with_max_len(LONGEST_TURN)
        .map(|planned| guarded(&planned.path, || take(rendered(planned)).map_err(RenderError::Refused)));
    let copies = assets.par_iter().map(|asset| {
        guarded(&asset.address, || {
            take(copied(asset).map_err(RenderError::Read)?).map_err(RenderError::Refused)
        })
    });
    pages.chain(copies).collect()
}

/// The files that a site will have, beside those that are copied. Whoever makes a site, to publish it or not,
/// begins here, so that all say the same of its paths.
fn planned<'s, E>(site: &'s Site<'_>, assets: &[Asset]) -> Result<Vec<Planned<'s>>, RenderError<E>> {
    let planned =
        contain("listing the files of the site", || output::plan(site)).map_err(RenderError::Panicked)?;
    let copied = assets.iter().map(|asset| asset.address.as_str());
    let mut paths: Vec<&str> = planned.iter().map(|planned| planned.path.as_str()).chain(copied).collect();
    paths.sort_unstable();
    let faulty = paths.iter().find_map(|path| Some((*path, address::fault(path)?.to_string())));
    let clash = || {
        let clashes = address::clashes(paths.len(), &|at| paths[at]);
        let (file, path) = clashes.first()?;
        Some((*path, format!("`/{file}` is a file")))
    };
    match faulty.or_else(clash).map(|(path, why)| (path.to_owned(), why)) {
        Some((path, why)) => Err(RenderError::Address(path, why)),
        None => Ok(planned),
    }
}

/// One file, whose panic ends no other.
fn guarded<T, E>(path: &str, work: impl FnOnce() -> Result<T, RenderError<E>>) -> Result<T, RenderError<E>> {
    contain("", work)
        .unwrap_or_else(|panicked| Err(RenderError::Panicked(Panicked { step: step(path), ..panicked })))
}

fn step(path: &str) -> String {
    format!("making the file `{path}` of the site")
}

fn rendered(planned: &Planned<'_>) -> File {
    File { path: planned.path.clone(), rank: planned.rank, bytes: planned.render() }
}

fn copied(asset: &Asset) -> Result<File, ReadError> {
    let bytes = source::read_asset(asset)?;
    Ok(File { path: asset.address.clone(), rank: Rank::Asset, bytes })
}
