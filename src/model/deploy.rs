//! Where a site is deployed to: `deploy` of site.yaml. No credential stands here.

use crate::diagnostic::Place;

/// A named place to which the published files are sent.
#[derive(Clone, Debug)]
pub struct Target {
    pub name: String,
    pub place: Place,
    pub to: Destination,
    pub cdn: Option<Cdn>,
    /// Whether texts are stored compressed by gzip, for a host that does not compress.
    pub is_compressed: bool,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Destination {
    /// Amazon S3, or a store that speaks its protocol.
    S3 { bucket: Bucket, region: Option<String>, endpoint: Option<String> },
    /// Google Cloud Storage.
    Gcs { bucket: Bucket },
    /// A container of Azure Blob Storage.
    Azure { account: String, bucket: Bucket },
    /// A folder, relative to that of the site.
    Folder { path: String },
    /// A folder on another machine, by `rsync` over `ssh`.
    Ssh { host: String, path: String, port: Option<u16> },
}

/// A bucket or container, and a path in it, empty or ending in `/`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bucket {
    pub name: String,
    pub prefix: String,
}

/// A cache in front of a target that is told which addresses changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Cdn {
    /// The id of the zone.
    Cloudflare { zone: String },
    /// The id of the service.
    Fastly { service: String },
    /// The id of the distribution.
    CloudFront { distribution: String },
    /// An address that receives the list.
    Webhook { url: String },
}
