//! Writes a synthetic site: `cargo run --release --example synth -- --entries N DIR`.
//!
//! It has one language, ten components, and incidents of four updates each, spread evenly over ten
//! years. The same arguments always write the same bytes.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use clap::Parser;

/// Write a synthetic site
#[derive(Debug, Parser)]
struct Args {
    /// The number of incidents
    #[arg(long, default_value_t = 1000)]
    entries: u32,
    /// The folder to write
    dir: PathBuf,
}

fn main() -> io::Result<()> {
    let args = Args::parse();
    write(&args.dir, args.entries)
}

const COMPONENTS: [&str; 10] =
    ["api", "web", "app", "orders", "deposits", "withdrawals", "charts", "login", "mail", "support"];

const WORDS: [&str; 12] = [
    "We see requests that take longer than they should, and are looking for the cause.",
    "Orders that were accepted before are not affected and stay in the book.",
    "A queue between two services has filled up; we are adding capacity to it.",
    "Please do not send the same request twice: the first one will be answered.",
    "Balances are correct. What you see may be up to two minutes old.",
    "The change that caused this has been taken back on all machines.",
    "We keep watching the numbers and will say when they are as usual.",
    "Programs that use the API should wait five seconds before trying again.",
    "Some customers had to sign in a second time; nothing else is needed.",
    "The error rate went from one in a hundred to one in ten thousand.",
    "This began when a machine was replaced and its cache was still empty.",
    "We are sorry for the trouble, and thank you for your patience.",
];

fn write(dir: &Path, entries: u32) -> io::Result<()> {
    fs::create_dir_all(dir.join("content/incidents"))?;
    fs::write(dir.join("content/site.yaml"), site())?;
    let last = DateTime::<Utc>::from_timestamp(1_795_000_000, 0).unwrap_or_default();
    let step = 10 * 365 * 24 * 60 / i64::from(entries.max(1));
    for number in 0..entries {
        let start = last - TimeDelta::minutes(step * i64::from(entries - number));
        let folder = dir.join("content/incidents").join(start.format("%Y-%m").to_string());
        fs::create_dir_all(&folder)?;
        fs::write(
            folder.join(format!("{}-{number:05}.md", start.format("%Y-%m-%d"))),
            incident(number, start),
        )?;
    }
    Ok(())
}

fn site() -> String {
    let mut text = String::from(
        "title: Synthetic Status\nurl: https://status.example.com/\ntimezone: Etc/UTC\nlocales: [en]\ncomponents:\n",
    );
    for id in COMPONENTS {
        text.push_str(&format!("  - {{id: {id}, name: {}{}}}\n", id[..1].to_uppercase(), &id[1..]));
    }
    text
}

fn incident(number: u32, start: DateTime<Utc>) -> String {
    let pick = |n: u32| WORDS[(number.wrapping_mul(7).wrapping_add(n * 5) as usize) % WORDS.len()];
    let at = |minutes: i64| (start + TimeDelta::minutes(minutes)).format("%Y-%m-%d %H:%M").to_string();
    let component = COMPONENTS[number as usize % COMPONENTS.len()];
    let severity = ["minor", "moderate", "minor", "critical"][number as usize % 4];
    format!(
        "---\ntitle: Trouble number {number} with {component}\nseverity: {severity}\naffects: [{component}]\nstarted: {}\nscope: About {} % of requests\n---\n{} {}\n\n## investigating {}\nnext_update: {}\n\n{} {}\n\n## identified {}\n\n{}\n\n- {}\n- {}\n\n## monitoring {}\n\n{} **{}**\n\n## resolved {}\nended: {}\n\n{} {}\n",
        at(0),
        number % 50 + 1,
        pick(0),
        pick(1),
        at(5),
        at(35),
        pick(2),
        pick(3),
        at(30),
        pick(4),
        pick(5),
        pick(6),
        at(50),
        pick(7),
        pick(8),
        at(70),
        at(62),
        pick(9),
        pick(10),
    )
}
