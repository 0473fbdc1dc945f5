//! `noroshi verify`: checks a published site as its readers get it.

use std::time::{Duration, Instant as Clock};

use super::console::{self, Progress, Unwritten, Work};
use super::error::Error;
use super::{Outcome, site, typed};
use crate::fetch::{FetchError, Limits};
use crate::limits::{FETCH_SECONDS, STATIC_FILE_BYTES};
use crate::message::message;
use crate::model::Instant;
use crate::model::config::Url;
use crate::verify::{self, Online, Options, Report, Severity, Web};

/// Check whether a published site is whole and right
///
/// Reads the manifest of the site and fetches its files as readers do. Checks their bytes, headers,
/// addresses and age, the page for what is not there, and the certificate; compares several
/// addresses with one another. Needs no checkout. Exits with 1 and a line for each fault, also if
/// the site cannot be reached; notes are about what some hosts cannot do, and change no exit code.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The address of a published site
    #[arg(required = true, value_name = "URL")]
    sites: Vec<String>,
    /// Fetch the home pages, the feeds, the head of the API, and this many of the other files: each
    /// hour others [default: all files]
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    /// How old an overdue site, a cached file or another address may be
    #[arg(long, value_name = "DURATION", default_value = "10m", value_parser = typed::duration)]
    grace: Duration,
    /// How long browsers must still accept the certificate, in days
    #[arg(long, value_name = "DAYS", default_value_t = 14)]
    tls_days: u32,
    /// Ask for no more files after this time
    #[arg(long, value_name = "DURATION", default_value = "5m", value_parser = typed::duration)]
    timeout: Duration,
    /// Check for this instant instead of now, in seconds since 1970
    #[arg(long, value_name = "SECONDS")]
    as_of: Option<i64>,
    /// The output format
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A line for each finding and one for each site, on stderr
    Human,
    /// One JSON object per line, on stdout
    Json,
    /// Metrics for Prometheus and others, on stdout: `OpenMetrics` 1.0
    Openmetrics,
}

/// The address of a site with a slash at its end. An error shows no address that may hold a password.
fn base(written: &str) -> Result<String, Error> {
    let help = || {
        message!(
            "cli-verify-address-help",
            "write an absolute address, such as `https://status.example.com/`"
        )
    };
    if written.contains('@') {
        let message = message!("cli-verify-address-user", "the address contains a user name or an `@`");
        return Err(Error::usage(message, help()));
    }
    let refused = || {
        let message = message!("cli-verify-address", "`{written}` is not the address of a site", written);
        Error::usage(message, help())
    };
    Url::parse(written).map(|url| format!("{}{}", url.origin, url.path)).ok_or_else(refused)
}

pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let (begun, progress) = (Clock::now(), Progress::new());
    let total = args.timeout.min(Duration::from_secs(FETCH_SECONDS));
    let limits = Limits::within(total, STATIC_FILE_BYTES);
    let mut online: Vec<(String, Online)> = Vec::new();
    for written in &args.sites {
        let site = base(written)?;
        if online.iter().all(|(known, _)| *known != site) {
            let refused = |error: FetchError| Error::usage(error.message, error.help);
            let web = Online::new(&site, limits).map_err(refused)?;
            online.push((site, web));
        }
    }
    let sites: Vec<(String, &dyn Web)> =
        online.iter().map(|(site, web)| (site.clone(), web as &dyn Web)).collect();
    let options = Options {
        at: args.as_of.map_or_else(site::now, Instant),
        sample: args.sample,
        grace: i64::try_from(args.grace.as_secs()).unwrap_or(i64::MAX),
        certificate_seconds: i64::from(args.tls_days) * 86_400,
        is_over: &|| begun.elapsed() >= args.timeout,
        step: &|| progress.step(Work::Verify),
    };
    let reports = verify::run(&sites, &options);
    progress.clear();
    show(&reports, args.format)?;
    let is_sound = reports.iter().all(|report| report.count(Severity::Fault) == 0);
    Ok(if is_sound { Outcome::Done } else { Outcome::Content })
}

fn show(reports: &[Report], format: Format) -> Result<(), Unwritten> {
    match format {
        Format::Human => {
            for report in reports {
                report.findings.iter().for_each(|finding| console::say(verify::line(finding)));
            }
            for report in reports {
                console::say(verify::summary(report));
            }
        }
        Format::Json => {
            for report in reports {
                let findings = report.findings.iter();
                let findings =
                    findings.map(|finding| verify::json_finding(report, finding, console::language()));
                let lines: String =
                    findings.chain([verify::json_site(report)]).map(|line| line + "\n").collect();
                console::data(&lines)?;
            }
        }
        Format::Openmetrics => console::data(&verify::open_metrics(reports))?,
    }
    Ok(())
}
