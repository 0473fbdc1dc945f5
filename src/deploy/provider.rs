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
use crate::fetch::{ObjectClient, Requests};
use crate::limits::{OBJECT_ATTEMPTS, OBJECT_PATIENCE_SECONDS};
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
    let is_http_allowed = secrets.get("AWS_ALLOW_HTTP") == Some("true");
    let client = ObjectClient::new(is_http_allowed, requests.clone());
    let (shown, bucket, store) = match &target.to {
        Destination::Folder { path } => {
            return Ok(Box::new(Folder::new(&root.join(path)).beside(&target.compress)));
        }
        Destination::Ssh { host, path, port } => {
            return Ok(Box::new(Rsync::new(host, path, *port)?.beside(&target.compress)));
        }
        Destination::S3 { bucket, region, endpoint } => {
            ("s3", bucket, s3(bucket, region.as_deref(), endpoint.as_deref(), secrets, client))
        }
        Destination::Gcs { bucket } => ("gs", bucket, gcs(bucket, secrets, client)),
        Destination::Azure { account, bucket } => ("az", bucket, azure(account, bucket, secrets, client)),
    };
    let shown = format!("{shown}://{}/{}", bucket.name, bucket.prefix);
    let shown = shown.trim_end_matches('/').to_owned();
    let store = store.map_err(|error| StoreError {
        message: secrets.redact(&format!("cannot use {shown}: {error}")),
        cause: Cause::Credentials,
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

fn gcs(bucket: &Bucket, secrets: &Secrets, client: ObjectClient) -> Opened {
    let mut builder = GoogleCloudStorageBuilder::new();
    if let Some(account) = secrets.get("SERVICE_ACCOUNT") {
        builder = builder.with_service_account_path(account);
    }
    for (name, value) in secrets.starting_with("GOOGLE_") {
        if let Ok(key) = GoogleConfigKey::from_str(&name.to_ascii_lowercase()) {
            builder = builder.with_config(key, value);
        }
    }
    let builder = builder.with_bucket_name(&bucket.name).with_retry(retry()).with_http_connector(client);
    Ok(Arc::new(builder.build()?))
}

fn azure(account: &str, bucket: &Bucket, secrets: &Secrets, client: ObjectClient) -> Opened {
    let mut builder = MicrosoftAzureBuilder::new();
    for (name, value) in secrets.starting_with("AZURE_") {
        if let Ok(key) = AzureConfigKey::from_str(&name.to_ascii_lowercase()) {
            builder = builder.with_config(key, value);
        }
    }
    let builder = builder
        .with_account(account)
        .with_container_name(&bucket.name)
        .with_retry(retry())
        .with_http_connector(client);
    Ok(Arc::new(builder.build()?))
}
