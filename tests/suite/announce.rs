//! `noroshi announce` against a server of the test: each update once, in order, whatever happens between two runs.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::Value;

use crate::harness::{NOON, Outcome, Site};

/// What the server does with a request.
#[derive(Clone, Copy)]
enum Answer {
    Status(u16),
    /// It takes the request and closes the connection.
    Drop,
}

/// A server that writes down what it gets.
struct Hook {
    base: String,
    /// The ids and bodies of what it has taken, in order.
    taken: Arc<Mutex<Vec<(String, Value)>>>,
    /// What it answers first.
    answers: Arc<Mutex<Vec<Answer>>>,
}

impl Hook {
    fn start() -> Hook {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let (taken, answers): (Arc<Mutex<Vec<_>>>, Arc<Mutex<Vec<Answer>>>) = Default::default();
        let (list, script) = (Arc::clone(&taken), Arc::clone(&answers));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.expect("a connection");
                let Some((id, body)) = request(&mut stream) else { continue };
                let answer = script.lock().expect("no panic").pop().unwrap_or(Answer::Status(204));
                if !matches!(answer, Answer::Status(300..)) {
                    list.lock().expect("no panic").push((id, serde_json::from_slice(&body).expect("JSON")));
                }
                if let Answer::Status(status) = answer {
                    let said = String::from_utf8_lossy(&body);
                    let text = format!(
                        "HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{said}",
                        said.len()
                    );
                    let _ = stream.write_all(text.as_bytes());
                }
            }
        });
        Hook { base, taken, answers }
    }

    fn answers(&self, answers: &[Answer]) {
        *self.answers.lock().expect("no panic") = answers.iter().rev().copied().collect();
    }

    /// Status and entry of each update that came, in order.
    fn got(&self) -> Vec<String> {
        let taken = self.taken.lock().expect("no panic");
        let line = |(_, body): &(String, Value)| {
            let data = &body["data"];
            let word = |key: &str| data[key].as_str().unwrap_or_default().to_owned();
            format!("{} {} {}", word("status"), word("locale"), word("title"))
        };
        taken.iter().map(line).collect()
    }
}

/// The `webhook-id` and the body of a request.
fn request(stream: &mut TcpStream) -> Option<(String, Vec<u8>)> {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).ok()?;
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).expect("a head in ASCII");
    let header = |name: &str| {
        let line = head.lines().find(|line| line.to_ascii_lowercase().starts_with(&format!("{name}:")))?;
        line.split_once(':').map(|(_, value)| value.trim().to_owned())
    };
    let mut body = vec![0; header("content-length")?.parse().expect("a length")];
    stream.read_exact(&mut body).ok()?;
    Some((header("webhook-id").unwrap_or_default(), body))
}

impl Site {
    /// Adds a channel `bot` that sends to the hook, with these further settings.
    fn with_hook(&self, hook: &Hook, more: &str) -> &Site {
        let channel = format!("{{to: webhook, url: \"{}/hook\"{more}}}", hook.base);
        self.append("content/site.yaml", &format!("\nannounce:\n  channels:\n    bot: {channel}\n"))
    }

    fn announce(&self, at: &str) -> Outcome<'_> {
        self.at(at, "announce --no-wait")
    }
}

/// An incident that has these updates of 20 November.
fn incident(site: &Site, updates: &[(&str, &str)]) {
    let mut text =
        "---\ntitle: Orders fail\nseverity: moderate\naffects: api\nstarted: 2026-11-20 10:00\n---\nOrders fail.\n"
            .to_owned();
    for (time, status) in updates {
        text += &format!("\n## 2026-11-20 {time} {status}\n\nIt is {status} now.\n");
    }
    site.write("content/incidents/2026-11-20-orders.md", &text);
}

