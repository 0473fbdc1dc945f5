//! Renders a site into bytes and hands the files on one by one. Works in parallel, as loading does.

mod probe;

use rayon::prelude::*;

use crate::address;
use crate::digest::Digest;
use crate::message::{Message, message};
use crate::output::{self, Planned};
use crate::panics::{Panicked, contain};
use crate::publish::{File, Rank};
use crate::site::Site;
use crate::source::{self, Asset, ReadError};

pub use probe::{guilty, rehearse};

/// How many files a thread renders before it shares its work again. During the last batch, other threads wait.
const LONGEST_TURN: usize = 32;

#[derive(Debug)]
pub enum RenderError<E> {
    /// A file to copy could not be read.
    Read(ReadError),
    Refused(E),
    /// A file cannot have its path: the path and the reason.
    Address(String, Message),
    Panicked(Panicked),
}

/// A receiver of files, called from several threads and in no order.
pub trait Take: Sync {
    type Done: Send;
    type Error: Send;

    /// Keeps a file that the same inputs made before, so that it need not be rendered.
    ///
    /// # Errors
    /// An error that stops the build.
    fn keep(&self, path: &str, rank: Rank, inputs: Digest) -> Result<Option<Self::Done>, Self::Error>;

    /// Whether `file` is what was kept. Tests ask this, because a page that depends on more than its recorded
    /// inputs would silently go out of date.
    fn is(&self, kept: &Self::Done, file: &File) -> bool;

    /// Takes a file, with the digest of its inputs if known.
    ///
    /// # Errors
    /// An error that stops the build.
    fn take(&self, file: File, inputs: Option<Digest>) -> Result<Self::Done, Self::Error>;
}

/// Hands on every file, rendered unless it can be kept. Files are not stored, so memory use does not grow with
/// the size of the site.
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
            debug_assert!(
                to.is(&done, &rendered(planned)),
                "`{}` depends on more than its recorded inputs",
                planned.path
            );
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

/// The files that a site will have, besides copied ones. Every command that builds a site starts here, so that
/// all agree on its paths.
fn planned<'s, E>(site: &'s Site<'_>, assets: &[Asset]) -> Result<Vec<Planned<'s>>, RenderError<E>> {
    let planned = contain(step_files(), || output::plan(site)).map_err(RenderError::Panicked)?;
    let copied = assets.iter().map(|asset| asset.address.as_str());
    let mut paths: Vec<&str> = planned.iter().map(|planned| planned.path.as_str()).chain(copied).collect();
    paths.sort_unstable();
    let faulty = paths.iter().find_map(|path| Some((*path, address::fault(path)?.message())));
    let clash = || {
        let clashes = address::clashes(paths.len(), &|at| paths[at]);
        let (file, path) = clashes.first()?;
        Some((*path, message!("render-other-file", "`/{file}` is another file", file)))
    };
    match faulty.or_else(clash).map(|(path, why)| (path.to_owned(), why)) {
        Some((path, why)) => Err(RenderError::Address(path, why)),
        None => Ok(planned),
    }
}

/// Renders one file. A panic in it does not affect other files.
fn guarded<T, E>(path: &str, work: impl FnOnce() -> Result<T, RenderError<E>>) -> Result<T, RenderError<E>> {
    contain(Message::default(), work)
        .unwrap_or_else(|panicked| Err(RenderError::Panicked(Panicked { step: step(path), ..panicked })))
}

/// What a panic in [`Site::new`] interrupts.
#[must_use]
pub fn step_pages() -> Message {
    message!("render-step-pages", "arranging the pages of the site")
}

fn step_files() -> Message {
    message!("render-step-files", "listing the files of the site")
}

fn step(path: &str) -> Message {
    message!("render-step", "rendering the file `{path}`", path)
}

fn rendered(planned: &Planned<'_>) -> File {
    File { path: planned.path.clone(), rank: planned.rank, bytes: planned.render() }
}

fn copied(asset: &Asset) -> Result<File, ReadError> {
    let bytes = source::read_asset(asset)?;
    Ok(File { path: asset.address.clone(), rank: Rank::Asset, bytes })
}
