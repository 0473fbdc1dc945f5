//! A manifest in parts, one of which is gone.

use super::*;

/// A manifest that names a part which is not there.
fn with_a_missing_part() -> Answer {
    let Entry { sha256, size } = Entry::of(b"{}");
    let path = crate::address::part(&sha256);
    let part = format!("\"{path}\": {{\"sha256\": \"{sha256}\", \"size\": {size}, \"holds\": \"leaf\"}}");
    let head = "\"generator\": \"noroshi 0.1.0\", \"effective\": \"2026-11-20T11:00:00Z\"";
    answer(200, &[], &format!("{{{head}, \"parts\": {{{part}}}}}"))
}

/// A site that is published after its manifest was read once.
struct Replaced {
    before: Answer,
    after: Host,
    is_first: Mutex<bool>,
}

impl Web for Replaced {
    fn ask(&self, address: &str, headers: &[(&str, &str)]) -> Result<Answer, FetchError> {
        let is_first = std::mem::take(&mut *self.is_first.lock().expect("a mark"));
        if is_first { Ok(self.before.clone()) } else { self.after.ask(address, headers) }
    }

    fn certificate(&self, now: Instant, later: Instant) -> Result<Certificate, FetchError> {
        self.after.certificate(now, later)
    }
}

#[test]
fn a_part_that_is_gone_is_a_fault_unless_a_publication_has_replaced_it_by_then() {
    let mut host = Host::right();
    host.set("manifest.json", with_a_missing_part());
    let report = verify(&host);
    assert_eq!(said(&report), ["fault manifest manifest.json"]);
    assert!(report.findings[0].found.contains("cannot be read: the host answers 404"), "{report:?}");
    let site = Replaced { before: with_a_missing_part(), after: Host::right(), is_first: Mutex::new(true) };
    let report = run(&[(BASE.to_owned(), &site as &dyn Web)], &options(NOON)).remove(0);
    assert_eq!(said(&report), Vec::<String>::new());
    assert!(report.facts.is_some());
}
