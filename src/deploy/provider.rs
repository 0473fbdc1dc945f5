//! From a target of site.yaml to the store that it names.

use std::path::Path;
use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;

use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey, AwsCredential, S3ConditionalPut};
use object_store::azure::{AzureConfigKey, MicrosoftAzureBuilder};
use object_store::gcp::{GoogleCloudStorageBuilder, GoogleConfigKey};
use object_store::{BackoffConfig, Error, ObjectStore, RetryConfig};

use super::folder::Folder;
use super::objects::Objects;
use super::rsync::Rsync;
use super::secrets::Secrets;
use super::store::{Cause, Headers, Store, StoreError};
use crate::fetch::{ObjectClient, Requests, is_here};
use crate::limits::{OBJECT_ATTEMPTS, OBJECT_PATIENCE_SECONDS};
use crate::message::message;
use crate::model::deploy::{Bucket, Destination, Target};

/// Opens the store of a target. Sends nothing yet. `root` is the folder of the site.
///
/// # Errors
/// The settings of the target or of the environment do not name a store.
pub fn open(
    target: &Target,
    root: &Path,
    headers: Box<Headers>,
    secrets: &Secrets,
    requests: &Requests,
) -> Result<Box<dyn Store>, StoreError> {
    let client =
        |allow_http: &str| ObjectClient::new(secrets.get(allow_http) == Some("true"), requests.clone());
    let (shown, bucket, store) = match &target.to {
        Destination::Folder { path } => {
            return Ok(Box::new(Folder::new(&root.join(path)).beside(&target.compress)));
        }
        Destination::Ssh { host, path, port } => {
            return Ok(Box::new(Rsync::new(host, path, *port)?.beside(&target.compress)));
        }
        Destination::S3 { bucket, region, endpoint } => {
            let client = client("AWS_ALLOW_HTTP");
            ("s3", bucket, s3(bucket, region.as_deref(), endpoint.as_deref(), secrets, client))
        }
        Destination::Gcs { bucket, endpoint } => {
            let client = client("GOOGLE_ALLOW_HTTP").accepting_gzip();
            ("gs", bucket, gcs(bucket, endpoint.as_deref(), secrets, client))
        }
        Destination::Azure { account, bucket, endpoint } => {
            let client = client("AZURE_ALLOW_HTTP");
            ("az", bucket, azure(account, bucket, endpoint.as_deref(), secrets, client))
        }
    };
    let shown = format!("{shown}://{}/{}", bucket.name, bucket.prefix);
    let shown = shown.trim_end_matches('/').to_owned();
    let store = store.map_err(|error| {
        let (store, why) = (secrets.redact(&shown), secrets.redact(&error.to_string()));
        let message = message!("deploy-store", "cannot use {store}: {why}", store, why);
        StoreError { message, cause: Cause::Credentials }
    })?;
    let names = (shown, bucket.prefix.clone());
    Ok(Box::new(Objects::new(store, names, !target.compress.is_empty(), headers, secrets.clone())?))
}

/// The credential that Amazon's own chain finds, such as the role of a machine.
#[must_use]
pub fn aws_credential(secrets: &Secrets, requests: &Requests) -> Option<Arc<AwsCredential>> {
    let builder = amazon(secrets);
    let client = ObjectClient::new(false, requests.clone());
    let store = builder.with_bucket_name("none").with_http_connector(client).build().ok()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().ok()?;
    runtime.block_on(store.credentials().get_credential()).ok()
}

/// What the environment says about Amazon.
fn amazon(secrets: &Secrets) -> AmazonS3Builder {
    secrets.starting_with("AWS_").fold(AmazonS3Builder::new(), |builder, (name, value)| {
        match AmazonS3ConfigKey::from_str(&name.to_ascii_lowercase()) {
            Ok(key) => builder.with_config(key, value),
            Err(_) => builder,
        }
    })
}

