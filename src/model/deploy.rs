//! Where a site is deployed to: `deploy` of site.yaml. No credential stands here.

use crate::diagnostic::Place;

/// A named place to which the published files are sent.
#[derive(Clone, Debug)]
pub struct Target {
    pub name: String,
    pub place: Place,
    pub to: Destination,
    pub cdn: Option<Cdn>,
    /// How texts are compressed: in their own place in a bucket, which takes gzip alone, and in files beside them
    /// for a web server. Each stands here once; empty means not at all.
    pub compress: Vec<Coding>,
}

/// How a text is compressed for readers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Coding {
    Brotli,
    Gzip,
}

impl Coding {
    pub const ALL: [Coding; 2] = [Coding::Brotli, Coding::Gzip];

    /// Its name in HTTP.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Coding::Brotli => "br",
            Coding::Gzip => "gzip",
        }
    }

    /// What web servers add to the name of a file.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Coding::Brotli => ".br",
            Coding::Gzip => ".gz",
        }
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Destination {
    /// Amazon S3, or a store that speaks its protocol.
    S3 { bucket: Bucket, region: Option<String>, endpoint: Option<String> },
    /// Google Cloud Storage, or another address that speaks its XML API.
    Gcs { bucket: Bucket, endpoint: Option<String> },
    /// A container of Azure Blob Storage. The endpoint is that of the account.
    Azure { account: String, bucket: Bucket, endpoint: Option<String> },
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
