//! Finds the entry that has an alert, whatever its file is called, and decides what is new.

use super::Incoming;
use crate::alert::State;
use crate::cli::editor::{self, Editor};
use crate::document::yaml::Data;
use crate::edit::alerts::Record;
use crate::edit::{self, Raw, alerts};
use crate::model::Instant;
use crate::source::FoundFile;
use crate::timeline::Snapshot;

pub(super) struct Known<'e> {
    pub(super) file: &'e FoundFile,
    pub(super) raw: Raw,
    pub(super) is_draft: bool,
    records: Vec<Record>,
    /// When the incident ended, if it is published and over.
    over: Option<Instant>,
}

/// The word of a state in records.
pub(super) fn word(state: State) -> &'static str {
    match state {
        State::Firing => "firing",
        State::Ended => "ended",
    }
}

/// The entry with one of these fingerprints. Of several, the one that had this very body, then one that is not over,
/// then the one with the latest news.
pub(super) fn find<'e>(
    editor: &'e Editor<'_>,
    keys: &[String],
    body: &str,
    now: Instant,
) -> Option<Known<'e>> {
    let mut found: Vec<Known<'_>> = Vec::new();
    for file in editor.files().iter().filter(|file| file.kind.is_some() && !editor.slug(file).1) {
        // A file that cannot be read is an error of `check`, and must not hold up an alert.
        let Ok(raw) = editor::read(file) else { continue };
        // A fingerprint is a digest, so it is nowhere by chance, and a file with errors is found too.
        if keys.iter().any(|key| raw.text().contains(key.as_str())) {
            let document = edit::split(&file.name, raw.text(), editor.frame());
            let root = document.as_ref().map(|document| &document.front.root);
            let draft = root.and_then(|root| root.get("draft")).map(|node| &node.data);
            let records = root.map(|root| alerts::records(root, alerts::ALERTS)).unwrap_or_default();
            let is_draft = matches!(draft, Some(Data::Bool(true, _)));
            found.push(Known { file, raw, is_draft, records, over: None });
        }
    }
    if found.is_empty() {
        return None;
    }
    let snapshot = Snapshot::at(&editor.model, now);
    for known in &mut found {
        let incident = snapshot.incidents.iter().find(|one| one.incident.head.file == known.file.name);
        known.over = incident
            .filter(|one| !one.is_active())
            .map(|one| one.ended.map_or(one.published, |ended| ended.at));
    }
    let order = |known: &Known<'_>| {
        let had = known.records.iter().any(|record| record.body == body);
        let latest = known.records.iter().map(|record| record.at.clone()).max().unwrap_or_default();
        (had, known.over.is_none(), latest)
    };
    found.into_iter().max_by_key(order)
}

impl Known<'_> {
    /// Whether the alert fires after its incident was over: that is another incident.
    pub(super) fn is_another_time(&self, news: &Incoming) -> bool {
        let had = self.records.iter().any(|record| record.body == news.body);
        let is_later = |over| news.at().is_none_or(|at| at > over);
        news.alert.state == State::Firing && !had && self.over.is_some_and(is_later)
    }

    /// Whether the alert says something that the entry does not have. Bodies are repeated, and come late.
    pub(super) fn is_news(&self, news: &Incoming) -> bool {
        let at = news.at().map(Instant::iso);
        is_news(&self.records, &news.keys, news.alert.state, at.as_deref(), &news.body)
    }
}

fn is_news(records: &[Record], keys: &[String], state: State, at: Option<&str>, body: &str) -> bool {
    if records.iter().any(|record| record.body == body) {
        return false;
    }
    let is_shared = |record: &&Record| record.keys.iter().any(|key| keys.contains(key));
    let Some(last) = records.iter().rfind(is_shared) else { return true };
    let is_new = |key: &String| !records.iter().any(|record| record.keys.contains(key));
    let was_ended = last.state == word(State::Ended);
    match state {
        // A body that was sent before the end and came after it is old.
        State::Firing if was_ended => at.is_none_or(|at| at > last.at.as_str()),
        // Further alerts joined the group.
        State::Firing => keys.iter().any(is_new),
        State::Ended => !was_ended && at.is_none_or(|at| at >= last.at.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(keys: &[&str], state: State, at: &str, body: &str) -> Record {
        let keys = keys.iter().map(|key| (*key).to_owned()).collect();
        Record {
            keys,
            state: word(state).to_owned(),
            at: at.to_owned(),
            body: body.to_owned(),
            raw: Vec::new(),
        }
    }

    #[test]
    fn only_what_an_entry_does_not_have_is_news() {
        use State::{Ended, Firing};
        let firing = record(&["g", "a"], Firing, "10", "1");
        let ended = record(&["g", "a"], Ended, "20", "2");
        let (one, both) = (vec![firing.clone()], vec![firing, ended]);
        for (records, keys, state, at, body, is, why) in [
            (&one, &["g", "a"][..], Firing, Some("10"), "1", false, "the same body"),
            (&one, &["g", "a"], Firing, Some("10"), "3", false, "still the same alert"),
            (&one, &["g"], Firing, None, "3", false, "a part of the group"),
            (&one, &["g", "b"], Firing, Some("12"), "3", true, "an alert joined"),
            (&one, &["g", "a"], Ended, Some("20"), "3", true, "it ended"),
            (&one, &["a"], Ended, None, "3", true, "it ended, nobody says when"),
            (&one, &["g"], Ended, Some("05"), "3", false, "an end before this beginning"),
            (&both, &["g"], Ended, Some("21"), "3", false, "it ended already"),
            (&both, &["g", "a"], Firing, Some("10"), "3", false, "a late body from before the end"),
            (&both, &["g", "a"], Firing, Some("30"), "3", true, "it fires again"),
            (&both, &["g", "a"], Firing, None, "1", false, "the first body again"),
        ] {
            let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
            assert_eq!(is_news(records, &keys, state, at, body), is, "{why}");
        }
    }
}