fn retry() -> RetryConfig {
    RetryConfig {
        backoff: BackoffConfig {
            init_backoff: Duration::from_millis(100),
            max_backoff: Duration::from_secs(10),
            base: 2.0,
        },
        max_retries: OBJECT_ATTEMPTS,
        retry_timeout: Duration::from_secs(OBJECT_PATIENCE_SECONDS),
    }
}

type Opened = Result<Arc<dyn ObjectStore>, Error>;

fn s3(
    bucket: &Bucket,
    region: Option<&str>,
    endpoint: Option<&str>,
    secrets: &Secrets,
    client: ObjectClient,
) -> Opened {
    let mut builder = amazon(secrets);
    if let Some(region) = region {
        builder = builder.with_region(region);
    }
    if let Some(endpoint) = endpoint {
        builder = builder.with_endpoint(endpoint);
    }
    let builder = builder
        .with_bucket_name(&bucket.name)
        .with_conditional_put(S3ConditionalPut::ETagMatch)
        .with_retry(retry())
        .with_http_connector(client);
    Ok(Arc::new(builder.build()?))
}

fn gcs(bucket: &Bucket, endpoint: Option<&str>, secrets: &Secrets, client: ObjectClient) -> Opened {
    let mut builder = GoogleCloudStorageBuilder::new();
    if let Some(account) = secrets.get("SERVICE_ACCOUNT") {
        builder = builder.with_service_account_path(account);
    }
    for (name, value) in secrets.starting_with("GOOGLE_") {
        if let Ok(key) = GoogleConfigKey::from_str(&name.to_ascii_lowercase()) {
            builder = builder.with_config(key, value);
        }
    }
    let with_scheme =
        |host: &str| if host.contains("://") { host.to_owned() } else { format!("http://{host}") };
    let emulator = secrets.get("STORAGE_EMULATOR_HOST").map(with_scheme);
    let named = endpoint.or_else(|| secrets.get("GOOGLE_BASE_URL")).map(str::to_owned);
    let is_emulator = named.as_deref().map_or(emulator.is_some(), is_here);
    if let Some(endpoint) = named.or(emulator) {
        builder = builder.with_base_url(endpoint.trim_end_matches('/'));
        // An emulator knows no credentials, and those of a person who has some are not for it.
        if is_emulator && GOOGLE_CREDENTIALS.iter().all(|name| secrets.get(name).is_none()) {
            builder = builder.with_bearer_token("");
        }
    }
    let builder = builder.with_bucket_name(&bucket.name).with_retry(retry()).with_http_connector(client);
    Ok(Arc::new(builder.build()?))
}

/// The variables that name credentials of Google.
const GOOGLE_CREDENTIALS: [&str; 6] = [
    "SERVICE_ACCOUNT",
    "GOOGLE_SERVICE_ACCOUNT",
    "GOOGLE_SERVICE_ACCOUNT_PATH",
    "GOOGLE_SERVICE_ACCOUNT_KEY",
    "GOOGLE_APPLICATION_CREDENTIALS",
    "GOOGLE_BEARER_TOKEN",
];

fn azure(
    account: &str,
    bucket: &Bucket,
    endpoint: Option<&str>,
    secrets: &Secrets,
    client: ObjectClient,
) -> Opened {
    let mut builder = MicrosoftAzureBuilder::new();
    // The name by which the tool `az` knows it.
    if let Some(key) = secrets.get("AZURE_STORAGE_KEY") {
        builder = builder.with_access_key(key);
    }
    for (name, value) in secrets.starting_with("AZURE_") {
        if let Ok(key) = AzureConfigKey::from_str(&name.to_ascii_lowercase()) {
            builder = builder.with_config(key, value);
        }
    }
    if let Some(endpoint) = endpoint {
        builder = builder.with_endpoint(endpoint.to_owned()).with_use_emulator(false);
    }
    let builder = builder
        .with_account(account)
        .with_container_name(&bucket.name)
        .with_retry(retry())
        .with_http_connector(client);
    Ok(Arc::new(builder.build()?))
}
