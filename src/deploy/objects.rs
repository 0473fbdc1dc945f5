//! Files as objects of a store in the cloud, by the crate `object_store`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use md5::{Digest as _, Md5};
use object_store::path::Path;
use object_store::{
    Attribute, Attributes, Error, ObjectMeta, ObjectStore, ObjectStoreExt as _, PutMode, PutOptions,
    PutPayload, UpdateVersion,
};
use tokio::runtime::Runtime;

use super::secrets::Secrets;
use super::sides::gzip;
use super::store::{Cause, Headers, SiteFile, Store, StoreError, Version, Written, again};
use crate::address::{MANIFEST, is_part};
use crate::fetch;
use crate::limits::{OBJECT_BYTES, OBJECT_CONNECTIONS, OBJECTS_ASKED};
use crate::message::{Message, message};
use crate::text;

/// Where a machine in a cloud asks for its own credentials. Elsewhere nobody answers there: it was the last place to
/// look for any.
const METADATA: [&str; 3] = ["169.254.169.254", "169.254.170.", "metadata.google.internal"];

/// Types whose files are stored compressed, where that is asked for.
const COMPRESSED: [&str; 6] = ["text/", "application/json", "application/xml", "+xml", "+json", "image/svg"];

/// What a reason shows if a list or the removal of many objects was refused. These errors have no kind of their own.
const REFUSALS: [&str; 4] = ["status code: 401", "status code: 403", "(code: 403)", "(code: AccessDenied)"];

pub struct Objects {
    store: Arc<dyn ObjectStore>,
    runtime: Runtime,
    shown: String,
    /// The path before that of each file, empty or ending in `/`.
    prefix: String,
    is_compressed: bool,
    headers: Box<Headers>,
    secrets: Secrets,
}