#[test]
fn a_week_of_the_demo_reaches_a_channel_update_by_update() {
    let (site, hook) = (Site::demo(), Hook::start());
    site.with_hook(&hook, "");
    let begin = "2026-11-18T00:00:00+09:00";
    site.announce(begin).exit(0).stderr_has("recorded as old");
    assert_eq!(hook.got(), Vec::<String>::new());
    site.at(begin, "build --events old.jsonl").exit(0);
    let mut expected: Vec<(String, String)> = Vec::new();
    // Several updates at once come in their order, too.
    for hour in (3..7 * 24).step_by(4) {
        let at = format!("2026-11-{:02}T{:02}:59:59+09:00", 18 + hour / 24, hour % 24);
        let built = site.at(&at, "build --events new.jsonl");
        built.exit(0);
        let news = site.read("new.jsonl");
        if news.is_empty() {
            continue;
        }
        for line in news.lines() {
            let event: Value = serde_json::from_str(line).expect("JSON");
            let id = event["id"].as_str().expect("an id").trim_start_matches("urn:uuid:").to_owned();
            let others = event["translations"].as_array().expect("a list").iter().map(|t| &t["locale"]);
            for locale in std::iter::once(&event["locale"]).chain(others) {
                expected.push((id.clone(), locale.as_str().expect("a tag").to_owned()));
            }
        }
        site.announce(&at).exit(0);
        // A second run has nothing to say.
        assert_eq!(site.announce(&at).exit(0).stdout, "nothing to send\n");
    }
    let taken = hook.taken.lock().expect("no panic");
    let word = |body: &Value, key: &str| body["data"][key].as_str().expect("a text").to_owned();
    let mut got: Vec<(String, String)> =
        taken.iter().map(|(_, body)| (word(body, "id"), word(body, "locale"))).collect();
    let ids: BTreeSet<&String> = taken.iter().map(|(id, _)| id).collect();
    assert_eq!(ids.len(), taken.len(), "each delivery has its own id");
    assert!(expected.len() > 20, "{expected:?}");
    // In each thread and language, in the order of time.
    let mut times: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for (_, body) in taken.iter() {
        let time = body["timestamp"].as_str().expect("a time").to_owned();
        times.entry((word(body, "entry"), word(body, "locale"))).or_default().push(time);
    }
    assert!(times.values().all(|times| times.is_sorted()), "{times:?}");
    got.sort();
    expected.sort();
    assert_eq!(got, expected);
}

#[test]
fn what_a_run_cannot_send_the_next_one_does() {
    let (site, hook) = (Site::empty(), Hook::start());
    site.with_hook(&hook, "");
    incident(&site, &[("10:10", "investigating")]);
    site.announce("2026-11-20T10:05:00+09:00").exit(0);
    hook.answers(&[Answer::Status(401)]);
    let refused = site.announce("2026-11-20T10:15:00+09:00");
    refused.exit(3);
    assert!(refused.stdout.contains("failed: "), "{}", refused.stdout);
    site.announce("2026-11-20T10:15:00+09:00").exit(0);
    assert_eq!(hook.got(), ["investigating en Orders fail"]);
}

#[test]
fn a_lost_answer_is_repeated_with_the_same_id_where_the_receiver_knows_ids() {
    let (site, hook) = (Site::empty(), Hook::start());
    site.with_hook(&hook, "");
    incident(&site, &[("10:10", "investigating")]);
    site.announce("2026-11-20T10:05:00+09:00").exit(0);
    hook.answers(&[Answer::Drop]);
    site.announce("2026-11-20T10:15:00+09:00").exit(0);
    let taken = hook.taken.lock().expect("no panic");
    let ids: Vec<&String> = taken.iter().map(|(id, _)| id).collect();
    assert!(ids.len() == 2 && ids[0] == ids[1], "{ids:?}");
}

#[test]
fn a_person_says_what_became_of_a_lost_answer_where_it_does_not() {
    let (site, hook) = (Site::empty(), Hook::start());
    site.with_hook(&hook, ", shape: statuspage");
    incident(&site, &[("10:10", "investigating"), ("10:20", "identified")]);
    site.announce("2026-11-20T10:05:00+09:00").exit(0);
    hook.answers(&[Answer::Drop]);
    let unknown = site.announce("2026-11-20T10:15:00+09:00");
    unknown.exit(3);
    assert!(unknown.stdout.contains("unknown: "), "{}", unknown.stdout);
    site.announce("2026-11-20T10:15:00+09:00").exit(0);
    assert_eq!(hook.taken.lock().expect("no panic").len(), 1, "nothing is repeated");
    let status = site.typed("announce status --format json");
    let line: Value = serde_json::from_str(status.exit(0).stdout.trim()).expect("one line");
    assert_eq!(line["state"], "unknown");
    let id = line["id"].as_str().expect("an id");
    site.typed(&format!("announce retry {id}")).exit(0);
    site.announce("2026-11-20T10:25:00+09:00").exit(0);
    assert_eq!(hook.taken.lock().expect("no panic").len(), 3, "the repetition, and the next update");
}