impl Objects {
    /// # Errors
    /// The system refuses what threads need.
    pub fn new(
        store: Arc<dyn ObjectStore>,
        (shown, prefix): (String, String),
        is_compressed: bool,
        headers: Box<Headers>,
        secrets: Secrets,
    ) -> Result<Objects, StoreError> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .max_blocking_threads(OBJECT_CONNECTIONS)
            .build()
            .map_err(|error| StoreError {
                message: message!("deploy-no-runtime", "cannot send files: {error}", error),
                cause: Cause::Store,
            })?;
        Ok(Objects { store, runtime, shown, prefix, is_compressed, headers, secrets })
    }

    fn path(&self, path: &str) -> Result<Path, StoreError> {
        Path::parse(format!("{}{path}", self.prefix)).map_err(|error| StoreError {
            message: message!(
                "deploy-unfit-path",
                "{store} cannot have a file at `{path}`: {why}",
                store = self.shown,
                path,
                why = error.to_string()
            ),
            cause: Cause::Store,
        })
    }

    /// `what` is the sentence for the name of the store and the reason.
    fn failed(&self, what: impl FnOnce(&str, String) -> Message, error: &Error) -> StoreError {
        // A secret that is cut in its middle would not be found any more.
        let why = shortened(&self.secrets.redact(&reason(error)));
        if METADATA.iter().any(|host| why.contains(host)) {
            let message = message!(
                "deploy-no-credentials",
                "{store}: there are no credentials in the environment",
                store = self.shown
            );
            return StoreError { message, cause: Cause::Credentials };
        }
        let cause = match error {
            Error::Unauthenticated { .. } | Error::PermissionDenied { .. } => Cause::Credentials,
            Error::NotFound { .. } => Cause::Missing,
            _ if why.contains(fetch::NOT_SENT) => Cause::Address,
            _ if REFUSALS.iter().any(|refusal| why.contains(refusal)) => Cause::Credentials,
            _ => Cause::Store,
        };
        StoreError { message: what(&self.shown, why), cause }
    }

    fn not_taken(&self, path: &str, error: &Error) -> StoreError {
        let what = |store: &str, why| {
            message!("deploy-not-taken", "{store} does not take `{path}`: {why}", store, path, why)
        };
        self.failed(what, error)
    }

    fn not_sent(&self, path: &str, error: &Error) -> StoreError {
        let what = |store: &str, why| {
            message!("deploy-not-sent", "{store} does not send `{path}`: {why}", store, path, why)
        };
        self.failed(what, error)
    }

    /// The bytes of a file as they are stored, with its headers.
    fn stored(&self, file: &SiteFile<'_>) -> Result<(Vec<u8>, Attributes), StoreError> {
        let mut bytes = file.bytes()?;
        let mut attributes = Attributes::new();
        for (name, value) in (self.headers)(file.path) {
            let attribute = match name {
                "Content-Type" => Attribute::ContentType,
                "Cache-Control" => Attribute::CacheControl,
                "Content-Language" => Attribute::ContentLanguage,
                "Content-Disposition" => Attribute::ContentDisposition,
                // Other headers are set for a whole bucket or host.
                _ => continue,
            };
            if attribute == Attribute::ContentType
                && self.is_compressed
                // Scripts and older programs read these as they are.
                && file.path != MANIFEST
                && !is_part(file.path)
                && COMPRESSED.iter().any(|kind| value.contains(kind))
            {
                bytes = gzip(&bytes);
                attributes.insert(Attribute::ContentEncoding, "gzip".into());
            }
            attributes.insert(attribute, value.into());
        }
        Ok((bytes, attributes))
    }

    async fn send(&self, file: SiteFile<'_>) -> Result<(), StoreError> {
        let (bytes, attributes) = self.stored(&file)?;
        let options = PutOptions { attributes, ..PutOptions::default() };
        let sent = self.store.put_opts(&self.path(file.path)?, PutPayload::from(bytes), options).await;
        sent.map(drop).map_err(|error| self.not_taken(file.path, &error))
    }

    fn control(&self, path: &str, bytes: &[u8], mode: PutMode) -> Result<Written, StoreError> {
        let mut attributes = Attributes::new();
        attributes.insert(Attribute::ContentType, "application/json".into());
        attributes.insert(Attribute::CacheControl, "no-store".into());
        let options = PutOptions { attributes, mode, ..PutOptions::default() };
        let place = self.path(path)?;
        let sent =
            self.runtime.block_on(self.store.put_opts(&place, PutPayload::from(bytes.to_vec()), options));
        match sent {
            Ok(_) => Ok(Written::Yes),
            Err(Error::AlreadyExists { .. } | Error::Precondition { .. }) => Ok(Written::Refused),
            Err(error) => Err(self.not_taken(path, &error)),
        }
    }

    /// Every object below the prefix.
    fn list(&self) -> Result<BTreeMap<String, ObjectMeta>, StoreError> {
        let prefix = self.prefix.trim_end_matches('/');
        let prefix = (!prefix.is_empty()).then(|| Path::from(prefix));
        let listed = self.runtime.block_on(self.store.list(prefix.as_ref()).try_collect::<Vec<ObjectMeta>>());
        let what = |store: &str, why| {
            message!("deploy-not-listed", "{store} does not list its files: {why}", store, why)
        };
        let listed = listed.map_err(|error| self.failed(what, &error))?;
        let inside = |meta: ObjectMeta| {
            let path = meta.location.as_ref().strip_prefix(&self.prefix)?.to_owned();
            Some((path, meta))
        };
        Ok(listed.into_iter().filter_map(inside).collect())
    }

    async fn is_there(&self, path: &str) -> Result<bool, StoreError> {
        match self.store.head(&self.path(path)?).await {
            Ok(_) => Ok(true),
            Err(Error::NotFound { .. }) => Ok(false),
            Err(error) => {
                let what = |store: &str, why| {
                    message!(
                        "deploy-not-known",
                        "{store} does not say whether it has `{path}`: {why}",
                        store,
                        path,
                        why
                    )
                };
                Err(self.failed(what, &error))
            }
        }
    }

    /// Whether an object has these bytes. Nearly all stores name the MD5 of an object; of others it is read.
    async fn is_same(&self, path: &str, bytes: &[u8], meta: Option<&ObjectMeta>) -> Result<bool, StoreError> {
        if meta.is_some_and(|meta| meta.size != bytes.len() as u64) {
            return Ok(false);
        }
        let tag = meta.and_then(|meta| meta.e_tag.as_deref()).unwrap_or_default().trim_matches('"');
        if tag == md5(bytes) {
            return Ok(true);
        }
        let get = async {
            let got = self.store.get(&self.path_or_root(path)).await?;
            got.bytes().await
        };
        match get.await {
            Ok(found) => Ok(found == bytes),
            Err(Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(self.not_sent(path, &error)),
        }
    }

    /// The path of a file whose object differs. `listed` are all objects, if they were listed.
    async fn compare(
        &self,
        file: SiteFile<'_>,
        listed: Option<&BTreeMap<String, ObjectMeta>>,
    ) -> Result<Option<String>, StoreError> {
        let meta = listed.map(|listed| listed.get(file.path));
        let is_same = match meta {
            Some(None) => false,
            meta => self.is_same(file.path, &self.stored(&file)?.0, meta.flatten()).await?,
        };
        Ok((!is_same).then(|| file.path.to_owned()))
    }

    /// Like [`Objects::path`], for a path that was listed.
    fn path_or_root(&self, path: &str) -> Path {
        self.path(path).unwrap_or_default()
    }
}