#[test]
fn a_channel_waits_for_approval_and_a_hold_stops_everything() {
    let (site, hook) = (Site::empty(), Hook::start());
    site.with_hook(&hook, ", mode: approve");
    incident(&site, &[("10:10", "investigating"), ("10:20", "resolved")]);
    site.announce("2026-11-20T10:05:00+09:00").exit(0);
    site.announce("2026-11-20T10:15:00+09:00").exit(0);
    site.typed("announce approve bot").exit(0);
    // A broken entry keeps nobody from it.
    site.write("content/incidents/2026-11-21-broken.md", "---\ntitle:\n---\n");
    site.typed("announce hold").exit(0);
    site.remove("content/incidents/2026-11-21-broken.md");
    site.announce("2026-11-20T10:15:00+09:00").exit(0).stderr_has("on hold");
    assert_eq!(hook.got(), Vec::<String>::new());
    site.typed("announce hold --off").exit(0);
    site.announce("2026-11-20T10:25:00+09:00").exit(0);
    assert_eq!(hook.got(), ["investigating en Orders fail"], "the second one was not approved");
    site.typed("announce skip bot").exit(0);
    site.announce("2026-11-20T10:25:00+09:00").exit(0);
    assert_eq!(hook.got().len(), 1);
}

#[test]
fn a_filter_takes_what_it_names() {
    let (site, hook) = (Site::demo(), Hook::start());
    site.with_hook(&hook, ", locales: [en], kinds: [incident], statuses: [investigating, resolved]");
    site.announce("2026-11-20T00:00:00+09:00").exit(0);
    site.announce(NOON).exit(0);
    let got = hook.got();
    assert!(!got.is_empty() && got.iter().all(|line| line.starts_with("investigating en ")), "{got:?}");
}

#[test]
fn a_channel_without_its_token_stops_no_other() {
    let (site, hook) = (Site::empty(), Hook::start());
    site.with_hook(&hook, "")
        .append("content/site.yaml", "    ops: {to: slack}\n    later: {to: line, mode: off}\n");
    incident(&site, &[("10:10", "investigating")]);
    site.announce("2026-11-20T10:05:00+09:00").exit(3).stderr_has("`NOROSHI_OPS_URL` is not set");
    site.announce("2026-11-20T10:15:00+09:00").exit(3);
    assert_eq!(hook.got(), ["investigating en Orders fail"]);
    let status = site.typed("announce status ops");
    assert!(status.exit(0).stdout.contains("investigating [en]: due"), "{}", status.stdout);
    site.typed("announce status nobody").exit(2).stderr_has("no channel `nobody`");
}

#[test]
fn a_whole_channel_is_tried_again_without_what_was_skipped() {
    let (site, hook) = (Site::empty(), Hook::start());
    site.with_hook(&hook, ", mode: approve");
    incident(&site, &[("10:10", "investigating"), ("10:20", "resolved")]);
    site.announce("2026-11-20T10:05:00+09:00").exit(0);
    site.announce("2026-11-20T10:15:00+09:00").exit(0);
    site.typed("announce skip bot").exit(0);
    site.typed("announce retry bot").exit(2).stderr_has("names nothing");
    let line = site.typed("announce status --format json");
    let line: Value = serde_json::from_str(line.exit(0).stdout.trim()).expect("one line");
    site.typed(&format!("announce retry {}", line["id"].as_str().expect("an id"))).exit(0);
    site.announce("2026-11-20T10:15:00+09:00").exit(0);
    assert_eq!(hook.got(), ["investigating en Orders fail"]);
}

#[test]
fn a_lost_ledger_stops_the_run_until_somebody_begins_anew() {
    let (site, hook) = (Site::empty(), Hook::start());
    site.with_hook(&hook, "");
    incident(&site, &[("10:10", "investigating")]);
    site.announce("2026-11-20T10:05:00+09:00").exit(0);
    site.remove("announced/ledger.json");
    site.announce("2026-11-20T10:15:00+09:00").exit(3).stderr_has("announce begin");
    site.write("announced/ledger.json", "{\"format\":1,");
    site.announce("2026-11-20T10:15:00+09:00").exit(3).stderr_has("cannot read the ledger");
    site.typed("announce begin").exit(0);
    site.announce("2026-11-20T10:15:00+09:00").exit(0);
    assert_eq!(hook.got(), Vec::<String>::new());
}

#[test]
fn nothing_is_announced_before_the_site_has_it() {
    let (site, hook) = (Site::empty(), Hook::start());
    site.with_hook(&hook, "");
    incident(&site, &[("10:10", "investigating")]);
    site.announce("2026-11-20T10:05:00+09:00").exit(0);
    // The published site is built before the update, and anew while `announce` waits.
    site.build_at("2026-11-20T10:05:00+09:00").exit(0);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let base = format!("http://{}/", listener.local_addr().expect("an address"));
    let public = site.path("public");
    let looks = Arc::new(Mutex::new(0));
    let counted = Arc::clone(&looks);
    let (before, after) = (site.path("before"), public.clone());
    site.copy_manifest(&before);
    site.build_at("2026-11-20T10:15:00+09:00").exit(0);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            let (mut head, mut byte) = (Vec::new(), [0]);
            while !head.ends_with(b"\r\n\r\n") && stream.read_exact(&mut byte).is_ok() {
                head.push(byte[0]);
            }
            let head = String::from_utf8_lossy(&head).into_owned();
            let path = head.split(' ').nth(1).unwrap_or_default().trim_start_matches('/').to_owned();
            let mut looks = counted.lock().expect("no panic");
            if path == "manifest.json" {
                *looks += 1;
            }
            let folder = if *looks < 2 { &before } else { &after };
            let (status, body) =
                std::fs::read(folder.join(path)).map_or((404, Vec::new()), |body| (200, body));
            let head =
                format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
        }
    });
    site.at("2026-11-20T10:15:00+09:00", &format!("announce --base-url {base}")).exit(0);
    assert_eq!(hook.got(), ["investigating en Orders fail"]);
    assert!(*looks.lock().expect("no panic") >= 2, "it looked again");
}

#[test]
fn too_many_updates_and_a_dry_run_send_nothing() {
    let (site, hook) = (Site::demo(), Hook::start());
    site.with_hook(&hook, "");
    site.announce("2026-11-01T00:00:00+09:00").exit(0);
    let dry = site.at(NOON, "announce --no-wait --dry-run");
    assert!(dry.exit(0).stdout.contains("would send"), "{}", dry.stdout);
    site.announce(NOON).exit(1).stderr_has("--all");
    assert_eq!(hook.got(), Vec::<String>::new());
    site.at(NOON, "announce --no-wait --all").exit(0);
    assert!(hook.got().len() > 20, "{:?}", hook.got());
}

#[test]
fn no_output_has_a_secret_also_if_the_server_repeats_it() {
    let (site, hook) = (Site::empty(), Hook::start());
    site.with_hook(&hook, "");
    incident(&site, &[("10:10", "investigating")]);
    site.announce("2026-11-20T10:05:00+09:00").exit(0);
    // The server answers with the body, so the title holds the secret of the channel.
    site.edit("content/incidents/2026-11-20-orders.md", "Orders fail", "Orders hunter2secret fail");
    let secret = [("NOROSHI_BOT_SECRET", "hunter2secret")];
    let arguments = ["announce", "--no-wait", "--as-of", "2026-11-20T10:15:00+09:00"];
    for format in ["human", "json"] {
        hook.answers(&[Answer::Status(403)]);
        let [a, b, c, d] = arguments;
        let outcome = site.run_in(&secret, [a, b, c, d, "--format", format]);
        outcome.exit(3);
        let all = format!("{}{}", outcome.stdout, outcome.stderr);
        assert!(!all.contains("hunter2secret"), "{all}");
    }
    assert!(!site.read("announced/ledger.json").contains("hunter2secret"));
}

#[test]
fn a_test_message_says_so_and_is_in_no_ledger() {
    let (site, hook) = (Site::demo(), Hook::start());
    site.with_hook(&hook, ", locales: [ja]");
    site.typed("announce test bot").exit(0);
    let taken = hook.taken.lock().expect("no panic");
    let data = &taken[0].1["data"];
    assert_eq!((taken.len(), &data["test"]), (1, &Value::Bool(true)));
    assert!(data["headline"].as_str().expect("a text").starts_with("[TEST / テスト] "), "{data}");
    assert!(!site.path("announced").exists());
    site.typed("announce test nobody").exit(2).stderr_has("write `bot`");
}