impl Store for Objects {
    fn shown(&self) -> String {
        self.shown.clone()
    }

    fn encoding(&self) -> &'static str {
        if self.is_compressed { "gzip" } else { "" }
    }

    fn read(&self, path: &str) -> Result<Option<(Vec<u8>, Version)>, StoreError> {
        let place = self.path(path)?;
        let read = async {
            let found = self.store.get(&place).await?;
            let version = Version { tag: found.meta.e_tag.clone(), generation: found.meta.version.clone() };
            let is_compressed =
                found.attributes.get(&Attribute::ContentEncoding).is_some_and(|how| how.as_ref() == "gzip");
            let bytes = found.bytes().await?;
            Ok((
                if is_compressed {
                    fetch::unzipped(&bytes, OBJECT_BYTES).unwrap_or_default()
                } else {
                    bytes.to_vec()
                },
                version,
            ))
        };
        match self.runtime.block_on(read) {
            Ok(found) => Ok(Some(found)),
            Err(error) if is_no_bucket(&error) => {
                let what = |store: &str, why| {
                    message!("deploy-no-bucket", "{store} does not exist: {why}", store, why)
                };
                Err(self.failed(what, &error))
            }
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(self.not_sent(path, &error)),
        }
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.control(path, bytes, PutMode::Overwrite).map(drop)
    }

    fn create(&self, path: &str, bytes: &[u8]) -> Result<Written, StoreError> {
        self.control(path, bytes, PutMode::Create)
    }

    fn replace(&self, path: &str, bytes: &[u8], version: &Version) -> Result<Written, StoreError> {
        let Version { tag, generation } = version.clone();
        self.control(path, bytes, PutMode::Update(UpdateVersion { e_tag: tag, version: generation }))
    }

    fn put(&self, files: &[SiteFile<'_>]) -> Result<(), StoreError> {
        let sent = stream::iter(files.iter().map(|file| self.send(*file)));
        self.runtime.block_on(sent.buffer_unordered(OBJECT_CONNECTIONS).try_collect())
    }

    fn remove(&self, paths: &[&str]) -> Result<(), StoreError> {
        let places = paths.iter().map(|path| self.path(path)).collect::<Result<Vec<_>, _>>()?;
        if places.is_empty() {
            return Ok(());
        }
        again(|| {
            let removed = self.store.delete_stream(stream::iter(places.clone().into_iter().map(Ok)).boxed());
            self.runtime.block_on(removed.collect::<Vec<_>>()).into_iter().try_for_each(|one| match one {
                Ok(_) | Err(Error::NotFound { .. }) => Ok(()),
                Err(error) => {
                    let what = |store: &str, why| {
                        message!("deploy-not-removed", "{store} does not remove old files: {why}", store, why)
                    };
                    Err(self.failed(what, &error))
                }
            })
        })
    }

    fn existing(&self, paths: &[&str]) -> Result<BTreeSet<String>, StoreError> {
        if paths.len() > OBJECTS_ASKED {
            let listed = self.list()?;
            return Ok(paths.iter().filter(|p| listed.contains_key(**p)).map(|p| (*p).to_owned()).collect());
        }
        let ask = |path: &&str| {
            let path = (*path).to_owned();
            async move { Ok(self.is_there(&path).await?.then_some(path)) }
        };
        let asked = stream::iter(paths.iter().map(ask)).buffer_unordered(OBJECT_CONNECTIONS);
        let found: Vec<Option<String>> = self.runtime.block_on(asked.try_collect())?;
        Ok(found.into_iter().flatten().collect())
    }

    fn differing(&self, files: &[SiteFile<'_>]) -> Result<BTreeSet<String>, StoreError> {
        let listed = if files.len() > OBJECTS_ASKED { Some(self.list()?) } else { None };
        let compared = stream::iter(files.iter().map(|file| self.compare(*file, listed.as_ref())));
        let compared = compared.buffer_unordered(OBJECT_CONNECTIONS);
        let found: Vec<Option<String>> = self.runtime.block_on(compared.try_collect())?;
        Ok(found.into_iter().flatten().collect())
    }
}

/// The digest that a store names as the tag of an object.
fn md5(bytes: &[u8]) -> String {
    Md5::digest(bytes).iter().fold(String::with_capacity(32), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

/// The innermost reason of an error, in one line.
fn reason(error: &Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        let more = inner.to_string();
        if !text.contains(&more) {
            let _ = write!(text, ": {more}");
        }
        source = inner.source();
    }
    let line: Vec<&str> = text.split_whitespace().collect();
    without_durations(&line.join(" "))
}

/// Characters of a reason. Stores send whole documents.
const REASON: usize = 600;

fn shortened(reason: &str) -> String {
    let cut: String = reason.chars().take(REASON).collect();
    let cut = if cut.len() < reason.len() { format!("{cut}…") } else { cut };
    text::visible(&cut).into_owned()
}

/// A text without the durations that the client puts into its messages: the same failure has the same words.
fn without_durations(text: &str) -> String {
    let mut parts = text.split(" in ");
    let mut clean = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(" - ") {
            Some((duration, rest))
                if duration.starts_with(|c: char| c.is_ascii_digit()) && duration.ends_with('s') =>
            {
                clean.push_str(": ");
                clean.push_str(rest);
            }
            _ => {
                clean.push_str(" in ");
                clean.push_str(part);
            }
        }
    }
    clean
}

fn is_no_bucket(error: &Error) -> bool {
    let text = reason(error);
    matches!(error, Error::NotFound { .. })
        && (text.contains("NoSuchBucket")
            || text.contains("ContainerNotFound")
            || text.contains("bucket does not exist"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_failure_has_the_same_words() {
        let text =
            "Generic S3 error: Error performing PUT http://a/b in 3.4ms - Server said: no luck in s3 - today";
        let clean = "Generic S3 error: Error performing PUT http://a/b: Server said: no luck in s3 - today";
        assert_eq!(without_durations(text), clean);
        assert_eq!(without_durations("in 2s - x in 12.5µs - y"), "in 2s - x: y");
    }
}
